//! Past work: how long each kind of it was done.

use super::classes::Lists;
use crate::rank::{
    criteria::experience::{counted, share},
    facts::{AskedExperience, CandidateFacts},
    rules::Rules,
};
use std::borrow::Borrow;

/// Everybody's past work by what it is called.
#[derive(Debug)]
pub(super) struct ExperienceIndex {
    pub(super) work: Lists,
}

impl ExperienceIndex {
    pub(super) fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        Self { work: Lists::new(people, |p| &p.experience, |work| &work.keys) }
    }

    /// The fit of everybody, where it is known which kinds of work are the asked one.
    pub(super) fn fits<C: Borrow<CandidateFacts>>(
        &self,
        asked: &AskedExperience,
        is_same: &[bool],
        people: &[C],
        rules: Rules<'_>,
    ) -> Vec<u32> {
        let of_row = |(person, class): (&C, &u32)| {
            let (mut same, mut other, mut is_known) = (0, 0, false);
            for (work, kind) in person.borrow().experience.iter().zip(self.work.of_class(*class)) {
                let Some(months) = work.spell.months(rules.as_of) else { continue };
                is_known = true;
                *(if is_same[*kind as usize] { &mut same } else { &mut other }) += months;
            }
            if is_known { share(counted(same, other), asked.years) } else { rules.numbers.neutral }
        };
        people.iter().zip(&self.work.of).map(of_row).collect()
    }
}
