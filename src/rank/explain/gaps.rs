//! What is known to be missing, and how it can be had (R8). Unknown is no gap.

use super::quality;
use crate::domain::requirement::Importance;
use crate::rank::{
    criteria::{
        Knowledge, competencies, language,
        licences::{Obtainable, Standing, obtainable, standing},
    },
    gaps::{CostClass, GapKind},
    reason::{Reason, ReasonCode, Value},
    rules::{Pair, Rules},
};

/// A quality below this fit was seen as less than average.
const AVERAGE: u32 = 5_000;

/// Something that is asked and known to be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Whether it can be had before the start and the grace period.
    pub in_time: bool,
}

pub(super) fn of(pair: Pair<'_>, rules: Rules<'_>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for asked in &pair.vacancy.papers {
        if standing(asked, pair.candidate, rules) != Standing::Lacks {
            continue;
        }
        let paper = ("paper", Value::Paper(asked.paper.name()));
        let reason = match asked.lead_weeks {
            Some(weeks) => {
                let weeks = ("weeks", Value::Weeks(u32::from(weeks)));
                Reason::new(ReasonCode::GapPaperSolvable, [paper, weeks])
            }
            None => Reason::new(ReasonCode::GapPaper, [paper]),
        };
        gaps.push(Gap {
            reason,
            kind: asked.kind,
            importance: asked.importance,
            lead_weeks: asked.lead_weeks,
            cost_class: asked.cost,
            in_time: obtainable(asked, pair.vacancy, rules) == Obtainable::InTime,
        });
    }
    let grown = |reason, importance| Gap {
        reason,
        kind: GapKind::Developable,
        importance,
        lead_weeks: None,
        cost_class: None,
        in_time: false,
    };
    for asked in &pair.vacancy.languages {
        for (skill, level, known) in language::levels(asked, pair.candidate) {
            if let Some(known) = known.filter(|known| *known < level) {
                let data = [
                    ("language", Value::Language(asked.language)),
                    ("skill", Value::LanguageSkill(skill)),
                    ("level", Value::Cefr(known)),
                    ("asked", Value::Cefr(level)),
                ];
                gaps.push(grown(Reason::new(ReasonCode::GapLanguage, data), asked.importance));
            }
        }
    }
    for asked in &pair.vacancy.qualities {
        let opinion = competencies::item(asked, pair.candidate, rules);
        if opinion.knowledge == Knowledge::Known && opinion.fit < AVERAGE {
            let reason = Reason::new(ReasonCode::GapQuality, [("quality", quality(asked))]);
            gaps.push(grown(reason, asked.importance));
        }
    }
    gaps
}
