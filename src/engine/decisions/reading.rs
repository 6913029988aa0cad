//! Decisions read back: what was stored, and nothing that was learned since.

use super::{EngineError, entry::day_of};
use crate::advice::SupportOfPair;
use crate::decisions::{DecisionId, Entry, Part};
use crate::domain::Date;
use crate::engine::{Engine, matching::Match, population::Population};
use crate::night::{FormerPair, NightError, PairAlone, PairNames, former_pair};
use crate::rank::{PoolState, pool::ExclusionReason};
use crate::wire::storage as stored;
use prost::Message;

/// Which decisions are looked for; nothing given: all.
#[derive(Clone, Debug, Default)]
pub struct DecisionChoice {
    /// Only those that say something of this person.
    pub candidate: String,
    /// Only those that were about this vacancy, or name it.
    pub vacancy: String,
    /// Only those of this caller.
    pub caller: String,
    /// Only those of this method.
    pub method: String,
    /// Only those of this moment or later, in milliseconds since 1970.
    pub from_ms: Option<u64>,
    /// Only those before this moment.
    pub before_ms: Option<u64>,
}

/// A decision, read back.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Identifies it.
    pub id: String,
    /// When it was recorded, in milliseconds since 1970.
    pub at_ms: u64,
    /// The head, as it was stored.
    pub head: stored::StoredDecision,
    /// As of which day.
    pub as_of: Option<Date>,
    /// The people, in the order of the answer.
    pub people: Vec<RecordedPart>,
}

/// What a decision says of one person.
#[derive(Clone, Debug)]
pub enum RecordedPart {
    /// Erased or deleted since.
    Erased,
    /// As it was stored.
    Person {
        /// The person's id; empty: nobody who is stored.
        candidate: String,
        /// What was stored.
        decided: Box<stored::StoredDecided>,
        /// The pair as a match, where there is one and it is asked for.
        matched: Option<Box<Match>>,
        /// The same of a match that another release made, whose lines this one does not add up.
        former: Option<FormerPair>,
    },
}

/// A page of decisions, the newest first.
#[derive(Clone, Debug, Default)]
pub struct DecisionPage {
    /// The decisions, without the reasons of matches.
    pub decisions: Vec<Recorded>,
    /// The next page begins before this number.
    pub next: Option<u64>,
}

impl Engine {
    /// A decision as it was recorded.
    ///
    /// # Errors
    /// When there is none with this id, its file cannot be read, or a later release wrote it.
    pub fn decision(&self, id: &str) -> Result<Recorded, EngineError> {
        let not_found = || EngineError::NotFound { what: "decision", id: id.to_owned() };
        let parsed = DecisionId::parse(id).ok_or_else(not_found)?;
        let (entry, preface) = self.decisions.reader().get(parsed)?;
        read(&parsed.to_string(), &entry, Some(&preface), &self.population())
    }

    /// Decisions, the newest first. A page looks through a bounded part of the record: one with few entries may have a next.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn decisions(
        &self,
        choice: &DecisionChoice,
        before: Option<u64>,
        size: usize,
    ) -> Result<DecisionPage, EngineError> {
        if !choice.candidate.is_empty() && !is_there(&self.population(), &choice.candidate) {
            return Ok(DecisionPage::default());
        }
        let select = |entry: &Entry, _: &[u8]| choice.holds(entry).then(|| entry.clone());
        let about = Some(choice.candidate.as_str()).filter(|id| !id.is_empty());
        let page = self.decisions.reader().page(before, size, about, select)?;
        let population = self.population();
        let decisions = page
            .entries
            .iter()
            .map(|selected| read(&selected.id.to_string(), &selected.found, None, &population));
        Ok(DecisionPage { decisions: decisions.collect::<Result<_, _>>()?, next: page.next })
    }
}

impl Engine {
    /// What the record says of one person, the newest first: of each decision that names them the head and their own part, with
    /// its reasons. A page looks through a bounded part of the record.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn decisions_of(
        &self,
        candidate: &str,
        before: Option<u64>,
        size: usize,
    ) -> Result<DecisionPage, EngineError> {
        let select = |entry: &Entry, preface: &[u8]| {
            let of_person = entry.of(candidate);
            (!of_person.parts.is_empty()).then(|| (of_person, preface.to_vec()))
        };
        let page = self.decisions.reader().page(before, size, Some(candidate), select)?;
        let population = self.population();
        let decisions = page.entries.iter().map(|selected| {
            let (entry, preface) = &selected.found;
            read(&selected.id.to_string(), entry, Some(preface), &population)
        });
        Ok(DecisionPage { decisions: decisions.collect::<Result<_, _>>()?, next: page.next })
    }
}

impl DecisionChoice {
    fn holds(&self, entry: &Entry) -> bool {
        let in_time = self.from_ms.is_none_or(|from| entry.at_ms >= from)
            && self.before_ms.is_none_or(|before| entry.at_ms < before);
        let whole = || {
            entry.parts.iter().filter_map(|part| match part {
                Part::Whole { subject, body, .. } => Some((subject, body)),
                Part::Erased { .. } => None,
            })
        };
        if !in_time || !self.candidate.is_empty() && !whole().any(|(subject, _)| *subject == self.candidate) {
            return false;
        }
        if self.vacancy.is_empty() && self.caller.is_empty() && self.method.is_empty() {
            return true;
        }
        // What cannot be read is told when it is asked for by its id.
        let Ok(head) = stored::StoredDecision::decode(&entry.head[..]) else { return false };
        let is = |asked: &str, own: &str| asked.is_empty() || asked == own;
        let names_vacancy = || {
            whole().any(|(_, body)| {
                stored::StoredDecided::decode(&body[..]).is_ok_and(|decided| {
                    decided.vacancy == self.vacancy
                        || decided.pair.is_some_and(|pair| pair.id == self.vacancy)
                })
            })
        };
        is(&self.caller, &head.caller)
            && is(&self.method, &head.method)
            && (is(&self.vacancy, &head.vacancy) || names_vacancy())
    }
}

/// Reads an entry; with the names of its file, its pairs too.
fn read(
    id: &str,
    entry: &Entry,
    names: Option<&[u8]>,
    population: &Population,
) -> Result<Recorded, EngineError> {
    let damaged = |what: &str| {
        let told = "`passend audit verify` says all that is wrong with the record of decisions";
        EngineError::StoreDamaged(format!("decision {id} cannot be read, {what} is damaged; {told}"))
    };
    let unreadable = || damaged("its entry");
    let head = stored::StoredDecision::decode(&entry.head[..]).map_err(|_| unreadable())?;
    let as_of = head.as_of.as_ref().and_then(day_of);
    let known = names.map(PairNames::read).transpose();
    let person = |part: &Part| -> Result<RecordedPart, EngineError> {
        let Part::Whole { subject, body, .. } = part else { return Ok(RecordedPart::Erased) };
        // From the moment of the deletion, whatever the file still holds until it is purged.
        if !is_there(population, subject) {
            return Ok(RecordedPart::Erased);
        }
        let mut decided = Box::new(stored::StoredDecided::decode(&body[..]).map_err(|_| unreadable())?);
        let (mut told, mut former) = (None, None);
        if let (Some(names), Some(pair)) = (names, decided.pair.as_ref()) {
            let as_of = as_of.ok_or_else(unreadable)?;
            let alone = match &known {
                Ok(known) => known.as_ref().map(|known| known.pair(pair, &head.profiles, as_of)).transpose(),
                Err(NightError::Newer { .. }) => Ok(None),
                Err(_) => return Err(damaged("the header of its file")),
            };
            match alone {
                Ok(Some(alone)) => told = Some(Box::new(matched(subject, &decided, alone))),
                Ok(None) | Err(NightError::Newer { .. }) => {
                    former = Some(former_pair(pair, names).ok_or_else(unreadable)?);
                }
                Err(error) => return Err(error.into()),
            }
        }
        if names.is_none()
            && let Some(pair) = decided.pair.take()
        {
            decided.vacancy = pair.id;
        }
        Ok(RecordedPart::Person { candidate: subject.clone(), decided, matched: told, former })
    };
    let people = entry.parts.iter().map(person).collect::<Result<_, _>>()?;
    Ok(Recorded { id: id.to_owned(), at_ms: entry.at_ms, as_of, people, head })
}

/// Whether a person is stored and not erased. Whose record is damaged was not erased; who came with a request without an
/// id is nobody who could be.
fn is_there(population: &Population, candidate: &str) -> bool {
    if candidate.is_empty() {
        return true;
    }
    match population.candidates.get(candidate) {
        Some(entry) => !matches!(entry.facts.pool(), PoolState::Erased),
        None => population.candidates.damaged_ids().any(|id| id == candidate),
    }
}

fn matched(candidate: &str, decided: &stored::StoredDecided, pair: PairAlone) -> Match {
    Match {
        candidate: candidate.to_owned(),
        vacancy: pair.vacancy,
        rank: usize::try_from(decided.rank).unwrap_or(usize::MAX),
        tied: decided.tied,
        explanation: pair.explanation,
        profile: pair.profile,
        outside_pool: ExclusionReason::from_name(&decided.outside_pool),
        unscored_requirements: pair.unscored_requirements,
        support: SupportOfPair::default(),
        earlier: None,
    }
}
