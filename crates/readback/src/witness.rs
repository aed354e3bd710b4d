//! The audit's witnesses: the speech engine, and the words another recogniser left.

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

/// What another recogniser heard. It cannot be asked how well other words would have fitted.
pub struct HearsayWitness {
    hearing: Hearing,
}

impl HearsayWitness {
    /// The witness to what was heard elsewhere.
    pub fn new(hearing: Hearing) -> Self {
        Self { hearing }
    }
}

impl Witness for HearsayWitness {
    fn hearing(&self) -> &Hearing {
        &self.hearing
    }

    fn can_score(&self) -> bool {
        false
    }

    fn score(&mut self, questions: &[Question]) -> Result<Vec<Vec<Reading>>, WitnessError> {
        Ok(vec![Vec::new(); questions.len()])
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
