//! The tag with which a podcast's feed names a transcript (Podcasting 2.0, `<podcast:transcript>`).

use crate::Format;
use crate::writing::escaped;

/// The formats that players of podcasts know, and whether one may be shown as captions.
const KNOWN: &[(&str, bool)] = &[
    ("vtt", true),
    ("srt", true),
    ("podcast-json", true),
    ("podcast-html", false),
    ("html", false),
    ("npr", false),
    ("text", false),
];

/// The tag for a transcript in `format` at `url`; `None` where players of podcasts do not know the format.
///
/// `language` is needed only where it is not the one of the feed.
pub fn podcast_tag(format: &Format, url: &str, language: Option<&str>) -> Option<String> {
    let (_, captions) = KNOWN.iter().find(|(id, _)| *id == format.id)?;
    let (url, kind) = (escaped(url), format.media_type);
    let language = language.map(|code| format!(r#" language="{}""#, escaped(code)));
    let captions = if *captions { r#" rel="captions""# } else { "" };
    let language = language.unwrap_or_default();
    Some(format!(r#"<podcast:transcript url="{url}" type="{kind}"{language}{captions}/>"#))
}
