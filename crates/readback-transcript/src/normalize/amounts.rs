//! Where an amount goes on from one token to the next: a number and what it counts by, and a figure that the
//! end of a window or a word cut. What is said otherwise is then the amount, not its unit or its half.

use super::dates::{MONTHS, note};
use super::{Token, TokenKind, readings};

/// What a number is measured in that [`readings`] does not abbreviate, and the halves of the day.
const MEASURES: [&str; 26] = [
    "am",
    "celsius",
    "centigrade",
    "centuries",
    "days",
    "decades",
    "degrees",
    "fahrenheit",
    "grams",
    "hectares",
    "hours",
    "inches",
    "kilos",
    "liters",
    "miles",
    "minutes",
    "months",
    "pence",
    "percent",
    "pm",
    "seconds",
    "tons",
    "weeks",
    "years",
    "yen",
    "yuan",
];

/// Whether the tokens before and at `at` are of one amount.
pub fn amount_goes_on(tokens: &[Token], at: usize) -> bool {
    let (before, rest) = tokens.split_at(at.min(tokens.len()));
    let (Some(last), Some(token)) = (before.last(), rest.first()) else { return false };
    let is_number = |token: &Token| token.kind == TokenKind::Number;
    if is_digit(last) && is_digit(token) {
        return true;
    }
    if is_number(token) && MONTHS.contains(&&*last.text) {
        return token.written.ends_with(note::DAY) || readings::is_ordinal(&token.text);
    }
    if is_number(token) {
        let figure = before.iter().rev().take(2).find(|token| is_number(token));
        return (is_number(last) || is_sign(last))
            && figure.is_some_and(|it| readings::is_cut_before(it, token, is_sign(last)));
    }
    is_measure(token) && (is_number(last) || last.text == "degrees")
}

/// Whether two runs of tokens have the same numbers, and of these only the currency differs, for which the
/// second has no more than a sign. Recognisers write the sign that they know best whatever was said.
pub fn differ_in_sign(one: &[Token], other: &[Token]) -> bool {
    let numbers = |tokens: &[Token]| -> Vec<String> {
        let numbers = tokens.iter().filter(|token| token.kind == TokenKind::Number);
        numbers.map(|token| token.text.trim_end_matches(".00").to_owned()).collect()
    };
    let is_other = |token: &Token| is_sign(token) && one.iter().all(|it| it.text != token.text);
    !numbers(one).is_empty() && numbers(one) == numbers(other) && other.iter().any(is_other)
}

/// Whether it is one digit of a number that is read out digit by digit.
fn is_digit(token: &Token) -> bool {
    let zero = matches!(&*token.text, "oh" | "o" | "nought");
    zero || token.kind == TokenKind::Number && token.text.len() == 1
}

/// Whether it is the sign of a currency.
fn is_sign(token: &Token) -> bool {
    &*token.written == "$"
}

fn is_measure(token: &Token) -> bool {
    is_sign(token) || MEASURES.contains(&&*token.text) || readings::is_unit(&token.text)
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    /// The tokens, those of one amount drawn together.
    fn drawn(text: &str) -> String {
        let tokens = tokens(&text.split(' ').collect::<Vec<_>>(), "en");
        let mut shown = String::new();
        for (at, token) in tokens.iter().enumerate() {
            shown += if amount_goes_on(&tokens, at) { "+" } else { " " };
            shown += &token.text;
        }
        shown
    }

    #[test]
    fn a_number_and_its_unit_are_one_amount() {
        assert_eq!(drawn("ran ten miles in 20 minutes"), " ran 10+miles in 20+minutes");
        assert_eq!(drawn("at 20 °C by 7 p.m. it"), " at 20+degrees+celsius by 7+pm it");
        assert_eq!(drawn("for $40 or 40 yen"), " for 40+dollars or 40+yen");
        assert_eq!(drawn("of miles and 10 dogs"), " of miles and 10 dogs");
        assert_eq!(drawn("on 21 July or July the fifth"), " on july+21st or july+5th");
    }

    #[test]
    fn a_sign_alone_does_not_tell_a_currency() {
        let differ = |one: &str, other: &str| {
            let tokens = |text: &str| tokens(&text.split(' ').collect::<Vec<_>>(), "en");
            differ_in_sign(&tokens(one), &tokens(other))
        };
        assert!(differ("2.5 million pounds", "$2.5 million") && differ("36 cents", "$36.00"));
        assert!(!differ("$2.5 million", "2.5 million pounds") && !differ("£2", "$3"));
        assert!(!differ("$2", "$2") && !differ("pounds", "$"));
    }

    #[test]
    fn a_figure_that_is_cut_is_one_amount() {
        assert_eq!(drawn("for $1. 1 million then"), " for 1+dollars+1000000 then");
        assert_eq!(drawn("at 10: 30 then"), " at 10+30 then");
        assert_eq!(drawn("won 747. 10001 lost"), " won 747 10001 lost");
        assert_eq!(drawn("for $1. then 1 million"), " for 1+dollars then 1000000");
    }

    #[test]
    fn digits_that_are_read_one_by_one_are_one_amount() {
        assert_eq!(drawn("call five oh one four now"), " call 5+oh+1+4 now");
        assert_eq!(drawn("three of four"), " 3 of 4");
    }
}
