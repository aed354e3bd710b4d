//! Choosing a token from logits: the most probable one, or a sample that is the same in every run. It
//! knows no rules and no tokens.

use crate::model::TokenId;

/// Pseudo-random numbers by `SplitMix64` (Steele, Lea and Flood 2014), enough for sampling tokens.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The numbers for the attempt with this number at this temperature, whichever the window and batch.
    pub fn new(temperature: f32, number: usize) -> Self {
        Self((u64::from(temperature.to_bits()) << 32) | number as u64)
    }

    /// The next number, within 0 and 1, 1 excluded.
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// The most probable token at temperature 0, the lower number of equals; above 0, one sampled from the
/// softmax of the logits over the temperature.
pub fn sample(logits: &[f32], temperature: f32, rng: &mut Rng) -> TokenId {
    let best = most_probable(logits, 1).first().map_or(0, |(token, _)| *token);
    if temperature <= 0.0 {
        return best;
    }
    let most = logits.get(best as usize).copied().unwrap_or_default();
    let weight = |logit: &f32| ((logit - most) / temperature).exp();
    let mut left = rng.next() * logits.iter().map(weight).sum::<f32>();
    let sampled = logits.iter().position(|logit| {
        left -= weight(logit);
        left < 0.0
    });
    sampled.map_or(best, |token| token as TokenId)
}

/// The `count` most probable tokens that are possible at all, most probable first, the lower number of
/// equals; with their logits.
pub fn most_probable(logits: &[f32], count: usize) -> Vec<(TokenId, f32)> {
    let mut best: Vec<(TokenId, f32)> = Vec::with_capacity(count + 1);
    let mut least = f32::NEG_INFINITY;
    for (token, &logit) in logits.iter().enumerate() {
        if logit > least {
            let place = best.partition_point(|(_, other)| *other >= logit);
            best.insert(place, (token as TokenId, logit));
            best.truncate(count);
            if best.len() == count {
                least = best[count - 1].1;
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_temperature_zero_the_first_of_the_most_probable_wins() {
        assert_eq!(sample(&[0.0, 2.0, 2.0, 1.0], 0.0, &mut Rng::new(0.0, 0)), 1);
        assert_eq!(sample(&[f32::NAN, 1.0], 0.0, &mut Rng::new(0.0, 0)), 1);
    }

    #[test]
    fn the_most_probable_come_first_and_the_impossible_never() {
        let logits = [0.0, 2.0, f32::NEG_INFINITY, 2.0, 1.0];
        assert_eq!(most_probable(&logits, 3), [(1, 2.0), (3, 2.0), (4, 1.0)]);
        assert_eq!(most_probable(&logits, 9).len(), 4);
    }

    #[test]
    fn samples_follow_the_probabilities_and_never_take_a_forbidden_token() {
        let logits = [0.5_f32.ln(), 0.25_f32.ln(), f32::NEG_INFINITY, 0.25_f32.ln()];
        let mut rng = Rng::new(1.0, 0);
        let mut counts = [0; 4];
        for _ in 0..4000 {
            counts[sample(&logits, 1.0, &mut rng) as usize] += 1;
        }
        assert_eq!(counts[2], 0);
        assert!((1900..2100).contains(&counts[0]), "{counts:?}");
        assert!((900..1100).contains(&counts[3]), "{counts:?}");
    }

    #[test]
    fn the_same_attempt_samples_the_same_and_another_one_differently() {
        let logits = vec![0.0; 1000];
        let sampled = |number| {
            let mut rng = Rng::new(0.4, number);
            (0..8).map(|_| sample(&logits, 0.4, &mut rng)).collect::<Vec<_>>()
        };
        assert_eq!(sampled(1), sampled(1));
        assert_ne!(sampled(1), sampled(2));
    }
}
