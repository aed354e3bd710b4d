//! Faults of single words and short phrases: dropped, doubled, slipped in, taken for another.

use fastrand::Rng;

use super::Edit;
use super::lexicon::{
    AFFIRMED, FORMS, HESITATIONS, NEAR_SOUND, NEGATIONS, RANDOM_WORDS, SAME_SOUND, SLIPPED_IN,
    SMALL_WORDS, holds, others,
};
use crate::eval::transcript::{Span, Transcript, meet};

/// A word goes missing.
pub fn drop_word(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let words = plain_words(transcript).filter(|(_, word)| word.len() > 1 && *word != "an");
    words.map(|(span, _)| Edit::heard(with_blank(transcript.source, span), "")).collect()
}

/// Two to five words of a sentence go missing.
pub fn drop_phrase(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    phrases(transcript, rng, 2..=5)
        .map(|phrase| Edit::heard(with_blank(transcript.source, &phrase), ""))
        .collect()
}

/// The typist gave up on one to three words.
pub fn unintelligible(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    phrases(transcript, rng, 1..=3).map(|phrase| Edit::heard(phrase, "(unintelligible)")).collect()
}

/// A word that fits is put in.
pub fn insert_word(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let extra: Vec<&str> = SLIPPED_IN.split_whitespace().collect();
    let mut edits = Vec::new();
    for (span, word) in plain_words(transcript) {
        let put_in = pick(rng, &extra);
        let after = transcript.source[..span.start].trim_end();
        if put_in != word && !after.ends_with(put_in) && !after.ends_with(['.', '?', '!']) {
            edits.push(Edit::heard(span.start..span.start, format!("{put_in} ")));
        }
    }
    edits
}

/// A word is typed twice.
pub fn repeat_word(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let words = plain_words(transcript);
    words.map(|(span, word)| Edit::heard(span.end..span.end, format!(" {word}"))).collect()
}

/// A word is taken for one that sounds like it; half of them sound the same, which nobody hears.
pub fn substitute_word(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let near = replaced(transcript, rng, |word| others(NEAR_SOUND, word));
    let mut same = replaced(transcript, rng, |word| others(SAME_SOUND, word));
    rng.shuffle(&mut same);
    same.truncate(near.len());
    let inaudible = same.into_iter().map(|edit| Edit { audible: false, ..edit });
    near.into_iter().chain(inaudible).collect()
}

/// A word that holds the sentence together is taken for another one.
pub fn small_word(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    replaced(transcript, rng, |word| others(SMALL_WORDS, word))
}

/// A word is given another ending or tense.
pub fn inflection(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let mut edits = replaced(transcript, rng, |word| others(FORMS, word));
    for (span, word) in plain_words(transcript) {
        edits.extend(singular(word).map(|singular| Edit::heard(span.clone(), singular)));
    }
    edits
}

/// A word without the ending that makes it a plural, or a verb of the third person.
fn singular(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s').filter(|stem| stem.len() >= 4 && !holds(ENDS_IN_S, word))?;
    match stem.strip_suffix("ie") {
        Some(stem) => Some(format!("{stem}y")),
        None => (!stem.ends_with(['s', 'i', 'u', 'y', 'w', 'o'])).then(|| stem.to_owned()),
    }
}

/// Words that only look like plurals.
const ENDS_IN_S: &str =
    "always besides perhaps sometimes series species means whereas hers ours theirs movies ties";

/// A word from elsewhere in the text, or from nowhere, takes a word's place.
pub fn substitute_random(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let nowhere: Vec<&str> = RANDOM_WORDS.split_whitespace().collect();
    let long: Vec<(&Span, &str)> =
        plain_words(transcript).filter(|(_, word)| word.len() > 3).collect();
    let elsewhere: Vec<&str> = long.iter().map(|(_, word)| *word).collect();
    let mut edits = Vec::new();
    for (span, word) in long {
        let list = if rng.bool() { &nowhere } else { &elsewhere };
        let other = pick(rng, list);
        if other.get(..3) != word.get(..3) && other.len().abs_diff(word.len()) < 5 {
            edits.push(Edit::heard(span.clone(), other));
        }
    }
    edits
}

/// What was denied is affirmed.
pub fn drop_negation(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let mut edits = Vec::new();
    for span in &transcript.words {
        let word = transcript.text(span);
        let lower = word.to_lowercase().replace('’', "'");
        let exception = NEGATIONS.iter().find(|(negated, _)| *negated == lower);
        if ["not", "never"].contains(&word) {
            edits.push(Edit::heard(with_blank(transcript.source, span), ""));
        } else if let Some((_, affirmed)) = exception {
            edits.push(Edit::heard(span.clone(), like(word, affirmed)));
        } else if let Some(affirmed) = lower.strip_suffix("n't") {
            edits.push(Edit::heard(span.clone(), like(word, affirmed)));
        }
    }
    edits
}

/// What was affirmed is denied.
pub fn add_negation(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let negated = |word: &str| AFFIRMED.iter().find(|(affirmed, _)| *affirmed == word);
    let free = |span: &Span| {
        let after = &transcript.source[span.end..];
        after.starts_with(' ') && !after.starts_with(" not") && !after.starts_with(" never")
    };
    let places = plain_words(transcript).filter(|(span, _)| free(span));
    places.filter_map(|(span, word)| Some(Edit::heard(span.clone(), negated(word)?.1))).collect()
}

/// Words in lower case without digits or marks, which mean what they say: no hesitations, no
/// negations, no number words.
fn plain_words<'t>(transcript: &'t Transcript) -> impl Iterator<Item = (&'t Span, &'t str)> {
    let all = transcript.words.iter().map(|span| (span, transcript.text(span)));
    all.filter(|(_, word)| {
        word.chars().all(|letter| letter.is_ascii_lowercase())
            && !holds(HESITATIONS, word)
            && !["not", "never", "no"].contains(word)
    })
}

/// Runs of plain words with only blanks between them, of random lengths.
fn phrases(
    transcript: &Transcript,
    rng: &mut Rng,
    lengths: std::ops::RangeInclusive<usize>,
) -> impl Iterator<Item = Span> {
    let plain: Vec<&Span> = plain_words(transcript).map(|(span, _)| span).collect();
    let joined = |pair: &[&Span]| &transcript.source[pair[0].end..pair[1].start] == " ";
    let mut found = Vec::new();
    for start in 0..plain.len() {
        let length = rng.usize(lengths.clone());
        let Some(run) = plain.get(start..start + length) else { continue };
        if run.windows(2).all(joined) {
            found.push(run[0].start..run[length - 1].end);
        }
    }
    found.retain(|phrase| !transcript.cues.iter().any(|cue| meet(cue, phrase)));
    found.into_iter()
}

/// Every word that has alternatives, with one of them.
pub fn replaced(
    transcript: &Transcript,
    rng: &mut Rng,
    alternatives: impl Fn(&str) -> Vec<&'static str>,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    for span in &transcript.words {
        let word = transcript.text(span);
        let found = alternatives(&word.to_lowercase().replace('’', "'"));
        let is_name = word.starts_with(char::is_uppercase) && !transcript.opens_sentence(span);
        if let (Some(other), false) = (rng.choice(&found), is_name) {
            edits.push(Edit::heard(span.clone(), like(word, other)));
        }
    }
    edits
}

/// A word and one of the blanks beside it.
pub fn with_blank(source: &str, word: &Span) -> Span {
    if source[word.end..].starts_with(' ') {
        word.start..word.end + 1
    } else if source[..word.start].ends_with(' ') {
        word.start - 1..word.end
    } else {
        word.clone()
    }
}

/// `word` with the capitals of `model`.
pub fn like(model: &str, word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if model.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => word.to_owned(),
    }
}

/// One of a list that is not empty.
pub fn pick<'a>(rng: &mut Rng, list: &[&'a str]) -> &'a str {
    list[rng.usize(..list.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(source: &str, edits: fn(&Transcript, &mut Rng) -> Vec<Edit>) -> Vec<String> {
        let edits = edits(&Transcript::read(source), &mut Rng::with_seed(1));
        let results = edits.into_iter().map(|edit| {
            let mut text = source.to_owned();
            text.replace_range(edit.span, &edit.replacement);
            text
        });
        results.collect()
    }

    #[test]
    fn a_dropped_word_takes_one_blank_with_it() {
        assert_eq!(results("We saw it.", drop_word), ["We it.", "We saw."]);
    }

    #[test]
    fn negations_are_lost_in_every_form() {
        let lost = results("She can't go. He did not. Nobody won't.", drop_negation);
        assert_eq!(
            lost,
            [
                "She can go. He did not. Nobody won't.",
                "She can't go. He did. Nobody won't.",
                "She can't go. He did not. Everybody won't.",
                "She can't go. He did not. Nobody will.",
            ]
        );
    }

    #[test]
    fn a_negation_is_hung_on_a_verb_that_has_none() {
        assert_eq!(
            results("He was there, it is not.", add_negation),
            ["He wasn't there, it is not."]
        );
    }

    #[test]
    fn words_that_sound_the_same_are_said_to_be_inaudible() {
        let transcript = Transcript::read("The mayor went to the road by the river.");
        let edits = substitute_word(&transcript, &mut Rng::with_seed(1));
        for edit in edits {
            let word = transcript.text(&edit.span);
            assert_eq!(edit.audible, others(NEAR_SOUND, word).contains(&edit.replacement.as_str()));
        }
    }

    #[test]
    fn a_plural_loses_its_ending_and_a_verb_changes_its_tense() {
        assert_eq!(
            results("They always bring boats.", inflection),
            ["They always brought boats.", "They always bring boat."]
        );
    }

    #[test]
    fn a_word_is_no_plural_because_it_ends_in_s() {
        let singulars = ["boats", "carries", "always", "across", "this", "focus"].map(singular);
        assert_eq!(singulars.map(Option::unwrap_or_default), ["boat", "carry", "", "", "", ""]);
    }

    #[test]
    fn a_phrase_stays_within_its_sentence() {
        for text in results("One two. Then three came. Go", drop_phrase) {
            assert!(text.contains('.'), "{text}");
        }
    }
}
