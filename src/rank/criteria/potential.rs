//! Potential: the ability to learn, skills near the asked ones, growth towards wished work (R2, R13).

use super::{
    Knowledge, Opinion, WHOLE, competencies,
    mean::mean,
    motivation::{self, Likeness},
    observed,
};
use crate::domain::competency::Competency;
use crate::rank::{
    facts::{SeenQuality, VacancyFacts, Wish},
    found::Found,
    rules::{Pair, Rules},
};

pub(in crate::rank) const LEARNING_WEIGHT: u32 = 5;
pub(in crate::rank) const NEAR_WEIGHT: u32 = 3;
pub(in crate::rank) const GROWTH_WEIGHT: u32 = 2;
/// What work of the same group of occupations as the wished work leads to it, at least.
const SAME_GROUP_LEADS: u32 = 5_000;

/// The three parts.
#[derive(Clone, Copy, Debug)]
pub(in crate::rank) struct Potential {
    pub(in crate::rank) learning: Opinion,
    /// `None` where no skill is asked.
    pub(in crate::rank) near: Option<Opinion>,
    pub(in crate::rank) growth: Opinion,
}

impl Potential {
    /// The parts, by how near the person's skills are and how far the work leads to what is wished.
    pub(in crate::rank) fn new(
        near: Option<Opinion>,
        lead: Option<u32>,
        pair: Pair<'_>,
        rules: Rules<'_>,
    ) -> Self {
        let learnt = competencies::of_competency(Competency::Learn, pair.candidate);
        let learning = observed::judge(learnt.map(SeenQuality::facet_and_seen), rules.as_of);
        Self { learning, near, growth: growth(lead, pair, rules) }
    }

    /// Their mean.
    pub(in crate::rank) fn opinion(self) -> Option<Opinion> {
        let near = self.near.map(|near| (NEAR_WEIGHT, near));
        let others = [(LEARNING_WEIGHT, self.learning), (GROWTH_WEIGHT, self.growth)];
        mean(others.into_iter().chain(near))
    }
}

pub(in crate::rank) fn parts(pair: Pair<'_>, rules: Rules<'_>) -> Potential {
    Found::new(pair, rules).potential()
}

/// How far the work leads to one of the wishes, where it is known how the work is like it.
pub(in crate::rank) fn lead_of(likeness: Likeness, wish: &Wish, vacancy: &VacancyFacts) -> u32 {
    if let Likeness::Same | Likeness::Words = likeness {
        return WHOLE;
    }
    let least = if motivation::is_of_group(wish, vacancy) { SAME_GROUP_LEADS } else { 0 };
    let learnt = wish.senses.iter().filter_map(|sense| {
        let place = vacancy.leads_to.binary_search_by_key(&sense.concept, |(to, _)| *to).ok()?;
        let leads = vacancy.leads_to.get(place)?.1;
        Some(u32::from(sense.confidence) * u32::from(leads) / WHOLE)
    });
    learnt.max().unwrap_or(0).max(least)
}

/// The fit of work that leads so far to what is wished.
pub(in crate::rank) fn grown(neutral: u32, lead: u32) -> u32 {
    neutral + (WHOLE - neutral) * lead / WHOLE
}

/// Only raises: work that leads elsewhere is already other work than wished (motivation).
fn growth(lead: Option<u32>, pair: Pair<'_>, rules: Rules<'_>) -> Opinion {
    let neutral = rules.numbers.neutral;
    let Some(lead) = lead else {
        return Opinion { fit: neutral, low: neutral, high: WHOLE, knowledge: Knowledge::Unknown };
    };
    let fit = grown(neutral, lead);
    if pair.vacancy.is_named() || fit == WHOLE {
        return Opinion::known(fit);
    }
    Opinion { fit, low: fit, high: WHOLE, knowledge: Knowledge::Partly }
}
