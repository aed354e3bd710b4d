//! Searching for the most probable text of a window, a beam of lines at a time. It knows which tokens
//! may come next and how probable they are only from those who ask the network.
//!
//! After OpenAI Whisper, `decoding.py` (`BeamSearchDecoder`, `MaximumLikelihoodRanker`).

use std::collections::VecDeque;
use std::mem;

use crate::model::TokenId;

use super::quality;

/// A text as far as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub tokens: Vec<TokenId>,
    /// Natural logarithm, of all tokens chosen together, the end included.
    pub log_probability: f32,
    /// Whether it ended in a loop, which was cut to its first round.
    pub looped: bool,
}

impl Line {
    /// Mean natural log-probability of the tokens and the end.
    pub fn average(&self) -> f32 {
        self.log_probability / (self.tokens.len() + 1) as f32
    }

    /// Whether the same may be expected after this line as after the other.
    fn goes_on_like(&self, other: &Self) -> bool {
        match (self.tokens.last_chunk::<SAME>(), other.tokens.last_chunk::<SAME>()) {
            (Some(own), Some(others)) => own == others,
            _ => false,
        }
    }
}

/// A token that may come next, and its natural log-probability.
pub type Choice = (TokenId, f32);

/// When a line is complete.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The token that ends a text.
    pub end: TokenId,
    /// Most tokens written.
    pub most: usize,
}

/// Lines this much less probable than the best one, in nats, are given up …
const REACH: f32 = 1.5;
/// … and so are those this much less probable than one that has ended.
const REACH_OF_ENDED: f32 = 8.0;
/// Of lines with this many last tokens in common only the most probable goes on: what is to come hardly
/// depends on what was before.
const SAME: usize = 4;
/// Tokens read ahead at most.
const AHEAD: usize = 8;

/// The lines kept of one window. `S` is what the network remembers of a line, `O` what it says of the
/// tokens that may follow one.
pub struct Beam<S, O> {
    width: usize,
    limits: Limits,
    /// Most probable first.
    open: Vec<Open<S, O>>,
    ended: Vec<Line>,
}

/// A line to be continued.
pub struct Open<S, O> {
    pub line: Line,
    pub sequence: S,
    /// What may follow the line, where the network has been asked.
    odds: Option<O>,
    /// Tokens that were read ahead, each with what may follow it.
    ahead: VecDeque<(TokenId, O)>,
}

impl<S: Clone, O> Beam<S, O> {
    /// A search that keeps at most the `width` most probable lines, begun with an empty one.
    pub fn new(width: usize, limits: Limits, sequence: S, odds: O) -> Self {
        let (line, ahead) = (Line::default(), VecDeque::new());
        let open = vec![Open { line, sequence, odds: Some(odds), ahead }];
        Self { width: width.max(1), limits, open, ended: Vec::new() }
    }

    /// Every line with what may follow it, if that is known for all of them; none are left when the
    /// search is complete.
    pub fn known(&mut self) -> Option<Vec<(&Line, O)>> {
        if self.open.is_empty() || self.open.iter().any(|open| open.odds.is_none()) {
            return None;
        }
        Some(
            self.open.iter_mut().filter_map(|open| Some((&open.line, open.odds.take()?))).collect(),
        )
    }

    /// The lines of which it is not known what may follow, and how many tokens of each it is worth to
    /// read ahead: where there are rivals, no more than it takes until they go on alike.
    pub fn unknown(&mut self) -> impl Iterator<Item = (&mut Open<S, O>, usize)> {
        let worth = if self.open.len() == 1 { AHEAD } else { SAME };
        self.open.iter_mut().filter(|open| open.odds.is_none()).map(move |open| (open, worth))
    }

    /// Continues the lines, each by the choices in its place of the list. The search is complete, and
    /// no line left to continue, when as many have ended as it keeps.
    pub fn advance(&mut self, choices: &[Vec<Choice>]) {
        let mut ways: Vec<(usize, Choice)> = Vec::new();
        for (index, (open, choices)) in self.open.iter().zip(choices).enumerate() {
            let before = open.line.log_probability;
            ways.extend(choices.iter().map(|(token, p)| (index, (*token, before + p))));
        }
        ways.sort_by(|(_, (_, a)), (_, (_, b))| b.total_cmp(a));
        let best = ways.first().map_or(0.0, |(_, (_, best))| *best);
        let ended = self.ended.iter().map(|line| line.log_probability);
        let least = (best - REACH).max(ended.fold(f32::NEG_INFINITY, f32::max) - REACH_OF_ENDED);
        let mut kept: Vec<(usize, Line)> = Vec::new();
        for (index, (token, log_probability)) in ways {
            if kept.len() == self.width || log_probability < least {
                break;
            }
            let line = Line { log_probability, ..self.open[index].line.clone() };
            match self.limits.continued(line, token) {
                Ok(line) if kept.iter().any(|(_, better)| better.goes_on_like(&line)) => {}
                Ok(line) => kept.push((index, line)),
                Err(ended) => self.ended.push(ended),
            }
        }
        self.ended.truncate(self.width);
        if self.ended.len() == self.width {
            kept.clear();
        }
        self.keep(kept);
    }

    /// Replaces the open lines by their continuations.
    fn keep(&mut self, kept: Vec<(usize, Line)>) {
        let mut uses = vec![0; self.open.len()];
        for (index, _) in &kept {
            uses[*index] += 1;
        }
        let mut before: Vec<_> =
            self.open.drain(..).map(|open| (Some(open.sequence), open.ahead)).collect();
        for (index, line) in kept {
            uses[index] -= 1;
            let (sequence, ahead) = &mut before[index];
            let sequence = if uses[index] == 0 { sequence.take() } else { sequence.clone() };
            let foreseen =
                ahead.front().is_some_and(|(token, _)| line.tokens.last() == Some(token));
            let mut ahead = if foreseen { mem::take(ahead) } else { VecDeque::new() };
            let odds = ahead.pop_front().map(|(_, odds)| odds);
            self.open.extend(sequence.map(|sequence| Open { line, sequence, odds, ahead }));
        }
    }

    /// The most probable of the lines that ended, by its average token; one that does not loop if there
    /// is one.
    pub fn best(self) -> Line {
        let worth = |line: &Line| (!line.looped, line.average());
        let ended = self.ended.into_iter();
        let best = ended.reduce(|best, line| if worth(&line) > worth(&best) { line } else { best });
        best.unwrap_or_default()
    }
}

impl<S, O> Open<S, O> {
    /// Takes what may follow the line, and what may follow each of the tokens `ahead`.
    pub fn learn(&mut self, odds: Vec<O>, ahead: &[TokenId]) {
        let mut odds = odds.into_iter();
        self.odds = odds.next();
        self.ahead = ahead.iter().copied().zip(odds).collect();
    }
}

impl Limits {
    /// The line with one more token; an error is a line that has ended.
    fn continued(&self, mut line: Line, token: TokenId) -> Result<Line, Line> {
        if token == self.end {
            return Err(line);
        }
        line.tokens.push(token);
        if let Some(kept) = quality::looped(&line.tokens) {
            line.tokens.truncate(kept);
            line.looped = true;
        }
        let full = line.tokens.len() >= self.most;
        if line.looped || full { Err(line) } else { Ok(line) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { end: 0, most: 50 };

    /// What may follow a text, by probability.
    type Follows<'a> = dyn Fn(&[TokenId]) -> Vec<(TokenId, f32)> + 'a;

    /// Searches with what `follows`; the sequence is the text itself.
    fn search(width: usize, follows: &Follows<'_>) -> Line {
        search_ahead(width, follows, &|_| Vec::new()).0
    }

    /// The same, told what is `expected` after each text; and how often it asked what follows.
    fn search_ahead(
        width: usize,
        follows: &Follows<'_>,
        expected: &dyn Fn(&[TokenId]) -> Vec<TokenId>,
    ) -> (Line, usize) {
        let after = |written: &[TokenId]| -> Vec<Choice> {
            follows(written).into_iter().map(|(token, p)| (token, p.ln())).collect()
        };
        let mut beam = Beam::new(width, LIMITS, Vec::new(), after(&[]));
        let mut asked = 0;
        loop {
            while let Some(known) = beam.known() {
                let choices: Vec<_> = known.into_iter().map(|(_, choices)| choices).collect();
                beam.advance(&choices);
            }
            let mut some = false;
            for (open, _) in beam.unknown() {
                some = true;
                open.sequence.clone_from(&open.line.tokens);
                let ahead = expected(&open.sequence);
                let mut odds = vec![after(&open.sequence)];
                for token in &ahead {
                    open.sequence.push(*token);
                    odds.push(after(&open.sequence));
                }
                open.learn(odds, &ahead);
            }
            if !some {
                return (beam.best(), asked);
            }
            asked += 1;
        }
    }

    /// 1 is likelier than 2 at first, but nothing good follows it.
    fn regretted(written: &[TokenId]) -> Vec<(TokenId, f32)> {
        match written {
            [] => vec![(1, 0.6), (2, 0.4)],
            [2] => vec![(4, 0.9), (3, 0.1)],
            [1] => vec![(3, 0.3), (5, 0.3)],
            _ => vec![(0, 1.0)],
        }
    }

    #[test]
    fn one_line_takes_the_most_probable_token_each_time() {
        assert_eq!(search(1, &regretted).tokens, [1, 3]);
    }

    #[test]
    fn several_lines_find_the_more_probable_text() {
        let line = search(2, &regretted);
        assert_eq!(line.tokens, [2, 4]);
        assert!((line.log_probability - (0.4_f32 * 0.9).ln()).abs() < 1e-6);
    }

    #[test]
    fn a_line_that_loops_gives_way_to_one_that_ends() {
        let chant = |written: &[TokenId]| match written.len() {
            20.. => vec![(0, 1.0)],
            even if even % 2 == 0 => vec![(1, 0.7), (0, 0.3)],
            _ => vec![(2, 1.0)],
        };
        let line = search(2, &chant);
        assert!(!line.looped && line.tokens.len() < 20, "{line:?}");
        assert!(search(1, &chant).looped);
    }

    #[test]
    fn a_text_without_end_is_cut() {
        let endless = |written: &[TokenId]| vec![(1 + written.len() as TokenId, 1.0)];
        assert_eq!(search(3, &endless).tokens.len(), LIMITS.most);
    }

    #[test]
    fn a_line_far_behind_is_given_up() {
        let asked = std::cell::RefCell::new(Vec::new());
        let follows = |written: &[TokenId]| {
            asked.borrow_mut().push(written.to_vec());
            match written {
                [] => vec![(1, 0.9), (2, 0.06), (3, 0.04)],
                [_, _, _] => vec![(0, 1.0)],
                _ => vec![(4, 1.0)],
            }
        };
        assert_eq!(search(5, &follows).tokens, [1, 4, 4]);
        let asked = asked.into_inner();
        assert!(!asked.contains(&vec![2]) && !asked.contains(&vec![3]), "{asked:?}");
    }

    #[test]
    fn lines_that_go_on_alike_become_one() {
        let follows = |written: &[TokenId]| match written.len() {
            0 => vec![(1, 0.5), (2, 0.5)],
            9 => vec![(0, 1.0)],
            position => vec![(10 + position as TokenId, 1.0)],
        };
        let asked = std::cell::RefCell::new([0; 10]);
        let counted = |written: &[TokenId]| {
            asked.borrow_mut()[written.len()] += 1;
            follows(written)
        };
        assert_eq!(search(5, &counted).tokens, [1, 11, 12, 13, 14, 15, 16, 17, 18]);
        assert_eq!(asked.into_inner(), [1, 2, 2, 2, 2, 1, 1, 1, 1, 1]);
    }

    #[test]
    fn what_was_read_ahead_need_not_be_asked_for() {
        let (alone, asked) = search_ahead(2, &regretted, &|_| Vec::new());
        for expected in [vec![4, 0], vec![3], vec![4], vec![7, 7]] {
            let (line, again) = search_ahead(2, &regretted, &|_| expected.clone());
            assert_eq!(line, alone, "{expected:?}");
            assert!(again <= asked);
        }
        let straight = |written: &[TokenId]| vec![(TokenId::from(written.len() < 30), 1.0)];
        let (line, asked) = search_ahead(1, &straight, &|_| vec![1; 9]);
        assert!(line.looped, "{line:?}");
        assert!(asked < 5, "{asked}");
    }
}
