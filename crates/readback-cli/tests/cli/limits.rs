//! Sources that are meant to do harm: too large, too deep, endless lines. Whatever format they are said to be
//! in, they are refused in a sentence. Nothing here asserts a time; a reader that takes longer than its
//! source is large would keep the tests from ending.

use readback_formats::FORMATS;

use crate::harness::Desk;

/// Junk for a source of any format, with what each begins with.
const JUNK: &[(&str, &str)] = &[
    ("", "["),
    ("", "{\"a\":"),
    ("", "<"),
    ("", "-->"),
    ("", "\0"),
    ("", "word"),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "("),
    ("1\n00:00:01,000 --> 00:00:02,000\n", "{\\i"),
    ("{\"segments\":[{\"start\":0,", "\"words\":["),
];

#[test]
fn more_than_a_story_is_refused_in_every_format() {
    let desk = Desk::new();
    desk.file("large.txt", vec![b'a'; readback_formats::MAX_BYTES + 1]);
    for format in FORMATS.iter().filter(|format| format.read.is_open()) {
        let ran = desk.run(&format!("convert large.txt - --from {}", format.id)).code(2);
        ran.prints("").says(
            "error: cannot read the transcript large.txt: it is larger than 32 MB, the most that is \
             read of one story",
        );
    }
}

#[test]
fn junk_of_every_kind_is_read_or_refused_in_a_sentence_in_every_format() {
    let desk = Desk::new();
    for (i, (head, unit)) in JUNK.iter().enumerate() {
        let name = format!("junk{i}");
        desk.file(&name, [*head, &unit.repeat((16 << 10) / unit.len())].concat());
        for format in FORMATS.iter().filter(|format| format.read.is_open()) {
            let mut run = desk.run(&format!("convert {name} - --from {} --to json", format.id));
            let output = run.command.output().expect("the program ends");
            let said = String::from_utf8(output.stderr).expect("UTF-8");
            assert!(matches!(output.status.code(), Some(0 | 2)), "{}: {said}", format.id);
            assert!(!said.contains("panicked") && said.len() < 4096, "{}: {said}", format.id);
        }
    }
}
