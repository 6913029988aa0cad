//! The plan, and what it costs.

use super::flow::Flow;

/// What the plan demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demands {
    /// Places of a vacancy's list, at least 1.
    pub list_size: u32,
    /// On how many lists everybody should be whom that many vacancies fit.
    pub floor: u32,
    /// On how many lists nobody may be beyond, at least `floor`; a lower one counts as `floor`.
    pub cap: u32,
}

/// A person whom a vacancy fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offer {
    /// The person's number.
    pub person: u32,
    /// The score of the pair, in hundredths.
    pub score: u16,
}

/// What the plan costs one vacancy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VacancyCost {
    /// The sum of the scores of its plain list, in hundredths.
    pub plain: u64,
    /// The sum of the scores of its list in the plan.
    pub planned: u64,
    /// Places that stay empty because everybody whom it fits is on enough lists.
    pub left_empty: u32,
}

/// The lists of the plan, and what they cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// For each vacancy who is on its list: the highest score first, of equals in the order of the offers.
    pub lists: Vec<Vec<Offer>>,
    /// For each vacancy what it costs.
    pub costs: Vec<VacancyCost>,
    /// How many people some vacancy fits.
    pub people: u32,
    /// How many of them are on fewer plain lists than the floor.
    pub below_floor_before: u32,
    /// How many of them are on fewer lists of the plan than their floor: the demand goes no further.
    pub below_floor: u32,
    /// How many places are missing to the floors.
    pub missing: u32,
    /// How many people have fewer offers than the floor, so that their floor is lower: as many as they have.
    pub fewer_offers: u32,
    /// How many people are on more plain lists than the cap.
    pub above_cap_before: u32,
}

/// Hands out the places. `offers` are, for each vacancy, the people whom it fits, each once, in the order of its plain
/// list: the first `list_size` of those with the highest scores are its plain list, of equals the first.
pub fn plan(people: u32, offers: &[Vec<Offer>], demands: Demands) -> Plan {
    let demands = Demands { cap: demands.cap.max(demands.floor), ..demands };
    let mut flow = Flow::plain(people, offers, demands);
    let plain = flow.lists();
    let before = flow.on_lists().to_vec();
    flow.give_away_what_is_beyond_the_cap();
    flow.fill_what_is_missing_to_the_floor();
    let lists = flow.lists();
    let sum = |list: &[Offer]| list.iter().map(|offer| u64::from(offer.score)).sum();
    let cost = |(plain, planned): (&Vec<Offer>, &Vec<Offer>)| VacancyCost {
        plain: sum(plain),
        planned: sum(planned),
        left_empty: u32::try_from(plain.len().saturating_sub(planned.len())).unwrap_or(u32::MAX),
    };
    let mut plan = Plan { costs: plain.iter().zip(&lists).map(cost).collect(), lists, ..Plan::default() };
    for (person, (before, after)) in before.iter().zip(flow.on_lists()).enumerate() {
        let offered = flow.offers_of(person);
        let floor = offered.min(demands.floor);
        plan.people += u32::from(offered > 0);
        plan.below_floor_before += u32::from(*before < floor);
        plan.below_floor += u32::from(*after < floor);
        plan.missing += floor.saturating_sub(*after);
        plan.fewer_offers += u32::from(offered > 0 && offered < demands.floor);
        plan.above_cap_before += u32::from(*before > demands.cap);
    }
    plan
}
