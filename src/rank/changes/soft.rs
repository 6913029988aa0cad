//! Support and conditions that the work could have, what the person could say of both, and learning that somebody could see.
//! What the person refuses, and what help they need, stays.

use super::{Change, Situation, of_candidate, of_vacancy, qualities::observation};
use crate::domain::{
    competency::{Competency, Quality},
    observation::{ObservationSource, Observed},
    support::SupportOffer,
    time::Answer,
};
use crate::rank::{
    criteria::{Knowledge, culture, potential, support},
    criterion::Criterion,
    facts::Condition,
    reason::{Reason, ReasonCode, Value},
};

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    learning(at, changes);
    conditions(at, changes);
    support_at_work(at, changes);
}

fn learning(at: &Situation<'_>, changes: &mut Vec<Change>) {
    let is_asked = at.pair.vacancy.qualities.iter().any(|asked| asked.competency == Competency::Learn);
    if is_asked || potential::parts(at.pair, at.rules).learning.knowledge != Knowledge::Unknown {
        return;
    }
    let what = Quality { competency: Competency::Learn, facet: None };
    let seen = observation(Observed::Quality(what), ObservationSource::PracticalTest, at.as_of);
    let learning = Value::Quality(Competency::Learn, None);
    let reason = Reason::new(ReasonCode::WithQualitySeen, [("quality", learning)]);
    changes.push(of_candidate(Criterion::Potential, reason, "observations", move |profile| {
        profile.observations.push(seen.clone());
    }));
}

fn conditions(at: &Situation<'_>, changes: &mut Vec<Change>) {
    let (person, offered) = (at.pair.candidate, &at.vacancy.offer.conditions);
    if person.conditions.is_empty() && !offered.is_empty() {
        let wished = offered.clone();
        let reason = Reason::plain(ReasonCode::WithConditionsWished);
        changes.push(of_candidate(Criterion::Culture, reason, "wishes.conditions", move |profile| {
            profile.wishes.conditions.extend(wished.iter().cloned());
        }));
    }
    for wish in &at.candidate.wishes.conditions {
        let is_open = |condition: &&Condition| {
            !condition.is_refused
                && condition.text == *wish
                && culture::said(condition, at.pair.vacancy) == culture::Said::Nothing
        };
        if !person.conditions.iter().any(|condition| is_open(&condition)) {
            continue;
        }
        let words = Value::Words(wish.as_str().to_owned());
        let reason = Reason::new(ReasonCode::WithCondition, [("condition", words)]);
        let wish = wish.clone();
        changes.push(of_vacancy(Criterion::Culture, reason, "offer.conditions", move |vacancy| {
            vacancy.offer.conditions.push(wish.clone());
        }));
    }
}

fn support_at_work(at: &Situation<'_>, changes: &mut Vec<Change>) {
    for kind in at.pair.candidate.needs.iter() {
        if support::cover(kind, at.pair.vacancy) == Some(true) {
            continue;
        }
        let reason = Reason::new(ReasonCode::WithSupport, [("support", Value::Support(kind))]);
        changes.push(of_vacancy(Criterion::Support, reason, "offer.support", move |vacancy| {
            vacancy.offer.support.retain(|offer| offer.kind != kind);
            vacancy.offer.support.push(SupportOffer { kind, offered: Answer::Yes, note: None });
        }));
    }
    for asked in at.pair.vacancy.capacities.iter() {
        let demanded = at.vacancy.offer.capacities_asked.iter().find(|demand| demand.ability == asked.text);
        let Some(demanded) = demanded.filter(|_| support::part(asked, at.pair.candidate).is_none()) else {
            continue;
        };
        let words = Value::Words(asked.text.as_str().to_owned());
        let reason = Reason::new(ReasonCode::WithCapacity, [("ability", words)]);
        let able = demanded.clone();
        changes.push(of_candidate(Criterion::Support, reason, "capacities", move |profile| {
            profile.capacities.push(able.clone());
        }));
    }
}
