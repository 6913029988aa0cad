//! The mean of weighed parts.

use super::{Knowledge, Opinion};

/// The mean of weighed opinions, rounded half up; `None` when there are none.
pub(in crate::rank) fn mean(items: impl Iterator<Item = (u32, Opinion)>) -> Option<Opinion> {
    let mut sums = Sums::default();
    for (weight, opinion) in items {
        sums.add(weight, opinion);
    }
    sums.opinion()
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    weight: u32,
    fit: u32,
    low: u32,
    high: u32,
    parts: u32,
    known: u32,
    unknown: u32,
}

impl Sums {
    // At most 1,500 items of weight 4 and fit 10,000: 60 million.
    fn add(&mut self, weight: u32, opinion: Opinion) {
        self.weight += weight;
        self.fit += weight * opinion.fit;
        self.low += weight * opinion.low;
        self.high += weight * opinion.high;
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
        let mean = |sum: u32| (2 * sum + self.weight) / (2 * self.weight);
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
