//! R17: the order inside a tie is nobody's advantage.

use super::{World, ranking, with_id};
use crate::{
    domain::{
        Candidate, Vacancy,
        text::{CandidateId, VacancyId},
    },
    rank::{generate, top::rank_candidates},
};
use std::collections::HashSet;

#[test]
fn r17_over_a_thousand_vacancies_equal_people_have_equal_chances_in_another_order_each_time() {
    const PEOPLE: usize = 10;
    const VACANCIES: usize = 1_000;
    let world = World::new();
    let somebody = Candidate::new(CandidateId::new("somebody").expect("a valid id"));
    let facts: Vec<_> = (0..PEOPLE).map(|at| world.candidate(&with_id(somebody.clone(), at))).collect();
    let profile = world.profiles.all()[0];
    let page = ranking(profile, generate::day(generate::AS_OF_DAYS[0]), PEOPLE);

    // How often each person stands at each place.
    let mut places = [[0_u32; PEOPLE]; PEOPLE];
    let mut orders = HashSet::new();
    for at in 0..VACANCIES {
        let vacancy = Vacancy::new(VacancyId::new(format!("vacancy-{at}")).expect("a valid id"));
        let list = rank_candidates(&world.vacancy(&vacancy), &facts, &page);
        let order: Vec<usize> = list.matches.iter().map(|shown| shown.index).collect();
        assert!(list.matches.iter().all(|shown| shown.tied), "all ten are equal");
        for (place, person) in order.iter().enumerate() {
            places[*person][place] += 1;
        }
        orders.insert(order);
    }

    assert!(orders.len() > VACANCIES - 10, "only {} different orders", orders.len());
    let expected = VACANCIES as f64 / PEOPLE as f64;
    let distance = |counts: &mut dyn Iterator<Item = u32>| -> f64 {
        counts.map(|count| (f64::from(count) - expected).powi(2) / expected).sum()
    };
    for at in 0..PEOPLE {
        // 27.9: chi-square with 9 degrees of freedom, one in a thousand. The secret is fixed, so this never flickers.
        let of_person = distance(&mut places[at].iter().copied());
        let of_place = distance(&mut places.iter().map(|of_person| of_person[at]));
        assert!(of_person < 27.9, "person {at}: {of_person} {:?}", places[at]);
        assert!(of_place < 27.9, "place {at}: {of_place}");
    }
}
