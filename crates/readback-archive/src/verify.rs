//! Reading all of an archive back: every seal, every chain, every file.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{Act, Archive, ArchiveError, Entry, Hash};

/// What a verification saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Chains: one a story, and one for the roster.
    pub chains: usize,
    /// Entries whose seals were checked.
    pub entries: usize,
    /// Files whose hashes were checked.
    pub files: usize,
    /// Bytes of those.
    pub bytes: u64,
    /// Files that no entry knows: left over from an addition that was cut short. They do no harm.
    pub strays: Vec<Hash>,
    /// What is not as it was.
    pub damage: Vec<Damage>,
}

/// Something that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// The story, file or database.
    pub place: String,
    /// What is wrong, in a sentence.
    pub what: String,
}

impl Archive {
    /// Checks every seal, chain and file, and the database itself. Damage is no error but what it tells.
    pub fn verify(&mut self) -> Result<Verified, ArchiveError> {
        let mut seen = Verified::default();
        let faults = self.store.faults()?;
        let told = |what: String| Damage { place: "database".into(), what };
        seen.damage.extend(faults.into_iter().map(told));
        let mut wanted = BTreeSet::new();
        match self.store.chains() {
            Err(error) => seen.damage.push(told(error.to_string())),
            Ok(chains) => {
                for chain in chains {
                    seen.chains += 1;
                    self.verify_chain(&chain, &mut seen, &mut wanted);
                }
            }
        }
        for hash in &wanted {
            self.verify_file(*hash, &mut seen);
        }
        seen.strays = self.blobs.all()?.into_iter().filter(|it| !wanted.contains(it)).collect();
        Ok(seen)
    }

    fn verify_chain(
        &mut self,
        chain: &crate::Chain,
        seen: &mut Verified,
        wanted: &mut BTreeSet<Hash>,
    ) {
        let place = chain.to_string();
        let mut damaged = |what: String| seen.damage.push(Damage { place: place.clone(), what });
        let (head, entries) = match (self.store.head(chain), self.store.salvage(chain)) {
            (Ok(head), Ok(entries)) => (head, entries),
            (Err(error), _) | (_, Err(error)) => return damaged(error.to_string()),
        };
        let last =
            entries.last().and_then(|it| it.as_ref().ok()).map(|it| (it.entry.number, it.hash));
        let is_whole = entries.iter().all(Result::is_ok);
        if is_whole && last != head.map(|head| (head.number, head.hash)) {
            damaged("its last entries are gone".into());
        }
        let mut count = 0;
        for entry in entries {
            match entry {
                Ok(sealed) => {
                    count += 1;
                    wanted.extend(files(&sealed.entry).into_iter().map(|it| it.0));
                }
                Err(error) => damaged(error.to_string()),
            }
        }
        seen.entries += count;
    }

    fn verify_file(&mut self, hash: Hash, seen: &mut Verified) {
        seen.files += 1;
        let read = self.blobs.read(hash).and_then(|file| {
            Hash::of_reader(file).map_err(ArchiveError::io(format!("cannot read the file {hash}")))
        });
        let what = match read {
            Ok((found, bytes)) if found == hash => {
                seen.bytes += bytes;
                return;
            }
            Ok((found, _)) => format!("its content has changed: it hashes to {found}"),
            Err(error) => error.to_string(),
        };
        seen.damage.push(Damage { place: hash.to_string(), what });
    }
}

/// The files that an entry needs, with their names.
pub(crate) fn files(entry: &Entry) -> Vec<(Hash, &str)> {
    match &entry.act {
        Act::Recording(recording) => vec![(recording.hash, &recording.name)],
        Act::Revision(revision) => {
            let original = revision.original.as_ref();
            let own = Hash::of(revision.transcript.text.as_bytes());
            original
                .filter(|it| it.hash != own)
                .map(|it| (it.hash, it.name.as_str()))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}
