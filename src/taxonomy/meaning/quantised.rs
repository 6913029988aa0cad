//! Vectors of learned numbers in one byte each.

use super::{DIMENSIONS, bytes, matrix};
use serde::{Deserialize, Serialize};

/// The length of a wording's direction in whole numbers.
const WORDING: f32 = 8_192.0;
/// The length of a concept's direction in bytes: a number of a direction is above 127/256 in none that was seen.
const CONCEPT: f32 = 256.0;
/// What [`product`] gives for two equal directions.
pub(super) const EQUAL: f32 = WORDING * CONCEPT;

/// A wording's direction.
pub(super) type Codes = [i16; DIMENSIONS];

/// The direction of a vector; `None` where it has no length.
pub(super) fn direction(vector: &[f32; DIMENSIONS]) -> Option<Codes> {
    let mut vector = *vector;
    let length = matrix::make_unit(&mut vector);
    (length > 1e-12).then(|| vector.map(|x| (x * WORDING).round() as i16))
}

/// The directions of rows of length 1 or 0.
pub(super) fn directions(rows: &[f32]) -> Vec<u8> {
    rows.iter().map(|x| (x * CONCEPT).round().clamp(-127.0, 127.0) as i8 as u8).collect()
}

/// The inner product of a wording's and a concept's direction.
pub(super) fn product(wording: &Codes, concept: &[u8]) -> i32 {
    let pairs = wording.iter().zip(concept);
    pairs.map(|(x, y)| i32::from(*x) * i32::from(i16::from(*y as i8))).sum()
}

/// Rows of numbers: each row's in steps of its own greatest one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct QuantisedRows {
    #[serde(with = "bytes")]
    codes: Vec<u8>,
    /// The size of a step of each row.
    steps: Vec<f32>,
}

impl QuantisedRows {
    /// From rows of [`DIMENSIONS`] numbers.
    pub(super) fn new(rows: &[f32]) -> Self {
        let steps: Vec<f32> = rows
            .chunks_exact(DIMENSIONS)
            .map(|row| row.iter().fold(0.0_f32, |most, x| most.max(x.abs())) / 127.0)
            .collect();
        let code = |x: f32, step: f32| if step > 0.0 { (x / step).round() as i8 as u8 } else { 0 };
        let rows = rows.chunks_exact(DIMENSIONS).zip(&steps);
        Self { codes: rows.flat_map(|(row, step)| row.iter().map(|x| code(*x, *step))).collect(), steps }
    }

    /// `sum += factor · row`; nothing where there is no such row.
    pub(super) fn add(&self, row: usize, factor: f32, sum: &mut [f32; DIMENSIONS]) {
        let codes = self.codes.get(row * DIMENSIONS..(row + 1) * DIMENSIONS);
        if let (Some(codes), Some(step)) = (codes, self.steps.get(row)) {
            let factor = factor * step;
            for (sum, code) in sum.iter_mut().zip(codes) {
                *sum += factor * f32::from(*code as i8);
            }
        }
    }

    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.codes.len() + self.steps.len() * size_of::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(seed: usize) -> [f32; DIMENSIONS] {
        let mut row = std::array::from_fn(|i| ((i * seed) % 17) as f32 - 8.0);
        matrix::make_unit(&mut row);
        row
    }

    #[test]
    fn a_product_of_directions_is_the_cosine_to_a_hundredth() {
        for (one, other) in [(3, 3), (3, 5), (2, 11)] {
            let (one, other) = (row(one), row(other));
            let product = product(&direction(&one).unwrap_or([0; DIMENSIONS]), &directions(&other));
            assert!((product as f32 / EQUAL - matrix::dot(&one, &other)).abs() < 0.01);
        }
        assert_eq!(direction(&[0.0; DIMENSIONS]), None);
    }

    #[test]
    fn a_quantised_row_is_the_row_to_half_a_step() {
        let rows = [row(7).map(|x| x * 1e-3), [0.0; DIMENSIONS]].concat();
        let quantised = QuantisedRows::new(&rows);
        let mut sum = [0.0; DIMENSIONS];
        (0..3).for_each(|row| quantised.add(row, 2.0, &mut sum));
        let step = quantised.steps[0];
        assert!(step > 0.0 && sum.iter().zip(&rows).all(|(sum, x)| (sum - 2.0 * x).abs() <= step * 1.001));
    }
}
