//! Columns, indented paragraphs and what may stand in them. Width is what a terminal shows, not bytes or letters.

use anstream::adapter::strip_str;

/// Widest paragraph, in cells of a terminal.
const PARAGRAPH_CELLS: usize = 100;

/// Cells that a text takes on a terminal, its styles apart.
pub(super) fn width(text: &str) -> usize {
    textwrap::core::display_width(&strip_str(text).to_string())
}

/// A text of somebody else on one line and without control characters, which could steer a terminal.
pub(in crate::cli) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of at most so many cells, with … where something is left out.
pub(super) fn shortened(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if width(&short) + width(letter.encode_utf8(&mut [0; 4])) + 1 > cells {
            break;
        }
        short.push(letter);
    }
    short.push('…');
    short
}

/// A paragraph: its first line begins with `first`, the others stand under it.
pub(in crate::cli) fn paragraph(first: &str, text: &str) -> String {
    let indent = " ".repeat(width(first));
    let options = textwrap::Options::new(PARAGRAPH_CELLS).subsequent_indent(&indent).initial_indent(first);
    let mut filled = textwrap::fill(&one_line(text), options);
    filled.push('\n');
    filled
}

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Align {
    Left,
    Right,
}

/// A table: one line a row, each column as wide as its widest cell.
#[derive(Debug)]
pub(in crate::cli) struct Table {
    columns: Vec<Align>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a line of headings.
    pub(in crate::cli) fn new<const COLUMNS: usize>(columns: [(Align, &str); COLUMNS]) -> Self {
        Self::with_columns(&columns)
    }

    /// A table with as many columns as there are.
    pub(in crate::cli) fn with_columns(columns: &[(Align, &str)]) -> Self {
        let headings = columns.iter().map(|(_, heading)| super::style::faint(heading)).collect();
        Self { columns: columns.iter().map(|(align, _)| *align).collect(), rows: vec![headings] }
    }

    /// Adds a row; cells beyond the columns are left out.
    pub(in crate::cli) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().take(self.columns.len()).collect());
    }

    /// The table as lines.
    pub(in crate::cli) fn render(&self) -> String {
        let mut widths = vec![0; self.columns.len()];
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = width(cell).max(*widest);
            }
        }
        let mut text = String::new();
        for row in &self.rows {
            let cells = row.iter().zip(&self.columns).zip(&widths);
            let cells: Vec<_> = cells.map(|((cell, align), wide)| aligned(cell, *align, *wide)).collect();
            text.push_str("  ");
            text.push_str(cells.join("  ").trim_end());
            text.push('\n');
        }
        text
    }
}

fn aligned(cell: &str, align: Align, wide: usize) -> String {
    let space = " ".repeat(wide.saturating_sub(width(cell)));
    match align {
        Align::Left => format!("{cell}{space}"),
        Align::Right => format!("{space}{cell}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render::style;
    use proptest::prelude::*;

    #[test]
    fn columns_stand_under_each_other_whatever_the_letters_and_styles() {
        let mut table = Table::new([(Align::Left, "wie"), (Align::Right, "punten"), (Align::Left, "past")]);
        table.row(["é́én".to_owned(), style::strong("7,00"), "uren".to_owned()]);
        table.row(["李".to_owned(), "17,00".to_owned(), style::bad("reizen")]);
        let plain = strip_str(&table.render()).to_string();
        insta::assert_snapshot!(plain, @r"
          wie  punten  past
          é́én    7,00  uren
          李    17,00  reizen
        ");
    }

    #[test]
    fn a_text_cannot_steer_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2Jb\r\n c\u{9b}d"), "a [2Jb c d");
    }

    proptest! {
        #[test]
        fn a_shortened_text_fits(text in "\\PC{0,40}", cells in 1usize..30) {
            prop_assert!(width(&shortened(&text, cells)) <= cells);
        }
    }
}
