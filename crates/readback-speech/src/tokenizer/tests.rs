//! What the tokenizer promises, held against values from the reference tokenizer.

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;

/// A vocabulary of the 256 bytes, a few merged pieces and the special tokens of a multilingual model.
pub(crate) fn small() -> Tokenizer {
    Tokenizer::from_names(Path::new("small"), &small_names()).unwrap()
}

fn small_names() -> Vec<String> {
    let printable = (b'!'..=b'~').chain(0xA1..=0xAC).chain(0xAE..=0xFF).map(char::from);
    let shifted = (0x100..0x144).filter_map(char::from_u32);
    let pieces = ["Ġt", "Ġa", "he", "Ġthe", "Ġb", "Ġc", "at", "Ġcat", "'s"].map(str::to_owned);
    let special = [
        "endoftext",
        "startoftranscript",
        "en",
        "de",
        "ja",
        "translate",
        "transcribe",
        "startoflm",
        "startofprev",
        "nospeech",
        "notimestamps",
    ];
    let bytes = printable.chain(shifted).map(String::from);
    bytes.chain(pieces).chain(special.map(|name| format!("<|{name}|>"))).collect()
}

fn words(text: &str, language: &str) -> Vec<String> {
    let tokenizer = small();
    tokenizer.words(&tokenizer.encode(text), language).into_iter().map(|word| word.text).collect()
}

fn written(tokenizer: &Tokenizer, text: &str) -> Vec<String> {
    tokenizer.encode(text).into_iter().map(|token| tokenizer.decode(&[token])).collect()
}

#[test]
fn merges_follow_token_numbers() {
    assert_eq!(written(&small(), " the cat's"), [" the", " cat", "'s"]);
    assert_eq!(written(&small(), " hat"), [" ", "h", "at"]);
}

#[test]
fn special_tokens_say_nothing_and_their_names_are_plain_text() {
    let tokenizer = small();
    let special = tokenizer.special();
    assert_eq!(tokenizer.decode(&[special.start, special.end, special.no_timestamps + 4]), "");
    assert!(tokenizer.encode("<|endoftext|>").iter().all(|token| *token < special.end));
}

#[test]
fn a_window_opens_with_its_language_and_task() {
    let tokenizer = small();
    let special = tokenizer.special();
    let german = tokenizer.language("de").unwrap();
    let opening = [special.start, german, special.transcribe, special.no_timestamps];
    assert_eq!(tokenizer.opening("de"), opening);
    assert_eq!(tokenizer.languages().map(|(code, _)| code).collect::<Vec<_>>(), ["en", "de", "ja"]);
}

#[test]
fn words_are_cut_at_blanks_and_keep_their_signs() {
    assert_eq!(
        words(" The U.S. paid $43,000, he said.", "en"),
        ["The", "U.S.", "paid", "$43,000,", "he", "said."]
    );
    assert_eq!(words(" \" Yes \" - he said ...", "en"), ["\"Yes", "\"-he", "said..."]);
}

#[test]
fn languages_without_blanks_are_cut_at_characters() {
    assert_eq!(words("東京、", "ja"), ["東", "京、"]);
}

#[test]
fn signs_alone_are_no_word() {
    assert_eq!(words(" ...", "en"), Vec::<String>::new());
}

#[test]
fn the_words_of_a_text_share_out_its_tokens() {
    let tokenizer = small();
    let tokens = tokenizer.encode(" the \"cat\" - a bat.");
    let mut next = 0;
    for word in tokenizer.words(&tokens, "en") {
        assert_eq!(word.tokens.start, next);
        next = word.tokens.end;
    }
    assert_eq!(next, tokens.len());
}

#[test]
fn a_missing_token_is_named() {
    let mut names = small_names();
    names.pop();
    let error = Tokenizer::from_names(Path::new("m"), &names).unwrap_err().to_string();
    assert_eq!(error, "the vocabulary in m lacks <|notimestamps|>; it is not a Whisper model's");
}

#[test]
fn a_folder_without_vocabulary_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let error = Tokenizer::load(folder.path()).unwrap_err();
    assert!(matches!(error, TokenizerError::NoVocabulary { .. }), "{error}");
}

#[test]
fn a_vocabulary_file_alone_is_enough_and_a_contradicting_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut names = small_names();
    fs::write(folder.path().join("vocabulary.txt"), names.join("\n")).unwrap();
    assert_eq!(written(&Tokenizer::load(folder.path()).unwrap(), " the"), [" the"]);

    let vocab: HashMap<_, _> = names.iter().zip(0..).collect();
    let json = serde_json::json!({ "model": { "vocab": vocab } });
    fs::write(folder.path().join("tokenizer.json"), json.to_string()).unwrap();
    assert!(Tokenizer::load(folder.path()).is_ok());

    names.swap(3, 4);
    fs::write(folder.path().join("vocabulary.txt"), names.join("\n")).unwrap();
    let error = Tokenizer::load(folder.path()).unwrap_err();
    assert!(matches!(error, TokenizerError::Disagree { number: 3, .. }), "{error}");
}

#[test]
fn a_huge_token_number_is_refused_before_anything_is_allocated() {
    let folder = tempfile::tempdir().unwrap();
    let json = r#"{"model":{"vocab":{"a":9999999999999}}}"#;
    fs::write(folder.path().join("tokenizer.json"), json).unwrap();
    let error = Tokenizer::load(folder.path()).unwrap_err();
    assert!(matches!(error, TokenizerError::NumberTooLarge { .. }), "{error}");
}

proptest! {
    #[test]
    fn any_text_comes_back_whole(text in any::<String>()) {
        let tokenizer = small();
        prop_assert_eq!(tokenizer.decode(&tokenizer.encode(&text)), text);
    }

    #[test]
    fn words_never_lose_a_letter(text in "[ a-zé東.,'\"-]{0,40}") {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(letters(&words(&text, "en").concat()), letters(&text));
    }
}

/// The folder of a real model below `READBACK_MODELS`; says so when there is none.
pub(crate) fn real_model(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("READBACK_MODELS").map(|models| PathBuf::from(models).join(name));
    let found = folder.filter(|folder| folder.join("model.bin").is_file());
    if found.is_none() {
        eprintln!("skipped: READBACK_MODELS names no folder with the model {name}");
    }
    found
}

/// `tests/data/tokens.json`, made by `tools/tokens.py`.
#[test]
fn real_vocabularies_cut_text_as_the_reference_does() {
    let golden: serde_json::Value =
        serde_json::from_str(include_str!("../../tests/data/tokens.json")).unwrap();
    for name in ["base", "tiny.en"] {
        let Some(folder) = real_model(name) else { continue };
        let tokenizer = Tokenizer::load(&folder).unwrap();
        let texts = golden["texts"].as_array().unwrap();
        for (text, tokens) in texts.iter().zip(golden[name].as_array().unwrap()) {
            let text = text.as_str().unwrap();
            let expected: Vec<TokenId> = serde_json::from_value(tokens.clone()).unwrap();
            assert_eq!(tokenizer.encode(text), expected, "{name}: {text:?}");
            assert_eq!(tokenizer.decode(&expected), text, "{name}");
        }
        assert_eq!(tokenizer.is_multilingual(), name == "base");
    }
}

/// The reference's list is in each model's `config.json`, together with the special tokens.
#[test]
fn unspoken_tokens_are_those_the_reference_suppresses() {
    for name in ["base", "tiny.en"] {
        let Some(folder) = real_model(name) else { continue };
        let tokenizer = Tokenizer::load(&folder).unwrap();
        let config = fs::read_to_string(folder.join("config.json")).unwrap();
        let config: serde_json::Value = serde_json::from_str(&config).unwrap();
        let mut listed: Vec<TokenId> =
            serde_json::from_value(config["suppress_ids"].clone()).unwrap();
        listed.retain(|token| *token < tokenizer.special().end);
        assert_eq!(tokenizer.unspoken(), listed, "{name}");
    }
}
