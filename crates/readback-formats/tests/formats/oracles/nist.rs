//! NIST's formats, laid beside `sclite`.

use readback_formats::{Parsed, WriteOptions, format_for, read};

use super::{program, python, written};
use crate::{STORY, corpus, timed, transcript, words, write};

#[test]
fn sclite_takes_the_word_times_and_counts_every_word() {
    let ctm = written("ctm");
    let Some(counts) = sclite((&ctm, "ctm"), &ctm) else { return };
    let count = words(&transcript(STORY)).len().to_string();
    assert_eq!(counts, [&count, &count, "0", "0", "0", "0"]);
}

/// A report of `sclite` on a hypothesis against a reference, words in parentheses being optional: all words, right, substituted, deleted,
/// inserted, wrong.
fn sclite(reference: (&str, &str), hypothesis: &str) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let (source, format) = reference;
    let (said, heard) = (path("a.said", source), path("a.ctm", hypothesis));
    let arguments =
        ["sclite", "-r", &said, format, "-h", &heard, "ctm", "-D", "-o", "rsum", "stdout"];
    let report = program("sctk", &arguments, b"")?;
    let sum = report.lines().find(|line| line.contains("Sum")).expect("a sum");
    let numbers = sum.split(|c: char| !c.is_ascii_digit()).filter(|field| !field.is_empty());
    Some(numbers.skip(1).take(6).map(str::to_owned).collect())
}

#[test]
fn sclite_scores_our_reference_against_our_words_without_an_error() {
    let Some(counts) = sclite((&written("stm"), "stm"), &written("ctm")) else { return };
    let count = words(&transcript(STORY)).len().to_string();
    assert_eq!(counts, [&count, &count, "0", "0", "0", "0"]);
}

#[test]
fn the_reading_of_alternatives_is_one_that_sclite_takes_for_right() {
    let reference = ";; LABEL \"o\" \"all\" \"\"\n\
        tape A ann 1.00 3.00 <o> salt { and / or / @ } (uh) water\n\
        tape A ann 3.00 4.00 <o> it's { very / @ } late\n\
        tape A inter_segment_gap 4.00 5.00 <o> ignore_time_segment_in_scoring\n\
        tape A bo 5.00 6.00 <o> { we're / we are } here\n";
    let Parsed { transcript: read_here, problems } =
        read(reference.as_bytes(), Some("a.stm")).expect("readable");
    assert_eq!(problems, []);
    let options = WriteOptions::default().with_recording("tape");
    let ctm = readback_formats::write(&read_here, format_for("ctm").expect("known"), &options);
    let ctm = String::from_utf8(ctm.expect("written")).expect("text").replace("tape 1", "tape A");
    let Some(counts) = sclite((reference, "stm"), &ctm) else { return };
    assert_eq!(counts[2..], ["0", "0", "0", "0"], "{ctm}");
}

/// What meeteval reads from a file of a format, or writes in it from what it reads.
const MEETEVAL: &str = "import sys, tempfile, pathlib, meeteval\n\
    kind, out = sys.stdin.readline().split()\n\
    path = pathlib.Path(tempfile.mkdtemp()) / f'a.{kind}'\n\
    path.write_text(sys.stdin.read())\n\
    segments = meeteval.io.load(path).to_seglst()\n\
    if out == 'seglst':\n\
    \x20for s in segments: print(s['session_id'], s['speaker'], f\"{float(s['start_time']):.3f}\", \
    f\"{float(s['end_time']):.3f}\", s.get('words') or '', sep='|')\n\
    else:\n\
    \x20print(getattr(meeteval.io, out.upper()).new(segments).dumps(), end='')\n";

#[test]
fn meeteval_reads_the_segments_and_turns_that_are_written() {
    let story = timed(transcript(STORY));
    for (id, nobody) in [("stm", "unknown"), ("rttm", "<NA>")] {
        let source = written(id);
        let Some(there) = python(MEETEVAL, format!("{id} seglst\n{source}").as_bytes()) else {
            return;
        };
        let read_here =
            read(source.as_bytes(), Some(&format!("a.{id}"))).expect("readable").transcript;
        assert_eq!(there.lines().count(), source.lines().count());
        let first = there.lines().next().expect("a segment");
        let stretch = read_here.turns[0].stretch.expect("a time");
        let name = read_here.turns[0].label.as_ref().map_or(nobody, |label| &label.name);
        let begin = format!("recording|{name}|{:.3}|", stretch.start().seconds());
        assert!(first.starts_with(&begin), "{first} {begin}");
        if id == "stm" {
            let said = there.lines().filter_map(|line| line.rsplit('|').next());
            let said: Vec<&str> = said.flat_map(str::split_whitespace).collect();
            assert_eq!(said, words(&story));
        }
    }
}

#[test]
fn what_meeteval_writes_is_read_alike() {
    let source = "t 1 ann 1.0 3.0 salt and water\nt 1 bo 2.5 4.0 why\n";
    for out in ["stm", "rttm", "ctm"] {
        // CTM needs times of words, which segments of one word each have.
        let source = if out == "ctm" { "t 1 1 1.0 3.0 salt\nt 1 1 3.0 4.0 why\n" } else { source };
        let Some(there) = python(MEETEVAL, format!("stm {out}\n{source}").as_bytes()) else {
            return;
        };
        let Parsed { transcript: here, problems } =
            read(there.as_bytes(), Some(&format!("a.{out}"))).expect("readable");
        assert_eq!(problems, [], "{there}");
        if out == "rttm" {
            let turns: Vec<String> = here
                .turns
                .iter()
                .map(|turn| {
                    let stretch = turn.stretch.expect("a time");
                    let name = turn.label.as_ref().map_or("", |label| &label.name);
                    format!("{name} {} {}", stretch.start().seconds(), stretch.end().seconds())
                })
                .collect();
            assert_eq!(turns, ["ann 1 3", "bo 2.5 4"]);
        } else {
            let expected: &[&str] =
                if out == "ctm" { &["salt", "why"] } else { &["salt", "and", "water", "why"] };
            assert_eq!(words(&here), expected, "{there}");
        }
    }
}

#[test]
fn the_error_of_our_turns_against_those_of_the_corpus_is_nothing() {
    let code = "import sys, spyder\n\
        def turns(text):\n\
        \x20all = [line.split() for line in text.splitlines()]\n\
        \x20return [(f[7], float(f[3]), float(f[3]) + float(f[4])) for f in all if f]\n\
        ref, hyp = sys.stdin.read().split('\\0')\n\
        print(f'{spyder.DER(turns(ref), turns(hyp)).der:.4f}')\n";
    for source in corpus::speaker_turns() {
        let read_here = read(source.as_bytes(), Some("a.rttm")).expect("readable").transcript;
        let again = write(&read_here, format_for("rttm").expect("known")).expect("written");
        let Some(error) = python(code, format!("{source}\0{again}").as_bytes()) else { return };
        assert_eq!(error.trim(), "0.0000");
    }
}
