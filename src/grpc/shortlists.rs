//! `GetShortlist` and `ListShortlistChanges`: the lists of the nights, and what changed between two.

use super::{
    decision_log,
    match_answer::{self, Words, date},
    page, requests, status,
};
use crate::domain::{
    Caller, Date,
    text::{CandidateId, VacancyId},
};
use crate::engine::{
    Engine,
    decisions::{Decided, Decision},
    shortlists::{ChangePlace, ChangesAsked, ListChanges, Shortlist, ShortlistOf},
};
use crate::exchange::TextLanguage;
use crate::night::{ListChange, Move, NightCounts, NightHead};
use crate::wire::{Reader, read::common, v1};
use tonic::Status;

/// Changes on a page when none is asked.
const CHANGES: u32 = 100;

/// What is asked of a list.
#[derive(Clone, Debug)]
pub(super) struct AskedShortlist {
    of: ShortlistOf,
    night: Option<Date>,
    language: TextLanguage,
}

/// What is asked of the changes.
#[derive(Clone, Debug)]
pub(super) struct AskedChanges {
    asked: ChangesAsked,
    language: TextLanguage,
    fingerprint: [u8; 8],
}

/// Reads the request for a list.
pub(super) fn read_shortlist(request: &v1::GetShortlistRequest) -> Result<AskedShortlist, Status> {
    requests::read(|r| {
        use v1::get_shortlist_request::Subject;
        let of = match &request.subject {
            Some(Subject::VacancyId(id)) => {
                let valid = r.valid("vacancy_id", VacancyId::new(id));
                valid.map(|id| ShortlistOf::Vacancy(id.as_str().to_owned()))
            }
            Some(Subject::CandidateId(id)) => {
                let valid = r.valid("candidate_id", CandidateId::new(id));
                valid.map(|id| ShortlistOf::Candidate(id.as_str().to_owned()))
            }
            None => {
                r.refuse("vacancy_id", "nothing says whose list", "give vacancy_id or candidate_id");
                None
            }
        };
        let night = day(r, "night", request.night.as_ref());
        let language = requests::text_language(r, &request.text_language);
        Some(AskedShortlist { of: of?, night: night?, language: language? })
    })
}

/// The answer.
pub(super) fn shortlist(
    engine: &Engine,
    asked: &AskedShortlist,
    caller: &Caller,
) -> Result<v1::GetShortlistResponse, Status> {
    let found = engine.shortlist(&asked.of, asked.night, super::today()).map_err(status::from_engine)?;
    let words = Words::new(engine, asked.language);
    let Shortlist { matches, head, counts, considered, tied_beyond } = found;
    let (vacancy, person) = match &asked.of {
        ShortlistOf::Vacancy(id) => (id.as_str(), None),
        ShortlistOf::Candidate(id) => ("", Some(Decided::Asked(id))),
    };
    let decision = Decision {
        vacancy,
        as_of: Some(head.as_of),
        change: head.change,
        asked: vec![("run", head.run.clone())],
        considered: considered.unwrap_or_default(),
        people: person.into_iter().chain(matches.iter().map(Decided::Matched)).collect(),
        ..Decision::of(caller, "GetShortlist")
    };
    let decision_id = decision_log::record(engine, &decision)?;
    let matches = matches.iter().map(|found| v1::Match {
        profile: Some(match_answer::profile(&found.profile, false)),
        ..words.of_match(found)
    });
    Ok(v1::GetShortlistResponse {
        matches: matches.collect(),
        night: Some(date(head.as_of)),
        made_with: Some(night(&head, &counts)),
        decision_id,
        considered: considered.unwrap_or_default(),
        tied_beyond: tied_beyond.unwrap_or_default(),
    })
}

/// Reads the request for changes.
pub(super) fn read_changes(mut request: v1::ListShortlistChangesRequest) -> Result<AskedChanges, Status> {
    let token = std::mem::take(&mut request.page_token);
    let asked_size = std::mem::take(&mut request.page_size);
    let fingerprint = page::fingerprint("ListShortlistChanges", &request);
    let (from, to, size, language, vacancy) = requests::read(|r| {
        let from = day(r, "from_night", request.from_night.as_ref());
        let to = day(r, "to_night", request.to_night.as_ref());
        let size = r.page_size("page_size", asked_size, CHANGES);
        let language = requests::text_language(r, &request.text_language);
        let vacancy = r.parsed("vacancy_id", &request.vacancy_id, VacancyId::new);
        Some((from?, to?, size? as usize, language?, vacancy))
    })?;
    let vacancy = vacancy.map(|id| id.as_str().to_owned());
    let after = page::change_place(fingerprint, &token)?;
    let asked = ChangesAsked { from, to, vacancy, page_size: size, after };
    Ok(AskedChanges { asked, language, fingerprint })
}

/// The answer.
pub(super) fn changes(
    engine: &Engine,
    asked: &AskedChanges,
    caller: &Caller,
) -> Result<v1::ListShortlistChangesResponse, Status> {
    let found = engine.shortlist_changes(&asked.asked).map_err(status::from_engine)?;
    let words = Words::new(engine, asked.language);
    let ListChanges { changes, from, to, next } = found;
    let people = changes.iter().map(|change| Decided::Told {
        candidate: &change.candidate,
        vacancy: &change.vacancy,
        rank: change.after.into(),
        told: kind(change.kind).as_str_name().to_owned(),
    });
    let decision = Decision {
        as_of: Some(to.as_of),
        change: to.change,
        people: people.collect(),
        ..Decision::of(caller, "ListShortlistChanges")
    };
    decision_log::record(engine, &decision)?;
    Ok(v1::ListShortlistChangesResponse {
        changes: changes.iter().map(|one| change(one, &words)).collect(),
        next_page_token: page::change_token(asked.fingerprint, next.as_ref()),
        from_night: Some(date(from.as_of)),
        to_night: Some(date(to.as_of)),
    })
}

/// What the lists of a night were made with, as the interface tells it.
pub(super) fn night(head: &NightHead, counts: &NightCounts) -> v1::Night {
    let excluded = counts
        .excluded
        .iter()
        .map(|(reason, count)| v1::NightExcluded { reason: reason.clone(), count: *count });
    v1::Night {
        as_of: Some(date(head.as_of)),
        run_id: head.run.clone(),
        labour_market_region: head.scope.region,
        sbi_code: head.scope.sbi_code,
        list_size: head.list_size.into(),
        data_change_number: head.change,
        model_version: head.model.clone(),
        vacancies: counts.vacancies,
        candidates: counts.people,
        pairs_judged: counts.pairs_judged,
        excluded: excluded.collect(),
        second_plan: head.second_plan,
    }
}

fn kind(change: Move) -> v1::ShortlistChangeKind {
    match change {
        Move::New => v1::ShortlistChangeKind::New,
        Move::Gone => v1::ShortlistChangeKind::Gone,
        Move::Up => v1::ShortlistChangeKind::Up,
        Move::Down => v1::ShortlistChangeKind::Down,
    }
}

fn change(change: &ListChange, words: &Words<'_>) -> v1::ShortlistChange {
    let reasons: Vec<v1::Reason> = change.reasons.iter().map(|reason| words.reason(reason)).collect();
    let texts: Vec<&str> = reasons.iter().map(|reason| reason.text.as_str()).collect();
    v1::ShortlistChange {
        vacancy: change.vacancy.clone(),
        candidate: change.candidate.clone(),
        kind: kind(change.kind).into(),
        rank_before: change.before.into(),
        rank_after: change.after.into(),
        reason: texts.join(" "),
        reasons,
    }
}

/// A day that may be left out; the outer `None` is a wrong one.
fn day(r: &mut Reader, field: &'static str, sent: Option<&v1::Date>) -> Option<Option<Date>> {
    match sent {
        None => Some(None),
        Some(sent) => r.inside(field, |r| common::date(r, sent)).map(Some),
    }
}

/// The bytes of a place in a token.
pub(super) fn place_bytes(place: &ChangePlace) -> Vec<u8> {
    let days = format!("{} {} {} ", place.from, place.to, place.shown);
    [days.as_bytes(), place.vacancy.as_bytes()].concat()
}

/// The place of such bytes.
pub(super) fn place_of(bytes: &[u8]) -> Option<ChangePlace> {
    let mut parts = std::str::from_utf8(bytes).ok()?.splitn(4, ' ');
    Some(ChangePlace {
        from: parts.next()?.parse().ok()?,
        to: parts.next()?.parse().ok()?,
        shown: parts.next()?.parse().ok()?,
        vacancy: parts.next()?.to_owned(),
    })
}
