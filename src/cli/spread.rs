//! `passend spread`: a second plan beside the plain lists, in which nobody is left out.

use super::arguments::{Format, Spread};
use super::connection::{Connection, failed};
use super::settings::Settings;
use super::{Outcome, output, render, report};
use crate::wire::v1::{MakeSpreadPlanRequest, SpreadList, SpreadPlan, make_spread_plan_response::Part};
use anyhow::Context;

/// Vacancies that are told in a text: those that lose most.
const TOLD: usize = 20;

/// Asks for a plan and prints it.
pub(super) async fn run(arguments: Spread, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let (plan, lists) =
        Connection::with(settings, async |connection| made(connection, &arguments).await).await?;
    if arguments.format == Format::Json {
        let mut text = output::json_line(&plan)?;
        for list in &lists {
            text.push_str(&output::json_line(list)?);
        }
        output::print_exactly(&text)?;
        return Ok(Outcome::Fine);
    }
    output::print(&render::spread(&plan, &costliest(lists), language))?;
    Ok(Outcome::Fine)
}

async fn made(connection: &Connection, asked: &Spread) -> anyhow::Result<(SpreadPlan, Vec<SpreadList>)> {
    let request = MakeSpreadPlanRequest {
        night: Some(report::choice(&asked.night)),
        at_least: asked.at_least,
        at_most: asked.at_most,
        list_size: asked.list_size,
    };
    let answer = connection.reranks().make_spread_plan(request).await;
    let mut messages = answer.map_err(|status| failed(&status))?.into_inner();
    let (mut plan, mut lists) = (None, Vec::new());
    while let Some(message) = messages.message().await.map_err(|status| failed(&status))? {
        match message.part {
            Some(Part::Plan(summary)) => plan = Some(summary),
            Some(Part::List(list)) => lists.push(list),
            None => {}
        }
    }
    Ok((plan.context("the service told no plan")?, lists))
}

/// The lists that lose most, the one that loses most first.
fn costliest(mut lists: Vec<SpreadList>) -> Vec<SpreadList> {
    let loss = |list: &SpreadList| list.plain_score - list.planned_score;
    lists.retain(|list| loss(list) > 0.0);
    lists.sort_by(|a, b| loss(b).total_cmp(&loss(a)));
    lists.truncate(TOLD);
    lists
}
