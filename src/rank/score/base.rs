//! The weighed sums of both sides, and the score before conflicts.

use super::Opinions;
use crate::rank::{
    criteria::Opinion,
    criterion::Criterion,
    profile::{Numbers, Weight},
};
use std::ops::{Add, Div, Mul, Rem, Sub};

/// Up to this product of both sides' weights everything fits in 64 bits: the largest figure is twice 100 · 10⁴ times it.
const MOST_IN_64_BITS: i64 = 4_000_000_000_000;

/// Σ d·fit, Σ w·fit, Σ d and Σ w over what each side asks.
///
/// At most 14 · 10⁶ · 10⁴ = 1.4·10¹¹ each; products of two of them need 128 bits, but for weights as profiles have them.
#[derive(Clone, Copy, Debug)]
pub(in crate::rank) struct Sums {
    demand: i64,
    wish: i64,
    demand_weight: i64,
    wish_weight: i64,
}

/// A whole number that is wide enough.
pub(super) trait Whole:
    Copy
    + Ord
    + From<i64>
    + TryInto<i64>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Rem<Output = Self>
{
}

impl Whole for i64 {}
impl Whole for i128 {}

/// The weights of a criterion that count, given that it is asked.
pub(in crate::rank) fn weight_of(criterion: Criterion, numbers: &Numbers) -> Weight {
    let weight = numbers.weights[criterion.index()];
    if criterion.can_be_wished() { weight } else { Weight { wish: 0, ..weight } }
}

impl Sums {
    pub(in crate::rank) fn of(opinions: &Opinions, numbers: &Numbers, fit: impl Fn(&Opinion) -> u32) -> Self {
        Self::of_fits(opinions.iter().map(|opinion| opinion.as_ref().map(&fit)), numbers)
    }

    /// Of the fits of all criteria in their order; `None` is not asked.
    pub(in crate::rank) fn of_fits(fits: impl IntoIterator<Item = Option<u32>>, numbers: &Numbers) -> Self {
        let mut sums = Self { demand: 0, wish: 0, demand_weight: 0, wish_weight: 0 };
        for (criterion, fit) in Criterion::ALL.into_iter().zip(fits) {
            // Without a branch: which criteria are asked changes from pair to pair.
            let (fit, asked) = fit.map_or((0, 0), |fit| (i64::from(fit), 1));
            let Weight { demand: d, wish: w } = weight_of(criterion, numbers);
            sums.demand += i64::from(d) * fit;
            sums.wish += i64::from(w) * fit;
            sums.demand_weight += i64::from(d) * asked;
            sums.wish_weight += i64::from(w) * asked;
        }
        // The checker of profiles sees to it that both sides always ask something that weighs.
        Self { demand_weight: sums.demand_weight.max(1), wish_weight: sums.wish_weight.max(1), ..sums }
    }

    /// The sums when the fit of an asked criterion becomes another.
    pub(in crate::rank) fn changed(
        self,
        criterion: Criterion,
        from: u32,
        to: u32,
        numbers: &Numbers,
    ) -> Self {
        let Weight { demand: d, wish: w } = weight_of(criterion, numbers);
        let more = i64::from(to) - i64::from(from);
        Self { demand: self.demand + i64::from(d) * more, wish: self.wish + i64::from(w) * more, ..self }
    }

    /// Whether 64 bits hold everything that is worked out of these sums.
    pub(super) fn fit_in_64_bits(&self) -> bool {
        self.demand_weight * self.wish_weight <= MOST_IN_64_BITS
    }

    pub(super) fn denominator<W: Whole>(&self) -> W {
        W::from(100) * W::from(self.demand_weight) * W::from(self.wish_weight)
    }

    /// β·|A·Sw − B·Sd|: what the distance between both sides costs, over the denominator.
    pub(super) fn imbalance<W: Whole>(&self, numbers: &Numbers) -> W {
        let (a, b) = (
            W::from(self.demand) * W::from(self.wish_weight),
            W::from(self.wish) * W::from(self.demand_weight),
        );
        W::from(numbers.beta.into()) * (a.max(b) - a.min(b))
    }

    /// What a criterion of a fit adds to the score, over the denominator.
    pub(super) fn part<W: Whole>(&self, weight: Weight, fit: u32, numbers: &Numbers) -> W {
        let lambda = i64::from(numbers.lambda);
        let demand = W::from(lambda * i64::from(weight.demand)) * W::from(self.wish_weight);
        let wish = W::from((100 - lambda) * i64::from(weight.wish)) * W::from(self.demand_weight);
        (demand + wish) * W::from(fit.into())
    }

    /// The score before conflicts, in hundredths of a point.
    pub(in crate::rank) fn base(&self, numbers: &Numbers) -> i64 {
        if self.fit_in_64_bits() { self.base_in::<i64>(numbers) } else { self.base_in::<i128>(numbers) }
    }

    fn base_in<W: Whole>(&self, numbers: &Numbers) -> i64 {
        let lambda = i64::from(numbers.lambda);
        let numerator = W::from(lambda) * W::from(self.demand) * W::from(self.wish_weight)
            + W::from(100 - lambda) * W::from(self.wish) * W::from(self.demand_weight)
            - self.imbalance(numbers);
        half_up(numerator, self.denominator::<W>())
    }

    pub(super) fn demand_fit(&self) -> i64 {
        half_up(self.demand, self.demand_weight)
    }

    pub(super) fn wish_fit(&self) -> i64 {
        half_up(self.wish, self.wish_weight)
    }
}

/// A quotient that is never negative and at most 10,000, rounded half up.
fn half_up<W: Whole>(numerator: W, denominator: W) -> i64 {
    let two = W::from(2);
    ((two * numerator + denominator) / (two * denominator)).try_into().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::criteria::{Knowledge, WHOLE};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_widths_give_the_same_score_up_to_the_largest_weights_of_the_narrow_one(
            fits in prop::array::uniform14(0..=WHOLE), asked in prop::array::uniform14(any::<bool>()),
            weights in prop::array::uniform14((0..=142_857_u32, 0..=142_857_u32)),
            lambda in 0..=100_u32, beta in 0..=100_u32,
        ) {
            let opinion = |fit| Opinion { fit, low: fit, high: fit, knowledge: Knowledge::Known };
            let mut opinions = fits.map(|fit| Some(opinion(fit)));
            opinions.iter_mut().zip(asked).for_each(|(one, asked)| *one = one.filter(|_| asked));
            let numbers = Numbers {
                lambda,
                beta: beta.min(lambda).min(100 - lambda),
                neutral: 0,
                unnamed: 0,
                unmet_share: 0,
                refusal_share: 0,
                hours_share: 0,
                weights: weights.map(|(demand, wish)| Weight { demand, wish }),
            };
            let sums = Sums::of(&opinions, &numbers, |opinion| opinion.fit);
            prop_assert!(sums.fit_in_64_bits());
            prop_assert_eq!(sums.base_in::<i64>(&numbers), sums.base_in::<i128>(&numbers));
            prop_assert_eq!(sums.imbalance::<i64>(&numbers), sums.imbalance::<i128>(&numbers) as i64);
        }
    }
}
