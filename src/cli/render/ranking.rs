//! A ranking as a table, and in words what is not in it.

use super::layout::{Align, Table, one_line, shortened};
use super::number::{count, points, signed_points};
use super::{bar, outcomes, style, words};
use crate::cli::settings::Language;
use crate::wire::v1::{
    AppliedProfile, Criterion, CriterionLine, CriterionState, Excluded, Match, MatchCandidatesResponse,
    MatchVacanciesResponse, Track, TrackCount, Vacancy,
};
use std::collections::HashMap;

/// Titles of vacancies by id: the answer to a ranking holds ids only.
pub(in crate::cli) type Titles = HashMap<String, String>;

/// A fit from which a criterion is named as what fits.
const FITS: f64 = 0.7;
/// Criteria that are named in one cell.
const NAMED: usize = 2;
/// Widest title in a table, in cells of a terminal.
const TITLE_CELLS: usize = 32;

/// The candidates for a vacancy.
pub(in crate::cli) fn candidates(
    response: &MatchCandidatesResponse,
    vacancy: &Vacancy,
    language: Language,
) -> String {
    let title = one_line(&vacancy.title);
    let name = if title.is_empty() { vacancy.id.clone() } else { format!("{} ({title})", vacancy.id) };
    let head = match language {
        Language::Dutch => format!("Kandidaten voor vacature {name}"),
        Language::English => format!("Candidates for vacancy {name}"),
    };
    let profile = response.profile.as_ref();
    let mut table = Table::new([
        (Align::Right, "#"),
        (Align::Right, "score"),
        (Align::Left, ""),
        (Align::Right, language.pick(&["laag–hoog", "low–high"])),
        (Align::Left, language.pick(&["kandidaat", "candidate"])),
        (Align::Left, language.pick(&["past goed", "fits well"])),
        (Align::Left, language.pick(&["past minder", "fits less"])),
        (Align::Right, language.pick(&["conflict", "conflict"])),
        (Align::Right, language.pick(&["vragen", "questions"])),
    ]);
    for one in &response.matches {
        let who = one_line(&one.candidate);
        table.row(start(one, language).into_iter().chain([who]).chain(end(one, language)));
    }
    let list = List {
        matches: &response.matches,
        considered: response.considered,
        excluded: &response.excluded,
        tied_beyond: response.tied_beyond,
        more: !response.next_page_token.is_empty(),
        many: language.pick(&["kandidaten", "candidates"]),
        profile,
    };
    let scored = words::scored(profile, response.as_of.as_ref(), language);
    format!("{}\n{scored}\n\n{}", style::strong(head), list.around(&table, language))
}

/// The vacancies for a candidate.
pub(in crate::cli) fn vacancies(
    response: &MatchVacanciesResponse,
    candidate: &str,
    titles: &Titles,
    language: Language,
) -> String {
    let head = match language {
        Language::Dutch => format!("Vacatures voor kandidaat {}", one_line(candidate)),
        Language::English => format!("Vacancies for candidate {}", one_line(candidate)),
    };
    let mut table = Table::new([
        (Align::Right, "#"),
        (Align::Right, "score"),
        (Align::Left, ""),
        (Align::Right, language.pick(&["laag–hoog", "low–high"])),
        (Align::Left, language.pick(&["vacature", "vacancy"])),
        (Align::Left, language.pick(&["naam", "title"])),
        (Align::Left, language.pick(&["spoor", "track"])),
        (Align::Left, language.pick(&["profiel", "profile"])),
        (Align::Left, language.pick(&["past goed", "fits well"])),
        (Align::Left, language.pick(&["past minder", "fits less"])),
        (Align::Right, language.pick(&["conflict", "conflict"])),
        (Align::Right, language.pick(&["vragen", "questions"])),
    ]);
    for one in &response.matches {
        let title = titles.get(&one.vacancy).map(|title| shortened(&one_line(title), TITLE_CELLS));
        let profile = one.profile.as_ref().map(|profile| profile.name.clone());
        let track = words::track(one.track(), language).to_owned();
        let which = [one_line(&one.vacancy), title.unwrap_or_default(), track, profile.unwrap_or_default()];
        table.row(start(one, language).into_iter().chain(which).chain(end(one, language)));
    }
    let list = List {
        matches: &response.matches,
        considered: response.considered,
        excluded: &response.excluded,
        tied_beyond: response.tied_beyond,
        more: !response.next_page_token.is_empty(),
        many: language.pick(&["vacatures", "vacancies"]),
        profile: response.matches.first().and_then(|one| one.profile.as_ref()),
    };
    let scored = words::scored(None, response.as_of.as_ref(), language);
    let tracks = tracks(&response.tracks, language);
    format!("{}\n{scored}\n\n{}{tracks}", style::strong(head), list.around(&table, language))
}

/// How many vacancies are on each track.
fn tracks(counts: &[TrackCount], language: Language) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let [intro, none] = language.pick(&[["Sporen: ", "geen van de drie"], ["Tracks: ", "none of the three"]]);
    let told = counts.iter().map(|counted| {
        let name = match counted.track() {
            Track::Unspecified => none,
            track => words::track(track, language),
        };
        format!("{name} {}", count(counted.count, language))
    });
    format!("{intro}{}.\n", told.collect::<Vec<_>>().join(", "))
}

fn start(one: &Match, language: Language) -> [String; 4] {
    let equal = if one.tied { "=" } else { "" };
    [
        format!("{}{equal}", one.rank),
        style::strong(points(one.score, language)),
        bar::score(one.score_low, one.score, one.score_high),
        format!("{}–{}", points(one.score_low, language), points(one.score_high, language)),
    ]
}

fn end(one: &Match, language: Language) -> [String; 4] {
    let taken_off: f64 = one.conflicts.iter().map(|conflict| conflict.contribution).sum();
    let conflict = match one.conflicts.as_slice() {
        [] => "–".to_owned(),
        _ => style::bad(signed_points(taken_off, language)),
    };
    [
        words::criteria(fits_well(one), language),
        words::criteria(fits_less(one), language),
        conflict,
        one.questions.len().to_string(),
    ]
}

/// The known criteria that fit, those that bring most points first.
fn fits_well(one: &Match) -> Vec<Criterion> {
    let mut lines: Vec<&CriterionLine> = known(one).filter(|line| line.fit >= FITS).collect();
    lines.sort_by(|a, b| b.contribution.total_cmp(&a.contribution));
    lines.into_iter().take(NAMED).map(CriterionLine::criterion).collect()
}

/// The known criteria that do not, those that cost most first.
fn fits_less(one: &Match) -> Vec<Criterion> {
    let sums = one
        .criteria
        .iter()
        .fold((0.0, 0.0), |(demand, wish), line| (demand + line.demand_weight, wish + line.wish_weight));
    let cost = |line: &CriterionLine| {
        let share = |weight: f64, sum: f64| if sum > 0.0 { weight / sum } else { 0.0 };
        (1.0 - line.fit) * (share(line.demand_weight, sums.0) + share(line.wish_weight, sums.1))
    };
    let mut lines: Vec<&CriterionLine> = known(one).filter(|line| line.fit < FITS).collect();
    lines.sort_by(|a, b| cost(b).total_cmp(&cost(a)));
    lines.into_iter().take(NAMED).map(CriterionLine::criterion).collect()
}

fn known(one: &Match) -> impl Iterator<Item = &CriterionLine> {
    let known = [CriterionState::Known, CriterionState::PartlyKnown];
    one.criteria.iter().filter(move |line| known.contains(&line.state()))
}

/// What both rankings say around their table.
struct List<'a> {
    matches: &'a [Match],
    considered: u64,
    excluded: &'a [Excluded],
    tied_beyond: u64,
    more: bool,
    many: &'a str,
    profile: Option<&'a AppliedProfile>,
}

impl List<'_> {
    fn around(&self, table: &Table, language: Language) -> String {
        let mut text = String::new();
        if !self.matches.is_empty() {
            text.push_str(&table.render());
            text.push('\n');
        }
        for line in self.below(language) {
            text.push_str(&line);
            text.push('\n');
        }
        text
    }

    fn below(&self, language: Language) -> Vec<String> {
        let mut lines = vec![self.counts(language)];
        for excluded in self.excluded {
            let (number, reason) = (count(excluded.count, language), one_line(&excluded.text));
            lines.push(match language {
                Language::Dutch => format!("Niet meegenomen: {number}. {reason}"),
                Language::English => format!("Left out: {number}. {reason}"),
            });
        }
        for one in self.matches {
            lines.extend(outcomes::earlier(one, language).map(|told| format!("#{} · {told}", one.rank)));
        }
        if self.tied_beyond > 0 {
            let number = count(self.tied_beyond, language);
            lines.push(match language {
                Language::Dutch => format!("Na de laatste hebben nog {number} {} dezelfde score.", self.many),
                Language::English => {
                    format!("{number} more {} after the last have the same score.", self.many)
                }
            });
        }
        if self.matches.iter().any(|one| one.tied) {
            let meaning = [
                "=: gelijke score; de volgorde daarbinnen zegt niets.",
                "=: equal score; the order among equals says nothing.",
            ];
            lines.push(style::faint(language.pick(&meaning)));
        }
        if !self.matches.is_empty() {
            let meaning = [
                "●: de score; ━: zo laag of hoog wordt die als bekend is wat nu onbekend is.",
                "●: the score; ━: how low or high it can become once the unknown is known.",
            ];
            lines.push(style::faint(language.pick(&meaning)));
        }
        lines.extend(self.profile.and_then(|profile| words::not_scored(profile, language)).map(style::faint));
        lines
    }

    fn counts(&self, language: Language) -> String {
        let shown = u64::try_from(self.matches.len()).unwrap_or(u64::MAX);
        let (considered, shown) = (count(self.considered, language), count(shown, language));
        let more =
            if self.more { language.pick(&[" Meer zien: --limit.", " See more: --limit."]) } else { "" };
        match language {
            Language::Dutch => format!("Bekeken: {considered} {}; hier staan er {shown}.{more}", self.many),
            Language::English => format!("Considered: {considered} {}; shown: {shown}.{more}", self.many),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render::samples;

    fn plain(text: String) -> String {
        anstream::adapter::strip_str(&text).to_string()
    }

    fn candidates_response() -> MatchCandidatesResponse {
        MatchCandidatesResponse {
            matches: vec![samples::pair(), samples::unknown_pair(2), samples::unknown_pair(3)],
            profile: Some(samples::profile()),
            as_of: Some(samples::day()),
            considered: 1_983,
            excluded: vec![Excluded {
                reason: "LEGAL_MISSING".to_owned(),
                count: 17,
                text: "De wet vraagt een BIG-registratie; die ontbreekt.".to_owned(),
            }],
            tied_beyond: 4,
            next_page_token: "more".to_owned(),
            ..MatchCandidatesResponse::default()
        }
    }

    #[test]
    fn candidates_stand_in_a_table_and_in_words_what_is_not_in_it() {
        insta::assert_snapshot!(plain(candidates(
            &candidates_response(),
            &samples::vacancy(),
            Language::Dutch
        )));
    }

    #[test]
    fn vacancies_stand_in_a_table_with_their_titles_and_profiles() {
        let step = Match { track: Track::Step.into(), profile: Some(samples::profile()), ..samples::pair() };
        let count = |track: Track, count| TrackCount { track: track.into(), count };
        let response = MatchVacanciesResponse {
            matches: vec![step, samples::unknown_pair(2)],
            considered: 2,
            tracks: vec![count(Track::Now, 0), count(Track::Step, 1), count(Track::Unspecified, 1)],
            ..MatchVacanciesResponse::default()
        };
        let titles = Titles::from([(
            "v-12".to_owned(),
            "Verzorgende IG voor de nachtdienst in het weekend".to_owned(),
        )]);
        insta::assert_snapshot!(plain(vacancies(&response, "k-000123", &titles, Language::English)));
    }

    #[test]
    fn an_empty_list_is_said_in_words() {
        let response =
            MatchCandidatesResponse { as_of: Some(samples::day()), ..MatchCandidatesResponse::default() };
        let shown = plain(candidates(&response, &samples::vacancy(), Language::Dutch));
        assert!(shown.ends_with("\n\nBekeken: 0 kandidaten; hier staan er 0.\n"), "{shown}");
    }
}
