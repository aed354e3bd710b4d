//! T021 `impossible-figure`: a figure or date that cannot be.

use std::sync::LazyLock;

use readback_transcript::{Edit, MONTHS, Span, WEEKDAYS};
use regex::{Captures, Regex};

use super::{Context, edit, finding};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: "T021",
    name: "impossible-figure",
    severity: Severity::Warning,
    summary: "a figure or date that cannot be",
    manual: "\
## What it finds
English text: more hours than a day has, more days than a week, more months than a year; more than all
(`120 percent of voters`); a day that its month does not have; a weekday that the stated date does not fall
on; a time of day past 12 with a.m. or p.m., or with 60 minutes and more; a currency said twice
(`$5 million dollars`).

## Why it matters
A figure is wrong whoever said it. More often it was typed wrong, and figures are what is quoted.

## Example
`the 31st of February`, `25 hours a day`

## What to do
Listen. If it was said so, let it stand; the desk may want to say so in a note. The fix only takes a doubled
currency out.
",
    needs: Needs::Text,
    check: Check::Text(check),
};

/// What is wrong in a match, where it is, and what would put it right.
type Judge = fn(&Captures<'_>) -> Option<(String, Option<Edit>)>;

/// A kind of figure: how it is written, and what can be wrong with it.
struct Kind {
    pattern: &'static LazyLock<Regex>,
    judge: Judge,
}

fn fixed(pattern: &str) -> Regex {
    Regex::new(&pattern.replace("MONTHS", &MONTHS.join("|"))).expect("a fixed pattern")
}

static RATE: LazyLock<Regex> = LazyLock::new(|| {
    fixed(concat!(
        r"\b([0-9]{1,4}) (months|weeks|days|hours|minutes|seconds) ",
        r"(?:a|an|per|in a|in an|of the|out of the) (year|week|day|hour|minute)\b",
    ))
});
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    fixed(concat!(
        r"\b([0-9]{3,6}(?:\.[0-9]+)?)(?:%| percent| per cent) of (?:all|people|voters|residents|adults|",
        r"Americans|respondents|students|women|men|children|households|those|the votes?|the population)\b",
    ))
});
static MONTH_DAY: LazyLock<Regex> =
    LazyLock::new(|| fixed(r"\b(MONTHS) ([0-9]{1,2})(?:st|nd|rd|th)?\b(?:, ([0-9]{4})\b)?"));
static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    fixed(r"\b([0-9]{1,2})(?:st|nd|rd|th)?(?: of)? (MONTHS)\b(?:,? ([0-9]{4})\b)?")
});
static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
    fixed(concat!(
        r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),? (?:the )?",
        r"(MONTHS) ([0-9]{1,2})(?:st|nd|rd|th)?, ([0-9]{4})\b",
    ))
});
static CLOCK: LazyLock<Regex> = LazyLock::new(|| fixed(r"\b([0-9]{1,2}):([0-9]{2}) ?[ap]\.?m\b"));
static MONEY: LazyLock<Regex> = LazyLock::new(|| {
    fixed(concat!(
        r"[$£€][0-9][0-9,]*(?:\.[0-9]+)?(?: (?:hundred|thousand|million|billion|trillion))?",
        r"( (dollars|pounds|euros))\b",
    ))
});

static KINDS: &[Kind] = &[
    Kind { pattern: &RATE, judge: rate },
    Kind { pattern: &SHARE, judge: share },
    Kind { pattern: &MONTH_DAY, judge: month_day },
    Kind { pattern: &DAY_MONTH, judge: day_month },
    Kind { pattern: &WEEKDAY, judge: weekday },
    Kind { pattern: &CLOCK, judge: clock },
    Kind { pattern: &MONEY, judge: money },
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.english {
        return Vec::new();
    }
    let figured = context
        .speech()
        .filter(|(run, _)| run.of(context.text).contains(|c: char| c.is_ascii_digit()));
    figured.flat_map(|(run, _)| in_run(context.text, run)).collect()
}

fn in_run(text: &str, run: Span) -> Vec<Finding> {
    let shown = run.of(text);
    let mut findings: Vec<Finding> =
        KINDS.iter().flat_map(|kind| of_kind(kind, shown, run.start)).collect();
    findings.sort_by_key(|finding| finding.span);
    // A date may be read both ways: `31 June 31`.
    findings.dedup_by(|later, earlier| later.span.overlaps(earlier.span));
    findings
}

/// What is wrong with the figures of one kind in `shown`, which stands at byte `offset`.
fn of_kind(kind: &Kind, shown: &str, offset: usize) -> Vec<Finding> {
    let judged = kind.pattern.captures_iter(shown).filter_map(|captures| {
        let (message, fix) = (kind.judge)(&captures)?;
        let whole = captures.get_match();
        let span = Span::new(offset + whole.start(), offset + whole.end());
        // What has a fix says the right figure, only twice.
        let severity = if fix.is_some() { Severity::Info } else { RULE.severity };
        let fix =
            fix.map(|fix| edit(offset + fix.span.start, offset + fix.span.end, fix.replacement));
        Some(Finding { severity, ..finding(&RULE, 0.9, span, message, fix) })
    });
    judged.collect()
}

fn number(captures: &Captures<'_>, group: usize) -> Option<u32> {
    captures.get(group)?.as_str().parse().ok()
}

/// `25 hours a day`.
fn rate(captures: &Captures<'_>) -> Option<(String, Option<Edit>)> {
    let most = match (&captures[2], &captures[3]) {
        ("months", "year") => 12,
        ("weeks", "year") => 53,
        ("days", "year") => 366,
        ("days", "week") => 7,
        ("hours", "week") => 168,
        ("hours", "day") => 24,
        ("minutes", "hour") | ("seconds", "minute") => 60,
        _ => return None,
    };
    let count = number(captures, 1)?;
    (count > most).then(|| (format!("a {} has only {most} {}", &captures[3], &captures[2]), None))
}

/// `120 percent of voters`.
fn share(captures: &Captures<'_>) -> Option<(String, Option<Edit>)> {
    let share: f64 = captures[1].parse().ok()?;
    (share > 100.0).then(|| ("the share is more than the whole".to_owned(), None))
}

fn month_day(captures: &Captures<'_>) -> Option<(String, Option<Edit>)> {
    no_such_day(&captures[1], number(captures, 2)?, number(captures, 3))
}

fn day_month(captures: &Captures<'_>) -> Option<(String, Option<Edit>)> {
    no_such_day(&captures[2], number(captures, 1)?, number(captures, 3))
}

fn no_such_day(name: &str, day: u32, year: Option<u32>) -> Option<(String, Option<Edit>)> {
    let month = month(name)?;
    let days = days_in(month, year);
    // Further on it is no day but a year or a count.
    (days + 1..40).contains(&day).then(|| (format!("{name} has only {days} days"), None))
}

/// From 1 on.
fn month(name: &str) -> Option<u32> {
    MONTHS.iter().position(|month| *month == name).map(|index| index as u32 + 1)
}

/// Days of a month; February has 29 where the year is not known.
fn days_in(month: u32, year: Option<u32>) -> u32 {
    let leap = |year: u32| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    match month {
        2 => 28 + u32::from(year.is_none_or(leap)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `Monday, January 4, 2022`.
fn weekday(captures: &Captures<'_>) -> Option<(String, Option<Edit>)> {
    let (day, year) = (number(captures, 3)?, number(captures, 4)?);
    let month = month(&captures[2])?;
    let possible = (1..=days_in(month, Some(year))).contains(&day) && (1753..=2400).contains(&year);
    let name = WEEKDAYS[weekday_of(year, month, day)];
    (possible && name != &captures[1])
        .then(|| (format!("{} {day}, {year} was a {name}", &captures[2]), None))
}

/// The weekday of a Gregorian date, Sunday being 0 (Sakamoto's method).
fn weekday_of(year: u32, month: u32, day: u32) -> usize {
    const SHIFT: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = if month < 3 { year - 1 } else { year };
    let days = year + year / 4 - year / 100 + year / 400 + SHIFT[month as usize - 1] + day;
    (days % 7) as usize
}

/// `13:00 p.m.`, `12:75 a.m.`
fn clock(captures: &Captures<'_>) -> Option<(String, Option<Edit>)> {
    let (hour, minute) = (number(captures, 1)?, number(captures, 2)?);
    (!(1..=12).contains(&hour) || minute > 59)
        .then(|| ("there is no such time of day".to_owned(), None))
}

/// `$5 million dollars`.
fn money(captures: &Captures<'_>) -> Option<(String, Option<Edit>)> {
    let sign = match &captures[2] {
        "dollars" => '$',
        "pounds" => '£',
        _ => '€',
    };
    captures[0].starts_with(sign).then_some(())?;
    let word = captures.get(1)?;
    let message = format!("\"{sign}\" already says {}", &captures[2]);
    Some((message, Some(edit(word.start(), word.end(), ""))))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn figures_that_cannot_be_are_found() {
        insta::assert_snapshot!(check(
            &RULE,
            "\
ANA RUIZ: The shop is open 25 hours a day and 8 days a week. About 120 percent of voters came on the 31st of \
February, or on June 31, or on February 29, 2023, at 13:00 p.m. That was Monday, January 4, 2022. It cost \
$5 million dollars of the budget."
        ), @r#"
        1:28 "25 hours a day": a day has only 24 hours
        1:47 "8 days a week": a week has only 7 days
        1:68 "120 percent of voters": the share is more than the whole
        1:102 "31st of February": February has only 29 days
        1:126 "June 31": June has only 30 days
        1:141 "February 29, 2023": February has only 28 days
        1:163 "13:00 p.m": there is no such time of day
        1:183 "Monday, January 4, 2022": January 4, 2022 was a Tuesday
        1:216 "$5 million dollars": "$" already says dollars
        --- fixed
        ANA RUIZ: The shop is open 25 hours a day and 8 days a week. About 120 percent of voters came on the 31st of February, or on June 31, or on February 29, 2023, at 13:00 p.m. That was Monday, January 4, 2022. It cost $5 million of the budget.
        "#);
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: The shop is open 24 hours a day, 7 days a week and 12 months a year. It made 120 percent of the target on the 29th of February, or February 29, 2024.",
                "ANA RUIZ: On Tuesday, January 4, 2022, at 12:59 p.m. of the day, March 2020 and the 45 May apples cost $5 million and 6 million dollars.",
            ],
        );
    }
}
