//! A process that writes is killed at random moments, again and again; what it had acknowledged is there.
//!
//! `READBACK_CRASHES=5000 cargo test -p readback-archive crashes -- --nocapture` kills it more often.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use readback_archive::{Adding, Archive, Attachment, Feed, Slug, Verdict};

use crate::harness::{adding, finding, revising, slug, transcript};

const FOLDER: &str = "READBACK_CRASH_FOLDER";
const CRASHES: &str = "READBACK_CRASHES";

/// What the child does until it is killed; a line on standard output acknowledges each step. Run by itself
/// it does nothing.
#[test]
fn work_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let mut archive = Archive::open(&folder.join("archive")).expect("opens after a crash");
    println!("\nready");
    for round in 0.. {
        let name = format!("s{}-{round}", std::process::id());
        let text = format!("HALE: This is {name}, as it was delivered.");
        let sound = folder.join(format!("{name}.wav"));
        std::fs::write(&sound, name.repeat(2000)).expect("a recording");
        let recording = Attachment { path: sound, length: None, feed: Feed::Final, url: None };
        let story = Adding { recordings: vec![recording], ..adding(&name, transcript(&text)) };
        archive.add(vec![story], "child", Timestamp::now()).expect("added");
        println!("\nack add {name}");
        let again = text.replace("as it was", "as it had been");
        archive
            .revise(&slug(&name), revising(1, transcript(&again)), "child", Timestamp::now())
            .expect("revised");
        println!("\nack revise {name}");
        let found = [finding("T003", "been", &again)];
        archive.record(&slug(&name), 2, None, &found, "child", Timestamp::now()).expect("recorded");
        let verdict = (Verdict::Rejected, "it is right");
        archive.decide(&slug(&name), (2, 1), verdict, "child", Timestamp::now()).expect("decided");
        println!("\nack decide {name}");
        // Most are killed in their first rounds, and not all of them should be without a backup.
        if (std::process::id() + round).is_multiple_of(3) {
            archive.backup(&folder.join(format!("backup-{name}"))).expect("backed up");
            println!("\nack backup {name}");
        }
    }
}

#[test]
fn killed_at_random_moments_nothing_acknowledged_is_lost() {
    let crashes = std::env::var(CRASHES).ok().and_then(|it| it.parse().ok()).unwrap_or(25);
    let mut counts = [0_u64; 4];
    let mut folder = fresh();
    for crash in 0..crashes {
        // A new archive now and then, so that what is checked after each crash stays small.
        if crash % 20 == 19 {
            folder = fresh();
        }
        let (steps, after) = (random(crash) % 14, random(crash + (1 << 40)) % 15_000);
        let acknowledged = crash_once(folder.path(), steps as usize, Duration::from_micros(after));
        let mut archive =
            Archive::open(&folder.path().join("archive")).expect("opens after a crash");
        for line in &acknowledged {
            let [step, name] = line.split(' ').collect::<Vec<_>>()[..] else { continue };
            let kind = ["add", "revise", "decide", "backup"].iter().position(|it| *it == step);
            counts[kind.expect("a known step")] += 1;
            holds(&mut archive, folder.path(), step, &slug(name));
        }
        assert_eq!(archive.verify().expect("can be verified").damage, [], "after crash {crash}");
    }
    let [add, revise, decide, backup] = counts;
    println!(
        "{crashes} crashes; acknowledged and there: {add} added, {revise} revised, {decide} decided, \
         {backup} backed up; lost: 0"
    );
}

fn fresh() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Archive::init(&folder.path().join("archive")).expect("a new archive");
    folder
}

/// Numbers that look random and are the same in each run.
fn random(seed: u64) -> u64 {
    let mut x = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^= x >> 31;
    x.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 20
}

/// Lets a child work until some time after a number of steps, kills it, and gives what it had
/// acknowledged.
fn crash_once(folder: &Path, steps: usize, after: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "crashes::work_until_killed", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut acknowledged: Vec<String> = Vec::new();
    let mut take = |line: Option<std::io::Result<String>>| {
        let line = line.and_then(Result::ok)?;
        acknowledged.extend(line.strip_prefix("ack ").map(str::to_owned));
        Some(())
    };
    // Some steps are let pass, so that any of them may be the one under way.
    let mut passed = 0;
    while passed < steps {
        let Some(line) = lines.next() else { break };
        passed +=
            usize::from(line.as_ref().is_ok_and(|it| it.starts_with("ack ") || it == "ready"));
        take(Some(line));
    }
    std::thread::sleep(after);
    child.kill().expect("killed");
    while take(lines.next()).is_some() {}
    child.wait().expect("ended");
    acknowledged
}

fn holds(archive: &mut Archive, folder: &Path, step: &str, name: &Slug) {
    match step {
        "add" => {
            let recordings = archive.recordings(name).expect("the story is there");
            assert!(archive.file(recordings[0].hash).is_ok(), "its recording is there");
        }
        "revise" => {
            let revision = archive.revision(name, Some(2)).expect("the revision is there");
            assert!(revision.transcript.text.contains("had been"));
        }
        "decide" => {
            let review = archive.review(name, 2).expect("the findings are there");
            assert!(review.findings[0].1.is_some(), "the decision is there");
        }
        _ => {
            let backup = folder.join(format!("backup-{name}"));
            let mut backup = Archive::open(&backup).expect("the backup is there");
            assert_eq!(backup.verify().expect("can be verified").damage, []);
        }
    }
}
