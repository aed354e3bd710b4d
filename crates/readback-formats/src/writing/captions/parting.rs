//! What it costs to end a line or a caption between two pieces of a turn.

use readback_transcript::{Joint, Written, joints};

use super::pieces::{Item, Kind};

/// What parting two pieces costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    /// Ending a line between them.
    pub(super) line: u64,
    /// Ending a caption between them.
    pub(super) caption: u64,
}

/// What parting a name, a number or a cue costs: more than all that speaks for a better place together.
pub(super) const GLUE: u64 = 20_000;

impl Cost {
    const fn of(joint: Joint) -> Self {
        let line = match joint {
            Joint::Sentence => 0,
            Joint::Clause => 10,
            Joint::BeforeConjunction => 24,
            Joint::BeforePreposition => 32,
            Joint::Plain => 50,
            Joint::Leaning => 110,
            Joint::Whole => GLUE,
        };
        Self { line, caption: 2 * line }
    }
}

/// What parting each two neighbours costs: the first is the cost between the first and the second.
pub(super) fn costs(items: &[Item], language: Option<&str>) -> Vec<Cost> {
    let words: Vec<Written<'_>> = items
        .iter()
        .map(|item| Written { text: &item.text, bare: &item.bare, apart: item.apart })
        .collect();
    let joints = joints(&words, language);
    items.windows(2).zip(joints).map(|(pair, joint)| cost(&pair[0], &pair[1], joint)).collect()
}

fn cost(before: &Item, after: &Item, joint: Joint) -> Cost {
    match (before.kind, after.kind) {
        (Kind::Label, Kind::Label) => Cost::of(Joint::Whole),
        (Kind::Label, _) => Cost { line: 20, caption: 2 * GLUE },
        (Kind::Cue, Kind::Cue) if !after.text.starts_with(['(', '[', '<']) => {
            Cost::of(Joint::Whole)
        }
        (_, Kind::Cue) if remarks(after) => Cost::of(Joint::Leaning),
        (Kind::Cue, _) if remarks(before) => Cost::of(Joint::Plain),
        (_, Kind::Cue) | (Kind::Cue, _) => Cost::of(Joint::Sentence),
        _ => Cost::of(joint),
    }
}

/// Whether a cue is one on the words beside it, as `(ph)`, rather than a sound between them.
fn remarks(cue: &Item) -> bool {
    let letter = cue.text.chars().find(|c| c.is_alphabetic());
    letter.is_some_and(char::is_lowercase) && cue.text.starts_with('(')
}
