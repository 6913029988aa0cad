use super::*;
use crate::taxonomy::{LabelLanguage, LabelRole, TaxonomyBuilder};

/// Three occupations; `rare` is needed by one of them, `common` by all, `narrow` is a kind of `rare`.
fn relations() -> Relations {
    let mut builder = TaxonomyBuilder::new("small");
    let mut add = |uri: &str, kind| {
        builder.concept(uri, kind).unwrap();
        builder.label(uri, LabelLanguage::DUTCH, LabelRole::Preferred, uri).unwrap();
    };
    for uri in ["o:a", "o:b", "o:c"] {
        add(uri, ConceptKind::Occupation);
    }
    for uri in ["s:common", "s:narrow", "s:other", "s:rare"] {
        add(uri, ConceptKind::Skill);
    }
    for occupation in ["o:a", "o:b", "o:c"] {
        builder.needs(occupation, "s:common", Need::Essential).unwrap();
    }
    builder.needs("o:a", "s:rare", Need::Essential).unwrap();
    builder.needs("o:b", "s:other", Need::Essential).unwrap();
    builder.needs("o:c", "s:other", Need::Optional).unwrap();
    builder.broader("s:narrow", "s:rare").unwrap();
    Relations::new(Arc::new(builder.build().unwrap()))
}

fn concept(relations: &Relations, uri: &str) -> ConceptNumber {
    relations.taxonomy().find(uri).unwrap()
}

#[test]
fn logarithms_are_exact_at_powers_of_two_and_straight_between() {
    assert_eq!([0, 1, 2, 3, 4, 6, 1 << 31].map(hundredths_of_bits), [0, 0, 100, 150, 200, 250, 3_100]);
    assert_eq!(hundredths_of_bits(u32::MAX), 3_199);
}

#[test]
fn a_rare_skill_weighs_more_than_a_common_one_and_no_skill_weighs_nothing() {
    let relations = relations();
    let rarity = |uri| relations.rarity(Some(concept(&relations, uri)));
    assert_eq!((rarity("s:narrow"), rarity("s:rare"), rarity("s:common")), (200, 100, 100));
    assert_eq!(relations.rarity(None), 100);
}

#[test]
fn essential_implies_more_than_optional() {
    let relations = relations();
    let [b, c, other] = ["o:b", "o:c", "s:other"].map(|uri| concept(&relations, uri));
    // Two of three occupations need it: 200 − 150 hundredths of a bit, at least 100.
    assert_eq!(*relations.implied_by(other), [(b, 5_550), (c, 2_550)]);
}

#[test]
fn occupations_are_alike_by_what_the_first_always_needs() {
    let relations = relations();
    let [a, b, c] = ["o:a", "o:b", "o:c"].map(|uri| concept(&relations, uri));
    assert_eq!(*relations.alike(a), [(a, 10_000), (b, 5_000), (c, 5_000)]);
    assert_eq!(*relations.alike(c), [(a, 10_000), (b, 10_000), (c, 10_000)]);
    assert_eq!(*relations.alike(b), [(a, 5_000), (b, 10_000), (c, 6_500)]);
}

#[test]
fn work_leads_to_the_occupations_that_are_alike_the_other_way_round() {
    let relations = relations();
    let all = ["o:a", "o:b", "o:c"].map(|uri| concept(&relations, uri));
    let figure = |row: Row, of| row.iter().find(|(other, _)| *other == of).map(|(_, figure)| *figure);
    for one in all {
        for other in all {
            let there = figure(relations.leads_to(one), other);
            assert_eq!(there, figure(relations.alike(other), one), "{one:?} {other:?}");
            assert!(there.is_some());
        }
    }
}

#[test]
fn narrower_is_closer_than_broader_and_what_is_needed_together_is_close() {
    let relations = relations();
    let [common, narrow, other, rare] =
        ["s:common", "s:narrow", "s:other", "s:rare"].map(|uri| concept(&relations, uri));
    // Of the three that need `common` one needs `rare`.
    assert_eq!(*relations.close_to(rare), [(common, 1_333), (narrow, 4_000)]);
    assert_eq!(*relations.close_to(narrow), [(rare, 2_000)]);
    // Every occupation that needs `other` needs `common`; of those that need `common` half do the reverse.
    assert_eq!(*relations.close_to(common), [(other, 4_000)]);
    assert_eq!(*relations.close_to(other), [(common, 2_000)]);
    assert_eq!(*relations.close_to(ConceptNumber(99)), []);
}
