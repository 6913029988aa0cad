//! `passend check`: verifies store and search index, and says what it would repair.

use super::settings::{Language, Settings};
use super::{Outcome, output, render};
use crate::engine::{CheckFinding, FolderCheck, Repaired, StartError};
use anyhow::anyhow;

/// Verifies and reports: fine when nothing is wrong.
pub(super) async fn run(repair: bool, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let folder = settings.data().to_owned();
    let work = move || -> Result<Option<(Option<Repaired>, FolderCheck)>, StartError> {
        if repair {
            let done = crate::engine::repair(&folder)?;
            return Ok(done.map(|(repaired, check)| (Some(repaired), check)));
        }
        Ok(crate::engine::check(&folder)?.map(|check| (None, check)))
    };
    let checked = match tokio::task::spawn_blocking(work).await? {
        Ok(checked) => checked,
        Err(error) if error.in_use().is_some() => {
            return Err(anyhow!(
                "{error}, and only its owner can verify it; stop that process and check again"
            ));
        }
        Err(error) => return Err(error.into()),
    };
    let Some((repaired, check)) = checked else {
        return Err(anyhow!(
            "there are no data in {}; name the folder with --data",
            settings.data().display()
        ));
    };
    let told = repaired.map(|repaired| repair_text(&repaired, language)).unwrap_or_default();
    output::print(&(told + &text(&check, language)))?;
    Ok(if check.findings.iter().all(is_ordinary) { Outcome::Fine } else { Outcome::Failed })
}

/// After a process was ended by force the index may be behind and the store not closed: nothing is lost.
fn is_ordinary(finding: &CheckFinding) -> bool {
    matches!(finding, CheckFinding::StoreMended | CheckFinding::IndexBehind { .. })
}

/// What a repair did, one line a thing.
fn repair_text(repaired: &Repaired, language: Language) -> String {
    let number = |value| render::count(value, language);
    let mut lines = Vec::new();
    for record in &repaired.records {
        lines.push(match language {
            Language::Dutch => format!("Beschadigd en apart gezet: {record}. Lever dit opnieuw aan."),
            Language::English => format!("Damaged and put aside: {record}. Deliver it again."),
        });
    }
    if let Some(file) = &repaired.file {
        let (count, file) = (number(repaired.put_aside), file.display());
        lines.push(match language {
            Language::Dutch => format!("Apart gezet: {count} onderdelen van de opslag, in {file}."),
            Language::English => format!("Put aside: {count} entries of the store, in {file}."),
        });
    }
    for (count, dutch, english) in [
        (repaired.derived, "onderdelen van de opslag opnieuw gemaakt", "entries of the store made anew"),
        (repaired.requests, "verzoeken vergeten", "requests forgotten"),
        (
            repaired.emptied,
            "bytes van het logboek waren niet te lezen en zijn leeggemaakt",
            "bytes of the record of decisions could not be read and were emptied",
        ),
    ] {
        if count > 0 {
            lines.push(format!("{} {}.", number(count), language.pick(&[dutch, english])));
        }
    }
    for file in &repaired.removed {
        let file = file.display();
        lines.push(match language {
            Language::Dutch => format!("Weggehaald: {file}."),
            Language::English => format!("Taken away: {file}."),
        });
    }
    if repaired.index_built {
        let told = ["De zoekindex is opnieuw gemaakt.", "The search index was built anew."];
        lines.push(language.pick(&told).to_owned());
    }
    if lines.is_empty() {
        lines.push(language.pick(&["Er was niets te herstellen.", "There was nothing to mend."]).to_owned());
    }
    lines.iter().map(|line| format!("  • {line}\n")).collect()
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
                "Lever het opnieuw aan, zet het apart met `passend check --repair`, of zet een reservekopie terug.",
                "Deliver it again, put it aside with `passend check --repair`, or restore a backup.",
            ]),
        ),
        CheckFinding::SetAside(record) => (
            say(
                format!("Niet te vergelijken, door een fout in het programma: {record}."),
                format!("Cannot be ranked, by a fault of the program: {record}."),
            ),
            language.pick(&[
                "Het staat in geen lijst tot het opnieuw is aangeleverd. Meld de fout uit het logboek.",
                "It is in no list until it is delivered anew. Report the fault in the log.",
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
                "Maak hem opnieuw met `passend check --repair`.",
                "Build it anew with `passend check --repair`.",
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
            CheckFinding::SetAside("candidate k-2".to_owned()),
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
