//! The instruction sets of x86-64 that loops are compiled for.

use std::arch::x86_64::__cpuid_count;
use std::sync::LazyLock;

use super::Limit;

/// Defines the proof of each set, and all of them together as what is here.
macro_rules! sets {
    ($($(#[$meta:meta])* $set:ident $name:ident,)+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug)]
            pub(crate) struct $set {
                _private: (),
            }

            impl $set {
                /// The proof, if the processor has the set and `READBACK_CPU` does not forbid it.
                #[inline]
                pub(crate) fn new() -> Option<Self> {
                    HERE.$name
                }
            }
        )+

        /// The proofs of the sets that are here.
        struct Here {
            $($name: Option<$set>,)+
        }
    };
}

sets! {
    /// AVX2 and fused multiply-add.
    Avx2 avx2,
    /// AVX2, and sums of four products of bytes with 256 bits (AVX-VNNI).
    AvxVnni avx_vnni,
    /// AVX2 and AVX-512 with what the processors of servers have had of it from the beginning.
    Avx512 avx512,
    /// AVX-512, and sums of four products of bytes (VNNI).
    Avx512Vnni avx512_vnni,
    /// AVX-512, and sums of two products of half-width floats (BF16).
    Avx512Bf16 avx512_bf16,
    /// AVX-512 with both, and products of whole tiles of either (AMX), which the system must allow to a
    /// process before their first use: it has.
    Amx amx,
}

static HERE: LazyLock<Here> = LazyLock::new(|| Here::under(Limit::of_environment()));

impl Here {
    /// What the processor has of what the limit allows.
    fn under(limit: Limit) -> Self {
        let avx2 = limit > Limit::Portable
            && is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("fma");
        let avx512 = avx2
            && limit > Limit::Avx2
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl");
        let later = limit > Limit::Avx512;
        let avx_vnni = avx2 && later && is_x86_feature_detected!("avxvnni");
        let avx512_vnni = avx512 && later && is_x86_feature_detected!("avx512vnni");
        let avx512_bf16 = avx512 && later && is_x86_feature_detected!("avx512bf16");
        let amx = avx512_vnni && avx512_bf16 && limit > Limit::Vnni && has_amx() && request_amx();
        Self {
            avx2: avx2.then_some(Avx2 { _private: () }),
            avx_vnni: avx_vnni.then_some(AvxVnni { _private: () }),
            avx512: avx512.then_some(Avx512 { _private: () }),
            avx512_vnni: avx512_vnni.then_some(Avx512Vnni { _private: () }),
            avx512_bf16: avx512_bf16.then_some(Avx512Bf16 { _private: () }),
            amx: amx.then_some(Amx { _private: () }),
        }
    }
}

/// Whether the processor has tiles of bytes and of half-width floats.
fn has_amx() -> bool {
    const LARGEST_LEAF: u32 = 0;
    const FEATURES: u32 = 7;
    /// AMX-BF16, AMX-TILE and AMX-INT8.
    const TILES: u32 = 1 << 22 | 1 << 24 | 1 << 25;
    #[allow(unused_unsafe, reason = "safe in newer compilers than the oldest that is supported")]
    // SAFETY: every x86-64 processor has `cpuid`.
    let has = |leaf| unsafe { __cpuid_count(leaf, 0) };
    has(LARGEST_LEAF).eax >= FEATURES && has(FEATURES).edx & TILES == TILES
}

/// Asks Linux for the state that tiles need.
#[cfg(target_os = "linux")]
fn request_amx() -> bool {
    const ARCH_REQ_XCOMP_PERM: libc::c_long = 0x1023;
    const TILE_DATA: libc::c_long = 18;
    // SAFETY: `arch_prctl` with this request takes a number and touches no memory.
    unsafe { libc::syscall(libc::SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, TILE_DATA) == 0 }
}

/// How to ask another system is not known.
#[cfg(not(target_os = "linux"))]
fn request_amx() -> bool {
    false
}

/// Compiles a function for a set: with the features that [`Here::under`] looked for. What multiplies
/// tiles is not a feature yet, and is written as assembly.
macro_rules! with_features {
    (Avx2, $function:item) => {
        #[target_feature(enable = "avx2,fma")]
        $function
    };
    (AvxVnni, $function:item) => {
        #[target_feature(enable = "avx2,fma,avxvnni")]
        $function
    };
    (Avx512, $function:item) => {
        #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
        $function
    };
    (Avx512Vnni, $function:item) => {
        #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
        $function
    };
    (Avx512Bf16, $function:item) => {
        #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")]
        $function
    };
    (Amx, $function:item) => {
        #[target_feature(
            enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx512bf16"
        )]
        $function
    };
}
pub(crate) use with_features;
