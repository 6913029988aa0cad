//! Ranking profiles: the weights and shares of a match, read from TOML and held to R1 and R3 (docs/profiles.md).

mod about;
mod applied;
mod bands;
mod check;
mod file;
mod finding;
mod set;
mod walk;

pub use about::ProfilePart;
pub use applied::AppliedProfile;
pub use bands::{Band, Bands};
pub use finding::{ProfileError, ProfileFinding};
pub use set::Profiles;

use super::{criterion::Criterion, wording::TextLanguage};
use about::About;
use std::sync::Arc;

/// What one criterion weighs, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Weight {
    /// What the employer's side weighs it, 0–1,000,000 thousandths.
    pub demand: u32,
    /// What the person's side weighs it, 0–1,000,000 thousandths.
    pub wish: u32,
}

/// A profile that the checker accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankingProfile {
    /// Shared: every match of an answer carries its profile.
    about: Arc<About>,
    numbers: Numbers,
    bands: Bands,
    hash: String,
}

/// The figures of a profile, in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// λ: the demand side's part of the score, in 1/100.
    pub lambda: u32,
    /// β: what the distance between both sides costs, in 1/100.
    pub beta: u32,
    /// The fit of what is unknown, in 1/10,000 (5,000–7,000).
    pub neutral: u32,
    /// The fit of an asked skill that is not named, in 1/10,000 (0–3,000).
    pub unnamed: u32,
    /// What an unmet MUST takes, in 1/10,000 (0–9,000).
    pub unmet_share: u32,
    /// What the person's explicit "no" takes, in 1/10,000 (0–9,000).
    pub refusal_share: u32,
    /// What hours below the employer's minimum take at most, in 1/10,000 (0–9,000).
    pub hours_share: u32,
    /// Weights in the order of [`Criterion::ALL`].
    pub weights: [Weight; Criterion::COUNT],
}

/// Something in a profile, or in the weights of a request, that the rules do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}; {remedy}")]
pub struct ProfileViolation {
    /// The field, such as `weights.skills.demand`.
    pub field: String,
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub remedy: String,
}

/// A weight that a request sets for itself; `None` keeps the profile's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightChange {
    /// Which criterion.
    pub criterion: Criterion,
    /// The new demand weight, 0–1,000 with at most three decimals.
    pub demand: Option<f64>,
    /// The new wish weight, 0–1,000 with at most three decimals.
    pub wish: Option<f64>,
}

impl RankingProfile {
    /// Reads a profile from the text of its file.
    ///
    /// # Errors
    /// Everything that is wrong, each with line, column, field and remedy: what is no TOML, unknown and missing keys,
    /// wrong types, figures out of range, and what R1 and R3 do not allow.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        file::parse(text)
    }

    /// The same profile with a request's own weights, held to the same rules.
    ///
    /// # Errors
    /// Every violation at once: a weight that is no number, negative, above 1,000 or finer than a
    /// thousandth, a wish weight that no person can ask, and R3.
    pub fn with_weights(&self, changes: &[WeightChange]) -> Result<Self, Vec<ProfileViolation>> {
        let mut numbers = self.numbers;
        let mut violations = Vec::new();
        for change in changes {
            let weight = &mut numbers.weights[change.criterion.index()];
            for (side, new, place) in
                [("demand", change.demand, &mut weight.demand), ("wish", change.wish, &mut weight.wish)]
            {
                let field = format!("weights.{}.{side}", change.criterion.key());
                match new.map(|weight| check::thousandths(weight, field)) {
                    Some(Ok(thousandths)) => *place = thousandths,
                    Some(Err(violation)) => violations.push(violation),
                    None => {}
                }
            }
        }
        violations.extend(check::violations(&numbers));
        if !violations.is_empty() {
            return Err(violations);
        }
        Ok(Self { numbers, ..self.clone() }.hashed())
    }

    /// The figures.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// The weight of a criterion.
    pub fn weight(&self, criterion: Criterion) -> Weight {
        self.numbers.weights[criterion.index()]
    }

    /// The name by which a request chooses it: `algemeen`, `zorg`, `techniek`.
    pub fn name(&self) -> &str {
        &self.about.name
    }

    /// The version that its file gives itself.
    pub fn version(&self) -> &str {
        &self.about.version
    }

    /// Hash of the name, the version and every figure, as 32 hexadecimal digits: what a decision refers to.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// From which score on an employer is told which band.
    pub fn bands(&self) -> Bands {
        self.bands
    }

    /// The name for people.
    pub fn title(&self, language: TextLanguage) -> &str {
        self.about.title.text(language)
    }

    /// What it is for; in Dutch where the file has it in no other language.
    pub fn description(&self, language: TextLanguage) -> &str {
        self.about.description.text(language)
    }

    /// Why a part of it is as it is, as its file says; in Dutch where the file has it in no other language.
    pub fn reason(&self, of: ProfilePart, language: TextLanguage) -> &str {
        self.about.reason(of, language)
    }

    fn hashed(mut self) -> Self {
        let mut hasher = blake3::Hasher::new();
        for text in [&self.about.name, &self.about.version] {
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        let n = &self.numbers;
        let shares = [n.lambda, n.beta, n.neutral, n.unnamed, n.unmet_share, n.refusal_share, n.hours_share];
        let weights = n.weights.iter().flat_map(|w| [w.demand, w.wish]);
        let bands = Band::ALL.map(|band| u32::from(self.bands.from(band)));
        for number in shares.into_iter().chain(weights).chain(bands) {
            hasher.update(&number.to_le_bytes());
        }
        self.hash = hasher.finalize().to_hex().chars().take(32).collect();
        self
    }
}

#[cfg(test)]
mod tests;
