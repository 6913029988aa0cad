//! Puts together what the files say: relations whose concepts are there, without circles.

use super::draft::{Drafts, Edge, Seen};
use super::report::{Problem, TaxonomyReport};
use super::{
    TrainingText,
    cycles::{self, Closing},
    own_names,
};
use crate::taxonomy::codes::Codes;
use crate::taxonomy::{BuildError, ConceptKind, LabelLanguage, LabelRole, Taxonomy, TaxonomyBuilder};
use std::collections::{BTreeMap, BTreeSet};

/// Before the code of a group of ISCO-08 in its URI.
const ISCO_GROUP: &str = "http://data.europa.eu/esco/isco/C";

/// What came of the drafts.
pub(super) struct Assembled {
    pub(super) taxonomy: Taxonomy,
    pub(super) texts: Vec<TrainingText>,
    pub(super) codes: Codes,
}

/// Puts everything together with the names of the embedded taxonomy, and notes what does not fit.
pub(super) fn assemble(
    name: String,
    mut drafts: Drafts,
    embedded: &Taxonomy,
    report: &mut TaxonomyReport,
) -> Result<Assembled, BuildError> {
    for (uri, place) in drafts.remove_nameless() {
        report.note(Problem::NoLabel, place.file, place.line, &uri);
    }
    let codes = codes(&mut drafts, report);
    report.look_for_missing(&drafts);
    report.own_names = own_names::add(&mut drafts, embedded);
    let mut builder = TaxonomyBuilder::new(name);
    for (seen, draft) in drafts.concepts() {
        let uri = drafts.uri(seen);
        builder.concept(uri, draft.kind)?;
        builder.code(uri, &draft.code.1)?;
        if let Some(kind) = draft.skill_kind {
            builder.skill_kind(uri, kind)?;
        }
        for (language, (_, label)) in &draft.preferred {
            builder.label(uri, *language, LabelRole::Preferred, label)?;
        }
        for (language, role, label) in &draft.labels {
            builder.label(uri, *language, *role, label)?;
        }
    }
    for edge in broader(&mut drafts, report) {
        builder.broader(drafts.uri(edge.from), drafts.uri(edge.to))?;
        count_relation(report, &edge);
    }
    let skill = |kind| kind == ConceptKind::Skill;
    for (edge, need) in &drafts.needs {
        if fits(&drafts, report, edge, |from, to| from == ConceptKind::Occupation && skill(to)) {
            builder.needs(drafts.uri(edge.from), drafts.uri(edge.to), *need)?;
            count_relation(report, edge);
        }
    }
    for (edge, need) in &drafts.related {
        if fits(&drafts, report, edge, |from, to| skill(from) && skill(to)) {
            builder.related(drafts.uri(edge.from), drafts.uri(edge.to), *need)?;
            count_relation(report, edge);
        }
    }
    report.renamed_groups = drafts.renamed.len();
    let taxonomy = builder.build()?;
    let codes = Codes::new(
        codes.into_iter().filter_map(|(code, seen)| Some((code, taxonomy.find(drafts.uri(seen))?))),
    );
    let texts = std::mem::take(&mut drafts.texts);
    let texts: BTreeSet<TrainingText> = texts
        .into_iter()
        .filter_map(|text| {
            let concept = taxonomy.find(drafts.uri(text.concept))?;
            Some(TrainingText { concept, language: text.language, text: text.text })
        })
        .collect();
    Ok(Assembled { taxonomy, texts: texts.into_iter().collect(), codes })
}

/// The codes of known concepts. The name of a code is a name of its concept, which is recognised and not shown.
fn codes(drafts: &mut Drafts, report: &mut TaxonomyReport) -> BTreeMap<String, Seen> {
    let mut codes = BTreeMap::new();
    for row in std::mem::take(&mut drafts.codes) {
        let (file, line) = (row.place.file, row.place.line);
        let Some(kind) = drafts.concept(row.concept).map(|draft| draft.kind) else {
            report.note(Problem::UnknownConcept, file, line, drafts.uri(row.concept));
            continue;
        };
        let first = *codes.entry(Codes::key(&row.code)).or_insert(row.concept);
        if first != row.concept {
            report.note(Problem::TwoConcepts, file, line, &row.code);
            continue;
        }
        if !row.name.is_empty()
            && let Some(concept) = drafts.concept_mut(row.concept, kind, row.place)
        {
            concept.labels.push((LabelLanguage::DUTCH, LabelRole::Hidden, row.name));
        }
        if let Some(file) = report.files.get_mut(file) {
            file.relations += 1;
        }
    }
    codes
}

/// Whether both concepts of a relation are there and of kinds that can have it; notes it when not.
fn fits(
    drafts: &Drafts,
    report: &mut TaxonomyReport,
    edge: &Edge,
    kinds: impl Fn(ConceptKind, ConceptKind) -> bool,
) -> bool {
    let (file, line) = (edge.place.file, edge.place.line);
    let kind = |seen| drafts.concept(seen).map(|draft| draft.kind);
    match (kind(edge.from), kind(edge.to)) {
        (Some(from), Some(to)) if kinds(from, to) => return true,
        (Some(from), Some(to)) => {
            let detail = format!("{:?} {}, {to:?} {}", from, drafts.uri(edge.from), drafts.uri(edge.to));
            report.note(Problem::WrongRelation, file, line, &detail);
        }
        (None, _) => report.note(Problem::UnknownConcept, file, line, drafts.uri(edge.from)),
        (_, None) => report.note(Problem::UnknownConcept, file, line, drafts.uri(edge.to)),
    }
    false
}

/// What is broader than what, without circles: from the files of relations, and from elsewhere for concepts about which
/// those say nothing.
fn broader(drafts: &mut Drafts, report: &mut TaxonomyReport) -> Vec<Edge> {
    let occupations = |kind| matches!(kind, ConceptKind::Occupation | ConceptKind::OccupationGroup);
    let same_side = |from, to| occupations(from) == occupations(to);
    let mut edges: Vec<Edge> = std::mem::take(&mut drafts.broader);
    edges.retain(|edge| fits(drafts, report, edge, same_side));
    let mut told: BTreeSet<Seen> = edges.iter().map(|edge| edge.from).collect();
    let mut elsewhere = std::mem::take(&mut drafts.broader_elsewhere);
    elsewhere.retain(|edge| !told.contains(&edge.from) && fits(drafts, report, edge, same_side));
    told.extend(elsewhere.iter().map(|edge| edge.from));
    edges.append(&mut elsewhere);
    edges.extend(by_code(drafts, &told));
    // By URI, so that the order of the files does not decide which relation of a circle goes.
    let mut ends: Vec<Seen> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    ends.sort_by(|a, b| drafts.uri(*a).cmp(drafts.uri(*b)));
    ends.dedup();
    let ranks: BTreeMap<Seen, usize> = ends.iter().enumerate().map(|(rank, seen)| (*seen, rank)).collect();
    let rank = |seen: Seen| ranks.get(&seen).copied().unwrap_or_default();
    edges.sort_by_key(|edge| (rank(edge.from), rank(edge.to), edge.place));
    edges.dedup_by_key(|edge| (edge.from, edge.to));
    let pairs: Vec<_> = edges.iter().map(|edge| (rank(edge.from), rank(edge.to))).collect();
    let mut closing = BTreeSet::new();
    for Closing { edge, circle, length } in cycles::closing(ends.len(), &pairs) {
        closing.insert(edge);
        let mut names: Vec<&str> = circle.iter().map(|node| drafts.uri(ends[*node])).collect();
        if length > names.len() {
            names.insert(names.len() - 1, "…");
        }
        let place = edges[edge].place;
        report.note(Problem::Cycle, place.file, place.line, &names.join(" < "));
    }
    let mut at = 0..;
    edges.retain(|_| at.next().is_none_or(|at| !closing.contains(&at)));
    edges
}

/// The groups of ISCO-08 of occupations and groups about which nothing else is told.
fn by_code(drafts: &mut Drafts, told: &BTreeSet<Seen>) -> Vec<Edge> {
    let alone: Vec<_> = drafts
        .concepts()
        .filter(|(seen, _)| !told.contains(seen))
        .filter_map(|(seen, draft)| {
            let code = draft.code.1.as_str();
            let above = match draft.kind {
                ConceptKind::Occupation => code,
                ConceptKind::OccupationGroup => code.get(..code.len().checked_sub(1)?)?,
                _ => return None,
            };
            (!above.is_empty()).then(|| (seen, format!("{ISCO_GROUP}{above}"), draft.place))
        })
        .collect();
    alone
        .into_iter()
        .filter_map(|(from, above, place)| {
            let to = drafts.see(&above);
            let group = drafts.concept(to)?.kind == ConceptKind::OccupationGroup;
            (group && to != from).then_some(Edge { from, to, place })
        })
        .collect()
}

fn count_relation(report: &mut TaxonomyReport, edge: &Edge) {
    if let Some(file) = report.files.get_mut(edge.place.file) {
        file.relations += 1;
    }
}
