//! What one vacancy asks, judged once for each class of people.

use super::{Columns, cache::Asked, skills::Certainties};
use crate::domain::{competency::Competency, requirement::Importance};
use crate::rank::{
    conflict::{self, View},
    criteria::{
        Opinion, WHOLE, competencies, contract, culture, hours, language, level,
        licences::{self, Obtainable, Standing, obtainable},
        mean::mean,
        motivation::{self, Likeness, OTHER_INTERESTS},
        observed, potential, skills, support, travel, week_pattern,
    },
    facts::{
        AskedExperience, AskedPaper, AskedQuality, AskedSkill, CandidateFacts, Paper, VacancyFacts,
        item_weight,
    },
    rules::{Pair, Rules},
    term::{has_all_words, share_a_key},
};
use std::{borrow::Borrow, sync::Arc};

/// What stands in a table where the criterion is not asked.
pub(super) const NOT_ASKED: u32 = u32::MAX;

/// One asked skill.
#[derive(Debug)]
pub(super) struct Skill {
    pub(super) weight: u32,
    pub(super) certainties: Certainties,
    /// What it counts at least.
    pub(super) unnamed: u32,
    /// What alike work counts for it, times 10⁸; 0: nothing.
    pub(super) by_alike_work: u64,
}

/// One asked quality.
#[derive(Debug)]
pub(super) struct Quality {
    pub(super) weight: u32,
    pub(super) fits: Arc<[u16]>,
    pub(super) is_must: bool,
}

/// One asked licence, certificate or registration: what each standing gives.
#[derive(Debug)]
pub(super) struct PaperOf {
    pub(super) weight: u32,
    /// The standing of each row, as a place in the lists below.
    pub(super) standings: Arc<[u16]>,
    pub(super) fits: [u32; 3],
    pub(super) is_unmet: [bool; 3],
    pub(super) is_excluded: [bool; 3],
}

/// Everything that a vacancy asks of everybody. Two figures of one class stand in one entry: the lower half is a fit.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) skills: Vec<Skill>,
    pub(super) alike: Option<Arc<[u16]>>,
    pub(super) qualities: Vec<Quality>,
    /// Fit of the wished occupation, and above it that of growth.
    pub(super) wishes: Arc<[u32]>,
    pub(super) wished_sectors: Vec<u32>,
    pub(super) interests: Vec<u32>,
    pub(super) observed: Arc<[u16]>,
    pub(super) learning: Arc<[u16]>,
    pub(super) conditions: Vec<u32>,
    /// With the number of unmet languages.
    pub(super) languages: Option<Arc<[u32]>>,
    /// With the part that the conflict takes.
    pub(super) hours: Arc<[u32]>,
    /// With the part that the conflict takes.
    pub(super) times: Arc<[u32]>,
    pub(super) days: Vec<u32>,
    pub(super) travel: Arc<[u32]>,
    pub(super) support: Vec<u32>,
    pub(super) contract: Vec<u32>,
    pub(super) level: Option<Vec<u32>>,
    pub(super) experience: Option<Arc<[u16]>>,
    pub(super) papers: Vec<PaperOf>,
    pub(super) refused: Vec<u32>,
}

/// The maker of the tables of one vacancy.
struct Maker<'a, C> {
    columns: &'a Columns<C>,
    vacancy: &'a VacancyFacts,
    rules: Rules<'a>,
}

impl Tables {
    pub(super) fn new<C: Borrow<CandidateFacts> + Sync>(
        columns: &Columns<C>,
        vacancy: &VacancyFacts,
        rules: Rules<'_>,
    ) -> Self {
        let make = Maker { columns, vacancy, rules };
        let learning = AskedQuality {
            competency: Competency::Learn,
            facet: None,
            importance: Importance::Could,
            may_grow: false,
        };
        let skills: Vec<Skill> = vacancy.skills.iter().map(|asked| make.skill(asked)).collect();
        let needs_alike = skills.iter().any(|skill| skill.by_alike_work > 0);
        let (index, people) = (&columns.index, &columns.people);
        Self {
            alike: needs_alike.then(|| index.skills.alike(vacancy, people, rules, &columns.kept)),
            skills,
            qualities: vacancy.qualities.iter().map(|asked| make.quality(asked)).collect(),
            wishes: make.wishes(),
            wished_sectors: index
                .wished_sectors
                .table(|row| motivation::sector(vacancy, make.person(row)).unwrap_or(rules.numbers.neutral)),
            interests: make.interests(),
            observed: make.observed(),
            learning: make.quality(&learning).fits,
            conditions: make.conditions(),
            languages: make.languages(),
            hours: make.hours(),
            times: make.times(),
            days: index.days.table(|row| {
                let parts =
                    [week_pattern::start(make.pair(row), rules), week_pattern::end(make.pair(row), rules)];
                parts.into_iter().flatten().map(|part| part.fit).min().unwrap_or(WHOLE)
            }),
            travel: make.travel(),
            support: index.support.table(|row| fit_or_not_asked(support::judge(make.pair(row), rules))),
            contract: index.contract.table(|row| fit_or_not_asked(contract::judge(make.pair(row), rules))),
            level: make.level(),
            experience: make.experience(),
            papers: vacancy.papers.iter().map(|asked| make.paper(asked)).collect(),
            refused: index.refused.table(|row| u32::from(conflict::is_refused(make.pair(row)))),
        }
    }
}

fn fit_or_not_asked(opinion: Option<Opinion>) -> u32 {
    opinion.map_or(NOT_ASKED, |opinion| opinion.fit)
}

fn both(low: u32, high: u32) -> u32 {
    low | high << 16
}

impl<'a, C: Borrow<CandidateFacts> + Sync> Maker<'a, C> {
    fn person(&self, row: usize) -> &'a CandidateFacts {
        self.columns.people[row].borrow()
    }

    fn pair(&self, row: usize) -> Pair<'a> {
        Pair { vacancy: self.vacancy, candidate: self.person(row), travel_minutes: None }
    }

    fn table(&self, asked: Asked, make: impl FnOnce() -> Vec<u32>) -> Arc<[u32]> {
        self.columns.kept.tables.get(asked, make)
    }

    fn rows(&self, asked: Asked, make: impl FnOnce() -> Vec<u16>) -> Arc<[u16]> {
        self.columns.kept.rows.get(asked, make)
    }

    fn skill(&self, asked: &AskedSkill) -> Skill {
        let Columns { index, people, kept } = self.columns;
        let doubt = u64::from(WHOLE - u32::from(asked.confidence).min(WHOLE));
        let has_alike = !self.vacancy.alike.is_empty();
        Skill {
            weight: asked.weight,
            certainties: index.skills.certainties(asked, people, self.rules, kept),
            unnamed: skills::unnamed(asked, self.rules),
            by_alike_work: if has_alike { u64::from(skills::ALIKE) * doubt } else { 0 },
        }
    }

    fn quality(&self, asked: &AskedQuality) -> Quality {
        let what = (asked.competency, &asked.facet, asked.may_grow, self.rules.as_of);
        let fits = self.rows(Asked::new("quality", what), || {
            let unseen = observed::judge(std::iter::empty::<(Option<&str>, _)>(), self.rules.as_of);
            let nobody = competencies::as_asked(asked, unseen).fit as u16;
            let mut fits = vec![nobody; self.columns.people.len()];
            for (_, row) in self.columns.index.qualities.of(asked.competency.code()) {
                let row = *row as usize;
                fits[row] = competencies::item(asked, self.person(row), self.rules).fit as u16;
            }
            fits
        });
        let weight = item_weight(asked.importance);
        Quality { weight, fits, is_must: conflict::is_must(asked.importance) }
    }

    fn wishes(&self) -> Arc<[u32]> {
        let vacancy = self.vacancy;
        let neutral = self.rules.numbers.neutral;
        let work = (&vacancy.keys, &vacancy.groups, &vacancy.work_words, &vacancy.work, &vacancy.leads_to);
        self.table(Asked::new("wishes", (work, neutral)), || {
            let unknown = both(neutral, neutral);
            if vacancy.keys.is_empty() {
                return vec![unknown; self.columns.index.wishes.classes()];
            }
            let index = &self.columns.index;
            // Work that shares nothing with a wish is other work and leads nowhere.
            let mut judged = vec![(Likeness::Other.fit(), 0); index.wishes.members()];
            for member in index.wish_terms.near(vacancy) {
                let (row, place) = index.wishes.representative(member);
                let wish = &self.person(row).wished[place];
                judged[member as usize] =
                    (motivation::likeness(wish, vacancy).fit(), potential::lead_to(wish, vacancy));
            }
            index.wishes.join(&judged, |wishes| {
                let best = wishes.fold(None, |best: Option<(u32, u32)>, wish| {
                    let (like, lead) = best.unwrap_or_default();
                    Some((like.max(wish.0), lead.max(wish.1)))
                });
                best.map_or(unknown, |(like, lead)| both(like, potential::grown(neutral, lead)))
            })
        })
    }

    fn conditions(&self) -> Vec<u32> {
        let (vacancy, rules) = (self.vacancy, self.rules);
        self.columns.index.conditions.table(
            |row, place| culture::weighed(&self.person(row).conditions[place], vacancy, rules),
            |all| fit_or_not_asked(mean(all.copied()).or_else(|| culture::unsaid(vacancy, rules))),
        )
    }

    fn interests(&self) -> Vec<u32> {
        let neutral = self.rules.numbers.neutral;
        let words = &self.vacancy.all_words;
        if words.is_empty() {
            return vec![neutral; self.columns.index.interests.classes()];
        }
        self.columns.index.interests.table(
            |row, place| has_all_words(words, &self.person(row).interests[place].1),
            |interests| {
                let found =
                    interests.fold(None, |found: Option<bool>, one| Some(found.unwrap_or(false) | one));
                found.map_or(neutral, |found| if found { WHOLE } else { OTHER_INTERESTS })
            },
        )
    }

    fn observed(&self) -> Arc<[u16]> {
        let vacancy = self.vacancy;
        let index = &self.columns.index.motivation;
        let counts =
            index.judge(|row, place| motivation::counts_for(&self.person(row).motivation[place].0, vacancy));
        // Of an occupation and a sector the same observations count.
        let counting: Vec<usize> = (0..counts.len()).filter(|subject| counts[*subject]).collect();
        self.rows(Asked::new("observed", (counting, self.rules.as_of)), || {
            let counts = index.join(&counts, |all| all.fold(false, |any, counts| any | counts));
            let unseen = observed::judge(std::iter::empty::<(u8, _)>(), self.rules.as_of).fit as u16;
            let judged = index.of.iter().enumerate().map(|(row, class)| match counts[*class as usize] {
                true => motivation::observed(vacancy, self.person(row), self.rules).fit as u16,
                false => unseen,
            });
            judged.collect()
        })
    }

    fn languages(&self) -> Option<Arc<[u32]>> {
        let asked = &self.vacancy.languages;
        let neutral = self.rules.numbers.neutral;
        if asked.is_empty() {
            return None;
        }
        let table = self.table(Asked::new("languages", (asked, neutral)), || {
            self.columns.index.languages.table(|row| {
                let pair = self.pair(row);
                let unmet = asked
                    .iter()
                    .filter(|asked| conflict::is_must(asked.importance))
                    .filter(|asked| conflict::language_unmet(asked, pair, View::AsKnown))
                    .count();
                // A vacancy asks at most some hundred languages.
                let unmet = u32::try_from(unmet).unwrap_or(0);
                language::judge(pair, self.rules).map_or(NOT_ASKED, |opinion| both(opinion.fit, unmet))
            })
        });
        // A language of which no level is asked asks nothing.
        (table.first() != Some(&NOT_ASKED)).then_some(table)
    }

    fn hours(&self) -> Arc<[u32]> {
        let v = self.vacancy;
        let rules = self.rules;
        let employer =
            v.employer.filter(|key| !self.columns.index.employers.of(super::index::half(key.0)).is_empty());
        let what = (v.hours, v.carving, v.least_part, &v.times, employer, rules.as_of, rules.numbers.neutral);
        self.table(Asked::new("hours", what), || {
            self.columns.index.hours.table(|row| {
                let hours = hours::judge(self.pair(row), rules);
                both(hours.opinion.fit, conflict::part_of_hours(&hours, v, View::AsKnown))
            })
        })
    }

    fn times(&self) -> Arc<[u32]> {
        let v = self.vacancy;
        let rules = self.rules;
        let what = (v.hours, v.carving, &v.times, rules.as_of, rules.numbers.neutral);
        self.table(Asked::new("times", what), || {
            self.columns.index.times.table(|row| {
                let times = week_pattern::of_times(self.pair(row), rules);
                both(times.opinion.fit, conflict::part_of_times(&times, v, View::AsKnown))
            })
        })
    }

    fn travel(&self) -> Arc<[u32]> {
        let v = self.vacancy;
        let what = (v.position, travel::has_odd_times(&v.times), self.rules.numbers.neutral);
        self.table(Asked::new("travel", what), || {
            // At the own employer travel is judged by itself: the class says nothing of employers.
            self.columns.index.travel.table(|row| travel::judge_elsewhere(self.pair(row), self.rules).fit)
        })
    }

    fn level(&self) -> Option<Vec<u32>> {
        let table = || {
            self.columns.index.level.table(|row| fit_or_not_asked(level::judge(self.pair(row), self.rules)))
        };
        (self.vacancy.level.is_some() || !self.vacancy.educations.is_empty()).then(table)
    }

    fn experience(&self) -> Option<Arc<[u16]>> {
        let asked = &self.vacancy.experience;
        if asked.is_empty() {
            return None;
        }
        let what = Asked::new("experience", (asked, self.rules.as_of, self.rules.numbers.neutral));
        Some(self.rows(what, || {
            let index = &self.columns.index.experience;
            let fits = |one: &AskedExperience| {
                let is_same = index.work.judge(|row, place| {
                    let keys = &self.person(row).experience[place].keys;
                    share_a_key(keys, &one.keys)
                });
                index.fits(one, &is_same, &self.columns.people, self.rules)
            };
            let items: Vec<(u32, Vec<u32>)> = asked.iter().map(|one| (one.weight, fits(one))).collect();
            let of_row = |row: usize| {
                let items = items.iter().map(|(weight, fits)| (*weight, Opinion::known(fits[row])));
                mean(items).map_or(0, |opinion| opinion.fit as u16)
            };
            (0..self.columns.people.len()).map(of_row).collect()
        }))
    }

    fn paper(&self, asked: &AskedPaper) -> PaperOf {
        const ALL: [Standing; 3] = [Standing::Has, Standing::Lacks, Standing::Unknown];
        let code =
            |standing: Standing| ALL.iter().zip(0..).find(|(one, _)| **one == standing).map_or(0, |(_, n)| n);
        let rules = self.rules;
        let standings = match asked.paper {
            Paper::Licence(licence) => self.rows(Asked::new("licence", licence), || {
                let of_class = self
                    .columns
                    .index
                    .licences
                    .table(|row| code(licences::standing(asked, self.person(row), rules)));
                let classes = &self.columns.index.licences.of;
                classes.iter().map(|class| of_class[*class as usize]).collect()
            }),
            Paper::Certificate(_) | Paper::Registration(_) => {
                self.rows(Asked::new("paper", (&asked.same, &asked.accepts, rules.as_of)), || {
                    let mut of_row = vec![code(Standing::Unknown); self.columns.people.len()];
                    for key in asked.same.iter().chain(&asked.accepts) {
                        for (_, row) in self.columns.index.papers.of(super::index::half(key.0)) {
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
