//! From what a recogniser heard to a transcript, and back. The transcript has the words as text,
//! paragraphs broken at long pauses, a turn for each speaker where the recogniser tells speakers apart,
//! and every word's time.

use readback_transcript::{
    HeardWindow, HeardWord, Hearing, Instant, Label, Length, Piece, Probability, Span, Stretch,
    TimeOrigin, Timing, Transcript, Turn, Word, ends_sentence,
};

use super::shared::{PAUSE, SpokenWord};
use crate::reading::{cues_heard, joined, spoken_words, trimmed, word_end_mark};
use crate::{Parsed, ReadError, WriteError, timed_words};

/// A pause that always ends a paragraph.
const LONG_PAUSE: Length = Length::from_millis(2500);
/// From this many bytes on, a paragraph ends with its sentence.
const LONG_PARAGRAPH: usize = 600;

/// The longest window that a hearing is cut into, and the pause that ends one before.
const LONGEST_WINDOW: Length = Length::from_millis(30_000);
const WINDOW_PAUSE: Length = Length::from_millis(1000);

/// A transcript of `words`, which are in order of time; `language` is their ISO 639-1 code.
pub fn from_words(words: &[HeardWord], language: Option<&str>) -> Transcript {
    let spoken = words.iter().map(|heard| {
        let HeardWord { stretch, probability, .. } = *heard;
        let timing = Some(Timing { stretch, probability, known: TimeOrigin::Measured });
        SpokenWord { text: heard.text.clone(), timing, speaker: None }
    });
    transcript(spoken, "text", language)
}

/// What a reader of a recogniser's output gives: its words as a transcript of format `format`.
pub(crate) fn from_recogniser(
    words: Vec<SpokenWord>,
    format: &'static str,
    language: Option<&str>,
) -> Result<Parsed, ReadError> {
    let transcript = transcript(words.into_iter(), format, language);
    if transcript.turns.is_empty() {
        let reason = "there is no word in it".into();
        return Err(ReadError::Malformed { format, reason });
    }
    Ok(Parsed { transcript, problems: Vec::new() })
}

fn transcript(
    words: impl Iterator<Item = SpokenWord>,
    format: &str,
    language: Option<&str>,
) -> Transcript {
    let mut building = Building::default();
    words.for_each(|word| building.add(word));
    building.end_turn();
    let mut text = building.text;
    text.push_str(if text.is_empty() { "" } else { "\n" });
    Transcript {
        text,
        format: format.into(),
        language: language.map(str::to_owned),
        turns: building.turns,
        ..Transcript::default()
    }
}

/// A transcript with word times, taken for a hearing: what a recogniser heard, and when.
///
/// Words without a time get one between their neighbours'. Nothing tells where nobody speaks, so the
/// whole stretch from the first word to the last counts as speech.
pub fn to_hearing(transcript: &Transcript) -> Result<Hearing, WriteError> {
    let timed = timed_words(transcript)?;
    let all = timed[0].1.stretch.union(timed[timed.len() - 1].1.stretch);
    let mut hearing = Hearing {
        length: all.end() - Instant::START,
        language: transcript.language.clone().unwrap_or_else(|| "en".into()),
        speech: vec![all],
        ..Hearing::default()
    };
    for (word, Timing { stretch, probability, .. }) in timed {
        let end = word.span.end + word_end_mark(&transcript.text, word.span.end);
        let text = transcript.text[word.span.start..end].to_owned();
        let window = window_of(&mut hearing, stretch);
        hearing.words.push(HeardWord { text, stretch, probability, window });
    }
    Ok(hearing)
}

/// The window in which the next word lies: the last one, or a new one after a pause or when it is full.
fn window_of(hearing: &mut Hearing, word: Stretch) -> usize {
    let fits = |window: &&mut HeardWindow| {
        let pause = word.start() - window.stretch.end();
        pause < WINDOW_PAUSE && word.end() - window.stretch.start() <= LONGEST_WINDOW
    };
    match hearing.windows.last_mut().filter(fits) {
        Some(window) => window.stretch = window.stretch.union(word),
        None => hearing.windows.push(HeardWindow {
            stretch: word,
            no_speech: Probability::new(0.0),
            language: hearing.language.clone(),
        }),
    }
    hearing.windows.len() - 1
}

#[derive(Default)]
struct Building {
    text: String,
    turns: Vec<Turn>,
    label: Option<Label>,
    pieces: Vec<Piece>,
    words: Vec<Word>,
    paragraph: usize,
    previous: Option<SpokenWord>,
}

impl Building {
    fn add(&mut self, next: SpokenWord) {
        let shown = next.text.trim();
        if self.turns_to(&next) {
            self.begin_turn(next.speaker.as_deref());
        } else if self.breaks(&next) {
            self.end_paragraph();
            self.text.push_str("\n\n");
            self.paragraph = self.text.len();
        } else if !self.text.is_empty() && !self.joins(shown) {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(shown);
        let span = Span::new(start, self.text.len());
        self.words.extend(spoken_words(&self.text, span, next.timing));
        self.previous = Some(next);
    }

    /// Whether no blank stands between the last word and `next`.
    fn joins(&self, next: &str) -> bool {
        let previous = self.previous.as_ref().map_or("", |previous| previous.text.trim_end());
        next.is_empty() || joined(previous, next)
    }

    /// Whether another speaker begins with `next`.
    fn turns_to(&self, next: &SpokenWord) -> bool {
        let before = self.label.as_ref().map(|label| &label.name);
        next.speaker.is_some() && next.speaker.as_ref() != before
    }

    fn begin_turn(&mut self, speaker: Option<&str>) {
        self.end_turn();
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.label = speaker.map(|name| {
            self.text.push_str(name);
            self.text.push(':');
            let span = Span::new(start, self.text.len());
            self.text.push(' ');
            Label { span, name: name.to_owned(), role: None, inline: false }
        });
        self.paragraph = self.text.len();
    }

    fn breaks(&self, next: &SpokenWord) -> bool {
        let Some(previous) = &self.previous else { return false };
        let pause = match (previous.timing, next.timing) {
            (Some(before), Some(after)) => after.stretch.start() - before.stretch.end(),
            _ => Length::ZERO,
        };
        let sentence = ends_sentence(&previous.text);
        let long = self.text.len() - self.paragraph > LONG_PARAGRAPH;
        !self.words.is_empty() && (pause >= LONG_PAUSE || (sentence && (pause >= PAUSE || long)))
    }

    fn end_paragraph(&mut self) {
        let mut words = std::mem::take(&mut self.words).into_iter().peekable();
        let mut from = self.paragraph;
        for cue in cues_heard(&self.text, Span::new(from, self.text.len())) {
            let mut up_to = |at: usize| -> Vec<Word> {
                std::iter::from_fn(|| words.next_if(|word| word.span.start < at)).collect()
            };
            let before = up_to(cue.span.start);
            up_to(cue.span.end);
            self.speech(Span::new(from, cue.span.start), before);
            from = cue.span.end;
            self.pieces.push(Piece::Cue(cue));
        }
        self.speech(Span::new(from, self.text.len()), words.collect());
    }

    fn speech(&mut self, span: Span, words: Vec<Word>) {
        if !words.is_empty() {
            let span = trimmed(&self.text, span);
            self.pieces.push(Piece::Speech { span, words });
        }
    }

    fn end_turn(&mut self) {
        self.end_paragraph();
        let pieces = std::mem::take(&mut self.pieces);
        let label = self.label.take();
        if !pieces.is_empty() {
            self.turns.push(Turn { label, pieces, ..Turn::default() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use readback_transcript::{Instant, Probability, Stretch};

    fn heard(text: &str, start: f64, end: f64) -> HeardWord {
        let stretch = Stretch::new(Instant::from_seconds(start), Instant::from_seconds(end));
        HeardWord { text: text.into(), stretch, probability: Probability::new(0.9), window: 0 }
    }

    #[test]
    fn paragraphs_break_at_long_pauses_and_words_keep_their_times() {
        let words = [
            heard("Good", 0.0, 0.5),
            heard("morning.", 0.5, 1.0),
            heard("It", 2.5, 2.7),
            heard("rains--now", 2.7, 3.7),
        ];
        let transcript = from_words(&words, Some("en"));
        assert_eq!(transcript.text, "Good morning.\n\nIt rains--now\n");
        let shown: Vec<&str> =
            transcript.words().map(|word| word.span.of(&transcript.text)).collect();
        assert_eq!(shown, ["Good", "morning", "It", "rains", "now"]);
        let last = transcript.words().last().and_then(|word| word.timing).expect("timed");
        assert_eq!((last.stretch.start().seconds(), last.stretch.end().seconds()), (3.325, 3.7));
        assert_eq!(last.known, TimeOrigin::Estimated);
    }

    #[test]
    fn a_pause_inside_a_sentence_breaks_nothing() {
        let transcript = from_words(&[heard("Well", 0.0, 0.4), heard("yes.", 2.0, 2.4)], None);
        assert_eq!(transcript.text, "Well yes.\n");
    }

    #[test]
    fn scripts_without_blanks_are_written_without() {
        let transcript =
            from_words(&[heard("真っ", 0.0, 0.4), heard("昼間", 0.4, 0.8)], Some("ja"));
        assert_eq!(transcript.text, "真っ昼間\n");
        assert_eq!(transcript.words().count(), 4);
    }

    #[test]
    fn nothing_heard_gives_an_empty_transcript() {
        assert_eq!(from_words(&[], None).turns, []);
    }
}
