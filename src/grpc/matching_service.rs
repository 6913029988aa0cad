//! `passend.v1.MatchingService`.

use super::{
    advice_answer,
    bridge::Bridge,
    decision_log, explanation, match_answer, page, profile_questions, recognition_answer,
    requests::{self, CandidateChoice, Narrowing, VacancyChoice},
    search_answer, status, today,
};
use crate::domain::{Candidate, Vacancy};
use crate::engine::{
    decisions::{Decided, Decision},
    matching::{ListOptions, Passes, Subject},
    search::{PoolScope, Search},
};
use crate::rank::{pool::Closed, profile::AppliedProfile};
use crate::wire::{Reader, read, sent, v1};
use prost::Message;
use tonic::{Request, Response, Status};
use v1::{
    explain_match_request::{CandidateSubject, VacancySubject},
    match_candidates_request, match_vacancies_request,
    matching_service_server::MatchingService,
};

/// The service.
#[derive(Clone, Debug)]
pub(super) struct Matching {
    bridge: Bridge,
}

impl Matching {
    pub(super) fn new(bridge: Bridge) -> Self {
        Self { bridge }
    }
}

#[tonic::async_trait]
impl MatchingService for Matching {
    async fn match_candidates(
        &self,
        request: Request<v1::MatchCandidatesRequest>,
    ) -> Result<Response<sent::MatchCandidatesResponse>, Status> {
        let caller = decision_log::caller(&request);
        let mut request = request.into_inner();
        let token = std::mem::take(&mut request.page_token);
        let asked_size = std::mem::take(&mut request.page_size);
        let fingerprint = page::fingerprint("MatchCandidates", &request);
        let (subject, asked, size, narrowing) = requests::read(|r| {
            use match_candidates_request::Subject as Sent;
            let subject = match &request.subject {
                Some(Sent::VacancyId(id)) => requests::stored(r, "vacancy_id", id),
                Some(Sent::Vacancy(vacancy)) => vacancy_inline(r, vacancy),
                None => requests::missing_subject(r, "vacancy_id", "vacancy"),
            };
            let asked =
                requests::ranking_options(r, request.options.as_ref(), requests::OtherSide::Candidate);
            let size = r.page_size("page_size", asked_size, page::MATCHES);
            let narrowing = Narrowing::read(
                r,
                request.labour_market_region,
                request.sbi_code,
                &request.caseload,
                &request.organisation,
            );
            Some((subject?, asked?, size? as usize, narrowing?))
        })?;
        let list = list(size, page::cursor(fingerprint, &token)?, request.include_closed, narrowing);
        let answer = self
            .bridge
            .score(move |engine| {
                let found =
                    engine.match_candidates(&subject, &asked.options, &list).map_err(status::from_engine)?;
                let asked_for = Decision {
                    vacancy: decision_log::stored_id(&subject),
                    ..decision_log::ranking(&caller, "MatchCandidates", &asked)
                };
                let words = match_answer::Words::of_list(engine, &asked);
                let decision = decision_log::with_list(asked_for, &found);
                let (recording, matches) = decision_log::begin(engine, &decision, &found.matches, |found| {
                    words.of_match(found).encode_to_vec()
                })?;
                let answer = v1::MatchCandidatesResponse {
                    matches: Vec::new(),
                    profile: found.profile.as_ref().map(|profile| {
                        match_answer::profile(&AppliedProfile::of(profile), asked.own_weights)
                    }),
                    as_of: Some(match_answer::date(asked.options.as_of)),
                    considered: found.considered as u64,
                    excluded: words.excluded(&found.excluded),
                    tied_beyond: found.tied_beyond as u64,
                    data_change_number: found.change,
                    next_page_token: page::cursor_token(fingerprint, found.next.as_ref()),
                    taxonomy: Some(recognition_answer::taxonomy(found.taxonomy)),
                    decision_id: decision_log::finish(recording)?,
                };
                Ok(sent::Listed { matches, answer })
            })
            .await?;
        Ok(Response::new(answer))
    }

    async fn match_vacancies(
        &self,
        request: Request<v1::MatchVacanciesRequest>,
    ) -> Result<Response<sent::MatchVacanciesResponse>, Status> {
        let caller = decision_log::caller(&request);
        let mut request = request.into_inner();
        let token = std::mem::take(&mut request.page_token);
        let asked_size = std::mem::take(&mut request.page_size);
        let fingerprint = page::fingerprint("MatchVacancies", &request);
        let (subject, asked, size, narrowing, tracks) = requests::read(|r| {
            use match_vacancies_request::Subject as Sent;
            let subject = match &request.subject {
                Some(Sent::CandidateId(id)) => requests::stored(r, "candidate_id", id),
                Some(Sent::Candidate(candidate)) => candidate_inline(r, candidate),
                None => requests::missing_subject(r, "candidate_id", "candidate"),
            };
            let asked = requests::ranking_options(r, request.options.as_ref(), requests::OtherSide::Vacancy);
            let size = r.page_size("page_size", asked_size, page::MATCHES);
            let narrowing = Narrowing::read(
                r,
                request.labour_market_region,
                request.sbi_code,
                &request.caseload,
                &request.organisation,
            );
            let tracks = requests::tracks(r, request.track);
            Some((subject?, asked?, size? as usize, narrowing?, tracks?))
        })?;
        let list = list(size, page::cursor(fingerprint, &token)?, request.include_closed, narrowing);
        let answer = self
            .bridge
            .score(move |engine| {
                let found = engine
                    .match_vacancies(&subject, tracks, &asked.options, &list)
                    .map_err(status::from_engine)?;
                let asked_for = Decision {
                    people: vec![Decided::Asked(decision_log::stored_id(&subject))],
                    ..decision_log::ranking(&caller, "MatchVacancies", &asked)
                };
                let words = match_answer::Words::of_list(engine, &asked);
                let decision = decision_log::with_list(asked_for, &found);
                let (recording, matches) = decision_log::begin(engine, &decision, &found.matches, |found| {
                    let profile = Some(match_answer::profile(&found.profile, asked.own_weights));
                    v1::Match { profile, ..words.of_match(found) }.encode_to_vec()
                })?;
                let answer = v1::MatchVacanciesResponse {
                    matches: Vec::new(),
                    tracks: advice_answer::tracks(&found.tracks),
                    as_of: Some(match_answer::date(asked.options.as_of)),
                    considered: found.considered as u64,
                    excluded: words.excluded(&found.excluded),
                    tied_beyond: found.tied_beyond as u64,
                    data_change_number: found.change,
                    next_page_token: page::cursor_token(fingerprint, found.next.as_ref()),
                    taxonomy: Some(recognition_answer::taxonomy(found.taxonomy)),
                    decision_id: decision_log::finish(recording)?,
                };
                Ok(sent::Listed { matches, answer })
            })
            .await?;
        Ok(Response::new(answer))
    }

    async fn explain_match(
        &self,
        request: Request<v1::ExplainMatchRequest>,
    ) -> Result<Response<v1::ExplainMatchResponse>, Status> {
        let caller = decision_log::caller(&request);
        let request = request.into_inner();
        let (candidate, vacancy, asked, tries, audience) = requests::read(|r| {
            let candidate = match &request.candidate_subject {
                Some(CandidateSubject::CandidateId(id)) => requests::stored(r, "candidate_id", id),
                Some(CandidateSubject::Candidate(candidate)) => candidate_inline(r, candidate),
                None => requests::missing_subject(r, "candidate_id", "candidate"),
            };
            let vacancy = match &request.vacancy_subject {
                Some(VacancySubject::VacancyId(id)) => requests::stored(r, "vacancy_id", id),
                Some(VacancySubject::Vacancy(vacancy)) => vacancy_inline(r, vacancy),
                None => requests::missing_subject(r, "vacancy_id", "vacancy"),
            };
            let asked =
                requests::ranking_options(r, request.options.as_ref(), requests::OtherSide::Candidate);
            let tries = explanation::tries(r, &request);
            let audience = explanation::audience(r, request.audience);
            Some((candidate?, vacancy?, asked?, tries?, audience?))
        })?;
        let answer = self
            .bridge
            .score(move |engine| {
                let explained = engine
                    .explain_match(&candidate, &vacancy, &asked.options, &tries)
                    .map_err(status::from_engine)?;
                let decision = Decision {
                    vacancy: decision_log::stored_id(&vacancy),
                    people: vec![Decided::Matched(&explained.matched)],
                    change: explained.change,
                    taxonomy: &explained.taxonomy.fingerprint,
                    ..decision_log::ranking(&caller, "ExplainMatch", &asked)
                };
                let decision_id = decision_log::record(engine, &decision)?;
                let words = match_answer::Words::for_audience(engine, asked.language, audience);
                Ok(explanation::answer(&words, explained, &asked, decision_id))
            })
            .await?;
        Ok(Response::new(answer))
    }

    async fn list_profile_questions(
        &self,
        request: Request<v1::ListProfileQuestionsRequest>,
    ) -> Result<Response<v1::ListProfileQuestionsResponse>, Status> {
        let caller = decision_log::caller(&request);
        let asked = profile_questions::read(request.into_inner())?;
        let answer =
            self.bridge.score(move |engine| profile_questions::answer(engine, &asked, &caller)).await?;
        Ok(Response::new(answer))
    }

    async fn search_candidates(
        &self,
        request: Request<v1::SearchCandidatesRequest>,
    ) -> Result<Response<v1::SearchCandidatesResponse>, Status> {
        let caller = decision_log::caller(&request);
        let mut request = request.into_inner();
        let token = std::mem::take(&mut request.page_token);
        let asked_size = std::mem::take(&mut request.page_size);
        let fingerprint = page::fingerprint("SearchCandidates", &request);
        let (size, choice, fragments) = requests::read(|r| {
            requests::search_text(r, &request.query);
            let size = r.page_size("page_size", asked_size, page::MATCHES);
            let choice = CandidateChoice::read(r, request.filter.as_ref());
            let fragments = requests::fragment_limit(r, request.fragment_limit);
            Some((size? as usize, choice?, fragments?))
        })?;
        let search = Search {
            statuses: choice.statuses.iter().map(|s| crate::engine::search::candidate_status(*s)).collect(),
            offset: page::offset(fingerprint, &token)?,
            limit: size,
            fragments,
            min_change: request.min_change_number,
            pool: scope(request.include_closed),
            ..choice.narrowing.search(request.query)
        };
        let answer = self
            .bridge
            .store(move |engine| {
                let found = engine.search_candidates(&search).map_err(status::from_engine)?;
                let people = found.results.hits.iter().map(|hit| hit.id.as_str());
                decision_log::shown(engine, &caller, "SearchCandidates", people, search.offset + 1)?;
                Ok(search_answer::candidates(&search, found, fingerprint))
            })
            .await?;
        Ok(Response::new(answer))
    }

    async fn search_vacancies(
        &self,
        request: Request<v1::SearchVacanciesRequest>,
    ) -> Result<Response<v1::SearchVacanciesResponse>, Status> {
        let mut request = request.into_inner();
        let token = std::mem::take(&mut request.page_token);
        let asked_size = std::mem::take(&mut request.page_size);
        let fingerprint = page::fingerprint("SearchVacancies", &request);
        let (size, choice, fragments) = requests::read(|r| {
            requests::search_text(r, &request.query);
            let size = r.page_size("page_size", asked_size, page::MATCHES);
            let choice = VacancyChoice::read(r, request.filter.as_ref());
            let fragments = requests::fragment_limit(r, request.fragment_limit);
            Some((size? as usize, choice?, fragments?))
        })?;
        let search = Search {
            statuses: choice.statuses.iter().map(|s| crate::engine::search::vacancy_status(*s)).collect(),
            offset: page::offset(fingerprint, &token)?,
            limit: size,
            fragments,
            min_change: request.min_change_number,
            pool: scope(request.include_closed),
            ..choice.narrowing.search(request.query)
        };
        let today = today();
        let answer = self
            .bridge
            .store(move |engine| {
                let found = engine.search_vacancies(&search).map_err(status::from_engine)?;
                search_answer::vacancies(engine, &search, found, fingerprint, today)
                    .map_err(status::from_engine)
            })
            .await?;
        Ok(Response::new(answer))
    }
}

pub(super) fn candidate_inline(r: &mut Reader, candidate: &v1::Candidate) -> Option<Subject<Candidate>> {
    let candidate = r.inside("candidate", |r| read::candidate(r, candidate))?;
    Some(Subject::Inline(Box::new(candidate)))
}

pub(super) fn vacancy_inline(r: &mut Reader, vacancy: &v1::Vacancy) -> Option<Subject<Vacancy>> {
    let vacancy = r.inside("vacancy", |r| read::vacancy(r, vacancy))?;
    Some(Subject::Inline(Box::new(vacancy)))
}

fn list(
    page_size: usize,
    after: Option<crate::rank::order::Cursor>,
    include_closed: bool,
    narrowing: Narrowing,
) -> ListOptions {
    ListOptions {
        page_size,
        after,
        closed: if include_closed { Closed::Included } else { Closed::LeftOut },
        passes: (narrowing != Narrowing::default())
            .then(|| -> Passes { Box::new(move |labels| narrowing.passes(labels)) }),
    }
}

fn scope(include_closed: bool) -> PoolScope {
    if include_closed { PoolScope::Everybody } else { PoolScope::InPool }
}
