//! Faults of numbers: a wrong digit, two digits changed over, a decimal point or a million gone astray.

use fastrand::Rng;

use super::Edit;
use super::lexicon::{NUMBER_WORDS, others};
use super::said::{like, replaced};
use crate::eval::transcript::Transcript;

/// A number becomes another one, written the same way.
pub fn number_change(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let mut edits = replaced(transcript, rng, |word| others(NUMBER_WORDS, word));
    for span in &transcript.words {
        let word = transcript.text(span);
        if word.contains(|letter: char| letter.is_ascii_digit())
            && let Some(changed) = (0..20).find_map(|_| changed(word, rng))
        {
            edits.push(Edit::heard(span.clone(), like(word, &changed)));
        }
    }
    edits
}

/// One attempt at another number of the same form.
fn changed(word: &str, rng: &mut Rng) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let digits: Vec<usize> =
        (0..letters.len()).filter(|at| letters[*at].is_ascii_digit()).collect();
    let at = rng.usize(..digits.len());
    match rng.u8(..10) {
        0..2 if at > 0 => letters.swap(digits[at - 1], digits[at]),
        2 if word.contains('.') => letters.retain(|letter| *letter != '.'),
        _ => letters[digits[at]] = rng.digit(10),
    }
    let changed: String = letters.into_iter().collect();
    (changed != word && is_written_so(&changed)).then(|| with_ending(changed))
}

/// Whether anybody would write the number: no zero in front, no hour 25, no minute 60.
fn is_written_so(number: &str) -> bool {
    let plain = number.trim_start_matches('$');
    let zero = plain.len() > 1 && plain.starts_with('0') && !plain.starts_with("0.");
    let clock = plain.split_once(':').is_none_or(|(hour, minute)| {
        let within =
            |part: &str, least, most| part.parse().is_ok_and(|n: u8| n >= least && n <= most);
        within(hour, 1, 12) && within(minute, 0, 59)
    });
    !zero && clock && plain != "0"
}

/// An ordinal whose ending fits its last digits.
fn with_ending(number: String) -> String {
    let digits = number.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let ending = &number[digits.len()..];
    if !["st", "nd", "rd", "th"].contains(&ending) {
        return number;
    }
    let fitting = match digits.as_bytes() {
        [.., b'1', _] => "th",
        [.., b'1'] => "st",
        [.., b'2'] => "nd",
        [.., b'3'] => "rd",
        _ => "th",
    };
    format!("{digits}{fitting}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_change_but_keep_their_form() {
        let transcript = Transcript::read("In 1951 the 22nd paid $6.2 million at 10:15, or seven.");
        for seed in 0..50 {
            for edit in number_change(&transcript, &mut Rng::with_seed(seed)) {
                let word = transcript.text(&edit.span);
                assert_ne!(word, edit.replacement);
                assert_eq!(word.starts_with('$'), edit.replacement.starts_with('$'));
                assert_eq!(word.contains(':'), edit.replacement.contains(':'));
                assert!(is_written_so(&edit.replacement), "{}", edit.replacement);
            }
        }
    }

    #[test]
    fn ordinals_end_as_they_are_spoken() {
        let endings = ["1th", "22th", "13rd", "111st", "20rd"].map(|it| with_ending(it.into()));
        assert_eq!(endings, ["1st", "22nd", "13th", "111th", "20th"]);
        assert_eq!(with_ending("1960s".into()), "1960s");
    }

    #[test]
    fn number_words_are_taken_for_others_that_sound_alike_or_count_alike() {
        let transcript = Transcript::read("Fifteen of them.");
        let replacements: Vec<String> = (0..40)
            .flat_map(|seed| number_change(&transcript, &mut Rng::with_seed(seed)))
            .map(|edit| edit.replacement)
            .collect();
        assert!(replacements.contains(&"Fifty".to_owned()), "{replacements:?}");
    }
}
