//! How fast the demonstration region makes records, and in how much memory.

use crate::Failure;
use passend::{
    demo::{self, Settings},
    wire::{View, candidate_to_proto, vacancy_to_proto},
};
use std::time::Instant;

/// Makes every record as `passend demo` sends it, one at a time and kept by nobody.
pub(crate) fn measure(settings: Settings) -> Result<(), Failure> {
    let region = demo::region(settings)?;
    let started = Instant::now();
    let mut bytes = 0;
    for candidate in region.candidates() {
        bytes += prost::Message::encoded_len(&candidate_to_proto(&candidate?, View::Full));
    }
    told("candidates", settings.candidates, bytes, started);
    let started = Instant::now();
    bytes = 0;
    for vacancy in region.vacancies() {
        bytes += prost::Message::encoded_len(&vacancy_to_proto(&vacancy?, View::Full));
    }
    told("vacancies", settings.vacancies, bytes, started);
    if let Some(peak) = peak_memory() {
        println!("peak memory: {peak} kB");
    }
    Ok(())
}

fn told(what: &str, count: usize, bytes: usize, started: Instant) {
    let seconds = started.elapsed().as_secs_f64();
    let (rate, each) = (count as f64 / seconds, bytes / count.max(1));
    println!("{count} {what} in {seconds:.2} s, {rate:.0} a second, {each} bytes each");
}

/// The largest resident set so far, in kB; `None` where the system does not tell.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
