//! What a night leaves for the next one that ranks only what changed: the lists of both sides, a bit longer than they are
//! shown, and which records they were made with.
//!
//! No id stands in it: records are known by a hash under the store's secret, so that nothing of an erased person can be
//! read from it. It is of use for one scope, one set of rules and one length of lists; whatever does not fit is not used,
//! and everything is ranked.

use super::{
    field::Field,
    lists::Ordered,
    people_set::PeopleSet,
    shard::{SweptVacancy, put, put_entries, take, take_entries},
};
use crate::domain::Date;
use crate::rank::order::TieSecret;
use std::{fs, io, path::Path};

const MAGIC: &[u8; 8] = b"pabase01";
const CHECKSUM: usize = 32;
/// A base larger than this costs more than it saves.
const LARGEST: usize = 1 << 30;

/// A record as the night saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Known {
    /// A hash of the id.
    pub(super) key: u128,
    /// The change that wrote the record.
    pub(super) version: u64,
    /// Whether it had a list of its own.
    pub(super) in_scope: bool,
}

/// What a night left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Base {
    /// The night's run, as it stands in the head of the night.
    pub(super) run: [u8; 32],
    /// Rules, scope and length of the lists.
    pub(super) rules: [u8; 32],
    /// As of which day.
    pub(super) as_of: Date,
    /// The people, in the order of their numbers, with their lists.
    pub(super) people: Vec<(Known, Ordered)>,
    /// The vacancies, in the order of their numbers, with their lists and who was left out.
    pub(super) vacancies: Vec<(Known, SweptVacancy)>,
}

/// The hash by which a record is known.
pub(super) fn key(secret: &TieSecret, kind: u8, id: &str) -> u128 {
    let mut hasher = blake3::Hasher::new_keyed(secret);
    hasher.update(b"passend 2026 known record").update(&[kind]).update(id.as_bytes());
    hasher.finalize().as_bytes().iter().take(16).fold(0, |hash, byte| hash << 8 | u128::from(*byte))
}

/// The records of a run as they are known.
pub(super) fn known(field: &Field, secret: &TieSecret) -> (Vec<Known>, Vec<Known>) {
    let people = field.people().iter().zip(&field.in_scope).map(|(person, in_scope)| Known {
        key: key(secret, 0, person.0.facts().id().as_str()),
        version: person.0.version(),
        in_scope: *in_scope,
    });
    let vacancies = field.vacancies.iter().map(|work| Known {
        key: key(secret, 1, work.entry.facts().id().as_str()),
        version: work.entry.version(),
        in_scope: work.in_scope,
    });
    (people.collect(), vacancies.collect())
}

/// What tells one night's remains from another's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// The night's run.
    pub(super) run: [u8; 32],
    /// Rules, scope and length of the lists.
    pub(super) rules: [u8; 32],
    /// As of which day.
    pub(super) as_of: Date,
}

/// The bytes of what a night leaves; `None`: they would be so many that they cost more than they save.
pub(super) fn encode<'a>(
    origin: Origin,
    people: impl ExactSizeIterator<Item = (&'a Known, &'a Ordered)>,
    vacancies: impl ExactSizeIterator<Item = (&'a Known, &'a SweptVacancy)>,
) -> Option<Vec<u8>> {
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&origin.run);
    out.extend_from_slice(&origin.rules);
    put_text(&mut out, &origin.as_of.to_string());
    put(&mut out, people.len() as u64);
    for (known, list) in people {
        put_known(&mut out, known);
        put_list(&mut out, list);
    }
    put(&mut out, vacancies.len() as u64);
    for (known, swept) in vacancies {
        if out.len() > LARGEST {
            return None;
        }
        put_known(&mut out, known);
        put_list(&mut out, &swept.list);
        put(&mut out, swept.excluded.len() as u64);
        for (requirement, people) in &swept.excluded {
            put(&mut out, (*requirement).into());
            people.write(&mut out);
        }
    }
    let checksum = blake3::hash(&out);
    out.extend_from_slice(checksum.as_bytes());
    Some(out)
}

/// Writes the file, durably; where there are no bytes none is left, and the next night ranks everything.
///
/// # Errors
/// When the disk refuses.
pub(super) fn write(bytes: Option<&[u8]>, path: &Path) -> io::Result<()> {
    match bytes {
        Some(bytes) => crate::durable::replace(path, bytes),
        None => match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        },
    }
}

impl Base {
    /// Reads the file; `None` when it is not there, not whole, or made under other rules.
    pub(super) fn read(path: &Path, rules: &[u8; 32]) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
        let from = &mut content.strip_prefix(MAGIC)?;
        let run = *take_hash(from)?;
        if take_hash(from)? != rules || blake3::hash(content).as_bytes() != checksum {
            return None;
        }
        let as_of = take_text(from)?.parse().ok()?;
        let mut people = Vec::new();
        for _ in 0..take(from)? {
            people.push((take_known(from)?, take_list(from)?));
        }
        let mut vacancies = Vec::new();
        for vacancy in 0..take(from)? {
            let known = take_known(from)?;
            let mut swept = SweptVacancy { vacancy, list: take_list(from)?, ..SweptVacancy::default() };
            for _ in 0..take(from)? {
                swept.excluded.push((u16::try_from(take(from)?).ok()?, PeopleSet::read(from)?));
            }
            vacancies.push((known, swept));
        }
        from.is_empty().then_some(Self { run, rules: *rules, as_of, people, vacancies })
    }
}

/// Removes what the nights left in a folder of runs.
///
/// # Errors
/// When a file cannot be removed.
pub(super) fn remove_all(runs: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(runs) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("base-")) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn take_text<'a>(from: &mut &'a [u8]) -> Option<&'a str> {
    let length = take(from)? as usize;
    let (text, rest) = from.split_at_checked(length)?;
    *from = rest;
    std::str::from_utf8(text).ok()
}

fn take_hash<'a>(from: &mut &'a [u8]) -> Option<&'a [u8; 32]> {
    let (hash, rest) = from.split_first_chunk::<32>()?;
    *from = rest;
    Some(hash)
}

fn put_known(out: &mut Vec<u8>, known: &Known) {
    out.extend_from_slice(&known.key.to_le_bytes());
    out.extend_from_slice(&known.version.to_le_bytes());
    out.push(known.in_scope.into());
}

fn take_known(from: &mut &[u8]) -> Option<Known> {
    let (key, rest) = from.split_first_chunk::<16>()?;
    let (version, rest) = rest.split_first_chunk::<8>()?;
    let (in_scope, rest) = rest.split_first()?;
    *from = rest;
    Some(Known {
        key: u128::from_le_bytes(*key),
        version: u64::from_le_bytes(*version),
        in_scope: *in_scope != 0,
    })
}

fn put_list(out: &mut Vec<u8>, list: &Ordered) {
    put(out, list.beaten.into());
    put(out, list.is_cut.into());
    put_entries(out, &list.entries);
}

fn take_list(from: &mut &[u8]) -> Option<Ordered> {
    let (beaten, is_cut) = (take(from)?, take(from)? != 0);
    Some(Ordered { entries: take_entries(from)?, beaten, is_cut })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::lists::Entry;

    fn base() -> Base {
        let known = |number: u128| Known { key: number << 100, version: number as u64, in_scope: number > 1 };
        let entry = |score, other| Entry { score, other };
        let list = Ordered { entries: vec![entry(10_000, 1), entry(9, 70_000)], beaten: 2, is_cut: true };
        let swept = |vacancy| SweptVacancy {
            vacancy,
            excluded: vec![(3, [0, 64].into_iter().collect())],
            list: list.clone(),
            offers: Vec::new(),
        };
        Base {
            run: [1; 32],
            rules: [2; 32],
            as_of: Date::constant(2026, 11, 22),
            people: vec![(known(1), list.clone()), (known(2), Ordered::default())],
            vacancies: vec![(known(3), swept(0)), (known(4), swept(1))],
        }
    }

    #[test]
    fn what_a_night_left_is_read_back_under_the_same_rules_only() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("base-all");
        let Base { run, rules, as_of, people, vacancies } = base();
        let people = people.iter().map(|(known, list)| (known, list));
        let vacancies = vacancies.iter().map(|(known, swept)| (known, swept));
        let bytes = encode(Origin { run, rules, as_of }, people, vacancies).unwrap();
        write(Some(&bytes), &path).unwrap();
        assert_eq!(Base::read(&path, &[2; 32]), Some(base()));
        assert_eq!(Base::read(&path, &[3; 32]), None, "other rules");
        let mut bytes = fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            fs::write(&path, &bytes).unwrap();
            assert_eq!(Base::read(&path, &[2; 32]), None, "changed at {at}");
            bytes[at] ^= 1;
        }
        write(None, &path).unwrap();
        assert_eq!(Base::read(&path, &[2; 32]), None, "what is not worth it is not left");
    }

    #[test]
    fn a_record_is_known_by_a_hash_that_needs_the_secret() {
        assert_eq!(key(&[1; 32], 0, "k1"), key(&[1; 32], 0, "k1"));
        assert_ne!(key(&[1; 32], 0, "k1"), key(&[2; 32], 0, "k1"));
        assert_ne!(key(&[1; 32], 0, "k1"), key(&[1; 32], 1, "k1"));
    }
}
