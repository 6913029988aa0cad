//! The report as plain text: details first, the counts per reason at the end, where a terminal leaves the eye.

use super::{Example, ImportReport, IssueGroup, Tally};
use crate::exchange::{Severity, TextLanguage};

impl ImportReport {
    /// The report as text, at most a screen or two whatever the size of the files.
    pub fn text(&self, language: TextLanguage) -> String {
        let mut page = Page { text: String::new(), language };
        page.issues(self, Severity::Note);
        page.issues(self, Severity::Loss);
        page.left_as_text(self);
        page.superseded(self);
        page.doubles(self);
        page.corrections(self);
        page.refused(self);
        page.problems(self);
        page.words(self);
        page.counts(self);
        page.verdict(self);
        page.text
    }
}

/// Most groups of issues that are shown of one severity; the rest is counted.
const GROUPS_SHOWN: usize = 25;

struct Page {
    text: String,
    language: TextLanguage,
}

impl Page {
    fn say<'a>(&self, nl: &'a str, en: &'a str) -> &'a str {
        match self.language {
            TextLanguage::Dutch => nl,
            TextLanguage::English => en,
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, nl: &str, en: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let heading = self.say(nl, en).to_owned();
        self.line(&heading);
    }

    fn issues(&mut self, report: &ImportReport, severity: Severity) {
        let mut groups: Vec<&IssueGroup> = report.issues.iter().filter(|g| g.severity == severity).collect();
        if groups.is_empty() {
            return;
        }
        // The most frequent first; the report itself is sorted by code and field.
        groups.sort_by_key(|group| std::cmp::Reverse(group.tally.count));
        match severity {
            Severity::Note => self.heading("Opmerkingen (niets verloren)", "Notes (nothing lost)"),
            Severity::Loss => self.heading("Niet overgenomen velden", "Fields that were not taken"),
        }
        for group in groups.iter().take(GROUPS_SHOWN) {
            self.group(group);
        }
        if groups.len() > GROUPS_SHOWN {
            let rest: u64 = groups.iter().skip(GROUPS_SHOWN).map(|g| g.tally.count).sum();
            let fields = groups.len() - GROUPS_SHOWN;
            let line = match self.language {
                TextLanguage::Dutch => format!("{rest:>9}  in {fields} andere soorten velden"),
                TextLanguage::English => format!("{rest:>9}  in {fields} other kinds of fields"),
            };
            self.line(&line);
        }
    }

    fn group(&mut self, group: &IssueGroup) {
        let problem = group.code.problem();
        let done = group.code.done();
        let line = format!(
            "{:>9}  {}: {}; {}",
            group.tally.count,
            group.field,
            problem.get(self.language),
            done.get(self.language)
        );
        self.line(&line);
        if group.severity == Severity::Loss {
            self.examples(&group.tally, problem.get(self.language));
        }
    }

    /// Examples, without what the line above them says already.
    fn examples(&mut self, tally: &Tally, said: &str) {
        for example in &tally.examples {
            let line = format!("{:11}{}", "", self.example(example, said));
            self.line(&line);
        }
    }

    fn example(&self, example: &Example, said: &str) -> String {
        let Example { file, record, line, field, text } = example;
        let mut out = match self.language {
            TextLanguage::Dutch => format!("{file}, record {record} (regel {line})"),
            TextLanguage::English => format!("{file}, record {record} (line {line})"),
        };
        if let Some(field) = field {
            out.push_str(", ");
            out.push_str(field);
        }
        let text = text.get(self.language);
        let news = text.strip_prefix(said).map_or(text, |rest| rest.trim_start_matches(": "));
        if !news.is_empty() {
            out.push_str(": ");
            out.push_str(news);
        }
        out
    }

    fn left_as_text(&mut self, report: &ImportReport) {
        let left = &report.words.left_as_text;
        if left.count > 0 {
            self.heading("Niet herkend: telt alleen mee als tekst", "Not recognised: counts as text only");
            self.count("beroepen, vaardigheden en cursussen", "occupations, skills and courses", left.count);
            self.examples(left, "");
        }
    }

    fn words(&mut self, report: &ImportReport) {
        let words = &report.words;
        if words.is_empty() {
            return;
        }
        let name = &words.taxonomy;
        match self.language {
            TextLanguage::Dutch => self.heading(&format!("Woorden, herkend met {name}"), ""),
            TextLanguage::English => self.heading("", &format!("Words, recognised with {name}")),
        }
        for (nl, en, kind) in words.kinds().into_iter().filter(|(_, _, kind)| kind.count > 0) {
            let recognized = kind.recognized;
            self.count(
                &format!("{nl}, waarvan {recognized} herkend"),
                &format!("{en}, of which {recognized} recognised"),
                kind.count,
            );
        }
        self.count("verschillende", "different ones", words.distinct);
    }

    fn superseded(&mut self, report: &ImportReport) {
        if report.superseded.count > 0 {
            self.heading(
                "Vervangen door een later record met hetzelfde id",
                "Superseded by a later record with the same id",
            );
            self.examples(&report.superseded, "");
        }
    }

    fn doubles(&mut self, report: &ImportReport) {
        if report.possible_doubles.count > 0 {
            self.heading("Misschien dubbel (niet samengevoegd)", "Possible doubles (not merged)");
            self.examples(&report.possible_doubles, "");
        }
    }

    fn corrections(&mut self, report: &ImportReport) {
        if report.corrections_kept.is_empty() {
            return;
        }
        self.heading("Correcties die zijn gebleven", "Corrections that stayed");
        for (part, count) in &report.corrections_kept {
            self.line(&format!("{count:>9}  {part}"));
        }
    }

    fn refused(&mut self, report: &ImportReport) {
        if report.refused.is_empty() {
            return;
        }
        self.heading("Geweigerde records", "Refused records");
        for group in &report.refused {
            let reason = group.reason.text();
            self.line(&format!("{:>9}  {}", group.tally.count, reason.get(self.language)));
            self.examples(&group.tally, reason.get(self.language));
        }
    }

    fn problems(&mut self, report: &ImportReport) {
        if report.file_problems.is_empty() {
            return;
        }
        self.heading("Problemen met bestanden", "Problems with files");
        for problem in &report.file_problems {
            let line = format!("  {}: {}", problem.file, problem.text.get(self.language));
            self.line(&line);
        }
    }

    fn counts(&mut self, report: &ImportReport) {
        match self.language {
            TextLanguage::Dutch => {
                self.heading(&format!("Import van {}", files(report, "bestand", "bestanden")), "")
            }
            TextLanguage::English => {
                self.heading("", &format!("Import of {}", files(report, "file", "files")))
            }
        }
        self.count("gelezen", "read", report.read);
        self.count("nieuw", "created", report.created);
        self.count("gewijzigd", "updated", report.updated);
        self.count("ongewijzigd", "unchanged", report.unchanged);
        self.count("vervangen", "superseded", report.superseded.count);
        self.count("geweigerd", "refused", report.refused_records());
        for group in &report.refused {
            let reason = group.reason.text();
            self.line(&format!("{:>11}  {}", group.tally.count, reason.get(self.language)));
        }
        let losses = severity_count(report, Severity::Loss);
        let notes = severity_count(report, Severity::Note);
        self.optional_count("velden niet overgenomen", "fields not taken", losses);
        self.optional_count("opmerkingen bij velden", "notes on fields", notes);
        self.optional_count(
            "eisen als tekst bewaard",
            "requirements kept as text",
            report.unscored_requirements,
        );
        self.optional_count(
            "correcties gebleven",
            "corrections kept",
            report.corrections_kept.values().sum(),
        );
        self.optional_count("misschien dubbel", "possible doubles", report.possible_doubles.count);
        self.optional_count("niet meer geleverd", "marked not delivered", report.marked_not_delivered);
    }

    fn optional_count(&mut self, nl: &str, en: &str, count: u64) {
        if count > 0 {
            self.count(nl, en, count);
        }
    }

    fn count(&mut self, nl: &str, en: &str, count: u64) {
        let line = format!("{count:>9}  {}", self.say(nl, en));
        self.line(&line);
    }

    fn verdict(&mut self, report: &ImportReport) {
        let verdict = if report.changed_anything() {
            let (taken, read) = (report.taken_records(), report.read);
            match self.language {
                TextLanguage::Dutch => format!("{taken} van {read} records staan nu in de dienst."),
                TextLanguage::English => format!("{taken} of {read} records are in the service now."),
            }
        } else if report.taken_records() > 0 {
            self.say(
                "Er is niets gewijzigd: alles uit deze levering stond er al.",
                "Nothing changed: everything in this delivery was there already.",
            )
            .to_owned()
        } else {
            self.say("Er is niets overgenomen.", "Nothing was taken.").to_owned()
        };
        self.line(&verdict);
    }
}

fn files(report: &ImportReport, one: &str, many: &str) -> String {
    match report.files.len() {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}

fn severity_count(report: &ImportReport, severity: Severity) -> u64 {
    report.issues.iter().filter(|g| g.severity == severity).map(|g| g.tally.count).sum()
}
