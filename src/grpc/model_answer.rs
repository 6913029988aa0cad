//! The model as the interface describes it: made from what runs, so that it cannot say anything else.

use super::{match_answer, recognition_answer};
use crate::engine::{self, Engine};
use crate::rank::{
    Criterion, RankingProfile, TextLanguage,
    describe::{self, Figure},
    profile::{AppliedProfile, ProfilePart},
};
use crate::wire::v1;

/// The running configuration in words and figures.
pub(super) fn describe(engine: &Engine, language: TextLanguage) -> v1::DescribeModelResponse {
    let model = engine.model_version();
    let profiles = || engine.profiles().every();
    v1::DescribeModelResponse {
        profiles: profiles()
            .map(|profile| match_answer::profile(&AppliedProfile::of(profile), false))
            .collect(),
        known_limits: describe::known_limits(language),
        version: model.version,
        criteria: Criterion::ALL.into_iter().map(|one| criterion(one, language)).collect(),
        described_profiles: profiles().map(|profile| described(profile, language)).collect(),
        figures: describe::fixed(language).into_iter().map(figure).collect(),
        never_counts: engine::never_counts(language).into_iter().map(text).collect(),
        steps: describe::steps(language).iter().map(|step| (*step).to_owned()).collect(),
        parts: model
            .parts
            .into_iter()
            .map(|(name, fingerprint)| v1::ModelPart { name, fingerprint })
            .collect(),
        taxonomy: Some(recognition_answer::taxonomy(model.taxonomy)),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn criterion(criterion: Criterion, language: TextLanguage) -> v1::DescribedCriterion {
    let name = match language {
        TextLanguage::Dutch => criterion.dutch(),
        TextLanguage::English => criterion.english(),
    };
    v1::DescribedCriterion {
        criterion: match_answer::criterion(criterion).into(),
        name: name.to_owned(),
        looks_at: describe::looks_at(criterion, language).to_owned(),
        soft: criterion.is_soft(),
        can_be_wished: criterion.can_be_wished(),
        scored: criterion.is_scored(),
    }
}

fn described(profile: &RankingProfile, language: TextLanguage) -> v1::DescribedProfile {
    v1::DescribedProfile {
        name: profile.name().to_owned(),
        title: profile.title(language).to_owned(),
        description: profile.description(language).to_owned(),
        file_version: profile.version().to_owned(),
        figures: describe::of_profile(profile, language).into_iter().map(figure).collect(),
        reasons: ProfilePart::all().map(|part| text((part.key(), profile.reason(part, language)))).collect(),
    }
}

fn figure(figure: Figure) -> v1::ModelFigure {
    v1::ModelFigure {
        key: figure.key.to_owned(),
        value: figure.value,
        unit: figure.unit.name().to_owned(),
        text: figure.text.to_owned(),
    }
}

fn text((key, text): (&'static str, &str)) -> v1::ModelText {
    v1::ModelText { key: key.to_owned(), text: text.to_owned() }
}
