//! NPR as seen in 2023: `PETER SAGAL, HOST:`, `JENNIFER MILLS, BYLINE:`, `(SOUNDBITE OF MUSIC)`.

use super::{CueForms, House, LabelForms};

pub(super) static HOUSE: House = House {
    id: "npr-2023",
    network: "NPR",
    since: 2023,
    source: "https://www.npr.org/transcripts/1198908322",
    labels: LabelForms { roles: &["HOST", "BYLINE"], capitals: true, role_at_first: true },
    cues: CUES,
    sign_off: Some("NPR News"),
    notice: &["rush deadline", "authoritative record", "definitive record"],
    traces: TRACES,
};

/// How NPR names itself in a text.
pub(super) const TRACES: &[&str] = &["NPR News", "npr.org", "NPR transcripts"];

const CUES: CueForms = CueForms {
    phrases: &[
        "SOUNDBITE OF …",
        "SOUNDBITES OF …",
        "SOUNDBITE …",
        "LAUGHTER",
        "APPLAUSE",
        "CHEERING",
        "CHEERS",
        "CROSSTALK",
        "CHANTING",
        "SCREAMING",
        "Non-English language spoken",
        "Non-English language sung",
        "Speaking …",
        "Singing",
        "Singing …",
        "Chanting",
        "Chanting …",
        "Shouting",
        "Yelling",
        "Screaming",
        "Whispering",
        "Laughter",
        "Through interpreter",
        "Reading",
        "Reading …",
        "Imitating …",
        "Vocalizing",
        "Rapping",
        "Crying",
        "As …",
        "unintelligible",
        "inaudible",
        "ph",
        "sic",
    ],
    pairs: &[],
};
