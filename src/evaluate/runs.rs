//! Rankings as files that anybody can measure with their own tool (TREC's format).

use std::{fmt::Write as _, fs, io, path::Path};

/// Places of a ranking that are written.
const DEPTH: usize = 100;

/// One ranked document.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Its id.
    pub document: String,
    /// Its score; higher is better.
    pub score: f64,
}

/// The rankings of one set.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Name of the file, without its ending.
    pub name: String,
    /// Each question with its ranking, the best first.
    pub rankings: Vec<(String, Vec<Ranked>)>,
}

impl Run {
    /// Writes `query Q0 document rank score tag`, at most 100 places a question.
    ///
    /// Tools order by score and break ties in their own ways, so the millionths of a score keep the order of the service
    /// inside a tie.
    ///
    /// # Errors
    /// When the folder or file cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let mut text = String::new();
        for (query, ranking) in &self.rankings {
            for (place, ranked) in ranking.iter().take(DEPTH).enumerate() {
                let rank = place + 1;
                let score = ranked.score + (DEPTH - place) as f64 * 1e-6;
                // Writing to a text cannot fail.
                let _ = writeln!(text, "{query} Q0 {} {rank} {score:.6} passend", ranked.document);
            }
        }
        fs::create_dir_all(folder)?;
        fs::write(folder.join(format!("{}.run", self.name)), text)
    }
}
