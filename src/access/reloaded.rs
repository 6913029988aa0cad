//! A file that is read again when it changes: keys and certificates are renewed while the service runs.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

/// Largest file.
const FILE_BYTES: u64 = 4 * 1024 * 1024;

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub struct Problem {
    /// Which file.
    pub path: PathBuf,
    /// What is wrong, and what to do.
    pub problem: String,
}

/// What one or more files say, as they were when they were last right.
#[derive(Debug)]
pub struct Reloaded<T> {
    paths: Vec<PathBuf>,
    read: fn(&[Vec<u8>]) -> Result<T, String>,
    state: RwLock<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    contents: Vec<Vec<u8>>,
    current: Arc<T>,
    /// What was last said in the log, so that it is said once.
    problem: Option<Problem>,
}

impl<T> Reloaded<T> {
    /// Reads the files a first time; `read` gets their contents in the same order.
    ///
    /// # Errors
    /// When a file cannot be read or says nothing that can be used.
    pub fn open(paths: Vec<PathBuf>, read: fn(&[Vec<u8>]) -> Result<T, String>) -> Result<Self, Problem> {
        let contents = contents(&paths)?;
        let current = Arc::new(read(&contents).map_err(|problem| named(&paths, problem))?);
        Ok(Self { paths, read, state: RwLock::new(State { contents, current, problem: None }) })
    }

    /// What the files say.
    pub fn current(&self) -> Arc<T> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner).current)
    }

    /// Reads the files again where they have changed. What cannot be used is told in the log, and what was there before
    /// stays: a file that is just being written locks nobody out.
    pub fn refresh(&self) {
        let read = contents(&self.paths);
        if let Ok(contents) = &read
            && self.state.read().unwrap_or_else(PoisonError::into_inner).contents == *contents
        {
            return;
        }
        let made = read.and_then(|contents| {
            let made = (self.read)(&contents).map_err(|problem| named(&self.paths, problem))?;
            Ok((contents, made))
        });
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        match made {
            Ok((contents, made)) => {
                tracing::info!(file = %shown(&self.paths), "read again");
                *state = State { contents, current: Arc::new(made), problem: None };
            }
            Err(problem) if state.problem.as_ref() != Some(&problem) => {
                tracing::error!(%problem, "not read again: what it said before stays in use");
                state.problem = Some(problem);
            }
            Err(_) => {}
        }
    }
}

fn shown(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn named(paths: &[PathBuf], problem: String) -> Problem {
    Problem { path: paths.first().cloned().unwrap_or_default(), problem }
}

fn contents(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, Problem> {
    paths.iter().map(|path| content(path)).collect()
}

fn content(path: &Path) -> Result<Vec<u8>, Problem> {
    let problem = |problem: String| Problem { path: path.to_owned(), problem };
    let length = fs::metadata(path).map_err(|error| problem(words(&error)))?.len();
    if length > FILE_BYTES {
        return Err(problem(format!("it has {length} bytes; {FILE_BYTES} is the most")));
    }
    fs::read(path).map_err(|error| problem(words(&error)))
}

fn words(error: &io::Error) -> String {
    format!("{error}; name a file that the service may read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_when_it_changes_and_a_bad_one_leaves_what_was_there() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("number");
        let number = |contents: &[Vec<u8>]| {
            let text = std::str::from_utf8(&contents[0]).map_err(|error| error.to_string())?;
            text.parse::<u32>().map_err(|error| error.to_string())
        };
        assert!(Reloaded::open(vec![path.clone()], number).unwrap_err().to_string().contains("number: "));
        fs::write(&path, "1").unwrap();
        let reloaded = Reloaded::open(vec![path.clone()], number).unwrap();
        for (content, current) in [("2", 2), ("x", 2), ("3", 3)] {
            fs::write(&path, content).unwrap();
            reloaded.refresh();
            assert_eq!(*reloaded.current(), current, "{content}");
        }
        fs::remove_file(&path).unwrap();
        reloaded.refresh();
        assert_eq!(*reloaded.current(), 3);
    }
}
