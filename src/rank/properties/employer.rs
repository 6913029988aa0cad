//! R15, R16: what an employer is told does not change with what an employer may not know.

use super::{Pair, World, hold, pair};
use crate::{
    domain::{
        candidate::CandidateProfile,
        support::{Capacity, SupportKind, SupportNeed},
        text::BoundedText,
        time::Answer,
        travel::{MeansOfTransport, ReachLimit},
    },
    rank::{
        competencies::CompetencyTable,
        generate::text,
        profile::RankingProfile,
        proposal::{EmployerView, quality},
        wording::TextLanguage,
    },
};
use proptest::prelude::*;

/// Everything that an employer is told of a pair but the band, which the score decides.
fn told(world: &World, names: &CompetencyTable, pair: &Pair, profile: &RankingProfile) -> Vec<String> {
    let (vacancy, candidate) = (world.vacancy(&pair.vacancy), world.candidate(&pair.candidate));
    let view = EmployerView::of(&vacancy, &candidate, profile, pair.as_of);
    let mut told: Vec<String> = view.skills.iter().map(|skill| skill.as_str().to_owned()).collect();
    told.push(format!("{:?}", view.hours));
    for language in [TextLanguage::Dutch, TextLanguage::English] {
        told.extend(view.qualities.iter().map(|(competency, facet, basis)| {
            quality(*competency, facet.map(|facet| facet.as_str()), *basis, language, names)
        }));
        told.extend(view.remarks.iter().map(|remark| remark.text(language, names)));
    }
    told
}

#[test]
fn r16_support_abilities_home_means_jobs_and_notes_move_the_band_at_most_and_nothing_else_that_is_told() {
    let (world, names) = (World::new(), CompetencyTable::embedded().expect("the tables are right"));
    hold(400, (pair(), world.profile()), |(pair, profile)| {
        let mut other = pair.clone();
        other.candidate.restricted = crate::domain::restricted::RestrictedData {
            advisor_notes: vec![text("een notitie")],
            target_group: Some(Answer::Yes),
            ..Default::default()
        };
        hidden(&mut other.candidate.profile);
        prop_assert_eq!(told(&world, &names, &other, &profile), told(&world, &names, &pair, &profile));
        Ok(())
    });
}

/// Another need of support, another body, another home, other means and another past employer.
fn hidden(profile: &mut CandidateProfile) {
    profile.support_needs = vec![SupportNeed {
        kind: SupportKind::JobCoach,
        needed: Answer::Yes,
        note: Some(text("een notitie")),
    }];
    profile.capacities =
        vec![Capacity { ability: text("staan"), minutes_per_day: Some(60), note: Some(text("een notitie")) }];
    profile.travel.from = None;
    profile.travel.max_km = ReachLimit::new(3).ok();
    profile.travel.means = vec![MeansOfTransport::OnFoot];
    for seen in &mut profile.observations {
        seen.note = Some(text("een notitie"));
        seen.delivery = None;
    }
    for work in &mut profile.experience {
        work.organisation = Some(text("Bakkerij Jansen"));
    }
    for course in &mut profile.courses {
        course.school = Some(text("ROC"));
    }
}

#[test]
fn no_words_of_a_person_are_told_to_an_employer() {
    let (world, names) = (World::new(), CompetencyTable::embedded().expect("the tables are right"));
    hold(400, (pair(), world.profile()), |(mut pair, profile)| {
        canary(&mut pair.candidate.profile);
        for line in told(&world, &names, &pair, &profile) {
            prop_assert!(!line.to_lowercase().contains("kanarie"), "{}", line);
        }
        Ok(())
    });
}

/// Puts a canary behind every word of a person, so that the words still match where they are looked for in part.
fn canary(profile: &mut CandidateProfile) {
    fn marked<const MAX: usize>(text: &mut BoundedText<MAX>) {
        let words = format!("{} kanarie", text.as_str());
        if let Ok(marked) = BoundedText::new(&words) {
            *text = marked;
        }
    }
    profile.presentation.iter_mut().for_each(marked);
    profile.skills.iter_mut().for_each(|skill| marked(&mut skill.text));
    let wishes = &mut profile.wishes;
    let refusals = &mut profile.refusals;
    let wished = wishes.occupations.iter_mut().chain(&mut wishes.dream_occupation);
    wished.chain(&mut refusals.occupations).for_each(|occupation| marked(&mut occupation.text));
    wishes.interests.iter_mut().chain(&mut wishes.conditions).for_each(marked);
    refusals.conditions.iter_mut().for_each(marked);
    profile.courses.iter_mut().for_each(|course| marked(&mut course.name));
    profile.registrations.iter_mut().for_each(|registration| marked(&mut registration.name));
    profile.lacking.iter_mut().for_each(marked);
    for education in &mut profile.educations {
        education.name.iter_mut().for_each(marked);
        education.description.iter_mut().for_each(marked);
        education.school.iter_mut().for_each(marked);
    }
    for work in &mut profile.experience {
        work.description.iter_mut().for_each(marked);
        work.organisation.iter_mut().for_each(marked);
        if let Some(occupation) = &mut work.occupation {
            marked(&mut occupation.text);
        }
    }
    profile.observations.iter_mut().for_each(|seen| seen.note.iter_mut().for_each(marked));
    profile.capacities.iter_mut().for_each(|capacity| marked(&mut capacity.ability));
    profile.availability.held_jobs.iter_mut().for_each(|job| job.employer_name.iter_mut().for_each(marked));
}
