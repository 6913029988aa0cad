//! One step of a language: more by the person, less by the vacancy at the start; and levels that are not known, as asked.

use super::{Change, Situation, of_candidate, of_vacancy};
use crate::domain::{
    candidate::CandidateProfile,
    language::{CefrLevel, LanguageCode, LanguageProficiency, LanguageSkill, LevelPerSkill},
    requirement::LanguageDemand,
    support::{SupportKind, SupportOffer},
    time::Answer,
};
use crate::rank::{
    criteria::language::levels,
    criterion::Criterion,
    facts::{AskedLanguage, Help},
    reason::{Reason, ReasonCode, Value},
};

const LEVELS: [CefrLevel; 7] =
    [CefrLevel::A0, CefrLevel::A1, CefrLevel::A2, CefrLevel::B1, CefrLevel::B2, CefrLevel::C1, CefrLevel::C2];

pub(super) fn propose(at: &Situation<'_>, changes: &mut Vec<Change>) {
    let mut done = Vec::new();
    for asked in &at.pair.vacancy.languages {
        if done.contains(&asked.language) {
            continue;
        }
        done.push(asked.language);
        of_person(at, asked, changes);
        of_demand(at, asked, changes);
    }
}

fn of_person(at: &Situation<'_>, asked: &AskedLanguage, changes: &mut Vec<Change>) {
    let language = asked.language;
    let (mut one_step, mut as_asked) = (LevelPerSkill::default(), LevelPerSkill::default());
    for (level, known) in levels(asked, at.pair.candidate) {
        match known {
            None => *of(&mut as_asked, level.skill) = Some(level.highest()),
            Some(known) if known < level.highest() => *of(&mut one_step, level.skill) = next(known),
            Some(_) => {}
        }
    }
    for (raised, code) in
        [(one_step, ReasonCode::WithLanguageStep), (as_asked, ReasonCode::WithLanguageAsAsked)]
    {
        if raised.is_empty() {
            continue;
        }
        let reason = Reason::new(code, [("language", Value::Language(language))]);
        changes.push(of_candidate(Criterion::Language, reason, "languages", move |profile| {
            raise(profile, language, raised);
        }));
    }
}

fn of_demand(at: &Situation<'_>, asked: &AskedLanguage, changes: &mut Vec<Change>) {
    let language = asked.language;
    let is_short = levels(asked, at.pair.candidate)
        .any(|(level, known)| known.is_some_and(|known| known < level.needed));
    if !is_short {
        return;
    }
    if asked.help != Help::Offered {
        let reason = Reason::plain(ReasonCode::WithLanguageHelp);
        changes.push(of_vacancy(Criterion::Language, reason, "offer.support", |vacancy| {
            let kind = SupportKind::LanguageBuddy;
            vacancy.offer.support.retain(|offer| offer.kind != kind);
            vacancy.offer.support.push(SupportOffer { kind, offered: Answer::Yes, note: None });
        }));
    }
    let lowered: Vec<Option<LanguageDemand>> = at
        .vacancy
        .requirements
        .languages
        .iter()
        .map(|demand| (demand.what.language() == language).then(|| lower(&demand.what)).flatten())
        .collect();
    if lowered.iter().all(Option::is_none) {
        return;
    }
    let reason = Reason::new(ReasonCode::WithLanguageAskedLower, [("language", Value::Language(language))]);
    changes.push(of_vacancy(Criterion::Language, reason, "requirements.languages", move |vacancy| {
        for (demand, lowered) in vacancy.requirements.languages.iter_mut().zip(&lowered) {
            if let Some(lowered) = lowered {
                demand.what = lowered.clone();
            }
        }
    }));
}

/// The demand with every level at the start one step lower; `None` where that is no demand.
fn lower(demand: &LanguageDemand) -> Option<LanguageDemand> {
    let mut at_start = demand.at_start();
    for skill in LanguageSkill::ALL {
        let level = of(&mut at_start, skill);
        *level = level.and_then(|level| LEVELS.get((level as usize).checked_sub(1)?).copied());
    }
    LanguageDemand::new(demand.language(), at_start, demand.later(), demand.reason().cloned()).ok()
}

fn next(level: CefrLevel) -> Option<CefrLevel> {
    LEVELS.get(level as usize + 1).copied()
}

fn of(levels: &mut LevelPerSkill, skill: LanguageSkill) -> &mut Option<CefrLevel> {
    match skill {
        LanguageSkill::Listening => &mut levels.listening,
        LanguageSkill::Reading => &mut levels.reading,
        LanguageSkill::Speaking => &mut levels.speaking,
        LanguageSkill::Writing => &mut levels.writing,
    }
}

/// Where the person named the language, the raised levels in its place; else a new entry.
fn raise(profile: &mut CandidateProfile, language: LanguageCode, raised: LevelPerSkill) {
    let own = profile.languages.iter_mut().find(|own| own.language == language);
    let Some(own) = own else {
        profile.languages.push(LanguageProficiency { language, levels: raised, assessed_on: None });
        return;
    };
    for skill in LanguageSkill::ALL {
        if let Some(level) = raised.get(skill) {
            let old = of(&mut own.levels, skill);
            *old = (*old).max(Some(level));
        }
    }
}
