//! Media time: where in a recording something is.
//!
//! An instant, a length and a stretch are three types, all whole microseconds, so that adding two
//! instants or comparing a length with an instant does not compile. Seconds as floats exist only at
//! the printed edge and inside the speech engine.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

const MICROS: i64 = 1_000_000;

/// A point in a recording, counted from its first sample.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Instant(i64);

/// How long something lasts; negative when a difference runs backwards.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Length(i64);

/// A half-open stretch of a recording, `start <= end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stretch {
    start: Instant,
    end: Instant,
}

impl Instant {
    /// The first sample of the recording.
    pub const START: Instant = Instant(0);

    /// The instant `micros` microseconds in.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The instant of sample number `sample` at `rate` samples a second.
    pub fn from_samples(sample: u64, rate: u32) -> Self {
        Self((i128::from(sample) * i128::from(MICROS) / i128::from(rate.max(1))) as i64)
    }

    /// The nearest instant to a time in seconds; not-a-number becomes the start.
    pub fn from_seconds(seconds: f64) -> Self {
        Self((seconds * MICROS as f64).round() as i64)
    }

    /// Whole microseconds from the start.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Seconds from the start, for printing and for the speech engine.
    pub fn seconds(self) -> f64 {
        self.0 as f64 / MICROS as f64
    }

    /// The sample this instant falls in at `rate` samples a second; 0 for instants before the start.
    pub fn sample(self, rate: u32) -> u64 {
        (i128::from(self.0.max(0)) * i128::from(rate) / i128::from(MICROS)) as u64
    }
}

impl Length {
    /// No time at all.
    pub const ZERO: Length = Length(0);

    /// A length of whole microseconds.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// A length of whole milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis * 1000)
    }

    /// The nearest length to a time in seconds; not-a-number becomes zero.
    pub fn from_seconds(seconds: f64) -> Self {
        Self((seconds * MICROS as f64).round() as i64)
    }

    /// Whole microseconds.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Seconds, for printing and for rates.
    pub fn seconds(self) -> f64 {
        self.0 as f64 / MICROS as f64
    }
}

impl Stretch {
    /// The stretch from `start` to `end`; an end before the start gives an empty stretch at `start`.
    pub fn new(start: Instant, end: Instant) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Its first instant.
    pub const fn start(self) -> Instant {
        self.start
    }

    /// The instant just after it.
    pub const fn end(self) -> Instant {
        self.end
    }

    /// How long it lasts.
    pub fn length(self) -> Length {
        self.end - self.start
    }

    /// Whether `instant` lies in it.
    pub fn contains(self, instant: Instant) -> bool {
        self.start <= instant && instant < self.end
    }

    /// The shortest stretch that covers both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// How long both are under way at once.
    pub fn overlap(self, other: Self) -> Length {
        (self.end.min(other.end) - self.start.max(other.start)).max(Length::ZERO)
    }
}

impl Add<Length> for Instant {
    type Output = Instant;
    fn add(self, length: Length) -> Instant {
        Instant(self.0.saturating_add(length.0))
    }
}

impl Sub<Length> for Instant {
    type Output = Instant;
    fn sub(self, length: Length) -> Instant {
        Instant(self.0.saturating_sub(length.0))
    }
}

impl Sub for Instant {
    type Output = Length;
    fn sub(self, other: Instant) -> Length {
        Length(self.0.saturating_sub(other.0))
    }
}

impl Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        *self = *self + other;
    }
}

impl Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Instant {
    /// `0:09.12`, or `1:02:03.50` from one hour on: what a player's clock shows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0.max(0) + 5_000) / 10_000;
        let (seconds, hundredths) = (hundredths / 100, hundredths % 100);
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if hours > 0 {
            write!(f, "{hours}:{minutes:02}:{seconds:02}.{hundredths:02}")
        } else {
            write!(f, "{minutes}:{seconds:02}.{hundredths:02}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_rolls_over_at_the_minute_and_the_hour() {
        assert_eq!(Instant::from_seconds(9.12).to_string(), "0:09.12");
        assert_eq!(Instant::from_seconds(59.996).to_string(), "1:00.00");
        assert_eq!(Instant::from_seconds(3723.5).to_string(), "1:02:03.50");
    }

    #[test]
    fn samples_and_back_agree_at_common_rates() {
        for rate in [8_000, 16_000, 44_100, 48_000, 96_000] {
            let ten_hours = u64::from(rate) * 36_000;
            assert_eq!(Instant::from_samples(ten_hours, rate), Instant::from_seconds(36_000.0));
            assert_eq!(Instant::from_samples(ten_hours, rate).sample(rate), ten_hours);
        }
    }

    #[test]
    fn a_backward_stretch_is_empty() {
        let stretch = Stretch::new(Instant::from_seconds(2.0), Instant::from_seconds(1.0));
        assert_eq!(stretch.length(), Length::ZERO);
    }

    #[test]
    fn overlap_of_disjoint_stretches_is_nothing() {
        let at = |a, b| Stretch::new(Instant::from_seconds(a), Instant::from_seconds(b));
        assert_eq!(at(0.0, 1.0).overlap(at(2.0, 3.0)), Length::ZERO);
        assert_eq!(at(0.0, 2.5).overlap(at(2.0, 3.0)), Length::from_millis(500));
    }
}
