//! The mean of weighed parts.

use super::{Knowledge, Opinion, WHOLE};

/// The mean of weighed opinions, rounded half up; `None` when there are none.
pub(in crate::rank) fn mean(items: impl Iterator<Item = (u32, Opinion)>) -> Option<Opinion> {
    let mut sums = Sums::default();
    for (weight, opinion) in items {
        sums.add(weight, opinion);
    }
    sums.opinion()
}

/// Two means over the same weights; `None` when there are none.
pub(in crate::rank) fn means(items: impl Iterator<Item = (u32, [Opinion; 2])>) -> [Option<Opinion>; 2] {
    let mut sums = [Sums::default(); 2];
    for (weight, opinions) in items {
        sums[0].add(weight, opinions[0]);
        sums[1].add(weight, opinions[1]);
    }
    sums.map(Sums::opinion)
}

/// The weighed fits of parts, of which some may turn out otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::rank) struct Fits {
    weight: u64,
    sum: u64,
}

impl Fits {
    pub(in crate::rank) fn of(items: impl Iterator<Item = (u32, Opinion)>) -> Self {
        let mut all = Self::default();
        items.for_each(|(weight, opinion)| all.add(weight, opinion.fit));
        all
    }

    /// Takes in a part.
    pub(in crate::rank) fn add(&mut self, weight: u32, fit: u32) {
        self.weight += u64::from(weight);
        self.sum += u64::from(weight) * u64::from(fit);
    }

    /// The same when a part that is among them turns out at its best.
    pub(in crate::rank) fn at_best(self, (weight, opinion): (u32, Opinion)) -> Self {
        let weight = u64::from(weight);
        let sum = self.sum + weight * u64::from(opinion.high) - weight * u64::from(opinion.fit);
        Self { sum, ..self }
    }

    /// Their mean as the mean of opinions; `None` where nothing weighs.
    pub(in crate::rank) fn mean(self) -> Option<u32> {
        let mean = (2 * self.sum + self.weight).checked_div(2 * self.weight)?;
        Some(u32::try_from(mean).unwrap_or(WHOLE))
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    weight: u64,
    fit: u64,
    low: u64,
    high: u64,
    parts: u32,
    known: u32,
    unknown: u32,
}

impl Sums {
    // At most 1,500 items of weight 4 · 3,200 (the rarity of one in four thousand million) and fit 10,000.
    fn add(&mut self, weight: u32, opinion: Opinion) {
        let weight = u64::from(weight);
        self.weight += weight;
        self.fit += weight * u64::from(opinion.fit);
        self.low += weight * u64::from(opinion.low);
        self.high += weight * u64::from(opinion.high);
        self.parts += 1;
        match opinion.knowledge {
            Knowledge::Known => self.known += 1,
            Knowledge::Unknown => self.unknown += 1,
            Knowledge::Partly => {}
        }
    }

    fn opinion(self) -> Option<Opinion> {
        if self.weight == 0 {
            return None;
        }
        // A mean of fits, so at most 10,000.
        let mean = |sum: u64| u32::try_from((2 * sum + self.weight) / (2 * self.weight)).unwrap_or(WHOLE);
        let knowledge = if self.known == self.parts {
            Knowledge::Known
        } else if self.unknown == self.parts {
            Knowledge::Unknown
        } else {
            Knowledge::Partly
        };
        Some(Opinion { fit: mean(self.fit), low: mean(self.low), high: mean(self.high), knowledge })
    }
}
