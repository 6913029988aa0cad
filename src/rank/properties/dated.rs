//! What has no dated step between two days scores the same on both.

use super::{World, hold, pair};
use crate::rank::dated::Between;
use proptest::prelude::*;
use std::cell::Cell;

#[test]
fn records_without_a_dated_step_score_the_same_on_both_days() {
    let world = World::new();
    let (compared, moved) = (Cell::new(0), Cell::new(0));
    hold(1_500, (pair(), world.numbers(), 1_i64..60), |(pair, numbers, days)| {
        let later = pair.as_of.saturating_add(jiff::Span::new().days(days));
        let between = Between::new(later, pair.as_of);
        let (vacancy, candidate) = (world.vacancy(&pair.vacancy), world.candidate(&pair.candidate));
        let now = world.engine(&pair, &numbers);
        let then = world.engine(&super::Pair { as_of: later, ..pair }, &numbers);
        if between.of_candidate(&candidate) || between.of_vacancy(&vacancy) {
            moved.set(moved.get() + u32::from(now.score != then.score));
            return Ok(());
        }
        compared.set(compared.get() + 1);
        prop_assert_eq!((now.score, now.law), (then.score, then.law));
        Ok(())
    });
    assert!(
        compared.get() > 10 && moved.get() > 0,
        "{compared:?} {moved:?}: the days are too far apart or too near"
    );
}
