//! What is missing, and how it can be had or learned (R8). Unknown is no gap.

use super::quality;
use crate::domain::{Date, language::CefrLevel, requirement::Importance};
use crate::rank::{
    criteria::{
        Knowledge, language,
        licences::{Obtainable, Outlook, Standing},
    },
    facts::{AskedLanguage, AskedLevel, AskedPaper, AskedSkill, DEVELOPABLE, Help, Start},
    found::Found,
    gaps::{CostClass, GapKind, WhomToAsk},
    growth::{Growth, GrowthTable, Pace},
    reason::{Reason, ReasonCode, Value},
    rules::{Pair, Rules},
};

/// A quality below this fit was seen as less than average.
const AVERAGE: u32 = 5_000;

/// Something that is asked and missing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Gap {
    /// What is missing.
    pub reason: Reason,
    /// What kind of gap it is.
    pub kind: GapKind,
    /// How much it matters.
    pub importance: Importance,
    /// Weeks from deciding to having it, where it can be had.
    pub lead_weeks: Option<u16>,
    /// What it costs, where known.
    pub cost_class: Option<CostClass>,
    /// Whether it can be had before the start and the grace period, or learned by the time it is needed.
    pub in_time: bool,
    /// Whom to ask.
    pub whom_to_ask: WhomToAsk,
    /// From when the person can have it, where that is not in time.
    pub available_from: Option<Date>,
}

/// Who can start only after the first day of the work.
fn later_start(pair: Pair<'_>, rules: Rules<'_>) -> Option<Gap> {
    let (Start::From(from), Some(first)) = (pair.candidate.time.start, pair.vacancy.starts_on) else {
        return None;
    };
    let first = first.max(rules.as_of);
    let weeks = from.days_since(first).div_ceil(7);
    let data = [("day", Value::day(from)), ("weeks", Value::Weeks(weeks))];
    (from > first).then(|| Gap {
        reason: Reason::new(ReasonCode::GapAvailableLater, data),
        kind: GapKind::Solvable,
        importance: Importance::Should,
        lead_weeks: u16::try_from(from.days_since(rules.as_of).div_ceil(7)).ok(),
        cost_class: None,
        in_time: false,
        whom_to_ask: WhomToAsk::WorkCoach,
        available_from: Some(from.date()),
    })
}

pub(super) fn of(found: &Found<'_>) -> Vec<Gap> {
    let (pair, rules) = (found.pair, found.rules);
    let growth: &GrowthTable = &pair.vacancy.growth;
    let papers = pair.vacancy.papers.iter().zip(found.papers());
    let lacking = papers.filter(|(_, outlook)| outlook.standing == Standing::Lacks);
    let gap = |(asked, outlook): (&AskedPaper, &Outlook)| of_paper(asked, outlook.obtainable, rules);
    let mut gaps: Vec<Gap> = lacking.map(gap).collect();
    gaps.extend(later_start(pair, rules));
    for asked in &pair.vacancy.languages {
        for (level, known) in language::levels(asked, pair.candidate) {
            gaps.extend(known.and_then(|known| of_language(asked, level, known, growth)));
        }
    }
    gaps.extend(of_skills(found, &growth.skill));
    for (asked, opinion) in pair.vacancy.qualities.iter().zip(found.qualities()) {
        if opinion.knowledge == Knowledge::Known && opinion.fit < AVERAGE {
            let data = [("quality", quality(asked)), ("weeks", weeks(growth.competency.lead_weeks))];
            let reason = Reason::new(ReasonCode::GapQuality, data);
            gaps.push(grown(reason, asked.importance, asked.may_grow, &growth.competency));
        }
    }
    gaps
}

fn weeks(weeks: u16) -> Value {
    Value::Weeks(u32::from(weeks))
}

fn of_paper(asked: &AskedPaper, obtainable: Obtainable, rules: Rules<'_>) -> Gap {
    let in_time = obtainable == Obtainable::InTime;
    let paper = ("paper", Value::Paper(asked.paper.name()));
    let available_from =
        asked.lead_weeks.filter(|_| !in_time).map(|weeks| rules.as_of.weeks_later(u32::from(weeks)));
    let reason = match (asked.lead_weeks, available_from, asked.handling_weeks) {
        (Some(lead), None, _) => Reason::new(ReasonCode::GapPaperSolvable, [paper, ("weeks", weeks(lead))]),
        (Some(lead), Some(day), _) => {
            let data = [paper, ("weeks", weeks(lead)), ("day", Value::Day(day))];
            Reason::new(ReasonCode::GapPaperAvailableFrom, data)
        }
        (None, _, Some(handling)) => {
            Reason::new(ReasonCode::GapPaperByDiploma, [paper, ("weeks", weeks(handling))])
        }
        (None, _, None) => Reason::new(ReasonCode::GapPaper, [paper]),
    };
    Gap {
        reason,
        kind: asked.kind,
        importance: asked.importance,
        lead_weeks: asked.lead_weeks.or(asked.handling_weeks),
        cost_class: asked.cost,
        in_time,
        whom_to_ask: asked.whom_to_ask,
        available_from,
    }
}

fn of_language(
    asked: &AskedLanguage,
    level: &AskedLevel,
    known: CefrLevel,
    growth: &GrowthTable,
) -> Option<Gap> {
    let is_below_the_start = known < level.needed;
    let goal = if is_below_the_start { level.at_start } else { level.highest() };
    if known >= goal {
        return None;
    }
    let pace = if asked.help == Help::Offered { Pace::Helped } else { Pace::Alone };
    let lead = growth.language.weeks(known, goal, pace);
    let mut data = vec![
        ("language", Value::Language(asked.language)),
        ("skill", Value::LanguageSkill(level.skill)),
        ("level", Value::Cefr(known)),
        ("asked", Value::Cefr(goal)),
        ("weeks", Value::Weeks(lead)),
    ];
    let code = match level.later.filter(|(later, _)| !is_below_the_start && *later == goal) {
        Some((_, months)) => {
            data.push(("months", Value::Months(months)));
            ReasonCode::GapLanguageLater
        }
        None => ReasonCode::GapLanguage,
    };
    Some(Gap {
        reason: Reason { code, data },
        kind: GapKind::Developable,
        importance: asked.importance,
        lead_weeks: u16::try_from(lead).ok(),
        cost_class: Some(growth.language.cost_class),
        in_time: level.fit(known) >= DEVELOPABLE,
        whom_to_ask: growth.language.whom_to_ask,
        available_from: None,
    })
}

/// The asked skills that a person who names skills does not name, and for which nothing else speaks.
fn of_skills(found: &Found<'_>, growth: &Growth) -> Vec<Gap> {
    let pair = found.pair;
    if pair.candidate.skills.keys.is_empty() {
        return Vec::new();
    }
    let asked = pair.vacancy.skills.iter().zip(found.evidence());
    let missing = asked.filter(|(_, evidence)| evidence.certainty() == 0).map(|(asked, _)| asked);
    let gap = |asked: &AskedSkill| {
        let skill = Value::Words(asked.text.as_str().to_owned());
        let data = [("skill", skill), ("weeks", weeks(growth.lead_weeks))];
        grown(Reason::new(ReasonCode::GapSkill, data), asked.importance, asked.may_be_learned, growth)
    };
    missing.map(gap).collect()
}

fn grown(reason: Reason, importance: Importance, in_time: bool, growth: &Growth) -> Gap {
    Gap {
        reason,
        kind: GapKind::Developable,
        importance,
        lead_weeks: Some(growth.lead_weeks),
        cost_class: Some(growth.cost_class),
        in_time,
        whom_to_ask: growth.whom_to_ask,
        available_from: None,
    }
}
