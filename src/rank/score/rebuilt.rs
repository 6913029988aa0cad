//! A judgement made again from its fits, by the figures of the profile that made it: what was stored of a night.

use super::{ConflictLine, CriterionLine, Judgement, Law, Opinions, base::Sums, hundredths, lines};
use crate::rank::{
    criteria::{Knowledge, Opinion},
    criterion::Criterion,
    profile::Numbers,
};

/// What is stored of the line of one criterion: fits in 1/10,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StoredFit {
    /// The fit.
    pub fit: u16,
    /// The fit with every unknown at its worst.
    pub low: u16,
    /// The fit with every unknown at its best.
    pub high: u16,
    /// How much is known; `None` when nobody asks it.
    pub knowledge: Option<Knowledge>,
}

impl StoredFit {
    /// What nobody asks.
    pub const NOT_ASKED: Self = Self { fit: 0, low: 0, high: 0, knowledge: None };

    /// What is stored of a line.
    pub fn of(line: &CriterionLine) -> Self {
        Self { fit: line.fit, low: line.low, high: line.high, knowledge: line.knowledge }
    }

    fn opinion(self) -> Option<Opinion> {
        let knowledge = self.knowledge?;
        let [fit, low, high] = [self.fit, self.low, self.high].map(u32::from);
        Some(Opinion { fit, low, high, knowledge })
    }
}

impl Judgement {
    /// The judgement of which only fits, conflicts and the interval were kept: lines, balance and score are added up
    /// again as [`judge`](super::judge) does.
    pub fn rebuilt(
        fits: &[StoredFit; Criterion::COUNT],
        conflicts: Vec<ConflictLine>,
        law: Law,
        interval: (u16, u16),
        numbers: &Numbers,
    ) -> Self {
        let opinions: Opinions = fits.map(StoredFit::opinion);
        let sums = Sums::of(&opinions, numbers, |opinion| opinion.fit);
        let base = sums.base(numbers);
        let (lines, balance) = lines::of(&opinions, numbers, &sums, base);
        let taken: i64 = conflicts.iter().map(|line| i64::from(line.contribution)).sum();
        Self {
            lines,
            balance,
            conflicts,
            score: hundredths(base + taken),
            low: interval.0,
            high: interval.1,
            demand_fit: hundredths(sums.demand_fit()),
            wish_fit: hundredths(sums.wish_fit()),
            law,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::{
        rules::{Pair, Rules},
        score::judge,
        testing::{TODAY, any_profile, any_vacancy, candidate, facts, general},
    };
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_judgement_is_made_again_from_its_fits(vacancy in any_vacancy(), profile in any_profile()) {
            let (general, vacancy, candidate) = (general(), facts(&vacancy), candidate("k", &profile));
            let judged =
                judge(Pair { vacancy: &vacancy, candidate: &candidate, travel_minutes: None }, Rules::new(&general, TODAY));
            let mut fits = [StoredFit::NOT_ASKED; Criterion::COUNT];
            for line in &judged.lines {
                fits[line.criterion.index()] = StoredFit::of(line);
            }
            let again = Judgement::rebuilt(
                &fits, judged.conflicts.clone(), judged.law, (judged.low, judged.high), general.numbers(),
            );
            prop_assert_eq!(again, judged);
        }
    }
}
