//! What changed between two transcripts, for a terminal, a browser and programs.

use anstyle::{AnsiColor, Style};
use readback_transcript::{Altered, Part, Transcript};
use serde::Serialize;

/// One of two transcripts.
pub struct Side {
    /// How it is called.
    pub name: String,
    /// Its words.
    pub transcript: Transcript,
    /// The revision it was made of.
    pub parent: Option<u32>,
}

/// Words of unchanged text that are shown beside a change.
const CONTEXT: usize = 12;

/// For a terminal: `[-gone-]`, `{+new+}`, `[moved from here: …]`, and unchanged text only beside them.
pub fn text(before: &Side, after: &Side, parts: &[Part]) -> String {
    let (red, green) = (colour(AnsiColor::Red), colour(AnsiColor::Green));
    let (cyan, dim) = (colour(AnsiColor::Cyan), Style::new().dimmed());
    let mut out = format!("--- {}\n+++ {}\n\n", before.name, after.name);
    if parts.iter().all(|part| part.altered == Altered::Same) {
        return out + "no difference\n";
    }
    let last = parts.len() - 1;
    for (index, part) in parts.iter().enumerate() {
        let (old, new) =
            (part.before.of(&before.transcript.text), part.after.of(&after.transcript.text));
        match part.altered {
            Altered::Same => out += &beside(new, index == 0, index == last),
            Altered::Formatting => out += &format!("{cyan}{}{cyan:#}{}", new.trim_end(), end(new)),
            Altered::Moved(number) if new.is_empty() => {
                out += &format!("{dim}[moved to {}: {}]{dim:#}\n\n", number + 1, old.trim_end());
            }
            Altered::Moved(number) => {
                out += &format!(
                    "{cyan}[{} moved here] {}{cyan:#}{}",
                    number + 1,
                    new.trim_end(),
                    end(new)
                );
            }
            Altered::Words | Altered::Label | Altered::Cue => {
                if !old.trim().is_empty() {
                    out += &format!("{red}[-{}-]{red:#}", old.trim_end());
                }
                if !new.trim().is_empty() {
                    out += &format!("{green}{{+{}+}}{green:#}", new.trim_end());
                }
                out += end(if new.is_empty() { old } else { new });
            }
        }
    }
    out.trim_end().to_owned() + "\n"
}

fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(colour.into()))
}

/// The blanks at the end of a text.
fn end(text: &str) -> &str {
    &text[text.trim_end().len()..]
}

/// The words of unchanged text that stand beside a change.
fn beside(text: &str, is_first: bool, is_last: bool) -> String {
    let words: Vec<(usize, &str)> = text.match_indices(char::is_whitespace).collect();
    let at = |index: usize| words[index].0 + words[index].1.len();
    if words.len() <= 2 * CONTEXT {
        return text.to_owned();
    }
    let head = if is_first { "" } else { &text[..at(CONTEXT - 1)] };
    let tail = if is_last { "" } else { &text[at(words.len() - CONTEXT)..] };
    format!("{head}{}{tail}", if is_first || is_last { "… " } else { "\n…\n" })
}

/// For a browser: the whole newer text, with what is gone struck out where it stood.
pub fn html(before: &Side, after: &Side, parts: &[Part]) -> String {
    let mut body = String::new();
    for part in parts {
        let (old, new) =
            (part.before.of(&before.transcript.text), part.after.of(&after.transcript.text));
        let (old, new) = (escaped(old), escaped(new));
        body += &match part.altered {
            Altered::Same => new,
            Altered::Formatting => format!("<span class=\"formatting\">{new}</span>"),
            Altered::Moved(number) if new.is_empty() => {
                format!("<del class=\"moved\"><a href=\"#m{number}\">{old}</a></del>")
            }
            Altered::Moved(number) => format!("<ins class=\"moved\" id=\"m{number}\">{new}</ins>"),
            Altered::Words | Altered::Label | Altered::Cue => [("del", old), ("ins", new)]
                .into_iter()
                .filter(|it| !it.1.is_empty())
                .map(|(tag, words)| format!("<{tag}>{words}</{tag}>"))
                .collect(),
        };
    }
    let (title, from) = (escaped(&after.name), escaped(&before.name));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         <h1>{title}</h1>\n<p>compared with {from}</p>\n<main>{body}</main>\n</html>\n"
    )
}

const STYLE: &str = "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 Georgia,serif}\
h1{font-size:1.2rem}main{white-space:pre-wrap}del{background:#fdd;color:#900}ins{background:#dfd;color:#060;\
text-decoration:none}.moved{background:#def;color:#036}.formatting{border-bottom:1px dotted #888}";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// For programs.
#[derive(Serialize)]
pub struct Document<'a> {
    before: &'a str,
    after: &'a str,
    changes: Vec<ChangeFacts<'a>>,
}

#[derive(Serialize)]
struct ChangeFacts<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#move: Option<usize>,
    before: PartFacts<'a>,
    after: PartFacts<'a>,
}

#[derive(Serialize)]
struct PartFacts<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// Everything that changed; what is the same is left out.
pub fn json<'a>(before: &'a Side, after: &'a Side, parts: &[Part]) -> Document<'a> {
    let facts = |span: readback_transcript::Span, text: &'a str| PartFacts {
        start: span.start,
        end: span.end,
        text: span.of(text),
    };
    let change = |part: &Part| {
        let (kind, r#move) = match part.altered {
            Altered::Same => return None,
            Altered::Formatting => ("formatting", None),
            Altered::Words => ("words", None),
            Altered::Label => ("label", None),
            Altered::Cue => ("cue", None),
            Altered::Moved(number) => ("moved", Some(number + 1)),
        };
        Some(ChangeFacts {
            kind,
            r#move,
            before: facts(part.before, &before.transcript.text),
            after: facts(part.after, &after.transcript.text),
        })
    };
    Document {
        before: &before.name,
        after: &after.name,
        changes: parts.iter().filter_map(change).collect(),
    }
}
