//! How speech is cut into captions, by the rules of a preset. It does not know any caption format.
//!
//! Captions and their lines are cut together, a whole turn at once, where that costs least: what is
//! parted (`parting`), what silence stands inside a caption, whether there is time to read it
//! (`display`), how even its lines are. The cost of a caption depends on its own words and on when the
//! next one begins, so the least cost of the rest of a turn is worked out once for each word, from the
//! last to the first. A caption holds few words: the work grows with the length of the turn alone.

mod display;
mod parting;
mod pieces;
mod preset;

use readback_transcript::{Instant, Label, Length, Span, Stretch, Transcript};

use crate::WriteError;

use parting::{Cost, GLUE};
use pieces::{Item, Kind, Shows, pieces};
pub use preset::{CAPTION_PRESETS, CaptionPreset, Citation, Guideline};

/// One caption.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Caption {
    pub(crate) stretch: Stretch,
    /// The name of the speaker, where the transcript has one.
    pub(crate) speaker: Option<String>,
    pub(crate) lines: Vec<String>,
    /// When each of its words is said.
    pub(crate) stamps: Vec<Stamp>,
}

/// When a word of a caption is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Index of its line.
    pub(crate) line: usize,
    /// Where in the line it stands, its punctuation with it.
    pub(crate) span: Span,
    pub(crate) sound: Stretch,
}

/// The captions of `transcript`: in order, never overlapping, one speaker each, cues among them. With
/// `named`, the text of a turn begins with its label.
pub(crate) fn captions(
    transcript: &Transcript,
    preset: &CaptionPreset,
    named: bool,
) -> Result<Vec<Caption>, WriteError> {
    let turns = pieces(transcript, preset, named)?;
    let language = transcript.language.as_deref();
    let mut all = Vec::new();
    let mut needs = Vec::new();
    let ragged = ragged(preset.columns.value);
    let mut ways = Ways { most: preset.lines.value, all: Vec::new() };
    for (i, Shows { turn, items }) in turns.iter().enumerate() {
        let next = turns.get(i + 1).map(|next| next.items[0].sound.start());
        let speaker = transcript.turns[*turn].label.as_ref().map(speaker);
        let between = parting::costs(items, language);
        let cutting = Cutting::new(items, between, next, preset, &ragged);
        for (from, to) in cutting.cuts(&mut ways) {
            needs.push(cutting.reading(from, to));
            all.push(cutting.caption(from, to, speaker.clone(), &mut ways));
        }
    }
    display::settle(&mut all, &needs, preset);
    Ok(all)
}

/// The name in a label on one line.
pub(crate) fn speaker(label: &Label) -> String {
    label.name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Hours, minutes, seconds and milliseconds of a caption time.
pub(crate) fn clock_fields(instant: Instant) -> (i64, i64, i64, i64) {
    let millis = instant.micros().max(0) / 1000;
    let seconds = millis / 1000;
    (seconds / 3600, seconds / 60 % 60, seconds % 60, millis % 1000)
}

/// A caption in itself, so that there are not too many.
const CAPTION: u64 = 60;
/// A caption of a word or two that stands for more.
const SCRAP: u64 = 150;
/// What breaks a rule that other cuts keep; ranks below [`GLUE`].
const BROKEN: u64 = 300;
/// What cannot be shown at all: ranks above [`GLUE`].
const IMPOSSIBLE: u64 = 100 * GLUE;
/// Silence inside a caption begins to count here.
const PAUSE: Length = Length::from_millis(300);

/// One turn to be cut.
struct Cutting<'a> {
    items: &'a [Item],
    /// What parting costs before each item; nothing before the first.
    costs: Vec<Cost>,
    /// Columns before each item if all stood in one line, and behind the last.
    columns: Vec<usize>,
    /// Characters likewise.
    characters: Vec<usize>,
    /// Words that stand apart likewise.
    words: Vec<usize>,
    /// What silence before each item costs, summed up, if it stands inside a caption.
    silence: Vec<u64>,
    /// What a line costs by its columns: even lines cost less than uneven ones.
    ragged: &'a [u64],
    /// When the next turn begins.
    next: Option<Instant>,
    preset: &'a CaptionPreset,
}

/// Lines that end at an item: what they cost, and where the last of them begins.
#[derive(Clone, Copy)]
struct Broken {
    cost: u64,
    from: usize,
}

/// For each place that the lines of one caption reach, from its first item on: the best way to break
/// there, by the number of lines. A single item fits always; it is what cannot be broken.
struct Ways {
    /// Most lines.
    most: usize,
    /// As many for each place.
    all: Vec<Option<Broken>>,
}

impl Ways {
    /// Those of the lines that end behind the first `items` items, which are not none.
    fn of(&self, items: usize) -> &[Option<Broken>] {
        &self.all[(items - 1) * self.most..][..self.most]
    }

    /// What breaking costs into the fewest lines, for the first item, the first two, and so on.
    fn costs(&self) -> impl Iterator<Item = u64> {
        let fewest = |ways: &[Option<Broken>]| ways.iter().flatten().next().map(|way| way.cost);
        self.all.chunks_exact(self.most).filter_map(fewest)
    }
}

impl<'a> Cutting<'a> {
    fn new(
        items: &'a [Item],
        between: Vec<Cost>,
        next: Option<Instant>,
        preset: &'a CaptionPreset,
        ragged: &'a [u64],
    ) -> Self {
        let costs = std::iter::once(Cost { line: 0, caption: 0 }).chain(between).collect();
        let blank = |item: &Item| usize::from(item.apart);
        Self {
            items,
            costs,
            columns: sums(items.iter().map(|item| item.width + blank(item))),
            characters: sums(items.iter().map(|item| item.characters + blank(item))),
            words: sums(items.iter().map(blank)),
            silence: silences(items),
            ragged,
            next,
            preset,
        }
    }

    /// Where the captions of the turn begin and end.
    fn cuts(&self, lines: &mut Ways) -> Vec<(usize, usize)> {
        let count = self.items.len();
        let mut best: Vec<(u64, usize)> = vec![(0, count); count + 1];
        for from in (0..count).rev() {
            self.lines(from, count, lines);
            let mut least = None;
            for (to, lines) in (from + 1..).zip(lines.costs()) {
                let sure = self.words_cost(from, to, lines).saturating_add(best[to].0);
                // Most cuts need no look at their times.
                if least.is_some_and(|(least, _)| least <= sure) {
                    continue;
                }
                let cost = sure.saturating_add(self.times_cost(from, to));
                if least.is_none_or(|(least, _)| cost < least) {
                    least = Some((cost, to));
                }
            }
            best[from] = least.unwrap_or((IMPOSSIBLE, from + 1));
        }
        let mut cuts = Vec::new();
        let mut from = 0;
        while from < count {
            let to = best[from].1;
            cuts.push((from, to));
            from = to;
        }
        cuts
    }

    /// Finds the ways to break one caption from `from` on, which reaches `end` at most.
    fn lines(&self, from: usize, end: usize, found: &mut Ways) {
        let most = found.most;
        found.all.clear();
        for to in from + 1..=end {
            let done = found.all.len();
            found.all.resize(done + most, None);
            let (before, ways) = found.all.split_at_mut(done);
            for start in (from..to).rev() {
                let Some(&ragged) = self.ragged.get(self.width(start, to)) else { break };
                if start == from {
                    ways[0] = Some(Broken { cost: ragged, from });
                    continue;
                }
                let before = &before[(start - from - 1) * most..][..most];
                for count in 1..most {
                    let Some(above) = before[count - 1] else { continue };
                    let cost = above.cost + ragged + self.costs[start].line;
                    let way = &mut ways[count];
                    if way.is_none_or(|way: Broken| cost < way.cost) {
                        *way = Some(Broken { cost, from: start });
                    }
                }
            }
            if to == from + 1 && ways[0].is_none() {
                ways[0] = Some(Broken { cost: IMPOSSIBLE, from });
            }
            if ways.iter().all(Option::is_none) {
                found.all.truncate(done);
                break;
            }
        }
    }

    /// The columns of a line.
    fn width(&self, from: usize, to: usize) -> usize {
        self.columns[to] - self.columns[from] - usize::from(self.items[from].apart)
    }

    /// What a caption costs by its words, whose lines cost `lines`, and the silence between them.
    fn words_cost(&self, from: usize, to: usize, lines: u64) -> u64 {
        let scrap = to - from <= 2 && to - from < self.items.len() && to < self.items.len();
        CAPTION
            + lines
            + (self.silence[to - 1] - self.silence[from])
            + self.costs.get(to).map_or(0, |cost| cost.caption)
            + if scrap { SCRAP } else { 0 }
    }

    /// What a caption costs by the times at which it is shown.
    fn times_cost(&self, from: usize, to: usize) -> u64 {
        let sound = self.sound(from, to);
        let reading = self.reading(from, to);
        let next = self.next(to);
        let shown = display::shown(sound, reading, next, self.preset);
        let flickers = next.is_some_and(|next| display::flickers(shown, next, self.preset));
        let shortest = self.preset.shortest.value;
        let mut cost = if flickers { BROKEN } else { 0 };
        cost += shortfall(shown.length(), shortest) + shortfall(shown.length(), reading);
        if sound.length() > self.preset.longest.value && to - from > 1 {
            cost += IMPOSSIBLE;
        }
        cost
    }

    /// When the caption after one that ends at `to` begins.
    fn next(&self, to: usize) -> Option<Instant> {
        self.items.get(to).map_or(self.next, |item| Some(item.sound.start()))
    }

    fn sound(&self, from: usize, to: usize) -> Stretch {
        self.items[from].sound.union(self.items[to - 1].sound)
    }

    fn shown(&self, from: usize, to: usize) -> Stretch {
        display::shown(self.sound(from, to), self.reading(from, to), self.next(to), self.preset)
    }

    /// How long it takes to read a caption.
    fn reading(&self, from: usize, to: usize) -> Length {
        let blank = usize::from(self.items[from].apart);
        let characters = self.characters[to] - self.characters[from] - blank;
        let words = self.words[to] - self.words[from] + 1 - blank;
        self.preset.speed.value.time_for(characters, words)
    }

    fn caption(&self, from: usize, to: usize, speaker: Option<String>, ways: &mut Ways) -> Caption {
        let mut caption = Caption {
            stretch: self.shown(from, to),
            speaker,
            lines: Vec::new(),
            stamps: Vec::new(),
        };
        let breaks = self.breaks(from, to, ways);
        for (line, pair) in breaks.windows(2).enumerate() {
            let mut text = String::new();
            for item in &self.items[pair[0]..pair[1]] {
                text.push_str(if item.apart && !text.is_empty() { " " } else { "" });
                let span = Span::new(text.len(), text.len() + item.text.len());
                if item.kind == Kind::Word {
                    caption.stamps.push(Stamp { line, span, sound: item.sound });
                }
                text.push_str(&item.text);
            }
            caption.lines.push(text);
        }
        caption
    }

    /// Where the lines of a caption begin, and where the last one ends.
    fn breaks(&self, from: usize, to: usize, found: &mut Ways) -> Vec<usize> {
        self.lines(from, to, found);
        let mut breaks = vec![to];
        let mut at = to;
        let fewest = found.of(to - from).iter().position(Option::is_some);
        let mut count = fewest.unwrap_or_default();
        while at > from {
            at = found.of(at - from)[count].map_or(from, |way| way.from);
            count = count.saturating_sub(1);
            breaks.push(at);
        }
        breaks.reverse();
        breaks
    }
}

/// What a line costs by its columns, up to `most`.
fn ragged(most: usize) -> Vec<u64> {
    let cost = |width: u64| width * width * 3 / most.max(1) as u64;
    (0..=most as u64).map(cost).collect()
}

/// What it costs that only `is` of `wanted` is there.
fn shortfall(is: Length, wanted: Length) -> u64 {
    if is >= wanted {
        return 0;
    }
    let missing = (wanted - is).micros() as u64;
    BROKEN + (2 * BROKEN).saturating_mul(missing) / wanted.micros().max(1) as u64
}

/// What the silence before each item costs, summed up. A cue's own time is silence before it and after.
fn silences(items: &[Item]) -> Vec<u64> {
    let cue = |item: &Item| match item.kind {
        Kind::Cue => item.sound.length(),
        _ => Length::ZERO,
    };
    let pair = |pair: &[Item]| {
        let same = pair[0].kind == Kind::Cue && pair[1].kind == Kind::Cue;
        let between = pair[1].sound.start() - pair[0].sound.end();
        let silent = if same { Length::ZERO } else { between + cue(&pair[0]) + cue(&pair[1]) };
        ((silent - PAUSE).micros().max(0) as u64 / 10_000).min(4 * BROKEN)
    };
    let mut sum = 0;
    let sums = items.windows(2).map(pair).map(|cost| {
        sum += cost;
        sum
    });
    std::iter::once(0).chain(sums).collect()
}

/// The sums of the first so many numbers, from none to all.
fn sums(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut sum = 0;
    let added = numbers.map(|number| {
        sum += number;
        sum
    });
    std::iter::once(0).chain(added).collect()
}
