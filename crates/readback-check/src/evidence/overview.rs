//! Both sides of an audit as a whole, from which the clues to each difference are read.

use std::collections::BTreeMap;
use std::ops::Range;

use readback_transcript::{CueKind, Token, TokenKind, is_negation, sound_alike};

use super::{Clues, Subject};
use crate::Roster;
use crate::difference::Difference;
use crate::homophones::Alike;
use crate::repeat::stands_elsewhere;
use crate::sides::{HeardSide, TextSide};
use crate::sound::{likeness, same_sound};
use crate::spelling::{ALIKE, Spelling};

/// Least time a spoken syllable takes; nobody on the air is faster for long.
const SHORTEST_SYLLABLE: f64 = 0.09;
/// Time a spoken syllable usually takes.
const USUAL_SYLLABLE: f64 = 0.2;
/// Fewer words again are a stutter, or a figure that has the same digit twice.
const ECHO_TOKENS: usize = 4;
/// What is said again takes at least this share of the time that it took before. Set by hand at 9c02169; not
/// measured by itself.
const AGAIN: f64 = 0.5;
/// Longer remarks are understood beside another voice.
const SHORT_REMARK: usize = 4;
/// Letters of a word long enough to be told from others by its sound.
const LONG_WORD: usize = 5;
/// From this likeness on two words sound the same.
const SAME_SOUND: f64 = 0.9;

/// Words that stand so often elsewhere in the text are words that a listener expects.
const OFTEN: usize = 4;

/// What Whisper writes in silence and music, from the ends of the videos that it learnt from.
const STOCK_PHRASES: [&str; 7] = [
    "thank you",
    "thank you very much",
    "thank you so much",
    "thanks for watching",
    "thank you for watching",
    "bye",
    "bye bye",
];

/// Heard words on either side by which the clarity of a place is judged.
const CLARITY_WORDS: usize = 20;

/// Seconds of speech without words in which a recogniser was deaf, rather than a speaker slow. Measured at
/// a5378cb: over the public clips, with five and with three seeds of faults, precision rose from 0.929 to 0.932
/// and from 0.953 to 0.955, and false alarms fell from 0.42 to 0.40 a minute.
const UNHEARD: f64 = 3.0;
/// Heard words on either side within which they lie.
const WORDS_AROUND: usize = 6;
/// Heard words on either side among which those of people who talk at once are looked for.
const WORDS_BESIDE: usize = 10;

/// Words of the text on either side within which turns are counted.
const TURN_WORDS: usize = 15;

/// Words that hold a sentence together, of which a recogniser and a typist easily take one for another.
const FUNCTION_WORDS: [&str; 68] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do",
    "does", "for", "from", "had", "has", "have", "he", "her", "here", "his", "i", "if", "in",
    "into", "is", "it", "its", "may", "might", "my", "of", "off", "on", "or", "our", "she",
    "should", "so", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "to", "was", "we", "were", "what", "when", "where", "which", "who", "will",
    "with", "would", "you", "your", "him",
];

/// Both sides, and what is known of the text as a whole.
pub(crate) struct Overview<'a> {
    pub text: &'a TextSide<'a>,
    pub heard: &'a HeardSide<'a>,
    roster: &'a Roster,
    pub spelling: &'a Spelling<'a>,
    /// Words of either side that sound alike, in order.
    pub alike: &'a [Alike],
    /// The names in the text's labels.
    labels: Roster,
    /// How often each spoken form stands in the text.
    counts: BTreeMap<&'a str, usize>,
    /// Heard words for which the text has others or none, in order.
    odd_heard: Vec<Range<usize>>,
    /// Words of the text for which others were heard or none, in order.
    odd_text: Vec<Range<usize>>,
    /// Seconds that a syllable takes in this recording.
    syllable: f64,
    /// Capitals say nothing in a text written in them.
    written_in_capitals: bool,
}

impl<'a> Overview<'a> {
    /// Of a text, its recording, their differences, what sounds alike in them, and names whose spelling is settled.
    pub fn new(
        text: &'a TextSide<'a>,
        heard: &'a HeardSide<'a>,
        differences: &[Difference],
        alike: &'a [Alike],
        roster: &'a Roster,
        spelling: &'a Spelling<'a>,
    ) -> Self {
        let labels = text.transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
        let words = text.display(&(0..text.words.len()));
        let speech = heard.hearing.speech.iter().map(|speech| speech.length().seconds());
        let in_capitals = words.iter().filter(|word| is_in_capitals(word)).count();
        Self {
            text,
            heard,
            roster,
            spelling,
            alike,
            labels: labels.map(|label| label.name.as_str()).collect(),
            counts: count(&text.tokens, &|_| true),
            odd_heard: differences.iter().map(|difference| difference.heard.clone()).collect(),
            odd_text: differences.iter().map(|difference| difference.text.clone()).collect(),
            syllable: speech.sum::<f64>() / syllables(&heard.tokens) as f64,
            written_in_capitals: in_capitals * 4 >= words.len(),
        }
    }

    /// What can be told about a difference before the witness has been asked.
    pub fn about(&self, difference: &Difference) -> Clues {
        let (text, heard) = (self.text, self.heard);
        let ours = &text.tokens[difference.text_tokens.clone()];
        let theirs = &heard.tokens[difference.heard_tokens.clone()];
        let speech = heard.speech_within(heard.stretch(&difference.heard)).seconds();
        Clues {
            subject: self.subject(difference),
            known_name: self.is_known(ours),
            likeness: likeness(&joined(ours), &joined(theirs)),
            heard_probability: heard.probability(&difference.heard),
            numbers_on_both_sides: has_number(ours)
                && has_number(theirs)
                && !same_numbers(ours, theirs),
            text_words: difference.text.len(),
            heard_words: difference.heard.len(),
            stands_elsewhere: stands_elsewhere(text, difference),
            abbreviation: self.has_abbreviation(difference),
            usual: self.is_usual(ours, theirs),
            crosstalk: self.is_crosstalk(difference),
            heard_beside: self.is_heard_beside(difference),
            written_beside: self.is_written_beside(difference),
            function_words: is_function_word(ours) && is_function_word(theirs),
            goes_on: goes_on(ours, theirs),
            sounds_the_same: self.sounds_the_same(difference),
            clarity: self.clarity(difference),
            turns_around: self.turns_around(difference),
            room: speech / (syllables(ours) as f64 * SHORTEST_SYLLABLE),
            speech,
            pace: speech / (syllables(theirs) as f64 * USUAL_SYLLABLE),
            unheard: self.is_unheard(difference),
            stock_phrase: ours.is_empty() && STOCK_PHRASES.contains(&&*spaced(theirs)),
            echo: self.is_echo(difference),
            other_language: self.is_in_other_language(difference),
            is_part: false,
            foreign: text.has_cue(&difference.text, CueKind::ForeignSpeech),
        }
    }

    /// The same about a part of a difference, the rest of which is taken for right.
    pub fn about_part(&self, part: &Difference) -> Clues {
        Clues { is_part: true, ..self.about(part) }
    }

    /// Whether somebody speaks around the place for much longer than the words heard there take, and for
    /// half as long at least as the text's long run of words takes.
    fn is_unheard(&self, difference: &Difference) -> bool {
        let (text, heard) = (self.text, self.heard);
        let around = self.words_around(difference, WORDS_AROUND);
        let ours = self.usual_time(&text.tokens[difference.text_tokens.clone()]);
        let theirs = self.usual_time(tokens_of(&heard.tokens, &around));
        let speech = heard.speech_within(heard.stretch(&around)).seconds();
        ours >= UNHEARD && speech - theirs >= UNHEARD.max(ours / 2.0)
    }

    /// Whether the words heard, for which the text has none, stand once more just before or after the place:
    /// in the text alone, or among those heard, too, and there they took much longer.
    fn is_echo(&self, difference: &Difference) -> bool {
        let (text, heard, range) = (self.text, self.heard, &difference.heard_tokens);
        let theirs = &heard.tokens[range.clone()];
        if !difference.text_tokens.is_empty() || theirs.len() < ECHO_TOKENS {
            return false;
        }
        let beside = |at: &Range<usize>| {
            [at.start.checked_sub(theirs.len()), Some(at.end)].into_iter().flatten()
        };
        let is_again = |tokens: &[Token], start: usize| {
            tokens.get(start..start + theirs.len()).is_some_and(|other| same_words(other, theirs))
        };
        let seconds =
            |tokens: &Range<usize>| heard.stretch(&heard.words_of(tokens)).length().seconds();
        let mut copies = beside(range).filter(|start| is_again(&heard.tokens, *start)).peekable();
        if copies.peek().is_some() {
            return copies
                .any(|start| seconds(range) < seconds(&(start..start + theirs.len())) * AGAIN);
        }
        beside(&difference.text_tokens).any(|start| is_again(&text.tokens, start))
    }

    fn is_in_other_language(&self, difference: &Difference) -> bool {
        let hearing = &self.heard.hearing;
        let words = &hearing.words[difference.heard.clone()];
        let language = |window: usize| hearing.windows.get(window).map(|window| &window.language);
        words.iter().any(|word| language(word.window).is_some_and(|it| *it != hearing.language))
    }

    /// Seconds that these words usually take in this recording.
    fn usual_time(&self, tokens: &[Token]) -> f64 {
        syllables(tokens) as f64 * self.syllable
    }

    /// Whether the two differ by their spelling alone, as far as anybody can hear: names that sound the same, or
    /// nearly so and nobody knows the one heard, or one longer word against one that is spelt nearly alike, unless
    /// each of the two is a word.
    fn sounds_the_same(&self, difference: &Difference) -> bool {
        let ours = &self.text.tokens[difference.text_tokens.clone()];
        let theirs = &self.heard.tokens[difference.heard_tokens.clone()];
        let is_long_word = matches!(ours, [word] if word.text.len() >= LONG_WORD)
            && !is_function_word(ours)
            && difference.heard.len() == 1;
        match self.subject(difference) {
            Subject::Name => {
                same_sound(&joined(ours), &joined(theirs))
                    || sound_alike(ours, theirs)
                    || self.is_misspelt(difference)
            }
            Subject::Words => {
                is_long_word && likeness(&joined(ours), &joined(theirs)) >= SAME_SOUND
            }
            Subject::Number | Subject::Negation => false,
        }
    }

    /// Whether what was heard is no name that anybody knows, and sounds nearly like the text's: so a recogniser
    /// writes a name that it does not know.
    fn is_misspelt(&self, difference: &Difference) -> bool {
        let ours = &self.text.tokens[difference.text_tokens.clone()];
        let theirs = &self.heard.tokens[difference.heard_tokens.clone()];
        likeness(&joined(ours), &joined(theirs)) >= ALIKE
            && !self.spelling.unknown(self.text, self.heard, difference).is_empty()
    }

    fn subject(&self, difference: &Difference) -> Subject {
        let ours = &self.text.tokens[difference.text_tokens.clone()];
        let theirs = &self.heard.tokens[difference.heard_tokens.clone()];
        let differ = |wanted: &dyn Fn(&Token) -> bool| count(ours, wanted) != count(theirs, wanted);
        if !same_numbers(ours, theirs) {
            Subject::Number
        } else if differ(&|token| is_negation(&token.text)) {
            Subject::Negation
        } else if self.has_name(difference) {
            Subject::Name
        } else {
            Subject::Words
        }
    }

    /// Whether each of the text's words is on the roster, in a label, or stands elsewhere in the text
    /// too.
    fn is_known(&self, ours: &[Token]) -> bool {
        !ours.is_empty()
            && ours.iter().all(|token| {
                self.roster.knows(&token.text)
                    || self.labels.knows(&token.text)
                    || self.count_in_text(token) > 1
            })
    }

    /// Whether the text has each of its words here often elsewhere too, and never those heard.
    fn is_usual(&self, ours: &[Token], theirs: &[Token]) -> bool {
        !ours.is_empty()
            && ours.iter().all(|token| self.count_in_text(token) > OFTEN)
            && theirs.iter().all(|token| self.count_in_text(token) == 0)
    }

    fn count_in_text(&self, token: &Token) -> usize {
        self.counts.get(&*token.text).copied().unwrap_or_default()
    }

    fn is_crosstalk(&self, difference: &Difference) -> bool {
        let all = &self.text.words;
        let words = &all[difference.text.clone()];
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        let starts = all.partition_point(|word| word.turn < first.turn);
        let turn = all[starts..].partition_point(|word| word.turn == first.turn);
        first.turn != last.turn || turn <= words.len() && words.len() <= SHORT_REMARK
    }

    /// Whether nothing was heard at the place, but two of the text's words in a row beside it, where the
    /// text has others or none.
    fn is_heard_beside(&self, difference: &Difference) -> bool {
        if !difference.heard.is_empty() {
            return false;
        }
        let ours = &self.text.tokens[difference.text_tokens.clone()];
        let around = self.words_around(difference, WORDS_BESIDE);
        let odd_around = overlapping(&self.odd_heard, &around);
        ours.windows(2).filter(|pair| pair.iter().any(is_telling)).any(|pair| {
            odd_around.iter().any(|odd| has_run(tokens_of(&self.heard.tokens, odd), pair))
        })
    }

    /// Whether the text has nothing at the place, but beside it, where others were heard or none, one of
    /// the words heard here that tell something.
    fn is_written_beside(&self, difference: &Difference) -> bool {
        if !difference.text.is_empty() {
            return false;
        }
        let theirs = &self.heard.tokens[difference.heard_tokens.clone()];
        let start = difference.text.start.saturating_sub(WORDS_BESIDE);
        let odd_around = overlapping(&self.odd_text, &(start..difference.text.end + WORDS_BESIDE));
        theirs.chunks(1).filter(|token| token.iter().any(is_telling)).any(|token| {
            odd_around.iter().any(|odd| has_run(tokens_of(&self.text.tokens, odd), token))
        })
    }

    /// The place in what was heard, and so many words to either side.
    fn words_around(&self, difference: &Difference, words: usize) -> Range<usize> {
        let end = (difference.heard.end + words).min(self.heard.hearing.words.len());
        difference.heard.start.saturating_sub(words)..end
    }

    /// Mean probability of the words heard around a difference, not counting its own.
    fn clarity(&self, difference: &Difference) -> f64 {
        let heard = self.heard;
        let (start, end) = (difference.heard.start, difference.heard.end);
        let before = start.saturating_sub(CLARITY_WORDS)..start;
        let after = end..(end + CLARITY_WORDS).min(heard.hearing.words.len());
        let (left, right) = (before.len() as f64, after.len() as f64);
        let sum = heard.probability(&before) * left + heard.probability(&after) * right;
        if left + right > 0.0 { sum / (left + right) } else { 1.0 }
    }

    fn turns_around(&self, difference: &Difference) -> usize {
        let words = &self.text.words;
        let first = difference.text.start.saturating_sub(TURN_WORDS);
        let last = (difference.text.end + TURN_WORDS).min(words.len());
        words[first..last].chunk_by(|a, b| a.turn == b.turn).count()
    }

    /// Whether an abbreviation in capitals stands against something else that was heard, its numbers
    /// aside: of "MS-13" the letters were heard if anything like them was.
    fn has_abbreviation(&self, difference: &Difference) -> bool {
        let text = self.text;
        let theirs = &self.heard.tokens[difference.heard_tokens.clone()];
        let was_heard = |token: &&Token| theirs.iter().any(|heard| heard.text == token.text);
        let words = text.tokens[difference.text_tokens.clone()]
            .iter()
            .filter(|token| !is_number(token) && !was_heard(token))
            .flat_map(|token| text.display(&token.words));
        !difference.heard.is_empty()
            && !self.written_in_capitals
            && words.into_iter().any(is_in_capitals)
    }

    /// Whether a word is written like a name on either side.
    fn has_name(&self, difference: &Difference) -> bool {
        self.text.has_name(&difference.text) || self.heard.has_name(&difference.heard)
    }
}

/// Those of the `ranges`, which are in order and apart, that reach into `around`.
fn overlapping<'r>(ranges: &'r [Range<usize>], around: &Range<usize>) -> &'r [Range<usize>] {
    let first = ranges.partition_point(|range| range.end <= around.start);
    let end = ranges.partition_point(|range| range.start < around.end);
    &ranges[first..end.max(first)]
}

/// Those of the tokens that belong to these words.
fn tokens_of<'t>(tokens: &'t [Token], words: &Range<usize>) -> &'t [Token] {
    let token = |word| tokens.partition_point(|token| token.words.start < word);
    &tokens[token(words.start)..token(words.end)]
}

fn is_in_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1 && letters.clone().all(char::is_uppercase)
}

fn spaced(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn joined(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.text.as_str()).collect()
}

fn is_function_word(tokens: &[Token]) -> bool {
    matches!(tokens, [token] if FUNCTION_WORDS.contains(&&*token.text))
}

/// Whether a token says more than what holds a sentence together.
fn is_telling(token: &Token) -> bool {
    !is_function_word(std::slice::from_ref(token))
}

fn same_words(one: &[Token], other: &[Token]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.text == other.text)
}

/// Whether the words of `run` stand in a row in `tokens`.
fn has_run(tokens: &[Token], run: &[Token]) -> bool {
    tokens.windows(run.len()).any(|window| same_words(window, run))
}

/// Whether the heard tokens are the text's and more.
fn goes_on(ours: &[Token], theirs: &[Token]) -> bool {
    !ours.is_empty()
        && ours.len() < theirs.len()
        && ours.iter().zip(theirs).all(|(ours, theirs)| ours.text == theirs.text)
}

/// Syllables by counting vowel groups; at least one for each token.
fn syllables(tokens: &[Token]) -> usize {
    tokens.iter().map(|token| vowel_groups(&token.text).max(1)).sum::<usize>().max(1)
}

fn vowel_groups(word: &str) -> usize {
    let mut groups = 0;
    let mut in_group = false;
    for letter in word.chars() {
        let vowel = "aeiouy".contains(letter);
        groups += usize::from(vowel && !in_group);
        in_group = vowel;
    }
    groups
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
