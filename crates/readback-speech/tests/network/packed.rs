//! A model is packed once: what is kept beside it changes nothing but the time of loading.

use std::fs;
use std::path::{Path, PathBuf};

use readback_speech::model::{Model, Precision};

use super::tiny::{MELS, Storage, Tiny};

/// The packed layers beside a model.
fn packed(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut files: Vec<PathBuf> = files.filter(|path| name(path).contains("packed")).collect();
    files.sort();
    files
}

fn log_probabilities(folder: &Path) -> Vec<f32> {
    let model = Model::load(folder).unwrap();
    let mel: Vec<f32> = (0..MELS * 40).map(|x| (x as f32 * 0.7).sin()).collect();
    let cross_kv = model.cross_kv(&model.encode(&mel));
    model.force(&cross_kv, &[7, 0, 22, 3, 19], 1).unwrap().log_probabilities
}

#[test]
fn the_second_start_reads_what_the_first_one_packed() {
    let folder = Tiny::new().folder(Storage::Float16);
    let first = log_probabilities(folder.path());
    let [file] = &packed(folder.path())[..] else { panic!("one file") };
    // Only the packed layers can tell what these weights were.
    let model = folder.path().join("model.bin");
    let (mut bytes, time) = (fs::read(&model).unwrap(), fs::metadata(&model).unwrap().modified());
    let name = b"decoder/layer_1/ffn/linear_0/weight";
    let at = bytes.windows(name.len()).position(|part| part == name).unwrap() + 60;
    bytes[at..at + 50].fill(0x33);
    fs::write(&model, bytes).unwrap();
    fs::File::options().append(true).open(&model).unwrap().set_modified(time.unwrap()).unwrap();
    assert_eq!(log_probabilities(folder.path()), first);
    fs::remove_file(file).unwrap();
    assert_ne!(log_probabilities(folder.path()), first);
}

#[test]
fn a_model_that_changed_is_packed_anew() {
    let folder = Tiny::new().folder(Storage::Float16);
    let first = log_probabilities(folder.path());
    let mut other = Tiny::new();
    other.add("decoder/embeddings/weight", &[super::tiny::VOCABULARY, super::tiny::STATE]);
    fs::write(folder.path().join("model.bin"), other.bytes(Storage::Float16)).unwrap();
    let second = log_probabilities(folder.path());
    assert_ne!(second, first);
    assert_eq!(log_probabilities(other.folder(Storage::Float16).path()), second);
    assert_eq!(log_probabilities(folder.path()), second);
}

#[test]
fn a_damaged_or_cut_file_is_made_again() {
    let folder = Tiny::new().folder(Storage::Float16);
    let first = log_probabilities(folder.path());
    let file = packed(folder.path()).remove(0);
    let whole = fs::read(&file).unwrap();
    for at in (0..whole.len()).step_by(97) {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        for bytes in [&damaged[..], &whole[..at]] {
            fs::write(&file, bytes).unwrap();
            assert_eq!(log_probabilities(folder.path()), first, "at {at}");
            assert_eq!(fs::read(&file).unwrap(), whole, "at {at}");
        }
    }
    assert_eq!(packed(folder.path()), [file]);
}

#[test]
fn an_exact_model_keeps_nothing() {
    let folder = Tiny::new().folder(Storage::Float16);
    Model::load_as(folder.path(), Precision::Exact).unwrap();
    assert!(packed(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_written_the_model_loads_all_the_same() {
    let folder = Tiny::new().folder(Storage::Float16);
    let first = log_probabilities(folder.path());
    let file = packed(folder.path()).remove(0);
    fs::remove_file(&file).unwrap();
    // A folder in the file's place cannot be replaced by it.
    fs::create_dir(&file).unwrap();
    fs::write(file.join("something"), "").unwrap();
    assert_eq!(log_probabilities(folder.path()), first);
}
