//! What each format reads from a small file and writes from a small transcript.

use std::path::Path;

use readback_formats::{
    CAPTION_PRESETS, FORMATS, Format, Parsed, WriteOptions, format_for, formats_of_file,
    is_for_people, read,
};
use readback_transcript::Transcript;

use crate::{STORY, outline, timed, transcript, write, write_bytes};

fn read_as(bytes: &[u8], name: &str) -> String {
    let Parsed { transcript, problems } = read(bytes, Some(name)).expect("a readable source");
    outline(&transcript, &problems)
}

#[test]
fn a_story_is_read_into_turns_cues_words_and_notes() {
    insta::assert_snapshot!(read_as(STORY.as_bytes(), "story.txt"));
}

#[test]
fn a_podcast_in_markdown_is_read_alike() {
    insta::assert_snapshot!(read_as(include_bytes!("../fixtures/podcast.md"), "podcast.md"));
}

fn with_times(bytes: &[u8], name: &str) -> String {
    let Parsed { transcript, problems } = read(bytes, Some(name)).expect("a readable source");
    let time = |word: &readback_transcript::Word| {
        let timing = word.timing.expect("timed");
        let (start, end) = (timing.stretch.start().seconds(), timing.stretch.end().seconds());
        format!("{} {start:.2}-{end:.2} {:?}\n", word.span.of(&transcript.text), timing.known)
    };
    outline(&transcript, &problems) + &transcript.words().map(time).collect::<String>()
}

#[test]
fn webvtt_is_read_with_voices_and_stamps() {
    insta::assert_snapshot!(with_times(include_bytes!("../fixtures/captions.vtt"), "captions.vtt"));
}

#[test]
fn subrip_is_read_tolerantly() {
    insta::assert_snapshot!(with_times(include_bytes!("../fixtures/captions.srt"), "captions.srt"));
}

#[test]
fn ctm_is_read_by_its_first_alternatives() {
    insta::assert_snapshot!(with_times(include_bytes!("../fixtures/words.ctm"), "words.ctm"));
}

fn written(format: &str) -> String {
    write(&timed(transcript(STORY)), format_for(format).expect("a known format")).expect("written")
}

#[test]
fn a_timed_story_is_written_as_webvtt() {
    insta::assert_snapshot!(written("vtt"));
}

#[test]
fn a_timed_story_is_written_as_subrip_with_speakers_before_their_words() {
    insta::assert_snapshot!(written("srt"));
}

#[test]
fn a_timed_story_is_written_as_ctm() {
    insta::assert_snapshot!(written("ctm").lines().take(12).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_story_is_written_in_house_style() {
    insta::assert_snapshot!(written("npr"));
}

#[test]
fn a_preset_narrows_the_lines() {
    let podcast = CAPTION_PRESETS.iter().find(|preset| preset.id == "podcast").expect("known");
    let options = WriteOptions::default().with_captions(podcast);
    let format = format_for("srt").expect("known");
    let text =
        readback_formats::write(&timed(transcript(STORY)), format, &options).expect("written");
    let text = String::from_utf8(text).expect("text");
    assert!(text.lines().all(|line| line.chars().count() <= 32), "{text}");
}

#[test]
fn text_in_any_encoding_gives_the_same_words() {
    let text = "ANA RUÍZ, HOST: Buenos días, señora – “sí”.";
    let expected = outline(&transcript(text), &[]);
    let utf16: Vec<u8> =
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows = b"ANA RU\xcdZ, HOST: Buenos d\xedas, se\xf1ora \x96 \x93s\xed\x94.";
    for bytes in [utf16.as_slice(), windows] {
        let transcript = read(bytes, None).expect("readable").transcript;
        assert_eq!(transcript.text, text);
        assert_eq!(outline(&transcript, &[]), expected);
    }
}

#[test]
fn a_source_is_known_by_its_ending_or_by_its_beginning() {
    let story = timed(transcript(STORY));
    let told_apart =
        |format: &&&Format| format.id != "text" && format.write.is_open() && format.read.is_open();
    for format in FORMATS.iter().filter(told_apart) {
        let bytes = write_bytes(&story, format).expect("written");
        let name = format!("a.b/Story.{}", format.extensions[0].to_uppercase());
        for hint in [None, Some(name.as_str()), Some("story.unknown")] {
            let transcript = read(&bytes, hint).expect("readable").transcript;
            // Our own JSON gives back the transcript as it was first read.
            let expected = if format.id == "json" { "npr" } else { format.id };
            assert_eq!(transcript.format, expected, "{hint:?}");
        }
    }
    assert_eq!(transcript("no label here").format, "text");
}

#[test]
fn the_table_names_every_format_once() {
    let mut ids: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), FORMATS.len());
    for format in FORMATS {
        assert_eq!(format_for(format.id).map(|found| found.id), Some(format.id));
        assert!(
            !format.name.is_empty()
                && !format.oracle.is_empty()
                && format.media_type.contains('/')
                && !format.extensions.is_empty()
        );
    }
    assert_eq!(format_for("out/captions.VTT").map(|found| found.id), Some("vtt"));
    assert_eq!(format_for("md").map(|found| found.id), Some("markdown"));
    assert!(format_for("pdf").is_none());
}

#[test]
fn a_file_s_ending_tells_whether_it_holds_a_transcript_and_who_made_it() {
    let told = |name: &str| {
        let path = Path::new(name);
        (formats_of_file(path).next().is_some(), is_for_people(path))
    };
    for name in ["a.txt", "a.text", "a.md", "a.markdown", "a.docx", "b/a.HTML", "a.b.htm"] {
        assert_eq!(told(name), (true, true), "{name}");
    }
    for name in ["a.srt", "a.json", "a.xml", "a.Rttm"] {
        assert_eq!(told(name), (true, false), "{name}");
    }
    for name in ["a.wav", "a.pdf", "txt", ".txt", "a."] {
        assert_eq!(told(name), (false, false), "{name}");
    }
}

#[test]
fn errors_say_what_is_wrong_and_what_to_do() {
    let message =
        |bytes: &[u8], name: &str| read(bytes, Some(name)).expect_err("refused").to_string();
    assert_eq!(message(b"", "a.txt"), "there is no text in it");
    assert_eq!(message(b"WEBVTT\n", "a.vtt"), "vtt: there is no caption in it");
    assert_eq!(message(b"hello there", "a.srt"), "srt: there is no caption in it");
    assert_eq!(message(b"hello there", "a.ctm"), "ctm: there is no word with a time in it");
    assert!(message(b"{\"a\": 1}", "a.json").starts_with(
        "json: neither a Readback transcript nor a recogniser's output: missing field"
    ));
    let newer = b"{\"readback-transcript\": 2, \"transcript\": {}}";
    assert_eq!(
        message(newer, "a.json"),
        "json: version 2 is not known; this Readback reads version 1"
    );
    assert!(
        message(b"RIFF\0\0\0\0WAVEfmt ", "a.txt").starts_with("it is a WAV recording, not text")
    );
}

#[test]
fn hostile_json_cannot_smuggle_in_a_span() {
    let good = write(&timed(transcript("ANA: Déjà vu.")), format_for("json").expect("known"))
        .expect("written");
    for (from, to) in [
        ("\"end\":15", "\"end\":99999999999"),
        ("{\"start\":5", "{\"start\":7"),
        ("\"start\":5,\"end\":15", "\"start\":5,\"end\":6"),
        ("\"start\":12,\"end\":14", "\"start\":14,\"end\":14"),
        ("\"probability\":0.5", "\"probability\":7.5"),
    ] {
        assert!(good.contains(from), "{from} is not in {good}");
        let bad = good.replacen(from, to, 1);
        let error = read(bad.as_bytes(), Some("a.json")).expect_err("refused");
        assert!(error.to_string().starts_with("json: the "), "{to}: {error}");
    }
}

#[test]
fn a_transcript_without_times_cannot_become_captions() {
    for id in ["vtt", "srt", "ctm", "ttml", "ebuttd", "scc", "stl"] {
        let error = write(&transcript(STORY), format_for(id).expect("known")).expect_err("refused");
        assert!(error.to_string().ends_with("align it with its recording first"), "{error}");
    }
    assert!(write(&Transcript::default(), format_for("npr").expect("known")).is_err());
}
