//! What a made-up employer asks.

use super::{
    book::{Book, occupations::Occupation},
    life::usual_or_other,
    random::Dice,
};
use crate::domain::{
    InvalidValue,
    education::EducationLevel,
    language::{CefrLevel, LanguageCode, LevelPerSkill},
    requirement::{
        EducationDemand, ExperienceDemand, GraceWeeks, Importance, LanguageDemand, LaterLevel, Requirement,
        Requirements,
    },
    text::Label,
    time::Answer,
    work::{OccupationRef, SkillRef},
};

/// Months after the start by which the higher level of Dutch is asked.
const MONTHS_TO_LEARN: u16 = 12;

/// The requirements of one vacancy; lists that were not thought of stay empty, as in real files.
pub(super) fn requirements(
    book: &Book,
    work: &Occupation,
    dice: &mut Dice,
) -> Result<Requirements, InvalidValue> {
    Ok(Requirements {
        skills: if dice.chance(820) { skills(work, dice) } else { Vec::new() },
        competencies: competencies(work, dice),
        languages: languages(book, work, dice)?,
        level: dice.chance(550).then(|| of(importance(dice, 150), work.level)),
        educations: if dice.chance(350) { educations(work, dice) } else { Vec::new() },
        experience: if dice.chance(300) { experience(work, dice)? } else { Vec::new() },
        licences: work
            .licences
            .iter()
            .filter(|asked| asked.importance == Importance::Legal || dice.chance(450))
            .map(|asked| of(asked.importance, asked.what))
            .collect(),
        certificates: certificates(work, dice)?,
        registrations: work
            .registrations
            .iter()
            .filter(|asked| asked.importance == Importance::Legal || dice.chance(700))
            .map(|asked| of(asked.importance, asked.what.clone()))
            .collect(),
        unscored: Vec::new(),
    })
}

fn of<T>(importance: Importance, what: T) -> Requirement<T> {
    Requirement { importance, ..Requirement::should(what) }
}

/// Mostly a wish; a need so many times in a thousand, and now and then nice to have.
fn importance(dice: &mut Dice, must: u32) -> Importance {
    if dice.chance(must) {
        return Importance::Must;
    }
    if dice.chance(200) { Importance::Could } else { Importance::Should }
}

fn skills(work: &Occupation, dice: &mut Dice) -> Vec<Requirement<SkillRef>> {
    let count = dice.between(3, 9) as usize;
    let mut asked: Vec<Requirement<SkillRef>> = Vec::with_capacity(count);
    for wording in dice.some(&work.skills, count) {
        let other = dice.pick(&wording.others).filter(|_| dice.chance(250));
        let skill = SkillRef { text: other.unwrap_or(&wording.usual).clone(), concept: None };
        asked.push(of(importance(dice, 120), skill));
    }
    asked
}

/// Two to four qualities; the first ones of the occupation are asked most. Some employers name none.
fn competencies(work: &Occupation, dice: &mut Dice) -> Vec<Requirement<crate::domain::competency::Quality>> {
    if !dice.chance(600) {
        return Vec::new();
    }
    let likely = [850, 700, 550, 400, 300, 250];
    let named = work.asks.iter().zip(likely).enumerate();
    let mut asked = Vec::new();
    for (place, (quality, per_thousand)) in named {
        if dice.chance(per_thousand) {
            let must = if place == 0 { 300 } else { 80 };
            asked.push(of(importance(dice, must), quality.clone()));
        }
    }
    asked
}

fn spoken(level: CefrLevel) -> LevelPerSkill {
    LevelPerSkill { listening: Some(level), speaking: Some(level), ..LevelPerSkill::default() }
}

fn languages(
    book: &Book,
    work: &Occupation,
    dice: &mut Dice,
) -> Result<Vec<Requirement<LanguageDemand>>, InvalidValue> {
    let mut asked = Vec::new();
    let (start, later) = work.dutch;
    if dice.chance(620) {
        let mut at_start = spoken(start);
        if start >= CefrLevel::B1 && dice.chance(600) {
            at_start.reading = Some(start);
            at_start.writing = dice.chance(500).then_some(start);
        }
        let grows = later > start && dice.chance(550);
        let later = grows.then(|| LaterLevel { after_months: MONTHS_TO_LEARN, levels: spoken(later) });
        let demand = LanguageDemand::new(LanguageCode::DUTCH, at_start, later, None)?;
        asked.push(of(importance(dice, 200), demand));
    }
    if let Some(level) = work.english.filter(|_| dice.chance(650)) {
        let demand = LanguageDemand::new(LanguageCode::ENGLISH, spoken(level), None, None)?;
        asked.push(of(importance(dice, 100), demand));
    }
    for language in &book.adverts.languages {
        if language.families.contains(&work.family) && dice.chance(language.per_thousand) {
            let reason = Some(language.reason.clone());
            let demand = LanguageDemand::new(language.code, spoken(language.level), None, reason)?;
            asked.push(of(importance(dice, 400), demand));
        }
    }
    Ok(asked)
}

fn educations(work: &Occupation, dice: &mut Dice) -> Vec<Requirement<EducationDemand>> {
    let of_level = |level: EducationLevel| level.work_level() == Some(work.level);
    let fitting: Vec<_> = work.educations.iter().filter(|school| of_level(school.level)).collect();
    let school = dice.pick(&fitting);
    let asked = school.map(|school| EducationDemand {
        name: Some(school.name.clone()),
        code: None,
        level: Some(school.level),
        diploma: dice.chance(400).then_some(Answer::Yes),
    });
    asked.map(|demand| of(importance(dice, 200), demand)).into_iter().collect()
}

fn experience(
    work: &Occupation,
    dice: &mut Dice,
) -> Result<Vec<Requirement<ExperienceDemand>>, InvalidValue> {
    let years = *dice.pick(&[1u8, 1, 1, 2, 2, 2, 3, 5]).unwrap_or(&1);
    let occupation = match dice.below(2) {
        0 => None,
        _ => Some(OccupationRef { text: usual_or_other(&work.names, dice)?, concept: None, boc_code: None }),
    };
    Ok(vec![of(importance(dice, 100), ExperienceDemand { years, occupation })])
}

/// Certificates may often still be obtained after the start.
fn certificates(work: &Occupation, dice: &mut Dice) -> Result<Vec<Requirement<Label>>, InvalidValue> {
    let mut asked = Vec::new();
    for name in &work.certificates {
        if dice.chance(330) {
            let weeks = *dice.pick(&[0u32, 0, 4, 6, 8, 13, 26]).unwrap_or(&0);
            let requirement = of(importance(dice, 350), name.clone());
            asked.push(Requirement { grace: GraceWeeks::new(weeks)?, ..requirement });
        }
    }
    Ok(asked)
}
