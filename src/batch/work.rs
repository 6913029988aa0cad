//! One run from its snapshot to its night. Every step finds what a killed process finished before it.

use super::{
    base::{self, Base},
    carried::Carried,
    crew::Crew,
    field::Field,
    leases::Leases,
    lists::{Best, Entry, Ordered},
    progress::{Control, Halt, Phase},
    record::Order,
    shard::{Shard, SweptVacancy},
    slots::{self, VacancySlots},
    standings::Standings,
    sweep::{self, Law, SomePeople},
    telling,
};
use crate::engine::{Engine, snapshot::Snapshot};
use crate::night::{
    Night, NightCounts, NightError, NightHead, NightProfile, NightScope, NightWriter, Record, Retention,
};
use crate::rank::pool;
use std::{
    collections::BTreeMap,
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

/// Vacancies of a shard, at most: their lists and offers stay small, and a kill costs little.
const SHARD: usize = 64;
/// Shards that a small run is cut in, about.
const SHARDS: usize = 64;

/// A run to carry out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job<'a> {
    /// The data, the rules and the nights.
    pub(super) engine: &'a Engine,
    /// Where the run keeps its work.
    pub(super) folder: &'a Path,
    /// What started it.
    pub(super) order: &'a Order,
    /// Entries of a list.
    pub(super) list_size: u16,
    /// How many nights are kept.
    pub(super) retention: Retention,
    /// Who works.
    pub(super) crew: Crew,
    /// Counters and brakes.
    pub(super) control: &'a Control,
}

/// What a run made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Made {
    /// Pairs judged.
    pub(super) pairs: u64,
    /// Pairs that stand in a list.
    pub(super) explained: u64,
    /// Lists of vacancies.
    pub(super) vacancies: u64,
    /// Lists of people.
    pub(super) people: u64,
    /// Whether lists of the night before were taken over.
    pub(super) took_over: bool,
}

impl Job<'_> {
    /// Carries the run out.
    ///
    /// # Errors
    /// When it is cancelled, the process ends, or it cannot go on.
    pub(super) fn run(&self) -> Result<Made, Halt> {
        self.control.enter(Phase::Preparing);
        let snapshot = self.snapshot()?;
        let field = Field::new(&snapshot, &self.order.scope, self.order.as_of, self.depth());
        let identity = self.identity(&snapshot);
        let carried = self.carried(&field);
        let (vacancies, people) = self.sweep(&field, carried.as_ref(), &identity)?;
        field.forget_answers();
        let slots = slots::slots(&field, &vacancies, &people, self.list_size);
        let explained = slots.iter().map(|own| own.slots.len() as u64).sum();
        let chunks = self.tell(&field, carried.as_ref(), &slots, &vacancies, &identity, explained)?;
        self.control.enter(Phase::Writing);
        let counts = counts(&snapshot, &field, &vacancies);
        self.write(&snapshot, &field, &chunks, &identity, &counts)?;
        self.leave_base(&field, vacancies, people, identity);
        Ok(Made {
            pairs: field.pairs(),
            explained,
            vacancies: field.vacancies.iter().filter(|work| work.in_scope).count() as u64,
            people: field.in_scope.iter().filter(|own| **own).count() as u64,
            took_over: carried.is_some(),
        })
    }

    /// Entries of a list that are kept: so that a few who leave are followed by the next.
    fn depth(&self) -> usize {
        let size = usize::from(self.list_size);
        size + size / 4 + 2
    }

    /// The data of the run: those of its first process, so that nothing that was written since shows.
    fn snapshot(&self) -> Result<Snapshot, Halt> {
        let path = self.folder.join("snapshot");
        if let Some(snapshot) = self.engine.read_snapshot(&path) {
            return Ok(snapshot);
        }
        // Whatever was finished was made with data that are lost.
        let begin = || {
            match fs::remove_dir_all(self.folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => crate::durable::make_folder(self.folder)?,
            }
            let snapshot = self.engine.snapshot();
            self.engine.write_snapshot(&snapshot, &path)?;
            Ok(snapshot)
        };
        self.control.persist("the data of the run", begin, || {})
    }

    /// The name of the night: everything that its content depends on.
    fn identity(&self, snapshot: &Snapshot) -> [u8; 32] {
        let told = format!("{} {}", self.order.as_of, snapshot.change());
        *blake3::Hasher::new().update(&self.rules()).update(told.as_bytes()).finalize().as_bytes()
    }

    /// The rules of the lists, whatever the day and the data.
    fn rules(&self) -> [u8; 32] {
        let told =
            format!("{} {} {}", self.order.scope.name(), self.list_size, self.engine.model_version().version);
        *blake3::hash(told.as_bytes()).as_bytes()
    }

    fn base(&self) -> PathBuf {
        self.folder.with_file_name(format!("base-{}", self.order.scope.name()))
    }

    /// What the night before leaves to this one, where only what changed is to be ranked.
    fn carried(&self, field: &Field) -> Option<Carried> {
        if !self.order.changed_only {
            return None;
        }
        let base = Base::read(&self.base(), &self.rules());
        if base.is_none() {
            tracing::info!("there is no night to go on from: everything is ranked");
        }
        base.map(|base| Carried::new(base, field, self.engine.tie_secret(), self.list_size.into()))
    }

    /// Leaves what the next night needs to rank only what changed. Without it that one ranks everything, so a disk that
    /// refuses costs time and nothing else.
    fn leave_base(&self, field: &Field, vacancies: Vec<SweptVacancy>, people: Vec<Ordered>, run: [u8; 32]) {
        let (known_people, known_vacancies) = base::known(field, self.engine.tie_secret());
        let base = Base {
            run,
            rules: self.rules(),
            as_of: self.order.as_of,
            people: known_people.into_iter().zip(people).collect(),
            vacancies: known_vacancies.into_iter().zip(vacancies).collect(),
        };
        if let Err(error) = base.write(&self.base()) {
            tracing::warn!(%error, "the next night cannot go on from this one and will rank everything");
        }
    }

    /// The first phase: the lists of both sides.
    fn sweep(
        &self,
        field: &Field,
        carried: Option<&Carried>,
        identity: &[u8; 32],
    ) -> Result<(Vec<SweptVacancy>, Vec<Ordered>), Halt> {
        let law = Law::of(self.engine);
        let shards = shards(field.vacancies.len());
        // What was finished goes on from one night before and no other.
        let tie = match carried {
            Some(carried) => {
                *blake3::Hasher::new().update(identity).update(carried.run()).finalize().as_bytes()
            }
            None => *identity,
        };
        let path = |shard: u32| self.folder.join(format!("sweep-{shard:06}"));
        let standings = Standings::new(field, carried);
        let mut done = vec![false; shards.len()];
        let mut pairs = 0;
        for (shard, range) in (0..).zip(&shards) {
            self.control.go_on()?;
            if let Some(found) = Shard::read(&path(shard), &tie) {
                standings.merge(found, field, law);
                done[shard as usize] = true;
                pairs += pairs_of(field, range);
            }
        }
        self.control.sweeps(field.pairs(), pairs);
        self.control.enter(Phase::Sweeping);
        let leases = Mutex::new(Leases::new(shards.len() as u32, |shard| done[shard as usize]));
        self.crew.work(&leases, self.control, |lease| {
            let range = shards[lease.shard as usize].clone();
            let pause = |pairs| {
                self.control.scored(pairs);
                lock(&leases).renew(lease, Instant::now());
                self.control.go_on_with_shard()
            };
            let Ok(shard) = sweep::sweep(field, law, carried, range, standings.bars(), pause) else {
                return self.control.go_on();
            };
            self.control.persist(
                "a shard of the run",
                || shard.write(&path(lease.shard), &tie),
                || lock(&leases).renew(lease, Instant::now()),
            )?;
            if lock(&leases).done(lease) {
                standings.merge(shard, field, law);
            }
            Ok(())
        })?;
        let people = self.finish(field, carried, &standings)?;
        Ok((standings.into_vacancies(), people))
    }

    /// Puts everybody's lists in order.
    fn finish(
        &self,
        field: &Field,
        carried: Option<&Carried>,
        standings: &Standings,
    ) -> Result<Vec<Ordered>, Halt> {
        let law = Law::of(self.engine);
        let stripes: Vec<Mutex<Vec<Option<Ordered>>>> =
            (0..standings.stripes()).map(|_| Mutex::default()).collect();
        let leases = Mutex::new(Leases::new(stripes.len() as u32, |_| false));
        self.crew.work(&leases, self.control, |lease| {
            let stripe = lease.shard as usize;
            let lists = standings.finish_stripe(stripe, field, law, carried);
            if lock(&leases).done(lease) {
                *lock(&stripes[stripe]) = lists;
            }
            Ok(())
        })?;
        let lists =
            stripes.into_iter().flat_map(|lists| lists.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut lists: Vec<Option<Ordered>> = lists.collect();
        let short: Vec<usize> = (0..lists.len()).filter(|person| lists[*person].is_none()).collect();
        for (person, list) in short.iter().zip(self.anew(field, &short)?) {
            lists[*person] = Some(list);
        }
        Ok(lists.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// The lists of some people, ranked on every vacancy.
    fn anew(&self, field: &Field, people: &[usize]) -> Result<Vec<Ordered>, Halt> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let law = Law::of(self.engine);
        let some = SomePeople::of(field, people);
        let lists: Vec<Mutex<Best>> = people.iter().map(|_| Mutex::default()).collect();
        let tie = |person: u32| move |vacancy: u32| field.tie(vacancy, person, law.secret);
        let shards = shards(field.vacancies.len());
        let leases = Mutex::new(Leases::new(shards.len() as u32, |_| false));
        let bars = vec![0; field.people().len()];
        self.crew.work(&leases, self.control, |lease| {
            let swept: Vec<_> = shards[lease.shard as usize]
                .clone()
                .map(|vacancy| (vacancy, sweep::offers(field, law, vacancy, &some, &bars)))
                .collect();
            self.control.go_on()?;
            if lock(&leases).done(lease) {
                for (vacancy, offers) in swept {
                    for offer in offers {
                        let Ok(at) = some.numbers.binary_search(&offer.other) else { continue };
                        let entry = Entry { score: offer.score, other: vacancy };
                        lock(&lists[at]).offer(entry, field.depth, &tie(offer.other));
                    }
                }
            }
            Ok(())
        })?;
        let finished = lists.into_iter().zip(&some.numbers).map(|(list, person)| {
            list.into_inner().unwrap_or_else(PoisonError::into_inner).finish(field.depth, &tie(*person))
        });
        Ok(finished.collect())
    }

    /// The second phase: the explanations, in files of chunks.
    fn tell(
        &self,
        field: &Field,
        carried: Option<&Carried>,
        slots: &[VacancySlots],
        vacancies: &[SweptVacancy],
        identity: &[u8; 32],
        total: u64,
    ) -> Result<Vec<PathBuf>, Halt> {
        let law = Law::of(self.engine);
        let before = carried.and_then(|carried| Some((carried, self.night_of(carried, field)?)));
        let before = before.as_ref().map(|(carried, night)| (*carried, &**night));
        let chunks = telling::chunks(slots);
        let path = |chunk: u32| self.folder.join(format!("lists-{chunk:06}"));
        let pairs =
            |chunk: &Range<usize>| slots[chunk.clone()].iter().map(|own| own.slots.len() as u64).sum::<u64>();
        let mut done = vec![false; chunks.len()];
        let mut told = 0;
        for (chunk, range) in (0..).zip(&chunks) {
            self.control.go_on()?;
            if telling::read(&path(chunk), identity).is_some() {
                done[chunk as usize] = true;
                told += pairs(range);
            }
        }
        self.control.explains(total, told);
        self.control.enter(Phase::Explaining);
        let leases = Mutex::new(Leases::new(chunks.len() as u32, |chunk| done[chunk as usize]));
        self.crew.work(&leases, self.control, |lease| {
            let chunk = &chunks[lease.shard as usize];
            let mut records: Vec<Record> = Vec::with_capacity(chunk.len());
            for vacancy in chunk.clone() {
                let considered = considered(field, &vacancies[vacancy]);
                let record = telling::record(field, law, before, vacancy, &slots[vacancy], considered);
                records.push(record.map_err(|error| Halt::Failed(error.to_string()))?);
                self.control.explained(slots[vacancy].slots.len() as u64);
                lock(&leases).renew(lease, Instant::now());
                self.control.go_on()?;
            }
            self.control.persist(
                "lists of the run",
                || telling::write(&records, &path(lease.shard), identity),
                || lock(&leases).renew(lease, Instant::now()),
            )?;
            lock(&leases).done(lease);
            Ok(())
        })?;
        Ok((0..chunks.len() as u32).map(path).collect())
    }

    /// The night that the lists go on from, where its explanations are of the same day.
    fn night_of(&self, carried: &Carried, field: &Field) -> Option<Arc<Night>> {
        let night = self.engine.nights().night(Some(carried.as_of()), Some(self.night_scope())).ok()?;
        (carried.is_of_day(field) && night.head().run == name(carried.run())).then_some(night)
    }

    fn night_scope(&self) -> NightScope {
        NightScope { region: self.order.scope.region, sbi_code: self.order.scope.sbi_code }
    }

    /// Puts the night together and shows it.
    fn write(
        &self,
        snapshot: &Snapshot,
        field: &Field,
        chunks: &[PathBuf],
        identity: &[u8; 32],
        counts: &NightCounts,
    ) -> Result<(), Halt> {
        let head = || NightHead {
            as_of: self.order.as_of,
            run: name(identity),
            scope: self.night_scope(),
            list_size: self.list_size,
            change: snapshot.change(),
            model: self.engine.model_version().version,
            profiles: self.engine.profiles().every().map(NightProfile::of).collect(),
            second_plan: false,
        };
        let people = || field.people().iter().map(|person| person.0.facts().id().clone()).collect();
        let write = || -> io::Result<Result<(), Halt>> {
            let nights = self.engine.nights();
            let mut writer = match NightWriter::create(nights, head(), people()).map_err(refused) {
                Ok(writer) => writer,
                Err(refused) => return refused,
            };
            // From here on the nights note by themselves who is erased.
            match self.engine.gone_since(snapshot) {
                Ok(gone) => {
                    if let Err(error) = nights.erase(&gone) {
                        return refused(error);
                    }
                }
                Err(error) => return Ok(Err(Halt::Failed(error.to_string()))),
            }
            for chunk in chunks {
                if let Err(halt) = self.control.go_on() {
                    return Ok(Err(halt));
                }
                let Some(records) = telling::read(chunk, identity) else {
                    let told =
                        format!("{} was changed by somebody else; start the run again", chunk.display());
                    return Ok(Err(Halt::Failed(told)));
                };
                for record in records {
                    if let Err(error) = writer.append(record) {
                        return refused(error);
                    }
                }
            }
            let made = match writer.finish(counts) {
                Ok(made) => made,
                Err(error) => return refused(error),
            };
            // Whoever went between the look into the log and the end of the file.
            if let Err(error) = self.engine.settle_night(&made) {
                return Ok(Err(Halt::Failed(error.to_string())));
            }
            Ok(nights.retain(self.retention).map(drop).or_else(|error| {
                // The night is there; too many of them are no reason to make it again.
                tracing::warn!(%error, "old nights cannot be removed");
                Ok(())
            }))
        };
        self.control.persist("the night", write, || {})?
    }
}

/// A run's name in the head of its night.
fn name(identity: &[u8; 32]) -> String {
    identity.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What the nights said: the disk is waited for, everything else ends the run.
fn refused<T>(error: NightError) -> io::Result<Result<T, Halt>> {
    match error {
        NightError::Io { source, .. } => Err(source),
        other => Ok(Err(Halt::Failed(other.to_string()))),
    }
}

/// The vacancies in shards.
fn shards(vacancies: usize) -> Vec<Range<u32>> {
    let size = vacancies.div_ceil(SHARDS).clamp(1, SHARD);
    let range = |start: usize| start as u32..(start + size).min(vacancies) as u32;
    (0..vacancies).step_by(size).map(range).collect()
}

fn pairs_of(field: &Field, shard: &Range<u32>) -> u64 {
    shard.clone().map(|vacancy| field.others(vacancy as usize).0.people().len() as u64).sum()
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

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
