//! Flat records of a demonstration region: from the domain's objects, with the embedded taxonomy.

use crate::{
    Failure,
    record::{Opening, Person, QUALITIES},
};
use passend::{
    demo::{self, Region, Settings},
    domain::{
        Candidate, Vacancy,
        competency::Competency,
        language::{CefrLevel, LanguageCode, LevelPerSkill},
        observation::Observed,
        place::Postcode,
        sector::SbiCode,
        time::HoursRange,
    },
    geo::Places,
    taxonomy::{
        self, ConceptNumber, Need, Taxonomy,
        recognize::{Recognizer, Wording, WordingKind},
    },
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, HashMap},
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

const CHUNK: usize = 4_096;
/// What each part of the score is worth at most.
const SKILLS: u16 = 4_000;
const DUTCH: u16 = 1_500;
const QUALITY: u16 = 1_000;
const HOURS: u16 = 1_000;
const DISTANCE: u16 = 1_500;
const SECTOR: u16 = 500;
const LEVEL: u16 = 500;
/// Skills that a vacancy asks at most.
const MOST_ASKED: usize = 9;
/// Reach of who names none, and what a minute of travel is worth, in hundreds of metres.
const USUAL_REACH: u16 = 250;
const PER_MINUTE: u16 = 6;

/// Writes `candidates.tsv` and `vacancies.tsv`; gives the mean number of terms a candidate.
pub(crate) fn write(settings: Settings, folder: &Path) -> Result<f64, Failure> {
    fs::create_dir_all(folder)?;
    let maker = Maker::new(demo::region(settings)?)?;
    let mut terms = 0usize;
    let mut file = BufWriter::new(File::create(folder.join("candidates.tsv"))?);
    for chunk in chunks(settings.candidates) {
        let people: Result<Vec<Person>, Failure> = chunk
            .clone()
            .into_par_iter()
            .map(|at| Ok(maker.person(&maker.region.candidate(at + 1)?)))
            .collect();
        for (at, person) in chunk.zip(people?) {
            terms += person.terms.len();
            file.write_all(person.line(at).as_bytes())?;
        }
    }
    file.flush()?;
    let mut file = BufWriter::new(File::create(folder.join("vacancies.tsv"))?);
    for chunk in chunks(settings.vacancies) {
        let openings: Result<Vec<Opening>, Failure> = chunk
            .clone()
            .into_par_iter()
            .map(|at| Ok(maker.opening(&maker.region.vacancy(at + 1)?)))
            .collect();
        for (at, opening) in chunk.zip(openings?) {
            file.write_all(opening.line(at).as_bytes())?;
        }
    }
    file.flush()?;
    Ok(terms as f64 / settings.candidates.max(1) as f64)
}

fn chunks(count: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    (0..count).step_by(CHUNK).map(move |from| from..count.min(from + CHUNK))
}

struct Maker {
    region: Region,
    taxonomy: Arc<Taxonomy>,
    recognizer: Recognizer,
    places: Arc<Places>,
    known: RwLock<HashMap<(WordingKind, String), Option<ConceptNumber>>>,
}

impl Maker {
    fn new(region: Region) -> Result<Self, Failure> {
        let taxonomy = taxonomy::embedded()?;
        if taxonomy.len() > usize::from(u16::MAX) {
            return Err("the embedded taxonomy has more concepts than 16 bits can number".into());
        }
        let recognizer = Recognizer::new(Arc::clone(&taxonomy));
        Ok(Self { region, taxonomy, recognizer, places: Places::embedded(), known: RwLock::default() })
    }

    /// What words mean; each wording is recognised once.
    fn concept(&self, kind: WordingKind, text: &str) -> Option<ConceptNumber> {
        let key = (kind, text.to_owned());
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return *known;
        }
        let meaning = self.recognizer.recognize(Wording { text, kind });
        let concept = meaning.senses.first().map(|sense| sense.concept);
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(key, concept);
        concept
    }

    fn essential(&self, occupation: Option<ConceptNumber>) -> impl Iterator<Item = ConceptNumber> {
        let skills = occupation.map_or(&[][..], |occupation| self.taxonomy.skills_of(occupation));
        skills.iter().filter(|(_, need)| *need == Need::Essential).map(|(skill, _)| *skill)
    }

    /// Skills and everything broader, rising.
    fn closure(&self, mut open: Vec<ConceptNumber>) -> Vec<u16> {
        let mut closed: Vec<ConceptNumber> = Vec::new();
        while let Some(next) = open.pop() {
            if !closed.contains(&next) {
                closed.push(next);
                open.extend(self.taxonomy.broader(next));
            }
        }
        let mut terms: Vec<u16> = closed.into_iter().map(term).collect();
        terms.sort_unstable();
        terms
    }

    fn person(&self, candidate: &Candidate) -> Person {
        let profile = &candidate.profile;
        let mut skills: Vec<ConceptNumber> = profile
            .skills
            .iter()
            .filter_map(|skill| self.concept(WordingKind::Skill, skill.text.as_str()))
            .collect();
        let latest = profile.experience.first().and_then(|work| work.occupation.as_ref());
        let latest = latest.and_then(|work| self.concept(WordingKind::Occupation, work.text.as_str()));
        skills.extend(self.essential(latest));
        let mut qualities = [2; QUALITIES];
        for seen in &profile.observations {
            if let Observed::Quality(quality) = &seen.observed {
                qualities[place_of(quality.competency)] = u8::try_from(2 + seen.value.points()).unwrap_or(2);
            }
        }
        let dutch = profile.languages.iter().find(|one| one.language == LanguageCode::DUTCH);
        let travel = &profile.travel;
        let kilometres = travel.max_km.map(|km| km.get().saturating_mul(10));
        let minutes = travel.max_minutes.map(|minutes| minutes.get().saturating_mul(PER_MINUTE));
        Person {
            dutch: dutch.map_or(0, |one| spoken(one.levels)),
            level: profile.level.map_or(0, |level| level as u8 + 1),
            hours: hours(profile.availability.hours),
            home: self.position(travel.from),
            reach: kilometres.or(minutes).unwrap_or(USUAL_REACH).max(1),
            sectors: profile.wishes.sectors.iter().fold(0, |mask, sbi| mask | 1 << section(*sbi)),
            qualities,
            terms: self.closure(skills),
        }
    }

    fn opening(&self, vacancy: &Vacancy) -> Opening {
        let asked = &vacancy.requirements;
        let mut opening = Opening {
            hours: hours(vacancy.schedule.hours),
            place: self.position(vacancy.place.postcode),
            sector: vacancy.sector.map_or(0, |sbi| 1 + section(sbi)),
            level: asked.level.as_ref().map_or(0, |level| level.what as u8 + 1),
            ..Opening::default()
        };
        let dutch = asked.languages.iter().find(|one| one.what.language() == LanguageCode::DUTCH);
        opening.dutch = dutch.map_or(0, |one| spoken(one.what.at_start()));
        let mut wanted: Vec<usize> =
            asked.competencies.iter().map(|one| place_of(one.what.competency)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        for at in &wanted {
            opening.weights[*at] = (QUALITY / 4 / u16::try_from(wanted.len()).unwrap_or(1)) as u8;
        }
        opening.terms = self.asked_terms(vacancy);
        let not_asked = [
            (opening.terms.is_empty(), SKILLS),
            (opening.dutch == 0, DUTCH),
            (wanted.is_empty(), QUALITY),
            (opening.hours[1] == 0, HOURS),
            (opening.place == [0, 0], DISTANCE),
            (opening.sector == 0, SECTOR),
            (opening.level == 0, LEVEL),
        ];
        opening.base = not_asked.iter().map(|(free, points)| if *free { *points } else { 0 }).sum();
        opening
    }

    /// Half of a skill's points for the skill itself, three tenths for the next broader concepts, two tenths for those above
    /// them; what does not divide is the skill's own.
    fn asked_terms(&self, vacancy: &Vacancy) -> Vec<(u16, u16)> {
        let named = vacancy.requirements.skills.iter();
        let mut skills: Vec<ConceptNumber> =
            named.filter_map(|skill| self.concept(WordingKind::Skill, skill.what.text.as_str())).collect();
        if skills.is_empty() {
            let work = vacancy.occupation.as_ref();
            let work = work.and_then(|work| self.concept(WordingKind::Occupation, work.text.as_str()));
            skills = self.essential(work).collect();
        }
        skills.sort_unstable();
        skills.dedup();
        skills.truncate(MOST_ASKED);
        let share = SKILLS / u16::try_from(skills.len()).unwrap_or(1).max(1);
        let mut points: BTreeMap<u16, u16> = BTreeMap::new();
        for skill in skills {
            let groups = self.taxonomy.broader(skill);
            let mut areas: Vec<ConceptNumber> =
                groups.iter().flat_map(|group| self.taxonomy.broader(*group)).copied().collect();
            areas.sort_unstable();
            areas.dedup();
            areas.retain(|area| !groups.contains(area));
            let mut left = share;
            for (of, tenths) in [(groups, 3), (&areas[..], 2)] {
                let each = share * tenths / 10 / u16::try_from(of.len()).unwrap_or(1).max(1);
                for concept in of {
                    *points.entry(term(*concept)).or_default() += each;
                    left -= each;
                }
            }
            *points.entry(term(skill)).or_default() += left;
        }
        points.into_iter().collect()
    }

    /// Hundreds of metres east and north of a corner outside the country.
    fn position(&self, postcode: Option<Postcode>) -> [u16; 2] {
        const KILOMETRES_A_DEGREE: f64 = 111.195;
        let Some(at) = postcode.and_then(|code| self.places.position(code.pc4())) else { return [0, 0] };
        let east = (f64::from(at.lon_e5) / 1e5 - 3.0) * KILOMETRES_A_DEGREE * 52.2f64.to_radians().cos();
        let north = (f64::from(at.lat_e5) / 1e5 - 50.5) * KILOMETRES_A_DEGREE;
        [east, north].map(|kilometres| (kilometres * 10.0).round() as u16)
    }
}

fn term(concept: ConceptNumber) -> u16 {
    u16::try_from(concept.0).unwrap_or(u16::MAX)
}

fn place_of(competency: Competency) -> usize {
    Competency::ALL.iter().position(|one| *one == competency).unwrap_or(0)
}

fn spoken(levels: LevelPerSkill) -> u8 {
    let level: Option<CefrLevel> = levels.speaking.or(levels.listening);
    level.map_or(0, |level| level as u8 + 1)
}

fn hours(range: Option<HoursRange>) -> [u8; 2] {
    let whole = |minutes: u32| u8::try_from(minutes / 60).unwrap_or(u8::MAX);
    let Some(range) = range else { return [0, 0] };
    let most = range.max().or(range.min()).map_or(0, |hours| whole(hours.minutes()));
    [range.min().map_or(0, |hours| whole(hours.minutes())), most]
}

/// The section of SBI 2008, 0 (A) to 20 (U).
fn section(sbi: SbiCode) -> u8 {
    const LAST_DIVISIONS: [u32; 21] =
        [3, 9, 33, 35, 39, 43, 47, 53, 56, 63, 66, 68, 75, 82, 84, 85, 88, 93, 96, 98, 99];
    LAST_DIVISIONS.partition_point(|last| *last < sbi.division()).min(20) as u8
}
