//! The layout of the database, as steps that are only ever added to.
//!
//! `entry` is the archive; all other tables follow from it.

/// Marks the file as an archive of Readback (`rdbk`).
pub(super) const APPLICATION: i64 = 0x7264_626b;

/// The steps; the number of those done is the database's `user_version`.
pub(super) const STEPS: &[&str] = &["
CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    programme TEXT,
    date TEXT,
    contractor TEXT,
    state TEXT NOT NULL DEFAULT 'rush',
    revisions INTEGER NOT NULL DEFAULT 0,
    entries INTEGER NOT NULL DEFAULT 0,
    head BLOB NOT NULL
);
CREATE INDEX story_date ON story (date);

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story (id),
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (story, number)
);
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE (ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
BEGIN SELECT RAISE (ABORT, 'an entry is never removed'); END;

CREATE TABLE revision (
    story INTEGER NOT NULL REFERENCES story (id),
    number INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (story, number)
) WITHOUT ROWID;

CREATE TABLE original (
    hash BLOB PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story (id),
    revision INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE recording (
    story INTEGER NOT NULL REFERENCES story (id),
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    micros INTEGER,
    feed TEXT NOT NULL,
    url TEXT,
    PRIMARY KEY (story, number)
) WITHOUT ROWID;

CREATE TABLE speaker (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE speaker_word (
    word TEXT NOT NULL,
    sound TEXT,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    PRIMARY KEY (word, speaker)
) WITHOUT ROWID;
CREATE INDEX speaker_sound ON speaker_word (sound);

-- A turn as it stands in the revisions `first` to `last`; without a `last` it stands there still.
CREATE TABLE turn (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story (id),
    first INTEGER NOT NULL,
    last INTEGER,
    speaker INTEGER REFERENCES speaker (id),
    print INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    words INTEGER NOT NULL
);
CREATE INDEX turn_story ON turn (story);
CREATE INDEX turn_speaker ON turn (speaker) WHERE speaker IS NOT NULL;

-- The words of each turn, by its id; the text itself is in the revision.
CREATE VIRTUAL TABLE spoken USING fts5 (
    text, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
-- Every word ever said, by how it sounds.
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, sound TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX vocabulary_sound ON vocabulary (sound);
"];
