//! Broadcast captions: TTML in its drafts and dialects.

use readback_formats::{ReadError, format_for, read};
use readback_transcript::Transcript;

use crate::{STORY, timed, transcript, words, write};

fn read_all(bytes: &[u8], name: &str) -> Transcript {
    let (transcript, problems) = read(bytes, Some(name)).expect("readable");
    assert!(problems.is_empty(), "{problems:?}");
    transcript
}

/// `word start-end` in seconds, speakers in front of their words.
fn shown(transcript: &Transcript) -> String {
    let mut all = Vec::new();
    for turn in &transcript.turns {
        all.extend(turn.label.as_ref().map(|label| format!("{}:", label.name)));
        for word in turn.words() {
            let stretch = word.timing.expect("timed").stretch;
            let (start, end) = (stretch.start().seconds(), stretch.end().seconds());
            all.push(format!("{} {start}-{end}", word.span.of(&transcript.text)));
        }
    }
    all.join(", ")
}

/// A document with these attributes of its root and this body.
fn document(root: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\" {root}><body>{body}</body></tt>"
    )
}

fn ttml(root: &str, body: &str) -> String {
    shown(&read_all(document(root, body).as_bytes(), "a.ttml"))
}

#[test]
fn ttml_times_are_clocks_frames_ticks_or_offsets() {
    let at = |root: &str, begin: &str, end: &str| {
        ttml(root, &format!("<div><p begin=\"{begin}\" end=\"{end}\">one</p></div>"))
    };
    assert_eq!(at("", "01:00:00", "01:00:01.5"), "one 3600-3601.5");
    assert_eq!(at("", "1.5s", "2500ms"), "one 1.5-2.5");
    assert_eq!(at("", "0.5m", "0.01h"), "one 30-36");
    assert_eq!(at("ttp:frameRate=\"25\"", "00:00:01:05", "50f"), "one 1.2-2");
    assert_eq!(
        at("ttp:frameRate=\"25\" ttp:subFrameRate=\"2\"", "00:00:01:05.1", "70t"),
        "one 1.22-1.4"
    );
    assert_eq!(at("ttp:tickRate=\"10000000\"", "15000000t", "20000000t"), "one 1.5-2");
    for multiplier in ["1000 1001", "1000:1001"] {
        let root = format!("ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"{multiplier}\"");
        assert_eq!(at(&root, "00:00:01:15", "60f"), "one 1.5005-2.002");
    }
}

#[test]
fn ttml_time_codes_count_frames_and_drop_their_names() {
    let at = |drop: &str| {
        let root = format!(
            "ttp:timeBase=\"smpte\" ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"{drop}\""
        );
        ttml(&root, "<p begin=\"01:00:00:00\" end=\"01:00:01:00\">one</p>")
    };
    assert_eq!(at("dropNTSC"), "one 3599.9964-3600.9974");
    assert_eq!(at("nonDrop"), "one 3603.6-3604.601");
    assert_eq!(at("dropPAL"), "one 3599.9964-3600.9974");
}

#[test]
fn ttml_times_count_from_what_they_lie_in() {
    let body = "<div begin=\"10s\"><p begin=\"1s\" dur=\"2s\">one</p><p begin=\"5s\" end=\"6s\">two</p></div>";
    assert_eq!(ttml("", body), "one 11-13, two 15-16");
    let body = "<div begin=\"10s\" timeContainer=\"seq\"><p dur=\"2s\">one</p><p begin=\"1s\" dur=\"2s\">two</p></div>";
    assert_eq!(ttml("", body), "one 10-12, two 13-15");
    let body = "<div begin=\"10s\" end=\"12s\"><p begin=\"1s\">one</p></div><div><p begin=\"20s\">two</p></div>";
    assert_eq!(ttml("", body), "one 11-12, two 20-25");
}

#[test]
fn ttml_words_keep_the_times_of_their_spans() {
    let body = "<p begin=\"1s\" end=\"4s\"><span begin=\"0s\" end=\"1s\">one</span> <span begin=\"1.5s\" dur=\"0.5s\">two</span> <span begin=\"2s\">three</span></p>";
    assert_eq!(ttml("", body), "one 1-2, two 2.5-3, three 3-4");
    let body =
        "<p><span begin=\"1s\" end=\"2s\">one</span> <span begin=\"2s\" end=\"3s\">two</span></p>";
    assert_eq!(ttml("", body), "one 1-2, two 2-3");
}

#[test]
fn ttml_blanks_collapse_and_lines_end_only_where_it_says_so() {
    let body = "<p begin=\"1s\" end=\"2s\">\n   one\n   <span> two</span><br/>\n three&#160;&amp; four </p>";
    let text = read_all(document("", body).as_bytes(), "a.ttml").text;
    assert_eq!(text, "one two\nthree\u{a0}& four\n");
    let body = "<p begin=\"1s\" end=\"2s\" xml:space=\"preserve\">one\ntwo</p>";
    assert_eq!(read_all(document("", body).as_bytes(), "a.ttml").text, "one\ntwo\n");
}

#[test]
fn ttml_agents_are_speakers_of_divisions_captions_and_spans() {
    let head = "<head><metadata><ttm:agent xml:id=\"a\"><ttm:name>Ana Ruiz</ttm:name></ttm:agent><ttm:agent xml:id=\"b\"><ttm:name>Bo</ttm:name></ttm:agent></metadata></head>";
    let body = "<body><div ttm:agent=\"a\"><p begin=\"1s\" end=\"2s\">one</p><p begin=\"2s\" end=\"3s\">two</p></div><p begin=\"3s\" end=\"4s\" ttm:agent=\"b\">Bo: three<span ttm:agent=\"a\"> four</span></p><p begin=\"5s\" end=\"6s\" ttm:agent=\"b\">Bo: five</p></body>";
    let source = format!("<tt xmlns=\"http://www.w3.org/2006/10/ttaf1\">{head}{body}</tt>");
    let transcript = read_all(source.as_bytes(), "a.dfxp");
    assert_eq!(transcript.format, "ttml");
    assert_eq!(transcript.text, "Ana Ruiz: one\ntwo\n\nBo: three\n\nAna Ruiz: four\n\nBo: five\n");
    let names: Vec<&str> = transcript
        .turns
        .iter()
        .map(|turn| turn.label.as_ref().expect("named").name.as_str())
        .collect();
    assert_eq!(names, ["Ana Ruiz", "Bo", "Ana Ruiz", "Bo"]);
}

#[test]
fn ttml_metadata_and_readings_beside_characters_are_not_said() {
    let body = "<p begin=\"1s\" end=\"2s\"><metadata><ttm:desc>not said</ttm:desc></metadata><set tts:color=\"red\"/>one <span tts:ruby=\"container\"><span tts:ruby=\"base\">two</span><span tts:ruby=\"text\">too</span></span></p>";
    assert_eq!(words(&read_all(document("", body).as_bytes(), "a.ttml")), ["one", "two"]);
}

#[test]
fn ttml_that_breaks_off_is_read_up_to_there() {
    let source = document("", "<p begin=\"1s\" end=\"2s\">one</p>\n<p begin=\"2s\" end=\"3s\">two");
    for end in ["</body>", "", "<"] {
        let cut = source.split("</body>").next().expect("a body").to_owned() + end;
        let (transcript, problems) = read(cut.as_bytes(), Some("a.ttml")).expect("readable");
        assert_eq!(words(&transcript), ["one", "two"], "{end}");
        assert!(
            problems[0].message.starts_with("nothing is read from line 3, column "),
            "{problems:?}"
        );
    }
    let (transcript, problems) =
        read(document("", "<p begin=\"soon\" end=\"3s\">one</p>").as_bytes(), None)
            .expect("readable");
    assert_eq!(shown(&transcript), "one 0-3");
    assert_eq!(problems[0].message, "line 2: `soon` is no time that can be read");
}

#[test]
fn ttml_that_reaches_outside_or_nests_without_end_is_refused() {
    let refused = |source: &str| match read(source.as_bytes(), Some("a.ttml")) {
        Err(ReadError::Malformed { reason, .. }) => reason,
        other => panic!("{other:?}"),
    };
    let bomb =
        "<!DOCTYPE tt [<!ENTITY a \"aaaa\">]>\n<tt><body><p begin=\"1s\">&a;</p></body></tt>";
    assert!(refused(bomb).contains("declares a document type"), "{}", refused(bomb));
    let deep = document("", &"<div>".repeat(100_000));
    assert!(refused(&deep).contains("nested deeper than 100"), "{}", refused(&deep));
    assert_eq!(refused("<tt><body/></tt>"), "there is no caption in it");
}

#[test]
fn ttml_written_has_agents_language_and_escapes() {
    let mut story = timed(transcript("ANA RUIZ, HOST: Who pays at AT&T?\n\nBO MARSH: We do."));
    story.language = Some("en".into());
    let written = write(&story, format_for("ttml").expect("known")).expect("written");
    insta::assert_snapshot!(written);
    let read = read_all(written.as_bytes(), "a.ttml");
    assert_eq!(read.language.as_deref(), Some("en"));
    assert_eq!(words(&read), words(&story));
}

#[test]
fn broadcast_captions_give_back_words_and_speakers() {
    let story = timed(transcript(STORY));
    let speakers = |transcript: &Transcript| {
        let mut names: Vec<String> = transcript
            .turns
            .iter()
            .filter(|turn| turn.words().next().is_some())
            .filter_map(|turn| turn.label.as_ref())
            .map(|label| label.name.to_uppercase())
            .collect();
        names.dedup();
        names
    };
    for id in ["ttml"] {
        let format = format_for(id).expect("known");
        let written =
            readback_formats::write(&story, format, &readback_formats::WriteOptions::default())
                .expect("written");
        let back = read_all(&written, &format!("a.{}", format.extensions[0]));
        assert_eq!(words(&back), words(&story), "{id}");
        assert_eq!(speakers(&back), speakers(&story), "{id}");
    }
}
