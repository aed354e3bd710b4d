//! Plants faults in a true transcript, seeded, and remembers each of them.
//!
//! What kinds there are stands in `kinds.rs`. Every fault is an exact edit, so the true text can be
//! had back, whole or but for some faults. It knows nothing of Readback's findings.

mod harmless;
mod kinds;
mod lexicon;
mod lines;
mod marks;
mod names;
mod numbers;
mod said;

use fastrand::Rng;

use super::transcript::{Span, Transcript};

pub use kinds::{Class, KINDS, Kind, Mix, Preset};

/// Least number of bytes between two faults, as in the evaluation corpus.
const APART: usize = 12;

/// A change that makes a fault of some kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the true text that are replaced; empty where something is put in.
    pub span: Span,
    /// What takes their place.
    pub replacement: String,
    /// Whether a perfect listener could tell.
    pub audible: bool,
    /// The bytes of the true text where no other fault may be, so that a finding can be told to be
    /// of one of them.
    pub alone_in: Span,
}

impl Edit {
    /// A fault that the recording gives away.
    pub fn heard(span: Span, replacement: impl Into<String>) -> Self {
        Self { audible: true, ..Self::seen(span, replacement) }
    }

    /// A fault that only the text gives away, if anything does.
    pub fn seen(span: Span, replacement: impl Into<String>) -> Self {
        Self { alone_in: span.clone(), span, replacement: replacement.into(), audible: false }
    }
}

/// One planted fault.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What kind it is of.
    pub kind: &'static Kind,
    /// Its bytes in the faulty text; empty where something was left out.
    pub span: Span,
    /// Its bytes in the true text.
    pub origin: Span,
    /// What stood there.
    pub original: String,
    /// Whether a perfect listener could tell.
    pub audible: bool,
}

/// A faulty text and what is wrong with it, in text order.
#[derive(Clone, Debug)]
pub struct Planted {
    /// The faulty text.
    pub text: String,
    /// Its faults.
    pub faults: Vec<Fault>,
}

/// Plants what `mix` asks for. The same text, mix and seed give the same faults.
pub fn plant(source: &str, mix: &Mix, seed: u64) -> Planted {
    let transcript = Transcript::read(source);
    let mut rng = Rng::with_seed(seed);
    let mut chosen: Vec<(&'static Kind, Edit)> = Vec::new();
    for kind in KINDS {
        let wanted = whole(mix.rate(kind) * transcript.words.len() as f64 / 1000.0, &mut rng);
        if wanted == 0 {
            continue;
        }
        let mut edits = (kind.edits)(&transcript, &mut rng);
        rng.shuffle(&mut edits);
        let before = chosen.len();
        for edit in edits {
            let changes = source[edit.span.clone()] != edit.replacement;
            if chosen.len() < before + wanted && changes && is_free(&chosen, &edit) {
                chosen.push((kind, edit));
            }
        }
    }
    apply(source, chosen)
}

/// Rounds up as often as the fraction says.
fn whole(number: f64, rng: &mut Rng) -> usize {
    number as usize + usize::from(rng.f64() < number.fract())
}

/// Whether an edit keeps its distance from all that are chosen.
fn is_free(chosen: &[(&'static Kind, Edit)], edit: &Edit) -> bool {
    let Span { start, end } = edit.alone_in;
    let free = |other: &Span| end + APART <= other.start || other.end + APART <= start;
    chosen.iter().all(|(_, other)| free(&other.alone_in))
}

fn apply(source: &str, mut chosen: Vec<(&'static Kind, Edit)>) -> Planted {
    chosen.sort_by_key(|(_, edit)| edit.span.start);
    let (mut text, mut faults, mut done) = (String::new(), Vec::new(), 0);
    for (kind, Edit { span, replacement, audible, .. }) in chosen {
        text.push_str(&source[done..span.start]);
        let start = text.len();
        text.push_str(&replacement);
        done = span.end;
        let original = source[span.clone()].to_owned();
        faults.push(Fault { kind, span: start..text.len(), origin: span, original, audible });
    }
    text.push_str(&source[done..]);
    Planted { text, faults }
}

impl Planted {
    /// The text with some faults mended: those whose place in the list `mended` says yes to.
    pub fn mended(&self, mended: impl Fn(usize) -> bool) -> String {
        let (mut text, mut done) = (String::new(), 0);
        for (index, fault) in self.faults.iter().enumerate().filter(|(index, _)| mended(*index)) {
            debug_assert!(done <= fault.span.start, "fault {index} overlaps the one before");
            text.push_str(&self.text[done..fault.span.start]);
            text.push_str(&fault.original);
            done = fault.span.end;
        }
        text.push_str(&self.text[done..]);
        text
    }

    /// What a fault put into the text.
    pub fn replacement(&self, fault: &Fault) -> &str {
        &self.text[fault.span.clone()]
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::{cargo, corpus};

    /// A story in which every kind finds a place.
    const STORY: &str = include_str!("../../fixtures/story.txt");

    fn only(kind: &Kind) -> Mix {
        Mix { preset: Preset::Heavy, only: vec![kind.name.to_owned()], exclude: Vec::new() }
    }

    fn mix(preset: Preset) -> Mix {
        Mix { preset, only: Vec::new(), exclude: Vec::new() }
    }

    #[test]
    fn mending_every_fault_gives_the_true_text_back() {
        for preset in [Preset::Heavy, Preset::Normal, Preset::Realistic] {
            for seed in 0..12 {
                let planted = plant(STORY, &mix(preset), seed);
                assert!(!planted.faults.is_empty());
                assert_eq!(planted.mended(|_| true), STORY, "seed {seed}");
                assert_eq!(planted.mended(|_| false), planted.text);
            }
        }
    }

    #[test]
    fn the_same_seed_plants_the_same_faults_and_another_one_others() {
        let text = |seed| plant(STORY, &mix(Preset::Heavy), seed).text;
        assert_eq!(text(7), text(7));
        assert_ne!(text(7), text(8));
    }

    #[test]
    fn a_fault_says_where_it_stands_in_both_texts() {
        let planted = plant(STORY, &mix(Preset::Heavy), 3);
        for fault in &planted.faults {
            assert_eq!(STORY[fault.origin.clone()], fault.original);
            assert_ne!(planted.replacement(fault), fault.original, "{}", fault.kind.name);
        }
    }

    #[test]
    fn faults_keep_their_distance() {
        for seed in 0..12 {
            let planted = plant(STORY, &mix(Preset::Heavy), seed);
            for pair in planted.faults.windows(2) {
                assert!(pair[0].origin.end + APART <= pair[1].origin.start);
            }
        }
    }

    #[test]
    fn every_kind_finds_a_place_in_the_fixture_and_nothing_else_is_planted() {
        for kind in KINDS {
            let planted = (0..12).map(|seed| plant(STORY, &only(kind), seed));
            let faults: Vec<Fault> = planted.flat_map(|planted| planted.faults).collect();
            assert!(!faults.is_empty(), "{}", kind.name);
            assert!(faults.iter().all(|fault| fault.kind.name == kind.name));
        }
    }

    #[test]
    fn what_is_left_out_of_a_mix_is_not_planted() {
        let mut mix = mix(Preset::Heavy);
        mix.exclude = vec!["drop_word".into()];
        let planted = plant(STORY, &mix, 1);
        assert!(planted.faults.iter().all(|fault| fault.kind.name != "drop_word"));
    }

    #[test]
    fn what_nobody_speaks_is_left_alone_by_faults_of_words() {
        let spoken = |fault: &Fault| {
            !STORY[..fault.origin.start].is_empty()
                && fault.origin.end < STORY.find("Copyright").expect("a credit")
        };
        for seed in 0..12 {
            let planted = plant(STORY, &mix(Preset::Heavy), seed);
            let wrong = planted.faults.iter().find(|fault| !spoken(fault));
            assert!(wrong.is_none(), "{wrong:?}");
        }
    }

    /// The texts in a folder.
    fn texts(folder: &Path) -> Vec<String> {
        let paths =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let texts = paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
        texts.map(|path| fs::read_to_string(path).expect("a text")).collect()
    }

    #[test]
    fn faults_planted_in_every_text_at_hand_can_be_mended() {
        let stories = cargo::root().join("stories");
        let mut all = texts(&stories.join("training"));
        all.extend(texts(&stories.join("evaluation")));
        assert_eq!(all.len(), 10);
        match corpus::clips() {
            Some(clips) => all.extend(texts(&clips)),
            None => eprintln!("SKIPPED: no evaluation corpus, so no texts of other forms"),
        }
        for text in all {
            assert_eq!(plant(&text, &mix(Preset::Heavy), 1).mended(|_| true), text);
        }
    }
}
