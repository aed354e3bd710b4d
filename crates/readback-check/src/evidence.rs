//! What speaks for either side of a difference, and how it adds up to a verdict.

use std::collections::BTreeMap;
use std::ops::Range;

use readback_transcript::Probability;
use readback_transcript::{Token, TokenKind};

use crate::difference::Difference;
use crate::repeat::stands_elsewhere;
use crate::sides::{HeardSide, TextSide};
use crate::sound::likeness;
use crate::{Reading, Roster};

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
#[expect(clippy::struct_excessive_bools, reason = "each is a piece of evidence of its own")]
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    pub subject: Subject,
    /// The text's words are names that the roster or the rest of the text has too.
    pub known_name: bool,
    /// What the witness made of both readings; `None` where they were too long to ask.
    pub score: Option<Score>,
    /// How alike the two readings sound, 0 to 1.
    pub likeness: f64,
    /// Mean probability of the heard words, 0 to 1.
    pub heard_probability: f64,
    /// Both sides have a number here, not the same.
    pub numbers_on_both_sides: bool,
    /// Words on either side.
    pub text_words: usize,
    pub heard_words: usize,
    /// The text's words stand elsewhere in the text, nearly the same.
    pub stands_elsewhere: bool,
    /// The text's words are several people's, or somebody's whole short remark: they may well have
    /// talked at once, which one recording of all hardly lets tell apart.
    pub crosstalk: bool,
    /// The text's words include an abbreviation in capitals, which may be read out in many ways.
    pub abbreviation: bool,
    /// How clear the recording is around the place: mean probability of the words heard there.
    pub clarity: f64,
    /// Turns that the text's words and those around them belong to: many where people talk at once.
    pub turns_around: usize,
    /// Seconds of recording that the words of the text would have to fit in.
    pub room: f64,
}

/// Both readings weighed on the same audio.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Score {
    /// Natural log-likelihood ratio of the heard reading over the text's, each with what follows.
    pub ratio: f64,
    /// Mean natural log-probability of the tokens of the text's words; 0 where it has none.
    pub text_fit: f64,
    /// The same for the heard words.
    pub heard_fit: f64,
}

impl Score {
    /// The best of each side's spellings counts; neither list may be empty.
    pub fn new(ours: &[Reading], theirs: &[Reading]) -> Self {
        let (ours, theirs) = (best(ours), best(theirs));
        Self {
            ratio: total(&theirs) - total(&ours),
            text_fit: ours.reading / ours.tokens.max(1) as f64,
            heard_fit: theirs.reading / theirs.tokens.max(1) as f64,
        }
    }
}

fn best(spellings: &[Reading]) -> Reading {
    spellings.iter().copied().max_by(|a, b| total(a).total_cmp(&total(b))).unwrap_or_default()
}

fn total(reading: &Reading) -> f64 {
    reading.reading + reading.after
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

/// So many words more on one side are a phrase of their own, said or not said.
const WHOLE_PHRASE: usize = 3;
/// So many turns within a few words are a conversation, in which people talk at once.
const MANY_TURNS: usize = 4;
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
            score: None,
            likeness: likeness(&joined(ours), &joined(theirs)),
            heard_probability: heard.probability(&difference.heard),
            numbers_on_both_sides: has_number(ours)
                && has_number(theirs)
                && !same_numbers(ours, theirs),
            text_words: difference.text.len(),
            heard_words: difference.heard.len(),
            stands_elsewhere: stands_elsewhere(text, difference),
            abbreviation: has_abbreviation(text, difference),
            crosstalk: is_crosstalk(text, difference),
            clarity: clarity(heard, difference),
            turns_around: turns_around(text, difference),
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
            p if p >= CONVINCED && self.is_undecidable() => Verdict::CannotTell,
            p if p >= CONVINCED => Verdict::RecordingOtherwise,
            p if p < DROPPED => Verdict::TextIsRight,
            _ => Verdict::CannotTell,
        }
    }

    /// Whether the recording could not decide even if the readings fit very differently.
    fn is_undecidable(&self) -> bool {
        let spoken_through = self.crosstalk && self.turns_around >= MANY_TURNS;
        self.abbreviation || spoken_through && !self.stands_elsewhere
    }

    /// Whether the suspicion is dropped.
    pub fn text_is_right(&self) -> bool {
        self.verdict() == Verdict::TextIsRight
    }

    /// Natural log-odds that the text is wrong. The weights come from planted faults, some fitted by
    /// logistic regression and some set by hand.
    fn log_odds(&self) -> f64 {
        let Some(score) = self.score else { return self.log_odds_unscored() };
        let more_heard = self.heard_words >= self.text_words + WHOLE_PHRASE;
        let more_text = self.text_words >= self.heard_words + WHOLE_PHRASE;
        match (self.text_words, self.heard_words) {
            (0, _) => missing(&score),
            (_, 0) => self.not_said(&score),
            _ if more_heard => self.otherwise(&score).max(missing(&score)),
            _ if more_text => self.otherwise(&score).max(self.not_said(&score)),
            _ if self.numbers_on_both_sides => other_number(&score),
            _ => self.otherwise(&score),
        }
    }

    /// A misheard name fits badly as heard, fits passably as written, and sounds alike; a wrong word
    /// does not fit at all where the right one fits well.
    fn otherwise(&self, score: &Score) -> f64 {
        let gap = (score.heard_fit - score.text_fit).min(10.0);
        let alike = (self.likeness - 0.6).max(0.0);
        let known = self.known_name && self.subject == Subject::Name && self.likeness > 0.5;
        let subject = match self.subject {
            Subject::Name if known => -1.0 - self.likeness,
            Subject::Name => -self.likeness,
            Subject::Number => 0.8,
            _ => 0.0,
        };
        0.5 * (gap - 4.0)
            + 0.15 * (score.ratio.min(15.0) - 6.0)
            + (score.heard_fit + 0.65)
            + 3.0 * (self.clarity - 0.9)
            - 2.5 * alike
            + subject
    }

    /// Words for which there is no sound. Where people talk at once or mumble a recogniser leaves words
    /// out; a passage typed twice fits well by its wording alone. Weights by logistic regression.
    fn not_said(&self, score: &Score) -> f64 {
        let turns = self.turns_around.clamp(1, 6) as f64;
        let copy = if self.stands_elsewhere { 4.1 } else { 0.0 };
        0.27 * score.ratio.min(20.0) + 8.7 * self.clarity - 1.4 * turns.ln() + copy - 9.4
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

/// Numbers are told apart by few sounds ("6.5", "65"), so how alike they sound says nothing.
fn other_number(score: &Score) -> f64 {
    0.4 * (score.ratio.min(15.0) - 5.0) + (score.heard_fit + 0.4)
}

/// Words were heard, and the reading without them hardly leads on to what follows.
fn missing(score: &Score) -> f64 {
    0.6 * (score.ratio.min(15.0) - 4.5) + (score.heard_fit + 0.5)
}

fn joined(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.text.as_str()).collect()
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
    if !same_numbers(ours, theirs) {
        Subject::Number
    } else if differ(&|token| NEGATIONS.contains(&&*token.text)) {
        Subject::Negation
    } else if has_name(text, heard, difference) {
        Subject::Name
    } else {
        Subject::Words
    }
}

fn is_number(token: &Token) -> bool {
    token.kind == TokenKind::Number
}

fn has_number(tokens: &[Token]) -> bool {
    tokens.iter().any(is_number)
}

fn same_numbers(ours: &[Token], theirs: &[Token]) -> bool {
    count(ours, &is_number) == count(theirs, &is_number)
}

fn count<'a>(tokens: &'a [Token], wanted: &dyn Fn(&Token) -> bool) -> BTreeMap<&'a str, usize> {
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

/// Longer remarks are understood beside another voice.
const SHORT_REMARK: usize = 4;

fn is_crosstalk(text: &TextSide, difference: &Difference) -> bool {
    let words = &text.words[difference.text.clone()];
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let whole = text.words.iter().filter(|word| word.turn == first.turn).count() <= words.len();
    first.turn != last.turn || whole && words.len() <= SHORT_REMARK
}

/// Heard words on either side by which the clarity of a place is judged.
const CLARITY_WORDS: usize = 20;

/// Mean probability of the words heard around a difference, not counting its own.
fn clarity(heard: &HeardSide, difference: &Difference) -> f64 {
    let (start, end) = (difference.heard.start, difference.heard.end);
    let before = start.saturating_sub(CLARITY_WORDS)..start;
    let after = end..(end + CLARITY_WORDS).min(heard.hearing.words.len());
    let (left, right) = (before.len() as f64, after.len() as f64);
    let sum = heard.probability(&before) * left + heard.probability(&after) * right;
    if left + right > 0.0 { sum / (left + right) } else { 1.0 }
}

/// Words of the text on either side within which turns are counted.
const TURN_WORDS: usize = 15;

fn turns_around(text: &TextSide, difference: &Difference) -> usize {
    let first = difference.text.start.saturating_sub(TURN_WORDS);
    let last = (difference.text.end + TURN_WORDS).min(text.words.len());
    text.words[first..last].chunk_by(|a, b| a.turn == b.turn).count()
}

/// Whether a word of the text is written in capitals in a text that is not.
fn has_abbreviation(text: &TextSide, difference: &Difference) -> bool {
    let in_capitals = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() > 1 && letters.clone().all(char::is_uppercase)
    };
    let words = text.display(&(0..text.words.len()));
    let capitals = words.iter().filter(|word| in_capitals(word)).count();
    capitals * 4 < words.len() && text.display(&difference.text).into_iter().any(in_capitals)
}

/// Whether a word is written like a name on either side: a capital inside a sentence.
fn has_name(text: &TextSide, heard: &HeardSide, difference: &Difference) -> bool {
    let capital = |word: &str| {
        let mut letters = word.chars().skip_while(|c| !c.is_alphanumeric());
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    };
    let ours = difference
        .text
        .clone()
        .any(|i| capital(text.words[i].span.of(&text.transcript.text)) && !text.starts_sentence(i));
    let words = &heard.hearing.words;
    let theirs = |range: Range<usize>| {
        range.into_iter().any(|i| capital(&words[i].text) && !heard.starts_sentence(i))
    };
    ours || theirs(difference.heard.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(text_fit: f64, likeness: f64, subject: Subject) -> Evidence {
        Evidence {
            subject,
            known_name: false,
            score: Some(Score { ratio: -text_fit, text_fit, heard_fit: -0.1 }),
            likeness,
            heard_probability: 0.9,
            numbers_on_both_sides: false,
            text_words: 1,
            heard_words: 1,
            stands_elsewhere: false,
            abbreviation: false,
            crosstalk: false,
            clarity: 0.9,
            turns_around: 1,
            room: 2.0,
        }
    }

    #[test]
    fn numbers_that_sound_alike_are_still_different_numbers() {
        let score = Some(Score { ratio: 8.9, text_fit: -2.0, heard_fit: -0.1 });
        let amount = Evidence { score, ..evidence(-1.0, 0.9, Subject::Number) };
        assert_ne!(amount.verdict(), Verdict::RecordingOtherwise);
        let both = Evidence { numbers_on_both_sides: true, ..amount };
        assert_eq!(both.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn the_heard_reading_must_be_much_likelier() {
        assert_eq!(evidence(-12.0, 0.2, Subject::Words).verdict(), Verdict::RecordingOtherwise);
        assert_eq!(evidence(-1.0, 0.2, Subject::Words).verdict(), Verdict::TextIsRight);
    }

    #[test]
    fn a_name_that_sounds_the_same_needs_more_than_a_word_that_does_not() {
        let (word, name) =
            (evidence(-6.0, 0.1, Subject::Words), evidence(-6.0, 0.9, Subject::Name));
        assert!(name.text_is_wrong() < word.text_is_wrong());
        assert_ne!(name.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn an_abbreviation_is_never_called_wrong_by_its_sound() {
        let heard = Evidence { abbreviation: true, ..evidence(-12.0, 0.2, Subject::Words) };
        assert_eq!(heard.verdict(), Verdict::CannotTell);
    }

    #[test]
    fn a_copy_that_was_not_heard_was_not_said() {
        let score = Some(Score { ratio: 2.0, text_fit: -0.5, heard_fit: 0.0 });
        let words = evidence(-1.0, 0.0, Subject::Words);
        let passage = Evidence { text_words: 4, heard_words: 0, score, ..words };
        assert_ne!(passage.verdict(), Verdict::RecordingOtherwise);
        let copy = Evidence { stands_elsewhere: true, ..passage };
        assert_eq!(copy.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn words_left_out_of_a_clear_recording_weigh_more_than_of_a_noisy_one() {
        let score = Some(Score { ratio: 10.0, text_fit: -8.0, heard_fit: 0.0 });
        let words = evidence(-1.0, 0.0, Subject::Words);
        let clear = Evidence { heard_words: 0, score, clarity: 0.96, ..words };
        assert_eq!(clear.verdict(), Verdict::RecordingOtherwise);
        let noisy = Evidence { clarity: 0.6, turns_around: 5, ..clear };
        assert_eq!(noisy.verdict(), Verdict::TextIsRight);
    }
}
