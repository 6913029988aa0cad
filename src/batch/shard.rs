//! A finished shard of the sweep: an immutable file with a checksum.
//!
//! It is not made durable by itself. Whatever a kill or a power failure leaves of it either bears its checksum, or is
//! done again.

use super::{
    lists::{Entry, Ordered},
    people_set::PeopleSet,
};
use std::{fs, io, path::Path};

const MAGIC: &[u8; 8] = b"pasweep1";
const CHECKSUM: usize = 32;

/// What one shard of the sweep found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shard {
    /// The vacancies of the shard, in their order.
    pub(super) vacancies: Vec<SweptVacancy>,
}

/// One vacancy against everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SweptVacancy {
    /// Place among the sorted ids.
    pub(super) vacancy: u32,
    /// Who is left out by law, by the place of the asked paper.
    pub(super) excluded: Vec<(u16, PeopleSet)>,
    /// Its list.
    pub(super) list: Ordered,
    /// The people in whose lists it may stand, in their order.
    pub(super) offers: Vec<Entry>,
}

impl Shard {
    /// Writes the file: aside first, so that it stands there whole or not at all. `run` ties it to its run.
    ///
    /// # Errors
    /// When the disk is full or the folder is gone.
    pub(super) fn write(&self, path: &Path, run: &[u8; 32]) -> io::Result<()> {
        let offers: usize = self.vacancies.iter().map(|swept| swept.offers.len()).sum();
        let mut out = Vec::with_capacity(64 + offers * 4 + self.vacancies.len() * 400);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(run);
        put(&mut out, self.vacancies.len() as u64);
        for swept in &self.vacancies {
            put(&mut out, swept.vacancy.into());
            put(&mut out, swept.excluded.len() as u64);
            for (requirement, people) in &swept.excluded {
                put(&mut out, (*requirement).into());
                people.write(&mut out);
            }
            put(&mut out, swept.list.beaten.into());
            put(&mut out, swept.list.is_cut.into());
            put_entries(&mut out, &swept.list.entries);
            put(&mut out, swept.offers.len() as u64);
            let mut before = 0;
            for offer in &swept.offers {
                put(&mut out, u64::from(offer.other - before));
                before = offer.other;
                out.extend_from_slice(&offer.score.to_le_bytes());
            }
        }
        sealed(out, path)
    }

    /// Reads the file; `None` when it is not there, not whole, or of another run.
    pub(super) fn read(path: &Path, run: &[u8; 32]) -> Option<Self> {
        let bytes = unsealed(path)?;
        let mut from = bytes.strip_prefix(MAGIC)?.strip_prefix(run)?;
        let mut shard = Self::default();
        for _ in 0..take(&mut from)? {
            let mut swept = SweptVacancy { vacancy: take(&mut from)?, ..SweptVacancy::default() };
            for _ in 0..take(&mut from)? {
                let requirement = u16::try_from(take(&mut from)?).ok()?;
                swept.excluded.push((requirement, PeopleSet::read(&mut from)?));
            }
            swept.list.beaten = take(&mut from)?;
            swept.list.is_cut = take(&mut from)? != 0;
            swept.list.entries = take_entries(&mut from)?;
            let mut other = 0_u32;
            for _ in 0..take(&mut from)? {
                other = other.checked_add(take(&mut from)?)?;
                swept.offers.push(Entry { score: two(&mut from)?, other });
            }
            shard.vacancies.push(swept);
        }
        from.is_empty().then_some(shard)
    }
}

/// Writes a file of a run with its checksum: aside first, so that it stands there whole or not at all.
///
/// # Errors
/// When the disk is full or the folder is gone.
pub(super) fn sealed(mut content: Vec<u8>, path: &Path) -> io::Result<()> {
    let checksum = blake3::hash(&content);
    content.extend_from_slice(checksum.as_bytes());
    let aside = path.with_extension("partial");
    fs::write(&aside, &content)?;
    fs::rename(&aside, path)
}

/// Reads what [`sealed`] wrote; `None` when it is not there or not whole.
pub(super) fn unsealed(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = fs::read(path).ok()?;
    let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
    if blake3::hash(content).as_bytes() != checksum {
        return None;
    }
    bytes.truncate(bytes.len() - CHECKSUM);
    Some(bytes)
}

/// How many, then each with its score first.
pub(super) fn put_entries(out: &mut Vec<u8>, entries: &[Entry]) {
    put(out, entries.len() as u64);
    for entry in entries {
        out.extend_from_slice(&entry.score.to_le_bytes());
        put(out, entry.other.into());
    }
}

/// Reads what [`put_entries`] wrote.
pub(super) fn take_entries(from: &mut &[u8]) -> Option<Vec<Entry>> {
    let count = take(from)? as usize;
    // An entry takes three bytes at least.
    let mut entries = Vec::with_capacity(count.min(from.len() / 3));
    for _ in 0..count {
        entries.push(Entry { score: two(from)?, other: take(from)? });
    }
    Some(entries)
}

/// Seven bits a byte, the lowest first.
pub(super) fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads what [`put`] wrote, up to 32 bits.
pub(super) fn take(from: &mut &[u8]) -> Option<u32> {
    let mut value = 0_u64;
    for shift in (0..35).step_by(7) {
        let (byte, rest) = from.split_first()?;
        *from = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return u32::try_from(value).ok();
        }
    }
    None
}

/// Two bytes, the lower first.
fn two(from: &mut &[u8]) -> Option<u16> {
    let (bytes, rest) = from.split_first_chunk::<2>()?;
    *from = rest;
    Some(u16::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard() -> Shard {
        let entry = |score, other| Entry { score, other };
        Shard {
            vacancies: vec![
                SweptVacancy {
                    vacancy: 300,
                    excluded: vec![(0, [0, 63, 64, 46_999].into_iter().collect()), (2, PeopleSet::default())],
                    list: Ordered {
                        entries: vec![entry(10_000, 46_999), entry(9_999, 0)],
                        beaten: 3,
                        is_cut: true,
                    },
                    offers: vec![entry(0, 0), entry(7_001, 200), entry(128, 70_000)],
                },
                SweptVacancy { vacancy: 301, ..SweptVacancy::default() },
            ],
        }
    }

    #[test]
    fn a_shard_is_read_back_as_it_was_written() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("shard-00000");
        shard().write(&path, &[7; 32]).unwrap();
        assert_eq!(Shard::read(&path, &[7; 32]), Some(shard()));
        assert_eq!(Shard::read(&path, &[8; 32]), None, "of another run");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished is left");
    }

    #[test]
    fn whatever_was_cut_off_or_changed_is_no_shard() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("shard-00000");
        shard().write(&path, &[7; 32]).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        for length in 0..bytes.len() {
            std::fs::write(&path, &bytes[..length]).unwrap();
            assert_eq!(Shard::read(&path, &[7; 32]), None, "cut at {length}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            assert_eq!(Shard::read(&path, &[7; 32]), None, "changed at {at}");
        }
    }
}
