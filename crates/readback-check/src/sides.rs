//! The two sides of an audit, each as display words and the spoken-form tokens made of them.

use std::ops::Range;

use readback_transcript::{CueKind, Hearing, Length, Piece, Span, Stretch, Transcript};
use readback_transcript::{Token, TokenKind, amount_goes_on, bare_word, tokens, tokens_within};

use crate::marks::SENTENCE_ENDS;

/// The text's side.
pub(crate) struct TextSide<'a> {
    pub transcript: &'a Transcript,
    pub words: Vec<TextWord>,
    pub tokens: Vec<Token>,
    /// The cues that stand before each word, and after the last one.
    cues: Vec<Vec<CueKind>>,
}

/// A word of the text that should be spoken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextWord {
    pub span: Span,
    /// Index of its turn.
    pub turn: usize,
}

impl<'a> TextSide<'a> {
    pub fn new(transcript: &'a Transcript, language: &str) -> Self {
        let (words, cues) = spoken_words(transcript);
        let mut tokens = Vec::new();
        let mut first = 0;
        // Turn by turn, so that a number cannot run from one speaker into the next.
        for turn in words.chunk_by(|a, b| a.turn == b.turn) {
            let spans: Vec<Span> = turn.iter().map(|word| word.span).collect();
            let of_turn = tokens_within(&transcript.text, &spans, language).into_iter();
            tokens.extend(of_turn.map(|mut token| {
                token.words = token.words.start + first..token.words.end + first;
                token
            }));
            first += turn.len();
        }
        Self { transcript, words, tokens, cues }
    }

    /// The words that the tokens of `range` are made of; for no tokens, the place between words.
    pub fn words_of(&self, range: &Range<usize>) -> Range<usize> {
        words_of(&self.tokens, range, self.words.len())
    }

    /// Whether a cut before token `at` goes through a word.
    pub fn cuts_word(&self, at: usize) -> bool {
        cuts_word(&self.tokens, at)
    }

    /// Whether a cut before token `at` goes through an amount.
    pub fn cuts_amount(&self, at: usize) -> bool {
        amount_goes_on(&self.tokens, at)
    }

    /// The words of `range` as they stand, without the punctuation around them.
    pub fn display(&self, range: &Range<usize>) -> Vec<&'a str> {
        self.words[range.clone()].iter().map(|word| word.span.of(&self.transcript.text)).collect()
    }

    /// The words of `range` with another name in the place of the one at `index`.
    pub fn display_with(&self, range: &Range<usize>, index: usize, name: &str) -> String {
        let mut words: Vec<String> = self.display(range).into_iter().map(str::to_owned).collect();
        if let Some(word) = index.checked_sub(range.start).and_then(|at| words.get_mut(at)) {
            *word = word.replacen(bare_word(word), name, 1);
        }
        words.join(" ")
    }

    /// What stands between the word at `index` and the one before it in its turn; nothing at a turn's start.
    pub fn between(&self, index: usize) -> &'a str {
        let before = index.checked_sub(1).and_then(|before| self.words.get(before));
        let words = before.zip(self.words.get(index));
        words
            .filter(|(word, next)| word.turn == next.turn)
            .map_or("", |(word, next)| &self.transcript.text[word.span.end..next.span.start])
    }

    /// From the first of these words to the last; for no words, the point before the next word.
    pub fn span(&self, range: &Range<usize>) -> Span {
        if range.is_empty() {
            let next = self.words.get(range.start).map(|word| word.span.start);
            let end = self.words.last().map_or(0, |word| word.span.end);
            return Span::point(next.unwrap_or(end));
        }
        self.words[range.start].span.union(self.words[range.end - 1].span)
    }

    /// Whether word `index` is the first of a turn or a sentence.
    pub fn starts_sentence(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).map(|i| self.words[i]) else { return true };
        let word = self.words[index];
        let between = &self.transcript.text[before.span.end..word.span.start];
        before.turn != word.turn || between.contains(SENTENCE_ENDS) || between.contains('\n')
    }

    /// Whether a cue of this kind touches the words of `range`, before, among or after them.
    pub fn has_cue(&self, range: &Range<usize>, kind: CueKind) -> bool {
        self.cues[range.start..=range.end].iter().flatten().any(|&cue| cue == kind)
    }
}

/// Every spoken word, and the cues before each one and after the last.
fn spoken_words(transcript: &Transcript) -> (Vec<TextWord>, Vec<Vec<CueKind>>) {
    let mut words = Vec::new();
    let mut cues = vec![Vec::new()];
    for (turn, piece) in pieces(transcript) {
        match piece {
            Piece::Cue(cue) => cues[words.len()].push(cue.kind),
            Piece::Speech { words: spoken, .. } => {
                words.extend(spoken.iter().map(|word| TextWord { span: word.span, turn }));
                cues.resize(words.len() + 1, Vec::new());
            }
        }
    }
    (words, cues)
}

fn pieces(transcript: &Transcript) -> impl Iterator<Item = (usize, &Piece)> {
    let turns = transcript.turns.iter().enumerate();
    turns.flat_map(|(index, turn)| turn.pieces.iter().map(move |piece| (index, piece)))
}

/// The recording's side.
pub(crate) struct HeardSide<'a> {
    pub hearing: &'a Hearing,
    pub tokens: Vec<Token>,
}

impl<'a> HeardSide<'a> {
    pub fn new(hearing: &'a Hearing, language: &str) -> Self {
        // Across windows, so that an amount that one of them cuts is one amount.
        let display: Vec<&str> = hearing.words.iter().map(|word| word.text.as_str()).collect();
        Self { hearing, tokens: tokens(&display, language) }
    }

    /// The words that the tokens of `range` are made of; for no tokens, the place between words.
    pub fn words_of(&self, range: &Range<usize>) -> Range<usize> {
        words_of(&self.tokens, range, self.hearing.words.len())
    }

    /// Whether a cut before token `at` goes through a word.
    pub fn cuts_word(&self, at: usize) -> bool {
        cuts_word(&self.tokens, at)
    }

    /// Whether a cut before token `at` goes through an amount.
    pub fn cuts_amount(&self, at: usize) -> bool {
        amount_goes_on(&self.tokens, at)
    }

    /// Whether a number among these tokens was heard in several: digit by digit, or cut.
    pub fn is_read_out(&self, range: &Range<usize>) -> bool {
        let is_number = |at: usize| self.tokens[at].kind == TokenKind::Number;
        let mut inner = range.start + 1..range.end;
        inner.any(|at| self.cuts_amount(at) && is_number(at))
    }

    /// The words of `range` as heard, punctuation included.
    pub fn display(&self, range: &Range<usize>) -> Vec<&'a str> {
        self.hearing.words[range.clone()].iter().map(|word| word.text.as_str()).collect()
    }

    /// Whether word `index` was heard as the first of a sentence.
    pub fn starts_sentence(&self, index: usize) -> bool {
        let words = &self.hearing.words;
        index.checked_sub(1).is_none_or(|i| starts_sentence(&words[i].text))
    }

    /// When the words of `range` were said; for no words, the time between their neighbours.
    pub fn stretch(&self, range: &Range<usize>) -> Stretch {
        let words = &self.hearing.words;
        if let Some(first) = words[range.clone()].first() {
            return first.stretch.union(words[range.end - 1].stretch);
        }
        let end_of_recording = readback_transcript::Instant::START + self.hearing.length;
        let before = range.start.checked_sub(1).map(|last| words[last].stretch.end());
        let after = words.get(range.start).map_or(end_of_recording, |next| next.stretch.start());
        Stretch::new(before.unwrap_or_default(), after)
    }

    /// How long somebody speaks within `stretch`.
    pub fn speech_within(&self, stretch: Stretch) -> Length {
        let speech = &self.hearing.speech;
        let first = speech.partition_point(|part| part.end() <= stretch.start());
        let parts = speech[first..].iter().take_while(|part| part.start() < stretch.end());
        parts.fold(Length::ZERO, |sum, part| sum + part.overlap(stretch))
    }

    /// Mean probability of the words of `range`; 1 for no words.
    pub fn probability(&self, range: &Range<usize>) -> f64 {
        let words = &self.hearing.words[range.clone()];
        let sum: f64 = words.iter().map(|word| f64::from(word.probability.get())).sum();
        if words.is_empty() { 1.0 } else { sum / words.len() as f64 }
    }
}

fn words_of(tokens: &[Token], range: &Range<usize>, words: usize) -> Range<usize> {
    match (tokens.get(range.start), range.is_empty()) {
        (Some(first), false) => first.words.start..tokens[range.end - 1].words.end,
        (Some(next), true) => next.words.start..next.words.start,
        (None, _) => words..words,
    }
}

/// Whether a cut before token `at` goes through a word.
pub(crate) fn cuts_word(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|last| tokens.get(last));
    before.zip(tokens.get(at)).is_some_and(|(a, b)| b.words.start < a.words.end)
}

/// Whether what follows `before` starts a sentence.
pub(crate) fn starts_sentence(before: &str) -> bool {
    let bare = before.trim_end_matches(['"', '”', '’', '\'', ')', '“']);
    bare.is_empty() || bare.ends_with(SENTENCE_ENDS) || bare.ends_with([':', '\n'])
}

/// Whether all of these tokens are sounds of hesitation.
pub(crate) fn only_fillers(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| token.kind == TokenKind::Filler)
}
