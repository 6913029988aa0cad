//! Ranked lists: everybody is scored, the page is judged in full (R17–R19, R21).

mod standing;

pub use standing::{Standings, with_standings};

use super::{
    facts::{CandidateFacts, VacancyFacts},
    legal::{self, Legal},
    order::{self, Cursor, TieSecret},
    pool::{self, Closed, ExclusionReason},
    profile::{Profiles, RankingProfile},
    rules::{Pair, Rules},
    score::{self, Judgement, Placed},
    sweep::Place,
    track::{self, Track},
};
use crate::domain::Date;
use rayon::prelude::*;
use std::{borrow::Borrow, collections::BTreeMap};

/// How many pairs one task scores at least: fewer is more administration than work.
const CHUNK: usize = 256;
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
        match self {
            Self::BySector(profiles) => profiles.for_sector(vacancy.sector()),
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
    /// Travel time one way in minutes, where it is known for an entry.
    pub travel_minutes: &'a (dyn Fn(usize) -> Option<u32> + Sync),
    /// The score of an entry in the pool by the profile and the day of this ranking, without a given travel time,
    /// where it is known already.
    pub scored: Option<&'a (dyn Fn(usize) -> Option<Place> + Sync)>,
    /// Whether an entry is within the filters of the request.
    pub filter: &'a (dyn Fn(usize) -> bool + Sync),
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
    /// Every line.
    pub judgement: Judgement,
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
            let travel_minutes = (ranking.travel_minutes)(index);
            (Pair { vacancy, candidate: candidates[index].borrow(), travel_minutes }, rules)
        },
        outside: &|index| pool::candidate(candidates[index].borrow().pool, ranking.closed),
        id: &|index| candidates[index].borrow().id.as_str(),
        tracks: None,
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
    rank_vacancies_on(Tracks::All, candidate, vacancies, ranking)
}

/// Which tracks a list of vacancies holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tracks {
    /// Every vacancy, on a track or not.
    All,
    /// Only those of one track.
    Only(Track),
}

/// Ranks the vacancies of some tracks for a candidate; the others are counted.
pub fn rank_vacancies_on<V>(
    tracks: Tracks,
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
            (Pair { vacancy, candidate, travel_minutes: (ranking.travel_minutes)(index) }, rules)
        },
        outside: &|index| {
            let vacancy = vacancies[index].borrow();
            let rules = Rules::new(ranking.profile.of(vacancy), ranking.as_of);
            pool::vacancy(vacancy.pool, rules.as_of, ranking.closed)
        },
        id: &|index| vacancies[index].borrow().id.as_str(),
        tracks: Some(tracks),
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
}

/// What became of one entry.
enum Outcome {
    Scored(u16),
    /// The law leaves it no place: which of the asked papers.
    Against(u16),
    OnTrack(u16, Option<Track>),
    OtherTrack(Option<Track>),
    Left(ExclusionReason),
}

impl List<'_> {
    fn outcomes(&self) -> Vec<Outcome> {
        (0..self.count).into_par_iter().with_min_len(CHUNK).map(|index| self.outcome(index)).collect()
    }

    fn rank(&self) -> Ranked {
        let outcomes = self.outcomes();
        let mut equals = vec![0_usize; SCORES];
        let mut excluded = BTreeMap::new();
        let mut tracks = BTreeMap::new();
        let mut against: BTreeMap<u16, (usize, usize)> = BTreeMap::new();
        let mut leave_out = |reason: &ExclusionReason, more: usize| match excluded.get_mut(reason) {
            Some(count) => *count += more,
            None => {
                excluded.insert(reason.clone(), more);
            }
        };
        for (index, outcome) in outcomes.iter().enumerate() {
            match outcome {
                Outcome::Scored(score) => equals[usize::from(*score)] += 1,
                Outcome::OnTrack(score, track) => {
                    equals[usize::from(*score)] += 1;
                    *tracks.entry(*track).or_insert(0) += 1;
                }
                Outcome::OtherTrack(track) => {
                    *tracks.entry(*track).or_insert(0) += 1;
                    leave_out(&ExclusionReason::OtherTrack, 1);
                }
                // Of one vacancy there are few papers and maybe thousands of people.
                Outcome::Against(place) if self.tracks.is_none() => {
                    against.entry(*place).or_insert((index, 0)).1 += 1;
                }
                Outcome::Against(place) => leave_out(&self.law(index, *place), 1),
                Outcome::Left(reason) => leave_out(reason, 1),
            }
        }
        for (place, (index, count)) in against {
            leave_out(&self.law(index, place), count);
        }
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
                .par_iter()
                .enumerate()
                .map(|(place, entry)| {
                    let (pair, rules) = (self.pair)(entry.index);
                    RankedMatch {
                        index: entry.index,
                        rank: page.start + place + 1,
                        tied: equals[usize::from(entry.score)] > 1,
                        tie: entry.tie,
                        judgement: score::judge(pair, rules),
                    }
                })
                .collect(),
            excluded: excluded.into_iter().collect(),
            tracks,
        }
    }

    /// Whether no travel time is given for an entry.
    fn is_untravelled(&self, index: usize) -> bool {
        (self.ranking.travel_minutes)(index).is_none()
    }

    /// Which requirement of the law an entry does not meet.
    fn law(&self, index: usize, place: u16) -> ExclusionReason {
        let (pair, _) = (self.pair)(index);
        ExclusionReason::LegalRequirement { paper: pair.vacancy.papers[usize::from(place)].paper.name() }
    }

    fn outcome(&self, index: usize) -> Outcome {
        if !(self.ranking.filter)(index) {
            return Outcome::Left(ExclusionReason::FilteredOut);
        }
        // Who has a score is in the pool.
        match self.ranking.scored.and_then(|scored| scored(index)) {
            Some(Place::Scored(score)) if self.is_untravelled(index) => return Outcome::Scored(score),
            Some(Place::Excluded { requirement }) => return Outcome::Against(requirement),
            Some(Place::Scored(_) | Place::Outside) | None => {}
        }
        if let Some(reason) = (self.outside)(index) {
            return Outcome::Left(reason);
        }
        let (pair, rules) = (self.pair)(index);
        let excluded_by = |place: usize| Outcome::Against(u16::try_from(place).unwrap_or(u16::MAX));
        let Some(tracks) = self.tracks else {
            return match score::place(pair, rules) {
                Placed::Scored(score) => Outcome::Scored(score),
                Placed::Excluded(place) => excluded_by(place),
            };
        };
        if let Legal::Excluded(place) = legal::judge(pair, rules)
            && !track::is_dream(pair)
        {
            return excluded_by(place);
        }
        let (score, base) = score::score_and_base(pair, rules);
        let track = track::of(pair, rules, base);
        match tracks {
            Tracks::Only(asked) if track != Some(asked) => Outcome::OtherTrack(track),
            Tracks::Only(_) | Tracks::All => Outcome::OnTrack(score, track),
        }
    }

    /// The entries of the page, in order: only scores that reach the page are ordered among themselves.
    fn page(&self, outcomes: &[Outcome], equals: &[usize]) -> Page {
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
        let mut entries: Vec<Entry> = outcomes
            .iter()
            .enumerate()
            .filter_map(|(index, outcome)| match outcome {
                Outcome::Scored(score) | Outcome::OnTrack(score, _)
                    if (lowest..=highest).contains(&usize::from(*score)) =>
                {
                    let (pair, _) = (self.pair)(index);
                    let tie = order::tie(self.ranking.tie_secret, &pair.vacancy.id, &pair.candidate.id);
                    Some(Entry { index, score: *score, tie })
                }
                _ => None,
            })
            .collect();
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
