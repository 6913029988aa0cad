//! The work of vacancies and their words: few have anything in common with what one person wishes, refuses or likes, so
//! those are looked up.

use crate::rank::{
    columns::{
        classes::{Classes, Postings},
        half,
    },
    conflict,
    criteria::{
        WHOLE,
        motivation::{self, Likeness, OTHER_INTERESTS},
        potential,
    },
    facts::{CandidateFacts, MotivationFor, VacancyFacts, Wish},
    found::Found,
    rules::{Pair, Rules},
    term::{TermKey, WordKey, has_all_words},
    track::{self, Longing},
};
use crate::taxonomy::ConceptNumber;
use std::{borrow::Borrow, collections::HashMap};

/// Different works by key and group, by their words, and by what they mean and lead to.
#[derive(Debug)]
pub(super) struct WorkIndex {
    pub(super) classes: Classes,
    /// By half of a key of an occupation or title, or of their group.
    terms: Postings<u64, u32>,
    words: Postings<WordKey, u32>,
    concepts: Postings<ConceptNumber, u32>,
    /// Whether it is told at all what the work is.
    is_told: Box<[bool]>,
}

/// What a work is for a person.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnWork {
    /// How it is like wished work; `None` where that is not known.
    pub(super) like: Option<u32>,
    /// How far it leads to what is wished.
    pub(super) lead: Option<u32>,
    pub(super) longing: Longing,
    pub(super) is_refused: bool,
}

impl OwnWork {
    /// The fit of growth towards what is wished.
    pub(super) fn growth(self, neutral: u32) -> u32 {
        self.lead.map_or(neutral, |lead| potential::grown(neutral, lead))
    }
}

impl WorkIndex {
    pub(super) fn new<V: Borrow<VacancyFacts>>(vacancies: &[V]) -> Self {
        let classes = Classes::of_keys(vacancies.iter().map(|vacancy| {
            let v = vacancy.borrow();
            (&v.keys, &v.groups, &v.work_words, &v.work, &v.leads_to)
        }));
        let works = classes.table(|row| vacancies[row].borrow());
        let each = || works.iter().zip(0_u32..);
        let terms = || {
            each().flat_map(|(work, class)| {
                work.keys.iter().chain(&work.groups).map(move |key| (half(key.0), class))
            })
        };
        let words =
            || each().flat_map(|(work, class)| work.work_words.iter().map(move |word| (*word, class)));
        let concepts = || {
            each().flat_map(|(work, class)| {
                work.work.iter().chain(&work.leads_to).map(move |(concept, _)| (*concept, class))
            })
        };
        Self {
            terms: Postings::new(terms),
            words: Postings::new(words),
            concepts: Postings::new(concepts),
            is_told: works.iter().map(|work| !work.keys.is_empty()).collect(),
            classes,
        }
    }

    /// The works that may have something in common with wished or refused work; some of them more than once.
    fn near<'a>(&'a self, wish: &'a Wish) -> impl Iterator<Item = u32> + 'a {
        let keys = wish.keys.iter().chain(&wish.group).flat_map(|key| self.terms.of(half(key.0)));
        // Work that has all of the words has the first.
        let words = wish.words.first().into_iter().flat_map(|word| self.words.of(*word));
        let senses: Vec<ConceptNumber> = wish.senses.iter().map(|sense| sense.concept).collect();
        let meant = senses.into_iter().flat_map(|concept| self.concepts.of(concept));
        keys.chain(words).chain(meant).copied()
    }

    /// What each work is for a person.
    pub(super) fn table<V: Borrow<VacancyFacts>>(
        &self,
        vacancies: &[V],
        person: &CandidateFacts,
        rules: Rules<'_>,
    ) -> Vec<OwnWork> {
        let work = |class: u32| vacancies[self.classes.representatives[class as usize] as usize].borrow();
        let wishes = !person.wished.is_empty();
        let other = OwnWork {
            like: wishes.then(|| Likeness::Other.fit()),
            lead: wishes.then_some(0),
            longing: Longing::Elsewhere,
            is_refused: false,
        };
        let unknown = OwnWork { like: None, lead: None, ..other };
        let of = |is_told: &bool| if *is_told { other } else { unknown };
        let mut table: Vec<OwnWork> = self.is_told.iter().map(of).collect();
        let mut near: Vec<u32> = person.wished.iter().flat_map(|wish| self.near(wish)).collect();
        near.sort_unstable();
        near.dedup();
        for class in near {
            let found =
                Found::new(Pair { vacancy: work(class), candidate: person, travel_minutes: None }, rules);
            let own = &mut table[class as usize];
            if own.like.is_some() {
                own.like = found.likenesses().iter().map(|likeness| likeness.fit()).max();
            }
            (own.lead, own.longing) = (found.lead(), track::longing(&found));
        }
        for refused in &person.refused.occupations {
            for class in self.near(refused) {
                let own = &mut table[class as usize];
                own.is_refused = own.is_refused || conflict::is_refused_work(refused, work(class));
            }
        }
        table
    }

    /// The works that observed motivation for an occupation may be of.
    fn having(&self, keys: &[TermKey]) -> impl Iterator<Item = u32> {
        keys.iter().flat_map(|key| self.terms.of(half(key.0))).copied()
    }
}

/// So many observations of motivation are told apart by a bit each.
const BITS: usize = u64::BITS as usize;

/// The fit of observed motivation of each row; `None` where none was observed.
pub(super) fn observed<V: Borrow<VacancyFacts>>(
    works: &WorkIndex,
    sectors: &Classes,
    vacancies: &[V],
    person: &CandidateFacts,
    rules: Rules<'_>,
) -> Option<Vec<u16>> {
    if person.motivation.is_empty() {
        return None;
    }
    // A fit is at most 10,000.
    let fit = |vacancy: &V| motivation::observed(vacancy.borrow(), person, rules).fit as u16;
    if person.motivation.len() > BITS {
        return Some(vacancies.iter().map(fit).collect());
    }
    let mut of_work = vec![0_u64; works.classes.representatives.len()];
    let mut of_sectors = vec![0_u64; sectors.representatives.len()];
    let counts =
        |what: &MotivationFor, row: u32| motivation::counts_for(what, vacancies[row as usize].borrow());
    for ((what, _), bit) in person.motivation.iter().zip(0_u32..) {
        match what {
            MotivationFor::Occupation(keys, _) => {
                for class in works.having(keys) {
                    let row = works.classes.representatives[class as usize];
                    of_work[class as usize] |= u64::from(counts(what, row)) << bit;
                }
            }
            MotivationFor::Sector(_) => {
                for (counting, row) in of_sectors.iter_mut().zip(&sectors.representatives) {
                    *counting |= u64::from(counts(what, *row)) << bit;
                }
            }
        }
    }
    // Where the same observations count, the fit is the same.
    let mut fits = HashMap::new();
    let rows = vacancies.iter().zip(&works.classes.of).zip(&sectors.of);
    let of_row = |((vacancy, work), sectors): ((&V, &u32), &u32)| {
        let counting = of_work[*work as usize] | of_sectors[*sectors as usize];
        *fits.entry(counting).or_insert_with(|| fit(vacancy))
    };
    Some(rows.map(of_row).collect())
}

/// Stands for a fit that is not known.
pub(super) const UNKNOWN: u16 = u16::MAX;

/// Rows by the words of everything that tells what the work is.
#[derive(Debug)]
pub(super) struct WordIndex {
    rows: Postings<WordKey, u32>,
    /// Rows that tell nothing.
    silent: Box<[u32]>,
}

impl WordIndex {
    pub(super) fn new<V: Borrow<VacancyFacts>>(vacancies: &[V]) -> Self {
        let each = || vacancies.iter().map(Borrow::borrow).zip(0_u32..);
        let words = || {
            each().flat_map(|(v, row): (&VacancyFacts, u32)| v.all_words.iter().map(move |word| (*word, row)))
        };
        let silent =
            each().filter(|(v, _): &(&VacancyFacts, u32)| v.all_words.is_empty()).map(|(_, row)| row);
        Self { silent: silent.collect(), rows: Postings::new(words) }
    }

    /// The fit of a person's interests with each row, or [`UNKNOWN`]; `None` for a person without interests.
    pub(super) fn interests<V: Borrow<VacancyFacts>>(
        &self,
        vacancies: &[V],
        person: &CandidateFacts,
    ) -> Option<Vec<u16>> {
        if person.interests.is_empty() {
            return None;
        }
        let mut fits = vec![OTHER_INTERESTS as u16; vacancies.len()];
        self.silent.iter().for_each(|row| fits[*row as usize] = UNKNOWN);
        for (_, words) in &person.interests {
            // Who has all of the words has the rarest.
            let rows = words.iter().map(|word| self.rows.of(*word)).min_by_key(|rows| rows.len());
            for row in rows.unwrap_or_default() {
                let row = *row as usize;
                if has_all_words(&vacancies[row].borrow().all_words, words) {
                    fits[row] = WHOLE as u16;
                }
            }
        }
        Some(fits)
    }
}
