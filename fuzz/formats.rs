//! Feeds any bytes to the reader of one format, named by `READBACK_FUZZ_FORMAT`. What is read must be
//! sound; it is written in every format, and what the same format wrote is read again. A contractor's XML is
//! read by the mapping that the documentation has for an example.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use readback_formats::{
    FORMATS, Format, Mapping, Parsed, ReadOptions, WriteOptions, format_for, read_as, write,
};
use readback_transcript::Transcript;

#[path = "../crates/readback-formats/tests/formats/sound.rs"]
mod sound;

static FORMAT: LazyLock<&'static Format> = LazyLock::new(|| {
    let name = std::env::var("READBACK_FUZZ_FORMAT").expect("READBACK_FUZZ_FORMAT is set");
    format_for(&name).unwrap_or_else(|| panic!("there is no format {name}"))
});

static OPTIONS: LazyLock<ReadOptions> = LazyLock::new(|| {
    let example =
        include_str!("../docs/xml-mapping.md").split("```toml").nth(1).expect("an example");
    let mapping = example.split("```").next().map(Mapping::parse);
    let mapping = mapping.map(|mapping| mapping.expect("what the documentation has can be read"));
    ReadOptions::default().with_mapping(mapping)
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(Parsed { transcript, problems }) = read_as(bytes, &FORMAT, &OPTIONS) else {
        return;
    };
    sound::assert_sound(&transcript, &problems);
    for format in FORMATS.iter().filter(|format| format.write.is_open()) {
        if let Ok(written) = write(&transcript, format, &WriteOptions::default()) {
            if format.id == FORMAT.id || format.id == "json" {
                assert_read_again(&transcript, &written, format);
            }
        }
    }
});

/// What was written can be read, unless nothing is in it that the format tells from blanks. A source with
/// control characters may be taken for text, and what is left of it without its markup for binary data.
fn assert_read_again(transcript: &Transcript, written: &[u8], format: &Format) {
    match read_as(written, format, &OPTIONS) {
        Ok(Parsed { transcript: again, problems }) => {
            sound::assert_sound(&again, &problems);
            assert!(format.id != "json" || again == *transcript, "{transcript:?}\n{again:?}");
        }
        Err(error) => {
            let empty = transcript.words().next().is_none();
            let nearly_binary = transcript.text.contains(is_control);
            assert!(
                empty || nearly_binary,
                "{}: {error}\n{}",
                format.id,
                String::from_utf8_lossy(written)
            );
        }
    }
}

fn is_control(letter: char) -> bool {
    letter.is_control() && !letter.is_whitespace()
}
