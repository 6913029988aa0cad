//! Reads ESCO's official CSV distribution: any version from 1.0.8, any languages, whole or not.
//!
//! The files are known by their names, the columns by theirs. What is read first does not decide: of two labels or codes
//! the one that was changed last counts. The embedded taxonomy adds its names to the concepts with the same URIs.

mod assemble;
mod columns;
mod concepts;
mod cycles;
mod draft;
mod file_name;
mod folder;
mod hierarchy;
mod label;
mod own_names;
mod records;
mod relations;
mod report;
#[cfg(test)]
mod tests;

pub use file_name::Content;
pub use report::{Example, FileReport, Missing, OwnNames, Problem, Severity, Tally, TaxonomyReport};

use super::{
    BuildError, ConceptKind, ConceptNumber, EmbeddedError, LabelLanguage, Taxonomy, codes::Codes, embedded,
};
use assemble::Assembled;
use columns::Columns;
use concepts::{ConceptColumns, ConceptFile};
use draft::{DraftCode, Drafts, Place};
use file_name::Named;
use folder::FoundFile;
use hierarchy::LevelColumns;
use records::{Next, Records};
use relations::{CodeColumns, RelationColumns};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What was read of a distribution.
#[derive(Debug)]
pub struct EscoImport {
    /// The concepts.
    pub taxonomy: Taxonomy,
    /// Texts about the concepts, from which their meaning can be learned; sorted.
    pub texts: Vec<TrainingText>,
    /// UWV's codes, where a mapping was there.
    pub codes: Codes,
    /// What was found, what is missing and what was refused.
    pub report: TaxonomyReport,
}

/// A description, definition or note about a concept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TrainingText {
    /// The concept.
    pub concept: ConceptNumber,
    /// The language.
    pub language: LabelLanguage,
    /// The text.
    pub text: String,
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum EscoError {
    /// The folder cannot be read.
    #[error("{}: {problem}; give the folder with ESCO's CSV files", path.display())]
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        #[source]
        problem: io::Error,
    },
    /// The folder has more files than any distribution.
    #[error("{}: there are more than {most} files; give the folder with ESCO's CSV files only", path.display())]
    TooManyFiles {
        /// Which one.
        path: PathBuf,
        /// Most files.
        most: usize,
    },
    /// No occupation and no skill was found.
    #[error(
        "{}: this is no ESCO distribution: no occupation and no skill was found; unpack the CSV distribution (with files \
         such as occupations_nl.csv and skills_nl.csv) and give its folder", path.display()
    )]
    NoEsco {
        /// Which one.
        path: PathBuf,
        /// What was found and refused.
        report: Box<TaxonomyReport>,
    },
    /// There are more concepts or labels than numbers for them.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// A file that comes with the program is wrong.
    #[error(transparent)]
    Embedded(#[from] EmbeddedError),
}

/// Reads every file of a folder and the folders in it, and the mapping of UWV's codes where one is given
/// (else `boc.csv` in the folder).
///
/// # Errors
/// When the folder cannot be read or holds no ESCO. What is wrong inside the files is in the report.
pub fn read_folder(folder: &Path, codes: Option<&Path>) -> Result<EscoImport, EscoError> {
    let mut files = folder::files(folder)?;
    if let Some(path) = codes {
        let name = path.display().to_string();
        files.retain(|file| !matches!(named(&file.name), Named::Known(Content::Codes, _)));
        files.push(FoundFile { name, path: path.to_owned() });
    }
    let mut reading = Reading::default();
    let mut known = Vec::new();
    for file in files {
        let given = codes.is_some_and(|path| path == file.path);
        match if given { Named::Known(Content::Codes, None) } else { named(&file.name) } {
            Named::Known(content, language) => known.push((content, language, file)),
            Named::Unknown => reading.report.unknown_file(&file.name),
        }
    }
    // Concepts before relations, groups first, then by path.
    known.sort();
    reading.versions = known.iter().filter_map(|(_, _, file)| version_of(folder, &file.name)).collect();
    for (_, _, file) in known.iter().filter(|(content, ..)| *content == Content::SkillGroups) {
        reading.group_codes(&file.path);
    }
    for (content, language, file) in &known {
        let input = File::open(&file.path);
        reading.file(&file.name, *content, *language, input);
    }
    reading.finish(folder)
}

fn named(path: &str) -> Named {
    file_name::read(path.rsplit('/').next().unwrap_or(path))
}

/// The version in the names of the folders in which a file lies, the nearest first.
fn version_of(folder: &Path, name: &str) -> Option<String> {
    let given = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    name.rsplit('/').skip(1).find_map(file_name::version).or_else(|| file_name::version(&given?))
}

/// What is being read.
#[derive(Default)]
struct Reading {
    drafts: Drafts,
    report: TaxonomyReport,
    versions: BTreeSet<String>,
}

impl Reading {
    /// Remembers the codes of the skill groups before anything else is read.
    fn group_codes(&mut self, path: &Path) {
        let Ok(Ok(Some(mut records))) = File::open(path).map(Records::new) else { return };
        let Ok(Next::Record) = records.next() else { return };
        let columns = Columns::read(&records);
        let (Some(uri), Some(code)) = (columns.find("conceptUri"), columns.find("code")) else { return };
        // What is wrong is told when the file is read for its concepts.
        while let Ok(next) = records.next() {
            match next {
                Next::Record => self.drafts.group_code(records.field(uri).trim(), records.field(code).trim()),
                Next::TooLong | Next::NotUtf8 => {}
                Next::CutOff | Next::FileTooLong | Next::End => return,
            }
        }
    }

    fn file(
        &mut self,
        name: &str,
        content: Content,
        language: Option<LabelLanguage>,
        input: io::Result<impl Read>,
    ) {
        let file = self.report.files.len();
        let name = name.to_owned();
        let (records, labels, relations, refused) = (0, 0, 0, 0);
        self.report.files.push(FileReport { name, content, language, records, labels, relations, refused });
        match input.and_then(Records::new) {
            Err(problem) => self.report.note(Problem::Unreadable, file, 0, &problem.to_string()),
            Ok(None) => self.report.note(Problem::WrongEncoding, file, 1, "UTF-16"),
            Ok(Some(mut records)) => {
                if let Err(problem) = self.records(file, content, language, &mut records) {
                    let line = records.line();
                    self.report.note(Problem::Unreadable, file, line, &problem.to_string());
                }
            }
        }
    }

    fn records<R: Read>(
        &mut self,
        file: usize,
        content: Content,
        language: Option<LabelLanguage>,
        records: &mut Records<R>,
    ) -> io::Result<()> {
        let next = records.next()?;
        if next != Next::Record {
            self.report.note(problem_of(next), file, records.line(), "");
            return Ok(());
        }
        let columns = Columns::read(records);
        let line = records.line();
        let result = match content {
            Content::Codes => {
                CodeColumns::find(&columns).map(|found| self.codes(file, &found, columns.len(), records))
            }
            Content::SkillsHierarchy => LevelColumns::find(&columns).map(|found| {
                self.concepts(file, content, language, columns.len(), records, |concepts, record| {
                    concepts.take_path(&found, record);
                })
            }),
            _ if content.kind().is_some() => ConceptColumns::find(&columns).map(|found| {
                self.concepts(file, content, language, columns.len(), records, |concepts, record| {
                    concepts.take(&found, record);
                })
            }),
            _ => RelationColumns::find(&columns, content)
                .map(|found| self.relations(file, content, &found, columns.len(), records)),
        };
        result.unwrap_or_else(|column| {
            self.report.note(Problem::ColumnMissing, file, line, column);
            Ok(())
        })
    }

    fn concepts<R: Read>(
        &mut self,
        file: usize,
        content: Content,
        language: Option<LabelLanguage>,
        width: usize,
        records: &mut Records<R>,
        mut take: impl FnMut(&mut ConceptFile<'_>, &Records<R>),
    ) -> io::Result<()> {
        let Some(language) = language else {
            self.report.note(Problem::LanguageUnknown, file, 0, "");
            return Ok(());
        };
        let mut concepts = ConceptFile::new(&mut self.drafts, &mut self.report, (file, content, language));
        let count = each(records, width, |row| match row {
            Ok(record) => take(&mut concepts, record),
            Err((problem, line)) => concepts.note(problem, line, ""),
        });
        self.count(file, count)
    }

    fn relations<R: Read>(
        &mut self,
        file: usize,
        content: Content,
        columns: &RelationColumns,
        width: usize,
        records: &mut Records<R>,
    ) -> io::Result<()> {
        let count = each(records, width, |row| match row {
            Ok(record) => {
                relations::take(columns, record, (file, content), &mut self.drafts, &mut self.report);
            }
            Err((problem, line)) => self.report.note(problem, file, line, ""),
        });
        self.count(file, count)
    }

    fn codes<R: Read>(
        &mut self,
        file: usize,
        columns: &CodeColumns,
        width: usize,
        records: &mut Records<R>,
    ) -> io::Result<()> {
        let count = each(records, width, |row| match row {
            Ok(record) => {
                let line = record.line();
                let [code, uri, name] = columns.fields(record);
                if code.is_empty() || !concepts::is_uri(uri) {
                    return self.report.note(Problem::NoUri, file, line, &format!("{code} {uri}"));
                }
                let concept = self.drafts.see(uri);
                let name = label::clean(name).text;
                let place = Place { file, line };
                self.drafts.codes.push(DraftCode { code: code.to_owned(), concept, name, place });
            }
            Err((problem, line)) => self.report.note(problem, file, line, ""),
        });
        self.count(file, count)
    }

    fn count(&mut self, file: usize, count: io::Result<u64>) -> io::Result<()> {
        let count = count?;
        if let Some(file) = self.report.files.get_mut(file) {
            file.records = count;
        }
        Ok(())
    }

    fn finish(mut self, folder: &Path) -> Result<EscoImport, EscoError> {
        let named = |kind| self.drafts.concepts().any(|(_, draft)| draft.kind == kind);
        if !named(ConceptKind::Occupation) && !named(ConceptKind::Skill) {
            let report = Box::new(self.report);
            return Err(EscoError::NoEsco { path: folder.to_owned(), report });
        }
        let versions: Vec<String> = self.versions.into_iter().rev().collect();
        let name = format!("ESCO {}", versions.join(" + "));
        let name = name.trim_end().to_owned();
        let assembled = assemble::assemble(name, self.drafts, &*embedded()?, &mut self.report)?;
        let Assembled { taxonomy, texts, codes } = assembled;
        Ok(EscoImport { taxonomy, texts, codes, report: self.report })
    }
}

/// Gives every record below the header, or what is wrong with it and where. Counts them.
fn each<R: Read>(
    records: &mut Records<R>,
    width: usize,
    mut row: impl FnMut(Result<&Records<R>, (Problem, u64)>),
) -> io::Result<u64> {
    let mut count = 0;
    loop {
        let next = records.next()?;
        count += u64::from(next != Next::End);
        match next {
            Next::End => return Ok(count),
            Next::Record if records.len() > width => row(Err((Problem::TooManyFields, records.line()))),
            Next::Record => row(Ok(records)),
            Next::TooLong | Next::NotUtf8 => row(Err((problem_of(next), records.line()))),
            Next::CutOff | Next::FileTooLong => {
                row(Err((problem_of(next), records.line())));
                return Ok(count);
            }
        }
    }
}

/// What it means that there is no record to read. An empty file is one of which everything was cut off.
fn problem_of(next: Next) -> Problem {
    match next {
        Next::TooLong => Problem::RecordTooLong,
        Next::NotUtf8 => Problem::WrongEncoding,
        Next::FileTooLong => Problem::FileTooLong,
        Next::CutOff | Next::End | Next::Record => Problem::CutOff,
    }
}
