//! What words mean, small enough to be kept for every wording.

use super::recognize::Sense;
use serde::{Deserialize, Serialize};

/// At most three concepts that words may mean, the surest first. None: the text stays text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Senses([Option<Sense>; Self::MOST]);

impl Senses {
    /// Most concepts that a wording keeps.
    pub const MOST: usize = 3;

    /// The first three of what words may mean, in their order.
    pub fn new(senses: impl IntoIterator<Item = Sense>) -> Self {
        let mut kept = [None; Self::MOST];
        for (place, sense) in kept.iter_mut().zip(senses) {
            *place = Some(sense);
        }
        Self(kept)
    }

    /// The concepts, the surest first.
    pub fn iter(&self) -> impl Iterator<Item = Sense> + '_ {
        self.0.iter().flatten().copied()
    }

    /// The surest concept.
    pub fn first(&self) -> Option<Sense> {
        self.0[0]
    }

    /// Whether the words were not recognised.
    pub fn is_empty(&self) -> bool {
        self.first().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::ConceptNumber;

    #[test]
    fn the_first_three_are_kept_in_their_order() {
        let sense = |number| Sense { concept: ConceptNumber(number), confidence: 10_000 };
        let senses = Senses::new([7, 3, 9, 1].map(sense));
        assert_eq!(senses.iter().map(|sense| sense.concept.0).collect::<Vec<_>>(), [7, 3, 9]);
        assert_eq!(senses.first(), Some(sense(7)));
        assert!(Senses::default().is_empty());
    }
}
