//! Vocational skills: how certain it is that the person can do what is asked (R5, R7, T1).

mod evidence;

pub(in crate::rank) use evidence::{
    ALIKE, Best, Evidence, MOST_UNNAMED, Named, all_evidence, by_alike_work, by_name_work_and_words,
    doubt_of, like_work, named, near_by, needed, of_words, strength, times, together,
};

use super::{Knowledge, Opinion, WHOLE, mean::means};
use crate::rank::{
    facts::{AskedSkill, CandidateFacts},
    rules::Rules,
};

/// From this certainty on a skill counts as named, however it was worded.
pub(in crate::rank) const NAMED: u32 = 5_000;
/// What a skill is worth at least that may be learned within the grace period (R8).
const MAY_BE_LEARNED: u32 = 7_000;

/// What the criterion skills and the near skills of the criterion potential say; `None` where no skill is asked.
#[derive(Clone, Copy, Debug)]
pub(in crate::rank) struct Both {
    pub(in crate::rank) skills: Option<Opinion>,
    pub(in crate::rank) near: Option<Opinion>,
}

/// Both, by what speaks for each asked skill.
pub(in crate::rank) fn both(asked: &[AskedSkill], found: &[Evidence<'_>], rules: Rules<'_>) -> Both {
    let both = asked.iter().zip(found);
    let both = both.map(|(asked, found)| (asked.weight, [item(asked, *found, rules), near_item(*found)]));
    let [skills, near] = means(both);
    Both { skills, near }
}

/// The asked skills with their weights.
pub(in crate::rank) fn items(
    asked: &[AskedSkill],
    found: &[Evidence<'_>],
    rules: Rules<'_>,
) -> impl Iterator<Item = (u32, Opinion)> {
    asked.iter().zip(found).map(move |(asked, found)| (asked.weight, item(asked, *found, rules)))
}

/// The near skills of the criterion potential, as asked.
pub(in crate::rank) fn near_items(
    asked: &[AskedSkill],
    found: &[Evidence<'_>],
) -> impl Iterator<Item = (u32, Opinion)> {
    asked.iter().zip(found).map(|(asked, found)| (asked.weight, near_item(*found)))
}

/// How soon a skill is had: half where nothing is known of it, more by what is near it. It is never held against the
/// person that a skill is missing: the criterion skills says so already.
pub(in crate::rank) fn near_item(found: Evidence<'_>) -> Opinion {
    let named = found.named.certainty;
    Opinion {
        fit: near_fit(found.certainty()),
        low: near_fit(if named >= NAMED { named } else { 0 }),
        high: WHOLE,
        knowledge: knowledge(named),
    }
}

/// How soon a skill is had of this certainty.
pub(in crate::rank) fn near_fit(certainty: u32) -> u32 {
    WHOLE / 2 + certainty / 2
}

/// What a skill of this certainty counts, where one of which nothing is known counts so much.
pub(in crate::rank) fn fit_above(unnamed: u32, certainty: u32) -> u32 {
    unnamed + (WHOLE - unnamed) * certainty / WHOLE
}

fn knowledge(named: u32) -> Knowledge {
    match named {
        WHOLE => Knowledge::Known,
        NAMED.. => Knowledge::Partly,
        _ => Knowledge::Unknown,
    }
}

/// What an asked skill counts of which nothing is known.
pub(in crate::rank) fn unnamed(asked: &AskedSkill, rules: Rules<'_>) -> u32 {
    unnamed_of(asked.may_be_learned, rules)
}

/// The same of any asked skill that may be learned, or not.
pub(in crate::rank) fn unnamed_of(may_be_learned: bool, rules: Rules<'_>) -> u32 {
    match may_be_learned {
        true => rules.numbers.unnamed.max(MAY_BE_LEARNED),
        false => rules.numbers.unnamed,
    }
}

/// A skill that is not named is unknown, never missing; what else speaks for it only raises what unknown counts.
fn item(asked: &AskedSkill, found: Evidence<'_>, rules: Rules<'_>) -> Opinion {
    let unnamed = unnamed(asked, rules);
    let above = |certainty: u32| fit_above(unnamed, certainty);
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

impl Named<'_> {
    /// Whether it is certain enough to count as named.
    pub(in crate::rank) fn is_named(self) -> bool {
        self.certainty >= NAMED
    }
}

pub(in crate::rank) fn is_named(asked: &AskedSkill, candidate: &CandidateFacts) -> bool {
    named(asked, &candidate.skills).is_named()
}
