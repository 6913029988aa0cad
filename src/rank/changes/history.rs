//! Level, education and experience that are not known yet. What is known stays: nobody is advised another past.

use super::{Change, Situation, of_candidate};
use crate::domain::{
    education::{Education, EducationStatus},
    work::{OccupationRef, WorkExperience},
};
use crate::rank::{
    criteria::level,
    criterion::Criterion,
    reason::{Reason, ReasonCode, Value},
};

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    let (person, vacancy) = (at.pair.candidate, at.pair.vacancy);
    let asked = vacancy.level.map(|(level, _)| level);
    let highest = asked.into_iter().chain(vacancy.educations.iter().filter_map(|asked| asked.level)).max();
    if let Some(highest) = highest.filter(|_| at.candidate.level.is_none()) {
        let reason = Reason::new(ReasonCode::WithLevel, [("level", Value::Level(highest))]);
        changes.push(of_candidate(Criterion::Level, reason, "level", move |profile| {
            profile.level = Some(highest);
        }));
    }
    for asked in &vacancy.educations {
        let Some(name) = asked.name.clone().filter(|_| asked.level.is_none() && !level::has(asked, person))
        else {
            continue;
        };
        let words = Value::Words(name.as_str().to_owned());
        let reason = Reason::new(ReasonCode::WithEducation, [("education", words)]);
        changes.push(of_candidate(Criterion::Level, reason, "educations", move |profile| {
            profile.educations.push(Education {
                name: Some(name.clone()),
                status: Some(EducationStatus::Completed),
                ..Education::default()
            });
        }));
    }
    experience(at, changes);
}

fn experience(at: &Situation<'_>, changes: &mut Vec<Change>) {
    let has_a_length =
        at.pair.candidate.experience.iter().any(|work| work.spell.months(at.rules.as_of).is_some());
    let demands = at.vacancy.requirements.experience.iter().map(|demand| &demand.what);
    let Some(asked) = demands.filter(|asked| asked.years > 0).max_by_key(|asked| asked.years) else { return };
    if has_a_length {
        return;
    }
    let title = || at.vacancy.title.clone().map(|text| OccupationRef { text, concept: None, boc_code: None });
    let occupation = asked.occupation.clone().or_else(|| at.vacancy.occupation.clone()).or_else(title);
    let months = u16::from(asked.years) * 12;
    let told = Value::Months(u32::from(months));
    let reason = Reason::new(ReasonCode::WithExperience, [("counted", told)]);
    changes.push(of_candidate(Criterion::Experience, reason, "experience", move |profile| {
        profile.experience.push(WorkExperience {
            occupation: occupation.clone(),
            months: Some(months),
            ..WorkExperience::default()
        });
    }));
}
