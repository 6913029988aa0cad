//! Nobody left out: a second plan beside the plain lists.
//!
//! The plain list of a vacancy names who fits best, so some people are on hundreds of lists and others on none. The
//! second plan hands out the places of all lists together: every person whom some vacancy fits is on at least `floor`
//! lists, nobody is on more than `cap`, and the sum of all scores is the highest that these demands allow. It changes no
//! score, it is made only when it is asked for, and whoever shows it says that it is not the plain list.
//!
//! **Exact.** Among all ways to hand out at most `list_size` places a vacancy, each to another person, with nobody on
//! more than `cap` lists, the plan first has the fewest places missing to the floors (a floor is never higher than the
//! number of a person's offers), and then the highest sum of scores. Both are proven by the property tests against
//! brute force.
//!
//! **How.** A minimum-cost flow vacancy → person → out, by successive shortest paths with node prices (R. K. Ahuja,
//! T. L. Magnanti, J. B. Orlin, *Network Flows*, 1993, chapter 9.7). It begins with the plain lists, which are the best
//! plan without demands: with the lowest score of a full list as the vacancy's price, and 0 for a person, no reduced
//! cost is negative. Then (`flow`) places beyond a cap are given away one by one, each along the cheapest chain
//! of exchanges; then missing places are filled in the same way, backwards. A place missing to a floor costs more than
//! any chain of exchanges can, so that the number of missing places counts before the scores.

mod flow;
mod plan;
mod search;
#[cfg(test)]
mod tests;

pub use plan::{Demands, Offer, Plan, VacancyCost, plan};
