//! Past work: how long each kind of it was done.

use super::{
    cache::Kept,
    classes::{Lists, Postings, number},
    index::half,
};
use crate::rank::{
    criteria::experience::{counted, share},
    facts::{AskedExperience, CandidateFacts, PastWork},
    rules::Rules,
    term::share_a_key,
};
use std::borrow::Borrow;

/// The months of somebody of whose past work no length is known.
const UNKNOWN: u32 = u32::MAX;

/// Everybody's past work by what it is called.
#[derive(Debug)]
pub(super) struct ExperienceIndex {
    /// A row that did each kind of work, and its place in the row's list.
    kinds: Vec<(u32, u32)>,
    /// Kinds by half of a key.
    by_key: Postings<u64, u32>,
    /// Rows that did each kind, with the place in the row's list.
    rows: Postings<u32, (u32, u32)>,
}

/// How long everything was done, as of a day.
#[derive(Debug)]
pub(super) struct Months {
    /// Of each row, all work together.
    whole: Box<[u32]>,
    /// Of each entry of the index.
    entries: Box<[u32]>,
}

impl Kept for Months {
    fn bytes(&self) -> usize {
        self.whole.bytes() + self.entries.bytes()
    }
}

impl ExperienceIndex {
    pub(super) fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        let work = Lists::new(people, |p| &p.experience, |work| &work.keys);
        let kinds: Vec<(u32, u32)> = work.judge(|row, place| (number(row), number(place)));
        let rows = Postings::new(|| {
            work.of.iter().zip(0_u32..).flat_map(|(class, row)| {
                work.of_class(*class).iter().zip(0_u32..).map(move |(kind, place)| (*kind, (row, place)))
            })
        });
        let by_key = Postings::new(|| {
            kinds.iter().zip(0_u32..).flat_map(|(one, kind)| {
                past_work(people, *one).keys.iter().map(move |key| (half(key.0), kind))
            })
        });
        Self { kinds, by_key, rows }
    }

    /// How long everything was done.
    pub(super) fn months<C: Borrow<CandidateFacts>>(&self, people: &[C], rules: Rules<'_>) -> Months {
        let of = |one: &(u32, u32)| past_work(people, *one).spell.months(rules.as_of).unwrap_or(UNKNOWN);
        let entries: Box<[u32]> = self.rows.all().iter().map(of).collect();
        let mut whole = vec![UNKNOWN; people.len()].into_boxed_slice();
        for ((row, _), months) in self.rows.all().iter().zip(&entries) {
            let whole = &mut whole[*row as usize];
            match *months {
                UNKNOWN => {}
                months if *whole == UNKNOWN => *whole = months,
                months => *whole += months,
            }
        }
        Months { whole, entries }
    }

    /// The fit of everybody.
    pub(super) fn fits<C: Borrow<CandidateFacts>>(
        &self,
        asked: &AskedExperience,
        people: &[C],
        months: &Months,
        rules: Rules<'_>,
    ) -> Vec<u16> {
        // From the asked years on it is the whole. A year count has at most two digits, and a fit fits.
        let most = asked.years.max(1) * 12;
        let fit_of: Vec<u16> = (0..=most).map(|months| share(months, asked.years) as u16).collect();
        let fit = |months: u32| fit_of[months.min(most) as usize];
        let of_whole = |whole: &u32| match *whole {
            UNKNOWN => rules.numbers.neutral as u16,
            whole => fit(counted(0, whole)),
        };
        let mut fits: Vec<u16> = months.whole.iter().map(of_whole).collect();
        // Months of the asked work, by row.
        let mut same: Vec<(u32, u32)> = Vec::new();
        for kind in self.same_work(asked, people) {
            let range = self.rows.range(kind);
            let entries = self.rows.all()[range.clone()].iter().zip(&months.entries[range]);
            same.extend(entries.filter(|(_, months)| **months != UNKNOWN).map(|((row, _), m)| (*row, *m)));
        }
        same.sort_unstable();
        for of_row in same.chunk_by(|a, b| a.0 == b.0) {
            let row = of_row[0].0 as usize;
            let same: u32 = of_row.iter().map(|(_, months)| months).sum();
            fits[row] = fit(counted(same, months.whole[row] - same));
        }
        fits
    }

    /// The kinds of work that are the asked one, each once.
    fn same_work<C: Borrow<CandidateFacts>>(&self, asked: &AskedExperience, people: &[C]) -> Vec<u32> {
        let mut kinds: Vec<u32> =
            asked.keys.iter().flat_map(|key| self.by_key.of(half(key.0))).copied().collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.retain(|kind| share_a_key(&past_work(people, self.kinds[*kind as usize]).keys, &asked.keys));
        kinds
    }
}

fn past_work<C: Borrow<CandidateFacts>>(people: &[C], (row, place): (u32, u32)) -> &PastWork {
    &people[row as usize].borrow().experience[place as usize]
}
