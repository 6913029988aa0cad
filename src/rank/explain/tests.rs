use super::*;
use crate::domain::{
    candidate::CandidateProfile, education::HeldLicences, requirement::Importance, work::SkillRef,
};
use crate::rank::{
    competencies::CompetencyTable,
    score::Law,
    testing::{
        TODAY, any_profile, any_vacancy, asked, candidate, facts, general, hours, label, occupation, vacancy,
    },
    wording::{TextLanguage, text},
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn r20_every_line_and_conflict_has_a_reason_whose_text_lacks_no_data(
        vacancy in any_vacancy(), profile in any_profile(),
    ) {
        let (general, names) = (general(), CompetencyTable::embedded().unwrap());
        let (vacancy, candidate) = (facts(&vacancy), candidate("k", &profile));
        let pair = Pair { vacancy: &vacancy, candidate: &candidate, travel_minutes: None };
        let told = explain(pair, Rules::new(&general, TODAY));
        prop_assert_eq!(told.reasons.len(), told.judgement.lines.len());
        prop_assert!(told.reasons.iter().all(|reasons| !reasons.is_empty()));
        prop_assert_eq!(told.conflicts.len(), told.judgement.conflicts.len());
        prop_assert_eq!(told.exclusion.is_some(), matches!(told.judgement.law, Law::Excluded { .. }));
        let reasons = told.reasons.iter().flatten().chain(&told.conflicts).chain(&told.assumed).chain([&told.balance]);
        let reasons = reasons.chain(told.gaps.iter().map(|gap| &gap.reason)).chain(told.questions.iter().map(|q| &q.reason));
        for reason in reasons {
            for template in [reason.code.dutch(), reason.code.english()] {
                for part in template.split('{').skip(1) {
                    let name = part.split_once('}').unwrap().0;
                    prop_assert!(reason.get(name).is_some(), "{:?} lacks {}", reason, name);
                }
            }
            prop_assert!(!text(reason, TextLanguage::Dutch, &names).is_empty());
        }
    }

    #[test]
    fn r5_an_unknown_line_asks_a_question_and_no_gain_passes_the_best_score(
        vacancy in any_vacancy(), profile in any_profile(),
    ) {
        let general = general();
        let carving_not_said = facts(&crate::domain::Vacancy { carving: None, ..vacancy.clone() });
        let (vacancy, candidate) = (facts(&vacancy), candidate("k", &profile));
        let pair = Pair { vacancy: &vacancy, candidate: &candidate, travel_minutes: None };
        let told = explain(pair, Rules::new(&general, TODAY));
        let open = explain(Pair { vacancy: &carving_not_said, ..pair }, Rules::new(&general, TODAY));
        for line in &told.judgement.lines {
            if line.knowledge == Some(crate::rank::Knowledge::Unknown) && line.high > line.fit {
                // What the competency itself asks answers potential, too.
                let learning = |question: &Question| {
                    line.criterion == crate::rank::Criterion::Potential
                        && matches!(
                            question.reason.get("quality"),
                            Some(crate::rank::reason::Value::Quality(crate::domain::competency::Competency::Learn, _))
                        )
                };
                let asks = told.questions.iter().any(|q| q.criterion == line.criterion || learning(q));
                prop_assert!(asks, "{:?} asks nothing", line);
            }
        }
        for question in &told.questions {
            // A "no" to carving is an answer, so what another answer gives may lie above the interval: inside the one
            // that the same pair has while nothing is said.
            let best = match question.reason.code {
                ReasonCode::AskCarvingAgain => open.judgement.high,
                _ => told.judgement.high,
            };
            prop_assert!(question.gain <= best - told.judgement.score, "{question:?}");
        }
        let order: Vec<_> = told.questions.iter().map(|q| (!q.legal, std::cmp::Reverse(q.gain), q.criterion)).collect();
        prop_assert!(order.is_sorted());
        prop_assert_eq!(told.judgement.law == Law::Open, told.questions.iter().any(|q| q.legal) && told.exclusion.is_none());
    }
}

fn told(vacancy: &crate::domain::Vacancy, profile: &CandidateProfile) -> Explanation {
    let general = general();
    let (vacancy, candidate) = (facts(vacancy), candidate("k", profile));
    explain(
        Pair { vacancy: &vacancy, candidate: &candidate, travel_minutes: None },
        Rules::new(&general, TODAY),
    )
}

/// A vacancy for a welder in which something of every kind is asked.
fn welder() -> crate::domain::Vacancy {
    let mut welder = vacancy("v");
    welder.title = Some(label("Lasser"));
    welder.occupation = Some(occupation("lasser"));
    welder.schedule.hours = hours(32.0, 36.0);
    let skill = |text| SkillRef { text: label(text), concept: None };
    welder.requirements.skills = vec![
        asked(skill("TIG-lassen"), Importance::Must),
        asked(skill("tekening lezen"), Importance::Should),
    ];
    welder.requirements.licences =
        vec![asked(crate::domain::education::DrivingLicence::B, Importance::Should)];
    welder.requirements.certificates = vec![asked(label("VCA"), Importance::Must)];
    welder
}

#[test]
fn r5_the_gain_of_a_question_is_what_the_answer_really_gives() {
    let profile = CandidateProfile::default();
    let before = told(&welder(), &profile);
    let gain = |code, told: &Explanation| told.questions.iter().find(|q| q.reason.code == code).unwrap().gain;
    let score = |profile: &CandidateProfile| told(&welder(), profile).judgement.score;

    let named = CandidateProfile {
        skills: vec![SkillRef { text: label("tig lassen"), concept: None }],
        ..profile.clone()
    };
    assert_eq!(before.judgement.score + gain(ReasonCode::AskSkill, &before), score(&named));

    let mut works = profile.clone();
    works.availability.hours = hours(32.0, 36.0);
    assert_eq!(before.judgement.score + gain(ReasonCode::AskHoursOfPerson, &before), score(&works));

    let mut wishes = profile.clone();
    wishes.wishes.occupations = vec![occupation("Lasser")];
    assert_eq!(before.judgement.score + gain(ReasonCode::AskWishedOccupation, &before), score(&wishes));

    let drives = HeldLicences::These(vec![crate::domain::education::DrivingLicence::B]);
    let drives = CandidateProfile { licences: Some(drives), ..profile.clone() };
    let asks_for_b = before.questions.iter().find(|q| q.field == "licences").unwrap();
    assert_eq!(before.judgement.score + asks_for_b.gain, score(&drives));

    let mut fewer = profile;
    fewer.availability.hours = hours(16.0, 16.0);
    let fewer_told = told(&welder(), &fewer);
    let mut carved = welder();
    carved.carving =
        Some(crate::domain::support::Carving { allowed: Answer::Yes, min_hours: None, ways: Vec::new() });
    let asked = gain(ReasonCode::AskCarving, &fewer_told);
    assert!(asked > 0);
    assert_eq!(fewer_told.judgement.score + asked, told(&carved, &fewer).judgement.score);
}

#[test]
fn a_pair_is_told_in_words() {
    let names = CompetencyTable::embedded().unwrap();
    let mut profile = CandidateProfile {
        skills: vec![SkillRef { text: label("TIG lassen"), concept: None }],
        lacking: vec![label("VCA")],
        ..Default::default()
    };
    profile.availability.hours = hours(16.0, 24.0);
    profile.wishes.occupations = vec![occupation("lasser")];
    let told = told(&welder(), &profile);
    let say = |reason: &Reason| text(reason, TextLanguage::Dutch, &names);
    let mut lines =
        vec![format!("score {} ({}-{})", told.judgement.score, told.judgement.low, told.judgement.high)];
    for (line, reasons) in told.judgement.lines.iter().zip(&told.reasons) {
        lines.push(format!("{} {} → {}", line.criterion.dutch(), line.fit, line.contribution));
        lines.extend(reasons.iter().map(|reason| format!("  {}", say(reason))));
    }
    lines.push(format!("balans → {}: {}", told.judgement.balance, say(&told.balance)));
    let conflicts = told.judgement.conflicts.iter().zip(&told.conflicts);
    lines.extend(conflicts.map(|(line, reason)| format!("botsing → {}: {}", line.contribution, say(reason))));
    lines.extend(told.gaps.iter().map(|gap| format!("gat: {}", say(&gap.reason))));
    lines.extend(told.questions.iter().map(|q| format!("vraag (+{}): {}", q.gain, say(&q.reason))));
    lines.extend(told.assumed.iter().map(|reason| format!("aangenomen: {}", say(reason))));
    insta::assert_snapshot!(lines.join("\n"));
}
