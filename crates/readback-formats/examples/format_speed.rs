//! How fast an hour of speech is written and read in every format, on one core.
//!
//! `cargo run --release -p readback-formats --example format_speed` makes a transcript of 10,000 timed words
//! in the turns of several speakers, with cues, and prints the best of several runs in milliseconds; of all
//! formats, or of those that are named. What only recognisers write is read from words put together as
//! [`RECOGNISED`] says.

use std::time::{Duration, Instant as Clock};

use readback_formats::{FORMATS, Format, ReadOptions, WriteOptions, format_for, read_as, write};
use readback_transcript::{Instant, Known, Length, Probability, Stretch, Timing, Transcript};

const WORDS: usize = 10_000;
/// An hour's share for each word.
const STEP: Length = Length::from_millis(360);
const RUNS: usize = 7;

/// How a recogniser's output begins, has each word (`%s` start and `%e` end in seconds, `%m` and `%n` in
/// milliseconds, `%w` the word), and ends.
const RECOGNISED: &[(&str, [&str; 3])] = &[
    (
        "aws",
        [
            r#"{"results":{"items":["#,
            r#"{"type":"pronunciation","alternatives":[{"confidence":"0.9","content":"%w"}],"start_time":"%s","end_time":"%e"}"#,
            "]}}",
        ],
    ),
    (
        "google",
        [
            r#"{"results":[{"alternatives":[{"words":["#,
            r#"{"startTime":"%ss","endTime":"%es","word":"%w","speakerTag":1}"#,
            "]}]}]}",
        ],
    ),
    (
        "whisper",
        [
            r#"{"language":"en","segments":[{"start":0,"end":3600,"text":"","words":["#,
            r#"{"word":" %w","start":%s,"end":%e,"probability":0.9}"#,
            "]}]}",
        ],
    ),
    (
        "whispercpp",
        [
            r#"{"transcription":[{"offsets":{"from":0,"to":3600000},"text":"","tokens":["#,
            r#"{"text":" %w","offsets":{"from":%m,"to":%n},"id":1,"p":0.9}"#,
            "]}]}",
        ],
    ),
    (
        "hearing",
        [
            r#"{"readback-hearing":1,"language":"en","words":["#,
            r#"{"text":"%w","time":{"start":%s,"end":%e},"probability":0.9,"window":0}"#,
            "]}",
        ],
    ),
    (
        "speechmatics",
        [
            r#"{"format":"2.9","metadata":{"transcription_config":{"language":"en"}},"results":["#,
            r#"{"alternatives":[{"confidence":0.9,"content":"%w","speaker":"S1"}],"start_time":%s,"end_time":%e,"type":"word"}"#,
            "]}",
        ],
    ),
    (
        "deepgram",
        [
            r#"{"metadata":{},"results":{"channels":[{"alternatives":[{"transcript":"","words":["#,
            r#"{"word":"%w","start":%s,"end":%e,"confidence":0.9,"speaker":0,"punctuated_word":"%w"}"#,
            "]}]}]}}",
        ],
    ),
    (
        "assemblyai",
        [
            r#"{"id":"1","audio_url":"","language_code":"en","status":"completed","text":"","words":["#,
            r#"{"text":"%w","start":%m,"end":%n,"confidence":0.9,"speaker":"A"}"#,
            "]}",
        ],
    ),
    (
        "revai",
        [
            r#"{"monologues":[{"speaker":0,"elements":["#,
            r#"{"type":"text","value":"%w","ts":%s,"end_ts":%e,"confidence":0.9},{"type":"punct","value":" "}"#,
            "]}]}",
        ],
    ),
    (
        "azure",
        [
            r#"{"recognizedPhrases":["#,
            r#"{"speaker":1,"offset":"PT%sS","duration":"PT0.36S","nBest":[{"confidence":0.9,"display":"%w","words":[{"word":"%w","offset":"PT%sS","duration":"PT0.36S","confidence":0.9}]}]}"#,
            "]}",
        ],
    ),
    (
        "trint",
        [
            r#"{"words":["#,
            r#"{"duration":360,"time":%m,"paragraphId":"p0","value":"%w","speaker":"Ana","strikethrough":false}"#,
            "]}",
        ],
    ),
    (
        "sonix",
        [
            r#"{"transcript":[{"speaker":"Ana","start_time":0,"end_time":3600,"text":"","words":["#,
            r#"{"text":"%w ","start_time":%s,"end_time":%e}"#,
            "]}]}",
        ],
    ),
    ("words", [r#"{"result":["#, r#"{"conf":0.9,"start":%s,"end":%e,"word":"%w"}"#, "]}"]),
    (
        "podlove",
        ["[", r#"{"start_ms":%m,"end_ms":%n,"speaker":"1","voice":"Ana","text":"%w"}"#, "]"],
    ),
    ("nlp", ["token|speaker|ts|endTs|punctuation|case|tags\n", "%w|0|%s|%e|||", "\n"]),
];

fn main() {
    let transcript = hour();
    println!("{} words, {} turns", transcript.words().count(), transcript.turns.len());
    println!("{:12}{:>10}{:>10}{:>11}", "", "write", "read", "bytes");
    let named: Vec<String> = std::env::args().skip(1).collect();
    let asked = |format: &Format| named.is_empty() || named.iter().any(|id| id == format.id);
    for format in FORMATS.iter().filter(|format| asked(format)) {
        let options = WriteOptions::default();
        let source = write(&transcript, format, &options).ok();
        let written =
            source.is_some().then(|| best(|| write(&transcript, format, &options).is_ok()));
        let source = source.or_else(|| recognised(&transcript, format)).unwrap_or_default();
        let readable = format.read.is_open() && !source.is_empty();
        let read =
            readable.then(|| best(|| read_as(&source, format, &ReadOptions::default()).is_ok()));
        println!("{:12}{:>10}{:>10}{:>11}", format.id, millis(written), millis(read), source.len());
    }
}

/// The words as a recogniser writes them.
fn recognised(transcript: &Transcript, format: &Format) -> Option<Vec<u8>> {
    let (_, [head, each, tail]) = RECOGNISED.iter().find(|(id, _)| *id == format.id)?;
    let word = |word: &readback_transcript::Word| {
        let stretch = word.timing.expect("timed").stretch;
        let (start, end) = (stretch.start(), stretch.end());
        each.replace("%w", word.span.of(&transcript.text))
            .replace("%s", &format!("{:.3}", start.seconds()))
            .replace("%e", &format!("{:.3}", end.seconds()))
            .replace("%m", &(start.micros() / 1000).to_string())
            .replace("%n", &(end.micros() / 1000).to_string())
    };
    let words: Vec<String> = transcript.words().map(word).collect();
    let between = if head.starts_with(['{', '[']) { "," } else { "\n" };
    Some([head, words.join(between).as_str(), tail].concat().into_bytes())
}

fn best(mut run: impl FnMut() -> bool) -> Duration {
    let once = |_| {
        let began = Clock::now();
        assert!(run(), "what was written can be read");
        began.elapsed()
    };
    (0..RUNS).map(once).min().unwrap_or_default()
}

fn millis(time: Option<Duration>) -> String {
    time.map_or_else(|| "-".into(), |time| format!("{:.1} ms", time.as_secs_f64() * 1e3))
}

/// An hour: sentences of twelve words, a cue now and then, four speakers in turn.
fn hour() -> Transcript {
    const SPEAKERS: &[&str] = &["ANA RUIZ", "BO MARSH", "INES HALE", "Mr. OLE LINDQVIST"];
    const SENTENCE: &[&str] = &[
        "The",
        "harbour",
        "of",
        "Bergen",
        "wasn't",
        "open,",
        "said",
        "“Captain”",
        "Brandt,",
        "for",
        "$2.40",
        "million.",
    ];
    let mut text = String::from("An hour on the harbour\n\n");
    for turn in 0..=WORDS / 60 {
        text += &format!("{}:", SPEAKERS[turn % SPEAKERS.len()]);
        let words = 60.min(WORDS - turn * 60);
        (0..words).for_each(|word| text += &format!(" {}", SENTENCE[word % SENTENCE.len()]));
        text += if turn % 3 == 0 { "\n\n(SOUNDBITE OF WAVES)\n\n" } else { "\n\n" };
    }
    let npr = format_for("npr").expect("in the table");
    let (mut transcript, _) =
        read_as(text.as_bytes(), npr, &ReadOptions::default()).expect("a story");
    let mut at = Instant::START;
    for word in transcript.words_mut() {
        let stretch = Stretch::new(at, at + STEP);
        let probability = Probability::new(0.9);
        word.timing = Some(Timing { stretch, probability, known: Known::Measured });
        at = at + STEP;
    }
    transcript
}
