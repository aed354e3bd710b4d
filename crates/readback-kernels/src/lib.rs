//! Numeric kernels of the speech engine: matrix products, attention and the elementwise functions
//! between them, on the processor; in single precision or, two to four times faster, in less.
//!
//! Beside each fast function stands a plain one (`…_plain`) that says what it computes; the tests
//! hold the two together. Work is cut into blocks whose size depends on the operands only, and each
//! block is computed by one thread, so a result is the same to the last bit whatever the number of
//! threads. Knows nothing of sound, models or tokens.
#![expect(
    unsafe_code,
    reason = "a linear layer is written to from many threads, and loops are compiled for the \
              instruction set at hand"
)]
#![expect(
    clippy::inline_always,
    reason = "only what is inlined is compiled for that instruction set"
)]

mod aligned;
#[cfg(target_arch = "x86_64")]
mod amx;
mod attention;
#[doc(hidden)]
pub mod bench;
mod bf16;
mod cross_attention;
mod elementwise;
mod gemm;
mod int16;
mod int8;
mod isa;
mod linear;
mod packed;
mod shared;
mod vector;

pub use attention::{Past, attend, attend_plain, self_attention, self_attention_plain};
pub use cross_attention::{KeysAndValues, cross_attention, cross_attention_plain};
pub use elementwise::{
    gelu, gelu_plain, layer_norm, layer_norm_plain, log_softmax, log_softmax_plain, softmax,
    softmax_plain,
};
pub use gemm::Rows;
pub use int8::packing;
pub use linear::{Epilogue, Linear, Precision};
