//! News in JSON (IPTC ninjs 3.2, 2025-10-16): a transcript as a news object, its recording as an associated
//! one. Where nothing names it, its URI comes from its text.

use readback_transcript::{NoteKind, Transcript};
use serde_json::{Value, json};

use crate::writing::{
    HouseParagraph, Part, escaped, house_paragraphs, house_style, label_with_role, uri,
};
use crate::{Carries, Format, Head, Way, WriteError, WriteOptions};

pub(crate) static FORMAT: Format = Format {
    id: "ninjs",
    name: "News in JSON (IPTC ninjs 3.2)",
    extensions: &["ninjs"],
    media_type: "application/json",
    sniff,
    read: Way::Closed("a news object may hold any text; give the transcript itself"),
    write: Way::Open(write),
    carries: Carries::PUBLISHED,
    oracle: "the published schema, by eye",
};

fn sniff(head: &Head<'_>) -> bool {
    let start = head.text.trim_start();
    start.starts_with('{') && start.contains("/std/ninjs/ninjs-schema_")
}

fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let publication = &options.publication;
    let paragraphs = house_paragraphs(transcript)?;
    let mut object = json!({
        "uri": uri(transcript, publication),
        "standard": {
            "name": "ninjs",
            "version": "3.2",
            "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.2.json#",
        },
        "type": "text",
        "representationType": "full",
        "profile": "transcript",
        "bodies": [
            body("text/plain", &house_style(transcript)?, transcript),
            body("text/html", &markup(&paragraphs), transcript),
        ],
    });
    let headlines: Vec<Value> = paragraphs.iter().filter_map(headline).collect();
    if !headlines.is_empty() {
        object["headlines"] = headlines.into();
    }
    if let Some(created) = &publication.created {
        object["versionCreated"] = created.as_str().into();
    }
    if let Some(language) = &transcript.language {
        object["language"] = language.as_str().into();
    }
    if let Some(provider) = &publication.provider {
        object["infoSources"] = json!([{ "name": provider, "role": "provider" }]);
    }
    if let Some(audio) = &publication.audio {
        object["associations"] = json!([{
            "name": "recording",
            "uri": audio,
            "type": "audio",
            "renditions": [{ "name": "main", "href": audio }],
        }]);
    }
    let mut json = object.to_string().into_bytes();
    json.push(b'\n');
    Ok(json)
}

fn body(kind: &str, text: &str, transcript: &Transcript) -> Value {
    json!({
        "role": "transcript",
        "contentType": kind,
        "wordCount": transcript.words().count(),
        "value": text,
    })
}

fn headline(paragraph: &HouseParagraph<'_>) -> Option<Value> {
    match paragraph {
        HouseParagraph::Note { kind: NoteKind::Headline, text } => Some(json!({ "value": text })),
        _ => None,
    }
}

/// The paragraphs as HTML, headlines left to the news object.
pub(crate) fn markup(paragraphs: &[HouseParagraph<'_>]) -> String {
    let shown = |paragraph: &HouseParagraph<'_>| match paragraph {
        HouseParagraph::Note { kind: NoteKind::Headline, .. } => None,
        HouseParagraph::Note { text, .. } => Some(format!("<p>{}</p>", escaped(text))),
        HouseParagraph::Spoken { turn, is_first, parts } => {
            let label = turn.label.as_ref().filter(|_| *is_first);
            let label = label.map(|it| format!("<cite>{}:</cite>", escaped(&label_with_role(it))));
            let parts = parts.iter().map(|part| match part {
                Part::Speech { text, .. } => escaped(text),
                Part::Cue(text) => format!("<em>{}</em>", escaped(text)),
            });
            let text: Vec<String> = label.into_iter().chain(parts).collect();
            Some(format!("<p>{}</p>", text.join(" ")))
        }
    };
    paragraphs.iter().filter_map(shown).collect()
}
