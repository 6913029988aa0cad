use super::*;
use crate::rank::testing::{TODAY, any_profile, any_vacancy, candidate, facts, general};
use proptest::prelude::*;
use std::sync::Arc;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn everybody_has_the_score_of_the_pair(
        vacancies in prop::collection::vec(any_vacancy(), 1..6), profiles in prop::collection::vec(any_profile(), 1..30),
    ) {
        let general = general();
        let rules = Rules::new(&general, TODAY);
        let people: Vec<Arc<CandidateFacts>> =
            profiles.iter().enumerate().map(|(n, profile)| Arc::new(candidate(&format!("k{n}"), profile))).collect();
        let columns = Columns::new(people);
        let mut places = Vec::new();
        for vacancy in &vacancies {
            let vacancy = facts(vacancy);
            let threads = [Threads::One, Threads::All].into_iter().cycle();
            for (instructions, threads) in Instructions::all().into_iter().zip(threads) {
                columns.places_with(instructions, threads, &vacancy, rules, &mut places);
                for (row, place) in places.iter().enumerate() {
                    prop_assert_eq!(place.place(), columns.by_pair(row, &vacancy, rules), "row {} {:?}", row, instructions);
                }
            }
        }
    }
}
