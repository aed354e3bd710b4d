//! Times as TTML writes them (TTML2, 12.3): clock times, clock times with frames, offsets with a
//! metric; and the parameters of a document that say what a frame and a tick are.

use readback_transcript::Length;

use crate::reading::xml::Element;
use crate::timecode::{FrameRate, TimeCode};

/// No time of a document is later: a million hours.
const LATEST: i128 = 3_600_000_000_000_000;

/// What a document's times count in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    rate: FrameRate,
    /// Parts of a frame.
    parts: u32,
    /// Ticks in a second.
    ticks: u32,
    /// Whether clock times are time codes, which name frames, or times.
    time_codes: bool,
}

impl Clock {
    /// What the root element says.
    pub(super) fn of(root: &Element<'_>) -> Self {
        let number =
            |name: &str| root.attribute(name)?.trim().parse::<u32>().ok().filter(|n| *n > 0);
        let multiplier =
            root.attribute("frameRateMultiplier").and_then(multiplier).unwrap_or((1, 1));
        let stated = number("frameRate");
        let rate = FrameRate::multiplied(stated.unwrap_or(30), multiplier.0, multiplier.1)
            .unwrap_or(FrameRate::FPS_30);
        let rate = match root.attribute("dropMode") {
            Some("dropNTSC") => rate.dropping_ntsc(),
            Some("dropPAL") => rate.dropping_pal(),
            _ => rate,
        };
        let parts = number("subFrameRate").filter(|parts| *parts <= 1000).unwrap_or(1);
        let usual = if stated.is_some() { rate.names() * parts } else { 1 };
        Self {
            rate,
            parts,
            ticks: number("tickRate").unwrap_or(usual),
            time_codes: root.attribute("timeBase") == Some("smpte"),
        }
    }

    /// `01:02:03.4`, `01:02:03:04`, `01:02:03:04.1`, `12.5s`, `24f`, `1000t`; `None` of anything else.
    pub(super) fn time(&self, text: &str) -> Option<Length> {
        let text = text.trim();
        let length = if text.contains(':') { self.clock_time(text) } else { self.offset(text) }?;
        (i128::from(length.micros()) <= LATEST).then_some(length)
    }

    fn clock_time(&self, text: &str) -> Option<Length> {
        let fields: Vec<&str> = text.splitn(5, [':', ';']).collect();
        let whole = |field: &str| field.parse::<u32>().ok().filter(|_| field.len() <= 7);
        match fields[..] {
            [minutes, seconds] => self.clock_time(&format!("00:{minutes}:{seconds}")),
            [hours, minutes, seconds] => {
                let (seconds, scale) = decimal(seconds)?;
                let whole_seconds = u32::try_from(seconds / i128::from(scale)).ok()?;
                if self.time_codes && scale == 1 {
                    return self.frames(whole(hours)?, whole(minutes)?, whole_seconds, (0, 0));
                }
                let minutes = i128::from(whole(hours)?) * 60 + i128::from(whole(minutes)?);
                let micros = seconds * 1_000_000 / i128::from(scale);
                length(minutes * 60_000_000 + micros)
            }
            [hours, minutes, seconds, frames] => {
                let (frames, part) = frames.split_once('.').unwrap_or((frames, "0"));
                let frames = (whole(frames)?, whole(part)?);
                self.frames(whole(hours)?, whole(minutes)?, whole(seconds)?, frames)
            }
            _ => None,
        }
    }

    /// A time with a number of frames and parts of one. As a time code it names a frame; otherwise the
    /// frames are what passed of its second.
    fn frames(
        &self,
        hours: u32,
        minutes: u32,
        seconds: u32,
        (frames, part): (u32, u32),
    ) -> Option<Length> {
        let past = |frame: u64| {
            let count = frame.saturating_mul(u64::from(self.parts)) + u64::from(part);
            i128::from(self.rate.part_of(count, self.parts).micros())
        };
        if self.time_codes {
            return length(past(self.rate.frame_at(TimeCode { hours, minutes, seconds, frames })));
        }
        let minutes = i128::from(hours) * 60 + i128::from(minutes);
        length((minutes * 60 + i128::from(seconds)) * 1_000_000 + past(u64::from(frames)))
    }

    /// A number and its metric; without one it is seconds, as some players take it.
    fn offset(&self, text: &str) -> Option<Length> {
        let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (number, scale) = decimal(&text[..end])?;
        let times = |micros: i128| length(number * micros / i128::from(scale));
        match &text[end..] {
            "h" => times(3_600_000_000),
            "m" => times(60_000_000),
            "s" | "" => times(1_000_000),
            "ms" => times(1000),
            "f" => {
                let micros = self.rate.part_of(u64::try_from(number).ok()?, scale).micros();
                length(i128::from(micros))
            }
            "t" => length(number * 1_000_000 / (i128::from(scale) * i128::from(self.ticks))),
            _ => None,
        }
    }
}

fn length(micros: i128) -> Option<Length> {
    i64::try_from(micros).ok().map(Length::from_micros)
}

/// A number and what it must be divided by; its digits are bounded.
fn decimal(text: &str) -> Option<(i128, u32)> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let fraction = fraction.get(..fraction.len().min(9))?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 17 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let number = format!("{whole}{fraction}").parse().ok()?;
    Some((number, 10_u32.pow(fraction.len() as u32)))
}

/// `1000 1001`, or `1000:1001` as the drafts have it.
fn multiplier(text: &str) -> Option<(u32, u32)> {
    let (numerator, denominator) = text.trim().split_once([' ', ':'])?;
    Some((numerator.trim().parse().ok()?, denominator.trim().parse().ok()?))
}
