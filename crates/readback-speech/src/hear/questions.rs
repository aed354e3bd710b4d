//! Questions about what was said in a window, put so that as many as possible share one pass.
//!
//! A question offers several readings of one place. All readings of all questions whose texts before
//! the place are beginnings of one another branch off one trunk. It does not know who asks, or why.

use std::cmp::Reverse;

use readback_transcript::{Answer, Question};

use crate::model::{CrossKv, DecodeError, Model, TokenId};
use crate::score::{Branch, score};
use crate::tokenizer::Tokenizer;

/// Rows of one pass: bounds the memory it takes.
const MOST_ROWS: usize = 512;
/// Tokens looked at of what follows a reading.
const LONGEST_AFTER: usize = 64;
/// Tokens looked at of a reading.
const LONGEST_READING: usize = 160;

/// One reading, as tokens behind a beginning of a trunk.
struct Path {
    question: usize,
    reading: usize,
    /// Tokens of the reading; the rest of the branch comes after it.
    own: usize,
    branch: Branch,
}

/// One trunk and what branches off it.
struct Tree {
    trunk: Vec<TokenId>,
    paths: Vec<Path>,
}

/// Turns text into trees of tokens.
pub(super) struct Asking<'a> {
    pub(super) model: &'a Model,
    pub(super) tokenizer: &'a Tokenizer,
    /// Prompt, start, language and task.
    pub(super) opening: Vec<TokenId>,
    /// Whether the language writes blanks between words.
    pub(super) spaced: bool,
}

impl Asking<'_> {
    /// Answers to questions about one window, one list for each question in order.
    pub(super) fn answer(
        &self,
        cross_kv: &CrossKv,
        questions: &[&Question],
    ) -> Result<Vec<Vec<Answer>>, DecodeError> {
        let empty = |question: &&Question| vec![Answer::default(); question.readings.len()];
        let mut answers: Vec<Vec<Answer>> = questions.iter().map(empty).collect();
        for tree in self.trees(questions) {
            for paths in passes(&tree.paths) {
                let branches: Vec<Branch> = paths.iter().map(|path| path.branch.clone()).collect();
                let found = score(self.model, cross_kv, &tree.trunk, tree.trunk.len(), &branches)?;
                for (path, values) in paths.iter().zip(found.branches) {
                    answers[path.question][path.reading] = path.answer(&values);
                }
            }
        }
        Ok(answers)
    }

    /// Puts every reading on a trunk: longest beginnings first, so that shorter ones find theirs.
    fn trees(&self, questions: &[&Question]) -> Vec<Tree> {
        let mut befores: Vec<(usize, Vec<TokenId>)> =
            questions.iter().enumerate().map(|(index, q)| (index, self.before(q))).collect();
        befores.sort_by_key(|(index, before)| (Reverse(before.len()), *index));
        let mut trees: Vec<Tree> = Vec::new();
        for (index, before) in befores {
            let question = questions[index];
            let readings = 0..question.readings.len();
            let paths = readings.map(|reading| self.path(index, reading, question, before.len()));
            match trees.iter_mut().find(|tree| tree.trunk.starts_with(&before)) {
                Some(tree) => tree.paths.extend(paths),
                None => trees.push(Tree { paths: paths.collect(), trunk: before }),
            }
        }
        trees
    }

    /// Opening and text before the place; of a text too long, its end.
    fn before(&self, question: &Question) -> Vec<TokenId> {
        let [before, ..] = parts([&question.before, "", ""], self.spaced);
        let text = self.tokenizer.encode(&before);
        let taken = self.opening.len() + LONGEST_READING + LONGEST_AFTER;
        let room = self.model.dims().text_context.saturating_sub(taken);
        let kept = &text[text.len().saturating_sub(room)..];
        self.opening.iter().chain(kept).copied().collect()
    }

    fn path(&self, index: usize, reading: usize, question: &Question, at: usize) -> Path {
        let texts = [&question.before, &question.readings[reading], &question.after];
        let [_, own, after] = parts(texts.map(String::as_str), self.spaced);
        let mut tokens = self.tokenizer.encode(&own);
        tokens.truncate(LONGEST_READING);
        let own = tokens.len();
        if after.is_empty() {
            tokens.push(self.tokenizer.special().end);
        } else {
            tokens.extend(self.tokenizer.encode(&after).into_iter().take(LONGEST_AFTER));
        }
        Path { question: index, reading, own, branch: Branch { at, tokens } }
    }
}

impl Path {
    fn answer(&self, log_probabilities: &[f32]) -> Answer {
        let sum = |values: &[f32]| values.iter().map(|&value| f64::from(value)).sum();
        let (own, after) = log_probabilities.split_at(self.own);
        Answer { reading: sum(own), tokens: self.own, after: sum(after) }
    }
}

/// Cuts paths into passes of at most [`MOST_ROWS`] rows.
fn passes(paths: &[Path]) -> Vec<&[Path]> {
    let mut passes = Vec::new();
    let (mut start, mut rows) = (0, 0);
    for (index, path) in paths.iter().enumerate() {
        let more = path.branch.tokens.len();
        if rows + more > MOST_ROWS && index > start {
            passes.push(&paths[start..index]);
            (start, rows) = (index, 0);
        }
        rows += more;
    }
    passes.extend((start < paths.len()).then(|| &paths[start..]));
    passes
}

/// The parts of one utterance as the model writes them: single blanks, at the start of the part that
/// they come before, and one before the utterance itself where words are `spaced`.
fn parts(texts: [&str; 3], spaced: bool) -> [String; 3] {
    let mut blank = spaced;
    texts.map(|text| {
        blank |= text.starts_with(char::is_whitespace);
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            return String::new();
        }
        let lead = if blank { " " } else { "" };
        blank = text.ends_with(char::is_whitespace);
        format!("{lead}{}", words.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: [&str; 3], expected: [&str; 3]) {
        assert_eq!(parts(texts, true), expected);
    }

    #[test]
    fn blanks_go_to_the_part_they_come_before() {
        check(["He said", " no", " twice"], [" He said", " no", " twice"]);
        check(["He said ", "no ", "twice"], [" He said", " no", " twice"]);
        check([" He  said\n", "no", "\ttwice "], [" He said", " no", " twice"]);
        check(["the dog", "'s", " tail"], [" the dog", "'s", " tail"]);
    }

    #[test]
    fn an_utterance_begins_with_a_blank_wherever_it_begins() {
        check(["", "Yes", ", sir"], ["", " Yes", ", sir"]);
        check(["", "", "Yes"], ["", "", " Yes"]);
        check(["Yes", "", " sir"], [" Yes", "", " sir"]);
        check(["Yes ", "", "sir"], [" Yes", "", " sir"]);
        assert_eq!(parts(["是", "的", ""], false), ["是", "的", ""]);
    }

    #[test]
    fn a_pass_is_bounded_and_nothing_is_left_out() {
        let path = |question: usize| Path {
            question,
            reading: 0,
            own: 1,
            branch: Branch { at: 1, tokens: vec![0; 150] },
        };
        let paths: Vec<Path> = (0..8).map(path).collect();
        let sizes: Vec<usize> = passes(&paths).iter().map(|pass| pass.len()).collect();
        assert_eq!(sizes, [3, 3, 2]);
        assert!(passes(&[]).is_empty());
    }
}
