//! The criteria of a match, in their fixed order (R2).

/// One criterion. The order is the order of the lines in an answer and of ties between remainders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// Vocational skills (*vakvaardigheden*).
    Skills,
    /// Behavioural competencies (*gedragscompetenties*).
    Competencies,
    /// Wished occupations, sectors, interests and observed motivation.
    Motivation,
    /// Learning ability and growth.
    Potential,
    /// Culture and working conditions.
    Culture,
    /// Language levels at the start.
    Language,
    /// Hours a week.
    Hours,
    /// Week pattern and shifts.
    WeekPattern,
    /// Travel to the work place.
    Travel,
    /// Support needed and offered.
    Support,
    /// Form of contract.
    Contract,
    /// Level of work and thinking, education.
    Level,
    /// Years of experience.
    Experience,
    /// Driving licences, certificates, registrations.
    Licences,
}

impl Criterion {
    /// How many there are.
    pub const COUNT: usize = 14;

    /// All, in their order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Skills,
        Self::Competencies,
        Self::Motivation,
        Self::Potential,
        Self::Culture,
        Self::Language,
        Self::Hours,
        Self::WeekPattern,
        Self::Travel,
        Self::Support,
        Self::Contract,
        Self::Level,
        Self::Experience,
        Self::Licences,
    ];

    /// The criteria that this release does not score yet: they count as not asked, and the answer says so (R21).
    pub const NOT_SCORED: [Self; 0] = [];

    /// Place in the order, from 0.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether this release scores it.
    pub fn is_scored(self) -> bool {
        !Self::NOT_SCORED.contains(&self)
    }

    /// Whether it is one of the four soft criteria (R3).
    pub fn is_soft(self) -> bool {
        matches!(self, Self::Competencies | Self::Motivation | Self::Potential | Self::Culture)
    }

    /// Whether the wish side can ask it; level and experience are in demand only (R3).
    pub fn can_be_wished(self) -> bool {
        !matches!(
            self,
            Self::Skills
                | Self::Competencies
                | Self::Language
                | Self::Level
                | Self::Experience
                | Self::Licences
        )
    }

    /// The name in profiles and requests.
    pub fn key(self) -> &'static str {
        match self {
            Self::Skills => "skills",
            Self::Competencies => "competencies",
            Self::Motivation => "motivation",
            Self::Potential => "potential",
            Self::Culture => "culture",
            Self::Language => "language",
            Self::Hours => "hours",
            Self::WeekPattern => "week_pattern",
            Self::Travel => "travel",
            Self::Support => "support",
            Self::Contract => "contract",
            Self::Level => "level",
            Self::Experience => "experience",
            Self::Licences => "licences",
        }
    }

    /// The Dutch name.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Skills => "vakvaardigheden",
            Self::Competencies => "gedrag",
            Self::Motivation => "motivatie",
            Self::Potential => "potentieel",
            Self::Culture => "cultuur en werksfeer",
            Self::Language => "taal",
            Self::Hours => "uren",
            Self::WeekPattern => "werktijden",
            Self::Travel => "reizen",
            Self::Support => "begeleiding",
            Self::Contract => "contract",
            Self::Level => "niveau",
            Self::Experience => "ervaring",
            Self::Licences => "rijbewijs en bewijzen",
        }
    }

    /// The English name.
    pub fn english(self) -> &'static str {
        match self {
            Self::Skills => "skills",
            Self::Competencies => "behaviour",
            Self::Motivation => "motivation",
            Self::Potential => "potential",
            Self::Culture => "culture and atmosphere",
            Self::Language => "language",
            Self::Hours => "hours",
            Self::WeekPattern => "working times",
            Self::Travel => "travel",
            Self::Support => "support",
            Self::Contract => "contract",
            Self::Level => "level",
            Self::Experience => "experience",
            Self::Licences => "licences and certificates",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_criterion_stands_at_its_own_place() {
        for (place, criterion) in Criterion::ALL.into_iter().enumerate() {
            assert_eq!(criterion.index(), place);
        }
    }
}
