//! Lists of lists in two flat arrays.

use serde::{Deserialize, Serialize};

/// One list per row, all of them behind each other.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Rows<T> {
    /// Where each row begins, and where the last one ends.
    starts: Box<[u32]>,
    values: Box<[T]>,
}

impl<T: Copy> Rows<T> {
    /// Rows from pairs of a row and a value; each row keeps the order of its pairs. A pair of a row that is not there
    /// is left out.
    pub(super) fn new(rows: usize, pairs: Vec<(u32, T)>) -> Self {
        // Sorted by counting: there are many pairs and few rows.
        let mut starts = vec![0_u32; rows + 1];
        for (row, _) in &pairs {
            if let Some(count) = starts.get_mut(*row as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut order = vec![0_u32; sum as usize];
        for (at, (row, _)) in (0..).zip(&pairs) {
            if (*row as usize) < rows {
                let place = &mut next[*row as usize];
                order[*place as usize] = at;
                *place += 1;
            }
        }
        let values = order.iter().map(|at| pairs[*at as usize].1).collect();
        Self { starts: starts.into(), values }
    }

    /// One row; empty where there is none.
    pub(super) fn row(&self, row: usize) -> &[T] {
        match (self.starts.get(row), self.starts.get(row + 1)) {
            (Some(from), Some(to)) => self.values.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// How many values there are in all rows.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_holds_its_values_in_their_order() {
        let rows = Rows::new(4, vec![(2, 'c'), (0, 'a'), (2, 'b')]);
        assert_eq!(
            (rows.row(0), rows.row(1), rows.row(2), rows.row(3)),
            (&['a'][..], &[][..], &['c', 'b'][..], &[][..])
        );
        assert_eq!((rows.row(9), rows.len()), (&[][..], 3));
    }
}
