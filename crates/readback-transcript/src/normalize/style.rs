//! A number that was heard, written as the text writes the one in its place: *two and a half million dollars*
//! as `$2.5 million` where the text has `$1.1 million`, and *half past ten* as `10:30` where it has `10:15`.
//!
//! Every way of writing is tried and read again: what does not read as what was heard is not offered, so that
//! an amount is written as a whole or not at all.

use super::dates::roman;
use super::numbers::{hour_and_minutes, ordinal, shift, spelt_out};
use super::{Token, TokenKind, joined_equal, tokens};

/// Words that stand for a power of ten after figures, and the letters that do.
const SCALES: [(&str, &[&str], usize); 4] = [
    ("thousand", &["k"], 3),
    ("million", &["m", "mn"], 6),
    ("billion", &["bn", "b"], 9),
    ("trillion", &["tn", "t"], 12),
];

/// Signs of currencies, and what they are compared as.
const SIGNS: [(char, &str); 5] =
    [('$', "dollars"), ('£', "pounds"), ('€', "euros"), ('¥', "yen"), ('₹', "rupees")];

/// From so much on a round amount is written with a word for its scale.
const WORTH_A_SCALE: usize = 6;

/// A place of a text where another number was heard.
#[derive(Clone, Copy, Debug)]
pub struct NumberPlace<'a> {
    /// ISO 639-1 code of the language; an empty one means English.
    pub language: &'a str,
    /// What stands before it, up to its first byte.
    pub before: &'a str,
    /// What stands there.
    pub written: &'a str,
    /// What stands after it.
    pub after: &'a str,
}

impl NumberPlace<'_> {
    /// What was heard, written as the text writes numbers at this place. `None` where either has no number, or
    /// where no such writing reads as what was heard.
    pub fn in_its_style(&self, heard: &str) -> Option<String> {
        let heard = whole_figures(heard);
        let said = self.tokens(&heard);
        let mut writings = Vec::new();
        writings.extend(refilled(self.written, &said));
        writings.extend(retimed(self.written, &said));
        writings.extend(recounted(self.written, &said));
        writings.extend(respelt(self.written, &said));
        writings.extend(as_roman(self.written, &said));
        writings.into_iter().find(|writing| self.reads_as(writing, &heard))
    }

    /// Whether `writing`, at this place, reads as what was heard there.
    pub fn reads_as(&self, writing: &str, heard: &str) -> bool {
        let written = format!("{}{writing}{}", self.before, self.after);
        let (before, after) = (self.before.rsplit_once(' '), self.after.split_once(' '));
        let (before, after) = (before.map_or("", |it| it.0), after.map_or("", |it| it.1));
        let meant = format!("{before} {heard} {after}");
        writing == heard || joined_equal(&self.tokens(&written), &self.tokens(&meant))
    }

    fn tokens(&self, text: &str) -> Vec<Token> {
        tokens(&words(text), self.language)
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// What was heard, each figure that the end of a window cut made whole: `$1.` `1 million`.
fn whole_figures(heard: &str) -> String {
    let mut whole = String::new();
    for word in heard.split_whitespace() {
        let is_cut = whole.ends_with(['.', ',', ':'])
            && whole.trim_end_matches(['.', ',', ':']).ends_with(|c: char| c.is_ascii_digit())
            && word.starts_with(|c: char| c.is_ascii_digit());
        let goes_on = word.starts_with(['.', ':'])
            && whole.ends_with(|c: char| c.is_ascii_digit())
            && word[1..].starts_with(|c: char| c.is_ascii_digit());
        if !whole.is_empty() && !is_cut && !goes_on {
            whole.push(' ');
        }
        whole += word;
    }
    whole.trim_end_matches(['.', ',', '?', '!', ';', ':']).to_owned()
}

/// The digits that were said, put one by one in the place of those that are written, if they are as many:
/// `555-0143`, `10:30`, `10-12`, `442719`.
fn refilled(written: &str, said: &[Token]) -> Option<String> {
    let digits = digits_of(said);
    let places = written.chars().filter(char::is_ascii_digit).count();
    if places == 0 || places != digits.len() {
        return None;
    }
    let mut digits = digits.into_iter();
    let filled = written.chars().map(|c| {
        let digit = if c.is_ascii_digit() { digits.next() } else { None };
        digit.unwrap_or(c)
    });
    Some(filled.collect())
}

/// The digits that tokens read out, *double* and *triple* ones as often.
fn digits_of(said: &[Token]) -> Vec<char> {
    let mut digits = Vec::new();
    let mut times = 1;
    for token in said {
        let more = match &*token.text {
            "double" => 2,
            "triple" => 3,
            _ => 1,
        };
        let read = match (token.kind, &*token.text) {
            (TokenKind::Number, figures) => figures,
            (_, "oh" | "o" | "nought" | "nil") => "0",
            _ => "",
        };
        for digit in read.chars().filter(char::is_ascii_digit) {
            digits.extend(std::iter::repeat_n(digit, times));
        }
        times = more;
    }
    digits
}

/// The one number of these tokens.
fn only_number(said: &[Token]) -> Option<&str> {
    let mut numbers = said.iter().filter(|token| token.kind == TokenKind::Number);
    let number = numbers.next()?;
    numbers.next().is_none().then_some(&*number.text)
}

/// A time of day with the mark that the written one has.
fn retimed(written: &str, said: &[Token]) -> Option<String> {
    let start = written.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = written.split_at(start);
    let length = rest.find(|c: char| !c.is_ascii_digit() && !".:".contains(c));
    let (time, after) = rest.split_at(length.unwrap_or(rest.len()));
    hour_and_minutes(&time.replace('.', ":"))?;
    let mark = if time.contains(':') { ":" } else { "." };
    let number = only_number(said)?.replace(':', "");
    let (hour, minutes) = number.split_at_checked(number.len().checked_sub(2)?)?;
    Some(format!("{before}{hour}{mark}{minutes}{after}"))
}

/// What is written, with another number in it and the sign of the currency that was heard.
fn recounted(written: &str, said: &[Token]) -> Vec<String> {
    let (Some(number), Some(figure)) = (only_number(said), Figure::of(written)) else {
        return Vec::new();
    };
    let before = with_sign(figure.before, said);
    let writings = figure.with(number).into_iter();
    writings.map(|(number, after)| format!("{before}{number}{after}")).collect()
}

/// What stands before a figure, its sign that of the currency that was heard.
fn with_sign(before: &str, said: &[Token]) -> String {
    let Some(old) = before.chars().last().filter(|sign| SIGNS.iter().any(|it| it.0 == *sign))
    else {
        return before.to_owned();
    };
    let heard = SIGNS.iter().find(|(_, currency)| said.iter().any(|it| it.text == *currency));
    let sign = heard.map_or(old, |(sign, _)| *sign);
    format!("{}{sign}", before.trim_end_matches(old))
}

/// A figure in what is written.
struct Figure<'a> {
    before: &'a str,
    digits: &'a str,
    /// The word or letter for its scale, with the blank before it.
    scale: &'a str,
    power: usize,
    after: &'a str,
}

impl<'a> Figure<'a> {
    /// The first one, if there is one.
    fn of(written: &'a str) -> Option<Self> {
        let start = written.find(|c: char| c.is_ascii_digit())?;
        let start = start - usize::from(written[..start].ends_with('.'));
        let (before, rest) = written.split_at(start);
        let length = rest.find(|c: char| !c.is_ascii_digit() && !".,".contains(c));
        let (digits, rest) = rest.split_at(length.unwrap_or(rest.len()));
        let (scale, power) = scale_of(rest);
        Some(Self { before, digits, scale, power, after: &rest[scale.len()..] })
    }

    /// The ways of writing `number` in its place, with what stands after it.
    fn with(&self, number: &str) -> Vec<(String, String)> {
        let digits = number.trim_end_matches(char::is_alphabetic);
        let rest = self.after.trim_start_matches(char::is_alphabetic);
        let ending = &self.after[..self.after.len() - rest.len()];
        match digits.parse() {
            Ok(value) if matches!(ending, "st" | "nd" | "rd" | "th") => {
                return vec![(ordinal(value), rest.to_owned())];
            }
            _ if digits.len() < number.len() => {
                let written = if ending.is_empty() { digits } else { number };
                return vec![(written.to_owned(), rest.to_owned())];
            }
            _ => {}
        }
        let plain = grouped(number, self.digits);
        let mut writings = self.scaled(number);
        writings.push((plain.clone(), String::new()));
        // What looks like a scale may be a unit: `9m` long.
        writings.push((plain, self.scale.to_owned()));
        for (_, after) in &mut writings {
            *after += self.after;
        }
        writings
    }

    /// `number` with a word or a letter for its scale, as the figure has one or none.
    fn scaled(&self, number: &str) -> Vec<(String, String)> {
        let is_letter = !self.scale.is_empty() && !self.scale.starts_with([' ', '-']);
        let mut writings = Vec::new();
        for (word, letters, power) in SCALES {
            let is_own = power == self.power;
            let count = without_zeros(number, power);
            if !is_own && (power < WORTH_A_SCALE || count.len() > 5) || !is_round(&count) {
                continue;
            }
            let scale = match (is_own, is_letter) {
                (true, _) => self.scale.to_owned(),
                (false, true) => letters[0].to_owned(),
                (false, false) => format!(" {word}"),
            };
            writings.push((count, scale));
        }
        writings
    }
}

/// The word or the letter for a scale that `rest` begins with, and its power of ten.
fn scale_of(rest: &str) -> (&str, usize) {
    let bare = rest.trim_start_matches([' ', '-']);
    let blanks = rest.len() - bare.len();
    let length = bare.find(|c: char| !c.is_alphabetic()).unwrap_or(bare.len());
    for (word, letters, power) in SCALES {
        let is_letter =
            blanks == 0 && letters.iter().any(|it| it.eq_ignore_ascii_case(&bare[..length]));
        if is_letter || bare[..length].eq_ignore_ascii_case(word) {
            return (&rest[..blanks + length], power);
        }
    }
    ("", 0)
}

/// `2500000` as `2.5` of a million.
fn without_zeros(number: &str, power: usize) -> String {
    let whole = number.split('.').next().unwrap_or_default();
    if whole.len() < number.len() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return String::new();
    }
    let padded = format!("{whole:0>width$}", width = power + 1);
    let (count, rest) = padded.split_at(padded.len() - power);
    let point = format!("{count}.{rest}");
    shift(&point, 0)
}

/// Whether a count of a scale is one that is written with it: `2.5`, `112`, but not `0.04` or `2,500`.
fn is_round(count: &str) -> bool {
    let (whole, places) = count.split_once('.').unwrap_or((count, ""));
    (1..=3).contains(&whole.len()) && whole != "0" && places.len() <= 2
}

/// A number as figures, parted by commas where those that are written are, or are too few to tell.
fn grouped(number: &str, written: &str) -> String {
    let (whole, places) = number.split_once('.').unwrap_or((number, ""));
    let written = written.split('.').next().unwrap_or_default();
    let is_plain = written.len() > 3 && !written.contains(',');
    let is_whole = whole.bytes().all(|byte| byte.is_ascii_digit());
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && is_whole && !is_plain {
            out.push(',');
        }
        out.push(digit);
    }
    if places.is_empty() { out } else { format!("{out}.{places}") }
}

/// The number in words where it is written in words.
fn respelt(written: &str, said: &[Token]) -> Option<String> {
    if written.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let spelt = in_words(only_number(said)?)?;
    let words = words(written);
    let start = words.iter().position(|word| is_number_word(word))?;
    let end = start + words[start..].iter().take_while(|word| is_number_word(word)).count();
    let replaced = [&words[..start], &[&*spelt], &words[end..]].concat();
    Some(replaced.join(" "))
}

fn is_number_word(word: &str) -> bool {
    let tokens = tokens(&[word.trim_matches(|c: char| !c.is_alphanumeric())], "en");
    tokens.first().is_some_and(|token| token.kind == TokenKind::Number) || is_scale(word)
}

fn is_scale(word: &str) -> bool {
    word == "hundred" || SCALES.iter().any(|(scale, ..)| *scale == word)
}

/// A number below a hundred in words, and such a number of hundreds, thousands or millions.
fn in_words(number: &str) -> Option<String> {
    if let Some(spelt) = spelt_out(number) {
        return Some(spelt);
    }
    let scales = SCALES.iter().map(|(word, _, power)| (*word, *power));
    scales.chain([("hundred", 2)]).find_map(|(word, power)| {
        let count = number.strip_suffix(&*"0".repeat(power))?;
        Some(format!("{} {word}", spelt_out(count).filter(|_| power > 2 || count.len() == 1)?))
    })
}

/// The number as a Roman numeral where one is written.
fn as_roman(written: &str, said: &[Token]) -> Option<String> {
    let numeral = written.trim_end_matches("'s").trim_end_matches("’s");
    if numeral != numeral.to_uppercase() {
        return None;
    }
    roman(&numeral.to_lowercase())?;
    let number = only_number(said)?.trim_end_matches("'s");
    let digits = number.trim_end_matches(char::is_alphabetic);
    let value: u64 = digits.parse().ok()?;
    let is_whole = digits == number || ordinal(value) == number;
    let numeral_said = (1..=3999).find(|it| u64::from(*it) == value).map(roman_numeral)?;
    is_whole.then(|| numeral_said + &written[numeral.len()..])
}

/// A number below four thousand as a Roman numeral.
fn roman_numeral(value: u32) -> String {
    const LETTERS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = value;
    let mut numeral = String::new();
    for (worth, letters) in LETTERS {
        while rest >= worth {
            numeral += letters;
            rest -= worth;
        }
    }
    numeral
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentence with its bracketed number written as it was heard, or `-`.
    fn written(text: &str, heard: &str) -> String {
        let (before, rest) = text.split_once('[').expect("a bracket");
        let (written, after) = rest.split_once(']').expect("a bracket");
        let place = NumberPlace { language: "en", before, written, after };
        place.in_its_style(heard).unwrap_or("-".into())
    }

    #[test]
    fn an_amount_is_written_whole_and_as_the_text_writes_amounts() {
        for (text, heard, expected) in [
            ("It cost [$1.1 million] then.", "two and a half million dollars", "$2.5 million"),
            ("It cost [$1.1 million] then.", "$1.2 million", "$1.2 million"),
            ("It cost [$1.1 million] then.", "$2 million", "$2 million"),
            ("It cost [$1.1 million] then.", "three billion dollars", "$3 billion"),
            ("It cost [$1.1 million] then.", "forty thousand dollars", "$40,000"),
            ("It cost [$1.1 million] then.", "$1. 2 million", "$1.2 million"),
            ("It cost [$1.1 million] then.", "1.1 million pounds", "£1.1 million"),
            ("It cost [£2.5m] then.", "five point two million pounds", "£5.2m"),
            ("It cost [£2.5m] then.", "£3 billion", "£3bn"),
            ("It cost [$40] then.", "fourteen dollars", "$14"),
            ("It cost [$40] then.", "$2.5 million", "$2.5 million"),
            ("It cost [$40] then.", "forty-two thousand dollars", "$42,000"),
            ("It cost [$12] then.", "$1.12", "$1.12"),
            ("It cost [$18.50] then.", "eighteen dollars and fifteen cents", "$18.15"),
            ("It cost [forty dollars] then.", "$14", "fourteen dollars"),
            ("It cost [two million dollars] then.", "$3,000,000", "three million dollars"),
            ("It cost [two million dollars] then.", "$2.5 million", "-"),
        ] {
            assert_eq!(written(text, heard), expected, "{text} {heard}");
        }
    }

    #[test]
    fn other_numbers_keep_the_style_of_the_text_too() {
        for (text, heard, expected) in [
            ("It starts at [10:15] today.", "half past ten", "10:30"),
            ("It starts at [10:15] today.", "10.30", "10:30"),
            ("It starts at [7:45] today.", "twelve oh four", "12:04"),
            ("Call [555-0143] now.", "five five five, oh one four four", "555-0144"),
            ("It takes [10-12] days.", "ten to twenty", "10-20"),
            ("It rose by [10%] then.", "twenty percent", "20%"),
            ("It rose by [1.5 percent] then.", "two and a half percent", "2.5 percent"),
            ("About [2,500] came.", "eleven hundred", "1,100"),
            ("About [300] came.", "4,300", "4,300"),
            ("He was born in [1944] there.", "nineteen fifty-four", "1954"),
            ("She came [4th] there.", "twenty-first", "21st"),
            ("It was July [4] then.", "5th", "5"),
            ("It was July [4th] then.", "21", "21st"),
            ("World War [I] ended.", "Two", "II"),
            ("King Charles [III] spoke.", "the second", "II"),
            ("Read Chapter [IV] now.", "six", "VI"),
            ("He has [three] cows.", "21", "twenty-one"),
            ("He has [three hundred] cows.", "400", "four hundred"),
        ] {
            assert_eq!(written(text, heard), expected, "{text} {heard}");
        }
    }

    #[test]
    fn what_is_no_number_is_left_alone() {
        assert_eq!(written("He went [to] bed.", "2"), "-");
        assert_eq!(written("He has [2] cows.", "to"), "-");
    }
}
