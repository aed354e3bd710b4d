//! The SARIF report against the schema of the standard, and what the standard says in words only.

use serde_json::{Value, json};

use crate::harness::Desk;

const SCHEMA: &str = include_str!("../schemas/sarif-schema-2.1.0.json");

/// Panics with what is wrong where `report` does not follow the schema.
fn assert_valid(report: &Value) {
    // One pattern of the schema, for languages, has a bracket too many; strict readers refuse it.
    let schema = SCHEMA.replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let schema = jsonschema::options().should_validate_formats(true).build(&schema);
    let schema = schema.expect("the schema is one");
    if let Err(error) = schema.validate(report) {
        panic!("not valid at {}: {error}", error.instance_path());
    }
}

/// Findings with and without a fix, over several lines, beside characters of several bytes.
const RUSH: &str = "\
INES HALE, HOST: Déjà vu 👩\u{200d}🚀 at the café.01001010 The ferry left the harbour at noon with ninety aboard.

TOM BRUN, BYLINE: The captain said the crossing would take about three hours in this weather.\r\n\r
BRUN: The captain said the crossing would take about three hours in this weather. (LAUGHTER
";

fn report(arguments: &str) -> Value {
    let desk = Desk::new();
    desk.file("to day/é: 50 %.txt", RUSH).file("to day/two.txt", RUSH).file("clean.txt", "Yes.\n");
    let mut run = desk.run("check --format sarif --fail-on never");
    for argument in arguments.split('|') {
        run = run.arg(argument);
    }
    run.keep(desk).code(0).json()
}

fn results(report: &Value) -> &Vec<Value> {
    report["runs"][0]["results"].as_array().expect("results")
}

#[test]
fn the_report_follows_the_schema() {
    for arguments in ["to day/é: 50 %.txt", "clean.txt", "to day", "clean.txt|to day/two.txt"] {
        assert_valid(&report(arguments));
    }
    assert!(results(&report("to day/two.txt")).len() > 2);
}

#[test]
#[should_panic(expected = "not valid")]
fn a_report_with_a_field_of_our_own_would_not() {
    let mut report = report("clean.txt");
    report["runs"][0]["readback"] = json!(true);
    assert_valid(&report);
}

#[test]
fn a_path_is_a_relative_reference() {
    let report = report("to day/é: 50 %.txt");
    let place = &results(&report)[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "to%20day/%C3%A9%3A%2050%20%25.txt");
}

/// Lines, columns and offsets, in the unit that the report states, all lead to the same words.
#[test]
fn regions_count_code_points() {
    let report = report("to day/two.txt");
    assert_eq!(report["runs"][0]["columnKind"], "unicodeCodePoints");
    let letters: Vec<char> = RUSH.chars().collect();
    let lines: Vec<&str> = RUSH.split('\n').collect();
    let number = |value: &Value| value.as_u64().expect("a number") as usize;
    for result in results(&report) {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let (start, length) = (number(&region["charOffset"]), number(&region["charLength"]));
        let by_offset: String = letters[start..start + length].iter().collect();
        let (line, column) = (number(&region["startLine"]), number(&region["startColumn"]));
        let rest: String = lines[line - 1..].join("\n").chars().skip(column - 1).collect();
        assert!(rest.starts_with(&by_offset), "{by_offset:?} is not at {line}:{column}");
        let (line, column) = (number(&region["endLine"]), number(&region["endColumn"]));
        let after: String = lines[line - 1..].join("\n").chars().skip(column - 1).collect();
        assert_eq!(after, letters[start + length..].iter().collect::<String>());
    }
}

#[test]
fn a_fingerprint_stays_when_the_text_is_edited_elsewhere() {
    let fingerprints = |text: &str| -> Vec<String> {
        let desk = Desk::new();
        desk.file("story.txt", text);
        let report = desk.run("check story.txt --format sarif").code(0).json();
        let of = |result: &Value| result["partialFingerprints"]["place/v1"].to_string();
        results(&report).iter().map(of).collect()
    };
    let before = fingerprints(RUSH);
    assert_eq!(before, fingerprints(&RUSH.replace("INES HALE", "A line more.\n\nINES R. HALE")));
    let mut all = before.clone();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), before.len(), "no two findings have the same");
}
