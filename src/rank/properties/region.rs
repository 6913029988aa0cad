//! The region of the demonstration: columns score it as the reference does, on any number of threads and with any
//! instructions of the processor (R18).

use super::World;
use crate::{
    demo::{self, Settings},
    domain::{Candidate, Date, Vacancy},
    rank::{
        columns::{Columns, Instructions, Threads},
        rules::Rules,
        sweep::Place,
    },
};
use std::collections::HashMap;

const AS_OF: Date = Date::constant(2026, 11, 22);
/// Vacancies of the demonstration, and how many of them are compared.
const VACANCIES: usize = 500;
const COMPARED: usize = 50;
/// People, where the whole region (2,000) is not asked for.
const PEOPLE: usize = 200;

/// `PASSEND_REGION=2000` compares 100,000 pairs.
fn people_compared() -> usize {
    std::env::var("PASSEND_REGION").ok().and_then(|count| count.parse().ok()).unwrap_or(PEOPLE)
}

#[test]
fn r18_the_region_of_the_demonstration_has_the_scores_of_the_reference_whoever_works_them_out() {
    let world = World::new();
    let settings = Settings { candidates: people_compared(), vacancies: VACANCIES, ..Settings::new(AS_OF) };
    let region = demo::region(settings).unwrap();
    let people: Vec<Candidate> = (1..=settings.candidates).map(|at| region.candidate(at).unwrap()).collect();
    let columns = Columns::new(people.iter().map(|person| world.candidate(person)).collect::<Vec<_>>());
    let pools =
        [1, 2, 16].map(|threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap());
    let (mut places, mut scored) = (Vec::new(), 0);
    for number in (1..=VACANCIES).step_by(VACANCIES / COMPARED) {
        let vacancy: Vacancy = region.vacancy(number).unwrap();
        let profile = world.profiles.for_vacancy(&vacancy);
        let expected = world.reference_order(&vacancy, &people, profile, AS_OF);
        let expected: HashMap<_, _> = expected.iter().map(|place| (&place.candidate, place.score)).collect();
        let (facts, rules) = (world.vacancy(&vacancy), Rules::new(profile, AS_OF));
        for instructions in Instructions::all() {
            for pool in &pools {
                let threads = if pool.current_num_threads() == 1 { Threads::One } else { Threads::All };
                pool.install(|| columns.places_with(instructions, threads, &facts, rules, &mut places));
                for (person, place) in people.iter().zip(&places) {
                    let found = match place.place() {
                        Place::Scored(score) => Some(i128::from(score)),
                        Place::Excluded { .. } | Place::Outside(_) => None,
                    };
                    assert_eq!(found, expected.get(&person.id).copied(), "{} {}", vacancy.id, person.id);
                }
            }
        }
        scored += expected.len();
    }
    assert!(scored > COMPARED * settings.candidates / 2, "most people have a place: {scored}");
}
