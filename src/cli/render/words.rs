//! Words of the answers in both languages: Dutch at level B1, English second.

use crate::cli::settings::Language;
use crate::wire::v1::{AnsweredBy, AppliedProfile, Criterion, Date, Track};

/// A criterion in a line of its own.
pub(super) fn criterion(criterion: Criterion, language: Language) -> &'static str {
    language.pick(&match criterion {
        Criterion::Unspecified => ["ander onderdeel", "another criterion"],
        Criterion::Skills => ["vaardigheden", "skills"],
        Criterion::Competencies => ["gedrag", "behaviour"],
        Criterion::Motivation => ["motivatie", "motivation"],
        Criterion::Potential => ["leervermogen", "potential"],
        Criterion::Culture => ["cultuur", "culture"],
        Criterion::Language => ["taal", "language"],
        Criterion::Hours => ["uren", "hours"],
        Criterion::WeekPattern => ["werktijden", "working times"],
        Criterion::Travel => ["reizen", "travel"],
        Criterion::Support => ["begeleiding", "support"],
        Criterion::Contract => ["contract", "contract"],
        Criterion::Level => ["niveau", "level"],
        Criterion::Experience => ["ervaring", "experience"],
        Criterion::Licences => ["rijbewijs en papieren", "licences"],
    })
}

/// Names of criteria in one line; "–" for none.
pub(super) fn criteria(criteria: impl IntoIterator<Item = Criterion>, language: Language) -> String {
    let names: Vec<_> = criteria.into_iter().map(|one| criterion(one, language)).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

/// Which way a vacancy leads.
pub(super) fn track(track: Track, language: Language) -> &'static str {
    language.pick(&match track {
        Track::Unspecified => ["–", "–"],
        Track::Now => ["nu", "now"],
        Track::Step => ["stap", "step"],
        Track::Dream => ["droom", "dream"],
    })
}

/// Who can answer a question.
pub(super) fn answered_by(who: AnsweredBy, language: Language) -> &'static str {
    language.pick(&match who {
        AnsweredBy::Unspecified => ["vraag", "question"],
        AnsweredBy::Candidate => ["aan de kandidaat", "for the candidate"],
        AnsweredBy::Employer => ["aan de werkgever", "for the employer"],
    })
}

/// How something was scored: profile and day.
pub(super) fn scored(profile: Option<&AppliedProfile>, as_of: Option<&Date>, language: Language) -> String {
    let mut parts = Vec::new();
    if let Some(profile) = profile {
        let version: String = profile.version.chars().take(8).collect();
        let own = language.pick(&[" met eigen gewichten", " with weights of your own"]);
        let own = if profile.weights_from_request { own } else { "" };
        parts.push(match language {
            Language::Dutch => format!("profiel {}{own} (versie {version})", profile.name),
            Language::English => format!("profile {}{own} (version {version})", profile.name),
        });
    }
    if let Some(day) = as_of {
        let day = crate::cli::day::words(day, language);
        parts.push(match language {
            Language::Dutch => format!("zoals het is op {day}"),
            Language::English => format!("as of {day}"),
        });
    }
    parts.join(" · ")
}

/// What this release does not score yet, as a sentence; `None` when it scores everything.
pub(super) fn not_scored(profile: &AppliedProfile, language: Language) -> Option<String> {
    let names = criteria(profile.criteria_not_scored(), language);
    (!profile.criteria_not_scored.is_empty()).then(|| match language {
        Language::Dutch => format!("Telt in deze versie nog niet mee: {names}."),
        Language::English => format!("Not scored in this release: {names}."),
    })
}
