//! What was heard in a recording, and reading texts back against it. It does not know who listened.

use rayon::ThreadPool;
use readback_check::{Report, Style, check_against};
use readback_transcript::{Hearing, Transcript, Witness, WitnessError};

/// What was heard in a recording, and whoever heard it to be asked again.
pub struct Attended<'a> {
    witness: Box<dyn Witness + Send + 'a>,
    /// Where the witness thinks, if that is hard work.
    pool: Option<&'a ThreadPool>,
}

impl<'a> Attended<'a> {
    pub(crate) fn new(witness: impl Witness + Send + 'a, pool: &'a ThreadPool) -> Self {
        Self { witness: Box::new(witness), pool: Some(pool) }
    }

    /// Reads a transcript back against what was heard, for a desk that expects `style`.
    pub fn check(
        &mut self,
        transcript: &Transcript,
        style: &Style,
    ) -> Result<Report, WitnessError> {
        let witness = self.witness.as_mut();
        let mut read_back = || check_against(transcript, witness, style);
        match self.pool {
            Some(pool) => pool.install(read_back),
            None => read_back(),
        }
    }

    /// What was heard.
    pub fn hearing(&self) -> &Hearing {
        self.witness.hearing()
    }
}

/// What another recogniser heard: it cannot be asked how well other words would have fitted.
impl From<Hearing> for Attended<'_> {
    fn from(hearing: Hearing) -> Self {
        Self { witness: Box::new(hearing), pool: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use readback_transcript::{HeardWindow, HeardWord, Instant, Length, Probability, Stretch};

    /// Words heard a second each.
    fn hearing(words: &str) -> Hearing {
        let at = |second: usize| Instant::from_seconds(second as f64);
        let words: Vec<HeardWord> = words
            .split_whitespace()
            .enumerate()
            .map(|(second, word)| HeardWord {
                text: word.into(),
                stretch: Stretch::new(at(second), at(second + 1)),
                probability: Probability::new(0.99),
                window: 0,
            })
            .collect();
        let length = Length::from_seconds(words.len() as f64);
        let stretch = Stretch::new(Instant::START, Instant::START + length);
        let no_speech = Probability::default();
        let windows = vec![HeardWindow { stretch, no_speech, language: "en".into() }];
        Hearing { length, language: "en".into(), windows, words, speech: vec![stretch] }
    }

    #[test]
    fn a_text_is_read_back_against_another_recognisers_words() {
        let text = b"The old horse ran over the hill. Nobody has seen him there since Monday.";
        let transcript = readback_formats::read(text, None).unwrap().transcript;
        let mut heard = Attended::from(hearing("the old horse ran over the hill"));
        let report = heard.check(&transcript, &Style::default()).unwrap();
        let found: Vec<&str> =
            report.findings.iter().map(|it| it.span.of(&transcript.text)).collect();
        assert_eq!(found, ["Nobody has seen him there since Monday"]);
    }
}
