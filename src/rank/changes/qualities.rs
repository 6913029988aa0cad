//! An asked quality that nobody saw yet, seen in a practical test. What was seen stays as it is.

use super::{Change, Situation, of_candidate};
use crate::domain::{
    Date,
    competency::Quality,
    observation::{Dispute, Observation, ObservationSource, Observed, ObservedValue},
};
use crate::rank::{
    criteria::{Knowledge, competencies},
    criterion::Criterion,
    explain::quality,
    reason::{Reason, ReasonCode},
};

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    for asked in &at.pair.vacancy.qualities {
        if competencies::item(asked, at.pair.candidate, at.rules).knowledge != Knowledge::Unknown {
            continue;
        }
        let what = Quality { competency: asked.competency, facet: asked.facet.clone() };
        let seen = observation(Observed::Quality(what), ObservationSource::PracticalTest, at.as_of);
        let reason = Reason::new(ReasonCode::WithQualitySeen, [("quality", quality(asked))]);
        changes.push(of_candidate(Criterion::Competencies, reason, "observations", move |profile| {
            profile.observations.push(seen.clone());
        }));
    }
}

/// What was seen on a day, at its best.
pub(super) fn observation(observed: Observed, source: ObservationSource, on: Date) -> Observation {
    Observation {
        observed,
        source,
        value: ObservedValue::Strong,
        observed_on: Some(on),
        note: None,
        dispute: Dispute::Undisputed,
        delivery: None,
    }
}
