//! The kernel against the float64 reference.

use crate::{Failure, columns::Columns, kernel, record, reference};
use pulp::Arch;
use std::path::Path;

/// Every instruction set that this machine has.
fn instruction_sets() -> Vec<(&'static str, Arch)> {
    let mut sets = vec![("scalar", Arch::Scalar)];
    #[cfg(target_arch = "x86_64")]
    {
        sets.extend(pulp::x86::V3::try_new().map(|set| ("AVX2", Arch::V3(set))));
        sets.extend(pulp::x86::V4::try_new().map(|set| ("AVX-512", Arch::V4(set))));
    }
    sets
}

/// Lists of the first vacancies of a folder, in every way there is.
pub(crate) fn check(folder: &Path, vacancies: usize) -> Result<(), Failure> {
    const MOST: usize = 50;
    let (people, mut openings) = record::read_all(folder)?;
    openings.truncate(vacancies);
    let columns = Columns::new(&people);
    let expected: Vec<_> = openings.iter().map(|opening| reference::top(opening, &people, MOST)).collect();
    for (name, arch) in instruction_sets() {
        for threads in [1, 2, 16] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
            let nightly = pool.install(|| kernel::night(&columns, &openings, MOST, arch));
            for (at, (opening, expected)) in openings.iter().zip(&expected).enumerate() {
                let single = kernel::top(&columns, opening, MOST, arch);
                let parts = pool.install(|| kernel::top_on_all(&columns, opening, MOST, arch));
                for (way, list) in [("alone", &single), ("in parts", &parts), ("in the night", &nightly[at])]
                {
                    if list.list() != *expected {
                        let message =
                            format!("vacancy {at}, {name}, {threads} threads, {way}: not the reference");
                        return Err(message.into());
                    }
                }
            }
        }
        println!(
            "{name}: {} lists of {} people as the reference, on 1, 2 and 16 threads",
            openings.len(),
            people.len()
        );
    }
    println!("{} bytes a candidate in columns", columns.bytes() / people.len().max(1));
    Ok(())
}
