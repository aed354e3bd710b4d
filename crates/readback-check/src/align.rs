//! Aligns the text's tokens with the heard tokens over a whole story.
//!
//! Anchors first: runs of tokens that occur once on either side pin the two together, so that repeated
//! passages and long gaps on either side cannot derail the rest, and the work between two anchors stays
//! small. Between anchors, dynamic programming with affine gaps (Gotoh, "An improved algorithm for
//! matching biological sequences", 1982) prefers one long omission to many short ones; runs of tokens that
//! have a reading in common ("sea floor" and "seafloor", "10-12" and "ten to twelve") match as a join.

use std::collections::HashMap;
use std::ops::Range;

use readback_transcript::{Joins, Token, amount_goes_on, shifts};

use crate::sides::cuts_word;
use crate::sound::likeness;

/// One step of an alignment: a range of text tokens against a range of heard tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub text: Range<usize>,
    pub heard: Range<usize>,
    pub kind: StepKind,
}

impl Step {
    /// Whether the sides differ in it.
    pub fn differs(&self) -> bool {
        self.kind != StepKind::Same
    }

    /// Whether one token stands against one that is the same.
    fn is_pair(&self) -> bool {
        !self.differs() && self.text.len() == 1 && self.heard.len() == 1
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepKind {
    /// The same words, perhaps written otherwise or apart on one side.
    Same,
    /// One token each, not the same.
    Other,
    /// Only in the text.
    TextOnly,
    /// Only heard.
    HeardOnly,
}

/// Lengths of the token runs that serve as anchors, the safest first.
const ANCHOR_LENGTHS: [usize; 3] = [6, 4, 3];
/// Beyond this many cells a stretch without anchors is not aligned word by word: such texts have
/// nothing in common.
const MOST_CELLS: usize = 16_000_000;
/// Costs, in arbitrary units: a gap of n tokens costs `GAP_OPEN + n * GAP`.
const GAP_OPEN: i32 = 9;
const GAP: i32 = 10;
const JOIN: i32 = 2;
/// The cost of the two tokens with nothing in common; alike ones cost less.
const UNLIKE: i32 = 24;
/// So alike are two words by chance.
const CHANCE_LIKENESS: f64 = 0.35;
/// Aligns `text` with `heard`: steps in order that cover both sides completely.
pub(crate) fn align(text: &[Token], heard: &[Token]) -> Vec<Step> {
    let mut steps = Vec::new();
    let (rows, columns) = (0..text.len(), 0..heard.len());
    align_between(text, heard, rows, columns, Often::Once, &mut steps);
    let mut steps = dissolve_islands(text, &steps);
    keep_words_whole(text, heard, &mut steps);
    steps
}

/// A gap on one side shorter than this is no place to get lost in.
const WIDE_GAP: usize = 4;
/// Most bytes of a little word.
const LITTLE_WORD: usize = 3;
/// One word in so many may be the same by chance.
const ISLANDS: usize = 4;

/// Where a passage was left out on one side and another one on the other, a few little words of the two
/// meet by chance and tear both to pieces. Such islands go: each passage is one gap again.
fn dissolve_islands(text: &[Token], steps: &[Step]) -> Vec<Step> {
    let mut out = Vec::with_capacity(steps.len());
    for run in steps.chunk_by(|a, b| holds(text, a) == holds(text, b)) {
        let start = run.iter().position(Step::differs).unwrap_or(run.len());
        let end = run.iter().rposition(Step::differs).map_or(start, |last| last + 1);
        let torn = &run[start..end];
        out.extend_from_slice(&run[..start]);
        if is_torn(torn) {
            out.extend(mended(torn));
        } else {
            out.extend_from_slice(torn);
        }
        out.extend_from_slice(&run[end..]);
    }
    out
}

/// Whether a step holds the two sides together: more than little words are the same in it.
fn holds(text: &[Token], step: &Step) -> bool {
    !step.differs() && text[step.text.clone()].iter().any(|token| token.text.len() > LITTLE_WORD)
}

/// Whether one side has several times as many words as the other and hardly any of either are the same.
/// Of the few, half may be the same by chance; more are words that were not left out.
fn is_torn(steps: &[Step]) -> bool {
    let same = steps.iter().filter(|step| step.kind == StepKind::Same).count();
    let ours: usize = steps.iter().map(|step| step.text.len()).sum();
    let theirs: usize = steps.iter().map(|step| step.heard.len()).sum();
    let (fewer, more) = (ours.min(theirs), ours.max(theirs));
    fewer >= WIDE_GAP && 2 * more >= 5 * fewer && same * ISLANDS <= more && same * 2 <= fewer
}

/// One gap on either side.
fn mended(steps: &[Step]) -> [Step; 2] {
    let (first, last) = (&steps[0], &steps[steps.len() - 1]);
    let (text, heard) = (first.text.start..last.text.end, first.heard.start..last.heard.end);
    let (text_at, heard_at) = (text.start..text.start, heard.end..heard.end);
    [
        Step { text: text_at, heard, kind: StepKind::HeardOnly },
        Step { text, heard: heard_at, kind: StepKind::TextOnly },
    ]
}

/// Tokens by which a gap slides at most to leave a word whole.
const FARTHEST: usize = 3;

/// Slides gaps that cut through a word of several tokens to where they do not, if they can. Of "we're late
/// we're late" one copy goes; as "are late we" it would leave a word made of the halves of two.
fn keep_words_whole(text: &[Token], heard: &[Token], steps: &mut [Step]) {
    let mut at = 0;
    while at < steps.len() {
        let kind = steps[at].kind;
        let end = at + steps[at..].iter().take_while(|step| step.kind == kind).count();
        match kind {
            StepKind::TextOnly => {
                slide(text, heard, steps, at..end, |step| (&mut step.text, &mut step.heard));
            }
            StepKind::HeardOnly => {
                slide(heard, text, steps, at..end, |step| (&mut step.heard, &mut step.text));
            }
            StepKind::Same | StepKind::Other => {}
        }
        at = end;
    }
}

/// Slides one gap, the steps of `run`; `sides` gives a step's ranges on the gap's `own` side and on the
/// `other`.
fn slide(
    own: &[Token],
    other: &[Token],
    steps: &mut [Step],
    run: Range<usize>,
    sides: impl Fn(&mut Step) -> (&mut Range<usize>, &mut Range<usize>),
) {
    let (start, beside) = sides(&mut steps[run.start]);
    let (start, beside) = (start.start, beside.start);
    let end = sides(&mut steps[run.end - 1]).0.end;
    let before = steps[..run.start].iter().rev().take(FARTHEST).take_while(|step| step.is_pair());
    let after = steps[run.end..].iter().take(FARTHEST).take_while(|step| step.is_pair());
    let reach = (before.count(), after.count());
    let is_whole = |by: &isize| {
        let [start, end, beside] = [start, end, beside].map(|at| at.saturating_add_signed(*by));
        !(cuts_word(own, start) || cuts_word(own, end) || cuts_word(other, beside))
    };
    let same = |a: usize, b: usize| own[a].text == own[b].text;
    let Some(by) = shifts(&(start..end), reach, same).find(is_whole).filter(|by| *by != 0) else {
        return;
    };
    let length = (end - start).cast_signed();
    let passed = by.unsigned_abs();
    let (gap, pairs, back) = if by < 0 {
        steps[run.start - passed..run.end].rotate_left(passed);
        (run.start - passed..run.end - passed, run.end - passed..run.end, length)
    } else {
        steps[run.start..run.end + passed].rotate_right(passed);
        (run.start + passed..run.end + passed, run.start..run.start + passed, -length)
    };
    for step in &mut steps[gap] {
        let (own, other) = sides(step);
        shift(own, by);
        shift(other, by);
    }
    for step in &mut steps[pairs] {
        shift(sides(step).0, back);
    }
}

fn shift(range: &mut Range<usize>, by: isize) {
    *range = range.start.saturating_add_signed(by)..range.end.saturating_add_signed(by);
}

fn align_between(
    text: &[Token],
    heard: &[Token],
    rows: Range<usize>,
    columns: Range<usize>,
    often: Often,
    steps: &mut Vec<Step>,
) {
    let (mut row, mut column) = (rows.start, columns.start);
    for anchor in anchors(&text[rows.clone()], &heard[columns.clone()], often) {
        let anchor = (rows.start + anchor.0, columns.start + anchor.1, anchor.2);
        let anchor = beside_amounts(text, heard, anchor);
        let (at_row, at_column) = (anchor.0, anchor.1);
        align_stretch(text, heard, row..at_row, column..at_column, often, steps);
        for k in 0..anchor.2 {
            steps.push(Step {
                text: at_row + k..at_row + k + 1,
                heard: at_column + k..at_column + k + 1,
                kind: StepKind::Same,
            });
        }
        (row, column) = (at_row + anchor.2, at_column + anchor.2);
    }
    align_stretch(text, heard, row..rows.end, column..columns.end, often, steps);
}

/// Aligns word by word what lies between two anchors. Where that is too much, all of it was said several
/// times over, and runs that occur as often on one side as on the other are anchors too.
fn align_stretch(
    text: &[Token],
    heard: &[Token],
    rows: Range<usize>,
    columns: Range<usize>,
    often: Often,
    steps: &mut Vec<Step>,
) {
    if often == Often::Once && rows.len().saturating_mul(columns.len()) > MOST_CELLS {
        align_between(text, heard, rows, columns, Often::Equally, steps);
    } else {
        Grid::new(text, heard, rows, columns).steps(steps);
    }
}

/// An anchor without the ends that are within an amount: of *ten to twelve dollars* the dollars may belong to
/// both numbers.
fn beside_amounts(
    text: &[Token],
    heard: &[Token],
    (mut row, mut column, mut length): (usize, usize, usize),
) -> (usize, usize, usize) {
    let cuts =
        |row: usize, column: usize| amount_goes_on(text, row) || amount_goes_on(heard, column);
    while length > 0 && cuts(row, column) {
        (row, column, length) = (row + 1, column + 1, length - 1);
    }
    while length > 0 && cuts(row + length, column + length) {
        length -= 1;
    }
    (row, column, length)
}

/// How often a run must occur to be an anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Often {
    /// Once on either side.
    Once,
    /// As often on one side as on the other; they belong together in order.
    Equally,
}

/// Non-overlapping anchors `(text, heard, length)` in order on both sides.
fn anchors(text: &[Token], heard: &[Token], often: Often) -> Vec<(usize, usize, usize)> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for length in ANCHOR_LENGTHS {
        let mut all = Vec::new();
        let (mut row, mut column) = (0, 0);
        for &anchor in found.iter().chain(std::iter::once(&(text.len(), heard.len(), 0))) {
            let (rows, columns) = (row..anchor.0, column..anchor.1);
            for (i, j) in common_runs(&text[rows.clone()], &heard[columns.clone()], length, often) {
                all.push((rows.start + i, columns.start + j, length));
            }
            all.push(anchor);
            (row, column) = (anchor.0 + anchor.2, anchor.1 + anchor.2);
        }
        all.pop();
        found = all;
    }
    found
}

/// Runs of `length` tokens that occur so often on either side, thinned to the longest chain that ascends
/// on both sides and does not overlap itself.
fn common_runs(
    text: &[Token],
    heard: &[Token],
    length: usize,
    often: Often,
) -> Vec<(usize, usize)> {
    let heard_places = places(heard, length);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (run, ours) in places(text, length) {
        let theirs = heard_places.get(&run).map_or(&[][..], Vec::as_slice);
        if ours.len() == theirs.len() && (often == Often::Equally || ours.len() == 1) {
            pairs.extend(ours.iter().copied().zip(theirs.iter().copied()));
        }
    }
    pairs.sort_unstable();
    let mut chain: Vec<(usize, usize)> = Vec::new();
    for (i, j) in longest_ascending(&pairs) {
        if chain.last().is_none_or(|&(row, column)| i >= row + length && j >= column + length) {
            chain.push((i, j));
        }
    }
    chain
}

/// Where each run of `length` tokens begins.
fn places(side: &[Token], length: usize) -> HashMap<Vec<&str>, Vec<usize>> {
    let mut places: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
    for (start, run) in side.windows(length).enumerate() {
        let key = run.iter().map(|token| token.text.as_str()).collect();
        places.entry(key).or_default().push(start);
    }
    places
}

/// The longest chain of `pairs` (sorted by their first) whose seconds ascend too: patience sorting.
fn longest_ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|&top| pairs[top].1 < pair.1);
        before.push(pile.checked_sub(1).map(|below| tops[below]));
        if pile == tops.len() {
            tops.push(index);
        } else {
            tops[pile] = index;
        }
    }
    let mut chain = Vec::with_capacity(tops.len());
    let mut at = tops.last().copied();
    while let Some(index) = at {
        chain.push(pairs[index]);
        at = before[index];
    }
    chain.reverse();
    chain
}

/// The three states of the affine-gap recurrence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Pair,
    TextGap,
    HeardGap,
}

const STATES: [State; 3] = [State::Pair, State::TextGap, State::HeardGap];

/// How a cell was reached: the step's size on both sides and the state before it.
#[derive(Clone, Copy)]
struct Origin {
    rows: u8,
    columns: u8,
    from: State,
}

/// The dynamic programme over one stretch between anchors.
struct Grid<'a> {
    text: &'a [Token],
    heard: &'a [Token],
    rows: Range<usize>,
    columns: Range<usize>,
    /// What reads alike although its tokens are not the same.
    joins: Joins,
}

impl<'a> Grid<'a> {
    fn new(
        text: &'a [Token],
        heard: &'a [Token],
        rows: Range<usize>,
        columns: Range<usize>,
    ) -> Self {
        let (text, heard) = (&text[rows.clone()], &heard[columns.clone()]);
        let fits = text.len().saturating_mul(heard.len()) <= MOST_CELLS;
        let joins = if fits { Joins::between(text, heard) } else { Joins::default() };
        Self { text, heard, rows, columns, joins }
    }

    fn steps(&self, steps: &mut Vec<Step>) {
        let (n, m) = (self.text.len(), self.heard.len());
        if n == 0 || m == 0 || n.saturating_mul(m) > MOST_CELLS {
            self.push_run(StepKind::TextOnly, 0, 0, n, 0, steps);
            self.push_run(StepKind::HeardOnly, n, 0, 0, m, steps);
            return;
        }
        let origins = self.fill();
        let first = steps.len();
        let (mut i, mut j, mut state) = (n, m, best_end(&origins));
        while i > 0 || j > 0 {
            let origin = origins.at(i, j, state);
            let (rows, columns) = (usize::from(origin.rows), usize::from(origin.columns));
            let kind = match state {
                State::TextGap => StepKind::TextOnly,
                State::HeardGap => StepKind::HeardOnly,
                State::Pair if self.same(i - rows, j - columns, rows, columns) => StepKind::Same,
                State::Pair => StepKind::Other,
            };
            (i, j, state) = (i - rows, j - columns, origin.from);
            self.push_run(kind, i, j, rows, columns, steps);
        }
        steps[first..].reverse();
    }

    /// Pushes one step that starts at cell `(i, j)`, unless it is empty.
    fn push_run(
        &self,
        kind: StepKind,
        i: usize,
        j: usize,
        rows: usize,
        columns: usize,
        steps: &mut Vec<Step>,
    ) {
        let (row, column) = (self.rows.start + i, self.columns.start + j);
        if rows + columns > 0 {
            steps.push(Step { text: row..row + rows, heard: column..column + columns, kind });
        }
    }

    /// Whether the tokens of the text and the heard ones, which were aligned as a pair, are the same words.
    fn same(&self, i: usize, j: usize, rows: usize, columns: usize) -> bool {
        if (rows, columns) == (1, 1) && self.text[i].text != self.heard[j].text {
            return self.joins.ending_at(i + 1, j + 1).contains(&(1, 1));
        }
        rows * columns > 0
    }

    fn fill(&self) -> Origins {
        let (n, m) = (self.text.len(), self.heard.len());
        let mut costs = vec![[i32::MAX / 2; 3]; (n + 1) * (m + 1)];
        let mut origins = Origins::new(n, m);
        costs[0][State::Pair as usize] = 0;
        let mut likenesses = HashMap::new();
        for i in 0..=n {
            for j in 0..=m {
                for (rows, columns, state, cost) in self.moves(i, j, &mut likenesses) {
                    let before = costs[(i - rows) * (m + 1) + (j - columns)];
                    for from in STATES {
                        let opens = state != State::Pair && from != state;
                        let total = before[from as usize]
                            .saturating_add(cost + if opens { GAP_OPEN } else { 0 });
                        let cell = &mut costs[i * (m + 1) + j][state as usize];
                        if total < *cell {
                            *cell = total;
                            let origin = Origin { rows: rows as u8, columns: columns as u8, from };
                            origins.set(i, j, state, origin);
                        }
                    }
                }
            }
        }
        origins.end = costs[n * (m + 1) + m];
        origins
    }

    /// The ways into cell `(i, j)`: rows, columns, the state reached, and the cost.
    fn moves(
        &self,
        i: usize,
        j: usize,
        likenesses: &mut HashMap<(&'a str, &'a str), i32>,
    ) -> Vec<(usize, usize, State, i32)> {
        let mut moves = Vec::with_capacity(8);
        if i > 0 && j > 0 {
            let (text, heard) = (&*self.text[i - 1].text, &*self.heard[j - 1].text);
            let cost = if text == heard {
                0
            } else {
                *likenesses.entry((text, heard)).or_insert_with(|| unlikeness_cost(text, heard))
            };
            moves.push((1, 1, State::Pair, cost));
        }
        for &(rows, columns) in self.joins.ending_at(i, j) {
            moves.push((rows, columns, State::Pair, JOIN));
        }
        if i > 0 {
            moves.push((1, 0, State::TextGap, GAP));
        }
        if j > 0 {
            moves.push((0, 1, State::HeardGap, GAP));
        }
        moves
    }
}

fn best_end(origins: &Origins) -> State {
    *STATES.iter().min_by_key(|&&state| origins.end[state as usize]).unwrap_or(&State::Pair)
}

/// Two tokens that have no more in common than any two words cost the full price; the most alike ones
/// that are not the same less than half of it.
fn unlikeness_cost(text: &str, heard: &str) -> i32 {
    let alike = (likeness(text, heard) - CHANCE_LIKENESS).max(0.0) / (1.0 - CHANCE_LIKENESS);
    UNLIKE - (f64::from(UNLIKE) * 0.6 * alike) as i32
}

/// Where every cell came from, for each state.
struct Origins {
    columns: usize,
    cells: Vec<[Origin; 3]>,
    end: [i32; 3],
}

impl Origins {
    fn new(n: usize, m: usize) -> Self {
        let none = Origin { rows: 0, columns: 0, from: State::Pair };
        Self { columns: m + 1, cells: vec![[none; 3]; (n + 1) * (m + 1)], end: [0; 3] }
    }

    fn at(&self, i: usize, j: usize, state: State) -> Origin {
        self.cells[i * self.columns + j][state as usize]
    }

    fn set(&mut self, i: usize, j: usize, state: State, origin: Origin) {
        self.cells[i * self.columns + j][state as usize] = origin;
    }
}

#[cfg(test)]
mod tests {
    use readback_transcript::tokens;

    use super::*;

    /// The alignment in one line: same words plain, `text/heard` where they differ, `+` heard only,
    /// `-` text only.
    fn shown(text: &str, heard: &str) -> String {
        let side = |words: &str| {
            tokens(&words.split_whitespace().map(str::to_string).collect::<Vec<_>>(), "en")
        };
        let (text, heard) = (side(text), side(heard));
        let steps = align(&text, &heard);
        let covered: (usize, usize) =
            steps.iter().fold((0, 0), |(i, j), s| (i + s.text.len(), j + s.heard.len()));
        assert_eq!(covered, (text.len(), heard.len()), "steps cover both sides");
        let words = |side: &[Token], range: &Range<usize>| {
            side[range.clone()].iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let shown = |step: &Step| match step.kind {
            StepKind::Same => words(&text, &step.text),
            StepKind::Other => {
                format!("{}/{}", words(&text, &step.text), words(&heard, &step.heard))
            }
            StepKind::TextOnly => format!("-{}", words(&text, &step.text).replace(' ', " -")),
            StepKind::HeardOnly => format!("+{}", words(&heard, &step.heard).replace(' ', " +")),
        };
        steps.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn equal_texts_align_word_for_word() {
        assert_eq!(shown("the ocean is quiet", "The ocean is quiet."), "the ocean is quiet");
    }

    /// Nothing in it occurs once, and word by word it would be too much.
    #[test]
    fn a_programme_that_runs_over_and_over_still_aligns() {
        let letter = |number: usize| char::from(b'a' + number as u8 % 26);
        let word = |number: usize| format!("{}{}x", letter(number / 26), letter(number));
        let programme: Vec<String> = (0..676).map(word).collect();
        let heard = vec![programme.join(" "); 7].join(" ");
        let text = heard.replacen(" fkx ", " ", 1);
        assert_eq!(shown(&text, &heard).matches('+').count(), 1);
        assert_eq!(shown(&heard, &heard).matches(['+', '-', '/']).count(), 0);
    }

    #[test]
    fn a_gap_leaves_words_of_several_tokens_whole() {
        let (once, twice) = ("we're late again", "we're late we're late again");
        assert_eq!(shown(twice, once), "-we -are -late we are late again");
        assert_eq!(shown(once, twice), "+we +are +late we are late again");
        let (text, heard) =
            ("he met Kim Jong Un and Kim Happy Un today", "he met Kim Jong-un today");
        assert_eq!(shown(text, heard), "he met kim jong un -and -kim -happy -un today");
    }

    #[test]
    fn little_words_after_a_gap_are_no_island() {
        assert_eq!(
            shown(
                "the weather holds I'm Tom Brendan Hale on the water",
                "the weather holds for now the cable stays where it is listening in the dark I'm Tom Brennan-Hale on the water"
            ),
            "the weather holds +for +now +the +cable +stays +where +it +is +listening +in +the +dark \
             i am tom brendan/brennan hale on the water"
        );
    }

    #[test]
    fn a_dropped_word_is_heard_only() {
        assert_eq!(
            shown("I want to see years", "I want to see ten years"),
            "i want to see +10 years"
        );
    }

    #[test]
    fn words_written_apart_match_as_a_join() {
        assert_eq!(
            shown("the sea floor was rock", "the seafloor was rock"),
            "the sea floor was rock"
        );
    }

    #[test]
    fn little_words_do_not_tear_a_missing_sentence_to_pieces() {
        let passage = "if a corner sinks by half an inch the lamp at the top of the tower leans \
            by a foot and then we all go home";
        let sentence = "she has moved churches a bank and a railway station";
        let text = format!("helen is in charge {passage} {passage} today");
        let heard = format!("helen is in charge {sentence} {passage} today");
        let shown = shown(&text, &heard);
        assert!(shown.contains(&format!("+{}", sentence.replace(' ', " +"))), "{shown}");
        assert!(shown.contains(&format!("-{}", passage.replace(' ', " -"))), "{shown}");
    }

    #[test]
    fn like_sounding_words_pair_up() {
        assert_eq!(
            shown("the region was closed", "the reason was closed"),
            "the region/reason was closed"
        );
    }

    #[test]
    fn a_passage_typed_twice_loses_one_whole_copy() {
        let text = "the day ended with a dinner kim toasted his health kim toasted his health \
                    and the crowd rose to its feet";
        let heard =
            "the day ended with a dinner kim toasted his health and the crowd rose to its feet";
        let shown = shown(text, heard);
        assert_eq!(shown.matches('-').count(), 4, "{shown}");
        assert!(shown.contains("-kim -toasted -his -health"), "{shown}");
    }

    #[test]
    fn texts_with_nothing_in_common_still_cover_both_sides() {
        shown("alpha bravo charlie", "one two three four five");
        shown("", "one two");
        shown("alpha", "");
    }
}
