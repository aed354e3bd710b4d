//! A transcript: who says what, with cues, over the source text it was read from.
//!
//! The source text is kept whole and every part points into it by [`Span`], so a finding can be shown
//! where it stands and a fix cannot disturb anything else. Malformed content is a [`Problem`], not a
//! failure.

use serde::{Deserialize, Serialize};

use crate::{Caption, Probability, Span, Stretch};

/// A transcript as read: the source text and what its parts are.
///
/// Spans in it are byte ranges of [`Transcript::text`], in order and not overlapping.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// The source, as UTF-8.
    pub text: String,
    /// Id of the format it was read as (`npr`, `text`, …).
    pub format: String,
    /// ISO 639-1 code, where the source states one.
    pub language: Option<String>,
    /// The turns, in order.
    pub turns: Vec<Turn>,
    /// Parts that nobody speaks: headline, credit, notice.
    pub notes: Vec<Note>,
    /// How the source shows it as captions, if it is one of captions, in order of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<Caption>,
}

/// One speaker's uninterrupted words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// What stands before the colon; `None` where the text names nobody.
    pub label: Option<Label>,
    /// Speech and cues in the order they stand.
    pub pieces: Vec<Piece>,
    /// From its first sound to its last, where the source says so of the turn as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stretch: Option<Stretch>,
}

/// A part of a turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Piece {
    /// Spoken words, already cut apart.
    Speech {
        /// The whole run, punctuation included.
        span: Span,
        /// Its words in order.
        words: Vec<Word>,
    },
    /// A non-speech note.
    Cue(Cue),
}

/// A word of the text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Where it stands, without surrounding punctuation.
    pub span: Span,
    /// When it was said, where that is known.
    pub timing: Option<Timing>,
}

/// When a word was said, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// From its first sound to its last.
    pub stretch: Stretch,
    /// How probable it is that the word was said there.
    pub probability: Probability,
    /// How the time is known.
    pub known: TimeOrigin,
}

/// How a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeOrigin {
    /// Found in the recording for this very word.
    Measured,
    /// Came with the source.
    Retained,
    /// Placed between measured neighbours.
    Estimated,
}

/// What stands before the colon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// From its first letter to the colon.
    pub span: Span,
    /// The name as written, without role and colon.
    pub name: String,
    /// The role as stated.
    pub role: Option<Role>,
    /// Whether it stands inside a paragraph, where house style does not put one.
    pub inline: bool,
}

/// A role stated in a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Presents the programme.
    Host,
    /// Reports the story.
    Byline,
    /// Anything else, as written.
    Other(String),
}

/// A parenthesised non-speech note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// With its parentheses.
    pub span: Span,
    /// What it announces.
    pub kind: CueKind,
}

/// What a cue announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueKind {
    /// Sound that is played: `(SOUNDBITE OF MUSIC)`.
    Sound,
    /// Speech in another language, its words not given: `(Non-English language spoken)`.
    ForeignSpeech,
    /// Speech the typist could not make out: `(unintelligible)`, `(CROSSTALK)`.
    Unintelligible,
    /// How the words are said, or who says them: `(Through interpreter)`.
    Manner,
    /// Anything else in parentheses that nobody speaks.
    Other,
}

/// A part of the text that nobody speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: NoteKind,
}

/// What an unspoken part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoteKind {
    /// The title above the text.
    Headline,
    /// Copyright and credit lines.
    Credit,
    /// The standing notice about rush transcripts.
    Notice,
}

/// Something wrong with a source that could be read all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where, in the source text.
    pub span: Span,
    /// What, in a sentence.
    pub message: String,
}

impl Transcript {
    /// Every word that the text says was spoken, in order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.turns.iter().flat_map(Turn::words)
    }

    /// Every word that the text says was spoken, in order, to be given times.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut Word> {
        self.turns.iter_mut().flat_map(|turn| &mut turn.pieces).flat_map(|piece| match piece {
            Piece::Speech { words, .. } => words.iter_mut(),
            Piece::Cue(_) => [].iter_mut(),
        })
    }

    /// Every run of words between labels and cues with its punctuation, and its words, in order.
    pub fn speech(&self) -> impl Iterator<Item = (Span, &[Word])> {
        self.turns.iter().flat_map(|turn| &turn.pieces).filter_map(|piece| match piece {
            Piece::Speech { span, words } => Some((*span, words.as_slice())),
            Piece::Cue(_) => None,
        })
    }

    /// Every cue, in order.
    pub fn cues(&self) -> impl Iterator<Item = &Cue> {
        self.turns.iter().flat_map(|turn| &turn.pieces).filter_map(|piece| match piece {
            Piece::Cue(cue) => Some(cue),
            Piece::Speech { .. } => None,
        })
    }
}

impl Piece {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Piece::Speech { span, .. } => *span,
            Piece::Cue(cue) => cue.span,
        }
    }

    /// Its words, in order; a cue has none.
    pub fn words(&self) -> &[Word] {
        match self {
            Piece::Speech { words, .. } => words,
            Piece::Cue(_) => &[],
        }
    }
}

impl Turn {
    /// Its words, in order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.pieces.iter().flat_map(Piece::words)
    }
}
