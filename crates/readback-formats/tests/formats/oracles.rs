//! Other programs read what is written here: ffmpeg, the Python packages `webvtt-py` and `srt`, and
//! `sclite`. Each test says so when its program is not there.

use std::io::Write as _;
use std::process::{Command, Stdio};

use readback_formats::format_for;

use crate::{STORY, timed, transcript, words, write};

/// Runs a program with `input`; `None`, said aloud, where it is not installed or lacks a package.
fn run(program: &str, arguments: &[&str], input: &str) -> Option<String> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("SKIPPED: {program} is not installed");
        return None;
    };
    // A program that stops early closes its end; its output tells why.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    if errors.contains("ModuleNotFoundError") {
        eprintln!(
            "SKIPPED: {program} lacks a package: {}",
            errors.lines().last().unwrap_or_default()
        );
        return None;
    }
    assert!(output.status.success(), "{program}: {errors}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

fn written(id: &str) -> String {
    write(&timed(transcript(STORY)), format_for(id).expect("known")).expect("written")
}

/// `start end text` per caption of our own SubRip, as the oracles print it.
fn captions(srt: &str) -> Vec<String> {
    let srt = srt.replace('\r', "");
    let blocks = srt.trim().split("\n\n").map(|block| block.split_once('\n').expect("a number").1);
    blocks.map(|block| block.replace('\n', " ").replace(',', ".")).collect()
}

#[test]
fn ffmpeg_reads_the_captions_as_written() {
    let (srt, vtt) = (written("srt"), written("vtt"));
    let arguments =
        |format: &'static str| ["-v", "error", "-f", format, "-i", "pipe:0", "-f", "srt", "pipe:1"];
    if let Some(seen) = run("ffmpeg", &arguments("srt"), &srt) {
        assert_eq!(captions(&seen), captions(&srt));
        let from_vtt = run("ffmpeg", &arguments("webvtt"), &vtt).expect("installed");
        assert_eq!(captions(&from_vtt).len(), vtt.matches("-->").count());
    }
}

#[test]
fn python_packages_read_the_captions_as_written() {
    let srt = written("srt");
    let code = "import srt,sys\nfor c in srt.parse(sys.stdin.read()): print(srt.timedelta_to_srt_timestamp(c.start),'-->',srt.timedelta_to_srt_timestamp(c.end),c.content.replace('\\n',' '))";
    if let Some(seen) = run("python3", &["-c", code], &srt) {
        assert_eq!(
            seen.lines().map(|line| line.replace(',', ".")).collect::<Vec<_>>(),
            captions(&srt)
        );
    }
    let vtt = written("vtt");
    let code = "import webvtt,sys,io\nfor c in webvtt.from_buffer(io.StringIO(sys.stdin.read())): print(c.start,c.end,c.voice,len(c.lines))";
    if let Some(seen) = run("python3", &["-c", code], &vtt) {
        assert_eq!(seen.lines().count(), vtt.matches("-->").count());
        assert!(seen.contains(" DANA ORTIZ "), "{seen}");
    }
}

#[test]
fn sclite_takes_the_word_times_and_counts_every_word() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("words.ctm");
    std::fs::write(&path, written("ctm")).expect("written");
    let path = path.to_str().expect("UTF-8");
    let Some(report) =
        run("sclite", &["-r", path, "ctm", "-h", path, "ctm", "-o", "rsum", "stdout"], "")
    else {
        return;
    };
    let count = words(&transcript(STORY)).len().to_string();
    let sum = report.lines().find(|line| line.contains("Sum")).expect("a sum");
    let numbers: Vec<&str> =
        sum.split(|c: char| !c.is_ascii_digit()).filter(|field| !field.is_empty()).collect();
    assert!(numbers.contains(&count.as_str()), "{count} words: {sum}");
    assert!(sum.trim_end_matches([' ', '|']).ends_with('0'), "{sum}");
}
