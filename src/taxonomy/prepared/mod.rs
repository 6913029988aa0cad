//! A taxonomy with everything that is made from it once: what an import leaves in the data folder and a start reads.

mod file;

pub use file::{TaxonomyError, copy, install, is_installed, load, reset};

use super::{
    Codes, EmbeddedError, Taxonomy, embedded,
    esco::TrainingText,
    recognize::{Recognizer, RecognizerData},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Where a taxonomy comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// It came with the program.
    Embedded,
    /// It was imported.
    Imported {
        /// The files it was made from, as their paths in the folder.
        files: Vec<String>,
    },
}

/// A taxonomy and everything that is made from it, as it is stored.
#[derive(Debug, Serialize, Deserialize)]
pub struct Prepared {
    origin: Origin,
    taxonomy: Taxonomy,
    codes: Codes,
    recognizer: RecognizerData,
}

impl Prepared {
    /// Makes everything that recognition needs. The same input gives the same bytes.
    pub fn new(origin: Origin, taxonomy: Taxonomy, _texts: &[TrainingText], codes: Codes) -> Self {
        let recognizer = RecognizerData::build(&taxonomy);
        Self { origin, taxonomy, codes, recognizer }
    }

    /// The taxonomy.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }
}

/// A taxonomy in use.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Where it comes from.
    pub origin: Origin,
    /// Recognises its concepts.
    pub recognizer: Arc<Recognizer>,
    /// UWV's codes.
    pub codes: Arc<Codes>,
}

impl Loaded {
    /// The taxonomy that comes with the program.
    ///
    /// # Errors
    /// When an embedded file is wrong.
    pub fn embedded() -> Result<Self, EmbeddedError> {
        let taxonomy = embedded()?;
        Ok(Self {
            origin: Origin::Embedded,
            recognizer: Arc::new(Recognizer::new(taxonomy)),
            codes: Arc::default(),
        })
    }
}

impl From<Prepared> for Loaded {
    fn from(prepared: Prepared) -> Self {
        Self {
            origin: prepared.origin,
            recognizer: Arc::new(Recognizer::with(
                Arc::new(prepared.taxonomy),
                Arc::new(prepared.recognizer),
            )),
            codes: Arc::new(prepared.codes),
        }
    }
}
