//! An asked skill that is not named: known, or learned.

use super::{Change, Situation, of_candidate};
use crate::rank::{
    criteria::skills::is_named,
    criterion::Criterion,
    reason::{Reason, ReasonCode, Value},
};

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    for asked in at.pair.vacancy.skills.iter().filter(|asked| !is_named(asked, at.pair.candidate)) {
        let mut demanded = at.vacancy.requirements.skills.iter().map(|demand| &demand.what);
        let Some(skill) = demanded.find(|skill| skill.text == asked.text).cloned() else { continue };
        let words = Value::Words(asked.text.as_str().to_owned());
        let reason = Reason::new(ReasonCode::WithSkill, [("skill", words)]);
        changes.push(of_candidate(Criterion::Skills, reason, "skills", move |profile| {
            profile.skills.push(skill.clone());
        }));
    }
}
