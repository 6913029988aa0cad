//! Work and interests in people's words: of many wordings few have anything in common with one vacancy, so those are
//! looked up, and everybody else has what other work counts.

use super::{
    classes::{Classes, Lists, Postings, number},
    index::half,
    sparse::Touched,
};
use crate::rank::{
    conflict,
    criteria::{
        WHOLE,
        motivation::{self, Likeness, OTHER_INTERESTS},
        potential,
    },
    facts::{CandidateFacts, MotivationFor, VacancyFacts, Wish},
    term::{WordKey, has_all_words},
};
use crate::taxonomy::ConceptNumber;
use std::borrow::Borrow;

/// Wordings of work by key and group, by the first of their words, and by what they mean.
#[derive(Debug)]
struct WorkTerms {
    terms: Postings<u64, u32>,
    /// A wording whose words all occur in a work has its first word there.
    words: Postings<WordKey, u32>,
    concepts: Postings<ConceptNumber, u32>,
}

impl WorkTerms {
    fn new(all: &[&Wish]) -> Self {
        let each = || all.iter().zip(0_u32..);
        let terms = || {
            each().flat_map(|(wish, member)| {
                wish.keys.iter().chain(&wish.group).map(move |key| (half(key.0), member))
            })
        };
        Self {
            terms: Postings::new(terms),
            words: Postings::new(|| {
                each().filter_map(|(wish, member)| wish.words.first().map(|word| (*word, member)))
            }),
            concepts: Postings::new(|| {
                each().flat_map(|(wish, member)| {
                    wish.senses.iter().map(move |sense| (sense.concept, member)).collect::<Vec<_>>()
                })
            }),
        }
    }

    /// The wordings that may have something in common with the work, each once.
    fn near(&self, vacancy: &VacancyFacts) -> Vec<u32> {
        let keys = vacancy.keys.iter().chain(&vacancy.groups);
        let mut near: Vec<u32> = keys.flat_map(|key| self.terms.of(half(key.0))).copied().collect();
        near.extend(vacancy.work_words.iter().flat_map(|word| self.words.of(*word)));
        let concepts = vacancy.work.iter().chain(&vacancy.leads_to).map(|(concept, _)| *concept);
        near.extend(concepts.flat_map(|concept| self.concepts.of(concept)));
        each_once(near)
    }
}

fn each_once(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn both(low: u32, high: u32) -> u32 {
    low | high << 16
}

/// Wished occupations.
#[derive(Debug)]
pub(super) struct WishIndex {
    pub(super) lists: Lists,
    terms: WorkTerms,
    /// Lists that have each wish.
    having: Postings<u32, u32>,
}

impl WishIndex {
    pub(super) fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        let lists = Lists::new(people, |p| &p.wished, |w| (&w.keys, &w.words, w.group, w.senses));
        let all = lists.judge(|row, place| &people[row].borrow().wished[place]);
        Self { terms: WorkTerms::new(&all), having: lists.having(), lists }
    }

    /// What work counts that is like no wish and leads nowhere: the fit of the occupation, and above it that of growth.
    pub(super) fn of_other_work(&self, neutral: u32) -> Box<[u32]> {
        let other = both(Likeness::Other.fit(), potential::grown(neutral, 0));
        let of = |class| if self.lists.of_class(class).is_empty() { both(neutral, neutral) } else { other };
        (0..number(self.lists.classes())).map(of).collect()
    }

    /// What a vacancy's work counts for each list of wishes.
    pub(super) fn table<C: Borrow<CandidateFacts>>(
        &self,
        vacancy: &VacancyFacts,
        people: &[C],
        neutral: u32,
        of_other_work: &[u32],
    ) -> Box<[u32]> {
        if vacancy.keys.is_empty() {
            return vec![both(neutral, neutral); of_other_work.len()].into();
        }
        let mut table = of_other_work.to_vec();
        let mut judged = vec![(Likeness::Other.fit(), 0); self.lists.members()];
        let near = self.terms.near(vacancy);
        for wish in &near {
            let (row, place) = self.lists.representative(*wish);
            let wished = &people[row].borrow().wished[place];
            let likeness = motivation::likeness(wished, vacancy);
            judged[*wish as usize] = (likeness.fit(), potential::lead_of(likeness, wished, vacancy));
        }
        let mut touched = Touched::new(table.len());
        near.iter().flat_map(|wish| self.having.of(*wish)).for_each(|list| touched.mark(*list as usize));
        for list in touched.rows() {
            let wishes = self.lists.of_class(number(list)).iter().map(|wish| judged[*wish as usize]);
            let (like, lead) = wishes.fold((0, 0), |best, wish| (best.0.max(wish.0), best.1.max(wish.1)));
            table[list] = both(like, potential::grown(neutral, lead));
        }
        table.into()
    }
}

/// What of a vacancy the fit of wished work depends on.
pub(super) fn asked_work(vacancy: &VacancyFacts) -> impl std::hash::Hash + '_ {
    (&vacancy.keys, &vacancy.groups, &vacancy.work_words, &vacancy.work, &vacancy.leads_to)
}

/// What of a vacancy can be refused.
pub(super) fn refusable(vacancy: &VacancyFacts) -> impl std::hash::Hash + '_ {
    (&vacancy.keys, &vacancy.work_words, &vacancy.sectors, &vacancy.shifts, vacancy.irregular_work)
}

/// What people explicitly refuse.
#[derive(Debug)]
pub(super) struct RefusedIndex {
    pub(super) classes: Classes,
    /// The classes by refused sectors and shifts.
    but_of_work: Classes,
    /// The refused occupations of each class.
    work: Lists,
    terms: WorkTerms,
    having: Postings<u32, u32>,
}

impl RefusedIndex {
    pub(super) fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        let classes =
            Classes::new(people, |p| (&p.refused.occupations, &p.refused.sectors, &p.refused.shifts));
        let some: Vec<&CandidateFacts> =
            classes.representatives.iter().map(|row| people[*row as usize].borrow()).collect();
        let but_of_work = Classes::new(&some, |p| (&p.refused.sectors, &p.refused.shifts));
        let work = Lists::new(&some, |p| &p.refused.occupations, |refused| (&refused.keys, &refused.words));
        let terms = WorkTerms::new(&work.judge(|class, place| &some[class].refused.occupations[place]));
        // Of the classes, not of their lists: two may refuse the same work and differ in sectors.
        let having = Postings::new(|| {
            work.of
                .iter()
                .zip(0_u32..)
                .flat_map(|(list, class)| work.of_class(*list).iter().map(move |member| (*member, class)))
        });
        Self { classes, but_of_work, work, terms, having }
    }

    /// Whether each class refuses the vacancy.
    pub(super) fn table<C: Borrow<CandidateFacts>>(
        &self,
        vacancy: &VacancyFacts,
        people: &[C],
    ) -> Box<[u32]> {
        let person = |class: usize| people[self.classes.representatives[class] as usize].borrow();
        let but_of_work = self.but_of_work.table(|class| {
            u32::from(conflict::refusal_but_of_work(&person(class).refused, vacancy).is_some())
        });
        let mut table: Vec<u32> =
            self.but_of_work.of.iter().map(|group| but_of_work[*group as usize]).collect();
        for member in self.terms.near(vacancy) {
            let (class, place) = self.work.representative(member);
            if conflict::is_refused_work(&person(class).refused.occupations[place], vacancy) {
                self.having.of(member).iter().for_each(|class| table[*class as usize] = 1);
            }
        }
        table.into()
    }
}

/// Interests.
#[derive(Debug)]
pub(super) struct InterestIndex {
    pub(super) lists: Lists,
    /// An interest whose words all occur has its first word there.
    words: Postings<WordKey, u32>,
    having: Postings<u32, u32>,
}

impl InterestIndex {
    pub(super) fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        let lists = Lists::new(people, |p| &p.interests, |(_, words)| words);
        let all = lists.judge(|row, place| people[row].borrow().interests[place].1.first());
        let words = Postings::new(|| {
            all.iter().zip(0_u32..).filter_map(|(word, member)| Some((**word.as_ref()?, member)))
        });
        Self { words, having: lists.having(), lists }
    }

    /// What each list of interests counts for a vacancy.
    pub(super) fn table<C: Borrow<CandidateFacts>>(
        &self,
        vacancy: &VacancyFacts,
        people: &[C],
        neutral: u32,
    ) -> Box<[u32]> {
        let words = &vacancy.all_words;
        if words.is_empty() {
            return vec![neutral; self.lists.classes()].into();
        }
        let of = |class| if self.lists.of_class(class).is_empty() { neutral } else { OTHER_INTERESTS };
        let mut table: Vec<u32> = (0..number(self.lists.classes())).map(of).collect();
        for member in words.iter().flat_map(|word| self.words.of(*word)) {
            let (row, place) = self.lists.representative(*member);
            if has_all_words(words, &people[row].borrow().interests[place].1) {
                self.having.of(*member).iter().for_each(|class| table[*class as usize] = WHOLE);
            }
        }
        table.into()
    }
}

/// What motivation was observed for.
#[derive(Debug)]
pub(super) struct SubjectIndex {
    /// A row that has each subject, and its place in the row's list.
    subjects: Vec<(u32, u32)>,
    sectors: Vec<u32>,
    /// Occupations by half of a key.
    occupations: Postings<u64, u32>,
    /// Rows that have each subject.
    rows: Postings<u32, u32>,
}

impl SubjectIndex {
    pub(super) fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        let lists = Lists::new(people, |p| &p.motivation, |(what, _)| what.subject());
        let all = lists.judge(|row, place| &people[row].borrow().motivation[place].0);
        let each = || all.iter().zip(0_u32..);
        let occupations = Postings::new(|| {
            each().flat_map(|(what, subject)| {
                let keys = match what {
                    MotivationFor::Occupation(keys, _) => &**keys,
                    MotivationFor::Sector(_) => &[],
                };
                keys.iter().map(move |key| (half(key.0), subject))
            })
        });
        let is_sector = |what: &MotivationFor| matches!(what, MotivationFor::Sector(_));
        Self {
            sectors: each().filter(|(what, _)| is_sector(what)).map(|(_, subject)| subject).collect(),
            occupations,
            rows: Postings::new(|| {
                lists.of.iter().zip(0_u32..).flat_map(|(class, row)| {
                    lists.of_class(*class).iter().map(move |subject| (*subject, row))
                })
            }),
            subjects: lists.judge(|row, place| (number(row), number(place))),
        }
    }

    /// The subjects that count for a vacancy.
    pub(super) fn counting<C: Borrow<CandidateFacts>>(
        &self,
        vacancy: &VacancyFacts,
        people: &[C],
    ) -> Vec<u32> {
        let occupations = vacancy.keys.iter().flat_map(|key| self.occupations.of(half(key.0)));
        let mut counting = each_once(self.sectors.iter().chain(occupations).copied().collect());
        counting.retain(|subject| {
            let (row, place) = self.subjects[*subject as usize];
            let what = &people[row as usize].borrow().motivation[place as usize].0;
            motivation::counts_for(what, vacancy)
        });
        counting
    }

    /// The rows that have a subject.
    pub(super) fn rows(&self, subject: u32) -> &[u32] {
        self.rows.of(subject)
    }
}
