//! Reasons of potential, of culture and of support.

use super::lines::of_learning;
use crate::domain::text::Label;
use crate::rank::{
    criteria::{
        WHOLE,
        culture::{self, Said},
        skills::{self, Evidence},
        support,
    },
    facts::{Ability, Condition},
    found::Found,
    reason::{Reason, ReasonCode, Value},
    rules::Pair,
};

/// From this nearness on something that the person knows helps to learn a skill.
const HELPS: u32 = 6_000;

fn words(text: &Label) -> Value {
    Value::Words(text.as_str().to_owned())
}

pub(super) fn of_potential(found: &Found<'_>) -> Vec<Reason> {
    let mut reasons = of_learning(found.pair, found.rules);
    reasons.extend(of_near_skills(found.evidence()));
    reasons.push(of_growth(found));
    reasons
}

fn of_near_skills(asked: &[Evidence<'_>]) -> Option<Reason> {
    if asked.is_empty() {
        return None;
    }
    let unnamed = || asked.iter().filter(|evidence| !evidence.named.is_named());
    let near = unnamed().filter(|evidence| skills::near_item(**evidence).fit >= HELPS).count();
    let count = |number: usize| Value::Count(u32::try_from(number).unwrap_or(u32::MAX));
    Some(match (unnamed().count(), near) {
        (0, _) => Reason::plain(ReasonCode::SkillsAllNamed),
        (_, 0) => Reason::plain(ReasonCode::SkillsNoneNear),
        (all, near) => Reason::new(ReasonCode::SkillsNear, [("near", count(near)), ("unnamed", count(all))]),
    })
}

fn of_growth(found: &Found<'_>) -> Reason {
    let pair = found.pair;
    let wished = pair.candidate.wished.iter().zip(found.leads());
    let Some(lead) = found.lead() else {
        let wishes_none = pair.candidate.wished.is_empty();
        let code = if wishes_none { ReasonCode::WishedOccupationUnknown } else { ReasonCode::WorkUnknown };
        return Reason::plain(code);
    };
    let code = match lead {
        WHOLE => ReasonCode::WorkIsWished,
        0 => return Reason::plain(ReasonCode::WorkLeadsElsewhere),
        _ => ReasonCode::WorkLeadsThere,
    };
    // Of equals the first that the person named.
    match wished.rev().max_by_key(|(_, lead)| **lead) {
        Some((wish, _)) => Reason::new(code, [("occupation", words(&wish.text))]),
        None => Reason::plain(ReasonCode::WishedOccupationUnknown),
    }
}

pub(super) fn of_culture(found: &Found<'_>) -> Vec<Reason> {
    let pair = found.pair;
    if found.is_own_employer() {
        return vec![Reason::plain(ReasonCode::OwnEmployer)];
    }
    let conditions = &pair.candidate.conditions;
    if conditions.is_empty() {
        let asked = !pair.vacancy.conditions.is_empty();
        return asked.then(|| Reason::plain(ReasonCode::ConditionsOfPersonUnknown)).into_iter().collect();
    }
    conditions.iter().map(|condition| of_condition(condition, pair)).collect()
}

fn of_condition(condition: &Condition, pair: Pair<'_>) -> Reason {
    let code = match (condition.is_refused, culture::said(condition, pair.vacancy)) {
        (false, Said::Same) => ReasonCode::ConditionMet,
        (false, Said::Opposite) => ReasonCode::ConditionOpposite,
        (false, Said::Nothing) => ReasonCode::ConditionUnknown,
        (true, Said::Same) => ReasonCode::RefusedConditionThere,
        (true, Said::Opposite) => ReasonCode::RefusedConditionNotThere,
        (true, Said::Nothing) => ReasonCode::RefusedConditionUnknown,
    };
    Reason::new(code, [("condition", words(&condition.text))])
}

pub(super) fn of_support(pair: Pair<'_>) -> Vec<Reason> {
    let needs = pair.candidate.needs.iter().map(|kind| {
        let code = match support::cover(kind, pair.vacancy) {
            Some(true) => ReasonCode::SupportOffered,
            Some(false) => ReasonCode::SupportNotOffered,
            None => ReasonCode::SupportUnknown,
        };
        Reason::new(code, [("support", Value::Support(kind))])
    });
    needs.chain(pair.vacancy.capacities.iter().map(|asked| of_capacity(asked, pair))).collect()
}

fn of_capacity(asked: &Ability, pair: Pair<'_>) -> Reason {
    let ability = ("ability", words(&asked.text));
    let Some(part) = support::part(asked, pair.candidate) else {
        return Reason::new(ReasonCode::CapacityUnknown, [ability]);
    };
    if part == WHOLE {
        return Reason::new(ReasonCode::CapacityFits, [ability]);
    }
    let fit = ("part", Value::Fit(u16::try_from(part).unwrap_or(u16::MAX)));
    let own = support::able(asked, pair.candidate).filter_map(|own| own.minutes).max();
    match (own, asked.minutes) {
        (Some(own), Some(minutes)) if own < minutes => {
            let data = [ability, ("own", Value::DayMinutes(own)), ("asked", Value::DayMinutes(minutes)), fit];
            Reason::new(ReasonCode::CapacityTimeInPart, data)
        }
        _ => Reason::new(ReasonCode::CapacityInPart, [ability, fit]),
    }
}
