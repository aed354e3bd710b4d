//! How much another recogniser's words count where nobody can be asked how well the readings fit.
//!
//! A recogniser gets one word in ten wrong, and leaves out what it takes for stumbling; so one word of
//! its against one of the text says little. That it has a whole phrase more or less, or that only the
//! text has a negation, says much. The weights come from faults planted in three of the six earnings
//! calls that `docs/evidence.md` measures with, against four recognisers, by logistic regression.

use super::{Clues, Subject};

/// So many words in a row are a phrase: recognisers seldom lose or invent one. Set by hand at 8c461cd, before
/// the weights were fitted with it; not measured by itself.
const PHRASE: usize = 4;
/// So many words that stand twice are a line typed twice; fewer may be a second start, left out by the
/// recogniser. Set by hand at bad10fc; not measured by itself.
const LINE: usize = 8;
/// Mean confidence of a word that recognisers get right. Set by hand at 8c461cd; not measured by itself.
const USUAL_CONFIDENCE: f64 = 0.9;

/// Natural log-odds that the text is wrong.
pub(super) fn log_odds(clues: &Clues) -> f64 {
    let words = clues.text_words.max(clues.heard_words).max(1) as f64;
    let turns = clues.turns_around.clamp(1, 6) as f64;
    let sides = match (clues.text_words, clues.heard_words) {
        (text, 0) => of_unheard(text, clues.subject),
        (0, heard) => 0.6 + confidence(clues) + if heard >= PHRASE { 1.3 } else { 0.0 },
        _ => confidence(clues) - 1.5 * clues.likeness,
    };
    sides + weight_of_subject(clues) - 0.1 * words.ln() - 0.7 * turns.ln() - 1.4
}

/// Words of the text that the recogniser has nothing for.
fn of_unheard(words: usize, subject: Subject) -> f64 {
    let phrase = if words >= PHRASE { 4.2 } else { 0.0 };
    // "I can't, I can't": what is lost with a negation is often a second start.
    let restart = subject == Subject::Negation && words > 1;
    phrase - 1.8 - if restart { 1.3 } else { 0.0 }
}

fn confidence(clues: &Clues) -> f64 {
    2.8 * (clues.heard_probability - USUAL_CONFIDENCE)
}

fn weight_of_subject(clues: &Clues) -> f64 {
    let subject = match clues.subject {
        Subject::Negation => 1.9,
        Subject::Number => 1.1,
        Subject::Name | Subject::Words => 0.0,
    };
    let typed_twice = clues.stands_elsewhere && clues.text_words >= LINE;
    subject + if typed_twice { 1.8 } else { 0.0 }
}
