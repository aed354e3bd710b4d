//! An archive in a temporary folder, transcripts made of text, and canned findings.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use readback_archive::{
    About, Added, Adding, Archive, ArchiveError, Attachment, Feed, KeptFinding, Revising, Revision,
    Slug,
};
use readback_check::Severity;
use readback_transcript::{
    Instant, Length, Probability, Span, Stretch, TimeOrigin, Timing, Transcript,
};

pub struct Desk {
    pub folder: tempfile::TempDir,
    pub archive: Archive,
}

pub const STORY: &str = "HALE: The river rose in the night, said Maria Carvalho.\n\n\
                         CARVALHO: We had forty minutes, and the collective west was asleep.\n\n\
                         HALE: Nobody was hurt.\n";

pub fn noon() -> Timestamp {
    "2026-11-26T12:00:00Z".parse().expect("a time")
}

pub fn slug(name: &str) -> Slug {
    name.parse().expect("a slug")
}

pub fn transcript(text: &str) -> Transcript {
    readback_formats::read(text.as_bytes(), None).expect("a readable text").transcript
}

/// The same, each word half a second after the one before.
pub fn timed(text: &str) -> Transcript {
    let mut transcript = transcript(text);
    for (index, word) in transcript.words_mut().enumerate() {
        let start = Instant::from_seconds(index as f64 / 2.0);
        word.timing = Some(Timing {
            stretch: Stretch::new(start, start + Length::from_millis(400)),
            probability: Probability::new(0.9),
            known: TimeOrigin::Measured,
        });
    }
    transcript
}

/// A finding about the first place where `words` stand.
pub fn finding(rule: &str, words: &str, text: &str) -> KeptFinding {
    let start = text.find(words).expect("words of the text");
    let rule = readback_check::RULES.iter().find(|it| it.code == rule).expect("a rule");
    let span = Span::new(start, start + words.len());
    let message = format!("“{words}” was not said");
    let mut found = readback_check::Finding::new(rule, Probability::new(0.9), span, message);
    found.severity = Severity::Error;
    found.heard = Some(String::new());
    KeptFinding::of(&found, text)
}

pub fn adding(name: &str, transcript: Transcript) -> Adding {
    let original = (transcript.text.clone().into_bytes(), format!("{name}.txt"));
    let about = About {
        title: format!("The story of {name}"),
        programme: Some("Morning".into()),
        date: "2026-11-25".parse().ok(),
        contractor: None,
    };
    Adding { slug: slug(name), about, original, transcript, recordings: Vec::new() }
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let archive = Archive::init(&folder.path().join("archive")).expect("a new archive");
        Self { folder, archive }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file with this content, as a recording.
    pub fn recording(&self, name: &str, content: &[u8]) -> Attachment {
        let path = self.path(name);
        std::fs::write(&path, content).expect("a new file");
        let url = Some(format!("https://example.org/{name}"));
        Attachment { path, length: Some(Length::from_millis(4000)), feed: Feed::Final, url }
    }

    pub fn add(&mut self, name: &str, text: &str) -> Added {
        self.add_all(vec![adding(name, transcript(text))]).remove(0)
    }

    pub fn add_all(&mut self, batch: Vec<Adding>) -> Vec<Added> {
        self.archive.add(batch, "desk", noon()).expect("added")
    }

    pub fn revise(&mut self, name: &str, text: &str) -> Result<Revision, ArchiveError> {
        let parent = self.archive.revision(&slug(name), None)?.number;
        self.archive.revise(&slug(name), revising(parent, transcript(text)), "Ada", noon())
    }

    pub fn reopen(self) -> Self {
        let Self { folder, archive } = self;
        let at = archive.folder().to_path_buf();
        drop(archive);
        Self { archive: Archive::open(&at).expect("opens again"), folder }
    }
}

pub fn revising(parent: u32, transcript: Transcript) -> Revising {
    let reason = "read again".into();
    Revising { parent, transcript, state: None, reason, against: None, original: None }
}

/// Every file below a folder with its content, in order.
pub fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").display().to_string();
                found.push((name, std::fs::read(&path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}
