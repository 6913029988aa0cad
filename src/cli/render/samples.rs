//! A hand-made pair for the tests of the texts: its lines add up.

use crate::wire::v1::*;

/// Its vacancy.
pub(super) fn vacancy() -> Vacancy {
    Vacancy { id: "v-12".to_owned(), title: "Verzorgende IG\nnachtdienst".to_owned(), ..Vacancy::default() }
}

/// A pair with one of everything: lines of each state, balance, conflict, gap, questions, assumption.
pub(super) fn pair() -> Match {
    let line = |criterion: Criterion,
                weights: (f64, f64),
                fits: [f64; 3],
                contribution,
                state: CriterionState,
                texts: &[&str]| {
        let reason =
            |text: &&str| Reason { code: "CODE".to_owned(), text: (*text).to_owned(), data: Vec::new() };
        CriterionLine {
            criterion: criterion.into(),
            demand_weight: weights.0,
            wish_weight: weights.1,
            fit_low: fits[0],
            fit: fits[1],
            fit_high: fits[2],
            contribution,
            state: state.into(),
            reasons: texts.iter().map(reason).collect(),
        }
    };
    use CriterionState::{Known, PartlyKnown, Unknown};
    Match {
        candidate: "k-000123".to_owned(),
        vacancy: "v-12".to_owned(),
        rank: 1,
        score: 52.11,
        score_low: 31.4,
        score_high: 78.02,
        demand_fit: 0.7126,
        wish_fit: 0.6,
        criteria: vec![
            line(
                Criterion::Skills,
                (20.0, 0.0),
                [0.5, 0.575, 1.0],
                9.86,
                PartlyKnown,
                &[
                    "Gevraagd en genoemd: rapporteren.",
                    "Gevraagd en niet genoemd: wondzorg, medicijnen delen. Dat hoeft niet te betekenen dat het ontbreekt; vraag ernaar.",
                ],
            ),
            line(
                Criterion::Competencies,
                (25.0, 0.0),
                [0.7, 0.82, 0.94],
                17.57,
                PartlyKnown,
                &["Werkcoach zag in mei 2026: aandacht en begrip, sterk."],
            ),
            line(
                Criterion::Hours,
                (8.0, 10.0),
                [1.0, 1.0, 1.0],
                23.03,
                Known,
                &["Wil 24 tot 32 uur; de vacature biedt 24 uur."],
            ),
            line(
                Criterion::Travel,
                (5.0, 10.0),
                [0.25, 0.25, 0.25],
                5.0,
                Known,
                &["18 kilometer; de grens van de kandidaat is 10 kilometer."],
            ),
            line(Criterion::Contract, (0.0, 0.0), [0.0; 3], 0.0, CriterionState::NotAsked, &[]),
            line(
                Criterion::Experience,
                (3.0, 0.0),
                [0.0, 0.5, 1.0],
                5.0,
                Unknown,
                &["Ervaring wordt gevraagd en is niet bekend."],
            ),
        ],
        balance: -1.35,
        conflicts: vec![Conflict {
            code: "MUST_UNMET".to_owned(),
            contribution: -7.0,
            text: "Rijbewijs B moet, en de kandidaat heeft het niet.".to_owned(),
            data: Vec::new(),
        }],
        gaps: vec![Gap {
            text: "VOG: duurt ongeveer 4 weken, op tijd te regelen.".to_owned(),
            whom_to_ask_text: "de werkgever".to_owned(),
            ..Gap::default()
        }],
        track_path: vec![Reason {
            code: "PATH_STEP".to_owned(),
            text: "Dit werk past na een stap.".to_owned(),
            data: Vec::new(),
        }],
        instruments: vec![Instrument {
            name: "proefplaatsing".to_owned(),
            text: "In een proefplaatsing laat de persoon in het werk zien wat er kan.".to_owned(),
            limit_text: "Een proefplaatsing duurt hoogstens drie maanden.".to_owned(),
            ..Instrument::default()
        }],
        questions: vec![
            Question {
                answered_by: AnsweredBy::Candidate.into(),
                text: "Heeft de kandidaat een BIG-registratie?".to_owned(),
                legal: true,
                ..Question::default()
            },
            Question {
                answered_by: AnsweredBy::Employer.into(),
                gain: 4.2,
                text: "Mag het werk worden verdeeld?".to_owned(),
                ..Question::default()
            },
        ],
        assumed: vec![Assumption {
            text: "De vacature noemt geen gedrag; er is gerekend met wat in de zorg gewoon is.".to_owned(),
            ..Assumption::default()
        }],
        unscored_requirements: 2,
        ..Match::default()
    }
}

/// A pair of which nothing is known.
pub(super) fn unknown_pair(rank: u32) -> Match {
    Match {
        candidate: format!("k-{rank}"),
        vacancy: format!("v-{rank}"),
        rank,
        tied: true,
        score: 50.0,
        score_high: 100.0,
        ..Match::default()
    }
}

/// A profile of the care sector.
pub(super) fn profile() -> AppliedProfile {
    let not_scored = [Criterion::Potential, Criterion::Culture].map(i32::from).to_vec();
    AppliedProfile {
        name: "zorg".to_owned(),
        version: "0123456789abcdef".to_owned(),
        criteria_not_scored: not_scored,
        ..AppliedProfile::default()
    }
}

/// The day of the samples.
pub(super) fn day() -> Date {
    Date { year: 2026, month: 11, day: 22 }
}
