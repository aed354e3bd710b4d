//! `readback search`: any phrase ever spoken, with its second.

use anyhow::Result;
use readback_archive::{Archive, Hit, Query};
use readback_transcript::Instant;
use serde::Serialize;

use crate::archive::Place;
use crate::outcome::Outcome;

/// Find any phrase ever spoken, with who says it and when
///
/// Words, "phrases" and prefix* must all be said within one turn. Filters narrow it: speaker:NAME,
/// programme:NAME, date:2026-11 or date:FROM..TO, state:final, story:NAME, revision:first (as first
/// published), revision:any or revision:N; without one it is the text as corrected. Names are also found
/// by their sound, after those that are spelt as asked. Where the speaker is not found to say it, it says
/// who else does.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to look for; an argument with blanks is a phrase
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,

    /// At most this many results
    #[arg(long, value_name = "N", default_value_t = 20)]
    most: u16,

    #[command(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    hit: Hit,
    seconds: Option<f64>,
    link: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let query = Query::parse(&typed(&arguments.query))?;
    let mut archive = arguments.place.open()?;
    let most = usize::from(arguments.most);
    let found = search(&mut archive, &query, most)?;
    let others = if found.is_empty() { by_others(&mut archive, query, most)? } else { Vec::new() };
    let blocks = |found: &[Found]| found.iter().map(block).collect::<String>();
    arguments.place.print(&found, || match (&found[..], &others[..]) {
        ([], []) => "nothing was found\n".into(),
        ([], others) => {
            format!("nothing was found of that speaker; of others:\n{}", blocks(others))
        }
        (found, _) => blocks(found),
    })?;
    Ok(Outcome::Clean)
}

fn search(archive: &mut Archive, query: &Query, most: usize) -> Result<Vec<Found>> {
    let hits = archive.search(query, most)?;
    Ok(hits.into_iter().map(|hit| found(archive, hit)).collect())
}

/// The same words under other labels: who is voiced over stands under that of the reporter.
fn by_others(archive: &mut Archive, query: Query, most: usize) -> Result<Vec<Found>> {
    if query.speaker.is_empty() || query.terms.is_empty() {
        return Ok(Vec::new());
    }
    search(archive, &Query { speaker: Vec::new(), ..query }, most)
}

/// What was typed before the shell took the quotation marks away.
fn typed(arguments: &[String]) -> String {
    let is_phrase = |it: &String| it.contains(char::is_whitespace) && !it.contains(['"', '“', ':']);
    let whole = |it: &String| if is_phrase(it) { format!("\"{it}\"") } else { it.clone() };
    arguments.iter().map(whole).collect::<Vec<_>>().join(" ")
}

fn found(archive: &Archive, hit: Hit) -> Found {
    let recording = hit.recording.as_ref();
    let place = recording.and_then(|it| {
        it.url.clone().or_else(|| archive.file(it.hash).ok().map(|path| path.display().to_string()))
    });
    let seconds = hit.at.map(Instant::seconds);
    let link = place.map(|place| match seconds {
        Some(seconds) => format!("{place}#t={seconds:.2}"),
        None => place,
    });
    Found { hit, seconds, link }
}

fn block(Found { hit, link, .. }: &Found) -> String {
    let speaker = hit.speaker.as_deref().unwrap_or("(no name)");
    let at = hit.at.map(|at| format!(" at {at}")).unwrap_or_default();
    let date = hit.date.map(|date| format!(", {date}")).unwrap_or_default();
    let until = match hit.until {
        Some(until) if until == hit.revision => format!(", only in revision {until}"),
        Some(until) => format!(", in revisions {} to {until}", hit.revision),
        None => String::new(),
    };
    let sounds = if hit.by_sound { ", by its sound" } else { "" };
    let bold = anstyle::Style::new().bold();
    let (before, words, after) = (&hit.snippet.before, &hit.snippet.hit, &hit.snippet.after);
    let link = link.as_ref().map(|link| format!("    {link}\n")).unwrap_or_default();
    format!(
        "{speaker}{at} in {}{date}{until}{sounds}\n    … {before}{bold}{words}{bold:#}{after} …\n{link}",
        hit.slug
    )
}
