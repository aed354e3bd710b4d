//! Out as plain files, and back.

use std::fs;

use readback_archive::{Adding, Archive, ArchiveError, Verdict};

use crate::harness::{Desk, STORY, adding, finding, noon, slug, timed, transcript, tree};

/// An archive in which everything happened once.
fn full() -> Desk {
    let mut desk = Desk::new();
    let recordings = vec![desk.recording("river sound.wav", b"a river")];
    let captions = "WEBVTT\n\n00:00.000 --> 00:01.000\nThe river rose.\n";
    let read =
        readback_formats::read(captions.as_bytes(), Some("a.vtt")).expect("it works").transcript;
    // A delivery that is not its own text.
    let original = (b"\xef\xbb\xbfHALE: It is over.".to_vec(), "over.txt".into());
    desk.add_all(vec![
        Adding { recordings, ..adding("flood", timed(STORY)) },
        adding("captions", read),
        Adding { original, ..adding("over", transcript("HALE: It is over.")) },
    ]);
    desk.revise("flood", &STORY.replace("forty", "fourteen")).expect("it works");
    let flood = slug("flood");
    desk.archive
        .record(&flood, 1, None, &[finding("T003", "asleep", STORY)], "check", noon())
        .expect("it works");
    desk.archive
        .decide(&flood, (1, 1), (Verdict::Rejected, "it is"), "Ada", noon())
        .expect("it works");
    desk.archive.name("Maria Carvalho", "Ada", noon()).expect("it works");
    desk
}

#[test]
fn what_was_exported_and_imported_exports_the_same_bytes() {
    let mut desk = full();
    let (first, second) = (desk.path("first"), desk.path("second"));
    let exported = desk.archive.export(&first).unwrap();
    assert_eq!((exported.stories, exported.files), (3, 2));
    let mut other = Archive::init(&desk.path("other")).unwrap();
    let imported = other.import(&first).unwrap();
    assert_eq!((imported.stories, imported.entries), (3, exported.entries));
    other.export(&second).unwrap();
    assert_eq!(tree(&first), tree(&second));
    assert_eq!(other.verify().unwrap().damage, []);
    assert_eq!(other.stats().unwrap().words, desk.archive.stats().unwrap().words);
}

#[test]
fn an_import_again_changes_nothing_and_a_longer_history_is_taken_on() {
    let mut desk = full();
    let (first, second) = (desk.path("first"), desk.path("second"));
    desk.archive.export(&first).unwrap();
    let mut other = Archive::init(&desk.path("other")).unwrap();
    other.import(&first).unwrap();
    assert_eq!(other.import(&first).unwrap().entries, 0);
    desk.revise("flood", STORY).unwrap();
    desk.archive.export(&second).unwrap();
    assert_eq!(other.import(&second).unwrap().entries, 1);
    assert_eq!(other.revision(&slug("flood"), None).unwrap().number, 3);
}

#[test]
fn another_history_and_a_changed_one_are_refused() {
    let mut desk = full();
    let out = desk.path("out");
    desk.archive.export(&out).unwrap();
    let mut other = Desk::new();
    other.add("flood", "HALE: Another story altogether.");
    let refused = other.archive.import(&out);
    assert!(matches!(refused, Err(ArchiveError::Diverged { number: 2, .. })), "{refused:?}");
    let history = out.join("stories/flood/history.jsonl");
    let text = fs::read_to_string(&history).unwrap().replace("fourteen", "forty-two");
    fs::write(&history, text).unwrap();
    let refused = Archive::init(&desk.path("fresh")).unwrap().import(&out);
    assert!(matches!(refused, Err(ArchiveError::Broken { .. })), "{refused:?}");
}

#[test]
fn people_can_read_an_export_without_us() {
    let mut desk = full();
    let out = desk.path("out");
    desk.archive.export(&out).unwrap();
    let names: Vec<String> = tree(&out).into_iter().map(|it| it.0).collect();
    assert!(names.contains(&"stories/flood/001-rush.txt".to_owned()), "{names:?}");
    assert_eq!(fs::read_to_string(out.join("stories/flood/001-rush.txt")).unwrap(), STORY);
    assert!(names.iter().any(|name| name.ends_with("-river_sound.wav")));
    assert!(matches!(desk.archive.export(&out), Err(ArchiveError::Exists(_))));
}

#[test]
fn a_backup_is_a_whole_archive() {
    let mut desk = full();
    let to = desk.path("backup");
    desk.archive.backup(&to).unwrap();
    let mut copy = Archive::open(&to).unwrap();
    assert_eq!(copy.verify().unwrap(), desk.archive.verify().unwrap());
    assert!(matches!(desk.archive.backup(&to), Err(ArchiveError::Exists(_))));
}

#[cfg(unix)]
#[test]
fn a_backup_may_lie_under_a_name_that_is_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let mut desk = full();
    let to = desk.path("").join(std::ffi::OsStr::from_bytes(b"back up#1 100% \xff"));
    desk.archive.backup(&to).unwrap();
    assert_eq!(Archive::open(&to).unwrap().verify().unwrap().damage, []);
}
