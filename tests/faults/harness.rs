//! How often, and by which numbers.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// So many rounds: few by default, all of them in the long form.
pub(crate) fn rounds(short: usize, long: usize) -> usize {
    match std::env::var("PASSEND_FAULTS").as_deref() {
        Ok("long") => long,
        Ok(other) => panic!("PASSEND_FAULTS is {other:?}; set it to long, or not at all"),
        Err(_) => short,
    }
}

/// The seed of this run, which is printed with what is counted.
pub(crate) fn seed() -> u64 {
    std::env::var("PASSEND_FAULTS_SEED")
        .map_or(2026, |seed| seed.parse().expect("PASSEND_FAULTS_SEED is a number"))
}

/// A small generator with a fixed seed (SplitMix64), so that a failure can be repeated.
#[derive(Clone, Debug)]
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// Every file in a folder and the folders in it.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => files.push(entry.path()),
            }
        }
    }
    files.sort();
    files
}
