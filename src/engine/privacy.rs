//! One person's data: everything that is kept of them, and taking it away for good.

use super::{
    Engine, EngineError, Stored,
    outcomes::{OutcomeChoice, OutcomePage},
    proof::{Left, Proof, Traces},
    purging::{PurgeError, Purged},
    stored,
};
use crate::domain::{Candidate, Date, text::CandidateId};
use crate::store::RecordId;
use std::time::Duration;

/// How many outcomes are read at a time.
const OUTCOMES: usize = 1_000;

/// Everything that is kept of a person.
#[derive(Clone, Debug)]
pub struct KeptOfPerson {
    /// The record with its contact data, and as VUM delivered it last.
    pub stored: Stored<Candidate>,
    /// What became of their proposals.
    pub outcomes: Vec<OutcomePage>,
    /// The days of the nights that are kept, the last first; where the person has a list it is in `Engine::shortlist`.
    pub nights: Vec<Date>,
    /// The last change that shows.
    pub change: u64,
}

/// What erasing a person came to.
#[derive(Debug)]
pub struct ErasedPerson {
    /// The change that made the person invisible; 0: somebody had done so before.
    pub change: u64,
    /// What the purge came to, where somebody waited for it.
    pub purged: Option<Result<Purged, PurgeError>>,
    /// What is left in the files, after a purge.
    pub proof: Option<Proof>,
    /// Within which time the bytes are removed, where nobody waited.
    pub within: Duration,
}

impl Engine {
    /// Everything that is kept of a person.
    ///
    /// # Errors
    /// When there is no such person, or something cannot be read.
    pub fn kept_of(&self, id: &str) -> Result<KeptOfPerson, EngineError> {
        let stored = self.get::<Candidate>(id)?;
        let candidate = CandidateId::new(id).map_err(|error| EngineError::Fault(error.to_string()))?;
        let choice = OutcomeChoice { candidate: Some(candidate), vacancy: None };
        let (mut outcomes, mut after) = (Vec::new(), None);
        loop {
            let page = self.outcomes(&choice, after, OUTCOMES);
            after = page.next;
            outcomes.push(page);
            if after.is_none() {
                break;
            }
        }
        let mut nights: Vec<Date> =
            self.nights.list().map_err(EngineError::Night)?.iter().map(|night| night.as_of).collect();
        nights.dedup();
        Ok(KeptOfPerson { stored, outcomes, nights, change: self.change_number() })
    }

    /// Erases a person: invisible in every answer at once, and with `wait` without a byte left in the folder when this
    /// returns, which is proven by looking through all of it. Erasing again is harmless.
    ///
    /// # Errors
    /// When there is no such person, not even one whose bytes are still to be removed; when the deletion cannot be written.
    pub fn erase_person(&self, id: &str, wait: bool) -> Result<ErasedPerson, EngineError> {
        let candidate = CandidateId::new(id)
            .map_err(|error| EngineError::invalid("id", &error.to_string(), "give the id of a candidate"))?;
        let record = RecordId::from(candidate.clone());
        let snapshot = self.store().snapshot()?;
        // A record that is damaged is erased all the same; then only its id is looked for.
        let stored = stored::read::<Candidate>(&*snapshot, &candidate);
        let is_there = !matches!(stored, Ok(None));
        if !is_there && !snapshot.deletions()?.flatten().any(|(id, _)| id == record) {
            return Err(EngineError::NotFound { what: "candidate", id: id.to_owned() });
        }
        let within = self.purger.within();
        let traces = match wait {
            true => {
                let stored = stored.ok().flatten();
                Some(Traces::of(&record, stored.as_ref(), &*snapshot, &self.folder)?)
            }
            false => None,
        };
        drop(snapshot);
        // Until everybody's answers are without the person: a purge in between waits for that.
        let answering = self.answering();
        let change = if is_there { self.delete::<Candidate>(id, "", "", &None)? } else { 0 };
        drop(answering);
        let Some(traces) = traces else {
            return Ok(ErasedPerson { change, purged: None, proof: None, within });
        };
        let purged = self.purger.purge();
        let proof = match &purged {
            Ok(purged) => {
                let mut proof = traces.look_through(&self.folder)?;
                proof.left.extend(purged.unreadable.iter().map(|piece| Left {
                    file: piece.path.strip_prefix(&self.folder).unwrap_or(&piece.path).to_owned(),
                    what: "unreadable",
                    offset: piece.offset,
                }));
                Some(proof)
            }
            Err(_) => None,
        };
        Ok(ErasedPerson { change, purged: Some(purged), proof, within })
    }

    /// Has every purge done by somebody who keeps data of people too: they are handed the purge and do it, with what they
    /// keep removed before.
    pub fn at_purges(&self, around: impl Fn(&mut dyn FnMut()) + Send + Sync + 'static) {
        self.purger.around(Box::new(around));
    }
}
