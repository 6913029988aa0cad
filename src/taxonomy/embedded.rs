//! The taxonomy that comes with the program: `data/taxonomy`, embedded and parsed once a process.

use super::{BuildError, ConceptKind, LabelLanguage, LabelRole, Need, SkillKind, Taxonomy, TaxonomyBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Its name for people.
const NAME: &str = "Passend (ESCO 1.1.1)";

macro_rules! files {
    ($($name:literal),+) => {
        [$(($name, include_str!(concat!("../../data/taxonomy/", $name)))),+]
    };
}

const FILES: [(&str, &str); 8] = files![
    "groups.toml",
    "groups_techniek.toml",
    "skills_algemeen.toml",
    "skills_techniek.toml",
    "skills_zorg.toml",
    "occupations_algemeen.toml",
    "occupations_techniek.toml",
    "occupations_zorg.toml"
];

/// Before the code of a group of ISCO-08 in its URI.
const ISCO_GROUP: &str = "http://data.europa.eu/esco/isco/C";

/// What is wrong with an embedded file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("data/taxonomy/{file}: {problem}")]
pub struct EmbeddedError {
    /// The file.
    pub file: &'static str,
    /// What is wrong, and where.
    pub problem: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    #[serde(default)]
    group: Vec<Group>,
    #[serde(default)]
    skill: Vec<Skill>,
    #[serde(default)]
    occupation: Vec<Occupation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    uri: String,
    code: String,
    broader: Option<String>,
    nl: String,
    en: String,
}

#[derive(Debug, Deserialize)]
struct Skill {
    id: String,
    uri: String,
    kind: Kind,
    #[serde(default)]
    broader: Vec<String>,
    #[serde(default)]
    related: Vec<String>,
    #[serde(flatten)]
    labels: Labels,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Skill,
    Knowledge,
}

#[derive(Debug, Deserialize)]
struct Occupation {
    id: String,
    uri: String,
    isco: String,
    #[serde(default)]
    essential: Vec<String>,
    #[serde(default)]
    optional: Vec<String>,
    #[serde(flatten)]
    labels: Labels,
}

/// Labels by language, the preferred one first. Whatever else a table has must be a language with labels.
type Labels = BTreeMap<String, Vec<String>>;

/// The embedded taxonomy.
///
/// # Errors
/// When an embedded file is wrong, which the tests of this module rule out.
pub fn embedded() -> Result<Arc<Taxonomy>, EmbeddedError> {
    static EMBEDDED: LazyLock<Result<Arc<Taxonomy>, EmbeddedError>> = LazyLock::new(|| build().map(Arc::new));
    EMBEDDED.clone()
}

fn build() -> Result<Taxonomy, EmbeddedError> {
    let sheets = FILES
        .into_iter()
        .map(|(file, text)| match toml::from_str::<Sheet>(text) {
            Ok(sheet) => Ok((file, sheet)),
            Err(error) => Err(EmbeddedError { file, problem: error.to_string() }),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut builder = TaxonomyBuilder::new(NAME);
    let mut ids = BTreeMap::new();
    for (file, sheet) in &sheets {
        let file = *file;
        for group in &sheet.group {
            let kind = if group.uri.starts_with(ISCO_GROUP) {
                ConceptKind::OccupationGroup
            } else {
                ConceptKind::SkillGroup
            };
            new_concept(&mut builder, file, &group.uri, kind)?;
            let labels = [(LabelLanguage::DUTCH, &group.nl), (LabelLanguage::ENGLISH, &group.en)];
            for (language, label) in labels {
                let added = builder.label(&group.uri, language, LabelRole::Preferred, label);
                added.map_err(|error| wrong(file, &group.uri, &error))?;
            }
            builder.code(&group.uri, &group.code).map_err(|error| wrong(file, &group.uri, &error))?;
        }
        let skills =
            sheet.skill.iter().map(|skill| (&skill.id, &skill.uri, ConceptKind::Skill, &skill.labels));
        let occupations =
            sheet.occupation.iter().map(|work| (&work.id, &work.uri, ConceptKind::Occupation, &work.labels));
        for (id, uri, kind, labels) in skills.chain(occupations) {
            new_concept(&mut builder, file, uri, kind)?;
            add_labels(&mut builder, uri, labels).map_err(|problem| wrong(file, id, &problem))?;
            if ids.insert(id.as_str(), uri.as_str()).is_some() {
                return Err(wrong(file, id, &"the id stands there twice"));
            }
        }
    }
    for (file, sheet) in &sheets {
        relate(&mut builder, sheet, &ids).map_err(|problem| EmbeddedError { file, problem })?;
    }
    builder.build().map_err(|error| wrong(FILES[0].0, NAME, &error))
}

fn new_concept(
    builder: &mut TaxonomyBuilder,
    file: &'static str,
    uri: &str,
    kind: ConceptKind,
) -> Result<(), EmbeddedError> {
    if builder.kind(uri).is_some() {
        return Err(wrong(file, uri, &"the URI stands there twice"));
    }
    builder.concept(uri, kind).map_err(|error| wrong(file, uri, &error))
}

fn add_labels(builder: &mut TaxonomyBuilder, uri: &str, labels: &Labels) -> Result<(), String> {
    for (language, labels) in labels {
        let code = LabelLanguage::parse(language).ok_or_else(|| format!("{language} is no language"))?;
        let roles = std::iter::once(LabelRole::Preferred).chain(std::iter::repeat(LabelRole::Alternative));
        for (label, role) in labels.iter().zip(roles) {
            builder.label(uri, code, role, label).map_err(|error| format!("\"{label}\": {error}"))?;
        }
    }
    Ok(())
}

fn relate(builder: &mut TaxonomyBuilder, sheet: &Sheet, ids: &BTreeMap<&str, &str>) -> Result<(), String> {
    let uri = |id: &str| ids.get(id).copied().ok_or_else(|| format!("there is nothing with the id {id}"));
    let say = |id: &str, error: &BuildError| format!("{id}: {error}");
    for group in &sheet.group {
        if let Some(broader) = &group.broader {
            builder.broader(&group.uri, broader).map_err(|error| say(&group.code, &error))?;
        }
    }
    for skill in &sheet.skill {
        let kind = match skill.kind {
            Kind::Skill => SkillKind::Skill,
            Kind::Knowledge => SkillKind::Knowledge,
        };
        builder.skill_kind(&skill.uri, kind).map_err(|error| say(&skill.id, &error))?;
        for broader in &skill.broader {
            builder.broader(&skill.uri, broader).map_err(|error| say(&skill.id, &error))?;
        }
        for other in &skill.related {
            let other = uri(other)?;
            builder.related(&skill.uri, other, Need::Optional).map_err(|error| say(&skill.id, &error))?;
        }
    }
    for work in &sheet.occupation {
        let group = format!("{ISCO_GROUP}{}", work.isco);
        builder.code(&work.uri, &work.isco).map_err(|error| say(&work.id, &error))?;
        builder.broader(&work.uri, &group).map_err(|error| say(&work.id, &error))?;
        for (skills, need) in [(&work.essential, Need::Essential), (&work.optional, Need::Optional)] {
            for skill in skills {
                builder.needs(&work.uri, uri(skill)?, need).map_err(|error| say(&work.id, &error))?;
            }
        }
    }
    Ok(())
}

fn wrong(file: &'static str, what: &str, problem: &dyn std::fmt::Display) -> EmbeddedError {
    EmbeddedError { file, problem: format!("{what}: {problem}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn care_engineering_and_the_common_rest_are_there() {
        let taxonomy = build().unwrap();
        let count = |kind| taxonomy.of_kind(kind).count();
        assert!(count(ConceptKind::Skill) >= 400, "{}", count(ConceptKind::Skill));
        assert!(count(ConceptKind::Occupation) >= 150, "{}", count(ConceptKind::Occupation));
        for sector in ["5321", "2221", "7212", "7411", "7126", "9112", "9333", "5120"] {
            let known = taxonomy.of_kind(ConceptKind::Occupation).any(|work| taxonomy.code(work) == sector);
            assert!(known, "no occupation of ISCO-08 {sector}");
        }
    }

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/taxonomy");
        let embedded: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut there: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".toml"))
            .collect();
        // Abbreviations are words, not concepts.
        assert!(there.remove("abbreviations.toml"));
        assert_eq!(embedded, there);
    }

    #[test]
    fn every_concept_has_dutch_and_english_labels_a_place_and_what_its_kind_needs() {
        let taxonomy = build().unwrap();
        let mut wrong = Vec::new();
        for number in taxonomy.numbers() {
            let uri = taxonomy.uri(number);
            for language in [LabelLanguage::DUTCH, LabelLanguage::ENGLISH] {
                let preferred = taxonomy
                    .labels(number)
                    .filter(|label| label.language == language && label.role == LabelRole::Preferred)
                    .count();
                if preferred != 1 {
                    wrong.push(format!("{uri}: {preferred} preferred labels in {language}"));
                }
            }
            match taxonomy.kind(number) {
                Some(ConceptKind::Occupation) if taxonomy.skills_of(number).len() < 6 => {
                    wrong.push(format!("{uri}: {} skills", taxonomy.skills_of(number).len()));
                }
                Some(ConceptKind::Skill) if taxonomy.broader(number).is_empty() => {
                    wrong.push(format!("{uri}: stands in no group"));
                }
                _ => {}
            }
        }
        assert_eq!(wrong, Vec::<String>::new());
    }

    #[test]
    fn the_core_speaks_the_languages_of_the_people() {
        let taxonomy = build().unwrap();
        for language in ["de", "fr", "pl", "ar", "uk", "tr"] {
            let language = LabelLanguage::parse(language).unwrap();
            for (kind, least) in [(ConceptKind::Occupation, 20), (ConceptKind::Skill, 40)] {
                let named = taxonomy
                    .of_kind(kind)
                    .filter(|number| taxonomy.labels(*number).any(|label| label.language == language))
                    .count();
                assert!(named >= least, "{named} of {kind:?} in {language}");
            }
        }
    }

    #[test]
    fn nothing_is_broader_than_itself() {
        let taxonomy = build().unwrap();
        for number in taxonomy.numbers() {
            let mut above = taxonomy.broader(number).to_vec();
            let mut seen = BTreeSet::new();
            while let Some(next) = above.pop() {
                assert_ne!(next, number, "{}", taxonomy.uri(number));
                if seen.insert(next) {
                    above.extend(taxonomy.broader(next));
                }
            }
        }
    }
}
