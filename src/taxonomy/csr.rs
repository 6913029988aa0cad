//! Lists of lists in two flat arrays.

use serde::{Deserialize, Serialize};

/// One list per row, all of them behind each other.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Rows<T> {
    /// Where each row begins, and where the last one ends.
    starts: Box<[u32]>,
    values: Box<[T]>,
}

impl<T> Rows<T> {
    /// Rows from pairs of a row and a value; each row keeps the order of its pairs.
    pub(super) fn new(rows: usize, mut pairs: Vec<(u32, T)>) -> Self {
        pairs.sort_by_key(|(row, _)| *row);
        let mut starts = Vec::with_capacity(rows + 1);
        let mut at = 0;
        for row in 0..=rows {
            while pairs.get(at).is_some_and(|(of, _)| (*of as usize) < row) {
                at += 1;
            }
            starts.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        Self { starts: starts.into(), values: pairs.into_iter().map(|(_, value)| value).collect() }
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
