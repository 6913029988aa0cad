//! Lists: the engine's order is the reference's (R17), the same on any number of threads and in any order of
//! arrival (R18), and nobody moves anybody else (R19).

use super::{Pair, World, hold, people, ranking, with_id};
use crate::{
    domain::{Candidate, provenance::DeliveryState, requirement::Importance, text::VacancyId},
    rank::{
        generate, judge,
        profile::RankingProfile,
        rules::{Pair as EnginePair, Rules},
        top::{ProfileChoice, Ranked, Ranking, rank_vacancies},
    },
};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[test]
fn r17_a_list_has_the_order_the_ties_and_the_equals_left_out_of_the_reference() {
    let world = World::new();
    let values = (generate::vacancy("vacancy"), people(0..12), world.profile(), generate::as_of(), 1..8usize);
    hold(40, values, |(vacancy, people, profile, as_of, page_size)| {
        let expected = world.reference_order(&vacancy, &people, &profile, as_of);
        let mut seen = 0;
        let mut cursor = None;
        loop {
            let page = Ranking { after: cursor.as_ref(), ..ranking(&profile, as_of, page_size) };
            let list = world.engine_list(&vacancy, &people, &page);
            prop_assert_eq!(list.considered, expected.len());
            let left_out: usize = list.excluded.iter().map(|(_, count)| count).sum();
            prop_assert_eq!(left_out, people.len() - expected.len());
            for shown in &list.matches {
                let place = &expected[seen];
                prop_assert_eq!(&people[shown.index].id, &place.candidate);
                prop_assert_eq!(i128::from(shown.score), place.score);
                prop_assert_eq!(shown.tied, place.tied);
                prop_assert_eq!(shown.rank, seen + 1);
                seen += 1;
            }
            if let Some(last) = seen.checked_sub(1) {
                let equals = expected[seen..].iter().filter(|place| place.score == expected[last].score);
                prop_assert_eq!(list.tied_beyond, equals.count());
            }
            match list.next {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        prop_assert_eq!(seen, expected.len());
        Ok(())
    });
}

/// Everything that a list says, by who it says it of.
fn told(list: &Ranked, people: &[Candidate]) -> String {
    let matches: Vec<_> =
        list.matches.iter().map(|m| (people[m.index].id.as_str(), m.rank, m.tied, m.tie, m.score)).collect();
    format!("{matches:?} {} {:?} {} {:?}", list.considered, list.excluded, list.tied_beyond, list.next)
}

/// Enough people to be shared between threads, from a few kinds.
fn crowd(kinds: &[Candidate]) -> Vec<Candidate> {
    (0..700).filter_map(|at| Some(with_id(kinds.get(at % kinds.len())?.clone(), at))).collect()
}

#[test]
fn r18_a_list_is_the_same_on_one_and_on_two_threads_and_in_any_order_of_arrival() {
    let world = World::new();
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
    let (one, two) = (pool(1), pool(2));
    let values = (generate::vacancy("vacancy"), people(4..20), world.profile(), generate::as_of());
    hold(6, values, |(vacancy, kinds, profile, as_of)| {
        let people = crowd(&kinds);
        let page = ranking(&profile, as_of, 40);
        let alone = one.install(|| told(&world.engine_list(&vacancy, &people, &page), &people));
        let shared = two.install(|| told(&world.engine_list(&vacancy, &people, &page), &people));
        prop_assert_eq!(&alone, &shared);
        let mut shuffled: Vec<Candidate> = people.iter().rev().cloned().collect();
        shuffled.rotate_left(123);
        prop_assert_eq!(&alone, &told(&world.engine_list(&vacancy, &shuffled, &page), &shuffled));
        Ok(())
    });
}

#[test]
fn r19_more_people_change_nobody_elses_score_lines_or_place_among_the_others() {
    let world = World::new();
    let values =
        (generate::vacancy("vacancy"), people(1..8), people(1..8), world.profile(), generate::as_of());
    hold(50, values, |(vacancy, few, others, profile, as_of)| {
        let newcomers = others.into_iter().enumerate().map(|(at, one)| with_id(one, 1_000 + at));
        let all: Vec<Candidate> = newcomers.chain(few.iter().cloned()).collect();
        let page = ranking(&profile, as_of, usize::MAX);
        let before = by_id(&world.engine_list(&vacancy, &few, &page), &few);
        let after = by_id(&world.engine_list(&vacancy, &all, &page), &all);
        for (id, (_, score)) in &before {
            prop_assert_eq!(after.get(id).map(|(_, score)| score), Some(score));
        }
        let order = |list: &BTreeMap<String, (usize, u16)>| {
            let mut ids: Vec<(usize, String)> =
                list.iter().map(|(id, (rank, _))| (*rank, id.clone())).collect();
            ids.sort();
            ids.into_iter().map(|(_, id)| id).filter(|id| before.contains_key(id)).collect::<Vec<_>>()
        };
        prop_assert_eq!(order(&before), order(&after));
        Ok(())
    });
}

fn by_id(list: &Ranked, people: &[Candidate]) -> BTreeMap<String, (usize, u16)> {
    let told = list.matches.iter();
    told.map(|m| (people[m.index].id.as_str().to_owned(), (m.rank, m.score))).collect()
}

#[test]
fn r1_the_same_pair_asked_from_either_side_has_the_same_lines_and_score() {
    let world = World::new();
    let values = (generate::vacancy("vacancy"), generate::candidate("candidate"), generate::as_of());
    hold(200, values, |(vacancy, mut candidate, as_of)| {
        // A dream stays in the person's list whatever the law says (R13).
        candidate.profile.wishes.dream_occupation = None;
        let (work, person) = (world.vacancy(&vacancy), world.candidate(&candidate));
        let profile: &RankingProfile = world.profiles.for_vacancy(&vacancy);
        let mut page = ranking(profile, as_of, 1);
        page.profile = ProfileChoice::BySector(&world.profiles);
        let of_vacancy = world.engine_list(&vacancy, std::slice::from_ref(&candidate), &page);
        let of_candidate = rank_vacancies(&person, std::slice::from_ref(&work), &page);
        let judged = |list: &Ranked| list.matches.first().map(|m| m.score);
        prop_assert_eq!(judged(&of_vacancy), judged(&of_candidate));
        prop_assert_eq!(&of_vacancy.excluded, &of_candidate.excluded);
        let pair = EnginePair { vacancy: &work, candidate: &person, travel_minutes: None };
        let alone = judge(pair, Rules::new(profile, as_of));
        prop_assert!(judged(&of_vacancy).is_none_or(|listed| listed == alone.score));
        Ok(())
    });
}

#[test]
fn r4_of_the_pool_nothing_but_a_legal_requirement_leaves_anybody_out() {
    let world = World::new();
    let values =
        (generate::vacancy("vacancy"), generate::candidate("candidate"), world.profile(), generate::as_of());
    hold(300, values, |(mut vacancy, candidate, profile, as_of)| {
        let asked = &mut vacancy.requirements;
        asked.licences.retain(|licence| licence.importance != Importance::Legal);
        asked.certificates.retain(|paper| paper.importance != Importance::Legal);
        asked.registrations.retain(|paper| paper.importance != Importance::Legal);
        let list = world.engine_list(&vacancy, &[candidate], &ranking(&profile, as_of, 1));
        prop_assert_eq!((list.considered, list.matches.len()), (1, 1));
        Ok(())
    });
}

#[test]
fn r4_a_person_gets_every_vacancy_of_the_pool_by_score_and_the_others_are_counted() {
    let world = World::new();
    let vacancies = prop::collection::vec(generate::vacancy_of_any_status("vacancy"), 0..14);
    let values = (vacancies, generate::candidate("candidate"), world.profile(), generate::as_of());
    hold(40, values, |(mut vacancies, mut candidate, profile, as_of)| {
        candidate.profile.wishes.dream_occupation = None;
        for (at, vacancy) in vacancies.iter_mut().enumerate() {
            vacancy.id = VacancyId::new(format!("vacancy-{at}")).expect("the id is valid");
        }
        let facts: Vec<_> = vacancies.iter().map(|vacancy| world.vacancy(vacancy)).collect();
        let list = rank_vacancies(&world.candidate(&candidate), &facts, &ranking(&profile, as_of, 100));
        let mut shown: Vec<usize> = list.matches.iter().map(|m| m.index).collect();
        prop_assert!(list.matches.is_sorted_by_key(|m| std::cmp::Reverse(m.score)));
        shown.sort_unstable();
        let is_in_pool = |at: &usize| {
            let vacancy = vacancies[*at].clone();
            let is_open = vacancy.is_open_on(as_of) && vacancy.delivery_state == DeliveryState::Current;
            let pair = Pair { vacancy, candidate: candidate.clone(), as_of, travel_minutes: None };
            is_open && world.reference(&pair, profile.numbers()).excluded_by.is_none()
        };
        let expected: Vec<usize> = (0..vacancies.len()).filter(is_in_pool).collect();
        prop_assert_eq!(shown, expected);
        let left_out: usize = list.excluded.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(left_out + list.considered, vacancies.len());
        Ok(())
    });
}
