//! A model's folder: whether its files are there, whole and the right ones.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::{KnownFile, KnownModel};

/// The file that a pull leaves in a model's folder, as `sha256sum --check` reads it.
pub(crate) const SUMS: &str = "SHA256SUMS";

/// Why a folder is no model.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FolderError {
    /// A file is missing.
    #[error("the model folder {} has no {file}", folder.display())]
    Missing {
        /// The folder.
        folder: PathBuf,
        /// What it lacks.
        file: &'static str,
    },
    /// A file has nothing in it.
    #[error("{} is empty", .0.display())]
    Empty(PathBuf),
}

/// What a look at sizes says about a model's folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderState {
    /// No such folder.
    Absent,
    /// Every file is there and has its size.
    Whole,
    /// A file is missing or has another size.
    Damaged,
}

/// What reading a file through says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// It has the SHA-256 on record.
    Right,
    /// It has the sum that was noted when it was fetched; none is on record.
    AsFetched,
    /// It has the right size; no sum is on record.
    RightSize,
    /// It is not there.
    Missing,
    /// Its size or its sum is another.
    Wrong,
}

/// One file and its state.
#[derive(Debug)]
pub struct VerifiedFile {
    /// The file's name.
    pub file: &'static str,
    /// What is known of it.
    pub state: FileState,
    /// Its SHA-256, if it could be read.
    pub sha256: Option<String>,
}

impl FileState {
    /// Whether the file may be used.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Right | Self::AsFetched | Self::RightSize)
    }
}

/// Looks at the sizes of a known model's files; reads none.
pub fn state(known: &KnownModel, folder: &Path) -> FolderState {
    if !folder.is_dir() {
        return FolderState::Absent;
    }
    let has_size = |file: &KnownFile| {
        fs::metadata(folder.join(file.name)).is_ok_and(|found| found.len() == file.bytes)
    };
    if known.files.iter().all(has_size) { FolderState::Whole } else { FolderState::Damaged }
}

/// Reads every file of a known model through and holds it against its sum.
pub fn verify(known: &KnownModel, folder: &Path) -> io::Result<Vec<VerifiedFile>> {
    let noted = fs::read_to_string(folder.join(SUMS)).unwrap_or_default();
    known.files.iter().map(|file| verify_file(file, folder, &noted)).collect()
}

fn verify_file(file: &KnownFile, folder: &Path, noted: &str) -> io::Result<VerifiedFile> {
    let found = match File::open(folder.join(file.name)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(VerifiedFile { file: file.name, state: FileState::Missing, sha256: None });
        }
        found => found?,
    };
    let bytes = found.metadata()?.len();
    let sha256 = sum(found)?;
    let noted = noted.lines().find_map(|line| {
        line.split_once("  ").filter(|(_, name)| *name == file.name).map(|(sum, _)| sum)
    });
    let state = match (file.sha256, noted) {
        _ if bytes != file.bytes => FileState::Wrong,
        (Some(known), _) if known == sha256 => FileState::Right,
        (None, Some(noted)) if noted == sha256 => FileState::AsFetched,
        (None, None) => FileState::RightSize,
        _ => FileState::Wrong,
    };
    Ok(VerifiedFile { file: file.name, state, sha256: Some(sha256) })
}

/// The SHA-256 of everything `reader` gives, as lower-case hexadecimal digits.
pub(crate) fn sum(mut reader: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    io::copy(&mut reader, &mut hasher)?;
    Ok(hexadecimal(&hasher.finalize()))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a folder that is not in the table has the files of a model, none empty.
pub(crate) fn complete(folder: &Path) -> Result<(), FolderError> {
    for file in ["model.bin", "config.json", "tokenizer.json"] {
        require(folder, file, &[file])?;
    }
    require(folder, "vocabulary.json or vocabulary.txt", &["vocabulary.json", "vocabulary.txt"])
}

fn require(folder: &Path, what: &'static str, names: &[&str]) -> Result<(), FolderError> {
    let found = names.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    let path = found.ok_or_else(|| FolderError::Missing { folder: folder.into(), file: what })?;
    match fs::metadata(&path) {
        Ok(found) if found.len() == 0 => Err(FolderError::Empty(path)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{KnownModel, MODELS};

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn two_files(sha256: Option<&'static str>) -> KnownModel {
        let file = |name| KnownFile { name, bytes: 3, sha256 };
        let files: Vec<KnownFile> = vec![file("model.bin"), file("config.json")];
        KnownModel { files: files.leak(), wheels: &[], ..copy(&MODELS[0]) }
    }

    fn copy(known: &KnownModel) -> KnownModel {
        KnownModel { ..*known }
    }

    fn folder(model: &str, config: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("model.bin"), model).unwrap();
        fs::write(folder.path().join("config.json"), config).unwrap();
        folder
    }

    fn states(known: &KnownModel, folder: &Path) -> Vec<FileState> {
        verify(known, folder).unwrap().into_iter().map(|file| file.state).collect()
    }

    #[test]
    fn a_file_of_the_right_size_and_another_sum_is_wrong() {
        let folder = folder("abc", "abd");
        let known = two_files(Some(ABC));
        assert_eq!(state(&known, folder.path()), FolderState::Whole);
        assert_eq!(states(&known, folder.path()), [FileState::Right, FileState::Wrong]);
    }

    #[test]
    fn without_a_sum_on_record_the_one_noted_when_fetching_counts() {
        let folder = folder("abc", "abd");
        let known = two_files(None);
        assert_eq!(states(&known, folder.path()), [FileState::RightSize; 2]);
        fs::write(folder.path().join(SUMS), format!("{ABC}  model.bin\n{ABC}  config.json\n"))
            .unwrap();
        assert_eq!(states(&known, folder.path()), [FileState::AsFetched, FileState::Wrong]);
    }

    #[test]
    fn a_file_cut_short_is_damage_that_its_size_shows() {
        let folder = folder("ab", "abc");
        assert_eq!(state(&two_files(None), folder.path()), FolderState::Damaged);
        assert_eq!(state(&two_files(None), Path::new("nowhere")), FolderState::Absent);
    }
}
