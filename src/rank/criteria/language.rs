//! Language: the level that the work needs at the start (R9).

use super::{Opinion, WHOLE, mean::mean, steps_below};
use crate::domain::language::{CefrLevel, LanguageSkill};
use crate::rank::{
    facts::{AskedLanguage, CandidateFacts, item_weight},
    rules::{Pair, Rules},
};

pub(super) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    mean(items(pair, rules))
}

pub(in crate::rank) fn items<'a>(
    pair: Pair<'a>,
    rules: Rules<'a>,
) -> impl Iterator<Item = (u32, Opinion)> + 'a {
    pair.vacancy.languages.iter().flat_map(move |asked| {
        let weight = item_weight(asked.importance);
        levels(asked, pair.candidate).map(move |(_, level, known)| (weight, item(level, known, rules)))
    })
}

/// Each asked skill of a language: the level asked, and the person's where known.
pub(in crate::rank) fn levels<'a>(
    asked: &'a AskedLanguage,
    candidate: &'a CandidateFacts,
) -> impl Iterator<Item = (LanguageSkill, CefrLevel, Option<CefrLevel>)> + 'a {
    let held = candidate.languages.iter().find(|(language, _)| *language == asked.language);
    LanguageSkill::ALL.into_iter().zip(asked.at_start).filter_map(move |(skill, level)| {
        let known = held.and_then(|(_, levels)| levels.get(skill));
        level.map(|level| (skill, level, known))
    })
}

pub(in crate::rank) fn item(asked: CefrLevel, known: Option<CefrLevel>, rules: Rules<'_>) -> Opinion {
    match known {
        None => Opinion::unknown(rules.numbers.neutral),
        Some(known) if known >= asked => Opinion::known(WHOLE),
        Some(known) => Opinion::known(steps_below(asked as usize - known as usize)),
    }
}
