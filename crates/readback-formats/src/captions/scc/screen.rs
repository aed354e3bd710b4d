//! What a decoder of line 21 captions shows when (CTA-608-E, section 7): loaded unseen and then shown
//! at once, rolled up row by row, or painted as it comes.

use readback_transcript::Instant;

use super::codes::{self, basic, coded, place};
use crate::captions::passages::Passage;

/// Rows hold 32 columns; what sticks out is not shown, but was meant to be.
const WIDEST: usize = 256;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    PopOn,
    RollUp,
    PaintOn,
    /// Not captions; nothing is kept.
    Text,
}

/// The characters of a screen, each with the time of its arrival.
#[derive(Clone, Debug, Default)]
struct Memory {
    rows: [Vec<Option<(char, Instant)>>; 15],
    row: usize,
    column: usize,
}

impl Memory {
    fn put(&mut self, c: char, now: Instant) {
        let row = &mut self.rows[self.row];
        if self.column < WIDEST {
            row.resize(row.len().max(self.column + 1), None);
            row[self.column] = Some((c, now));
            self.column += 1;
        }
    }

    fn back(&mut self) {
        self.column = self.column.saturating_sub(1);
        if let Some(cell) = self.rows[self.row].get_mut(self.column) {
            *cell = None;
        }
    }

    fn is_empty(&self) -> bool {
        self.rows.iter().flatten().flatten().all(|(c, _)| c.is_whitespace())
    }
}

/// A decoder of caption channel 1.
#[derive(Default)]
pub(super) struct Screen {
    mode: Mode,
    hidden: Memory,
    shown: Memory,
    /// When what is shown appeared, where it appeared at once.
    since: Option<Instant>,
    /// The last code, to be ignored when it comes again.
    last: Option<u16>,
    /// Whether the bytes are for another channel.
    elsewhere: bool,
    passages: Vec<Passage>,
}

impl Screen {
    /// Takes in two bytes, without parity, that arrive `now`.
    pub(super) fn take(&mut self, bytes: [u8; 2], now: Instant) {
        let code = u16::from_be_bytes(bytes);
        match bytes[0] {
            0x10..=0x1f => self.code(code, now),
            0x01..=0x0f => self.last = None,
            _ if code != 0 => {
                self.last = None;
                let elsewhere = self.elsewhere;
                for byte in bytes.into_iter().filter(|byte| *byte >= 0x20 && !elsewhere) {
                    self.put(basic(byte), now);
                }
            }
            _ => {}
        }
    }

    /// What was shown, in order; nothing erased what is still there.
    pub(super) fn finish(mut self, now: Instant) -> Vec<Passage> {
        let gone = self.passages.len();
        self.flush(now);
        self.passages[gone..].iter_mut().for_each(|passage| passage.end = None);
        self.passages
    }

    /// A control; one that comes twice counts once. Its fourth bit is set for the second channel.
    fn code(&mut self, code: u16, now: Instant) {
        if self.last.take() == Some(code) {
            return;
        }
        self.last = Some(code);
        self.elsewhere = code & 0x0800 != 0;
        if self.elsewhere {
            return;
        }
        // The second field has its own codes for the same.
        let code = if code & 0xfff0 == 0x1520 { code - 0x0100 } else { code };
        match code {
            codes::RESUME_CAPTION_LOADING => self.mode = Mode::PopOn,
            codes::ROLL_UP_2..=codes::ROLL_UP_4 => self.roll(now),
            codes::RESUME_DIRECT_CAPTIONING => {
                self.flush(now);
                self.mode = Mode::PaintOn;
            }
            codes::TEXT_RESTART | codes::RESUME_TEXT_DISPLAY => self.mode = Mode::Text,
            codes::BACKSPACE => self.memory().back(),
            codes::DELETE_TO_END_OF_ROW => {
                let memory = self.memory();
                memory.rows[memory.row].truncate(memory.column);
            }
            codes::ERASE_DISPLAYED => self.flush(now),
            codes::ERASE_NOT_DISPLAYED => self.hidden = Memory::default(),
            codes::CARRIAGE_RETURN if self.mode == Mode::RollUp => self.flush(now),
            codes::END_OF_CAPTION => {
                self.flush(now);
                self.mode = Mode::PopOn;
                self.shown = std::mem::take(&mut self.hidden);
                self.since = Some(now);
            }
            codes::TAB_1..=codes::TAB_3 => self.memory().column += usize::from(code & 3),
            // A change of style takes the place of a blank.
            0x1120..=0x112f => self.put(' ', now),
            _ => self.character_or_place(code, now),
        }
    }

    fn character_or_place(&mut self, code: u16, now: Instant) {
        if let Some((c, replaces)) = coded(code) {
            if replaces {
                self.memory().back();
            }
            self.put(c, now);
        } else if let Some((row, column)) = place(code) {
            let row = if self.mode == Mode::RollUp { 14 } else { row };
            let memory = self.memory();
            (memory.row, memory.column) = (row, column);
        }
    }

    /// Roll-up begins with an empty screen; its code comes again with every row.
    fn roll(&mut self, now: Instant) {
        if self.mode != Mode::RollUp {
            self.flush(now);
            self.hidden = Memory::default();
            self.mode = Mode::RollUp;
            self.shown.row = 14;
        }
    }

    fn memory(&mut self) -> &mut Memory {
        if self.mode == Mode::PopOn { &mut self.hidden } else { &mut self.shown }
    }

    fn put(&mut self, c: char, now: Instant) {
        if self.mode != Mode::Text {
            self.memory().put(c, now);
        }
    }

    /// What is shown goes.
    fn flush(&mut self, now: Instant) {
        let shown = std::mem::take(&mut self.shown);
        self.shown.row = shown.row;
        let since = self.since.take();
        if shown.is_empty() {
            return;
        }
        let mut passage = Passage { end: Some(now), ..Passage::default() };
        for row in shown.rows.iter().filter(|row| !row.is_empty()) {
            add_row(&mut passage, row, since.is_none());
        }
        let first = passage.stamps.first().map(|(_, time)| *time);
        passage.start = since.or(first).unwrap_or(now);
        self.passages.push(passage);
    }
}

/// A row as a line; where it was `painted`, with the time of every word.
fn add_row(passage: &mut Passage, row: &[Option<(char, Instant)>], painted: bool) {
    if !passage.text.is_empty() {
        passage.text.push('\n');
    }
    let mut blank = true;
    for cell in row {
        let (c, time) = match cell {
            Some((c, time)) if !c.is_whitespace() => (*c, Some(*time)),
            _ => (' ', None),
        };
        if let Some(time) = time.filter(|_| blank && painted) {
            passage.stamp(time);
        }
        blank = time.is_none();
        passage.text.push(c);
    }
}
