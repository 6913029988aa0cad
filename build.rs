//! Generates the messages, servers and clients of `proto/`, without protoc.

use prost_build::{Service, ServiceGenerator};
use std::{
    error::Error,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// Root of the protos: what `import` lines are relative to.
const ROOT: &str = "proto";
/// The interface, which reflection serves.
const INTERFACE: &str = "proto/passend/v1";
/// What the store keeps; never served.
const STORAGE: &str = "proto/storage/v1";
/// Messages about a person that must not reach a log: `src/wire/redacted.rs` writes their `Debug`.
const REDACTED: [&str; 4] = [
    ".passend.v1.ContactData",
    ".passend.v1.ContactPerson",
    ".passend.v1.RestrictedData",
    ".storage.v1.StoredOutcome",
];
/// Answers that `src/wire/sent.rs` has for the server.
const SENT: [&str; 2] = ["MatchCandidatesResponse", "MatchVacanciesResponse"];

/// Everything that decides a score, once words are recognised; tests among it change nothing but the fingerprint.
const SCORING: [&str; 3] = ["src/rank", "src/domain", "src/geo"];
/// The files that facts and scores are made with, the profiles aside.
const SCORING_DATA: [&str; 6] = [
    "data/competencies.toml",
    "data/conditions.toml",
    "data/facets.toml",
    "data/frequent_words.txt",
    "data/gaps.toml",
    "data/growth.toml",
];
/// What besides decides how facts are made of a stored record, and how they are kept; the crates among it.
const FACTS: [&str; 8] = [
    "Cargo.lock",
    "proto",
    "src/advice",
    "src/engine/labels.rs",
    "src/engine/population.rs",
    "src/engine/prepared",
    "src/store/message.rs",
    "src/wire",
];
/// Everything that decides how words are recognised, the taxonomy itself aside.
const RECOGNITION: [&str; 3] = ["src/taxonomy", "src/engine/vocabulary", "index/src"];

fn main() -> Result<(), Box<dyn Error>> {
    // What was recognised by other sources is recognised again: nobody has to remember to raise a version.
    fingerprint("PASSEND_RECOGNITION_SOURCES", &RECOGNITION)?;
    fingerprint("PASSEND_SCORING_SOURCES", &SCORING)?;
    fingerprint("PASSEND_SCORING_DATA", &SCORING_DATA)?;
    fingerprint("PASSEND_FACTS_SOURCES", &FACTS)?;
    // tonic and prost only know the files that they compile themselves; protox reads these.
    println!("cargo::rerun-if-changed={ROOT}");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);

    let interface = protos_in(INTERFACE)?;
    fs::write(out.join("passend.v1.descriptors"), compiled(&interface)?.encode_file_descriptor_set())?;

    // A package without files would leave no module to include.
    fs::write(out.join("storage.v1.rs"), "")?;
    let all = [interface, protos_in(STORAGE)?].concat();
    let mut config = tonic_prost_build::Config::new();
    config
        .out_dir(&out)
        .enable_type_names()
        .skip_debug(REDACTED)
        .service_generator(Box::new(Services::new()));
    config.compile_fds(compiled(&all)?.file_descriptor_set())?;
    Ok(())
}

/// Generates servers and clients; a server sends what [`SENT`] names in a form that is encoded in part already.
struct Services {
    servers: Box<dyn ServiceGenerator>,
    clients: Box<dyn ServiceGenerator>,
}

impl Services {
    fn new() -> Self {
        let settings = || {
            tonic_prost_build::configure()
                .codec_path("crate::wire::codec::PlainErrorCodec")
                .generate_default_stubs(true)
        };
        Self {
            servers: settings().build_client(false).service_generator(),
            clients: settings().build_server(false).service_generator(),
        }
    }
}

impl ServiceGenerator for Services {
    fn generate(&mut self, service: Service, code: &mut String) {
        let mut server = service.clone();
        for method in &mut server.methods {
            if SENT.contains(&method.output_type.as_str()) {
                method.output_type.insert_str(0, "crate::wire::sent::");
            }
        }
        self.servers.generate(server, code);
        self.clients.generate(service, code);
    }

    fn finalize(&mut self, code: &mut String) {
        self.servers.finalize(code);
        self.clients.finalize(code);
    }
}

/// Compiles files of one folder tree, with their imports and their comments.
fn compiled(files: &[PathBuf]) -> Result<protox::Compiler, Box<dyn Error>> {
    let mut compiler = protox::Compiler::new([ROOT])?;
    compiler.include_imports(true).include_source_info(true).open_files(files)?;
    Ok(compiler)
}

/// Hands the hash of files and folders to the program.
fn fingerprint(name: &str, paths: &[&str]) -> Result<(), Box<dyn Error>> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        println!("cargo::rerun-if-changed={path}");
        match Path::new(path) {
            folder if folder.is_dir() => hash_folder(folder, &mut hasher)?,
            file => {
                path.hash(&mut hasher);
                fs::read(file)?.hash(&mut hasher);
            }
        }
    }
    println!("cargo::rustc-env={name}={:016x}", hasher.finish());
    Ok(())
}

/// The files of a folder and its folders, in the order of their names.
fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            hash_folder(&path, hasher)?;
        } else {
            path.hash(hasher);
            fs::read(&path)?.hash(hasher);
        }
    }
    Ok(())
}

/// The protos of one folder in the order of their names, so that the same sources give the same bytes.
fn protos_in(folder: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    if !Path::new(folder).is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "proto") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
