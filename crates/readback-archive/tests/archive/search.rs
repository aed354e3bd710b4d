//! Searching by what was said.

use readback_archive::{Adding, Hit, Query};

use crate::harness::{Desk, STORY, adding, slug, timed, transcript};

fn desk() -> Desk {
    let mut desk = Desk::new();
    let recordings = vec![desk.recording("flood.mp3", b"a river")];
    let other = "DUNN: The Western press was asleep, Gregory Asmolov told me.\n\n\
                 ASMOLOV: It is a myth of the collective West.\n";
    desk.add_all(vec![
        Adding { recordings, ..adding("flood", timed(STORY)) },
        adding("press", transcript(other)),
    ]);
    desk
}

fn hits(desk: &mut Desk, typed: &str) -> Vec<Hit> {
    desk.archive.search(&Query::parse(typed).expect("searched"), 10).expect("searched")
}

fn found(desk: &mut Desk, typed: &str) -> Vec<String> {
    let mut found: Vec<String> = hits(desk, typed).iter().map(|it| it.slug.to_string()).collect();
    found.sort();
    found
}

#[test]
fn a_phrase_is_found_with_its_speaker_and_its_second() {
    let mut desk = desk();
    let hits = hits(&mut desk, "\"collective west\" speaker:carvalho");
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].speaker.as_deref(), Some("CARVALHO"));
    assert_eq!(hits[0].snippet.hit, "collective west");
    assert_eq!(hits[0].snippet.before, "We had forty minutes, and the ");
    assert_eq!(hits[0].at.unwrap().seconds(), 7.5);
    let url = hits[0].recording.as_ref().unwrap().url.as_deref();
    assert_eq!(url, Some("https://example.org/flood.mp3"));
}

#[test]
fn words_phrases_prefixes_and_filters_each_narrow_the_search() {
    let mut desk = desk();
    assert_eq!(found(&mut desk, "asleep"), ["flood", "press"]);
    assert_eq!(found(&mut desk, "\"was asleep\" west*"), ["flood", "press"]);
    assert_eq!(found(&mut desk, "\"press was\""), ["press"]);
    assert_eq!(found(&mut desk, "\"was press\""), [""; 0]);
    assert_eq!(found(&mut desk, "asleep speaker:dunn"), ["press"]);
    assert_eq!(found(&mut desk, "asleep programme:evening"), [""; 0]);
    assert_eq!(found(&mut desk, "asleep programme:morn date:2026-11"), ["flood", "press"]);
    assert_eq!(found(&mut desk, "asleep date:2026-11-20..2026-11-24"), [""; 0]);
    assert_eq!(found(&mut desk, "asleep date:2026-11-20.."), ["flood", "press"]);
    assert_eq!(found(&mut desk, "asleep state:final"), [""; 0]);
    assert_eq!(found(&mut desk, "speaker:asmolov"), ["press"]);
    assert_eq!(found(&mut desk, "asleep story:flood"), ["flood"]);
}

#[test]
fn a_name_is_found_by_its_sound_after_those_spelt_as_asked() {
    let mut desk = desk();
    let hits = hits(&mut desk, "Osmolof");
    assert_eq!(hits.len(), 1);
    assert!(hits[0].by_sound && hits[0].snippet.hit == "Asmolov", "{hits:?}");
    assert_eq!(found(&mut desk, "west speaker:Osmolov"), ["press"]);
    assert_eq!(found(&mut desk, "\"gregorie asmoloff\""), ["press"]);
}

#[test]
fn as_first_published_and_as_corrected_are_searched_apart() {
    let mut desk = desk();
    desk.revise("flood", &STORY.replace("forty", "fourteen")).unwrap();
    assert_eq!(found(&mut desk, "fourteen"), ["flood"]);
    assert_eq!(found(&mut desk, "\"forty minutes\""), [""; 0]);
    let first = hits(&mut desk, "\"forty minutes\" revision:first");
    assert_eq!((first[0].revision, first[0].until), (1, Some(1)));
    assert_eq!(found(&mut desk, "\"fourteen minutes\" revision:first"), [""; 0]);
    assert_eq!(found(&mut desk, "\"nobody was hurt\" revision:2"), ["flood"]);
    assert_eq!(found(&mut desk, "\"forty minutes\" revision:any"), ["flood"]);
}

#[test]
fn accents_capitals_and_signs_in_a_search_are_harmless() {
    let mut desk = desk();
    desk.add("cafe", "HALE: The café at Besançon (it is small) closed.");
    assert_eq!(found(&mut desk, "CAFE besancon"), ["cafe"]);
    assert_eq!(found(&mut desk, "café AND OR NOT \"near( closed"), [""; 0]);
    assert_eq!(found(&mut desk, "caf*"), ["cafe"]);
    assert_eq!(desk.archive.revision(&slug("cafe"), None).unwrap().number, 1);
}
