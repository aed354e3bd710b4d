//! English words that are written in several ways: contractions, titles, abbreviations, units.
//!
//! Tables only, on folded text; it does not know numbers or spelling variants.

use super::atoms::{Atom, Kind, Stop};

/// Written in one word, compared as several.
const CONTRACTIONS: &[(&str, &str)] = &[
    ("cannot", "can not"),
    ("coulda", "could have"),
    ("dunno", "do not know"),
    ("gimme", "give me"),
    ("gonna", "going to"),
    ("gotta", "got to"),
    ("hafta", "have to"),
    ("kinda", "kind of"),
    ("lemme", "let me"),
    ("let's", "let us"),
    ("oughta", "ought to"),
    ("outta", "out of"),
    ("shoulda", "should have"),
    ("sorta", "sort of"),
    ("wanna", "want to"),
    ("woulda", "would have"),
    ("kmh", "kilometers per hour"),
    ("kph", "kilometers per hour"),
    ("mph", "miles per hour"),
];

/// Words that stand for one another, with the one used for comparing.
const SAME: &[(&str, &str)] = &[
    ("o'er", "over"),
    ("coz", "because"),
    ("cuz", "because"),
    ("doctor", "dr"),
    ("etcetera", "etc"),
    ("missus", "mrs"),
    ("mister", "mr"),
    ("miz", "ms"),
    ("ok'd", "okayed"),
    ("okay", "ok"),
    ("saint", "st"),
    ("street", "st"),
    ("versus", "vs"),
];

/// Abbreviations that stand before a name or a day, with what is read for them.
const TITLES: &[(&str, &str)] = &[
    ("aug", "august"),
    ("capt", "captain"),
    ("cpl", "corporal"),
    ("dept", "department"),
    ("gov", "governor"),
    ("jr", "junior"),
    ("lt", "lieutenant"),
    ("prof", "professor"),
    ("sen", "senator"),
    ("sept", "september"),
    ("sgt", "sergeant"),
    ("sr", "senior"),
];

/// As [`TITLES`], but also words of their own, so they need a full stop or a name after them.
const DOUBTFUL_TITLES: &[(&str, &str)] = &[
    ("col", "colonel"),
    ("ft", "fort"),
    ("gen", "general"),
    ("maj", "major"),
    ("mt", "mount"),
    ("rep", "representative"),
    ("rev", "reverend"),
];

/// Months, before a day in figures.
const MONTHS: &[(&str, &str)] = &[
    ("apr", "april"),
    ("dec", "december"),
    ("feb", "february"),
    ("jan", "january"),
    ("nov", "november"),
    ("oct", "october"),
];

/// As [`TITLES`], but they need a full stop.
const DOTTED_ONLY: &[(&str, &str)] = &[
    ("assoc", "associate"),
    ("ave", "avenue"),
    ("blvd", "boulevard"),
    ("co", "company"),
    ("corp", "corporation"),
    ("dec", "december"),
    ("feb", "february"),
    ("jan", "january"),
    ("nov", "november"),
    ("oct", "october"),
];

/// Two words that are also written as one.
const COMPOUNDS: &[(&str, &str)] = &[
    ("all", "right"),
    ("et", "cetera"),
    ("e", "mail"),
    ("e", "mails"),
    ("e", "mailed"),
    ("health", "care"),
    ("non", "profit"),
    ("non", "profits"),
    ("per", "cent"),
    ("web", "site"),
    ("web", "sites"),
];

/// Words whose `'s` is a contraction of *is* or *has*, not a possessive.
const NEVER_OWNERS: &[&str] =
    &["he", "here", "how", "it", "she", "that", "there", "what", "when", "where", "who", "why"];

fn find(table: &[(&str, &'static str)], text: &str) -> Option<&'static str> {
    table.iter().find(|(written, _)| *written == text).map(|&(_, read)| read)
}

/// The one word that `first second` is also written as.
pub(super) fn compound(first: &str, second: &str) -> Option<String> {
    if !COMPOUNDS.contains(&(first, second)) {
        return None;
    }
    Some(match first {
        "all" => "alright".to_owned(),
        "et" => "etc".to_owned(),
        _ => format!("{first}{second}"),
    })
}

/// Joins capital letters that stand apart: `U. N.`, `N P R`.
pub(super) fn join_letters(atoms: &[Atom]) -> Vec<Atom> {
    let mut joined = Vec::with_capacity(atoms.len());
    let mut rest = atoms;
    while !rest.is_empty() {
        let (run, after) = rest.split_at(letter_run(rest).max(1));
        let mut atom = run[run.len() - 1].clone();
        atom.text = run.iter().map(|letter| letter.text.as_str()).collect();
        atom.words = run[0].words.start..atom.words.end;
        (atom.glued, atom.shouted) = (run[0].glued, run[0].shouted);
        joined.push(atom);
        rest = after;
    }
    joined
}

/// How many atoms from the first on are one spelt-out abbreviation. The words *I* and *A* at its
/// edges are left out unless a full stop marks them as letters.
fn letter_run(atoms: &[Atom]) -> usize {
    let is_letter =
        |atom: &&Atom| atom.capital && atom.kind == Kind::Word && atom.text.chars().count() == 1;
    let mut run: Vec<&Atom> = atoms.iter().take_while(is_letter).collect();
    if run.first().is_some_and(|atom| !atom.dotted() && matches!(atom.text.as_str(), "a" | "i")) {
        return 1;
    }
    let dotted = run.iter().any(|atom| atom.dotted());
    while run
        .last()
        .is_some_and(|atom| !atom.dotted() && (atom.text == "i" || (dotted && atom.text == "a")))
    {
        run.pop();
    }
    run.len()
}

/// The atoms that `atom`, with `next` after it, is compared as.
pub(super) fn expand(atom: &Atom, next: Option<&Atom>) -> Vec<Atom> {
    if atom.kind != Kind::Word {
        return vec![atom.clone()];
    }
    if let Some(read) = title(atom, next) {
        // The full stop is the abbreviation's: no sentence ends.
        let stop = if atom.dotted() { Stop::None } else { atom.stop };
        return vec![Atom { mark: ' ', stop, ..atom.with_text(read) }];
    }
    if let Some(read) = find(SAME, &atom.text) {
        return vec![atom.with_text(read)];
    }
    let read = match find(CONTRACTIONS, &atom.text) {
        Some(read) => read.to_owned(),
        None => uncontracted(&atom.text),
    };
    split(atom, &read)
}

/// `read`'s words as atoms; only the last one keeps the punctuation.
fn split(atom: &Atom, read: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = read.split(' ').map(|word| atom.with_text(word)).collect();
    if let Some((_, all_but_last)) = atoms.split_last_mut() {
        for atom in all_but_last {
            atom.stop = Stop::None;
            atom.mark = ' ';
        }
    }
    atoms
}

fn title(atom: &Atom, next: Option<&Atom>) -> Option<&'static str> {
    if !atom.capital {
        return None;
    }
    let text = atom.text.as_str();
    if matches!(text, "no" | "nos") && atom.dotted() && next.is_some_and(Atom::is_figure) {
        return Some(if text == "no" { "number" } else { "numbers" });
    }
    if next.is_some_and(Atom::is_figure)
        && let Some(month) = find(MONTHS, text)
    {
        return Some(month);
    }
    let before_name = next.is_some_and(|next| next.capital && next.text.chars().count() > 2);
    let doubtful = if atom.dotted() || before_name { DOUBTFUL_TITLES } else { &[] };
    let dotted = if atom.dotted() { DOTTED_ONLY } else { &[] };
    find(TITLES, text).or_else(|| find(doubtful, text)).or_else(|| find(dotted, text))
}

/// `don't` as `do not`, `they'll` as `they will`, `it's` as `it is`. What stands before `'d` may be
/// *had* or *would*, and a possessive looks like *is*: those stay.
fn uncontracted(text: &str) -> String {
    if let Some(stem) = text.strip_suffix("n't") {
        return match stem {
            "" | "ai" => text.to_owned(),
            "ca" => "can not".to_owned(),
            "wo" => "will not".to_owned(),
            "sha" => "shall not".to_owned(),
            _ => format!("{stem} not"),
        };
    }
    let endings = [("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'s", "is")];
    for (ending, word) in endings {
        if let Some(stem) = text.strip_suffix(ending) {
            let known = ending != "'s" || NEVER_OWNERS.contains(&stem);
            let known = known && (ending != "'m" || stem == "i");
            return if known { format!("{} {word}", uncontracted(stem)) } else { text.to_owned() };
        }
    }
    text.to_owned()
}
