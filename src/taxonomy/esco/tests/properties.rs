//! Files that are cut or damaged anywhere.

use super::{EscoError, Folder, Problem, read_folder};
use proptest::prelude::*;
use std::fs;

/// The files of the whole distribution.
const FILES: [&str; 10] = [
    "v1.1.1/occupations_en.csv",
    "v1.1.1/skills_en.csv",
    "v1.1.1/skillGroups_en.csv",
    "v1.1.1/ISCOGroups_en.csv",
    "v1.1.1/broaderRelationsSkillPillar.csv",
    "v1.1.1/occupationSkillRelations.csv",
    "v1.1.1/skillSkillRelations.csv",
    "v1.0.8/skills_nl_partial.csv",
    "v1.0.8/skillsHierarchy_nl.csv",
    "v1.0.8/languageSkillsCollection_nl.csv",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_file_that_is_cut_anywhere_but_behind_a_record_is_reported(file in 0..FILES.len(), at in 0.0..1.0_f64) {
        let folder = Folder::whole();
        let content = fs::read(folder.0.path().join(FILES[file])).unwrap();
        let length = (content.len() as f64 * at) as usize;
        let cut = &content[..length];
        folder.put(FILES[file], cut);
        let report = match read_folder(folder.0.path(), None) {
            Ok(import) => import.report,
            Err(EscoError::NoEsco { report, .. }) => *report,
            Err(error) => panic!("{error}"),
        };
        let quoted = cut.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
        if !quoted && (cut.ends_with(b"\n") || cut.ends_with(b"\r")) {
            prop_assert!(!report.problems.contains_key(&Problem::CutOff));
        } else {
            let cuts: Vec<_> = report.problems[&Problem::CutOff].examples.iter().map(|at| &at.file).collect();
            prop_assert_eq!(cuts, [FILES[file]]);
        }
    }

    #[test]
    fn damage_anywhere_is_survived_and_the_same_bytes_give_the_same(
        file in 0..FILES.len(),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let folder = Folder::whole();
        let mut content = fs::read(folder.0.path().join(FILES[file])).unwrap();
        for (at, byte) in changes {
            let at = at.index(content.len());
            content[at] = byte;
        }
        folder.put(FILES[file], content);
        let read = || read_folder(folder.0.path(), None).map(|import| (import.taxonomy.fingerprint(), import.report));
        match (read(), read()) {
            (Ok(first), Ok(second)) => prop_assert_eq!(first, second),
            (Err(first), Err(second)) => prop_assert_eq!(first.to_string(), second.to_string()),
            _ => prop_assert!(false, "read differently twice"),
        }
    }
}
