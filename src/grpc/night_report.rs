//! `GetNightReport`, `MakeSpreadPlan` and `ExportNight`: what the lists of a night come to.

use super::{
    decision_log,
    match_answer::{Words, date, points},
    requests, status,
};
use crate::domain::{Caller, education::DrivingLicence, sector::SbiCode};
use crate::engine::{
    Engine,
    decisions::{Decided, Decision},
    night_lists::{NightChoice, NightLists},
    night_report::{self, Adoption, NightReport, Stale, ToComplete},
    questions::ProfileQuestion,
    spreading::{FITS_FROM, SpreadPlan},
};
use crate::exchange::TextLanguage;
use crate::geo::LabourMarketRegion;
use crate::night::{NightHead, NightScope, PlacedPair};
use crate::rank::pool::{ExclusionReason, PaperName};
use crate::report::{ListFigures, Unfilled};
use crate::spread::Demands;
use crate::wire::{Reader, enums::Choice, read::common, v1};
use std::collections::BTreeSet;
use tokio_stream::Stream;
use tonic::Status;

/// Entries of each list of a report when nobody says how many.
const ENTRIES: u32 = 20;
/// Most places of a list in a plan, and most lists that everybody may be promised.
const LIST_PLACES: u32 = 50;
/// Most lists that the limit on one person may be.
const MOST_LISTS: u32 = 10_000;
/// Pairs in one message of an export.
const EXPORTED_AT_ONCE: usize = 2_000;

/// What is asked of a report.
#[derive(Clone, Copy, Debug)]
pub(super) struct AskedReport {
    choice: NightChoice,
    entries: usize,
    language: TextLanguage,
}

/// Reads the request for a report.
pub(super) fn read_report(request: &v1::GetNightReportRequest) -> Result<AskedReport, Status> {
    requests::read(|r| {
        let choice = choice(r, request.night.as_ref());
        let entries = r.page_size("entries", request.entries, ENTRIES);
        let language = requests::text_language(r, &request.text_language);
        Some(AskedReport { choice: choice?, entries: entries? as usize, language: language? })
    })
}

/// The report.
pub(super) fn report(
    engine: &Engine,
    asked: AskedReport,
    caller: &Caller,
) -> Result<v1::GetNightReportResponse, Status> {
    let found = engine.night_report(asked.choice).map_err(status::from_engine)?;
    let words = Words::new(engine, asked.language);
    let NightReport { head, counts, figures, .. } = &found;
    let concentration = figures.concentration;
    let excluded = counts.excluded.iter().map(|(name, count)| excluded(name, *count, &words));
    let report = v1::NightReport {
        night: Some(date(head.as_of)),
        labour_market_region: head.scope.region,
        sbi_code: head.scope.sbi_code,
        list_size: head.list_size.into(),
        pairs_judged: counts.pairs_judged,
        vacancies: counts.vacancies,
        candidates: found.shown,
        excluded: excluded.collect(),
        unfilled: Some(unfilled(figures, &found.vacancies, asked.entries)),
        on_no_list: Some(on_no_list(figures, &found.people, asked.entries)),
        concentration: Some(v1::ListConcentration {
            places: concentration.places,
            gini: share(concentration.gini),
            top_percent_share: share(concentration.top_share),
            top_percent_people: concentration.top_people,
            most_lists: concentration.most,
        }),
        stale: Some(stale(&found.stale, asked.entries)),
        to_complete: Some(to_complete(&found.to_complete, asked.entries, &words)),
        adoption: Some(v1::FirstPlaceAdoption {
            since: Some(date(found.outcomes_since)),
            outcomes: found.adoption.iter().map(|(kind, adoption)| adopted(kind.code(), adoption)).collect(),
        }),
    };
    let head = &found.head;
    let people = named_in(&report);
    record_night_people(engine, caller, "GetNightReport", head, people.iter().map(String::as_str))?;
    Ok(v1::GetNightReportResponse { report: Some(report) })
}

fn excluded(name: &str, count: u64, words: &Words<'_>) -> v1::Excluded {
    let reason = match name.split_once(':') {
        Some((_, paper)) => {
            let licence = DrivingLicence::from_code(paper).map(PaperName::Licence);
            let paper = licence.unwrap_or_else(|_| PaperName::Named(paper.to_owned()));
            Some(ExclusionReason::LegalRequirement { paper })
        }
        None => ExclusionReason::from_name(name),
    };
    let text = reason.map(|reason| words.exclusion(&reason)).unwrap_or_default();
    v1::Excluded { reason: name.to_owned(), count, text }
}

fn unfilled(figures: &ListFigures, vacancies: &[String], entries: usize) -> v1::UnfilledVacancies {
    let told = |one: &Unfilled| v1::UnfilledVacancy {
        vacancy: named(vacancies, one.vacancy),
        cut_point: points(one.cut.into()),
        best_score: one.best.map(|best| points(best.into())),
    };
    v1::UnfilledVacancies {
        count: figures.unfilled.len() as u64,
        vacancies: figures.unfilled.iter().take(entries).map(told).collect(),
    }
}

fn on_no_list(figures: &ListFigures, people: &[String], entries: usize) -> v1::PeopleOnNoList {
    let named = |person: &u32| named(people, *person);
    v1::PeopleOnNoList {
        count: figures.on_no_list.len() as u64,
        candidates: figures.on_no_list.iter().take(entries).map(named).collect(),
    }
}

fn stale(stale: &Stale, entries: usize) -> v1::StaleProfiles {
    let told = stale.people.iter().take(entries).map(|(last, candidate)| v1::StaleProfile {
        candidate: candidate.clone(),
        last_news: Some(date(*last)),
    });
    v1::StaleProfiles {
        count: stale.people.len() as u64,
        months: night_report::STALE_MONTHS,
        without_date: stale.without_date,
        candidates: told.collect(),
    }
}

fn to_complete(found: &ToComplete, entries: usize, words: &Words<'_>) -> v1::ProfilesToComplete {
    let told = |one: &ProfileQuestion| v1::ProfileToComplete {
        candidate: one.candidate.clone().unwrap_or_default(),
        question: Some(words.question(&one.question)),
        moved: u32::try_from(one.moved).unwrap_or(u32::MAX),
        looked_at: u32::try_from(one.looked_at).unwrap_or(u32::MAX),
    };
    v1::ProfilesToComplete {
        looked_at: found.looked_at,
        left_out: found.left_out,
        profiles: found.questions.iter().take(entries).map(told).collect(),
    }
}

fn adopted(outcome: i32, adoption: &Adoption) -> v1::OutcomeAdoption {
    let Adoption { recorded, with_list, on_list, first } = *adoption;
    v1::OutcomeAdoption { outcome, recorded, with_list, on_list, first }
}

/// What is asked of a second plan.
#[derive(Clone, Copy, Debug)]
pub(super) struct AskedPlan {
    choice: NightChoice,
    demands: Demands,
}

/// Reads the request for a second plan.
pub(super) fn read_plan(request: &v1::MakeSpreadPlanRequest) -> Result<AskedPlan, Status> {
    requests::read(|r| {
        let choice = choice(r, request.night.as_ref());
        let floor = r.whole("at_least", request.at_least, 0..=LIST_PLACES);
        let cap = r.whole("at_most", request.at_most, 1..=MOST_LISTS);
        let list_size = r.whole("list_size", request.list_size, 0..=LIST_PLACES);
        if let (Some(floor), Some(cap)) = (floor, cap)
            && cap < floor
        {
            r.refuse("at_most", "nobody could be on as many lists as at_least", "give at least at_least");
            return None;
        }
        Some(AskedPlan {
            choice: choice?,
            demands: Demands { list_size: list_size?, floor: floor?, cap: cap? },
        })
    })
}

/// The plan.
pub(super) fn plan(engine: &Engine, asked: AskedPlan, caller: &Caller) -> Result<SpreadPlan, Status> {
    let made = engine.spread_plan(asked.choice, asked.demands).map_err(status::from_engine)?;
    record_lists(engine, caller, "MakeSpreadPlan", &made.lists)?;
    Ok(made)
}

/// The messages of a plan: what it comes to, then its lists.
pub(super) fn plan_messages(
    made: SpreadPlan,
) -> impl Stream<Item = Result<v1::MakeSpreadPlanResponse, Status>> + Send + 'static {
    use v1::make_spread_plan_response::Part;
    let first = Part::Plan(summary(&made));
    let lists = (0..made.plan.lists.len()).map(move |at| Part::List(list(&made, at)));
    let message = |part| Ok(v1::MakeSpreadPlanResponse { part: Some(part) });
    tokio_stream::iter(std::iter::once(first).chain(lists).map(message))
}

fn summary(made: &SpreadPlan) -> v1::SpreadPlan {
    let SpreadPlan { lists, demands, plan } = made;
    let sum = |of: fn(&crate::spread::VacancyCost) -> u64| plan.costs.iter().map(of).sum::<u64>();
    v1::SpreadPlan {
        second_plan: true,
        night: Some(date(lists.night.head().as_of)),
        at_least: demands.floor,
        at_most: demands.cap,
        list_size: demands.list_size,
        fits_from: points(FITS_FROM.into()),
        candidates: plan.people.into(),
        below_before: plan.below_floor_before.into(),
        below: plan.below_floor.into(),
        missing_places: plan.missing.into(),
        fewer_vacancies: plan.fewer_offers.into(),
        above_before: plan.above_cap_before.into(),
        plain_score: sum_of_points(sum(|cost| cost.plain)),
        planned_score: sum_of_points(sum(|cost| cost.planned)),
        left_empty: sum(|cost| cost.left_empty.into()),
        vacancies_that_lose: plan.costs.iter().filter(|cost| cost.planned < cost.plain).count() as u64,
    }
}

fn list(made: &SpreadPlan, vacancy: usize) -> v1::SpreadList {
    let SpreadPlan { lists, plan, .. } = made;
    let cost = plan.costs[vacancy];
    let plain_rank = |person: u32| {
        let found = lists.pairs[vacancy].iter().find(|pair| pair.person == person);
        found.map_or(0, |pair| u32::from(pair.rank))
    };
    let places = plan.lists[vacancy].iter().map(|offer| v1::SpreadPlace {
        candidate: named(&lists.people, offer.person),
        score: points(offer.score.into()),
        plain_rank: plain_rank(offer.person),
    });
    v1::SpreadList {
        second_plan: true,
        vacancy: lists.vacancies[vacancy].clone(),
        plain_score: sum_of_points(cost.plain),
        planned_score: sum_of_points(cost.planned),
        left_empty: cost.left_empty,
        places: places.collect(),
    }
}

/// Reads the request for an export.
pub(super) fn read_export(request: &v1::ExportNightRequest) -> Result<NightChoice, Status> {
    requests::read(|r| choice(r, request.night.as_ref()))
}

/// The places of a night.
pub(super) fn lists(engine: &Engine, choice: NightChoice, caller: &Caller) -> Result<NightLists, Status> {
    let lists = engine.night_lists(choice).map_err(status::from_engine)?;
    record_lists(engine, caller, "ExportNight", &lists)?;
    Ok(lists)
}

/// The messages of an export: whole vacancies, a few thousand pairs at a time.
pub(super) fn export_messages(
    lists: NightLists,
) -> impl Stream<Item = Result<v1::ExportNightResponse, Status>> + Send + 'static {
    let night = date(lists.night.head().as_of);
    let mut vacancy = 0;
    tokio_stream::iter(std::iter::from_fn(move || {
        let mut places = Vec::new();
        while let Some(pairs) = lists.pairs.get(vacancy)
            && places.len() < EXPORTED_AT_ONCE
        {
            let exported = |pair: &PlacedPair| v1::ExportedPlace {
                night: Some(night),
                vacancy: lists.vacancies[vacancy].clone(),
                candidate: named(&lists.people, pair.person),
                rank: pair.rank.into(),
                own_rank: pair.own_rank.into(),
                score: points(pair.score.into()),
                score_low: points(pair.low.into()),
                score_high: points(pair.high.into()),
            };
            places.extend(pairs.iter().map(exported));
            vacancy += 1;
        }
        (!places.is_empty()).then_some(Ok(v1::ExportNightResponse { places }))
    }))
}

/// Everybody whom a report names.
fn named_in(report: &v1::NightReport) -> BTreeSet<String> {
    let on_no_list = report.on_no_list.iter().flat_map(|people| people.candidates.clone());
    let stale = report.stale.iter().flat_map(|people| &people.candidates).map(|one| one.candidate.clone());
    let open = report.to_complete.iter().flat_map(|people| &people.profiles).map(|one| one.candidate.clone());
    on_no_list.chain(stale).chain(open).collect()
}

fn record_lists(engine: &Engine, caller: &Caller, method: &str, lists: &NightLists) -> Result<(), Status> {
    let people = lists.people.iter().map(String::as_str).filter(|id| !id.is_empty());
    record_night_people(engine, caller, method, lists.night.head(), people)
}

/// Records that people of a night were shown.
fn record_night_people<'a>(
    engine: &Engine,
    caller: &Caller,
    method: &str,
    head: &NightHead,
    people: impl Iterator<Item = &'a str>,
) -> Result<(), Status> {
    let decision = Decision {
        as_of: Some(head.as_of),
        change: head.change,
        asked: vec![("run", head.run.clone())],
        people: people.map(|id| Decided::Shown(id, 0)).collect(),
        ..Decision::of(caller, method)
    };
    decision_log::record(engine, &decision).map(drop)
}

/// Which night is meant.
fn choice(r: &mut Reader, sent: Option<&v1::NightChoice>) -> Option<NightChoice> {
    let Some(sent) = sent else { return Some(NightChoice::default()) };
    r.inside("night", |r| {
        let day = match &sent.night {
            None => Some(None),
            Some(day) => r.inside("night", |r| common::date(r, day)).map(Some),
        };
        let region = sent.labour_market_region;
        let is_region = |number: u32| u8::try_from(number).ok().and_then(LabourMarketRegion::new).is_some();
        if region != 0 && !is_region(region) {
            r.refuse(
                "labour_market_region",
                format!("there is no labour market region {region}"),
                "give 1 to 35, or 0 for all",
            );
            return None;
        }
        if sent.sbi_code != 0 {
            r.valid("sbi_code", SbiCode::new(sent.sbi_code))?;
        }
        let scope = NightScope { region, sbi_code: sent.sbi_code };
        Some(NightChoice { day: day?, scope: (scope != NightScope::default()).then_some(scope) })
    })
}

/// The id of a number.
fn named(ids: &[String], number: u32) -> String {
    ids.get(number as usize).cloned().unwrap_or_default()
}

/// A share in 1/10,000 as a number from 0 to 1.
fn share(share: u16) -> f64 {
    f64::from(share) / 10_000.0
}

/// A sum of hundredths of a point as points. Exact below 2^53 hundredths, and no night comes near that.
fn sum_of_points(hundredths: u64) -> f64 {
    hundredths as f64 / 100.0
}
