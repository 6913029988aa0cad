//! `passend rerank`: a run over everything is started, or one that was broken off goes on; it is watched to its end.

mod progress;
mod report;

use super::arguments::{Format, Rerank};
use super::connection::{Connection, failed};
use super::settings::Settings;
use super::{Outcome, day, output};
use crate::wire::v1;
use progress::Progress;

/// Starts, watches and reports; or shows or cancels.
pub(super) async fn run(arguments: Rerank, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    // Whoever only looks does not set a run going.
    let looks = arguments.list || arguments.cancel.is_some();
    let mut runs = settings.runs_alone();
    runs.resume = !looks;
    Connection::with_runs(settings, runs, async |connection| {
        if arguments.list {
            let asked = v1::ListReranksRequest::default();
            let answer = connection.reranks().list_reranks(asked).await.map_err(|s| failed(&s))?.into_inner();
            match arguments.format {
                Format::Json => output::print_exactly(&output::json(&answer)?)?,
                Format::Text => output::print(&report::list(&answer.reranks, language))?,
            }
            return Ok(Outcome::Fine);
        }
        if let Some(id) = arguments.cancel {
            let asked = v1::CancelRerankRequest { id };
            let answer =
                connection.reranks().cancel_rerank(asked).await.map_err(|s| failed(&s))?.into_inner();
            return told(&answer.rerank.unwrap_or_default(), arguments.format, settings);
        }
        let run = started(connection, &arguments).await?;
        let ended = watched(connection, run, settings).await?;
        told(&ended, arguments.format, settings)
    })
    .await
}

/// The run of the scope that is not over, or a new one.
async fn started(connection: &Connection, arguments: &Rerank) -> anyhow::Result<v1::Rerank> {
    let scope = v1::RerankScope {
        labour_market_region: arguments.region.unwrap_or(0),
        sbi_code: arguments.sector.unwrap_or(0),
        changed_only: arguments.changed_only,
    };
    let asked = v1::ListReranksRequest { active_only: true };
    let active = connection.reranks().list_reranks(asked).await.map_err(|s| failed(&s))?.into_inner().reranks;
    let same = |run: &v1::Rerank| {
        run.scope.is_some_and(|own| {
            (own.labour_market_region, own.sbi_code) == (scope.labour_market_region, scope.sbi_code)
        })
    };
    if let Some(run) = active.into_iter().find(same) {
        return Ok(run);
    }
    let asked = v1::StartRerankRequest {
        scope: Some(scope),
        as_of: arguments.as_of.map(day::to_wire),
        request_id: String::new(),
    };
    let answer = connection.reranks().start_rerank(asked).await.map_err(|s| failed(&s))?.into_inner();
    Ok(answer.rerank.unwrap_or_default())
}

/// Watches a run to its end.
async fn watched(
    connection: &Connection,
    run: v1::Rerank,
    settings: &Settings,
) -> anyhow::Result<v1::Rerank> {
    let progress = Progress::start(&run, connection.is_alone(), settings.language());
    let asked = v1::WatchRerankRequest { id: run.id.clone() };
    let mut answers = connection.reranks().watch_rerank(asked).await.map_err(|s| failed(&s))?.into_inner();
    let mut last = run;
    while let Some(answer) = answers.message().await.map_err(|s| failed(&s))? {
        last = answer.rerank.unwrap_or_default();
        progress.show(&last);
    }
    progress.finish();
    Ok(last)
}

fn told(run: &v1::Rerank, format: Format, settings: &Settings) -> anyhow::Result<Outcome> {
    match format {
        Format::Json => output::print_exactly(&output::json(run)?)?,
        Format::Text => output::print(&report::ended(run, settings.language()))?,
    }
    let is_fine = !matches!(run.state(), v1::RerankState::Failed | v1::RerankState::Unspecified);
    Ok(if is_fine { Outcome::Fine } else { Outcome::Failed })
}
