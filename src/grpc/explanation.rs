//! What `ExplainMatch` asks and answers besides the pair: changes to try, and who reads it.

use super::{
    match_answer::{self, Words, points},
    recognition_answer,
    requests::AskedRanking,
    today,
};
use crate::domain::limits;
use crate::engine::{
    explaining::ExplainedPair,
    tries::{AskedChange, Trials, Tried, Tries},
};
use crate::rank::wording::Audience;
use crate::wire::{Reader, v1};
use v1::counterfactual::Change;

/// How many changes are found when the request does not say.
const SUGGESTIONS: u32 = 3;

/// The changes to try.
pub(super) fn tries(r: &mut Reader, request: &v1::ExplainMatchRequest) -> Option<Tries> {
    let suggestions: Option<u32> = match request.suggested_changes {
        None => Some(SUGGESTIONS),
        Some(asked) => r.whole("suggested_changes", asked, 0..=limits::SUGGESTED_CHANGES),
    };
    let asked =
        r.list_up_to(limits::COUNTERFACTUALS, "counterfactuals", &request.counterfactuals, |r, asked| {
            match &asked.change {
                Some(Change::Candidate(candidate)) => {
                    Some(AskedChange::Candidate(Box::new(candidate.clone()), asked.mask.clone()))
                }
                Some(Change::Vacancy(vacancy)) => {
                    Some(AskedChange::Vacancy(Box::new(vacancy.clone()), asked.mask.clone()))
                }
                None => {
                    r.refuse_here(
                        "nothing says what changes",
                        "give the candidate or the vacancy with the changed fields",
                    );
                    None
                }
            }
        });
    Some(Tries { asked, suggestions: suggestions? as usize, today: today() })
}

/// Who reads the texts.
pub(super) fn audience(r: &mut Reader, asked: i32) -> Option<Audience> {
    match v1::Audience::try_from(asked) {
        Ok(v1::Audience::Unspecified | v1::Audience::Advisor) => Some(Audience::Advisor),
        Ok(v1::Audience::Candidate) => Some(Audience::Candidate),
        Err(_) => {
            r.refuse("audience", "there is no such audience", "name AUDIENCE_ADVISOR or AUDIENCE_CANDIDATE");
            None
        }
    }
}

/// The answer.
pub(super) fn answer(
    words: &Words<'_>,
    explained: ExplainedPair,
    asked: &AskedRanking,
    decision_id: String,
) -> v1::ExplainMatchResponse {
    let found = explained.matched;
    let trials = explained.trials.as_ref();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    v1::ExplainMatchResponse {
        excluded_by: words.excluded_by_law(&found),
        profile: Some(match_answer::profile(&found.profile, asked.own_weights)),
        r#match: Some(words.of_match(&found)),
        as_of: Some(match_answer::date(asked.options.as_of)),
        data_change_number: explained.change,
        counterfactuals: trials.map(|trials| results(words, trials)).unwrap_or_default(),
        decision_id,
        taxonomy: Some(recognition_answer::taxonomy(explained.taxonomy)),
        candidate_recognized: recognition_answer::words(explained.candidate_words),
        vacancy_recognized: recognition_answer::words(explained.vacancy_words),
        considered: trials.map_or(0, |trials| trials.considered as u64),
        helpful_changes: trials.map_or(0, |trials| count(trials.helpful)),
        changes_not_ranked: trials.map_or(0, |trials| count(trials.not_ranked)),
    }
}

fn results(words: &Words<'_>, trials: &Trials) -> Vec<v1::CounterfactualResult> {
    let place = |place: Option<usize>| place.map_or(0, |place| u32::try_from(place).unwrap_or(u32::MAX));
    let result = |tried: &Tried| v1::CounterfactualResult {
        score: points(tried.after.score.into()),
        rank: place(tried.after.place),
        text: words.change(&tried.change, &tried.outcome),
        score_before: points(trials.before.score.into()),
        rank_before: place(trials.before.place),
        score_low: points(tried.after.low.into()),
        score_high: points(tried.after.high.into()),
        tied: tried.after.tied,
        suggested: tried.suggested,
        change: Some(words.reason(&tried.change)),
        outcome: Some(words.reason(&tried.outcome)),
        of_vacancy: tried.of_vacancy,
        field: tried.field.to_owned(),
        lead_weeks: tried.lead_weeks.map(u32::from),
    };
    trials.tried.iter().map(result).collect()
}
