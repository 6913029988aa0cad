//! What came of a run, in words.

use super::progress::duration;
use crate::cli::day;
use crate::cli::render::{count, one_line};
use crate::cli::settings::Language;
use crate::wire::v1::{Rerank, RerankScope, RerankState};

/// What came of one run.
pub(super) fn ended(run: &Rerank, language: Language) -> String {
    let mut text = format!("{}\n", head(run, language));
    match run.state() {
        RerankState::Done if run.pairs_done == 0 => text.push_str(language.pick(&[
            "Er was niets te vergelijken. Er zijn geen open vacatures of geen kandidaten.\n",
            "There was nothing to compare. There are no open vacancies or no candidates.\n",
        ])),
        RerankState::Done => {
            let lines = [
                (["Paren beoordeeld", "Pairs scored"], run.pairs_done),
                (["Paren in een lijst", "Pairs in a list"], run.explained_done),
                (["Lijsten van vacatures", "Lists of vacancies"], run.vacancy_lists),
                (["Lijsten van kandidaten", "Lists of candidates"], run.candidate_lists),
            ];
            for (words, number) in lines {
                text.push_str(&format!("  {:24}{:>16}\n", language.pick(&words), count(number, language)));
            }
            text.push_str(&format!(
                "  {:24}{:>16}\n",
                language.pick(&["Rekentijd", "Time of work"]),
                duration(run.seconds, language)
            ));
            if run.took_over {
                text.push_str(language.pick(&[
                    "Wat niet veranderde, komt uit de lijsten van de vorige nacht.\n",
                    "What did not change was taken over from the night before.\n",
                ]));
            }
        }
        RerankState::Failed => {
            text.push_str(&format!("  {}\n", one_line(&run.problem)));
            text.push_str(OLD_LISTS_STAY[usize::from(language == Language::English)]);
        }
        RerankState::Cancelled => text.push_str(OLD_LISTS_STAY[usize::from(language == Language::English)]),
        RerankState::Waiting | RerankState::Running | RerankState::Unspecified => {}
    }
    text
}

const OLD_LISTS_STAY: [&str; 2] =
    ["De lijsten van eerdere nachten blijven staan.\n", "The lists of former nights stay.\n"];

/// Every run, a line each.
pub(super) fn list(runs: &[Rerank], language: Language) -> String {
    if runs.is_empty() {
        return language.pick(&["Er zijn nog geen runs.\n", "There are no runs yet.\n"]).to_owned();
    }
    runs.iter().map(|run| format!("{}\n", head(run, language))).collect()
}

fn head(run: &Rerank, language: Language) -> String {
    let day = run.as_of.as_ref().map(|as_of| day::words(as_of, language)).unwrap_or_default();
    let scope = scope(&run.scope.unwrap_or_default(), language);
    let state = match run.state() {
        RerankState::Waiting => ["wacht", "waits"],
        RerankState::Running => ["bezig", "works"],
        RerankState::Done => ["klaar", "done"],
        RerankState::Cancelled => ["gestopt", "cancelled"],
        RerankState::Failed => ["mislukt", "failed"],
        RerankState::Unspecified => ["onbekend", "unknown"],
    };
    format!("{}  {day}, {scope}: {}", run.id, language.pick(&state))
}

fn scope(scope: &RerankScope, language: Language) -> String {
    let mut parts = Vec::new();
    if scope.labour_market_region > 0 {
        let number = scope.labour_market_region;
        parts.push(
            language
                .pick(&["arbeidsmarktregio {}", "labour market region {}"])
                .replace("{}", &number.to_string()),
        );
    }
    if scope.sbi_code > 0 {
        parts.push(language.pick(&["sector {}", "sector {}"]).replace("{}", &scope.sbi_code.to_string()));
    }
    if parts.is_empty() {
        parts.push(language.pick(&["alles", "everything"]).to_owned());
    }
    if scope.changed_only {
        parts.push(language.pick(&["alleen wat veranderde", "only what changed"]).to_owned());
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::v1::Date;

    fn run(state: RerankState) -> Rerank {
        Rerank {
            id: "2026-11-22-4f3a9c1e".to_owned(),
            scope: Some(RerankScope { labour_market_region: 24, sbi_code: 87, changed_only: true }),
            state: state.into(),
            as_of: Some(Date { year: 2026, month: 11, day: 22 }),
            pairs_done: 592_200_000,
            explained_done: 2_461_003,
            vacancy_lists: 12_600,
            candidate_lists: 47_000,
            seconds: 12.34,
            took_over: true,
            ..Rerank::default()
        }
    }

    #[test]
    fn a_run_that_ended_is_told_in_figures() {
        insta::assert_snapshot!(ended(&run(RerankState::Done), Language::Dutch), @r"
        2026-11-22-4f3a9c1e  22 november 2026, arbeidsmarktregio 24, sector 87, alleen wat veranderde: klaar
          Paren beoordeeld             592.200.000
          Paren in een lijst             2.461.003
          Lijsten van vacatures             12.600
          Lijsten van kandidaten            47.000
          Rekentijd                           12 s
        Wat niet veranderde, komt uit de lijsten van de vorige nacht.
        ");
        let whole = Rerank { scope: None, took_over: false, ..run(RerankState::Done) };
        insta::assert_snapshot!(ended(&whole, Language::English), @r"
        2026-11-22-4f3a9c1e  22 November 2026, everything: done
          Pairs scored                 592,200,000
          Pairs in a list                2,461,003
          Lists of vacancies                12,600
          Lists of candidates               47,000
          Time of work                        12 s
        ");
    }

    #[test]
    fn a_run_without_lists_says_why_and_that_the_old_ones_stay() {
        let nothing = Rerank { pairs_done: 0, ..run(RerankState::Done) };
        let failed = Rerank { problem: "the disk is full".to_owned(), ..run(RerankState::Failed) };
        let told = [nothing, failed, run(RerankState::Cancelled)].map(|run| ended(&run, Language::Dutch));
        insta::assert_snapshot!(told.concat(), @r"
        2026-11-22-4f3a9c1e  22 november 2026, arbeidsmarktregio 24, sector 87, alleen wat veranderde: klaar
        Er was niets te vergelijken. Er zijn geen open vacatures of geen kandidaten.
        2026-11-22-4f3a9c1e  22 november 2026, arbeidsmarktregio 24, sector 87, alleen wat veranderde: mislukt
          the disk is full
        De lijsten van eerdere nachten blijven staan.
        2026-11-22-4f3a9c1e  22 november 2026, arbeidsmarktregio 24, sector 87, alleen wat veranderde: gestopt
        De lijsten van eerdere nachten blijven staan.
        ");
    }
}
