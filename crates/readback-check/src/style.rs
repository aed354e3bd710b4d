//! What a desk expects of a text: the house it writes for, the names it has settled, cues of its own.

use readback_transcript::CaptionRules;

use crate::{House, Roster};

/// What a desk expects of a text. By default the house is told from the text itself, no name is settled
/// and there are no cues beyond the house's.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// The house whose style is asked for; `None` tells it from the text. Only a house that is asked for
    /// can be missed: its sign-off and its notice.
    pub house: Option<&'static House>,
    /// Names with their house spelling.
    pub roster: Roster,
    /// Cues that this desk writes besides those of its house, without their parentheses. Letter case does
    /// not matter, and one that ends in `…` or `...` stands for all that begin like it.
    pub cues: Vec<String>,
    /// What captions are held to, where they are to be checked.
    pub captions: Option<CaptionRules>,
}
