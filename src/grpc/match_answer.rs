//! Matches as the interface gives them.

use super::{advice_answer, requests::AskedRanking};
use crate::advice::InstrumentTable;
use crate::domain::{Date, outcome::Outcome};
use crate::engine::{Engine, matching::Match};
use crate::exchange;
use crate::rank::{
    Criterion, Knowledge,
    competencies::CompetencyTable,
    explain::{AnsweredBy, Gap, Question},
    gaps::{CostClass, GapKind},
    pool::ExclusionReason,
    profile::AppliedProfile,
    reason::Reason,
    score::{ConflictLine, CriterionLine},
    wording::{self, Audience, TextLanguage, Voice, exclusion},
};
use crate::wire::{self, enums::Choice, v1, write};

/// The criteria in both forms.
const CRITERIA: [(Criterion, v1::Criterion); 14] = [
    (Criterion::Skills, v1::Criterion::Skills),
    (Criterion::Competencies, v1::Criterion::Competencies),
    (Criterion::Motivation, v1::Criterion::Motivation),
    (Criterion::Potential, v1::Criterion::Potential),
    (Criterion::Culture, v1::Criterion::Culture),
    (Criterion::Language, v1::Criterion::Language),
    (Criterion::Hours, v1::Criterion::Hours),
    (Criterion::WeekPattern, v1::Criterion::WeekPattern),
    (Criterion::Travel, v1::Criterion::Travel),
    (Criterion::Support, v1::Criterion::Support),
    (Criterion::Contract, v1::Criterion::Contract),
    (Criterion::Level, v1::Criterion::Level),
    (Criterion::Experience, v1::Criterion::Experience),
    (Criterion::Licences, v1::Criterion::Licences),
];

/// The criterion of a number; `None` for none.
pub(super) fn criterion_of(code: i32) -> Option<Criterion> {
    CRITERIA.iter().find(|(_, sent)| i32::from(*sent) == code).map(|(criterion, _)| *criterion)
}

pub(super) fn criterion(criterion: Criterion) -> v1::Criterion {
    CRITERIA.iter().find(|(ours, _)| *ours == criterion).map_or(v1::Criterion::Unspecified, |(_, sent)| *sent)
}

/// Hundredths of a point as points.
pub(super) fn points(hundredths: i32) -> f64 {
    f64::from(hundredths) / 100.0
}

/// A fit in 1/10,000 as a number from 0 to 1.
fn fit(fit: u16) -> f64 {
    f64::from(fit) / 10_000.0
}

/// Thousandths of a weight as a weight.
fn weight(thousandths: u32) -> f64 {
    f64::from(thousandths) / 1_000.0
}

pub(super) fn date(day: Date) -> v1::Date {
    write::common::date(day)
}

/// The profile that was applied.
pub(super) fn profile(profile: &AppliedProfile, weights_from_request: bool) -> v1::AppliedProfile {
    let weights = CRITERIA.iter().map(|(ours, sent)| {
        let applied = profile.numbers.weights[ours.index()];
        v1::CriterionWeight {
            criterion: (*sent).into(),
            demand_weight: Some(weight(applied.demand)),
            wish_weight: Some(weight(applied.wish)),
        }
    });
    v1::AppliedProfile {
        name: profile.name.clone(),
        version: profile.hash.clone(),
        weights: weights.collect(),
        weights_from_request,
        criteria_not_scored: Criterion::NOT_SCORED.iter().map(|not| criterion(*not).into()).collect(),
    }
}

/// The language of texts, as reasons are worded.
pub(super) fn spoken(language: exchange::TextLanguage) -> TextLanguage {
    match language {
        exchange::TextLanguage::Dutch => TextLanguage::Dutch,
        exchange::TextLanguage::English => TextLanguage::English,
    }
}

/// The words of one answer.
#[derive(Debug)]
pub(super) struct Words<'a> {
    engine: &'a Engine,
    names: &'a CompetencyTable,
    instruments: &'a InstrumentTable,
    voice: Voice,
    /// Whether the data of a reason go with its words.
    with_data: bool,
}

impl<'a> Words<'a> {
    pub(super) fn new(engine: &'a Engine, language: exchange::TextLanguage) -> Self {
        Self::for_audience(engine, language, Audience::Advisor)
    }

    /// Of a list, as it was asked for.
    pub(super) fn of_list(engine: &'a Engine, asked: &AskedRanking) -> Self {
        Self { with_data: asked.reason_data, ..Self::new(engine, asked.language) }
    }

    pub(super) fn for_audience(
        engine: &'a Engine,
        language: exchange::TextLanguage,
        audience: Audience,
    ) -> Self {
        let voice = Voice { language: spoken(language), audience };
        Self {
            engine,
            names: engine.competency_names(),
            instruments: engine.instruments(),
            voice,
            with_data: true,
        }
    }

    /// What stands in the place of a person who was erased.
    pub(super) fn erased(&self) -> &'static str {
        match self.voice.language {
            TextLanguage::Dutch => "Gewist",
            TextLanguage::English => "Erased",
        }
    }

    pub(super) fn language(&self) -> TextLanguage {
        self.voice.language
    }

    /// A match with its reasons.
    pub(super) fn of_match(&self, found: &Match) -> v1::Match {
        let explained = &found.explanation;
        let judgement = &explained.judgement;
        let lines = judgement.lines.iter().zip(&explained.reasons);
        let conflicts = judgement.conflicts.iter().zip(&explained.conflicts);
        v1::Match {
            candidate: shown_id(&found.candidate),
            vacancy: shown_id(&found.vacancy),
            rank: u32::try_from(found.rank).unwrap_or(u32::MAX),
            score: points(judgement.score.into()),
            score_low: points(judgement.low.into()),
            score_high: points(judgement.high.into()),
            demand_fit: fit(judgement.demand_fit),
            wish_fit: fit(judgement.wish_fit),
            criteria: lines.map(|(line, reasons)| self.line(line, reasons)).collect(),
            balance: points(judgement.balance),
            balance_reason: Some(self.reason(&explained.balance)),
            conflicts: conflicts.map(|(line, reason)| self.conflict(line, reason)).collect(),
            gaps: explained.gaps.iter().map(|gap| self.gap(gap)).collect(),
            questions: explained.questions.iter().map(|question| self.question(question)).collect(),
            assumed: explained.assumed.iter().map(|assumed| self.assumption(assumed)).collect(),
            tied: found.tied,
            employer_pseudonym: self.pseudonym(found),
            track: advice_answer::track(explained.track).into(),
            track_path: explained.path.iter().map(|reason| self.reason(reason)).collect(),
            instruments: self.advice(found),
            earlier: found.earlier.as_ref().map(|outcome| self.earlier(outcome)),
            profile: None,
            unscored_requirements: found.unscored_requirements,
            outside_pool: found
                .outside_pool
                .as_ref()
                .map(|reason| self.words(&exclusion(reason)))
                .unwrap_or_default(),
        }
    }

    /// What became of a former proposal. Its reason is one advisor's word to another: a candidate reads it there, if at all.
    fn earlier(&self, outcome: &Outcome) -> v1::EarlierProposal {
        let mut earlier = wire::outcome::earlier(outcome);
        if self.voice.audience != Audience::Advisor {
            earlier.reason.clear();
        }
        earlier
    }

    /// How an employer is told of the person, for advisors; empty where one of both has no id.
    fn pseudonym(&self, found: &Match) -> String {
        let is_advisor = self.voice.audience == Audience::Advisor;
        if !is_advisor || [&found.candidate, &found.vacancy].iter().any(|id| *id == wire::INLINE_ID) {
            return String::new();
        }
        self.engine.employer_pseudonym(&found.vacancy, &found.candidate)
    }

    /// Instruments and referrals: advisors see them, nobody else does (R16).
    fn advice(&self, matched: &Match) -> Vec<v1::Instrument> {
        if self.voice.audience != Audience::Advisor {
            return Vec::new();
        }
        let found = self.instruments.find(&matched.explanation, matched.support);
        found.iter().map(|found| advice_answer::instrument(found, self)).collect()
    }

    fn line(&self, line: &CriterionLine, reasons: &[Reason]) -> v1::CriterionLine {
        let state = match line.knowledge {
            None => v1::CriterionState::NotAsked,
            Some(Knowledge::Unknown) => v1::CriterionState::Unknown,
            Some(Knowledge::Partly) => v1::CriterionState::PartlyKnown,
            Some(Knowledge::Known) => v1::CriterionState::Known,
        };
        v1::CriterionLine {
            criterion: criterion(line.criterion).into(),
            demand_weight: weight(line.demand_weight),
            wish_weight: weight(line.wish_weight),
            fit: fit(line.fit),
            fit_low: fit(line.low),
            fit_high: fit(line.high),
            contribution: points(line.contribution),
            state: state.into(),
            reasons: reasons.iter().map(|reason| self.reason(reason)).collect(),
        }
    }

    fn conflict(&self, line: &ConflictLine, reason: &Reason) -> v1::Conflict {
        v1::Conflict {
            code: reason.code.name().to_owned(),
            contribution: points(line.contribution),
            text: self.words(reason),
            data: self.data(reason),
        }
    }

    fn gap(&self, gap: &Gap) -> v1::Gap {
        let kind = match gap.kind {
            GapKind::Registration => v1::GapKind::Registration,
            GapKind::Solvable => v1::GapKind::Solvable,
            GapKind::Developable => v1::GapKind::Developable,
        };
        let cost_class = match gap.cost_class {
            None => "",
            Some(CostClass::Small) => "SMALL",
            Some(CostClass::Medium) => "MEDIUM",
            Some(CostClass::Large) => "LARGE",
            Some(CostClass::VeryLarge) => "VERY_LARGE",
        };
        v1::Gap {
            code: gap.reason.code.name().to_owned(),
            data: self.data(&gap.reason),
            kind: kind.into(),
            importance: gap.importance.code(),
            lead_weeks: gap.lead_weeks.map(u32::from),
            cost_class: cost_class.to_owned(),
            in_time: gap.in_time,
            text: self.words(&gap.reason),
            whom_to_ask: gap.whom_to_ask.name().to_owned(),
            whom_to_ask_text: advice_answer::whom_to_ask(gap.whom_to_ask, self.language()).to_owned(),
            available_from: gap.available_from.map(date),
        }
    }

    pub(super) fn question(&self, question: &Question) -> v1::Question {
        let answered_by = match question.answered_by {
            AnsweredBy::Candidate => v1::AnsweredBy::Candidate,
            AnsweredBy::Employer => v1::AnsweredBy::Employer,
        };
        v1::Question {
            code: question.reason.code.name().to_owned(),
            field: question.field.to_owned(),
            answered_by: answered_by.into(),
            gain: points(question.gain.into()),
            text: self.words(&question.reason),
            legal: question.legal,
            data: self.data(&question.reason),
        }
    }

    fn assumption(&self, reason: &Reason) -> v1::Assumption {
        v1::Assumption {
            code: reason.code.name().to_owned(),
            text: self.words(reason),
            data: self.data(reason),
        }
    }

    pub(super) fn reason(&self, reason: &Reason) -> v1::Reason {
        v1::Reason { code: reason.code.name().to_owned(), text: self.words(reason), data: self.data(reason) }
    }

    /// A change and what it comes to, as one text.
    pub(super) fn change(&self, change: &Reason, outcome: &Reason) -> String {
        wording::change(change, outcome, self.voice, self.names)
    }

    fn data(&self, reason: &Reason) -> Vec<v1::ReasonDatum> {
        self.given(reason.data.iter().map(|(name, value)| (*name, value)))
    }

    /// Data by their names, where they go with the words.
    pub(super) fn given<'n>(
        &self,
        data: impl IntoIterator<Item = (&'n str, impl std::fmt::Display)>,
    ) -> Vec<v1::ReasonDatum> {
        if !self.with_data {
            return Vec::new();
        }
        let datum =
            |(name, value): (&str, _)| v1::ReasonDatum { name: name.to_owned(), value: format!("{value}") };
        data.into_iter().map(datum).collect()
    }

    fn words(&self, reason: &Reason) -> String {
        wording::told(reason, self.voice, self.names)
    }

    /// Why somebody or something was left out.
    pub(super) fn exclusion(&self, reason: &ExclusionReason) -> String {
        self.words(&exclusion(reason))
    }

    /// Who was left out, by reason.
    pub(super) fn excluded(&self, excluded: &[(ExclusionReason, usize)]) -> Vec<v1::Excluded> {
        let told = excluded.iter().map(|(why, count)| {
            let reason = exclusion(why);
            v1::Excluded { reason: why.name().to_owned(), count: *count as u64, text: self.words(&reason) }
        });
        told.collect()
    }

    /// The legal requirement that keeps a pair off lists.
    pub(super) fn excluded_by_law(&self, found: &Match) -> Vec<v1::Excluded> {
        let told = found.explanation.exclusion.iter().map(|reason| v1::Excluded {
            reason: reason.code.name().to_owned(),
            count: 1,
            text: self.words(reason),
        });
        told.collect()
    }
}

/// The id of a record; the stand-in of one that was sent without an id is shown as empty.
pub(super) fn shown_id(id: &str) -> String {
    if id == wire::INLINE_ID { String::new() } else { id.to_owned() }
}
