//! Adding entries, and what follows from them: lists, turns and their words.

use std::collections::{HashMap, HashSet};

use readback_transcript::{Piece, Span, Turn};
use rusqlite::{Connection, OptionalExtension, Result, Transaction, TransactionBehavior, params};

use crate::query::{fold, folded, sound_of, words};
use crate::store::Stats;
use crate::{Act, Entry, Feed, Hash, Revision, Sealed};

/// The turns of a story's last revision: speaker and print, and the turns' ids.
type OpenTurns = HashMap<(Option<i64>, i64), Vec<i64>>;

/// Adds entries and indexes them in one transaction. False if one does not follow its chain's last.
pub(super) fn append(
    connection: &mut Connection,
    vocabulary: &mut HashSet<String>,
    entries: &[Sealed],
    bodies: &[Vec<u8>],
) -> Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut adding = Adding { transaction: &transaction, vocabulary };
    for (sealed, body) in entries.iter().zip(bodies) {
        if !adding.entry(sealed, body)? {
            return Ok(false);
        }
    }
    transaction.commit()?;
    Ok(true)
}

struct Adding<'a> {
    transaction: &'a Transaction<'a>,
    vocabulary: &'a mut HashSet<String>,
}

impl Adding<'_> {
    fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize> {
        self.transaction.prepare_cached(sql)?.execute(values)
    }

    fn entry(&mut self, sealed: &Sealed, body: &[u8]) -> Result<bool> {
        let Some(story) = self.follows(sealed)? else { return Ok(false) };
        let number = sealed.entry.number;
        self.execute(
            "INSERT INTO entry (story, number, hash, body) VALUES (?, ?, ?, ?)",
            params![story, number, sealed.hash.bytes(), body],
        )?;
        self.execute(
            "UPDATE story SET entries = ?, head = ? WHERE id = ?",
            params![number, sealed.hash.bytes(), story],
        )?;
        self.act(story, &sealed.entry)?;
        Ok(true)
    }

    /// The story of an entry that follows its chain's last one; a first entry begins the chain.
    fn follows(&self, sealed: &Sealed) -> Result<Option<i64>> {
        let name = sealed.entry.chain.to_string();
        let mut statement = self
            .transaction
            .prepare_cached("SELECT id, entries, head FROM story WHERE slug = ?")?;
        let last: Option<(i64, u32, Vec<u8>)> = statement
            .query_row([&name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let (story, entries, head) = match last {
            Some((story, entries, head)) => (Some(story), entries, Hash::from_bytes(&head)),
            None => (None, 0, Some(Hash::NOTHING)),
        };
        let follows = entries + 1 == sealed.entry.number
            && head.is_some_and(|head| head.followed_by(&sealed.body) == sealed.hash);
        if !follows {
            return Ok(None);
        }
        if let Some(story) = story {
            return Ok(Some(story));
        }
        let head = Hash::NOTHING;
        self.execute("INSERT INTO story (slug, head) VALUES (?, ?)", params![name, head.bytes()])?;
        Ok(Some(self.transaction.last_insert_rowid()))
    }

    fn act(&mut self, story: i64, entry: &Entry) -> Result<()> {
        match &entry.act {
            Act::About(about) => {
                let date = about.date.map(|date| date.to_string());
                self.execute(
                    "UPDATE story SET title = ?, programme = ?, date = ?, contractor = ? WHERE id = ?",
                    params![about.title, about.programme, date, about.contractor, story],
                )?;
            }
            Act::Recording(it) => {
                let feed = if it.feed == Feed::First { "first" } else { "final" };
                self.execute(
                    "INSERT INTO recording VALUES (?, ?, ?, ?, ?, ?)",
                    params![
                        story,
                        entry.number,
                        it.hash.bytes(),
                        it.length.map(readback_transcript::Length::micros),
                        feed,
                        it.url
                    ],
                )?;
            }
            Act::Revision(revision) => self.revision(story, entry, revision)?,
            Act::Findings { .. }
            | Act::Decision(_)
            | Act::Notice(_)
            | Act::Name { .. }
            | Act::Unname { .. } => {}
        }
        Ok(())
    }

    fn revision(&mut self, story: i64, entry: &Entry, revision: &Revision) -> Result<()> {
        let (number, state) = (revision.number, revision.state.name());
        self.execute(
            "INSERT INTO revision VALUES (?, ?, ?)",
            params![story, number, entry.number],
        )?;
        self.execute(
            "UPDATE story SET revisions = ?, state = ? WHERE id = ?",
            params![number, state, story],
        )?;
        if let Some(original) = &revision.original {
            self.execute(
                "INSERT INTO original VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                params![original.hash.bytes(), story, number],
            )?;
        }
        self.turns(story, revision)
    }

    /// Turns that stand as before are left as they are; the others end, and new ones begin.
    fn turns(&mut self, story: i64, revision: &Revision) -> Result<()> {
        let number = revision.number;
        let mut open = self.open_turns(story, number)?;
        for turn in &revision.transcript.turns {
            let Some((span, text)) = spoken(turn, &revision.transcript.text) else { continue };
            let speaker = turn.label.as_ref().map(|label| self.speaker(&label.name)).transpose()?;
            let print = fingerprint(turn, &text);
            if open.get_mut(&(speaker, print)).and_then(Vec::pop).is_some() {
                continue;
            }
            self.execute(
                "INSERT INTO turn (story, first, speaker, print, start, end, words)
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
                params![
                    story,
                    number,
                    speaker,
                    print,
                    span.start as i64,
                    span.end as i64,
                    turn.words().count() as i64
                ],
            )?;
            let id = self.transaction.last_insert_rowid();
            self.execute("INSERT INTO spoken (rowid, text) VALUES (?, ?)", params![id, text])?;
            self.learn(&text)?;
        }
        for id in open.into_values().flatten() {
            self.execute("UPDATE turn SET last = ? WHERE id = ?", params![number - 1, id])?;
        }
        Ok(())
    }

    /// The turns of the last revision, by speaker and print.
    fn open_turns(&self, story: i64, number: u32) -> Result<OpenTurns> {
        let mut open: HashMap<_, Vec<i64>> = HashMap::new();
        if number == 1 {
            return Ok(open);
        }
        let mut statement = self.transaction.prepare_cached(
            "SELECT speaker, print, id FROM turn WHERE story = ? AND last IS NULL ORDER BY id DESC",
        )?;
        let mut rows = statement.query([story])?;
        while let Some(row) = rows.next()? {
            open.entry((row.get(0)?, row.get(1)?)).or_default().push(row.get(2)?);
        }
        Ok(open)
    }

    fn speaker(&self, name: &str) -> Result<i64> {
        let mut statement =
            self.transaction.prepare_cached("SELECT id FROM speaker WHERE name = ?")?;
        if let Some(id) = statement.query_row([name], |row| row.get(0)).optional()? {
            return Ok(id);
        }
        self.execute("INSERT INTO speaker (name) VALUES (?)", [name])?;
        let id = self.transaction.last_insert_rowid();
        for word in folded(name) {
            self.execute(
                "INSERT INTO speaker_word VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                params![word, sound_of(&word), id],
            )?;
        }
        Ok(id)
    }

    /// Puts the words of a text into the vocabulary.
    fn learn(&mut self, text: &str) -> Result<()> {
        for word in words(text).map(|(_, word)| fold(word)) {
            if self.vocabulary.contains(word.as_ref()) {
                continue;
            }
            if let Some(sound) = sound_of(&word) {
                self.execute(
                    "INSERT INTO vocabulary VALUES (?, ?) ON CONFLICT DO NOTHING",
                    params![word, sound],
                )?;
            }
            self.vocabulary.insert(word.into_owned());
        }
        Ok(())
    }
}

/// What a turn says, and from where to where it stands in the text; `None` where it says nothing.
fn spoken(turn: &Turn, text: &str) -> Option<(Span, String)> {
    let runs: Vec<Span> = turn
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Speech { span, .. } => Some(*span),
            Piece::Cue(_) => None,
        })
        .collect();
    let whole = runs.iter().copied().reduce(Span::union)?;
    let said: Vec<&str> = runs.iter().map(|run| run.of(text)).collect();
    Some((whole, said.join(" ")))
}

/// A number for what a turn says and when, so that a turn that has changed is known.
fn fingerprint(turn: &Turn, text: &str) -> i64 {
    let start =
        turn.words().find_map(|word| word.timing).map_or(-1, |it| it.stretch.start().micros());
    let hash = Hash::of(text.as_bytes()).followed_by(&start.to_le_bytes());
    let first = hash.bytes().first_chunk().expect("a hash has 32 bytes");
    i64::from_le_bytes(*first)
}

/// How much there is.
pub(super) fn stats(connection: &Connection) -> Result<Stats> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let count = |sql: &str| number(sql).map(i64::unsigned_abs);
    let mut statement = connection
        .prepare("SELECT state, count(*) FROM story WHERE revisions > 0 GROUP BY state")?;
    let states = statement.query_map([], |row| {
        let state: String = row.get(0)?;
        Ok((state.parse().unwrap_or_default(), row.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    let mut states: Vec<_> = states.collect::<Result<_>>()?;
    states.sort_unstable();
    Ok(Stats {
        stories: count("SELECT count(*) FROM story WHERE revisions > 0")?,
        states,
        revisions: count("SELECT count(*) FROM revision")?,
        entries: count("SELECT count(*) FROM entry")?,
        recordings: count("SELECT count(DISTINCT hash) FROM recording")?,
        seconds: count(
            "SELECT coalesce(sum(micros), 0) / 1000000 FROM
            (SELECT max(micros) AS micros FROM recording GROUP BY hash)",
        )?,
        words: count("SELECT coalesce(sum(words), 0) FROM turn WHERE last IS NULL")?,
        speakers: count("SELECT count(*) FROM speaker")?,
        database: count("PRAGMA page_count")? * count("PRAGMA page_size")?,
    })
}
