//! A contractor's own XML, read by `--mapping`.

use crate::harness::Desk;

const STORY: &str = "<?xml version='1.0'?><a><l who='Bo Marsh'>Salt and water.</l></a>";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("story.xml", STORY);
    desk.file("agency.toml", "[turn]\nelement = 'l'\nspeaker = '@who'\n");
    desk.file("wrong.toml", "[turn]\nelement = 'l'\nspeeker = '@who'\n");
    desk
}

#[test]
fn convert_and_check_read_it() {
    let desk = desk();
    desk.run("convert --mapping agency.toml story.xml - --to text")
        .code(0)
        .prints_part("Salt and water.");
    desk.run("check --mapping agency.toml story.xml --fail-on never").code(0);
}

#[test]
fn caption_and_align_read_it() {
    let desk = desk();
    desk.file(
        "timed.toml",
        "[times]\nnotation = 'seconds'\n[turn]\nelement = 'l'\nstart = '@s'\nend = '@e'\n",
    );
    desk.file("timed.xml", "<a><l s='1' e='3'>Salt and water.</l></a>");
    desk.run("caption --mapping timed.toml timed.xml").code(0).prints_part("Salt and water.");
    let ran = desk.run("align --mapping wrong.toml story.xml story.mp3").code(2);
    ran.says_part("cannot use the mapping wrong.toml");
}

#[test]
fn without_a_mapping_or_with_a_wrong_one_it_is_refused() {
    let desk = desk();
    let ran = desk.run("convert story.xml - --to text").code(2);
    ran.says_part("xml: this XML is of no known kind; name its parts in a mapping");
    let ran = desk.run("convert --mapping wrong.toml story.xml - --to text").code(2);
    ran.says_part("cannot use the mapping wrong.toml");
    let ran = desk.run("convert --mapping wrong.toml story.xml - --to text").code(2);
    ran.says_part("did you mean `speaker`?");
}
