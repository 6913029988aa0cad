//! The tables that facts are made with: parsed once, handed to whoever makes facts or words.

use super::{
    competencies::{CompetencyTable, CompetencyTableError},
    conditions::{ConditionTable, ConditionTableError},
    gaps::{GapTable, GapTableError},
    growth::{GrowthTable, GrowthTableError},
};
use crate::taxonomy::WordTable;
use std::sync::Arc;

/// Everything of `data/` that scoring and wording read, the profiles aside.
#[derive(Clone, Debug)]
pub struct Tables {
    /// What may be missing and how it is obtained.
    pub gaps: GapTable,
    /// What grows at work, and how fast.
    pub growth: Arc<GrowthTable>,
    /// Names of competencies and facets, default sets.
    pub competencies: CompetencyTable,
    /// Which working conditions are the same, and which are opposite.
    pub conditions: ConditionTable,
    /// How words are compared where no concept is recognised.
    pub words: WordTable,
}

/// Why a table could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TablesError {
    /// `data/gaps.toml`.
    #[error("gaps: {0}")]
    Gaps(#[from] GapTableError),
    /// `data/growth.toml`.
    #[error("growth: {0}")]
    Growth(#[from] GrowthTableError),
    /// `data/competencies.toml` or `data/facets.toml`.
    #[error("competencies: {0}")]
    Competencies(#[from] CompetencyTableError),
    /// `data/conditions.toml`.
    #[error("conditions: {0}")]
    Conditions(#[from] ConditionTableError),
    /// `data/frequent_words.txt`.
    #[error("words: {0}")]
    Words(String),
}

impl Tables {
    /// The tables that are part of the program.
    ///
    /// # Errors
    /// When an embedded file is wrong, which tests rule out.
    pub fn embedded() -> Result<Self, TablesError> {
        let words = WordTable::embedded().map_err(|error| TablesError::Words(error.to_string()))?;
        Ok(Self {
            gaps: GapTable::embedded()?,
            growth: Arc::new(GrowthTable::embedded()?),
            competencies: CompetencyTable::embedded()?,
            conditions: ConditionTable::embedded()?,
            words,
        })
    }
}
