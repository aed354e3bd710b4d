//! The texts that are read back against a recording of the page: every sentence in each of its writings, so
//! many texts as that takes.

use super::page::Sentence;
use crate::eval::transcript::Span;

/// One sentence in so many is written wrongly at a time, so that what is around it holds it in its place.
const APART: usize = 5;

/// A text of a recording's sentences, a paragraph each.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub written: String,
    /// What is said, sentence by sentence.
    pub said: Vec<String>,
    /// How many sentences are written otherwise than they are said, and rightly.
    pub rewritten: usize,
    /// What is wrong in it.
    pub planted: Vec<Planted>,
}

/// A sentence that is written wrongly.
#[derive(Clone, Debug, PartialEq)]
pub struct Planted {
    /// Where the words stand that are not those that are said.
    pub span: Span,
    pub written: String,
    pub said: String,
}

/// Texts with each right writing once; what has fewer than others is written as it is said in the rest, and
/// all of it in the first.
pub fn right(sentences: &[Sentence]) -> Vec<Text> {
    let most = sentences.iter().map(|sentence| sentence.right.len()).max().unwrap_or(0);
    let mut texts = vec![Text::new()];
    texts.resize(most + 1, Text::new());
    for (round, text) in texts.iter_mut().enumerate() {
        for sentence in sentences {
            match round.checked_sub(1).and_then(|at| sentence.right.get(at)) {
                Some(writing) => text.add_right(sentence, writing),
                None => text.add(sentence, &sentence.said),
            }
        }
    }
    texts
}

/// Texts with each wrong writing once, among sentences as they are said.
pub fn wrong(sentences: &[Sentence]) -> Vec<Text> {
    let most = sentences.iter().map(|sentence| sentence.wrong.len()).max().unwrap_or(0);
    let mut texts = Vec::new();
    for round in 0..most * APART {
        let mut text = Text::new();
        for (at, sentence) in sentences.iter().enumerate() {
            let is_due = at % APART == round % APART;
            match sentence.wrong.get(round / APART).filter(|_| is_due) {
                Some(writing) => text.add_wrong(sentence, writing),
                None => text.add(sentence, &sentence.said),
            }
        }
        if !text.planted.is_empty() {
            texts.push(text);
        }
    }
    texts
}

impl Text {
    fn new() -> Self {
        Self { written: String::new(), said: Vec::new(), rewritten: 0, planted: Vec::new() }
    }

    fn add(&mut self, sentence: &Sentence, writing: &str) {
        self.written += writing;
        self.written += "\n\n";
        self.said.push(sentence.said.clone());
    }

    fn add_right(&mut self, sentence: &Sentence, writing: &str) {
        self.rewritten += 1;
        self.add(sentence, writing);
    }

    fn add_wrong(&mut self, sentence: &Sentence, writing: &str) {
        let own = own_words(writing, &sentence.said);
        let start = self.written.len();
        self.planted.push(Planted {
            span: start + own.start..start + own.end,
            written: writing.to_owned(),
            said: sentence.said.clone(),
        });
        self.add(sentence, writing);
    }

    /// The sentence at a byte of the text, as it is written and as it is said.
    pub fn sentence_at(&self, byte: usize) -> (&str, &str) {
        let before = &self.written[..byte.min(self.written.len())];
        let number = before.matches("\n\n").count().min(self.said.len().saturating_sub(1));
        let written = self.written.split("\n\n").nth(number).unwrap_or_default();
        (written, self.said.get(number).map_or("", String::as_str))
    }
}

impl Planted {
    /// Whether a finding at this span is of the wrong words: it shares a byte with them or stands beside them.
    pub fn is_touched_by(&self, finding: &Span) -> bool {
        self.span.start <= finding.end && finding.start <= self.span.end
    }
}

/// The bytes of a sentence between what it begins with like another, and ends with like it; whole words.
fn own_words(sentence: &str, other: &str) -> Span {
    let (own, others) = (words(sentence), words(other));
    let begin = own.iter().zip(&others).take_while(|(one, other)| one.0 == other.0).count();
    let room = own.len().min(others.len()) - begin;
    let backwards = own.iter().rev().zip(others.iter().rev());
    let end = backwards.take(room).take_while(|(one, other)| one.0 == other.0).count();
    let inner = &own[begin..own.len() - end];
    if let (Some(first), Some(last)) = (inner.first(), inner.last()) {
        return first.1.start..last.1.end;
    }
    let gap = own.get(begin).map_or(sentence.len(), |word| word.1.start);
    gap..gap
}

/// Words with their bytes.
fn words(sentence: &str) -> Vec<(&str, Span)> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in sentence.split(' ') {
        words.push((word, at..at + word.len()));
        at += word.len() + 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(said: &str, right: &[&str], wrong: &[&str]) -> Sentence {
        let owned = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
        Sentence { said: said.to_owned(), right: owned(right), wrong: owned(wrong) }
    }

    #[test]
    fn every_right_writing_is_in_one_text_after_all_is_written_as_said() {
        let texts =
            right(&[sentence("Ten.", &["10."], &[]), sentence("Two.", &["2.", "02."], &["3."])]);
        let written: Vec<&str> = texts.iter().map(|text| &*text.written).collect();
        assert_eq!(written, ["Ten.\n\nTwo.\n\n", "10.\n\n2.\n\n", "Ten.\n\n02.\n\n"]);
        assert_eq!(texts.iter().map(|text| text.rewritten).collect::<Vec<_>>(), [0, 2, 1]);
    }

    #[test]
    fn every_wrong_writing_is_planted_once_among_sentences_that_are_right() {
        let sentences: Vec<Sentence> = (0..11)
            .map(|number| sentence(&format!("He has {number}."), &[], &["He has one.", "He has."]))
            .collect();
        let texts = wrong(&sentences);
        assert_eq!(texts.iter().map(|text| text.planted.len()).sum::<usize>(), 22);
        for text in &texts {
            let marked = text.planted.iter().map(|planted| &text.written[planted.span.clone()]);
            assert!(text.planted.len() <= 3 && marked.clone().count() > 0);
            assert!(
                marked.clone().all(|words| words == "one.")
                    || marked.clone().all(|words| words == "has.")
            );
        }
    }

    #[test]
    fn the_words_that_differ_are_marked() {
        let marked = |one: &str, other: &str| one[own_words(one, other)].to_owned();
        assert_eq!(marked("The cost was $14 today.", "The cost was forty dollars today."), "$14");
        assert_eq!(marked("10 of it was lost.", "Ten percent of it was lost."), "10");
        assert_eq!(marked("It cost $5.", "It cost six dollars."), "$5.");
        assert_eq!(own_words("Call us.", "Call for us."), 5..5);
    }

    #[test]
    fn the_sentence_at_a_byte_is_known_as_written_and_as_said() {
        let text = &right(&[sentence("Ten.", &["10."], &[]), sentence("Two.", &["2."], &[])])[1];
        assert_eq!(text.sentence_at(0), ("10.", "Ten."));
        assert_eq!(text.sentence_at(5), ("2.", "Two."));
        assert_eq!(text.sentence_at(999), ("2.", "Two."));
    }
}
