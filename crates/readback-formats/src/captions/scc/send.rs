//! Captions as bytes on a line that takes two of them a frame: each is loaded unseen while the one
//! before is shown, so that it appears on time.

use std::fmt::Write as _;

use readback_transcript::Transcript;

use super::HEADER;
use super::codes::{self, Letter, letter, preamble, with_parity};
use crate::timecode::FrameRate;
use crate::writing::{captions, within};
use crate::{WriteError, WriteOptions};

/// The screen, of which captions take the bottom rows.
const COLUMNS: usize = 32;
const ROWS: usize = 15;

pub(super) fn write(
    transcript: &Transcript,
    options: &WriteOptions,
) -> Result<Vec<u8>, WriteError> {
    let preset = options.captions.within_columns(COLUMNS);
    let mut line = Line::new(match options.frame_rate {
        FrameRate::FPS_29_97 => FrameRate::FPS_29_97,
        _ => FrameRate::FPS_29_97_DROP,
    });
    // When the caption that is shown must go.
    let mut clear = None;
    for caption in captions(transcript, &preset, true)? {
        let mut load = loading(&caption.lines);
        let appears = line.rate.frame(caption.stretch.start());
        if let Some(clear) = clear {
            line.clear_before(clear, appears, &mut load);
        }
        load.push(Sent::twice(codes::END_OF_CAPTION));
        let shown = line.send(appears + 2, &load);
        clear = Some(line.rate.frame(caption.stretch.end()).max(shown));
    }
    if let Some(clear) = clear {
        line.send(clear + 2, &[Sent::twice(codes::ERASE_DISPLAYED)]);
    }
    Ok(line.out.into_bytes())
}

/// Two bytes, sent once or, as a control, twice.
#[derive(Clone, Copy, Debug)]
struct Sent {
    code: u16,
    times: u64,
}

impl Sent {
    fn twice(code: u16) -> Self {
        Self { code, times: 2 }
    }
}

fn frames(sent: &[Sent]) -> u64 {
    sent.iter().map(|sent| sent.times).sum()
}

/// What is on its way, line by line of the file.
struct Line {
    rate: FrameRate,
    /// The first frame that nothing is sent in.
    free: u64,
    out: String,
}

impl Line {
    fn new(rate: FrameRate) -> Self {
        Self { rate, free: 0, out: format!("{HEADER}\n") }
    }

    /// Sends so that the last goes just before frame `by`, or as soon as the line is free; says which
    /// frame is free then.
    fn send(&mut self, by: u64, sent: &[Sent]) -> u64 {
        let first = by.saturating_sub(frames(sent)).max(self.free);
        let code = self.rate.time_code(first);
        let mark = if self.rate.drops() { ";" } else { ":" };
        let (before, frames) = code
            .to_string()
            .rsplit_once(':')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap_or_default();
        let _ = write!(self.out, "\n{before}{mark}{frames}");
        let mut blank = '\t';
        for sent in sent {
            let bytes = u16::from_be_bytes(sent.code.to_be_bytes().map(with_parity));
            for _ in 0..sent.times {
                let _ = write!(self.out, "{blank}{bytes:04x}");
                blank = ' ';
            }
        }
        self.out.push('\n');
        self.free = first + self::frames(sent);
        self.free
    }

    /// Erases what is shown at frame `clear`: before the next caption is loaded, in the midst of
    /// loading it, or not at all where the next one takes its place by then.
    fn clear_before(&mut self, clear: u64, appears: u64, load: &mut Vec<Sent>) {
        let erase = Sent::twice(codes::ERASE_DISPLAYED);
        let begins = appears.saturating_sub(frames(load)).max(self.free);
        if clear + 2 <= begins {
            self.send(clear + 2, &[erase]);
        } else if clear < appears {
            let mut at = begins.saturating_sub(2).max(self.free);
            let index = load.iter().position(|sent| {
                at += sent.times;
                at > clear
            });
            load.insert(index.unwrap_or(load.len()), erase);
        }
    }
}

/// What loads a caption unseen, its lines centred at the bottom.
fn loading(lines: &[String]) -> Vec<Sent> {
    let rows: Vec<String> = lines.iter().flat_map(|line| rows(line)).take(ROWS).collect();
    let mut sent =
        vec![Sent::twice(codes::RESUME_CAPTION_LOADING), Sent::twice(codes::ERASE_NOT_DISPLAYED)];
    for (i, row) in rows.iter().enumerate() {
        let column = (COLUMNS - row.chars().count()) / 2;
        sent.push(Sent::twice(preamble(ROWS - rows.len() + i, column)));
        let tabs = (column % 4) as u16;
        if tabs > 0 {
            sent.push(Sent::twice(codes::TAB_1 - 1 + tabs));
        }
        letters(row, &mut sent);
    }
    sent
}

/// A line in the letters that there are, in rows that fit.
fn rows(line: &str) -> Vec<String> {
    let mut rows = vec![String::new()];
    for word in within(line, |c| letter(c).is_some()).split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for part in letters.chunks(COLUMNS) {
            let row = rows.last_mut().expect("there is a row");
            let taken = row.chars().count();
            if taken > 0 && taken + 1 + part.len() > COLUMNS {
                rows.push(part.iter().collect());
            } else {
                row.push_str(if taken > 0 { " " } else { "" });
                row.extend(part);
            }
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

fn letters(row: &str, sent: &mut Vec<Sent>) {
    let mut open = None;
    let mut byte = |byte: Option<u8>, sent: &mut Vec<Sent>| match (open.take(), byte) {
        (Some(first), second) => {
            let code = u16::from_be_bytes([first, second.unwrap_or(0)]);
            sent.push(Sent { code, times: 1 });
        }
        (None, first) => open = first,
    };
    for c in row.chars() {
        match letter(c) {
            Some(Letter::Basic(code)) => byte(Some(code), sent),
            Some(Letter::Special(code)) => {
                byte(None, sent);
                sent.push(Sent::twice(code));
            }
            Some(Letter::Extended(code)) => {
                let plain = within(&c.to_string(), |c| c.is_ascii_alphabetic());
                byte(plain.bytes().next(), sent);
                byte(None, sent);
                sent.push(Sent::twice(code));
            }
            None => {}
        }
    }
    byte(None, sent);
}
