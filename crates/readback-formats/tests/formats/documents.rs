//! Word documents: what is read of each thing that Word keeps in one, what is refused, and that writing
//! and reading agree.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use readback_formats::{
    Changes, Parsed, ReadOptions, WriteOptions, format_for, read, read_as, write,
};
use readback_transcript::{Problem, Transcript};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{STORY, outline, transcript, words};

/// An archive of these parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a new part");
        archive.write_all(content.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// A document with this body and further parts, each related to it by the kind in its name.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document =
        format!(r#"<w:document xmlns:w="http://w"><w:body>{body}</w:body></w:document>"#);
    let relation = |(name, _): &(&str, &str)| {
        format!(r#"<Relationship Id="{name}" Type="http://r/{name}" Target="{name}.xml"/>"#)
    };
    let relations = format!(
        "<Relationships>{}</Relationships>",
        parts.iter().map(relation).collect::<String>()
    );
    let named: Vec<(String, String)> = parts
        .iter()
        .map(|(name, xml)| (format!("word/{name}.xml"), format!("<w:{name}>{xml}</w:{name}>")))
        .collect();
    let mut all = vec![
        ("word/document.xml", document.as_str()),
        ("word/_rels/document.xml.rels", &relations),
    ];
    all.extend(named.iter().map(|(name, xml)| (name.as_str(), xml.as_str())));
    archive(&all)
}

fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn r(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn read_with(bytes: &[u8], changes: Changes) -> Parsed {
    let format = format_for("docx").expect("known");
    read_as(bytes, format, &ReadOptions::default().with_changes(changes)).expect("readable")
}

/// The text of a document of these paragraphs, and the messages of its problems.
fn read_body(body: &str, parts: &[(&str, &str)]) -> (String, Vec<String>) {
    let Parsed { transcript, problems } = read_with(&docx(body, parts), Changes::Accepted);
    (transcript.text, problems.into_iter().map(|problem| problem.message).collect())
}

fn refused(bytes: &[u8]) -> String {
    read(bytes, Some("story.docx")).expect_err("refused").to_string()
}

#[test]
fn one_word_over_several_runs_is_one_word() {
    let body = p(&(r("ANA RU") + &r("IZ, HO") + &r("ST: Good mor") + &r("ning.")));
    let Parsed { transcript, problems } = read(&docx(&body, &[]), None).expect("readable");
    assert_eq!(
        outline(&transcript, &problems),
        "format docx\nturn ANA RUIZ Some(Host)\n  Good | morning\n"
    );
}

#[test]
fn tracked_changes_have_two_readings() {
    let body = p(&format!(
        r#"{}<w:ins w:author="B">{}</w:ins><w:del w:author="B"><w:r><w:delText>forty</w:delText></w:r></w:del>{}"#,
        r("ANA: It cost "),
        r("fifty"),
        r(" dollars."),
    ));
    let bytes = docx(&body, &[]);
    let Parsed { transcript: accepted, problems } = read_with(&bytes, Changes::Accepted);
    assert_eq!(accepted.text, "ANA: It cost fifty dollars.");
    assert_eq!(
        problems[0].message,
        "its changes are tracked (insertions: 1, deletions: 1); read as if all were accepted"
    );
    let Parsed { transcript: original, problems } = read_with(&bytes, Changes::Original);
    assert_eq!(original.text, "ANA: It cost forty dollars.");
    assert!(problems[0].message.ends_with("read as if none had been made"), "{problems:?}");
}

#[test]
fn a_moved_passage_is_read_in_one_place() {
    let body = p(&format!("{}<w:moveFrom>{}</w:moveFrom>", r("ANA: One."), r(" Two.")))
        + &p(&format!("{}<w:moveTo>{}</w:moveTo>", r("Three."), r(" Two.")));
    let bytes = docx(&body, &[]);
    assert_eq!(read_with(&bytes, Changes::Accepted).transcript.text, "ANA: One.\n\nThree. Two.");
    assert_eq!(read_with(&bytes, Changes::Original).transcript.text, "ANA: One. Two.\n\nThree.");
}

#[test]
fn a_change_of_a_paragraphs_end_joins_or_parts_paragraphs() {
    let marked = |mark: &str| {
        p(&format!("<w:pPr><w:rPr><w:{mark}/></w:rPr></w:pPr>{}", r("ANA: One "))) + &p(&r("two."))
    };
    let texts = |mark: &str| {
        let bytes = docx(&marked(mark), &[]);
        [Changes::Accepted, Changes::Original]
            .map(|changes| read_with(&bytes, changes).transcript.text)
    };
    assert_eq!(texts("del"), ["ANA: One two.", "ANA: One \n\ntwo."]);
    assert_eq!(texts("ins"), ["ANA: One \n\ntwo.", "ANA: One two."]);
}

#[test]
fn comments_and_footnotes_are_said_and_not_read_as_speech() {
    let body = p(&format!(
        r#"{}<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>{}<w:r><w:footnoteReference w:id="2"/></w:r>"#,
        r("ANA: In "),
        r("Lisbon"),
        r("."),
    ));
    let comments = format!(r#"<w:comment w:id="0" w:author="Bo">{}</w:comment>"#, p(&r("sure?")));
    let notes = format!(r#"<w:footnote w:id="2">{}</w:footnote>"#, p(&r("See the map.")));
    let bytes = docx(&body, &[("comments", &comments), ("footnotes", &notes)]);
    let Parsed { transcript, problems } = read_with(&bytes, Changes::Accepted);
    assert_eq!(transcript.text, "ANA: In Lisbon.");
    let said: Vec<(&str, &str)> =
        problems.iter().map(|it| (it.span.of(&transcript.text), it.message.as_str())).collect();
    assert_eq!(said, [("Lisbon", "comment by Bo: “sure?”"), ("", "footnote: “See the map.”")]);
}

#[test]
fn headers_and_hidden_text_are_said_and_not_read_as_speech() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>";
    let (text, problems) =
        read_body(&p(&(r("ANA: Good ") + hidden + &r("day."))), &[("header", &p(&r("RUSH COPY")))]);
    assert_eq!(text, "ANA: Good day.");
    let expected =
        ["page header, not read as speech: “RUSH COPY”", "hidden text, not read: “secret”"];
    assert_eq!(problems, expected);
}

#[test]
fn of_a_field_the_result_is_read_and_not_the_instruction() {
    let field = format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \@ d</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#,
        r("May 3")
    );
    assert_eq!(read_body(&p(&(r("ANA: It is ") + &field + &r("."))), &[]).0, "ANA: It is May 3.");
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p(&r("(MUSIC)")));
    let shape = format!(
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing>{content}</w:drawing></mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    );
    assert_eq!(read_body(&p(&(shape + &r("ANA: One."))), &[]).0, "ANA: One.\n\n(MUSIC)");
}

#[test]
fn hyphens_breaks_and_tabs_are_what_they_look_like() {
    let body = p(&format!(
        "{}<w:r><w:tab/><w:t>A well</w:t><w:noBreakHyphen/><w:t>known re\u{ad}cord</w:t><w:softHyphen/><w:t>ing, “it’s”</w:t><w:br/><w:t>BO: Yes &amp; n&#111;.</w:t></w:r>",
        r("ANA:")
    ));
    let Parsed { transcript, problems } = read(&docx(&body, &[]), None).expect("readable");
    assert_eq!(transcript.text, "ANA:\tA well-known recording, “it’s”\nBO: Yes & no.");
    assert_eq!(
        outline(&transcript, &problems),
        "format docx\nturn ANA None\n  A | well-known | recording | it’s\nturn BO None\n  Yes | no\n"
    );
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| format!("<w:tc>{}</w:tc>", p(&r(text)));
    let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

#[test]
fn a_table_of_times_and_speakers_becomes_turns_with_times() {
    let body = table(&[
        &["Time", "Speaker", "Text"],
        &["00:00:01", "Ana Ruiz", "Good morning."],
        &["00:00:03", "", "It rains."],
        &["00:00:05", "Bo Marsh:", "No."],
    ]);
    let Parsed { transcript, problems } = read(&docx(&body, &[]), None).expect("readable");
    assert_eq!(
        outline(&transcript, &problems),
        "format docx\nturn Ana Ruiz None\n  Good | morning\n  It | rains\nturn Bo Marsh None\n  No\n"
    );
    let starts: Vec<f64> = transcript
        .words()
        .map(|word| word.timing.expect("timed").stretch.start().seconds())
        .collect();
    assert_eq!((starts[0], starts[2], starts[4]), (1.0, 3.0, 5.0));
}

#[test]
fn a_table_of_speakers_alone_becomes_turns() {
    let body = table(&[&["ANA", "Where were you?"], &["BO", "At home."], &["ANA", "Alone?"]]);
    let transcript = read(&docx(&body, &[]), None).expect("readable").transcript;
    assert_eq!(transcript.text, "ANA: Where were you?\n\nBO: At home.\n\nANA: Alone?");
}

#[test]
fn a_row_that_breaks_the_order_of_its_table_loses_no_word() {
    let long = "And this is what the whole room then heard, all at once and very loud.";
    let mut rows: Vec<&[&str]> = vec![&["ANA", "One."]; 12];
    let odd = [long, ""];
    rows.push(&odd);
    let (text, _) = read_body(&table(&rows), &[]);
    assert!(text.ends_with(&format!("One.\n\n{long}")), "{text}");
}

#[test]
fn tables_within_tables_take_no_more_time_than_their_size() {
    let open = "<w:tbl><w:tr><w:tc>".repeat(60);
    let close = "</w:tc></w:tr></w:tbl>".repeat(60);
    let inner = p(&r(&"word ".repeat(20_000)));
    let (text, _) = read_body(&(open + &inner + &close), &[]);
    assert_eq!(text.split_whitespace().count(), 20_000);
}

#[test]
fn a_table_of_anything_else_is_read_cell_by_cell() {
    let body = table(&[&["It began on a cold day.", "Nobody came."], &["It ended.", "Late."]]);
    let (text, _) = read_body(&body, &[]);
    assert_eq!(text, "It began on a cold day.\n\nNobody came.\n\nIt ended.\n\nLate.");
}

#[test]
fn a_heading_is_known_by_its_style_in_any_language() {
    let styles = r#"<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>"#;
    let body = p(&format!(r#"<w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>{}"#, r("It rains.")))
        + &p(&r("And so it does."));
    let Parsed { transcript, problems } =
        read(&docx(&body, &[("styles", styles)]), None).expect("readable");
    assert_eq!(
        outline(&transcript, &problems),
        "format docx\nHeadline: It rains.\nturn \n  And | so | it | does\n"
    );
}

#[test]
fn a_label_set_as_a_heading_is_a_label() {
    let label = p(&format!(r#"<w:pPr><w:pStyle w:val="title"/></w:pPr>{}"#, r("ANA RUIZ, HOST:")));
    let Parsed { transcript, problems } =
        read(&docx(&(label + &p(&r("Hi."))), &[]), None).expect("readable");
    assert_eq!(outline(&transcript, &problems), "format docx\nturn ANA RUIZ Some(Host)\n  Hi\n");
}

#[test]
fn a_comment_on_what_was_deleted_is_not_lost() {
    let deleted = r#"<w:del><w:r><w:delText>old</w:delText></w:r><w:r><w:commentReference w:id="7"/></w:r></w:del>"#;
    let comments = format!(r#"<w:comment w:id="7">{}</w:comment>"#, p(&r("why?")));
    let (text, problems) = read_body(&p(&(r("ANA: New.") + deleted)), &[("comments", &comments)]);
    assert_eq!(text, "ANA: New.");
    assert_eq!(problems[1], "comment: “why?”");
}

#[test]
fn what_is_no_word_document_is_refused_in_one_sentence() {
    assert_eq!(
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W.o.r.d."),
        "docx: it is a document of Word 2003 or older; save it as .docx"
    );
    let encrypted: Vec<u8> = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        .iter()
        .copied()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(refused(&encrypted), "docx: the document is encrypted; save it without a password");
    assert_eq!(
        refused(&archive(&[("xl/workbook.xml", "<workbook/>")])),
        "docx: it is a ZIP archive, but not of a Word document"
    );
    assert_eq!(
        refused(b"ANA: Good morning."),
        "docx: it is not a Word document, which is a ZIP archive"
    );
    let whole = docx(&p(&r("ANA: One.")), &[]);
    assert_eq!(refused(&whole[..whole.len() / 2]), "docx: the archive is damaged or not complete");
    assert_eq!(refused(&docx("", &[])), "there is no text in it");
}

#[test]
fn a_bomb_unpacks_no_further_than_the_limit() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).expect("a new part");
    let chunk = vec![b' '; 1 << 20];
    for _ in 0..80 {
        archive.write_all(&chunk).expect("memory");
    }
    let bomb = archive.finish().expect("memory").into_inner();
    assert!(bomb.len() < 1 << 20);
    assert_eq!(refused(&bomb), "docx: word/document.xml unpacks to more than 32 MB");
}

#[test]
fn a_lie_about_a_size_changes_nothing() {
    let mut bytes = docx(&p(&r("ANA: One two.")), &[]);
    let central = bytes.windows(4).position(|it| it == b"PK\x01\x02").expect("a directory");
    // The size unpacked, of the first part.
    bytes[central + 24..central + 28].copy_from_slice(&u32::MAX.to_le_bytes()[..4]);
    bytes[central + 27] = 0x7f;
    match read(&bytes, Some("a.docx")) {
        Ok(Parsed { transcript, .. }) => assert_eq!(words(&transcript), ["One", "two"]),
        Err(error) => assert!(error.to_string().starts_with("docx: "), "{error}"),
    }
}

#[test]
fn deep_or_broken_xml_is_read_as_far_as_it_goes() {
    let deep = p(&r("ANA: One.")) + &"<w:sdt>".repeat(100_000);
    let (text, problems) = read_body(&deep, &[]);
    assert_eq!(text, "ANA: One.");
    assert!(problems[0].ends_with("nested deeper than 200 elements"), "{problems:?}");
    let (text, problems) = read_body(&(p(&r("ANA: One.")) + "<w:p></w:r>"), &[]);
    assert_eq!(text, "ANA: One.");
    assert!(
        problems[0].starts_with("the document was read in part: its XML is broken"),
        "{problems:?}"
    );
}

#[test]
fn the_same_transcript_gives_the_same_bytes() {
    let bytes =
        |format| write(&transcript(STORY), format, &WriteOptions::default()).expect("written");
    let format = format_for("docx").expect("known");
    assert_eq!(bytes(format), bytes(format));
}

#[test]
fn a_story_comes_back_from_word_as_it_was() {
    let docx = format_for("docx").expect("known");
    let given = Transcript { language: Some("pt".into()), ..transcript(STORY) };
    let bytes = write(&given, docx, &WriteOptions::default()).expect("written");
    let Parsed { transcript: read_back, problems } = read(&bytes, None).expect("readable");
    let house = write(&given, format_for("npr").expect("known"), &WriteOptions::default());
    let house = String::from_utf8(house.expect("written")).expect("text");
    let shown = |transcript: &Transcript| {
        outline(transcript, &[]).split_once('\n').expect("lines").1.to_owned()
    };
    assert_eq!(shown(&read_back), shown(&transcript(&house)));
    assert_eq!(read_back.language.as_deref(), Some("pt"));
    assert_eq!(problems, []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_damaged_anywhere_is_read_or_refused(at in 0_usize..3000, value in any::<u8>()) {
        let bytes = write(&transcript(STORY), format_for("docx").expect("known"), &WriteOptions::default());
        let mut bytes = bytes.expect("written");
        let at = at % bytes.len();
        bytes[at] = value;
        let _ = read(&bytes, Some("a.docx"));
    }

    #[test]
    fn any_body_is_read_or_refused(parts in prop::collection::vec(prop::sample::select(PARTS.to_vec()), 1..40)) {
        let bytes = docx(&parts.concat(), &[("comments", &parts.concat())]);
        for changes in [Changes::Accepted, Changes::Original] {
            let format = format_for("docx").expect("known");
            if let Ok(Parsed { transcript, problems }) = read_as(&bytes, format, &ReadOptions::default().with_changes(changes)) {
                let fits = |problem: &Problem| transcript.text.get(problem.span.start..problem.span.end).is_some();
                prop_assert!(problems.iter().all(fits), "{:?}", problems);
            }
        }
    }
}

const PARTS: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "ANA RUIZ: ",
    "two words",
    "é",
    "&amp;",
    "&x;",
    "<w:ins>",
    "</w:ins>",
    "<w:del>",
    "</w:del>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:p><w:r><w:t>00:01</w:t></w:r></w:p>",
    "<w:p><w:r><w:t>BO: Né.</w:t></w:r></w:p>",
    "<w:tab/>",
    "<w:br/>",
    "<w:commentRangeStart w:id=\"1\"/>",
    "<w:commentRangeEnd w:id=\"1\"/>",
    "<w:commentReference w:id=\"1\"/>",
    "<w:comment w:id=\"1\">",
    "</w:comment>",
    "<w:rPr><w:vanish/></w:rPr>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
    "<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>",
    "<w:tcPr><w:gridSpan w:val=\"9999999\"/></w:tcPr>",
    "<w:pPr><w:pStyle w:val=\"title\"/></w:pPr>",
    "<mc:AlternateContent>",
    "</mc:AlternateContent>",
    "<mc:Choice>",
    "</mc:Choice>",
    "<w:sym/>",
    "<w:altChunk/>",
];
