//! The morning report: what a night came to, and what is worth doing today.

use super::{
    Engine, EngineError,
    matching::{RankingOptions, Subject},
    night_lists::{NightChoice, NightLists},
    questions::{ProfileQuestion, QuestionOptions, QuestionSubject},
};
use crate::domain::{
    Date,
    outcome::{Outcome, ProposalOutcome},
    sector::Sector,
};
use crate::night::{Night, NightCounts, NightHead, PlacedPair};
use crate::rank::profile::Band;
use crate::report::{self, ListFigures, ListedPlace, ListedVacancy};
use crate::store::Matched;
use crate::wire::v1;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
    rc::Rc,
    time::Duration,
};

/// Nothing new for so many whole months: the profile is stale. What one says of oneself counts half after a year.
pub const STALE_MONTHS: u32 = 12;
/// People whose profiles are looked at for questions: each is a ranking of every vacancy.
const LOOKED_AT: usize = 10;
/// A person's own best vacancies over which is added up how far scores can rise.
const OWN_BEST: u16 = 5;
/// Best vacancies over which the questions of a person are asked, as `ListProfileQuestions` has it by default.
const QUESTIONS_OVER: usize = 20;
/// Outcomes of the four weeks up to the night count, its own day among them.
const OUTCOMES_BACK: Duration = Duration::from_secs(27 * 24 * 60 * 60);

/// What a night came to.
#[derive(Clone, Debug)]
pub struct NightReport {
    /// What the lists were made with.
    pub head: NightHead,
    /// What came of the run.
    pub counts: NightCounts,
    /// The people who took part, by their numbers; empty where somebody is no longer shown.
    pub people: Vec<String>,
    /// How many of them are still shown.
    pub shown: u64,
    /// The vacancies, by their numbers.
    pub vacancies: Vec<String>,
    /// What the lists come to.
    pub figures: ListFigures,
    /// Who was not heard of.
    pub stale: Stale,
    /// What is worth asking.
    pub to_complete: ToComplete,
    /// From which day on outcomes count.
    pub outcomes_since: Date,
    /// What was recorded, by outcome.
    pub adoption: Vec<(ProposalOutcome, Adoption)>,
}

/// People of whom nothing new was heard for [`STALE_MONTHS`].
#[derive(Clone, Debug, Default)]
pub struct Stale {
    /// The day of the last news and who, the longest ago first.
    pub people: Vec<(Date, String)>,
    /// How many have no date at all.
    pub without_date: u64,
}

/// Answers worth asking for.
#[derive(Clone, Debug, Default)]
pub struct ToComplete {
    /// How many people were looked at.
    pub looked_at: u64,
    /// How many on a list of their own were not.
    pub left_out: u64,
    /// The best question of each, what gives most first.
    pub questions: Vec<ProfileQuestion>,
}

/// How often it was the first of a list of whom something was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adoption {
    /// Outcomes.
    pub recorded: u64,
    /// Of these, how many have a list that is kept.
    pub with_list: u64,
    /// Of these, how many stood on it.
    pub on_list: u64,
    /// Of these, how many stood first.
    pub first: u64,
}

impl Engine {
    /// The morning report of a night.
    ///
    /// # Errors
    /// A night that is gone, with those there are; a damaged file; a store that cannot be read.
    pub fn night_report(&self, choice: NightChoice) -> Result<NightReport, EngineError> {
        let lists = self.night_lists(choice)?;
        let head = lists.night.head().clone();
        let mut rises = vec![0_u32; lists.people.len()];
        let mut listed = Vec::with_capacity(lists.pairs.len());
        for (vacancy, pairs) in (0..).zip(&lists.pairs) {
            for pair in pairs.iter().filter(|pair| (1..=OWN_BEST).contains(&pair.own_rank)) {
                rises[pair.person as usize] += u32::from(pair.high.saturating_sub(pair.score));
            }
            let place = |pair: &PlacedPair| ListedPlace {
                person: lists.among_shown[pair.person as usize],
                rank: pair.rank,
                score: pair.score,
            };
            let places = pairs.iter().filter(|pair| pair.rank > 0).map(place).collect();
            listed.push(ListedVacancy {
                vacancy,
                cut: self.cut_point(&lists.vacancies[vacancy as usize]),
                places,
            });
        }
        let shown = lists.shown();
        let mut figures = report::figures(shown.len(), &listed);
        for person in &mut figures.on_no_list {
            *person = shown[*person as usize];
        }
        let since = head.as_of.saturating_sub(OUTCOMES_BACK);
        Ok(NightReport {
            counts: lists.night.counts().clone(),
            shown: shown.len() as u64,
            stale: self.stale(&lists, head.as_of)?,
            to_complete: self.to_complete(&lists, &rises, head.as_of)?,
            adoption: self.adoption(&head, since)?,
            outcomes_since: since,
            figures,
            head,
            people: lists.people,
            vacancies: lists.vacancies,
        })
    }

    /// From which score on somebody fits a vacancy well, by its profile as it is now; by the general one where it is gone.
    fn cut_point(&self, vacancy: &str) -> u16 {
        let population = self.population();
        let stored = population.vacancies.get(vacancy);
        let sector = stored.map_or(Sector::General, |entry| entry.facts().sector());
        self.profiles.for_sector(sector).bands().from(Band::Good)
    }

    fn stale(&self, lists: &NightLists, as_of: Date) -> Result<Stale, EngineError> {
        let took_part: HashSet<&str> = lists.people.iter().map(String::as_str).collect();
        let snapshot = self.store().snapshot()?;
        let mut stale = Stale::default();
        for message in Matched::<v1::Candidate>::read_all(&*snapshot, None)? {
            // A damaged record took no part either.
            let Ok(message) = message else { continue };
            if !took_part.contains(message.current.id.as_str()) {
                continue;
            }
            match message
                .current
                .provenance
                .iter()
                .filter_map(|part| day(part.delivery.as_ref()?.delivered_on.as_ref()?))
                .max()
            {
                None => stale.without_date += 1,
                Some(last) if whole_months(last, as_of) >= STALE_MONTHS => {
                    stale.people.push((last, message.current.id));
                }
                Some(_) => {}
            }
        }
        stale.people.sort();
        Ok(stale)
    }

    /// The best question of each of those whose scores can rise most.
    fn to_complete(&self, lists: &NightLists, rises: &[u32], as_of: Date) -> Result<ToComplete, EngineError> {
        let mut people: Vec<(Reverse<u32>, &str)> = rises
            .iter()
            .zip(&lists.people)
            .filter(|(rise, id)| **rise > 0 && !id.is_empty())
            .map(|(rise, id)| (Reverse(*rise), id.as_str()))
            .collect();
        people.sort_unstable();
        let mut found =
            ToComplete { left_out: people.len().saturating_sub(LOOKED_AT) as u64, ..ToComplete::default() };
        let options = RankingOptions::on(as_of);
        let asked = QuestionOptions { top: QUESTIONS_OVER, per_candidate: Some(1), offset: 0, page_size: 1 };
        for (_, id) in people.into_iter().take(LOOKED_AT) {
            let subject = QuestionSubject::Candidate(Subject::Stored(id.to_owned()));
            match self.profile_questions(&subject, &options, asked) {
                Ok(list) => {
                    found.looked_at += 1;
                    found.questions.extend(list.questions);
                }
                // Whoever went meanwhile is asked nothing.
                Err(EngineError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        found.questions.sort_by(|a, b| (b.total, &a.candidate).cmp(&(a.total, &b.candidate)));
        Ok(found)
    }

    /// Where those of whom something was recorded stood in the last list before it.
    fn adoption(
        &self,
        head: &NightHead,
        since: Date,
    ) -> Result<Vec<(ProposalOutcome, Adoption)>, EngineError> {
        let recorded: Vec<Outcome> = {
            let population = self.population();
            let within = |outcome: &&Outcome| (since..=head.as_of).contains(&outcome.on);
            population.outcomes.every().filter(within).cloned().collect()
        };
        let nights = self.nights().list()?;
        let mut ranks = Ranks { known: HashMap::new() };
        let mut by_kind: BTreeMap<ProposalOutcome, Adoption> =
            ProposalOutcome::ALL.into_iter().map(|kind| (kind, Adoption::default())).collect();
        for outcome in &recorded {
            let night = nights.iter().find(|night| night.as_of <= outcome.on && night.scope == head.scope);
            let adoption = by_kind.entry(outcome.kind).or_default();
            adoption.recorded += 1;
            let Some(night) = night else { continue };
            let night = self.nights().opened(&night.path)?;
            let Some(rank) = ranks.of(&night, outcome)? else { continue };
            adoption.with_list += 1;
            adoption.on_list += u64::from(rank > 0);
            adoption.first += u64::from(rank == 1);
        }
        Ok(by_kind.into_iter().collect())
    }
}

/// The place of each person on one list; `None`: there is no list.
type PlacesOfList = Option<Rc<HashMap<String, u16>>>;

/// Places of people on lists of nights, each list read once.
struct Ranks {
    /// By night and vacancy.
    known: HashMap<(Date, String), PlacesOfList>,
}

impl Ranks {
    /// The place of an outcome's person on the list of its vacancy, 0 where the person is not on it; `None`: no list.
    fn of(&mut self, night: &Night, outcome: &Outcome) -> Result<Option<u16>, EngineError> {
        let vacancy = outcome.vacancy.as_str();
        let key = (night.head().as_of, vacancy.to_owned());
        let list = match self.known.get(&key) {
            Some(list) => list.clone(),
            None => {
                let list = ranks_of(night, vacancy)?.map(Rc::new);
                self.known.insert(key, list.clone());
                list
            }
        };
        Ok(list.map(|list| list.get(outcome.candidate.as_str()).copied().unwrap_or(0)))
    }
}

/// The places of people on the list of a vacancy; `None`: it took no part.
fn ranks_of(night: &Night, vacancy: &str) -> Result<Option<HashMap<String, u16>>, EngineError> {
    let Some(at) = night.vacancies().position(|id| id == vacancy) else { return Ok(None) };
    let on_it = night.places(at)?.into_iter().filter(|pair| pair.rank > 0);
    let rank = |pair: PlacedPair| Some((night.people().get(pair.person as usize)?.clone(), pair.rank));
    Ok(Some(on_it.filter_map(rank).collect()))
}

fn day(sent: &v1::Date) -> Option<Date> {
    let (year, month) = (i16::try_from(sent.year).ok()?, i8::try_from(sent.month).ok()?);
    Date::new(year, month, i8::try_from(sent.day).ok()?).ok()
}

/// Whole months from a day to a later one, as in `docs/scoring.md`.
fn whole_months(from: Date, to: Date) -> u32 {
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let whole = months(to) - months(from) - i32::from(to.day() < from.day());
    u32::try_from(whole).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_stale_on_the_day_of_a_year_later_and_not_before() {
        let months = |to| whole_months(Date::constant(2025, 11, 22), to);
        assert_eq!(months(Date::constant(2026, 11, 22)), 12);
        assert_eq!(months(Date::constant(2026, 11, 21)), 11);
        assert_eq!(months(Date::constant(2025, 11, 1)), 0);
    }
}
