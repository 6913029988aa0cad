//! The first phase of a night that ranks everything: every pair is scored, in shards of vacancies.

use super::{
    field::Field,
    leases::Leases,
    lists::Ordered,
    progress::{Halt, Phase},
    shard::{Shard, SweptVacancy},
    standings::Standings,
    sweep::{self, Law},
    work::{Job, lock},
};
use std::{
    ops::Range,
    sync::{Mutex, OnceLock},
    time::Instant,
};

/// Vacancies of a shard, at most: their lists and offers stay small, and a kill costs little.
const SHARD: usize = 64;
/// Shards that a small run is cut in, about.
const SHARDS: usize = 64;

/// The lists of both sides.
#[derive(Debug)]
pub(super) struct Lists {
    /// Of the vacancies, in the order of their numbers, with who was left out.
    pub(super) vacancies: Vec<SweptVacancy>,
    /// Of the people, in the order of their numbers.
    pub(super) people: Vec<Ordered>,
}

impl Job<'_> {
    /// Ranks everything.
    pub(super) fn rank(&self, field: &Field, identity: &[u8; 32]) -> Result<Lists, Halt> {
        let law = Law::of(self.engine);
        // Before the workers begin: the first would make it while the others wait.
        field.everybody();
        let shards = shards(field.vacancies.len());
        let path = |shard: u32| self.folder.join(format!("sweep-{shard:06}"));
        let standings = Standings::new(field);
        let mut done = vec![false; shards.len()];
        let mut pairs = 0;
        for (shard, range) in (0..).zip(&shards) {
            self.control.go_on()?;
            if let Some(found) = Shard::read(&path(shard), identity) {
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
            let Ok(shard) = sweep::sweep(field, law, range, standings.bars(), pause) else {
                return self.control.go_on();
            };
            self.control.persist(
                "a shard of the run",
                || shard.write(&path(lease.shard), identity),
                || lock(&leases).renew(lease, Instant::now()),
            )?;
            if lock(&leases).done(lease) {
                standings.merge(shard, field, law);
            }
            Ok(())
        })?;
        let people = self.finish(field, &standings)?;
        Ok(Lists { vacancies: standings.into_vacancies(), people })
    }

    /// Puts everybody's lists in order.
    fn finish(&self, field: &Field, standings: &Standings) -> Result<Vec<Ordered>, Halt> {
        let law = Law::of(self.engine);
        let stripes: Vec<OnceLock<Vec<Ordered>>> =
            (0..standings.stripes()).map(|_| OnceLock::new()).collect();
        let leases = Mutex::new(Leases::new(stripes.len() as u32, |_| false));
        self.crew.work(&leases, self.control, |lease| {
            let stripe = lease.shard as usize;
            let lists = standings.finish_stripe(stripe, field, law);
            if lock(&leases).done(lease) {
                let _ = stripes[stripe].set(lists);
            }
            Ok(())
        })?;
        Ok(stripes.into_iter().filter_map(OnceLock::into_inner).flatten().collect())
    }
}

/// The vacancies in shards.
fn shards(vacancies: usize) -> Vec<Range<u32>> {
    let size = vacancies.div_ceil(SHARDS).clamp(1, SHARD);
    let range = |start: usize| start as u32..(start + size).min(vacancies) as u32;
    (0..vacancies).step_by(size).map(range).collect()
}

fn pairs_of(field: &Field, shard: &Range<u32>) -> u64 {
    shard.clone().map(|vacancy| field.pairs_of(vacancy as usize)).sum()
}
