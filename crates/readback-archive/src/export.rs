//! The whole archive as plain files, and back. What comes back is the same to the last byte.
//!
//! For each story a folder: every revision as a text file, every kept file under its own name, and
//! `history.jsonl`, one entry a line with its hash. Text files are there for people; what is imported is the
//! history, which is held against its seals.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::durable::sync_folder;
use crate::verify::files;
use crate::whole::whole;
use crate::{Act, Archive, ArchiveError, Chain, Hash, Sealed};

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Stories.
    pub stories: usize,
    /// Entries of all chains.
    pub entries: usize,
    /// Recordings and originals.
    pub files: usize,
}

/// What was taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Stories that were not there.
    pub stories: usize,
    /// Entries that were not there.
    pub entries: usize,
    /// Entries that were there already.
    pub known: usize,
}

const README: &str = "\
This folder is a whole archive of transcripts as plain files.

stories/NAME/               one folder for each story
  001-rush.txt              every revision of its text: number and state
  history.jsonl             all that happened to it, one JSON object a line
  files/                    its recordings, and deliveries that were not plain text
roster.jsonl                names whose spelling was settled, as they came and went

In a history each line is {\"hash\": …, \"entry\": {…}}. The hash is BLAKE3 over the 32 bytes of the hash
before it (zeros for the first) and the bytes of the entry as they stand there. In a revision `text` has the
words; `words` says where each stands: bytes from the end of the one before, and its own length; and when it
was said: microseconds from the start of the one before, and how long it lasts.

`readback import FOLDER` makes an archive of it again, from the histories and files/. The text files are for
reading; editing them changes nothing.
";
const STORIES: &str = "stories";
const HISTORY: &str = "history.jsonl";
const ROSTER: &str = "roster.jsonl";
const FILES: &str = "files";

type Result<T, E = ArchiveError> = std::result::Result<T, E>;

impl Archive {
    /// Writes everything to the new folder `to`, which is there only once it is complete.
    pub fn export(&mut self, to: &Path) -> Result<Exported> {
        whole(to, |folder| self.export_to(folder))
    }

    fn export_to(&mut self, folder: &Path) -> Result<Exported> {
        let mut done = Exported::default();
        make(&folder.join(STORIES))?;
        write(&folder.join("README.txt"), README.as_bytes())?;
        for chain in self.store.chains()? {
            let entries = self.store.entries(&chain)?;
            done.entries += entries.len();
            match &chain {
                Chain::Roster => write(&folder.join(ROSTER), &lines(&entries))?,
                Chain::Story(slug) => {
                    done.stories += 1;
                    let story = folder.join(STORIES).join(slug.as_str());
                    make(&story)?;
                    write(&story.join(HISTORY), &lines(&entries))?;
                    done.files += self.export_story(&story, &entries)?;
                }
            }
        }
        sync_folder(&folder.join(STORIES))
            .map_err(ArchiveError::io(format!("cannot write {}", folder.display())))?;
        Ok(done)
    }

    fn export_story(&mut self, story: &Path, entries: &[Sealed]) -> Result<usize> {
        let mut wanted = BTreeMap::new();
        for sealed in entries {
            if let Act::Revision(revision) = &sealed.entry.act {
                let name = format!("{:03}-{}.txt", revision.number, revision.state);
                write(&story.join(name), revision.transcript.text.as_bytes())?;
            }
            wanted.extend(files(&sealed.entry));
        }
        for (hash, name) in &wanted {
            make(&story.join(FILES))?;
            let path = story.join(FILES).join(file_name(*hash, name));
            let mut from = self.blobs.read(*hash)?;
            let mut copy = || -> std::io::Result<()> {
                let mut file = File::create(&path)?;
                std::io::copy(&mut from, &mut file)?;
                file.sync_all()
            };
            copy().map_err(ArchiveError::io(format!("cannot write {}", path.display())))?;
        }
        sync_folder(story)
            .map_err(ArchiveError::io(format!("cannot write {}", story.display())))?;
        Ok(wanted.len())
    }

    /// Takes in what an export wrote: whole stories, and what happened since to those that are here.
    /// A story with another history here is refused, and nothing of it taken.
    pub fn import(&mut self, from: &Path) -> Result<Imported> {
        let mut done = Imported::default();
        for (chain, history) in histories(from)? {
            let entries = read_history(&chain, &history)?;
            let here = self.store.entries(&chain)?;
            let differs = entries.iter().zip(&here).find(|(there, here)| there.hash != here.hash);
            if let Some((there, _)) = differs {
                let (story, number) = (chain.to_string(), there.entry.number);
                return Err(ArchiveError::Diverged { story, number });
            }
            done.known += here.len().min(entries.len());
            let Some(new) = entries.get(here.len()..).filter(|new| !new.is_empty()) else {
                continue;
            };
            self.import_files(&history, new)?;
            if !self.store.append(new)? {
                let (story, number) = (chain.to_string(), new[0].entry.number);
                return Err(ArchiveError::Diverged { story, number });
            }
            done.entries += new.len();
            done.stories += usize::from(here.is_empty() && chain != Chain::Roster);
        }
        Ok(done)
    }

    fn import_files(&mut self, history: &Path, entries: &[Sealed]) -> Result<()> {
        for (hash, name) in entries.iter().flat_map(|it| files(&it.entry)) {
            let path = history.with_file_name(FILES).join(file_name(hash, name));
            let file = File::open(&path);
            let what = format!("cannot read {}", path.display());
            let (found, _) = self.blobs.put(&mut file.map_err(ArchiveError::io(what))?)?;
            if found != hash {
                let reason = format!("its content has changed: it hashes to {found}");
                return Err(ArchiveError::BadImport { path, reason });
            }
        }
        Ok(())
    }
}

/// Every history of an export, in order of name.
fn histories(from: &Path) -> Result<Vec<(Chain, PathBuf)>> {
    let stories = from.join(STORIES);
    let list = || -> std::io::Result<Vec<String>> {
        let mut names: Vec<String> = fs::read_dir(&stories)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<std::io::Result<_>>()?;
        names.sort();
        Ok(names)
    };
    let what = format!("{} is no export of an archive", from.display());
    let mut found = Vec::new();
    for name in list().map_err(ArchiveError::io(what))? {
        found.push((Chain::Story(name.parse()?), stories.join(name).join(HISTORY)));
    }
    let roster = from.join(ROSTER);
    if roster.is_file() {
        found.push((Chain::Roster, roster));
    }
    Ok(found)
}

/// The history's entries, each held against its seal.
fn read_history(chain: &Chain, path: &Path) -> Result<Vec<Sealed>> {
    let text = fs::read_to_string(path);
    let text = text.map_err(ArchiveError::io(format!("cannot read {}", path.display())))?;
    let name = chain.to_string();
    let mut entries = Vec::new();
    let mut previous = Hash::NOTHING;
    for (number, line) in (1..).zip(text.lines()) {
        let bad = || ArchiveError::BadImport {
            path: path.into(),
            reason: format!("line {number} is not as it was written"),
        };
        let (hash, body) = cut(line).ok_or_else(bad)?;
        let sealed = Sealed::open(body.as_bytes().to_vec(), hash, previous, (&name, number))?;
        previous = hash;
        entries.push(sealed);
    }
    Ok(entries)
}

const BEFORE: &str = "{\"hash\":\"";
const BETWEEN: &str = "\",\"entry\":";
const AFTER: &str = "}";

/// The entries as lines. An entry stands there byte for byte as it was sealed.
fn lines(entries: &[Sealed]) -> Vec<u8> {
    let mut lines = Vec::new();
    for Sealed { body, hash, .. } in entries {
        let hash = hash.to_string();
        for part in
            [BEFORE.as_bytes(), hash.as_bytes(), BETWEEN.as_bytes(), body, AFTER.as_bytes(), b"\n"]
        {
            lines.extend_from_slice(part);
        }
    }
    lines
}

/// The hash and the entry of a line.
fn cut(line: &str) -> Option<(Hash, &str)> {
    let rest = line.strip_prefix(BEFORE)?.strip_suffix(AFTER)?;
    let (hash, body) = rest.split_once(BETWEEN)?;
    Some((hash.parse().ok()?, body))
}

/// A file's name in an export: the beginning of its hash, and what it was called.
fn file_name(hash: Hash, name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let name: String = name.chars().map(plain).collect();
    let cut = (0..=name.len().min(120)).rev().find(|&at| name.is_char_boundary(name.len() - at));
    format!("{}-{}", &hash.to_string()[..16], &name[name.len() - cut.unwrap_or(0)..])
}

fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .map_err(ArchiveError::io(format!("cannot make the folder {}", folder.display())))
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    let write = || -> std::io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(content)?;
        file.into_inner()?.sync_all()
    };
    write().map_err(ArchiveError::io(format!("cannot write {}", path.display())))
}
