//! The engine and the naive reference agree on every pair.

use super::{Pair, World, hold, pair};
use crate::rank::{
    Knowledge,
    criterion::Criterion,
    profile::Numbers,
    reference::{ConflictKind, ReferenceScore},
    score::{ConflictCode, Judgement, Law},
};
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeMap};

/// A score in the words that both share.
#[derive(Debug, PartialEq, Eq)]
struct Plain {
    lines: Vec<String>,
    balance: i128,
    conflicts: Vec<(ConflictCode, i128)>,
    score: i128,
    low: i128,
    high: i128,
    demand_fit: i128,
    wish_fit: i128,
    excluded_by: Option<String>,
}

impl Plain {
    fn of_engine(judged: &Judgement, pair: &Pair) -> Self {
        let asked = judged.lines.iter().filter(|line| line.knowledge.is_some());
        let line = |line: &crate::rank::score::CriterionLine| {
            let weights = [line.demand_weight, line.wish_weight].map(i128::from);
            let fits = [line.fit, line.low, line.high].map(i128::from);
            let contribution = i128::from(line.contribution);
            told(line.criterion, weights, fits, contribution)
        };
        Self {
            lines: asked.map(line).collect(),
            balance: i128::from(judged.balance),
            conflicts: judged.conflicts.iter().map(|c| (c.code, i128::from(c.contribution))).collect(),
            score: i128::from(judged.score),
            low: i128::from(judged.low),
            high: i128::from(judged.high),
            demand_fit: i128::from(judged.demand_fit),
            wish_fit: i128::from(judged.wish_fit),
            excluded_by: match judged.law {
                Law::Excluded { requirement } => papers(pair).get(requirement).cloned(),
                Law::Free | Law::Open => None,
            },
        }
    }

    fn of_reference(scored: &ReferenceScore) -> Self {
        let line = |line: &crate::rank::reference::ReferenceLine| {
            let fit = line.fit;
            let weights = [line.demand_weight, line.wish_weight];
            told(line.criterion, weights, [fit.fit, fit.low, fit.high], line.contribution)
        };
        Self {
            lines: scored.lines.iter().map(line).collect(),
            balance: scored.balance,
            conflicts: scored.conflicts.iter().map(|(kind, taken)| (code(*kind), *taken)).collect(),
            score: scored.score,
            low: scored.low,
            high: scored.high,
            demand_fit: scored.demand_fit,
            wish_fit: scored.wish_fit,
            excluded_by: scored.excluded_by.clone(),
        }
    }
}

fn told(criterion: Criterion, weights: [i128; 2], fits: [i128; 3], contribution: i128) -> String {
    format!("{criterion:?}: weights {weights:?}, fit, low, high {fits:?}, contribution {contribution}")
}

/// The asked licences, certificates and registrations, in this order.
fn papers(pair: &Pair) -> Vec<String> {
    let asked = &pair.vacancy.requirements;
    let licences = asked.licences.iter().map(|licence| licence.what.code().to_owned());
    let others = asked.certificates.iter().chain(&asked.registrations);
    licences.chain(others.map(|paper| paper.what.as_str().to_owned())).collect()
}

fn code(kind: ConflictKind) -> ConflictCode {
    match kind {
        ConflictKind::MustLanguage => ConflictCode::LanguageBelow,
        ConflictKind::MustLicence | ConflictKind::MustCertificate | ConflictKind::MustRegistration => {
            ConflictCode::PaperLacking
        }
        ConflictKind::MustSkill | ConflictKind::MustCompetency => ConflictCode::CompetencyBelow,
        ConflictKind::Refusal => ConflictCode::RefusedByPerson,
        ConflictKind::Hours => ConflictCode::HoursBelow,
        ConflictKind::Times => ConflictCode::TimesBelow,
    }
}

#[test]
fn the_engine_and_the_reference_agree_on_every_line_of_every_pair() {
    let world = World::new();
    hold(1_500, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let engine = Plain::of_engine(&world.engine(&pair, &numbers), &pair);
        let reference = Plain::of_reference(&world.reference(&pair, &numbers));
        prop_assert!(engine == reference, "{}", difference(&engine, &reference));
        Ok(())
    });
}

/// The parts that differ, each by the engine and by the reference.
fn difference(engine: &Plain, reference: &Plain) -> String {
    let parts = |plain: &Plain| -> Vec<String> { format!("{plain:#?}").lines().map(str::to_owned).collect() };
    let (engine, reference) = (parts(engine), parts(reference));
    let only_in = |a: &[String], b: &[String]| {
        a.iter().filter(|l| !b.contains(l)).cloned().collect::<Vec<_>>().join("\n")
    };
    format!("engine: {}\nreference: {}", only_in(&engine, &reference), only_in(&reference, &engine))
}

#[test]
fn the_generated_pairs_reach_every_criterion_every_conflict_and_the_law() {
    let world = World::new();
    let reached = RefCell::new(BTreeMap::new());
    hold(4_000, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let judged = world.engine(&pair, &numbers);
        let mut reached = reached.borrow_mut();
        let mut count = |what: String| *reached.entry(what).or_insert(0) += 1;
        for line in &judged.lines {
            match line.knowledge {
                Some(knowledge) => count(format!("{:?} {knowledge:?}", line.criterion)),
                None => count(format!("{:?} not asked", line.criterion)),
            }
        }
        judged.conflicts.iter().for_each(|conflict| count(format!("{:?}", conflict.code)));
        count(match judged.law {
            Law::Excluded { .. } => "excluded".to_owned(),
            law => format!("{law:?}"),
        });
        Ok(())
    });
    let reached = reached.into_inner();
    let always = [
        Criterion::Competencies,
        Criterion::Motivation,
        Criterion::Potential,
        Criterion::Hours,
        Criterion::WeekPattern,
        Criterion::Travel,
    ];
    let mut wanted = Vec::new();
    for criterion in Criterion::ALL.into_iter().filter(|criterion| criterion.is_scored()) {
        wanted.extend([Knowledge::Known, Knowledge::Unknown].map(|known| format!("{criterion:?} {known:?}")));
        if !always.contains(&criterion) {
            wanted.push(format!("{criterion:?} not asked"));
        }
    }
    wanted.extend(
        [
            ConflictCode::LanguageBelow,
            ConflictCode::PaperLacking,
            ConflictCode::CompetencyBelow,
            ConflictCode::RefusedByPerson,
            ConflictCode::HoursBelow,
            ConflictCode::TimesBelow,
        ]
        .map(|code| format!("{code:?}")),
    );
    wanted.extend(["excluded", "Open", "Free"].map(str::to_owned));
    for what in wanted {
        let times = reached.get(&what).copied().unwrap_or(0);
        assert!(times >= 3, "{what} was reached {times} times: {reached:#?}");
    }
}
