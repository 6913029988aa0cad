//! Skills, competencies, language, hours, contract, level and experience.

use super::{
    Fit, Setting, fit_by_steps, months,
    words::{occupation_keys, occupation_with_key, share, text_key, title_keys, with_key},
};
use crate::domain::{
    Candidate, Vacancy,
    competency::Quality,
    contract::ContractForm,
    education::{Education, EducationStatus, WorkLevel},
    observation::{Dispute, Observation, Observed},
    requirement::{ExperienceDemand, Importance, Requirement},
    time::Answer,
    work::WorkExperience,
};

/// How much an asked item counts.
pub(super) fn weight(importance: Importance) -> i128 {
    match importance {
        Importance::Could => 1,
        Importance::Should => 2,
        Importance::Must | Importance::Legal => 4,
    }
}

/// The same where nothing counts more than wished.
fn capped_weight(importance: Importance) -> i128 {
    weight(importance).min(2)
}

/// The competencies that are asked, or those that are assumed for the sector.
pub(super) fn asked_competencies(vacancy: &Vacancy, setting: &Setting<'_>) -> Vec<Requirement<Quality>> {
    let asked = &vacancy.requirements.competencies;
    if asked.is_empty() {
        let assumed = (setting.assumed)(vacancy.sector_of_work());
        return assumed.into_iter().map(Requirement::should).collect();
    }
    asked.clone()
}

pub(super) fn competencies(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let items: Vec<(i128, Fit)> = asked_competencies(vacancy, setting)
        .iter()
        .map(|asked| (weight(asked.importance), competency(candidate, asked, setting)))
        .collect();
    Fit::mean(&items)
}

/// The fit of one asked competency.
pub(super) fn competency(candidate: &Candidate, asked: &Requirement<Quality>, setting: &Setting<'_>) -> Fit {
    let quality = &asked.what;
    let seen = observed(candidate, setting, |what| match what {
        Observed::Quality(seen) => {
            seen.competency == quality.competency
                && (seen.facet.is_none() || quality.facet.is_none() || seen.facet == quality.facet)
        }
        _ => false,
    });
    if asked.grace.get() < setting.growth.competency_weeks {
        return seen;
    }
    let half_below = |fit: i128| if fit < 5_000 { 5_000 - (5_000 - fit) / 2 } else { fit };
    Fit { fit: half_below(seen.fit), low: half_below(seen.low), high: half_below(seen.high) }
}

/// The fit of what was observed, over the observations whose subject `counts`.
pub(super) fn observed(
    candidate: &Candidate,
    setting: &Setting<'_>,
    counts: impl Fn(&Observed) -> bool,
) -> Fit {
    let mut latest: Vec<&Observation> = Vec::new();
    for seen in &candidate.profile.observations {
        let later = seen.observed_on.is_some_and(|day| day > setting.as_of);
        if later || seen.dispute == Dispute::Disputed || !counts(&seen.observed) {
            continue;
        }
        let is_same = |other: &&Observation| {
            other.source == seen.source && same_quality(&other.observed, &seen.observed, setting)
        };
        match latest.iter().position(is_same) {
            None => latest.push(seen),
            Some(at) => {
                let newer = seen.observed_on > latest[at].observed_on;
                let worse = seen.observed_on == latest[at].observed_on
                    && seen.value.points() < latest[at].value.points();
                if newer || worse {
                    latest[at] = seen;
                }
            }
        }
    }
    let strength = |seen: &Observation| {
        let age = seen.observed_on.map_or(12, |day| months(day, setting.as_of));
        source_weight(seen) * halving(age) / 100
    };
    let total: i128 = latest.iter().map(|seen| strength(seen)).sum();
    let sum: i128 = latest.iter().map(|seen| strength(seen) * i128::from(seen.value.points())).sum();
    let fit = 5_000 + sum.signum() * rise(sum.abs());
    let half_width = halving(total * 12 / 10_000) / 2;
    Fit { fit, low: (fit - half_width).max(0), high: (fit + half_width).min(10_000) }
}

fn same_quality(one: &Observed, other: &Observed, setting: &Setting<'_>) -> bool {
    match (one, other) {
        (Observed::Quality(one), Observed::Quality(other)) => one == other,
        (Observed::MotivationForSector(one), Observed::MotivationForSector(other)) => {
            (one.division(), one.sector()) == (other.division(), other.sector())
        }
        (Observed::MotivationForOccupation(one), Observed::MotivationForOccupation(other)) => {
            occupation_keys(one, setting) == occupation_keys(other, setting)
        }
        _ => false,
    }
}

fn source_weight(seen: &Observation) -> i128 {
    use crate::domain::observation::ObservationSource::*;
    match seen.source {
        SelfReport => 25,
        Conversation => 50,
        Coach => 100,
        PracticalTest => 120,
        Internship => 140,
        TrialPlacement => 170,
        Employer => 200,
    }
}

/// ½^(months/12) in 1/10,000.
pub(super) fn halving(months: i128) -> i128 {
    const YEAR: [i128; 12] =
        [10_000, 9_439, 8_909, 8_409, 7_937, 7_492, 7_071, 6_674, 6_300, 5_946, 5_612, 5_297];
    if months >= 12 * 14 {
        return 0;
    }
    let mut value = YEAR[(months % 12) as usize];
    for _ in 0..months / 12 {
        value /= 2;
    }
    value
}

/// The rising table from 0 (nothing seen) on.
fn rise(x: i128) -> i128 {
    const KNOTS: [(i128, i128); 21] = [
        (0, 0),
        (2_500, 795),
        (5_000, 1_464),
        (7_500, 2_027),
        (10_000, 2_500),
        (12_500, 2_898),
        (15_000, 3_232),
        (17_500, 3_514),
        (20_000, 3_750),
        (22_500, 3_949),
        (25_000, 4_116),
        (27_500, 4_257),
        (30_000, 4_375),
        (32_500, 4_474),
        (35_000, 4_558),
        (37_500, 4_628),
        (40_000, 4_688),
        (50_000, 4_844),
        (60_000, 4_922),
        (70_000, 4_961),
        (80_000, 4_980),
    ];
    for pair in KNOTS.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        if x <= x1 {
            return y0 + (x - x0) * (y1 - y0) / (x1 - x0);
        }
    }
    4_980
}

/// `None` when neither side names a form of contract.
pub(super) fn contract(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let (offered, accepted) = (&vacancy.contract_forms, &candidate.profile.contract_forms);
    if offered.is_empty() && accepted.is_empty() {
        return None;
    }
    let best = |a: &[ContractForm], b: &[ContractForm]| {
        a.iter().flat_map(|a| b.iter().map(move |b| contract_pair(a, b))).max()
    };
    if let Some(best) = best(offered, accepted) {
        return Some(Fit::known(best));
    }
    let named = if offered.is_empty() { accepted } else { offered };
    let low = fully_named_forms().iter().filter_map(|answer| best(named, &[*answer])).min().unwrap_or(0);
    Some(Fit { fit: setting.neutral().max(low), low, high: 10_000 })
}

fn fully_named_forms() -> Vec<ContractForm> {
    use crate::domain::contract::{AgreementKind::*, ContractDuration::*};
    let mut forms = Vec::new();
    for duration in [FixedTerm, OpenEnded] {
        for kind in [Regular, LearningJob, Voluntary, WorkExperience] {
            forms.push(ContractForm { duration: Some(duration), kind: Some(kind) });
        }
    }
    forms
}

fn contract_pair(a: &ContractForm, b: &ContractForm) -> i128 {
    if a.kind.is_some() && b.kind.is_some() && a.kind != b.kind {
        return 0;
    }
    if a.duration.is_some() && b.duration.is_some() && a.duration != b.duration {
        return 5_000;
    }
    10_000
}

pub(super) fn level(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let neutral = setting.neutral();
    let mut items = Vec::new();
    if let Some(asked) = &vacancy.requirements.level
        && asked.what > WorkLevel::None
    {
        items.push((capped_weight(asked.importance), level_item(candidate, asked.what, neutral)));
    }
    for asked in &vacancy.requirements.educations {
        let name = asked.what.name.as_ref().map(|name| text_key(name.as_str())).unwrap_or_default();
        let same_name = |own: &&Education| {
            own.status != Some(EducationStatus::BrokenOff)
                && own.name.as_ref().is_some_and(|own| share(&text_key(own.as_str()), &name))
        };
        let fit = if candidate.profile.educations.iter().any(|own| same_name(&own)) {
            Fit::known(10_000)
        } else if let Some(level) = asked.what.level.and_then(|level| level.work_level()) {
            level_item(candidate, level, neutral)
        } else {
            Fit::unknown(neutral)
        };
        items.push((capped_weight(asked.importance), fit));
    }
    Fit::mean(&items)
}

fn level_item(candidate: &Candidate, asked: WorkLevel, neutral: i128) -> Fit {
    let educations = &candidate.profile.educations;
    let given = candidate.profile.level;
    let not_broken_off = || educations.iter().filter(|own| own.status != Some(EducationStatus::BrokenOff));
    let obtained = not_broken_off()
        .filter(|own| own.status == Some(EducationStatus::Completed) || own.diploma == Some(Answer::Yes));
    let height = |own: &Education| own.level.and_then(|level| level.work_level());
    let Some(own) = obtained.filter_map(height).chain(given).max() else {
        return Fit::unknown(neutral);
    };
    let fit_of = |own: WorkLevel| fit_by_steps(asked as i128 - own as i128);
    let open = given.is_none() || educations.is_empty() || not_broken_off().any(|own| own.level.is_none());
    let possible = not_broken_off().filter_map(height).chain(given).max().unwrap_or(own);
    Fit { fit: fit_of(own), low: fit_of(own), high: if open { 10_000 } else { fit_of(possible) } }
}

pub(super) fn experience(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let asked = vacancy.requirements.experience.iter().filter(|asked| asked.what.years >= 1);
    let items: Vec<(i128, Fit)> = asked
        .map(|asked| {
            (capped_weight(asked.importance), experience_item(vacancy, candidate, &asked.what, setting))
        })
        .collect();
    Fit::mean(&items)
}

fn experience_item(
    vacancy: &Vacancy,
    candidate: &Candidate,
    asked: &ExperienceDemand,
    setting: &Setting<'_>,
) -> Fit {
    let all = &candidate.profile.experience;
    let lengths: Vec<Option<i128>> = all.iter().map(|one| length(one, setting)).collect();
    if lengths.iter().all(Option::is_none) {
        return Fit::unknown(setting.neutral());
    }
    let title = vacancy.title.as_ref().and_then(with_key);
    let occupation = vacancy.occupation.as_ref().and_then(occupation_with_key);
    let (wanted, all_may_count) = match asked.occupation.as_ref().and_then(occupation_with_key) {
        Some(named) => (occupation_keys(named, setting), false),
        None => {
            let mut own = occupation.map(|own| occupation_keys(own, setting)).unwrap_or_default();
            own.extend(title.map(|title| title_keys(title, setting)).unwrap_or_default());
            (own, title.is_none() || occupation.is_none())
        }
    };
    let (mut inside, mut outside, mut inside_at_best, mut outside_at_best) = (0, 0, 0, 0);
    for (one, length) in all.iter().zip(&lengths) {
        let months = length.unwrap_or(0);
        let occupation = one.occupation.as_ref().and_then(occupation_with_key);
        let is_inside = occupation.is_some_and(|own| share(&occupation_keys(own, setting), &wanted));
        if is_inside {
            inside += months;
        } else {
            outside += months;
        }
        if is_inside || all_may_count || occupation.is_none() {
            inside_at_best += months;
        } else {
            outside_at_best += months;
        }
    }
    let fit_of = |counted: i128| (counted * 10_000 / (i128::from(asked.years) * 12)).min(10_000);
    let fit = fit_of(inside + outside / 2);
    let no_length = lengths.iter().any(Option::is_none);
    let high = if no_length { 10_000 } else { fit_of(inside_at_best + outside_at_best / 2) };
    Fit { fit, low: fit, high }
}

pub(super) fn length(one: &WorkExperience, setting: &Setting<'_>) -> Option<i128> {
    if let Some(months) = one.months {
        return Some(i128::from(months));
    }
    let from = one.from?;
    let until = one.until.map_or(setting.as_of, |until| until.min(setting.as_of));
    Some(months(from, until))
}
