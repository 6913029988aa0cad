//! Vocational skills: how certain it is that the person can do what is asked (R5, R7, T1).

mod evidence;

pub(in crate::rank) use evidence::{Best, Named, evidence};

use super::{Knowledge, Opinion, WHOLE, mean::mean};
use crate::rank::{
    facts::{AskedSkill, CandidateFacts},
    rules::{Pair, Rules},
};

/// From this certainty on a skill counts as named, however it was worded.
pub(in crate::rank) const NAMED: u32 = 5_000;
/// What a skill is worth at least that may be learned within the grace period (R8).
const MAY_BE_LEARNED: u32 = 7_000;

pub(super) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    mean(items(pair, rules))
}

pub(in crate::rank) fn items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    pair.vacancy.skills.iter().map(move |asked| (asked.weight, item(asked, pair, rules)))
}

/// A skill that is not named is unknown, never missing; what else speaks for it only raises what unknown counts.
fn item(asked: &AskedSkill, pair: Pair<'_>, rules: Rules<'_>) -> Opinion {
    let found = evidence(asked, pair, rules);
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
        knowledge: match named {
            WHOLE => Knowledge::Known,
            NAMED.. => Knowledge::Partly,
            _ => Knowledge::Unknown,
        },
    }
}

pub(in crate::rank) fn is_named(asked: &AskedSkill, candidate: &CandidateFacts) -> bool {
    evidence::named(asked, &candidate.skills).certainty >= NAMED
}
