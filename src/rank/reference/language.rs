//! Language: the level at the start, the level later, and what help at work does to both.

use super::{Fit, Setting, criteria::weight, fit_by_steps};
use crate::domain::{
    Candidate, Vacancy,
    language::{CefrLevel, LanguageCode, LanguageSkill},
    requirement::{Importance, LanguageDemand},
    support::SupportKind,
    time::Answer,
};

/// What a vacancy says of lessons and a language buddy: whether there is any, and whether there still may be.
fn helped(vacancy: &Vacancy) -> (bool, bool) {
    let is = |kind: SupportKind, answer: Answer| {
        vacancy.offer.support.iter().any(|one| one.kind == kind && one.offered == answer)
    };
    let (lessons, buddy) = (SupportKind::LanguageLessons, SupportKind::LanguageBuddy);
    let yes = is(lessons, Answer::Yes) || is(buddy, Answer::Yes);
    let no = is(lessons, Answer::No) && is(buddy, Answer::No);
    (yes, yes || !no)
}

/// What is asked of one skill; 0 is A0 and nothing.
struct Asked {
    at_start: i128,
    later: i128,
    months: i128,
}

impl Asked {
    fn of(demand: &LanguageDemand, skill: LanguageSkill) -> Option<Self> {
        let at_start = demand.at_start().get(skill).unwrap_or(CefrLevel::A0) as i128;
        let later = demand.later().and_then(|later| later.levels.get(skill)).unwrap_or(CefrLevel::A0);
        let months = demand.later().map_or(0, |later| i128::from(later.after_months));
        let asked = Self { at_start, later: later as i128, months };
        (asked.at_start > 0 || asked.later > 0).then_some(asked)
    }

    fn needed(&self, helped: bool) -> i128 {
        if helped { (self.at_start - 1).max(0) } else { self.at_start }
    }

    fn fit(&self, own: i128, helped: bool, setting: &Setting<'_>) -> i128 {
        let start = fit_by_steps(self.needed(helped) - own);
        if own >= self.later {
            return start;
        }
        let growth = setting.growth;
        let pace = if helped { growth.hours_a_week_at_work } else { growth.hours_a_week };
        let mut hours = self.months * 52 * pace / 12;
        let mut reached = own;
        while reached < self.later {
            hours -= growth.hours_to[reached as usize];
            if hours < 0 {
                break;
            }
            reached += 1;
        }
        let later = if reached == self.later { 9_000 } else { fit_by_steps(self.later - reached) };
        start.min(later)
    }
}

/// What a candidate knows of one skill of one language.
fn known_level(candidate: &Candidate, language: LanguageCode, skill: LanguageSkill) -> Option<i128> {
    let own = candidate.profile.languages.iter().filter(|own| own.language == language);
    own.filter_map(|own| own.levels.get(skill)).max().map(|level| level as i128)
}

pub(super) fn language(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Option<Fit> {
    let (now, at_best) = helped(vacancy);
    let mut items = Vec::new();
    for demand in &vacancy.requirements.languages {
        for skill in LanguageSkill::ALL {
            let Some(asked) = Asked::of(&demand.what, skill) else { continue };
            let fit = match known_level(candidate, demand.what.language(), skill) {
                Some(own) => {
                    let fit = asked.fit(own, now, setting);
                    Fit { fit, low: fit, high: asked.fit(own, at_best, setting) }
                }
                None => match asked.fit(0, now, setting) {
                    10_000 => Fit::known(10_000),
                    worst => Fit::unknown(setting.neutral().max(worst)),
                },
            };
            items.push((weight(demand.importance), fit));
        }
    }
    Fit::mean(&items)
}

/// Whether a MUST language is unmet: as known, at the worst of what is unknown, at its best.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unmet {
    pub(super) known: bool,
    pub(super) worst: bool,
    pub(super) best: bool,
}

/// Every language demand that counts as a MUST.
pub(super) fn unmet<'a>(vacancy: &'a Vacancy, candidate: &'a Candidate) -> impl Iterator<Item = Unmet> + 'a {
    let (now, at_best) = helped(vacancy);
    let musts = vacancy.requirements.languages.iter().filter(|demand| demand.importance >= Importance::Must);
    musts.map(move |demand| {
        let mut unmet = Unmet::default();
        for skill in LanguageSkill::ALL {
            let Some(asked) = Asked::of(&demand.what, skill) else { continue };
            match known_level(candidate, demand.what.language(), skill) {
                Some(own) => {
                    unmet.known |= own < asked.needed(now);
                    unmet.worst |= own < asked.needed(now);
                    unmet.best |= own < asked.needed(at_best);
                }
                None => unmet.worst |= asked.needed(now) > 0,
            }
        }
        unmet
    })
}
