//! R7: what skills are worth, whoever says them how often and in what order.

use super::{Pair, World, hold, pair};
use crate::domain::{
    requirement::{GraceWeeks, Importance, Requirement},
    work::{SkillRef, WorkExperience},
};
use crate::rank::{
    criterion::Criterion,
    generate::{self, text},
    profile::Numbers,
    score::CriterionLine,
};
use proptest::prelude::*;

fn skills_line(world: &World, pair: &Pair, numbers: &Numbers) -> CriterionLine {
    let judged = world.engine(pair, numbers);
    *judged.lines.iter().find(|line| line.criterion == Criterion::Skills).expect("every criterion has a line")
}

fn asked(skill: SkillRef, importance: Importance) -> Requirement<SkillRef> {
    Requirement { what: skill, importance, grace: GraceWeeks::default() }
}

fn plain(words: &str) -> SkillRef {
    SkillRef { text: text(words), concept: None }
}

#[test]
fn r7_naming_one_more_asked_skill_never_lowers_up_to_forty_named() {
    let world = World::new();
    let values = (pair(), world.numbers(), any::<prop::sample::Index>(), 0..40usize);
    hold(300, values, |(mut pair, numbers, which, others)| {
        let asked = &pair.vacancy.requirements.skills;
        if asked.is_empty() {
            return Ok(());
        }
        let named = asked[which.index(asked.len())].what.clone();
        let own = pair.candidate.profile.skills.len();
        let others = (0..others.saturating_sub(own)).map(|n| plain(&format!("iets anders {n}")));
        pair.candidate.profile.skills.extend(others);
        let before = skills_line(&world, &pair, &numbers);
        pair.candidate.profile.skills.push(named);
        let after = skills_line(&world, &pair, &numbers);
        prop_assert!(before.fit <= after.fit && before.low <= after.low, "{before:?} {after:?}");
        Ok(())
    });
}

#[test]
fn r7_what_is_implied_near_or_like_it_is_never_worth_more_than_the_skill_itself() {
    let world = World::new();
    hold(300, (pair(), world.numbers()), |(mut pair, numbers): (Pair, Numbers)| {
        pair.candidate.profile.skills.truncate(30);
        let without = skills_line(&world, &pair, &numbers);
        let asked: Vec<SkillRef> = pair.vacancy.requirements.skills.iter().map(|s| s.what.clone()).collect();
        pair.candidate.profile.skills.extend(asked);
        let named = skills_line(&world, &pair, &numbers);
        prop_assert!(without.fit <= named.fit);
        let all_have_words = pair.vacancy.requirements.skills.iter().all(|s| s.what.text.as_str() != "+++");
        if named.knowledge.is_some() && all_have_words {
            prop_assert_eq!((named.fit, named.low), (10_000, 10_000));
        }
        Ok(())
    });
}

#[test]
fn r7_the_order_of_skills_and_jobs_case_accents_and_doubled_entries_change_nothing() {
    let world = World::new();
    hold(300, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let mut other = pair.clone();
        let profile = &mut other.candidate.profile;
        profile.skills.reverse();
        profile.skills.extend(pair.candidate.profile.skills.clone());
        for skill in &mut profile.skills {
            skill.text = text(&skill.text.as_str().to_uppercase().replace('İ', "i"));
        }
        let same_words = |a: &str, b: &str| crate::taxonomy::normalise(a) == crate::taxonomy::normalise(b);
        let unchanged = profile.skills.iter().zip(pair.candidate.profile.skills.iter().rev());
        prop_assume!(unchanged.clone().all(|(a, b)| same_words(a.text.as_str(), b.text.as_str())));
        profile.courses.reverse();
        profile.experience.reverse();
        let asked = &mut other.vacancy.requirements.skills;
        asked.reverse();
        let again: Vec<_> = asked.iter().filter(|s| s.what.text.as_str() != "+++").cloned().collect();
        asked.extend(again);
        let (one, two) = (skills_line(&world, &pair, &numbers), skills_line(&world, &other, &numbers));
        prop_assert_eq!((one.fit, one.low, one.high), (two.fit, two.low, two.high));
        Ok(())
    });
}

#[test]
fn r7_a_longer_or_later_job_never_says_less() {
    let world = World::new();
    let values = (pair(), world.numbers(), 0..600u16, 0..600u16);
    hold(300, values, |(mut pair, numbers, a, b)| {
        pair.vacancy.requirements.experience.clear();
        let work =
            WorkExperience { occupation: pair.vacancy.occupation.clone(), ..WorkExperience::default() };
        let mut fit = |months: u16, ago: i32| {
            let until = Some(generate::days_after(pair.as_of, -ago));
            let job = WorkExperience { months: Some(months), until, ..work.clone() };
            pair.candidate.profile.experience = vec![job];
            skills_line(&world, &pair, &numbers).fit
        };
        let (less, more) = (a.min(b), a.max(b));
        prop_assert!(fit(less, 30) <= fit(more, 30));
        prop_assert!(fit(less, i32::from(more) * 30) <= fit(less, i32::from(less) * 30));
        Ok(())
    });
}

#[test]
fn r7_a_list_of_everything_is_worth_at_most_its_share_of_forty_skills() {
    let world = World::new();
    let numbers = world.numbers[0];
    let mut vacancy = crate::domain::Vacancy::new(crate::domain::text::VacancyId::new("v").expect("valid"));
    vacancy.requirements.skills =
        (0..10).map(|n| asked(plain(&format!("vak {n}")), Importance::Should)).collect();
    let mut candidate =
        crate::domain::Candidate::new(crate::domain::text::CandidateId::new("c").expect("valid"));
    let mut fit = |named: usize| {
        candidate.profile.skills = (0..named).map(|n| plain(&format!("vak {n}"))).collect();
        let pair = Pair {
            vacancy: vacancy.clone(),
            candidate: candidate.clone(),
            as_of: generate::day((2026, 11, 22)),
            travel_minutes: None,
        };
        skills_line(&world, &pair, &numbers).fit
    };
    assert_eq!([10, 40].map(&mut fit), [10_000, 10_000]);
    // 1,500 + 8,500 · 40 / n.
    assert_eq!([41, 80, 150, 400].map(&mut fit), [9_792, 5_750, 3_766, 2_350]);
}
