//! The figures of the model: those of a profile, and those that are the same for every profile.

use crate::domain::observation::ObservationSource;
use crate::rank::{
    criteria::{observed, skills},
    facts,
    profile::{Band, RankingProfile},
    term,
    wording::TextLanguage,
};

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A part of the whole, 0 to 1.
    Share,
    /// Points of a score, 0 to 100.
    Points,
    /// How often as much as what the work coach saw.
    Times,
    /// Months.
    Months,
    /// Entries of a list.
    Entries,
}

impl Unit {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Points => "points",
            Self::Times => "times",
            Self::Months => "months",
            Self::Entries => "entries",
        }
    }
}

/// A figure with what it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The stable key.
    pub key: &'static str,
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// What it does, in words.
    pub text: &'static str,
}

fn tenthousandths(share: u32) -> f64 {
    f64::from(share) / 10_000.0
}

/// The shares, neutral values and cut points of a profile.
pub fn of_profile(profile: &RankingProfile, language: TextLanguage) -> Vec<Figure> {
    let n = profile.numbers();
    let share = |key, value, dutch, english| Figure {
        key,
        value,
        unit: Unit::Share,
        text: language.of(dutch, english),
    };
    let band = |band, key, dutch, english| Figure {
        key,
        value: f64::from(profile.bands().from(band)) / 100.0,
        unit: Unit::Points,
        text: language.of(dutch, english),
    };
    vec![
        share(
            "formula.lambda",
            f64::from(n.lambda) / 100.0,
            "Zoveel telt de kant van de werkgever. De rest is de kant van de persoon.",
            "So much counts the employer's side. The rest is the person's side.",
        ),
        share(
            "formula.beta",
            f64::from(n.beta) / 100.0,
            "Zoveel van het verschil tussen beide kanten gaat eraf.",
            "So much of the difference between both sides is taken off.",
        ),
        share(
            "unknown.neutral",
            tenthousandths(n.neutral),
            "Zoveel telt iets dat gevraagd is en niet bekend.",
            "So much counts what is asked and not known.",
        ),
        share(
            "unknown.unnamed",
            tenthousandths(n.unnamed),
            "Zoveel telt een gevraagde vaardigheid die iemand niet noemt.",
            "So much counts an asked skill that somebody does not name.",
        ),
        share(
            "conflicts.unmet",
            tenthousandths(n.unmet_share),
            "Dit deel gaat van de score af voor elke harde eis die niet klopt.",
            "This part is taken off the score for every hard requirement that is not met.",
        ),
        share(
            "conflicts.refusal",
            tenthousandths(n.refusal_share),
            "Dit deel gaat eraf als de persoon dit werk duidelijk niet wil.",
            "This part is taken off when the person clearly does not want this work.",
        ),
        share(
            "conflicts.hours",
            tenthousandths(n.hours_share),
            "Dit deel gaat er hoogstens af voor te weinig uren of andere tijden.",
            "This part at most is taken off for too few hours or other times.",
        ),
        band(
            Band::Strong,
            "bands.strong",
            "Vanaf deze score leest een werkgever: past goed.",
            "From this score on an employer reads: fits well.",
        ),
        band(
            Band::Good,
            "bands.good",
            "Vanaf deze score leest een werkgever: past.",
            "From this score on an employer reads: fits.",
        ),
        band(
            Band::Partial,
            "bands.partial",
            "Vanaf deze score leest een werkgever: past voor een deel. Daaronder wordt niemand voorgesteld.",
            "From this score on an employer reads: fits in part. Below it nobody is proposed.",
        ),
    ]
}

/// What is the same for every profile.
pub fn fixed(language: TextLanguage) -> Vec<Figure> {
    let figure =
        |key, value, unit, dutch, english| Figure { key, value, unit, text: language.of(dutch, english) };
    let mut figures = vec![
        figure(
            "recognition.same_occupation",
            f64::from(term::SAME_OCCUPATION) / 10_000.0,
            Unit::Share,
            "Zo zeker moet het zijn dat woorden hetzelfde beroep noemen. Anders telt alleen wat er staat.",
            "So sure it must be that words name the same occupation. Else only the words themselves count.",
        ),
        figure(
            "skills.named",
            tenthousandths(skills::NAMED),
            Unit::Share,
            "Vanaf deze zekerheid geldt een gevraagde vaardigheid als genoemd.",
            "From this certainty on an asked skill counts as named.",
        ),
        figure(
            "skills.ordinary_list",
            f64::from(u32::try_from(facts::ORDINARY_LIST).unwrap_or(u32::MAX)),
            Unit::Entries,
            "Noemt iemand meer dan dit, dan telt elke vaardigheid wat minder.",
            "Where somebody names more than this, each skill counts a little less.",
        ),
        figure(
            "observations.half_life",
            12.0,
            Unit::Months,
            "Na deze tijd telt wat is gezien nog maar half.",
            "After this time what was seen counts only half.",
        ),
    ];
    figures.extend(ObservationSource::ALL.into_iter().map(|source| {
        let (key, dutch, english) = of_source(source);
        figure(key, f64::from(observed::weight(source)) / 100.0, Unit::Times, dutch, english)
    }));
    figures
}

fn of_source(source: ObservationSource) -> (&'static str, &'static str, &'static str) {
    match source {
        ObservationSource::SelfReport => (
            "observations.self",
            "Zoveel telt wat iemand zelf zegt. De werkcoach is 1.",
            "So much counts what somebody says. The work coach is 1.",
        ),
        ObservationSource::Conversation => (
            "observations.conversation",
            "Zoveel telt wat is gezien in een gesprek.",
            "So much counts what was seen in a conversation.",
        ),
        ObservationSource::Coach => (
            "observations.coach",
            "Zoveel telt wat de werkcoach zag.",
            "So much counts what the work coach saw.",
        ),
        ObservationSource::PracticalTest => (
            "observations.practical_test",
            "Zoveel telt wat is gezien in een praktijkproef.",
            "So much counts what was seen in a practical test.",
        ),
        ObservationSource::Internship => (
            "observations.internship",
            "Zoveel telt wat is gezien tijdens een stage.",
            "So much counts what was seen during an internship.",
        ),
        ObservationSource::TrialPlacement => (
            "observations.trial_placement",
            "Zoveel telt wat is gezien tijdens een proefplaatsing.",
            "So much counts what was seen during a trial placement.",
        ),
        ObservationSource::Employer => (
            "observations.employer",
            "Zoveel telt wat een werkgever zag.",
            "So much counts what an employer saw.",
        ),
    }
}
