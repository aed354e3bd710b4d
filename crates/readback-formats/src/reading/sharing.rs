//! A time that several words have together, shared among them by their length.

use readback_transcript::{Length, Piece, Probability, Span, Stretch, TimeOrigin, Timing, Word};

use super::words_amid_debris;

/// Shares `stretch` among `words` by their length.
pub(crate) fn share_among(words: &mut [&mut Word], stretch: Stretch) {
    let known = if words.len() == 1 { TimeOrigin::Retained } else { TimeOrigin::Estimated };
    share_known(words, stretch, known);
}

/// Shares `stretch` among `words` by their length; how each one's time is known is told.
pub(crate) fn share_known(words: &mut [&mut Word], stretch: Stretch, known: TimeOrigin) {
    let all: usize = words.iter().map(|word| word.span.len() + 1).sum();
    let mut done = 0;
    for word in words {
        let from = done;
        done += word.span.len() + 1;
        let stretch = share(stretch, from, done, all);
        word.timing = Some(Timing { stretch, probability: Probability::new(1.0), known });
    }
}

/// The words within one spoken word (`war--now` holds two), sharing its time by their length; the time of
/// one of several is estimated.
pub(crate) fn spoken_words(text: &str, span: Span, timing: Option<Timing>) -> Vec<Word> {
    let mut words = words_amid_debris(text, span);
    if let Some(whole) = timing {
        let known = if words.len() > 1 { TimeOrigin::Estimated } else { whole.known };
        share_letters(&mut words, Timing { known, ..whole });
    }
    words
}

/// Shares the time of words that stand without blanks by their length.
pub(crate) fn share_letters(words: &mut [Word], whole: Timing) {
    let all: usize = words.iter().map(|word| word.span.len()).sum();
    let mut done = 0;
    for word in words {
        let from = done;
        done += word.span.len();
        word.timing = Some(Timing { stretch: share(whole.stretch, from, done, all), ..whole });
    }
}

/// The part of `whole` from `from` to `to` of `all` equal shares.
pub(crate) fn share(whole: Stretch, from: usize, to: usize, all: usize) -> Stretch {
    let at = |share: usize| {
        let micros = i128::from(whole.length().micros()) * share as i128 / all.max(1) as i128;
        whole.start() + Length::from_micros(micros as i64)
    };
    Stretch::new(at(from), at(to))
}

/// The words of a piece, to be given times.
pub(super) fn words_of(piece: &mut Piece) -> &mut [Word] {
    match piece {
        Piece::Speech { words, .. } => words,
        Piece::Cue(_) => &mut [],
    }
}
