//! Columns of the edit table, 64 cells at a time, in linear memory: distances and split points.
//!
//! A pattern stands down the side, a text along the top; cell (p, t) is the distance of the first p
//! items of the pattern from the first t of the text. Only cells with |p - t| at most a bound are
//! computed; cells on a path no longer than the bound come out exact, all others no less than they are.

use super::common_ends;

/// Where two sequences fall apart into two independent problems.
pub(super) struct Split {
    /// Items of the left before the split; on the right it is the middle.
    pub(super) left: usize,
    /// Distance of the parts before the split.
    pub(super) before: usize,
    /// Distance of the parts after it.
    pub(super) after: usize,
}

/// The distance, or `None` where finding it would take more than `limit` cells.
pub(super) fn distance(left: &[u32], right: &[u32], limit: usize) -> Option<usize> {
    let (prefix, suffix) = common_ends(left, right);
    let left = &left[prefix..left.len() - suffix];
    let right = &right[prefix..right.len() - suffix];
    let (pattern, text) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let mut bound = (text.len() - pattern.len()).max(64);
    loop {
        if pattern.len().saturating_mul(text.len().min(2 * bound + 128)) > limit {
            return None;
        }
        let found = last_row(pattern, text, bound).cells(text.len())[text.len()];
        if found <= bound || bound >= text.len() {
            return Some(found);
        }
        bound = (bound * 2).max(found.min(bound * 4)).min(text.len());
    }
}

/// The split of two sequences, of distance at most `bound`, at the middle of `right`: of all minimal
/// ones, that with the shortest part of `left` before it.
pub(super) fn split(left: &[u32], right: &[u32], bound: usize) -> Split {
    let middle = right.len() / 2;
    let before = last_row(&right[..middle], left, bound).cells(left.len());
    let reversed = |side: &[u32]| side.iter().rev().copied().collect::<Vec<u32>>();
    let after = last_row(&reversed(&right[middle..]), &reversed(left), bound).cells(left.len());
    let sides = before.into_iter().zip(after.into_iter().rev()).enumerate();
    let splits = sides.map(|(left, (before, after))| Split { left, before, after });
    // `min_by_key` returns the first of equals.
    splits.min_by_key(|split| split.before.saturating_add(split.after)).unwrap_or(Split {
        left: 0,
        before: bound,
        after: bound,
    })
}

/// A row of the table, where it was computed.
struct Row {
    /// Items of the text before its first cell.
    start: usize,
    /// Its first cell.
    first: usize,
    /// From each cell to the next: -1, 0 or 1.
    steps: Vec<i8>,
}

impl Row {
    /// Its cells by number of items of the text; huge outside the band.
    fn cells(&self, text: usize) -> Vec<usize> {
        let mut cells = vec![usize::MAX; self.start];
        let mut cell = self.first;
        cells.push(cell);
        for &step in &self.steps {
            cell = cell.saturating_add_signed(step.into());
            cells.push(cell);
        }
        cells.resize(text + 1, usize::MAX);
        cells
    }

    /// The cell `ahead` cells after the first one.
    fn cell(&self, ahead: usize) -> usize {
        let climb: isize = self.steps[..ahead].iter().map(|&step| isize::from(step)).sum();
        self.first.saturating_add_signed(climb)
    }
}

/// The edit table within the band, as steps from each cell to the one below.
pub(super) struct Table {
    /// One for every 64 items of the pattern.
    blocks: Vec<Block>,
}

/// The columns of 64 rows.
struct Block {
    /// Items of the text before the first column.
    start: usize,
    columns: Vec<Column>,
}

impl Table {
    /// The table of `pattern` and `text`.
    pub(super) fn of(pattern: &[u32], text: &[u32], bound: usize) -> Self {
        let mut table = Self { blocks: Vec::new() };
        rows(pattern, text, bound, &mut table);
        table
    }

    /// How much larger the cell of `p` items of the pattern, which are not none, and `t` of the text is
    /// than the one above it.
    pub(super) fn down_to(&self, p: usize, t: usize) -> i8 {
        let block = &self.blocks[(p - 1) / 64];
        match t.checked_sub(block.start + 1) {
            Some(column) => block.columns[column].step((p - 1) % 64),
            // Left of the band, cells are reached by deletions.
            None => 1,
        }
    }
}

/// Who looks on while a table is computed.
trait Witness {
    /// 64 rows begin, with the column after `start` items of the text.
    fn block(&mut self, start: usize);
    /// Their next column.
    fn column(&mut self, column: Column);
}

impl Witness for Table {
    fn block(&mut self, start: usize) {
        self.blocks.push(Block { start, columns: Vec::new() });
    }

    fn column(&mut self, column: Column) {
        self.blocks.last_mut().expect("a block has begun").columns.push(column);
    }
}

/// Nobody.
impl Witness for () {
    fn block(&mut self, _: usize) {}
    fn column(&mut self, _: Column) {}
}

/// The last row of the table of `pattern` and `text`, within the band.
fn last_row(pattern: &[u32], text: &[u32], bound: usize) -> Row {
    rows(pattern, text, bound, &mut ())
}

/// Goes down the table of `pattern` and `text` within the band, 64 rows at a time, to the last row.
fn rows(pattern: &[u32], text: &[u32], bound: usize, witness: &mut impl Witness) -> Row {
    let most = pattern.iter().chain(text).max().map_or(0, |&most| most as usize);
    let mut masks = vec![0_u64; most + 1];
    let mut row = Row { start: 0, first: 0, steps: vec![1; text.len().min(bound)] };
    for (number, block) in pattern.chunks(64).enumerate() {
        for (bit, &item) in block.iter().enumerate() {
            masks[item as usize] |= 1 << bit;
        }
        let top = number * 64;
        let start = top.saturating_sub(bound).min(text.len());
        let end = (top + block.len()).saturating_add(bound).min(text.len());
        witness.block(start);
        row = next_row(&row, &masks, block.len(), &text[start..end], start, witness);
        for &item in block {
            masks[item as usize] = 0;
        }
    }
    row
}

/// The row `height` cells below `above`, along `text`, whose first item is number `start`.
fn next_row(
    above: &Row,
    masks: &[u64],
    height: usize,
    text: &[u32],
    start: usize,
    witness: &mut impl Witness,
) -> Row {
    let skipped = start - above.start;
    let known = above.steps[skipped..].iter().copied();
    // Right of where the row above ends, its cells are reached by insertions.
    let mut column = Column { plus: u64::MAX, minus: 0, last: height as u32 - 1 };
    let next = |(&item, step): (&u32, i8)| {
        let step = column.advance(masks[item as usize], step);
        witness.column(column);
        step
    };
    let steps = text.iter().zip(known.chain(std::iter::repeat(1))).map(next).collect();
    Row { start, first: above.cell(skipped) + height, steps }
}

/// The vertical steps of up to 64 cells of a column, as bits.
#[derive(Clone, Copy)]
struct Column {
    plus: u64,
    minus: u64,
    /// Number of its last cell, from 0.
    last: u32,
}

impl Column {
    /// The step to a cell, counted from 0.
    fn step(&self, cell: usize) -> i8 {
        (self.plus >> cell & 1) as i8 - (self.minus >> cell & 1) as i8
    }

    /// Moves to the next column (Hyyrö 2003, figure 8), whose item of the text equals the pattern's at
    /// the bits of `equal`: takes the horizontal step above the first cell, gives that of the last.
    fn advance(&mut self, equal: u64, step: i8) -> i8 {
        let (rises, falls) = (u64::from(step > 0), u64::from(step < 0));
        let across = equal | self.minus;
        let equal = equal | falls;
        let diagonal = ((equal & self.plus).wrapping_add(self.plus) ^ self.plus) | equal;
        let rise = self.minus | !(diagonal | self.plus);
        let fall = self.plus & diagonal;
        let (rise_in, fall_in) = ((rise << 1) | rises, (fall << 1) | falls);
        self.plus = fall_in | !(across | rise_in);
        self.minus = rise_in & across;
        ((rise >> self.last) & 1) as i8 - ((fall >> self.last) & 1) as i8
    }
}
