//! The pages on rules and formats in `docs` say what the program says.

use std::fs;
use std::path::Path;

use readback_check::RULES;

use crate::harness::Desk;

const STALE: &str = "docs/rules is stale; run `cargo xtask docs`";

fn page(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules");
    fs::read_to_string(folder.join(name)).unwrap_or_else(|_| panic!("no {name}: {STALE}"))
}

#[test]
fn every_rule_has_its_page_and_its_line_in_the_index() {
    let (desk, index) = (Desk::new(), page("README.md"));
    for rule in RULES {
        let name = format!("{}-{}.md", rule.code, rule.name);
        let explained = desk.run("explain").arg(rule.code).code(0).stdout;
        assert_eq!(page(&name), format!("# {explained}"), "{name}: {STALE}");
        let line = index.lines().find(|line| line.contains(&format!("({name})")));
        let line = line.unwrap_or_else(|| panic!("{name} is not in the index: {STALE}"));
        assert!(line.contains(&rule.summary.replace('|', "\\|")), "{name} in the index: {STALE}");
    }
    let pages = index.lines().filter(|line| line.starts_with("| [")).count();
    assert_eq!(pages, RULES.len(), "{STALE}");
}

#[test]
fn the_page_on_formats_has_the_programs_own_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats.md");
    let page = fs::read_to_string(path).expect("docs/formats.md");
    let table = Desk::new().run("formats --format markdown").code(0).stdout;
    assert!(page.contains(&table), "docs/formats.md is stale; run `cargo xtask docs`");
}
