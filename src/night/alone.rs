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

/// A pair that another release scored, as far as it is told without adding anything up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerPair {
    /// The score, in hundredths.
    pub score: u32,
    /// The score with every unknown at its worst.
    pub low: u32,
    /// The score with every unknown at its best.
    pub high: u32,
    /// The codes of its reasons, each once, by the names that were stored with them.
    pub reasons: Vec<String>,
}

/// What was stored of a pair, whatever release made it; `None`: it is damaged.
pub fn former_pair(kept: &stored::NightVacancy, names: &[u8]) -> Option<FormerPair> {
    let names = stored::NightHead::decode(names).ok()?;
    let pair = kept.pairs.first()?;
    let code = |reason: &stored::NightReason| names.codes.get(reason.code as usize).cloned();
    let mut reasons = kept.reasons.iter().map(code).collect::<Option<Vec<_>>>()?;
    reasons.dedup();
    Some(FormerPair { score: pair.score, low: pair.low, high: pair.high, reasons })
}

fn in_the_record(refused: Refused) -> NightError {
    refused.of(Path::new("decisions"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_a_release_that_knew_more_is_told_as_it_was_stored() {
        let mut names = stored::NightHead::decode(&pair_names()[..]).unwrap();
        names.criteria.push("zwaartekracht".to_owned());
        names.codes.push("VALT_OMHOOG".to_owned());
        let code = u32::try_from(names.codes.len() - 1).unwrap();
        let names = names.encode_to_vec();
        assert!(matches!(PairNames::read(&names), Err(NightError::Newer { .. })));
        let reason = |code| stored::NightReason { code, data: Vec::new() };
        let kept = stored::NightVacancy {
            pairs: vec![stored::NightPair { score: 7_125, low: 6_000, high: 8_050, ..Default::default() }],
            reasons: vec![reason(code), reason(code)],
            ..Default::default()
        };
        let expected =
            FormerPair { score: 7_125, low: 6_000, high: 8_050, reasons: vec!["VALT_OMHOOG".to_owned()] };
        assert_eq!(former_pair(&kept, &names), Some(expected));
        let unnamed = stored::NightVacancy { reasons: vec![reason(code + 1)], ..kept };
        assert_eq!(former_pair(&unnamed, &names), None, "what was not named is damaged");
    }
}
