//! The morning report as a text, and as a page that needs nothing but itself.
//!
//! Both show one document: headings, sentences and tables, so that neither tells what the other leaves out.

mod page;
mod sections;

use super::layout::{Align, Table, paragraph};
use super::style;
use crate::cli::settings::Language;
use crate::wire::v1::NightReport;

/// A report in parts, in one language.
#[derive(Debug)]
struct Document {
    title: String,
    sections: Vec<Section>,
    /// Stands at the end.
    footer: &'static str,
}

/// A part of a report.
#[derive(Debug)]
struct Section {
    heading: &'static str,
    sentences: Vec<String>,
    table: Option<Rows>,
}

/// A table of a report.
#[derive(Debug)]
struct Rows {
    columns: Vec<(Align, &'static str)>,
    rows: Vec<Vec<String>>,
}

/// The report as a text.
pub(in crate::cli) fn report(report: &NightReport, language: Language) -> String {
    let document = sections::document(report, language);
    let mut text = format!("{}\n", style::strong(&document.title));
    for section in &document.sections {
        text.push_str(&format!("\n{}\n", style::strong(section.heading)));
        for sentence in &section.sentences {
            text.push_str(&paragraph("  ", sentence));
        }
        if let Some(rows) = &section.table {
            let mut table = Table::with_columns(&rows.columns);
            for row in &rows.rows {
                table.row(row.iter().map(|cell| super::one_line(cell)));
            }
            text.push_str(&table.render());
        }
    }
    text.push_str(&format!("\n{}\n", style::faint(document.footer)));
    text
}

/// The report as a page: HTML without script, without anything from outside.
pub(in crate::cli) fn report_page(report: &NightReport, language: Language) -> String {
    page::page(&sections::document(report, language), language)
}

#[cfg(test)]
mod tests;
