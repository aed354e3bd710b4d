//! Recognisers' own output, each shape as a small file: the same two sentences, told by content from
//! one another, read with times, probabilities and speakers.

use readback_formats::{FORMATS, WriteError, format_for, read, to_hearing};
use readback_transcript::{Known, Transcript};

use crate::{transcript, words, write};

/// Each source with the format it must be taken for.
pub const SOURCES: &[(&str, &[u8])] = &[
    ("aws", include_bytes!("../fixtures/recognisers/aws.json")),
    ("google", include_bytes!("../fixtures/recognisers/google.json")),
    ("google", include_bytes!("../fixtures/recognisers/google_v2.json")),
    ("whisper", include_bytes!("../fixtures/recognisers/whisperx.json")),
    ("whisper", include_bytes!("../fixtures/recognisers/faster_whisper.json")),
    ("whisper", include_bytes!("../fixtures/recognisers/openai.json")),
    ("whispercpp", include_bytes!("../fixtures/recognisers/whispercpp_full.json")),
    ("whispercpp", include_bytes!("../fixtures/recognisers/whispercpp.json")),
    ("hearing", include_bytes!("../fixtures/recognisers/hearing.json")),
];

fn read_all() -> Vec<Transcript> {
    SOURCES.iter().map(|(_, bytes)| read(bytes, Some("asr.json")).expect("readable").0).collect()
}

/// `text start-end probability`, with how the time is known where it did not come with the source.
fn timed_words(transcript: &Transcript) -> Vec<String> {
    let shown = |word: &readback_transcript::Word| {
        let text = word.span.of(&transcript.text);
        let Some(timing) = word.timing else { return text.to_owned() };
        let (start, end) = (timing.stretch.start().seconds(), timing.stretch.end().seconds());
        let known = if timing.known == Known::Retained { "" } else { " estimated" };
        format!("{text} {start:.1}-{end:.1} {:.2}{known}", timing.probability.get())
    };
    transcript.words().map(shown).collect()
}

#[test]
fn each_is_known_by_its_content_with_and_without_a_file_name() {
    for (id, bytes) in SOURCES {
        for name in [Some("asr.json"), Some("asr"), None] {
            let (transcript, problems) = read(bytes, name).expect("readable");
            assert_eq!((transcript.format.as_str(), problems.len()), (*id, 0), "{name:?}");
        }
    }
    let ours = write(&transcript("BO: Who pays?"), format_for("json").expect("known"));
    let (transcript, _) =
        read(ours.expect("written").as_bytes(), Some("a.json")).expect("readable");
    assert_eq!(transcript.format, "npr");
}

#[test]
fn the_words_are_the_same_whoever_heard_them() {
    for transcript in read_all() {
        let words: Vec<String> = words(&transcript).iter().map(|w| w.to_lowercase()).collect();
        let all = ["the", "fare", "is", "$40", "who", "pays"];
        assert_eq!(words, all[..words.len()], "{}", transcript.format);
        assert!(words.len() >= 4);
    }
}

#[test]
fn words_carry_their_times_and_probabilities() {
    let all = read_all();
    let first = |index: usize| timed_words(&all[index])[..4].to_vec();
    let given = ["The 0.5-0.7 0.99", "fare 0.7-1.1 0.61", "is 1.1-1.3 0.99", "$40 1.3-2.1 0.98"];
    for index in [4, 8] {
        assert_eq!(first(index), given);
    }
    assert_eq!(first(0)[1], "fare 0.7-1.1 0.61");
    assert_eq!(first(1)[..2], ["the 0.0-0.7 0.80", "fare 0.7-1.1 1.00"]);
    assert_eq!(first(2)[..2], ["The 0.5-0.7 0.91", "fare 0.7-1.1 0.60"]);
    assert_eq!(first(5)[3], "$40 1.3-2.1 1.00");
}

#[test]
fn pieces_of_a_word_are_joined_and_special_tokens_left_out() {
    let full = timed_words(&read_all()[6]);
    assert_eq!(full[1..4], ["fare 0.7-1.1 0.61", "is 1.1-1.3 0.99", "$40 1.3-1.4 0.90"]);
}

#[test]
fn where_only_segments_have_times_their_words_share_them() {
    let all = read_all();
    let shared = timed_words(&all[7]);
    assert_eq!(shared[4..], ["Who 2.5-2.8 1.00 estimated", "pays 2.8-3.2 1.00 estimated"]);
    assert_eq!(timed_words(&all[4])[4], "Who 2.5-2.8 1.00 estimated");
}

#[test]
fn speakers_become_turns() {
    let labels = |transcript: &Transcript| -> Vec<String> {
        let labels = transcript.turns.iter().map(|turn| turn.label.as_ref());
        labels.map(|label| label.map_or("nobody", |label| &label.name).to_owned()).collect()
    };
    let all = read_all();
    assert_eq!(labels(&all[0]), ["spk_0", "spk_1"]);
    assert_eq!(labels(&all[1]), ["Speaker 1", "Speaker 2"]);
    assert_eq!(labels(&all[3]), ["SPEAKER_00", "SPEAKER_01"]);
    assert_eq!(labels(&all[5]), ["nobody"]);
    assert_eq!(all[0].text, "spk_0: The fare is $40.\n\nspk_1: Who pays?\n");
}

#[test]
fn a_transcript_with_times_is_a_hearing() {
    let hearing = to_hearing(&read_all()[3]).expect("timed");
    let heard: Vec<&str> = hearing.words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(heard, ["The", "fare", "is", "$40.", "Who", "pays?"]);
    // WhisperX could not align $40; it lies between its neighbours.
    let amount = hearing.words[3].stretch;
    assert_eq!((amount.start().seconds(), amount.end().seconds()), (1.3, 2.5));
    assert_eq!(hearing.length.seconds(), 3.2);
    assert_eq!(to_hearing(&transcript("Who pays?")), Err(WriteError::NoTimes));
}

#[test]
fn a_hearing_is_cut_at_pauses_and_before_thirty_seconds() {
    let line = |i: usize, at: f64| format!("a 1 {at:.1} 0.4 word{i}\n");
    let mut source: String = (0..100).map(|i| line(i, i as f64 * 0.5)).collect();
    source += &line(100, 60.0);
    let (transcript, _) = read(source.as_bytes(), Some("a.ctm")).expect("readable");
    let hearing = to_hearing(&transcript).expect("timed");
    let lengths: Vec<f64> =
        hearing.windows.iter().map(|window| window.stretch.length().seconds()).collect();
    assert_eq!(lengths, [29.9, 19.9, 0.4]);
    assert!(hearing.words.is_sorted_by_key(|word| word.window));
}

#[test]
fn json_of_another_kind_is_refused_and_not_taken_for_text() {
    for (source, reason) in [
        ("{\"a\": 1}", "json: neither a Readback transcript nor a recogniser's output: "),
        ("{\"segments\": [{\"start\": {}}]}", "whisper: there is no word in it"),
        ("{\"results\": {\"items\": 3}}", "aws: not as expected: "),
        ("{\"transcription\": [{\"offsets\": {}}]}", "whispercpp: not as expected: "),
        ("{\"results\": [{\"alternatives\": [{\"words\": 1}]}]}", "google: not as expected: "),
    ] {
        let error = read(source.as_bytes(), Some("a.json")).expect_err("refused").to_string();
        assert!(error.starts_with(reason), "{error}");
    }
}

#[test]
fn impossible_times_are_no_times() {
    let source = "{\"segments\":[{\"words\":[{\"word\":\"a\",\"start\":-1,\"end\":1},\
        {\"word\":\"b\",\"start\":1e300,\"end\":2},{\"word\":\"c\",\"start\":\"x\",\"end\":2},\
        {\"word\":\"d\",\"start\":3,\"end\":2}],\"start\":0}]}";
    let (transcript, _) = read(source.as_bytes(), Some("a.json")).expect("readable");
    assert_eq!(timed_words(&transcript), ["a", "b", "c", "d 3.0-3.0 1.00"]);
}

#[test]
fn what_only_recognisers_write_is_not_written() {
    let read_only = FORMATS.iter().filter(|format| !format.write.is_open());
    for format in read_only {
        assert_eq!(
            write(&transcript("Who pays?"), format),
            Err(WriteError::Closed("only a recogniser writes this format"))
        );
    }
}
