//! What the rules ask of a profile's figures (R1, R3).

use super::{Numbers, ProfileViolation};
use crate::rank::criterion::Criterion;

const LARGEST_WEIGHT: f64 = 1_000.0;
const ALWAYS_WISHED: [Criterion; 5] = [
    Criterion::Motivation,
    Criterion::Potential,
    Criterion::Hours,
    Criterion::WeekPattern,
    Criterion::Travel,
];

/// A weight in whole thousandths.
pub(super) fn thousandths(weight: f64, field: String) -> Result<u32, ProfileViolation> {
    scaled(weight, 1_000.0, LARGEST_WEIGHT).ok_or_else(|| ProfileViolation {
        field,
        problem: "that is no weight".into(),
        remedy: "give a number from 0 to 1000 with at most three decimals".into(),
    })
}

/// A share between 0 and 1 in whole parts of `parts`.
pub(super) fn share(share: f64, parts: u32, field: &str) -> Result<u32, ProfileViolation> {
    scaled(share, f64::from(parts), 1.0).ok_or_else(|| ProfileViolation {
        field: field.into(),
        problem: "that is no share".into(),
        remedy: format!("give a number from 0 to 1 in whole parts of {parts}"),
    })
}

/// A score in points, in hundredths; above 0 and at most 100.
pub(super) fn points(points: f64, field: &str) -> Result<u16, ProfileViolation> {
    let hundredths = scaled(points, 100.0, 100.0).and_then(|hundredths| u16::try_from(hundredths).ok());
    hundredths.filter(|hundredths| *hundredths > 0).ok_or_else(|| ProfileViolation {
        field: field.into(),
        problem: "that is no score where a band can begin".into(),
        remedy: "give points above 0 and up to 100, with at most two decimals".into(),
    })
}

fn scaled(value: f64, scale: f64, largest: f64) -> Option<u32> {
    if !value.is_finite() || !(0.0..=largest).contains(&value) {
        return None;
    }
    let parts = (value * scale).round();
    // Decimals are not exact in binary: a millionth of a part is their noise, more is a finer figure.
    // At most 1,000,000, so the conversion is exact.
    ((value * scale - parts).abs() < 1e-6).then_some(parts as u32)
}

/// Every rule that the figures break, in a fixed order.
pub(super) fn violations(numbers: &Numbers) -> Vec<ProfileViolation> {
    let mut found = ranges(numbers);
    found.extend(wishes_nobody_can_ask(numbers));
    found.extend(soft_weighs_most(numbers));
    found.extend(something_is_always_asked(numbers));
    found.dedup();
    found
}

fn violation(field: &str, problem: &str, remedy: impl Into<String>) -> ProfileViolation {
    ProfileViolation { field: field.into(), problem: problem.into(), remedy: remedy.into() }
}

fn ranges(n: &Numbers) -> Vec<ProfileViolation> {
    let mut found = Vec::new();
    if n.lambda > 100 || n.beta >= n.lambda || n.beta >= 100 - n.lambda {
        found.push(violation(
            "formula",
            "beta is not below both lambda and 1 - lambda (R1)",
            "choose lambda between 0 and 1, and beta below lambda and below 1 - lambda",
        ));
    }
    for (field, value, least, most) in [
        ("unknown.neutral", n.neutral, 5_000, 7_000),
        ("unknown.unnamed", n.unnamed, 0, 3_000),
        ("conflicts.unmet", n.unmet_share, 0, 9_000),
        ("conflicts.refusal", n.refusal_share, 0, 9_000),
        ("conflicts.hours", n.hours_share, 0, 9_000),
    ] {
        if !(least..=most).contains(&value) {
            let share = |part: u32| f64::from(part) / 10_000.0;
            let remedy = format!("give {} to {}", share(least), share(most));
            found.push(violation(field, "the share is out of range", remedy));
        }
    }
    found
}

fn wishes_nobody_can_ask(n: &Numbers) -> Vec<ProfileViolation> {
    Criterion::ALL
        .into_iter()
        .filter(|c| !c.can_be_wished() && n.weights[c.index()].wish > 0)
        .map(|c| {
            let field = format!("weights.{}.wish", c.key());
            violation(&field, "no person can wish this", "set it to 0 or leave it out")
        })
        .collect()
}

fn soft_weighs_most(n: &Numbers) -> Vec<ProfileViolation> {
    let demand = |c: Criterion| n.weights[c.index()].demand;
    let soft = || Criterion::ALL.into_iter().filter(|c| c.is_soft());
    let all: u32 = soft().map(demand).sum();
    // What may not be asked of a pair cannot outweigh anything there.
    let always: u32 = soft().filter(|c| *c != Criterion::Culture).map(demand).sum();
    let skills = demand(Criterion::Skills);
    let paper = demand(Criterion::Level) + demand(Criterion::Experience);
    let mut found: Vec<_> = soft()
        .filter(|c| demand(*c) == 0)
        .map(|c| {
            let field = format!("weights.{}.demand", c.key());
            violation(&field, "a soft criterion has no demand weight (R3)", "give it a weight above 0")
        })
        .collect();
    if all <= skills {
        let problem = "the soft criteria together do not weigh more than skills (R3)";
        found.push(violation("weights", problem, "raise the soft criteria or lower skills"));
    }
    if skills <= paper {
        let problem = "skills do not weigh more than level and experience together (R3)";
        found.push(violation("weights", problem, "raise skills or lower level and experience"));
    }
    if u64::from(always) * 3 <= u64::from(paper) * 10 {
        let problem = "0.3 times competencies, motivation and potential, the soft criteria that are always asked, is not \
                       above level and experience (R3)";
        found.push(violation("weights", problem, "raise the soft criteria or lower level and experience"));
    }
    found
}

fn something_is_always_asked(n: &Numbers) -> Vec<ProfileViolation> {
    let mut found = Vec::new();
    for (side, nothing) in [
        ("demand", n.weights.iter().all(|weight| weight.demand == 0)),
        ("wish", n.weights.iter().all(|weight| weight.wish == 0)),
    ] {
        if nothing {
            let problem = format!("all {side} weights are 0");
            found.push(violation("weights", &problem, "give the criteria weights above 0"));
        }
    }
    if ALWAYS_WISHED.iter().all(|c| n.weights[c.index()].wish == 0) {
        let remedy = "give motivation, potential, hours, week pattern or travel a wish weight";
        found.push(violation("weights", "nothing that is always asked has a wish weight", remedy));
    }
    found
}
