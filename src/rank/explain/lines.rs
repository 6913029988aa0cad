//! The reasons of each criterion's line.

use super::{known, quality, skills};
use crate::domain::{language::CefrLevel, observation::Dispute};
use crate::rank::criteria::licences::{Obtainable, Standing};
use crate::rank::{
    criteria::{competencies, experience, hours, language, level, licences, motivation, observed},
    criterion::Criterion,
    facts::{AskedLanguage, AskedLevel, DEVELOPABLE, Seen},
    reason::{Reason, ReasonCode, Value},
    rules::{Pair, Rules},
};

pub(super) fn of(criterion: Criterion, pair: Pair<'_>, rules: Rules<'_>) -> Vec<Reason> {
    let reasons = match criterion {
        Criterion::Skills => skills::of(pair, rules),
        Criterion::Competencies => of_competencies(pair, rules),
        Criterion::Motivation => of_motivation(pair, rules),
        Criterion::Language => of_language(pair),
        Criterion::Hours => of_hours(pair, rules),
        Criterion::Travel => known::of_travel(pair),
        Criterion::Contract => known::of_contract(pair, rules),
        Criterion::Level => of_level(pair),
        Criterion::Experience => of_experience(pair, rules),
        Criterion::Licences => of_papers(pair, rules),
        Criterion::Potential | Criterion::Culture | Criterion::WeekPattern | Criterion::Support => Vec::new(),
    };
    if reasons.is_empty() { vec![Reason::plain(ReasonCode::NotAsked)] } else { reasons }
}

fn words(text: &impl ToString) -> Value {
    Value::Words(text.to_string())
}

/// What was seen, by whom and how long ago.
fn seen_data(seen: &Seen, rules: Rules<'_>) -> [(&'static str, Value); 3] {
    [
        ("value", Value::Seen(seen.value)),
        ("source", Value::Source(seen.source)),
        ("age", Value::DaysAgo(seen.on.map(|day| rules.as_of.days_since(day)))),
    ]
}

fn of_competencies(pair: Pair<'_>, rules: Rules<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for asked in &pair.vacancy.qualities {
        let seen = observed::latest(competencies::observations(asked, pair.candidate), rules.as_of);
        if seen.iter().all(Option::is_none) {
            reasons.push(Reason::new(ReasonCode::QualityNotSeen, [("quality", quality(asked))]));
        }
        // The heaviest source first.
        for seen in seen.into_iter().rev().flatten() {
            let code = match seen.dispute {
                Dispute::Undisputed => ReasonCode::QualitySeen,
                Dispute::Disputed => ReasonCode::QualitySeenDisputed,
            };
            let [value, source, age] = seen_data(seen, rules);
            reasons.push(Reason::new(code, [("quality", quality(asked)), value, source, age]));
        }
    }
    reasons
}

fn of_motivation(pair: Pair<'_>, rules: Rules<'_>) -> Vec<Reason> {
    let mut reasons =
        vec![known::of_wished_occupation(pair), known::of_wished_sector(pair), known::of_interests(pair)];
    let seen = observed::latest(motivation::observations(pair.vacancy, pair.candidate), rules.as_of);
    if seen.iter().all(Option::is_none) {
        reasons.push(Reason::plain(ReasonCode::MotivationNotSeen));
    }
    for seen in seen.into_iter().rev().flatten() {
        let code = match seen.dispute {
            Dispute::Undisputed => ReasonCode::MotivationSeen,
            Dispute::Disputed => ReasonCode::MotivationSeenDisputed,
        };
        reasons.push(Reason::new(code, seen_data(seen, rules)));
    }
    reasons
}

fn of_language(pair: Pair<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for asked in &pair.vacancy.languages {
        for (level, known) in language::levels(asked, pair.candidate) {
            reasons.push(language_reason(asked, level, known));
        }
    }
    reasons
}

fn language_reason(asked: &AskedLanguage, level: &AskedLevel, known: Option<CefrLevel>) -> Reason {
    let language = ("language", Value::Language(asked.language));
    let skill = ("skill", Value::LanguageSkill(level.skill));
    let level_asked = |asked: CefrLevel| ("asked", Value::Cefr(asked));
    let Some(known) = known else {
        let first = if level.at_start > CefrLevel::A0 { level.at_start } else { level.highest() };
        return Reason::new(ReasonCode::LanguageUnknown, [language, skill, level_asked(first)]);
    };
    let own = ("level", Value::Cefr(known));
    let told =
        |code, asked| Reason::new(code, [language.clone(), skill.clone(), own.clone(), level_asked(asked)]);
    if known < level.needed && level.needed < level.at_start {
        let needed = ("needed", Value::Cefr(level.needed));
        return Reason::new(ReasonCode::LanguageBelowWithHelp, [language, skill, own, needed]);
    }
    if known < level.needed {
        return told(ReasonCode::LanguageBelow, level.at_start);
    }
    match level.later.filter(|(later, _)| known < *later) {
        Some((later, months)) => {
            let in_time = level.fit(known) >= DEVELOPABLE;
            let code = if in_time { ReasonCode::LanguageGrows } else { ReasonCode::LanguageGrowsLate };
            let mut reason = told(code, later);
            reason.data.push(("months", Value::Months(months)));
            reason
        }
        None if known < level.at_start => told(ReasonCode::LanguageMetWithHelp, level.at_start),
        None => told(ReasonCode::LanguageMet, level.highest()),
    }
}

fn of_hours(pair: Pair<'_>, rules: Rules<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let cap = hours::cap(pair.candidate, rules);
    if cap < crate::rank::facts::MOST_MINUTES {
        reasons.push(Reason::new(ReasonCode::HoursCap, [("cap", Value::WorkMinutes(cap))]));
    }
    let (Some(person), Some(vacancy)) = (pair.candidate.hours, pair.vacancy.hours) else {
        if pair.candidate.hours.is_none() {
            reasons.push(Reason::plain(ReasonCode::HoursOfPersonUnknown));
        }
        if pair.vacancy.hours.is_none() {
            reasons.push(Reason::plain(ReasonCode::HoursOfVacancyUnknown));
        }
        return reasons;
    };
    let workable = super::workable(pair, rules);
    let before = reasons.len();
    if let Some(minimum) = vacancy.min.filter(|minimum| workable < *minimum) {
        let data = [("workable", Value::WorkMinutes(workable)), ("minimum", Value::WorkMinutes(minimum))];
        reasons.push(Reason::new(ReasonCode::HoursBelowMinimum, data));
    }
    if let (Some(maximum), Some(minimum)) = (vacancy.max, person.min)
        && maximum < minimum
    {
        let data = [("minimum", Value::WorkMinutes(minimum)), ("maximum", Value::WorkMinutes(maximum))];
        reasons.push(Reason::new(ReasonCode::HoursBelowWish, data));
    }
    if reasons.len() == before {
        reasons.push(Reason::plain(ReasonCode::HoursFit));
    }
    reasons
}

fn level_reason(asked: crate::domain::education::WorkLevel, pair: Pair<'_>) -> Reason {
    let asked_data = ("asked", Value::Level(asked));
    match pair.candidate.level.known {
        None => Reason::new(ReasonCode::LevelUnknown, [asked_data]),
        Some(known) => {
            let code = if known >= asked { ReasonCode::LevelMet } else { ReasonCode::LevelBelow };
            Reason::new(code, [("level", Value::Level(known)), asked_data])
        }
    }
}

fn of_level(pair: Pair<'_>) -> Vec<Reason> {
    let level = pair.vacancy.level.map(|(asked, _)| level_reason(asked, pair));
    let educations = pair.vacancy.educations.iter().map(|asked| {
        let education = asked.name.as_ref().map(|name| ("education", words(name)));
        match (education, asked.level) {
            (Some(education), _) if level::has(asked, pair.candidate) => {
                Reason::new(ReasonCode::EducationNamed, [education])
            }
            (_, Some(level)) => level_reason(level, pair),
            (Some(education), None) => Reason::new(ReasonCode::EducationNotNamed, [education]),
            (None, None) => Reason::plain(ReasonCode::EducationUnsaid),
        }
    });
    level.into_iter().chain(educations).collect()
}

fn of_experience(pair: Pair<'_>, rules: Rules<'_>) -> Vec<Reason> {
    let reason = |asked: &crate::rank::facts::AskedExperience| {
        let asked_data = ("asked", Value::Months(asked.years * 12));
        match experience::item(asked, pair.candidate, rules).1 {
            None => Reason::new(ReasonCode::ExperienceUnknown, [asked_data]),
            Some(counted) => {
                let enough = counted >= asked.years * 12;
                let code = if enough { ReasonCode::ExperienceEnough } else { ReasonCode::ExperienceLess };
                Reason::new(code, [("counted", Value::Months(counted)), asked_data])
            }
        }
    };
    pair.vacancy.experience.iter().map(reason).collect()
}

fn of_papers(pair: Pair<'_>, rules: Rules<'_>) -> Vec<Reason> {
    let reason = |asked: &crate::rank::facts::AskedPaper| {
        let paper = ("paper", Value::Paper(asked.paper.name()));
        let weeks = asked.lead_weeks.map(|weeks| ("weeks", Value::Weeks(u32::from(weeks))));
        let standing = licences::standing(asked, pair.candidate, rules);
        match (standing, licences::obtainable(asked, pair.vacancy, rules), weeks) {
            (Standing::Has, ..) => Reason::new(ReasonCode::PaperHeld, [paper]),
            (Standing::Lacks, Obtainable::InTime, Some(weeks)) => {
                Reason::new(ReasonCode::PaperLackingInTime, [paper, weeks])
            }
            (Standing::Lacks, Obtainable::Open, Some(weeks)) => {
                Reason::new(ReasonCode::PaperLackingOpen, [paper, weeks])
            }
            (Standing::Lacks, Obtainable::TooLate, Some((_, Value::Weeks(weeks)))) => {
                let day = ("day", Value::Day(rules.as_of.weeks_later(weeks)));
                Reason::new(ReasonCode::PaperAvailableFrom, [paper, day])
            }
            (Standing::Lacks, ..) => Reason::new(ReasonCode::PaperLacking, [paper]),
            (Standing::Unknown, Obtainable::InTime, Some(weeks)) => {
                Reason::new(ReasonCode::PaperUnknownInTime, [paper, weeks])
            }
            (Standing::Unknown, ..) => Reason::new(ReasonCode::PaperUnknown, [paper]),
        }
    };
    pair.vacancy.papers.iter().map(reason).collect()
}
