//! One vacancy, as an employer writes it.

use super::{
    Settings,
    book::{
        Book,
        occupations::Occupation,
        work::{InventedEmployer, Spot},
    },
    life::usual_or_other,
    provenance,
    random::{Dice, Kind},
    requirements::requirements,
    times::{after, hours, range, yes_of},
};
use crate::domain::{
    InvalidValue, Vacancy,
    contract::{AgreementKind, ContractDuration, ContractForm},
    place::Place,
    provenance::Ownership,
    restricted::ContactData,
    support::{Carving, CarvingWay, SupportOffer},
    text::{AdvisorId, FreeText, Label, Name, VacancyId},
    time::{Answer, Shift},
    travel::MeansOfTransport,
    vacancy::{Employer, Offer, Schedule},
    work::OccupationRef,
};

/// How many advisors keep contact with employers.
const EMPLOYER_ADVISORS: u32 = 30;

/// Makes vacancy `number`.
pub(super) fn make(book: &Book, settings: &Settings, number: usize) -> Result<Vacancy, InvalidValue> {
    let mut dice = Dice::of(settings.seed, Kind::Vacancy, number);
    let dice = &mut dice;
    let as_of = settings.as_of;
    let work = &book.occupations[*book.occupations.by_demand().draw(dice)];
    let employer = book.employers.of_family(&work.family, dice);
    // Some employers have work in a second place.
    let spot = match employer {
        Some(employer) if dice.chance(750) => &employer.spot,
        _ => book.homes.work.draw(dice),
    };
    let kind = agreement(dice);
    let weekly = weekly_hours(work, dice);
    let mut vacancy = Vacancy::new(VacancyId::new(format!("demo-v-{number:06}"))?);
    let facts = Facts { book, work, employer, spot, kind, weekly };
    vacancy.title = Some(facts.title(dice)?);
    vacancy.description = Some(facts.description(dice)?).filter(|_| dice.chance(930));
    if dice.chance(600) {
        let count = dice.between(2, 5) as usize;
        vacancy.tasks = dice.some(&work.tasks, count).into_iter().cloned().collect();
    }
    let text = usual_or_other(&work.names, dice)?;
    vacancy.occupation = dice.chance(900).then_some(OccupationRef { text, concept: None, boc_code: None });
    vacancy.employer = facts.employer(dice)?;
    vacancy.sector = dice.pick(&work.sbi).filter(|_| dice.chance(850)).copied();
    vacancy.place = Place {
        postcode: Some(spot.postcode).filter(|_| dice.chance(930)),
        name: Some(spot.name.clone()),
        country: None,
    };
    vacancy.schedule = facts.schedule(dice)?;
    vacancy.requirements = requirements(book, work, dice)?;
    vacancy.contract_forms = facts.contract_forms(dice);
    vacancy.offer = facts.offer(dice);
    vacancy.carving = carving(facts.weekly, dice)?;
    vacancy.starts_on = dice.chance(550).then(|| after(as_of, dice.between(0, 100)));
    vacancy.closes_on = dice.chance(700).then(|| after(as_of, dice.between(3, 90)));
    vacancy.ownership = Ownership {
        organisation: Some(book.people.organisation.clone()),
        advisor: Some(AdvisorId::new(format!("demo-b-{:02}", 1 + dice.below(EMPLOYER_ADVISORS)))?),
        team: None,
    };
    vacancy.provenance = provenance::of_vacancy(&vacancy, &provenance::delivery(book, as_of));
    Ok(vacancy)
}

fn agreement(dice: &mut Dice) -> AgreementKind {
    match dice.below(100) {
        0..88 => AgreementKind::Regular,
        88..96 => AgreementKind::LearningJob,
        96..98 => AgreementKind::WorkExperience,
        _ => AgreementKind::Voluntary,
    }
}

/// Fewest and most hours a week, in steps of four within what is usual for the work.
fn weekly_hours(work: &Occupation, dice: &mut Dice) -> (u32, u32) {
    let (fewest, most) = work.hours;
    let steps = most.saturating_sub(fewest) / 4;
    let from = fewest + 4 * dice.below(steps / 2 + 1);
    let to = (from + 4 * dice.between(0, 3)).min(most.max(from));
    (from, to)
}

fn carving((_, most): (u32, u32), dice: &mut Dice) -> Result<Option<Carving>, InvalidValue> {
    const WAYS: [CarvingWay; 3] = [CarvingWay::Hours, CarvingWay::Tasks, CarvingWay::TimeFrame];
    match dice.below(4) {
        0 => {
            let least = *dice.pick(&[8, 12, 16]).unwrap_or(&8);
            let min_hours = if dice.chance(500) { Some(hours(least.min(most))?) } else { None };
            let count = dice.between(1, 3) as usize;
            let ways = dice.some(&WAYS, count).into_iter().copied().collect();
            Ok(Some(Carving { allowed: Answer::Yes, min_hours, ways }))
        }
        1 => Ok(Some(Carving { allowed: Answer::No, min_hours: None, ways: Vec::new() })),
        _ => Ok(None),
    }
}

/// What the texts and the other parts of one vacancy have in common.
struct Facts<'b> {
    book: &'b Book,
    work: &'b Occupation,
    employer: Option<&'b InventedEmployer>,
    spot: &'b Spot,
    kind: AgreementKind,
    weekly: (u32, u32),
}

impl Facts<'_> {
    fn title(&self, dice: &mut Dice) -> Result<Label, InvalidValue> {
        let adverts = &self.book.adverts;
        let learns = self.kind == AgreementKind::LearningJob;
        let ways = if learns { &adverts.learning_titles } else { &adverts.titles };
        let name = usual_or_other(&self.work.names, dice)?;
        let way = dice.pick(ways).map_or("{Beroep}", String::as_str);
        let title = self.filled(way, name.as_str());
        // A title that is too long for a list of vacancies is only the name.
        Label::new(&title).or(Ok(name))
    }

    /// Two to five short sentences.
    fn description(&self, dice: &mut Dice) -> Result<FreeText, InvalidValue> {
        let adverts = &self.book.adverts;
        let mut sentences: Vec<&String> = Vec::new();
        sentences.extend(dice.pick(&adverts.openings));
        sentences.extend(dice.pick(&adverts.task_sentences));
        let about = dice.between(0, 2) as usize;
        sentences.extend(dice.some(&self.work.sentences, about));
        let offered = dice.between(0, 1) as usize;
        sentences.extend(dice.some(&adverts.offers, offered));
        sentences.extend(dice.pick(&adverts.closings).filter(|_| about + offered < 3 && dice.chance(300)));
        let name = usual_or_other(&self.work.names, dice)?;
        let texts: Vec<String> = sentences.iter().map(|text| self.filled(text, name.as_str())).collect();
        FreeText::new(texts.join(" "))
    }

    /// A template with its gaps filled.
    fn filled(&self, template: &str, name: &str) -> String {
        let (fewest, most) = self.weekly;
        let hours = if fewest == most { format!("{most} uur") } else { format!("{fewest}-{most} uur") };
        let task =
            |at: usize| self.work.tasks.get(at).or(self.work.tasks.first()).map_or("", |task| task.as_str());
        let employer = self.employer.map_or("Een werkgever", |employer| employer.name.as_str());
        template
            .replace("{Beroep}", &capitalised(name))
            .replace("{beroep}", name)
            .replace("{uren}", &hours)
            .replace("{plaats}", self.spot.name.as_str())
            .replace("{werkgever}", employer)
            .replace("{taak1}", task(0))
            .replace("{taak2}", task(1))
            .replace("{taak3}", task(2))
    }

    fn employer(&self, dice: &mut Dice) -> Result<Employer, InvalidValue> {
        let Some(invented) = self.employer else { return Ok(Employer::default()) };
        let mut contact = ContactData::default();
        if dice.chance(500) {
            contact.emails.push(Name::new(format!("werkgever-{:04}@example.org", invented.number))?);
        }
        let count = dice.between(1, 2) as usize;
        Ok(Employer {
            id: Some(invented.id.clone()),
            name: Some(invented.name.clone()),
            sectors: vec![invented.sbi],
            contact,
            application_ways: dice
                .some(&self.book.adverts.application_ways, count)
                .into_iter()
                .cloned()
                .collect(),
        })
    }

    fn schedule(&self, dice: &mut Dice) -> Result<Schedule, InvalidValue> {
        let (fewest, most) = self.weekly;
        let mut schedule = Schedule::default();
        if dice.chance(920) {
            schedule.hours = range(fewest, most)?;
        }
        if dice.chance(650) {
            let likely = |place: usize| if place == 0 { 950 } else { 550 };
            let shifts = self.work.shifts.iter().enumerate();
            schedule.shifts =
                shifts.filter(|(place, _)| dice.chance(likely(*place))).map(|(_, shift)| *shift).collect();
        }
        if dice.chance(300) {
            let shift = schedule.shifts.first().or(self.work.shifts.first()).copied().unwrap_or(Shift::Day);
            schedule.week_pattern = self.book.adverts.week(shift, dice).cloned().unwrap_or_default();
        }
        if dice.chance(400) {
            let irregular =
                self.work.shifts.iter().any(|shift| matches!(shift, Shift::Night | Shift::Irregular));
            schedule.irregular_work = Some(yes_of(dice, if irregular { 800 } else { 150 }));
        }
        if dice.chance(250) {
            let by_day = self.work.shifts == [Shift::Day];
            schedule.office_hours = Some(yes_of(dice, if by_day { 800 } else { 100 }));
        }
        Ok(schedule)
    }

    fn contract_forms(&self, dice: &mut Dice) -> Vec<ContractForm> {
        if self.kind == AgreementKind::Regular && !dice.chance(650) {
            return Vec::new();
        }
        let durations = [Some(ContractDuration::FixedTerm), Some(ContractDuration::OpenEnded), None];
        let duration = dice.pick(&durations).copied().flatten();
        vec![ContractForm { duration, kind: Some(self.kind) }]
    }

    fn offer(&self, dice: &mut Dice) -> Offer {
        let adverts = &self.book.adverts;
        let mut offer = Offer {
            conditions_text: dice.pick(&adverts.conditions_texts).filter(|_| dice.chance(450)).cloned(),
            salary_text: dice.pick(&adverts.salaries).filter(|_| dice.chance(550)).cloned(),
            ..Offer::default()
        };
        if dice.chance(500) {
            let count = dice.between(1, 3) as usize;
            offer.conditions = dice.some(&self.work.conditions, count).into_iter().cloned().collect();
        }
        if dice.chance(380) {
            let count = dice.between(1, 3) as usize;
            for kind in dice.some(&adverts.support, count) {
                let offered = yes_of(dice, 880);
                let note =
                    dice.pick(&adverts.support_notes).filter(|_| offered == Answer::Yes && dice.chance(300));
                offer.support.push(SupportOffer { kind: *kind, offered, note: note.cloned() });
            }
        }
        if dice.chance(300) {
            offer.capacities_asked = self.work.capacities.clone();
        }
        let drives = self.work.licences.iter().any(|asked| asked.what.code() == "B");
        if drives && dice.chance(200) {
            offer.transport_for_work.push(MeansOfTransport::Car);
        }
        if dice.chance(60) {
            offer.target_group = Some(yes_of(dice, 600));
        }
        offer
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
