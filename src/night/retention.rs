//! Which nights are kept: the last ones, and the last of each month before.

use super::{folder::NightInfo, head::NightScope};
use crate::domain::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How many nights are kept, of each scope. The days are those of the nights themselves: a clock that is wrong once
/// removes no more than what its own night takes the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The last nights.
    pub nights: usize,
    /// The last night of each of the last months that have ended.
    pub month_ends: usize,
}

impl Default for Retention {
    fn default() -> Self {
        Self { nights: 35, month_ends: 12 }
    }
}

/// The nights that are not kept any longer. `nights`: the last day first.
pub(super) fn outdated(nights: &[NightInfo], retention: Retention) -> Vec<&NightInfo> {
    let mut scopes: BTreeMap<NightScope, Vec<&NightInfo>> = BTreeMap::new();
    for night in nights {
        scopes.entry(night.scope).or_default().push(night);
    }
    scopes.into_values().flat_map(|nights| outdated_of_scope(nights, retention)).collect()
}

fn outdated_of_scope(nights: Vec<&NightInfo>, retention: Retention) -> Vec<&NightInfo> {
    let month = |day: Date| (day.year(), day.month());
    let running = nights.first().map(|night| month(night.as_of));
    let mut months = BTreeSet::new();
    let mut outdated = Vec::new();
    for (place, night) in nights.into_iter().enumerate() {
        let own = month(night.as_of);
        // Days fall: the first night of a month that is met is its last one.
        let ends_its_month = Some(own) != running && months.insert(own);
        let is_kept = place < retention.nights || (ends_its_month && months.len() <= retention.month_ends);
        if !is_kept {
            outdated.push(night);
        }
    }
    outdated
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};

    fn nights(last: Date, days: i32) -> Vec<NightInfo> {
        let night = |back: i32| NightInfo {
            as_of: last.checked_sub(back.days()).unwrap(),
            scope: NightScope::default(),
            path: "n".into(),
        };
        (0..days).map(night).collect()
    }

    fn kept(nights: &[NightInfo], retention: Retention) -> Vec<String> {
        let outdated = outdated(nights, retention);
        let kept = nights.iter().filter(|night| !outdated.iter().any(|old| std::ptr::eq(*old, *night)));
        kept.map(|night| night.as_of.to_string()).collect()
    }

    #[test]
    fn thirty_five_nights_and_twelve_month_ends_are_kept() {
        let nights = nights(date(2026, 3, 10), 500);
        let kept = kept(&nights, Retention::default());
        assert_eq!(kept[..2], ["2026-03-10", "2026-03-09"]);
        assert_eq!(kept[34], "2026-02-04");
        // The end of February stands among the last nights already.
        let ends = [
            "2026-01-31",
            "2025-12-31",
            "2025-11-30",
            "2025-10-31",
            "2025-09-30",
            "2025-08-31",
            "2025-07-31",
            "2025-06-30",
            "2025-05-31",
            "2025-04-30",
            "2025-03-31",
        ];
        assert_eq!(kept[35..], ends);
    }

    #[test]
    fn the_last_night_that_there_is_ends_a_month_and_a_leap_day_counts() {
        let mut nights = nights(date(2024, 3, 1), 120);
        nights.retain(|night| night.as_of != date(2024, 1, 31) && night.as_of != date(2024, 1, 30));
        let kept = kept(&nights, Retention { nights: 1, month_ends: 2 });
        assert_eq!(kept, ["2024-03-01", "2024-02-29", "2024-01-29"]);
    }

    #[test]
    fn each_scope_keeps_its_own_and_a_night_far_ahead_removes_no_more_than_one() {
        let mut all = nights(date(2026, 3, 10), 40);
        let region = NightScope { region: 5, sbi_code: 0 };
        all.extend(
            nights(date(2026, 3, 10), 3).into_iter().map(|night| NightInfo { scope: region, ..night }),
        );
        let retention = Retention { nights: 35, month_ends: 0 };
        assert_eq!(outdated(&all, retention).len(), 5);
        let far = NightInfo { as_of: date(2036, 1, 1), ..all[0].clone() };
        all.insert(0, far);
        assert_eq!(outdated(&all, retention).len(), 6);
    }
}
