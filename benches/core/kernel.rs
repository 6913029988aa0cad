//! The best of everybody for one vacancy, exactly.
//!
//! Skills first: they are added up term by term into an accumulator for a block. Whoever could not reach the last place of
//! the list with everything else at its most is passed over; the rest is computed for the others only. Whole numbers, so
//! that neither the instruction set nor the order of the blocks can change a result.

use crate::{
    columns::{Block, Columns, Posting, ROWS, Row, WORDS},
    record::Opening,
};
use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU16, Ordering};

/// The best so far.
#[derive(Clone, Debug)]
pub(crate) struct Best {
    /// Score above, number below, inverted: the larger the better. From large to small.
    keys: Vec<u64>,
    most: usize,
}

impl Best {
    pub(crate) fn new(most: usize) -> Self {
        Self { keys: Vec::with_capacity(most + 1), most }
    }

    fn offer(&mut self, score: u16, number: u32) {
        let key = u64::from(score) << 32 | u64::from(u32::MAX - number);
        if self.keys.len() == self.most {
            if self.keys.last().is_none_or(|last| *last >= key) {
                return;
            }
            self.keys.pop();
        }
        let at = self.keys.partition_point(|other| *other > key);
        self.keys.insert(at, key);
    }

    fn is_full(&self) -> bool {
        self.keys.len() == self.most
    }

    /// The score that the last place has; 0 while there is room.
    fn floor(&self) -> u16 {
        if self.is_full() { self.keys.last().map_or(0, |key| (key >> 32) as u16) } else { 0 }
    }

    fn take(&mut self, other: &Self) {
        for key in &other.keys {
            self.offer((key >> 32) as u16, u32::MAX - *key as u32);
        }
    }

    /// Numbers and scores, best first.
    pub(crate) fn list(&self) -> Vec<(u32, u16)> {
        self.keys.iter().map(|key| (u32::MAX - *key as u32, (key >> 32) as u16)).collect()
    }
}

/// What one thread works with.
#[derive(Debug)]
pub(crate) struct Scratch {
    skills: Box<[u16; ROWS]>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self { skills: Box::new([0; ROWS]) }
    }
}

/// A vacancy, prepared for a pass.
#[derive(Debug)]
pub(crate) struct Question<'o> {
    opening: &'o Opening,
    /// What a person can get at most besides the skills.
    rest: u16,
    weights: Vec<(usize, u16)>,
}

impl<'o> Question<'o> {
    pub(crate) fn new(opening: &'o Opening) -> Self {
        let weights: Vec<(usize, u16)> = opening
            .weights
            .iter()
            .enumerate()
            .filter(|(_, weight)| **weight > 0)
            .map(|(at, weight)| (at, u16::from(*weight)))
            .collect();
        let most = [
            (opening.dutch != 0, 1_500),
            (opening.hours[1] != 0, 1_000),
            (opening.place != [0, 0], 1_500),
            (opening.sector != 0, 500),
            (opening.level != 0, 500),
        ];
        let asked: u16 = most.iter().map(|(asked, points)| if *asked { *points } else { 0 }).sum();
        let qualities: u16 = weights.iter().map(|(_, weight)| 4 * weight).sum();
        Self { opening, rest: opening.base + asked + qualities, weights }
    }

    /// The whole score of somebody with so many points for skills; `None` as soon as it cannot come to `floor`.
    #[inline(always)]
    fn score(&self, row: &Row, skills: u16, floor: u16) -> Option<u16> {
        let opening = self.opening;
        // What is taken off the most that can be had.
        let mut score = skills + self.rest;
        if opening.dutch != 0 {
            let missing = u16::from(opening.dutch.saturating_sub(row.dutch)).min(3);
            score -= if row.dutch == 0 { 750 } else { 500 * missing };
        }
        if opening.sector != 0 {
            let wished = (row.sectors >> (opening.sector - 1) & 1) as u16;
            score -= if row.sectors == 0 { 250 } else { 500 - 500 * wished };
        }
        if opening.level != 0 {
            let (level, asked) = (u16::from(row.level), u16::from(opening.level));
            let off = 50 * level.saturating_sub(asked) + 250 * asked.saturating_sub(level);
            score -= if level == 0 { 250 } else { off.min(500) };
        }
        if score < floor {
            return None;
        }
        if opening.hours[1] != 0 {
            let [min, max] = row.hours;
            let short = opening.hours[0].saturating_sub(max);
            let gap = u16::from(short.max(min.saturating_sub(opening.hours[1])));
            score -= if max == 0 { 500 } else { (100 * gap).min(1_000) };
        }
        for (at, weight) in &self.weights {
            score -= weight * u16::from(4 - row.qualities[*at]);
        }
        if score < floor {
            return None;
        }
        if opening.place != [0, 0] {
            score -= 1_500 - near(opening.place, row.home, row.reach);
        }
        (score >= floor).then_some(score)
    }
}

fn near(place: [u16; 2], home: [u16; 2], reach: u16) -> u16 {
    if home == [0, 0] {
        return 750;
    }
    let [x, y] = [0, 1].map(|at| f64::from(place[at]) - f64::from(home[at]));
    let distance = (x * x + y * y).sqrt() as i32;
    let reach = i32::from(reach);
    let near = (2 * reach - distance).clamp(0, reach);
    if near == reach { 1_500 } else { (1_500 * near / reach) as u16 }
}

/// Takes a block into the list. `floor` is a score that the last place is known to have at least. Inlined, so that it is
/// compiled for the instruction set of its caller.
#[inline(always)]
fn take(question: &Question<'_>, block: &Block, floor: u16, best: &mut Best, scratch: &mut Scratch) {
    /// Rows that are looked at together.
    const GROUP: usize = 64;
    let skills = &mut *scratch.skills;
    add_up(&question.opening.terms, block, skills);
    let skills = &skills[..block.people.len()];
    let mut floor = floor.max(best.floor());
    if !best.is_full() {
        floor = floor.max(first_floor(question, block, skills, best.most));
    }
    for ((at, group), people) in skills.chunks(GROUP).enumerate().zip(block.people.chunks(GROUP)) {
        // Whoever ties with the last place may have a lower number: only who comes below it is passed over.
        let least = floor.saturating_sub(question.rest);
        if group.iter().fold(0, |most, one| most.max(*one)) < least {
            continue;
        }
        for (lane, (own, row)) in group.iter().zip(people).enumerate() {
            if *own >= least
                && let Some(score) = question.score(row, *own, floor)
            {
                best.offer(score, block.first + (GROUP * at + lane) as u32);
            }
        }
        floor = floor.max(best.floor());
    }
}

/// The skills' points of a block's people.
#[inline(always)]
fn add_up(terms: &[(u16, u16)], block: &Block, skills: &mut [u16; ROWS]) {
    skills.fill(0);
    for (term, points) in terms {
        match block.posting(*term) {
            Posting::Nobody => {}
            Posting::Rows(from, many) => {
                for row in block.rows(from, many) {
                    skills[usize::from(*row) % ROWS] += points;
                }
            }
            Posting::Bits(at) => add_bits(block.bits(at), *points, skills),
        }
    }
}

#[inline(always)]
fn add_bits(words: &[u16; WORDS], points: u16, skills: &mut [u16; ROWS]) {
    let (groups, _) = skills.as_chunks_mut::<WORDS>();
    for (bit, group) in groups.iter_mut().enumerate() {
        for (own, word) in group.iter_mut().zip(words) {
            // No branch: all ones where the bit is set.
            *own += (word >> bit & 1).wrapping_neg() & points;
        }
    }
}

/// A score that the last place of the list will have at least: that of those of a block with the most skills.
fn first_floor(question: &Question<'_>, block: &Block, skills: &[u16], most: usize) -> u16 {
    const STEP: u16 = 64;
    let mut counts = [0u32; (u16::MAX / STEP) as usize + 1];
    for own in skills {
        counts[usize::from(own / STEP)] += 1;
    }
    let mut seen = 0;
    let step = counts.iter().rposition(|count| {
        seen += *count as usize;
        seen >= 2 * most
    });
    let least = step.unwrap_or(0) as u16 * STEP;
    let mut best = Best::new(most);
    for (row, own) in skills.iter().enumerate().filter(|(_, own)| **own >= least) {
        if let Some(score) = question.score(&block.people[row], *own, best.floor()) {
            best.offer(score, row as u32);
        }
    }
    best.floor()
}

/// Some blocks for some vacancies, each with its list: what one thread does, compiled for each instruction set.
struct Pass<'a, 'o> {
    blocks: &'a [Block],
    questions: &'a [Question<'o>],
    lists: &'a mut [Best],
    /// What others know of the last place of the first list.
    floor: &'a AtomicU16,
}

impl WithSimd for Pass<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let mut scratch = Scratch::default();
        for block in self.blocks {
            for (question, best) in self.questions.iter().zip(self.lists.iter_mut()) {
                take(question, block, self.floor.load(Ordering::Relaxed), best, &mut scratch);
            }
        }
    }
}

/// The best `most` for a vacancy, on the calling thread.
pub(crate) fn top(columns: &Columns, opening: &Opening, most: usize, arch: Arch) -> Best {
    let mut best = Best::new(most);
    let (questions, lists) = ([Question::new(opening)], std::slice::from_mut(&mut best));
    arch.dispatch(Pass { blocks: &columns.blocks, questions: &questions, lists, floor: &AtomicU16::new(0) });
    best
}

/// The same on every thread of the pool: each takes a block at a time and tells the others its last place.
pub(crate) fn top_on_all(columns: &Columns, opening: &Opening, most: usize, arch: Arch) -> Best {
    let questions = [Question::new(opening)];
    let floor = AtomicU16::new(0);
    let part = columns.blocks.len().div_ceil(rayon::current_num_threads()).max(1);
    let lists: Vec<Best> = columns
        .blocks
        .par_chunks(part)
        .map(|blocks| {
            let mut best = Best::new(most);
            for block in blocks {
                let (blocks, lists) = (std::slice::from_ref(block), std::slice::from_mut(&mut best));
                arch.dispatch(Pass { blocks, questions: &questions, lists, floor: &floor });
                floor.fetch_max(best.floor(), Ordering::Relaxed);
            }
            best
        })
        .collect();
    let mut best = Best::new(most);
    lists.iter().for_each(|list| best.take(list));
    best
}

/// The lists of many vacancies: so many at a time that a block stays in the second-level cache while all take it.
pub(crate) fn night(columns: &Columns, openings: &[Opening], most: usize, arch: Arch) -> Vec<Best> {
    const TOGETHER: usize = 64;
    let nothing = AtomicU16::new(0);
    openings
        .par_chunks(TOGETHER)
        .flat_map_iter(|openings| {
            let questions: Vec<Question<'_>> = openings.iter().map(Question::new).collect();
            let mut lists = vec![Best::new(most); openings.len()];
            arch.dispatch(Pass {
                blocks: &columns.blocks,
                questions: &questions,
                lists: &mut lists,
                floor: &nothing,
            });
            lists
        })
        .collect()
}
