//! `passend backup` and `passend restore`.

use super::connection::{Connection, failed};
use super::settings::{Language, Settings};
use super::{Outcome, output, render};
use crate::engine::backup::{self, Restored};
use crate::wire::v1::{BackUpRequest, BackUpResponse};
use anyhow::anyhow;
use std::path::{Path, PathBuf};

/// Copies the data folder, through the server that has it where there is one.
pub(super) async fn back_up(folder: &Path, settings: &Settings) -> anyhow::Result<Outcome> {
    let path = std::path::absolute(folder)?;
    let Some(path) = path.to_str() else {
        return Err(anyhow!("the name of the folder is no text; choose another one"));
    };
    let asked = BackUpRequest { folder: path.to_owned() };
    let answer = Connection::with(settings, async |connection| {
        let answer = connection.operation().back_up(asked).await;
        Ok(answer.map_err(|status| failed(&status))?.into_inner())
    })
    .await?;
    output::print(&copied(&answer, folder, settings.language()))?;
    Ok(Outcome::Fine)
}

/// Puts a backup in the place of the data folder.
pub(super) async fn restore(
    from: PathBuf,
    erasures: Vec<PathBuf>,
    settings: &Settings,
) -> anyhow::Result<Outcome> {
    let folder = settings.data().to_owned();
    let restored = tokio::task::spawn_blocking(move || backup::restore(&folder, &from, &erasures)).await??;
    output::print(&put_back(&restored, settings.language()))?;
    Ok(Outcome::Fine)
}

fn copied(answer: &BackUpResponse, folder: &Path, language: Language) -> String {
    let number = |value| render::count(value, language);
    let (files, bytes, change) = (number(answer.files), number(answer.bytes), number(answer.change_number));
    let folder = folder.display();
    match language {
        Language::Dutch => {
            format!("Reservekopie in {folder}: {files} bestanden, {bytes} bytes, tot wijziging {change}.\n")
        }
        Language::English => {
            format!("Backup in {folder}: {files} files, {bytes} bytes, up to change {change}.\n")
        }
    }
}

fn put_back(restored: &Restored, language: Language) -> String {
    let number = |value| render::count(value, language);
    let (files, bytes, change) = (number(restored.files), number(restored.bytes), number(restored.change));
    let again = number(restored.erased_again);
    let mut text = match language {
        Language::Dutch => format!(
            "Teruggezet: {files} bestanden, {bytes} bytes, tot wijziging {change}.\n\
             Opnieuw gewist: {again} personen die na de reservekopie zijn gewist.\n"
        ),
        Language::English => format!(
            "Restored: {files} files, {bytes} bytes, up to change {change}.\n\
             Erased again: {again} people who were erased after the backup.\n"
        ),
    };
    if restored.unreadable > 0 {
        let unreadable = number(restored.unreadable);
        text.push_str(&match language {
            Language::Dutch => format!(
                "Van het logboek zijn {unreadable} bytes niet te lezen. Niemand weet over wie dat gaat.\n\
                 Maak ze leeg met passend check --repair.\n"
            ),
            Language::English => format!(
                "{unreadable} bytes of the record of decisions cannot be read. Nobody can say whom they are about.\n\
                 Have passend check --repair empty them.\n"
            ),
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_and_a_restore_tell_what_they_did() {
        let answer = BackUpResponse { files: 9, bytes: 1_234_567, change_number: 47_000 };
        insta::assert_snapshot!(copied(&answer, Path::new("kopie"), Language::Dutch), @"Reservekopie in kopie: 9 bestanden, 1.234.567 bytes, tot wijziging 47.000.");
        let restored =
            Restored { files: 9, bytes: 1_234_567, change: 47_000, erased_again: 2, unreadable: 0 };
        insta::assert_snapshot!(put_back(&restored, Language::English), @r"
        Restored: 9 files, 1,234,567 bytes, up to change 47,000.
        Erased again: 2 people who were erased after the backup.
        ");
    }
}
