//! Ten thousand pairs: a better answer to any single criterion never lowers the score, lines add up, both sides agree,
//! and the interval of a filled field lies inside the old one.

#![allow(clippy::print_stdout, reason = "the shares that moved are printed for whoever runs the test")]

mod steps;

use super::{EnginePair, Pair, World, answers::empty_fields, hold, pair, ranking};
use crate::rank::{
    Rules,
    criterion::Criterion,
    profile::RankingProfile,
    score::{Judgement, Law, judge},
    top::{Ranking, rank_candidates, rank_vacancies},
};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use steps::{Dice, STEPS, Step};

/// Pairs in all, shared over the criteria.
const PAIRS: u32 = 10_000;
/// A tenth of a point, in hundredths.
const MOVED: u16 = 10;

#[test]
fn r1_a_better_answer_to_any_single_criterion_never_lowers_the_score_and_half_of_them_raise_it() {
    let world = World::new();
    let scored = Criterion::ALL.into_iter().filter(|criterion| criterion.is_scored()).count();
    let each = PAIRS.div_ceil(u32::try_from(scored).expect("a few criteria"));
    let (mut all, mut all_moved) = (0, 0);
    for Step { criterion, make } in STEPS.iter().filter(|step| step.criterion.is_scored()) {
        let (count, moved) = (Cell::new(0_u32), Cell::new(0_u32));
        hold(each, (pair(), world.profile(), any::<u64>()), |(mut before, profile, seed)| {
            let after = make(&mut before, &mut Dice::new(seed));
            let (old, new) =
                (world.engine(&before, profile.numbers()), world.engine(&after, profile.numbers()));
            prop_assert!(
                old.score <= new.score,
                "{criterion:?}: {} fell to {}\n{old:#?}\n{new:#?}",
                old.score,
                new.score
            );
            adds_up(&new)?;
            count.set(count.get() + 1);
            moved.set(moved.get() + u32::from(new.score - old.score >= MOVED));
            Ok(())
        });
        let share = 100 * moved.get() / count.get().max(1);
        println!(
            "{:<14} {:>6} pairs, {share:>3} % rose by 0.1 or more",
            format!("{criterion:?}"),
            count.get()
        );
        assert!(moved.get() * 2 >= count.get(), "{criterion:?}: only {share} % of the pairs moved");
        (all, all_moved) = (all + count.get(), all_moved + moved.get());
    }
    println!("{:<14} {all:>6} pairs, {:>3} % rose by 0.1 or more", "all", 100 * all_moved / all.max(1));
    assert!(all >= PAIRS || std::env::var_os("PROPTEST_CASES").is_some(), "only {all} pairs");
}

#[test]
fn r2_every_criterion_of_the_rule_has_a_step_that_moves_it() {
    for criterion in Criterion::ALL {
        let steps = STEPS.iter().filter(|step| step.criterion == criterion).count();
        assert!(steps == 1, "{criterion:?} has {steps} steps");
    }
}

/// R1: the sum of the lines is the score.
fn adds_up(judged: &Judgement) -> Result<(), TestCaseError> {
    let lines: i32 = judged.lines.iter().map(|line| line.contribution).sum();
    let conflicts: i32 = judged.conflicts.iter().map(|conflict| conflict.contribution).sum();
    prop_assert_eq!(lines + judged.balance + conflicts, i32::from(judged.score));
    Ok(())
}

#[test]
fn r1_ten_thousand_pairs_are_the_same_asked_from_either_side() {
    let world = World::new();
    hold(PAIRS, (pair(), world.profile()), |(mut pair, profile): (Pair, RankingProfile)| {
        // A dream stays in the person's list whatever the law says (R13).
        pair.candidate.profile.wishes.dream_occupation = None;
        let (work, person) = (world.vacancy(&pair.vacancy), world.candidate(&pair.candidate));
        let minutes = |_: usize| pair.travel_minutes;
        let page = Ranking { travel_minutes: Some(&minutes), ..ranking(&profile, pair.as_of, 1) };
        let of_vacancy = rank_candidates(&work, std::slice::from_ref(&person), &page);
        let of_candidate = rank_vacancies(&person, std::slice::from_ref(&work), &page);
        prop_assert_eq!(&of_vacancy.excluded, &of_candidate.excluded);
        let (one, other) = (of_vacancy.matches.first(), of_candidate.matches.first());
        prop_assert_eq!(one.map(|m| m.score), other.map(|m| m.score));
        let both = EnginePair { vacancy: &work, candidate: &person, travel_minutes: pair.travel_minutes };
        let judged = judge(both, Rules::new(&profile, pair.as_of));
        one.map_or(Ok(()), |found| {
            prop_assert_eq!(found.score, judged.score);
            adds_up(&judged)
        })
    });
}

#[test]
fn r5_ten_thousand_filled_fields_give_an_interval_inside_the_old_one() {
    let world = World::new();
    let filled_fields = Cell::new(0_u32);
    let wider = RefCell::new(Vec::new());
    hold(PAIRS, (pair(), world.profile(), any::<u64>()), |(pair, profile, seed)| {
        let before = world.engine(&pair, profile.numbers());
        if matches!(before.law, Law::Excluded { .. }) {
            return Ok(());
        }
        let mut dice = Dice::new(seed);
        let fields = empty_fields(&pair, &|sector| world.assumed(sector));
        let Some(answers) = dice.pick(&fields) else { return Ok(()) };
        let Some(filled) = dice.pick(&answers.filled) else { return Ok(()) };
        let after = world.engine(filled, profile.numbers());
        filled_fields.set(filled_fields.get() + 1);
        let is_excluded = matches!(after.law, Law::Excluded { .. });
        let score = if is_excluded { 0 } else { after.score };
        prop_assert!(
            before.low <= score && score <= before.high,
            "{}: {score} is outside {}…{}",
            answers.field,
            before.low,
            before.high
        );
        let is_inside = before.low <= after.low && after.high <= before.high;
        if !is_excluded && !is_inside {
            let told = format!("{}…{} → {}…{}", before.low, before.high, after.low, after.high);
            wider.borrow_mut().push(format!("{}: {told}", answers.field));
        }
        Ok(())
    });
    println!("{} fields were filled", filled_fields.get());
    let wider = wider.into_inner();
    assert!(wider.is_empty(), "wider than before: {wider:#?}");
}
