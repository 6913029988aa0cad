//! The measures of a ranking, and how sure they are.

use std::collections::BTreeMap;

/// How often the questions are drawn again for an interval.
const RESAMPLES: usize = 1_000;
/// The share of the resampled means below and above the interval.
const TAIL: f64 = 0.025;

/// A mean over questions with its bootstrap interval (95 %).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// How many questions were measured.
    pub queries: usize,
}

impl Estimate {
    /// The mean of the questions' values, with the percentile interval of 1,000 resamples under a fixed seed; `None`
    /// when there is no question.
    pub fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        let count = values.len();
        let mean = |sum: f64| sum / count as f64;
        let mut random = SplitMix(0x5eed);
        let mut means: Vec<f64> =
            (0..RESAMPLES).map(|_| mean((0..count).map(|_| values[random.below(count)]).sum())).collect();
        means.sort_by(f64::total_cmp);
        let at = |share: f64| means[((RESAMPLES - 1) as f64 * share).round() as usize];
        Some(Self {
            value: mean(values.iter().sum::<f64>() + 0.0),
            low: at(TAIL),
            high: at(1.0 - TAIL),
            queries: count,
        })
    }
}

/// 1 / the place of the first right answer; 0 when there is none.
pub(super) fn reciprocal_rank(right: impl IntoIterator<Item = bool>) -> f64 {
    right.into_iter().position(|right| right).map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// Normalised discounted cumulative gain of the first `depth` places, with gain 2^grade − 1 and discount
/// log2(place + 1); `None` when nothing has a grade.
pub(super) fn ndcg<'a>(
    ranking: impl IntoIterator<Item = &'a str>,
    grades: &BTreeMap<&str, u8>,
    depth: usize,
) -> Option<f64> {
    let gain = |place: usize, grade: u8| (2f64.powi(i32::from(grade)) - 1.0) / ((place + 2) as f64).log2();
    let sum = |grades: &mut dyn Iterator<Item = u8>| -> f64 {
        grades.take(depth).enumerate().map(|(place, grade)| gain(place, grade)).sum()
    };
    let mut best: Vec<u8> = grades.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = sum(&mut best.into_iter());
    let found = sum(&mut ranking.into_iter().map(|id| grades.get(id).copied().unwrap_or(0)));
    (ideal > 0.0).then(|| found / ideal)
}

/// The share of the wanted that stands among the first `depth`; `None` when nothing is wanted.
pub(super) fn recall<'a>(
    ranking: impl IntoIterator<Item = &'a str>,
    is_wanted: impl Fn(&str) -> bool,
    wanted: usize,
    depth: usize,
) -> Option<f64> {
    let found = ranking.into_iter().take(depth).filter(|id| is_wanted(id)).count();
    (wanted > 0).then(|| found as f64 / wanted as f64)
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct SplitMix(pub(super) u64);

impl SplitMix {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `bound` − 1.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_right_place_counts() {
        assert_eq!(reciprocal_rank([false, false, true, true]), 1.0 / 3.0);
        assert_eq!(reciprocal_rank([false]), 0.0);
    }

    #[test]
    fn gains_are_discounted_and_compared_with_the_best_order() {
        let grades = BTreeMap::from([("a", 3), ("b", 1)]);
        assert_eq!(ndcg(["a", "b", "x"], &grades, 10), Some(1.0));
        // (2^1 − 1) / log2(2) + (2^3 − 1) / log2(3), over 7 + 1 / log2(3).
        let swapped = (1.0 + 7.0 / 3f64.log2()) / (7.0 + 1.0 / 3f64.log2());
        assert!((ndcg(["b", "a"], &grades, 10).unwrap() - swapped).abs() < 1e-12);
        assert_eq!(ndcg(["x", "a"], &grades, 1), Some(0.0));
        assert_eq!(ndcg(["x"], &BTreeMap::new(), 10), None);
    }

    #[test]
    fn recall_looks_no_deeper_than_asked() {
        assert_eq!(recall(["x", "a", "b"], |id| id != "x", 4, 2), Some(0.25));
        assert_eq!(recall(["x"], |_| false, 0, 2), None);
    }

    #[test]
    fn an_interval_holds_its_mean_and_is_the_same_every_time() {
        let values: Vec<f64> = (0..200).map(|i| f64::from(i % 7) / 7.0).collect();
        let estimate = Estimate::of(&values).unwrap();
        assert!(estimate.low < estimate.value && estimate.value < estimate.high);
        assert_eq!(Estimate::of(&values), Some(estimate));
        assert_eq!(Estimate::of(&[]), None);
    }
}
