//! The second phase: the pairs that stand in a list are explained, in chunks of vacancies, each a file of the run.

use super::{carried::Carried, field::Field, slots::VacancySlots, sweep::Law};
use crate::night::{KeptPair, Night, NightError, PairNight, Record, Told, VacancyNight};
use crate::rank::{Pair, explain};
use std::{fs, io, ops::Range, path::Path};

/// Pairs of a chunk, about.
const PAIRS: usize = 4_096;
const MAGIC: &[u8; 8] = b"pachunk1";
const CHECKSUM: usize = 32;

/// The vacancies in chunks of about as many pairs.
pub(super) fn chunks(slots: &[VacancySlots]) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let (mut start, mut pairs) = (0, 0);
    for (vacancy, own) in slots.iter().enumerate() {
        pairs += own.slots.len();
        if pairs >= PAIRS {
            chunks.push(start..vacancy + 1);
            (start, pairs) = (vacancy + 1, 0);
        }
    }
    if start < slots.len() {
        chunks.push(start..slots.len());
    }
    chunks
}

/// A vacancy with its pairs, as the night keeps it.
///
/// # Errors
/// When the night cannot hold it: a fault of this program.
pub(super) fn record(
    field: &Field,
    law: Law<'_>,
    before: Option<(&Carried, &Night)>,
    vacancy: usize,
    own: &VacancySlots,
    considered: u64,
) -> Result<Record, NightError> {
    let entry = &field.vacancies[vacancy].entry;
    let kept = before.map_or_else(Vec::new, |(carried, night)| kept(field, carried, night, vacancy));
    let rules = field.rules(vacancy, law);
    let used = law.profiles.for_sector(entry.facts().sector());
    let told = |person: u32| {
        let candidate = field.people()[person as usize].0.facts();
        match kept.binary_search_by_key(&person, |(person, _)| *person) {
            Ok(at) => Told::Kept(kept[at].1.clone()),
            Err(_) => {
                let pair = Pair { vacancy: entry.facts(), candidate, travel_minutes: None };
                Told::New(Box::new(explain::reasons(pair, rules)))
            }
        }
    };
    let night = VacancyNight {
        id: entry.facts().id().clone(),
        profile: law.profiles.every().position(|profile| profile.name() == used.name()).unwrap_or_default(),
        unscored_requirements: entry.unscored_requirements(),
        considered,
        tied_beyond: own.tied_beyond.into(),
    };
    // One pair after the other: what is told of one is written before the next is told.
    let pairs = own.slots.iter().map(|slot| PairNight {
        person: slot.person,
        rank: slot.rank,
        tied: slot.tied,
        own_rank: slot.own_rank,
        own_tied: slot.own_tied,
        told: told(slot.person),
    });
    Record::encode(&night, pairs)
}

/// The pairs of a vacancy in the night before of which nothing changed, by the numbers that their people have now.
fn kept(field: &Field, carried: &Carried, night: &Night, vacancy: usize) -> Vec<(u32, KeptPair)> {
    if carried.vacancy(vacancy as u32).is_none() {
        return Vec::new();
    }
    let id = field.vacancies[vacancy].entry.facts().id().as_str();
    let record = night.kept(id).unwrap_or_else(|error| {
        tracing::warn!(%error, "the lists of a vacancy cannot be taken over and are told anew");
        None
    });
    // The people of a night have the numbers of its run.
    let of = |(person, pair)| Some((carried.person(person)?, pair));
    let mut kept: Vec<_> = record.iter().flat_map(|record| record.pairs()).filter_map(of).collect();
    kept.sort_unstable_by_key(|(person, _)| *person);
    kept
}

/// Writes the records of a chunk: aside first, so that the file stands there whole or not at all.
///
/// # Errors
/// When the disk is full or the folder is gone.
pub(super) fn write(records: &[Record], path: &Path, run: &[u8; 32]) -> io::Result<()> {
    let mut out =
        Vec::with_capacity(64 + records.iter().map(|record| record.bytes().len() + 8).sum::<usize>());
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(run);
    for record in records {
        out.extend_from_slice(&(record.bytes().len() as u64).to_le_bytes());
        out.extend_from_slice(record.bytes());
    }
    let checksum = blake3::hash(&out);
    out.extend_from_slice(checksum.as_bytes());
    let aside = path.with_extension("partial");
    fs::write(&aside, &out)?;
    fs::rename(&aside, path)
}

/// Reads the records of a chunk; `None` when the file is not there, not whole, or of another run.
pub(super) fn read(path: &Path, run: &[u8; 32]) -> Option<Vec<Record>> {
    let bytes = fs::read(path).ok()?;
    let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
    if blake3::hash(content).as_bytes() != checksum {
        return None;
    }
    let mut from = content.strip_prefix(MAGIC)?.strip_prefix(run)?;
    let mut records = Vec::new();
    while let Some((length, rest)) = from.split_first_chunk::<8>() {
        let (record, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        records.push(Record::read(record.to_vec()).ok()?);
        from = rest;
    }
    from.is_empty().then_some(records)
}
