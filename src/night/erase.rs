//! Taking people out of a night: the file is copied without them. Their pairs go, and with them every word, reason and line
//! that nobody else has; their ids leave a hole, so that the numbers of the others stay.

use super::{
    NightError,
    folder::NightInfo,
    interner::number,
    layout,
    refused::Refused,
    writer::{GrowingFile, block_entry, entry},
};
use crate::wire::storage as stored;
use prost::Message;
use std::{
    collections::{BTreeMap, BTreeSet, btree_map},
    fs::File,
    path::Path,
};

/// What taking people out came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Nights that were copied without them.
    pub rewritten: Vec<NightInfo>,
    /// Nights that had to go as a whole, since they are damaged where the people may stand.
    pub removed: Vec<NightInfo>,
}

/// The copy without these people, durable and ready to take its place; `None`: none of them stands in it.
pub(super) fn copy_without(
    path: &Path,
    people: &BTreeSet<String>,
) -> Result<Option<GrowingFile>, NightError> {
    let io = |source| NightError::Io { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(io)?;
    let (mut index, vacancies, blocks) = layout::index(&mut file, path)?;
    let mut gone = BTreeSet::new();
    for (place, id) in index.people.iter_mut().enumerate() {
        if people.contains(id) {
            gone.insert(place);
            id.clear();
        }
    }
    if gone.is_empty() {
        return Ok(None);
    }
    let (emptied, touched) = without_places(&mut file, path, &index, &blocks, &gone)?;
    let mut copy = GrowingFile::create(path)?;
    for (place, (part, old)) in vacancies.iter().zip(&mut index.vacancies).enumerate() {
        if touched.contains(&place) {
            let bytes = layout::part(&mut file, *part, path, "the record of a vacancy")?;
            let thinned = thinned(&bytes, &gone).ok_or(Refused::Damaged("the record of a vacancy"));
            let bytes = thinned.map_err(|refused| refused.of(path))?;
            copy.write(&bytes)?;
            *old = entry(std::mem::take(&mut old.id), &bytes);
        } else {
            // As it is, with its checksum: damage elsewhere stays what it is.
            copy.write(&layout::raw(&mut file, *part, path)?)?;
        }
    }
    for (place, (part, old)) in blocks.iter().zip(&mut index.blocks).enumerate() {
        match emptied.get(&place) {
            Some(bytes) => {
                copy.write(bytes)?;
                *old = block_entry(bytes);
            }
            None => copy.write(&layout::raw(&mut file, *part, path)?)?,
        }
    }
    copy.write(&layout::ending(&index))?;
    copy.make_durable()?;
    Ok(Some(copy))
}

/// Blocks of people anew, by their number, and the vacancies on whose lists somebody stood.
type WithoutPlaces = (BTreeMap<usize, Vec<u8>>, BTreeSet<usize>);

/// The blocks of people without theirs, and the vacancies in whose records they stand.
fn without_places(
    file: &mut File,
    path: &Path,
    index: &stored::NightIndex,
    blocks: &[layout::Part],
    gone: &BTreeSet<usize>,
) -> Result<WithoutPlaces, NightError> {
    let damaged = || Refused::Damaged("a block of people").of(path);
    let a_block = index.people_a_block as usize;
    let mut messages: BTreeMap<usize, stored::NightPeople> = BTreeMap::new();
    let mut touched = BTreeSet::new();
    for person in gone {
        let at = person.checked_div(a_block).ok_or_else(damaged)?;
        let block = match messages.entry(at) {
            btree_map::Entry::Occupied(read) => read.into_mut(),
            btree_map::Entry::Vacant(unread) => {
                let part = *blocks.get(at).ok_or_else(damaged)?;
                let bytes = layout::part(file, part, path, "a block of people")?;
                unread.insert(stored::NightPeople::decode(&bytes[..]).map_err(|_| damaged())?)
            }
        };
        let own = block.people.get_mut(person % a_block).ok_or_else(damaged)?;
        let mut vacancy = 0_usize;
        for delta in std::mem::take(&mut own.vacancies) {
            vacancy = vacancy.saturating_add(delta as usize);
            touched.insert(vacancy);
        }
    }
    let bytes = messages.into_iter().map(|(at, block)| (at, block.encode_to_vec())).collect();
    Ok((bytes, touched))
}

/// A record without the pairs of some people, and without what only those pointed at; `None`: it is no record.
fn thinned(record: &[u8], gone: &BTreeSet<usize>) -> Option<Vec<u8>> {
    let mut old = stored::NightVacancy::decode(record).ok()?;
    let mut pairs = std::mem::take(&mut old.pairs);
    pairs.retain(|pair| !gone.contains(&(pair.person as usize)));
    let mut thin = Thinning::of(&old);
    for pair in &mut pairs {
        for line in &mut pair.lines {
            *line = thin.line(*line)?;
        }
        for conflict in &mut pair.conflicts {
            conflict.reason = thin.reason(conflict.reason)?;
        }
        for reason in &mut pair.exclusion {
            *reason = thin.reason(*reason)?;
        }
        for gap in &mut pair.gaps {
            *gap = thin.gap(*gap)?;
        }
        for reason in pair.path.iter_mut().chain(&mut pair.assumed) {
            *reason = thin.reason(*reason)?;
        }
    }
    let Thinning { words, reasons, lines, gaps, .. } = thin;
    let thin = stored::NightVacancy {
        pairs,
        words: words.kept,
        reasons: reasons.kept,
        lines: lines.kept,
        gaps: gaps.kept,
        id: old.id.clone(),
        ..old
    };
    Some(thin.encode_to_vec())
}

/// What of a record is still pointed at, in the order in which it first is.
struct Thinning<'a> {
    old: &'a stored::NightVacancy,
    words: Kept<String>,
    reasons: Kept<stored::NightReason>,
    lines: Kept<stored::NightLine>,
    gaps: Kept<stored::NightGap>,
}

struct Kept<T> {
    /// The new number of each old one, where it has one.
    numbers: Vec<Option<u32>>,
    kept: Vec<T>,
}

impl<T> Kept<T> {
    fn of(old: &[T]) -> Self {
        Self { numbers: vec![None; old.len()], kept: Vec::new() }
    }

    fn known(&self, old: u32) -> Option<Option<u32>> {
        self.numbers.get(old as usize).copied()
    }

    fn keep(&mut self, old: u32, value: T) -> u32 {
        let place = number(self.kept.len());
        self.kept.push(value);
        if let Some(number) = self.numbers.get_mut(old as usize) {
            *number = Some(place);
        }
        place
    }
}

impl<'a> Thinning<'a> {
    fn of(old: &'a stored::NightVacancy) -> Self {
        Self {
            old,
            words: Kept::of(&old.words),
            reasons: Kept::of(&old.reasons),
            lines: Kept::of(&old.lines),
            gaps: Kept::of(&old.gaps),
        }
    }

    fn reason(&mut self, at: u32) -> Option<u32> {
        if let Some(known) = self.reasons.known(at)? {
            return Some(known);
        }
        let mut reason = self.old.reasons.get(at as usize)?.clone();
        for datum in &mut reason.data {
            let Some(word) = datum.word.checked_sub(1) else { continue };
            let place = match self.words.known(word)? {
                Some(known) => known,
                None => self.words.keep(word, self.old.words.get(word as usize)?.clone()),
            };
            datum.word = place + 1;
        }
        Some(self.reasons.keep(at, reason))
    }

    fn line(&mut self, at: u32) -> Option<u32> {
        if let Some(known) = self.lines.known(at)? {
            return Some(known);
        }
        let mut line = self.old.lines.get(at as usize)?.clone();
        for reason in &mut line.reasons {
            *reason = self.reason(*reason)?;
        }
        Some(self.lines.keep(at, line))
    }

    fn gap(&mut self, at: u32) -> Option<u32> {
        if let Some(known) = self.gaps.known(at)? {
            return Some(known);
        }
        let mut gap = *self.old.gaps.get(at as usize)?;
        gap.reason = self.reason(gap.reason)?;
        Some(self.gaps.keep(at, gap))
    }
}
