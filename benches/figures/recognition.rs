//! What recognising words costs: an import of people in their own words, a start with and without a taxonomy, memory.

use super::{Failure, Server, import_candidates, profiles::Profiles, told};
use passend::{
    engine::{Engine, EngineOptions},
    taxonomy::{self, Origin, Prepared, esco},
    wire::v1::import_candidates_request as candidate,
};
use std::{fs, path::Path, time::Instant};

/// Where ESCO's distribution lies beside the repository.
const ESCO: &str = "../shared/esco";
const PEOPLE: usize = 47_000;

/// Measures with all of ESCO where it is there, else with the embedded taxonomy.
pub(super) async fn measure() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    if Path::new(ESCO).is_dir() {
        prepare(folder.path())?;
    } else {
        println!("recognition: {ESCO} is not there, so with the embedded taxonomy");
    }
    load(folder.path())?;
    import(folder.path()).await?;
    let with = start(folder.path(), "start with 47,000 people and what was recognised of them")?;
    fs::read_dir(folder.path())?.flatten().map(|entry| entry.path()).try_for_each(|path| {
        match path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("wordings-")) {
            true => fs::remove_file(path),
            false => Ok(()),
        }
    })?;
    start(folder.path(), "start with 47,000 people, everything recognised anew")?;
    if taxonomy::reset(folder.path())? {
        // The first start recognises with the embedded taxonomy and builds the search index anew.
        start(folder.path(), "first start with the embedded taxonomy")?;
        let without = start(folder.path(), "start with 47,000 people and the embedded taxonomy only")?;
        println!("  all of ESCO makes a start {:.2} s longer", with - without);
    }
    Ok(())
}

fn prepare(folder: &Path) -> Result<(), Failure> {
    let begun = Instant::now();
    let import = esco::read_folder(Path::new(ESCO), None)?;
    let origin = Origin::Imported { files: Vec::new() };
    let prepared = Prepared::new(origin, import.taxonomy, &import.texts, import.codes);
    taxonomy::install(folder, &prepared)?;
    println!("recognition with all of {ESCO}, prepared in {:.1} s", begun.elapsed().as_secs_f64());
    Ok(())
}

fn load(folder: &Path) -> Result<(), Failure> {
    let before = resident_megabytes();
    let begun = Instant::now();
    let loaded = taxonomy::load(folder)?;
    let time = begun.elapsed().as_secs_f64();
    let taxonomy = loaded.recognizer.taxonomy();
    println!(
        "  {}: {} concepts, {} labels, loaded in {time:.2} s, {} MB of memory",
        taxonomy.name(),
        taxonomy.len(),
        taxonomy.label_count(),
        resident_megabytes().saturating_sub(before)
    );
    Ok(())
}

async fn import(folder: &Path) -> Result<(), Failure> {
    let server = Server::start(folder).await?;
    let profiles = Profiles::new(server.engine.recognizer().taxonomy());
    let people: Vec<_> = (0..PEOPLE).map(|n| candidate::Payload::VumJson(profiles.job_seeker(n))).collect();
    let begun = Instant::now();
    let summary = import_candidates(&server, people.into_iter()).await?;
    told("import of VUM profiles in people's own words", summary.created, begun.elapsed());
    let words = summary.words.unwrap_or_default();
    println!(
        "    {} different wordings; recognised: {} of {} occupations, {} of {} skills, {} of {} courses, {} of {} texts",
        summary.distinct_wordings,
        words.occupations_recognized,
        words.occupations,
        words.skills_recognized,
        words.skills,
        words.courses_recognized,
        words.courses,
        words.texts_recognized,
        words.texts
    );
    println!("    {} MB of memory in all", resident_megabytes());
    server.stop().await
}

/// Seconds of a start.
fn start(folder: &Path, what: &str) -> Result<f64, Failure> {
    let begun = Instant::now();
    let engine = Engine::open(&EngineOptions { folder: folder.to_owned(), ..EngineOptions::default() })?;
    let seconds = begun.elapsed().as_secs_f64();
    println!("  {what}: {seconds:.2} s");
    drop(engine);
    Ok(seconds)
}

/// Memory of this process that is in use, where the system tells.
fn resident_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or(0u64) / 1_024
}
