//! The speech engine as the audit's witness.

use readback_check::{Question, Reading, Witness, WitnessError};
use readback_speech::hear::{self, Answer, Heard};
use readback_transcript::Hearing;

/// What the engine heard, and the engine to be asked again.
pub struct EngineWitness<'a> {
    heard: Heard<'a>,
}

impl<'a> EngineWitness<'a> {
    /// The witness to what was just heard.
    pub fn new(heard: Heard<'a>) -> Self {
        Self { heard }
    }
}

impl Witness for EngineWitness<'_> {
    fn hearing(&self) -> &Hearing {
        self.heard.hearing()
    }

    fn score(&mut self, questions: &[Question]) -> Result<Vec<Vec<Reading>>, WitnessError> {
        let questions: Vec<hear::Question> = questions.iter().map(question).collect();
        let answers = self.heard.score(&questions, "");
        let answers = answers.map_err(|error| WitnessError(Box::new(error)))?;
        Ok(answers
            .into_iter()
            .map(|readings| readings.into_iter().map(reading).collect())
            .collect())
    }
}

fn question(question: &Question) -> hear::Question {
    hear::Question {
        window: question.window,
        before: question.before.clone(),
        readings: question.readings.clone(),
        after: question.after.clone(),
    }
}

fn reading(answer: Answer) -> Reading {
    Reading { reading: answer.reading, tokens: answer.tokens, after: answer.after }
}
