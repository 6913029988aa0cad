//! Changes in words, as an advisor reads them.

use super::*;
use crate::domain::{
    language::{CefrLevel, LanguageCode, LanguageProficiency, LevelPerSkill},
    requirement::{GraceWeeks, Importance, LanguageDemand, Requirement},
    text::{Label, VacancyId},
    time::{HoursPerWeek, HoursRange},
    work::SkillRef,
};
use crate::rank::{TextLanguage, competencies::CompetencyTable, wording};

fn skill(text: &str) -> SkillRef {
    SkillRef { text: Label::new(text).unwrap(), concept: None }
}

fn hours(from: f64, to: f64) -> Option<HoursRange> {
    HoursRange::new(HoursPerWeek::new(from).ok(), HoursPerWeek::new(to).ok()).unwrap()
}

fn speaking(level: CefrLevel) -> LevelPerSkill {
    LevelPerSkill { speaking: Some(level), ..Default::default() }
}

fn should<T>(what: T) -> Requirement<T> {
    Requirement { what, importance: Importance::Should, grace: GraceWeeks::default() }
}

/// One vacancy for a welder, and people who differ in what they name and speak.
fn welders() -> World {
    let mut world = World::empty();
    let mut vacancy = Vacancy::new(VacancyId::new("v").unwrap());
    vacancy.requirements.skills = vec![should(skill("lassen"))];
    vacancy.schedule.hours = hours(32.0, 36.0);
    world.vacancies = vec![vacancy];
    let levels = [CefrLevel::A1, CefrLevel::A2, CefrLevel::B2, CefrLevel::C1];
    for (at, level) in levels.into_iter().enumerate() {
        let mut person = Candidate::new(CandidateId::new(format!("k{at}")).unwrap());
        person.profile.skills = vec![skill("lassen")];
        person.profile.availability.hours = hours(32.0, 40.0 - at as f64);
        let language = LanguageCode::DUTCH;
        person.profile.languages =
            vec![LanguageProficiency { language, levels: speaking(level), assessed_on: None }];
        world.people.push(person);
    }
    world
}

fn told(before: &World, after: &World, size: usize) -> String {
    let (_folder, nights) = folder();
    before.night(day(21), size).write(&nights);
    after.night(day(22), size).write(&nights);
    let [from, to] = [21, 22].map(|of| nights.night(Some(day(of)), None).unwrap());
    let names = CompetencyTable::embedded().unwrap();
    let mut lines = Vec::new();
    for vacancy in before.vacancies.iter().map(|vacancy| vacancy.id.as_str()) {
        for change in changes_of(vacancy, &from, &to).unwrap() {
            let text = |language| {
                let texts: Vec<String> =
                    change.reasons.iter().map(|reason| wording::text(reason, language, &names)).collect();
                texts.join(" ")
            };
            lines.push(format!(
                "{} {:?} {}-{}\n  {}\n  {}",
                change.candidate,
                change.kind,
                change.before,
                change.after,
                text(TextLanguage::Dutch),
                text(TextLanguage::English)
            ));
        }
    }
    lines.join("\n")
}

#[test]
fn a_vacancy_that_asks_more_language_says_so() {
    let (before, mut after) = (welders(), welders());
    let demand = LanguageDemand::new(LanguageCode::DUTCH, speaking(CefrLevel::B1), None, None).unwrap();
    after.vacancies[0].requirements.languages = vec![should(demand)];
    insta::assert_snapshot!(told(&before, &after, 4));
}

#[test]
fn who_names_more_fits_more_and_the_others_are_passed() {
    let (mut before, after) = (welders(), welders());
    before.people[0].profile.skills = vec![skill("tuinieren")];
    before.people[1].profile.skills.clear();
    insta::assert_snapshot!(told(&before, &after, 3));
}

#[test]
fn who_comes_and_goes_and_what_closes_is_told() {
    let (before, mut after) = (welders(), welders());
    after.people.remove(0);
    let mut newcomer = after.people[0].clone();
    newcomer.id = CandidateId::new("k9").unwrap();
    after.people.push(newcomer);
    insta::assert_snapshot!(told(&before, &after, 4));
    after.vacancies.clear();
    let closed = told(&before, &after, 2);
    assert_eq!(closed.matches("De vacature doet nu niet mee.").count(), 2, "{closed}");
}

#[test]
fn what_stands_in_the_way_is_named_when_it_comes_and_when_it_goes() {
    let (before, mut after) = (welders(), welders());
    after.people[0].profile.availability.hours = hours(8.0, 12.0);
    insta::assert_snapshot!(format!("{}\n\n{}", told(&before, &after, 4), told(&after, &before, 4)));
}

#[test]
fn nights_of_the_same_lists_have_no_changes() {
    let world = World::of(9, 5, 8);
    assert_eq!(told(&world, &world, 4), "");
}

#[test]
fn every_change_has_a_reason_and_a_place_that_fits_its_kind() {
    let (mut before, mut after) = (World::of(16, 8, 11), World::of(16, 8, 12));
    before.vacancies.truncate(7);
    after.people.truncate(14);
    let (_folder, nights) = folder();
    before.night(day(21), 5).write(&nights);
    after.night(day(22), 5).write(&nights);
    let [from, to] = [21, 22].map(|of| nights.night(Some(day(of)), None).unwrap());
    let mut count = 0;
    for vacancy in to.vacancies() {
        for change in changes_of(vacancy, &from, &to).unwrap() {
            let fits = match change.kind {
                Move::New => change.before == 0 && change.after > 0,
                Move::Gone => change.before > 0 && change.after == 0,
                Move::Up => change.after > 0 && change.after < change.before,
                Move::Down => change.before > 0 && change.after > change.before,
            };
            assert!(fits && change.reasons.len() > 1, "{change:?}");
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}
