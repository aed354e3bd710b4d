//! The file of `--heard`: all that was heard, and how each difference was weighed. What a report leaves
//! out is here, so that a finding can be argued with; and another text can be checked against it.

use std::collections::BTreeMap;

use readback_check::Weighed;
use readback_transcript::{Hearing, Stretch};
use serde::Serialize;
use serde_json::{Value, json};

use crate::report::Checked;

/// What the file holds, in this order: it is known by its first key.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "readback-hearing")]
    version: u32,
    readback: &'static str,
    transcript: &'a str,
    recording: Option<Value>,
    model: Option<&'a str>,
    language: &'a str,
    speech: Vec<Value>,
    windows: Vec<Value>,
    words: Vec<Value>,
    differences: Vec<Value>,
}

/// Renders what was heard as JSON; times are seconds.
pub fn render(checked: &Checked, hearing: &Hearing) -> String {
    let recording = checked.recording.as_ref();
    let document = Document {
        version: 1,
        readback: env!("CARGO_PKG_VERSION"),
        transcript: &checked.path,
        recording: recording.map(
            |heard| json!({ "path": heard.path, "blake3": heard.blake3, "seconds": heard.seconds }),
        ),
        model: checked.model(),
        language: &hearing.language,
        speech: hearing.speech.iter().map(|stretch| times(*stretch)).collect(),
        windows: hearing.windows.iter().map(window).collect(),
        words: hearing.words.iter().map(word).collect(),
        differences: differences(checked),
    };
    let rendered = serde_json::to_string_pretty(&document);
    rendered.expect("strings and finite numbers always serialise") + "\n"
}

/// How each difference was weighed.
pub fn differences(checked: &Checked) -> Vec<Value> {
    checked.report.weighed.iter().map(difference).collect()
}

fn window(window: &readback_transcript::HeardWindow) -> Value {
    json!({
        "time": times(window.stretch),
        "no_speech": window.no_speech.get(),
        "language": window.language,
    })
}

fn word(word: &readback_transcript::HeardWord) -> Value {
    json!({
        "text": word.text,
        "time": times(word.stretch),
        "probability": word.probability.get(),
        "window": word.window,
    })
}

fn difference(weighed: &Weighed) -> Value {
    let clues: BTreeMap<&str, f64> = weighed.clues.iter().copied().collect();
    json!({
        "span": { "start": weighed.span.start, "end": weighed.span.end },
        "text": weighed.text,
        "heard": weighed.heard,
        "time": times(weighed.time),
        "subject": weighed.subject,
        "table": weighed.table,
        "clues": clues,
        "text_is_wrong": weighed.text_is_wrong.get(),
        "verdict": weighed.verdict,
    })
}

fn times(stretch: Stretch) -> Value {
    json!({ "start": stretch.start().seconds(), "end": stretch.end().seconds() })
}
