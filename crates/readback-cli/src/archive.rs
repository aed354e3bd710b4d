//! What the commands of the archive share: where it is, who is at work, how a story is named, and how
//! results are printed.

pub mod intake;
pub mod read_back;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Result, bail};
use jiff::Timestamp;
use readback_archive::{Archive, BadSlug, Slug};
use serde::Serialize;

use crate::files;

/// Where an archive is looked for if nothing is said.
const DEFAULT: &str = ".readback";
const FOLDER: &str = "READBACK_ARCHIVE";
const AUTHOR: &str = "READBACK_AUTHOR";

/// Which archive, and for whom.
#[derive(Clone, Debug, clap::Args)]
pub struct Place {
    /// Folder of the archive [default: $READBACK_ARCHIVE, else ./.readback]
    #[arg(long, value_name = "DIR")]
    archive: Option<PathBuf>,

    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

impl Place {
    /// The archive's folder.
    pub fn folder(&self) -> PathBuf {
        let set = || std::env::var_os(FOLDER).filter(|it| !it.is_empty()).map(PathBuf::from);
        self.archive.clone().or_else(set).unwrap_or_else(|| DEFAULT.into())
    }

    /// Opens the archive.
    pub fn open(&self) -> Result<Archive> {
        Ok(Archive::open(&self.folder())?)
    }

    /// Prints a result: as JSON where that was asked for, else as `told`.
    pub fn print(&self, result: &impl Serialize, told: impl FnOnce() -> String) -> Result<()> {
        files::print(&if self.json { serde_json::to_string_pretty(result)? + "\n" } else { told() })
    }
}

/// Who changes something.
#[derive(Clone, Debug, clap::Args)]
pub struct Author {
    /// Who does it [default: $READBACK_AUTHOR, else the user's name]
    #[arg(long = "author", value_name = "NAME")]
    name: Option<String>,
}

impl Author {
    /// The name.
    pub fn name(&self) -> String {
        let set = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
        let user = || set(AUTHOR).or_else(|| set("USER")).or_else(|| set("USERNAME"));
        self.name.clone().or_else(user).unwrap_or_else(|| "unknown".into())
    }
}

/// What the clock says.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// A story and one of its revisions, as in `flood@2`; without a number the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The story.
    pub slug: Slug,
    /// The revision.
    pub revision: Option<u32>,
}

impl FromStr for Reference {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (slug, revision) = text.split_once('@').map_or((text, None), |it| (it.0, Some(it.1)));
        let number = |text: &str| match text.parse() {
            Ok(number) if number > 0 => Ok(number),
            _ => Err(format!("{text} is no revision; give a number from 1, as in {slug}@2")),
        };
        let slug = slug.parse().map_err(|error: BadSlug| error.to_string())?;
        Ok(Self { slug, revision: revision.map(number).transpose()? })
    }
}

/// The folder to write to, which must not be there yet.
pub fn new_folder(path: &Path) -> Result<PathBuf> {
    match path.parent().filter(|it| !it.as_os_str().is_empty()) {
        Some(parent) if !parent.is_dir() => bail!("there is no folder {}", parent.display()),
        _ if path.exists() => bail!("{} exists already and was left alone", path.display()),
        _ => Ok(files::resolved(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_named_with_or_without_a_revision() {
        let reference: Reference = "flood@2".parse().unwrap();
        assert_eq!((reference.slug.as_str(), reference.revision), ("flood", Some(2)));
        assert_eq!("flood".parse::<Reference>().unwrap().revision, None);
        assert!("flood@0".parse::<Reference>().is_err() && "a/b".parse::<Reference>().is_err());
    }
}
