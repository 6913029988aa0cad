//! Checks over many lists: what may not count dealt out in every way, and equal chances inside a tie.

use super::{
    changes::{self, Records},
    document::{Document, Permutation},
    look,
    notation::Notation,
    world::{Running, Setting, options},
};
use passend::wire::v1;
use std::collections::BTreeMap;
use toml::Table;

/// The first difference that dealing these fields out in another way makes; `None`: there is none.
pub async fn permute(
    notation: &Notation,
    document: &Document,
    wanted: &Permutation,
    vacancy: &str,
    setting: &Setting,
) -> Result<(usize, Option<String>), String> {
    let mut running = Running::start().await?;
    running.put(&changes::records(notation, document, None)?).await?;
    let scores = |answer: &serde_json::Value| -> BTreeMap<String, i64> {
        let matches = look::list(answer, "matches").iter();
        matches.map(|one| (look::text(one, "candidate").to_owned(), look::hundredths(one, "score"))).collect()
    };
    let before = scores(&running.candidates_for(vacancy, setting).await?);
    let (mut count, mut difference) = (0, None);
    for order in permutations(wanted.wie.len()) {
        let dealt = dealt(document, wanted, &order);
        let all = changes::records(notation, &dealt, None)?;
        let moved = wanted.wie.iter().filter_map(|id| Some((id.clone(), all.candidates.get(id)?.clone())));
        let refused =
            running.put(&Records { candidates: moved.collect(), vacancies: BTreeMap::new() }).await?;
        if !refused.is_empty() {
            return Err(refused.join("; "));
        }
        let after = scores(&running.candidates_for(vacancy, setting).await?);
        count += 1;
        if after != before && difference.is_none() {
            difference = Some(format!("{before:?} became {after:?} with {order:?}"));
        }
    }
    running.stop().await;
    Ok((count, difference))
}

/// The document with the fields of the people dealt out among them.
fn dealt(document: &Document, wanted: &Permutation, order: &[usize]) -> Document {
    let mut dealt = document.clone();
    for field in &wanted.velden {
        let path: Vec<&str> = field.split('.').collect();
        let values: Vec<Option<toml::Value>> = wanted
            .wie
            .iter()
            .map(|id| changes::remove(&mut dealt.personen.get(id)?.clone(), field))
            .collect();
        for (at, id) in wanted.wie.iter().enumerate() {
            let Some(record) = dealt.personen.get_mut(id) else { continue };
            let _ = changes::remove(record, field);
            if let Some(value) = values.get(order[at]).cloned().flatten() {
                set(record, &path, value);
            }
        }
    }
    dealt
}

fn set(record: &mut Table, path: &[&str], value: toml::Value) {
    match path {
        [] => {}
        [last] => {
            record.insert((*last).to_owned(), value);
        }
        [first, rest @ ..] => {
            let inner = record.entry((*first).to_owned()).or_insert_with(|| toml::Value::Table(Table::new()));
            if let Some(inner) = inner.as_table_mut() {
                set(inner, rest, value);
            }
        }
    }
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else { return vec![Vec::new()] };
    let shorter = permutations(last);
    let with_last = |order: &Vec<usize>| -> Vec<Vec<usize>> {
        (0..count)
            .map(|at| {
                let mut longer = order.clone();
                longer.insert(at, last);
                longer
            })
            .collect()
    };
    shorter.iter().flat_map(with_last).collect()
}

/// How often each of the people stands first, over so many vacancies that are alike but for their id.
pub async fn first_places(
    records: &Records,
    vacancy: &str,
    setting: &Setting,
    count: u32,
) -> Result<BTreeMap<String, u32>, String> {
    let mut running = Running::start().await?;
    running.put(records).await?;
    let work = records.vacancies.get(vacancy).ok_or_else(|| format!("{vacancy} is no vacancy"))?;
    let mut first = BTreeMap::new();
    for at in 0..count {
        let known = |(id, minutes): (&String, &u32)| v1::KnownTravelTime {
            candidate: id.clone(),
            minutes: *minutes,
            ..v1::KnownTravelTime::default()
        };
        let asked = v1::Vacancy { id: format!("{vacancy}-{at}"), ..work.clone() };
        let request = v1::MatchCandidatesRequest {
            subject: Some(v1::match_candidates_request::Subject::Vacancy(asked)),
            page_size: 1,
            options: Some(options(setting, setting.travel.iter().map(known).collect())),
            ..v1::MatchCandidatesRequest::default()
        };
        let answer = running.matching.match_candidates(request).await.map_err(|status| status.to_string())?;
        let shown = answer.into_inner().matches.into_iter().next();
        *first.entry(shown.map(|shown| shown.candidate).unwrap_or_default()).or_insert(0) += 1;
    }
    running.stop().await;
    Ok(first)
}

/// Chi-square of counts against equal shares.
pub fn chi_square(counts: &[u32]) -> f64 {
    let total: u32 = counts.iter().sum();
    let expected = f64::from(total) / counts.len().max(1) as f64;
    counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum()
}
