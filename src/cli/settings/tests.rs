//! What the settings come to, by their layers.

use super::*;
use clap::Parser;
use std::ffi::OsString;

fn nothing(_: &str) -> Option<OsString> {
    None
}

/// A command line that names a settings file with this content, and the folder where the file stands.
fn with_file(content: &str, line: &str) -> (tempfile::TempDir, Arguments) {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("passend.toml");
    std::fs::write(&path, content).unwrap();
    let mut arguments = typed(line);
    arguments.flags.config = Some(path);
    (folder, arguments)
}

fn typed(line: &str) -> Arguments {
    Arguments::try_parse_from(line.split_whitespace()).unwrap()
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let content = "data = \"here\"\nprofiles = \"own\"\nlanguage = \"en\"\nlisten = \"[::1]:1\"\nthreads = 2\n\
                   instruments = \"eigen.toml\"\nrerank_at = \"02:30\"\nshortlist_size = 20\nnights = 7\n\
                   [connections]\nmost = 2000\n";
    let (folder, arguments) = with_file(content, "passend serve --log debug --listen 127.0.0.1:3");
    let environment = |name: &str| match name {
        "PASSEND_LANGUAGE" => Some("nl".into()),
        "PASSEND_LISTEN" => Some("127.0.0.1:2".into()),
        "PASSEND_LOG" => Some("error".into()),
        "PASSEND_STOP_SECONDS" => Some("20".into()),
        _ => None,
    };
    let settings = Settings::resolve(&arguments, &environment).unwrap();
    let shown = settings.to_toml().replace(&folder.path().display().to_string(), "FOLDER");
    insta::assert_snapshot!(shown, @r#"
    data = "FOLDER/here"  # settings file
    language = "nl"  # environment
    listen = "127.0.0.1:3"  # flag
    log = "debug"  # flag
    log_format = "text"  # default
    threads = 2  # settings file
    shortlist_size = 20  # settings file
    nights = 7  # settings file
    month_ends = 12  # default
    purge_within_minutes = 60  # default
    disk_reserve_mb = 64  # default
    decision_days = 1826  # default
    rerank_at = "02:30"  # settings file
    instruments = "FOLDER/eigen.toml"  # settings file
    profiles = "FOLDER/own"  # settings file

    [load]
    calls_at_once = 256  # default
    calls_per_second_of_caller = 200  # default
    calls_per_second_of_organisation = 1000  # default
    streams_of_caller = 16  # default
    streams = 256  # default
    # who may in: this machine only, as an advisor

    [connections]
    most = 2000  # settings file
    per_client = 128  # default
    calls = 100  # default
    first_call_seconds = 10  # default
    idle_seconds = 300  # default
    progress_seconds = 10  # default
    stop_seconds = 20  # environment
    "#);
    assert!(toml::from_str::<SettingsFile>(&settings.to_toml()).is_ok(), "it can be used as a file");
}

#[test]
fn a_file_with_an_unknown_key_is_refused_with_its_line_and_column() {
    let (folder, arguments) = with_file("language = \"nl\"\nlistn = \"127.0.0.1:1\"\n", "passend check");
    let error = Settings::resolve(&arguments, &nothing).unwrap_err().to_string();
    insta::assert_snapshot!(error.replace(&folder.path().display().to_string(), "FOLDER"));
}

#[test]
fn a_value_that_cannot_be_used_is_refused_wherever_it_comes_from() {
    for (name, value) in [
        ("PASSEND_LANGUAGE", "de"),
        ("PASSEND_LISTEN", "localhost"),
        ("PASSEND_LOG", "passend=loud"),
        ("PASSEND_THREADS", "-1"),
        ("PASSEND_RERANK_AT", "24:00"),
        ("PASSEND_RERANK_AT", "2:00"),
        ("PASSEND_SHORTLIST_SIZE", "0"),
        ("PASSEND_NIGHTS", "0"),
        ("PASSEND_MONTH_ENDS", "1001"),
        ("PASSEND_DECISION_DAYS", "189"),
        ("PASSEND_STOP_SECONDS", "26"),
        ("PASSEND_CONNECTIONS", "veel"),
        ("PASSEND_CONFIG", "/nowhere/passend.toml"),
    ] {
        let environment = |asked: &str| (asked == name).then(|| value.into());
        let error = Settings::resolve(&typed("passend check"), &environment).unwrap_err().to_string();
        assert!(error.len() > value.len(), "{error}");
    }
    for content in [
        "listen = 5",
        "rerank_at = \"25:00\"",
        "shortlist_size = 201",
        "language = \"de\"",
        "log_format",
        "data = \"a\"\ndata = \"b\"",
    ] {
        let (_folder, arguments) = with_file(content, "passend check");
        let error = Settings::resolve(&arguments, &nothing).unwrap_err().to_string();
        assert!(error.contains("line 1") || error.contains("line 2"), "{error}");
    }
}

#[test]
fn only_this_machine_is_listened_to() {
    let listening = |address: &str| {
        Settings::resolve(&typed(&format!("passend serve --listen {address}")), &nothing).unwrap().door()
    };
    assert!(listening("127.0.0.1:0").is_ok() && listening("[::1]:50051").is_ok());
    for open in ["0.0.0.0:50051", "[::]:50051", "192.168.1.2:50051"] {
        let told = listening(open).unwrap_err().to_string();
        assert!(told.contains("no TLS") && told.contains("no authentication"), "{open}: {told}");
    }
}

#[test]
fn all_that_is_wrong_with_who_may_in_is_told_at_once_and_nothing_is_half_guarded() {
    let content = "[tls]\nkey = \"k.pem\"\nclient_ca = \"ca.pem\"\n\
                   [authentication]\nissuer = \"https://i\"\nleeway_seconds = 61\n\
                   [[authentication.services]]\nname = \"nacht\"\nrole = \"batch\"\n\
                   [[authentication.services]]\nname = \"dns:a\"\nrole = \"local\"\n\
                   [[authentication.services]]\nname = \"dns:b\"\nrole = \"importer\"\n";
    let (folder, arguments) = with_file(content, "passend serve --audience passend");
    let settings = Settings::resolve(&arguments, &nothing).unwrap();
    let told = settings.door().unwrap_err().to_string();
    insta::assert_snapshot!(told.replace(&folder.path().display().to_string(), "FOLDER"));
    let shown = settings.to_toml();
    assert!(toml::from_str::<SettingsFile>(&shown).is_ok(), "it can be used as a file: {shown}");
    assert!(shown.contains("audience = \"passend\"  # flag"), "{shown}");
}

#[test]
fn the_demonstration_never_takes_the_users_own_folder() {
    let environment = |name: &str| (name == "PASSEND_DATA").then(|| "own".into());
    let (_folder, arguments) = with_file("data = \"own\"", "passend demo");
    let settings = Settings::resolve(&arguments, &environment).unwrap();
    assert!(settings.data().ends_with("passend/demo"), "{:?}", settings.data());
    let named = Settings::resolve(&typed("passend demo --data d"), &environment).unwrap();
    assert_eq!(named.data(), Path::new("d"));
}
