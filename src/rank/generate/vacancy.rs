//! Generated vacancies.

use super::*;

fn importance() -> impl Strategy<Value = Importance> {
    prop_oneof![
        2 => Just(Importance::Could),
        4 => Just(Importance::Should),
        3 => Just(Importance::Must),
        1 => Just(Importance::Legal),
    ]
}

fn required<T: std::fmt::Debug + Clone + 'static>(
    what: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Requirement<T>> {
    let grace = select(&[0, 0, 4, 13, 104][..])
        .prop_map(|weeks| GraceWeeks::new(weeks).expect("a grace period of this file is valid"));
    (what, importance(), grace).prop_map(|(what, importance, grace)| Requirement { what, importance, grace })
}

fn language_demand() -> impl Strategy<Value = LanguageDemand> {
    let later = (select(&[1, 6, 12, 24, 60][..]), levels())
        .prop_map(|(after_months, levels)| LaterLevel { after_months, levels });
    (language(), levels(), option::of(later)).prop_filter_map(
        "a level is asked",
        |(language, at_start, later)| {
            LanguageDemand::new(language, at_start, later, Some(text("om bewoners te verstaan"))).ok()
        },
    )
}

fn requirements() -> impl Strategy<Value = Requirements> {
    let education = (option::of(label(&EDUCATIONS)), option::of(select(&EDUCATION_LEVELS[..])))
        .prop_map(|(name, level)| EducationDemand { name, code: None, level, diploma: None });
    let experience = (select(&[0, 1, 2, 10, 99][..]), option::weighted(0.4, occupation()))
        .prop_map(|(years, occupation)| ExperienceDemand { years, occupation });
    (
        few(required(skill())),
        few(required(quality())),
        few(required(language_demand())),
        option::of(required(select(&WorkLevel::ALL[..]))),
        few(required(education)),
        few(required(experience)),
        few(required(select(&DrivingLicence::ALL[..]))),
        few(required(label(&PAPERS))),
        few(required(label(&PAPERS))),
    )
        .prop_map(
            |(
                skills,
                competencies,
                languages,
                level,
                educations,
                experience,
                licences,
                certificates,
                registrations,
            )| Requirements {
                skills,
                competencies,
                languages,
                level,
                educations,
                experience,
                licences,
                certificates,
                registrations,
                unscored: Vec::new(),
            },
        )
}

fn support_offer() -> impl Strategy<Value = SupportOffer> {
    // Help with the language more often than the rest.
    let kinds =
        SupportKind::ALL.into_iter().chain([SupportKind::LanguageLessons, SupportKind::LanguageBuddy]);
    (select(kinds.collect::<Vec<_>>()), select(&[Answer::Yes, Answer::No][..]))
        .prop_map(|(kind, offered)| SupportOffer { kind, offered, note: None })
}

fn carving() -> impl Strategy<Value = Option<Carving>> {
    let allowed = select(&[Answer::Yes, Answer::No][..]);
    let ways = prop_oneof![
        2 => Just(Vec::new()),
        2 => Just(vec![CarvingWay::Hours]),
        1 => Just(vec![CarvingWay::TimeFrame]),
        1 => Just(vec![CarvingWay::Tasks, CarvingWay::TimeFrame]),
    ];
    let least = option::weighted(0.3, select(&[4.0, 16.0, 24.0][..]));
    option::of((allowed, ways, least).prop_map(|(allowed, ways, least)| Carving {
        allowed,
        min_hours: least.map(hours),
        ways,
    }))
}

fn offer() -> impl Strategy<Value = Offer> {
    let texts = select(&CONDITION_TEXTS[..]).prop_map(text::<{ crate::domain::limits::TEXT_CHARACTERS }>);
    (few(label(&CONDITIONS)), option::of(texts), few(support_offer()), few(capacity())).prop_map(
        |(conditions, conditions_text, support, capacities_asked)| Offer {
            conditions,
            conditions_text,
            support,
            capacities_asked,
            ..Offer::default()
        },
    )
}

/// An open vacancy with an id.
pub(crate) fn vacancy(id: &str) -> impl Strategy<Value = Vacancy> + use<> {
    let id = VacancyId::new(id).expect("the id is valid");
    let place = (option::of(select(&POSTCODES[..]).prop_map(postcode)), any::<bool>()).prop_map(
        |(postcode, is_abroad)| Place {
            postcode: postcode.filter(|_| !is_abroad),
            name: Some(text("Gronau")),
            country: is_abroad.then(|| CountryCode::parse("DE").expect("two letters")),
        },
    );
    let schedule = (hours_range(), week_pattern(), few(shift()), answer(), answer()).prop_map(
        |(hours, week_pattern, shifts, irregular_work, office_hours)| Schedule {
            hours,
            week_pattern,
            shifts,
            irregular_work,
            office_hours,
        },
    );
    let period = (option::of(date()), option::weighted(0.3, date()));
    let words = (
        option::of(label(&TITLES)),
        option::of(select(&DESCRIPTIONS[..]).prop_map(text::<{ crate::domain::limits::TEXT_CHARACTERS }>)),
        few(label(&INTERESTS)),
        option::of(occupation()),
    );
    let rest = (
        option::of(sector()),
        few(sector()),
        place,
        schedule.boxed(),
        requirements().boxed(),
        few(contract_form()),
        carving(),
        period,
    );
    let emptiness = prop_oneof![1 => Just(true), 12 => Just(false)];
    // In boxes, or the tree of values outgrows the stack of a thread.
    (words.boxed(), rest.boxed(), offer().boxed(), option::of(employer()), emptiness).prop_map(
        move |(words, rest, offer, employer, is_empty)| {
            let mut vacancy = Vacancy::new(id.clone());
            if is_empty {
                return vacancy;
            }
            (vacancy.title, vacancy.description, vacancy.tasks, vacancy.occupation) = words;
            (
                vacancy.sector,
                vacancy.employer.sectors,
                vacancy.place,
                vacancy.schedule,
                vacancy.requirements,
                vacancy.contract_forms,
                vacancy.carving,
                (vacancy.starts_on, vacancy.ends_on),
            ) = rest;
            let starts_on = vacancy.starts_on;
            vacancy.ends_on = vacancy.ends_on.filter(|end| starts_on.is_none_or(|start| start <= *end));
            vacancy.offer = offer;
            vacancy.employer.id = employer;
            vacancy
        },
    )
}

/// A vacancy with an id that may be outside the pool.
pub(crate) fn vacancy_of_any_status(id: &str) -> impl Strategy<Value = Vacancy> + use<> {
    let status = prop_oneof![
        8 => Just(VacancyStatus::Open),
        1 => Just(VacancyStatus::Filled),
        1 => Just(VacancyStatus::Withdrawn),
    ];
    (vacancy(id), status, option::of(date())).prop_map(|(mut vacancy, status, closes_on)| {
        vacancy.status = status;
        vacancy.closes_on = closes_on;
        vacancy
    })
}
