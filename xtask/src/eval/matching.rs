//! Which finding is of which fault, and what that says about the finding, the fault and the fix.
//!
//! A finding is of a fault when their spans overlap or come within [`SLACK`] characters of one
//! another; a repeated line may be pointed at in either copy. These are the rules of the evaluation
//! corpus's judge, so that both count alike.

use std::sync::LazyLock;

use regex::Regex;

use super::finding::Finding;
use super::plant::{Fault, Planted};
use super::transcript::{Span, expression};

static THOUSANDS: LazyLock<Regex> = LazyLock::new(|| expression(r"(\d),(\d{3})"));

/// How many characters a finding may lie beside a fault.
pub const SLACK: usize = 14;

/// How many characters tell one line from another when its other copies are sought.
const TELLING: usize = 40;

/// What became of one planted fault.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The findings on it, by their place in the list.
    pub findings: Vec<usize>,
    /// How well the best of them covers its bytes: shared bytes as a part of all. For an omission,
    /// 1 where the finding stands at the very place.
    pub overlap: f64,
    /// Whether the fix of one of them gives back what was said.
    pub restored: bool,
}

/// What became of a text that faults were planted in.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// One for each fault.
    pub faults: Vec<Outcome>,
    /// For each finding, whether it is of a fault that had to be found.
    pub right: Vec<bool>,
}

/// Lays the findings over the faults.
pub fn outcomes(planted: &Planted, findings: &[Finding]) -> Outcomes {
    let spans: Vec<Span> = findings.iter().map(|finding| finding.span.clone()).collect();
    let hits = hits(planted, &spans, SLACK);
    let mut right = vec![false; findings.len()];
    for (fault, hits) in planted.faults.iter().zip(&hits) {
        for hit in hits {
            right[*hit] |= fault.kind.class.must_be_found();
        }
    }
    let faults = (0..planted.faults.len()).map(|fault| outcome(planted, fault, &hits, findings));
    Outcomes { faults: faults.collect(), right }
}

/// What became of one fault.
fn outcome(planted: &Planted, at: usize, hits: &[Vec<usize>], findings: &[Finding]) -> Outcome {
    let fault = &planted.faults[at];
    let mut found = hits[at].clone();
    if !fault.kind.class.must_be_found() {
        found.retain(|finding| !is_beside_a_fault(planted, &findings[*finding].span));
    }
    let spans = found.iter().map(|finding| &findings[*finding].span);
    let copies = copies(planted, fault);
    let overlaps = spans.flat_map(|span| copies.iter().map(|copy| overlap(planted, copy, span)));
    let overlap = overlaps.fold(0.0, f64::max);
    let restored = found.iter().any(|finding| restores(planted, at, hits, findings, *finding));
    Outcome { findings: found, overlap, restored }
}

/// Whether a real fault is near: then a finding is of that one, not of what is harmless beside it.
fn is_beside_a_fault(planted: &Planted, finding: &Span) -> bool {
    let mut real = planted.faults.iter().filter(|fault| fault.kind.class.must_be_found());
    real.any(|fault| touch(&widened(&planted.text, &fault.span, SLACK), finding))
}

/// For each fault, which of the spans of the faulty text lie on it, or within `slack` characters.
pub fn hits(planted: &Planted, spans: &[Span], slack: usize) -> Vec<Vec<usize>> {
    let faults = planted.faults.iter().map(|fault| {
        let places = places(planted, fault, slack);
        let on_it = |span: &Span| places.iter().any(|place| touch(place, span));
        (0..spans.len()).filter(|index| on_it(&spans[*index])).collect()
    });
    faults.collect()
}

/// Whether two spans share a byte or stand side by side.
fn touch(one: &Span, other: &Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// Where a finding may stand to be of this fault, slack included.
fn places(planted: &Planted, fault: &Fault, slack: usize) -> Vec<Span> {
    let text = &planted.text;
    let mut places = vec![fault.span.clone()];
    if fault.kind.name.starts_with("repeat_line") {
        places.extend(copies(planted, fault));
        let length = planted.replacement(fault).trim().chars().count();
        places.push(before(text, fault.span.start, length + 4)..fault.span.end);
    }
    places.iter().map(|place| widened(text, place, slack)).collect()
}

/// The bytes of a fault; of what is repeated, those of every copy, without the blanks around it.
fn copies(planted: &Planted, fault: &Fault) -> Vec<Span> {
    let (text, repeated) = (&planted.text, planted.replacement(fault).trim());
    let length = repeated.chars().count();
    if fault.kind.name.starts_with("repeat_line") {
        let telling = &repeated[..after(repeated, 0, TELLING)];
        return text.match_indices(telling).map(|(at, _)| at..after(text, at, length)).collect();
    }
    let mut copies = vec![fault.span.clone()];
    if fault.kind.name == "repeat_word" {
        copies.push(before(text, fault.span.start, length)..fault.span.start);
        copies.push(fault.span.end - repeated.len()..fault.span.end);
    }
    copies
}

/// A span and `slack` characters on both sides.
fn widened(text: &str, span: &Span, slack: usize) -> Span {
    before(text, span.start, slack)..after(text, span.end, slack)
}

/// The byte some characters before another one.
fn before(text: &str, at: usize, characters: usize) -> usize {
    text[..at].char_indices().rev().take(characters).last().map_or(at, |(start, _)| start)
}

/// The byte some characters after another one.
fn after(text: &str, at: usize, characters: usize) -> usize {
    text[at..].char_indices().nth(characters).map_or(text.len(), |(start, _)| at + start)
}

/// Shared bytes as a part of all bytes of the two. Where either is a mere place, whether no letter
/// or digit lies between them.
fn overlap(planted: &Planted, fault: &Span, finding: &Span) -> f64 {
    if fault.is_empty() || finding.is_empty() {
        let after = finding.start.max(fault.end);
        let gap =
            if finding.end < fault.start { finding.end..fault.start } else { fault.end..after };
        let beside = planted.text.get(gap).is_some_and(|gap| !gap.contains(char::is_alphanumeric));
        return f64::from(u8::from(beside));
    }
    let shared = fault.end.min(finding.end).saturating_sub(fault.start.max(finding.start));
    shared as f64 / (fault.end.max(finding.end) - fault.start.min(finding.start)) as f64
}

/// Whether the finding's fix gives back the words of the truth: those of this fault alone, or of
/// every fault that the finding lies on.
fn restores(
    planted: &Planted,
    fault: usize,
    hits: &[Vec<usize>],
    findings: &[Finding],
    finding: usize,
) -> bool {
    let Some((span, replacement)) = &findings[finding].fix else { return false };
    let (head, tail) = (planted.text.get(..span.start), planted.text.get(span.end..));
    let Some((head, tail)) = head.zip(tail) else { return false };
    let fixed = words(&format!("{head}{replacement}{tail}"));
    let alone = planted.mended(|index| index == fault);
    let together = planted.mended(|index| index == fault || hits[index].contains(&finding));
    fixed == words(&alone) || fixed == words(&together)
}

/// The words of a text, in lower case and without any marks but apostrophes; `1,200` is one word.
fn words(text: &str) -> Vec<String> {
    let lower = THOUSANDS.replace_all(text, "$1$2").to_lowercase().replace('’', "'");
    let words = lower.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
