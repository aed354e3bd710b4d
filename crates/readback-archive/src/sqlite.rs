//! The embedded store: one SQLite file in write-ahead mode, synced before a write is acknowledged.

mod index;
mod schema;
mod search;

use std::collections::HashSet;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::civil::Date;
use rayon::prelude::*;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Row, TransactionBehavior, params,
};

use crate::store::{Filter, Head, Hit, Listed, Stats, Store};
use crate::{About, ArchiveError, Chain, Hash, Query, Sealed, Slug};
use schema::{APPLICATION, STEPS};

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(60);
/// The largest body that is unpacked: a day of speech with a time for every word is a tenth of it.
const MOST_UNPACKED: u64 = 1 << 30;

/// An open database.
pub(crate) struct Sqlite {
    path: PathBuf,
    connection: Connection,
    /// Words that are in the vocabulary for certain.
    vocabulary: HashSet<String>,
}

type Result<T, E = ArchiveError> = std::result::Result<T, E>;

/// An entry as it lies there: number, hash and packed body.
type Packed = (u32, Vec<u8>, Vec<u8>);

impl Sqlite {
    /// Makes a new database at `path`, or goes on with one whose making was cut short.
    pub fn create(path: &Path) -> Result<Self> {
        let mut store = Self::connect(path, OpenFlags::SQLITE_OPEN_CREATE)?;
        let tables = "SELECT count(*) FROM sqlite_schema";
        let tables: rusqlite::Result<i64> = store.connection.query_row(tables, [], |it| it.get(0));
        if tables.map_err(|error| store.told(&error))? > 0 {
            return Err(ArchiveError::Exists(path.parent().unwrap_or(path).into()));
        }
        store.migrate()?;
        Ok(store)
    }

    /// Opens the database at `path` and brings an older layout up to date.
    pub fn open(path: &Path) -> Result<Self> {
        let mut store = Self::connect(path, OpenFlags::empty())?;
        let (application, version) = store.marks()?;
        let damaged =
            |reason: &str| ArchiveError::Damaged { path: path.into(), reason: reason.into() };
        if application == 0 && version == 0 {
            return Err(damaged("it is empty"));
        }
        if application != APPLICATION {
            return Err(ArchiveError::Foreign(path.into()));
        }
        if version > STEPS.len() as i64 {
            let folder = path.parent().unwrap_or(path).into();
            return Err(ArchiveError::Newer { folder, found: version, known: STEPS.len() as i64 });
        }
        store.migrate()?;
        Ok(store)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self> {
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let set_up = || -> rusqlite::Result<Connection> {
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(PATIENCE)?;
            connection.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
            )?;
            connection.set_prepared_statement_cache_capacity(64);
            Ok(connection)
        };
        let connection = set_up().map_err(|error| told(path, &error))?;
        Ok(Self { path: path.into(), connection, vocabulary: HashSet::new() })
    }

    /// The marks of whose database it is, and how many steps of the layout are done.
    fn marks(&self) -> Result<(i64, i64)> {
        let mark =
            |name: &str| self.connection.query_row(&format!("PRAGMA {name}"), [], |it| it.get(0));
        let marks = mark("application_id").and_then(|id| Ok((id, mark("user_version")?)));
        marks.map_err(|error| self.told(&error))
    }

    fn migrate(&mut self) -> Result<()> {
        let path = self.path.clone();
        let mut run = || -> rusqlite::Result<()> {
            let transaction =
                self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done: i64 = transaction.query_row("PRAGMA user_version", [], |it| it.get(0))?;
            for step in STEPS.iter().skip(done as usize) {
                transaction.execute_batch(step)?;
            }
            if done < STEPS.len() as i64 {
                transaction.pragma_update(None, "user_version", STEPS.len() as i64)?;
                transaction.pragma_update(None, "application_id", APPLICATION)?;
            }
            transaction.commit()
        };
        run().map_err(|error| told(&path, &error))
    }

    fn told(&self, error: &rusqlite::Error) -> ArchiveError {
        told(&self.path, error)
    }

    /// The entries of a chain as they lie there.
    fn rows(&mut self, chain: &Chain) -> Result<Vec<Packed>> {
        let read = || -> rusqlite::Result<_> {
            let mut statement = self.connection.prepare_cached(
                "SELECT entry.number, hash, body FROM entry JOIN story ON story.id = entry.story
                 WHERE slug = ? ORDER BY entry.number",
            )?;
            let rows = statement.query_map([chain.to_string()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
            rows.collect()
        };
        read().map_err(|error| self.told(&error))
    }
}

/// What SQLite says, in the archive's words.
fn told(path: &Path, error: &rusqlite::Error) -> ArchiveError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            ArchiveError::Damaged { path: path.into(), reason: error.to_string() }
        }
        Some(ErrorCode::DiskFull) => {
            ArchiveError::Store("the disk is full; nothing of this was written".into())
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ArchiveError::Store(format!(
            "another process has been writing for {} s; try again",
            PATIENCE.as_secs()
        )),
        _ => ArchiveError::Store(error.to_string()),
    }
}

/// Bytes of the sum behind a packed body: its last bits may mean nothing, and be damaged all the same.
const SUM: usize = 8;

/// A body as it is kept.
fn packed(body: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(body).and_then(|()| encoder.finish());
    let mut packed = packed.map_err(ArchiveError::io("cannot pack an entry"))?;
    let sum = blake3::hash(&packed);
    packed.extend(&sum.as_bytes()[..SUM]);
    Ok(packed)
}

/// A body as it was sealed; `None` where the packed bytes are damaged.
fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    let (packed, sum) = packed.split_last_chunk::<SUM>()?;
    if !blake3::hash(packed).as_bytes().starts_with(sum) {
        return None;
    }
    let mut body = Vec::new();
    DeflateDecoder::new(packed).take(MOST_UNPACKED).read_to_end(&mut body).ok()?;
    Some(body)
}

/// An entry from its row, held against its seal.
fn opened(chain: &str, row: Packed, previous: Hash) -> Result<Sealed> {
    let (number, hash, body) = row;
    let broken = |reason: &str| ArchiveError::Broken {
        story: chain.to_owned(),
        number,
        reason: reason.to_owned(),
    };
    let hash = Hash::from_bytes(&hash).ok_or_else(|| broken("its seal is no hash"))?;
    let body = unpacked(&body).ok_or_else(|| broken("its content cannot be unpacked"))?;
    Sealed::open(body, hash, previous, (chain, number))
}

/// A date as it is kept in a column.
fn listed_date(text: Option<String>) -> Option<Date> {
    text.and_then(|date| date.parse().ok())
}

fn listed(row: &Row) -> rusqlite::Result<Listed> {
    let state: String = row.get(5)?;
    Ok(Listed {
        slug: slug(row.get(0)?)?,
        about: About {
            title: row.get(1)?,
            programme: row.get(2)?,
            date: listed_date(row.get(3)?),
            contractor: row.get(4)?,
        },
        state: state.parse().unwrap_or_default(),
        revisions: row.get(6)?,
        recordings: row.get(7)?,
    })
}

fn slug(text: String) -> rusqlite::Result<Slug> {
    let conversion = |error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    };
    Slug::try_from(text).map_err(conversion)
}

impl Store for Sqlite {
    fn append(&mut self, entries: &[Sealed]) -> Result<bool> {
        let bodies = entries.par_iter().map(|it| packed(&it.body)).collect::<Result<Vec<_>>>()?;
        let path = self.path.clone();
        let done = index::append(&mut self.connection, &mut self.vocabulary, entries, &bodies);
        if !matches!(done, Ok(true)) {
            self.vocabulary.clear();
        }
        done.map_err(|error| told(&path, &error))
    }

    fn head(&mut self, chain: &Chain) -> Result<Option<Head>> {
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT entries, head, revisions, state FROM story WHERE slug = ?",
            )?;
            let head = |row: &Row| -> rusqlite::Result<_> {
                let (hash, state): (Vec<u8>, String) = (row.get(1)?, row.get(3)?);
                Ok(Head {
                    number: row.get(0)?,
                    hash: Hash::from_bytes(&hash).unwrap_or(Hash::NOTHING),
                    revisions: row.get(2)?,
                    state: state.parse().unwrap_or_default(),
                })
            };
            statement.query_row([chain.to_string()], head).optional()
        };
        read().map_err(|error| self.told(&error))
    }

    fn entries(&mut self, chain: &Chain) -> Result<Vec<Sealed>> {
        self.salvage(chain)?.into_iter().collect()
    }

    fn salvage(&mut self, chain: &Chain) -> Result<Vec<Result<Sealed>>> {
        let name = chain.to_string();
        let (mut previous, mut next) = (Hash::NOTHING, 1);
        let mut found = Vec::new();
        for row in self.rows(chain)? {
            if row.0 != next {
                let reason = format!("entries {next} to {} are gone", row.0 - 1);
                found.push(Err(ArchiveError::Broken { story: name.clone(), number: next, reason }));
            }
            next = row.0 + 1;
            let hash = Hash::from_bytes(&row.1).unwrap_or(Hash::NOTHING);
            found.push(opened(&name, row, previous));
            previous = hash;
        }
        Ok(found)
    }

    fn revision(&mut self, story: &Slug, number: u32) -> Result<Option<Sealed>> {
        type Found = (Packed, Option<Vec<u8>>);
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT entry.number, entry.hash, entry.body, before.hash
                 FROM story JOIN revision ON revision.story = story.id
                 JOIN entry ON entry.story = story.id AND entry.number = revision.entry
                 LEFT JOIN entry AS before ON before.story = story.id AND before.number = entry.number - 1
                 WHERE slug = ? AND revision.number = ?",
            )?;
            let found = |row: &Row| -> rusqlite::Result<Found> {
                Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?))
            };
            statement.query_row(params![story.as_str(), number], found).optional()
        };
        let found = read().map_err(|error| self.told(&error))?;
        let Some((row, before)) = found else { return Ok(None) };
        let previous = before.and_then(|hash| Hash::from_bytes(&hash)).unwrap_or(Hash::NOTHING);
        opened(story.as_str(), row, previous).map(Some)
    }

    fn chains(&mut self) -> Result<Vec<Chain>> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare("SELECT slug FROM story ORDER BY slug")?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        let names = read().map_err(|error| self.told(&error))?;
        Ok(names.into_iter().map(Chain::try_from).collect::<Result<_, _>>()?)
    }

    fn holder(&mut self, original: Hash) -> Result<Option<(Slug, u32)>> {
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT slug, revision FROM original JOIN story ON story.id = story WHERE hash = ?",
            )?;
            let held = |row: &Row| Ok((slug(row.get(0)?)?, row.get(1)?));
            statement.query_row([original.bytes()], held).optional()
        };
        read().map_err(|error| self.told(&error))
    }

    fn list(&mut self, filter: &Filter) -> Result<Vec<Listed>> {
        let read = || -> rusqlite::Result<Vec<Listed>> {
            let mut statement = self.connection.prepare_cached(
                "SELECT slug, title, programme, date, contractor, state, revisions,
                     (SELECT count(*) FROM recording WHERE story = story.id)
                 FROM story
                 WHERE revisions > 0 AND (?1 IS NULL OR programme = ?1) AND (?2 IS NULL OR state = ?2)
                     AND (?3 IS NULL OR substr(date, 1, length(?3)) = ?3)
                 ORDER BY date DESC, slug",
            )?;
            let state = filter.state.map(crate::State::name);
            statement.query_map(params![filter.programme, state, filter.date], listed)?.collect()
        };
        read().map_err(|error| self.told(&error))
    }

    fn search(&mut self, query: &Query, most: usize) -> Result<Vec<Hit>> {
        search::search(self, query, most)
    }

    fn stats(&mut self) -> Result<Stats> {
        index::stats(&self.connection).map_err(|error| self.told(&error))
    }

    fn copy_to(&mut self, path: &Path) -> Result<()> {
        // Not every path is UTF-8.
        let to = ValueRef::Text(path.as_os_str().as_encoded_bytes());
        let copied = self.connection.execute("VACUUM INTO ?", [ToSqlOutput::Borrowed(to)]);
        copied.map_err(|error| self.told(&error))?;
        let synced = std::fs::File::open(path).and_then(|file| file.sync_all());
        synced.map_err(ArchiveError::io(format!("cannot write {}", path.display())))
    }

    fn faults(&mut self) -> Result<Vec<String>> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare("PRAGMA integrity_check")?;
            let lines: Vec<String> =
                statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            Ok(lines.into_iter().filter(|line| line != "ok").collect())
        };
        match read() {
            Ok(faults) => Ok(faults),
            Err(error) => Ok(vec![error.to_string()]),
        }
    }
}
