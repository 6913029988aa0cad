//! Distinct values: of what one criterion reads of everybody there are few, so each is judged once.

use super::Threads;
use crate::rank::facts::CandidateFacts;
use std::{borrow::Borrow, collections::HashMap, hash::Hash};

/// Rows by what they hold: equal ones are one class, and the first of them stands for it.
#[derive(Debug)]
pub(in crate::rank) struct Classes {
    /// The class of each row.
    pub(in crate::rank) of: Vec<u32>,
    /// A row of each class.
    pub(in crate::rank) representatives: Vec<u32>,
}

impl Classes {
    pub(super) fn new<'a, C, K>(people: &'a [C], key: impl Fn(&'a CandidateFacts) -> K) -> Self
    where
        C: Borrow<CandidateFacts>,
        K: Hash + Eq,
    {
        Self::of_keys(people.iter().map(|person| key(person.borrow())))
    }

    /// Of what each row holds.
    pub(in crate::rank) fn of_keys<K: Hash + Eq>(keys: impl Iterator<Item = K>) -> Self {
        let mut class_of = HashMap::new();
        let mut representatives = Vec::new();
        let of = keys.zip(0_u32..).map(|(key, row)| {
            *class_of.entry(key).or_insert_with(|| {
                representatives.push(row);
                number(representatives.len() - 1)
            })
        });
        Self { of: of.collect(), representatives }
    }

    /// What is judged of each class, by the row that stands for it.
    pub(in crate::rank) fn table<T>(&self, judge: impl Fn(usize) -> T) -> Vec<T> {
        self.representatives.iter().map(|row| judge(*row as usize)).collect()
    }

    /// The same, on these threads.
    pub(super) fn table_on<T: Send>(&self, threads: Threads, judge: impl Fn(usize) -> T + Sync) -> Vec<T> {
        threads.each(self.representatives.len(), |class| judge(self.representatives[class] as usize))
    }

    /// What is judged of the classes, of each row.
    pub(super) fn of_rows<T: Copy + Send + Sync>(&self, threads: Threads, table: &[T]) -> Vec<T> {
        threads.each(self.of.len(), |row| table[self.of[row] as usize])
    }
}

/// Rows by a list of members: equal lists are one class, and equal members one member.
#[derive(Debug)]
pub(super) struct Lists {
    /// The class of each row.
    pub(super) of: Vec<u32>,
    /// The members of all classes, one class after the other.
    members: Vec<u32>,
    /// Where the members of each class end.
    ends: Vec<u32>,
    /// A row that has the member, and its place in that row's list.
    representatives: Vec<(u32, u32)>,
}

impl Lists {
    pub(super) fn new<'a, C, M, K>(
        people: &'a [C],
        list: impl Fn(&'a CandidateFacts) -> &'a [M],
        key: impl Fn(&'a M) -> K,
    ) -> Self
    where
        C: Borrow<CandidateFacts>,
        M: 'a,
        K: Hash + Eq,
    {
        let mut member_of = HashMap::new();
        let mut class_of: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut this =
            Self { of: Vec::new(), members: Vec::new(), ends: Vec::new(), representatives: Vec::new() };
        for (person, row) in people.iter().zip(0_u32..) {
            let own: Vec<u32> = list(person.borrow())
                .iter()
                .zip(0_u32..)
                .map(|(member, place)| {
                    *member_of.entry(key(member)).or_insert_with(|| {
                        this.representatives.push((row, place));
                        number(this.representatives.len() - 1)
                    })
                })
                .collect();
            let class = *class_of.entry(own).or_insert_with_key(|own| {
                this.members.extend(own);
                this.ends.push(number(this.members.len()));
                number(this.ends.len() - 1)
            });
            this.of.push(class);
        }
        this
    }

    /// How many classes there are.
    pub(super) fn classes(&self) -> usize {
        self.ends.len()
    }

    /// The classes that have each member.
    pub(super) fn having(&self) -> Postings<u32, u32> {
        Postings::new(|| {
            (0..number(self.classes()))
                .flat_map(|class| self.of_class(class).iter().map(move |member| (*member, class)))
        })
    }

    /// How many members there are.
    pub(super) fn members(&self) -> usize {
        self.representatives.len()
    }

    /// A row that has a member, and its place in that row's list.
    pub(super) fn representative(&self, member: u32) -> (usize, usize) {
        let (row, place) = self.representatives[member as usize];
        (row as usize, place as usize)
    }

    /// What is judged of each member, by a row that has it and its place there.
    pub(super) fn judge<M>(&self, judge: impl Fn(usize, usize) -> M) -> Vec<M> {
        self.representatives.iter().map(|(row, place)| judge(*row as usize, *place as usize)).collect()
    }

    /// What is judged of each class from what is judged of its members.
    pub(super) fn table<M, T>(
        &self,
        judge: impl Fn(usize, usize) -> M,
        join: impl Fn(&mut dyn Iterator<Item = &M>) -> T,
    ) -> Vec<T> {
        self.join(&self.judge(judge), join)
    }

    /// The members of a class.
    pub(super) fn of_class(&self, class: u32) -> &[u32] {
        let class = class as usize;
        let start = class.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.members[start as usize..self.ends[class] as usize]
    }

    /// One figure of each class from those of its members.
    pub(super) fn join<M, T>(
        &self,
        judged: &[M],
        join: impl Fn(&mut dyn Iterator<Item = &M>) -> T,
    ) -> Vec<T> {
        let mut start = 0;
        let joined = self.ends.iter().map(|end| {
            let members = self.members.get(start..*end as usize).unwrap_or_default();
            start = *end as usize;
            join(&mut members.iter().filter_map(|member| judged.get(*member as usize)))
        });
        joined.collect()
    }
}

/// Values under each key, in the order in which they came.
#[derive(Debug)]
pub(in crate::rank) struct Postings<K, V> {
    number_of: HashMap<K, u32>,
    /// Where the values of each key end.
    ends: Vec<u32>,
    values: Vec<V>,
}

impl<K: Hash + Eq + Copy, V: Copy + Default> Postings<K, V> {
    /// `entries` gives the same entries each time: it is asked twice, so that nothing but the values is kept meanwhile.
    pub(in crate::rank) fn new<I: Iterator<Item = (K, V)>>(entries: impl Fn() -> I) -> Self {
        let mut number_of = HashMap::new();
        let mut ends: Vec<u32> = Vec::new();
        for (key, _) in entries() {
            let place = *number_of.entry(key).or_insert_with(|| {
                ends.push(0);
                number(ends.len() - 1)
            });
            ends[place as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            // Each end is a start until its values are there.
            (*end, sum) = (sum, sum + *end);
        }
        let mut values = vec![V::default(); sum as usize];
        for (key, value) in entries() {
            let Some(place) = number_of.get(&key) else { continue };
            let end = &mut ends[*place as usize];
            values[*end as usize] = value;
            *end += 1;
        }
        Self { number_of, ends, values }
    }

    /// The values under a key.
    pub(in crate::rank) fn of(&self, key: K) -> &[V] {
        &self.values[self.range(key)]
    }

    /// Where they stand.
    pub(super) fn range(&self, key: K) -> std::ops::Range<usize> {
        let Some(place) = self.number_of.get(&key).map(|place| *place as usize) else { return 0..0 };
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[place] as usize
    }

    /// The values of all keys.
    pub(super) fn all(&self) -> &[V] {
        &self.values
    }
}

/// More than 2³² rows do not fit into the memory of any machine.
pub(in crate::rank) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
