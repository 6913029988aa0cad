//! The form of contract: the best pair of what is offered and accepted.

use super::{Opinion, WHOLE};
use crate::domain::contract::{AgreementKind, ContractDuration, ContractForm};
use crate::rank::rules::{Pair, Rules};

const OTHER_DURATION: u32 = 5_000;
const DURATIONS: [ContractDuration; 2] = [ContractDuration::FixedTerm, ContractDuration::OpenEnded];
const KINDS: [AgreementKind; 4] = [
    AgreementKind::Regular,
    AgreementKind::LearningJob,
    AgreementKind::Voluntary,
    AgreementKind::WorkExperience,
];

/// Asked on both sides as soon as one names forms: an answer of the other is a wish or an offer too.
pub(in crate::rank) fn judge(pair: Pair<'_>, rules: Rules<'_>) -> Option<Opinion> {
    match (&*pair.vacancy.contract, &*pair.candidate.contract) {
        ([], []) => None,
        (named, []) | ([], named) => {
            Some(Opinion::within_reach(rules.numbers.neutral, worst_answer(named), WHOLE))
        }
        (offered, accepted) => {
            let fit = offered.iter().map(|offer| best(*offer, accepted)).max().unwrap_or(0);
            Some(Opinion::known(fit))
        }
    }
}

fn worst_answer(named: &[ContractForm]) -> u32 {
    let answers = DURATIONS.into_iter().flat_map(|duration| KINDS.map(|kind| (duration, kind)));
    let forms = answers.map(|(duration, kind)| ContractForm { duration: Some(duration), kind: Some(kind) });
    forms.map(|form| best(form, named)).min().unwrap_or(0)
}

fn best(form: ContractForm, others: &[ContractForm]) -> u32 {
    others.iter().map(|other| fit(form, *other)).max().unwrap_or(0)
}

fn fit(a: ContractForm, b: ContractForm) -> u32 {
    if differ(a.kind, b.kind) {
        0
    } else if differ(a.duration, b.duration) {
        OTHER_DURATION
    } else {
        WHOLE
    }
}

fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a != b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r5_the_worst_answer_is_no_worse_than_what_the_named_forms_allow() {
        let form = |duration, kind| ContractForm { duration, kind };
        assert_eq!(worst_answer(&[form(None, None)]), 10_000);
        assert_eq!(worst_answer(&[form(Some(ContractDuration::OpenEnded), None)]), 5_000);
        assert_eq!(worst_answer(&[form(None, Some(AgreementKind::Regular))]), 0);
        assert_eq!(
            worst_answer(&KINDS.map(|kind| form(Some(ContractDuration::OpenEnded), Some(kind)))),
            5_000
        );
    }
}
