//! The vacancies of a person by columns are those of the pairs by themselves: scores, exclusions, tracks and lists.

use super::{SECRET, World, hold};
use crate::{
    demo::{self, Settings},
    domain::{Candidate, Date, Vacancy, text::VacancyId},
    rank::{
        by_pair,
        facts::{CandidateFacts, VacancyFacts},
        generate,
        listed::{Listed, ListedVacancies},
        pool::{self, Closed},
        rules::{Pair, Rules},
        sweep::{NONE, Place},
        top::{ProfileChoice, Ranking, Tracks, rank_vacancies_on},
        track::Track,
        vacancies::EveryVacancy,
    },
};
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeMap};

fn numbered(vacancies: Vec<Vacancy>) -> Vec<Vacancy> {
    let named = |(at, vacancy)| Vacancy {
        id: VacancyId::new(format!("vacancy-{at}")).expect("the id is valid"),
        ..vacancy
    };
    vacancies.into_iter().enumerate().map(named).collect()
}

fn pair<'a>(
    vacancy: &'a VacancyFacts,
    candidate: &'a CandidateFacts,
    profile: ProfileChoice<'a>,
    as_of: Date,
) -> (Pair<'a>, Rules<'a>) {
    (Pair { vacancy, candidate, travel_minutes: None }, Rules::new(profile.of(vacancy), as_of))
}

/// What becomes of each vacancy in the person's list, by columns and by pairs.
fn both_ways(
    vacancies: &EveryVacancy<VacancyFacts>,
    person: &CandidateFacts,
    profile: ProfileChoice<'_>,
    as_of: Date,
) -> [Vec<Option<Listed>>; 2] {
    let rows: Vec<u32> = (0..).take(vacancies.vacancies().len()).collect();
    let columns = ListedVacancies::new(vacancies, person, profile, as_of, Closed::Included, &rows);
    let by_pair = |vacancy| {
        let (pair, rules) = pair(vacancy, person, profile, as_of);
        by_pair::listed(pair, rules)
    };
    let pairs = vacancies.vacancies().iter().map(|vacancy| Some(by_pair(vacancy)));
    [(0..rows.len()).map(|row| columns.of(row)).collect(), pairs.collect()]
}

#[test]
fn r13_the_vacancies_of_a_person_have_the_scores_and_tracks_of_the_pairs() {
    let world = World::new();
    let vacancies = prop::collection::vec(generate::vacancy("vacancy"), 1..24);
    let values = (
        vacancies,
        generate::candidate_of_any_status("candidate"),
        world.profile(),
        any::<bool>(),
        generate::as_of(),
    );
    let seen = RefCell::new(BTreeMap::new());
    hold(1_000, values, |(vacancies, candidate, profile, by_sector, as_of)| {
        let person = world.candidate(&candidate);
        let profile = if by_sector {
            ProfileChoice::BySector(&world.profiles)
        } else {
            ProfileChoice::Forced(&profile)
        };
        let facts: Vec<_> = numbered(vacancies).iter().map(|vacancy| world.vacancy(vacancy)).collect();
        let columns = EveryVacancy::new(facts);
        let [by_columns, by_pairs] = both_ways(&columns, &person, profile, as_of);
        prop_assert_eq!(&by_columns, &by_pairs);

        let (judged, all) = (columns.judged(&person, profile, as_of), columns.vacancies());
        let mut places = Vec::new();
        let middle = all.len() / 2;
        for rows in [0..all.len(), middle..all.len(), 0..middle] {
            judged.places(rows.clone(), &mut places);
            let expected = all[rows].iter().map(|vacancy| {
                let (pair, rules) = pair(vacancy, &person, profile, as_of);
                match pool::candidate_outside(person.pool) {
                    Some(_) => Place::Outside(person.pool),
                    None => by_pair::place(pair, rules),
                }
            });
            prop_assert_eq!(
                places.iter().map(|place| place.place()).collect::<Vec<_>>(),
                expected.collect::<Vec<_>>()
            );
        }
        let mut seen = seen.borrow_mut();
        let mut count = |what: &str| *seen.entry(what.to_owned()).or_insert(0) += 1;
        for (vacancy, listed) in all.iter().zip(&by_columns) {
            let (pair, _) = pair(vacancy, &person, profile, as_of);
            let is_left_out = matches!(
                by_pair::place(pair, Rules::new(profile.of(vacancy), as_of)),
                Place::Excluded { .. }
            );
            match listed {
                Some(Listed::Against(_)) => count("against the law"),
                Some(Listed::OnTrack(..)) if is_left_out => count("a dream past the law"),
                Some(Listed::OnTrack(_, Some(Track::Now))) => count("now"),
                Some(Listed::OnTrack(_, Some(Track::Step))) => count("step"),
                Some(Listed::OnTrack(_, Some(Track::Dream))) => count("dream"),
                Some(Listed::OnTrack(_, None)) => count("on no track"),
                None => count("unknown"),
            }
            if pair.is_own_employer() {
                count("own employer");
            }
        }
        Ok(())
    });
    let seen = seen.into_inner();
    let wanted =
        ["against the law", "a dream past the law", "now", "step", "dream", "on no track", "own employer"];
    for what in wanted {
        assert!(seen.get(what).is_some_and(|count| *count >= 3), "{what}: {seen:?}");
    }
    assert!(!seen.contains_key("unknown"), "{seen:?}");
}

#[test]
fn r18_a_persons_list_is_the_same_with_and_without_columns_on_any_threads() {
    let world = World::new();
    let vacancies = prop::collection::vec(generate::vacancy_of_any_status("vacancy"), 1..30);
    let travel = prop::collection::vec(prop::option::weighted(0.2, 0..120_u32), 30);
    let values = (vacancies, generate::candidate("candidate"), travel, any::<[bool; 4]>(), generate::as_of());
    let tracks =
        [Tracks::All, Tracks::Only(Track::Now), Tracks::Only(Track::Step), Tracks::Only(Track::Dream)];
    let pools =
        [1, 2, 16].map(|threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap());
    hold(120, values, |(vacancies, candidate, travel, [travels, filters, closed, stale], as_of)| {
        let person = world.candidate(&candidate);
        let facts: Vec<_> = numbered(vacancies).iter().map(|vacancy| world.vacancy(vacancy)).collect();
        let columns = EveryVacancy::new(facts.clone());
        // Some entries changed after the columns were made.
        let row = |at: usize| if stale && at.is_multiple_of(3) { NONE } else { at as u32 };
        let rows: Vec<u32> = (0..facts.len()).map(row).collect();
        let minutes = |at: usize| travel[at % travel.len()];
        let passes = |at: usize| at % 4 != 1;
        let profile = ProfileChoice::BySector(&world.profiles);
        let closed = if closed { Closed::Included } else { Closed::LeftOut };
        let ranking = Ranking {
            profile,
            as_of,
            tie_secret: &SECRET,
            page_size: 10,
            after: None,
            closed,
            travel_minutes: travels.then_some(&minutes as _),
            scored: None,
            filter: filters.then_some(&passes as _),
        };
        for tracks in tracks {
            let plain = rank_vacancies_on(tracks, None, &person, &facts, &ranking);
            for pool in &pools {
                let quick = pool.install(|| {
                    let listed = ListedVacancies::new(&columns, &person, profile, as_of, closed, &rows);
                    rank_vacancies_on(tracks, Some(&listed), &person, &facts, &ranking)
                });
                prop_assert_eq!(&quick, &plain);
            }
        }
        Ok(())
    });
}

const AS_OF: Date = Date::constant(2026, 11, 22);
const VACANCIES: usize = 600;
const PEOPLE: usize = 40;

#[test]
fn r18_in_the_region_of_the_demonstration_everybodys_vacancies_have_the_scores_of_the_pairs() {
    let world = World::new();
    let settings = Settings { candidates: 10 * PEOPLE, vacancies: VACANCIES, ..Settings::new(AS_OF) };
    let region = demo::region(settings).unwrap();
    let vacancies: Vec<_> = (1..=VACANCIES).map(|at| world.vacancy(&region.vacancy(at).unwrap())).collect();
    let columns = EveryVacancy::new(vacancies);
    for number in (1..=settings.candidates).step_by(10) {
        let candidate: Candidate = region.candidate(number).unwrap();
        let person = world.candidate(&candidate);
        let [by_columns, by_pairs] =
            both_ways(&columns, &person, ProfileChoice::BySector(&world.profiles), AS_OF);
        assert_eq!(by_columns, by_pairs, "{}", candidate.id);
    }
}
