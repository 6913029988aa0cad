//! Hits of a search, as the interface gives them.

use super::{concept_answer, page};
use crate::domain::Date;
use crate::engine::{
    Engine, EngineError,
    fragments::Fragment,
    search::{Found, Hit, OtherReading, PoolScope, ReadAs, Search, SearchResults},
};
use crate::wire::v1;
use std::collections::BTreeSet;

pub(super) fn candidates(
    search: &Search,
    found: Found,
    fingerprint: [u8; 8],
) -> v1::SearchCandidatesResponse {
    let Found { results: found, fragments } = found;
    v1::SearchCandidatesResponse {
        next_page_token: next(search, &found, fingerprint),
        readings: found.other_readings.iter().map(reading).collect(),
        hits_without_fragments: concept_answer::count(found.hits.len() - fragments.len()),
        hits: found.hits.iter().zip(with_rest(fragments)).map(|(one, pieces)| hit(one, &pieces)).collect(),
        total: found.total as u64,
        index_change_number: found.last_change,
        words_searched: found.words,
    }
}

/// A vacancy past its closing date is left out of the page, and counted, unless everybody is asked for.
pub(super) fn vacancies(
    engine: &Engine,
    search: &Search,
    found: Found,
    fingerprint: [u8; 8],
    today: Date,
) -> Result<v1::SearchVacanciesResponse, EngineError> {
    let Found { results: found, fragments } = found;
    let with_fragments = fragments.len();
    let mut answer = v1::SearchVacanciesResponse {
        next_page_token: next(search, &found, fingerprint),
        total: found.total as u64,
        index_change_number: found.last_change,
        readings: found.other_readings.iter().map(reading).collect(),
        ..v1::SearchVacanciesResponse::default()
    };
    for (at, (one, pieces)) in found.hits.iter().zip(with_rest(fragments)).enumerate() {
        // Gone since the index's last commit: nobody finds it any more.
        let Some(heading) = engine.vacancy_heading(&one.id, today)? else { continue };
        if !heading.is_open && search.pool == PoolScope::InPool {
            answer.closed_left_out += 1;
            continue;
        }
        answer.hits_without_fragments += u32::from(at >= with_fragments);
        answer.hits.push(v1::SearchHit { title: heading.title, ..hit(one, &pieces) });
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

/// The fragments of each hit; the last hits of a long page have none.
fn with_rest(fragments: Vec<Vec<Fragment>>) -> impl Iterator<Item = Vec<Fragment>> {
    fragments.into_iter().chain(std::iter::repeat_with(Vec::new))
}

fn hit(hit: &Hit, fragments: &[Fragment]) -> v1::SearchHit {
    let fields: BTreeSet<&str> =
        hit.words.iter().flat_map(|word| word.fields.iter().map(|field| field.name())).collect();
    v1::SearchHit {
        id: hit.id.clone(),
        relevance: f64::from(hit.relevance),
        fields: fields.into_iter().map(str::to_owned).collect(),
        words: hit.words.iter().map(|word| word.word.clone()).collect(),
        title: String::new(),
        fragments: fragments.iter().map(fragment).collect(),
    }
}

fn fragment(fragment: &Fragment) -> v1::SearchFragment {
    v1::SearchFragment {
        field: fragment.field.name().to_owned(),
        text: fragment.text.clone(),
        marks: fragment.marks.iter().map(concept_answer::range).collect(),
        start: concept_answer::count(fragment.start),
        goes_on: fragment.goes_on,
    }
}

fn reading(reading: &OtherReading) -> v1::WordReading {
    let kind = match reading.how {
        ReadAs::Corrected => v1::WordReadingKind::Corrected,
        ReadAs::Parts => v1::WordReadingKind::Parts,
        ReadAs::Written | ReadAs::InCompounds => v1::WordReadingKind::Unspecified,
    };
    v1::WordReading { word: reading.word.clone(), kind: kind.into(), searched_as: reading.words.clone() }
}
