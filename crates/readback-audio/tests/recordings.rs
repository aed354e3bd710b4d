//! What comes out of recordings of every kind, whole and damaged. The recordings are made here; compressed
//! ones by an installed `ffmpeg`, without which those tests say that they skip.

#![expect(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::f64::consts::TAU;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use readback_audio::{AudioError, RATE, Recording, Warning};
use tempfile::TempDir;

/// A WAV file's make-up.
struct Wav {
    rate: u32,
    channels: u16,
    bits: u16,
    /// 1 for whole numbers, 3 for floats.
    format: u16,
}

const CD: Wav = Wav { rate: 44_100, channels: 2, bits: 16, format: 1 };

impl Wav {
    /// The file with these samples in every channel.
    fn bytes(&self, samples: &[f64]) -> Vec<u8> {
        let data: Vec<u8> = samples
            .iter()
            .flat_map(|&sample| std::iter::repeat_n(sample, self.channels.into()))
            .flat_map(|sample| self.encoded(sample))
            .collect();
        self.around(&data, data.len() as u32)
    }

    fn around(&self, data: &[u8], stated: u32) -> Vec<u8> {
        let frame = self.channels * self.bits / 8;
        let mut out = Vec::new();
        out.extend(b"RIFF");
        out.extend((36 + stated).to_le_bytes());
        out.extend(b"WAVEfmt \x10\0\0\0");
        out.extend(self.format.to_le_bytes());
        out.extend(self.channels.to_le_bytes());
        out.extend(self.rate.to_le_bytes());
        out.extend((self.rate * u32::from(frame)).to_le_bytes());
        out.extend(frame.to_le_bytes());
        out.extend(self.bits.to_le_bytes());
        out.extend(b"data");
        out.extend(stated.to_le_bytes());
        out.extend(data);
        out
    }

    fn encoded(&self, sample: f64) -> Vec<u8> {
        match (self.format, self.bits) {
            (1, 8) => vec![(sample * 127.0 + 128.0) as u8],
            (1, 16) => ((sample * 32_767.0) as i16).to_le_bytes().to_vec(),
            (1, 24) => ((sample * 8_388_607.0) as i32).to_le_bytes()[..3].to_vec(),
            _ => (sample as f32).to_le_bytes().to_vec(),
        }
    }
}

/// Silence of `seconds` with 5 ms of a 1 kHz tone at each of `clicks` (seconds).
fn clicks(rate: u32, seconds: f64, clicks: &[f64]) -> Vec<f64> {
    let rate = f64::from(rate);
    let sample = |n: usize| {
        let t = n as f64 / rate;
        let sounding = clicks.iter().any(|&click| (0.0..0.005).contains(&(t - click)));
        if sounding { 0.8 * (TAU * 1_000.0 * t).sin() } else { 0.0 }
    };
    (0..(seconds * rate).round() as usize).map(sample).collect()
}

fn tone(rate: u32, seconds: f64) -> Vec<f64> {
    let rate = f64::from(rate);
    (0..(seconds * rate) as usize).map(|n| 0.5 * (TAU * 440.0 * n as f64 / rate).sin()).collect()
}

/// A file in a folder that goes away with the value.
struct Kept {
    _folder: TempDir,
    path: PathBuf,
}

fn keep(name: &str, bytes: &[u8]) -> Kept {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    Kept { _folder: folder, path }
}

/// All of a recording, and what was wrong with it.
fn hear(path: &Path) -> Result<(Vec<f32>, Vec<Warning>), AudioError> {
    let mut recording = Recording::open(path)?;
    let samples: Vec<f32> = recording.by_ref().flatten().collect();
    assert_eq!(recording.length().micros(), samples.len() as i64 * 1_000_000 / i64::from(RATE));
    Ok((samples, recording.warnings()))
}

fn hear_bytes(name: &str, bytes: &[u8]) -> Result<(Vec<f32>, Vec<Warning>), AudioError> {
    hear(&keep(name, bytes).path)
}

/// Seconds at which sound sets in after silence.
fn onsets(samples: &[f32]) -> Vec<f64> {
    let loud: Vec<usize> = (0..samples.len()).filter(|&n| samples[n].abs() > 0.15).collect();
    let begins = |i: usize| i == 0 || loud[i] - loud[i - 1] > RATE as usize / 50;
    (0..loud.len()).filter(|&i| begins(i)).map(|i| loud[i] as f64 / f64::from(RATE)).collect()
}

fn assert_clicks(what: &str, samples: &[f32], expected: &[f64], tolerance: f64) {
    let found = onsets(samples);
    assert_eq!(found.len(), expected.len(), "{what}: {found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < tolerance, "{what}: {found} not {expected}");
    }
}

/// Has `ffmpeg` write `wav` as `name`; `None`, saying so, without `ffmpeg` or its encoder.
fn compressed(wav: &[u8], name: &str, options: &[&str]) -> Option<Kept> {
    let source = keep("source.wav", wav);
    let target = keep(name, b"");
    let run = Command::new("ffmpeg")
        .args(["-nostdin", "-y", "-v", "error", "-i"])
        .arg(&source.path)
        .args(options)
        .arg(&target.path)
        .stderr(Stdio::null())
        .status();
    if run.is_ok_and(|status| status.success()) {
        return Some(target);
    }
    eprintln!("skipped: no ffmpeg here that can write {name}");
    None
}

#[test]
fn wav_of_every_make_up_keeps_its_length_level_and_times() {
    let at = [0.25, 1.0, 1.9];
    for rate in [8_000, 16_000, 22_050, 44_100, 48_000, 96_000] {
        for (bits, format) in [(8, 1), (16, 1), (24, 1), (32, 3)] {
            for channels in [1, 2, 6] {
                let what = format!("{rate} Hz, {bits} bits, {channels} channels");
                let wav = Wav { rate, channels, bits, format }.bytes(&clicks(rate, 2.0, &at));
                let (samples, warnings) = hear_bytes("a.wav", &wav).unwrap();
                assert_eq!(samples.len(), 2 * RATE as usize, "{what}");
                assert_clicks(&what, &samples, &at, 0.002);
                assert_eq!(warnings, [], "{what}");
            }
        }
    }
}

#[test]
fn a_tenth_of_a_second_is_a_recording_and_so_is_one_sample() {
    let (samples, warnings) = hear_bytes("a.wav", &CD.bytes(&tone(44_100, 0.1))).unwrap();
    assert_eq!((samples.len(), warnings.len()), (1_600, 0));
    let one = Wav { rate: 16_000, channels: 1, bits: 16, format: 1 }.bytes(&[0.5]);
    assert_eq!(hear_bytes("a.wav", &one).unwrap().0.len(), 1);
}

#[test]
fn opposite_channels_average_out() {
    let data: Vec<u8> = [8_000_i16, 4_000].iter().flat_map(|s| s.to_le_bytes()).collect();
    let wav = Wav { rate: 16_000, channels: 2, bits: 16, format: 1 };
    let (samples, _) = hear_bytes("a.wav", &wav.around(&data.repeat(1600), 6400)).unwrap();
    assert!(samples.iter().all(|&sample| (sample - 6_000.0 / 32_768.0).abs() < 1e-6));
}

#[test]
fn samples_that_are_no_numbers_or_too_loud_do_no_harm() {
    let wav = Wav { rate: 16_000, channels: 1, bits: 32, format: 3 };
    let data: Vec<u8> = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30, 0.25]
        .iter()
        .flat_map(|s| s.to_le_bytes())
        .collect();
    let (samples, _) = hear_bytes("a.wav", &wav.around(&data, data.len() as u32)).unwrap();
    assert_eq!(samples, [0.0, 0.0, 0.0, 1.0, -1.0, 0.25]);
}

#[test]
fn compressed_formats_keep_length_and_times() {
    let at = [0.25, 1.0, 2.9];
    let wav = CD.bytes(&clicks(44_100, 3.5, &at));
    let formats: &[(&str, &[&str])] = &[
        ("a.flac", &[]),
        ("a.mp3", &["-c:a", "libmp3lame", "-b:a", "128k"]),
        ("a.mp3", &["-c:a", "libmp3lame", "-q:a", "5", "-ar", "22050", "-ac", "1"]),
        ("a.mp2", &["-c:a", "mp2"]),
        ("a.ogg", &["-c:a", "libvorbis"]),
        ("a.m4a", &["-c:a", "aac"]),
        ("a.mp4", &["-c:a", "aac", "-movflags", "faststart"]),
        ("a.aac", &["-c:a", "aac"]),
        ("a.m4a", &["-c:a", "alac"]),
        ("a.mkv", &["-c:a", "flac"]),
        ("a.mka", &["-c:a", "libvorbis"]),
        ("a.aiff", &[]),
        ("a.caf", &["-c:a", "pcm_s16le"]),
        ("a.opus", &["-c:a", "libopus"]),
        ("a.webm", &["-c:a", "libopus"]),
        ("a.wma", &["-c:a", "wmav2"]),
        ("a.wav", &["-c:a", "adpcm_ima_wav"]),
        ("a.wav", &["-c:a", "pcm_mulaw", "-ar", "8000"]),
    ];
    for (name, options) in formats {
        let Some(file) = compressed(&wav, name, options) else { continue };
        let what = format!("{name} {options:?}");
        let (samples, warnings) =
            hear(&file.path).unwrap_or_else(|error| panic!("{what}: {error}"));
        // Raw AAC cannot state its encoder's delay; WMA's is not known to anybody.
        let tolerance = if name.ends_with("aac") || name.ends_with("wma") { 0.06 } else { 0.012 };
        assert_clicks(&what, &samples, &at, tolerance);
        let seconds = samples.len() as f64 / f64::from(RATE);
        assert!((seconds - 3.5).abs() < 0.15, "{what}: {seconds} s");
        assert_eq!(warnings, [], "{what}");
    }
}

/// As where advertisements are put into a podcast: the first part's header states the length of that part.
#[test]
fn an_mp3_put_together_from_two_is_heard_to_its_end() {
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("../readback-cli/demo/story.mp3");
    let story = std::fs::read(story).unwrap();
    let (once, _) = hear_bytes("story.mp3", &story).unwrap();
    let (twice, warnings) = hear_bytes("two.mp3", &story.repeat(2)).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    let seconds = |samples: &[f32]| samples.len() as f64 / f64::from(RATE);
    assert!((seconds(&twice) - 2.0 * seconds(&once)).abs() < 0.2, "{}", seconds(&twice));
    let energy = |samples: &[f32]| samples.iter().map(|s| s * s).sum::<f32>();
    let (first, second) = twice.split_at(twice.len() / 2);
    assert!((energy(second) / energy(first) - 1.0).abs() < 0.01);
}

#[test]
fn the_audio_track_of_a_film_is_found() {
    let wav = CD.bytes(&clicks(44_100, 2.0, &[1.0]));
    let options =
        ["-f", "lavfi", "-i", "color=black:s=32x32:d=2", "-map", "1:v", "-map", "0:a", "-shortest"];
    for name in ["a.mp4", "a.mkv"] {
        let Some(file) = compressed(&wav, name, &options) else { continue };
        assert_clicks(name, &hear(&file.path).unwrap().0, &[1.0], 0.03);
    }
}

#[test]
fn a_film_without_sound_is_refused() {
    let wav = CD.bytes(&tone(44_100, 1.0));
    let options = ["-f", "lavfi", "-i", "color=black:s=32x32:d=1", "-map", "1:v"];
    for name in ["a.mp4", "a.mkv"] {
        let Some(file) = compressed(&wav, name, &options) else { continue };
        assert!(matches!(hear(&file.path), Err(AudioError::NoAudioTrack { .. })), "{name}");
    }
}

#[test]
fn the_hash_names_the_bytes_whatever_the_file_is_called() {
    let wav = CD.bytes(&tone(44_100, 0.2));
    let (one, two) = (keep("one.wav", &wav), keep("two.dat", &wav));
    let identity = |kept: &Kept| Recording::open(&kept.path).unwrap().identity().clone();
    assert_eq!(identity(&one), identity(&two));
    assert_eq!(identity(&one).bytes, wav.len() as u64);
    assert_eq!(identity(&one).blake3, blake3::hash(&wav).to_hex().as_str());
}

#[test]
fn a_stream_is_heard_as_the_file_is() {
    let wav = CD.bytes(&tone(44_100, 0.7));
    let streamed = Recording::read(&wav[..], Path::new("a stream")).unwrap();
    assert_eq!(streamed.path(), Path::new("a stream"));
    let streamed: Vec<f32> = streamed.flatten().collect();
    assert_eq!(streamed, hear_bytes("a.wav", &wav).unwrap().0);
}

#[test]
fn what_is_no_recording_is_refused_in_one_plain_sentence() {
    let folder = TempDir::new().unwrap();
    let message = |path: &Path| {
        let message = hear(path).unwrap_err().to_string();
        message.replace(&path.display().to_string(), "FILE")
    };
    let bytes = |name: &str, bytes: &[u8]| message(&keep(name, bytes).path);
    assert_eq!(message(&folder.path().join("none.wav")), "there is no file FILE");
    assert_eq!(message(folder.path()), "FILE is a folder, not a recording");
    assert_eq!(bytes("a.wav", b""), "FILE is empty");
    assert_eq!(
        bytes("a.mp3", "HOST: Olá, mundo.\n".repeat(99).as_bytes()),
        "FILE is not an audio file: it holds text"
    );
    assert!(bytes("a.wav", &CD.bytes(&[])).starts_with("nothing in FILE could be decoded: "));
}

#[test]
fn other_files_are_not_taken_for_sound() {
    let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    let noise: Vec<u8> = noise(7).take(300_000).collect();
    let zeros = vec![0; 100_000];
    let samples: [(&str, &[u8]); 4] = [
        ("program", &program[..program.len().min(2_000_000)]),
        ("noise.bin", &noise),
        ("noise.mp3", &noise),
        ("zeros.wav", &zeros),
    ];
    for (name, bytes) in samples {
        assert!(hear_bytes(name, bytes).is_err(), "{name} was taken for sound");
    }
}

#[test]
fn a_file_cut_short_gives_what_there_is_and_says_so() {
    let wav = CD.bytes(&tone(44_100, 8.0));
    let mut files = vec![keep("a.wav", &wav)];
    files.extend(compressed(&wav, "a.flac", &[]));
    files.extend(compressed(&wav, "a.mp3", &["-c:a", "libmp3lame"]));
    files.extend(compressed(&wav, "a.ogg", &["-c:a", "libvorbis"]));
    files.extend(compressed(&wav, "a.m4a", &["-c:a", "aac", "-movflags", "faststart"]));
    for file in files {
        let name = file.path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&file.path).unwrap();
        let (samples, warnings) = hear_bytes(name, &bytes[..bytes.len() / 2]).unwrap();
        let seconds = samples.len() as f64 / f64::from(RATE);
        assert!((2.5..5.5).contains(&seconds), "{name}: {seconds} s");
        // An Ogg file does not say how long it should be; a cut M4A is read by ffmpeg.
        let silent = name == "a.ogg";
        let said = matches!(warnings[..], [Warning::Truncated { .. } | Warning::Outside(_)]);
        assert!(said || silent, "{name}: {warnings:?}");
    }
}

#[test]
fn damage_in_the_middle_leaves_the_rest_in_its_place() {
    let at = [0.25, 1.0, 4.5];
    let mut random = noise(1);
    let hiss = || f64::from(random.next().unwrap()) / 256.0 * 0.05;
    let hiss: Vec<f64> = std::iter::repeat_with(hiss).take(5 * 44_100).collect();
    let mixed = clicks(44_100, 5.0, &at).into_iter().zip(hiss).map(|(click, hiss)| click + hiss);
    let wav = CD.bytes(&mixed.collect::<Vec<f64>>());
    let Some(file) = compressed(&wav, "a.flac", &[]) else { return };
    let mut bytes = std::fs::read(&file.path).unwrap();
    let (from, to) = (bytes.len() * 45 / 100, bytes.len() * 50 / 100);
    bytes[from..to].fill(0x55);
    let (samples, warnings) = hear_bytes("a.flac", &bytes).unwrap();
    assert_clicks("damaged FLAC", &samples, &at, 0.01);
    assert!(matches!(warnings[..], [Warning::Damaged { .. }]), "{warnings:?}");
}

#[test]
fn no_damage_brings_it_down() {
    let wav = CD.bytes(&tone(44_100, 0.3));
    let mut files = vec![keep("a.wav", &wav)];
    files.extend(compressed(&wav, "a.flac", &[]));
    files.extend(compressed(&wav, "a.mp3", &["-c:a", "libmp3lame"]));
    files.extend(compressed(&wav, "a.ogg", &["-c:a", "libvorbis"]));
    files.extend(compressed(&wav, "a.m4a", &["-c:a", "aac"]));
    for file in files {
        let name = file.path.file_name().unwrap().to_str().unwrap();
        let whole = std::fs::read(&file.path).unwrap();
        for round in 0..24 {
            let mut bytes = whole.clone();
            let mut random = noise(round);
            if round % 2 == 0 {
                bytes.truncate(place(&mut random, bytes.len()));
            }
            for _ in 0..bytes.len().min(1 + round as usize) {
                let at = place(&mut random, bytes.len());
                bytes[at] = random.next().unwrap();
            }
            if let Ok((samples, _)) = hear_bytes(name, &bytes) {
                assert!(samples.iter().all(|sample| sample.abs() <= 1.0), "{name} {round}");
                assert!(samples.len() < 3_600 * RATE as usize, "{name} {round}");
            }
        }
    }
}

/// Bytes without pattern, the same for the same seed (xorshift).
fn noise(seed: u64) -> impl Iterator<Item = u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    })
}

fn place(random: &mut impl Iterator<Item = u8>, length: usize) -> usize {
    let number =
        random.by_ref().take(4).fold(0_usize, |number, byte| number << 8 | usize::from(byte));
    number % length.max(1)
}
