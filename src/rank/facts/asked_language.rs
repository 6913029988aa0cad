//! Asked languages: the level at the start and later, and what each level of a person is worth (R9).

use crate::domain::{
    language::{CefrLevel, LanguageCode, LanguageSkill},
    requirement::{Importance, LanguageDemand, LaterLevel, Requirement},
    support::SupportKind,
    time::Answer,
    vacancy::{Offer, Vacancy},
};
use crate::rank::{
    criteria::{WHOLE, steps_below},
    growth::{LanguageGrowth, Pace},
};
use serde::{Deserialize, Serialize};

/// What a level below the later one is worth that can be reached in time (R8, R9).
pub(in crate::rank) const DEVELOPABLE: u32 = 9_000;

/// All levels, from low to high.
const LEVELS: [CefrLevel; 7] =
    [CefrLevel::A0, CefrLevel::A1, CefrLevel::A2, CefrLevel::B1, CefrLevel::B2, CefrLevel::C1, CefrLevel::C2];

/// An asked language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct AskedLanguage {
    pub(in crate::rank) language: LanguageCode,
    pub(in crate::rank) importance: Importance,
    pub(in crate::rank) help: Help,
    /// What is asked of each skill, in the order of [`LanguageSkill::ALL`].
    pub(in crate::rank) levels: Box<[AskedLevel]>,
}

/// Whether lessons or a language buddy are offered at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) enum Help {
    Offered,
    NotOffered,
    Open,
}

/// The levels of one skill of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct AskedLevel {
    pub(in crate::rank) skill: LanguageSkill,
    /// As asked at the start; A0: none.
    pub(in crate::rank) at_start: CefrLevel,
    /// Needed at the start, given what is offered.
    pub(in crate::rank) needed: CefrLevel,
    /// The same with an open offer at its best.
    pub(in crate::rank) needed_at_best: CefrLevel,
    /// Some months after the start.
    pub(in crate::rank) later: Option<(CefrLevel, u32)>,
    /// The fit of each level of a person.
    fits: [u16; 7],
    /// The same with an open offer at its best.
    fits_at_best: [u16; 7],
}

impl AskedLevel {
    pub(in crate::rank) fn fit(&self, level: CefrLevel) -> u32 {
        u32::from(self.fits[level as usize])
    }

    pub(in crate::rank) fn fit_at_best(&self, level: CefrLevel) -> u32 {
        u32::from(self.fits_at_best[level as usize])
    }

    /// The highest level that is asked at any time.
    pub(in crate::rank) fn highest(&self) -> CefrLevel {
        self.later.map_or(self.at_start, |(level, _)| level.max(self.at_start))
    }
}

/// The asked languages, each as asked, of which some level above A0 is asked.
pub(super) fn languages(vacancy: &Vacancy, growth: &LanguageGrowth) -> Box<[AskedLanguage]> {
    let help = help(&vacancy.offer);
    let asked = vacancy.requirements.languages.iter();
    asked.map(|asked| language(asked, help, growth)).filter(|asked| !asked.levels.is_empty()).collect()
}

fn help(offer: &Offer) -> Help {
    let answers = |kind: SupportKind, answer: Answer| {
        offer.support.iter().any(|offer| offer.kind == kind && offer.offered == answer)
    };
    let kinds = [SupportKind::LanguageLessons, SupportKind::LanguageBuddy];
    if kinds.into_iter().any(|kind| answers(kind, Answer::Yes)) {
        Help::Offered
    } else if kinds.into_iter().all(|kind| answers(kind, Answer::No)) {
        Help::NotOffered
    } else {
        Help::Open
    }
}

fn language(asked: &Requirement<LanguageDemand>, help: Help, growth: &LanguageGrowth) -> AskedLanguage {
    let (at_start, later) = (asked.what.at_start(), asked.what.later());
    let level = |skill: LanguageSkill| {
        let at_start = at_start.get(skill).unwrap_or(CefrLevel::A0);
        let later_level = later.and_then(|LaterLevel { after_months, levels }| {
            let level = levels.get(skill).filter(|level| *level > CefrLevel::A0);
            level.map(|level| (level, u32::from(after_months)))
        });
        let is_asked = at_start > CefrLevel::A0 || later_level.is_some();
        is_asked.then(|| level(skill, at_start, later_level, help, growth))
    };
    AskedLanguage {
        language: asked.what.language(),
        importance: asked.importance,
        help,
        levels: LanguageSkill::ALL.into_iter().filter_map(level).collect(),
    }
}

fn level(
    skill: LanguageSkill,
    at_start: CefrLevel,
    later: Option<(CefrLevel, u32)>,
    help: Help,
    growth: &LanguageGrowth,
) -> AskedLevel {
    let needed = |pace| match pace {
        Pace::Alone => at_start,
        Pace::Helped => LEVELS[(at_start as usize).saturating_sub(1)],
    };
    let fits = |pace| {
        LEVELS.map(|own| {
            let fit = start_fit(own, needed(pace)).min(later_fit(own, later, pace, growth));
            u16::try_from(fit).unwrap_or(0)
        })
    };
    let now = if help == Help::Offered { Pace::Helped } else { Pace::Alone };
    let best = if help == Help::NotOffered { Pace::Alone } else { Pace::Helped };
    AskedLevel {
        skill,
        at_start,
        needed: needed(now),
        needed_at_best: needed(best),
        later,
        fits: fits(now),
        fits_at_best: fits(best),
    }
}

fn start_fit(own: CefrLevel, needed: CefrLevel) -> u32 {
    steps_below((needed as usize).saturating_sub(own as usize))
}

fn later_fit(own: CefrLevel, later: Option<(CefrLevel, u32)>, pace: Pace, growth: &LanguageGrowth) -> u32 {
    let Some((goal, months)) = later.filter(|(goal, _)| own < *goal) else {
        return WHOLE;
    };
    let reached = growth.reached(own, goal, months, pace);
    match goal as usize - reached as usize {
        0 => DEVELOPABLE,
        steps => steps_below(steps),
    }
}
