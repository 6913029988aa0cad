//! The second phase: what stands in a list is told, and the night is put together.
//!
//! What is explained anew waits in files of the run, so that a kill costs little. What is taken over from the night before
//! is as quickly taken over again, so its records go straight into the night.

use super::{
    carried::Carried,
    fault::{Turn, during},
    field::Field,
    leases::Leases,
    progress::{Halt, Phase},
    shard::SweptVacancy,
    slots::VacancySlots,
    sweep::Law,
    telling,
    work::{Job, lock, name},
};
use crate::engine::{EngineError, snapshot::Snapshot};
use crate::night::{Night, NightCounts, NightError, NightHead, NightProfile, NightWriter, Record};
use crate::rank::pool;
use std::{
    collections::BTreeMap,
    io,
    ops::Range,
    path::{Path, PathBuf},
    sync::Mutex,
    time::Instant,
};

/// What there is to tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling<'a> {
    /// Who and what is ranked.
    pub(super) field: &'a Field,
    /// The pairs that stand in a list, by vacancy.
    pub(super) slots: &'a [VacancySlots],
    /// Who is left out, by vacancy.
    pub(super) vacancies: &'a [SweptVacancy],
    /// The night whose explanations are taken over where nothing changed.
    pub(super) before: Option<(&'a Carried, &'a Night)>,
}

impl Telling<'_> {
    /// How many pairs are told.
    pub(super) fn pairs(&self) -> u64 {
        self.pairs_of(&(0..self.slots.len()))
    }

    fn pairs_of(&self, vacancies: &Range<usize>) -> u64 {
        self.slots[vacancies.clone()].iter().map(|own| own.slots.len() as u64).sum()
    }
}

/// Why a night is not put together now.
enum Refusal {
    /// The disk refuses: it is waited for.
    Disk(io::Error),
    /// Everything else ends the run.
    Halt(Halt),
}

impl From<NightError> for Refusal {
    fn from(error: NightError) -> Self {
        match error {
            NightError::Io { source, .. } => Self::Disk(source),
            other => Self::Halt(Halt::Failed(other.to_string())),
        }
    }
}

impl From<Halt> for Refusal {
    fn from(halt: Halt) -> Self {
        Self::Halt(halt)
    }
}

impl Job<'_> {
    /// Tells what there is to tell, puts the night together and shows it.
    pub(super) fn write(
        &self,
        snapshot: &Snapshot,
        telling: Telling<'_>,
        identity: &[u8; 32],
    ) -> Result<(), Halt> {
        let chunks = match telling.before {
            Some(_) => None,
            None => Some(self.tell(telling, identity)?),
        };
        let counts = counts(snapshot, telling.field, telling.vacancies);
        let write = || match self.put_together(snapshot, telling, chunks.as_deref(), identity, &counts) {
            Ok(()) => Ok(Ok(())),
            Err(Refusal::Disk(error)) => Err(error),
            Err(Refusal::Halt(halt)) => Ok(Err(halt)),
        };
        self.control.persist("the night", write, || {})?
    }

    /// Explains everything, in files of chunks.
    fn tell(&self, telling: Telling<'_>, identity: &[u8; 32]) -> Result<Vec<PathBuf>, Halt> {
        let chunks = telling::chunks(telling.slots);
        let path = |chunk: u32| self.folder.join(format!("lists-{chunk:06}"));
        let mut done = vec![false; chunks.len()];
        let mut told = 0;
        for (chunk, range) in (0..).zip(&chunks) {
            self.control.go_on()?;
            if telling::read(&path(chunk), identity).is_some() {
                done[chunk as usize] = true;
                told += telling.pairs_of(range);
            }
        }
        self.control.explains(telling.pairs(), told);
        self.control.enter(Phase::Explaining);
        let leases = Mutex::new(Leases::new(chunks.len() as u32, |chunk| done[chunk as usize]));
        self.crew.work(&leases, self.control, |lease| {
            let renew = || lock(&leases).renew(lease, Instant::now());
            let records = self.records(telling, &chunks[lease.shard as usize], renew)?;
            let write = || telling::write(&records, &path(lease.shard), identity);
            self.control.persist("lists of the run", write, renew)?;
            lock(&leases).done(lease);
            Ok(())
        })?;
        Ok((0..chunks.len() as u32).map(path).collect())
    }

    fn records(
        &self,
        telling: Telling<'_>,
        chunk: &Range<usize>,
        renew: impl Fn(),
    ) -> Result<Vec<Record>, Halt> {
        let Telling { field, slots, vacancies, before } = telling;
        let law = Law::of(self.engine);
        let mut records = Vec::with_capacity(chunk.len());
        for vacancy in chunk.clone() {
            let considered = considered(field, &vacancies[vacancy]);
            let record = during(Turn::Vacancy(vacancy as u32), || {
                telling::record(field, law, before, vacancy, &slots[vacancy], considered)
            });
            records.push(record.map_err(|error| Halt::Failed(error.to_string()))?);
            self.control.explained(slots[vacancy].slots.len() as u64);
            renew();
            self.control.go_on()?;
        }
        Ok(records)
    }

    fn put_together(
        &self,
        snapshot: &Snapshot,
        telling: Telling<'_>,
        chunks: Option<&[PathBuf]>,
        identity: &[u8; 32],
        counts: &NightCounts,
    ) -> Result<(), Refusal> {
        let nights = self.engine.nights();
        let head = NightHead {
            as_of: self.order.as_of,
            run: name(identity),
            scope: self.night_scope(),
            list_size: self.list_size,
            change: snapshot.change(),
            model: self.engine.model_version().version,
            profiles: self.engine.profiles().every().map(NightProfile::of).collect(),
            second_plan: false,
        };
        let people = telling.field.people().iter().map(|person| person.0.facts().id().clone()).collect();
        let writer = NightWriter::create(nights, head, people)?;
        // From here on the nights note by themselves who is erased.
        let gone = self.engine.gone_since(snapshot).map_err(failed)?;
        nights.erase(&gone)?;
        let writer = match chunks {
            Some(chunks) => self.append_files(writer, chunks, identity)?,
            None => self.append_told(writer, telling)?,
        };
        self.control.enter(Phase::Writing);
        let (made, hash) = writer.finish(counts)?;
        // Whoever went between the look into the log and the end of the file.
        let is_changed = self.engine.settle_night(&made).map_err(failed)?;
        // Whoever reads the lists has an entry for that; what made them has one for the run.
        self.engine.record_night(&made.path, (!is_changed).then_some(hash)).map_err(|error| match error {
            EngineError::NotRecorded(why) => Refusal::Disk(io::Error::other(why)),
            other => failed(other),
        })?;
        if let Err(error) = nights.retain(self.retention) {
            // The night is there; too many of them are no reason to make it again.
            tracing::warn!(%error, "old nights cannot be removed");
        }
        Ok(())
    }

    /// Appends what waits in files.
    fn append_files(
        &self,
        mut writer: NightWriter,
        chunks: &[PathBuf],
        identity: &[u8; 32],
    ) -> Result<NightWriter, Refusal> {
        self.control.enter(Phase::Writing);
        for chunk in chunks {
            self.control.go_on()?;
            let records = telling::read(chunk, identity).ok_or_else(|| changed(chunk))?;
            for record in records {
                writer.append(record)?;
            }
        }
        Ok(writer)
    }

    /// Tells and appends at once.
    fn append_told(&self, writer: NightWriter, telling: Telling<'_>) -> Result<NightWriter, Refusal> {
        let chunks = telling::chunks(telling.slots);
        self.control.explains(telling.pairs(), 0);
        self.control.enter(Phase::Explaining);
        let leases = Mutex::new(Leases::new(chunks.len() as u32, |_| false));
        let appending = Mutex::new(Appending { writer, next: 0, waiting: BTreeMap::new() });
        let refused: Mutex<Option<NightError>> = Mutex::default();
        let told = self.crew.work(&leases, self.control, |lease| {
            let renew = || lock(&leases).renew(lease, Instant::now());
            let records = self.records(telling, &chunks[lease.shard as usize], renew)?;
            if lock(&leases).done(lease)
                && let Err(error) = lock(&appending).take(lease.shard, records)
            {
                let told = error.to_string();
                lock(&refused).get_or_insert(error);
                return Err(Halt::Failed(told));
            }
            Ok(())
        });
        if let Some(error) = lock(&refused).take() {
            return Err(error.into());
        }
        told?;
        Ok(appending.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).writer)
    }
}

/// A night that grows by chunks, which come in any order.
struct Appending {
    writer: NightWriter,
    next: u32,
    waiting: BTreeMap<u32, Vec<Record>>,
}

impl Appending {
    fn take(&mut self, chunk: u32, records: Vec<Record>) -> Result<(), NightError> {
        self.waiting.insert(chunk, records);
        while let Some(records) = self.waiting.remove(&self.next) {
            self.next += 1;
            records.into_iter().try_for_each(|record| self.writer.append(record))?;
        }
        Ok(())
    }
}

fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::Halt(Halt::Failed(error.to_string()))
}

fn changed(chunk: &Path) -> Refusal {
    failed(format!("{} was changed by somebody else; start the run again", chunk.display()))
}

/// How many people have a place in a vacancy's whole list.
fn considered(field: &Field, swept: &SweptVacancy) -> u64 {
    if !field.vacancies[swept.vacancy as usize].in_scope {
        return 0;
    }
    let excluded: u64 = swept.excluded.iter().map(|(_, people)| people.count()).sum();
    field.people().len() as u64 - excluded
}

/// What came of everybody and everything.
fn counts(snapshot: &Snapshot, field: &Field, vacancies: &[SweptVacancy]) -> NightCounts {
    let mut excluded: BTreeMap<String, u64> = BTreeMap::new();
    for person in snapshot.people() {
        if let Some(reason) = pool::candidate_outside(person.facts().pool()) {
            *excluded.entry(reason.name().to_owned()).or_default() += 1;
        }
    }
    for vacancy in snapshot.vacancies() {
        if let Some(reason) = pool::vacancy_outside(vacancy.facts().pool(), field.as_of) {
            *excluded.entry(reason.name().to_owned()).or_default() += 1;
        }
    }
    for swept in vacancies {
        let work = &field.vacancies[swept.vacancy as usize];
        for (requirement, people) in swept.excluded.iter().filter(|_| work.in_scope) {
            let Some(paper) = work.entry.facts().paper(usize::from(*requirement)) else { continue };
            let told = format!("LEGAL_REQUIREMENT:{paper}");
            *excluded.entry(told).or_default() += people.count();
        }
    }
    NightCounts {
        vacancies: field.vacancies.len() as u64,
        people: field.people().len() as u64,
        pairs_judged: field.pairs(),
        excluded: excluded.into_iter().collect(),
    }
}
