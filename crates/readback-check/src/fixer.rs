//! Turns a difference into the edit that would put the text right.

use std::borrow::Cow;
use std::ops::Range;

use readback_transcript::{
    Edit, NumberPlace, Span, Token, TokenKind, bare_word, is_capitalised, spelt_out,
};

use crate::difference::Difference;
use crate::evidence::Rival;
use crate::sides::{HeardSide, TextSide, starts_sentence};
use crate::spelling::Spelling;

/// So many words on either side tell how a number is read: `July 4`, `on 4 July 1976`.
const BESIDE: usize = 2;

/// Writes fixes for one audit.
pub(crate) struct Fixer<'a> {
    text: &'a TextSide<'a>,
    heard: &'a HeardSide<'a>,
    source: &'a str,
    /// Whether the text writes its apostrophes curly.
    curly: bool,
    spelling: &'a Spelling<'a>,
}

impl<'a> Fixer<'a> {
    pub fn new(
        text: &'a TextSide<'a>,
        heard: &'a HeardSide<'a>,
        spelling: &'a Spelling<'a>,
    ) -> Self {
        let source = &text.transcript.text;
        let curly = source.matches('’').count() > source.matches('\'').count();
        Self { text, heard, source, curly, spelling }
    }

    /// Where the difference stands in the text.
    pub fn span(&self, difference: &Difference) -> Span {
        if difference.text.is_empty() {
            return Span::point(self.insertion_point(difference).0);
        }
        self.text.span(&difference.text)
    }

    /// The edit that replaces, deletes or inserts. None for a number that cannot be written as the text
    /// writes that one.
    pub fn fix(&self, difference: &Difference) -> Option<Edit> {
        let words = self.heard_words(difference)?;
        Some(match (difference.text.is_empty(), words.is_empty()) {
            (_, true) => Edit { span: self.deletion(&difference.text), replacement: String::new() },
            (true, false) => self.insertion(difference, &words),
            (false, false) => Edit { span: self.text.span(&difference.text), replacement: words },
        })
    }

    /// The edit that puts another name in the place of one.
    pub fn name(&self, rival: &Rival) -> Edit {
        let word = self.text.span(&(rival.word..rival.word + 1));
        let name = bare_word(word.of(self.source));
        let start = word.start + word.of(self.source).find(name).unwrap_or(0);
        Edit { span: Span::new(start, start + name.len()), replacement: rival.name.clone() }
    }

    /// The heard words as the text would have them: without the punctuation at either end, with the
    /// capital that the place asks for, and with the text's apostrophes and way of writing numbers.
    fn heard_words(&self, difference: &Difference) -> Option<String> {
        let mut words = self.numbers_as_written(difference)?;
        self.spell_names(difference, &mut words);
        let mut joined = words.join(" ");
        if self.curly {
            joined = joined.replace('\'', "’");
        }
        let bare = joined.trim_matches(|c: char| !c.is_alphanumeric() && !"$£€%'’".contains(c));
        let at = self.text.span(&difference.text).start;
        let sentence_start = starts_sentence(self.source[..at].trim_end_matches([' ', '\t']));
        let heard_at_start = self.heard.starts_sentence(difference.heard.start);
        Some(with_case(bare, sentence_start, heard_at_start))
    }

    /// The heard words, their numbers as the text writes those in their place; none where they would then read
    /// as other numbers, be words among figures, or digits that do not fit into the figure.
    fn numbers_as_written(&self, difference: &Difference) -> Option<Vec<Cow<'a, str>>> {
        let heard = self.heard.display(&difference.heard);
        let Some(place) = self.place_of_number(difference) else {
            return Some(heard.into_iter().map(Cow::Borrowed).collect());
        };
        let said = heard.join(" ");
        if let Some(number) = place.in_its_style(&said) {
            return Some(vec![number.into()]);
        }
        if self.heard.is_read_out(&difference.heard_tokens) {
            return None;
        }
        let words = self.numbers_one_by_one(difference);
        let written = words.join(" ");
        let keeps_figures = has_figures(&written) || !has_figures(place.written);
        (keeps_figures && place.reads_as(&written, &said)).then_some(words)
    }

    /// The place of a number of the text for which another was heard, with the words beside it in its turn.
    fn place_of_number(&self, difference: &Difference) -> Option<NumberPlace<'a>> {
        let has_number = |tokens: &[Token]| tokens.iter().any(|it| it.kind == TokenKind::Number);
        let Difference { text: words, text_tokens, heard_tokens, .. } = difference;
        if !has_number(&self.text.tokens[text_tokens.clone()])
            || !has_number(&self.heard.tokens[heard_tokens.clone()])
        {
            return None;
        }
        let (first, last) = (words.start, words.end - 1);
        let turn = |word: usize| self.text.words.get(word).map(|word| word.turn);
        let is_beside = |word: &usize| turn(*word) == turn(first);
        if !is_beside(&last) {
            return None;
        }
        let start = (first.saturating_sub(BESIDE)..=first).find(is_beside).unwrap_or(first);
        let end = (last..=last + BESIDE).rfind(is_beside).unwrap_or(last);
        let at = |word: usize| self.text.words[word].span;
        Some(NumberPlace {
            language: &self.heard.hearing.language,
            before: &self.source[at(start).start..at(first).start],
            written: &self.source[at(first).start..at(last).end],
            after: &self.source[at(last).end..at(end).end],
        })
    }

    /// The heard words, each number of one word in figures if those of the text are, spelt out if those are.
    fn numbers_one_by_one(&self, difference: &Difference) -> Vec<Cow<'a, str>> {
        let mut words: Vec<Cow<str>> =
            self.heard.display(&difference.heard).into_iter().map(Cow::Borrowed).collect();
        let number = |token: &&Token| token.kind == TokenKind::Number;
        let mut ours = self.text.tokens[difference.text_tokens.clone()].iter().filter(number);
        let Some(model) = ours.next() else { return words };
        let want_figures = has_figures(&self.text.display(&model.words).concat());
        let theirs = &self.heard.tokens[difference.heard_tokens.clone()];
        for token in theirs.iter().filter(number).filter(|token| token.words.len() == 1) {
            let word = &mut words[token.words.start - difference.heard.start];
            let bare = word.trim_end_matches(['.', ',', '?', '!', ';', ':']);
            let marks = &word[bare.len()..];
            *word = match (has_figures(bare), want_figures) {
                (false, true) => format!("{}{marks}", token.text).into(),
                (true, false) => match spelt_out(&token.text) {
                    Some(spelt) => format!("{spelt}{marks}").into(),
                    None => continue,
                },
                _ => continue,
            };
        }
        words
    }

    /// Gives names that were heard the spelling that they have elsewhere. What was heard is a name if it
    /// is written like one, or if it stands in the place of one.
    fn spell_names(&self, difference: &Difference, words: &mut [Cow<'a, str>]) {
        let ours = self.text.display(&difference.text);
        let name_for_name = ours.iter().any(|word| is_capitalised(word));
        for word in words {
            if let Some(name) = Some(&**word)
                .filter(|word| name_for_name || is_capitalised(word))
                .and_then(|word| self.spelling.of(word, &ours))
            {
                *word = word.replacen(bare_word(word), name, 1).into();
            }
        }
    }

    /// Whole turns go with their labels, whole sentences with their punctuation, words with one blank.
    fn deletion(&self, range: &Range<usize>) -> Span {
        let whole = self.text.span(range);
        if let Some(turns) = self.whole_turns(range) {
            return turns;
        }
        let rest = &self.source[whole.end..];
        let mark = rest.len() - rest.trim_start_matches(['.', '!', '?', '…', '"', '”']).len();
        let before = self.source[..whole.start].trim_end_matches([' ', '\t']);
        let mut span = whole;
        if mark > 0 && starts_sentence(before.trim_end_matches(['"', '“'])) {
            span.end += mark;
        }
        if self.source[span.end..].starts_with(' ') && !before.is_empty() {
            span.end += 1;
        } else if self.source[..span.start].ends_with(' ') {
            span.start -= 1;
        }
        span
    }

    /// The span from the first turn's label to the next turn, when the words are all of these turns'.
    fn whole_turns(&self, range: &Range<usize>) -> Option<Span> {
        let words = &self.text.words;
        let turn_of = |i: usize| words.get(i).map(|word| word.turn);
        let (first, last) = (turn_of(range.start)?, turn_of(range.end - 1)?);
        let starts = range.start.checked_sub(1).and_then(turn_of) != Some(first);
        let ends = turn_of(range.end) != Some(last);
        let label = self.text.transcript.turns[first].label.as_ref()?;
        let next = self.text.transcript.turns.get(last + 1)?.label.as_ref()?;
        (starts && ends).then(|| Span::new(label.span.start, next.span.start))
    }

    fn insertion(&self, difference: &Difference, words: &str) -> Edit {
        let (at, before_next) = self.insertion_point(difference);
        let heard = self.heard.display(&difference.heard).join(" ");
        let sentence_end = heard.ends_with(['.', '?', '!']);
        let mark: String =
            if sentence_end { heard.chars().last().into_iter().collect() } else { String::new() };
        let whole_sentence = starts_sentence(self.source[..at].trim_end());
        let mut span = Span::point(at);
        let replacement = match before_next {
            true if whole_sentence && sentence_end => format!("{words}{mark} "),
            true if whole_sentence => {
                let next = self.uncapitalised(difference, at);
                span.end += next.len();
                format!("{words} {next}", next = next.to_lowercase())
            }
            true => format!("{words} "),
            false if whole_sentence => match self.continued(difference, at) {
                Some(comma) => {
                    span.start -= 1;
                    format!("{comma} {words}{mark}", words = with_case(words, false, true))
                }
                None => format!(" {words}{mark}"),
            },
            false => format!(" {words}"),
        };
        Edit { span, replacement }
    }

    /// The capital at byte `at` that its word loses when it no longer starts the sentence: one that was
    /// not heard.
    fn uncapitalised(&self, difference: &Difference, at: usize) -> &'a str {
        let heard = self.heard.hearing.words.get(difference.heard.end);
        let letter = self.source[at..].chars().next().filter(|c| c.is_uppercase());
        match (heard, letter) {
            (Some(word), Some(c)) if word.text.starts_with(char::is_lowercase) => {
                &self.source[at..at + c.len_utf8()]
            }
            _ => "",
        }
    }

    /// What was heard instead of the full stop before byte `at`, a comma or nothing, when the sentence
    /// went on with the missing words.
    fn continued(&self, difference: &Difference, at: usize) -> Option<&'static str> {
        let words = &self.heard.hearing.words;
        let before = &words[difference.heard.start.checked_sub(1)?].text;
        let goes_on = words[difference.heard.start].text.starts_with(char::is_lowercase);
        let stopped = self.source[..at].ends_with('.');
        let comma = if before.ends_with(',') { "," } else { "" };
        (goes_on && stopped && !before.ends_with(['.', '?', '!'])).then_some(comma)
    }

    /// Where missing words go, and whether that is before the next word (else after the last one's
    /// punctuation): a turn's last words belong to that turn.
    fn insertion_point(&self, difference: &Difference) -> (usize, bool) {
        let words = &self.text.words;
        let at = difference.text.start;
        let next = words.get(at);
        let before = at.checked_sub(1).map(|i| words[i]);
        match (before, next) {
            (Some(before), Some(next)) if before.turn == next.turn => (next.span.start, true),
            (Some(before), next) => {
                if let Some(next) = next.filter(|_| self.nearer_to_next(difference)) {
                    return (next.span.start, true);
                }
                let rest = &self.source[before.span.end..];
                let marks = rest.len()
                    - rest.trim_start_matches(['.', ',', '!', '?', '…', '"', '”', '’']).len();
                (before.span.end + marks, false)
            }
            (None, Some(next)) => (next.span.start, true),
            (None, None) => (self.source.len(), false),
        }
    }

    /// Whether the missing words start a sentence and the pause before them is longer than the one after.
    fn nearer_to_next(&self, difference: &Difference) -> bool {
        let words = &self.heard.hearing.words;
        let range = &difference.heard;
        if words[range.start].text.starts_with(char::is_lowercase) {
            return false;
        }
        let stretch = self.heard.stretch(range);
        let before = range.start.checked_sub(1).map(|i| stretch.start() - words[i].stretch.end());
        let after = words.get(range.end).map(|next| next.stretch.start() - stretch.end());
        matches!((before, after), (Some(before), Some(after)) if before > after)
    }
}

fn has_figures(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit())
}

fn with_case(words: &str, sentence_start: bool, heard_at_start: bool) -> String {
    let first = words.split(' ').next().unwrap_or_default();
    let keeps =
        first == "I" || first.starts_with("I'") || first.chars().skip(1).any(char::is_uppercase);
    let mut letters = words.chars();
    match letters.next() {
        Some(c) if sentence_start => c.to_uppercase().chain(letters).collect(),
        Some(c) if heard_at_start && !keeps => c.to_lowercase().chain(letters).collect(),
        _ => words.to_string(),
    }
}
