//! Captions, laid beside ffmpeg and the Python packages `srt` and `webvtt-py`.

use super::{program, python, written};

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
    if let Some(seen) = program("ffmpeg", &arguments("srt"), srt.as_bytes()) {
        assert_eq!(captions(&seen), captions(&srt));
        let from_vtt = program("ffmpeg", &arguments("webvtt"), vtt.as_bytes()).expect("installed");
        assert_eq!(captions(&from_vtt).len(), vtt.matches("-->").count());
    }
}

#[test]
fn python_packages_read_the_captions_as_written() {
    let srt = written("srt");
    let code = "import srt,sys\nfor c in srt.parse(sys.stdin.read()): print(srt.timedelta_to_srt_timestamp(c.start),'-->',srt.timedelta_to_srt_timestamp(c.end),c.content.replace('\\n',' '))";
    if let Some(seen) = python(code, srt.as_bytes()) {
        assert_eq!(
            seen.lines().map(|line| line.replace(',', ".")).collect::<Vec<_>>(),
            captions(&srt)
        );
    }
    let vtt = written("vtt");
    let code = "import webvtt,sys,io\nfor c in webvtt.from_buffer(io.StringIO(sys.stdin.read())): print(c.start,c.end,c.voice,len(c.lines))";
    if let Some(seen) = python(code, vtt.as_bytes()) {
        assert_eq!(seen.lines().count(), vtt.matches("-->").count());
        assert!(seen.contains(" DANA ORTIZ "), "{seen}");
    }
}

#[test]
fn pysubs2_reads_the_captions_as_written_and_writes_what_is_read() {
    let code = "import pysubs2,sys\nsubs=pysubs2.SSAFile.from_string(sys.stdin.read(),format_='FORMAT')\nfor e in subs: print(e.start,e.end,e.plaintext.replace('\\n','|'))\nprint('=====')\nprint(subs.to_string('FORMAT'))";
    for id in ["srt", "vtt"] {
        let written = written(id);
        let seen_in = |source: &str| {
            let name = format!("a.{id}");
            let read = readback_formats::read(source.as_bytes(), Some(&name))
                .expect("readable")
                .transcript;
            let seen = read.captions.iter().map(|caption| {
                let millis = |instant: readback_transcript::Instant| instant.micros() / 1000;
                let (start, end) = (caption.stretch.start(), caption.stretch.end());
                format!("{} {} {}", millis(start), millis(end), caption.lines.join("|"))
            });
            seen.collect::<Vec<_>>()
        };
        let Some(printed) = python(&code.replace("FORMAT", id), written.as_bytes()) else { return };
        let (theirs, rewritten) = printed.split_once("=====\n").expect("both parts");
        assert_eq!(theirs.lines().collect::<Vec<_>>(), seen_in(&written), "{id}");
        assert_eq!(seen_in(rewritten.trim_start()), seen_in(&written), "{id}");
    }
}
