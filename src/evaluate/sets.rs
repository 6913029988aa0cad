//! The files of the sets.

use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

/// Why sets cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// A file or folder cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A line is not what the set's layout says.
    #[error("{}, line {line}: {what}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what should be there.
        what: String,
    },
    /// There is no set in the folder.
    #[error(
        "{} holds no set: a set is a folder with queries.tsv and corpus.tsv, or with candidates.jsonl, \
         vacancies.jsonl and qrels_skill.tsv",
        .0.display()
    )]
    NoSet(PathBuf),
}

/// The sets of a folder, by name.
#[derive(Debug, Default)]
pub struct Sets {
    /// Occupation titles.
    pub titles: Vec<TitleSet>,
    /// Skills.
    pub skills: Vec<SkillSet>,
    /// Rankings.
    pub matching: Vec<MatchingSet>,
}

/// Titles and the labels that are right for them.
#[derive(Debug)]
pub struct TitleSet {
    /// Name of its folder.
    pub name: String,
    /// Id and words.
    pub queries: Vec<(String, String)>,
    /// Id and label.
    pub corpus: Vec<(String, String)>,
    /// The right rows of the corpus, by query.
    pub right: BTreeMap<String, BTreeSet<String>>,
}

/// Skills in words and the concepts that are right for them.
#[derive(Debug)]
pub struct SkillSet {
    /// Name of its folder.
    pub name: String,
    /// The wordings.
    pub queries: Vec<SkillQuery>,
    /// Label and concept id.
    pub corpus: Vec<(String, String)>,
}

/// A skill in words.
#[derive(Debug)]
pub struct SkillQuery {
    /// Its id.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Concept ids that are right.
    pub right: BTreeSet<String>,
}

/// People, vacancies, and how well they fit.
#[derive(Debug)]
pub struct MatchingSet {
    /// Name of its folder.
    pub name: String,
    /// The people.
    pub people: Vec<Person>,
    /// The vacancies.
    pub vacancies: Vec<Opening>,
    /// Grade of a person for a vacancy, 1 to 3, by vacancy and person.
    pub grades: BTreeMap<String, BTreeMap<String, u8>>,
    /// Closeness of the careers, by vacancy and person.
    pub careers: BTreeMap<String, BTreeMap<String, u8>>,
}

/// Grades by vacancy and person.
type Grades = BTreeMap<String, BTreeMap<String, u8>>;

/// A person of a set.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    /// Id.
    pub id: String,
    /// Language of most of the words.
    pub lang: String,
    /// Past jobs.
    #[serde(default)]
    pub jobs: Vec<PastJob>,
    /// Skills.
    #[serde(default)]
    pub skills: Vec<String>,
}

/// A past job.
#[derive(Clone, Debug, Deserialize)]
pub struct PastJob {
    /// Title.
    pub title: String,
    /// Years.
    pub years: f64,
}

/// A vacancy of a set.
#[derive(Clone, Debug, Deserialize)]
pub struct Opening {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Description.
    #[serde(default)]
    pub text: String,
    /// Skills that are asked.
    #[serde(default)]
    pub required: Vec<String>,
    /// Skills that are welcome.
    #[serde(default)]
    pub preferred: Vec<String>,
}

impl Sets {
    /// Reads a folder of sets, or one set.
    ///
    /// # Errors
    /// When a file cannot be read or is not laid out as it should be, or there is no set.
    pub fn read(folder: &Path) -> Result<Self, EvaluateError> {
        let mut sets = Self::default();
        sets.read_one(folder)?;
        let entries = fs::read_dir(folder).map_err(|source| unreadable(folder, source))?;
        let mut inside: Vec<PathBuf> = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()
            .map_err(|source| unreadable(folder, source))?;
        inside.sort();
        for path in inside.iter().filter(|path| path.is_dir()) {
            sets.read_one(path)?;
        }
        if sets.titles.is_empty() && sets.skills.is_empty() && sets.matching.is_empty() {
            return Err(EvaluateError::NoSet(folder.to_owned()));
        }
        Ok(sets)
    }

    fn read_one(&mut self, folder: &Path) -> Result<(), EvaluateError> {
        let has = |name: &str| folder.join(name).is_file();
        let full = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if has("queries.tsv") && has("corpus.tsv") {
            if has("annotations.tsv") {
                self.titles.push(titles(folder, name)?);
            } else {
                self.skills.push(skills(folder, name)?);
            }
        } else if has("candidates.jsonl") && has("vacancies.jsonl") && has("qrels_skill.tsv") {
            self.matching.push(matching(folder, name)?);
        }
        Ok(())
    }
}

fn titles(folder: &Path, name: String) -> Result<TitleSet, EvaluateError> {
    let pair = |[id, text]: [String; 2]| (id, text);
    let mut right: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for [query, _, row, grade] in table::<4>(&folder.join("annotations.tsv"))? {
        if grade != "0" {
            right.entry(query).or_default().insert(row);
        }
    }
    Ok(TitleSet {
        name,
        queries: table(&folder.join("queries.tsv"))?.into_iter().map(pair).collect(),
        corpus: table(&folder.join("corpus.tsv"))?.into_iter().map(pair).collect(),
        right,
    })
}

fn skills(folder: &Path, name: String) -> Result<SkillSet, EvaluateError> {
    let corpus = table(&folder.join("corpus.tsv"))?;
    let queries = table(&folder.join("queries.tsv"))?.into_iter().map(|[id, text, right]| SkillQuery {
        id,
        text,
        right: right
            .split_whitespace()
            .map(|graded| graded.rsplit_once(':').map_or(graded, |(concept, _)| concept).to_owned())
            .collect(),
    });
    Ok(SkillSet {
        name,
        queries: queries.collect(),
        corpus: corpus.into_iter().map(|[_, label, concept]| (label, concept)).collect(),
    })
}

fn matching(folder: &Path, name: String) -> Result<MatchingSet, EvaluateError> {
    let careers = folder.join("qrels_isco.tsv");
    Ok(MatchingSet {
        name,
        people: lines_of_json(&folder.join("candidates.jsonl"))?,
        vacancies: lines_of_json(&folder.join("vacancies.jsonl"))?,
        grades: grades(&folder.join("qrels_skill.tsv"))?,
        careers: if careers.is_file() { grades(&careers)? } else { Grades::new() },
    })
}

fn grades(path: &Path) -> Result<Grades, EvaluateError> {
    let mut grades = Grades::new();
    for (line, text) in lines(path)?.into_iter().enumerate() {
        let mut fields = text.split('\t');
        let (Some(vacancy), Some(person), Some(Ok(grade))) =
            (fields.next(), fields.next(), fields.next().map(str::parse))
        else {
            return Err(wrong(path, line, "give vacancy, candidate and grade, with tabs between them"));
        };
        grades.entry(vacancy.to_owned()).or_default().insert(person.to_owned(), grade);
    }
    Ok(grades)
}

fn table<const N: usize>(path: &Path) -> Result<Vec<[String; N]>, EvaluateError> {
    let mut rows = Vec::new();
    for (line, text) in lines(path)?.into_iter().enumerate() {
        let fields: Vec<String> = text.split('\t').map(str::to_owned).collect();
        let row = fields.try_into().map_err(|fields: Vec<String>| {
            wrong(path, line, &format!("{} columns instead of {N}, with tabs between them", fields.len()))
        })?;
        rows.push(row);
    }
    Ok(rows)
}

fn lines_of_json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, EvaluateError> {
    let parse = |(line, text): (usize, String)| {
        serde_json::from_str(&text).map_err(|error| wrong(path, line, &error.to_string()))
    };
    lines(path)?.into_iter().enumerate().map(parse).collect()
}

fn lines(path: &Path) -> Result<Vec<String>, EvaluateError> {
    let text = fs::read_to_string(path).map_err(|source| unreadable(path, source))?;
    Ok(text.lines().map(str::to_owned).collect())
}

fn unreadable(path: &Path, source: io::Error) -> EvaluateError {
    EvaluateError::Unreadable { path: path.to_owned(), source }
}

fn wrong(path: &Path, line: usize, what: &str) -> EvaluateError {
    EvaluateError::Line { path: path.to_owned(), line: line + 1, what: what.to_owned() }
}
