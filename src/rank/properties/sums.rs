//! R1 and R4: the score is a sum of lines, rises with every fit, treats both sides alike, and conflicts take their
//! share.

use super::{Pair, World, hold, pair};
use crate::rank::{
    criteria::{Opinion, WHOLE},
    criterion::Criterion,
    profile::{Numbers, Weight},
    score::{ConflictCode, Opinions, Sums},
};
use proptest::prelude::*;

#[test]
fn r1_the_lines_the_balance_and_the_conflicts_add_up_to_the_score_exactly() {
    let world = World::new();
    hold(800, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let judged = world.engine(&pair, &numbers);
        let lines: i32 = judged.lines.iter().map(|line| line.contribution).sum();
        let conflicts: i32 = judged.conflicts.iter().map(|conflict| conflict.contribution).sum();
        prop_assert_eq!(lines + judged.balance + conflicts, i32::from(judged.score));
        prop_assert!(judged.lines.iter().all(|line| line.contribution >= 0));
        prop_assert!(
            judged.balance <= 0 && judged.conflicts.iter().all(|conflict| conflict.contribution <= 0)
        );
        Ok(())
    });
}

#[test]
fn r4_each_conflict_takes_its_share_of_what_stands_so_far() {
    let world = World::new();
    hold(800, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let judged = world.engine(&pair, &numbers);
        let lines: i32 = judged.lines.iter().map(|line| line.contribution).sum();
        let mut standing = i64::from(lines + judged.balance);
        for conflict in &judged.conflicts {
            let taken = -i64::from(conflict.contribution);
            let of = |share: u32| (standing * i64::from(share) + 5_000) / 10_000;
            match conflict.code {
                ConflictCode::HoursBelow | ConflictCode::TimesBelow => {
                    prop_assert!(taken <= of(numbers.hours_share))
                }
                ConflictCode::RefusedByPerson => prop_assert_eq!(taken, of(numbers.refusal_share)),
                ConflictCode::LanguageBelow | ConflictCode::PaperLacking | ConflictCode::CompetencyBelow => {
                    prop_assert_eq!(taken, of(numbers.unmet_share));
                }
            }
            standing -= taken;
        }
        let count = |code| judged.conflicts.iter().filter(|conflict| conflict.code == code).count();
        let time = count(ConflictCode::HoursBelow) + count(ConflictCode::TimesBelow);
        prop_assert!(count(ConflictCode::RefusedByPerson) <= 1 && time <= 1);
        Ok(())
    });
}

/// The score of these fits for a pair that has no conflict.
fn score_of(opinions: &Opinions, numbers: &Numbers) -> i64 {
    Sums::of(opinions, numbers, |opinion| opinion.fit).base(numbers)
}

/// Opinions on some criteria, on the always asked ones among them.
fn opinions() -> impl Strategy<Value = Opinions> {
    let fits = prop::array::uniform14(prop::option::of(0..=WHOLE));
    (fits, prop::array::uniform3(0..=WHOLE)).prop_map(|(fits, always)| {
        let mut opinions = fits.map(|fit| fit.map(Opinion::known));
        let asked = [Criterion::Motivation, Criterion::Hours, Criterion::Travel];
        for (criterion, fit) in asked.into_iter().zip(always) {
            opinions[criterion.index()] = Some(Opinion::known(fit));
        }
        opinions
    })
}

#[test]
fn r1_no_score_falls_when_a_fit_rises() {
    let world = World::new();
    let values = (opinions(), world.numbers(), 0..Criterion::COUNT, 1..=WHOLE);
    hold(1_500, values, |(opinions, numbers, at, rise)| {
        let Some(lower) = opinions[at] else { return Ok(()) };
        let mut better = opinions;
        better[at] = Some(Opinion::known((lower.fit + rise).min(WHOLE)));
        prop_assert!(score_of(&better, &numbers) >= score_of(&opinions, &numbers));
        Ok(())
    });
}

#[test]
fn r1_whoever_swaps_both_sides_and_their_weights_keeps_the_score() {
    let world = World::new();
    hold(800, (opinions(), world.numbers()), |(mut opinions, numbers)| {
        for criterion in Criterion::ALL {
            if !criterion.can_be_wished() {
                opinions[criterion.index()] = None;
            }
        }
        let swapped = Numbers {
            lambda: 100 - numbers.lambda,
            weights: numbers.weights.map(|w| Weight { demand: w.wish, wish: w.demand }),
            ..numbers
        };
        prop_assert_eq!(score_of(&opinions, &numbers), score_of(&opinions, &swapped));
        Ok(())
    });
}
