//! Word documents, laid beside `python-docx` and `mammoth`: both read what is written here, and what
//! `python-docx` makes is read here as they read it.

use readback_formats::{Parsed, WriteOptions, format_for, read, write};
use readback_transcript::Transcript;

use super::{node, python};
use crate::{STORY, outline, transcript};

fn docx(transcript: &Transcript) -> Vec<u8> {
    write(transcript, format_for("docx").expect("known"), &WriteOptions::default())
        .expect("written")
}

fn house_paragraphs() -> Vec<String> {
    let npr = format_for("npr").expect("known");
    let text = crate::write(&transcript(STORY), npr).expect("written");
    text.trim_end().split("\n\n").map(str::to_owned).collect()
}

#[test]
fn python_docx_reads_the_paragraphs_and_styles_as_written() {
    let code = "import docx,sys,io\nfor p in docx.Document(io.BytesIO(sys.stdin.buffer.read())).paragraphs: print(p.style.name,'|',p.text,'|',','.join(sorted({r.style.name for r in p.runs if r.style.name!='Default Paragraph Font'})))";
    let Some(seen) = python(code, &docx(&transcript(STORY))) else { return };
    let fields: Vec<Vec<&str>> = seen.lines().map(|line| line.split(" | ").collect()).collect();
    assert_eq!(fields.iter().map(|it| it[1]).collect::<Vec<_>>(), house_paragraphs());
    assert_eq!(fields[0][0], "Title");
    let labelled = fields.iter().find(|it| it[1].starts_with("ILSE BRANDT:")).expect("a label");
    assert_eq!(labelled[2], "Cue,Speaker");
}

#[test]
fn mammoth_reads_the_paragraphs_as_written() {
    let code = "const chunks=[];process.stdin.on('data',c=>chunks.push(c)).on('end',async()=>{const m=require('mammoth');const r=await m.extractRawText({buffer:Buffer.concat(chunks)});process.stdout.write(JSON.stringify({text:r.value,messages:r.messages}))})";
    let Some(seen) = node(code, &docx(&transcript(STORY))) else { return };
    let seen: serde_json::Value = serde_json::from_str(&seen).expect("JSON");
    let text = seen["value"].as_str().or(seen["text"].as_str()).expect("text");
    assert_eq!(text.trim_end().split("\n\n").collect::<Vec<_>>(), house_paragraphs());
    assert_eq!(seen["messages"], serde_json::json!([]));
}

/// A document with all that `python-docx` can put into one: headings, runs, breaks, a table, a header, a
/// comment. It prints the document in hexadecimal digits, and what it reads back of its paragraphs.
const MAKE: &str = r"
import docx, io, sys
d = docx.Document()
d.core_properties.language = 'pt'
d.sections[0].header.paragraphs[0].text = 'RUSH COPY'
d.add_heading('A Slow Walk', 0)
p = d.add_paragraph()
p.add_run('ANA RU').bold = True
p.add_run('IZ, HOST:').bold = True
p.add_run(' Good mor')
last = p.add_run('ning, “all”.\tSo it\nrains & pours.')
d.add_comment(last, text='check this', author='Bo')
d.add_paragraph('(SOUNDBITE OF RAIN)')
t = d.add_table(rows=0, cols=2)
for who, what in [('BO MARSH', 'Does it?'), ('ANA RUIZ', 'It does.')]:
    cells = t.add_row().cells
    cells[0].text, cells[1].text = who, what
d.add_paragraph('BO MARSH: Bye.')
out = io.BytesIO()
d.save(out)
print(out.getvalue().hex())
for p in docx.Document(io.BytesIO(out.getvalue())).paragraphs: print(repr(p.text))
";

#[test]
fn a_document_of_python_docx_is_read_as_it_was_made() {
    let Some(made) = python(MAKE, b"") else { return };
    let (hexadecimal, paragraphs) = made.split_once('\n').expect("two parts");
    let byte = |at: usize| u8::from_str_radix(&hexadecimal[at..at + 2], 16).expect("digits");
    let bytes: Vec<u8> = (0..hexadecimal.len()).step_by(2).map(byte).collect();
    let Parsed { transcript, problems } = read(&bytes, Some("made.docx")).expect("readable");
    assert_eq!(
        outline(&transcript, &problems),
        "format docx\nHeadline: A Slow Walk\nturn ANA RUIZ Some(Host)\n  Good | morning | all | So | it | rains | pours\n  Sound (SOUNDBITE OF RAIN)\nturn BO MARSH None\n  Does | it\nturn ANA RUIZ None\n  It | does\nturn BO MARSH None\n  Bye\nproblem at \"\": page header, not read as speech: “RUSH COPY”\nproblem at \"ning, “all”.\\tSo it\\nrains & pours.\": comment by Bo: “check this”\n"
    );
    assert_eq!(transcript.language.as_deref(), Some("pt"));
    let spoken = paragraphs.lines().nth(1).expect("a paragraph");
    let text = transcript.text.split("\n\n").nth(1).expect("a paragraph");
    assert_eq!(spoken, format!("'{}'", text.replace('\t', "\\t").replace('\n', "\\n")));
}

#[test]
fn mammoth_and_we_agree_on_what_changes_leave() {
    let body = concat!(
        r#"<w:p><w:r><w:t xml:space="preserve">ANA: It cost </w:t></w:r><w:del w:id="1"><w:r><w:delText>forty</w:delText></w:r></w:del>"#,
        r#"<w:ins w:id="2"><w:r><w:t>fif</w:t></w:r><w:r><w:t>ty</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> dol</w:t><w:noBreakHyphen/><w:t>lars.</w:t></w:r></w:p>"#,
        r#"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>One.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
    );
    let code = "import docx,io,sys\nfrom docx.oxml import parse_xml\nd=docx.Document()\nb=d.element.body\nx=parse_xml('<w:body xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">'+sys.stdin.read()+'</w:body>')\nfor i,c in enumerate(list(x)): b.insert(i,c)\no=io.BytesIO(); d.save(o); print(o.getvalue().hex())";
    let Some(hexadecimal) = python(code, body.as_bytes()) else { return };
    let hexadecimal = hexadecimal.trim();
    let byte = |at: usize| u8::from_str_radix(&hexadecimal[at..at + 2], 16).expect("digits");
    let bytes: Vec<u8> = (0..hexadecimal.len()).step_by(2).map(byte).collect();
    let ours = read(&bytes, None).expect("readable").transcript.text;
    let code = "const chunks=[];process.stdin.on('data',c=>chunks.push(c)).on('end',async()=>{process.stdout.write((await require('mammoth').extractRawText({buffer:Buffer.concat(chunks)})).value)})";
    let Some(theirs) = node(code, &bytes) else { return };
    // Mammoth keeps the hyphen that does not break as the character of that name.
    assert_eq!(ours, theirs.trim_end().replace('\u{2011}', "-"));
}
