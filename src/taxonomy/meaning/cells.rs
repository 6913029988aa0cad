//! Concepts in cells of their like, so that the nearest are found without looking at all of them.

use super::{
    DIMENSIONS, bytes, matrix,
    quantised::{self, Codes},
};
use crate::taxonomy::ConceptNumber;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Cells for each root of the number of concepts.
const CELLS: f32 = 2.0;
/// The share of the cells that is looked into, and the fewest.
/// In all of ESCO, of the 32 nearest 97 % are found for skills and 96 % for occupations (of the 5 nearest 98 %), in a third of
/// the time that looking into all cells takes; with an eighth of the cells 95 and 92 %, in a fifth.
const LOOKED_INTO: f32 = 0.2;
const FEWEST: usize = 16;
/// How often the centres are moved.
const MOVES: usize = 8;

/// The concepts of one kind by cell.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Cells {
    /// By cell, and in a cell by number.
    concepts: Vec<ConceptNumber>,
    /// The directions of the concepts, in that order.
    #[serde(with = "bytes")]
    directions: Vec<u8>,
    /// Where each cell begins, and where the last ends.
    starts: Vec<u32>,
    /// The directions of the centres.
    #[serde(with = "bytes")]
    centres: Vec<u8>,
}

impl Cells {
    /// From concepts and the rows of all concepts by number; a concept without a direction is left out, as nothing is near it.
    pub(super) fn new(concepts: impl Iterator<Item = ConceptNumber>, rows: &[f32]) -> Self {
        let row = |concept: ConceptNumber| &rows[concept.index() * DIMENSIONS..][..DIMENSIONS];
        let concepts: Vec<_> = concepts.filter(|concept| row(*concept).iter().any(|x| *x != 0.0)).collect();
        let count = ((concepts.len() as f32).sqrt() * CELLS).ceil() as usize;
        let count = count.min(concepts.len());
        // The first centres: concepts at even distances in the order of the URIs, which says nothing about meaning.
        let first = (0..count).map(|cell| row(concepts[cell * concepts.len() / count]));
        let mut centres: Vec<f32> = first.flatten().copied().collect();
        let mut of: Vec<usize> = Vec::new();
        for round in 0..=MOVES {
            of = concepts.par_iter().map(|concept| nearest_row(row(*concept), &centres)).collect();
            if round < MOVES {
                centres.fill(0.0);
                for (concept, cell) in concepts.iter().zip(&of) {
                    matrix::add(&mut centres[cell * DIMENSIONS..][..DIMENSIONS], 1.0, row(*concept));
                }
                centres.chunks_exact_mut(DIMENSIONS).for_each(|centre| {
                    matrix::make_unit(centre);
                });
            }
        }
        let mut by_cell: Vec<(usize, ConceptNumber)> = of.into_iter().zip(concepts).collect();
        by_cell.sort_unstable();
        let starts = (0..=count).map(|cell| by_cell.partition_point(|(of, _)| *of < cell));
        Self {
            starts: starts.filter_map(|start| u32::try_from(start).ok()).collect(),
            directions: by_cell
                .iter()
                .flat_map(|(_, concept)| quantised::directions(row(*concept)))
                .collect(),
            concepts: by_cell.into_iter().map(|(_, concept)| concept).collect(),
            centres: quantised::directions(&centres),
        }
    }

    /// The concepts that a wording comes nearest to, with the product of their directions, the nearest first (of equals the
    /// one with the lower number); at most `limit`, from the cells that are nearest.
    pub(super) fn nearest(&self, wording: &Codes, limit: usize) -> Vec<(i32, ConceptNumber)> {
        if limit == 0 {
            return Vec::new();
        }
        let mut cells: Vec<(i32, usize)> = self
            .centres
            .chunks_exact(DIMENSIONS)
            .zip(0..)
            .map(|(centre, cell)| (quantised::product(wording, centre), cell))
            .collect();
        let looked_into = ((cells.len() as f32 * LOOKED_INTO) as usize).max(FEWEST);
        // Enough cells for as many as are wanted, were all cells of one size.
        let looked_into = looked_into.max(2 * limit * cells.len() / self.concepts.len().max(1));
        cells.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        cells.truncate(looked_into);
        let mut best = Best::new(limit);
        for (_, cell) in cells {
            let place = |cell: usize| self.starts.get(cell).map_or(0, |start| *start as usize);
            let (from, to) = (place(cell), place(cell + 1));
            let directions = self.directions[from * DIMENSIONS..to * DIMENSIONS].chunks_exact(DIMENSIONS);
            for (direction, concept) in directions.zip(&self.concepts[from..to]) {
                best.offer(quantised::product(wording, direction), *concept);
            }
        }
        best.sorted()
    }

    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.directions.len()
            + self.centres.len()
            + (self.concepts.len() + self.starts.len()) * size_of::<u32>()
    }
}

fn nearest_row(row: &[f32], centres: &[f32]) -> usize {
    let mut best = (f32::MIN, 0);
    for (centre, cell) in centres.chunks_exact(DIMENSIONS).zip(0..) {
        let product = matrix::dot(row, centre);
        if product > best.0 {
            best = (product, cell);
        }
    }
    best.1
}

/// The best of what is offered. Cut back whenever twice as many are in, which raises the floor for the rest.
struct Best {
    limit: usize,
    floor: i32,
    list: Vec<(i32, ConceptNumber)>,
}

impl Best {
    fn new(limit: usize) -> Self {
        Self { limit, floor: i32::MIN, list: Vec::with_capacity(limit.saturating_mul(2).min(1 << 16)) }
    }

    fn offer(&mut self, product: i32, concept: ConceptNumber) {
        if product < self.floor {
            return;
        }
        self.list.push((product, concept));
        if self.list.len() >= self.limit.saturating_mul(2) {
            let (_, last, _) = self.list.select_nth_unstable_by(self.limit - 1, Self::order);
            self.floor = last.0;
            self.list.truncate(self.limit);
        }
    }

    fn sorted(mut self) -> Vec<(i32, ConceptNumber)> {
        self.list.sort_unstable_by(Self::order);
        self.list.truncate(self.limit);
        self.list
    }

    fn order(one: &(i32, ConceptNumber), other: &(i32, ConceptNumber)) -> std::cmp::Ordering {
        other.0.cmp(&one.0).then(one.1.cmp(&other.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::meaning::random::Random;

    /// Four hundred concepts around ten themes, and one without a direction.
    fn rows() -> Vec<f32> {
        let mut rows = Vec::new();
        for concept in 0..400 {
            let mut row = [0.0; DIMENSIONS];
            for (part, size) in [(concept % 10, 1.0), (1_000 + concept, 0.8)] {
                let mut random = Random::new(7, part);
                row.iter_mut().for_each(|x| *x += size * (random.unit() - 0.5));
            }
            matrix::make_unit(&mut row);
            rows.extend(row);
        }
        rows.extend([0.0; DIMENSIONS]);
        rows
    }

    #[test]
    fn nearly_all_of_the_nearest_are_found_and_the_nearest_always() {
        let rows = rows();
        let cells = Cells::new((0..401).map(ConceptNumber), &rows);
        let mut found = 0;
        for concept in 0..400 {
            let row: &[f32; DIMENSIONS] = rows[concept * DIMENSIONS..][..DIMENSIONS].try_into().unwrap();
            let wording = quantised::direction(row).unwrap();
            let mut all: Vec<_> = (0..400)
                .map(|other| {
                    let direction = quantised::directions(&rows[other * DIMENSIONS..][..DIMENSIONS]);
                    (quantised::product(&wording, &direction), ConceptNumber(other as u32))
                })
                .collect();
            all.sort_by(Best::order);
            let nearest = cells.nearest(&wording, 8);
            assert_eq!(nearest[0].1, ConceptNumber(concept as u32));
            assert_eq!(nearest.len(), 8);
            found += all[..8].iter().filter(|one| nearest.contains(one)).count();
        }
        assert!(found >= 400 * 8 * 9 / 10, "{found}");
    }

    #[test]
    fn a_concept_without_a_direction_is_near_nothing() {
        let rows = rows();
        let cells = Cells::new((0..401).map(ConceptNumber), &rows);
        let wording = quantised::direction(&[1.0; DIMENSIONS]).unwrap();
        let all = cells.nearest(&wording, 1_000);
        assert_eq!(all.len(), 400);
        assert!(all.iter().all(|(_, concept)| concept.0 < 400));
        assert_eq!(Cells::new(std::iter::empty(), &rows).nearest(&wording, 3), []);
    }
}
