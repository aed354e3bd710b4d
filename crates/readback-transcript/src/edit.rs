//! Edits: the one way text changes, whether a fix, a person or a re-alignment asks for it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Span;

/// Replaces the bytes of `span` by `replacement`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What goes away; empty for an insertion.
    pub span: Span,
    /// What comes in its place.
    pub replacement: String,
}

/// Why a set of edits does not fit a text.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum EditError {
    /// An edit reaches past the end or cuts a character in two.
    #[error("the edit at bytes {}..{} does not fit the text", .0.start, .0.end)]
    OutOfText(Span),
    /// Two edits want the same bytes.
    #[error("two edits overlap at bytes {}..{}", .0.start, .0.end)]
    Overlap(Span),
}

/// Applies `edits`, in any order, to `text`. Insertions at one point keep their given order.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    ordered.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in ordered {
        if edit.span.start < done {
            return Err(EditError::Overlap(edit.span));
        }
        if text.get(edit.span.start..edit.span.end).is_none() {
            return Err(EditError::OutOfText(edit.span));
        }
        out.push_str(&text[done..edit.span.start]);
        out.push_str(&edit.replacement);
        done = edit.span.end;
    }
    out.push_str(&text[done..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, replacement: &str) -> Edit {
        Edit { span: Span::new(start, end), replacement: replacement.into() }
    }

    #[test]
    fn edits_apply_in_text_order_whatever_order_they_come_in() {
        let edits = [edit(9, 9, " here"), edit(0, 3, "A"), edit(4, 9, "dog")];
        assert_eq!(apply("the horse", &edits).as_deref(), Ok("A dog here"));
    }

    #[test]
    fn overlapping_edits_are_refused() {
        let edits = [edit(0, 5, ""), edit(4, 6, "")];
        assert_eq!(apply("the horse", &edits), Err(EditError::Overlap(Span::new(4, 6))));
    }

    #[test]
    fn an_edit_may_not_cut_a_character() {
        assert_eq!(apply("é", &[edit(1, 2, "")]), Err(EditError::OutOfText(Span::new(1, 2))));
    }
}
