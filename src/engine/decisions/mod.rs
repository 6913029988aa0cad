//! The record of what happened: one entry for every answer that read or ranked people, on the disk before the answer
//! goes out. What it says is made here; how it lies in files is `crate::decisions`.

mod entry;
mod opening;
mod reading;
mod refusals;

pub use crate::decisions::{Checkpoint, DecisionId, LogError, PublicKey};
pub use entry::{Decided, Decision};
pub(super) use opening::{Living, empty_unreadable, open, tell_of_unreadable};
pub use opening::{LogPlaces, decision_log_offline};
pub use reading::{DecisionChoice, DecisionPage, Recorded, RecordedPart};
pub use refusals::RefusedCalls;

use super::{Engine, EngineError, matching::Match};
use crate::decisions::Appending;
use crate::domain::Caller;
use rayon::prelude::*;
use std::{fs::File, io, path::Path};

/// A decision on its way to the disk.
#[derive(Debug)]
#[must_use = "no answer may go out before its entry is on the disk"]
pub struct Recording(Appending);

impl Recording {
    /// Waits until the entry is on the disk; its id, for the answer.
    ///
    /// # Errors
    /// As [`Engine::record`].
    pub fn wait(self) -> Result<String, EngineError> {
        Ok(self.0.wait()?.to_string())
    }
}

impl Engine {
    /// Records a decision; it is on the disk when this returns. Its id, for the answer.
    ///
    /// # Errors
    /// [`EngineError::NotRecorded`] when the disk refuses: then nothing that it is about may go out.
    pub fn record(&self, decision: &Decision<'_>) -> Result<String, EngineError> {
        self.begin_record(decision)?.wait()
    }

    /// Hands a decision over to be recorded: its answer is put into words while the disk writes, and goes out after
    /// [`Recording::wait`].
    ///
    /// # Errors
    /// As [`record`](Self::record).
    pub fn begin_record(&self, decision: &Decision<'_>) -> Result<Recording, EngineError> {
        let draft = decision.draft(&self.model_version().version);
        Ok(Recording(self.decisions.begin(draft)?))
    }

    /// The same while each match of the answer is put into words on the threads for scoring, where no lock is taken.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    pub fn begin_record_beside<W: Send>(
        &self,
        decision: &Decision<'_>,
        matches: &[Match],
        words: impl Fn(&Match) -> W + Sync + Send,
    ) -> Result<(Recording, Vec<W>), EngineError> {
        let model = &self.model_version().version;
        self.compute(|| {
            let recording = Recording(self.decisions.begin(decision.draft_together(model))?);
            Ok((recording, matches.par_iter().map(&words).collect()))
        })
    }

    /// Makes sure, before something is changed that must be recorded, that it can be.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    pub fn can_record(&self) -> Result<(), EngineError> {
        self.decisions.failure().map_or(Ok(()), |failure| Err(failure.into()))
    }

    /// Records a night that a run made: the run, what it covers and the hash of its file; `None`: it is not known.
    ///
    /// # Errors
    /// As [`record`](Self::record); when the file cannot be read.
    pub fn record_night(&self, night: &Path, hash: Option<[u8; 32]>) -> Result<(), EngineError> {
        let opened = self.nights().opened(night)?;
        let hash = match hash {
            Some(hash) => hash,
            None => hash_of(night).map_err(|error| EngineError::Fault(error.to_string()))?,
        };
        let (head, counts) = (opened.head(), opened.counts());
        let name = night.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let asked = [
            ("run", head.run.clone()),
            ("labour_market_region", head.scope.region.to_string()),
            ("sbi_code", head.scope.sbi_code.to_string()),
            ("list_size", head.list_size.to_string()),
        ];
        let service = Caller::local();
        let decision = Decision {
            as_of: Some(head.as_of),
            asked: asked.map(|(name, value)| (name, value)).into(),
            change: head.change,
            profiles: head.profiles.iter().collect(),
            considered: counts.people,
            excluded: counts.excluded.clone(),
            file: Some((name, hash)),
            ..Decision::of(&service, "Night")
        };
        self.record(&decision).map(drop)
    }

    /// Why nothing can be recorded at the moment, so that no personal data goes out; `None`: it can.
    pub fn decisions_failure(&self) -> Option<String> {
        self.decisions.failure().map(|failure| failure.to_string())
    }

    /// The key by which anybody can tell that the record was not tampered with, and the last checkpoint.
    pub fn decisions_state(&self) -> (PublicKey, Option<Checkpoint>) {
        (self.decisions.public_key(), self.decisions.checkpoint())
    }
}

impl From<LogError> for EngineError {
    fn from(error: LogError) -> Self {
        match error {
            LogError::Disk(_) | LogError::Closed => Self::NotRecorded(error.to_string()),
            LogError::TooLarge { .. } | LogError::System(_) => Self::Fault(error.to_string()),
            LogError::Damaged { path, what } => {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                Self::Damaged { record: format!("decisions/{file} ({what})") }
            }
            LogError::NotFound(id) => Self::NotFound { what: "decision", id },
        }
    }
}

fn hash_of(path: &Path) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(*hasher.finalize().as_bytes())
}
