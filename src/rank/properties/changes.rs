//! R19, R20: single changes are proposed for what can change, and what they give is found by the ranking.

use super::{EnginePair, Pair, World, hold, pair, people, ranking};
use crate::domain::candidate::CandidateProfile;
use crate::rank::{
    CandidateFacts, Rules, VacancyFacts,
    changes::{Change, Edit, Situation, Stand, outcome, proposals},
    criteria::licences::{Standing, standing},
    generate, judge, pool,
    profile::RankingProfile,
    rank_candidates,
    reason::{ReasonCode, Value},
    score::Law,
    top::with_standings,
};
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeMap};

/// The proposals of a pair, with the facts that each changes.
fn proposed<T>(
    world: &World,
    pair: &Pair,
    profile: &RankingProfile,
    with: impl Fn(&Situation<'_>, Vec<Change>) -> T,
) -> T {
    let (vacancy, candidate) = (world.vacancy(&pair.vacancy), world.candidate(&pair.candidate));
    let facts = EnginePair { vacancy: &vacancy, candidate: &candidate, travel_minutes: pair.travel_minutes };
    let situation = Situation {
        pair: facts,
        rules: Rules::new(profile, pair.as_of),
        as_of: pair.as_of,
        candidate: &pair.candidate.profile,
        vacancy: &pair.vacancy,
    };
    with(&situation, proposals(&situation))
}

/// The pair after a change.
fn changed(world: &World, pair: &Pair, change: &Change) -> (Pair, VacancyFacts, CandidateFacts) {
    let mut pair = pair.clone();
    match &change.edit {
        Edit::Candidate(edit) => edit(&mut pair.candidate.profile),
        Edit::Vacancy(edit) => edit(&mut pair.vacancy),
    }
    let facts = (world.vacancy(&pair.vacancy), world.candidate(&pair.candidate));
    (pair, facts.0, facts.1)
}

/// What a person said and wants, which no proposal may change.
fn said(profile: &CandidateProfile) -> CandidateProfile {
    let mut said = profile.clone();
    said.skills.clear();
    said.languages.clear();
    said
}

#[test]
fn r20_a_proposal_changes_one_side_and_leaves_what_is_refused_wished_or_seen() {
    let world = World::new();
    hold(300, (pair(), world.profile()), |(pair, profile)| {
        proposed(&world, &pair, &profile, |_, changes| {
            for change in changes {
                let (after, ..) = changed(&world, &pair, &change);
                let (old, new) = (said(&pair.candidate.profile), said(&after.candidate.profile));
                prop_assert_eq!(&old.refusals, &new.refusals);
                let (wished, wishes) = (&old.wishes, &new.wishes);
                prop_assert!(wishes.occupations.starts_with(&wished.occupations));
                prop_assert!(wishes.sectors.starts_with(&wished.sectors));
                prop_assert_eq!(&wishes.dream_occupation, &wished.dream_occupation);
                prop_assert_eq!(&wishes.interests, &wished.interests);
                prop_assert!(new.observations.starts_with(&old.observations));
                prop_assert!(new.experience.starts_with(&old.experience));
                prop_assert!(new.educations.starts_with(&old.educations));
                match change.edit {
                    Edit::Vacancy(_) => prop_assert_eq!(&pair.candidate, &after.candidate),
                    Edit::Candidate(_) => prop_assert_eq!(&pair.vacancy, &after.vacancy),
                }
                prop_assert_eq!(&after.candidate.restricted, &pair.candidate.restricted);
            }
            Ok(())
        })
    });
}

#[test]
fn every_kind_of_change_is_proposed_and_helps_somebody() {
    let world = World::new();
    let helped: RefCell<BTreeMap<ReasonCode, usize>> = RefCell::default();
    hold(1_500, (pair(), world.profile()), |(pair, profile)| {
        proposed(&world, &pair, &profile, |at, changes| {
            let before = judge(at.pair, at.rules);
            for change in changes {
                let (_, vacancy, candidate) = changed(&world, &pair, &change);
                let facts = EnginePair {
                    vacancy: &vacancy,
                    candidate: &candidate,
                    travel_minutes: pair.travel_minutes,
                };
                let after = judge(facts, at.rules);
                let helps = after.score > before.score;
                *helped.borrow_mut().entry(change.reason.code).or_default() += usize::from(helps);
            }
            Ok(())
        })
    });
    let helped = helped.into_inner();
    let changes = ReasonCode::ALL.iter().filter(|code| code.name().starts_with("WITH_"));
    let given = [ReasonCode::WithGivenCandidate, ReasonCode::WithGivenVacancy];
    let useless: Vec<_> = changes
        .filter(|code| !given.contains(code) && helped.get(code).is_none_or(|helped| *helped == 0))
        .collect();
    assert!(useless.is_empty(), "{useless:?} help nobody");
}

#[test]
fn r8_with_the_paper_the_paper_is_there() {
    let world = World::new();
    let tried = RefCell::new(0);
    hold(500, (pair(), world.profile()), |(pair, profile)| {
        proposed(&world, &pair, &profile, |at, changes| {
            for change in changes.iter().filter(|change| change.reason.code == ReasonCode::WithPaper) {
                let (_, vacancy, candidate) = changed(&world, &pair, change);
                let Some(Value::Paper(name)) = change.reason.get("paper") else {
                    return Err(TestCaseError::fail("a paper without a name"));
                };
                let asked = vacancy.papers.iter().filter(|asked| asked.paper.name() == *name);
                for asked in asked {
                    let has_a_key = !asked.accepts.is_empty() || asked.same.is_empty();
                    *tried.borrow_mut() += 1;
                    if has_a_key && standing(asked, &candidate, at.rules) == Standing::Has {
                        continue;
                    }
                    // A name without any letter is unknown of everybody.
                    prop_assert!(asked.same.is_empty(), "{name:?} is still missing");
                }
            }
            Ok(())
        })
    });
    assert!(tried.into_inner() > 50);
}

#[test]
fn r19_the_place_of_a_changed_score_is_the_place_in_the_list_ranked_anew() {
    let world = World::new();
    let moved = RefCell::new(0);
    let worlds = (
        generate::vacancy("vacancy"),
        people(2..12),
        generate::candidate("somebody"),
        generate::as_of(),
        world.profile(),
    );
    hold(150, worlds, |(vacancy, people, other, as_of, profile)| {
        let facts = world.vacancy(&vacancy);
        let all: Vec<CandidateFacts> = people.iter().map(|one| world.candidate(one)).collect();
        let options = ranking(&profile, as_of, usize::MAX);
        for (at, one) in people.iter().enumerate() {
            let mut person = one.clone();
            person.profile = other.profile.clone();
            let person = world.candidate(&person);
            let rules = Rules::new(&profile, as_of);
            let changed = EnginePair { vacancy: &facts, candidate: &person, travel_minutes: None };
            let judged = judge(changed, rules);
            let mut anew = all.clone();
            anew[at] = person.clone();
            let list = rank_candidates(&facts, &anew, &options);
            let found = list.matches.iter().find(|found| found.index == at);
            let in_pool = pool::outside(changed, rules).is_none();
            let stand = with_standings(&facts, &all, &options, |standings| {
                let place = standings.of(person.id());
                Stand::new(&judged, |score| place.place(score))
            });
            prop_assert_eq!(stand.place.is_none(), matches!(judged.law, Law::Excluded { .. }));
            if let (Some(found), true) = (found, in_pool) {
                prop_assert_eq!(stand.place, Some(found.rank));
                prop_assert_eq!(stand.tied, found.tied);
                *moved.borrow_mut() += 1;
            }
        }
        Ok(())
    });
    assert!(moved.into_inner() > 200);
}

#[test]
fn what_a_change_came_to_is_told_by_place_then_by_points() {
    let stand = |score, place| Stand { score, low: 0, high: 10_000, place, tied: false };
    let before = stand(5_000, Some(14));
    for (after, code) in [
        (stand(6_000, Some(3)), ReasonCode::OutcomePlace),
        (stand(5_010, Some(14)), ReasonCode::OutcomeMorePoints),
        (stand(4_990, Some(14)), ReasonCode::OutcomeFewerPoints),
        (stand(5_000, Some(14)), ReasonCode::OutcomeSame),
        (stand(5_000, None), ReasonCode::OutcomeLeaves),
    ] {
        assert_eq!(outcome(before, after).code, code);
    }
    assert_eq!(outcome(stand(5_000, None), before).code, ReasonCode::OutcomeEnters);
}
