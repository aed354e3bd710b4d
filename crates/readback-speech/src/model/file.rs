//! `model.bin` as CTranslate2 writes it (binary version 6): named tensors, read through a memory map.
//!
//! Every size in the file is checked against the file's length before it is believed. It does not
//! know what the tensors are for.
//!
//! Format: `python/ctranslate2/specs/model_spec.py`, `ModelSpec._serialize`, of CTranslate2.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use half::slice::HalfFloatSliceExt;
use half::{bf16, f16};
use rayon::prelude::*;
use readback_kernels::{Linear, Precision};

use super::ModelError;
use super::map::Map;
use super::packed::Packed;

/// The one version of the container that is understood.
const BINARY_VERSION: u32 = 6;
/// Decoding may give this many floats for each byte of the file; more means aliases are abused.
const FLOATS_PER_BYTE: usize = 2;

/// How a tensor's numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Float32,
    Int8,
    Int16,
    Int32,
    Float16,
    BFloat16,
}

impl Kind {
    fn from_code(code: u8) -> Option<Self> {
        const KINDS: [Kind; 6] =
            [Kind::Float32, Kind::Int8, Kind::Int16, Kind::Int32, Kind::Float16, Kind::BFloat16];
        KINDS.get(usize::from(code)).copied()
    }

    fn bytes(self) -> usize {
        match self {
            Self::Int8 => 1,
            Self::Int16 | Self::Float16 | Self::BFloat16 => 2,
            Self::Float32 | Self::Int32 => 4,
        }
    }
}

#[derive(Debug)]
struct Variable {
    shape: Vec<usize>,
    kind: Kind,
    bytes: Range<usize>,
}

/// An open `model.bin`.
pub(super) struct ModelFile {
    /// How the layers made of its tensors shall compute.
    pub(super) precision: Precision,
    path: PathBuf,
    map: Map,
    variables: HashMap<String, Variable>,
    aliases: HashMap<String, String>,
    allowance: Cell<usize>,
    /// Layers that need not be made of the tensors again; where computing is exact, there are none.
    packed: Option<Packed>,
}

impl ModelFile {
    /// Opens the file and reads its table of tensors.
    pub(super) fn open(path: &Path, precision: Precision) -> Result<Self, ModelError> {
        let map = Map::open(path)
            .map_err(|source| ModelError::Unreadable { path: path.to_owned(), source })?;
        let mut cursor = Cursor { path, bytes: &map, at: 0 };
        read_heading(&mut cursor)?;
        let variables = read_variables(&mut cursor)?;
        let aliases = read_aliases(&mut cursor)?;
        let allowance = Cell::new(map.len().saturating_mul(FLOATS_PER_BYTE));
        let packed = (precision == Precision::Fast).then(|| Packed::open(path, map.metadata()));
        Ok(Self { precision, path: path.to_owned(), map, variables, aliases, allowance, packed })
    }

    /// The layer called `name`, packed before or made now of its weights `[outputs][inputs]` and bias.
    pub(super) fn layer(
        &self,
        name: &str,
        [outputs, inputs]: [usize; 2],
        make: impl FnOnce() -> Result<(Vec<f32>, Option<Vec<f32>>), ModelError>,
    ) -> Result<Linear, ModelError> {
        let packed = self.packed.as_ref().and_then(|packed| packed.layer(name));
        let fits = |layer: &Linear| layer.outputs() == outputs && layer.inputs() == inputs;
        if let Some(layer) = packed.filter(fits) {
            return Ok(layer);
        }
        let (weights, bias) = make()?;
        let layer = Linear::new(&weights, bias, inputs, self.precision);
        if let Some(packed) = &self.packed {
            packed.add(name, &layer);
        }
        Ok(layer)
    }

    /// Keeps what was packed for the next time.
    pub(super) fn keep_packed(self) {
        if let Some(packed) = self.packed {
            packed.save();
        }
    }

    /// Whether there is such a tensor.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether both names stand for the same tensor.
    pub(super) fn same(&self, one: &str, other: &str) -> bool {
        match (self.find(one), self.find(other)) {
            (Some(one), Some(other)) => one.bytes == other.bytes,
            _ => false,
        }
    }

    /// The sizes of a tensor that must have `rank` of them, none being zero.
    pub(super) fn shape<const RANK: usize>(&self, name: &str) -> Result<[usize; RANK], ModelError> {
        let shape = &self.require(name)?.shape;
        let shape: [usize; RANK] = shape.as_slice().try_into().map_err(|_| {
            self.bad(name, format!("has {} dimensions, {RANK} expected", shape.len()))
        })?;
        if shape.contains(&0) {
            return Err(self.bad(name, "is empty".to_owned()));
        }
        Ok(shape)
    }

    /// A single whole number.
    pub(super) fn integer(&self, name: &str) -> Result<i64, ModelError> {
        let variable = self.require(name)?;
        let bytes = &self.map[variable.bytes.clone()];
        match (variable.kind, bytes) {
            (Kind::Int8, &[a]) => Ok(i64::from(a.cast_signed())),
            (Kind::Int16, &[a, b]) => Ok(i64::from(i16::from_le_bytes([a, b]))),
            (Kind::Int32, &[a, b, c, d]) => Ok(i64::from(i32::from_le_bytes([a, b, c, d]))),
            _ => Err(self.bad(name, "is not a single whole number".to_owned())),
        }
    }

    /// All numbers of a tensor of exactly this shape, whole numbers scaled to what they stand for.
    pub(super) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let variable = self.require(name)?;
        if variable.shape != shape {
            let reason = format!("has shape {:?}, {shape:?} expected", variable.shape);
            return Err(self.bad(name, reason));
        }
        self.spend(name, variable.bytes.len() / variable.kind.bytes())?;
        let mut values = self.decode(variable);
        if matches!(variable.kind, Kind::Int8 | Kind::Int16) {
            self.rescale(name, &mut values, shape.first().copied().unwrap_or(1))?;
        }
        Ok(values)
    }

    /// An error about one tensor.
    pub(super) fn bad(&self, name: &str, reason: String) -> ModelError {
        ModelError::Weights { path: self.path.clone(), name: name.to_owned(), reason }
    }

    fn find(&self, name: &str) -> Option<&Variable> {
        let name = self.aliases.get(name).map_or(name, String::as_str);
        self.variables.get(name)
    }

    fn require(&self, name: &str) -> Result<&Variable, ModelError> {
        self.find(name).ok_or_else(|| self.bad(name, "is missing".to_owned()))
    }

    fn spend(&self, name: &str, floats: usize) -> Result<(), ModelError> {
        let left = self.allowance.get().checked_sub(floats).ok_or_else(|| {
            self.bad(name, "repeats other weights more often than a real model does".to_owned())
        })?;
        self.allowance.set(left);
        Ok(())
    }

    fn decode(&self, variable: &Variable) -> Vec<f32> {
        let bytes = &self.map[variable.bytes.clone()];
        let values = match variable.kind {
            Kind::Int8 => bytes.iter().map(|&x| f32::from(x.cast_signed())).collect(),
            Kind::Float32 => numbers(bytes, f32::from_le_bytes),
            Kind::Int16 => numbers(bytes, |x| f32::from(i16::from_le_bytes(x))),
            Kind::Int32 => numbers(bytes, |x| i32::from_le_bytes(x) as f32),
            Kind::Float16 => halves(bytes),
            Kind::BFloat16 => numbers(bytes, |x| bf16::from_le_bytes(x).to_f32()),
        };
        self.map.release(variable.bytes.clone());
        values
    }

    /// Divides quantised numbers by their scale, one for each of `rows` or one for all.
    fn rescale(&self, name: &str, values: &mut [f32], rows: usize) -> Result<(), ModelError> {
        let scale_name = format!("{name}_scale");
        let variable = self.require(&scale_name)?;
        let scales = self.decode(variable);
        if variable.kind != Kind::Float32 || (scales.len() != rows && scales.len() != 1) {
            return Err(self.bad(&scale_name, format!("must be one float, or {rows}")));
        }
        let width = values.len() / scales.len();
        for (row, scale) in values.chunks_mut(width.max(1)).zip(scales) {
            for value in row {
                *value /= scale;
            }
        }
        Ok(())
    }
}

fn numbers<const N: usize>(bytes: &[u8], read: impl Fn([u8; N]) -> f32) -> Vec<f32> {
    bytes.as_chunks::<N>().0.iter().map(|&number| read(number)).collect()
}

/// Half precision, which most published models use, is converted in parallel.
fn halves(bytes: &[u8]) -> Vec<f32> {
    const BLOCK: usize = 1 << 15;
    let mut values = vec![0.0; bytes.len() / 2];
    values.par_chunks_mut(BLOCK).zip(bytes.par_chunks(2 * BLOCK)).for_each(|(values, bytes)| {
        let numbers = bytes.as_chunks().0.iter().map(|&number| f16::from_le_bytes(number));
        numbers.collect::<Vec<_>>().convert_to_f32_slice(values);
    });
    values
}

fn read_heading(cursor: &mut Cursor) -> Result<(), ModelError> {
    let version = cursor.number("the binary version")?;
    if version != BINARY_VERSION {
        return Err(cursor.not_whisper(format!(
            "its binary version is {version}, {BINARY_VERSION} expected; convert it again"
        )));
    }
    let specification = cursor.text("the specification name")?;
    if specification != "WhisperSpec" {
        return Err(cursor.not_whisper(format!("it holds a {specification:?}")));
    }
    cursor.number("the specification revision")?;
    Ok(())
}

fn read_variables(cursor: &mut Cursor) -> Result<HashMap<String, Variable>, ModelError> {
    let count = cursor.number("the number of weights")?;
    let mut variables = HashMap::new();
    for index in 0..count {
        let name = cursor.text(&format!("the name of weights {} of {count}", index + 1))?;
        let variable = read_variable(cursor, &name)?;
        variables.insert(name, variable);
    }
    Ok(variables)
}

fn read_variable(cursor: &mut Cursor, name: &str) -> Result<Variable, ModelError> {
    let what = format!("the description of `{name}`");
    let rank = cursor.array::<1>(&what)?[0];
    let shape = (0..rank)
        .map(|_| cursor.number(&what).map(|size| size as usize))
        .collect::<Result<Vec<_>, _>>()?;
    let [code] = cursor.array(&what)?;
    let length = cursor.number(&what)? as usize;
    let start = cursor.at;
    cursor.take(length, &format!("`{name}`"))?;
    let bad = |reason: String| ModelError::Weights {
        path: cursor.path.to_owned(),
        name: name.to_owned(),
        reason,
    };
    let kind = Kind::from_code(code).ok_or_else(|| bad(format!("have unknown type {code}")))?;
    let needed = shape.iter().try_fold(kind.bytes(), |bytes, &size| bytes.checked_mul(size));
    if needed != Some(length) {
        return Err(bad(format!("hold {length} bytes, which shape {shape:?} contradicts")));
    }
    Ok(Variable { shape, kind, bytes: start..start + length })
}

fn read_aliases(cursor: &mut Cursor) -> Result<HashMap<String, String>, ModelError> {
    let count = cursor.number("the number of aliases")?;
    (0..count).map(|_| Ok((cursor.text("an alias")?, cursor.text("an alias")?))).collect()
}

/// A place in the file.
struct Cursor<'a> {
    path: &'a Path,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize, what: &str) -> Result<&'a [u8], ModelError> {
        let left = self.bytes.len() - self.at;
        if length > left {
            return Err(ModelError::CutShort {
                path: self.path.to_owned(),
                what: what.to_owned(),
                missing: length - left,
            });
        }
        self.at += length;
        Ok(&self.bytes[self.at - length..self.at])
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N], ModelError> {
        Ok(*self.take(N, what)?.first_chunk().expect("as many bytes as were taken"))
    }

    fn number(&mut self, what: &str) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.array(what)?))
    }

    /// A string: two bytes of length, then the text with its closing zero.
    fn text(&mut self, what: &str) -> Result<String, ModelError> {
        let length = u16::from_le_bytes(self.array(what)?);
        let bytes = self.take(usize::from(length), what)?;
        let text = bytes.strip_suffix(&[0]).and_then(|text| std::str::from_utf8(text).ok());
        text.map(str::to_owned).ok_or_else(|| self.not_whisper(format!("{what} is no text")))
    }

    fn not_whisper(&self, reason: String) -> ModelError {
        ModelError::NotWhisper { path: self.path.to_owned(), reason }
    }
}
