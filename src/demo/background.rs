//! What somebody learned and did: languages, skills, school, courses, licences, work so far.

use super::{
    book::{
        Book,
        occupations::Occupation,
        people::{People, Stage},
        words::Wording,
    },
    life::{Life, misspelt},
    random::Dice,
    times::{after, before},
};
use crate::domain::{
    Date, InvalidValue,
    education::{
        Course, DrivingLicence, Education, EducationLevel, EducationStatus, HeldLicences, Registration,
    },
    language::{CefrLevel, LanguageCode, LanguageProficiency, LevelPerSkill},
    requirement::Importance,
    text::Label,
    time::Answer,
    work::{SkillRef, WorkExperience},
};

/// From low to high.
const LEVELS: [CefrLevel; 7] =
    [CefrLevel::A0, CefrLevel::A1, CefrLevel::A2, CefrLevel::B1, CefrLevel::B2, CefrLevel::C1, CefrLevel::C2];
/// Certificates are valid for so many years, then they are done again.
const VALID_YEARS: u32 = 5;

/// Languages, each once.
pub(super) fn languages(
    life: &Life<'_>,
    as_of: Date,
    dice: &mut Dice,
) -> Result<Vec<LanguageProficiency>, InvalidValue> {
    let mut known: Vec<LanguageProficiency> = Vec::new();
    let mut add = |language: LanguageCode, levels: LevelPerSkill, assessed_on: Option<Date>| {
        if !known.iter().any(|one| one.language == language) {
            known.push(LanguageProficiency { language, levels, assessed_on });
        }
    };
    if let Some(first) = life.first_language {
        let level = if dice.chance(700) { CefrLevel::C2 } else { CefrLevel::C1 };
        add(
            first,
            LevelPerSkill { listening: Some(level), speaking: Some(level), ..around(level, dice) },
            None,
        );
    }
    let dutch = match (life.route, life.first_language) {
        (Some(route), _) => dice.pick(&route.dutch).copied().unwrap_or(CefrLevel::A1),
        (None, Some(_)) if life.kind.stage == Stage::StatusHolder => CefrLevel::B1,
        (None, Some(_)) => {
            *dice.pick(&[CefrLevel::B1, CefrLevel::B2, CefrLevel::C1]).unwrap_or(&CefrLevel::B2)
        }
        (None, None) => CefrLevel::C2,
    };
    let tested = life.route.is_some().then(|| before(as_of, dice.between(5, 330)));
    add(LanguageCode::DUTCH, around(dutch, dice), tested);
    if dice.chance(450) {
        let level = *dice.pick(&LEVELS[2..6]).unwrap_or(&CefrLevel::A2);
        add(LanguageCode::ENGLISH, around(level, dice), None);
    }
    if dice.chance(if life.first_language.is_none() { 300 } else { 60 }) {
        let level = *dice.pick(&LEVELS[1..6]).unwrap_or(&CefrLevel::A2);
        add(LanguageCode::parse("deu")?, around(level, dice), None);
    }
    Ok(known)
}

/// Levels per skill around one level: listening may be ahead, writing may be behind or unknown.
fn around(level: CefrLevel, dice: &mut Dice) -> LevelPerSkill {
    let place = LEVELS.iter().position(|one| *one == level).unwrap_or(0);
    let ahead = LEVELS.get(place + usize::from(dice.chance(250))).copied();
    let behind = LEVELS.get(place.saturating_sub(usize::from(dice.chance(350)))).copied();
    LevelPerSkill {
        listening: ahead.or(Some(level)),
        reading: dice.chance(850).then_some(level),
        speaking: Some(level),
        writing: behind.filter(|_| dice.chance(800)),
    }
}

/// Skills from the work so far; of who has not worked yet, from the wished work.
pub(super) fn skills(book: &Book, life: &Life<'_>, dice: &mut Dice) -> Result<Vec<SkillRef>, InvalidValue> {
    let mut named: Vec<SkillRef> = Vec::new();
    let mut seen: Vec<&Wording> = Vec::new();
    let sources = if life.past.is_empty() { life.wished.get(..1).unwrap_or_default() } else { &life.past };
    for (age, at) in sources.iter().enumerate() {
        let most = if age == 0 { 8 } else { 4 };
        let count = dice.between(2, most) as usize;
        for wording in dice.some(&book.occupations[*at].skills, count) {
            if seen.iter().any(|other| other.usual == wording.usual) {
                continue;
            }
            seen.push(wording);
            named.push(SkillRef { text: misspelt(own_words(wording, dice), dice)?, concept: None });
        }
    }
    Ok(named)
}

fn own_words(wording: &Wording, dice: &mut Dice) -> Label {
    match dice.pick(&wording.others) {
        Some(other) if dice.chance(400) => other.clone(),
        _ => wording.usual.clone(),
    }
}

/// Work so far, the latest first; dates, months or neither, as files have it.
pub(super) fn experience(
    book: &Book,
    life: &Life<'_>,
    as_of: Date,
    dice: &mut Dice,
) -> Result<Vec<WorkExperience>, InvalidValue> {
    let people = &book.people;
    let months = 12 * dice.between(life.kind.years.0, life.kind.years.1) + dice.below(12);
    let each = months / u32::try_from(life.past.len()).unwrap_or(1).max(1);
    let still_there = life.kind.stage == Stage::PartTimer;
    let gap = match life.kind.stage {
        Stage::PartTimer => 0,
        Stage::LongUnemployed | Stage::Returner => dice.between(14, 110),
        Stage::StatusHolder => dice.between(20, 90),
        _ => dice.between(1, 12),
    };
    let mut end = before(as_of, gap * 30 + 1);
    let mut done = Vec::with_capacity(life.past.len());
    for (age, at) in life.past.iter().enumerate() {
        let months = (each / 2 + dice.below(each + 1)).max(2);
        let begin = before(end, months * 30);
        let dated = life.filling.has(dice, 650);
        let current = still_there && age == 0;
        let counted = !dated && dice.chance(500);
        done.push(WorkExperience {
            occupation: Some(life.words_for(&book.occupations[*at], dice)?),
            from: dated.then_some(begin),
            until: (dated && !current).then_some(end),
            months: if counted { u16::try_from(months).ok() } else { None },
            organisation: dice.pick(&people.former_employers).filter(|_| dice.chance(350)).cloned(),
            description: dice.pick(&people.experience_texts).filter(|_| dice.chance(250)).cloned(),
        });
        end = before(begin, dice.between(5, 200));
    }
    Ok(done)
}

/// School, with or without the diploma.
pub(super) fn educations(book: &Book, life: &Life<'_>, as_of: Date, dice: &mut Dice) -> Vec<Education> {
    let Some(work) = life.past.first().or(life.wished.first()) else { return Vec::new() };
    let reached = |level: EducationLevel| level.work_level().is_none_or(|level| level <= life.level);
    let fitting: Vec<_> =
        book.occupations[*work].educations.iter().filter(|one| reached(one.level)).collect();
    let Some(school) = dice.pick(&fitting) else { return Vec::new() };
    let stage = life.kind.stage;
    let ended = before(
        as_of,
        if stage == Stage::SchoolLeaver { dice.between(20, 500) } else { dice.between(900, 9_000) },
    );
    let status = match dice.below(10) {
        0..7 => EducationStatus::Completed,
        7..9 => EducationStatus::BrokenOff,
        _ => EducationStatus::Ongoing,
    };
    let diploma = (status == EducationStatus::Completed).then(|| {
        // Abroad there may be a diploma that is not recognised here.
        if stage == Stage::StatusHolder && dice.chance(500) { Answer::No } else { Answer::Yes }
    });
    vec![Education {
        name: Some(school.name.clone()),
        level: Some(school.level),
        status: life.filling.has(dice, 700).then_some(status),
        diploma,
        diploma_on: (diploma == Some(Answer::Yes) && life.filling.has(dice, 400)).then_some(ended),
        until: (status != EducationStatus::Ongoing && life.filling.has(dice, 400)).then_some(ended),
        ..Education::default()
    }]
}

/// Certificates that go with the work so far, some of them expired, and other courses.
pub(super) fn courses(book: &Book, life: &Life<'_>, as_of: Date, dice: &mut Dice) -> Vec<Course> {
    let mut courses: Vec<Course> = Vec::new();
    for name in life.past.iter().flat_map(|at| &book.occupations[*at].certificates) {
        if courses.iter().all(|one| one.name != *name) && dice.chance(380) {
            courses.push(certificate(name, as_of, dice));
        }
    }
    if courses.is_empty() || dice.chance(250) {
        courses.extend(
            dice.pick(&book.people.other_courses)
                .map(|name| Course { valid_until: None, ..certificate(name, as_of, dice) }),
        );
    }
    courses
}

fn certificate(name: &Label, as_of: Date, dice: &mut Dice) -> Course {
    let on = before(as_of, dice.between(20, 2_400));
    let dated = dice.chance(700);
    Course {
        name: name.clone(),
        certificate_on: dated.then_some(on),
        valid_until: (dated && dice.chance(700)).then(|| after(on, 365 * VALID_YEARS)),
        from: None,
        until: None,
        school: None,
    }
}

/// Registrations of the work so far, and what is known to be lacking.
pub(super) fn registrations(
    book: &Book,
    life: &Life<'_>,
    as_of: Date,
    dice: &mut Dice,
) -> (Vec<Registration>, Vec<Label>) {
    let (mut held, mut lacking): (Vec<Registration>, Vec<Label>) = (Vec::new(), Vec::new());
    for asked in life.past.iter().flat_map(|at| &book.occupations[*at].registrations) {
        let twice = held.iter().any(|one| one.name == asked.what) || lacking.contains(&asked.what);
        if twice || !life.filling.has(dice, 550) {
            continue;
        }
        // Who worked as a nurse abroad is not registered here.
        let abroad = life.kind.stage == Stage::StatusHolder && asked.importance == Importance::Legal;
        if abroad || dice.chance(60) {
            lacking.push(asked.what.clone());
            continue;
        }
        let valid_until = dice.chance(500).then(|| after(as_of, dice.between(30, 1_500)));
        held.push(Registration { name: asked.what.clone(), valid_until });
    }
    (held, lacking)
}

/// Driving licences: what the work so far needed, else what people of this stage tend to have.
pub(super) fn licences(book: &Book, life: &Life<'_>, dice: &mut Dice) -> HeldLicences {
    let of_work = |work: &Occupation| work.licences.iter().map(|asked| asked.what).collect::<Vec<_>>();
    let mut held: Vec<DrivingLicence> =
        life.past.iter().flat_map(|at| of_work(&book.occupations[*at])).collect();
    let usual = if life.kind.stage == Stage::StatusHolder { 250 } else { 700 };
    if dice.chance(usual) {
        held.push(DrivingLicence::B);
    }
    held.sort_unstable();
    held.dedup();
    if held.is_empty() || (life.kind.stage == Stage::StatusHolder && dice.chance(400)) {
        return HeldLicences::NoneAtAll;
    }
    HeldLicences::These(held)
}

/// What somebody likes.
pub(super) fn interests(people: &People, dice: &mut Dice) -> Vec<Label> {
    let count = dice.between(1, 4) as usize;
    dice.some(&people.interests, count).into_iter().cloned().collect()
}
