//! Scenarist closed captions: the bytes of line 21 (CTA-608-E), written out by the frame in which they
//! are sent, two a frame at 29.97 frames a second. There is no published standard of the file; it is
//! written as Scenarist and its readers agree on.

mod codes;
mod screen;
mod send;

use readback_transcript::{Instant, Span};

use super::passages::read_passages;
use crate::reading::{Problems, decode_text};
use crate::timecode::{FrameRate, TimeCode};
use crate::writing;
use crate::{Carries, Characters, Format, Head, Parsed, ReadError, ReadOptions, Way};

use screen::Screen;

pub(crate) static FORMAT: Format = Format {
    id: "scc",
    name: "Scenarist closed captions (CTA-608)",
    extensions: &["scc"],
    media_type: "text/x-scc",
    sniff,
    read: Way::Open(read),
    write: Way::Open(send::write),
    carries: Carries { characters: Characters::Line21, ..Carries::CAPTIONS },
    oracle: "ttconv, pycaption",
};

/// The characters of `text` that line 21 has no code for.
pub(crate) fn lacking(text: &str) -> Vec<char> {
    writing::lacking(text, |c| codes::letter(c).is_some())
}

const HEADER: &str = "Scenarist_SCC V1.0";

fn sniff(head: &Head<'_>) -> bool {
    head.text.trim_start().starts_with("Scenarist_SCC")
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, found) = decode_text(bytes)?;
    let mut problems = Problems::from(found);
    if !text.trim_start().starts_with(HEADER) {
        problems.add(Span::default(), format!("the first line is not {HEADER}"));
    }
    let mut screen = Screen::default();
    let (mut now, mut even) = (Instant::START, 0);
    for (number, line) in text.lines().enumerate().map(|(i, line)| (i + 1, line.trim())) {
        let Some((time, words)) = line.split_once(char::is_whitespace) else { continue };
        let Some((rate, first)) = frame(time) else {
            if number > 1 {
                problems
                    .add(Span::default(), format!("line {number} does not begin with a time code"));
            }
            continue;
        };
        for (i, word) in words.split_whitespace().enumerate() {
            let Some(bytes) = pair(word) else {
                problems.add(
                    Span::default(),
                    format!("line {number}: `{}` is not two bytes", shortened(word)),
                );
                continue;
            };
            even += bytes.iter().filter(|byte| byte.count_ones().is_multiple_of(2)).count();
            now = rate.instant(first + i as u64);
            screen.take(bytes.map(|byte| byte & 0x7f), now);
        }
    }
    if even > 0 {
        problems.add(
            Span::default(),
            format!("{even} bytes have the wrong parity; they are read all the same"),
        );
    }
    read_passages(screen.finish(now), FORMAT.id, None, problems)
}

fn shortened(word: &str) -> String {
    word.chars().take(12).collect()
}

/// The frame of a time code; a semicolon or a period before the frames says that names are dropped.
fn frame(time: &str) -> Option<(FrameRate, u64)> {
    let drops = time.contains([';', '.', ',']);
    let rate = if drops { FrameRate::FPS_29_97_DROP } else { FrameRate::FPS_29_97 };
    let fields: Vec<u32> =
        time.split([':', ';', '.', ',']).map_while(|field| field.parse().ok()).collect();
    let [hours @ 0..=99, minutes @ 0..=59, seconds @ 0..=59, frames @ 0..=29] = fields[..] else {
        return None;
    };
    Some((rate, rate.frame_at(TimeCode { hours, minutes, seconds, frames })))
}

fn pair(word: &str) -> Option<[u8; 2]> {
    let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits.then(|| u16::from_str_radix(word, 16).ok())?.map(u16::to_be_bytes)
}
