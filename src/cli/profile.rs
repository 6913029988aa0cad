//! `passend profile check`: what is wrong with files of ranking profiles.

use super::arguments::{Profile, ProfileAction};
use super::settings::{Language, Settings};
use super::{Outcome, output, render};
use crate::engine::{self, ProfilesError};

/// Checks and reports: fine when nothing is wrong.
pub(super) async fn run(arguments: Profile, settings: &Settings) -> anyhow::Result<Outcome> {
    let ProfileAction::Check { files } = arguments.action;
    let checked = tokio::task::spawn_blocking(move || engine::check_profiles(&files)).await?;
    let language = settings.language();
    match checked {
        Ok(count) => {
            output::print(&fine(count, language))?;
            Ok(Outcome::Fine)
        }
        Err(ProfilesError::Wrong(findings)) => {
            let lines: String = findings.iter().map(|finding| format!("{finding}\n")).collect();
            output::print(&format!("{lines}{}", wrong(findings.len(), language)))?;
            Ok(Outcome::Failed)
        }
        Err(error) => Err(error.into()),
    }
}

fn fine(count: usize, language: Language) -> String {
    let number = render::count(count as u64, language);
    match language {
        Language::Dutch => format!("In orde: {number}.\n"),
        Language::English => format!("In order: {number}.\n"),
    }
}

fn wrong(count: usize, language: Language) -> String {
    let number = render::count(count as u64, language);
    match language {
        Language::Dutch => format!("Niet in orde: {number} keer. In docs/profiles.md staat wat mag.\n"),
        Language::English => {
            format!("Not in order: {number} times. docs/profiles.md tells what is allowed.\n")
        }
    }
}
