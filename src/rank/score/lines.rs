//! Lines that add up exactly: each rounded down, the rest to the largest remainders.

use super::{CriterionLine, Opinions, base::Sums, base::weight_of, hundredths};
use crate::rank::{
    criterion::Criterion,
    profile::{Numbers, Weight},
};

/// The lines of the scored criteria and the balance; together they are `base`.
pub(super) fn of(
    opinions: &Opinions,
    numbers: &Numbers,
    sums: &Sums,
    base: i64,
) -> (Vec<CriterionLine>, i32) {
    let mut exact = [0_i128; Criterion::COUNT + 1];
    for (criterion, opinion) in Criterion::ALL.into_iter().zip(opinions) {
        let Some(opinion) = opinion else { continue };
        let Weight { demand, wish } = weight_of(criterion, numbers);
        let lambda = i128::from(numbers.lambda);
        exact[criterion.index()] = (lambda * i128::from(demand) * sums.wish_weight
            + (100 - lambda) * i128::from(wish) * sums.demand_weight)
            * i128::from(opinion.fit);
    }
    exact[Criterion::COUNT] = -sums.imbalance(numbers);
    let rounded = largest_remainders(exact, sums.denominator(), base);
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
    (lines.collect(), rounded[Criterion::COUNT])
}

/// Each quotient rounded down; what is missing to `total` goes, one each, to the largest remainders, the
/// first of equal ones first.
fn largest_remainders<const N: usize>(numerators: [i128; N], denominator: i128, total: i64) -> [i32; N] {
    // Every quotient lies between −10,000 and 10,000.
    let mut lines = numerators.map(|n| i32::try_from(n.div_euclid(denominator)).unwrap_or(0));
    let sum: i64 = lines.iter().copied().map(i64::from).sum();
    let missing = usize::try_from(total - sum).unwrap_or(0);
    let mut order: [usize; N] = std::array::from_fn(|place| place);
    order.sort_by_key(|place| std::cmp::Reverse(numerators[*place].rem_euclid(denominator)));
    for place in order.into_iter().take(missing) {
        lines[place] += 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_goes_to_the_largest_remainders_and_of_equals_to_the_first() {
        assert_eq!(largest_remainders([10, 15, 15, -4], 10, 4), [1, 2, 1, 0]);
        assert_eq!(largest_remainders([5, 5, 5, -5], 10, 1), [1, 1, 0, -1]);
    }
}
