//! Questions about what stands on paper: level, educations, experience, licences, certificates and registrations (R8).

use super::{
    AnsweredBy::{Candidate, Employer},
    Asker, Question,
};
use crate::domain::requirement::Importance;
use crate::rank::{
    criteria::{
        Knowledge, Opinion, experience, level,
        licences::{self, OBTAINABLE, Obtainable, Outlook, Standing},
        mean::Fits,
    },
    criterion::Criterion,
    facts::Paper,
    reason::{Reason, ReasonCode, Value},
};

impl Asker<'_, '_> {
    pub(super) fn level(&mut self) {
        let (pair, rules) = (self.pair, self.rules);
        let (candidate, vacancy) = (pair.candidate, pair.vacancy);
        let fits = Fits::of(level::items(pair, rules));
        let before_educations = usize::from(vacancy.level.is_some());
        // The level is one question, however many items it answers.
        let is_open = |(_, opinion): (u32, Opinion)| opinion.knowledge != Knowledge::Known;
        if candidate.level.open && level::items(pair, rules).any(is_open) {
            let is_level = |place: usize| {
                place
                    .checked_sub(before_educations)
                    .is_none_or(|place| vacancy.educations[place].level.is_some())
            };
            let levels = level::items(pair, rules).enumerate().filter(|(place, _)| is_level(*place));
            let answered = levels.fold(fits, |fits, (_, item)| fits.at_best(item));
            let gain = self.gain(Criterion::Level, answered.mean());
            if gain > 0 {
                self.ask(Criterion::Level, Reason::plain(ReasonCode::AskLevel), ("level", Candidate), gain);
            }
        }
        let items = level::items(pair, rules).skip(before_educations);
        for (asked, item) in vacancy.educations.iter().zip(items) {
            let (Some(name), None) = (&asked.name, asked.level) else { continue };
            if !level::has(asked, candidate) {
                let gain = self.gain(Criterion::Level, fits.at_best(item).mean());
                let education = Value::Words(name.as_str().to_owned());
                let reason = Reason::new(ReasonCode::AskEducation, [("education", education)]);
                self.ask(Criterion::Level, reason, ("educations", Candidate), gain);
            }
        }
    }

    pub(super) fn experience(&mut self) {
        let mut items = experience::items(self.pair, self.rules);
        if items.all(|(_, opinion)| opinion.knowledge == Knowledge::Known) {
            return;
        }
        let high = self.found.opinion(Criterion::Experience).map(|opinion| opinion.high);
        let gain = self.gain(Criterion::Experience, high);
        self.ask(
            Criterion::Experience,
            Reason::plain(ReasonCode::AskExperience),
            ("experience", Candidate),
            gain,
        );
    }

    pub(super) fn papers(&mut self) {
        let (asked, outlooks) = (&self.pair.vacancy.papers, self.found.papers());
        let items = || licences::items(asked, outlooks, self.rules);
        let fits = Fits::of(items());
        let is_open = |outlook: &Outlook| outlook.obtainable == Obtainable::Open;
        let first_day = items().zip(outlooks).filter(|(_, outlook)| is_open(outlook));
        let first_day = first_day.fold(fits, |fits, ((weight, opinion), _)| {
            fits.at_best((weight, Opinion { high: opinion.fit.max(OBTAINABLE), ..opinion }))
        });
        let (mut waits_for_the_start, mut law_waits) = (false, false);
        for ((asked, outlook), item) in
            asked.iter().zip(outlooks).zip(licences::items(asked, outlooks, self.rules))
        {
            let Outlook { standing, obtainable } = *outlook;
            let is_law = asked.importance == Importance::Legal;
            if standing != Standing::Has && obtainable == Obtainable::Open {
                waits_for_the_start = true;
                law_waits |= is_law;
            }
            if standing != Standing::Unknown {
                continue;
            }
            let field = match asked.paper {
                Paper::Licence(_) => "licences",
                Paper::Certificate(_) => "courses",
                Paper::Registration(_) => "registrations",
            };
            let paper = Value::Paper(asked.paper.name());
            self.questions.push(Question {
                reason: Reason::new(ReasonCode::AskPaper, [("paper", paper)]),
                field,
                answered_by: Candidate,
                gain: self.gain(Criterion::Licences, fits.at_best(item).mean()),
                legal: is_law && obtainable != Obtainable::InTime,
                criterion: Criterion::Licences,
            });
        }
        if waits_for_the_start {
            self.questions.push(Question {
                reason: Reason::plain(ReasonCode::AskFirstDay),
                field: "starts_on",
                answered_by: Employer,
                gain: self.gain(Criterion::Licences, first_day.mean()),
                legal: law_waits,
                criterion: Criterion::Licences,
            });
        }
    }
}
