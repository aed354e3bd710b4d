//! Which side is right: for each difference, both readings scored on the same audio.
//!
//! What a recogniser writes is its best guess, not what was said; a name it does not know is written as
//! it sounds. So a difference is only a suspicion until the witness has weighed the text's reading
//! against the heard one, each continued by the words that follow. Where the text wins, the words around
//! it are read the text's way from then on, and the places still in doubt beside it are asked again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use readback_transcript::{Answer, Question, Token, Witness, WitnessError, bare_word};

use crate::difference::Difference;
use crate::evidence::{Evidence, Overview, Rival, Score, Testimony};
use crate::homophones::Alike;
use crate::names;
use crate::sides::{HeardSide, TextSide};
use crate::sound::likeness;
use crate::spelling::{ALIKE, Respelling, Spelling, is_among, respelt};

/// Words after the place in question that each reading must lead on to. Set by hand at 0fb4379; not measured
/// by itself.
const WORDS_AFTER: usize = 6;
/// Longer readings than this say nothing more when scored, and cost much.
const MOST_WORDS: usize = 60;
/// Longer passages are more than a name that was taken for another.
const MOST_WORDS_OF_NAME: usize = 4;
/// Other names asked about in the place of one.
const MOST_RIVALS: usize = 4;
/// Names of the story, and as many rare and as many common ones that the world knows, asked about in the place of
/// one of which nobody knows the spelling.
const MOST_RESPELLINGS: usize = 2;
/// Places in one difference of which that is asked.
const MOST_RESPELT: usize = 2;
/// How often the places in doubt are asked again after their surroundings changed.
const ROUNDS: usize = 3;

/// Errors of more parts than this are taken as they are.
const MOST_PARTS: usize = 4;
/// Nats by which a part must fit better as heard than as the text has it to be taken for wrong too. Set by
/// hand at 45a94fc; not measured by itself.
const DEPARTURE: f64 = 1.0;

/// A difference with what speaks for either side.
#[derive(Clone, Debug)]
pub(crate) struct Suspicion {
    pub difference: Difference,
    pub evidence: Evidence,
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
    overview: &Overview,
    differences: Vec<Difference>,
    witness: &mut dyn Witness,
) -> Result<Adjudged, WitnessError> {
    let can_score = witness.can_score();
    let testimony = if can_score { Testimony::Unasked } else { Testimony::Hearsay };
    let mut suspicions = Vec::with_capacity(differences.len());
    for difference in differences {
        let evidence = Evidence::new(overview.about(&difference), testimony.clone());
        suspicions.push(Suspicion { difference, evidence });
    }
    if !can_score {
        return Ok(Adjudged { suspicions, right_parts: Vec::new() });
    }
    ask_in_rounds(overview, &mut suspicions, witness)?;
    dissect(overview, suspicions, witness)
}

/// Asks about every suspicion, and again about those beside which the text was found right: only where the
/// surroundings now read otherwise is that worth it.
fn ask_in_rounds(
    overview: &Overview,
    suspicions: &mut [Suspicion],
    witness: &mut dyn Witness,
) -> Result<(), WitnessError> {
    let mut open: BTreeSet<usize> = (0..suspicions.len()).collect();
    for _ in 0..ROUNDS {
        let mut settled_in = BTreeSet::new();
        for (index, score) in ask(overview, suspicions, &open, witness)? {
            let Suspicion { difference, evidence } = &mut suspicions[index];
            evidence.hear(Testimony::Scored(score));
            if evidence.text_is_right() {
                settled_in.extend(windows(overview.heard, difference));
            }
        }
        open.clear();
        for (index, Suspicion { difference, evidence }) in suspicions.iter().enumerate() {
            let windows = windows(overview.heard, difference);
            if !evidence.text_is_right() && windows.iter().any(|it| settled_in.contains(it)) {
                open.insert(index);
            }
        }
        if open.is_empty() {
            break;
        }
    }
    Ok(())
}

/// Questions to the witness, each with what it is about.
struct Inquiry<T> {
    questions: Vec<Question>,
    about: Vec<T>,
}

impl<T> Inquiry<T> {
    fn new() -> Self {
        Self { questions: Vec::new(), about: Vec::new() }
    }

    fn add(&mut self, question: Question, about: T) {
        self.questions.push(question);
        self.about.push(about);
    }

    /// The answers to each question, with what it was about.
    fn ask(
        self,
        witness: &mut dyn Witness,
    ) -> Result<impl Iterator<Item = (T, Vec<Answer>)>, WitnessError> {
        let answers = witness.score(&self.questions)?;
        Ok(self.about.into_iter().zip(answers))
    }
}

/// Looks into differences of several parts. Where they were no error together, one of them may still be:
/// beside a word that was misheard, a wrong one is lost in the crowd. Where they were one, some of them
/// may not be. Each smaller difference that stands by itself, the rest read the text's way, takes the
/// place of the whole.
fn dissect(
    overview: &Overview,
    suspicions: Vec<Suspicion>,
    witness: &mut dyn Witness,
) -> Result<Adjudged, WitnessError> {
    let mut smaller = narrowed(overview, &suspicions, witness)?;
    for (index, suspicion) in suspicions.iter().enumerate() {
        if !suspicion.evidence.is_error() {
            smaller.insert(index, suspicion.difference.parts.clone());
        }
    }
    let mut inquiry = Inquiry::new();
    for (&index, differences) in &smaller {
        let context = Context::new(overview, &suspicions, index);
        for difference in differences {
            for window in windows(overview.heard, &suspicions[index].difference) {
                if let Some((question, sides)) = context.question(difference, window) {
                    inquiry.add(question, (index, difference, sides));
                }
            }
        }
    }
    let mut wrong: BTreeMap<usize, Vec<Suspicion>> = BTreeMap::new();
    let mut right_parts = Vec::new();
    for ((index, difference, sides), answers) in inquiry.ask(witness)? {
        let testimony = Testimony::Scored(sides.weigh(&answers));
        let evidence = Evidence::new(overview.about_part(difference), testimony);
        let part = Suspicion { difference: difference.clone(), evidence };
        if part.evidence.is_error() {
            wrong.entry(index).or_default().push(part);
        } else {
            right_parts.push(part);
        }
    }
    let mut left = Vec::with_capacity(suspicions.len());
    for (index, whole) in suspicions.into_iter().enumerate() {
        match wrong.remove(&index) {
            Some(parts) => left.extend(parts),
            None => left.push(whole),
        }
    }
    Ok(Adjudged { suspicions: left, right_parts })
}

/// For errors of a few parts, the run of parts that is likeliest to be all of the error, where that is
/// not the whole.
fn narrowed(
    overview: &Overview,
    suspicions: &[Suspicion],
    witness: &mut dyn Witness,
) -> Result<BTreeMap<usize, Vec<Difference>>, WitnessError> {
    let mut inquiry = Inquiry::new();
    for (index, Suspicion { difference, evidence }) in suspicions.iter().enumerate() {
        let parts = difference.parts.len();
        if !evidence.is_error() || !(2..=MOST_PARTS).contains(&parts) {
            continue;
        }
        let runs = runs_of(parts);
        let context = Context::new(overview, suspicions, index);
        if let Some(&window) = windows(overview.heard, difference).first() {
            inquiry.add(context.question_of_runs(&runs, window), (index, runs));
        }
    }
    let mut narrowed = BTreeMap::new();
    for ((index, runs), answers) in inquiry.ask(witness)? {
        let parts = &suspicions[index].difference.parts;
        let Some(run) = likeliest(&runs, &answers).filter(|run| run.len() < parts.len()) else {
            continue;
        };
        let last = &parts[run.end - 1];
        let smaller = parts[run.start].through(overview.text, overview.heard, last);
        narrowed.insert(index, vec![smaller]);
    }
    Ok(narrowed)
}

/// Every run of some of so many parts.
fn runs_of(parts: usize) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    for start in 0..parts {
        runs.extend((start + 1..=parts).map(|end| start..end));
    }
    runs
}

/// The run that fits best as heard, given that each part more needs its reason.
fn likeliest<'r>(runs: &'r [Range<usize>], answers: &[Answer]) -> Option<&'r Range<usize>> {
    let mut best: Option<(&Range<usize>, f64)> = None;
    for (run, answer) in runs.iter().zip(answers) {
        let fit = answer.reading + answer.after - DEPARTURE * run.len() as f64;
        if best.is_none_or(|(_, so_far)| fit.total_cmp(&so_far).is_ge()) {
            best = Some((run, fit));
        }
    }
    best.map(|(run, _)| run)
}

/// The score of every open suspicion that can be asked about. Where it lies between two windows the one
/// that favours the text counts.
fn ask(
    overview: &Overview,
    suspicions: &[Suspicion],
    open: &BTreeSet<usize>,
    witness: &mut dyn Witness,
) -> Result<BTreeMap<usize, Score>, WitnessError> {
    let mut inquiry = Inquiry::new();
    for &index in open {
        let context = Context::new(overview, suspicions, index);
        let asked = &suspicions[index].difference;
        for window in windows(overview.heard, asked) {
            if let Some((question, sides)) = context.question(asked, window) {
                inquiry.add(question, (index, sides));
            }
        }
    }
    let mut scores: BTreeMap<usize, Score> = BTreeMap::new();
    for ((index, sides), answers) in inquiry.ask(witness)? {
        let score = sides.weigh(&answers);
        if scores.get(&index).is_none_or(|least| score.ratio < least.ratio) {
            scores.insert(index, score);
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
    let around = range.start.saturating_sub(1)..words.len().min(range.start + 1);
    let mut windows: Vec<usize> = words[around].iter().map(|word| word.window).collect();
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

/// Whose the readings of a question are, in order: the text's, those heard, the text's with another name, and
/// those heard with a known one.
struct Sides {
    ours: usize,
    theirs: usize,
    rivals: Vec<Rival>,
    respellings: Vec<Respelling>,
}

impl Sides {
    /// What the answers to the question say.
    fn weigh(&self, answers: &[Answer]) -> Score {
        let (ours, rest) = answers.split_at(self.ours);
        let (theirs, rest) = rest.split_at(self.theirs);
        let (rivals, respellings) = rest.split_at(self.rivals.len());
        let mut best: Option<Rival> = None;
        for (rival, answer) in self.rivals.iter().zip(rivals) {
            let ratio = Score::of(ours, std::slice::from_ref(answer)).ratio;
            if best.as_ref().is_none_or(|best| ratio.total_cmp(&best.ratio).is_ge()) {
                best = Some(Rival { ratio, ..rival.clone() });
            }
        }
        let mut weighed = self.respellings.clone();
        for (respelling, answer) in weighed.iter_mut().zip(respellings) {
            respelling.ratio = Score::of(theirs, std::slice::from_ref(answer)).ratio;
        }
        Score { rival: best, respellings: weighed, ..Score::of(ours, theirs) }
    }
}

/// What is said around a place in question, by the best belief so far.
struct Context<'a> {
    text: &'a TextSide<'a>,
    heard: &'a HeardSide<'a>,
    spelling: &'a Spelling<'a>,
    alike: &'a [Alike],
    suspicions: &'a [Suspicion],
    asked: usize,
}

impl<'a> Context<'a> {
    fn new(overview: &Overview<'a>, suspicions: &'a [Suspicion], asked: usize) -> Self {
        let Overview { text, heard, spelling, alike, .. } = *overview;
        Self { text, heard, spelling, alike, suspicions, asked }
    }

    /// The question in `window` how well the suspicion asked fits when only a run of its parts was said
    /// as heard, the rest as the text has it: a reading for each of `runs`.
    fn question_of_runs(&self, runs: &[Range<usize>], window: usize) -> Question {
        let whole = &self.suspicions[self.asked].difference;
        let mut readings = Vec::with_capacity(runs.len());
        for run in runs {
            let (first, last) = (&whole.parts[run.start], &whole.parts[run.end - 1]);
            let mut words = self.text.display(&words_before(&whole.text, &first.text));
            words.extend(self.heard.display(&(first.heard.start..last.heard.end)));
            words.extend(self.text.display(&words_after(&whole.text, &last.text)));
            readings.push(words.join(" "));
        }
        let (in_window, place) = self.place_in(window);
        let before = self.words(&(in_window.start..place.start), usize::MAX).join(" ");
        let after = self.words(&(place.end..in_window.end), WORDS_AFTER).join(" ");
        spaced(Question { window, before, readings, after })
    }

    /// The heard words of `window`, and among them those of the suspicion asked.
    fn place_in(&self, window: usize) -> (Range<usize>, Range<usize>) {
        let heard = &self.suspicions[self.asked].difference.heard;
        let in_window = window_words(self.heard, window);
        let start = heard.start.clamp(in_window.start, in_window.end);
        let end = heard.end.clamp(start, in_window.end);
        (in_window, start..end)
    }

    /// The question in `window` about the suspicion asked or a part of it, the rest of which is then
    /// read the text's way; and whose its readings are.
    fn question(&self, part: &Difference, window: usize) -> Option<(Question, Sides)> {
        let whole = &self.suspicions[self.asked].difference;
        if part.text.len().max(part.heard.len()) > MOST_WORDS {
            return None;
        }
        let (in_window, place) = self.place_in(window);
        let own = part.heard.start.clamp(place.start, place.end)
            ..part.heard.end.clamp(place.start, place.end);
        let (readings, sides) = self.readings(part, &own);
        let mut before = self.words(&(in_window.start..place.start), usize::MAX);
        before.extend(self.text.display(&words_before(&whole.text, &part.text)));
        let mut after = self.text.display(&words_after(&whole.text, &part.text));
        after.extend(self.words(&(place.end..in_window.end), WORDS_AFTER));
        after.truncate(WORDS_AFTER);
        let (before, after) = (before.join(" "), after.join(" "));
        Some((spaced(Question { window, before, readings, after }), sides))
    }

    /// The first `most` words of the heard `range`, in the text's words where the text was found right.
    fn words(&self, range: &Range<usize>, most: usize) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        let mut at = range.start;
        while out.len() < most {
            match (self.settled_at(at, range), self.alike_at(at, range)) {
                (Some(difference), _) => {
                    out.extend(self.text.display(&difference.text));
                    if difference.heard.is_empty() {
                        out.extend(self.heard.display(&(at..(at + 1).min(range.end))));
                    }
                    at = difference.heard.end.max(at + 1);
                }
                (None, Some(alike)) => {
                    out.extend(self.text.display(&alike.text));
                    at = alike.heard.end;
                }
                (None, None) if at < range.end => {
                    out.extend(self.heard.display(&(at..at + 1)));
                    at += 1;
                }
                (None, None) => break,
            }
            if at > range.end {
                break;
            }
        }
        out.truncate(most);
        out
    }

    /// What sounds alike on both sides and whose heard words start at `at`, within `range`: so the one is written
    /// as surely as the other.
    fn alike_at(&self, at: usize, range: &Range<usize>) -> Option<&Alike> {
        let index = self.alike.binary_search_by_key(&at, |alike| alike.heard.start).ok()?;
        Some(&self.alike[index]).filter(|alike| alike.heard.end <= range.end)
    }

    /// A difference settled for the text whose heard words start at `at`, within `range`.
    fn settled_at(&self, at: usize, range: &Range<usize>) -> Option<&Difference> {
        let first = self.suspicions.partition_point(|it| it.difference.heard.start < at);
        for (index, suspicion) in self.suspicions.iter().enumerate().skip(first) {
            let difference = &suspicion.difference;
            if difference.heard.start != at {
                break;
            }
            if index != self.asked && suspicion.evidence.text_is_right() {
                let is_within = difference.heard.end <= range.end && at < range.end;
                return is_within.then_some(difference);
            }
        }
        None
    }

    /// The readings to weigh, and whose they are. Each side is tried in its own spelling and in its spoken
    /// form, so that neither loses by capitals or by figures.
    fn readings(&self, difference: &Difference, heard: &Range<usize>) -> (Vec<String>, Sides) {
        let theirs = self.heard.display(heard).join(" ");
        let marks: String = theirs.chars().rev().take_while(|c| ".,?!;:".contains(*c)).collect();
        let ours = self.text.display(&difference.text).join(" ");
        let ours_spoken = spoken(&self.text.tokens[difference.text_tokens.clone()]);
        let ours_like_theirs = like(&ours, &theirs);
        let mut readings: Vec<String> = Vec::new();
        for spelling in [ours, ours_spoken, ours_like_theirs] {
            readings.push(closed(spelling, &marks));
        }
        readings.dedup();
        let mut theirs = vec![theirs];
        if heard.len() == difference.heard.len() {
            let spoken = spoken(&self.heard.tokens[difference.heard_tokens.clone()]);
            theirs.push(closed(spoken, &marks));
        }
        theirs.sort();
        // Among themselves only: a side that has no spelling of its own would have nothing to be weighed by.
        theirs.dedup();
        let (rivals, respellings) = (self.rivals(difference), self.respellings(difference, heard));
        let sides = Sides { ours: readings.len(), theirs: theirs.len(), rivals, respellings };
        readings.extend(theirs);
        for rival in &sides.rivals {
            let with_rival = self.text.display_with(&difference.text, rival.word, &rival.name);
            readings.push(closed(with_rival, &marks));
        }
        for respelling in &sides.respellings {
            readings.push(respelt(self.heard, heard, &[respelling]).join(" "));
        }
        (readings, sides)
    }

    /// The known names that could be meant by heard ones of which nobody knows the spelling: those of the story
    /// that what was heard sounds more like than what the text has, and those of the world that are near.
    fn respellings(&self, difference: &Difference, heard: &Range<usize>) -> Vec<Respelling> {
        if heard.len() != difference.heard.len() || difference.text.len() > MOST_WORDS_OF_NAME {
            return Vec::new();
        }
        let ours = self.text.display(&difference.text);
        if likeness(&ours.concat(), &self.heard.display(heard).concat()) >= ALIKE {
            // The text's name is then the likeliest of all, and nothing is put in its place.
            return Vec::new();
        }
        let mut out = Vec::new();
        let places = self.spelling.unknown(self.text, self.heard, difference);
        for place in places.into_iter().take(MOST_RESPELT) {
            let theirs = self.heard.display(&place).concat();
            let theirs = bare_word(&theirs);
            let least = likeness(&ours.concat(), theirs);
            let mut of_story = self.spelling.near(theirs, least, MOST_RESPELLINGS);
            let of_world = names::near(theirs, MOST_RESPELLINGS);
            of_story.retain(|name| !is_among(name, &ours));
            let is_new = |name: &&str| !of_story.contains(name) && !is_among(name, &ours);
            let of_world: Vec<&str> = of_world.into_iter().filter(is_new).collect();
            for (names, is_of_story) in [(of_story, true), (of_world, false)] {
                out.extend(names.into_iter().map(|name| Respelling {
                    heard: place.clone(),
                    name: name.to_owned(),
                    is_of_story,
                    ratio: 0.0,
                }));
            }
        }
        out
    }

    /// The names that could be meant in the place of one of the text's: those that the text or the roster
    /// has elsewhere and that what was heard sounds more like, the likest first.
    fn rivals(&self, difference: &Difference) -> Vec<Rival> {
        if difference.heard.is_empty() || difference.text.len() > MOST_WORDS_OF_NAME {
            return Vec::new();
        }
        let theirs = self.heard.display(&difference.heard).concat();
        let own = likeness(&self.text.display(&difference.text).concat(), &theirs);
        let mut rivals: Vec<(f64, Rival)> = Vec::new();
        for word in difference.text.clone() {
            for name in self.spelling.others(self.text.display(&(word..word + 1))[0]) {
                let with_name = self.text.display_with(&difference.text, word, name);
                let alike = likeness(&with_name.replace(' ', ""), &theirs);
                if alike > own {
                    rivals.push((alike, Rival { word, name: name.to_owned(), ratio: 0.0 }));
                }
            }
        }
        rivals.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        rivals.truncate(MOST_RIVALS);
        rivals.into_iter().map(|(_, rival)| rival).collect()
    }
}

/// What the tokens say, a blank between any two.
fn spoken(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A reading with the marks that close what was heard; none where nothing is said.
fn closed(reading: String, marks: &str) -> String {
    if reading.is_empty() { reading } else { reading + marks }
}

/// A question whose pieces each begin with the blank that parts them from what comes before. Apostrophes are
/// straight in all of them, as recognisers write them: a curly one would speak against its word.
fn spaced(mut question: Question) -> Question {
    let Question { before, readings, after, .. } = &mut question;
    for words in readings.iter_mut().chain([before, after]) {
        *words = words.replace('’', "'");
        lead_with_blank(words);
    }
    question
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

#[cfg(test)]
mod tests {
    use readback_transcript::{HeardWindow, HeardWord, Hearing, Instant, Probability, Stretch};

    use super::*;
    use crate::Roster;

    fn hearing(words: &[&str]) -> Hearing {
        let stretch = Stretch::new(Instant::START, Instant::START);
        let word = |text: &&str| HeardWord {
            text: (*text).to_owned(),
            stretch,
            probability: Probability::new(0.9),
            window: 0,
        };
        let no_speech = Probability::new(0.0);
        Hearing {
            language: "en".into(),
            windows: vec![HeardWindow { stretch, no_speech, language: "en".into() }],
            words: words.iter().map(word).collect(),
            ..Hearing::default()
        }
    }

    #[test]
    fn an_apostrophe_is_asked_about_as_recognisers_write_it() {
        let (before, after) = ("it".to_owned(), String::new());
        let question = Question { window: 0, before, readings: vec!["isn’t".into()], after };
        assert_eq!(spaced(question).readings, [" isn't"]);
    }

    #[test]
    fn each_side_has_a_reading_even_where_both_are_spelt_alike() {
        let parsed = readback_formats::read(b"They saw rain.", Some("a.txt"));
        let transcript = parsed.expect("a readable text").transcript;
        let hearing = hearing(&["They", "saw", "rain."]);
        let (text, heard) = (TextSide::new(&transcript, "en"), HeardSide::new(&hearing, "en"));
        let roster = Roster::default();
        let spelling = Spelling::new(&text, &roster);
        let overview = Overview::new(&text, &heard, &[], &[], &roster, &spelling);
        let alike = Difference {
            text: 2..3,
            heard: 2..3,
            text_tokens: 2..3,
            heard_tokens: 2..3,
            parts: Vec::new(),
        };
        let context = Context::new(&overview, &[], 0);
        let (readings, sides) = context.readings(&alike, &(2..3));
        assert_eq!((sides.ours, sides.theirs), (1, 1));
        assert_eq!(readings, ["rain.", "rain."]);
    }
}
