//! Our kernel behind the line protocol of `benches/peers/run.py`.

use crate::{
    Failure,
    columns::Columns,
    kernel::{self, Best},
    record,
};
use pulp::Arch;
use serde_json::json;
use std::{
    io::{BufRead, Write},
    path::Path,
    time::Instant,
};

/// From so many people on a single question is worth a second thread.
const MANY: usize = 100_000;

/// Answers `single VACANCY K` and `night FROM COUNT K` until the input ends.
pub(crate) fn serve(folder: &Path) -> Result<(), Failure> {
    let (people, openings) = record::read_all(folder)?;
    let built = Instant::now();
    let columns = Columns::new(&people);
    let (count, build) = (people.len(), built.elapsed().as_secs_f64());
    drop(people);
    let arch = Arch::new();
    tell(&json!({ "ready": "Passend", "version": env!("CARGO_PKG_VERSION"), "build_seconds": build }))?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["single", vacancy, k] => {
                let opening = openings.get(vacancy.parse::<usize>()?).ok_or("no such vacancy")?;
                let (k, started) = (k.parse()?, Instant::now());
                let best = match count < MANY {
                    true => kernel::top(&columns, opening, k, arch),
                    false => kernel::top_on_all(&columns, opening, k, arch),
                };
                let list = best.list();
                tell(&json!({ "seconds": started.elapsed().as_secs_f64(), "top": list }))?;
            }
            ["night", from, many, k] => {
                let from: usize = from.parse()?;
                let openings =
                    openings.get(from..from + many.parse::<usize>()?).ok_or("not so many vacancies")?;
                let (k, started) = (k.parse()?, Instant::now());
                let lists = kernel::night(&columns, openings, k, arch);
                let seconds = started.elapsed().as_secs_f64();
                tell(&json!({ "seconds": seconds, "sum": sum(&lists).to_string() }))?;
            }
            ["plan"] => tell(&json!({ "plan": format!("{arch:?}, blocks of {}", crate::columns::ROWS) }))?,
            _ => return Err(format!("{line:?} is no command").into()),
        }
    }
    Ok(())
}

/// Depends on every place of every list; every engine computes it in the same way.
fn sum(lists: &[Best]) -> u64 {
    let mut sum = 0u64;
    for (vacancy, best) in lists.iter().enumerate() {
        for (rank, (number, score)) in best.list().into_iter().enumerate() {
            let entry = u64::from(score) * 1_000_003 + u64::from(number);
            sum = sum.wrapping_add((vacancy as u64 + 1) * (rank as u64 + 1) * entry);
        }
    }
    sum
}

fn tell(answer: &serde_json::Value) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{answer}")?;
    Ok(out.flush()?)
}
