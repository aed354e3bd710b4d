//! TEI transcriptions of speech.

use readback_formats::{Parsed, format_for, read};
use readback_transcript::{NoteKind, Role, Transcript};

use crate::{STORY, outline, timed, transcript, words, write};

pub const ISO: &str = r##"<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Not said</title></titleStmt></fileDesc>
<profileDesc><particDesc><person xml:id="p1" role="host"><persName><forename>Ann</forename><surname>Lee</surname></persName></person>
<person xml:id="p2"><persName>Bo &amp; Co</persName></person></particDesc></profileDesc></teiHeader>
<text xml:lang="en-GB"><timeline unit="ms" origin="#T0"><when xml:id="T0"/><when xml:id="T1" interval="1000" since="#T0"/>
<when xml:id="T2" interval="500" since="#T1"/><when xml:id="T3" interval="2.0" unit="s" since="#T1"/>
<when xml:id="T4" absolute="00:00:05.250"/></timeline><body>
<head>Salt</head>
<annotationBlock who="#p1" start="#T1" end="#T3"><u><seg type="utterance"><w cert="0.5">Salt</w><anchor synch="#T2"/>
<pc join="right">“</pc><w>and</w> <w cert="low">water</w><pc>.</pc><pc>”</pc></seg></u>
<spanGrp type="pos"><span from="#T1" to="#T2">NN</span></spanGrp></annotationBlock>
<incident><desc>bell rings</desc></incident>
<u who="#p2" start="#T3" end="#T4">No <pause dur="PT1S"/> more <vocal><desc>laughs</desc></vocal><gap reason="inaudible"/></u>
<u who="#p3">Who <w join="left">-ever</w></u>
<note type="credit">Copyright 2024 Example.</note>
</body></text></TEI>"##;

fn timings(transcript: &Transcript) -> Vec<(f64, f64, f32)> {
    let timings = transcript.words().filter_map(|word| word.timing);
    let shown = timings.map(|timing| {
        let stretch = timing.stretch;
        (stretch.start().seconds(), stretch.end().seconds(), timing.probability.get())
    });
    shown.collect()
}

#[test]
fn iso_24624_is_read_with_people_times_and_what_is_heard_besides_words() {
    let Parsed { transcript, problems } = read(ISO.as_bytes(), Some("a.xml")).expect("readable");
    assert_eq!(problems, []);
    assert_eq!(
        transcript.text,
        "Salt\n\nAnn Lee, HOST: Salt “and water.”\n\n(bell rings)\n\nBo & Co: No (pause) more (laughs) (inaudible)\n\n\
         p3: Who-ever\n\nCopyright 2024 Example.\n"
    );
    assert_eq!(transcript.language.as_deref(), Some("en"));
    assert_eq!(transcript.turns[0].label.as_ref().and_then(|l| l.role.clone()), Some(Role::Host));
    let kinds: Vec<NoteKind> = transcript.notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [NoteKind::Headline, NoteKind::Credit]);
    let times = timings(&transcript);
    assert_eq!(times[..3], [(1.0, 1.5, 0.5), (1.5, 2.1, 1.0), (2.1, 3.0, 0.3)]);
    assert_eq!(times[3..], [(3.0, 3.75, 1.0), (3.75, 5.25, 1.0)]);
}

#[test]
fn people_and_points_of_time_may_stand_behind_what_refers_to_them() {
    let start = ISO.find("<timeline").expect("a timeline");
    let end = ISO.find("<body>").expect("a body");
    let (before, timeline, after) = (&ISO[..start], &ISO[start..end], &ISO[end..]);
    let moved = after.replace("</body>", &format!("</body>{timeline}"));
    let read = |tei: &str| read(tei.as_bytes(), Some("a.xml")).expect("readable");
    assert_eq!(read(&format!("{before}{moved}")), read(ISO));
}

#[test]
fn tei_gives_back_times_to_the_microsecond_and_how_sure_they_are() {
    let mut given = timed(transcript(STORY));
    given.language = Some("en".into());
    let tei = format_for("tei").expect("known");
    let written = write(&given, tei).expect("written");
    let Parsed { transcript: again, problems } =
        read(written.as_bytes(), Some("a.tei")).expect("readable");
    assert_eq!(problems, []);
    assert_eq!((words(&again), timings(&again)), (words(&given), timings(&given)));
    assert_eq!((&again.language, again.notes.len()), (&given.language, given.notes.len()));
    assert_eq!(again.cues().count(), given.cues().count());
    assert_eq!(
        write(&transcript("BO: No."), tei).map(|out| out.contains("<when xml:id=\"T1\"")),
        Ok(false)
    );
}

#[test]
fn tei_that_breaks_off_keeps_what_it_has() {
    let cut = &ISO[..ISO.find("<u who=\"#p3\"").expect("there")];
    let Parsed { transcript, problems } = read(cut.as_bytes(), Some("a.tei")).expect("readable");
    assert!(outline(&transcript, &[]).contains("No\n"), "{}", outline(&transcript, &[]));
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.ends_with("it ends inside an element; what follows is left out"));
    let error = read(b"<!DOCTYPE TEI [<!ENTITY a 'b'>]><TEI><u>&a;</u></TEI>", Some("a.tei"));
    assert!(error.expect_err("refused").to_string().contains("document type"));
}
