//! What holds for every source: nothing panics, spans are sound, writing and reading agree.

use proptest::prelude::*;
use readback_formats::{FORMATS, Format, Parsed, ReadOptions, Times, format_for, read, read_as};
use readback_transcript::{Piece, Transcript, Word};

use crate::sound::assert_sound;
use crate::{STORY, nist, tei, tiers, timed, transcript, words, write, write_bytes, xml};

fn assert_survives(bytes: &[u8]) {
    for format in FORMATS {
        if let Ok(Parsed { transcript, problems }) = read_as(bytes, format, &ReadOptions::default())
        {
            assert_sound(&transcript, &problems);
            // What is read as text goes through every writer; another format's goes back into that.
            let transcript = timed(transcript);
            let of_use = |target: &&&Format| format.id == "text" || target.id == format.id;
            for target in FORMATS.iter().filter(of_use) {
                let _ = write_bytes(&transcript, target);
            }
        }
    }
}

#[test]
fn a_file_cut_off_at_any_byte_is_read_or_refused() {
    let story = timed(transcript(STORY));
    let mut sources = vec![STORY.as_bytes().to_vec()];
    sources.push(include_bytes!("../fixtures/podcast.md").to_vec());
    sources.push(include_bytes!("../fixtures/captions.vtt").to_vec());
    sources.push(include_bytes!("../fixtures/captions.srt").to_vec());
    sources.push(include_bytes!("../fixtures/words.ctm").to_vec());
    sources.push(
        write(&transcript("ANA: Déjà vu."), format_for("json").expect("known"))
            .expect("written")
            .into_bytes(),
    );
    let short = timed(transcript("ANA RUIZ, HOST: It rains (LAUGHTER).\n\nBO: No."));
    for id in ["docx", "podcast-json", "podcast-html"] {
        let format = format_for(id).expect("known");
        sources.push(write_bytes(&short, format).expect("written"));
    }
    sources.push(STORY[..200].encode_utf16().flat_map(u16::to_le_bytes).collect());
    for id in ["ttml", "ebuttd", "scc", "stl"] {
        let said = timed(transcript("ANA: Déjà vu (it is), we said.\n\nBO: Yes."));
        sources.push(write_bytes(&said, format_for(id).expect("known")).expect("written"));
    }
    sources.extend(crate::recognisers::SOURCES.iter().map(|(_, _, source)| source.to_vec()));
    for text in [tei::ISO, tiers::SHORT, tiers::EAF, nist::STM, nist::RTTM] {
        sources.push(text.as_bytes().to_vec());
    }
    for source in sources {
        for end in 0..source.len() {
            if let Ok(Parsed { transcript, problems }) = read(&source[..end], None) {
                assert_sound(&transcript, &problems);
            }
        }
    }
    assert_sound(&story, &[]);
}

#[test]
fn what_broke_a_reader_once_breaks_none() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/found");
    let found = std::fs::read_dir(folder).expect("the kept finds");
    let found: Vec<_> = found.map(|entry| entry.expect("a file").path()).collect();
    for path in &found {
        assert_survives(&std::fs::read(path).expect("readable"));
    }
    assert!(found.len() > 5, "{found:?}");
}

#[test]
fn a_hostile_source_takes_no_more_time_than_its_size() {
    for unit in [
        "(",
        ")",
        "[(",
        "((A) ",
        "A:",
        "<",
        "&",
        "[[](",
        "Copyright (c) 20 a. rush deadline. ",
        "01",
        "\u{200b}",
        "(.)",
        "A. B: ",
        "-->\n",
        "# a\n\n",
        "** a:",
        "<p begin=\"9s\">a<br/>",
        "<a>",
        "<a b='",
        "<pc>.</pc>",
        "&a;",
        "\"\"\"",
        "t 1 a 0.0 1.0 { a / \n",
        "SPEAKER t 1 0 1 <NA> <NA> a\n",
        "t 1 0.0 1.0\n",
    ] {
        let source = "x ".to_owned() + &unit.repeat(20_000 / unit.len());
        assert_survives(source.as_bytes());
    }
}

/// Parts from which stories are put together.
fn fragments() -> impl Strategy<Value = Vec<&'static str>> {
    let parts = [
        "\n\nANA RUIZ, HOST: ",
        "\n\nBO: ",
        "\n\nQ: ",
        "\n\n",
        "\n",
        " ",
        ". ",
        ", ",
        "(LAUGHTER)",
        " (SOUNDBITE OF MUSIC) ",
        "(SOUNDBITE OF MUSIC",
        "Non-English language spoken)",
        "[laughs]",
        "(I think)",
        "01001010",
        "&#39;",
        "<br/>",
        "\u{fffd}",
        "the",
        " U.S. ",
        " $2.4 ",
        " 5% ",
        "don’t",
        " 9:30 ",
        "café",
        "测试",
        " Bo: ",
        "**Ana Ruiz:** ",
        " “well,” ",
        " -- ",
        "…",
        "\u{200b}",
        "Copyright (c) 2024 Example Radio. ",
        " NATO: ",
        " one thing: ",
        "(",
        ")",
        "[",
        "]",
        ":",
        "\r\n",
        "\t",
        "A",
        "b",
        ">> ",
    ];
    prop::collection::vec(prop::sample::select(parts.to_vec()), 1..60)
}

#[test]
fn xml_read_by_a_mapping_is_read_or_refused_wherever_it_is_cut_off() {
    let (mapping, source) = (xml::blocks("toml")[0], xml::blocks("xml")[0]);
    for end in (0..source.len()).filter(|&end| source.is_char_boundary(end)) {
        if let Ok(Parsed { transcript, problems }) = xml::read_by(mapping, &source[..end]) {
            assert_sound(&transcript, &problems);
        }
    }
    for unit in ["<para>", "<para voice='v1'>a</para>", "<said>a", "<sound>", "&a;"] {
        let source = format!("<transcript>{}", unit.repeat(20_000 / unit.len()));
        if let Ok(Parsed { transcript, problems }) = xml::read_by(mapping, &source) {
            assert_sound(&transcript, &problems);
        }
    }
}

/// Turns of two speakers or nobody with words, punctuation and cues.
fn stories() -> impl Strategy<Value = String> {
    let speaker = prop::sample::select(vec!["ANA RUIZ, HOST: ", "BO MARSH: ", "CY: "]);
    let parts = vec![
        "salt",
        "water,",
        "“well,”",
        "war--now",
        "U.S.",
        "$2.40",
        "no.",
        "(LAUGHTER)",
        "[laughs]",
        "R&B",
        "5%",
        "\"yes\"",
        "café",
        "\n\n",
        "\n\n(SOUNDBITE OF MUSIC)\n\n",
        "<i>so</i>",
    ];
    let turn = (speaker, prop::collection::vec(prop::sample::select(parts), 1..12));
    prop::collection::vec(turn, 1..8).prop_map(|turns| {
        let shown =
            |(speaker, parts): &(&str, Vec<&str>)| format!("{speaker}Oh {}", parts.join(" "));
        turns.iter().map(shown).collect::<Vec<_>>().join("\n\n")
    })
}

/// Every word with its speaker, and every cue where it stands among them.
fn said(transcript: &Transcript) -> Vec<String> {
    let text = &transcript.text;
    let mut all = Vec::new();
    for turn in &transcript.turns {
        let name = turn.label.as_ref().map_or("", |label| &label.name).replace('_', " ");
        for piece in &turn.pieces {
            match piece {
                Piece::Speech { words, .. } => {
                    all.extend(words.iter().map(|word| format!("{name}: {}", word.span.of(text))));
                }
                Piece::Cue(cue) => all.push(cue.span.of(text).to_owned()),
            }
        }
    }
    all
}

/// When every word begins and ends, in milliseconds.
fn millis(transcript: &Transcript) -> Vec<(i64, i64)> {
    let timings = transcript.words().map(|word| word.timing.expect("timed").stretch);
    timings.map(|s| (s.start().micros() / 1000, s.end().micros() / 1000)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        assert_survives(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        assert_survives(text.as_bytes());
    }

    #[test]
    fn any_story_is_read_soundly(parts in fragments()) {
        assert_survives(parts.concat().as_bytes());
    }

    #[test]
    fn json_gives_back_exactly_what_it_was_given(parts in fragments(), language in prop::option::of("[a-z]{2}")) {
        if let Ok(Parsed { transcript, .. }) = read(parts.concat().as_bytes(), None) {
            let json = format_for("json").expect("known");
            let transcript = Transcript { language, ..timed(transcript) };
            let written = write(&transcript, json).expect("written");
            prop_assert_eq!(read(written.as_bytes(), None).expect("readable").transcript, transcript);
        }
    }

    #[test]
    fn times_survive_json_to_the_microsecond(start in 0_i64..1 << 40, length in 0_i64..1 << 30, probability in 0.0_f32..=1.0) {
        let mut given = transcript("one");
        for word in given.words_mut() {
            let start = readback_transcript::Instant::from_micros(start);
            word.timing = Some(readback_transcript::Timing {
                stretch: readback_transcript::Stretch::new(start, start + readback_transcript::Length::from_micros(length)),
                probability: readback_transcript::Probability::new(probability),
                known: readback_transcript::TimeOrigin::Retained,
            });
        }
        let json = format_for("json").expect("known");
        let written = write(&given, json).expect("written");
        prop_assert_eq!(read(written.as_bytes(), None).expect("readable").transcript, given);
    }

    #[test]
    fn recognisers_formats_keep_what_they_carry(count in 1_usize..120, step in 1_u64..5, japanese in any::<bool>()) {
        let word = |i: u64| {
            let length = ((i * step * 7919) % 11 + 1) as usize;
            let turn = if i % 23 == 22 { "\n\nANA RUIZ: " } else if i % 37 == 36 { "\n\nBO MARSH: " } else { " " };
            let stop = ["", "--", ",", "", ".", "?\""][(i * step % 6) as usize];
            let letters = if japanese && i.is_multiple_of(5) { "真っ昼間" } else { "abcdefghijklm" };
            let shown: String = letters.chars().take(length).collect();
            format!("{turn}{shown}{stop}")
        };
        let text: Vec<String> = (0..count as u64).map(word).collect();
        let given = timed(transcript(&format!("BO MARSH: {}", text.concat())));
        for id in ["whisperx", "whispercpp", "whisper", "openai", "openai-diarized"] {
            let format = format_for(id).expect("known");
            let written = write(&given, format).expect("written");
            let read_back = read(written.as_bytes(), None).expect("readable").transcript;
            prop_assert_eq!(&read_back.format, id);
            prop_assert_eq!(carried(&read_back, format), carried(&given, format), "{}", written);
        }
    }

    #[test]
    fn tiers_tei_and_references_give_back_who_said_what_and_when(story in stories()) {
        let given = timed(transcript(&story));
        for id in ["textgrid", "eaf", "tei", "stm"] {
            let format = format_for(id).expect("known");
            let written = write(&given, format).expect("written");
            let Parsed { transcript: again, problems } = read(written.as_bytes(), Some(&format!("a.{id}"))).expect("readable");
            prop_assert!(problems.is_empty(), "{:?} {}", problems, written);
            let mut expected = said(&given);
            expected.retain(|part| format.carries.cues || !part.starts_with(['(', '[']));
            prop_assert_eq!(said(&again), expected, "{} {}", id, written);
            if id != "stm" {
                prop_assert_eq!(millis(&again), millis(&given), "{}", written);
            }
            let roles = |t: &Transcript| t.turns.iter().filter(|turn| turn.label.as_ref().is_some_and(|l| l.role.is_some())).count();
            prop_assert!(!format.carries.roles || (roles(&again) > 0) == (roles(&given) > 0), "{}", written);
        }
    }

    #[test]
    fn turns_without_words_give_back_who_spoke_when(turns in prop::collection::vec((0_i64..1 << 40, 0_i64..1 << 30, "[a-z]{1,5}"), 1..20)) {
        let line = |(start, length, name): &(i64, i64, String)| {
            let seconds = |micros: i64| format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
            format!("SPEAKER recording 1 {} {} <NA> <NA> {name}_x <NA> <NA>\n", seconds(*start), seconds(*length))
        };
        let source: String = turns.iter().map(line).collect();
        let Parsed { transcript: given, problems } = read(source.as_bytes(), Some("a.rttm")).expect("readable");
        prop_assert!(problems.is_empty());
        for id in ["rttm", "stm", "uem"] {
            let written = write(&given, format_for(id).expect("known")).expect("written");
            let again = read(written.as_bytes(), Some(&format!("a.{id}"))).expect("readable").transcript;
            let shown = |t: &Transcript| {
                let shown = |turn: &readback_transcript::Turn| {
                    let name = turn.label.as_ref().filter(|_| id != "uem").map(|label| label.name.clone());
                    turn.stretch.map(|s| (s.start(), s.end(), name))
                };
                let mut all: Vec<_> = t.turns.iter().map(shown).collect();
                all.sort();
                all
            };
            if id == "uem" {
                prop_assert_eq!(again.turns.len(), 1);
            } else {
                prop_assert_eq!(shown(&again), shown(&given), "{}", written);
            }
        }
    }

    #[test]
    fn captions_are_in_order_and_keep_every_word(count in 1_usize..200, step in 1_u64..5) {
        let word = |i: u64| {
            let length = ((i * step * 7919) % 11 + 1) as usize;
            let turn = if i % 23 == 22 { "\n\nANA RUIZ: " } else { " " };
            let stop = ["", "", ",", "", ".", ""][(i * step % 6) as usize];
            format!("{turn}{}{stop}", "abcdefghijklm".get(..length).unwrap_or("a"))
        };
        let text: Vec<String> = (0..count as u64).map(word).collect();
        let given = timed(transcript(&format!("BO MARSH: {}", text.concat())));
        for id in ["vtt", "srt", "ctm", "ttml", "ebuttd", "scc", "stl"] {
            let format = format_for(id).expect("known");
            let bytes = write_bytes(&given, format).expect("written");
            let name = format!("a.{}", format.extensions[0]);
            let Parsed { transcript: read_back, problems } = read(&bytes, Some(&name)).expect("readable");
            let written = String::from_utf8_lossy(&bytes);
            prop_assert_eq!(words(&read_back), words(&given), "{}", written);
            prop_assert_eq!(speakers(&read_back), if id == "ctm" { Vec::new() } else { speakers(&given) });
            prop_assert!(problems.is_empty(), "{:?}", problems);
            let starts: Vec<_> = read_back.words().filter_map(|word| word.timing).map(|t| t.stretch.start()).collect();
            prop_assert!(starts.is_sorted(), "{}", written);
            let in_lines = ["vtt", "srt"].contains(&id);
            prop_assert!(!in_lines || written.lines().all(|line| line.trim_start_matches("<v BO MARSH>").trim_start_matches("<v ANA RUIZ>").chars().count() <= 42), "{}", written);
        }
    }
}

/// Each word with what a format carries of it: who says it, when, and how sure that is.
fn carried(transcript: &Transcript, format: &Format) -> Vec<(String, String, [i64; 2], i64)> {
    let carries = format.carries;
    let words = transcript.turns.iter().flat_map(|turn| {
        let speaker = turn.label.as_ref().filter(|_| carries.speakers);
        let speaker = speaker.map(|label| label.name.clone()).unwrap_or_default();
        turn.words().map(move |word| (word, speaker.clone()))
    });
    let carried = |(word, speaker): (&Word, String)| {
        let timing = word.timing.expect("timed");
        let [start, end] = [timing.stretch.start(), timing.stretch.end()];
        let times = [start, end]
            .map(|at| if carries.times == Times::Words { at.micros() / 1000 } else { 0 });
        let sure =
            if carries.confidence { (timing.probability.get() * 1e3).round() as i64 } else { 0 };
        (word.span.of(&transcript.text).to_owned(), speaker, times, sure)
    };
    words.map(carried).collect()
}

#[test]
fn what_is_written_for_recognisers_tools_is_read_back_as_far_as_the_format_carries_it() {
    for id in ["whisperx", "whispercpp", "whisper", "openai", "openai-diarized"] {
        let format = format_for(id).expect("known");
        for source in [STORY, include_str!("../fixtures/podcast.md")] {
            let given = Transcript { language: Some("de".into()), ..timed(transcript(source)) };
            let written = write(&given, format).expect("written");
            let Parsed { transcript: read_back, problems } =
                read(written.as_bytes(), None).expect("readable");
            assert_eq!((read_back.format.as_str(), problems.len()), (id, 0));
            let entity = |text: &str| text.replace("&#39;", "'");
            let given_words: Vec<_> = carried(&given, format)
                .into_iter()
                .map(|(word, speaker, times, sure)| (entity(&word), speaker, times, sure))
                .collect();
            assert_eq!(carried(&read_back, format), given_words, "{id}");
            assert_eq!(read_back.language.is_some(), format.carries.language, "{id}");
        }
    }
}

#[test]
fn stray_bytes_are_no_word_in_whatever_format_they_arrive() {
    const PLACE: &str = "qqqzzz";
    let given = timed(transcript("ADAMS: Well qqqzzz hello, qqqzzz.\n"));
    let mut tried = Vec::new();
    for format in FORMATS.iter().filter(|format| format.read.is_open() && format.write.is_open()) {
        let Ok(written) = write_bytes(&given, format).map(String::from_utf8) else { continue };
        let Some(written) = written.ok().filter(|it| it.contains(PLACE) && format.id != "json")
        else {
            continue;
        };
        for stray in ["â€™", "%20%20", "01001010"] {
            let source = written.replace(PLACE, stray);
            let found = read_as(source.as_bytes(), format, &ReadOptions::default())
                .unwrap_or_else(|error| panic!("{}: {error}\n{source}", format.id))
                .transcript;
            assert_eq!(words(&found), ["Well", "hello"], "{} in {}", stray, format.id);
        }
        tried.push(format.id);
    }
    assert!(tried.len() > 15, "{tried:?}");
}

/// Who speaks, one after another.
fn speakers(transcript: &Transcript) -> Vec<&str> {
    let labels = transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
    let mut names: Vec<&str> = labels.map(|label| label.name.as_str()).collect();
    names.dedup();
    names
}

#[test]
fn house_style_read_back_is_the_same_story() {
    let npr = format_for("npr").expect("known");
    for source in [STORY, include_str!("../fixtures/podcast.md")] {
        let first = transcript(source);
        let once = write(&first, npr).expect("written");
        let second = transcript(&once);
        assert_eq!(
            words(&second),
            words(&first).iter().map(|word| word.replace("&#39;", "'")).collect::<Vec<_>>()
        );
        assert_eq!(second.cues().count(), first.cues().count());
        assert_eq!(write(&second, npr).expect("written"), once);
    }
}
