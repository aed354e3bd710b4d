//! What changed between two states of a transcript: word by word, aware of labels, cues and paragraphs that
//! moved, and with formatting told apart from content.
//!
//! Pure text against text. It does not say whether a change matters; [`crate::score_desk`] weighs errors,
//! and whoever writes a correction decides what is told of it.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::{Change, Piece, Span, Transcript, align, has_stop, shifts};

/// What happened to a part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Altered {
    /// Nothing.
    Same,
    /// The words are the same; capitals, punctuation, quotation marks or line breaks differ.
    Formatting,
    /// The words differ: other ones, more of them or fewer.
    Words,
    /// A label differs: somebody else speaks, or is named otherwise.
    Label,
    /// A cue differs.
    Cue,
    /// A paragraph stands elsewhere; the number is shared by the place it left and the place it went to.
    Moved(usize),
}

/// A part of both texts; either span may be empty. Parts follow each other in both texts, except for the
/// two ends of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What happened.
    pub altered: Altered,
    /// Where it stands in the older text.
    pub before: Span,
    /// Where it stands in the newer text.
    pub after: Span,
}

/// A word, label or cue, as it is compared.
#[derive(Clone, Copy)]
struct Item {
    kind: Kind,
    /// The number of what it says without capitals, marks and punctuation, in both texts the same.
    plain: usize,
    /// Without the blanks and punctuation around it.
    span: Span,
    /// To where the next item begins: with what follows the word, and what precedes it in its paragraph.
    whole: Span,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Word,
    Label,
    Cue,
    Note,
}

/// Paragraphs of fewer words are not looked for elsewhere: short ones are alike by chance.
const LEAST_MOVED: usize = 6;

/// What changed from `before` to `after`, in the order of the newer text.
pub fn compare(before: &Transcript, after: &Transcript) -> Vec<Part> {
    let mut sayings = Sayings::default();
    let (left, right) = (items(before, &mut sayings), items(after, &mut sayings));
    let moves = moves(before, after, &left, &right);
    let stays = |moved: fn(&Move) -> &Range<usize>, length: usize| {
        let mut stays = vec![true; length];
        for it in &moves {
            stays[moved(it).clone()].fill(false);
        }
        (0..length).filter(|&index| stays[index]).collect::<Vec<_>>()
    };
    let left_stays = stays(|it| &it.before, left.len());
    let right_stays = stays(|it| &it.after, right.len());
    let keys = |all: &[Item], stays: &[usize]| -> Vec<(Kind, usize)> {
        stays.iter().map(|&index| (all[index].kind, all[index].plain)).collect()
    };
    let operations = align(&keys(&left, &left_stays), &keys(&right, &right_stays));
    let mut parts = Parts { before, after, done: Vec::new() };
    let mut runs = smoothed(&operations);
    slide(&mut runs, |on_left, index| {
        let (text, all, stays) = if on_left {
            (&before.text, &left, &left_stays)
        } else {
            (&after.text, &right, &right_stays)
        };
        let item = |index: usize| stays.get(index).map(|&at| &all[at]);
        let begins = index.checked_sub(1).map_or(3, |last| {
            item(last).zip(item(index)).map_or(3, |(last, next)| beginning(text, last, next))
        });
        (item(index).map(|it| (it.kind, it.plain)), begins)
    });
    for (change, l, r) in runs {
        let (l, r) = (&left_stays[l], &right_stays[r]);
        if change == Change::Equal {
            l.iter().zip(r).for_each(|(&i, &j)| parts.kept(&left[i], &right[j]));
        } else {
            let of = |all: &[Item], at: &[usize]| at.iter().map(|&i| all[i]).collect();
            parts.changed(of(&left, l), of(&right, r));
        }
    }
    for (number, it) in moves.iter().enumerate() {
        parts.moved(number, &left[it.before.clone()], &right[it.after.clone()]);
    }
    parts.in_order()
}

/// Every word, label, cue and note, in the order of the text.
fn items(transcript: &Transcript, sayings: &mut Sayings) -> Vec<Item> {
    let text = &transcript.text;
    let mut item = |kind, span: Span| {
        let plain = sayings.number(kind, span.of(text));
        Item { kind, plain, span, whole: span }
    };
    let mut items = Vec::new();
    for turn in &transcript.turns {
        items.extend(turn.label.iter().map(|it| item(Kind::Label, it.span)));
        for piece in &turn.pieces {
            match piece {
                Piece::Speech { words, .. } => {
                    items.extend(words.iter().map(|word| item(Kind::Word, word.span)));
                }
                Piece::Cue(cue) => items.push(item(Kind::Cue, cue.span)),
            }
        }
    }
    items.extend(transcript.notes.iter().map(|note| item(Kind::Note, note.span)));
    items.sort_by_key(|item| item.span);
    let starts: Vec<usize> = items.iter().skip(1).map(|item| item.span.start).collect();
    for (item, next) in items.iter_mut().zip(starts.into_iter().chain([text.len()])) {
        item.whole = Span::new(item.span.start, next);
    }
    items
}

/// Everything that two texts say, each once, with its number.
#[derive(Default)]
struct Sayings {
    numbers: HashMap<String, usize>,
    /// Room to write one in.
    plain: String,
}

impl Sayings {
    /// The number of what is said in an item.
    fn number(&mut self, kind: Kind, text: &str) -> usize {
        self.plain.clear();
        if kind == Kind::Label {
            // Where a name is shortened it is another label.
            for (index, word) in text.split_whitespace().enumerate() {
                self.plain.extend((index > 0).then_some(' '));
                push_plain(&mut self.plain, word);
            }
        } else {
            push_plain(&mut self.plain, text);
        }
        let next = self.numbers.len();
        if let Some(&number) = self.numbers.get(&self.plain) {
            return number;
        }
        self.numbers.insert(self.plain.clone(), next);
        next
    }
}

/// Appends a word without what only typesetting changes.
fn push_plain(out: &mut String, word: &str) {
    let start = out.len();
    let letters = word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '$' | '%' | '&'));
    out.extend(letters.flat_map(char::to_lowercase));
    if out.len() == start {
        out.push_str(word);
    }
}

/// A paragraph that stands elsewhere, as items of either side.
struct Move {
    before: Range<usize>,
    after: Range<usize>,
}

/// Paragraphs that both texts have once, and that are not in the longest run of those in the same order.
fn moves(before: &Transcript, after: &Transcript, left: &[Item], right: &[Item]) -> Vec<Move> {
    let (left_blocks, right_blocks) =
        (paragraphs(&before.text, left), paragraphs(&after.text, right));
    let once = |items: &[Item], blocks: &[Range<usize>]| {
        let mut seen: HashMap<Vec<usize>, Option<Range<usize>>> = HashMap::new();
        for block in blocks {
            let words: Vec<usize> = items[block.clone()].iter().map(|item| item.plain).collect();
            if words.len() >= LEAST_MOVED {
                seen.entry(words).and_modify(|it| *it = None).or_insert(Some(block.clone()));
            }
        }
        seen
    };
    let elsewhere = once(right, &right_blocks);
    let mut pairs: Vec<Move> = once(left, &left_blocks)
        .into_iter()
        .filter_map(|(words, before)| {
            Some(Move { before: before?, after: elsewhere.get(&words)?.clone()? })
        })
        .collect();
    pairs.sort_by_key(|pair| pair.before.start);
    let stay = heaviest_rising(&pairs);
    let mut index = 0;
    pairs.retain(|_| {
        index += 1;
        !stay.contains(&(index - 1))
    });
    pairs
}

/// Runs of items between blank lines; a label begins one, too.
fn paragraphs(text: &str, items: &[Item]) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for index in 1..=items.len() {
        let ends = index == items.len()
            || items[index].kind == Kind::Label
            || is_blank_line(
                Span::new(items[index - 1].span.end, items[index].span.start).of(text),
            );
        if ends && start < index {
            blocks.push(start..index);
            start = index;
        }
    }
    blocks
}

fn is_blank_line(between: &str) -> bool {
    between.bytes().filter(|&byte| byte == b'\n').count() > 1
}

/// Indices of the pairs that keep their order, so that most words stay where they are. Each step looks the
/// best earlier end up in a tree, so the work grows little faster than the number of pairs.
fn heaviest_rising(pairs: &[Move]) -> HashSet<usize> {
    let mut order: Vec<usize> = pairs.iter().map(|pair| pair.after.start).collect();
    order.sort_unstable();
    // Prefix maxima in a Fenwick tree: (weight, the pair that ends there).
    let mut tree: Vec<(usize, Option<usize>)> = vec![(0, None); order.len() + 1];
    let mut came_from = vec![None; pairs.len()];
    for (index, pair) in pairs.iter().enumerate() {
        let rank = order.partition_point(|&start| start < pair.after.start);
        let (mut best, mut at) = ((0, None), rank);
        while at > 0 {
            best = best.max(tree[at]);
            at &= at - 1;
        }
        came_from[index] = best.1;
        let (reached, mut at) = ((best.0 + pair.before.len(), Some(index)), rank + 1);
        while at < tree.len() {
            tree[at] = tree[at].max(reached);
            at += at & at.wrapping_neg();
        }
    }
    let mut at = tree.iter().max().and_then(|end| end.1);
    let mut stay = HashSet::new();
    while let Some(index) = at {
        stay.insert(index);
        at = came_from[index];
    }
    stay
}

/// A stretch of one alignment: equal or not.
type Stretched = (Change, Range<usize>, Range<usize>);

/// The operations with everything that differs in a row as one, and lonely equal words between larger
/// differences given up: they are there by chance, and only make a passage hard to read.
fn smoothed(operations: &[crate::Operation]) -> Vec<Stretched> {
    let mut runs: Vec<Stretched> = Vec::new();
    for operation in operations {
        let change =
            if operation.change == Change::Equal { Change::Equal } else { Change::Substitute };
        match runs.last_mut() {
            Some(last) if last.0 == change => {
                (last.1.end, last.2.end) = (operation.left.end, operation.right.end);
            }
            _ => runs.push((change, operation.left.clone(), operation.right.clone())),
        }
    }
    let size = |run: &Stretched| run.1.len().max(run.2.len());
    let mut out: Vec<Stretched> = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        let lonely = run.0 == Change::Equal
            && out.last().is_some_and(|before| size(before) >= 2 * size(run))
            && runs.get(index + 1).is_some_and(|after| size(after) >= 2 * size(run))
            && index > 0;
        let change = if lonely { Change::Substitute } else { run.0 };
        match out.last_mut() {
            Some(last) if last.0 == change => (last.1.end, last.2.end) = (run.1.end, run.2.end),
            _ => out.push((change, run.1.clone(), run.2.clone())),
        }
    }
    out
}

/// Moves what was only left out or only put in to where a sentence or paragraph begins, if the words beside it
/// are those at its other end: of two copies of a line, one is whole. `item` gives what an item of one side
/// says, and how much begins with it.
fn slide(runs: &mut [Stretched], item: impl Fn(bool, usize) -> (Option<(Kind, usize)>, u8)) {
    for index in 1..runs.len().saturating_sub(1) {
        let [before, run, after] = &mut runs[index - 1..=index + 1] else { continue };
        if run.0 == Change::Equal || !run.1.is_empty() && !run.2.is_empty() {
            continue;
        }
        let on_left = run.2.is_empty();
        let span = if on_left { run.1.clone() } else { run.2.clone() };
        // One item of what stays is left on either side, so that the runs keep their order.
        let reach = |stays: &Stretched| stays.1.len().saturating_sub(1).min(span.len());
        let same = |a: usize, b: usize| item(on_left, a).0 == item(on_left, b).0;
        let shifts = shifts(&span, (reach(before), reach(after)), same);
        let best = shifts.max_by_key(|&by| {
            (item(on_left, span.start.saturating_add_signed(by)).1, Reverse(by.unsigned_abs()))
        });
        let by = best.unwrap_or_default();
        let moved = |at: &mut usize| *at = at.saturating_add_signed(by);
        for end in [&mut before.1.end, &mut run.1.start, &mut run.1.end, &mut after.1.start] {
            moved(end);
        }
        for end in [&mut before.2.end, &mut run.2.start, &mut run.2.end, &mut after.2.start] {
            moved(end);
        }
    }
}

/// How much begins with an item: 3 a paragraph or turn, 2 a line, 1 a sentence.
fn beginning(text: &str, last: &Item, next: &Item) -> u8 {
    let between = Span::new(last.span.end, next.span.start).of(text);
    if next.kind == Kind::Label || is_blank_line(between) {
        3
    } else if between.contains('\n') {
        2
    } else {
        u8::from(has_stop(between))
    }
}

/// Parts under construction.
struct Parts<'a> {
    before: &'a Transcript,
    after: &'a Transcript,
    done: Vec<Part>,
}

impl Parts<'_> {
    /// An item that both have; formatting is what differs up to the next one.
    fn kept(&mut self, left: &Item, right: &Item) {
        let same = left.whole.of(&self.before.text) == right.whole.of(&self.after.text)
            || is_at_end(left, &self.before.text)
                && is_at_end(right, &self.after.text)
                && left.whole.of(&self.before.text).trim_end()
                    == right.whole.of(&self.after.text).trim_end();
        let altered = if same { Altered::Same } else { Altered::Formatting };
        let (before, after) = (left.whole, right.whole);
        match self.done.last_mut() {
            Some(last)
                if last.altered == altered
                    && last.before.end == before.start
                    && last.after.end == after.start =>
            {
                (last.before.end, last.after.end) = (before.end, after.end);
            }
            _ => self.done.push(Part { altered, before, after }),
        }
    }

    /// Items that differ: what is said, who says it and the cues, each by itself, in the order they stand.
    fn changed(&mut self, left: Vec<Item>, right: Vec<Item>) {
        let (mut left, mut right) =
            (grouped(left).into_iter().peekable(), grouped(right).into_iter().peekable());
        while left.peek().is_some() || right.peek().is_some() {
            let (before, after) = match (left.peek(), right.peek()) {
                (Some(l), Some(r)) if l.0 == r.0 => (left.next(), right.next()),
                (Some(_), _) => (left.next(), None),
                _ => (None, right.next()),
            };
            let kind = before.or(after).map_or(Kind::Word, |it| it.0);
            let last = self.done.last().map_or((0, 0), |it| (it.before.end, it.after.end));
            self.done.push(Part {
                altered: match kind {
                    Kind::Label => Altered::Label,
                    Kind::Cue => Altered::Cue,
                    Kind::Word | Kind::Note => Altered::Words,
                },
                before: before.map_or(Span::point(last.0), |it| it.1),
                after: after.map_or(Span::point(last.1), |it| it.1),
            });
        }
    }

    /// The two ends of a move.
    fn moved(&mut self, number: usize, left: &[Item], right: &[Item]) {
        let whole =
            |items: &[Item]| Span::new(items[0].whole.start, items[items.len() - 1].whole.end);
        let (before, after) = (whole(left), whole(right));
        let altered = Altered::Moved(number);
        // The empty side stands where its text has the neighbour of the other side.
        let near = self.done.iter().filter(|it| it.before.end <= before.start);
        let gone_from = near.map(|it| it.after.end).max().unwrap_or(0);
        let near = self.done.iter().filter(|it| it.after.end <= after.start);
        let come_from = near.map(|it| it.before.end).max().unwrap_or(0);
        self.done.push(Part { altered, before, after: Span::point(gone_from) });
        self.done.push(Part { altered, before: Span::point(come_from), after });
    }

    /// By their place in the newer text; what is gone stands where it was.
    fn in_order(mut self) -> Vec<Part> {
        self.done.sort_by_key(|part| (part.after.start, part.after.end, part.before.start));
        self.done
    }
}

/// Neighbouring items of one kind as one; a label or cue is a change of its own.
fn grouped(items: Vec<Item>) -> Vec<(Kind, Span)> {
    let mut groups: Vec<(Kind, Span)> = Vec::new();
    for item in items {
        match groups.last_mut() {
            Some((Kind::Word, span)) if item.kind == Kind::Word => span.end = item.whole.end,
            _ => groups.push((item.kind, item.whole)),
        }
    }
    groups
}

/// Whether nothing but blanks follows the item in its text.
fn is_at_end(item: &Item, text: &str) -> bool {
    item.whole.end == text.len()
}

#[cfg(test)]
mod tests;
