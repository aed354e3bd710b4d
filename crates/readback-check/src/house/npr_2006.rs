//! NPR as seen in 2006: as the year before, with `(ph)` right after a spelling the typist guessed.

use super::{House, npr_2005};

pub(super) static HOUSE: House = House {
    id: "npr-2006",
    since: 2006,
    source: "https://www.npr.org/templates/story/story.php?storyId=5577523",
    ..npr_2005::HOUSE
};
