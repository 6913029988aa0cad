//! `ListProfileQuestions`: which answers are worth asking for.

use super::{
    decision_log,
    match_answer::{self, Words, points, shown_id},
    matching_service::{candidate_inline, vacancy_inline},
    page, recognition_answer,
    requests::{self, AskedRanking, Narrowing, OtherSide},
    status,
};
use crate::domain::Caller;
use crate::domain::limits;
use crate::engine::decisions::{Decided, Decision};
use crate::engine::{
    Engine,
    questions::{MatchMove, ProfileQuestion, QuestionOptions, QuestionSubject},
};
use crate::wire::{Reader, v1};
use tonic::Status;
use v1::list_profile_questions_request::Subject as Sent;

/// How many matches are looked at when the request does not say.
const TOP: u32 = 20;

/// A request that was read.
#[derive(Debug)]
pub(super) struct AskedQuestions {
    subject: QuestionSubject,
    ranking: AskedRanking,
    options: QuestionOptions,
    fingerprint: [u8; 8],
}

/// Reads a request, every violation in one answer.
pub(super) fn read(mut request: v1::ListProfileQuestionsRequest) -> Result<AskedQuestions, Status> {
    let token = std::mem::take(&mut request.page_token);
    let asked_size = std::mem::take(&mut request.page_size);
    let fingerprint = page::fingerprint("ListProfileQuestions", &request);
    let offset = page::offset(fingerprint, &token)?;
    requests::read(|r| {
        let subject = subject(r, request.subject.as_ref());
        let other_side = match request.subject {
            Some(Sent::VacancyId(_) | Sent::Vacancy(_)) => OtherSide::Candidate,
            Some(Sent::CandidateId(_) | Sent::Candidate(_) | Sent::Caseload(_)) | None => OtherSide::Vacancy,
        };
        let ranking = requests::ranking_options(r, request.options.as_ref(), other_side);
        if let (Some(Sent::Caseload(_)), Some(sent)) = (&request.subject, &request.options)
            && !sent.travel_times.is_empty()
        {
            r.refuse(
                "options",
                "travel times belong to one candidate, and a caseload has many",
                "leave travel_times out",
            );
        }
        let page_size = r.page_size("page_size", asked_size, page::MATCHES);
        let most = limits::QUESTION_MATCHES;
        let top: Option<u32> =
            if request.top_size == 0 { Some(TOP) } else { r.whole("top_size", request.top_size, 1..=most) };
        let per_candidate: Option<u32> =
            r.whole("questions_per_candidate", request.questions_per_candidate, 0..=most);
        let per_candidate = Some(per_candidate? as usize).filter(|most| *most > 0);
        let options =
            QuestionOptions { top: top? as usize, per_candidate, offset, page_size: page_size? as usize };
        Some(AskedQuestions { subject: subject?, ranking: ranking?, options, fingerprint })
    })
}

fn subject(r: &mut Reader, sent: Option<&Sent>) -> Option<QuestionSubject> {
    match sent {
        Some(Sent::CandidateId(id)) => {
            requests::stored(r, "candidate_id", id).map(QuestionSubject::Candidate)
        }
        Some(Sent::Candidate(candidate)) => candidate_inline(r, candidate).map(QuestionSubject::Candidate),
        Some(Sent::VacancyId(id)) => requests::stored(r, "vacancy_id", id).map(QuestionSubject::Vacancy),
        Some(Sent::Vacancy(vacancy)) => vacancy_inline(r, vacancy).map(QuestionSubject::Vacancy),
        Some(Sent::Caseload(sent)) => r.inside("caseload", |r| caseload(r, sent)),
        None => {
            r.refuse("candidate_id", "nothing says for whom", "give a candidate, a vacancy or a caseload");
            None
        }
    }
}

fn caseload(r: &mut Reader, sent: &v1::Caseload) -> Option<QuestionSubject> {
    if sent.caseload.is_empty() && sent.organisation.is_empty() {
        r.refuse("caseload", "nothing says whose caseload", "give an advisor or team, or an organisation");
        return None;
    }
    let narrowing = Narrowing::read(r, 0, 0, &sent.caseload, &sent.organisation)?;
    Some(QuestionSubject::Caseload(Box::new(move |labels| narrowing.passes(labels))))
}

/// Answers a request.
pub(super) fn answer(
    engine: &Engine,
    asked: &AskedQuestions,
    caller: &Caller,
) -> Result<v1::ListProfileQuestionsResponse, Status> {
    let options = &asked.ranking.options;
    let found =
        engine.profile_questions(&asked.subject, options, asked.options).map_err(status::from_engine)?;
    let people = found.questions.iter().filter_map(|question| {
        Some(Decided::Told {
            candidate: question.candidate.as_deref()?,
            vacancy: question.vacancy.as_deref().unwrap_or_default(),
            rank: 0,
            told: question.question.reason.code.name().to_owned(),
        })
    });
    let decision = Decision {
        people: people.collect(),
        change: found.change,
        taxonomy: &found.taxonomy.fingerprint,
        ..decision_log::ranking(caller, "ListProfileQuestions", &asked.ranking)
    };
    decision_log::record(engine, &decision)?;
    let words = Words::new(engine, asked.ranking.language);
    let count = |number: usize| number as u64;
    Ok(v1::ListProfileQuestionsResponse {
        questions: found.questions.iter().map(|question| told(&words, question)).collect(),
        as_of: Some(match_answer::date(options.as_of)),
        candidates_looked_at: count(found.candidates),
        candidates_left_out: count(found.candidates_left_out),
        candidates_without_questions: count(found.without_questions),
        vacancies_looked_at: count(found.vacancies),
        vacancies_left_out: count(found.vacancies_left_out),
        places_left_out: whole(found.places_left_out),
        data_change_number: found.change,
        next_page_token: found.next.map_or_else(String::new, |at| page::offset_token(asked.fingerprint, at)),
        taxonomy: Some(recognition_answer::taxonomy(found.taxonomy)),
    })
}

fn told(words: &Words<'_>, found: &ProfileQuestion) -> v1::ProfileQuestion {
    let id = |id: &Option<String>| id.as_deref().map(shown_id).unwrap_or_default();
    v1::ProfileQuestion {
        question: Some(words.question(&found.question)),
        candidate: id(&found.candidate),
        vacancy: id(&found.vacancy),
        gain_total: f64::from(found.total) / 100.0,
        matches_moved: whole(found.moved),
        matches_looked_at: whole(found.looked_at),
        furthest: Some(moved(&found.furthest)),
    }
}

fn moved(furthest: &MatchMove) -> v1::MatchMove {
    let (rank, rank_after) = furthest.places.unwrap_or((0, 0));
    v1::MatchMove {
        candidate: shown_id(furthest.candidate.as_str()),
        vacancy: shown_id(&furthest.vacancy),
        score: points(furthest.score.into()),
        score_after: points(furthest.after.into()),
        rank: whole(rank),
        rank_after: whole(rank_after),
    }
}

fn whole(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
