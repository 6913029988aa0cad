//! Where people live, who employs them and how employers write: `places.toml`, `employers.toml`, `vacancies.toml`.

use super::{DataFile, occupations::Occupations, words};
use crate::demo::{
    DemoError,
    random::{Dice, Kind, Urn},
};
use crate::domain::{
    InvalidValue,
    language::{CefrLevel, LanguageCode},
    place::Postcode,
    sector::SbiCode,
    support::SupportKind,
    text::{EmployerId, FreeText, Label, Name},
    time::{Shift, WeekSlot},
};
use serde::Deserialize;

const PLACES: DataFile =
    DataFile { name: "places.toml", text: include_str!("../../../data/demo/places.toml") };
const EMPLOYERS: DataFile =
    DataFile { name: "employers.toml", text: include_str!("../../../data/demo/employers.toml") };
const ADVERTS: DataFile =
    DataFile { name: "vacancies.toml", text: include_str!("../../../data/demo/vacancies.toml") };

/// A place with one of its postcodes.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) name: Label,
    pub(crate) postcode: Postcode,
}

/// Where people live and where the work is.
#[derive(Debug)]
pub(crate) struct Homes {
    pub(crate) people: Urn<Spot>,
    pub(crate) work: Urn<Spot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacesFile {
    place: Vec<RawPlace>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPlace {
    name: String,
    people: u32,
    work: u32,
    pc4: Vec<u16>,
}

impl Homes {
    pub(super) fn read() -> Result<Self, DemoError> {
        let file: PlacesFile = PLACES.parse()?;
        let (mut people, mut work) = (Vec::new(), Vec::new());
        for raw in &file.place {
            let at = PLACES.at(&raw.name);
            let name = Label::new(&raw.name).map_err(&at)?;
            // A place's weight is spread over its postcodes; in sixtieths, so that little is lost to rounding.
            let parts = u32::try_from(raw.pc4.len()).unwrap_or(u32::MAX).max(1);
            for pc4 in &raw.pc4 {
                let postcode = Postcode::parse(&pc4.to_string()).map_err(&at)?;
                people.push((raw.people * 60 / parts, Spot { name: name.clone(), postcode }));
                work.push((raw.work * 60 / parts, Spot { name: name.clone(), postcode }));
            }
        }
        Ok(Self {
            people: Urn::new(people).ok_or_else(PLACES.empty("place"))?,
            work: Urn::new(work).ok_or_else(PLACES.empty("place"))?,
        })
    }
}

/// An employer, invented.
#[derive(Clone, Debug)]
pub(crate) struct InventedEmployer {
    pub(crate) id: EmployerId,
    pub(crate) name: Name,
    pub(crate) sbi: SbiCode,
    pub(crate) spot: Spot,
    pub(crate) number: usize,
}

/// Employers by the families of occupations that they employ.
#[derive(Debug)]
pub(crate) struct Employers {
    kinds: Vec<(Vec<String>, Vec<InventedEmployer>)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmployersFile {
    names: Vec<String>,
    kind: Vec<RawEmployers>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEmployers {
    families: Vec<String>,
    ways: Vec<String>,
    sbi: u32,
}

impl Employers {
    pub(super) fn read(homes: &Homes, occupations: &Occupations) -> Result<Self, DemoError> {
        let file: EmployersFile = EMPLOYERS.parse()?;
        let mut kinds = Vec::new();
        let mut number = 0;
        for raw in &file.kind {
            let at = EMPLOYERS.at(raw.families.first().map_or("kind", String::as_str));
            let mut employers = Vec::new();
            for way in &raw.ways {
                for name in &file.names {
                    number += 1;
                    // The same employer sits in the same place in every region.
                    let spot = homes.work.draw(&mut Dice::of(0, Kind::Vacancy, number)).clone();
                    employers.push(InventedEmployer {
                        id: EmployerId::new(format!("demo-w-{number:04}")).map_err(&at)?,
                        name: Name::new(way.replace("{naam}", name)).map_err(&at)?,
                        sbi: words::sbi(raw.sbi).map_err(&at)?,
                        spot,
                        number,
                    });
                }
            }
            kinds.push((raw.families.clone(), employers));
        }
        for occupation in occupations.all() {
            if !kinds.iter().any(|(families, _)| families.contains(&occupation.family)) {
                return Err(EMPLOYERS.damaged(format!("nobody employs the family {}", occupation.family)));
            }
        }
        Ok(Self { kinds })
    }

    /// An employer who employs people of a family; there always is one, because reading refuses the file otherwise.
    pub(crate) fn of_family(&self, family: &str, dice: &mut Dice) -> Option<&InventedEmployer> {
        let (_, employers) = self.kinds.iter().find(|(families, _)| families.iter().any(|f| f == family))?;
        dice.pick(employers)
    }
}

/// How employers write.
#[derive(Debug)]
pub(crate) struct Adverts {
    pub(crate) titles: Vec<String>,
    pub(crate) learning_titles: Vec<String>,
    pub(crate) openings: Vec<String>,
    pub(crate) task_sentences: Vec<String>,
    pub(crate) offers: Vec<String>,
    pub(crate) closings: Vec<String>,
    pub(crate) conditions_texts: Vec<FreeText>,
    pub(crate) salaries: Vec<Label>,
    pub(crate) application_ways: Vec<Label>,
    pub(crate) support: Vec<SupportKind>,
    pub(crate) support_notes: Vec<FreeText>,
    weeks: Vec<(Shift, Vec<Vec<WeekSlot>>)>,
    pub(crate) languages: Vec<LanguageReason>,
}

/// A language that the work itself needs, and why.
#[derive(Clone, Debug)]
pub(crate) struct LanguageReason {
    pub(crate) code: LanguageCode,
    pub(crate) level: CefrLevel,
    pub(crate) per_thousand: u32,
    pub(crate) families: Vec<String>,
    pub(crate) reason: FreeText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AdvertsFile {
    titles: Vec<String>,
    learning_titles: Vec<String>,
    openings: Vec<String>,
    task_sentences: Vec<String>,
    offers: Vec<String>,
    closings: Vec<String>,
    conditions_texts: Vec<String>,
    salaries: Vec<String>,
    application_ways: Vec<String>,
    support_notes: Vec<String>,
    support: Vec<String>,
    week: Vec<RawWeek>,
    language: Vec<RawLanguage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWeek {
    shift: String,
    slots: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLanguage {
    code: String,
    level: String,
    per_thousand: u32,
    families: Vec<String>,
    reason: String,
}

impl Adverts {
    pub(super) fn read(occupations: &Occupations) -> Result<Self, DemoError> {
        let file: AdvertsFile = ADVERTS.parse()?;
        let unknown = |family: &&String| !occupations.has_family(family);
        if let Some(family) = file.language.iter().flat_map(|raw| &raw.families).find(unknown) {
            return Err(ADVERTS.damaged(format!("there is no family {family}")));
        }
        let texts = |texts: &[String]| words::all(texts, |text| FreeText::new(text));
        let week = |raw: &RawWeek| -> Result<_, InvalidValue> {
            let slots = raw.slots.iter().map(|slots| words::week(slots)).collect::<Result<_, _>>()?;
            Ok((words::shift(&raw.shift)?, slots))
        };
        let language = |raw: &RawLanguage| -> Result<_, InvalidValue> {
            Ok(LanguageReason {
                code: LanguageCode::parse(&raw.code)?,
                level: words::cefr(&raw.level)?,
                per_thousand: raw.per_thousand,
                families: raw.families.clone(),
                reason: FreeText::new(&raw.reason)?,
            })
        };
        Ok(Self {
            conditions_texts: texts(&file.conditions_texts).map_err(ADVERTS.at("conditions_texts"))?,
            salaries: words::all(&file.salaries, words::label).map_err(ADVERTS.at("salaries"))?,
            application_ways: words::all(&file.application_ways, words::label)
                .map_err(ADVERTS.at("application_ways"))?,
            support: words::all(&file.support, words::support).map_err(ADVERTS.at("support"))?,
            support_notes: texts(&file.support_notes).map_err(ADVERTS.at("support_notes"))?,
            weeks: file.week.iter().map(week).collect::<Result<_, _>>().map_err(ADVERTS.at("week"))?,
            languages: file
                .language
                .iter()
                .map(language)
                .collect::<Result<_, _>>()
                .map_err(ADVERTS.at("language"))?,
            titles: file.titles,
            learning_titles: file.learning_titles,
            openings: file.openings,
            task_sentences: file.task_sentences,
            offers: file.offers,
            closings: file.closings,
        })
    }

    /// Times of the week that go with a kind of shift.
    pub(crate) fn week(&self, shift: Shift, dice: &mut Dice) -> Option<&Vec<WeekSlot>> {
        let (_, weeks) = self.weeks.iter().find(|(kind, _)| *kind == shift)?;
        dice.pick(weeks)
    }
}
