//! NewsML-G2 (IPTC, 2.35): a transcript as a news item of text, its recording linked from it.
//!
//! The standard wants a provider and a date; where neither is known, the provider is said to be unknown and
//! the date is the first that computers count.

use std::fmt::Write as _;

use readback_transcript::{NoteKind, Transcript};

use super::ninjs::markup;
use crate::writing::{HouseParagraph, escaped, house_paragraphs, house_style, uri};
use crate::{Carries, Format, Head, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "newsml-g2",
    name: "NewsML-G2 news item",
    extensions: &["newsml"],
    media_type: "application/vnd.iptc.g2.newsitem+xml",
    sniff,
    read: Way::Closed("a news item may hold any text; give the transcript itself"),
    write: Way::Open(write),
    carries: Carries::PUBLISHED,
    oracle: "newsmlg2 (Python), xmllint; no schema was at hand",
};

const NAMESPACE: &str = "http://iptc.org/std/nar/2006-10-01/";
const CATALOG: &str = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_38.xml";
/// Where nothing says when a version was made.
const NO_DATE: &str = "1970-01-01T00:00:00Z";

fn sniff(head: &Head<'_>) -> bool {
    head.text.contains("<newsItem") && head.text.contains(NAMESPACE)
}

fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let publication = &options.publication;
    let paragraphs = house_paragraphs(transcript)?;
    let language = transcript.language.as_deref().map(escaped);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let stated = language.as_ref().map(|code| format!(" xml:lang=\"{code}\"")).unwrap_or_default();
    let _ = write!(
        out,
        "<newsItem xmlns=\"{NAMESPACE}\" guid=\"{}\" version=\"1\" standard=\"NewsML-G2\" \
        standardversion=\"2.35\" conformance=\"power\"{stated}>\n<catalogRef href=\"{CATALOG}\"/>\n\
        <itemMeta>\n<itemClass qcode=\"ninat:text\"/>\n<provider><name>{}</name></provider>\n\
        <versionCreated>{}</versionCreated>\n<pubStatus qcode=\"stat:usable\"/>\n",
        escaped(&uri(transcript, publication)),
        escaped(publication.provider.as_deref().unwrap_or("unknown")),
        escaped(publication.created.as_deref().unwrap_or(NO_DATE)),
    );
    if let Some(audio) = &publication.audio {
        let address = escaped(audio);
        let _ = writeln!(out, "<link rel=\"irel:associatedWith\" href=\"{address}\"/>");
    }
    out.push_str("</itemMeta>\n<contentMeta>\n");
    if let Some(code) = language {
        let _ = writeln!(out, "<language tag=\"{code}\"/>");
    }
    for paragraph in &paragraphs {
        if let HouseParagraph::Note { kind: NoteKind::Headline, text } = paragraph {
            let _ = writeln!(out, "<headline>{}</headline>", escaped(text));
        }
    }
    let _ = write!(
        out,
        "</contentMeta>\n<contentSet>\n\
        <inlineXML contenttype=\"application/xhtml+xml\" wordcount=\"{words}\">\
        <html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>Transcript</title></head>\
        <body>{}</body></html></inlineXML>\n\
        <inlineData contenttype=\"text/plain\" wordcount=\"{words}\">{}</inlineData>\n\
        </contentSet>\n</newsItem>\n",
        markup(&paragraphs),
        escaped(&house_style(transcript)?),
        words = transcript.words().count(),
    );
    Ok(out.into_bytes())
}
