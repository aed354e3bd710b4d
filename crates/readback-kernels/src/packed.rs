//! Sizes and numbers as bytes, for layers that are kept packed, so that a model need not be packed anew
//! each time it is loaded. What follows on what, the layers know.

/// Reads what was written with [`Vec::extend`], never beyond its end.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn size(&mut self) -> Option<usize> {
        let bytes = self.take(8)?.first_chunk()?;
        usize::try_from(u64::from_le_bytes(*bytes)).ok()
    }

    pub(crate) fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        let bytes = self.take(count.checked_mul(4)?)?.as_chunks().0;
        Some(bytes.iter().map(|&number| f32::from_le_bytes(number)).collect())
    }

    pub(crate) fn whole(&mut self, count: usize) -> Option<Vec<i32>> {
        let bytes = self.take(count.checked_mul(4)?)?.as_chunks().0;
        Some(bytes.iter().map(|&number| i32::from_le_bytes(number)).collect())
    }
}

pub(crate) fn write_size(out: &mut Vec<u8>, size: usize) {
    out.extend((size as u64).to_le_bytes());
}
