//! What the tests of this crate share: one store, a few synthetic documents, an index made of them.

use std::path::Path;

use crate::{
    Change, Document, FilterField, Kind, Opened, Query, RebuildReason, SearchIndex, SearchResults,
    StoreIdentity, TextField,
};

pub(crate) fn identity() -> StoreIdentity {
    StoreIdentity { store_id: "store-1".to_owned(), schema_version: 3 }
}

pub(crate) fn candidate(id: &str, change: u64) -> Document {
    Document::new(Kind::Candidate, id, change)
}

pub(crate) fn vacancy(id: &str, change: u64) -> Document {
    Document::new(Kind::Vacancy, id, change)
}

pub(crate) fn delete(kind: Kind, id: &str, change: u64) -> Change {
    Change::Delete { kind, id: id.to_owned(), change }
}

/// Three candidates and a vacancy, changes 1 to 4.
pub(crate) fn region() -> Vec<Change> {
    let documents = [
        candidate("k1", 1)
            .with_text(TextField::Title, "Verzorgende IG")
            .with_texts(TextField::Skill, ["ouderen verzorgen", "medicijnen delen"])
            .with_text(TextField::Description, "Ik werk graag in de nacht.")
            .with_filter(FilterField::Status, "ACTIVE")
            .with_filter(FilterField::Organisation, "Werkplein A"),
        candidate("k2", 2)
            .with_text(TextField::Title, "Monteur")
            .with_text(TextField::Description, "Vroeger was ik verzorgende in een café in Hengelo.")
            .with_filter(FilterField::Status, "ACTIVE")
            .with_filter(FilterField::Organisation, "Werkplein B"),
        candidate("k3", 3)
            .with_text(TextField::Title, "Lasser")
            .with_text(TextField::Skill, "MIG/MAG-lassen")
            .with_filter(FilterField::Status, "PLACED"),
        vacancy("v1", 4)
            .with_text(TextField::Title, "Verzorgende nachtdienst")
            .with_text(TextField::Place, "Enschede")
            .with_filter(FilterField::Status, "OPEN"),
    ];
    documents.into_iter().map(Change::Upsert).collect()
}

/// A new index of these changes, committed through the highest of them.
pub(crate) fn built(folder: &Path, changes: Vec<Change>) -> SearchIndex {
    let last = changes.iter().map(Change::number).max().unwrap_or(0);
    let mut rebuild = SearchIndex::rebuild(folder, &identity()).unwrap();
    rebuild.apply(changes).unwrap();
    rebuild.finish(last).unwrap()
}

pub(crate) fn opened(folder: &Path) -> SearchIndex {
    match SearchIndex::open(folder, &identity(), u64::MAX).unwrap() {
        Opened::Ready(index) => index,
        Opened::MustRebuild(reason) => panic!("{reason}"),
    }
}

pub(crate) fn must_rebuild(folder: &Path) -> RebuildReason {
    match SearchIndex::open(folder, &identity(), u64::MAX).unwrap() {
        Opened::Ready(index) => panic!("opened at change {}", index.last_committed_change()),
        Opened::MustRebuild(reason) => reason,
    }
}

pub(crate) fn query(kind: Kind, text: &str) -> Query {
    Query { kind, text: text.to_owned(), filters: Vec::new(), offset: 0, limit: 20 }
}

pub(crate) fn find(index: &SearchIndex, text: &str) -> SearchResults {
    index.searcher().search(&query(Kind::Candidate, text)).unwrap()
}

pub(crate) fn ids(results: &SearchResults) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}
