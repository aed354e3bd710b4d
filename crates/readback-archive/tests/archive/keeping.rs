//! What is kept, and what may happen to it in which order.

use jiff::Timestamp;
use readback_archive::{Act, Archive, ArchiveError, Arrival, Filter, State, Verdict};
use readback_transcript::TimeOrigin;

use crate::harness::{Desk, STORY, adding, finding, noon, revising, slug, timed, transcript};

#[test]
fn a_story_is_kept_as_it_was_delivered() {
    let mut desk = Desk::new();
    assert_eq!(desk.add("flood", STORY).known, Arrival::New);
    let mut desk = desk.reopen();
    let revision = desk.archive.revision(&slug("flood"), None).unwrap();
    assert_eq!((revision.number, revision.state), (1, State::Rush));
    assert_eq!(revision.transcript, transcript(STORY));
    let listed = desk.archive.list(&Filter::default()).unwrap();
    assert_eq!(listed[0].about.title, "The story of flood");
}

#[test]
fn the_same_file_is_not_added_twice_and_another_is_the_next_revision() {
    let mut desk = Desk::new();
    desk.add("flood", STORY);
    assert_eq!(desk.add("flood", STORY).known, Arrival::Already);
    let again = desk.add("renamed", STORY);
    assert_eq!((again.known, again.slug), (Arrival::Already, slug("flood")));
    let other = desk.add("flood", &STORY.replace("forty", "fifty"));
    assert_eq!((other.known, other.revision), (Arrival::Again, 2));
    assert_eq!(desk.archive.revision(&slug("flood"), Some(1)).unwrap().transcript.text, STORY);
}

#[test]
fn one_batch_may_hold_the_same_file_and_the_same_story_twice() {
    let mut desk = Desk::new();
    let other = STORY.replace("forty", "fifty");
    let batch = [STORY, STORY, &other].map(|text| adding("flood", transcript(text)));
    let added = desk.add_all(batch.to_vec());
    assert_eq!(
        added.iter().map(|it| it.known).collect::<Vec<_>>(),
        [Arrival::New, Arrival::Already, Arrival::Again]
    );
}

#[test]
fn two_texts_of_a_new_story_may_come_with_its_recording_in_one_batch() {
    let mut desk = Desk::new();
    let recording = desk.recording("flood.wav", b"the sound of a river");
    let batch = [STORY, "HALE: Another telling."].map(|text| readback_archive::Adding {
        recordings: vec![recording.clone()],
        ..adding("flood", transcript(text))
    });
    let added = desk.add_all(batch.to_vec());
    assert_eq!((added[0].recordings, added[1].recordings), (1, 0));
    assert_eq!((added[1].known, added[1].revision), (Arrival::Again, 2));
}

#[test]
fn a_recording_is_kept_once_and_found_by_its_hash() {
    let mut desk = Desk::new();
    let recording = desk.recording("flood.wav", b"the sound of a river");
    let with = |name: &str, text: &str| {
        let recordings = vec![recording.clone()];
        readback_archive::Adding { recordings, ..adding(name, transcript(text)) }
    };
    let added = desk.add_all(vec![with("flood", STORY), with("other", "HALE: Another story.")]);
    assert_eq!(added[0].recordings + added[1].recordings, 2);
    assert_eq!(desk.add_all(vec![with("flood", STORY)])[0].recordings, 0);
    let kept = desk.archive.recordings(&slug("flood")).unwrap();
    let file = desk.archive.file(kept[0].hash).unwrap();
    assert_eq!(std::fs::read(file).unwrap(), b"the sound of a river");
    assert_eq!(desk.archive.stats().unwrap().recordings, 1);
}

#[test]
fn a_revision_is_made_of_the_last_one_or_refused() {
    let mut desk = Desk::new();
    desk.add("flood", STORY);
    let second = desk.revise("flood", &STORY.replace("forty", "fifty")).unwrap();
    assert_eq!((second.number, second.parent), (2, Some(1)));
    let late = revising(1, transcript(&STORY.replace("forty", "sixty")));
    let refused = desk.archive.revise(&slug("flood"), late, "Ben", noon());
    assert!(matches!(refused, Err(ArchiveError::Overtaken { last: 2, .. })));
    let same = desk.revise("flood", &second.transcript.text);
    assert!(matches!(same, Err(ArchiveError::Unchanged(_))));
}

#[test]
fn a_state_never_goes_back_and_a_change_after_the_check_is_a_correction() {
    let mut desk = Desk::new();
    desk.add("flood", STORY);
    let as_state = |parent, text: &str, state| readback_archive::Revising {
        state,
        ..revising(parent, transcript(text))
    };
    let checked = as_state(1, STORY, Some(State::Checked));
    desk.archive.revise(&slug("flood"), checked, "Ada", noon()).unwrap();
    let changed = desk.revise("flood", &STORY.replace("forty", "fifty")).unwrap();
    assert_eq!(changed.state, State::Corrected);
    let back = as_state(3, STORY, Some(State::Rush));
    let refused = desk.archive.revise(&slug("flood"), back, "Ada", noon());
    assert!(matches!(refused, Err(ArchiveError::Backwards { .. })));
}

#[test]
fn unchanged_words_keep_their_times_and_say_so() {
    let mut desk = Desk::new();
    desk.add_all(vec![adding("flood", timed(STORY))]);
    let revision = desk.revise("flood", &STORY.replace("rose in", "fell in")).unwrap();
    let known: Vec<TimeOrigin> =
        revision.transcript.words().map(|word| word.timing.unwrap().known).collect();
    assert_eq!(known[..3], [TimeOrigin::Retained, TimeOrigin::Retained, TimeOrigin::Estimated]);
    assert!(known[3..].iter().all(|it| *it == TimeOrigin::Retained));
}

#[test]
fn a_rejected_finding_stays_rejected_where_words_and_audio_are_the_same() {
    let mut desk = Desk::new();
    let flood = slug("flood");
    desk.add("flood", STORY);
    let sound = Some(readback_archive::Hash::of(b"sound"));
    let found = |text: &str| [finding("A001", "forty", text), finding("T003", "asleep", text)];
    desk.archive.record(&flood, 1, sound, &found(STORY), "check", noon()).unwrap();
    for number in [1, 2] {
        let verdict = (Verdict::Rejected, "it is right");
        desk.archive.decide(&flood, (1, number), verdict, "Ada", noon()).unwrap();
    }
    let text = STORY.replace("hurt", "harmed");
    desk.revise("flood", &text).unwrap();
    desk.archive.record(&flood, 2, sound, &found(&text), "check", noon()).unwrap();
    let settled = |desk: &mut Desk, revision| -> Vec<bool> {
        let review = desk.archive.review(&flood, revision).unwrap();
        review.findings.iter().map(|it| it.1.is_some()).collect()
    };
    assert_eq!(settled(&mut desk, 2), [true, true]);
    let other = Some(readback_archive::Hash::of(b"other sound"));
    desk.archive.record(&flood, 2, other, &found(&text), "check", noon()).unwrap();
    assert_eq!(settled(&mut desk, 2), [false, true], "what was heard is another matter");
    let text = text.replace("was asleep", "fell asleep");
    desk.revise("flood", &text).unwrap();
    desk.archive.record(&flood, 3, sound, &found(&text), "check", noon()).unwrap();
    assert_eq!(settled(&mut desk, 3), [true, false], "other words are another finding");
}

/// Whether a caption keeps step with its words is a matter of the recording, too.
#[test]
fn a_rejected_finding_of_a_rule_that_listens_is_open_again_with_another_recording() {
    let mut desk = Desk::new();
    let flood = slug("flood");
    desk.add("flood", STORY);
    let found = [finding("C001", "forty", STORY), finding("C010", "asleep", STORY)];
    let sound = Some(readback_archive::Hash::of(b"sound"));
    desk.archive.record(&flood, 1, sound, &found, "check", noon()).unwrap();
    for number in [1, 2] {
        let verdict = (Verdict::Rejected, "it is right");
        desk.archive.decide(&flood, (1, number), verdict, "Ada", noon()).unwrap();
    }
    desk.revise("flood", &STORY.replace("hurt", "harmed")).unwrap();
    let other = Some(readback_archive::Hash::of(b"other sound"));
    desk.archive.record(&flood, 2, other, &found, "check", noon()).unwrap();
    let review = desk.archive.review(&flood, 2).unwrap();
    let settled: Vec<bool> = review.findings.iter().map(|it| it.1.is_some()).collect();
    assert_eq!(settled, [true, false]);
}

#[test]
fn a_deferred_finding_is_open_again_in_the_next_revision() {
    let mut desk = Desk::new();
    let flood = slug("flood");
    desk.add("flood", STORY);
    desk.archive
        .record(&flood, 1, None, &[finding("T003", "asleep", STORY)], "check", noon())
        .unwrap();
    desk.archive.decide(&flood, (1, 1), (Verdict::Deferred, ""), "Ada", noon()).unwrap();
    assert!(desk.archive.review(&flood, 1).unwrap().findings[0].1.is_some());
    let text = STORY.replace("Nobody was", "No one was");
    desk.revise("flood", &text).unwrap();
    desk.archive
        .record(&flood, 2, None, &[finding("T003", "asleep", &text)], "check", noon())
        .unwrap();
    assert!(desk.archive.review(&flood, 2).unwrap().findings[0].1.is_none());
    let missing = desk.archive.decide(&flood, (2, 2), (Verdict::Accepted, ""), "Ada", noon());
    assert!(matches!(missing, Err(ArchiveError::NoFinding { count: 1, .. })));
}

#[test]
fn a_clock_that_jumps_back_changes_no_order() {
    let mut desk = Desk::new();
    desk.add("flood", STORY);
    let long_ago: Timestamp = "1999-01-01T00:00:00Z".parse().unwrap();
    let revision = revising(1, transcript(&STORY.replace("forty", "fifty")));
    desk.archive.revise(&slug("flood"), revision, "Ada", long_ago).unwrap();
    let history = desk.archive.history(&slug("flood")).unwrap();
    assert_eq!(history.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(matches!(&history[2].act, Act::Revision(it) if it.number == 2));
    assert_eq!(desk.archive.revision(&slug("flood"), None).unwrap().number, 2);
}

#[test]
fn the_roster_remembers_who_came_and_went() {
    let mut desk = Desk::new();
    assert!(desk.archive.name("Gregory Asmolov", "Ada", noon()).unwrap());
    assert!(!desk.archive.name("Gregory Asmolov", "Ada", noon()).unwrap());
    desk.archive.name("Maria Carvalho", "Ada", noon()).unwrap();
    desk.archive.unname("Gregory Asmolov", "Ben", noon()).unwrap();
    assert_eq!(desk.archive.roster().unwrap(), ["Maria Carvalho"]);
    assert_eq!(desk.archive.list(&Filter::default()).unwrap(), []);
}

#[test]
fn two_who_write_at_once_lose_nothing() {
    const EACH: usize = 40;
    let desk = Desk::new();
    let folder = desk.archive.folder().to_path_buf();
    let work = |who: usize| {
        let mut archive = Archive::open(&folder).unwrap();
        for number in 0..EACH {
            let text = format!("HALE: Story {number} of writer {who}.");
            archive
                .add(vec![adding(&format!("s{who}-{number}"), transcript(&text))], "w", noon())
                .unwrap();
            // Both add to this one, too: each delivery becomes a revision.
            archive
                .add(vec![adding("both", transcript(&format!("{text} Again.")))], "w", noon())
                .unwrap();
        }
    };
    std::thread::scope(|scope| {
        for who in 0..2 {
            scope.spawn(move || work(who));
        }
    });
    let mut desk = desk.reopen();
    assert_eq!(desk.archive.stats().unwrap().stories, 2 * EACH as u64 + 1);
    assert_eq!(desk.archive.revision(&slug("both"), None).unwrap().number, 2 * EACH as u32);
    assert_eq!(desk.archive.verify().unwrap().damage, []);
}

#[test]
fn what_is_not_there_is_named() {
    let mut desk = Desk::new();
    desk.add("flood", STORY);
    let message = |error: ArchiveError| error.to_string();
    assert_eq!(
        message(desk.archive.revision(&slug("fire"), None).unwrap_err()),
        "there is no story fire in the archive; `readback list` shows all"
    );
    assert_eq!(
        message(desk.archive.revision(&slug("flood"), Some(3)).unwrap_err()),
        "flood has no revision 3; the last is 1"
    );
    let folder = desk.path("archive");
    assert!(matches!(Archive::init(&folder), Err(ArchiveError::Exists(_))));
    assert!(matches!(Archive::open(&desk.path("nowhere")), Err(ArchiveError::Missing(_))));
    assert!("../up".parse::<readback_archive::Slug>().is_err());
    assert_eq!(
        readback_archive::Slug::from_name("A flood, 2026 (rush)").unwrap(),
        slug("a-flood-2026-rush")
    );
}
