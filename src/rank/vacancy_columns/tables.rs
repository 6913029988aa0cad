//! What all vacancies ask, judged once for each class of them for one person.

use super::{
    index::{ConditionKey, Index},
    skills::OwnEvidence,
    work::{self, OwnWork},
};
use crate::domain::{competency::Competency, sector::Sector};
use crate::rank::{
    columns::Threads,
    conflict::{self, View},
    criteria::{
        Opinion, WHOLE, competencies, contract, culture, experience,
        hours::{self, Hours},
        language, level,
        licences::{self, Obtainable, Standing},
        motivation, observed, support, travel, week_pattern,
    },
    facts::{AskedPaper, CandidateFacts, SeenQuality, VacancyFacts},
    rules::{Pair, Rules},
    track::{self, Obstacle, Way},
};
use std::{borrow::Borrow, sync::Arc};

/// A fit, and what is in the way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub(super) fit: u32,
    pub(super) way: Way,
}

/// A fit, and the part that the conflict takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) fit: u32,
    pub(super) part: u32,
}

/// What an asked paper is for the person.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnPaper {
    pub(super) standing: Standing,
    pub(super) way: Way,
}

/// Everything that vacancies ask of one person, by class.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) skills: OwnEvidence,
    pub(super) qualities: Vec<u32>,
    pub(super) papers: Vec<OwnPaper>,
    pub(super) obtainable: Arc<[Obtainable]>,
    pub(super) works: Vec<OwnWork>,
    pub(super) sectors: Vec<Option<u32>>,
    /// By row; `None` where the person has no interests.
    pub(super) interests: Option<Vec<u16>>,
    /// By row; `None` where nothing was observed.
    pub(super) observed: Option<Vec<u16>>,
    pub(super) unobserved: u32,
    pub(super) learning: u32,
    pub(super) conditions: Vec<Option<u32>>,
    /// The fit, with how many languages are unmet.
    pub(super) languages: Vec<(Option<u32>, u32, Way)>,
    /// With what is in the way where the hours are too few.
    pub(super) hours: Vec<(Part, Way)>,
    /// Whether the class of a row's hours knows their times.
    pub(super) hours_at_times: bool,
    pub(super) times: Vec<Part>,
    pub(super) days: Vec<Judged>,
    pub(super) travel: Vec<Judged>,
    pub(super) support: Vec<Option<u32>>,
    pub(super) contract: Vec<Option<u32>>,
    pub(super) level: Vec<Option<u32>>,
    pub(super) experience: Vec<Option<u32>>,
    /// What is refused but for the work itself.
    pub(super) refused: Vec<bool>,
}

/// The maker of the tables of one person.
struct Maker<'a, V> {
    vacancies: &'a [V],
    sector: &'a [Sector],
    person: &'a CandidateFacts,
    /// By sector.
    rules: [Rules<'a>; 3],
}

impl Tables {
    pub(super) fn new<'a, V: Borrow<VacancyFacts> + Sync>(
        vacancies: &'a [V],
        index: &'a Index,
        threads: Threads,
        person: &'a CandidateFacts,
        rules: [Rules<'a>; 3],
    ) -> Self {
        let make = Maker { vacancies, sector: &index.sector, person, rules };
        // What depends on the day alone: any profile does.
        let by_day = rules[0];
        let has_slots = make.may_keep_a_job_at_times();
        let (words, week) = threads.join(|| make.words(index, by_day), || make.week(index, has_slots));
        let Words {
            skills,
            works,
            interests,
            observed,
            papers,
            qualities,
            obtainable,
            conditions,
            experience,
        } = words;
        let Week { hours, times, days, travel, languages, support, level, contract, refused } = week;
        let learnt = competencies::of_competency(Competency::Learn, person);
        Self {
            skills,
            qualities,
            papers,
            obtainable,
            works,
            sectors: index.classes.sectors.table(|row| motivation::sector(vacancies[row].borrow(), person)),
            interests,
            observed,
            unobserved: observed::judge(std::iter::empty::<(u8, _)>(), by_day.as_of).fit,
            learning: observed::judge(learnt.map(SeenQuality::facet_and_seen), by_day.as_of).fit,
            conditions,
            languages,
            hours,
            hours_at_times: has_slots,
            times,
            days,
            travel,
            support,
            contract,
            level,
            experience,
            refused,
        }
    }
}

/// What is mostly found through words.
struct Words {
    skills: OwnEvidence,
    works: Vec<OwnWork>,
    interests: Option<Vec<u16>>,
    observed: Option<Vec<u16>>,
    papers: Vec<OwnPaper>,
    qualities: Vec<u32>,
    obtainable: Arc<[Obtainable]>,
    conditions: Vec<Option<u32>>,
    experience: Vec<Option<u32>>,
}

/// What is mostly judged by class.
struct Week {
    hours: Vec<(Part, Way)>,
    times: Vec<Part>,
    days: Vec<Judged>,
    travel: Vec<Judged>,
    languages: Vec<(Option<u32>, u32, Way)>,
    support: Vec<Option<u32>>,
    level: Vec<Option<u32>>,
    contract: Vec<Option<u32>>,
    refused: Vec<bool>,
}

impl<'a, V: Borrow<VacancyFacts>> Maker<'a, V> {
    fn words(&self, index: &Index, by_day: Rules<'_>) -> Words {
        let Self { vacancies, person, .. } = *self;
        let classes = &index.classes;
        let quality = |row: usize, place: usize| {
            competencies::item(&self.vacancy(row).qualities[place], person, by_day).fit
        };
        let mut conditions = Vec::new();
        for condition in &person.conditions {
            let keys = condition.keys.iter().chain(&condition.opposite);
            conditions.extend(keys.map(|key| ConditionKey::Term(*key)));
            // What has all of the words has the first.
            conditions.extend(condition.words.first().map(|word| ConditionKey::Word(*word)));
        }
        let worked = person.experience.iter().flat_map(|work| work.keys.iter().copied());
        Words {
            skills: index.skills.evidence(person, by_day),
            works: index.works.table(vacancies, person, by_day),
            interests: index.words.interests(vacancies, person),
            observed: work::observed(&index.works, &classes.sectors, vacancies, person, by_day),
            papers: index.papers.different.judge(|row, place| self.paper(row, place, by_day)),
            qualities: index.different_qualities.judge(quality),
            obtainable: index.papers.obtainable(vacancies, by_day),
            conditions: classes
                .conditions
                .table(conditions.into_iter(), |row| self.fit(culture::judge_elsewhere, row)),
            experience: classes.experience.table(worked, |row| self.fit(experience::judge, row)),
        }
    }

    fn week(&self, index: &Index, has_slots: bool) -> Week {
        let (person, classes) = (self.person, &index.classes);
        let hours = if has_slots { &classes.hours_at_times } else { &classes.hours };
        let able = person.abilities.iter().flat_map(|own| own.words.iter().copied());
        let educated = person.educations.iter().copied();
        let is_refused = |row| conflict::refusal_but_of_work(&person.refused, self.vacancy(row)).is_some();
        Week {
            hours: hours.table(|row| self.hours(row)),
            times: classes.times.table(|row| self.times(row)),
            days: classes.days.table(|row| self.days(row)),
            travel: classes.travel.table(|row| self.travel(row)),
            languages: classes.languages.table(|row| self.languages(row)),
            support: classes.support.table(able, |row| self.fit(support::judge, row)),
            level: classes.level.table(educated, |row| self.fit(level::judge, row)),
            contract: classes.contract.table(|row| self.fit(contract::judge, row)),
            refused: if person.refused.sectors.is_empty() && person.refused.shifts.is_empty() {
                vec![false; classes.refusable.representatives.len()]
            } else {
                classes.refusable.table(is_refused)
            },
        }
    }

    fn vacancy(&self, row: usize) -> &'a VacancyFacts {
        self.vacancies[row].borrow()
    }

    fn pair(&self, row: usize) -> Pair<'a> {
        Pair { vacancy: self.vacancy(row), candidate: self.person, travel_minutes: None }
    }

    /// The rules by which a row is judged.
    fn rules(&self, row: usize) -> Rules<'a> {
        self.rules[self.sector[row] as usize]
    }

    fn fit(&self, judge: impl Fn(Pair<'a>, Rules<'a>) -> Option<Opinion>, row: usize) -> Option<u32> {
        judge(self.pair(row), self.rules(row)).map(|opinion| opinion.fit)
    }

    /// Whether some job of the person goes on beside work at some times.
    fn may_keep_a_job_at_times(&self) -> bool {
        let jobs = self.person.time.jobs.iter();
        jobs.filter(|job| !job.is_kept && job.minutes.is_some()).any(|job| !job.slots.is_empty())
    }

    /// At another employer than the person's own, which is judged by itself.
    fn hours(&self, row: usize) -> (Part, Way) {
        let (pair, rules) = (self.pair(row), self.rules(row));
        let hours = if pair.is_own_employer() {
            let elsewhere = VacancyFacts { employer: None, ..pair.vacancy.clone() };
            hours::judge(Pair { vacancy: &elsewhere, ..pair }, rules)
        } else {
            hours::judge(pair, rules)
        };
        let part = conflict::part_of_hours(&hours, pair.vacancy, View::AsKnown);
        let Hours { opinion, .. } = hours;
        (Part { fit: opinion.fit, part }, Way::FREE.past(track::hours_in_the_way(pair, rules)))
    }

    fn times(&self, row: usize) -> Part {
        let (pair, rules) = (self.pair(row), self.rules(row));
        let times = week_pattern::of_times(pair, rules);
        let part = conflict::part_of_times(&times, pair.vacancy, View::AsKnown);
        Part { fit: times.opinion.fit, part }
    }

    fn days(&self, row: usize) -> Judged {
        let (pair, rules) = (self.pair(row), self.rules(row));
        let days = [week_pattern::start(pair, rules), week_pattern::end(pair, rules)];
        let fit = days.into_iter().flatten().map(|day| day.fit).min().unwrap_or(WHOLE);
        Judged { fit, way: past(track::start_in_the_way(pair, rules)) }
    }

    fn travel(&self, row: usize) -> Judged {
        let reach = travel::judge_elsewhere(self.pair(row), self.rules(row));
        Judged { fit: reach.fit, way: past(track::reach_in_the_way(reach)) }
    }

    fn languages(&self, row: usize) -> (Option<u32>, u32, Way) {
        let pair = self.pair(row);
        let musts = pair.vacancy.languages.iter().filter(|asked| conflict::is_must(asked.importance));
        let unmet = musts.filter(|asked| conflict::language_unmet(asked, pair, View::AsKnown)).count();
        let fit = self.fit(language::judge, row);
        // A vacancy asks at most some hundred languages.
        (fit, u32::try_from(unmet).unwrap_or(0), past(track::languages_in_the_way(pair)))
    }

    fn paper(&self, row: usize, place: usize, rules: Rules<'_>) -> OwnPaper {
        let asked: &AskedPaper = &self.pair(row).vacancy.papers[place];
        let standing = licences::standing(asked, self.person, rules);
        OwnPaper { standing, way: past(track::paper_in_the_way(asked, standing)) }
    }
}

fn past<'a>(obstacles: impl IntoIterator<Item = Obstacle<'a>>) -> Way {
    obstacles.into_iter().fold(Way::FREE, Way::past)
}
