//! Searching for the most probable text of a window, a beam of lines at a time. It knows which tokens
//! may come next and how probable they are only from those who ask the network.
//!
//! After OpenAI Whisper, `decoding.py` (`BeamSearchDecoder`, `MaximumLikelihoodRanker`).

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

/// The lines kept of one window. `S` is what the network remembers of a line.
pub struct Beam<S> {
    width: usize,
    limits: Limits,
    /// Most probable first.
    open: Vec<(Line, S)>,
    ended: Vec<Line>,
}

impl<S: Clone> Beam<S> {
    /// A search that keeps the `width` most probable lines, begun with an empty one.
    pub fn new(width: usize, limits: Limits, sequence: S) -> Self {
        let open = vec![(Line::default(), sequence)];
        Self { width: width.max(1), limits, open, ended: Vec::new() }
    }

    /// The lines to be continued.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.open.iter().map(|(line, _)| line)
    }

    /// The last token of every line to be continued, with what the network remembers of it.
    pub fn ends(&mut self) -> impl Iterator<Item = (&[TokenId], &mut S)> {
        self.open
            .iter_mut()
            .map(|(line, sequence)| (&line.tokens[line.tokens.len() - 1..], sequence))
    }

    /// Continues the lines, each by the choices in its place of the list. The search is complete, and
    /// no line left to continue, when as many have ended as it keeps.
    pub fn advance(&mut self, choices: &[Vec<Choice>]) {
        let mut ways: Vec<(usize, Choice)> = Vec::new();
        for (index, ((line, _), choices)) in self.open.iter().zip(choices).enumerate() {
            ways.extend(
                choices.iter().map(|(token, p)| (index, (*token, line.log_probability + p))),
            );
        }
        ways.sort_by(|(_, (_, a)), (_, (_, b))| b.total_cmp(a));
        let mut kept: Vec<(usize, Line)> = Vec::new();
        for (index, (token, log_probability)) in ways {
            if kept.len() == self.width {
                break;
            }
            let line = Line { log_probability, ..self.open[index].0.clone() };
            match self.limits.continued(line, token) {
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
        let mut sequences: Vec<Option<S>> =
            self.open.drain(..).map(|(_, sequence)| Some(sequence)).collect();
        for (index, line) in kept {
            uses[index] -= 1;
            let sequence =
                if uses[index] == 0 { sequences[index].take() } else { sequences[index].clone() };
            self.open.extend(sequence.map(|sequence| (line, sequence)));
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

    /// Searches with what may follow each text, by probability; the sequence is the text itself.
    fn search(width: usize, follows: impl Fn(&[TokenId]) -> Vec<(TokenId, f32)>) -> Line {
        let mut beam = Beam::new(width, LIMITS, Vec::new());
        while beam.lines().count() > 0 {
            let after = |line: &Line| {
                let mut choices = follows(&line.tokens);
                for (_, p) in &mut choices {
                    *p = p.ln();
                }
                choices
            };
            let choices: Vec<_> = beam.lines().map(after).collect();
            beam.advance(&choices);
            for (end, sequence) in beam.ends() {
                sequence.extend_from_slice(end);
            }
            for (line, sequence) in &beam.open {
                assert_eq!(&line.tokens, sequence, "a line and what is remembered of it");
            }
        }
        beam.best()
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
        assert_eq!(search(1, regretted).tokens, [1, 3]);
    }

    #[test]
    fn several_lines_find_the_more_probable_text() {
        let line = search(2, regretted);
        assert_eq!(line.tokens, [2, 4]);
        assert!((line.log_probability - (0.4_f32 * 0.9).ln()).abs() < 1e-6);
    }

    #[test]
    fn a_line_that_loops_gives_way_to_one_that_ends() {
        let chant = |written: &[TokenId]| match written.len() {
            20.. => vec![(0, 1.0)],
            even if even % 2 == 0 => vec![(1, 0.9), (0, 0.1)],
            _ => vec![(2, 1.0)],
        };
        let line = search(2, chant);
        assert!(!line.looped && line.tokens.len() < 20, "{line:?}");
        assert!(search(1, chant).looped);
    }

    #[test]
    fn a_text_without_end_is_cut() {
        let endless = |written: &[TokenId]| vec![(1 + written.len() as TokenId, 1.0)];
        assert_eq!(search(3, endless).tokens.len(), LIMITS.most);
    }
}
