//! Reads number phrases, in words, in digits or mixed, into one canonical numeral.
//!
//! Arithmetic is on integers below 10^18 and on decimal strings, so it is exact. Which words may
//! follow which is a small grammar (cardinals, decimals, ordinals, years, decades); a sequence that is
//! not well formed is read as several numbers, never guessed together. It does not know what is counted.

use super::atoms::{Atom, Kind, Stop};

/// A number read from a run of atoms.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// `43000`, `18.5`, `9th`, `1990s`.
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

const UNITS: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const TEENS: [&str; 10] = [
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
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const UNIT_ORDINALS: [&str; 20] = [
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
const TENS_ORDINALS: [&str; 8] = [
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "sixtieth",
    "seventieth",
    "eightieth",
    "ninetieth",
];
const DECADES: [&str; 8] =
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

/// The number phrase that begins at `atoms[0]`, if one does. `after_digit` says that a single-digit
/// number word stands directly before: then this is a string of digits being read out.
pub(super) fn read(atoms: &[Atom], after_digit: bool) -> Option<Number> {
    let reader = Reader { atoms };
    match atoms.first()?.kind {
        Kind::Numeral | Kind::Finished => Some(reader.numeral()),
        Kind::Word => reader.words(after_digit),
        Kind::Currency | Kind::Filler => None,
    }
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

fn ordinal(value: u64) -> String {
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

    /// `43,000`, `43 thousand`, `2.4 million`.
    fn numeral(&self) -> Number {
        self.scaled(Number { text: self.atoms[0].text.clone(), used: 1 })
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
            let whole = self.decimal(cardinal).or(year).unwrap_or(plain);
            Some(self.scaled(whole))
        })
    }

    /// `number` times the scale words after it; `9th` and `1990s` take none.
    fn scaled(&self, number: Number) -> Number {
        if number.text.ends_with(char::is_alphabetic) {
            return number;
        }
        match self.scales(number.used) {
            (0, _) => number,
            (power, used) => Number { text: shift(&number.text, power), used },
        }
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

    fn second_half(&self, at: usize) -> Option<Partial> {
        let half = self.below_hundred(at).filter(|half| half.value >= 10)?;
        let goes_on = self.scale(half.end).is_some()
            || self.next_word(half.end) == Some("point")
            || (self.joined(half.end, Stop::None) && self.ordinal_word(half.end).is_some());
        (!goes_on).then_some(half)
    }
}

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
