//! The sentences of a transcript, for finding passages typed twice. It knows who speaks them and where
//! they stand, not what they mean.

use std::cell::OnceCell;
use std::collections::HashMap;

use readback_transcript::{Edit, Piece, Span, Transcript, Word, tokens};

use super::context::surname;
use super::{edit, language};
use crate::Finding;

/// A sentence, or what stands between cues where a sentence is cut by one.
pub(super) struct Sentence<'a> {
    /// Index of its turn.
    pub(super) turn: usize,
    /// With its punctuation.
    pub(super) span: Span,
    /// Its words.
    pub(super) words: &'a [Word],
    /// Whether it is the turn's first and last.
    pub(super) first: bool,
    pub(super) last: bool,
    /// Whose it is; [`NOBODY`] where nobody is named.
    pub(super) speaker: usize,
    /// A bit for every word, by its letters: sentences alike have nearly the same bits.
    signature: u128,
    tokens: OnceCell<Vec<String>>,
    transcript: &'a Transcript,
}

/// The speaker of words without a label.
pub(super) const NOBODY: usize = 0;

impl Sentence<'_> {
    /// Its spoken-form tokens, worked out when they are first asked for: most sentences resemble no other.
    pub(super) fn tokens(&self) -> &[String] {
        self.tokens.get_or_init(|| {
            let shown: Vec<&str> =
                self.words.iter().map(|word| word.span.of(&self.transcript.text)).collect();
            let tokens = tokens(&shown, language(self.transcript));
            tokens.into_iter().map(|token| token.text).collect()
        })
    }

    /// Whether it has nearly the words of `original`, or nearly those with which that begins; `false` is
    /// sure, `true` is not.
    pub(super) fn resembles(&self, original: &Sentence<'_>) -> bool {
        let slack = (self.words.len() / 4).clamp(1, MOST_ODD_WORDS) as u32;
        let odd = |these: u128, others: u128| (these & !others).count_ones() <= slack;
        odd(self.signature, original.signature)
            && (odd(original.signature, self.signature) || self.begins_like(original))
    }

    fn begins_like(&self, original: &Sentence<'_>) -> bool {
        let first =
            |words: &[Word]| words.first().map(|word| key(word.span.of(&self.transcript.text)));
        self.words.len() >= LEAST_CUT && first(self.words) == first(original.words)
    }
}

/// Words below which a copy is not taken for the beginning of a longer sentence.
const LEAST_CUT: usize = 8;
/// Words that a copy may have and its original not, counting those spelt otherwise.
const MOST_ODD_WORDS: usize = 3;

/// A number for a word, whatever its letter case (FNV-1a over ASCII lower case).
pub(super) fn key(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The bits of words. Figures have none: they may be written out in the copy.
fn signature(text: &str, words: &[Word]) -> u128 {
    let shown = words.iter().map(|word| word.span.of(text));
    let plain = shown.filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()));
    plain.fold(0, |bits, word| bits | 1 << (key(word) >> 57))
}

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

/// The sentences of `transcript`, in order.
pub(super) fn sentences(transcript: &Transcript) -> Vec<Sentence<'_>> {
    let mut sentences: Vec<Sentence<'_>> = Vec::new();
    let mut speakers: HashMap<String, usize> = HashMap::from([(String::new(), NOBODY)]);
    for (index, turn) in transcript.turns.iter().enumerate() {
        let name = turn.label.as_ref().map(|label| surname(&label.name)).unwrap_or_default();
        let next = speakers.len();
        let speaker = *speakers.entry(name).or_insert(next);
        let before = sentences.len();
        for piece in &turn.pieces {
            let Piece::Speech { span, words } = piece else { continue };
            for words in words.chunk_by(|a, b| !ends_sentence(&transcript.text, *a, *b)) {
                sentences.push(sentence(transcript, *span, words, index, speaker));
            }
        }
        if let [first, ..] = &mut sentences[before..] {
            first.first = true;
        }
        if let [.., last] = &mut sentences[before..] {
            last.last = true;
        }
    }
    sentences
}

fn sentence<'a>(
    transcript: &'a Transcript,
    piece: Span,
    words: &'a [Word],
    turn: usize,
    speaker: usize,
) -> Sentence<'a> {
    let text = &transcript.text;
    let start = words.first().map_or(piece.start, |word| word.span.start);
    let end = words.last().map_or(piece.end, |word| word.span.end);
    let is_mark = |c: &char| !c.is_whitespace() && !c.is_alphanumeric();
    let before = Span::new(piece.start, start).of(text).chars().rev().take_while(is_mark);
    let after = Span::new(end, piece.end.max(end)).of(text).chars().take_while(is_mark);
    let span = Span::new(
        start - before.map(char::len_utf8).sum::<usize>(),
        end + after.map(char::len_utf8).sum::<usize>(),
    );
    let signature = signature(text, words);
    let tokens = OnceCell::new();
    Sentence {
        turn,
        span,
        words,
        first: false,
        last: false,
        speaker,
        signature,
        tokens,
        transcript,
    }
}

/// Whether a sentence or a line ends between two words.
fn ends_sentence(text: &str, word: Word, next: Word) -> bool {
    let between = Span::new(word.span.end, next.span.start).of(text);
    between != " "
        && (between.contains(['\n', '\r'])
            || (between.contains(['.', '?', '!', '…']) && between.contains(' ')))
}

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
