//! A transcript as paragraphs with a time each, for formats that keep every speaker's words together.
//! Speakers may talk at once there, so a word keeps its own time where it has one.

use readback_transcript::{Instant, Label, Length, Piece, Span, Stretch, Transcript, Turn, Word};

use crate::WriteError;

use super::house::piece_text;
use super::{ShownWord, shown_words, timed_words};

/// What takes no time takes this much, where a format wants some.
const LEAST: Length = Length::from_millis(1);

/// One speaker's words, up to the end of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paragraph<'a> {
    pub(crate) label: Option<&'a Label>,
    pub(crate) stretch: Stretch,
    /// Words with punctuation, and cues; empty where only the time of the turn is known.
    pub(crate) text: String,
    pub(crate) words: Vec<ShownWord>,
}

/// The paragraphs of `transcript`, in its order. A cue that stands alone goes with the paragraph before it
/// in its turn, else with the one after it, else into the time between its neighbours.
pub(crate) fn paragraphs(transcript: &Transcript) -> Result<Vec<Paragraph<'_>>, WriteError> {
    let has_stretch = |turn: &Turn| turn.stretch.is_some();
    let words = match shown_words(transcript) {
        Err(WriteError::NoWords) if transcript.turns.iter().any(has_stretch) => Vec::new(),
        words => words?,
    };
    let own = transcript.words().map(|word| word.timing);
    let mut words = words.into_iter().zip(own).map(|(shown, own)| {
        let timing = own.unwrap_or(shown.timing);
        ShownWord { timing, ..shown }
    });
    let mut all = Vec::new();
    for turn in &transcript.turns {
        let mut groups: Vec<Group> = Vec::new();
        for pieces in turn.pieces.chunk_by(|a, b| !parts_lines(transcript, a, b)) {
            add(&mut groups, Group::of(transcript, pieces, &mut words));
        }
        if groups.is_empty() && has_stretch(turn) {
            groups.push(Group::default());
        }
        all.extend(groups.into_iter().map(|group| (turn, group)));
    }
    Ok(with_times(all))
}

#[derive(Default)]
struct Group {
    text: String,
    words: Vec<ShownWord>,
}

impl Group {
    fn of(
        transcript: &Transcript,
        pieces: &[Piece],
        words: &mut impl Iterator<Item = ShownWord>,
    ) -> Self {
        let texts: Vec<String> = pieces.iter().map(|piece| piece_text(transcript, piece)).collect();
        let count = pieces.iter().map(|piece| piece.words().len()).sum();
        Self { text: texts.join(" "), words: words.take(count).collect() }
    }

    fn stretch(&self) -> Option<Stretch> {
        self.words.iter().map(|word| word.timing.stretch).reduce(Stretch::union)
    }
}

/// Adds a group; where it or the only one before it has nothing but cues, the two become one.
fn add(groups: &mut Vec<Group>, group: Group) {
    match groups.last_mut() {
        Some(last) if last.words.is_empty() || group.words.is_empty() => {
            last.text = format!("{} {}", last.text, group.text);
            last.words.extend(group.words);
        }
        _ => groups.push(group),
    }
}

fn with_times(groups: Vec<(&Turn, Group)>) -> Vec<Paragraph<'_>> {
    let mut next = None;
    let mut starts = vec![None; groups.len()];
    for (i, (turn, group)) in groups.iter().enumerate().rev() {
        starts[i] = next;
        next = group.stretch().or(turn.stretch).map(Stretch::start).or(next);
    }
    let mut latest = Instant::START;
    let mut all = Vec::with_capacity(groups.len());
    for ((turn, group), next) in groups.into_iter().zip(starts) {
        let free = || Stretch::new(latest, next.unwrap_or(latest).max(latest + LEAST));
        let stretch = group.stretch().or(turn.stretch).unwrap_or_else(free);
        latest = latest.max(stretch.end());
        let Group { text, words } = group;
        all.push(Paragraph { label: turn.label.as_ref(), stretch, text, words });
    }
    all
}

/// Whether a line ends between two pieces.
pub(crate) fn parts_lines(transcript: &Transcript, before: &Piece, after: &Piece) -> bool {
    let between = Span::new(before.span().end, after.span().start);
    between.of(&transcript.text).contains(['\n', '\r'])
}

/// Every turn that has a time, with it: as the source says of the turn, else from its first word to its
/// last.
pub(crate) fn turn_stretches(transcript: &Transcript) -> Result<Vec<(&Turn, Stretch)>, WriteError> {
    let mut timings = match timed_words(transcript) {
        Ok(timings) => timings.into_iter(),
        Err(_) if transcript.turns.iter().any(|turn| turn.stretch.is_some()) => {
            Vec::new().into_iter()
        }
        Err(error) => return Err(error),
    };
    let mut all = Vec::new();
    for turn in &transcript.turns {
        let words: Vec<&Word> = turn.words().collect();
        let placed = timings.by_ref().take(words.len());
        let own = words.iter().zip(placed).map(|(word, (_, placed))| word.timing.unwrap_or(placed));
        let spoken = own.map(|timing| timing.stretch).reduce(Stretch::union);
        all.extend(turn.stretch.or(spoken).map(|stretch| (turn, stretch)));
    }
    Ok(all)
}
