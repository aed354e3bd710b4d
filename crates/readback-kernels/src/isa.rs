//! Which instruction sets the processor has, and running a loop compiled for the best of them.
//!
//! The loops are ordinary Rust over fixed-size arrays. The compiler makes one copy of a loop for each
//! instruction set and the best is picked at run time. Only what is inlined into the loop is compiled
//! for that set, hence `inline(always)` throughout and `for` rather than closures given to iterators.
//!
//! Each set has a type without size, such as [`Avx512`]. Its values come from `new` alone, which looks
//! whether the processor has the set: to have one is to have the proof. What uses a set's instructions
//! by name asks for it.
//!
//! The environment variable `READBACK_CPU` keeps from the better sets, for tests and measurements.

#[cfg(target_arch = "aarch64")]
mod aarch64;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(target_arch = "aarch64")]
pub(crate) use aarch64::{I8mm, with_features};
#[cfg(target_arch = "x86_64")]
pub(crate) use x86::{Amx, Avx2, Avx512, Avx512Bf16, Avx512Vnni, AvxVnni, with_features};

/// The set that every processor has: nothing but what the program is compiled for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable;

/// How much of the processor `READBACK_CPU` allows, each more than the one before.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Limit {
    /// No set but [`Portable`].
    Portable,
    Avx2,
    /// Without VNNI and BF16.
    Avx512,
    /// Without AMX.
    Vnni,
    Unlimited,
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
impl Limit {
    /// What the variable says; anything but the names of limits is none.
    fn of_environment() -> Self {
        match std::env::var("READBACK_CPU").as_deref() {
            Ok("portable") => Self::Portable,
            Ok("avx2") => Self::Avx2,
            Ok("avx512") => Self::Avx512,
            Ok("vnni") => Self::Vnni,
            _ => Self::Unlimited,
        }
    }
}

/// Defines a function that runs `$body`, which must be `inline(always)`, compiled for the best set of
/// those that give any loop wider registers.
macro_rules! vectorised {
    (
        $(#[$meta:meta])*
        $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $(-> $result:ty)?
            = $body:path
    ) => {
        $(#[$meta])*
        $visibility fn $name($($argument: $kind),*) $(-> $result)? {
            #[cfg(target_arch = "x86_64")]
            {
                if let Some(isa) = $crate::isa::Avx512::new() {
                    return $crate::isa::compiled!(
                        isa: Avx512, ($($argument: $kind),*), ($($result)?), $body
                    );
                }
                if let Some(isa) = $crate::isa::Avx2::new() {
                    return $crate::isa::compiled!(
                        isa: Avx2, ($($argument: $kind),*), ($($result)?), $body
                    );
                }
            }
            $body($($argument),*)
        }
    };
}
pub(crate) use vectorised;

/// Defines a function that runs what is listed for the first set that is here, compiled for that set and
/// given the proof of it as its first argument. What is listed must be `inline(always)`.
macro_rules! dispatched {
    (
        $(#[$meta:meta])*
        $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $(-> $result:ty)? {
            $($(#[$condition:meta])* $set:ident => $path:path,)*
            _ => $portable:path $(,)?
        }
    ) => {
        $(#[$meta])*
        $visibility fn $name($($argument: $kind),*) $(-> $result)? {
            $crate::isa::attempts!(
                ($($argument: $kind),*), ($($result)?), $($(#[$condition])* $set => $path,)*
            );
            $portable($crate::isa::Portable, $($argument),*)
        }
    };
}
pub(crate) use dispatched;

/// Returns what the first path returns whose set is here.
macro_rules! attempts {
    ($arguments:tt, $result:tt, $($(#[$condition:meta])* $set:ident => $path:path,)*) => {
        $(
            $(#[$condition])*
            $crate::isa::attempt!($set, $arguments, $result, $path);
        )*
    };
}
pub(crate) use attempts;

/// Returns what `$path` returns, if its set is here.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
macro_rules! attempt {
    ($set:ident, ($($argument:ident: $kind:ty),*), ($($result:ty)?), $path:path) => {
        if let Some(isa) = $crate::isa::$set::new() {
            return $crate::isa::compiled!(
                isa: $set, (isa: $crate::isa::$set, $($argument: $kind),*), ($($result)?), $path
            );
        }
    };
}
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(crate) use attempt;

/// What `$path` returns, compiled for the set of which `$proof` is the proof.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
macro_rules! compiled {
    (
        $proof:ident: $set:ident,
        ($($argument:ident: $kind:ty),*), ($($result:ty)?), $path:path
    ) => {{
        $crate::isa::with_features!(
            $set,
            fn compiled($($argument: $kind),*) $(-> $result)? {
                $path($($argument),*)
            }
        );
        let _: $crate::isa::$set = $proof;
        // SAFETY: the proof says that the processor has the features that `compiled` is compiled for.
        unsafe { compiled($($argument),*) }
    }};
}
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(crate) use compiled;

#[cfg(test)]
mod tests {
    #[test]
    fn all_tests_pass_on_lesser_processors() {
        if std::env::var_os("READBACK_CPU").is_some() {
            return;
        }
        for level in ["portable", "avx2", "avx512", "vnni"] {
            let tests = std::env::current_exe().expect("tests run from a file");
            let status = std::process::Command::new(tests).env("READBACK_CPU", level).status();
            assert!(status.is_ok_and(|status| status.success()), "not with {level}");
        }
    }
}
