//! NPR as seen in 2005: `NEAL CONAN, host:`, `(Soundbite of music)`.

use super::{CueForms, House, LabelForms};

pub(super) static HOUSE: House = House {
    id: "npr-2005",
    network: "NPR",
    since: 2005,
    source: "https://www.npr.org/transcripts/5063041",
    labels: LABELS,
    cues: CUES,
    sign_off: Some("NPR News"),
    notice: &["rush deadline", "authoritative record", "definitive record"],
    traces: super::npr_2023::TRACES,
};

/// Roles in small letters, as NPR wrote them until about 2010.
pub(super) const LABELS: LabelForms =
    LabelForms { roles: &["host", "byline"], capitals: true, role_at_first: true };

/// Cues in sentence case, as NPR wrote them until about 2010.
pub(super) const CUES: CueForms = CueForms {
    phrases: &[
        "Soundbite of …",
        "Soundbites of …",
        "Laughter",
        "Applause",
        "Unintelligible",
        "Foreign language spoken",
        "Speaking foreign language",
        "Speaking …",
        "Singing",
        "Singing …",
        "Through translator",
        "Through interpreter",
        "Reading",
        "As …",
        "ph",
        "sic",
    ],
    pairs: &[],
};
