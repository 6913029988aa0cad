//! What was found in a folder, what is missing, and what was refused and why: counts with a few examples, whatever the
//! size of the files.

use super::draft::{Draft, Drafts};
use super::file_name::Content;
use crate::taxonomy::{ConceptKind, LabelLanguage};
use std::collections::{BTreeMap, BTreeSet};

/// Most examples of one problem.
const EXAMPLES: usize = 5;
/// Most characters of a detail.
const DETAIL_CHARACTERS: usize = 400;
/// Most unknown files that are named.
const UNKNOWN_NAMED: usize = 20;

/// What is wrong in a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Problem {
    /// The file ends in the middle of a line or a quoted field.
    CutOff,
    /// The file is no UTF-8.
    WrongEncoding,
    /// The file cannot be read.
    Unreadable,
    /// The header lacks a column.
    ColumnMissing,
    /// The file has more bytes than any has.
    FileTooLong,
    /// The name does not say the language of the labels.
    LanguageUnknown,
    /// The record has more bytes or fields than any has.
    RecordTooLong,
    /// The record has more fields than the header.
    TooManyFields,
    /// What should be a URI is none.
    NoUri,
    /// One URI has two concepts with different labels in one file.
    TwoConcepts,
    /// One URI is a concept of another kind elsewhere.
    OtherKind,
    /// The preferred label has no words.
    EmptyLabel,
    /// A label is longer than any is.
    LabelTooLong,
    /// The concept has no label in any language.
    NoLabel,
    /// A relation names a concept that is not there.
    UnknownConcept,
    /// A relation is between kinds that have none, or of an unknown type.
    WrongRelation,
    /// Concepts are broader than themselves.
    Cycle,
    /// Labels held control characters.
    ControlCharacters,
    /// Labels held marks of the writing direction or other signs that nobody sees.
    InvisibleSigns,
    /// What is a skill here is a group elsewhere; it is taken as a skill.
    SkillAndGroup,
    /// The preferred label differs from the one in another file of the language.
    LabelsDiffer,
    /// The row stands in its file twice.
    Repeated,
    /// ESCO has withdrawn the concept.
    Withdrawn,
}

/// What a problem does to an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file is not what was published: it is not taken over without asking.
    Damage,
    /// A row or relation was left out.
    Refused,
    /// Nothing was lost that counts.
    Mended,
}

impl Problem {
    /// What it does to the import.
    pub fn severity(self) -> Severity {
        match self {
            Self::CutOff
            | Self::WrongEncoding
            | Self::Unreadable
            | Self::ColumnMissing
            | Self::FileTooLong => Severity::Damage,
            Self::LanguageUnknown
            | Self::RecordTooLong
            | Self::TooManyFields
            | Self::NoUri
            | Self::TwoConcepts
            | Self::OtherKind
            | Self::EmptyLabel
            | Self::LabelTooLong
            | Self::NoLabel
            | Self::UnknownConcept
            | Self::WrongRelation
            | Self::Cycle => Severity::Refused,
            Self::ControlCharacters
            | Self::InvisibleSigns
            | Self::SkillAndGroup
            | Self::LabelsDiffer
            | Self::Repeated
            | Self::Withdrawn => Severity::Mended,
        }
    }
}

/// Where something was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The file, as its path in the folder.
    pub file: String,
    /// The line on which the record begins, from 1.
    pub line: u64,
    /// What stands there.
    pub detail: String,
}

/// How often something was seen, and where first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often.
    pub count: u64,
    /// The first few.
    pub examples: Vec<Example>,
}

/// What was found in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// Its path in the folder.
    pub name: String,
    /// What it holds.
    pub content: Content,
    /// The language of its labels.
    pub language: Option<LabelLanguage>,
    /// Records below the header.
    pub records: u64,
    /// Labels that were taken.
    pub labels: u64,
    /// Relations that were taken.
    pub relations: u64,
    /// How often something in it was refused.
    pub refused: u64,
}

/// What a distribution lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is no such file.
    File(Content),
    /// There are concepts without a label in a language.
    Labels {
        /// Their kind.
        kind: ConceptKind,
        /// The language.
        language: LabelLanguage,
        /// How many have none.
        without: usize,
        /// How many there are.
        of: usize,
    },
}

/// The names that the embedded taxonomy added to a distribution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnNames {
    /// Concepts with at least one of them.
    pub concepts: usize,
    /// How many there are in each language.
    pub names: BTreeMap<LabelLanguage, usize>,
    /// Names that were left out, because the distribution has them for another concept.
    pub left_out: usize,
}

/// The report of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaxonomyReport {
    /// What was found, by file.
    pub files: Vec<FileReport>,
    /// Other files, of which the first few are named.
    pub unknown_files: Tally,
    /// What is missing.
    pub missing: Vec<Missing>,
    /// What is wrong.
    pub problems: BTreeMap<Problem, Tally>,
    /// Groups of an older version that were taken for those with the same code.
    pub renamed_groups: usize,
    /// What the embedded taxonomy added.
    pub own_names: OwnNames,
}

impl TaxonomyReport {
    /// Whether a file is not what was published.
    pub fn is_damaged(&self) -> bool {
        self.problems.keys().any(|problem| problem.severity() == Severity::Damage)
    }

    pub(super) fn unknown_file(&mut self, name: &str) {
        self.unknown_files.count += 1;
        if self.unknown_files.examples.len() < UNKNOWN_NAMED {
            self.unknown_files.examples.push(Example { file: cut(name), line: 0, detail: String::new() });
        }
    }

    /// Notes a problem in a file of [`Self::files`].
    pub(super) fn note(&mut self, problem: Problem, file: usize, line: u64, detail: &str) {
        let Some(file) = self.files.get_mut(file) else { return };
        if problem.severity() != Severity::Mended {
            file.refused += 1;
        }
        let tally = self.problems.entry(problem).or_default();
        tally.count += 1;
        if tally.examples.len() < EXAMPLES {
            tally.examples.push(Example { file: file.name.clone(), line, detail: cut(detail) });
        }
    }

    /// Notes what the files lack.
    pub(super) fn look_for_missing(&mut self, drafts: &Drafts) {
        use Content::{
            BroaderOccupations, BroaderSkills, IscoGroups, OccupationSkills, Occupations, SkillGroups,
            SkillSkills, Skills,
        };
        let there: BTreeSet<Content> = self.files.iter().map(|file| file.content).collect();
        let wanted = [
            Occupations,
            Skills,
            IscoGroups,
            SkillGroups,
            OccupationSkills,
            BroaderOccupations,
            BroaderSkills,
            SkillSkills,
        ];
        self.missing = wanted
            .into_iter()
            .filter(|content| !there.contains(content))
            .filter(|content| {
                // The hierarchy holds the groups as well.
                *content != SkillGroups || !there.contains(&Content::SkillsHierarchy)
            })
            .map(Missing::File)
            .collect();
        let languages: BTreeSet<LabelLanguage> = [LabelLanguage::DUTCH, LabelLanguage::ENGLISH]
            .into_iter()
            .chain(self.files.iter().filter_map(|file| file.language))
            .collect();
        for kind in [ConceptKind::Occupation, ConceptKind::Skill] {
            let drafts = || drafts.concepts().map(|(_, draft)| draft).filter(|draft| draft.kind == kind);
            let of = drafts().count();
            for language in &languages {
                let named = |draft: &&Draft| draft.names().any(|(other, _)| other == *language);
                let with = drafts().filter(named).count();
                if with < of {
                    self.missing.push(Missing::Labels { kind, language: *language, without: of - with, of });
                }
            }
        }
    }
}

/// The beginning of a text, without signs that could change how the report is shown.
fn cut(text: &str) -> String {
    let clean = super::label::clean(&text.chars().take(DETAIL_CHARACTERS + 1).collect::<String>()).text;
    if text.chars().count() <= DETAIL_CHARACTERS {
        return clean;
    }
    clean.chars().take(DETAIL_CHARACTERS).chain(['…']).collect()
}
