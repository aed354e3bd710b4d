//! One text of a comparison: its spoken words with their turns, and the tokens made of them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::{Label, Span, Token, TokenKind, Transcript, has_stop, is_capitalised, tokens_within};

/// One text.
pub(super) struct Side<'a> {
    pub transcript: &'a Transcript,
    /// Where each spoken word stands, and the index of its turn.
    pub words: Vec<(Span, usize)>,
    /// The words' tokens, without hesitations.
    pub tokens: Vec<Token>,
    /// Number of hesitations before each token, and after the last.
    pub fillers: Vec<usize>,
    /// Words written with a capital inside a sentence somewhere.
    names: BTreeSet<&'a str>,
}

impl<'a> Side<'a> {
    pub fn new(transcript: &'a Transcript, language: &str) -> Self {
        let turns = transcript.turns.iter().enumerate();
        let words: Vec<(Span, usize)> = turns
            .flat_map(|(turn, part)| part.words().map(move |word| (word.span, turn)))
            .collect();
        let mut side = Self {
            transcript,
            words,
            tokens: Vec::new(),
            fillers: vec![0],
            names: BTreeSet::new(),
        };
        side.names = (0..side.words.len())
            .filter(|&word| !side.starts_sentence(word) && is_capitalised(side.word(word)))
            .map(|word| side.word(word))
            .collect();
        side.cut(language);
        side
    }

    /// Makes the tokens turn by turn, so that no number runs from one speaker into the next.
    fn cut(&mut self, language: &str) {
        let mut first = 0;
        for turn in self.words.chunk_by(|a, b| a.1 == b.1) {
            let spans: Vec<Span> = turn.iter().map(|(span, _)| *span).collect();
            for mut token in tokens_within(&self.transcript.text, &spans, language) {
                if token.kind == TokenKind::Filler {
                    *self.fillers.last_mut().expect("it is never empty") += 1;
                    continue;
                }
                token.words = token.words.start + first..token.words.end + first;
                self.tokens.push(token);
                self.fillers.push(0);
            }
            first += turn.len();
        }
    }

    /// A word as it stands.
    pub fn word(&self, word: usize) -> &'a str {
        self.words[word].0.of(&self.transcript.text)
    }

    /// What stands between a word and the next one of its turn, or to the end of its paragraph.
    pub fn mark_after(&self, word: usize) -> &'a str {
        let end = self.words[word].0.end;
        let next = self.words.get(word + 1).map(|(span, _)| span.start);
        let text = &self.transcript.text;
        let between = &text[end..next.unwrap_or(text.len())];
        between.split(['\n', '(', '[']).next().unwrap_or_default().trim()
    }

    /// Whether a word is the first of a turn or a sentence.
    fn starts_sentence(&self, word: usize) -> bool {
        let Some((before, turn)) = word.checked_sub(1).map(|before| self.words[before]) else {
            return true;
        };
        let (span, this_turn) = self.words[word];
        let between = &self.transcript.text[before.end..span.start];
        turn != this_turn || has_stop(between) || between.contains([':', '\n'])
    }

    /// From the first word of these tokens to the last; for no tokens the point before the next word.
    pub fn span(&self, range: &Range<usize>) -> Span {
        if range.is_empty() {
            let next =
                self.tokens.get(range.start).map(|token| self.words[token.words.start].0.start);
            return Span::point(next.unwrap_or(self.transcript.text.len()));
        }
        let last = &self.tokens[range.end - 1];
        self.words[self.tokens[range.start].words.start].0.union(self.words[last.words.end - 1].0)
    }

    /// Whether one of these tokens' words is written like a name, here or elsewhere in the text.
    pub fn has_name(&self, range: &Range<usize>) -> bool {
        let words = self.tokens[range.clone()].iter().flat_map(|token| token.words.clone());
        words.map(|word| self.word(word)).any(|word| self.names.contains(word))
    }

    /// The label that a token stands under.
    pub fn label(&self, token: usize) -> Option<&'a Label> {
        self.transcript.turns[self.turn(token)].label.as_ref()
    }

    /// The index of a token's turn.
    pub fn turn(&self, token: usize) -> usize {
        self.words[self.tokens[token].words.start].1
    }

    pub fn is_labelled(&self) -> bool {
        self.transcript.turns.iter().any(|turn| turn.label.is_some())
    }
}
