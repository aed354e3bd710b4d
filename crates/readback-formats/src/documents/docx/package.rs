//! The archive of a Word document: its parts, and which part is what (ECMA-376 part 2, Open Packaging
//! Conventions).

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::malformed;
use crate::reading::decode_text;
use crate::reading::xml::{Element, Node, walk};
use crate::{MAX_BYTES, ReadError};

/// No document has more files in its archive.
const MAX_FILES: usize = 10_000;
/// The most bytes of all parts together that are unpacked.
const MAX_UNPACKED: u64 = 2 * MAX_BYTES as u64;

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP)
}

/// Whether it is of the older kind, in which Word also wraps what it encrypts.
pub(super) fn is_compound_file(bytes: &[u8]) -> bool {
    bytes.starts_with(COMPOUND_FILE)
}

/// An opened archive.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// Where a part points to: the last segment of the relation's type, and the other part.
pub(super) struct Relation {
    pub(super) kind: String,
    pub(super) part: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        if is_compound_file(bytes) {
            let encrypted: Vec<u8> =
                "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let is_encrypted = bytes.windows(encrypted.len()).any(|window| window == encrypted);
            return Err(malformed(if is_encrypted {
                "the document is encrypted; save it without a password"
            } else {
                "it is a document of Word 2003 or older; save it as .docx"
            }));
        }
        if bytes.windows(4).filter(|window| window == b"PK\x01\x02").count() > MAX_FILES {
            return Err(malformed("there are too many files in its archive"));
        }
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => Ok(Self { archive, left: MAX_UNPACKED }),
            Err(_) if is_zip(bytes) => Err(malformed("the archive is damaged or not complete")),
            Err(_) => Err(malformed("it is not a Word document, which is a ZIP archive")),
        }
    }

    /// The name of the part with the document itself, and its text.
    pub(super) fn document(&mut self) -> Result<(String, String, bool), ReadError> {
        let stated = self.relations("")?.into_iter().find(|to| to.kind == "officeDocument");
        let name = stated.map_or_else(|| "word/document.xml".into(), |to| to.part);
        let of_another = name.starts_with("xl/") || name.starts_with("ppt/");
        match self.part(&name)?.filter(|_| !of_another) {
            Some((xml, complete)) => Ok((name, xml, complete)),
            None => Err(malformed("it is a ZIP archive, but not of a Word document")),
        }
    }

    /// What the part `name` points to; for the package itself `name` is empty.
    pub(super) fn relations(&mut self, name: &str) -> Result<Vec<Relation>, ReadError> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some((xml, _)) = self.part(&format!("{folder}{slash}_rels/{file}.rels"))? else {
            return Ok(Vec::new());
        };
        let mut relations = Vec::new();
        walk(&xml, &mut |node| {
            if let Node::Open(tag) = node {
                relations.extend(relation(&tag, folder));
            }
            true
        });
        Ok(relations)
    }

    /// A part as text, where there is one, and whether it could be unpacked to its end.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<(String, bool)>, ReadError> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(malformed(format!("{name} cannot be unpacked: {error}"))),
        };
        let mut bytes = Vec::new();
        // What the archive says of sizes is not trusted, and one byte over the limit is enough to tell.
        let most = self.left.min(MAX_BYTES as u64);
        let complete = file.take(most + 1).read_to_end(&mut bytes).is_ok();
        if bytes.len() as u64 > most {
            let most = MAX_BYTES >> 20;
            return Err(malformed(format!("{name} unpacks to more than {most} MB")));
        }
        self.left -= bytes.len() as u64;
        match decode_text(&bytes) {
            Ok((text, _)) => Ok(Some((text.into_owned(), complete))),
            Err(ReadError::TooMany) => Err(ReadError::TooMany),
            Err(_) => Err(malformed(format!("{name} is not XML"))),
        }
    }
}

fn relation(tag: &Element<'_>, folder: &str) -> Option<Relation> {
    let kind = tag.attribute("Type")?.rsplit('/').next()?.to_owned();
    let target = tag.attribute("Target")?;
    let part = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    };
    Some(Relation { kind, part })
}
