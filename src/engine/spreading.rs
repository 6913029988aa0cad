//! Nobody left out: a second plan from the lists of a night, only when it is asked for.

use super::{
    Engine, EngineError,
    night_lists::{NightChoice, NightLists},
};
use crate::night::PlacedPair;
use crate::spread::{self, Demands, Offer, Plan};

/// From which score on, in hundredths, a vacancy fits somebody here: as for the tracks (R13), and after conflicts.
pub const FITS_FROM: u16 = 3_500;

/// A second plan, with the lists that it is made from.
#[derive(Debug)]
pub struct SpreadPlan {
    /// The plain lists.
    pub lists: NightLists,
    /// What was demanded.
    pub demands: Demands,
    /// The plan, by the vacancies' numbers.
    pub plan: Plan,
}

impl Engine {
    /// Makes a second plan from the lists of a night. It is stored nowhere.
    ///
    /// # Errors
    /// A night that is gone, with those there are; a damaged file.
    pub fn spread_plan(&self, choice: NightChoice, demands: Demands) -> Result<SpreadPlan, EngineError> {
        let lists = self.night_lists(choice)?;
        let most = u32::from(lists.night.head().list_size);
        let list_size = if demands.list_size == 0 { most } else { demands.list_size.min(most) };
        let demands = Demands { list_size, ..demands };
        let people = u32::try_from(lists.people.len()).unwrap_or(u32::MAX);
        let offers: Vec<Vec<Offer>> = lists.pairs.iter().map(|pairs| offers(pairs)).collect();
        let plan = spread::plan(people, &offers, demands);
        let head = lists.night.head();
        tracing::info!(
            night = %head.as_of, at_least = demands.floor, at_most = demands.cap, list_size,
            people = plan.people, below_before = plan.below_floor_before, below = plan.below_floor,
            "a second plan was made beside the plain lists"
        );
        Ok(SpreadPlan { lists, demands, plan })
    }
}

/// Those whom a vacancy fits, in the order of its plain list; who stands on it only on their own side comes behind.
fn offers(pairs: &[PlacedPair]) -> Vec<Offer> {
    let mut fitting: Vec<&PlacedPair> = pairs.iter().filter(|pair| pair.score >= FITS_FROM).collect();
    fitting.sort_by_key(|pair| (pair.rank == 0, pair.rank, pair.person));
    fitting.into_iter().map(|pair| Offer { person: pair.person, score: pair.score }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_vacancy_does_not_fit_is_offered_nothing_and_the_plain_list_comes_first() {
        let pair =
            |person, rank, score| PlacedPair { person, rank, own_rank: 1, score, low: 0, high: 10_000 };
        let found = offers(&[pair(7, 2, 5_000), pair(3, 0, 5_000), pair(9, 1, 5_000), pair(4, 3, 3_499)]);
        let people: Vec<u32> = found.iter().map(|offer| offer.person).collect();
        assert_eq!(people, [9, 7, 3]);
    }
}
