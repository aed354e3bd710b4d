//! Decodes what the pure Rust decoders know: WAV, AIFF, CAF, FLAC, MP1-3, Ogg Vorbis, AAC-LC, ALAC, ADPCM,
//! alone or as the audio track of MP4, MOV and MKV.
//!
//! A frame that cannot be decoded becomes silence of its length, so that all that follows keeps its
//! time. Many channels become one by averaging all of them with equal weight.

use std::fs::File;
use std::path::Path;

use readback_transcript::Length;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_AAC;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, TimeBase, Timestamp};

use crate::guard::guarded;
use crate::priming;
use crate::resample::RATES;

/// Packets that may fail to decode before the first that does not.
const PATIENCE: u64 = 64;
/// A jump in the packets' times beyond this many seconds is taken for a damaged time, not for lost sound.
const LONGEST_GAP: f64 = 600.0;
/// A jump below this many seconds is rounding of the container.
const SHORTEST_GAP: f64 = 0.02;
/// No codec packs more seconds than this into one packet.
const LONGEST_PACKET: f64 = 10.0;
/// Packets of nothing but padding at the end of an MP3 at most: 4095 samples, 1152 to a packet.
const MOST_PADDING: usize = 3;
/// More channels than any recording has.
const MOST_CHANNELS: usize = 64;

/// Mono samples at one rate.
pub(crate) struct Chunk {
    pub(crate) rate: u32,
    pub(crate) samples: Vec<f32>,
}

/// Why these decoders do not take a file.
pub(crate) enum Refusal {
    /// No known format.
    NotAudio,
    /// A known format without sound.
    NoAudioTrack,
    /// Sound, but coded in a way they do not know or too damaged.
    Undecodable(String),
}

/// Damage met so far.
#[derive(Default)]
pub(crate) struct Damage {
    pub(crate) places: u64,
    pub(crate) silence: f64,
    /// The file stopped in the middle of something.
    pub(crate) cut: bool,
}

/// A file being decoded.
pub(crate) struct Decoding {
    reader: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    time_base: Option<TimeBase>,
    /// Time of the first sample, once known.
    origin: Option<Timestamp>,
    /// Seconds accounted for since `origin`: given out, or dropped as encoder delay.
    written: f64,
    /// Samples of encoder delay still to be dropped.
    delay: u64,
    /// Packets met that lie behind the stated end.
    beyond: usize,
    rate: u32,
    interleaved: Vec<f32>,
    first: Option<Chunk>,
    stated: Option<Length>,
    damage: Damage,
    ended: bool,
}

impl Decoding {
    /// Opens `path` and decodes up to the first sound.
    pub(crate) fn open(path: &Path, file: File) -> Result<Self, Refusal> {
        let reader = guarded(|| probe(path, file)).ok_or(Refusal::NotAudio)??;
        let (track, parameters) = choose(&*reader)?;
        let decoder = decoder(&parameters)?;
        let mut decoding = Self {
            decoder,
            track: track.id,
            time_base: track.time_base,
            stated: stated(&track),
            delay: delay(path, &track, &parameters),
            rate: parameters.sample_rate.unwrap_or(0),
            reader,
            origin: None,
            written: 0.0,
            beyond: 0,
            interleaved: Vec::new(),
            first: None,
            damage: Damage::default(),
            ended: false,
        };
        decoding.first = decoding.advance(true)?;
        match decoding.first {
            Some(_) => Ok(decoding),
            None => Err(Refusal::Undecodable("it holds no sound".into())),
        }
    }

    /// The length its container states, where it does.
    pub(crate) fn stated(&self) -> Option<Length> {
        self.stated
    }

    /// What was wrong so far.
    pub(crate) fn damage(&self) -> &Damage {
        &self.damage
    }

    /// The next samples, never empty; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Chunk> {
        let first = self.first.take();
        first.or_else(|| self.advance(false).ok().flatten())
    }

    /// Decodes to the next sound. While `starting`, too many failures are a refusal.
    fn advance(&mut self, starting: bool) -> Result<Option<Chunk>, Refusal> {
        while !self.ended {
            let Some(mut packet) = self.packet() else { break };
            self.listen_beyond_the_end(&mut packet);
            let chunk = match self.decode(&packet) {
                Ok(samples) => self.timed(&packet, samples),
                Err(reason) if starting && self.damage.places >= PATIENCE => {
                    return Err(Refusal::Undecodable(reason));
                }
                Err(_) => self.silence_for(&packet, starting),
            };
            if !chunk.samples.is_empty() {
                self.written += chunk.samples.len() as f64 / f64::from(chunk.rate);
                return Ok(Some(chunk));
            }
        }
        Ok(None)
    }

    /// The next packet of our track; `None` at the end, however it comes.
    fn packet(&mut self) -> Option<Packet> {
        loop {
            match guarded(|| self.reader.next_packet()) {
                Some(Ok(Some(packet))) if packet.track_id == self.track => return Some(packet),
                Some(Ok(Some(_))) => {}
                Some(Err(Error::ResetRequired)) if self.follow() => {}
                Some(Ok(None)) => break,
                _ => {
                    self.damage.cut = true;
                    break;
                }
            }
        }
        self.ended = true;
        None
    }

    /// Takes for sound what lies behind the stated end, if that is more than padding: files put together
    /// from several, as with advertisements, state the length of the first.
    fn listen_beyond_the_end(&mut self, packet: &mut Packet) {
        let is_beyond = packet.trim_end > Duration::ZERO && packet.trim_end >= packet.dur;
        self.beyond += usize::from(is_beyond);
        if is_beyond && self.beyond > MOST_PADDING {
            packet.trim_end = Duration::ZERO;
        }
    }

    /// Goes on with the next recording of a chain; false when it has no sound that we know.
    fn follow(&mut self) -> bool {
        let Ok((track, parameters)) = choose(&*self.reader) else { return false };
        let Ok(decoder) = decoder(&parameters) else { return false };
        (self.decoder, self.track, self.time_base) = (decoder, track.id, track.time_base);
        (self.origin, self.written, self.stated) = (None, 0.0, None);
        self.beyond = 0;
        true
    }

    /// Decodes one packet to mono; the samples are empty when the codec needs more to start.
    fn decode(&mut self, packet: &Packet) -> Result<Vec<f32>, String> {
        let decoded = guarded(|| self.decoder.decode(packet).map_err(|error| error.to_string()));
        let Some(decoded) = decoded else {
            self.ended = true;
            return Err("the decoder gave up on it".into());
        };
        let buffer = decoded?;
        let (rate, channels) = (buffer.spec().rate(), buffer.num_planes());
        if !RATES.contains(&rate) || !(1..=MOST_CHANNELS).contains(&channels) {
            return Err(format!("{channels} channels at {rate} Hz are beyond what is supported"));
        }
        self.rate = rate;
        buffer.copy_to_vec_interleaved(&mut self.interleaved);
        Ok(mono(&self.interleaved, channels))
    }

    /// Silence in place of a packet that could not be decoded, where its length is known.
    fn silence_for(&mut self, packet: &Packet, starting: bool) -> Chunk {
        self.damage.places += 1;
        let seconds = self.seconds(packet.dur).min(LONGEST_PACKET);
        let known = RATES.contains(&self.rate) && !starting;
        let samples = if known { (seconds * f64::from(self.rate)).round() as usize } else { 0 };
        self.damage.silence += samples as f64 / f64::from(self.rate.max(1));
        Chunk { rate: self.rate, samples: vec![0.0; samples] }
    }

    /// The packet's samples, without encoder delay, after silence for what is missing before it.
    fn timed(&mut self, packet: &Packet, mut samples: Vec<f32>) -> Chunk {
        let gap = if samples.is_empty() { 0.0 } else { self.gap_before(packet) };
        let drop = self.delay.min(samples.len() as u64);
        samples.drain(..drop as usize);
        self.delay -= drop;
        self.written += drop as f64 / f64::from(self.rate);
        if gap > 0.0 {
            // What was taken for padding is not damaged.
            if self.beyond != MOST_PADDING + 1 {
                self.damage.places += 1;
                self.damage.silence += gap;
            }
            let missing = (gap * f64::from(self.rate)).round() as usize;
            samples.splice(..0, std::iter::repeat_n(0.0, missing));
        }
        Chunk { rate: self.rate, samples }
    }

    /// Seconds of sound that are missing between what was given out and what this packet holds.
    fn gap_before(&mut self, packet: &Packet) -> f64 {
        let Some(base) = self.time_base else { return 0.0 };
        let sounds = packet.pts.saturating_add(packet.trim_start);
        let origin = *self.origin.get_or_insert(sounds);
        let Some(since) = sounds.duration_from(origin) else { return 0.0 };
        let gap = base.calc_duration_saturating(since).as_secs_f64() - self.written;
        if (SHORTEST_GAP..LONGEST_GAP).contains(&gap) { gap } else { 0.0 }
    }

    fn seconds(&self, duration: Duration) -> f64 {
        self.time_base.map_or(0.0, |base| base.calc_duration_saturating(duration).as_secs_f64())
    }
}

fn probe(path: &Path, file: File) -> Result<Box<dyn FormatReader>, Refusal> {
    let mut hint = Hint::new();
    if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
        hint.with_extension(extension);
    }
    let stream = MediaSourceStream::new(Box::new(file), MediaSourceStreamOptions::default());
    symphonia::default::get_probe()
        .probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
        .map_err(|_| Refusal::NotAudio)
}

/// The default audio track, else the first whose codec is known, else the first.
fn choose(reader: &dyn FormatReader) -> Result<(Track, AudioCodecParameters), Refusal> {
    let track = reader
        .default_track(TrackType::Audio)
        .or_else(|| reader.first_track(TrackType::Audio))
        .ok_or(if reader.tracks().iter().any(|track| track.codec_params.is_none()) {
            Refusal::Undecodable("its coding is unknown".into())
        } else {
            Refusal::NoAudioTrack
        })?;
    match &track.codec_params {
        Some(CodecParameters::Audio(parameters)) => Ok((track.clone(), parameters.clone())),
        _ => Err(Refusal::NoAudioTrack),
    }
}

fn decoder(parameters: &AudioCodecParameters) -> Result<Box<dyn AudioDecoder>, Refusal> {
    let options = AudioDecoderOptions::default().gapless(true);
    guarded(|| symphonia::default::get_codecs().make_audio_decoder(parameters, &options))
        .ok_or_else(|| Refusal::Undecodable("the decoder gave up on it".into()))?
        .map_err(|error| Refusal::Undecodable(error.to_string()))
}

fn stated(track: &Track) -> Option<Length> {
    let seconds = track.time_base?.calc_duration(track.duration?)?.as_secs_f64();
    (seconds > 0.0 && seconds < 1e7).then(|| Length::from_seconds(seconds))
}

/// Samples of encoder delay that the demuxer does not trim by itself: AAC in MP4 states it in an edit list.
fn delay(path: &Path, track: &Track, parameters: &AudioCodecParameters) -> u64 {
    let trims_itself = parameters.codec != CODEC_ID_AAC;
    if trims_itself { 0 } else { priming::mp4_delay(path, track.id).unwrap_or(0) }
}

/// The average of the channels, sample by sample. What is not a number becomes silence.
fn mono(interleaved: &[f32], channels: usize) -> Vec<f32> {
    let weight = 1.0 / channels as f32;
    let finite = |sample: f32| if sample.is_finite() { sample } else { 0.0 };
    let frames = interleaved.chunks_exact(channels);
    frames.map(|frame| frame.iter().map(|&s| finite(s) * weight).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_averaged_and_what_is_no_number_is_silence() {
        assert_eq!(mono(&[1.0, 0.0, 0.5, -0.5], 2), [0.5, 0.0]);
        assert_eq!(mono(&[f32::NAN, 1.0, f32::INFINITY, 0.0], 2), [0.5, 0.0]);
        assert_eq!(mono(&[0.25, 0.5], 1), [0.25, 0.5]);
    }
}
