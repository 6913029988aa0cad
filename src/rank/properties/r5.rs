//! R5: unknown is not "no".

use super::{
    Pair, World,
    answers::{contradicts_itself, empty_fields, is_torn, tells_the_work},
    hold, pair,
};
use crate::rank::{
    profile::Numbers,
    reference::ReferenceScore,
    score::{Judgement, Law},
};
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeSet};

#[test]
fn r5_the_best_answer_never_lowers_the_worst_never_raises_and_all_stay_in_the_interval_by_the_reference() {
    let world = World::new();
    hold(6, (pair(), world.numbers()), |(pair, numbers)| {
        holds_for_every_answer(&world, &pair, |pair| Told::of(&world.reference(pair, &numbers)))
    });
}

#[test]
fn r5_the_best_answer_never_lowers_the_worst_never_raises_and_all_stay_in_the_interval_by_the_engine() {
    let world = World::new();
    hold(80, (pair(), world.numbers()), |(pair, numbers)| {
        holds_for_every_answer(&world, &pair, |pair| Told::of_engine(&world.engine(pair, &numbers)))
    });
}

#[test]
fn r5_a_score_lies_in_its_interval_and_so_does_every_fit() {
    let world = World::new();
    hold(1_500, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let judged = world.engine(&pair, &numbers);
        prop_assert!(judged.low <= judged.score && judged.score <= judged.high, "{judged:?}");
        for line in judged.lines.iter().filter(|line| line.knowledge.is_some()) {
            prop_assert!(line.low <= line.fit && line.fit <= line.high && line.high <= 10_000, "{line:?}");
        }
        Ok(())
    });
}

/// The answering fields of both sides, as `docs/scoring.md` lists them.
const ANSWERING_FIELDS: [&str; 48] = [
    "availability.from",
    "availability.held_jobs.hours",
    "availability.held_jobs.slots",
    "availability.hours",
    "availability.irregular_work",
    "availability.office_hours",
    "availability.week_pattern",
    "capacities",
    "contract_forms",
    "courses",
    "educations",
    "experience",
    "experience.description",
    "experience.months",
    "experience.occupation",
    "lacking",
    "languages",
    "level",
    "licences",
    "observations of a quality",
    "observations of motivation",
    "presentation",
    "registrations",
    "skills",
    "travel.from",
    "travel.max_km or max_minutes",
    "travel.means",
    "vacancy.carving",
    "vacancy.contract_forms",
    "vacancy.description",
    "vacancy.ends_on",
    "vacancy.occupation",
    "vacancy.offer.conditions",
    "vacancy.offer.conditions_text",
    "vacancy.offer.support",
    "vacancy.place.postcode",
    "vacancy.schedule.hours",
    "vacancy.schedule.irregular_work",
    "vacancy.schedule.office_hours",
    "vacancy.schedule.shifts",
    "vacancy.schedule.week_pattern",
    "vacancy.starts_on",
    "vacancy.tasks",
    "vacancy.title",
    "wishes.conditions",
    "wishes.interests",
    "wishes.occupations",
    "wishes.sectors",
];

#[test]
fn r5_every_answering_field_of_both_sides_is_found_empty_and_filled() {
    let world = World::new();
    let found = RefCell::new(BTreeSet::new());
    hold(300, pair(), |pair| {
        let fields = empty_fields(&pair, &|sector| world.assumed(sector));
        found.borrow_mut().extend(fields.iter().map(|answers| answers.field));
        Ok(())
    });
    let found: Vec<&str> = found.into_inner().into_iter().collect();
    assert_eq!(found, ANSWERING_FIELDS);
}

/// What R5 speaks of. Whom the law excludes scores nothing.
#[derive(Clone, Copy, Debug)]
struct Told {
    score: i128,
    low: i128,
    high: i128,
    is_excluded: bool,
}

impl Told {
    fn of(scored: &ReferenceScore) -> Self {
        let is_excluded = scored.excluded_by.is_some();
        Self {
            score: if is_excluded { 0 } else { scored.score },
            low: scored.low,
            high: scored.high,
            is_excluded,
        }
    }

    fn of_engine(judged: &Judgement) -> Self {
        let is_excluded = matches!(judged.law, Law::Excluded { .. });
        Self {
            score: if is_excluded { 0 } else { i128::from(judged.score) },
            low: i128::from(judged.low),
            high: i128::from(judged.high),
            is_excluded,
        }
    }
}

fn holds_for_every_answer(
    world: &World,
    pair: &Pair,
    score: impl Fn(&Pair) -> Told,
) -> Result<(), TestCaseError> {
    let before = score(pair);
    if before.is_excluded {
        return Ok(());
    }
    for answers in empty_fields(pair, &|sector| world.assumed(sector)) {
        let field = answers.field;
        let scores: Vec<i128> = answers.filled.iter().map(|filled| score(filled).score).collect();
        for (after, filled) in scores.iter().zip(&answers.filled) {
            prop_assert!(
                before.low <= *after && *after <= before.high,
                "{field}: {after} is outside {before:?}\nwith {filled:#?}"
            );
        }
        let (worst, best) = (scores.iter().min().copied(), scores.iter().max().copied());
        prop_assert!(worst <= Some(before.score), "{field}: the worst of {scores:?} raises {before:?}");
        if is_torn(pair, field) || (tells_the_work(field) && contradicts_itself(pair)) {
            continue;
        }
        prop_assert!(best >= Some(before.score), "{field}: the best of {scores:?} lowers {before:?}");
    }
    Ok(())
}
