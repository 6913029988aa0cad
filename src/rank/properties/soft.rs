//! R3, R6, R12 and R14: what weighs most, what was seen, support, the own employer.

use super::{Pair, World, hold, pair};
use crate::{
    domain::{
        Vacancy,
        competency::{Competency, Facet, Quality},
        education::WorkLevel,
        observation::{Dispute, Observation, ObservationSource, Observed, ObservedValue},
        requirement::{ExperienceDemand, Requirement},
        sector::SbiCode,
        support::{SupportKind, SupportNeed, SupportOffer},
        time::{Answer, HeldJob, HeldJobPlan},
        work::{Refusals, Wishes, WorkExperience},
    },
    rank::{
        criterion::Criterion,
        generate::{self, days_after, text},
        profile::{Numbers, RankingProfile},
        score::{CriterionLine, Judgement},
    },
};
use proptest::prelude::*;
use std::cell::Cell;

fn line(judged: &Judgement, criterion: Criterion) -> CriterionLine {
    *judged.lines.iter().find(|line| line.criterion == criterion).expect("every criterion has a line")
}

fn seen(observed: Observed, source: ObservationSource, value: ObservedValue, pair: &Pair) -> Observation {
    Observation {
        observed,
        source,
        value,
        observed_on: Some(pair.as_of),
        note: None,
        dispute: Dispute::Undisputed,
        delivery: None,
    }
}

/// Whether the lines of a criterion are the same but for what they add.
fn same_fit(one: &Judgement, other: &Judgement, criterion: Criterion) -> bool {
    let fit = |judged: &Judgement| {
        let line = judged.lines.iter().find(|line| line.criterion == criterion);
        line.map(|line| (line.knowledge.is_some(), line.fit))
    };
    fit(one) == fit(other)
}

/// The demand-weighed mean fit of the soft criteria that are asked, times their weight, and the weight.
fn soft(judged: &Judgement) -> (i64, i64) {
    let lines = judged.lines.iter().filter(|line| line.criterion.is_soft());
    lines.fold((0, 0), |(sum, weight), line| {
        let own = i64::from(line.demand_weight);
        (sum + own * i64::from(line.fit), weight + own)
    })
}

/// Somebody with the asked level and ten more years, and the same person without these of whom others saw more.
fn on_paper_and_seen(pair: &Pair, values: &[(usize, ObservedValue)]) -> (Pair, Pair) {
    let mut base = pair.clone();
    base.candidate.profile.level = None;
    base.candidate.profile.educations.clear();
    base.candidate.profile.experience.clear();
    base.candidate.profile.observations.clear();
    base.candidate.profile.wishes = Wishes::default();
    base.candidate.profile.refusals = Refusals::default();
    base.vacancy.requirements.level = Some(Requirement::should(WorkLevel::Mbo));
    let years = ExperienceDemand { years: 10, occupation: None };
    base.vacancy.requirements.experience = vec![Requirement::should(years)];
    let (mut paper, mut seen_one) = (base.clone(), base);
    paper.candidate.profile.level = Some(WorkLevel::Mbo);
    // Without an occupation, so that the years say nothing of skills; half of them count.
    paper.candidate.profile.experience =
        vec![WorkExperience { months: Some(240), ..WorkExperience::default() }];
    seen_one.candidate.profile.level = Some(WorkLevel::Basic);
    seen_one.candidate.profile.experience =
        vec![WorkExperience { months: Some(0), ..WorkExperience::default() }];
    let mut subjects = vec![
        Observed::Quality(Quality { competency: Competency::Learn, facet: None }),
        Observed::MotivationForSector(
            seen_one.vacancy.sector.unwrap_or(SbiCode::new(86).expect("two digits")),
        ),
    ];
    let asked = seen_one.vacancy.requirements.competencies.iter().map(|asked| asked.what.clone());
    subjects.extend(asked.map(Observed::Quality));
    seen_one.candidate.profile.wishes.occupations.extend(seen_one.vacancy.occupation.clone());
    seen_one.candidate.profile.wishes.sectors.extend(seen_one.vacancy.sector);
    for (at, value) in values {
        let subject = subjects[at % subjects.len()].clone();
        let observation = seen(subject, ObservationSource::Employer, *value, &seen_one);
        seen_one.candidate.profile.observations.push(observation);
    }
    (paper, seen_one)
}

#[test]
fn r3_three_tenths_more_on_the_soft_criteria_beat_the_diploma_and_ten_years_in_every_shipped_profile() {
    let world = World::new();
    let counted = Cell::new(0);
    let value = prop::sample::select(vec![ObservedValue::Sufficient, ObservedValue::Strong]);
    let values = (pair(), world.profile(), prop::collection::vec((0..6usize, value), 3..12));
    hold(1_200, values, |(pair, profile, values): (Pair, RankingProfile, Vec<_>)| {
        let (paper, seen) = on_paper_and_seen(&pair, &values);
        let [paper, seen] = [paper, seen].map(|pair| world.engine(&pair, profile.numbers()));
        let papers = [Criterion::Level, Criterion::Experience];
        let others = Criterion::ALL.into_iter().filter(|c| !c.is_soft() && !papers.contains(c));
        prop_assert!(others.clone().all(|criterion| same_fit(&paper, &seen, criterion)));
        let (less, weight) = soft(&paper);
        let (more, _) = soft(&seen);
        let is_lower = |c: &Criterion| line(&seen, *c).fit < line(&paper, *c).fit;
        let is_clear = more - less >= 3_000 * weight
            && !Criterion::ALL.iter().any(|c| c.is_soft() && is_lower(c))
            && seen.conflicts.len() == paper.conflicts.len();
        if is_clear && seen.score > 0 {
            counted.set(counted.get() + 1);
            prop_assert!(seen.score > paper.score, "{} {}\n{seen:#?}\n{paper:#?}", seen.score, paper.score);
        }
        Ok(())
    });
    assert!(counted.get() >= 60, "only {} pairs were that far apart", counted.get());
}

#[test]
fn r6_a_positive_observation_of_a_quality_and_source_never_seen_before_never_lowers_a_negative_never_raises()
{
    let world = World::new();
    let values = (
        pair(),
        world.numbers(),
        prop::sample::select(ObservationSource::ALL.to_vec()),
        prop::sample::select(vec![ObservedValue::Absent, ObservedValue::Insufficient, ObservedValue::Strong]),
        any::<prop::sample::Index>(),
    );
    let changed = Cell::new(0);
    hold(600, values, |(before, numbers, source, value, which)| {
        let asked = &before.vacancy.requirements.competencies;
        let learning = Quality { competency: Competency::Learn, facet: None };
        let qualities: Vec<Quality> =
            asked.iter().map(|asked| asked.what.clone()).chain([learning]).collect();
        let facet = Facet::new("never_seen_before").expect("a key");
        // A side of what is asked: asked with another facet it says nothing, else it adds to what was seen.
        let quality = Quality { facet: Some(facet), ..qualities[which.index(qualities.len())].clone() };
        let mut after = before.clone();
        let observation = seen(Observed::Quality(quality), source, value, &after);
        after.candidate.profile.observations.push(observation);
        let [before, after] = [before, after].map(|pair| world.engine(&pair, &numbers));
        changed.set(changed.get() + u32::from(before.score != after.score));
        let (less, more) = if value.points() > 0 { (before, after) } else { (after, before) };
        prop_assert!(less.score <= more.score, "{value:?}");
        Ok(())
    });
    assert!(changed.get() > 200, "only {} scores changed", changed.get());
}

#[test]
fn r6_a_disputed_observation_changes_no_score_and_is_told() {
    let world = World::new();
    hold(300, (pair(), world.numbers()), |(before, numbers): (Pair, Numbers)| {
        let mut after = before.clone();
        let learning = Observed::Quality(Quality { competency: Competency::Learn, facet: None });
        let mut disputed = seen(learning, ObservationSource::Employer, ObservedValue::Absent, &after);
        disputed.dispute = Dispute::Disputed;
        after.candidate.profile.observations.push(disputed);
        prop_assert_eq!(world.engine(&before, &numbers), world.engine(&after, &numbers));
        prop_assert_eq!(world.reference(&before, &numbers), world.reference(&after, &numbers));
        let told = world.explained(&after, &numbers);
        let codes = told.reasons.iter().flatten().map(|reason| reason.code.name());
        prop_assert!(codes.into_iter().any(|code| code == "QUALITY_SEEN_DISPUTED"));
        Ok(())
    });
}

#[test]
fn r6_time_pulls_what_was_seen_to_one_half_month_by_month() {
    let world = World::new();
    hold(300, (pair(), world.numbers(), 0..40i32), |(mut pair, numbers, months)| {
        let seen = &mut pair.candidate.profile.observations;
        seen.retain(|one| matches!(one.observed, Observed::Quality(_)));
        seen.truncate(1);
        for one in seen {
            one.observed_on = Some(one.observed_on.map_or(pair.as_of, |day| day.min(pair.as_of)));
        }
        let mut later = pair.clone();
        later.as_of = days_after(pair.as_of, 31 * months);
        let distance =
            |pair: &Pair| line(&world.engine(pair, &numbers), Criterion::Competencies).fit.abs_diff(5_000);
        prop_assert!(distance(&later) <= distance(&pair));
        Ok(())
    });
}

#[test]
fn r2_what_is_near_growth_or_named_never_lowers_potential_and_missing_skills_cost_nothing_there() {
    let world = World::new();
    hold(400, (pair(), world.numbers()), |(mut pair, numbers): (Pair, Numbers)| {
        let potential = |pair: &Pair| line(&world.engine(pair, &numbers), Criterion::Potential);
        pair.candidate.profile.skills.truncate(30);
        let mut knows_nothing = pair.clone();
        let profile = &mut knows_nothing.candidate.profile;
        profile.skills.clear();
        profile.courses.clear();
        profile.experience.clear();
        profile.presentation = None;
        let mut unseen = knows_nothing.clone();
        unseen.candidate.profile.observations.clear();
        prop_assert!(potential(&unseen).fit >= 5_000);
        prop_assert!(potential(&knows_nothing).fit <= potential(&pair).fit);
        let mut named = pair.clone();
        let asked: Vec<_> = pair.vacancy.requirements.skills.iter().map(|s| s.what.clone()).collect();
        named.candidate.profile.skills.extend(asked);
        prop_assert!(potential(&pair).fit <= potential(&named).fit);
        let mut wishes = pair.clone();
        wishes.candidate.profile.wishes.occupations.extend(pair.vacancy.occupation.clone());
        prop_assert!(potential(&pair).fit <= potential(&wishes).fit);
        Ok(())
    });
}

fn support(kind: SupportKind, offered: Answer) -> SupportOffer {
    SupportOffer { kind, offered, note: None }
}

#[test]
fn r12_a_need_that_is_met_costs_nothing_and_one_that_is_not_met_lowers_and_is_named() {
    let world = World::new();
    let kind = prop::sample::select(SupportKind::ALL.to_vec());
    hold(400, (pair(), world.numbers(), kind), |(mut pair, numbers, kind)| {
        pair.candidate.profile.support_needs.clear();
        pair.vacancy.offer.support.clear();
        let without = world.engine(&pair, &numbers);
        pair.candidate.profile.support_needs = vec![SupportNeed { kind, needed: Answer::Yes, note: None }];
        let judged = |answer| {
            let mut pair = pair.clone();
            pair.vacancy.offer.support = vec![support(kind, answer)];
            (world.engine(&pair, &numbers), world.explained(&pair, &numbers))
        };
        let ((met, _), (unmet, told)) = (judged(Answer::Yes), judged(Answer::No));
        let unknown = world.engine(&pair, &numbers);
        prop_assert!(met.score >= without.score && unmet.score <= unknown.score);
        prop_assert!(unknown.score <= met.score && unmet.score <= without.score);
        prop_assert!(unknown.low <= unmet.score && met.score <= unknown.high);
        let mut codes = told.reasons.iter().flatten().map(|reason| reason.code.name());
        prop_assert!(codes.any(|code| code == "SUPPORT_NOT_OFFERED"));
        Ok(())
    });
}

#[test]
fn r12_the_part_of_a_capacity_that_is_there_is_the_part_that_fits() {
    let world = World::new();
    let numbers = world.numbers[0];
    let mut vacancy = Vacancy::new(crate::domain::text::VacancyId::new("v").expect("valid"));
    let mut candidate =
        crate::domain::Candidate::new(crate::domain::text::CandidateId::new("c").expect("valid"));
    let capacity = |ability: &str, minutes_per_day| crate::domain::support::Capacity {
        ability: text(ability),
        minutes_per_day,
        note: None,
    };
    let mut fit = |own: crate::domain::support::Capacity, asked: crate::domain::support::Capacity| {
        candidate.profile.capacities = vec![own];
        vacancy.offer.capacities_asked = vec![asked];
        let pair = Pair {
            vacancy: vacancy.clone(),
            candidate: candidate.clone(),
            as_of: generate::day((2026, 11, 22)),
            travel_minutes: None,
        };
        let line = line(&world.engine(&pair, &numbers), Criterion::Support);
        (line.fit, line.high)
    };
    let standing = |minutes| capacity("staan", Some(minutes));
    assert_eq!(fit(standing(60), standing(240)), (2_500, 2_500));
    assert_eq!(fit(standing(480), standing(240)), (10_000, 10_000));
    assert_eq!(fit(capacity("Lopen en staan", Some(60)), standing(120)), (5_000, 5_000));
    assert_eq!(fit(standing(60), capacity("lopen en staan", Some(120))), (5_000, 10_000));
    let lifting = |ability, minutes| capacity(ability, minutes);
    assert_eq!(
        fit(lifting("tillen tot 10 kg", None), lifting("tillen tot 25 kilo", Some(60))),
        (4_000, 4_000)
    );
    assert_eq!(fit(lifting("tillen", None), lifting("tillen tot 25 kg", None)), (10_000, 10_000));
}

#[test]
fn r14_at_the_own_employer_culture_is_known_and_met() {
    let world = World::new();
    hold(300, (pair(), world.numbers()), |(mut pair, numbers): (Pair, Numbers)| {
        let employer = crate::domain::text::EmployerId::new("de eigen").ok();
        pair.vacancy.employer.id = employer.clone();
        pair.candidate.profile.availability.held_jobs = vec![HeldJob {
            employer,
            employer_name: None,
            hours: None,
            slots: Vec::new(),
            plan: HeldJobPlan::Open,
        }];
        let own = line(&world.engine(&pair, &numbers), Criterion::Culture);
        prop_assert_eq!((own.fit, own.low, own.high), (10_000, 10_000, 10_000));
        prop_assert!(own.knowledge.is_some());
        pair.vacancy.employer.id = crate::domain::text::EmployerId::new("een ander").ok();
        let other = line(&world.engine(&pair, &numbers), Criterion::Culture);
        prop_assert!(other.knowledge.is_none() || other.fit <= own.fit);
        Ok(())
    });
}
