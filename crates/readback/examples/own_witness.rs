//! Reads a text back against a witness of one's own: here somebody who knows what was said and finds every
//! other reading very unlikely. A recogniser of your own takes its place.

use std::error::Error;

use readback::transcript::{
    Answer, HeardWindow, HeardWord, Hearing, Instant, Length, Probability, Question, Stretch,
    Witness, WitnessError,
};
use readback::{Style, audit, formats};

const SAID: &str = "The ferry leaves at nine and comes back in the evening.";
const WRITTEN: &str = "The ferry leaves at five and comes back in the evening.";

/// Somebody who knows what was said.
struct Knowing {
    hearing: Hearing,
}

impl Witness for Knowing {
    fn hearing(&self) -> &Hearing {
        &self.hearing
    }

    fn score(&mut self, questions: &[Question]) -> Result<Vec<Vec<Answer>>, WitnessError> {
        let answers = questions.iter().map(|question| {
            question.readings.iter().map(|reading| answer(question, reading)).collect()
        });
        Ok(answers.collect())
    }
}

/// Nearly no doubt about words that were said in this place, and great doubt about all others.
fn answer(question: &Question, reading: &str) -> Answer {
    let whole = [&question.before, reading, &question.after].concat();
    let whole = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    let tokens = reading.split_whitespace().count();
    let each = if SAID.contains(&whole) { -0.01 } else { -8.0 };
    Answer { reading: each * tokens as f64, tokens, after: each }
}

/// All that was said, a word a second.
fn hearing() -> Hearing {
    let at = |second: usize| Instant::from_seconds(second as f64);
    let heard = SAID.split_whitespace().enumerate().map(|(second, word)| HeardWord {
        text: word.into(),
        stretch: Stretch::new(at(second), at(second + 1)),
        probability: Probability::new(0.99),
        window: 0,
    });
    let words: Vec<HeardWord> = heard.collect();
    let length = Length::from_seconds(words.len() as f64);
    let all = Stretch::new(Instant::START, Instant::START + length);
    let window =
        HeardWindow { stretch: all, no_speech: Probability::new(0.0), language: "en".into() };
    Hearing { length, language: "en".into(), windows: vec![window], words, speech: vec![all] }
}

fn main() -> Result<(), Box<dyn Error>> {
    let transcript = formats::read(WRITTEN.as_bytes(), None)?.transcript;
    let mut witness = Knowing { hearing: hearing() };
    let report = audit::check_against(&transcript, &mut witness, &Style::default())?;
    for finding in &report.findings {
        println!("{} {}: {}", finding.rule.code, finding.rule.name, finding.message);
    }
    Ok(())
}
