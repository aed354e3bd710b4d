//! What is not wrong: other spellings, numerals for words, punctuation, hesitations left out.
//!
//! A finding on one of these is a false alarm.

use std::sync::LazyLock;

use fastrand::Rng;
use regex::{Captures, Regex};

use super::Edit;
use super::lexicon::{HESITATIONS, SPELLINGS, holds, others};
use super::said::{pick, replaced};
use crate::eval::transcript::{Span, Transcript, expression};

static HESITATION: LazyLock<Regex> =
    LazyLock::new(|| expression(r"(?i)(?:,? )?\b(?:um|uh|er|erm)\b,?"));
static MONEY: LazyLock<Regex> =
    LazyLock::new(|| expression(r"\$([\d,]*\d)(\.\d+)?( (?:thousand|million|billion))?"));
static PER_CENT: LazyLock<Regex> = LazyLock::new(|| expression(r"(\d)( percent\b|%)"));
static THOUSANDS: LazyLock<Regex> = LazyLock::new(|| expression(r"\b(\d{1,2}),(\d{3})\b"));
static HYPHEN: LazyLock<Regex> = LazyLock::new(|| expression(r"[a-z]{2}(-)[a-z]{2}"));

/// The same word spelt as it is elsewhere.
pub fn spelling_variant(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let mut edits = replaced(transcript, rng, |word| others(SPELLINGS, word));
    for span in &transcript.words {
        let word = transcript.text(span);
        if word == "percent" {
            edits.push(Edit::seen(span.clone(), "per cent"));
        }
    }
    edits.into_iter().map(|edit| Edit { audible: false, ..edit }).collect()
}

/// The same number written another way.
pub fn numeral_variant(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let mut edits = Vec::new();
    for span in &transcript.words {
        let word = transcript.text(span);
        let number = word.parse().ok().filter(|number| (2..100).contains(number));
        let alone = !is_part_of_a_figure(transcript, span);
        if let (Some(number), true) = (number, alone) {
            edits.push(Edit::seen(span.clone(), in_words(number)));
        } else if let (Some(number), true) = ((2..100).find(|it| in_words(*it) == word), alone) {
            edits.push(Edit::seen(span.clone(), number.to_string()));
        }
    }
    edits.extend(rewritten(transcript, &MONEY, dollars));
    edits.extend(rewritten(transcript, &PER_CENT, |found| {
        Some(format!("{}{}", &found[1], if &found[2] == "%" { " percent" } else { "%" }))
    }));
    edits.extend(rewritten(transcript, &THOUSANDS, |found| Some(found[1].to_owned() + &found[2])));
    edits
}

/// `$6.2 million` in words, as far as that is written; `$41.60` is not.
fn dollars(found: &Captures) -> Option<String> {
    let part = |group: usize| found.get(group).map(|part| part.as_str());
    match (part(2), part(3)) {
        (Some(_), None) => None,
        (cents, scale) => Some(format!(
            "{}{}{} dollars",
            &found[1],
            cents.unwrap_or_default(),
            scale.unwrap_or_default()
        )),
    }
}

/// A hyphen for a blank.
pub fn hyphen_variant(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let hyphens = HYPHEN.captures_iter(transcript.source).filter_map(|found| found.get(1));
    let mut edits: Vec<Edit> = hyphens
        .map(|hyphen| Edit::seen(hyphen.range(), " "))
        .filter(|edit| is_spoken(transcript, &edit.span))
        .collect();
    for pair in transcript.words.windows(2) {
        let between = pair[0].end..pair[1].start;
        let compound = HYPHENATED.contains(&(transcript.text(&pair[0]), transcript.text(&pair[1])));
        if compound && transcript.text(&between) == " " {
            edits.push(Edit::seen(between, "-"));
        }
    }
    edits
}

/// Pairs of words that some write with a hyphen.
const HYPHENATED: &[(&str, &str)] = &[
    ("child", "care"),
    ("drop", "out"),
    ("ice", "cream"),
    ("second", "grade"),
    ("fourth", "grade"),
    ("food", "bank"),
    ("per", "cent"),
    ("school", "board"),
    ("labor", "board"),
    ("bus", "stop"),
    ("high", "school"),
    ("half", "an"),
    ("three", "eighths"),
    ("blood", "thinners"),
    ("hard", "words"),
    ("front", "page"),
    ("long", "time"),
    ("well", "known"),
    ("police", "officer"),
    ("health", "care"),
    ("smart", "phone"),
    ("post", "office"),
    ("vice", "president"),
    ("grass", "roots"),
    ("foot", "bridge"),
];

/// A hesitation that a clean transcript leaves out.
pub fn disfluency_left_out(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let found = HESITATION.find_iter(transcript.source).map(|found| found.range());
    let spoken = found.filter(|span| {
        transcript.words.iter().any(|word| {
            span.start <= word.start
                && word.end <= span.end
                && holds(HESITATIONS, &transcript.text(word).to_lowercase())
        })
    });
    spoken.filter_map(|span| left_out(transcript, span)).collect()
}

/// A hesitation's edit: what follows takes over its capital, and one blank goes with it. A word
/// that is begun again behind it keeps the comma.
fn left_out(transcript: &Transcript, span: Span) -> Option<Edit> {
    let text = transcript.text(&span);
    if text.starts_with([',', ' ']) {
        let before = transcript.words.iter().rfind(|word| word.end <= span.start);
        let after = transcript.words.iter().find(|word| span.end <= word.start);
        let again = before.zip(after).is_some_and(|(before, after)| {
            transcript.text(before).eq_ignore_ascii_case(transcript.text(after))
        });
        return Some(Edit::seen(span, if again { "," } else { "" }));
    }
    let after = transcript.source[span.end..].strip_prefix(' ')?;
    let next = after.chars().next()?;
    let end = span.end + 1 + next.len_utf8();
    let next = next.to_string();
    let next = if text.starts_with(char::is_uppercase) { next.to_uppercase() } else { next };
    Some(Edit::seen(span.start..end, next))
}

/// Other punctuation between the same words.
pub fn punctuation_only(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let mut edits = Vec::new();
    for pair in transcript.words.windows(2) {
        let between = pair[0].end..pair[1].start;
        let (mark, others): (usize, &[&str]) = match transcript.text(&between) {
            ", " => (1, &["", " –", ";"]),
            ". " => (1, &["!", "...", ";"]),
            "? " => (1, &["."]),
            " " if rng.u8(..20) == 0 => (0, &[",", " -"]),
            _ => continue,
        };
        let abbreviation = pair[0].len() < 3 || transcript.text(&pair[0]).contains('.');
        if !abbreviation {
            edits.push(Edit::seen(between.start..between.start + mark, pick(rng, others)));
        }
    }
    for word in &transcript.words {
        edits.extend(other_apostrophe(transcript, word));
    }
    edits
}

/// A straight apostrophe made curly, or a curly one straight.
fn other_apostrophe(transcript: &Transcript, word: &Span) -> Option<Edit> {
    let (at, mark) = transcript.text(word).match_indices(['\'', '’']).next()?;
    let other = if mark == "'" { "’" } else { "'" };
    Some(Edit::seen(word.start + at..word.start + at + mark.len(), other))
}

/// Every spoken place that matches, written another way where there is one.
fn rewritten(
    transcript: &Transcript,
    pattern: &Regex,
    other: impl Fn(&Captures) -> Option<String>,
) -> Vec<Edit> {
    let found = pattern.captures_iter(transcript.source).filter_map(|found| {
        let span = found.get(0)?.range();
        let other = other(&found)?;
        is_spoken(transcript, &span).then(|| Edit::seen(span, other))
    });
    found.collect()
}

/// Whether somebody says what stands there.
fn is_spoken(transcript: &Transcript, span: &Span) -> bool {
    transcript.words.iter().any(|word| word.start < span.end && span.start < word.end)
}

/// Whether a number belongs to a larger expression, where it may not be written in words.
fn is_part_of_a_figure(transcript: &Transcript, span: &Span) -> bool {
    let before = transcript.source[..span.start].trim_end();
    let after = transcript.source[span.end..].trim_start();
    let last = before.rsplit([' ', '\n']).next().unwrap_or_default();
    let next = after.split([' ', ',', '.', '\n']).next().unwrap_or_default();
    let figure = |word: &str| {
        word.contains(|letter: char| letter.is_ascii_digit())
            || (0..100).any(|number| in_words(number) == word)
            || holds(
                "point hundred thousand million billion percent cents dollars to o'clock a.m p.m",
                word,
            )
    };
    figure(last)
        || figure(next)
        || holds(MONTHS, last)
        || transcript.source[..span.start].ends_with(['$', '-', '/'])
}

const MONTHS: &str = "January February March April May June July August September October November December \
                      Local Route Highway Flight Channel Number";

/// A number below 100 in words.
fn in_words(number: usize) -> String {
    const UPTO: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    match (number / 10, number % 10) {
        (0 | 1, _) => UPTO[number].to_owned(),
        (tens, 0) => TENS[tens].to_owned(),
        (tens, ones) => format!("{}-{}", TENS[tens], UPTO[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(source: &str, edits: fn(&Transcript, &mut Rng) -> Vec<Edit>) -> Vec<String> {
        let edits = edits(&Transcript::read(source), &mut Rng::with_seed(1));
        let results = edits.into_iter().map(|edit| {
            assert!(!edit.audible);
            let mut text = source.to_owned();
            text.replace_range(edit.span, &edit.replacement);
            text
        });
        results.collect()
    }

    #[test]
    fn numbers_are_written_in_the_other_way() {
        let written = results(
            "It took 22 men and six boats, 9 percent, $6.2 million and 1,400 tons.",
            numeral_variant,
        );
        assert_eq!(
            written,
            [
                "It took twenty-two men and six boats, 9 percent, $6.2 million and 1,400 tons.",
                "It took 22 men and 6 boats, 9 percent, $6.2 million and 1,400 tons.",
                "It took 22 men and six boats, 9 percent, 6.2 million dollars and 1,400 tons.",
                "It took 22 men and six boats, 9%, $6.2 million and 1,400 tons.",
                "It took 22 men and six boats, 9 percent, $6.2 million and 1400 tons.",
            ]
        );
    }

    #[test]
    fn hesitations_are_left_out_without_a_trace() {
        assert_eq!(
            results("Um, look, it is, uh, late, and uh cold.", disfluency_left_out),
            [
                "Look, it is, uh, late, and uh cold.",
                "Um, look, it is late, and uh cold.",
                "Um, look, it is, uh, late, and cold.",
            ]
        );
    }

    #[test]
    fn a_word_begun_again_keeps_its_comma() {
        assert_eq!(results("So I, um, I left.", disfluency_left_out), ["So I, I left."]);
    }

    #[test]
    fn dollars_and_cents_are_not_written_in_words() {
        let written = results("It is $41.60, not $7.", numeral_variant);
        assert_eq!(written, ["It is $41.60, not 7 dollars."]);
    }

    #[test]
    fn spellings_change_and_keep_their_capital() {
        let spelt = results("Gray harbor, isn't it?", spelling_variant);
        assert_eq!(spelt, ["Grey harbor, isn't it?", "Gray harbour, isn't it?"]);
    }

    #[test]
    fn punctuation_changes_between_the_same_words() {
        let letters = |text: &str| text.replace(|it: char| !it.is_alphanumeric(), "");
        let source = "When rain came, they waited. Nobody left? Mr. Reed didn't.";
        let changed = results(source, punctuation_only);
        assert!(!changed.is_empty());
        assert!(
            changed.iter().all(|text| text != source && letters(text) == letters(source)),
            "{changed:?}"
        );
    }

    #[test]
    fn a_hyphen_joins_and_parts() {
        assert_eq!(
            results("A well-built high school.", hyphen_variant),
            ["A well built high school.", "A well-built high-school."]
        );
    }
}
