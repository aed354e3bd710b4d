//! Which side is right: for each difference, both readings scored on the same audio.
//!
//! What a recogniser writes is its best guess, not what was said; a name it does not know is written as
//! it sounds. So a difference is only a suspicion until the witness has weighed the text's reading
//! against the heard one, each continued by the words that follow. Where the text wins, the words around
//! it are read the text's way from then on, and the places still in doubt beside it are asked again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use readback_transcript::{Answer, Question, Witness, WitnessError};

use crate::difference::Difference;
use crate::evidence::{Clues, Evidence, Rival, Score, Verdict};
use crate::sides::{HeardSide, TextSide};
use crate::sound::likeness;
use crate::spelling::Spelling;

/// Words after the place in question that each reading must lead on to.
const WORDS_AFTER: usize = 6;
/// Longer readings than this say nothing more when scored, and cost much.
const MOST_WORDS: usize = 60;
/// Longer passages are more than a name that was taken for another.
const MOST_WORDS_OF_NAME: usize = 4;
/// Other names asked about in the place of one.
const MOST_RIVALS: usize = 4;
/// How often the places in doubt are asked again after their surroundings changed.
const ROUNDS: usize = 3;

/// Errors of more parts than this are taken as they are.
const MOST_PARTS: usize = 4;
/// Nats by which a part must fit better as heard than as the text has it to be taken for wrong too.
const DEPARTURE: f64 = 1.0;

/// A difference with what speaks for either side.
#[derive(Clone, Debug)]
pub(crate) struct Suspicion {
    pub difference: Difference,
    pub evidence: Evidence,
}

impl Suspicion {
    /// Whether the recording says otherwise.
    fn is_error(&self) -> bool {
        self.evidence.verdict() == Verdict::RecordingOtherwise
    }
}

/// What became of all differences.
#[derive(Debug)]
pub(crate) struct Adjudged {
    /// One for each difference, or for each part of it that is wrong by itself.
    pub suspicions: Vec<Suspicion>,
    /// Parts that were looked at and are right.
    pub right_parts: Vec<Suspicion>,
}

/// Weighs every difference.
pub(crate) fn adjudicate(
    clues: &Clues,
    differences: Vec<Difference>,
    witness: &mut dyn Witness,
) -> Result<Adjudged, WitnessError> {
    let suspicion = |difference| Suspicion { evidence: clues.about(&difference), difference };
    let mut suspicions: Vec<Suspicion> = differences.into_iter().map(suspicion).collect();
    if !witness.can_score() {
        for suspicion in &mut suspicions {
            suspicion.evidence.hearsay = true;
        }
        return Ok(Adjudged { suspicions, right_parts: Vec::new() });
    }
    let mut open: BTreeSet<usize> = (0..suspicions.len()).collect();
    for _ in 0..ROUNDS {
        let asked = ask(clues, &suspicions, &open, witness)?;
        let mut settled_in = BTreeSet::new();
        for (index, (score, rival)) in asked {
            suspicions[index].evidence.score = Some(score);
            suspicions[index].evidence.rival = rival;
            if suspicions[index].evidence.text_is_right() {
                settled_in.extend(windows(clues.heard, &suspicions[index].difference));
            }
        }
        // Only places whose surroundings now read otherwise are worth asking again.
        open = (0..suspicions.len())
            .filter(|&index| {
                !suspicions[index].evidence.text_is_right()
                    && windows(clues.heard, &suspicions[index].difference)
                        .iter()
                        .any(|window| settled_in.contains(window))
            })
            .collect();
        if open.is_empty() {
            break;
        }
    }
    dissect(clues, suspicions, witness)
}

/// Looks into differences of several parts. Where they were no error together, one of them may still be:
/// beside a word that was misheard, a wrong one is lost in the crowd. Where they were one, some of them
/// may not be. Each smaller difference that stands by itself, the rest read the text's way, takes the
/// place of the whole.
fn dissect(
    clues: &Clues,
    suspicions: Vec<Suspicion>,
    witness: &mut dyn Witness,
) -> Result<Adjudged, WitnessError> {
    let mut smaller = narrowed(clues, &suspicions, witness)?;
    for (index, suspicion) in suspicions.iter().enumerate() {
        if !suspicion.is_error() {
            smaller.insert(index, suspicion.difference.parts.clone());
        }
    }
    let (mut questions, mut about) = (Vec::new(), Vec::new());
    for (&index, differences) in &smaller {
        let context = Context::new(clues, &suspicions, index);
        for difference in differences {
            for window in windows(clues.heard, &suspicions[index].difference) {
                if let Some((question, sides)) = context.question(difference, window) {
                    questions.push(question);
                    about.push((index, difference, sides));
                }
            }
        }
    }
    let answers = witness.score(&questions)?;
    let mut wrong: BTreeMap<usize, Vec<Suspicion>> = BTreeMap::new();
    let mut right_parts = Vec::new();
    for ((index, difference, sides), readings) in about.into_iter().zip(answers) {
        let (score, rival) = sides.weigh(&readings);
        let score = Some(score);
        let evidence = Evidence { score, rival, is_part: true, ..clues.about(difference) };
        let found = Suspicion { difference: difference.clone(), evidence };
        if found.is_error() {
            wrong.entry(index).or_default().push(found);
        } else {
            right_parts.push(found);
        }
    }
    let whole_or_smaller =
        |(index, whole): (usize, Suspicion)| wrong.remove(&index).unwrap_or_else(|| vec![whole]);
    let suspicions = suspicions.into_iter().enumerate().flat_map(whole_or_smaller).collect();
    Ok(Adjudged { suspicions, right_parts })
}

/// For errors of a few parts, the run of parts that is likeliest to be all of the error, where that is
/// not the whole.
fn narrowed(
    clues: &Clues,
    suspicions: &[Suspicion],
    witness: &mut dyn Witness,
) -> Result<BTreeMap<usize, Vec<Difference>>, WitnessError> {
    let (mut questions, mut about) = (Vec::new(), Vec::new());
    for (index, Suspicion { difference, .. }) in suspicions.iter().enumerate() {
        let parts = difference.parts.len();
        if !suspicions[index].is_error() || !(2..=MOST_PARTS).contains(&parts) {
            continue;
        }
        let runs = (0..parts).flat_map(|start| (start + 1..=parts).map(move |end| start..end));
        let runs: Vec<Range<usize>> = runs.collect();
        let context = Context::new(clues, suspicions, index);
        if let Some(&window) = windows(clues.heard, difference).first() {
            questions.push(context.question_of_runs(&runs, window));
            about.push((index, runs));
        }
    }
    let answers = witness.score(&questions)?;
    let mut narrowed = BTreeMap::new();
    for ((index, runs), readings) in about.into_iter().zip(answers) {
        let parts = &suspicions[index].difference.parts;
        let likely = |(run, reading): &(&Range<usize>, Answer)| {
            reading.reading + reading.after - DEPARTURE * run.len() as f64
        };
        let likeliest = runs.iter().zip(readings).max_by(|a, b| likely(a).total_cmp(&likely(b)));
        if let Some((run, _)) = likeliest.filter(|(run, _)| run.len() < parts.len()) {
            let last = &parts[run.end - 1];
            let smaller = parts[run.start].through(clues.text, clues.heard, last);
            narrowed.insert(index, vec![smaller]);
        }
    }
    Ok(narrowed)
}

/// The score of every open suspicion that can be asked about. Where it lies between two windows the one
/// that favours the text counts.
fn ask(
    clues: &Clues,
    suspicions: &[Suspicion],
    open: &BTreeSet<usize>,
    witness: &mut dyn Witness,
) -> Result<BTreeMap<usize, (Score, Option<Rival>)>, WitnessError> {
    let mut questions = Vec::new();
    let mut about = Vec::new();
    for &index in open {
        for window in windows(clues.heard, &suspicions[index].difference) {
            let context = Context::new(clues, suspicions, index);
            let asked = &suspicions[index].difference;
            if let Some((question, sides)) = context.question(asked, window) {
                questions.push(question);
                about.push((index, sides));
            }
        }
    }
    let answers = witness.score(&questions)?;
    let mut scores: BTreeMap<usize, (Score, Option<Rival>)> = BTreeMap::new();
    for ((index, sides), readings) in about.into_iter().zip(answers) {
        let weighed = sides.weigh(&readings);
        let least = scores.entry(index).or_insert_with(|| weighed.clone());
        if weighed.0.ratio < least.0.ratio {
            *least = weighed;
        }
    }
    Ok(scores)
}

/// The windows a difference can be asked about in: that of its heard words, or those of the words on
/// either side of the gap.
fn windows(heard: &HeardSide, difference: &Difference) -> Vec<usize> {
    let words = &heard.hearing.words;
    let range = &difference.heard;
    if let Some(word) = words[range.clone()].first() {
        return vec![word.window];
    }
    let before = range.start.checked_sub(1).and_then(|last| words.get(last));
    let mut windows: Vec<usize> =
        before.into_iter().chain(words.get(range.start)).map(|word| word.window).collect();
    windows.dedup();
    windows
}

/// What of `whole` comes before `part`, which may reach out of it.
fn words_before(whole: &Range<usize>, part: &Range<usize>) -> Range<usize> {
    whole.start..part.start.clamp(whole.start, whole.end)
}

/// What of `whole` comes after `part`, which may reach out of it.
fn words_after(whole: &Range<usize>, part: &Range<usize>) -> Range<usize> {
    part.end.clamp(whole.start, whole.end)..whole.end
}

fn lead_with_blank(words: &mut String) {
    if !words.is_empty() {
        words.insert(0, ' ');
    }
}

fn window_words(heard: &HeardSide, window: usize) -> Range<usize> {
    let words = &heard.hearing.words;
    let start = words.partition_point(|word| word.window < window);
    let end = words.partition_point(|word| word.window <= window);
    start..end
}

/// Whose the readings of a question are, in order: the text's, those heard, and the text's with another
/// name.
struct Sides {
    ours: usize,
    theirs: usize,
    rivals: Vec<Rival>,
}

impl Sides {
    /// What the answers to the question say.
    fn weigh(&self, readings: &[Answer]) -> (Score, Option<Rival>) {
        let (ours, rest) = readings.split_at(self.ours);
        let (theirs, rivals) = rest.split_at(self.theirs);
        let weighed = self.rivals.iter().zip(rivals).map(|(rival, reading)| {
            let ratio = Score::new(ours, std::slice::from_ref(reading)).ratio;
            Rival { ratio, ..rival.clone() }
        });
        let best = weighed.max_by(|a, b| a.ratio.total_cmp(&b.ratio));
        (Score::new(ours, theirs), best)
    }
}

/// What is said around a place in question, by the best belief so far.
struct Context<'a> {
    text: &'a TextSide<'a>,
    heard: &'a HeardSide<'a>,
    spelling: &'a Spelling<'a>,
    suspicions: &'a [Suspicion],
    asked: usize,
}

impl<'a> Context<'a> {
    fn new(clues: &Clues<'a>, suspicions: &'a [Suspicion], asked: usize) -> Self {
        Self { text: clues.text, heard: clues.heard, spelling: clues.spelling, suspicions, asked }
    }

    /// The question in `window` how well the suspicion asked fits when only a run of its parts was said
    /// as heard, the rest as the text has it: a reading for each of `runs`.
    fn question_of_runs(&self, runs: &[Range<usize>], window: usize) -> Question {
        let whole = &self.suspicions[self.asked].difference;
        let reading = |run: &Range<usize>| {
            let (first, last) = (&whole.parts[run.start], &whole.parts[run.end - 1]);
            let mut words = self.text.display(&words_before(&whole.text, &first.text));
            words.extend(self.heard.display(&(first.heard.start..last.heard.end)));
            words.extend(self.text.display(&words_after(&whole.text, &last.text)));
            words.join(" ")
        };
        let in_window = window_words(self.heard, window);
        let start = whole.heard.start.clamp(in_window.start, in_window.end);
        let end = whole.heard.end.clamp(start, in_window.end);
        let mut before = self.words(&(in_window.start..start), usize::MAX).join(" ");
        let mut after = self.words(&(end..in_window.end), WORDS_AFTER).join(" ");
        let mut readings: Vec<String> = runs.iter().map(reading).collect();
        for words in readings.iter_mut().chain([&mut before, &mut after]) {
            lead_with_blank(words);
        }
        Question { window, before, readings, after }
    }

    /// The question in `window` about the suspicion asked or a part of it, the rest of which is then
    /// read the text's way; and whose its readings are.
    fn question(&self, part: &Difference, window: usize) -> Option<(Question, Sides)> {
        let whole = &self.suspicions[self.asked].difference;
        if part.text.len().max(part.heard.len()) > MOST_WORDS {
            return None;
        }
        let in_window = window_words(self.heard, window);
        let start = whole.heard.start.clamp(in_window.start, in_window.end);
        let end = whole.heard.end.clamp(start, in_window.end);
        let own = part.heard.start.clamp(start, end)..part.heard.end.clamp(start, end);
        let (mut readings, sides) = self.readings(part, &own);
        let mut before = self.words(&(in_window.start..start), usize::MAX);
        before.extend(self.text.display(&words_before(&whole.text, &part.text)));
        let mut after = self.text.display(&words_after(&whole.text, &part.text));
        after.extend(self.words(&(end..in_window.end), WORDS_AFTER));
        after.truncate(WORDS_AFTER);
        let (mut before, mut after) = (before.join(" "), after.join(" "));
        for words in readings.iter_mut().chain([&mut before, &mut after]) {
            lead_with_blank(words);
        }
        Some((Question { window, before, readings, after }, sides))
    }

    /// The first `most` words of the heard `range`, in the text's words where the text was found right.
    fn words(&self, range: &Range<usize>, most: usize) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        let mut at = range.start;
        while out.len() < most {
            match self.settled_at(at, range) {
                Some(difference) => {
                    out.extend(self.text.display(&difference.text));
                    if difference.heard.is_empty() {
                        out.extend(self.heard.display(&(at..(at + 1).min(range.end))));
                    }
                    at = difference.heard.end.max(at + 1);
                }
                None if at < range.end => {
                    out.extend(self.heard.display(&(at..at + 1)));
                    at += 1;
                }
                None => break,
            }
            if at > range.end {
                break;
            }
        }
        out.truncate(most);
        out
    }

    /// A difference settled for the text whose heard words start at `at`, within `range`.
    fn settled_at(&self, at: usize, range: &Range<usize>) -> Option<&Difference> {
        let found = self.suspicions.partition_point(|s| s.difference.heard.start < at);
        self.suspicions[found..]
            .iter()
            .enumerate()
            .take_while(|(_, s)| s.difference.heard.start == at)
            .find(|(offset, s)| found + offset != self.asked && s.evidence.text_is_right())
            .map(|(_, s)| &s.difference)
            .filter(|difference| difference.heard.end <= range.end && at < range.end)
    }

    /// The readings to weigh, and whose they are. Each side is tried in its own spelling and in its spoken
    /// form, so that neither loses by capitals or by figures.
    fn readings(&self, difference: &Difference, heard: &Range<usize>) -> (Vec<String>, Sides) {
        let theirs = self.heard.display(heard).join(" ");
        let tail: String = theirs.chars().rev().take_while(|c| ".,?!;:".contains(*c)).collect();
        let close = |reading: String| if reading.is_empty() { reading } else { reading + &tail };
        let ours = self.text.display(&difference.text).join(" ");
        let spoken = |tokens: &[readback_transcript::Token]| {
            tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let our_form = spoken(&self.text.tokens[difference.text_tokens.clone()]);
        let mut readings = vec![close(ours.clone()), close(our_form), close(like(&ours, &theirs))];
        readings.dedup();
        let count = readings.len();
        readings.push(theirs.clone());
        if heard.len() == difference.heard.len() {
            readings.push(close(spoken(&self.heard.tokens[difference.heard_tokens.clone()])));
        }
        readings[count..].sort();
        readings.dedup();
        let theirs = readings.len() - count;
        let rivals = self.rivals(difference);
        for rival in &rivals {
            readings.push(close(self.text.display_with(&difference.text, rival)));
        }
        (readings, Sides { ours: count, theirs, rivals })
    }

    /// The names that could be meant in the place of one of the text's: those that the text or the roster
    /// has elsewhere and that what was heard sounds more like, the likest first.
    fn rivals(&self, difference: &Difference) -> Vec<Rival> {
        if difference.heard.is_empty() || difference.text.len() > MOST_WORDS_OF_NAME {
            return Vec::new();
        }
        let theirs = self.heard.display(&difference.heard).concat();
        let sounds = |ours: &str| likeness(ours, &theirs);
        let own = sounds(&self.text.display(&difference.text).concat());
        let mut rivals: Vec<(f64, Rival)> = Vec::new();
        for word in difference.text.clone() {
            for name in self.spelling.others(self.text.display(&(word..word + 1))[0]) {
                let rival = Rival { word, name: name.to_owned(), ratio: 0.0 };
                let like =
                    sounds(&self.text.display_with(&difference.text, &rival).replace(' ', ""));
                if like > own {
                    rivals.push((like, rival));
                }
            }
        }
        rivals.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        rivals.truncate(MOST_RIVALS);
        rivals.into_iter().map(|(_, rival)| rival).collect()
    }
}

/// `reading` with its first letter in the case of `model`'s.
fn like(reading: &str, model: &str) -> String {
    let mut letters = reading.chars();
    let Some(first) = letters.next() else { return String::new() };
    let first: String = match model.chars().next() {
        Some(c) if c.is_uppercase() => first.to_uppercase().collect(),
        Some(_) => first.to_lowercase().collect(),
        None => first.to_string(),
    };
    first + letters.as_str()
}
