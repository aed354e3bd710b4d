//! Searching for the most probable text of a window, by a beam of hypotheses. It knows which tokens
//! may come next and how probable they are only from those who ask the network.
//!
//! After OpenAI Whisper, `decoding.py` (`BeamSearchDecoder`, `MaximumLikelihoodRanker`).

use std::collections::VecDeque;
use std::mem;

use crate::model::TokenId;

use super::quality;

/// A text as far as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hypothesis {
    pub tokens: Vec<TokenId>,
    /// Natural logarithm, of all tokens chosen together, the end included.
    pub log_probability: f32,
    /// Whether it ended in a loop, which was cut to its first round.
    pub looped: bool,
}

impl Hypothesis {
    /// Mean natural log-probability of the tokens and the end.
    pub fn average(&self) -> f32 {
        self.log_probability / (self.tokens.len() + 1) as f32
    }

    /// Whether the same may be expected after this one as after the other.
    fn goes_on_like(&self, other: &Self) -> bool {
        match (self.tokens.last_chunk::<SAME>(), other.tokens.last_chunk::<SAME>()) {
            (Some(own), Some(others)) => own == others,
            _ => false,
        }
    }
}

/// A token that may come next, and its natural log-probability.
pub type Choice = (TokenId, f32);

/// When a hypothesis is complete.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The token that ends a text.
    pub end: TokenId,
    /// Most tokens written.
    pub most: usize,
}

fn hack(name: &str, usual: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(usual)
}

/// Hypotheses this much less probable than the best one, in nats, are given up …
///
/// On 33 English clips (47 min) word errors were 9.36 % with 2.5, and searching took half as long again;
/// with this they are 9.08 %.
const REACH: f32 = 1.5;
/// … and so are those this much less probable than one that has ended.
///
/// This and [`SAME`] were measured together only, with a reach of 2.5: a third fewer logits to ask for, and
/// 9.5 instead of 9.7 % word errors on the same clips.
const REACH_OF_ENDED: f32 = 8.0;
/// Of hypotheses with this many last tokens in common only the most probable goes on: what is to come
/// hardly depends on what was before.
const SAME: usize = 4;
/// Tokens read ahead at most. It changes the time a search takes, not what it finds; set by hand.
const AHEAD: usize = 8;

/// The hypotheses kept of one window. `S` is what the network keeps of one, `L` what it says of the tokens
/// that may follow one.
pub struct Beam<S, L> {
    width: usize,
    limits: Limits,
    /// Most probable first.
    open: Vec<Open<S, L>>,
    ended: Vec<Hypothesis>,
}

/// A hypothesis to be continued.
pub struct Open<S, L> {
    pub hypothesis: Hypothesis,
    pub sequence: S,
    /// What may follow it, where the network has been asked.
    logits: Option<L>,
    /// Tokens that were read ahead, each with what may follow it.
    ahead: VecDeque<(TokenId, L)>,
}

impl<S: Clone, L> Beam<S, L> {
    /// A search that keeps at most the `width` most probable hypotheses, begun with an empty one.
    pub fn new(width: usize, limits: Limits, sequence: S, logits: L) -> Self {
        let open = Open {
            hypothesis: Hypothesis::default(),
            sequence,
            logits: Some(logits),
            ahead: VecDeque::new(),
        };
        Self { width: width.max(1), limits, open: vec![open], ended: Vec::new() }
    }

    /// Every hypothesis with what may follow it, if that is known for all of them; none are left when the
    /// search is complete.
    pub fn known(&mut self) -> Option<Vec<(&Hypothesis, L)>> {
        if self.open.is_empty() || self.open.iter().any(|open| open.logits.is_none()) {
            return None;
        }
        let mut known = Vec::with_capacity(self.open.len());
        for open in &mut self.open {
            known.push((&open.hypothesis, open.logits.take()?));
        }
        Some(known)
    }

    /// The hypotheses of which it is not known what may follow, and how many tokens of each it is worth to
    /// read ahead: where there are rivals, no more than it takes until they go on alike.
    pub fn unknown(&mut self) -> impl Iterator<Item = (&mut Open<S, L>, usize)> {
        let worth = if self.open.len() == 1 { AHEAD } else { SAME };
        self.open.iter_mut().filter(|open| open.logits.is_none()).map(move |open| (open, worth))
    }

    /// Continues the hypotheses, each by the choices in its place of the list. The search is complete, and
    /// none left to continue, when as many have ended as it keeps.
    pub fn advance(&mut self, choices: &[Vec<Choice>]) {
        let candidates = self.candidates(choices);
        let least = self.least(candidates.first().map_or(0.0, |(_, (_, best))| *best));
        let mut kept: Vec<(usize, Hypothesis)> = Vec::new();
        for (index, (token, log_probability)) in candidates {
            if kept.len() == self.width || log_probability < least {
                break;
            }
            let before = self.open[index].hypothesis.clone();
            match self.limits.continued(Hypothesis { log_probability, ..before }, token) {
                Ok(new) if kept.iter().any(|(_, better)| better.goes_on_like(&new)) => {}
                Ok(new) => kept.push((index, new)),
                Err(ended) => self.ended.push(ended),
            }
        }
        self.ended.truncate(self.width);
        if self.ended.len() == self.width {
            kept.clear();
        }
        self.keep(kept);
    }

    /// Every continuation, most probable first: the hypothesis's number, the token, and the log-probability
    /// of both together.
    fn candidates(&self, choices: &[Vec<Choice>]) -> Vec<(usize, Choice)> {
        let mut candidates: Vec<(usize, Choice)> = Vec::new();
        for (index, (open, choices)) in self.open.iter().zip(choices).enumerate() {
            let before = open.hypothesis.log_probability;
            candidates.extend(choices.iter().map(|(token, p)| (index, (*token, before + p))));
        }
        candidates.sort_by(|(_, (_, a)), (_, (_, b))| b.total_cmp(a));
        candidates
    }

    /// The log-probability below which a continuation is given up, `best` being the highest.
    fn least(&self, best: f32) -> f32 {
        let ended = self.ended.iter().map(|ended| ended.log_probability);
        (best - REACH)
            .max(ended.fold(f32::NEG_INFINITY, f32::max) - hack("HACK_ENDED", REACH_OF_ENDED))
    }

    /// Replaces the open hypotheses by their continuations.
    fn keep(&mut self, kept: Vec<(usize, Hypothesis)>) {
        let mut uses = vec![0; self.open.len()];
        for (index, _) in &kept {
            uses[*index] += 1;
        }
        let mut before: Vec<_> =
            self.open.drain(..).map(|open| (Some(open.sequence), open.ahead)).collect();
        for (index, hypothesis) in kept {
            uses[index] -= 1;
            let (sequence, ahead) = &mut before[index];
            let sequence = if uses[index] == 0 { sequence.take() } else { sequence.clone() };
            let foreseen =
                ahead.front().is_some_and(|(token, _)| hypothesis.tokens.last() == Some(token));
            let mut ahead = if foreseen { mem::take(ahead) } else { VecDeque::new() };
            let logits = ahead.pop_front().map(|(_, logits)| logits);
            self.open.extend(sequence.map(|sequence| Open { hypothesis, sequence, logits, ahead }));
        }
    }

    /// The most probable of the hypotheses that ended, by its average token; one that does not loop if
    /// there is one.
    pub fn best(self) -> Hypothesis {
        let by_sum = hack("HACK_SUM", 0.0) > 0.0;
        let worth = |ended: &Hypothesis| {
            (!ended.looped, if by_sum { ended.log_probability } else { ended.average() })
        };
        if hack("HACK_SHOW", 0.0) > 0.0 {
            for e in &self.ended {
                eprintln!(
                    "ended {} {:.2} {:.3} {} {:?}",
                    e.tokens.len(),
                    e.log_probability,
                    e.average(),
                    e.looped,
                    &e.tokens
                );
            }
        }
        let ended = self.ended.into_iter();
        let best =
            ended.reduce(|best, other| if worth(&other) > worth(&best) { other } else { best });
        best.unwrap_or_default()
    }
}

impl<S, L> Open<S, L> {
    /// Takes what may follow the hypothesis, and what may follow each of the tokens `ahead`.
    pub fn learn(&mut self, logits: Vec<L>, ahead: &[TokenId]) {
        let mut logits = logits.into_iter();
        self.logits = logits.next();
        self.ahead = ahead.iter().copied().zip(logits).collect();
    }
}

impl Limits {
    /// The hypothesis with one more token; an error is one that has ended.
    fn continued(&self, mut before: Hypothesis, token: TokenId) -> Result<Hypothesis, Hypothesis> {
        if token == self.end {
            return Err(before);
        }
        before.tokens.push(token);
        if let Some(kept) = quality::looped(&before.tokens) {
            before.tokens.truncate(kept);
            before.looped = true;
        }
        let full = before.tokens.len() >= self.most;
        if before.looped || full { Err(before) } else { Ok(before) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { end: 0, most: 50 };

    /// What may follow a text, by probability.
    type Follows<'a> = dyn Fn(&[TokenId]) -> Vec<(TokenId, f32)> + 'a;

    /// Searches with what `follows`; the sequence is the text itself.
    fn search(width: usize, follows: &Follows<'_>) -> Hypothesis {
        search_ahead(width, follows, &|_| Vec::new()).0
    }

    /// The same, told what is `expected` after each text; and how often it asked what follows.
    fn search_ahead(
        width: usize,
        follows: &Follows<'_>,
        expected: &dyn Fn(&[TokenId]) -> Vec<TokenId>,
    ) -> (Hypothesis, usize) {
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
                open.sequence.clone_from(&open.hypothesis.tokens);
                let ahead = expected(&open.sequence);
                let mut logits = vec![after(&open.sequence)];
                for token in &ahead {
                    open.sequence.push(*token);
                    logits.push(after(&open.sequence));
                }
                open.learn(logits, &ahead);
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
    fn a_beam_of_one_takes_the_most_probable_token_each_time() {
        assert_eq!(search(1, &regretted).tokens, [1, 3]);
    }

    #[test]
    fn several_hypotheses_find_the_more_probable_text() {
        let best = search(2, &regretted);
        assert_eq!(best.tokens, [2, 4]);
        assert!((best.log_probability - (0.4_f32 * 0.9).ln()).abs() < 1e-6);
    }

    #[test]
    fn a_hypothesis_that_loops_gives_way_to_one_that_ends() {
        let chant = |written: &[TokenId]| match written.len() {
            20.. => vec![(0, 1.0)],
            even if even % 2 == 0 => vec![(1, 0.7), (0, 0.3)],
            _ => vec![(2, 1.0)],
        };
        let best = search(2, &chant);
        assert!(!best.looped && best.tokens.len() < 20, "{best:?}");
        assert!(search(1, &chant).looped);
    }

    #[test]
    fn a_text_without_end_is_cut() {
        let endless = |written: &[TokenId]| vec![(1 + written.len() as TokenId, 1.0)];
        assert_eq!(search(3, &endless).tokens.len(), LIMITS.most);
    }

    #[test]
    fn a_hypothesis_far_behind_is_given_up() {
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
    fn hypotheses_that_go_on_alike_become_one() {
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
            let (best, again) = search_ahead(2, &regretted, &|_| expected.clone());
            assert_eq!(best, alone, "{expected:?}");
            assert!(again <= asked);
        }
        let straight = |written: &[TokenId]| vec![(TokenId::from(written.len() < 30), 1.0)];
        let (best, asked) = search_ahead(1, &straight, &|_| vec![1; 9]);
        assert!(best.looped, "{best:?}");
        assert!(asked < 5, "{asked}");
    }
}
