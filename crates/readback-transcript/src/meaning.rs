//! What in a word carries much meaning: whether it negates, and whether it is written like a name.

/// Words whose loss or gain turns a sentence round, as spoken-form tokens.
const NEGATIONS: [&str; 10] =
    ["not", "no", "never", "none", "nor", "neither", "nothing", "nobody", "nowhere", "without"];

/// Whether a spoken-form token negates; English only.
pub fn is_negation(token: &str) -> bool {
    NEGATIONS.contains(&token)
}

/// The months, in order.
pub const MONTHS: [&str; 12] = [
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

/// The days of the week, Sunday first.
pub const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Whether a word is the name of a month or a day of the week, with its capital.
pub fn is_date(word: &str) -> bool {
    let date = bare_word(word);
    is_capitalised(word) && MONTHS.iter().chain(&WEEKDAYS).any(|it| it.eq_ignore_ascii_case(date))
}

/// A word without the marks around it, nor the ending of a genitive: `Putin` of `(Putin’s)`.
pub fn bare_word(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// Whether the first letter is a capital and the next one is not: inside a sentence, most likely a name.
pub fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars().skip_while(|c| !c.is_alphanumeric());
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}
