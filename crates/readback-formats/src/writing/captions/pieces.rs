//! What captions show of a transcript, turn by turn: words, cues and, where the format has no other
//! place for them, names.

use readback_transcript::{Instant, Length, Stretch, Transcript};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::WriteError;
use crate::writing::{Shown, ShownWord, shown, speaker_label};

use super::CaptionPreset;

/// How long a cue takes that nothing follows.
const LAST_CUE: Length = Length::from_millis(2000);

/// What is shown of one turn.
pub(super) struct Shows {
    /// Index of the turn.
    pub(super) turn: usize,
    pub(super) items: Vec<Item>,
}

/// A word of a caption: what is never broken.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// With its punctuation.
    pub(super) text: String,
    /// Without; empty for what nobody says.
    pub(super) bare: String,
    pub(super) kind: Kind,
    /// Whether a blank stands before it.
    pub(super) apart: bool,
    /// When it is said, or heard, in whole milliseconds.
    pub(super) sound: Stretch,
    /// Columns it takes; at least one, so that lines end.
    pub(super) width: usize,
    /// Characters as a reader counts them.
    pub(super) characters: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Part of a cue.
    Cue,
    /// Part of a speaker's name.
    Label,
}

impl Item {
    fn new(text: String, kind: Kind, sound: Stretch) -> Self {
        let (width, characters) = if text.bytes().all(|byte| byte.is_ascii_graphic()) {
            (text.len(), text.len())
        } else {
            (text.width(), text.graphemes(true).count())
        };
        let (bare, width) = (String::new(), width.max(1));
        Self { text, bare, kind, apart: true, sound, width, characters }
    }

    fn word(ShownWord { text, bare, apart, timing, .. }: ShownWord) -> Self {
        let sound = whole_millis(timing.stretch);
        Self { bare, apart, ..Self::new(text, Kind::Word, sound) }
    }
}

/// The turns of `transcript` that show something. With `named`, a turn begins with its label.
pub(super) fn pieces(
    transcript: &Transcript,
    preset: &CaptionPreset,
    named: bool,
) -> Result<Vec<Shows>, WriteError> {
    let shown = shown(transcript)?;
    let times = times(&shown, preset);
    let mut all: Vec<Shows> = Vec::new();
    for (piece, sound) in shown.into_iter().zip(times) {
        let turn = match &piece {
            Shown::Word(word) => word.turn,
            Shown::Cue { turn, .. } => *turn,
        };
        if all.last().is_none_or(|last| last.turn != turn) {
            let label = transcript.turns[turn].label.as_ref().filter(|_| named).map(speaker_label);
            let at = Stretch::new(sound.start(), sound.start());
            let words = label.iter().flat_map(|label| label.split_whitespace());
            let items = words.map(|word| Item::new(word.into(), Kind::Label, at)).collect();
            all.push(Shows { turn, items });
        }
        let items = &mut all.last_mut().expect("one was added").items;
        match piece {
            Shown::Word(word) => items.push(Item::word(word)),
            Shown::Cue { text, .. } => {
                let parts = text.split_whitespace();
                items.extend(parts.map(|part| Item::new(part.into(), Kind::Cue, sound)));
            }
        }
    }
    Ok(all)
}

/// When each piece is heard. Cues share the time between the words beside them, each at most as long as
/// a caption is shown.
fn times(shown: &[Shown], preset: &CaptionPreset) -> Vec<Stretch> {
    let of_word = |piece: &Shown| match piece {
        Shown::Word(word) => Some(whole_millis(word.timing.stretch)),
        Shown::Cue { .. } => None,
    };
    let mut times: Vec<Stretch> = Vec::with_capacity(shown.len());
    while times.len() < shown.len() {
        let at = times.len();
        if let Some(sound) = of_word(&shown[at]) {
            times.push(sound);
            continue;
        }
        let cues = shown[at..].iter().take_while(|piece| of_word(piece).is_none()).count();
        let start = times.last().map_or(Instant::START, |sound| sound.end());
        let next = shown.get(at + cues).and_then(of_word).map(Stretch::start);
        let each = next.map_or(LAST_CUE, |next| {
            Length::from_millis((next - start).micros().max(0) / 1000 / cues as i64)
        });
        let mut start = start;
        for _ in 0..cues {
            times.push(Stretch::new(start, start + each.min(preset.longest.value)));
            start = start + each;
        }
    }
    times
}

/// Captions know no finer time than a millisecond.
fn whole_millis(sound: Stretch) -> Stretch {
    let floor = |instant: Instant| Instant::from_micros(instant.micros().div_euclid(1000) * 1000);
    Stretch::new(floor(sound.start()), floor(sound.end()))
}
