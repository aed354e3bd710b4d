//! The paths that a file of Rust names others by, found by its text: `mod`, `use`, and what begins with
//! `crate::`, `self::` or `super::`. What stands in comments, strings and tests does not count.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

/// A path, name by name.
type Segments = Vec<String>;

/// What a file names of others.
#[derive(Debug, Default)]
pub struct Names {
    /// Its modules in files of their own.
    pub children: Vec<String>,
    /// Those that are compiled for tests alone.
    pub tests: Vec<String>,
    /// Every path that may lead to another file.
    pub paths: Vec<Segments>,
    /// Names that it has from elsewhere, and the path to each.
    pub imported: BTreeMap<String, Segments>,
}

static CHILD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(#\[cfg\(test\)\]\s*)?(?:pub(?:\([a-z ]+\))? )?\bmod (\w+);"));
static IMPORT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^\s*(?:pub(?:\([a-z ]+\))? )?use ([^;]+);"));
static PATH: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:crate|self|super)(?:::\w+)+"));
/// Comments, and what stands between quotes, where a quotation mark is no character or lifetime of its own.
static SILENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r##"(?s)//[^\n]*|'(?:\\.|[^'\\])'|r#".*?"#|"(?:\\.|[^"\\])*""##));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of our own")
}

impl Names {
    /// Of a file with this text.
    pub fn of(text: &str) -> Self {
        let code = SILENT.replace_all(text, "\"\"");
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let mut names = Self::default();
        for child in CHILD.captures_iter(code) {
            let group = if child.get(1).is_some() { &mut names.tests } else { &mut names.children };
            group.push(child[2].to_owned());
        }
        for import in IMPORT.captures_iter(code) {
            names.import(&[], &import[1]);
        }
        let others = IMPORT.replace_all(code, "");
        names.paths.extend(PATH.find_iter(&others).map(|path| segments(path.as_str())));
        names
    }

    /// Takes in what stands behind `use`, below the path `before` it.
    fn import(&mut self, before: &[String], tree: &str) {
        let tree = tree.trim();
        if let Some((path, group)) = tree.split_once('{') {
            let before = [before, &segments(path)].concat();
            let group = group.trim_end().strip_suffix('}').unwrap_or(group);
            for part in parts(group) {
                self.import(&before, part);
            }
            return;
        }
        let (path, renamed) = tree.split_once(" as ").map_or((tree, None), |(a, b)| (a, Some(b)));
        let mut path = [before, &segments(path)].concat();
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let Some(name) = renamed.map(|it| it.trim().to_owned()).or_else(|| path.last().cloned())
        else {
            return;
        };
        self.paths.push(path.clone());
        self.imported.insert(name, path);
    }
}

/// Where a path in a module begins, and the names that are left of it.
pub fn start<'p>(module: &[String], path: &'p [String]) -> (Segments, &'p [String]) {
    let (mut at, mut rest) = (module.to_owned(), path);
    while let Some((first, others)) = rest.split_first() {
        match first.as_str() {
            "crate" => at.clear(),
            "super" => drop(at.pop()),
            "self" => {}
            _ => break,
        }
        rest = others;
    }
    (at, rest)
}

fn segments(path: &str) -> Segments {
    path.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// What commas part, but for those within braces.
fn parts(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let outer = |letter: char| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    };
    group.split(outer).filter(|part| !part.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths_in(text: &str) -> Vec<String> {
        Names::of(text).paths.iter().map(|path| path.join("::")).collect()
    }

    #[test]
    fn a_tree_of_imports_is_taken_apart() {
        let text = "use crate::{a::{self, A}, b::B as Other};\npub(crate) use super::c;\n";
        assert_eq!(paths_in(text), ["crate::a", "crate::a::A", "crate::b::B", "super::c"]);
        let names = Names::of(text);
        assert_eq!(names.imported["Other"], ["crate", "b", "B"]);
        assert_eq!(names.imported["a"], ["crate", "a"]);
    }

    #[test]
    fn comments_strings_and_tests_name_nothing() {
        let text = "// crate::a\nlet it = \"crate::b\"; let quote = '\"'; crate::c::d();\n\
                    #[cfg(test)]\nmod tests {\n    use crate::e;\n}\n";
        assert_eq!(paths_in(text), ["crate::c::d"]);
    }

    #[test]
    fn modules_for_tests_are_told_from_others() {
        let names = Names::of("mod a;\npub(crate) mod b;\n#[cfg(test)]\nmod tests;\nmod c { }\n");
        assert_eq!(
            (names.children, names.tests),
            (vec!["a".into(), "b".into()], vec!["tests".to_owned()])
        );
    }

    #[test]
    fn a_path_begins_at_the_crate_its_module_or_the_one_above() {
        let at = |path: &str| {
            let path = segments(path);
            let (module, rest) = start(&["a".to_owned(), "b".to_owned()], &path);
            (module.join("::"), rest.join("::"))
        };
        assert_eq!(at("crate::c"), (String::new(), "c".into()));
        assert_eq!(at("super::c"), ("a".into(), "c".into()));
        assert_eq!(at("self::c"), ("a::b".into(), "c".into()));
        assert_eq!(at("c::d"), ("a::b".into(), "c::d".into()));
    }
}
