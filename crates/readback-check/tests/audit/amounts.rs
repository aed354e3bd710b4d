//! Amounts: their fixes write them whole and as the text does, and what the end of a window cuts is one.

use super::witness::Canned;
use super::{audit, edits, findings};
use readback_transcript::apply;

/// What comes of `wrong` when the fixes of all findings are applied, where this was said.
fn mended(wrong: &str, said: &str) -> String {
    let report = audit(wrong, Canned::saying(said));
    assert!(!report.findings.is_empty(), "{wrong}");
    apply(wrong, &edits(&report)).expect("fixes that fit")
}

/// A sentence with an amount among enough others to be found in its place.
fn story(amount: &str) -> String {
    format!(
        "The council met again on a wet evening. It says the roof would cost {amount} in all, and nobody \
         was surprised. The builders want to begin as soon as the snow is gone."
    )
}

#[test]
fn an_amount_is_put_right_as_a_whole() {
    for (wrong, said, right) in [
        ("$1.1 million", "two and a half million dollars", "$2.5 million"),
        ("$1.1 million", "$1.2 million", "$1.2 million"),
        ("$1.1 million", "$1. 2 million", "$1.2 million"),
        ("$1.1 million", "$1 .2 million", "$1.2 million"),
        ("£2.5m", "five point two million pounds", "£5.2m"),
        ("$12", "fourteen dollars", "$14"),
        ("$12,500", "twelve thousand dollars", "$12,000"),
        ("12 percent", "fourteen percent", "14 percent"),
        ("forty dollars", "$14", "fourteen dollars"),
    ] {
        assert_eq!(mended(&story(wrong), &story(said)), story(right), "{wrong}, said {said}");
    }
}

#[test]
fn an_amount_that_the_end_of_a_window_cuts_is_one() {
    for said in ["$1. 1 million", "$1 .1 million", "$1.1 million", "one point one million dollars"]
    {
        let text = story("$1.1 million");
        assert_eq!(findings(&text, &audit(&text, Canned::saying(&story(said)))), [""; 0], "{said}");
    }
    for said in ["10: 30", "10 :30", "ten thirty"] {
        let text = story("less than at 10:30");
        let said = story(&format!("less than at {said}"));
        assert_eq!(findings(&text, &audit(&text, Canned::saying(&said))), [""; 0], "{said}");
    }
}

#[test]
fn what_cannot_be_written_as_the_text_writes_it_is_left_to_people() {
    let wrong = story("555-0143");
    let said = story("five five five, oh one");
    let report = audit(&wrong, Canned::saying(&said));
    assert!(!report.findings.is_empty());
    assert_eq!(edits(&report), []);
}

#[test]
fn other_numbers_come_back_in_their_style_too() {
    for (wrong, said, right) in [
        ("by 10:15 today", "by half past ten today", "by 10:30 today"),
        ("after July 4 here", "after July 5th here", "after July 5 here"),
        ("since World War I here", "since World War Two here", "since World War II here"),
        (
            "under King Charles III here",
            "under King Charles the second here",
            "under King Charles II here",
        ),
        ("at room 204 here", "at room two one four here", "at room 214 here"),
    ] {
        assert_eq!(mended(&story(wrong), &story(said)), story(right), "{wrong}, said {said}");
    }
}

#[test]
fn two_amounts_are_what_they_are_however_they_are_drawn_together() {
    for (text, heard) in [
        ("$10 to $12", "10-12 dollars"),
        ("between $1 and $2 million", "between one and two million dollars"),
        ("$10-$12", "ten dollars to $12.00"),
    ] {
        let text = story(text);
        assert_eq!(
            findings(&text, &audit(&text, Canned::saying(&story(heard)))),
            [""; 0],
            "{heard}"
        );
    }
}
