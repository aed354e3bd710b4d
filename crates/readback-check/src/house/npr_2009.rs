//! NPR as seen in 2009: titles and callings with a name (`Mr. ED HELMS (Actor):`), `Unidentified Man #2:`.

use super::{House, npr_2005};

pub(super) static HOUSE: House = House {
    id: "npr-2009",
    since: 2009,
    source: "https://www.npr.org/transcripts/104938491",
    ..npr_2005::HOUSE
};
