//! Text as it is meant to be read, on one line.

use std::borrow::Cow;

use super::{Problems, mask};

/// `text` as it is meant to be read: entities decoded, debris and markup gone, blanks single.
pub(crate) fn collapsed(text: &str) -> String {
    let decoded = decode_entities(text);
    let masked = mask(&decoded, &mut Problems::default());
    if !masked.contains(char::is_whitespace) {
        return masked.into_owned();
    }
    let mut out = String::with_capacity(masked.len());
    for word in masked.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn decode_entities(text: &str) -> Cow<'_, str> {
    const ENTITIES: &[(&str, &str)] = &[
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return text.into();
    }
    let decoded = ENTITIES
        .iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character));
    decoded.into()
}
