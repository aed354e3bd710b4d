//! Keeps what the encoder made of every window, in half precision: the first windows in memory, the rest
//! in a temporary file without a name, so that a recording of any length takes the same memory.
//!
//! It knows rows of numbers and nothing about what they mean.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use half::f16;

/// Bytes kept in memory.
const BUDGET: usize = 64 << 20;

/// Rows of numbers, kept in the order they come.
#[derive(Default)]
pub(super) struct Store {
    rows: Vec<Row>,
    in_memory: usize,
    file: Option<File>,
    in_file: u64,
}

enum Row {
    Memory(Vec<f16>),
    File { start: u64, length: usize },
}

impl Store {
    /// Keeps a row; it gets the next number.
    pub(super) fn push(&mut self, values: &[f32]) -> io::Result<()> {
        let values: Vec<f16> = values.iter().map(|&value| f16::from_f32(value)).collect();
        let bytes = values.len() * size_of::<f16>();
        let row = if self.in_memory + bytes <= BUDGET {
            self.in_memory += bytes;
            Row::Memory(values)
        } else {
            self.spool(&values)?
        };
        self.rows.push(row);
        Ok(())
    }

    /// The row of this number, which must have been kept.
    pub(super) fn get(&mut self, number: usize) -> io::Result<Vec<f32>> {
        match &self.rows[number] {
            Row::Memory(values) => Ok(values.iter().map(|value| value.to_f32()).collect()),
            &Row::File { start, length } => self.fetch(start, length),
        }
    }

    fn spool(&mut self, values: &[f16]) -> io::Result<Row> {
        let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        let start = self.in_file;
        let file = self.file()?;
        file.seek(SeekFrom::Start(start))?;
        file.write_all(&bytes)?;
        self.in_file += bytes.len() as u64;
        Ok(Row::File { start, length: values.len() })
    }

    fn fetch(&mut self, start: u64, length: usize) -> io::Result<Vec<f32>> {
        let mut bytes = vec![0; length * size_of::<f16>()];
        let file = self.file()?;
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut bytes)?;
        let value = |pair: &[u8]| f16::from_le_bytes([pair[0], pair[1]]).to_f32();
        Ok(bytes.chunks_exact(size_of::<f16>()).map(value).collect())
    }

    fn file(&mut self) -> io::Result<&mut File> {
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile()?);
        }
        Ok(self.file.as_mut().expect("it was made just now"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_from_memory_and_from_the_file() {
        let mut store = Store::default();
        let row = |number: usize| vec![number as f32 + 0.5; 12 << 20];
        for number in 0..4 {
            store.push(&row(number)).expect("room on the disk");
        }
        assert!(store.file.is_some() && store.in_memory <= BUDGET);
        for number in [3, 0, 2, 1] {
            assert_eq!(store.get(number).expect("it can be read"), row(number));
        }
    }
}
