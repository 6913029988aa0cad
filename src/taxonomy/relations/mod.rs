//! What the relations of a taxonomy say about skills: how rare one is, which are close to it, which occupations imply
//! it, and which occupations are alike. The formulas stand in `docs/scoring.md`.
//!
//! Everything follows from the taxonomy alone, never from who is loaded (R19). Rows are made when they are first asked
//! for and shared from then on.

mod alike;
mod close;

use super::{ConceptKind, ConceptNumber, Need, Taxonomy};
use std::sync::{Arc, OnceLock};

/// Concepts with a figure in 1/10,000, by their numbers.
pub type Row = Arc<[(ConceptNumber, u16)]>;

/// An unknown skill is as rare as one that this many occupations need: the middle of ESCO.
const OCCUPATIONS_OF_UNKNOWN: u32 = 4;
/// No skill weighs less than this.
const LEAST_RARITY: u32 = 100;
/// Certainty that somebody who did the work has a skill that it always needs, and one that it sometimes needs.
const ESSENTIAL: u32 = 5_500;
const OPTIONAL: u32 = 2_500;
/// What rarity adds to it at most: a rare skill is what makes the occupation, a common one is everybody's.
const MOST_FOR_RARITY: u32 = 500;

/// The relations of one taxonomy.
#[derive(Debug)]
pub struct Relations {
    taxonomy: Arc<Taxonomy>,
    occupations: u32,
    close: Box<[OnceLock<Row>]>,
    implied: Box<[OnceLock<Row>]>,
    alike: Box<[OnceLock<Row>]>,
    leads: Box<[OnceLock<Row>]>,
}

impl Relations {
    /// The relations of a taxonomy.
    pub fn new(taxonomy: Arc<Taxonomy>) -> Self {
        let occupations = taxonomy.of_kind(ConceptKind::Occupation).count();
        let rows = || (0..taxonomy.len()).map(|_| OnceLock::new()).collect();
        Self {
            occupations: u32::try_from(occupations).unwrap_or(u32::MAX - 1),
            close: rows(),
            implied: rows(),
            alike: rows(),
            leads: rows(),
            taxonomy,
        }
    }

    /// The taxonomy.
    pub fn taxonomy(&self) -> &Arc<Taxonomy> {
        &self.taxonomy
    }

    /// How rare a skill is among occupations, in hundredths of a bit, at least 100; of `None`, words without a concept,
    /// that of a skill in the middle.
    pub fn rarity(&self, skill: Option<ConceptNumber>) -> u32 {
        let needing = skill.map_or(OCCUPATIONS_OF_UNKNOWN, |skill| {
            u32::try_from(self.taxonomy.occupations_needing(skill).len()).unwrap_or(u32::MAX - 1)
        });
        let bits = hundredths_of_bits(self.occupations + 1);
        bits.saturating_sub(hundredths_of_bits(needing + 1)).max(LEAST_RARITY)
    }

    /// The skills that say something of a skill, with their closeness; never the skill itself.
    pub fn close_to(&self, skill: ConceptNumber) -> Row {
        cached(&self.close, skill, || close::to(skill, &self.taxonomy))
    }

    /// The occupations that need a skill, with the certainty that somebody who did that work has it.
    pub fn implied_by(&self, skill: ConceptNumber) -> Row {
        cached(&self.implied, skill, || {
            let rarity = (self.rarity(Some(skill)) / 2).min(MOST_FOR_RARITY);
            let certainty = |need| {
                let base = if need == Need::Essential { ESSENTIAL } else { OPTIONAL };
                u16::try_from(base + rarity).unwrap_or(u16::MAX)
            };
            let needing = self.taxonomy.occupations_needing(skill).iter();
            needing.map(|(occupation, need)| (*occupation, certainty(*need))).collect()
        })
    }

    /// The occupations that need much of what an occupation needs, itself among them.
    pub fn alike(&self, occupation: ConceptNumber) -> Row {
        cached(&self.alike, occupation, || alike::to(occupation, self))
    }

    /// The occupations that an occupation leads to: of what they always need, the share that it needs too; itself among
    /// them. It is [`Self::alike`] the other way round.
    pub fn leads_to(&self, occupation: ConceptNumber) -> Row {
        cached(&self.leads, occupation, || alike::led_to(occupation, self))
    }
}

/// The binary logarithm in hundredths, in a straight line between powers of two.
fn hundredths_of_bits(number: u32) -> u32 {
    let exponent = number.max(1).ilog2();
    let power = 1_u64 << exponent;
    let rest = 100 * (u64::from(number.max(1)) - power) / power;
    100 * exponent + u32::try_from(rest).unwrap_or(0)
}

fn cached(
    rows: &[OnceLock<Row>],
    of: ConceptNumber,
    make: impl FnOnce() -> Vec<(ConceptNumber, u16)>,
) -> Row {
    match rows.get(of.index()) {
        Some(row) => Arc::clone(row.get_or_init(|| {
            let mut made = make();
            made.sort_unstable();
            made.into()
        })),
        None => Row::default(),
    }
}

#[cfg(test)]
mod tests;
