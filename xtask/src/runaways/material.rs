//! What the recogniser listens to: recordings that are there, and prompts that are spoken for the
//! purpose, whole, cut off in the middle, and after music; silence and music alone.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cargo::{command, must, succeeds};
use crate::corpus;

/// Endings of recordings.
const SOUNDS: [&str; 5] = ["flac", "mp3", "ogg", "opus", "wav"];

/// Voices of espeak-ng that speak the prompts, and their words a minute.
const VOICES: [(&str, &str); 4] =
    [("en-us", "160"), ("en-gb", "190"), ("en-us+f3", "140"), ("en-gb-scotland", "170")];

/// What is hard on a recogniser because one thing in it sounds much like the next; a line each.
const PROMPTS: &str = include_str!("../../fixtures/prompts.txt");

/// Samples a second of what is made here.
const RATE: u32 = 16_000;

/// A recording, and where the text of what is said in it stands; nothing is said where there is none.
pub struct Clip {
    pub audio: PathBuf,
    text: Option<PathBuf>,
}

impl Clip {
    /// What is said in it.
    pub fn said(&self) -> Result<String> {
        match &self.text {
            Some(path) => fs::read_to_string(path).with_context(|| path.display().to_string()),
            None => Ok(String::new()),
        }
    }
}

/// The project's stories, the corpus, and what is made in the folder `scratch`.
pub fn at_hand(scratch: &Path) -> Result<Vec<Clip>> {
    let mut folders: Vec<PathBuf> =
        ["stories/evaluation", "stories/training"].map(PathBuf::from).into();
    if let Some(corpus) = corpus::folder() {
        folders.extend(["public/audio", "train"].map(|folder| corpus.join(folder)));
    }
    let mut clips = of_folders(&folders)?;
    clips.push(demo());
    clips.extend(made(scratch)?);
    Ok(clips)
}

/// The recordings in folders that have a text beside them, in order.
pub fn of_folders(folders: &[PathBuf]) -> Result<Vec<Clip>> {
    let mut clips = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let audio = entry?.path();
            let text = audio.with_extension("txt");
            let is_sound =
                audio.extension().is_some_and(|it| SOUNDS.iter().any(|sound| it == *sound));
            if is_sound && text.is_file() {
                clips.push(Clip { audio, text: Some(text) });
            }
        }
    }
    clips.sort_by(|one, other| one.audio.cmp(&other.audio));
    Ok(clips)
}

fn demo() -> Clip {
    let folder = Path::new("crates/readback-cli/demo");
    Clip { audio: folder.join("story.mp3"), text: Some(folder.join("truth.txt")) }
}

/// Silence, music, and the prompts in several voices where there is a program that speaks.
fn made(scratch: &Path) -> Result<Vec<Clip>> {
    fs::create_dir_all(scratch)?;
    let without_words = [("silence", vec![0; 12 * RATE as usize]), ("music", music(20))];
    let mut clips = Vec::new();
    for (name, samples) in without_words {
        let audio = scratch.join(format!("{name}.wav"));
        fs::write(&audio, wave(&samples))?;
        clips.push(Clip { audio, text: None });
    }
    if !succeeds(command("espeak-ng", &["--version"])).unwrap_or(false) {
        eprintln!("no espeak-ng: no prompts are spoken");
        return Ok(clips);
    }
    for (number, prompt) in PROMPTS.lines().enumerate() {
        for (voice, pace) in VOICES {
            let name = format!("prompt-{number}-{voice}");
            clips.extend(spoken(scratch, &name, voice, pace, prompt)?);
        }
    }
    Ok(clips)
}

/// A prompt whole, two thirds of it, and behind music.
fn spoken(scratch: &Path, name: &str, voice: &str, pace: &str, prompt: &str) -> Result<Vec<Clip>> {
    let text = scratch.join(format!("{name}.txt"));
    fs::write(&text, prompt)?;
    let whole = scratch.join(format!("{name}.wav"));
    let mut speak = command("espeak-ng", &["-v", voice, "-s", pace, "-w"]);
    speak.arg(&whole).arg(prompt);
    must(speak)?;
    let (rate, samples) = samples(&fs::read(&whole)?).with_context(|| {
        format!("{}: not a recording as espeak-ng writes them", whole.display())
    })?;
    let cut = scratch.join(format!("{name}-cut.wav"));
    fs::write(&cut, wave_at(rate, &samples[..samples.len() * 2 / 3]))?;
    let late = scratch.join(format!("{name}-late.wav"));
    let mut behind_music = music_at(rate, 8);
    behind_music.extend(&samples);
    fs::write(&late, wave_at(rate, &behind_music))?;
    let clip = |audio| Clip { audio, text: Some(text.clone()) };
    Ok(vec![clip(whole), clip(cut), clip(late)])
}

fn music(seconds: u32) -> Vec<i16> {
    music_at(RATE, seconds)
}

/// Chords of three tones that change twice a second, each dying away.
fn music_at(rate: u32, seconds: u32) -> Vec<i16> {
    const ROOTS: [f64; 4] = [220.0, 261.6, 174.6, 196.0];
    let sample = |index: u32| {
        let time = f64::from(index) / f64::from(rate);
        let root = ROOTS[(time * 2.0) as usize % ROOTS.len()];
        let tone = |ratio: f64| (std::f64::consts::TAU * root * ratio * time).sin();
        let chord = tone(1.0) + tone(1.25) + tone(1.5);
        (chord * (-3.0 * (time % 0.5)).exp() * 5000.0) as i16
    };
    (0..rate * seconds).map(sample).collect()
}

fn wave(samples: &[i16]) -> Vec<u8> {
    wave_at(RATE, samples)
}

/// A WAV file of one channel with 16 bits a sample.
fn wave_at(rate: u32, samples: &[i16]) -> Vec<u8> {
    let bytes = 2 * samples.len() as u32;
    let mut file = Vec::with_capacity(44 + bytes as usize);
    file.extend(b"RIFF");
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend([1_u16, 1].map(u16::to_le_bytes).concat());
    file.extend([rate, 2 * rate].map(u32::to_le_bytes).concat());
    file.extend([2_u16, 16].map(u16::to_le_bytes).concat());
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    file
}

/// The rate and the samples of such a file.
fn samples(file: &[u8]) -> Option<(u32, Vec<i16>)> {
    let rate = u32::from_le_bytes(file.get(24..28)?.try_into().ok()?);
    let sound = file.get(44..)?;
    Some((rate, sound.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let written = wave_at(22_050, &[1, -2, 300]);
        assert_eq!(samples(&written), Some((22_050, vec![1, -2, 300])));
        assert_eq!(samples(&written[..20]), None);
    }

    #[test]
    fn music_is_heard_and_does_not_clip() {
        let music = music(2);
        assert_eq!(music.len(), 2 * RATE as usize);
        assert!(music.iter().any(|sample| *sample > 5000));
        assert!(music.iter().all(|sample| sample.unsigned_abs() < i16::MAX.unsigned_abs()));
    }

    #[test]
    fn only_recordings_with_a_text_are_clips() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.wav", "b.txt", "a.flac", "a.txt", "c.wav", "d.txt"] {
            fs::write(folder.path().join(name), name).expect("written");
        }
        let clips = of_folders(&[folder.path().to_owned()]).expect("a folder");
        let said: Vec<String> = clips.iter().map(|clip| clip.said().expect("a text")).collect();
        assert_eq!(said, ["a.txt", "b.txt"]);
    }
}
