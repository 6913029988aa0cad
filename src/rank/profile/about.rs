//! What a profile says of itself: its names, what it is for, and why its figures are what they are.

use crate::rank::{criterion::Criterion, wording::TextLanguage};

/// A part of a profile that has a written reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProfilePart {
    /// λ and β.
    Formula,
    /// What unknown counts.
    Unknown,
    /// What conflicts take.
    Conflicts,
    /// The cut points of the bands.
    Bands,
    /// The weights of a criterion.
    Weight(Criterion),
}

impl ProfilePart {
    /// How many there are.
    pub const COUNT: usize = Criterion::COUNT + 4;

    /// All parts: the four sections, then the weights in criterion order.
    pub fn all() -> impl Iterator<Item = Self> {
        let sections = [Self::Formula, Self::Unknown, Self::Conflicts, Self::Bands];
        sections.into_iter().chain(Criterion::ALL.into_iter().map(Self::Weight))
    }

    /// Its key under `[reasons.dutch]` and `[reasons.english]`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Formula => "formula",
            Self::Unknown => "unknown",
            Self::Conflicts => "conflicts",
            Self::Bands => "bands",
            Self::Weight(criterion) => criterion.key(),
        }
    }

    fn place(self) -> usize {
        match self {
            Self::Formula => 0,
            Self::Unknown => 1,
            Self::Conflicts => 2,
            Self::Bands => 3,
            Self::Weight(criterion) => 4 + criterion.index(),
        }
    }
}

/// A text in both languages; the English one may be missing in a profile of one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) dutch: String,
    pub(super) english: Option<String>,
}

impl Told {
    pub(super) fn text(&self, language: TextLanguage) -> &str {
        match (language, &self.english) {
            (TextLanguage::English, Some(english)) => english,
            _ => &self.dutch,
        }
    }
}

/// What a profile says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct About {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) title: Told,
    pub(super) description: Told,
    /// In the order of [`ProfilePart::all`].
    pub(super) reasons: Vec<Told>,
}

impl About {
    pub(super) fn reason(&self, of: ProfilePart, language: TextLanguage) -> &str {
        self.reasons.get(of.place()).map_or("", |reason| reason.text(language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_own_place_and_key() {
        let parts: Vec<_> = ProfilePart::all().collect();
        assert_eq!(parts.len(), ProfilePart::COUNT);
        for (place, part) in parts.iter().enumerate() {
            assert_eq!(part.place(), place);
            assert!(parts.iter().all(|other| other == part || other.key() != part.key()));
        }
    }
}
