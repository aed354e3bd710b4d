//! NPR as seen in 2021: cues and roles in capitals, `UNIDENTIFIED PERSON #1:`.

use super::{House, npr_2023};

pub(super) static HOUSE: House = House {
    id: "npr-2021",
    since: 2021,
    source: "https://www.npr.org/transcripts/989477444",
    ..npr_2023::HOUSE
};
