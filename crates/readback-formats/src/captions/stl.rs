//! EBU STL (EBU Tech 3264-E, 1991): the binary exchange format of subtitles for television. A block of
//! 1024 bytes describes the programme (GSI), blocks of 128 bytes hold the subtitles (TTI).

mod languages;
mod pages;

use readback_transcript::{Instant, Length, Span, Transcript};

use super::passages::{Passage, read_passages};
use crate::reading::{Problems, refuse_crowded};
use crate::timecode::{FrameRate, TimeCode};
use crate::writing::{self, Caption, captions, within};
use crate::{
    Carries, Characters, Format, MAX_BYTES, Parsed, ReadError, ReadOptions, Way, WriteError,
    WriteOptions,
};

use pages::{Code, PAGES, Page};

pub(crate) static FORMAT: Format = Format {
    id: "stl",
    name: "EBU STL subtitles",
    extensions: &["stl"],
    media_type: "application/x-ebu-stl",
    sniff: |head| is_stl(head.bytes),
    read: Way::Open(read),
    write: Way::Open(write),
    carries: Carries { language: true, characters: Characters::OnePage, ..Carries::CAPTIONS },
    oracle: "ttconv",
};

const GSI: usize = 1024;
const TTI: usize = 128;
/// Where a block's text begins.
const TEXT: usize = 16;

/// Codes of the text field.
const START_BOX: u8 = 0x0b;
const END_BOX: u8 = 0x0a;
const DOUBLE_HEIGHT: u8 = 0x0d;
const LINE_END: u8 = 0x8a;
const UNUSED: u8 = 0x8f;

/// Extension block numbers: the last block of a subtitle, and one that holds no subtitle.
const LAST: u8 = 0xff;
const FIRST_RESERVED: u8 = 0xf0;

/// A row of teletext has 40 columns, of which the codes before its text take three.
const COLUMNS: usize = 37;
/// The last row that subtitles are put in.
const LOWEST_ROW: usize = 22;

/// The rates a file can state; the last two are written by some programs beyond the standard.
const RATES: [(&[u8], FrameRate); 5] = [
    (b"STL25.01", FrameRate::FPS_25),
    (b"STL30.01", FrameRate::FPS_29_97),
    (b"STL24.01", FrameRate::FPS_24),
    (b"STL23.01", FrameRate::FPS_23_976),
    (b"STL50.01", FrameRate::FPS_50),
];

/// The first block has five digits for the number of the others.
const MOST_BLOCKS: usize = 99_999;

/// Whether `bytes` begin like a file of this format.
fn is_stl(bytes: &[u8]) -> bool {
    bytes.get(3..6) == Some(b"STL") && bytes.get(8..11) == Some(b".01")
}

fn read(bytes: &[u8], _: &ReadOptions) -> Result<Parsed, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let malformed =
        |reason: &str| ReadError::Malformed { format: FORMAT.id, reason: reason.into() };
    let (gsi, rest) =
        bytes.split_at_checked(GSI).ok_or_else(|| malformed("it ends within its first block"))?;
    if !is_stl(bytes) {
        return Err(malformed("bytes 3 to 11 do not name a kind of STL, as in STL25.01"));
    }
    let mut problems = Problems::default();
    let header = Header::of(gsi, &mut problems);
    if !rest.len().is_multiple_of(TTI) {
        problems.add(Span::default(), "the last block is cut off; it is left out");
    }
    if rest.len() / TTI > MOST_BLOCKS {
        return Err(malformed(
            "it has more than 99,999 blocks, the most that its first block can count",
        ));
    }
    let mut subtitles = subtitles(rest, &header);
    let texts: Vec<&str> = subtitles.iter().map(|subtitle| subtitle.text.as_str()).collect();
    refuse_crowded(&texts.join("\n"))?;
    clip_cumulative(&mut subtitles);
    let origin = origin(&subtitles, &header, &mut problems);
    let passages = subtitles.into_iter().filter_map(|subtitle| subtitle.passage(origin)).collect();
    read_passages(passages, FORMAT.id, languages::language(&header.language), problems)
}

/// What the first block says of all the others.
struct Header {
    rate: FrameRate,
    page: Page,
    language: String,
    /// When the programme starts.
    start: Option<Instant>,
}

impl Header {
    fn of(gsi: &[u8], problems: &mut Problems) -> Self {
        let field = |from: usize, to: usize| String::from_utf8_lossy(&gsi[from..to]).into_owned();
        let rate = RATES.iter().find(|(code, _)| *code == &gsi[3..11]).map(|(_, rate)| *rate);
        if rate.is_none() {
            problems.add(
                Span::default(),
                format!(
                    "its kind, {}, is not known; it is read at 25 frames a second",
                    field(3, 11)
                ),
            );
        }
        let rate = rate.unwrap_or(FrameRate::FPS_25);
        let page = field(12, 14).trim().parse().ok().and_then(|number: usize| PAGES.get(number));
        if page.is_none() {
            problems.add(
                Span::default(),
                format!("its code page, {:?}, is not known; it is read as Latin", field(12, 14)),
            );
        }
        let start: Vec<u8> =
            (256..264).step_by(2).filter_map(|at| field(at, at + 2).trim().parse().ok()).collect();
        Self {
            rate,
            page: *page.unwrap_or(&Page::Latin),
            language: field(14, 16),
            start: start.try_into().ok().map(|code| instant(rate, code)),
        }
    }
}

/// The time of hours, minutes, seconds and frames.
fn instant(rate: FrameRate, code: [u8; 4]) -> Instant {
    let [hours, minutes, seconds, frames] = code.map(u32::from);
    rate.instant(rate.frame_at(TimeCode { hours, minutes, seconds, frames }))
}

/// One subtitle, its text put together from its blocks.
struct Subtitle {
    number: u16,
    /// Whether the next one is shown beside it.
    goes_on: bool,
    start: Instant,
    end: Instant,
    text: String,
}

impl Subtitle {
    /// Number 0 with no time in the programme holds notes about it, not a subtitle.
    fn passage(self, origin: Instant) -> Option<Passage> {
        let counted = |instant: Instant| Instant::START + (instant - origin);
        let holds_notes = self.number == 0 && (self.end <= self.start || self.end <= origin);
        (!holds_notes).then(|| Passage {
            start: counted(self.start).max(Instant::START),
            end: Some(counted(self.end)),
            text: self.text,
            ..Passage::default()
        })
    }
}

/// The subtitles of `blocks`. Comments and the data of users are no text of theirs.
fn subtitles(blocks: &[u8], header: &Header) -> Vec<Subtitle> {
    let mut all = Vec::new();
    let mut text: Vec<u8> = Vec::new();
    for block in blocks.chunks_exact(TTI) {
        let (extension, comment) = (block[3], block[15] == 1);
        if comment || (FIRST_RESERVED..LAST).contains(&extension) {
            continue;
        }
        let used = block[TEXT..].split(|byte| *byte == UNUSED).next().unwrap_or_default();
        text.extend(used);
        if extension != LAST {
            continue;
        }
        let code = |at: usize| [block[at], block[at + 1], block[at + 2], block[at + 3]];
        all.push(Subtitle {
            number: u16::from_le_bytes([block[1], block[2]]),
            goes_on: matches!(block[4], 1 | 2),
            start: instant(header.rate, code(5)),
            end: instant(header.rate, code(9)),
            text: shown(&std::mem::take(&mut text), header.page),
        });
    }
    all
}

/// The text of a text field. A code of teletext takes a column, and so parts words; those of open
/// subtitles take none.
fn shown(field: &[u8], page: Page) -> String {
    let is_letter = |byte: u8| matches!(byte, 0x20..=0x7f | 0xa0..);
    let mut out = String::new();
    for run in field.chunk_by(|a, b| is_letter(*a) && is_letter(*b)) {
        match run[0] {
            LINE_END => out.push('\n'),
            0x00..=0x1f => out.push(' '),
            byte if is_letter(byte) => out.push_str(&page.decode(run)),
            _ => {}
        }
    }
    out
}

/// Of a cumulative set each part stays until the last goes; but its words are said before those of the
/// next.
fn clip_cumulative(subtitles: &mut [Subtitle]) {
    for i in 1..subtitles.len() {
        let next = subtitles[i].start;
        let before = &mut subtitles[i - 1];
        if before.goes_on && before.start < next {
            before.end = before.end.min(next);
        }
    }
}

/// The time from which times are counted: that of the programme's start, unless a subtitle comes
/// before it. Where none is stated, the hour in which broadcasters begin.
fn origin(subtitles: &[Subtitle], header: &Header, problems: &mut Problems) -> Instant {
    const TEN_HOURS: i64 = 36_000_000_000;
    let real = subtitles.iter().filter(|subtitle| subtitle.start < subtitle.end);
    let first = real.map(|subtitle| subtitle.start).min().unwrap_or(Instant::START);
    let stated = header.start.filter(|start| *start <= first).unwrap_or(Instant::START);
    if (first - stated).micros() < TEN_HOURS {
        return stated;
    }
    problems
        .add(Span::default(), "no start of the programme is stated; its times count from 10 hours");
    stated + Length::from_micros(TEN_HOURS)
}

fn write(transcript: &Transcript, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let preset = options.captions.within_columns(COLUMNS);
    let captions = captions(transcript, &preset, true)?;
    // The standard has but these two.
    let (kind, rate) = RATES[usize::from(options.frame_rate.names() == 30)];
    let text: String =
        captions.iter().flat_map(|caption| &caption.lines).map(String::as_str).collect();
    let page = page_for(&text);
    let mut blocks = Vec::new();
    for (i, caption) in captions.iter().enumerate() {
        blocks.extend(blocks_of(caption, (i % 0xffff) as u16, PAGES[page], rate));
    }
    let first = captions.first().map_or(Instant::START, |caption| caption.stretch.start());
    let counts = (blocks.len() / TTI, captions.len());
    let language = languages::code(transcript.language.as_deref());
    let mut file = header(kind, page, language, &options.recording, counts, time_code(rate, first));
    file.extend(blocks);
    Ok(file)
}

/// The characters of `text` that no code is written for.
pub(crate) fn lacking(text: &str) -> Vec<char> {
    let page = PAGES[page_for(text)];
    writing::lacking(text, |c| page.encode(c).is_some())
}

/// The number of the page that has the most letters of `text`, Latin before the others.
fn page_for(text: &str) -> usize {
    let missing =
        |number: &usize| text.chars().filter(|c| PAGES[*number].encode(*c).is_none()).count();
    (0..PAGES.len()).min_by_key(missing).unwrap_or_default()
}

/// The first block, all of it text; what is not known, and the date of which no file can know, is
/// blank or a zero.
fn header(
    kind: &[u8],
    page: usize,
    language: &str,
    title: &str,
    (blocks, subtitles): (usize, usize),
    first: [u8; 4],
) -> Vec<u8> {
    let mut gsi = vec![b' '; GSI];
    let mut put = |at: usize, text: &[u8]| gsi[at..at + text.len()].copy_from_slice(text);
    let title: String =
        within(title, |c| c.is_ascii_graphic() || c == ' ').chars().take(32).collect();
    put(0, b"850");
    put(3, kind);
    // Teletext, level 1.
    put(11, b"1");
    put(12, format!("{page:02}{language}").as_bytes());
    put(16, title.as_bytes());
    put(224, b"000101000101");
    put(236, b"00");
    put(238, format!("{:05}{:05}001", blocks.min(99_999), subtitles.min(99_999)).as_bytes());
    put(251, b"40231");
    let first: String = first.iter().map(|field| format!("{field:02}")).collect();
    put(256, format!("00000000{first}11").as_bytes());
    gsi
}

/// A caption as a block and its extensions.
fn blocks_of(caption: &Caption, number: u16, page: Page, rate: FrameRate) -> Vec<u8> {
    let texts = texts(&rows(caption, page));
    let last = texts.len() - 1;
    let mut all = Vec::with_capacity(texts.len() * TTI);
    for (i, text) in texts.iter().enumerate() {
        let extension = if i == last { LAST } else { i as u8 };
        let [low, high] = number.to_le_bytes();
        all.extend([0, low, high, extension, 0]);
        all.extend(time_code(rate, caption.stretch.start()));
        all.extend(time_code(rate, caption.stretch.end()));
        // Two rows for each line of double height; centred; no comment.
        let row = LOWEST_ROW.saturating_sub(2 * (caption.lines.len() - 1)).max(1);
        all.extend([row as u8, 2, 0]);
        all.extend(text);
        all.resize(all.len().next_multiple_of(TTI), UNUSED);
    }
    all
}

/// The time code of the frame nearest to an instant; a day is as far as it counts.
fn time_code(rate: FrameRate, instant: Instant) -> [u8; 4] {
    let TimeCode { hours, minutes, seconds, frames } = rate.time_code(rate.frame(instant));
    [hours % 24, minutes, seconds, frames].map(|field| field as u8)
}

/// The rows of a caption, each of them the codes of one character after another.
fn rows(caption: &Caption, page: Page) -> Vec<Vec<Code>> {
    let letters = |line: &String| -> Vec<Code> {
        let line = within(line, |c| page.encode(c).is_some());
        line.chars().filter_map(|c| page.encode(c)).collect()
    };
    caption.lines.iter().map(letters).collect()
}

/// The text fields of as many blocks as `rows` need: boxed, in double height. No character is parted
/// from its accent.
fn texts(rows: &[Vec<Code>]) -> Vec<Vec<u8>> {
    let mut codes: Vec<&[u8]> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        codes.extend((i > 0).then_some(&[LINE_END, LINE_END][..]));
        codes.push(&[DOUBLE_HEIGHT, START_BOX, START_BOX]);
        codes.extend(row.iter().map(Code::bytes));
        // A row that is full ends its box itself.
        let room = COLUMNS.saturating_sub(row.len()).min(2);
        codes.push(&[END_BOX, END_BOX][..room]);
    }
    let mut texts = vec![Vec::new()];
    for code in codes {
        let full = texts.last().is_some_and(|text: &Vec<u8>| text.len() + code.len() > TTI - TEXT);
        if full && texts.len() < usize::from(FIRST_RESERVED) {
            texts.push(Vec::new());
        }
        let text = texts.last_mut().expect("there is a text");
        if text.len() + code.len() <= TTI - TEXT {
            text.extend(code);
        }
    }
    texts
}
