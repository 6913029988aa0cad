//! The first phase: everybody is scored for every vacancy, and both sides keep their best.

use super::{
    fault::{Turn, during},
    field::{Field, Person},
    lists::{Best, Entry, Ordered},
    shard::{Shard, SweptVacancy},
};
use crate::engine::Engine;
use crate::rank::{
    Pair, Profiles, dream,
    order::TieSecret,
    sweep::{Everybody, Packed, Place},
};
use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

const SCORES: usize = 10_001;
/// So many people are passed over at once where none of them reaches a list.
const PASSED: usize = 32;

/// What everybody is judged by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Law<'a> {
    /// The profiles, by sector.
    pub(super) profiles: &'a Profiles,
    /// The order of ties.
    pub(super) secret: &'a TieSecret,
}

impl<'a> Law<'a> {
    /// Of an engine.
    pub(super) fn of(engine: &'a Engine) -> Self {
        Self { profiles: engine.profiles(), secret: engine.tie_secret() }
    }
}

/// The lowest score that still has a place in each person's list. They only rise; an old one only costs time.
#[derive(Debug)]
pub(super) struct Bars(Vec<AtomicU16>);

impl Bars {
    /// With these bars.
    pub(super) fn new(bars: impl Iterator<Item = u16>) -> Self {
        Self(bars.map(AtomicU16::new).collect())
    }

    /// Raises a bar.
    pub(super) fn raise(&self, person: usize, bar: u16) {
        self.0[person].fetch_max(bar, Relaxed);
    }

    fn now(&self) -> Vec<u16> {
        self.0.iter().map(|bar| bar.load(Relaxed)).collect()
    }
}

/// Stops work that nobody wants any more.
#[derive(Debug)]
pub(super) struct Stopped;

/// Scores some vacancies. After each of them `pause` is called with the number of its pairs.
///
/// # Errors
/// [`Stopped`] when `pause` says so.
pub(super) fn sweep(
    field: &Field,
    law: Law<'_>,
    vacancies: impl IntoIterator<Item = u32>,
    bars: &Bars,
    mut pause: impl FnMut(u64) -> Result<(), Stopped>,
) -> Result<Shard, Stopped> {
    let bars = bars.now();
    let mut desk = Desk { field, law, bars: &bars, places: Vec::new(), counts: vec![0; SCORES] };
    let mut swept = Shard::default();
    for vacancy in vacancies {
        let pairs = field.pairs_of(vacancy as usize);
        swept.vacancies.push(during(Turn::Vacancy(vacancy), || desk.sweep(vacancy)));
        pause(pairs)?;
    }
    Ok(swept)
}

/// The list of one vacancy, against everybody.
pub(super) fn list(field: &Field, law: Law<'_>, vacancy: u32) -> Ordered {
    let bars = vec![u16::MAX; field.people().len()];
    let mut desk = Desk { field, law, bars: &bars, places: Vec::new(), counts: vec![0; SCORES] };
    during(Turn::Vacancy(vacancy), || desk.sweep(vacancy).list)
}

/// Some of the people, with their numbers.
#[derive(Debug)]
pub(super) struct SomePeople {
    /// The people.
    pub(super) people: Everybody<Person>,
    /// Their numbers, from low to high.
    pub(super) numbers: Vec<u32>,
}

/// What became of a pair.
#[derive(Clone, Copy)]
enum Found {
    Scored(u16),
    Excluded(u16),
    /// Left out of the vacancy's list by law, and kept in the person's.
    Dream(u16, u16),
}

/// Room that is used again for each vacancy.
struct Desk<'a> {
    field: &'a Field,
    law: Law<'a>,
    bars: &'a [u16],
    places: Vec<Packed>,
    /// How many have each score.
    counts: Vec<u32>,
}

impl Desk<'_> {
    /// A vacancy against everybody.
    fn sweep(&mut self, vacancy: u32) -> SweptVacancy {
        let (others, numbers) = self.field.others(vacancy as usize);
        self.score(vacancy, others);
        let bar = if self.field.vacancies[vacancy as usize].in_scope { self.bar() } else { u16::MAX };
        let mut best: Vec<Entry> = Vec::with_capacity(self.field.depth * 2);
        let swept = self.take(vacancy, numbers, bar, |entry| {
            if entry.score >= bar {
                best.push(entry);
            }
        });
        let tie = |person| self.field.tie(vacancy, person, self.law.secret);
        SweptVacancy { list: Best::of(best).finish(self.field.depth, &tie), ..swept }
    }

    fn score(&mut self, vacancy: u32, others: &Everybody<Person>) {
        let asked = self.field.vacancies[vacancy as usize].entry.facts();
        others.scores(asked, self.field.rules(vacancy as usize, self.law), &mut self.places);
    }

    /// Who is left out, and what is offered to people; `scored` gets everybody with a place in the vacancy's list and at
    /// least the score `least`, and maybe others.
    fn take(
        &self,
        vacancy: u32,
        numbers: Option<&[u32]>,
        least: u16,
        mut scored: impl FnMut(Entry),
    ) -> SweptVacancy {
        let mut swept = SweptVacancy { vacancy, ..SweptVacancy::default() };
        let mut leave_out =
            |person, requirement| match swept.excluded.iter_mut().find(|(own, _)| *own == requirement) {
                Some((_, people)) => people.insert(person),
                None => swept.excluded.push((requirement, [person].into_iter().collect())),
            };
        self.each(vacancy, numbers, least, |person, found| {
            let score = match found {
                Found::Scored(score) => {
                    scored(Entry { score, other: person });
                    score
                }
                Found::Dream(score, requirement) => {
                    leave_out(person, requirement);
                    score
                }
                Found::Excluded(requirement) => return leave_out(person, requirement),
            };
            if score >= self.bars[person as usize] {
                swept.offers.push(Entry { score, other: person });
            }
        });
        swept.excluded.sort_by_key(|(requirement, _)| *requirement);
        swept
    }

    /// What became of those who were scored last. Of everybody, who reaches neither `least` nor the own bar may be left out.
    fn each(&self, vacancy: u32, numbers: Option<&[u32]>, least: u16, mut found: impl FnMut(u32, Found)) {
        let asked = self.field.vacancies[vacancy as usize].entry.facts();
        let rules = self.field.rules(vacancy as usize, self.law);
        let mut look = |person: u32, place: Packed| match place.place() {
            Place::Scored(score) => found(person, Found::Scored(score)),
            Place::Excluded { requirement } => {
                let facts = self.field.people()[person as usize].0.facts();
                let pair = Pair { vacancy: asked, candidate: facts, travel_minutes: None };
                let dreamt = facts.has_dream().then(|| dream::score(pair, rules)).flatten();
                found(person, dreamt.map_or(Found::Excluded(requirement), |s| Found::Dream(s, requirement)));
            }
            Place::Outside(_) => {}
        };
        if let Some(numbers) = numbers {
            numbers.iter().zip(&self.places).for_each(|(person, place)| look(*person, *place));
            return;
        }
        let mut person = 0;
        for (places, bars) in self.places.chunks(PASSED).zip(self.bars.chunks(PASSED)) {
            let reaches = |(place, bar): (&Packed, &u16)| place.reaches(*bar) | place.reaches(least);
            if places.iter().zip(bars).fold(false, |any, one| any | reaches(one)) {
                (person..).zip(places).for_each(|(person, place)| look(person, *place));
            }
            person += places.len() as u32;
        }
    }

    /// The lowest score that the best of a list have.
    fn bar(&mut self) -> u16 {
        self.counts.fill(0);
        for place in &self.places {
            if let Place::Scored(score) = place.place() {
                self.counts[usize::from(score).min(SCORES - 1)] += 1;
            }
        }
        let mut reached = 0;
        for (score, count) in self.counts.iter().enumerate().rev() {
            reached += *count as usize;
            if reached >= self.field.depth {
                return score as u16;
            }
        }
        0
    }
}
