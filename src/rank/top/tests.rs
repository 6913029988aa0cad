use super::*;
use crate::domain::{
    candidate::CandidateProfile,
    requirement::Importance,
    text::{CandidateId, VacancyId},
};
use crate::rank::{
    facts::PoolState,
    generate::Meanings,
    tables::Tables,
    testing::{TODAY, any_profile, any_vacancy, asked, candidate, facts, general, label, vacancy},
};
use proptest::prelude::*;
use std::{collections::HashSet, sync::Arc};

const SECRET: TieSecret = [7; 32];

fn ranking<'a>(profile: &'a RankingProfile, page_size: usize, after: Option<&'a Cursor>) -> Ranking<'a> {
    Ranking {
        profile: ProfileChoice::Forced(profile),
        as_of: TODAY,
        tie_secret: &SECRET,
        page_size,
        after,
        closed: Closed::LeftOut,
        travel_minutes: None,
        scored: None,
        filter: None,
    }
}

fn people(profiles: &[CandidateProfile]) -> Vec<Arc<CandidateFacts>> {
    profiles.iter().enumerate().map(|(n, profile)| Arc::new(candidate(&format!("k{n}"), profile))).collect()
}

fn ids(ranked: &Ranked, people: &[Arc<CandidateFacts>]) -> Vec<CandidateId> {
    ranked.matches.iter().map(|found| people[found.index].id().clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn r17_pages_one_after_the_other_are_the_whole_list_in_its_total_order(
        vacancy in any_vacancy(), profiles in prop::collection::vec(any_profile(), 1..25), copies in 1_usize..4, size in 1_usize..9,
    ) {
        let general = general();
        let vacancy = facts(&vacancy);
        let people = people(&profiles.iter().cycle().take(profiles.len() * copies).cloned().collect::<Vec<_>>());
        let whole = rank_candidates(&vacancy, &people, &ranking(&general, usize::MAX, None));
        let excluded: usize = whole.excluded.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(whole.considered + excluded, people.len());
        prop_assert_eq!(whole.matches.len(), whole.considered);
        prop_assert_eq!(&whole.next, &None);
        for (place, pair) in whole.matches.windows(2).enumerate() {
            let key = |found: &RankedMatch| (std::cmp::Reverse(found.score), found.tie);
            prop_assert!(key(&pair[0]) < key(&pair[1]));
            prop_assert_eq!(pair[0].rank, place + 1);
            if pair[0].score == pair[1].score {
                prop_assert!(pair[0].tied && pair[1].tied);
            }
        }
        let (mut paged, mut cursor) = (Vec::new(), None);
        loop {
            let page = rank_candidates(&vacancy, &people, &ranking(&general, size, cursor.as_ref()));
            let beyond = page.matches.last().map_or(0, |last| {
                whole.matches[last.rank..].iter().filter(|m| m.score == last.score).count()
            });
            prop_assert_eq!(page.tied_beyond, beyond);
            paged.extend(page.matches);
            cursor = page.next;
            if cursor.is_none() { break }
        }
        prop_assert_eq!(paged, whole.matches);
    }

    #[test]
    fn r18_the_same_on_one_and_on_two_threads(
        vacancy in any_vacancy(), profiles in prop::collection::vec(any_profile(), 1..10),
    ) {
        let general = general();
        let vacancy = facts(&vacancy);
        // More than one chunk, so that two threads really share the work.
        let people = people(&profiles.iter().cycle().take(CHUNK * 3).cloned().collect::<Vec<_>>());
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| rank_candidates(&vacancy, &people, &ranking(&general, 40, None)))
        };
        prop_assert_eq!(on(1), on(2));
    }

    #[test]
    fn r19_adding_somebody_changes_nobody_elses_score_or_order(
        vacancy in any_vacancy(), profiles in prop::collection::vec(any_profile(), 2..20), newcomer in any_profile(),
    ) {
        let general = general();
        let vacancy = facts(&vacancy);
        let before = people(&profiles);
        let mut after = before.clone();
        after.push(Arc::new(candidate("newcomer", &newcomer)));
        let list = |people: &[Arc<CandidateFacts>]| {
            let ranked = rank_candidates(&vacancy, people, &ranking(&general, usize::MAX, None));
            let scores: Vec<_> = ranked.matches.iter().map(|m| m.score).collect();
            ids(&ranked, people).into_iter().zip(scores).filter(|(id, _)| id.as_str() != "newcomer").collect::<Vec<_>>()
        };
        prop_assert_eq!(list(&before), list(&after));
    }

    #[test]
    fn r1_asked_from_either_side_a_pair_has_the_same_score_and_tie(
        vacancy in any_vacancy(), profile in any_profile(),
    ) {
        let general = general();
        let (vacancy, candidate) = (facts(&vacancy), candidate("k", &profile));
        let one_way = rank_candidates(&vacancy, std::slice::from_ref(&candidate), &ranking(&general, 1, None));
        let other_way = rank_vacancies(&candidate, std::slice::from_ref(&vacancy), &ranking(&general, 1, None));
        // Tracks are for the person only (R13).
        let other_way = Ranked { tracks: one_way.tracks.clone(), ..other_way };
        prop_assert_eq!(one_way, other_way);
    }
}

#[test]
fn r4_who_is_outside_the_pool_is_counted_and_ranked_only_when_asked_and_never_against_the_law() {
    let general = general();
    let facts_of = |id: &str, pool| {
        CandidateFacts::new(
            CandidateId::new(id).unwrap(),
            &CandidateProfile::default(),
            pool,
            &Tables::embedded().unwrap(),
            &|_| None,
            &Meanings::new(),
        )
    };
    use PoolState::{Erased, InPool, NotDelivered, Placed, Restricted, Withdrawn};
    let people: Vec<_> = [InPool, Placed, Placed, Withdrawn, Restricted, Erased, NotDelivered]
        .into_iter()
        .enumerate()
        .map(|(n, pool)| facts_of(&n.to_string(), pool))
        .collect();
    let vacancy = facts(&vacancy("v"));
    let pool = rank_candidates(&vacancy, &people, &ranking(&general, 10, None));
    assert_eq!(pool.considered, 1);
    assert_eq!(
        pool.excluded.iter().map(|(reason, count)| (reason.name(), *count)).collect::<Vec<_>>(),
        [
            ("CANDIDATE_PLACED", 2),
            ("CANDIDATE_WITHDRAWN", 1),
            ("CANDIDATE_RESTRICTED", 1),
            ("CANDIDATE_ERASED", 1),
            ("CANDIDATE_NOT_DELIVERED", 1),
        ]
    );
    let closed = Ranking {
        closed: Closed::Included,
        filter: Some(&|index| index != 1),
        ..ranking(&general, 10, None)
    };
    let all = rank_candidates(&vacancy, &people, &closed);
    assert_eq!(all.considered, 4);
    assert_eq!(
        all.excluded.iter().map(|(reason, _)| reason.name()).collect::<Vec<_>>(),
        ["FILTERED_OUT", "CANDIDATE_RESTRICTED", "CANDIDATE_ERASED"]
    );
}

#[test]
fn r4_vacancies_are_in_the_pool_until_their_closing_date_and_the_law_is_counted_by_requirement() {
    let general = general();
    let made = |id: &str, change: &dyn Fn(&mut crate::domain::Vacancy)| {
        let mut made = vacancy(id);
        change(&mut made);
        facts(&made)
    };
    let big = |v: &mut crate::domain::Vacancy| {
        v.requirements.registrations = vec![asked(label("BIG arts"), Importance::Legal)];
    };
    let vacancies = [
        made("today", &|v| v.closes_on = Some(TODAY)),
        made("past", &|v| v.closes_on = TODAY.yesterday().ok()),
        made("filled", &|v| v.status = crate::domain::vacancy::VacancyStatus::Filled),
        made("law", &big),
    ];
    let profile = CandidateProfile { lacking: vec![label("BIG arts")], ..Default::default() };
    let ranked = rank_vacancies(&candidate("k", &profile), &vacancies, &ranking(&general, 10, None));
    assert_eq!(
        ranked.matches.iter().map(|m| vacancies[m.index].id().as_str()).collect::<Vec<_>>(),
        ["today"]
    );
    assert_eq!(
        ranked.excluded.iter().map(|(reason, _)| reason.name()).collect::<Vec<_>>(),
        ["VACANCY_FILLED", "VACANCY_CLOSED", "LEGAL_REQUIREMENT"]
    );
}

#[test]
fn r17_the_order_inside_a_tie_differs_per_vacancy() {
    let general = general();
    let people = people(&vec![CandidateProfile::default(); 50]);
    let order = |id: &str| {
        let ranked = rank_candidates(&facts(&vacancy(id)), &people, &ranking(&general, 50, None));
        assert!(ranked.matches.iter().all(|m| m.tied));
        ids(&ranked, &people)
    };
    assert_ne!(order("a"), order("b"));
    assert_eq!(order("a").into_iter().collect::<HashSet<_>>().len(), 50);
    assert_eq!(order(VacancyId::new("a").unwrap().as_str()), order("a"));
}
