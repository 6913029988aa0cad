//! Everybody by what each criterion reads of them.

use super::{
    classes::{Classes, Lists, Postings},
    experience::ExperienceIndex,
    skills::SkillIndex,
    wishes::WishTerms,
};
use crate::rank::facts::CandidateFacts;
use std::borrow::Borrow;

/// The classes of everybody, one kind for each thing that is judged by itself.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) skills: SkillIndex,
    /// Wished occupations, as they are compared.
    pub(super) wishes: Lists,
    pub(super) wish_terms: WishTerms,
    pub(super) wished_sectors: Classes,
    pub(super) interests: Lists,
    /// What motivation was observed for.
    pub(super) motivation: Lists,
    pub(super) qualities: Postings<u32, u32>,
    pub(super) conditions: Lists,
    pub(super) experience: ExperienceIndex,
    pub(super) languages: Classes,
    pub(super) hours: Classes,
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
    pub(super) refused: Classes,
    /// Rows by half of the key of an employer where they have a job.
    pub(super) employers: Postings<u64, u32>,
}

impl Index {
    pub(super) fn new<C: Borrow<CandidateFacts> + Sync>(people: &[C]) -> Self {
        let rows = || people.iter().map(Borrow::<CandidateFacts>::borrow).zip(0_u32..);
        let (first, second) = rayon::join(
            || {
                let skills = SkillIndex::new(people);
                let wishes = Lists::new(people, |p| &p.wished, |w| (&w.keys, &w.words, w.group, w.senses));
                let interests = Lists::new(people, |p| &p.interests, |(_, words)| words);
                let motivation = Lists::new(people, |p| &p.motivation, |(what, _)| what.subject());
                let conditions = Lists::new(people, |p| &p.conditions, |condition| condition);
                (skills, wishes, interests, motivation, conditions)
            },
            || Single::new(people),
        );
        let (skills, wishes, interests, motivation, conditions) = first;
        let of_quality = |(p, row): (&CandidateFacts, u32)| {
            p.qualities.iter().map(|seen| (seen.competency.code(), row)).collect::<Vec<_>>()
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
        } = second;
        Self {
            skills,
            wish_terms: WishTerms::new(&wishes, people),
            wishes,
            experience: ExperienceIndex::new(people),
            wished_sectors,
            interests,
            motivation,
            qualities: Postings::new(rows().flat_map(of_quality).collect()),
            conditions,
            languages,
            hours,
            times,
            days,
            travel,
            support,
            contract,
            level,
            licences,
            papers: Postings::new(rows().flat_map(of_paper).collect()),
            refused,
            employers: Postings::new(rows().flat_map(of_job).collect()),
        }
    }
}

/// The classes of which a person has one.
struct Single {
    wished_sectors: Classes,
    languages: Classes,
    hours: Classes,
    times: Classes,
    days: Classes,
    travel: Classes,
    support: Classes,
    contract: Classes,
    level: Classes,
    licences: Classes,
    refused: Classes,
}

impl Single {
    fn new<C: Borrow<CandidateFacts>>(people: &[C]) -> Self {
        Self {
            wished_sectors: Classes::new(people, |p| &p.wished_sectors),
            languages: Classes::new(people, |p| &p.languages),
            hours: Classes::new(people, |p| (p.hours, p.cap, &p.time.jobs)),
            times: Classes::new(people, |p| {
                (&p.time.times, &p.time.taken, p.time.keeps_a_job_without_slots(), &p.refused.shifts)
            }),
            days: Classes::new(people, |p| (p.time.start, p.time.until)),
            travel: Classes::new(people, |p| (p.position, p.max_km, p.max_minutes, &p.means)),
            support: Classes::new(people, |p| (p.needs, &p.abilities)),
            contract: Classes::new(people, |p| &p.contract),
            level: Classes::new(people, |p| (p.level, &p.educations)),
            licences: Classes::new(people, |p| &p.licences),
            refused: Classes::new(people, |p| &p.refused),
        }
    }
}

/// Half of a key: few others share it, and the whole one is looked at where it is found.
pub(super) fn half(key: u128) -> u64 {
    key as u64
}
