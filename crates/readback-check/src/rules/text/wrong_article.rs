//! T020 `wrong-article`: `a` before a vowel sound, `an` before a consonant.

use readback_transcript::{Span, Word};

use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T020",
    name: "wrong-article",
    severity: Severity::Info,
    summary: "an article that does not fit the next word",
    manual: "\
## What it finds
English text: `a` before a word or figure that begins with a vowel sound, `an` before one that does not. What
may be read letter by letter, or said either way (`historic`, `herb`), is left alone.

## Why it matters
It is what an unfinished edit leaves behind: the word after the article was another one. Speakers do
stumble, so it is a hint only.

## Example
`Moreover, a Asmolov says it's a partnership` keeps the article of `an analyst`.

## What to do
Correct the article, or take it out, unless the speaker stumbled and house style keeps that.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.english {
        return Vec::new();
    }
    let pairs = context.speech().flat_map(|(_, words)| words.windows(2));
    pairs.filter_map(|pair| misfit(context.text, pair[0], pair[1])).collect()
}

fn misfit(text: &str, article: Word, next: Word) -> Option<Finding> {
    if article.span.len() > 2 {
        return None;
    }
    let shown = article.span.of(text);
    let lacks_n = match shown {
        "a" | "A" => true,
        "an" | "An" => false,
        _ => return None,
    };
    let word = next.span.of(text);
    let fits = begins_with_vowel_sound(word)? != lacks_n;
    if fits || Span::new(article.span.end, next.span.start).of(text) != " " {
        return None;
    }
    let written = if lacks_n { format!("{shown}n") } else { shown[..1].to_owned() };
    // Before a name the article itself is the likelier slip, so there is nothing sure to put.
    let is_name = word.starts_with(char::is_uppercase);
    let fix = (!is_name).then(|| edit(article.span.start, article.span.end, written));
    let whole = article.span.union(next.span);
    Some(finding(&RULE, 0.6, whole, format!("\"{shown}\" does not fit before \"{word}\""), fix))
}

/// Whether a word or figure begins with a vowel sound; `None` where that is not sure.
fn begins_with_vowel_sound(word: &str) -> Option<bool> {
    let lower = word.to_ascii_lowercase();
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return figure(&lower);
    }
    let spelt = lower.len() > 2
        && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
        && !word[1..].contains(|c: char| c.is_ascii_uppercase());
    let starts = |words: &[&str]| words.iter().any(|start| lower.starts_with(start));
    match lower.as_bytes()[0] {
        _ if !spelt => None,
        // *You*, letters that are said one by one, and what is silent or said by some.
        b'u' | b'y' | b'x' | b'h' => None,
        b'a' | b'e' | b'i' | b'o' => {
            (!starts(&["eu", "ew", "one", "once", "oui", "ouija"])).then_some(true)
        }
        // Three letters may be said one by one.
        _ => (lower.len() > 3).then_some(false),
    }
}

/// `8`, `11th`, `18-year-old`, `80` begin with a vowel sound. What is longer may be said in two ways.
fn figure(lower: &str) -> Option<bool> {
    let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &lower[digits..];
    let plain = rest.is_empty()
        || ["st", "nd", "rd", "th", "-", "%"].iter().any(|end| rest.starts_with(end));
    match &lower[..digits] {
        _ if !plain => None,
        "11" | "18" => Some(true),
        "1" | "0" => None,
        number if number.len() <= 3 => Some(number.starts_with('8')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn articles_that_do_not_fit_are_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "ANA RUIZ: Moreover, a Asmolov paper calls it a awful mistake of the year, an large one and a 8-year-old plan of an 6 members."
        ), @r#"
        1:21 "a Asmolov": "a" does not fit before "Asmolov"
        1:46 "a awful": "a" does not fit before "awful"
        1:75 "an large": "an" does not fit before "large"
        1:92 "a 8-year-old": "a" does not fit before "8-year-old"
        1:113 "an 6": "an" does not fit before "6"
        --- fixed
        ANA RUIZ: Moreover, a Asmolov paper calls it an awful mistake of the year, a large one and an 8-year-old plan of a 6 members.
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: It is a European user of the one-off, a one, a U.S. ship, a IBM box, an hour, an historic day and a 1,800 of the 11,000.",
                "ANA RUIZ: An 18-year-old of the class, an 80, an MRI, an 8, an FBI man and a, an, the, an X-ray of it.",
            ],
        );
    }
}
