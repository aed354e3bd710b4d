//! Expressions of several words that are written in several orders, brought into one: dates (*the fourth of
//! July*, `4 July`), world wars (*the Second World War*, `WWII`), foreign dollars (`US$5`), and Roman
//! numerals where they are numbers.
//!
//! What may be read otherwise although it is written so is noted in the token; [`super::readings`] reads it.

use super::atoms::Stop;
use super::{Case, Draft, Token, TokenKind, numbers};

/// Written forms that are no words: a note for the readings.
pub(super) mod note {
    /// An article before it may be said or not.
    pub(in super::super) const ARTICLE: &str = "A";
    /// It may be said or not.
    pub(in super::super) const OPTIONAL: &str = "O";
    /// Figures of a day of a month.
    pub(in super::super) const DAY: &str = "D";
    /// A Roman numeral.
    pub(in super::super) const ROMAN: &str = "R";
}

/// The months, lower-cased.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What is counted by a number after it, also by a Roman one.
const NUMBERED: [&str; 25] = [
    "act", "appendix", "article", "book", "bowl", "canto", "chapter", "class", "division", "group",
    "level", "page", "part", "phase", "psalm", "scene", "schedule", "section", "stage", "table",
    "title", "type", "vatican", "volume", "war",
];

/// Whose first was called so: elsewhere *I* after a name is a person who speaks.
const REIGNED: [&str; 36] = [
    "alexander",
    "benedict",
    "catherine",
    "charles",
    "christina",
    "clement",
    "constantine",
    "david",
    "edward",
    "elizabeth",
    "ferdinand",
    "francis",
    "frederick",
    "george",
    "gregory",
    "gustav",
    "haakon",
    "henry",
    "innocent",
    "isabella",
    "james",
    "john",
    "joseph",
    "leo",
    "leopold",
    "louis",
    "mary",
    "napoleon",
    "nicholas",
    "otto",
    "paul",
    "peter",
    "philip",
    "richard",
    "selassie",
    "william",
];

/// The most that a Roman numeral of a name, a chapter or a bowl may be.
const MOST_ROMAN: u32 = 89;
/// From here on a Roman numeral is a year.
const LEAST_YEAR: u32 = 1500;

/// Rewrites every such expression.
pub(super) fn rewrite(drafts: &mut Vec<Draft>) {
    let mut old = std::mem::take(drafts);
    let mut at = 0;
    drafts.reserve(old.len());
    while at < old.len() {
        mark_roman(drafts, &mut old[at]);
        let rest = &mut old[at..];
        at += world_war(rest, drafts)
            .or_else(|| day_first(rest, drafts))
            .or_else(|| month_first(rest, drafts))
            .or_else(|| foreign_money(rest, drafts))
            .unwrap_or_else(|| {
                drafts.push(take(&mut rest[0]));
                1
            });
    }
}

/// The draft itself; what is left in its place is not looked at again.
fn take(draft: &mut Draft) -> Draft {
    let empty = Token::plain(String::new(), 0..0, TokenKind::Word);
    Draft { token: std::mem::replace(&mut draft.token, empty), ..*draft }
}

/// Whether nothing but a blank stands between the first `count` drafts.
fn run_on(drafts: &[Draft], count: usize) -> bool {
    drafts.len() >= count && drafts[..count - 1].iter().all(|draft| draft.stop == Stop::None)
}

fn covering(drafts: &[Draft]) -> std::ops::Range<usize> {
    drafts[0].token.words.start..drafts[drafts.len() - 1].token.words.end
}

/// `the Second World War`, `WWII`, `WW2` as *world war 2*.
fn world_war(rest: &mut [Draft], out: &mut Vec<Draft>) -> Option<usize> {
    let text = |at: usize| rest.get(at).map(|draft| draft.token.text.as_str());
    let (number, taken) = match text(0)? {
        "wwi" => (1, 1),
        "wwii" => (2, 1),
        "wwiii" => (3, 1),
        "ww" => (text(1).and_then(war_number)?, 2),
        first if text(1) == Some("world") && text(2) == Some("war") => {
            (["1st", "2nd", "3rd"].iter().position(|ordinal| *ordinal == first)? + 1, 3)
        }
        _ => return None,
    };
    if !run_on(rest, taken) {
        return None;
    }
    let words = covering(&rest[..taken]);
    let with = |text: &str, kind, written: &str| Draft {
        token: Token { text: text.into(), words: words.clone(), kind, written: written.into() },
        ..rest[taken - 1]
    };
    let written = format!("{} {}", "i".repeat(number), note::ROMAN);
    let war = [
        with("world", TokenKind::Word, if taken == 3 { note::ARTICLE } else { "" }),
        with("war", TokenKind::Word, ""),
        with(&number.to_string(), TokenKind::Number, &written),
    ];
    out.extend(war);
    Some(taken)
}

fn war_number(text: &str) -> Option<usize> {
    ["1", "2", "3"]
        .iter()
        .position(|number| *number == text)
        .or(match text {
            "i" => Some(0),
            "ii" => Some(1),
            "iii" => Some(2),
            _ => None,
        })
        .map(|place| place + 1)
}

/// Whether it is the name of a month, and no verb.
fn is_month(draft: &Draft, certain: bool) -> bool {
    let text = draft.token.text.as_str();
    let doubtful = matches!(text, "march" | "may" | "august");
    MONTHS.contains(&text) && (certain || draft.case != Case::Small || !doubtful)
}

/// The day of a month that a number may be.
fn day(token: &Token) -> Option<u64> {
    let digits = token.text.trim_end_matches(char::is_alphabetic);
    let value = digits.parse().ok().filter(|value| (1..=31).contains(value))?;
    let fits = digits.len() == token.text.len() || numbers::ordinal(value) == token.text;
    (token.kind == TokenKind::Number && fits).then_some(value)
}

fn is_ordinal(token: &Token) -> bool {
    token.text.ends_with("th")
        || token.text.ends_with("st")
        || token.text.ends_with("nd")
        || token.text.ends_with("rd")
}

/// `the fourth of July`, `4th July`, `4 July` and `4-6 July` as *july 4th*; the article is left to the
/// readings.
fn day_first(rest: &mut [Draft], out: &mut Vec<Draft>) -> Option<usize> {
    let first = &rest[0];
    if first.token.kind != TokenKind::Number {
        return None;
    }
    let of = usize::from(rest.get(1).is_some_and(|next| next.is("of")));
    let ordinal = is_ordinal(&first.token);
    let month = rest.get(of + 1).filter(|month| is_month(month, of == 1 && ordinal))?;
    let is_days = day(&first.token).is_some() && (ordinal || first.figures) || is_days(first);
    let numbered = out.last().is_some_and(|before| {
        before.stop == Stop::None && NUMBERED.contains(&before.token.text.as_str())
    });
    if !is_days || (of == 1 && !ordinal) || numbered || !run_on(rest, of + 2) {
        return None;
    }
    let words = covering(&rest[..of + 2]);
    let written = if ordinal { note::ARTICLE } else { "" };
    let month = Token {
        written: written.into(),
        ..Token::plain(month.token.text.clone(), words.clone(), TokenKind::Word)
    };
    let stop = rest[of + 1].stop;
    let mut day = take(&mut rest[0]);
    as_day(&mut day);
    day.token.words = words;
    let month = Draft { token: month, stop: Stop::None, case: Case::Capital, ..day };
    out.extend([month, Draft { stop, ..day }]);
    Some(of + 2)
}

/// `July 4`, `July the fourth` and `July 4-6`, the day as an ordinal.
fn month_first(rest: &mut [Draft], out: &mut Vec<Draft>) -> Option<usize> {
    if rest.len() < 2 || !is_month(&rest[0], false) || !run_on(rest, 2) {
        return None;
    }
    let article = usize::from(rest[1].is("the") && run_on(rest, 3));
    let number = rest.get(article + 1)?;
    let fits = match article {
        1 => day(&number.token).is_some() && is_ordinal(&number.token),
        _ => number.figures && (day(&number.token).is_some() || is_days(number)),
    };
    let after = rest.get(article + 2).filter(|_| number.stop == Stop::None);
    let measured = after.is_some_and(|next| {
        next.is("percent") || matches!(&*next.token.written, "$" | "°") || next.is("oclock")
    });
    if !fits || measured {
        return None;
    }
    let words = covering(&rest[1..article + 2]);
    let month = take(&mut rest[0]);
    let mut number = take(&mut rest[article + 1]);
    number.token.words = words;
    as_day(&mut number);
    out.extend([month, number]);
    Some(article + 2)
}

/// Whether these figures are several days: `4-6`.
fn is_days(draft: &Draft) -> bool {
    let parts = || draft.token.text.split('-');
    let is_day = |part: &str| part.parse().is_ok_and(|day: u32| (1..=31).contains(&day));
    draft.figures && draft.token.text.contains('-') && parts().count() == 2 && parts().all(is_day)
}

/// Figures of a day are compared as an ordinal, and may be read as one.
fn as_day(draft: &mut Draft) {
    let token = &mut draft.token;
    if !draft.figures {
        return;
    }
    if let (Some(value), false) = (day(token), is_ordinal(token)) {
        token.text = numbers::ordinal(value);
    }
    token.written = format!("{} {}", token.written, note::DAY).into();
}

/// `US$5` as *5 us dollars*, of which *us* need not be said; `USD 5` as *5 dollars*.
fn foreign_money(rest: &mut [Draft], out: &mut Vec<Draft>) -> Option<usize> {
    if let Some(currency) = currency_of_code(&rest[0]) {
        return with_code(rest, out, currency);
    }
    let is_amount = rest.len() > 2 && rest[1].glued && &*rest[2].token.written == "$";
    if !is_amount || rest[1].token.kind != TokenKind::Number || !rest[2].is("dollars") {
        return None;
    }
    let country = match rest[0].token.text.as_str() {
        "us" => "us",
        "c" | "ca" => "canadian",
        "a" | "au" => "australian",
        _ => return None,
    };
    let words = covering(&rest[..3]);
    let written = note::OPTIONAL.into();
    let country =
        Token { text: country.into(), words: words.clone(), kind: TokenKind::Word, written };
    let country = Draft { token: country, stop: Stop::None, ..rest[0] };
    let (mut number, mut dollars) = (take(&mut rest[1]), take(&mut rest[2]));
    for draft in [&mut number, &mut dollars] {
        draft.token.words = words.clone();
    }
    out.extend([number, country, dollars]);
    Some(3)
}

/// What an international code of a currency stands for.
fn currency_of_code(draft: &Draft) -> Option<&'static str> {
    let text = draft.token.text.as_str();
    let known = [
        ("usd", "dollars"),
        ("eur", "euros"),
        ("gbp", "pounds"),
        ("jpy", "yen"),
        ("inr", "rupees"),
    ];
    known.iter().find(|(code, _)| *code == text).map(|&(_, currency)| currency)
}

/// A code before its number or after it.
fn with_code(rest: &mut [Draft], out: &mut Vec<Draft>, currency: &str) -> Option<usize> {
    let as_currency = |draft: &mut Draft| {
        draft.token.text = currency.into();
        draft.token.written = "$".into();
    };
    if out
        .last()
        .is_some_and(|before| before.token.kind == TokenKind::Number && before.stop == Stop::None)
    {
        let mut code = take(&mut rest[0]);
        as_currency(&mut code);
        out.push(code);
        return Some(1);
    }
    if !run_on(rest, 2) || rest[1].token.kind != TokenKind::Number {
        return None;
    }
    let words = covering(&rest[..2]);
    let (mut code, mut number) = (take(&mut rest[0]), take(&mut rest[1]));
    as_currency(&mut code);
    let stop = number.stop;
    for draft in [&mut code, &mut number] {
        draft.token.words = words.clone();
    }
    out.extend([Draft { stop: Stop::None, ..number }, Draft { stop, ..code }]);
    Some(2)
}

/// Makes a number of a Roman numeral after a name or what is numbered. A single letter after a name stays
/// one, but may be read as a number.
fn mark_roman(done: &[Draft], draft: &mut Draft) {
    let Some(before) = done.last().filter(|before| before.stop == Stop::None) else { return };
    if draft.token.kind != TokenKind::Word
        || !draft.token.text.starts_with(['i', 'v', 'x', 'l', 'm'])
    {
        return;
    }
    let (numeral, owner) = match draft.token.text.strip_suffix("'s") {
        Some(numeral) => (numeral, "'s"),
        None => (draft.token.text.as_str(), ""),
    };
    let noun = before.token.text.as_str();
    let numbered = NUMBERED.contains(&noun);
    let named = before.case != Case::Small && before.token.kind == TokenKind::Word;
    let Some(value) =
        roman(numeral).filter(|_| numbered || (named && draft.case == Case::Capitals))
    else {
        return;
    };
    let single = numeral.len() == 1;
    let world_war = noun == "war" && done.len() > 1 && done[done.len() - 2].is("world");
    let may_be_one = world_war
        || draft.case == Case::Capitals
            && before.case != Case::Small
            && (numbered || REIGNED.contains(&noun));
    let fits = match numeral {
        "i" => may_be_one,
        "v" | "x" => draft.case == Case::Capitals,
        _ => !single && !(MOST_ROMAN + 1..LEAST_YEAR).contains(&value),
    };
    if !fits {
        return;
    }
    draft.token.written = format!("{numeral} {}{owner}", note::ROMAN).into();
    if numbered || !single {
        draft.token.text = format!("{value}{owner}");
        draft.token.kind = TokenKind::Number;
    }
}

/// The value of a well-formed Roman numeral in small letters.
pub(super) fn roman(numeral: &str) -> Option<u32> {
    const DIGITS: [(&str, u32); 13] = [
        ("m", 1000),
        ("cm", 900),
        ("d", 500),
        ("cd", 400),
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ];
    let (mut value, mut rest) = (0, numeral);
    for (digit, worth) in DIGITS {
        let most = if digit.len() == 2 || matches!(digit, "d" | "l" | "v") { 1 } else { 3 };
        for _ in 0..most {
            let Some(after) = rest.strip_prefix(digit) else { break };
            (value, rest) = (value + worth, after);
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}
