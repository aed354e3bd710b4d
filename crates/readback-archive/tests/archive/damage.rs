//! What is not as it was is found, and said.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use readback_archive::{Adding, Archive, ArchiveError};

use crate::harness::{Desk, STORY, adding, transcript, tree};

fn flip(path: &Path, at: u64) {
    let mut file =
        fs::File::options().read(true).write(true).open(path).expect("the file can be changed");
    let mut byte = [0];
    file.seek(SeekFrom::Start(at)).expect("the file can be changed");
    file.read_exact(&mut byte).expect("the file can be changed");
    file.seek(SeekFrom::Start(at)).expect("the file can be changed");
    file.write_all(&[byte[0] ^ 0x10]).expect("the file can be changed");
}

/// A closed archive with a recording, an original and a revision.
fn closed() -> (tempfile::TempDir, std::path::PathBuf) {
    let mut desk = Desk::new();
    let recordings = vec![desk.recording("flood.wav", b"the sound of a river")];
    let original = (b"\xef\xbb\xbfHALE: It is over.".to_vec(), "over.txt".into());
    desk.add_all(vec![
        Adding { recordings, ..adding("flood", transcript(STORY)) },
        Adding { original, ..adding("over", transcript("HALE: It is over.")) },
    ]);
    desk.revise("flood", &STORY.replace("forty", "fourteen")).expect("revised");
    let path = desk.archive.folder().to_path_buf();
    drop(desk.archive);
    (desk.folder, path)
}

#[test]
fn every_flipped_byte_of_a_recording_or_an_original_is_found() {
    let (_folder, path) = closed();
    let files: Vec<_> = tree(&path.join("files")).into_iter().collect();
    assert_eq!(files.len(), 2);
    for (name, content) in files {
        for at in 0..content.len() as u64 {
            let file = path.join("files").join(&name);
            flip(&file, at);
            let verified = Archive::open(&path).unwrap().verify().unwrap();
            assert!(name.ends_with(&verified.damage[0].place), "{name} {at}: {verified:?}");
            flip(&file, at);
        }
    }
    assert_eq!(Archive::open(&path).unwrap().verify().unwrap().damage, []);
}

#[test]
fn every_flipped_byte_of_a_revision_is_found() {
    let (_folder, path) = closed();
    let database = path.join("archive.db");
    let content = fs::read(&database).unwrap();
    // The packed bodies, wherever they lie: each begins like the entry's JSON, packed by itself.
    let connection = rusqlite::Connection::open(&database).unwrap();
    let mut statement = connection.prepare("SELECT body, hash FROM entry").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let rows: Vec<(Vec<u8>, Vec<u8>)> = rows.map(Result::unwrap).collect();
    drop(statement);
    drop(connection);
    let mut flipped = 0;
    for (body, hash) in rows {
        for part in [body, hash] {
            // A page may still hold an old copy in the part of it that is free.
            let copies =
                content.windows(part.len()).enumerate().filter(|(_, window)| *window == part);
            let starts: Vec<u64> = copies.map(|(start, _)| start as u64).collect();
            assert!(!starts.is_empty(), "small entries lie in one piece");
            for at in (0..part.len() as u64).step_by(7) {
                for start in &starts {
                    flip(&database, start + at);
                }
                let mut archive = Archive::open(&path).unwrap();
                assert!(!archive.verify().unwrap().damage.is_empty(), "byte {at}");
                drop(archive);
                fs::write(&database, &content).unwrap();
                flipped += 1;
            }
        }
    }
    assert!(flipped > 100, "{flipped}");
}

#[test]
fn a_file_that_is_gone_and_one_that_nobody_knows_are_told_apart() {
    let (_folder, path) = closed();
    let (name, _) = tree(&path.join("files")).remove(0);
    fs::remove_file(path.join("files").join(&name)).unwrap();
    let stray = readback_archive::Hash::of(b"a stray").to_string();
    fs::create_dir_all(path.join("files").join(&stray[..2])).unwrap();
    fs::write(path.join("files").join(&stray[..2]).join(&stray), "a stray").unwrap();
    let verified = Archive::open(&path).unwrap().verify().unwrap();
    assert_eq!(verified.damage.len(), 1);
    assert!(verified.damage[0].what.contains("is not in the archive any more"));
    assert_eq!(verified.strays.len(), 1);
}

#[test]
fn a_database_that_is_cut_short_empty_or_something_else_is_refused_with_a_sentence() {
    let (_folder, path) = closed();
    let database = path.join("archive.db");
    let content = fs::read(&database).unwrap();
    let told = |bytes: &[u8]| {
        fs::write(&database, bytes).unwrap();
        let opened = Archive::open(&path).and_then(|mut archive| archive.verify());
        match opened {
            Err(error) => error.to_string(),
            Ok(verified) => verified.damage.first().expect("damage").what.clone(),
        }
    };
    for length in [content.len() / 2, 5000, 4096] {
        assert_ne!(told(&content[..length]), "", "{length}");
    }
    assert!(told(&[]).contains("is damaged (it is empty)"));
    assert!(told(&vec![7; 8192]).contains("is damaged (file is not a database)"));
    fs::remove_file(&database).unwrap();
    rusqlite::Connection::open(&database).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    let foreign = Archive::open(&path);
    assert!(foreign.is_err());
}

#[test]
fn a_database_that_was_copied_without_its_log_is_an_older_state() {
    let mut desk = Desk::new();
    desk.add("flood", STORY);
    for round in 0..6 {
        let recordings = vec![desk.recording("a.wav", format!("sound {round}").as_bytes())];
        let text = format!("HALE: This is round {round}.");
        desk.add_all(vec![Adding {
            recordings,
            ..adding(&format!("s{round}"), transcript(&text))
        }]);
        let copy = desk.path(&format!("copy{round}"));
        fs::create_dir(&copy).unwrap();
        fs::copy(desk.archive.folder().join("archive.db"), copy.join("archive.db")).unwrap();
        let verified = Archive::open(&copy).unwrap().verify().unwrap();
        let other = verified.damage.iter().find(|it| !it.what.contains("not in the archive"));
        assert_eq!(other, None, "only files are missing");
    }
}

#[test]
fn a_newer_layout_is_refused_and_left_alone() {
    let (_folder, path) = closed();
    let connection = rusqlite::Connection::open(path.join("archive.db")).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let Err(error) = Archive::open(&path) else { panic!("it opened") };
    assert!(matches!(error, ArchiveError::Newer { found: 99, .. }));
    assert!(error.to_string().contains("was written by a newer Readback (layout 99"), "{error}");
}

#[test]
fn an_entry_cannot_be_changed_or_removed_even_by_hand() {
    let (_folder, path) = closed();
    let connection = rusqlite::Connection::open(path.join("archive.db")).unwrap();
    for sql in ["UPDATE entry SET hash = x'00'", "DELETE FROM entry"] {
        let refused = connection.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("an entry is never"), "{refused}");
    }
}

#[test]
fn entries_that_somebody_removed_are_missed() {
    let (_folder, path) = closed();
    let connection = rusqlite::Connection::open(path.join("archive.db")).unwrap();
    let sql = "DROP TRIGGER entry_is_never_removed;
               DELETE FROM entry WHERE id = (SELECT max(id) FROM entry)";
    connection.execute_batch(sql).unwrap();
    drop(connection);
    let verified = Archive::open(&path).unwrap().verify().unwrap();
    assert_eq!(verified.damage[0].what, "its last entries are gone");
}

#[test]
fn a_half_written_file_is_tidied_away_at_the_next_start() {
    let (_folder, path) = closed();
    let partial = path.join("files/incoming/partial#1");
    fs::create_dir_all(partial.parent().unwrap()).unwrap();
    fs::write(&partial, "half").unwrap();
    let user = Archive::open(&path);
    assert!(!partial.exists());
    fs::write(&partial, "half").unwrap();
    let second = Archive::open(&path);
    assert!(partial.exists(), "somebody else may be writing it");
    drop((user, second));
}

#[test]
fn an_archive_whose_making_was_cut_short_is_made_by_init() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    fs::create_dir(&path).unwrap();
    let begun = rusqlite::Connection::open(path.join("archive.db")).unwrap();
    begun.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    drop(begun);
    assert!(matches!(Archive::open(&path), Err(ArchiveError::Damaged { .. })));
    assert!(Archive::init(&path).is_ok());
}
