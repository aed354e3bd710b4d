//! One of two texts that a notice compares, as it is quoted, and what is a name in both.

use std::collections::HashMap;

use readback_check::Roster;
use readback_transcript::{Piece, Span, Transcript, Turn, bare_word, is_capitalised, is_date};

/// One of the two texts.
pub struct Side<'a> {
    pub transcript: &'a Transcript,
    words: Vec<Span>,
}

/// Words that are quoted in full; of more, the first and the last.
const QUOTED: usize = 12;
/// Words that are quoted beside one that changed.
const BESIDE: usize = 2;
/// Words by which a reader finds a turn.
const OPENING: usize = 5;

impl<'a> Side<'a> {
    pub fn new(transcript: &'a Transcript) -> Self {
        Self { transcript, words: transcript.words().map(|word| word.span).collect() }
    }

    fn text(&self) -> &'a str {
        &self.transcript.text
    }

    /// Where the words of a span are among all words.
    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.words.partition_point(|word| word.start < span.start);
        let end = self.words.partition_point(|word| word.start < span.end);
        start..end.max(start)
    }

    /// The words that are spoken in a span.
    pub fn words(&self, span: Span) -> Vec<&'a str> {
        self.words[self.range(span)].iter().map(|word| word.of(self.text())).collect()
    }

    /// As many words as a span has before it and after it, and `more`.
    pub fn beside(&self, span: Span, more: usize) -> (Vec<&'a str>, Vec<&'a str>) {
        let range = self.range(span);
        let of = |words: &[Span]| words.iter().map(|word| word.of(self.text())).collect();
        let most = range.len() + more;
        let before = range.start.saturating_sub(most)..range.start;
        let after = range.end..(range.end + most).min(self.words.len());
        (of(&self.words[before]), of(&self.words[after]))
    }

    /// The words of a span for a sentence: on one line, without punctuation around them and
    /// quotation marks, and not too many.
    pub fn quoted(&self, span: Span) -> String {
        let words: Vec<&str> = span.of(self.text()).split_whitespace().collect();
        let line = if words.len() > QUOTED {
            let half = QUOTED / 2 - 1;
            format!("{} … {}", words[..half].join(" "), words[words.len() - half..].join(" "))
        } else {
            words.join(" ")
        };
        let edge = |c: char| !c.is_alphanumeric() && !"$()%".contains(c);
        line.trim_matches(edge).replace(['“', '”', '"'], "")
    }

    /// A span with a few words beside it, as far as its sentence goes on.
    pub fn phrase(&self, span: Span) -> String {
        let range = self.range(span);
        let (mut start, mut end) = if range.is_empty() {
            (span.start, span.start)
        } else {
            (self.words[range.start].start, self.words[range.end - 1].end)
        };
        for word in self.words[..range.start].iter().rev().take(BESIDE) {
            if !self.goes_on(word.end, start) {
                break;
            }
            start = word.start;
        }
        for word in self.words[range.end..].iter().take(BESIDE) {
            if !self.goes_on(end, word.start) {
                break;
            }
            end = word.end;
        }
        self.quoted(Span::new(start, end))
    }

    /// Whether a sentence goes on between two words.
    fn goes_on(&self, from: usize, to: usize) -> bool {
        let between = self.text().get(from..to).unwrap_or_default();
        !between.contains(['.', '?', '!', '…', ':', '\n', '(', ')', '"', '“', '”'])
    }

    /// What a turn begins with, by its first word or cue.
    pub fn opening(&self, first: Span) -> String {
        let range = self.range(first);
        if range.is_empty() {
            return self.quoted(first);
        }
        let words = self.words[range.start..].iter().take(OPENING);
        let words: Vec<&str> = words.map(|word| word.of(self.text())).collect();
        format!("{} …", words.join(" "))
    }

    /// The turn whose label stands there.
    pub fn turn_at(&self, label: Span) -> Option<&'a Turn> {
        let is_it = |turn: &&Turn| turn.label.as_ref().is_some_and(|it| label.contains(it.span));
        self.transcript.turns.iter().find(is_it)
    }

    /// The name in the label that stands there; empty where none does.
    pub fn label_at(&self, label: Span) -> &'a str {
        let label = self.turn_at(label).and_then(|turn| turn.label.as_ref());
        label.map_or("", |label| &label.name)
    }

    /// Who spoke before a place, by the last label; empty where there is none.
    pub fn speaker_before(&self, place: usize) -> &'a str {
        let labels = self.transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
        let last = labels.take_while(|label| label.span.start < place).last();
        last.map_or("", |label| &label.name)
    }

    /// Whether a word is said anywhere.
    pub fn says(&self, word: &str) -> bool {
        self.words.iter().any(|it| bare(it.of(self.text())) == word)
    }
}

/// Where the first word or cue of a turn stands.
pub fn first(turn: &Turn) -> Option<Span> {
    turn.pieces.iter().find_map(|piece| match piece {
        Piece::Speech { words, .. } => words.first().map(|word| word.span),
        Piece::Cue(cue) => Some(cue.span),
    })
}

/// The words that are names, as they are written: those of labels and the roster, and those that have a
/// capital within a sentence and are nowhere written without.
pub struct Names(HashMap<String, String>);

impl Names {
    pub fn of(before: &Side, after: &Side, roster: &Roster) -> Self {
        let mut names = HashMap::new();
        for side in [before, after] {
            for pair in side.words.windows(2) {
                let word = pair[1].of(side.text());
                if is_capitalised(word) && side.goes_on(pair[0].end, pair[1].start) {
                    names.insert(bare(word), bare_word(word).to_owned());
                }
            }
        }
        for side in [before, after] {
            let words = side.words.iter().map(|it| it.of(side.text()));
            for word in words.filter(|word| word.starts_with(char::is_lowercase)) {
                names.remove(&bare(word));
            }
        }
        let turns = before.transcript.turns.iter().chain(&after.transcript.turns);
        let labels = turns.filter_map(|turn| turn.label.as_ref()).map(|label| label.name.as_str());
        for word in roster.names().chain(labels).flat_map(str::split_whitespace) {
            names.entry(bare(word)).or_insert_with(|| bare_word(word).to_owned());
        }
        Self(names)
    }

    /// Whether a word is one.
    pub fn has(&self, word: &str) -> bool {
        is_capitalised(word) && !is_date(word) && self.0.contains_key(&bare(word))
    }

    /// The name in a label as it is written in the text.
    pub fn written(&self, label: &str) -> String {
        let words = label.split_whitespace();
        let words = words.map(|word| self.0.get(&bare(word)).map_or(word, String::as_str));
        words.collect::<Vec<_>>().join(" ")
    }
}

/// A word without the marks around it, its genitive and its capitals.
pub fn bare(word: &str) -> String {
    bare_word(word).to_lowercase()
}
