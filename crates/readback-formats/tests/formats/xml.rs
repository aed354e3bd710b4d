//! A contractor's own XML and the mapping that names its parts.

use readback_formats::{Mapping, Parsed, ReadOptions, format_for, read, read_as};
use readback_transcript::{TimeOrigin, Word};

use crate::outline;

const DOCUMENT: &str = include_str!("../../../../docs/xml-mapping.md");

/// The code blocks of the documentation that are in `language`.
pub fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    DOCUMENT.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

pub fn read_by(mapping: &str, source: &str) -> Result<Parsed, String> {
    let mapping = Some(Mapping::parse(mapping).map_err(|error| error.to_string())?);
    let format = format_for("xml").expect("known");
    let options = ReadOptions::default().with_mapping(mapping);
    read_as(source.as_bytes(), format, &options).map_err(|error| error.to_string())
}

fn refused(mapping: &str, source: &str) -> String {
    read_by(mapping, source).expect_err("refused")
}

#[test]
fn the_example_of_the_documentation_is_read_as_it_says() {
    let (mapping, source) = (blocks("toml")[0], blocks("xml")[0]);
    let Parsed { transcript, problems } = read_by(mapping, source).expect("readable");
    assert_eq!(problems, []);
    assert_eq!(transcript.text, blocks("text")[0]);
    assert_eq!(transcript.language.as_deref(), Some("en"));
    let times: Vec<(f64, f64)> = transcript
        .words()
        .filter_map(|word| word.timing)
        .map(|timing| (timing.stretch.start().seconds(), timing.stretch.end().seconds()))
        .collect();
    assert_eq!(times.len(), transcript.words().count());
    assert_eq!((times[0].0, times[times.len() - 1].1), (1.5, 9.0));
}

const WORDS: &str = "<a><cast><p nr='1'><n>Ann</n><job>host</job></p></cast>\
    <l who='1'><w t='10' d='5' c='0.5'>Salt</w>, <w t='15' d='5'>no</w>.</l><l><w>Yes</w></l>\
    <l who='Bo:'><w t='x'>Go</w></l></a>";
const WORDS_MAPPING: &str = "[turn]\nelement = 'l'\nspeaker = '@who'\n[word]\nelement = 'w'\nstart = '@t'\n\
    duration = '@d'\nconfidence = '@c'\n[speakers]\nelement = 'cast/p'\nid = '@nr'\nname = 'n'\nrole = 'job'\n\
    [times]\nnotation = 'frames'\nframes-per-second = 10\n";

#[test]
fn words_have_their_own_times_and_speakers_may_be_listed_elsewhere() {
    let Parsed { transcript, problems } = read_by(WORDS_MAPPING, WORDS).expect("readable");
    assert_eq!(
        outline(&transcript, &[]),
        "format xml\nturn Ann Some(Host)\n  Salt | no\n  Yes\nturn Bo None\n  Go\n"
    );
    assert_eq!(transcript.text, "Ann, HOST: Salt, no.\n\nYes\n\nBo: Go\n");
    let timing = |word: &Word| {
        word.timing.map(|t| (t.stretch.end().seconds(), t.probability.get(), t.known))
    };
    let timings: Vec<_> = transcript.words().map(timing).collect();
    assert_eq!(
        timings[..2],
        [Some((1.5, 0.5, TimeOrigin::Retained)), Some((2.0, 1.0, TimeOrigin::Retained))]
    );
    assert_eq!(timings[2..], [None, None]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.starts_with("a time is written \"x\", "), "{problems:?}");
}

#[test]
fn times_are_read_in_every_notation() {
    for (times, written) in [
        ("", "1.5"),
        ("[times]\nnotation = 'seconds'", "1,5s"),
        ("[times]\nnotation = 'milliseconds'", "1500"),
        ("[times]\nnotation = 'frames'\nframes-per-second = 30", "45"),
        ("[times]\nnotation = 'clock'", "00:00:01.500"),
        ("[times]\nnotation = 'clock'\nframes-per-second = 30", "00:00:01;15"),
    ] {
        let mapping = format!("[turn]\nelement = 'l'\nstart = '@s'\nend = '@s'\n{times}");
        let source = format!("<a><l s='{written}'>Go</l></a>");
        let Parsed { transcript, problems } = read_by(&mapping, &source).expect("readable");
        let timing = transcript.words().next().and_then(|word| word.timing).expect("timed");
        assert_eq!((timing.stretch.start().seconds(), problems.len()), (1.5, 0), "{written}");
    }
}

#[test]
fn a_wrong_mapping_is_refused_with_its_line_and_what_was_meant() {
    for (mapping, reason) in [
        (
            "[turn]\nelement = 'l'\nspeeker = '@who'\n",
            "line 3: unknown field `speeker`, expected one of",
        ),
        ("[turn]\nelement = 'l'\nspeeker = '@who'\n", "; did you mean `speaker`?"),
        ("[turn]\nspeaker = '@who'\n", "line 1: missing field `element`"),
        ("[turn\n", "line 1: "),
        ("[turn]\nelement = 'a//b'\n", "line 2: \"a//b\" is no place; "),
        ("[turn]\nelement = '@l'\n", "turn.element must be an element, not an attribute"),
        ("[turn]\nelement = 'l'\n[times]\nnotation = 'frame'\n", "; did you mean `frames`?"),
        ("[turn]\nelement = 'l'\n[times]\nnotation = 'frames'\n", "add times.frames-per-second"),
    ] {
        let error = refused(mapping, WORDS);
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn a_mapping_that_does_not_fit_the_file_says_what_is_there() {
    let error = refused("[turn]\nelement = 'L'\n", WORDS);
    assert_eq!(
        error,
        "xml: nothing in it is \"L\", the turn.element of the mapping; did you mean \"l\"; \
         its elements are a, cast, job, l, n, p, w"
    );
    let Parsed { transcript: _, problems } =
        read_by("cue = 'sfx'\n[turn]\nelement = 'l'\nspeaker = '@name'\n", WORDS)
            .expect("readable");
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "nothing in it is \"sfx\", the cue of the mapping",
            "nothing in it is \"@name\", the turn.speaker of the mapping",
        ]
    );
}

#[test]
fn xml_of_no_known_kind_asks_for_a_mapping() {
    for name in [Some("a.xml"), None] {
        let error =
            read(b"<?xml version='1.0'?><story><l>Go</l></story>", name).expect_err("refused");
        assert!(error.to_string().contains("name its parts in a mapping"), "{error}");
    }
}
