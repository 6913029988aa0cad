//! Ranking profiles: the weights and shares of a match, read from TOML and held to R1 and R3.

mod check;
mod file;

pub use file::ProfileError;

use super::criterion::Criterion;
use crate::domain::{sector::Sector, vacancy::Vacancy};

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
    name: String,
    version: String,
    dutch_name: String,
    english_name: String,
    description: String,
    numbers: Numbers,
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
    /// [`ProfileError::Syntax`] with line and column for what is no profile at all (unknown key, wrong
    /// type), [`ProfileError::Rules`] with every violation of the rules.
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
        &self.name
    }

    /// The version that its file gives itself.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Hash of the name, the version and every figure, as 32 hexadecimal digits: what a decision refers to.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The Dutch name for people.
    pub fn dutch_name(&self) -> &str {
        &self.dutch_name
    }

    /// The English name for people.
    pub fn english_name(&self) -> &str {
        &self.english_name
    }

    /// What it is for, in Dutch.
    pub fn description(&self) -> &str {
        &self.description
    }

    fn hashed(mut self) -> Self {
        let mut hasher = blake3::Hasher::new();
        for text in [&self.name, &self.version] {
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        let n = &self.numbers;
        let shares = [n.lambda, n.beta, n.neutral, n.unnamed, n.unmet_share, n.refusal_share, n.hours_share];
        let weights = n.weights.iter().flat_map(|w| [w.demand, w.wish]);
        for number in shares.into_iter().chain(weights) {
            hasher.update(&number.to_le_bytes());
        }
        self.hash = hasher.finalize().to_hex().chars().take(32).collect();
        self
    }
}

/// The profiles that a service has, one for each sector it tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profiles {
    general: RankingProfile,
    care: RankingProfile,
    engineering: RankingProfile,
}

impl Profiles {
    /// The profiles that are part of the program.
    ///
    /// # Errors
    /// When an embedded file is wrong, which a test rules out; kept as an error so that nothing panics.
    pub fn embedded() -> Result<Self, ProfileError> {
        Ok(Self {
            general: RankingProfile::parse(include_str!("../../data/profiles/algemeen.toml"))?,
            care: RankingProfile::parse(include_str!("../../data/profiles/zorg.toml"))?,
            engineering: RankingProfile::parse(include_str!("../../data/profiles/techniek.toml"))?,
        })
    }

    /// The same profiles with a request's own weights.
    ///
    /// # Errors
    /// As [`RankingProfile::with_weights`], for the first profile that breaks a rule.
    pub fn with_weights(&self, changes: &[WeightChange]) -> Result<Self, Vec<ProfileViolation>> {
        Ok(Self {
            general: self.general.with_weights(changes)?,
            care: self.care.with_weights(changes)?,
            engineering: self.engineering.with_weights(changes)?,
        })
    }

    /// The profile of a sector.
    pub fn for_sector(&self, sector: Sector) -> &RankingProfile {
        match sector {
            Sector::General => &self.general,
            Sector::Care => &self.care,
            Sector::Engineering => &self.engineering,
        }
    }

    /// The profile of a vacancy, by its sector.
    pub fn for_vacancy(&self, vacancy: &Vacancy) -> &RankingProfile {
        self.for_sector(vacancy.sector_of_work())
    }

    /// The profile with a name.
    pub fn by_name(&self, name: &str) -> Option<&RankingProfile> {
        self.all().into_iter().find(|profile| profile.name == name)
    }

    /// All profiles.
    pub fn all(&self) -> [&RankingProfile; 3] {
        [&self.general, &self.care, &self.engineering]
    }
}

#[cfg(test)]
mod tests;
