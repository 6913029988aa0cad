//! The file of prepared facts: everybody and every vacancy as of one change, as they are matched.
//!
//! Derived and disposable. It is as it was written or it is not used: a checksum of the head, and one of each chunk that
//! no other chunk and no other file's chunk bears.

use crate::{
    durable::Replacement,
    engine::{
        model,
        population::{Entry, Facts, Lookups},
        snapshot::Snapshot,
        vocabulary::Vocabulary,
    },
    store::StoreIdentity,
};
use rayon::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fs::File,
    io::{self, Read, Write},
    path::Path,
    sync::Arc,
};

/// What every file begins with.
const MAGIC: &[u8; 16] = b"passend-facts-1\n";
const CHECKSUM: usize = 16;
/// Magic, origin, change, people, vacancies, checksum.
const HEAD: usize = MAGIC.len() + 32 + 3 * size_of::<u64>() + CHECKSUM;
/// Length and checksum.
const CHUNK_HEAD: usize = size_of::<u32>() + CHECKSUM;
/// Records that stand together: a chunk is some megabytes at most.
const RECORDS_OF_A_CHUNK: usize = 1_024;
/// No chunk is longer: a record takes some thousand bytes, and never a quarter of a million.
const MOST_OF_A_CHUNK: usize = 256 * 1024 * 1024;

/// Everything that prepared facts depend on: the store, the words, the places, the sources and the data that they are made
/// with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Origin([u8; 32]);

impl Origin {
    pub(in crate::engine) fn of(store: &StoreIdentity, lookups: &Lookups, vocabulary: &Vocabulary) -> Self {
        let words = vocabulary.owner();
        let parts = [
            &store.id[..],
            &words,
            lookups.places.content_hash().as_bytes(),
            model::SCORING.as_bytes(),
            model::RECOGNITION.as_bytes(),
            model::DATA.as_bytes(),
            env!("PASSEND_FACTS_SOURCES").as_bytes(),
        ];
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }
}

/// Why a file is not used.
#[derive(Debug, thiserror::Error)]
pub(in crate::engine) enum Unusable {
    /// It cannot be read.
    #[error("{0}")]
    File(#[from] io::Error),
    /// It was made of something else.
    #[error("it belongs to another store, taxonomy, table of places or version of the program")]
    Other,
    /// It is not as it was written.
    #[error("it is damaged")]
    Damaged,
}

/// Writes a snapshot, without letting it take its place yet.
///
/// # Errors
/// When it cannot be written.
pub(in crate::engine) fn write(
    snapshot: &Snapshot,
    origin: Origin,
    target: &Path,
) -> io::Result<Replacement> {
    let mut file = Replacement::begin(target)?;
    let (head, seal) = head(snapshot, origin);
    file.write_all(&head)?;
    let mut number = 0;
    write_chunks(snapshot.people(), &seal, &mut number, &mut file)?;
    write_chunks(snapshot.vacancies(), &seal, &mut number, &mut file)?;
    file.sync()?;
    Ok(file)
}

fn head(snapshot: &Snapshot, origin: Origin) -> (Vec<u8>, Seal) {
    let counts = [snapshot.change(), snapshot.people().len() as u64, snapshot.vacancies().len() as u64];
    let mut head = [&MAGIC[..], &origin.0].concat();
    head.extend(counts.iter().flat_map(|count| count.to_le_bytes()));
    let seal = Seal::of(&head);
    head.extend_from_slice(&seal.0);
    (head, seal)
}

fn write_chunks<F: Serialize>(
    entries: &[Arc<Entry<F>>],
    seal: &Seal,
    number: &mut u64,
    file: &mut Replacement,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    for chunk in entries.chunks(RECORDS_OF_A_CHUNK) {
        bytes.clear();
        bytes.resize(CHUNK_HEAD, 0);
        for entry in chunk {
            bytes = postcard::to_extend(&**entry, bytes).map_err(io::Error::other)?;
        }
        let (head, content) = bytes.split_at_mut(CHUNK_HEAD);
        let length = u32::try_from(content.len())
            .ok()
            .filter(|_| content.len() <= MOST_OF_A_CHUNK)
            .ok_or_else(|| io::Error::other("records are too large to be prepared"))?;
        let (length_bytes, checksum) = head.split_at_mut(size_of::<u32>());
        length_bytes.copy_from_slice(&length.to_le_bytes());
        checksum.copy_from_slice(&seal.of_chunk(*number, content));
        file.write_all(&bytes)?;
        *number += 1;
    }
    Ok(())
}

/// Reads a snapshot, with every thread of the pool that this runs in.
///
/// # Errors
/// When it is not there, belongs to something else, or is not as it was written.
pub(in crate::engine) fn read(
    path: &Path,
    origin: Origin,
    lookups: &Lookups,
    vocabulary: &Arc<Vocabulary>,
) -> Result<Snapshot, Unusable> {
    let mut file = File::open(path)?;
    let mut head = [0; HEAD];
    file.read_exact(&mut head)?;
    let (sealed, checksum) = head.split_last_chunk::<CHECKSUM>().ok_or(Unusable::Damaged)?;
    let seal = Seal::of(sealed);
    let rest = sealed.strip_prefix(MAGIC).filter(|_| seal.0 == *checksum).ok_or(Unusable::Damaged)?;
    let counts = rest.strip_prefix(&origin.0).ok_or(Unusable::Other)?;
    let (counts, []) = counts.as_chunks::<8>() else { return Err(Unusable::Damaged) };
    let [change, people, vacancies] = *counts else { return Err(Unusable::Damaged) };
    let count = |bytes| usize::try_from(u64::from_le_bytes(bytes)).map_err(|_| Unusable::Damaged);
    let mut reader = Reader { file, seal, number: 0, lookups, vocabulary };
    let people = reader.entries(count(people)?)?;
    let vacancies = reader.entries(count(vacancies)?)?;
    match reader.file.read(&mut [0])? {
        0 => Ok(Snapshot::new(u64::from_le_bytes(change), people, vacancies, Arc::clone(vocabulary))),
        _ => Err(Unusable::Damaged),
    }
}

struct Reader<'a> {
    file: File,
    seal: Seal,
    number: u64,
    lookups: &'a Lookups,
    vocabulary: &'a Vocabulary,
}

/// A chunk as it stands in the file.
struct Chunk {
    number: u64,
    records: usize,
    checksum: [u8; CHECKSUM],
    content: Vec<u8>,
}

impl Reader<'_> {
    /// The records of one kind: the next chunks are read while every other core decodes.
    fn entries<F>(&mut self, count: usize) -> Result<Vec<Arc<Entry<F>>>, Unusable>
    where
        F: Facts + DeserializeOwned + Send + Sync,
    {
        let mut all = Vec::new();
        let mut left = count;
        let mut chunks = self.next(&mut left)?;
        while !chunks.is_empty() {
            let (seal, lookups, vocabulary) = (self.seal, self.lookups, self.vocabulary);
            let (these, mut decoded) = (std::mem::take(&mut chunks), Vec::new());
            let made = &mut decoded;
            let following = rayon::in_place_scope(|others| {
                others.spawn(move |_| {
                    *made = these
                        .into_par_iter()
                        .map(|chunk| chunk.entries(&seal, lookups, vocabulary))
                        .collect::<Vec<_>>();
                });
                self.next(&mut left)
            });
            for chunk in decoded {
                all.extend(chunk?);
            }
            chunks = following?;
        }
        Ok(all)
    }

    /// The next chunks, two a thread.
    fn next(&mut self, left: &mut usize) -> Result<Vec<Chunk>, Unusable> {
        let mut chunks = Vec::new();
        while *left > 0 && chunks.len() < 2 * rayon::current_num_threads() {
            let records = (*left).min(RECORDS_OF_A_CHUNK);
            chunks.push(self.chunk(records)?);
            *left -= records;
        }
        Ok(chunks)
    }

    fn chunk(&mut self, records: usize) -> Result<Chunk, Unusable> {
        let (mut length, mut checksum) = ([0; 4], [0; CHECKSUM]);
        self.file.read_exact(&mut length)?;
        self.file.read_exact(&mut checksum)?;
        let length = usize::try_from(u32::from_le_bytes(length)).map_err(|_| Unusable::Damaged)?;
        if length > MOST_OF_A_CHUNK {
            return Err(Unusable::Damaged);
        }
        let mut content = Vec::new();
        // A damaged length takes no more room than the file has bytes.
        (&self.file).take(length as u64).read_to_end(&mut content)?;
        if content.len() < length {
            return Err(Unusable::Damaged);
        }
        let number = self.number;
        self.number += 1;
        Ok(Chunk { number, records, checksum, content })
    }
}

impl Chunk {
    fn entries<F>(
        &self,
        seal: &Seal,
        lookups: &Lookups,
        vocabulary: &Vocabulary,
    ) -> Result<Vec<Arc<Entry<F>>>, Unusable>
    where
        F: Facts + DeserializeOwned,
    {
        if seal.of_chunk(self.number, &self.content) != self.checksum {
            return Err(Unusable::Damaged);
        }
        let mut rest = &self.content[..];
        let mut entries = Vec::with_capacity(self.records);
        for _ in 0..self.records {
            let (mut entry, behind) =
                postcard::take_from_bytes::<Entry<F>>(rest).map_err(|_| Unusable::Damaged)?;
            entry.facts.share(lookups, vocabulary);
            entries.push(Arc::new(entry));
            rest = behind;
        }
        if rest.is_empty() { Ok(entries) } else { Err(Unusable::Damaged) }
    }
}

/// The checksum of a head: what the chunks behind it are sealed with.
#[derive(Clone, Copy)]
struct Seal([u8; CHECKSUM]);

impl Seal {
    fn of(head: &[u8]) -> Self {
        Self(half(&blake3::hash(head)))
    }

    fn of_chunk(&self, number: u64, content: &[u8]) -> [u8; CHECKSUM] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.0).update(&number.to_le_bytes()).update(content);
        half(&hasher.finalize())
    }
}

fn half(hash: &blake3::Hash) -> [u8; CHECKSUM] {
    let mut half = [0; CHECKSUM];
    half.copy_from_slice(&hash.as_bytes()[..CHECKSUM]);
    half
}
