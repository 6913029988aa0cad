//! `passend audit`: holds the record of decisions against its signatures, shows one decision, tells the public key.

use super::arguments::{Audit, AuditAction, Format};
use super::connection::{Connection, failed};
use super::settings::{Language, Settings};
use super::{Outcome, output, render};
use crate::decisions::{Checkpoint, FOLDER, PublicKey, Verification, verify};
use crate::engine::decisions::decision_log_offline;
use crate::wire::v1::{GetDecisionLogRequest, GetDecisionRequest};
use anyhow::{Context, anyhow, bail};
use std::path::Path;

/// Does it.
pub(super) async fn run(arguments: Audit, settings: &Settings) -> anyhow::Result<Outcome> {
    match arguments.action {
        AuditAction::Verify { checkpoints, key } => {
            verified(settings, checkpoints.as_deref(), key.as_deref()).await
        }
        AuditAction::Show { id, format } => shown(settings, id, format).await,
        AuditAction::Key => {
            let (key, _) = state(settings).await?;
            output::print(&format!("{key}\n"))?;
            Ok(Outcome::Fine)
        }
    }
}

/// The key and the last checkpoint: of the store, or of the server that has it.
async fn state(settings: &Settings) -> anyhow::Result<(PublicKey, Option<Checkpoint>)> {
    let folder = settings.data().to_owned();
    match tokio::task::spawn_blocking(move || decision_log_offline(&folder)).await? {
        Ok(Some(state)) => Ok(state),
        Ok(None) => bail!("there are no data in {}; name the folder with --data", settings.data().display()),
        Err(error) if error.in_use().is_some() => {
            Connection::with(settings, async |connection| {
                let answer = connection.accountability().get_decision_log(GetDecisionLogRequest {}).await;
                let answer = answer.map_err(|status| failed(&status))?.into_inner();
                let key = PublicKey::parse(&answer.public_key)
                    .context("the server gave no key that this release can read")?;
                Ok((key, Checkpoint::parse(&answer.last_checkpoint)))
            })
            .await
        }
        Err(error) => Err(error.into()),
    }
}

async fn verified(settings: &Settings, second: Option<&Path>, key: Option<&str>) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let (own_key, last) = state(settings).await?;
    let mut known: Vec<Checkpoint> = last.into_iter().collect();
    if let Some(path) = second {
        known.extend(read_checkpoints(path)?);
    }
    // An auditor who wrote the key down trusts that one, not the one that the folder tells.
    let key = match key {
        None => own_key,
        Some(text) => PublicKey::parse(text)
            .ok_or_else(|| anyhow!("{text} is no key; give the 64 digits that `passend audit key` prints"))?,
    };
    let folder = settings.data().join(FOLDER);
    let found = tokio::task::spawn_blocking(move || verify(&folder, &key, &known)).await??;
    output::print(&text(&found, language))?;
    Ok(if found.findings.is_empty() { Outcome::Fine } else { Outcome::Failed })
}

/// The checkpoints of a second place. A last line without its end is one that is being written.
fn read_checkpoints(path: &Path) -> anyhow::Result<Vec<Checkpoint>> {
    let place = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {place}"))?;
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let line = |(at, line): (usize, &str)| {
        Checkpoint::parse(line).ok_or_else(|| anyhow!("{place}, line {}: this is no checkpoint", at + 1))
    };
    whole.lines().enumerate().map(line).collect()
}

fn text(found: &Verification, language: Language) -> String {
    let number = |value| render::count(value, language);
    let (entries, files) = (number(found.entries), number(found.segments));
    let (checkpoints, erased) = (number(found.checkpoints), number(found.erased));
    let mut text = match language {
        Language::Dutch => format!(
            "{entries} besluiten in {files} bestanden, {checkpoints} keer ondertekend. \
             {erased} delen zijn van mensen die gewist zijn.\n"
        ),
        Language::English => format!(
            "{entries} decisions in {files} files, signed {checkpoints} times. \
             {erased} parts are of people who were erased.\n"
        ),
    };
    if found.unsigned > 0 || found.unfinished > 0 {
        let unsigned = number(found.unsigned);
        text.push_str(&match language {
            Language::Dutch => format!("De laatste {unsigned} zijn nog niet ondertekend.\n"),
            Language::English => format!("The last {unsigned} are not signed yet.\n"),
        });
    }
    if found.findings.is_empty() {
        text.push_str(language.pick(&[
            "Alles klopt: er is niets veranderd of weggehaald.\n",
            "All is well: nothing was changed or taken away.\n",
        ]));
        return text;
    }
    text.push_str(language.pick(&[
        "Dit klopt niet. Bewaar de map zoals hij is en laat het uitzoeken:\n",
        "This is not right. Keep the folder as it is and have it looked into:\n",
    ]));
    for finding in &found.findings {
        text.push_str(&format!("  • {finding}\n"));
    }
    text
}

async fn shown(settings: &Settings, id: String, format: Format) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let told = Connection::with(settings, async |connection| {
        let request = GetDecisionRequest { id, text_language: language.code().to_owned() };
        let answer =
            connection.accountability().get_decision(request).await.map_err(|status| failed(&status))?;
        let answer = answer.into_inner();
        match format {
            Format::Json => output::json(&answer),
            Format::Text => Ok(render::decision(&answer.decision.unwrap_or_default(), language)),
        }
    })
    .await?;
    output::print(&told)?;
    Ok(Outcome::Fine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decisions::Finding;

    #[test]
    fn what_is_found_is_told_and_what_is_well_too() {
        let found = Verification {
            segments: 3,
            entries: 12_345,
            erased: 7,
            checkpoints: 41,
            signed: 12_380,
            ..Verification::default()
        };
        insta::assert_snapshot!(text(&found, Language::Dutch), @r"
        12.345 besluiten in 3 bestanden, 41 keer ondertekend. 7 delen zijn van mensen die gewist zijn.
        Alles klopt: er is niets veranderd of weggehaald.
        ");
        let findings = vec![Finding::Missing { first: 12, last: 14 }];
        let found = Verification { findings, unsigned: 2, ..found };
        insta::assert_snapshot!(text(&found, Language::English), @r"
        12,345 decisions in 3 files, signed 41 times. 7 parts are of people who were erased.
        The last 2 are not signed yet.
        This is not right. Keep the folder as it is and have it looked into:
          • entries 12 to 14 are missing
        ");
    }
}
