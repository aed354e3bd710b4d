//! What in a word carries much meaning: whether it negates, and whether it is written like a name.

/// Words whose loss or gain turns a sentence round, as spoken-form tokens.
const NEGATIONS: [&str; 10] =
    ["not", "no", "never", "none", "nor", "neither", "nothing", "nobody", "nowhere", "without"];

/// Whether a spoken-form token negates; English only.
pub fn is_negation(token: &str) -> bool {
    NEGATIONS.contains(&token)
}

/// Whether the first letter is a capital and the next one is not: inside a sentence, most likely a name.
pub fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars().skip_while(|c| !c.is_alphanumeric());
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}
