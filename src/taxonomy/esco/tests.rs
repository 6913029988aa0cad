//! Small distributions, whole and broken.

use super::*;

/// The distribution that lies beside the repository on the machines of this project.
fn real() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/esco");
    folder.is_dir().then_some(folder)
}

#[test]
fn the_official_distribution_is_read_whole() {
    let Some(folder) = real() else {
        println!("skipped the_official_distribution_is_read_whole: there is no ../shared/esco");
        return;
    };
    let start = std::time::Instant::now();
    let EscoImport { taxonomy, texts, report, .. } = read_folder(&folder, None).unwrap();
    println!("{:?}", start.elapsed());
    println!("{} {} {} {}", taxonomy.name(), taxonomy.len(), taxonomy.label_count(), texts.len());
    println!("{:#?}", report.problems);
}
