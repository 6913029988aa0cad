//! One measured figure with what stands beside it.

use super::metrics::Estimate;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Mean reciprocal rank of the first right answer among the first 100.
    Mrr,
    /// Normalised discounted cumulative gain of the first ten.
    NdcgAt10,
    /// The share of the wanted among the first 50.
    RecallAt50,
    /// The share of the places in the first ten.
    ShareOfTop10,
    /// The share of the first ten that stays.
    KeptOfTop10,
}

impl Metric {
    /// Its usual short name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mrr => "MRR",
            Self::NdcgAt10 => "nDCG@10",
            Self::RecallAt50 => "R@50",
            Self::ShareOfTop10 => "share of top 10",
            Self::KeptOfTop10 => "kept of top 10",
        }
    }
}

/// A figure of one set, or of a slice of it.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The set, and what of it: "matching-dev, vacancy to candidates, care".
    pub name: String,
    /// What is measured.
    pub metric: Metric,
    /// The figure.
    pub estimate: Estimate,
    /// What others reach on the same questions, by their names.
    pub baselines: Vec<(&'static str, Estimate)>,
}

impl Figure {
    /// A figure, unless there was no question.
    pub(super) fn new(name: String, metric: Metric, values: &[f64]) -> Option<Self> {
        Some(Self { name, metric, estimate: Estimate::of(values)?, baselines: Vec::new() })
    }

    /// The figure with what tells it from the same one under another taxonomy.
    pub fn named_after(mut self, suffix: &str) -> Self {
        self.name.push_str(suffix);
        self
    }

    /// The figure with another one beside it.
    pub(super) fn beside(mut self, name: &'static str, values: &[f64]) -> Self {
        self.baselines.extend(Estimate::of(values).map(|estimate| (name, estimate)));
        self
    }
}
