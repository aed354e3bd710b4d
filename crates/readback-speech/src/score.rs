//! Many readings of one window, scored at once.
//!
//! A trunk of tokens is read once; each branch leaves it somewhere and is read as if it had followed
//! the trunk up to there. It does not know which reading is the text's and which was heard.

use crate::model::{CrossKv, DecodeError, ForcedRow, Model, TokenId, check_position};

/// Another continuation of a trunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// How many trunk tokens come before it, at least one: it follows `trunk[..at]`.
    pub at: usize,
    /// Its own tokens, at least one.
    pub tokens: Vec<TokenId>,
}

/// Natural log-probabilities of a trunk and its branches.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// For each of `trunk[from..]`.
    pub trunk: Vec<f32>,
    /// For each branch in order, one for each of its tokens.
    pub branches: Vec<Vec<f32>>,
}

/// Scores `trunk[from..]` (`from` being at least 1) and every branch in one pass; each branch's tokens
/// see `trunk[..at]` and the branch's own earlier tokens.
pub fn score(
    model: &Model,
    cross_kv: &CrossKv,
    trunk: &[TokenId],
    from: usize,
    branches: &[Branch],
) -> Result<Scores, DecodeError> {
    model.check(trunk, 0)?;
    check_position(from, trunk.len())?;
    for branch in branches {
        check_position(branch.at, trunk.len())?;
        model.check(&branch.tokens, branch.at)?;
    }
    let pass = Pass::new(trunk, from, branches);
    let mut found = model.read_forced(cross_kv, &pass.rows, &pass.wanted, |_, _| ()).into_iter();
    Ok(Scores {
        trunk: found.by_ref().take(trunk.len() - from).collect(),
        branches: branches
            .iter()
            .map(|branch| found.by_ref().take(branch.tokens.len()).collect())
            .collect(),
    })
}

/// What is read, and which row's log-probability of which token is wanted: the trunk's first, then each
/// branch's in order. A branch's last token is only predicted, never read.
struct Pass {
    rows: Vec<ForcedRow>,
    wanted: Vec<(usize, TokenId)>,
}

impl Pass {
    fn new(trunk: &[TokenId], from: usize, branches: &[Branch]) -> Self {
        let mut pass = Self {
            rows: crate::model::trunk_rows(trunk).collect(),
            wanted: (from..trunk.len()).map(|i| (i - 1, trunk[i])).collect(),
        };
        for branch in branches {
            pass.add(branch);
        }
        pass
    }

    fn add(&mut self, branch: &Branch) {
        let own = self.rows.len();
        for (i, &token) in branch.tokens.iter().enumerate() {
            let before = if i == 0 { branch.at - 1 } else { own + i - 1 };
            self.wanted.push((before, token));
            let position = branch.at + i;
            self.rows.push(ForcedRow { token, position, trunk: branch.at, own });
        }
        self.rows.pop();
    }
}
