//! Recognisers' JSON, laid beside the types and tools of those who make it: the Python packages
//! `openai`, `deepgram-captions`, `google-cloud-speech`, `assemblyai`, `rev_ai`, `speechmatics-batch` and
//! `subverter`.

use readback_formats::read;
use readback_transcript::Transcript;

use super::{python, written};
use crate::recognisers::SOURCES;
use crate::{STORY, timed, transcript, words};

/// A source of that name, as it stands in its file and as it is read.
fn source(name: &str) -> (&'static [u8], Transcript) {
    let bytes = SOURCES.iter().find(|(_, known, _)| *known == name).expect("a known source").2;
    (bytes, read(bytes, Some(name)).expect("readable").transcript)
}

#[test]
fn openai_s_types_take_what_is_written_for_them() {
    let verbose = "import sys\nfrom openai.types.audio import TranscriptionVerbose as T\n\
        t=T.model_validate_json(sys.stdin.read(),strict=True)\n\
        assert set(t.model_extra)=={'task'},t.model_extra\n\
        print(len(t.words),len(t.segments),t.duration)";
    let story = timed(transcript(STORY));
    let last = story.words().last().and_then(|word| word.timing).expect("timed").stretch.end();
    if let Some(seen) = python(verbose, written("openai").as_bytes()) {
        let numbers: Vec<&str> = seen.split_whitespace().collect();
        assert_eq!(numbers[0], words(&story).len().to_string());
        assert!((numbers[2].parse::<f64>().expect("a number") - last.seconds()).abs() < 0.001);
    }
    let diarized = "import sys\nfrom openai.types.audio import TranscriptionDiarized as T\n\
        t=T.model_validate_json(sys.stdin.read(),strict=True)\n\
        assert not t.model_extra,t.model_extra\n\
        print('\\n'.join(s.speaker+'|'+s.text for s in t.segments))";
    if let Some(seen) = python(diarized, written("openai-diarized").as_bytes()) {
        assert!(seen.contains("DANA ORTIZ|"), "{seen}");
        let ours = read(written("openai-diarized").as_bytes(), None).expect("readable").transcript;
        let texts: Vec<&str> =
            seen.lines().filter_map(|line| line.split_once('|')).map(|(_, t)| t).collect();
        let bare: Vec<String> =
            words(&transcript(&texts.join(" "))).iter().map(|w| (*w).to_owned()).collect();
        assert_eq!(words(&ours), bare);
    }
    for (code, name) in [(verbose, "openai.json"), (diarized, "openai_diarized.json")] {
        let _ = python(code, source(name).0);
    }
}

#[test]
fn deepgram_s_captions_have_the_words_that_are_read() {
    let code = "import sys,json\nfrom deepgram_captions import DeepgramConverter,AssemblyAIConverter,srt\n\
        j=json.load(sys.stdin)\n\
        c=DeepgramConverter(j) if 'results' in j else AssemblyAIConverter(j)\n\
        for line in c.get_lines(4):\n\
        \tfor w in line: print(w.get('punctuated_word') or w['word'],w['start'],w['end'],w.get('speaker'))";
    for (name, seconds) in [("deepgram.json", 1.0), ("assemblyai.json", 0.001)] {
        let (bytes, transcript) = source(name);
        let Some(seen) = python(code, bytes) else { return };
        let theirs: Vec<(f64, f64)> = seen
            .lines()
            .map(|line| {
                let fields: Vec<&str> = line.split_whitespace().collect();
                let at = |field: &str| field.parse::<f64>().expect("a time") * seconds;
                (at(fields[1]), at(fields[2]))
            })
            .collect();
        let ours: Vec<(f64, f64)> = transcript
            .words()
            .filter_map(|word| word.timing)
            .map(|timing| (timing.stretch.start().seconds(), timing.stretch.end().seconds()))
            .collect();
        assert_eq!(theirs.len(), ours.len(), "{name}");
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
        let same = theirs.iter().zip(&ours).all(|(a, b)| near(a.0, b.0) && near(a.1, b.1));
        assert!(same, "{name}: {theirs:?} {ours:?}");
        let shown_there: Vec<&str> =
            seen.lines().filter_map(|line| line.split(' ').next()).collect();
        let speech = transcript.speech().map(|(span, _)| span.of(&transcript.text));
        let shown_here: Vec<&str> = speech.flat_map(str::split_whitespace).collect();
        assert_eq!(shown_there, shown_here, "{name}");
    }
}

#[test]
fn google_s_messages_take_the_sources_and_have_the_words_that_are_read() {
    let code = |version: &str| {
        format!(
            "import sys\nfrom google.protobuf import json_format\n\
            from google.cloud.speech_{version}.types import cloud_speech as c\n\
            r=json_format.Parse(sys.stdin.read(),c.RecognizeResponse.pb()())\n\
            print('\\n'.join(w.word for w in r.results[-1].alternatives[0].words))"
        )
    };
    // Durations as objects are how an older client wrote them; the messages of today take strings.
    let v1 = String::from_utf8_lossy(source("google.json").0)
        .replace(r#"{"seconds":"2","nanos":800000000}"#, "\"2.800s\"")
        .replace(r#"{"seconds":3,"nanos":200000000}"#, "\"3.200s\"");
    if let Some(seen) = python(&code("v1"), v1.as_bytes()) {
        let ours = source("google.json").1;
        assert_eq!(seen.lines().collect::<Vec<_>>(), words(&ours));
    }
    if let Some(seen) = python(&code("v2"), source("google_v2.json").0) {
        assert_eq!(seen.lines().collect::<Vec<_>>(), ["The", "fare", "is", "$40."]);
    }
}

#[test]
fn assemblyai_s_types_take_the_source() {
    let code = "import sys\nfrom assemblyai.types import TranscriptResponse as T\n\
        t=T.model_validate_json(sys.stdin.read()) if hasattr(T,'model_validate_json') else T.parse_raw(sys.stdin.read())\n\
        for w in t.words: print(w.text,w.start,w.end,w.speaker)";
    let (bytes, transcript) = source("assemblyai.json");
    if let Some(seen) = python(code, bytes) {
        assert_eq!(seen.lines().count(), words(&transcript).len());
        assert_eq!(seen.lines().next(), Some("The 500 700 A"));
    }
}

/// It needs a newer Python than some machines have.
#[test]
fn subverter_reads_the_words_of_whisper_cpp_and_whisperx_as_written() {
    let code = "import sys\n\
        try: from subverter.readers import whisper\n\
        except ImportError: sys.exit()\n\
        r=whisper.read(sys.stdin.buffer.read(),'a.json')\n\
        for w in r.words: print(int(w.start),int(w.end),w.text.strip())";
    let story = timed(transcript(STORY));
    for id in ["whispercpp", "whisperx"] {
        let Some(seen) = python(code, written(id).as_bytes()) else { return };
        if seen.is_empty() {
            eprintln!("SKIPPED: subverter is not installed");
            return;
        }
        let times: Vec<String> = story
            .words()
            .filter_map(|word| word.timing)
            .map(|timing| {
                [timing.stretch.start(), timing.stretch.end()].map(|at| at.micros() / 1000)
            })
            .map(|[start, end]| format!("{start} {end}"))
            .collect();
        let theirs: Vec<String> = seen
            .lines()
            .map(|line| line.splitn(3, ' ').take(2).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(theirs, times, "{id}");
    }
}

#[test]
fn speechmatics_and_rev_s_own_models_put_together_the_text_that_is_read() {
    let speechmatics = "import sys,json\nfrom speechmatics.batch import Transcript as T\n\
        print(T.from_dict(json.load(sys.stdin)).transcript_text.replace('SPEAKER ',''))";
    let rev = "import sys,json\nfrom rev_ai.models import Transcript as T\n\
        for m in T.from_json(json.load(sys.stdin)).monologues: print('Speaker %d: '%m.speaker+''.join(e.value for e in m.elements))";
    for (code, name) in [(speechmatics, "speechmatics.json"), (rev, "revai.json")] {
        let (bytes, transcript) = source(name);
        let Some(seen) = python(code, bytes) else { return };
        assert_eq!(seen, transcript.text.replace("\n\n", "\n"), "{name}");
    }
}
