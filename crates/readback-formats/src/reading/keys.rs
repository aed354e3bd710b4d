//! The keys in the beginning of a JSON source. Many formats share the ending `.json`; they are told
//! apart by where their keys stand, which needs no parsing and copes with a beginning that is cut off.

use std::collections::BTreeSet;

use crate::Head;

/// Keys deeper, longer or more than this tell nothing, and would only cost memory.
const DEEPEST: usize = 8;
const LONGEST: usize = 64;
const MOST: usize = 1000;

/// Whether a source is JSON and its head has all of these keys: each at its place (`/segments/words`,
/// lists passed through), or, without a slash before it, at the end of any place.
pub(crate) fn has_keys(head: &Head<'_>, keys: &[&str]) -> bool {
    let ends =
        |path: &String, key: &str| path.strip_suffix(key).is_some_and(|rest| rest.ends_with('/'));
    let has = |key: &&str| {
        head.keys.contains(*key)
            || (!key.starts_with('/') && head.keys.iter().any(|path| ends(path, key)))
    };
    !head.keys.is_empty() && keys.iter().all(has)
}

/// The place of every key in the beginning of a JSON source, as `/segments/words`; none where it is
/// something else.
pub(crate) fn json_keys(head: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let text = head.trim_start();
    if !text.starts_with(['{', '[']) {
        return found;
    }
    let mut path = String::new();
    // How much of the path names each object or list that is open.
    let mut open: Vec<usize> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[', '}', ']', '"']) {
        let mark = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match mark {
            b'{' | b'[' => open.push(path.len()),
            b'"' => {
                let Some(end) = end_of_string(rest) else { break };
                let key = &rest[..end];
                rest = &rest[end + 1..];
                let is_key = rest.trim_start().starts_with(':');
                let Some(&base) = open.last().filter(|_| is_key) else { continue };
                path.truncate(base);
                if open.len() <= DEEPEST && key.len() <= LONGEST {
                    path.push('/');
                    path.push_str(key);
                    if found.len() < MOST && !found.contains(&path) {
                        found.insert(path.clone());
                    }
                }
            }
            _ => path.truncate(open.pop().unwrap_or(0)),
        }
    }
    found
}

/// Where the string ends that `text` is in.
fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        json_keys(text).into_iter().collect()
    }

    #[test]
    fn keys_are_known_by_their_place_and_lists_are_passed_through() {
        let text = r#" [{"a": [{"b": "\"c\": {", "d": {}}, 3], "e": ["f", {"g": 1}]}]"#;
        assert_eq!(keys(text), ["/a", "/a/b", "/a/d", "/e", "/e/g"]);
    }

    #[test]
    fn a_beginning_that_is_cut_off_has_the_keys_it_has() {
        assert_eq!(
            keys(r#"{"results": {"items": [{"type": "pronun"#),
            ["/results", "/results/items", "/results/items/type"]
        );
        assert_eq!(keys(r#"{"text": "hours of it"#), ["/text"]);
        assert_eq!(keys("\"a\": 1"), [""; 0]);
    }

    #[test]
    fn a_hostile_source_fills_no_memory() {
        let deep = r#"{"aaaaaaaa":"#.repeat(20_000);
        assert_eq!(keys(&deep).len(), DEEPEST);
        let many: String = (0..20_000).map(|i| format!("{{\"{i}\":1}},")).collect();
        assert_eq!(keys(&format!("[{many}]")).len(), MOST);
    }
}
