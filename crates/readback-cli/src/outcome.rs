//! How a run ends, and its exit code.

/// How a command that did its work ends; of two the later one is the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing to report.
    Clean,
    /// There is something to look at.
    Findings,
    /// The text is not of this recording.
    Refused,
    /// Some of it could not be read; what, is said already.
    Incomplete,
}

impl Outcome {
    /// Its exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Refused => 3,
            Self::Incomplete => FAILED,
        }
    }
}

/// The exit code of a command that could not do its work.
pub const FAILED: u8 = 2;
