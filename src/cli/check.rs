//! `passend check`: verifies store and search index, and says what it would repair.

use super::settings::{Language, Settings};
use super::{Outcome, output, render};
use crate::engine::{CheckFinding, FolderCheck};
use anyhow::anyhow;

/// Verifies and reports: fine when nothing is wrong.
pub(super) async fn run(settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let folder = settings.data().to_owned();
    let checked = tokio::task::spawn_blocking(move || crate::engine::check(&folder)).await?;
    let check = match checked {
        Ok(check) => check,
        Err(error) if error.in_use().is_some() => {
            return Err(anyhow!(
                "{error}, and only its owner can verify it; stop that process and check again"
            ));
        }
        Err(error) => return Err(error.into()),
    };
    let Some(check) = check else {
        return Err(anyhow!(
            "there are no data in {}; name the folder with --data",
            settings.data().display()
        ));
    };
    output::print(&text(&check, language))?;
    Ok(if check.findings.iter().all(is_ordinary) { Outcome::Fine } else { Outcome::Failed })
}

/// After a process was ended by force the index may be behind and the store not closed: nothing is lost.
fn is_ordinary(finding: &CheckFinding) -> bool {
    matches!(finding, CheckFinding::StoreMended | CheckFinding::IndexBehind { .. })
}

fn text(check: &FolderCheck, language: Language) -> String {
    let number = |value| render::count(value, language);
    let (candidates, vacancies) = (number(check.candidates), number(check.vacancies));
    let last_change = number(check.last_change);
    let mut text = match language {
        Language::Dutch => {
            format!("{candidates} kandidaten en {vacancies} vacatures, tot wijziging {last_change}.\n")
        }
        Language::English => {
            format!("{candidates} candidates and {vacancies} vacancies, up to change {last_change}.\n")
        }
    };
    if check.findings.is_empty() {
        text.push_str(language.pick(&[
            "Alles is in orde: de opslag, en de zoekindex die daarvan is gemaakt.\n",
            "All is well: the store, and the search index that is made from it.\n",
        ]));
    }
    for finding in &check.findings {
        let (what, remedy) = words(finding, language);
        text.push_str(&format!("  • {what}\n    {remedy}\n"));
    }
    text
}

/// What is wrong, and what is or should be done about it.
fn words(finding: &CheckFinding, language: Language) -> (String, &'static str) {
    let say = |dutch: String, english: String| match language {
        Language::Dutch => dutch,
        Language::English => english,
    };
    match finding {
        CheckFinding::StoreMended => (
            say(
                "De opslag was niet netjes afgesloten.".to_owned(),
                "The store was not left in order.".to_owned(),
            ),
            language.pick(&[
                "Dat is nu hersteld; wat bevestigd was, is er nog.",
                "That is mended now; what was acknowledged is there.",
            ]),
        ),
        CheckFinding::StoreDamaged(detail) => (
            say(format!("Beschadigd in de opslag: {detail}."), format!("Damaged in the store: {detail}.")),
            language.pick(&[
                "Lever het opnieuw aan, of zet een reservekopie van de map terug.",
                "Deliver it again, or put back a backup of the folder.",
            ]),
        ),
        CheckFinding::IndexBehind { changes } => (
            say(
                format!("De zoekindex loopt {changes} wijzigingen achter."),
                format!("The search index is {changes} changes behind."),
            ),
            language.pick(&[
                "Bij de volgende start wordt hij bijgewerkt.",
                "The next start brings it up to date.",
            ]),
        ),
        CheckFinding::IndexUnusable(reason) => (
            say(
                format!("De zoekindex is niet te gebruiken: {reason}."),
                format!("The search index cannot be used: {reason}."),
            ),
            language.pick(&[
                "Bij de volgende start wordt hij opnieuw gemaakt.",
                "The next start builds it anew.",
            ]),
        ),
        CheckFinding::IndexDiffers { missing, stray } => (
            say(
                format!("De zoekindex wijkt af van de opslag: {missing} ontbreken, {stray} te veel."),
                format!("The search index is not what the store is: {missing} missing, {stray} too many."),
            ),
            language.pick(&[
                "Verwijder de map index; bij de volgende start wordt hij opnieuw gemaakt.",
                "Remove the folder index; the next start builds it anew.",
            ]),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_is_told_with_what_is_done_about_it() {
        let findings = vec![
            CheckFinding::StoreMended,
            CheckFinding::StoreDamaged("the record of candidate k-1 is damaged".to_owned()),
            CheckFinding::IndexBehind { changes: 3 },
            CheckFinding::IndexUnusable("there is no search index yet".to_owned()),
            CheckFinding::IndexDiffers { missing: 1, stray: 2 },
        ];
        let check = FolderCheck { candidates: 2_000, vacancies: 500, last_change: 2_500, findings };
        insta::assert_snapshot!(text(&check, Language::Dutch));
        let sound = FolderCheck { findings: Vec::new(), ..check };
        insta::assert_snapshot!(text(&sound, Language::English), @r"
        2,000 candidates and 500 vacancies, up to change 2,500.
        All is well: the store, and the search index that is made from it.
        ");
    }
}
