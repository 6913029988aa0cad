//! The figures of a profile, in the form in which rows are added up.

use super::{kernel::SOMETIMES_ASKED, tables::Tables};
use crate::rank::{criterion::Criterion, profile::Numbers, score::weight_of};

/// What a criterion weighs on both sides.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weights {
    pub(super) demand: u32,
    pub(super) wish: u32,
}

/// The figures of a profile in the form in which rows are added up.
#[derive(Debug)]
pub(super) struct Scales {
    /// Demand weights and wish weights, each over their greatest common divisor.
    weights: [Weights; Criterion::COUNT],
    pub(super) lambda: f64,
    pub(super) beta: f64,
    pub(super) unmet_share: u32,
    pub(super) refusal_share: u32,
    pub(super) hours_share: u32,
}

impl Scales {
    /// `None` where the weights are so uneven that a sum does not fit: such a profile is scored pair by pair.
    pub(super) fn new(numbers: &Numbers) -> Option<Self> {
        let weights = Criterion::ALL.map(|criterion| weight_of(criterion, numbers));
        let divisor =
            |of: &dyn Fn(usize) -> u32| (0..Criterion::COUNT).map(of).fold(0, greatest_common_divisor).max(1);
        let (demand, wish) = (divisor(&|at| weights[at].demand), divisor(&|at| weights[at].wish));
        let reduced =
            weights.map(|weight| Weights { demand: weight.demand / demand, wish: weight.wish / wish });
        let sum =
            |side: fn(&Weights) -> u32| reduced.iter().map(|weight| u64::from(side(weight))).sum::<u64>();
        // Sums of fits stay below 2³¹, and the numerator of a score, twice 100 · 10⁴ · both sums, below 2⁵³: then a
        // quotient of two whole numbers in floating point is exact when it is rounded down.
        let (demand_sum, wish_sum) = (sum(|weight| weight.demand), sum(|weight| weight.wish));
        let fits = demand_sum < 200_000 && wish_sum < 200_000 && demand_sum * wish_sum < 2_000_000_000;
        fits.then(|| Self {
            weights: reduced,
            lambda: f64::from(numbers.lambda),
            beta: f64::from(numbers.beta),
            unmet_share: numbers.unmet_share,
            refusal_share: numbers.refusal_share,
            hours_share: numbers.hours_share,
        })
    }

    /// What a criterion weighs.
    pub(super) fn of(&self, criterion: Criterion) -> Weights {
        self.weights[criterion.index()]
    }
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// The figures of a score that depend on which criteria are asked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Denominator {
    pub(super) demand: f64,
    pub(super) wish: f64,
    pub(super) whole: f64,
}

/// Where these of the criteria that are sometimes asked are, a bit each.
pub(super) fn weights_of(tables: &Tables, scales: &Scales, asked: usize) -> Denominator {
    let is_asked = |criterion: Criterion| match criterion {
        Criterion::Skills => !tables.skills.is_empty(),
        Criterion::Competencies => !tables.qualities.is_empty(),
        Criterion::Language => tables.languages.is_some(),
        Criterion::Level => tables.level.is_some(),
        Criterion::Experience => tables.experience.is_some(),
        Criterion::Licences => !tables.papers.is_empty(),
        Criterion::Culture | Criterion::Support | Criterion::Contract => SOMETIMES_ASKED
            .iter()
            .position(|one| *one == criterion)
            .is_some_and(|place| asked >> place & 1 == 1),
        Criterion::Motivation
        | Criterion::Potential
        | Criterion::Hours
        | Criterion::WeekPattern
        | Criterion::Travel => true,
    };
    let weights = Criterion::ALL.into_iter().filter(|criterion| is_asked(*criterion)).map(|c| scales.of(c));
    let (demand, wish) = weights.fold((0, 0), |sum: (u32, u32), w| (sum.0 + w.demand, sum.1 + w.wish));
    // The checker of profiles sees to it that both sides always ask something that weighs.
    let (demand, wish) = (f64::from(demand).max(1.0), f64::from(wish).max(1.0));
    Denominator { demand, wish, whole: 100.0 * demand * wish }
}
