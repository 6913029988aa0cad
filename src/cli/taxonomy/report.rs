//! The report of an import as text: what was found, what is missing, what was refused and where.

use super::super::render::{Align, Table, count, one_line, paragraph, strong};
use super::super::settings::Language;
use super::words;
use crate::taxonomy::LabelLanguage;
use crate::taxonomy::esco::{Content, Example, Missing, OwnNames, Severity, TaxonomyReport};
use std::collections::BTreeMap;

/// Most files in the table.
const FILES_SHOWN: usize = 60;

/// The report, at most a few screens whatever the size of the files.
pub(super) fn text(report: &TaxonomyReport, language: Language) -> String {
    let mut text = files(report, language);
    text.push_str(&unknown(report, language));
    text.push_str(&missing(report, language));
    text.push_str(&own_names(&report.own_names, language));
    for severity in [Severity::Mended, Severity::Refused, Severity::Damage] {
        text.push_str(&problems(report, severity, language));
    }
    text.push('\n');
    text
}

fn files(report: &TaxonomyReport, language: Language) -> String {
    let mut table = Table::new([
        (Align::Left, language.pick(&["bestand", "file"])),
        (Align::Right, language.pick(&["regels", "records"])),
        (Align::Right, language.pick(&["namen", "labels"])),
        (Align::Right, language.pick(&["relaties", "relations"])),
        (Align::Right, language.pick(&["geweigerd", "refused"])),
    ]);
    for file in report.files.iter().take(FILES_SHOWN) {
        let counts = [file.records, file.labels, file.relations, file.refused];
        table.row([one_line(&file.name)].into_iter().chain(counts.map(|number| count(number, language))));
    }
    let mut text = if report.files.is_empty() { String::new() } else { table.render() };
    if let Some(more) = report.files.get(FILES_SHOWN..).filter(|more| !more.is_empty()) {
        let records = count(more.iter().map(|file| file.records).sum(), language);
        text.push_str(&match language {
            Language::Dutch => format!("  … en nog {} bestanden met {records} regels\n", more.len()),
            Language::English => format!("  … and {} more files with {records} records\n", more.len()),
        });
    }
    if report.renamed_groups > 0 {
        let groups = report.renamed_groups;
        text.push_str(&match language {
            Language::Dutch => {
                format!("  {groups} groepen uit een oudere versie horen bij de groepen met dezelfde code\n")
            }
            Language::English => {
                format!("  {groups} groups of an older version belong to the groups with the same code\n")
            }
        });
    }
    text
}

fn unknown(report: &TaxonomyReport, language: Language) -> String {
    if report.unknown_files.count == 0 {
        return String::new();
    }
    let names: Vec<String> = report.unknown_files.examples.iter().map(|file| one_line(&file.file)).collect();
    let more = if report.unknown_files.count > names.len() as u64 { ", …" } else { "" };
    let head = match language {
        Language::Dutch => format!("  {} andere bestanden, niet gelezen: ", report.unknown_files.count),
        Language::English => format!("  {} other files, not read: ", report.unknown_files.count),
    };
    paragraph(&head, &format!("{}{more}", names.join(", ")))
}

fn missing(report: &TaxonomyReport, language: Language) -> String {
    if report.missing.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", strong(language.pick(&["Wat er niet is", "What is missing"])));
    let mut nameless: BTreeMap<_, Vec<LabelLanguage>> = BTreeMap::new();
    for missing in &report.missing {
        match missing {
            Missing::File(content) => {
                let file = file_name(*content);
                text.push_str(&paragraph(&format!("  {file}: "), words::without(*content, language)));
            }
            Missing::Labels { kind, language: of, without, of: all } if without == all => {
                nameless.entry(*kind).or_default().push(*of);
            }
            Missing::Labels { kind, language: of, without, of: all } => {
                let number = |value: &usize| count(u64::try_from(*value).unwrap_or(u64::MAX), language);
                let (without, all, name) =
                    (number(without), number(all), words::language_name(*of, language));
                let kind = words::kinds(*kind, language);
                text.push_str(&match language {
                    Language::Dutch => {
                        format!("  {without} van de {all} {kind} hebben geen naam in het {name}\n")
                    }
                    Language::English => format!("  {without} of {all} {kind} have no label in {name}\n"),
                });
            }
        }
    }
    for (kind, languages) in nameless {
        let names: Vec<String> = languages.iter().map(|of| words::language_name(*of, language)).collect();
        let (kind, names) = (words::kinds(kind, language), names.join(", "));
        text.push_str(&match language {
            Language::Dutch => format!("  geen bestand met {kind} in het {names}\n"),
            Language::English => format!("  no file with {kind} in {names}\n"),
        });
    }
    text
}

fn own_names(own: &OwnNames, language: Language) -> String {
    let number = |value: usize| count(u64::try_from(value).unwrap_or(u64::MAX), language);
    let mut text = String::new();
    if own.concepts > 0 {
        let names: Vec<String> =
            own.names.iter().map(|(of, names)| format!("{of} {}", number(*names))).collect();
        let (all, concepts) = (number(own.names.values().sum()), number(own.concepts));
        text.push_str(&match language {
            Language::Dutch => format!("  {all} namen bij {concepts} begrippen: {}\n", names.join(", ")),
            Language::English => format!("  {all} names for {concepts} concepts: {}\n", names.join(", ")),
        });
        text.push_str(&paragraph(
            "  ",
            language.pick(&[
                "Uw eigen bestanden gaan voor: hun namen blijven te zien.",
                "Your own files go first: their names stay the ones that are shown.",
            ]),
        ));
    }
    if own.left_out > 0 {
        let left_out = number(own.left_out);
        let why = match language {
            Language::Dutch => {
                format!("{left_out} namen niet: in uw bestanden horen ze bij een ander begrip.")
            }
            Language::English => {
                format!("{left_out} names not: in your files they belong to another concept.")
            }
        };
        text.push_str(&paragraph("  ", &why));
    }
    if text.is_empty() {
        return text;
    }
    let head = language.pick(&["Erbij uit de ingebouwde taxonomie", "Added from the built-in taxonomy"]);
    format!("\n{}\n{text}", strong(head))
}

fn file_name(content: Content) -> String {
    match content.kind() {
        Some(_) => format!("{}_….csv", content.file_stem()),
        None => format!("{}.csv", content.file_stem()),
    }
}

fn problems(report: &TaxonomyReport, severity: Severity, language: Language) -> String {
    let mut text = String::new();
    for (problem, tally) in report.problems.iter().filter(|(problem, _)| problem.severity() == severity) {
        if text.is_empty() {
            text = format!("\n{}\n", strong(words::heading(severity, language)));
        }
        let head = format!("  {:>7}  ", count(tally.count, language));
        text.push_str(&paragraph(&head, words::problem(*problem, language)));
        for example in &tally.examples {
            text.push_str(&place(example, language));
        }
        if tally.count > tally.examples.len() as u64 {
            text.push_str("           …\n");
        }
    }
    text
}

fn place(example: &Example, language: Language) -> String {
    let Example { file, line, detail } = example;
    let file = one_line(file);
    let line = match (line, language) {
        (0, _) => String::new(),
        (line, Language::Dutch) => format!(", regel {line}"),
        (line, Language::English) => format!(", line {line}"),
    };
    let detail = if detail.is_empty() { String::new() } else { format!(": {}", one_line(detail)) };
    format!("           {file}{line}{detail}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::ConceptKind;
    use crate::taxonomy::esco::{FileReport, Problem, Tally};

    fn report() -> TaxonomyReport {
        let file = |name: &str, content, language: &str, records, refused| FileReport {
            name: name.to_owned(),
            content,
            language: LabelLanguage::parse(language),
            records,
            labels: records * 3,
            relations: 0,
            refused,
        };
        let example = |file: &str, line, detail: &str| Example {
            file: file.to_owned(),
            line,
            detail: detail.to_owned(),
        };
        let tally = |count, examples| Tally { count, examples };
        let nl = LabelLanguage::DUTCH;
        let labels = |kind, without| Missing::Labels { kind, language: nl, without, of: 13_896 };
        TaxonomyReport {
            files: vec![
                file("v1.1.1/occupations_en.csv", Content::Occupations, "en", 3_007, 0),
                file("v1.0.8/skills_nl.csv", Content::Skills, "nl", 5_798, 2),
            ],
            unknown_files: tally(1, vec![example("README.md", 0, "")]),
            missing: vec![
                Missing::File(Content::OccupationSkills),
                labels(ConceptKind::Skill, 8_098),
                labels(ConceptKind::Occupation, 13_896),
            ],
            problems: BTreeMap::from([
                (Problem::CutOff, tally(1, vec![example("v1.0.8/skills_nl.csv", 5_799, "")])),
                (Problem::EmptyLabel, tally(12, vec![example("v1.0.8/skills_nl.csv", 7, "http://x/1")])),
                (Problem::Repeated, tally(1, vec![example("v1.0.8/skills_nl.csv", 9, "http://x/2")])),
            ]),
            renamed_groups: 379,
            own_names: OwnNames {
                concepts: 1_204,
                names: ["ar", "tr", "uk"]
                    .into_iter()
                    .filter_map(LabelLanguage::parse)
                    .zip([400, 395, 1_400])
                    .collect(),
                left_out: 12,
            },
        }
    }

    #[test]
    fn a_report_is_told_in_dutch_and_english() {
        let plain = |language| anstream::adapter::strip_str(&text(&report(), language)).to_string();
        insta::assert_snapshot!("in_dutch", plain(Language::Dutch));
        insta::assert_snapshot!("in_english", plain(Language::English));
    }
}
