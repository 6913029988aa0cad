//! A fault of the program while one record has its turn: it is told whose, so that the record can be set aside and everybody
//! else is ranked.

use std::panic::{self, AssertUnwindSafe};

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// A vacancy's, by its number, against people.
    Vacancy(u32),
    /// A person's, by the number, against vacancies.
    Person(u32),
}

/// Does the work of a turn. A panic in it goes on with the turn as its payload.
pub(super) fn during<T>(turn: Turn, work: impl FnOnce() -> T) -> T {
    // What was half made is dropped with the shard.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| panic::resume_unwind(Box::new(turn)))
}

#[cfg(test)]
mod tests {
    use crate::batch::{Crew, Order, RunOptions, Runs, Scope, State};
    use crate::domain::{Candidate, Vacancy};
    use crate::engine::{CheckFinding, Engine, EngineOptions, Upsert, check};
    use crate::rank::FAILS_IN_TESTS;
    use crate::wire::v1;
    use jiff::civil::date;
    use std::{path::Path, sync::Arc};

    fn engine(folder: &Path) -> Arc<Engine> {
        let folder = folder.to_owned();
        Engine::open(&EngineOptions { folder, threads: 2, ..EngineOptions::default() }).unwrap()
    }

    fn upsert<P>(proto: P) -> Upsert<P> {
        let (etag, request_id, today) = (String::new(), String::new(), date(2026, 11, 22));
        Upsert { proto, mask: None, etag, request_id, organisation: None, within: None, today }
    }

    /// The end of a night and who is in it.
    fn night(engine: &Arc<Engine>, changed_only: bool) -> (State, Vec<String>) {
        let crew = Crew { threads: 2, gives_way: false };
        let runs = Runs::open(Arc::clone(engine), RunOptions { crew, ..RunOptions::default() }).unwrap();
        let (as_of, request_id) = (date(2026, 11, 22), String::new());
        let order = Order { scope: Scope::default(), changed_only, as_of, request_id, scheduled: false };
        let id = runs.start(order).unwrap().id;
        let ended = loop {
            let run = runs.get(&id).unwrap();
            if !run.state.is_active() {
                break run;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        };
        let night = engine.nights().night(Some(as_of), None).unwrap();
        let mut people: Vec<String> = night.people().iter().map(ToString::to_string).collect();
        people.sort();
        (ended.state, people)
    }

    #[test]
    fn a_record_that_ends_a_run_in_a_fault_is_set_aside_and_everybody_else_is_ranked() {
        let folder = tempfile::tempdir().unwrap();
        let own = engine(folder.path());
        let add = |id: &str| {
            let person = v1::Candidate { id: id.to_owned(), ..Default::default() };
            own.upsert::<Candidate>(&upsert(person)).unwrap();
        };
        for id in ["v-1", "v-2"] {
            let vacancy = v1::Vacancy { id: id.to_owned(), title: "Kok".to_owned(), ..Default::default() };
            own.upsert::<Vacancy>(&upsert(vacancy)).unwrap();
        }
        ["k-1", "k-2", FAILS_IN_TESTS].into_iter().for_each(add);
        assert_eq!(night(&own, false), (State::Done, vec!["k-1".to_owned(), "k-2".to_owned()]));
        // Written anew, it is tried again; a night of only what changed does without it just so.
        [FAILS_IN_TESTS, "k-3"].into_iter().for_each(add);
        let others = ["k-1", "k-2", "k-3"].map(str::to_owned).to_vec();
        assert_eq!(night(&own, true), (State::Done, others));
        drop(own);
        let findings = check(folder.path()).unwrap().unwrap().findings;
        assert_eq!(findings, [CheckFinding::SetAside(format!("candidate {FAILS_IN_TESTS}"))]);
    }
}
