//! What a search finds, in which order, and what it refuses.

use proptest::prelude::*;
use tempfile::TempDir;

use crate::testing::{built, candidate, delete, find, ids, query, region, vacancy};
use crate::{
    Change, Filter, FilterField, Kind, MAX_FILTER_VALUES, MAX_TEXT_CHARACTERS, MAX_WINDOW, MAX_WORDS,
    OtherReading, Query, ReadAs, SearchError, SearchIndex, TextField, WordHit,
};

fn region_index() -> (TempDir, SearchIndex) {
    let folder = tempfile::tempdir().unwrap();
    let index = built(folder.path(), region());
    (folder, index)
}

#[test]
fn a_title_counts_more_than_free_text() {
    let (_folder, index) = region_index();
    let results = find(&index, "verzorgende");
    assert_eq!(ids(&results), ["k1", "k2"]);
    assert_eq!((results.total, results.last_change), (2, 4));
    assert!(results.hits[0].relevance > results.hits[1].relevance && results.hits[1].relevance > 0.0);
}

#[test]
fn another_form_of_the_word_and_missing_accents_still_find() {
    let (_folder, index) = region_index();
    for (text, found) in [
        ("LASSERS", "k3"),
        ("lassende", "k3"),
        ("medicijn", "k1"),
        ("Cafe", "k2"),
        ("café", "k2"),
        ("cafe\u{301}", "k2"),
        ("monteurs", "k2"),
    ] {
        assert_eq!(ids(&find(&index, text)), [found], "{text}");
    }
}

#[test]
fn every_word_comes_before_some_words_however_often() {
    let folder = tempfile::tempdir().unwrap();
    let often = candidate("often", 1).with_texts(TextField::Title, vec!["monteur monteur"; 30]);
    let both = candidate("both", 2)
        .with_text(TextField::Description, format!("{} monteur te Almelo", "woord ".repeat(2000)));
    let index = built(folder.path(), vec![Change::Upsert(often), Change::Upsert(both)]);
    assert_eq!(ids(&find(&index, "monteur")), ["often", "both"]);
    assert_eq!(ids(&find(&index, "monteur Almelo")), ["both", "often"]);
}

#[test]
fn a_hit_says_which_words_stand_where() {
    let (_folder, index) = region_index();
    let results = find(&index, "de Verzorgende nacht helikopter ouderen");
    assert_eq!(results.words, ["Verzorgende", "nacht", "helikopter", "ouderen"]);
    let hit = |word: &str, fields: &[TextField]| WordHit { word: word.to_owned(), fields: fields.to_vec() };
    assert_eq!(
        results.hits[0].words,
        [
            hit("Verzorgende", &[TextField::Title, TextField::Skill]),
            hit("nacht", &[TextField::Description]),
            hit("ouderen", &[TextField::Skill])
        ]
    );
    assert_eq!(results.hits[1].words, [hit("Verzorgende", &[TextField::Description])]);
}

#[test]
fn kinds_do_not_mix_even_with_one_id() {
    let folder = tempfile::tempdir().unwrap();
    let documents =
        [candidate("7", 1), vacancy("7", 2)].map(|document| document.with_text(TextField::Title, "Kok"));
    let index = built(folder.path(), documents.map(Change::Upsert).into());
    for (kind, change) in [(Kind::Candidate, 1), (Kind::Vacancy, 2)] {
        let results = index.searcher().search(&query(kind, "kok")).unwrap();
        assert_eq!(
            results.hits.iter().map(|hit| (hit.id.as_str(), hit.change)).collect::<Vec<_>>(),
            [("7", change)]
        );
        assert_eq!(index.searcher().count(kind).unwrap(), 1);
    }
}

#[test]
fn filters_are_exact_and_all_must_hold() {
    let (_folder, index) = region_index();
    let find = |text: &str, filters: &[(FilterField, &[&str])]| {
        let filters = filters.iter().map(|(field, values)| Filter {
            field: *field,
            any_of: values.iter().map(|value| (*value).to_owned()).collect(),
        });
        let query = Query { filters: filters.collect(), ..query(Kind::Candidate, text) };
        let results = index.searcher().search(&query).unwrap();
        ids(&results).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(find("", &[(FilterField::Status, &["ACTIVE"])]), ["k1", "k2"]);
    assert_eq!(find("", &[(FilterField::Status, &["ACTIVE", "PLACED"])]), ["k1", "k2", "k3"]);
    assert_eq!(find("", &[(FilterField::Status, &["active"])]), [""; 0]);
    assert_eq!(find("", &[(FilterField::Status, &[])]), [""; 0]);
    assert_eq!(
        find(
            "verzorgende",
            &[(FilterField::Status, &["ACTIVE"]), (FilterField::Organisation, &["Werkplein B"])]
        ),
        ["k2"]
    );
}

#[test]
fn blank_text_finds_all_by_id_and_text_without_words_finds_nothing() {
    let (_folder, index) = region_index();
    for blank in ["", "  \t\n"] {
        let results = find(&index, blank);
        assert_eq!(ids(&results), ["k1", "k2", "k3"]);
        assert!(results.hits.iter().all(|hit| hit.relevance == 0.0 && hit.words.is_empty()));
    }
    for wordless in ["((((", "de het een", "\u{0}\u{1b}\u{7f}", &"(".repeat(MAX_TEXT_CHARACTERS)] {
        let results = find(&index, wordless);
        assert_eq!((results.total, results.words.len()), (0, 0), "{wordless:?}");
    }
}

#[test]
fn operators_of_query_languages_are_plain_words() {
    let (_folder, index) = region_index();
    for text in [
        "title:verzorgende AND -k1",
        "\"verzorgende",
        "candidate_title:[a TO z] verzorgende*",
        "verzorgende~9",
    ] {
        assert_eq!(find(&index, text).total, 2, "{text}");
    }
}

#[test]
fn limits_are_named() {
    let (_folder, index) = region_index();
    let search = |query: Query| index.searcher().search(&query).unwrap_err();
    for long in ["(".repeat(6_000), "verzorgende ".repeat(90_000), "é".repeat(MAX_TEXT_CHARACTERS + 1)] {
        assert_eq!(
            search(query(Kind::Candidate, &long)),
            SearchError::TextTooLong { max: MAX_TEXT_CHARACTERS }
        );
    }
    let words: String = (0..=MAX_WORDS).map(|word| format!("w{word} ")).collect();
    assert_eq!(
        search(query(Kind::Candidate, &words)),
        SearchError::TooManyWords { found: 33, max: MAX_WORDS }
    );
    for (offset, limit) in [(MAX_WINDOW, 1), (usize::MAX, 1), (0, MAX_WINDOW + 1)] {
        let deep = Query { offset, limit, ..query(Kind::Candidate, "kok") };
        assert_eq!(search(deep), SearchError::PageTooDeep { max: MAX_WINDOW });
    }
    let field = FilterField::Caseload;
    let filter = Filter { field, any_of: vec![String::new(); MAX_FILTER_VALUES + 1] };
    assert_eq!(
        search(Query { filters: vec![filter], ..query(Kind::Candidate, "") }),
        SearchError::TooManyFilterValues { field, found: MAX_FILTER_VALUES + 1, max: MAX_FILTER_VALUES }
    );
}

#[test]
fn the_largest_query_is_answered() {
    let (_folder, index) = region_index();
    let text: String = (0..MAX_WORDS - 1).map(|word| format!("w{word} ")).collect();
    let largest = Query { limit: MAX_WINDOW, ..query(Kind::Candidate, &format!("{text}monteur")) };
    assert_eq!(ids(&index.searcher().search(&largest).unwrap()), ["k2"]);
}

#[test]
fn equal_documents_come_in_order_of_id_wherever_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = built(folder.path(), Vec::new());
    // Written in falling order of id, a segment each.
    for change in 1..=6 {
        let document = candidate(&format!("k{}", 9 - change), change).with_text(TextField::Title, "Kok");
        index.apply([Change::Upsert(document)]).unwrap();
        index.commit(change).unwrap();
    }
    let all = ["k3", "k4", "k5", "k6", "k7", "k8"];
    assert_eq!(ids(&find(&index, "kok")), all);
    for limit in 1..=6 {
        let pages = (0..6).step_by(limit).flat_map(|offset| {
            let page = Query { offset, limit, ..query(Kind::Candidate, "kok") };
            let results = index.searcher().search(&page).unwrap();
            assert_eq!(results.total, 6);
            results.hits.into_iter().map(|hit| hit.id)
        });
        assert_eq!(pages.collect::<Vec<_>>(), all, "pages of {limit}");
    }
    let none = Query { limit: 0, ..query(Kind::Candidate, "kok") };
    assert_eq!(index.searcher().search(&none).unwrap().total, 6);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn any_text_can_be_indexed_and_searched(document in any::<String>(), text in any::<String>(), offset in any::<usize>(), limit in any::<usize>()) {
        let folder = tempfile::tempdir().unwrap();
        let indexed = candidate(&document.chars().take(20).collect::<String>(), 1).with_text(TextField::Description, document.clone());
        let index = built(folder.path(), vec![Change::Upsert(indexed)]);
        // Either an answer or a named limit; what is not answered is never the index failing.
        let results = index.searcher().search(&Query { offset, limit, ..query(Kind::Candidate, &text) });
        let failed = matches!(results, Err(SearchError::Index { .. }));
        prop_assert!(!failed, "{results:?}");
        // Its own words find the document, where they are within the limits.
        if let Ok(results) = index.searcher().search(&query(Kind::Candidate, &document)) {
            let blank = document.trim().is_empty();
            prop_assert_eq!(results.total, usize::from(blank || !results.words.is_empty()));
        }
    }
}

fn compounds() -> (TempDir, SearchIndex) {
    let folder = tempfile::tempdir().unwrap();
    let documents = [
        candidate("whole", 1).with_text(TextField::Title, "Vrachtwagenchauffeur"),
        candidate("parts", 2).with_text(TextField::Title, "Chauffeur op een vrachtwagen"),
        candidate("half", 3).with_text(TextField::Title, "Chauffeur"),
        candidate("care", 4)
            .with_text(TextField::Skill, "ouderenzorg")
            .with_text(TextField::Description, "één café 😀 en de Verzorgenden, vroeger cafébaas"),
        candidate("cook", 5).with_text(TextField::Title, "Kok"),
    ];
    let index = built(folder.path(), documents.map(Change::Upsert).into());
    (folder, index)
}

#[test]
fn compounds_find_their_parts_and_parts_their_compounds() {
    let (_folder, index) = compounds();
    assert_eq!(ids(&find(&index, "vrachtwagenchauffeur")), ["whole", "parts"]);
    let mut found = find(&index, "chauffeur");
    assert_eq!(found.hits.remove(2).id, "whole", "the word itself comes before a compound of it");
    assert_eq!(ids(&find(&index, "zorg")), ["care"]);
    assert_eq!(ids(&find(&index, "vrachtwagen chauffeur"))[..2], ["parts", "whole"]);
    let parts = find(&index, "vrachtwagenchauffeur").other_readings;
    let words = ["vrachtwagen", "chauffeur"].map(str::to_owned).to_vec();
    let word = "vrachtwagenchauffeur".to_owned();
    assert_eq!(parts, [OtherReading { word, how: ReadAs::Parts, words }]);
}

#[test]
fn a_word_that_nobody_uses_is_taken_for_one_that_is_like_it_and_the_answer_says_so() {
    let (_folder, index) = compounds();
    for (text, id, like) in [
        ("chaufeur", "half", "chauffeur"),
        ("hcauffeur", "", ""),
        ("chuaffeur", "half", "chauffeur"),
        ("Vrachtwagnschauffeur", "whole", "vrachtwagenchauffeur"),
        ("ouderenzrog", "care", "ouderenzorg"),
        ("Verzorgendne", "care", "verzorgenden"),
        ("kak", "", ""),
    ] {
        let found = find(&index, text);
        assert_eq!(found.hits.first().map_or("", |hit| hit.id.as_str()), id, "{text}");
        let words: Vec<_> = found.other_readings.iter().flat_map(|reading| &reading.words).collect();
        assert_eq!(words.first().map_or("", |word| word.as_str()), like, "{text}");
    }
    assert_eq!(find(&index, "chauffeur").other_readings, [], "a word in use is not corrected");
}

#[test]
fn a_word_of_a_deleted_document_is_no_correction() {
    let (_folder, mut index) = compounds();
    index.apply([delete(Kind::Candidate, "care", 6)]).unwrap();
    index.commit(6).unwrap();
    let found = find(&index, "ouderenzrog");
    assert_eq!((found.total, &found.other_readings[..]), (0, &[][..]));
}

#[test]
fn the_marker_finds_the_words_of_the_query_in_characters() {
    let (_folder, index) = compounds();
    let text = "één café 😀 en de Verzorgenden, vroeger cafe\u{301}baas";
    let marked = |query: &str| {
        let characters: Vec<char> = text.chars().collect();
        let mut found = find(&index, query);
        let marks = found.marker.marks(text);
        marks
            .into_iter()
            .map(|mark| (characters[mark.characters].iter().collect::<String>(), mark.words))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        marked("verzorgende cafe"),
        [("café".to_owned(), vec![1]), ("Verzorgenden".to_owned(), vec![0])]
    );
    assert_eq!(marked("cafebas"), [("cafe\u{301}baas".to_owned(), vec![0])], "also a corrected word");
    assert_eq!(marked("timmerman"), []);
}

#[test]
fn hostile_texts_are_words_or_nothing_and_the_work_is_bounded() {
    let (_folder, index) = compounds();
    for sign in ["(", "\"", "*", "\u{202e}", "~", "[a TO z]", "\\", "😀"] {
        find(&index, &sign.repeat(MAX_TEXT_CHARACTERS / sign.chars().count()));
    }
    let unknown: String = (0..MAX_WORDS).map(|word| format!("chaufeu{word:02} ")).collect();
    let found = find(&index, &unknown);
    assert!(found.other_readings.len() <= 8, "{:?}", found.other_readings);
}
