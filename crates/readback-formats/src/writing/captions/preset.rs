//! Guides for captions as data: one entry a guide in `presets.toml`, each number with the page that states
//! it and the day it was read. Where a guide states no number, captions are made with a usual one, and
//! nobody's captions are measured by it.

use std::sync::LazyLock;

use readback_transcript::{CaptionRules, Length, ReadingSpeed};
use serde::Deserialize;

/// A guide's rules for captions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaptionPreset {
    /// What `--preset` calls it.
    pub id: &'static str,
    /// What the guide is called.
    pub name: String,
    /// Columns of a line; a wide character takes two.
    pub columns: Guideline<usize>,
    /// Lines of a caption.
    pub lines: Guideline<usize>,
    /// How fast a caption may have to be read.
    pub speed: Guideline<ReadingSpeed>,
    /// The shortest time a caption is shown.
    pub shortest: Guideline<Length>,
    /// The longest time a caption is shown.
    pub longest: Guideline<Length>,
    /// The least time between two captions.
    pub gap: Guideline<Length>,
    /// Between two captions lies at least so much, or else no more than [`CaptionPreset::gap`].
    pub closed_below: Guideline<Length>,
    /// How far a caption may begin before its words do.
    pub early: Guideline<Length>,
    /// How far a caption may begin after its words do.
    pub late: Guideline<Length>,
    /// How far a caption may stand after its words have ended.
    pub linger: Guideline<Length>,
    /// Whether a caption holds the words of one speaker alone. Those made here always do.
    pub one_speaker: Guideline<bool>,
}

/// A number to go by and who states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guideline<T> {
    /// The number.
    pub value: T,
    /// Where the guide states it; `None` is a usual number that the guide does not state.
    pub source: Option<Citation>,
}

/// Where a guide states a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The page.
    pub page: String,
    /// The day on which it was read, as `2026-11-26`.
    pub date: String,
}

impl<T: Copy> Guideline<T> {
    /// The number, if the guide states it.
    pub fn stated(&self) -> Option<T> {
        self.source.as_ref().map(|_| self.value)
    }
}

impl CaptionPreset {
    /// The preset called `name`.
    pub fn named(name: &str) -> Option<&'static CaptionPreset> {
        CAPTION_PRESETS.iter().find(|preset| preset.id.eq_ignore_ascii_case(name))
    }

    /// The same, of a format whose lines have no room for more than `most` columns.
    pub(crate) fn within_columns(&self, most: usize) -> Self {
        let columns = Guideline { value: self.columns.value.min(most), ..self.columns.clone() };
        Self { columns, ..self.clone() }
    }

    /// What the guide itself asks of captions.
    pub fn rules(&self) -> CaptionRules {
        CaptionRules {
            columns: self.columns.stated(),
            lines: self.lines.stated(),
            speed: self.speed.stated(),
            shortest: self.shortest.stated(),
            longest: self.longest.stated(),
            gap: self.gap.stated(),
            closed_below: self.closed_below.stated(),
            early: self.early.stated(),
            late: self.late.stated(),
            linger: self.linger.stated(),
            one_speaker: self.one_speaker.stated().unwrap_or_default(),
        }
    }
}

/// The presets, the usual one first.
pub static CAPTION_PRESETS: LazyLock<Vec<CaptionPreset>> = LazyLock::new(|| {
    let stated: Presets = toml::from_str(include_str!("presets.toml")).expect("presets of our own");
    stated.preset.into_iter().map(Stated::into_preset).collect()
});

/// The file of presets.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Presets {
    preset: Vec<Stated>,
}

/// An entry of it: what a guide states. Lengths are milliseconds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stated {
    id: String,
    name: String,
    columns: Option<Number<usize>>,
    lines: Option<Number<usize>>,
    characters_per_second: Option<Number<u32>>,
    words_per_minute: Option<Number<u32>>,
    shortest: Option<Number<i64>>,
    longest: Option<Number<i64>>,
    gap: Option<Number<i64>>,
    closed_below: Option<Number<i64>>,
    early: Option<Number<i64>>,
    late: Option<Number<i64>>,
    linger: Option<Number<i64>>,
    one_speaker: Option<Number<bool>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Number<T> {
    is: T,
    source: String,
    date: String,
}

impl Stated {
    /// The preset, with usual numbers where the guide states none.
    fn into_preset(self) -> CaptionPreset {
        let millis = |stated: Option<Number<i64>>, usual| {
            guideline(stated, Length::from_millis, Length::from_millis(usual))
        };
        let speed = match self.words_per_minute {
            Some(words) => guideline(Some(words), ReadingSpeed::Words, ReadingSpeed::Words(0)),
            None => guideline(
                self.characters_per_second,
                ReadingSpeed::Characters,
                ReadingSpeed::Characters(20),
            ),
        };
        CaptionPreset {
            // There is one table of presets, and it stays to the end.
            id: self.id.leak(),
            name: self.name,
            columns: guideline(self.columns, |is| is, 42),
            lines: guideline(self.lines, |is| is, 2),
            speed,
            shortest: millis(self.shortest, 1000),
            longest: millis(self.longest, 7000),
            gap: millis(self.gap, 0),
            closed_below: millis(self.closed_below, 500),
            early: millis(self.early, 0),
            late: millis(self.late, 0),
            linger: millis(self.linger, 1500),
            one_speaker: guideline(self.one_speaker, |is| is, true),
        }
    }
}

fn guideline<S, T>(stated: Option<Number<S>>, of: impl Fn(S) -> T, usual: T) -> Guideline<T> {
    match stated {
        Some(Number { is, source, date }) => {
            Guideline { value: of(is), source: Some(Citation { page: source, date }) }
        }
        None => Guideline { value: usual, source: None },
    }
}
