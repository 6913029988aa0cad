//! Hits of a search, as the interface gives them.

use super::page;
use crate::domain::Date;
use crate::engine::{
    Engine, EngineError,
    search::{Hit, PoolScope, Search, SearchResults},
};
use crate::wire::v1;
use std::collections::BTreeSet;

pub(super) fn candidates(
    search: &Search,
    found: SearchResults,
    fingerprint: [u8; 8],
) -> v1::SearchCandidatesResponse {
    v1::SearchCandidatesResponse {
        next_page_token: next(search, &found, fingerprint),
        hits: found.hits.iter().map(hit).collect(),
        total: found.total as u64,
        index_change_number: found.last_change,
        words_searched: found.words,
    }
}

/// A vacancy past its closing date is left out of the page, and counted, unless everybody is asked for.
pub(super) fn vacancies(
    engine: &Engine,
    search: &Search,
    found: SearchResults,
    fingerprint: [u8; 8],
    today: Date,
) -> Result<v1::SearchVacanciesResponse, EngineError> {
    let mut answer = v1::SearchVacanciesResponse {
        next_page_token: next(search, &found, fingerprint),
        total: found.total as u64,
        index_change_number: found.last_change,
        ..v1::SearchVacanciesResponse::default()
    };
    for one in &found.hits {
        // Gone since the index's last commit: nobody finds it any more.
        let Some(heading) = engine.vacancy_heading(&one.id, today)? else { continue };
        if !heading.is_open && search.pool == PoolScope::InPool {
            answer.closed_left_out += 1;
            continue;
        }
        answer.hits.push(v1::SearchHit { title: heading.title, ..hit(one) });
    }
    answer.words_searched = found.words;
    Ok(answer)
}

fn next(search: &Search, found: &SearchResults, fingerprint: [u8; 8]) -> String {
    // By what was asked, not by what is left: hits that are gone since do not come again.
    let reached = search.offset + search.limit;
    if reached >= found.total {
        return String::new();
    }
    page::offset_token(fingerprint, reached)
}

fn hit(hit: &Hit) -> v1::SearchHit {
    let fields: BTreeSet<&str> =
        hit.words.iter().flat_map(|word| word.fields.iter().map(|field| field.name())).collect();
    v1::SearchHit {
        id: hit.id.clone(),
        relevance: f64::from(hit.relevance),
        fields: fields.into_iter().map(str::to_owned).collect(),
        words: hit.words.iter().map(|word| word.word.clone()).collect(),
        title: String::new(),
    }
}
