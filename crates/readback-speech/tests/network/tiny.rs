//! A tiny network with made-up weights, and its `model.bin` in every storage.
//!
//! All weights are whole numbers of 64ths, which every storage holds exactly.

use std::collections::BTreeMap;
use std::path::Path;

use half::{bf16, f16};

pub const MELS: usize = 5;
pub const STATE: usize = 16;
pub const AUDIO: usize = 40;
pub const TEXT: usize = 14;
pub const VOCABULARY: usize = 23;
pub const CONFIG: &str = r#"{"alignment_heads": [[1, 0], [0, 1]], "lang_ids": [3, 4],
    "suppress_ids": [1, 2], "suppress_ids_begin": [5], "something_else": true}"#;

/// The numbers that stand for storages in the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Storage {
    Float32 = 0,
    Int8 = 1,
    Int16 = 2,
    Float16 = 4,
    BFloat16 = 5,
}

/// What architectures differ in.
#[derive(Clone, Copy)]
pub struct Shape {
    pub mels: usize,
    pub state: usize,
    pub heads: usize,
    pub encoder_layers: usize,
    pub decoder_layers: usize,
}

/// Named tensors: shape, and numbers in 64ths.
#[derive(Clone)]
pub struct Tiny {
    pub shape: Shape,
    pub tensors: BTreeMap<String, (Vec<usize>, Vec<i8>)>,
    pub heads: i16,
    pub aliases: Vec<(String, String)>,
    seed: u32,
}

impl Tiny {
    pub fn new() -> Self {
        Self::shaped(Shape {
            mels: MELS,
            state: STATE,
            heads: 2,
            encoder_layers: 2,
            decoder_layers: 2,
        })
    }

    pub fn shaped(shape: Shape) -> Self {
        let Shape { mels, state, heads, encoder_layers, decoder_layers } = shape;
        let alias = ("decoder/projection/weight".into(), "decoder/embeddings/weight".into());
        let (tensors, aliases) = (BTreeMap::new(), vec![alias]);
        let mut tiny = Self { shape, tensors, heads: heads as i16, aliases, seed: 1 };
        tiny.add("encoder/conv1/weight", &[state, mels, 3]);
        tiny.add("encoder/conv1/bias", &[state]);
        tiny.add("encoder/conv2/weight", &[state, state, 3]);
        tiny.add("encoder/conv2/bias", &[state]);
        tiny.add("encoder/position_encodings/encodings", &[AUDIO, state]);
        tiny.add("decoder/position_encodings/encodings", &[TEXT, state]);
        tiny.add("decoder/embeddings/weight", &[VOCABULARY, state]);
        for (part, layers) in [("encoder", encoder_layers), ("decoder", decoder_layers)] {
            tiny.add_norm(part);
            (0..layers).for_each(|layer| tiny.add_layer(part, layer));
        }
        tiny
    }

    fn add_layer(&mut self, part: &str, layer: usize) {
        let prefix = format!("{part}/layer_{layer}");
        let (state, inner) = (self.shape.state, self.shape.state * 3 / 2);
        self.add_attention(&format!("{prefix}/self_attention"), &[3 * state, state]);
        if part == "decoder" {
            self.add_attention(&format!("{prefix}/attention"), &[state, 2 * state, state]);
        }
        self.add_norm(&format!("{prefix}/ffn"));
        self.add_linear(&format!("{prefix}/ffn/linear_0"), inner, state);
        self.add_linear(&format!("{prefix}/ffn/linear_1"), state, inner);
    }

    fn add_attention(&mut self, prefix: &str, outputs: &[usize]) {
        self.add_norm(prefix);
        for (index, outputs) in outputs.iter().enumerate() {
            self.add_linear(&format!("{prefix}/linear_{index}"), *outputs, self.shape.state);
        }
    }

    fn add_linear(&mut self, prefix: &str, outputs: usize, inputs: usize) {
        self.add(&format!("{prefix}/weight"), &[outputs, inputs]);
        self.add(&format!("{prefix}/bias"), &[outputs]);
    }

    fn add_norm(&mut self, prefix: &str) {
        self.add(&format!("{prefix}/layer_norm/gamma"), &[self.shape.state]);
        self.add(&format!("{prefix}/layer_norm/beta"), &[self.shape.state]);
    }

    pub fn add(&mut self, name: &str, shape: &[usize]) {
        let values = (0..shape.iter().product()).map(|_| self.next()).collect();
        self.tensors.insert(name.to_owned(), (shape.to_vec(), values));
    }

    fn next(&mut self) -> i8 {
        self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((self.seed >> 16) % 63) as i8 - 31
    }

    /// A tensor's numbers.
    pub fn values(&self, name: &str) -> Vec<f64> {
        self.tensors[name].1.iter().map(|&x| f64::from(x) / 64.0).collect()
    }

    /// `model.bin` with the weights stored so; vectors stay in single precision.
    pub fn bytes(&self, storage: Storage) -> Vec<u8> {
        let quantised = matches!(storage, Storage::Int8 | Storage::Int16);
        let mut variables: Vec<Vec<u8>> = ["encoder/num_heads", "decoder/num_heads"]
            .map(|name| variable(name, &[], 2, &self.heads.to_le_bytes()))
            .into();
        for (name, (shape, values)) in &self.tensors {
            let storage = if shape.len() > 1 { storage } else { Storage::Float32 };
            variables.push(variable(name, shape, storage as u8, &stored(values, storage)));
            if quantised && shape.len() > 1 {
                variables.push(scale(name, shape[0], storage));
            }
        }
        let mut bytes = heading(variables.len() as u32);
        bytes.extend(variables.concat());
        bytes.extend((self.aliases.len() as u32).to_le_bytes());
        for (alias, name) in &self.aliases {
            bytes.extend([text(alias), text(name)].concat());
        }
        bytes
    }

    /// A model folder.
    pub fn folder(&self, storage: Storage) -> tempfile::TempDir {
        folder_of(&self.bytes(storage), CONFIG)
    }
}

/// A model folder of these files.
pub fn folder_of(model: &[u8], config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(Path::join(folder.path(), name), bytes);
    write("model.bin", model).unwrap();
    write("config.json", config.as_bytes()).unwrap();
    folder
}

/// What comes before the variables.
pub fn heading(variables: u32) -> Vec<u8> {
    let numbers = [3, variables].map(u32::to_le_bytes).concat();
    [6u32.to_le_bytes().to_vec(), text("WhisperSpec"), numbers].concat()
}

/// One variable as it stands in the file.
pub fn variable(name: &str, shape: &[usize], kind: u8, data: &[u8]) -> Vec<u8> {
    let sizes = shape.iter().flat_map(|&size| (size as u32).to_le_bytes());
    let mut bytes = [text(name), vec![shape.len() as u8]].concat();
    bytes.extend(sizes.chain([kind]).chain((data.len() as u32).to_le_bytes()));
    bytes.extend(data);
    bytes
}

/// Whole numbers need a scale: one for each row in eight bits, one for all in sixteen.
fn scale(name: &str, rows: usize, storage: Storage) -> Vec<u8> {
    let shape = if storage == Storage::Int8 { vec![rows] } else { vec![] };
    let data = 64f32.to_le_bytes().repeat(shape.first().copied().unwrap_or(1));
    variable(&format!("{name}_scale"), &shape, 0, &data)
}

fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u16 + 1).to_le_bytes(), text.as_bytes(), &[0]].concat()
}

fn stored(values: &[i8], storage: Storage) -> Vec<u8> {
    let one = |&x: &i8| {
        let value = f32::from(x) / 64.0;
        match storage {
            Storage::Float32 => value.to_le_bytes().to_vec(),
            Storage::Int8 => x.to_le_bytes().to_vec(),
            Storage::Int16 => i16::from(x).to_le_bytes().to_vec(),
            Storage::Float16 => f16::from_f32(value).to_le_bytes().to_vec(),
            Storage::BFloat16 => bf16::from_f32(value).to_le_bytes().to_vec(),
        }
    };
    values.iter().flat_map(one).collect()
}
