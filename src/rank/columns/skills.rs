//! Asked skills: how certain it is of everybody that they have one, found through what they name and did.

use super::{
    KeptFigures,
    cache::Asked,
    classes::{Postings, number},
    index::half,
    sparse::{Sparse, Touched},
};
use crate::rank::{
    criteria::{
        WHOLE,
        skills::{self, MOST_UNNAMED, needed, strength},
    },
    facts::{AskedSkill, CandidateFacts, VacancyFacts},
    rules::Rules,
    term::WordKey,
};
use crate::taxonomy::ConceptNumber;
use std::{borrow::Borrow, collections::HashMap, sync::Arc};

/// What people name and did, by concept.
#[derive(Debug)]
pub(super) struct SkillIndex {
    /// Rows that name a skill in the same words, by half of the key.
    keys: Postings<u64, u32>,
    /// Rows that name a concept, with its certainty.
    concepts: Postings<ConceptNumber, (u32, u16)>,
    /// Rows by the words of everything that they say of skills.
    words: Postings<WordKey, u32>,
    /// What a named skill counts, of each row.
    damp: Box<[u16]>,
    jobs: JobIndex,
}

/// Everybody's jobs, by what they mean.
#[derive(Debug)]
struct JobIndex {
    /// Rows with a job, by the number of what the job means, with its place among the person's jobs.
    rows: Postings<u32, (u32, u32)>,
    /// The occupations of each number, with confidences. The numbers have the order in which a person's jobs stand.
    meanings: Vec<Meaning>,
    /// The numbers that mean an occupation.
    by_occupation: Postings<ConceptNumber, u32>,
}

/// The occupations that a job may be, with confidences.
type Meaning = Box<[(ConceptNumber, u16)]>;

/// What each entry of the jobs says of skills, by its length and how long ago it was.
pub(super) type Strengths = Box<[u32]>;

/// How certain it is of everybody that they have an asked skill. Of who is not in it nothing is known.
#[derive(Clone, Debug)]
pub(super) enum Certainty {
    /// By everything that speaks for it.
    Whole(Arc<Sparse<u16>>),
    /// Named, and by anything else but for how alike the work before is.
    BesideAlike(Arc<Sparse<[u16; 2]>>),
}

/// What is found of one row.
#[derive(Clone, Copy, Default)]
struct Found {
    named: u16,
    near: u16,
    /// What the jobs take of the doubt.
    by_jobs: u16,
    /// The weights of the asked words that are said.
    said: u32,
}

impl SkillIndex {
    pub(super) fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        let rows = || people.iter().map(Borrow::<CandidateFacts>::borrow).zip(0_u32..);
        let of_key = |(person, row): (&CandidateFacts, u32)| {
            let keys: Vec<_> = person.skills.keys.iter().map(|key| (half(key.0), row)).collect();
            keys
        };
        let concepts = || {
            rows().flat_map(|(person, row)| {
                person.skills.known.iter().map(move |own| (own.concept, (row, own.certainty)))
            })
        };
        let words =
            || rows().flat_map(|(person, row)| person.skills.words.iter().map(move |word| (*word, row)));
        Self {
            keys: Postings::new(|| rows().flat_map(of_key)),
            concepts: Postings::new(concepts),
            words: Postings::new(words),
            damp: rows().map(|(person, _)| person.skills.damp).collect(),
            jobs: JobIndex::new(people),
        }
    }

    /// How certain everybody has an asked skill. `is_like_work`: whether alike work speaks for it too.
    pub(super) fn certainty<C: Borrow<CandidateFacts>>(
        &self,
        asked: &AskedSkill,
        is_like_work: bool,
        people: &[C],
        rules: Rules<'_>,
        kept: &KeptFigures,
    ) -> Certainty {
        let senses: Vec<_> = asked.senses.iter().map(|sense| (sense.concept, sense.relative)).collect();
        let what = (&asked.keys, senses, &asked.words, rules.as_of);
        if is_like_work {
            return Certainty::BesideAlike(kept.open_skills.get(Asked::new("skill", what), || {
                self.found(asked, people, rules, kept, |named, other| [named, other])
            }));
        }
        Certainty::Whole(kept.skills.get(Asked::new("skill", what), || {
            self.found(asked, people, rules, kept, |named, other| {
                let other = other.min(MOST_UNNAMED as u16);
                let doubt = (WHOLE - u32::from(named)) * (WHOLE - u32::from(other)) / WHOLE;
                (WHOLE - doubt) as u16
            })
        }))
    }

    /// What is found of everybody, made of what is named and what else speaks for the skill.
    fn found<C: Borrow<CandidateFacts>, T: Copy>(
        &self,
        asked: &AskedSkill,
        people: &[C],
        rules: Rules<'_>,
        kept: &KeptFigures,
        join: impl Fn(u16, u16) -> T,
    ) -> Sparse<T> {
        let mut found = vec![Found::default(); people.len()];
        let mut touched = Touched::new(people.len());
        self.names(asked, people, &mut found, &mut touched);
        self.jobs.imply(asked, people, rules, kept, &mut found, &mut touched);
        let whole: u32 = asked.words.iter().map(|(_, weight)| u32::from(*weight)).sum();
        for (word, weight) in &asked.words {
            for row in self.words.of(*word) {
                found[*row as usize].said += u32::from(*weight);
                touched.mark(*row as usize);
            }
        }
        let of_row = |row: usize| {
            let Found { named, near, by_jobs, said } = found[row];
            let mut other = near.max(by_jobs);
            if named == 0 && whole > 0 {
                // Figures up to 10,000.
                other = other.max(skills::of_words(said, whole, self.damp[row]) as u16);
            }
            (named > 0 || other > 0).then(|| (row, join(named, other)))
        };
        Sparse::new(people.len(), touched.rows().filter_map(of_row))
    }

    fn names<C: Borrow<CandidateFacts>>(
        &self,
        asked: &AskedSkill,
        people: &[C],
        found: &mut [Found],
        touched: &mut Touched,
    ) {
        for key in &asked.keys {
            for row in self.keys.of(half(key.0)) {
                let row = *row as usize;
                if people[row].borrow().skills.keys.binary_search(key).is_ok() {
                    found[row].named = self.damp[row];
                    touched.mark(row);
                }
            }
        }
        for sense in &asked.senses {
            for (row, certainty) in self.concepts.of(sense.concept) {
                let row = *row as usize;
                let named = skills::times(u32::from(sense.relative), u32::from(*certainty)) as u16;
                found[row].named = found[row].named.max(named);
                touched.mark(row);
            }
            for (concept, close) in sense.close.iter() {
                let both = u64::from(sense.relative) * u64::from(*close);
                for (row, certainty) in self.concepts.of(*concept) {
                    let row = *row as usize;
                    // Three figures up to 10,000 each, over 10⁸.
                    let near = (both * u64::from(*certainty) / 100_000_000) as u16;
                    found[row].near = found[row].near.max(near);
                    touched.mark(row);
                }
            }
        }
    }

    /// How alike everybody's work so far is to a vacancy's, weighed by what it says.
    pub(super) fn alike<C: Borrow<CandidateFacts>>(
        &self,
        vacancy: &VacancyFacts,
        people: &[C],
        rules: Rules<'_>,
        kept: &KeptFigures,
    ) -> Arc<Sparse<u16>> {
        kept.some.get(Asked::new("alike", (&vacancy.alike, rules.as_of)), || {
            let strengths = self.jobs.strengths(people, rules, kept);
            let mut alike = vec![0; people.len()];
            let mut touched = Touched::new(people.len());
            for (occupation, share) in &vacancy.alike {
                for meaning in self.jobs.by_occupation.of(*occupation) {
                    let meant = self.jobs.meanings[*meaning as usize].iter();
                    let sure = meant.filter(|(own, _)| own == occupation).map(|(_, sure)| *sure).max();
                    let both = u64::from(sure.unwrap_or(0)) * u64::from(*share);
                    for ((row, _), strength) in self.jobs.of(*meaning, &strengths) {
                        let work = (u64::from(strength) * both / 100_000_000) as u16;
                        let own = &mut alike[row as usize];
                        *own = (*own).max(work);
                        touched.mark(row as usize);
                    }
                }
            }
            Sparse::new(people.len(), touched.rows().map(|row| (row, alike[row])))
        })
    }
}

impl JobIndex {
    fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        let rows = || people.iter().map(Borrow::<CandidateFacts>::borrow).zip(0_u32..);
        let mut number_of: HashMap<Meaning, u32> = HashMap::new();
        let mut jobs: Vec<(u32, (u32, u32))> = Vec::new();
        for (person, row) in rows() {
            for (job, place) in person.jobs.iter().zip(0_u32..) {
                let meaning = job.senses.iter().map(|sense| (sense.concept, sense.confidence)).collect();
                let next = number(number_of.len());
                jobs.push((*number_of.entry(meaning).or_insert(next), (row, place)));
            }
        }
        // A person's jobs stand in the order of what they mean, and what they imply is rounded job after job.
        let mut order: Vec<(Meaning, u32)> = number_of.into_iter().collect();
        order.sort_unstable();
        let mut place_of = vec![0; order.len()];
        for ((_, old), new) in order.iter().zip(0_u32..) {
            place_of[*old as usize] = new;
        }
        let meanings: Vec<_> = order.into_iter().map(|(meaning, _)| meaning).collect();
        Self {
            rows: Postings::new(|| jobs.iter().map(|(old, entry)| (place_of[*old as usize], *entry))),
            by_occupation: Postings::new(|| {
                meanings.iter().zip(0_u32..).flat_map(|(meaning, number)| {
                    meaning.iter().map(move |(occupation, _)| (*occupation, number))
                })
            }),
            meanings,
        }
    }

    fn strengths<C: Borrow<CandidateFacts>>(
        &self,
        people: &[C],
        rules: Rules<'_>,
        kept: &KeptFigures,
    ) -> Arc<Strengths> {
        let of = |(row, place): &(u32, u32)| {
            let person: &CandidateFacts = people[*row as usize].borrow();
            strength(&person.jobs[*place as usize], &person.jobs, rules)
        };
        kept.tables.get(Asked::new("strengths", rules.as_of), || self.rows.all().iter().map(of).collect())
    }

    /// The rows that have a job of a meaning, with what the job says of skills.
    fn of<'a>(
        &'a self,
        meaning: u32,
        strengths: &'a Strengths,
    ) -> impl Iterator<Item = ((u32, u32), u32)> + 'a {
        let range = self.rows.range(meaning);
        self.rows.all()[range.clone()].iter().copied().zip(strengths[range].iter().copied())
    }

    /// What is left of the doubt after the jobs, one after the other.
    fn imply<C: Borrow<CandidateFacts>>(
        &self,
        asked: &AskedSkill,
        people: &[C],
        rules: Rules<'_>,
        kept: &KeptFigures,
        found: &mut [Found],
        touched: &mut Touched,
    ) {
        let mut meanings: Vec<u32> = asked
            .senses
            .iter()
            .flat_map(|sense| sense.implied.iter())
            .flat_map(|(occupation, _)| self.by_occupation.of(*occupation))
            .copied()
            .collect();
        if meanings.is_empty() {
            return;
        }
        meanings.sort_unstable();
        meanings.dedup();
        let strengths = self.strengths(people, rules, kept);
        for meaning in meanings {
            let senses = self.meanings[meaning as usize].iter();
            let of_sense =
                |(occupation, sure): &(_, u16)| skills::times(u32::from(*sure), needed(asked, *occupation));
            let needed = senses.map(of_sense).sum::<u32>().min(WHOLE);
            if needed == 0 {
                continue;
            }
            for ((row, _), strength) in self.of(meaning, &strengths) {
                let row = row as usize;
                let rest = WHOLE - u32::from(found[row].by_jobs);
                let rest = skills::times(rest, WHOLE - skills::times(strength, needed));
                found[row].by_jobs = (WHOLE - rest) as u16;
                touched.mark(row);
            }
        }
    }
}
