//! One pair in words: every line of the score with its reasons, and what is missing, unknown or assumed.

use super::layout::{one_line, paragraph, width};
use super::number::{count, percent, points, signed_points};
use super::{bar, outcomes, style, words};
use crate::cli::settings::Language;
use crate::wire::v1::{
    Assumption, CriterionLine, CriterionState, ExplainMatchResponse, Gap, Instrument, Match, Question, Reason,
};

/// Indentation of a text under the line that it belongs to.
const UNDER: &str = "      ";
/// Begins an entry of a list.
const ENTRY: &str = "  • ";
/// Cells of the names in front of the lines.
const NAME_CELLS: usize = 22;
/// Cells of the points behind them.
const POINTS_CELLS: usize = 7;

/// One pair, explained.
pub(in crate::cli) fn explanation(
    response: &ExplainMatchResponse,
    title: &str,
    language: Language,
) -> String {
    let Some(one) = &response.r#match else {
        return language
            .pick(&["De dienst gaf geen uitleg.\n", "The service gave no explanation.\n"])
            .to_owned();
    };
    let mut page = Page { text: String::new(), language };
    page.head(one, &one_line(title));
    let scored = words::scored(response.profile.as_ref(), response.as_of.as_ref(), language);
    page.line(&scored);
    if let Some(earlier) = outcomes::earlier(one, language) {
        page.entry("", &earlier);
    }
    page.outside(response, one);
    page.sum(one);
    page.path(&one.track_path);
    page.gaps(&one.gaps);
    page.instruments(&one.instruments);
    page.changes(response);
    page.questions(&one.questions);
    page.assumed(one);
    if let Some(text) = response.profile.as_ref().and_then(|profile| words::not_scored(profile, language)) {
        page.line("");
        page.line(&style::faint(text));
    }
    page.text
}

/// A criterion that nobody asks has no weight and no points.
fn is_asked(line: &CriterionLine) -> bool {
    line.state() != CriterionState::NotAsked
}

struct Page {
    text: String,
    language: Language,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn heading(&mut self, texts: &[&'static str; 2]) {
        let heading = style::strong(self.language.pick(texts));
        self.line("");
        self.line(&heading);
    }

    fn entry(&mut self, first: &str, text: &str) {
        self.text.push_str(&paragraph(first, text));
    }

    fn head(&mut self, one: &Match, title: &str) {
        let vacancy = one_line(&one.vacancy);
        let vacancy = if title.is_empty() { vacancy } else { format!("{vacancy} ({title})") };
        let candidate = one_line(&one.candidate);
        let number = |value| points(value, self.language);
        let (score, low, high) = (number(one.score), number(one.score_low), number(one.score_high));
        let (demand, wish) = (percent(one.demand_fit), percent(one.wish_fit));
        let (head, interval, sides) = match self.language {
            Language::Dutch => (
                format!("Kandidaat {candidate} en vacature {vacancy}: {score} van 100"),
                format!("Als bekend is wat nu onbekend is, ligt de score tussen {low} en {high}."),
                format!("Wat de werkgever vraagt past voor {demand}, wat de kandidaat wil voor {wish}."),
            ),
            Language::English => (
                format!("Candidate {candidate} and vacancy {vacancy}: {score} out of 100"),
                format!("Once the unknown is known, the score lies between {low} and {high}."),
                format!("What the employer asks fits for {demand}, what the candidate wants for {wish}."),
            ),
        };
        self.line(&style::strong(head));
        self.line(&format!("{}  {interval}", bar::score(one.score_low, one.score, one.score_high)));
        self.line(&sides);
    }

    /// Why the pair is in no list, where it is in none.
    fn outside(&mut self, response: &ExplainMatchResponse, one: &Match) {
        for excluded in &response.excluded_by {
            let text = one_line(&excluded.text);
            let line = match self.language {
                Language::Dutch => format!("Staat in geen lijst, door een wettelijke eis. {text}"),
                Language::English => format!("In no list, because of a legal requirement. {text}"),
            };
            self.line(&style::bad(line));
        }
        if !one.outside_pool.is_empty() {
            let text = one_line(&one.outside_pool);
            let line = match self.language {
                Language::Dutch => format!("Staat niet in de lijsten. {text}"),
                Language::English => format!("Not in the lists. {text}"),
            };
            self.line(&style::bad(line));
        }
    }

    /// The lines that add up to the score.
    fn sum(&mut self, one: &Match) {
        self.heading(&["Zo komt de score tot stand", "How the score comes about"]);
        let (scored, not_asked): (Vec<_>, Vec<_>) = one.criteria.iter().partition(|line| is_asked(line));
        for line in scored {
            self.criterion(line);
        }
        self.points(self.language.pick(&["balans", "balance"]), "", one.balance);
        if super::number::hundredths(one.balance) != 0 {
            let why = [
                "De ene kant krijgt meer van wat hij vraagt dan de andere.",
                "One side gets more of what it asks than the other.",
            ];
            self.entry(UNDER, self.language.pick(&why));
        }
        for conflict in &one.conflicts {
            self.points(self.language.pick(&["conflict", "conflict"]), "", conflict.contribution);
            self.entry(UNDER, &conflict.text);
        }
        let rule = "─".repeat(NAME_CELLS + 12 + 8 + POINTS_CELLS);
        self.line(&format!("  {}", style::faint(rule)));
        let total = points(one.score, self.language);
        let not_asked = words::criteria(not_asked.into_iter().map(CriterionLine::criterion), self.language);
        let space = " ".repeat((NAME_CELLS + 20 + POINTS_CELLS).saturating_sub(5 + width(&total)));
        self.line(&format!("  score{space}{}", style::strong(total)));
        if one.criteria.iter().any(|line| !is_asked(line)) {
            let text = match self.language {
                Language::Dutch => format!("Niet gevraagd, en daarom niet meegeteld: {not_asked}."),
                Language::English => format!("Not asked, and therefore not scored: {not_asked}."),
            };
            self.entry("  ", &text);
        }
    }

    fn criterion(&mut self, line: &CriterionLine) {
        let name = words::criterion(line.criterion(), self.language);
        let fit = match line.state() {
            CriterionState::Unknown => self.language.pick(&["?", "?"]).to_owned(),
            _ => percent(line.fit),
        };
        let bar = bar::fit(line.fit_low, line.fit, line.fit_high);
        self.points(name, &format!("{bar} {fit:>5}"), line.contribution);
        for Reason { text, .. } in &line.reasons {
            self.entry(UNDER, text);
        }
    }

    /// A line with points at its end, under the points of the others.
    fn points(&mut self, name: &str, middle: &str, value: f64) {
        let space = |text: &str, cells: usize| " ".repeat(cells.saturating_sub(width(text)));
        let number = signed_points(value, self.language);
        let before = space(&number, POINTS_CELLS);
        let number = if value < 0.0 { style::bad(number) } else { number };
        let line =
            format!("  {name}{}{middle}{}{before}{number}", space(name, NAME_CELLS), space(middle, 20));
        self.line(&line);
    }

    /// What single changes would give.
    fn changes(&mut self, response: &ExplainMatchResponse) {
        if response.considered == 0 {
            return;
        }
        let considered = count(response.considered, self.language);
        self.heading(&["Wat zou helpen", "What would help"]);
        let rank = response.r#match.as_ref().map_or(0, |one| one.rank);
        let place = match (self.language, rank) {
            (Language::Dutch, 0) => format!("Nu zonder plek in de lijst van {considered} kandidaten."),
            (Language::English, 0) => format!("Now without a place in the list of {considered} candidates."),
            (Language::Dutch, rank) => format!("Nu op plek {rank} van {considered} kandidaten."),
            (Language::English, rank) => format!("Now at place {rank} of {considered} candidates."),
        };
        self.entry("  ", &place);
        for result in &response.counterfactuals {
            let (before, after) =
                (points(result.score_before, self.language), points(result.score, self.language));
            self.entry(ENTRY, &format!("{} ({before} → {after})", one_line(&result.text)));
        }
        if response.counterfactuals.is_empty() {
            let none = [
                "Geen enkele wijziging op zich brengt dit paar dichter bij elkaar.",
                "No single change brings this pair closer.",
            ];
            self.entry(ENTRY, self.language.pick(&none));
        }
        let told = response.counterfactuals.iter().filter(|result| result.suggested).count();
        let others = u64::from(response.helpful_changes).saturating_sub(told as u64);
        if others > 0 {
            let others = count(others, self.language);
            let text = match self.language {
                Language::Dutch => format!("Andere wijzigingen die ook helpen: {others}."),
                Language::English => format!("Other changes that help too: {others}."),
            };
            self.entry("  ", &text);
        }
    }

    fn path(&mut self, path: &[Reason]) {
        if path.is_empty() {
            return;
        }
        self.heading(&["De weg naar dit werk", "The way to this work"]);
        for reason in path {
            self.entry(ENTRY, &reason.text);
        }
    }

    fn gaps(&mut self, gaps: &[Gap]) {
        if gaps.is_empty() {
            return;
        }
        self.heading(&["Wat nog ontbreekt", "What is missing"]);
        for gap in gaps {
            let ask = self.language.pick(&["Vraag het aan", "Ask"]);
            let whom = match gap.whom_to_ask_text.as_str() {
                "" => String::new(),
                whom => format!(" {ask} {whom}."),
            };
            self.entry(ENTRY, &format!("{}{whom}", gap.text));
        }
    }

    /// What an advisor can use; the service sends it to advisors only.
    fn instruments(&mut self, instruments: &[Instrument]) {
        if instruments.is_empty() {
            return;
        }
        self.heading(&["Wat kan helpen (voor de adviseur)", "What may help (for the advisor)"]);
        for one in instruments {
            let limit = match one.limit_text.as_str() {
                "" => String::new(),
                limit => format!(" {limit}"),
            };
            self.entry(ENTRY, &format!("{}: {}{limit}", one.name, one.text));
        }
    }

    fn questions(&mut self, questions: &[Question]) {
        if questions.is_empty() {
            return;
        }
        self.heading(&["Vragen, de belangrijkste eerst", "Questions, the most important first"]);
        for question in questions {
            let who = words::answered_by(question.answered_by(), self.language);
            let gain = points(question.gain, self.language);
            let note = match (self.language, question.legal) {
                (Language::Dutch, true) => format!("wettelijke eis, {who}"),
                (Language::English, true) => format!("legal requirement, {who}"),
                (Language::Dutch, false) => format!("{who}, tot {gain} punten erbij"),
                (Language::English, false) => format!("{who}, up to {gain} points more"),
            };
            self.entry(ENTRY, &format!("{} ({note})", one_line(&question.text)));
        }
    }

    fn assumed(&mut self, one: &Match) {
        if one.assumed.is_empty() && one.unscored_requirements == 0 {
            return;
        }
        self.heading(&["Goed om te weten", "Good to know"]);
        for Assumption { text, .. } in &one.assumed {
            self.entry(ENTRY, text);
        }
        if one.unscored_requirements > 0 {
            let number = one.unscored_requirements;
            let text = match self.language {
                Language::Dutch => {
                    format!("Eisen die alleen als tekst bewaard zijn en niet meetellen: {number}.")
                }
                Language::English => {
                    format!("Requirements that are kept as text only and not scored: {number}.")
                }
            };
            self.entry(ENTRY, &text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render::number::hundredths;
    use crate::cli::render::samples;
    use crate::wire::v1::{CounterfactualResult, Excluded};

    fn explained(response: &ExplainMatchResponse, language: Language) -> String {
        anstream::adapter::strip_str(&explanation(response, "Verzorgende IG", language)).to_string()
    }

    fn response() -> ExplainMatchResponse {
        ExplainMatchResponse {
            r#match: Some(Match { rank: 14, ..samples::pair() }),
            profile: Some(samples::profile()),
            as_of: Some(samples::day()),
            considered: 1_983,
            helpful_changes: 7,
            counterfactuals: vec![
                CounterfactualResult {
                    text: "Met VCA-basis: plek 3 in plaats van 14.".to_owned(),
                    score: 63.5,
                    score_before: 52.11,
                    suggested: true,
                    ..CounterfactualResult::default()
                },
                CounterfactualResult {
                    text: "Als de baan gesplitst mag worden: plek 9 in plaats van 14.".to_owned(),
                    score: 55.0,
                    score_before: 52.11,
                    suggested: true,
                    ..CounterfactualResult::default()
                },
            ],
            ..ExplainMatchResponse::default()
        }
    }

    #[test]
    fn a_pair_is_explained_in_dutch() {
        insta::assert_snapshot!(explained(&response(), Language::Dutch));
    }

    #[test]
    fn a_pair_is_explained_in_english() {
        insta::assert_snapshot!(explained(&response(), Language::English));
    }

    #[test]
    fn the_lines_that_are_shown_add_up_to_the_score_that_is_shown() {
        let shown = explained(&response(), Language::English);
        let number = |line: &str| {
            let last = line.split_whitespace().next_back()?.replace('−', "-");
            last.parse().ok().map(hundredths)
        };
        let sum = shown.lines().skip_while(|line| *line != "How the score comes about").skip(1);
        let mut lines: Vec<i64> = sum.take_while(|line| !line.is_empty()).filter_map(number).collect();
        let total = lines.pop();
        assert_eq!(lines.len(), 7);
        assert_eq!(Some(lines.iter().sum()), total);
    }

    #[test]
    fn a_pair_that_is_in_no_list_says_why() {
        let mut response = response();
        response.excluded_by =
            vec![Excluded { text: "BIG-registratie ontbreekt.".to_owned(), count: 1, ..Excluded::default() }];
        let shown = explained(&response, Language::Dutch);
        assert!(
            shown.contains("Staat in geen lijst, door een wettelijke eis. BIG-registratie ontbreekt."),
            "{shown}"
        );
    }
}
