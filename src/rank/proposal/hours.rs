//! Hours as an employer is told them: how many, never why (R16).

use crate::rank::{
    explain,
    facts::MOST_MINUTES,
    rules::{Pair, Rules},
};

/// Minutes a week that a person can work in this job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursHere {
    /// Fewest, where the person names them.
    pub least: Option<u32>,
    /// Most.
    pub most: u32,
}

/// The hours that the person can work here; `None` when that is to be talked about. A limit of the law or of a route and
/// a wish of the person look the same.
pub(super) fn here(pair: Pair<'_>, rules: Rules<'_>) -> Option<HoursHere> {
    let wished = pair.candidate.hours?;
    let workable = explain::workable(pair, rules);
    let offered = pair.vacancy.hours.and_then(|hours| hours.max);
    let most = offered.map_or(workable, |offered| workable.min(offered));
    // Nothing limits it: that is no number of hours.
    if most >= MOST_MINUTES {
        return None;
    }
    Some(HoursHere { least: wished.min.filter(|least| *least > 0).map(|least| least.min(most)), most })
}
