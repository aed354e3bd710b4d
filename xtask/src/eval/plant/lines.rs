//! Faults of whole sentences and turns: left out, brought in, typed twice.

use fastrand::Rng;

use super::Edit;
use super::lexicon::{FORMS, NEAR_SOUND, SENTENCES, others};
use super::said::pick;
use crate::eval::transcript::{Span, Transcript};

/// Fewest words of what is dropped or repeated: shorter ones are said twice in any talk.
const FEWEST_WORDS: usize = 4;

/// A turn that is repeated is cut at a sentence's end from about this many words on.
const MOST_WORDS: usize = 55;

/// A sentence goes missing; never the only one of its paragraph.
pub fn drop_sentence(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let several = transcript.sentences.iter().filter(|paragraph| paragraph.len() > 1);
    let long = several.flatten().filter(|sentence| is_long(transcript.text(sentence)));
    long.map(|sentence| Edit::heard(super::said::with_blank(transcript.source, sentence), ""))
        .collect()
}

/// A sentence that nobody said stands behind one that somebody did.
pub fn insert_sentence(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let made_up: Vec<&str> = SENTENCES.lines().collect();
    let ends = transcript
        .sentences
        .iter()
        .flatten()
        .filter(|sentence| transcript.text(sentence).ends_with(['.', '?', '!', '"', '”']));
    ends.map(|sentence| {
        Edit::heard(sentence.end..sentence.end, format!(" {}", pick(rng, &made_up)))
    })
    .collect()
}

/// A turn, or a sentence where there are no turns, is typed twice.
pub fn repeat_line(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let copies = lines(transcript).into_iter().map(|(line, gap)| {
        let copy = shortened(transcript, &line);
        copied(&line, format!("{gap}{copy}"))
    });
    copies.collect()
}

/// The same, but one word of the copy is another.
pub fn repeat_line_varied(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (line, gap) in lines(transcript) {
        let copy = shortened(transcript, &line);
        let words = transcript
            .words
            .iter()
            .filter(|word| line.start <= word.start && word.end <= line.start + copy.len());
        let places: Vec<(&Span, &str)> = words
            .flat_map(|word| {
                let lower = transcript.text(word).to_owned();
                let alike = others(NEAR_SOUND, &lower).into_iter().chain(others(FORMS, &lower));
                alike.map(move |other| (word, other)).collect::<Vec<_>>()
            })
            .collect();
        if let Some((word, other)) = rng.choice(&places) {
            let (head, tail) = (&copy[..word.start - line.start], &copy[word.end - line.start..]);
            edits.push(copied(&line, format!("{gap}{head}{other}{tail}")));
        }
    }
    edits
}

/// A copy behind a line. A finding may point at either, so neither may hold another fault.
fn copied(line: &Span, copy: String) -> Edit {
    Edit { alone_in: line.clone(), ..Edit::heard(line.end..line.end, copy) }
}

/// What can be typed twice, and what stands between it and its copy.
fn lines(transcript: &Transcript) -> Vec<(Span, &'static str)> {
    let long = |span: &Span| is_long(transcript.text(span));
    if transcript.labels.is_empty() {
        let sentences = transcript.sentences.iter().flatten().filter(|span| long(span));
        return sentences.map(|sentence| (sentence.clone(), " ")).collect();
    }
    let turns = transcript.labels.iter().filter_map(|label| {
        let paragraph = transcript.paragraph(label.span.start)?;
        let spoken = transcript.sentences.iter().any(|sentences| {
            sentences.first().is_some_and(|first| paragraph.contains(&first.start))
        });
        (spoken && long(&(label.body..paragraph.end.max(label.body)))).then(|| paragraph.clone())
    });
    turns.map(|turn| (turn, "\n\n")).collect()
}

/// A line up to the end of the sentence with which it gets long.
fn shortened<'t>(transcript: &Transcript<'t>, line: &Span) -> &'t str {
    let inside = transcript
        .sentences
        .iter()
        .flatten()
        .filter(|sentence| line.start <= sentence.start && sentence.end <= line.end);
    let upto = |end: usize| &transcript.source[line.start..end];
    let enough = inside.map(|sentence| upto(sentence.end)).find(|text| count(text) >= MOST_WORDS);
    enough.unwrap_or_else(|| transcript.text(line))
}

fn is_long(text: &str) -> bool {
    count(text) >= FEWEST_WORDS
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "ANN, HOST: The mayor went to the school today. Rain fell.\n\nBOB: No.\n";

    fn replacements(source: &str, edits: fn(&Transcript, &mut Rng) -> Vec<Edit>) -> Vec<String> {
        let edits = edits(&Transcript::read(source), &mut Rng::with_seed(1));
        edits.into_iter().map(|edit| edit.replacement).collect()
    }

    #[test]
    fn a_turn_is_repeated_with_its_label() {
        assert_eq!(
            replacements(STORY, repeat_line),
            ["\n\nANN, HOST: The mayor went to the school today. Rain fell."]
        );
    }

    #[test]
    fn a_line_and_its_copy_hold_no_other_fault() {
        let transcript = Transcript::read(STORY);
        let line = repeat_line(&transcript, &mut Rng::with_seed(1)).remove(0).alone_in;
        assert_eq!(
            transcript.text(&line),
            "ANN, HOST: The mayor went to the school today. Rain fell."
        );
    }

    #[test]
    fn without_labels_a_sentence_is_repeated() {
        assert_eq!(replacements("It rained all day. Yes.", repeat_line), [" It rained all day."]);
    }

    #[test]
    fn a_varied_repeat_differs_by_a_word() {
        let copy = replacements(STORY, repeat_line_varied).concat();
        let words = |text: &str| text.split_whitespace().map(String::from).collect::<Vec<_>>();
        let changed = words(&copy).iter().zip(words(STORY)).filter(|(a, b)| *a != b).count();
        assert_eq!(changed, 1, "{copy}");
    }

    #[test]
    fn a_long_turn_is_repeated_up_to_a_full_stop() {
        let turn = format!("ANN, HOST: {} End. More follows here.", ["word"; 60].join(" "));
        let copy = replacements(&turn, repeat_line).concat();
        assert!(copy.ends_with("End."), "{copy}");
    }

    #[test]
    fn a_dropped_sentence_leaves_others_in_its_paragraph() {
        let transcript =
            Transcript::read("One is not long enough. Two.\n\nThis stands alone here.");
        let dropped = drop_sentence(&transcript, &mut Rng::with_seed(1));
        assert_eq!(dropped, [Edit::heard(0..24, "")]);
    }
}
