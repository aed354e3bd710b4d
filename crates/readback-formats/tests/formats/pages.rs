//! Web pages, podcasts' transcripts and newsrooms' items: what is read of the forms in which they come, and
//! that writing and reading agree.

use proptest::prelude::*;
use readback_formats::{
    Parsed, Publication, ReadError, WriteError, WriteOptions, format_for, podcast_tag, read,
};
use readback_transcript::{Instant, Piece, Transcript};

use crate::{STORY, outline, timed, transcript, words};

fn written_with(transcript: &Transcript, id: &str, publication: Publication) -> String {
    let options = WriteOptions::default().with_publication(publication);
    let format = format_for(id).expect("known");
    let bytes = readback_formats::write(transcript, format, &options).expect("written");
    String::from_utf8(bytes).expect("UTF-8")
}

fn written(transcript: &Transcript, id: &str) -> String {
    written_with(transcript, id, Publication::default())
}

/// Every word's start and end in seconds.
fn times(transcript: &Transcript) -> Vec<(f64, f64)> {
    let stretches = transcript.words().map(|word| word.timing.expect("timed").stretch);
    stretches.map(|stretch| (stretch.start().seconds(), stretch.end().seconds())).collect()
}

fn segments(segments: &str) -> String {
    format!(r#"{{"version":"1.0.0","segments":[{segments}]}}"#)
}

#[test]
fn podcast_segments_of_a_word_each_are_joined_with_blanks_and_broken_at_line_breaks() {
    let source = segments(
        r#"{"speaker":"Darth Vader","startTime":0.5,"endTime":0.75,"body":"I"},
           {"speaker":"Darth Vader","startTime":1,"endTime":1.25,"body":"am"},
           {"speaker":"Darth Vader","startTime":1.5,"endTime":2.0,"body":"here"},
           {"speaker":"Darth Vader","startTime":2.0,"endTime":2.0,"body":".\n"},
           {"speaker":"Darth Vader","startTime":2.25,"endTime":2.5,"body":"Look!\n"},
           {"speaker":"Luke","startTime":2.75,"endTime":3.0,"body":"Nooooo"}"#,
    );
    let Parsed { transcript, problems } = read(source.as_bytes(), None).expect("readable");
    assert_eq!(transcript.format, "podcast-json");
    assert_eq!(transcript.text, "Darth Vader: I am here.\n\nLook!\n\nLuke: Nooooo");
    assert_eq!(times(&transcript)[1], (1.0, 1.25));
    assert_eq!(problems, []);
}

#[test]
fn podcast_segments_that_bring_their_blanks_are_joined_as_they_are() {
    for bodies in [["It", " rai", "ns", " here."], ["It ", "rai", "ns ", "here."]] {
        let segment = |(i, body): (usize, &&str)| format!(r#"{{"startTime":{i},"body":"{body}"}}"#);
        let all: Vec<String> = bodies.iter().enumerate().map(segment).collect();
        let transcript =
            read(segments(&all.join(",")).as_bytes(), None).expect("readable").transcript;
        assert_eq!(transcript.text, "It rains here.");
    }
}

#[test]
fn a_podcast_segment_without_an_end_lasts_to_the_next() {
    let source = segments(
        r#"{"speaker":"ANA","startTime":1,"body":"One two."},{"speaker":"BO","startTime":3.0,"body":"Three."}"#,
    );
    let transcript = read(source.as_bytes(), None).expect("readable").transcript;
    let times = times(&transcript);
    assert_eq!((times[0].0, times[1].1, times[2]), (1.0, 3.0, (3.0, 3.3)));
}

#[test]
fn podcast_json_without_words_or_times_is_refused() {
    let refused = read(segments(r#"{"startTime":1,"body":" "}"#).as_bytes(), None);
    assert_eq!(refused.expect_err("refused").to_string(), "podcast-json: there is no word in it");
    let format = format_for("podcast-json").expect("known");
    let refused = readback_formats::write(&transcript(STORY), format, &WriteOptions::default());
    assert_eq!(refused, Err(WriteError::NoTimes));
}

#[test]
fn podcast_html_is_read_with_speakers_and_times_also_where_nothing_is_escaped() {
    let source = "<cite>Kevin:</cite>\n<time>0:00</time>\n<p>\n  At AT&T it&#39;s 3 < 5 &amp; &eacute;t&eacute;,\n  folks.\n</p>\n\
        <cite>Alban :</cite>\n<time>0:09</time>\n<p>You&rsquo;re <b>so</b> right.</p>";
    let Parsed { transcript, problems } = read(source.as_bytes(), None).expect("readable");
    assert_eq!(transcript.format, "podcast-html");
    assert_eq!(
        transcript.text,
        "Kevin: At AT&T it's 3 < 5 & été, folks.\n\nAlban: You’re so right."
    );
    assert_eq!(problems, []);
    let times = times(&transcript);
    assert_eq!((times[0].0, times[6].1, times[7].0), (0.0, 9.0, 9.0));
}

#[test]
fn the_pages_of_others_are_read_as_far_as_they_say() {
    let source = r#"<!DOCTYPE html><html lang="pt-BR"><head><title>Show</title><script>var a = "<p>no</p>";</script></head>
        <body><nav>Home</nav><header><h1>A Slow Walk</h1></header><div>ANA RUIZ, HOST: Good <i>morn</i>ing.<br>BO: (LAUGHTER) Hi.
        <ul><li>ANA RUIZ: Well&nbsp;now.</ul><button>Play</button><!-- old --><footer>All rights reserved</footer>"#;
    let Parsed { transcript, problems } =
        read(source.as_bytes(), Some("show.html")).expect("readable");
    assert_eq!(transcript.language.as_deref(), Some("pt"));
    assert_eq!(
        outline(&transcript, &problems),
        "format html\nHeadline: A Slow Walk\nturn ANA RUIZ Some(Host)\n  Good | morning\nturn BO None\n  Other (LAUGHTER)\n  Hi\nturn ANA RUIZ None\n  Well | now\n"
    );
}

#[test]
fn hyperaudio_words_keep_their_times() {
    let source = r#"<article><section><p><span class="speaker" data-m="900" data-d="0">Ana: </span><span data-m="1000" data-d="250">Good </span><span data-m="1250" data-d="500">morning.</span></p></section></article>"#;
    let transcript = read(source.as_bytes(), None).expect("readable").transcript;
    assert_eq!(transcript.text, "Ana: Good morning.");
    assert_eq!(times(&transcript), [(1.0, 1.25), (1.25, 1.75)]);
}

#[test]
fn a_date_in_prose_is_no_time_of_a_passage() {
    let source = r#"<html><p><cite>Ana</cite> It was <time datetime="2024-05-03">the third of May</time>.</p></html>"#;
    let transcript = read(source.as_bytes(), None).expect("readable").transcript;
    assert_eq!(transcript.text, "Ana: It was the third of May.");
    assert!(transcript.words().all(|word| word.timing.is_none()));
}

#[test]
fn a_page_comes_back_as_the_story_it_was() {
    for source in [STORY, include_str!("../fixtures/podcast.md")] {
        let given = Transcript { language: Some("en".into()), ..timed(transcript(source)) };
        let page = written(&given, "html");
        let Parsed { transcript: read_back, problems } =
            read(page.as_bytes(), None).expect("readable");
        let house = transcript(&written(&given, "npr"));
        let rest = |transcript: &Transcript| {
            outline(transcript, &[]).split_once('\n').expect("lines").1.to_uppercase()
        };
        // House style has every label in capitals; a page has names as they are written.
        assert_eq!(rest(&read_back), rest(&house), "{page}");
        assert_eq!(times(&read_back), times(&given));
        assert_eq!(read_back.language.as_deref(), Some("en"));
        assert_eq!(problems, []);
    }
}

#[test]
fn nothing_in_a_text_can_become_markup_of_its_page() {
    let hostile = r#"</script><script>alert("x")</script>"#;
    let source = format!("ANA: One <{hostile} & two. \u{1}");
    let mut given = timed(transcript(&source));
    for turn in &mut given.turns {
        turn.label.as_mut().expect("labelled").name = hostile.into();
    }
    let publication = Publication::default()
        .with_uri(hostile)
        .with_provider(hostile)
        .with_audio(format!("\"{hostile}"))
        .with_created(hostile);
    let given = Transcript { language: Some(format!("\"{hostile}")), ..given };
    for id in ["html", "podcast-html", "newsml-g2"] {
        let page = written_with(&given, id, publication.clone());
        assert!(!page.contains("alert(\"x\")</script>"), "{id}: {page}");
        assert!(page.matches("<script").count() <= 1, "{id}: {page}");
    }
    let written = written_with(&given, "ninjs", publication);
    let object: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert!(!object["bodies"][1]["value"].as_str().expect("text").contains("<script"), "{written}");
}

#[test]
fn a_news_object_has_the_text_twice_and_says_no_more_than_is_known() {
    let given = Transcript { language: Some("en".into()), ..transcript(STORY) };
    let object: serde_json::Value = serde_json::from_str(&written(&given, "ninjs")).expect("JSON");
    let keys: Vec<&String> = object.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "bodies",
            "headlines",
            "language",
            "profile",
            "representationType",
            "standard",
            "type",
            "uri"
        ]
    );
    assert_eq!(object["bodies"][0]["value"], written(&given, "npr"));
    assert_eq!(object["bodies"][0]["wordCount"], words(&given).len());
    let publication = Publication::default()
        .with_uri("https://example.org/1")
        .with_provider("Example Radio")
        .with_created("2026-05-03T10:00:00Z")
        .with_audio("https://example.org/1.mp3");
    let object: serde_json::Value =
        serde_json::from_str(&written_with(&given, "ninjs", publication)).expect("JSON");
    assert_eq!(object["associations"][0]["renditions"][0]["href"], "https://example.org/1.mp3");
    assert_eq!(object["infoSources"][0]["name"], "Example Radio");
    assert_eq!(object["versionCreated"], "2026-05-03T10:00:00Z");
}

#[test]
fn news_items_are_known_and_not_read() {
    for id in ["ninjs", "newsml-g2"] {
        let item = written(&transcript(STORY), id);
        let refused = read(item.as_bytes(), None).expect_err("refused");
        assert!(
            matches!(refused, ReadError::Closed(reason) if reason.ends_with("give the transcript itself"))
        );
    }
}

#[test]
fn the_tag_of_a_feed_names_type_and_use() {
    let tag = |id, language| {
        podcast_tag(format_for(id).expect("known"), "https://example.org/a?b=1&c=2", language)
    };
    assert_eq!(
        tag("vtt", Some("pt")).as_deref(),
        Some(
            r#"<podcast:transcript url="https://example.org/a?b=1&amp;c=2" type="text/vtt" language="pt" rel="captions"/>"#
        )
    );
    assert_eq!(
        tag("podcast-html", None).as_deref(),
        Some(r#"<podcast:transcript url="https://example.org/a?b=1&amp;c=2" type="text/html"/>"#)
    );
    assert_eq!(tag("ctm", None), None);
}

/// A story of two speakers with cues and broken sentences, of so many words.
fn story(count: usize, step: usize) -> Transcript {
    let word = |i: usize| {
        let length = (i * step * 7919) % 11 + 1;
        let turn = match i % 23 {
            22 if i.is_multiple_of(2) => "\n\nANA RUIZ: ",
            22 => "\n\nBO MARSH: ",
            11 if i.is_multiple_of(3) => " (LAUGHTER) ",
            17 => "\n\n",
            _ => " ",
        };
        let stop = ["", "", ",", "", ".", "?"][i * step % 6];
        format!("{turn}{}{stop}", "abcdefghijklm".get(..length).unwrap_or("a"))
    };
    timed(transcript(&format!("ANA RUIZ: {}", (0..count).map(word).collect::<String>())))
}

fn speakers(transcript: &Transcript) -> Vec<(Option<String>, usize)> {
    let turns = transcript.turns.iter();
    turns
        .map(|turn| (turn.label.as_ref().map(|it| it.name.clone()), turn.words().count()))
        .collect()
}

fn cues(transcript: &Transcript) -> Vec<&str> {
    transcript.cues().map(|cue| cue.span.of(&transcript.text)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_podcast_and_page_formats_carry_comes_back(count in 1_usize..150, step in 1_usize..5) {
        let given = story(count, step);
        for id in ["podcast-json", "podcast-html", "html", "docx"] {
            let format = format_for(id).expect("known");
            let bytes = readback_formats::write(&given, format, &WriteOptions::default()).expect("written");
            let Parsed { transcript: read_back, problems } = read(&bytes, None).expect("readable");
            prop_assert_eq!(&read_back.format, id);
            prop_assert_eq!(words(&read_back), words(&given), "{}", id);
            prop_assert_eq!(cues(&read_back), cues(&given), "{}", id);
            prop_assert!(problems.is_empty(), "{} {:?}", id, problems);
            // Podcast segments name a speaker each, not where one begins anew.
            if id != "podcast-json" {
                prop_assert_eq!(speakers(&read_back), speakers(&given), "{}", id);
            }
            match id {
                "podcast-json" | "html" => prop_assert_eq!(times(&read_back), times(&given), "{}", id),
                "podcast-html" => {
                    let starts = |transcript: &Transcript| -> Vec<i64> {
                        let first = transcript.turns.iter().filter_map(|turn| turn.words().next()?.timing);
                        first.map(|timing| (timing.stretch.start() - Instant::START).micros() / 1_000_000).collect()
                    };
                    prop_assert_eq!(starts(&read_back), starts(&given));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn any_markup_is_read_or_refused(parts in prop::collection::vec(prop::sample::select(MARKUP.to_vec()), 1..40)) {
        let source = format!("<html>{}", parts.concat());
        if let Ok(Parsed { transcript, .. }) = read(source.as_bytes(), Some("a.html")) {
            for turn in &transcript.turns {
                for piece in &turn.pieces {
                    if let Piece::Speech { span, .. } = piece {
                        prop_assert!(transcript.text.get(span.start..span.end).is_some());
                    }
                }
            }
        }
    }
}

const MARKUP: &[&str] = &[
    "<p>",
    "</p>",
    "<cite>",
    "</cite>",
    "Ana Ruiz",
    ":",
    "<time>",
    "0:12",
    "</time>",
    "<h1>",
    "</h2>",
    "<h2>",
    "<p data-words=\"1+2 - 9+9\">",
    "one two three",
    "<span data-m=\"12\" data-d=\"4\">",
    "</span>",
    "é ",
    "<br>",
    "<",
    "&",
    "&amp;",
    "&#x1F600;",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "\"",
    "'",
    "<a href=\"",
    ">",
    "<time datetime=\"PT1H2M3.5S\">",
    "<time datetime=\"PT99999999999999H\">",
    "<nav>",
    "</nav>",
    " ",
    "\n",
    "(LAUGHTER)",
    "<p class=\"notice\">",
    "<span class=\"speaker\">",
    "測試",
    "BO:",
    ". ",
];
