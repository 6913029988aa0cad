//! Who is on which list, and the prices that prove that no exchange would be better.
//!
//! Nodes are people, vacancies and *out*, whose price is always 0. A place (vacancy, person) that is given costs minus
//! its score. Prices keep every reduced cost `cost + price(from) − price(to)` of what may still change at 0 or more:
//! that is what makes the flow the best one for the floors that are served so far.

use super::{
    plan::{Demands, Offer},
    search::{Search, Way},
};

/// A node: people first, then vacancies.
pub(super) type Node = usize;

/// One offer as the flow sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) person: u32,
    pub(super) vacancy: u32,
    pub(super) score: u16,
    pub(super) given: bool,
}

/// A flow and its prices.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) people: usize,
    demands: Demands,
    /// Every offer, by vacancy.
    pub(super) places: Vec<Place>,
    /// Where the offers of a vacancy begin, and where those of the last end.
    first_of_vacancy: Vec<usize>,
    /// The offers of each person, rising.
    of_person: Vec<Vec<u32>>,
    /// Places given by each vacancy.
    used: Vec<u32>,
    /// Lists that each person is on.
    on_lists: Vec<u32>,
    /// How much of each person's floor is served, what is still to come among it.
    served: Vec<u32>,
    pub(super) price: Vec<i64>,
    /// What a place missing to a floor costs: more than any chain of exchanges.
    pub(super) missing_cost: i64,
}

impl Flow {
    /// The plain lists: the best flow while nobody has a floor or a cap.
    pub(super) fn plain(people: u32, offers: &[Vec<Offer>], demands: Demands) -> Self {
        let people = people as usize;
        let mut flow = Self {
            people,
            demands,
            places: Vec::with_capacity(offers.iter().map(Vec::len).sum()),
            first_of_vacancy: vec![0],
            of_person: vec![Vec::new(); people],
            used: Vec::with_capacity(offers.len()),
            on_lists: vec![0; people],
            served: vec![0; people],
            price: vec![0; people + offers.len()],
            missing_cost: 0,
        };
        // A chain visits each node once, and a step gains or loses at most a whole score.
        flow.missing_cost = 10_001 * i64::try_from(people + offers.len() + 2).unwrap_or(i64::MAX / 10_001);
        for (vacancy, offers) in offers.iter().enumerate() {
            flow.add_vacancy(vacancy, offers);
        }
        flow
    }

    fn add_vacancy(&mut self, vacancy: usize, offers: &[Offer]) {
        let mut best: Vec<usize> = (0..offers.len()).collect();
        // Stable: of equal scores the first offers come first.
        best.sort_by_key(|at| std::cmp::Reverse(offers[*at].score));
        let size = best.len().min(self.demands.list_size as usize);
        let mut given = vec![false; offers.len()];
        for at in &best[..size] {
            given[*at] = true;
        }
        for (offer, given) in offers.iter().zip(given) {
            let Some(of_person) = self.of_person.get_mut(offer.person as usize) else { continue };
            of_person.push(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
            self.on_lists[offer.person as usize] += u32::from(given);
            self.places.push(Place {
                person: offer.person,
                vacancy: u32::try_from(vacancy).unwrap_or(u32::MAX),
                score: offer.score,
                given,
            });
        }
        self.first_of_vacancy.push(self.places.len());
        let places = &self.places[self.first_of_vacancy[vacancy]..];
        let used = places.iter().filter(|place| place.given).count();
        self.used.push(u32::try_from(used).unwrap_or(u32::MAX));
        if used == self.demands.list_size as usize {
            let lowest = places.iter().filter(|place| place.given).map(|place| place.score).min();
            self.price[self.people + vacancy] = lowest.map_or(0, i64::from);
        }
    }

    /// How many lists each person is on.
    pub(super) fn on_lists(&self) -> &[u32] {
        &self.on_lists
    }

    /// How many vacancies fit a person.
    pub(super) fn offers_of(&self, person: usize) -> u32 {
        u32::try_from(self.of_person[person].len()).unwrap_or(u32::MAX)
    }

    /// The lists: the highest score first.
    pub(super) fn lists(&self) -> Vec<Vec<Offer>> {
        let list = |window: &[usize]| {
            let given = self.places[window[0]..window[1]].iter().filter(|place| place.given);
            let mut list: Vec<Offer> =
                given.map(|place| Offer { person: place.person, score: place.score }).collect();
            list.sort_by_key(|offer| std::cmp::Reverse(offer.score));
            list
        };
        self.first_of_vacancy.windows(2).map(list).collect()
    }

    /// Whether a vacancy's list has an empty place.
    pub(super) fn has_an_empty_place(&self, vacancy: usize) -> bool {
        self.used[vacancy] < self.demands.list_size
    }

    /// Whether a person may be on one more list.
    pub(super) fn may_take(&self, person: usize) -> bool {
        self.on_lists[person] < self.demands.cap
    }

    /// What it costs that a person is on one list fewer: nothing above the floor; `None` where nothing is left to
    /// take.
    pub(super) fn cost_of_giving(&self, person: usize) -> Option<i64> {
        if self.on_lists[person] > self.floor(person) {
            return Some(0);
        }
        (self.served[person] > 0).then_some(self.missing_cost)
    }

    fn floor(&self, person: usize) -> u32 {
        self.demands.floor.min(self.offers_of(person))
    }

    /// The offers of a vacancy.
    pub(super) fn places_of_vacancy(&self, vacancy: usize) -> std::ops::Range<usize> {
        self.first_of_vacancy[vacancy]..self.first_of_vacancy[vacancy + 1]
    }

    /// The offers of a person.
    pub(super) fn places_of_person(&self, person: usize) -> &[u32] {
        &self.of_person[person]
    }

    /// Each place beyond a cap goes the cheapest way: to somebody else, along exchanges, or it stays empty.
    pub(super) fn give_away_what_is_beyond_the_cap(&mut self) {
        let mut search = Search::new(self.price.len());
        for person in 0..self.people {
            while self.on_lists[person] > self.demands.cap {
                let found = search.cheapest(self, person, Way::AwayFrom);
                self.change(&found.chain);
            }
        }
    }

    /// Each place missing to a floor comes the cheapest way; where there is none, it stays missing with whom it costs
    /// least.
    pub(super) fn fill_what_is_missing_to_the_floor(&mut self) {
        let mut search = Search::new(self.price.len());
        self.served = (0..self.people).map(|person| self.floor(person)).collect();
        // What is missing now: a place that goes to somebody else's need later was paid for there.
        let missing: Vec<u32> =
            (0..self.people).map(|person| self.floor(person).saturating_sub(self.on_lists[person])).collect();
        for (person, missing) in missing.into_iter().enumerate() {
            for _ in 0..missing {
                let found = search.cheapest(self, person, Way::Towards);
                self.change(&found.chain);
                if let Some(without) = found.goes_without {
                    self.served[without] -= 1;
                }
            }
        }
    }

    /// Takes back the places of a chain that are given, and gives those that are not.
    fn change(&mut self, chain: &[u32]) {
        for place in chain {
            let place = &mut self.places[*place as usize];
            place.given = !place.given;
            let (used, on_lists) =
                (&mut self.used[place.vacancy as usize], &mut self.on_lists[place.person as usize]);
            if place.given {
                *used += 1;
                *on_lists += 1;
            } else {
                *used -= 1;
                *on_lists -= 1;
            }
        }
    }
}
