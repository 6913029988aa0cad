//! What became of proposals: as a table, and as a line with a pair.

use super::layout::{Align, Table, one_line};
use crate::cli::{day, settings::Language};
use crate::wire::v1::{EarlierProposal, ListOutcomesResponse, Match, ProposalOutcome};

/// What became of a proposal, in a word or two.
pub(in crate::cli) fn proposal_outcome(outcome: ProposalOutcome, language: Language) -> &'static str {
    language.pick(&match outcome {
        ProposalOutcome::Unspecified => ["onbekend", "unknown"],
        ProposalOutcome::Proposed => ["voorgedragen", "proposed"],
        ProposalOutcome::Invited => ["uitgenodigd", "invited"],
        ProposalOutcome::Placed => ["geplaatst", "placed"],
        ProposalOutcome::Rejected => ["afgewezen", "rejected"],
        ProposalOutcome::Overridden => ["anders besloten", "decided otherwise"],
    })
}

/// What was recorded, the latest first.
pub(in crate::cli) fn outcomes(response: &ListOutcomesResponse, language: Language) -> String {
    if response.outcomes.is_empty() {
        return language
            .pick(&["Er is nog niets vastgelegd.\n", "Nothing has been recorded yet.\n"])
            .to_owned();
    }
    let mut table = Table::new([
        (Align::Left, language.pick(&["dag", "day"])),
        (Align::Left, language.pick(&["kandidaat", "candidate"])),
        (Align::Left, language.pick(&["vacature", "vacancy"])),
        (Align::Left, language.pick(&["uitkomst", "outcome"])),
        (Align::Left, language.pick(&["reden", "reason"])),
    ]);
    for one in &response.outcomes {
        let on = one.on.map(|on| day::words(&on, language)).unwrap_or_default();
        let what = proposal_outcome(one.outcome(), language).to_owned();
        table.row([on, one_line(&one.candidate), one_line(&one.vacancy), what, one_line(&one.reason)]);
    }
    let mut text = table.render();
    if !response.next_page_token.is_empty() {
        text.push_str(language.pick(&["Meer zien: --limit.\n", "See more: --limit.\n"]));
    }
    text
}

/// A former proposal of a pair, as one line; `None` when there is none.
pub(super) fn earlier(one: &Match, language: Language) -> Option<String> {
    let EarlierProposal { on, reason, .. } = one.earlier.as_ref()?;
    let what = proposal_outcome(one.earlier.as_ref()?.outcome(), language);
    let on = on.map(|on| day::words(&on, language)).unwrap_or_default();
    let because = match (reason.is_empty(), language) {
        (true, _) => String::new(),
        (false, Language::Dutch) => format!(" Reden: {}", one_line(reason)),
        (false, Language::English) => format!(" Reason: {}", one_line(reason)),
    };
    Some(match language {
        Language::Dutch => format!("Eerder: {what} op {on}.{because}"),
        Language::English => format!("Before: {what} on {on}.{because}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render::samples;
    use crate::wire::v1::RecordedOutcome;

    #[test]
    fn what_was_recorded_stands_in_a_table_and_with_its_pair() {
        let outcome = |outcome: ProposalOutcome, reason: &str| RecordedOutcome {
            candidate: "k-000123".to_owned(),
            vacancy: "v-12".to_owned(),
            outcome: outcome.into(),
            on: Some(samples::day()),
            reason: reason.to_owned(),
            change_number: 7,
        };
        let response = ListOutcomesResponse {
            outcomes: vec![
                outcome(ProposalOutcome::Overridden, "kent de ploeg al"),
                outcome(ProposalOutcome::Proposed, ""),
            ],
            next_page_token: "more".to_owned(),
            data_change_number: 9,
        };
        let earlier = EarlierProposal {
            outcome: ProposalOutcome::Rejected.into(),
            on: Some(samples::day()),
            reason: "de plek was al weg".to_owned(),
        };
        let pair = Match { earlier: Some(earlier), ..samples::pair() };
        let told = [Language::Dutch, Language::English].map(|language| {
            format!("{}{}\n", outcomes(&response, language), super::earlier(&pair, language).unwrap())
        });
        insta::assert_snapshot!(anstream::adapter::strip_str(&told.concat()).to_string());
        assert_eq!(super::earlier(&samples::pair(), Language::Dutch), None);
    }
}
