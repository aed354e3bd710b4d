//! Bytes to text: which encoding, and whether it is text at all. It does not know any format.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use readback_transcript::{Problem, Span};

use super::single_byte;
use crate::{MAX_BYTES, MAX_PARTS, MAX_STRETCH, ReadError};

/// How files begin that people pass by mistake, and what to call them.
const MAGIC: &[(usize, &[u8], &str)] = &[
    (0, b"fLaC", "a FLAC recording"),
    (8, b"WAVE", "a WAV recording"),
    (0, b"OggS", "an Ogg recording"),
    (0, b"ID3", "an MP3 recording"),
    (0, b"\xff\xfb", "an MP3 recording"),
    (4, b"ftyp", "an MP4 recording"),
    (0, b"\x1a\x45\xdf\xa3", "a Matroska recording"),
    (0, b"FORM", "an AIFF recording"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"PK\x03\x04", "a ZIP archive (a Word document is one)"),
    (0, b"\xd0\xcf\x11\xe0", "an old Word document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"\x89PNG", "a picture"),
];

/// Decodes `bytes`: UTF-8, UTF-16 (by its mark or by its zero bytes), else Windows-1252 or MacRoman.
///
/// A byte order mark is dropped. An encoding that is not UTF-8 is a problem at the start of the text.
pub fn decode_text(bytes: &[u8]) -> Result<(Cow<'_, str>, Vec<Problem>), ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    refuse_other_kinds(bytes)?;
    let (text, problems) = match utf16(bytes) {
        Some((encoding, marked)) => decode_utf16(bytes, encoding, marked),
        None => decode_bytes(bytes),
    };
    refuse_binary(&text, !problems.is_empty())?;
    refuse_crowded(&text)?;
    refuse_endless(&text)?;
    if text.contains(char::is_alphanumeric) { Ok((text, problems)) } else { Err(ReadError::Empty) }
}

fn refuse_other_kinds(bytes: &[u8]) -> Result<(), ReadError> {
    let is = |&&(at, magic, _): &&(usize, &[u8], &str)| {
        bytes.get(at..).is_some_and(|rest| rest.starts_with(magic))
    };
    // A mark of letters may stand in a text by chance; what it is the mark of has zeros, too.
    let is_a_word = |magic: &[u8]| magic.iter().all(u8::is_ascii_alphanumeric);
    match MAGIC.iter().find(is) {
        Some((_, magic, _)) if is_a_word(magic) && !bytes.contains(&0) => Ok(()),
        Some((_, _, kind)) => Err(ReadError::NotText(kind)),
        None => Ok(()),
    }
}

/// The byte order of UTF-16, and whether a mark states it. Without a mark, nearly every second byte
/// of Western text is zero.
fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, bool)> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            return Some((encoding, true));
        }
        _ => {}
    }
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    let mostly = |count: usize| pairs > 0 && count * 10 >= pairs * 7;
    let hardly = |count: usize| count * 20 <= pairs;
    match () {
        () if mostly(odd) && hardly(even) => Some((UTF_16LE, false)),
        () if mostly(even) && hardly(odd) => Some((UTF_16BE, false)),
        () => None,
    }
}

fn decode_utf16<'b>(
    bytes: &'b [u8],
    encoding: &'static Encoding,
    marked: bool,
) -> (Cow<'b, str>, Vec<Problem>) {
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    let why = if marked { "as its mark says" } else { "though it carries no mark" };
    let mut problems = vec![assumed(format!("read as {}, {why}", encoding.name()))];
    if damaged {
        problems.push(assumed(format!("some of its {} code units are broken", encoding.name())));
    }
    (text, problems)
}

fn decode_bytes(bytes: &[u8]) -> (Cow<'_, str>, Vec<Problem>) {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = str::from_utf8(body) {
        return (text.into(), Vec::new());
    }
    if mostly_utf8(body) {
        let message = "some bytes are not UTF-8; each stands as a replacement character";
        return (String::from_utf8_lossy(body), vec![assumed(message)]);
    }
    let (encoding, name) = single_byte::encoding(body);
    let (text, _) = encoding.decode_without_bom_handling(body);
    (text, vec![assumed(format!("read as {name}, because it is not UTF-8"))])
}

/// Whether the letters beyond ASCII are, but for a few, well-formed UTF-8: a damaged UTF-8 text
/// rather than one in another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// Text has hardly a control character; a program or a picture read as text has little else. Where its
/// bytes were not those of UTF-8, some may be `broken`, and what stands for them counts, too.
fn refuse_binary(text: &str, broken: bool) -> Result<(), ReadError> {
    let mut controls =
        count(text, |byte| byte < 0x20 && !matches!(byte, b'\t'..=b'\r') || byte == 0x7f);
    if !text.is_ascii() {
        // U+0080 to U+009F but for U+0085, which ends a line.
        controls += pairs(text, |a, b| a == 0xc2 && matches!(b, 0x80..=0x9f) && b != 0x85);
    }
    controls += if broken { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    if controls == 0 {
        return Ok(());
    }
    let zeros = count(text, |byte| byte == 0);
    let all = text.chars().count();
    if controls * 10 > all || zeros * 100 > all {
        Err(ReadError::NotText("binary data"))
    } else {
        Ok(())
    }
}

/// A word may come with its time: `00:01:02.300`.
const NUMBERS_OF_A_TIME: usize = 4;

/// What a text is cut into takes more memory than the text, and the smaller the parts, the more: their
/// number is bounded as their size is. In JSON and XML, where much is no word, only what stands after a
/// blank counts as one.
pub(crate) fn refuse_crowded(text: &str) -> Result<(), ReadError> {
    if text.len() <= MAX_PARTS {
        return Ok(());
    }
    let structured = is_structured(text);
    let begins = |byte: u8, next: u8| !is_lettered(byte) && is_lettered(next);
    let (words, numbers, lines) = if structured {
        let words = |byte: u8, next: u8| byte.is_ascii_whitespace() && next.is_ascii_alphabetic();
        (pairs(text, words), 0, 0)
    } else {
        let numbers = pairs(text, |byte, next| begins(byte, next) && next.is_ascii_digit());
        let lines = count(text, |byte| matches!(byte, b'\n' | b'\r'));
        (pairs(text, begins) - numbers, numbers, lines)
    };
    // Scripts without blanks have a word for each character.
    let solid = if text.is_ascii() { 0 } else { count(text, |byte| matches!(byte, 0xe3..=0xe9)) };
    let elements = pairs(text, |byte, next| byte == b'<' && next != b'/');
    let objects = count(text, |byte| matches!(byte, b'{' | b'['));
    let words = words.max(numbers / NUMBERS_OF_A_TIME);
    let most = words.max(solid).max(lines).max(elements).max(objects);
    if most > MAX_PARTS { Err(ReadError::TooMany) } else { Ok(()) }
}

/// What a word is cut from takes many times its memory. In JSON and XML what is quoted and what is in an
/// element stands by itself.
fn refuse_endless(text: &str) -> Result<(), ReadError> {
    let structured = is_structured(text);
    let parts =
        |byte: &u8| byte.is_ascii_whitespace() || (structured && matches!(byte, b'"' | b'<'));
    let mut stretches = text.as_bytes().split(parts);
    if text.len() > MAX_STRETCH && stretches.any(|stretch| stretch.len() > MAX_STRETCH) {
        return Err(ReadError::Endless);
    }
    Ok(())
}

/// Whether a text begins as JSON or XML does.
fn is_structured(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[', '<'])
}

/// Whether a byte is a letter, a digit or part of a character beyond ASCII.
fn is_lettered(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// How many bytes of `text` are such.
fn count(text: &str, is: impl Fn(u8) -> bool) -> usize {
    // Few enough at a time that their number fits a byte, so that many are counted in one step.
    let few = |bytes: &[u8]| bytes.iter().map(|&byte| u8::from(is(byte))).sum::<u8>();
    text.as_bytes().chunks(255).map(|bytes| usize::from(few(bytes))).sum()
}

/// How many bytes of `text` are such together with the next one.
fn pairs(text: &str, are: impl Fn(u8, u8) -> bool) -> usize {
    let few = |(bytes, next): (&[u8], &[u8])| {
        bytes.iter().zip(next).map(|(&byte, &next)| u8::from(are(byte, next))).sum::<u8>()
    };
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default().chunks(255);
    bytes.chunks(255).zip(next).map(few).map(usize::from).sum()
}

fn assumed(message: impl Into<String>) -> Problem {
    Problem { span: Span::point(0), message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Vec<String>) {
        let (text, problems) = decode_text(bytes).expect("text");
        (text.into_owned(), problems.into_iter().map(|problem| problem.message).collect())
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn characters_that_others_put_for_broken_bytes_are_text() {
        let damaged = format!("The fare{}", "\u{fffd}".repeat(90));
        assert_eq!(decoded(damaged.as_bytes()), (damaged, vec![]));
        let broken =
            [b"The fare".as_slice(), "\u{e9}".repeat(900).as_bytes(), &[0xff; 200]].concat();
        assert!(matches!(decode_text(&broken), Err(ReadError::NotText("binary data"))));
    }

    #[test]
    fn utf8_is_taken_as_it_is_and_its_mark_dropped() {
        assert_eq!(decoded("\u{feff}café".as_bytes()), ("café".into(), vec![]));
    }

    #[test]
    fn utf16_is_known_by_its_mark_or_by_its_zeros() {
        let text = "HOST: Good morning, café.";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let (marked, problems) = decoded(&utf16(&format!("\u{feff}{text}"), order));
            assert_eq!(marked, text);
            assert!(problems[0].ends_with(", as its mark says"), "{problems:?}");
            let (unmarked, problems) = decoded(&utf16(text, order));
            assert_eq!(unmarked, text);
            assert!(problems[0].contains("carries no mark"), "{problems:?}");
        }
    }

    #[test]
    fn windows_1252_is_the_last_resort_and_said_so() {
        let (text, problems) = decoded(b"Kim\x92s visit, caf\xe9");
        assert_eq!(text, "Kim’s visit, café");
        assert_eq!(problems, ["read as Windows-1252, because it is not UTF-8"]);
    }

    #[test]
    fn old_macintosh_text_is_told_from_windows_text_and_said_so() {
        let (text, problems) = decoded(b"Kim\xd5s visit, caf\x8e");
        assert_eq!(text, "Kim’s visit, café");
        assert_eq!(problems, ["read as MacRoman, because it is not UTF-8"]);
    }

    #[test]
    fn one_broken_byte_does_not_change_the_encoding_of_a_utf8_text() {
        let (text, problems) =
            decoded(b"\xe2\x80\x9cOne,\xe2\x80\x9d two \xe2\x80\x93 caf\xc3\xa9 \xff \xe2\x80\xa6");
        assert!(text.starts_with("“One,” two – café \u{fffd}"), "{text}");
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn what_is_not_text_is_refused_by_name() {
        let refused = |bytes: &[u8]| decode_text(bytes).expect_err("refused").to_string();
        assert!(refused(b"fLaC\0\0\0\x22").starts_with("it is a FLAC recording"));
        assert!(refused(b"PK\x03\x04 word/document.xml").contains("Word document"));
        let noise: Vec<u8> = (0..=255).cycle().take(5000).collect();
        assert!(refused(&noise).starts_with("it is binary data"));
        for text in ["FORMER SENATOR DIES", "THE NEW WAVE", "<p>;ftyp; is four letters</p>"] {
            assert!(decode_text(text.as_bytes()).is_ok(), "{text}");
        }
        assert_eq!(decode_text(b""), Err(ReadError::Empty));
        assert_eq!(decode_text(b" \r\n \t--\n"), Err(ReadError::Empty));
    }

    #[test]
    fn the_size_limit_is_stated() {
        let error = decode_text(&vec![b'a'; MAX_BYTES + 1]).expect_err("too large");
        assert_eq!(
            error.to_string(),
            "it is larger than 32 MB, the most that is read of one story"
        );
        let line = [b'a'; 127].into_iter().chain([b'\n']);
        assert!(decode_text(&line.cycle().take(MAX_BYTES).collect::<Vec<u8>>()).is_ok());
    }

    #[test]
    fn a_word_without_end_is_refused_and_json_without_blanks_is_not() {
        // The name of an element stands with what is in it.
        let longest = "a".repeat(MAX_STRETCH - "p>".len());
        for (begin, end) in [("ANA: ", " b"), ("<p>", "</p>")] {
            assert!(decode_text(format!("{begin}{longest}{end}").as_bytes()).is_ok(), "{begin}");
            let longer = format!("{begin}{longest}aaa{end}");
            assert_eq!(decode_text(longer.as_bytes()), Err(ReadError::Endless), "{begin}");
        }
        let json = format!("[{}\"a\"]", "\"words\",".repeat(MAX_STRETCH / 8));
        assert!(decode_text(json.as_bytes()).is_ok());
    }

    #[test]
    fn more_parts_than_a_story_has_are_refused() {
        for part in ["a ", "a\n", "ANA: a\n\n", "語", "a/"] {
            let crowded = part.repeat(MAX_PARTS + 2);
            let error = decode_text(crowded.as_bytes()).expect_err("too many");
            assert!(
                error.to_string().starts_with("it has more than half a million words"),
                "{part}"
            );
        }
        assert!(decode_text("<00:01:02.300><c> a</c>".repeat(MAX_PARTS / 4).as_bytes()).is_ok());
        for (begin, part) in [("{\"words\":[", "{},"), ("[", "[],"), ("<p>a</p>", "<p>")] {
            let crowded = begin.to_owned() + &part.repeat(MAX_PARTS + 2);
            let error = decode_text((crowded + "a").as_bytes()).expect_err("too many");
            assert_eq!(error, ReadError::TooMany, "{part}");
        }
    }
}
