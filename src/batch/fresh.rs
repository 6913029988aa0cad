//! Who changed since the night before, one person after the other against every vacancy: what a night that ranks only what
//! changed scores, beside the vacancies that changed. What some of them came to is an immutable file with a checksum, as the
//! shards of a whole sweep are.

use super::{
    field::{Field, Work},
    lists::{Best, Entry, Ordered},
    shard::{put, put_entries, sealed, take, take_entries, unsealed},
    sweep::Law,
};
use crate::rank::{
    Pair, dream,
    sweep::{Packed, Place},
    top::ProfileChoice,
    vacancies::EveryVacancy,
};
use std::{io, path::Path};

const MAGIC: &[u8; 8] = b"pafresh1";

/// One person against every vacancy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FreshPerson {
    /// Place among the sorted ids.
    pub(super) person: u32,
    /// The person's own list.
    pub(super) list: Ordered,
    /// The lists that the person may stand in, of vacancies that did not change.
    pub(super) reaches: Vec<Entry>,
    /// The vacancies that did not change and leave the person out by law, with the place of the asked paper.
    pub(super) excluded: Vec<(u32, u16)>,
}

/// What a vacancy takes of a person who changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// It changed too, and is ranked against everybody.
    Nothing,
    /// It did not change: whoever has at least this score may stand in its list.
    From(u16),
}

/// Every vacancy, for people one by one.
#[derive(Debug)]
pub(super) struct Scorer<'a> {
    field: &'a Field,
    law: Law<'a>,
    every: EveryVacancy<Work>,
    takes: Vec<Takes>,
}

impl<'a> Scorer<'a> {
    /// Of a field; `takes` by vacancy.
    pub(super) fn new(field: &'a Field, law: Law<'a>, takes: Vec<Takes>) -> Self {
        Self { field, law, every: EveryVacancy::new(field.vacancies.clone()), takes }
    }

    /// A person against every vacancy; `places` is room that is used again.
    pub(super) fn person(&self, person: u32, places: &mut Vec<Packed>) -> FreshPerson {
        let (field, law) = (self.field, self.law);
        let facts = field.people()[person as usize].0.facts();
        let every = self.every.judged(facts, ProfileChoice::BySector(law.profiles), field.as_of);
        every.places(0..field.vacancies.len(), places);
        let in_scope = field.in_scope[person as usize];
        let tie = |vacancy| field.tie(vacancy, person, law.secret);
        let mut fresh = FreshPerson { person, ..FreshPerson::default() };
        let mut best = Best::default();
        for (vacancy, (place, takes)) in (0..).zip(places.iter().zip(&self.takes)) {
            let work = &field.vacancies[vacancy as usize];
            if !in_scope && !work.in_scope {
                continue;
            }
            let own = match place.place() {
                Place::Scored(score) => {
                    if matches!(takes, Takes::From(least) if score >= *least) {
                        fresh.reaches.push(Entry { score, other: vacancy });
                    }
                    Some(score)
                }
                Place::Excluded { requirement } => {
                    if *takes != Takes::Nothing {
                        fresh.excluded.push((vacancy, requirement));
                    }
                    let rules = field.rules(vacancy as usize, law);
                    let pair = Pair { vacancy: work.entry.facts(), candidate: facts, travel_minutes: None };
                    facts.has_dream().then(|| dream::score(pair, rules)).flatten()
                }
                Place::Outside(_) => None,
            };
            if let Some(score) = own.filter(|_| in_scope) {
                best.offer(Entry { score, other: vacancy }, field.depth, &tie);
            }
        }
        fresh.list = if in_scope { best.finish(field.depth, &tie) } else { Ordered::default() };
        fresh
    }
}

/// Writes the file. `run` ties it to its run.
///
/// # Errors
/// When the disk is full or the folder is gone.
pub(super) fn write(people: &[FreshPerson], path: &Path, run: &[u8; 32]) -> io::Result<()> {
    let mut out = [&MAGIC[..], run].concat();
    put(&mut out, people.len() as u64);
    for fresh in people {
        put(&mut out, fresh.person.into());
        put(&mut out, fresh.list.beaten.into());
        put(&mut out, fresh.list.is_cut.into());
        put_entries(&mut out, &fresh.list.entries);
        put_entries(&mut out, &fresh.reaches);
        put(&mut out, fresh.excluded.len() as u64);
        for (vacancy, requirement) in &fresh.excluded {
            put(&mut out, (*vacancy).into());
            put(&mut out, (*requirement).into());
        }
    }
    sealed(out, path)
}

/// Reads the file; `None` when it is not there, not whole, or of another run.
pub(super) fn read(path: &Path, run: &[u8; 32]) -> Option<Vec<FreshPerson>> {
    let bytes = unsealed(path)?;
    let mut from = bytes.strip_prefix(MAGIC)?.strip_prefix(run)?;
    let mut people = Vec::new();
    for _ in 0..take(&mut from)? {
        let person = take(&mut from)?;
        let (beaten, is_cut) = (take(&mut from)?, take(&mut from)? != 0);
        let list = Ordered { entries: take_entries(&mut from)?, beaten, is_cut };
        let mut fresh = FreshPerson { person, list, reaches: take_entries(&mut from)?, excluded: Vec::new() };
        for _ in 0..take(&mut from)? {
            let vacancy = take(&mut from)?;
            fresh.excluded.push((vacancy, u16::try_from(take(&mut from)?).ok()?));
        }
        people.push(fresh);
    }
    from.is_empty().then_some(people)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_came_to_is_read_back_whole_or_not_at_all() {
        let entry = |score, other| Entry { score, other };
        let list = Ordered { entries: vec![entry(9_000, 300), entry(17, 2)], beaten: 4, is_cut: true };
        let excluded = vec![(0, 2), (12_599, 0)];
        let people = vec![
            FreshPerson { person: 46_999, list, reaches: vec![entry(8_000, 12_000)], excluded },
            FreshPerson { person: 47_000, ..FreshPerson::default() },
        ];
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("fresh-000000");
        write(&people, &path, &[7; 32]).unwrap();
        assert_eq!(read(&path, &[7; 32]), Some(people));
        assert_eq!(read(&path, &[8; 32]), None, "of another run");
        let bytes = std::fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            assert_eq!(read(&path, &[7; 32]), None, "changed at {at}");
            std::fs::write(&path, &bytes[..at]).unwrap();
            assert_eq!(read(&path, &[7; 32]), None, "cut at {at}");
        }
    }
}
