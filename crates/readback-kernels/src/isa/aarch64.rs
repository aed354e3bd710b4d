//! The instruction set of 64-bit ARM processors that some loops are compiled for. Everything else is
//! compiled for NEON anyway, which every one of them has.

use std::sync::LazyLock;

use super::Limit;

/// NEON, and sums of four products of unsigned with signed bytes (I8MM), as processors of the last years
/// have them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct I8mm {
    _private: (),
}

impl I8mm {
    /// The proof, if the processor has the set and `READBACK_CPU` does not forbid it.
    #[inline]
    pub(crate) fn new() -> Option<Self> {
        static HERE: LazyLock<Option<I8mm>> = LazyLock::new(|| {
            let here = Limit::of_environment() > Limit::Portable
                && std::arch::is_aarch64_feature_detected!("i8mm");
            here.then_some(I8mm { _private: () })
        });
        *HERE
    }
}

/// Compiles a function for the set.
macro_rules! with_features {
    (I8mm, $function:item) => {
        #[target_feature(enable = "neon,i8mm")]
        $function
    };
}
pub(crate) use with_features;
