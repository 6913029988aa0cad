//! Reads the upper levels of the skills: one path a line, from the top down.

use super::columns::{Column, Columns, field};
use super::concepts::{ConceptFile, is_uri};
use super::draft::{Edge, Place};
use super::records::Records;
use super::report::Problem;
use crate::taxonomy::ConceptKind;
use std::io::Read;

/// Levels of the skills hierarchy.
const LEVELS: usize = 4;

/// Where the columns stand: URI, label and code of each level.
pub(super) struct LevelColumns {
    levels: Vec<(usize, usize, Column)>,
    texts: [Column; 2],
}

impl LevelColumns {
    /// Finds them.
    ///
    /// # Errors
    /// The name of a column without which nothing can be read.
    pub(super) fn find(columns: &Columns) -> Result<Self, &'static str> {
        let mut levels = Vec::new();
        for level in 0..LEVELS {
            let place = |what: &str| columns.find(&format!("Level {level} {what}"));
            if let (Some(uri), Some(label)) = (place("URI"), place("preferred term")) {
                levels.push((uri, label, place("code")));
            }
        }
        if levels.is_empty() {
            return Err("Level 0 URI, Level 0 preferred term");
        }
        Ok(Self { levels, texts: ["Description", "Scope note"].map(|name| columns.find(name)) })
    }
}

impl ConceptFile<'_> {
    /// Takes the path that was just read.
    pub(super) fn take_path<R: Read>(&mut self, columns: &LevelColumns, record: &Records<R>) {
        let place = Place { file: self.file, line: record.line() };
        let language = self.language;
        let mut above = None;
        for (uri, label, code) in &columns.levels {
            let uri = record.field(*uri).trim();
            if uri.is_empty() {
                break;
            }
            if !is_uri(uri) {
                return self.note(Problem::NoUri, place.line, uri);
            }
            let seen = self.drafts.see(uri);
            let preferred = self.label(record.field(*label), place, uri);
            let Some(kind) = self.as_kind(seen, ConceptKind::SkillGroup, place.line) else { return };
            let mut new = false;
            if let Some(concept) = self.drafts.concept_mut(seen, kind, place) {
                // The file of the groups, which is read before, tells when a label was changed.
                if let Some(preferred) = preferred
                    && !concept.preferred.contains_key(&language)
                {
                    concept.preferred.insert(language, (String::new(), preferred));
                    new = true;
                }
                if concept.code.1.is_empty() {
                    field(record, *code).clone_into(&mut concept.code.1);
                }
            }
            if new {
                self.count_label();
            }
            if let Some(above) = above {
                self.drafts.broader_elsewhere.push(Edge { from: seen, to: above, place });
            }
            above = Some(seen);
        }
        let Some(last) = above else {
            return self.note(Problem::NoUri, place.line, "");
        };
        for column in columns.texts {
            self.text(last, field(record, column));
        }
    }
}
