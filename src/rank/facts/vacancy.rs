//! A vacancy as scoring reads it.

use super::{
    AskedEducation, AskedExperience, AskedLanguage, AskedPaper, AskedQuality, AskedSkill, Minutes,
    PositionOf, SectorKey, WorkTimes,
    asked_experience::{education, experience, paper_weight},
    asked_language::languages,
    asked_paper::papers,
    asked_quality::qualities,
    asked_skill::{alike, asked_skills},
    soft::{self, Ability, ConditionsOfWork, Kinds},
};
use crate::domain::{
    contract::ContractForm,
    education::WorkLevel,
    place::Position,
    provenance::DeliveryState,
    requirement::UnscoredRequirement,
    sector::Sector,
    support::{Carving, CarvingWay},
    text::{Label, VacancyId},
    time::{Answer, Shift},
    vacancy::{Vacancy, VacancyStatus},
};
use crate::rank::{
    day::Day,
    growth::GrowthTable,
    pool::PaperName,
    tables::Tables,
    term::{
        TermKey, WordKey, isco_code, occupation_group, occupation_keys, sorted, title_as_occupation,
        title_keys, word_keys,
    },
    understanding::Understanding,
};
use crate::taxonomy::{ConceptNumber, relations::Relations};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A vacancy as scoring reads it, with the words that reasons show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VacancyFacts {
    pub(in crate::rank) id: VacancyId,
    pub(in crate::rank) pool: VacancyPool,
    pub(in crate::rank) sector: Sector,
    pub(in crate::rank) title: Option<Label>,
    pub(in crate::rank) occupation: Option<Label>,
    /// Keys of the occupation and of the title.
    pub(in crate::rank) keys: Box<[TermKey]>,
    /// Groups of occupations of the occupation and of the title.
    pub(in crate::rank) groups: Box<[TermKey]>,
    /// Words of the occupation and the title.
    pub(in crate::rank) work_words: Box<[WordKey]>,
    /// Words of everything that tells what the work is.
    pub(in crate::rank) all_words: Box<[WordKey]>,
    /// Whether description and tasks are both there.
    pub(in crate::rank) is_described: bool,
    pub(in crate::rank) sectors: Box<[SectorKey]>,
    pub(in crate::rank) hours: Option<Minutes>,
    pub(in crate::rank) carving: Option<Answer>,
    /// Minutes of the smallest part, where the job may be split by hours or tasks.
    pub(in crate::rank) least_part: Option<u32>,
    pub(in crate::rank) times: WorkTimes,
    pub(in crate::rank) shifts: Box<[Shift]>,
    pub(in crate::rank) irregular_work: Option<Answer>,
    pub(in crate::rank) position: Option<Position>,
    pub(in crate::rank) contract: Box<[ContractForm]>,
    pub(in crate::rank) starts_on: Option<Day>,
    pub(in crate::rank) ends_on: Option<Day>,
    pub(in crate::rank) skills: Box<[AskedSkill]>,
    /// Occupations that are alike to this work, by number.
    pub(in crate::rank) alike: Box<[(ConceptNumber, u16)]>,
    pub(in crate::rank) qualities: Box<[AskedQuality]>,
    /// The sector whose default competencies are assumed, where the vacancy names none.
    pub(in crate::rank) assumed_set: Option<Sector>,
    pub(in crate::rank) languages: Box<[AskedLanguage]>,
    /// How fast what is missing grows at work.
    #[serde(skip, default = "GrowthTable::none")]
    pub(in crate::rank) growth: Arc<GrowthTable>,
    pub(in crate::rank) level: Option<(WorkLevel, u32)>,
    /// At which level the work is: as asked, else by its occupation.
    pub(in crate::rank) work_level: Option<WorkLevel>,
    pub(in crate::rank) educations: Box<[AskedEducation]>,
    pub(in crate::rank) experience: Box<[AskedExperience]>,
    /// Licences, certificates and registrations, in this order, each as asked.
    pub(in crate::rank) papers: Box<[AskedPaper]>,
    pub(in crate::rank) unscored: Box<[UnscoredRequirement]>,
    pub(in crate::rank) employer: Option<TermKey>,
    /// What the occupation and the title mean, by number, with confidences.
    pub(in crate::rank) work: Box<[(ConceptNumber, u16)]>,
    /// Occupations that this work leads to, by number.
    pub(in crate::rank) leads_to: Box<[(ConceptNumber, u16)]>,
    /// Keys of the named conditions and of their entries.
    pub(in crate::rank) conditions: Box<[TermKey]>,
    /// Words of the named conditions.
    pub(in crate::rank) condition_words: Box<[WordKey]>,
    /// Words of the text about conditions.
    pub(in crate::rank) condition_text_words: Box<[WordKey]>,
    pub(in crate::rank) has_condition_text: bool,
    pub(in crate::rank) offered: Kinds,
    pub(in crate::rank) not_offered: Kinds,
    pub(in crate::rank) capacities: Box<[Ability]>,
}

/// What decides whether a vacancy is in the pool on a day (R4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VacancyPool {
    pub(in crate::rank) status: VacancyStatus,
    pub(in crate::rank) delivered: bool,
    pub(in crate::rank) closes_on: Option<Day>,
}

impl VacancyFacts {
    /// The facts of a vacancy.
    pub fn new(
        vacancy: &Vacancy,
        tables: &Tables,
        position_of: PositionOf<'_>,
        understanding: &dyn Understanding,
    ) -> Self {
        let title_keys =
            vacancy.title.as_ref().map(|title| title_keys(title, understanding)).unwrap_or_default();
        let title = vacancy.title.clone().filter(|_| !title_keys.is_empty());
        let occupation =
            vacancy.occupation.as_ref().map(|o| (o.text.clone(), occupation_keys(o, understanding)));
        let occupation = occupation.filter(|(_, keys)| !keys.is_empty());
        let work_texts = || occupation.iter().map(|(text, _)| text).chain(&title).map(Label::as_str);
        let requirements = &vacancy.requirements;
        let told = vacancy.description.iter().map(|text| text.as_str());
        let tasks = vacancy.tasks.iter().map(Label::as_str);
        let asked = requirements.skills.iter().map(|skill| skill.what.text.as_str());
        let keys = occupation.iter().flat_map(|(_, keys)| keys.iter().copied()).chain(title_keys);
        let keys = sorted(&mut keys.collect());
        let is_named = occupation.is_some() && title.is_some();
        let (qualities, assumed_set) = qualities(vacancy, tables);
        let conditions = ConditionsOfWork::of(&vacancy.offer, tables);
        Self {
            id: vacancy.id.clone(),
            pool: VacancyPool {
                status: vacancy.status,
                delivered: vacancy.delivery_state == DeliveryState::Current,
                closes_on: vacancy.closes_on.map(Day::new),
            },
            sector: vacancy.sector_of_work(),
            groups: groups(vacancy, understanding),
            work_words: word_keys(work_texts()),
            all_words: word_keys(work_texts().chain(told).chain(tasks.clone()).chain(asked)),
            is_described: vacancy.description.is_some()
                && tasks.into_iter().any(|t| TermKey::of_text(t).is_some()),
            sectors: sectors(vacancy),
            hours: vacancy.schedule.hours.map(Minutes::of),
            carving: vacancy.carving.as_ref().map(|carving| carving.allowed),
            least_part: vacancy.carving.as_ref().and_then(least_part),
            times: WorkTimes::of(&vacancy.schedule),
            shifts: sorted(&mut vacancy.schedule.shifts.clone()),
            irregular_work: vacancy.schedule.irregular_work,
            position: vacancy.place.postcode.and_then(|postcode| position_of(postcode.pc4())),
            contract: vacancy.contract_forms.as_slice().into(),
            starts_on: vacancy.starts_on.map(Day::new),
            ends_on: vacancy.ends_on.map(Day::new),
            skills: asked_skills(&requirements.skills, tables, understanding),
            alike: alike(vacancy.occupation.as_ref(), vacancy.title.as_ref(), understanding),
            qualities,
            assumed_set,
            languages: languages(vacancy, &tables.growth.language),
            growth: Arc::clone(&tables.growth),
            work_level: work_level(vacancy, understanding),
            level: requirements
                .level
                .as_ref()
                .filter(|level| level.what > WorkLevel::None)
                .map(|level| (level.what, paper_weight(level.importance))),
            educations: requirements.educations.iter().map(education).collect(),
            experience: requirements
                .experience
                .iter()
                .filter(|asked| asked.what.years > 0)
                .map(|asked| experience(asked, &keys, is_named, understanding))
                .collect(),
            papers: papers(vacancy, &tables.gaps),
            unscored: requirements.unscored.as_slice().into(),
            employer: vacancy.employer.id.as_ref().map(|id| TermKey::of_employer(id.as_str())),
            work: soft::work(vacancy, understanding),
            leads_to: soft::leads_to(vacancy, understanding),
            conditions: conditions.keys,
            condition_words: conditions.words,
            condition_text_words: conditions.text_words,
            has_condition_text: vacancy.offer.conditions_text.is_some(),
            offered: soft::offered(&vacancy.offer, Answer::Yes),
            not_offered: soft::offered(&vacancy.offer, Answer::No),
            capacities: soft::abilities(&vacancy.offer.capacities_asked, tables),
            occupation: occupation.map(|(text, _)| text),
            title,
            keys,
        }
    }

    /// Takes what every record shares and none keeps: to be called on what was read back, before it is used.
    pub fn share(&mut self, tables: &Tables, relations: &Relations) {
        self.growth = Arc::clone(&tables.growth);
        self.skills.iter_mut().for_each(|skill| skill.share(relations));
    }

    /// Which vacancy it is.
    pub fn id(&self) -> &VacancyId {
        &self.id
    }

    /// The sector by which its ranking profile is chosen.
    pub fn sector(&self) -> Sector {
        self.sector
    }

    /// What decides whether it is in the pool.
    pub fn pool(&self) -> VacancyPool {
        self.pool
    }

    /// The name of an asked licence, certificate or registration by its place among them.
    pub fn paper(&self, requirement: usize) -> Option<PaperName> {
        self.papers.get(requirement).map(|asked| asked.paper.name())
    }

    /// Requirements that are kept as text and not scored (R9, R21).
    pub fn unscored(&self) -> &[UnscoredRequirement] {
        &self.unscored
    }

    /// Whether occupation and title are both there.
    pub(in crate::rank) fn is_named(&self) -> bool {
        self.occupation.is_some() && self.title.is_some()
    }
}

/// `None` where the job may not be split by hours or tasks.
fn least_part(carving: &Carving) -> Option<u32> {
    let by_hours = [CarvingWay::Hours, CarvingWay::Tasks];
    let is_by_hours = carving.ways.is_empty() || carving.ways.iter().any(|way| by_hours.contains(way));
    let is_allowed = carving.allowed == Answer::Yes && is_by_hours;
    is_allowed.then(|| carving.min_hours.map_or(0, |least| least.minutes()))
}

fn groups(vacancy: &Vacancy, understanding: &dyn Understanding) -> Box<[TermKey]> {
    let title = vacancy.title.as_ref().map(title_as_occupation);
    let work = vacancy.occupation.iter().chain(&title);
    sorted(&mut work.filter_map(|own| occupation_group(own, understanding)).collect())
}

fn sectors(vacancy: &Vacancy) -> Box<[SectorKey]> {
    let codes = match &vacancy.sector {
        Some(own) => std::slice::from_ref(own),
        None => vacancy.employer.sectors.as_slice(),
    };
    codes.iter().map(|code| SectorKey::of(*code)).collect()
}

/// The level asked, else that of the major group (ISCO-08) of what the occupation or title surely means.
fn work_level(vacancy: &Vacancy, understanding: &dyn Understanding) -> Option<WorkLevel> {
    let title = vacancy.title.as_ref().map(title_as_occupation);
    let major = || {
        let group = vacancy.occupation.iter().chain(&title).find_map(|o| isco_code(o, understanding))?;
        group.chars().next()
    };
    vacancy.requirements.level.as_ref().map(|asked| asked.what).or_else(|| match major()? {
        '1' | '2' => Some(WorkLevel::Hbo),
        '3' => Some(WorkLevel::Mbo),
        '4'..='8' => Some(WorkLevel::Vmbo),
        '9' => Some(WorkLevel::Basic),
        _ => None,
    })
}
