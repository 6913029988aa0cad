use super::*;
use crate::domain::{
    Candidate,
    candidate::{CandidateProfile, CandidateStatus},
    education::{Course, DrivingLicence, Education, HeldLicences, Registration},
    language::LanguageProficiency,
    observation::{Dispute, Observation, Observed},
    restricted::{Benefit, LadderLevel, LadderStep, RestrictedData},
    support::SupportNeed,
    text::{CandidateId, EmployerId},
    time::{Availability, AvailableFrom, HeldJob, HoursCap, LessonSlot},
    travel::{ReachLimit, Travel},
    work::{Refusals, Wishes, WorkExperience},
};

prop_compose! {
    /// A candidate within every rule.
    pub(crate) fn candidate()(
        id in id(),
        profile in profile(),
        restricted in restricted(),
        status in choice::<CandidateStatus>(),
        ownership in ownership(),
        provenance in list(provenance()),
        delivery_state in delivery_state(),
        retain_until in opt(date()),
    ) -> Candidate {
        // Only the service marks a record as erased.
        let status = if status == CandidateStatus::Erased { CandidateStatus::Active } else { status };
        let id = CandidateId::new(id).unwrap();
        Candidate { id, profile, restricted, status, ownership, provenance, delivery_state, retain_until }
    }
}

prop_compose! {
    fn profile()(
        (presentation, wishes, refusals, availability, travel) in
            (opt(text()), wishes(), refusals(), availability(), travel()),
        (countries, contract_forms, level, skills, languages, licences) in
            (list(country()), list(contract_form()), opt(choice()), list(skill()), languages(), opt(licences())),
        (courses, registrations, lacking, educations, experience) in
            (list(course()), list(registration()), list(text()), list(education()), list(experience())),
        (observations, support_needs, capacities) in
            (list(observation()), list(support_need()), list(capacity())),
    ) -> CandidateProfile {
        CandidateProfile {
            presentation, wishes, refusals, availability, travel, countries, contract_forms, level, skills,
            languages, licences, courses, registrations, lacking, educations, experience, observations,
            support_needs, capacities,
        }
    }
}

prop_compose! {
    fn wishes()(
        occupations in list(occupation()),
        sectors in list(sbi()),
        interests in list(text()),
        dream_occupation in opt(occupation()),
        conditions in list(text()),
    ) -> Wishes {
        Wishes { occupations, sectors, interests, dream_occupation, conditions }
    }
}

prop_compose! {
    fn refusals()(
        occupations in list(occupation()),
        sectors in list(sbi()),
        shifts in list(choice()),
        conditions in list(text()),
    ) -> Refusals {
        Refusals { occupations, sectors, shifts, conditions }
    }
}

prop_compose! {
    fn availability()(
        (hours, week_pattern) in (hours_range(), list(week_slot())),
        lessons in list((week_slot(), opt(date()))),
        cap in opt((hours(), opt(date()))),
        (irregular_work, office_hours) in (opt(choice()), opt(choice())),
        (from, until) in in_order(),
        not_yet in any::<bool>(),
        held_jobs in list(held_job()),
    ) -> Availability {
        let not_yet = not_yet.then_some(AvailableFrom::NotYetKnown);
        let week_pattern = apart(week_pattern, |slot| *slot);
        let lessons = apart(lessons, |(slot, _)| *slot);
        Availability {
            hours,
            week_pattern,
            lesson_slots: lessons.into_iter().map(|(slot, until)| LessonSlot { slot, until }).collect(),
            hours_cap: cap.map(|(max, until)| HoursCap { max, until }),
            irregular_work,
            office_hours,
            from: from.map(AvailableFrom::Date).or(not_yet),
            until,
            held_jobs,
        }
    }
}

prop_compose! {
    fn held_job()(
        employer in opt(id()),
        employer_name in opt(text()),
        hours in opt(hours()),
        slots in list(week_slot()),
        plan in choice(),
    ) -> HeldJob {
        let employer = employer.map(|id| EmployerId::new(id).unwrap());
        let slots = apart(slots, |slot| *slot);
        HeldJob { employer, employer_name, hours, slots, plan }
    }
}

prop_compose! {
    fn travel()(
        from in opt(postcode()),
        km in opt(0..=999u32),
        minutes in opt(0..=999u32),
        means in list(choice()),
    ) -> Travel {
        let limit = |limit| ReachLimit::new(limit).unwrap();
        Travel { from, max_km: km.map(limit), max_minutes: minutes.map(limit), means }
    }
}

prop_compose! {
    fn languages()(entries in list((language(), levels(), opt(date())))) -> Vec<LanguageProficiency> {
        let mut seen = Vec::new();
        let mut languages = Vec::new();
        for (language, levels, assessed_on) in entries {
            if !seen.contains(&language) {
                seen.push(language);
                languages.push(LanguageProficiency { language, levels, assessed_on });
            }
        }
        languages
    }
}

prop_compose! {
    fn licences()(held in list(select(&DrivingLicence::ALL[..]))) -> HeldLicences {
        if held.is_empty() { HeldLicences::NoneAtAll } else { HeldLicences::These(held) }
    }
}

prop_compose! {
    fn course()(
        name in text(),
        (certificate_on, valid_until) in in_order(),
        (from, until) in in_order(),
        school in opt(text()),
    ) -> Course {
        Course { name, certificate_on, valid_until, from, until, school }
    }
}

prop_compose! {
    fn registration()(name in text(), valid_until in opt(date())) -> Registration {
        Registration { name, valid_until }
    }
}

prop_compose! {
    fn education()(
        (name, code, level, status, diploma) in
            (opt(text()), opt(1..=u64::MAX), opt(choice()), opt(choice()), opt(choice())),
        diploma_on in opt(date()),
        (from, until) in in_order(),
        (school, description) in (opt(text()), opt(text())),
    ) -> Education {
        Education { name, code, level, status, diploma, diploma_on, from, until, school, description }
    }
}

prop_compose! {
    fn experience()(
        occupation in opt(occupation()),
        (from, until) in in_order(),
        months in opt(0..=1_200u16),
        organisation in opt(text()),
        description in opt(text()),
    ) -> WorkExperience {
        WorkExperience { occupation, from, until, months, organisation, description }
    }
}

prop_compose! {
    fn observation()(
        observed in prop_oneof![
            quality().prop_map(Observed::Quality),
            sbi().prop_map(Observed::MotivationForSector),
            occupation().prop_map(Observed::MotivationForOccupation),
        ],
        (source, value) in (choice(), choice()),
        observed_on in opt(date()),
        note in opt(text()),
        dispute in select(vec![Dispute::Undisputed, Dispute::Disputed]),
        delivery in opt(delivery()),
    ) -> Observation {
        Observation { observed, source, value, observed_on, note, dispute, delivery }
    }
}

prop_compose! {
    fn support_need()(kind in choice(), needed in choice(), note in opt(text())) -> SupportNeed {
        SupportNeed { kind, needed, note }
    }
}

prop_compose! {
    fn restricted()(
        contact in contact(),
        benefits in list((text(), opt(date()))),
        (allowances, target_group) in (opt(choice()), opt(choice())),
        step in opt((ladder_level(), opt(date()))),
        integration_route in opt(choice()),
        advisor_notes in list(text()),
    ) -> RestrictedData {
        RestrictedData {
            contact,
            benefits: benefits.into_iter().map(|(name, until)| Benefit { name, until }).collect(),
            allowances,
            target_group,
            ladder_step: step.map(|(step, estimated_on)| LadderStep { step, estimated_on }),
            integration_route,
            advisor_notes,
        }
    }
}

fn ladder_level() -> impl Strategy<Value = LadderLevel> {
    use LadderLevel::*;
    select(vec![One, Two, Three, Four, Five, Six])
}
