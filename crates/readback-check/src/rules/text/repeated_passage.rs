//! T001 `repeated-passage`: a passage typed again.

use readback_transcript::{Span, Transcript};

use super::passages::{Repeat, copies, deletion, original, span};
use super::sentences::{Sentence, key};
use super::{Context, finding};
use crate::Severity;
use crate::rules::{Check, Needs, Rule};

pub(super) static RULE: Rule = Rule {
    code: "T001",
    name: "repeated-passage",
    severity: Severity::Warning,
    summary: "a passage typed again",
    manual: "\
## What it finds
A turn, or one or more sentences of at least four words, that stands once more nearby, word for word,
under the same name. Punctuation and spelling variants do not matter. Short quotations, and what another
speaker echoes, are left alone.

## Why it matters
A line pasted twice makes the speaker say it twice. Only the recording can tell a slip of the typist
from a speaker who repeats himself: where it was heard twice, this rule is silent.

## Example
`MAYNES: Through an interpreter, Kim toasted Putin's health…` stands twice in a row.

## What to do
Listen, and delete the copy. The fix deletes the later one.
",
    needs: Needs::Text,
    check: Check::Repeats(check),
};

/// Tokens below which words in quotation marks are a slogan.
const SHORTEST_QUOTE: usize = 6;
/// A longer sentence may be cut short in the copy.
const CUT_SHORT: usize = 12;

/// A stretch said twice within a sentence is at least so many words, lest it be emphasis.
const LEAST_WITHIN: usize = 6;
/// And at most so many.
const MOST_WITHIN: usize = 120;

fn check(context: &Context<'_>) -> Vec<Repeat> {
    let transcript = context.transcript;
    let sentences = context.sentences();
    let mut repeats = whole_sentences(transcript, sentences);
    let mut keys = Vec::new();
    for sentence in sentences.iter().filter(|sentence| sentence.words.len() >= 2 * LEAST_WITHIN) {
        keys.clear();
        keys.extend(sentence.words.iter().map(|word| key(word.span.of(context.text))));
        repeats.extend(within(context.text, sentence, &keys));
    }
    repeats
}

/// Words that are followed by the same words without any punctuation: a line pasted into itself. `keys`
/// are the sentence's words, as numbers.
fn within(text: &str, sentence: &Sentence<'_>, keys: &[u64]) -> Option<Repeat> {
    let words = sentence.words;
    let repeats = |start: usize, length: usize| {
        let (last, first) = (words[start + length - 1].span, words[start + length].span);
        keys[start] == keys[start + length]
            && keys[start..start + length] == keys[start + length..start + 2 * length]
            && Span::new(last.end, first.start).of(text) == " "
    };
    let (start, length) = (0..words.len()).find_map(|start| {
        let longest = MOST_WITHIN.min((words.len() - start) / 2);
        let length = (LEAST_WITHIN..=longest).find(|&length| repeats(start, length))?;
        Some((start, length))
    })?;
    let place = |first: usize| words[first].span.union(words[first + length - 1].span);
    let (original, copy) = (place(start), place(start + length));
    let fix = deletion(text, copy);
    let message = format!("these {length} words already stand just before");
    Some(Repeat { original, finding: finding(&RULE, 0.8, copy, message, Some(fix)) })
}

fn whole_sentences(transcript: &Transcript, sentences: &[Sentence<'_>]) -> Vec<Repeat> {
    let found = copies(sentences, |original, copy| {
        let cut_short =
            || copy.tokens().len() >= CUT_SHORT && original.tokens().starts_with(copy.tokens());
        copy.resembles(original) && (original.tokens() == copy.tokens() || cut_short())
    });
    let mut repeats = Vec::new();
    for copy in found {
        let place = span(transcript, sentences, &copy);
        let shown = place.of(&transcript.text);
        if copy.tokens < SHORTEST_QUOTE && shown.contains(['"', '“', '”']) {
            continue;
        }
        let confidence = if copy.tokens < 8 { 0.6 } else { 0.85 };
        let message = format!("these {} words already stand nearby", copy.words);
        let fix = deletion(&transcript.text, place);
        let finding = finding(&RULE, confidence, place, message, Some(fix));
        repeats.push(Repeat { original: original(sentences, &copy), finding });
    }
    repeats
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, finds_nothing};
    use super::*;

    #[test]
    fn a_passage_typed_again_is_found_and_the_later_copy_deleted() {
        insta::assert_snapshot!(check(
            &RULE,
            "\
ANA RUIZ, BYLINE: The harbor froze in a night. Nobody had seen that before. Boats were caught at anchor.

RUIZ: Nobody had seen that before. Boats were caught at anchor.

JON HALE: We walked to the ferry.

HALE: We walked to the ferry.

RUIZ: By noon they could walk ashore across the ice. By noon they could walk ashore, across the ice! Then it broke."
        ), @r#"
        3:1 "RUIZ: Nobody had seen that before. Boats were caught at anchor.": these 10 words already stand nearby
        7:1 "HALE: We walked to the ferry.": these 5 words already stand nearby
        9:54 "By noon they could walk ashore, across the ice!": these 9 words already stand nearby
        --- fixed
        ANA RUIZ, BYLINE: The harbor froze in a night. Nobody had seen that before. Boats were caught at anchor.

        JON HALE: We walked to the ferry.

        RUIZ: By noon they could walk ashore across the ice. Then it broke.
        "#);
    }

    #[test]
    fn echoes_slogans_refrains_and_short_answers_are_no_copies() {
        finds_nothing(
            &RULE,
            &[
                "ANA RUIZ: So you walked to the ferry?\n\nJON HALE: So you walked to the ferry?",
                "ANA RUIZ: They shouted \"no more ice here.\" \"No more ice here.\" It went on.",
                "JON HALE: Yes, it is.\n\nANA RUIZ: Is it cold?\n\nJON HALE: Yes, it is.",
                "And still the river runs to the sea. The mill is gone. The wheel is gone. The song is gone. And still the river runs to the sea.",
            ],
        );
    }
}
