//! Which instruments and referrals there are for a pair, and why.

use super::{
    file::{Entry, InstrumentTable, KINDS},
    support::SupportOfPair,
};
use crate::domain::support::SupportKind;
use crate::rank::{Reason, explain::Explanation};

/// An instrument or referral for a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// What it is.
    pub entry: &'a Entry,
    /// Why it was found; at least one.
    pub causes: Vec<Cause<'a>>,
}

/// Why an instrument was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause<'a> {
    /// A gap, or a question that is open.
    Reason(&'a Reason),
    /// Support that the person needs and the employer does not offer.
    Need(SupportKind),
    /// The person receives allowances.
    Allowances,
}

impl Cause<'_> {
    /// The stable name of a kind of support.
    pub fn name_of(kind: SupportKind) -> &'static str {
        KINDS.iter().find(|(_, own)| *own == kind).map_or("", |(name, _)| name)
    }
}

impl InstrumentTable {
    /// The instruments and referrals for a pair that was ranked and explained, in the order of the file.
    pub fn find<'a>(&'a self, explained: &'a Explanation, support: SupportOfPair) -> Vec<Found<'a>> {
        let found = |entry: &'a Entry| Found { entry, causes: causes(entry, explained, support) };
        self.entries().iter().map(found).filter(|found| !found.causes.is_empty()).collect()
    }
}

fn causes<'a>(entry: &Entry, explained: &'a Explanation, support: SupportOfPair) -> Vec<Cause<'a>> {
    let gaps = explained.gaps.iter().filter(|gap| {
        let in_class =
            entry.cost_classes.is_empty() || gap.cost_class.is_some_and(|c| entry.cost_classes.contains(&c));
        entry.gap_codes.contains(&gap.reason.code) || (entry.gap_kinds.contains(&gap.kind) && in_class)
    });
    let questions = explained.questions.iter().map(|question| &question.reason);
    let open = questions.filter(|reason| entry.question_codes.contains(&reason.code));
    let SupportOfPair { needed, offered } = support;
    let needs = entry.support_needs.iter().filter(|kind| needed.has(**kind) && !offered.has(**kind));
    let allowances = (entry.allowances && needed.has_allowances()).then_some(Cause::Allowances);
    let reasons = gaps.map(|gap| &gap.reason).chain(open).map(Cause::Reason);
    reasons.chain(needs.map(|kind| Cause::Need(*kind))).chain(allowances).collect()
}
