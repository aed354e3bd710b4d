//! A damaged model folder gives one clear error that names the file, and never a panic.

use readback_speech::model::Model;

use super::tiny::{CONFIG, STATE, Storage, Tiny, folder_of, heading, variable};

fn error_of(model: &[u8], config: &str) -> String {
    let folder = folder_of(model, config);
    let error = Model::load(folder.path()).err().expect("a damaged model must not load");
    error.to_string().replace(&folder.path().display().to_string(), "FOLDER")
}

#[track_caller]
fn check(model: &[u8], wanted: &str) {
    assert_eq!(error_of(model, CONFIG), wanted);
}

fn whole() -> Vec<u8> {
    Tiny::new().bytes(Storage::Float16)
}

#[test]
fn a_missing_file_is_named() {
    for name in ["model.bin", "config.json"] {
        let folder = folder_of(&whole(), CONFIG);
        std::fs::remove_file(folder.path().join(name)).unwrap();
        let error = Model::load(folder.path()).err().unwrap().to_string();
        assert!(error.starts_with("cannot read ") && error.contains(name), "{error}");
    }
}

#[test]
fn an_empty_file_is_cut_short() {
    check(
        &[],
        "FOLDER/model.bin is cut short: the binary version needs 4 more bytes; fetch the model again",
    );
}

#[test]
fn a_file_cut_anywhere_is_cut_short() {
    let whole = whole();
    let ends = (0..300).chain((300..whole.len()).step_by(211)).chain([whole.len() - 1]);
    for end in ends {
        let error = error_of(&whole[..end], CONFIG);
        assert!(error.starts_with("FOLDER/model.bin is cut short: "), "at {end}: {error}");
    }
}

#[test]
fn a_cut_inside_a_tensor_names_it_and_what_is_missing() {
    let bytes = [heading(1), variable("encoder/conv1/bias", &[2], 0, &[0; 8])].concat();
    check(
        &bytes[..bytes.len() - 3],
        "FOLDER/model.bin is cut short: `encoder/conv1/bias` needs 3 more bytes; fetch the model again",
    );
}

#[test]
fn another_kind_of_file_is_refused() {
    check(
        b"RIFF\x10\x00\x00\x00WAVE",
        "FOLDER/model.bin is not a usable CTranslate2 Whisper model: its binary version is \
         1179011410, 6 expected; convert it again",
    );
    let mut translator = heading(0);
    translator[6..13].copy_from_slice(b"Transfo");
    check(
        &translator,
        "FOLDER/model.bin is not a usable CTranslate2 Whisper model: it holds a \"TransfoSpec\"",
    );
}

#[test]
fn sizes_that_contradict_each_other_are_refused() {
    let vast = u32::MAX as usize;
    for shape in [vec![3], vec![vast, vast, vast], vec![0]] {
        let error = error_of(&[heading(1), variable("x", &shape, 0, &[0; 8])].concat(), CONFIG);
        assert!(error.contains("`x`: hold 8 bytes, which shape"), "{error}");
    }
    let error = error_of(&[heading(1), variable("x", &[8], 9, &[0; 8])].concat(), CONFIG);
    assert!(error.ends_with("`x`: have unknown type 9"), "{error}");
}

#[test]
fn a_promise_of_endless_weights_is_cut_short() {
    let error = error_of(&heading(u32::MAX), CONFIG);
    assert!(error.contains("is cut short: the name of weights 1 of 4294967295"), "{error}");
}

#[test]
fn a_missing_or_misshapen_tensor_is_named() {
    let mut tiny = Tiny::new();
    let name = "decoder/layer_1/attention/linear_1/weight";
    tiny.add(name, &[STATE, STATE]);
    check(
        &tiny.bytes(Storage::Float32),
        "FOLDER/model.bin: weights `decoder/layer_1/attention/linear_1/weight`: has shape [16, 16], \
         [32, 16] expected",
    );
    tiny.tensors.remove(name);
    check(
        &tiny.bytes(Storage::Float32),
        "FOLDER/model.bin: weights `decoder/layer_1/attention/linear_1/weight`: is missing",
    );
}

#[test]
fn heads_that_do_not_divide_the_state_are_refused() {
    for heads in [0, -4, 3] {
        let mut tiny = Tiny::new();
        tiny.heads = heads;
        let error = error_of(&tiny.bytes(Storage::Float32), CONFIG);
        assert!(error.contains("`encoder/num_heads`: is"), "{error}");
    }
}

#[test]
fn an_alias_of_nothing_is_a_missing_tensor() {
    let mut tiny = Tiny::new();
    tiny.aliases[0].1 = "nowhere".to_owned();
    let error = error_of(&tiny.bytes(Storage::Float32), CONFIG);
    assert!(error.ends_with("`decoder/projection/weight`: is missing"), "{error}");
}

#[test]
fn aliases_cannot_multiply_a_small_file_without_end() {
    let mut tiny = Tiny::new();
    tiny.add("encoder/layer_0/ffn/linear_0/weight", &[90_000, STATE]);
    tiny.add("encoder/layer_0/ffn/linear_0/bias", &[90_000]);
    tiny.add("encoder/layer_0/ffn/linear_1/weight", &[STATE, 90_000]);
    for layer in 2..40 {
        for name in tiny.clone().tensors.keys().filter(|name| name.starts_with("encoder/layer_0/"))
        {
            tiny.aliases.push((name.replace("layer_0", &format!("layer_{layer}")), name.clone()));
        }
    }
    let error = error_of(&tiny.bytes(Storage::Float32), CONFIG);
    assert!(error.ends_with("repeats other weights more often than a real model does"), "{error}");
}

#[test]
fn a_configuration_that_does_not_fit_is_refused() {
    for (config, wanted) in [
        ("{", "EOF while parsing an object at line 1 column 1"),
        (r#"{"alignment_heads": [[2, 0]]}"#, "alignment head [2, 0] is outside the network"),
        (r#"{"suppress_ids": [23]}"#, "token 23 is outside the vocabulary"),
    ] {
        assert_eq!(error_of(&whole(), config), format!("FOLDER/config.json: {wanted}"));
    }
}

#[test]
fn without_alignment_heads_the_later_layers_serve() {
    let model = Model::load(folder_of(&whole(), "{}").path()).unwrap();
    assert_eq!(model.config().alignment_heads, [(1, 0), (1, 1)]);
}
