//! A walk over a TOML document that collects everything that is wrong, each with its place.

use super::finding::{ProfileFinding, line_and_column};
use std::collections::BTreeMap;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A document that is walked over.
pub(super) struct Walk<'t> {
    text: &'t str,
    findings: Vec<ProfileFinding>,
    /// Where each field stands that was met.
    places: BTreeMap<String, usize>,
}

/// A table of the document with its path; `None` where it is missing or no table, which was noted.
#[derive(Clone, Copy)]
pub(super) struct Section<'d> {
    table: Option<&'d DeTable<'d>>,
    path: &'d str,
}

/// A path of the document.
fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

impl<'t> Walk<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, findings: Vec::new(), places: BTreeMap::new() }
    }

    /// Notes that the text is no TOML.
    pub(super) fn syntax(&mut self, error: &toml::de::Error) {
        let offset = error.span().map_or(self.text.len(), |span| span.start);
        let message = error.message().replace('\n', ", ");
        self.note_at(offset, "", &message, "write it as TOML; docs/profiles.md shows a whole profile");
    }

    /// The whole document.
    pub(super) fn root<'d>(&self, table: &'d DeTable<'d>) -> Section<'d> {
        Section { table: Some(table), path: "" }
    }

    /// Notes every key that is not known here.
    pub(super) fn only<'k>(&mut self, section: Section<'_>, known: impl Iterator<Item = &'k str>) {
        let known: Vec<&str> = known.collect();
        for (key, _) in section.table.into_iter().flatten() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let field = joined(section.path, name);
                let remedy = format!("write one of {}, or take the key out", known.join(", "));
                self.note_at(key.span().start, &field, "there is no such key", &remedy);
            }
        }
    }

    /// A table inside a table, read by `read`. A missing one is noted once, and what is in it is not looked for.
    pub(super) fn section<'d>(
        &mut self,
        parent: Section<'d>,
        key: &str,
        path: &'d str,
        needed: bool,
    ) -> Section<'d> {
        let Some(value) = self.value(parent, key) else {
            if needed && parent.table.is_some() {
                self.note(path, "it is missing", "add it; docs/profiles.md tells what stands in it");
            }
            return Section { table: None, path };
        };
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.note(path, "that is no table of keys", "give the keys that docs/profiles.md names");
        }
        Section { table, path }
    }

    /// A number.
    pub(super) fn number(&mut self, section: Section<'_>, key: &str, needed: bool) -> Option<f64> {
        let field = joined(section.path, key);
        let Some(value) = self.value(section, key) else {
            if needed && section.table.is_some() {
                self.note(&field, "the figure is missing", "give a number");
            }
            return None;
        };
        let number = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(whole) => {
                // A weight, share or score is far below what is exact in binary.
                i64::from_str_radix(whole.as_str(), whole.radix()).ok().map(|whole| whole as f64)
            }
            _ => None,
        };
        if number.is_none() {
            self.note(&field, "that is no number", "give a number, such as 12 or 0.5");
        }
        number
    }

    /// A text that says something.
    pub(super) fn text(&mut self, section: Section<'_>, key: &str, needed: bool) -> Option<String> {
        let field = joined(section.path, key);
        let Some(value) = self.value(section, key) else {
            if needed && section.table.is_some() {
                self.note(&field, "the text is missing", "write it");
            }
            return None;
        };
        let text = value.get_ref().as_str().map(str::trim);
        match text {
            None => self.note(&field, "that is no text", "write a text between quotes"),
            Some("") => self.note(&field, "the text is empty", "write it"),
            Some(_) => {}
        }
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Notes that a field is wrong, at its place or at that of the nearest table around it.
    pub(super) fn note(&mut self, field: &str, problem: &str, remedy: &str) {
        let mut around = field;
        let offset = loop {
            if let Some(offset) = self.places.get(around) {
                break *offset;
            }
            match around.rsplit_once('.') {
                Some((outer, _)) => around = outer,
                None => break 0,
            }
        };
        self.note_at(offset, field, problem, remedy);
    }

    /// Whether nothing is wrong so far.
    pub(super) fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// Everything that is wrong.
    pub(super) fn into_findings(self) -> Vec<ProfileFinding> {
        self.findings
    }

    fn note_at(&mut self, offset: usize, field: &str, problem: &str, remedy: &str) {
        let (line, column) = line_and_column(self.text, offset);
        self.findings.push(ProfileFinding {
            line,
            column,
            field: field.to_owned(),
            problem: problem.to_owned(),
            remedy: remedy.to_owned(),
        });
    }

    /// The value of a key, whose place is remembered.
    fn value<'d>(&mut self, section: Section<'d>, key: &str) -> Option<&'d Spanned<DeValue<'d>>> {
        let (name, value) = section.table?.iter().find(|(name, _)| *name.get_ref() == key)?;
        let offset = if value.get_ref().is_table() { name.span().start } else { value.span().start };
        self.places.insert(joined(section.path, key), offset);
        Some(value)
    }
}
