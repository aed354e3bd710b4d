//! How a run ends when the outside world does not play along: full disks, closed pipes, Ctrl-C.

#![cfg(unix)]

use std::fs::{self, File};
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::harness::Desk;

#[test]
fn a_full_disk_behind_standard_output() {
    let desk = Desk::new();
    let mut run = desk.run("rules");
    run.command.stdout(File::options().write(true).open("/dev/full").expect("/dev/full"));
    let output = run.command.output().expect("the program ends");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        said.trim_end(),
        "error: cannot write to standard output: No space left on device (os error 28)"
    );
}

#[test]
fn a_full_disk_behind_a_file() {
    let desk = Desk::new();
    desk.file("story.txt", "Good morning.\n");
    let ran = desk.run("convert story.txt /dev/full --to json --force").code(2);
    ran.says("error: cannot write /dev/full: No space left on device (os error 28)");
}

#[test]
fn a_folder_that_is_not_there() {
    let desk = Desk::new();
    desk.file("story.txt", "Good morning.\n");
    let ran = desk.run("convert story.txt nowhere/story.json").code(2);
    ran.says("error: cannot write nowhere/story.json: there is no folder nowhere");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let desk = Desk::new();
    let mut run = desk.run("explain A003");
    let mut child = run
        .command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn ctrl_c_ends_with_130_and_leaves_nothing_half_written() {
    let desk = Desk::new();
    // A pip that never ends: the model's partial folder exists while it runs.
    desk.file("bin/pip3", "#!/bin/sh\n[ \"$1\" = --version ] && exit 0\nexec /bin/sleep 60\n");
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(desk.path("bin/pip3"), permissions).expect("permissions");
    let mut run = desk.run("models pull base");
    let mut child = run
        .command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let patience = Instant::now() + Duration::from_secs(60);
    while desk.names("models").len() < 2 {
        assert!(Instant::now() < patience, "no partial folder appeared");
        std::thread::sleep(Duration::from_millis(10));
    }
    let id = child.id().to_string();
    let sent = Command::new("/bin/kill").args(["-INT", &id]).status().expect("a signal");
    assert!(sent.success());
    assert_eq!(child.wait().expect("the program ends").code(), Some(130));
    assert_eq!(desk.names("models"), [".base.lock"]);
    let mut said = String::new();
    child.stdout.take().expect("a pipe").read_to_string(&mut said).expect("UTF-8");
    assert_eq!(said, "");
}
