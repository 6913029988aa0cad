//! `passend taxonomy` as an administrator calls it: whole and broken distributions, beside a server and without one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

use passend::wire::v1::taxonomy_service_client::TaxonomyServiceClient;
use passend::wire::v1::{
    ConceptKind, GetConceptRequest, GetConceptResponse, RecognitionMode, RecognizeConceptsRequest,
    RecognizedConcept, ReloadTaxonomyRequest,
};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;
use tonic::{Code, Status};

const SKILL: &str = "http://data.europa.eu/esco/skill/";
const WORK: &str = "http://data.europa.eu/esco/occupation/";

fn passend(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    for name in ["PASSEND_DATA", "PASSEND_CONFIG", "PASSEND_LANGUAGE", "PASSEND_LISTEN", "PASSEND_LOG"] {
        command.env_remove(name);
    }
    command.args(arguments).arg("--data").arg(data).args(["--language", "en"]);
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    let output = passend(data, arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    output
}

/// What a command prints that must end with this code.
#[track_caller]
fn printed(data: &Path, arguments: &[&str], code: i32) -> String {
    let output = run(data, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    let shown = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {shown}{said}");
    format!("{shown}{said}")
}

/// A folder for data and one for a distribution.
struct Room(TempDir);

impl Room {
    fn new() -> Self {
        let room = Self(TempDir::new().unwrap());
        room.put(
            "occupations_nl.csv",
            &format!("conceptUri,iscoGroup,preferredLabel,altLabels\n{WORK}kok,5120,maankok,\"sterrenkok\nkok op de maan\"\n"),
        );
        room.put(
            "skills_nl.csv",
            &format!(
                "conceptUri,preferredLabel\n{SKILL}koken,maanstof koken\n{SKILL}bakken,kraters bakken\n"
            ),
        );
        room.put(
            "occupationSkillRelations.csv",
            &format!("occupationUri,relationType,skillType,skillUri\n{WORK}kok,essential,,{SKILL}koken\n"),
        );
        room
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn esco(&self) -> PathBuf {
        self.0.path().join("ESCO dataset - v1.2.0 - classification - nl - csv")
    }

    fn put(&self, name: &str, content: &str) {
        fs::create_dir_all(self.esco()).unwrap();
        fs::write(self.esco().join(name), content).unwrap();
    }

    fn add(&self, name: &str, lines: &str) {
        let mut file = fs::File::options().append(true).open(self.esco().join(name)).unwrap();
        file.write_all(lines.as_bytes()).unwrap();
    }

    /// Imports, and gives what is printed.
    #[track_caller]
    fn import(&self, more: &[&str], code: i32) -> String {
        let folder = self.esco();
        printed(&self.data(), &[&["taxonomy", "import", folder.to_str().unwrap()], more].concat(), code)
    }

    fn prepared(&self) -> PathBuf {
        self.data().join("taxonomy/prepared.bin")
    }

    #[track_caller]
    fn shown(&self) -> String {
        printed(&self.data(), &["taxonomy", "show"], 0)
    }
}

/// A server for a folder, ended with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut command = passend(data, &["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_whitespace().find(|word| word.starts_with("127.0.0.1:")).unwrap().to_owned();
        Self { child, address: format!("http://{address}") }
    }

    async fn concept(&self, uri: &str) -> Result<GetConceptResponse, Status> {
        let mut client = TaxonomyServiceClient::connect(self.address.clone()).await.unwrap();
        let request = GetConceptRequest { uri: uri.to_owned(), ..GetConceptRequest::default() };
        Ok(client.get_concept(request).await?.into_inner())
    }

    /// The occupations that a title may mean.
    async fn recognized(&self, title: &str) -> Vec<RecognizedConcept> {
        let mut client = TaxonomyServiceClient::connect(self.address.clone()).await.unwrap();
        let request = RecognizeConceptsRequest {
            text: title.to_owned(),
            kind: ConceptKind::Occupation.into(),
            mode: RecognitionMode::Wording.into(),
            ..RecognizeConceptsRequest::default()
        };
        client.recognize_concepts(request).await.unwrap().into_inner().concepts
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_distribution_is_taken_over_shown_and_given_up_again() {
    let room = Room::new();
    assert!(room.shown().contains("Built into the program"));
    let report = room.import(&[], 0);
    for line in [
        "skills_nl.csv",
        "ESCO 1.2.0",
        "1 occupations: nl 1 (3)",
        "2 skills: nl 2 (2)",
        "no file with skills in English",
        "skillSkillRelations.csv: which skill needs another is not known",
        "In use: ESCO 1.2.0.",
    ] {
        assert!(report.contains(line), "{line}: {report}");
    }
    let shown = room.shown();
    assert!(shown.contains("Imported from:\n  occupations_nl.csv"), "{shown}");
    assert!(shown.contains("This service uses the ESCO classification of the European Commission."));
    let report = printed(&room.data(), &["taxonomy", "reset"], 0);
    assert!(report.contains("In use: Passend"), "{report}");
    assert!(room.shown().contains("Built into the program") && !room.prepared().exists());
    printed(&room.data(), &["taxonomy", "reset"], 0);
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let room = Room::new();
    room.import(&[], 0);
    let first = fs::read(room.prepared()).unwrap();
    room.import(&[], 0);
    assert!(fs::read(room.prepared()).unwrap() == first);
}

#[test]
fn what_is_wrong_is_named_with_file_and_line_and_the_rest_is_taken() {
    let room = Room::new();
    room.add(
        "skills_nl.csv",
        &format!("{SKILL}koken,iets anders\n{SKILL}leeg,\u{200f}\n{SKILL}rechts,\u{202e}krats\u{1}\n"),
    );
    room.add(
        "occupationSkillRelations.csv",
        &format!("{WORK}kok,optional,,{SKILL}nergens\n{WORK}kok,optional,,{SKILL}bakken\n"),
    );
    room.put(
        "broaderRelationsSkillPillar.csv",
        &format!("conceptUri,broaderUri\n{SKILL}koken,{SKILL}bakken\n{SKILL}bakken,{SKILL}koken\n"),
    );
    room.put("boc.csv", &format!("code,uri\n1,{WORK}kok\n2,{WORK}nobody\n"));
    room.put("notes.txt", "x");
    let report = room.import(&[], 0);
    for line in [
        format!("skills_nl.csv, line 4: {SKILL}koken: \"iets anders\"; skills_nl.csv:2: \"maanstof koken\""),
        format!("skills_nl.csv, line 5: {SKILL}leeg"),
        "skills_nl.csv, line 6: krats".to_owned(),
        format!("occupationSkillRelations.csv, line 3: {SKILL}nergens"),
        format!("broaderRelationsSkillPillar.csv, line 2: {SKILL}bakken < {SKILL}koken"),
        format!("boc.csv, line 3: {WORK}nobody"),
        "1 other files, not read: notes.txt".to_owned(),
        "2 times a skill belongs to an occupation".to_owned(),
        "1 codes of UWV".to_owned(),
    ] {
        assert!(report.contains(&line), "{line}: {report}");
    }
}

#[test]
fn a_field_of_a_hundred_megabytes_is_passed_over() {
    let room = Room::new();
    let file = fs::File::options().append(true).open(room.esco().join("skills_nl.csv")).unwrap();
    let mut file = std::io::BufWriter::new(file);
    write!(file, "{SKILL}lang,\"").unwrap();
    for _ in 0..100 {
        file.write_all(&[b'x'; 1 << 20]).unwrap();
    }
    writeln!(file, "\"\n{SKILL}daarna,na de lange regel").unwrap();
    drop(file);
    let report = room.import(&[], 0);
    assert!(report.contains("skills_nl.csv, line 4\n"), "{report}");
    assert!(report.contains("3 skills: nl 3 (3)"), "{report}");
}

#[test]
fn a_file_that_is_cut_off_is_not_taken_over_without_asking() {
    let room = Room::new();
    room.import(&[], 0);
    let before = fs::read(room.prepared()).unwrap();
    room.add("skills_nl.csv", &format!("{SKILL}half,half een na"));
    let report = room.import(&[], 1);
    assert!(report.contains("skills_nl.csv, line 4"), "{report}");
    assert!(report.contains("Not taken over"), "{report}");
    assert!(fs::read(room.prepared()).unwrap() == before);
    let report = room.import(&["--take-damaged"], 0);
    assert!(report.contains("2 skills: nl 2 (2)") && report.contains("In use: ESCO 1.2.0."), "{report}");
}

#[test]
fn a_folder_that_is_no_esco_changes_nothing() {
    let room = Room::new();
    room.import(&[], 0);
    let before = fs::read(room.prepared()).unwrap();
    let elsewhere = TempDir::new().unwrap();
    fs::write(elsewhere.path().join("people.csv"), "name\nEva\n").unwrap();
    let absent = elsewhere.path().join("absent");
    for folder in [elsewhere.path(), &absent] {
        let said = printed(&room.data(), &["taxonomy", "import", folder.to_str().unwrap()], 1);
        assert!(said.contains("Nothing has changed") && said.contains("ESCO"), "{said}");
    }
    assert!(fs::read(room.prepared()).unwrap() == before);
}

#[test]
fn a_damaged_taxonomy_is_never_passed_over_and_an_import_or_a_reset_heals_it() {
    let room = Room::new();
    room.import(&[], 0);
    let whole = fs::read(room.prepared()).unwrap();
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    fs::write(room.prepared(), &damaged).unwrap();
    for command in [&["taxonomy", "show"][..], &["serve", "--listen", "127.0.0.1:0"]] {
        let said = printed(&room.data(), command, 1);
        assert!(said.contains("taxonomy is damaged") && said.contains("taxonomy reset"), "{said}");
    }
    room.import(&[], 0);
    assert!(fs::read(room.prepared()).unwrap() == whole);
    fs::write(room.prepared(), &whole[..100]).unwrap();
    printed(&room.data(), &["taxonomy", "reset"], 0);
    assert!(room.shown().contains("Built into the program"));
}

#[tokio::test]
async fn a_running_server_takes_a_new_taxonomy_over_and_keeps_the_old_one_until_it_is_whole() {
    let room = Room::new();
    let server = Server::start(&room.data());
    let moon = format!("{WORK}kok");
    assert_eq!(server.concept(&moon).await.unwrap_err().code(), Code::NotFound);

    let report = room.import(&[], 0);
    assert!(report.contains("In use: ESCO 1.2.0."), "{report}");
    assert_eq!(server.concept(&moon).await.unwrap().taxonomy.unwrap().name, "ESCO 1.2.0");

    room.add("skills_nl.csv", "half");
    room.import(&[], 1);
    assert!(server.concept(&moon).await.is_ok());

    printed(&room.data(), &["taxonomy", "reset"], 0);
    assert_eq!(server.concept(&moon).await.unwrap_err().code(), Code::NotFound);

    let mut stranger = TaxonomyServiceClient::connect(server.address.clone()).await.unwrap();
    let refused = stranger.reload_taxonomy(ReloadTaxonomyRequest {}).await.unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
}

#[tokio::test]
async fn words_in_languages_that_the_folder_lacks_are_recognised_all_the_same() {
    let room = Room::new();
    let nurse = format!("{WORK}8d3e8aaa-791b-4c75-a465-f3f827028f50");
    room.add("occupations_nl.csv", &format!("{nurse},2221,verpleegkundige op de maan,\n"));
    let report = room.import(&[], 0);
    assert!(report.contains("Added from the built-in taxonomy"), "{report}");
    let server = Server::start(&room.data());
    for (title, language) in [("Медсестра", "ukr"), ("hemşire", "tur"), ("ممرضة", "ara"), ("zuster", "nld")]
    {
        let found = server.recognized(title).await;
        let concept = found.first().and_then(|found| found.concept.as_ref()).unwrap();
        assert_eq!((concept.uri.as_str(), concept.label.as_str()), (&*nurse, "verpleegkundige op de maan"));
        assert!(found[0].confidence > 0.9 && found[0].language_code == language, "{found:?}");
    }
    assert_eq!(server.recognized("космонавт").await, []);
}

/// ESCO as it was published, where it lies beside the repository: all of it with optimisation, without a part from which
/// no meaning is learned, since that would take minutes.
#[test]
fn esco_is_prepared_twice_alike() {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/esco");
    if !all.is_dir() {
        println!("skipped esco_is_prepared_twice_alike: there is no ../shared/esco");
        return;
    }
    let room = Room::new();
    let (esco, expected) = if cfg!(debug_assertions) {
        let part = room.0.path().join("part-v1.1.1");
        fs::create_dir(&part).unwrap();
        for file in [
            "other-languages/occupations_ar.csv",
            "other-languages/ISCOGroups_nl.csv",
            "official-v1.1.1/broaderRelationsOccPillar.csv",
        ] {
            fs::copy(all.join(file), part.join(file.split_once('/').unwrap().1)).unwrap();
        }
        (part, ["2,942 occupations", "619 groups of occupations"])
    } else {
        (all, ["3,010 occupations", "123,855 times"])
    };
    let import = || printed(&room.data(), &["taxonomy", "import", esco.to_str().unwrap()], 0);
    let report = import();
    assert!(expected.iter().all(|line| report.contains(line)), "{report}");
    let first = fs::read(room.prepared()).unwrap();
    import();
    assert!(fs::read(room.prepared()).unwrap() == first);
}
