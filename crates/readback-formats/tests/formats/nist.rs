//! NIST's formats, by the traps that real files hold.

use readback_formats::{Parsed, WriteOptions, format_for, losses, read};
use readback_transcript::{Stretch, Transcript};

use crate::{STORY, outline, timed, transcript, words, write};

fn read_as(id: &str, source: &str) -> (Transcript, Vec<String>) {
    let Parsed { transcript, problems } =
        read(source.as_bytes(), Some(&format!("a.{id}"))).expect("readable");
    (transcript, problems.into_iter().map(|problem| problem.message).collect())
}

fn shown(stretch: Option<Stretch>) -> (f64, f64) {
    let stretch = stretch.expect("a time");
    (stretch.start().seconds(), stretch.end().seconds())
}

fn speakers(transcript: &Transcript) -> Vec<&str> {
    let names = transcript.turns.iter().map(|turn| turn.label.as_ref().map(|l| l.name.as_str()));
    names.map(|name| name.unwrap_or("nobody")).collect()
}

pub const STM: &str = ";; CATEGORY \"0\" \"\" \"\"\n\
        tape 1 inter_segment_gap 0.00 1.00 <o,,>\n\
        tape A ann_lee 1.00 3.00 <o,f0,female> salt { and / or / @ } (uh) water [laughter]\n\
        tape A ann_lee 3.00 4.00 <o,f0,female> it's { @ / very } late{r / }\n\
        tape A bo 4.00 5.00 ignore_time_segment_in_scoring\n\
        tape A unknown 5.00 6.00 <unk> hello\n";

pub const RTTM: &str = "SPEAKER t 1 1.0 2.0 <NA> <NA> ann <NA> <NA>\n\
        LEXEME t 1 1.0 0.5 salt lex ann 0.5 <NA>\nLEXEME t 1 1.5 0.5 water lex ann <NA> <NA>\n\
        LEXEME t 1 2.5 0.5 no lex <NA> <NA> <NA>\n";

#[test]
fn ctm_channels_are_turns_and_entries_that_are_no_words_are_passed_over() {
    let source = "t A 1.0 0.2 salt NA lex ann\nt A 1.2 0.2 (uh) 0.5\nt A 1.4 0.2 @ 0.9\n\
                  t A 1.6 0.3 {breath} 0.9 non-lex ann\nt B 0.5 0.2 water 0.25\n";
    let (transcript, problems) = read_as("ctm", source);
    assert_eq!(words(&transcript), ["salt", "uh", "water"]);
    assert_eq!((transcript.turns.len(), problems.len()), (2, 0), "{problems:?}");
    let sure: Vec<f32> =
        transcript.words().filter_map(|w| w.timing).map(|t| t.probability.get()).collect();
    assert_eq!(sure, [1.0, 0.5, 0.25]);
}

#[test]
fn ctm_out_of_order_or_of_two_recordings_is_said_once() {
    let source = "t 1 2.0 0.2 one\nt 1 1.0 0.2 two\nt 1 0.5 0.2 three\nu 1 0.1 0.2 four\nt 1\n";
    let (transcript, problems) = read_as("ctm", source);
    assert_eq!(words(&transcript), ["one", "two", "three", "four"]);
    assert_eq!(
        problems,
        [
            "this word begins before the one above it, which sclite refuses",
            "another recording begins here; what it says follows that of the first",
            "this line is not a word with its time",
        ]
    );
}

#[test]
fn stm_is_read_with_labels_alternatives_optional_words_and_gaps() {
    let (transcript, problems) = read_as("stm", STM);
    assert_eq!(problems, [] as [String; 0]);
    assert_eq!(
        outline(&transcript, &[]),
        "format stm\nturn ann_lee None\n  salt\n  and\n  uh | water\n  Other [laughter]\n  it's\n  late\n  r\n\
         turn bo None\nturn \n  Unintelligible <unk>\n  hello\n",
    );
    assert_eq!(shown(transcript.turns[0].stretch), (1.0, 4.0));
    assert_eq!(shown(transcript.turns[1].stretch), (4.0, 5.0));
    let first = transcript.words().next().and_then(|word| word.timing).expect("timed");
    assert_eq!(shown(Some(first.stretch)).0, 1.0);
}

#[test]
fn stm_that_is_broken_says_where() {
    let source = "t 1 ann 1.0 2.0 { a / b\nt 1 bo 3.0 2.0 c\nt 1 bo 3.0 4.0 d }\n";
    let (transcript, problems) = read_as("stm", source);
    assert_eq!(words(&transcript), ["a", "d"]);
    assert_eq!(
        problems,
        [
            "an alternative is never closed",
            "this line is not a segment with its speaker and time",
            "no alternative ends here",
        ]
    );
}

#[test]
fn rttm_speaker_lines_are_turns_without_words() {
    let source = ";; by hand\nSPKR-INFO t 1 <NA> <NA> <NA> adult_male bo <NA> <NA>\n\
        SPEAKER t 1 1.50 2.00 <NA> <NA> ann <NA> <NA>\nSPEAKER t 1 3.00 1.25 <NA> <NA> bo 0.9\n\
        NON-LEX t 1 3.1 0.1 <NA> breath bo <NA> <NA>\nSPEAKER t 1 x 1 <NA> <NA> bo <NA> <NA>\nbo speaks\n";
    let (transcript, problems) = read_as("rttm", source);
    assert_eq!(speakers(&transcript), ["ann", "bo"]);
    assert_eq!(shown(transcript.turns[1].stretch), (3.0, 4.25));
    assert_eq!(problems.len(), 2, "{problems:?}");
    let label = transcript.turns[1].label.as_ref().expect("a label");
    assert_eq!(label.span.of(&transcript.text), "bo");
}

#[test]
fn rttm_lexemes_are_words_and_tell_more_than_the_turns() {
    let (transcript, problems) = read_as("rttm", RTTM);
    assert_eq!((speakers(&transcript), problems.len()), (vec!["ann", "nobody"], 0));
    assert_eq!(words(&transcript), ["salt", "water", "no"]);
    let first = transcript.words().next().and_then(|word| word.timing).expect("timed");
    assert_eq!((shown(Some(first.stretch)), first.probability.get()), ((1.0, 1.5), 0.5));
}

#[test]
fn uem_regions_are_kept_and_any_other_transcript_is_one_region() {
    let source = ";; scored\ntape 1 0.000 10.500\ntape 1 12.000 20.250\n";
    let (regions, problems) = read_as("uem", source);
    assert_eq!((regions.turns.len(), problems.len()), (2, 0));
    let uem = format_for("uem").expect("known");
    let options = WriteOptions::default().with_recording("tape");
    let again = readback_formats::write(&regions, uem, &options).expect("written");
    assert_eq!(again, source.as_bytes()[";; scored\n".len()..]);
    let story = timed(transcript(STORY));
    assert_eq!(write(&story, uem).expect("written").lines().count(), 1);
}

#[test]
fn turns_without_words_go_from_one_format_of_turns_to_another() {
    let turns = read_as("rttm", "SPEAKER t 1 1.5 2 <NA> <NA> ann <NA> <NA>\n").0;
    let written = |id| write(&turns, format_for(id).expect("known")).expect("written");
    assert_eq!(written("rttm"), "SPEAKER recording 1 1.500 2.000 <NA> <NA> ann <NA> <NA>\n");
    assert_eq!(written("stm"), "recording 1 ann 1.500 3.500 ignore_time_segment_in_scoring\n");
    assert_eq!(written("uem"), "recording 1 1.500 3.500\n");
    let again = read_as("stm", &written("stm")).0;
    assert_eq!(shown(again.turns[0].stretch), (1.5, 3.5));
}

#[test]
fn a_name_with_blanks_is_one_field() {
    let story = timed(transcript("ANA RUIZ: Salt and water.\n\nBO: No."));
    let options = WriteOptions::default().with_recording("my tape");
    for (id, begin) in [
        ("stm", "my_tape 1 ANA_RUIZ 0.500 1.400 Salt and water\n"),
        ("rttm", "SPEAKER my_tape 1 0.500 0.900 <NA> <NA> ANA_RUIZ <NA> <NA>\n"),
        ("uem", "my_tape 1 0.500 1.700\n"),
        ("ctm", "my_tape 1 0.500 0.300 Salt 0.500\n"),
    ] {
        let format = format_for(id).expect("known");
        let written = readback_formats::write(&story, format, &options).expect("written");
        let written = String::from_utf8(written).expect("text");
        assert!(written.starts_with(begin), "{written}");
    }
}

#[test]
fn what_holds_no_words_says_that_words_are_lost() {
    let story = timed(transcript("BO, HOST: Salt and water. (LAUGHTER)"));
    for (id, lost) in [("rttm", "words roles cues"), ("uem", "words speakers roles cues")] {
        let losses = losses(&story, format_for(id).expect("known").carries);
        let shown: Vec<&str> = losses.iter().map(|loss| loss.what.id()).collect();
        assert_eq!(shown.join(" "), lost, "{id}");
    }
}

#[test]
fn each_is_known_by_its_content() {
    for (id, source) in [
        ("stm", "t 1 ann 0.5 1.5 <o,f0,male> salt and water\n"),
        ("rttm", "SPEAKER t 1 0.5 1.5 <NA> <NA> ann <NA> <NA>\n"),
        ("uem", ";; a\nt 1 0.0 100.0\n"),
        ("ctm", "t 1 0.5 0.2 salt\nt 1 0.8 0.2 water\n"),
    ] {
        let transcript = read(source.as_bytes(), None).expect("readable").transcript;
        assert_eq!(transcript.format, id);
    }
    let prose = read(b"At 1 or 2 5 men came.\n", None).expect("readable").transcript;
    assert_eq!(prose.format, "text");
}
