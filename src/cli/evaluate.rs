//! `passend evaluate`: the measured quality figures.

mod rankings;
mod taxonomies;

use super::arguments::Evaluate;
use super::connection::Connection;
use super::settings::Settings;
use super::{Outcome, output};
use crate::engine::{Engine, EngineOptions};
use crate::evaluate::{
    Direction, Evaluation, FormerRun, MatchingFigures, MatchingSet, Run, Sets, skills, stuffed_profiles,
    titles, translated_profiles,
};
use crate::taxonomy::recognize::Recognizer;
use anyhow::Context;
use rankings::Rankings;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use taxonomies::Measured;
use tempfile::TempDir;

/// Measures and prints.
pub(super) async fn run(arguments: Evaluate, settings: &Settings) -> anyhow::Result<Outcome> {
    let former = arguments.compare.as_deref().map(former_run).transpose()?;
    let sets = Sets::read(&arguments.folder)?;
    let mut evaluation = Evaluation::default();
    let mut runs = Vec::new();
    let measured = taxonomies::measured(&arguments, settings).await?;
    for taxonomy in &measured {
        evaluation.notes.push(taxonomy.note(settings.language()));
        measure(&sets, taxonomy, settings, &mut evaluation, &mut runs).await?;
    }
    if let Some(folder) = &arguments.runs {
        for run in &runs {
            run.write(folder).with_context(|| format!("{} cannot be written", folder.display()))?;
        }
    }
    if let Some(file) = &arguments.json {
        fs::write(file, evaluation.json()?)
            .with_context(|| format!("{} cannot be written", file.display()))?;
    }
    output::print(&evaluation.table(former.as_ref()))?;
    Ok(Outcome::Fine)
}

fn former_run(file: &Path) -> anyhow::Result<FormerRun> {
    let read = || anyhow::Ok(FormerRun::parse(&fs::read_to_string(file)?)?);
    read().with_context(|| format!("{} is no file of a former run (--json)", file.display()))
}

/// Measures every set under one taxonomy.
async fn measure(
    sets: &Sets,
    taxonomy: &Measured,
    settings: &Settings,
    evaluation: &mut Evaluation,
    runs: &mut Vec<Run>,
) -> anyhow::Result<()> {
    let (_folder, engine) = open(taxonomy, settings).await?;
    let recognizer = engine.recognizer();
    wordings(sets, taxonomy, &recognizer, evaluation, runs);
    drop(engine);
    for set in &sets.matching {
        matching(set, taxonomy, &recognizer, settings, evaluation, runs).await?;
    }
    Ok(())
}

/// An engine of its own with one taxonomy, in a folder that goes when the measurement is done.
async fn open(taxonomy: &Measured, settings: &Settings) -> anyhow::Result<(TempDir, Arc<Engine>)> {
    let folder = tempfile::tempdir().context("no folder for the measurement can be made")?;
    taxonomy.install(folder.path())?;
    // What is measured are the profiles of the program, whatever the settings say.
    let options = EngineOptions {
        folder: folder.path().to_owned(),
        threads: settings.threads(),
        ..EngineOptions::default()
    };
    let engine = tokio::task::spawn_blocking(move || Engine::open(&options)).await??;
    Ok((folder, engine))
}

fn wordings(
    sets: &Sets,
    taxonomy: &Measured,
    recognizer: &Recognizer,
    evaluation: &mut Evaluation,
    runs: &mut Vec<Run>,
) {
    let titles = sets.titles.iter().map(|set| titles(set, recognizer));
    for (figure, mut run) in titles.chain(sets.skills.iter().map(|set| skills(set, recognizer))) {
        evaluation.figures.extend(figure.map(|figure| figure.named_after(taxonomy.suffix)));
        run.name.push_str(&taxonomy.suffix.replace(['(', ')'], "").replace(' ', "-"));
        runs.push(run);
    }
}

/// Measures rankings as a client gets them: everything goes through the interface.
async fn matching(
    set: &MatchingSet,
    taxonomy: &Measured,
    recognizer: &Recognizer,
    settings: &Settings,
    evaluation: &mut Evaluation,
    runs: &mut Vec<Run>,
) -> anyhow::Result<()> {
    let figures = MatchingFigures::new(set, taxonomy.suffix, recognizer);
    let (folder, engine) = open(taxonomy, settings).await?;
    let connection = Connection::to_engine(engine).await?;
    let rankings = Rankings::new(&connection);
    let (candidates, cut) = set.candidates();
    let (vacancies, cut_too) = set.vacancies();
    let cut = cut + cut_too;
    if cut > 0 {
        evaluation
            .notes
            .push(format!("{}: {cut} texts were longer than the interface takes and were cut.", set.name));
    }
    rankings.load(candidates, vacancies).await?;
    let ids: Vec<&str> = set.vacancies.iter().map(|vacancy| vacancy.id.as_str()).collect();

    let all = rankings.for_vacancies(&ids, "", rankings::DEPTH).await?;
    evaluation.figures.extend(figures.for_vacancies(&all));
    runs.push(figures.run(Direction::VacancyToCandidates, "", all));

    let others = rankings.for_vacancies(&ids, crate::evaluate::OTHER_LANGUAGES, rankings::DEPTH).await?;
    evaluation.figures.extend(figures.for_other_languages(&others));
    runs.push(figures.run(Direction::VacancyToCandidates, ", other languages", others));

    let people: Vec<&str> = set.people_with_a_good_vacancy().into_iter().collect();
    let vacancies = rankings.for_candidates(&people).await?;
    evaluation.figures.extend(figures.for_candidates(&vacancies));
    runs.push(figures.run(Direction::CandidateToVacancies, "", vacancies));

    let translated = rankings.for_profiles(translated_profiles(recognizer.taxonomy())).await?;
    evaluation.figures.extend(figures.for_translated(&translated));

    rankings.load(stuffed_profiles(recognizer.taxonomy()), Vec::new()).await?;
    let stuffed = rankings.for_vacancies(&ids, "", rankings::FIRST).await?;
    evaluation.figures.extend(figures.for_stuffed(&stuffed));
    runs.push(figures.run(Direction::VacancyToCandidates, ", stuffed profiles", stuffed));
    connection.close().await?;
    drop(folder);
    Ok(())
}
