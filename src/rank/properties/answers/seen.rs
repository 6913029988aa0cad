//! Answers about what was observed and about what the work is.

use super::*;

pub(super) fn observations(pair: &Pair, assumed: &dyn Fn(Sector) -> Vec<Quality>, all: &mut Vec<Answers>) {
    let seen = &pair.candidate.profile.observations;
    let mut subjects: Vec<Quality> =
        pair.vacancy.requirements.competencies.iter().map(|asked| asked.what.clone()).collect();
    if subjects.is_empty() {
        subjects = assumed(pair.vacancy.sector_of_work());
    }
    // The ability to learn is always asked (potential).
    subjects.push(Quality { competency: Competency::Learn, facet: None });
    let is_about = |quality: &Quality| {
        seen.iter().any(|s| matches!(&s.observed, Observed::Quality(q) if q.competency == quality.competency))
    };
    subjects.retain(|quality| !is_about(quality));
    for quality in subjects {
        add(all, pair, "observations of a quality", sightings(pair.as_of), |p, (source, value, on)| {
            p.candidate.profile.observations.push(observation(
                Observed::Quality(quality.clone()),
                source,
                value,
                on,
            ));
        });
    }
    if seen.iter().any(|s| !matches!(s.observed, Observed::Quality(_))) {
        return;
    }
    let sectors = pair.vacancy.sector.iter().chain(&pair.vacancy.employer.sectors).copied();
    let mut subjects: Vec<Observed> = sectors.map(Observed::MotivationForSector).collect();
    subjects.extend(pair.vacancy.occupation.clone().map(Observed::MotivationForOccupation));
    subjects.push(Observed::MotivationForOccupation(plain("zzz")));
    for subject in subjects {
        add(all, pair, "observations of motivation", sightings(pair.as_of), |p, (source, value, on)| {
            p.candidate.profile.observations.push(observation(subject.clone(), source, value, on));
        });
    }
}

type Sighting = (ObservationSource, ObservedValue, Option<Date>);

fn sightings(as_of: Date) -> Vec<Sighting> {
    let mut all = Vec::new();
    for source in [ObservationSource::SelfReport, ObservationSource::Coach, ObservationSource::Employer] {
        for value in [ObservedValue::Absent, ObservedValue::Average, ObservedValue::Strong] {
            all.push((source, value, Some(as_of)));
            all.push((source, value, None));
        }
    }
    all
}

fn observation(
    observed: Observed,
    source: ObservationSource,
    value: ObservedValue,
    observed_on: Option<Date>,
) -> Observation {
    Observation {
        observed,
        source,
        value,
        observed_on,
        note: None,
        dispute: Dispute::Undisputed,
        delivery: None,
    }
}

/// What the vacancy says about the work itself.
pub(super) fn work(pair: &Pair, all: &mut Vec<Answers>) {
    let profile = &pair.candidate.profile;
    let mut wished: Vec<&OccupationRef> = profile.wishes.occupations.iter().collect();
    wished.extend(&profile.wishes.dream_occupation);
    let mut others: Vec<&OccupationRef> = profile.refusals.occupations.iter().collect();
    others.extend(profile.experience.iter().filter_map(|one| one.occupation.as_ref()));
    others.extend(profile.observations.iter().filter_map(|seen| match &seen.observed {
        Observed::MotivationForOccupation(occupation) => Some(occupation),
        _ => None,
    }));
    let interests = &profile.wishes.interests;
    if pair.vacancy.occupation.is_none() {
        let mut answers = vec![plain("zzz")];
        answers.extend(wished.iter().chain(&others).map(|o| (*o).clone()));
        // The same concept or code under other words, and the same words among others.
        answers.extend(wished.iter().map(|o| OccupationRef { text: text("zzz"), ..(*o).clone() }));
        answers.extend(wished.iter().map(|o| plain(longer(&o.text).as_str())));
        answers.extend(interests.iter().map(|interest| plain(interest.as_str())));
        add(all, pair, "vacancy.occupation", answers, |p, a| p.vacancy.occupation = Some(a));
    }
    if pair.vacancy.title.is_none() {
        let mut answers: Vec<Label> = vec![text("zzz")];
        answers.extend(wished.iter().chain(&others).map(|o| o.text.clone()));
        answers.extend(wished.iter().map(|o| longer(&o.text)));
        answers.extend(interests.clone());
        add(all, pair, "vacancy.title", answers, |p, a| p.vacancy.title = Some(a));
    }
    if pair.vacancy.description.is_none() {
        let answers = interests.iter().map(Label::as_str).chain(["zzz"]).map(text);
        let answers: Vec<_> = answers.collect();
        add(all, pair, "vacancy.description", answers, |p, a| p.vacancy.description = Some(a));
    }
    if pair.vacancy.tasks.is_empty() {
        let answers: Vec<Label> = interests.iter().cloned().chain([text("zzz")]).collect();
        add(all, pair, "vacancy.tasks", answers, |p, a| p.vacancy.tasks = vec![a]);
    }
}
