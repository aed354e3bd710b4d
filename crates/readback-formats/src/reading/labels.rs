//! Finds speaker labels: `NAME, BYLINE:` where a line begins, and the misplaced ones inside a
//! paragraph. It does not know who the speakers are.

use std::collections::{HashMap, HashSet};

use readback_transcript::{Label, Role, Span};

use super::paragraphs::{Paragraph, floor, paragraphs, trimmed};
use super::vocabulary::{ACRONYMS, NOT_SPEAKERS, PARTICLES, SPEAKER_ROLES, STATED_ROLES, TITLES};
use super::words::is_invisible;

/// The longest label that is looked for, in bytes and in words of its name.
const MAX_BYTES: usize = 100;
const MAX_WORDS: usize = 7;

/// A label and all that goes with it: markup before, markup after the colon.
pub(super) struct Found {
    pub(super) label: Label,
    pub(super) whole: Span,
}

/// How a label is written, from the plainest to the one that needs support from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Bold,
    Capitals,
    Mixed,
}

struct Parsed {
    name: String,
    role: Option<Role>,
    manner: Manner,
}

/// Names that occur as labels at the start of a line, lower case: whole and last word.
pub(super) struct Names(HashSet<String>);

impl Names {
    pub(super) fn of(labels: &[Found]) -> Self {
        Self::from_names(labels.iter().map(|found| found.label.name.as_str()))
    }

    fn from_names<'a>(all: impl Iterator<Item = &'a str>) -> Self {
        let mut names = HashSet::new();
        for name in all.map(str::to_lowercase) {
            let last = name.split_whitespace().last().filter(|last| is_surname(last));
            names.extend(last.map(str::to_owned));
            names.insert(name);
        }
        Self(names)
    }

    fn know(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }
}

fn is_surname(word: &str) -> bool {
    word.chars().count() >= 3
        && !SPEAKER_ROLES.contains(&word)
        && !matches!(word, "person" | "president")
}

/// Whether some line of `text` begins with a label.
pub(crate) fn looks_labelled(text: &str) -> bool {
    !at_line_starts(text, &paragraphs(text)).is_empty()
}

/// Whether `label`, colon included, is taken for a label at a line start without support from others.
pub(crate) fn stands_as_label(label: &str) -> bool {
    !at_line_starts(label, &paragraphs(label)).is_empty()
}

/// The labels at the starts of lines, in order.
///
/// One in capitals or bold stands for itself; one in mixed case must name a speaker by role, or come
/// back, or be the surname of another label.
pub(super) fn at_line_starts(text: &str, paragraphs: &[Paragraph]) -> Vec<Found> {
    let lines = paragraphs.iter().flat_map(|paragraph| &paragraph.lines);
    let candidates: Vec<(Parsed, Found)> =
        lines.filter_map(|&line| at_line_start(text, line)).collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for (parsed, _) in &candidates {
        *count.entry(&parsed.name).or_default() += 1;
    }
    let plain = |parsed: &Parsed| match parsed.manner {
        Manner::Bold => true,
        Manner::Capitals => !is_acronym(&parsed.name),
        Manner::Mixed => names_a_role(&parsed.name) || count[parsed.name.as_str()] > 1,
    };
    let plain_names =
        candidates.iter().filter(|(parsed, _)| plain(parsed)).map(|(p, _)| p.name.as_str());
    let known = Names::from_names(plain_names);
    let accepted = |parsed: &Parsed| plain(parsed) || known.know(&parsed.name);
    let accepted: Vec<bool> = candidates.iter().map(|(parsed, _)| accepted(parsed)).collect();
    let candidates = candidates.into_iter().zip(accepted).filter(|(_, accepted)| *accepted);
    candidates.map(|((_, found), _)| found).collect()
}

fn at_line_start(text: &str, line: Span) -> Option<(Parsed, Found)> {
    let shown = line.of(text);
    let is_mark = |c: char| ">*_ \t-–—•".contains(c) || is_invisible(c);
    let marks = shown.len() - shown.trim_start_matches(is_mark).len();
    let start = line.start + marks;
    let colon = start + first_colon(Span::new(start, line.end).of(text))?;
    let bold = shown[..marks].ends_with("**") || shown[..marks].ends_with("__");
    let after = &text[colon + 1..line.end];
    let parsed = parse(text[start..colon].trim_end_matches(['*', '_', ' ']), bold)?;
    if !ends_label(after, &parsed) || (bold && !text[start..line.end].contains("**")) {
        return None;
    }
    let closing = after.len() - after.trim_start_matches(['*', '_']).len();
    let label = Label {
        span: Span::new(start, colon + 1),
        name: parsed.name.clone(),
        role: parsed.role.clone(),
        inline: false,
    };
    Some((parsed, Found { label, whole: Span::new(line.start, colon + 1 + closing) }))
}

/// The label that a source states to be one: `shown`, with its role, at `span`.
pub(super) fn stated(shown: &str, span: Span) -> Label {
    let unparsed = || (shown.to_owned(), None);
    let (name, role) = parse(shown, true).map_or_else(unparsed, |it| (it.name, it.role));
    Label { span, name, role, inline: false }
}

/// The first colon within the longest label, past any in parentheses.
fn first_colon(text: &str) -> Option<usize> {
    text.char_indices()
        .take_while(|&(at, _)| at < MAX_BYTES)
        .find(|&(_, c)| c == ':')
        .map(|(at, _)| at)
}

/// A colon ends a label before a blank, a mark or the end of the line; before a letter only when the
/// name is long and in capitals, so that the blank was lost.
fn ends_label(after: &str, parsed: &Parsed) -> bool {
    match after.chars().find(|&c| !is_invisible(c)) {
        None => true,
        Some(c) if c.is_whitespace() || "*_([“\"‘'-–—…".contains(c) => true,
        Some(c) => c.is_alphabetic() && parsed.manner == Manner::Capitals && parsed.name.len() > 2,
    }
}

/// What stands before a colon, taken as a label.
fn parse(head: &str, bold: bool) -> Option<Parsed> {
    let head: String = head.chars().filter(|&c| !is_invisible(c)).collect();
    let (name, role) = split_role(head.trim());
    let words: Vec<&str> = name.split_whitespace().collect();
    let bare = words.iter().copied().skip_while(|word| is_title(word)).collect::<Vec<_>>();
    let named = if bare.is_empty() { &words } else { &bare };
    if named.is_empty() || words.len() > MAX_WORDS || is_no_speaker(name) {
        return None;
    }
    let manner = match () {
        () if bold => Manner::Bold,
        () if named.iter().all(|word| is_name_in_capitals(word)) && has_capital(name) => {
            Manner::Capitals
        }
        () if is_mixed_name(named) => Manner::Mixed,
        () => return None,
    };
    let role = role.map(stated_role).or_else(|| role_in_name(name));
    let role_fits = !matches!(&role, Some(Role::Other(role)) if manner != Manner::Bold && !is_role(role, &head));
    role_fits.then_some(Parsed { name: words.join(" "), role, manner })
}

/// `NAME, ROLE` and `NAME (Role)`, cut in two.
fn split_role(head: &str) -> (&str, Option<&str>) {
    let at = head.find([',', '(']).unwrap_or(head.len());
    let role =
        head[at..].trim_matches(|c: char| c == ',' || c == '(' || c == ')' || c.is_whitespace());
    (head[..at].trim(), Some(role).filter(|role| !role.is_empty()))
}

fn stated_role(role: &str) -> Role {
    match role.to_lowercase().as_str() {
        "host" => Role::Host,
        "byline" => Role::Byline,
        _ => Role::Other(role.to_owned()),
    }
}

fn role_in_name(name: &str) -> Option<Role> {
    match name {
        "HOST" => Some(Role::Host),
        "BYLINE" => Some(Role::Byline),
        _ => None,
    }
}

/// A role after a comma is in capitals or well known; one in parentheses may be anything.
fn is_role(role: &str, head: &str) -> bool {
    let first = role.split([' ', ',', '(']).next().unwrap_or_default().to_lowercase();
    head.contains('(')
        || is_name_in_capitals(first_word(role))
        || STATED_ROLES.contains(&first.as_str())
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

fn is_no_speaker(name: &str) -> bool {
    let name = name.to_lowercase();
    let first = first_word(&name);
    let counted = name
        .split_whitespace()
        .nth(1)
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    NOT_SPEAKERS.contains(&name.as_str()) || (counted && NOT_SPEAKERS.contains(&first))
}

fn is_acronym(name: &str) -> bool {
    ACRONYMS.contains(&name.to_lowercase().as_str())
}

fn names_a_role(name: &str) -> bool {
    let name = name.to_lowercase();
    SPEAKER_ROLES
        .contains(&first_word(&name).trim_end_matches(|c: char| c.is_ascii_digit() || c == '#'))
}

fn has_capital(text: &str) -> bool {
    text.contains(char::is_uppercase)
}

/// `KIM`, `O'BRIEN`, `#1`, `McKINLEY`, `J.`; particles are allowed inside a name.
fn is_name_in_capitals(word: &str) -> bool {
    let rest = ["Mc", "Mac", "De", "Di", "La", "Le", "Du", "Van", "Fitz", "O’", "O'"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix).filter(|rest| rest.chars().count() > 1))
        .unwrap_or(word);
    let fits = |c: char| {
        c.is_uppercase() || c.is_ascii_digit() || ".'’-#&/\"“”".contains(c) || is_invisible(c)
    };
    !word.is_empty() && (rest.chars().all(fits) || PARTICLES.contains(&word))
}

/// One to four words that each begin with a capital, particles and numbers between them allowed.
fn is_mixed_name(words: &[&str]) -> bool {
    let begins = |word: &str| word.starts_with(char::is_uppercase);
    let fits = |word: &&str| {
        (begins(word)
            || PARTICLES.contains(word)
            || word.trim_start_matches('#').chars().all(|c| c.is_ascii_digit()))
            && word.chars().all(|c| c.is_alphanumeric() || ".'’-#".contains(c))
    };
    words.len() <= 4 && words.first().is_some_and(|word| begins(word)) && words.iter().all(fits)
}

/// The labels inside `region`, a run of text between other marks, where `cue_follows` at its end.
///
/// A colon in prose makes no label: there must be a role, a name known from another label, or a cue
/// right after, and a sentence must have ended before (capitals of a known name excepted).
pub(super) fn inside(text: &str, region: Span, cue_follows: bool, names: &Names) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (at, _) in region.of(text).match_indices(':') {
        let colon = region.start + at;
        let from = found.last().map_or(region.start, |last| last.whole.end);
        let before_cue = cue_follows && Span::new(colon + 1, region.end).of(text).trim().is_empty();
        if let Some(label) = ending_at(text, Span::new(from, colon), region.end, before_cue, names)
        {
            let whole = label.span;
            found.push(Found { label, whole });
        }
    }
    found
}

fn ending_at(
    text: &str,
    before: Span,
    end: usize,
    before_cue: bool,
    names: &Names,
) -> Option<Label> {
    let (start, after_sentence) = name_start(text, before)?;
    let span = Span::new(start, before.end);
    let parsed = parse(span.of(text), false)?;
    let known = names.know(&parsed.name);
    let several = parsed.name.split_whitespace().filter(|word| word.len() > 2).count() > 1;
    let accepted = match parsed.manner {
        Manner::Capitals if after_sentence => {
            parsed.role.is_some() || known || before_cue || (several && !is_acronym(&parsed.name))
        }
        Manner::Capitals => known && parsed.name.len() > 2,
        _ => after_sentence && (known || before_cue),
    };
    let ended = ends_label(&text[before.end + 1..end.max(before.end + 1)], &parsed);
    (accepted && ended).then(|| Label {
        span: Span::new(start, before.end + 1),
        name: parsed.name,
        role: parsed.role,
        inline: true,
    })
}

/// Walks back from a colon over words a name could have; also says whether a sentence ended there.
fn name_start(text: &str, before: Span) -> Option<(usize, bool)> {
    let window = floor(text, before.end.saturating_sub(MAX_BYTES).max(before.start));
    let shown = &text[window..before.end];
    let mut words = shown.split_whitespace().rev().take(MAX_WORDS);
    let last = words.next().filter(|_| !shown.ends_with(char::is_whitespace))?;
    let mut capitals = is_name_in_capitals(last);
    if !capitals && !is_mixed_name(&[last]) {
        return None;
    }
    let mut first = last;
    for word in words {
        if !continues_name(word, capitals) {
            return Some((offset(text, first), parts_sentence(word)));
        }
        capitals &= is_name_in_capitals(word.trim_end_matches(',')) || is_title(word);
        first = word;
    }
    let start = offset(text, first);
    Some((start, trimmed(text, before).start == start))
}

/// Whether `word` may stand before others of a name that is, so far, in capitals or not.
fn continues_name(word: &str, capitals: bool) -> bool {
    if is_title(word) && word.starts_with(char::is_uppercase) {
        return true;
    }
    let initial = word.len() <= 2;
    let stops = word.ends_with(['.', '!', '?']) && !initial;
    let fits = if capitals {
        is_name_in_capitals(word.trim_end_matches(','))
    } else {
        is_mixed_name(&[word])
    };
    fits && !stops
}

/// Whether a label may begin after `word`: a sentence ends with it, or a part of one.
fn parts_sentence(word: &str) -> bool {
    let closed = word.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    closed.ends_with(['.', '!', '?', '…', ';', ':', '-', '—', '–'])
}

/// Where `part`, a slice of `text`, begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels of `text`: names of those at line starts, with their roles.
    fn leading(text: &str) -> Vec<(String, Option<Role>)> {
        let found = at_line_starts(text, &paragraphs(text));
        found.into_iter().map(|found| (found.label.name, found.label.role)).collect()
    }

    fn other(role: &str) -> Role {
        Role::Other(role.into())
    }

    #[test]
    fn house_style_labels_are_found_with_their_roles() {
        let cases = [
            ("SCOTT SIMON, HOST: Hello.", "SCOTT SIMON", Some(Role::Host)),
            ("CHARLES MAYNES, BYLINE: Kim came.", "CHARLES MAYNES", Some(Role::Byline)),
            ("MAYNES: As Putin looked on.", "MAYNES", None),
            ("MAYNES:As Putin looked on.", "MAYNES", None),
            ("UNIDENTIFIED PERSON #1: (Laughter)", "UNIDENTIFIED PERSON #1", None),
            ("Mr. BILL MOYERS (Author): Well, yes.", "Mr. BILL MOYERS", Some(other("Author"))),
            ("SEN. JOHN McCAIN (R-AZ): My friends.", "SEN. JOHN McCAIN", Some(other("R-AZ"))),
            ("**Adam Jacob:** Great.", "Adam Jacob", None),
            ("**Mireille B. Reece, Psy.D:** Right.", "Mireille B. Reece", Some(other("Psy.D"))),
            ("**Break**: music", "Break", None),
            ("THE PRESIDENT: Hello.", "THE PRESIDENT", None),
            ("Q: Why?", "Q", None),
            ("FEE083: Five years.", "FEE083", None),
            ("Speaker 12: Yes.", "Speaker 12", None),
            (">> O'BRIEN: Good morning.", "O'BRIEN", None),
            ("HOST: Hello.", "HOST", Some(Role::Host)),
        ];
        for (text, name, role) in cases {
            assert_eq!(leading(text), [(name.to_owned(), role)], "{text}");
        }
    }

    #[test]
    fn a_colon_in_prose_makes_no_label() {
        for text in [
            "One thing: money.",
            "Note: this is prose.",
            "NOTE: this too.",
            "NATO: the alliance.",
            "He said: no.",
            "And then: silence.",
            "Remember: it is late.",
            "12:30 is the time.",
            "http://example.org is it.",
            "I met three people there, and one of them: a judge.",
            "However: no.",
        ] {
            assert_eq!(leading(text), [], "{text}");
        }
    }

    #[test]
    fn mixed_case_names_count_when_they_come_back_or_are_known() {
        assert_eq!(leading("Ana Ruiz: Hello.\n\nBo: Hi.\n\nAna Ruiz: Bye.").len(), 2);
        assert_eq!(leading("JO ASMOLOV: Yes.\n\nAsmolov: No.").len(), 2);
        assert_eq!(leading("Behold: it comes."), []);
    }

    fn within(text: &str, before_cue: bool) -> Vec<String> {
        let names = Names(["asmolov", "konstantin asmolov", "king"].map(String::from).into());
        let found = inside(text, Span::new(0, text.len()), before_cue, &names);
        found.into_iter().map(|found| found.label.span.of(text).to_owned()).collect()
    }

    #[test]
    fn labels_inside_a_paragraph_are_found() {
        assert_eq!(within("triangle.” Asmolov: He said", false), ["Asmolov:"]);
        assert_eq!(within("triangle.” Lavrov: ", true), ["Lavrov:"]);
        assert_eq!(
            within("in the end. KONSTANTIN ASMOLOV: He said", false),
            ["KONSTANTIN ASMOLOV:"]
        );
        assert_eq!(within("in the end ASMOLOV: He said", false), ["ASMOLOV:"]);
        assert_eq!(within("in the end. ANA RUIZ, BYLINE: We went", false), ["ANA RUIZ, BYLINE:"]);
        assert_eq!(
            within("in the end. Mr. KING: Then. ASMOLOV: No", false),
            ["Mr. KING:", "ASMOLOV:"]
        );
    }

    #[test]
    fn colons_of_prose_inside_a_paragraph_are_left_alone() {
        for text in [
            "They want one thing: money",
            "It is late. Note: this is prose",
            "He went home. He said: no",
            "It was signed. NATO: the alliance",
            "The NATO: no",
            "I told Asmolov: no",
            "It ended. Moscow: a city",
        ] {
            assert!(within(text, false).is_empty(), "{text}: {:?}", within(text, false));
        }
        assert!(within("This is what they sang: ", true).is_empty());
    }
}
