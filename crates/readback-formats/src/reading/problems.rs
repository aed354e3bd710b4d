//! What is wrong with a source, gathered while it is read.

use readback_transcript::{Problem, Span};

/// Collects problems, up to a limit that keeps a hostile source from filling memory.
#[derive(Default)]
pub(crate) struct Problems {
    kept: Vec<Problem>,
    more: usize,
}

impl From<Vec<Problem>> for Problems {
    fn from(kept: Vec<Problem>) -> Self {
        Self { kept, more: 0 }
    }
}

impl Problems {
    const LIMIT: usize = 1000;

    pub(crate) fn add(&mut self, span: Span, message: impl Into<String>) {
        if self.kept.len() < Self::LIMIT {
            self.kept.push(Problem { span, message: message.into() });
        } else {
            self.more += 1;
        }
    }

    /// All of them in order of place; a last one counts those beyond the limit.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        self.kept.sort_by_key(|problem| problem.span);
        if self.more > 0 {
            let message = format!("{} more problems are not listed", self.more);
            self.kept.push(Problem { span: Span::default(), message });
        }
        self.kept
    }
}
