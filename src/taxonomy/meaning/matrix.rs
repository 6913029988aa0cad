//! The arithmetic of learning: in a fixed order, so that the sums are the same everywhere.

/// Lanes that are added apart from each other, so that the compiler may use wide registers.
const LANES: usize = 8;

/// The inner product of two vectors.
pub(super) fn dot(one: &[f32], other: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    for (one, other) in one.chunks_exact(LANES).zip(other.chunks_exact(LANES)) {
        for ((lane, x), y) in lanes.iter_mut().zip(one).zip(other) {
            *lane += x * y;
        }
    }
    lanes.iter().sum()
}

/// `to += factor · from`.
pub(super) fn add(to: &mut [f32], factor: f32, from: &[f32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += factor * from;
    }
}

/// Makes the length 1, and gives the length it had; a vector of no length stays.
pub(super) fn make_unit(vector: &mut [f32]) -> f32 {
    let length = dot(vector, vector).sqrt();
    if length > 1e-12 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
    length
}

/// The inner products of some rows with all others: `out[i][j] = rows[i] · others[j]`. The number of others is a multiple of 4.
pub(super) fn products(rows: &[f32], others: &[f32], width: usize, out: &mut [f32]) {
    let count = others.len() / width;
    for (four, others) in others.chunks_exact(4 * width).enumerate() {
        let (a, rest) = others.split_at(width);
        let (b, rest) = rest.split_at(width);
        let (c, d) = rest.split_at(width);
        for (row, out) in rows.chunks_exact(width).zip(out.chunks_exact_mut(count)) {
            let mut lanes = [[0.0; LANES]; 4];
            let blocks = row.chunks_exact(LANES).zip(a.chunks_exact(LANES)).zip(b.chunks_exact(LANES));
            let blocks = blocks.zip(c.chunks_exact(LANES)).zip(d.chunks_exact(LANES));
            for ((((x, a), b), c), d) in blocks {
                for lane in 0..LANES {
                    lanes[0][lane] += x[lane] * a[lane];
                    lanes[1][lane] += x[lane] * b[lane];
                    lanes[2][lane] += x[lane] * c[lane];
                    lanes[3][lane] += x[lane] * d[lane];
                }
            }
            for (out, lanes) in out[4 * four..].iter_mut().zip(lanes) {
                *out = lanes.iter().sum();
            }
        }
    }
}

/// Weighted sums of rows: `out[i] = Σ weights[i][j] · rows[j]`. The number of rows is a multiple of 4.
pub(super) fn weighted_sums(weights: &[f32], rows: &[f32], width: usize, out: &mut [f32]) {
    let count = rows.len() / width;
    for (weights, out) in weights.chunks_exact(count).zip(out.chunks_exact_mut(width)) {
        out.fill(0.0);
        for (four, weights) in rows.chunks_exact(4 * width).zip(weights.chunks_exact(4)) {
            let (a, rest) = four.split_at(width);
            let (b, rest) = rest.split_at(width);
            let (c, d) = rest.split_at(width);
            for ((((out, a), b), c), d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                *out += weights[0] * a + weights[1] * b + weights[2] * c + weights[3] * d;
            }
        }
    }
}

/// e to the power of `x` for `x ≤ 0`, to about 1e-6 of its value: six terms of the series for the part below a power of two.
pub(super) fn exponential(x: f32) -> f32 {
    let x = (x * std::f32::consts::LOG2_E).max(-120.0);
    let whole = (x - 0.5) as i32;
    let f = (x - whole as f32) * std::f32::consts::LN_2;
    let series = 1.0 + f / 5.0 * (1.0 + f / 6.0);
    let series = 1.0 + f / 2.0 * (1.0 + f / 3.0 * (1.0 + f / 4.0 * series));
    (1.0 + f * series) * f32::from_bits(((whole + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_right_to_a_millionth() {
        for step in 0..4_000 {
            let x = -(step as f32) / 100.0;
            let right = x.exp();
            assert!((exponential(x) - right).abs() <= right * 4e-6, "{x}: {} {right}", exponential(x));
        }
        assert!(exponential(-1e9) < 1e-30);
    }

    #[test]
    fn blocks_of_four_give_what_single_sums_give() {
        let (width, count) = (16, 8);
        let value = |i: usize| ((i * 37) % 11) as f32 - 5.0;
        let rows: Vec<f32> = (0..3 * width).map(value).collect();
        let others: Vec<f32> = (0..count * width).map(|i| value(i + 5)).collect();
        let mut out = vec![0.0; 3 * count];
        products(&rows, &others, width, &mut out);
        let mut sums = vec![0.0; 3 * width];
        weighted_sums(&out, &others, width, &mut sums);
        for i in 0..3 {
            for j in 0..count {
                let right = dot(&rows[i * width..][..width], &others[j * width..][..width]);
                assert_eq!(out[i * count + j], right);
            }
            for k in 0..width {
                let right: f32 = (0..count).map(|j| out[i * count + j] * others[j * width + k]).sum();
                assert_eq!(sums[i * width + k], right);
            }
        }
    }

    #[test]
    fn a_vector_is_made_one_long_unless_it_has_no_length() {
        let mut vector = [3.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(make_unit(&mut vector), 5.0);
        assert!((dot(&vector, &vector) - 1.0).abs() < 1e-6);
        let mut none = [0.0; 8];
        assert_eq!((make_unit(&mut none), none), (0.0, [0.0; 8]));
    }
}
