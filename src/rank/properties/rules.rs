//! Rules that no other property names: one short property each.

use super::{Pair, World, hold, pair, people, ranking};
use crate::{
    domain::{
        observation::Observed,
        requirement::{GraceWeeks, Importance, Requirement},
        restricted::{Benefit, RestrictedData},
        support::SupportOffer,
        time::{Answer, HeldJob, HeldJobPlan},
    },
    rank::generate::{self, days_after, hours, postcode, text},
};
use proptest::prelude::*;

#[test]
fn r6_what_is_seen_after_the_day_of_the_ranking_does_not_exist_yet() {
    let world = World::new();
    hold(300, (pair(), world.profile(), 1..400_i32), |(mut pair, profile, later): (Pair, _, i32)| {
        for seen in &mut pair.candidate.profile.observations {
            seen.observed_on = Some(days_after(pair.as_of, later));
        }
        let with = world.engine(&pair, profile.numbers());
        pair.candidate.profile.observations.clear();
        prop_assert_eq!(with, world.engine(&pair, profile.numbers()));
        Ok(())
    });
}

#[test]
fn r8_a_solvable_gap_in_time_costs_less_than_one_that_is_too_late_and_more_grace_never_lowers() {
    let world = World::new();
    let values = (pair(), world.profile(), 0..52_u32, 0..52_u32);
    hold(300, values, |(mut pair, profile, few, more): (Pair, _, u32, u32)| {
        let asked = &mut pair.vacancy.requirements;
        (asked.licences, asked.registrations) = (Vec::new(), Vec::new());
        pair.vacancy.starts_on = Some(pair.as_of);
        pair.candidate.profile.courses.clear();
        pair.candidate.profile.registrations.clear();
        pair.candidate.profile.lacking = vec![text("VCA")];
        let mut score = |weeks: u32| {
            let grace = GraceWeeks::new(weeks).expect("at most 104");
            let vca = Requirement { what: text("VCA-basis"), importance: Importance::Must, grace };
            pair.vacancy.requirements.certificates = vec![vca];
            world.engine(&pair, profile.numbers()).score
        };
        let (least, most) = (few.min(more), few.max(more));
        prop_assert!(score(least) <= score(most));
        // VCA takes two weeks.
        let (late, in_time) = (score(0), score(2));
        prop_assert!(late < in_time || in_time == 0, "{late} {in_time}");
        Ok(())
    });
}

#[test]
fn r11_a_postcode_changes_nothing_where_the_travel_time_is_given() {
    let world = World::new();
    let codes = (0..generate::POSTCODES.len() - 1, 0..generate::POSTCODES.len() - 1);
    hold(300, (pair(), world.profile(), codes), |(mut pair, profile, (one, other)): (Pair, _, _)| {
        pair.travel_minutes = Some(30);
        pair.candidate.profile.travel.max_km = None;
        pair.candidate.profile.travel.max_minutes = crate::domain::travel::ReachLimit::new(45).ok();
        let mut judged = |at: usize| {
            pair.candidate.profile.travel.from = Some(postcode(generate::POSTCODES[at]));
            world.engine(&pair, profile.numbers())
        };
        prop_assert_eq!(judged(one), judged(other));
        Ok(())
    });
}

#[test]
fn r12_support_that_is_offered_never_lowers() {
    let world = World::new();
    hold(300, (pair(), world.profile()), |(mut pair, profile): (Pair, _)| {
        let needs: Vec<_> = pair.candidate.profile.support_needs.iter().map(|need| need.kind).collect();
        let mut score = |offered: Answer| {
            let offer = |kind: &crate::domain::support::SupportKind| SupportOffer {
                kind: *kind,
                offered,
                note: None,
            };
            pair.vacancy.offer.support = needs.iter().map(offer).collect();
            world.engine(&pair, profile.numbers()).score
        };
        prop_assert!(score(Answer::No) <= score(Answer::Yes));
        Ok(())
    });
}

#[test]
fn r14_a_part_timer_is_an_ordinary_candidate_with_or_without_a_benefit() {
    let world = World::new();
    hold(200, (pair(), world.profile()), |(mut pair, profile): (Pair, _)| {
        pair.candidate.profile.availability.held_jobs = vec![HeldJob {
            employer: None,
            employer_name: Some(text("Zorggroep")),
            hours: Some(hours(20.0)),
            slots: Vec::new(),
            plan: HeldJobPlan::Open,
        }];
        pair.candidate.restricted = RestrictedData::default();
        let without = world.engine(&pair, profile.numbers());
        pair.candidate.restricted.benefits = vec![Benefit { name: text("WW"), until: None }];
        pair.candidate.restricted.allowances = Some(Answer::Yes);
        prop_assert_eq!(&without, &world.engine(&pair, profile.numbers()));
        let list =
            world.engine_list(&pair.vacancy, &[pair.candidate.clone()], &ranking(&profile, pair.as_of, 1));
        let left_out: usize = list.excluded.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(list.matches.len() + left_out, 1);
        Ok(())
    });
}

#[test]
fn r21_everybody_is_either_ranked_or_counted_with_a_reason() {
    let world = World::new();
    let values = (generate::vacancy("vacancy"), people(0..10), world.profile(), generate::as_of());
    hold(60, values, |(vacancy, people, profile, as_of)| {
        let list = world.engine_list(&vacancy, &people, &ranking(&profile, as_of, 5));
        let left_out: usize = list.excluded.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(list.considered + left_out, people.len());
        prop_assert!(list.excluded.iter().all(|(_, count)| *count > 0));
        prop_assert!(list.matches.len() == list.considered.min(5));
        Ok(())
    });
}

#[test]
fn r6_motivation_and_qualities_are_observed_the_same_way() {
    let world = World::new();
    hold(200, (pair(), world.profile()), |(pair, profile): (Pair, _)| {
        // Without any observation a neutral one of either kind moves nobody.
        let mut seen = pair.clone();
        for observation in &mut seen.candidate.profile.observations {
            observation.value = crate::domain::observation::ObservedValue::Average;
        }
        let is_motivation =
            |one: &crate::domain::observation::Observation| !matches!(one.observed, Observed::Quality(_));
        let mut without = seen.clone();
        without.candidate.profile.observations.retain(|one| !is_motivation(one));
        let (with, without) =
            (world.engine(&seen, profile.numbers()), world.engine(&without, profile.numbers()));
        prop_assert_eq!(with.score, without.score);
        Ok(())
    });
}
