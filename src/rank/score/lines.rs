//! Lines that add up exactly: each rounded down, the rest to the largest remainders.

use super::{
    CriterionLine, Opinions,
    base::{Sums, Whole, weight_of},
    hundredths,
};
use crate::rank::{
    criterion::Criterion,
    profile::{Numbers, Weight},
};
use std::cmp::Reverse;

/// The lines of the scored criteria and the balance; together they are `base`.
pub(super) fn of(
    opinions: &Opinions,
    numbers: &Numbers,
    sums: &Sums,
    base: i64,
) -> (Vec<CriterionLine>, i32) {
    let rounded = if sums.fit_in_64_bits() {
        rounded::<i64>(opinions, numbers, sums, base)
    } else {
        rounded::<i128>(opinions, numbers, sums, base)
    };
    let lines = Criterion::ALL.into_iter().filter(|c| c.is_scored()).map(|criterion| {
        let opinion = opinions[criterion.index()];
        let weight = opinion.map_or(Weight::default(), |_| weight_of(criterion, numbers));
        let shown = |fit: Option<u32>| hundredths(i64::from(fit.unwrap_or(0)));
        CriterionLine {
            criterion,
            demand_weight: weight.demand,
            wish_weight: weight.wish,
            fit: shown(opinion.map(|o| o.fit)),
            low: shown(opinion.map(|o| o.low)),
            high: shown(opinion.map(|o| o.high)),
            contribution: rounded[criterion.index()],
            knowledge: opinion.map(|o| o.knowledge),
        }
    });
    let mut all = Vec::with_capacity(Criterion::COUNT);
    all.extend(lines);
    (all, rounded[Criterion::COUNT])
}

/// What each criterion and the balance add, in hundredths.
fn rounded<W: Whole>(
    opinions: &Opinions,
    numbers: &Numbers,
    sums: &Sums,
    base: i64,
) -> [i32; Criterion::COUNT + 1] {
    let mut exact = [W::from(0); Criterion::COUNT + 1];
    for (criterion, opinion) in Criterion::ALL.into_iter().zip(opinions) {
        let Some(opinion) = opinion else { continue };
        exact[criterion.index()] = sums.part(weight_of(criterion, numbers), opinion.fit, numbers);
    }
    exact[Criterion::COUNT] = W::from(0) - sums.imbalance(numbers);
    largest_remainders(exact, sums.denominator(), base)
}

/// Each quotient rounded down; what is missing to `total` goes, one each, to the largest remainders, the
/// first of equal ones first.
fn largest_remainders<W: Whole, const N: usize>(numerators: [W; N], denominator: W, total: i64) -> [i32; N] {
    let zero = W::from(0);
    let mut lines = [0; N];
    let mut remainders = [(Reverse(zero), 0); N];
    for (place, numerator) in numerators.into_iter().enumerate() {
        let (quotient, remainder) = (numerator / denominator, numerator % denominator);
        // A division rounds towards zero.
        let (down, remainder) = if remainder < zero { (1, remainder + denominator) } else { (0, remainder) };
        // Every quotient lies between −10,000 and 10,000.
        let quotient = quotient.try_into().unwrap_or(0);
        lines[place] = i32::try_from(quotient - down).unwrap_or(0);
        remainders[place] = (Reverse(remainder), place);
    }
    let sum: i64 = lines.iter().copied().map(i64::from).sum();
    let missing = usize::try_from(total - sum).unwrap_or(0);
    remainders.sort_unstable();
    for (_, place) in remainders.into_iter().take(missing) {
        lines[place] += 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_goes_to_the_largest_remainders_and_of_equals_to_the_first() {
        assert_eq!(largest_remainders([10_i64, 15, 15, -4], 10, 4), [1, 2, 1, 0]);
        assert_eq!(largest_remainders([5_i128, 5, 5, -5], 10, 1), [1, 1, 0, -1]);
    }
}
