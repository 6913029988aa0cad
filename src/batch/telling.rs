//! The second phase: the pairs that stand in a list are explained, in chunks of vacancies, each a file of the run.

use super::{
    carried::Carried,
    field::Field,
    shard::{sealed, unsealed},
    slots::{Slot, VacancySlots},
    sweep::Law,
};
use crate::night::{KeptRecord, Night, NightError, PairNight, Record, Told, VacancyNight};
use crate::rank::{Pair, explain};
use std::{io, ops::Range, path::Path};

/// Pairs of a chunk, about.
const PAIRS: usize = 4_096;
const MAGIC: &[u8; 8] = b"pachunk1";

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

/// A vacancy with its pairs, as the night keeps it. Of pairs that stood in the night before and did not change what was told
/// is taken over.
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
    let rules = field.rules(vacancy, law);
    let used = law.profiles.for_sector(entry.facts().sector());
    let night = VacancyNight {
        id: entry.facts().id().clone(),
        profile: law.profiles.every().position(|profile| profile.name() == used.name()).unwrap_or_default(),
        unscored_requirements: entry.unscored_requirements(),
        considered,
        tied_beyond: own.tied_beyond.into(),
    };
    let told_anew = |person: u32| {
        let candidate = field.people()[person as usize].0.facts();
        let pair = Pair { vacancy: entry.facts(), candidate, travel_minutes: None };
        Told::New(Box::new(explain::reasons(pair, rules)))
    };
    // One pair after the other: what is told of one is written before the next is told.
    let pair = |slot: &Slot, told: Told| PairNight {
        person: slot.person,
        rank: slot.rank,
        tied: slot.tied,
        own_rank: slot.own_rank,
        own_tied: slot.own_tied,
        told,
    };
    let anew = || Record::encode(&night, own.slots.iter().map(|slot| pair(slot, told_anew(slot.person))));
    let Some((carried, kept)) = before
        .and_then(|(carried, night)| kept(field, carried, night, vacancy).map(|record| (carried, record)))
    else {
        return anew();
    };
    // The people of a night have the numbers of its run.
    let now = |(place, person): (u32, &u32)| Some((carried.person(*person)?, place));
    let mut places: Vec<(u32, u32)> = (0..).zip(kept.people()).filter_map(now).collect();
    places.sort_unstable();
    let told = |person: u32| match places.binary_search_by_key(&person, |(person, _)| *person) {
        Ok(at) => Told::Kept(places[at].1),
        Err(_) => told_anew(person),
    };
    kept.record(&night, own.slots.iter().map(|slot| pair(slot, told(slot.person)))).or_else(|error| {
        not_taken_over(&error);
        anew()
    })
}

fn not_taken_over(error: &NightError) {
    tracing::warn!(%error, "the lists of a vacancy cannot be taken over and are told anew");
}

/// What the night before kept of a vacancy that did not change.
fn kept(field: &Field, carried: &Carried, night: &Night, vacancy: usize) -> Option<KeptRecord> {
    carried.vacancy(vacancy as u32)?;
    let id = field.vacancies[vacancy].entry.facts().id().as_str();
    night.kept(id).unwrap_or_else(|error| {
        not_taken_over(&error);
        None
    })
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
    sealed(out, path)
}

/// Reads the records of a chunk; `None` when the file is not there, not whole, or of another run.
pub(super) fn read(path: &Path, run: &[u8; 32]) -> Option<Vec<Record>> {
    let bytes = unsealed(path)?;
    let mut from = bytes.strip_prefix(MAGIC)?.strip_prefix(run)?;
    let mut records = Vec::new();
    while let Some((length, rest)) = from.split_first_chunk::<8>() {
        let (record, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        records.push(Record::read(record.to_vec()).ok()?);
        from = rest;
    }
    from.is_empty().then_some(records)
}
