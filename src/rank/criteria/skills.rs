//! Vocational skills: how certain it is that the person can do what is asked (R5, R7, T1).

mod evidence;

pub(in crate::rank) use evidence::{Best, Evidence, Named, evidence};

use super::{Knowledge, Opinion, WHOLE, mean::means};
use crate::rank::{
    facts::{AskedSkill, CandidateFacts},
    rules::{Pair, Rules},
};

/// From this certainty on a skill counts as named, however it was worded.
pub(in crate::rank) const NAMED: u32 = 5_000;
/// What a skill is worth at least that may be learned within the grace period (R8).
const MAY_BE_LEARNED: u32 = 7_000;

/// What the criterion skills and the near skills of the criterion potential say; `None` where no skill is asked.
pub(super) struct Both {
    pub(super) skills: Option<Opinion>,
    pub(super) near: Option<Opinion>,
}

pub(super) fn judge_both(pair: Pair<'_>, rules: Rules<'_>) -> Both {
    let both = pair.vacancy.skills.iter().map(|asked| {
        let found = evidence(asked, pair, rules);
        (asked.weight, [item(asked, found, rules), near_item(found)])
    });
    let [skills, near] = means(both);
    Both { skills, near }
}

pub(in crate::rank) fn items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    pair.vacancy
        .skills
        .iter()
        .map(move |asked| (asked.weight, item(asked, evidence(asked, pair, rules), rules)))
}

/// The near skills of the criterion potential, as asked.
pub(in crate::rank) fn near_items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    pair.vacancy.skills.iter().map(move |asked| (asked.weight, near_item(evidence(asked, pair, rules))))
}

/// How soon a skill is had: half where nothing is known of it, more by what is near it. It is never held against the
/// person that a skill is missing: the criterion skills says so already.
fn near_item(found: Evidence<'_>) -> Opinion {
    let above = |share: u32| WHOLE / 2 + share / 2;
    let named = found.named.certainty;
    Opinion {
        fit: above(found.certainty()),
        low: above(if named >= NAMED { named } else { 0 }),
        high: WHOLE,
        knowledge: knowledge(named),
    }
}

fn knowledge(named: u32) -> Knowledge {
    match named {
        WHOLE => Knowledge::Known,
        NAMED.. => Knowledge::Partly,
        _ => Knowledge::Unknown,
    }
}

/// A skill that is not named is unknown, never missing; what else speaks for it only raises what unknown counts.
fn item(asked: &AskedSkill, found: Evidence<'_>, rules: Rules<'_>) -> Opinion {
    let unnamed = match asked.may_be_learned {
        true => rules.numbers.unnamed.max(MAY_BE_LEARNED),
        false => rules.numbers.unnamed,
    };
    let above = |certainty: u32| unnamed + (WHOLE - unnamed) * certainty / WHOLE;
    let named = found.named.certainty;
    Opinion {
        fit: above(found.certainty()),
        low: match named {
            NAMED.. => above(named),
            _ if asked.may_be_learned => unnamed,
            _ => 0,
        },
        high: WHOLE,
        knowledge: knowledge(named),
    }
}

pub(in crate::rank) fn is_named(asked: &AskedSkill, candidate: &CandidateFacts) -> bool {
    evidence::named(asked, &candidate.skills).certainty >= NAMED
}
