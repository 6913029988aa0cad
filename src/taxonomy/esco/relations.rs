//! Reads files with relations, and the mapping of UWV's codes.

use super::columns::{Column, Columns, field};
use super::concepts::is_uri;
use super::draft::{Drafts, Edge, Place};
use super::file_name::Content;
use super::records::Records;
use super::report::{Problem, TaxonomyReport};
use crate::taxonomy::Need;
use std::io::Read;

/// Where the columns of a file with relations stand.
pub(super) struct RelationColumns {
    from: usize,
    to: usize,
    need: Column,
}

impl RelationColumns {
    /// Finds them.
    ///
    /// # Errors
    /// The name of a column without which nothing can be read.
    pub(super) fn find(columns: &Columns, content: Content) -> Result<Self, &'static str> {
        let (from, to) = match content {
            Content::OccupationSkills => ("occupationUri", "skillUri"),
            Content::SkillSkills => ("originalSkillUri", "relatedSkillUri"),
            _ => ("conceptUri", "broaderUri"),
        };
        let need = match content {
            Content::OccupationSkills | Content::SkillSkills => Some(columns.must("relationType")?),
            _ => None,
        };
        Ok(Self { from: columns.must(from)?, to: columns.must(to)?, need })
    }
}

/// Takes the relation that was just read; its concepts are looked up when everything is read.
pub(super) fn take<R: Read>(
    columns: &RelationColumns,
    record: &Records<R>,
    (file, content): (usize, Content),
    drafts: &mut Drafts,
    report: &mut TaxonomyReport,
) {
    let place = Place { file, line: record.line() };
    let [from, to] = [columns.from, columns.to].map(|at| record.field(at).trim());
    for uri in [from, to] {
        if !is_uri(uri) {
            return report.note(Problem::NoUri, file, place.line, uri);
        }
    }
    let edge = Edge { from: drafts.see(from), to: drafts.see(to), place };
    let Some(need) = columns.need else { return drafts.broader.push(edge) };
    let need = match field(record, Some(need)) {
        "essential" => Need::Essential,
        "optional" => Need::Optional,
        other => return report.note(Problem::WrongRelation, file, place.line, other),
    };
    match content {
        Content::OccupationSkills => drafts.needs.push((edge, need)),
        _ => drafts.related.push((edge, need)),
    }
}

/// Where the columns of the mapping of codes stand.
pub(super) struct CodeColumns {
    code: usize,
    uri: usize,
    name: Column,
}

impl CodeColumns {
    /// Finds them.
    ///
    /// # Errors
    /// The name of a column without which nothing can be read.
    pub(super) fn find(columns: &Columns) -> Result<Self, &'static str> {
        Ok(Self { code: columns.must("code")?, uri: columns.must("uri")?, name: columns.find("name") })
    }

    /// Code, URI and name of the record that was just read.
    pub(super) fn fields<'a, R: Read>(&self, record: &'a Records<R>) -> [&'a str; 3] {
        [record.field(self.code).trim(), record.field(self.uri).trim(), field(record, self.name)]
    }
}
