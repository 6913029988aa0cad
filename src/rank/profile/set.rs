//! The profiles that a service has: one for each sector that it tells apart, and those of a municipality's own.

use super::{ProfileError, ProfileViolation, RankingProfile, WeightChange};
use crate::domain::{sector::Sector, vacancy::Vacancy};

/// The profiles that a service has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profiles {
    general: RankingProfile,
    care: RankingProfile,
    engineering: RankingProfile,
    /// Profiles that a request can name; no sector chooses them.
    more: Vec<RankingProfile>,
}

impl Profiles {
    /// The profiles that are part of the program.
    ///
    /// # Errors
    /// When an embedded file is wrong, which a test rules out; kept as an error so that nothing panics.
    pub fn embedded() -> Result<Self, ProfileError> {
        Ok(Self {
            general: RankingProfile::parse(include_str!("../../../data/profiles/algemeen.toml"))?,
            care: RankingProfile::parse(include_str!("../../../data/profiles/zorg.toml"))?,
            engineering: RankingProfile::parse(include_str!("../../../data/profiles/techniek.toml"))?,
            more: Vec::new(),
        })
    }

    /// Takes in a profile: in the place of the one with its name, else beside the others.
    pub fn take_in(&mut self, profile: RankingProfile) {
        let own = [&mut self.general, &mut self.care, &mut self.engineering]
            .into_iter()
            .chain(&mut self.more)
            .find(|own| own.name() == profile.name());
        match own {
            Some(own) => *own = profile,
            None => self.more.push(profile),
        }
    }

    /// The same profiles with a request's own weights.
    ///
    /// # Errors
    /// As [`RankingProfile::with_weights`], for the first profile that breaks a rule.
    pub fn with_weights(&self, changes: &[WeightChange]) -> Result<Self, Vec<ProfileViolation>> {
        if changes.is_empty() {
            return Ok(self.clone());
        }
        Ok(Self {
            general: self.general.with_weights(changes)?,
            care: self.care.with_weights(changes)?,
            engineering: self.engineering.with_weights(changes)?,
            // No sector chooses them: a request that names one weighs it itself.
            more: self.more.clone(),
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
        self.every().find(|profile| profile.name() == name)
    }

    /// The profiles that a sector chooses: general, care, engineering.
    pub fn all(&self) -> [&RankingProfile; 3] {
        [&self.general, &self.care, &self.engineering]
    }

    /// Every profile that a request can name, those of [`all`](Self::all) first.
    pub fn every(&self) -> impl Iterator<Item = &RankingProfile> {
        self.all().into_iter().chain(&self.more)
    }
}
