//! Figures of few rows: what all others have is said elsewhere.

use super::kernel::BLOCK;

/// Figures of some rows, in the order of the rows, by block.
#[derive(Debug)]
pub(super) struct Sparse<T> {
    /// Where the entries of each block end.
    ends: Box<[u32]>,
    /// The place of the row in its block, and its figure.
    entries: Box<[(u16, T)]>,
}

impl<T: Copy> Sparse<T> {
    /// Entries in the order of their rows, which are below `rows`.
    pub(super) fn new(rows: usize, entries: impl Iterator<Item = (usize, T)>) -> Self {
        let mut ends = vec![0; rows.div_ceil(BLOCK)];
        let own: Vec<(u16, T)> = entries
            .map(|(row, figure)| {
                ends[row / BLOCK] += 1;
                // A place is below the size of a block.
                ((row % BLOCK) as u16, figure)
            })
            .collect();
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        Self { ends: ends.into(), entries: own.into() }
    }

    /// The entries of the block that begins with a row.
    #[inline(always)]
    pub(super) fn block(&self, start: usize) -> &[(u16, T)] {
        let block = start / BLOCK;
        let from = block.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.entries[from as usize..self.ends[block] as usize]
    }

    /// What it takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.ends) + size_of_val(&*self.entries)
    }
}

/// Rows that something was found for, given back in their order.
#[derive(Debug)]
pub(super) struct Touched {
    bits: Vec<u64>,
}

impl Touched {
    /// None of so many rows.
    pub(super) fn new(rows: usize) -> Self {
        Self { bits: vec![0; rows.div_ceil(64)] }
    }

    pub(super) fn mark(&mut self, row: usize) {
        self.bits[row / 64] |= 1 << (row % 64);
    }

    /// The rows in their order, each once.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> {
        self.bits.iter().enumerate().flat_map(|(word, bits)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(word * 64 + bit as usize)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back_by_block_and_rows_in_their_order() {
        let mut touched = Touched::new(3_000);
        let rows = [2_999, 0, 63, 64, 1_023, 1_024, 64];
        rows.iter().for_each(|row| touched.mark(*row));
        let sparse = Sparse::new(3_000, touched.rows().map(|row| (row, row)));
        let block = |start| sparse.block(start).iter().map(|(_, row)| *row).collect::<Vec<_>>();
        assert_eq!(
            [block(0), block(1_024), block(2_048)],
            [vec![0, 63, 64, 1_023], vec![1_024], vec![2_999]]
        );
        assert_eq!(sparse.block(2_048)[0].0, 2_999 - 2_048);
    }
}
