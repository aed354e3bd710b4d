//! The sentences of a transcript: who speaks them, where they stand, how alike two of them are. It does not
//! know what they mean.

use std::cell::OnceCell;
use std::collections::HashMap;

use readback_transcript::{Piece, Span, Transcript, Word, tokens};

use super::language;
use crate::marks::SENTENCE_ENDS;
use crate::speakers::surname;

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
            || (between.contains(SENTENCE_ENDS) && between.contains(' ')))
}
