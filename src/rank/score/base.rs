//! The weighed sums of both sides, and the score before conflicts.

use super::Opinions;
use crate::rank::{
    criteria::Opinion,
    criterion::Criterion,
    profile::{Numbers, Weight},
};

/// Σ d·fit, Σ w·fit, Σ d and Σ w over what each side asks.
///
/// At most 14 · 10⁶ · 10⁴ = 1.4·10¹¹ each; products of two of them need 128 bits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sums {
    pub(super) demand: i128,
    pub(super) wish: i128,
    pub(super) demand_weight: i128,
    pub(super) wish_weight: i128,
}

/// The weights of a criterion that count, given that it is asked.
pub(super) fn weight_of(criterion: Criterion, numbers: &Numbers) -> Weight {
    let weight = numbers.weights[criterion.index()];
    if criterion.can_be_wished() { weight } else { Weight { wish: 0, ..weight } }
}

impl Sums {
    pub(super) fn of(opinions: &Opinions, numbers: &Numbers, fit: impl Fn(&Opinion) -> u32) -> Self {
        let (mut demand, mut wish, mut demand_weight, mut wish_weight) = (0_i64, 0_i64, 0_i64, 0_i64);
        for (criterion, opinion) in Criterion::ALL.into_iter().zip(opinions) {
            let Some(opinion) = opinion else { continue };
            let Weight { demand: d, wish: w } = weight_of(criterion, numbers);
            let fit = i64::from(fit(opinion));
            demand += i64::from(d) * fit;
            wish += i64::from(w) * fit;
            demand_weight += i64::from(d);
            wish_weight += i64::from(w);
        }
        Self {
            demand: demand.into(),
            wish: wish.into(),
            // The checker of profiles sees to it that both sides always ask something that weighs.
            demand_weight: demand_weight.max(1).into(),
            wish_weight: wish_weight.max(1).into(),
        }
    }

    pub(super) fn denominator(&self) -> i128 {
        100 * self.demand_weight * self.wish_weight
    }

    /// β·|A·Sw − B·Sd|: what the distance between both sides costs, over the denominator.
    pub(super) fn imbalance(&self, numbers: &Numbers) -> i128 {
        let distance = self.demand * self.wish_weight - self.wish * self.demand_weight;
        i128::from(numbers.beta) * distance.abs()
    }

    /// The score before conflicts, in hundredths of a point.
    pub(super) fn base(&self, numbers: &Numbers) -> i64 {
        let lambda = i128::from(numbers.lambda);
        let numerator = lambda * self.demand * self.wish_weight
            + (100 - lambda) * self.wish * self.demand_weight
            - self.imbalance(numbers);
        half_up(numerator, self.denominator())
    }

    pub(super) fn demand_fit(&self) -> i64 {
        half_up(self.demand, self.demand_weight)
    }

    pub(super) fn wish_fit(&self) -> i64 {
        half_up(self.wish, self.wish_weight)
    }
}

/// A quotient that is never negative and at most 10,000, rounded half up.
fn half_up(numerator: i128, denominator: i128) -> i64 {
    i64::try_from((2 * numerator + denominator) / (2 * denominator)).unwrap_or(0)
}
