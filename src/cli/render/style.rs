//! The few styles of a text. They say nothing that the words do not say: without colour nothing is lost.

use anstyle::{AnsiColor, Style};
use std::fmt::Display;

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const BAD: Style = AnsiColor::Red.on_default();

/// What the eye should find first.
pub(in crate::cli) fn strong(text: impl Display) -> String {
    styled(STRONG, text)
}

/// What may be passed over.
pub(super) fn faint(text: impl Display) -> String {
    styled(FAINT, text)
}

/// What counts against the pair.
pub(super) fn bad(text: impl Display) -> String {
    styled(BAD, text)
}

fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}
