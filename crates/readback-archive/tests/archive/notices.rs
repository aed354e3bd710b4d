//! Drafts of correction notices.

use jiff::civil::date;
use readback_archive::{Kind, NoticeClass, corrections, draft};
use readback_check::Roster;

use crate::harness::transcript;

fn told(before: &str, after: &str) -> (NoticeClass, String) {
    let told = corrections(&transcript(before), &transcript(after), &Roster::default());
    draft(&told, date(2026, 11, 26)).expect("something was corrected")
}

/// What the notice says that an earlier version did.
fn notice(before: &str, after: &str) -> (NoticeClass, String) {
    let (class, text) = told(before, after);
    let did = text.split_once("An earlier version of this transcript ").expect("a beginning").1;
    (class, did.to_owned())
}

const BEFORE: &str = "HALE: It cost $43,000 in March, said Maria Carvallo. He did not say\n\
                      which of the councillors had recieved the the letter.\n\n\
                      DUNN: They went home in the evening.\n\n\
                      HALE: Nobody in Arden saw Maria Carvallo leave.\n";

#[test]
fn what_misleads_a_reader_is_substantive_and_named() {
    for (old, new, did) in [
        (
            "$43,000",
            "$34,000",
            "had “It cost $43,000 in March” where the speaker said “It cost $34,000 in March”.",
        ),
        (
            "March",
            "May",
            "had “$43,000 in March, said Maria” where the speaker said “$43,000 in May, said Maria”.",
        ),
        ("Carvallo", "Carvalho", "misspelled the name Carvalho as Carvallo."),
        (
            "Arden",
            "Ostrava",
            "had “Nobody in Arden saw Maria” where the speaker said “Nobody in Ostrava saw Maria”.",
        ),
        ("did not say", "did say", "had “He did not say” where the speaker said “He did say”."),
        (
            "went home",
            "went back home",
            "had “They went home in” where the speaker said “They went back home in”.",
        ),
        (
            "went home",
            "decided in the end to go home",
            "had “They went home in” where the speaker said “They decided in the end to go home in”.",
        ),
        (
            "DUNN:",
            "HALE:",
            "attributed to DUNN words that were spoken by HALE: “They went home in the …”.",
        ),
        (
            "DUNN: ",
            "",
            "attributed to DUNN words that were spoken by HALE: “They went home in the …”.",
        ),
        (
            "DUNN: They went home in the evening.",
            "",
            "included “They went home in the evening”, which was not said.",
        ),
        (
            "leave.",
            "leave. It was dark by then, she said.",
            "left out “It was dark by then, she said”.",
        ),
    ] {
        let told = notice(BEFORE, &BEFORE.replace(old, new));
        assert_eq!(told, (NoticeClass::Substantive, did.to_owned()), "{old}");
    }
    let missing = BEFORE.replace("DUNN: ", "");
    let did = "attributed to HALE words that were spoken by DUNN: “They went home in the …”.";
    assert_eq!(notice(&missing, BEFORE).1, did);
}

#[test]
fn a_name_has_a_capital_within_a_sentence_or_stands_in_a_label_or_on_the_roster() {
    let text = |word: &str| format!("HALE: {word} of the island is clear.\n\nSESAY: It is.\n");
    let (before, after) = (text("Whater"), text("Water"));
    assert_eq!(
        notice(&before, &after),
        (NoticeClass::Typo, "misspelled “Water” as “Whater”.".to_owned())
    );
    let named =
        corrections(&transcript(&before), &transcript(&after), &Roster::parse("Anna Water"));
    assert_eq!(named[0].kind, Kind::Name);
    let told = notice(&text("Sessay"), &text("Sesay"));
    assert_eq!(told.1, "misspelled the name Sesay as Sessay.");
    let told = notice(&text("Phrrase"), &(text("Phrase") + "\nHALE: A phrase, a Phrase.\n"));
    assert!(told.1.contains("misspelled “Phrase” as “Phrrase”"), "{}", told.1);
}

#[test]
fn a_name_in_a_label_is_printed_as_the_text_has_it() {
    let before = "HALE: So said Maria Carvalho.\n\nHALE: I saw the river rise.\n";
    let after = "HALE: So said Maria Carvalho.\n\nMARIA CARVALHO: I saw the river rise.\n";
    let did =
        "attributed to HALE words that were spoken by Maria Carvalho: “I saw the river rise …”.";
    assert_eq!(notice(before, after).1, did);
}

#[test]
fn slips_of_the_keyboard_are_typos_but_other_words_are_not() {
    let told = notice(BEFORE, &BEFORE.replace("recieved", "received"));
    assert_eq!(told, (NoticeClass::Typo, "misspelled “received” as “recieved”.".to_owned()));
    let told = notice(BEFORE, &BEFORE.replace("the the", "the"));
    assert_eq!(told, (NoticeClass::Typo, "repeated “the”.".to_owned()));
    let text = "HALE: Prices decrease in spring, and in autumn they increase.\n";
    let told = notice(&text.replace("decrease", "increase"), text);
    assert_eq!(told.0, NoticeClass::Substantive, "{}", told.1);
}

#[test]
fn what_stood_there_twice_is_told_as_repeated_with_its_label() {
    let line = "DUNN: They went home in the evening.\n\n";
    let varied = "DUNN: They all went home in the evening.\n\n";
    for again in [line, varied] {
        let before = BEFORE.replace(line, &format!("{line}{again}"));
        let (_, did) = notice(&before, BEFORE);
        assert!(did.starts_with("repeated “They "), "{did}");
        assert!(!did.contains("HALE") && !did.contains("attributed"), "{did}");
    }
}

#[test]
fn a_passage_that_moved_is_told_once() {
    let said = "The mayor's office said so at noon. ";
    let text = |first: &str, second: &str| {
        let between = "Nobody was hurt in the flood at all, but the bridge to the island is closed until spring.";
        format!("HALE: The river rose. {first}{between} {second}It is over.\n")
    };
    let (_, did) = notice(&text(said, ""), &text("", &said.replace('\'', "’")));
    assert_eq!(did, "had “The mayor’s office said so at noon” in another place.");
}

#[test]
fn the_same_words_written_otherwise_are_style() {
    let told = notice(BEFORE, &BEFORE.replace("$43,000", "forty-three thousand dollars"));
    assert_eq!(told.0, NoticeClass::Style);
    let told = notice(BEFORE, &BEFORE.replace("March, said", "March said"));
    let did = "had other capitals, punctuation or line breaks.";
    assert_eq!(told, (NoticeClass::Style, did.to_owned()));
}

#[test]
fn the_gravest_correction_heads_the_notice_and_style_is_not_told_beside_it() {
    let after = BEFORE.replace("$43,000", "$34,000").replace("said Maria", "said: Maria");
    let (_, text) = told(BEFORE, &after);
    let whole = "CORRECTION, November 26, 2026: An earlier version of this transcript had “It cost $43,000 in March” \
                 where the speaker said “It cost $34,000 in March”.";
    assert_eq!(text, whole);
    assert_eq!(draft(&[], date(2026, 11, 26)), None);
}

#[test]
fn of_many_corrections_the_most_important_are_told_and_the_others_counted() {
    let filler: Vec<String> =
        (0..40).map(|it| format!("The boat numbered {it} was seen again that day.")).collect();
    let before = format!("{BEFORE}\nDUNN: {}\n", filler.join(" "));
    let mut after = before
        .replace("seen again", "seen once more")
        .replace("$43,000", "$34,000")
        .replace("Carvallo", "Carvalho")
        .replace("did not say", "did say")
        .replace("recieved", "received")
        .replace("DUNN: They", "HALE: They");
    after = after.replacen("seen once more", "noticed", 1);
    let (class, text) = told(&before, &after);
    assert_eq!(class, NoticeClass::Substantive);
    let places = ["Carvalho as Carvallo", "$43,000", "did not say", "attributed to DUNN"];
    let at: Vec<usize> = places.iter().map(|it| text.find(it).expect(it)).collect();
    assert!(at.is_sorted(), "{text}");
    let end = "further corrections were made: 39 of wording and 1 of typing.";
    assert!(text.ends_with(end), "{text}");
    assert!(text.split_whitespace().count() < 110, "{text}");
}
