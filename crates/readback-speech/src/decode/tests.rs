//! What decoding promises: which windows go on, fall back or are left silent.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::tokenizer::tests::small;

/// What a canned window says: its tokens in order, then the end.
struct Script {
    tokens: Vec<TokenId>,
    no_speech: f32,
    /// How much more probable the scripted token is than any other, as a difference of logits.
    certainty: f32,
    /// How much more probable German is than any other language, as a difference of logits.
    german: f32,
}

struct Canned {
    tokenizer: Tokenizer,
    /// How often it was asked.
    passes: AtomicUsize,
}

#[derive(Clone)]
struct Reading<'a> {
    script: &'a Script,
    read: Vec<TokenId>,
}

impl Network for Canned {
    type CrossKv = Script;
    type Sequence<'a> = Reading<'a>;

    fn begin<'a>(&'a self, script: &'a Script) -> Reading<'a> {
        Reading { script, read: Vec::new() }
    }

    fn step<'a>(
        &'a self,
        sequences: &mut [&mut Reading<'a>],
        tokens: &[&[TokenId]],
    ) -> Result<Vec<Vec<f32>>, DecodeError> {
        assert_eq!(sequences.len(), tokens.len());
        let each = self.step_each(sequences, tokens)?;
        Ok(each.into_iter().filter_map(|mut logits| logits.pop()).collect())
    }

    fn step_each<'a>(
        &'a self,
        sequences: &mut [&mut Reading<'a>],
        tokens: &[&[TokenId]],
    ) -> Result<Vec<Vec<Vec<f32>>>, DecodeError> {
        assert_eq!(sequences.len(), tokens.len());
        self.passes.fetch_add(1, Ordering::Relaxed);
        let mut all = Vec::new();
        for (reading, tokens) in sequences.iter_mut().zip(tokens) {
            all.push(tokens.iter().map(|&token| self.logits(reading, token)).collect());
        }
        Ok(all)
    }

    fn cut(reading: &mut Reading<'_>, length: usize) {
        reading.read.truncate(length);
    }
}

impl Canned {
    fn new() -> Self {
        Self { tokenizer: small(), passes: AtomicUsize::new(0) }
    }

    /// The scripted token, with everything else equally improbable; after the start token, the script's
    /// no-speech probability.
    fn logits(&self, reading: &mut Reading<'_>, token: TokenId) -> Vec<f32> {
        reading.read.push(token);
        let special = self.tokenizer.special();
        let size = special.no_timestamps as usize + 101;
        let mut logits = vec![0.0; size];
        if reading.read.last() == Some(&special.start) {
            let p = reading.script.no_speech;
            logits[special.no_speech as usize] = (p / (1.0 - p) * (size - 1) as f32).ln();
            let german = self.tokenizer.language("de").expect("the vocabulary has it");
            logits[german as usize] = reading.script.german;
            return logits;
        }
        let Some(start) = reading.read.iter().position(|token| *token == special.start) else {
            return logits;
        };
        let opening = self.tokenizer.opening("en").len();
        let written = reading.read.len().checked_sub(start + opening);
        let next = written.and_then(|written| reading.script.tokens.get(written));
        logits[*next.unwrap_or(&special.end) as usize] = reading.script.certainty;
        logits
    }
}

fn script(text: &str) -> Script {
    Script { tokens: small().encode(text), no_speech: 0.01, certainty: 20.0, german: 0.0 }
}

/// A loop that the model is so little sure of that it can leave it.
fn looping() -> Script {
    Script { certainty: 8.0, ..script(&" the cat at".repeat(20)) }
}

/// One hypothesis at a time, so that only a higher temperature leaves a loop.
fn greedy() -> DecodeOptions {
    let thresholds = Thresholds { compression_ratio: f32::MAX, ..Thresholds::default() };
    DecodeOptions { beam: 1, thresholds, ..DecodeOptions::default() }
}

fn decode(scripts: &[Script], options: &DecodeOptions) -> Vec<DecodedWindow> {
    let network = Canned::new();
    let cross_kvs: Vec<&Script> = scripts.iter().collect();
    Decoder::new(&network, &network.tokenizer, options).decode(&cross_kvs).unwrap()
}

fn decode_one(script: Script) -> DecodedWindow {
    decode(&[script], &DecodeOptions::default()).remove(0)
}

#[test]
fn each_window_gets_its_own_text_whenever_the_others_end() {
    let texts = [" the cat", " at", " a bat at the cat's the the cat"];
    let windows = decode(&texts.map(script), &DecodeOptions::default());
    assert_eq!(
        windows.iter().map(|window| window.text.as_str()).collect::<Vec<_>>(),
        texts.map(str::trim)
    );
    assert!(windows.iter().all(|window| window.temperature == 0.0 && window.language == "en"));
    assert!(windows.iter().all(|window| window.average_log_probability > -0.01));
}

#[test]
fn a_draft_saves_asking_and_changes_nothing() {
    let said = " the cat at a bat the bat at the cat's bat a cat at the cat";
    let with = |draft: &str| {
        let network = Canned::new();
        let draft = Arc::new(Draft::new(network.tokenizer.encode(draft)));
        let options = DecodeOptions { draft, ..DecodeOptions::default() };
        let script = script(said);
        let windows = Decoder::new(&network, &network.tokenizer, &options).decode(&[&script]);
        (windows.unwrap(), network.passes.into_inner())
    };
    let (alone, passes) = with("");
    let (right, fewer) = with(said);
    assert_eq!(alone, right);
    assert!(fewer * 2 < passes, "{fewer} of {passes}");
    assert_eq!(with(" at the bat the cat at the bat a cat's the cat at a cat").0, alone);
    assert_eq!(with(&said[..20]).0, alone);
}

#[test]
fn no_windows_give_no_texts() {
    assert_eq!(decode(&[], &DecodeOptions::default()), []);
}

#[test]
fn the_result_does_not_depend_on_the_batch() {
    let mut many: Vec<Script> = (0..40).map(|_| script(" a cat")).collect();
    many[33] = looping();
    let together = decode(&many, &greedy()).remove(33);
    assert!(together.temperature > 0.0, "the canned window is meant to need a fallback");
    assert_eq!(together, decode(&[looping()], &greedy()).remove(0));
}

#[test]
fn a_loop_gives_way_to_another_hypothesis_or_is_tried_again_at_a_higher_temperature() {
    let window = decode_one(looping());
    assert!(window.temperature == 0.0 && window.tokens.len() < 60, "{window:?}");
    assert!(decode(&[looping()], &greedy()).remove(0).temperature > 0.0);
}

#[test]
fn a_loop_that_no_temperature_breaks_is_cut_to_one_round() {
    let window = decode_one(script(&" the cat".repeat(60)));
    assert_eq!(window.text, "the cat");
}

#[test]
fn a_guess_without_voice_is_silence() {
    let guess = Script { no_speech: 0.9, certainty: 3.0, ..script(" the cat") };
    let window = decode_one(guess);
    assert_eq!((window.text.as_str(), window.temperature), ("", 0.0));
    assert!((window.no_speech - 0.9).abs() < 1e-3);
}

#[test]
fn a_sure_text_is_kept_even_if_the_model_hears_no_voice() {
    assert_eq!(decode_one(Script { no_speech: 0.9, ..script(" the cat") }).text, "the cat");
}

#[test]
fn a_prompt_stands_before_the_start_and_keeps_its_end() {
    let tokenizer = small();
    let tokens = prompt_tokens(&tokenizer, &" cat".repeat(300));
    assert_eq!(tokens.len(), 1 + LONGEST_PROMPT);
    assert_eq!(tokens[0], tokenizer.special().previous);
    assert!(prompt_tokens(&tokenizer, " \n").is_empty());
    let options = DecodeOptions { prompt: "the cat".into(), ..DecodeOptions::default() };
    assert_eq!(decode(&[script(" at the bat")], &options).remove(0).text, "at the bat");
}

#[test]
fn a_window_surely_in_another_language_is_written_in_that_one() {
    let spoken = |german: f32, other_languages: bool| {
        let options = DecodeOptions { other_languages, ..DecodeOptions::default() };
        decode(&[script(" the"), Script { german, ..script(" cat") }], &options)
    };
    let languages = |windows: Vec<DecodedWindow>| -> Vec<String> {
        windows.into_iter().map(|window| window.language).collect()
    };
    assert_eq!(languages(spoken(9.0, true)), ["en", "de"]);
    assert_eq!(languages(spoken(2.0, true)), ["en", "en"], "not sure enough");
    assert_eq!(languages(spoken(9.0, false)), ["en", "en"], "the language was given");
    assert_eq!(spoken(9.0, true)[1].text, "cat");
}

#[test]
fn a_text_has_no_letters_that_its_language_is_not_written_with() {
    let rules = Rules::new(&small());
    let possible = |language: &str, letter: &str| {
        let mut logits = vec![0.0; 400];
        rules.apply(&mut logits, &small().encode(" the"), language);
        logits[small().encode(letter)[0] as usize] > f32::NEG_INFINITY
    };
    for letter in ["ж", "東", "א", "한"] {
        assert!(!possible("en", letter), "{letter}");
        assert!(possible("ja", letter), "{letter}");
    }
    assert!(["é", "ß", "ạ"].iter().all(|sign| possible("en", sign)));
}

#[test]
fn languages_come_most_probable_first_and_share_one() {
    let network = Canned::new();
    let script = script(" the");
    let guesses = language::guess(&network, &network.tokenizer, &[&script, &script]).unwrap();
    assert_eq!(guesses.len(), 3);
    assert!((guesses.iter().map(|guess| guess.probability).sum::<f32>() - 1.0).abs() < 1e-5);
}
