//! `passend outcome`: what became of proposals.

use super::arguments::{Format, OutcomeAction, OutcomeArguments, OutcomeKind, OutcomeList, OutcomeRecord};
use super::connection::{Connection, failed};
use super::settings::{Language, Settings};
use super::{Outcome, day, output, render};
use crate::wire::v1::{ListOutcomesRequest, ProposalOutcome, RecordOutcomeRequest};

/// Records or lists.
pub(super) async fn run(arguments: OutcomeArguments, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let text = Connection::with(settings, async |connection| match &arguments.action {
        OutcomeAction::Record(record) => recorded(connection, record, language).await,
        OutcomeAction::List(list) => listed(connection, list, language).await,
    })
    .await?;
    output::print(&text)?;
    Ok(Outcome::Fine)
}

async fn recorded(
    connection: &Connection,
    record: &OutcomeRecord,
    language: Language,
) -> anyhow::Result<String> {
    let outcome = match record.outcome {
        OutcomeKind::Proposed => ProposalOutcome::Proposed,
        OutcomeKind::Invited => ProposalOutcome::Invited,
        OutcomeKind::Placed => ProposalOutcome::Placed,
        OutcomeKind::Rejected => ProposalOutcome::Rejected,
        OutcomeKind::Overridden => ProposalOutcome::Overridden,
    };
    let request = RecordOutcomeRequest {
        candidate: record.candidate.clone(),
        vacancy: record.vacancy.clone(),
        outcome: outcome.into(),
        on: record.on.map(day::to_wire),
        reason: record.reason.clone().unwrap_or_default(),
        request_id: record.request_id.clone().unwrap_or_default(),
    };
    let answer = connection.accountability().record_outcome(request).await;
    let change = answer.map_err(|status| failed(&status))?.into_inner().change_number;
    let (candidate, vacancy) = (render::one_line(&record.candidate), render::one_line(&record.vacancy));
    let what = render::proposal_outcome(outcome, language);
    Ok(match language {
        Language::Dutch => {
            format!("Vastgelegd: kandidaat {candidate}, vacature {vacancy}: {what} (wijziging {change}).\n")
        }
        Language::English => {
            format!("Recorded: candidate {candidate}, vacancy {vacancy}: {what} (change {change}).\n")
        }
    })
}

async fn listed(connection: &Connection, list: &OutcomeList, language: Language) -> anyhow::Result<String> {
    let request = ListOutcomesRequest {
        candidate: list.candidate.clone().unwrap_or_default(),
        vacancy: list.vacancy.clone().unwrap_or_default(),
        page_size: list.limit,
        ..ListOutcomesRequest::default()
    };
    let answer = connection.accountability().list_outcomes(request).await;
    let response = answer.map_err(|status| failed(&status))?.into_inner();
    match list.format {
        Format::Json => output::json(&response),
        Format::Text => Ok(render::outcomes(&response, language)),
    }
}
