//! Captions as a viewer sees them, and what stands in each.

use readback_transcript::{Caption, CaptionRules, Length, Stretch, Timing, Transcript, Word};
use unicode_segmentation::UnicodeSegmentation;

/// Captions under the eyes of the rules.
pub(crate) struct Context<'a> {
    pub(super) transcript: &'a Transcript,
    pub(super) rules: &'a CaptionRules,
    pub(super) seen: Vec<Seen<'a>>,
}

impl<'a> Context<'a> {
    /// The captions of `transcript` by `rules`; with `heard`, the times of its words in the recording, in
    /// order, also when each was heard.
    pub(super) fn new(
        transcript: &'a Transcript,
        rules: &'a CaptionRules,
        heard: Option<&[Option<Timing>]>,
    ) -> Self {
        Self { transcript, rules, seen: seen(transcript, heard) }
    }
}

/// A caption and what stands in it.
pub(super) struct Seen<'a> {
    pub(super) caption: &'a Caption,
    /// Its words, each with the index of its turn.
    pub(super) words: Vec<(usize, &'a Word)>,
    /// From its first word to its last, where both were heard.
    pub(super) sound: Option<Stretch>,
}

impl Seen<'_> {
    /// How long it takes to read.
    pub(super) fn reading(&self, rules: &CaptionRules) -> Option<Length> {
        let text = self.caption.lines.join(" ");
        let words = text.split_whitespace().count();
        rules.speed.map(|speed| speed.time_for(text.graphemes(true).count(), words))
    }
}

fn seen<'a>(transcript: &'a Transcript, heard: Option<&[Option<Timing>]>) -> Vec<Seen<'a>> {
    let turns = transcript.turns.iter().enumerate();
    let words = turns.flat_map(|(turn, of)| of.words().map(move |word| (turn, word)));
    let mut words = words.enumerate().peekable();
    let mut all = Vec::with_capacity(transcript.captions.len());
    for caption in &transcript.captions {
        let mut here = Vec::new();
        let mut times = Vec::new();
        while let Some((index, word)) =
            words.next_if(|(_, (_, word))| word.span.start < caption.span.end)
        {
            here.push(word);
            times.push(heard.and_then(|heard| heard.get(index).copied().flatten()));
        }
        let ends = times.first().copied().flatten().zip(times.last().copied().flatten());
        let sound = ends.map(|(first, last)| first.stretch.union(last.stretch));
        all.push(Seen { caption, words: here, sound });
    }
    all
}
