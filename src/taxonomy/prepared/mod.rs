//! A taxonomy with everything that is made from it once: what an import leaves in the data folder and a start reads.

mod file;

pub use file::{TaxonomyError, copy, install, is_installed, load, reset};

use super::{
    Codes, EmbeddedError, Fingerprint, Taxonomy, embedded,
    esco::TrainingText,
    meaning::MeaningModel,
    recognize::{Recognizer, RecognizerData},
    suggest::{Suggester, SuggesterData},
};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};

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
    meaning: Option<MeaningModel>,
    suggester: SuggesterData,
}

impl Prepared {
    /// Makes everything that recognition and suggestions need. The same input gives the same bytes.
    pub fn new(origin: Origin, taxonomy: Taxonomy, texts: &[TrainingText], codes: Codes) -> Self {
        let recognizer = RecognizerData::build(&taxonomy);
        let meaning = MeaningModel::train(&taxonomy, texts);
        let suggester = SuggesterData::build(&taxonomy);
        Self { origin, taxonomy, codes, recognizer, meaning, suggester }
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
    /// Finds its concepts while somebody types.
    pub suggester: Arc<Suggester>,
    /// UWV's codes.
    pub codes: Arc<Codes>,
    /// Tells it apart from whatever could recognise otherwise: for an imported one the hash of its file.
    pub identity: Fingerprint,
}

impl Loaded {
    /// A taxonomy that stands in no file.
    pub fn new(origin: Origin, recognizer: Recognizer, codes: Codes) -> Self {
        let suggester = Suggester::new(Arc::clone(recognizer.taxonomy()));
        Self::with(origin, recognizer, suggester, codes)
    }

    fn with(origin: Origin, recognizer: Recognizer, suggester: Suggester, codes: Codes) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&recognizer.taxonomy().fingerprint().0);
        hasher.update(format!("{codes:?}").as_bytes());
        let mut identity = [0; 16];
        hasher.finalize_xof().fill(&mut identity);
        Self {
            origin,
            recognizer: Arc::new(recognizer),
            suggester: Arc::new(suggester),
            codes: Arc::new(codes),
            identity: Fingerprint(identity),
        }
    }

    /// The taxonomy that comes with the program, prepared once a process.
    ///
    /// # Errors
    /// When an embedded file is wrong.
    pub fn embedded() -> Result<Self, EmbeddedError> {
        static EMBEDDED: LazyLock<Result<Loaded, EmbeddedError>> = LazyLock::new(|| {
            Ok(Loaded::new(Origin::Embedded, Recognizer::new(embedded()?), Codes::default()))
        });
        EMBEDDED.clone()
    }
}

impl From<Prepared> for Loaded {
    fn from(prepared: Prepared) -> Self {
        let taxonomy = Arc::new(prepared.taxonomy);
        let suggester = Suggester::with(Arc::clone(&taxonomy), prepared.suggester);
        let recognizer =
            Recognizer::with(taxonomy, Arc::new(prepared.recognizer), prepared.meaning.map(Arc::new));
        Self::with(prepared.origin, recognizer, suggester, prepared.codes)
    }
}
