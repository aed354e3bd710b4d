//! The baseline: findings that somebody has looked at and accepted, with who and why. A check leaves them
//! out, and says which of them are no longer there.
//!
//! An entry knows its finding by rule and words (`Finding::place`), so edits elsewhere do not matter.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use readback_check::Finding;
use serde::{Deserialize, Serialize};

use crate::configuration::Source;
use crate::files;

const HEAD: &str = "\
# Findings that somebody has looked at and accepted: `readback check --baseline` leaves them out.
# `readback check --accept` adds to them; who, why and whole entries may be changed by hand, too.

";

/// A file of accepted findings.
pub struct Baseline {
    path: PathBuf,
    /// Where the file lies; its paths are relative to this.
    folder: PathBuf,
    entries: Vec<Accepted>,
    /// The entries of each text.
    of_text: HashMap<String, Vec<usize>>,
    /// Entries that are not written again.
    forgotten: BTreeSet<usize>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    accepted: Vec<Accepted>,
}

/// One accepted finding.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    path: String,
    /// The rule's code.
    pub rule: String,
    /// The finding's words and those beside them.
    pub place: String,
    who: String,
    why: String,
}

impl Baseline {
    /// Reads the file at `path`. One that is not there is an error, or empty if it `may_be_new`.
    pub fn read(path: &Path, may_be_new: bool) -> Result<Self> {
        let is_new = may_be_new && !path.exists();
        let written: Written =
            if is_new { Written::default() } else { Source::read(path)?.parse()? };
        let folder = files::resolved(path).parent().map(Path::to_path_buf).unwrap_or_default();
        let mut of_text: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, entry) in written.accepted.iter().enumerate() {
            of_text.entry(entry.path.clone()).or_default().push(index);
        }
        let (path, entries) = (path.to_path_buf(), written.accepted);
        Ok(Self { path, folder, entries, of_text, forgotten: BTreeSet::new() })
    }

    /// Drops what is accepted from the `findings` in the text at `path`, and gives the entries that none
    /// of them met. One entry accepts one finding.
    pub fn sift(&self, findings: &mut Vec<Finding>, path: &Path, text: &str) -> Unmet {
        let entries = self.of_text.get(&files::relative(path, &self.folder));
        let mut open: HashMap<(&str, Cow<str>), Vec<usize>> = HashMap::new();
        for &index in entries.into_iter().flatten().rev() {
            let Accepted { rule, place, .. } = &self.entries[index];
            open.entry((rule, place.into())).or_default().push(index);
        }
        if !open.is_empty() {
            findings.retain(|finding| {
                let entry = open.get_mut(&(finding.rule.code, finding.place(text).into()));
                entry.and_then(Vec::pop).is_none()
            });
        }
        Unmet(open.into_values().flatten().collect())
    }

    /// Those of the unmet entries whose rules were `asked`: their findings are no longer there.
    pub fn gone<'a>(
        &'a self,
        unmet: &'a Unmet,
        asked: impl Fn(&str) -> bool + 'a,
    ) -> impl Iterator<Item = (usize, &'a Accepted)> {
        let entries = unmet.0.iter().map(|&index| (index, &self.entries[index]));
        entries.filter(move |(_, entry)| asked(&entry.rule))
    }

    /// Forgets entries, by their index.
    pub fn forget(&mut self, gone: impl IntoIterator<Item = usize>) {
        self.forgotten.extend(gone);
    }

    /// Accepts the `findings` in the text at `path`.
    pub fn accept(&mut self, findings: &[Finding], path: &Path, text: &str, who: &str, why: &str) {
        let path = files::relative(path, &self.folder);
        self.entries.extend(findings.iter().map(|finding| Accepted {
            path: path.clone(),
            rule: finding.rule.code.into(),
            place: finding.place(text),
            who: who.into(),
            why: why.into(),
        }));
    }

    /// Writes the file.
    pub fn write(self) -> Result<()> {
        let entries = self.entries.into_iter().enumerate();
        let kept = entries.filter(|(index, _)| !self.forgotten.contains(index));
        let written = Written { accepted: kept.map(|(_, entry)| entry).collect() };
        let entries =
            toml::to_string(&written).context("the baseline cannot be written as TOML")?;
        files::replace(&self.path, format!("{HEAD}{entries}").as_bytes())
    }
}

/// Entries that no finding met.
#[derive(Default)]
pub struct Unmet(BTreeSet<usize>);

impl Unmet {
    /// Those that another check of the same text did not meet, either.
    pub fn and(self, other: &Unmet) -> Unmet {
        Unmet(&self.0 & &other.0)
    }
}
