//! Vocational skills: the share of what is asked that the person names (R5, R7).

use super::{Opinion, WHOLE, mean::mean};
use crate::rank::{
    facts::{AskedSkill, CandidateFacts, item_weight},
    rules::{Pair, Rules},
    term::share_a_key,
};

pub(super) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    mean(items(pair, rules))
}

pub(in crate::rank) fn items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    let asked = pair.vacancy.skills.iter();
    asked.map(move |asked| (item_weight(asked.importance), item(asked, pair.candidate, rules)))
}

/// A skill that is not named is unknown, never missing.
fn item(asked: &AskedSkill, candidate: &CandidateFacts, rules: Rules<'_>) -> Opinion {
    if is_named(asked, candidate) { Opinion::known(WHOLE) } else { Opinion::unknown(rules.numbers.unnamed) }
}

pub(in crate::rank) fn is_named(asked: &AskedSkill, candidate: &CandidateFacts) -> bool {
    share_a_key(&asked.keys, &candidate.skills)
}
