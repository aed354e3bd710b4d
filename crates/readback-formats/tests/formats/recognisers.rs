//! Recognisers' own output, each shape as a small file: the same two sentences, told by content from
//! one another, read with times, probabilities and speakers.

use readback_formats::{FORMATS, Parsed, WriteError, format_for, read, to_hearing};
use readback_transcript::{TimeOrigin, Transcript};

use crate::{transcript, words, write};

/// Each source with the format it must be taken for and its name.
pub const SOURCES: &[(&str, &str, &[u8])] = &[
    ("aws", "aws.json", include_bytes!("../fixtures/recognisers/aws.json")),
    ("aws", "aws_channels.json", include_bytes!("../fixtures/recognisers/aws_channels.json")),
    ("google", "google.json", include_bytes!("../fixtures/recognisers/google.json")),
    ("google", "google_v2.json", include_bytes!("../fixtures/recognisers/google_v2.json")),
    (
        "speechmatics",
        "speechmatics.json",
        include_bytes!("../fixtures/recognisers/speechmatics.json"),
    ),
    ("deepgram", "deepgram.json", include_bytes!("../fixtures/recognisers/deepgram.json")),
    (
        "deepgram",
        "deepgram_channels.json",
        include_bytes!("../fixtures/recognisers/deepgram_channels.json"),
    ),
    ("assemblyai", "assemblyai.json", include_bytes!("../fixtures/recognisers/assemblyai.json")),
    ("revai", "revai.json", include_bytes!("../fixtures/recognisers/revai.json")),
    ("azure", "azure.json", include_bytes!("../fixtures/recognisers/azure.json")),
    ("azure", "azure_fast.json", include_bytes!("../fixtures/recognisers/azure_fast.json")),
    ("trint", "trint.json", include_bytes!("../fixtures/recognisers/trint.json")),
    ("sonix", "sonix.json", include_bytes!("../fixtures/recognisers/sonix.json")),
    ("podlove", "podlove.json", include_bytes!("../fixtures/recognisers/podlove.json")),
    ("words", "vosk.json", include_bytes!("../fixtures/recognisers/vosk.json")),
    ("words", "elevenlabs.json", include_bytes!("../fixtures/recognisers/elevenlabs.json")),
    ("nlp", "words.nlp", include_bytes!("../fixtures/recognisers/words.nlp")),
    ("otter", "otter.txt", include_bytes!("../fixtures/recognisers/otter.txt")),
    ("whisperx", "whisperx.json", include_bytes!("../fixtures/recognisers/whisperx.json")),
    ("whisper", "whisper.json", include_bytes!("../fixtures/recognisers/whisper.json")),
    (
        "whisper",
        "faster_whisper.json",
        include_bytes!("../fixtures/recognisers/faster_whisper.json"),
    ),
    ("openai", "openai.json", include_bytes!("../fixtures/recognisers/openai.json")),
    (
        "openai-diarized",
        "openai_diarized.json",
        include_bytes!("../fixtures/recognisers/openai_diarized.json"),
    ),
    (
        "whispercpp",
        "whispercpp_full.json",
        include_bytes!("../fixtures/recognisers/whispercpp_full.json"),
    ),
    ("whispercpp", "whispercpp.json", include_bytes!("../fixtures/recognisers/whispercpp.json")),
    ("hearing", "hearing.json", include_bytes!("../fixtures/recognisers/hearing.json")),
];

/// The source of that name, read.
fn source(name: &str) -> Transcript {
    let found = SOURCES.iter().find(|(_, known, _)| *known == name).expect("a known source");
    read(found.2, Some(name)).expect("readable").transcript
}

/// JSON that is read without a problem.
fn read_json(json: &str) -> Transcript {
    read(json.as_bytes(), Some("asr.json")).expect("readable").transcript
}

/// `text start-end probability`, with how the time is known where it did not come with the source.
fn timed_words(transcript: &Transcript) -> Vec<String> {
    let shown = |word: &readback_transcript::Word| {
        let text = word.span.of(&transcript.text);
        let Some(timing) = word.timing else { return text.to_owned() };
        let (start, end) = (timing.stretch.start().seconds(), timing.stretch.end().seconds());
        let known = if timing.known == TimeOrigin::Retained { "" } else { " estimated" };
        format!("{text} {start:.1}-{end:.1} {:.2}{known}", timing.probability.get())
    };
    transcript.words().map(shown).collect()
}

/// The name of each turn's speaker.
fn speakers(transcript: &Transcript) -> Vec<&str> {
    let labels = transcript.turns.iter().map(|turn| turn.label.as_ref());
    labels.map(|label| label.map_or("nobody", |label| &label.name)).collect()
}

#[test]
fn each_is_known_by_its_content_with_and_without_a_file_name() {
    for (id, file, bytes) in SOURCES {
        let ending = file.rsplit_once('.').expect("an ending").1;
        for name in [Some(format!("asr.{ending}")), Some("asr".into()), None] {
            let Parsed { transcript, problems } = read(bytes, name.as_deref()).expect("readable");
            assert_eq!((transcript.format.as_str(), problems.len()), (*id, 0), "{file} {name:?}");
        }
    }
    let ours = write(&transcript("BO: Who pays?"), format_for("json").expect("known"));
    let transcript =
        read(ours.expect("written").as_bytes(), Some("a.json")).expect("readable").transcript;
    assert_eq!(transcript.format, "npr");
}

#[test]
fn no_other_format_claims_what_is_the_one_s() {
    for (id, file, bytes) in SOURCES {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        // Written anew in another order of keys and other blanks, it is the same format.
        let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { continue };
        if *id == "hearing" {
            continue;
        }
        let pretty = serde_json::to_string_pretty(&value).expect("JSON");
        assert_eq!(read_json(&pretty).format, *id, "{file}");
    }
}

#[test]
fn the_words_are_the_same_whoever_heard_them() {
    for (_, file, _) in SOURCES {
        let transcript = source(file);
        let words: Vec<String> = words(&transcript).iter().map(|w| w.to_lowercase()).collect();
        let all = ["the", "fare", "is", "$40", "who", "pays"];
        assert_eq!(words, all[..words.len()], "{file}");
        assert!(words.len() >= 4, "{file}");
    }
}

#[test]
fn words_carry_their_times_and_probabilities() {
    let first = |file: &str| timed_words(&source(file))[..4].to_vec();
    let given = ["The 0.5-0.7 0.99", "fare 0.7-1.1 0.61", "is 1.1-1.3 0.99", "$40 1.3-2.1 0.98"];
    for file in [
        "faster_whisper.json",
        "whisper.json",
        "hearing.json",
        "deepgram.json",
        "deepgram_channels.json",
        "assemblyai.json",
        "revai.json",
        "speechmatics.json",
        "aws_channels.json",
    ] {
        assert_eq!(first(file), given, "{file}");
    }
    assert_eq!(first("vosk.json")[1..], given[1..]);
    assert_eq!(
        first("elevenlabs.json")[..3],
        ["The 0.5-0.7 0.99", "fare 0.7-1.1 0.61", "is 1.1-1.3 0.99"]
    );
    assert_eq!(first("azure.json")[..3], given[..3]);
    assert_eq!(first("azure.json")[3], "$40 1.3-2.1 0.98");
    let unsure = ["The 0.5-0.7 1.00", "fare 0.7-1.1 1.00", "is 1.1-1.3 1.00", "$40 1.3-2.1 1.00"];
    for file in ["words.nlp", "trint.json", "sonix.json"] {
        assert_eq!(first(file), unsure, "{file}");
    }
    assert_eq!(first("aws.json")[1], "fare 0.7-1.1 0.61");
    assert_eq!(first("azure_fast.json")[1], "fare 0.7-1.1 0.98");
    assert_eq!(first("google.json")[..2], ["the 0.0-0.7 0.80", "fare 0.7-1.1 1.00"]);
    assert_eq!(first("google_v2.json")[..2], ["The 0.5-0.7 0.91", "fare 0.7-1.1 0.60"]);
}

#[test]
fn words_that_openai_gives_without_punctuation_time_the_text_that_has_it() {
    let transcript = source("openai.json");
    assert_eq!(transcript.text, "The fare is $40. Who pays?\n");
    assert_eq!(
        timed_words(&transcript)[2..5],
        ["is 1.1-1.3 0.82", "$40 1.3-2.1 0.82", "Who 2.5-2.8 0.82"]
    );
    // Where they are cut or spelt otherwise, they share the time.
    let other = read_json(
        r#"{"task":"transcribe","language":"german","duration":3,"text":"Ja, wohl, ich also 21!","segments":
        [{"start":0,"end":3,"text":" Ja, wohl, ich also 21!"}],"words":[{"word":"jawohl","start":0.5,"end":1.3},{"word":"Ich","start":1.3,"end":1.4},{"word":"Also","start":1.4,"end":1.5},
        {"word":"ein","start":1.5,"end":1.7},{"word":"und","start":1.7,"end":1.9},{"word":"zwanzig","start":1.9,"end":2.3}]}"#,
    );
    assert_eq!(
        timed_words(&other)[..2],
        ["Ja 0.5-0.8 1.00 estimated", "wohl 0.8-1.3 1.00 estimated"]
    );
    assert_eq!(
        timed_words(&other)[2..],
        ["ich 1.3-1.4 1.00", "also 1.4-1.5 1.00", "21 1.5-2.3 1.00"]
    );
    assert_eq!(other.language.as_deref(), Some("de"));
}

#[test]
fn pieces_of_a_word_are_joined_and_special_tokens_left_out() {
    let full = timed_words(&source("whispercpp_full.json"));
    assert_eq!(full[1..4], ["fare 0.7-1.1 0.61", "is 1.1-1.3 0.99", "$40 1.3-1.4 0.90"]);
    let glued = read_json(
        r#"[{"start":0,"end":2,"text":" well-known","words":[{"word":" well","start":0,"end":1,"probability":0.9},
        {"word":"-known","start":1,"end":2,"probability":0.8}]}]"#,
    );
    assert_eq!(timed_words(&glued), ["well-known 0.0-2.0 0.80"]);
}

#[test]
fn a_character_that_whisper_cpp_splits_over_tokens_is_put_together() {
    let segment = |text: &[u8], tokens: &[&[u8]]| {
        let token = |token: &&[u8]| {
            [br#"{"offsets":{"from":0,"to":500},"p":0.9,"text":""#, *token, br#""}"#].concat()
        };
        let tokens: Vec<Vec<u8>> = tokens.iter().map(token).collect();
        let start = br#"{"transcription":[{"offsets":{"from":0,"to":500},"text":""#;
        [start, text, br#"","tokens":["#, &tokens.join(&b","[..]), b"]}]}"].concat()
    };
    for (text, tokens, bare) in [
        (
            " 40 €.",
            vec![&b"[_BEG_]"[..], b" 40", b" \xe2\x82", b"\xac", b".", b"[_TT_25]"],
            vec!["40"],
        ),
        (" Å.", vec![&b" \xc3"[..], b"\x85."], vec!["Å"]),
        ("真昼", vec![&b"\xe7\x9c"[..], b"\x9f", b"\xe6\x98\xbc"], vec!["真", "昼"]),
    ] {
        let json = segment(text.as_bytes(), &tokens);
        let Parsed { transcript, problems } = read(&json, Some("a.json")).expect("readable");
        assert_eq!((transcript.text.trim(), problems.len()), (text.trim(), 0));
        assert_eq!(words(&transcript), bare);
    }
    // With -ml 1 the parts of a word, and of a character, are segments of their own.
    let parts = [&b" f"[..], b"are", b" \xc3", b"\x85"]
        .map(|part| [br#"{"offsets":{"from":0,"to":500},"text":""#, part, br#""}"#].concat());
    let json = [br#"{"transcription":["#, &parts.join(&b","[..])[..], b"]}"].concat();
    assert_eq!(words(&read(&json, None).expect("readable").transcript), ["fare", "Å"]);
}

#[test]
fn a_numeral_that_whisperx_gave_no_time_lies_between_its_neighbours() {
    let hearing = to_hearing(&source("whisperx.json")).expect("timed");
    let heard: Vec<&str> = hearing.words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(heard, ["The", "fare", "is", "$40.", "Who", "pays?"]);
    let amount = hearing.words[3].stretch;
    assert_eq!((amount.start().seconds(), amount.end().seconds()), (1.3, 2.5));
    assert_eq!(hearing.length.seconds(), 3.2);
}

#[test]
fn what_python_writes_for_no_number_is_no_number() {
    let read = read_json(
        r#"{"segments":[{"start":0.5,"end":1.5,"text":" NaN said: \"Infinity\"","avg_logprob":-Infinity,
        "words":[{"word":"NaN","start":NaN,"end":NaN,"score":NaN},{"word":"bread","start":0.5,"end":1.5,"score":0.9}]}]}"#,
    );
    assert_eq!(timed_words(&read), ["NaN", "bread 0.5-1.5 0.90"]);
}

#[test]
fn what_a_hallucination_repeats_is_only_data() {
    let segment =
        r#"{"start":1,"end":2,"text":" Thank you.","compression_ratio":9.9,"avg_logprob":-0.1}"#;
    let json = format!(r#"{{"segments":[{}],"language":"en"}}"#, vec![segment; 50].join(","));
    assert_eq!(words(&read_json(&json)).len(), 100);
}

#[test]
fn where_only_segments_have_times_their_words_share_them() {
    let shared = timed_words(&source("whispercpp.json"));
    assert_eq!(shared[4..], ["Who 2.5-2.8 1.00 estimated", "pays 2.8-3.2 1.00 estimated"]);
    assert_eq!(timed_words(&source("faster_whisper.json"))[4], "Who 2.5-2.8 1.00 estimated");
    assert_eq!(timed_words(&source("podlove.json"))[4], "Who 2.5-2.8 1.00 estimated");
    assert_eq!(timed_words(&source("openai_diarized.json"))[4], "Who 2.5-2.8 1.00 estimated");
}

#[test]
fn speakers_become_turns() {
    for (file, names) in [
        ("aws.json", ["spk_0", "spk_1"]),
        ("aws_channels.json", ["ch_0", "ch_1"]),
        ("google.json", ["Speaker 1", "Speaker 2"]),
        ("deepgram.json", ["Speaker 0", "Speaker 1"]),
        ("deepgram_channels.json", ["Channel 0", "Channel 1"]),
        ("assemblyai.json", ["A", "B"]),
        ("revai.json", ["Speaker 0", "Speaker 1"]),
        ("words.nlp", ["Speaker 0", "Speaker 1"]),
        ("speechmatics.json", ["S1", "S2"]),
        ("azure.json", ["Speaker 1", "Speaker 2"]),
        ("azure_fast.json", ["Speaker 0", "Speaker 1"]),
        ("trint.json", ["Ana", "Bo"]),
        ("sonix.json", ["Ana", "Bo"]),
        ("podlove.json", ["Ana", "Bo"]),
        ("elevenlabs.json", ["speaker_0", "speaker_1"]),
        ("otter.txt", ["Ana Ruiz", "Speaker 2"]),
        ("whisperx.json", ["SPEAKER_00", "SPEAKER_01"]),
        ("openai_diarized.json", ["A", "B"]),
    ] {
        assert_eq!(speakers(&source(file)), names, "{file}");
    }
    assert_eq!(speakers(&source("openai.json")), ["nobody"]);
    assert_eq!(source("aws.json").text, "spk_0: The fare is $40.\n\nspk_1: Who pays?\n");
}

#[test]
fn the_language_is_told_where_the_source_tells_it() {
    for file in [
        "aws_channels.json",
        "google.json",
        "google_v2.json",
        "deepgram.json",
        "assemblyai.json",
        "speechmatics.json",
        "azure.json",
        "azure_fast.json",
        "elevenlabs.json",
        "whisperx.json",
        "whisper.json",
        "openai.json",
        "whispercpp.json",
    ] {
        assert_eq!(source(file).language.as_deref(), Some("en"), "{file}");
    }
}

#[test]
fn every_recogniser_can_be_another_witness() {
    for (_, file, _) in SOURCES {
        let transcript = source(file);
        let hearing = to_hearing(&transcript).expect(file);
        assert_eq!(hearing.words.len(), words(&transcript).len(), "{file}");
    }
    assert_eq!(to_hearing(&transcript("Who pays?")), Err(WriteError::NoTimes));
}

#[test]
fn what_a_recogniser_puts_in_brackets_is_a_cue() {
    let laughs = source("revai.json");
    assert_eq!(laughs.cues().map(|cue| cue.span.of(&laughs.text)).collect::<Vec<_>>(), ["<laugh>"]);
    let redacted = read_json(
        r#"{"results":{"transcripts":[],"items":[
        {"type":"pronunciation","alternatives":[{"content":"I'm","confidence":"0.9"}],"start_time":"0","end_time":"1"},
        {"type":"pronunciation","alternatives":[{"content":"[PII]","redactions":[{"confidence":"0.8","type":"NAME"}]}],"start_time":"1","end_time":"2"},
        {"type":"punctuation","alternatives":[{"content":".","confidence":"0.0"}]}]}}"#,
    );
    assert_eq!((words(&redacted), redacted.cues().count()), (vec!["I'm"], 1));
    let music = read_json(
        r#"{"text":" [Music playing] (upbeat music) So (I think) yes. [BLANK_AUDIO]","segments":[]}"#,
    );
    assert_eq!((words(&music), music.cues().count()), (vec!["So", "I", "think", "yes"], 3));
}

#[test]
fn a_hostile_answer_takes_no_more_time_than_its_size() {
    let words = |word: &str, count: usize| {
        let word = format!(r#"{{"word":"{word}","start":1,"end":2}}"#);
        vec![word; count].join(",")
    };
    for word in ["<a>", "[LAUGHS] [A_B]", "(", "[a", "a)", "真", "\\n"] {
        let many = words(word, 5_000);
        let json =
            format!(r#"{{"task":"","text":"x","language":"en","duration":1,"words":[{many}]}}"#);
        let _ = read(json.as_bytes(), None);
        let _ = read(
            json.replace(r#""task""#, r#""segments":[{"text":"y z"}],"task""#).as_bytes(),
            None,
        );
        let _ = read(format!("{{\"result\":[{many}]}}").as_bytes(), None);
    }
}

#[test]
fn the_last_result_of_google_with_speakers_counts_once_and_others_all() {
    let result =
        |words: &str| format!(r#"{{"alternatives":[{{"transcript":"x","words":[{words}]}}]}}"#);
    let plain = |word: &str, speaker: &str| {
        format!(r#"{{"word":"{word}","startTime":"1s","endTime":"1.500s"{speaker}}}"#)
    };
    let json = |results: &[String]| format!(r#"{{"results":[{}]}}"#, results.join(","));
    let (tag, label) = (r#","speakerTag":1"#, r#","speakerLabel":"1""#);
    for speaker in [tag, label] {
        let repeated = [
            result(&plain("one", "")),
            result(&plain("two", "")),
            result(&[plain("one", speaker), plain("two", speaker)].join(",")),
        ];
        assert_eq!(words(&read_json(&json(&repeated))), ["one", "two"]);
        // Where only some speakers are known, nothing is said again.
        for first in ["", speaker] {
            let one = [plain("one", first), plain("more", first)].join(",");
            let each = [result(&one), result(&plain("two", speaker))];
            assert_eq!(words(&read_json(&json(&each))), ["one", "more", "two"]);
        }
    }
}

#[test]
fn marks_of_speechmatics_and_rev_stand_where_they_say() {
    let item = |kind: &str, content: &str, attaches: &str| {
        format!(
            r#"{{"type":"{kind}","start_time":1,"end_time":2,"attaches_to":"{attaches}","alternatives":[{{"content":"{content}","confidence":1}}]}}"#
        )
    };
    let results = [
        item("punctuation", "¿", "next"),
        item("word", "Que", "none"),
        item("punctuation", "-", "both"),
        item("word", "si", "none"),
        item("punctuation", "?", "previous"),
        item("word", "No", "none"),
    ];
    let read = read_json(&format!(r#"{{"format":"2.9","results":[{}]}}"#, results.join(",")));
    assert_eq!(read.text, "¿Que-si? No\n");
    let element = |kind: &str, value: &str| {
        format!(r#"{{"type":"{kind}","value":"{value}","ts":1,"end_ts":2,"confidence":1}}"#)
    };
    let elements = [
        element("punct", "“"),
        element("text", "Well"),
        element("punct", "-"),
        element("text", "known"),
        element("punct", ",” "),
        element("text", "she"),
        element("punct", " "),
        element("text", "said"),
    ];
    let json = format!(
        r#"{{"speakers":[{{"id":3,"name":"Ana"}}],"monologues":[{{"speaker":3,"elements":[{}]}}]}}"#,
        elements.join(",")
    );
    assert_eq!(read_json(&json).text, "Ana: “Well-known,” she said\n");
}

#[test]
fn otter_s_clock_may_begin_anew_and_a_speaker_may_be_renamed() {
    let starts = |text: &str| -> Vec<f64> {
        let Parsed { transcript, problems } =
            read(text.as_bytes(), Some("a.txt")).expect("readable");
        assert_eq!((transcript.format.as_str(), problems.len()), ("otter", 0), "{text}");
        let first = |turn: &readback_transcript::Turn| turn.words().next().expect("a word").timing;
        transcript
            .turns
            .iter()
            .map(|t| first(t).expect("timed").stretch.start().seconds())
            .collect()
    };
    assert_eq!(starts("Speaker 1  59:58\nOne.\n\nAna Ruiz  0:04\nTwo.\n"), [3598.0, 3604.0]);
    assert_eq!(starts("Bo  12:59:58\nOne.\n\nBo  1:00:03\nTwo.\n"), [46798.0, 46803.0]);
    assert_eq!(starts("Bo  1:02:03\nOne.\n\nAna\t1:02:05\nTwo.\n"), [3723.0, 3725.0]);
    assert_eq!(starts("Bo  11:59 PM\nOne.\n\nAna  12:01 AM\nTwo.\n"), [0.0, 120.0]);
    let back =
        "Board meeting\n\nBo  0:30\nOne.\n\nAna  0:10\nTwo.\n\nTranscribed by https://otter.ai\n";
    let Parsed { transcript, problems } = read(back.as_bytes(), None).expect("readable");
    assert_eq!((words(&transcript), problems.len()), (vec!["One", "Two"], 1));
    assert_eq!(problems[0].span.of(back), "Ana  0:10");
    assert_eq!(speakers(&transcript), ["Bo", "Ana"]);
}

#[test]
fn a_hearing_is_cut_at_pauses_and_before_thirty_seconds() {
    let line = |i: usize, at: f64| format!("a 1 {at:.1} 0.4 word{i}\n");
    let mut source: String = (0..100).map(|i| line(i, i as f64 * 0.5)).collect();
    source += &line(100, 60.0);
    let transcript = read(source.as_bytes(), Some("a.ctm")).expect("readable").transcript;
    let hearing = to_hearing(&transcript).expect("timed");
    let lengths: Vec<f64> =
        hearing.windows.iter().map(|window| window.stretch.length().seconds()).collect();
    assert_eq!(lengths, [29.9, 19.9, 0.4]);
    assert!(hearing.words.is_sorted_by_key(|word| word.window));
}

#[test]
fn json_of_another_kind_is_refused_and_not_taken_for_text() {
    for (source, reason) in [
        ("{\"a\": 1}", "json: neither a Readback transcript nor a recogniser's output: "),
        ("{\"segments\": [{\"start\": {}}]}", "whisper: there is no word in it"),
        ("{\"monologues\": [{\"elements\": [{\"ts\": \"\"}]}]}", "revai: not as expected: "),
        ("{\"recognizedPhrases\": []}", "azure: there is no word in it"),
        ("{\"results\": {\"items\": 3}}", "aws: not as expected: "),
        ("{\"transcription\": [{\"offsets\": {}}]}", "whispercpp: not as expected: "),
        ("{\"results\": [{\"alternatives\": [{\"words\": 1}]}]}", "google: not as expected: "),
    ] {
        let error = read(source.as_bytes(), Some("a.json")).expect_err("refused").to_string();
        assert!(error.starts_with(reason), "{error}");
    }
}

#[test]
fn impossible_times_are_no_times() {
    let source = "{\"segments\":[{\"words\":[{\"word\":\"a\",\"start\":-1,\"end\":1},\
        {\"word\":\"b\",\"start\":1e300,\"end\":2},{\"word\":\"c\",\"start\":\"x\",\"end\":2},\
        {\"word\":\"d\",\"start\":3,\"end\":2}],\"start\":0}]}";
    let transcript = read(source.as_bytes(), Some("a.json")).expect("readable").transcript;
    assert_eq!(timed_words(&transcript), ["a", "b", "c", "d 3.0-3.0 1.00"]);
}

#[test]
fn what_only_recognisers_write_is_not_written() {
    let read_only = FORMATS.iter().filter(|format| !format.write.is_open() && format.id != "xml");
    for format in read_only {
        assert_eq!(
            write(&transcript("Who pays?"), format),
            Err(WriteError::Closed("only a recogniser writes this format"))
        );
    }
}
