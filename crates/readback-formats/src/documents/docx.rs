//! Word documents (ECMA-376 / ISO 29500, WordprocessingML): the parts of a ZIP archive that hold a
//! story's text. Paragraphs are read as house style is; what Word keeps beside them (comments, footnotes,
//! headers, hidden text) is not spoken, and said as problems.
//!
//! Tracked changes are read as accepted, or, where [`ReadOptions::changes`] asks so, as if they had never
//! been made. Of the archive and its XML every size, count and depth is bounded.

mod body;
mod package;
mod story;
mod write;

use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Way};

use package::Package;

pub(crate) static FORMAT: Format = Format {
    id: "docx",
    name: "Word document",
    extensions: &["docx"],
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write::write),
    carries: Carries::PUBLISHED,
    oracle: "python-docx, mammoth",
};

/// Any ZIP archive, and any document of older Word, so that its reader says what is wrong with it.
fn sniff(head: &Head<'_>) -> bool {
    package::is_zip(head.bytes) || package::is_compound_file(head.bytes)
}

fn read(bytes: &[u8], options: &ReadOptions) -> Result<Parsed, ReadError> {
    story::read(&mut Package::open(bytes)?, options.changes)
}

fn malformed(reason: impl Into<String>) -> ReadError {
    ReadError::Malformed { format: FORMAT.id, reason: reason.into() }
}
