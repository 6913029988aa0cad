//! The table that people read, and the file that programs read.

use super::figures::Figure;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Everything that was measured.
#[derive(Debug, Default)]
pub struct Evaluation {
    /// The figures, in the order in which they are shown.
    pub figures: Vec<Figure>,
    /// What a reader of the figures should know.
    pub notes: Vec<String>,
}

/// The figures of a former run, as `--json` wrote them.
#[derive(Debug, Deserialize, Serialize)]
pub struct FormerRun {
    sets: Vec<SetFigure>,
}

#[derive(Debug, Deserialize, Serialize)]
struct SetFigure {
    name: String,
    metric: String,
    value: f64,
    low: f64,
    high: f64,
    queries: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    baselines: Vec<BaselineFigure>,
}

#[derive(Debug, Deserialize, Serialize)]
struct BaselineFigure {
    name: String,
    value: f64,
    low: f64,
    high: f64,
}

impl Evaluation {
    /// The figures as JSON: `{"sets": [{"name", "metric", "value", "low", "high", "queries", "baselines"}, …]}`.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        let baseline = |(name, estimate): &(&str, super::Estimate)| BaselineFigure {
            name: (*name).to_owned(),
            value: estimate.value,
            low: estimate.low,
            high: estimate.high,
        };
        let sets = self.figures.iter().map(|figure| SetFigure {
            name: figure.name.clone(),
            metric: figure.metric.name().to_owned(),
            value: figure.estimate.value,
            low: figure.estimate.low,
            high: figure.estimate.high,
            queries: figure.estimate.queries,
            baselines: figure.baselines.iter().map(baseline).collect(),
        });
        serde_json::to_string_pretty(&FormerRun { sets: sets.collect() }).map(|text| text + "\n")
    }

    /// The figures as a table, with what is beside them and, where there is a former run, the difference to it.
    pub fn table(&self, former: Option<&FormerRun>) -> String {
        let mut rows =
            vec![["", "metric", "value", "95 %", "queries", "beside", "before"].map(str::to_owned)];
        for figure in &self.figures {
            let estimate = figure.estimate;
            let beside = figure.baselines.iter().map(|(name, other)| format!("{name} {:.3}", other.value));
            rows.push([
                figure.name.clone(),
                figure.metric.name().to_owned(),
                format!("{:.4}", estimate.value),
                format!("{:.3}–{:.3}", estimate.low, estimate.high),
                estimate.queries.to_string(),
                beside.collect::<Vec<_>>().join(", "),
                former.map(|former| former.change(figure)).unwrap_or_default(),
            ]);
        }
        let mut text = String::new();
        let width =
            |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
        let widths: [usize; 7] = std::array::from_fn(width);
        for row in &rows {
            let cells: Vec<String> =
                row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            // Writing to a text cannot fail.
            let _ = writeln!(text, "{}", cells.join("  ").trim_end());
        }
        for note in &self.notes {
            let _ = writeln!(text, "{note}");
        }
        text
    }
}

impl FormerRun {
    /// Reads what `--json` wrote.
    ///
    /// # Errors
    /// When it is something else.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    fn change(&self, figure: &Figure) -> String {
        let same = |before: &&SetFigure| before.name == figure.name && before.metric == figure.metric.name();
        match self.sets.iter().find(same) {
            Some(before) => format!("{:+.4}", figure.estimate.value - before.value),
            None => "new".to_owned(),
        }
    }
}
