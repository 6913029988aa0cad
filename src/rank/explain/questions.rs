//! What is not known and who can tell, the question that matters most first (R4, R5: *profiel aanvullen loont*).

mod times;

use super::{
    known::{TravelUnknown, unknown_of_travel},
    quality,
};
use crate::domain::{competency::Competency, requirement::Importance};
use crate::rank::{
    conflict::{self, Conflict, View},
    criteria::{
        Knowledge, Opinion, WHOLE, competencies, culture, experience, language, level,
        licences::{self, OBTAINABLE, Obtainable, Standing},
        mean::mean,
        motivation,
        potential::{self, Potential},
        skills, support,
    },
    criterion::Criterion,
    facts::{Ability, Paper},
    reason::{Reason, ReasonCode, Value},
    rules::{Pair, Rules},
    score::{self, Judgement, Opinions},
};

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

pub(super) fn of(pair: Pair<'_>, rules: Rules<'_>, judgement: &Judgement) -> Vec<Question> {
    let opinions = score::opinions(pair, rules);
    let mut asker = Asker { pair, rules, opinions, score: i64::from(judgement.score), questions: Vec::new() };
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

/// The mean of items of which one turns out at its best.
fn with_answer(items: &[(u32, Opinion)], at: usize) -> Option<Opinion> {
    mean(
        items.iter().enumerate().map(|(place, (weight, opinion))| {
            (*weight, if place == at { answered(*opinion) } else { *opinion })
        }),
    )
}

struct Asker<'a> {
    pair: Pair<'a>,
    rules: Rules<'a>,
    opinions: Opinions,
    score: i64,
    questions: Vec<Question>,
}

use AnsweredBy::{Candidate, Employer};

impl Asker<'_> {
    fn ask(&mut self, criterion: Criterion, reason: Reason, answer: (&'static str, AnsweredBy), gain: u16) {
        let (field, answered_by) = answer;
        self.questions.push(Question { reason, field, answered_by, gain, legal: false, criterion });
    }

    /// What the score rises by when the fit of a criterion becomes another.
    fn gain(&self, criterion: Criterion, fit: Option<u32>) -> u16 {
        self.gain_of([(criterion, fit)])
    }

    /// What the score rises by when the fits of criteria become others.
    fn gain_of<const N: usize>(&self, fits: [(Criterion, Option<u32>); N]) -> u16 {
        let mut opinions = self.opinions;
        for (criterion, fit) in fits {
            if let (Some(opinion), Some(fit)) = (&mut opinions[criterion.index()], fit) {
                opinion.fit = fit;
            }
        }
        let score = score::viewed(self.pair, self.rules, &opinions, View::AsKnown);
        u16::try_from(score - self.score).unwrap_or(0)
    }

    /// The gain when one item of a criterion turns out at its best.
    fn item_gain(&self, criterion: Criterion, items: &[(u32, Opinion)], at: usize) -> u16 {
        self.gain(criterion, with_answer(items, at).map(|opinion| opinion.fit))
    }

    /// The same of an item of a criterion whose answer tells something of potential, too.
    fn gain_with_potential(
        &self,
        criterion: Criterion,
        items: &[(u32, Opinion)],
        at: usize,
        potential: Potential,
    ) -> u16 {
        let fit = |opinion: Option<Opinion>| opinion.map(|opinion| opinion.fit);
        let own = (criterion, fit(with_answer(items, at)));
        self.gain_of([own, (Criterion::Potential, fit(potential.opinion()))])
    }

    /// Asks each item that is not known; `reason` makes the question of the item at a place.
    fn items(
        &mut self,
        criterion: Criterion,
        items: &[(u32, Opinion)],
        field: &'static str,
        reason: impl Fn(usize) -> Reason,
    ) {
        for (place, (_, opinion)) in items.iter().enumerate() {
            if opinion.knowledge != Knowledge::Known {
                let gain = self.item_gain(criterion, items, place);
                self.ask(criterion, reason(place), (field, Candidate), gain);
            }
        }
    }

    fn skills(&mut self) {
        let items: Vec<_> = skills::items(self.pair, self.rules).collect();
        let near: Vec<_> = skills::near_items(self.pair, self.rules).collect();
        let potential = potential::parts(self.pair, self.rules);
        for (place, asked) in self.pair.vacancy.skills.iter().enumerate() {
            // What is named in other words is not asked about again.
            if items[place].1.knowledge != Knowledge::Unknown {
                continue;
            }
            let learnt = Potential { near: with_answer(&near, place), ..potential };
            let gain = self.gain_with_potential(Criterion::Skills, &items, place, learnt);
            let skill = Value::Words(asked.text.as_str().to_owned());
            let reason = Reason::new(ReasonCode::AskSkill, [("skill", skill)]);
            self.ask(Criterion::Skills, reason, ("skills", Candidate), gain);
        }
    }

    fn competencies(&mut self) {
        let items: Vec<_> = competencies::items(self.pair, self.rules).collect();
        let potential = potential::parts(self.pair, self.rules);
        for (place, asked) in self.pair.vacancy.qualities.iter().enumerate() {
            if items[place].1.knowledge == Knowledge::Known {
                continue;
            }
            let gain = if asked.competency == Competency::Learn {
                let learns = Potential { learning: answered(potential.learning), ..potential };
                self.gain_with_potential(Criterion::Competencies, &items, place, learns)
            } else {
                self.item_gain(Criterion::Competencies, &items, place)
            };
            let reason = Reason::new(ReasonCode::AskQuality, [("quality", quality(asked))]);
            self.ask(Criterion::Competencies, reason, ("observations", Candidate), gain);
        }
    }

    /// What is asked about skills, wished work and the competency itself is not asked again.
    fn potential(&mut self) {
        let potential = potential::parts(self.pair, self.rules);
        let is_asked = self.pair.vacancy.qualities.iter().any(|asked| asked.competency == Competency::Learn);
        if potential.learning.knowledge != Knowledge::Unknown || is_asked {
            return;
        }
        let learns = Potential { learning: answered(potential.learning), ..potential };
        let gain = self.gain(Criterion::Potential, learns.opinion().map(|opinion| opinion.fit));
        let learning = Value::Quality(Competency::Learn, None);
        let reason = Reason::new(ReasonCode::AskQuality, [("quality", learning)]);
        self.ask(Criterion::Potential, reason, ("observations", Candidate), gain);
    }

    fn culture(&mut self) {
        let (pair, rules) = (self.pair, self.rules);
        if pair.is_own_employer() {
            return;
        }
        if pair.candidate.conditions.is_empty() && !pair.vacancy.conditions.is_empty() {
            let gain = self.gain(Criterion::Culture, Some(WHOLE));
            let reason = Reason::plain(ReasonCode::AskConditionsOfPerson);
            self.ask(Criterion::Culture, reason, ("wishes.conditions", Candidate), gain);
        }
        let items: Vec<_> = culture::items(pair, rules).collect();
        for (place, condition) in pair.candidate.conditions.iter().enumerate() {
            if items[place].1.knowledge != Knowledge::Unknown {
                continue;
            }
            let gain = self.item_gain(Criterion::Culture, &items, place);
            let words = Value::Words(condition.text.as_str().to_owned());
            let reason = Reason::new(ReasonCode::AskCondition, [("condition", words)]);
            self.ask(Criterion::Culture, reason, ("offer.conditions", Employer), gain);
        }
    }

    fn support(&mut self) {
        let (pair, rules) = (self.pair, self.rules);
        let items: Vec<_> = support::items(pair, rules).collect();
        let need = |kind| {
            let reason = Reason::new(ReasonCode::AskSupport, [("support", Value::Support(kind))]);
            (reason, ("offer.support", Employer))
        };
        let capacity = |asked: &Ability| {
            let ability = Value::Words(asked.text.as_str().to_owned());
            (Reason::new(ReasonCode::AskCapacity, [("ability", ability)]), ("capacities", Candidate))
        };
        let questions =
            pair.candidate.needs.iter().map(need).chain(pair.vacancy.capacities.iter().map(capacity));
        for (place, (reason, answer)) in questions.enumerate() {
            if items[place].1.knowledge != Knowledge::Known {
                let gain = self.item_gain(Criterion::Support, &items, place);
                self.ask(Criterion::Support, reason, answer, gain);
            }
        }
    }

    fn motivation(&mut self) {
        let items = motivation::parts(self.pair, self.rules).items();
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
        let potential = potential::parts(self.pair, self.rules);
        for (part, _, code, answer) in parts.into_iter().filter(|(_, missing, ..)| *missing) {
            let gain = if part == 0 {
                let grows = Potential { growth: answered(potential.growth), ..potential };
                self.gain_with_potential(Criterion::Motivation, &items, part, grows)
            } else {
                self.item_gain(Criterion::Motivation, &items, part)
            };
            self.ask(Criterion::Motivation, Reason::plain(code), answer, gain);
        }
    }

    fn language(&mut self) {
        let items: Vec<_> = language::items(self.pair, self.rules).collect();
        let candidate = self.pair.candidate;
        let levels =
            |asked| language::levels(asked, candidate).map(move |(level, _)| (asked.language, level.skill));
        let asked: Vec<_> = self.pair.vacancy.languages.iter().flat_map(levels).collect();
        // A level that is known is not asked again: what is open of it is what the work offers.
        let of_the_person = |(weight, opinion): &(u32, Opinion)| match opinion.knowledge {
            Knowledge::Unknown => (*weight, *opinion),
            Knowledge::Partly | Knowledge::Known => {
                (*weight, Opinion { knowledge: Knowledge::Known, ..*opinion })
            }
        };
        let unknown: Vec<_> = items.iter().map(of_the_person).collect();
        self.items(Criterion::Language, &unknown, "languages", |place| {
            let (language, skill) = asked[place];
            let data = [("language", Value::Language(language)), ("skill", Value::LanguageSkill(skill))];
            Reason::new(ReasonCode::AskLanguage, data)
        });
        if items.iter().any(|(_, opinion)| opinion.knowledge == Knowledge::Partly) {
            self.language_help(&items);
        }
    }

    /// Asked where lessons or a buddy at work would make a known level go further.
    fn language_help(&mut self, items: &[(u32, Opinion)]) {
        let helped = items.iter().map(|(weight, opinion)| {
            let fit = if opinion.knowledge == Knowledge::Partly { opinion.high } else { opinion.fit };
            (*weight, Opinion { fit, ..*opinion })
        });
        let mut opinions = self.opinions;
        if let (Some(opinion), Some(helped)) = (&mut opinions[Criterion::Language.index()], mean(helped)) {
            opinion.fit = helped.fit;
        }
        let mut score = score::before_conflicts(&opinions, self.rules);
        let (pair, rules) = (self.pair, self.rules);
        conflict::each(pair, rules, View::AsKnown, |found, share| match found {
            Conflict::Language(place) if !conflict::is_below_with_help(place, pair) => {}
            _ => score -= conflict::taken(score, share),
        });
        let gain = u16::try_from(score - self.score).unwrap_or(0);
        let reason = Reason::plain(ReasonCode::AskLanguageSupport);
        self.ask(Criterion::Language, reason, ("offer.support", Employer), gain);
    }

    fn travel(&mut self) {
        let high = self.opinions[Criterion::Travel.index()].map(|opinion| opinion.high);
        let gain = self.gain(Criterion::Travel, high);
        for unknown in unknown_of_travel(self.pair) {
            let (code, answer) = match unknown {
                TravelUnknown::Reach => (ReasonCode::AskReach, ("travel.max_km", Candidate)),
                TravelUnknown::Home => (ReasonCode::AskHome, ("travel.postcode", Candidate)),
                TravelUnknown::Workplace => (ReasonCode::AskWorkplace, ("place.postcode", Employer)),
                TravelUnknown::Means => (ReasonCode::AskMeans, ("travel.means", Candidate)),
                TravelUnknown::WayBack => (ReasonCode::AskWayBack, ("travel.means", Candidate)),
            };
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

    fn level(&mut self) {
        let items: Vec<_> = level::items(self.pair, self.rules).collect();
        let (candidate, vacancy) = (self.pair.candidate, self.pair.vacancy);
        let before_educations = usize::from(vacancy.level.is_some());
        // The level is one question, however many items it answers.
        if candidate.level.open && items.iter().any(|(_, opinion)| opinion.knowledge != Knowledge::Known) {
            let is_level = |place: usize| {
                place
                    .checked_sub(before_educations)
                    .is_none_or(|place| vacancy.educations[place].level.is_some())
            };
            let answered = items.iter().enumerate().map(|(place, (weight, opinion))| {
                let fit = if is_level(place) { opinion.high } else { opinion.fit };
                (*weight, Opinion { fit, ..*opinion })
            });
            let gain = self.gain(Criterion::Level, mean(answered).map(|opinion| opinion.fit));
            if gain > 0 {
                self.ask(Criterion::Level, Reason::plain(ReasonCode::AskLevel), ("level", Candidate), gain);
            }
        }
        for (place, asked) in vacancy.educations.iter().enumerate() {
            let (Some(name), None) = (&asked.name, asked.level) else { continue };
            if !level::has(asked, candidate) {
                let gain = self.item_gain(Criterion::Level, &items, before_educations + place);
                let education = Value::Words(name.as_str().to_owned());
                let reason = Reason::new(ReasonCode::AskEducation, [("education", education)]);
                self.ask(Criterion::Level, reason, ("educations", Candidate), gain);
            }
        }
    }

    fn experience(&mut self) {
        let items: Vec<_> = experience::items(self.pair, self.rules).collect();
        if items.iter().all(|(_, opinion)| opinion.knowledge == Knowledge::Known) {
            return;
        }
        let high = self.opinions[Criterion::Experience.index()].map(|opinion| opinion.high);
        let gain = self.gain(Criterion::Experience, high);
        self.ask(
            Criterion::Experience,
            Reason::plain(ReasonCode::AskExperience),
            ("experience", Candidate),
            gain,
        );
    }

    fn papers(&mut self) {
        let (pair, rules) = (self.pair, self.rules);
        let items: Vec<_> = licences::items(pair, rules).collect();
        let (mut waits_for_the_start, mut law_waits) = (false, false);
        for (place, asked) in pair.vacancy.papers.iter().enumerate() {
            let standing = licences::standing(asked, pair.candidate, rules);
            let obtainable = licences::obtainable(asked, pair.vacancy, rules);
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
                gain: self.item_gain(Criterion::Licences, &items, place),
                legal: is_law && obtainable != Obtainable::InTime,
                criterion: Criterion::Licences,
            });
        }
        if waits_for_the_start {
            let answered = items.iter().zip(&pair.vacancy.papers).map(|((weight, opinion), asked)| {
                let open = licences::obtainable(asked, pair.vacancy, rules) == Obtainable::Open;
                let fit = if open { opinion.fit.max(OBTAINABLE) } else { opinion.fit };
                (*weight, Opinion { fit, ..*opinion })
            });
            self.questions.push(Question {
                reason: Reason::plain(ReasonCode::AskFirstDay),
                field: "starts_on",
                answered_by: Employer,
                gain: self.gain(Criterion::Licences, mean(answered).map(|opinion| opinion.fit)),
                legal: law_waits,
                criterion: Criterion::Licences,
            });
        }
    }
}
