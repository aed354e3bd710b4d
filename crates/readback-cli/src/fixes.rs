//! Fixes as people read them: in a few words, or as a diff.

use readback_transcript::Edit;
use similar::TextDiff;

/// The most of a text that is repeated when a fix is described.
const MOST: usize = 200;

/// A fix in a few words.
pub fn in_words(fix: &Edit, text: &str) -> String {
    let (old, new) = (fix.span.of(text), fix.replacement.as_str());
    match (old.trim().is_empty(), new.trim().is_empty()) {
        (true, true) if new.contains('\n') => "begin a new paragraph here".into(),
        (true, true) => "put the blanks right".into(),
        (true, false) => format!("insert {}", quoted(new)),
        (false, true) => format!("delete {}", quoted(old)),
        (false, false) => format!("{} → {}", quoted(old), quoted(new)),
    }
}

/// The text on one line, shortened, within quotation marks that it does not have itself.
pub fn quoted(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    };
    if shown.contains(['“', '”', '"']) {
        format!("«{shown}»")
    } else {
        format!("“{shown}”")
    }
}

/// A unified diff between the text and its fixed version; empty if they are the same.
pub fn diff(path: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().header(path, &format!("{path} (fixed)")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use readback_transcript::Span;

    #[test]
    fn a_fix_reads_as_an_instruction() {
        let says = |start, end, new: &str| {
            let fix = Edit { span: Span::new(start, end), replacement: new.into() };
            in_words(&fix, "the “old” horse")
        };
        assert_eq!(says(0, 3, "a"), "“the” → “a”");
        assert_eq!(says(3, 3, " very"), "insert “very”");
        assert_eq!(says(4, 13, ""), "delete «“old”»");
        assert_eq!(says(3, 3, "\n\n"), "begin a new paragraph here");
    }

    #[test]
    fn a_diff_of_nothing_is_empty() {
        assert_eq!(diff("x", "same\n", "same\n"), "");
        assert!(diff("x", "old\n", "new\n").contains("-old\n+new\n"));
    }
}
