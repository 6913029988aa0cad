//! The recognised occupations of past work: what they imply depends on how long and how long ago.

use crate::domain::{candidate::CandidateProfile, text::Label, work::WorkExperience};
use crate::rank::{day::Day, understanding::Understanding};
use crate::taxonomy::{ConceptNumber, Senses, recognize::Sense};
use serde::{Deserialize, Serialize};

const WHOLE: u32 = 10_000;

/// A job: every entry of experience that means the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct PastJob {
    /// As it was written first.
    pub(in crate::rank) text: Label,
    pub(in crate::rank) senses: Senses,
    pub(in crate::rank) spells: Box<[Spell]>,
}

/// When and how long it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct Spell {
    pub(in crate::rank) months: Option<u16>,
    pub(in crate::rank) from: Option<Day>,
    pub(in crate::rank) until: Option<Day>,
}

impl Spell {
    pub(in crate::rank) fn of(work: &WorkExperience) -> Self {
        Self { months: work.months, from: work.from.map(Day::new), until: work.until.map(Day::new) }
    }

    /// Its months as of a day, where they are known.
    pub(in crate::rank) fn months(self, as_of: Day) -> Option<u32> {
        if let Some(months) = self.months {
            return Some(u32::from(months));
        }
        let from = self.from?;
        let until = self.until.map_or(as_of, |until| until.min(as_of));
        Some(until.months_since(from))
    }
}

/// The jobs of a person, by their concepts.
pub(in crate::rank) fn past_jobs(
    profile: &CandidateProfile,
    understanding: &dyn Understanding,
) -> Box<[PastJob]> {
    let mut jobs: Vec<(Senses, Label, Vec<Spell>)> = Vec::new();
    for work in &profile.experience {
        let Some(occupation) = &work.occupation else { continue };
        let senses = exclusive(&understanding.occupation(occupation));
        if senses.is_empty() {
            continue;
        }
        let spell = Spell::of(work);
        match jobs.iter_mut().find(|(own, ..)| *own == senses) {
            Some((_, text, spells)) => {
                // The order of the entries may not show.
                *text = text.clone().min(occupation.text.clone());
                spells.push(spell);
            }
            None => jobs.push((senses, occupation.text.clone(), vec![spell])),
        }
    }
    jobs.sort_by_key(|(senses, ..)| order(senses));
    let made =
        |(senses, text, spells): (Senses, Label, Vec<Spell>)| PastJob { text, senses, spells: spells.into() };
    jobs.into_iter().map(made).collect()
}

/// A job is one occupation, whatever its title may mean: confidences that sum to more than 1 are scaled down to 1.
fn exclusive(senses: &Senses) -> Senses {
    let sum: u32 = senses.iter().map(|sense| u32::from(sense.confidence)).sum();
    let share = |confidence: u16| {
        let share = u32::from(confidence) * WHOLE / sum.max(WHOLE);
        u16::try_from(share).unwrap_or(u16::MAX)
    };
    Senses::new(senses.iter().map(|sense| Sense { confidence: share(sense.confidence), ..sense }))
}

fn order(senses: &Senses) -> Vec<(ConceptNumber, u16)> {
    senses.iter().map(|sense| (sense.concept, sense.confidence)).collect()
}
