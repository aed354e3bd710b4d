//! Every way of writing a value against every other, and against its neighbours.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::{differences, tokens_of};

/// All `ways` are alike, and unlike each of `others`; each stands in the same sentence.
fn check(ways: &[String], others: &[String]) -> TestCaseResult {
    let sentence = |said: &str| format!("They wrote {said} on the old wall.");
    for way in ways {
        for other in ways {
            let (one, other) = (sentence(way), sentence(other));
            prop_assert!(differences(&one, &other) == 0, "unequal:{}", tokens_of(&one, &other));
        }
        for other in others {
            let (one, other) = (sentence(way), sentence(other));
            prop_assert!(differences(&one, &other) > 0, "equal:{}", tokens_of(&one, &other));
        }
    }
    Ok(())
}

const SMALL: [&str; 20] = [
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
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [&str; 20] = [
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
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const ROMAN: [&str; 21] = [
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
    "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
];

/// A whole number in words; `and` stands after hundreds.
fn words(value: u64, and: &str) -> String {
    let scales = [(1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand")];
    for (worth, name) in scales {
        if value >= worth {
            let rest = value % worth;
            let small = if rest < 100 { and } else { " " };
            let head = format!("{} {name}", words(value / worth, and));
            return if rest == 0 { head } else { format!("{head}{small}{}", words(rest, and)) };
        }
    }
    match value {
        0..20 => SMALL[value as usize].to_owned(),
        20..100 => {
            let tens = TENS[value as usize / 10 - 2];
            if value.is_multiple_of(10) {
                tens.into()
            } else {
                format!("{tens}-{}", SMALL[value as usize % 10])
            }
        }
        _ => {
            let head = format!("{} hundred", SMALL[value as usize / 100]);
            let rest = value % 100;
            if rest == 0 { head } else { format!("{head}{and}{}", words(rest, and)) }
        }
    }
}

fn with_commas(value: u64) -> String {
    if value < 1000 {
        return value.to_string();
    }
    format!("{},{:03}", with_commas(value / 1000), value % 1000)
}

fn suffixed(value: u64) -> String {
    let ending = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{value}{ending}")
}

/// The ordinal of a number below a hundred in words.
fn ordinal(value: u64) -> String {
    match value as usize {
        small @ ..20 => ORDINALS[small].into(),
        round if round % 10 == 0 => TENS[round / 10 - 2].replace('y', "ieth"),
        value => format!("{}-{}", TENS[value / 10 - 2], ORDINALS[value % 10]),
    }
}

/// A number below a hundred as it is said after another: *oh five*.
fn second_half(value: u64) -> String {
    if value < 10 { format!("oh {}", SMALL[value as usize]) } else { words(value, " ") }
}

fn strings<const N: usize>(ways: [&str; N]) -> Vec<String> {
    ways.map(str::to_owned).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whole_numbers(value in prop_oneof![0_u64..3000, 0_u64..5_000_000]) {
        let ways = [value.to_string(), with_commas(value), words(value, " and "), words(value, " ")];
        let mut others = vec![(value + 1).to_string(), words(value + 1, " "), (value + 100).to_string()];
        if value > 0 {
            others.extend([(value * 10).to_string(), words(value - 1, " and ")]);
        }
        check(&ways, &others)?;
    }

    #[test]
    fn ordinals(value in 1_u64..100) {
        let ways = [suffixed(value), ordinal(value)];
        check(&ways, &[suffixed(value + 1), value.to_string(), suffixed(value + 100)])?;
    }

    #[test]
    fn dates(month in 0_usize..12, day in 1_u64..=31, year in 1700_u64..2100) {
        let (name, nth, year_words) = (MONTHS[month], ordinal(day), year_in_words(year));
        let ways = |day: u64, nth: &str, name: &str, year: &str| {
            let with_suffix = suffixed(day);
            [
                format!("{name} {day}, {year}"),
                format!("{name} {with_suffix}, {year}"),
                format!("{day} {name} {year}"),
                format!("{with_suffix} {name} {year}"),
                format!("{name} {nth}, {year}"),
                format!("{name} the {nth}, {year}"),
                format!("the {nth} of {name}, {year}"),
                format!("the {with_suffix} of {name} {year}"),
            ]
        };
        let mut same = ways(day, &nth, name, &year.to_string()).to_vec();
        same.extend(ways(day, &nth, name, &year_words));
        let mut others = ways(day % 31 + 1, &ordinal(day % 31 + 1), name, &year_words).to_vec();
        others.extend(ways(day, &nth, MONTHS[(month + 1) % 12], &year_words));
        others.extend(ways(day, &nth, name, &(year + 1).to_string()));
        check(&same, &others)?;
    }

    #[test]
    fn years_and_decades(year in 1100_u64..2100) {
        let mut ways = vec![year.to_string(), year_in_words(year)];
        if year % 100 != 0 && year / 100 % 10 != 0 {
            ways.push(format!("{} hundred and {}", words(year / 100, " "), words(year % 100, " ")));
        }
        check(&ways, &[(year + 1).to_string(), year_in_words(year + 1), (year + 100).to_string()])?;
        if (20..100).contains(&(year % 100)) {
            let tens = TENS[year as usize % 100 / 10 - 2].replace('y', "ies");
            let (century, decade) = (words(year / 100, " "), year / 10 * 10);
            let ways = [format!("{decade}s"), format!("{decade}'s"), format!("{century} {tens}")];
            check(&ways, &[format!("{}s", decade + 10), format!("{}s", decade + 100), decade.to_string()])?;
        }
    }

    #[test]
    fn times_of_day(hour in 1_u64..=12, minutes in 0_u64..60, morning in any::<bool>()) {
        let half = |morning: bool| if morning { ["a.m.", "AM"] } else { ["p.m.", "PM"] };
        let (own, wrong) = (half(morning), half(!morning));
        let told = |hour: u64, minutes: u64| {
            let (at, next) = (words(hour, " "), words(hour % 12 + 1, " "));
            let mut told = vec![format!("{hour}:{minutes:02}")];
            match minutes {
                0 => told.extend([at.clone(), hour.to_string()]),
                _ => told.extend([
                    format!("{hour}.{minutes:02}"),
                    format!("{at} {}", second_half(minutes)),
                ]),
            }
            let unit = if minutes == 1 { "minute" } else { "minutes" };
            match minutes {
                0 => {}
                15 => told.push(format!("a quarter past {at}")),
                30 => told.push(format!("half past {at}")),
                45 => told.push(format!("quarter to {next}")),
                1..30 => told.push(format!("{} {unit} past {at}", words(minutes, " "))),
                59 => told.push(format!("one minute to {next}")),
                _ => told.push(format!("{} minutes to {next}", words(60 - minutes, " "))),
            }
            told
        };
        let with = |times: &[String], halves: [&str; 2]| -> Vec<String> {
            times.iter().flat_map(|time| halves.map(|half| format!("{time} {half}"))).collect()
        };
        let times = told(hour, minutes);
        let mut others = with(&times, wrong);
        others.extend(with(&told(hour % 12 + 1, minutes), own));
        others.extend(with(&told(hour, (minutes + 1) % 60), own));
        check(&with(&times, own), &others)?;
    }

    #[test]
    fn amounts_of_money(units in 1_u64..2000, cents in 1_u64..100, kind in 0_usize..3) {
        let signs = [("$", "dollars", "cents"), ("£", "pounds", "pence"), ("€", "euros", "cents")];
        let (sign, unit, small) = signs[kind];
        let (wrong_sign, wrong_unit, _) = signs[(kind + 1) % 3];
        let (whole, part) = (words(units, " and "), words(cents, " "));
        let small = if cents == 1 { small.replace("cents", "cent").replace("pence", "penny") } else { small.into() };
        let ways = [
            format!("{sign}{units}.{cents:02}"),
            format!("{sign}{}.{cents:02}", with_commas(units)),
            format!("{units}.{cents:02} {unit}"),
            format!("{whole} {unit} and {part} {small}"),
            format!("{whole} {unit} {part}"),
        ];
        let others = [
            format!("{wrong_sign}{units}.{cents:02}"),
            format!("{whole} {wrong_unit} {part}"),
            format!("{sign}{}.{cents:02}", units + 1),
            format!("{sign}{units}.{:02}", cents % 99 + 1),
            format!("{sign}{units}"),
        ];
        check(&ways, &others)?;
    }

    #[test]
    fn large_amounts_of_money(tenths in 1_u64..990, kind in 0_usize..3, scale in 0_usize..3) {
        let signs = [("$", "dollars"), ("£", "pounds"), ("€", "euros")];
        let ((sign, unit), (wrong_sign, wrong_unit)) = (signs[kind], signs[(kind + 1) % 3]);
        let (name, short, worth) =
            [("million", "m", 100_000_u64), ("billion", "bn", 100_000_000), ("thousand", "k", 100)][scale];
        let (whole, tenth) = (tenths / 10, tenths % 10);
        let figure = |tenths: u64| match tenths % 10 {
            0 => (tenths / 10).to_string(),
            tenth => format!("{}.{tenth}", tenths / 10),
        };
        let said = match tenth {
            0 => words(whole, " and "),
            _ => format!("{} point {}", words(whole, " and "), SMALL[tenth as usize]),
        };
        let mut ways = vec![
            format!("{sign}{} {name}", figure(tenths)),
            format!("{sign}{}{short}", figure(tenths)),
            format!("{sign}{}", with_commas(tenths * worth)),
            format!("{} {name} {unit}", figure(tenths)),
            format!("{said} {name} {unit}"),
        ];
        if tenth == 5 && whole > 0 {
            ways.push(format!("{} and a half {name} {unit}", words(whole, " and ")));
            ways.push(format!("{sign}{whole}½ {name}"));
        }
        let others = [
            format!("{wrong_sign}{} {name}", figure(tenths)),
            format!("{said} {name} {wrong_unit}"),
            format!("{sign}{} {name}", figure(tenths + 1)),
            format!("{sign}{} {name}", figure(tenths * 10)),
            format!("{said} trillion {unit}"),
            format!("{sign}{}", figure(tenths)),
        ];
        check(&ways, &others)?;
    }

    #[test]
    fn percentages_and_decimals(whole in 0_u64..200, places in 0_u64..100) {
        let digits = |value: u64| format!("{} {}", SMALL[value as usize / 10], SMALL[value as usize % 10]);
        let said = format!("{} point {}", words(whole, " and "), digits(places));
        let figure = format!("{whole}.{places:02}");
        let ways: Vec<String> = ["%", " %", " percent", " per cent"].iter().map(|unit| format!("{figure}{unit}")).chain([format!("{said} percent")]).collect();
        let others = [
            format!("{whole}.{:02}%", (places + 1) % 100),
            format!("{}.{places:02}%", whole + 1),
            figure.clone(),
        ];
        check(&ways, &others)?;
    }

    #[test]
    fn fractions(count in 1_u64..12, of in 3_u64..12) {
        let part = if of == 4 { "quarter".to_owned() } else { ordinal(of) };
        let part = if count == 1 { part } else { part + "s" };
        let ways = [format!("{count}/{of}"), format!("{} {part}", words(count, " ")), format!("{}-{part}", words(count, " "))];
        check(&ways, &[format!("{}/{of}", count + 1), format!("{count}/{}", of + 1)])?;
        let half = [format!("{count} 1/2"), format!("{count}½"), format!("{count}.5"), format!("{} and a half", words(count, " "))];
        check(&half, &[format!("{count} 1/4"), count.to_string(), format!("{} and a half", words(count + 1, " "))])?;
    }

    #[test]
    fn telephone_numbers(digits in prop::collection::vec(0_usize..10, 7)) {
        let figure = |digits: &[usize]| digits.iter().map(usize::to_string).collect::<String>();
        let said = |zero: &str| {
            let word = |digit: &usize| if *digit == 0 { zero } else { SMALL[*digit] };
            digits.iter().map(word).collect::<Vec<_>>().join(" ")
        };
        let (area, line) = digits.split_at(3);
        let ways = [
            format!("{}-{}", figure(area), figure(line)),
            format!("{} {}", figure(area), figure(line)),
            said("oh"),
            said("zero"),
        ];
        let mut wrong = digits.clone();
        wrong[3] = (wrong[3] + 1) % 10;
        let others = [
            format!("{}-{}", figure(&wrong[..3]), figure(&wrong[3..])),
            figure(&digits[..6]),
        ];
        check(&ways, &others)?;
    }

    #[test]
    fn ranges_and_scores(low in 1_u64..60, high in 1_u64..60) {
        prop_assume!(low != high);
        let ways = [
            format!("{low}-{high}"),
            format!("{low}–{high}"),
            format!("{low} to {high}"),
            format!("{} to {}", words(low, " "), words(high, " ")),
        ];
        let others = [
            format!("{low}-{}", high + 1),
            format!("{}-{high}", low + 1),
            format!("{high}-{low}"),
            low.to_string(),
        ];
        check(&ways, &others)?;
    }

    #[test]
    fn roman_numerals(value in 2_u64..20) {
        let (roman, figure) = (ROMAN[value as usize], value.to_string());
        let nth = ordinal(value);
        let king = [format!("King Louis {roman}"), format!("King Louis the {nth}"), format!("King Louis the {}", suffixed(value))];
        let next = ROMAN[value as usize + 1];
        check(&king, &[format!("King Louis {next}"), format!("King Louis the {}", ordinal(value + 1)), format!("King Louis {}", ROMAN[value as usize - 1])])?;
        let bowl = [format!("Super Bowl {roman}"), format!("Super Bowl {figure}"), format!("Super Bowl {}", words(value, " "))];
        check(&bowl, &[format!("Super Bowl {next}"), format!("Super Bowl {}", value + 10), format!("Super Bowl {}", ROMAN[value as usize - 1])])?;
    }
}

#[test]
fn world_wars_are_told_apart() {
    let first = ["World War I", "World War One", "World War 1", "the First World War", "WWI"];
    let second =
        ["World War II", "World War Two", "World War 2", "the Second World War", "WWII", "WW2"];
    check(&strings(first), &strings(second)).unwrap();
    check(&strings(second), &strings(["World War I", "World War III", "the Third World War"]))
        .unwrap();
}

/// A year as it is said: *nineteen oh five*, *two thousand five*.
fn year_in_words(year: u64) -> String {
    match (year / 100, year % 100) {
        (20, few @ 0..10) => words(2000 + few, " "),
        (century, 0) if century % 10 == 0 => words(year, " "),
        (century, 0) => format!("{} hundred", words(century, " ")),
        (century, rest) => format!("{} {}", words(century, " "), second_half(rest)),
    }
}
