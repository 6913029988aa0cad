//! What the methods record before their answer goes out: nothing that reads or ranks people is sent without its entry.

use super::{access_layer::Allowed, requests::AskedRanking, status};
use crate::domain::{Caller, Candidate};
use crate::engine::{
    Engine, EngineError,
    decisions::{Decided, Decision, Recording},
    matching::{Match, MatchList, Subject},
};
use crate::rank::pool::ExclusionReason;
use crate::wire::v1;
use std::collections::BTreeSet;
use tonic::{Request, Status};

/// Who calls. The layer around every method says it; without one only this process can call.
pub(super) fn caller<T>(request: &Request<T>) -> Caller {
    request.extensions().get::<Caller>().cloned().unwrap_or_else(Caller::embedded_advisor)
}

/// Records a decision; its id.
pub(super) fn record(engine: &Engine, decision: &Decision<'_>) -> Result<String, Status> {
    engine.record(decision).map_err(status::from_engine)
}

/// Hands a list over to be recorded, while each match of it is put into words.
pub(super) fn begin<W: Send>(
    engine: &Engine,
    decision: &Decision<'_>,
    matches: &[Match],
    words: impl Fn(&Match) -> W + Sync + Send,
) -> Result<(Recording, Vec<W>), Status> {
    engine.begin_record_beside(decision, matches, words).map_err(status::from_engine)
}

/// Waits for the entry of an answer that is ready to go out; its id.
pub(super) fn finish(recording: Recording) -> Result<String, Status> {
    recording.wait().map_err(status::from_engine)
}

/// Records people who were shown, in their order, from a place on; 0: in no order.
pub(super) fn shown<'a>(
    engine: &Engine,
    caller: &Caller,
    method: &str,
    people: impl Iterator<Item = &'a str>,
    first: usize,
) -> Result<String, Status> {
    let place = |at: usize| if first == 0 { 0 } else { first + at };
    let people = people.enumerate().map(|(at, id)| Decided::Shown(id, place(at))).collect();
    record(engine, &Decision { people, ..Decision::of(caller, method) })
}

/// Records that somebody is about to be deleted, where there is such a person. Afterwards they may be purged already, and would
/// stand in the record again.
pub(super) fn deletion(
    engine: &Engine,
    caller: &Caller,
    method: &str,
    id: &str,
    allowed: &Allowed,
) -> Result<(), Status> {
    let found = engine.get_within::<Candidate>(id, &allowed.within);
    if matches!(found, Err(EngineError::NotFound { .. } | EngineError::Invalid(_))) {
        return Ok(());
    }
    let people = vec![Decided::Asked(id)];
    record(engine, &Decision { people, ..Decision::of(caller, method) }).map(drop)
}

/// Records that decisions were read back: whom they name was looked at once more.
pub(super) fn read_back<'a>(
    engine: &Engine,
    caller: &Caller,
    method: &str,
    decisions: impl Iterator<Item = &'a v1::Decision>,
) -> Result<(), Status> {
    let (mut people, mut asked) = (BTreeSet::new(), Vec::new());
    for decision in decisions {
        people.extend(decision.people.iter().map(|one| one.candidate.as_str()).filter(|id| !id.is_empty()));
        asked.push(("id", decision.id.clone()));
    }
    let people = people.into_iter().map(|id| Decided::Shown(id, 0)).collect();
    record(engine, &Decision { people, asked, ..Decision::of(caller, method) }).map(drop)
}

/// A ranking as it was asked for, about nobody yet.
pub(super) fn ranking<'a>(caller: &'a Caller, method: &'a str, asked: &AskedRanking) -> Decision<'a> {
    let options = &asked.options;
    let own = [
        (!options.travel_minutes.is_empty())
            .then(|| ("travel_times", options.travel_minutes.len().to_string())),
        options.profile.clone().map(|name| ("profile", name)),
    ];
    Decision {
        purpose: asked.purpose,
        as_of: Some(options.as_of),
        own_weights: asked.own_weights,
        asked: own.into_iter().flatten().collect(),
        ..Decision::of(caller, method)
    }
}

/// What came of a ranking, added to what was asked.
pub(super) fn with_list<'a>(decision: Decision<'a>, found: &'a MatchList) -> Decision<'a> {
    let mut people = decision.people;
    people.extend(found.matches.iter().map(Decided::Matched));
    Decision {
        people,
        change: found.change,
        taxonomy: &found.taxonomy.fingerprint,
        considered: found.considered as u64,
        excluded: excluded(&found.excluded),
        ..decision
    }
}

fn excluded(counted: &[(ExclusionReason, usize)]) -> Vec<(String, u64)> {
    counted.iter().map(|(reason, count)| (reason.name().to_owned(), *count as u64)).collect()
}

/// The id of what is stored; empty for what came with the request.
pub(super) fn stored_id<T>(subject: &Subject<T>) -> &str {
    match subject {
        Subject::Stored(id) => id,
        Subject::Inline(_) => "",
    }
}
