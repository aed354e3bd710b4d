//! Keeps a decoder's panic over hostile bytes from taking the program down.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `work`; `None` when it panicked. What it worked on must not be used again after that.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
