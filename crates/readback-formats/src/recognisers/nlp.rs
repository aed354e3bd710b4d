//! Rev's `.nlp`, in which it gives out transcripts and recognisers' output for measuring: a line for
//! each word, its columns parted by bars and named in the first line.

use super::heard::from_recogniser;
use super::shared::{HEARD, RECOGNISERS_OWN, SpokenWord, timing};
use crate::reading::{decode_text, named, seconds};
use crate::{Carries, Format, Head, Parsed, ReadError, ReadOptions, Way};

pub(crate) static FORMAT: Format = Format {
    id: "nlp",
    name: "Rev word table",
    extensions: &["nlp"],
    media_type: "text/plain",
    sniff,
    read: Way::Open(read),
    write: Way::Closed(RECOGNISERS_OWN),
    carries: Carries { confidence: false, language: false, ..HEARD },
    oracle: "the evaluation corpus",
};

fn sniff(head: &Head<'_>) -> bool {
    head.text.starts_with("token|speaker|")
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, _) = decode_text(bytes)?;
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('|').map(str::trim).collect();
    let column = |name: &str| names.iter().position(|&known| known == name);
    let Some(token) = column("token") else {
        let reason = "line 1: there is no column token".into();
        return Err(ReadError::Malformed { format: FORMAT.id, reason });
    };
    let columns = ["punctuation", "speaker", "ts", "endTs"].map(column);
    let word = |line: &str| {
        let fields: Vec<&str> = line.split('|').collect();
        let [mark, speaker, start, end] =
            columns.map(|at| fields.get(at?).map(|field| field.trim()));
        let text = fields.get(token)?.trim();
        let at = |field: Option<&str>| field?.parse().ok().and_then(seconds);
        Some(SpokenWord {
            text: format!("{text}{}", mark.unwrap_or_default()),
            timing: timing(at(start), at(end), None),
            // A speaker who is not known.
            speaker: speaker.filter(|&speaker| speaker != "UU").and_then(named),
        })
        .filter(|word| !word.text.is_empty())
    };
    from_recogniser(lines.filter_map(word).collect(), FORMAT.id, None)
}
