//! The scores of a block of rows, from the tables of a vacancy: the arithmetic of `docs/scoring.md` without intervals.

use super::{
    finish::finish,
    index::Index,
    scales::{Scales, Weights},
    skills::Certainty,
    tables::{NOT_ASKED, Skill, Tables},
};
use crate::rank::{
    conflict::UNMET_COMPETENCY,
    criteria::{WHOLE, motivation, potential, skills::MOST_UNNAMED},
    criterion::Criterion,
    sweep::Packed,
};
use std::ops::Range;

/// Rows that are scored together: what is added up for them stays in the nearest memory.
pub(super) const BLOCK: usize = 1_024;
/// The criteria that are asked of some people and not of others.
pub(super) const SOMETIMES_ASKED: [Criterion; 3] =
    [Criterion::Culture, Criterion::Support, Criterion::Contract];

/// What is added up of a block.
pub(super) struct Sums {
    /// Weighed fits of both sides.
    pub(super) demand: [u32; BLOCK],
    pub(super) wish: [u32; BLOCK],
    /// Which of the criteria that are sometimes asked are, a bit each.
    pub(super) asked: [u32; BLOCK],
    pub(super) unmet: [u32; BLOCK],
    /// Whether the person refuses something of the vacancy.
    pub(super) refused: [u32; BLOCK],
    /// The part of hours and times that the conflict takes.
    pub(super) part: [u32; BLOCK],
    /// Work that is like wished work, and its sector and the interests, weighed for motivation.
    motivation: [u32; BLOCK],
    growth: [u32; BLOCK],
    near: [u32; BLOCK],
}

/// Whether the sums of a vacancy's items stay below 2³¹.
pub(super) fn fits(tables: &Tables) -> bool {
    let most = |weights: u64| weights < 100_000;
    most(tables.skills.iter().map(|skill| u64::from(skill.weight)).sum())
        && most(tables.qualities.iter().map(|quality| u64::from(quality.weight)).sum())
        && most(tables.papers.iter().map(|paper| u64::from(paper.weight)).sum())
}

/// Scores the rows from `start` on, one for each place in `out`, of which there are at most a block.
#[inline(always)]
pub(super) fn score(tables: &Tables, index: &Index, scales: &Scales, start: usize, out: &mut [Packed]) {
    let n = out.len().min(BLOCK);
    let rows = start..start + n;
    let mut sums = Sums {
        demand: [0; BLOCK],
        wish: [0; BLOCK],
        asked: [0; BLOCK],
        unmet: [0; BLOCK],
        refused: [0; BLOCK],
        part: [WHOLE; BLOCK],
        motivation: [0; BLOCK],
        growth: [0; BLOCK],
        near: [0; BLOCK],
    };
    let mut buffer = [0_u32; BLOCK];

    if !tables.skills.is_empty() {
        skills(tables, rows.clone(), &mut buffer, &mut sums.near);
        sums.add(scales.of(Criterion::Skills), &buffer[..n]);
    }
    if !tables.qualities.is_empty() {
        qualities(tables, rows.clone(), &mut buffer[..n], &mut sums.unmet);
        sums.add(scales.of(Criterion::Competencies), &buffer[..n]);
    }
    if !tables.papers.is_empty() {
        papers(tables, rows.clone(), &mut buffer[..n], &mut sums.unmet);
        sums.add(scales.of(Criterion::Licences), &buffer[..n]);
    }
    if let Some(experience) = &tables.experience {
        for (fit, known) in buffer.iter_mut().zip(&experience[rows.clone()]) {
            *fit = u32::from(*known);
        }
        sums.add(scales.of(Criterion::Experience), &buffer[..n]);
    }
    sums.look_up_wishes(tables, index, rows.clone());
    sums.look_up_time(tables, index, scales, rows.clone());
    sums.look_up_rest(tables, index, scales, rows.clone());

    potential(tables, &sums, rows.clone(), &mut buffer[..n]);
    sums.add(scales.of(Criterion::Potential), &buffer[..n]);
    motivation(tables, &sums, start, &mut buffer);
    sums.add(scales.of(Criterion::Motivation), &buffer[..n]);

    finish(tables, scales, &sums, rows, out);
}

/// An entry of a table; every class has one.
#[inline(always)]
fn at(table: &[u32], class: u32) -> u32 {
    table.get(class as usize).copied().unwrap_or(0)
}

/// Added to a figure below 2³², the nearest whole number stands in the lowest bits.
pub(super) const TO_WHOLE: f64 = 4_503_599_627_370_496.0;

/// The divisor of means that are rounded half up.
#[derive(Clone, Copy)]
struct Mean {
    inverse: f64,
}

impl Mean {
    fn over(weight: u32) -> Self {
        Self { inverse: 1.0 / f64::from(weight) }
    }

    /// The mean of a sum below 2³¹ over a weight below 10⁵.
    #[inline(always)]
    fn of(self, sum: u32) -> u32 {
        // A quarter more than the sum lies at least a quarter of 1/weight away from where the rounding turns, which is
        // far more than multiplying with the inverse is off.
        let mean = (f64::from(sum) + 0.25) * self.inverse + TO_WHOLE;
        mean.to_bits() as u32
    }
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, weight: Weights, fits: &[u32]) {
        for (sum, fit) in self.demand.iter_mut().zip(fits) {
            *sum += weight.demand * fit;
        }
        if weight.wish > 0 {
            for (sum, fit) in self.wish.iter_mut().zip(fits) {
                *sum += weight.wish * fit;
            }
        }
    }

    /// Wished occupations, sectors and interests, and what is refused.
    #[inline(always)]
    fn look_up_wishes(&mut self, tables: &Tables, index: &Index, rows: Range<usize>) {
        let (wishes, interests) = (&**tables.wishes, &**tables.interests);
        let classes = index.wishes.lists.of[rows.clone()].iter().zip(&index.interests.lists.of[rows.clone()]);
        for ((wishes_of, interests_of), (motivation, growth)) in
            classes.zip(self.motivation.iter_mut().zip(&mut self.growth))
        {
            let both = at(wishes, *wishes_of);
            *growth = both >> 16;
            *motivation = motivation::OCCUPATION_WEIGHT * (both & 0xFFFF)
                + motivation::INTERESTS_WEIGHT * at(interests, *interests_of);
        }
        for (motivation, sector) in self.motivation.iter_mut().zip(&tables.wished_sectors[rows.clone()]) {
            *motivation += motivation::SECTOR_WEIGHT * u32::from(*sector);
        }
        let refused = &**tables.refused;
        for (is_refused, class) in self.refused.iter_mut().zip(&index.refused.classes.of[rows]) {
            *is_refused = at(refused, *class);
        }
    }

    /// Hours, times, days and travel.
    #[inline(always)]
    fn look_up_time(&mut self, tables: &Tables, index: &Index, scales: &Scales, rows: Range<usize>) {
        let n = rows.len();
        let table = &**tables.times;
        let mut fits = [0_u32; BLOCK];
        for (times, class) in fits.iter_mut().zip(&index.times.of[rows.clone()]) {
            *times = at(table, *class);
        }
        for ((times, days), part) in fits.iter_mut().zip(&tables.days[rows.clone()]).zip(&mut self.part) {
            *part = *times >> 16;
            *times = (*times & 0xFFFF).min(u32::from(*days));
        }
        self.add(scales.of(Criterion::WeekPattern), &fits[..n]);
        for ((fit, both), part) in fits.iter_mut().zip(&tables.hours[rows.clone()]).zip(&mut self.part) {
            *fit = both & 0xFFFF;
            *part = (*part).min(both >> 16);
        }
        self.add(scales.of(Criterion::Hours), &fits[..n]);
        for (fit, travel) in fits.iter_mut().zip(&tables.travel[rows]) {
            *fit = u32::from(*travel);
        }
        self.add(scales.of(Criterion::Travel), &fits[..n]);
    }

    /// Languages and level where they are asked, conditions, support and contract where both sides say something.
    #[inline(always)]
    fn look_up_rest(&mut self, tables: &Tables, index: &Index, scales: &Scales, rows: Range<usize>) {
        let n = rows.len();
        let mut fits = [0_u32; BLOCK];
        if let Some(languages) = &tables.languages {
            for ((fit, both), unmet) in fits.iter_mut().zip(&languages[rows.clone()]).zip(&mut self.unmet) {
                *fit = both & 0xFFFF;
                *unmet += both >> 16;
            }
            self.add(scales.of(Criterion::Language), &fits[..n]);
        }
        if let Some(level) = &tables.level {
            for (fit, level) in fits.iter_mut().zip(&level[rows.clone()]) {
                *fit = u32::from(*level);
            }
            self.add(scales.of(Criterion::Level), &fits[..n]);
        }
        let table = &**tables.conditions;
        for (fit, class) in fits.iter_mut().zip(&index.conditions.of[rows.clone()]) {
            *fit = at(table, *class);
        }
        self.add_if_asked(0, scales, &mut fits[..n]);
        for (place, said) in [(1, &tables.support), (2, &tables.contract)] {
            for (fit, said) in fits.iter_mut().zip(&said[rows.clone()]) {
                *fit = u32::from(*said);
            }
            self.add_if_asked(place, scales, &mut fits[..n]);
        }
    }

    /// A criterion that is asked of some people only.
    #[inline(always)]
    fn add_if_asked(&mut self, place: usize, scales: &Scales, fits: &mut [u32]) {
        for (fit, asked) in fits.iter_mut().zip(&mut self.asked) {
            let is_asked = u32::from(*fit != u32::from(NOT_ASKED));
            *fit &= is_asked.wrapping_neg();
            *asked |= is_asked << place;
        }
        self.add(scales.of(SOMETIMES_ASKED[place]), fits);
    }
}

#[inline(always)]
fn potential(tables: &Tables, sums: &Sums, rows: Range<usize>, fits: &mut [u32]) {
    let of_near = if tables.skills.is_empty() { 0 } else { potential::NEAR_WEIGHT };
    let mean = Mean::over(potential::LEARNING_WEIGHT + potential::GROWTH_WEIGHT + of_near);
    let parts = tables.learning[rows].iter().zip(&sums.growth).zip(&sums.near);
    for (fit, ((learning, growth), near)) in fits.iter_mut().zip(parts) {
        *fit = mean.of(potential::LEARNING_WEIGHT * u32::from(*learning)
            + potential::GROWTH_WEIGHT * growth
            + of_near * near);
    }
}

#[inline(always)]
fn motivation(tables: &Tables, sums: &Sums, start: usize, fits: &mut [u32; BLOCK]) {
    let mean = Mean::over(motivation::WHOLE_WEIGHT);
    let unobserved = motivation::OBSERVED_WEIGHT * tables.unobserved;
    for (fit, wishes) in fits.iter_mut().zip(&sums.motivation) {
        *fit = mean.of(wishes + unobserved);
    }
    for (place, observed) in tables.observed.block(start) {
        let place = usize::from(*place);
        fits[place] = mean.of(sums.motivation[place] + motivation::OBSERVED_WEIGHT * u32::from(*observed));
    }
}

#[inline(always)]
fn skills(tables: &Tables, rows: Range<usize>, fits: &mut [u32; BLOCK], near: &mut [u32; BLOCK]) {
    let whole: u32 = tables.skills.iter().map(|skill| skill.weight).sum();
    let nobody = |skill: &Skill| skill.weight * skill.unnamed;
    fits.fill(tables.skills.iter().map(nobody).sum());
    near.fill(whole * (WHOLE / 2));
    let mut alike = [0_u16; BLOCK];
    for (place, share) in tables.alike.iter().flat_map(|alike| alike.block(rows.start)) {
        alike[usize::from(*place)] = *share;
    }
    // Most skills for which alike work speaks ask the same of it.
    let (mut by_work, mut worked_out) = ([0_u32; BLOCK], None);
    for skill in &tables.skills {
        match &skill.certainty {
            Certainty::Whole(certainty) => {
                for (place, certainty) in certainty.block(rows.start) {
                    let place = usize::from(*place);
                    one_skill(skill, (*certainty).into(), &mut fits[place], &mut near[place]);
                }
            }
            Certainty::BesideAlike(beside) => {
                let mut found = [[0_u16; 2]; BLOCK];
                for (place, both) in beside.block(rows.start) {
                    found[usize::from(*place)] = *both;
                }
                if worked_out != Some(skill.by_alike_work) {
                    by_alike_work(skill.by_alike_work, &alike, &mut by_work);
                    worked_out = Some(skill.by_alike_work);
                }
                for (([named, other], by_work), (fit, near)) in
                    found.iter().zip(&by_work).zip(fits.iter_mut().zip(near.iter_mut()))
                {
                    let other = u32::from(*other).max(*by_work).min(MOST_UNNAMED);
                    let doubt = (WHOLE - u32::from(*named)) * (WHOLE - other) / WHOLE;
                    one_skill(skill, WHOLE - doubt, fit, near);
                }
            }
        }
    }
    let mean = Mean::over(whole);
    for (fit, near) in fits.iter_mut().zip(near) {
        (*fit, *near) = (mean.of(*fit), mean.of(*near));
    }
}

/// How certain a skill is by alike work, from how alike that is.
#[inline(always)]
fn by_alike_work(figure: u64, alike: &[u16; BLOCK], by_work: &mut [u32; BLOCK]) {
    let figure = figure as f64;
    for (by_work, alike) in by_work.iter_mut().zip(alike) {
        // A whole number below 10¹² over 10⁸ is exact when it is rounded down.
        let certainty = (f64::from(*alike) * figure / 1e8).floor() + TO_WHOLE;
        *by_work = certainty.to_bits() as u32;
    }
}

/// What certainty adds to what counts where nothing is known.
#[inline(always)]
fn one_skill(skill: &Skill, certainty: u32, fit: &mut u32, near: &mut u32) {
    *fit += skill.weight * ((WHOLE - skill.unnamed) * certainty / WHOLE);
    *near += skill.weight * (certainty / 2);
}

#[inline(always)]
fn qualities(tables: &Tables, rows: Range<usize>, fits: &mut [u32], unmet: &mut [u32; BLOCK]) {
    let mut sums = [0_u32; BLOCK];
    let whole: u32 = tables.qualities.iter().map(|quality| quality.weight).sum();
    for quality in &tables.qualities {
        let of_rows = &quality.fits[rows.clone()];
        for (sum, fit) in sums.iter_mut().zip(of_rows) {
            *sum += quality.weight * u32::from(*fit);
        }
        if quality.is_must {
            for (unmet, fit) in unmet.iter_mut().zip(of_rows) {
                *unmet += u32::from(u32::from(*fit) < UNMET_COMPETENCY);
            }
        }
    }
    let mean = Mean::over(whole);
    for (fit, sum) in fits.iter_mut().zip(&sums) {
        *fit = mean.of(*sum);
    }
}

#[inline(always)]
fn papers(tables: &Tables, rows: Range<usize>, fits: &mut [u32], unmet: &mut [u32; BLOCK]) {
    let mut sums = [0_u32; BLOCK];
    let whole: u32 = tables.papers.iter().map(|paper| paper.weight).sum();
    for paper in &tables.papers {
        let [weighed, missing] = [paper.fits.map(|fit| fit * paper.weight), paper.is_unmet.map(u32::from)];
        for ((sum, unmet), standing) in
            sums.iter_mut().zip(unmet.iter_mut()).zip(&paper.standings[rows.clone()])
        {
            *sum += figure(weighed, *standing);
            *unmet += figure(missing, *standing);
        }
    }
    let mean = Mean::over(whole);
    for (fit, sum) in fits.iter_mut().zip(&sums) {
        *fit = mean.of(*sum);
    }
}

/// The figure of a standing; without branches, so that many are looked up at once.
#[inline(always)]
pub(super) fn figure(of: [u32; 3], standing: u16) -> u32 {
    let is = |place: u16| u32::from(standing == place).wrapping_neg();
    let (first, second) = (is(0), is(1));
    of[0] & first | of[1] & second | of[2] & !(first | second)
}
