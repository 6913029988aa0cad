//! Generated candidates.

use super::*;

fn wishes() -> impl Strategy<Value = Wishes> {
    let dream = option::weighted(0.2, occupation());
    (few(occupation()), few(sector()), few(label(&INTERESTS)), dream, few(label(&CONDITIONS))).prop_map(
        |(occupations, sectors, interests, dream_occupation, conditions)| Wishes {
            occupations,
            sectors,
            interests,
            dream_occupation,
            conditions,
        },
    )
}

fn refusals() -> impl Strategy<Value = Refusals> {
    let some = (few(occupation()), few(sector()), few(shift()), few(label(&CONDITIONS))).prop_map(
        |(occupations, sectors, shifts, conditions)| Refusals { occupations, sectors, shifts, conditions },
    );
    prop_oneof![3 => Just(Refusals::default()).boxed(), 1 => some.boxed()]
}

fn availability() -> impl Strategy<Value = Availability> {
    let cap = (select(&[0.0, 8.0, 16.0, 20.0, 99.0][..]), option::of(date()))
        .prop_map(|(most, until)| HoursCap { max: hours(most), until });
    let job = (
        option::weighted(0.6, employer()),
        option::weighted(0.8, select(&[0.0, 8.0, 12.0, 20.0, 24.0][..])),
        few(week_slot()),
        any::<bool>(),
    )
        .prop_map(|(employer, amount, slots, kept)| HeldJob {
            employer,
            employer_name: None,
            hours: amount.map(hours),
            slots,
            plan: if kept { HeldJobPlan::Keep } else { HeldJobPlan::Open },
        });
    let lesson = (week_slot(), option::of(date())).prop_map(|(slot, until)| LessonSlot { slot, until });
    let from = prop_oneof![4 => date().prop_map(AvailableFrom::Date), 1 => Just(AvailableFrom::NotYetKnown)];
    let jobs = prop_oneof![3 => Just(Vec::new()).boxed(), 2 => vec(job, 1..=3).boxed()];
    (
        (hours_range(), option::weighted(0.25, cap), answer(), option::weighted(0.3, any::<bool>())),
        (week_pattern(), few(lesson)),
        (option::weighted(0.4, from), option::weighted(0.2, date()), jobs),
    )
        .prop_map(|((hours, hours_cap, irregular_work, office), (week_pattern, lesson_slots), rest)| {
            let (from, until, held_jobs) = rest;
            let until = until.filter(|until| match from {
                Some(AvailableFrom::Date(from)) => from <= *until,
                _ => true,
            });
            let office_hours = office.map(|yes| if yes { Answer::Yes } else { Answer::No });
            Availability {
                hours,
                week_pattern,
                lesson_slots,
                hours_cap,
                irregular_work,
                office_hours,
                from,
                until,
                held_jobs,
            }
        })
}

/// All means of transport.
pub(crate) const MEANS: [MeansOfTransport; 7] = [
    MeansOfTransport::Car,
    MeansOfTransport::Moped,
    MeansOfTransport::Bicycle,
    MeansOfTransport::Motorcycle,
    MeansOfTransport::PublicTransport,
    MeansOfTransport::OnFoot,
    MeansOfTransport::Other,
];

fn travel() -> impl Strategy<Value = Travel> {
    let limit = || {
        option::of(
            select(&[0, 1, 5, 10, 25, 45, 90, 999][..])
                .prop_map(|limit| ReachLimit::new(limit).expect("a limit of this file is valid")),
        )
    };
    (option::of(select(&POSTCODES[..]).prop_map(postcode)), limit(), limit(), few(select(&MEANS[..])))
        .prop_map(|(from, max_km, max_minutes, means)| Travel { from, max_km, max_minutes, means })
}

fn held_licences() -> impl Strategy<Value = Option<HeldLicences>> {
    prop_oneof![
        3 => Just(None).boxed(),
        1 => Just(Some(HeldLicences::NoneAtAll)).boxed(),
        2 => vec(select(&DrivingLicence::ALL[..]), 0..=2).prop_map(|held| Some(HeldLicences::These(held))).boxed(),
    ]
}

fn course() -> impl Strategy<Value = Course> {
    let some_day = || option::weighted(0.3, date());
    let name = prop_oneof![3 => label(&PAPERS), 1 => label(&SKILLS)];
    (name, some_day(), some_day(), some_day(), some_day()).prop_map(
        |(name, certificate_on, valid_until, from, until)| Course {
            name,
            certificate_on,
            valid_until,
            from,
            until,
            school: None,
        },
    )
}

fn registration() -> impl Strategy<Value = Registration> {
    (label(&PAPERS), option::weighted(0.3, date()))
        .prop_map(|(name, valid_until)| Registration { name, valid_until })
}

pub(super) const EDUCATION_LEVELS: [EducationLevel; 7] = [
    EducationLevel::Primary,
    EducationLevel::Vmbo,
    EducationLevel::HavoVwo,
    EducationLevel::Mbo,
    EducationLevel::Hbo,
    EducationLevel::Wo,
    EducationLevel::Other,
];

fn education() -> impl Strategy<Value = Education> {
    let status =
        select(&[EducationStatus::Completed, EducationStatus::BrokenOff, EducationStatus::Ongoing][..]);
    (option::of(label(&EDUCATIONS)), option::of(select(&EDUCATION_LEVELS[..])), option::of(status), answer())
        .prop_map(|(name, level, status, diploma)| Education {
            name,
            level,
            status,
            diploma,
            ..Education::default()
        })
}

fn experience() -> impl Strategy<Value = WorkExperience> {
    let months = option::weighted(0.4, select(&[0, 1, 7, 24, 25, 130, 1_188][..]));
    let told = option::weighted(0.2, select(&TEXTS[..]).prop_map(text));
    (option::of(occupation()), option::of(date()), option::of(date()), months, told).prop_map(
        |(occupation, from, until, months, description)| WorkExperience {
            occupation,
            from,
            until,
            months,
            description,
            ..WorkExperience::default()
        },
    )
}

/// A candidate with an id.
pub(crate) fn candidate(id: &str) -> impl Strategy<Value = Candidate> + use<> {
    let id = CandidateId::new(id).expect("the id is valid");
    let proficiency = (language(), levels()).prop_map(|(language, levels)| LanguageProficiency {
        language,
        levels,
        assessed_on: None,
    });
    let wants = (
        wishes().boxed(),
        refusals().boxed(),
        availability().boxed(),
        travel().boxed(),
        few(contract_form()),
    );
    let can = (
        option::of(select(&WorkLevel::ALL[..])),
        few(skill()),
        few(proficiency),
        held_licences(),
        few(course()),
        few(registration()),
        few(label(&PAPERS)),
        few(education()),
        few(experience()),
        prop_oneof![1 => few(observation()).boxed(), 1 => vec(observation(), 3..10).boxed()],
    );
    let told = option::weighted(0.3, select(&TEXTS[..]).prop_map(text));
    let need = (select(&SupportKind::ALL[..]), select(&[Answer::Yes, Answer::Yes, Answer::No][..]))
        .prop_map(|(kind, needed)| SupportNeed { kind, needed, note: None });
    let body = (few(need), few(capacity()));
    let emptiness = prop_oneof![1 => Just(true), 12 => Just(false)];
    // In boxes, or the tree of values outgrows the stack of a thread.
    (wants.boxed(), can.boxed(), told, body.boxed(), emptiness).prop_map(
        move |(wants, can, told, body, is_empty)| {
            let mut candidate = Candidate::new(id.clone());
            if is_empty {
                return candidate;
            }
            let profile = &mut candidate.profile;
            (
                profile.wishes,
                profile.refusals,
                profile.availability,
                profile.travel,
                profile.contract_forms,
            ) = wants;
            (
                profile.level,
                profile.skills,
                profile.languages,
                profile.licences,
                profile.courses,
                profile.registrations,
                profile.lacking,
                profile.educations,
                profile.experience,
                profile.observations,
            ) = can;
            profile.presentation = told;
            (profile.support_needs, profile.capacities) = body;
            candidate
        },
    )
}

/// A candidate with an id who may be outside the pool.
pub(crate) fn candidate_of_any_status(id: &str) -> impl Strategy<Value = Candidate> + use<> {
    let status = prop_oneof![
        12 => Just(CandidateStatus::Active),
        1 => Just(CandidateStatus::Placed),
        1 => Just(CandidateStatus::Withdrawn),
        1 => Just(CandidateStatus::Restricted),
        1 => Just(CandidateStatus::Erased),
    ];
    let state = prop_oneof![
        12 => Just(DeliveryState::Current),
        1 => Just(DeliveryState::NotDelivered { since: day((2026, 1, 1)) }),
    ];
    (candidate(id), status, state).prop_map(|(mut candidate, status, state)| {
        candidate.status = status;
        candidate.delivery_state = state;
        candidate
    })
}
