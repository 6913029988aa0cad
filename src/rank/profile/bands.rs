//! Bands: how well a candidate fits, as an employer is told it (issue of the employer's view).

/// How well somebody fits, in steps that say no more than an employer needs; from best to least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Fits well.
    Strong,
    /// Fits.
    Good,
    /// Fits in part: the last band that is proposed.
    Partial,
}

impl Band {
    /// All bands, from best to least.
    pub const ALL: [Self; 3] = [Self::Strong, Self::Good, Self::Partial];

    /// A stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strong => "STRONG",
            Self::Good => "GOOD",
            Self::Partial => "PARTIAL",
        }
    }

    /// Place in the order, from 0.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The key of its cut point in a profile.
    pub fn key(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Good => "good",
            Self::Partial => "partial",
        }
    }
}

/// From which score on each band begins, in hundredths of a point: 0 < partial < good < strong ≤ 10,000. What is below
/// `partial` is not proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    pub(super) strong: u16,
    pub(super) good: u16,
    pub(super) partial: u16,
}

impl Bands {
    /// From which score on a band begins, in hundredths of a point.
    pub fn from(self, band: Band) -> u16 {
        match band {
            Band::Strong => self.strong,
            Band::Good => self.good,
            Band::Partial => self.partial,
        }
    }

    /// The band of a score; `None` when it is too low to be proposed.
    pub fn of(self, score: u16) -> Option<Band> {
        Band::ALL.into_iter().find(|band| score >= self.from(*band))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_begins_at_its_cut_point_and_below_the_last_nobody_is_proposed() {
        let bands = Bands { strong: 7_000, good: 6_000, partial: 5_000 };
        assert_eq!(
            [10_000, 7_000, 6_999, 6_000, 5_999, 5_000, 4_999, 0].map(|score| bands.of(score)),
            [
                Some(Band::Strong),
                Some(Band::Strong),
                Some(Band::Good),
                Some(Band::Good),
                Some(Band::Partial),
                Some(Band::Partial),
                None,
                None
            ]
        );
    }
}
