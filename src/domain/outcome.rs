//! What became of a proposal (R4): recorded beside a pair, shown with it, and never scored.

use super::{
    Date, InvalidValue,
    text::{CandidateId, FreeText, VacancyId},
};

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProposalOutcome {
    /// The person was proposed to the employer (*voorgedragen*).
    Proposed,
    /// The employer invited the person (*uitgenodigd*).
    Invited,
    /// The person got the job (*geplaatst*).
    Placed,
    /// The employer or the person said no (*afgewezen*).
    Rejected,
    /// A person decided otherwise than the list (*anders besloten*).
    Overridden,
}

impl ProposalOutcome {
    /// Every outcome, in the order in which they usually follow each other.
    pub const ALL: [Self; 5] =
        [Self::Proposed, Self::Invited, Self::Placed, Self::Rejected, Self::Overridden];

    /// A stable name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "PROPOSED",
            Self::Invited => "INVITED",
            Self::Placed => "PLACED",
            Self::Rejected => "REJECTED",
            Self::Overridden => "OVERRIDDEN",
        }
    }
}

/// What became of the proposal of one pair on one day.
#[derive(Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The person.
    pub candidate: CandidateId,
    /// The vacancy.
    pub vacancy: VacancyId,
    /// What became of it.
    pub kind: ProposalOutcome,
    /// When.
    pub on: Date,
    reason: Option<FreeText>,
}

impl Outcome {
    /// An outcome of a pair.
    ///
    /// # Errors
    /// An override without a reason: who decides otherwise than the list says why.
    pub fn new(
        candidate: CandidateId,
        vacancy: VacancyId,
        kind: ProposalOutcome,
        on: Date,
        reason: Option<FreeText>,
    ) -> Result<Self, InvalidValue> {
        if kind == ProposalOutcome::Overridden && reason.is_none() {
            return Err(InvalidValue::new(
                "an override has no reason",
                "say in words why it was decided otherwise than the list",
            ));
        }
        Ok(Self { candidate, vacancy, kind, on, reason })
    }

    /// Why, in words.
    pub fn reason(&self) -> Option<&FreeText> {
        self.reason.as_ref()
    }
}

/// The reason is a text about a person: it never reaches a log.
impl std::fmt::Debug for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { candidate, vacancy, kind, on, .. } = self;
        write!(f, "Outcome({candidate} for {vacancy}: {kind:?} on {on}, reason not shown)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_needs_a_reason_and_no_reason_reaches_a_log() {
        let outcome = |kind, reason: Option<&str>| {
            let (candidate, vacancy) = (CandidateId::new("k1").unwrap(), VacancyId::new("v1").unwrap());
            let reason = reason.map(|text| FreeText::new(text).unwrap());
            Outcome::new(candidate, vacancy, kind, Date::constant(2026, 11, 3), reason)
        };
        for kind in ProposalOutcome::ALL {
            assert_eq!(outcome(kind, None).is_err(), kind == ProposalOutcome::Overridden, "{kind:?}");
        }
        let told = format!("{:?}", outcome(ProposalOutcome::Overridden, Some("kent de ploeg")).unwrap());
        assert_eq!(told, "Outcome(k1 for v1: Overridden on 2026-11-03, reason not shown)");
    }
}
