//! How far an import is: a bar on a terminal, a plain line now and then elsewhere.

use crate::cli::failure::complain;
use crate::cli::render::count;
use crate::cli::settings::Language;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Records between two plain lines.
const RECORDS_PER_LINE: u64 = 10_000;
const REDRAW: Duration = Duration::from_millis(200);

/// Shows on standard error how far an import is.
#[derive(Debug)]
pub(in crate::cli) struct Progress {
    bar: Option<ProgressBar>,
    language: Language,
    /// Bytes that were read, where they measure the way.
    bytes: Arc<AtomicU64>,
    records: AtomicU64,
    measure: Measure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Bytes,
    Records,
}

impl Progress {
    /// Progress through so many bytes; `None` when nobody knows how many.
    pub(in crate::cli) fn of_bytes(total: Option<u64>, language: Language) -> Self {
        Self::new(total, Measure::Bytes, language)
    }

    /// Progress through so many records.
    pub(in crate::cli) fn of_records(total: u64, language: Language) -> Self {
        Self::new(Some(total), Measure::Records, language)
    }

    fn new(total: Option<u64>, measure: Measure, language: Language) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let (bar, template) = match total {
                Some(total) => (ProgressBar::new(total), "  {bar:30} {percent:>3}%  {msg}  {elapsed}"),
                None => (ProgressBar::new_spinner(), "  {spinner} {msg}  {elapsed}"),
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.enable_steady_tick(REDRAW);
            bar
        });
        Self { bar, language, bytes: Arc::default(), records: AtomicU64::new(0), measure }
    }

    /// Where the reader counts its bytes.
    pub(in crate::cli) fn bytes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }

    /// So many more records are dealt with.
    pub(in crate::cli) fn add(&self, records: u64) {
        let before = self.records.fetch_add(records, Ordering::Relaxed);
        let now = before + records;
        let text = || {
            let number = count(now, self.language);
            self.language.pick(&["{} records", "{} records"]).replace("{}", &number)
        };
        match &self.bar {
            Some(bar) => {
                bar.set_position(match self.measure {
                    Measure::Bytes => self.bytes.load(Ordering::Relaxed),
                    Measure::Records => now,
                });
                bar.set_message(text());
            }
            None if before / RECORDS_PER_LINE < now / RECORDS_PER_LINE => {
                complain(format_args!("{}", text()))
            }
            None => {}
        }
    }

    /// Takes the bar away: the report follows.
    pub(in crate::cli) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
