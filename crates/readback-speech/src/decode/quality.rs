//! Whether a decoded text can be believed: loops, improbable texts, silence. It knows no network.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::model::TokenId;

// Set by hand; the tests below hold what is a loop and what people do say. There is no measurement of word
// errors for any of them.

/// A loop is a run of at least this many tokens …
const LOOP_TOKENS: usize = 32;
/// … in which a pattern stands at least this often, one after the other …
const LOOP_TIMES: usize = 5;
/// Or one in which a pattern of several tokens stands this often: nobody says "yeah," eight times.
const CHANT_TIMES: usize = 8;
/// The pattern has at most this many tokens.
const LONGEST_PATTERN: usize = 32;

/// When a text is acceptable; the defaults are the reference's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// A text that compresses better than this repeats itself.
    pub compression_ratio: f32,
    /// A text whose mean natural log-probability is below this is a guess.
    pub log_probability: f32,
    /// A guess where the no-speech probability is above this is silence.
    pub no_speech: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { compression_ratio: 2.4, log_probability: -1.0, no_speech: 0.6 }
    }
}

impl Thresholds {
    /// Whether nobody speaks in a window with these probabilities.
    pub fn is_silence(&self, no_speech: f32, average_log_probability: f32) -> bool {
        no_speech > self.no_speech && average_log_probability < self.log_probability
    }
}

/// Length of `text` in UTF-8 over its length compressed by zlib; 0 for no text.
pub fn compression_ratio(text: &str) -> f32 {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail; an empty result would only mean that nothing was compressed.
    let compressed = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    text.len() as f32 / compressed.unwrap_or_default().len().max(1) as f32
}

/// How many of `tokens` to keep when they end in a loop: everything up to the pattern's first round.
pub fn looped(tokens: &[TokenId]) -> Option<usize> {
    let period = (1..=LONGEST_PATTERN).find(|period| {
        let run = repeated_tail(tokens, *period);
        let chant = *period > 1 && run >= period * CHANT_TIMES;
        chant || run >= LOOP_TOKENS && run >= period * LOOP_TIMES
    })?;
    Some(tokens.len() - repeated_tail(tokens, period) + period)
}

/// Length of the longest tail in which every token equals the one `period` before it.
fn repeated_tail(tokens: &[TokenId], period: usize) -> usize {
    let pairs = tokens.iter().rev().zip(tokens.iter().rev().skip(period));
    period.min(tokens.len()) + pairs.take_while(|(later, earlier)| later == earlier).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Python's `len(text) / len(zlib.compress(text))` gives 7.84 and 0.92; compressors differ a little.
    #[test]
    fn compression_tells_a_loop_from_speech() {
        let loops = "Thank you very much. ".repeat(12);
        let ratio = compression_ratio(loops.trim());
        assert!((4.0..16.0).contains(&ratio), "{ratio}");
        let speech = "The Supreme Court heard arguments on that question today.";
        assert!((compression_ratio(speech) - 0.92).abs() < 0.1);
        assert_eq!(compression_ratio(""), 0.0);
    }

    #[test]
    fn a_loop_is_cut_to_its_first_round() {
        let mut tokens = vec![1, 2, 3];
        tokens.extend([7, 8, 9, 10].repeat(8));
        assert_eq!(looped(&tokens), Some(7));
    }

    #[test]
    fn a_chant_is_a_loop() {
        assert_eq!(looped(&[5, 6].repeat(8)), Some(2));
    }

    #[test]
    fn emphasis_and_refrains_are_no_loop() {
        assert_eq!(looped(&[5, 6].repeat(7)), None, "no, no, no, no, no, no, no");
        assert_eq!(looped(&[5; 12]), None, "a row of dots");
        let refrain: Vec<TokenId> = (0..16).collect();
        assert_eq!(looped(&refrain.repeat(3)), None);
        assert_eq!(looped(&[]), None);
    }

    #[test]
    fn silence_needs_both_a_guess_and_no_voice() {
        let thresholds = Thresholds::default();
        assert!(thresholds.is_silence(0.9, -1.5));
        assert!(!thresholds.is_silence(0.9, -0.3));
        assert!(!thresholds.is_silence(0.2, -1.5));
    }
}
