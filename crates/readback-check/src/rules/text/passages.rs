//! Passages typed twice: runs of sentences that stand once more nearby.

use readback_transcript::{Edit, Span, Transcript};

use super::edit;
use super::sentences::Sentence;
use crate::Finding;

/// A passage that was found typed twice.
pub(crate) struct Repeat {
    /// Where it stands first.
    pub(super) original: Span,
    /// What is said of the copy.
    pub(super) finding: Finding,
}

/// A run of sentences that repeats an earlier one.
pub(super) struct Copy {
    /// Indices of the sentences of the copy.
    pub(super) sentences: std::ops::Range<usize>,
    /// Index of the first sentence of the original.
    pub(super) original: usize,
    /// Tokens of the copy.
    pub(super) tokens: usize,
    /// Words of the copy.
    pub(super) words: usize,
}

/// Fewer words recur by chance.
const LEAST_WORDS: usize = 4;
/// Sentences to look back for the original.
const REACH: usize = 60;
/// A copy in the same turn follows its original after at most this many sentences.
const SAME_TURN_GAP: usize = 2;
/// A copy in another turn follows within this many turns.
const TURN_GAP: usize = 4;

/// The runs of sentences for which `alike` holds, sentence by sentence, with an earlier run nearby of
/// the same speaker. `alike` takes the original and the copy.
pub(super) fn copies(
    sentences: &[Sentence<'_>],
    alike: impl Fn(&Sentence<'_>, &Sentence<'_>) -> bool,
) -> Vec<Copy> {
    let mut copies: Vec<Copy> = Vec::new();
    let mut at = 0;
    while at < sentences.len() {
        let (turn, speaker) = (sentences[at].turn, sentences[at].speaker);
        let earlier = (at.saturating_sub(REACH)..at)
            .rev()
            .take_while(|&original| turn - sentences[original].turn <= TURN_GAP)
            .filter(|&original| sentences[original].speaker == speaker);
        let found = earlier.filter_map(|original| run(sentences, original, at, &alike));
        let longest = found.filter(|copy| is_near(sentences, copy)).max_by_key(|copy| copy.tokens);
        at = longest.as_ref().map_or(at + 1, |copy| copy.sentences.end);
        copies.extend(longest);
    }
    copies
}

/// The longest run from `at` on, within one turn, that is like the one from `original` on.
fn run(
    sentences: &[Sentence<'_>],
    original: usize,
    at: usize,
    alike: impl Fn(&Sentence<'_>, &Sentence<'_>) -> bool,
) -> Option<Copy> {
    let pairs = || sentences[original..at].iter().zip(&sentences[at..]);
    // What has too few words like it is not looked at closer.
    let resembling = pairs().take_while(|(first, second)| second.resembles(first));
    if resembling.map(|(_, second)| second.words.len()).sum::<usize>() < LEAST_WORDS {
        return None;
    }
    let length = pairs()
        .take_while(|(first, second)| second.turn == sentences[at].turn && alike(first, second))
        .count();
    let run = &sentences[at..at + length];
    let tokens = || run.iter().map(|sentence| sentence.tokens().len()).sum();
    let words = run.iter().map(|sentence| sentence.words.len()).sum();
    (length > 0).then(|| Copy { sentences: at..at + length, original, tokens: tokens(), words })
}

/// Whether the copy stands where a hand that pastes twice puts it.
fn is_near(sentences: &[Sentence<'_>], copy: &Copy) -> bool {
    let (original, first) = (&sentences[copy.original], &sentences[copy.sentences.start]);
    if original.speaker != first.speaker || copy.words < LEAST_WORDS {
        return false;
    }
    let between = copy.sentences.start - (copy.original + copy.sentences.len());
    let turns = first.turn - original.turn;
    if turns == 0 {
        return between <= SAME_TURN_GAP;
    }
    (is_whole_turn(sentences, copy) && turns <= 2) || (copy.tokens >= 8 && turns <= TURN_GAP)
}

pub(super) fn is_whole_turn(sentences: &[Sentence<'_>], copy: &Copy) -> bool {
    sentences[copy.sentences.start].first && sentences[copy.sentences.end - 1].last
}

/// What the copy spans: with its label where it is the whole turn.
pub(super) fn span(transcript: &Transcript, sentences: &[Sentence<'_>], copy: &Copy) -> Span {
    let spoken = spoken(&sentences[copy.sentences.clone()]);
    let label = transcript.turns[sentences[copy.sentences.start].turn].label.as_ref();
    match label.filter(|_| is_whole_turn(sentences, copy)) {
        Some(label) => label.span.union(spoken),
        None => spoken,
    }
}

/// What the sentences span of which `copy` is the copy.
pub(super) fn original(sentences: &[Sentence<'_>], copy: &Copy) -> Span {
    spoken(&sentences[copy.original..copy.original + copy.sentences.len()])
}

/// From the first of these sentences to the last; there must be one.
fn spoken(sentences: &[Sentence<'_>]) -> Span {
    sentences[0].span.union(sentences[sentences.len() - 1].span)
}

/// Deletes `copy` and the blanks that would be left over.
pub(super) fn deletion(text: &str, copy: Span) -> Edit {
    let before = &text[..copy.start];
    // Markup of the label goes with it.
    let bare = before.trim_end_matches(['*', '_', '>', '-']);
    let blank = bare.trim_end();
    if blank.len() < bare.len()
        && (bare.ends_with('\n') || bare.len() == before.len())
        && !ends_in_label(blank)
    {
        return edit(blank.len(), copy.end, "");
    }
    let after = &text[copy.end..];
    edit(copy.start, copy.end + after.len() - after.trim_start().len(), "")
}

/// Whether the copy begins its turn, so that the blank after the label has to stay.
fn ends_in_label(before: &str) -> bool {
    before.is_empty() || before.trim_end_matches('*').ends_with(':')
}
