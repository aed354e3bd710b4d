//! Drafts of correction notices: what a new revision changed, put as readers are told it.

use jiff::civil::Date;
use readback_check::likeness;
use readback_transcript::{
    Altered, Part, Span, Token, TokenKind, Transcript, compare, is_capitalised, is_negation, tokens,
};
use serde::Serialize;

use crate::NoticeClass;

/// One thing that was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// How grave it is.
    pub class: NoticeClass,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// What readers are told of it, as a sentence.
    pub sentence: String,
}

/// Words that are quoted in full; of more, the first and the last.
const QUOTED: usize = 14;
/// Sentences of a notice; what is more is counted.
const TOLD: usize = 12;

/// What was corrected from one revision to another, in the order of the text; formatting is not.
pub fn corrections(before: &Transcript, after: &Transcript) -> Vec<Correction> {
    let language = after.language.as_deref().unwrap_or("en");
    let parts = compare(before, after);
    let told = parts.iter().filter_map(|part| correction(part, before, after, language));
    let mut told: Vec<Correction> = told.collect();
    if parts.iter().any(|part| part.altered == Altered::Formatting) {
        told.push(style("", "", "Capitals, punctuation or line breaks were changed.".into()));
    }
    told
}

/// The notice in the house's template, and its class; `None` where nothing was corrected.
pub fn draft(corrections: &[Correction], on: Date) -> Option<(NoticeClass, String)> {
    let class = corrections.iter().map(|it| it.class).max()?;
    let mut sentences: Vec<&str> = Vec::new();
    for it in corrections.iter().filter(|it| it.class == class || it.class > NoticeClass::Style) {
        if !sentences.contains(&it.sentence.as_str()) {
            sentences.push(&it.sentence);
        }
    }
    let more = sentences.len().saturating_sub(TOLD);
    sentences.truncate(TOLD);
    let heading = match class {
        NoticeClass::Substantive => "CORRECTION",
        NoticeClass::Typo => "Typographical correction",
        NoticeClass::Style => "Editing note",
    };
    let date = on.strftime("%B %-d, %Y");
    let more = match more {
        0 => String::new(),
        1 => " One more place was corrected.".into(),
        count => format!(" {count} more places were corrected."),
    };
    Some((class, format!("{heading}, {date}: {}{more}", sentences.join(" "))))
}

fn correction(
    part: &Part,
    before: &Transcript,
    after: &Transcript,
    language: &str,
) -> Option<Correction> {
    let (old, new) = (quoted(part.before, &before.text), quoted(part.after, &after.text));
    let substantive = |sentence: String| Correction {
        class: NoticeClass::Substantive,
        before: old.clone(),
        after: new.clone(),
        sentence,
    };
    match part.altered {
        Altered::Label => Some(label(&old, &new)),
        Altered::Cue => Some(style(&old, &new, "A note on sound was changed.".into())),
        Altered::Moved(_) if !part.after.is_empty() => Some(substantive(format!(
            "An earlier version had a passage in another place: “{new}”."
        ))),
        Altered::Same | Altered::Formatting | Altered::Moved(_) => None,
        Altered::Words if !is_spoken(part.before, before) && !is_spoken(part.after, after) => {
            Some(style(&old, &new, "The heading or a note was changed.".into()))
        }
        Altered::Words => Some(words(part, before, after, language, old, new)),
    }
}

fn style(before: &str, after: &str, sentence: String) -> Correction {
    let (before, after) = (before.to_owned(), after.to_owned());
    Correction { class: NoticeClass::Style, before, after, sentence }
}

fn label(old: &str, new: &str) -> Correction {
    let name = |label: &str| label.trim_end_matches([':', ' ']).to_owned();
    let (before, after) = (name(old), name(new));
    let same_name = |a: &str, b: &str| {
        let last =
            |name: &str| name.split([',', ' ']).rfind(|it| !it.is_empty()).map(str::to_lowercase);
        let base = |name: &str| name.split(',').next().and_then(last);
        base(a) == base(b) && base(a).is_some()
    };
    let (class, sentence) = match (before.is_empty(), after.is_empty()) {
        (false, false) if same_name(&before, &after) => {
            (NoticeClass::Style, "A speaker's label was changed.".into())
        }
        (false, false) if likeness(&before, &after) > 0.7 => {
            let sentence =
                format!("An earlier version misspelled the name of {after} as {before}.");
            (NoticeClass::Substantive, sentence)
        }
        (false, false) => {
            let sentence = format!(
                "An earlier version attributed to {before} words that were spoken by {after}."
            );
            (NoticeClass::Substantive, sentence)
        }
        (true, _) => {
            let sentence = format!("An earlier version did not say that {after} was speaking.");
            (NoticeClass::Substantive, sentence)
        }
        (false, true) => {
            let sentence =
                format!("An earlier version wrongly named {before} as the speaker of a passage.");
            (NoticeClass::Substantive, sentence)
        }
    };
    Correction { class, before, after, sentence }
}

fn words(
    part: &Part,
    before: &Transcript,
    after: &Transcript,
    language: &str,
    old: String,
    new: String,
) -> Correction {
    let (left, right) =
        (spoken(part.before, before, language), spoken(part.after, after, language));
    let class = class(part, before, after, &left, &right);
    let sentence = match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("An earlier version left out {}: “{new}”.", words_or_word(&new)),
        (_, true) => {
            let what = words_or_word(&old);
            let twice = before_stands_again(part, before);
            let how = if twice { "repeated" } else { "included" };
            let end = if twice { "" } else { " not in the broadcast" };
            format!("An earlier version {how} {what}{end}: “{old}”.")
        }
        _ if class == NoticeClass::Typo => {
            format!("An earlier version misspelled “{new}” as “{old}”.")
        }
        _ if class == NoticeClass::Style => format!("“{old}” was changed to “{new}”."),
        _ if is_name(&new) && is_name(&old) && likeness(&old, &new) > 0.5 => {
            format!("An earlier version misspelled the name {new} as {old}.")
        }
        _ => format!("An earlier version had “{old}” where the speaker said “{new}”."),
    };
    Correction { class, before: old, after: new, sentence }
}

fn class(
    part: &Part,
    before: &Transcript,
    after: &Transcript,
    left: &[Token],
    right: &[Token],
) -> NoticeClass {
    let texts = |side: &[Token]| side.iter().map(|it| it.text.clone()).collect::<String>();
    if texts(left) == texts(right) {
        return NoticeClass::Style;
    }
    let (old, new) = (part.before.of(&before.text), part.after.of(&after.text));
    let is_grave = |words: &str, side: &[Token]| {
        words.split_whitespace().any(is_negation)
            || side.iter().any(|it| it.kind != TokenKind::Word)
            || is_name(words.trim())
    };
    if is_grave(old, left) || is_grave(new, right) {
        return NoticeClass::Substantive;
    }
    let doubled = right.is_empty() && left.len() <= 2 && before_stands_again(part, before);
    let alike = left.len() == right.len()
        && left.len() <= 3
        && left.iter().zip(right).all(|(a, b)| is_slip(&a.text, &b.text));
    if doubled || alike { NoticeClass::Typo } else { NoticeClass::Substantive }
}

/// Whether two words differ by a slip of the keyboard: a letter or two in a longer word. Short words that
/// differ are other words.
fn is_slip(a: &str, b: &str) -> bool {
    let letters = |word: &str| word.chars().collect::<Vec<_>>();
    let (a, b) = (letters(a), letters(b));
    let differing = readback_transcript::distance(&a, &b);
    differing == 0 || differing <= 2 && a.len().min(b.len()) > 2 * differing + 2
}

/// Whether the words of a part stand right before or after it once more.
fn before_stands_again(part: &Part, before: &Transcript) -> bool {
    let text = &before.text;
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let gone: Vec<String> = part.before.of(text).split_whitespace().map(bare).collect();
    let earlier = text.get(..part.before.start).unwrap_or_default().split_whitespace().rev();
    let earlier: Vec<String> = earlier.take(gone.len()).map(bare).collect();
    let later = text.get(part.before.end..).unwrap_or_default().split_whitespace();
    let later: Vec<String> = later.take(gone.len()).map(bare).collect();
    !gone.is_empty() && (earlier.iter().rev().eq(&gone) || later == gone)
}

/// The spoken tokens of the words in a span.
fn spoken(span: Span, of: &Transcript, language: &str) -> Vec<Token> {
    let words = of.words().filter(|word| span.contains(word.span));
    let words: Vec<&str> = words.map(|word| word.span.of(&of.text)).collect();
    tokens(&words, language)
}

fn is_spoken(span: Span, of: &Transcript) -> bool {
    of.words().any(|word| span.contains(word.span))
}

/// Whether all words begin with a capital, as names do.
fn is_name(words: &str) -> bool {
    !words.is_empty()
        && words.split_whitespace().count() <= 4
        && words
            .split_whitespace()
            .all(|word| is_capitalised(word.trim_matches(|c: char| !c.is_alphanumeric())))
}

fn words_or_word(words: &str) -> &'static str {
    if words.split_whitespace().nth(1).is_none() { "a word" } else { "words" }
}

/// The words of a span for a sentence: on one line, without punctuation around them, not too many.
fn quoted(span: Span, text: &str) -> String {
    let words: Vec<&str> = span.of(text).split_whitespace().collect();
    let line = if words.len() > 2 * QUOTED {
        format!("{} … {}", words[..QUOTED].join(" "), words[words.len() - QUOTED..].join(" "))
    } else {
        words.join(" ")
    };
    let edge = |c: char| !c.is_alphanumeric() && !"$()%".contains(c);
    line.trim_matches(edge).to_owned()
}
