//! A vacancy as scoring reads it.

use super::{
    AskedSkill, Minutes, PositionOf, SectorKey,
    asked_skill::{alike, asked_skills},
    item_weight,
};
use crate::domain::{
    competency::{Competency, Facet},
    contract::ContractForm,
    education::{DrivingLicence, WorkLevel},
    language::{CefrLevel, LanguageCode, LanguageSkill, LevelPerSkill},
    place::Position,
    provenance::DeliveryState,
    requirement::{
        EducationDemand, ExperienceDemand, Importance, LanguageDemand, Requirement, UnscoredRequirement,
    },
    sector::Sector,
    text::{Label, VacancyId},
    time::{Answer, Shift},
    vacancy::{Vacancy, VacancyStatus},
};
use crate::rank::{
    day::Day,
    gaps::{CostClass, GapEntry, GapKind, GapTable},
    pool::PaperName,
    tables::Tables,
    term::{
        TermKey, WordKey, occupation_group, occupation_keys, sorted, title_as_occupation, title_keys,
        word_key, word_keys,
    },
    understanding::Understanding,
};
use crate::taxonomy::ConceptNumber;

/// A vacancy as scoring reads it, with the words that reasons show.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub(in crate::rank) shifts: Box<[Shift]>,
    pub(in crate::rank) irregular_work: Option<Answer>,
    pub(in crate::rank) position: Option<Position>,
    pub(in crate::rank) contract: Box<[ContractForm]>,
    pub(in crate::rank) starts_on: Option<Day>,
    pub(in crate::rank) skills: Box<[AskedSkill]>,
    /// Occupations that are alike to this work, by number.
    pub(in crate::rank) alike: Box<[(ConceptNumber, u16)]>,
    pub(in crate::rank) qualities: Box<[AskedQuality]>,
    /// The sector whose default competencies are assumed, where the vacancy names none.
    pub(in crate::rank) assumed_set: Option<Sector>,
    pub(in crate::rank) languages: Box<[AskedLanguage]>,
    pub(in crate::rank) level: Option<(WorkLevel, u32)>,
    pub(in crate::rank) educations: Box<[AskedEducation]>,
    pub(in crate::rank) experience: Box<[AskedExperience]>,
    /// Licences, certificates and registrations, in this order, each as asked.
    pub(in crate::rank) papers: Box<[AskedPaper]>,
    pub(in crate::rank) unscored: Box<[UnscoredRequirement]>,
}

/// What decides whether a vacancy is in the pool on a day (R4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VacancyPool {
    pub(in crate::rank) status: VacancyStatus,
    pub(in crate::rank) delivered: bool,
    pub(in crate::rank) closes_on: Option<Day>,
}

/// An asked or assumed quality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rank) struct AskedQuality {
    pub(in crate::rank) competency: Competency,
    pub(in crate::rank) facet: Option<Facet>,
    pub(in crate::rank) facet_key: Option<WordKey>,
    pub(in crate::rank) importance: Importance,
}

/// An asked language: the levels above A0 at the start, in the order of [`LanguageSkill::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rank) struct AskedLanguage {
    pub(in crate::rank) language: LanguageCode,
    pub(in crate::rank) at_start: [Option<CefrLevel>; 4],
    pub(in crate::rank) importance: Importance,
}

/// An asked education.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rank) struct AskedEducation {
    pub(in crate::rank) name: Option<Label>,
    pub(in crate::rank) key: Option<TermKey>,
    pub(in crate::rank) level: Option<WorkLevel>,
    pub(in crate::rank) weight: u32,
}

/// Asked experience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rank) struct AskedExperience {
    pub(in crate::rank) years: u32,
    pub(in crate::rank) occupation: Option<Label>,
    pub(in crate::rank) keys: Box<[TermKey]>,
    /// Whether the vacancy's own occupation is meant and its occupation or title is missing.
    pub(in crate::rank) open: bool,
    pub(in crate::rank) weight: u32,
}

/// What kind of paper is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rank) enum Paper {
    Licence(DrivingLicence),
    Certificate(Label),
    Registration(Label),
}

impl Paper {
    pub(in crate::rank) fn name(&self) -> PaperName {
        match self {
            Self::Licence(licence) => PaperName::Licence(*licence),
            Self::Certificate(name) | Self::Registration(name) => PaperName::Named(name.as_str().to_owned()),
        }
    }
}

/// An asked licence, certificate or registration with what is known of obtaining it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rank) struct AskedPaper {
    pub(in crate::rank) paper: Paper,
    pub(in crate::rank) importance: Importance,
    pub(in crate::rank) grace_weeks: u32,
    pub(in crate::rank) lead_weeks: Option<u16>,
    pub(in crate::rank) kind: GapKind,
    pub(in crate::rank) cost: Option<CostClass>,
    /// Its name and aliases.
    pub(in crate::rank) same: Box<[TermKey]>,
    /// The same and the names of what covers it.
    pub(in crate::rank) accepts: Box<[TermKey]>,
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
            shifts: sorted(&mut vacancy.schedule.shifts.clone()),
            irregular_work: vacancy.schedule.irregular_work,
            position: vacancy.place.postcode.and_then(|postcode| position_of(postcode.pc4())),
            contract: vacancy.contract_forms.as_slice().into(),
            starts_on: vacancy.starts_on.map(Day::new),
            skills: asked_skills(&requirements.skills, tables, understanding),
            alike: alike(vacancy.occupation.as_ref(), vacancy.title.as_ref(), understanding),
            qualities,
            assumed_set,
            languages: requirements.languages.iter().filter_map(language).collect(),
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
            occupation: occupation.map(|(text, _)| text),
            title,
            keys,
        }
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

    /// Requirements that are kept as text and not scored (R9, R21).
    pub fn unscored(&self) -> &[UnscoredRequirement] {
        &self.unscored
    }

    /// Whether occupation and title are both there.
    pub(in crate::rank) fn is_named(&self) -> bool {
        self.occupation.is_some() && self.title.is_some()
    }
}

fn groups(vacancy: &Vacancy, understanding: &dyn Understanding) -> Box<[TermKey]> {
    let title = vacancy.title.as_ref().map(title_as_occupation);
    let work = vacancy.occupation.iter().chain(&title);
    sorted(&mut work.filter_map(|own| occupation_group(own, understanding)).collect())
}

/// What counts in a mean of levels, educations and experience: everything above SHOULD is SHOULD (R4).
fn paper_weight(importance: Importance) -> u32 {
    item_weight(importance.min(Importance::Should))
}

fn sectors(vacancy: &Vacancy) -> Box<[SectorKey]> {
    let codes = match &vacancy.sector {
        Some(own) => std::slice::from_ref(own),
        None => vacancy.employer.sectors.as_slice(),
    };
    codes.iter().map(|code| SectorKey::of(*code)).collect()
}

fn qualities(vacancy: &Vacancy, tables: &Tables) -> (Box<[AskedQuality]>, Option<Sector>) {
    let named = &vacancy.requirements.competencies;
    if named.is_empty() {
        let sector = vacancy.sector_of_work();
        let assumed = tables.competencies.default_set(sector).iter().map(|competency| AskedQuality {
            competency: *competency,
            facet: None,
            facet_key: None,
            importance: Importance::Should,
        });
        return (assumed.collect(), Some(sector));
    }
    let asked = named.iter().map(|asked| AskedQuality {
        competency: asked.what.competency,
        facet_key: asked.what.facet.as_ref().map(|facet| word_key(facet.as_str())),
        facet: asked.what.facet.clone(),
        importance: asked.importance,
    });
    (asked.collect(), None)
}

/// `None` when no level above A0 is asked at the start.
fn language(asked: &Requirement<LanguageDemand>) -> Option<AskedLanguage> {
    let levels: LevelPerSkill = asked.what.at_start();
    let at_start = LanguageSkill::ALL.map(|skill| levels.get(skill).filter(|level| *level > CefrLevel::A0));
    at_start.iter().any(Option::is_some).then(|| AskedLanguage {
        language: asked.what.language(),
        at_start,
        importance: asked.importance,
    })
}

fn education(asked: &Requirement<EducationDemand>) -> AskedEducation {
    let key = asked.what.name.as_ref().and_then(|name| TermKey::of_text(name.as_str()));
    AskedEducation {
        name: asked.what.name.clone().filter(|_| key.is_some()),
        key,
        level: asked.what.level.and_then(|level| level.work_level()),
        weight: paper_weight(asked.importance),
    }
}

fn experience(
    asked: &Requirement<ExperienceDemand>,
    own: &[TermKey],
    is_named: bool,
    understanding: &dyn Understanding,
) -> AskedExperience {
    let named = asked.what.occupation.as_ref().map(|o| (o.text.clone(), occupation_keys(o, understanding)));
    let named = named.filter(|(_, keys)| !keys.is_empty());
    let open = named.is_none() && !is_named;
    let (occupation, keys) = match named {
        Some((text, keys)) => (Some(text), keys),
        None => (None, own.into()),
    };
    AskedExperience {
        years: u32::from(asked.what.years),
        occupation,
        keys,
        open,
        weight: paper_weight(asked.importance),
    }
}

fn papers(vacancy: &Vacancy, gaps: &GapTable) -> Box<[AskedPaper]> {
    let requirements = &vacancy.requirements;
    let licences = requirements.licences.iter().map(|asked| {
        let entry = gaps.find_licence(asked.what);
        paper(Paper::Licence(asked.what), asked, entry, GapKind::Solvable)
    });
    let certificates = requirements
        .certificates
        .iter()
        .map(|asked| named_paper(Paper::Certificate(asked.what.clone()), asked, gaps, GapKind::Solvable));
    let registrations = requirements.registrations.iter().map(|asked| {
        named_paper(Paper::Registration(asked.what.clone()), asked, gaps, GapKind::Registration)
    });
    licences.chain(certificates).chain(registrations).collect()
}

fn paper<T>(
    paper: Paper,
    asked: &Requirement<T>,
    entry: Option<&GapEntry>,
    otherwise: GapKind,
) -> AskedPaper {
    AskedPaper {
        paper,
        importance: asked.importance,
        grace_weeks: u32::from(asked.grace.get()),
        lead_weeks: entry.and_then(|entry| entry.lead_weeks),
        kind: entry.map_or(otherwise, |entry| entry.kind),
        cost: entry.and_then(|entry| entry.cost_class),
        same: Box::default(),
        accepts: Box::default(),
    }
}

fn named_paper(what: Paper, asked: &Requirement<Label>, gaps: &GapTable, otherwise: GapKind) -> AskedPaper {
    let key = TermKey::of_text(asked.what.as_str());
    let entry = key.and_then(|key| gaps.find(key));
    let mut same: Vec<TermKey> =
        key.into_iter().chain(entry.into_iter().flat_map(GapTable::names_of)).collect();
    let covering = entry.into_iter().flat_map(|entry| gaps.covering(entry)).flat_map(GapTable::names_of);
    let mut accepts: Vec<TermKey> = same.iter().copied().chain(covering).collect();
    AskedPaper {
        same: sorted(&mut same),
        accepts: sorted(&mut accepts),
        ..paper(what, asked, entry, otherwise)
    }
}
