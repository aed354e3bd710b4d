//! The line above a caption that SubRip and WebVTT share: two times with an arrow between them.

use crate::reading::{CaptionLine, clock_or_before};

/// `01:02:03.456 --> 01:02:05`, hours optional, comma or period, what follows ignored.
pub(crate) fn arrow_line(line: &str) -> CaptionLine {
    let Some((start, rest)) = line.split_once("-->") else { return CaptionLine::Text };
    let rest = rest.trim_start();
    let is_time = |c: char| c.is_ascii_digit() || ":.,-".contains(c);
    let end = &rest[..rest.find(|c| !is_time(c)).unwrap_or(rest.len())];
    match (clock_or_before(start.trim()), clock_or_before(end)) {
        (Some(start), Some(end)) => CaptionLine::Time(start, end),
        _ => CaptionLine::UnreadableTime,
    }
}
