//! A report as one page: it opens from a file, prints well, and loads nothing.

use super::{Align, Document, Rows, Section};
use crate::cli::settings::Language;
use std::fmt::Write as _;

/// Says to a browser what the page already holds to: no script, nothing from outside.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = "\
body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
table{border-collapse:collapse;margin:.5rem 0}
th,td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #ccc;vertical-align:top}
.number{text-align:right;font-variant-numeric:tabular-nums}
footer{margin-top:2rem;color:#444}
@media print{body{margin:0;max-width:none}section{break-inside:avoid}}";

pub(super) fn page(document: &Document, language: Language) -> String {
    let title = escaped(&document.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        language.code()
    );
    for section in &document.sections {
        add_section(&mut page, section);
    }
    page.push_str(&format!("<footer><p>{}</p></footer>\n</body>\n</html>\n", escaped(document.footer)));
    page
}

fn add_section(page: &mut String, section: &Section) {
    page.push_str(&format!("<section>\n<h2>{}</h2>\n", escaped(section.heading)));
    for sentence in &section.sentences {
        page.push_str(&format!("<p>{}</p>\n", escaped(sentence)));
    }
    if let Some(rows) = &section.table {
        add_table(page, rows);
    }
    page.push_str("</section>\n");
}

fn add_table(page: &mut String, rows: &Rows) {
    let class = |align: Align| if align == Align::Right { " class=\"number\"" } else { "" };
    page.push_str("<table>\n<thead><tr>");
    for (align, heading) in &rows.columns {
        page.push_str(&format!("<th scope=\"col\"{}>{}</th>", class(*align), escaped(heading)));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in &rows.rows {
        page.push_str("<tr>");
        for (cell, (align, _)) in row.iter().zip(&rows.columns) {
            page.push_str(&format!("<td{}>{}</td>", class(*align), escaped(cell)));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
}

/// A text that a page shows letter by letter: ids and names of papers come from outside.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter if letter.is_control() => escaped.push(' '),
            letter => {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "{letter}");
            }
        }
    }
    escaped
}
