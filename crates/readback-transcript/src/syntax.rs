//! Where speech may be parted: what joins two neighbouring words. Word lists tell what leans on what;
//! languages without a list have their punctuation. It does not know what is parted, nor why.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::ends_sentence;

/// A word and what is written around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<'a> {
    /// With the punctuation before and after it.
    pub text: &'a str,
    /// Without.
    pub bare: &'a str,
    /// Whether a blank stands before it.
    pub apart: bool,
}

/// What joins a word to the next, from the loosest to the firmest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Joint {
    /// A sentence ends between them.
    Sentence,
    /// A clause does, or something begins in quotation marks or brackets.
    Clause,
    /// A conjunction begins the second part.
    BeforeConjunction,
    /// A preposition does.
    BeforePreposition,
    /// Nothing in particular.
    Plain,
    /// The first leans on the second: an article, a preposition, an auxiliary, a negation.
    Leaning,
    /// They are parts of one name, one number, or one word.
    Whole,
}

/// The small words of a language as its file lists them, lower case, parted by blanks; what each list is
/// for, the file says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    conjunctions: String,
    prepositions: String,
    leaning: String,
    pronouns: String,
    titles: String,
    units: String,
    numerals: String,
    months: String,
    capitals_name: bool,
}

/// The small words of a language.
#[derive(Default)]
struct Words {
    kinds: HashMap<String, Kinds>,
    capitals_name: bool,
}

/// What a small word is.
#[derive(Clone, Copy)]
enum Kind {
    Conjunction,
    Preposition,
    Leaning,
    Pronoun,
    Title,
    Unit,
    Numeral,
    Month,
}

/// All that a small word is: `may` is two things.
#[derive(Clone, Copy, Default)]
struct Kinds(u8);

impl Kinds {
    fn add(&mut self, kind: Kind) {
        self.0 |= 1 << kind as u8;
    }

    fn has(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }
}

impl From<Lists> for Words {
    fn from(lists: Lists) -> Self {
        let listed = [
            (Kind::Conjunction, lists.conjunctions),
            (Kind::Preposition, lists.prepositions),
            (Kind::Leaning, lists.leaning),
            (Kind::Pronoun, lists.pronouns),
            (Kind::Title, lists.titles),
            (Kind::Unit, lists.units),
            (Kind::Numeral, lists.numerals),
            (Kind::Month, lists.months),
        ];
        let mut kinds: HashMap<String, Kinds> = HashMap::new();
        for (kind, words) in listed {
            for word in words.split_whitespace() {
                kinds.entry(word.to_owned()).or_default().add(kind);
            }
        }
        Self { kinds, capitals_name: lists.capitals_name }
    }
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| words(include_str!("languages/en.toml")));
static GERMAN: LazyLock<Words> = LazyLock::new(|| words(include_str!("languages/de.toml")));
static NONE: LazyLock<Words> = LazyLock::new(Words::default);

fn words(file: &str) -> Words {
    toml::from_str::<Lists>(file).expect("lists of our own").into()
}

/// Small words inside a name.
const PARTICLES: &[&str] = &[
    "van", "von", "de", "da", "di", "del", "della", "der", "den", "la", "le", "du", "dos", "das",
    "bin", "ibn", "al", "el",
];

/// What joins each two neighbours: the first is between the first word and the second. The small words
/// are those of `language`, English where none is stated.
pub fn joints(words: &[Written<'_>], language: Option<&str>) -> Vec<Joint> {
    let list = match language.map(|language| language.get(..2).unwrap_or(language)) {
        None | Some("en") => &*ENGLISH,
        Some("de") => &*GERMAN,
        Some(_) => &*NONE,
    };
    let words: Vec<Read<'_>> = words.iter().map(|&word| Read::of(word, list)).collect();
    let earlier = |i: usize| i.checked_sub(1).map(|i| &words[i]);
    let pairs = words.windows(2).enumerate();
    pairs.map(|(i, pair)| joint(earlier(i), &pair[0], &pair[1], words.get(i + 2))).collect()
}

/// A word as parting looks at it.
struct Read<'a> {
    word: Written<'a>,
    /// What stands after the word itself.
    mark: &'a str,
    kinds: Kinds,
    bare: String,
    is_number: bool,
    is_name: bool,
}

impl<'a> Read<'a> {
    fn of(word: Written<'a>, words: &Words) -> Self {
        let mut bare = word.bare.to_lowercase();
        if bare.contains('’') {
            bare = bare.replace('’', "'");
        }
        let kinds = words.kinds.get(&bare).copied().unwrap_or_default();
        let has_digits = bare.bytes().any(|byte| byte.is_ascii_digit());
        let is_number = has_digits || kinds.has(Kind::Numeral);
        let small = [Kind::Conjunction, Kind::Preposition, Kind::Leaning, Kind::Pronoun];
        let is_small = small.into_iter().any(|kind| kinds.has(kind));
        let is_name = words.capitals_name && !is_small && is_capital(word.bare);
        let mark = word.text.rsplit_once(word.bare).map_or("", |(_, mark)| mark);
        Self { word, mark, kinds, bare, is_number, is_name }
    }

    /// Whether it is better not the last word of a line.
    fn leans(&self) -> bool {
        let leaning = [Kind::Leaning, Kind::Preposition, Kind::Conjunction];
        leaning.into_iter().any(|kind| self.kinds.has(kind))
    }

    fn is_particle(&self) -> bool {
        PARTICLES.contains(&self.bare.as_str())
    }

    /// Whether something stands before the word itself.
    fn opens(&self) -> bool {
        !self.word.text.starts_with(self.word.bare)
    }

    /// A letter with a period, as in `J. Edgar`.
    fn is_initial(&self) -> bool {
        let mut letters = self.word.bare.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|c| c == '.')
            && self.word.text.ends_with('.')
    }
}

/// Whether a word is written as names are: a capital and small letters after it, or capitals alone if
/// they are few; a text all in capitals marks no name.
fn is_capital(word: &str) -> bool {
    let few = word.chars().count() <= 4;
    word.starts_with(char::is_uppercase) && (few || word.contains(char::is_lowercase))
}

fn joint(
    earlier: Option<&Read<'_>>,
    before: &Read<'_>,
    after: &Read<'_>,
    later: Option<&Read<'_>>,
) -> Joint {
    if !after.word.apart {
        return unspaced(before, after);
    }
    if is_whole(earlier, before, after, later) {
        return Joint::Whole;
    }
    let mark = before.mark.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    match mark.chars().next_back() {
        _ if ends_sentence(mark) => Joint::Sentence,
        Some(',' | ';' | ':' | '-' | '–' | '—' | '、' | '，') => Joint::Clause,
        _ if before.leans() => Joint::Leaning,
        _ if after.opens() => Joint::Clause,
        _ if after.kinds.has(Kind::Conjunction) => Joint::BeforeConjunction,
        _ if after.kinds.has(Kind::Preposition) => Joint::BeforePreposition,
        _ => Joint::Plain,
    }
}

/// Words without a blank between them: a script that has none, or a dash.
fn unspaced(before: &Read<'_>, after: &Read<'_>) -> Joint {
    let ends = before.word.text.chars().next_back();
    match ends {
        Some('。' | '！' | '？') => Joint::Sentence,
        Some('-' | '–' | '—' | '、' | '，' | '…') => Joint::Clause,
        _ if after.word.bare.starts_with(|c: char| c >= '\u{e00}') => Joint::Plain,
        _ => Joint::Whole,
    }
}

/// Whether the two are parts of one name or one number.
fn is_whole(
    earlier: Option<&Read<'_>>,
    before: &Read<'_>,
    after: &Read<'_>,
    later: Option<&Read<'_>>,
) -> bool {
    if after.opens() {
        return false;
    }
    let dated = before.is_number && after.kinds.has(Kind::Month)
        || before.kinds.has(Kind::Month) && after.is_number;
    let titled = before.kinds.has(Kind::Title) && after.is_name && matches!(before.mark, "" | ".");
    if titled || dated && matches!(before.mark, "" | ".") {
        return true;
    }
    if before.is_initial() && after.is_name {
        return true;
    }
    if !before.mark.is_empty() {
        return false;
    }
    let counted = before.is_number && (after.kinds.has(Kind::Unit) || after.is_number);
    let per_cent = before.bare == "per" && after.bare == "cent";
    let numbered = before.is_name && after.word.bare.starts_with(|c: char| c.is_ascii_digit());
    let into_particle = before.is_name
        && after.is_particle()
        && later.is_some_and(|later| later.is_name && !later.opens() && later.word.apart);
    let out_of_particle =
        before.is_particle() && after.is_name && earlier.is_some_and(|earlier| earlier.is_name);
    let named = before.is_name && after.is_name;
    counted || per_cent || numbered || into_particle || out_of_particle || named
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of `text`, each with what joins it to the next.
    fn joined(text: &str, language: Option<&str>) -> Vec<Joint> {
        let words: Vec<Written<'_>> = text
            .split_whitespace()
            .map(|text| {
                let bare = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '$');
                Written { text, bare, apart: true }
            })
            .collect();
        joints(&words, language)
    }

    #[test]
    fn names_and_numbers_are_whole() {
        for text in [
            "Dana Ortiz",
            "Mr. Kim",
            "President Obama",
            "J. Edgar Hoover",
            "Ludwig van Beethoven",
            "Osama bin Laden",
            "$5 million",
            "20 percent",
            "forty two people",
            "July 4",
            "May 12",
            "Interstate 80",
        ] {
            let joints = joined(text, None);
            assert!(joints.iter().all(|&joint| joint == Joint::Whole), "{text}: {joints:?}");
        }
    }

    #[test]
    fn small_words_lean_on_what_follows_and_phrases_part_before_them() {
        use Joint::{BeforeConjunction, BeforePreposition, Clause, Leaning, Plain, Sentence};
        assert_eq!(
            joined("He has not seen the river", None),
            [Leaning, Leaning, Leaning, Plain, Leaning]
        );
        assert_eq!(
            joined("rain fell on roofs, and wind rose. Then", None),
            [Plain, BeforePreposition, Leaning, Clause, Leaning, Plain, Sentence]
        );
        assert_eq!(joined("rain because wind", None), [BeforeConjunction, Leaning]);
    }

    #[test]
    fn capitals_at_the_start_of_a_sentence_or_of_a_whole_text_make_no_name() {
        assert!(!joined("The Senate In Ohio", None).contains(&Joint::Whole));
        assert!(!joined("BREAKING THROUGH WALLS", None).contains(&Joint::Whole));
        assert!(!joined("Kim, Putin", None).contains(&Joint::Whole));
    }

    #[test]
    fn german_has_its_own_small_words_and_names_no_noun() {
        use Joint::{BeforeConjunction, Leaning, Whole};
        assert_eq!(joined("das Haus und", Some("de")), [Leaning, BeforeConjunction]);
        assert_eq!(joined("3 Prozent", Some("de")), [Whole]);
        assert_eq!(joined("4. Juli", Some("de")), [Whole]);
    }
}
