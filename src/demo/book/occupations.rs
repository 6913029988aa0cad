//! Occupations by family: `care.toml`, `engineering.toml`, `general.toml`.

use super::{
    DataFile,
    words::{self, Asked, Schooling, Wording, Written},
};
use crate::demo::{DemoError, random::Urn};
use crate::domain::{
    InvalidValue,
    competency::Quality,
    education::{DrivingLicence, WorkLevel},
    language::CefrLevel,
    requirement::Importance,
    sector::SbiCode,
    support::Capacity,
    text::Label,
    time::Shift,
};
use serde::Deserialize;

const FILES: [DataFile; 3] = [
    DataFile { name: "care.toml", text: include_str!("../../../data/demo/care.toml") },
    DataFile { name: "engineering.toml", text: include_str!("../../../data/demo/engineering.toml") },
    DataFile { name: "general.toml", text: include_str!("../../../data/demo/general.toml") },
];

/// An occupation with all that goes with it; what its entry leaves out is its family's.
#[derive(Clone, Debug)]
pub(crate) struct Occupation {
    /// The key of the family.
    pub(crate) family: String,
    /// How it is written properly, the usual way first.
    pub(crate) names: Vec<Label>,
    /// How people write it besides.
    pub(crate) wrote: Vec<Written>,
    pub(crate) level: WorkLevel,
    /// Fewest and most hours a week that the work is offered for.
    pub(crate) hours: (u32, u32),
    pub(crate) sbi: Vec<SbiCode>,
    /// Dutch that the work needs at the start and later.
    pub(crate) dutch: (CefrLevel, CefrLevel),
    pub(crate) english: Option<CefrLevel>,
    /// Qualities that the work asks, the most needed first.
    pub(crate) asks: Vec<Quality>,
    pub(crate) shifts: Vec<Shift>,
    pub(crate) licences: Vec<Asked<DrivingLicence>>,
    pub(crate) registrations: Vec<Asked<Label>>,
    pub(crate) certificates: Vec<Label>,
    pub(crate) conditions: Vec<Label>,
    pub(crate) capacities: Vec<Capacity>,
    pub(crate) educations: Vec<Schooling>,
    /// Skills of its own, then the family's.
    pub(crate) skills: Vec<Wording>,
    pub(crate) tasks: Vec<Label>,
    /// What employers of the family write about the work.
    pub(crate) sentences: Vec<String>,
}

/// All occupations, by how often people have them and employers ask them.
#[derive(Debug)]
pub(crate) struct Occupations {
    all: Vec<Occupation>,
    by_people: Urn<usize>,
    by_demand: Urn<usize>,
    /// For each occupation those of its own family, by people.
    kin: Vec<Urn<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    family: Vec<RawFamily>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFamily {
    key: String,
    #[serde(default)]
    english: Option<String>,
    #[serde(flatten)]
    common: RawCommon,
    skills: Vec<String>,
    sentences: Vec<String>,
    occupation: Vec<RawOccupation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOccupation {
    names: Vec<String>,
    wrote: Vec<String>,
    level: String,
    hours: (u32, u32),
    share: u32,
    demand: u32,
    skills: Vec<String>,
    tasks: Vec<String>,
    #[serde(flatten)]
    own: RawCommon,
}

/// What a family says and an occupation may say otherwise.
#[derive(Default, Deserialize)]
struct RawCommon {
    sbi: Option<Vec<u32>>,
    dutch: Option<(String, String)>,
    asks: Option<Vec<String>>,
    shifts: Option<Vec<String>>,
    licences: Option<Vec<String>>,
    registrations: Option<Vec<String>>,
    certificates: Option<Vec<String>>,
    conditions: Option<Vec<String>>,
    capacities: Option<Vec<String>>,
    educations: Option<Vec<String>>,
}

impl Occupations {
    pub(super) fn read() -> Result<Self, DemoError> {
        let (mut all, mut shares, mut demands) = (Vec::new(), Vec::new(), Vec::new());
        for file in FILES {
            for family in file.parse::<File>()?.family {
                for raw in &family.occupation {
                    let whose = raw.names.first().map_or(family.key.as_str(), String::as_str);
                    all.push(occupation(&family, raw).map_err(file.at(whose))?);
                    shares.push(raw.share);
                    demands.push(raw.demand);
                }
            }
        }
        let empty = || FILES[0].empty("occupations")();
        let by = |weights: &[u32]| Urn::new(weights.iter().copied().zip(0..)).ok_or_else(empty);
        let mut kin = Vec::with_capacity(all.len());
        for one in &all {
            let same = |at: &usize| all.get(*at).is_some_and(|other: &Occupation| other.family == one.family);
            let weighted = shares.iter().copied().zip(0..).filter(|(_, at)| same(at));
            kin.push(Urn::new(weighted).ok_or_else(empty)?);
        }
        Ok(Self { by_people: by(&shares)?, by_demand: by(&demands)?, kin, all })
    }

    /// All, in the order of the files.
    pub(crate) fn all(&self) -> &[Occupation] {
        &self.all
    }

    /// By how many people have it.
    pub(crate) fn by_people(&self) -> &Urn<usize> {
        &self.by_people
    }

    /// By how many employers ask it.
    pub(crate) fn by_demand(&self) -> &Urn<usize> {
        &self.by_demand
    }

    /// Of the same family, by how many people have it.
    pub(crate) fn kin(&self, of: usize) -> &Urn<usize> {
        &self.kin[of]
    }

    /// Whether a family exists.
    pub(super) fn has_family(&self, key: &str) -> bool {
        self.all.iter().any(|one| one.family == key)
    }
}

impl std::ops::Index<usize> for Occupations {
    type Output = Occupation;

    /// The occupation at a place that an urn gave.
    fn index(&self, at: usize) -> &Occupation {
        &self.all[at]
    }
}

fn occupation(family: &RawFamily, raw: &RawOccupation) -> Result<Occupation, InvalidValue> {
    let (own, common) = (&raw.own, &family.common);
    let list = |pick: fn(&RawCommon) -> &Option<Vec<String>>| -> &[String] {
        pick(own).as_ref().or(pick(common).as_ref()).map_or(&[], Vec::as_slice)
    };
    let missing = |field: &str| InvalidValue::new(format!("{field} is missing"), "give it to the family");
    let filled = |field: &str, list: &[String]| if list.is_empty() { Err(missing(field)) } else { Ok(()) };
    for (field, list) in [
        ("names", raw.names.as_slice()),
        ("skills", &raw.skills),
        ("tasks", &raw.tasks),
        ("sentences", &family.sentences),
        ("asks", list(|c| &c.asks)),
        ("shifts", list(|c| &c.shifts)),
        ("conditions", list(|c| &c.conditions)),
        ("educations", list(|c| &c.educations)),
    ] {
        filled(field, list)?;
    }
    let (at_start, later) = own.dutch.as_ref().or(common.dutch.as_ref()).ok_or_else(|| missing("dutch"))?;
    let sbi = own.sbi.as_ref().or(common.sbi.as_ref()).ok_or_else(|| missing("sbi"))?;
    let mut skills = words::all(&raw.skills, words::wording)?;
    for shared in words::all(&family.skills, words::wording)? {
        if !skills.iter().any(|own: &Wording| own.usual == shared.usual) {
            skills.push(shared);
        }
    }
    Ok(Occupation {
        family: family.key.clone(),
        names: words::all(&raw.names, words::label)?,
        wrote: words::all(&raw.wrote, words::written)?,
        level: words::work_level(&raw.level)?,
        hours: raw.hours,
        sbi: sbi.iter().map(|code| words::sbi(*code)).collect::<Result<_, _>>()?,
        dutch: (words::cefr(at_start)?, words::cefr(later)?),
        english: family.english.as_deref().map(words::cefr).transpose()?,
        asks: words::all(list(|c| &c.asks), words::quality)?,
        shifts: words::all(list(|c| &c.shifts), words::shift)?,
        licences: words::all(list(|c| &c.licences), |text| {
            words::asked(text, Importance::Should, DrivingLicence::from_code)
        })?,
        registrations: words::all(list(|c| &c.registrations), |text| {
            words::asked(text, Importance::Must, words::label)
        })?,
        certificates: words::all(list(|c| &c.certificates), words::label)?,
        conditions: words::all(list(|c| &c.conditions), words::label)?,
        capacities: words::all(list(|c| &c.capacities), words::capacity)?,
        educations: words::all(list(|c| &c.educations), words::schooling)?,
        skills,
        tasks: words::all(&raw.tasks, words::label)?,
        sentences: family.sentences.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_field_is_refused_and_not_passed_over() {
        let sound = FILES[0].text;
        for (right, wrong) in
            [("sentences =", "sentenses ="), ("demand =", "demant ="), ("licences =", "lisences =")]
        {
            let text: &'static str = sound.replacen(right, wrong, 1).leak();
            let damaged = DataFile { name: "care.toml", text };
            let refused = damaged.parse::<File>().map(|_| ());
            assert!(matches!(refused, Err(DemoError::Data { file: "care.toml", .. })), "{wrong}");
        }
    }
}
