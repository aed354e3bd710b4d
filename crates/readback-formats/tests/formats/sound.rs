//! What holds for every transcript that a reader gives. The fuzz targets assert it, too.

use readback_transcript::{Piece, Problem, Span, Transcript};

/// Spans lie in the text, on characters, in order, words inside their speech; problems lie in the text.
pub(crate) fn assert_sound(transcript: &Transcript, problems: &[Problem]) {
    let text = &transcript.text;
    let within = |span: Span| text.get(span.start..span.end).is_some();
    let mut at = 0;
    let mut take = |span: Span| {
        assert!(at <= span.start && within(span), "{span:?} after {at}");
        at = span.end;
    };
    for turn in &transcript.turns {
        turn.label.iter().for_each(|label| take(label.span));
        for piece in &turn.pieces {
            match piece {
                Piece::Cue(cue) => take(cue.span),
                Piece::Speech { span, words } => {
                    assert!(!words.is_empty());
                    for word in words {
                        assert!(span.contains(word.span) && !word.span.is_empty());
                        take(word.span);
                    }
                    take(Span::point(span.end));
                }
            }
        }
    }
    let mut at = 0;
    for note in &transcript.notes {
        assert!(at <= note.span.start && within(note.span));
        at = note.span.end;
    }
    assert!(problems.iter().all(|problem| within(problem.span)), "{problems:?}");
}
