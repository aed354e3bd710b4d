//! WebVTT, laid beside W3C's own parser and validator (`webvtt-parser`) and Mozilla's `vtt.js`.

use readback_formats::{CAPTION_PRESETS, WriteOptions, format_for};

use super::node;
use crate::webvtt::{CASES, Reads, seen};
use crate::{STORY, timed, transcript};

/// Prints for each source a line of JSON: `[start-end text]` of its cues and the number of errors.
const W3C: &str = r"
const { WebVTTParser } = require('webvtt-parser');
const named = { '&amp': '&', '&lt': '<', '&gt': '>', '&lrm': '\u200e', '&rlm': '\u200f', '&nbsp': '\u00a0' };
const entities = Object.assign({}, ...Object.entries(named).map(([name, is]) => ({ [name]: is, [name + ';']: is })));
const text = node => node.type === 'text' ? node.value : node.type === 'timestamp' ? '' : (node.children || []).map(text).join('');
const seen = s => s.split('\n').map(l => l.replace(/[ \u00a0]+/g, ' ').trim()).filter(l => l).join('|');
for (const source of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  const { cues, errors } = new WebVTTParser(entities).parse(source, 'subtitles');
  const shown = cues.map(c => Math.round(c.startTime * 1000) + '-' + Math.round(c.endTime * 1000) + ' ' + seen(text(c.tree)));
  console.log(JSON.stringify([shown, errors.length]));
}";

/// The same by `vtt.js`, whose cues have their text with its tags; no errors.
const MOZILLA: &str = r"
const { WebVTT, VTTCue, VTTRegion } = require('vtt.js');
global.navigator = { userAgent: 'node' };
global.window = { VTTCue, VTTRegion };
for (const source of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  const parser = new WebVTT.Parser(global.window, WebVTT.StringDecoder());
  const shown = [];
  parser.oncue = c => shown.push(Math.round(c.startTime * 1000) + '-' + Math.round(c.endTime * 1000));
  try { parser.parse(source); parser.flush(); } catch (refused) { shown.push(String(refused)); }
  console.log(JSON.stringify([shown, 0]));
}";

/// Where `vtt.js` does not follow the specification, as W3C's parser does: it wants bytes for a mark, takes
/// no CR for a line end, and ends and begins captions by older rules.
const BEHIND: &[&str] = &[
    "a byte order mark",
    "lines that end in CR",
    "no blank line below the mark",
    "an id of two lines",
    "an id with a blank line below",
    "a time in the text begins a caption",
    "an id in the text is text",
    "a blank line ends a caption",
];

fn asked(code: &str, sources: &[&str]) -> Option<Vec<(Vec<String>, usize)>> {
    let input = serde_json::to_vec(sources).expect("strings");
    let printed = node(code, &input)?;
    Some(printed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

fn sources() -> Vec<&'static str> {
    CASES.iter().map(|(_, source, _, _)| *source).collect()
}

#[test]
fn w3cs_parser_sees_the_same_captions() {
    let Some(theirs) = asked(W3C, &sources()) else { return };
    for ((name, source, reads, _), (captions, errors)) in CASES.iter().zip(theirs) {
        if *reads == Reads::More {
            // It goes on where the specification gives up, and calls that an error.
            assert!(captions != seen(source).0 || errors > 0, "{name}");
        } else {
            assert_eq!(captions, seen(source).0, "{name}");
        }
    }
}

#[test]
fn mozillas_parser_sees_captions_at_the_same_times() {
    let Some(theirs) = asked(MOZILLA, &sources()) else { return };
    let alike = CASES.iter().zip(theirs).filter(|((_, _, reads, _), _)| *reads == Reads::Alike);
    let apart = alike.filter_map(|((name, source, ..), (times, _))| {
        let (captions, _) = seen(source);
        let time = |caption: &String| caption.split_once(' ').expect("a blank").0.to_owned();
        (captions.iter().map(time).collect::<Vec<_>>() != times).then_some(*name)
    });
    assert_eq!(apart.collect::<Vec<_>>(), BEHIND, "cases that vtt.js takes otherwise");
}

#[test]
fn what_is_written_is_valid() {
    let story = timed(transcript(&format!("{STORY}\n\nAT&T <X>: R&B, 5 < 6 --> 7.")));
    for preset in CAPTION_PRESETS.iter() {
        let options = WriteOptions::default().with_captions(preset);
        let write = |id: &str| {
            let format = format_for(id).expect("known");
            let bytes = readback_formats::write(&story, format, &options).expect("written");
            String::from_utf8(bytes).expect("text")
        };
        let (plain, words) = (write("vtt"), write("vtt-words"));
        let Some(theirs) = asked(W3C, &[&plain, &words]) else { return };
        for ((captions, errors), written) in theirs.into_iter().zip([&plain, &words]) {
            assert_eq!(errors, 0, "{written}");
            assert_eq!(captions, seen(written).0);
        }
    }
}
