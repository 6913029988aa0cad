//! Fields of a record by the name of their column.

use super::records::Records;
use std::io::Read;

/// Where the columns of a file stand.
pub(super) struct Columns(Vec<String>);

/// A column: its place, where there is one.
pub(super) type Column = Option<usize>;

impl Columns {
    /// Reads the header that was just read.
    pub(super) fn read<R: Read>(header: &Records<R>) -> Self {
        Self((0..header.len()).map(|at| header.field(at).trim().to_lowercase()).collect())
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The column with a name.
    pub(super) fn find(&self, name: &str) -> Column {
        self.0.iter().position(|column| *column == name.to_lowercase())
    }

    /// The column with a name.
    ///
    /// # Errors
    /// The name, when there is no such column.
    pub(super) fn must(&self, name: &'static str) -> Result<usize, &'static str> {
        self.find(name).ok_or(name)
    }
}

/// A field of a record without the space around it; empty where the column is not there.
pub(super) fn field<R: Read>(records: &Records<R>, column: Column) -> &str {
    column.map_or("", |at| records.field(at).trim())
}
