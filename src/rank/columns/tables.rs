//! What one vacancy asks, judged once for each class of people.

use super::{
    Columns, Threads,
    cache::Asked,
    classes::Classes,
    index::half,
    skills::Certainty,
    sparse::{Sparse, Touched},
    time::{asked_hours, times_table},
    work::{asked_work, refusable},
};
use crate::domain::{competency::Competency, requirement::Importance, time::Answer};
use crate::rank::{
    conflict::{self, View},
    criteria::{
        Opinion, WHOLE, competencies, contract, culture, language, level,
        licences::{self, Obtainable, Standing, obtainable},
        mean::{Fits, mean},
        motivation, observed, skills, support, travel, week_pattern,
    },
    facts::{
        AskedExperience, AskedPaper, AskedQuality, AskedSkill, CandidateFacts, Paper, VacancyFacts,
        item_weight,
    },
    rules::{Pair, Rules},
};
use std::{borrow::Borrow, sync::Arc};

/// What stands in a table where the criterion is not asked.
pub(super) const NOT_ASKED: u16 = u16::MAX;

/// A figure of each class, kept for the next vacancy that asks the same.
pub(super) type Table = Arc<Box<[u32]>>;
/// A figure of each row, kept likewise.
pub(super) type Rows = Arc<Box<[u16]>>;
/// Two figures of each row: the lower half is a fit.
pub(super) type Both = Arc<Box<[u32]>>;

/// One asked skill.
#[derive(Debug)]
pub(super) struct Skill {
    pub(super) weight: u32,
    pub(super) certainty: Certainty,
    /// What it counts at least.
    pub(super) unnamed: u32,
    /// What alike work counts for it, times 10⁸; 0: nothing.
    pub(super) by_alike_work: u64,
}

/// One asked quality.
#[derive(Debug)]
pub(super) struct Quality {
    pub(super) weight: u32,
    pub(super) fits: Rows,
    pub(super) is_must: bool,
}

/// One asked licence, certificate or registration: what each standing gives.
#[derive(Debug)]
pub(super) struct PaperOf {
    pub(super) weight: u32,
    /// The standing of each row, as a place in the lists below.
    pub(super) standings: Rows,
    pub(super) fits: [u32; 3],
    pub(super) is_unmet: [bool; 3],
    pub(super) is_excluded: [bool; 3],
}

/// Everything that a vacancy asks of everybody. Two figures of one class stand in one entry: the lower half is a fit.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) skills: Vec<Skill>,
    pub(super) alike: Option<Arc<Sparse<u16>>>,
    pub(super) qualities: Vec<Quality>,
    /// Fit of the wished occupation, and above it that of growth.
    pub(super) wishes: Table,
    pub(super) wished_sectors: Rows,
    pub(super) interests: Table,
    /// Of whom no motivation was observed that counts.
    pub(super) unobserved: u32,
    pub(super) observed: Arc<Sparse<u16>>,
    pub(super) learning: Rows,
    pub(super) conditions: Table,
    /// With the number of unmet languages.
    pub(super) languages: Option<Both>,
    /// With the part that the conflict takes.
    pub(super) hours: Both,
    /// Of each class, with the part that the conflict takes.
    pub(super) times: Table,
    pub(super) days: Rows,
    pub(super) travel: Rows,
    pub(super) support: Rows,
    pub(super) contract: Rows,
    pub(super) level: Option<Rows>,
    pub(super) experience: Option<Rows>,
    pub(super) papers: Vec<PaperOf>,
    pub(super) refused: Table,
}

/// The maker of the tables of one vacancy.
struct Maker<'a, C> {
    columns: &'a Columns<C>,
    threads: Threads,
    vacancy: &'a VacancyFacts,
    rules: Rules<'a>,
}

impl Tables {
    pub(super) fn new<C: Borrow<CandidateFacts> + Sync>(
        columns: &Columns<C>,
        threads: Threads,
        vacancy: &VacancyFacts,
        rules: Rules<'_>,
    ) -> Self {
        let make = Maker { columns, threads, vacancy, rules };
        let learning = AskedQuality {
            competency: Competency::Learn,
            facet: None,
            importance: Importance::Could,
            may_grow: false,
        };
        // What is seldom kept from former vacancies goes to another thread where one is free.
        let (wishes, (skills, experience)) = threads.join(
            || make.wishes(),
            || (vacancy.skills.iter().map(|asked| make.skill(asked)).collect::<Vec<_>>(), make.experience()),
        );
        let needs_alike = skills.iter().any(|skill| skill.by_alike_work > 0);
        let (index, people, kept) = (&columns.index, &columns.people, &columns.kept);
        let (unobserved, observed) = make.observed();
        Self {
            alike: needs_alike.then(|| index.skills.alike(vacancy, people, rules, kept)),
            skills,
            qualities: vacancy.qualities.iter().map(|asked| make.quality(asked)).collect(),
            wishes,
            wished_sectors: make.wished_sectors(),
            interests: make.interests(),
            unobserved,
            observed,
            learning: make.quality(&learning).fits,
            conditions: make.conditions(),
            languages: make.languages(),
            hours: make.hours(),
            times: make.times(),
            days: make.days(),
            travel: make.travel(),
            support: make.support(),
            contract: make.contract(),
            level: make.level(),
            experience,
            papers: vacancy.papers.iter().map(|asked| make.paper(asked)).collect(),
            refused: make.refused(),
        }
    }
}

fn fit_or_not_asked(opinion: Option<Opinion>) -> u16 {
    // A fit is at most 10,000.
    opinion.map_or(NOT_ASKED, |opinion| opinion.fit as u16)
}

impl<'a, C: Borrow<CandidateFacts> + Sync> Maker<'a, C> {
    fn person(&self, row: usize) -> &'a CandidateFacts {
        self.columns.people[row].borrow()
    }

    fn pair(&self, row: usize) -> Pair<'a> {
        Pair { vacancy: self.vacancy, candidate: self.person(row), travel_minutes: None }
    }

    fn table(&self, asked: Asked, make: impl FnOnce() -> Box<[u32]>) -> Table {
        self.columns.kept.tables.get(asked, make)
    }

    fn rows(&self, asked: Asked, make: impl FnOnce() -> Vec<u16>) -> Rows {
        self.columns.kept.rows.get(asked, || make().into())
    }

    /// A figure of each row by what is judged of its class.
    fn of_classes(&self, asked: Asked, classes: &Classes, judge: impl Fn(usize) -> u16 + Sync) -> Rows {
        let fits = || self.columns.kept.fits.get(asked, || classes.table_on(self.threads, judge).into());
        self.rows(asked, || classes.of_rows(self.threads, &fits()))
    }

    fn skill(&self, asked: &AskedSkill) -> Skill {
        let Columns { index, people, kept, .. } = self.columns;
        let doubt = u64::from(WHOLE - u32::from(asked.confidence).min(WHOLE));
        let is_like_work = !self.vacancy.alike.is_empty() && doubt > 0;
        Skill {
            weight: asked.weight,
            certainty: index.skills.certainty(asked, is_like_work, people, self.rules, kept),
            unnamed: skills::unnamed(asked, self.rules),
            by_alike_work: if is_like_work { u64::from(skills::ALIKE) * doubt } else { 0 },
        }
    }

    fn quality(&self, asked: &AskedQuality) -> Quality {
        let what = (asked.competency, &asked.facet, asked.may_grow, self.rules.as_of);
        let fits = self.rows(Asked::new("quality", what), || {
            let unseen = observed::judge(std::iter::empty::<(Option<&str>, _)>(), self.rules.as_of);
            let nobody = competencies::as_asked(asked, unseen).fit as u16;
            let mut fits = vec![nobody; self.columns.people.len()];
            for row in self.columns.index.qualities.of(asked.competency.code()) {
                let row = *row as usize;
                fits[row] = competencies::item(asked, self.person(row), self.rules).fit as u16;
            }
            fits
        });
        let weight = item_weight(asked.importance);
        Quality { weight, fits, is_must: conflict::is_must(asked.importance) }
    }

    fn wishes(&self) -> Table {
        let (vacancy, neutral) = (self.vacancy, self.rules.numbers.neutral);
        let index = &self.columns.index.wishes;
        self.table(Asked::new("wishes", (asked_work(vacancy), neutral)), || {
            let other = self.table(Asked::new("other work", neutral), || index.of_other_work(neutral));
            index.table(vacancy, &self.columns.people, neutral, &other)
        })
    }

    fn interests(&self) -> Table {
        let (vacancy, neutral) = (self.vacancy, self.rules.numbers.neutral);
        self.table(Asked::new("interests", (&vacancy.all_words, neutral)), || {
            self.columns.index.interests.table(vacancy, &self.columns.people, neutral)
        })
    }

    fn refused(&self) -> Table {
        self.table(Asked::new("refused", refusable(self.vacancy)), || {
            self.columns.index.refused.table(self.vacancy, &self.columns.people)
        })
    }

    fn wished_sectors(&self) -> Rows {
        let (vacancy, neutral) = (self.vacancy, self.rules.numbers.neutral);
        let asked = Asked::new("sectors", (&vacancy.sectors, neutral));
        self.of_classes(asked, &self.columns.index.wished_sectors, |row| {
            motivation::sector(vacancy, self.person(row)).unwrap_or(neutral) as u16
        })
    }

    fn conditions(&self) -> Table {
        let (v, rules) = (self.vacancy, self.rules);
        let said = (&v.conditions, &v.condition_words, &v.condition_text_words, v.has_condition_text);
        self.table(Asked::new("conditions", (said, rules.numbers.neutral)), || {
            let table = self.columns.index.conditions.table(
                |row, place| culture::weighed(&self.person(row).conditions[place], v, rules),
                |all| {
                    let unsaid = || culture::unsaid(v, rules).map(|opinion| opinion.fit);
                    Fits::of(all.copied()).mean().or_else(unsaid).unwrap_or(NOT_ASKED.into())
                },
            );
            table.into()
        })
    }

    fn observed(&self) -> (u32, Arc<Sparse<u16>>) {
        let Columns { index, people, kept, .. } = self.columns;
        let counting = index.subjects.counting(self.vacancy, people);
        let unseen = observed::judge(std::iter::empty::<(u8, _)>(), self.rules.as_of).fit;
        // Of an occupation and a sector the same observations count.
        let sparse = kept.some.get(Asked::new("observed", (&counting, self.rules.as_of)), || {
            let mut touched = Touched::new(people.len());
            for subject in &counting {
                index.subjects.rows(*subject).iter().for_each(|row| touched.mark(*row as usize));
            }
            let fit = |row| motivation::observed(self.vacancy, self.person(row), self.rules).fit as u16;
            Sparse::new(people.len(), touched.rows().map(|row| (row, fit(row))))
        });
        (unseen, sparse)
    }

    fn languages(&self) -> Option<Both> {
        let asked = &self.vacancy.languages;
        // A language of which no level is asked asks nothing.
        if asked.iter().all(|asked| asked.levels.is_empty()) {
            return None;
        }
        let classes = &self.columns.index.languages;
        let judge = |row| {
            let pair = self.pair(row);
            let unmet = asked
                .iter()
                .filter(|asked| conflict::is_must(asked.importance))
                .filter(|asked| conflict::language_unmet(asked, pair, View::AsKnown))
                .count();
            // A vacancy asks at most some hundred languages.
            let unmet = u32::try_from(unmet).unwrap_or(0);
            language::judge(pair, self.rules).map_or(0, |opinion| opinion.fit) | unmet << 16
        };
        let what = Asked::new("languages", (asked, self.rules.numbers.neutral));
        let table = || self.table(what, || classes.table_on(self.threads, judge).into());
        Some(self.columns.kept.both.get(what, || classes.of_rows(self.threads, &table()).into()))
    }

    fn hours(&self) -> Both {
        let what = (asked_hours(self.vacancy), self.rules.as_of, self.rules.numbers.neutral);
        let what = Asked::new("hours", what);
        let index = &self.columns.index.hours;
        let people = &self.columns.people;
        let plain = (self.vacancy.hours, self.vacancy.carving, self.vacancy.least_part);
        let plain = Asked::new("plain hours", (plain, self.rules.as_of, self.rules.numbers.neutral));
        let table = || {
            self.table(what, || {
                let plain =
                    self.table(plain, || index.plain_table(self.threads, self.vacancy, people, self.rules));
                index.table(self.vacancy, people, self.rules, &plain)
            })
        };
        self.columns.kept.both.get(what, || index.classes.of_rows(self.threads, &table()).into())
    }

    fn times(&self) -> Table {
        let v = self.vacancy;
        let needed = (v.hours.and_then(|hours| hours.min), v.carving == Some(Answer::Yes), &v.times);
        let what = (needed, self.rules.as_of, self.rules.numbers.neutral);
        self.table(Asked::new("times", what), || {
            times_table(&self.columns.index.times, self.threads, v, &self.columns.people, self.rules)
        })
    }

    fn days(&self) -> Rows {
        let v = self.vacancy;
        let what = (v.starts_on, v.ends_on, self.rules.as_of, self.rules.numbers.neutral);
        self.of_classes(Asked::new("days", what), &self.columns.index.days, |row| {
            let days = [
                week_pattern::start(self.pair(row), self.rules),
                week_pattern::end(self.pair(row), self.rules),
            ];
            days.into_iter().flatten().map(|day| day.fit).min().unwrap_or(WHOLE) as u16
        })
    }

    fn travel(&self) -> Rows {
        let v = self.vacancy;
        let what = (v.position, travel::has_odd_times(&v.times), self.rules.numbers.neutral);
        // At the own employer travel is judged by itself: the class says nothing of employers.
        self.of_classes(Asked::new("travel", what), &self.columns.index.travel, |row| {
            travel::judge_elsewhere(self.pair(row), self.rules).fit as u16
        })
    }

    fn support(&self) -> Rows {
        let v = self.vacancy;
        let what = (v.offered, v.not_offered, &v.capacities, self.rules.numbers.neutral);
        self.of_classes(Asked::new("support", what), &self.columns.index.support, |row| {
            fit_or_not_asked(support::judge(self.pair(row), self.rules))
        })
    }

    fn contract(&self) -> Rows {
        let what = (&self.vacancy.contract, self.rules.numbers.neutral);
        self.of_classes(Asked::new("contract", what), &self.columns.index.contract, |row| {
            fit_or_not_asked(contract::judge(self.pair(row), self.rules))
        })
    }

    fn level(&self) -> Option<Rows> {
        let v = self.vacancy;
        let what = (v.level, &v.educations, self.rules.numbers.neutral);
        let is_asked = v.level.is_some() || !v.educations.is_empty();
        is_asked.then(|| {
            self.of_classes(Asked::new("level", what), &self.columns.index.level, |row| {
                fit_or_not_asked(level::judge(self.pair(row), self.rules))
            })
        })
    }

    fn experience(&self) -> Option<Rows> {
        let Columns { index, people, kept, .. } = self.columns;
        let (index, as_of, neutral) = (&index.experience, self.rules.as_of, self.rules.numbers.neutral);
        let months = || kept.months.get(Asked::new("months", as_of), || index.months(people, self.rules));
        let fits = |asked: &AskedExperience| {
            self.rows(Asked::new("experience", (&asked.keys, asked.years, as_of, neutral)), || {
                index.fits(asked, people, &months(), self.rules)
            })
        };
        match &*self.vacancy.experience {
            [] => None,
            // The mean of one is itself.
            [only] => Some(fits(only)),
            several => {
                let items: Vec<_> = several.iter().map(|asked| (asked.weight, fits(asked))).collect();
                let of_row = |row: usize| {
                    let items =
                        items.iter().map(|(weight, fits)| (*weight, Opinion::known(fits[row].into())));
                    mean(items).map_or(0, |opinion| opinion.fit as u16)
                };
                Some(Arc::new((0..people.len()).map(of_row).collect()))
            }
        }
    }

    fn paper(&self, asked: &AskedPaper) -> PaperOf {
        const ALL: [Standing; 3] = [Standing::Has, Standing::Lacks, Standing::Unknown];
        let code =
            |standing: Standing| ALL.iter().zip(0..).find(|(one, _)| **one == standing).map_or(0, |(_, n)| n);
        let rules = self.rules;
        let standings = match asked.paper {
            Paper::Licence(licence) => {
                self.of_classes(Asked::new("licence", licence), &self.columns.index.licences, |row| {
                    code(licences::standing(asked, self.person(row), rules))
                })
            }
            Paper::Certificate(_) | Paper::Registration(_) => {
                self.rows(Asked::new("paper", (&asked.same, &asked.accepts, rules.as_of)), || {
                    let mut of_row = vec![code(Standing::Unknown); self.columns.people.len()];
                    for key in asked.same.iter().chain(&asked.accepts) {
                        for row in self.columns.index.papers.of(half(key.0)) {
                            let row = *row as usize;
                            of_row[row] = code(licences::standing(asked, self.person(row), rules));
                        }
                    }
                    of_row
                })
            }
        };
        let obtainable = obtainable(asked, self.vacancy, rules);
        let lacks_for_good = ALL.map(|s| s == Standing::Lacks && obtainable == Obtainable::TooLate);
        let of = |importance| if asked.importance == importance { lacks_for_good } else { [false; 3] };
        PaperOf {
            weight: item_weight(asked.importance),
            standings,
            fits: ALL.map(|standing| licences::opinion(standing, obtainable, rules).fit),
            is_unmet: of(Importance::Must),
            is_excluded: of(Importance::Legal),
        }
    }
}
