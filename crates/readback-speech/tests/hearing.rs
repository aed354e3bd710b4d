//! The whole pipeline with a tiny network of made-up weights: what it hears is nonsense, but it must be
//! the same nonsense every time, in its place, and the answers must be those of plain teacher forcing.

#![expect(clippy::unwrap_used, reason = "a test may fail anywhere")]

#[expect(dead_code, reason = "the network's own tests use the rest")]
#[path = "network/tiny.rs"]
mod tiny;

use std::f32::consts::TAU;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPoolBuilder;
use readback_speech::hear::{Engine, HearError, Options, Progress, hear, hear_for_questions};
use readback_speech::windows::{Cutter, SampledWindow};
use readback_transcript::{Answer, Hearing, Instant, Length, Question, Witness};
use tiny::{STATE, Storage, Tiny};

const RATE: usize = 16_000;

/// The tokens of a multilingual model that knows single bytes, two words and three languages.
fn vocabulary() -> String {
    let printable = (b'!'..=b'~').chain(0xA1..=0xAC).chain(0xAE..=0xFF).map(char::from);
    let bytes = printable.chain((0x100..0x144).filter_map(char::from_u32)).map(String::from);
    let words = ["Ġt", "Ġa", "he", "Ġthe", "Ġb", "Ġc", "at", "Ġcat"].map(str::to_owned);
    let special = "endoftext startoftranscript en de ja translate transcribe startoflm startofprev \
        nospeech notimestamps";
    let special = special.split_whitespace().map(|name| format!("<|{name}|>"));
    bytes.chain(words).chain(special).collect::<Vec<_>>().join("\n")
}

fn engine() -> Engine {
    let mut tiny = Tiny::new();
    tiny.add("encoder/conv1/weight", &[STATE, 80, 3]);
    tiny.add("encoder/position_encodings/encodings", &[1500, STATE]);
    tiny.add("decoder/position_encodings/encodings", &[448, STATE]);
    tiny.add("decoder/embeddings/weight", &[256 + 8 + 11 + 1501, STATE]);
    let folder = tiny.folder(Storage::Float32);
    std::fs::write(folder.path().join("vocabulary.txt"), vocabulary()).unwrap();
    Engine::load(folder.path()).unwrap()
}

/// Something like a voice: a buzz that swells four times a second.
fn voice(seconds: f32) -> Vec<f32> {
    let sample = |n: usize| {
        let t = n as f32 / RATE as f32;
        let buzz: f32 = (1..20).map(|k| (TAU * 130.0 * k as f32 * t).sin() / k as f32).sum();
        0.15 * buzz * (0.6 + 0.4 * (TAU * 4.0 * t).sin())
    };
    (0..(seconds * RATE as f32) as usize).map(sample).collect()
}

fn english() -> Options {
    let mut options = Options::default();
    options.language = Some("en".into());
    options
}

fn to_the_end(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn silence(seconds: f32) -> Vec<f32> {
    vec![0.0; (seconds * RATE as f32) as usize]
}

fn recording() -> Vec<f32> {
    [voice(40.0), silence(5.0), voice(3.0), silence(4.0), voice(24.0)].concat()
}

fn listen(engine: &Engine, audio: &[f32], block: usize, threads: usize) -> Hearing {
    listen_with("", engine, audio, block, threads)
}

/// The same, told what is probably said.
fn listen_with(
    draft: &str,
    engine: &Engine,
    audio: &[f32],
    block: usize,
    threads: usize,
) -> Hearing {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let blocks = audio.chunks(block).map(<[f32]>::to_vec);
    let mut options = english();
    options.draft = draft.into();
    let heard = pool.install(|| hear(engine, blocks, &options, &mut to_the_end).unwrap());
    assert_eq!(heard.length, Length::from_seconds(audio.len() as f64 / RATE as f64));
    heard
}

#[test]
fn neither_threads_nor_blocks_change_what_is_heard() {
    let (engine, audio) = (engine(), recording());
    let one = listen(&engine, &audio, 8_000, 1);
    assert!(one.windows.len() >= 4, "{:?}", one.windows);
    assert!(!one.words.is_empty());
    assert_eq!(one, listen(&engine, &audio, 999, 3));
}

#[test]
fn what_is_probably_said_does_not_change_what_is_heard() {
    let (engine, audio) = (engine(), recording());
    let alone = listen(&engine, &audio, 8_000, 2);
    let words: Vec<&str> = alone.words.iter().map(|word| word.text.as_str()).collect();
    let (all, end) = (words.join(" "), words[words.len() / 2..].join(" "));
    for draft in [&all, &end, "the cat sat at the bat, and the cat"] {
        assert_eq!(listen_with(draft, &engine, &audio, 8_000, 2), alone, "{draft}");
    }
}

#[test]
fn words_lie_in_their_windows_and_windows_where_somebody_speaks() {
    let hearing = listen(&engine(), &recording(), 8_000, 2);
    for word in &hearing.words {
        let window = hearing.windows[word.window].stretch;
        assert!(window.start() <= word.stretch.start() && word.stretch.end() <= window.end());
    }
    let quiet = Instant::from_seconds(42.5);
    assert!(hearing.windows.iter().all(|window| !window.stretch.contains(quiet)));
    assert!(hearing.speech.windows(2).all(|pair| pair[0].end() < pair[1].start()));
}

#[test]
fn silence_is_heard_as_nothing() {
    let hearing = listen(&engine(), &silence(40.0), 8_000, 1);
    assert_eq!((hearing.windows.len(), hearing.words.len(), hearing.speech.len()), (0, 0, 0));
    assert_eq!(listen(&engine(), &[], 8_000, 1).length, Length::ZERO);
}

#[test]
fn progress_never_goes_back() {
    let mut seen = Vec::new();
    let mut note = |progress: Progress| {
        seen.push(progress.done);
        ControlFlow::Continue(())
    };
    let (engine, audio) = (engine(), voice(280.0));
    hear(&engine, audio.chunks(8_000).map(<[f32]>::to_vec), &Options::default(), &mut note)
        .unwrap();
    assert!(!seen.is_empty() && seen.is_sorted());
}

#[test]
fn a_language_the_model_does_not_know_is_refused() {
    let mut options = Options::default();
    options.language = Some("tlh".into());
    let refused = hear(&engine(), std::iter::empty(), &options, &mut to_the_end);
    assert_eq!(refused.unwrap_err().to_string(), "the model does not know the language tlh");
}

fn question(before: &str, readings: &[&str], after: &str) -> Question {
    let readings = readings.iter().map(|&reading| reading.into()).collect();
    Question { window: 1, before: before.into(), readings, after: after.into() }
}

/// What plain teacher forcing says of each reading, one by one.
fn forced(
    engine: &Engine,
    window: &SampledWindow,
    prompt: &str,
    question: &Question,
) -> Vec<Answer> {
    let tokenizer = engine.tokenizer();
    let mel = engine.spectrogram(&window.samples);
    let cross_kv = engine.model().cross_kv(&engine.model().encode(&mel));
    let mut opening = Vec::new();
    if !prompt.is_empty() {
        opening.push(tokenizer.special().previous);
        opening.extend(tokenizer.encode(&format!(" {prompt}")));
    }
    opening.extend(tokenizer.opening("en"));
    opening.extend(tokenizer.encode(&question.before));
    let answer = |reading: &String| {
        let own = tokenizer.encode(reading);
        let mut after = tokenizer.encode(&question.after);
        if after.is_empty() {
            after.push(tokenizer.special().end);
        }
        let all = [opening.clone(), own.clone(), after].concat();
        let found = engine.model().force(&cross_kv, &all, opening.len()).unwrap().log_probabilities;
        let sum = |values: &[f32]| values.iter().map(|&value| f64::from(value)).sum();
        let (reading, after) = found.split_at(own.len());
        Answer { reading: sum(reading), tokens: own.len(), after: sum(after) }
    };
    question.readings.iter().map(answer).collect()
}

#[test]
fn answers_are_those_of_reading_every_candidate_by_itself() {
    let (engine, audio) = (engine(), recording());
    let mut cutter = Cutter::default();
    let windows = [cutter.push(&audio), cutter.finish()].concat();
    let questions = [
        question(" the cat", &[" sat", " the cat", ""], " at the"),
        question("", &[" The", " Cat"], " cat"),
        question(" the cat sat at", &[" the end", ""], ""),
        question(" another text", &[" cat"], " at"),
    ];
    for prompt in ["", "the cat"] {
        let mut options = english();
        options.prompt = prompt.into();
        let audio = std::iter::once(audio.clone());
        let mut heard = hear_for_questions(&engine, audio, &options, &mut to_the_end).unwrap();
        let answers = heard.score(&questions).unwrap();
        for (question, answers) in questions.iter().zip(&answers) {
            let expected = forced(&engine, &windows[1], prompt, question);
            assert_eq!(answers.len(), expected.len());
            for (answer, expected) in answers.iter().zip(&expected) {
                assert_eq!(answer.tokens, expected.tokens);
                // The window is kept in half precision.
                assert!(
                    (answer.reading - expected.reading).abs() < 0.02,
                    "{answer:?} {expected:?}"
                );
                assert!((answer.after - expected.after).abs() < 0.02, "{answer:?} {expected:?}");
            }
        }
    }
}

#[test]
fn what_is_heard_does_not_depend_on_whether_questions_will_be_asked() {
    let (engine, audio) = (engine(), recording());
    let blocks = || audio.chunks(8_000).map(<[f32]>::to_vec);
    let heard = hear_for_questions(&engine, blocks(), &english(), &mut to_the_end).unwrap();
    assert_eq!(*heard.hearing(), hear(&engine, blocks(), &english(), &mut to_the_end).unwrap());
}

#[test]
fn a_question_about_no_window_is_refused() {
    let audio = std::iter::once(recording());
    let engine = engine();
    let mut heard = hear_for_questions(&engine, audio, &english(), &mut to_the_end).unwrap();
    let windows = heard.hearing().windows.len();
    let beyond = Question { window: 99, ..question("", &[" cat"], "") };
    let refused = heard.score(&[beyond]).unwrap_err().to_string();
    let expected = format!("there is no window 99, only {windows}");
    assert!(refused.ends_with(&expected), "{refused}");
}

/// Sound that goes on until nobody wants any more, and counts the blocks taken of it.
fn endless<'a>(sound: &'a [f32], taken: &'a AtomicUsize) -> impl Iterator<Item = Vec<f32>> + 'a {
    sound.chunks(8_000).cycle().map(|block| {
        taken.fetch_add(1, Ordering::Relaxed);
        block.to_vec()
    })
}

#[test]
fn hearing_stops_when_asked_to_and_reads_no_further() {
    let (engine, sound, taken) = (engine(), voice(20.0), AtomicUsize::new(0));
    let mut told = 0;
    let mut stop = |_| {
        told += 1;
        ControlFlow::Break(())
    };
    let stopped = hear(&engine, endless(&sound, &taken), &english(), &mut stop);
    assert!(matches!(stopped, Err(HearError::Stopped)), "{stopped:?}");
    assert_eq!(told, 1);
    // The batch that was heard, the next one, and the queue behind it: no more than 24 windows of 30 s.
    assert!(taken.into_inner() < 24 * 60);
}

#[test]
fn hearing_stops_though_nothing_but_silence_follows() {
    let engine = engine();
    let spoken = std::iter::repeat_n(voice(20.0), 15);
    let audio = spoken.chain(std::iter::repeat(silence(1.0)));
    let stopped = hear(&engine, audio, &english(), &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(HearError::Stopped)), "{stopped:?}");
}
