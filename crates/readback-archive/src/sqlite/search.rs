//! Searching turns by what was said in them.

use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};

use readback_check::likeness;
use readback_transcript::{Span, Transcript};

use super::{Sqlite, listed_date, slug};
use crate::query::{Term, sound_of};
use crate::snippet::snippet;
use crate::store::{Heard, Hit, Store};
use crate::{Act, ArchiveError, Hash, Query, Which};

/// Of more turns than this only the newest are ranked, which bounds the time that a common word takes.
const RANKED: usize = 200;
/// Words that sound like one that was asked for.
const ALIKE: usize = 8;
/// Phrases that are made of them.
const PHRASES: usize = 32;
/// A word said in more turns than this is not a name that somebody spelt otherwise.
const COMMON: usize = 5000;
/// How alike two words must sound.
const ALIKE_ENOUGH: f64 = 0.7;

/// A turn that was found.
struct Found {
    id: i64,
    hit: Hit,
    span: Span,
}

/// Turns that say all terms; after them, as far as there is room, those where it only sounds so.
pub(super) fn search(
    store: &mut Sqlite,
    query: &Query,
    most: usize,
) -> Result<Vec<Hit>, ArchiveError> {
    let exact: Vec<Vec<Term>> = query.terms.iter().map(|term| vec![term.clone()]).collect();
    let mut found = matching(store, query, &exact, most)?;
    let mut hits = Vec::new();
    let seen: Vec<i64> = found.iter().map(|it| it.id).collect();
    complete(store, &mut found, &exact)?;
    hits.extend(found.into_iter().map(|it| it.hit));
    if hits.len() < most && !query.terms.is_empty() {
        let alike =
            query.terms.iter().map(|term| alike(store, term)).collect::<Result<Vec<_>, _>>();
        let alike = alike.map_err(|error| store.told(&error))?;
        if alike != exact {
            let mut found = matching(store, query, &alike, most)?;
            found.retain(|it| !seen.contains(&it.id));
            complete(store, &mut found, &alike)?;
            let more = found.into_iter().map(|it| Hit { by_sound: true, ..it.hit });
            hits.extend(more.take(most - hits.len()));
        }
    }
    Ok(hits)
}

/// The turns that say one of each group of terms.
fn matching(
    store: &Sqlite,
    query: &Query,
    terms: &[Vec<Term>],
    most: usize,
) -> Result<Vec<Found>, ArchiveError> {
    let mut conditions = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut condition = |sql: &str, given: Vec<Value>| {
        conditions.push(sql.to_owned());
        values.extend(given);
    };
    if !terms.is_empty() {
        condition("spoken MATCH ?", vec![expression(terms).into()]);
    }
    for word in &query.speaker {
        let sql = "turn.speaker IN (SELECT speaker FROM speaker_word WHERE word = ? OR sound = ?)";
        condition(sql, vec![word.clone().into(), sound_of(word).into()]);
    }
    if let Some(programme) = &query.programme {
        let sql = "lower(substr(story.programme, 1, length(?))) = lower(?)";
        condition(sql, vec![programme.clone().into(), programme.clone().into()]);
    }
    if let Some((from, to)) = &query.date {
        condition(
            "story.date >= ? AND story.date <= ?",
            vec![from.clone().into(), to.clone().into()],
        );
    }
    if let Some(state) = query.state {
        condition("story.state = ?", vec![state.name().to_owned().into()]);
    }
    if let Some(story) = &query.story {
        condition("story.slug = ?", vec![story.clone().into()]);
    }
    match query.which {
        Which::Last => condition("turn.last IS NULL", vec![]),
        Which::First => condition("turn.first = 1", vec![]),
        Which::Number(number) => {
            let sql = "turn.first <= ? AND (turn.last IS NULL OR turn.last >= ?)";
            condition(sql, vec![i64::from(number).into(), i64::from(number).into()]);
        }
        Which::Any => {}
    }
    // Turns that say little else come first, as BM25 has it where each term is said once. The index's own
    // BM25 would look up every turn of the archive that says a term to weigh it against the others.
    let (from, id, rank) = if terms.is_empty() {
        ("turn", "turn.id", "0")
    } else {
        ("spoken JOIN turn ON turn.id = spoken.rowid", "spoken.rowid", "turn.words")
    };
    let statement = |order: &str| {
        format!(
            "SELECT * FROM (
                 SELECT turn.id, story.slug, story.title, story.programme, story.date, turn.first, turn.last,
                     speaker.name, turn.start, turn.end, {rank} AS rank
                 FROM {from} CROSS JOIN story ON story.id = turn.story
                     LEFT JOIN speaker ON speaker.id = turn.speaker
                 WHERE {} ORDER BY {id} {order} LIMIT {RANKED}
             ) ORDER BY rank, id DESC",
            conditions.join(" AND ")
        )
    };
    let read = |order| -> Result<Vec<Found>, ArchiveError> {
        let read = || -> rusqlite::Result<Vec<Found>> {
            let mut statement = store.connection.prepare_cached(&statement(order))?;
            statement.query_map(params_from_iter(values.iter()), found)?.collect()
        };
        read().map_err(|error| store.told(&error))
    };
    // The index of words is read twice as fast from the oldest on, which will do where that finds all.
    let oldest = if terms.is_empty() { None } else { Some(read("ASC")?) };
    let mut found = match oldest.filter(|all| all.len() < RANKED) {
        Some(all) => all,
        None => read("DESC")?,
    };
    found.truncate(most);
    Ok(found)
}

fn found(row: &Row) -> rusqlite::Result<Found> {
    let hit = Hit {
        slug: slug(row.get(1)?)?,
        title: row.get(2)?,
        programme: row.get(3)?,
        date: listed_date(row.get(4)?),
        revision: row.get(5)?,
        until: row.get(6)?,
        speaker: row.get(7)?,
        snippet: crate::Snippet::default(),
        at: None,
        recording: None,
        by_sound: false,
    };
    let byte = |column| row.get::<_, i64>(column).map(|at| at.max(0) as usize);
    Ok(Found { id: row.get(0)?, hit, span: Span::new(byte(8)?, byte(9)?) })
}

/// The terms in the index's own language: all groups, one term of each.
fn expression(terms: &[Vec<Term>]) -> String {
    let phrase = |term: &Term| {
        format!("\"{}\"{}", term.words.join(" "), if term.is_prefix { " *" } else { "" })
    };
    let group = |group: &Vec<Term>| {
        format!("({})", group.iter().map(phrase).collect::<Vec<_>>().join(" OR "))
    };
    terms.iter().map(group).collect::<Vec<_>>().join(" AND ")
}

/// The term, and those that sound like it and were said.
fn alike(store: &Sqlite, term: &Term) -> rusqlite::Result<Vec<Term>> {
    let mut phrases: Vec<Vec<String>> = vec![Vec::new()];
    for word in &term.words {
        let words = words_like(store, word)?;
        let room = (PHRASES / phrases.len()).max(1);
        let with = |phrase: &Vec<String>| {
            let grown = |word: &String| phrase.iter().chain([word]).cloned().collect();
            words.iter().take(room).map(grown).collect::<Vec<Vec<String>>>()
        };
        phrases = phrases.iter().flat_map(with).collect();
    }
    Ok(phrases.into_iter().map(|words| Term { words, is_prefix: term.is_prefix }).collect())
}

/// The word, and after it those in the vocabulary that sound most like it; none if they are common.
fn words_like(store: &Sqlite, word: &str) -> rusqlite::Result<Vec<String>> {
    let mut words = vec![word.to_owned()];
    let Some(sound) = sound_of(word) else { return Ok(words) };
    if is_common(store, word)? {
        return Ok(words);
    }
    let mut statement =
        store.connection.prepare_cached("SELECT word FROM vocabulary WHERE sound = ? LIMIT 500")?;
    let known = statement.query_map([sound], |row| row.get::<_, String>(0))?;
    let mut known: Vec<(f64, String)> = known
        .map(|known| known.map(|known| (likeness(word, &known), known)))
        .collect::<rusqlite::Result<_>>()?;
    known.retain(|it| it.0 >= ALIKE_ENOUGH && it.1 != word);
    known.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (_, known) in known.into_iter().take(ALIKE) {
        if !is_common(store, &known)? {
            words.push(known);
        }
    }
    Ok(words)
}

/// Whether more than [`COMMON`] turns say a word.
fn is_common(store: &Sqlite, word: &str) -> rusqlite::Result<bool> {
    let mut statement = store
        .connection
        .prepare_cached("SELECT rowid FROM spoken WHERE spoken MATCH ? LIMIT 1 OFFSET ?")?;
    statement.exists(params![format!("\"{word}\""), COMMON as i64])
}

/// Puts in what stands in the revisions themselves: words, time and recording.
fn complete(
    store: &mut Sqlite,
    found: &mut [Found],
    terms: &[Vec<Term>],
) -> Result<(), ArchiveError> {
    let terms: Vec<Term> = terms.iter().flatten().cloned().collect();
    for Found { hit, span, .. } in found {
        let Some(sealed) = store.revision(&hit.slug, hit.revision)? else { continue };
        let Act::Revision(revision) = sealed.entry.act else { continue };
        let text = span.of(&revision.transcript.text);
        let (place, words) = snippet(text, &terms);
        hit.snippet = words;
        hit.at = time_at(&revision.transcript, span.start + place.start);
        hit.recording = heard(store, hit, revision.against).map_err(|error| store.told(&error))?;
    }
    Ok(())
}

/// When the word at byte `at` is said, or the first with a time after it.
fn time_at(transcript: &Transcript, at: usize) -> Option<readback_transcript::Instant> {
    let timed = transcript.words().filter(|word| word.span.end > at);
    timed.filter_map(|word| word.timing).map(|timing| timing.stretch.start()).next()
}

/// The recording that a revision is of: the one it was held against, else the last that came in.
fn heard(store: &Sqlite, hit: &Hit, against: Option<Hash>) -> rusqlite::Result<Option<Heard>> {
    use rusqlite::OptionalExtension;
    let mut statement = store.connection.prepare_cached(
        "SELECT hash, url FROM recording JOIN story ON story.id = story WHERE slug = ?
         ORDER BY hash = ? DESC, feed = 'final' DESC, number DESC LIMIT 1",
    )?;
    let against = against.map(|hash| hash.bytes().to_vec());
    let row = statement.query_row(rusqlite::params![hit.slug.as_str(), against], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?))
    });
    let row = row.optional()?;
    Ok(row.and_then(|(hash, url)| Some(Heard { hash: Hash::from_bytes(&hash)?, url })))
}
