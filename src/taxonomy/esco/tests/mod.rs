//! Small distributions, whole and broken.

mod properties;

use super::*;
use crate::taxonomy::{LabelRole, Need};
use std::fs;
use tempfile::TempDir;

const SKILL: &str = "http://data.europa.eu/esco/skill/";
const WORK: &str = "http://data.europa.eu/esco/occupation/";
const ISCO: &str = "http://data.europa.eu/esco/isco/C";

/// A folder with files.
pub(super) struct Folder(TempDir);

impl Folder {
    /// A small distribution without a fault, in two languages and two folders.
    pub(super) fn whole() -> Self {
        let folder = Self(TempDir::new().unwrap());
        folder.put(
            "v1.1.1/occupations_en.csv",
            format!(
                "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,description,code\n\
                 Occupation,{WORK}lasser,7212,welder,\"metal welder\nlady welder\",wleder,released,2020-01-01,Welds metal.,7212.1\n"
            ),
        );
        folder.put(
            "v1.1.1/skills_en.csv",
            format!(
                "conceptType,conceptUri,skillType,preferredLabel,altLabels,status,modifiedDate,description\n\
                 KnowledgeSkillCompetence,{SKILL}lassen,skill/competence,weld,,released,2020-01-01,\"Join \"\"metal\"\".\"\n\
                 KnowledgeSkillCompetence,{SKILL}metaal,knowledge,metals,types of metal,released,2020-01-01,\n"
            ),
        );
        folder.put(
            "v1.1.1/skillGroups_en.csv",
            format!("conceptType,conceptUri,preferredLabel,code\nSkillGroup,{SKILL}uuid,working,S8\n"),
        );
        folder.put(
            "v1.1.1/ISCOGroups_en.csv",
            format!(
                "conceptUri,code,preferredLabel\n{ISCO}721,721,metal workers\n{ISCO}7212,7212,welders and flamecutters\n"
            ),
        );
        folder.put(
            "v1.1.1/broaderRelationsSkillPillar.csv",
            format!("conceptType,conceptUri,broaderType,broaderUri\nx,{SKILL}lassen,x,{SKILL}uuid\n"),
        );
        folder.put(
            "v1.1.1/occupationSkillRelations.csv",
            format!(
                "occupationUri,occupationLabel,relationType,skillType,skillUri\n{WORK}lasser,welder,essential,x,{SKILL}lassen\n\
                 {WORK}lasser,welder,optional,x,{SKILL}metaal\n"
            ),
        );
        folder.put(
            "v1.1.1/skillSkillRelations.csv",
            format!("originalSkillUri,relationType,relatedSkillUri\n{SKILL}lassen,essential,{SKILL}metaal\n"),
        );
        folder.put(
            "v1.0.8/skills_nl_partial.csv",
            format!("\u{feff}conceptUri,preferredLabel\r\n{SKILL}lassen,lassen\r\n"),
        );
        folder.put(
            "v1.0.8/skillsHierarchy_nl.csv",
            format!("Level 0 URI,Level 0 preferred term,Level 0 code\n{SKILL}S8,bewerken,S8\n"),
        );
        folder.put(
            "v1.0.8/languageSkillsCollection_nl.csv",
            format!(
                "conceptUri,preferredLabel,altLabels,broaderConceptUri\n\
                 {SKILL}pools,Pools,Pools spreken | Pools kennen,{SKILL}S8 | {SKILL}lassen\n"
            ),
        );
        folder
    }

    /// Writes a file.
    pub(super) fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Adds lines to a file.
    fn add(&self, name: &str, lines: &str) {
        let mut content = fs::read(self.0.path().join(name)).unwrap();
        content.extend_from_slice(lines.as_bytes());
        self.put(name, content);
    }

    fn read(&self) -> EscoImport {
        read_folder(self.0.path(), None).unwrap()
    }

    /// The places of a problem, and that there is no other one.
    #[track_caller]
    fn only(&self, problem: Problem) -> Vec<(String, u64, String)> {
        let report = self.read().report;
        let found: Vec<_> = report.problems.keys().copied().collect();
        assert_eq!(found, [problem]);
        let examples = report.problems[&problem].examples.iter();
        examples.map(|example| (example.file.clone(), example.line, example.detail.clone())).collect()
    }
}

fn place(file: &str, line: u64, detail: &str) -> Vec<(String, u64, String)> {
    vec![(file.to_owned(), line, detail.to_owned())]
}

fn language(code: &str) -> LabelLanguage {
    LabelLanguage::parse(code).unwrap()
}

#[test]
fn a_distribution_is_read_with_its_languages_relations_and_older_versions() {
    let EscoImport { taxonomy, texts, report, .. } = Folder::whole().read();
    assert_eq!((report.problems.len(), report.renamed_groups), (0, 1), "{:?}", report.problems);
    assert_eq!((taxonomy.name(), taxonomy.len()), ("ESCO 1.1.1 + 1.0.8", 7));
    let find = |uri: &str, end: &str| taxonomy.find(&format!("{uri}{end}")).unwrap();
    let (work, weld, metal, polish) =
        (find(WORK, "lasser"), find(SKILL, "lassen"), find(SKILL, "metaal"), find(SKILL, "pools"));
    let labels: Vec<_> = taxonomy.labels(work).map(|label| (label.text, label.role)).collect();
    assert_eq!(
        labels,
        [
            ("welder", LabelRole::Preferred),
            ("lady welder", LabelRole::Alternative),
            ("metal welder", LabelRole::Alternative),
            ("wleder", LabelRole::Hidden)
        ]
    );
    assert_eq!(taxonomy.label(weld, language("nl")), "lassen");
    assert_eq!(taxonomy.label(find(SKILL, "uuid"), language("nl")), "bewerken");
    assert_eq!(taxonomy.labels(polish).count(), 3);
    assert_eq!((taxonomy.code(work), taxonomy.broader(work)), ("7212", &[find(ISCO, "7212")][..]));
    assert_eq!(taxonomy.broader(find(ISCO, "7212")), [find(ISCO, "721")]);
    assert_eq!(taxonomy.broader(weld), [find(SKILL, "uuid")]);
    assert_eq!(taxonomy.broader(polish).len(), 2);
    assert_eq!(taxonomy.skills_of(work), [(weld, Need::Essential), (metal, Need::Optional)]);
    assert_eq!(taxonomy.related_skills(metal), [(weld, Need::Essential)]);
    assert_eq!(taxonomy.skill_kind(metal), Some(crate::taxonomy::SkillKind::Knowledge));
    let text = |concept, text: &str| TrainingText { concept, language: language("en"), text: text.into() };
    assert_eq!(texts, [text(work, "Welds metal."), text(weld, "Join \"metal\".")]);
}

#[test]
fn the_report_names_what_is_missing() {
    let report = Folder::whole().read().report;
    assert!(report.missing.contains(&Missing::File(Content::BroaderOccupations)), "{:?}", report.missing);
    let nl = language("nl");
    let skills = Missing::Labels { kind: ConceptKind::Skill, language: nl, without: 1, of: 3 };
    let work = Missing::Labels { kind: ConceptKind::Occupation, language: nl, without: 1, of: 1 };
    assert!(report.missing.contains(&skills) && report.missing.contains(&work), "{:?}", report.missing);
}

#[test]
fn a_folder_that_is_no_esco_is_refused() {
    let folder = Folder(TempDir::new().unwrap());
    folder.put("photos/cat.jpg", "meow");
    folder.put("people.csv", "name\nEva\n");
    let error = read_folder(folder.0.path(), None).unwrap_err();
    assert!(error.to_string().contains("no ESCO distribution"), "{error}");
    let EscoError::NoEsco { report, .. } = error else { panic!("{error}") };
    assert_eq!(report.unknown_files.count, 2);
    let absent = read_folder(&folder.0.path().join("absent"), None).unwrap_err();
    assert!(absent.to_string().contains("absent"), "{absent}");
}

#[test]
fn a_file_that_is_cut_off_is_damage_with_its_last_line() {
    for (lines, line) in [("x,http", 3), ("x,\"a\nb", 3)] {
        let folder = Folder::whole();
        folder.add("v1.1.1/broaderRelationsSkillPillar.csv", lines);
        assert_eq!(
            folder.only(Problem::CutOff),
            place("v1.1.1/broaderRelationsSkillPillar.csv", line, ""),
            "{lines}"
        );
        assert!(folder.read().report.is_damaged());
    }
    let folder = Folder::whole();
    folder.put("v1.1.1/skillSkillRelations.csv", "");
    assert_eq!(folder.only(Problem::CutOff), place("v1.1.1/skillSkillRelations.csv", 1, ""));
}

#[test]
fn files_of_another_encoding_or_without_their_columns_are_damage() {
    let folder = Folder::whole();
    folder.put("skills_de.csv", [&b"conceptUri,preferredLabel\n"[..], b"http://x/1,Schwei\xdfen\n"].concat());
    assert_eq!(folder.only(Problem::WrongEncoding), place("skills_de.csv", 2, ""));
    folder.put("skills_de.csv", b"\xff\xfec\0o\0");
    assert_eq!(folder.only(Problem::WrongEncoding), place("skills_de.csv", 1, "UTF-16"));
    folder.put("skills_de.csv", "conceptUri,label\n");
    assert_eq!(folder.only(Problem::ColumnMissing), place("skills_de.csv", 1, "preferredLabel"));
    assert!(folder.read().report.is_damaged());
}

#[test]
fn a_relation_to_an_unknown_concept_is_named() {
    let folder = Folder::whole();
    folder.add(
        "v1.1.1/occupationSkillRelations.csv",
        &format!("{WORK}lasser,welder,essential,x,{SKILL}nobody\n"),
    );
    let expected = place("v1.1.1/occupationSkillRelations.csv", 4, &format!("{SKILL}nobody"));
    assert_eq!(folder.only(Problem::UnknownConcept), expected);
    assert!(!folder.read().report.is_damaged());
}

#[test]
fn a_relation_between_the_wrong_kinds_or_of_an_unknown_type_is_named() {
    let folder = Folder::whole();
    let file = "v1.1.1/occupationSkillRelations.csv";
    folder.add(
        file,
        &format!("{WORK}lasser,welder,maybe,x,{SKILL}lassen\n{SKILL}lassen,,optional,x,{WORK}lasser\n"),
    );
    let lines: Vec<_> = folder.only(Problem::WrongRelation).into_iter().map(|(_, line, _)| line).collect();
    assert_eq!(lines, [4, 5]);
    assert_eq!(folder.read().taxonomy.fingerprint(), Folder::whole().read().taxonomy.fingerprint());
}

#[test]
fn two_concepts_with_one_uri_are_named_and_the_first_counts() {
    let folder = Folder::whole();
    let row = |label| format!("KnowledgeSkillCompetence,{SKILL}metaal,knowledge,{label},,released,,\n");
    folder.add("v1.1.1/skills_en.csv", &row("iron"));
    let detail = format!("{SKILL}metaal: \"iron\"; v1.1.1/skills_en.csv:3: \"metals\"");
    assert_eq!(folder.only(Problem::TwoConcepts), place("v1.1.1/skills_en.csv", 4, &detail));
    assert_eq!(folder.read().taxonomy.fingerprint(), Folder::whole().read().taxonomy.fingerprint());

    let folder = Folder::whole();
    folder.add("v1.1.1/skills_en.csv", &row("metals"));
    assert_eq!(folder.only(Problem::Repeated)[0].1, 4);

    let folder = Folder::whole();
    folder.add("v1.1.1/skills_en.csv", &format!("KnowledgeSkillCompetence,{WORK}lasser,,weld,,released,,\n"));
    assert_eq!(folder.only(Problem::OtherKind)[0].1, 4);
}

#[test]
fn of_two_labels_in_one_language_the_one_that_was_changed_last_is_shown() {
    let folder = Folder::whole();
    folder.put(
        "v1.2.0/skills_en.csv",
        format!("conceptUri,preferredLabel,modifiedDate\n{SKILL}lassen,join metal,2024-01-01\n"),
    );
    assert_eq!(folder.only(Problem::LabelsDiffer)[0].0, "v1.2.0/skills_en.csv");
    let taxonomy = folder.read().taxonomy;
    let weld = taxonomy.find(&format!("{SKILL}lassen")).unwrap();
    assert_eq!(taxonomy.label(weld, language("en")), "join metal");
    assert!(taxonomy.labels(weld).any(|label| label.text == "weld" && label.role == LabelRole::Alternative));
}

#[test]
fn a_circle_of_broader_concepts_is_named_and_opened() {
    let folder = Folder::whole();
    folder.add(
        "v1.1.1/broaderRelationsSkillPillar.csv",
        &format!("x,{SKILL}metaal,x,{SKILL}lassen\nx,{SKILL}lassen,x,{SKILL}metaal\n"),
    );
    let detail = format!("{SKILL}lassen < {SKILL}metaal");
    assert_eq!(folder.only(Problem::Cycle), place("v1.1.1/broaderRelationsSkillPillar.csv", 3, &detail));
    let taxonomy = folder.read().taxonomy;
    let metal = taxonomy.find(&format!("{SKILL}metaal")).unwrap();
    assert_eq!(taxonomy.broader(metal), []);
}

#[test]
fn labels_are_cleaned_and_empty_or_endless_ones_are_named() {
    let folder = Folder::whole();
    let file = "v1.1.1/skills_en.csv";
    let row =
        |end: &str, label: &str| format!("KnowledgeSkillCompetence,{SKILL}{end},,{label},,released,,\n");
    folder.add(file, &row("a", "cut\u{7}ting"));
    assert_eq!(folder.only(Problem::ControlCharacters), place(file, 4, "cut ting"));

    let folder = Folder::whole();
    folder.add(file, &row("a", "\u{202e}gnittuc\u{200f}"));
    assert_eq!(folder.only(Problem::InvisibleSigns), place(file, 4, "gnittuc"));

    for (label, problem) in [(" \u{a0} ", Problem::EmptyLabel), (&"a".repeat(501), Problem::LabelTooLong)] {
        let folder = Folder::whole();
        folder.add(file, &row("a", label));
        let report = folder.read().report;
        assert_eq!(report.problems[&problem].examples[0].line, 4);
        assert_eq!(report.problems[&Problem::NoLabel].examples[0].line, 4, "a concept needs a name");
    }
}

#[test]
fn what_is_no_address_too_long_or_too_wide_is_named() {
    let file = "v1.1.1/broaderRelationsSkillPillar.csv";
    for (row, problem) in [
        (format!("x,lassen,x,{SKILL}uuid\n"), Problem::NoUri),
        (format!("x,{SKILL}las\u{202e}sen,x,{SKILL}uuid\n"), Problem::NoUri),
        (format!("x,{SKILL}lassen,x,{SKILL}uuid,\n"), Problem::TooManyFields),
        (format!("{},{SKILL}lassen,x,{SKILL}uuid\n", "x".repeat(2 << 20)), Problem::RecordTooLong),
    ] {
        let folder = Folder::whole();
        folder.add(file, &row);
        let places: Vec<_> = folder.only(problem).into_iter().map(|(file, line, _)| (file, line)).collect();
        assert_eq!(places, [(file.to_owned(), 3)], "{problem:?}");
        assert_eq!(folder.read().taxonomy.fingerprint(), Folder::whole().read().taxonomy.fingerprint());
    }
}

#[test]
fn codes_of_another_system_mean_concepts_and_their_names_are_recognised() {
    let folder = Folder::whole();
    folder.put(
        "boc.csv",
        format!("code;uri;name\n0123;{WORK}lasser;Lasser MIG\n9;{WORK}nobody;\n123;{SKILL}lassen;\n"),
    );
    let EscoImport { taxonomy, codes, report, .. } = folder.read();
    let work = taxonomy.find(&format!("{WORK}lasser"));
    assert_eq!((codes.len(), codes.find("0123"), codes.find("123")), (1, work, work));
    let lines = |problem: Problem| report.problems[&problem].examples[0].line;
    assert_eq!((lines(Problem::UnknownConcept), lines(Problem::TwoConcepts)), (3, 4));
    assert!(taxonomy.labels(work.unwrap()).any(|label| label.text == "Lasser MIG"));

    let elsewhere = Folder(TempDir::new().unwrap());
    elsewhere.put("mapping.csv", format!("code,uri\n7,{WORK}lasser\n"));
    let given = read_folder(folder.0.path(), Some(&elsewhere.0.path().join("mapping.csv"))).unwrap();
    assert_eq!(
        (given.codes.find("7"), given.codes.find("123")),
        (work, None),
        "the one that is given counts"
    );
}

#[test]
fn a_report_stays_small_whatever_the_files_hold() {
    let folder = Folder::whole();
    let rows: String = (0..10_000).map(|at| format!("x,{SKILL}{at},x,{SKILL}uuid\n")).collect();
    folder.add("v1.1.1/broaderRelationsSkillPillar.csv", &rows);
    for at in 0..100 {
        folder.put(&format!("other/{at}.txt"), "");
    }
    let report = folder.read().report;
    assert_eq!(report.problems[&Problem::UnknownConcept].count, 10_000);
    assert_eq!(report.problems[&Problem::UnknownConcept].examples.len(), 5);
    assert_eq!((report.unknown_files.count, report.unknown_files.examples.len()), (100, 20));
}

/// The distribution that lies beside the repository on the machines of this project.
#[test]
fn the_official_distribution_is_read_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/esco");
    if !folder.is_dir() {
        println!("skipped the_official_distribution_is_read_whole: there is no ../shared/esco");
        return;
    }
    let EscoImport { taxonomy, texts, report, .. } = read_folder(&folder, None).unwrap();
    let count = |kind| taxonomy.of_kind(kind).count();
    assert_eq!(taxonomy.name(), "ESCO 1.1.1");
    // Three occupations and 31 skills of 1.0.8 are no longer in 1.1.1; their URIs stay known.
    assert_eq!((count(ConceptKind::Occupation), count(ConceptKind::Skill)), (3_010, 13_927));
    assert_eq!(count(ConceptKind::OccupationGroup), 619);
    let needs: usize =
        taxonomy.of_kind(ConceptKind::Occupation).map(|work| taxonomy.skills_of(work).len()).sum();
    assert_eq!(needs, 123_855);
    assert!(texts.len() > 30_000, "{}", texts.len());
    assert!(!report.is_damaged());
    let problems: Vec<_> = report.problems.iter().map(|(problem, tally)| (*problem, tally.count)).collect();
    // Five skills of the digital framework are groups in 1.0.8; six of its groups have no Dutch label.
    let expected = [(Problem::EmptyLabel, 6), (Problem::InvisibleSigns, 5), (Problem::SkillAndGroup, 5)];
    assert_eq!(problems, expected);
    let withdrawn = "http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e";
    assert!(taxonomy.find(withdrawn).is_some_and(|old| !taxonomy.skills_of(old).is_empty()));
}
