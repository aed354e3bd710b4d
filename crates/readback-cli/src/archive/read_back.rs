//! A story of the archive read back against its recording, and what was found kept with its revision.

use std::path::{Path, PathBuf};

use anyhow::Result;
use readback_archive::{Archive, Hash, KeptFinding, Revision, Verdict};
use readback_check::Style;

use crate::archive::{Reference, now};
use crate::configuration::Configurations;
use crate::files::Text;
use crate::options::Listening;
use crate::pipeline::{self, NamedListener};
use crate::report::{Checked, refusal};

/// Reads stories back, loading the model no more than once.
pub struct StoryReader {
    listening: Listening,
    configurations: Configurations,
    listener: Option<NamedListener>,
    /// Whether recordings are listened to.
    listens: bool,
}

/// What came of reading a story back.
pub struct ReadBack {
    /// The check, without what was rejected before.
    pub checked: Checked,
    /// How many findings that were.
    pub rejected: usize,
    /// Why the text is not one of the recording; then nothing was kept.
    pub refused: Option<String>,
}

impl StoryReader {
    /// A reader for a desk; without `listens` it checks only texts.
    pub fn new(listening: Listening, configurations: Configurations, listens: bool) -> Self {
        Self { listening, configurations, listener: None, listens }
    }

    /// Checks a revision against its recording, or by itself where it has none, and keeps what was found.
    pub fn read(
        &mut self,
        archive: &mut Archive,
        story: &Reference,
        who: &str,
    ) -> Result<ReadBack> {
        let revision = archive.revision(&story.slug, story.revision)?;
        let recording = if self.listens { recording(archive, story, &revision)? } else { None };
        let against = recording.as_ref().map(|it| it.0);
        let name = PathBuf::from(format!("{}@{}", story.slug, revision.number));
        let mut checked = self.check(archive, &revision, &name, recording.map(|it| it.1))?;
        let refused = refusal(&checked);
        if refused.is_some() {
            return Ok(ReadBack { checked, rejected: 0, refused });
        }
        let text = &revision.transcript.text;
        let kept: Vec<KeptFinding> =
            checked.report.findings.iter().map(|it| KeptFinding::of(it, text)).collect();
        archive.record(&story.slug, revision.number, against, &kept, who, now())?;
        let review = archive.review(&story.slug, revision.number)?;
        let is_rejected = |settled: &Option<readback_archive::Settled>| {
            settled.as_ref().is_some_and(|it| it.decision.verdict == Verdict::Rejected)
        };
        let mut open = review.findings.iter().map(|(_, settled)| !is_rejected(settled));
        let before = checked.report.findings.len();
        checked.report.findings.retain(|_| open.next().unwrap_or(true));
        let rejected = before - checked.report.findings.len();
        Ok(ReadBack { checked, rejected, refused })
    }

    fn check(
        &mut self,
        archive: &mut Archive,
        revision: &Revision,
        name: &Path,
        recording: Option<PathBuf>,
    ) -> Result<Checked> {
        let configuration = self.configurations.of(name)?;
        let settled = archive.roster()?;
        let names = configuration.style.roster.names().chain(settled.iter().map(String::as_str));
        let style = Style { roster: names.collect(), ..configuration.style.clone() };
        let transcript = revision.transcript.clone();
        let text = Text { path: name.into(), transcript, problems: Vec::new(), is_source: false };
        let mut checked = match recording {
            None => pipeline::check_text(text, &style),
            Some(path) => {
                let listener = match self.listener.take() {
                    Some(listener) => listener,
                    None => NamedListener::new(&configuration.listening(&self.listening))?,
                };
                let listener = self.listener.insert(listener);
                listener.attend(pipeline::open(&path)?, &text)?.check(text, &style)?
            }
        };
        configuration.settings(name).apply(&mut checked.report.findings, &revision.transcript.text);
        Ok(checked)
    }
}

/// The recording that a revision is of: the one it was held against before, else the last that came.
fn recording(
    archive: &mut Archive,
    story: &Reference,
    revision: &Revision,
) -> Result<Option<(Hash, PathBuf)>> {
    let recordings = archive.recordings(&story.slug)?;
    let hash = revision.against.or_else(|| recordings.last().map(|it| it.hash));
    Ok(hash.map(|hash| archive.file(hash).map(|path| (hash, path))).transpose()?)
}
