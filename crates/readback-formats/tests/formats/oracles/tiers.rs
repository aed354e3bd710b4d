//! Annotations on tiers, laid beside what Praat's and ELAN's users read and write with.

use readback_formats::{Parsed, format_for, read};
use readback_transcript::Transcript;

use super::{python, written};
use crate::{STORY, transcript, words, write};

/// Tiers and their annotations as the Python programs print them: `tier|start|end|text`.
fn read_by(code: &str, source: &str) -> Option<Vec<String>> {
    let head = "import sys, tempfile, pathlib\n\
        path = str(pathlib.Path(tempfile.mkdtemp()) / 'a.TextGrid')\n\
        pathlib.Path(path).write_bytes(sys.stdin.buffer.read())\n";
    let printed = python(&format!("{head}{code}"), source.as_bytes())?;
    Some(printed.lines().map(str::to_owned).collect())
}

const PRAATIO: &str = "from praatio import textgrid\n\
    grid = textgrid.openTextgrid(path, includeEmptyIntervals=False)\n\
    for name in grid.tierNames:\n\
    \x20for i in grid.getTier(name).entries: print(f'{name}|{i.start:.3f}|{i.end:.3f}|{i.label}')\n";

const TGT: &str = "import tgt\n\
    grid = tgt.io.read_textgrid(path)\n\
    for tier in grid.tiers:\n\
    \x20for i in tier.intervals: print(f'{tier.name}|{i.start_time:.3f}|{i.end_time:.3f}|{i.text}')\n";

const PYMPI: &str = "import pympi\n\
    eaf = pympi.Elan.Eaf(path)\n\
    for name in eaf.get_tier_names():\n\
    \x20for a in eaf.get_annotation_data_for_tier(name): print(f'{name}|{a[0]/1000:.3f}|{a[1]/1000:.3f}|{a[2]}')\n";

/// `start|end|text` of every word.
fn timed_words(transcript: &Transcript) -> Vec<String> {
    let shown = |word: &readback_transcript::Word| {
        let stretch = word.timing.expect("timed").stretch;
        let text = word.span.of(&transcript.text);
        format!("{:.3}|{:.3}|{text}", stretch.start().seconds(), stretch.end().seconds())
    };
    transcript.words().map(shown).collect()
}

#[test]
fn praatio_tgt_and_pympi_read_every_word_with_its_time() {
    for (id, code) in [("textgrid", PRAATIO), ("textgrid", TGT), ("eaf", PYMPI)] {
        let source = written(id);
        let Some(read_there) = read_by(code, &source) else { return };
        let read_here =
            read(source.as_bytes(), Some(&format!("a.{id}"))).expect("readable").transcript;
        let mut there: Vec<&str> = read_there
            .iter()
            .filter_map(|line| line.split_once('|'))
            .filter(|(tier, _)| tier.ends_with("words"))
            .map(|(_, rest)| rest)
            .collect();
        let mut here = timed_words(&read_here);
        here.sort_unstable();
        there.sort_unstable();
        assert_eq!(here, there, "{id}");
        assert_eq!(here.len(), words(&transcript(STORY)).len());
    }
}

/// What the program writes of one speaker's words, in several shapes.
fn written_by(code: &str) -> Option<String> {
    python(
        &format!(
            "import sys, tempfile, pathlib\npath = str(pathlib.Path(tempfile.mkdtemp()) / 'a.x')\n{code}\
        sys.stdout.write(pathlib.Path(path).read_text('utf-8'))\n"
        ),
        b"",
    )
}

#[test]
fn what_praatio_tgt_and_pympi_write_is_read_with_its_words_times_and_speakers() {
    let praatio = |format: &str| {
        format!(
            "from praatio import textgrid\n\
             from praatio.utilities.constants import Interval\n\
             grid = textgrid.Textgrid(0, 4)\n\
             grid.addTier(textgrid.IntervalTier('Ann', [Interval(1, 2.5, 'She said \"no\", Bo.')], 0, 4))\n\
             grid.addTier(textgrid.IntervalTier('Bo', [Interval(2, 3, 'Why?')], 0, 4))\n\
             grid.save(path, {format:?}, includeBlankSpaces=True)\n"
        )
    };
    let tgt = |format: &str| {
        format!(
            "import tgt\n\
             grid = tgt.TextGrid()\n\
             for name, s, e, t in [('Ann', 1, 2.5, 'She said \"no\", Bo.'), ('Bo', 2, 3, 'Why?')]:\n\
             \x20tier = tgt.IntervalTier(0, 4, name)\n\
             \x20tier.add_interval(tgt.Interval(s, e, t))\n\
             \x20grid.add_tier(tier)\n\
             tgt.io.write_to_file(grid, path, format={format:?})\n"
        )
    };
    let pympi = "import pympi, os\n\
        eaf = pympi.Elan.Eaf()\n\
        eaf.remove_tier('default')\n\
        for name, s, e, t in [('Ann', 1000, 2500, 'She said \"no\", Bo.'), ('Bo', 2000, 3000, 'Why?')]:\n\
        \x20eaf.add_tier(name); eaf.add_annotation(name, s, e, t)\n\
        eaf.to_file(path)\n"
        .to_owned();
    for (name, code) in [
        ("a.TextGrid", praatio("long_textgrid")),
        ("a.TextGrid", praatio("short_textgrid")),
        ("a.TextGrid", tgt("long")),
        ("a.TextGrid", tgt("short")),
        ("a.eaf", pympi),
    ] {
        let Some(source) = written_by(&code) else { return };
        let Parsed { transcript, problems } =
            read(source.as_bytes(), Some(name)).expect("readable");
        assert_eq!(transcript.text, "Ann: She said \"no\", Bo.\n\nBo: Why?\n", "{source}");
        let times = timed_words(&transcript);
        assert!(times[0].starts_with("1.000|"), "{times:?}");
        assert_eq!((times[4].as_str(), problems.len()), ("2.000|3.000|Why", 0));
    }
}

#[test]
fn what_is_written_here_is_written_there_again_unchanged() {
    let source = written("textgrid");
    let code = "from praatio import textgrid\n\
        textgrid.openTextgrid(path, includeEmptyIntervals=True).save(path, 'short_textgrid', includeBlankSpaces=True)\n\
        print(pathlib.Path(path).read_text('utf-8'))\n";
    let Some(short) = read_by(code, &source) else { return };
    let read_here =
        |source: &str| read(source.as_bytes(), Some("a.textgrid")).expect("readable").transcript;
    assert_eq!(read_here(&short.join("\n")), read_here(&source));
    let again = write(&read_here(&source), format_for("textgrid").expect("known"));
    assert_eq!(again.expect("written"), source);
}
