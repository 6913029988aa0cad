//! The plain names of competencies and facets, and the sets that a sector asks by default (R3, R6).

use crate::domain::{
    competency::{Competency, Facet, Quality},
    sector::Sector,
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// A name in the languages that people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainName {
    /// Dutch.
    pub dutch: String,
    /// English.
    pub english: String,
}

/// Names and default sets, from `data/competencies.toml` and `data/facets.toml`.
#[derive(Clone, Debug)]
pub struct CompetencyTable {
    names: Vec<(Competency, PlainName)>,
    facets: Vec<(Quality, PlainName)>,
    general: Vec<Competency>,
    care: Vec<Competency>,
    engineering: Vec<Competency>,
}

/// Why the texts are no tables of competencies and facets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CompetencyTableError(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompetencyFile {
    competency: Vec<CompetencyRow>,
    default_sets: DefaultSets,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompetencyRow {
    code: u32,
    nl: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DefaultSets {
    algemeen: Vec<u32>,
    zorg: Vec<u32>,
    techniek: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FacetFile {
    facet: Vec<FacetRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FacetRow {
    competency: u32,
    key: String,
    nl: String,
    en: String,
}

impl PlainName {
    fn new(dutch: String, english: String) -> Result<Self, CompetencyTableError> {
        if dutch.trim().is_empty() || english.trim().is_empty() {
            return Err(CompetencyTableError("a name is empty".into()));
        }
        Ok(Self { dutch, english })
    }
}

impl CompetencyTable {
    /// The tables that are part of the program.
    ///
    /// # Errors
    /// When an embedded file is wrong, which a test rules out.
    pub fn embedded() -> Result<Self, CompetencyTableError> {
        Self::parse(include_str!("../../data/competencies.toml"), include_str!("../../data/facets.toml"))
    }

    /// Reads both tables.
    ///
    /// # Errors
    /// When one is not the TOML of its table, a code or key is none, a competency has no name, a name is empty, a
    /// facet or competency occurs twice, or a default set is empty or names something twice.
    pub fn parse(competencies: &str, facets: &str) -> Result<Self, CompetencyTableError> {
        let wrong = |error: &dyn std::fmt::Display| CompetencyTableError(error.to_string());
        let file: CompetencyFile = toml::from_str(competencies).map_err(|e| wrong(&e))?;
        let facets: FacetFile = toml::from_str(facets).map_err(|e| wrong(&e))?;
        let set = |codes: Vec<u32>| {
            if codes.is_empty() {
                return Err(CompetencyTableError("a default set is empty".into()));
            }
            if codes.iter().collect::<BTreeSet<_>>().len() < codes.len() {
                return Err(CompetencyTableError("a default set names a competency twice".into()));
            }
            codes.into_iter().map(|code| Competency::from_code(code).map_err(|e| wrong(&e))).collect()
        };
        let mut table = Self {
            names: Vec::new(),
            facets: Vec::new(),
            general: set(file.default_sets.algemeen)?,
            care: set(file.default_sets.zorg)?,
            engineering: set(file.default_sets.techniek)?,
        };
        for row in file.competency {
            let competency = Competency::from_code(row.code).map_err(|e| wrong(&e))?;
            if table.names.iter().any(|(named, _)| *named == competency) {
                return Err(CompetencyTableError(format!("{} is there twice", row.code)));
            }
            table.names.push((competency, PlainName::new(row.nl, row.en)?));
        }
        for row in facets.facet {
            let competency = Competency::from_code(row.competency).map_err(|e| wrong(&e))?;
            let facet = Some(Facet::new(&row.key).map_err(|e| wrong(&e))?);
            if table.knows(competency, &row.key) {
                return Err(CompetencyTableError(format!(
                    "{} of {} is there twice",
                    row.key, row.competency
                )));
            }
            table.facets.push((Quality { competency, facet }, PlainName::new(row.nl, row.en)?));
        }
        match Competency::ALL.iter().find(|c| table.names.iter().all(|(named, _)| named != *c)) {
            Some(missing) => Err(CompetencyTableError(format!("{} has no name", missing.code()))),
            None => Ok(table),
        }
    }

    /// What a sector asks of a vacancy that names no competency.
    pub fn default_set(&self, sector: Sector) -> &[Competency] {
        match sector {
            Sector::General => &self.general,
            Sector::Care => &self.care,
            Sector::Engineering => &self.engineering,
        }
    }

    /// The plain name of a quality: of its facet where the table knows it, else of the competency.
    pub fn name(&self, competency: Competency, facet: Option<&str>) -> Option<&PlainName> {
        let of_facet = self.facets.iter().find(|(quality, _)| {
            facet.is_some()
                && quality.competency == competency
                && quality.facet.as_ref().map(Facet::as_str) == facet
        });
        let of_competency =
            || self.names.iter().find(|(named, _)| *named == competency).map(|(_, name)| name);
        of_facet.map(|(_, name)| name).or_else(of_competency)
    }

    /// Whether a facet is in the table.
    pub fn knows(&self, competency: Competency, facet: &str) -> bool {
        let is_it = |own: &Quality| {
            own.competency == competency && own.facet.as_ref().is_some_and(|own| own.as_str() == facet)
        };
        self.facets().any(is_it)
    }

    /// The facets that the table knows.
    pub fn facets(&self) -> impl Iterator<Item = &Quality> {
        self.facets.iter().map(|(quality, _)| quality)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_name_every_competency_and_the_facets_of_r6() {
        let table = CompetencyTable::embedded().unwrap();
        let name =
            |code, facet| table.name(Competency::from_code(code).unwrap(), facet).unwrap().dutch.as_str();
        assert_eq!(name(24104, Some("patience")), "geduld");
        assert_eq!(name(24104, None), "aandacht en begrip tonen");
        assert_eq!(name(24105, Some("patience")), "samenwerken en overleggen");
        assert_eq!(table.facets().count(), 6);
        for sector in [Sector::General, Sector::Care, Sector::Engineering] {
            assert!(!table.default_set(sector).is_empty());
        }
    }
}
