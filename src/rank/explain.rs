//! One pair in full: every line with its reasons, what is missing, what to ask (R4, R5, R8, R20).

mod gaps;
mod known;
mod lines;
mod questions;
mod skills;
mod soft;
mod times;

pub use gaps::Gap;
pub use questions::{AnsweredBy, Question};

use super::{
    conflict::RefusalOf,
    criteria::hours,
    criterion::Criterion,
    facts::AskedQuality,
    found::Found,
    reason::{Reason, ReasonCode, Value},
    rules::{Pair, Rules},
    score::{self, ConflictCode, Judgement, Law},
    track::{self, Path, Track},
};
use crate::domain::time::Answer;

/// A judgement with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The lines and what they add up to.
    pub judgement: Judgement,
    /// The reasons of each line, in the order of `judgement.lines`.
    pub reasons: Vec<Vec<Reason>>,
    /// The reason of the balance.
    pub balance: Reason,
    /// The reason of each conflict, in the order of `judgement.conflicts`.
    pub conflicts: Vec<Reason>,
    /// What is known to be missing, and how it can be had.
    pub gaps: Vec<Gap>,
    /// What is not known, the question that matters most first.
    pub questions: Vec<Question>,
    /// Which way the vacancy leads for the person; `None`: neither of the three.
    pub track: Option<Track>,
    /// The path there, in words, and whether the work is far below the person's level.
    pub path: Vec<Reason>,
    /// What was assumed.
    pub assumed: Vec<Reason>,
    /// The legal requirement that leaves the pair no place in a list.
    pub exclusion: Option<Reason>,
    /// Criteria that have a weight in the profile and are not scored in this release.
    pub not_scored: Vec<Criterion>,
}

/// Explains a pair.
pub fn explain(pair: Pair<'_>, rules: Rules<'_>) -> Explanation {
    let found = Found::new(pair, rules);
    let explained = of_found(&found);
    let questions = questions::of(&found, &explained.judgement);
    Explanation { questions, ..explained }
}

/// Explains a pair without its questions: what is kept of many pairs, most of which nobody will ask about.
pub fn reasons(pair: Pair<'_>, rules: Rules<'_>) -> Explanation {
    of_found(&Found::new(pair, rules))
}

fn of_found(found: &Found<'_>) -> Explanation {
    let (pair, rules) = (found.pair, found.rules);
    #[cfg(test)]
    assert_ne!(pair.candidate.id().as_str(), super::FAILS_IN_TESTS);
    let judgement = score::judge_found(found);
    let fits = [("demand", Value::Fit(judgement.demand_fit)), ("wish", Value::Fit(judgement.wish_fit))];
    let exclusion = match judgement.law {
        Law::Excluded { requirement } => {
            let paper = Value::Paper(pair.vacancy.papers[requirement].paper.name());
            Some(Reason::new(ReasonCode::LegalRequirement, [("paper", paper)]))
        }
        Law::Free | Law::Open => None,
    };
    let Path { track, reasons: path } = track::path(found, judgement.before_conflicts());
    Explanation {
        track,
        path,
        reasons: judgement.lines.iter().map(|line| lines::of(line.criterion, found)).collect(),
        balance: Reason::new(ReasonCode::Balance, fits),
        conflicts: judgement
            .conflicts
            .iter()
            .map(|line| conflict_reason(line.code, line.requirement.unwrap_or(0), found))
            .collect(),
        gaps: gaps::of(found),
        questions: Vec::new(),
        assumed: assumed(pair),
        exclusion,
        not_scored: not_scored(rules),
        judgement,
    }
}

/// The questions of a pair, the one that matters most first, with its judgement.
pub fn questions(pair: Pair<'_>, rules: Rules<'_>) -> (Judgement, Vec<Question>) {
    let found = Found::new(pair, rules);
    let judgement = score::judge_found(&found);
    let questions = questions::of(&found, &judgement);
    (judgement, questions)
}

fn conflict_reason(code: ConflictCode, place: usize, found: &Found<'_>) -> Reason {
    let pair = found.pair;
    match code {
        ConflictCode::LanguageBelow => {
            let language = Value::Language(pair.vacancy.languages[place].language);
            Reason::new(ReasonCode::ConflictLanguage, [("language", language)])
        }
        ConflictCode::PaperLacking => {
            let paper = Value::Paper(pair.vacancy.papers[place].paper.name());
            Reason::new(ReasonCode::ConflictPaper, [("paper", paper)])
        }
        ConflictCode::CompetencyBelow => {
            let quality = quality(&pair.vacancy.qualities[place]);
            Reason::new(ReasonCode::ConflictQuality, [("quality", quality)])
        }
        ConflictCode::RefusedByPerson => match found.refusal() {
            Some(RefusalOf::Occupation(wish)) => {
                let occupation = Value::Words(wish.text.as_str().to_owned());
                Reason::new(ReasonCode::ConflictRefusedOccupation, [("occupation", occupation)])
            }
            Some(RefusalOf::Shift(shift)) => {
                Reason::new(ReasonCode::ConflictRefusedShift, [("shift", Value::Shift(shift))])
            }
            Some(RefusalOf::Sector) | None => Reason::plain(ReasonCode::ConflictRefusedSector),
        },
        ConflictCode::HoursBelow if pair.vacancy.carving == Some(Answer::No) => {
            Reason::plain(ReasonCode::ConflictHours)
        }
        ConflictCode::HoursBelow if pair.vacancy.carving == Some(Answer::Yes) => {
            Reason::plain(ReasonCode::ConflictHoursPart)
        }
        ConflictCode::HoursBelow => Reason::plain(ReasonCode::ConflictHoursAsk),
        ConflictCode::TimesBelow if pair.vacancy.carving == Some(Answer::No) => {
            Reason::plain(ReasonCode::ConflictTimes)
        }
        ConflictCode::TimesBelow => Reason::plain(ReasonCode::ConflictTimesAsk),
    }
}

pub(super) fn quality(asked: &AskedQuality) -> Value {
    Value::Quality(asked.competency, asked.facet.as_ref().map(|facet| facet.as_str().to_owned()))
}

fn assumed(pair: Pair<'_>) -> Vec<Reason> {
    let reason =
        |sector| Reason::new(ReasonCode::SectorDefaultCompetencies, [("sector", Value::Sector(sector))]);
    pair.vacancy.assumed_set.map(reason).into_iter().collect()
}

fn not_scored(rules: Rules<'_>) -> Vec<Criterion> {
    let weighs = |c: &Criterion| {
        let weight = rules.numbers.weights[c.index()];
        weight.demand > 0 || weight.wish > 0
    };
    Criterion::NOT_SCORED.into_iter().filter(weighs).collect()
}

/// Most minutes that the person can work a week as of the day, beside the jobs that are kept.
pub(super) fn workable(pair: Pair<'_>, rules: Rules<'_>) -> u32 {
    hours::workable(pair.candidate.hours.and_then(|hours| hours.max), pair, rules)
}

#[cfg(test)]
mod tests;
