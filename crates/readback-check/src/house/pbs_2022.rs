//! PBS NewsHour as seen in 2022: names in mixed case as they are written, cues in capitals.

use super::{CueForms, House, LabelForms};

pub(super) static HOUSE: House = House {
    id: "pbs-2022",
    network: "PBS",
    since: 2022,
    source: "http://americanarchive.org/catalog/cpb-aacip-269e59eaf55",
    labels: LabelForms { roles: &[], capitals: false, role_at_first: false },
    cues: CueForms {
        phrases: &[
            "LAUGHTER",
            "APPLAUSE",
            "CROSSTALK",
            "MUSIC",
            "SINGING",
            "CHANTING",
            "BREAK",
            "INAUDIBLE",
            "through interpreter",
            "through translator",
            "Speaking …",
            "voice-over",
        ],
        pairs: &[("BEGIN VIDEO CLIP", "END VIDEO CLIP"), ("BEGIN VIDEOTAPE", "END VIDEOTAPE")],
    },
    sign_off: None,
    notice: &[],
    traces: &["PBS NewsHour", "PBS News Hour", "\"NewsHour\"", "“NewsHour”", "PBS News"],
};
