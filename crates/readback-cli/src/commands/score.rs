//! `readback score`: word and character error rates of one text against another, and the desk score.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use readback_transcript::{
    Counts, DeskError, DeskScore, ErrorKind, Grade, LineIndex, Piece, Score, StyleCounts,
    Transcript, score, score_desk, score_spoken,
};
use serde::Serialize;

use crate::files::{self, Text};
use crate::options::{TextOrJson, language};
use crate::outcome::Outcome;

/// Count the errors of a text against another that is right
///
/// Labels, cues, headlines and credits are not words. The raw rates compare words as they are
/// written, capitals and punctuation included, and agree with jiwer. The normalised rates compare
/// what is spoken: $43,000 and forty-three thousand dollars, colour and color, OK and okay are the
/// same, and hesitations do not count.
///
/// The desk score weighs each error by what it does to a reader: a lost or added negation, a wrong
/// number, name or speaker is serious (1), other words are standard (0.5), small words and other forms
/// of a word minor (0.25). Style is counted apart and weighs nothing.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The text that is right
    #[arg(value_name = "REFERENCE")]
    reference: PathBuf,

    /// The text to be scored
    #[arg(value_name = "HYPOTHESIS")]
    hypothesis: PathBuf,

    /// TextOrJson of the result
    #[arg(long, value_enum, default_value_t = TextOrJson::Text, value_name = "SHAPE")]
    format: TextOrJson,

    /// Language of the texts, as a two-letter code
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = language)]
    language: String,
}

#[derive(Serialize)]
struct Document {
    readback: &'static str,
    reference: String,
    hypothesis: String,
    language: String,
    raw: Rates,
    normalised: Rates,
    desk: Desk,
}

/// The desk score; `accuracy` is 1 less the weighted errors for each word.
#[derive(Serialize)]
struct Desk {
    accuracy: f64,
    words: usize,
    weighted: f64,
    serious: usize,
    standard: usize,
    minor: usize,
    kinds: BTreeMap<&'static str, usize>,
    speakers: Option<Speakers>,
    style: Styles,
    errors: Vec<Listed>,
}

#[derive(Serialize)]
struct Speakers {
    words: usize,
    wrong: usize,
}

#[derive(Serialize)]
struct Styles {
    spelling: usize,
    capitals: usize,
    punctuation: usize,
    hesitations: usize,
}

/// An error, with what either text has and the line in each.
#[derive(Serialize)]
struct Listed {
    kind: &'static str,
    grade: &'static str,
    reference: Quoted,
    hypothesis: Quoted,
}

#[derive(Serialize)]
struct Quoted {
    text: String,
    line: usize,
}

#[derive(Serialize)]
struct Rates {
    words: Row,
    characters: Row,
}

#[derive(Serialize)]
struct Row {
    rate: f64,
    reference: usize,
    hits: usize,
    substitutions: usize,
    deletions: usize,
    insertions: usize,
}

impl From<Counts> for Row {
    fn from(counts: Counts) -> Self {
        Self {
            rate: counts.rate(),
            reference: counts.reference(),
            hits: counts.hits,
            substitutions: counts.substitutions,
            deletions: counts.deletions,
            insertions: counts.insertions,
        }
    }
}

impl From<&Score> for Rates {
    fn from(score: &Score) -> Self {
        Self { words: score.words.into(), characters: score.characters.into() }
    }
}

impl Desk {
    fn new(score: &DeskScore, reference: &str, hypothesis: &str) -> Self {
        let (left, right) = (LineIndex::new(reference), LineIndex::new(hypothesis));
        let listed = |error: &DeskError| Listed {
            kind: error.kind.name(),
            grade: error.kind.grade().name(),
            reference: Quoted {
                text: error.reference.of(reference).into(),
                line: left.position(reference, error.reference.start).line,
            },
            hypothesis: Quoted {
                text: error.hypothesis.of(hypothesis).into(),
                line: right.position(hypothesis, error.hypothesis.start).line,
            },
        };
        let StyleCounts { spelling, capitals, punctuation, hesitations } = score.style;
        let speakers = score.speakers;
        Self {
            accuracy: score.accuracy(),
            words: score.words,
            weighted: score.weighted(),
            serious: score.graded(Grade::Serious),
            standard: score.graded(Grade::Standard),
            minor: score.graded(Grade::Minor),
            kinds: ErrorKind::ALL.map(|kind| (kind.name(), score.count(kind))).into(),
            speakers: speakers.map(|found| Speakers { words: found.words, wrong: found.wrong }),
            style: Styles { spelling, capitals, punctuation, hesitations },
            errors: score.errors.iter().map(listed).collect(),
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let (reference, hypothesis) = (&arguments.reference, &arguments.hypothesis);
    if files::is_standard(reference) && files::is_standard(hypothesis) {
        bail!("standard input cannot be both the reference and the hypothesis");
    }
    let document = compare(
        &files::read_transcript(reference)?,
        &files::read_transcript(hypothesis)?,
        &arguments.language,
    );
    files::print(&match arguments.format {
        TextOrJson::Text => table(&document),
        TextOrJson::Json => serde_json::to_string_pretty(&document)? + "\n",
    })?;
    Ok(Outcome::Clean)
}

fn compare(reference: &Text, hypothesis: &Text, language: &str) -> Document {
    let words = (as_written(&reference.transcript), as_written(&hypothesis.transcript));
    Document {
        readback: env!("CARGO_PKG_VERSION"),
        reference: shown(&reference.path),
        hypothesis: shown(&hypothesis.path),
        language: language.into(),
        raw: (&score(&words.0, &words.1)).into(),
        normalised: (&score_spoken(&reference.transcript, &hypothesis.transcript, language).score)
            .into(),
        desk: Desk::new(
            &score_desk(&reference.transcript, &hypothesis.transcript, language),
            &reference.transcript.text,
            &hypothesis.transcript.text,
        ),
    }
}

fn shown(path: &Path) -> String {
    files::shown(path)
}

/// The spoken words with their punctuation.
fn as_written(transcript: &Transcript) -> Vec<&str> {
    let pieces = transcript.turns.iter().flat_map(|turn| &turn.pieces);
    let speech = pieces.filter_map(|piece| match piece {
        Piece::Speech { span, .. } => Some(span.of(&transcript.text)),
        Piece::Cue(_) => None,
    });
    speech.flat_map(str::split_whitespace).collect()
}

fn table(document: &Document) -> String {
    let mut out = format!(
        "{} against {}\n\n{:22}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n",
        document.hypothesis,
        document.reference,
        "",
        "errors",
        "of",
        "right",
        "changed",
        "missing",
        "added",
    );
    let rows = [
        ("words, raw", &document.raw.words),
        ("words, normalised", &document.normalised.words),
        ("characters, raw", &document.raw.characters),
        ("characters, normalised", &document.normalised.characters),
    ];
    for (label, row) in rows {
        let rate = format!("{:.2} %", row.rate * 100.0);
        let counts = [row.reference, row.hits, row.substitutions, row.deletions, row.insertions];
        let counts: String = counts.iter().map(|count| format!("{count:>9}")).collect();
        out += &format!("{label:22}{rate:>9}{counts}\n");
    }
    out + &desk_lines(&document.desk)
}

/// In per cent; only a text without error has all of them.
fn shown_accuracy(accuracy: f64) -> f64 {
    const NEARLY_ALL: f64 = 99.99;
    if accuracy < 1.0 { (accuracy * 100.0).min(NEARLY_ALL) } else { 100.0 }
}

fn desk_lines(desk: &Desk) -> String {
    let kinds = ErrorKind::ALL.iter().filter(|kind| kind.grade() == Grade::Serious);
    let of_kind = |kind: &ErrorKind| format!("{} {}", desk.kinds[kind.name()], kind.name());
    let serious = kinds.map(of_kind).collect::<Vec<_>>().join(", ");
    let Styles { spelling, capitals, punctuation, hesitations } = &desk.style;
    let all = spelling + capitals + punctuation + hesitations;
    format!(
        "\n{:22}{:>9}  {} serious ({serious}), {} standard, {} minor\n\
         {:22}{all:>9}  {spelling} spelling, {capitals} capitals, {punctuation} punctuation, \
         {hesitations} hesitations; not weighed\n",
        "desk score",
        format!("{:.2} %", shown_accuracy(desk.accuracy)),
        desk.serious,
        desk.standard,
        desk.minor,
        "style",
    )
}
