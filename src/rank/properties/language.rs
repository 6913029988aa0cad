//! R9: language is what the work needs, and what can be learned in time loses little.

use super::{Pair, World, hold, pair};
use crate::domain::{
    language::{CefrLevel, LanguageCode, LanguageProficiency, LanguageSkill, LevelPerSkill},
    requirement::{GraceWeeks, Importance, LanguageDemand, LaterLevel, Requirement},
    support::{SupportKind, SupportOffer},
    time::Answer,
};
use crate::rank::{criterion::Criterion, generate::day, profile::Numbers, score::CriterionLine};
use proptest::{prelude::*, sample::select};

const LEVELS: [CefrLevel; 7] =
    [CefrLevel::A0, CefrLevel::A1, CefrLevel::A2, CefrLevel::B1, CefrLevel::B2, CefrLevel::C1, CefrLevel::C2];

fn line(world: &World, pair: &Pair, numbers: &Numbers) -> CriterionLine {
    let judged = world.engine(pair, numbers);
    *judged
        .lines
        .iter()
        .find(|line| line.criterion == Criterion::Language)
        .expect("every criterion has a line")
}

fn speaks(level: CefrLevel) -> LanguageProficiency {
    LanguageProficiency { language: LanguageCode::DUTCH, levels: speaking(level), assessed_on: None }
}

fn speaking(level: CefrLevel) -> LevelPerSkill {
    LevelPerSkill { speaking: Some(level), ..LevelPerSkill::default() }
}

fn dutch(at_start: CefrLevel, later: Option<(CefrLevel, u16)>) -> Requirement<LanguageDemand> {
    let later = later.map(|(level, after_months)| LaterLevel { after_months, levels: speaking(level) });
    let what =
        LanguageDemand::new(LanguageCode::DUTCH, speaking(at_start), later, None).expect("a level is asked");
    Requirement { what, importance: Importance::Must, grace: GraceWeeks::default() }
}

fn offers(pair: &mut Pair, kind: SupportKind, offered: Answer) {
    pair.vacancy.offer.support.push(SupportOffer { kind, offered, note: None });
}

#[test]
fn r9_a_language_that_nothing_asks_changes_nothing() {
    let world = World::new();
    hold(300, (pair(), world.numbers(), select(&LEVELS[..])), |(mut pair, numbers, level)| {
        let frisian = LanguageCode::parse("fry").expect("three letters");
        let before = world.explained(&pair, &numbers);
        let levels = LevelPerSkill {
            listening: Some(level),
            reading: Some(level),
            speaking: Some(level),
            writing: Some(level),
        };
        pair.candidate.profile.languages.push(LanguageProficiency {
            language: frisian,
            levels,
            assessed_on: None,
        });
        prop_assert_eq!(world.explained(&pair, &numbers), before);
        Ok(())
    });
}

#[test]
fn r9_a_language_that_the_vacancy_no_longer_asks_changes_nobody_any_more() {
    let world = World::new();
    hold(300, (pair(), world.numbers()), |(mut pair, numbers): (Pair, Numbers)| {
        let arabic = LanguageCode::parse("ara").expect("three letters");
        pair.vacancy.requirements.languages.retain(|asked| asked.what.language() != arabic);
        let mut without = pair.clone();
        without.candidate.profile.languages.retain(|own| own.language != arabic);
        prop_assert_eq!(world.explained(&pair, &numbers), world.explained(&without, &numbers));
        Ok(())
    });
}

#[test]
fn r9_learned_yesterday_or_known_from_birth_is_the_same_at_the_same_level() {
    let world = World::new();
    hold(200, (pair(), world.numbers()), |(pair, numbers): (Pair, Numbers)| {
        let mut assessed = pair.clone();
        for own in &mut assessed.candidate.profile.languages {
            own.assessed_on = Some(day((2024, 2, 1)));
        }
        prop_assert_eq!(world.explained(&assessed, &numbers), world.explained(&pair, &numbers));
        Ok(())
    });
}

#[test]
fn r9_a_higher_level_never_lowers_the_fit_and_help_at_work_never_does() {
    let world = World::new();
    let skills = select(&LanguageSkill::ALL[..]);
    hold(400, (pair(), world.numbers(), 0..6usize, skills), |(pair, numbers, at, skill)| {
        let with = |level: CefrLevel| {
            let mut with = pair.clone();
            let mut levels = LevelPerSkill::default();
            *match skill {
                LanguageSkill::Listening => &mut levels.listening,
                LanguageSkill::Reading => &mut levels.reading,
                LanguageSkill::Speaking => &mut levels.speaking,
                LanguageSkill::Writing => &mut levels.writing,
            } = Some(level);
            let asked = with.vacancy.requirements.languages.iter().map(|asked| asked.what.language());
            with.candidate.profile.languages =
                asked.map(|language| LanguageProficiency { language, levels, assessed_on: None }).collect();
            with
        };
        let (lower, higher) = (with(LEVELS[at]), with(LEVELS[at + 1]));
        prop_assert!(world.engine(&lower, &numbers).score <= world.engine(&higher, &numbers).score);
        let mut helped = lower.clone();
        offers(&mut helped, SupportKind::LanguageBuddy, Answer::Yes);
        prop_assert!(line(&world, &lower, &numbers).fit <= line(&world, &helped, &numbers).fit);
        Ok(())
    });
}

#[test]
fn r9_who_can_reach_the_later_level_in_time_loses_little_and_who_cannot_loses_more() {
    let world = World::new();
    hold(100, (pair(), world.numbers()), |(mut pair, numbers): (Pair, Numbers)| {
        pair.candidate.profile.languages = vec![speaks(CefrLevel::A2)];
        pair.vacancy.offer.support.clear();
        let mut asked = |later| {
            pair.vacancy.requirements.languages = vec![dutch(CefrLevel::A2, later)];
            line(&world, &pair, &numbers).fit
        };
        // A2 to B1 takes 200 hours, 4 a week: 50 weeks.
        prop_assert_eq!(asked(None), 10_000);
        prop_assert_eq!(asked(Some((CefrLevel::B1, 12))), 9_000);
        prop_assert_eq!(asked(Some((CefrLevel::B1, 6))), 5_000);
        prop_assert_eq!(asked(Some((CefrLevel::C1, 6))), 0);
        Ok(())
    });
}

#[test]
fn r9_lessons_or_a_buddy_at_work_lower_the_level_needed_at_the_start_by_one_step() {
    let world = World::new();
    let kinds = select(&[SupportKind::LanguageLessons, SupportKind::LanguageBuddy][..]);
    hold(100, (pair(), world.numbers(), kinds), |(mut pair, numbers, kind)| {
        pair.vacancy.offer.support.clear();
        pair.vacancy.requirements.languages = vec![dutch(CefrLevel::B1, None)];
        pair.candidate.profile.languages = vec![speaks(CefrLevel::A2)];
        let unsaid = line(&world, &pair, &numbers);
        prop_assert_eq!((unsaid.fit, unsaid.low, unsaid.high), (5_000, 5_000, 10_000));
        let unmet = |pair: &Pair| {
            let judged = world.engine(pair, &numbers);
            judged.conflicts.iter().any(|c| c.code == crate::rank::score::ConflictCode::LanguageBelow)
        };
        prop_assert!(unmet(&pair));
        let mut refused = pair.clone();
        for kind in [SupportKind::LanguageLessons, SupportKind::LanguageBuddy] {
            offers(&mut refused, kind, Answer::No);
        }
        prop_assert_eq!(line(&world, &refused, &numbers).high, 5_000);
        offers(&mut pair, kind, Answer::Yes);
        prop_assert_eq!(line(&world, &pair, &numbers).fit, 10_000);
        prop_assert!(!unmet(&pair));
        pair.candidate.profile.languages = vec![speaks(CefrLevel::A1)];
        prop_assert_eq!(line(&world, &pair, &numbers).fit, 5_000);
        Ok(())
    });
}
