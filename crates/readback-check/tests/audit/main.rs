//! What the audit promises, on pages of text and a witness who knows what was said.

mod amounts;
mod insertions;
mod witness;

use readback_check::{Report, Severity, Style, check_against, check_text};
use readback_transcript::{CaptionRules, Edit, Length, Witness, apply};
use witness::{Canned, Hearsay};

const STORY: &str = "For twenty years, the sea floor off Point Arden was mostly rock. The kelp \
    forest was gone. Now researchers say they can hear it coming back. Biologist Ines Carvalho \
    counted 312 snaps a minute. It is not proof, she says, but it is a good sign.";

fn audit(text: &str, mut witness: impl Witness) -> Report {
    let transcript = readback_formats::read(text.as_bytes(), Some("story.txt"))
        .expect("a readable text")
        .transcript;
    check_against(&transcript, &mut witness, &Style::default()).expect("a witness who answers")
}

/// Each finding as `rule: text -> heard`.
fn findings(text: &str, report: &Report) -> Vec<String> {
    let shown = |finding: &readback_check::Finding| {
        let heard = finding.heard.clone().unwrap_or_default();
        format!("{}: {} -> {}", finding.rule.name, finding.span.of(text), heard)
    };
    report.findings.iter().map(shown).collect()
}

/// Reads `wrong` back against the story as said: exactly this finding, its fix restores the words, and
/// then there is nothing to find.
fn expect_one(wrong: &str, finding: &str) {
    let report = audit(wrong, Canned::saying(STORY));
    assert_eq!(findings(wrong, &report), [finding]);
    let fixes = edits(&report);
    let fixed = apply(wrong, &fixes).expect("a fix that fits");
    assert_eq!(bare(&fixed), bare(STORY), "the fix restores what was said");
    assert_eq!(findings(&fixed, &audit(&fixed, Canned::saying(STORY))), Vec::<String>::new());
}

/// The changes that the findings propose.
fn edits(report: &Report) -> Vec<Edit> {
    let fixes = report.findings.iter().filter_map(|finding| finding.fix.clone());
    fixes.map(|fix| fix.edit).collect()
}

fn bare(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

#[test]
fn a_right_text_has_no_findings_and_is_certified() {
    let report = audit(STORY, Canned::saying(STORY));
    assert_eq!(findings(STORY, &report), Vec::<String>::new());
    let summary = report.summary.expect("a recording was given");
    assert!(summary.certified);
    assert_eq!((summary.verified, summary.words), (summary.words, 46));
}

#[test]
fn spelling_figures_and_hesitations_are_not_findings() {
    let text = STORY.replace("twenty", "20").replace("312", "three hundred and twelve");
    let said = STORY.replace("The kelp", "The, uh, kelp").replace("good sign", "good good sign");
    assert_eq!(findings(&text, &audit(&text, Canned::saying(&said))), Vec::<String>::new());
}

#[test]
fn a_hesitation_that_is_taken_for_a_word_is_none() {
    let text = STORY.replace("It is not", "It is, she says, not");
    let heard = |word: &str| text.replace("It is, she", &format!("It is, {word}, she"));
    assert_eq!(findings(&text, &audit(&text, Canned::saying(&heard("arm")))), [""; 0]);
    let run_on = heard("arm").replace("is, arm", "is arm");
    assert_eq!(findings(&text, &audit(&text, Canned::saying(&run_on))), [""; 0]);
    let report = audit(&text, Canned::saying(&heard("perhaps")));
    assert_eq!(findings(&text, &report), ["missing-words:  -> perhaps,"]);
}

#[test]
fn a_name_that_the_recogniser_spells_otherwise_is_not_a_finding() {
    let heard = Canned::mishearing(STORY, &[("Ines Carvalho", "Enes Carvallo")]);
    assert_eq!(findings(STORY, &audit(STORY, heard)), Vec::<String>::new());
}

/// Beside a misheard name the whole of "Ines counted" against "Enes has counted" is no error.
#[test]
fn a_wrong_word_beside_a_misheard_one_is_found() {
    let heard = || Canned::mishearing(STORY, &[("Carvalho counted", "Carvallo counted")]);
    for (wrong, finding) in [
        ("Carvalho counts", "said-otherwise: counts -> counted"),
        ("Carvalho", "missing-words:  -> counted"),
    ] {
        let text = STORY.replace("Carvalho counted", wrong);
        assert_eq!(findings(&text, &audit(&text, heard())), [finding]);
    }
}

/// How "MS-13" is read out is nobody's guess; that another number was said can be heard.
#[test]
fn an_abbreviation_hides_neither_a_number_nor_a_copy() {
    let said =
        "A family told us how their young son was drawn into MS-13 last year. They moved away.";
    let number = said.replace("MS-13", "MS-31");
    let report = audit(&number, Canned::saying(said));
    assert_eq!(findings(&number, &report), ["number-differs: MS-31 -> MS-13"]);
    let copy = said.replace("They moved", "how their young son was drawn into MS-13 They moved");
    let report = audit(&copy, Canned::saying(said));
    assert_eq!(report.findings.len(), 1, "{:?}", findings(&copy, &report));
    assert_eq!(report.findings[0].rule.name, "passage-said-once");
    let other = said.replace("MS-13", "the WHO");
    let report = audit(&other, Canned::saying(said));
    assert!(report.findings.iter().all(|f| f.severity == Severity::Info), "{report:?}");
}

#[test]
fn a_dropped_word_is_missing() {
    expect_one(&STORY.replace("mostly ", ""), "missing-words:  -> mostly");
}

/// The fix of the one finding, applied; labels are not said.
fn fixed(wrong: &str, right: &str) -> String {
    let said: Vec<&str> = right.split_whitespace().filter(|word| !word.ends_with(':')).collect();
    let report = audit(wrong, Canned::saying(&said.join(" ")));
    let fixes = edits(&report);
    assert_eq!(fixes.len(), 1, "{:#?}", report.findings);
    let fixed = apply(wrong, &fixes).expect("a fix that fits");
    let again = audit(&fixed, Canned::saying(&said.join(" ")));
    assert_eq!(findings(&fixed, &again), Vec::<String>::new());
    fixed
}

#[test]
fn a_word_missing_at_the_start_takes_the_capital_with_it() {
    let said = STORY.replace("Now researchers", "Not everyone");
    let wrong = said.replace("Not everyone", "Everyone");
    assert_eq!(fixed(&wrong, &said), said);
}

#[test]
fn a_lost_contraction_comes_back_as_one_word() {
    let said = "They can’t taste it. The old ones do hear, they don’t hear well, and she’s here.";
    for (right, wrong) in [("can’t", "can"), ("don’t", "do"), ("and she’s", "and")] {
        assert_eq!(fixed(&said.replace(right, wrong), said), said);
    }
}

#[test]
fn a_month_is_not_spelt_like_the_name_it_sounds_like() {
    let said = "Judge Ellen Marsh is here. Judge Marsh hears the case at the end of March.";
    let wrong = said.replace("March", "winter");
    assert_eq!(fixed(&wrong, said), said);
}

#[test]
fn a_number_comes_back_in_the_way_the_text_writes_numbers() {
    for (text, said, right) in [
        ("It took 3 days to get there.", "It took two days to get there.", "It took 2 days"),
        ("It took three days to get there.", "It took 21 days to get there.", "took twenty-one"),
        ("It took 3 days to get there.", "It took 1,400 days to get there.", "took 1,400 days"),
    ] {
        let put_right = fixed(text, said);
        assert!(put_right.contains(right), "{put_right}");
    }
}

/// "asked a finger" against "asked human": only the one word is wrong.
#[test]
fn a_word_swallowed_beside_a_wrong_one_stays_in_the_text() {
    let said = "In the end they asked a human being who had seen it all before.";
    let text = said.replace("human being", "finger being");
    let report = audit(&text, Canned::mishearing(said, &[("a human", "human")]));
    assert_eq!(findings(&text, &report), ["said-otherwise: finger -> human"]);
}

#[test]
fn a_sentence_that_went_on_goes_on_in_the_fix() {
    let said = "HART: Brooks expects to finish before the end of June, while the ground is dry.\n\n\
        BROOKS: Not everyone in the village was in favor of it.\n";
    let wrong = said.replace(", while the ground is dry", "");
    assert_eq!(fixed(&wrong, said), said);
}

#[test]
fn a_dropped_sentence_is_missing() {
    expect_one(
        &STORY.replace("The kelp forest was gone. ", ""),
        "missing-words:  -> The kelp forest was gone.",
    );
}

#[test]
fn a_lost_negation_has_its_own_rule() {
    expect_one(&STORY.replace("is not proof", "is proof"), "negation-differs:  -> not");
}

#[test]
fn a_wrong_number_has_its_own_rule() {
    expect_one(&STORY.replace("312", "321"), "number-differs: 321 -> 312");
}

#[test]
fn a_wrong_name_has_its_own_rule() {
    expect_one(&STORY.replace("Carvalho", "Marsh"), "name-differs: Marsh -> Carvalho");
}

/// The recogniser writes neither name; of the two that the story has, only one was said.
#[test]
fn a_name_taken_for_another_of_the_story_is_found_where_the_true_one_is_misheard() {
    let said =
        format!("{STORY} Her colleague Ruth Whitetail agrees. In June Whitetail stood here.");
    let wrong = said.replace("June Whitetail", "June Carvalho");
    let heard = || Canned::mishearing(&said, &[("Whitetail stood", "White tails toured")]);
    assert_eq!(findings(&said, &audit(&said, heard())), [""; 0]);
    let report = audit(&wrong, heard());
    assert_eq!(findings(&wrong, &report), ["name-differs: Carvalho stood -> Whitetail stood"]);
    let fix = edits(&report).remove(0);
    assert_eq!(apply(&wrong, &[fix]).expect("a fix that fits"), said);
}

/// The name that a story is about is likelier than its like, which it never has.
#[test]
fn the_like_of_a_usual_name_is_left_to_a_listener() {
    let about_kim = "The train brought Kim to the border. Guards saluted Kim on the bridge. Then Kim spoke of \
        peace, and all cheered Kim for it. They gave Kim a sword, and at noon they saw Kim off.";
    let heard = |last: &str| about_kim.replace("saw Kim off", last);
    let severity = |text: &str, heard: &str| {
        let report = audit(text, Canned::saying(heard));
        let [finding] = &report.findings[..] else { panic!("{report:?}") };
        finding.severity
    };
    assert_eq!(severity(about_kim, &heard("saw Ken off")), Severity::Info);
    assert_eq!(severity(about_kim, &heard("saw Wolfgang off")), Severity::Error);
    let once = about_kim.replace("Kim", "him").replace("saw him off", "saw Kim off");
    assert_eq!(severity(&once, &once.replace("Kim", "Ken")), Severity::Error);
}

#[test]
fn a_misheard_word_is_said_otherwise() {
    expect_one(&STORY.replace("coming", "calling"), "said-otherwise: calling -> coming");
}

#[test]
fn an_inserted_sentence_was_not_said() {
    let wrong = STORY.replace("was gone.", "was gone. The vote had been delayed twice.");
    expect_one(&wrong, "not-said: The vote had been delayed twice -> ");
}

#[test]
fn a_passage_in_other_words_is_one_finding() {
    let wrong = STORY.replace("they can hear it", "an old reef is");
    expect_one(&wrong, "said-otherwise: an old reef is -> they can hear it");
    let wrong = STORY.replace("was mostly rock", "lay under layers of sand");
    expect_one(&wrong, "said-otherwise: lay under layers of sand -> was mostly rock.");
}

#[test]
fn a_passage_typed_twice_was_said_once() {
    let twice = "Now researchers say they can hear it coming back.";
    let wrong = STORY.replace(twice, &format!("{twice} {twice}"));
    let report = audit(&wrong, Canned::saying(STORY));
    assert_eq!(
        findings(&wrong, &report),
        ["passage-said-once: Now researchers say they can hear it coming back -> "]
    );
}

/// Where the recording does not tell whether it was said twice, the text speaks for itself.
#[test]
fn a_passage_typed_twice_is_told_of_unless_it_was_heard_twice() {
    let sentence = "The mayor was out of town at the time.";
    let twice = STORY.replace("Now researchers", &format!("{sentence} {sentence} Now researchers"));
    let deaf = Canned::saying(STORY).deaf_before("Now", Length::from_millis(5000));
    let report = audit(&twice, deaf);
    let told: Vec<_> = report.findings.iter().map(|it| (it.rule.name, it.severity)).collect();
    assert_eq!(told, [("not-said", Severity::Info), ("repeated-passage", Severity::Warning)]);
    assert!(audit(&twice, Canned::saying(&twice)).findings.is_empty());
}

/// A recogniser that wrote nothing for seconds of speech is no witness that nothing was said.
#[test]
fn words_in_speech_that_nobody_understood_are_left_to_a_listener() {
    let sentence = "The mayor was out of town at the time.";
    let wrong = STORY.replace("Now researchers", &format!("{sentence} Now researchers"));
    let shown = |seconds: i64| {
        let heard = Canned::saying(STORY).deaf_before("Now", Length::from_millis(seconds * 1000));
        let report = audit(&wrong, heard);
        let found = findings(&wrong, &report).into_iter().zip(&report.findings);
        found.map(|(shown, finding)| (shown, finding.severity)).collect::<Vec<_>>()
    };
    let not_said = "not-said: The mayor was out of town at the time -> ".to_owned();
    assert_eq!(shown(0), [(not_said.clone(), Severity::Error)]);
    assert_eq!(shown(1), [(not_said.clone(), Severity::Error)]);
    assert_eq!(shown(5), [(not_said, Severity::Info)]);
}

/// Of people who talk at once a recogniser writes down one before the other.
#[test]
fn words_heard_beside_their_place_are_left_to_a_listener_where_people_talk_at_once() {
    let view = "my view on this was that people need to back up their data every night.";
    let said = format!("We moved to the other link. Yeah, I mean, researchers hear {view}");
    let remark = "So slowly researchers hear at the moment.";
    let by_two =
        format!("ANN: We moved to the other link. {remark}\n\nBO: Okay. Yeah, I mean, {view}");
    let by_one = by_two.replace("\n\nBO: ", " ");
    let of_remark = |text: &str| {
        let report = audit(text, Canned::saying(&said));
        let found = report.findings.iter().find(|f| f.span.of(text).starts_with("So slowly"));
        found.expect("a finding").severity
    };
    assert_eq!(of_remark(&by_two), Severity::Info);
    assert_eq!(of_remark(&by_one), Severity::Error);
    let other = by_two.replace("researchers hear at", "we all sleep at");
    assert_eq!(of_remark(&other), Severity::Error);
}

#[test]
fn a_word_that_the_text_has_a_little_earlier_is_left_to_a_listener_where_people_talk_at_once() {
    let view = "my view on this was that people need to back up their data every night.";
    let text = format!(
        "ANN: We moved to the other link with great joy.\n\nBO: Alright.\n\nCY: Is it ready now?\n\n\
         DEE: Okay.\n\nANN: Then {view}"
    );
    let said = format!(
        "We moved to the other link with great. Alright. Is it ready now? Okay. Joy. Then {view}"
    );
    let of_joy = |text: &str, heard: Canned| {
        let report = audit(text, heard);
        let found = report.findings.iter().find(|f| f.heard.as_deref() == Some("Joy."));
        found.expect("a finding").severity
    };
    assert_eq!(of_joy(&text, Canned::saying(&said).unsure()), Severity::Info);
    assert_eq!(of_joy(&text, Canned::saying(&said)), Severity::Error);
    let other = text.replace("joy", "hope");
    assert_eq!(of_joy(&other, Canned::saying(&said).unsure()), Severity::Error);
}

/// The first of two copies was heard beside the second, but in its own place.
#[test]
fn turns_typed_twice_are_no_people_who_talk_at_once() {
    let turns = "ANN: We moved to the other link.\n\nBO: The kelp forest was gone by then.\n\n";
    let after = "ANN: Now researchers say they can hear it coming back.";
    let report = audit(
        &format!("{turns}{turns}{after}"),
        Canned::saying(&format!("{turns}{after}").replace("ANN: ", "").replace("BO: ", "")),
    );
    let severities: Vec<Severity> = report.findings.iter().map(|f| f.severity).collect();
    assert_eq!(severities, [Severity::Error], "{report:?}");
}

#[test]
fn another_text_is_refused() {
    let other = "A second test gave the same result, and the mayor was out of town at the time. \
        Prices fell slightly on the news. Nobody in the room seemed surprised by it at all.";
    let report = audit(other, Canned::saying(STORY));
    let summary = report.summary.expect("a recording was given");
    assert!(!summary.certified && summary.coverage < 0.2, "{summary:?}");
    assert!(report.findings.is_empty());
}

#[test]
fn nothing_is_certified_against_silence() {
    let report = audit(STORY, Canned::saying(""));
    assert!(!report.summary.expect("a recording was given").certified);
}

#[test]
fn an_english_recogniser_hears_words_of_its_own_in_foreign_speech() {
    let text = "HOST: The day ended with a dinner.\n\nMAN: (Non-English language spoken).\n\nHOST: \
        He said it showed that they could find creative ways to work together.";
    let said = "The day ended with a dinner. He said it showed that they could find creative \
        ways to work together.";
    let heard = Canned::mishearing(said, &[("dinner.", "dinner. Prove you not.")]);
    assert_eq!(findings(text, &audit(text, heard)), Vec::<String>::new());
}

#[test]
fn a_sign_may_be_read_out() {
    let said = "Enter the number of the file followed by pound or just pound to leave the menu.";
    let text = "Enter the number of the file followed by # or just # to leave the menu.";
    assert!(audit(text, Canned::saying(said)).findings.is_empty());
}

#[test]
fn a_stroke_may_be_read_out() {
    let text = "Use the next/previous phrase command in the reading system, or the on/off key.";
    let said =
        "Use the next slash previous phrase command in the reading system, or the on off key.";
    assert_eq!(findings(text, &audit(text, Canned::saying(said))), Vec::<String>::new());
}

#[test]
fn what_another_recogniser_heard_is_reported_with_less_certainty() {
    let wrong = STORY.replace("It is not proof", "It is proof");
    let ours = audit(&wrong, Canned::saying(STORY));
    let theirs = audit(&wrong, Hearsay(Canned::saying(STORY)));
    assert_eq!(findings(&wrong, &theirs), ["negation-differs:  -> not"]);
    assert!(theirs.findings[0].confidence < ours.findings[0].confidence);
    assert_eq!(theirs.findings[0].severity, Severity::Warning);
    assert_eq!(theirs.findings[0].message, "the recogniser heard “not”, which is missing here");
}

#[test]
fn a_single_word_heard_elsewhere_otherwise_is_not_reported() {
    let heard = || Hearsay(Canned::mishearing(STORY, &[("mostly", "hostile"), ("Ines", "Agnes")]));
    assert_eq!(findings(STORY, &audit(STORY, heard())), Vec::<String>::new());
}

#[test]
fn a_sentence_no_recogniser_heard_is_an_error() {
    let wrong =
        STORY.replace("Now researchers", "Nobody on the pier was surprised. Now researchers");
    let report = audit(&wrong, Hearsay(Canned::saying(STORY)));
    assert_eq!(findings(&wrong, &report), ["not-said: Nobody on the pier was surprised -> "]);
    assert_eq!(report.findings[0].severity, Severity::Error);
}

#[test]
fn a_text_of_something_else_is_refused_by_hearsay_too() {
    let report = audit("A lighthouse walks away from the sea.", Hearsay(Canned::saying(STORY)));
    assert!(!report.summary.expect("words were heard").certified);
}

const CAPTIONS: &str = "WEBVTT

00:00.000 --> 00:03.000
For twenty years, the sea floor off Point Arden was mostly rock.

00:05.000 --> 00:08.000
The kelp forest was gone.
";

/// A desk that holds captions to lines of 42 columns, and to their words within a tenth of a second.
fn caption_desk() -> Style {
    let late = Some(Length::from_millis(100));
    let captions = Some(CaptionRules { columns: Some(42), late, ..CaptionRules::default() });
    Style { captions, ..Style::default() }
}

fn rules_broken(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|finding| finding.rule.name).collect()
}

#[test]
fn captions_are_held_to_the_guide_that_a_desk_names() {
    let captions = readback_formats::read(CAPTIONS.as_bytes(), Some("a.vtt"));
    let captions = captions.expect("readable captions").transcript;
    assert_eq!(rules_broken(&check_text(&captions, &caption_desk())), ["line-too-long"]);
    assert_eq!(rules_broken(&check_text(&captions, &Style::default())), [""; 0]);
}

#[test]
fn captions_are_held_to_the_sound_where_the_text_is_of_the_recording() {
    let captions = readback_formats::read(CAPTIONS.as_bytes(), Some("a.vtt"));
    let captions = captions.expect("readable captions").transcript;
    let said = "For twenty years, the sea floor off Point Arden was mostly rock. The kelp forest \
        was gone.";
    let report = check_against(&captions, &mut Canned::saying(said), &caption_desk());
    let report = report.expect("a witness who answers");
    assert_eq!(rules_broken(&report), ["line-too-long", "out-of-step"]);
    let other = Canned::saying("Prices fell slightly on the news, and nobody seemed surprised.");
    let report = check_against(&captions, &mut { other }, &caption_desk());
    assert_eq!(rules_broken(&report.expect("a witness who answers")), [""; 0]);
}
