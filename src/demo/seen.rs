//! What others saw of somebody, and what the person says.

use super::{
    book::{Book, people::Stage},
    life::Life,
    provenance,
    random::Dice,
    times::before,
};
use crate::domain::{
    Date, InvalidValue,
    observation::{Dispute, Observation, ObservationSource, Observed, ObservedValue},
};

/// The oldest observation, in days.
const OLDEST: u32 = 900;

/// Observations, none after the as-of date.
pub(super) fn observations(
    book: &Book,
    life: &Life<'_>,
    as_of: Date,
    dice: &mut Dice,
) -> Result<Vec<Observation>, InvalidValue> {
    let count = dice.between(1, 6);
    (0..count).map(|_| observation(book, life, as_of, dice)).collect()
}

fn observation(
    book: &Book,
    life: &Life<'_>,
    as_of: Date,
    dice: &mut Dice,
) -> Result<Observation, InvalidValue> {
    let sightings = &book.sightings;
    let mut source = *sightings.sources.draw(dice);
    // An internship belongs to school; who never worked was not seen by an employer.
    if source == ObservationSource::Internship && life.kind.stage != Stage::SchoolLeaver && dice.chance(600) {
        source = ObservationSource::Coach;
    }
    if source == ObservationSource::Employer && life.past.is_empty() {
        source = ObservationSource::Conversation;
    }
    let mut value = *sightings.values.draw(dice);
    if source == ObservationSource::SelfReport {
        value = value.max(ObservedValue::Average);
    }
    let (observed, notes) = if dice.chance(240) {
        (motivation(book, life, dice)?, &sightings.motivation)
    } else {
        let seen = sightings.qualities.draw(dice);
        (Observed::Quality(seen.quality.clone()), &seen.notes)
    };
    let told = source != ObservationSource::SelfReport && dice.chance(750);
    let contested = value < ObservedValue::Average && dice.chance(sightings.disputed_per_thousand);
    Ok(Observation {
        observed,
        source,
        value,
        observed_on: dice.chance(960).then(|| before(as_of, 1 + lately(dice))),
        note: dice.pick(notes.of(value)).filter(|_| told).cloned(),
        dispute: if contested { Dispute::Disputed } else { Dispute::Undisputed },
        delivery: Some(provenance::delivery(book, as_of)),
    })
}

/// Days ago: most observations are of the last months.
fn lately(dice: &mut Dice) -> u32 {
    dice.below(OLDEST).min(dice.below(OLDEST)).min(dice.below(OLDEST))
}

fn motivation(book: &Book, life: &Life<'_>, dice: &mut Dice) -> Result<Observed, InvalidValue> {
    let wished = life.wished.first().map(|at| &book.occupations[*at]);
    let Some(work) = wished else {
        return Err(InvalidValue::new("nothing is wished", "draw at least one wished occupation"));
    };
    match work.sbi.first() {
        Some(sector) if dice.chance(500) => Ok(Observed::MotivationForSector(*sector)),
        _ => Ok(Observed::MotivationForOccupation(life.words_for(work, dice)?)),
    }
}
