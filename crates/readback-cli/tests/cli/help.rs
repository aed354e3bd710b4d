//! Help, and the commands that only list.

use readback_formats::FORMATS;

use crate::harness::Desk;

#[test]
fn without_a_command_the_help_is_shown_and_it_is_a_usage_error() {
    let ran = Desk::new().run("").code(2);
    ran.says_part("Reads a transcript back against its recording and says where they differ.");
}

#[test]
fn help_fits_eighty_columns_and_names_every_command_and_exit_code() {
    let ran = Desk::new().run("--help").code(0);
    for command in [
        "check",
        "transcribe",
        "align",
        "caption",
        "convert",
        "score",
        "init",
        "add",
        "list",
        "show",
        "revise",
        "decide",
        "log",
        "diff",
        "correct",
        "search",
        "export",
        "import",
        "verify",
        "backup",
        "stats",
        "roster",
        "watch",
        "demo",
        "models",
        "rules",
        "explain",
        "formats",
    ] {
        assert!(ran.stdout.contains(&format!("\n  {command} ")), "{command} in\n{}", ran.stdout);
    }
    let ran = ran.prints_part("3  the text is not a transcript of this recording");
    for line in ran.stdout.lines() {
        assert!(line.chars().count() <= 90, "too wide: {line}");
    }
}

#[test]
fn every_command_explains_itself() {
    for (command, part) in [
        ("check", "Put the safe fixes of the report into the transcript's file"),
        ("transcribe", "Write down what is said in a recording"),
        ("align", "Give every word of a text its time in the recording"),
        ("caption", "Make captions of a text by the rules of a guide"),
        ("convert", "Captions need times"),
        ("score", "agree with jiwer"),
        ("add", "What is said to be added is durable"),
        ("search", "Names are also found by their sound"),
        ("watch", "nothing is lost or taken twice"),
        ("demo", "faulty transcript"),
        ("models", "$READBACK_MODELS"),
        ("models pull", "Fetch models"),
        ("rules", "Rules whose code starts with T"),
        ("explain", "Code or name of the rule"),
        ("formats", "List the transcript and caption formats"),
    ] {
        let ran = Desk::new().run(&format!("{command} --help")).code(0);
        let joined = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(joined.contains(part), "no “{part}” in:\n{}", ran.stdout);
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let expected = format!("readback {}\n", env!("CARGO_PKG_VERSION"));
    Desk::new().run("--version").code(0).prints(&expected);
}

#[test]
fn unknown_commands_and_impossible_options_are_usage_errors() {
    let desk = Desk::new();
    desk.run("chekc story.txt").code(2).says_part("a similar subcommand exists: 'check'");
    desk.run("check story.txt --threads 0").code(2).says_part("0 is not in 1..=1024");
    desk.run("check story.txt --threads many").code(2).says_part("invalid value 'many'");
    desk.run("check story.txt --language english")
        .code(2)
        .says_part("give a code such as en, fr or de");
    desk.run("check story.txt --format xml")
        .code(2)
        .says_part("possible values: text, concise, json, sarif, github");
    desk.run("check story.txt --fix --diff").code(2).says_part("cannot be used with");
    desk.run("check story.txt --heard e.json").code(2).says_part("<AUDIO|--evidence <FILE>>");
    desk.run("check story.txt a.wav --evidence e.json").code(2).says_part("cannot be used with");
}

#[test]
fn every_rule_is_listed_and_explained() {
    let desk = Desk::new();
    let ran = desk.run("rules").code(0);
    assert_eq!(ran.stdout.lines().count(), readback_check::RULES.len());
    for rule in readback_check::RULES {
        let line = ran.stdout.lines().find(|line| line.starts_with(rule.code)).expect("a line");
        assert!(line.contains(rule.name) && line.contains(rule.summary), "{line}");
        let by_code = desk.run("explain").arg(rule.code.to_lowercase()).code(0);
        let by_name = desk.run("explain").arg(rule.name).code(0);
        assert_eq!(by_code.stdout, by_name.stdout);
        assert!(by_code.stdout.starts_with(&format!("{} {} (", rule.code, rule.name)));
    }
}

#[test]
fn an_unknown_rule_is_answered_with_where_to_look() {
    Desk::new()
        .run("explain A999")
        .code(2)
        .says("error: there is no rule A999\n  `readback rules` lists them all.");
}

#[test]
fn every_format_is_listed_for_people_and_for_programs() {
    let ran = Desk::new().run("formats").code(0);
    let lines: Vec<&str> = ran.stdout.lines().skip(1).collect();
    let listed = Desk::new().run("formats --format json").code(0).json();
    assert_eq!(listed["readback"], env!("CARGO_PKG_VERSION"));
    assert_eq!(lines.len(), FORMATS.len());
    for (i, format) in FORMATS.iter().enumerate() {
        assert!(lines[i].starts_with(&format!("{} ", format.id)), "{}", lines[i]);
        assert!(lines[i].ends_with(format.name), "{}", lines[i]);
        let facts = &listed["formats"][i];
        assert_eq!((&facts["id"], &facts["name"]), (&format.id.into(), &format.name.into()));
        for (ending, listed) in format.extensions.iter().zip(facts["endings"].as_array().unwrap()) {
            assert!(listed == ending && lines[i].contains(&format!(".{ending}")), "{}", lines[i]);
        }
        assert_eq!(facts["writes"], format.write.is_open());
        assert_eq!(facts["why_not"].is_null(), format.read.is_open() && format.write.is_open());
    }
}

#[test]
fn programs_read_what_a_rule_needs() {
    let rules = Desk::new().run("rules --json").code(0).json();
    let rules = rules.as_array().expect("a list");
    assert_eq!(rules.len(), readback_check::RULES.len());
    for (told, rule) in rules.iter().zip(readback_check::RULES) {
        let facts = [rule.code, rule.name, rule.severity.name(), rule.summary, rule.needs.name()];
        let keys = ["code", "name", "severity", "summary", "needs"];
        assert_eq!(keys.map(|key| told[key].as_str()), facts.map(Some));
    }
    let needs = |code: &str| rules.iter().find(|it| it["code"] == code).map(|it| &it["needs"]);
    assert_eq!(needs("A001"), Some(&"recording".into()));
    assert_eq!(needs("T001"), Some(&"text".into()));
    assert_eq!(needs("C010"), Some(&"captions".into()));
}
