//! What is said about one person: what is asked and there, in the words of the vacancy.

use super::hours::{self, HoursHere};
use crate::domain::{
    Date,
    competency::{Competency, Facet},
    language::LanguageCode,
    observation::{Dispute, ObservationSource},
    requirement::Importance,
    text::Label,
};
use crate::rank::{
    criteria::{
        self, Knowledge, WHOLE, competencies, experience, language, level,
        licences::{Obtainable, Standing, obtainable, standing},
        motivation, skills,
    },
    criterion::Criterion,
    facts::{
        AskedPaper, AskedQuality, AskedSkill, CandidateFacts, OwnSkill, Seen, Start, Told, VacancyFacts,
    },
    pool::PaperName,
    profile::RankingProfile,
    rules::{Pair, Rules},
};

/// From this fit on a quality or motivation is told. One word of the person of years ago stays below it.
const TOLD: u32 = 6_000;
/// From this fit on a wished sector is this one, or of the same named sector.
const THIS_SECTOR: u32 = 8_000;

/// What an employer is told of a person. It borrows from the vacancy: no words of the person can be in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployerView<'v> {
    /// Asked skills that the person names, in the words of the vacancy.
    pub skills: Vec<&'v Label>,
    /// Asked or assumed qualities that were seen or named.
    pub qualities: Vec<(Competency, Option<&'v Facet>, Basis)>,
    /// Hours a week here.
    pub hours: Option<HoursHere>,
    /// First possible day, where it lies after the day of the answer.
    pub available_from: Option<Date>,
    /// What else speaks for the person, and what is to be asked first.
    pub remarks: Vec<Remark<'v>>,
}

/// How it is known that somebody has a quality. Four sources each stand for one another, so that nobody can tell a trial
/// placement, which is an instrument (R16), or a coach, whom not everybody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The person says so.
    Said,
    /// Seen by somebody who spoke with the person.
    InContact,
    /// Seen at work or in a test of the work.
    AtWork,
}

/// A remark about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark<'v> {
    /// A legal or needed paper of which it is not known that it is there: to be asked first.
    PaperToAsk(PaperName),
    /// The person cannot start yet, and the day is not known: to be asked first. Why is not told.
    StartToAsk,
    /// The vacancy is a wished occupation.
    WantsThisWork,
    /// The vacancy is close to a wished occupation.
    WantsWorkLikeThis,
    /// The vacancy is in a wished sector.
    WantsThisSector,
    /// Motivation for this work was seen.
    Motivated,
    /// A language is known as well as the work needs it at the start, with the help that is offered.
    LanguageForStart(LanguageCode),
    /// The hours fit.
    HoursFit,
    /// The working times fit.
    TimesFit,
    /// The form of contract fits.
    ContractFits,
    /// There is as much experience as asked.
    ExperienceAsAsked,
    /// The level is as asked.
    LevelAsAsked,
    /// An asked education is there.
    EducationThere(&'v Label),
    /// A paper is there.
    PaperThere(PaperName),
    /// A paper is there, or can be had in time.
    PaperInTime(PaperName),
}

impl<'v> EmployerView<'v> {
    /// What an employer is told of a person who is proposed for a vacancy.
    pub fn of(
        vacancy: &'v VacancyFacts,
        candidate: &CandidateFacts,
        profile: &RankingProfile,
        as_of: Date,
    ) -> Self {
        let rules = Rules::new(profile, as_of);
        let pair = Pair { vacancy, candidate, travel_minutes: None };
        Self {
            skills: vacancy
                .skills
                .iter()
                .filter(|asked| names(asked, pair))
                .map(|asked| &asked.text)
                .collect(),
            qualities: qualities(vacancy, candidate, rules),
            hours: hours::here(pair, rules),
            available_from: match candidate.time.start {
                Start::From(day) if day > rules.as_of => Some(day.date()),
                Start::From(_) | Start::Open | Start::NotYetKnown => None,
            },
            remarks: remarks(vacancy, pair, rules),
        }
    }
}

/// Whether the person names an asked skill as a skill or a course. What only a free text tells stays between the person
/// and the advisor: an employer could ask about anything that people write.
fn names(asked: &AskedSkill, pair: Pair<'_>) -> bool {
    let told_in_a_text = |own: Option<&OwnSkill>| own.is_some_and(|own| own.told == Told::Text);
    let named = skills::named(asked, &pair.candidate.skills);
    named.is_named() && !told_in_a_text(named.by)
}

/// Each quality once, as the vacancy asks it first.
fn qualities<'v>(
    vacancy: &'v VacancyFacts,
    candidate: &CandidateFacts,
    rules: Rules<'_>,
) -> Vec<(Competency, Option<&'v Facet>, Basis)> {
    let mut told: Vec<(Competency, Option<&Facet>, Basis)> = Vec::new();
    for asked in &vacancy.qualities {
        let facet = asked.facet.as_ref();
        if told.iter().any(|(competency, other, _)| (*competency, *other) == (asked.competency, facet)) {
            continue;
        }
        if competencies::item(asked, candidate, rules).fit >= TOLD
            && let Some(basis) = basis(asked, candidate, rules)
        {
            told.push((asked.competency, facet, basis));
        }
    }
    told
}

/// The surest basis of what speaks for a quality.
fn basis(asked: &AskedQuality, candidate: &CandidateFacts, rules: Rules<'_>) -> Option<Basis> {
    let counts = |seen: &&Seen| {
        seen.value.points() > 0
            && seen.dispute == Dispute::Undisputed
            && seen.on.is_none_or(|day| day <= rules.as_of)
    };
    let seen = competencies::observations(asked, candidate).map(|quality| &quality.seen).filter(counts);
    seen.map(|seen| match seen.source {
        ObservationSource::SelfReport => Basis::Said,
        ObservationSource::Conversation | ObservationSource::Coach => Basis::InContact,
        ObservationSource::PracticalTest
        | ObservationSource::Internship
        | ObservationSource::TrialPlacement
        | ObservationSource::Employer => Basis::AtWork,
    })
    .max()
}

fn remarks<'v>(vacancy: &'v VacancyFacts, pair: Pair<'_>, rules: Rules<'_>) -> Vec<Remark<'v>> {
    let candidate = pair.candidate;
    let mut remarks = Vec::new();
    let papers = |told: fn(PaperName) -> Remark<'v>, which: &dyn Fn(&AskedPaper) -> bool| {
        let asked = vacancy.papers.iter().filter(|asked| which(asked));
        asked.map(|asked| told(asked.paper.name())).collect::<Vec<_>>()
    };
    let there = |asked: &AskedPaper| standing(asked, candidate, rules) == Standing::Has;
    let in_time = |asked: &AskedPaper| obtainable(asked, vacancy, rules) == Obtainable::InTime;
    // Whether it is known to be lacking or not known at all is not told: of some papers that would say too much.
    let to_ask = |asked: &AskedPaper| {
        let needed = matches!(asked.importance, Importance::Legal | Importance::Must);
        needed && !there(asked) && !in_time(asked)
    };
    remarks.extend(papers(Remark::PaperToAsk, &to_ask));
    if candidate.time.start == Start::NotYetKnown {
        remarks.push(Remark::StartToAsk);
    }
    remarks.extend(wishes(pair, rules));
    for asked in &vacancy.languages {
        let mut levels = language::levels(asked, candidate).peekable();
        if levels.peek().is_some() && levels.all(|(level, known)| known >= Some(level.needed)) {
            remarks.push(Remark::LanguageForStart(asked.language));
        }
    }
    for (criterion, remark) in [
        (Criterion::Hours, Remark::HoursFit),
        (Criterion::WeekPattern, Remark::TimesFit),
        (Criterion::Contract, Remark::ContractFits),
    ] {
        let opinion = criteria::judge(criterion, pair, rules);
        if opinion.is_some_and(|opinion| opinion.knowledge == Knowledge::Known && opinion.fit == WHOLE) {
            remarks.push(remark);
        }
    }
    let mut experience = vacancy.experience.iter().map(|asked| experience::item(asked, candidate, rules).0);
    let whole = |opinion: criteria::Opinion| opinion.knowledge != Knowledge::Unknown && opinion.fit == WHOLE;
    if !vacancy.experience.is_empty() && experience.all(whole) {
        remarks.push(Remark::ExperienceAsAsked);
    }
    if vacancy.level.is_some_and(|(asked, _)| candidate.level.known >= Some(asked)) {
        remarks.push(Remark::LevelAsAsked);
    }
    for asked in &vacancy.educations {
        if let Some(name) = asked.name.as_ref().filter(|_| level::has(asked, candidate)) {
            remarks.push(Remark::EducationThere(name));
        }
    }
    remarks.extend(papers(Remark::PaperThere, &there));
    remarks.extend(papers(Remark::PaperInTime, &|asked| !there(asked) && in_time(asked)));
    remarks
}

/// What the person wants, as far as it is this work; other wishes are nobody's business here.
fn wishes<'v>(pair: Pair<'_>, rules: Rules<'_>) -> Vec<Remark<'v>> {
    let parts = motivation::parts(pair, rules);
    let known = |opinion: criteria::Opinion| opinion.knowledge != Knowledge::Unknown;
    let mut told = Vec::new();
    if known(parts.occupation) && !pair.candidate.wished.is_empty() {
        match parts.occupation.fit {
            WHOLE => told.push(Remark::WantsThisWork),
            motivation::SAME_GROUP.. => told.push(Remark::WantsWorkLikeThis),
            _ => {}
        }
    }
    if known(parts.sector) && parts.sector.fit >= THIS_SECTOR {
        told.push(Remark::WantsThisSector);
    }
    if known(parts.observed) && parts.observed.fit >= TOLD {
        told.push(Remark::Motivated);
    }
    told
}
