//! The model the rest of Readback speaks: what a transcript says (turns, labels, cues, words), when
//! (media time), what was heard (a hearing) and by whom (a witness), and how text changes (edits).
//!
//! Plain data and pure functions. It does no I/O, knows no clock, starts no thread, and knows no file
//! format, recogniser or rule.

#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read files")
)]

mod captions;
mod compare;
mod diff;
mod edit;
mod hearing;
mod homophones;
mod marks;
mod meaning;
mod normalize;
mod score;
mod slide;
mod span;
mod syntax;
mod time;
mod times;
mod transcript;
mod witness;

pub use captions::{Caption, CaptionRules, ReadingSpeed};
pub use compare::{Altered, Part, compare};
pub use diff::{Change, Operation, align, align_tokens, distance};
pub use edit::{Edit, EditError, apply};
pub use hearing::{HeardWindow, HeardWord, Hearing, Probability};
pub use homophones::sound_alike;
pub use marks::{ends_sentence, has_stop, is_in_capitals};
pub use meaning::{MONTHS, WEEKDAYS, bare_word, is_capitalised, is_date, is_negation};
pub use normalize::{
    Joins, NumberPlace, Token, TokenKind, amount_goes_on, differ_in_sign, joined_equal, spelt_out,
    tokens, tokens_within,
};
pub use score::{
    Counts, DeskError, DeskScore, ErrorKind, Grade, NormalisedScore, Score, SpeakerScore,
    StyleCounts, score, score_desk, score_normalised, score_spoken,
};
pub use slide::shifts;
pub use span::{LineIndex, Position, Span};
pub use syntax::{Joint, Written, joints};
pub use time::{Instant, Length, Stretch};
pub use times::{estimate_times, measure_times, retain_times};
pub use transcript::{
    Cue, CueKind, Label, Note, NoteKind, Piece, Problem, Role, TimeOrigin, Timing, Transcript,
    Turn, Word,
};
pub use witness::{Answer, Question, Witness, WitnessError};
