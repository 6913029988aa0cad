//! Bars of signs: how far, and how sure.

use super::style;

/// Cells of the bar of a score.
const SCORE_CELLS: usize = 20;
/// Cells of the bar of a fit.
const FIT_CELLS: usize = 10;

/// The bar of a score of 0 to 100: where it stands (●) in the interval that is possible (━).
pub(super) fn score(low: f64, score: f64, high: f64) -> String {
    let cell = |points: f64| cell(points / 100.0, SCORE_CELLS);
    let (low, at, high) = (cell(low), cell(score), cell(high));
    let line = |from: usize, to: usize, sign: &str| sign.repeat(to.saturating_sub(from));
    format!(
        "{}{}●{}{}",
        style::faint(line(0, low.min(at), "·")),
        line(low, at, "━"),
        line(at + 1, high + 1, "━"),
        style::faint(line(high.max(at) + 1, SCORE_CELLS, "·")),
    )
}

/// The bar of a fit of 0 to 1: full as far as it is sure (█), half where it is assumed (▒), and light as far as it
/// can still become (░).
pub(super) fn fit(low: f64, fit: f64, high: f64) -> String {
    let cells = |share: f64| (share.clamp(0.0, 1.0) * FIT_CELLS as f64).round() as usize;
    let sure = cells(low.min(fit));
    let assumed = cells(fit).max(sure);
    let possible = cells(high).max(assumed);
    let bar = "█".repeat(sure) + &"▒".repeat(assumed - sure) + &"░".repeat(possible - assumed);
    format!("{bar}{}", style::faint("·".repeat(FIT_CELLS - possible)))
}

/// The cell in which a share of 0 to 1 falls.
fn cell(share: f64, cells: usize) -> usize {
    ((share.clamp(0.0, 1.0) * cells as f64) as usize).min(cells - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render::layout::width;
    use proptest::prelude::*;

    #[test]
    fn a_bar_shows_where_and_how_sure() {
        let plain = |bar: String| anstream::adapter::strip_str(&bar).to_string();
        assert_eq!(plain(score(25.0, 52.0, 79.0)), "·····━━━━━●━━━━━····");
        assert_eq!(plain(score(0.0, 100.0, 100.0)), "━━━━━━━━━━━━━━━━━━━●");
        assert_eq!(plain(score(0.0, 0.0, 0.0)), "●···················");
        assert_eq!(plain(fit(0.2, 0.5, 0.8)), "██▒▒▒░░░··");
        assert_eq!(plain(fit(1.0, 1.0, 1.0)), "██████████");
    }

    proptest! {
        #[test]
        fn a_bar_always_has_the_same_width(a in -1.0..2.0f64, b in -1.0..2.0f64, c in -1.0..2.0f64) {
            prop_assert_eq!(width(&fit(a, b, c)), FIT_CELLS);
            prop_assert_eq!(width(&score(a * 100.0, b * 100.0, c * 100.0)), SCORE_CELLS);
        }
    }
}
