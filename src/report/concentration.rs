//! How often the same people are proposed.

/// How the places on the lists are spread over the people, everybody of the pool among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concentration {
    /// Places on lists in all.
    pub places: u64,
    /// The Gini coefficient in 1/10,000: 0 when everybody is on equally many lists, towards 10,000 when one person has
    /// all places. With x₁ ≤ … ≤ xₙ it is Σ (2i − n − 1)·xᵢ / (n·Σ x), half up (C. Gini 1912; in this form
    /// A. Sen, On Economic Inequality, 1973). Without places it is 0.
    pub gini: u16,
    /// The share of all places in 1/10,000 that the hundredth part of the people with the most places has, rounded up to
    /// whole people; half up. Spread evenly it is 100.
    pub top_share: u16,
    /// How many people that hundredth part is.
    pub top_people: u64,
    /// The most lists that one person is on.
    pub most: u64,
}

impl Concentration {
    /// The spread of people over lists: how many lists each person is on.
    pub fn of(mut lists_of: Vec<u64>) -> Self {
        lists_of.sort_unstable();
        let people = lists_of.len() as u64;
        let places: u64 = lists_of.iter().sum();
        let top_people = people.div_ceil(100);
        let most = lists_of.last().copied().unwrap_or(0);
        if places == 0 {
            return Self { top_people, ..Self::default() };
        }
        let n = i128::from(people);
        let weighed: i128 = (1..).zip(&lists_of).map(|(i, lists)| (2 * i - n - 1) * i128::from(*lists)).sum();
        let top: u64 = lists_of.iter().rev().take(usize::try_from(top_people).unwrap_or(usize::MAX)).sum();
        Self {
            places,
            gini: share(weighed, n * i128::from(places)),
            top_share: share(i128::from(top), i128::from(places)),
            top_people,
            most,
        }
    }
}

/// A share of a positive whole in 1/10,000, half up.
fn share(part: i128, whole: i128) -> u16 {
    u16::try_from((2 * 10_000 * part + whole) / (2 * whole)).unwrap_or(10_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Gini as the mean difference between all pairs, over twice the mean: another way to the same number.
    fn by_pairs(lists_of: &[u64]) -> f64 {
        let n = lists_of.len() as f64;
        let differences: u64 = lists_of.iter().flat_map(|a| lists_of.iter().map(|b| a.abs_diff(*b))).sum();
        differences as f64 / (2.0 * n * lists_of.iter().sum::<u64>() as f64)
    }

    #[test]
    fn evenly_spread_lists_have_a_gini_of_nothing_and_one_person_with_all_nearly_one() {
        let even = Concentration::of(vec![5; 200]);
        assert_eq!((even.gini, even.top_share, even.top_people), (0, 100, 2));
        let mut alone = vec![0; 200];
        alone[77] = 1_000;
        let alone = Concentration::of(alone);
        assert_eq!((alone.gini, alone.top_share, alone.most), (9_950, 10_000, 1_000));
        assert_eq!(Concentration::of(Vec::new()), Concentration::default());
        assert_eq!(Concentration::of(vec![0, 0]).gini, 0);
    }

    proptest! {
        #[test]
        fn the_gini_is_the_mean_difference_over_twice_the_mean(lists_of in prop::collection::vec(0..50_u64, 1..80)) {
            prop_assume!(lists_of.iter().sum::<u64>() > 0);
            let found = f64::from(Concentration::of(lists_of.clone()).gini) / 10_000.0;
            prop_assert!((found - by_pairs(&lists_of)).abs() <= 0.000_051);
        }
    }
}
