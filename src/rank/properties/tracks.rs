//! R13: now, step and dream; a dream is never left out, and a track changes no score.

use super::{World, hold, ranking};
use crate::domain::{
    requirement::{GraceWeeks, Importance, Requirement},
    text::VacancyId,
};
use crate::rank::{
    Track,
    criteria::licences::{Standing, standing},
    day::Day,
    generate::{self, text},
    rules::{Pair as EnginePair, Rules},
    top::{Tracks, rank_vacancies, rank_vacancies_on},
};
use proptest::prelude::*;
use std::{cell::RefCell, collections::BTreeMap};

const TRACKS: [Track; 3] = [Track::Now, Track::Step, Track::Dream];

#[test]
fn r13_the_dream_is_in_the_persons_list_even_where_the_law_keeps_it_off_the_employers() {
    let world = World::new();
    let values =
        (generate::vacancy("vacancy"), generate::candidate("candidate"), world.profile(), generate::as_of());
    let left_out = RefCell::new(0);
    hold(200, values, |(mut vacancy, mut candidate, profile, as_of)| {
        let Some(work) = vacancy.occupation.clone() else { return Ok(()) };
        if work.text.as_str() == "***" && work.concept.is_none() && work.boc_code.is_none() {
            return Ok(());
        }
        candidate.profile.wishes.dream_occupation = Some(work);
        let big = Requirement {
            what: text("BIG verpleegkundige"),
            importance: Importance::Legal,
            grace: GraceWeeks::default(),
        };
        vacancy.requirements.registrations = vec![big];
        candidate.profile.lacking.push(text("BIG verpleegkundige"));
        candidate.profile.courses.clear();
        candidate.profile.registrations.clear();
        let page = ranking(&profile, as_of, 10);
        let of_employer = world.engine_list(&vacancy, std::slice::from_ref(&candidate), &page);
        *left_out.borrow_mut() += of_employer.excluded.len();
        let person = world.candidate(&candidate);
        let list = rank_vacancies(&person, &[world.vacancy(&vacancy)], &page);
        prop_assert_eq!((list.matches.len(), list.tracks.get(&Some(Track::Dream))), (1, Some(&1)));
        Ok(())
    });
    assert!(left_out.into_inner() > 50, "the law was hardly ever in the way");
}

#[test]
fn r13_every_vacancy_is_on_one_track_or_none_and_each_list_holds_the_scores_of_the_whole() {
    let world = World::new();
    let vacancies = prop::collection::vec(generate::vacancy("vacancy"), 0..14);
    let values = (vacancies, generate::candidate("candidate"), world.profile(), generate::as_of());
    let seen = RefCell::new(BTreeMap::new());
    hold(120, values, |(mut vacancies, candidate, profile, as_of)| {
        for (at, vacancy) in vacancies.iter_mut().enumerate() {
            vacancy.id = VacancyId::new(format!("vacancy-{at}")).expect("the id is valid");
        }
        let person = world.candidate(&candidate);
        let facts: Vec<_> = vacancies.iter().map(|vacancy| world.vacancy(vacancy)).collect();
        let page = ranking(&profile, as_of, 100);
        let all = rank_vacancies(&person, &facts, &page);
        prop_assert_eq!(all.tracks.values().sum::<usize>(), all.considered);
        let score_of = |at: usize| all.matches.iter().find(|m| m.index == at).map(|m| m.score);
        for track in TRACKS {
            let list = rank_vacancies_on(Tracks::Only(track), None, &person, &facts, &page);
            let count = all.tracks.get(&Some(track)).copied().unwrap_or(0);
            prop_assert_eq!(list.matches.len(), count);
            prop_assert_eq!(&list.tracks, &all.tracks);
            for shown in &list.matches {
                prop_assert_eq!(score_of(shown.index), Some(shown.score));
            }
            *seen.borrow_mut().entry(track).or_insert(0) += count;
        }
        Ok(())
    });
    let seen = seen.into_inner();
    assert!(TRACKS.iter().all(|track| seen.get(track).is_some_and(|count| *count > 5)), "{seen:?}");
}

#[test]
fn r13_what_fits_now_has_no_conflict_and_lacks_no_asked_paper_and_every_track_is_told_in_words() {
    let world = World::new();
    hold(600, (super::pair(), world.numbers()), |(pair, numbers)| {
        let explained = world.explained(&pair, &numbers);
        prop_assert_eq!(
            explained.track.is_some(),
            explained.path.iter().any(|r| r.code.name().starts_with("PATH"))
        );
        if explained.track == Some(Track::Now) {
            prop_assert!(explained.judgement.conflicts.is_empty());
            let (vacancy, candidate) = (world.vacancy(&pair.vacancy), world.candidate(&pair.candidate));
            let facts =
                EnginePair { vacancy: &vacancy, candidate: &candidate, travel_minutes: pair.travel_minutes };
            let rules = Rules { numbers: &numbers, as_of: Day::new(pair.as_of) };
            let mut asked = vacancy.papers.iter().filter(|paper| paper.importance >= Importance::Should);
            prop_assert!(asked.all(|paper| standing(paper, facts.candidate, rules) != Standing::Lacks));
        }
        Ok(())
    });
}
