//! What was heard that nobody can have said, counted. It knows words and their times, and no sound.

use strsim::levenshtein;

// Set by hand. The fastest that people said anything in 80 minutes of clips, meetings among them, were 10.8
// words a second over four words, 9.2 over six and 8.2 over eight.

/// Words that are looked at together for their pace …
const TOGETHER: usize = 6;
/// … and that nobody says faster than so many a second.
const FASTEST: f64 = 14.0;
/// Longest passage that is looked for a second time, in words.
const LONGEST_PASSAGE: usize = 60;
/// Letters and digits that a passage must have to be one: people do say "no, no, no, no".
const SHORTEST_PASSAGE: usize = 8;
/// A passage that the text has twice may be misheard in so much of it.
const MISHEARD: f64 = 0.25;
/// More letters than the text has by so much are more by far: by this share of them …
const SHARE_MORE: f64 = 0.5;
/// … and this number. Letters, because not every language writes words apart.
const MORE: f64 = 30.0;

/// A word that was heard, in seconds of the recording.
#[derive(Clone, Debug, PartialEq)]
pub struct HeardWord {
    pub text: String,
    pub start: f64,
    pub end: f64,
}

/// What nobody can have said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The same passage twice in a row, where the text has it once.
    SaidAgain,
    /// Words faster than speech.
    BeyondPace,
    /// Far more than the text has.
    TooMany,
}

impl Kind {
    /// As the report names it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::SaidAgain => "said again",
            Kind::BeyondPace => "beyond pace",
            Kind::TooMany => "too many words",
        }
    }
}

/// One place where the recogniser ran away.
#[derive(Clone, Debug, PartialEq)]
pub struct Runaway {
    pub kind: Kind,
    /// Second of the recording.
    pub at: f64,
    /// What was heard there.
    pub words: String,
}

/// Where the recogniser ran away, `said` being the text of what it listened to.
pub fn runaways(heard: &[HeardWord], said: &str) -> Vec<Runaway> {
    let mut found = said_again(heard, said);
    found.extend(beyond_pace(heard));
    found.extend(too_many(heard, said));
    found
}

/// Passages that stand twice in a row in what was heard, and not in what was said.
fn said_again(heard: &[HeardWord], said: &str) -> Vec<Runaway> {
    let said = plain(said);
    let words: Vec<String> = heard.iter().map(|word| plain(&word.text)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let left = words.len() - at;
        let again = |length: &usize| words[at..at + length] == words[at + length..at + 2 * length];
        let is_new = |length: &usize| {
            let passage = words[at..at + length].concat();
            let alike = words[at + 1..at + length].iter().all(|word| *word == words[at]);
            passage.chars().count() >= SHORTEST_PASSAGE && !alike && !is_said_twice(&passage, &said)
        };
        let lengths = 2..=LONGEST_PASSAGE.min(left / 2);
        if let Some(length) = lengths.filter(again).find(is_new) {
            found.push(runaway(Kind::SaidAgain, &heard[at..at + 2 * length]));
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether `said` has the passage twice, in a row or not, or twice in a row something much like it.
fn is_said_twice(passage: &str, said: &str) -> bool {
    let letters: Vec<char> = said.chars().collect();
    let length = passage.chars().count();
    let most = (MISHEARD * length as f64) as usize;
    let is_like =
        |part: &[char]| levenshtein(&part.iter().collect::<String>(), &passage.repeat(2)) <= most;
    said.matches(passage).count() >= 2 || letters.windows(2 * length).any(is_like)
}

/// Runs of words that are faster than speech.
fn beyond_pace(heard: &[HeardWord]) -> Vec<Runaway> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(words) = heard.get(at..at + TOGETHER) {
        let seconds = words[TOGETHER - 1].end - words[0].start;
        if TOGETHER as f64 > seconds * FASTEST {
            found.push(runaway(Kind::BeyondPace, words));
            at += TOGETHER;
        } else {
            at += 1;
        }
    }
    found
}

fn too_many(heard: &[HeardWord], said: &str) -> Option<Runaway> {
    let letters = |text: &str| plain(text).chars().count() as f64;
    let most = letters(said) * (1.0 + SHARE_MORE) + MORE;
    let sum: f64 = heard.iter().map(|word| letters(&word.text)).sum();
    (sum > most).then(|| runaway(Kind::TooMany, heard))
}

fn runaway(kind: Kind, words: &[HeardWord]) -> Runaway {
    let texts: Vec<&str> = words.iter().map(|word| &*word.text).collect();
    Runaway { kind, at: words.first().map_or(0.0, |word| word.start), words: texts.join(" ") }
}

/// Letters and digits alone, small, digits that are spelt out in figures.
fn plain(text: &str) -> String {
    let bare = |word: &str| -> String {
        word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    text.split(|c: char| c.is_whitespace() || c == '-').map(|word| in_figures(bare(word))).collect()
}

fn in_figures(word: String) -> String {
    const DIGITS: [&str; 10] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    DIGITS.iter().position(|digit| *digit == word).map_or(word, |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words said at three a second.
    fn heard(text: &str) -> Vec<HeardWord> {
        let word = |(index, word): (usize, &str)| HeardWord {
            text: word.to_owned(),
            start: index as f64 / 3.0,
            end: (index + 1) as f64 / 3.0,
        };
        text.split_whitespace().enumerate().map(word).collect()
    }

    fn kinds(heard: &[HeardWord], said: &str) -> Vec<Kind> {
        runaways(heard, said).iter().map(|runaway| runaway.kind).collect()
    }

    #[test]
    fn a_passage_heard_twice_and_said_once_ran_away() {
        let said = "The bridge is closed.";
        assert_eq!(kinds(&heard("The bridge is closed."), said), []);
        assert_eq!(
            kinds(&heard("The bridge is closed. The bridge is closed."), said),
            [Kind::SaidAgain]
        );
        assert_eq!(
            kinds(&heard("The bridge is closed. The bridge is closed."), &format!("{said} {said}")),
            []
        );
    }

    #[test]
    fn a_passage_said_twice_may_be_misheard() {
        let said = "Call Officer Blunt! Call Officer Blunt!";
        assert_eq!(kinds(&heard("Call officer Blant call officer Blant"), said), []);
        assert_eq!(
            kinds(&heard("Call officer Blant call officer Blant"), "Call Officer Blunt!"),
            [Kind::SaidAgain]
        );
    }

    #[test]
    fn digits_are_the_same_in_words_and_figures() {
        let said = "five five five one two, five five five one two";
        assert_eq!(kinds(&heard("5 5 5 1 2 5 5 5 1 2"), said), []);
        assert_eq!(
            kinds(&heard("555-0142 call 555-0142 call"), "555-0142 call"),
            [Kind::SaidAgain]
        );
    }

    #[test]
    fn what_people_say_again_and_again_is_no_passage() {
        assert_eq!(kinds(&heard("no no no no no, come in"), "No, come in."), []);
        assert_eq!(kinds(&heard("I mean, I mean it"), "I mean it."), []);
    }

    #[test]
    fn words_in_no_time_ran_away() {
        let mut crammed = heard("one and two and three and four and five and six");
        assert_eq!(kinds(&crammed, "one and two and three and four and five and six"), []);
        for word in &mut crammed[4..] {
            (word.start, word.end) = (1.5, 1.51);
        }
        let said = "one and two and three and four and five and six";
        assert_eq!(kinds(&crammed, said), [Kind::BeyondPace]);
    }

    #[test]
    fn far_more_words_than_were_said_ran_away() {
        let words = "Thank you all for watching and see you all the next time";
        assert_eq!(kinds(&heard(words), ""), [Kind::TooMany]);
        assert_eq!(kinds(&heard("Thank you."), ""), []);
        assert_eq!(kinds(&heard("電 球 が 止 ま っ て い た"), "電球が止まっていた"), []);
    }
}
