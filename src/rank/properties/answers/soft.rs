//! Answers about conditions, support and abilities.

use super::*;
use crate::domain::{
    support::{Capacity, SupportKind, SupportOffer},
    time::Answer,
};
use crate::rank::{generate::CONDITIONS, reference::normalised};

fn has_words(labels: &[Label]) -> bool {
    labels.iter().any(|label| !normalised(label.as_str()).is_empty())
}

pub(super) fn conditions(pair: &Pair, all: &mut Vec<Answers>) {
    let profile = &pair.candidate.profile;
    let offer = &pair.vacancy.offer;
    let person_says = has_words(&profile.wishes.conditions) || has_words(&profile.refusals.conditions);
    let labels = || CONDITIONS.iter().copied().chain(["zzz"]).map(text).collect::<Vec<Label>>();
    // Where neither side names any, naming one is news.
    if !person_says && has_words(&offer.conditions) {
        add(all, pair, "wishes.conditions", labels(), |p, a| {
            p.candidate.profile.wishes.conditions = vec![a];
        });
    }
    if person_says && offer.conditions.is_empty() {
        add(all, pair, "vacancy.offer.conditions", labels(), |p, a| p.vacancy.offer.conditions = vec![a]);
    }
    if person_says && offer.conditions_text.is_none() {
        let texts: Vec<FreeText> = CONDITIONS.iter().copied().chain(["zzz"]).map(text).collect();
        add(all, pair, "vacancy.offer.conditions_text", texts, |p, a| {
            p.vacancy.offer.conditions_text = Some(a);
        });
    }
}

pub(super) fn support(pair: &Pair, all: &mut Vec<Answers>) {
    if !pair.vacancy.offer.support.is_empty() {
        return;
    }
    let answers = SupportKind::ALL
        .into_iter()
        .flat_map(|kind| [Answer::Yes, Answer::No].map(|offered| SupportOffer { kind, offered, note: None }));
    add(all, pair, "vacancy.offer.support", answers, |p, a| p.vacancy.offer.support = vec![a]);
}

pub(super) fn capacities(pair: &Pair, all: &mut Vec<Answers>) {
    let asked = &pair.vacancy.offer.capacities_asked;
    if !pair.candidate.profile.capacities.is_empty() || asked.is_empty() {
        return;
    }
    let little = |one: &Capacity| Capacity { minutes_per_day: Some(1), ..one.clone() };
    let unlike = Capacity { ability: text("zzz"), minutes_per_day: None, note: None };
    let answers = asked.iter().flat_map(|one| [one.clone(), little(one)]).chain([unlike]);
    let answers: Vec<Capacity> = answers.collect();
    add(all, pair, "capacities", answers, |p, a| p.candidate.profile.capacities = vec![a]);
}
