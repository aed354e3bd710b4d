//! Times as people and programs write them, in hours, minutes and seconds or in seconds alone.

use readback_transcript::Instant;

/// Later than this nothing is said: a hundred thousand hours, in seconds.
pub(crate) const LATEST: f64 = 3.6e8;

/// The instant so many seconds in; `None` where it is none of any recording.
pub(crate) fn seconds(value: f64) -> Option<Instant> {
    (0.0..LATEST).contains(&value).then(|| Instant::from_seconds(value))
}

/// A clock time; at most a million hours, so that nothing overflows.
pub(crate) fn clock(text: &str) -> Option<Instant> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let mut seconds: i64 = 0;
    let mut fields = 0;
    for field in whole.split(':') {
        let value: u32 = Some(field)
            .filter(|field| (1..=7).contains(&field.len()))
            .and_then(|field| field.parse().ok())?;
        seconds = seconds.checked_mul(60)?.checked_add(i64::from(value))?;
        fields += 1;
    }
    let digits = fraction.len();
    if !(1..=3).contains(&fields)
        || !(1..=6).contains(&digits)
        || !fraction.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let micros = fraction.parse::<i64>().ok()? * 10_i64.pow(6 - digits as u32);
    Some(Instant::from_micros(seconds.checked_mul(1_000_000)?.checked_add(micros)?))
}

/// A clock time; what lies before the recording is its start.
pub(crate) fn clock_or_before(text: &str) -> Option<Instant> {
    match text.strip_prefix('-') {
        Some(before) => clock(before).map(|_| Instant::START),
        None => clock(text),
    }
}
