//! ELAN annotation documents, EAF 3.0 (<https://www.mpi.nl/tools/elan/EAF_Annotation_Format_3.0_and_ELAN.pdf>):
//! a tier of utterances for each speaker, its words on a tier below it. A time slot without a value
//! lies evenly between its neighbours on its tier; an annotation that refers to another has a share of
//! that one's time.

use std::borrow::Cow;
use std::fmt::Write as _;

use hashbrown::HashMap;
use readback_transcript::{Instant, Length, Stretch, TimeOrigin, Timing, Transcript};

use super::points::Points;
use super::read::{Annotation, Holds, Tier, named, read_tiers};
use super::write::{SpeakerTier, tiers};
use crate::reading::xml::{Element, Node, decode_xml, root, walk};
use crate::reading::{Composer, retained, share};
use crate::writing::escaped;
use crate::{
    Carries, Format, Head, Parsed, ReadError, ReadOptions, Times, Way, WriteError, WriteOptions,
};

pub(crate) static FORMAT: Format = Format {
    id: "eaf",
    name: "ELAN annotation document",
    extensions: &["eaf"],
    media_type: "text/x-eaf+xml",
    sniff,
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { times: Times::Words, speakers: true, cues: true, ..Carries::WORDS },
    oracle: "pympi-ling",
};

const ROOT: &str = "ANNOTATION_DOCUMENT";

fn sniff(head: &Head<'_>) -> bool {
    root(head).is_some_and(|root| root == ROOT)
}

/// A document as it stands in the file.
#[derive(Default)]
struct Document<'a> {
    /// Milliseconds, where the time slot has a value.
    slots: Points<'a, Option<i64>>,
    tiers: Vec<Source<'a>>,
}

/// A tier as it stands in the file.
#[derive(Default)]
struct Source<'a> {
    id: Cow<'a, str>,
    participant: Option<Cow<'a, str>>,
    kind: Cow<'a, str>,
    parent: Option<Cow<'a, str>>,
    annotations: Vec<Marked<'a>>,
}

/// An annotation as it stands in the file.
struct Marked<'a> {
    id: Cow<'a, str>,
    place: Place<'a>,
    text: Cow<'a, str>,
}

enum Place<'a> {
    /// From one time slot to another, by their numbers.
    Slots(usize, usize),
    /// Within the annotation of that name.
    Of(Cow<'a, str>),
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    let (text, found) = decode_xml(bytes)?;
    let mut document = Document::default();
    let mut inside_value = false;
    let fault = walk(&text, &mut |event| {
        match event {
            Node::Open(element) => {
                inside_value = element.name == "ANNOTATION_VALUE";
                document.open(&element);
            }
            Node::Text(text) if inside_value => document.text(text),
            Node::Text(_) => {}
            Node::Close => inside_value = false,
        }
        true
    });
    let mut composer = Composer::default();
    let tiers = document.tiers(&mut composer);
    read_tiers(tiers, composer, FORMAT.id, found, fault)
}

impl<'a> Document<'a> {
    fn open(&mut self, element: &Element<'a>) {
        match element.name {
            "TIME_SLOT" => {
                let [id, value] = element.values(["TIME_SLOT_ID", "TIME_VALUE"]);
                let value = value.and_then(|value| value.parse().ok());
                let value = value.filter(|value| (0..=360_000_000_000).contains(value));
                self.slots.insert(id.unwrap_or_default(), value);
            }
            "TIER" => {
                let names = ["TIER_ID", "PARTICIPANT", "LINGUISTIC_TYPE_REF", "PARENT_REF"];
                let [id, participant, kind, parent] = element.values(names);
                self.tiers.push(Source {
                    id: id.unwrap_or_default(),
                    participant,
                    kind: kind.unwrap_or_default(),
                    parent,
                    annotations: Vec::new(),
                });
            }
            "ALIGNABLE_ANNOTATION" => {
                let names = ["ANNOTATION_ID", "TIME_SLOT_REF1", "TIME_SLOT_REF2"];
                let [id, start, end] = element.values(names).map(Option::unwrap_or_default);
                let place = Place::Slots(self.slot(start), self.slot(end));
                self.annotation(id, place);
            }
            "REF_ANNOTATION" => {
                let names = ["ANNOTATION_ID", "ANNOTATION_REF"];
                let [id, parent] = element.values(names).map(Option::unwrap_or_default);
                self.annotation(id, Place::Of(parent));
            }
            _ => {}
        }
    }

    /// The number of a time slot, which need not be there yet.
    fn slot(&mut self, name: Cow<'a, str>) -> usize {
        self.slots.number(&name).unwrap_or_else(|| {
            self.slots.insert(name, None);
            self.slots.len() - 1
        })
    }

    fn annotation(&mut self, id: Cow<'a, str>, place: Place<'a>) {
        if let Some(tier) = self.tiers.last_mut() {
            tier.annotations.push(Marked { id, place, text: Cow::default() });
        }
    }

    fn text(&mut self, text: Cow<'a, str>) {
        if let Some(last) = self.tiers.last_mut().and_then(|tier| tier.annotations.last_mut()) {
            last.text += text;
        }
    }

    /// The tiers with the times of their annotations. Tiers without a parent are utterances; of the
    /// tiers below, those of words are read.
    fn tiers(mut self, composer: &mut Composer) -> Vec<Tier<'a>> {
        let mut annotations = self.tiers.iter().flat_map(|tier| &tier.annotations);
        let refers = annotations.any(|marked| matches!(marked.place, Place::Of(_)));
        let mut known: HashMap<Cow<'_, str>, Timing> = HashMap::new();
        let mut all = Vec::new();
        let speakers: HashMap<Cow<'_, str>, Option<String>> =
            self.tiers.iter().map(|tier| (tier.id.clone(), tier.speaker())).collect();
        let mut slots = SlotTimes::new(self.slots.into_points().collect());
        self.tiers.retain(|tier| !tier.annotations.is_empty());
        self.tiers.sort_by_key(|tier| tier.parent.is_some());
        for mut tier in self.tiers {
            let holds = tier.holds();
            if holds == Holds::Other {
                composer.problem(format!("the tier {:?} is left out", tier.id));
            }
            let marked = std::mem::take(&mut tier.annotations);
            let timings = timings(&marked, &mut slots, &known);
            let mut annotations = Vec::with_capacity(marked.len());
            for (marked, timing) in marked.into_iter().zip(timings) {
                let Some(timing) = timing else {
                    if holds != Holds::Other && !marked.text.trim().is_empty() {
                        composer.problem(format!("the annotation {:?} has no time", marked.id));
                    }
                    continue;
                };
                if refers {
                    known.insert(marked.id, timing);
                }
                annotations.push(Annotation { timing, text: marked.text });
            }
            let parent = tier.parent.as_ref().and_then(|parent| speakers.get(parent));
            let speaker = parent.cloned().unwrap_or_else(|| tier.speaker());
            all.push(Tier { speaker, holds, annotations });
        }
        all
    }
}

/// The time of each annotation of a tier, where those of the tiers above are `known`.
fn timings(
    marked: &[Marked<'_>],
    slots: &mut SlotTimes,
    known: &HashMap<Cow<'_, str>, Timing>,
) -> Vec<Option<Timing>> {
    slots.lay(marked);
    let mut shares: HashMap<&str, (usize, usize)> = HashMap::new();
    for marked in marked {
        if let Place::Of(parent) = &marked.place {
            shares.entry(&**parent).or_default().1 += 1;
        }
    }
    let timing = |marked: &Marked<'_>| match &marked.place {
        Place::Slots(start, end) => {
            let (start, end) = (slots.at(*start)?, slots.at(*end)?);
            let valued = start.1 && end.1;
            let known = if valued { TimeOrigin::Retained } else { TimeOrigin::Estimated };
            Some(Timing { known, ..retained(Stretch::new(start.0, end.0)) })
        }
        Place::Of(parent) => {
            let whole = known.get(&**parent)?;
            let (done, all) = shares.get_mut(&**parent)?;
            *done += 1;
            let stretch = share(whole.stretch, *done - 1, *done, *all);
            let known = if *all == 1 { whole.known } else { TimeOrigin::Estimated };
            Some(Timing { stretch, known, ..*whole })
        }
    };
    marked.iter().map(timing).collect()
}

/// When the slots of a tier are. Those that have no value lie evenly between those that have.
struct SlotTimes {
    values: Vec<Option<i64>>,
    /// By slot: the tier that it was laid for last, when it is there, and whether the file says so.
    laid: Vec<(usize, Instant, bool)>,
    /// The number of the tier, from 1.
    tier: usize,
}

impl SlotTimes {
    fn new(values: Vec<Option<i64>>) -> Self {
        Self { laid: vec![(0, Instant::START, false); values.len()], values, tier: 0 }
    }

    /// When the slot is on the tier that was laid last, and whether the file says so.
    fn at(&self, slot: usize) -> Option<(Instant, bool)> {
        let (tier, at, valued) = self.laid[slot];
        (tier == self.tier).then_some((at, valued))
    }

    /// Takes up the annotations of the next tier.
    fn lay(&mut self, marked: &[Marked<'_>]) {
        self.tier += 1;
        let mut open: Vec<usize> = Vec::new();
        let mut before: Option<Instant> = None;
        let mut last = None;
        for marked in marked {
            let Place::Slots(start, end) = marked.place else { continue };
            for slot in [start, end] {
                if last.replace(slot) == Some(slot) {
                    continue;
                }
                let Some(value) = self.values[slot] else {
                    open.push(slot);
                    continue;
                };
                let at = Instant::START + Length::from_millis(value);
                if let Some(before) = before.filter(|before| *before <= at) {
                    let gap = Stretch::new(before, at);
                    let parts = open.len() + 1;
                    for (i, slot) in open.drain(..).enumerate() {
                        let at = share(gap, 0, i + 1, parts).end();
                        self.laid[slot] = (self.tier, at, false);
                    }
                }
                open.clear();
                self.laid[slot] = (self.tier, at, true);
                before = Some(at);
            }
        }
    }
}

impl Source<'_> {
    fn speaker(&self) -> Option<String> {
        let participant = self.participant.as_ref();
        let participant =
            participant.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
        participant.or_else(|| named(&self.id).0)
    }

    fn holds(&self) -> Holds {
        let named = named(&self.id).1;
        let of_words = named == Holds::Words || self.kind.to_lowercase().contains("word");
        match self.parent {
            None => named,
            Some(_) if of_words => Holds::Words,
            Some(_) => Holds::Other,
        }
    }
}

fn write(transcript: &Transcript, _: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let tiers = tiers(transcript)?;
    let mut slots = Slots::default();
    let body: String = tiers.iter().map(|tier| written(tier, &mut slots)).collect();
    // The schema asks for a date; a file written twice is to be the same twice.
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <ANNOTATION_DOCUMENT AUTHOR=\"\" DATE=\"1970-01-01T00:00:00Z\" FORMAT=\"3.0\" VERSION=\"3.0\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:noNamespaceSchemaLocation=\"http://www.mpi.nl/tools/elan/EAFv3.0.xsd\">\n\
         <HEADER MEDIA_FILE=\"\" TIME_UNITS=\"milliseconds\"/>\n<TIME_ORDER>\n",
    );
    slots.0.sort_unstable();
    for (millis, number) in &slots.0 {
        let _ = writeln!(out, "<TIME_SLOT TIME_SLOT_ID=\"ts{number}\" TIME_VALUE=\"{millis}\"/>");
    }
    out.push_str("</TIME_ORDER>\n");
    out.push_str(&body);
    out.push_str(
        "<LINGUISTIC_TYPE GRAPHIC_REFERENCES=\"false\" LINGUISTIC_TYPE_ID=\"utterances\" TIME_ALIGNABLE=\"true\"/>\n\
         <LINGUISTIC_TYPE CONSTRAINTS=\"Included_In\" GRAPHIC_REFERENCES=\"false\" \
         LINGUISTIC_TYPE_ID=\"words\" TIME_ALIGNABLE=\"true\"/>\n\
         <CONSTRAINT DESCRIPTION=\"Time alignable annotations within the parent annotation's time interval, \
         gaps are allowed\" STEREOTYPE=\"Included_In\"/>\n</ANNOTATION_DOCUMENT>\n",
    );
    Ok(out.into_bytes())
}

/// The time slots written so far: milliseconds and number, two for each annotation.
#[derive(Default)]
struct Slots(Vec<(i64, usize)>);

impl Slots {
    fn add(&mut self, instant: Instant) -> usize {
        let number = self.0.len() + 1;
        self.0.push((instant.micros() / 1000, number));
        number
    }
}

fn written(tier: &SpeakerTier<'_>, slots: &mut Slots) -> String {
    let participant = tier.name.map(|_| format!(" PARTICIPANT=\"{}\"", escaped(&tier.title())));
    let participant = participant.unwrap_or_default();
    let (title, words_title) = (escaped(&tier.title()), escaped(&tier.words_title()));
    let mut out =
        format!("<TIER LINGUISTIC_TYPE_REF=\"utterances\"{participant} TIER_ID=\"{title}\">\n");
    annotations(&mut out, &tier.utterances, slots);
    let _ = writeln!(
        out,
        "</TIER>\n<TIER LINGUISTIC_TYPE_REF=\"words\" PARENT_REF=\"{title}\"{participant} \
         TIER_ID=\"{words_title}\">"
    );
    annotations(&mut out, &tier.words, slots);
    out.push_str("</TIER>\n");
    out
}

fn annotations(out: &mut String, said: &[(Stretch, String)], slots: &mut Slots) {
    for (stretch, text) in said {
        let (start, end) = (slots.add(stretch.start()), slots.add(stretch.end()));
        let _ = writeln!(
            out,
            "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a{}\" TIME_SLOT_REF1=\"ts{start}\" \
             TIME_SLOT_REF2=\"ts{end}\"><ANNOTATION_VALUE>{}</ANNOTATION_VALUE>\
             </ALIGNABLE_ANNOTATION></ANNOTATION>",
            end / 2,
            escaped(text),
        );
    }
}
