//! Reads number phrases, in words, in digits or mixed, into one canonical numeral.
//!
//! Arithmetic is on integers below 10^18 and on decimal strings, so it is exact. Which words may
//! follow which is a small grammar (cardinals, decimals, fractions, ordinals, years, decades, times of day);
//! a sequence that is not well formed is read as several numbers, never guessed together. It does not know
//! what is counted, nor how a number may be read otherwise: that is [`super::readings`]'s business.

use super::atoms::{Atom, Kind, Stop};

/// A number read from a run of atoms.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// `43000`, `18.5`, `9th`, `1990s`, `1/2`, `10-12`.
    pub(super) text: String,
    /// How many atoms it took.
    pub(super) used: usize,
}

/// An integer under construction and the place after it.
#[derive(Clone, Copy)]
struct Partial {
    value: u64,
    end: usize,
}

pub(super) const UNITS: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
pub(super) const TEENS: [&str; 10] = [
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
pub(super) const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
pub(super) const UNIT_ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
pub(super) const TENS_ORDINALS: [&str; 8] = [
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "sixtieth",
    "seventieth",
    "eightieth",
    "ninetieth",
];
pub(super) const DECADES: [&str; 8] =
    ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
/// Scale words and the power of ten each stands for.
const SCALES: [(&str, u32); 5] =
    [("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];

/// The words for a whole number below a hundred or its ordinal, from a numeral: `7`, `42`, `21st`. `None`
/// for anything else.
pub fn spelt_out(numeral: &str) -> Option<String> {
    let digits = numeral.trim_end_matches(char::is_alphabetic);
    let value: usize = digits.parse().ok().filter(|value| *value < 100)?;
    let is_ordinal = digits.len() < numeral.len();
    if is_ordinal && numeral != ordinal(value as u64) {
        return None;
    }
    let small = |value: usize| match value {
        _ if is_ordinal => UNIT_ORDINALS[value],
        10.. => TEENS[value - 10],
        _ => UNITS[value],
    };
    Some(match (value / 10, value % 10) {
        (..2, _) => small(value).to_owned(),
        (tens, 0) if is_ordinal => TENS_ORDINALS[tens - 2].to_owned(),
        (tens, 0) => TENS[tens - 2].to_owned(),
        (tens, unit) => format!("{}-{}", TENS[tens - 2], small(unit)),
    })
}

/// The parts that fractions are counted in.
const PARTS: [(&str, &str, u32); 22] = [
    ("half", "halves", 2),
    ("third", "thirds", 3),
    ("quarter", "quarters", 4),
    ("fourth", "fourths", 4),
    ("fifth", "fifths", 5),
    ("sixth", "sixths", 6),
    ("seventh", "sevenths", 7),
    ("eighth", "eighths", 8),
    ("ninth", "ninths", 9),
    ("tenth", "tenths", 10),
    ("eleventh", "elevenths", 11),
    ("twelfth", "twelfths", 12),
    ("thirteenth", "thirteenths", 13),
    ("fourteenth", "fourteenths", 14),
    ("fifteenth", "fifteenths", 15),
    ("sixteenth", "sixteenths", 16),
    ("seventeenth", "seventeenths", 17),
    ("eighteenth", "eighteenths", 18),
    ("nineteenth", "nineteenths", 19),
    ("twentieth", "twentieths", 20),
    ("hundredth", "hundredths", 100),
    ("thousandth", "thousandths", 1000),
];

/// The words for one and for several of the parts that `count` make a whole.
pub(super) fn parts_of(count: u32) -> impl Iterator<Item = (&'static str, &'static str)> {
    let fits = PARTS.iter().filter(move |(_, _, parts)| *parts == count);
    fits.map(|&(one, several, _)| (one, several))
}

/// The number phrase that begins at `atoms[0]`, if one does. `after_digit` says that a single-digit
/// number word stands directly before: then this is a string of digits being read out.
pub(super) fn read(atoms: &[Atom], after_digit: bool) -> Option<Number> {
    let reader = Reader { atoms };
    match atoms.first()?.kind {
        Kind::Numeral | Kind::Finished => reader.clock().or_else(|| Some(reader.numeral())),
        Kind::Compound => Some(reader.compound()),
        Kind::Word => reader.clock().or_else(|| reader.words(after_digit)),
        Kind::Currency | Kind::Filler => None,
    }
}

/// The hour and the minutes of `10:30`.
pub(super) fn hour_and_minutes(written: &str) -> Option<(u32, u32)> {
    let (hour, minutes) = written.split_once(':')?;
    let fits = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let (hour, minutes) = (fits(hour) && fits(minutes) && minutes.len() == 2)
        .then(|| Some((hour.parse().ok()?, minutes.parse().ok()?)))??;
    (minutes < 60).then_some((hour, minutes))
}

/// Whether `text` is a number word for a single digit.
pub(super) fn is_digit_word(text: &str) -> bool {
    UNITS.contains(&text)
}

/// `digits` times ten to the power of `places`, exactly.
pub(super) fn shift(digits: &str, places: u32) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let places = places as usize;
    let padded = format!("{fraction:0<places$}");
    let (gained, left) = padded.split_at(places);
    let whole = format!("{whole}{gained}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match left.trim_end_matches('0') {
        "" => whole.to_owned(),
        left => format!("{whole}.{left}"),
    }
}

fn position(table: &[&str], text: &str) -> Option<u64> {
    table.iter().position(|&entry| entry == text).map(|i| i as u64)
}

/// A number with the ending of its ordinal.
pub(super) fn ordinal(value: u64) -> String {
    let ending = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{value}{ending}")
}

struct Reader<'a> {
    atoms: &'a [Atom],
}

impl Reader<'_> {
    /// The word at `at`; `None` past the end and for anything but a word.
    fn word(&self, at: usize) -> Option<&str> {
        self.atoms.get(at).filter(|atom| atom.kind == Kind::Word).map(|atom| atom.text.as_str())
    }

    /// Whether nothing stronger than `stop` stands before `at`.
    fn joined(&self, at: usize, stop: Stop) -> bool {
        at > 0 && self.atoms.get(at - 1).is_some_and(|before| before.stop <= stop)
    }

    /// The word at `at`, unless punctuation parts it from the one before.
    fn next_word(&self, at: usize) -> Option<&str> {
        self.word(at).filter(|_| self.joined(at, Stop::None))
    }

    fn scale(&self, at: usize) -> Option<u32> {
        let word = self.next_word(at)?;
        let word = match word {
            "mn" => "million",
            "bn" => "billion",
            "tn" => "trillion",
            _ => word.strip_suffix('s').filter(|_| self.atoms[at - 1].is_figure()).unwrap_or(word),
        };
        SCALES.iter().find(|(name, _)| *name == word).map(|&(_, power)| power)
    }

    fn is_hundred(&self, at: usize) -> bool {
        self.scale(at) == Some(2)
    }

    /// The power of every scale word from `at` on, added up, and the place after them.
    fn scales(&self, mut at: usize) -> (u32, usize) {
        let mut power = 0;
        while let Some(more) = self.scale(at).filter(|more| power + more <= 15) {
            power += more;
            at += 1;
        }
        (power, at)
    }

    /// `43,000`, `43 thousand`, `2.4 million`, `2 1/2`, `10 th`.
    fn numeral(&self) -> Number {
        let plain = Number { text: self.atoms[0].text.clone(), used: 1 };
        if self.atoms[0].kind == Kind::Finished {
            return plain;
        }
        self.parted_ordinal().unwrap_or_else(|| self.scaled(plain))
    }

    /// `10 th`.
    fn parted_ordinal(&self) -> Option<Number> {
        let ending = self.next_word(1).filter(|word| matches!(*word, "st" | "nd" | "rd" | "th"))?;
        let text = format!("{}{ending}", self.atoms[0].text);
        let value = self.atoms[0].text.parse().ok().filter(|value| ordinal(*value) == text);
        value.map(|_: u64| Number { text, used: 2 })
    }

    /// `7:30`, `10-12 million`, `1/2`.
    fn compound(&self) -> Number {
        let written = &self.atoms[0].text;
        if let Some((hour, minutes)) = hour_and_minutes(written) {
            return self.scaled(Number { text: time_of_day(hour, minutes), used: 1 });
        }
        if let (Some(text), (power @ 1.., used)) = (half_or_quarters(written), self.scales(1)) {
            return Number { text: shift(&text, power), used };
        }
        let parts: Vec<&str> = written.split('-').collect();
        let are_numbers =
            parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
        match self.scales(1) {
            (power @ 1.., used) if are_numbers && !written.contains("..") => {
                let parts: Vec<String> = parts.iter().map(|part| shift(part, power)).collect();
                Number { text: parts.join("-"), used }
            }
            _ => Number { text: written.clone(), used: 1 },
        }
    }

    /// A time of day that is told by the minutes from the hour: `half past ten`, `a quarter to six`,
    /// `four minutes past twelve`, `20 past 7`.
    fn clock(&self) -> Option<Number> {
        let article = usize::from(self.word(0) == Some("a"));
        let word = if article == 1 { self.next_word(1) } else { self.word(0) };
        let (minutes, mut at, part) = match word {
            Some("half") if article == 0 => (30, 1, true),
            Some("quarter") => (15, article + 1, true),
            _ if article == 1 => return None,
            _ => self.minutes()?,
        };
        let told = at > 0 && matches!(self.next_word(at), Some("minute" | "minutes"));
        at += usize::from(told);
        let past = match self.next_word(at)? {
            "past" => true,
            "after" if told || minutes % 5 == 0 && minutes < 30 => true,
            "to" | "before" | "til" | "until" if told || (part && minutes == 15) => false,
            _ => return None,
        };
        let (hour, used) = self.hour(at + 1)?;
        let (hour, minutes) = match (past, hour) {
            (true, hour) => (hour, minutes),
            (false, 1) => (12, 60 - minutes),
            (false, hour) => (hour - 1, 60 - minutes),
        };
        Some(Number { text: time_of_day(hour, minutes), used })
    }

    /// A number of minutes, the place after it, and that it is not a part of an hour.
    fn minutes(&self) -> Option<(u32, usize, bool)> {
        let (value, end) = match self.atoms[0].kind {
            Kind::Numeral => (self.atoms[0].text.parse().ok()?, 1),
            _ => self.below_hundred(0).map(|few| (few.value as u32, few.end))?,
        };
        (1..60).contains(&value).then_some((value, end, false))
    }

    /// The hour at `at`, if nothing makes it a larger number, and the place after it.
    fn hour(&self, at: usize) -> Option<(u32, usize)> {
        let atom = self.atoms.get(at).filter(|_| self.joined(at, Stop::None))?;
        let (hour, end) = match atom.kind {
            Kind::Numeral => (atom.text.parse().ok()?, at + 1),
            _ => self.below_hundred(at).map(|few| (few.value as u32, few.end))?,
        };
        let goes_on = self.scale(end).is_some() || self.next_word(end) == Some("point");
        ((1..=12).contains(&hour) && !goes_on).then_some((hour, end))
    }

    /// A phrase that begins with a word.
    fn words(&self, after_digit: bool) -> Option<Number> {
        if let Some(number) = self.half_a_million().or_else(|| self.lone(0)) {
            return Some(number);
        }
        let (cardinal, scaled) = self.cardinal()?;
        let year = if scaled { None } else { self.year(cardinal, after_digit) };
        let ordinal = self.ordinal_end(cardinal);
        ordinal.or_else(|| {
            let plain = Number { text: cardinal.value.to_string(), used: cardinal.end };
            let whole = self.decimal(cardinal).or(year).or_else(|| self.fraction(cardinal));
            Some(self.scaled(whole.unwrap_or(plain)))
        })
    }

    /// `two thirds`, `one half`, `three-quarters`.
    fn fraction(&self, count: Partial) -> Option<Number> {
        let word = self.next_word(count.end).filter(|_| (1..100).contains(&count.value))?;
        let counted = |part: &&(&str, &str, u32)| {
            if count.value == 1 { part.0 == word } else { part.1 == word }
        };
        let (_, _, parts) = PARTS.iter().find(counted)?;
        Some(Number { text: format!("{}/{parts}", count.value), used: count.end + 1 })
    }

    /// `number` times the scale words after it, and the half or the quarters that belong to it; `9th`,
    /// `1/3` and `1990s` take none.
    fn scaled(&self, number: Number) -> Number {
        if let Some(text) = half_or_quarters(&number.text) {
            return match self.scales(number.used) {
                (power @ 1.., used) => Number { text: shift(&text, power), used },
                _ => number,
            };
        }
        if !number.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return number;
        }
        let number = match self.scale(number.used - 1).filter(|power| *power > 2) {
            Some(power) => self.with_part_of_scale(number, power),
            None => self.with_part(number),
        };
        let (power, used) = self.scales(number.used);
        let number = Number { text: shift_if(&number.text, power), used };
        if power > 2 { self.with_part_of_scale(number, power) } else { number }
    }

    /// `two and a half`, `2 1/2`, `two three-quarters`: the number with the part that follows.
    fn with_part(&self, number: Number) -> Number {
        let is_whole = number.text.bytes().all(|byte| byte.is_ascii_digit());
        let and = usize::from(self.next_word(number.used) == Some("and"));
        let small = number.text.len() <= 2;
        match self.part(number.used + and).filter(|_| is_whole && (and == 1 || small)) {
            Some((part, used)) => Number { text: format!("{}.{part}", number.text), used },
            None => number,
        }
    }

    /// `a million and a half`: half of the last scale more.
    fn with_part_of_scale(&self, number: Number, power: u32) -> Number {
        let zeros = "0".repeat(power as usize);
        let part = self.part(number.used + 1);
        let part = part.filter(|_| self.next_word(number.used) == Some("and"));
        match number.text.strip_suffix(&zeros).zip(part) {
            Some((count, (part, used))) => {
                Number { text: shift(&format!("{count}.{part}"), power), used }
            }
            None => number,
        }
    }

    /// The decimals of a half or of quarters at `at`, and the place after them.
    fn part(&self, at: usize) -> Option<(&'static str, usize)> {
        let atom = self.atoms.get(at).filter(|_| self.joined(at, Stop::None))?;
        if atom.kind == Kind::Compound {
            return Some((decimals_of(&atom.text)?, at + 1));
        }
        let after_and = self.word(at - 1) == Some("and");
        let part = match (self.word(at)?, self.next_word(at + 1)?) {
            ("a", "half") if after_and => "5",
            ("a", "quarter") if after_and => "25",
            ("one", "half") => "5",
            ("one", "quarter") => "25",
            ("three", "quarters" | "quarter") => "75",
            _ => return None,
        };
        Some((part, at + 2))
    }

    /// `half a million`.
    fn half_a_million(&self) -> Option<Number> {
        if self.word(0)? != "half" || self.next_word(1)? != "a" {
            return None;
        }
        let power = self.scale(2).filter(|&power| power > 2)?;
        Some(Number { text: shift("0.5", power), used: 3 })
    }

    /// An ordinal or a decade that stands by itself.
    fn lone(&self, at: usize) -> Option<Number> {
        let word = self.word(at)?;
        let text = match self.ordinal_word(at) {
            Some(value) => ordinal(value),
            None => format!("{}0s", position(&DECADES, word)? + 2),
        };
        Some(Number { text, used: at + 1 })
    }

    fn ordinal_word(&self, at: usize) -> Option<u64> {
        let word = self.word(at)?;
        let tens = || position(&TENS_ORDINALS, word).map(|i| (i + 2) * 10);
        position(&UNIT_ORDINALS, word).or_else(tens).or_else(|| scale_ordinal(word))
    }

    /// A number from 0 to 99.
    fn below_hundred(&self, at: usize) -> Option<Partial> {
        let word = self.word(at)?;
        if let Some(tens) = position(&TENS, word) {
            let unit = self.next_word(at + 1).and_then(|word| position(&UNITS, word));
            let unit = unit.filter(|&unit| unit > 0);
            let (unit, end) = unit.map_or((0, at + 1), |unit| (unit, at + 2));
            return Some(Partial { value: (tens + 2) * 10 + unit, end });
        }
        let small = position(&UNITS, word).or_else(|| position(&TEENS, word).map(|i| i + 10));
        small.map(|value| Partial { value, end: at + 1 })
    }

    /// A number from 0 to 9999 that a larger scale may follow: `two hundred and five`, `a`.
    fn group(&self, at: usize) -> Option<Partial> {
        let article = matches!(self.word(at)?, "a" | "an") && self.scale(at + 1).is_some();
        let few = match self.below_hundred(at) {
            None if article => Partial { value: 1, end: at + 1 },
            few => few?,
        };
        if few.value == 0 || !self.is_hundred(few.end) {
            return Some(few);
        }
        let hundreds = Partial { value: few.value * 100, end: few.end + 1 };
        Some(self.rest_of_hundred(hundreds).unwrap_or(hundreds))
    }

    /// What may follow `two hundred`: `five`, `and five`, but not `and two hundred`.
    fn rest_of_hundred(&self, hundreds: Partial) -> Option<Partial> {
        let and = usize::from(self.next_word(hundreds.end) == Some("and"));
        let rest = self.below_hundred(hundreds.end + and)?;
        let fits = rest.value > 0
            && self.joined(hundreds.end + and, Stop::None)
            && !self.is_hundred(rest.end);
        fits.then_some(Partial { value: hundreds.value + rest.value, end: rest.end })
    }

    /// A whole number in words, and whether it took a scale word.
    fn cardinal(&self) -> Option<(Partial, bool)> {
        let first = self.group(0)?;
        let mut sum = Partial { value: 0, end: 0 };
        let mut group = first;
        let mut smallest = 18;
        while let Some(power) = self.scale(group.end).filter(|&power| 2 < power && power < smallest)
        {
            smallest = power;
            sum.value += group.value * 10_u64.pow(power);
            sum.end = group.end + 1;
            match self.next_group(sum.end, smallest) {
                Some(next) => group = next,
                None => return Some((sum, true)),
            }
        }
        let whole = Partial { value: sum.value + group.value, end: group.end };
        let scaled = smallest < 18 || first.value >= 100;
        Some((whole, scaled))
    }

    /// The group after a scale word, if it belongs to the same number: `two thousand (and) nine`.
    fn next_group(&self, at: usize, smallest: u32) -> Option<Partial> {
        let and = usize::from(self.next_word(at) == Some("and"));
        let group = self.group(at + and).filter(|_| self.joined(at + and, Stop::Comma))?;
        let is_article = matches!(self.word(at + and), Some("a" | "an"));
        let fits = match self.scale(group.end) {
            None | Some(2) => true,
            Some(power) => power < smallest && and == 0,
        };
        (fits && group.value > 0 && group.value < 1000 && !is_article).then_some(group)
    }

    /// `twenty` + `first`, `one hundred and` + `first`, `one` + `hundredth`.
    fn ordinal_end(&self, cardinal: Partial) -> Option<Number> {
        let and = usize::from(cardinal.value >= 100 && self.next_word(cardinal.end) == Some("and"));
        let at = cardinal.end + and;
        let last = self.ordinal_word(at).filter(|_| self.joined(at, Stop::None))?;
        let value = match cardinal.value {
            value if last >= 100 => value.checked_mul(last).filter(|_| value < 1000 && and == 0)?,
            value if value >= 100 && value % 100 == 0 && last < 100 => value + last,
            value
                if value % 100 >= 20 && value % 10 == 0 && (1..10).contains(&last) && and == 0 =>
            {
                value + last
            }
            _ => return None,
        };
        Some(Number { text: ordinal(value), used: at + 1 })
    }

    /// `eighteen point five`, `two point oh`.
    fn decimal(&self, whole: Partial) -> Option<Number> {
        if self.next_word(whole.end)? != "point" {
            return None;
        }
        let (places, end) = self.decimals(whole.end + 1)?;
        Some(Number { text: format!("{}.{places}", whole.value), used: end })
    }

    /// The digits after the point: one by one, or as `twenty-five`.
    fn decimals(&self, mut at: usize) -> Option<(String, usize)> {
        let mut places = String::new();
        while let Some(digit) = self.next_word(at).and_then(digit).filter(|_| places.len() < 15) {
            places.push(digit);
            at += 1;
        }
        if !places.is_empty() {
            return Some((places, at));
        }
        self.next_word(at)?;
        self.below_hundred(at).map(|few| (few.value.to_string(), few.end))
    }

    /// Two halves read one after the other: `nineteen ninety-eight`, `twenty oh nine`, `seven thirty`,
    /// `nineteen nineties`.
    fn year(&self, first: Partial, after_digit: bool) -> Option<Number> {
        if first.value == 0 || (first.value < 10 && after_digit) {
            return None;
        }
        let word = self.next_word(first.end)?;
        if let Some(decade) = position(&DECADES, word).filter(|_| first.value >= 10) {
            return Some(Number {
                text: format!("{}{}0s", first.value, decade + 2),
                used: first.end + 1,
            });
        }
        if word == "hundreds" && first.value >= 10 {
            return Some(Number { text: format!("{}00s", first.value), used: first.end + 1 });
        }
        let second = if matches!(word, "oh" | "o") {
            self.oh(first.end)?
        } else {
            self.second_half(first.end)?
        };
        Some(Number { text: format!("{}{:02}", first.value, second.value), used: second.end })
    }

    /// `oh nine`, unless more digits follow.
    fn oh(&self, at: usize) -> Option<Partial> {
        let unit = self
            .next_word(at + 1)
            .and_then(|word| position(&UNITS, word))
            .filter(|&unit| unit > 0)?;
        let digits_follow = self.next_word(at + 2).is_some_and(|word| digit(word).is_some());
        (!digits_follow).then_some(Partial { value: unit, end: at + 2 })
    }

    /// Two digits that follow the first half.
    fn second_half(&self, at: usize) -> Option<Partial> {
        let half = self.below_hundred(at).filter(|half| half.value >= 10)?;
        let goes_on = self.scale(half.end).is_some()
            || self.next_word(half.end) == Some("point")
            || (self.joined(half.end, Stop::None) && self.ordinal_word(half.end).is_some());
        (!goes_on).then_some(half)
    }
}

/// What a time of day is compared as: `1030`, but `10:00`, which is not a thousand.
fn time_of_day(hour: u32, minutes: u32) -> String {
    if minutes == 0 { format!("{hour}:00") } else { format!("{hour}{minutes:02}") }
}

/// The decimals of the fractions that are told as decimals as often.
fn decimals_of(fraction: &str) -> Option<&'static str> {
    Some(match fraction {
        "1/2" => "5",
        "1/4" => "25",
        "3/4" => "75",
        _ => return None,
    })
}

/// Such a fraction as a decimal number.
fn half_or_quarters(fraction: &str) -> Option<String> {
    decimals_of(fraction).map(|decimals| format!("0.{decimals}"))
}

/// As [`shift`], but a number that is not shifted stays as it is, zeros and all.
fn shift_if(digits: &str, places: u32) -> String {
    if places == 0 { digits.to_owned() } else { shift(digits, places) }
}

/// How large a number is that a word for an ordinal of a scale stands for.
fn scale_ordinal(word: &str) -> Option<u64> {
    Some(match word {
        "hundredth" => 100,
        "thousandth" => 1000,
        "millionth" => 1_000_000,
        _ => return None,
    })
}

/// The digit a word reads out.
fn digit(word: &str) -> Option<char> {
    let value = if matches!(word, "oh" | "o") { Some(0) } else { position(&UNITS, word) };
    value.and_then(|value| char::from_digit(value as u32, 10))
}
