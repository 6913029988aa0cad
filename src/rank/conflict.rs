//! What is in the way of a pair: an unmet MUST, the person's "no", too few hours or other times (R4).

use super::{
    criteria::{
        Opinion, WHOLE,
        hours::Hours,
        language,
        licences::{Obtainable, Outlook, Standing},
        week_pattern::WeekPattern,
    },
    facts::{Refused, VacancyFacts, Wish},
    found::Found,
    rules::Pair,
    term::{has_all_words, share_a_key},
};
use crate::domain::{
    language::CefrLevel,
    requirement::Importance,
    time::{Answer, Shift},
};

/// A competency below this fit is known to be unmet where it is a MUST.
pub(super) const UNMET_COMPETENCY: u32 = 2_500;
/// From this much below the minimum on, too few hours or other times take their whole share.
pub(super) const FULL_TIME_SHORTFALL: u32 = 2_000;

/// With which answers to what is unknown conflicts are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// As it counts: only what is known.
    AsKnown,
    /// Every unknown at its worst.
    Worst,
    /// Every unknown at its best.
    Best,
}

/// One conflict; the number is the place in the vacancy's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conflict {
    Language(usize),
    Paper(usize),
    Competency(usize),
    /// Only at worst: a skill that is not named is never known to be missing.
    Skill(usize),
    Refusal,
    /// Too few hours.
    Hours,
    /// Other times than the employer's.
    Times,
}

/// Calls `found` with every conflict and its share in 1/10,000, in the order of the law.
pub(super) fn each(of: &Found<'_>, view: View, mut found: impl FnMut(Conflict, u32)) {
    let (pair, rules) = (of.pair, of.rules);
    let unmet = rules.numbers.unmet_share;
    for (place, asked) in pair.vacancy.languages.iter().enumerate() {
        if is_must(asked.importance) && language_unmet(asked, pair, view) {
            found(Conflict::Language(place), unmet);
        }
    }
    for (place, asked) in pair.vacancy.papers.iter().enumerate() {
        if asked.importance == Importance::Must && paper_unmet(of.papers()[place], view) {
            found(Conflict::Paper(place), unmet);
        }
    }
    for (place, asked) in pair.vacancy.qualities.iter().enumerate() {
        if is_must(asked.importance) && competency_unmet(of.qualities()[place], view) {
            found(Conflict::Competency(place), unmet);
        }
    }
    if view == View::Worst {
        for (place, asked) in pair.vacancy.skills.iter().enumerate() {
            let is_named = || of.evidence()[place].named.is_named();
            if is_must(asked.importance) && !asked.may_be_learned && !is_named() {
                found(Conflict::Skill(place), unmet);
            }
        }
    }
    let refused = &pair.candidate.refused;
    if of.refusal().is_some() || (view == View::Worst && refusal_is_open(refused, pair.vacancy)) {
        found(Conflict::Refusal, rules.numbers.refusal_share);
    }
    if let Some((conflict, share)) = too_little_time(of, view) {
        found(conflict, share);
    }
}

/// What is left of a score when a share of it is taken, half up.
pub(super) fn taken(stands: i64, share: u32) -> i64 {
    (2 * stands * i64::from(share) + i64::from(WHOLE)) / (2 * i64::from(WHOLE))
}

/// LEGAL elsewhere than on a paper is a MUST.
pub(super) fn is_must(importance: Importance) -> bool {
    importance >= Importance::Must
}

/// Whether a known level of a language is too low at the start even with an open offer of help at its best.
pub(super) fn is_below_with_help(place: usize, pair: Pair<'_>) -> bool {
    language_unmet(&pair.vacancy.languages[place], pair, View::Best)
}

pub(super) fn language_unmet(asked: &super::facts::AskedLanguage, pair: Pair<'_>, view: View) -> bool {
    language::levels(asked, pair.candidate).any(|(level, known)| match (known, view) {
        (Some(known), View::AsKnown | View::Worst) => known < level.needed,
        (Some(known), View::Best) => known < level.needed_at_best,
        (None, View::Worst) => level.needed > CefrLevel::A0,
        (None, View::AsKnown | View::Best) => false,
    })
}

pub(super) fn paper_unmet(outlook: Outlook, view: View) -> bool {
    match (outlook.standing, outlook.obtainable) {
        (Standing::Has, _) | (_, Obtainable::InTime) => false,
        (Standing::Lacks, Obtainable::TooLate) => true,
        _ => view == View::Worst,
    }
}

fn competency_unmet(opinion: Opinion, view: View) -> bool {
    let fit = match view {
        View::AsKnown => opinion.fit,
        View::Worst => opinion.low,
        View::Best => opinion.high,
    };
    fit < UNMET_COMPETENCY
}

/// What the person refuses of a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefusalOf<'a> {
    Occupation(&'a Wish),
    Sector,
    Shift(Shift),
}

/// The first thing of the vacancy that the person explicitly refuses.
pub(super) fn refusal(pair: Pair<'_>) -> Option<RefusalOf<'_>> {
    let (refused, vacancy) = (&pair.candidate.refused, pair.vacancy);
    let occupation = refused.occupations.iter().find(|refused| is_refused_work(refused, vacancy));
    occupation.map(RefusalOf::Occupation).or_else(|| refusal_but_of_work(refused, vacancy))
}

/// Whether the work is a refused occupation.
pub(super) fn is_refused_work(refused: &Wish, vacancy: &VacancyFacts) -> bool {
    share_a_key(&refused.keys, &vacancy.keys) || has_all_words(&vacancy.work_words, &refused.words)
}

/// The refused sector, else the refused shift.
pub(super) fn refusal_but_of_work<'a>(refused: &'a Refused, vacancy: &VacancyFacts) -> Option<RefusalOf<'a>> {
    let same_division = |own: &super::facts::SectorKey| {
        refused.sectors.iter().any(|refused| refused.division == own.division)
    };
    if vacancy.sectors.iter().any(same_division) {
        return Some(RefusalOf::Sector);
    }
    let shift = refused.shifts.iter().find(|shift| works_in(vacancy, **shift));
    shift.map(|shift| RefusalOf::Shift(*shift))
}

fn works_in(vacancy: &VacancyFacts, shift: Shift) -> bool {
    vacancy.shifts.contains(&shift)
        || (shift == Shift::Irregular && vacancy.irregular_work == Some(Answer::Yes))
}

/// Whether an answer that is missing could still turn out to be refused.
fn refusal_is_open(refused: &Refused, vacancy: &VacancyFacts) -> bool {
    let occupation = !refused.occupations.is_empty() && !vacancy.is_named();
    let sector = !refused.sectors.is_empty() && vacancy.sectors.is_empty();
    let open = open_shifts(refused, vacancy);
    let irregular = refused.irregular_work.is_none() && may_be_irregular(vacancy);
    occupation || sector || open.shifts || open.irregular_of_vacancy || irregular
}

fn may_be_irregular(vacancy: &VacancyFacts) -> bool {
    works_in(vacancy, Shift::Irregular) || vacancy.shifts.is_empty() || vacancy.irregular_work.is_none()
}

/// Which questions about shifts an open refusal waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OpenShifts {
    pub(super) shifts: bool,
    pub(super) irregular_of_vacancy: bool,
    pub(super) irregular_of_person: bool,
}

pub(super) fn open_shifts(refused: &Refused, vacancy: &VacancyFacts) -> OpenShifts {
    OpenShifts {
        shifts: !refused.shifts.is_empty() && vacancy.shifts.is_empty(),
        irregular_of_vacancy: refused.shifts.contains(&Shift::Irregular) && vacancy.irregular_work.is_none(),
        irregular_of_person: refused.irregular_work.is_none() && works_in(vacancy, Shift::Irregular),
    }
}

/// One conflict for hours and times together, by whichever is the smaller part.
fn too_little_time(of: &Found<'_>, view: View) -> Option<(Conflict, u32)> {
    of_time(hours_part_of(of, view), times_part_of(of, view), of.rules.numbers.hours_share)
}

/// The same by both parts, and what too few hours take at most.
pub(super) fn of_time(hours: u32, times: u32, full: u32) -> Option<(Conflict, u32)> {
    let (conflict, part) = if times < hours { (Conflict::Times, times) } else { (Conflict::Hours, hours) };
    (part < WHOLE).then(|| (conflict, full.min((WHOLE - part) * full / FULL_TIME_SHORTFALL)))
}

/// The whole where nothing is certain to be too little; at worst nothing where it is not known.
fn or_unknown(part: Option<u32>, view: View) -> u32 {
    part.unwrap_or(if view == View::Worst { 0 } else { WHOLE })
}

fn hours_part_of(of: &Found<'_>, view: View) -> u32 {
    part_of_hours(&of.hours(), of.pair.vacancy, view)
}

/// The part of the hours that the conflict takes.
pub(super) fn part_of_hours(hours: &Hours, vacancy: &VacancyFacts, view: View) -> u32 {
    let may_be_split_freely = vacancy.least_part == Some(0);
    if may_be_split_freely || (view == View::Best && vacancy.carving.is_none()) {
        return WHOLE;
    }
    or_unknown(if view == View::Worst { hours.lowest_demand_part } else { hours.demand_part }, view)
}

fn times_part_of(of: &Found<'_>, view: View) -> u32 {
    part_of_times(&of.times(), of.pair.vacancy, view)
}

/// The part of the times that the conflict takes.
pub(super) fn part_of_times(times: &WeekPattern, vacancy: &VacancyFacts, view: View) -> u32 {
    let may_be_split = match view {
        View::AsKnown | View::Worst => vacancy.carving == Some(Answer::Yes),
        View::Best => vacancy.carving != Some(Answer::No),
    };
    if may_be_split {
        return WHOLE;
    }
    let part = match view {
        View::AsKnown => times.part,
        View::Best => times.best_part,
        View::Worst => times.lowest_part,
    };
    or_unknown(part, view)
}
