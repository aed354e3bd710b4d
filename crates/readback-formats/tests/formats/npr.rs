//! The grammar of stories as NPR, and others near it, have published them over the years: each of its
//! parts is read as what it is, and house style and Markdown keep all of them.

use readback_formats::{Parsed, format_for};
use readback_transcript::{CueKind, NoteKind, Role, Transcript};

use crate::{transcript, words, write};

/// A story with every part of the grammar.
const GRAMMAR: &str = include_str!("../fixtures/grammar.txt");

/// The name and role in each label.
fn labels(transcript: &Transcript) -> Vec<(String, Option<Role>)> {
    let labels = transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
    labels.map(|label| (label.name.clone(), label.role.clone())).collect()
}

/// The text of each cue and what it announces.
fn cues(transcript: &Transcript) -> Vec<(String, CueKind)> {
    let shown = |span: readback_transcript::Span| span.of(&transcript.text).replace('\\', "");
    transcript.cues().map(|cue| (shown(cue.span), cue.kind)).collect()
}

fn notes(transcript: &Transcript) -> Vec<(String, NoteKind)> {
    let shown = |span: readback_transcript::Span| {
        span.of(&transcript.text).trim_start_matches('#').trim().to_owned()
    };
    transcript.notes.iter().map(|note| (shown(note.span), note.kind)).collect()
}

#[test]
fn a_first_mention_has_name_and_role_and_later_ones_the_surname() {
    let other = |role: &str| Some(Role::Other(role.into()));
    let expected = [
        ("TERRY VALE", Some(Role::Host)),
        ("ANA RUIZ", Some(Role::Byline)),
        ("UNIDENTIFIED PERSON #1", None),
        ("UNIDENTIFIED PERSON #2", None),
        ("Mr. BILL MOWER", other("Author, \"The Long Field\"")),
        ("RUIZ", None),
        ("Mr. MOWER", None),
        ("VALE", None),
        ("MOWER", None),
        ("VALE", None),
    ];
    assert_eq!(labels(&transcript(GRAMMAR)), expected.map(|(name, role)| (name.to_owned(), role)));
}

#[test]
fn every_cue_is_told_from_speech_by_what_it_announces() {
    use CueKind::{ForeignSpeech, Manner, Other, Sound, Unintelligible};
    let expected = [
        ("(SOUNDBITE OF MUSIC)", Sound),
        ("(SOUNDBITE OF ARCHIVED RECORDING)", Sound),
        ("(CROSSTALK)", Unintelligible),
        ("(Speaking Portuguese)", ForeignSpeech),
        ("(SOUNDBITE OF SONG, \"THE LONG FIELD\")", Sound),
        ("(Through interpreter)", Manner),
        ("(ph)", Other),
        ("(LAUGHTER)", Other),
        ("(As character)", Manner),
        ("(unintelligible)", Unintelligible),
        ("[laughs]", Other),
        ("(GASP)", Other),
        ("(As Hamlet)", Manner),
        (
            "[POST-BROADCAST CORRECTION: An earlier version said the field was short. It is long.]",
            Other,
        ),
        ("[RADIOLAB INTRO]", Other),
    ];
    assert_eq!(cues(&transcript(GRAMMAR)), expected.map(|(cue, kind)| (cue.to_owned(), kind)));
}

#[test]
fn resumed_and_broken_off_turns_keep_their_words() {
    let story = transcript(GRAMMAR);
    let words = words(&story);
    for run in ["but we had It was", "and then Who Great he said", "I never It is here So long And"]
    {
        let run: Vec<&str> = run.split(' ').collect();
        assert!(words.windows(run.len()).any(|window| window == run), "{run:?} in {words:?}");
    }
    for not_said in
        ["SOUNDBITE", "character", "CORRECTION", "earlier", "INTRO", "ph", "HOST", "rush"]
    {
        assert!(!words.contains(&not_said), "{not_said}");
    }
}

#[test]
fn the_headline_and_the_footer_are_not_spoken() {
    let notes = notes(&transcript(GRAMMAR));
    let kinds: Vec<NoteKind> = notes.iter().map(|(_, kind)| *kind).collect();
    assert_eq!(kinds, [NoteKind::Headline, NoteKind::Credit, NoteKind::Notice]);
    assert!(
        notes[2].0.contains("rush deadline") && notes[2].0.ends_with("audio record."),
        "{notes:?}"
    );
}

#[test]
fn house_style_and_markdown_keep_all_of_it() {
    let story = transcript(GRAMMAR);
    for id in ["npr", "text", "markdown"] {
        let format = format_for(id).expect("known");
        let written = write(&story, format).expect("written");
        let options = readback_formats::ReadOptions::default();
        let Parsed { transcript: again, problems } =
            readback_formats::read_as(written.as_bytes(), format, &options).expect("readable");
        assert_eq!(problems, [], "{written}");
        assert_eq!(labels(&again), labels(&story), "{written}");
        assert_eq!(cues(&again), cues(&story), "{written}");
        assert_eq!(notes(&again), notes(&story), "{written}");
        assert_eq!(words(&again), words(&story), "{written}");
        assert_eq!(again.turns.len(), story.turns.len());
        assert_eq!(write(&again, format).expect("written"), written);
    }
}

#[test]
fn the_grammar_is_read_alike_with_every_line_end_and_invisible_character() {
    let story = transcript(GRAMMAR);
    let typed =
        |text: &str| text.replace(", HOST", ",\u{a0}HOST").replace("LAUGHTER", "LAUGH\u{ad}TER");
    for end in ["\n", "\r\n", "\r", "\u{2028}"] {
        let text =
            typed(&GRAMMAR.replace('\n', end)).replace("BILL MOWER", "BI\u{200b}LL\u{a0}MOWER");
        let again = transcript(&text.replace("\u{2028}\u{2028}", "\u{2029}\u{2028}"));
        assert_eq!(labels(&again), labels(&story), "{end:?}");
        assert_eq!(words(&again), words(&story), "{end:?}");
        assert_eq!(again.cues().count(), story.cues().count(), "{end:?}");
        assert_eq!(again.notes.len(), story.notes.len(), "{end:?}");
    }
}

#[test]
fn smart_and_plain_quotes_make_no_difference_to_what_is_said() {
    let plain = GRAMMAR.replace(['“', '”'], "\"").replace('’', "'");
    let (smart, plain) = (transcript(GRAMMAR), transcript(&plain));
    assert_eq!(plain.cues().count(), smart.cues().count());
    assert_eq!(
        words(&plain),
        words(&smart).iter().map(|word| word.replace('’', "'")).collect::<Vec<_>>()
    );
}
