//! `readback.toml`: where it is looked for, what it does, and the sentence for everything wrong in it.

use std::fs;

use crate::harness::{Desk, Ran};

/// Stray bytes (T003, a warning) and nothing else.
const RUSH: &str = "HALE: Good morning, it is raining.01001010\n";

fn desk(configuration: &str) -> Desk {
    let desk = Desk::new();
    desk.file("readback.toml", configuration).file("story.txt", RUSH);
    desk
}

/// What is said of a configuration, without the folder that it lies in.
fn refused(configuration: &str) -> String {
    let ran = desk(configuration).run("check story.txt --config readback.toml").code(2);
    assert_eq!(ran.stdout, "");
    ran.stderr.trim_end().trim_start_matches("error: ").to_owned()
}

fn finds(ran: &Ran, code: &str) -> bool {
    ran.stdout.contains(code)
}

#[test]
fn the_nearest_file_above_the_text_counts_alone() {
    let desk = desk("[rules]\nT003 = \"off\"\n");
    desk.file("show/today/story.txt", RUSH);
    assert!(!finds(&desk.run("check show/today/story.txt").code(0), "T003"));
    desk.file("show/readback.toml", "fail-on = \"warning\"\n");
    assert!(finds(&desk.run("check show/today/story.txt").code(1), "T003"));
    assert!(!finds(&desk.run("check show/../story.txt").code(0), "T003"));
}

#[test]
fn standard_input_has_the_configuration_of_the_current_folder() {
    let ran = desk("[rules]\nT003 = \"off\"\n").run("check -").input(RUSH).code(0);
    ran.prints_part("Nothing to report.");
}

#[test]
fn a_file_that_is_named_counts_instead_of_the_nearest() {
    let desk = desk("[rules]\nT003 = \"off\"\n");
    desk.file("other.toml", "");
    assert!(finds(&desk.run("check story.txt --config other.toml").code(0), "T003"));
    desk.run("check story.txt --config none.toml")
        .code(2)
        .says("error: there is no file none.toml");
}

#[test]
fn a_rule_goes_by_code_or_name_and_weighs_what_is_said() {
    let ran = desk("[rules]\nstray-bytes = \"error\"\n").run("check story.txt").code(1);
    ran.prints_part("error T003 stray-bytes");
    let ran = desk("[rules]\nt003 = \"info\"\n").run("check story.txt --fail-on warning").code(0);
    ran.prints_part("info T003 stray-bytes");
}

#[test]
fn fail_on_of_the_command_line_goes_before_that_of_the_file() {
    let desk = desk("fail-on = \"warning\"\n");
    desk.run("check story.txt").code(1);
    desk.run("check story.txt --fail-on never").code(0);
}

#[test]
fn what_is_ignored_is_ignored_where_it_stands_and_nowhere_else() {
    let ignore =
        |more: &str| format!("[[ignore]]\nrule = \"T003\"\nreason = \"our ident\"\n{more}\n");
    for (more, found) in [
        ("", false),
        ("text = \"raining.01001010\"", false),
        ("text = \"snowing\"", true),
        ("path = \"*.txt\"", false),
        ("path = \"archive/*.txt\"", true),
    ] {
        let ran = desk(&ignore(more)).run("check story.txt").code(0);
        assert_eq!(finds(&ran, "T003"), found, "{more}");
        assert_eq!(ran.stderr, "", "what is ignored is not said elsewhere");
    }
    let desk = desk(&ignore("path = \"archive/**\""));
    desk.file("archive/2020/story.txt", RUSH);
    assert!(!finds(&desk.run("check archive/2020/story.txt").code(0), "T003"));
}

#[test]
fn settled_names_come_from_the_file_its_roster_and_the_command_line() {
    let text = "IAN CORVANE: We met Lebedev.\n\nANA RUIZ: So Corvanne trusts Lebedev.\n";
    let checked = |configuration: &str, more: &str| {
        let desk = desk(configuration);
        desk.file("story.txt", text)
            .file("desk/names.txt", "Corvanne\n")
            .file("more.txt", "Corvanne\n");
        desk.run(&format!("check story.txt {more}")).code(0).stdout
    };
    assert!(checked("", "").contains("T007"));
    for configuration in ["roster.names = [\"Corvanne\"]", "roster.file = \"desk/names.txt\""] {
        assert!(!checked(configuration, "").contains("T007"), "{configuration}");
    }
    assert!(!checked("roster.names = [\"Hale\"]", "--roster more.txt").contains("T007"));
    let ran = desk("roster.file = \"none.txt\"").run("check story.txt").code(2);
    ran.says_part("there is no file ").says_part("none.txt");
}

#[test]
fn the_model_is_the_one_that_the_file_names_unless_the_command_line_does() {
    let desk = desk("model = \"nowhere\"\n");
    desk.file("story.wav", crate::harness::silence(0.1));
    desk.run("check story.txt story.wav").code(2).says_part("there is no model nowhere");
    let ran = desk.run("check story.txt story.wav --model elsewhere").code(2);
    ran.says_part("there is no model elsewhere");
}

#[test]
fn everything_wrong_in_it_is_one_sentence_with_its_place() {
    for (configuration, sentence) in [
        ("hause = \"npr\"", "1:1: unknown key \"hause\"; did you mean house?"),
        ("house = \"bbc\"", "1:9: unknown house \"bbc\"; known are "),
        ("house = \"npr-2022\"", "1:9: unknown house \"npr-2022\"; did you mean npr-2021?"),
        ("house = 3", "1:9: invalid type: integer `3`, expected a string"),
        ("cues = \"MUSIC\"", "1:8: invalid type: string \"MUSIC\", expected a sequence"),
        ("language = \"english\"", "1:12: give a code such as en, fr or de"),
        ("fail-on = \"eror\"", "1:11: unknown value \"eror\"; did you mean error?"),
        ("[rules]\nT0003 = \"off\"", "2:1: unknown rule \"T0003\"; did you mean T003?"),
        (
            "[rules]\nstray-byte = \"off\"",
            "2:1: unknown rule \"stray-byte\"; did you mean stray-bytes?",
        ),
        ("[rules]\nT003 = \"of\"", "2:8: unknown value \"of\"; did you mean off?"),
        (
            "[rules]\nT003 = \"off\"\nstray-bytes = \"off\"",
            "3:1: stray-bytes is the rule T003, which is set already",
        ),
        ("roster.nams = []", "1:8: unknown key \"nams\"; did you mean names?"),
        ("[[ignore]]\nrule = \"T003\"", "1:1: the key reason is missing here"),
        ("[[ignore]]\nrule = \"T003\"\nreason = \" \"", "3:10: the reason is empty"),
        ("[[ignore]]\nrule = \"T003\"\nreason = \"x\"\ntext = \"\"", "4:8: the text is empty"),
        (
            "[[ignore]]\nrule = \"T003\"\nreason = \"x\"\npath = \"a{\"",
            "4:8: the path is no pattern: ",
        ),
        ("house = \"npr\"\nhouse = \"npr\"", "2:1: duplicate key"),
        ("house npr", "1:7: "),
    ] {
        let said = refused(configuration);
        assert!(said.starts_with(&format!("readback.toml:{sentence}")), "{configuration}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn rubbish_is_refused_and_nothing_else_happens() {
    let desk = desk("");
    for rubbish in [&b"\xff\xfe\0h"[..], &b"[".repeat(100_000), &b"a = [".repeat(50_000), b"\0"] {
        fs::write(desk.path("readback.toml"), rubbish).expect("a file");
        desk.run("check story.txt").code(2).says_part("readback.toml");
    }
}

/// What the documentation shows is accepted, and it shows every key.
#[test]
fn the_documented_configuration_is_accepted() {
    let page = include_str!("../../../../docs/configuration.md");
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
    let example = example.expect("an example");
    let desk = desk(example);
    desk.file("names.txt", "Ines Carvalho\n");
    desk.run("check story.txt").code(1);
    for key in [
        "house", "cues", "model", "language", "fail-on", "names", "file", "rule", "path", "text",
        "reason",
    ] {
        assert!(example.contains(&format!("{key} = ")), "{key} is not in the example");
    }
}
