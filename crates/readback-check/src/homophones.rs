//! Words that sound alike, and which nobody can tell apart by listening, are no difference.
//!
//! *2* and *to*, *their* and *there*: whichever of them a recogniser prefers, it guesses. It knows alignments and
//! the table of such words; names it leaves alone, of which the spelling matters even so.

use std::ops::Range;

use readback_transcript::{Token, sound_alike};

use crate::align::{Step, StepKind};
use crate::sides::{HeardSide, TextSide};

/// The longest run of steps that is tried: *all ready*, *on it*.
const MOST_STEPS: usize = 3;

/// Words of either side that sound alike.
pub(crate) struct Alike {
    pub text: Range<usize>,
    pub heard: Range<usize>,
}

/// An alignment in which what sounds alike is the same.
pub(crate) struct BySound {
    pub steps: Vec<Step>,
    /// What sounds alike, in order.
    pub alike: Vec<Alike>,
}

/// The steps of an English alignment, those at either end of a run of differing ones made the same where they
/// sound alike. Inside a run they stay: among words that have nothing in common two sound alike by chance.
pub(crate) fn joined_by_sound(text: &TextSide, heard: &HeardSide, steps: Vec<Step>) -> BySound {
    if heard.hearing.language != "en" {
        return BySound { steps, alike: Vec::new() };
    }
    let sides = Sides { text, heard };
    let mut out = BySound { steps: Vec::with_capacity(steps.len()), alike: Vec::new() };
    for run in steps.chunk_by(|one, next| one.differs() == next.differs()) {
        if run[0].differs() {
            sides.join_ends(run, &mut out);
        } else {
            out.steps.extend_from_slice(run);
        }
    }
    out
}

#[derive(Clone, Copy)]
struct Sides<'a> {
    text: &'a TextSide<'a>,
    heard: &'a HeardSide<'a>,
}

impl Sides<'_> {
    fn join_ends(self, run: &[Step], out: &mut BySound) {
        let mut rest = run;
        let mut head = Vec::new();
        while let Some((joined, after)) = self.joined_at_start(rest) {
            head.push(joined);
            rest = after;
        }
        let mut tail = Vec::new();
        while let Some((before, joined)) = self.joined_at_end(rest) {
            tail.push(joined);
            rest = before;
        }
        tail.reverse();
        for joined in head.iter().chain(&tail) {
            let (text, heard) =
                (self.text.words_of(&joined.text), self.heard.words_of(&joined.heard));
            out.alike.push(Alike { text, heard });
        }
        out.steps.extend(head);
        out.steps.extend_from_slice(rest);
        out.steps.extend(tail);
    }

    fn joined_at_start(self, run: &[Step]) -> Option<(Step, &[Step])> {
        for end in 1..=run.len().min(MOST_STEPS) {
            if let Some(joined) = self.joined(&run[..end]) {
                return Some((joined, &run[end..]));
            }
        }
        None
    }

    fn joined_at_end(self, run: &[Step]) -> Option<(&[Step], Step)> {
        for start in (run.len().saturating_sub(MOST_STEPS)..run.len()).rev() {
            if let Some(joined) = self.joined(&run[start..]) {
                return Some((&run[..start], joined));
            }
        }
        None
    }

    /// These steps as one, if their sides sound alike and have no name.
    fn joined(self, steps: &[Step]) -> Option<Step> {
        let (first, last) = (steps.first()?, steps.last()?);
        let (text, heard) = (first.text.start..last.text.end, first.heard.start..last.heard.end);
        let has_name = self.text.has_name(&self.text.words_of(&text))
            || self.heard.has_name(&self.heard.words_of(&heard));
        let alike = !text.is_empty() && !heard.is_empty() && self.sound_alike(&text, &heard);
        (alike && !has_name).then_some(Step { text, heard, kind: StepKind::Same })
    }

    /// Whether the tokens of both ranges sound alike, by themselves or before the word that follows on both.
    fn sound_alike(self, text: &Range<usize>, heard: &Range<usize>) -> bool {
        let (ours, theirs) = (&self.text.tokens, &self.heard.tokens);
        let alike = |more: usize| {
            let ours = ours.get(text.start..text.end + more);
            let theirs = theirs.get(heard.start..heard.end + more);
            ours.zip(theirs)
                .is_some_and(|(ours, theirs): (&[Token], &[Token])| sound_alike(ours, theirs))
        };
        alike(0) || alike(1)
    }
}
