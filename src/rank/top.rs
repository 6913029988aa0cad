//! Ranked lists: everybody is scored, and the best are put in order (R17–R19, R21).

mod counts;
mod outcome;
mod standing;

use counts::Counts;
use outcome::{Outcome, Outcomes};
pub use standing::{Standings, with_standings};

use super::{
    by_pair,
    facts::{CandidateFacts, VacancyFacts},
    listed::ListedVacancies,
    order::{self, Cursor, TieSecret},
    pool::{self, Closed, ExclusionReason},
    profile::{Profiles, RankingProfile},
    rules::{Pair, Rules},
    sweep::{Place, Scored},
    track::Track,
};
use crate::domain::{Date, sector::Sector};
use rayon::prelude::*;
use std::{borrow::Borrow, collections::BTreeMap};

/// How many pairs one task scores at least: fewer is more administration than work.
const CHUNK: usize = 256;
/// And how many at least where the scores are known already.
const CHUNK_OF_SCORES: usize = 8_192;
const SCORES: usize = 10_001;

/// By which profile a vacancy is matched.
#[derive(Clone, Copy, Debug)]
pub enum ProfileChoice<'a> {
    /// By the vacancy's sector.
    BySector(&'a Profiles),
    /// By this one, whatever the sector.
    Forced(&'a RankingProfile),
}

impl<'a> ProfileChoice<'a> {
    /// The profile of a vacancy.
    pub fn of(self, vacancy: &VacancyFacts) -> &'a RankingProfile {
        self.of_sector(vacancy.sector())
    }

    /// The profile of the vacancies of a sector.
    pub fn of_sector(self, sector: Sector) -> &'a RankingProfile {
        match self {
            Self::BySector(profiles) => profiles.for_sector(sector),
            Self::Forced(profile) => profile,
        }
    }
}

/// What a list is asked for. The closures take the place of an entry in the slice that is ranked.
#[derive(Clone, Copy)]
pub struct Ranking<'a> {
    /// By which profile.
    pub profile: ProfileChoice<'a>,
    /// As of which day.
    pub as_of: Date,
    /// The secret of the store that orders ties.
    pub tie_secret: &'a TieSecret,
    /// How many matches to return at most.
    pub page_size: usize,
    /// The last match of the page before.
    pub after: Option<&'a Cursor>,
    /// Whether to rank what is outside the pool too.
    pub closed: Closed,
    /// Travel time one way in minutes, where it is known for an entry; `None`: of nobody.
    pub travel_minutes: Option<&'a (dyn Fn(usize) -> Option<u32> + Sync)>,
    /// The scores of entries in the pool by the profile and the day of this ranking, without a given travel time, as far
    /// as they are known already.
    pub scored: Option<&'a Scored<'a>>,
    /// Whether an entry is within the filters of the request; `None`: all are.
    pub filter: Option<&'a (dyn Fn(usize) -> bool + Sync)>,
}

/// One match of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedMatch {
    /// The place of the entry in the slice that was ranked.
    pub index: usize,
    /// The place in the whole list, from 1.
    pub rank: usize,
    /// Whether another entry has the same score.
    pub tied: bool,
    /// The order among equals.
    pub tie: u128,
    /// The score, in hundredths of a point.
    pub score: u16,
}

/// A page of a list, and what is not on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The matches, best first.
    pub matches: Vec<RankedMatch>,
    /// How many have a place in the whole list.
    pub considered: usize,
    /// How many have none, by reason, in a fixed order.
    pub excluded: Vec<(ExclusionReason, usize)>,
    /// How many come after the last match shown with the same score.
    pub tied_beyond: usize,
    /// How many are on each track, and on none, whichever track was asked for; empty for a list of candidates.
    pub tracks: BTreeMap<Option<Track>, usize>,
    /// Where the next page begins; `None` when this is the last.
    pub next: Option<Cursor>,
}

/// Ranks candidates for a vacancy. The same on any number of threads (R18).
pub fn rank_candidates<C>(vacancy: &VacancyFacts, candidates: &[C], ranking: &Ranking<'_>) -> Ranked
where
    C: Borrow<CandidateFacts> + Sync,
{
    let rules = Rules::new(ranking.profile.of(vacancy), ranking.as_of);
    List {
        ranking,
        count: candidates.len(),
        pair: &|index| {
            let travel_minutes = ranking.travel_minutes.and_then(|of| of(index));
            (Pair { vacancy, candidate: candidates[index].borrow(), travel_minutes }, rules)
        },
        outside: &|index| pool::candidate(candidates[index].borrow().pool, ranking.closed),
        id: &|index| candidates[index].borrow().id.as_str(),
        tracks: None,
        listed: None,
    }
    .rank()
}

/// Ranks vacancies for a candidate, each by its own profile. The same on any number of threads (R18).
///
/// The dream of the person is never left out, not even by the law (R13).
pub fn rank_vacancies<V>(candidate: &CandidateFacts, vacancies: &[V], ranking: &Ranking<'_>) -> Ranked
where
    V: Borrow<VacancyFacts> + Sync,
{
    rank_vacancies_on(Tracks::All, None, candidate, vacancies, ranking)
}

/// Which tracks a list of vacancies holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tracks {
    /// Every vacancy, on a track or not.
    All,
    /// Only those of one track.
    Only(Track),
}

/// Ranks the vacancies of some tracks for a candidate; the others are counted. `listed` is what is known already.
pub fn rank_vacancies_on<V>(
    tracks: Tracks,
    listed: Option<&ListedVacancies<'_>>,
    candidate: &CandidateFacts,
    vacancies: &[V],
    ranking: &Ranking<'_>,
) -> Ranked
where
    V: Borrow<VacancyFacts> + Sync,
{
    List {
        ranking,
        count: vacancies.len(),
        pair: &|index| {
            let vacancy = vacancies[index].borrow();
            let rules = Rules::new(ranking.profile.of(vacancy), ranking.as_of);
            (
                Pair { vacancy, candidate, travel_minutes: ranking.travel_minutes.and_then(|of| of(index)) },
                rules,
            )
        },
        outside: &|index| {
            let vacancy = vacancies[index].borrow();
            let rules = Rules::new(ranking.profile.of(vacancy), ranking.as_of);
            pool::vacancy(vacancy.pool, rules.as_of, ranking.closed)
        },
        id: &|index| vacancies[index].borrow().id.as_str(),
        tracks: Some(tracks),
        listed,
    }
    .rank()
}

/// Either list: entries by their place.
struct List<'a> {
    ranking: &'a Ranking<'a>,
    count: usize,
    pair: &'a (dyn Fn(usize) -> (Pair<'a>, Rules<'a>) + Sync),
    outside: &'a (dyn Fn(usize) -> Option<ExclusionReason> + Sync),
    id: &'a (dyn Fn(usize) -> &'a str + Sync),
    /// `None`: nobody asks for tracks.
    tracks: Option<Tracks>,
    /// What is known already of vacancies in the pool by the profile and the day of the ranking, without a given travel
    /// time.
    listed: Option<&'a ListedVacancies<'a>>,
}

impl<'a> List<'a> {
    fn all(&self) -> Outcomes<'a> {
        let Ranking { scored, filter, travel_minutes, closed, .. } = self.ranking;
        let is_plain = filter.is_none() && travel_minutes.is_none() && *closed == Closed::LeftOut;
        match scored {
            Some(scored) if is_plain && self.tracks.is_none() => {
                let rest = scored.unknown().map(|index| (index, self.outcome(index))).collect();
                Outcomes::Scored(scored, rest)
            }
            _ => Outcomes::Each(self.outcomes()),
        }
    }

    fn outcomes(&self) -> Vec<Outcome> {
        let least = if self.ranking.scored.is_some() { CHUNK_OF_SCORES } else { CHUNK };
        (0..self.count).into_par_iter().with_min_len(least).map(|index| self.outcome(index)).collect()
    }

    fn rank(&self) -> Ranked {
        let outcomes = self.all();
        let mut counts = outcomes.counts(self);
        let excluded = counts.excluded(self);
        let Counts { equals, tracks, .. } = counts;
        let considered = equals.iter().sum();
        let page = self.page(&outcomes, &equals);
        let last = page.entries.last();
        Ranked {
            considered,
            tied_beyond: last.map_or(0, |last| {
                let up_to_its_equals: usize = equals[usize::from(last.score)..].iter().sum();
                up_to_its_equals - (page.start + page.entries.len())
            }),
            next: last.filter(|_| page.start + page.entries.len() < considered).map(|last| Cursor {
                score: last.score,
                tie: last.tie,
                id: (self.id)(last.index).to_owned(),
            }),
            matches: page
                .entries
                .iter()
                .enumerate()
                .map(|(place, entry)| RankedMatch {
                    index: entry.index,
                    rank: page.start + place + 1,
                    tied: equals[usize::from(entry.score)] > 1,
                    tie: entry.tie,
                    score: entry.score,
                })
                .collect(),
            excluded,
            tracks,
        }
    }

    /// Which requirement of the law an entry does not meet.
    fn law(&self, index: usize, place: u16) -> ExclusionReason {
        let (pair, _) = (self.pair)(index);
        ExclusionReason::LegalRequirement { paper: pair.vacancy.papers[usize::from(place)].paper.name() }
    }

    fn outcome(&self, index: usize) -> Outcome {
        if self.ranking.filter.is_some_and(|passes| !passes(index)) {
            return Outcome::FilteredOut;
        }
        // Who has a score is in the pool.
        match self.ranking.scored.and_then(|scored| scored.of(index)) {
            Some(Place::Scored(_)) if self.ranking.travel_minutes.is_some_and(|of| of(index).is_some()) => {}
            Some(Place::Outside(_)) if self.ranking.closed == Closed::Included => {}
            Some(place) => return place.into(),
            None => {}
        }
        let is_estimated = || self.ranking.travel_minutes.is_none_or(|of| of(index).is_none());
        if let (Some(tracks), Some(listed)) = (self.tracks, self.listed)
            && let Some(known) = listed.of(index)
            && is_estimated()
        {
            return tracks.outcome(known);
        }
        if (self.outside)(index).is_some() {
            return Outcome::Outside;
        }
        let (pair, rules) = (self.pair)(index);
        let Some(tracks) = self.tracks else {
            return by_pair::place(pair, rules).into();
        };
        tracks.outcome(by_pair::listed(pair, rules))
    }

    /// The entries of the page, in order: only scores that reach the page are ordered among themselves.
    fn page(&self, outcomes: &Outcomes<'_>, equals: &[usize]) -> Page {
        // A place among the scores is one.
        let score = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        let highest = self.ranking.after.map_or(SCORES - 1, |after| usize::from(after.score).min(SCORES - 1));
        let above: usize = equals[highest + 1..].iter().sum();
        let mut lowest = highest;
        let mut reached = equals[highest];
        // The page may begin anywhere among the equals of the cursor, so those come on top of its size.
        let wanted = self.ranking.page_size.saturating_add(equals[highest]);
        while reached < wanted && lowest > 0 {
            lowest -= 1;
            reached += equals[lowest];
        }
        let reaching = outcomes.scoring(score(lowest)..=score(highest));
        let entry = |(index, score): (usize, u16)| {
            let (pair, _) = (self.pair)(index);
            Entry {
                index,
                score,
                tie: order::tie(self.ranking.tie_secret, &pair.vacancy.id, &pair.candidate.id),
            }
        };
        let mut entries: Vec<Entry> = reaching.into_iter().map(entry).collect();
        let place = |entry: &Entry| (std::cmp::Reverse(entry.score), entry.tie);
        entries
            .sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| (self.id)(a.index).cmp((self.id)(b.index))));
        let shown = self.ranking.after.map_or(0, |after| {
            let cursor = (std::cmp::Reverse(after.score), after.tie);
            entries.partition_point(|entry| {
                place(entry).cmp(&cursor).then_with(|| (self.id)(entry.index).cmp(&after.id)).is_le()
            })
        });
        entries.drain(..shown);
        entries.truncate(self.ranking.page_size);
        Page { start: above + shown, entries }
    }
}

struct Page {
    /// How many come before the page in the whole list.
    start: usize,
    entries: Vec<Entry>,
}

struct Entry {
    index: usize,
    score: u16,
    tie: u128,
}

#[cfg(test)]
mod tests;
