//! The scores of a block of rows, from the tables of a vacancy: the arithmetic of `docs/scoring.md` without intervals.

use super::{
    index::Index,
    tables::{NOT_ASKED, Tables},
};
use crate::rank::{
    conflict::{self, FULL_TIME_SHORTFALL, UNMET_COMPETENCY},
    criteria::{WHOLE, motivation, potential, skills::MOST_UNNAMED},
    criterion::Criterion,
    profile::Numbers,
    score::weight_of,
    sweep::Place,
};

/// Rows that are scored together: what is added up for them stays in the nearest memory.
pub(super) const BLOCK: usize = 1_024;
/// The criteria that are asked of some people and not of others.
const SOMETIMES_ASKED: [Criterion; 3] = [Criterion::Culture, Criterion::Support, Criterion::Contract];

/// The figures of a profile in the form in which rows are added up.
#[derive(Debug)]
pub(super) struct Scales {
    /// Demand weight, and the wish weight in the upper half, both over their greatest common divisor.
    weights: [u64; Criterion::COUNT],
    lambda: f64,
    beta: f64,
    unmet_share: u32,
    refusal_share: u32,
    hours_share: u32,
}

impl Scales {
    /// `None` where the weights are so uneven that a sum does not fit: such a profile is scored pair by pair.
    pub(super) fn new(numbers: &Numbers) -> Option<Self> {
        let weights = Criterion::ALL.map(|criterion| weight_of(criterion, numbers));
        let divisor =
            |of: &dyn Fn(usize) -> u32| (0..Criterion::COUNT).map(of).fold(0, greatest_common_divisor).max(1);
        let (demand, wish) = (divisor(&|at| weights[at].demand), divisor(&|at| weights[at].wish));
        let reduced =
            weights.map(|weight| (u64::from(weight.demand / demand), u64::from(weight.wish / wish)));
        let sum = |side: fn(&(u64, u64)) -> u64| reduced.iter().map(side).sum::<u64>();
        // Sums of fits stay below 2³¹, and the numerator of a score, twice 100 · 10⁴ · both sums, below 2⁵³: then a
        // quotient of two whole numbers in floating point is exact when it is rounded down.
        let (demand_sum, wish_sum) = (sum(|weight| weight.0), sum(|weight| weight.1));
        let fits = demand_sum < 200_000 && wish_sum < 200_000 && demand_sum * wish_sum < 2_000_000_000;
        fits.then(|| Self {
            weights: reduced.map(|(demand, wish)| demand | wish << 32),
            lambda: f64::from(numbers.lambda),
            beta: f64::from(numbers.beta),
            unmet_share: numbers.unmet_share,
            refusal_share: numbers.refusal_share,
            hours_share: numbers.hours_share,
        })
    }

    fn of(&self, criterion: Criterion) -> u64 {
        self.weights[criterion.index()]
    }
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// What is added up of a block.
struct Sums {
    /// Weighed fits of the demand side, and of the wish side in the upper half.
    fits: [u64; BLOCK],
    /// Which of the criteria that are sometimes asked are, a bit each.
    asked: [u32; BLOCK],
    unmet: [u32; BLOCK],
    /// The part of hours and times that the conflict takes.
    part: [u32; BLOCK],
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
pub(super) fn score(tables: &Tables, index: &Index, scales: &Scales, start: usize, out: &mut [Place]) {
    let n = out.len().min(BLOCK);
    let rows = start..start + n;
    let mut sums = Sums { fits: [0; BLOCK], asked: [0; BLOCK], unmet: [0; BLOCK], part: [WHOLE; BLOCK] };
    let mut buffer = [0_u32; BLOCK];
    let mut near = [0_u32; BLOCK];

    if !tables.skills.is_empty() {
        skills(tables, rows.clone(), &mut buffer[..n], &mut near[..n]);
        sums.add(scales.of(Criterion::Skills), &buffer[..n]);
    }
    let learning = &tables.learning[rows.clone()];
    let wishes = &index.wishes.of[rows.clone()];
    // The occupation's part of motivation, and growth.
    let mut growth = [0_u32; BLOCK];
    let mut occupation = [0_u32; BLOCK];
    for ((occupation, growth), class) in occupation.iter_mut().zip(&mut growth).zip(wishes) {
        let both = at(&tables.wishes, *class);
        (*occupation, *growth) = (both & 0xFFFF, both >> 16);
    }
    let of_near = if tables.skills.is_empty() { 0 } else { potential::NEAR_WEIGHT };
    let whole = potential::LEARNING_WEIGHT + potential::GROWTH_WEIGHT + of_near;
    for (((fit, learning), growth), near) in buffer.iter_mut().zip(learning).zip(&growth).zip(&near) {
        let sum = potential::LEARNING_WEIGHT * u32::from(*learning)
            + potential::GROWTH_WEIGHT * growth
            + of_near * near;
        *fit = half_up(sum, whole);
    }
    sums.add(scales.of(Criterion::Potential), &buffer[..n]);

    let sectors = &index.wished_sectors.of[rows.clone()];
    let interests = &index.interests.of[rows.clone()];
    let observed = &tables.observed[rows.clone()];
    for ((((fit, occupation), sector), interests), observed) in
        buffer.iter_mut().zip(&occupation).zip(sectors).zip(interests).zip(observed)
    {
        let sum = motivation::OCCUPATION_WEIGHT * occupation
            + motivation::SECTOR_WEIGHT * at(&tables.wished_sectors, *sector)
            + motivation::INTERESTS_WEIGHT * at(&tables.interests, *interests)
            + motivation::OBSERVED_WEIGHT * u32::from(*observed);
        *fit = half_up(sum, motivation::WHOLE_WEIGHT);
    }
    sums.add(scales.of(Criterion::Motivation), &buffer[..n]);

    if !tables.qualities.is_empty() {
        qualities(tables, rows.clone(), &mut buffer[..n], &mut sums.unmet);
        sums.add(scales.of(Criterion::Competencies), &buffer[..n]);
    }
    if !tables.papers.is_empty() {
        papers(tables, rows.clone(), &mut buffer[..n], &mut sums.unmet);
        sums.add(scales.of(Criterion::Licences), &buffer[..n]);
    }
    if let Some(table) = &tables.languages {
        let classes = &index.languages.of[rows.clone()];
        for ((fit, unmet), class) in buffer.iter_mut().zip(&mut sums.unmet).zip(classes) {
            let both = at(table, *class);
            *fit = both & 0xFFFF;
            *unmet += both >> 16;
        }
        sums.add(scales.of(Criterion::Language), &buffer[..n]);
    }
    {
        let classes = &index.hours.of[rows.clone()];
        for ((fit, part), class) in buffer.iter_mut().zip(&mut sums.part).zip(classes) {
            let both = at(&tables.hours, *class);
            *fit = both & 0xFFFF;
            *part = both >> 16;
        }
        sums.add(scales.of(Criterion::Hours), &buffer[..n]);
        let classes = index.times.of[rows.clone()].iter().zip(&index.days.of[rows.clone()]);
        for ((fit, part), (times, days)) in buffer.iter_mut().zip(&mut sums.part).zip(classes) {
            let both = at(&tables.times, *times);
            *fit = (both & 0xFFFF).min(at(&tables.days, *days));
            *part = (*part).min(both >> 16);
        }
        sums.add(scales.of(Criterion::WeekPattern), &buffer[..n]);
    }
    sums.add_classes(scales.of(Criterion::Travel), &tables.travel, &index.travel.of[rows.clone()]);
    if let Some(level) = &tables.level {
        sums.add_classes(scales.of(Criterion::Level), level, &index.level.of[rows.clone()]);
    }
    if let Some(experience) = &tables.experience {
        for (fit, known) in buffer.iter_mut().zip(&experience[rows.clone()]) {
            *fit = u32::from(*known);
        }
        sums.add(scales.of(Criterion::Experience), &buffer[..n]);
    }
    sums.add_if_asked(0, scales, &tables.conditions, &index.conditions.of[rows.clone()]);
    sums.add_if_asked(1, scales, &tables.support, &index.support.of[rows.clone()]);
    sums.add_if_asked(2, scales, &tables.contract, &index.contract.of[rows.clone()]);

    finish(tables, index, scales, &sums, rows, out);
}

/// An entry of a table; every class has one.
#[inline(always)]
fn at(table: &[u32], class: u32) -> u32 {
    table.get(class as usize).copied().unwrap_or(0)
}

/// A mean of fits, rounded half up; the sum is below 2³¹.
#[inline(always)]
fn half_up(sum: u32, weight: u32) -> u32 {
    // Whole numbers below 2⁵³ whose quotient is at least 1/(2·10⁵) away from the next whole one, or whole.
    ((2.0 * f64::from(sum) + f64::from(weight)) / (2.0 * f64::from(weight))) as u32
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, weight: u64, fits: &[u32]) {
        for (sum, fit) in self.fits.iter_mut().zip(fits) {
            *sum += weight * u64::from(*fit);
        }
    }

    #[inline(always)]
    fn add_classes(&mut self, weight: u64, table: &[u32], classes: &[u32]) {
        for (sum, class) in self.fits.iter_mut().zip(classes) {
            *sum += weight * u64::from(at(table, *class));
        }
    }

    #[inline(always)]
    fn add_if_asked(&mut self, place: usize, scales: &Scales, table: &[u32], classes: &[u32]) {
        let weight = scales.of(SOMETIMES_ASKED[place]);
        for ((sum, asked), class) in self.fits.iter_mut().zip(&mut self.asked).zip(classes) {
            let fit = at(table, *class);
            let is_asked = u32::from(fit != NOT_ASKED);
            *sum += weight * u64::from(if is_asked == 1 { fit } else { 0 });
            *asked |= is_asked << place;
        }
    }
}

#[inline(always)]
fn skills(tables: &Tables, rows: std::ops::Range<usize>, fits: &mut [u32], near: &mut [u32]) {
    let mut sums = [0_u32; BLOCK];
    let mut nears = [0_u32; BLOCK];
    let whole: u32 = tables.skills.iter().map(|skill| skill.weight).sum();
    for skill in &tables.skills {
        let certainties = &skill.certainties[rows.clone()];
        match &tables.alike {
            Some(alike) if skill.by_alike_work > 0 => {
                let figure = skill.by_alike_work as f64;
                let all = sums.iter_mut().zip(&mut nears).zip(certainties).zip(&alike[rows.clone()]);
                for (((sum, near), both), alike) in all {
                    // Below 10¹² over 10⁸: exact, as above.
                    let alike = (f64::from(*alike) * figure / 1e8) as u32;
                    one_skill(skill.weight, skill.unnamed, both & 0xFFFF, (both >> 16).max(alike), sum, near);
                }
            }
            _ => {
                for ((sum, near), both) in sums.iter_mut().zip(&mut nears).zip(certainties) {
                    one_skill(skill.weight, skill.unnamed, both & 0xFFFF, both >> 16, sum, near);
                }
            }
        }
    }
    for ((fit, sum), (near, sum_of_near)) in fits.iter_mut().zip(&sums).zip(near.iter_mut().zip(&nears)) {
        *fit = half_up(*sum, whole);
        *near = half_up(*sum_of_near, whole);
    }
}

#[inline(always)]
fn one_skill(weight: u32, unnamed: u32, named: u32, other: u32, sum: &mut u32, near: &mut u32) {
    let certainty = WHOLE - (WHOLE - named) * (WHOLE - other.min(MOST_UNNAMED)) / WHOLE;
    *sum += weight * (unnamed + (WHOLE - unnamed) * certainty / WHOLE);
    *near += weight * (WHOLE / 2 + certainty / 2);
}

#[inline(always)]
fn qualities(tables: &Tables, rows: std::ops::Range<usize>, fits: &mut [u32], unmet: &mut [u32; BLOCK]) {
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
    for (fit, sum) in fits.iter_mut().zip(&sums) {
        *fit = half_up(*sum, whole);
    }
}

#[inline(always)]
fn papers(tables: &Tables, rows: std::ops::Range<usize>, fits: &mut [u32], unmet: &mut [u32; BLOCK]) {
    let mut sums = [0_u32; BLOCK];
    let whole: u32 = tables.papers.iter().map(|paper| paper.weight).sum();
    for paper in &tables.papers {
        let [weighed, missing] = [paper.fits.map(|fit| fit * paper.weight), paper.is_unmet.map(u32::from)];
        for ((sum, unmet), standing) in
            sums.iter_mut().zip(unmet.iter_mut()).zip(&paper.standings[rows.clone()])
        {
            *sum += at(&weighed, u32::from(*standing));
            *unmet += at(&missing, u32::from(*standing));
        }
    }
    for (fit, sum) in fits.iter_mut().zip(&sums) {
        *fit = half_up(*sum, whole);
    }
}

/// The figures of a score that depend on which criteria are asked.
#[derive(Clone, Copy, Default)]
struct Denominator {
    demand: f64,
    wish: f64,
    whole: f64,
}

#[inline(always)]
fn finish(
    tables: &Tables,
    index: &Index,
    scales: &Scales,
    sums: &Sums,
    rows: std::ops::Range<usize>,
    out: &mut [Place],
) {
    let mut denominators = [Denominator::default(); 8];
    for (asked, denominator) in denominators.iter_mut().enumerate() {
        *denominator = weights_of(tables, scales, asked);
    }
    let mut scores = [0_u32; BLOCK];
    for ((score, fits), asked) in scores.iter_mut().zip(&sums.fits).zip(&sums.asked) {
        let Denominator { demand, wish, whole } = denominators[(*asked & 7) as usize];
        let (own, wished) = ((*fits & 0xFFFF_FFFF) as f64 * wish, (*fits >> 32) as f64 * demand);
        let numerator =
            scales.lambda * own + (100.0 - scales.lambda) * wished - scales.beta * (own - wished).abs();
        *score = ((2.0 * numerator + whole) / (2.0 * whole)) as u32;
    }
    let refused = &index.refused.of[rows.clone()];
    let conflicts = scores.iter_mut().zip(&sums.unmet).zip(&sums.part).zip(refused);
    for (((score, unmet), part), refused) in conflicts {
        for _ in 0..*unmet {
            *score -= taken(*score, scales.unmet_share);
        }
        if at(&tables.refused, *refused) != 0 {
            *score -= taken(*score, scales.refusal_share);
        }
        if *part < WHOLE {
            let share = (WHOLE - part) * scales.hours_share / FULL_TIME_SHORTFALL;
            *score -= taken(*score, share.min(scales.hours_share));
        }
    }
    for (place, score) in out.iter_mut().zip(&scores) {
        if *place != Place::Outside {
            *place = Place::Scored(*score as u16);
        }
    }
    for (paper, requirement) in tables.papers.iter().zip(0_u16..) {
        if paper.is_excluded == [false; 3] {
            continue;
        }
        for (place, standing) in out.iter_mut().zip(&paper.standings[rows.clone()]) {
            // The first one that excludes counts.
            if matches!(place, Place::Scored(_)) && paper.is_excluded[usize::from(*standing).min(2)] {
                *place = Place::Excluded { requirement };
            }
        }
    }
}

#[inline(always)]
fn taken(stands: u32, share: u32) -> u32 {
    // At most 2 · 10⁴ · 10⁴.
    conflict::taken(i64::from(stands), share) as u32
}

fn weights_of(tables: &Tables, scales: &Scales, asked: usize) -> Denominator {
    let is_asked = |criterion: Criterion| match criterion {
        Criterion::Skills => !tables.skills.is_empty(),
        Criterion::Competencies => !tables.qualities.is_empty(),
        Criterion::Language => tables.languages.is_some(),
        Criterion::Level => tables.level.is_some(),
        Criterion::Experience => tables.experience.is_some(),
        Criterion::Licences => !tables.papers.is_empty(),
        Criterion::Culture | Criterion::Support | Criterion::Contract => SOMETIMES_ASKED
            .iter()
            .position(|one| *one == criterion)
            .is_some_and(|place| asked >> place & 1 == 1),
        Criterion::Motivation
        | Criterion::Potential
        | Criterion::Hours
        | Criterion::WeekPattern
        | Criterion::Travel => true,
    };
    let weights = Criterion::ALL.into_iter().filter(|criterion| is_asked(*criterion)).map(|c| scales.of(c));
    let sum: u64 = weights.sum();
    // The checker of profiles sees to it that both sides always ask something that weighs.
    let (demand, wish) = (((sum & 0xFFFF_FFFF) as f64).max(1.0), ((sum >> 32) as f64).max(1.0));
    Denominator { demand, wish, whole: 100.0 * demand * wish }
}
