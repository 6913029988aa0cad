//! Irregular times, where one side has not said. What the person refuses stays refused.

use super::{Change, Situation, of_candidate, of_vacancy};
use crate::domain::time::Answer;
use crate::rank::{
    conflict::open_shifts,
    criterion::Criterion,
    reason::{Reason, ReasonCode},
};

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    let open = open_shifts(&at.pair.candidate.refused, at.pair.vacancy);
    if open.irregular_of_person {
        let reason = Reason::plain(ReasonCode::WithIrregularWork);
        let field = "availability.irregular_work";
        changes.push(of_candidate(Criterion::WeekPattern, reason, field, |profile| {
            profile.availability.irregular_work = Some(Answer::Yes);
        }));
    }
    if open.irregular_of_vacancy {
        let reason = Reason::plain(ReasonCode::WithRegularTimes);
        changes.push(of_vacancy(Criterion::WeekPattern, reason, "schedule.irregular_work", |vacancy| {
            vacancy.schedule.irregular_work = Some(Answer::No);
        }));
    }
}
