//! Reads files with concepts: occupations, skills, groups and collections.

use super::columns::{Column, Columns, field};
use super::draft::{DraftText, Drafts, Edge, Place, Seen};
use super::file_name::Content;
use super::label::{LABEL_CHARACTERS, clean};
use super::records::Records;
use super::report::{Problem, TaxonomyReport};
use crate::taxonomy::{ConceptKind, LabelLanguage, LabelRole, SkillKind};
use std::collections::HashMap;
use std::io::Read;

/// Stands between the parts of a field in collections.
const BETWEEN: &str = " | ";

/// Where the columns of a file with concepts stand.
pub(super) struct ConceptColumns {
    uri: usize,
    preferred: usize,
    concept_type: Column,
    alternative: Column,
    hidden: Column,
    status: Column,
    changed: Column,
    isco_group: Column,
    code: Column,
    skill_type: Column,
    broader: Column,
    texts: [Column; 3],
}

impl ConceptColumns {
    /// Finds them.
    ///
    /// # Errors
    /// The name of a column without which nothing can be read.
    pub(super) fn find(columns: &Columns) -> Result<Self, &'static str> {
        Ok(Self {
            uri: columns.must("conceptUri")?,
            preferred: columns.must("preferredLabel")?,
            concept_type: columns.find("conceptType"),
            alternative: columns.find("altLabels"),
            hidden: columns.find("hiddenLabels"),
            status: columns.find("status"),
            changed: columns.find("modifiedDate"),
            isco_group: columns.find("iscoGroup"),
            code: columns.find("code"),
            skill_type: columns.find("skillType"),
            broader: columns.find("broaderConceptUri"),
            texts: ["description", "definition", "scopeNote"].map(|name| columns.find(name)),
        })
    }
}

/// One file with concepts that is being read.
pub(super) struct ConceptFile<'a> {
    pub(super) drafts: &'a mut Drafts,
    pub(super) report: &'a mut TaxonomyReport,
    pub(super) file: usize,
    pub(super) content: Content,
    pub(super) language: LabelLanguage,
    /// The concepts of this file, with line and preferred label.
    seen: HashMap<Seen, (u64, String)>,
}

impl<'a> ConceptFile<'a> {
    pub(super) fn new(
        drafts: &'a mut Drafts,
        report: &'a mut TaxonomyReport,
        (file, content, language): (usize, Content, LabelLanguage),
    ) -> Self {
        Self { drafts, report, file, content, language, seen: HashMap::new() }
    }

    /// Takes the record that was just read.
    pub(super) fn take<R: Read>(&mut self, columns: &ConceptColumns, record: &Records<R>) {
        let line = record.line();
        let place = Place { file: self.file, line };
        let uri = record.field(columns.uri).trim();
        if !is_uri(uri) {
            return self.note(Problem::NoUri, line, uri);
        }
        let status = field(record, columns.status);
        if matches!(status.to_lowercase().as_str(), "obsolete" | "deprecated" | "withdrawn") {
            return self.note(Problem::Withdrawn, line, &format!("{uri} ({status})"));
        }
        let Some(kind) = kind_of(field(record, columns.concept_type), self.content) else { return };
        let seen = self.drafts.see(uri);
        let preferred = self.label(record.field(columns.preferred), place, uri);
        if let Some((first, label)) = self.seen.get(&seen) {
            // The place in the way that needs no words: the report is told in two languages.
            let first = format!("{}:{first}", self.report.files.get(self.file).map_or("", |file| &file.name));
            let (problem, detail) = match &preferred {
                Some(preferred) if preferred != label => {
                    (Problem::TwoConcepts, format!("{uri}: \"{preferred}\"; {first}: \"{label}\""))
                }
                _ => {
                    let detail = format!("{uri}; {first}");
                    // The other labels may be others.
                    self.others(columns, record, seen, kind, place);
                    (Problem::Repeated, detail)
                }
            };
            return self.note(problem, line, &detail);
        }
        let Some(kind) = self.as_kind(seen, kind, line) else { return };
        self.seen.insert(seen, (line, preferred.clone().unwrap_or_default()));
        match preferred {
            Some(preferred) => {
                self.preferred(seen, kind, (field(record, columns.changed), preferred), place, uri);
            }
            None => self.note(Problem::EmptyLabel, line, uri),
        }
        self.others(columns, record, seen, kind, place);
        self.about(columns, record, seen, kind, place);
    }

    /// The kind of a concept that is given as one; `None`, noted, when it is one that cannot be both.
    ///
    /// Skills are read before groups: some versions have a few skills among their groups.
    pub(super) fn as_kind(&mut self, seen: Seen, given: ConceptKind, line: u64) -> Option<ConceptKind> {
        let there = match self.drafts.concept(seen).map(|draft| draft.kind) {
            Some(there) if there != given => there,
            _ => return Some(given),
        };
        let uri = self.drafts.uri(seen).to_owned();
        if (there, given) == (ConceptKind::Skill, ConceptKind::SkillGroup) {
            self.note(Problem::SkillAndGroup, line, &uri);
            return Some(there);
        }
        self.note(Problem::OtherKind, line, &format!("{uri}: {there:?}, {given:?}"));
        None
    }

    fn preferred(
        &mut self,
        seen: Seen,
        kind: ConceptKind,
        (changed, label): (&str, String),
        place: Place,
        uri: &str,
    ) {
        let language = self.language;
        let Some(concept) = self.drafts.concept_mut(seen, kind, place) else { return };
        let Some((of, there)) = concept.preferred.get_mut(&language) else {
            concept.preferred.insert(language, (changed.to_owned(), label));
            self.count_label();
            return;
        };
        if *there == label {
            return;
        }
        // The one that was changed last is shown; the other one is still a name of the concept.
        let detail = format!("{uri}: \"{label}\", \"{there}\"");
        let other = if changed > of.as_str() {
            changed.clone_into(of);
            std::mem::replace(there, label)
        } else {
            label
        };
        concept.labels.push((language, LabelRole::Alternative, other));
        self.count_label();
        self.note(Problem::LabelsDiffer, place.line, &detail);
    }

    /// The other labels of a concept.
    fn others<R: Read>(
        &mut self,
        columns: &ConceptColumns,
        record: &Records<R>,
        seen: Seen,
        kind: ConceptKind,
        place: Place,
    ) {
        let between = if self.content == Content::Collection { BETWEEN } else { "\n" };
        for (column, role) in
            [(columns.alternative, LabelRole::Alternative), (columns.hidden, LabelRole::Hidden)]
        {
            for part in field(record, column).split(between) {
                let Some(label) = self.label(part, place, record.field(columns.uri)) else { continue };
                let language = self.language;
                if let Some(concept) = self.drafts.concept_mut(seen, kind, place) {
                    concept.labels.push((language, role, label));
                    self.count_label();
                }
            }
        }
    }

    /// What else a row tells of a concept.
    fn about<R: Read>(
        &mut self,
        columns: &ConceptColumns,
        record: &Records<R>,
        seen: Seen,
        kind: ConceptKind,
        place: Place,
    ) {
        let uri = record.field(columns.uri).trim();
        let code = code_of(kind, field(record, columns.isco_group), field(record, columns.code), uri);
        let changed = field(record, columns.changed);
        let skill_kind = match field(record, columns.skill_type) {
            "knowledge" => Some(SkillKind::Knowledge),
            "skill/competence" | "skill" => Some(SkillKind::Skill),
            _ => None,
        };
        if let Some(concept) = self.drafts.concept_mut(seen, kind, place) {
            concept.skill_kind = concept.skill_kind.or(skill_kind);
            if !code.is_empty() && (concept.code.1.is_empty() || *changed > *concept.code.0) {
                concept.code = (changed.to_owned(), code.to_owned());
            }
        }
        for broader in field(record, columns.broader).split(BETWEEN).map(str::trim).filter(|uri| is_uri(uri))
        {
            let to = self.drafts.see(broader);
            self.drafts.broader_elsewhere.push(Edge { from: seen, to, place });
        }
        for column in columns.texts {
            self.text(seen, field(record, column));
        }
    }

    /// Keeps a text about a concept.
    pub(super) fn text(&mut self, concept: Seen, text: &str) {
        if !text.is_empty() {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.drafts.texts.push(DraftText { concept, language: self.language, text });
        }
    }

    /// A label without what does not belong there; `None` when nothing is left or it is too long.
    pub(super) fn label(&mut self, label: &str, place: Place, uri: &str) -> Option<String> {
        let clean = clean(label);
        if clean.controls {
            self.note(Problem::ControlCharacters, place.line, &clean.text);
        }
        if clean.invisible {
            self.note(Problem::InvisibleSigns, place.line, &clean.text);
        }
        if clean.text.chars().count() > LABEL_CHARACTERS {
            self.note(Problem::LabelTooLong, place.line, uri);
            return None;
        }
        Some(clean.text).filter(|text| !text.is_empty())
    }

    pub(super) fn note(&mut self, problem: Problem, line: u64, detail: &str) {
        self.report.note(problem, self.file, line, detail);
    }

    pub(super) fn count_label(&mut self) {
        if let Some(file) = self.report.files.get_mut(self.file) {
            file.labels += 1;
        }
    }
}

/// Whether a text is a web address as ESCO uses them.
pub(super) fn is_uri(text: &str) -> bool {
    let after = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    after.is_some_and(|rest| {
        !rest.is_empty() && text.len() <= 300 && rest.bytes().all(|b| b.is_ascii_graphic())
    })
}

fn kind_of(concept_type: &str, content: Content) -> Option<ConceptKind> {
    match concept_type {
        "Occupation" => Some(ConceptKind::Occupation),
        "KnowledgeSkillCompetence" | "Skill" => Some(ConceptKind::Skill),
        "ISCOGroup" => Some(ConceptKind::OccupationGroup),
        "SkillGroup" => Some(ConceptKind::SkillGroup),
        _ => content.kind(),
    }
}

/// The code of a group, or of the ISCO-08 group of an occupation.
fn code_of<'a>(kind: ConceptKind, isco_group: &'a str, code: &'a str, uri: &'a str) -> &'a str {
    let end = uri.rsplit('/').next().unwrap_or_default();
    match kind {
        ConceptKind::Occupation if isco_group.is_empty() => code.split('.').next().unwrap_or_default(),
        ConceptKind::Occupation => isco_group.trim_start_matches('C'),
        ConceptKind::OccupationGroup if code.is_empty() => end.trim_start_matches('C'),
        // Fields of education have their code in the URI only.
        ConceptKind::SkillGroup if code.is_empty() && uri.contains("/isced-f/") => end,
        ConceptKind::OccupationGroup | ConceptKind::SkillGroup => code,
        ConceptKind::Skill => "",
    }
}
