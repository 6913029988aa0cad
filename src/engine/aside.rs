//! A record that cannot be ranked without a fault of the program is set aside, and everybody else is ranked.
//!
//! It is left out of every list and counted there as a damaged record, and `passend check` names it. It is tried again as
//! soon as it is written anew, and by the next version of the program.

use super::{
    Engine, EngineError,
    matching::{self, Place, RankingOptions, Subject},
    population::{Entry, Population},
    quarantine,
};
use crate::domain::{
    Candidate, Date, Vacancy,
    text::{CandidateId, VacancyId},
};
use crate::rank::{CandidateFacts, VacancyFacts};
use crate::store::{ChangeNumber, Quarantined, RecordId, Snapshot};
use std::{
    collections::BTreeSet,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
};

/// What the entries of set aside records say of their table.
const TABLE: &str = "scoring";
/// How often somebody is set aside for one request before it is given up.
const TRIES: usize = 3;

impl Engine {
    /// Does a ranking; where it ends in a fault, whoever `suspects` finds is set aside and it is done again.
    pub(super) fn without_faults<T>(
        &self,
        ranking: impl Fn() -> Result<T, EngineError>,
        suspects: impl Fn(&Population) -> Result<Vec<(RecordId, ChangeNumber)>, EngineError>,
    ) -> Result<T, EngineError> {
        for _ in 0..TRIES {
            // What a ranking reads is never left half changed: it changes nothing but memories of finished work.
            if let Ok(outcome) = catch_unwind(AssertUnwindSafe(&ranking)) {
                return outcome;
            }
            let found = suspects(&self.population())?;
            if found.is_empty() {
                break;
            }
            self.set_aside(&found);
        }
        Err(EngineError::Fault("a ranking ended in a fault that no single record explains".to_owned()))
    }

    /// Which candidates cannot be ranked for a vacancy, or the vacancy itself where most cannot.
    pub(super) fn suspects_for_vacancy(
        &self,
        population: &Population,
        subject: &Subject<Vacancy>,
        options: &RankingOptions,
    ) -> Result<Vec<(RecordId, ChangeNumber)>, EngineError> {
        let vacancy = self.entry_of(subject, population)?;
        let profiles = self.profiles_for(options)?;
        let entries = population.candidates.entries();
        let failing = self.of_each(entries.iter().collect(), |candidate: &Arc<Entry<CandidateFacts>>| {
            let travel = matching::travel_minutes(options, candidate.facts().id().as_str());
            fails(|| matching::matched(Place::ALONE, &vacancy, candidate, travel, profiles.choice(), options))
        });
        let own: (RecordId, _) = (vacancy.facts().id().clone().into(), ChangeNumber(vacancy.version()));
        let others =
            entries.iter().map(|entry| (entry.facts().id().clone().into(), ChangeNumber(entry.version())));
        Ok(culprits(own, matches!(subject, Subject::Stored(_)), others, &failing))
    }

    /// Which vacancies cannot be ranked for a candidate, or the candidate where most cannot.
    pub(super) fn suspects_for_candidate(
        &self,
        population: &Population,
        subject: &Subject<Candidate>,
        options: &RankingOptions,
    ) -> Result<Vec<(RecordId, ChangeNumber)>, EngineError> {
        let candidate = self.entry_of(subject, population)?;
        let profiles = self.profiles_for(options)?;
        let entries = population.vacancies.entries();
        let failing = self.of_each(entries.iter().collect(), |vacancy: &Arc<Entry<VacancyFacts>>| {
            let travel = matching::travel_minutes(options, vacancy.facts().id().as_str());
            fails(|| matching::matched(Place::ALONE, vacancy, &candidate, travel, profiles.choice(), options))
        });
        let own: (RecordId, _) = (candidate.facts().id().clone().into(), ChangeNumber(candidate.version()));
        let others =
            entries.iter().map(|entry| (entry.facts().id().clone().into(), ChangeNumber(entry.version())));
        Ok(culprits(own, matches!(subject, Subject::Stored(_)), others, &failing))
    }

    /// Sets aside whoever cannot be ranked for a vacancy on a day, or the vacancy itself; whether there is somebody.
    ///
    /// # Errors
    /// When the vacancy is gone.
    pub fn set_aside_for_vacancy(&self, id: &VacancyId, as_of: Date) -> Result<bool, EngineError> {
        let options = RankingOptions::on(as_of);
        let subject = Subject::Stored(id.to_string());
        let found = self.suspects_for_vacancy(&self.population(), &subject, &options)?;
        self.set_aside(&found);
        Ok(!found.is_empty())
    }

    /// Sets aside what a candidate cannot be ranked for on a day, or the candidate; whether there is something.
    ///
    /// # Errors
    /// When the candidate is gone.
    pub fn set_aside_for_candidate(&self, id: &CandidateId, as_of: Date) -> Result<bool, EngineError> {
        let options = RankingOptions::on(as_of);
        let subject = Subject::Stored(id.to_string());
        let found = self.suspects_for_candidate(&self.population(), &subject, &options)?;
        self.set_aside(&found);
        Ok(!found.is_empty())
    }

    fn set_aside(&self, records: &[(RecordId, ChangeNumber)]) {
        for (id, version) in records {
            tracing::error!(%id, change = version.0, "a record is set aside: ranking it ends in a fault");
            if let Err(error) = keep(&self.folder, id, *version) {
                tracing::error!(%error, "it is not noted that a record is set aside; the next start tries it again");
            }
        }
        let mut population = self.population_mut();
        for (id, version) in records {
            population.set_aside(id, *version);
        }
    }
}

fn fails<T>(work: impl FnOnce() -> T) -> bool {
    catch_unwind(AssertUnwindSafe(work)).is_err()
}

/// Whoever fails; the one side that all pairs share where most of them do.
fn culprits(
    own: (RecordId, ChangeNumber),
    is_stored: bool,
    others: impl Iterator<Item = (RecordId, ChangeNumber)>,
    failing: &[bool],
) -> Vec<(RecordId, ChangeNumber)> {
    let failed = failing.iter().filter(|fails| **fails).count();
    if failed > 1 && 2 * failed > failing.len() {
        return if is_stored { vec![own] } else { Vec::new() };
    }
    others.zip(failing).filter(|(_, fails)| **fails).map(|(other, _)| other).collect()
}

fn keep(folder: &Path, id: &RecordId, version: ChangeNumber) -> io::Result<()> {
    let entry = Quarantined {
        table: TABLE,
        id: Some(id.clone()),
        key: version.0.to_be_bytes().to_vec(),
        value: env!("CARGO_PKG_VERSION").as_bytes().to_vec(),
    };
    quarantine::keep(folder, version.0, &[entry]).map(drop)
}

/// The records that were set aside by this version of the program and were not written since.
pub(super) fn of_folder(
    folder: &Path,
    snapshot: &dyn Snapshot,
) -> io::Result<BTreeSet<(RecordId, ChangeNumber)>> {
    let mut aside = BTreeSet::new();
    for (id, entry) in quarantine::read_all(folder)? {
        if entry.table != TABLE || entry.value != env!("CARGO_PKG_VERSION").as_bytes() {
            continue;
        }
        let Ok(version) = <[u8; 8]>::try_from(&entry.key[..]) else { continue };
        let version = ChangeNumber(u64::from_be_bytes(version));
        if snapshot.get(&id).is_ok_and(|record| record.is_some_and(|record| record.version == version)) {
            aside.insert((id, version));
        }
    }
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::matching::ListOptions;
    use crate::engine::{CheckFinding, EngineOptions, Upsert, check};
    use crate::rank::pool::{Closed, ExclusionReason};
    use crate::wire::v1;

    fn engine(folder: &Path) -> std::sync::Arc<Engine> {
        let folder = folder.to_owned();
        Engine::open(&EngineOptions { folder, threads: 2, ..EngineOptions::default() }).unwrap()
    }

    fn upsert<P>(proto: P) -> Upsert<P> {
        let today = jiff::civil::date(2026, 11, 22);
        Upsert {
            proto,
            mask: None,
            etag: String::new(),
            request_id: String::new(),
            organisation: None,
            within: None,
            today,
        }
    }

    fn options() -> RankingOptions {
        RankingOptions::on(jiff::civil::date(2026, 11, 22))
    }

    fn list() -> ListOptions {
        ListOptions { page_size: 20, after: None, closed: Closed::LeftOut, passes: None }
    }

    #[test]
    fn one_record_that_ends_every_ranking_in_a_fault_is_set_aside_and_counted_and_the_others_are_ranked() {
        let folder = tempfile::tempdir().unwrap();
        let own = engine(folder.path());
        let title = "Kok".to_owned();
        own.upsert::<Vacancy>(&upsert(v1::Vacancy { id: "v-1".to_owned(), title, ..Default::default() }))
            .unwrap();
        let culprit = crate::rank::FAILS_IN_TESTS;
        for id in ["k-1", "k-2", "k-3", culprit] {
            own.upsert::<Candidate>(&upsert(v1::Candidate { id: id.to_owned(), ..Default::default() }))
                .unwrap();
        }
        let assert_others = |engine: &Engine| {
            let subject = Subject::Stored("v-1".to_owned());
            let found = engine.match_candidates(&subject, &options(), &list()).unwrap();
            let mut ids: Vec<_> = found.matches.iter().map(|found| found.candidate.clone()).collect();
            ids.sort();
            assert_eq!(ids, ["k-1", "k-2", "k-3"]);
            assert_eq!(found.excluded, [(ExclusionReason::RecordDamaged, 1)]);
        };
        assert_others(&own);
        drop(own);
        // A start does not try it again, and a check names it.
        let own = engine(folder.path());
        assert_eq!(own.population().candidates.damaged_count(), 1);
        assert_others(&own);
        drop(own);
        let findings = check(folder.path()).unwrap().unwrap().findings;
        assert_eq!(findings, [CheckFinding::SetAside(format!("candidate {culprit}"))]);
        // Written anew, it is tried again; erased, nothing of it is left.
        let own = engine(folder.path());
        let words = "anders".to_owned();
        let anew = v1::Candidate { id: culprit.to_owned(), presentation: words, ..Default::default() };
        own.upsert::<Candidate>(&upsert(anew)).unwrap();
        assert_eq!(own.population().candidates.damaged_count(), 0);
        assert_others(&own);
        let proof = own.erase_person(culprit, true).unwrap().proof.unwrap();
        assert_eq!(proof.left, []);
        drop(own);
        assert!(check(folder.path()).unwrap().unwrap().findings.is_empty());
    }

    #[test]
    fn where_most_pairs_fail_it_is_the_side_that_they_share() {
        let id = |text: &str| {
            (RecordId::from(crate::domain::text::CandidateId::new(text).unwrap()), ChangeNumber(1))
        };
        let others = || ["a", "b", "c"].into_iter().map(id);
        assert_eq!(culprits(id("own"), true, others(), &[false, true, false]), [id("b")]);
        assert_eq!(culprits(id("own"), true, others(), &[true, true, false]), [id("own")]);
        assert_eq!(culprits(id("own"), false, others(), &[true, true, true]), []);
        assert_eq!(culprits(id("own"), true, ["a"].into_iter().map(id), &[true]), [id("a")]);
    }
}
