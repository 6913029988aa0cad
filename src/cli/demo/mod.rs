//! `passend demo`: a made-up region in a folder of its own, filled over the same streams as an import.

mod folder;

use super::arguments::{Demo, Explain, Format, Ranking, View};
use super::connection::{Connection, failed, open_engine};
use super::import::{self, Event, Payload, Place, Progress, Record, Streams};
use super::render::count;
use super::settings::{Language, Settings};
use super::{Outcome, day, explain, matching, output, render, serve};
use crate::demo::{DemoError, Region, region};
use crate::exchange::RecordKind;
use crate::exchange::report::ImportReport;
use crate::wire::v1::{
    ImportSettings, ListVacanciesRequest, Vacancy, VacancyFilter, import_candidates_request,
    import_vacancies_request,
};
use crate::wire::{self, View as Contents};
use folder::{Claimed, DemoFolder};
use jiff::civil::Date;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Records that wait between the generator and the streams.
const WAITING: usize = 256;
/// Care: residential care first, then social work and health care (divisions of SBI 2008).
const CARE: [u32; 3] = [87, 88, 86];
/// Matches that are shown.
const SHOWN: u32 = 5;

/// Fills, shows and serves.
pub(super) async fn run(arguments: Demo, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let listener = match arguments.no_serve {
        true => None,
        false => {
            let (address, guard) = settings.door()?;
            Some((serve::listen(address).await?, guard))
        }
    };
    let today = crate::grpc::today();
    let folder = DemoFolder::claim(settings.data(), &arguments, today)?;
    output::print(&opening(&folder, language))?;
    let engine = open_engine(settings).await?;
    let connection = Connection::to_engine(Arc::clone(&engine)).await?;
    let shown = fill_and_show(&connection, folder, today, settings).await;
    connection.close().await?;
    shown?;
    match listener {
        Some((listener, guard)) => {
            let address = listener.local_addr()?;
            output::print(&format!("  grpcurl -plaintext {address} list\n\n"))?;
            serve::serve(engine, listener, guard, settings).await?;
        }
        None => drop(engine),
    }
    Ok(Outcome::Fine)
}

async fn fill_and_show(
    connection: &Connection,
    mut folder: DemoFolder,
    today: Date,
    settings: &Settings,
) -> anyhow::Result<()> {
    let language = settings.language();
    if !folder.is_filled() {
        fill(connection, region(folder.region())?, language).await?;
        folder.filled()?;
    }
    first_match(connection, folder.region().as_of, today, settings).await
}

fn opening(folder: &DemoFolder, language: Language) -> String {
    let region = folder.region();
    let number = |value: usize| count(u64::try_from(value).unwrap_or(u64::MAX), language);
    let (candidates, vacancies) = (number(region.candidates), number(region.vacancies));
    let (seed, as_of) = (region.seed, day::words(&day::to_wire(region.as_of), language));
    let path = folder.path().display();
    let what = match language {
        Language::Dutch => format!(
            "Een verzonnen regio: {candidates} kandidaten en {vacancies} vacatures, zoals het is op {as_of} (zaad {seed})."
        ),
        Language::English => {
            format!(
                "A made-up region: {candidates} candidates and {vacancies} vacancies, as of {as_of} (seed {seed})."
            )
        }
    };
    let state = match folder.claimed() {
        Claimed::New => ["Wordt gemaakt in", "Being made in"],
        Claimed::HalfFilled => {
            ["Was nog niet af en wordt nu afgemaakt in", "Was not finished, and is finished now, in"]
        }
        Claimed::Filled => {
            ["Staat er al en wordt niet opnieuw gemaakt:", "Is there already and is not made again:"]
        }
    };
    format!("{what}\n{} {path}\n\n", language.pick(&state))
}

/// Makes the region and sends it over the import streams.
async fn fill(connection: &Connection, region: Region, language: Language) -> anyhow::Result<()> {
    let made = region.settings();
    let settings = ImportSettings {
        delivered_on: Some(day::to_wire(made.as_of)),
        text_language: language.code().to_owned(),
        ..ImportSettings::default()
    };
    let records = u64::try_from(made.candidates + made.vacancies).unwrap_or(u64::MAX);
    let progress = Progress::of_records(records, language);
    let mut report = ImportReport::new(1);
    let (sender, events) = mpsc::channel(WAITING);
    let maker = tokio::task::spawn_blocking(move || make(&region, &sender));
    let broken = import::drive(events, Streams::new(connection, settings), &mut report, &progress).await;
    progress.finish();
    maker.await??;
    if let Some(broken) = broken {
        anyhow::bail!(broken.text(language));
    }
    anyhow::ensure!(report.taken_records() == records, report.text(language.into()));
    Ok(())
}

/// Makes one record after the other, as long as somebody wants them.
fn make(region: &Region, events: &mpsc::Sender<Event>) -> Result<(), DemoError> {
    let name: Arc<str> = "demo".into();
    let mut number = 0;
    let mut record = |kind, payload| {
        number += 1;
        let place = Place { file: Arc::clone(&name), record: number, line: number };
        events
            .blocking_send(Event::Record { place, record: Box::new(Record { kind, bytes: 0, payload }) })
            .is_ok()
    };
    for candidate in region.candidates() {
        let message = wire::candidate_to_proto(&candidate?, Contents::Full);
        let payload = Payload::Candidate(import_candidates_request::Payload::Candidate(message));
        if !record(RecordKind::OwnCandidate, payload) {
            return Ok(());
        }
    }
    for vacancy in region.vacancies() {
        let message = wire::vacancy_to_proto(&vacancy?, Contents::Full);
        let payload = Payload::Vacancy(import_vacancies_request::Payload::Vacancy(message));
        if !record(RecordKind::OwnVacancy, payload) {
            return Ok(());
        }
    }
    Ok(())
}

/// Shows the best candidates for a vacancy in care, the first of them explained, and what to try next.
async fn first_match(
    connection: &Connection,
    as_of: Date,
    today: Date,
    settings: &Settings,
) -> anyhow::Result<()> {
    let language = settings.language();
    let Some(vacancy) = care_vacancy(connection).await? else { return Ok(()) };
    let view = View { as_of: Some(as_of), profile: None, format: Format::Text };
    let ranking = Ranking { id: vacancy.id.clone(), limit: SHOWN, include_closed: false, view };
    let response = matching::ranked_candidates(connection, &ranking, language).await?;
    output::print(&render::candidates(&response, &vacancy, language))?;
    let Some(best) = response.matches.first() else { return Ok(()) };
    let asked = Explain {
        candidate: best.candidate.clone(),
        vacancy: vacancy.id.clone(),
        changes: Explain::CHANGES,
        for_candidate: false,
        view: ranking.view.clone(),
    };
    let explained = explain::pair(connection, &asked, language).await?;
    output::print(&format!("\n{explained}"))?;
    let on = if as_of == today { String::new() } else { format!(" --as-of {as_of}") };
    let program = std::env::args().next().unwrap_or_else(|| "passend".to_owned());
    let rest = format!("{on} --data {}", settings.data().display());
    let heading = language.pick(&["Probeer ook, in een andere terminal:", "Try also, in another terminal:"]);
    let (candidate, vacancy) = (&best.candidate, &vacancy.id);
    output::print(&format!(
        "\n{heading}\n\
         \x20 {program} match vacancy {vacancy}{rest}\n\
         \x20 {program} match candidate {candidate}{rest}\n\
         \x20 {program} explain {candidate} {vacancy}{rest}\n\
         \x20 {program} questions --candidate {candidate}{rest}\n"
    ))
}

/// The vacancy in care that asks most, because it shows most; one of another sector where the region has none in care.
async fn care_vacancy(connection: &Connection) -> anyhow::Result<Option<Vacancy>> {
    let sectors = CARE.into_iter().chain([0]);
    for sbi_code in sectors {
        let filter = VacancyFilter { sbi_code, ..VacancyFilter::default() };
        let request = ListVacanciesRequest { filter: Some(filter), ..ListVacanciesRequest::default() };
        let response =
            connection.vacancies().list_vacancies(request).await.map_err(|status| failed(&status))?;
        let asked = |vacancy: &Vacancy| {
            vacancy.requirements.as_ref().map_or(0, |asked| asked.skills.len() + asked.competencies.len())
        };
        // Of equals the last one is taken; which one that is depends on the seed alone.
        if let Some(vacancy) = response.into_inner().vacancies.into_iter().max_by_key(asked) {
            return Ok(Some(vacancy));
        }
    }
    Ok(None)
}
