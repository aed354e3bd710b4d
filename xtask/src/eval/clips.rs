//! What is evaluated, and what is fitted on: the project's own stories, and English clips of the corpus where
//! there is one. No recording is in both sets.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::corpus;

/// What recordings are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Measuring; nothing is ever fitted on them.
    Evaluation,
    /// Fitting the weights of a finding's confidence.
    Training,
}

impl Set {
    /// As its folder is called.
    pub fn name(self) -> &'static str {
        match self {
            Set::Evaluation => "evaluation",
            Set::Training => "training",
        }
    }
}

/// How a recording was spoken; false alarms are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Synthesised news radio.
    Story,
    /// One voice at a time, reading or speaking to an audience.
    Reading,
    /// Several people talking, some at once.
    Meeting,
}

impl Manner {
    /// In the order of the report.
    pub const ALL: [Manner; 3] = [Manner::Story, Manner::Reading, Manner::Meeting];

    /// As the report names it.
    pub fn name(self) -> &'static str {
        match self {
            Manner::Story => "stories",
            Manner::Reading => "clean readings",
            Manner::Meeting => "meetings",
        }
    }
}

/// A recording and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// As the report names it.
    pub name: String,
    /// The sound.
    pub audio: PathBuf,
    /// The true transcript.
    pub text: PathBuf,
    /// How it was spoken.
    pub manner: Manner,
}

/// Those of [`of`] with these names, or all.
pub fn named(set: Set, corpus: bool, names: &[String]) -> Result<Vec<Clip>> {
    chosen(of(set, corpus)?, names)
}

/// The stories of a set, and the corpus's clips for the same purpose if it exists and is wanted.
pub fn of(set: Set, corpus: bool) -> Result<Vec<Clip>> {
    let mut clips = stories(&Path::new("stories").join(set.name()))?;
    if corpus {
        match corpus::folder() {
            Some(folder) => clips.extend(of_the_corpus(&folder, set)?),
            None => eprintln!("no evaluation corpus: only the project's own stories take part"),
        }
    }
    Ok(clips)
}

/// Those of these names, each of which there must be; all where no name is given.
fn chosen(mut clips: Vec<Clip>, names: &[String]) -> Result<Vec<Clip>> {
    if let Some(unknown) = names.iter().find(|name| clips.iter().all(|clip| clip.name != **name)) {
        let known: Vec<&str> = clips.iter().map(|clip| &*clip.name).collect();
        bail!("no recording is called {unknown:?}; there are {}", known.join(", "));
    }
    clips.retain(|clip| names.is_empty() || names.contains(&clip.name));
    Ok(clips)
}

/// The stories of a folder, in order.
fn stories(folder: &Path) -> Result<Vec<Clip>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let recordings =
        paths.into_iter().filter(|path| path.extension().is_some_and(|it| it == "mp3"));
    let clips = recordings.map(|audio| Clip {
        name: audio.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        text: audio.with_extension("txt"),
        audio,
        manner: Manner::Story,
    });
    let mut clips: Vec<Clip> = clips.collect();
    clips.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(clips)
}

/// The corpus's English clips with a text; those for measuring with the story that it is named after.
fn of_the_corpus(corpus: &Path, set: Set) -> Result<Vec<Clip>> {
    let folder = corpus.join(match set {
        Set::Evaluation => "public",
        Set::Training => "train",
    });
    let table = folder.join("SOURCES.tsv");
    let table = fs::read_to_string(&table).with_context(|| table.display().to_string())?;
    let mut clips: Vec<Clip> = table.lines().filter_map(|row| listed(&folder, row)).collect();
    let seed = corpus.join("seed");
    let (audio, text) = (seed.join("recording.flac"), seed.join("truth.txt"));
    if set == Set::Evaluation && audio.exists() && text.exists() {
        clips.push(Clip { name: "seed".into(), audio, text, manner: Manner::Story });
    }
    Ok(clips)
}

/// A row of the corpus's table (name, file, language, seconds, words, speakers, kind, …, note), if it is an
/// English recording with a text of what was said: a prompt tells only what somebody was to read.
fn listed(folder: &Path, row: &str) -> Option<Clip> {
    let columns: Vec<&str> = row.split('\t').collect();
    let [name, file, "en", _, _, _, kind, ..] = columns[..] else { return None };
    if row.contains("reference is the prompt") {
        return None;
    }
    let audio = folder.join(file);
    let text = audio.with_extension("txt");
    let manner = match kind {
        "meeting" => Manner::Meeting,
        story if story.contains("story") => Manner::Story,
        _ => Manner::Reading,
    };
    let clip = Clip { name: name.to_owned(), audio, text, manner };
    (clip.audio.is_file() && clip.text.is_file()).then_some(clip)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo;

    #[test]
    fn a_row_of_the_table_is_a_clip_if_it_is_english_and_has_a_text() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["one.flac", "one.txt", "two.flac"] {
            fs::write(folder.path().join(name), "").expect("written");
        }
        let read = |row: &str| listed(folder.path(), row).map(|clip| clip.manner);
        assert_eq!(read("one\tone.flac\ten\t30\t84\t3\tmeeting\tx"), Some(Manner::Meeting));
        assert_eq!(read("one\tone.flac\ten\t9\t8\t5\tsynthesized story\tx"), Some(Manner::Story));
        assert_eq!(read("one\tone.flac\tde\t30\t84\t3\tread\tx"), None);
        assert_eq!(read("two\ttwo.flac\ten\t30\t84\t3\tread\tx"), None);
        assert_eq!(read("name\tfile"), None);
        assert_eq!(read("one\tone.flac\ten\t9\t8\t1\tread\tthe reference is the prompt"), None);
    }

    #[test]
    fn a_name_that_no_recording_has_is_an_error() {
        let clips = stories(&cargo::root().join("stories/training")).expect("stories");
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let error = chosen(clips.clone(), &names(&["farm", "court"])).expect_err("no such story");
        assert_eq!(
            error.to_string(),
            "no recording is called \"court\"; there are farm, school, space, sports"
        );
        assert_eq!(chosen(clips.clone(), &names(&["farm"])).expect("a story").len(), 1);
        assert_eq!(chosen(clips, &[]).expect("stories").len(), 4);
    }

    #[test]
    fn every_story_has_a_recording_a_script_and_a_text_and_is_in_one_set_only() {
        let folder = cargo::root().join("stories");
        let names = |set: Set| -> Vec<String> {
            let clips = stories(&folder.join(set.name())).expect("stories");
            for clip in &clips {
                assert!(clip.text.is_file(), "{}", clip.text.display());
                assert!(clip.audio.with_extension("story").is_file(), "{}", clip.name);
            }
            clips.into_iter().map(|clip| clip.name).collect()
        };
        let (evaluation, training) = (names(Set::Evaluation), names(Set::Training));
        assert_eq!((evaluation.len(), training.len()), (7, 4));
        assert!(evaluation.iter().all(|name| !training.contains(name)));
    }
}
