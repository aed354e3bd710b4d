//! Writes a Word document: house style with a style each for headline, credit, notice, speaker and cue.
//! The same transcript gives the same bytes; no part says when or where it was made.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use readback_transcript::{NoteKind, Transcript};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::writing::{HouseParagraph, Part, escaped, house_label, house_paragraphs};
use crate::{WriteError, WriteOptions};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const PACKAGE_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const DOCUMENT_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

/// Letter and A4 both leave room for these margins; Word asks for a size.
const SECTION: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>"#;

/// Kind, id, name and properties of each style; those without properties are the usual ones.
const STYLES: &[(&str, &str, &str, &str)] = &[
    ("paragraph", "Normal", "Normal", ""),
    (
        "paragraph",
        "Title",
        "Title",
        r#"<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr>"#,
    ),
    (
        "paragraph",
        "Credit",
        "Credit",
        r#"<w:basedOn w:val="Normal"/><w:qFormat/><w:rPr><w:sz w:val="20"/></w:rPr>"#,
    ),
    (
        "paragraph",
        "Notice",
        "Notice",
        r#"<w:basedOn w:val="Normal"/><w:qFormat/><w:rPr><w:i/><w:sz w:val="20"/></w:rPr>"#,
    ),
    ("character", "DefaultParagraphFont", "Default Paragraph Font", ""),
    ("character", "Speaker", "Speaker", "<w:qFormat/><w:rPr><w:b/></w:rPr>"),
    ("character", "Cue", "Cue", "<w:qFormat/><w:rPr><w:i/></w:rPr>"),
];

pub(super) fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let language = transcript.language.as_deref();
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", PACKAGE_RELATIONS.to_owned()),
        ("word/document.xml", document(transcript)?),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", styles(language)),
        ("docProps/core.xml", properties(language)),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The archive's first possible date stands for none.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, xml) in parts {
        archive.start_file(name, options).expect("a short name, used once");
        archive.write_all(format!("{HEAD}\n{xml}").as_bytes()).expect("memory can be written");
    }
    Ok(archive.finish().expect("memory can be written").into_inner())
}

fn document(transcript: &Transcript) -> Result<String, WriteError> {
    let mut body = String::new();
    for paragraph in house_paragraphs(transcript)? {
        body.push_str("<w:p>");
        match &paragraph {
            HouseParagraph::Note { kind, text } => {
                let style = match kind {
                    NoteKind::Headline => "Title",
                    NoteKind::Credit => "Credit",
                    NoteKind::Notice => "Notice",
                };
                let _ = write!(body, r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#);
                run(&mut body, None, text);
            }
            HouseParagraph::Spoken { turn, is_first, parts } => {
                let label = turn.label.as_ref().filter(|_| *is_first).map(house_label);
                spoken(&mut body, label.as_deref(), parts);
            }
        }
        body.push_str("</w:p>");
    }
    Ok(format!(r#"<w:document xmlns:w="{MAIN}"><w:body>{body}{SECTION}</w:body></w:document>"#))
}

fn spoken(body: &mut String, label: Option<&str>, parts: &[Part<'_>]) {
    let mut blank = false;
    let label = label.map(|label| (Some("Speaker"), label));
    let parts = parts.iter().map(|part| match part {
        Part::Speech { text, .. } => (None, text.as_str()),
        Part::Cue(text) => (Some("Cue"), text.as_str()),
    });
    for (style, text) in label.into_iter().chain(parts) {
        if blank {
            run(body, None, " ");
        }
        run(body, style, text);
        blank = true;
    }
}

fn run(body: &mut String, style: Option<&str>, text: &str) {
    body.push_str("<w:r>");
    if let Some(style) = style {
        let _ = write!(body, r#"<w:rPr><w:rStyle w:val="{style}"/></w:rPr>"#);
    }
    let _ = write!(body, r#"<w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(text));
}

fn styles(language: Option<&str>) -> String {
    let lang = language.map(|code| format!(r#"<w:lang w:val="{}"/>"#, escaped(code)));
    let mut styles = format!(
        r#"<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/>{}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"#,
        lang.unwrap_or_default()
    );
    for (kind, id, name, properties) in STYLES {
        let default = if properties.is_empty() { r#" w:default="1""# } else { "" };
        let _ = write!(
            styles,
            r#"<w:style w:type="{kind}"{default} w:styleId="{id}"><w:name w:val="{name}"/>{properties}</w:style>"#
        );
    }
    styles + "</w:styles>"
}

fn properties(language: Option<&str>) -> String {
    let language = language.map(|code| format!("<dc:language>{}</dc:language>", escaped(code)));
    format!(
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">{}</cp:coreProperties>"#,
        language.unwrap_or_default()
    )
}
