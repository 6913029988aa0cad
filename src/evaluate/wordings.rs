//! How well titles and skills are recognised.

use super::{
    baselines::Baseline,
    figures::{Figure, Metric},
    metrics::reciprocal_rank,
    runs::{Ranked, Run},
    sets::{SkillSet, TitleSet},
};
use crate::taxonomy::{
    ConceptKind, ConceptNumber, normalise,
    recognize::{Recognizer, Wording, WordingKind},
};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Places that are looked at.
const DEPTH: usize = 100;
/// Concepts that are asked of the recogniser: some have no label in the corpus.
const CONCEPTS: usize = 200;

/// Measures titles: the ranking holds rows of the corpus, and the first right row counts.
///
/// Every concept gives one row first, of its labels the one that fewest rows share; its other rows follow after all of
/// these. A row that is no label of the loaded taxonomy cannot be found.
pub fn titles(set: &TitleSet, recognizer: &Recognizer) -> (Option<Figure>, Run) {
    let taxonomy = recognizer.taxonomy();
    let mut rows_of: HashMap<ConceptNumber, Vec<usize>> = HashMap::new();
    let mut rows_by_label: HashMap<String, Vec<usize>> = HashMap::new();
    for (row, (_, label)) in set.corpus.iter().enumerate() {
        rows_by_label.entry(normalise(label)).or_default().push(row);
    }
    for concept in taxonomy.of_kind(ConceptKind::Occupation) {
        let mut rows: Vec<usize> = taxonomy
            .labels(concept)
            .filter_map(|label| rows_by_label.get(&normalise(label.text)))
            .flatten()
            .copied()
            .collect();
        // A label that several rows share may be another concept's there: what only this concept says comes first.
        let sharing = |row: &usize| rows_by_label.get(&normalise(&set.corpus[*row].1)).map_or(0, Vec::len);
        rows.sort_unstable_by_key(|row| (sharing(row), *row));
        rows.dedup();
        rows_of.insert(concept, rows);
    }
    let rank = |text: &str| -> Vec<(usize, f64)> {
        let concepts = recognizer.rank(Wording { text, kind: WordingKind::Occupation }, CONCEPTS);
        let rows = |from: usize, to: usize| {
            let rows_of = &rows_of;
            concepts.iter().flat_map(move |ranked| {
                let rows = rows_of.get(&ranked.concept).map(Vec::as_slice).unwrap_or_default();
                rows.iter().skip(from).take(to - from).map(|row| (*row, f64::from(ranked.score)))
            })
        };
        let mut seen = BTreeSet::new();
        let ordered = rows(0, 1).chain(rows(1, usize::MAX));
        ordered.filter(|(row, _)| seen.insert(*row)).take(DEPTH).collect()
    };
    let nothing = BTreeSet::new();
    let right = |id: &str| set.right.get(id).unwrap_or(&nothing);
    let asked: Vec<&(String, String)> = set.queries.iter().filter(|(id, _)| !right(id).is_empty()).collect();
    let rankings: Vec<Vec<(usize, f64)>> = asked.par_iter().map(|(_, text)| rank(text)).collect();
    let value = |id: &str, rows: &mut dyn Iterator<Item = usize>| {
        reciprocal_rank(rows.take(DEPTH).map(|row| right(id).contains(&set.corpus[row].0)))
    };
    let values: Vec<f64> = asked
        .iter()
        .zip(&rankings)
        .map(|((id, _), ranking)| value(id, &mut ranking.iter().map(|(row, _)| *row)))
        .collect();
    let labels = || set.corpus.iter().map(|(_, label)| label.as_str());
    let other = |baseline: Baseline| -> Vec<f64> {
        asked.iter().map(|(id, text)| value(id, &mut baseline.rank(text, DEPTH).into_iter())).collect()
    };
    let run = Run {
        name: set.name.clone(),
        rankings: asked
            .iter()
            .zip(rankings)
            .map(|((id, _), ranking)| {
                let document =
                    |(row, score): (usize, f64)| Ranked { document: set.corpus[row].0.clone(), score };
                (id.clone(), decreasing(ranking.into_iter().map(document).collect()))
            })
            .collect(),
    };
    let figure = Figure::new(set.name.clone(), Metric::Mrr, &values).map(|figure| {
        figure
            .beside("BM25", &other(Baseline::bm25(labels())))
            .beside("n-grams", &other(Baseline::n_grams(labels())))
    });
    (figure, run)
}

/// Measures skills: the ranking holds concepts, and the first right one counts.
pub fn skills(set: &SkillSet, recognizer: &Recognizer) -> (Option<Figure>, Run) {
    let taxonomy = recognizer.taxonomy();
    // Only what the corpus holds can be an answer; a concept's id is the end of its URI.
    let in_corpus: BTreeSet<&str> = set.corpus.iter().map(|(_, concept)| concept.as_str()).collect();
    let rank = |text: &str| -> Vec<Ranked> {
        recognizer
            .rank(Wording { text, kind: WordingKind::Skill }, usize::MAX)
            .into_iter()
            .filter_map(|ranked| {
                let uri = taxonomy.uri(ranked.concept);
                let id = uri.rsplit('/').next().unwrap_or(uri);
                in_corpus
                    .contains(id)
                    .then(|| Ranked { document: id.to_owned(), score: f64::from(ranked.score) })
            })
            .take(DEPTH)
            .collect()
    };
    let rankings: Vec<Vec<Ranked>> = set.queries.par_iter().map(|query| rank(&query.text)).collect();
    let values: Vec<f64> = set
        .queries
        .iter()
        .zip(&rankings)
        .map(|(query, ranking)| {
            reciprocal_rank(ranking.iter().map(|ranked| query.right.contains(&ranked.document)))
        })
        .collect();
    let other = |baseline: Baseline| -> Vec<f64> {
        let by_concept = |text: &str| {
            let mut seen = BTreeMap::new();
            for row in baseline.rank(text, usize::MAX) {
                let place = seen.len();
                seen.entry(set.corpus[row].1.as_str()).or_insert(place);
            }
            seen
        };
        set.queries
            .iter()
            .map(|query| {
                let places = by_concept(&query.text);
                let first = query.right.iter().filter_map(|concept| places.get(concept.as_str())).min();
                first.filter(|place| **place < DEPTH).map_or(0.0, |place| 1.0 / (place + 1) as f64)
            })
            .collect()
    };
    let labels = || set.corpus.iter().map(|(label, _)| label.as_str());
    let figure = Figure::new(set.name.clone(), Metric::Mrr, &values).map(|figure| {
        figure
            .beside("BM25", &other(Baseline::bm25(labels())))
            .beside("n-grams", &other(Baseline::n_grams(labels())))
    });
    let rankings =
        set.queries.iter().zip(rankings).map(|(query, ranking)| (query.id.clone(), ranking)).collect();
    (figure, Run { name: set.name.clone(), rankings })
}

/// Rows that follow after the first of every concept get scores below them, so that the scores tell the order.
fn decreasing(mut ranking: Vec<Ranked>) -> Vec<Ranked> {
    let mut lowest = f64::INFINITY;
    for ranked in &mut ranking {
        lowest = lowest.min(ranked.score);
        ranked.score = lowest;
    }
    ranking
}
