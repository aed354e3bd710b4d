//! What speaks for either side of a difference, and how it adds up to a verdict.

use std::collections::BTreeMap;
use std::ops::Range;

use readback_transcript::{Token, TokenKind};
use readback_transcript::Probability;

use crate::difference::Difference;
use crate::sides::{HeardSide, TextSide};
use crate::sound::likeness;
use crate::Roster;

/// What a difference is about; what matters most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Number,
    Negation,
    Name,
    Words,
}

impl Subject {
    pub fn name(self) -> &'static str {
        match self {
            Subject::Number => "number",
            Subject::Negation => "negation",
            Subject::Name => "name",
            Subject::Words => "words",
        }
    }
}

/// Everything known about one difference.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    pub subject: Subject,
    /// The text's words are names that the roster or the rest of the text has too.
    pub known_name: bool,
    /// Natural log-likelihood ratio of the heard reading over the text's, on the same audio.
    pub ratio: Option<f64>,
    /// How alike the two readings sound, 0 to 1.
    pub likeness: f64,
    /// Mean probability of the heard words, 0 to 1.
    pub heard_probability: f64,
    /// Number of heard words.
    pub heard_words: usize,
    /// Seconds of recording that the words of the text would have to fit in.
    pub room: f64,
}

/// Which side is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The text stands; the suspicion is dropped.
    TextIsRight,
    /// The recording says otherwise.
    RecordingOtherwise,
    /// Somebody has to listen.
    CannotTell,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::TextIsRight => "text-is-right",
            Verdict::RecordingOtherwise => "recording-otherwise",
            Verdict::CannotTell => "cannot-tell",
        }
    }
}

/// Least time a spoken syllable takes; nobody on the air is faster for long.
const SHORTEST_SYLLABLE: f64 = 0.09;
/// From this probability that the text is wrong a difference is a finding; below its complement the
/// suspicion is dropped.
const CONVINCED: f64 = 0.6;
const DROPPED: f64 = 0.45;

impl Evidence {
    /// What can be told before the witness has been asked.
    pub fn without_score(
        text: &TextSide,
        heard: &HeardSide,
        difference: &Difference,
        roster: &Roster,
    ) -> Self {
        let ours = &text.tokens[difference.text_tokens.clone()];
        let theirs = &heard.tokens[difference.heard_tokens.clone()];
        let stretch = heard.stretch(&difference.heard);
        Self {
            subject: subject(text, heard, difference),
            known_name: is_known(text, difference, roster),
            ratio: None,
            likeness: likeness(&joined(ours), &joined(theirs)),
            heard_probability: heard.probability(&difference.heard),
            heard_words: difference.heard.len(),
            room: stretch.length().seconds() / (syllables(ours) as f64 * SHORTEST_SYLLABLE),
        }
    }

    /// Probability that the text is wrong here.
    pub fn text_is_wrong(&self) -> Probability {
        Probability::new(1.0 / (1.0 + (-self.log_odds()).exp()) as f32)
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        match f64::from(self.text_is_wrong().get()) {
            p if p >= CONVINCED => Verdict::RecordingOtherwise,
            p if p < DROPPED => Verdict::TextIsRight,
            _ => Verdict::CannotTell,
        }
    }

    /// Whether the suspicion is dropped.
    pub fn text_is_right(&self) -> bool {
        self.verdict() == Verdict::TextIsRight
    }

    fn log_odds(&self) -> f64 {
        let Some(ratio) = self.ratio else {
            return self.log_odds_unscored();
        };
        let alike = 6.0 * (self.likeness - 0.4).max(0.0);
        let name = if self.subject == Subject::Name { alike } else { 0.0 };
        0.5 * (ratio - 5.0 - alike - name)
    }

    /// Long runs are judged by what was heard: there is no time for words that were not said, and a
    /// recogniser that invents words is seldom sure of them.
    fn log_odds_unscored(&self) -> f64 {
        if self.heard_words == 0 {
            if self.room < 1.0 { 4.0 } else { 0.5 }
        } else {
            8.0 * (self.heard_probability - 0.5)
        }
    }
}

fn joined(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.text.to_string()).collect()
}

/// Syllables by counting vowel groups; at least one for each token.
fn syllables(tokens: &[Token]) -> usize {
    let vowel = |c: char| "aeiouy".contains(c);
    let groups = |word: &str| {
        let letters: Vec<char> = word.chars().collect();
        let starts = |i: &usize| vowel(letters[*i]) && (*i == 0 || !vowel(letters[*i - 1]));
        (0..letters.len()).filter(starts).count().max(1)
    };
    tokens.iter().map(|token| groups(&token.text)).sum::<usize>().max(1)
}

/// Words whose loss or gain turns a sentence round.
const NEGATIONS: [&str; 10] =
    ["not", "no", "never", "none", "nor", "neither", "nothing", "nobody", "nowhere", "without"];

fn subject(text: &TextSide, heard: &HeardSide, difference: &Difference) -> Subject {
    let ours = &text.tokens[difference.text_tokens.clone()];
    let theirs = &heard.tokens[difference.heard_tokens.clone()];
    let differ = |wanted: &dyn Fn(&Token) -> bool| count(ours, wanted) != count(theirs, wanted);
    if differ(&|token| token.kind == TokenKind::Number) {
        Subject::Number
    } else if differ(&|token| NEGATIONS.contains(&&*token.text)) {
        Subject::Negation
    } else if has_name(text, heard, difference) {
        Subject::Name
    } else {
        Subject::Words
    }
}

fn count<'a>(
    tokens: &'a [Token],
    wanted: &dyn Fn(&Token) -> bool,
) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for token in tokens.iter().filter(|token| wanted(token)) {
        *counts.entry(&*token.text).or_default() += 1;
    }
    counts
}

/// Whether each of the text's words is on the roster, in a label, or stands elsewhere in the text too.
fn is_known(text: &TextSide, difference: &Difference, roster: &Roster) -> bool {
    let labels: Roster = text
        .transcript
        .turns
        .iter()
        .filter_map(|turn| turn.label.as_ref().map(|label| label.name.as_str()))
        .collect();
    let elsewhere = |token: &Token| text.tokens.iter().filter(|t| t.text == token.text).count() > 1;
    let ours = &text.tokens[difference.text_tokens.clone()];
    !ours.is_empty()
        && ours.iter().all(|t| roster.knows(&t.text) || labels.knows(&t.text) || elsewhere(t))
}

/// Whether a word is written like a name on either side: a capital inside a sentence.
fn has_name(text: &TextSide, heard: &HeardSide, difference: &Difference) -> bool {
    let capital = |word: &str| {
        let mut letters = word.chars().skip_while(|c| !c.is_alphanumeric());
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let ours = difference.text.clone().any(|i| {
        capital(text.words[i].span.of(&text.transcript.text)) && !text.starts_sentence(i)
    });
    let words = &heard.hearing.words;
    let theirs =
        |range: Range<usize>| range.into_iter().any(|i| capital(&words[i].text) && !heard.starts_sentence(i));
    ours || theirs(difference.heard.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(ratio: f64, likeness: f64, subject: Subject) -> Evidence {
        Evidence {
            subject,
            known_name: false,
            ratio: Some(ratio),
            likeness,
            heard_probability: 0.9,
            heard_words: 1,
            room: 2.0,
        }
    }

    #[test]
    fn the_heard_reading_must_be_much_likelier() {
        assert_eq!(evidence(12.0, 0.2, Subject::Words).verdict(), Verdict::RecordingOtherwise);
        assert_eq!(evidence(1.0, 0.2, Subject::Words).verdict(), Verdict::TextIsRight);
    }

    #[test]
    fn a_name_that_sounds_the_same_needs_more_than_a_word_that_does_not() {
        let (word, name) = (evidence(7.0, 0.1, Subject::Words), evidence(7.0, 0.9, Subject::Name));
        assert!(name.text_is_wrong() < word.text_is_wrong());
        assert!(name.text_is_right());
    }
}
