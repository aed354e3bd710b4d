//! Broadcast captions, laid beside `ttconv`, `pycaption`, `pysubs2`, `imschrm`, `imsc` and `xmllint`.

use readback_formats::{CAPTION_PRESETS, WriteOptions, format_for, read};
use readback_transcript::{Instant, Length, Stretch, Transcript};

use super::{node, program, python, written};
use crate::{STORY, timed, transcript};

/// `start end text` per caption of our own TTML, times in milliseconds.
fn captions(ttml: &str) -> Vec<String> {
    let millis = |clock: &str| {
        let (seconds, millis) = clock.split_once('.').expect("milliseconds");
        let seconds = seconds
            .split(':')
            .fold(0, |sum, field| sum * 60 + field.parse::<u64>().expect("a number"));
        seconds * 1000 + millis.parse::<u64>().expect("a number")
    };
    let paragraph = |line: &str| {
        let attribute = |name: &str| {
            line.split_once(&format!(" {name}=\""))
                .expect("timed")
                .1
                .split('"')
                .next()
                .expect("closed")
                .to_owned()
        };
        let text = line.split_once('>').expect("a tag").1.trim_end_matches("</p>");
        let text = text
            .replace("<span style=\"line\">", "")
            .replace("</span>", "")
            .replace("<br/>", "|")
            .replace("&amp;", "&")
            .replace("&quot;", "\"");
        format!("{} {} {text}", millis(&attribute("begin")), millis(&attribute("end")))
    };
    ttml.lines().map(str::trim).filter(|line| line.starts_with("<p ")).map(paragraph).collect()
}

/// What we write of the story as EBU STL.
fn stl() -> Vec<u8> {
    let format = format_for("stl").expect("known");
    readback_formats::write(&timed(transcript(STORY)), format, &WriteOptions::default())
        .expect("written")
}

/// Prints `start end text` per paragraph that `ttconv` sees in `document`.
const TTCONV: &str = r"
import sys
from fractions import Fraction
from ttconv import model
def text(element):
    if isinstance(element, model.Br): return '|'
    if isinstance(element, model.Text): return element.get_text()
    return ''.join(text(child) for child in element)
def ms(time): return round(time * 1000)
def show(document):
    def walk(element, base):
        begin = base + (element.get_begin() or Fraction(0))
        if isinstance(element, model.P):
            print(ms(begin), ms(base + element.get_end()), text(element))
        else:
            for child in element:
                if isinstance(child, model.ContentElement): walk(child, begin)
    walk(document.get_body(), Fraction(0))
";

fn ttconv(code: &str, input: &[u8]) -> Option<Vec<String>> {
    let seen = python(&format!("{TTCONV}\n{code}"), input)?;
    Some(seen.lines().map(str::to_owned).collect())
}

const FROM_TTML: &str = "import xml.etree.ElementTree as et, ttconv.imsc.reader as r\nshow(r.to_model(et.ElementTree(et.fromstring(sys.stdin.buffer.read()))))";

#[test]
fn ttconv_reads_the_ttml_as_written() {
    for id in ["ttml", "ebuttd"] {
        let ttml = written(id);
        if let Some(seen) = ttconv(FROM_TTML, ttml.as_bytes()) {
            assert_eq!(seen, captions(&ttml), "{id}");
        }
    }
}

#[test]
fn xmllint_finds_the_xml_well_formed() {
    for id in ["ttml", "ebuttd"] {
        if let Some(out) = program("xmllint", &["--noout", "--nonet", "-"], written(id).as_bytes())
        {
            assert_eq!(out, "");
        }
    }
}

#[test]
fn imsc_renders_the_ttml_without_a_complaint() {
    let code = r"
const { fromXML } = require('imsc/src/main/js/doc');
const { generateISD } = require('imsc/src/main/js/isd');
const text = require('fs').readFileSync(0, 'utf8');
const complaint = (kind) => (message) => { console.log(kind + ' ' + message); };
const tt = fromXML(text, { info: complaint('info'), warn: complaint('warning'), error: complaint('error'), fatal: complaint('fatal') });
const spoken = (node) => node.text !== undefined ? node.text : node.kind === 'br' ? '|' : (node.contents || []).map(spoken).join('');
const shown = [];
const times = tt.getMediaTimeEvents();
for (let i = 0; i < times.length; i++) {
    const isd = generateISD(tt, times[i], { info: complaint('info'), warn: complaint('warning'), error: complaint('error'), fatal: complaint('fatal') });
    const text = isd.contents.map(spoken).join('');
    if (text) console.log(Math.round(times[i] * 1000) + ' ' + Math.round(times[i + 1] * 1000) + ' ' + text);
}";
    for id in ["ttml", "ebuttd"] {
        let ttml = written(id);
        if let Some(seen) = node(code, ttml.as_bytes()) {
            assert_eq!(seen.lines().collect::<Vec<_>>(), captions(&ttml), "{id}");
        }
    }
}

#[test]
fn the_render_model_of_imsc_can_play_the_ttml() {
    let code = "import xml.etree.ElementTree as et, ttconv.imsc.reader as r, ttconv.isd as isd\nfrom fractions import Fraction\nimport imschrm.hrm as hrm\nd = r.to_model(et.ElementTree(et.fromstring(sys.stdin.buffer.read())))\nclass H(hrm.EventHandler):\n    def info(self, *a): pass\n    def warn(self, *a): print('warning', a[0])\n    def error(self, *a): print('error', a[0])\n    def debug(self, *a): pass\nhrm.validate(isd.ISD.generate_isd_sequence(d), H())";
    if let Some(seen) = ttconv(code, written("ttml").as_bytes()) {
        assert_eq!(seen, [] as [&str; 0]);
    }
}

#[test]
fn pysubs2_reads_the_ttml_as_written() {
    let ttml = written("ttml");
    let code = "import sys, pysubs2\nfor e in pysubs2.SSAFile.from_string(sys.stdin.read(), format_='ttml'): print(e.start, e.end, e.text.replace('\\\\N', '|'))";
    if let Some(seen) = python(code, ttml.as_bytes()) {
        let bare =
            |line: &str| line.replace('|', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            seen.lines().map(bare).collect::<Vec<_>>(),
            captions(&ttml).iter().map(|line| bare(line)).collect::<Vec<_>>()
        );
    }
}

fn ours(source: &[u8], name: &str) -> Transcript {
    read(source, Some(name)).expect("readable").transcript
}

#[test]
fn what_other_programs_write_is_read_as_it_was() {
    let story = timed(transcript(STORY));
    let srt = written("srt");
    let pycaption = "import sys, pycaption\nprint(pycaption.DFXPWriter().write(pycaption.SRTReader().read(sys.stdin.read())))";
    let ttconv = "import sys, ttconv.srt.reader as s, ttconv.imsc.writer as w\nimport io\nw.from_model(s.to_model(io.StringIO(sys.stdin.read()))).write(sys.stdout, encoding='unicode')";
    for code in [pycaption, ttconv] {
        let Some(document) = python(code, srt.as_bytes()) else { continue };
        let back = ours(document.as_bytes(), "a.dfxp");
        let expected = ours(srt.as_bytes(), "a.srt");
        assert_eq!(crate::words(&back), crate::words(&story), "{document}");
        for (word, wanted) in back.words().zip(expected.words()) {
            let (word, wanted) = (word.timing.expect("timed"), wanted.timing.expect("timed"));
            let apart = (word.stretch.start() - wanted.stretch.start()).micros().abs();
            assert!(apart <= 1000, "{document}");
        }
    }
}

/// `start text` of each caption that we read, times in milliseconds, its lines as one.
fn read_captions(bytes: &[u8], name: &str) -> Vec<String> {
    let shown = ours(bytes, name).captions.into_iter();
    let start = |stretch: Stretch| (stretch.start().micros() + 500) / 1000;
    shown.map(|caption| format!("{} {}", start(caption.stretch), caption.lines.join(" "))).collect()
}

/// `start text` of a caption that another program shows as `start end text`.
fn without_end(line: &str) -> String {
    let (start, rest) = line.split_once(' ').expect("a start");
    let (_, text) = rest.split_once(' ').expect("an end");
    on_one_line(&format!("{start} {text}"))
}

fn on_one_line(text: &str) -> String {
    text.replace('|', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fails unless both are the same captions in the same order, at the same times, give or take `millis`.
#[track_caller]
fn assert_same(ours: &[String], theirs: &[String], millis: i64) {
    let split = |line: &String| {
        let (start, text) = line.split_once(' ').expect("a start");
        (start.parse::<i64>().expect("a number"), text.to_owned())
    };
    let near = |(ours, theirs): (&String, &String)| {
        let (ours, theirs) = (split(ours), split(theirs));
        ours.1 == theirs.1 && (ours.0 - theirs.0).abs() <= millis
    };
    let same = ours.len() == theirs.len() && ours.iter().zip(theirs).all(near);
    assert!(same, "ours: {ours:#?}\ntheirs: {theirs:#?}");
}

#[test]
fn ttconv_and_pycaption_read_the_line_21_captions_as_we_do() {
    let scc = written("scc");
    let ours = read_captions(scc.as_bytes(), "a.scc");
    let code = "import ttconv.scc.reader as r\nshow(r.to_model(sys.stdin.read()))";
    if let Some(seen) = ttconv(code, scc.as_bytes()) {
        // It has a heavy line where CTA-608 has a dash.
        let seen: Vec<String> =
            seen.iter().map(|line| without_end(line).replace('━', "—")).collect();
        assert_same(&ours, &seen, 1);
    }
    let code = "import sys, pycaption\nfor c in pycaption.SCCReader().read(sys.stdin.read()).get_captions('en-US'): print(round(c.start / 1000), c.get_text().replace('\\n', '|'))";
    if let Some(seen) = python(code, scc.as_bytes()) {
        // It takes a drop-frame time code for the clock, which it follows within a tenth of a second.
        let seen: Vec<String> = seen.lines().map(on_one_line).collect();
        assert_same(&ours, &seen, 100);
    }
}

#[test]
fn line_21_captions_of_other_programs_are_read_with_every_word() {
    // Late and slow enough that `ttconv` finds time to load every caption, in lines that fit; one behind a
    // caption that holds a cue alone has little.
    let mut story = timed(transcript(STORY));
    for word in story.words_mut() {
        let timing = word.timing.as_mut().expect("timed");
        let slower =
            |instant: Instant| Length::from_micros(5 * (instant - Instant::START).micros());
        let later = |instant| Instant::START + slower(instant) + Length::from_millis(10_000);
        timing.stretch = Stretch::new(later(timing.stretch.start()), later(timing.stretch.end()));
    }
    let podcast = CAPTION_PRESETS.iter().find(|preset| preset.id == "podcast").expect("known");
    let options = WriteOptions::default().with_captions(podcast);
    let srt = readback_formats::write(&story, format_for("srt").expect("known"), &options);
    let srt = String::from_utf8(srt.expect("written")).expect("text");
    let pycaption = "import sys, pycaption\nprint(pycaption.SCCWriter().write(pycaption.SRTReader().read(sys.stdin.read())))";
    let ttconv = "import sys, io, ttconv.srt.reader as s, ttconv.scc.writer as w\nprint(w.from_model(s.to_model(io.StringIO(sys.stdin.read()))))";
    for code in [pycaption, ttconv] {
        let Some(document) = python(code, srt.as_bytes()) else { continue };
        let back = ours(document.as_bytes(), "a.scc");
        assert_eq!(crate::words(&back), crate::words(&story), "{document}");
    }
}

#[test]
fn ttconv_reads_the_stl_as_we_do() {
    let stl = stl();
    let ours = read_captions(&stl, "a.stl");
    let code =
        "import io, ttconv.stl.reader as r\nshow(r.to_model(io.BytesIO(sys.stdin.buffer.read())))";
    if let Some(seen) = ttconv(code, &stl) {
        let seen: Vec<String> = seen.iter().map(|line| without_end(line)).collect();
        assert_same(&ours, &seen, 0);
    }
}
