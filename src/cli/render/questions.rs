//! Which answers are worth asking for, as a table: whom to ask what, and how far it would move them.

use super::layout::{Align, Table, one_line, shortened};
use super::number::{count, points};
use super::{style, words};
use crate::cli::arguments::QuestionSubject;
use crate::cli::settings::Language;
use crate::wire::v1::{ListProfileQuestionsResponse, MatchMove, ProfileQuestion, Question};

/// Cells of a question in its column.
const QUESTION_CELLS: usize = 60;

/// The table of questions, and what was not looked at.
pub(in crate::cli) fn questions(
    response: &ListProfileQuestionsResponse,
    subject: &QuestionSubject,
    language: Language,
) -> String {
    let head = style::strong(head(subject, language));
    let scored = words::scored(None, response.as_of.as_ref(), language);
    let mut text = format!("{head}\n{scored}\n\n");
    if !response.questions.is_empty() {
        text.push_str(&table(response, subject, language));
        text.push('\n');
    }
    for line in below(response, language) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn head(subject: &QuestionSubject, language: Language) -> String {
    let id = |id: &Option<String>| id.as_deref().map(one_line).filter(|id| !id.is_empty());
    let (candidate, vacancy) = (id(&subject.candidate), id(&subject.vacancy));
    let (caseload, organisation) = (id(&subject.caseload), id(&subject.organisation));
    let group = caseload.into_iter().chain(organisation).collect::<Vec<_>>().join(", ");
    match (language, candidate, vacancy) {
        (Language::Dutch, Some(candidate), _) => format!("Profiel aanvullen loont: kandidaat {candidate}"),
        (Language::English, Some(candidate), _) => {
            format!("Answers worth asking for: candidate {candidate}")
        }
        (Language::Dutch, None, Some(vacancy)) => {
            format!("Vragen die het meest uitmaken voor de lijst van vacature {vacancy}")
        }
        (Language::English, None, Some(vacancy)) => {
            format!("Questions that matter most for the list of vacancy {vacancy}")
        }
        (Language::Dutch, None, None) => format!("Profiel aanvullen loont: {group}"),
        (Language::English, None, None) => format!("Answers worth asking for: {group}"),
    }
}

fn table(response: &ListProfileQuestionsResponse, subject: &QuestionSubject, language: Language) -> String {
    let whom = subject.candidate.is_none();
    let mut table = Table::new([
        (Align::Left, language.pick(if whom { &["wie", "who"] } else { &["", ""] })),
        (Align::Left, language.pick(&["vraag", "question"])),
        (Align::Right, language.pick(&["punten", "points"])),
        (Align::Right, language.pick(&["verschuift", "moves"])),
        (Align::Left, language.pick(&["het verst", "farthest"])),
    ]);
    for found in &response.questions {
        let who = match found.candidate.as_str() {
            "" => language.pick(&["werkgever", "employer"]).to_owned(),
            candidate => one_line(candidate),
        };
        table.row([
            if whom { who } else { String::new() },
            asked(found.question.as_ref(), language),
            style::strong(points(found.gain_total, language)),
            moved(found, language),
            found.furthest.as_ref().map(|furthest| farthest(furthest, language)).unwrap_or_default(),
        ]);
    }
    table.render()
}

fn asked(question: Option<&Question>, language: Language) -> String {
    let Some(question) = question else { return String::new() };
    let text = shortened(&one_line(&question.text), QUESTION_CELLS);
    if question.legal {
        return format!("{text} ({})", language.pick(&["wettelijke eis", "required by law"]));
    }
    text
}

fn moved(found: &ProfileQuestion, language: Language) -> String {
    let of = language.pick(&["van", "of"]);
    format!("{} {of} {}", found.matches_moved, found.matches_looked_at)
}

fn farthest(furthest: &MatchMove, language: Language) -> String {
    let vacancy = one_line(&furthest.vacancy);
    let (from, to) = (points(furthest.score, language), points(furthest.score_after, language));
    let score = format!("{vacancy}: {from} → {to}");
    if furthest.rank == 0 || furthest.rank_after == 0 {
        return score;
    }
    let place = language.pick(&["plek", "place"]);
    format!("{score}, {place} {} → {}", furthest.rank, furthest.rank_after)
}

fn below(response: &ListProfileQuestionsResponse, language: Language) -> Vec<String> {
    let number = |value: u64| count(value, language);
    let (people, vacancies) = (number(response.candidates_looked_at), number(response.vacancies_looked_at));
    let more = if response.next_page_token.is_empty() {
        ""
    } else {
        language.pick(&[" Meer zien: --limit.", " See more: --limit."])
    };
    let mut lines = vec![match language {
        Language::Dutch => format!("Bekeken: kandidaten {people}, vacatures {vacancies}.{more}"),
        Language::English => format!("Looked at: candidates {people}, vacancies {vacancies}.{more}"),
    }];
    let counts = [
        (
            response.candidates_without_questions,
            ["Kandidaten zonder open vraag", "Candidates without an open question"],
        ),
        (response.candidates_left_out, ["Kandidaten niet bekeken", "Candidates not looked at"]),
        (
            response.vacancies_left_out,
            ["Vacatures niet bekeken (vaste steekproef)", "Vacancies not looked at (fixed sample)"],
        ),
        (
            u64::from(response.places_left_out),
            ["Vragen waarvan de plek niet is berekend", "Questions whose place was not worked out"],
        ),
    ];
    for (value, texts) in counts.into_iter().filter(|(value, _)| *value > 0) {
        lines.push(format!("{}: {}.", language.pick(&texts), number(value)));
    }
    if !response.questions.is_empty() {
        let meaning = [
            "punten: wat het beste antwoord hoogstens geeft, bij alle bekeken matches samen.",
            "points: the most that the best answer gives, for all matches together.",
        ];
        lines.push(style::faint(language.pick(&meaning)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render::samples;
    use crate::wire::v1::AnsweredBy;

    fn question(text: &str, answered_by: AnsweredBy, gain: f64, legal: bool) -> Option<Question> {
        let text = text.to_owned();
        Some(Question { text, answered_by: answered_by.into(), gain, legal, ..Question::default() })
    }

    fn response() -> ListProfileQuestionsResponse {
        let to = |candidate: &str, rank, rank_after| {
            Some(MatchMove {
                candidate: candidate.to_owned(),
                vacancy: "v-12".to_owned(),
                score: 41.2,
                score_after: 53.75,
                rank,
                rank_after,
            })
        };
        ListProfileQuestionsResponse {
            questions: vec![
                ProfileQuestion {
                    question: question("Heeft de persoon dit: BIG?", AnsweredBy::Candidate, 0.0, true),
                    candidate: "k-2".to_owned(),
                    matches_looked_at: 20,
                    furthest: to("k-2", 40, 3),
                    ..ProfileQuestion::default()
                },
                ProfileQuestion {
                    question: question("Mag de baan worden gesplitst?", AnsweredBy::Employer, 12.55, false),
                    gain_total: 80.4,
                    matches_moved: 12,
                    matches_looked_at: 20,
                    furthest: to("k-7", 0, 0),
                    ..ProfileQuestion::default()
                },
            ],
            as_of: Some(samples::day()),
            candidates_looked_at: 5_000,
            candidates_left_out: 1_234,
            candidates_without_questions: 3,
            vacancies_looked_at: 400,
            vacancies_left_out: 12_200,
            places_left_out: 1,
            next_page_token: "more".to_owned(),
            ..ListProfileQuestionsResponse::default()
        }
    }

    fn shown(subject: &QuestionSubject, language: Language) -> String {
        anstream::adapter::strip_str(&questions(&response(), subject, language)).to_string()
    }

    #[test]
    fn a_caseload_stands_in_a_table_with_what_was_not_looked_at() {
        let subject =
            QuestionSubject { caseload: Some("adviseur-7".to_owned()), ..QuestionSubject::default() };
        insta::assert_snapshot!(shown(&subject, Language::Dutch));
    }

    #[test]
    fn a_candidate_needs_no_column_of_names() {
        let subject = QuestionSubject { candidate: Some("k-2".to_owned()), ..QuestionSubject::default() };
        let shown = shown(&subject, Language::English);
        assert!(shown.starts_with("Answers worth asking for: candidate k-2"), "{shown}");
        assert!(!shown.contains("employer"), "{shown}");
    }
}
