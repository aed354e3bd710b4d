//! A transcript as a tier of utterances and a tier of words for each speaker, in whole milliseconds.
//! On a tier nothing overlaps and everything takes time.

use std::collections::HashMap;

use readback_transcript::{Instant, Length, Stretch, Transcript};

use crate::WriteError;

use crate::writing::{Paragraph, paragraphs};

/// What one speaker says; `None` are all whom nobody names.
pub(crate) struct SpeakerTier<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) utterances: Vec<(Stretch, String)>,
    pub(crate) words: Vec<(Stretch, String)>,
}

impl SpeakerTier<'_> {
    /// What the tier of utterances is called.
    pub(crate) fn title(&self) -> String {
        let name: Vec<&str> = self.name.into_iter().flat_map(str::split_whitespace).collect();
        if name.is_empty() { "text".into() } else { name.join(" ") }
    }

    /// What the tier of words is called.
    pub(crate) fn words_title(&self) -> String {
        if self.name.is_none() { "words".into() } else { self.title() + " - words" }
    }
}

/// The tiers of `transcript`, speakers in the order in which they first speak.
pub(crate) fn tiers(transcript: &Transcript) -> Result<Vec<SpeakerTier<'_>>, WriteError> {
    let paragraphs = paragraphs(transcript)?;
    let mut places = HashMap::new();
    let mut all: Vec<(Option<&str>, Vec<&Paragraph<'_>>)> = Vec::new();
    for paragraph in &paragraphs {
        let name = paragraph.label.map(|label| label.name.as_str());
        let place = *places.entry(name).or_insert(all.len());
        if place == all.len() {
            all.push((name, Vec::new()));
        }
        all[place].1.push(paragraph);
    }
    Ok(all.into_iter().map(|(name, paragraphs)| tier(name, paragraphs)).collect())
}

fn tier<'a>(name: Option<&'a str>, mut paragraphs: Vec<&Paragraph<'a>>) -> SpeakerTier<'a> {
    paragraphs.sort_by_key(|paragraph| paragraph.stretch.start());
    let (mut utterances, mut words) = (Tiles::default(), Tiles::default());
    for paragraph in paragraphs {
        let first = words.0.len();
        for word in &paragraph.words {
            words.add(word.timing.stretch, &word.bare);
        }
        let spoken = words.0[first..].iter().map(|(stretch, _)| *stretch).reduce(Stretch::union);
        utterances.add(spoken.unwrap_or(paragraph.stretch), &paragraph.text);
    }
    SpeakerTier { name, utterances: utterances.0, words: words.0 }
}

#[derive(Default)]
struct Tiles(Vec<(Stretch, String)>);

impl Tiles {
    /// Adds what lies after everything added before.
    fn add(&mut self, stretch: Stretch, text: &str) {
        let free = self.0.last().map_or(Instant::START, |(last, _)| last.end());
        let whole = |instant: Instant| {
            Instant::START + Length::from_millis((instant.micros() + 500).div_euclid(1000))
        };
        let start = whole(stretch.start()).max(free);
        let end = whole(stretch.end()).max(start + Length::from_millis(1));
        self.0.push((Stretch::new(start, end), text.to_owned()));
    }
}
