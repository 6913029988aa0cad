//! One pair by itself, in the form that nights keep: what the record of decisions says of one match.

use super::{
    NightError,
    decode::Decoded,
    head::{self, Names, NightHead},
    interner::number,
    record,
    refused::Refused,
};
use crate::domain::Date;
use crate::rank::{Explanation, profile::AppliedProfile};
use crate::wire::storage as stored;
use prost::Message;
use std::path::Path;

/// What numbers stand for: kept with whatever is written, so that it stays readable when the service learns new names.
#[derive(Clone, Debug)]
pub struct PairNames(Names);

/// A pair, read back.
#[derive(Clone, Debug)]
pub struct PairAlone {
    /// The vacancy's id.
    pub vacancy: String,
    /// The profile that scored it.
    pub profile: AppliedProfile,
    /// Requirements that are kept as text only (R9).
    pub unscored_requirements: u32,
    /// Every line with its reasons; without questions.
    pub explanation: Explanation,
}

/// The names of this release.
pub fn pair_names() -> Vec<u8> {
    head::names_of_this_release().encode_to_vec()
}

/// A profile with its figures.
pub fn keep_profile(profile: &AppliedProfile) -> stored::NightProfile {
    head::stored_profile(profile)
}

/// A pair with every line and reason, under the names of this release. `profile`: its place among those that are kept with it.
pub fn keep_pair(
    vacancy: &str,
    profile: usize,
    unscored_requirements: u32,
    explanation: &Explanation,
) -> stored::NightVacancy {
    stored::NightVacancy {
        id: vacancy.to_owned(),
        profile: number(profile),
        unscored_requirements,
        ..record::alone(explanation)
    }
}

impl PairNames {
    /// Reads names.
    ///
    /// # Errors
    /// When they are none, or name a criterion that this release does not know.
    pub fn read(bytes: &[u8]) -> Result<Self, NightError> {
        let names = stored::NightHead::decode(bytes).map_err(|_| Refused::Damaged("its names"));
        names.and_then(|names| Names::of(&names)).map(Self).map_err(in_the_record)
    }

    /// The pair that was kept.
    ///
    /// # Errors
    /// When it is damaged, or made by a release that knows more or counts otherwise.
    pub fn pair(
        &self,
        kept: &stored::NightVacancy,
        profiles: &[stored::NightProfile],
        as_of: Date,
    ) -> Result<PairAlone, NightError> {
        let profiles: Result<Vec<_>, Refused> =
            profiles.iter().map(|profile| head::profile_of(profile, &self.0)).collect();
        let read = |profiles: Vec<AppliedProfile>| {
            let head = NightHead::alone(as_of, profiles);
            let record = Decoded::of(kept.clone(), &head, &self.0)?;
            let explanation = record.explanation(0, &head)?;
            let profile =
                head.profiles.get(record.profile).cloned().ok_or(Refused::Damaged("its profile"))?;
            let unscored_requirements = record.unscored_requirements;
            Ok(PairAlone { vacancy: record.id, profile, unscored_requirements, explanation })
        };
        profiles.and_then(read).map_err(in_the_record)
    }
}

fn in_the_record(refused: Refused) -> NightError {
    refused.of(Path::new("decisions"))
}
