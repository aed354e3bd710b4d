//! Faults of labels, cues, quotation marks and bytes: what stands around the words.

use std::sync::LazyLock;

use fastrand::Rng;
use regex::Regex;

use super::Edit;
use super::lexicon::DEBRIS;
use super::said::pick;
use crate::eval::transcript::{Transcript, expression};

static QUOTATION: LazyLock<Regex> = LazyLock::new(|| expression(r#"["“][^"“”\n]{12,400}["”]"#));
static FEW_WORDS: LazyLock<Regex> =
    LazyLock::new(|| expression(r#"^[^\n"“”]*?(?:\s[^\s"“”]+){1,3}"#));

/// A turn is given to another speaker.
pub fn label_swap(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let mut edits = Vec::new();
    for label in &transcript.labels {
        let names = transcript.labels.iter().map(|other| other.name);
        let others: Vec<&str> = names.filter(|name| surname(name) != surname(label.name)).collect();
        if let Some(other) = rng.choice(&others) {
            edits.push(Edit::heard(label.span.clone(), format!("{other}:")));
        }
    }
    edits
}

/// A label is lost: the turn runs on in the one before.
pub fn label_missing(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let pairs = transcript.labels.windows(2).filter(|pair| {
        let before = transcript.source[..pair[1].span.start].trim_end();
        let follows_a_cue = before.ends_with([')', ']']);
        surname(pair[0].name) != surname(pair[1].name) && !follows_a_cue
    });
    pairs
        .map(|pair| {
            let end = transcript.source[..pair[1].span.start].trim_end().len();
            Edit::heard(end..pair[1].body, " ")
        })
        .collect()
}

/// The same speaker under a name written another way.
pub fn label_drift(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let drifted = transcript.labels.iter().map(|label| {
        let first = label.name.split(' ').next().unwrap_or_default();
        let forms = [titled(surname(label.name)), first.to_owned(), titled(label.name)];
        let form = pick(rng, &[&forms[0], &forms[1], &forms[2]]).to_owned();
        Edit::seen(label.span.clone(), format!("{form}:"))
    });
    drifted.collect()
}

/// A cue with a slip in it.
pub fn cue_malformed(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let slips = transcript.cues.iter().filter_map(|cue| {
        let text = transcript.text(cue);
        let inner = &text[1..text.len() - 1];
        let mut forms = vec![
            format!("({inner}"),
            format!("{inner})"),
            format!("[{inner})"),
            format!("(({inner})"),
            text.to_lowercase(),
            text.replace("SOUNDBITE", "SOUNDBIT"),
            text.replacen("SOUNDBITE OF", "SOUNDBITE", 1),
            text.replacen(" OF ", "OF ", 1),
        ];
        forms.retain(|form| form != text);
        rng.choice(forms).map(|slip| Edit::seen(cue.clone(), slip))
    });
    slips.collect()
}

/// A cue on a line of its own goes missing, line and all.
pub fn cue_missing(transcript: &Transcript, _rng: &mut Rng) -> Vec<Edit> {
    let alone = transcript.cues.iter().filter(|cue| transcript.paragraphs.contains(cue));
    alone
        .map(|cue| {
            let rest = &transcript.source[cue.end..];
            let blank = rest.len() - rest.trim_start_matches('\n').len();
            Edit::seen(cue.start..cue.end + blank, "")
        })
        .collect()
}

/// A quotation mark moves by a few words: the quotation claims more or less than was quoted.
pub fn quote_boundary(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let mut edits = Vec::new();
    for found in QUOTATION.find_iter(transcript.source) {
        let text = found.as_str();
        let open = text.chars().next().map_or(1, char::len_utf8);
        let close = text.chars().next_back().map_or(1, char::len_utf8);
        let (opening, rest) = text.split_at(open);
        let (inner, closing) = rest.split_at(rest.len() - close);
        let blanks: Vec<usize> = inner.match_indices(' ').map(|(at, _)| at).collect();
        let (&[first, second, ..], &[.., last]) = (&*blanks, &*blanks) else { continue };
        let after = FEW_WORDS.find(&transcript.source[found.end()..]).map_or("", |it| it.as_str());
        let (span, moved) = match rng.u8(..3) {
            0 => (found.range(), format!("{opening}{}{closing}{}", &inner[..last], &inner[last..])),
            1 => {
                let at = if rng.bool() { first } else { second } + 1;
                (found.range(), format!("{}{opening}{}{closing}", &inner[..at], &inner[at..]))
            }
            _ => {
                let span = found.start()..found.end() + after.len();
                (span, format!("{opening}{inner}{after}{closing}"))
            }
        };
        edits.push(Edit::seen(span, moved));
    }
    edits
}

/// Bytes that no one typed.
pub fn stray_bytes(transcript: &Transcript, rng: &mut Rng) -> Vec<Edit> {
    let places = transcript.words.iter().map(|word| {
        let blank = if rng.bool() { " " } else { "" };
        Edit::seen(word.end..word.end, format!("{blank}{}", pick(rng, DEBRIS)))
    });
    places.collect()
}

/// The last of a label's names.
fn surname(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// In small letters but for the first of each word.
fn titled(name: &str) -> String {
    let words = name.split(' ').map(|word| {
        let first = word.chars().next().map_or(0, char::len_utf8);
        format!("{}{}", &word[..first], word[first..].to_lowercase())
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "ANN HALE, HOST: He said, \"I will not go to the sea again,\" and left the room.\n\n\
                         (SOUNDBITE OF RAIN)\n\nTOM REED: Good.\n\nHALE: Thanks.\n";

    fn results(edits: fn(&Transcript, &mut Rng) -> Vec<Edit>) -> Vec<String> {
        let transcript = Transcript::read(STORY);
        let all = (0..30).flat_map(|seed| edits(&transcript, &mut Rng::with_seed(seed)));
        let results = all.map(|edit| {
            let mut text = STORY.to_owned();
            text.replace_range(edit.span, &edit.replacement);
            text
        });
        results.collect()
    }

    #[test]
    fn a_turn_goes_to_somebody_else() {
        for text in results(label_swap) {
            let labels = |text: &str| {
                let transcript = Transcript::read(text);
                let names = transcript.labels.iter().map(|label| surname(label.name).to_owned());
                names.collect::<Vec<_>>()
            };
            let differ = labels(&text).iter().zip(labels(STORY)).filter(|(a, b)| *a != b).count();
            assert_eq!(differ, 1, "{text}");
        }
    }

    #[test]
    fn a_lost_label_joins_two_turns() {
        let lost = results(label_missing);
        assert!(lost.iter().all(|text| text.contains("TOM REED: Good. Thanks.")), "{lost:?}");
    }

    #[test]
    fn a_missing_cue_leaves_no_empty_line() {
        assert!(results(cue_missing).iter().all(|text| text.contains("room.\n\nTOM REED")));
    }

    #[test]
    fn a_slip_in_a_cue_changes_it() {
        assert!(
            results(cue_malformed).iter().all(|text| !text.contains("\n(SOUNDBITE OF RAIN)\n"))
        );
    }

    #[test]
    fn moved_quotation_marks_change_no_word() {
        let bare = |text: &str| text.replace('"', "");
        let moved = results(quote_boundary);
        assert!(moved.iter().all(|text| text != STORY && bare(text) == bare(STORY)), "{moved:?}");
    }

    #[test]
    fn a_label_that_drifts_still_names_the_speaker() {
        for text in results(label_drift) {
            let lower = text.to_lowercase();
            assert!(lower.contains("reed: good") || lower.contains("tom: good"), "{text}");
        }
    }
}
