//! SubRip as it comes: there is no standard, and every maker of it has its own slips.

use readback_formats::read;

/// `start end text` of each caption, times in seconds.
fn seen(source: &str) -> Vec<(f64, f64, String)> {
    let transcript = read(source.as_bytes(), Some("a.srt")).expect("readable").transcript;
    let seen = transcript.captions.iter().map(|caption| {
        let stretch = caption.stretch;
        (stretch.start().seconds(), stretch.end().seconds(), caption.lines.join("|"))
    });
    seen.collect()
}

fn texts(source: &str) -> Vec<String> {
    seen(source).into_iter().map(|(_, _, text)| text).collect()
}

#[test]
fn numbers_may_be_missing_repeated_or_close_to_the_text() {
    let time = "00:00:01,000 --> 00:00:02,000";
    assert_eq!(texts(&format!("{time}\none\n\n{time}\ntwo\n")), ["one", "two"]);
    assert_eq!(texts(&format!("1\n{time}\none\n\n1\n{time}\ntwo\n")), ["one", "two"]);
    assert_eq!(texts(&format!("1\n{time}\none\n2\n{time}\ntwo\n")), ["one", "two"]);
    assert_eq!(texts(&format!("1\n{time}\nin\n\n1931\n\n{time}\ntwo\n")), ["in|1931", "two"]);
    assert_eq!(texts(&format!("1\n{time}\n1931\n\n2\n{time}\ntwo\n")), ["1931", "two"]);
}

#[test]
fn a_caption_without_text_does_not_take_the_next_number_for_it() {
    let time = "00:00:01,000 --> 00:00:02,000";
    assert_eq!(texts(&format!("1\n{time}\n\n2\n{time}\ntwo\n")), ["", "two"]);
}

#[test]
fn times_are_taken_as_they_come() {
    for (time, start, end) in [
        ("00:00:01,000 --> 00:00:02,500", 1.0, 2.5),
        ("00:00:01.000 --> 00:00:02.500", 1.0, 2.5),
        ("0:0:1,000 --> 0:0:2,5", 1.0, 2.5),
        ("00:01,000-->00:02,500", 1.0, 2.5),
        ("100:00:01,000 --> 100:00:02,500", 360_001.0, 360_002.5),
        ("00:00:01,000 --> 00:00:02,500  X1:40 X2:600 Y1:20 Y2:50", 1.0, 2.5),
        ("-00:00:01,000 --> 00:00:02,500", 0.0, 2.5),
        ("00:00:03,000 --> 00:00:02,500", 3.0, 3.0),
    ] {
        assert_eq!(seen(&format!("1\n{time}\nx\n")), [(start, end, "x".to_owned())], "{time}");
    }
}

#[test]
fn blank_lines_inside_a_caption_and_styles_are_no_words() {
    let time = "00:00:01,000 --> 00:00:02,000";
    let source = format!(
        "1\n{time}\n{{\\an8}}<font color=\"#fff\">one</font>\n\n<i>two</i>\n\n2\n{time}\nthree\n"
    );
    assert_eq!(texts(&source), ["one|two", "three"]);
}

#[test]
fn overlapping_captions_are_read_in_the_order_of_the_file() {
    let source = "1\n00:00:01,000 --> 00:00:05,000\none\n\n2\n00:00:02,000 --> 00:00:03,000\ntwo\n";
    assert_eq!(seen(source), [(1.0, 5.0, "one".to_owned()), (2.0, 3.0, "two".to_owned())]);
}
