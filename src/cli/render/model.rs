//! How the service works, as text.

use super::layout::{Align, Table, paragraph};
use super::{style, words};
use crate::cli::settings::Language;
use crate::wire::v1::{AppliedProfile, DescribeModelResponse, DescribedProfile, ModelFigure};

/// The model, from how a score is made to what its version is made of.
pub(in crate::cli) fn model(response: &DescribeModelResponse, language: Language) -> String {
    let head = |dutch, english| style::strong(language.pick(&[dutch, english])) + "\n";
    let mut text = head("Zo komt een score tot stand", "How a score is made");
    for (place, step) in response.steps.iter().enumerate() {
        text.push_str(&paragraph(&format!("{:>3}. ", place + 1), step));
    }
    text.push('\n');
    text.push_str(&head("Waar elk onderdeel naar kijkt", "What each criterion looks at"));
    for one in &response.criteria {
        text.push_str(&paragraph("  • ", &format!("{}: {}", one.name, one.looks_at)));
    }
    for (applied, described) in response.profiles.iter().zip(&response.described_profiles) {
        text.push('\n');
        text.push_str(&profile(applied, described, language));
    }
    text.push('\n');
    text.push_str(&head("Getallen die altijd gelden", "Figures that always hold"));
    text.push_str(&figures(&response.figures, language));
    text.push('\n');
    text.push_str(&head("Wat nooit telt", "What never counts"));
    for one in &response.never_counts {
        text.push_str(&paragraph("  • ", &one.text));
    }
    text.push('\n');
    text.push_str(&head("Wat bekend is als beperking", "Known limits"));
    for limit in &response.known_limits {
        text.push_str(&paragraph("  • ", limit));
    }
    text.push('\n');
    text.push_str(&match language {
        Language::Dutch => format!("Versie van het model: {}. Gemaakt van:\n", response.version),
        Language::English => format!("Version of the model: {}. Made of:\n", response.version),
    });
    for part in &response.parts {
        text.push_str(&format!("  {} {}\n", part.name, part.fingerprint));
    }
    text
}

fn profile(applied: &AppliedProfile, described: &DescribedProfile, language: Language) -> String {
    let head = match language {
        Language::Dutch => format!("Profiel {} ({})", applied.name, described.title),
        Language::English => format!("Profile {} ({})", applied.name, described.title),
    };
    let mut text = style::strong(head) + "\n" + &paragraph("  ", &described.description);
    let mut table = Table::new([
        (Align::Left, language.pick(&["onderdeel", "criterion"])),
        (Align::Right, language.pick(&["werkgever", "employer"])),
        (Align::Right, language.pick(&["persoon", "person"])),
        (Align::Left, language.pick(&["waarom", "why"])),
    ]);
    // The sections come first among the reasons, then one for each criterion in its order.
    let sections = described.reasons.len().saturating_sub(applied.weights.len());
    for (weight, reason) in applied.weights.iter().zip(&described.reasons[sections..]) {
        table.row([
            words::criterion(weight.criterion(), language).to_owned(),
            number(weight.demand_weight(), language),
            number(weight.wish_weight(), language),
            reason.text.clone(),
        ]);
    }
    text.push_str(&table.render());
    text.push_str(&figures(&described.figures, language));
    for reason in &described.reasons[..sections] {
        text.push_str(&paragraph("  • ", &reason.text));
    }
    text
}

fn figures(figures: &[ModelFigure], language: Language) -> String {
    let line =
        |figure: &ModelFigure| paragraph(&format!("  {:>6}  ", number(figure.value, language)), &figure.text);
    figures.iter().map(line).collect()
}

fn number(value: f64, language: Language) -> String {
    match language {
        Language::Dutch => value.to_string().replace('.', ","),
        Language::English => value.to_string(),
    }
}
