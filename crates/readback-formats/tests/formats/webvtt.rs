//! WebVTT as section 6 of its specification parses it, a case for each step. `oracles/webvtt.rs` lays the
//! same cases before W3C's own parser.

use readback_formats::{Parsed, read};

/// Where a case agrees with the specification, and where more is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reads {
    /// What the specification gives, and nothing is wrong.
    Alike,
    /// What the specification gives, and what is wrong is said.
    Said,
    /// Players drop something that can be read; here it is kept, and that is said.
    More,
}
use Reads::{Alike, More, Said};

/// Sources, and `start-end text` of each caption in whole milliseconds, its lines parted by `|`.
pub(crate) const CASES: &[(&str, &str, Reads, &[&str])] = &[
    ("the plainest file", "WEBVTT\n\n00:01.000 --> 00:02.000\none\n", Alike, &["1000-2000 one"]),
    (
        "a byte order mark",
        "\u{feff}WEBVTT\n\n00:01.000 --> 00:02.000\none\n",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "lines that end in CRLF",
        "WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\none\r\ntwo\r\n\r\n00:02.000 --> 00:03.000\r\nx",
        Alike,
        &["1000-2000 one|two", "2000-3000 x"],
    ),
    (
        "lines that end in CR",
        "WEBVTT\r\r00:01.000 --> 00:02.000\rone\rtwo\r\r00:02.000 --> 00:03.000\rx",
        Alike,
        &["1000-2000 one|two", "2000-3000 x"],
    ),
    ("no line end at the end", "WEBVTT\n\n00:01.000 --> 00:02.000\none", Alike, &["1000-2000 one"]),
    (
        "words after the mark",
        "WEBVTT - by hand\n\n00:01.000 --> 00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "a tab after the mark",
        "WEBVTT\tby hand\n\n00:01.000 --> 00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "lines in the header",
        "WEBVTT\nKind: captions\nLanguage: en\n\n00:01.000 --> 00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "a map of times from HLS",
        "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n00:01.000 --> 00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "no blank line below the mark",
        "WEBVTT\n00:01.000 --> 00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "letters glued to the mark",
        "WEBVTTX\n\n00:01.000 --> 00:02.000\none",
        More,
        &["1000-2000 one"],
    ),
    ("a mark in small letters", "webvtt\n\n00:01.000 --> 00:02.000\none", More, &["1000-2000 one"]),
    (
        "a blank line above the mark",
        "\nWEBVTT\n\n00:01.000 --> 00:02.000\none",
        More,
        &["1000-2000 one"],
    ),
    (
        "many blank lines",
        "WEBVTT\n\n\n\n00:01.000 --> 00:02.000\none\n\n\n\n00:02.000 --> 00:03.000\ntwo\n\n\n",
        Alike,
        &["1000-2000 one", "2000-3000 two"],
    ),
    ("hours", "WEBVTT\n\n01:00:01.000 --> 02:00:02.000\none", Alike, &["3601000-7202000 one"]),
    (
        "more than 99 hours",
        "WEBVTT\n\n100:00:01.000 --> 12345:00:02.000\none",
        Alike,
        &["360001000-44442002000 one"],
    ),
    (
        "no blanks around the arrow",
        "WEBVTT\n\n00:01.000-->00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "tabs around the arrow",
        "WEBVTT\n\n00:01.000\t-->\t00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "blanks before the time",
        "WEBVTT\n\n  00:01.000 --> 00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "settings",
        "WEBVTT\n\n00:01.000 --> 00:02.000 align:start position:10%,line-left line:-1 size:35% vertical:rl region:a\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "settings that do not exist",
        "WEBVTT\n\n00:01.000 --> 00:02.000 align:up weight:heavy :\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "settings glued to the time",
        "WEBVTT\n\n00:01.000 --> 00:02.000align:start\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "a comma before the fraction",
        "WEBVTT\n\n00:01,000 --> 00:02,000\none",
        More,
        &["1000-2000 one"],
    ),
    ("two digits of fraction", "WEBVTT\n\n00:01.00 --> 00:02.50\none", More, &["1000-2500 one"]),
    ("one digit of minutes", "WEBVTT\n\n0:01.000 --> 0:02.000\none", More, &["1000-2000 one"]),
    ("sixty seconds", "WEBVTT\n\n00:60.000 --> 00:61.000\none", More, &["60000-61000 one"]),
    ("no fraction", "WEBVTT\n\n00:01 --> 00:02\none", More, &["1000-2000 one"]),
    (
        "a time of letters",
        "WEBVTT\n\nnoon --> 00:02.000\nlost\n\n00:02.000 --> 00:03.000\ntwo",
        Said,
        &["2000-3000 two"],
    ),
    (
        "a time that breaks off",
        "WEBVTT\n\n00:01.000 -->\nlost\n\n00:02.000 --> 00:03.000\ntwo",
        Said,
        &["2000-3000 two"],
    ),
    (
        "half an arrow",
        "WEBVTT\n\n00:01.000 -> 00:02.000\nno caption\n\n00:02.000 --> 00:03.000\ntwo",
        Alike,
        &["2000-3000 two"],
    ),
    ("an id", "WEBVTT\n\nintro\n00:01.000 --> 00:02.000\none", Alike, &["1000-2000 one"]),
    (
        "an id that looks like a time",
        "WEBVTT\n\n00:00.500\n00:01.000 --> 00:02.000\none\n\n2 - 00:02.000\n00:02.000 --> 00:03.000\ntwo",
        Alike,
        &["1000-2000 one", "2000-3000 two"],
    ),
    (
        "an id of two lines",
        "WEBVTT\n\nan\nid\n00:01.000 --> 00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "an id with a blank line below",
        "WEBVTT\n\nid\n\n00:01.000 --> 00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "a note",
        "WEBVTT\n\nNOTE said off\nand on\n\n00:01.000 --> 00:02.000\none\n\nNOTE\nlast",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "styles and regions",
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a width:40%\n\n00:01.000 --> 00:02.000\none",
        Alike,
        &["1000-2000 one"],
    ),
    (
        "a time in the text begins a caption",
        "WEBVTT\n\n00:01.000 --> 00:02.000\none\n00:02.000 --> 00:03.000\ntwo",
        Alike,
        &["1000-2000 one", "2000-3000 two"],
    ),
    (
        "an id in the text is text",
        "WEBVTT\n\n00:01.000 --> 00:02.000\none\n2\n00:02.000 --> 00:03.000\ntwo",
        Alike,
        &["1000-2000 one|2", "2000-3000 two"],
    ),
    (
        "a caption without text",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\ntwo",
        Alike,
        &["1000-2000 ", "2000-3000 two"],
    ),
    (
        "a blank line ends a caption",
        "WEBVTT\n\n00:01.000 --> 00:02.000\none\n\nno caption\n\n00:02.000 --> 00:03.000\ntwo",
        Alike,
        &["1000-2000 one", "2000-3000 two"],
    ),
    (
        "a line of blanks does not",
        "WEBVTT\n\n00:01.000 --> 00:02.000\none\n  \ntwo",
        Alike,
        &["1000-2000 one|two"],
    ),
    (
        "entities",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nsalt &amp; water, 5 &lt; 6 &gt; 4&nbsp;x",
        Alike,
        &["1000-2000 salt & water, 5 < 6 > 4 x"],
    ),
    (
        "tags",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<b>a</b> <i>b</i> <u>c</u> <c.red.big>d</c> <lang en-GB>e</lang> <ruby>f<rt>g</rt></ruby>",
        Alike,
        &["1000-2000 a b c d e fg"],
    ),
    (
        "tags that are not closed, not opened, or not known",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<i>a </b>b <x>c</x> <v Ann>d",
        Alike,
        &["1000-2000 a b c d"],
    ),
    (
        "a voice with classes",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.first.loud Ann Lee>a</v> b",
        Alike,
        &["1000-2000 a b"],
    ),
    (
        "stamps",
        "WEBVTT\n\n00:01.000 --> 00:02.000\none <00:01.500>two <00:00:01.700>three",
        Alike,
        &["1000-2000 one two three"],
    ),
    (
        "stamps out of order",
        "WEBVTT\n\n00:01.000 --> 00:02.000\none <00:01.700>two <00:01.500>three <09:00.000>four",
        Alike,
        &["1000-2000 one two three four"],
    ),
    (
        "a lone less-than sign",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n5 < 6",
        More,
        &["1000-2000 5 < 6"],
    ),
];

/// The captions of a source as they are seen, and whether anything was said of it.
pub(crate) fn seen(source: &str) -> (Vec<String>, bool) {
    let Parsed { transcript, problems } = read(source.as_bytes(), Some("a.vtt")).expect("readable");
    let seen = transcript.captions.iter().map(|caption| {
        let millis = |instant: readback_transcript::Instant| instant.micros() / 1000;
        let (start, end) = (caption.stretch.start(), caption.stretch.end());
        format!("{}-{} {}", millis(start), millis(end), caption.lines.join("|"))
    });
    (seen.collect(), !problems.is_empty())
}

#[test]
fn every_step_of_the_specification_is_taken() {
    for (name, source, reads, expected) in CASES {
        let (captions, said) = seen(source);
        assert_eq!(captions, *expected, "{name}");
        let lone_sign = *name == "a lone less-than sign";
        assert_eq!(said, *reads != Alike && !lone_sign, "{name}");
    }
}

#[test]
fn nul_bytes_end_no_file() {
    let (captions, _) =
        seen(&format!("WEBVTT\n\n00:01.000 --> 00:02.000\none\0 two {}", "x ".repeat(200)));
    assert!(captions[0].starts_with("1000-2000 one two"), "{captions:?}");
}

#[test]
fn a_caption_that_ends_before_it_begins_is_kept_and_said() {
    let (captions, said) = seen("WEBVTT\n\n00:02.000 --> 00:01.000\none");
    assert_eq!((captions, said), (vec!["2000-2000 one".to_owned()], true));
}

#[test]
fn voices_name_the_speakers_whatever_their_classes_and_entities() {
    let source = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.first.loud Ann  Lee>one</v>\n\n00:02.000 --> 00:03.000\n<v Salt &amp; Co>two\n\n00:03.000 --> 00:04.000\n<v.x Ann Lee>three";
    let transcript = read(source.as_bytes(), Some("a.vtt")).expect("readable").transcript;
    let names: Vec<&str> = transcript
        .turns
        .iter()
        .filter_map(|turn| turn.label.as_ref())
        .map(|label| label.name.as_str())
        .collect();
    assert_eq!(names, ["Ann Lee", "Salt & Co", "Ann Lee"]);
}

#[test]
fn a_reading_aid_is_seen_and_not_said() {
    let source = "WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>one<rt>eins</rt></ruby> two";
    let transcript = read(source.as_bytes(), Some("a.vtt")).expect("readable").transcript;
    assert_eq!(crate::words(&transcript), ["one", "two"]);
}

#[test]
fn stamps_give_words_their_times_and_those_out_of_order_none() {
    let source = "WEBVTT\n\n00:01.000 --> 00:02.000\n<00:01.200>one<00:01.400> <00:01.600>two <00:01.500>three";
    let transcript = read(source.as_bytes(), Some("a.vtt")).expect("readable").transcript;
    let times: Vec<(f64, f64)> = transcript
        .words()
        .map(|word| word.timing.expect("timed").stretch)
        .map(|stretch| (stretch.start().seconds(), stretch.end().seconds()))
        .collect();
    assert_eq!(times, [(1.2, 1.4), (1.6, 1.6), (1.6, 2.0)]);
}
