//! One candidate, put together from a life.

use super::{
    Settings, background,
    book::{Book, people::Stage},
    conditions,
    life::Life,
    provenance,
    random::{Dice, Kind},
    restricted, seen,
    times::{after, availability},
};
use crate::domain::{
    Candidate, Date, InvalidValue,
    candidate::{CandidateProfile, CandidateStatus},
    contract::{AgreementKind, ContractDuration, ContractForm},
    education::WorkLevel,
    place::CountryCode,
    provenance::{DeliveryState, Ownership},
    text::{AdvisorId, CandidateId, FreeText},
    travel::{MeansOfTransport, ReachLimit, Travel},
};

/// How many advisors the region has.
const ADVISORS: u32 = 120;
/// After how many days a record is looked at again or erased.
const RETENTION_DAYS: u32 = 730;

/// Makes candidate `number`.
pub(super) fn make(book: &Book, settings: &Settings, number: usize) -> Result<Candidate, InvalidValue> {
    let mut dice = Dice::of(settings.seed, Kind::Candidate, number);
    let dice = &mut dice;
    let as_of = settings.as_of;
    let life = Life::draw(book, dice);
    let mut candidate = Candidate {
        id: CandidateId::new(format!("demo-k-{number:06}"))?,
        profile: profile(book, &life, as_of, dice)?,
        restricted: restricted::restricted(book, &life, number, as_of, dice)?,
        status: status(dice),
        ownership: ownership(book, dice)?,
        provenance: Vec::new(),
        delivery_state: DeliveryState::Current,
        retain_until: Some(after(as_of, RETENTION_DAYS)),
    };
    candidate.provenance = provenance::of_candidate(&candidate, &provenance::delivery(book, as_of));
    Ok(candidate)
}

fn status(dice: &mut Dice) -> CandidateStatus {
    match dice.below(1_000) {
        0..970 => CandidateStatus::Active,
        970..985 => CandidateStatus::Placed,
        985..995 => CandidateStatus::Withdrawn,
        _ => CandidateStatus::Restricted,
    }
}

fn ownership(book: &Book, dice: &mut Dice) -> Result<Ownership, InvalidValue> {
    let advisor = 1 + dice.below(ADVISORS);
    Ok(Ownership {
        organisation: Some(book.people.organisation.clone()),
        advisor: Some(AdvisorId::new(format!("demo-a-{advisor:03}"))?),
        team: Some(AdvisorId::new(format!("demo-t-{:02}", 1 + advisor % 12))?),
    })
}

fn profile(
    book: &Book,
    life: &Life<'_>,
    as_of: Date,
    dice: &mut Dice,
) -> Result<CandidateProfile, InvalidValue> {
    let filling = life.filling;
    let mut profile = CandidateProfile {
        wishes: conditions::wishes(book, life, dice)?,
        refusals: conditions::refusals(book, life, dice)?,
        availability: availability(book, life, as_of, dice)?,
        travel: travel(book, life, dice)?,
        capacities: conditions::capacities(book, life, dice),
        ..CandidateProfile::default()
    };
    (profile.registrations, profile.lacking) = background::registrations(book, life, as_of, dice);
    if filling.has(dice, 520) {
        profile.presentation = Some(presentation(book, life, dice)?);
    }
    if filling.has(dice, 120) {
        profile.countries.push(CountryCode::parse("NL")?);
    }
    if filling.has(dice, 400) {
        profile.contract_forms = contract_forms(life, dice);
    }
    if filling.has(dice, 560) {
        profile.level = Some(life.level.max(WorkLevel::Basic));
    }
    if filling.has(dice, 800) {
        profile.skills = background::skills(book, life, dice)?;
    }
    let spoken = if life.first_language.is_some() { 950 } else { 420 };
    if filling.has(dice, spoken) {
        profile.languages = background::languages(life, as_of, dice)?;
    }
    if filling.has(dice, 560) {
        profile.licences = Some(background::licences(book, life, dice));
    }
    if filling.has(dice, 480) {
        profile.courses = background::courses(book, life, as_of, dice);
    }
    if filling.has(dice, 600) {
        profile.educations = background::educations(book, life, as_of, dice);
    }
    if filling.has(dice, 780) {
        profile.experience = background::experience(book, life, as_of, dice)?;
    }
    if filling.has(dice, 520) {
        profile.observations = seen::observations(book, life, as_of, dice)?;
    }
    if filling.has(dice, 320) {
        profile.support_needs = conditions::support_needs(life, dice);
    }
    Ok(profile)
}

fn presentation(book: &Book, life: &Life<'_>, dice: &mut Dice) -> Result<FreeText, InvalidValue> {
    let name = |at: Option<&usize>| {
        at.and_then(|at| book.occupations[*at].names.first()).map_or("collega", |name| name.as_str())
    };
    let did = !life.past.is_empty();
    let fitting: Vec<&String> =
        life.kind.presentations.iter().filter(|text| did || !text.contains("{ervaring}")).collect();
    let mut sentences: Vec<&str> = dice.pick(&fitting).map(|text| text.as_str()).into_iter().collect();
    let count = dice.below(3) as usize;
    sentences.extend(dice.some(&book.people.presentation_endings, count).into_iter().map(String::as_str));
    let text = sentences.join(" ");
    FreeText::new(
        text.replace("{beroep}", name(life.wished.first())).replace("{ervaring}", name(life.past.first())),
    )
}

/// From home, by the means of the household, to a limit that people name in kilometres or in minutes.
fn travel(book: &Book, life: &Life<'_>, dice: &mut Dice) -> Result<Travel, InvalidValue> {
    const KILOMETRES: [u32; 8] = [5, 10, 10, 15, 15, 25, 25, 40];
    const MINUTES: [u32; 7] = [15, 20, 30, 30, 45, 45, 60];
    let filling = life.filling;
    let mut travel = Travel::default();
    let home = book.homes.people.draw(dice).postcode;
    if filling.has(dice, 850) {
        travel.from = Some(home);
    }
    if filling.has(dice, 380) {
        travel.max_km = dice.pick(&KILOMETRES).copied().map(ReachLimit::new).transpose()?;
    }
    if filling.has(dice, 330) {
        travel.max_minutes = dice.pick(&MINUTES).copied().map(ReachLimit::new).transpose()?;
    }
    if filling.has(dice, 580) {
        travel.means = book.people.means.draw(dice).clone();
        // Most status holders have no car yet.
        if life.kind.stage == Stage::StatusHolder && dice.chance(700) {
            travel.means.retain(|means| *means != MeansOfTransport::Car);
            if travel.means.is_empty() {
                travel.means.push(MeansOfTransport::Bicycle);
            }
        }
    }
    Ok(travel)
}

fn contract_forms(life: &Life<'_>, dice: &mut Dice) -> Vec<ContractForm> {
    let duration = match dice.below(3) {
        0 => Some(ContractDuration::OpenEnded),
        1 => Some(ContractDuration::FixedTerm),
        _ => None,
    };
    let mut forms = vec![ContractForm { duration, kind: Some(AgreementKind::Regular) }];
    let learns = matches!(life.kind.stage, Stage::SchoolLeaver | Stage::CareerChanger | Stage::StatusHolder);
    if learns && dice.chance(450) {
        forms.push(ContractForm { duration: None, kind: Some(AgreementKind::LearningJob) });
    }
    if matches!(life.kind.stage, Stage::LongUnemployed | Stage::StatusHolder) && dice.chance(300) {
        forms.push(ContractForm { duration: None, kind: Some(AgreementKind::WorkExperience) });
    }
    forms
}
