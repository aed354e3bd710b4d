//! A recording: its name, and its sound as a stream of 16 kHz mono blocks.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use readback_transcript::Length;
use tempfile::NamedTempFile;

use crate::RATE;
use crate::decode::{Chunk, Decoding, Refusal};
use crate::error::{AudioError, Warning};
use crate::ffmpeg::{Outside, Unhelpful};
use crate::resample::Resampler;

/// Samples in one block, but for the last: half a second.
const BLOCK: usize = RATE as usize / 2;
/// A file is cut short when less than this share of what it states is there.
const WHOLE: f64 = 0.98;

/// What names a recording: the content of its file, whatever the file is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The BLAKE3 hash of the file's bytes, as 64 hexadecimal digits.
    pub blake3: String,
    /// Number of bytes.
    pub bytes: u64,
}

/// An opened recording. Iterating gives blocks of mono samples at [`RATE`], within -1 and 1.
///
/// Damage is no error: damaged frames become silence of equal length, a file that is cut short ends
/// early, and [`warnings`](Recording::warnings) tells once the end was reached.
pub struct Recording {
    path: PathBuf,
    identity: Identity,
    source: Source,
    resampler: Option<Resampler>,
    ready: Vec<f32>,
    given: u64,
    ended: bool,
    /// Keeps what came from standard input until the end.
    _spool: Option<NamedTempFile>,
}

enum Source {
    Own(Box<Decoding>),
    Outside(Outside),
}

impl Recording {
    /// Opens the recording at `path`, `-` being standard input, and decodes its first sound.
    pub fn open(path: &Path) -> Result<Self, AudioError> {
        Self::open_with(path, Path::new("ffmpeg"))
    }

    /// Reads a recording from anywhere, keeping its bytes in a temporary file; `name` stands for it in errors.
    pub fn read(reader: impl Read, name: &Path) -> Result<Self, AudioError> {
        let spool = spool(reader).map_err(|source| AudioError::Spool { source })?;
        let kept = spool.path().to_path_buf();
        Self::decode(&kept, name, Path::new("ffmpeg"), Some(spool))
    }

    pub(crate) fn open_with(path: &Path, ffmpeg: &Path) -> Result<Self, AudioError> {
        if path == Path::new("-") {
            return Self::read(io::stdin().lock(), Path::new("standard input"));
        }
        let unreadable = |source| unreadable(path, source);
        let found = fs::metadata(path).map_err(unreadable)?;
        if found.is_dir() {
            return Err(AudioError::Folder { path: path.into() });
        }
        if !found.is_file() {
            return Self::read(File::open(path).map_err(unreadable)?, path);
        }
        Self::decode(path, path, ffmpeg, None)
    }

    fn decode(
        bytes: &Path,
        name: &Path,
        ffmpeg: &Path,
        spool: Option<NamedTempFile>,
    ) -> Result<Self, AudioError> {
        let identity = identify(bytes).map_err(|source| unreadable(name, source))?;
        if identity.bytes == 0 {
            return Err(AudioError::Empty { path: name.into() });
        }
        let source = Source::open(bytes, name, ffmpeg)?;
        Ok(Self {
            path: name.into(),
            identity,
            source,
            resampler: None,
            ready: Vec::new(),
            given: 0,
            ended: false,
            _spool: spool,
        })
    }

    /// Where it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What names it.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// How long it says it is, for a progress bar; often missing and sometimes wrong.
    pub fn stated_length(&self) -> Option<Length> {
        match &self.source {
            Source::Own(decoding) => decoding.stated(),
            Source::Outside(_) => None,
        }
    }

    /// How much was given out so far; after the end, how long it is.
    pub fn length(&self) -> Length {
        length(self.given)
    }

    /// What is wrong with it, as far as was seen up to now.
    pub fn warnings(&self) -> Vec<Warning> {
        match &self.source {
            Source::Own(decoding) => self.own_warnings(decoding),
            Source::Outside(outside) => {
                outside.said().map(|said| Warning::Outside(said.into())).into_iter().collect()
            }
        }
    }

    fn own_warnings(&self, decoding: &Decoding) -> Vec<Warning> {
        let damage = decoding.damage();
        let silence = Length::from_seconds(damage.silence);
        let damaged =
            (damage.places > 0).then_some(Warning::Damaged { places: damage.places, silence });
        let short = decoding.stated().is_some_and(|stated| {
            self.ended && self.length().seconds() < WHOLE * stated.seconds() - 0.1
        });
        let (heard, stated) = (self.length(), decoding.stated());
        let cut = (damage.cut || short).then_some(Warning::Truncated { heard, stated });
        damaged.into_iter().chain(cut).collect()
    }

    /// Decodes until a block is full or the recording ends.
    fn fill(&mut self) {
        while self.ready.len() < BLOCK && !self.ended {
            match self.source.next() {
                Some(chunk) => self.take(&chunk),
                None => self.end(),
            }
        }
    }

    fn take(&mut self, chunk: &Chunk) {
        if self.resampler.as_ref().is_some_and(|resampler| resampler.rate() != chunk.rate) {
            self.finish_rate();
        }
        let resampler = self.resampler.get_or_insert_with(|| Resampler::new(chunk.rate));
        resampler.push(&chunk.samples, &mut self.ready);
    }

    fn finish_rate(&mut self) {
        if let Some(resampler) = self.resampler.take() {
            resampler.finish(&mut self.ready);
        }
    }

    fn end(&mut self) {
        self.finish_rate();
        self.ended = true;
    }
}

impl Iterator for Recording {
    type Item = Vec<f32>;

    fn next(&mut self) -> Option<Vec<f32>> {
        self.fill();
        let count = self.ready.len().min(BLOCK);
        let mut block: Vec<f32> = self.ready.drain(..count).collect();
        for sample in &mut block {
            *sample = sample.clamp(-1.0, 1.0);
        }
        self.given += count as u64;
        (count > 0).then_some(block)
    }
}

impl Source {
    /// Our own decoders first; what they refuse goes to `ffmpeg`.
    fn open(bytes: &Path, name: &Path, ffmpeg: &Path) -> Result<Self, AudioError> {
        let file = File::open(bytes).map_err(|source| unreadable(name, source))?;
        let refusal = match Decoding::open(bytes, file) {
            Ok(decoding) => return Ok(Self::Own(Box::new(decoding))),
            Err(refusal) => refusal,
        };
        if matches!(refusal, Refusal::NotAudio) && is_text(bytes) {
            return Err(AudioError::NotAudio {
                path: name.into(),
                advice: ": it holds text".into(),
            });
        }
        match Outside::open(ffmpeg, bytes) {
            Ok(outside) => Ok(Self::Outside(outside)),
            Err(unhelpful) => Err(explain(name, refusal, unhelpful)),
        }
    }

    fn next(&mut self) -> Option<Chunk> {
        match self {
            Self::Own(decoding) => decoding.next(),
            Self::Outside(outside) => outside.next().map(|samples| Chunk { rate: RATE, samples }),
        }
    }
}

/// One sentence out of what both decoders said.
fn explain(name: &Path, refusal: Refusal, unhelpful: Unhelpful) -> AudioError {
    let path = name.into();
    match (refusal, unhelpful) {
        (Refusal::NoAudioTrack, _) => AudioError::NoAudioTrack { path },
        (Refusal::NotAudio, Unhelpful::Absent) => AudioError::NotAudio {
            path,
            advice: " of a kind known here; installing ffmpeg would let more kinds be read".into(),
        },
        (Refusal::NotAudio, Unhelpful::Silent(said)) if has_no_stream(&said) => {
            AudioError::NoAudioTrack { path }
        }
        (Refusal::NotAudio, Unhelpful::Silent(_)) => {
            AudioError::NotAudio { path, advice: String::new() }
        }
        (Refusal::Undecodable(reason), Unhelpful::Absent) => AudioError::NothingDecodable {
            path,
            reason: format!("{reason}; installing ffmpeg would let more kinds be read"),
        },
        (Refusal::Undecodable(reason), Unhelpful::Silent(said)) => {
            let said =
                if said.is_empty() { String::new() } else { format!("; ffmpeg says: {said}") };
            AudioError::NothingDecodable { path, reason: reason + &said }
        }
    }
}

fn has_no_stream(said: &str) -> bool {
    said.contains("matches no streams") || said.contains("does not contain any stream")
}

fn unreadable(path: &Path, source: io::Error) -> AudioError {
    let path = path.into();
    match source.kind() {
        ErrorKind::NotFound => AudioError::Missing { path },
        _ => AudioError::Unreadable { path, source },
    }
}

fn identify(path: &Path) -> io::Result<Identity> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(Identity { bytes: hasher.count(), blake3: hasher.finalize().to_hex().to_string() })
}

fn spool(mut reader: impl Read) -> io::Result<NamedTempFile> {
    let mut spool = NamedTempFile::with_prefix("readback-")?;
    io::copy(&mut reader, &mut spool)?;
    Ok(spool)
}

/// Whether a file starts like text: no recording does.
fn is_text(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut start));
    let blank = |byte: u8| byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    read.is_ok() && start.iter().all(|&byte| blank(byte)) && starts_as_utf8(&start)
}

/// Whether the bytes are UTF-8, but perhaps for a character cut at their end.
fn starts_as_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

fn length(samples: u64) -> Length {
    Length::from_micros((samples * 1_000_000 / u64::from(RATE)) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_ffmpeg_the_advice_is_to_install_it() {
        let mut file = NamedTempFile::new().expect("a temporary file");
        io::Write::write_all(&mut file, &[0xfe; 5_000]).expect("room for it");
        let refusal = Recording::open_with(file.path(), Path::new("no-such-program"));
        let message = refusal.err().expect("no recording").to_string();
        assert!(message.ends_with(
            "is not an audio file of a kind known here; installing ffmpeg would let more kinds be read"
        ));
    }
}
