//! What is told of words that were corrected.

use readback_check::likeness;
use readback_transcript::{Part, Token, TokenKind, bare_word, is_date, is_negation, tokens};

use super::side::{Names, Side, bare};
use super::{Correction, Kind};

/// From so many words on it is a passage.
const PASSAGE: usize = 6;
/// So few words say little without those beside them.
const FEW: usize = 2;
/// So many words away a passage is looked for once more.
const NEAR: usize = 60;

pub fn correction(part: &Part, before: &Side, after: &Side, names: &Names) -> Correction {
    let (old, new) = (before.words(part.before), after.words(part.after));
    let (gone, come) = (before.quoted(part.before), after.quoted(part.after));
    let language = after.transcript.language.as_deref().unwrap_or("en");
    let (left, right) = (tokens(&old, language), tokens(&new, language));
    let told = |kind, did: &str| Correction::new(kind, gone.clone(), come.clone(), did);
    let texts = |side: &[Token]| side.iter().map(|it| it.text.as_str()).collect::<String>();
    if texts(&left) == texts(&right) {
        return told(Kind::Style, &format!("had “{gone}” for “{come}”"));
    }
    if let Some((wrong, right)) = misspelt_name(&old, &new, after, names) {
        return told(Kind::Name, &format!("misspelled the name {right} as {wrong}"));
    }
    if new.is_empty() && stands_again(part, before) {
        let kind = if old.len() <= FEW { Kind::Typing } else { Kind::Repeat };
        return told(kind, &format!("repeated “{gone}”"));
    }
    if old.len() == new.len() && old.iter().zip(&new).all(|(a, b)| is_slip(a, b, after)) {
        return told(Kind::Typing, &format!("misspelled “{come}” as “{gone}”"));
    }
    let kind = match old.len().max(new.len()) {
        PASSAGE.. if old.is_empty() || new.is_empty() => Kind::Passage,
        PASSAGE.. => Kind::Wording,
        _ if figures(&old, &left) != figures(&new, &right) => Kind::Figure,
        _ if negations(&left) != negations(&right) => Kind::Negation,
        _ if others(&old, &new, names) => Kind::Name,
        _ => Kind::Wording,
    };
    let most = if old.is_empty() || new.is_empty() { FEW } else { PASSAGE };
    let few = old.len().min(new.len()) <= FEW && old.len().max(new.len()) <= most;
    let phrases = few.then(|| (before.phrase(part.before), after.phrase(part.after)));
    let did = match phrases {
        Some((was, is)) if !was.is_empty() && !is.is_empty() => {
            format!("had “{was}” where the speaker said “{is}”")
        }
        _ if old.is_empty() => format!("left out “{come}”"),
        _ if new.is_empty() => format!("included “{gone}”, which was not said"),
        _ => format!("had “{gone}” where the speaker said “{come}”"),
    };
    told(kind, &did)
}

/// A name as it was written and as it is: the same words but for some that sound alike, of which the new
/// ones are names and the old ones are not said.
fn misspelt_name(
    old: &[&str],
    new: &[&str],
    after: &Side,
    names: &Names,
) -> Option<(String, String)> {
    let is_misspelt = |a: &str, b: &str| {
        names.has(b) && likeness(&bare(a), &bare(b)) > 0.5 && !after.says(&bare(a))
    };
    let pairs = || old.iter().zip(new);
    let fits = old.len() == new.len()
        && !new.is_empty()
        && pairs().all(|(a, b)| bare(a) == bare(b) || is_misspelt(a, b));
    let name = |words: &[&str]| bare_word(&words.join(" ")).to_owned();
    (fits && pairs().any(|(a, b)| bare(a) != bare(b))).then(|| (name(old), name(new)))
}

/// Whether a word differs from another by a slip of the keyboard: a letter or two within a longer word, which
/// make no word that is said elsewhere.
fn is_slip(old: &str, new: &str, after: &Side) -> bool {
    let (old, new) = (bare(old), bare(new));
    let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let differing = readback_transcript::distance(&a, &b);
    let is_within = a.first() == b.first() && a.last() == b.last();
    differing == 0
        || is_within && differing <= 2 && a.len().min(b.len()) > 2 * differing && !after.says(&old)
}

/// Figures and dates, in order.
fn figures(words: &[&str], tokens: &[Token]) -> Vec<String> {
    let numbers = tokens.iter().filter(|it| it.kind == TokenKind::Number);
    let dates = words.iter().filter(|word| is_date(word)).map(|word| bare(word));
    numbers.map(|it| it.text.clone()).chain(dates).collect()
}

fn negations(tokens: &[Token]) -> usize {
    tokens.iter().filter(|it| is_negation(&it.text)).count()
}

/// Whether names differ, and not only that one stands for a pronoun or the other way round.
fn others(old: &[&str], new: &[&str], names: &Names) -> bool {
    let lacks = |words: &[&str], than: &[&str]| {
        words.iter().any(|word| names.has(word) && than.iter().all(|it| bare(it) != bare(word)))
    };
    match (lacks(old, new), lacks(new, old)) {
        (true, true) => true,
        (true, false) => new.is_empty() && old.len() <= FEW,
        (false, true) => old.is_empty() && new.len() <= FEW,
        (false, false) => false,
    }
}

/// Whether the words of a part stand near by once more, all but a few of them.
fn stands_again(part: &Part, before: &Side) -> bool {
    let bare = |words: Vec<&str>| words.into_iter().map(bare).collect::<Vec<_>>();
    let gone = bare(before.words(part.before));
    let (earlier, later) = before.beside(part.before, if gone.len() > FEW { NEAR } else { 0 });
    [earlier, later].into_iter().any(|beside| {
        let is_again = |words: &[String]| {
            let mut rest: Vec<&String> = words.iter().collect();
            let missing = gone.iter().filter(|word| {
                let same = rest.iter().position(|it| it == word);
                same.map(|at| rest.swap_remove(at)).is_none()
            });
            5 * missing.count() <= gone.len()
        };
        bare(beside).windows(gone.len()).any(is_again)
    })
}
