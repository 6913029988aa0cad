//! A person as scoring reads them.

use super::{
    Ability, Condition, Kinds, Minutes, OwnSkills, OwnTime, PastJob, PositionOf, SectorKey, Spell,
    observed::{MotivationFor, Seen, SeenQuality, motivations, qualities},
    past_jobs::past_jobs,
    soft,
};
use crate::domain::{
    candidate::{CandidateProfile, CandidateStatus},
    contract::ContractForm,
    education::{Course, DrivingLicence, Education, EducationStatus, HeldLicences, WorkLevel},
    language::{LanguageCode, LanguageSkill, LevelPerSkill},
    place::Position,
    provenance::DeliveryState,
    text::{CandidateId, Label},
    time::{Answer, HoursCap, Shift},
    travel::MeansOfTransport,
    work::{OccupationRef, WorkExperience},
};
use crate::rank::{
    day::Day,
    tables::Tables,
    term::{TermKey, WordKey, occupation_group, occupation_keys, sorted, word_keys},
    understanding::Understanding,
};
use crate::taxonomy::Senses;
use serde::{Deserialize, Serialize};

/// Whether a person is in the pool, and if not, why (R4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PoolState {
    /// Looks for work, and was in the last complete delivery.
    InPool,
    /// Found work.
    Placed,
    /// Withdrew.
    Withdrawn,
    /// Processing is restricted (GDPR, article 18): never ranked.
    Restricted,
    /// Erased: never ranked.
    Erased,
    /// Missing from the last complete delivery.
    NotDelivered,
}

// A state is found again by its number.
const _: () = {
    let mut number = 0;
    while number < PoolState::ALL.len() {
        assert!(PoolState::ALL[number] as usize == number);
        number += 1;
    }
};

impl PoolState {
    /// Every state, in its order.
    pub const ALL: [Self; 6] =
        [Self::InPool, Self::Placed, Self::Withdrawn, Self::Restricted, Self::Erased, Self::NotDelivered];

    /// The state of a record; the status counts before the delivery.
    pub fn of(status: CandidateStatus, delivery: DeliveryState) -> Self {
        match (status, delivery) {
            (CandidateStatus::Placed, _) => Self::Placed,
            (CandidateStatus::Withdrawn, _) => Self::Withdrawn,
            (CandidateStatus::Restricted, _) => Self::Restricted,
            (CandidateStatus::Erased, _) => Self::Erased,
            (CandidateStatus::Active, DeliveryState::NotDelivered { .. }) => Self::NotDelivered,
            (CandidateStatus::Active, DeliveryState::Current) => Self::InPool,
        }
    }
}

/// A person as scoring reads them: keys and numbers, the words only where a reason shows them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CandidateFacts {
    pub(in crate::rank) id: CandidateId,
    pub(in crate::rank) pool: PoolState,
    pub(in crate::rank) skills: OwnSkills,
    pub(in crate::rank) jobs: Box<[PastJob]>,
    pub(in crate::rank) qualities: Box<[SeenQuality]>,
    pub(in crate::rank) motivation: Box<[(MotivationFor, Seen)]>,
    pub(in crate::rank) wished: Box<[Wish]>,
    /// Whether the last wish is the dream that it should lead to in the end.
    pub(in crate::rank) has_dream: bool,
    pub(in crate::rank) wished_sectors: Box<[SectorKey]>,
    pub(in crate::rank) interests: Box<[(Label, Box<[WordKey]>)]>,
    /// Wished conditions, then refused ones.
    pub(in crate::rank) conditions: Box<[Condition]>,
    pub(in crate::rank) needs: Kinds,
    pub(in crate::rank) abilities: Box<[Ability]>,
    pub(in crate::rank) refused: Refused,
    pub(in crate::rank) languages: Box<[(LanguageCode, LevelPerSkill)]>,
    pub(in crate::rank) hours: Option<Minutes>,
    pub(in crate::rank) cap: Option<(u32, Option<Day>)>,
    pub(in crate::rank) time: OwnTime,
    pub(in crate::rank) position: Option<Position>,
    pub(in crate::rank) max_km: Option<u16>,
    pub(in crate::rank) max_minutes: Option<u16>,
    pub(in crate::rank) means: Box<[MeansOfTransport]>,
    pub(in crate::rank) contract: Box<[ContractForm]>,
    pub(in crate::rank) level: LevelFacts,
    pub(in crate::rank) educations: Box<[TermKey]>,
    pub(in crate::rank) experience: Box<[PastWork]>,
    pub(in crate::rank) licences: Option<Box<[DrivingLicence]>>,
    pub(in crate::rank) papers: Box<[(TermKey, Held)]>,
    pub(in crate::rank) lacking: Box<[TermKey]>,
}

/// An occupation that a person wishes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct Wish {
    pub(in crate::rank) text: Label,
    pub(in crate::rank) keys: Box<[TermKey]>,
    pub(in crate::rank) words: Box<[WordKey]>,
    pub(in crate::rank) group: Option<TermKey>,
    pub(in crate::rank) senses: Senses,
}

/// What a person explicitly does not want.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct Refused {
    pub(in crate::rank) occupations: Box<[Wish]>,
    pub(in crate::rank) sectors: Box<[SectorKey]>,
    /// The refused kinds of shift, irregular shifts included where irregular work is refused.
    pub(in crate::rank) shifts: Box<[Shift]>,
    pub(in crate::rank) irregular_work: Option<Answer>,
}

/// The level of a person, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct LevelFacts {
    /// Of the level given and of educations that are completed or have a diploma.
    pub(in crate::rank) known: Option<WorkLevel>,
    /// Of the level given and of every education that is not broken off.
    pub(in crate::rank) possible: Option<WorkLevel>,
    /// Whether an empty field could still show any level.
    pub(in crate::rank) open: bool,
}

/// Work that was done.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct PastWork {
    pub(in crate::rank) keys: Box<[TermKey]>,
    pub(in crate::rank) spell: Spell,
}

/// From when until when a certificate or registration is held; open ends are `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::rank) struct Held {
    pub(in crate::rank) from: Option<Day>,
    pub(in crate::rank) until: Option<Day>,
}

impl CandidateFacts {
    /// The facts of a person. The restricted data of a candidate cannot be given at all (R15).
    pub fn new(
        id: CandidateId,
        profile: &CandidateProfile,
        pool: PoolState,
        tables: &Tables,
        position_of: PositionOf<'_>,
        understanding: &dyn Understanding,
    ) -> Self {
        let wishes = &profile.wishes;
        let times = &profile.availability;
        Self {
            id,
            pool,
            skills: OwnSkills::new(profile, tables, understanding),
            jobs: past_jobs(profile, understanding),
            qualities: qualities(&profile.observations),
            motivation: motivations(&profile.observations, understanding),
            wished: wishes
                .occupations
                .iter()
                .chain(&wishes.dream_occupation)
                .filter_map(|o| wish(o, understanding))
                .collect(),
            has_dream: wishes.dream_occupation.iter().any(|o| wish(o, understanding).is_some()),
            wished_sectors: wishes.sectors.iter().map(|code| SectorKey::of(*code)).collect(),
            interests: wishes
                .interests
                .iter()
                .map(|interest| (interest.clone(), word_keys([interest.as_str()])))
                .filter(|(_, words)| !words.is_empty())
                .collect(),
            conditions: soft::conditions(profile, tables),
            needs: soft::needs(profile),
            abilities: soft::abilities(&profile.capacities, tables),
            refused: refused(profile, understanding),
            languages: languages(profile),
            hours: times.hours.map(Minutes::of),
            cap: times.hours_cap.map(|HoursCap { max, until }| (max.minutes(), until.map(Day::new))),
            time: OwnTime::of(times),
            position: profile.travel.from.and_then(|postcode| position_of(postcode.pc4())),
            max_km: profile.travel.max_km.map(|km| km.get()),
            max_minutes: profile.travel.max_minutes.map(|minutes| minutes.get()),
            means: sorted(&mut profile.travel.means.clone()),
            contract: profile.contract_forms.as_slice().into(),
            level: level(profile),
            educations: educations(&profile.educations),
            experience: profile.experience.iter().map(|work| past_work(work, understanding)).collect(),
            licences: profile.licences.as_ref().map(|held| match held {
                HeldLicences::These(these) => these.as_slice().into(),
                HeldLicences::NoneAtAll => Box::default(),
            }),
            papers: papers(profile),
            lacking: sorted(
                &mut profile.lacking.iter().filter_map(|name| TermKey::of_text(name.as_str())).collect(),
            ),
        }
    }

    /// What it should lead to in the end.
    pub(in crate::rank) fn dream(&self) -> Option<&Wish> {
        self.wished.last().filter(|_| self.has_dream)
    }

    /// Whether something is named that it should lead to in the end.
    pub fn has_dream(&self) -> bool {
        self.has_dream
    }

    /// Who it is.
    pub fn id(&self) -> &CandidateId {
        &self.id
    }

    /// Whether the person is in the pool.
    pub fn pool(&self) -> PoolState {
        self.pool
    }
}

/// The occupation with its keys; `None` when it has none.
fn wish(occupation: &OccupationRef, understanding: &dyn Understanding) -> Option<Wish> {
    let keys = occupation_keys(occupation, understanding);
    (!keys.is_empty()).then(|| Wish {
        text: occupation.text.clone(),
        keys,
        words: word_keys([occupation.text.as_str()]),
        group: occupation_group(occupation, understanding),
        senses: understanding.occupation(occupation),
    })
}

fn refused(profile: &CandidateProfile, understanding: &dyn Understanding) -> Refused {
    let mut shifts = profile.refusals.shifts.clone();
    if profile.availability.irregular_work == Some(Answer::No) {
        shifts.push(Shift::Irregular);
    }
    Refused {
        occupations: profile.refusals.occupations.iter().filter_map(|o| wish(o, understanding)).collect(),
        sectors: profile.refusals.sectors.iter().map(|code| SectorKey::of(*code)).collect(),
        shifts: sorted(&mut shifts),
        irregular_work: profile.availability.irregular_work,
    }
}

/// One entry a language; where it was named twice, the highest known level of each skill.
fn languages(profile: &CandidateProfile) -> Box<[(LanguageCode, LevelPerSkill)]> {
    let mut merged: Vec<(LanguageCode, LevelPerSkill)> = Vec::new();
    for named in &profile.languages {
        match merged.iter_mut().find(|(language, _)| *language == named.language) {
            Some((_, levels)) => {
                let highest = |skill| levels.get(skill).max(named.levels.get(skill));
                *levels = LevelPerSkill {
                    listening: highest(LanguageSkill::Listening),
                    reading: highest(LanguageSkill::Reading),
                    speaking: highest(LanguageSkill::Speaking),
                    writing: highest(LanguageSkill::Writing),
                };
            }
            None => merged.push((named.language, named.levels)),
        }
    }
    merged.into()
}

fn level(profile: &CandidateProfile) -> LevelFacts {
    let going = || profile.educations.iter().filter(|e| e.status != Some(EducationStatus::BrokenOff));
    let done =
        |e: &&Education| e.status == Some(EducationStatus::Completed) || e.diploma == Some(Answer::Yes);
    let height = |e: &Education| e.level.and_then(|level| level.work_level());
    LevelFacts {
        known: profile.level.max(going().filter(done).filter_map(height).max()),
        possible: profile.level.max(going().filter_map(height).max()),
        open: profile.level.is_none() || profile.educations.is_empty() || going().any(|e| e.level.is_none()),
    }
}

fn educations(educations: &[Education]) -> Box<[TermKey]> {
    let names = educations
        .iter()
        .filter(|e| e.status != Some(EducationStatus::BrokenOff))
        .filter_map(|e| e.name.as_ref())
        .filter_map(|name| TermKey::of_text(name.as_str()));
    sorted(&mut names.collect())
}

fn past_work(work: &WorkExperience, understanding: &dyn Understanding) -> PastWork {
    PastWork {
        keys: work.occupation.as_ref().map(|o| occupation_keys(o, understanding)).unwrap_or_default(),
        spell: Spell::of(work),
    }
}

fn papers(profile: &CandidateProfile) -> Box<[(TermKey, Held)]> {
    let had_from = |course: &Course| course.certificate_on.or(course.until).or(course.from).map(Day::new);
    let courses = profile.courses.iter().filter_map(|course| {
        let held = Held { from: had_from(course), until: course.valid_until.map(Day::new) };
        Some((TermKey::of_text(course.name.as_str())?, held))
    });
    let registrations = profile.registrations.iter().filter_map(|registration| {
        let held = Held { from: None, until: registration.valid_until.map(Day::new) };
        Some((TermKey::of_text(registration.name.as_str())?, held))
    });
    let mut all: Vec<_> = courses.chain(registrations).collect();
    all.sort_by_key(|(key, _)| *key);
    all.into()
}
