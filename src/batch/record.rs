//! What is known of a run, in a small file beside its work: `runs/ID.json`.

use super::{progress::Progress, scope::Scope};
use crate::domain::Date;
use serde::{Deserialize, Serialize};
use std::{fs, io, path::Path};

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for its turn: one run works at a time.
    Waiting,
    /// Works. After a stop or a kill it goes on at the next start.
    Running,
    /// Ended in good order; its night can be read.
    Done,
    /// Cancelled; nothing of it is left.
    Cancelled,
    /// Could not be ended.
    Failed,
}

impl State {
    /// Whether the run still works or will.
    pub fn is_active(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// What starts a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Whose lists it makes.
    pub scope: Scope,
    /// Only what changed since the last night of the scope is ranked anew.
    pub changed_only: bool,
    /// As of which day.
    #[serde(with = "day")]
    pub as_of: Date,
    /// Makes a repetition harmless; empty: none.
    pub request_id: String,
    /// Whether the schedule started it.
    pub scheduled: bool,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its id.
    pub id: String,
    /// What started it.
    pub order: Order,
    /// How far it is.
    pub state: State,
    /// When it was started, in UTC.
    pub started_at: String,
    /// When it ended, in UTC; empty: not yet.
    pub ended_at: String,
    /// Seconds of work, over every process that took it up; 0 until it ends.
    pub seconds: f64,
    /// How often it was taken up again after a stop or a kill.
    pub resumed: u32,
    /// Pairs judged; 0 until it ends.
    pub pairs: u64,
    /// Pairs that stand in a list and were explained; 0 until it ends.
    pub explained: u64,
    /// Lists of vacancies; 0 until it ends.
    pub vacancies: u64,
    /// Lists of people; 0 until it ends.
    pub people: u64,
    /// Whether the lists of the night before were taken over where nothing changed.
    pub took_over: bool,
    /// Why it failed; empty: it did not.
    pub problem: String,
    /// How far it is now; only while it works.
    #[serde(skip)]
    pub progress: Option<Progress>,
}

impl Run {
    /// Writes the file, durably.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let text = serde_json::to_vec_pretty(self).map_err(io::Error::other)?;
        crate::durable::replace(&folder.join(format!("{}.json", self.id)), &text)
    }

    /// Reads every run of a folder, the oldest first; what is no run is passed over and told in the log.
    ///
    /// # Errors
    /// When the folder cannot be read; one that is not there holds none.
    pub fn read_all(folder: &Path) -> io::Result<Vec<Self>> {
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut runs = Vec::new();
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            match serde_json::from_slice::<Self>(&fs::read(&path)?) {
                Ok(run) => runs.push(run),
                Err(error) => tracing::warn!(%error, path = %path.display(), "this is no run"),
            }
        }
        runs.sort_by(|a, b| (&a.started_at, &a.id).cmp(&(&b.started_at, &b.id)));
        Ok(runs)
    }
}

/// A day as text.
mod day {
    use super::Date;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
