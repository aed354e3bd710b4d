//! Captions that break one rule each, and captions that break none.

use readback_transcript::{
    Caption, CaptionRules, Instant, Length, Piece, Probability, ReadingSpeed, Span, Stretch,
    TimeOrigin, Timing, Transcript, Turn, Word,
};

use super::check_captions;

const RULES: CaptionRules = CaptionRules {
    columns: Some(20),
    lines: Some(2),
    speed: Some(ReadingSpeed::Characters(20)),
    shortest: Some(Length::from_millis(1000)),
    longest: Some(Length::from_millis(5000)),
    gap: Some(Length::from_millis(80)),
    closed_below: Some(Length::from_millis(500)),
    early: Some(Length::from_millis(100)),
    late: Some(Length::from_millis(100)),
    linger: Some(Length::from_millis(500)),
    one_speaker: true,
};

fn stretch(start: i64, end: i64) -> Stretch {
    let at = |millis: i64| Instant::from_micros(millis * 1000);
    Stretch::new(at(start), at(end))
}

/// Captions of one speaker, each its time in milliseconds and its text; a word for each blank.
fn captions(given: &[(i64, i64, &str)]) -> Transcript {
    let mut transcript = Transcript::default();
    let mut words = Vec::new();
    for &(start, end, shown) in given {
        let at = transcript.text.len();
        transcript.text += shown;
        let span = Span::new(at, transcript.text.len());
        transcript.text += "\n\n";
        let lines = shown.lines().map(str::to_owned).collect();
        transcript.captions.push(Caption { span, stretch: stretch(start, end), lines });
        for word in shown.split_whitespace() {
            let from = at + word.as_ptr() as usize - shown.as_ptr() as usize;
            let bare = word.trim_end_matches(['.', ',']);
            words.push(Word { span: Span::new(from, from + bare.len()), timing: None });
        }
    }
    let span = Span::new(0, transcript.text.len());
    let pieces = vec![Piece::Speech { span, words }];
    transcript.turns = vec![Turn { pieces, ..Turn::default() }];
    transcript
}

fn codes(given: &[(i64, i64, &str)]) -> Vec<&'static str> {
    check_captions(&captions(given), &RULES, None).iter().map(|finding| finding.rule.code).collect()
}

#[test]
fn captions_within_the_rules_are_left_alone() {
    assert!(
        codes(&[(0, 1000, "Rain."), (1080, 3000, "Then wind\nand hail."), (4000, 5000, "Sun.")])
            .is_empty()
    );
}

#[test]
fn each_rule_finds_its_own() {
    assert_eq!(codes(&[(0, 3000, "This line is far too wide.")]), ["C001"]);
    assert_eq!(codes(&[(0, 3000, "wind\nrain\nhail")]), ["C002"]);
    assert_eq!(codes(&[(0, 1000, "words on words\non words")]), ["C003"]);
    assert_eq!(codes(&[(0, 900, "Yes.")]), ["C004"]);
    assert_eq!(codes(&[(0, 5001, "Yes.")]), ["C005"]);
    assert_eq!(codes(&[(0, 2000, "Yes."), (2300, 4000, "No.")]), ["C006"]);
    assert_eq!(codes(&[(0, 2000, "Yes."), (2040, 4000, "No.")]), ["C006"]);
    assert_eq!(codes(&[(0, 2000, "Yes."), (1900, 4000, "No.")]), ["C007"]);
    assert_eq!(codes(&[(0, 2000, "says Dana\nOrtiz.")]), ["C009"]);
    assert_eq!(codes(&[(0, 2000, "about 20"), (2080, 4000, "percent.")]), ["C009"]);
}

#[test]
fn a_guide_that_asks_nothing_finds_only_overlaps_and_split_names() {
    let given =
        captions(&[(0, 10, "A line that nobody can read, Dana\nOrtiz\nsays"), (5, 99_000, "x")]);
    let found = check_captions(&given, &CaptionRules::default(), None);
    assert_eq!(found.iter().map(|finding| finding.rule.code).collect::<Vec<_>>(), ["C009", "C007"]);
}

#[test]
fn two_speakers_may_not_share_a_caption() {
    let mut given = captions(&[(0, 2000, "Is it?\nNo.")]);
    let Piece::Speech { span, words } = given.turns[0].pieces.remove(0) else { unreachable!() };
    let turn = |words: &[Word]| Turn {
        pieces: vec![Piece::Speech { span, words: words.to_vec() }],
        ..Turn::default()
    };
    given.turns = vec![turn(&words[..2]), turn(&words[2..])];
    let found = check_captions(&given, &RULES, None);
    assert_eq!(found.iter().map(|finding| finding.rule.code).collect::<Vec<_>>(), ["C008"]);
}

#[test]
fn captions_keep_step_with_their_words() {
    let given = captions(&[(1000, 3000, "Rain and wind.")]);
    let code = |start: i64, end: i64| {
        let timing = |stretch| Timing {
            stretch,
            probability: Probability::new(1.0),
            known: TimeOrigin::Measured,
        };
        let (first, last) = (stretch(start, start + 200), stretch(end - 200, end));
        let heard = [Some(timing(first)), None, Some(timing(last))];
        let found = check_captions(&given, &RULES, Some(&heard));
        found.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(code(1000, 2900), "");
    assert_eq!(code(1200, 2900), "it begins 0.20 s before its words");
    assert_eq!(code(800, 2900), "it begins 0.20 s after its words");
    assert_eq!(code(1000, 2400), "it stands 0.60 s after its words have ended");
}
