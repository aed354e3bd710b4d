//! Annotations on tiers: Praat's and ELAN's.

use readback_formats::{Parsed, format_for, read};
use readback_transcript::{TimeOrigin, Transcript};

use crate::sound::assert_sound;
use crate::{outline, timed, transcript, words, write};

/// `word start-end`, with `~` where the time is estimated.
fn timings(transcript: &Transcript) -> Vec<String> {
    let shown = |word: &readback_transcript::Word| {
        let text = word.span.of(&transcript.text);
        let Some(timing) = word.timing else { return text.to_owned() };
        let (start, end) = (timing.stretch.start().seconds(), timing.stretch.end().seconds());
        let about = if timing.known == TimeOrigin::Estimated { "~" } else { "" };
        format!("{text} {about}{start:.1}-{end:.1}")
    };
    transcript.words().map(shown).collect()
}

pub const SHORT: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n4\n<exists>\n3\n\
    \"IntervalTier\"\n\"Ann\"\n0\n4\n3\n0\n1\n\"\"\n1\n3\n\"She said \"\"no\"\".\"\n3\n4\n\"\"\n\
    \"IntervalTier\"\n\"Ann - words\"\n0\n4\n5\n0\n1\n\"\"\n1\n1.5\n\"she\"\n1.5\n2\n\"said\"\n2\n3\n\"no\"\n3\n4\n\"sil\"\n\
    \"TextTier\"\n\"bell\"\n0\n4\n1\n2.5\n\"ding\"\n";

const LONG: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0 ! the beginning\n\
    xmax = 4 \ntiers? <exists> \nsize = 1 \nitem []: \n    item [1]:\n        class = \"IntervalTier\" \n        \
    name = \"words\" \n        xmin = 0 \n        xmax = 4 \n        intervals: size = 2 \n        \
    intervals [1]:\n            xmin = 0 \n            xmax = 1 \n            text = \"salt\" \n        \
    intervals [2]:\n            xmin = 3.5 \n            xmax = 4 \n            text = \"water\" \n";

#[test]
fn a_textgrid_is_read_in_its_long_and_short_form_and_in_utf16() {
    let Parsed { transcript: short, problems } =
        read(SHORT.as_bytes(), Some("a.TextGrid")).expect("readable");
    assert_eq!(short.text, "Ann: She said \"no\".\n");
    assert_eq!(timings(&short), ["She 1.0-1.5", "said 1.5-2.0", "no 2.0-3.0"]);
    assert_eq!(problems.len(), 1, "the tier of points: {problems:?}");
    let Parsed { transcript: long, problems } = read(LONG.as_bytes(), None).expect("readable");
    assert_eq!(
        (timings(&long), problems.len()),
        (vec!["salt 0.0-1.0".into(), "water 3.5-4.0".into()], 0)
    );
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let marked = format!("\u{feff}{SHORT}");
        let bytes: Vec<u8> = marked.encode_utf16().flat_map(order).collect();
        assert_eq!(read(&bytes, Some("a.TextGrid")).expect("readable").transcript, short);
    }
}

#[test]
fn words_annotated_one_by_one_keep_their_marks_where_nothing_else_has_them() {
    let marked = LONG.replace("salt", "In 2012,").replace("water", "café!");
    let transcript = read(marked.as_bytes(), None).expect("readable").transcript;
    assert_eq!(timings(&transcript), ["In ~0.0-0.5", "2012 ~0.5-1.0", "café 3.5-4.0"]);
    assert_eq!(transcript.text, "In 2012\n\ncafé!\n");
}

#[test]
fn a_textgrid_that_breaks_off_keeps_what_it_has_and_binary_ones_are_refused() {
    let cut = &LONG[..LONG.find("water").expect("there")];
    let Parsed { transcript, problems } =
        read(cut.as_bytes(), Some("a.textgrid")).expect("readable");
    assert_eq!(words(&transcript), ["salt"]);
    assert!(problems[0].message.contains("does not go on like this"), "{problems:?}");
    let error = read(b"ooBinaryFile\x08TextGrid\0\0", Some("a.textgrid")).expect_err("refused");
    assert!(error.to_string().contains("binary TextGrid"), "{error}");
}

#[test]
fn intervals_tile_every_tier_and_quotes_are_doubled() {
    let story = timed(transcript("ANN: She said \"no.\"\n\nBO: (LAUGHTER)\n\nANN: Go."));
    let written = write(&story, format_for("textgrid").expect("known")).expect("written");
    assert!(written.contains("text = \"She said \"\"no.\"\"\""), "{written}");
    for tier in written.split("item [").skip(2) {
        let times = |key: &str| -> Vec<f64> {
            let lines = tier.lines().filter_map(|line| line.trim().strip_prefix(key));
            lines.filter_map(|time| time.parse().ok()).collect()
        };
        let (starts, ends) = (times("xmin = "), times("xmax = "));
        assert_eq!(starts[2..], ends[1..ends.len() - 1], "{tier}");
        assert_eq!((starts[1], ends.last()), (0.0, ends.first()), "{tier}");
        assert!(starts.iter().zip(&ends).all(|(start, end)| start < end));
    }
}

pub const EAF: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT FORMAT="3.0" VERSION="3.0"><HEADER TIME_UNITS="milliseconds"/>
<TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1000"/><TIME_SLOT TIME_SLOT_ID="ts2"/>
<TIME_SLOT TIME_SLOT_ID="ts3"/><TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="4000"/>
<TIME_SLOT TIME_SLOT_ID="ts5" TIME_VALUE="2500"/><TIME_SLOT TIME_SLOT_ID="ts6" TIME_VALUE="5000"/>
<TIME_SLOT TIME_SLOT_ID="ts7"/><TIME_SLOT TIME_SLOT_ID="ts8"/></TIME_ORDER>
<TIER TIER_ID="A@gloss" LINGUISTIC_TYPE_REF="gloss" PARENT_REF="A"><ANNOTATION>
<REF_ANNOTATION ANNOTATION_ID="a9" ANNOTATION_REF="a1"><ANNOTATION_VALUE>sal</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="A@words" LINGUISTIC_TYPE_REF="Words" PARENT_REF="A"><ANNOTATION>
<REF_ANNOTATION ANNOTATION_ID="a4" ANNOTATION_REF="a3"><ANNOTATION_VALUE>go</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION><ANNOTATION>
<REF_ANNOTATION ANNOTATION_ID="a5" ANNOTATION_REF="a3" PREVIOUS_ANNOTATION="a4"><ANNOTATION_VALUE>home</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="A" PARTICIPANT="Ann Lee" LINGUISTIC_TYPE_REF="default">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>Salt.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts3"><ANNOTATION_VALUE>Water &amp; <![CDATA[air.]]></ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a3" TIME_SLOT_REF1="ts3" TIME_SLOT_REF2="ts4"><ANNOTATION_VALUE>Go home!</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="Bo" LINGUISTIC_TYPE_REF="default">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a6" TIME_SLOT_REF1="ts5" TIME_SLOT_REF2="ts6"><ANNOTATION_VALUE>(LAUGHTER) Why?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a7" TIME_SLOT_REF1="ts7" TIME_SLOT_REF2="ts8"><ANNOTATION_VALUE>lost</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
</ANNOTATION_DOCUMENT>"#;

#[test]
fn elan_slots_without_values_and_annotations_without_times_get_their_share() {
    let Parsed { transcript, problems } = read(EAF.as_bytes(), Some("a.eaf")).expect("readable");
    assert_eq!(
        timings(&transcript),
        [
            "Salt ~1.0-2.0",
            "Water ~2.0-2.6",
            "air ~2.6-3.0",
            "Why 2.5-5.0",
            "Go ~3.0-3.5",
            "home ~3.5-4.0"
        ]
    );
    assert_eq!(
        outline(&transcript, &[]),
        "format eaf\nturn Ann Lee None\n  Salt\n  Water | air\nturn Bo None\n  Other (LAUGHTER)\n  Why\n\
         turn Ann Lee None\n  Go | home\n"
    );
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["the annotation \"a7\" has no time", "the tier \"A@gloss\" is left out"]);
}

#[test]
fn a_bracket_that_is_never_closed_takes_the_cue_after_it_along() {
    let source = "t 1 ann 1.0 4.0 qqq\n";
    let given = read(source.as_bytes(), Some("a.stm")).expect("readable").transcript;
    for id in ["textgrid", "eaf"] {
        let written = write(&given, format_for(id).expect("known")).expect("written");
        let source = written.replace("qqq", "At 0[.000. [THEME MUSIC] All");
        let Parsed { transcript: found, problems } =
            read(source.as_bytes(), Some(&format!("a.{id}"))).expect("readable");
        assert_sound(&found, &problems);
        let cues: Vec<&str> = found.cues().map(|cue| cue.span.of(&found.text)).collect();
        assert_eq!(cues, ["[.000. [THEME MUSIC]"], "{id}");
    }
}

#[test]
fn people_who_talk_at_once_keep_their_own_times() {
    let source = "t 1 ann 1.0 4.0 one two three\nt 1 bo 2.0 3.0 yes\nt 1 ann 4.0 5.0 four\n";
    let given = read(source.as_bytes(), Some("a.stm")).expect("readable").transcript;
    for id in ["textgrid", "eaf", "stm"] {
        let written = write(&given, format_for(id).expect("known")).expect("written");
        let Parsed { transcript: again, problems } =
            read(written.as_bytes(), Some(&format!("a.{id}"))).expect("readable");
        assert_eq!(problems, [], "{written}");
        assert_eq!(
            timings(&again).join(" ").replace('~', ""),
            timings(&given).join(" ").replace('~', "")
        );
    }
}
