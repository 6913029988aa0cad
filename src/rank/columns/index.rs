//! Everybody by what each criterion reads of them.

use super::{
    classes::{Classes, Lists, Postings},
    experience::ExperienceIndex,
    skills::SkillIndex,
    time::HoursIndex,
    work::{InterestIndex, RefusedIndex, SubjectIndex, WishIndex},
};
use crate::rank::facts::CandidateFacts;
use std::borrow::Borrow;

/// The classes of everybody, one kind for each thing that is judged by itself.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) skills: SkillIndex,
    pub(super) wishes: WishIndex,
    pub(super) wished_sectors: Classes,
    pub(super) interests: InterestIndex,
    /// What motivation was observed for.
    pub(super) subjects: SubjectIndex,
    /// Rows of whom a competency was observed, by its code.
    pub(super) qualities: Postings<u32, u32>,
    pub(super) conditions: Lists,
    pub(super) experience: ExperienceIndex,
    pub(super) languages: Classes,
    pub(super) hours: HoursIndex,
    pub(super) times: Classes,
    /// First and last day.
    pub(super) days: Classes,
    pub(super) travel: Classes,
    pub(super) support: Classes,
    pub(super) contract: Classes,
    pub(super) level: Classes,
    pub(super) licences: Classes,
    /// Rows by half of the key of a paper that they hold or lack.
    pub(super) papers: Postings<u64, u32>,
    pub(super) refused: RefusedIndex,
    /// Rows by half of the key of an employer where they have a job.
    pub(super) employers: Postings<u64, u32>,
}

impl Index {
    pub(super) fn new<C: Borrow<CandidateFacts> + Sync>(people: &[C]) -> Self {
        let rows = || people.iter().map(Borrow::<CandidateFacts>::borrow).zip(0_u32..);
        let (skills, rest) = rayon::join(
            || SkillIndex::new(people),
            || rayon::join(|| Work::new(people), || Single::new(people)),
        );
        let (Work { wishes, interests, subjects, conditions, experience }, single) = rest;
        let of_quality = |(p, row): (&CandidateFacts, u32)| {
            let mut codes: Vec<_> = p.qualities.iter().map(|seen| seen.competency.code()).collect();
            codes.dedup();
            codes.into_iter().map(move |code| (code, row))
        };
        let of_paper = |(p, row): (&CandidateFacts, u32)| {
            let keys = p.papers.iter().map(|(key, _)| key).chain(&p.lacking);
            keys.map(|key| (half(key.0), row)).collect::<Vec<_>>()
        };
        let of_job = |(p, row): (&CandidateFacts, u32)| {
            let employers = p.time.jobs.iter().filter_map(|job| job.employer);
            employers.map(|key| (half(key.0), row)).collect::<Vec<_>>()
        };
        let Single {
            wished_sectors,
            languages,
            hours,
            times,
            days,
            travel,
            support,
            contract,
            level,
            licences,
            refused,
        } = single;
        Self {
            skills,
            wishes,
            wished_sectors,
            interests,
            subjects,
            qualities: Postings::new(|| rows().flat_map(of_quality)),
            conditions,
            experience,
            languages,
            hours,
            times,
            days,
            travel,
            support,
            contract,
            level,
            licences,
            papers: Postings::new(|| rows().flat_map(of_paper)),
            refused,
            employers: Postings::new(|| rows().flat_map(of_job)),
        }
    }
}

/// What people wish and did, in their own words.
struct Work {
    wishes: WishIndex,
    interests: InterestIndex,
    subjects: SubjectIndex,
    conditions: Lists,
    experience: ExperienceIndex,
}

impl Work {
    fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        Self {
            wishes: WishIndex::new(people),
            interests: InterestIndex::new(people),
            subjects: SubjectIndex::new(people),
            conditions: Lists::new(people, |p| &p.conditions, |condition| condition),
            experience: ExperienceIndex::new(people),
        }
    }
}

/// The classes of which a person has one.
struct Single {
    wished_sectors: Classes,
    languages: Classes,
    hours: HoursIndex,
    times: Classes,
    days: Classes,
    travel: Classes,
    support: Classes,
    contract: Classes,
    level: Classes,
    licences: Classes,
    refused: RefusedIndex,
}

impl Single {
    fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        Self {
            wished_sectors: Classes::new(people, |p| &p.wished_sectors),
            languages: Classes::new(people, |p| &p.languages),
            hours: HoursIndex::new(people),
            times: Classes::new(people, |p| {
                (&p.time.times, &p.time.taken, p.time.keeps_a_job_without_slots(), &p.refused.shifts)
            }),
            days: Classes::new(people, |p| (p.time.start, p.time.until)),
            travel: Classes::new(people, |p| (p.position, p.max_km, p.max_minutes, &p.means)),
            support: Classes::new(people, |p| (p.needs, &p.abilities)),
            contract: Classes::new(people, |p| &p.contract),
            level: Classes::new(people, |p| (p.level, &p.educations)),
            licences: Classes::new(people, |p| &p.licences),
            refused: RefusedIndex::new(people),
        }
    }
}

/// Half of a key: few others share it, and the whole one is looked at where it is found.
pub(in crate::rank) fn half(key: u128) -> u64 {
    key as u64
}
