//! House styles, dated: how a network writes labels and cues, what it prints under a text. One file a
//! house, one table.
//!
//! Forms change by era, so a house is a network and the year from which its texts are seen to look so.

mod cnn_2004;
mod npr_2005;
mod npr_2006;
mod npr_2009;
mod npr_2021;
mod npr_2023;
mod pbs_2022;

use readback_transcript::{NoteKind, Transcript};

/// How a network writes its transcripts from some year on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct House {
    /// What configuration calls it: network and year, `npr-2023`.
    pub id: &'static str,
    /// The network, as it calls itself.
    pub network: &'static str,
    /// The first year its texts are seen to look so.
    pub since: u16,
    /// A page that shows it.
    pub source: &'static str,
    /// How it labels speakers.
    pub labels: LabelForms,
    /// How it writes cues.
    pub cues: CueForms,
    /// What its reporters say at the end of a report, beside name and place.
    pub sign_off: Option<&'static str>,
    /// Phrases of the notice under its texts, lower case; empty where it prints none.
    pub notice: &'static [&'static str],
    /// Phrases that stand in no other network's texts, as written.
    pub traces: &'static [&'static str],
}

/// How a house labels speakers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelForms {
    /// What may stand after name and comma, as written: `HOST`, `BYLINE`.
    pub roles: &'static [&'static str],
    /// Whether names stand in capitals.
    pub capitals: bool,
    /// Whether host and reporter are named in full, with their role, where they first speak.
    pub role_at_first: bool,
}

/// How a house writes cues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CueForms {
    /// Its standing cues as written; one that ends in `…` goes on freely.
    pub phrases: &'static [&'static str],
    /// Cues that open and close something.
    pub pairs: &'static [(&'static str, &'static str)],
}

/// Every house, by network and year.
pub static HOUSES: &[&House] = &[
    &cnn_2004::HOUSE,
    &npr_2005::HOUSE,
    &npr_2006::HOUSE,
    &npr_2009::HOUSE,
    &npr_2021::HOUSE,
    &npr_2023::HOUSE,
    &pbs_2022::HOUSE,
];

/// What must speak for a house before a text is taken for its: a trace, or two other signs.
const ENOUGH: usize = 2;
/// Labels and cues that are looked at.
const LOOKED_AT: usize = 100;

impl House {
    /// The house called `name`: its id, or a network, which stands for its newest. Letter case does not
    /// matter.
    pub fn named(name: &str) -> Option<&'static House> {
        let is_it = |house: &&&House| {
            house.id.eq_ignore_ascii_case(name) || house.network.eq_ignore_ascii_case(name)
        };
        HOUSES.iter().filter(is_it).max_by_key(|house| house.since).copied()
    }

    /// The house that `transcript` seems to be written for, told from its labels, cues and notice; of
    /// houses equally like it the newest that is not younger than its copyright.
    pub fn detect(transcript: &Transcript) -> Option<&'static House> {
        let signs = Signs::of(transcript);
        let year = signs.year.unwrap_or(u16::MAX);
        let scored = HOUSES.iter().map(|house| (signs.speaking_for(house), *house));
        let rank = |(score, house): &(usize, &House)| (*score, house.since <= year, house.since);
        scored.filter(|(score, _)| *score >= ENOUGH).max_by_key(rank).map(|(_, house)| house)
    }

    /// Whether a cue saying `content` is one of its own, whatever the letter case.
    pub(crate) fn writes_cue(&self, content: &str) -> bool {
        self.cues.phrases.iter().any(|phrase| says(content, phrase))
            || self
                .cues
                .pairs
                .iter()
                .any(|(open, close)| says(content, open) || says(content, close))
    }
}

/// Whether `content` is `phrase`, or begins like it where that ends in an ellipsis; letter case does not
/// matter.
pub(crate) fn says(content: &str, phrase: &str) -> bool {
    match phrase.strip_suffix('…').or_else(|| phrase.strip_suffix("...")) {
        Some(beginning) => {
            content.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning))
        }
        None => content.eq_ignore_ascii_case(phrase),
    }
}

/// What in a text speaks for one house or another.
struct Signs<'a> {
    labels: Vec<&'a str>,
    cues: Vec<&'a str>,
    notices: Vec<&'a str>,
    ends: [&'a str; 2],
    year: Option<u16>,
}

impl<'a> Signs<'a> {
    fn of(transcript: &'a Transcript) -> Self {
        let text = &transcript.text;
        let labels = transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
        let notes = transcript.notes.iter().filter(|note| note.kind != NoteKind::Headline);
        let notices: Vec<&str> = notes.take(LOOKED_AT).map(|note| note.span.of(text)).collect();
        Self {
            labels: labels.take(LOOKED_AT).map(|label| label.span.of(text)).collect(),
            cues: transcript.cues().take(LOOKED_AT).map(|cue| inside(cue.span.of(text))).collect(),
            ends: ends(text),
            year: notices.iter().find_map(|notice| year_in(notice)),
            notices,
        }
    }

    /// How much speaks for `house`.
    fn speaking_for(&self, house: &House) -> usize {
        let role = |label: &&&str| {
            let said = label.trim_end_matches(':').rsplit_once(", ").map(|(_, role)| role);
            said.is_some_and(|said| house.labels.roles.iter().any(|role| said.ends_with(role)))
        };
        let own_cue = |cue: &&&str| house.cues.phrases.iter().any(|phrase| begins(cue, phrase));
        let traced =
            |trace: &&str| self.ends.iter().chain(&self.labels).any(|part| part.contains(trace));
        let named = |notice: &&str| {
            notice.split(|c: char| !c.is_alphanumeric()).any(|word| word == house.network)
        };
        let traces = usize::from(house.traces.iter().any(traced) || self.notices.iter().any(named));
        let labels = self.labels.iter().filter(role).count().min(3);
        let cues = self.cues.iter().filter(own_cue).count().min(1);
        4 * traces + labels + cues
    }
}

/// Whether a cue begins like one of a house, letter case included: that is what tells eras apart.
fn begins(cue: &str, phrase: &str) -> bool {
    match phrase.strip_suffix('…') {
        Some(beginning) => cue.starts_with(beginning),
        None => false,
    }
}

/// What stands between the brackets of a cue.
pub(crate) fn inside(cue: &str) -> &str {
    cue.trim_matches(['(', ')', '[', ']', '<', '>', ' ', '\\', '*', '_'])
}

/// The beginning and the end of `text`, where a network names itself.
fn ends(text: &str) -> [&str; 2] {
    const REACH: usize = 2000;
    let head = (0..=REACH.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    let tail =
        (text.len().saturating_sub(REACH)..=text.len()).find(|&at| text.is_char_boundary(at));
    [&text[..head.unwrap_or_default()], &text[tail.unwrap_or_default()..]]
}

/// The year of a copyright line.
fn year_in(notice: &str) -> Option<u16> {
    let numbers = notice.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| digits.parse().ok()).find(|year| (1950..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(text: &str) -> Option<&'static str> {
        let format = readback_formats::format_for("npr").expect("a known format");
        let transcript = readback_formats::read_as(
            text.as_bytes(),
            format,
            &readback_formats::ReadOptions::default(),
        )
        .expect("readable")
        .transcript;
        House::detect(&transcript).map(|house| house.id)
    }

    #[test]
    fn a_house_is_told_from_its_labels_cues_and_notice() {
        for (text, house) in [
            ("ANA RUIZ, HOST: Hello.\n\nJON HALE, BYLINE: Rain.", Some("npr-2023")),
            (
                "ANA RUIZ, HOST: Hello.\n\nCopyright © 2021 NPR. All rights reserved.",
                Some("npr-2021"),
            ),
            ("ANA RUIZ, host:\n\nHello.\n\n(Soundbite of music)", Some("npr-2009")),
            ("ANA RUIZ, host: Hello.\n\nCopyright © 2005 NPR.", Some("npr-2005")),
            ("ANA RUIZ, CNN ANCHOR: Hello.\n\n(BEGIN VIDEO CLIP)\n\nMAN: Yes.", Some("cnn-2004")),
            ("Ana Ruiz: Welcome to the \"PBS NewsHour.\"\n\nAna Ruiz: Hello.", Some("pbs-2022")),
            ("**Ana Ruiz:** Hello.\n\n**Jon Hale:** Hello. [laughs]", None),
            ("THE PRESIDENT: Hello. (Applause.)", None),
        ] {
            assert_eq!(detected(text), house, "{text}");
        }
    }

    #[test]
    fn houses_go_by_id_or_by_network() {
        assert_eq!(House::named("NPR-2009").map(|house| house.id), Some("npr-2009"));
        assert_eq!(House::named("npr").map(|house| house.id), Some("npr-2023"));
        assert_eq!(House::named("bbc"), None);
    }

    #[test]
    fn every_house_has_its_own_id_of_network_and_year() {
        for (index, house) in HOUSES.iter().enumerate() {
            assert_eq!(house.id, format!("{}-{}", house.network.to_lowercase(), house.since));
            assert!(HOUSES[..index].iter().all(|other| other.id < house.id), "{}", house.id);
        }
    }

    #[test]
    fn a_cue_that_goes_on_is_known_by_its_beginning() {
        assert!(says("SOUNDBITE OF GULLS", "SOUNDBITE OF …") && says("laughter", "LAUGHTER"));
        assert!(!says("SOUNDBITE", "SOUNDBITE OF …") && !says("LAUGHTER AND MORE", "LAUGHTER"));
    }
}
