//! The form of contract: accepted by the person, or offered by the employer.

use super::{Change, Situation, of_candidate, of_vacancy};
use crate::rank::{
    criteria::{WHOLE, judge},
    criterion::Criterion,
    reason::{Reason, ReasonCode},
};

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    if judge(Criterion::Contract, at.pair, at.rules).is_none_or(|opinion| opinion.fit == WHOLE) {
        return;
    }
    let (offered, wished) = (at.vacancy.contract_forms.clone(), at.candidate.contract_forms.clone());
    if !offered.is_empty() {
        let reason = Reason::plain(ReasonCode::WithContract);
        changes.push(of_candidate(Criterion::Contract, reason, "contract_forms", move |profile| {
            profile.contract_forms.extend(&offered);
        }));
    }
    if !wished.is_empty() {
        let reason = Reason::plain(ReasonCode::WithContractOffered);
        changes.push(of_vacancy(Criterion::Contract, reason, "contract_forms", move |vacancy| {
            vacancy.contract_forms.extend(&wished);
        }));
    }
}
