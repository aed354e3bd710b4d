//! Markdown transcripts: bold names, escaped brackets, time stamps as the Changelog writes them.

use readback_formats::{Parsed, ReadOptions, format_for, read, read_as};
use readback_transcript::{Instant, Transcript};

use crate::{STORY, timed, transcript, words, write};

fn starts(transcript: &Transcript) -> Vec<Option<f64>> {
    transcript.words().map(|word| Some(word.timing?.stretch.start().seconds())).collect()
}

#[test]
fn a_time_stamp_is_the_time_of_the_word_after_it_and_no_cue() {
    let text =
        "**Ann:** Well? \\[04:01.06\\] One two.\n\n**Bo:** \\[04:03.06\\] \\[laughs\\] three\n";
    let Parsed { transcript: read, problems } =
        read(text.as_bytes(), Some("show.md")).expect("readable");
    assert_eq!((read.format.as_str(), problems.len()), ("markdown", 0));
    assert_eq!(words(&read), ["Well", "One", "two", "three"]);
    assert_eq!(read.cues().count(), 1);
    assert_eq!(starts(&read), [None, Some(241.06), Some(242.06), Some(243.06)]);
}

#[test]
fn a_time_stamp_before_an_earlier_one_is_left_out_and_said() {
    let text = "**Ann:** \\[04:01\\] One. \\[03:01\\] Two.\n";
    let Parsed { transcript: read, problems } =
        read(text.as_bytes(), Some("show.md")).expect("readable");
    assert_eq!(words(&read), ["One", "Two"]);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].span.of(&read.text), "[03:01\\]");
}

#[test]
fn each_paragraph_is_written_with_its_time_and_read_back_with_it() {
    let markdown = format_for("markdown").expect("known");
    let mut story = timed(transcript(STORY));
    for word in story.words_mut() {
        let timing = word.timing.as_mut().expect("timed");
        let hour = readback_transcript::Length::from_seconds(3600.0);
        timing.stretch = readback_transcript::Stretch::new(
            timing.stretch.start() + hour,
            timing.stretch.end() + hour,
        );
    }
    let written = write(&story, markdown).expect("written");
    let Parsed { transcript: again, problems } =
        read_as(written.as_bytes(), markdown, &ReadOptions::default()).expect("readable");
    assert_eq!(problems, []);
    assert_eq!(words(&again), words(&story));
    assert_eq!(again.cues().count(), story.cues().count());
    let first = |transcript: &Transcript| -> Vec<Option<Instant>> {
        let first = transcript.turns.iter().filter_map(|turn| turn.words().next());
        first.map(|word| word.timing.map(|timing| timing.stretch.start())).collect()
    };
    assert_eq!(first(&again), first(&story), "{written}");
    assert!(written.contains(":** \\[01:00:06.90\\] "), "{written}");
    assert_eq!(write(&again, markdown).expect("written"), written);
}
