//! The TOML form of a profile (docs/profiles.md).

use super::{
    Numbers, ProfileViolation, RankingProfile, Weight,
    about::{About, ProfilePart, Told},
    bands::{Band, Bands},
    check,
    finding::ProfileError,
    walk::{Section, Walk},
};
use crate::rank::criterion::Criterion;
use std::sync::Arc;
use toml::de::DeTable;

/// Longest name of a profile, in characters.
const NAME_CHARACTERS: usize = 40;
const TEXTS: [&str; 6] =
    ["name", "version", "dutch_name", "english_name", "description", "english_description"];
const SECTIONS: [&str; 6] = ["formula", "unknown", "conflicts", "bands", "weights", "reasons"];
const FORMULA: [&str; 2] = ["lambda", "beta"];
const UNKNOWN: [&str; 2] = ["neutral", "unnamed"];
const CONFLICTS: [&str; 3] = ["unmet", "refusal", "hours"];
const SIDES: [&str; 2] = ["demand", "wish"];
const LANGUAGES: [&str; 2] = ["dutch", "english"];

/// Reads a profile, or tells everything that is wrong with it.
pub(super) fn parse(text: &str) -> Result<RankingProfile, ProfileError> {
    let mut walk = Walk::new(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        errors.iter().for_each(|error| walk.syntax(error));
        return Err(ProfileError::new(walk.into_findings()));
    }
    let root = walk.root(document.get_ref());
    walk.only(root, TEXTS.into_iter().chain(SECTIONS));
    let about = about(&mut walk, root);
    let numbers = numbers(&mut walk, root);
    let bands = bands(&mut walk, root);
    if let Some(numbers) = &numbers {
        for ProfileViolation { field, problem, remedy } in check::violations(numbers) {
            walk.note(&field, &problem, &remedy);
        }
    }
    match (about, numbers, bands) {
        (Some(about), Some(numbers), Some(bands)) if walk.is_clean() => {
            let profile = RankingProfile { about: Arc::new(about), numbers, bands, hash: String::new() };
            Ok(profile.hashed())
        }
        _ => Err(ProfileError::new(walk.into_findings())),
    }
}

/// Every key of a profile with its path; of the weights and reasons the criteria and parts stand for themselves.
#[cfg(test)]
pub(super) fn keys() -> Vec<String> {
    let inside = |section: &'static str, keys: Vec<&'static str>| {
        keys.into_iter().map(move |key| format!("{section}.{key}"))
    };
    let texts = TEXTS.into_iter().map(str::to_owned);
    let weights = inside("weights", Criterion::ALL.into_iter().map(Criterion::key).collect());
    texts
        .chain(inside("formula", FORMULA.into()))
        .chain(inside("unknown", UNKNOWN.into()))
        .chain(inside("conflicts", CONFLICTS.into()))
        .chain(inside("bands", Band::ALL.into_iter().map(Band::key).collect()))
        .chain(weights)
        .chain(SIDES.into_iter().map(str::to_owned))
        .chain(inside("reasons", LANGUAGES.into()))
        .collect()
}

fn about(walk: &mut Walk<'_>, root: Section<'_>) -> Option<About> {
    let name = walk.text(root, "name", true);
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if let Some(name) = &name
        && !(name.chars().all(is_plain) && name.len() <= NAME_CHARACTERS)
    {
        let remedy = format!("use at most {NAME_CHARACTERS} small letters, digits, - and _");
        walk.note("name", "that is no name of a profile", &remedy);
    }
    let version = walk.text(root, "version", true);
    let title = told(walk.text(root, "dutch_name", true), walk.text(root, "english_name", true));
    let description =
        told(walk.text(root, "description", true), walk.text(root, "english_description", false));
    let reasons = reasons(walk, root);
    Some(About { name: name?, version: version?, title: title?, description: description?, reasons })
}

fn told(dutch: Option<String>, english: Option<String>) -> Option<Told> {
    Some(Told { dutch: dutch?, english })
}

/// The written reasons; one that is missing was noted and is empty.
fn reasons(walk: &mut Walk<'_>, root: Section<'_>) -> Vec<Told> {
    let both = walk.section(root, "reasons", "reasons", true);
    walk.only(both, LANGUAGES.into_iter());
    let dutch = walk.section(both, "dutch", "reasons.dutch", true);
    let english = walk.section(both, "english", "reasons.english", false);
    for language in [dutch, english] {
        walk.only(language, ProfilePart::all().map(ProfilePart::key));
    }
    ProfilePart::all()
        .map(|part| Told {
            dutch: walk.text(dutch, part.key(), true).unwrap_or_default(),
            english: walk.text(english, part.key(), false),
        })
        .collect()
}

fn numbers(walk: &mut Walk<'_>, root: Section<'_>) -> Option<Numbers> {
    let formula = walk.section(root, "formula", "formula", true);
    walk.only(formula, FORMULA.into_iter());
    let unknown = walk.section(root, "unknown", "unknown", true);
    walk.only(unknown, UNKNOWN.into_iter());
    let conflicts = walk.section(root, "conflicts", "conflicts", true);
    walk.only(conflicts, CONFLICTS.into_iter());
    let shares = [
        (formula, "formula", "lambda", 100),
        (formula, "formula", "beta", 100),
        (unknown, "unknown", "neutral", 10_000),
        (unknown, "unknown", "unnamed", 10_000),
        (conflicts, "conflicts", "unmet", 10_000),
        (conflicts, "conflicts", "refusal", 10_000),
        (conflicts, "conflicts", "hours", 10_000),
    ]
    .map(|(section, path, key, parts)| {
        let number = walk.number(section, key, true)?;
        noted(walk, check::share(number, parts, &format!("{path}.{key}")))
    });
    let weights = weights(walk, root);
    let [lambda, beta, neutral, unnamed, unmet, refusal, hours] = shares;
    Some(Numbers {
        lambda: lambda?,
        beta: beta?,
        neutral: neutral?,
        unnamed: unnamed?,
        unmet_share: unmet?,
        refusal_share: refusal?,
        hours_share: hours?,
        weights: weights?,
    })
}

fn weights(walk: &mut Walk<'_>, root: Section<'_>) -> Option<[Weight; Criterion::COUNT]> {
    let section = walk.section(root, "weights", "weights", true);
    walk.only(section, Criterion::ALL.into_iter().map(Criterion::key));
    let paths = Criterion::ALL.map(|criterion| format!("weights.{}", criterion.key()));
    let weights: Vec<Option<Weight>> = Criterion::ALL
        .iter()
        .zip(&paths)
        .map(|(criterion, path)| {
            let own = walk.section(section, criterion.key(), path, true);
            walk.only(own, SIDES.into_iter());
            let demand = walk.number(own, "demand", true);
            let demand = demand.map(|weight| check::thousandths(weight, format!("{path}.demand")));
            let wish = walk.number(own, "wish", false).unwrap_or_default();
            let wish = noted(walk, check::thousandths(wish, format!("{path}.wish")));
            Some(Weight { demand: noted(walk, demand?)?, wish: wish? })
        })
        .collect();
    let weights: Option<Vec<Weight>> = weights.into_iter().collect();
    weights?.try_into().ok()
}

fn bands(walk: &mut Walk<'_>, root: Section<'_>) -> Option<Bands> {
    let section = walk.section(root, "bands", "bands", true);
    walk.only(section, Band::ALL.into_iter().map(Band::key));
    let [strong, good, partial] = Band::ALL.map(|band| {
        let points = walk.number(section, band.key(), true)?;
        noted(walk, check::points(points, &format!("bands.{}", band.key())))
    });
    let bands = Bands { strong: strong?, good: good?, partial: partial? };
    if !(bands.partial < bands.good && bands.good < bands.strong) {
        let remedy = "let strong lie above good, and good above partial";
        walk.note("bands", "the cut points do not fall from strong to partial", remedy);
    }
    Some(bands)
}

fn noted<T>(walk: &mut Walk<'_>, read: Result<T, ProfileViolation>) -> Option<T> {
    read.map_err(|broken| walk.note(&broken.field, &broken.problem, &broken.remedy)).ok()
}
