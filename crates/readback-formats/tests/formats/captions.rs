//! Captions made from the project's own stories, measured by code that knows nothing of how they are made:
//! what stands in the file, the preset's numbers, and when each word was said.

use readback_formats::{
    CAPTION_PRESETS, CaptionPreset, FORMATS, ReadOptions, WriteOptions, format_for, read_as,
};
use readback_transcript::{
    Instant, Joint, Length, Probability, Stretch, TimeOrigin, Timing, Transcript, Written, joints,
};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::{timed, transcript, words};

const STORIES: &[(&str, &str)] = &[
    ("correspondent", include_str!("../../../../stories/evaluation/correspondent.txt")),
    ("court", include_str!("../../../../stories/evaluation/court.txt")),
    ("flood", include_str!("../../../../stories/evaluation/flood.txt")),
    ("medicine", include_str!("../../../../stories/evaluation/medicine.txt")),
    ("money", include_str!("../../../../stories/evaluation/money.txt")),
    ("strike", include_str!("../../../../stories/evaluation/strike.txt")),
    ("farm", include_str!("../../../../stories/training/farm.txt")),
    ("school", include_str!("../../../../stories/training/school.txt")),
    ("demo", include_str!("../../../readback-cli/demo/truth.txt")),
];

/// A story as somebody says it: so many milliseconds for a letter, a breath after a clause and a longer
/// one after a sentence.
fn spoken(text: &str, pace: i64) -> Transcript {
    let mut given = transcript(text);
    let text = given.text.clone();
    let mut at = 0;
    for word in given.words_mut() {
        let end = at + (word.span.len() as i64 + 1) * pace;
        let instant = |millis: i64| Instant::from_micros(millis * 1000);
        let stretch = Stretch::new(instant(at), instant(end));
        word.timing = Some(Timing {
            stretch,
            probability: Probability::new(0.9),
            known: TimeOrigin::Measured,
        });
        at = end
            + match text[word.span.end..].chars().next() {
                Some('.' | '?' | '!') => 9 * pace,
                Some(',' | ';' | ':') => 3 * pace,
                _ => 0,
            };
    }
    given
}

/// A caption as it stands in a file.
#[derive(Debug)]
struct Shown {
    start: i64,
    end: i64,
    lines: Vec<String>,
    /// When its first word begins and its last one ends.
    sound: Option<(i64, i64)>,
}

/// The captions of a WebVTT or SubRip file, by a few lines of code that take nothing else.
fn shown(file: &str) -> Vec<Shown> {
    let blocks =
        file.trim_start_matches("WEBVTT").split("\n\n").filter(|block| block.contains("-->"));
    let caption = |block: &str| {
        let mut lines = block.lines().skip_while(|line| !line.contains("-->"));
        let (start, end) = lines.next().and_then(|line| line.split_once(" --> ")).expect("a time");
        let bare = |line: &str| {
            let line = if line.starts_with("<v ") {
                line.split_once('>').expect("closed").1
            } else {
                line
            };
            line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        };
        let lines = lines.map(bare).collect();
        Shown { start: millis(start), end: millis(end), lines, sound: None }
    };
    blocks.map(caption).collect()
}

fn millis(clock: &str) -> i64 {
    let fields: Vec<i64> =
        clock.split([':', '.', ',']).map(|field| field.parse().expect("a number")).collect();
    ((fields[0] * 60 + fields[1]) * 60 + fields[2]) * 1000 + fields[3]
}

/// Finds every word of the transcript in the captions, in order, and so when each caption sounds.
fn sounds(captions: &mut [Shown], given: &Transcript) {
    let mut words = given.words().peekable();
    for caption in captions {
        let text = caption.lines.join("\n");
        let mut at = 0;
        while let Some(word) = words.peek() {
            let Some(end) = find_word(&text, at, word.span.of(&given.text)) else { break };
            let stretch = word.timing.expect("timed").stretch;
            let (start, stop) = (stretch.start().micros() / 1000, stretch.end().micros() / 1000);
            caption.sound = Some((caption.sound.map_or(start, |(first, _)| first), stop));
            at = end;
            words.next();
        }
    }
    assert_eq!(words.next(), None, "a word is in no caption");
}

/// Where `word` ends in `text`, if it stands there as a whole from `at` on.
fn find_word(text: &str, at: usize, word: &str) -> Option<usize> {
    let whole = |start: usize| {
        let before = text[..start].chars().next_back();
        let after = text[start + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let mut places = text[at..].match_indices(word).map(|(offset, _)| at + offset);
    places.find(|&start| whole(start)).map(|start| start + word.len())
}

fn of(length: Length) -> i64 {
    length.micros() / 1000
}

/// Everything that a caption breaks, as `docs/captions.md` says what is excused.
fn broken(captions: &[Shown], preset: &CaptionPreset) -> Vec<String> {
    let mut broken = Vec::new();
    let mut say = |caption: &Shown, what: &str| broken.push(format!("{what}: {caption:?}"));
    let (gap, closed) = (of(preset.gap.value), of(preset.closed_below.value));
    let (shortest, longest) = (of(preset.shortest.value), of(preset.longest.value));
    for (i, caption) in captions.iter().enumerate() {
        let next = captions.get(i + 1).map(|next| next.start);
        let length = caption.end - caption.start;
        if caption.lines.len() > preset.lines.value {
            say(caption, "too many lines");
        }
        if caption
            .lines
            .iter()
            .any(|line| line.width() > preset.columns.value && line.contains(' '))
        {
            say(caption, "a line is too long");
        }
        if length > longest && preset.longest.stated().is_some() {
            say(caption, "shown too long");
        }
        if next.is_some_and(|next| next - caption.end < gap) {
            say(caption, "no gap");
        }
        // There is no more room than to the next caption.
        let full = next.is_some_and(|next| next - caption.end <= gap);
        if length < shortest && !full {
            say(caption, "shown too briefly");
        }
        let open = next.is_some_and(|next| {
            let may_close = next - gap - caption.start <= longest;
            next - caption.end > gap && next - caption.end < closed && may_close
        });
        if open {
            say(caption, "a gap is neither closed nor open");
        }
        let Some((first, last)) = caption.sound else { continue };
        if caption.start > first || first - caption.start > of(preset.early.value) {
            say(caption, "not in time with its first word");
        }
        // A cue at the end sounds on, and nobody says for how long.
        let cue = caption.lines.last().is_some_and(|line| line.ends_with([')', ']']));
        let lingers = if cue { 0 } else { caption.end - last };
        if lingers > of(preset.linger.value).max(closed) && length > shortest {
            say(caption, "stands on");
        }
        let text = caption.lines.join(" ");
        let reading =
            preset.speed.value.time_for(text.graphemes(true).count(), text.split(' ').count());
        let may_stay = !cue && lingers < of(preset.linger.value) && length < longest;
        let apart = next.is_none_or(|next| next - caption.end > closed.max(gap));
        if length < of(reading) && may_stay && apart {
            say(caption, "read too fast, though silence follows");
        }
    }
    broken
}

fn written(given: &Transcript, format: &str, preset: &'static CaptionPreset) -> String {
    let options = WriteOptions::default().with_captions(preset);
    let format = format_for(format).expect("known");
    let bytes = readback_formats::write(given, format, &options).expect("written");
    String::from_utf8(bytes).expect("text")
}

#[test]
fn captions_of_every_story_keep_every_rule_of_every_preset() {
    for (name, text) in STORIES {
        for pace in [45, 75] {
            let given = spoken(text, pace);
            for preset in CAPTION_PRESETS.iter() {
                for format in ["vtt", "srt"] {
                    let mut captions = shown(&written(&given, format, preset));
                    if format == "vtt" {
                        sounds(&mut captions, &given);
                    }
                    let broken = broken(&captions, preset);
                    assert!(broken.is_empty(), "{name} {} {format}: {broken:#?}", preset.id);
                }
            }
        }
    }
}

/// How often a name or a number is parted.
#[test]
fn no_name_and_no_number_of_a_story_is_parted() {
    for (name, text) in STORIES {
        let given = spoken(text, 60);
        for preset in CAPTION_PRESETS.iter() {
            for caption in shown(&written(&given, "vtt", preset)) {
                let text = caption.lines.join("\n");
                let shown: Vec<&str> = text.split([' ', '\n']).collect();
                let bare = |text: &'_ str| {
                    let marks = |c: char| !c.is_alphanumeric() && !"$%".contains(c);
                    text.trim_matches(marks).to_owned()
                };
                let bares: Vec<String> = shown.iter().map(|text| bare(text)).collect();
                let written: Vec<Written<'_>> = (shown.iter().zip(&bares))
                    .map(|(text, bare)| Written { text, bare, apart: true })
                    .collect();
                let joints = joints(&written, None);
                let mut at = 0;
                for line in &caption.lines[..caption.lines.len() - 1] {
                    at += line.split(' ').count();
                    let cue = text.contains('(');
                    let parted = joints[at - 1] == Joint::Whole && !cue;
                    assert!(!parted, "{name} {}: {text}", preset.id);
                }
            }
        }
    }
}

#[test]
fn every_export_of_a_transcript_has_its_words_in_order() {
    for (name, text) in STORIES {
        let given = spoken(text, 60);
        let expected: Vec<String> = words(&given).into_iter().map(str::to_lowercase).collect();
        let exports = FORMATS.iter().filter(|it| it.write.is_open() && it.read.is_open());
        for format in exports.filter(|format| format.carries.words) {
            let options = WriteOptions::default();
            let bytes = readback_formats::write(&given, format, &options).expect("written");
            let file = format!("a.{}", format.extensions[0]);
            let back = readback_formats::read(&bytes, Some(&file)).expect("readable").transcript;
            let back: Vec<String> = words(&back).into_iter().map(str::to_lowercase).collect();
            assert_eq!(back, expected, "{name} {}", format.id);
        }
    }
}

#[test]
fn cues_and_speakers_come_back_from_captions() {
    for (name, text) in STORIES {
        let given = spoken(text, 60);
        let cues = |transcript: &Transcript| {
            transcript
                .cues()
                .map(|cue| cue.span.of(&transcript.text).replace('\n', " "))
                .collect::<Vec<_>>()
        };
        for preset in CAPTION_PRESETS.iter() {
            for format in ["vtt", "srt", "vtt-words"] {
                let written = written(&given, format, preset);
                let format = format_for(format).expect("known");
                let back = read_as(written.as_bytes(), format, &ReadOptions::default())
                    .expect("readable")
                    .transcript;
                assert_eq!(cues(&back), cues(&given), "{name} {} {}", format.id, preset.id);
            }
        }
    }
}

#[test]
fn word_times_come_back_from_webvtt_to_the_millisecond() {
    let given = spoken(STORIES[0].1, 60);
    let preset = &CAPTION_PRESETS[0];
    let written = written(&given, "vtt-words", preset);
    let back =
        readback_formats::read(written.as_bytes(), Some("a.vtt")).expect("readable").transcript;
    assert_eq!(back.format, "vtt-words");
    let starts = |transcript: &Transcript| {
        let words = transcript.words().map(|word| word.timing.expect("timed").stretch.start());
        words.map(|start| start.micros() / 1000).collect::<Vec<_>>()
    };
    assert_eq!(starts(&back), starts(&given));
}

#[test]
fn cutting_takes_time_in_step_with_the_length_of_a_turn() {
    let given =
        timed(transcript(&format!("BO MARSH: {}", "Rain fell on the long roofs ".repeat(4_000))));
    let started = std::time::Instant::now();
    assert!(written(&given, "vtt", &CAPTION_PRESETS[0]).len() > 100_000);
    // More than twenty thousand words; were it quadratic, this would take hours.
    assert!(started.elapsed().as_secs() < 120);
}

#[test]
fn every_stated_number_has_a_page_and_a_day() {
    for preset in CAPTION_PRESETS.iter() {
        let sources = [
            &preset.columns.source,
            &preset.lines.source,
            &preset.speed.source,
            &preset.shortest.source,
            &preset.longest.source,
            &preset.gap.source,
            &preset.closed_below.source,
            &preset.early.source,
            &preset.late.source,
            &preset.linger.source,
            &preset.one_speaker.source,
        ];
        for source in sources.into_iter().flatten() {
            assert!(source.page.starts_with("https://") && source.date.len() == 10, "{source:?}");
        }
    }
}

#[test]
fn the_manual_names_every_preset() {
    let manual = include_str!("../../../../docs/captions.md");
    for preset in CAPTION_PRESETS.iter() {
        assert!(manual.contains(&format!("| `{}` |", preset.id)), "{}", preset.id);
    }
}
