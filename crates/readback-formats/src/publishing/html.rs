//! A transcript as a web page that needs nothing else: no script, no font, no style from elsewhere. Turns
//! are sections with the speaker as heading, times are links into the page and the recording (`#t=12.3`,
//! Media Fragments URI 1.0), and search engines find all of it as JSON-LD (schema.org).
//!
//! Made for WCAG 2.2: language, skip link, headings in order, marks that do not depend on colour, contrast of
//! at least 7:1, text that flows at any size.

use std::fmt::Write as _;

use readback_transcript::{Instant, NoteKind, Span, Stretch, Timing, Transcript, Turn};
use serde_json::{Value, json};

use crate::reading::{collapsed, decode_text, read_page, words_amid_debris};
use crate::writing::{
    HouseParagraph, Part, clock_text, escaped, house_paragraphs, house_style, label_with_role,
    millis, seconds,
};
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "html",
    name: "accessible web page",
    extensions: &["html", "htm"],
    media_type: "text/html",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { times: Times::Words, ..Carries::PUBLISHED },
    oracle: "Nu HTML checker (where Java is), axe-core, extruct",
};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{max-width:42rem;margin:0 auto;padding:1rem;font:1.125rem/1.6 system-ui,sans-serif;color:#1a1a1a;background:#fff}\
a{color:#003d99}\
a:focus-visible{outline:3px solid currentColor;outline-offset:2px}\
nav a:not(:focus){position:absolute;left:-999rem}\
h1{line-height:1.25}\
h2{font-size:1.125rem;margin:1.5em 0 0}\
h2 cite{font-style:normal}\
h2 a{display:inline-block;min-width:1.5rem;min-height:1.5rem;margin-left:.5em;font-weight:normal}\
section:target{border-left:.25rem solid;padding-left:.75rem}\
.notice,.credit{font-size:1rem}\
audio{width:100%}\
@media (prefers-color-scheme:dark){body{color:#f0f0f0;background:#121212}a{color:#a8c7fa}}";

fn sniff(head: &Head<'_>) -> bool {
    let start: String = head.text.trim_start().chars().take(15).collect();
    let start = start.to_ascii_lowercase();
    ["<!doctype html", "<html", "<article"].iter().any(|mark| start.starts_with(mark))
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, problems) = decode_text(bytes)?;
    read_page(&text, FORMAT.id, problems)
}

fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let paragraphs = house_paragraphs(transcript)?;
    let title = headline(&paragraphs);
    // BCP 47 has a code for languages that are not known.
    let language = transcript.language.as_deref().unwrap_or("und");
    let audio = options.publication.audio.as_deref();
    let shown_title = escaped(title.unwrap_or("Transcript"));
    let mut page = Page::default();
    page.paragraphs(&paragraphs);
    let player = audio.map(|audio| {
        let address = escaped(audio);
        format!("<audio controls preload=\"none\" src=\"{address}\"></audio>\n")
    });
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        <title>{shown_title}</title>\n<style>{STYLE}</style>\n\
        <script type=\"application/ld+json\">{}</script>\n</head>\n<body>\n\
        <nav lang=\"en\" aria-label=\"Skip\"><a href=\"#transcript\">Skip to the transcript</a></nav>\n\
        <header>\n<h1>{shown_title}</h1>\n{}</header>\n\
        <main id=\"transcript\" tabindex=\"-1\">\n{}</main>\n</body>\n</html>\n",
        escaped(language),
        in_script(&episode(transcript, title, options)?),
        player.unwrap_or_default(),
        page.out,
    );
    Ok(page.into_bytes())
}

/// The headline that the page has as its title: one above all speech.
fn headline<'a>(paragraphs: &'a [HouseParagraph<'_>]) -> Option<&'a str> {
    match paragraphs.first()? {
        HouseParagraph::Note { kind: NoteKind::Headline, text } => Some(text),
        _ => None,
    }
}

/// The page's main part as it grows.
#[derive(Default)]
struct Page {
    out: String,
    /// What closes the open turn.
    open: Option<&'static str>,
    /// The time that the last link leads to; no two places have the same.
    latest: Option<Instant>,
}

impl Page {
    fn paragraphs(&mut self, paragraphs: &[HouseParagraph<'_>]) {
        let titled = usize::from(headline(paragraphs).is_some());
        for paragraph in &paragraphs[titled..] {
            match paragraph {
                HouseParagraph::Note { kind, text } => {
                    self.close();
                    self.note(*kind, text);
                }
                HouseParagraph::Spoken { turn, is_first, parts } => {
                    if *is_first {
                        self.close();
                        self.begin(turn);
                    }
                    self.spoken(parts);
                }
            }
        }
        self.close();
    }

    fn note(&mut self, kind: NoteKind, text: &str) {
        let text = escaped(text);
        let _ = match kind {
            NoteKind::Headline => writeln!(self.out, "<h2>{text}</h2>"),
            NoteKind::Credit => writeln!(self.out, "<p class=\"credit\">{text}</p>"),
            NoteKind::Notice => writeln!(self.out, "<p class=\"notice\">{text}</p>"),
        };
    }

    fn close(&mut self) {
        self.out.push_str(self.open.take().unwrap_or_default());
    }

    /// Opens a turn: a section where there is something to head it with.
    fn begin(&mut self, turn: &Turn) {
        let start = turn.words().find_map(|word| word.timing).map(|timing| timing.stretch.start());
        let start = start.filter(|start| self.latest.is_none_or(|latest| *start > latest));
        if turn.label.is_none() && start.is_none() {
            self.out.push_str("<div>\n");
            self.open = Some("</div>\n");
            return;
        }
        let id = start.map(|start| format!(" id=\"t={}\"", seconds(start)));
        let _ = write!(self.out, "<section{}>\n<h2>", id.unwrap_or_default());
        if let Some(label) = &turn.label {
            let name = collapsed(&label.name);
            let role = label_with_role(label);
            let role = role.strip_prefix(&name).unwrap_or_default();
            let _ = write!(self.out, "<cite>{}</cite>{} ", escaped(&name), escaped(role));
        }
        if let Some(start) = start {
            let (exact, shown) = (seconds(start), clock_text(start));
            let _ = write!(
                self.out,
                "<a href=\"#t={exact}\"><time datetime=\"PT{exact}S\">{shown}</time></a>"
            );
            self.latest = Some(start);
        }
        self.out.push_str("</h2>\n");
        self.open = Some("</section>\n");
    }

    fn spoken(&mut self, parts: &[Part<'_>]) {
        if parts.is_empty() {
            return;
        }
        let text = parts.iter().map(|part| match part {
            Part::Speech { text, .. } => escaped(text),
            Part::Cue(text) => format!("<em>{}</em>", escaped(text)),
        });
        let text = text.collect::<Vec<_>>().join(" ");
        let times = word_times(parts).map(|times| format!(" data-words=\"{times}\""));
        let _ = writeln!(self.out, "<p{}>{text}</p>", times.unwrap_or_default());
    }
}

/// The times of a paragraph's words, `start+length` in milliseconds each, `-` for a word that has none.
fn word_times(parts: &[Part<'_>]) -> Option<String> {
    let shown = |timing: Option<Timing>| {
        timing.map_or_else(
            || "-".into(),
            |timing| {
                let start = millis(timing.stretch.start());
                let end = millis(timing.stretch.end());
                format!("{start}+{}", end - start)
            },
        )
    };
    let mut times: Vec<String> = Vec::new();
    for part in parts {
        let count = words_amid_debris(part.text(), Span::new(0, part.text().len())).len();
        match part {
            Part::Speech { words, .. } if words.len() == count => {
                times.extend(words.iter().map(|word| shown(word.timing)));
            }
            // What is shown is not cut as the source was; a reader could not tell whose time is whose.
            Part::Speech { .. } => return None,
            Part::Cue(_) => times.extend((0..count).map(|_| "-".to_owned())),
        }
    }
    times.iter().any(|time| time != "-").then(|| times.join(" "))
}

/// What search engines read: the episode, its recording with the transcript, and where each turn is in it.
fn episode(
    transcript: &Transcript,
    title: Option<&str>,
    options: &WriteOptions,
) -> Result<Value, WriteError> {
    let publication = &options.publication;
    let mut audio = json!({ "@type": "AudioObject", "transcript": house_style(transcript)? });
    let mut episode = json!({ "@context": "https://schema.org", "@type": "RadioEpisode" });
    let language = transcript.language.as_deref();
    put(&mut audio, "contentUrl", publication.audio.as_deref());
    put(&mut audio, "inLanguage", language);
    put(&mut episode, "@id", publication.uri.as_deref());
    put(&mut episode, "name", title);
    put(&mut episode, "inLanguage", language);
    put(&mut episode, "dateModified", publication.created.as_deref());
    if let Some(provider) = &publication.provider {
        episode["publisher"] = json!({ "@type": "Organization", "name": provider });
    }
    episode["audio"] = audio;
    let clips: Vec<Value> = transcript.turns.iter().filter_map(clip).collect();
    if !clips.is_empty() {
        episode["hasPart"] = clips.into();
    }
    Ok(episode)
}

fn put(object: &mut Value, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        object[key] = value.into();
    }
}

fn clip(turn: &Turn) -> Option<Value> {
    let stretches = turn.words().filter_map(|word| word.timing).map(|timing| timing.stretch);
    let whole = stretches.reduce(Stretch::union)?;
    let mut clip = json!({
        "@type": "Clip",
        "startOffset": seconds(whole.start()),
        "endOffset": seconds(whole.end()),
    });
    put(&mut clip, "name", turn.label.as_ref().map(|label| label.name.as_str()));
    Some(clip)
}

/// JSON that no text in it can end the script of.
fn in_script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
