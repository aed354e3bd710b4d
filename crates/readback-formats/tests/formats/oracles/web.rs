//! Pages, feeds and news items, laid beside `vnu` (the checker of the W3C), `axe`, `extruct`, `feedsmith`,
//! `podcast-transcript-convert`, `newsmlg2` and `xmllint`.

use readback_formats::{Parsed, Publication, WriteOptions, format_for, podcast_tag, read};
use readback_transcript::Transcript;

use super::{node, program, python, written};
use crate::{STORY, timed, transcript, words};

/// The story with all that can be said of it.
fn published(id: &str) -> String {
    let given = Transcript { language: Some("en".into()), ..timed(transcript(STORY)) };
    let publication = Publication::default()
        .with_uri("https://example.org/1")
        .with_provider("Example Radio")
        .with_created("2026-05-03T10:00:00Z")
        .with_audio("https://example.org/1.mp3");
    let options = WriteOptions::default().with_publication(publication);
    let bytes = readback_formats::write(&given, format_for(id).expect("known"), &options);
    String::from_utf8(bytes.expect("written")).expect("UTF-8")
}

/// The story without a time or a language.
fn bare(id: &str) -> String {
    let format = format_for(id).expect("known");
    crate::write(&transcript(STORY), format).expect("written")
}

#[test]
fn the_nu_checker_finds_nothing_in_a_page() {
    if program("java", &["-version"], b"").is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str, page: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, page).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let paths = [path("published.html", published("html")), path("bare.html", bare("html"))];
    let code = "const paths=require('fs').readFileSync(0,'utf8').split('\\n');const r=require('child_process').spawnSync('java',['-jar',require('vnu-jar'),'--stdout','--format','json',...paths]);console.log(r.stdout.toString())";
    let Some(seen) = node(code, paths.join("\n").as_bytes()) else { return };
    let seen: serde_json::Value = serde_json::from_str(&seen).expect("JSON");
    assert_eq!(seen["messages"], serde_json::json!([]));
}

#[test]
fn axe_finds_no_barrier_in_a_page() {
    let code = "const {JSDOM,VirtualConsole}=require('jsdom');const dom=new JSDOM(require('fs').readFileSync(0,'utf8'),{runScripts:'outside-only',virtualConsole:new VirtualConsole(),pretendToBeVisual:true});dom.window.eval(require('axe-core').source);dom.window.axe.run(dom.window.document,{rules:{'color-contrast':{enabled:false}}}).then(r=>{console.log(JSON.stringify({bad:r.violations.map(v=>v.id+': '+v.nodes[0].html),passes:r.passes.map(p=>p.id)}));process.exit(0)})";
    for page in [published("html"), bare("html")] {
        let Some(seen) = node(code, page.as_bytes()) else { return };
        let seen: serde_json::Value = serde_json::from_str(seen.trim()).expect("JSON");
        assert_eq!(seen["bad"], serde_json::json!([]));
        let passes = seen["passes"].to_string();
        for rule in
            ["html-has-lang", "heading-order", "landmark-main-is-top-level", "bypass", "region"]
        {
            assert!(passes.contains(rule), "{rule} in {passes}");
        }
    }
}

#[test]
fn extruct_finds_the_episode_and_where_its_turns_are() {
    let code = "import extruct,sys,json\nprint(json.dumps(extruct.extract(sys.stdin.read(),syntaxes=['json-ld'])['json-ld']))";
    let Some(seen) = python(code, published("html").as_bytes()) else { return };
    let seen: serde_json::Value = serde_json::from_str(&seen).expect("JSON");
    let episode = &seen[0];
    assert_eq!(episode["@type"], "RadioEpisode");
    assert_eq!(episode["audio"]["transcript"], written("npr"));
    assert_eq!(episode["audio"]["contentUrl"], "https://example.org/1.mp3");
    assert_eq!(episode["hasPart"][1]["name"], "DANA ORTIZ");
    assert_eq!(episode["hasPart"][1]["startOffset"], 6.9);
}

#[test]
fn feedsmith_finds_the_tag_in_a_feed() {
    let format = format_for("vtt").expect("known");
    let tag = podcast_tag(format, "https://example.org/a?b&c", Some("pt")).expect("a known format");
    let feed = format!(
        "<rss version=\"2.0\" xmlns:podcast=\"https://podcastindex.org/namespace/1.0\"><channel><title>a</title><item><title>b</title>{tag}</item></channel></rss>"
    );
    let code = "console.log(JSON.stringify(require('feedsmith').parseRssFeed(require('fs').readFileSync(0,'utf8')).items[0].podcast.transcripts))";
    let Some(seen) = node(code, feed.as_bytes()) else { return };
    let seen: serde_json::Value = serde_json::from_str(&seen).expect("JSON");
    assert_eq!(
        seen,
        serde_json::json!([{"url": "https://example.org/a?b&c", "type": "text/vtt", "language": "pt", "rel": "captions"}])
    );
}

#[test]
fn another_converter_makes_of_a_podcast_page_the_json_that_we_read() {
    let code = "import sys,json\nfrom podcast_transcript_convert.converters.html_to_json import html_to_podcast_dict as f\nprint(json.dumps(f(sys.stdin.read())))";
    // Where a turn names nobody it takes the next name for that turn's, so every turn here has one.
    let given = timed(transcript(&STORY.replace("Good morning.", "LEE, HOST: Good morning.")));
    let page = crate::write(&given, format_for("podcast-html").expect("known")).expect("written");
    let Some(json) = python(code, page.as_bytes()) else { return };
    let Parsed { transcript: seen, problems } = read(json.as_bytes(), None).expect("readable");
    assert_eq!(seen.format, "podcast-json");
    assert_eq!(words(&seen).join(" "), words(&given).join(" ").replace("&#39;", "'"));
    let names = |transcript: &Transcript| -> Vec<String> {
        let labels = transcript.turns.iter().filter_map(|turn| turn.label.as_ref());
        labels.map(|label| label.name.clone()).collect()
    };
    assert_eq!(names(&seen), names(&given));
    assert_eq!(problems, []);
}

#[test]
fn news_items_are_well_formed_and_hold_what_they_say() {
    let item = published("newsml-g2");
    if let Some(text) = program(
        "xmllint",
        &["--xpath", "string(//*[local-name()='inlineData'])", "-"],
        item.as_bytes(),
    ) {
        assert_eq!(text.trim_end(), written("npr").trim_end());
    }
    let code = "import sys,NewsMLG2\ni=NewsMLG2.NewsMLG2Document(string=sys.stdin.buffer.read()).get_item()\nm=i.itemmeta\nprint(i.guid,i.conformance,NewsMLG2.qcode_to_uri(m.itemclass.qcode),m.versioncreated,i.contentmeta.headline,sep='\\n')";
    if let Some(seen) = python(code, item.as_bytes()) {
        let expected = [
            "https://example.org/1",
            "power",
            "http://cv.iptc.org/newscodes/ninature/text",
            "2026-05-03T10:00:00Z",
            "A bridge closes, and a town finds another way",
        ];
        assert_eq!(seen.lines().collect::<Vec<_>>(), expected);
    }
}
