//! Concepts of skills and occupations: their labels, their relations, and how they are recognised in words.
//!
//! A [`Taxonomy`] is built once, from the embedded files or from a distribution of ESCO, and never changes after that.

mod builder;
mod codes;
mod concept;
mod csr;
mod embedded;
pub mod esco;
mod graph;
pub mod meaning;
mod normalise;
mod prepared;
pub mod recognize;
pub mod relations;
mod senses;
pub mod suggest;
mod words;

pub use builder::{BuildError, TaxonomyBuilder};
pub use codes::Codes;
pub use concept::{
    ConceptKind, ConceptNumber, Fingerprint, LabelLanguage, LabelRole, LabelText, Need, SkillKind,
};
pub use embedded::{EmbeddedError, embedded};
pub use graph::Taxonomy;
pub use normalise::normalise;
pub use prepared::{Loaded, Origin, Prepared, TaxonomyError, copy, install, is_installed, load, reset};
pub use senses::Senses;
pub use words::WordTable;
