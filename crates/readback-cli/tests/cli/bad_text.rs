//! Texts that cannot be read, or only just.

use crate::harness::Desk;

fn check(content: impl AsRef<[u8]>) -> crate::harness::Run {
    let desk = Desk::new();
    desk.file("story.txt", content);
    desk.run("check story.txt").keep(desk)
}

#[test]
fn a_missing_text() {
    Desk::new().run("check nowhere.txt").code(2).says("error: there is no file nowhere.txt");
}

#[test]
fn a_folder_as_a_recordings_text() {
    let ran = Desk::new().run("check home story.mp3 --model none").code(2);
    ran.says("error: cannot read home: it is a folder");
}

#[test]
fn an_empty_text() {
    let sentence = "error: cannot read the transcript story.txt: there is no text in it";
    check("").code(2).says(sentence);
    check(" \n\t\n").code(2).says(sentence);
}

#[test]
fn a_recording_in_the_place_of_a_text() {
    let ran = check(crate::harness::silence(0.1)).code(2);
    ran.says(
        "error: cannot read the transcript story.txt: it is a WAV recording, not text; \
         give the transcript as a text file",
    );
}

#[test]
fn binary_data() {
    let noise: Vec<u8> =
        (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let ran = check(noise).code(2);
    ran.says(
        "error: cannot read the transcript story.txt: it is binary data, not text; \
         give the transcript as a text file",
    );
}

#[test]
fn utf_16_is_read_in_either_order() {
    let text = "\u{feff}HALE: Café society.\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, name) in [(little, "UTF-16LE"), (big, "UTF-16BE")] {
        let ran = check(bytes).code(0).prints_part("2 words, text only.");
        ran.says(&format!("readback: story.txt:1:1: read as {name}, as its mark says"));
    }
}

#[test]
fn windows_1252_is_read_and_that_is_said() {
    let ran = check(b"HALE: Caf\xe9 society \x96 at last.\n").code(0);
    let ran = ran.says("readback: story.txt:1:1: read as Windows-1252, because it is not UTF-8");
    ran.prints_part("4 words, text only.");
}

#[test]
fn macintosh_text_is_told_from_windows_text_and_that_is_said() {
    let ran = check(b"HALE: Caf\x8e society \xd0 \xd2at last.\xd3\n").code(0);
    let ran = ran.says("readback: story.txt:1:1: read as MacRoman, because it is not UTF-8");
    ran.prints_part("4 words, text only.");
}

#[test]
fn fifty_megabytes_are_refused() {
    let ran = check("word ".repeat(10 << 20)).code(2);
    ran.says(
        "error: cannot read the transcript story.txt: it is larger than 32 MB, \
         the most that is read of one story",
    );
}

#[test]
fn a_long_text_is_read() {
    let line = "HALE: The ferry left the harbour of Bergen at noon.\n\n";
    let text: String = (0..20_000).map(|i| format!("{i:07} {line}")).collect();
    check(text).code(0).prints_part("180000 words, text only.");
}

#[test]
fn a_roster_that_is_missing_is_told_before_anything_is_heard() {
    let desk = Desk::new();
    desk.file("story.txt", "Good morning.\n");
    desk.run("check story.txt --roster names.txt")
        .code(2)
        .says("error: there is no file names.txt");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let text = "The \u{1b}[31mferry left the harbour.01001010\n";
    let ran = check(text).code(0);
    assert!(!ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'), "{}", ran.stdout);
}
