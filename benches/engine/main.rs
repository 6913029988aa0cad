//! The parts of the engine, measured one by one: `cargo bench --bench engine` (one of them: `-- query`).
//!
//! `kernel` scores everybody for one vacancy and one person for every vacancy, `query` is a whole ranking with its explanations, `batch` is what a night does
//! for a block of vacancies, `import` and `upsert` end when the records are durable and matchable.

mod region;

use criterion::{BatchSize, Criterion, Throughput};
use passend::{
    domain::{Candidate, Vacancy},
    engine::{
        Upsert,
        import::Incoming,
        matching::{ListOptions, RankingOptions, Subject},
    },
    rank::{
        CandidateFacts, Pair, Profiles, RankingProfile, Rules, VacancyFacts, explain, judge,
        pool::Closed,
        sweep::{Everybody, Packed, Place},
        top::{ProfileChoice, Tracks},
        vacancies::EveryVacancy,
    },
    wire::v1,
};
use rayon::prelude::*;
use region::{Failure, Loaded, as_of};
use std::{collections::HashMap, hint::black_box, time::Duration};

/// A region of the size that a test of the whole service has, and one of the size of a labour market region.
const SIZES: [(usize, usize); 2] = [(2_000, 500), (47_000, 500)];
/// A region's vacancies, and people who look for one.
const VACANCIES: usize = 12_600;
const PEOPLE_OF_VACANCIES: usize = 200;
const TOP: usize = 20;
/// Vacancies of one block of a night, and places of their lists.
const BLOCK: usize = 64;
const PLACES: usize = 50;
/// Records of one import.
const IMPORTED: usize = 2_000;

/// The best places of one vacancy: score and number.
fn best(scored: &[Packed], most: usize) -> Vec<(u16, usize)> {
    let score = |(at, place): (usize, &Packed)| match place.place() {
        Place::Scored(score) => Some((score, at)),
        Place::Excluded { .. } | Place::Outside(_) => None,
    };
    let mut best: Vec<(u16, usize)> = scored.iter().enumerate().filter_map(score).collect();
    let most = most.min(best.len());
    if most > 0 {
        best.select_nth_unstable_by(most - 1, |a, b| b.cmp(a));
        best.truncate(most);
    }
    best
}

fn profile_of<'p>(profiles: &'p Profiles, loaded: &Loaded, at: usize) -> &'p RankingProfile {
    profiles.for_vacancy(&loaded.openings[at])
}

fn kernel_and_batch(criterion: &mut Criterion, loaded: &Loaded, profiles: &Profiles) {
    let snapshot = loaded.engine.snapshot();
    let people: Vec<&CandidateFacts> = snapshot.people().iter().map(|entry| entry.facts()).collect();
    let facts: HashMap<&str, &VacancyFacts> =
        snapshot.vacancies().iter().map(|entry| (entry.facts().id().as_str(), entry.facts())).collect();
    let asked: Vec<(&VacancyFacts, Rules<'_>)> = loaded
        .openings
        .iter()
        .enumerate()
        .filter_map(|(at, opening)| {
            let rules = Rules::new(profile_of(profiles, loaded, at), as_of());
            facts.get(opening.id.as_str()).map(|facts| (*facts, rules))
        })
        .collect();
    let count = people.len();
    let everybody = Everybody::new(people);
    let mut scored = Vec::new();
    let mut group = criterion.benchmark_group("kernel");
    group.throughput(Throughput::Elements(count as u64));
    let mut turns = asked.iter().cycle();
    group.bench_function(format!("everybody of {count} for one vacancy"), |bencher| {
        bencher.iter(|| {
            if let Some((vacancy, rules)) = turns.next() {
                everybody.scores(vacancy, *rules, &mut scored);
            }
            black_box(scored.len())
        });
    });
    group.throughput(Throughput::Elements(1));
    let mut pairs = asked.iter().cycle().zip(everybody.people().iter().cycle());
    let mut pair = || {
        pairs
            .next()
            .map(|((vacancy, rules), candidate)| (Pair { vacancy, candidate, travel_minutes: None }, *rules))
    };
    group.bench_function(format!("judge a pair of {count}"), |bencher| {
        bencher.iter(|| black_box(pair().map(|(pair, rules)| judge(pair, rules))));
    });
    group.bench_function(format!("explain a pair of {count}"), |bencher| {
        bencher.iter(|| black_box(pair().map(|(pair, rules)| explain(pair, rules))));
    });
    group.finish();

    let mut group = criterion.benchmark_group("batch");
    group.sample_size(10).throughput(Throughput::Elements((BLOCK * count) as u64));
    group.bench_function(
        format!("{BLOCK} vacancies and {count} people, best {PLACES} explained"),
        |bencher| {
            bencher.iter(|| {
                let told = asked.par_iter().take(BLOCK).map_init(Vec::new, |scored, (vacancy, rules)| {
                    everybody.scores(vacancy, *rules, scored);
                    let explained = best(scored, PLACES).into_iter().map(|(_, at)| {
                        let pair = Pair { vacancy, candidate: everybody.people()[at], travel_minutes: None };
                        explain::reasons(pair, *rules)
                    });
                    black_box(explained.collect::<Vec<_>>()).len()
                });
                told.sum::<usize>()
            });
        },
    );
    group.finish();
}

fn query(criterion: &mut Criterion, loaded: &Loaded) {
    let (options, list) = (options(), list());
    let mut group = criterion.benchmark_group("query");
    let mut turns = loaded.openings.iter().cycle();
    group.bench_function(format!("top {TOP} of {} explained", loaded.candidates), |bencher| {
        bencher.iter(|| {
            let vacancy = turns.next().map_or(String::new(), |vacancy| vacancy.id.to_string());
            let found = loaded.engine.match_candidates(&Subject::<Vacancy>::Stored(vacancy), &options, &list);
            found.map(|list| list.matches.len())
        });
    });
    group.finish();
}

/// The other direction: one person, and as many vacancies as a region has.
fn vacancies_of_a_person(criterion: &mut Criterion, profiles: &Profiles) -> Result<(), Failure> {
    let loaded = Loaded::new(PEOPLE_OF_VACANCIES, VACANCIES)?;
    let snapshot = loaded.engine.snapshot();
    let vacancies: Vec<&VacancyFacts> = snapshot.vacancies().iter().map(|entry| entry.facts()).collect();
    let people: Vec<&CandidateFacts> = snapshot.people().iter().map(|entry| entry.facts()).collect();
    let profile = ProfileChoice::BySector(profiles);
    let mut group = criterion.benchmark_group("kernel");
    group.sample_size(10);
    group.bench_function(format!("columns of {VACANCIES} vacancies"), |bencher| {
        bencher.iter(|| EveryVacancy::new(vacancies.clone()));
    });
    group.sample_size(100).throughput(Throughput::Elements(VACANCIES as u64));
    let columns = EveryVacancy::new(vacancies.clone());
    let (mut places, mut turns) = (Vec::new(), people.iter().cycle());
    group.bench_function(format!("one person for {VACANCIES} vacancies"), |bencher| {
        bencher.iter(|| {
            if let Some(person) = turns.next() {
                columns.judged(person, profile, as_of()).places(0..VACANCIES, &mut places);
            }
            black_box(places.len())
        });
    });
    group.finish();
    let mut group = criterion.benchmark_group("query");
    let mut turns = people.iter().cycle();
    group.bench_function(format!("top {TOP} of {VACANCIES} vacancies explained"), |bencher| {
        bencher.iter(|| {
            let person = turns.next().map_or(String::new(), |person| person.id().to_string());
            let subject = Subject::<Candidate>::Stored(person);
            let found = loaded.engine.match_vacancies(&subject, Tracks::All, &options(), &list());
            found.map(|list| list.matches.len())
        });
    });
    group.finish();
    Ok(())
}

fn options() -> RankingOptions {
    RankingOptions {
        as_of: as_of(),
        profile: None,
        weights: Vec::new(),
        travel_minutes: HashMap::new(),
        min_change: 0,
    }
}

fn list() -> ListOptions {
    ListOptions { page_size: TOP, after: None, closed: Closed::LeftOut, passes: None }
}

fn import(criterion: &mut Criterion, people: &[v1::Candidate]) {
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10).throughput(Throughput::Elements(IMPORTED as u64));
    group.bench_function(format!("{IMPORTED} candidates in the own form"), |bencher| {
        let prepared = || {
            let records: Vec<_> = people.iter().cloned().map(Incoming::Own).collect();
            (region::empty(), records)
        };
        let take = |(engine, records): (Result<region::Empty, Failure>, Vec<Incoming<v1::Candidate>>)| {
            let engine = engine?;
            let taken = engine.engine.import::<Candidate>(records, &region::delivery())?;
            Ok::<_, Failure>((engine, taken.len()))
        };
        bencher.iter_batched(prepared, take, BatchSize::PerIteration);
    });
    group.finish();
}

fn upsert(criterion: &mut Criterion, loaded: &Loaded) {
    let mut turn = 0;
    let mut group = criterion.benchmark_group("upsert");
    group.measurement_time(Duration::from_secs(10));
    group.bench_function(
        format!("one of {} candidates, durable and matchable", loaded.candidates),
        |bencher| {
            bencher.iter(|| {
                turn += 1;
                let mut proto = loaded.people[turn % loaded.people.len()].clone();
                // A record that is the same would not be written.
                proto.presentation = format!("Ik zoek werk, keer {turn}.");
                loaded.engine.upsert::<Candidate>(&Upsert {
                    proto,
                    mask: None,
                    etag: String::new(),
                    request_id: String::new(),
                    organisation: None,
                    within: None,
                    today: as_of(),
                })
            });
        },
    );
    group.finish();
}

fn main() -> Result<(), Failure> {
    let mut criterion = Criterion::default().configure_from_args();
    import(&mut criterion, &region::people(IMPORTED)?);
    let profiles = Profiles::embedded()?;
    for (candidates, vacancies) in SIZES {
        let loaded = Loaded::new(candidates, vacancies)?;
        kernel_and_batch(&mut criterion, &loaded, &profiles);
        query(&mut criterion, &loaded);
        upsert(&mut criterion, &loaded);
    }
    vacancies_of_a_person(&mut criterion, &profiles)?;
    criterion.final_summary();
    Ok(())
}
