//! How much another recogniser's word counts where nobody can be asked how well the readings fit.

use super::{Evidence, Subject};

impl Evidence {
    /// Natural log-odds that the text is wrong, told from the recogniser's confidence, how alike the
    /// readings sound and the room there is.
    pub(super) fn log_odds_of_hearsay(&self) -> f64 {
        let unlike = 1.0 - self.likeness;
        let subject = if self.subject == Subject::Name { -1.0 } else { 0.0 };
        2.0 * (unlike - 0.5) + 3.0 * (self.heard_probability - 0.9) + subject
    }
}
