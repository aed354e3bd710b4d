//! How speech is cut into captions: presets, lines, times. It does not know any caption format.

use readback_transcript::{Instant, Label, Length, Stretch, Timing, Transcript};
use unicode_width::UnicodeWidthStr;

use crate::WriteError;

use super::{ShownWord, shown_words, speaker_label};

/// A house's rules for captions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaptionPreset {
    /// What `--preset` calls it.
    pub id: &'static str,
    /// Columns of a line; a wide character takes two.
    pub columns: usize,
    /// Lines of a caption.
    pub lines: usize,
    /// The shortest time a caption is shown, where the next one leaves room.
    pub shortest: Length,
    /// The longest time a caption is shown.
    pub longest: Length,
    /// A gap to the next caption shorter than this is closed.
    pub gap: Length,
}

/// The presets, the usual one first. Line lengths: Netflix Timed Text WriteOptions Guide (42), ARD, ORF, SRF
/// and ZDF and BBC teletext (37), Podcasting 2.0 for SRT and the DCMP Captioning Key (32).
pub static CAPTION_PRESETS: &[CaptionPreset] = &[
    CaptionPreset { id: "web", columns: 42, lines: 2, ..USUAL },
    CaptionPreset { id: "broadcast", columns: 37, lines: 2, ..USUAL },
    CaptionPreset { id: "podcast", columns: 32, lines: 2, ..USUAL },
];

const USUAL: CaptionPreset = CaptionPreset {
    id: "web",
    columns: 42,
    lines: 2,
    shortest: Length::from_millis(1000),
    longest: Length::from_millis(7000),
    gap: Length::from_millis(500),
};

/// One caption.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Caption {
    pub(crate) stretch: Stretch,
    /// The name of the speaker, where the transcript has one.
    pub(crate) speaker: Option<String>,
    pub(crate) lines: Vec<String>,
}

/// The captions of `transcript`: in order, never overlapping, one speaker each. With `named`, the
/// text of a turn begins with its label.
pub(crate) fn captions(
    transcript: &Transcript,
    preset: &CaptionPreset,
    named: bool,
) -> Result<Vec<Caption>, WriteError> {
    let words = shown_words(transcript)?;
    let mut all = Vec::new();
    for turn in words.chunk_by(|a, b| a.turn == b.turn) {
        let label = transcript.turns[turn[0].turn].label.as_ref();
        let shown: Vec<ShownWord> =
            label.filter(|_| named).map(|label| label_words(label, &turn[0])).unwrap_or_default();
        let turn = [&shown, turn].concat();
        let mut rest = turn.as_slice();
        while !rest.is_empty() {
            let (taken, left) = rest.split_at(caption_length(rest, preset));
            all.push(caption(taken, label, preset));
            rest = left;
        }
    }
    space(&mut all, preset);
    Ok(all)
}

fn caption(words: &[ShownWord], label: Option<&Label>, preset: &CaptionPreset) -> Caption {
    let first = words[0].timing.stretch;
    let last = words[words.len() - 1].timing.stretch;
    Caption { stretch: first.union(last), speaker: label.map(speaker), lines: lines(words, preset) }
}

/// A label as words that take no time, to stand before `first`.
fn label_words(label: &Label, first: &ShownWord) -> Vec<ShownWord> {
    let start = first.timing.stretch.start();
    let timing = Timing { stretch: Stretch::new(start, start), ..first.timing };
    let words = speaker_label(label);
    let word = |text: &str| ShownWord {
        text: text.into(),
        bare: String::new(),
        apart: true,
        timing,
        turn: first.turn,
    };
    words.split_whitespace().map(word).collect()
}

/// The name in a label on one line.
pub(crate) fn speaker(label: &Label) -> String {
    label.name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many of `words` the next caption takes: at most what fits its lines and time, and of the
/// places to stop in its later half the best one.
fn caption_length(words: &[ShownWord], preset: &CaptionPreset) -> usize {
    let start = words[0].timing.stretch.start();
    let paused = |i: usize| {
        words[i].timing.stretch.start() - words[i - 1].timing.stretch.end()
            > Length::from_millis(1500)
    };
    let ends = |i: usize| words[i - 1].timing.stretch.end() - start > preset.longest;
    let mut fit = 1;
    while fit < words.len() && !paused(fit) && !ends(fit + 1) && fits(&words[..=fit], preset) {
        fit += 1;
    }
    if fit == words.len() || paused(fit) {
        return fit;
    }
    let earliest = fit.div_ceil(2);
    // One or two words alone are no caption, unless they are all that fits.
    let leaves_enough = |i: usize| words.len() - i > 2;
    let rank = |i: usize| (leaves_enough(i), goodness(&words[i - 1], &words[i]), i);
    (earliest..=fit).max_by_key(|&i| rank(i)).unwrap_or(fit)
}

/// How good it is to part two words: after a sentence, after a clause, after nothing, and never after
/// a word that leans on the next.
fn goodness(before: &ShownWord, after: &ShownWord) -> u8 {
    let closed = before.text.trim_end_matches(['"', '”', '’', '\'', ')']);
    if before.bare.is_empty() {
        return 0;
    }
    let leans = ["a", "an", "the", "of", "to", "in", "and", "or", "but", "mr", "mrs", "ms", "dr"];
    match () {
        () if closed.ends_with(['.', '?', '!', '…', '。', '！', '？'])
            && !leans.contains(&before.bare.to_lowercase().as_str()) =>
        {
            4
        }
        () if closed.ends_with([',', ';', ':', '-', '–', '—', '、', '，']) => 3,
        () if !after.apart => 0,
        () if leans.contains(&before.bare.to_lowercase().as_str()) => 1,
        () => 2,
    }
}

/// Whether `words` fit the lines of one caption, filled from the first. A single word always does.
fn fits(words: &[ShownWord], preset: &CaptionPreset) -> bool {
    let (mut lines, mut width) = (1, 0);
    for word in words {
        let (blank, own) = (usize::from(word.apart && width > 0), word.text.width());
        if own > preset.columns {
            return false;
        }
        if width + blank + own > preset.columns {
            lines += 1;
            width = own;
        } else {
            width += blank + own;
        }
    }
    lines <= preset.lines
}

/// `words` as lines of at most `columns`, filled from the first.
fn broken(words: &[ShownWord], columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words {
        let line = lines.last_mut().expect("there is a line");
        let blank = usize::from(word.apart && !line.is_empty());
        if !line.is_empty() && line.width() + blank + word.text.width() > columns {
            lines.push(word.text.clone());
        } else {
            line.push_str(if blank == 1 { " " } else { "" });
            line.push_str(&word.text);
        }
    }
    lines
}

/// `words` on one line.
fn joined(words: &[ShownWord]) -> String {
    let mut line = String::new();
    for word in words {
        line.push_str(if word.apart && !line.is_empty() { " " } else { "" });
        line.push_str(&word.text);
    }
    line
}

/// The lines of a caption. Two lines break at the best place that fits, then at the most even one.
fn lines(words: &[ShownWord], preset: &CaptionPreset) -> Vec<String> {
    let one = joined(words);
    if one.width() <= preset.columns {
        return vec![one];
    }
    let cut = |i: usize| [joined(&words[..i]), joined(&words[i..])];
    let rank = |i: usize| {
        let [first, second] = cut(i).map(|line| line.width());
        let fits = first <= preset.columns && second <= preset.columns;
        let even = first.abs_diff(second);
        fits.then(|| (i32::from(goodness(&words[i - 1], &words[i])) * 8 - even as i32, i))
    };
    match (1..words.len()).filter_map(rank).max() {
        Some((_, i)) if preset.lines >= 2 => cut(i).into(),
        _ => broken(words, preset.columns),
    }
}

/// Holds short captions longer, closes short gaps, and keeps every caption clear of the next.
fn space(captions: &mut [Caption], preset: &CaptionPreset) {
    let mut free = Instant::START;
    for i in 0..captions.len() {
        let next = captions.get(i + 1).map(|next| next.stretch.start());
        let start = captions[i].stretch.start().max(free);
        let wanted = captions[i].stretch.end().max(start + preset.shortest);
        let held =
            next.map_or(wanted, |next| close(wanted, next, preset.gap)).min(start + preset.longest);
        let end = next.map_or(held, |next| held.min(next)).max(start + FLASH);
        captions[i].stretch = Stretch::new(start, end);
        free = end;
    }
}

/// The least time of a caption, even where the next one begins at the same instant.
const FLASH: Length = Length::from_millis(40);

/// `end`, or `next` where no more than `gap` lies between them.
fn close(end: Instant, next: Instant, gap: Length) -> Instant {
    if next - end < gap { next } else { end }
}

/// Hours, minutes, seconds and milliseconds of a caption time.
pub(crate) fn clock_fields(instant: Instant) -> (i64, i64, i64, i64) {
    let millis = instant.micros().max(0) / 1000;
    let seconds = millis / 1000;
    (seconds / 3600, seconds / 60 % 60, seconds % 60, millis % 1000)
}
