//! The reasons of each criterion's line.

use super::{known, quality, skills, soft, times};
use crate::domain::{
    competency::Competency, language::CefrLevel, observation::Dispute, sector::Sector, text::Label,
};
use crate::rank::criteria::licences::{Obtainable, Outlook, Standing};
use crate::rank::{
    criteria::{competencies, experience, language, level, motivation, observed},
    criterion::Criterion,
    facts::{
        AskedLanguage, AskedLevel, AskedPaper, CandidateFacts, DEVELOPABLE, MotivationFor, SectorKey, Seen,
        SeenQuality, Subject,
    },
    found::Found,
    reason::{Reason, ReasonCode, Value},
    rules::{Pair, Rules},
};
use std::cmp::Reverse;

pub(super) fn of(criterion: Criterion, found: &Found<'_>) -> Vec<Reason> {
    let (pair, rules) = (found.pair, found.rules);
    let reasons = match criterion {
        Criterion::Skills => skills::of(found),
        Criterion::Competencies => of_competencies(pair, rules),
        Criterion::Motivation => of_motivation(found),
        Criterion::Language => of_language(pair),
        Criterion::Hours => times::of_hours(found),
        Criterion::WeekPattern => times::of_week_pattern(found),
        Criterion::Travel => known::of_travel(found),
        Criterion::Contract => known::of_contract(found),
        Criterion::Level => of_level(pair),
        Criterion::Experience => of_experience(pair, rules),
        Criterion::Licences => of_papers(found),
        Criterion::Potential => soft::of_potential(found),
        Criterion::Culture => soft::of_culture(found),
        Criterion::Support => soft::of_support(pair),
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

/// What counts, the heaviest source first, and then what the person disputes.
struct Told<'a, What> {
    counted: Vec<(What, &'a Seen)>,
    disputed: Vec<(What, &'a Seen)>,
}

impl<'a, What: PartialEq + Copy> Told<'a, What> {
    fn of(seen: impl Iterator<Item = (What, &'a Seen)>, rules: Rules<'_>) -> Self {
        let all: Vec<_> = seen.collect();
        let mut counted: Vec<_> = observed::latest(all.iter().copied(), rules.as_of).collect();
        // A stable sort: of equals the first.
        counted.sort_by_key(|(_, one)| Reverse(one.source));
        let is_disputed = |one: &Seen| one.dispute == Dispute::Disputed && observed::exists(one, rules.as_of);
        Self { counted, disputed: all.into_iter().filter(|(_, one)| is_disputed(one)).collect() }
    }

    /// A reason for each: of what is made by `what`, under the first code if it counts, else the second.
    fn reasons(
        self,
        name: &'static str,
        what: impl Fn(What) -> Value,
        codes: [ReasonCode; 2],
        rules: Rules<'_>,
    ) -> impl Iterator<Item = Reason> {
        let counted = self.counted.into_iter().map(move |one| (codes[0], one));
        let disputed = self.disputed.into_iter().map(move |one| (codes[1], one));
        counted.chain(disputed).map(move |(code, (about, seen))| {
            let [value, source, age] = seen_data(seen, rules);
            Reason::new(code, [(name, what(about)), value, source, age])
        })
    }
}

const QUALITY: [ReasonCode; 2] = [ReasonCode::QualitySeen, ReasonCode::QualitySeenDisputed];
const MOTIVATION: [ReasonCode; 2] = [ReasonCode::MotivationSeen, ReasonCode::MotivationSeenDisputed];

/// What was seen of a quality; `otherwise` where nothing counts.
fn seen_of<'a>(
    competency: Competency,
    seen: impl Iterator<Item = &'a SeenQuality>,
    otherwise: Value,
    rules: Rules<'_>,
) -> Vec<Reason> {
    let told = Told::of(seen.map(SeenQuality::facet_and_seen), rules);
    let unseen = told.counted.is_empty();
    let unseen = unseen.then(|| Reason::new(ReasonCode::QualityNotSeen, [("quality", otherwise)]));
    let of = move |facet: Option<&str>| Value::Quality(competency, facet.map(str::to_owned));
    unseen.into_iter().chain(told.reasons("quality", of, QUALITY, rules)).collect()
}

fn of_competencies(pair: Pair<'_>, rules: Rules<'_>) -> Vec<Reason> {
    let of = |asked| {
        let seen = competencies::observations(asked, pair.candidate);
        seen_of(asked.competency, seen, quality(asked), rules)
    };
    pair.vacancy.qualities.iter().flat_map(of).collect()
}

/// What was seen of the ability to learn, whatever the side of it.
pub(super) fn of_learning(pair: Pair<'_>, rules: Rules<'_>) -> Vec<Reason> {
    let seen = competencies::of_competency(Competency::Learn, pair.candidate);
    seen_of(Competency::Learn, seen, Value::Quality(Competency::Learn, None), rules)
}

fn of_motivation(found: &Found<'_>) -> Vec<Reason> {
    let (pair, rules) = (found.pair, found.rules);
    let mut reasons =
        vec![known::of_wished_occupation(found), known::of_wished_sector(pair), known::of_interests(pair)];
    let seen = motivation::observations(pair.vacancy, pair.candidate);
    let words = |what: Subject<'_>| {
        let named = seen_for(what, pair.candidate);
        named.map_or_else(|| Value::Words(String::new()), words)
    };
    let told = Told::of(seen.map(|(what, seen)| (what.subject(), seen)), rules);
    if told.counted.is_empty() {
        reasons.push(Reason::plain(ReasonCode::MotivationNotSeen));
    }
    let subject = |what| match what {
        Subject::Sector(SectorKey { sector: Sector::General, division }) => Value::OwnDivision(division),
        Subject::Sector(SectorKey { sector, .. }) => Value::Sector(sector),
        Subject::Occupation(_) => words(what),
    };
    reasons.extend(told.reasons("subject", subject, MOTIVATION, rules));
    reasons
}

/// How the occupation was written that motivation was seen for.
fn seen_for<'a>(what: Subject<'_>, candidate: &'a CandidateFacts) -> Option<&'a Label> {
    candidate.motivation.iter().find_map(|(own, _)| match own {
        MotivationFor::Occupation(_, words) if own.subject() == what => Some(words),
        MotivationFor::Occupation(..) | MotivationFor::Sector(_) => None,
    })
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

fn of_papers(found: &Found<'_>) -> Vec<Reason> {
    let rules = found.rules;
    let reason = |(asked, outlook): (&AskedPaper, &Outlook)| {
        let paper = ("paper", Value::Paper(asked.paper.name()));
        let weeks = asked.lead_weeks.map(|weeks| ("weeks", Value::Weeks(u32::from(weeks))));
        match (outlook.standing, outlook.obtainable, weeks) {
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
    found.pair.vacancy.papers.iter().zip(found.papers()).map(reason).collect()
}
