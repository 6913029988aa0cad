//! The score of a block of rows from what was added up of both sides, and what is in the way.

use super::{
    kernel::{BLOCK, Sums, TO_WHOLE, figure},
    scales::{Denominator, Scales, weights_of},
    tables::Tables,
};
use crate::rank::{
    conflict::FULL_TIME_SHORTFALL,
    criteria::WHOLE,
    sweep::{Packed, Place},
};
use std::ops::Range;

/// Writes the places of the rows.
#[inline(always)]
pub(super) fn finish(tables: &Tables, scales: &Scales, sums: &Sums, rows: Range<usize>, out: &mut [Packed]) {
    let mut denominators = [Denominator::default(); 8];
    for (asked, denominator) in denominators.iter_mut().enumerate() {
        *denominator = weights_of(tables, scales, asked);
    }
    let mut scores = [0_u32; BLOCK];
    for (((score, own), wished), asked) in
        scores.iter_mut().zip(&sums.demand).zip(&sums.wish).zip(&sums.asked)
    {
        let Denominator { demand, wish, whole } = denominators[(*asked & 7) as usize];
        let (own, wished) = (f64::from(*own) * wish, f64::from(*wished) * demand);
        let numerator =
            scales.lambda * own + (100.0 - scales.lambda) * wished - scales.beta * (own - wished).abs();
        let rounded = ((2.0 * numerator + whole) / (2.0 * whole)).floor();
        *score = (rounded + TO_WHOLE).to_bits() as u32;
    }
    conflicts(scales, sums, &mut scores);
    for (place, score) in out.iter_mut().zip(&scores) {
        place.0 = if place.0 < Packed::OUTSIDE { *score as u16 } else { place.0 };
    }
    for (paper, requirement) in tables.papers.iter().zip(0_u16..) {
        if paper.is_excluded == [false; 3] {
            continue;
        }
        let excluded = Packed::from(Place::Excluded { requirement }).0;
        let is_excluded = paper.is_excluded.map(u32::from);
        for (place, standing) in out.iter_mut().zip(&paper.standings[rows.clone()]) {
            // The first one that excludes counts.
            let is_excluded = (figure(is_excluded, *standing) > 0) & (place.0 <= Packed::LARGEST);
            place.0 = if is_excluded { excluded } else { place.0 };
        }
    }
}

/// Takes off what is in the way, one after the other.
#[inline(always)]
fn conflicts(scales: &Scales, sums: &Sums, scores: &mut [u32; BLOCK]) {
    let most = sums.unmet.iter().copied().max().unwrap_or(0);
    for turn in 0..most {
        for (score, unmet) in scores.iter_mut().zip(&sums.unmet) {
            *score -= if *unmet > turn { taken(*score, scales.unmet_share) } else { 0 };
        }
    }
    for (score, refused) in scores.iter_mut().zip(&sums.refused) {
        *score -= if *refused > 0 { taken(*score, scales.refusal_share) } else { 0 };
    }
    for (score, part) in scores.iter_mut().zip(&sums.part) {
        let share = (WHOLE - part) * scales.hours_share / FULL_TIME_SHORTFALL;
        *score -= taken(*score, share.min(scales.hours_share));
    }
}

/// What a share takes, half up. At most twice 10⁴ · 10⁴.
#[inline(always)]
fn taken(stands: u32, share: u32) -> u32 {
    (2 * stands * share + WHOLE) / (2 * WHOLE)
}
