//! Deliveries: which files are transcripts, which recording belongs to which, and what is known of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use globset::Glob;
use jiff::civil::Date;
use readback::audio::ENDINGS;
use readback_archive::{About, Adding, Attachment, Feed, Slug};
use readback_formats::{Parsed, ReadOptions};
use readback_transcript::{NoteKind, Problem};

use crate::files;
use crate::folders::{below, ends_in, is_audio, is_text};
use crate::pipeline;

/// What stands before the ending of tables that tools write beside a transcript.
const TABLES: &[&str] = &["segments", "words", "truth"];

/// Endings of files that are still being written.
const PARTIAL: &[&str] = &["part", "partial", "tmp", "crdownload", "filepart"];

/// A transcript that came in, with its recording, and what is known of it besides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Its file.
    pub text: PathBuf,
    /// Its recording.
    pub audio: Option<PathBuf>,
    /// The story's short name, if it is not that of the file.
    pub slug: Option<String>,
    /// What is known.
    pub known: Details,
}

/// What is known of a delivery besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct Details {
    /// Headline of the story [default: that of the text, else the file's name]
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    /// Programme it was broadcast in
    #[arg(long, value_name = "NAME")]
    pub programme: Option<String>,

    /// Day of the broadcast, as 2026-11-26
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,

    /// Who delivered the transcript
    #[arg(long, value_name = "NAME")]
    pub contractor: Option<String>,

    /// Whether the recording is of the first feed, not the final one
    #[arg(long)]
    pub first_feed: bool,

    /// Where the public hears the recording
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
}

/// What was found among files, folders and patterns.
#[derive(Debug, Default)]
pub struct Found {
    /// The transcripts, each with the recording of the same name.
    pub deliveries: Vec<Delivery>,
    /// Files that lie beside one of them and tell of the same story.
    pub companions: Vec<PathBuf>,
}

/// The transcripts among the files, folders and patterns.
pub fn deliveries(paths: &[PathBuf], known: &Details) -> Result<Found> {
    let mut found = Vec::new();
    for path in paths {
        found.extend(files_of(path)?);
    }
    found.sort();
    found.dedup();
    let (found, companions) = parted(found);
    let mut audio: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for path in found.iter().filter(|path| is_audio(path)) {
        audio.insert(stem(path), path.clone());
    }
    // What was named on its own is a transcript, whatever it is called.
    let texts = found.into_iter().filter(|path| !is_audio(path));
    let delivery = |text: PathBuf| Delivery {
        audio: audio.get(&stem(&text)).cloned().or_else(|| beside(&text)),
        text,
        slug: None,
        known: known.clone(),
    };
    Ok(Found { deliveries: texts.map(delivery).collect(), companions })
}

/// The files that are a story or its recording, and those that only lie beside one.
pub fn parted(files: Vec<PathBuf>) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let mut best: BTreeMap<PathBuf, Telling> = BTreeMap::new();
    for path in &files {
        let telling = Telling::of(path);
        best.entry(stem(path)).and_modify(|it| *it = telling.min(*it)).or_insert(telling);
    }
    let is_best = |path: &PathBuf| {
        let is_best = Some(&Telling::of(path)) == best.get(&stem(path));
        is_audio(path) || is_best && !is_wordless(path)
    };
    files.into_iter().partition(is_best)
}

/// How much a file tells of what was said, the most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Telling {
    /// A transcript for people.
    Text,
    /// Words with times: captions, a recogniser's output. A recording is as good.
    Timed,
    /// No running text.
    Table,
}

impl Telling {
    fn of(path: &Path) -> Self {
        let is_table = is_wordless(path) || table(path).is_some_and(|kind| kind != "segments");
        match () {
            () if readback_formats::is_for_people(path) => Self::Text,
            () if is_table => Self::Table,
            () => Self::Timed,
        }
    }
}

/// Whether a file is of a format that has no place for words.
fn is_wordless(path: &Path) -> bool {
    is_text(path) && !readback_formats::formats_of_file(path).any(|format| format.carries.words)
}

/// The kind of table that a file says it is, as in `flood.words.json`.
fn table(path: &Path) -> Option<&str> {
    let kind = Path::new(path.file_stem()?).extension()?.to_str()?;
    (ends_in(path, &["json"]) && TABLES.contains(&kind)).then_some(kind)
}

/// The name that all files of a story share.
fn stem(path: &Path) -> PathBuf {
    let stem = path.with_extension("");
    if table(path).is_some() { stem.with_extension("") } else { stem }
}

/// The transcripts that a manifest lists: a table with tabs between its columns, whose first line names
/// them: `transcript`, `audio`, `story`, `title`, `programme`, `date`, `contractor`, `feed`, `url`.
pub fn manifest(path: &Path, known: &Details) -> Result<Vec<Delivery>> {
    let bytes = files::read(path)?;
    let (text, _) = readback_formats::decode_text(&bytes)
        .with_context(|| format!("cannot read the manifest {}", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').map(str::trim).collect();
    if !columns.contains(&"transcript") {
        bail!("{}: its first line names no column `transcript`", path.display());
    }
    let mut found = Vec::new();
    for (number, line) in (2..).zip(lines).filter(|it| !it.1.trim().is_empty()) {
        let delivery = listed(&columns, line, folder, known);
        found.push(delivery.with_context(|| format!("{}:{number}", path.display()))?);
    }
    Ok(found)
}

fn listed(columns: &[&str], line: &str, folder: &Path, known: &Details) -> Result<Delivery> {
    let mut delivery = Delivery { known: known.clone(), ..Delivery::default() };
    for (column, value) in columns.iter().zip(line.split('\t').map(str::trim)) {
        if value.is_empty() {
            continue;
        }
        let text = || Some(value.to_owned());
        match *column {
            "transcript" => delivery.text = folder.join(value),
            "audio" => delivery.audio = Some(folder.join(value)),
            "story" => delivery.slug = text(),
            "title" => delivery.known.title = text(),
            "programme" => delivery.known.programme = text(),
            "date" => {
                delivery.known.date = Some(value.parse().with_context(|| format!("date {value}"))?);
            }
            "contractor" => delivery.known.contractor = text(),
            "feed" => delivery.known.first_feed = value == "first",
            "url" => delivery.known.url = text(),
            other => bail!("there is no column {other}"),
        }
    }
    if delivery.text == Path::new("") {
        Err(anyhow!("it names no transcript"))
    } else {
        Ok(delivery)
    }
}

/// The file itself, the texts and recordings of a folder, or the files that a pattern fits.
fn files_of(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_dir() {
        return delivered(path);
    }
    let pattern = path.to_string_lossy();
    if path.exists() || !pattern.contains(['*', '?', '[']) {
        return Ok(vec![path.into()]);
    }
    let glob =
        Glob::new(&pattern).with_context(|| format!("{pattern} is no pattern"))?.compile_matcher();
    let fixed = path.ancestors().find(|it| !it.to_string_lossy().contains(['*', '?', '[']));
    let from = fixed.filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let here = |it: &PathBuf| glob.is_match(it.strip_prefix("./").unwrap_or(it));
    let found: Vec<PathBuf> = complete(from)?.into_iter().filter(here).collect();
    if found.is_empty() {
        bail!("no file fits {pattern}");
    }
    Ok(found)
}

/// The texts and recordings in a folder and those below it.
pub fn delivered(folder: &Path) -> Result<Vec<PathBuf>> {
    let found = complete(folder)?.into_iter();
    Ok(found.filter(|path| is_text(path) || is_audio(path)).collect())
}

/// Every file in a folder and those below it but for the ones still being written.
fn complete(folder: &Path) -> Result<Vec<PathBuf>> {
    let is_complete =
        |found: &Result<PathBuf>| found.as_ref().map_or(true, |it| !ends_in(it, PARTIAL));
    below(folder).filter(is_complete).collect()
}

/// The recording of the same name beside a text.
fn beside(text: &Path) -> Option<PathBuf> {
    let stem = stem(text);
    let with = |ending: &&str| {
        let mut name = stem.clone().into_os_string();
        name.push(".");
        name.push(ending);
        PathBuf::from(name)
    };
    ENDINGS.iter().map(with).find(|path| path.is_file())
}

impl Delivery {
    /// Its file's name, as far as the files of the story share it.
    fn name(&self) -> String {
        stem(&self.text).file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The story it is of, by its name.
    pub fn slug(&self) -> Result<Slug> {
        Ok(Slug::from_name(&self.slug.clone().unwrap_or_else(|| self.name()))?)
    }

    /// Reads it; also what is malformed in the transcript.
    pub fn read(&self) -> Result<(Adding, Vec<Problem>)> {
        let bytes = files::read(&self.text)?;
        let Parsed { transcript, problems } =
            files::interpret(&bytes, &self.text, &ReadOptions::default())
                .with_context(|| format!("cannot read the transcript {}", self.text.display()))?;
        let headline = transcript.notes.iter().find(|note| note.kind == NoteKind::Headline);
        let headline = headline.map(|note| note.span.of(&transcript.text).trim().to_owned());
        let name = self.text.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let about = About {
            title: self.known.title.clone().or(headline).unwrap_or_else(|| self.name()),
            programme: self.known.programme.clone(),
            date: self.known.date,
            contractor: self.known.contractor.clone(),
        };
        let recordings = self.audio.iter().map(|audio| attachment(audio, &self.known)).collect();
        let original = (bytes, name);
        let adding = Adding { slug: self.slug()?, about, original, transcript, recordings };
        Ok((adding, problems))
    }

    /// Says on standard error what is malformed in the transcript that was read.
    pub fn say_problems(&self, read: &Adding, problems: &[Problem]) {
        files::say_problems(&files::shown(&self.text), &read.transcript.text, problems);
    }
}

/// A recording as it is kept.
pub fn attachment(audio: &Path, known: &Details) -> Attachment {
    let feed = if known.first_feed { Feed::First } else { Feed::Final };
    // A recording that cannot be heard is kept all the same; a check will say what is wrong with it.
    let length = pipeline::open(audio).ok().and_then(|recording| recording.stated_length());
    Attachment { path: audio.into(), length, feed, url: known.url.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn texts_are_paired_with_recordings_of_the_same_name_and_partial_files_left() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "a.mp3", "b.vtt", "c.wav", "d.txt.part", ".e.txt", "readme.md5"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let found = deliveries(&[folder.path().into()], &Details::default()).unwrap().deliveries;
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        let pairs: Vec<_> =
            found.iter().map(|it| (name(&it.text), it.audio.as_deref().map(name))).collect();
        assert_eq!(pairs, [("a.txt".into(), Some("a.mp3".into())), ("b.vtt".into(), None)]);
        let pattern = folder.path().join("*.txt");
        let found = deliveries(&[pattern], &Details::default()).unwrap().deliveries;
        assert_eq!((found.len(), found[0].audio.as_deref().map(name)), (1, Some("a.mp3".into())));
    }

    #[test]
    fn what_lies_beside_a_transcript_is_no_story_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "a.txt",
            "a.flac",
            "a.segments.json",
            "a.words.json",
            "a.truth.json",
            "a.rttm",
            "a.srt",
            "b.flac",
            "b.segments.json",
            "b.rttm",
            "c.rttm",
            "d.vtt",
            "e.1.docx",
        ];
        for name in names {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let found = deliveries(&[folder.path().into()], &Details::default()).unwrap();
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        let told: Vec<_> = found
            .deliveries
            .iter()
            .map(|it| (name(&it.text), it.slug().unwrap().to_string(), it.audio.is_some()))
            .collect();
        let expected = [
            ("a.txt", "a", true),
            ("b.segments.json", "b", true),
            ("d.vtt", "d", false),
            ("e.1.docx", "e.1", false),
        ];
        assert_eq!(told, expected.map(|it| (it.0.to_owned(), it.1.to_owned(), it.2)));
        assert_eq!(found.companions.len(), 7);
        let alone = deliveries(&[folder.path().join("a.srt")], &Details::default()).unwrap();
        assert_eq!(alone.deliveries.len(), 1);
    }

    #[test]
    fn a_manifest_says_what_belongs_together() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.tsv");
        fs::write(&path, "transcript\taudio\tstory\tdate\nx.txt\ty.mp3\tflood\t2026-11-26\n")
            .unwrap();
        let found = manifest(&path, &Details::default()).unwrap();
        assert_eq!(found[0].audio, Some(folder.path().join("y.mp3")));
        assert_eq!(found[0].slug().unwrap().as_str(), "flood");
        fs::write(&path, "transcript\tdate\nx.txt\tsoon\n").unwrap();
        assert!(manifest(&path, &Details::default()).is_err());
    }
}
