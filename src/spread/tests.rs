//! The plan held against every other way to hand out the places.

use super::{Demands, Offer, Plan, plan};
use proptest::prelude::*;
use std::cmp::Reverse;

/// Fewest missing places, then the highest sum of scores, over every way to hand out the places.
fn by_force(people: u32, offers: &[Vec<Offer>], demands: Demands) -> (u32, u64) {
    let edges: Vec<(usize, Offer)> = offers
        .iter()
        .enumerate()
        .flat_map(|(vacancy, offers)| offers.iter().map(move |offer| (vacancy, *offer)))
        .collect();
    let mut offered = vec![0; people as usize];
    for (_, offer) in &edges {
        offered[offer.person as usize] += 1;
    }
    let ways = 0..1_u32 << edges.len();
    let judged = ways.filter_map(|way| {
        let (mut used, mut on_lists, mut sum) = (vec![0; offers.len()], vec![0; people as usize], 0);
        for (at, (vacancy, offer)) in edges.iter().enumerate() {
            if way >> at & 1 == 1 {
                used[*vacancy] += 1;
                on_lists[offer.person as usize] += 1;
                sum += u64::from(offer.score);
            }
        }
        let held = used.iter().all(|used| *used <= demands.list_size)
            && on_lists.iter().all(|on_lists| *on_lists <= demands.cap);
        let missing = |(on, offered): (&u32, &u32)| (*offered).min(demands.floor).saturating_sub(*on);
        held.then(|| (on_lists.iter().zip(&offered).map(missing).sum(), sum))
    });
    judged.min_by_key(|(missing, sum): &(u32, u64)| (*missing, Reverse(*sum))).unwrap()
}

fn sum(plan: &Plan) -> u64 {
    plan.costs.iter().map(|cost| cost.planned).sum()
}

/// Holds the demands as far as the plan says that it comes, and the lists agree with what it says they cost.
fn holds(people: u32, offers: &[Vec<Offer>], demands: Demands, plan: &Plan) {
    let mut on_lists = vec![0; people as usize];
    for ((list, offers), cost) in plan.lists.iter().zip(offers).zip(&plan.costs) {
        assert!(list.len() <= demands.list_size as usize);
        assert!(list.iter().all(|offer| offers.contains(offer)));
        assert!(list.is_sorted_by_key(|offer| Reverse(offer.score)));
        assert_eq!(cost.planned, list.iter().map(|offer| u64::from(offer.score)).sum::<u64>());
        for offer in list {
            on_lists[offer.person as usize] += 1;
        }
    }
    assert!(on_lists.iter().all(|on| *on <= demands.cap));
}

/// Few scores, so that there are ties; each person at most once with each vacancy.
fn small() -> impl Strategy<Value = (u32, Vec<Vec<Offer>>, Demands)> {
    let score = prop_oneof![Just(None), (1..6_u16).prop_map(|score| Some(score * 100))];
    let offers = prop::collection::vec(prop::collection::vec(score, 4), 1..4);
    (offers, 1..3_u32, 0..3_u32, 0..3_u32).prop_map(|(scores, list_size, floor, more)| {
        let offered = |scores: Vec<Option<u16>>| {
            let offers = scores.into_iter().zip(0..);
            offers.filter_map(|(score, person)| Some(Offer { person, score: score? })).collect()
        };
        let demands = Demands { list_size, floor, cap: (floor + more).max(1) };
        (4, scores.into_iter().map(offered).collect(), demands)
    })
}

proptest! {
    #[test]
    fn no_way_to_hand_out_the_places_misses_fewer_or_keeps_more_score((people, offers, demands) in small()) {
        let found = plan(people, &offers, demands);
        holds(people, &offers, demands, &found);
        prop_assert_eq!((found.missing, sum(&found)), by_force(people, &offers, demands));
    }

    #[test]
    fn without_demands_the_plan_is_the_plain_lists((people, offers, demands) in small()) {
        let found = plan(people, &offers, Demands { floor: 0, cap: u32::MAX, ..demands });
        for (cost, offers) in found.costs.iter().zip(&offers) {
            let mut scores: Vec<u64> = offers.iter().map(|offer| offer.score.into()).collect();
            scores.sort_unstable_by_key(|score| Reverse(*score));
            let plain: u64 = scores.iter().take(demands.list_size as usize).sum();
            prop_assert_eq!((cost.plain, cost.planned, cost.left_empty), (plain, plain, 0));
        }
    }
}

fn offers(scores: &[(u32, u16)]) -> Vec<Offer> {
    scores.iter().map(|(person, score)| Offer { person: *person, score: *score }).collect()
}

#[test]
fn a_person_on_no_list_gets_a_place_at_the_least_loss_and_each_vacancy_says_what_it_costs() {
    // Person 2 fits both vacancies; the second loses less.
    let offers =
        [offers(&[(0, 9_000), (1, 8_000), (2, 4_000)]), offers(&[(0, 7_000), (1, 5_000), (2, 4_500)])];
    let found = plan(4, &offers, Demands { list_size: 2, floor: 1, cap: 2 });
    assert_eq!(found.lists[0], offers[0][..2]);
    assert_eq!(found.lists[1], [offers[1][0], offers[1][2]]);
    let costs: Vec<u64> = found.costs.iter().map(|cost| cost.plain - cost.planned).collect();
    assert_eq!(costs, [0, 500]);
    assert_eq!(
        (found.people, found.below_floor_before, found.below_floor),
        (3, 1, 0),
        "nothing fits the fourth"
    );
}

#[test]
fn a_demand_that_goes_too_far_is_met_as_far_as_it_can_be_and_says_how_far_that_is() {
    // Three people, and one place.
    let offers = [offers(&[(0, 9_000), (1, 8_000), (2, 4_000)])];
    let found = plan(3, &offers, Demands { list_size: 1, floor: 1, cap: 1 });
    assert_eq!(found.lists[0], offers[0][..1]);
    assert_eq!((found.missing, found.below_floor, found.below_floor_before), (2, 2, 2));
    let found = plan(3, &offers, Demands { list_size: 1, floor: 5, cap: 1 });
    assert_eq!((found.missing, found.fewer_offers), (2, 3), "more than their offers nobody can have");
}
