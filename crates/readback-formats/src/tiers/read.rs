//! What annotations on tiers share (Praat, ELAN): a tier for each speaker's utterances, one for the
//! words with their times, other tiers for sounds, glosses and translations, which are left out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use readback_transcript::{Instant, Length, Problem, Span, Stretch, TimeOrigin, Timing, Word};

use crate::reading::{Composer, retained, share, words_amid_debris};
use crate::{Parsed, ReadError};

/// A pause that ends an utterance where only words are annotated.
const PAUSE: Length = Length::from_millis(900);

/// What tiers of words are called, and tiers of what is smaller, alone or after a speaker's name.
const WORDS: &[&str] = &["words", "word", "wrd", "tokens", "token", "ort-mau"];
const SOUNDS: &[&str] =
    &["phones", "phone", "phonemes", "phoneme", "phn", "syllables", "syllable", "kan-mau", "mau"];
/// Names of tiers that are no speaker's.
const GENERAL: &[&str] = &[
    "",
    "text",
    "transcript",
    "transcription",
    "utterance",
    "utterances",
    "sentence",
    "sentences",
    "speech",
    "default",
    "trs",
];
/// What stands between a speaker's name and what a tier holds.
const JOINTS: &[&str] = &[" - ", " / ", ": ", "/", "@", "_"];
/// Words that stand for silence.
const SILENCE: &[&str] = &["sil", "sp", "<eps>", "<sil>", "<p:>", "#", "<unk>", "spn"];

/// What a tier holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Utterances,
    Words,
    /// What is not read.
    Other,
}

/// One tier.
pub(crate) struct Tier<'a> {
    pub(crate) speaker: Option<String>,
    pub(crate) holds: Holds,
    pub(crate) annotations: Vec<Annotation<'a>>,
}

/// A stretch of time and what it says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Annotation<'a> {
    pub(crate) timing: Timing,
    pub(crate) text: Cow<'a, str>,
}

impl Annotation<'_> {
    fn start(&self) -> Instant {
        self.timing.stretch.start()
    }
}

/// Whose tier it is and what it holds, by its name.
pub(crate) fn named(name: &str) -> (Option<String>, Holds) {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let holds = |part: &str| {
        let part = part.trim().to_lowercase();
        match () {
            () if WORDS.contains(&part.as_str()) => Holds::Words,
            () if SOUNDS.contains(&part.as_str()) => Holds::Other,
            () => Holds::Utterances,
        }
    };
    let parted = JOINTS.iter().filter_map(|joint| name.rsplit_once(joint));
    let mut parted = parted.filter(|(_, part)| holds(part) != Holds::Utterances);
    let (speaker, holds) = match parted.next() {
        Some((speaker, part)) => (speaker, holds(part)),
        None if holds(&name) == Holds::Utterances => (name.as_str(), Holds::Utterances),
        None => ("", holds(&name)),
    };
    let general = GENERAL.contains(&speaker.to_lowercase().as_str());
    ((!general).then(|| speaker.trim().to_owned()), holds)
}

/// Someone's utterance and its words, where they are annotated one by one.
struct Utterance<'a> {
    speaker: Option<&'a str>,
    said: Annotation<'a>,
    words: Vec<Timing>,
}

/// The transcript of `tiers`: utterances in order of time.
pub(crate) fn read_tiers(
    tiers: Vec<Tier<'_>>,
    mut composer: Composer,
    format: &'static str,
    found: Vec<Problem>,
    fault: Option<String>,
) -> Result<Parsed, ReadError> {
    let mut speakers: BTreeMap<Option<String>, [Vec<Annotation<'_>>; 2]> = BTreeMap::new();
    for tier in tiers {
        let [utterances, words] = speakers.entry(tier.speaker).or_default();
        match tier.holds {
            Holds::Utterances => utterances.extend(tier.annotations),
            Holds::Words => {
                tier.annotations.into_iter().for_each(|it| add_single_words(words, it));
            }
            Holds::Other => {}
        }
    }
    let mut all: Vec<Utterance<'_>> = Vec::new();
    for (speaker, [utterances, words]) in &mut speakers {
        let (utterances, words) = (std::mem::take(utterances), std::mem::take(words));
        all.extend(utterances_of(speaker.as_deref(), utterances, words));
    }
    all.sort_by_key(|utterance| utterance.said.start());
    for Utterance { speaker, said, words } in all {
        if composer.has_begun() && composer.speaker() == speaker {
            composer.paragraph();
        } else {
            composer.turn(speaker, None, None);
        }
        let as_many = composer.text(&said.text, Some(said.timing), &words);
        if !words.is_empty() && !as_many {
            let place = said.start();
            composer.problem(format!(
                "at {place}: an utterance has not as many words as are annotated one by one"
            ));
        }
    }
    composer.finish(format, None, found, fault)
}

/// Adds an annotated word as the words that are in it; none where it is silence.
fn add_single_words<'a>(words: &mut Vec<Annotation<'a>>, annotation: Annotation<'a>) {
    let text = annotation.text.trim();
    if text.is_empty() || SILENCE.iter().any(|silence| text.eq_ignore_ascii_case(silence)) {
        return;
    }
    let cut = words_amid_debris(text, Span::new(0, text.len()));
    if cut.len() == 1 {
        words.push(annotation);
        return;
    }
    let part = |(i, word): (usize, &Word)| {
        let stretch = share(annotation.timing.stretch, i, i + 1, cut.len());
        let timing = Timing { stretch, known: TimeOrigin::Estimated, ..annotation.timing };
        Annotation { timing, text: word.span.of(text).to_owned().into() }
    };
    words.extend(cut.iter().enumerate().map(part));
}

/// A speaker's utterances, each with the words that lie in it. Words outside of any are utterances of
/// their own, parted by pauses.
fn utterances_of<'a>(
    speaker: Option<&'a str>,
    mut said: Vec<Annotation<'a>>,
    mut words: Vec<Annotation<'a>>,
) -> Vec<Utterance<'a>> {
    said.retain(|annotation| !annotation.text.trim().is_empty());
    said.sort_by_key(Annotation::start);
    words.sort_by_key(Annotation::start);
    let mut all: Vec<Utterance<'_>> =
        said.into_iter().map(|said| Utterance { speaker, said, words: Vec::new() }).collect();
    let mut alone: Vec<Utterance<'_>> = Vec::new();
    for word in words {
        let middle = word.start() + Length::from_micros(word.timing.stretch.length().micros() / 2);
        let before = all.partition_point(|utterance| utterance.said.start() <= middle);
        let holder = before.checked_sub(1).map(|i| &mut all[i]);
        match holder.filter(|holder| middle <= holder.said.timing.stretch.end()) {
            Some(holder) => holder.words.push(word.timing),
            None => add_alone(&mut alone, speaker, word),
        }
    }
    all.extend(alone);
    all
}

fn add_alone<'a>(alone: &mut Vec<Utterance<'a>>, speaker: Option<&'a str>, word: Annotation<'a>) {
    let near = |last: &&mut Utterance<'_>| word.start() - last.said.timing.stretch.end() < PAUSE;
    match alone.last_mut().filter(near) {
        Some(last) => {
            *last.said.text.to_mut() += " ";
            *last.said.text.to_mut() += &word.text;
            last.said.timing.stretch = last.said.timing.stretch.union(word.timing.stretch);
            last.words.push(word.timing);
        }
        None => alone.push(Utterance { speaker, words: vec![word.timing], said: word }),
    }
}

/// An annotation whose time came with the source.
pub(crate) fn annotation(stretch: Stretch, text: String) -> Annotation<'static> {
    Annotation { timing: retained(stretch), text: text.into() }
}
