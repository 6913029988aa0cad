//! How far a run is: a bar on a terminal, a plain line now and then elsewhere.

use crate::cli::failure::complain;
use crate::cli::render::count;
use crate::cli::settings::Language;
use crate::wire::v1::{Rerank, RerankPhase};
use indicatif::{ProgressBar, ProgressStyle};
use std::cell::{Cell, RefCell};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Time between two plain lines.
const LINE: Duration = Duration::from_secs(10);
const REDRAW: Duration = Duration::from_millis(200);

/// Shows on standard error how far a run is.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    language: Language,
    last_line: Cell<Instant>,
    last_problem: RefCell<String>,
}

impl Progress {
    /// Says which run it is, and begins.
    pub(super) fn start(run: &Rerank, is_alone: bool, language: Language) -> Self {
        let lines = [
            (
                run.resumed > 0 || run.phase() != RerankPhase::Unspecified,
                ["Deze run was al begonnen en gaat verder.", "This run had begun and goes on."],
            ),
            (
                !is_alone,
                [
                    "De server rekent. U mag dit venster sluiten.",
                    "The server does the work. You may close this window.",
                ],
            ),
        ];
        for (_, words) in lines.iter().filter(|(holds, _)| *holds) {
            complain(format_args!("{}", language.pick(words)));
        }
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(1);
            if let Ok(style) = ProgressStyle::with_template("  {bar:30} {percent:>3}%  {msg}  {elapsed}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(REDRAW);
            bar
        });
        Self { bar, language, last_line: Cell::new(Instant::now()), last_problem: RefCell::default() }
    }

    /// Shows how far it is now.
    pub(super) fn show(&self, run: &Rerank) {
        let mut problem = self.last_problem.borrow_mut();
        if *problem != run.problem {
            problem.clone_from(&run.problem);
            if !problem.is_empty() {
                self.aside(&problem);
            }
        }
        match &self.bar {
            Some(bar) => {
                let (done, total) = share(run);
                bar.set_length(total.max(1));
                bar.set_position(done);
                bar.set_message(self.text(run));
            }
            None if self.last_line.get().elapsed() >= LINE => {
                self.last_line.set(Instant::now());
                complain(format_args!("{}", self.text(run)));
            }
            None => {}
        }
    }

    fn aside(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| complain(format_args!("{line}"))),
            None => complain(format_args!("{line}")),
        }
    }

    /// Takes the bar away: the report follows.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn text(&self, run: &Rerank) -> String {
        let (done, total) = share(run);
        let counts = format!("{} / {}", count(done, self.language), count(total, self.language));
        let left = run.remaining_seconds.map(|seconds| duration(seconds, self.language)).unwrap_or_default();
        let left = match left.as_str() {
            "" => String::new(),
            left => self.language.pick(&[", nog {}", ", {} left"]).replace("{}", left),
        };
        let words = match run.phase() {
            RerankPhase::Unspecified => return self.language.pick(&["wacht", "waits"]).to_owned(),
            RerankPhase::Preparing => {
                return self.language.pick(&["leest de gegevens", "reads the data"]).to_owned();
            }
            RerankPhase::Scoring => ["{} paren beoordeeld", "{} pairs scored"],
            RerankPhase::Explaining => ["{} paren uitgelegd", "{} pairs explained"],
            RerankPhase::Writing => return self.language.pick(&["schrijft", "writes"]).to_owned(),
        };
        self.language.pick(&words).replace("{}", &counts) + &left
    }
}

fn share(run: &Rerank) -> (u64, u64) {
    match run.phase() {
        RerankPhase::Explaining | RerankPhase::Writing => (run.explained_done, run.explained_total),
        _ => (run.pairs_done, run.pairs_total),
    }
}

/// A length of time in words: "12 s", "3 min".
pub(super) fn duration(seconds: f64, language: Language) -> String {
    if seconds < 90.0 {
        let text = format!("{seconds:.1}");
        let text = if seconds >= 10.0 { format!("{seconds:.0}") } else { text };
        return format!(
            "{} s",
            language.pick(&[text.replace('.', ","), text.clone()].each_ref().map(String::as_str))
        );
    }
    format!("{:.0} min", seconds / 60.0)
}
