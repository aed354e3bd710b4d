//! Circles: files of a crate that use each other, so that none can be read or moved without the rest.
//!
//! A module and its children are one thing: a circle through the module's own file is none. What stands
//! together without such a file is one. Tests may use what they like.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::slice;

use anyhow::{Context, Result};

use super::files;
use super::paths::{self, Names};

/// A module, as the names on the way to it: nothing for the crate itself, else `["reading", "xml"]`.
type Module = Vec<String>;

/// The file of a module, and what it says of others.
struct Source {
    file: PathBuf,
    names: Names,
}

/// The modules of a crate, and which uses which, and by what name it calls it.
pub struct Graph {
    sources: BTreeMap<Module, Source>,
    arrows: BTreeMap<Module, BTreeMap<Module, String>>,
}

/// Says which files below `folder`, the `src` of a crate, go round in circles.
pub fn circles(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for file in files(folder, &["rs"])? {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        texts.push((file.strip_prefix(folder)?.to_owned(), text));
    }
    let graph = Graph::new(&texts);
    let shown = folder.display().to_string().replace('\\', "/");
    Ok(graph.circles().iter().map(|circle| format!("{shown}: {}", graph.told(circle))).collect())
}

impl Graph {
    /// Of files, by their paths below `src`, with their texts.
    pub fn new(texts: &[(PathBuf, String)]) -> Self {
        let mut sources = BTreeMap::new();
        for (file, text) in texts {
            let names = Names::of(text);
            sources.insert(module(file), Source { file: file.clone(), names });
        }
        let tests: Vec<Module> = sources.iter().flat_map(|(at, it)| tests_of(at, it)).collect();
        sources.retain(|module, _| !tests.iter().any(|tests| module.starts_with(tests)));
        let mut graph = Self { sources, arrows: BTreeMap::new() };
        graph.arrows = graph.sources.keys().map(|it| (it.clone(), graph.used_by(it))).collect();
        graph
    }

    /// What a module uses: its children, and where the paths in it lead.
    fn used_by(&self, module: &Module) -> BTreeMap<Module, String> {
        let source = &self.sources[module];
        let children =
            source.names.children.iter().map(|name| [module, slice::from_ref(name)].concat());
        let children = children.map(|child| (child, String::from("mod")));
        let paths = source.names.paths.iter();
        let paths = paths.map(|path| (self.leads_to(module, path, 0), path.join("::")));
        let known =
            paths.chain(children).filter(|(to, _)| to != module && self.sources.contains_key(to));
        known.collect()
    }

    /// The module that a path in module `from` leads to, through what other modules re-export.
    fn leads_to(&self, from: &Module, path: &[String], depth: usize) -> Module {
        let (mut at, rest) = paths::start(from, path);
        for (done, name) in rest.iter().enumerate() {
            let child = [&at[..], slice::from_ref(name)].concat();
            if self.sources.contains_key(&child) {
                at = child;
                continue;
            }
            // Enough for what re-exports what others re-export, and an end to what names itself.
            let exported = self.sources.get(&at).and_then(|source| source.names.imported.get(name));
            return match exported.filter(|_| depth < 8) {
                Some(exported) => {
                    let onward = [exported, &rest[done + 1..]].concat();
                    self.leads_to(&at, &onward, depth + 1)
                }
                None => at,
            };
        }
        at
    }

    /// Sets of modules that use each other, without those that hold together by a parent's file.
    pub fn circles(&self) -> Vec<BTreeSet<Module>> {
        self.circles_of(self.sources.keys().cloned().collect())
    }

    fn circles_of(&self, mut modules: BTreeSet<Module>) -> Vec<BTreeSet<Module>> {
        let mut found = Vec::new();
        while let Some(first) = modules.first().cloned() {
            let mut circle = self.reached(&first, &modules);
            circle.retain(|other| self.reached(other, &modules).contains(&first));
            circle.insert(first);
            modules.retain(|module| !circle.contains(module));
            if circle.len() == 1 {
                continue;
            }
            match top(&circle) {
                Some(top) => {
                    circle.remove(&top);
                    found.extend(self.circles_of(circle));
                }
                None => found.push(circle),
            }
        }
        found
    }

    /// All that can be reached from a module without leaving `within`.
    fn reached(&self, from: &Module, within: &BTreeSet<Module>) -> BTreeSet<Module> {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(module) = open.pop() {
            for next in self.arrows[module].keys().filter(|next| within.contains(*next)) {
                if reached.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
        reached
    }

    /// A circle for people: the shortest way round, by what each file calls the next, and who else is in it.
    pub fn told(&self, circle: &BTreeSet<Module>) -> String {
        let rounds = |with_parents: bool| {
            let rounds = circle.iter().filter_map(|it| self.round(it, circle, with_parents));
            rounds.min_by_key(Vec::len)
        };
        let round = rounds(false).or_else(|| rounds(true)).unwrap_or_default();
        let mut told = format!("{} files use each other in a circle", circle.len());
        for (from, to) in round.iter().zip(round.iter().cycle().skip(1)) {
            let path = &self.arrows[from][to];
            told += &format!("\n    {} uses {} ({path})", self.file(from), self.file(to));
        }
        let others = circle.iter().filter(|module| !round.contains(module));
        let others: Vec<String> = others.map(|module| self.file(module)).collect();
        if !others.is_empty() {
            told += &format!("\n    and with them {}", others.join(", "));
        }
        told
    }

    fn file(&self, module: &Module) -> String {
        self.sources[module].file.display().to_string().replace('\\', "/")
    }

    /// The shortest way from a module back to itself, from children to their parents only where they may be
    /// asked, since that is in order.
    fn round(
        &self,
        start: &Module,
        within: &BTreeSet<Module>,
        with_parents: bool,
    ) -> Option<Vec<Module>> {
        let mut seen = BTreeSet::new();
        let mut open = VecDeque::from([vec![start.clone()]]);
        while let Some(way) = open.pop_front() {
            let last = way.last()?;
            let next = self.arrows[last].keys().filter(|next| within.contains(*next));
            for next in next.filter(|next| with_parents || !last.starts_with(next)) {
                if next == start {
                    return Some(way);
                }
                if seen.insert(next) {
                    open.push_back([&way[..], slice::from_ref(next)].concat());
                }
            }
        }
        None
    }
}

/// The module that a file below `src` holds.
fn module(file: &Path) -> Module {
    let mut names: Module =
        file.with_extension("").iter().map(|it| it.to_string_lossy().into_owned()).collect();
    if names.last().is_some_and(|last| ["lib", "main", "mod"].contains(&last.as_str())) {
        names.pop();
    }
    names
}

/// The children of a module that are compiled for its tests alone.
fn tests_of(module: &Module, source: &Source) -> Vec<Module> {
    source.names.tests.iter().map(|name| [module, slice::from_ref(name)].concat()).collect()
}

/// The module among them that all the others lie in.
fn top(circle: &BTreeSet<Module>) -> Option<Module> {
    circle.iter().find(|top| circle.iter().all(|module| module.starts_with(top))).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles_in(texts: &[(&str, &str)]) -> Vec<String> {
        let own = |(file, text): &(&str, &str)| (PathBuf::from(file), (*text).to_owned());
        let graph = Graph::new(&texts.iter().map(own).collect::<Vec<_>>());
        graph.circles().iter().map(|circle| graph.told(circle)).collect()
    }

    #[test]
    fn files_that_use_each_other_are_named_with_what_they_call_each_other() {
        let told = circles_in(&[
            ("lib.rs", "mod a;\nmod b;\nmod c;\n"),
            ("a.rs", "use crate::b::B;\n"),
            ("b.rs", "fn b() { super::a::a() }\n"),
            ("c.rs", "use crate::{a::A, b};\n"),
        ]);
        let expected = "2 files use each other in a circle\n    a.rs uses b.rs (crate::b::B)\n    \
                        b.rs uses a.rs (super::a::a)";
        assert_eq!(told, [expected]);
    }

    #[test]
    fn a_module_and_its_children_may_use_each_other() {
        let texts = [
            ("lib.rs", "mod a;\npub use a::A;\n"),
            ("a.rs", "mod b;\nmod c;\npub use b::B;\nstruct A;\n"),
            ("a/b.rs", "use super::A;\nuse crate::A as Same;\n"),
            ("a/c.rs", "use super::{A, B};\n"),
        ];
        assert!(circles_in(&texts).is_empty());
    }

    #[test]
    fn children_that_use_each_other_are_a_circle_also_by_way_of_their_parent() {
        let told = circles_in(&[
            ("lib.rs", "mod a;\n"),
            ("a.rs", "mod b;\nmod c;\npub(crate) use self::{b::B, c::C as D};\n"),
            ("a/b.rs", "use super::D;\n"),
            ("a/c.rs", "use crate::a::B;\n"),
        ]);
        let expected = "2 files use each other in a circle\n    a/b.rs uses a/c.rs (super::D)\n    \
                        a/c.rs uses a/b.rs (crate::a::B)";
        assert_eq!(told, [expected]);
    }

    #[test]
    fn a_circle_through_another_module_is_none_of_a_module_and_its_children() {
        let told = circles_in(&[
            ("lib.rs", "mod a;\nmod c;\n"),
            ("a.rs", "mod b;\nuse crate::c::C;\n"),
            ("a/b.rs", "use super::A;\n"),
            ("c.rs", "use crate::a::b::B;\n"),
        ]);
        assert!(told[0].starts_with("3 files"), "{told:?}");
    }

    #[test]
    fn tests_may_use_whatever_they_test() {
        let texts = [
            ("lib.rs", "mod a;\nmod b;\n"),
            ("a.rs", "#[cfg(test)]\nmod tests;\nuse crate::b::B;\n"),
            ("a/tests.rs", "use crate::b;\n"),
            ("b.rs", "struct B;\n#[cfg(test)]\nmod tests {\n    use crate::a::A;\n}\n"),
        ];
        assert!(circles_in(&texts).is_empty());
    }

    #[test]
    fn what_the_crate_itself_exports_is_where_it_comes_from() {
        let told = circles_in(&[
            ("lib.rs", "mod a;\nmod b;\npub use a::A;\npub use b::b;\n"),
            ("a.rs", "fn a() { crate::b() }\n"),
            ("b.rs", "use crate::A;\n"),
        ]);
        assert_eq!(told.len(), 1);
    }
}
