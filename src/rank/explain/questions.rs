//! What is not known and who can tell, the question that matters most first (R4, R5: *profiel aanvullen loont*).

mod papers;
mod times;

use super::{
    known::{TravelUnknown, unknown_of_travel},
    quality,
};
use crate::domain::competency::Competency;
use crate::rank::{
    conflict::{self, Conflict, View, taken},
    criteria::{
        Knowledge, Opinion, WHOLE, competencies, culture, language, mean::Fits, potential::Potential, skills,
        support,
    },
    criterion::Criterion,
    facts::Ability,
    found::Found,
    reason::{Reason, ReasonCode, Value},
    rules::{Pair, Rules},
    score::{Judgement, Sums},
};

/// Room for so many questions is made at once.
const USUAL_QUESTIONS: usize = 24;

/// Who can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnsweredBy {
    /// The candidate, or who knows the candidate.
    Candidate,
    /// The employer.
    Employer,
}

/// Something that is asked and not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What to ask.
    pub reason: Reason,
    /// The field of the interface that the answer fills.
    pub field: &'static str,
    /// Who can answer.
    pub answered_by: AnsweredBy,
    /// Hundredths of a point that the best answer gives; where both sides are silent, the best answers of both.
    pub gain: u16,
    /// Whether the law asks it.
    pub legal: bool,
    /// The criterion that it answers.
    pub criterion: Criterion,
}

pub(super) fn of(found: &Found<'_>, judgement: &Judgement) -> Vec<Question> {
    let mut conflicts = Vec::new();
    conflict::each(found, View::AsKnown, |conflict, share| conflicts.push((conflict, share)));
    let mut asker = Asker {
        found,
        pair: found.pair,
        rules: found.rules,
        sums: Sums::of(found.opinions(), found.rules.numbers, |opinion| opinion.fit),
        conflicts,
        score: i64::from(judgement.score),
        questions: Vec::with_capacity(USUAL_QUESTIONS),
    };
    asker.skills();
    asker.competencies();
    asker.motivation();
    asker.potential();
    asker.culture();
    asker.language();
    asker.hours();
    asker.times();
    asker.travel();
    asker.support();
    asker.contract();
    asker.level();
    asker.experience();
    asker.papers();
    let mut questions = asker.questions;
    // A stable sort: of equals the first in criterion order.
    questions.sort_by_key(|q| (!q.legal, std::cmp::Reverse(q.gain), q.criterion));
    questions
}

/// An opinion with the best answer.
fn answered(opinion: Opinion) -> Opinion {
    Opinion { fit: opinion.high, ..opinion }
}

struct Asker<'f, 'a> {
    found: &'f Found<'a>,
    pair: Pair<'a>,
    rules: Rules<'a>,
    /// Of the fits as they are.
    sums: Sums,
    /// What is known to be in the way, with its share.
    conflicts: Vec<(Conflict, u32)>,
    score: i64,
    questions: Vec<Question>,
}

use AnsweredBy::{Candidate, Employer};

impl Asker<'_, '_> {
    fn ask(&mut self, criterion: Criterion, reason: Reason, answer: (&'static str, AnsweredBy), gain: u16) {
        let (field, answered_by) = answer;
        self.questions.push(Question { reason, field, answered_by, gain, legal: false, criterion });
    }

    /// What the score rises by when the fit of a criterion becomes another.
    fn gain(&self, criterion: Criterion, fit: Option<u32>) -> u16 {
        self.gain_of([(criterion, fit)], |_| true)
    }

    /// What the score rises by when the fits of criteria become others, and only some of the conflicts stay.
    fn gain_of<const N: usize>(
        &self,
        fits: [(Criterion, Option<u32>); N],
        stays: impl Fn(Conflict) -> bool,
    ) -> u16 {
        let (opinions, numbers) = (self.found.opinions(), self.rules.numbers);
        let mut sums = self.sums;
        for (criterion, fit) in fits {
            if let (Some(opinion), Some(fit)) = (opinions[criterion.index()], fit) {
                sums = sums.changed(criterion, opinion.fit, fit, numbers);
            }
        }
        let conflicts = self.conflicts.iter().filter(|(conflict, _)| stays(*conflict));
        let score = conflicts.fold(sums.base(numbers), |score, (_, share)| score - taken(score, *share));
        u16::try_from(score - self.score).unwrap_or(0)
    }

    /// The same of a criterion whose answer tells something of potential, too.
    fn gain_with_potential(&self, criterion: Criterion, fit: Option<u32>, potential: Potential) -> u16 {
        let learns = potential.opinion().map(|opinion| opinion.fit);
        self.gain_of([(criterion, fit), (Criterion::Potential, learns)], |_| true)
    }

    fn skills(&mut self) {
        let (asked, found) = (&self.pair.vacancy.skills, self.found.evidence());
        let fits = Fits::of(skills::items(asked, found, self.rules));
        let near = Fits::of(skills::near_items(asked, found));
        let items = skills::items(asked, found, self.rules).zip(skills::near_items(asked, found));
        for (asked, (item, near_item)) in asked.iter().zip(items) {
            // What is named in other words is not asked about again.
            if item.1.knowledge != Knowledge::Unknown {
                continue;
            }
            let near = near.at_best(near_item).mean().map(Opinion::known);
            let learnt = Potential { near, ..self.found.potential() };
            let gain = self.gain_with_potential(Criterion::Skills, fits.at_best(item).mean(), learnt);
            let skill = Value::Words(asked.text.as_str().to_owned());
            let reason = Reason::new(ReasonCode::AskSkill, [("skill", skill)]);
            self.ask(Criterion::Skills, reason, ("skills", Candidate), gain);
        }
    }

    fn competencies(&mut self) {
        let asked = &self.pair.vacancy.qualities;
        let items = || competencies::items(asked, self.found.qualities());
        let fits = Fits::of(items());
        for (asked, item) in asked.iter().zip(competencies::items(asked, self.found.qualities())) {
            if item.1.knowledge == Knowledge::Known {
                continue;
            }
            let fit = fits.at_best(item).mean();
            let gain = if asked.competency == Competency::Learn {
                self.gain_with_potential(Criterion::Competencies, fit, self.learnt())
            } else {
                self.gain(Criterion::Competencies, fit)
            };
            let reason = Reason::new(ReasonCode::AskQuality, [("quality", quality(asked))]);
            self.ask(Criterion::Competencies, reason, ("observations", Candidate), gain);
        }
    }

    /// Potential when the ability to learn turns out at its best.
    fn learnt(&self) -> Potential {
        let potential = self.found.potential();
        Potential { learning: answered(potential.learning), ..potential }
    }

    /// What is asked about skills, wished work and the competency itself is not asked again.
    fn potential(&mut self) {
        let is_asked = self.pair.vacancy.qualities.iter().any(|asked| asked.competency == Competency::Learn);
        if self.found.potential().learning.knowledge != Knowledge::Unknown || is_asked {
            return;
        }
        let gain = self.gain(Criterion::Potential, self.learnt().opinion().map(|opinion| opinion.fit));
        let learning = Value::Quality(Competency::Learn, None);
        let reason = Reason::new(ReasonCode::AskQuality, [("quality", learning)]);
        self.ask(Criterion::Potential, reason, ("observations", Candidate), gain);
    }

    fn culture(&mut self) {
        let (pair, rules) = (self.pair, self.rules);
        if self.found.is_own_employer() {
            return;
        }
        if pair.candidate.conditions.is_empty() && !pair.vacancy.conditions.is_empty() {
            let gain = self.gain(Criterion::Culture, Some(WHOLE));
            let reason = Reason::plain(ReasonCode::AskConditionsOfPerson);
            self.ask(Criterion::Culture, reason, ("wishes.conditions", Candidate), gain);
        }
        let fits = Fits::of(culture::items(pair, rules));
        for (condition, item) in pair.candidate.conditions.iter().zip(culture::items(pair, rules)) {
            if item.1.knowledge != Knowledge::Unknown {
                continue;
            }
            let gain = self.gain(Criterion::Culture, fits.at_best(item).mean());
            let words = Value::Words(condition.text.as_str().to_owned());
            let reason = Reason::new(ReasonCode::AskCondition, [("condition", words)]);
            self.ask(Criterion::Culture, reason, ("offer.conditions", Employer), gain);
        }
    }

    fn support(&mut self) {
        let (pair, rules) = (self.pair, self.rules);
        let need = |kind| {
            let reason = Reason::new(ReasonCode::AskSupport, [("support", Value::Support(kind))]);
            (reason, ("offer.support", Employer))
        };
        let capacity = |asked: &Ability| {
            let ability = Value::Words(asked.text.as_str().to_owned());
            (Reason::new(ReasonCode::AskCapacity, [("ability", ability)]), ("capacities", Candidate))
        };
        let fits = Fits::of(support::items(pair, rules));
        let questions =
            pair.candidate.needs.iter().map(need).chain(pair.vacancy.capacities.iter().map(capacity));
        for ((reason, answer), item) in questions.zip(support::items(pair, rules)) {
            if item.1.knowledge != Knowledge::Known {
                let gain = self.gain(Criterion::Support, fits.at_best(item).mean());
                self.ask(Criterion::Support, reason, answer, gain);
            }
        }
    }

    fn motivation(&mut self) {
        let items = self.found.motivation().items();
        let fits = Fits::of(items.into_iter());
        let Pair { vacancy, candidate, .. } = self.pair;
        let parts = [
            (
                0,
                candidate.wished.is_empty(),
                ReasonCode::AskWishedOccupation,
                ("wishes.occupations", Candidate),
            ),
            (
                0,
                !candidate.wished.is_empty() && !vacancy.is_named(),
                ReasonCode::AskWork,
                ("occupation", Employer),
            ),
            (
                1,
                candidate.wished_sectors.is_empty(),
                ReasonCode::AskWishedSector,
                ("wishes.sbi_codes", Candidate),
            ),
            (1, vacancy.sectors.is_empty(), ReasonCode::AskSector, ("sbi_code", Employer)),
            (2, candidate.interests.is_empty(), ReasonCode::AskInterests, ("wishes.interests", Candidate)),
            (
                3,
                items[3].1.knowledge == Knowledge::Unknown,
                ReasonCode::AskMotivation,
                ("observations", Candidate),
            ),
        ];
        for (part, _, code, answer) in parts.into_iter().filter(|(_, missing, ..)| *missing) {
            let fit = fits.at_best(items[part]).mean();
            let gain = if part == 0 {
                let potential = self.found.potential();
                let grows = Potential { growth: answered(potential.growth), ..potential };
                self.gain_with_potential(Criterion::Motivation, fit, grows)
            } else {
                self.gain(Criterion::Motivation, fit)
            };
            self.ask(Criterion::Motivation, Reason::plain(code), answer, gain);
        }
    }

    fn language(&mut self) {
        let (pair, rules) = (self.pair, self.rules);
        let fits = Fits::of(language::items(pair, rules));
        let asked = pair.vacancy.languages.iter();
        let asked = asked.flat_map(|asked| asked.levels.iter().map(|level| (asked.language, level.skill)));
        for ((language, skill), item) in asked.zip(language::items(pair, rules)) {
            // A level that is known is not asked again: what is open of it is what the work offers.
            if item.1.knowledge == Knowledge::Unknown {
                let gain = self.gain(Criterion::Language, fits.at_best(item).mean());
                let data = [("language", Value::Language(language)), ("skill", Value::LanguageSkill(skill))];
                let reason = Reason::new(ReasonCode::AskLanguage, data);
                self.ask(Criterion::Language, reason, ("languages", Candidate), gain);
            }
        }
        self.language_help(fits);
    }

    /// Asked where lessons or a buddy at work would make a known level go further.
    fn language_help(&mut self, fits: Fits) {
        let pair = self.pair;
        let items = language::items(pair, self.rules);
        let mut partly = items.filter(|(_, opinion)| opinion.knowledge == Knowledge::Partly).peekable();
        if partly.peek().is_none() {
            return;
        }
        let helped = partly.fold(fits, Fits::at_best).mean();
        let stays = |conflict: Conflict| match conflict {
            Conflict::Language(place) => conflict::is_below_with_help(place, pair),
            _ => true,
        };
        let gain = self.gain_of([(Criterion::Language, helped)], stays);
        let reason = Reason::plain(ReasonCode::AskLanguageSupport);
        self.ask(Criterion::Language, reason, ("offer.support", Employer), gain);
    }

    fn travel(&mut self) {
        let high = self.found.opinion(Criterion::Travel).map(|opinion| opinion.high);
        let found = self.found;
        for unknown in unknown_of_travel(found) {
            let (code, answer) = match unknown {
                TravelUnknown::Reach => (ReasonCode::AskReach, ("travel.max_km", Candidate)),
                TravelUnknown::Home => (ReasonCode::AskHome, ("travel.postcode", Candidate)),
                TravelUnknown::Workplace => (ReasonCode::AskWorkplace, ("place.postcode", Employer)),
                TravelUnknown::Means => (ReasonCode::AskMeans, ("travel.means", Candidate)),
                TravelUnknown::WayBack => (ReasonCode::AskWayBack, ("travel.means", Candidate)),
            };
            let gain = self.gain(Criterion::Travel, high);
            self.ask(Criterion::Travel, Reason::plain(code), answer, gain);
        }
    }

    fn contract(&mut self) {
        let (code, answer) =
            match (self.pair.vacancy.contract.is_empty(), self.pair.candidate.contract.is_empty()) {
                (true, false) => (ReasonCode::AskContractOfVacancy, ("contract_forms", Employer)),
                (false, true) => (ReasonCode::AskContractOfPerson, ("contract_forms", Candidate)),
                _ => return,
            };
        let gain = self.gain(Criterion::Contract, Some(WHOLE));
        self.ask(Criterion::Contract, Reason::plain(code), answer, gain);
    }
}
