//! The TOML form of a profile.

use super::{Numbers, ProfileViolation, RankingProfile, Weight, check};
use crate::rank::criterion::Criterion;
use serde::Deserialize;

/// Why a text is no ranking profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The text is not the TOML of a profile.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// The figures break the rules.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Rules(Vec<ProfileViolation>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    name: String,
    version: String,
    dutch_name: String,
    english_name: String,
    description: String,
    formula: Formula,
    unknown: Unknown,
    conflicts: Conflicts,
    weights: Weights,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Formula {
    lambda: f64,
    beta: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unknown {
    neutral: f64,
    unnamed: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Conflicts {
    unmet: f64,
    refusal: f64,
    hours: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    skills: FileWeight,
    competencies: FileWeight,
    motivation: FileWeight,
    potential: FileWeight,
    culture: FileWeight,
    language: FileWeight,
    hours: FileWeight,
    week_pattern: FileWeight,
    travel: FileWeight,
    support: FileWeight,
    contract: FileWeight,
    level: FileWeight,
    experience: FileWeight,
    licences: FileWeight,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileWeight {
    demand: f64,
    #[serde(default)]
    wish: f64,
}

impl Weights {
    fn in_order(&self) -> [&FileWeight; Criterion::COUNT] {
        [
            &self.skills,
            &self.competencies,
            &self.motivation,
            &self.potential,
            &self.culture,
            &self.language,
            &self.hours,
            &self.week_pattern,
            &self.travel,
            &self.support,
            &self.contract,
            &self.level,
            &self.experience,
            &self.licences,
        ]
    }
}

pub(super) fn parse(text: &str) -> Result<RankingProfile, ProfileError> {
    let file: ProfileFile = toml::from_str(text).map_err(|error| syntax(text, &error))?;
    let numbers = numbers(&file).map_err(ProfileError::Rules)?;
    let violations = check::violations(&numbers);
    if !violations.is_empty() {
        return Err(ProfileError::Rules(violations));
    }
    let profile = RankingProfile {
        name: file.name,
        version: file.version,
        dutch_name: file.dutch_name,
        english_name: file.english_name,
        description: file.description.trim().to_owned(),
        numbers,
        hash: String::new(),
    };
    Ok(profile.hashed())
}

fn numbers(file: &ProfileFile) -> Result<Numbers, Vec<ProfileViolation>> {
    let mut violations = Vec::new();
    let mut take = |read: Result<u32, ProfileViolation>| {
        read.unwrap_or_else(|violation| {
            violations.push(violation);
            0
        })
    };
    let mut weights = [Weight::default(); Criterion::COUNT];
    for ((criterion, weight), place) in
        Criterion::ALL.into_iter().zip(file.weights.in_order()).zip(&mut weights)
    {
        let field = |side: &str| format!("weights.{}.{side}", criterion.key());
        place.demand = take(check::thousandths(weight.demand, field("demand")));
        place.wish = take(check::thousandths(weight.wish, field("wish")));
    }
    let numbers = Numbers {
        lambda: take(check::share(file.formula.lambda, 100, "formula.lambda")),
        beta: take(check::share(file.formula.beta, 100, "formula.beta")),
        neutral: take(check::share(file.unknown.neutral, 10_000, "unknown.neutral")),
        unnamed: take(check::share(file.unknown.unnamed, 10_000, "unknown.unnamed")),
        unmet_share: take(check::share(file.conflicts.unmet, 10_000, "conflicts.unmet")),
        refusal_share: take(check::share(file.conflicts.refusal, 10_000, "conflicts.refusal")),
        hours_share: take(check::share(file.conflicts.hours, 10_000, "conflicts.hours")),
        weights,
    };
    if violations.is_empty() { Ok(numbers) } else { Err(violations) }
}

fn syntax(text: &str, error: &toml::de::Error) -> ProfileError {
    let start = error.span().map_or(text.len(), |span| span.start);
    let before = text.get(..start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    ProfileError::Syntax {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        message: error.message().to_owned(),
    }
}
