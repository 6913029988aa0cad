use super::*;
use crate::domain::{
    candidate::CandidateProfile,
    competency::Competency,
    observation::{ObservationSource, ObservedValue},
    requirement::Importance,
    time::{Answer, HoursCap, HoursPerWeek},
    work::SkillRef,
};
use crate::rank::{
    competencies::CompetencyTable,
    generate::Meanings,
    judge,
    tables::Tables,
    testing::{
        TODAY, any_profile, any_vacancy, asked, candidate, facts, general, hours, label, occupation, seen,
        vacancy,
    },
    wording::TextLanguage,
};
use proptest::prelude::*;

const SECRET: TieSecret = [7; 32];

fn proposing(profile: &RankingProfile, page_size: usize, after: Option<BandPlace>) -> Proposing<'_> {
    Proposing { profile, as_of: TODAY, tie_secret: &SECRET, page_size, after }
}

fn people(profiles: &[CandidateProfile]) -> Vec<CandidateFacts> {
    profiles.iter().enumerate().map(|(n, profile)| candidate(&format!("k{n}"), profile)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_bands_hold_who_reaches_their_cut_point_once_and_inside_a_band_the_order_is_the_tie_hash(
        vacancy in any_vacancy(), profiles in prop::collection::vec(any_profile(), 1..30), size in 1_usize..7,
    ) {
        let general = general();
        let vacancy = facts(&vacancy);
        let people = people(&profiles);
        let whole = propose(&vacancy, &people, &proposing(&general, usize::MAX, None));
        prop_assert_eq!(whole.bands.iter().sum::<usize>(), whole.proposed.len());
        prop_assert_eq!(whole.proposed.len() + whole.not_proposed, people.len());
        for pair in whole.proposed.windows(2) {
            prop_assert!(pair[0].place < pair[1].place);
        }
        for one in &whole.proposed {
            let pair = Pair { vacancy: &vacancy, candidate: &people[one.index], travel_minutes: None };
            let score = judge(pair, Rules::new(&general, TODAY)).score;
            prop_assert_eq!(general.bands().of(score), Some(one.place.band));
            prop_assert_eq!(one.place.tie, order::tie(&SECRET, vacancy.id(), people[one.index].id()));
        }
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = propose(&vacancy, &people, &proposing(&general, size, after));
            prop_assert_eq!((page.bands, page.not_proposed), (whole.bands, whole.not_proposed));
            paged.extend(page.proposed);
            after = page.next;
            if after.is_none() { break }
        }
        prop_assert_eq!(paged, whole.proposed);
    }

    #[test]
    fn adding_somebody_changes_nobody_elses_band_or_order(
        vacancy in any_vacancy(), profiles in prop::collection::vec(any_profile(), 2..20),
    ) {
        let general = general();
        let vacancy = facts(&vacancy);
        let all = people(&profiles);
        let list = |people: &[CandidateFacts]| {
            let found = propose(&vacancy, people, &proposing(&general, usize::MAX, None));
            let places = found.proposed.iter().map(|one| (people[one.index].id().clone(), one.place));
            places.filter(|(id, _)| id != all[0].id()).collect::<Vec<_>>()
        };
        prop_assert_eq!(list(&all), list(&all[1..]));
    }

    #[test]
    fn r16_a_limit_on_the_hours_and_a_wish_for_as_many_look_the_same(
        vacancy in any_vacancy(), profile in any_profile(), cap in 8_u8..30,
    ) {
        let (general, vacancy) = (general(), facts(&vacancy));
        let (mut limited, mut wishing) = (profile.clone(), profile);
        limited.availability.hours = hours(8.0, 40.0);
        limited.availability.hours_cap =
            Some(HoursCap { max: HoursPerWeek::new(f64::from(cap)).unwrap(), until: None });
        wishing.availability.hours = hours(8.0, f64::from(cap));
        wishing.availability.hours_cap = None;
        let told = |profile: &CandidateProfile| {
            let person = candidate("k", profile);
            let view = EmployerView::of(&vacancy, &person, &general, TODAY);
            (view.hours, view.remarks.contains(&Remark::HoursFit))
        };
        prop_assert_eq!(told(&limited), told(&wishing));
    }
}

/// A vacancy for a helping hand in care that asks a little of everything.
fn helping_hand() -> crate::domain::Vacancy {
    let mut made = vacancy("v");
    made.title = Some(label("Helpende zorg"));
    made.occupation = Some(occupation("helpende zorg"));
    made.schedule.hours = hours(16.0, 24.0);
    let skill = |text| SkillRef { text: label(text), concept: None };
    made.requirements.skills =
        vec![asked(skill("koken"), Importance::Should), asked(skill("plannen"), Importance::Should)];
    made.requirements.competencies = vec![asked(
        crate::domain::competency::Quality { competency: Competency::ShowAttention, facet: None },
        Importance::Should,
    )];
    made.requirements.registrations = vec![asked(label("VOG"), Importance::Must)];
    made
}

fn told(vacancy: &crate::domain::Vacancy, profile: &CandidateProfile) -> Vec<String> {
    let (general, names) = (general(), CompetencyTable::embedded().unwrap());
    let (vacancy, person) = (facts(vacancy), candidate("k", profile));
    let view = EmployerView::of(&vacancy, &person, &general, TODAY);
    let mut lines: Vec<String> = view.skills.iter().map(|skill| format!("kan: {skill}")).collect();
    lines.extend(view.qualities.iter().map(|(competency, facet, basis)| {
        quality(*competency, facet.map(|facet| facet.as_str()), *basis, TextLanguage::Dutch, &names)
    }));
    lines.extend(view.hours.map(|hours| format!("uren: {:?}", hours)));
    lines.extend(view.remarks.iter().map(|remark| remark.text(TextLanguage::Dutch, &names)));
    lines
}

#[test]
fn a_person_is_told_in_the_words_of_the_vacancy() {
    let mut profile = CandidateProfile {
        skills: vec![SkillRef { text: label("koken"), concept: None }],
        observations: vec![seen(
            Competency::ShowAttention,
            ObservationSource::TrialPlacement,
            ObservedValue::Strong,
            Some(TODAY),
        )],
        ..Default::default()
    };
    profile.availability.hours = hours(16.0, 20.0);
    profile.wishes.occupations = vec![occupation("Helpende zorg")];
    insta::assert_snapshot!(told(&helping_hand(), &profile).join("\n"), @r"
    kan: koken
    Aandacht en begrip tonen: gezien bij het werken.
    uren: HoursHere { least: Some(960), most: 1200 }
    Vraag eerst naar: VOG.
    Wil dit werk graag doen.
    De uren passen.
    ");
}

#[test]
fn who_saw_a_quality_is_not_told_and_what_was_seen_as_weak_is_not_told_at_all() {
    use ObservationSource::{
        Coach, Conversation, Employer, Internship, PracticalTest, SelfReport, TrialPlacement,
    };
    let of = |source, value| {
        let observations = vec![seen(Competency::ShowAttention, source, value, Some(TODAY))];
        told(&helping_hand(), &CandidateProfile { observations, ..Default::default() })
    };
    let at_work = of(Employer, ObservedValue::Strong);
    for source in [PracticalTest, Internship, TrialPlacement] {
        assert_eq!(of(source, ObservedValue::Strong), at_work, "{source:?}");
    }
    assert_eq!(of(Coach, ObservedValue::Strong), of(Conversation, ObservedValue::Strong));
    let nothing = told(&helping_hand(), &CandidateProfile::default());
    for value in [ObservedValue::Average, ObservedValue::Insufficient, ObservedValue::Absent] {
        for source in [SelfReport, Coach, Employer] {
            assert_eq!(of(source, value), nothing, "{source:?} {value:?}");
        }
    }
}

#[test]
fn a_paper_that_is_lacking_and_one_of_which_nothing_is_known_look_the_same() {
    let lacking = CandidateProfile { lacking: vec![label("VOG")], ..Default::default() };
    assert_eq!(told(&helping_hand(), &lacking), told(&helping_hand(), &CandidateProfile::default()));
}

#[test]
fn what_only_a_text_tells_of_an_asked_skill_is_not_told() {
    let general = general();
    let in_text = CandidateProfile {
        presentation: crate::domain::text::FreeText::new("Ik kan goed koken en plannen.").ok(),
        ..Default::default()
    };
    let person = CandidateFacts::new(
        crate::domain::text::CandidateId::new("k").unwrap(),
        &in_text,
        crate::rank::PoolState::InPool,
        &Tables::embedded().unwrap(),
        &|_| None,
        &Meanings::new(),
    );
    let vacancy = facts(&helping_hand());
    let pair = Pair { vacancy: &vacancy, candidate: &person, travel_minutes: None };
    let advisors = crate::rank::explain(pair, Rules::new(&general, TODAY));
    let told = advisors.reasons[0].iter().any(|reason| reason.code == crate::rank::ReasonCode::SkillTold);
    assert!(told, "the advisor reads that a text tells of it: {:?}", advisors.reasons[0]);
    assert!(EmployerView::of(&vacancy, &person, &general, TODAY).skills.is_empty());
}

#[test]
fn who_said_no_to_the_work_or_is_not_in_the_pool_is_not_proposed_however_well_the_rest_fits() {
    let general = general();
    let mut willing = CandidateProfile {
        skills: ["koken", "plannen"].map(|text| SkillRef { text: label(text), concept: None }).into(),
        observations: vec![seen(
            Competency::ShowAttention,
            ObservationSource::Employer,
            ObservedValue::Strong,
            Some(TODAY),
        )],
        ..Default::default()
    };
    willing.availability.hours = hours(16.0, 24.0);
    willing.wishes.occupations = vec![occupation("helpende zorg")];
    let mut refusing = willing.clone();
    refusing.refusals.occupations = vec![occupation("helpende zorg")];
    let mut night = helping_hand();
    night.schedule.irregular_work = Some(Answer::Yes);
    let mut no_nights = willing.clone();
    no_nights.availability.irregular_work = Some(Answer::No);
    let people = [candidate("a", &willing), candidate("b", &refusing), candidate("c", &no_nights)];
    // The lowest cut points that a profile can have: nobody is left out for a score.
    let low = RankingProfile::parse(
        &include_str!("../../../data/profiles/algemeen.toml")
            .replace("strong = 70", "strong = 0.03")
            .replace("good = 60", "good = 0.02")
            .replace("partial = 55", "partial = 0.01"),
    )
    .unwrap();
    for profile in [&general, &low] {
        let found = propose(&facts(&night), &people, &proposing(profile, 10, None));
        let ids: Vec<&str> = found.proposed.iter().map(|one| people[one.index].id().as_str()).collect();
        assert_eq!((ids, found.not_proposed), (vec!["a"], 2));
    }
}
