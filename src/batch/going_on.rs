//! The first phase of a night that ranks only what changed: who changed is scored against every vacancy, what changed against
//! everybody, and every other pair of the night before stays as it was. A list that lost more than it had beyond what is
//! shown is ranked anew.

use super::{
    carried::Carried,
    fault::{Turn, during},
    field::Field,
    fresh::{self, FreshPerson, Scorer, Takes},
    leases::Leases,
    lists::{Entry, Ordered},
    people_set::PeopleSet,
    progress::{Halt, Phase},
    ranking::Lists,
    shard::{Shard, SweptVacancy},
    sweep::{self, Bars, Law},
    work::{Job, lock},
};
use std::{
    sync::{Mutex, OnceLock},
    time::Instant,
};

/// People of a shard: some ten milliseconds of work.
const PEOPLE: usize = 8;
/// Vacancies of a shard.
const VACANCIES: usize = 8;
/// Lists that are taken over at once.
const LISTS: usize = 256;

/// A shard of what changed.
#[derive(Clone, Copy, Debug)]
enum Part<'a> {
    People(&'a [u32]),
    Vacancies(&'a [u32]),
}

/// What came of it.
#[derive(Debug)]
enum Found {
    People(Vec<FreshPerson>),
    Vacancies(Vec<SweptVacancy>),
}

/// What is new for each list of the night before, and the lists of what changed.
#[derive(Debug)]
struct News {
    vacancies: Vec<OfVacancy>,
    people: Vec<OfPerson>,
}

/// The news of a vacancy: who changed and may stand in its list, and who changed and is left out by law.
#[derive(Clone, Debug, Default)]
struct OfVacancy {
    anew: Option<SweptVacancy>,
    reaches: Vec<Entry>,
    excluded: Vec<(u16, PeopleSet)>,
}

/// The news of a person: which vacancies changed and may stand in the list.
#[derive(Clone, Debug, Default)]
struct OfPerson {
    anew: Option<Ordered>,
    reaches: Vec<Entry>,
}

impl Job<'_> {
    /// The lists of both sides, from those of the night before.
    pub(super) fn go_on_from(
        &self,
        field: &Field,
        carried: &Carried,
        identity: &[u8; 32],
    ) -> Result<Lists, Halt> {
        let law = Law::of(self.engine);
        let takes = (0..field.vacancies.len() as u32).map(|vacancy| match carried.vacancy(vacancy) {
            None => Takes::Nothing,
            Some(_) if !field.vacancies[vacancy as usize].in_scope => Takes::From(u16::MAX),
            Some(before) => Takes::From(before.list.floor()),
        });
        let scorer = Scorer::new(field, law, takes.collect());
        let news = self.news(field, carried, &scorer, identity)?;
        let vacancies =
            self.in_parts(&news.vacancies, |vacancy, news| vacancy_list(field, law, carried, vacancy, news))?;
        let people = self
            .in_parts(&news.people, |person, news| person_list(field, law, carried, &scorer, person, news))?;
        Ok(Lists { vacancies, people })
    }

    /// Scores what changed, in shards that are files.
    fn news(
        &self,
        field: &Field,
        carried: &Carried,
        scorer: &Scorer<'_>,
        identity: &[u8; 32],
    ) -> Result<News, Halt> {
        let law = Law::of(self.engine);
        let people: Vec<u32> = carried.changed_people().collect();
        let vacancies: Vec<u32> = carried.changed_vacancies().collect();
        let of_people = people.chunks(PEOPLE).map(Part::People);
        let parts: Vec<Part<'_>> =
            of_people.chain(vacancies.chunks(VACANCIES).map(Part::Vacancies)).collect();
        // Who did not change takes what may stand in a list; who did is ranked on everything.
        let bars = Bars::new((0..field.people().len()).map(|person| match carried.list(person as u32) {
            Some(before) if field.in_scope[person] => before.floor(),
            _ => u16::MAX,
        }));
        // What was finished goes on from one night before and no other.
        let tie = *blake3::Hasher::new().update(identity).update(carried.run()).finalize().as_bytes();
        let path = |shard: usize| self.folder.join(format!("fresh-{shard:06}"));
        let read = |(shard, part): (usize, &Part<'_>)| match part {
            Part::People(_) => fresh::read(&path(shard), &tie).map(Found::People),
            Part::Vacancies(_) => {
                Shard::read(&path(shard), &tie).map(|shard| Found::Vacancies(shard.vacancies))
            }
        };
        let found: Vec<OnceLock<Found>> = parts
            .iter()
            .enumerate()
            .map(|part| read(part).map_or_else(OnceLock::new, OnceLock::from))
            .collect();
        let pairs = |part: &Part<'_>| match part {
            Part::People(people) => people.len() as u64 * field.vacancies.len() as u64,
            Part::Vacancies(vacancies) => vacancies.len() as u64 * field.people().len() as u64,
        };
        let done = parts.iter().zip(&found).filter(|(_, found)| found.get().is_some());
        let done = done.map(|(part, _)| pairs(part)).sum();
        self.control.sweeps(parts.iter().map(pairs).sum(), done);
        self.control.enter(Phase::Sweeping);
        let leases = Mutex::new(Leases::new(parts.len() as u32, |part| found[part as usize].get().is_some()));
        self.crew.work(&leases, self.control, |lease| {
            let renew = || lock(&leases).renew(lease, Instant::now());
            let part = parts[lease.shard as usize];
            let path = path(lease.shard as usize);
            let now = match part {
                Part::People(people) => {
                    let mut places = Vec::new();
                    let now: Vec<_> = people
                        .iter()
                        .map(|one| during(Turn::Person(*one), || scorer.person(*one, &mut places)))
                        .collect();
                    self.control.persist("a shard of the run", || fresh::write(&now, &path, &tie), renew)?;
                    Found::People(now)
                }
                Part::Vacancies(vacancies) => {
                    let pause = |_| {
                        renew();
                        self.control.go_on_with_shard()
                    };
                    let Ok(now) = sweep::sweep(field, law, vacancies.iter().copied(), &bars, pause) else {
                        return self.control.go_on();
                    };
                    self.control.persist("a shard of the run", || now.write(&path, &tie), renew)?;
                    Found::Vacancies(now.vacancies)
                }
            };
            if lock(&leases).done(lease) {
                self.control.scored(pairs(&part));
                // The second of two workers at one shard brings the same.
                let _ = found[lease.shard as usize].set(now);
            }
            Ok(())
        })?;
        Ok(News::of(field, found.into_iter().filter_map(OnceLock::into_inner)))
    }

    /// Makes a list of each entry, on all threads.
    fn in_parts<N: Sync, L: Send + Sync>(
        &self,
        news: &[N],
        list: impl Fn(u32, &N) -> L + Sync,
    ) -> Result<Vec<L>, Halt> {
        let made: Vec<OnceLock<Vec<L>>> = news.chunks(LISTS).map(|_| OnceLock::new()).collect();
        let leases = Mutex::new(Leases::new(made.len() as u32, |_| false));
        self.crew.work(&leases, self.control, |lease| {
            let part = lease.shard as usize;
            let start = part * LISTS;
            let own = &news[start..news.len().min(start + LISTS)];
            let lists = (start as u32..).zip(own).map(|(number, news)| list(number, news)).collect();
            if lock(&leases).done(lease) {
                let _ = made[part].set(lists);
            }
            Ok(())
        })?;
        Ok(made.into_iter().filter_map(OnceLock::into_inner).flatten().collect())
    }
}

impl News {
    /// Hands what was found to the lists that it belongs to.
    fn of(field: &Field, found: impl Iterator<Item = Found>) -> Self {
        let mut news = Self {
            vacancies: vec![OfVacancy::default(); field.vacancies.len()],
            people: vec![OfPerson::default(); field.people().len()],
        };
        for found in found {
            match found {
                Found::People(people) => people.into_iter().for_each(|fresh| news.takes_person(fresh)),
                Found::Vacancies(vacancies) => {
                    for mut swept in vacancies {
                        for offer in std::mem::take(&mut swept.offers) {
                            let entry = Entry { score: offer.score, other: swept.vacancy };
                            news.people[offer.other as usize].reaches.push(entry);
                        }
                        let vacancy = swept.vacancy as usize;
                        news.vacancies[vacancy].anew = Some(swept);
                    }
                }
            }
        }
        news
    }

    fn takes_person(&mut self, fresh: FreshPerson) {
        for entry in fresh.reaches {
            let entry_of_person = Entry { score: entry.score, other: fresh.person };
            self.vacancies[entry.other as usize].reaches.push(entry_of_person);
        }
        for (vacancy, requirement) in fresh.excluded {
            let excluded = &mut self.vacancies[vacancy as usize].excluded;
            match excluded.iter_mut().find(|(own, _)| *own == requirement) {
                Some((_, people)) => people.insert(fresh.person),
                None => excluded.push((requirement, [fresh.person].into_iter().collect())),
            }
        }
        self.people[fresh.person as usize].anew = Some(fresh.list);
    }
}

fn vacancy_list(
    field: &Field,
    law: Law<'_>,
    carried: &Carried,
    vacancy: u32,
    news: &OfVacancy,
) -> SweptVacancy {
    let (None, Some(before)) = (&news.anew, carried.vacancy(vacancy)) else {
        return news.anew.clone().unwrap_or_default();
    };
    let excluded = carried.excluded(&before.excluded, news.excluded.clone());
    let swept = SweptVacancy { vacancy, excluded, ..SweptVacancy::default() };
    if !field.vacancies[vacancy as usize].in_scope {
        return swept;
    }
    let tie = |person| field.tie(vacancy, person, law.secret);
    let stays = |person| carried.person(person);
    let list = before.list.carried(stays, &news.reaches, field.depth, carried.size, &tie);
    let list = list.unwrap_or_else(|| sweep::list(field, law, vacancy));
    SweptVacancy { list, ..swept }
}

fn person_list(
    field: &Field,
    law: Law<'_>,
    carried: &Carried,
    scorer: &Scorer<'_>,
    person: u32,
    news: &OfPerson,
) -> Ordered {
    if !field.in_scope[person as usize] {
        return Ordered::default();
    }
    let (None, Some(before)) = (&news.anew, carried.list(person)) else {
        return news.anew.clone().unwrap_or_default();
    };
    let tie = |vacancy| field.tie(vacancy, person, law.secret);
    let stays = |vacancy| carried.vacancy_now(vacancy);
    let list = before.carried(stays, &news.reaches, field.depth, carried.size, &tie);
    list.unwrap_or_else(|| during(Turn::Person(person), || scorer.person(person, &mut Vec::new()).list))
}
