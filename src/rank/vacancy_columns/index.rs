//! Every vacancy by what each criterion reads of it.

use super::{
    fine::FineClasses,
    items::{Different, Items, Numbering},
    skills::SkillIndex,
    work::{WordIndex, WorkIndex},
};
use crate::domain::{requirement::Importance, sector::Sector, time::Answer};
use crate::rank::{
    columns::{
        classes::{Classes, Postings},
        half,
    },
    conflict,
    criteria::{
        licences::{self, Obtainable},
        travel,
    },
    day::Day,
    facts::{AskedPaper, AskedQuality, Paper, VacancyFacts, WorkTimes, item_weight},
    rules::Rules,
    term::{TermKey, WordKey},
};
use std::{
    borrow::Borrow,
    sync::{Arc, Mutex, PoisonError},
};

/// The classes of vacancies, one kind for each thing that is judged by itself. What counts where something is unknown
/// depends on the profile, and the profile on the sector: vacancies of one class have one sector where that matters.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) sector: Box<[Sector]>,
    /// By what decides whether they are in the pool.
    pub(super) pools: Classes,
    pub(super) skills: SkillIndex,
    pub(super) qualities: Items<AskedOf>,
    pub(super) different_qualities: Different,
    pub(super) papers: PaperIndex,
    pub(super) works: WorkIndex,
    pub(super) words: WordIndex,
    pub(super) classes: ByCriterion,
    /// Rows by half of the key of their employer.
    pub(super) employers: Postings<u64, u32>,
}

/// One asked quality.
#[derive(Debug)]
pub(super) struct AskedOf {
    pub(super) number: u32,
    pub(super) weight: u32,
    pub(super) is_must: bool,
}

/// Asked licences, certificates and registrations.
#[derive(Debug)]
pub(super) struct PaperIndex {
    pub(super) asked: Items<AskedPaperOf>,
    pub(super) different: Different,
    /// Different times within which a paper is to be had.
    terms: Different,
    /// Whether each is long enough, on the day that was asked for last.
    kept: Mutex<Option<(Day, Arc<[Obtainable]>)>>,
}

/// One asked paper.
#[derive(Clone, Copy, Debug)]
pub(super) struct AskedPaperOf {
    pub(super) number: u32,
    pub(super) term: u32,
    pub(super) weight: u32,
    pub(super) importance: Importance,
}

/// The classes of which a vacancy has one.
#[derive(Debug)]
pub(super) struct ByCriterion {
    pub(super) sectors: Classes,
    /// What a person may refuse but for the work itself.
    pub(super) refusable: Classes,
    /// By keys and words of conditions.
    pub(super) conditions: FineClasses<ConditionKey>,
    pub(super) languages: Classes,
    /// Hours without the times of work.
    pub(super) hours: Classes,
    /// Hours with them: what they are beside a job that goes on.
    pub(super) hours_at_times: Classes,
    pub(super) times: Classes,
    /// First and last day.
    pub(super) days: Classes,
    pub(super) travel: Classes,
    /// By the first words of asked capacities.
    pub(super) support: FineClasses<WordKey>,
    pub(super) contract: Classes,
    /// By names of educations.
    pub(super) level: FineClasses<TermKey>,
    /// By names of occupations.
    pub(super) experience: FineClasses<TermKey>,
}

/// By what a condition of a person and one of a vacancy are found to be the same or opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ConditionKey {
    Term(TermKey),
    Word(WordKey),
}

impl Index {
    pub(super) fn new<V: Borrow<VacancyFacts> + Sync>(vacancies: &[V]) -> Self {
        let ((skills, works), (words, classes)) = rayon::join(
            || (SkillIndex::new(vacancies), WorkIndex::new(vacancies)),
            || (WordIndex::new(vacancies), ByCriterion::new(vacancies)),
        );
        let mut qualities = Numbering::new();
        let asked_qualities = Items::new(
            vacancies,
            |vacancy| &vacancy.qualities,
            |asked: &AskedQuality, row, place| AskedOf {
                number: qualities.number((asked.competency, &asked.facet, asked.may_grow), row, place),
                weight: item_weight(asked.importance),
                is_must: conflict::is_must(asked.importance),
            },
        );
        let employers = || {
            let rows = vacancies.iter().zip(0_u32..);
            rows.filter_map(|(vacancy, row)| Some((half(vacancy.borrow().employer?.0), row)))
        };
        Self {
            sector: vacancies.iter().map(|vacancy| vacancy.borrow().sector).collect(),
            pools: Classes::of_keys(vacancies.iter().map(|vacancy| vacancy.borrow().pool)),
            skills,
            qualities: asked_qualities,
            different_qualities: qualities.different(),
            papers: PaperIndex::new(vacancies),
            works,
            words,
            classes,
            employers: Postings::new(employers),
        }
    }
}

impl PaperIndex {
    fn new<V: Borrow<VacancyFacts>>(vacancies: &[V]) -> Self {
        let (mut papers, mut terms) = (Numbering::new(), Numbering::new());
        let asked = Items::new(
            vacancies,
            |vacancy| &vacancy.papers,
            |asked: &AskedPaper, row, place| {
                let licence = match asked.paper {
                    Paper::Licence(licence) => Some(licence),
                    Paper::Certificate(_) | Paper::Registration(_) => None,
                };
                let vacancy = vacancies[row as usize].borrow();
                let paper = (licence, &asked.same, &asked.accepts, asked.importance, asked.lead_weeks);
                let term = (asked.lead_weeks, asked.grace_weeks, vacancy.starts_on, vacancy.ends_on);
                AskedPaperOf {
                    number: papers.number(paper, row, place),
                    term: terms.number(term, row, place),
                    weight: item_weight(asked.importance),
                    importance: asked.importance,
                }
            },
        );
        Self { asked, different: papers.different(), terms: terms.different(), kept: Mutex::default() }
    }

    /// Whether a paper can be had within each of the times.
    pub(super) fn obtainable<V: Borrow<VacancyFacts>>(
        &self,
        vacancies: &[V],
        rules: Rules<'_>,
    ) -> Arc<[Obtainable]> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((day, obtainable)) = &*kept
            && *day == rules.as_of
        {
            return Arc::clone(obtainable);
        }
        let obtainable: Arc<[Obtainable]> = self
            .terms
            .judge(|row, place| {
                let vacancy = vacancies[row].borrow();
                licences::obtainable(&vacancy.papers[place], vacancy, rules)
            })
            .into();
        *kept = Some((rules.as_of, Arc::clone(&obtainable)));
        obtainable
    }
}

impl ByCriterion {
    fn new<V: Borrow<VacancyFacts>>(vacancies: &[V]) -> Self {
        let each = || vacancies.iter().map(Borrow::<VacancyFacts>::borrow);
        let hours = |v: &VacancyFacts| (v.hours, v.carving, v.least_part, v.sector);
        let slots = |v: &VacancyFacts| match &v.times {
            WorkTimes::Exact(slots) => Some(slots.clone()),
            WorkTimes::Kinds(_) | WorkTimes::Unknown => None,
        };
        let needed = |v: &VacancyFacts| v.hours.and_then(|hours| hours.min);
        Self {
            sectors: Classes::of_keys(each().map(|v| &v.sectors)),
            refusable: Classes::of_keys(each().map(|v| (&v.sectors, &v.shifts, v.irregular_work))),
            conditions: FineClasses::new(
                vacancies,
                |v| (&v.conditions, &v.condition_words, &v.condition_text_words, v.sector),
                |v| (v.conditions.is_empty(), v.sector),
                |v| {
                    let words = v.condition_words.iter().chain(&v.condition_text_words);
                    let words = words.map(|word| ConditionKey::Word(*word));
                    v.conditions.iter().map(|key| ConditionKey::Term(*key)).chain(words)
                },
            ),
            languages: Classes::of_keys(each().map(|v| (&v.languages, v.sector))),
            hours: Classes::of_keys(each().map(hours)),
            hours_at_times: Classes::of_keys(each().map(|v| (hours(v), slots(v)))),
            times: Classes::of_keys(
                each().map(|v| (needed(v), v.carving == Some(Answer::Yes), &v.times, v.sector)),
            ),
            days: Classes::of_keys(each().map(|v| (v.starts_on, v.ends_on, v.sector))),
            travel: Classes::of_keys(each().map(|v| (v.position, travel::has_odd_times(&v.times), v.sector))),
            support: FineClasses::new(
                vacancies,
                |v| (v.offered, v.not_offered, &v.capacities, v.sector),
                |v| (v.offered, v.not_offered, v.capacities.len(), v.sector),
                |v| v.capacities.iter().filter_map(|asked| asked.words.first().copied()),
            ),
            contract: Classes::of_keys(each().map(|v| (&v.contract, v.sector))),
            level: FineClasses::new(
                vacancies,
                |v| (v.level, &v.educations, v.sector),
                |v| {
                    let educations = v.educations.iter().map(|asked| (asked.level, asked.weight));
                    (v.level, educations.collect::<Vec<_>>(), v.sector)
                },
                |v| v.educations.iter().filter_map(|asked| asked.key),
            ),
            experience: FineClasses::new(
                vacancies,
                |v| (&v.experience, v.sector),
                |v| {
                    let years = v.experience.iter().map(|asked| (asked.years, asked.weight));
                    (years.collect::<Vec<_>>(), v.sector)
                },
                |v| v.experience.iter().flat_map(|asked| asked.keys.iter().copied()),
            ),
        }
    }
}
