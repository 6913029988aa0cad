//! Potential, culture and support.

use super::{
    Fit, Setting,
    criteria::observed,
    motivation::{groups, groups_of_work, keys_of_work, meant, meant_work, words_of_work, work_is_open},
    skills,
    words::{all_among, normalised, occupation_keys, occupation_with_key, share, text_key},
};
use crate::domain::{
    Candidate, Vacancy,
    competency::Competency,
    observation::Observed,
    support::{Capacity, SupportKind},
    text::Label,
    time::Answer,
    work::OccupationRef,
};
use std::collections::BTreeSet;

pub(super) fn potential(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Fit {
    let is_learning =
        |what: &Observed| matches!(what, Observed::Quality(seen) if seen.competency == Competency::Learn);
    let mut parts =
        vec![(5, observed(candidate, setting, is_learning)), (2, growth(vacancy, candidate, setting))];
    parts.extend(skills::near_skills(vacancy, candidate, setting).map(|near| (3, near)));
    Fit::mean(&parts).unwrap_or(Fit::unknown(5_000))
}

fn growth(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Fit {
    let neutral = setting.neutral();
    let wishes = &candidate.profile.wishes;
    let wished: Vec<&OccupationRef> =
        wishes.occupations.iter().chain(&wishes.dream_occupation).filter_map(occupation_with_key).collect();
    if wished.is_empty() || keys_of_work(vacancy, setting).is_empty() {
        return Fit { fit: neutral, low: neutral, high: 10_000 };
    }
    let lead = wished.iter().map(|wish| lead(wish, vacancy, setting)).max().unwrap_or(0);
    let fit = neutral + (10_000 - neutral) * lead / 10_000;
    Fit { fit, low: fit, high: if work_is_open(vacancy) { 10_000 } else { fit } }
}

fn lead(wish: &OccupationRef, vacancy: &Vacancy, setting: &Setting<'_>) -> i128 {
    if share(&occupation_keys(wish, setting), &keys_of_work(vacancy, setting))
        || all_among(wish.text.as_str(), &words_of_work(vacancy))
    {
        return 10_000;
    }
    let same_group = share(&groups(wish, setting), &groups_of_work(vacancy, setting));
    let mut best = if same_group { 5_000 } else { 0 };
    for (wished, sure) in meant(wish, setting) {
        for (own, confidence) in meant_work(vacancy, setting) {
            let shared = confidence * skills::alike_occupation(wished, own, setting) / 10_000;
            best = best.max(sure * shared / 10_000);
        }
    }
    best
}

/// `None` when neither side names a condition and the employer is another one.
pub(super) fn culture(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let mut employers =
        candidate.profile.availability.held_jobs.iter().filter_map(|job| job.employer.as_ref());
    if employers.any(|employer| vacancy.employer.id.as_ref() == Some(employer)) {
        return Some(Fit::known(10_000));
    }
    let neutral = setting.neutral();
    let wished = different(&candidate.profile.wishes.conditions);
    let refused = different(&candidate.profile.refusals.conditions);
    if wished.is_empty() && refused.is_empty() {
        let names_some = !different(&vacancy.offer.conditions).is_empty();
        return names_some.then(|| Fit::unknown(neutral));
    }
    let analysed = |text: &str| -> BTreeSet<String> {
        (setting.words)(text).into_iter().map(|(word, _)| word).collect()
    };
    let named: BTreeSet<String> =
        vacancy.offer.conditions.iter().flat_map(|condition| analysed(condition.as_str())).collect();
    let text = vacancy.offer.conditions_text.as_ref().map(|text| analysed(text.as_str()));
    let all_in = |words: &BTreeSet<String>, condition: &Label| {
        let own = analysed(condition.as_str());
        !own.is_empty() && own.is_subset(words)
    };
    let names = |same: &dyn Fn(&Label) -> bool| vacancy.offer.conditions.iter().any(same);
    let mut items = Vec::new();
    for condition in wished {
        let has = names(&|own| same_condition(own, condition, setting))
            || all_in(&named, condition)
            || text.as_ref().is_some_and(|text| all_in(text, condition));
        let is_opposite = names(&|own| opposite_conditions(own, condition, setting));
        items.push((
            2,
            if has {
                Fit::known(10_000)
            } else if is_opposite {
                Fit { fit: 2_000, low: 2_000, high: if text.is_some() { 2_000 } else { 10_000 } }
            } else {
                Fit { fit: neutral, low: 2_000, high: 10_000 }
            },
        ));
    }
    for condition in refused {
        items.push((
            4,
            if names(&|own| same_condition(own, condition, setting)) {
                Fit::known(0)
            } else if names(&|own| opposite_conditions(own, condition, setting)) {
                Fit::known(10_000)
            } else {
                Fit::unknown(neutral)
            },
        ));
    }
    Fit::mean(&items)
}

/// Each condition once; those without words not at all.
fn different(conditions: &[Label]) -> Vec<&Label> {
    let mut seen = BTreeSet::new();
    let has_words = |condition: &&Label| !normalised(condition.as_str()).is_empty();
    let is_new = |condition: &&Label| seen.insert(normalised(condition.as_str()));
    conditions.iter().filter(has_words).filter(is_new).collect()
}

fn entry_of<'a>(condition: &Label, setting: &Setting<'a>) -> Option<&'a super::ConditionEntry> {
    let name = normalised(condition.as_str());
    setting.conditions.iter().find(|entry| entry.names.contains(&name))
}

fn same_condition(one: &Label, other: &Label, setting: &Setting<'_>) -> bool {
    let both = (entry_of(one, setting), entry_of(other, setting));
    let same_words = !text_key(one.as_str()).is_disjoint(&text_key(other.as_str()));
    same_words || matches!(both, (Some(one), Some(other)) if one.key == other.key)
}

fn opposite_conditions(one: &Label, other: &Label, setting: &Setting<'_>) -> bool {
    match (entry_of(one, setting), entry_of(other, setting)) {
        (Some(one), Some(other)) => other.opposite.as_ref() == Some(&one.key),
        _ => false,
    }
}

/// `None` when nothing is needed and nothing asked.
pub(super) fn support(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let neutral = setting.neutral();
    let needed: BTreeSet<SupportKind> = candidate
        .profile
        .support_needs
        .iter()
        .filter(|need| need.needed == Answer::Yes)
        .map(|need| need.kind)
        .collect();
    let mut items: Vec<(i128, Fit)> = Vec::new();
    for kind in needed {
        items.push((2, need(kind, vacancy).map_or(Fit::unknown(neutral), Fit::known)));
    }
    for asked in &vacancy.offer.capacities_asked {
        let own = candidate.profile.capacities.iter().filter_map(|own| part(own, asked, setting)).max();
        items.push((2, own.map_or(Fit::unknown(neutral), Fit::known)));
    }
    Fit::mean(&items)
}

fn need(kind: SupportKind, vacancy: &Vacancy) -> Option<i128> {
    use SupportKind::{Buddy, Guidance, JobCoach, WorkSupervisor};
    let said = |kind, answer| {
        vacancy.offer.support.iter().any(|offer| offer.kind == kind && offer.offered == answer)
    };
    let guides = [Buddy, JobCoach, WorkSupervisor];
    let by_another = kind == Guidance && guides.iter().any(|guide| said(*guide, Answer::Yes));
    if said(kind, Answer::Yes) || by_another {
        return Some(10_000);
    }
    let no_guidance = guides.contains(&kind) && said(Guidance, Answer::No);
    (said(kind, Answer::No) || no_guidance).then_some(0)
}

/// The part of what is asked that an ability covers; `None` when it is another ability.
fn part(own: &Capacity, asked: &Capacity, setting: &Setting<'_>) -> Option<i128> {
    let ((own_words, own_kilos), (words, kilos)) = (plain(own, setting), plain(asked, setting));
    if words.is_empty() || !words.is_subset(&own_words) {
        return None;
    }
    let part_of = |own: Option<i128>, asked: Option<i128>| match (own, asked) {
        (Some(own), Some(asked)) if asked > 0 => (own * 10_000 / asked).min(10_000),
        _ => 10_000,
    };
    let minutes = |one: &Capacity| one.minutes_per_day.map(i128::from);
    Some(part_of(minutes(own), minutes(asked)).min(part_of(own_kilos, kilos)))
}

/// The words of an ability without its weight, and the weight.
fn plain(capacity: &Capacity, setting: &Setting<'_>) -> (BTreeSet<String>, Option<i128>) {
    let text = normalised(capacity.ability.as_str());
    let mut words: Vec<&str> = text.split(' ').collect();
    let mut kilos = None;
    let mut at = 1;
    while at < words.len() {
        match words[at - 1].parse::<u32>() {
            Ok(number) if ["kg", "kilo", "kilogram"].contains(&words[at]) => {
                kilos = Some(i128::from(number));
                words.drain(at - 1..=at);
                at = at.saturating_sub(1).max(1);
            }
            _ => at += 1,
        }
    }
    ((setting.words)(&words.join(" ")).into_iter().map(|(word, _)| word).collect(), kilos)
}
