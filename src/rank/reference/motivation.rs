//! Motivation: wished occupation, wished sector, interests, and what was observed.

use super::{
    Fit, Setting,
    criteria::observed,
    words::{all_among, occupation_keys, occupation_with_key, share, title_keys, with_key, words},
};
use crate::domain::{
    Candidate, Vacancy,
    observation::{Dispute, Observed},
    sector::{SbiCode, Sector},
    text::Label,
    work::OccupationRef,
};
use crate::taxonomy::ConceptNumber;
use std::collections::BTreeSet;

pub(super) fn motivation(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Fit {
    let neutral = setting.neutral();
    let parts = [
        (4, occupation(vacancy, candidate, setting).unwrap_or(Fit::unknown(neutral))),
        (2, sector(vacancy, candidate).unwrap_or(Fit::unknown(neutral))),
        (1, interests(vacancy, candidate).unwrap_or(Fit::unknown(neutral))),
        (3, seen(vacancy, candidate, setting)),
    ];
    Fit::mean(&parts).unwrap_or(Fit::unknown(neutral))
}

fn occupation_of(vacancy: &Vacancy) -> Option<&OccupationRef> {
    vacancy.occupation.as_ref().and_then(occupation_with_key)
}

/// Whether the vacancy's occupation or its title is missing.
pub(super) fn work_is_open(vacancy: &Vacancy) -> bool {
    occupation_of(vacancy).is_none() || vacancy.title.as_ref().and_then(with_key).is_none()
}

/// The keys of a vacancy's occupation and title.
pub(super) fn keys_of_work(vacancy: &Vacancy, setting: &Setting<'_>) -> BTreeSet<String> {
    let mut keys = occupation_of(vacancy).map(|own| occupation_keys(own, setting)).unwrap_or_default();
    keys.extend(vacancy.title.iter().flat_map(|title| title_keys(title, setting)));
    keys
}

/// The group of what an occupation surely means, as a set of none or one.
pub(super) fn groups(occupation: &OccupationRef, setting: &Setting<'_>) -> BTreeSet<String> {
    let senses = setting.understanding.occupation(occupation);
    let sure = senses.iter().take(1).filter(|sense| sense.confidence >= 8_000);
    let codes = sure.map(|sense| setting.understanding.taxonomy().code(sense.concept).to_owned());
    codes.filter(|code| !code.is_empty()).collect()
}

pub(super) fn groups_of_work(vacancy: &Vacancy, setting: &Setting<'_>) -> BTreeSet<String> {
    let as_occupation = |title: &Label| OccupationRef { text: title.clone(), concept: None, boc_code: None };
    let title = vacancy.title.iter().map(as_occupation);
    title.chain(vacancy.occupation.clone()).flat_map(|own| groups(&own, setting)).collect()
}

/// The words of a vacancy's occupation and title.
pub(super) fn words_of_work(vacancy: &Vacancy) -> BTreeSet<String> {
    let title = vacancy.title.iter().flat_map(|title| words(title.as_str()));
    let occupation = occupation_of(vacancy).into_iter().flat_map(|own| words(own.text.as_str()));
    title.chain(occupation).collect()
}

/// The vacancy's own sector, or else those of its employer.
pub(super) fn sectors_of_work(vacancy: &Vacancy) -> Vec<SbiCode> {
    match vacancy.sector {
        Some(own) => vec![own],
        None => vacancy.employer.sectors.clone(),
    }
}

fn occupation(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let wishes = &candidate.profile.wishes;
    let wished: Vec<&OccupationRef> =
        wishes.occupations.iter().chain(&wishes.dream_occupation).filter_map(occupation_with_key).collect();
    let keys = keys_of_work(vacancy, setting);
    if wished.is_empty() || keys.is_empty() {
        return None;
    }
    let fit = if wished.iter().any(|wish| share(&occupation_keys(wish, setting), &keys)) {
        10_000
    } else if wished.iter().any(|wish| all_among(wish.text.as_str(), &words_of_work(vacancy))) {
        9_000
    } else {
        let same_group =
            wished.iter().any(|wish| share(&groups(wish, setting), &groups_of_work(vacancy, setting)));
        let by_meaning = 2_000 + 7_000 * probably(vacancy, &wished, setting) / 10_000;
        by_meaning.max(if same_group { 7_000 } else { 2_000 })
    };
    Some(Fit { fit, low: fit, high: if work_is_open(vacancy) { 10_000 } else { fit } })
}

/// How surely a wish and the work mean one occupation.
fn probably(vacancy: &Vacancy, wished: &[&OccupationRef], setting: &Setting<'_>) -> i128 {
    let mut best = 0;
    for wish in wished {
        for own in meant(wish, setting) {
            for work in meant_work(vacancy, setting).into_iter().filter(|work| work.0 == own.0) {
                best = best.max(own.1 * work.1 / 10_000);
            }
        }
    }
    best
}

/// What an occupation means, with confidences.
pub(super) fn meant(occupation: &OccupationRef, setting: &Setting<'_>) -> Vec<(ConceptNumber, i128)> {
    let senses = setting.understanding.occupation(occupation);
    senses.iter().map(|sense| (sense.concept, i128::from(sense.confidence))).collect()
}

/// What a vacancy's occupation and title mean.
pub(super) fn meant_work(vacancy: &Vacancy, setting: &Setting<'_>) -> Vec<(ConceptNumber, i128)> {
    let title = |title: &Label| OccupationRef { text: title.clone(), concept: None, boc_code: None };
    let work = vacancy.occupation.iter().cloned().chain(vacancy.title.as_ref().map(title));
    work.flat_map(|own| meant(&own, setting)).collect()
}

fn same_named_sector(a: SbiCode, b: SbiCode) -> bool {
    a.sector() != Sector::General && a.sector() == b.sector()
}

fn sector(vacancy: &Vacancy, candidate: &Candidate) -> Option<Fit> {
    let own = sectors_of_work(vacancy);
    let wished = &candidate.profile.wishes.sectors;
    let pairs = wished.iter().flat_map(|wish| own.iter().map(move |own| (*wish, *own)));
    let best = pairs.map(|(wish, own)| {
        if wish.division() == own.division() {
            10_000
        } else if same_named_sector(wish, own) {
            8_000
        } else {
            2_000
        }
    });
    best.max().map(Fit::known)
}

fn interests(vacancy: &Vacancy, candidate: &Candidate) -> Option<Fit> {
    let mut told = words_of_work(vacancy);
    told.extend(vacancy.description.iter().flat_map(|text| words(text.as_str())));
    told.extend(vacancy.tasks.iter().flat_map(|task| words(task.as_str())));
    told.extend(vacancy.requirements.skills.iter().flat_map(|asked| words(asked.what.text.as_str())));
    let named: Vec<_> = candidate.profile.wishes.interests.iter().filter_map(with_key).collect();
    if named.is_empty() || told.is_empty() {
        return None;
    }
    let fit = if named.iter().any(|interest| all_among(interest.as_str(), &told)) { 10_000 } else { 3_000 };
    let no_tasks = !vacancy.tasks.iter().any(|task| with_key(task).is_some());
    let open = work_is_open(vacancy) || vacancy.description.is_none() || no_tasks;
    Some(Fit { fit, low: fit, high: if open { 10_000 } else { fit } })
}

fn seen(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Fit {
    let keys = keys_of_work(vacancy, setting);
    let sectors = sectors_of_work(vacancy);
    let about_this_work = |what: &Observed| match what {
        Observed::Quality(_) => false,
        Observed::MotivationForSector(code) => {
            sectors.iter().any(|own| own.division() == code.division() || same_named_sector(*own, *code))
        }
        Observed::MotivationForOccupation(other) => share(&occupation_keys(other, setting), &keys),
    };
    let fit = observed(candidate, setting, about_this_work);
    let stands_aside = candidate.profile.observations.iter().any(|seen| match &seen.observed {
        Observed::MotivationForOccupation(other) => {
            occupation_with_key(other).is_some()
                && seen.dispute == Dispute::Undisputed
                && seen.observed_on.is_none_or(|day| day <= setting.as_of)
                && !about_this_work(&seen.observed)
        }
        _ => false,
    });
    if stands_aside && work_is_open(vacancy) { Fit::unknown(fit.fit) } else { fit }
}
