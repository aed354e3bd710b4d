//! What formats of newsrooms and the web share: text within XML and HTML, times as pages show them, and the
//! name of a transcript that has none.

use readback_transcript::{Instant, Transcript};

use super::{Publication, clock_fields};

/// `text` as XML and HTML write it, between tags or in an attribute in double quotes; characters that they
/// have no way to write are left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// `1:05`, `1:02:05`: minutes and seconds, hours where there are any.
pub(crate) fn clock_text(instant: Instant) -> String {
    match clock_fields(instant) {
        (0, minutes, seconds, _) => format!("{minutes}:{seconds:02}"),
        (hours, minutes, seconds, _) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// The URI of a transcript: the one it was given, or one that the same text has again.
pub(crate) fn uri(transcript: &Transcript, publication: &Publication) -> String {
    let fnv = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let of_text = || transcript.text.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, fnv);
    publication.uri.clone().unwrap_or_else(|| format!("urn:readback:transcript:{:016x}", of_text()))
}
