//! Makes a transcript of what was heard: the words as text, paragraphs broken at long pauses, every
//! word with its time. It does not know who speaks.

use readback_transcript::{HeardWord, Known, Length, Piece, Span, Timing, Transcript, Turn, Word};

use crate::reading::{cut_words, share};

/// A pause that ends a paragraph after the end of a sentence, and one that always does.
const PAUSE: Length = Length::from_millis(900);
const LONG_PAUSE: Length = Length::from_millis(2500);
/// From this many bytes on, a paragraph ends with its sentence.
const LONG_PARAGRAPH: usize = 600;

/// A transcript of `words`, which are in order of time; `language` is their ISO 639-1 code.
pub fn from_words(words: &[HeardWord], language: Option<&str>) -> Transcript {
    let mut building = Building::default();
    for (i, word) in words.iter().enumerate() {
        let previous = i.checked_sub(1).map(|i| &words[i]);
        building.add(word, previous);
    }
    building.end_paragraph();
    let turns = if building.pieces.is_empty() {
        Vec::new()
    } else {
        vec![Turn { label: None, pieces: building.pieces }]
    };
    let mut text = building.text;
    text.push_str(if text.is_empty() { "" } else { "\n" });
    Transcript {
        text,
        format: "text".into(),
        language: language.map(str::to_owned),
        turns,
        notes: Vec::new(),
    }
}

#[derive(Default)]
struct Building {
    text: String,
    pieces: Vec<Piece>,
    words: Vec<Word>,
    paragraph: usize,
}

impl Building {
    fn add(&mut self, heard: &HeardWord, previous: Option<&HeardWord>) {
        let shown = heard.text.trim();
        if previous.is_some_and(|previous| self.breaks(previous, heard)) {
            self.end_paragraph();
            self.text.push_str("\n\n");
            self.paragraph = self.text.len();
        } else if !self.text.is_empty() && !joined(previous, shown) {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(shown);
        self.words.extend(timed(&self.text, Span::new(start, self.text.len()), heard));
    }

    fn breaks(&self, previous: &HeardWord, next: &HeardWord) -> bool {
        let pause = next.stretch.start() - previous.stretch.end();
        let sentence = ends_sentence(&previous.text);
        let long = self.text.len() - self.paragraph > LONG_PARAGRAPH;
        !self.words.is_empty() && (pause >= LONG_PAUSE || (sentence && (pause >= PAUSE || long)))
    }

    fn end_paragraph(&mut self) {
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.pieces
                .push(Piece::Speech { span: Span::new(self.paragraph, self.text.len()), words });
        }
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')'])
        .ends_with(['.', '?', '!', '…', '。', '？', '！'])
}

/// Whether no blank stands between two heard words: between characters of scripts without blanks.
fn joined(previous: Option<&HeardWord>, next: &str) -> bool {
    let solid = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'))
    };
    let last = previous.and_then(|previous| previous.text.trim_end().chars().next_back());
    next.is_empty() || (solid(last) && solid(next.chars().next()))
}

/// The words within one heard word (`war--now` holds two), sharing its time by their length.
fn timed(text: &str, span: Span, heard: &HeardWord) -> Vec<Word> {
    let mut words = cut_words(text, span);
    let known = if words.len() > 1 { Known::Estimated } else { Known::Measured };
    let all: usize = words.iter().map(|word| word.span.len()).sum();
    let mut done = 0;
    for word in &mut words {
        let from = done;
        done += word.span.len();
        let stretch = share(heard.stretch, from, done, all);
        word.timing = Some(Timing { stretch, probability: heard.probability, known });
    }
    words
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
        assert_eq!(last.known, Known::Estimated);
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
