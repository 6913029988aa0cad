//! The instruction set that rows are scored with: chosen when the program runs, with the same results in each.

use super::{index::Index, kernel, scales::Scales, tables::Tables};
use crate::rank::sweep::Packed;

/// A set of instructions that this processor has.
#[derive(Clone, Copy, Debug)]
pub(in crate::rank) enum Instructions {
    /// What every processor has.
    Plain,
    /// AVX2 and what came with it.
    #[cfg(target_arch = "x86_64")]
    Avx2(pulp::x86::V3),
    /// AVX-512.
    #[cfg(target_arch = "x86_64")]
    Avx512(pulp::x86::V4),
}

impl Instructions {
    /// The widest set.
    pub(super) fn best() -> Self {
        Self::all().pop().unwrap_or(Self::Plain)
    }

    /// All sets that this processor has, the widest last.
    pub(in crate::rank) fn all() -> Vec<Self> {
        #[cfg(target_arch = "x86_64")]
        return [
            Some(Self::Plain),
            pulp::x86::V3::try_new().map(Self::Avx2),
            pulp::x86::V4::try_new().map(Self::Avx512),
        ]
        .into_iter()
        .flatten()
        .collect();
        #[cfg(not(target_arch = "x86_64"))]
        vec![Self::Plain]
    }

    /// Scores a block of rows.
    pub(super) fn score(self, block: Block<'_>, out: &mut [Packed]) {
        let work = Work { block, out };
        match self {
            Self::Plain => pulp::NullaryFnOnce::call(work),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(set) => set.vectorize(work),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(set) => set.vectorize(work),
        }
    }
}

/// Rows from one on, and what is asked of them.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    pub(super) tables: &'a Tables,
    pub(super) index: &'a Index,
    pub(super) scales: &'a Scales,
    pub(super) start: usize,
}

struct Work<'a, 'o> {
    block: Block<'a>,
    out: &'o mut [Packed],
}

impl pulp::NullaryFnOnce for Work<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Block { tables, index, scales, start } = self.block;
        kernel::score(tables, index, scales, start, self.out);
    }
}
