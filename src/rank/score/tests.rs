use super::*;
use crate::domain::{
    candidate::CandidateProfile,
    competency::{Competency, Quality},
    education::WorkLevel,
    language::{CefrLevel, LanguageCode, LanguageProficiency, LevelPerSkill},
    observation::{ObservationSource, ObservedValue},
    requirement::{ExperienceDemand, Importance, LanguageDemand, Requirement},
    support::Carving,
    time::{Answer, Shift},
    vacancy::Vacancy,
    work::{SkillRef, WorkExperience},
};
use crate::rank::{
    facts::{CandidateFacts, VacancyFacts},
    profile::{Profiles, RankingProfile},
    testing::{
        TODAY, any_profile, any_vacancy, asked, candidate, facts, general, hours, label, occupation, seen,
        vacancy,
    },
};
use proptest::prelude::*;

fn judged(profile: &RankingProfile, vacancy: &VacancyFacts, candidate: &CandidateFacts) -> Judgement {
    judge(Pair { vacancy, candidate, travel_minutes: None }, Rules::new(profile, TODAY))
}

fn judged_as_general(vacancy: &Vacancy, profile: &CandidateProfile) -> Judgement {
    judged(&general(), &facts(vacancy), &candidate("k", profile))
}

proptest! {
    #[test]
    fn r1_the_lines_the_balance_and_the_conflicts_add_up_to_the_score(
        vacancy in any_vacancy(), profile in any_profile(),
    ) {
        let judgement = judged_as_general(&vacancy, &profile);
        let lines: i32 = judgement.lines.iter().map(|line| line.contribution).sum();
        let conflicts: i32 = judgement.conflicts.iter().map(|line| line.contribution).sum();
        prop_assert_eq!(lines + judgement.balance + conflicts, i32::from(judgement.score));
        prop_assert!(judgement.balance <= 0);
        prop_assert!(judgement.conflicts.iter().all(|line| line.contribution <= 0));
        prop_assert!(judgement.lines.iter().all(|line| line.contribution >= 0));
    }

    #[test]
    fn r5_the_interval_holds_the_score_and_each_fit(vacancy in any_vacancy(), profile in any_profile()) {
        let judgement = judged_as_general(&vacancy, &profile);
        prop_assert!(judgement.low <= judgement.score && judgement.score <= judgement.high, "{judgement:?}");
        for line in &judgement.lines {
            prop_assert!(line.low <= line.fit && line.fit <= line.high && line.high <= 10_000, "{line:?}");
        }
    }

    #[test]
    fn r1_the_score_before_conflicts_rises_with_every_fit(
        fits in prop::array::uniform14(0_u32..9_000), more in 1_u32..1_000, at in 0_usize..14,
    ) {
        let numbers = *general().numbers();
        let base = |fits: [u32; 14]| {
            Sums::of(&fits.map(|fit| Some(Opinion::known(fit))), &numbers, |opinion| opinion.fit).base(&numbers)
        };
        let mut raised = fits;
        raised[at] += more;
        prop_assert!(base(raised) >= base(fits));
    }

    #[test]
    fn the_place_in_a_list_is_by_the_score_of_the_judgement(vacancy in any_vacancy(), profile in any_profile()) {
        let (general, vacancy, candidate) = (general(), facts(&vacancy), candidate("k", &profile));
        let pair = Pair { vacancy: &vacancy, candidate: &candidate, travel_minutes: None };
        let judgement = judged(&general, &vacancy, &candidate);
        match (place(pair, Rules::new(&general, TODAY)), judgement.law) {
            (Placed::Scored(score), Law::Free | Law::Open) => prop_assert_eq!(score, judgement.score),
            (Placed::Excluded(a), Law::Excluded { requirement }) => prop_assert_eq!(a, requirement),
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

#[test]
fn r1_a_score_is_worked_out_by_hand() {
    // Nothing is known: competencies, motivation, potential, hours, times and travel are asked, each one half.
    let judgement = judged_as_general(&vacancy("v"), &CandidateProfile::default());
    assert_eq!(
        (judgement.score, judgement.demand_fit, judgement.wish_fit, judgement.balance),
        (5_000, 5_000, 5_000, 0)
    );
    // At worst only growth keeps its half, 2 of 7 parts of potential: D = 10·0.1429 / 62, W = 10·0.1429 / 95:
    // 100 · (0.6·0.023048 + 0.4·0.015042 − 0.2·0.008006) = 1.82, less 60 % for irregular work that
    // neither side tells of, and 30 % for the hours and times.
    assert_eq!((judgement.low, judgement.high), (51, 10_000));
    // The hours fit: D = (54·½ + 8·1) / 62 = 35/62, W = (80·½ + 15) / 95 = 55/95, |D − W| = 0.014431:
    // 100 · (0.6·0.564516 + 0.4·0.578947 − 0.2·0.014431) = 56.7402.
    let mut with_hours = vacancy("v");
    with_hours.schedule.hours = hours(32.0, 36.0);
    let mut profile = CandidateProfile::default();
    profile.availability.hours = hours(24.0, 36.0);
    let judgement = judged_as_general(&with_hours, &profile);
    assert_eq!((judgement.demand_fit, judgement.wish_fit, judgement.score), (5_645, 5_789, 5_674));
}

#[test]
fn r3_in_every_profile_soft_criteria_outweigh_a_diploma_and_ten_years() {
    let mut asks = vacancy("v");
    asks.requirements.level = Some(Requirement::should(WorkLevel::Hbo));
    asks.requirements.experience =
        vec![Requirement::should(ExperienceDemand { years: 10, occupation: None })];
    asks.requirements.competencies = vec![
        Requirement::should(Quality { competency: Competency::ShowAttention, facet: None }),
        Requirement::should(Quality { competency: Competency::Cooperate, facet: None }),
    ];
    asks.title = Some(label("begeleider"));
    let on_paper = CandidateProfile {
        level: Some(WorkLevel::Hbo),
        experience: vec![WorkExperience {
            occupation: Some(occupation("begeleider")),
            months: Some(120),
            ..Default::default()
        }],
        ..Default::default()
    };
    let mut soft = CandidateProfile {
        level: Some(WorkLevel::None),
        experience: vec![WorkExperience { months: Some(0), ..Default::default() }],
        observations: [Competency::ShowAttention, Competency::Cooperate]
            .map(|c| seen(c, ObservationSource::Employer, ObservedValue::Strong, Some(TODAY)))
            .into(),
        ..Default::default()
    };
    soft.wishes.occupations = vec![occupation("begeleider")];
    for profile in Profiles::embedded().unwrap().all() {
        let score = |person| judged(profile, &facts(&asks), &candidate("k", person));
        let (on_paper, soft) = (score(&on_paper), score(&soft));
        let mean = |judgement: &Judgement| {
            let soft = judgement.lines.iter().filter(|line| line.criterion.is_soft());
            let (sum, weight) = soft.fold((0, 0), |(sum, weight), line| {
                (sum + line.demand_weight * u32::from(line.fit), weight + line.demand_weight)
            });
            sum / weight
        };
        assert!(mean(&soft) >= mean(&on_paper) + 3_000, "the premise of R3");
        assert!(soft.score > on_paper.score, "{}", profile.name());
    }
}

/// What a case changes before the conflicts are looked at.
type Case = (&'static str, fn(&mut Vacancy, &mut CandidateProfile), &'static [(ConflictCode, u32)]);

const UNMET: u32 = 3_000;
const REFUSED: u32 = 6_000;

const CONFLICTS: &[Case] = &[
    ("nothing is known", |_, _| {}, &[]),
    (
        "a MUST skill that is not named",
        |v, _| {
            v.requirements.skills =
                vec![asked(SkillRef { text: label("lassen"), concept: None }, Importance::Must)]
        },
        &[],
    ),
    (
        "a MUST level and MUST experience",
        |v, p| {
            v.requirements.level = Some(asked(WorkLevel::Wo, Importance::Must));
            v.requirements.experience =
                vec![asked(ExperienceDemand { years: 9, occupation: None }, Importance::Must)];
            p.level = Some(WorkLevel::None);
            p.experience = vec![WorkExperience { months: Some(1), ..Default::default() }];
        },
        &[],
    ),
    (
        "a MUST language that is lower",
        |v, p| {
            let b1 = LevelPerSkill { speaking: Some(CefrLevel::B1), ..Default::default() };
            let a2 = LevelPerSkill { speaking: Some(CefrLevel::A2), ..Default::default() };
            let demand = LanguageDemand::new(LanguageCode::DUTCH, b1, None, None).unwrap();
            v.requirements.languages = vec![asked(demand, Importance::Must)];
            p.languages =
                vec![LanguageProficiency { language: LanguageCode::DUTCH, levels: a2, assessed_on: None }];
        },
        &[(ConflictCode::LanguageBelow, UNMET)],
    ),
    (
        "a MUST registration that is lacking",
        |v, p| {
            v.requirements.registrations = vec![asked(label("BIG verpleegkundige"), Importance::Must)];
            p.lacking = vec![label("big-registratie verpleegkundige")];
        },
        &[(ConflictCode::PaperLacking, UNMET)],
    ),
    (
        "a MUST certificate that is lacking and can be had after a start that is not known",
        |v, p| {
            v.requirements.certificates = vec![asked(label("VCA"), Importance::Must)];
            p.lacking = vec![label("VCA")];
        },
        &[],
    ),
    (
        "a MUST certificate that is lacking and cannot be had before tomorrow",
        |v, p| {
            v.requirements.certificates = vec![asked(label("VCA"), Importance::Must)];
            v.starts_on = TODAY.tomorrow().ok();
            p.lacking = vec![label("VCA")];
        },
        &[(ConflictCode::PaperLacking, UNMET)],
    ),
    (
        "a MUST competency that was seen as absent",
        |v, p| {
            let quality = Quality { competency: Competency::Cooperate, facet: None };
            v.requirements.competencies = vec![asked(quality, Importance::Must)];
            p.observations = vec![seen(
                Competency::Cooperate,
                ObservationSource::Employer,
                ObservedValue::Absent,
                Some(TODAY),
            )];
        },
        &[(ConflictCode::CompetencyBelow, UNMET)],
    ),
    (
        "work that the person refuses, in other words",
        |v, p| {
            v.title = Some(label("kok in de zorg"));
            p.refusals.occupations = vec![occupation("zorg kok")];
        },
        &[(ConflictCode::RefusedByPerson, REFUSED)],
    ),
    (
        "irregular work that the person refuses, and work that is refused too: once",
        |v, p| {
            v.schedule.irregular_work = Some(Answer::Yes);
            p.availability.irregular_work = Some(Answer::No);
            p.refusals.shifts = vec![Shift::Irregular];
        },
        &[(ConflictCode::RefusedByPerson, REFUSED)],
    ),
    (
        "ninety per cent of the minimum, carving unknown",
        |v, p| {
            v.schedule.hours = hours(40.0, 40.0);
            p.availability.hours = hours(36.0, 36.0);
        },
        &[(ConflictCode::HoursBelow, 1_500)],
    ),
    (
        "half of the minimum, no carving",
        |v, p| {
            v.schedule.hours = hours(32.0, 32.0);
            v.carving = Some(Carving { allowed: Answer::No, min_hours: None, ways: Vec::new() });
            p.availability.hours = hours(16.0, 16.0);
        },
        &[(ConflictCode::HoursBelow, 3_000)],
    ),
    (
        "half of the minimum, and the job may be carved",
        |v, p| {
            v.schedule.hours = hours(32.0, 32.0);
            v.carving = Some(Carving { allowed: Answer::Yes, min_hours: None, ways: Vec::new() });
            p.availability.hours = hours(16.0, 16.0);
        },
        &[],
    ),
    (
        "fewer hours than wished",
        |v, p| {
            v.schedule.hours = hours(28.0, 28.0);
            p.availability.hours = hours(32.0, 32.0);
        },
        &[],
    ),
    (
        "two of them: the second takes from what the first leaves",
        |v, p| {
            v.requirements.registrations =
                vec![asked(label("SKJ"), Importance::Must), asked(label("BIG arts"), Importance::Must)];
            p.lacking = vec![label("SKJ"), label("BIG arts")];
        },
        &[(ConflictCode::PaperLacking, UNMET), (ConflictCode::PaperLacking, UNMET)],
    ),
];

#[test]
fn r4_only_what_is_known_to_be_in_the_way_conflicts_and_each_takes_its_share_of_what_stands() {
    for (name, change, expected) in CONFLICTS {
        let (mut vacancy, mut profile) = (vacancy("v"), CandidateProfile::default());
        change(&mut vacancy, &mut profile);
        let judgement = judged_as_general(&vacancy, &profile);
        let lines: i32 = judgement.lines.iter().map(|line| line.contribution).sum();
        let mut stands = lines + judgement.balance;
        let found: Vec<_> = judgement.conflicts.iter().map(|line| line.code).collect();
        assert_eq!(found, expected.iter().map(|(code, _)| *code).collect::<Vec<_>>(), "{name}");
        for (line, (_, share)) in judgement.conflicts.iter().zip(*expected) {
            let taken = (f64::from(stands) * f64::from(*share) / 10_000.0 + 0.5).floor() as i32;
            assert_eq!(-line.contribution, taken, "{name}");
            stands -= taken;
        }
        assert_eq!(i32::from(judgement.score), stands, "{name}");
    }
}

#[test]
fn r4_the_law_excludes_who_is_known_to_lack_it_and_asks_the_others_first() {
    let mut vacancy = vacancy("v");
    vacancy.requirements.registrations = vec![asked(label("BIG verpleegkundige"), Importance::Legal)];
    let unknown = judged_as_general(&vacancy, &CandidateProfile::default());
    assert_eq!((unknown.law, unknown.low), (Law::Open, 0));
    assert!(unknown.score > 0 && unknown.conflicts.is_empty());
    let lacking = CandidateProfile { lacking: vec![label("BIG verpleegkundige")], ..Default::default() };
    assert_eq!(judged_as_general(&vacancy, &lacking).law, Law::Excluded { requirement: 0 });
    vacancy.requirements.registrations = vec![asked(label("VOG"), Importance::Legal)];
    vacancy.starts_on = Some(TODAY.saturating_add(jiff::Span::new().weeks(4)));
    let lacking =
        CandidateProfile { lacking: vec![label("verklaring omtrent het gedrag")], ..Default::default() };
    assert_eq!(judged_as_general(&vacancy, &lacking).law, Law::Free, "a VOG can be had within four weeks");
}
