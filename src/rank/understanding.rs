//! What words mean, for whoever makes facts.

use crate::domain::{
    text::{FreeText, Label},
    work::{OccupationRef, SkillRef},
};
use crate::taxonomy::{Senses, Taxonomy, recognize::Sense, relations::Relations};

/// The meaning of words in one loaded taxonomy. A known concept or code wins over the words that stand beside it.
///
/// Pure: the same words have the same meaning as long as the taxonomy is the same, whoever else is loaded (R18, R19).
pub trait Understanding: Sync {
    /// The relations of the taxonomy whose concepts are meant.
    fn relations(&self) -> &Relations;

    /// The taxonomy whose concepts are meant.
    fn taxonomy(&self) -> &Taxonomy {
        self.relations().taxonomy()
    }

    /// What an asked or named skill means.
    fn skill(&self, skill: &SkillRef) -> Senses;

    /// What an occupation or a title means.
    fn occupation(&self, occupation: &OccupationRef) -> Senses;

    /// Which skill a course teaches.
    fn course(&self, course: &Label) -> Senses;

    /// The skills that a free text names.
    fn skills_in(&self, text: &FreeText) -> Box<[Sense]>;
}
