//! `passend taxonomy`: takes in ESCO in place of the built-in taxonomy, shows what is in use, and goes back.

mod report;
mod show;
mod words;

use super::arguments::{Taxonomy, TaxonomyAction, TaxonomyImport};
use super::connection::{Connection, failed, open_engine};
use super::settings::{Language, Settings};
use super::{Outcome, output};
use crate::taxonomy::esco::{EscoError, EscoImport, TaxonomyReport, read_folder};
use crate::taxonomy::{self, Origin, Prepared};
use crate::wire::v1::ReloadTaxonomyRequest;
use anyhow::Context;

/// Does what was asked with the taxonomy.
pub(super) async fn run(arguments: Taxonomy, settings: &Settings) -> anyhow::Result<Outcome> {
    match arguments.action {
        TaxonomyAction::Import(arguments) => import(arguments, settings).await,
        TaxonomyAction::Show => show(settings).await,
        TaxonomyAction::Reset => reset(settings).await,
    }
}

/// Reads a folder, reports, and takes what was read into use when it is whole.
async fn import(arguments: TaxonomyImport, settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let TaxonomyImport { folder, boc, take_damaged } = arguments;
    let read = tokio::task::spawn_blocking(move || read_folder(&folder, boc.as_deref())).await?;
    let EscoImport { taxonomy, texts, codes, report } = match read {
        Ok(import) => import,
        Err(error) => {
            if let EscoError::NoEsco { report, .. } = &error {
                output::print(&report::text(report, language))?;
            }
            let kept = language.pick(&[
                "Er is niets veranderd: de taxonomie die er was, blijft in gebruik.",
                "Nothing has changed: the taxonomy that was in use stays.",
            ]);
            output::print(&format!("{kept}\n"))?;
            anyhow::bail!(words::folder(&error, language));
        }
    };
    output::print(&report::text(&report, language))?;
    output::print(&show::counts(&taxonomy, codes.len(), language))?;
    if report.is_damaged() && !take_damaged {
        output::print(language.pick(&[
            "\nNiet overgenomen: er zijn beschadigde bestanden (zie boven). De taxonomie die er was, blijft in gebruik.\n\
             Haal die bestanden opnieuw, of neem over wat er wel is met --take-damaged.\n",
            "\nNot taken over: some files are damaged (see above). The taxonomy that was in use stays.\n\
             Get these files again, or take over what there is with --take-damaged.\n",
        ]))?;
        return Ok(Outcome::Failed);
    }
    output::print(language.pick(&[
        "\nDe herkenning van woorden wordt voorbereid; dat kan een paar minuten duren.\n",
        "\nThe recognition of words is being prepared; that may take a few minutes.\n",
    ]))?;
    let origin = origin(&report);
    let folder = settings.data().to_owned();
    tokio::task::spawn_blocking(move || {
        let prepared = Prepared::new(origin, taxonomy, &texts, codes);
        drop(texts);
        taxonomy::install(&folder, &prepared)
    })
    .await??;
    activate(settings).await
}

fn origin(report: &TaxonomyReport) -> Origin {
    Origin::Imported { files: report.files.iter().map(|file| file.name.clone()).collect() }
}

/// Shows the taxonomy of the data folder.
async fn show(settings: &Settings) -> anyhow::Result<Outcome> {
    let folder = settings.data().to_owned();
    let loaded = tokio::task::spawn_blocking(move || taxonomy::load(&folder)).await??;
    output::print(&show::text(&loaded, settings.language()))?;
    Ok(Outcome::Fine)
}

/// Goes back to the built-in taxonomy.
async fn reset(settings: &Settings) -> anyhow::Result<Outcome> {
    if !taxonomy::reset(settings.data())? {
        output::print(settings.language().pick(&[
            "Er is geen ingelezen taxonomie: de ingebouwde was al in gebruik.\n",
            "No taxonomy was imported: the built-in one was in use already.\n",
        ]))?;
        return Ok(Outcome::Fine);
    }
    activate(settings).await
}

/// Lets the service use the taxonomy that stands in the data folder now: the running one, else the next one, which finds
/// every word recognised already.
async fn activate(settings: &Settings) -> anyhow::Result<Outcome> {
    let language = settings.language();
    let name = match open_engine(settings).await {
        Ok(engine) => engine.recognizer().taxonomy().name().to_owned(),
        Err(error) if error.in_use().is_some() => reload(settings).await.context(language.pick(&[
            "de taxonomie is opgeslagen en geldt na de volgende start; het programma dat nu draait, gebruikt de oude nog",
            "the taxonomy is stored and holds after the next start; the running program still uses the old one",
        ]))?,
        Err(error) => return Err(error.into()),
    };
    output::print(&match language {
        Language::Dutch => format!("In gebruik: {name}.\n"),
        Language::English => format!("In use: {name}.\n"),
    })?;
    Ok(Outcome::Fine)
}

/// Tells the running server, which recognises everybody's words anew before it answers. Gives the name of the taxonomy.
async fn reload(settings: &Settings) -> anyhow::Result<String> {
    Connection::with(settings, async |connection| {
        let answer = connection.concepts().reload_taxonomy(ReloadTaxonomyRequest {}).await;
        let answer = answer.map_err(|status| failed(&status))?.into_inner();
        Ok(answer.taxonomy.map(|taxonomy| taxonomy.name).unwrap_or_default())
    })
    .await
}
