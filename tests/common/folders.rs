//! Data folders on which the real program works, and the nights in them.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// The nights of a folder, by name, with their bytes.
pub fn nights(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut nights: Vec<(String, Vec<u8>)> = fs::read_dir(folder.join("nights"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    nights.sort();
    nights
}

/// The real program on a folder.
pub fn program(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.args(line.split_whitespace()).args(["--language", "en", "--log", "error", "--data"]).arg(folder);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub fn run(folder: &Path, line: &str) -> String {
    let output = program(folder, line).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// A folder with a made-up region.
pub fn region(people: usize, vacancies: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let filling =
        format!("demo --no-serve --seed 7 --as-of 2026-11-22 --candidates {people} --vacancies {vacancies}");
    run(folder.path(), &filling);
    folder
}

/// A copy of a folder that nobody uses.
pub fn copy(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_into(folder, copy.path());
    copy
}

pub fn copy_into(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
