//! Drafts of correction notices: what a new revision changed, put as readers are told it.
//!
//! A notice is a few sentences: the most important corrections, and how many more there were of which kind.
//! All of them, word by word, are what a comparison of the revisions shows.

mod side;
mod words;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use readback_check::{Roster, likeness};
use readback_transcript::{Altered, Part, Span, Transcript, compare};
use serde::Serialize;

use crate::NoticeClass;
use side::{Names, Side};

/// One thing that was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// How grave it is.
    pub class: NoticeClass,
    /// What was wrong.
    pub kind: Kind,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// What readers are told of it, as a sentence.
    pub sentence: String,
}

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A name.
    Name,
    /// A figure or date.
    Figure,
    /// A *not*, or another word that turns a sentence round.
    Negation,
    /// Who is said to speak.
    Speaker,
    /// A passage that was left out, was not said, or stood in another place.
    Passage,
    /// Words that stood there twice.
    Repeat,
    /// A few words.
    Wording,
    /// A slip of the keyboard.
    Typing,
    /// The same words, written otherwise.
    Style,
}

impl Kind {
    fn class(self) -> NoticeClass {
        match self {
            Self::Typing => NoticeClass::Typo,
            Self::Style => NoticeClass::Style,
            _ => NoticeClass::Substantive,
        }
    }

    /// Which are told before which; those of one rank take turns.
    fn rank(self) -> u8 {
        match self {
            Self::Name | Self::Figure | Self::Negation | Self::Speaker => 0,
            Self::Passage | Self::Repeat => 1,
            Self::Wording => 2,
            Self::Typing => 3,
            Self::Style => 4,
        }
    }

    /// Corrections of what.
    fn plural(self) -> &'static str {
        match self {
            Self::Name => "names",
            Self::Figure => "figures or dates",
            Self::Negation => "negations",
            Self::Speaker => "speakers",
            Self::Passage => "passages",
            Self::Repeat => "repeated words",
            Self::Wording => "wording",
            Self::Typing => "typing",
            Self::Style => "style",
        }
    }
}

/// Sentences of a notice; what is more is counted.
const TOLD: usize = 5;
/// How every sentence begins, and what an earlier version did follows.
const EARLIER: &str = "An earlier version ";

impl Correction {
    /// One that says what an earlier version `did`.
    fn new(kind: Kind, before: String, after: String, did: &str) -> Self {
        Self { class: kind.class(), kind, before, after, sentence: format!("{EARLIER}{did}.") }
    }
}

/// What was corrected from one revision to another, in the order of the text. Names are the words that the
/// texts or the roster have as names.
pub fn corrections(before: &Transcript, after: &Transcript, roster: &Roster) -> Vec<Correction> {
    let (before, after) = (Side::new(before), Side::new(after));
    let names = Names::of(&before, &after, roster);
    let parts = compare(before.transcript, after.transcript);
    let told = parts.iter().filter_map(|part| match part.altered {
        Altered::Label => label(part, &parts, (&before, &after), &names),
        Altered::Cue => Some(style(part, &before, &after, "had another note on sound")),
        Altered::Moved(_) if !part.after.is_empty() => {
            Some(in_another_place(&after.quoted(part.after)))
        }
        Altered::Same | Altered::Formatting | Altered::Moved(_) => None,
        Altered::Words
            if before.words(part.before).is_empty() && after.words(part.after).is_empty() =>
        {
            Some(style(part, &before, &after, "had another heading or note"))
        }
        Altered::Words => Some(words::correction(part, &before, &after, &names)),
    });
    let mut told = moved(&told.collect::<Vec<_>>());
    if parts.iter().any(|part| part.altered == Altered::Formatting) {
        let did = "had other capitals, punctuation or line breaks";
        told.push(Correction::new(Kind::Style, String::new(), String::new(), did));
    }
    told
}

/// The corrections, with what went from one place and came to another as one.
fn moved(told: &[Correction]) -> Vec<Correction> {
    let plain = |words: &str| -> String {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut come: BTreeMap<String, usize> = BTreeMap::new();
    for (index, it) in told.iter().enumerate() {
        if it.kind == Kind::Passage && it.before.is_empty() {
            come.insert(plain(&it.after), index);
        }
    }
    let mut out: Vec<Option<Correction>> = told.iter().cloned().map(Some).collect();
    for (index, it) in told.iter().enumerate() {
        let is_gone = it.kind == Kind::Passage && it.after.is_empty();
        let place = if is_gone { come.remove(&plain(&it.before)) } else { None };
        if let Some(place) = place {
            out[place] = Some(in_another_place(&told[place].after));
            out[index] = None;
        }
    }
    out.into_iter().flatten().collect()
}

fn in_another_place(passage: &str) -> Correction {
    let did = format!("had “{passage}” in another place");
    Correction::new(Kind::Passage, passage.into(), passage.into(), &did)
}

/// The notice in the house's template, and its class; `None` where nothing was corrected. Style is told only
/// where nothing else was corrected.
pub fn draft(corrections: &[Correction], on: Date) -> Option<(NoticeClass, String)> {
    let class = corrections.iter().map(|it| it.class).max()?;
    let weighty =
        corrections.iter().filter(|it| it.class == class || it.class > NoticeClass::Style);
    let mut told = by_weight(weighty.clone());
    told.truncate(TOLD);
    let is_told = |it: &Correction| told.iter().any(|told| told.sentence == it.sentence);
    let rest = counted(weighty.filter(|it| !is_told(it)));
    let heading = match class {
        NoticeClass::Substantive => "CORRECTION",
        NoticeClass::Typo => "Typographical correction",
        NoticeClass::Style => "Editing note",
    };
    let mut notice = format!("{heading}, {}:", on.strftime("%B %-d, %Y"));
    let last = told.len() - 1;
    for (index, it) in told.iter().enumerate() {
        let did = it.sentence.strip_prefix(EARLIER).unwrap_or(&it.sentence);
        notice += match index {
            0 => " An earlier version of this transcript ",
            _ if index == last => " It also ",
            _ => " It ",
        };
        notice += did;
    }
    Some((class, notice + &rest))
}

/// Each correction once, the most important first; kinds of one rank take turns.
fn by_weight<'a>(corrections: impl Iterator<Item = &'a Correction>) -> Vec<&'a Correction> {
    let mut kinds: BTreeMap<Kind, Vec<&Correction>> = BTreeMap::new();
    for it in corrections {
        let alike = kinds.entry(it.kind).or_default();
        if alike.iter().all(|other| other.sentence != it.sentence) {
            alike.push(it);
        }
    }
    for (kind, alike) in &mut kinds {
        if kind.rank() > 0 {
            alike.sort_by_key(|it| Reverse(it.before.len().max(it.after.len())));
        }
    }
    let turns = kinds.into_values().flat_map(|alike| alike.into_iter().enumerate());
    let mut turns: Vec<(usize, &Correction)> = turns.collect();
    turns.sort_by_key(|&(turn, it)| (it.kind.rank(), turn));
    turns.into_iter().map(|(_, it)| it).collect()
}

/// How many corrections of which kind are not told.
fn counted<'a>(rest: impl Iterator<Item = &'a Correction>) -> String {
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for it in rest {
        *kinds.entry(it.kind).or_default() += 1;
    }
    let of = |(kind, count): (&Kind, &usize)| format!("{count} of {}", kind.plural());
    match kinds.pop_last() {
        None => String::new(),
        Some((kind, 1)) if kinds.is_empty() => {
            format!(" One further correction of {} was made.", kind.plural())
        }
        Some((kind, count)) if kinds.is_empty() => {
            format!(" {count} further corrections of {} were made.", kind.plural())
        }
        Some((kind, count)) => format!(
            " {} further corrections were made: {} and {}.",
            count + kinds.values().sum::<usize>(),
            kinds.iter().map(of).collect::<Vec<_>>().join(", "),
            of((&kind, &count)),
        ),
    }
}

fn style(part: &Part, before: &Side, after: &Side, did: &str) -> Correction {
    Correction::new(Kind::Style, before.quoted(part.before), after.quoted(part.after), did)
}

/// A label that changed. Where it came or went with its words, they tell of it.
fn label(
    part: &Part,
    parts: &[Part],
    (before, after): (&Side, &Side),
    names: &Names,
) -> Option<Correction> {
    let (old, new) = (before.label_at(part.before), after.label_at(part.after));
    let (side, label) =
        if part.after.is_empty() { (before, part.before) } else { (after, part.after) };
    let first = side.turn_at(label).and_then(side::first)?;
    let goes_along = |it: &Part| match (old.is_empty(), new.is_empty()) {
        (false, true) => it.after.is_empty() && it.before.contains(first),
        (true, false) => it.before.is_empty() && it.after.contains(first),
        _ => false,
    };
    if parts.iter().any(goes_along) {
        return None;
    }
    let speaker = |side: &Side, label: &str, at: Span| {
        names.written(if label.is_empty() { side.speaker_before(at.start) } else { label })
    };
    let (was, is) = (speaker(before, old, part.before), speaker(after, new, part.after));
    let words = side.opening(first);
    let (kind, did) = if last_name(&was) == last_name(&is) {
        (Kind::Style, "had another label for a speaker".into())
    } else if was.is_empty() {
        (Kind::Speaker, format!("did not say that {is} spoke the words “{words}”"))
    } else if is.is_empty() {
        (Kind::Speaker, format!("wrongly named {was} as the speaker of “{words}”"))
    } else if !old.is_empty() && !new.is_empty() && likeness(&was, &is) > 0.7 {
        (Kind::Name, format!("misspelled the name of {is} as {was}"))
    } else {
        (Kind::Speaker, format!("attributed to {was} words that were spoken by {is}: “{words}”"))
    };
    Some(Correction::new(kind, old.into(), new.into(), &did))
}

fn last_name(label: &str) -> String {
    label.split_whitespace().next_back().unwrap_or_default().to_lowercase()
}
