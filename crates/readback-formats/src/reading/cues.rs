//! Finds cues: notes in parentheses or brackets that nobody speaks, also when one bracket is missing
//! or of the wrong kind. Parentheses around spoken words are left alone.

use std::sync::LazyLock;

use readback_transcript::{Cue, CueKind, Span, is_in_capitals};
use regex::Regex;

use super::Problems;
use super::paragraphs::{Paragraph, floor, trimmed};
use super::vocabulary::{CUE_BEGINNINGS, CUE_COMPANIONS, CUE_WORDS, LANGUAGES};

/// How far a cue may reach whose other bracket is missing, in words.
const MAX_OPEN_WORDS: usize = 14;
/// The same in bytes.
const MAX_OPEN_BYTES: usize = 300;

/// The cues of one paragraph, in order; one that is never closed may hold others.
///
/// `labelled` says that the text has speaker labels: only then do capitals, square brackets or
/// standing alone make a cue of words that the vocabulary does not know.
pub(super) fn in_paragraph(
    text: &str,
    paragraph: &Paragraph,
    labelled: bool,
    problems: &mut Problems,
) -> Vec<Cue> {
    let mut search = Search { text, bounds: paragraph.span, labelled, cues: Vec::new(), problems };
    if !text[paragraph.span.start..paragraph.span.end].contains(['(', ')', '[', ']', '<']) {
        search.lines_without_brackets(paragraph);
        return search.cues;
    }
    let (pairs, lone) = pair(text, paragraph.span);
    for span in pairs {
        search.bracketed(span);
    }
    let mut done = 0;
    for at in lone {
        if at >= done && touches_words(text, at) {
            done = search.unpaired(at).map_or(done, |cue| cue.end);
        }
    }
    search.in_angles();
    search.cues.sort_by_key(|cue| cue.span);
    search.cues
}

/// What recognisers put in brackets of their own where they hear or leave out something: `<laugh>`,
/// `[BLANK_AUDIO]`, `[PII]`, `(upbeat music)`.
static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    let sound = "music|applause|applauding|laughter|laughing|singing|chatter|chattering";
    Regex::new(&format!(r"<[a-zA-Z_-]+>|\[[A-Z][A-Z_]+\]|\([a-z ,]{{0,40}}\b(?:{sound})\)"))
        .expect("a fixed pattern")
});

/// The cues of a paragraph that a recogniser wrote, in order.
pub(crate) fn cues_heard(text: &str, span: Span) -> Vec<Cue> {
    if !span.of(text).contains(['(', '[', '<']) {
        return Vec::new();
    }
    let paragraph = Paragraph { span, lines: vec![span] };
    let mut cues = in_paragraph(text, &paragraph, false, &mut Problems::default());
    let tags = TAGS.find_iter(span.of(text));
    cues.extend(tags.map(|tag| {
        let span = Span::new(span.start + tag.start(), span.start + tag.end());
        Cue { span, kind: CueKind::Other }
    }));
    cues.sort_by_key(|cue| cue.span);
    without_inner(cues)
}

/// Cues without those that begin within another.
pub(super) fn without_inner(mut cues: Vec<Cue>) -> Vec<Cue> {
    cues.dedup_by(|next, last| next.span.start < last.span.end);
    cues
}

/// Whether the side of a lone bracket that its cue would be on is no bracket itself.
fn touches_words(text: &str, at: usize) -> bool {
    let brackets = ['(', ')', '[', ']'];
    if text[at..].starts_with(['(', '[']) {
        !text[at + 1..].starts_with(brackets)
    } else {
        !text[..at].ends_with(brackets)
    }
}

/// Bracket pairs that lie in no other pair, and the brackets without a partner. A bracket may close
/// one of the other kind; a doubled bracket counts once.
fn pair(text: &str, within: Span) -> (Vec<Span>, Vec<usize>) {
    let mut open: Vec<usize> = Vec::new();
    let mut pairs: Vec<Span> = Vec::new();
    let mut lone = Vec::new();
    for (at, c) in within.of(text).char_indices().map(|(at, c)| (within.start + at, c)) {
        match c {
            '(' | '[' => open.push(at),
            ')' | ']' => match open.pop() {
                Some(start) => {
                    while pairs.last().is_some_and(|pair| pair.start > start) {
                        pairs.pop();
                    }
                    pairs.push(Span::new(start, at + 1));
                }
                None => lone.push(at),
            },
            _ => {}
        }
    }
    absorb_doubled(&mut pairs, &mut open, &mut lone);
    lone.extend(open);
    lone.sort_unstable();
    (pairs, lone)
}

/// `((CUE)` and `(CUE))`: the spare bracket belongs to the pair it touches.
fn absorb_doubled(pairs: &mut [Span], open: &mut Vec<usize>, lone: &mut Vec<usize>) {
    let mut spare_open: Vec<usize> = Vec::new();
    for at in open.drain(..).rev() {
        match pairs.binary_search_by_key(&(at + 1), |pair| pair.start) {
            Ok(pair) => pairs[pair].start = at,
            Err(_) => spare_open.push(at),
        }
    }
    *open = spare_open;
    lone.retain(|&at| match pairs.binary_search_by_key(&at, |pair| pair.end) {
        Ok(pair) => {
            pairs[pair].end = at + 1;
            false
        }
        Err(_) => true,
    });
}

struct Search<'a> {
    text: &'a str,
    bounds: Span,
    labelled: bool,
    cues: Vec<Cue>,
    problems: &'a mut Problems,
}

impl Search<'_> {
    fn bracketed(&mut self, span: Span) {
        let shown = span.of(self.text);
        let content = shown.trim_matches(['(', ')', '[', ']', ' ', '\t', '*', '_']);
        if !content.contains(char::is_alphanumeric) {
            return;
        }
        let Some(kind) = cue_kind(content).or_else(|| self.by_shape(span, content)) else { return };
        let ends = (shown.chars().next(), shown.chars().next_back());
        if !matches!(ends, (Some('('), Some(')')) | (Some('['), Some(']'))) {
            self.problems
                .add(span, "the cue opens with one kind of bracket and closes with another");
        }
        self.cues.push(Cue { span, kind });
    }

    /// What stands in brackets though no word of it is known: capitals, a time, a square bracket, or
    /// a whole short paragraph is a cue where the text has labels.
    fn by_shape(&self, span: Span, content: &str) -> Option<CueKind> {
        let words = content.split_whitespace().count();
        let is_time = content.starts_with(|c: char| c.is_ascii_digit())
            && content.contains(':')
            && content.chars().all(|c| c.is_ascii_digit() || ":.,-– >".contains(c));
        let shouts = is_in_capitals(content) && (words > 1 || content.chars().count() > 5);
        let square = self.text[span.start..].starts_with('[');
        if self.labelled && is_played(content) {
            return Some(CueKind::Manner);
        }
        let noted =
            self.labelled && (shouts || square || (words <= 12 && self.fills_paragraph(span)));
        (is_time || noted).then_some(CueKind::Other)
    }

    /// Whether nothing but a label stands beside `span` in its paragraph.
    fn fills_paragraph(&self, span: Span) -> bool {
        let before = Span::new(self.bounds.start, span.start).of(self.text).trim();
        let after = Span::new(span.end, self.bounds.end).of(self.text);
        !after.contains(char::is_alphanumeric)
            && (before.is_empty() || before.trim_end_matches('*').ends_with(':'))
    }

    /// `<inaudible>`, as some agencies write it.
    fn in_angles(&mut self) {
        for (at, _) in self.bounds.of(self.text).match_indices('<') {
            let start = self.bounds.start + at;
            let end = floor(self.text, self.bounds.end.min(start + MAX_OPEN_BYTES));
            let content = self.text[start + 1..end].split_once('>').map(|(content, _)| content);
            if let Some((content, kind)) = content.and_then(|c| cue_kind(c).map(|kind| (c, kind))) {
                self.cues.push(Cue { span: Span::new(start, start + content.len() + 2), kind });
            }
        }
    }

    fn unpaired(&mut self, at: usize) -> Option<Span> {
        let opens = self.text[at..].starts_with(['(', '[']);
        let span = if opens { self.after_opening(at) } else { self.before_closing(at) };
        let content = span.of(self.text).trim_matches(['(', ')', '[', ']', ' ']);
        let shouts = opens && content.len() > 8 && is_in_capitals(content) && content.contains(' ');
        let kind =
            cue_kind(content).or_else(|| (self.labelled && shouts).then_some(CueKind::Other))?;
        let missing = if opens { "the cue is never closed" } else { "the cue is never opened" };
        self.problems.add(span, missing);
        self.cues.push(Cue { span, kind });
        Some(span)
    }

    /// From an opening bracket over the words in capitals, else to the end of the sentence or line.
    fn after_opening(&self, at: usize) -> Span {
        let end = floor(self.text, self.bounds.end.min(at + MAX_OPEN_BYTES));
        let line = self.text[at..end].split(['\n', '\r']).next().unwrap_or_default();
        let capitals = run_of(line.split_inclusive(' '), |word| !word.contains(char::is_lowercase));
        let capitals = if is_in_capitals(&line[..capitals]) { capitals } else { 0 };
        let length = if capitals > 0 { capitals } else { sentence_length(line) };
        trimmed(self.text, Span::new(at, at + length))
    }

    /// From the words in capitals before a closing bracket, else from the start of the sentence, line
    /// or label.
    fn before_closing(&self, at: usize) -> Span {
        let start = floor(self.text, self.bounds.start.max(at.saturating_sub(MAX_OPEN_BYTES)));
        let line = self.text[start..at].rsplit(['\n', '\r']).next().unwrap_or_default();
        let capitals = run_of(line.split_inclusive(' ').rev(), is_in_capitals);
        let sentence =
            line.rsplit(['.', '?', '!', ':', '(', ')', '[', ']', '*']).next().unwrap_or_default();
        let length = if capitals > 0 { capitals } else { sentence.len() };
        let span = trimmed(self.text, Span::new(at - length, at + 1));
        Span::new(self.past_label(span), span.end)
    }

    /// Capitals before a closing bracket may begin with a label: `MAYNES: SOUNDBITE OF MUSIC)`.
    fn past_label(&self, span: Span) -> usize {
        span.of(self.text).rfind(": ").map_or(span.start, |colon| span.start + colon + 2)
    }

    /// `SOUNDBITE OF MUSIC` alone on a line, without any bracket.
    fn lines_without_brackets(&mut self, paragraph: &Paragraph) {
        for &line in &paragraph.lines {
            let shown = line.of(self.text);
            if shown.len() > MAX_OPEN_BYTES || !is_in_capitals(shown) {
                continue;
            }
            let letters = compact(shown);
            let beginning =
                CUE_BEGINNINGS.iter().find(|(beginning, _)| letters.starts_with(beginning));
            if let Some(&(_, kind)) = beginning {
                self.problems.add(line, "the cue has no parentheses");
                self.cues.push(Cue { span: line, kind });
            }
        }
    }
}

/// `As Hamlet`, `As Ebenezer Scrooge`: who a speaker plays.
fn is_played(content: &str) -> bool {
    let name = content.strip_prefix("As ").or_else(|| content.strip_prefix("as "));
    let words: Vec<&str> = name.unwrap_or_default().split_whitespace().take(4).collect();
    (1..=3).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// The length in bytes of the leading words that `fit`, at most [`MAX_OPEN_WORDS`].
fn run_of<'a>(words: impl Iterator<Item = &'a str>, fit: impl Fn(&str) -> bool) -> usize {
    words.take(MAX_OPEN_WORDS).take_while(|word| fit(word)).map(str::len).sum()
}

fn sentence_length(line: &str) -> usize {
    let end = line.find(['.', '?', '!']).unwrap_or(line.len());
    line[..end].split_inclusive(' ').take(MAX_OPEN_WORDS).map(str::len).sum()
}

/// Letters and digits only, lower case.
fn compact(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether `content` between brackets is a cue by its words alone.
pub(super) fn is_cue(content: &str) -> bool {
    cue_kind(content).is_some()
}

/// What a cue saying `content` announces, by vocabulary; `None` where it may be spoken prose.
pub(crate) fn cue_kind(content: &str) -> Option<CueKind> {
    if !content.contains(char::is_alphanumeric) {
        return None;
    }
    // A cue is short; only a correction runs on, and its beginning tells.
    let head: String = compact(&content.chars().take(200).collect::<String>());
    let beginning = CUE_BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning));
    beginning
        .map(|&(_, kind)| kind)
        .or_else(|| is_soundbite(&head).then_some(CueKind::Sound))
        .or_else(|| is_language_spoken(&head).then_some(CueKind::ForeignSpeech))
        .or_else(|| made_of_cue_words(content))
}

/// `soundbite` with one letter wrong, missing or too many.
fn is_soundbite(head: &str) -> bool {
    const WORD: &[u8] = b"soundbite";
    head.is_ascii()
        && (8..=10).any(|length| {
            head.as_bytes().get(..length).is_some_and(|begin| within_one_edit(begin, WORD))
        })
}

/// Whether one letter more, less or other makes one of the other.
pub(crate) fn within_one_edit(a: &[u8], b: &[u8]) -> bool {
    let same_start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let longest = a.len().max(b.len());
    a.len().abs_diff(b.len()) <= 1 && same_start + same_end + 1 >= longest
}

/// `Speaking Russian`, `singing in Spanish`, `in French`.
fn is_language_spoken(head: &str) -> bool {
    let verbs = [
        "speakingin",
        "speaking",
        "speaksin",
        "speaks",
        "spokenin",
        "singingin",
        "chantingin",
        "shoutingin",
        "in",
    ];
    let rest = verbs.iter().find_map(|verb| head.strip_prefix(verb)).unwrap_or(head);
    rest.len() < head.len()
        && LANGUAGES.iter().any(|language| {
            if head.starts_with("in") { rest == *language } else { rest.starts_with(language) }
        })
}

/// A cue word with nothing but others, companions and numbers.
fn made_of_cue_words(content: &str) -> Option<CueKind> {
    let mut kind = None;
    for word in content.split(|c: char| c.is_whitespace() || "-–—,;/".contains(c)).map(compact)
    {
        if let Some(&(_, found)) = CUE_WORDS.iter().find(|(cue, _)| *cue == word) {
            kind = kind.or(Some(found));
        } else if !word.is_empty()
            && !CUE_COMPANIONS.contains(&word.as_str())
            && !word.contains(|c: char| c.is_ascii_digit())
        {
            return None;
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::paragraphs::paragraphs;

    fn cues(text: &str, labelled: bool) -> Vec<(String, CueKind)> {
        let mut problems = Problems::default();
        let found = paragraphs(text);
        let found = found.iter().flat_map(|p| in_paragraph(text, p, labelled, &mut problems));
        found.map(|cue| (cue.span.of(text).to_owned(), cue.kind)).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        cues(text, true).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn known_cues_are_found_with_what_they_announce() {
        for (cue, kind) in [
            ("(SOUNDBITE OF MUSIC)", CueKind::Sound),
            ("(SOUNDBITE OF SONG, “ONE (REMIX)”)", CueKind::Sound),
            ("(Non-English language spoken)", CueKind::ForeignSpeech),
            ("(Speaking Russian)", CueKind::ForeignSpeech),
            ("(Through interpreter)", CueKind::Manner),
            ("(unintelligible)", CueKind::Unintelligible),
            ("[unintelligible 00:40:51.20]", CueKind::Unintelligible),
            ("(CROSSTALK)", CueKind::Unintelligible),
            ("(LAUGHTER)", CueKind::Other),
            ("(Laughter and applause.)", CueKind::Other),
            ("[laughs]", CueKind::Other),
            ("<inaudible>", CueKind::Unintelligible),
            ("(ph)", CueKind::Other),
            ("(9 seconds of silence)", CueKind::Other),
            ("[POST-BROADCAST CORRECTION: The river is the Tara. It is long.]", CueKind::Other),
        ] {
            for labelled in [false, true] {
                assert_eq!(
                    cues(&format!("Then {cue} we left."), labelled),
                    [(cue.to_owned(), kind)]
                );
            }
        }
    }

    #[test]
    fn spoken_parentheses_are_speech() {
        for text in [
            "He came (he laughed at this) and left.",
            "the public offering (IPO) was",
            "it is (I think) good",
            "(speaking of which) we went",
            "a new (ish) car",
            "(in Moscow) he said",
            "the agency (NASA) says",
        ] {
            assert_eq!(texts(text), [] as [&str; 0], "{text}");
        }
        assert_eq!(cues("[FUNDAMENTAL] tests (MO) here", false), []);
    }

    #[test]
    fn shape_makes_a_cue_only_beside_labels() {
        assert_eq!(texts("Then (BELL TOLLING) or [paying] and"), ["(BELL TOLLING)", "[paying]"]);
        assert_eq!(texts("ANA RUIZ: (The president leaves.)"), ["(The president leaves.)"]);
        assert_eq!(cues("Then (BELL TOLLING) or [paying] and", false), []);
    }

    #[test]
    fn malformed_cues_are_still_cues() {
        for (text, cue) in [
            ("end.\n(SOUNDBITE OF MUSIC\nNext", "(SOUNDBITE OF MUSIC"),
            ("RUIZ: Non-English language spoken).", "Non-English language spoken)"),
            ("SOUNDBITE OF MUSIC)", "SOUNDBITE OF MUSIC)"),
            ("[SOUNDBITE OF MUSIC)", "[SOUNDBITE OF MUSIC)"),
            ("((SOUNDBITE OF MUSIC)", "((SOUNDBITE OF MUSIC)"),
            ("(soundbite of archived recording)", "(soundbite of archived recording)"),
            ("(SOUNBITE OF MUSIC)", "(SOUNBITE OF MUSIC)"),
            ("(SOUND BITE ARCHIVED RECORDING)", "(SOUND BITE ARCHIVED RECORDING)"),
            ("(SOUNDBITEOF MUSIC)", "(SOUNDBITEOF MUSIC)"),
            ("(Non English language spoken).", "(Non English language spoken)"),
            ("(SpeakingRussian).", "(SpeakingRussian)"),
            ("(Non-English language spoken.", "(Non-English language spoken"),
            ("SOUNDBITE OF MUSIC", "SOUNDBITE OF MUSIC"),
            ("RUIZ: We saw it. (LAUGHTER And then", "(LAUGHTER"),
        ] {
            assert_eq!(texts(text), [cue], "{text}");
        }
    }

    #[test]
    fn a_list_in_half_brackets_is_no_cue() {
        assert_eq!(texts("a) first, b) second (and third"), [] as [&str; 0]);
    }
}
