//! The readings of two runs of tokens as lattices, of which every path is what somebody might say, and the search
//! for a path that both have.
//!
//! Paths are compared letter by letter without the blanks between words, so it does not matter how either
//! side is cut: *snow plow* is *snowplow*, and *nineteen ninety eight* is `1998` as much as `1990 8`.
//!
//! A reading is loose if it leaves out what is written (`$1.01` as *one oh one*). Two loose readings are never
//! the same: nobody who writes `$1.01` means `£1.01`, although both may be *one oh one*. The module knows
//! nothing of numbers, nor of tokens.

use std::borrow::Cow;
use std::collections::HashSet;

/// The readings of a run of tokens. The first nodes are the places between tokens, in order; others lie
/// within a reading.
pub(super) struct Lattice<'a> {
    edges: Vec<Vec<Edge<'a>>>,
    tokens: usize,
}

struct Edge<'a> {
    to: usize,
    letters: Cow<'a, str>,
    loose: bool,
}

impl<'a> Lattice<'a> {
    /// Without a reading, over so many tokens.
    pub(super) fn over(tokens: usize) -> Self {
        Self { edges: (0..=tokens).map(|_| Vec::new()).collect(), tokens }
    }

    /// A new place within a reading.
    pub(super) fn node(&mut self) -> usize {
        self.edges.push(Vec::new());
        self.edges.len() - 1
    }

    /// From one place to another these letters may be read; none of them, and nothing is.
    pub(super) fn edge(&mut self, from: usize, to: usize, letters: impl Into<Cow<'a, str>>) {
        self.edges[from].push(Edge { to, letters: letters.into(), loose: false });
    }

    /// As [`Self::edge`], for a loose reading.
    pub(super) fn loose(&mut self, from: usize, to: usize, letters: impl Into<Cow<'a, str>>) {
        self.edges[from].push(Edge { to, letters: letters.into(), loose: true });
    }

    /// For every place between tokens a bit for each letter that a reading from there may begin with.
    pub(super) fn first_letters(&self) -> Vec<u64> {
        (0..self.tokens).map(|at| self.first_from(at)).collect()
    }

    fn first_from(&self, node: usize) -> u64 {
        let first = |edge: &Edge| match edge.letters.bytes().next() {
            Some(letter) => 1 << (letter % 64),
            None => self.first_from(edge.to),
        };
        self.edges[node].iter().map(first).fold(0, |all, letter| all | letter)
    }
}

/// How far either side was read, with the letters by which one is ahead of the other.
#[derive(Clone, Copy)]
struct State<'s> {
    left: usize,
    right: usize,
    left_ahead: &'s str,
    right_ahead: &'s str,
    /// Which of them was read loosely.
    loose: Loose,
}

/// Which side was read loosely on the way.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Loose {
    Neither,
    Left,
    Right,
}

impl Loose {
    /// After `edge` on the side of `side`, unless both were read loosely then.
    fn after(self, edge: &Edge, side: Self) -> Option<Self> {
        if edge.loose && self == Self::Neither {
            return Some(side);
        }
        (!edge.loose || self == side).then_some(self)
    }
}

/// The search for readings in common.
pub(super) struct Search<'s, 'a> {
    left: &'s Lattice<'a>,
    right: &'s Lattice<'a>,
    reach: usize,
    seen: HashSet<(usize, usize, *const u8, usize, usize, Loose)>,
    ends: Vec<(usize, usize)>,
}

impl<'s, 'a> Search<'s, 'a> {
    /// With so many tokens at most on either side.
    pub(super) fn new(left: &'s Lattice<'a>, right: &'s Lattice<'a>, reach: usize) -> Self {
        Self { left, right, reach, seen: HashSet::new(), ends: Vec::new() }
    }

    /// The places on both sides up to which something that begins at `left` and `right` reads alike.
    pub(super) fn ends(&mut self, left: usize, right: usize) -> Vec<(usize, usize)> {
        self.seen.clear();
        let limits = (left + self.reach, right + self.reach);
        let start = State { left, right, left_ahead: "", right_ahead: "", loose: Loose::Neither };
        self.step(start, (left, right), limits);
        self.ends.sort_unstable();
        self.ends.dedup();
        std::mem::take(&mut self.ends)
    }

    fn step(&mut self, state: State<'s>, start: (usize, usize), limits: (usize, usize)) {
        let State { left, right, left_ahead, right_ahead, loose } = state;
        let ahead = if left_ahead.is_empty() { right_ahead } else { left_ahead };
        let letters = (ahead.as_ptr(), left_ahead.len(), right_ahead.len());
        if !self.seen.insert((left, right, letters.0, letters.1, letters.2, loose)) {
            return;
        }
        let at_border = left <= self.left.tokens && right <= self.right.tokens;
        if at_border && ahead.is_empty() && left > start.0 && right > start.1 {
            self.ends.push((left, right));
        }
        let past = |node: usize, limit: usize, tokens: usize| node <= tokens && node > limit;
        if past(left, limits.0, self.left.tokens) || past(right, limits.1, self.right.tokens) {
            return;
        }
        let (ours, theirs) = (self.left, self.right);
        if left_ahead.is_empty() {
            for edge in &ours.edges[left] {
                let loose = loose.after(edge, Loose::Left);
                let matched = matched(&edge.letters, right_ahead);
                if let (Some((left_ahead, right_ahead)), Some(loose)) = (matched, loose) {
                    let next = State { left: edge.to, right, left_ahead, right_ahead, loose };
                    self.step(next, start, limits);
                }
            }
        }
        if right_ahead.is_empty() {
            for edge in &theirs.edges[right] {
                // Where nobody is ahead, the left goes first, unless the right reads nothing.
                if left_ahead.is_empty() && !edge.letters.is_empty() {
                    continue;
                }
                let loose = loose.after(edge, Loose::Right);
                let matched = matched(&edge.letters, left_ahead);
                if let (Some((right_ahead, left_ahead)), Some(loose)) = (matched, loose) {
                    let next = State { left, right: edge.to, left_ahead, right_ahead, loose };
                    self.step(next, start, limits);
                }
            }
        }
    }
}

/// What is left of the letters of the one side and of the other, if they begin alike.
fn matched<'s>(letters: &'s str, ahead: &'s str) -> Option<(&'s str, &'s str)> {
    if let Some(rest) = letters.strip_prefix(ahead) {
        return Some((rest, ""));
    }
    ahead.strip_prefix(letters).map(|rest| ("", rest))
}
