//! Frame rates and time codes (SMPTE ST 12-1), in whole numbers throughout.
//!
//! A time code names a frame by hours, minutes, seconds and frames. Where a rate is not a whole
//! number, the names run behind the clock; drop-frame time code leaves names out, never frames, so
//! that they keep up.

use std::fmt;

use readback_transcript::Instant;

/// Frames a second, and how they are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameRate {
    /// Frames in `seconds`.
    frames: u32,
    seconds: u32,
    /// How many names one second has.
    names: u32,
    dropped: Dropped,
}

/// Which names are left out: the first few of every period, but not of the first period of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Dropped {
    names: u32,
    minutes: u32,
}

const NONE: Dropped = Dropped { names: 0, minutes: 1 };

/// The name of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeCode {
    pub(crate) hours: u32,
    pub(crate) minutes: u32,
    pub(crate) seconds: u32,
    pub(crate) frames: u32,
}

impl FrameRate {
    /// 24 frames a second, shown as television shows them: 24000 in 1001 s.
    pub const FPS_23_976: Self = Self::slowed(24);
    /// Film.
    pub const FPS_24: Self = Self::whole(24);
    /// Television in most of the world.
    pub const FPS_25: Self = Self::whole(25);
    /// American television, every name used.
    pub const FPS_29_97: Self = Self::slowed(30);
    /// American television, names dropped to keep up with the clock.
    pub const FPS_29_97_DROP: Self = Self::slowed(30).dropping(2, 1);
    /// 30 frames a second.
    pub const FPS_30: Self = Self::whole(30);
    /// 50 frames a second.
    pub const FPS_50: Self = Self::whole(50);
    /// Twice 29.97, every name used.
    pub const FPS_59_94: Self = Self::slowed(60);
    /// Twice 29.97, names dropped to keep up with the clock.
    pub const FPS_59_94_DROP: Self = Self::slowed(60).dropping(4, 1);
    /// 60 frames a second.
    pub const FPS_60: Self = Self::whole(60);

    const fn whole(frames: u32) -> Self {
        Self { frames, seconds: 1, names: frames, dropped: NONE }
    }

    /// `frames` names a second, a thousandth slower than that.
    const fn slowed(frames: u32) -> Self {
        Self { frames: frames * 1000, seconds: 1001, names: frames, dropped: NONE }
    }

    /// The same frames, the first `names` names of every `minutes` minutes left out but for each
    /// tenth time.
    const fn dropping(self, names: u32, minutes: u32) -> Self {
        Self { dropped: Dropped { names, minutes }, ..self }
    }

    /// `names` a second, `numerator / denominator` of them shown; `None` of what no clock shows.
    pub(crate) fn multiplied(names: u32, numerator: u32, denominator: u32) -> Option<Self> {
        let sane = 1..=100_000;
        let frames = names.checked_mul(numerator)?;
        let all_sane = [names, numerator, denominator].iter().all(|n| sane.contains(n));
        all_sane.then_some(Self { frames, seconds: denominator, names, dropped: NONE })
    }

    /// The same frames, names dropped as American television does.
    pub(crate) fn dropping_ntsc(self) -> Self {
        self.dropping(if self.names > 30 { 4 } else { 2 }, 1)
    }

    /// The same frames, names dropped as Brazilian television (M/PAL) does: four in every second minute.
    pub(crate) fn dropping_pal(self) -> Self {
        self.dropping(4, 2)
    }

    /// Whether names are left out.
    pub(crate) fn drops(self) -> bool {
        self.dropped.names > 0
    }

    /// Names in a second.
    pub(crate) fn names(self) -> u32 {
        self.names
    }

    /// When a frame begins.
    pub(crate) fn instant(self, frame: u64) -> Instant {
        self.part_of(frame, 1)
    }

    /// When `count` of `parts` equal parts of a frame have passed.
    pub(crate) fn part_of(self, count: u64, parts: u32) -> Instant {
        let all = u128::from(self.frames) * u128::from(parts.max(1));
        let micros = u128::from(count) * u128::from(self.seconds) * 1_000_000;
        Instant::from_micros(i64::try_from((micros + all / 2) / all).unwrap_or(i64::MAX))
    }

    /// The frame that begins nearest to `instant`.
    pub(crate) fn frame(self, instant: Instant) -> u64 {
        let micros = instant.micros().max(0) as u128;
        let unit = u128::from(self.seconds) * 1_000_000;
        ((micros * u128::from(self.frames) + unit / 2) / unit) as u64
    }

    /// The name of a frame.
    pub(crate) fn time_code(self, frame: u64) -> TimeCode {
        let names = u64::from(self.names);
        let Dropped { names: dropped, minutes } = self.dropped;
        let (dropped, period) = (u64::from(dropped), u64::from(minutes) * 60 * names);
        let block = 10 * period - 9 * dropped;
        let within = frame % block;
        let periods = within.checked_sub(period).map_or(0, |past| 1 + past / (period - dropped));
        let name = frame + dropped * (9 * (frame / block) + periods);
        let seconds = name / names;
        TimeCode {
            hours: (seconds / 3600) as u32,
            minutes: (seconds / 60 % 60) as u32,
            seconds: (seconds % 60) as u32,
            frames: (name % names) as u32,
        }
    }

    /// The frame of a name. A name that is left out stands for the next that is not.
    pub(crate) fn frame_at(self, code: TimeCode) -> u64 {
        let Dropped { names: dropped, minutes: period } = self.dropped;
        let minutes = u64::from(code.hours) * 60 + u64::from(code.minutes);
        let periods = minutes / u64::from(period);
        let in_first_second = code.seconds == 0 && minutes % u64::from(period) == 0;
        let left_out = in_first_second && periods % 10 != 0 && code.frames < dropped;
        let frames = if left_out { dropped } else { code.frames };
        let name = (minutes * 60 + u64::from(code.seconds)) * u64::from(self.names);
        name + u64::from(frames) - u64::from(dropped) * (periods - periods / 10)
    }
}

impl fmt::Display for TimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TimeCode { hours, minutes, seconds, frames } = self;
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}:{frames:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [FrameRate; 10] = [
        FrameRate::FPS_23_976,
        FrameRate::FPS_24,
        FrameRate::FPS_25,
        FrameRate::FPS_29_97,
        FrameRate::FPS_29_97_DROP,
        FrameRate::FPS_30,
        FrameRate::FPS_50,
        FrameRate::FPS_59_94,
        FrameRate::FPS_59_94_DROP,
        FrameRate::FPS_60,
    ];

    #[test]
    fn names_are_dropped_in_nine_minutes_of_ten() {
        let shown = |frame| FrameRate::FPS_29_97_DROP.time_code(frame).to_string();
        assert_eq!(shown(1799), "00:00:59:29");
        assert_eq!(shown(1800), "00:01:00:02");
        assert_eq!(shown(17_981), "00:09:59:29");
        assert_eq!(shown(17_982), "00:10:00:00");
        assert_eq!(shown(17_982 + 1800), "00:11:00:02");
        assert_eq!(FrameRate::FPS_59_94_DROP.time_code(3600).to_string(), "00:01:00:04");
    }

    #[test]
    fn an_hour_of_dropped_names_is_an_hour_and_of_all_names_is_longer() {
        let hour = TimeCode { hours: 1, minutes: 0, seconds: 0, frames: 0 };
        let seconds = |rate: FrameRate| rate.instant(rate.frame_at(hour)).seconds();
        assert_eq!(seconds(FrameRate::FPS_29_97_DROP), 3599.9964);
        assert_eq!(seconds(FrameRate::FPS_29_97), 3603.6);
        assert_eq!(seconds(FrameRate::FPS_25), 3600.0);
    }

    #[test]
    fn brazil_drops_four_names_in_every_second_minute() {
        let rate = FrameRate::FPS_29_97.dropping_pal();
        assert_eq!(rate.time_code(3599).to_string(), "00:01:59:29");
        assert_eq!(rate.time_code(3600).to_string(), "00:02:00:04");
        assert_eq!(rate.time_code(107_892).to_string(), "01:00:00:00");
    }

    #[test]
    fn a_name_that_is_left_out_stands_for_the_next() {
        let at = |frames| TimeCode { hours: 0, minutes: 1, seconds: 0, frames };
        for frames in 0..=2 {
            assert_eq!(FrameRate::FPS_29_97_DROP.frame_at(at(frames)), 1800);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_frame_has_a_name_and_a_time_of_its_own(rate in prop::sample::select(ALL.to_vec()), frame in 0_u64..60 * 3600 * 30) {
            let code = rate.time_code(frame);
            prop_assert_eq!(rate.frame_at(code), frame);
            prop_assert_eq!(rate.frame(rate.instant(frame)), frame);
            prop_assert!(code.minutes < 60 && code.seconds < 60 && code.frames < rate.names());
            prop_assert!(rate.instant(frame) < rate.instant(frame + 1));
        }

        #[test]
        fn dropped_names_stay_within_a_tenth_of_a_second_of_the_clock(frame in 0_u64..24 * 3600 * 30) {
            let rate = FrameRate::FPS_29_97_DROP;
            let code = rate.time_code(frame);
            let named = f64::from(code.hours * 3600 + code.minutes * 60 + code.seconds) + f64::from(code.frames) / 30.0;
            prop_assert!((named - rate.instant(frame).seconds()).abs() < 0.15);
        }
    }
}
