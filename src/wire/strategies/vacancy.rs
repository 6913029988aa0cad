use super::*;
use crate::domain::{
    Vacancy,
    education::DrivingLicence,
    place::Place,
    requirement::{
        EducationDemand, ExperienceDemand, GraceWeeks, Importance, LanguageDemand, LaterLevel, Requirement,
        Requirements, UnscoredRequirement,
    },
    support::{Carving, SupportOffer},
    text::{EmployerId, FreeText, VacancyId},
    time::Answer,
    vacancy::{Employer, Offer, Schedule},
};

prop_compose! {
    /// A vacancy within every rule.
    pub(crate) fn vacancy()(
        (id, title, number, description, tasks) in (id(), opt(text()), opt(text()), opt(text()), list(text())),
        (occupation, employer, sector, place) in (opt(occupation()), employer(), opt(sbi()), place()),
        (schedule, requirements, offer) in (schedule(), requirements(), offer()),
        (contract_forms, carving) in (list(contract_form()), opt(carving())),
        (starts_on, ends_on) in in_order(),
        closes_on in opt(date()),
        status in choice(),
        ownership in ownership(),
        provenance in list(provenance()),
        delivery_state in delivery_state(),
    ) -> Vacancy {
        let id = VacancyId::new(id).unwrap();
        let most = schedule.hours.and_then(|hours| hours.max());
        let fits = |carving: &Carving| carving.min_hours.is_none_or(|least| most.is_none_or(|most| least <= most));
        let carving = carving.filter(fits);
        Vacancy {
            id, title, number, description, tasks, occupation, employer, sector, place, schedule, requirements,
            contract_forms, offer, carving, starts_on, ends_on, closes_on, status, ownership, provenance,
            delivery_state,
        }
    }
}

prop_compose! {
    fn employer()(
        id in opt(id()),
        name in opt(text()),
        sectors in list(sbi()),
        contact in contact(),
        application_ways in list(text()),
    ) -> Employer {
        Employer { id: id.map(|id| EmployerId::new(id).unwrap()), name, sectors, contact, application_ways }
    }
}

prop_compose! {
    fn place()(postcode in opt(postcode()), name in opt(text()), country in opt(country())) -> Place {
        Place { postcode, name, country }
    }
}

prop_compose! {
    fn schedule()(
        hours in hours_range(),
        week_pattern in list(week_slot()),
        shifts in list(choice()),
        irregular_work in opt(choice()),
        office_hours in opt(choice()),
    ) -> Schedule {
        Schedule { hours, week_pattern, shifts, irregular_work, office_hours }
    }
}

fn no_law() -> impl Strategy<Value = Importance> {
    select(vec![Importance::Could, Importance::Should, Importance::Must])
}

fn plain<T: Debug + 'static>(what: impl Strategy<Value = T>) -> impl Strategy<Value = Requirement<T>> {
    (what, no_law()).prop_map(|(what, importance)| Requirement {
        what,
        importance,
        grace: GraceWeeks::default(),
    })
}

fn graced<T: Debug + 'static>(
    what: impl Strategy<Value = T>,
    importance: impl Strategy<Value = Importance>,
) -> impl Strategy<Value = Requirement<T>> {
    (what, importance, 0..=104u32).prop_map(|(what, importance, weeks)| Requirement {
        what,
        importance,
        grace: GraceWeeks::new(weeks).unwrap(),
    })
}

prop_compose! {
    fn requirements()(
        (skills, competencies, languages) in
            (list(graced(skill(), no_law())), list(graced(quality(), no_law())), list(plain(language_demand()))),
        (level, educations, experience) in
            (opt(plain(choice())), list(plain(education_demand())), list(plain(experience_demand()))),
        licences in list(graced(select(&DrivingLicence::ALL[..]), choice())),
        (certificates, registrations) in (list(graced(text(), choice())), list(graced(text(), choice()))),
        unscored in list((written(), text())),
    ) -> Requirements {
        let unscored = unscored.into_iter().map(|(field, text)| UnscoredRequirement { field, text }).collect();
        without_contradictions(Requirements {
            skills, competencies, languages, level, educations, experience, licences, certificates,
            registrations, unscored,
        })
    }
}

/// Takes out what contradicts what was asked before it.
fn without_contradictions(mut asked: Requirements) -> Requirements {
    while let Some(found) = asked.contradictions().first() {
        let entry = found.entry;
        match found.list {
            "competencies" => drop(asked.competencies.remove(entry)),
            "languages" => drop(asked.languages.remove(entry)),
            "licences" => drop(asked.licences.remove(entry)),
            "certificates" => drop(asked.certificates.remove(entry)),
            _ => drop(asked.registrations.remove(entry)),
        }
    }
    asked
}

prop_compose! {
    fn language_demand()(
        language in prop_oneof![Just(LanguageCode::DUTCH), language()],
        at_start in levels(),
        certain in choice(),
        later in opt((1..=60u16, levels(), choice())),
        reason in text(),
    ) -> LanguageDemand {
        let reason: FreeText = reason;
        let later = later.map(|(after_months, levels, certain)| LaterLevel {
            after_months,
            levels: LevelPerSkill { reading: Some(certain), ..levels },
        });
        let at_start = LevelPerSkill { speaking: Some(certain), ..at_start };
        LanguageDemand::new(language, at_start, later, Some(reason)).unwrap()
    }
}

prop_compose! {
    fn education_demand()(
        name in text(),
        code in opt(1..=u64::MAX),
        level in opt(choice()),
        diploma in opt(choice()),
    ) -> EducationDemand {
        EducationDemand { name: Some(name), code, level, diploma }
    }
}

prop_compose! {
    fn experience_demand()(years in 0..=99u8, occupation in opt(occupation())) -> ExperienceDemand {
        ExperienceDemand { years, occupation }
    }
}

prop_compose! {
    fn offer()(
        (conditions_text, salary_text, conditions) in (opt(text()), opt(text()), list(text())),
        support in list((choice(), choice(), opt(text()))),
        capacities_asked in list(capacity()),
        transport_for_work in list(choice()),
        target_group in opt(choice()),
    ) -> Offer {
        let support =
            support.into_iter().map(|(kind, offered, note)| SupportOffer { kind, offered, note }).collect();
        Offer {
            conditions_text, salary_text, conditions, support, capacities_asked, transport_for_work, target_group,
        }
    }
}

prop_compose! {
    fn carving()(allowed in choice(), min_hours in opt(hours()), ways in list(choice())) -> Carving {
        let is_split = allowed == Answer::Yes;
        let min_hours = min_hours.filter(|least| is_split && least.minutes() > 0);
        Carving { allowed, min_hours, ways: if is_split { ways } else { Vec::new() } }
    }
}
