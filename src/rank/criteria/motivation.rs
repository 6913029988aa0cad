//! Motivation: wished work, sector and interests, and motivation that was observed (R2, R6).

use super::{Knowledge, Opinion, WHOLE, mean::mean, observed};
use crate::domain::observation::Dispute;
use crate::rank::{
    facts::{CandidateFacts, MotivationFor, SectorKey, Seen, VacancyFacts, Wish},
    found::Found,
    rules::{Pair, Rules},
    term::{has_all_words, share_a_key},
};

pub(in crate::rank) const OCCUPATION_WEIGHT: u32 = 4;
pub(in crate::rank) const SECTOR_WEIGHT: u32 = 2;
pub(in crate::rank) const INTERESTS_WEIGHT: u32 = 1;
pub(in crate::rank) const OBSERVED_WEIGHT: u32 = 3;
/// All four.
pub(in crate::rank) const WHOLE_WEIGHT: u32 =
    OCCUPATION_WEIGHT + SECTOR_WEIGHT + INTERESTS_WEIGHT + OBSERVED_WEIGHT;
const SAME_WORDS: u32 = 9_000;
pub(in crate::rank) const SAME_GROUP: u32 = 7_000;
const SAME_NAMED_SECTOR: u32 = 8_000;
const OTHER_WORK: u32 = 2_000;
pub(in crate::rank) const OTHER_INTERESTS: u32 = 3_000;

/// The four parts.
#[derive(Clone, Copy, Debug)]
pub(in crate::rank) struct Motivation {
    pub(in crate::rank) occupation: Opinion,
    pub(in crate::rank) sector: Opinion,
    pub(in crate::rank) interests: Opinion,
    pub(in crate::rank) observed: Opinion,
}

pub(in crate::rank) fn parts(pair: Pair<'_>, rules: Rules<'_>) -> Motivation {
    Found::new(pair, rules).motivation()
}

/// The parts, by how the work is like each wished occupation.
pub(in crate::rank) fn parts_by(likenesses: &[Likeness], pair: Pair<'_>, rules: Rules<'_>) -> Motivation {
    let Pair { vacancy, candidate, .. } = pair;
    let neutral = rules.numbers.neutral;
    let occupation = occupation(vacancy, likenesses).unwrap_or(Opinion::unknown(neutral));
    let sector = sector(vacancy, candidate).map_or(Opinion::unknown(neutral), Opinion::known);
    let interests = interests(vacancy, candidate).unwrap_or(Opinion::unknown(neutral));
    let observed = observed(vacancy, candidate, rules);
    Motivation { occupation, sector, interests, observed }
}

impl Motivation {
    /// Their mean.
    pub(in crate::rank) fn opinion(self) -> Option<Opinion> {
        mean(self.items().into_iter())
    }

    /// Occupation, sector, interests, observed, each with its weight.
    pub(in crate::rank) fn items(self) -> [(u32, Opinion); 4] {
        [
            (OCCUPATION_WEIGHT, self.occupation),
            (SECTOR_WEIGHT, self.sector),
            (INTERESTS_WEIGHT, self.interests),
            (OBSERVED_WEIGHT, self.observed),
        ]
    }
}

/// How the vacancy's work is like wished work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) enum Likeness {
    /// It is the wished work.
    Same,
    /// It has all words of it.
    Words,
    /// Both may mean one occupation, with what that is worth.
    Probably(u32),
    /// It is of the same group.
    Group,
    /// Nothing shows that it is like it.
    Other,
}

impl Likeness {
    /// As a fit.
    pub(in crate::rank) fn fit(self) -> u32 {
        match self {
            Self::Same => WHOLE,
            Self::Words => SAME_WORDS,
            Self::Probably(fit) => fit,
            Self::Group => SAME_GROUP,
            Self::Other => OTHER_WORK,
        }
    }
}

/// How the vacancy's work is like a wished occupation.
pub(in crate::rank) fn likeness(wish: &Wish, vacancy: &VacancyFacts) -> Likeness {
    if share_a_key(&wish.keys, &vacancy.keys) {
        return Likeness::Same;
    }
    if has_all_words(&vacancy.work_words, &wish.words) {
        return Likeness::Words;
    }
    let least = if is_of_group(wish, vacancy) { Likeness::Group } else { Likeness::Other };
    let meant = wish.senses.iter().filter_map(|sense| {
        let place = vacancy.work.binary_search_by_key(&sense.concept, |(own, _)| *own).ok()?;
        Some(u32::from(sense.confidence) * u32::from(vacancy.work.get(place)?.1) / WHOLE)
    });
    // At most the same words: the words differ, and which occupation they mean is not sure.
    let probably = meant.max().map(|sure| OTHER_WORK + (SAME_WORDS - OTHER_WORK) * sure / WHOLE);
    match probably {
        Some(fit) if fit > least.fit() => Likeness::Probably(fit),
        _ => least,
    }
}

/// Whether the work is of the same group of occupations as a wished one.
pub(in crate::rank) fn is_of_group(wish: &Wish, vacancy: &VacancyFacts) -> bool {
    wish.group.is_some_and(|group| vacancy.groups.contains(&group))
}

fn occupation(vacancy: &VacancyFacts, likenesses: &[Likeness]) -> Option<Opinion> {
    if vacancy.keys.is_empty() {
        return None;
    }
    let fit = likenesses.iter().map(|likeness| likeness.fit()).max()?;
    Some(open_above(fit, !vacancy.is_named()))
}

pub(in crate::rank) fn sector(vacancy: &VacancyFacts, candidate: &CandidateFacts) -> Option<u32> {
    if vacancy.sectors.is_empty() || candidate.wished_sectors.is_empty() {
        return None;
    }
    let some_pair = |same: fn(SectorKey, SectorKey) -> bool| {
        candidate.wished_sectors.iter().any(|wished| vacancy.sectors.iter().any(|own| same(*wished, *own)))
    };
    if some_pair(|a, b| a.division == b.division) {
        Some(WHOLE)
    } else if some_pair(SectorKey::same_named_sector) {
        Some(SAME_NAMED_SECTOR)
    } else {
        Some(OTHER_WORK)
    }
}

fn interests(vacancy: &VacancyFacts, candidate: &CandidateFacts) -> Option<Opinion> {
    if candidate.interests.is_empty() || vacancy.all_words.is_empty() {
        return None;
    }
    let matches = candidate.interests.iter().any(|(_, words)| has_all_words(&vacancy.all_words, words));
    let fit = if matches { WHOLE } else { OTHER_INTERESTS };
    Some(open_above(fit, !vacancy.is_named() || !vacancy.is_described))
}

/// Known, but more words of the vacancy could still show a better fit.
fn open_above(fit: u32, open: bool) -> Opinion {
    if !open || fit == WHOLE {
        return Opinion::known(fit);
    }
    Opinion { fit, low: fit, high: WHOLE, knowledge: Knowledge::Partly }
}

/// The observations of motivation that count for the vacancy.
pub(in crate::rank) fn observations<'a>(
    vacancy: &'a VacancyFacts,
    candidate: &'a CandidateFacts,
) -> impl Iterator<Item = &'a (MotivationFor, Seen)> {
    candidate.motivation.iter().filter(|(what, _)| counts_for(what, vacancy))
}

pub(in crate::rank) fn counts_for(what: &MotivationFor, vacancy: &VacancyFacts) -> bool {
    match what {
        MotivationFor::Sector(sector) => vacancy
            .sectors
            .iter()
            .any(|own| own.division == sector.division || own.same_named_sector(*sector)),
        MotivationFor::Occupation(keys, _) => share_a_key(keys, &vacancy.keys),
    }
}

pub(in crate::rank) fn observed(
    vacancy: &VacancyFacts,
    candidate: &CandidateFacts,
    rules: Rules<'_>,
) -> Opinion {
    let seen = observations(vacancy, candidate).map(|(what, seen)| (what.subject(), seen));
    let opinion = observed::judge(seen, rules.as_of);
    let stands_aside = || {
        candidate.motivation.iter().any(|(what, seen)| {
            matches!(what, MotivationFor::Occupation(..))
                && observed::exists(seen, rules.as_of)
                && seen.dispute == Dispute::Undisputed
                && !counts_for(what, vacancy)
        })
    };
    if !vacancy.is_named() && stands_aside() {
        return Opinion { low: 0, high: WHOLE, ..opinion };
    }
    opinion
}
