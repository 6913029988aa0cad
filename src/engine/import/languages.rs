//! Languages that are asked without a reason: an import keeps them as text, unscored and counted (R9).

use super::ImportIssue;
use crate::domain::{language::LanguageCode, requirement::UnscoredRequirement, text::FreeText};
use crate::exchange::{Issue, IssueCode, TextLanguage};
use crate::wire::v1;

/// The field that they stood in.
const FIELD: &str = "requirements.languages";

/// Languages that were taken out of a record, and how each is told.
#[derive(Clone, Debug, Default)]
pub struct SetAside {
    kept: Vec<UnscoredRequirement>,
    issues: Vec<Issue>,
}

impl SetAside {
    /// Takes the languages other than Dutch and English that have no reason out of a vacancy.
    pub(in crate::engine) fn from(vacancy: &mut v1::Vacancy) -> Self {
        let mut aside = Self::default();
        let Some(requirements) = &mut vacancy.requirements else { return aside };
        let mut place = 0;
        requirements.languages.retain(|asked| {
            let path = format!("{FIELD}[{place}]");
            place += 1;
            let code = LanguageCode::parse(&asked.language_code);
            // What is wrong in another way is told as wrong.
            let Ok(code) = code else { return true };
            if code.needs_no_reason() || !asked.reason.trim().is_empty() {
                return true;
            }
            let Ok(text) = FreeText::new(format!("taal {code}: {}", levels(asked))) else { return true };
            aside.kept.push(UnscoredRequirement { field: FIELD.to_owned(), text });
            aside.issues.push(Issue::new(path, IssueCode::KeptAsText).saying(
                format!("de taal {code} wordt gevraagd zonder reden en telt niet mee"),
                format!("the language {code} is asked without a reason and is not scored"),
            ));
            false
        });
        aside
    }

    /// What was noticed.
    pub(super) fn issues(&self, language: TextLanguage) -> Vec<ImportIssue> {
        self.issues.iter().map(|issue| super::of_issue(issue, language)).collect()
    }

    /// Puts what was taken out among the requirements that are text, in place of what a former delivery left there.
    pub(in crate::engine) fn keep_in(&self, unscored: &mut Vec<UnscoredRequirement>) {
        unscored.retain(|kept| kept.field != FIELD);
        unscored.extend(self.kept.iter().cloned());
    }
}

/// The levels that are asked, as they stand in the message.
fn levels(asked: &v1::LanguageRequirement) -> String {
    let told = |levels: &v1::LevelPerSkill| {
        let skills = [
            ("luisteren", levels.listening()),
            ("lezen", levels.reading()),
            ("spreken", levels.speaking()),
            ("schrijven", levels.writing()),
        ];
        let named = skills.into_iter().filter(|(_, level)| *level != v1::CefrLevel::Unspecified);
        let parts: Vec<String> = named
            .map(|(skill, level)| {
                format!("{skill} {}", level.as_str_name().trim_start_matches("CEFR_LEVEL_"))
            })
            .collect();
        parts.join(", ")
    };
    let at_start = asked.at_start.as_ref().map(told).unwrap_or_default();
    let later = asked.later.as_ref().map(told).filter(|later| !later.is_empty());
    let later = later.map(|later| format!("na {} maanden {later}", asked.later_after_months));
    let parts: Vec<String> =
        [Some(at_start).filter(|start| !start.is_empty()), later].into_iter().flatten().collect();
    if parts.is_empty() { "niveau niet genoemd".to_owned() } else { parts.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(language: &str, reason: &str) -> v1::LanguageRequirement {
        v1::LanguageRequirement {
            language_code: language.to_owned(),
            at_start: Some(v1::LevelPerSkill {
                speaking: v1::CefrLevel::B2.into(),
                ..v1::LevelPerSkill::default()
            }),
            reason: reason.to_owned(),
            ..v1::LanguageRequirement::default()
        }
    }

    #[test]
    fn r9_only_other_languages_without_a_reason_are_set_aside_with_their_place_and_levels() {
        let languages = vec![asked("nld", ""), asked("ara", " "), asked("deu", "gasten"), asked("x", "")];
        let requirements = Some(v1::Requirements { languages, ..v1::Requirements::default() });
        let mut vacancy = v1::Vacancy { requirements, ..v1::Vacancy::default() };
        let aside = SetAside::from(&mut vacancy);
        let left: Vec<_> =
            vacancy.requirements.unwrap().languages.into_iter().map(|l| l.language_code).collect();
        assert_eq!(left, ["nld", "deu", "x"]);
        let issue = &aside.issues(TextLanguage::Dutch)[0];
        assert_eq!(
            (issue.field.as_str(), issue.code.as_str()),
            ("requirements.languages[1]", "KEPT_AS_TEXT")
        );
        let mut unscored = Vec::new();
        aside.keep_in(&mut unscored);
        aside.keep_in(&mut unscored);
        let texts: Vec<_> = unscored.iter().map(|kept| kept.text.as_str()).collect();
        assert_eq!(texts, ["taal ara: spreken B2"]);
    }
}
