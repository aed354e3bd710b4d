//! Drafts of correction notices.

use jiff::civil::date;
use readback_archive::{NoticeClass, corrections, draft};

use crate::harness::transcript;

/// The notice about one change to a text.
fn notice(before: &str, after: &str) -> (NoticeClass, String) {
    let told = corrections(&transcript(before), &transcript(after));
    let (class, text) = draft(&told, date(2026, 11, 26)).expect("something was corrected");
    (class, text.split_once(": ").expect("a heading").1.to_owned())
}

const BEFORE: &str = "HALE: It cost $43,000 in March, said Maria Carvallo. He did not say\n\
                      which of the councillors had recieved the the letter.\n\n\
                      DUNN: They went home in the evening.\n";

#[test]
fn what_misleads_a_reader_is_substantive_and_named() {
    for (old, new, sentence) in [
        (
            "$43,000",
            "$34,000",
            "An earlier version had “$43,000” where the speaker said “$34,000”.",
        ),
        ("Carvallo", "Carvalho", "An earlier version misspelled the name Carvalho as Carvallo."),
        (
            "did not say",
            "did say",
            "An earlier version included a word not in the broadcast: “not”.",
        ),
        ("went home", "went back home", "An earlier version left out a word: “back”."),
        ("DUNN:", "HALE:", "An earlier version attributed to DUNN words that were spoken by HALE."),
    ] {
        let told = notice(BEFORE, &BEFORE.replace(old, new));
        assert_eq!(told, (NoticeClass::Substantive, sentence.to_owned()), "{old}");
    }
}

#[test]
fn slips_of_the_keyboard_are_typos() {
    let told = notice(BEFORE, &BEFORE.replace("recieved", "received"));
    let sentence = "An earlier version misspelled “received” as “recieved”.";
    assert_eq!(told, (NoticeClass::Typo, sentence.to_owned()));
    let told = notice(BEFORE, &BEFORE.replace("the the", "the"));
    assert_eq!(told, (NoticeClass::Typo, "An earlier version repeated a word: “the”.".to_owned()));
}

#[test]
fn the_same_words_written_otherwise_are_style() {
    assert_eq!(
        notice(BEFORE, &BEFORE.replace("$43,000", "forty-three thousand dollars")).0,
        NoticeClass::Style
    );
    assert_eq!(notice(BEFORE, &BEFORE.replace("March, said", "March said")).0, NoticeClass::Style);
}

#[test]
fn the_gravest_correction_heads_the_notice_and_style_is_not_told_beside_it() {
    let after = BEFORE.replace("$43,000", "$34,000").replace("March, said", "March said");
    let told = corrections(&transcript(BEFORE), &transcript(&after));
    let (_, text) = draft(&told, date(2026, 11, 26)).unwrap();
    assert_eq!(
        text,
        "CORRECTION, November 26, 2026: An earlier version had “$43,000” where the speaker said “$34,000”."
    );
    assert_eq!(draft(&[], date(2026, 11, 26)), None);
}
