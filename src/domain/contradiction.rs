//! Requirements that contradict each other or themselves: nobody can know what is asked.

use super::{
    InvalidValue,
    competency::Quality,
    language::{CefrLevel, LanguageSkill},
    requirement::{Importance, LanguageDemand, Requirement, Requirements},
    text::Label,
};

/// An entry of a list of requirements that contradicts itself or an entry before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The list, as the interface names it.
    pub list: &'static str,
    /// The place of the entry in its list, from 0.
    pub entry: usize,
    /// The field of the entry.
    pub field: &'static str,
    /// What is wrong, and what to write instead.
    pub invalid: InvalidValue,
}

impl Requirements {
    /// Every entry that contradicts itself or an entry before it, list by list. A skill may be asked twice: it is one
    /// item with the highest importance, as tools that copy a wish list behind the requirements expect.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let quality = |quality: &Quality| {
            let facet = quality.facet.as_ref().map(|facet| format!("/{}", facet.as_str()));
            format!("{}{}", quality.competency.code(), facet.unwrap_or_default())
        };
        let mut found = twice("competencies", &self.competencies, quality);
        found.extend(languages(&self.languages));
        found.extend(twice("licences", &self.licences, ToString::to_string));
        found.extend(twice("certificates", &self.certificates, as_compared));
        found.extend(twice("registrations", &self.registrations, as_compared));
        found
    }
}

fn as_compared(label: &Label) -> String {
    label.as_str().to_lowercase()
}

/// The same thing with two importances: how much does it matter?
fn twice<T>(list: &'static str, asked: &[Requirement<T>], name: impl Fn(&T) -> String) -> Vec<Contradiction> {
    let names: Vec<String> = asked.iter().map(|one| name(&one.what)).collect();
    let contradicts = |(entry, one): (usize, &Requirement<T>)| {
        let before = (0..entry).find(|other| names[*other] == names[entry])?;
        let (first, second) = (asked[before].importance, one.importance);
        (first != second).then(|| Contradiction {
            list,
            entry,
            field: "importance",
            invalid: InvalidValue::new(
                format!(
                    "the same is asked as {} in entry {before} and as {} here",
                    spoken(first),
                    spoken(second)
                ),
                "keep one entry with the importance that holds",
            ),
        })
    };
    asked.iter().enumerate().filter_map(contradicts).collect()
}

fn spoken(importance: Importance) -> &'static str {
    match importance {
        Importance::Could => "COULD",
        Importance::Should => "SHOULD",
        Importance::Must => "MUST",
        Importance::Legal => "LEGAL",
    }
}

/// Two levels at the start for one skill of a language, or a later level below the one at the start.
fn languages(asked: &[Requirement<LanguageDemand>]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let level = |entry: usize, skill: LanguageSkill| asked[entry].what.at_start().get(skill);
    let contradiction = |entry, field, problem: String, remedy: &str| Contradiction {
        list: "languages",
        entry,
        field,
        invalid: InvalidValue::new(problem, remedy),
    };
    for (entry, one) in asked.iter().enumerate() {
        let other_level = |skill: &LanguageSkill| {
            let same = (0..entry).filter(|other| asked[*other].what.language() == one.what.language());
            let differs = |other: usize| -> Option<(CefrLevel, CefrLevel)> {
                let levels = (level(other, *skill)?, level(entry, *skill)?);
                (levels.0 != levels.1).then_some(levels)
            };
            same.map(differs).any(|levels| levels.is_some())
        };
        if LanguageSkill::ALL.iter().any(other_level) {
            let problem = format!("{} is asked at two levels for the same skill", one.what.language());
            found.push(contradiction(
                entry,
                "at_start",
                problem,
                "keep one entry a language, with one level a skill",
            ));
        }
        let falls = |skill: LanguageSkill| {
            let later = one.what.later().and_then(|later| later.levels.get(skill));
            later.zip(level(entry, skill)).is_some_and(|(later, start)| later < start)
        };
        if LanguageSkill::ALL.into_iter().any(falls) {
            let problem = "the later level lies below the level at the start".to_owned();
            let remedy = "ask the same or a higher level later, or a lower one at the start";
            found.push(contradiction(entry, "later", problem, remedy));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        education::DrivingLicence,
        language::{LanguageCode, LevelPerSkill},
        requirement::{GraceWeeks, LaterLevel},
    };

    fn asked<T>(what: T, importance: Importance) -> Requirement<T> {
        Requirement { what, importance, grace: GraceWeeks::default() }
    }

    fn dutch(start: CefrLevel, later: Option<CefrLevel>) -> Requirement<LanguageDemand> {
        let speaking = |level| LevelPerSkill { speaking: Some(level), ..Default::default() };
        let later = later.map(|level| LaterLevel { after_months: 6, levels: speaking(level) });
        let demand = LanguageDemand::new(LanguageCode::DUTCH, speaking(start), later, None).unwrap();
        asked(demand, Importance::Should)
    }

    fn where_found(requirements: &Requirements) -> Vec<(&'static str, usize, &'static str)> {
        let found = requirements.contradictions().into_iter();
        found.map(|found| (found.list, found.entry, found.field)).collect()
    }

    #[test]
    fn the_same_with_two_importances_contradicts_itself_and_the_same_twice_does_not() {
        let vca = |text: &str| Label::new(text).unwrap();
        let requirements = Requirements {
            licences: vec![
                asked(DrivingLicence::B, Importance::Legal),
                asked(DrivingLicence::C, Importance::Could),
                asked(DrivingLicence::B, Importance::Could),
            ],
            certificates: vec![asked(vca("VCA"), Importance::Must), asked(vca("vca"), Importance::Should)],
            registrations: vec![asked(vca("VOG"), Importance::Must), asked(vca("VOG"), Importance::Must)],
            ..Default::default()
        };
        assert_eq!(
            where_found(&requirements),
            [("licences", 2, "importance"), ("certificates", 1, "importance")]
        );
    }

    #[test]
    fn a_language_has_one_level_a_skill_and_does_not_fall_later() {
        let of = |languages| where_found(&Requirements { languages, ..Default::default() });
        assert_eq!(of(vec![dutch(CefrLevel::A2, Some(CefrLevel::B1))]), []);
        assert_eq!(of(vec![dutch(CefrLevel::B1, Some(CefrLevel::A2))]), [("languages", 0, "later")]);
        assert_eq!(
            of(vec![dutch(CefrLevel::A2, None), dutch(CefrLevel::B1, None)]),
            [("languages", 1, "at_start")]
        );
    }
}
