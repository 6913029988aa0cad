//! Language: the level that the work needs at the start, and the one that it needs later (R9).

use super::{Knowledge, Opinion, WHOLE, mean::mean};
use crate::domain::language::CefrLevel;
use crate::rank::{
    facts::{AskedLanguage, AskedLevel, CandidateFacts, item_weight},
    rules::{Pair, Rules},
};

pub(in crate::rank) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    mean(items(pair, rules))
}

pub(in crate::rank) fn items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    pair.vacancy.languages.iter().flat_map(move |asked| {
        let weight = item_weight(asked.importance);
        levels(asked, pair.candidate).map(move |(level, known)| (weight, item(level, known, rules)))
    })
}

/// Each asked skill of a language, and the person's level where known.
pub(in crate::rank) fn levels<'a>(
    asked: &'a AskedLanguage,
    candidate: &'a CandidateFacts,
) -> impl Iterator<Item = (&'a AskedLevel, Option<CefrLevel>)> {
    let held = candidate.languages.iter().find(|(language, _)| *language == asked.language);
    asked.levels.iter().map(move |level| (level, held.and_then(|(_, levels)| levels.get(level.skill))))
}

pub(in crate::rank) fn item(asked: &AskedLevel, known: Option<CefrLevel>, rules: Rules<'_>) -> Opinion {
    let Some(known) = known else {
        let worst = asked.fit(CefrLevel::A0);
        if worst == WHOLE {
            return Opinion::known(WHOLE);
        }
        return Opinion::unknown(rules.numbers.neutral.max(worst));
    };
    let (fit, high) = (asked.fit(known), asked.fit_at_best(known));
    let knowledge = if fit == high { Knowledge::Known } else { Knowledge::Partly };
    Opinion { fit, low: fit, high, knowledge }
}
