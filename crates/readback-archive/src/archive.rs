//! The archive itself: what may happen to a story, and in which order.

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use readback_check::Rule;
use readback_transcript::{Length, Transcript, estimate_times, retain_times};
use serde::Serialize;

use crate::blobs::Blobs;
use crate::durable::sync_folder;
use crate::model::{
    About, Act, Decision, Entry, Feed, KeptFinding, KeptRecording, Notice, Original, Revision,
    Sealed, Settled, Verdict,
};
use crate::slug::{Chain, Slug};
use crate::sqlite::Sqlite;
use crate::state::State;
use crate::store::{Filter, Head, Hit, Listed, Stats};
use crate::whole::whole;
use crate::{ArchiveError, Hash, Query, Store};

type Result<T, E = ArchiveError> = std::result::Result<T, E>;

/// Name of the database in the archive's folder.
const DATABASE: &str = "archive.db";
/// Name of the folder of files in it.
const FILES: &str = "files";
/// A file that every process using the archive holds a lock on.
const LOCK: &str = "lock";
/// How often something is tried again that somebody else was faster with.
const TRIES: usize = 20;

/// Stories and all that ever happened to them. What a method has returned from, is durable.
pub struct Archive {
    folder: PathBuf,
    pub(crate) store: Box<dyn Store>,
    pub(crate) blobs: Blobs,
    /// Held so that nobody tidies up what is being written.
    _lock: Option<File>,
}

/// A transcript to add, as a new story or as a new state of one.
#[derive(Clone, Debug)]
pub struct Adding {
    /// The story's short name.
    pub slug: Slug,
    /// What is known of it. It is taken for new stories only.
    pub about: About,
    /// The bytes of its file, and what that is called.
    pub original: (Vec<u8>, String),
    /// What was read from it.
    pub transcript: Transcript,
    /// Its recordings.
    pub recordings: Vec<Attachment>,
}

/// A recording to keep with a story.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Where it lies now.
    pub path: PathBuf,
    /// Its length, where that is known.
    pub length: Option<Length>,
    /// Which edition it is.
    pub feed: Feed,
    /// Where the public hears it.
    pub url: Option<String>,
}

/// What became of a transcript that was to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Added {
    /// The story it is in.
    pub slug: Slug,
    /// The revision that has its words.
    pub revision: u32,
    /// Whether that was there before.
    pub known: Arrival,
    /// Recordings that came with it and were not there before.
    pub recordings: usize,
}

/// Whether something was in the archive before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Arrival {
    /// The story is new.
    New,
    /// The story was there, this text was not.
    Again,
    /// The very file was there.
    Already,
}

/// A new state of a story.
#[derive(Clone, Debug)]
pub struct Revising {
    /// The revision it was made of; it must still be the last.
    pub parent: u32,
    /// The new words. Times they have are kept; if none has one, unchanged words keep those of the parent.
    pub transcript: Transcript,
    /// How far it has come; by default as far as the parent, and corrected where that was checked.
    pub state: Option<State>,
    /// Why.
    pub reason: String,
    /// The recording it was held against; by default the parent's.
    pub against: Option<Hash>,
    /// The bytes of the file it was read from, and what that is called.
    pub original: Option<(Vec<u8>, String)>,
}

/// A revision's findings, with what was decided about each.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// Against which recording it was checked last.
    pub against: Option<Hash>,
    /// The findings and the decisions in force.
    pub findings: Vec<(KeptFinding, Option<Settled>)>,
}

impl Archive {
    /// Makes a new archive in `folder`.
    pub fn init(folder: &Path) -> Result<Self> {
        let made = fs::create_dir_all(folder);
        made.map_err(ArchiveError::io(format!("cannot make the folder {}", folder.display())))?;
        let lock = lock(folder);
        Blobs::open(&folder.join(FILES))?;
        Sqlite::create(&folder.join(DATABASE))?;
        sync_folder(folder)
            .and_then(|()| sync_folder(folder.parent().filter(|it| it.is_dir()).unwrap_or(folder)))
            .map_err(ArchiveError::io(format!("cannot write in {}", folder.display())))?;
        drop(lock);
        Self::open(folder)
    }

    /// Opens the archive in `folder`, and tidies up after a process that was killed.
    pub fn open(folder: &Path) -> Result<Self> {
        let database = folder.join(DATABASE);
        if !database.is_file() {
            return Err(ArchiveError::Missing(folder.into()));
        }
        let lock = lock(folder);
        let blobs = Blobs::open(&folder.join(FILES))?;
        if let Some(lock) = &lock {
            tidy(lock, &blobs)
                .map_err(ArchiveError::io(format!("cannot tidy {}", folder.display())))?;
        }
        let store = Sqlite::open(&database)?;
        Ok(Self { folder: folder.into(), store: Box::new(store), blobs, _lock: lock })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Adds transcripts in one go. A file that is there already is not added again; another one for the same
    /// story becomes its next revision.
    pub fn add(&mut self, batch: Vec<Adding>, author: &str, time: Timestamp) -> Result<Vec<Added>> {
        let mut prepared = Vec::with_capacity(batch.len());
        for adding in batch {
            prepared.push(self.prepare(adding)?);
        }
        self.persist(|archive| {
            let mut draft = Draft::new(author, time);
            let added = prepared.iter().map(|it| archive.add_one(&mut draft, it));
            Ok((added.collect::<Result<Vec<_>>>()?, draft))
        })
    }

    /// Keeps the files of what is to be added.
    fn prepare(&mut self, adding: Adding) -> Result<Prepared> {
        let Adding { slug, about, original, transcript, recordings } = adding;
        let original = self.keep_original(&original, &transcript)?;
        let recordings =
            recordings.into_iter().map(|it| self.keep_recording(it)).collect::<Result<_>>()?;
        Ok(Prepared { slug, about, original, transcript, recordings })
    }

    fn keep_original(&mut self, file: &(Vec<u8>, String), of: &Transcript) -> Result<Original> {
        let (bytes, name) = file;
        let hash = Hash::of(bytes);
        if of.text.as_bytes() != bytes.as_slice() {
            self.blobs.put(&mut bytes.as_slice())?;
        }
        Ok(Original { hash, name: name.clone() })
    }

    fn keep_recording(&mut self, attachment: Attachment) -> Result<KeptRecording> {
        let Attachment { path, length, feed, url } = attachment;
        let file = File::open(&path);
        let what = format!("cannot read {}", path.display());
        let (hash, bytes) = self.blobs.put(&mut file.map_err(ArchiveError::io(what))?)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(KeptRecording { hash, bytes, length, feed, name, url })
    }

    fn add_one(&mut self, draft: &mut Draft, adding: &Prepared) -> Result<Added> {
        let original = adding.original.hash;
        let holder = match draft.originals.get(&original) {
            Some(holder) => Some(holder.clone()),
            None => self.store.holder(original)?,
        };
        let (slug, revision, known) = match holder {
            Some((slug, revision)) => (slug, revision, Arrival::Already),
            None => self.add_text(draft, adding)?,
        };
        draft.originals.insert(original, (slug.clone(), revision));
        let recordings = self.add_recordings(draft, &slug, &adding.recordings, known)?;
        Ok(Added { slug, revision, known, recordings })
    }

    fn add_text(&mut self, draft: &mut Draft, adding: &Prepared) -> Result<(Slug, u32, Arrival)> {
        let chain = Chain::Story(adding.slug.clone());
        let head = draft.head(self.store.as_mut(), &chain)?;
        let (parent, known) = match head.revisions {
            0 => (None, Arrival::New),
            last => (Some(last), Arrival::Again),
        };
        if known == Arrival::New {
            draft.push(self.store.as_mut(), &chain, Act::About(adding.about.clone()))?;
        }
        let revision = Revision {
            number: head.revisions + 1,
            parent,
            state: head.state,
            reason: if parent.is_some() { "delivered again" } else { "delivered" }.into(),
            against: adding.recordings.last().map(|it| it.hash),
            original: Some(adding.original.clone()),
            transcript: adding.transcript.clone(),
        };
        let number = revision.number;
        draft.push(self.store.as_mut(), &chain, Act::Revision(Box::new(revision)))?;
        Ok((adding.slug.clone(), number, known))
    }

    fn add_recordings(
        &mut self,
        draft: &mut Draft,
        slug: &Slug,
        recordings: &[KeptRecording],
        known: Arrival,
    ) -> Result<usize> {
        if recordings.is_empty() {
            return Ok(0);
        }
        // Where the story is drafted only, the draft knows what it has.
        let mut there: Vec<Hash> = match known {
            Arrival::Again | Arrival::Already if self.has(slug)? => {
                self.recordings(slug)?.into_iter().map(|it| it.hash).collect()
            }
            _ => Vec::new(),
        };
        let chain = Chain::Story(slug.clone());
        let mut count = 0;
        for recording in recordings {
            if !there.contains(&recording.hash) && !draft.has_recording(&chain, recording.hash) {
                there.push(recording.hash);
                draft.push(self.store.as_mut(), &chain, Act::Recording(recording.clone()))?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Keeps a recording with a story that is there. False if it has it already.
    pub fn attach(
        &mut self,
        slug: &Slug,
        attachment: Attachment,
        author: &str,
        time: Timestamp,
    ) -> Result<bool> {
        self.require(slug)?;
        let recording = self.keep_recording(attachment)?;
        self.persist(|archive| {
            let mut draft = Draft::new(author, time);
            let recordings = std::slice::from_ref(&recording);
            let count = archive.add_recordings(&mut draft, slug, recordings, Arrival::Already)?;
            Ok((count > 0, draft))
        })
    }

    /// Makes a new state of a story.
    pub fn revise(
        &mut self,
        slug: &Slug,
        revising: Revising,
        author: &str,
        time: Timestamp,
    ) -> Result<Revision> {
        let head = self.require(slug)?;
        let overtaken =
            |head: Head| ArchiveError::Overtaken { story: slug.clone(), last: head.revisions };
        if revising.parent != head.revisions {
            return Err(overtaken(head));
        }
        let parent = self.revision(slug, Some(revising.parent))?;
        let mut transcript = revising.transcript;
        if transcript.words().all(|word| word.timing.is_none()) {
            retain_times(&parent.transcript, &mut transcript);
        }
        estimate_times(&mut transcript);
        let goes_on = if parent.state == State::Checked { State::Corrected } else { parent.state };
        let state = revising.state.unwrap_or(goes_on);
        if state < parent.state {
            return Err(ArchiveError::Backwards {
                story: slug.clone(),
                from: parent.state,
                to: state,
            });
        }
        if state == parent.state && transcript == parent.transcript {
            return Err(ArchiveError::Unchanged(slug.clone()));
        }
        let original = revising.original.as_ref().map(|it| self.keep_original(it, &transcript));
        let revision = Revision {
            number: parent.number + 1,
            parent: Some(parent.number),
            state,
            reason: revising.reason,
            against: revising.against.or(parent.against),
            original: original.transpose()?,
            transcript,
        };
        self.persist(|archive| {
            let head = archive.require(slug)?;
            if head.revisions != revision.number - 1 {
                return Err(overtaken(head));
            }
            let mut draft = Draft::new(author, time);
            let act = Act::Revision(Box::new(revision.clone()));
            draft.push(archive.store.as_mut(), &Chain::Story(slug.clone()), act)?;
            Ok(((), draft))
        })?;
        Ok(revision)
    }

    /// Keeps what a check found in a revision.
    pub fn record(
        &mut self,
        slug: &Slug,
        revision: u32,
        against: Option<Hash>,
        findings: &[KeptFinding],
        author: &str,
        time: Timestamp,
    ) -> Result<()> {
        let number = self.revision(slug, Some(revision))?.number;
        let act = Act::Findings { revision: number, against, findings: findings.to_vec() };
        self.act(&Chain::Story(slug.clone()), &act, author, time)
    }

    /// The findings of a revision from its last check, with the decisions in force. A rejected finding is
    /// rejected in later revisions, too, where its words, those beside them and the recording are the same.
    pub fn review(&mut self, slug: &Slug, revision: u32) -> Result<Review> {
        let mut review = Review::default();
        let mut decisions: HashMap<(String, String), Settled> = HashMap::new();
        for entry in self.history(slug)? {
            match entry.act {
                Act::Findings { revision: of, against, findings } if of == revision => {
                    review.against = against;
                    review.findings = findings.into_iter().map(|it| (it, None)).collect();
                }
                Act::Decision(decision) => {
                    let key = (decision.rule.clone(), decision.place.clone());
                    decisions
                        .insert(key, Settled { decision, author: entry.author, time: entry.time });
                }
                _ => {}
            }
        }
        for (finding, settled) in &mut review.findings {
            let decision = decisions.get(&(finding.rule.clone(), finding.place.clone()));
            *settled = decision.filter(|it| it.decision.holds(revision, review.against)).cloned();
        }
        Ok(review)
    }

    /// Decides about finding `number` (from 1) of a revision.
    pub fn decide(
        &mut self,
        slug: &Slug,
        (revision, number): (u32, usize),
        (verdict, reason): (Verdict, &str),
        author: &str,
        time: Timestamp,
    ) -> Result<KeptFinding> {
        let review = self.review(slug, revision)?;
        let found = number.checked_sub(1).and_then(|index| review.findings.get(index));
        let Some((finding, _)) = found else {
            let (story, count) = (slug.clone(), review.findings.len());
            return Err(ArchiveError::NoFinding { story, revision, number, count });
        };
        let decision = Decision {
            revision,
            rule: finding.rule.clone(),
            place: finding.place.clone(),
            against: review.against,
            verdict,
            reason: reason.to_owned(),
        };
        self.act(&Chain::Story(slug.clone()), &Act::Decision(decision), author, time)?;
        Ok(finding.clone())
    }

    /// Keeps a notice with the revision it is about.
    pub fn notify(
        &mut self,
        slug: &Slug,
        notice: Notice,
        author: &str,
        time: Timestamp,
    ) -> Result<()> {
        self.revision(slug, Some(notice.revision))?;
        self.act(&Chain::Story(slug.clone()), &Act::Notice(notice), author, time)
    }

    /// Says anew what is known of a story.
    pub fn describe(
        &mut self,
        slug: &Slug,
        about: About,
        author: &str,
        time: Timestamp,
    ) -> Result<()> {
        self.require(slug)?;
        self.act(&Chain::Story(slug.clone()), &Act::About(about), author, time)
    }

    /// Puts a name on the roster. False if it stands there.
    pub fn name(&mut self, name: &str, author: &str, time: Timestamp) -> Result<bool> {
        let is_new = !self.roster()?.iter().any(|it| it == name);
        if is_new {
            self.act(&Chain::Roster, &Act::Name { name: name.to_owned() }, author, time)?;
        }
        Ok(is_new)
    }

    /// Takes a name off the roster. False if it does not stand there.
    pub fn unname(&mut self, name: &str, author: &str, time: Timestamp) -> Result<bool> {
        let is_there = self.roster()?.iter().any(|it| it == name);
        if is_there {
            self.act(&Chain::Roster, &Act::Unname { name: name.to_owned() }, author, time)?;
        }
        Ok(is_there)
    }

    /// The names whose spelling is settled, in the order they came.
    pub fn roster(&mut self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for sealed in self.store.entries(&Chain::Roster)? {
            match sealed.entry.act {
                Act::Name { name } => names.push(name),
                Act::Unname { name } => names.retain(|it| *it != name),
                _ => {}
            }
        }
        Ok(names)
    }

    /// All that happened to a story, in order.
    pub fn history(&mut self, slug: &Slug) -> Result<Vec<Entry>> {
        let entries = self.store.entries(&Chain::Story(slug.clone()))?;
        if entries.is_empty() {
            return Err(ArchiveError::NoStory(slug.clone()));
        }
        Ok(entries.into_iter().map(|sealed| sealed.entry).collect())
    }

    /// A revision of a story, the last one if no number is given.
    pub fn revision(&mut self, slug: &Slug, number: Option<u32>) -> Result<Revision> {
        let last = self.require(slug)?.revisions;
        let number = number.unwrap_or(last);
        let missing = || ArchiveError::NoRevision { story: slug.clone(), number, last };
        match self.store.revision(slug, number)?.ok_or_else(missing)?.entry.act {
            Act::Revision(revision) => Ok(*revision),
            _ => Err(missing()),
        }
    }

    /// The recordings of a story, in the order they came.
    pub fn recordings(&mut self, slug: &Slug) -> Result<Vec<KeptRecording>> {
        let acts = self.history(slug)?.into_iter().map(|entry| entry.act);
        Ok(acts
            .filter_map(|act| if let Act::Recording(it) = act { Some(it) } else { None })
            .collect())
    }

    /// What is known of a story.
    pub fn about(&mut self, slug: &Slug) -> Result<About> {
        let acts = self.history(slug)?.into_iter().rev().map(|entry| entry.act);
        let about = acts.filter_map(|act| if let Act::About(it) = act { Some(it) } else { None });
        Ok(about.take(1).next().unwrap_or_default())
    }

    /// Whether there is such a story.
    pub fn has(&mut self, slug: &Slug) -> Result<bool> {
        Ok(self.store.head(&Chain::Story(slug.clone()))?.is_some())
    }

    /// The story and revision that were read from a file with this hash.
    pub fn holder(&mut self, original: Hash) -> Result<Option<(Slug, u32)>> {
        self.store.holder(original)
    }

    /// Where a kept file lies.
    pub fn file(&self, hash: Hash) -> Result<PathBuf> {
        self.blobs.path(hash)
    }

    /// Stories, the latest broadcast first.
    pub fn list(&mut self, filter: &Filter) -> Result<Vec<Listed>> {
        self.store.list(filter)
    }

    /// At most `most` turns in which something was said, the best first.
    pub fn search(&mut self, query: &Query, most: usize) -> Result<Vec<Hit>> {
        self.store.search(query, most)
    }

    /// How much there is.
    pub fn stats(&mut self) -> Result<Stats> {
        self.store.stats()
    }

    /// Copies the whole archive to the new folder `to`, which is there only once it is complete.
    pub fn backup(&mut self, to: &Path) -> Result<usize> {
        whole(to, |folder| {
            self.store.copy_to(&folder.join(DATABASE))?;
            let copy = Blobs::open(&folder.join(FILES))?;
            let all = self.blobs.all()?;
            for hash in &all {
                copy.put(&mut self.blobs.read(*hash)?)?;
            }
            Ok(all.len())
        })
    }

    /// The head of a story that must be there.
    fn require(&mut self, slug: &Slug) -> Result<Head> {
        let head = self.store.head(&Chain::Story(slug.clone()))?;
        head.ok_or_else(|| ArchiveError::NoStory(slug.clone()))
    }

    fn act(&mut self, chain: &Chain, act: &Act, author: &str, time: Timestamp) -> Result<()> {
        self.persist(|archive| {
            let mut draft = Draft::new(author, time);
            draft.push(archive.store.as_mut(), chain, act.clone())?;
            Ok(((), draft))
        })
    }

    /// Writes what `write` drafts; where somebody else was faster, it is drafted again.
    fn persist<T>(&mut self, write: impl Fn(&mut Self) -> Result<(T, Draft)>) -> Result<T> {
        for _ in 0..TRIES {
            let (result, draft) = write(self)?;
            if draft.entries.is_empty() || self.store.append(&draft.entries)? {
                return Ok(result);
            }
        }
        Err(ArchiveError::Store("others are writing all the time; try again".into()))
    }
}

impl Decision {
    /// Whether it holds for the same finding in `revision`, found in the recording `against`. What a rule
    /// that listens found, or one that nobody knows any more, is another matter in another recording.
    fn holds(&self, revision: u32, against: Option<Hash>) -> bool {
        let listens = Rule::named(&self.rule).is_none_or(Rule::listens);
        let same_audio = !listens || self.against == against;
        revision == self.revision
            || revision > self.revision && self.verdict == Verdict::Rejected && same_audio
    }
}

/// A transcript whose files are kept already.
struct Prepared {
    slug: Slug,
    about: About,
    original: Original,
    transcript: Transcript,
    recordings: Vec<KeptRecording>,
}

/// Entries that follow each other and what is there, before they are written.
struct Draft {
    author: String,
    time: Timestamp,
    heads: HashMap<Chain, Head>,
    originals: HashMap<Hash, (Slug, u32)>,
    entries: Vec<Sealed>,
}

impl Draft {
    fn new(author: &str, time: Timestamp) -> Self {
        Self {
            author: author.to_owned(),
            time,
            heads: HashMap::new(),
            originals: HashMap::new(),
            entries: Vec::new(),
        }
    }

    /// Where a chain ends, with what is drafted.
    fn head(&mut self, store: &mut dyn Store, chain: &Chain) -> Result<Head> {
        if let Some(head) = self.heads.get(chain) {
            return Ok(*head);
        }
        let nothing = Head { number: 0, hash: Hash::NOTHING, revisions: 0, state: State::Rush };
        let head = store.head(chain)?.unwrap_or(nothing);
        self.heads.insert(chain.clone(), head);
        Ok(head)
    }

    fn push(&mut self, store: &mut dyn Store, chain: &Chain, act: Act) -> Result<()> {
        let mut head = self.head(store, chain)?;
        if let Act::Revision(revision) = &act {
            (head.revisions, head.state) = (revision.number, revision.state);
        }
        head.number += 1;
        let (time, author) = (self.time, self.author.clone());
        let entry = Entry { chain: chain.clone(), number: head.number, time, author, act };
        let sealed = Sealed::new(entry, head.hash)?;
        head.hash = sealed.hash;
        self.heads.insert(chain.clone(), head);
        self.entries.push(sealed);
        Ok(())
    }

    fn has_recording(&self, chain: &Chain, hash: Hash) -> bool {
        self.entries.iter().any(|it| {
            it.entry.chain == *chain
                && matches!(&it.entry.act, Act::Recording(recording) if recording.hash == hash)
        })
    }
}

/// The archive's lock, shared with all who use it; `None` where the file system has no locks.
fn lock(folder: &Path) -> Option<File> {
    let file =
        File::options().create(true).truncate(false).write(true).open(folder.join(LOCK)).ok()?;
    file.lock_shared().ok()?;
    Some(file)
}

/// Removes half-written files, if nobody else uses the archive.
fn tidy(lock: &File, blobs: &Blobs) -> std::io::Result<()> {
    lock.unlock()?;
    if lock.try_lock().is_ok() {
        blobs.tidy()?;
        lock.unlock()?;
    }
    lock.lock_shared()
}
