//! What an archive keeps: for each story a chain of entries, each of which says that something happened.

use jiff::Timestamp;
use jiff::civil::Date;
use readback_check::Severity;
use readback_transcript::{Edit, Length, Probability, Span, Stretch, Transcript};
use serde::{Deserialize, Serialize};

use crate::{ArchiveError, Chain, Hash, State, pack};

/// What is known of a story besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its headline.
    pub title: String,
    /// Where it was broadcast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Who delivered the transcript.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contractor: Option<String>,
}

/// Which edition of a programme a recording is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Feed {
    /// The first that was sent.
    First,
    /// The last, which counts.
    #[default]
    Final,
}

/// A recording of a story; its bytes are kept by their hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptRecording {
    /// Of the file's bytes.
    pub hash: Hash,
    /// How many bytes.
    pub bytes: u64,
    /// How long it lasts, where the file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// Which edition.
    pub feed: Feed,
    /// What the file was called.
    pub name: String,
    /// Where the public hears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The file that a revision was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Of the file's bytes. Where they are the transcript's text they are not kept a second time.
    pub hash: Hash,
    /// What the file was called.
    pub name: String,
}

/// A state of a transcript.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// From 1.
    pub number: u32,
    /// The revision it was made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<u32>,
    /// How far it has come.
    pub state: State,
    /// Why it was made.
    pub reason: String,
    /// The recording it was checked against, or its words were timed by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Hash>,
    /// The file it was read from; edits have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
    /// The words.
    #[serde(with = "pack")]
    pub transcript: Transcript,
}

/// A finding as it is kept: what a check said at the time, whatever becomes of its rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptFinding {
    /// The rule's code.
    pub rule: String,
    /// How much it matters.
    #[serde(with = "severity")]
    pub severity: Severity,
    /// How sure the check was.
    pub confidence: Probability,
    /// What is wrong, in a sentence.
    pub message: String,
    /// Where in the revision's text.
    pub span: Span,
    /// Its words and those beside them: how it is known again in another revision.
    pub place: String,
    /// What was heard there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<String>,
    /// When in the recording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Stretch>,
    /// What would put it right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Edit>,
}

impl KeptFinding {
    /// What is kept of a finding in `text`.
    pub fn of(finding: &readback_check::Finding, text: &str) -> Self {
        Self {
            rule: finding.rule.code.into(),
            severity: finding.severity,
            confidence: finding.confidence,
            message: finding.message.clone(),
            span: finding.span,
            place: finding.place(text),
            heard: finding.heard.clone(),
            time: finding.time,
            fix: finding.fix.as_ref().map(|fix| fix.edit.clone()),
        }
    }
}

mod severity {
    //! A severity in one word.

    use readback_check::Severity;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub fn serialize<S: Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(severity.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Severity, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// What an editor thinks of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The text is wrong there.
    Accepted,
    /// The text is right there.
    Rejected,
    /// To be looked at later.
    Deferred,
}

impl Verdict {
    /// In one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deferred => "deferred",
        }
    }
}

/// An editor's decision about a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The revision whose finding it is.
    pub revision: u32,
    /// The rule's code.
    pub rule: String,
    /// The finding's place.
    pub place: String,
    /// The recording it was found in; a decision holds for this one only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Hash>,
    /// What was decided.
    pub verdict: Verdict,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A decision with who made it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// The decision.
    #[serde(flatten)]
    pub decision: Decision,
    /// Who.
    pub author: String,
    /// When.
    pub time: Timestamp,
}

/// How grave a correction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeClass {
    /// House style, punctuation, spelling variants: nobody was misled.
    Style,
    /// A slip of the keyboard.
    Typo,
    /// What was said, or who said it.
    Substantive,
}

impl NoticeClass {
    /// In one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Style => "style",
            Self::Typo => "typo",
            Self::Substantive => "substantive",
        }
    }
}

/// What readers are told about a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The revision that corrects.
    pub revision: u32,
    /// How grave the gravest correction is.
    pub class: NoticeClass,
    /// The notice as it is published.
    pub text: String,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// What is known of the story, from now on.
    About(About),
    /// A recording came in.
    Recording(KeptRecording),
    /// A new state of the transcript; what is large is kept outside.
    Revision(Box<Revision>),
    /// A revision was checked.
    Findings {
        /// Which revision.
        revision: u32,
        /// Against which recording; none where only the text was checked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        against: Option<Hash>,
        /// What was found.
        findings: Vec<KeptFinding>,
    },
    /// A finding was decided.
    Decision(Decision),
    /// Readers were told.
    Notice(Notice),
    /// A name was put on the roster.
    Name {
        /// In house spelling.
        name: String,
    },
    /// A name was taken off the roster.
    Unname {
        /// As it stood there.
        name: String,
    },
}

/// An act with its place in a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Whose.
    pub chain: Chain,
    /// From 1, without a gap. This is the order of things; clocks jump.
    pub number: u32,
    /// What the clock said.
    pub time: Timestamp,
    /// Who did it.
    pub author: String,
    /// What was done.
    pub act: Act,
}

/// An entry as its seal covers it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    /// The entry.
    pub entry: Entry,
    /// The entry as JSON, which is what was hashed.
    pub body: Vec<u8>,
    /// The hash of the entry before it and of this body.
    pub hash: Hash,
}

impl Sealed {
    /// Seals an entry after the one with the hash `previous`.
    pub(crate) fn new(entry: Entry, previous: Hash) -> Result<Self, ArchiveError> {
        let body = serde_json::to_vec(&entry)
            .map_err(|error| ArchiveError::Store(format!("an entry cannot be written: {error}")))?;
        let hash = previous.followed_by(&body);
        Ok(Self { entry, body, hash })
    }

    /// Reads a body and holds it against its seal.
    pub(crate) fn open(
        body: Vec<u8>,
        hash: Hash,
        previous: Hash,
        place: (&str, u32),
    ) -> Result<Self, ArchiveError> {
        let broken = |reason: String| ArchiveError::Broken {
            story: place.0.to_owned(),
            number: place.1,
            reason,
        };
        if previous.followed_by(&body) != hash {
            return Err(broken("its hash is not that of its content and the entry before".into()));
        }
        let entry: Entry = serde_json::from_slice(&body).map_err(|it| broken(it.to_string()))?;
        if entry.chain.to_string() != place.0 || entry.number != place.1 {
            let found = format!("it says it is entry {} of {}", entry.number, entry.chain);
            return Err(broken(found));
        }
        Ok(Self { entry, body, hash })
    }
}
