//! What a token may be read as, where that is not just its text: figures, amounts, units and signs.
//!
//! A number in words is read as it stands; figures in every way that speakers of English read them.
//! Readings are worked out when two runs of tokens are compared, not when a text is cut, and have one form
//! for each word: *zero* for *oh* and *nought*, *one hundred* for *a hundred*, no *and* within a number.

use super::atoms::Atom;
use super::dates::{MONTHS, note, roman};
use super::lattice::Lattice;
use super::numbers::{
    DECADES, TEENS, TENS, TENS_ORDINALS, UNIT_ORDINALS, UNITS, hour_and_minutes, parts_of,
};
use super::{Token, TokenKind};

/// A unit that is abbreviated after a number.
struct Unit {
    written: &'static str,
    /// What it is compared as.
    text: &'static str,
    /// What it may be read as besides, blanks left out.
    also: &'static [&'static str],
    /// Whether it is one only where no blank stands before it.
    glued: bool,
}

const fn unit_of(written: &'static str, text: &'static str, also: &'static [&'static str]) -> Unit {
    Unit { written, text, also, glued: false }
}

const fn glued_unit(
    written: &'static str,
    text: &'static str,
    also: &'static [&'static str],
) -> Unit {
    Unit { written, text, also, glued: true }
}

const UNIT_NAMES: &[Unit] = &[
    unit_of("bn", "billion", &["bn"]),
    unit_of("cc", "cc", &["cubiccentimeters", "cubiccentimeter"]),
    unit_of("cm", "centimeters", &["centimeter", "cm"]),
    unit_of("ft", "feet", &["foot", "ft"]),
    unit_of("gb", "gigabytes", &["gigabyte", "gigs", "gig", "gb"]),
    unit_of("ghz", "gigahertz", &["ghz"]),
    unit_of("gw", "gigawatts", &["gigawatt", "gw"]),
    unit_of("ha", "hectares", &["hectare"]),
    unit_of("hr", "hours", &["hour", "hr"]),
    unit_of("hrs", "hours", &["hour"]),
    unit_of("hz", "hertz", &["hz"]),
    unit_of("kb", "kilobytes", &["kilobyte", "kb"]),
    unit_of("kg", "kilograms", &["kilogram", "kilos", "kilo", "kg"]),
    unit_of("kgs", "kilograms", &["kilogram", "kilos", "kilo", "kgs"]),
    unit_of("khz", "kilohertz", &["khz"]),
    unit_of("km", "kilometers", &["kilometer", "km", "k", "kay"]),
    unit_of("kms", "kilometers", &["kilometer", "kms", "k"]),
    unit_of("kw", "kilowatts", &["kilowatt", "kw"]),
    unit_of("kwh", "kilowatthours", &["kilowatthour", "kwh"]),
    unit_of("lb", "pounds", &["pound", "lb"]),
    unit_of("lbs", "pounds", &["pound", "lbs"]),
    unit_of("mb", "megabytes", &["megabyte", "megs", "meg", "mb"]),
    unit_of("mg", "milligrams", &["milligram", "mg"]),
    unit_of("mhz", "megahertz", &["mhz"]),
    unit_of("mi", "miles", &["mile", "mi"]),
    unit_of("min", "minutes", &["minute", "min"]),
    unit_of("mins", "minutes", &["minute", "mins"]),
    unit_of("ml", "milliliters", &["milliliter", "ml", "mills", "mils"]),
    unit_of("mm", "millimeters", &["millimeter", "mm", "mil", "mill"]),
    unit_of("mn", "million", &["mn"]),
    unit_of("mw", "megawatts", &["megawatt", "mw"]),
    unit_of("oz", "ounces", &["ounce", "oz"]),
    unit_of("pct", "percent", &["pct"]),
    unit_of("sec", "seconds", &["second", "sec"]),
    unit_of("secs", "seconds", &["second", "secs"]),
    unit_of("tb", "terabytes", &["terabyte", "tb"]),
    unit_of("tn", "trillion", &["tn"]),
    unit_of("yd", "yards", &["yard", "yd"]),
    unit_of("yds", "yards", &["yard", "yds"]),
    unit_of("yr", "years", &["year", "yr"]),
    unit_of("yrs", "years", &["year", "yrs"]),
    glued_unit("b", "b", &["billion"]),
    glued_unit("c", "c", &["celsius", "degreescelsius", "degrees"]),
    glued_unit("f", "f", &["fahrenheit", "degreesfahrenheit", "degrees"]),
    glued_unit("g", "g", &["grams", "gram"]),
    glued_unit("in", "inches", &["inch", "in"]),
    glued_unit("k", "k", &["thousand", "kilometers", "kilometer"]),
    glued_unit("l", "l", &["liters", "liter"]),
    glued_unit("m", "m", &["million", "meters", "meter", "minutes"]),
    glued_unit("p", "p", &["pence", "penny"]),
    glued_unit("t", "t", &["tons", "ton", "trillion"]),
    glued_unit("v", "v", &["volts", "volt"]),
    glued_unit("w", "w", &["watts", "watt"]),
    glued_unit("x", "x", &["times", "by"]),
    // An amount says the plural whether it counts or describes: $5 bill, five-dollar bill.
    unit_of("dollar", "dollars", &[]),
    unit_of("pound", "pounds", &[]),
    unit_of("euro", "euros", &[]),
    unit_of("rupee", "rupees", &[]),
    unit_of("cent", "cents", &[]),
    unit_of("penny", "pence", &[]),
];

/// What a word after a number is compared as if it is a unit, and how it was written.
pub(super) fn unit(atom: &Atom) -> Option<(String, &'static str)> {
    let fits = |unit: &&Unit| unit.written == atom.text && (atom.glued || !unit.glued);
    let unit = UNIT_NAMES.iter().find(fits)?;
    Some((unit.text.to_owned(), if unit.also.is_empty() { "" } else { unit.written }))
}

/// Whether it is what a unit that may be abbreviated is compared as.
pub(super) fn is_unit(text: &str) -> bool {
    UNIT_NAMES.iter().any(|unit| unit.text == text && text.len() > 2)
}

/// Whether a figure ends with a mark after which `next` may be the rest of it. After a point that is likely
/// only in an amount, `$1.` `1 million`: elsewhere a sentence has ended.
pub(super) fn is_cut_before(figure: &Token, next: &Token, is_amount: bool) -> bool {
    let mark = figure.written.rsplit_once(' ').map_or("", |(_, mark)| mark);
    let goes_on = next.written.starts_with(|c: char| c.is_ascii_digit());
    goes_on && CUTS.contains(&mark) && (mark == ":" || is_amount || next.written.contains(' '))
}

/// Marks within figures, after which a window or a word may have ended.
pub(super) const CUTS: [&str; 3] = [".", ",", ":"];

/// What money is counted in, where it is said after an amount.
const CURRENCIES: [&str; 12] = [
    "dollars", "pounds", "euros", "yen", "yuan", "rupees", "francs", "pesos", "rubles", "roubles",
    "won", "kronor",
];

/// Words for nothing, said beside a number.
const ZEROS: [&str; 8] = ["oh", "o", "nought", "naught", "nil", "love", "nothing", "zip"];

/// Whether a token can only be read as its letters, wherever it stands.
pub(super) fn is_plain(token: &Token) -> bool {
    token.kind != TokenKind::Number && token.written.is_empty()
}

/// Adds to `lattice` what the token at `at` may be read as among its neighbours.
pub(super) fn read<'a>(lattice: &mut Lattice<'a>, tokens: &'a [Token], at: usize) {
    let place = Place { tokens, at };
    if place.token().kind == TokenKind::Number && !place.token().written.is_empty() {
        place.number(lattice);
    } else {
        place.word(lattice);
    }
}

/// A token among its neighbours.
#[derive(Clone, Copy)]
struct Place<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Place<'a> {
    fn token(self) -> &'a Token {
        &self.tokens[self.at]
    }

    fn next(self, ahead: usize) -> Option<&'a Token> {
        self.tokens.get(self.at + ahead)
    }

    fn before(self) -> Option<&'a Token> {
        self.at.checked_sub(1).map(|before| &self.tokens[before])
    }

    /// Whether one of its neighbours is a number or said like one.
    fn beside_number(self) -> bool {
        let is_number =
            |token: &Token| token.kind == TokenKind::Number || ZEROS.contains(&&*token.text);
        self.before().is_some_and(is_number) || self.next(1).is_some_and(is_number)
    }

    fn word(self, lattice: &mut Lattice<'a>) {
        let (from, to, token) = (self.at, self.at + 1, self.token());
        lattice.edge(from, to, &*token.text);
        for reading in self.other_words() {
            lattice.loose(from, to, *reading);
        }
        match &*token.text {
            "double" | "triple" => self.repeated(lattice),
            "quarter" => self.minutes_to_hour(lattice, 15),
            text if ZEROS.contains(&text) && self.beside_number() => lattice.edge(from, to, "zero"),
            _ => {}
        }
        if let Some(numeral) = token.written.strip_suffix(note::ROMAN).map(str::trim_end) {
            roman_numeral(lattice, (from, to), numeral, "");
        }
    }

    /// What a sign, a unit, or a word beside a number may be read as besides; the empty word is not read.
    fn other_words(self) -> &'static [&'static str] {
        let token = self.token();
        let next = self.next(1);
        let number_follows = next.is_some_and(|next| next.kind == TokenKind::Number);
        match (&*token.written, &*token.text) {
            ("", "the") if next.is_some_and(|next| &*next.written == note::ARTICLE) => &[""],
            ("", "negative") if number_follows => &["minus"],
            ("" | "-", "minus") => &["negative"],
            ("", "positive") if number_follows => &["plus"],
            ("", "x") if number_follows => &["by", "times"],
            ("", "dot") if self.at > 0 => &["point"],
            (note::OPTIONAL | "_", _) => &[""],
            ("+", _) => &["positive", ""],
            ("#", _) => &["hashtag", "hash"],
            ("/", _) => &["forwardslash", ""],
            ("°", "degrees") => &["degree"],
            ("°", "celsius") => &["centigrade", "c", ""],
            ("°", "fahrenheit") => &["f", ""],
            ("'", _) => &["foot", ""],
            ("\"", _) => &["inch", ""],
            ("$", _) if self.is_first_of_two_amounts() || self.has_currency_in_words() => &[""],
            ("$" | "", _) => &[],
            (written, _) => {
                UNIT_NAMES.iter().find(|unit| unit.written == written).map_or(&[], |unit| unit.also)
            }
        }
    }

    /// Of *$10 to $12* the first currency need not be said.
    fn is_first_of_two_amounts(self) -> bool {
        let [Some(joint), Some(number), Some(currency)] =
            [self.next(1), self.next(2), self.next(3)]
        else {
            return false;
        };
        matches!(&*joint.text, "to" | "and" | "or")
            && number.kind == TokenKind::Number
            && currency.text == self.token().text
    }

    /// Recognisers write the sign that they know before any amount: *$2.5 million pounds*.
    fn has_currency_in_words(self) -> bool {
        let is_currency =
            |token: &&Token| &*token.written != "$" && CURRENCIES.contains(&&*token.text);
        self.next(1).filter(is_currency).is_some_and(|next| next.text != self.token().text)
    }

    /// `double five`.
    fn repeated(self, lattice: &mut Lattice<'a>) {
        let Some(next) = self.next(1) else { return };
        let zero = ZEROS.contains(&&*next.text).then_some("zero");
        let digit = || next.text.parse().ok().and_then(|digit: usize| UNITS.get(digit).copied());
        let Some(digit) = zero.or_else(digit) else { return };
        let times = if self.token().text == "double" { 2 } else { 3 };
        lattice.edge(self.at, self.at + 2, digit.repeat(times));
    }

    /// `ten to twelve` as *eleven fifty*.
    fn minutes_to_hour(self, lattice: &mut Lattice<'a>, minutes: u32) {
        let [Some(joint), Some(hour)] = [self.next(1), self.next(2)] else { return };
        let hour: u32 = match hour.text.parse() {
            Ok(hour @ 1..=12) => hour,
            _ => return,
        };
        if matches!(&*joint.text, "to" | "of" | "till" | "until") {
            let hour = if hour == 1 { 12 } else { hour - 1 };
            let time = two_digits(hour) + &two_digits(60 - minutes);
            lattice.edge(self.at, self.at + 3, time);
        }
    }

    fn number(self, lattice: &mut Lattice<'a>) {
        let token = self.token();
        let (from, to) = (self.at, self.at + 1);
        written_number(lattice, (from, to), &token.written);
        if is_ordinal(&token.text) && token.written.ends_with(note::DAY) {
            with_article(lattice, (from, to), token.text.trim_end_matches(char::is_alphabetic));
        }
        if let Ok(minutes @ 1..=29) = token.text.parse() {
            self.minutes_to_hour(lattice, minutes);
        }
        let currency = self.next(1).filter(|next| &*next.written == "$" || is_currency(&next.text));
        if let Some(currency) = currency {
            price(lattice, (from, to + 1), &token.text, &currency.text);
            let figure = token.written.trim_end_matches([' ', '.', ',', ':']);
            if &*currency.written == "$" && figure == token.text {
                unpriced(lattice, (from, to + 1), &token.text);
            }
        }
        self.cut_figure(lattice, currency);
        let counted = self.before().is_some_and(|before| {
            before.kind == TokenKind::Number
                && before.text.bytes().all(|byte| byte.is_ascii_digit())
        });
        if counted && token.text.contains('/') {
            let whole = lattice.node();
            lattice.edge(from, whole, "and");
            written_number(lattice, (whole, to), &token.written);
        }
    }

    /// `$1.` and `1 million`, cut where a window ends, as *one point one million dollars*.
    fn cut_figure(self, lattice: &mut Lattice<'a>, currency: Option<&'a Token>) {
        let Some((whole, mark)) = self.token().written.rsplit_once(' ') else { return };
        let skipped = 1 + usize::from(currency.is_some());
        let rest = self.next(skipped).filter(|next| next.kind == TokenKind::Number);
        let Some(rest) = rest.map(|rest| &*rest.written) else { return };
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let figure = match mark {
            "." if digits > 0 => format!("{whole}.{rest}"),
            "," if digits > 0 && digits % 3 == 0 => format!("{whole}{rest}"),
            ":" if digits == 2 => format!("{whole}:{rest}"),
            _ => return,
        };
        if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        let last = self.at + skipped + 1;
        let (start, end) = (lattice.node(), if currency.is_some() { lattice.node() } else { last });
        lattice.loose(self.at, start, "");
        written_number(lattice, (start, end), &figure);
        if let Some(currency) = currency {
            lattice.edge(end, last, &*currency.text);
        }
    }
}

fn is_currency(text: &str) -> bool {
    matches!(text, "dollars" | "pounds" | "euros")
}

pub(super) fn is_ordinal(text: &str) -> bool {
    ["st", "nd", "rd", "th"].iter().any(|ending| text.ends_with(ending))
}

/// From one place of the lattice to another.
type Way = (usize, usize);

/// A number as it was written: words, figures, scales and notes, parted by blanks.
fn written_number(lattice: &mut Lattice, (from, to): Way, written: &str) {
    let (written, owner) = written.strip_suffix("'s").map_or((written, ""), |rest| (rest, "'s"));
    if let Some(numeral) = written.strip_suffix(note::ROMAN) {
        return roman_numeral(lattice, (from, to), numeral.trim_end(), owner);
    }
    let is_day = written.ends_with(note::DAY);
    let pieces: Vec<&str> = written
        .split(' ')
        .filter(|piece| !piece.is_empty() && !CUTS.contains(piece) && *piece != note::DAY)
        .collect();
    let mut at = from;
    for (index, piece) in pieces.iter().enumerate() {
        let end = if index + 1 == pieces.len() { to } else { lattice.node() };
        if piece.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            figures(lattice, (at, end), piece, is_day);
        } else {
            number_word(lattice, (at, end), piece);
        }
        at = end;
    }
}

/// A word of a number, in its one form and as it was said.
fn number_word(lattice: &mut Lattice, (from, to): Way, word: &str) {
    let usual = match word {
        "and" => "",
        "a" | "an" => "one",
        "oh" | "o" => "zero",
        "k" => "thousand",
        "m" | "mn" | "mm" => "million",
        "b" | "bn" => "billion",
        "t" | "tn" => "trillion",
        _ => word,
    };
    lattice.edge(from, to, usual.to_owned());
    if usual != word {
        lattice.edge(from, to, word.to_owned());
    }
}

/// Figures without blanks. Those of a day may be read as an ordinal, too.
fn figures(lattice: &mut Lattice, way: Way, figures: &str, is_day: bool) {
    if let Some(years) = figures.strip_suffix('s') {
        return plural(lattice, way, years);
    }
    let digits = figures.trim_end_matches(char::is_alphabetic);
    if digits.len() < figures.len() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return ordinal(lattice, way, digits);
    }
    if let Some(parts) = split(figures, '-') {
        return range(lattice, way, &parts, is_day);
    }
    if let Some(parts) = split(figures, '/') {
        return slashed(lattice, way, &parts);
    }
    if let Some((hour, minutes)) = hour_and_minutes(figures) {
        return time_of_day(lattice, way, hour, minutes);
    }
    if let Some(parts) = split(figures, ':') {
        return chain(lattice, way, &parts, &["", "to", "and"]);
    }
    match figures.matches('.').count() {
        0 => whole(lattice, way, figures),
        1 => decimal(lattice, way, figures),
        _ => chain(lattice, way, &figures.split('.').collect::<Vec<_>>(), &["", "point", "dot"]),
    }
    if is_day {
        with_article(lattice, way, figures);
    }
}

fn split(figures: &str, mark: char) -> Option<Vec<&str>> {
    figures.contains(mark).then(|| figures.split(mark).filter(|part| !part.is_empty()).collect())
}

/// Parts one after the other, with one of `joints` between them.
fn chain(lattice: &mut Lattice, (from, to): Way, parts: &[&str], joints: &[&'static str]) {
    chain_of_days(lattice, (from, to), parts, joints, false);
}

/// As [`chain`]; the parts may be days of a month. That there is a mark between short figures cannot be heard.
fn chain_of_days(
    lattice: &mut Lattice,
    (from, to): Way,
    parts: &[&str],
    joints: &[&'static str],
    is_day: bool,
) {
    let is_long = parts.len() > 2 || parts.iter().any(|part| part.len() > 3);
    let mut at = from;
    for (index, part) in parts.iter().enumerate() {
        let last = index + 1 == parts.len();
        let end = if last { to } else { lattice.node() };
        figures(lattice, (at, end), part, is_day);
        at = end;
        if !last {
            let next = lattice.node();
            for joint in joints {
                if joint.is_empty() && !is_long {
                    lattice.loose(at, next, *joint);
                } else {
                    lattice.edge(at, next, *joint);
                }
            }
            at = next;
        }
    }
}

/// `10-12`, `3-2`, `555-0143`, `2019-20`, `1976-07-04`.
fn range(lattice: &mut Lattice, way: Way, parts: &[&str], is_day: bool) {
    chain_of_days(
        lattice,
        way,
        parts,
        &["", "to", "through", "until", "and", "dash", "hyphen"],
        is_day,
    );
    if let [one, other] = parts {
        told_by_clock(lattice, way, one, other);
    }
    if let [year, month, day] = parts
        && year.len() == 4
    {
        date(lattice, way, month, day, Some(year));
    }
}

/// `7-45` as recognisers write a time of day, and `10-6` as they do *ten to six*.
fn told_by_clock(lattice: &mut Lattice, (from, to): Way, one: &str, other: &str) {
    if let Some((hour @ 1..=12, minutes @ 10..)) = hour_and_minutes(&format!("{one}:{other}")) {
        lattice.edge(from, to, two_digits(hour) + &two_digits(minutes));
    }
    if let (Ok(left @ 1..=29), Ok(next @ 1..=12)) = (one.parse::<u32>(), other.parse::<u32>()) {
        let start = lattice.node();
        lattice.loose(from, start, "");
        let hour = if next == 1 { 12 } else { next - 1 };
        time_of_day(lattice, (start, to), hour, 60 - left);
    }
}

/// `1/2`, `24/7`, `7/4/1976`.
fn slashed(lattice: &mut Lattice, way: Way, parts: &[&str]) {
    chain(lattice, way, parts, &["", "over", "of", "outof", "slash"]);
    match parts {
        [count, of] => {
            fraction(lattice, way, count, of);
            date(lattice, way, count, of, None);
            date(lattice, way, of, count, None);
        }
        [one, other, year] => {
            date(lattice, way, one, other, Some(year));
            date(lattice, way, other, one, Some(year));
        }
        _ => {}
    }
}

fn fraction(lattice: &mut Lattice, (from, to): Way, count: &str, of: &str) {
    let (Ok(count), Ok(of)) = (count.parse::<u32>(), of.parse::<u32>()) else { return };
    for (one, several) in parts_of(of).filter(|_| (1..100).contains(&count)) {
        let part = if count == 1 { one } else { several };
        lattice.edge(from, to, two_digits(count) + part);
        if count == 1 {
            lattice.edge(from, to, format!("a{one}"));
        }
    }
    let alone: &[&str] = match (count, of) {
        (1, 2) => &["half", "halfa", "halfan"],
        (1, 4) => &["quarter"],
        _ => &[],
    };
    for reading in alone {
        lattice.edge(from, to, *reading);
    }
}

/// A date of which every part is figures.
fn date(lattice: &mut Lattice, (from, to): Way, month: &str, day: &str, year: Option<&str>) {
    let number = |part: &str| part.parse::<usize>().ok().filter(|_| part.len() <= 2);
    let Some(name) = number(month).and_then(|month| MONTHS.get(month.wrapping_sub(1))) else {
        return;
    };
    let Some(day) = number(day).filter(|day| (1..=31).contains(day)) else { return };
    let end = if year.is_some() { lattice.node() } else { to };
    let nth = ordinal_words(day as u64);
    for said in [
        format!("{name}{nth}"),
        format!("{name}the{nth}"),
        format!("the{nth}of{name}"),
        format!("{nth}of{name}"),
    ] {
        lattice.loose(from, end, said);
    }
    if let Some(year) = year {
        whole(lattice, (end, to), year);
        for century in ["nineteen", "twenty"].iter().filter(|_| year.len() == 2) {
            let years = lattice.node();
            lattice.edge(end, years, *century);
            whole(lattice, (years, to), year);
        }
    }
}

/// `10:30`, also as told by a clock with 24 hours.
fn time_of_day(lattice: &mut Lattice, way: Way, hour: u32, minutes: u32) {
    clock(lattice, way, hour, minutes);
    if (13..=24).contains(&hour) {
        let start = lattice.node();
        lattice.loose(way.0, start, "");
        clock(lattice, (start, way.1), hour - 12, minutes);
    }
}

fn clock(lattice: &mut Lattice, (from, to): Way, hour: u32, minutes: u32) {
    let mut read = |reading: String| lattice.edge(from, to, reading);
    let (at, next) = (two_digits(hour), two_digits(hour % 12 + 1));
    let plural = |count: u32| if count == 1 { "minute" } else { "minutes" };
    match minutes {
        0 => {
            for told in ["", "o'clock", "hundred", "hundredhours"] {
                read(format!("{at}{told}"));
            }
        }
        1..10 => read(format!("{at}zero{}", two_digits(minutes))),
        _ => read(at.clone() + &two_digits(minutes)),
    }
    if minutes == 0 {
        return;
    }
    let unit = plural(minutes);
    let told = two_digits(minutes);
    read(format!("{at}{}{told}{unit}", if hour == 1 { "hour" } else { "hours" }));
    read(format!("{at}{}{told}seconds", if hour == 1 { "minute" } else { "minutes" }));
    for past in ["past", "after"] {
        read(format!("{told}{past}{at}"));
        read(format!("{told}{unit}{past}{at}"));
        for part in quarters(minutes) {
            read(format!("{part}{past}{at}"));
        }
    }
    if minutes == 30 {
        read(format!("half{at}"));
    }
    let left = 60 - minutes;
    for to in ["to", "before", "of", "till", "until"].iter().filter(|_| minutes > 30) {
        let told = two_digits(left);
        read(format!("{told}{to}{next}"));
        read(format!("{told}{}{to}{next}", plural(left)));
        for part in quarters(left) {
            read(format!("{part}{to}{next}"));
        }
    }
}

/// The parts of an hour that so many minutes are.
fn quarters(minutes: u32) -> &'static [&'static str] {
    match minutes {
        15 => &["quarter", "aquarter"],
        30 => &["half"],
        _ => &[],
    }
}

/// `18.5`: with its point, as a mixed number, as a time of day or a price, or by its digits alone.
fn decimal(lattice: &mut Lattice, (from, to): Way, figures: &str) {
    let Some((before, places)) = figures.split_once('.') else { return };
    let point = lattice.node();
    let after = lattice.node();
    let is_zero = matches!(before, "" | "0");
    if is_zero {
        lattice.edge(from, point, "");
    }
    whole(lattice, (from, point), if is_zero { "0" } else { before });
    lattice.edge(point, after, "point");
    digits(lattice, (after, to), places);
    if before.is_empty() {
        let start = lattice.node();
        lattice.loose(from, start, "");
        whole(lattice, (start, to), places.trim_start_matches('0'));
    }
    let part: &[&str] = match places {
        "5" | "50" => &["andahalf", "andonehalf", "onehalf"],
        "25" => &["andaquarter", "andonequarter", "onequarter"],
        "75" => &["andthreequarters", "threequarters"],
        _ => &[],
    };
    for part in part {
        lattice.edge(point, to, *part);
        if is_zero && *part != "andahalf" {
            lattice.edge(from, to, part.trim_start_matches("and"));
        }
    }
    if let (Ok(hour @ 0..=24), Ok(minutes @ 1..=59), 2) =
        (before.parse(), places.parse(), places.len())
    {
        let start = lattice.node();
        lattice.loose(from, start, "");
        time_of_day(lattice, (start, to), hour, minutes);
    } else if places.len() == 2 {
        let cents = lattice.node();
        lattice.loose(point, cents, "");
        digits(lattice, (cents, to), places);
    }
}

/// `10.50` and its currency as *ten dollars fifty* and the like, or without the currency; `1` as *a dollar*.
fn price(lattice: &mut Lattice, (from, to): Way, amount: &str, currency: &str) {
    if amount == "1" {
        return lattice.loose(from, to, format!("a{}", singular(currency)));
    }
    let Some((before, places)) = amount.split_once('.').filter(|(_, places)| places.len() == 2)
    else {
        return;
    };
    let (unit, end, small) = (lattice.node(), lattice.node(), lattice.node());
    let cents = if currency == "pounds" { "pence" } else { "cents" };
    whole(lattice, (from, unit), before);
    lattice.edge(unit, end, currency.to_owned());
    lattice.edge(unit, end, format!("{currency}and"));
    lattice.loose(unit, end, "");
    if places == "00" {
        lattice.edge(unit, to, currency.to_owned());
    }
    if before == "1" {
        lattice.edge(unit, end, singular(currency).to_owned());
        lattice.edge(unit, end, format!("{}and", singular(currency)));
        lattice.edge(from, end, format!("a{}", singular(currency)));
        lattice.edge(from, end, format!("a{}and", singular(currency)));
        if places == "00" {
            lattice.edge(unit, to, singular(currency).to_owned());
            lattice.edge(from, to, format!("a{}", singular(currency)));
        }
    }
    digits(lattice, (end, small), places);
    if let Some(few) = places.strip_prefix('0') {
        let start = lattice.node();
        lattice.edge(end, start, "");
        digits(lattice, (start, small), few);
    }
    for cents in ["", cents, singular(cents)] {
        lattice.edge(small, to, cents);
    }
}

/// `$2.4`, its sign not read: recognisers put one before any decimal number among amounts.
fn unpriced(lattice: &mut Lattice, (from, to): Way, amount: &str) {
    if amount.contains('.') {
        let start = lattice.node();
        lattice.loose(from, start, "");
        decimal(lattice, (start, to), amount);
    }
}

fn singular(currency: &str) -> &str {
    if currency == "pence" { "penny" } else { currency.trim_end_matches('s') }
}

/// Digits without a mark: as a number, in hundreds, and by one, two or three digits at a time.
fn whole(lattice: &mut Lattice, way: Way, figures: &str) {
    digits(lattice, way, figures);
    let Some(value) = figures.parse::<u64>().ok().filter(|_| !figures.starts_with('0')) else {
        return;
    };
    if value > 99 {
        lattice.edge(way.0, way.1, cardinal(value));
    }
    if let (1100..=9999, hundreds, rest) = (value, value / 100, value % 100)
        && hundreds % 10 > 0
    {
        let rest = if rest == 0 { String::new() } else { two_digits(rest as u32) };
        lattice.edge(way.0, way.1, format!("{}hundred{rest}", two_digits(hundreds as u32)));
    }
}

/// Digits read out by one or two at a time, and round hundreds. After round tens no single digit is read:
/// *twenty one* is not `201`.
fn digits(lattice: &mut Lattice, (from, to): Way, figures: &str) {
    let bytes = figures.as_bytes();
    if bytes.is_empty() || !bytes.iter().all(u8::is_ascii_digit) {
        return;
    }
    let length = bytes.len();
    let mut places = vec![from];
    places.extend((1..length).map(|_| lattice.node()));
    places.push(to);
    let mut after_tens = places.clone();
    for place in &mut after_tens[1..length] {
        *place = lattice.node();
    }
    let digit = |place: usize| u32::from(bytes[place] - b'0');
    for place in 0..length {
        let here = digit(place);
        lattice.edge(places[place], places[place + 1], UNITS[here as usize]);
        if here == 0 && place > 0 && place < length {
            lattice.edge(after_tens[place], places[place + 1], UNITS[0]);
        }
        if place + 2 <= length && here > 0 {
            let two = here * 10 + digit(place + 1);
            let ends = if two > 10 && two % 10 == 0 { &after_tens } else { &places };
            lattice.edge(places[place], ends[place + 2], two_digits(two));
            if place > 0 {
                lattice.edge(after_tens[place], ends[place + 2], two_digits(two));
            }
        }
        let rest = &figures[place..];
        if here > 0 && rest[1..].starts_with("00") && (rest.len() == 3 || rest.len() > 5) {
            let hundreds = format!("{}hundred", UNITS[here as usize]);
            lattice.edge(places[place], places[place + 3], hundreds);
        }
        if place > 1 && rest == "00" {
            lattice.edge(places[place], to, "hundred");
            lattice.edge(after_tens[place], to, "hundred");
        }
    }
}

fn ordinal(lattice: &mut Lattice, (from, to): Way, digits: &str) {
    if let Ok(value) = digits.parse() {
        lattice.edge(from, to, ordinal_words(value));
    }
}

/// An ordinal with an article or without.
fn with_article(lattice: &mut Lattice, (from, to): Way, digits: &str) {
    if let Ok(value) = digits.parse() {
        lattice.edge(from, to, ordinal_words(value));
        lattice.edge(from, to, format!("the{}", ordinal_words(value)));
    }
}

fn roman_numeral(lattice: &mut Lattice, (from, to): Way, numeral: &str, owner: &str) {
    let Some(value) = roman(numeral).map(u64::from) else { return };
    let nth = ordinal_words(value);
    lattice.edge(from, to, cardinal(value) + owner);
    for reading in [format!("the{nth}"), nth, numeral.to_owned()] {
        lattice.loose(from, to, reading + owner);
    }
    if value > 999 {
        whole(lattice, (from, to), &value.to_string());
    }
}

/// `1990s`, `90s`, `747s`.
fn plural(lattice: &mut Lattice, (from, to): Way, years: &str) {
    let Ok(value) = years.parse::<u64>() else { return };
    let decade = (20..100).contains(&(value % 100)) && value % 10 == 0;
    let tens = || DECADES[(value % 100 / 10 - 2) as usize];
    let recent = (1900..2100).contains(&value);
    if decade && years.len() == 2 {
        lattice.edge(from, to, tens());
        lattice.loose(from, to, format!("nineteen{}", tens()));
    } else if decade && recent {
        lattice.loose(from, to, tens());
    }
    lattice.edge(from, to, several(&cardinal(value)));
    let (first, last) = ((value / 100) as u32, (value % 100) as u32);
    match (years.len(), last) {
        (3.., 0) => lattice.edge(from, to, format!("{}hundreds", cardinal(first.into()))),
        (4, 1..) | (3, 10..) => {
            lattice.edge(from, to, two_digits(first) + &several(&two_digits(last)));
        }
        _ => {}
    }
}

/// A number word in the plural.
fn several(number: &str) -> String {
    match number.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if number.ends_with("six") => format!("{number}es"),
        None => format!("{number}s"),
    }
}

/// A number below a hundred in words, without blanks.
fn two_digits(value: u32) -> String {
    let (tens, unit) = (value / 10, value % 10);
    match (tens, unit) {
        (0, unit) => UNITS[unit as usize].to_owned(),
        (1, unit) => TEENS[unit as usize].to_owned(),
        (tens @ 2..10, 0) => TENS[tens as usize - 2].to_owned(),
        (tens @ 2..10, unit) => format!("{}{}", TENS[tens as usize - 2], UNITS[unit as usize]),
        _ => cardinal(value.into()),
    }
}

/// A whole number in words, without blanks and without *and*.
fn cardinal(value: u64) -> String {
    const SCALES: [(u64, &str); 5] = [
        (1_000_000_000_000, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ];
    if value < 100 {
        return two_digits(value as u32);
    }
    let (worth, name) =
        SCALES.iter().find(|(worth, _)| *worth <= value).copied().unwrap_or((100, "hundred"));
    let rest = if value.is_multiple_of(worth) { String::new() } else { cardinal(value % worth) };
    format!("{}{name}{rest}", cardinal(value / worth))
}

/// The ordinal of a whole number in words, without blanks.
fn ordinal_words(value: u64) -> String {
    let (before, last) = (value - value % 100, (value % 100) as usize);
    let before = if before == 0 { String::new() } else { cardinal(before) };
    match last {
        0 if value > 0 => before + "th",
        ..20 => before + UNIT_ORDINALS[last],
        _ if last % 10 == 0 => before + TENS_ORDINALS[last / 10 - 2],
        _ => before + TENS[last / 10 - 2] + UNIT_ORDINALS[last % 10],
    }
}
