//! How fast an hour of speech is written and read in every format, on one core.
//!
//! `cargo bench -p readback-formats --bench format_speed` makes a transcript of 10,000 timed words
//! in the turns of several speakers, with cues, and prints the best of several runs in milliseconds; of all
//! formats, or of those that are named. What Readback does not write is read from words put together as
//! [`RECOGNISED`] says.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it takes the time")]

use std::time::{Duration, Instant as Clock};

use readback_formats::{
    FORMATS, Format, Mapping, ReadOptions, WriteOptions, format_for, read_as, write,
};
use readback_transcript::{
    Instant, Length, Piece, Probability, Stretch, TimeOrigin, Timing, Transcript, Turn, Word,
};

const WORDS: usize = 10_000;
/// An hour's share for each word.
const STEP: Length = Length::from_millis(360);
const RUNS: usize = 7;

/// What the parts of the XML below are called.
const MAPPING: &str = r#"
[turn]
element = "turn"
speaker = "@who"
start = "@at"

[word]
element = "w"
start = "@s"
end = "@e"
"#;

/// How what others write begins, has each turn (`%t` its text, `%i` its words, `%h` its start as hours,
/// minutes and seconds), each word, and ends. Of both, `%s` is the start and `%e` the end in seconds, `%m`
/// and `%n` in milliseconds; of a word, `%w` is its text.
const RECOGNISED: &[(&str, [&str; 4])] = &[
    (
        "aws",
        [
            r#"{"results":{"items":["#,
            "%i",
            r#"{"type":"pronunciation","alternatives":[{"confidence":"0.9","content":"%w"}],"start_time":"%s","end_time":"%e"}"#,
            "]}}",
        ],
    ),
    (
        "google",
        [
            r#"{"results":[{"alternatives":[{"words":["#,
            "%i",
            r#"{"startTime":"%ss","endTime":"%es","word":"%w","speakerTag":1}"#,
            "]}]}]}",
        ],
    ),
    (
        "whisper",
        [
            r#"{"language":"en","segments":["#,
            r#"{"start":%s,"end":%e,"text":"%t","words":[%i]}"#,
            r#"{"word":" %w","start":%s,"end":%e,"probability":0.9}"#,
            "]}",
        ],
    ),
    (
        "whispercpp",
        [
            r#"{"transcription":["#,
            r#"{"offsets":{"from":%m,"to":%n},"text":"%t","tokens":[%i]}"#,
            r#"{"text":" %w","offsets":{"from":%m,"to":%n},"id":1,"p":0.9}"#,
            "]}",
        ],
    ),
    (
        "hearing",
        [
            r#"{"readback-hearing":1,"language":"en","words":["#,
            "%i",
            r#"{"text":"%w","time":{"start":%s,"end":%e},"probability":0.9,"window":0}"#,
            "]}",
        ],
    ),
    (
        "speechmatics",
        [
            r#"{"format":"2.9","metadata":{"transcription_config":{"language":"en"}},"results":["#,
            "%i",
            r#"{"alternatives":[{"confidence":0.9,"content":"%w","speaker":"S1"}],"start_time":%s,"end_time":%e,"type":"word"}"#,
            "]}",
        ],
    ),
    (
        "deepgram",
        [
            r#"{"metadata":{},"results":{"channels":[{"alternatives":[{"transcript":"","words":["#,
            "%i",
            r#"{"word":"%w","start":%s,"end":%e,"confidence":0.9,"speaker":0,"punctuated_word":"%w"}"#,
            "]}]}]}}",
        ],
    ),
    (
        "assemblyai",
        [
            r#"{"id":"1","audio_url":"","language_code":"en","status":"completed","text":"","words":["#,
            "%i",
            r#"{"text":"%w","start":%m,"end":%n,"confidence":0.9,"speaker":"A"}"#,
            "]}",
        ],
    ),
    (
        "revai",
        [
            r#"{"monologues":["#,
            r#"{"speaker":0,"elements":[%i]}"#,
            r#"{"type":"text","value":"%w","ts":%s,"end_ts":%e,"confidence":0.9},{"type":"punct","value":" "}"#,
            "]}",
        ],
    ),
    (
        "azure",
        [
            r#"{"recognizedPhrases":["#,
            r#"{"speaker":1,"offset":"PT%sS","duration":"PT21.6S","nBest":[{"confidence":0.9,"display":"%t","words":[%i]}]}"#,
            r#"{"word":"%w","offset":"PT%sS","duration":"PT0.36S","confidence":0.9}"#,
            "]}",
        ],
    ),
    (
        "trint",
        [
            r#"{"words":["#,
            "%i",
            r#"{"duration":360,"time":%m,"paragraphId":"p0","value":"%w","speaker":"Ana","strikethrough":false}"#,
            "]}",
        ],
    ),
    (
        "sonix",
        [
            r#"{"transcript":["#,
            r#"{"speaker":"Ana","start_time":%s,"end_time":%e,"text":"%t","words":[%i]}"#,
            r#"{"text":"%w ","start_time":%s,"end_time":%e}"#,
            "]}",
        ],
    ),
    ("words", [r#"{"result":["#, "%i", r#"{"conf":0.9,"start":%s,"end":%e,"word":"%w"}"#, "]}"]),
    (
        "podlove",
        ["[", "%i", r#"{"start_ms":%m,"end_ms":%n,"speaker":"1","voice":"Ana","text":"%w"}"#, "]"],
    ),
    ("nlp", ["token|speaker|ts|endTs|punctuation|case|tags\n", "%i", "%w|0|%s|%e|||", "\n"]),
    ("otter", ["", "Ana Ruiz  %h\n%t\n", "", ""]),
    (
        "xml",
        [
            "<?xml version=\"1.0\"?><story>",
            "<turn who=\"Ana\" at=\"%s\">%i</turn>",
            "<w s=\"%s\" e=\"%e\">%w</w>",
            "</story>",
        ],
    ),
];

fn main() {
    let transcript = hour();
    let mapping = Mapping::parse(MAPPING).expect("a mapping");
    let to_read = ReadOptions::default().with_mapping(Some(mapping));
    println!("{} words, {} turns", transcript.words().count(), transcript.turns.len());
    println!("{:12}{:>10}{:>10}{:>11}", "", "write", "read", "bytes");
    let named: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let asked = |format: &Format| named.is_empty() || named.iter().any(|id| id == format.id);
    for format in FORMATS.iter().filter(|format| asked(format)) {
        let options = WriteOptions::default();
        let source = write(&transcript, format, &options).ok();
        let written =
            source.is_some().then(|| best(|| write(&transcript, format, &options).is_ok()));
        let source = source.or_else(|| recognised(&transcript, format)).unwrap_or_default();
        let readable = format.read.is_open() && !source.is_empty();
        let read = readable.then(|| best(|| read_as(&source, format, &to_read).is_ok()));
        println!("{:12}{:>10}{:>10}{:>11}", format.id, millis(written), millis(read), source.len());
    }
}

/// The words as others write them.
fn recognised(transcript: &Transcript, format: &Format) -> Option<Vec<u8>> {
    let (_, [head, each_turn, each_word, tail]) =
        RECOGNISED.iter().find(|(id, _)| *id == format.id)?;
    let between = if head.starts_with(['{', '[']) { "," } else { "\n" };
    let timed = |template: &str, stretch: Stretch| {
        let (start, end) = (stretch.start(), stretch.end());
        let seconds = start.micros() / 1_000_000;
        let clock = format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        template
            .replace("%h", &clock)
            .replace("%s", &format!("{:.3}", start.seconds()))
            .replace("%e", &format!("{:.3}", end.seconds()))
            .replace("%m", &(start.micros() / 1000).to_string())
            .replace("%n", &(end.micros() / 1000).to_string())
    };
    let word = |word: &Word| {
        let stretch = word.timing.expect("timed").stretch;
        timed(each_word, stretch).replace("%w", word.span.of(&transcript.text))
    };
    let turn = |turn: &Turn| {
        let stretches = turn.words().filter_map(|word| Some(word.timing?.stretch));
        let all = stretches.reduce(Stretch::union)?;
        let speech = turn.pieces.iter().filter_map(|piece| match piece {
            Piece::Speech { span, .. } => Some(span.of(&transcript.text)),
            Piece::Cue(_) => None,
        });
        let words: Vec<String> = turn.words().map(word).collect();
        let text = speech.collect::<Vec<_>>().join(" ");
        Some(timed(each_turn, all).replace("%t", &text).replace("%i", &words.join(between)))
    };
    let turns: Vec<String> = transcript.turns.iter().filter_map(turn).collect();
    Some([head, turns.join(between).as_str(), tail].concat().into_bytes())
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
    let mut transcript =
        read_as(text.as_bytes(), npr, &ReadOptions::default()).expect("a story").transcript;
    let mut at = Instant::START;
    for word in transcript.words_mut() {
        let stretch = Stretch::new(at, at + STEP);
        let probability = Probability::new(0.9);
        word.timing = Some(Timing { stretch, probability, known: TimeOrigin::Measured });
        at = at + STEP;
    }
    transcript
}
