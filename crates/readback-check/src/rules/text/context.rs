//! What every text rule looks at: the transcript, what the desk expects of it, and what several rules
//! need to know of the whole, worked out once.

use std::cell::OnceCell;

use readback_transcript::Transcript;

use super::language;
use super::passages::{Sentence, sentences};
use crate::{House, Style};

/// A transcript under the eyes of the text rules.
pub(crate) struct Context<'a> {
    pub(super) transcript: &'a Transcript,
    /// The source text.
    pub(super) text: &'a str,
    /// What the desk expects.
    pub(super) style: &'a Style,
    /// The house that is asked for, else the one that the text seems to be written for.
    pub(super) house: Option<&'static House>,
    /// Whether the text is English.
    pub(super) english: bool,
    sentences: OnceCell<Vec<Sentence<'a>>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(transcript: &'a Transcript, style: &'a Style) -> Self {
        Self {
            transcript,
            text: &transcript.text,
            style,
            house: style.house.or_else(|| House::detect(transcript)),
            english: is_english(transcript),
            sentences: OnceCell::new(),
        }
    }

    /// The sentences of the transcript, in order.
    pub(super) fn sentences(&self) -> &[Sentence<'a>] {
        self.sentences.get_or_init(|| sentences(self.transcript))
    }
}

/// Words enough to tell a language by.
const TELLING: usize = 2000;

/// Whether the text says that it is English, or every twentieth word is one that only English has.
fn is_english(transcript: &Transcript) -> bool {
    if transcript.language.is_some() {
        return language(transcript).starts_with("en");
    }
    let (mut words, mut english) = (0, 0);
    for word in transcript.words().take(TELLING) {
        words += 1;
        let shown = word.span.of(&transcript.text);
        english +=
            usize::from(matches!(shown, "the" | "The" | "and" | "of" | "it" | "that" | "with"));
    }
    english * 20 >= words
}
