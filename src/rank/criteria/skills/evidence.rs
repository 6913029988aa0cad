//! What speaks for it that a person has an asked skill.

use crate::rank::{
    criteria::WHOLE,
    facts::{AskedSense, AskedSkill, CandidateFacts, OwnSkill, OwnSkills, PastJob, Spell, VacancyFacts},
    halving::half,
    rules::{Pair, Rules},
    term::share_a_key,
};
use crate::taxonomy::{ConceptNumber, recognize::Sense};

/// What is only implied, near or said in other words is never as certain as what is named.
pub(in crate::rank) const MOST_UNNAMED: u32 = 9_500;
/// Words without a concept say little: T1 makes them a small part.
const WORDS: u32 = 3_000;
/// What alike work says of a wording that is not recognised: as much as an essential skill of ESCO.
pub(in crate::rank) const ALIKE: u32 = 7_000;
/// An entry of experience without a length counts as a year.
const MONTHS_UNKNOWN: u32 = 12;
/// What each of one, two, three kinds of work counts, and each of more: who did several did less of each.
const SEVERAL: [u32; 3] = [WHOLE, 9_000, 8_000];
const OF_MANY: u32 = 7_000;
/// Up to so many jobs are weighed without allocating.
const USUAL_JOBS: usize = 8;
/// Skills do not fade further than this.
const LEAST_RECENCY: u32 = 5_000;

/// Everything that speaks for an asked skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) struct Evidence<'a> {
    pub(in crate::rank) named: Named<'a>,
    /// The best of what is not the skill itself, where there is any.
    pub(in crate::rank) other: Option<(Best<'a>, u32)>,
}

/// Whether and how the person names the skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) struct Named<'a> {
    pub(in crate::rank) certainty: u32,
    /// In which other words; `None`: in the same words, or not at all.
    pub(in crate::rank) by: Option<&'a OwnSkill>,
}

/// What speaks most for a skill that is not named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rank) enum Best<'a> {
    /// A skill that is close to it.
    Near(&'a OwnSkill),
    /// Past work that needs it.
    Implied(&'a PastJob),
    /// Past work like this work.
    Alike(&'a PastJob),
    /// Some of its words.
    Words,
}

impl Evidence<'_> {
    /// How certain it is altogether, in 1/10,000.
    pub(in crate::rank) fn certainty(&self) -> u32 {
        together(self.named.certainty, self.other.map_or(0, |(_, certainty)| certainty))
    }
}

/// How certain a skill is by its name and by the best of everything else.
pub(in crate::rank) fn together(named: u32, other: u32) -> u32 {
    WHOLE - (WHOLE - named) * (WHOLE - other.min(MOST_UNNAMED)) / WHOLE
}

/// How certain an asked skill is by its name, and by the better of past work that needs it and of its words.
pub(in crate::rank) fn by_name_work_and_words(
    asked: &AskedSkill,
    person: &CandidateFacts,
    strengths: &[u32],
) -> [u32; 2] {
    let named = named(asked, &person.skills).certainty;
    let work = implied(asked, &person.jobs, strengths);
    let words = words(asked, &person.skills).filter(|_| named == 0);
    let other = [work, words].into_iter().flatten().map(|(_, certainty)| certainty).max();
    [named, other.unwrap_or(0)]
}

/// What speaks for each asked skill.
pub(in crate::rank) fn all_evidence<'a>(pair: Pair<'a>, rules: Rules<'_>) -> Box<[Evidence<'a>]> {
    let jobs = &pair.candidate.jobs;
    let of_all = |strengths: &[u32]| {
        let asked = pair.vacancy.skills.iter();
        asked.map(|asked| evidence(asked, pair, strengths)).collect()
    };
    if pair.vacancy.skills.is_empty() {
        return Box::default();
    }
    let mut few = [0; USUAL_JOBS];
    match few.get_mut(..jobs.len()) {
        Some(strengths) => {
            let each = strengths.iter_mut().zip(jobs);
            each.for_each(|(strength, job)| *strength = self::strength(job, jobs, rules));
            of_all(strengths)
        }
        None => of_all(&jobs.iter().map(|job| strength(job, jobs, rules)).collect::<Vec<_>>()),
    }
}

/// What speaks for it that the person has a skill, by what each of the jobs says of skills.
fn evidence<'a>(asked: &AskedSkill, pair: Pair<'a>, strengths: &[u32]) -> Evidence<'a> {
    let Pair { vacancy, candidate, .. } = pair;
    let named = named(asked, &candidate.skills);
    let found = [
        near(asked, &candidate.skills),
        implied(asked, &candidate.jobs, strengths),
        alike(asked, &candidate.jobs, vacancy, strengths),
        words(asked, &candidate.skills).filter(|_| named.certainty == 0),
    ];
    // Of equals the first in this order.
    let best = found.into_iter().flatten().filter(|(_, certainty)| *certainty > 0).rev();
    Evidence { named, other: best.max_by_key(|(_, certainty)| *certainty) }
}

/// Whether and how a person names an asked skill.
pub(in crate::rank) fn named<'a>(asked: &AskedSkill, own: &'a OwnSkills) -> Named<'a> {
    let exact = if share_a_key(&asked.keys, &own.keys) { u32::from(own.damp) } else { 0 };
    let mut named = Named { certainty: exact, by: None };
    for sense in &asked.senses {
        let Some(own) = own.of(sense.concept) else { continue };
        let certainty = times(u32::from(sense.relative), u32::from(own.certainty));
        if certainty > named.certainty {
            named = Named { certainty, by: Some(own) };
        }
    }
    named
}

fn near<'a>(asked: &AskedSkill, own: &'a OwnSkills) -> Option<(Best<'a>, u32)> {
    let mut best: Option<(&OwnSkill, u32)> = None;
    for sense in &asked.senses {
        for known in &own.known {
            let Some(close) = figure(&sense.close, known.concept) else { continue };
            let certainty = near_by(u32::from(sense.relative) * u32::from(close), known.certainty);
            if best.is_none_or(|(_, best)| certainty > best) {
                best = Some((known, certainty));
            }
        }
    }
    best.map(|(known, certainty)| (Best::Near(known), certainty))
}

/// What a named concept says of a skill that it is near to, by the product of how close both are and how much the skill
/// means what it is close to.
pub(in crate::rank) fn near_by(close: u32, certainty: u16) -> u32 {
    u32::try_from(u64::from(close) * u64::from(certainty) / 100_000_000).unwrap_or(WHOLE)
}

fn implied<'a>(asked: &AskedSkill, jobs: &'a [PastJob], strengths: &[u32]) -> Option<(Best<'a>, u32)> {
    let mut best: Option<(&PastJob, u32)> = None;
    let mut rest = WHOLE;
    for (job, strength) in jobs.iter().zip(strengths) {
        let weighed = |sense: Sense| times(u32::from(sense.confidence), needed(asked, sense.concept));
        let needed: u32 = job.senses.iter().map(weighed).sum();
        if needed == 0 {
            continue;
        }
        let certainty = times(*strength, needed.min(WHOLE));
        rest = times(rest, WHOLE - certainty);
        if best.is_none_or(|(_, best)| certainty > best) {
            best = Some((job, certainty));
        }
    }
    best.map(|(job, _)| (Best::Implied(job), WHOLE - rest))
}

/// How certain it is that somebody of an occupation has the asked skill.
pub(in crate::rank) fn needed(asked: &AskedSkill, occupation: ConceptNumber) -> u32 {
    let of = |sense: &AskedSense| {
        figure(&sense.implied, occupation).map(|need| times(u32::from(sense.relative), u32::from(need)))
    };
    asked.senses.iter().filter_map(of).max().unwrap_or(0)
}

fn alike<'a>(
    asked: &AskedSkill,
    jobs: &'a [PastJob],
    vacancy: &VacancyFacts,
    strengths: &[u32],
) -> Option<(Best<'a>, u32)> {
    let doubt = doubt_of(asked);
    if doubt == 0 || vacancy.alike.is_empty() {
        return None;
    }
    let of = |job: &PastJob, strength: u32| {
        let of_sense = |sense: Sense| {
            let alike = figure(&vacancy.alike, sense.concept)?;
            Some(like_work(strength, sense.confidence, alike))
        };
        job.senses.iter().filter_map(of_sense).max().unwrap_or(0)
    };
    // Of equals the first.
    let each = jobs.iter().zip(strengths).rev().map(|(job, strength)| (job, of(job, *strength)));
    let (job, work) = each.max_by_key(|(_, work)| *work)?;
    Some((Best::Alike(job), by_alike_work(work, doubt)))
}

/// How much is open of what an asked skill means.
pub(in crate::rank) fn doubt_of(asked: &AskedSkill) -> u32 {
    WHOLE - u32::from(asked.confidence).min(WHOLE)
}

/// How alike past work is to a vacancy's.
pub(in crate::rank) fn like_work(strength: u32, confidence: u16, alike: u16) -> u32 {
    let all = u64::from(strength) * u64::from(confidence) * u64::from(alike);
    u32::try_from(all / 100_000_000).unwrap_or(WHOLE)
}

/// What alike work says of a skill of which so much is open.
pub(in crate::rank) fn by_alike_work(work: u32, doubt: u32) -> u32 {
    let certainty = u64::from(work) * u64::from(ALIKE) * u64::from(doubt) / 100_000_000;
    u32::try_from(certainty).unwrap_or(WHOLE)
}

fn words<'a>(asked: &AskedSkill, own: &OwnSkills) -> Option<(Best<'a>, u32)> {
    let whole: u32 = asked.words.iter().map(|(_, weight)| u32::from(*weight)).sum();
    if whole == 0 {
        return None;
    }
    let has = |word| own.words.binary_search(word).is_ok();
    let said: u32 =
        asked.words.iter().filter(|(word, _)| has(word)).map(|(_, weight)| u32::from(*weight)).sum();
    Some((Best::Words, of_words(said, whole, own.damp)))
}

/// What words say of a skill, by the weights of those that are said and of all.
pub(in crate::rank) fn of_words(said: u32, whole: u32, damp: u16) -> u32 {
    times(WORDS * said / whole, u32::from(damp))
}

/// What a job says of skills, by its length and how long ago it was, the best of its spells, and by how many kinds of
/// work the person did.
pub(in crate::rank) fn strength(job: &PastJob, jobs: &[PastJob], rules: Rules<'_>) -> u32 {
    let several = SEVERAL.get(jobs.len().saturating_sub(1)).copied().unwrap_or(OF_MANY);
    let best = job.spells.iter().map(|spell| strength_of(*spell, rules)).max().unwrap_or(0);
    times(best, several)
}

fn strength_of(spell: Spell, rules: Rules<'_>) -> u32 {
    let as_of = rules.as_of;
    if spell.from.is_some_and(|from| from > as_of) {
        return 0;
    }
    // Half of it is there at once, half of the rest is learned every six months.
    let length = WHOLE - half(2 * spell.months(as_of).unwrap_or(MONTHS_UNKNOWN)) / 2;
    // Half is forgotten in twenty years.
    let ago = spell.until.map_or(0, |until| as_of.months_since(until));
    let recency = half(ago / 20).max(LEAST_RECENCY);
    times(length, recency)
}

/// The product of two figures in 1/10,000.
pub(in crate::rank) fn times(a: u32, b: u32) -> u32 {
    a * b / WHOLE
}

/// A concept's figure in a row by number.
pub(in crate::rank) fn figure(row: &[(ConceptNumber, u16)], concept: ConceptNumber) -> Option<u16> {
    let place = row.binary_search_by_key(&concept, |(own, _)| *own).ok()?;
    row.get(place).map(|(_, figure)| *figure)
}
