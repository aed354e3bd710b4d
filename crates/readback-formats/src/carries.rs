//! What a format can hold, and so what is lost when a transcript is written in it.

use std::fmt;

use readback_transcript::{Known, Transcript, Word};

use crate::captions::{scc, stl};
use crate::writing::collapsed;

/// What a format has a place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether there is a place for one thing"
)]
pub struct Carries {
    /// The words, in order.
    pub words: bool,
    /// How finely it tells when something was said.
    pub times: Times,
    /// How sure a time is.
    pub confidence: bool,
    /// Punctuation and capital letters.
    pub punctuation: bool,
    /// Who says what.
    pub speakers: bool,
    /// What a speaker is to the programme: host, byline.
    pub roles: bool,
    /// What is heard besides words.
    pub cues: bool,
    /// Headline, credit, notice.
    pub notes: bool,
    /// The language of the words.
    pub language: bool,
    /// The characters it has codes for.
    pub characters: Characters,
}

/// Which characters a format has codes for. Others are written as near as those come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Characters {
    /// All there are.
    All,
    /// Those of line 21 (CTA-608).
    Line21,
    /// Those of one page of EBU STL, the one that has the most of the text's.
    OnePage,
}

impl Characters {
    /// The characters of `text` that have no code, as often as they stand there.
    fn lacking(self, text: &str) -> Vec<char> {
        match self {
            Self::All => Vec::new(),
            Self::Line21 => scc::lacking(text),
            Self::OnePage => stl::lacking(text),
        }
    }
}

/// How finely a format tells when something was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Times {
    /// Not at all.
    None,
    /// For each turn, sentence or caption.
    Passages,
    /// For each word.
    Words,
}

impl Carries {
    /// Nothing but the words as written: what the others are built from.
    pub(crate) const WORDS: Self = Self {
        words: true,
        times: Times::None,
        confidence: false,
        punctuation: true,
        speakers: false,
        roles: false,
        cues: false,
        notes: false,
        language: false,
        characters: Characters::All,
    };

    /// What there is a place for, in words; `everything` where nothing is left out.
    pub fn held(self) -> Vec<&'static str> {
        if self == Self::EVERYTHING {
            return vec!["everything"];
        }
        let times = match self.times {
            Times::Words if self.words => "word times",
            _ => "passage times",
        };
        let all = [
            (self.words && self.punctuation, "words"),
            (self.words && !self.punctuation, "bare words"),
            (self.times != Times::None, times),
            (self.confidence, "confidence"),
            (self.speakers, "speakers"),
            (self.roles, "roles"),
            (self.cues, "cues"),
            (self.notes, "notes"),
            (self.language, "language"),
        ];
        all.into_iter().filter_map(|(held, what)| held.then_some(what)).collect()
    }

    /// All there is.
    pub(crate) const EVERYTHING: Self = Self {
        words: true,
        times: Times::Words,
        confidence: true,
        punctuation: true,
        speakers: true,
        roles: true,
        cues: true,
        notes: true,
        language: true,
        characters: Characters::All,
    };
}

/// Something that a transcript has and the format it was written in has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What was left out.
    pub what: Lost,
    /// How many of them.
    pub count: usize,
    /// Which, in words, where the number alone says too little.
    pub which: String,
}

/// What can be left out of a written transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The words; with them goes all that is known of each.
    Words,
    /// Times, where the format has none.
    Times,
    /// The times of single words, where the format has only those of passages.
    WordTimes,
    /// How sure the times are.
    Confidence,
    /// Punctuation and capital letters.
    Punctuation,
    /// Names of speakers.
    Speakers,
    /// Their roles.
    Roles,
    /// What is heard besides words.
    Cues,
    /// Headline, credit, notice.
    Notes,
    /// The language of the words.
    Language,
    /// Characters for which others stand.
    Characters,
}

impl Lost {
    /// What reports call it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Times => "times",
            Self::WordTimes => "word-times",
            Self::Confidence => "confidence",
            Self::Punctuation => "punctuation",
            Self::Speakers => "speakers",
            Self::Roles => "roles",
            Self::Cues => "cues",
            Self::Notes => "notes",
            Self::Language => "language",
            Self::Characters => "characters",
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, many) = match self.what {
            Lost::Words => ("a word", "{} words"),
            Lost::Times => ("the time of a word", "the times of {} words"),
            Lost::WordTimes => {
                ("the time of a word within its passage", "the times of {} words within passages")
            }
            Lost::Confidence => ("how sure a word is", "how sure {} words are"),
            Lost::Punctuation => ("the punctuation of a word", "the punctuation of {} words"),
            Lost::Speakers => ("the speaker of a turn", "the speakers of {} turns"),
            Lost::Roles => ("the role of a speaker", "the roles in {} labels"),
            Lost::Cues => ("a cue", "{} cues"),
            Lost::Notes => {
                ("a note (headline, credit, notice)", "{} notes (headline, credit, notice)")
            }
            Lost::Language => ("the language", "{} languages"),
            Lost::Characters => ("a character", "{} characters"),
        };
        match self.count {
            1 => f.write_str(one)?,
            count => f.write_str(&many.replace("{}", &count.to_string()))?,
        }
        if self.which.is_empty() { Ok(()) } else { write!(f, " ({})", self.which) }
    }
}

/// What of `transcript` is left out by a format that `carries` no more than this.
pub fn losses(transcript: &Transcript, carries: Carries) -> Vec<Loss> {
    let timed = || transcript.words().filter_map(|word| word.timing);
    // A time that was estimated from its passage's is estimated from it again.
    let known = timed().filter(|timing| timing.known != Known::Estimated).count();
    let unsure = |word: &&Word| word.timing.is_some_and(|timing| timing.probability.get() < 1.0);
    let labels = || transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
    let words = transcript.words().count();
    let all = [
        (!carries.words, Lost::Words, words),
        (carries.words && carries.times == Times::None, Lost::Times, timed().count()),
        (carries.words && carries.times == Times::Passages, Lost::WordTimes, known),
        (
            carries.words && !carries.confidence,
            Lost::Confidence,
            transcript.words().filter(unsure).count(),
        ),
        (carries.words && !carries.punctuation, Lost::Punctuation, words),
        (!carries.speakers, Lost::Speakers, labels().count()),
        (!carries.roles, Lost::Roles, labels().filter(|label| label.role.is_some()).count()),
        (!carries.cues, Lost::Cues, transcript.cues().count()),
        (!carries.notes, Lost::Notes, transcript.notes.len()),
        (!carries.language, Lost::Language, usize::from(transcript.language.is_some())),
    ];
    let lost = all.into_iter().filter(|&(without, _, count)| without && count > 0);
    let lost = lost.map(|(_, what, count)| Loss { what, count, which: String::new() });
    lost.chain(lacking_characters(transcript, carries.characters)).collect()
}

/// The characters of what is said, and by whom, that are not among those that a format has.
fn lacking_characters(transcript: &Transcript, has: Characters) -> Option<Loss> {
    const NAMED: usize = 12;
    if has == Characters::All {
        return None;
    }
    let mut text = String::new();
    for turn in &transcript.turns {
        text.extend(turn.label.iter().map(|label| label.name.as_str()));
        let pieces = turn.pieces.iter().map(|piece| piece.span().of(&transcript.text));
        text.extend(pieces.map(collapsed));
    }
    let lacking = has.lacking(&text);
    if lacking.is_empty() {
        return None;
    }
    let mut kinds: Vec<char> = lacking.clone();
    kinds.sort_unstable();
    kinds.dedup();
    let named: Vec<String> = kinds.iter().take(NAMED).map(char::to_string).collect();
    let more = if kinds.len() > NAMED { " …" } else { "" };
    let which = named.join(" ") + more;
    Some(Loss { what: Lost::Characters, count: lacking.len(), which })
}
