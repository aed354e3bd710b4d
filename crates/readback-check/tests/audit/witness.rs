//! A witness for tests: it knows what was said, and may have misheard some of it.

use std::ops::Range;

use readback_transcript::{
    Answer, HeardWindow, HeardWord, Hearing, Instant, Length, Probability, Question, Stretch,
    Witness, WitnessError,
};

/// Words in a window; a second each is ample for one window of less than 30 s.
const WORDS_IN_WINDOW: usize = 60;
const WORD: i64 = 300_000;

/// Somebody who knows what was said and finds every other reading far less likely.
pub struct Canned {
    said: Vec<String>,
    hearing: Hearing,
    /// Words that fit as well as others, each after the other, both in small letters.
    fitting: Vec<(String, String)>,
}

impl Canned {
    /// Heard exactly what was said.
    pub fn saying(said: &str) -> Self {
        Self::mishearing(said, &[])
    }

    /// Heard what was said, but for each first one of a pair wrote the second.
    pub fn mishearing(said: &str, wrong: &[(&str, &str)]) -> Self {
        let heard = wrong.iter().fold(said.to_string(), |said, (right, wrong)| {
            assert!(said.contains(right), "{right} was not said");
            said.replace(right, wrong)
        });
        Self { said: words(said), hearing: hearing(&heard), fitting: Vec::new() }
    }

    /// The same, but no word was heard clearly.
    pub fn unsure(mut self) -> Self {
        for heard in &mut self.hearing.words {
            heard.probability = Probability::new(0.8);
        }
        self
    }

    /// The same, but the last time that it heard `phrase` there was only this share of the usual time for it.
    pub fn hurried(mut self, phrase: &str, share: f64) -> Self {
        let place = self.last(phrase);
        let mut at = self.hearing.words[place.start].stretch.start();
        for heard in &mut self.hearing.words[place] {
            let end = at + Length::from_seconds(heard.stretch.length().seconds() * share);
            heard.stretch = Stretch::new(at, end);
            at = end;
        }
        self
    }

    /// The same, but the last time that it heard `phrase` it was in a window in German.
    pub fn in_german(mut self, phrase: &str) -> Self {
        let place = self.last(phrase);
        let window = self.hearing.windows.len();
        let german = HeardWindow { language: "de".into(), ..self.hearing.windows[0].clone() };
        self.hearing.windows.extend([german, self.hearing.windows[0].clone()]);
        for heard in &mut self.hearing.words[place.start..] {
            heard.window = window + 1;
        }
        for heard in &mut self.hearing.words[place] {
            heard.window = window;
        }
        self
    }

    /// The same, but `other` fits as well as `word`, which was said.
    pub fn fitting(mut self, word: &str, other: &str) -> Self {
        self.fitting.push((word.to_lowercase(), other.to_lowercase()));
        self
    }

    /// The words of a reading, those that fit as well as others as the others.
    fn words(&self, reading: &str) -> Vec<String> {
        let said = |word: String| {
            let other = self.fitting.iter().find(|(_, other)| *other == word);
            other.map(|(word, _)| word.clone()).unwrap_or(word)
        };
        words(reading).into_iter().map(said).collect()
    }

    /// The same, but all of it in German.
    pub fn all_in_german(mut self) -> Self {
        self.hearing.language = "de".into();
        for window in &mut self.hearing.windows {
            window.language = "de".into();
        }
        self
    }

    /// Where it heard `phrase` last.
    fn last(&self, phrase: &str) -> Range<usize> {
        let heard: Vec<&str> = self.hearing.words.iter().map(|word| &*word.text).collect();
        let phrase: Vec<&str> = phrase.split_whitespace().collect();
        let place = heard.windows(phrase.len()).rposition(|words| words == phrase);
        let start = place.expect("it was heard");
        start..start + phrase.len()
    }

    /// The same, but before `word` somebody spoke so long of whom nothing was heard.
    pub fn deaf_before(mut self, word: &str, length: Length) -> Self {
        let words = &mut self.hearing.words;
        let place = words.iter().position(|heard| heard.text == word).expect("it was heard");
        for heard in &mut words[place..] {
            heard.stretch =
                Stretch::new(heard.stretch.start() + length, heard.stretch.end() + length);
        }
        self.hearing.length += length;
        self.hearing.speech =
            vec![Stretch::new(Instant::START, Instant::START + self.hearing.length)];
        self
    }
}

fn hearing(heard: &str) -> Hearing {
    let at = |index: usize| Instant::from_micros(index as i64 * WORD);
    let words: Vec<HeardWord> = heard
        .split_whitespace()
        .enumerate()
        .map(|(index, text)| HeardWord {
            text: text.to_string(),
            stretch: Stretch::new(at(index), at(index + 1)),
            probability: Probability::new(0.9),
            window: index / WORDS_IN_WINDOW,
        })
        .collect();
    let windows = words.chunks(WORDS_IN_WINDOW).map(|chunk| HeardWindow {
        stretch: chunk[0].stretch.union(chunk[chunk.len() - 1].stretch),
        no_speech: Probability::new(0.0),
        language: "en".into(),
    });
    let length = Length::from_micros(words.len() as i64 * WORD);
    Hearing {
        length,
        language: "en".into(),
        windows: windows.collect(),
        speech: vec![Stretch::new(Instant::START, Instant::START + length)],
        words,
    }
}

fn words(text: &str) -> Vec<String> {
    let bare = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'")
    };
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// Another recogniser's words: nobody who could be asked again.
pub struct Hearsay(pub Canned);

impl Witness for Hearsay {
    fn hearing(&self) -> &Hearing {
        self.0.hearing()
    }

    fn can_score(&self) -> bool {
        false
    }

    fn score(&mut self, _: &[Question]) -> Result<Vec<Vec<Answer>>, WitnessError> {
        panic!("one that cannot score is never asked")
    }
}

impl Witness for Canned {
    fn hearing(&self) -> &Hearing {
        &self.hearing
    }

    fn score(&mut self, questions: &[Question]) -> Result<Vec<Vec<Answer>>, WitnessError> {
        let is_said = |told: &[String]| self.said.windows(told.len().max(1)).any(|run| run == told);
        let in_place = |question: &Question, reading: &String| {
            let before = self.words(&question.before);
            let tail = before[before.len().saturating_sub(3)..].to_vec();
            is_said(&[tail, self.words(reading), self.words(&question.after)].concat())
        };
        let answer = |question: &Question| -> Vec<Answer> {
            // Between words that were not said, either, a reading is judged by itself.
            let placed = question.readings.iter().any(|reading| in_place(question, reading));
            let fit = |reading: &String| {
                let said = if placed {
                    in_place(question, reading)
                } else {
                    is_said(&self.words(reading))
                };
                let tokens = words(reading).len();
                let (each, after) = if said { (-0.05, -0.5) } else { (-9.0, -8.0) };
                Answer { reading: each * tokens as f64, tokens: tokens.max(1), after }
            };
            question.readings.iter().map(fit).collect()
        };
        Ok(questions.iter().map(answer).collect())
    }
}
