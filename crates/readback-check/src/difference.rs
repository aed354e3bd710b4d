//! Where the two sides differ, before anybody has judged which is right.

use std::ops::Range;

use readback_transcript::{joined_equal, shifts};

use crate::align::{Step, StepKind};
use crate::sides::{HeardSide, TextSide, only_fillers};

/// A gap of so many tokens is a difference of its own.
const LONG_GAP: usize = 4;

/// One place where the sides differ, as ranges of words on both; one of them may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub text: Range<usize>,
    pub heard: Range<usize>,
    /// The same as ranges of tokens.
    pub text_tokens: Range<usize>,
    pub heard_tokens: Range<usize>,
    /// The places within it where one word stands against one other, or a gap, if there are several.
    pub parts: Vec<Difference>,
}

/// The differences that `steps` leave, without those that are only style: hesitations, and words said
/// twice in a row that the text gives once.
pub(crate) fn differences(text: &TextSide, heard: &HeardSide, steps: &[Step]) -> Vec<Difference> {
    let mut runs = Vec::new();
    let mut start = 0;
    for run in steps.chunk_by(|a, b| (a.kind == StepKind::Same) == (b.kind == StepKind::Same)) {
        if run[0].kind != StepKind::Same {
            runs.extend(
                split_long_gaps(run).into_iter().map(|part| start + part.start..start + part.end),
            );
        }
        start += run.len();
    }
    let runs = of_whole_words(text, heard, steps, runs);
    let found = runs.into_iter().map(|run| Difference::of(text, heard, &steps[run]));
    let found = found.filter(|difference| !is_style(text, heard, difference));
    let placed = found.map(|difference| at_sentence_start(text, heard, difference));
    let mut found: Vec<Difference> =
        placed.flat_map(|difference| split_at_border(text, heard, difference)).collect();
    for difference in &mut found {
        difference.parts = parts(text, heard, steps, difference);
    }
    found
}

/// Runs of steps, widened until no word of either side is cut, nor an amount after its number, those that then
/// touch the same word made one: of *do* against *don't* the second token alone differs, but what is said
/// otherwise is the word, and of *ten miles* against *ten kilometers* it is the ten miles.
fn of_whole_words(
    text: &TextSide,
    heard: &HeardSide,
    steps: &[Step],
    runs: Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    let cut =
        |text_at: usize, heard_at: usize| text.cuts_word(text_at) || heard.cuts_word(heard_at);
    let within = |text_at: usize, heard_at: usize| {
        cut(text_at, heard_at) || text.cuts_amount(text_at) || heard.cuts_amount(heard_at)
    };
    let mut out: Vec<Range<usize>> = Vec::with_capacity(runs.len());
    for mut run in runs {
        while run.start > 0 && within(steps[run.start].text.start, steps[run.start].heard.start) {
            run.start -= 1;
        }
        while run.end < steps.len()
            && cut(steps[run.end - 1].text.end, steps[run.end - 1].heard.end)
        {
            run.end += 1;
        }
        match out.last_mut() {
            Some(last) if run.start < last.end => last.end = last.end.max(run.end),
            _ => out.push(run),
        }
    }
    out
}

/// The parts of a difference that are not style, if it has several.
fn parts(
    text: &TextSide,
    heard: &HeardSide,
    steps: &[Step],
    difference: &Difference,
) -> Vec<Difference> {
    let Difference { text_tokens, heard_tokens, .. } = difference;
    let start = (text_tokens.start, heard_tokens.start);
    let first = steps.partition_point(|step| (step.text.start, step.heard.start) < start);
    let within =
        |step: &&Step| step.text.end <= text_tokens.end && step.heard.end <= heard_tokens.end;
    let end = first + steps[first..].iter().take_while(within).count();
    let differs = |step: &usize| steps[*step].kind != StepKind::Same;
    let own = (first..end).filter(differs).map(|step| step..step + 1).collect();
    let mut parts: Vec<Difference> = Vec::new();
    for run in of_whole_words(text, heard, steps, own) {
        let next = Difference::of(text, heard, &steps[run]);
        match parts.last_mut() {
            Some(last) if last.continues_gap(&next) => *last = last.through(text, heard, &next),
            _ => parts.push(next),
        }
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    parts.retain(|part| !is_style(text, heard, part));
    parts
}

/// Missing words where one turn of the text ends and the next begins, cut where a sentence starts after
/// the longest pause: what the one left out and what the other left out are two things.
fn split_at_border(text: &TextSide, heard: &HeardSide, difference: Difference) -> Vec<Difference> {
    let Difference { text: place, heard_tokens, .. } = &difference;
    let turn = |word: usize| text.words.get(word).map(|word| word.turn);
    let at_border =
        place.is_empty() && place.start > 0 && turn(place.start - 1) != turn(place.start);
    let pause = |token: usize| {
        let (before, next) = (&heard.tokens[token - 1].words, &heard.tokens[token].words);
        heard.stretch(&next.clone()).start() - heard.stretch(&before.clone()).end()
    };
    let starts_sentence = |token: &usize| {
        let word = heard.tokens[*token].words.start;
        let capital = heard.hearing.words[word].text.starts_with(char::is_uppercase);
        capital && heard.starts_sentence(word)
    };
    let inner = (heard_tokens.start + 1..heard_tokens.end).filter(starts_sentence);
    let Some(cut) = inner.max_by_key(|token| pause(*token)).filter(|_| at_border) else {
        return vec![difference];
    };
    let part =
        |tokens: Range<usize>| Difference::new(text, heard, difference.text_tokens.clone(), tokens);
    vec![part(heard_tokens.start..cut), part(cut..heard_tokens.end)]
}

/// A gap may often slide: of "they left. Now they left. Now" either "Now they left." or "they left. Now"
/// can go. It slides to where a sentence starts, if it can reach one.
fn at_sentence_start(text: &TextSide, heard: &HeardSide, difference: Difference) -> Difference {
    let gap_in_text = difference.heard_tokens.is_empty();
    let (gap, tokens) = match (gap_in_text, difference.text_tokens.is_empty()) {
        (true, false) => (&difference.text_tokens, &text.tokens),
        (false, true) => (&difference.heard_tokens, &heard.tokens),
        _ => return difference,
    };
    let starts_sentence = |start: usize| {
        let word = tokens[start].words.start;
        if gap_in_text { text.starts_sentence(word) } else { heard.starts_sentence(word) }
    };
    let reach = (gap.len().min(gap.start), gap.len().min(tokens.len() - gap.end));
    let by = shifts(gap, reach, |a, b| tokens[a].text == tokens[b].text)
        .find(|by| starts_sentence(gap.start.saturating_add_signed(*by)))
        .unwrap_or_default();
    let slid = |range: &Range<usize>| {
        range.start.saturating_add_signed(by)..range.end.saturating_add_signed(by)
    };
    let slid = (slid(&difference.text_tokens), slid(&difference.heard_tokens));
    if by == 0 || slid.0.end > text.tokens.len() || slid.1.end > heard.tokens.len() {
        return difference;
    }
    Difference::new(text, heard, slid.0, slid.1)
}

/// A run of differing steps, cut where a long gap on one side begins or ends: a passage typed twice and
/// the word misheard beside it are two things. Where both sides have nearly as many words, the one stands
/// for the other, however they were aligned.
fn split_long_gaps(run: &[Step]) -> Vec<Range<usize>> {
    let count = |side: fn(&Step) -> usize| -> usize { run.iter().map(side).sum() };
    let (ours, theirs) = (count(|step| step.text.len()), count(|step| step.heard.len()));
    if ours.min(theirs) * 2 >= ours.max(theirs) {
        return vec![0..run.len()];
    }
    let long = |steps: &[Step]| {
        let tokens: usize = steps.iter().map(|s| s.text.len() + s.heard.len()).sum();
        steps[0].kind != StepKind::Other && tokens >= LONG_GAP
    };
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for gap in run.chunk_by(|a, b| a.kind == b.kind) {
        if long(gap) {
            parts.extend([start..at, at..at + gap.len()]);
            start = at + gap.len();
        }
        at += gap.len();
    }
    parts.push(start..at);
    parts.retain(|part| !part.is_empty());
    parts
}

impl Difference {
    fn new(
        text: &TextSide,
        heard: &HeardSide,
        text_tokens: Range<usize>,
        heard_tokens: Range<usize>,
    ) -> Self {
        let (text, heard) = (text.words_of(&text_tokens), heard.words_of(&heard_tokens));
        Self { text, heard, text_tokens, heard_tokens, parts: Vec::new() }
    }

    /// What these steps cover, which may not be none.
    fn of(text: &TextSide, heard: &HeardSide, steps: &[Step]) -> Self {
        let (first, last) = (&steps[0], &steps[steps.len() - 1]);
        let (text_tokens, heard_tokens) =
            (first.text.start..last.text.end, first.heard.start..last.heard.end);
        Self::new(text, heard, text_tokens, heard_tokens)
    }

    /// Whether `next` follows at once, and both have words on the same side only.
    fn continues_gap(&self, next: &Difference) -> bool {
        let adjacent = self.text_tokens.end == next.text_tokens.start
            && self.heard_tokens.end == next.heard_tokens.start;
        let missing = self.text.is_empty() && next.text.is_empty();
        let not_said = self.heard.is_empty() && next.heard.is_empty();
        adjacent && (missing || not_said)
    }

    /// From here through `next`, with what lies between.
    pub fn through(&self, text: &TextSide, heard: &HeardSide, next: &Difference) -> Difference {
        Difference::new(
            text,
            heard,
            self.text_tokens.start..next.text_tokens.end,
            self.heard_tokens.start..next.heard_tokens.end,
        )
    }
}

fn is_style(text: &TextSide, heard: &HeardSide, difference: &Difference) -> bool {
    let ours = &text.tokens[difference.text_tokens.clone()];
    let theirs = &heard.tokens[difference.heard_tokens.clone()];
    joined_equal(ours, theirs)
        || is_unread(text, heard, difference)
        || only_fillers(ours) && only_fillers(theirs)
        || ours.is_empty() && is_stutter(heard, &difference.heard_tokens)
        || ours.is_empty() && is_hesitation(text, heard, difference)
        || ours.is_empty() && is_sign(text, difference)
}

/// So many tokens after a word tell whether it need be read.
const TELLING: usize = 3;

/// Whether both sides may be read alike with what follows on both: *the* Second World War, between `$1` and
/// `$2` million.
fn is_unread(text: &TextSide, heard: &HeardSide, difference: &Difference) -> bool {
    let Difference { text_tokens, heard_tokens, .. } = difference;
    let few = text_tokens.len().max(heard_tokens.len()) <= TELLING;
    let reads_alike = |more: usize| {
        let ours = text.tokens.get(text_tokens.start..text_tokens.end + more);
        let theirs = heard.tokens.get(heard_tokens.start..heard_tokens.end + more);
        ours.zip(theirs).is_some_and(|(ours, theirs)| joined_equal(ours, theirs))
    };
    few && (1..=TELLING).any(reads_alike)
}

/// Whether up to three heard tokens only say again what stands beside them: clean verbatim drops that.
fn is_stutter(heard: &HeardSide, range: &Range<usize>) -> bool {
    let length = range.len();
    let same_as = |start: Option<usize>| {
        start.and_then(|start| heard.tokens.get(start..start + length)).is_some_and(|beside| {
            let run = &heard.tokens[range.clone()];
            run.iter().zip(beside).all(|(a, b)| a.text == b.text)
        })
    };
    length <= 3 && (same_as(range.start.checked_sub(length)) || same_as(Some(range.end)))
}

/// What a recogniser writes for a hesitation that it takes for a word.
const LIKE_HESITATIONS: [&str; 7] = ["ahm", "am", "arm", "em", "harm", "him", "hum"];

/// Whether one heard word, set off by commas, is a hesitation taken for a word; the first comma may be
/// the text's.
fn is_hesitation(text: &TextSide, heard: &HeardSide, difference: &Difference) -> bool {
    let ends_in_comma = |word: usize| heard.hearing.words[word].text.ends_with(',');
    let [token] = &heard.tokens[difference.heard_tokens.clone()] else { return false };
    let word = difference.heard.start;
    LIKE_HESITATIONS.contains(&&*token.text)
        && ends_in_comma(word)
        && (word > 0 && ends_in_comma(word - 1)
            || text.between(difference.text.start).contains(','))
}

/// Signs that are read out ("slash", "pound", "star") or not, and are no words of the text.
const SIGNS: [char; 12] = ['/', '\\', '#', '*', '&', '@', '+', '=', '_', '|', '°', '§'];

/// Whether one heard word stands where the text writes a sign.
fn is_sign(text: &TextSide, difference: &Difference) -> bool {
    let at = difference.text_tokens.start;
    let before = at.checked_sub(1).and_then(|i| text.tokens.get(i));
    let after = text.tokens.get(at);
    let start = before.map_or(0, |token| text.words[token.words.start].span.start);
    let whole = text.transcript.text.len();
    let end = after.map_or(whole, |token| text.words[token.words.end - 1].span.end);
    difference.heard.len() == 1 && text.transcript.text[start..end].contains(SIGNS)
}
