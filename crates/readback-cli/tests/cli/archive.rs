//! The archive on the command line. Nothing here listens; `hearing` reads a story back where a model is.

use crate::harness::{Desk, silence};

const RUSH: &str = "HALE: It cost $43,000 in March, said Maria Carvallo.\n\n\
                    CARVALHO: The collective west was asleep.\n";

/// A desk with one story in its archive.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("in/flood.txt", RUSH).file("in/flood.wav", silence(1.0));
    desk.run("init").code(0).prints("a new archive in .readback\n");
    desk.run("add in --programme Morning --date 2026-11-26 --url https://example.org/flood.mp3 --author Ada")
        .code(0)
        .prints("in/flood.txt: new story flood, with 1 recording\n");
    desk
}

fn corrected() -> Desk {
    let desk = desk();
    desk.file("new.txt", RUSH.replace("43,000", "34,000").replace("Carvallo", "Carvalho"));
    desk.run("revise flood new.txt --state corrected --author Ada -m")
        .arg("Carvalho called")
        .code(0)
        .prints("flood@2, corrected\n");
    desk
}

#[test]
fn a_story_goes_in_and_comes_out_as_it_was() {
    let desk = desk();
    desk.run("show flood --to text").code(0).prints(RUSH);
    desk.run("list").code(0).prints("2026-11-26  rush       flood  flood (1 revision)\n");
    let json = desk.run("list --json").code(0).json();
    assert_eq!((&json[0]["slug"], &json[0]["recordings"]), (&"flood".into(), &1.into()));
    desk.run("add in").code(0).prints("in/flood.txt: there already: flood@1\n");
    let stats = desk.run("stats --json").code(0).json();
    assert_eq!((&stats["stories"], &stats["seconds"]), (&1.into(), &1.into()));
}

#[test]
fn a_manifest_pairs_what_names_do_not() {
    let desk = Desk::new();
    desk.file("a.txt", RUSH).file("b.wav", silence(1.0));
    desk.file("m.tsv", "transcript\taudio\tstory\na.txt\tb.wav\tflood\n");
    desk.run("init --archive kept").code(0);
    let json = desk.run("add --manifest m.tsv --archive kept --json").code(0).json();
    assert_eq!((&json[0]["slug"], &json[0]["recordings"]), (&"flood".into(), &1.into()));
    desk.run("list").env("READBACK_ARCHIVE", desk.path("kept")).code(0).prints_part("flood");
}

#[test]
fn what_changed_is_shown_word_by_word() {
    let desk = corrected();
    desk.run("diff flood").code(0).prints(
        "--- flood@1 (rush)\n+++ flood@2 (corrected)\n\nHALE: It cost [-$43,000-]{+$34,000+} in March, said Maria \
         [-Carvallo.-]{+Carvalho.+}\n\nCARVALHO: The collective west was asleep.\n",
    );
    let json = desk.run("diff flood@1 flood@2 --json").code(0).json();
    assert_eq!(json["changes"][0]["before"]["text"], "$43,000 ");
    desk.run("diff flood --html").code(0).prints_part("<del>$43,000 </del><ins>$34,000 </ins>");
    desk.run("diff flood@1")
        .code(2)
        .says("error: flood@1 (rush) is the first revision; there is none to compare it with");
}

#[test]
fn a_correction_carries_its_notice_and_the_log_tells_all() {
    let desk = corrected();
    let json = desk.run("correct flood --save --author Ada --json").code(0).json();
    assert_eq!(json["notice"]["class"], "substantive");
    let text = json["notice"]["text"].as_str().expect("a notice");
    assert!(
        text.contains(
            "had “It cost $43,000 in March” where the speaker said “It cost $34,000 in March”"
        ),
        "{text}"
    );
    assert!(text.contains("misspelled the name Carvalho as Carvallo"), "{text}");
    let log = desk.run("log flood").code(0);
    let places = [
        "notice on revision 2",
        "revision 2 (corrected)",
        "Carvalho called\n    2 changes",
        "revision 1 (rush)",
    ];
    let at: Vec<usize> = places.iter().map(|it| log.stdout.find(it).expect(it)).collect();
    assert!(at.is_sorted(), "{}", log.stdout);
}

#[test]
fn a_phrase_is_found_with_speaker_and_place() {
    let desk = corrected();
    desk.run("search speaker:carvalho").arg("collective west").code(0).prints(
        "CARVALHO in flood, 2026-11-26\n    … The collective west was asleep. …\n    https://example.org/flood.mp3\n",
    );
    desk.run("search carvallo revision:first").code(0).prints_part("only in revision 1");
    desk.run("search karvalyo").code(0).prints_part("by its sound");
    desk.run("search nothing").code(0).prints("nothing was found\n");
    desk.run("search speaker:hale")
        .arg("collective west")
        .code(0)
        .prints_part("nothing was found of that speaker; of others:\nCARVALHO in flood");
    desk.run("search voice:x").code(2).says_part("there is no filter voice");
}

#[test]
fn findings_are_kept_and_a_rejected_one_is_not_told_again() {
    let desk = Desk::new();
    desk.file("flood.txt", "HALE: It was cold in the the evening, and he saw the the river.\n");
    desk.run("init").code(0);
    desk.run("add flood.txt").code(0);
    let found = desk.run("check flood --json --fail-on never").code(0).json();
    let count = found["findings"].as_array().expect("findings").len();
    assert!(count >= 2, "{found}");
    desk.run("show flood --findings").code(0).prints_part("  1  ");
    desk.run("decide flood reject 1 -m").arg("he stammers").code(0).prints_part("rejected: ");
    desk.run("decide flood accept 2").code(0);
    let again = desk.run("check flood --json --fail-on never").code(0).says_part("1 finding more");
    assert_eq!(again.json()["findings"].as_array().expect("findings").len(), count - 1);
    desk.run("revise flood --fixes --state corrected").code(0);
    desk.run("show flood --to text")
        .code(0)
        .prints("HALE: It was cold in the the evening, and he saw the river.\n");
    desk.run("check flood@2 --json --fail-on never")
        .code(0)
        .says_part("1 finding more, which somebody rejected");
    desk.run("check flood --fix").code(2).says_part("is a story of the archive");
}

#[test]
fn out_as_plain_files_and_back_is_the_same_and_verifies() {
    let desk = corrected();
    desk.run("export out").code(0).prints("1 story with 4 entries and 1 file in out\n");
    desk.run("init --archive other").code(0);
    desk.run("import out --archive other")
        .code(0)
        .prints_part("1 new story, 4 new entries; 0 entries here already");
    desk.run("export again --archive other").code(0);
    assert_eq!(
        desk.read("out/stories/flood/history.jsonl"),
        desk.read("again/stories/flood/history.jsonl")
    );
    desk.run("verify --archive other")
        .code(0)
        .prints_part("all is as it was: 4 entries in 1 history, 1 file (");
    desk.run("backup copy").code(0).prints("the database and 1 file in copy\n");
    desk.run("verify --archive copy").code(0);
    let name = desk
        .names("copy/files")
        .into_iter()
        .find(|it| it != "incoming")
        .expect("a folder of files");
    let file = desk.names(&format!("copy/files/{name}")).remove(0);
    desk.file(&format!("copy/files/{name}/{file}"), "not the sound");
    desk.run("verify --archive copy").code(1).prints_part("its content has changed");
    desk.run("backup copy").code(2).says("error: copy exists already and was left alone");
}

#[test]
fn a_watched_folder_is_taken_in_once_and_survives_restarts() {
    let desk = Desk::new();
    desk.run("init").code(0);
    desk.file("in/flood.txt", RUSH)
        .file("in/late.wav", silence(1.0))
        .file("in/half.txt.part", "HALE: It");
    let watch = "watch in --once --settle 0 --text-only --author Ada";
    desk.run(watch).code(0).prints_part("in/flood.txt: new story flood@1, ");
    desk.run(watch).code(0).prints("in/flood.txt: there already flood@1\n");
    desk.file("in/late.txt", "HALE: The text came late.\n").file("in/flood.wav", silence(1.0));
    let told = desk.run(watch).code(0);
    assert!(told.stdout.contains("in/late.txt: new story late@1"), "{}", told.stdout);
    let json = desk.run("list --json").code(0).json();
    let recordings: Vec<_> =
        json.as_array().expect("stories").iter().map(|it| it["recordings"].clone()).collect();
    assert_eq!(recordings, [1, 1]);
    desk.file("in/flood.txt", RUSH.replace("43", "34"));
    desk.run(watch).code(0).prints_part("in/flood.txt: new revision flood@2");
    desk.run("watch in --once --settle 60").code(0).prints("");
}

#[test]
fn a_watch_that_is_killed_again_and_again_loses_and_doubles_nothing() {
    let desk = Desk::new();
    desk.run("init").code(0);
    for round in 0..12_u32 {
        for number in 0..3 {
            let name = format!("in/story-{round}-{number}");
            desk.file(&format!("{name}.txt"), format!("HALE: This is number {round} {number}.\n"))
                .file(&format!("{name}.wav"), silence(0.1 + f64::from(round) / 100.0));
        }
        let mut watch = desk.run("watch in --settle 0 --text-only").started();
        std::thread::sleep(std::time::Duration::from_millis(u64::from(5 + round * 37 % 130)));
        watch.kill().expect("killed");
        watch.wait().expect("ended");
    }
    desk.run("watch in --settle 0 --text-only --once").code(0);
    let json = desk.run("list --json").code(0).json();
    let stories = json.as_array().expect("stories");
    assert_eq!(stories.len(), 36);
    for story in stories {
        assert_eq!((&story["revisions"], &story["recordings"]), (&1.into(), &1.into()), "{story}");
    }
    let log = desk.run("log story-0-0 --json").code(0).json();
    let acts =
        log.as_array().expect("a log").iter().filter(|it| it.to_string().contains("findings"));
    assert_eq!(acts.count(), 1, "{log}");
    desk.run("verify").code(0);
}

/// Runs a command where no file may grow beyond so many blocks of 512 bytes: a disk that is full. Says what
/// it says.
#[cfg(unix)]
fn on_a_full_disk(desk: &Desk, blocks: u32, command: &str) -> String {
    let program = env!("CARGO_BIN_EXE_readback");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec {program} {command}");
    let mut shell = std::process::Command::new("/bin/sh");
    let run = shell.arg("-c").arg(script).current_dir(desk.path("")).output().expect("a shell");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{command}: {said}");
    assert!(said.starts_with("error: "), "{command}: {said}");
    said
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_leaves_the_archive_whole() {
    let desk = desk();
    let words = |count: u32| (0..count).map(|it| format!("word{it} ")).collect::<String>();
    desk.file("long.txt", format!("HALE: {}", words(60_000)));
    let before = desk.run("log flood --json").code(0).json();
    on_a_full_disk(&desk, 150, "add long.txt");
    on_a_full_disk(&desk, 150, "revise flood long.txt");
    on_a_full_disk(&desk, 8, "revise flood --state final");
    desk.run("verify").code(0);
    desk.run("list").code(0).prints("2026-11-26  rush       flood  flood (1 revision)\n");
    assert_eq!(desk.run("log flood --json").code(0).json(), before);
    desk.run("add long.txt").code(0).prints("long.txt: new story long\n");

    desk.file("twice.txt", "HALE: It was cold in the the evening.\n");
    desk.run("add twice.txt").code(0);
    desk.run("check twice --fail-on never").code(0);
    let before = desk.run("log twice --json").code(0).json();
    // The reason does not fit, though all else does.
    for (blocks, reason) in [(8, "short".to_owned()), (75, words(12_000))] {
        on_a_full_disk(&desk, blocks, &format!("decide twice reject 1 -m '{reason}'"));
        assert_eq!(desk.run("log twice --json").code(0).json(), before);
    }
    desk.run("decide twice reject 1").code(0);

    for command in ["backup copy", "export plain"] {
        on_a_full_disk(&desk, 150, command);
    }
    let left = |name: &String| name.starts_with("copy") || name.starts_with("plain");
    assert_eq!(desk.names("").into_iter().find(left), None);
    desk.run("backup copy").code(0);
    desk.run("export plain").code(0);
    desk.run("verify").code(0);
}

#[test]
fn several_processes_that_add_the_same_files_at_once_double_nothing() {
    let desk = Desk::new();
    desk.run("init").code(0);
    for number in 0..20 {
        desk.file(&format!("in/s{number}.txt"), format!("HALE: This is number {number}.\n"))
            .file(&format!("in/s{number}.wav"), silence(0.1 + f64::from(number) / 100.0));
    }
    let started: Vec<_> = (0..4).map(|_| desk.run("add in").started()).collect();
    for mut process in started {
        assert!(process.wait().expect("ended").success());
    }
    let json = desk.run("list --json").code(0).json();
    let stories = json.as_array().expect("stories");
    assert_eq!(stories.len(), 20);
    for story in stories {
        assert_eq!((&story["revisions"], &story["recordings"]), (&1.into(), &1.into()), "{story}");
    }
    desk.run("verify").code(0);
}

#[test]
fn what_lies_beside_a_transcript_is_left_alone_and_said() {
    let desk = Desk::new();
    desk.run("init").code(0);
    desk.file("in/flood.txt", RUSH)
        .file("in/flood.wav", silence(1.0))
        .file("in/flood.segments.json", r#"[{"start": 0.0, "end": 1.0, "text": "It cost"}]"#)
        .file("in/flood.words.json", r#"[{"w": "It", "start": 0.0, "end": 1.0}]"#)
        .file("in/flood.rttm", "SPEAKER flood 1 0.0 1.0 <NA> <NA> HALE <NA> <NA>\n")
        .file("in/flood.srt", "1\n00:00:00,000 --> 00:00:01,000\nIt cost\n");
    let said = "readback: 4 files beside a transcript or recording of the same name left alone (in/flood.rttm …)\n";
    desk.run("add in")
        .code(0)
        .prints("in/flood.txt: new story flood, with 1 recording\n")
        .says(said.trim_end());
    desk.run("add in").code(0).prints("in/flood.txt: there already: flood@1\n");
    desk.run("watch in --once --settle 0 --text-only")
        .code(0)
        .prints_part("in/flood.txt: there already");
    let json = desk.run("list --json").code(0).json();
    assert_eq!(json.as_array().expect("stories").len(), 1);
}

#[test]
fn what_cannot_be_done_is_said() {
    let desk = Desk::new();
    desk.run("list")
        .code(2)
        .says("error: there is no archive in .readback; `readback init` makes one");
    desk.run("init").code(0);
    desk.run("init").code(2).says("error: there is an archive in .readback already");
    desk.run("show fire")
        .code(2)
        .says("error: there is no story fire in the archive; `readback list` shows all");
    desk.run("show fire@x")
        .code(2)
        .says_part("x is no revision; give a number from 1, as in fire@2");
    desk.run("add nothing.txt").code(2).says("error: there is no file nothing.txt");
    desk.file("a.txt", RUSH).run("add a.txt").code(0);
    desk.run("revise a")
        .code(2)
        .says("error: there is nothing to revise: give a file, --fixes, --state or --align");
    desk.run("revise a a.txt")
        .code(2)
        .says("error: a has these very words as its last revision; there is nothing to revise");
    desk.run("decide a accept 1").code(2).says("error: revision 1 of a has no finding 1; it has 0");
}
