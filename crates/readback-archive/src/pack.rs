//! A transcript in little room: as its own JSON, but with the words in columns of small numbers.
//!
//! `{"transcript": …, "words": {"counts", "gaps", "lengths", "known", "starts", "lasts", "sure"}}`: for each
//! run of speech the number of its words; for each word the bytes from the end of the one before it and its
//! own; a letter for how its time is known (`m`easured, `r`etained, `e`stimated, `-` not at all); and for
//! those with a time the microseconds from the start of the one before, how many it lasts, and how probable
//! it is. Field by field it says what the transcript said: packing and unpacking changes nothing.

use readback_transcript::{
    Instant, Length, Piece, Probability, Span, Stretch, TimeOrigin, Timing, Transcript, Word,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

#[derive(Serialize, Deserialize)]
struct Packed {
    transcript: Transcript,
    words: Columns,
}

#[derive(Default, Serialize, Deserialize)]
struct Columns {
    counts: Vec<usize>,
    gaps: Vec<i64>,
    lengths: Vec<usize>,
    known: String,
    starts: Vec<i64>,
    lasts: Vec<i64>,
    sure: Vec<Probability>,
}

pub fn serialize<S: Serializer>(transcript: &Transcript, to: S) -> Result<S::Ok, S::Error> {
    let mut rest = transcript.clone();
    let mut columns = Columns::default();
    let (mut end, mut start) = (0, Instant::START);
    for words in runs(&mut rest) {
        columns.counts.push(words.len());
        for Word { span, timing } in words.drain(..) {
            columns.gaps.push(span.start as i64 - end as i64);
            columns.lengths.push(span.len());
            end = span.end;
            columns.known.push(letter(timing));
            if let Some(Timing { stretch, probability, known: _ }) = timing {
                columns.starts.push((stretch.start() - start).micros());
                columns.lasts.push(stretch.length().micros());
                columns.sure.push(probability);
                start = stretch.start();
            }
        }
    }
    Packed { transcript: rest, words: columns }.serialize(to)
}

pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Transcript, D::Error> {
    let Packed { mut transcript, words } = Packed::deserialize(from)?;
    let mut unpacking = Unpacking::new(&words);
    let mut counts = words.counts.iter();
    for run in runs(&mut transcript) {
        let count = *counts.next().ok_or_else(|| D::Error::custom("a run has no count"))?;
        let next = || unpacking.next();
        *run =
            std::iter::repeat_with(next).take(count).collect::<Option<_>>().ok_or_else(|| {
                D::Error::custom("there are fewer words than the runs of speech should have")
            })?;
    }
    Ok(transcript)
}

fn runs(transcript: &mut Transcript) -> impl Iterator<Item = &mut Vec<Word>> {
    let pieces = transcript.turns.iter_mut().flat_map(|turn| &mut turn.pieces);
    pieces.filter_map(|piece| match piece {
        Piece::Speech { words, .. } => Some(words),
        Piece::Cue(_) => None,
    })
}

fn letter(timing: Option<Timing>) -> char {
    match timing.map(|timing| timing.known) {
        None => '-',
        Some(TimeOrigin::Measured) => 'm',
        Some(TimeOrigin::Retained) => 'r',
        Some(TimeOrigin::Estimated) => 'e',
    }
}

/// Goes along the columns.
struct Unpacking<'a> {
    gaps: std::slice::Iter<'a, i64>,
    lengths: std::slice::Iter<'a, usize>,
    known: std::str::Chars<'a>,
    starts: std::slice::Iter<'a, i64>,
    lasts: std::slice::Iter<'a, i64>,
    sure: std::slice::Iter<'a, Probability>,
    end: usize,
    start: Instant,
}

impl<'a> Unpacking<'a> {
    fn new(columns: &'a Columns) -> Self {
        Self {
            gaps: columns.gaps.iter(),
            lengths: columns.lengths.iter(),
            known: columns.known.chars(),
            starts: columns.starts.iter(),
            lasts: columns.lasts.iter(),
            sure: columns.sure.iter(),
            end: 0,
            start: Instant::START,
        }
    }

    /// The next word; `None` where a column has ended.
    fn next(&mut self) -> Option<Word> {
        let start = usize::try_from(self.end as i64 + self.gaps.next()?).ok()?;
        self.end = start.checked_add(*self.lengths.next()?)?;
        let known = match self.known.next()? {
            'm' => Some(TimeOrigin::Measured),
            'r' => Some(TimeOrigin::Retained),
            'e' => Some(TimeOrigin::Estimated),
            _ => None,
        };
        let timing = match known {
            Some(known) => Some(self.timing(known)?),
            None => None,
        };
        Some(Word { span: Span::new(start, self.end), timing })
    }

    fn timing(&mut self, known: TimeOrigin) -> Option<Timing> {
        self.start = self.start + Length::from_micros(*self.starts.next()?);
        let end = self.start + Length::from_micros(*self.lasts.next()?);
        let probability = *self.sure.next()?;
        Some(Timing { stretch: Stretch::new(self.start, end), probability, known })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use readback_transcript::{Cue, CueKind, Label, Turn};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Held(#[serde(with = "super")] Transcript);

    fn words() -> impl Strategy<Value = Vec<Word>> {
        let timing = (0i64..1 << 40, 0i64..1 << 20, 0.0f32..1.0, 0..3usize).prop_map(
            |(start, lasts, sure, known)| Timing {
                stretch: Stretch::new(
                    Instant::from_micros(start),
                    Instant::from_micros(start + lasts),
                ),
                probability: Probability::new(sure),
                known: [TimeOrigin::Measured, TimeOrigin::Retained, TimeOrigin::Estimated][known],
            },
        );
        let word = (0usize..1 << 20, 0usize..40, proptest::option::of(timing)).prop_map(
            |(start, length, timing)| Word { span: Span::new(start, start + length), timing },
        );
        proptest::collection::vec(word, 0..20)
    }

    proptest! {
        #[test]
        fn packing_changes_nothing(runs in proptest::collection::vec(words(), 0..6)) {
            let cue = Piece::Cue(Cue { span: Span::new(1, 2), kind: CueKind::Sound });
            let label = Label { span: Span::new(0, 1), name: "HALE".into(), role: None, inline: true };
            let turn = |words: Vec<Word>| Turn {
                label: Some(label.clone()),
                pieces: vec![cue.clone(), Piece::Speech { span: Span::new(3, 9), words }],
                stretch: None,
            };
            let turns = runs.into_iter().map(turn).collect();
            let held = Held(Transcript { text: "a text".into(), format: "npr".into(), turns, ..Transcript::default() });
            let written = serde_json::to_string(&held).unwrap();
            prop_assert_eq!(serde_json::from_str::<Held>(&written).unwrap(), held);
        }
    }

    #[test]
    fn columns_that_end_too_early_are_refused() {
        let written = r#"{"transcript":{"text":"a","format":"text","language":null,"turns":[{"label":null,
            "pieces":[{"Speech":{"span":{"start":0,"end":1},"words":[]}}]}],"notes":[]},
            "words":{"counts":[99999999999],"gaps":[0],"lengths":[1],"known":"-","starts":[],"lasts":[],"sure":[]}}"#;
        assert!(serde_json::from_str::<Held>(written).is_err());
    }
}
