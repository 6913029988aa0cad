//! Questions about hours, times, the first and the last day (R10).

use super::{
    AnsweredBy::{Candidate, Employer},
    Asker,
};
use crate::domain::time::Answer;
use crate::rank::{
    conflict::{self, Conflict},
    criteria::{Knowledge, hours},
    criterion::Criterion,
    facts::{OwnTimes, Start, WorkTimes},
    reason::{Reason, ReasonCode},
};

impl Asker<'_, '_> {
    pub(super) fn hours(&mut self) {
        let opinion = self.found.hours().opinion;
        let gain = self.gain(Criterion::Hours, Some(opinion.high));
        if self.pair.candidate.hours.is_none() {
            let reason = Reason::plain(ReasonCode::AskHoursOfPerson);
            self.ask(Criterion::Hours, reason, ("availability.hours", Candidate), gain);
        }
        if self.pair.vacancy.hours.is_none() {
            let reason = Reason::plain(ReasonCode::AskHoursOfVacancy);
            self.ask(Criterion::Hours, reason, ("schedule.hours", Employer), gain);
        }
        self.held_jobs();
        match self.pair.vacancy.carving {
            None => self.carving(ReasonCode::AskCarving),
            Some(Answer::No) => self.carving(ReasonCode::AskCarvingAgain),
            Some(Answer::Yes) => {}
        }
    }

    /// Hours and times of a job that may go on beside the vacancy.
    fn held_jobs(&mut self) {
        if hours::unsure(self.pair).of_person {
            let gain = self.gain(Criterion::Hours, Some(self.found.hours().opinion.high));
            let reason = Reason::plain(ReasonCode::AskHeldJob);
            self.ask(Criterion::Hours, reason, ("availability.held_jobs", Candidate), gain);
        }
    }

    /// Asked only where too few hours or other times are in the way; a "no" may be talked about.
    fn carving(&mut self, code: ReasonCode) {
        let is_of_time = |conflict: Conflict| matches!(conflict, Conflict::Hours | Conflict::Times);
        if self.conflicts.iter().any(|(conflict, _)| is_of_time(*conflict)) {
            let gain = self.gain_of([], |conflict| !is_of_time(conflict));
            self.ask(Criterion::Hours, Reason::plain(code), ("carving", Employer), gain);
        }
    }

    pub(super) fn times(&mut self) {
        let times = self.found.times();
        let candidate = &self.pair.candidate.time;
        let gain = self.times_gain(|parts| parts[0] = Some(times.opinion.high));
        if !matches!(candidate.times, OwnTimes::Exact(_)) {
            let reason = Reason::plain(ReasonCode::AskTimesOfPerson);
            self.ask(Criterion::WeekPattern, reason, ("availability.week_pattern", Candidate), gain);
        }
        if !matches!(self.pair.vacancy.times, WorkTimes::Exact(_)) {
            let reason = Reason::plain(ReasonCode::AskTimesOfVacancy);
            self.ask(Criterion::WeekPattern, reason, ("schedule.week_pattern", Employer), gain);
        }
        self.first_and_last_day();
        self.shifts();
    }

    fn first_and_last_day(&mut self) {
        let pair = self.pair;
        let days = self.found.days().map(|day| day.filter(|o| o.knowledge == Knowledge::Unknown));
        if let Some(start) = days[0] {
            let gain = self.times_gain(|parts| parts[1] = Some(start.high));
            let (code, answer) = match pair.candidate.time.start {
                Start::NotYetKnown => {
                    (ReasonCode::AskAvailableFrom, ("availability.available_from", Candidate))
                }
                Start::Open | Start::From(_) => (ReasonCode::AskFirstDay, ("starts_on", Employer)),
            };
            self.ask(Criterion::WeekPattern, Reason::plain(code), answer, gain);
        }
        if let Some(end) = days[1] {
            let gain = self.times_gain(|parts| parts[2] = Some(end.high));
            let answer = match pair.vacancy.ends_on {
                Some(_) => ("starts_on", Employer),
                None => ("ends_on", Employer),
            };
            let code = if answer.0 == "starts_on" { ReasonCode::AskFirstDay } else { ReasonCode::AskLastDay };
            self.ask(Criterion::WeekPattern, Reason::plain(code), answer, gain);
        }
    }

    /// What the score rises by when one part of the criterion (times, start, end) is answered best.
    fn times_gain(&self, answer: impl FnOnce(&mut [Option<u32>; 3])) -> u16 {
        let [start, end] = self.found.days().map(|day| day.map(|opinion| opinion.fit));
        let mut parts = [Some(self.found.times().opinion.fit), start, end];
        answer(&mut parts);
        self.gain(Criterion::WeekPattern, parts.into_iter().flatten().min())
    }

    /// No gain: an answer can only show that the person refuses the work, or that nothing is in the way.
    fn shifts(&mut self) {
        let (refused, vacancy) = (&self.pair.candidate.refused, self.pair.vacancy);
        let open = conflict::open_shifts(refused, vacancy);
        let questions = [
            (open.shifts, ReasonCode::AskShifts, ("schedule.shifts", Employer)),
            (
                open.irregular_of_vacancy,
                ReasonCode::AskIrregularWorkOfVacancy,
                ("schedule.irregular_work", Employer),
            ),
            (
                open.irregular_of_person,
                ReasonCode::AskIrregularWork,
                ("availability.irregular_work", Candidate),
            ),
        ];
        for (_, code, answer) in questions.into_iter().filter(|(open, ..)| *open) {
            self.ask(Criterion::WeekPattern, Reason::plain(code), answer, 0);
        }
    }
}
