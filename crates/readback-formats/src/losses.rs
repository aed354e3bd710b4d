//! What is lost when a transcript is written in a format.

use std::fmt;

use readback_transcript::{TimeOrigin, Transcript, Word};

use crate::captions::{scc, stl};
use crate::carries::{Carries, Characters, Times};
use crate::reading::collapsed;

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
    let known = timed().filter(|timing| timing.known != TimeOrigin::Estimated).count();
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
    let lacking = match has {
        Characters::All => return None,
        Characters::Line21 => scc::lacking(&text),
        Characters::OnePage => stl::lacking(&text),
    };
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
