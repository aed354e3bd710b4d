//! What benchmarks measure that nothing else calls: no part of the interface, and free to change.

use crate::gemm::{Rows, WIDTH};
use crate::int8::Int8Weights;

/// Multiplies bytes that fit a near cache, `rounds` times, so many for each sum that nothing else counts;
/// how many products that were. For measuring what the processor can do at most, in one thread.
pub fn saturate(rounds: usize) -> usize {
    const ROWS: usize = 16;
    const DEPTH: usize = 4160;
    let numbers: Vec<f32> = (0..WIDTH * DEPTH).map(|x| (x % 255) as f32).collect();
    let weights = Int8Weights::from_columns(&numbers, DEPTH, WIDTH);
    let rows = weights.quantise(Rows::new(&numbers, ROWS, DEPTH));
    let mut out = vec![0.0; ROWS * WIDTH];
    for _ in 0..rounds {
        weights.multiply(std::hint::black_box(&rows), 0, ROWS, 0, &mut out, WIDTH);
    }
    std::hint::black_box(out);
    rounds * ROWS * DEPTH * WIDTH
}
