//! The kinds of faults: one table, in the order in which they are planted and reported.
//!
//! Kinds that need a rare place come first, so that common ones do not take it. The names and the
//! rates of those that the evaluation corpus's own planter knows, too, are the same as there.

use fastrand::Rng;

use super::{Edit, harmless, lines, marks, names, numbers, said};
use crate::eval::transcript::Transcript;

/// What sort of harm a kind does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Changes what was said.
    Content,
    /// Changes who said it.
    Speaker,
    /// Cues, quotation marks, stray bytes.
    Form,
    /// Nothing is wrong: a finding here is a false alarm.
    Harmless,
}

impl Class {
    /// Whether a fault of this class has to be found.
    pub fn must_be_found(self) -> bool {
        self != Class::Harmless
    }
}

/// A kind of fault.
#[derive(Debug)]
pub struct Kind {
    /// As the tables and `--only` name it.
    pub name: &'static str,
    /// What sort of harm it does.
    pub class: Class,
    /// How many in 1,000 words with [`Preset::Normal`].
    pub normal: f64,
    /// How many in 1,000 words with [`Preset::Realistic`].
    pub realistic: f64,
    /// A single wrong word: its fix should give the truth back.
    pub of_a_word: bool,
    /// Every place where it could be planted.
    pub edits: fn(&Transcript, &mut Rng) -> Vec<Edit>,
}

/// How many faults, and of which kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// About 55 in 1,000 words.
    Heavy,
    /// About 20 in 1,000 words.
    Normal,
    /// In the proportions in which a podcast archive was corrected after publication: of 22,300
    /// corrections, 39 % fill in the unintelligible, 33 % change labels, 7 % restore words.
    Realistic,
}

/// How many times the rates of [`Preset::Normal`] make [`Preset::Heavy`].
const HEAVY: f64 = 2.7;

/// What to plant.
#[derive(Clone, Debug)]
pub struct Mix {
    /// The rates.
    pub preset: Preset,
    /// Names of kinds; empty means all.
    pub only: Vec<String>,
    /// Names of kinds that are left out.
    pub exclude: Vec<String>,
}

impl Mix {
    /// How many of a kind in 1,000 words. A kind that is asked for by name is planted at its
    /// normal rate, or once in 1,000 words, even where the preset has none of it.
    pub fn rate(&self, kind: &Kind) -> f64 {
        let named = |list: &[String]| list.iter().any(|name| name == kind.name);
        let rate = match self.preset {
            Preset::Heavy => HEAVY * kind.normal,
            Preset::Normal => kind.normal,
            Preset::Realistic => kind.realistic,
        };
        match (self.only.is_empty(), named(&self.only), named(&self.exclude)) {
            (_, _, true) | (false, false, _) => 0.0,
            (false, true, _) if rate == 0.0 => kind.normal.max(1.0),
            _ => rate,
        }
    }
}

/// A row of the table.
const fn kind(
    name: &'static str,
    class: Class,
    (normal, realistic): (f64, f64),
    edits: fn(&Transcript, &mut Rng) -> Vec<Edit>,
) -> Kind {
    Kind { name, class, normal, realistic, of_a_word: false, edits }
}

/// A row whose fix is a word.
const fn word(
    name: &'static str,
    rates: (f64, f64),
    edits: fn(&Transcript, &mut Rng) -> Vec<Edit>,
) -> Kind {
    Kind { of_a_word: true, ..kind(name, Class::Content, rates, edits) }
}

/// All of them.
pub static KINDS: &[Kind] = &[
    kind("speaker_label_missing", Class::Speaker, (0.7, 0.0), marks::label_missing),
    kind("speaker_label_swap", Class::Speaker, (0.7, 1.2), marks::label_swap),
    kind("speaker_label_drift", Class::Speaker, (0.0, 5.0), marks::label_drift),
    kind("cue_missing", Class::Form, (0.4, 0.0), marks::cue_missing),
    kind("cue_malformed", Class::Form, (0.6, 0.0), marks::cue_malformed),
    kind("quote_boundary", Class::Form, (0.6, 0.0), marks::quote_boundary),
    kind("disfluency_left_out", Class::Harmless, (2.0, 2.0), harmless::disfluency_left_out),
    kind("drop_sentence", Class::Content, (0.8, 0.2), lines::drop_sentence),
    kind("repeat_line_varied", Class::Content, (0.7, 0.0), lines::repeat_line_varied),
    kind("repeat_line", Class::Content, (0.7, 0.0), lines::repeat_line),
    kind("insert_sentence", Class::Content, (0.7, 0.0), lines::insert_sentence),
    kind("unintelligible", Class::Content, (0.0, 7.0), said::unintelligible),
    kind("drop_phrase", Class::Content, (0.5, 0.4), said::drop_phrase),
    word("drop_negation", (0.8, 0.1), said::drop_negation),
    word("add_negation", (0.4, 0.1), said::add_negation),
    word("name_swap", (0.6, 0.1), names::name_swap),
    word("place_swap", (0.6, 0.1), names::place_swap),
    word("number_change", (1.0, 0.1), numbers::number_change),
    kind("name_misspell", Class::Content, (1.0, 0.4), names::name_misspell),
    word("substitute_word", (1.5, 0.8), said::substitute_word),
    word("small_word", (1.0, 0.5), said::small_word),
    word("inflection", (0.5, 0.7), said::inflection),
    word("substitute_random", (1.0, 0.0), said::substitute_random),
    word("insert_word", (0.5, 0.5), said::insert_word),
    word("repeat_word", (0.4, 0.1), said::repeat_word),
    word("drop_word", (2.0, 1.2), said::drop_word),
    kind("stray_bytes", Class::Form, (0.8, 0.1), marks::stray_bytes),
    kind("spelling_variant", Class::Harmless, (2.0, 2.0), harmless::spelling_variant),
    kind("numeral_variant", Class::Harmless, (1.5, 1.0), harmless::numeral_variant),
    kind("hyphen_variant", Class::Harmless, (0.5, 1.2), harmless::hyphen_variant),
    kind("punctuation_only", Class::Harmless, (3.0, 6.0), harmless::punctuation_only),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> &'static Kind {
        KINDS.iter().find(|kind| kind.name == name).expect("a kind")
    }

    #[test]
    fn a_kind_that_is_asked_for_is_planted_with_every_preset() {
        let only = vec!["unintelligible".to_owned()];
        let mix = Mix { preset: Preset::Heavy, only, exclude: Vec::new() };
        assert!(mix.rate(named("unintelligible")) > 0.0);
        assert_eq!(mix.rate(named("drop_word")), 0.0);
    }

    #[test]
    fn a_heavy_mix_has_more_of_the_same() {
        let mix = |preset| Mix { preset, only: Vec::new(), exclude: vec!["drop_word".into()] };
        let kind = named("number_change");
        assert!(mix(Preset::Heavy).rate(kind) > mix(Preset::Normal).rate(kind));
        assert_eq!(mix(Preset::Heavy).rate(named("drop_word")), 0.0);
    }
}
