//! What a file of a distribution holds, by its name.

use crate::taxonomy::{ConceptKind, LabelLanguage};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// Occupations.
    Occupations,
    /// Skills and knowledge.
    Skills,
    /// Groups of ISCO-08.
    IscoGroups,
    /// Skill groups with their codes.
    SkillGroups,
    /// The upper levels of the skills, one path a line.
    SkillsHierarchy,
    /// Skills of one theme, such as languages.
    Collection,
    /// What is broader than an occupation or its group.
    BroaderOccupations,
    /// What is broader than a skill or its group.
    BroaderSkills,
    /// What occupations need.
    OccupationSkills,
    /// What skills need.
    SkillSkills,
    /// UWV's codes of occupations and skills, with the concept that each means.
    Codes,
}

impl Content {
    /// The kind of the concepts in such a file, where a row does not say it.
    pub fn kind(self) -> Option<ConceptKind> {
        match self {
            Self::SkillGroups | Self::SkillsHierarchy => Some(ConceptKind::SkillGroup),
            Self::IscoGroups => Some(ConceptKind::OccupationGroup),
            Self::Occupations => Some(ConceptKind::Occupation),
            Self::Skills | Self::Collection => Some(ConceptKind::Skill),
            _ => None,
        }
    }

    /// The name of such a file in a distribution, without language and ending.
    pub fn file_stem(self) -> &'static str {
        match self {
            Self::SkillGroups => "skillGroups",
            Self::SkillsHierarchy => "skillsHierarchy",
            Self::IscoGroups => "ISCOGroups",
            Self::Occupations => "occupations",
            Self::Skills => "skills",
            Self::Collection => "…Collection",
            Self::BroaderOccupations => "broaderRelationsOccPillar",
            Self::BroaderSkills => "broaderRelationsSkillPillar",
            Self::OccupationSkills => "occupationSkillRelations",
            Self::SkillSkills => "skillSkillRelations",
            Self::Codes => "boc",
        }
    }
}

/// What a file name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A file of a distribution, with the language of its labels where the name has one.
    Known(Content, Option<LabelLanguage>),
    /// Another file.
    Unknown,
}

/// Reads a file name such as `occupations_nl.csv`, `skills_de_partial.csv` or `broaderRelationsOccPillar.csv`.
///
/// Later versions of ESCO put the language behind the names of the relations as well.
pub(super) fn read(name: &str) -> Named {
    let name = name.to_lowercase();
    let Some(stem) = name.strip_suffix(".csv") else { return Named::Unknown };
    let (base, rest) = stem.split_once('_').unwrap_or((stem, ""));
    let content = match base {
        "skillgroups" => Content::SkillGroups,
        "skillshierarchy" => Content::SkillsHierarchy,
        "iscogroups" => Content::IscoGroups,
        "occupations" => Content::Occupations,
        "skills" => Content::Skills,
        "broaderrelationsoccpillar" => Content::BroaderOccupations,
        "broaderrelationsskillpillar" => Content::BroaderSkills,
        "occupationskillrelations" => Content::OccupationSkills,
        "skillskillrelations" => Content::SkillSkills,
        "boc" => Content::Codes,
        // Collections of occupations name nothing that the occupations do not.
        _ if base.ends_with("skillscollection") => Content::Collection,
        _ => return Named::Unknown,
    };
    // "en-us" is English.
    let language = rest.split(['_', '-']).next().and_then(LabelLanguage::parse);
    Named::Known(content, language)
}

/// The version of ESCO in the name of a folder, such as "1.1.1" in "ESCO dataset - v1.1.1 - classification - nl - csv".
pub(super) fn version(folder: &str) -> Option<String> {
    folder.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '.').find_map(|word| {
        let number = word.strip_prefix('v')?.trim_end_matches('.');
        let parts: Vec<&str> = number.split('.').collect();
        let fits = (2..=3).contains(&parts.len())
            && parts
                .iter()
                .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
        fits.then(|| number.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_version_are_known_with_their_language() {
        let known = |content, language| Named::Known(content, LabelLanguage::parse(language));
        for (name, expected) in [
            ("occupations_nl.csv", known(Content::Occupations, "nl")),
            ("Skills_de_partial.CSV", known(Content::Skills, "de")),
            ("skills_en-us.csv", known(Content::Skills, "en")),
            ("skills.csv", known(Content::Skills, "")),
            ("ISCOGroups_ar.csv", known(Content::IscoGroups, "ar")),
            ("broaderRelationsOccPillar.csv", known(Content::BroaderOccupations, "")),
            ("broaderRelationsSkillPillar_en.csv", known(Content::BroaderSkills, "en")),
            ("languageSkillsCollection_nl.csv", known(Content::Collection, "nl")),
            ("boc.csv", known(Content::Codes, "")),
            ("README.md", Named::Unknown),
            ("researchOccupationsCollection_en.csv", Named::Unknown),
            ("dictionary_en.csv", Named::Unknown),
            ("", Named::Unknown),
        ] {
            assert_eq!(read(name), expected, "{name}");
        }
    }

    #[test]
    fn a_version_is_read_from_the_name_of_a_folder() {
        assert_eq!(version("official-v1.1.1").as_deref(), Some("1.1.1"));
        assert_eq!(version("ESCO dataset - v1.2.0 - classification - nl - csv").as_deref(), Some("1.2.0"));
        for none in ["", "esco", "v", "v1", "v1.x", "1.1.1", "v1.1.1.1"] {
            assert_eq!(version(none), None, "{none}");
        }
    }
}
