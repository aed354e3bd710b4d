//! Broadcast captions: TTML in its drafts and dialects, line 21 captions, EBU STL.

use readback_formats::{Lost, Parsed, ReadError, format_for, losses, read};
use readback_transcript::{Instant, Length, Probability, Stretch, TimeOrigin, Timing, Transcript};

use crate::{STORY, timed, transcript, words, write, write_bytes};

fn read_all(bytes: &[u8], name: &str) -> Transcript {
    let Parsed { transcript, problems } = read(bytes, Some(name)).expect("readable");
    assert!(problems.is_empty(), "{problems:?}");
    transcript
}

/// `word start-end` in seconds, speakers in front of their words.
fn shown(transcript: &Transcript) -> String {
    let mut all = Vec::new();
    for turn in &transcript.turns {
        all.extend(turn.label.as_ref().map(|label| format!("{}:", label.name)));
        for word in turn.words() {
            let stretch = word.timing.expect("timed").stretch;
            let (start, end) = (stretch.start().seconds(), stretch.end().seconds());
            all.push(format!("{} {start}-{end}", word.span.of(&transcript.text)));
        }
    }
    all.join(", ")
}

/// A document with these attributes of its root and this body.
fn document(root: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\" {root}><body>{body}</body></tt>"
    )
}

fn ttml(root: &str, body: &str) -> String {
    shown(&read_all(document(root, body).as_bytes(), "a.ttml"))
}

#[test]
fn ttml_times_are_clocks_frames_ticks_or_offsets() {
    let at = |root: &str, begin: &str, end: &str| {
        ttml(root, &format!("<div><p begin=\"{begin}\" end=\"{end}\">one</p></div>"))
    };
    assert_eq!(at("", "01:00:00", "01:00:01.5"), "one 3600-3601.5");
    assert_eq!(at("", "1.5s", "2500ms"), "one 1.5-2.5");
    assert_eq!(at("", "0.5m", "0.01h"), "one 30-36");
    assert_eq!(at("ttp:frameRate=\"25\"", "00:00:01:05", "50f"), "one 1.2-2");
    assert_eq!(
        at("ttp:frameRate=\"25\" ttp:subFrameRate=\"2\"", "00:00:01:05.1", "70t"),
        "one 1.22-1.4"
    );
    assert_eq!(at("ttp:tickRate=\"10000000\"", "15000000t", "20000000t"), "one 1.5-2");
    for multiplier in ["1000 1001", "1000:1001"] {
        let root = format!("ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"{multiplier}\"");
        assert_eq!(at(&root, "00:00:01:15", "60f"), "one 1.5005-2.002");
    }
}

#[test]
fn ttml_time_codes_count_frames_and_drop_their_names() {
    let at = |drop: &str| {
        let root = format!(
            "ttp:timeBase=\"smpte\" ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"{drop}\""
        );
        ttml(&root, "<p begin=\"01:00:00:00\" end=\"01:00:01:00\">one</p>")
    };
    assert_eq!(at("dropNTSC"), "one 3599.9964-3600.9974");
    assert_eq!(at("nonDrop"), "one 3603.6-3604.601");
    assert_eq!(at("dropPAL"), "one 3599.9964-3600.9974");
}

#[test]
fn ttml_times_count_from_what_they_lie_in() {
    let body = "<div begin=\"10s\"><p begin=\"1s\" dur=\"2s\">one</p><p begin=\"5s\" end=\"6s\">two</p></div>";
    assert_eq!(ttml("", body), "one 11-13, two 15-16");
    let body = "<div begin=\"10s\" timeContainer=\"seq\"><p dur=\"2s\">one</p><p begin=\"1s\" dur=\"2s\">two</p></div>";
    assert_eq!(ttml("", body), "one 10-12, two 13-15");
    let body = "<div begin=\"10s\" end=\"12s\"><p begin=\"1s\">one</p></div><div><p begin=\"20s\">two</p></div>";
    assert_eq!(ttml("", body), "one 11-12, two 20-25");
}

#[test]
fn ttml_words_keep_the_times_of_their_spans() {
    let body = "<p begin=\"1s\" end=\"4s\"><span begin=\"0s\" end=\"1s\">one</span> <span begin=\"1.5s\" dur=\"0.5s\">two</span> <span begin=\"2s\">three</span></p>";
    assert_eq!(ttml("", body), "one 1-2, two 2.5-3, three 3-4");
    let body =
        "<p><span begin=\"1s\" end=\"2s\">one</span> <span begin=\"2s\" end=\"3s\">two</span></p>";
    assert_eq!(ttml("", body), "one 1-2, two 2-3");
}

#[test]
fn ttml_blanks_collapse_and_lines_end_only_where_it_says_so() {
    let body = "<p begin=\"1s\" end=\"2s\">\n   one\n   <span> two</span><br/>\n three&#160;&amp; four </p>";
    let text = read_all(document("", body).as_bytes(), "a.ttml").text;
    assert_eq!(text, "one two\nthree\u{a0}& four\n");
    let body = "<p begin=\"1s\" end=\"2s\" xml:space=\"preserve\">one\ntwo</p>";
    assert_eq!(read_all(document("", body).as_bytes(), "a.ttml").text, "one\ntwo\n");
}

#[test]
fn ttml_agents_are_speakers_of_divisions_captions_and_spans() {
    let head = "<head><metadata><ttm:agent xml:id=\"a\"><ttm:name>Ana Ruiz</ttm:name></ttm:agent><ttm:agent xml:id=\"b\"><ttm:name>Bo</ttm:name></ttm:agent></metadata></head>";
    let body = "<body><div ttm:agent=\"a\"><p begin=\"1s\" end=\"2s\">one</p><p begin=\"2s\" end=\"3s\">two</p></div><p begin=\"3s\" end=\"4s\" ttm:agent=\"b\">Bo: three<span ttm:agent=\"a\"> four</span></p><p begin=\"5s\" end=\"6s\" ttm:agent=\"b\">Bo: five</p></body>";
    let source = format!("<tt xmlns=\"http://www.w3.org/2006/10/ttaf1\">{head}{body}</tt>");
    let transcript = read_all(source.as_bytes(), "a.dfxp");
    assert_eq!(transcript.format, "ttml");
    assert_eq!(transcript.text, "Ana Ruiz: one\ntwo\n\nBo: three\n\nAna Ruiz: four\n\nBo: five\n");
    let names: Vec<&str> = transcript
        .turns
        .iter()
        .map(|turn| turn.label.as_ref().expect("named").name.as_str())
        .collect();
    assert_eq!(names, ["Ana Ruiz", "Bo", "Ana Ruiz", "Bo"]);
}

#[test]
fn ttml_metadata_and_readings_beside_characters_are_not_said() {
    let body = "<p begin=\"1s\" end=\"2s\"><metadata><ttm:desc>not said</ttm:desc></metadata><set tts:color=\"red\"/>one <span tts:ruby=\"container\"><span tts:ruby=\"base\">two</span><span tts:ruby=\"text\">too</span></span></p>";
    assert_eq!(words(&read_all(document("", body).as_bytes(), "a.ttml")), ["one", "two"]);
}

#[test]
fn ttml_that_breaks_off_is_read_up_to_there() {
    let source = document("", "<p begin=\"1s\" end=\"2s\">one</p>\n<p begin=\"2s\" end=\"3s\">two");
    for end in ["</body>", "", "<"] {
        let cut = source.split("</body>").next().expect("a body").to_owned() + end;
        let Parsed { transcript, problems } =
            read(cut.as_bytes(), Some("a.ttml")).expect("readable");
        assert_eq!(words(&transcript), ["one", "two"], "{end}");
        assert!(
            problems[0].message.starts_with("nothing is read from line 3, column "),
            "{problems:?}"
        );
    }
    let Parsed { transcript, problems } =
        read(document("", "<p begin=\"soon\" end=\"3s\">one</p>").as_bytes(), None)
            .expect("readable");
    assert_eq!(shown(&transcript), "one 0-3");
    assert_eq!(problems[0].message, "line 2: `soon` is no time that can be read");
}

#[test]
fn ttml_that_reaches_outside_or_nests_without_end_is_refused() {
    let refused = |source: &str| match read(source.as_bytes(), Some("a.ttml")) {
        Err(ReadError::Malformed { reason, .. }) => reason,
        other => panic!("{other:?}"),
    };
    let bomb =
        "<!DOCTYPE tt [<!ENTITY a \"aaaa\">]>\n<tt><body><p begin=\"1s\">&a;</p></body></tt>";
    assert!(refused(bomb).contains("declares a document type"), "{}", refused(bomb));
    let deep = document("", &"<div>".repeat(100_000));
    assert!(refused(&deep).contains("nested deeper than 200"), "{}", refused(&deep));
    assert_eq!(refused("<tt><body/></tt>"), "there is no caption in it");
}

#[test]
fn ttml_written_has_agents_language_and_escapes() {
    let mut story = timed(transcript("ANA RUIZ, HOST: Who pays at AT&T?\n\nBO MARSH: We do."));
    story.language = Some("en".into());
    let written = write(&story, format_for("ttml").expect("known")).expect("written");
    insta::assert_snapshot!(written);
    let read = read_all(written.as_bytes(), "a.ttml");
    assert_eq!(read.language.as_deref(), Some("en"));
    assert_eq!(words(&read), words(&story));
}

#[test]
fn broadcast_captions_give_back_words_cues_and_speakers() {
    let story = timed(transcript(&format!("{STORY}\n\nBO MARSH: (LAUGHTER) We [sighs] do.\n")));
    // A bracket that the story leaves open is closed.
    let bare = |cue: &str| cue.trim_matches(['(', ')', '[', ']']).replace('\n', " ");
    let cues = |transcript: &Transcript| -> Vec<String> {
        transcript.cues().map(|cue| bare(cue.span.of(&transcript.text))).collect()
    };
    let speakers = |transcript: &Transcript| {
        let mut names: Vec<String> = transcript
            .turns
            .iter()
            .filter(|turn| turn.words().next().is_some())
            .filter_map(|turn| turn.label.as_ref())
            .map(|label| label.name.to_uppercase())
            .collect();
        names.dedup();
        names
    };
    for id in ["ttml", "ebuttd", "scc", "stl"] {
        let format = format_for(id).expect("known");
        let written = write_bytes(&story, format).expect("written");
        let back = read_all(&written, &format!("a.{}", format.extensions[0]));
        assert_eq!(words(&back), words(&story), "{id}");
        assert_eq!(cues(&back), cues(&story), "{id}");
        assert_eq!(speakers(&back), speakers(&story), "{id}");
    }
}

#[test]
fn a_caption_is_seen_without_the_agent_that_speaks_it() {
    let story = timed(transcript("ANA RUIZ, HOST: Who pays?\n\nBO MARSH: We do."));
    let seen = |id: &str| -> Vec<String> {
        let format = format_for(id).expect("known");
        let written = write_bytes(&story, format).expect("written");
        let back = read_all(&written, &format!("a.{}", format.extensions[0]));
        back.captions.into_iter().flat_map(|caption| caption.lines).collect()
    };
    assert_eq!(seen("ttml"), ["Who pays?", "We do."]);
    assert_eq!(seen("stl"), ["ANA RUIZ: Who pays?", "BO MARSH: We do."]);
}

#[test]
fn ebu_tt_d_is_written_with_what_the_standard_asks_for() {
    let mut story = timed(transcript("ANA RUIZ, HOST: Who pays at AT&T?\n\nBO MARSH: We do."));
    story.language = Some("en".into());
    let written = write(&story, format_for("ebuttd").expect("known")).expect("written");
    insta::assert_snapshot!(written);
    let read = read_all(written.as_bytes(), "a.xml");
    assert_eq!((read.format.as_str(), read.language.as_deref()), ("ebuttd", Some("en")));
}

/// A line of line 21 captions: its time code and, in blanks apart, codes in digits or text.
fn line_21(time: &str, parts: &[&str]) -> String {
    let parity = |byte: u8| if byte.count_ones().is_multiple_of(2) { byte | 0x80 } else { byte };
    let word = |pair: &[u8]| {
        format!("{:02x}{:02x}", parity(pair[0]), parity(pair.get(1).copied().unwrap_or(0)))
    };
    let words = parts.iter().flat_map(|part| match part.strip_prefix('=') {
        Some(text) => text.as_bytes().chunks(2).map(word).collect(),
        None => vec![(*part).to_owned()],
    });
    format!("{time}\t{}\n\n", words.collect::<Vec<String>>().join(" "))
}

fn scc(lines: &[(&str, &[&str])]) -> Transcript {
    let lines = lines.iter().map(|(time, parts)| line_21(time, parts));
    let source = format!("Scenarist_SCC V1.0\n\n{}", lines.collect::<String>());
    read_all(source.as_bytes(), "a.scc")
}

#[test]
fn line_21_controls_come_twice_and_count_once() {
    let both = ["9420", "9420", "94ae", "94ae", "9470", "9470", "=one", "942f", "942f"];
    let once = ["9420", "94ae", "9470", "=one", "942f"];
    let end: (&str, &[&str]) = ("00:00:03:00", &["942c", "942c"]);
    assert_eq!(shown(&scc(&[("00:00:01:00", &both), end])), "one 1.267933-3.003");
    assert_eq!(shown(&scc(&[("00:00:01:00", &once), end])), "one 1.167833-3.003");
}

#[test]
fn line_21_time_codes_drop_names_after_a_semicolon() {
    let at = |time: &str| {
        let transcript = scc(&[(time, &["9429", "9470", "=one"])]);
        transcript
            .words()
            .next()
            .and_then(|word| word.timing)
            .expect("timed")
            .stretch
            .start()
            .seconds()
    };
    assert_eq!(at("01:00:00;00"), 3600.063133);
    assert_eq!(at("01:00:00:00"), 3603.666733);
}

#[test]
fn line_21_extended_characters_replace_the_one_before_and_special_ones_do_not() {
    let parts = ["9420", "9470", "=caf", "e5a1", "9220", "=ol", "91b9", "9138", "=la", "942f"];
    let transcript = scc(&[("00:00:01:00", &parts)]);
    assert_eq!(words(&transcript), ["cafeÁol", "àla"]);
}

#[test]
fn line_21_captions_pop_on_roll_up_or_are_painted() {
    let pop_on: (&str, &[&str]) =
        ("00:00:01:00", &["9420", "9140", "=UP ", "91ae", "=top", "9470", "=low", "942f"]);
    let transcript = scc(&[pop_on, ("00:00:02:00", &["942c"])]);
    assert_eq!(transcript.text, "UP  top\nlow\n");
    let row = |time, text| (time, ["9425", "94ad", "9470", text]);
    let rows = [row("00:00:01:00", "=one two"), row("00:00:03:00", "=three")];
    let rows: Vec<(&str, &[&str])> =
        rows.iter().map(|(time, parts)| (*time, parts.as_slice())).collect();
    let rolled = scc(&[&rows[..], &[("00:00:05:00", &["942c"])]].concat());
    assert_eq!(shown(&rolled), "one 1.1011-1.167833, two 1.167833-3.036367, three 3.1031-5.005");
    let painted =
        scc(&[("00:00:01:00", &["9429", "9470", "=one two"]), ("00:00:02:00", &["942c"])]);
    assert_eq!(shown(&painted), "one 1.067733-1.134467, two 1.134467-2.002");
}

#[test]
fn line_21_rubbish_is_named_and_the_second_channel_is_passed_over() {
    let source =
        "Scenarist_SCC V1.0\n\n00:00:01:00\t1c20 1c70 c1c2 zz 9420 9470 4142 942f\n\nsoon 9420\n";
    let Parsed { transcript, problems } = read(source.as_bytes(), Some("a.scc")).expect("readable");
    assert_eq!(words(&transcript), ["AB"]);
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "line 3: `zz` is not two bytes",
            "line 5 does not begin with a time code",
            "2 bytes have the wrong parity; they are read all the same",
        ]
    );
}

#[test]
fn line_21_captions_are_loaded_before_they_are_due() {
    let mut story = transcript("BO: Déjà vu… at the “Łódź” café, 100% of it.");
    for (i, word) in story.words_mut().enumerate() {
        let start = Instant::from_seconds(10.0 + i as f64 / 2.0);
        let stretch = Stretch::new(start, start + Length::from_millis(500));
        word.timing = Some(Timing {
            stretch,
            probability: Probability::new(1.0),
            known: TimeOrigin::Retained,
        });
    }
    let written = write(&story, format_for("scc").expect("known")).expect("written");
    insta::assert_snapshot!(written);
    let back = read_all(written.as_bytes(), "a.scc");
    assert_eq!(words(&back), ["Déjà", "vu", "at", "the", "Lódz", "café", "100%", "of", "it"]);
    let first = back.words().next().and_then(|word| word.timing).expect("timed");
    assert!((first.stretch.start().seconds() - 10.0).abs() < 0.017, "{first:?}");
}

/// A file of EBU STL of this kind, code page and start of the programme.
fn stl(kind: &str, page: &str, start: &str, blocks: &[Vec<u8>]) -> Vec<u8> {
    let mut gsi = format!("850{kind}1{page}09").into_bytes();
    gsi.resize(256, b' ');
    gsi.extend(start.as_bytes());
    gsi.resize(1024, b' ');
    gsi.extend(blocks.concat());
    gsi
}

/// A block: number, extension, cumulative status, times and text.
fn block(
    number: u8,
    extension: u8,
    cumulative: u8,
    [from, to]: [[u8; 4]; 2],
    text: &[u8],
) -> Vec<u8> {
    let mut block = vec![0, number, 0, extension, cumulative];
    block.extend(from);
    block.extend(to);
    block.extend([20, 2, 0]);
    block.extend(text);
    block.resize(128, 0x8f);
    block
}

const ONE: [[u8; 4]; 2] = [[10, 0, 1, 0], [10, 0, 2, 5]];
const TWO: [[u8; 4]; 2] = [[10, 0, 2, 5], [10, 0, 4, 0]];

#[test]
fn stl_counts_from_the_start_of_the_programme() {
    let blocks = [block(1, 0xff, 0, ONE, b"one"), block(2, 0xff, 0, TWO, b"two")];
    for kind in ["STL25.01", "STL30.01"] {
        let transcript = read_all(&stl(kind, "00", "10000000", &blocks), "a.stl");
        let expected = if kind == "STL25.01" {
            "one 1-2.2, two 2.2-4"
        } else {
            "one 1.001-2.168833, two 2.168833-4.004"
        };
        assert_eq!(
            (shown(&transcript).as_str(), transcript.language.as_deref()),
            (expected, Some("en"))
        );
    }
    let Parsed { transcript, problems } =
        read(&stl("STL25.01", "00", "00000000", &blocks), None).expect("readable");
    assert_eq!(shown(&transcript), "one 1-2.2, two 2.2-4");
    assert_eq!(
        problems[0].message,
        "no start of the programme is stated; its times count from 10 hours"
    );
    let early = [block(1, 0xff, 0, [[0, 0, 1, 0], [0, 0, 2, 0]], b"one")];
    assert_eq!(shown(&read_all(&stl("STL25.01", "00", "10000000", &early), "a.stl")), "one 1-2");
}

#[test]
fn stl_accents_precede_their_letters_and_code_pages_are_told_apart() {
    let words_of = |page: &str, text: &[u8]| {
        let file = stl("STL25.01", page, "10000000", &[block(1, 0xff, 0, ONE, text)]);
        read_all(&file, "a.stl").text
    };
    assert_eq!(words_of("00", b"D\xc2ej\xc1a vu \xa45 na\xc8ive \xf9"), "Déjà vu $5 naïve ø\n");
    assert_eq!(words_of("01", b"\xbc\xd8\xe0"), "Мир\n");
    assert_eq!(words_of("02", b"\xe4\xc7"), "لا\n");
    assert_eq!(words_of("03", b"\xed\xe1\xdf"), "ναί\n");
    assert_eq!(words_of("04", b"\xec\xe0"), "לא\n");
}

#[test]
fn stl_blocks_that_extend_one_another_are_one_subtitle() {
    let blocks = [
        block(1, 0, 0, ONE, &[&[b'a'; 109][..], b" D\xc2"].concat()),
        block(1, 0xfe, 0, ONE, b"user data"),
        block(1, 0xff, 0, ONE, b"ej\xc1a"),
    ];
    let transcript = read_all(&stl("STL25.01", "00", "10000000", &blocks), "a.stl");
    assert_eq!(words(&transcript)[1..], ["Déjà"]);
}

#[test]
fn stl_cumulative_subtitles_are_said_one_after_another() {
    let till = [10, 0, 9, 0];
    let blocks = [
        block(1, 0xff, 1, [[10, 0, 1, 0], till], b"one"),
        block(2, 0xff, 2, [[10, 0, 3, 0], till], b"two"),
        block(3, 0xff, 3, [[10, 0, 5, 0], till], b"three"),
    ];
    let transcript = read_all(&stl("STL25.01", "00", "10000000", &blocks), "a.stl");
    assert_eq!(shown(&transcript), "one 1-3, two 3-5, three 5-9");
}

#[test]
fn stl_of_more_blocks_or_words_than_a_story_has_is_refused() {
    let refused = |text: &[u8], count: usize| {
        let blocks = vec![block(1, 0xff, 0, ONE, text); count];
        let error = read(&stl("STL25.01", "00", "10000000", &blocks), None).err();
        error.map(|error| error.to_string()).unwrap_or_default()
    };
    assert!(refused(b"one", 100_000).contains("more than 99,999 blocks"));
    assert!(refused(b"one two three four five six", 99_999).contains("half a million words"));
}

#[test]
fn stl_codes_of_teletext_part_words_and_notes_are_no_subtitles() {
    let mut comment = block(3, 0xff, 0, TWO, b"comment");
    comment[15] = 1;
    let text = b"\x0d\x0b\x0bone\x03two\x0a\x0a\x8a\x8a\x0d\x0b\x0b\x80th\x81ree\x0a\x0a";
    let notes = block(0, 0xff, 0, [[0; 4]; 2], b"STORY: Harlow");
    let blocks = [notes, block(1, 0xff, 0, ONE, text), comment];
    let transcript = read_all(&stl("STL25.01", "00", "10000000", &blocks), "a.stl");
    assert_eq!(words(&transcript), ["one", "two", "three"]);
}

#[test]
fn stl_is_written_in_the_page_that_has_its_letters() {
    let stl = format_for("stl").expect("known");
    for (text, page) in
        [("ANA: “Déjà” vu, $5.", "00"), ("АННА: Мир вам.", "01"), ("ΑΝΝΑ: Ναι, ωραία.", "03")]
    {
        let story = timed(transcript(text));
        let written = write_bytes(&story, stl).expect("written");
        assert_eq!(&written[12..14], page.as_bytes());
        assert_eq!((written.len() - 1024) % 128, 0);
        assert_eq!(words(&read_all(&written, "a.stl")), words(&story));
    }
}

#[test]
fn characters_without_a_code_are_counted_and_named() {
    let story = timed(transcript("ŁUKASZ: Łódź to miasto, ж\u{ad} (ŚMIECH)"));
    let lacking = |id| {
        let losses = losses(&story, format_for(id).expect("known").carries);
        let found = losses.into_iter().find(|loss| loss.what == Lost::Characters);
        found.map(|loss| loss.to_string())
    };
    assert_eq!(lacking("scc").as_deref(), Some("5 characters (Ł Ś ź ж)"));
    assert_eq!(lacking("stl").as_deref(), Some("a character (ж)"));
    assert_eq!(lacking("vtt"), None);
}
