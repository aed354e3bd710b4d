//! Captions of formats that are not plain text: what is shown when, put into a text of its own that is
//! then read as that of a caption file.

use readback_transcript::{Instant, Label, Length, Span, Stretch};

use crate::reading::{CaptionBlock, Problems, Voice, collapsed, lines, named, read_captions};
use crate::{Parsed, ReadError};

/// How long the last caption stays where nothing ends it.
const LAST: Length = Length::from_millis(5000);

/// What is shown at one time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Passage {
    /// When it appears.
    pub(crate) start: Instant,
    /// When it goes; `None` where the next one takes its place.
    pub(crate) end: Option<Instant>,
    /// Its lines, parted by line ends.
    pub(crate) text: String,
    /// Who speaks from which byte of the text on.
    pub(crate) speakers: Vec<(usize, String)>,
    /// When which byte of the text is reached.
    pub(crate) stamps: Vec<(usize, Instant)>,
}

/// The transcript of `passages`, put in order of time; speakers become labels of its text.
pub(crate) fn read_passages(
    mut passages: Vec<Passage>,
    format: &'static str,
    language: Option<String>,
    problems: Problems,
) -> Result<Parsed, ReadError> {
    passages.retain(|passage| !passage.text.trim().is_empty());
    if passages.is_empty() {
        return Err(ReadError::Malformed { format, reason: "there is no caption in it".into() });
    }
    passages.sort_by_key(|passage| passage.start);
    let starts: Vec<Instant> = passages.iter().skip(1).map(|passage| passage.start).collect();
    let mut made = Made::default();
    for (i, passage) in passages.iter().enumerate() {
        let open = || starts.get(i).copied().unwrap_or(passage.start + LAST);
        made.add(passage, Stretch::new(passage.start, passage.end.unwrap_or_else(open)));
    }
    made.text.push('\n');
    let Parsed { mut transcript, problems } =
        read_captions(made.text, format, &made.blocks, made.voice, problems);
    transcript.language = language;
    for (caption, passage) in transcript.captions.iter_mut().zip(&passages) {
        caption.lines = passage.lines();
    }
    Ok(Parsed { transcript, problems })
}

/// The text that is being made.
#[derive(Default)]
struct Made {
    text: String,
    blocks: Vec<CaptionBlock>,
    voice: Voice,
    speaker: Option<String>,
}

impl Made {
    fn add(&mut self, passage: &Passage, stretch: Stretch) {
        let mut start = None;
        let mut stamps = passage.stamps.iter().peekable();
        for (part, speaker) in parts(passage) {
            let begins = self.begin(part.of(&passage.text), speaker);
            let start = *start.get_or_insert(begins);
            let text = part.of(&passage.text).trim();
            let at = self.text.len();
            let skipped = part.end - part.of(&passage.text).trim_start().len();
            while let Some((place, time)) = stamps.next_if(|(place, _)| *place <= part.end) {
                let place = at + place.saturating_sub(skipped).min(text.len());
                self.voice.stamps.push((place.max(start), *time));
            }
            self.text.push_str(text);
        }
        let span = Span::new(start.unwrap_or(self.text.len()), self.text.len());
        self.blocks.push(CaptionBlock::at(span, &self.text, stretch));
    }

    /// Goes to a new line and labels it where another speaker begins; says where the line starts.
    fn begin(&mut self, part: &str, speaker: Option<&str>) -> usize {
        let changed = speaker.filter(|name| self.speaker.as_deref() != Some(name));
        let parted = match (self.text.is_empty(), changed) {
            (true, _) => "",
            (false, None) => "\n",
            (false, Some(_)) => "\n\n",
        };
        self.text.push_str(parted);
        let start = self.text.len();
        if let Some(name) = changed {
            self.speaker = Some(name.to_owned());
            self.label(name, part.trim_start());
        }
        start
    }

    /// Labels what follows, `part`, unless that begins with the same name and a colon itself.
    fn label(&mut self, name: &str, part: &str) {
        let start = self.text.len();
        let written = part.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
            && part[name.len()..].starts_with(':');
        let span = Span::new(start, start + name.len() + 1);
        if !written {
            self.text.push_str(name);
            self.text.push_str(": ");
        }
        let label = Label { span, name: name.to_owned(), role: None, inline: false };
        self.voice.labels.push((span, label));
    }
}

/// The parts of a passage that one speaker speaks each, without those that are blank.
fn parts(passage: &Passage) -> Vec<(Span, Option<&str>)> {
    let mut at = 0;
    let mut speaker = None;
    let mut all = Vec::new();
    let end = (passage.text.len(), None);
    let changes = passage.speakers.iter().map(|(at, name)| (*at, Some(name.as_str())));
    for (next, name) in changes.chain([end]) {
        let part = Span::new(at, next);
        if !part.of(&passage.text).trim().is_empty() {
            all.push((part, speaker));
        }
        (at, speaker) = (next, name);
    }
    all
}

impl Passage {
    /// Its lines as a viewer sees them: without the labels that its text is given here.
    fn lines(&self) -> Vec<String> {
        let lines = lines(&self.text).map(|line| collapsed(line.of(&self.text)));
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// From the next byte on, `name` speaks; blank names are nobody's.
    pub(crate) fn spoken_by(&mut self, name: &str) {
        self.speakers.extend(named(name).map(|name| (self.text.len(), name)));
    }

    /// The next byte is reached at `time`.
    pub(crate) fn stamp(&mut self, time: Instant) {
        self.stamps.push((self.text.len(), time));
    }
}
