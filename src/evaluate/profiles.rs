//! People who are made from the taxonomy to show a property of the ranking.

use super::metrics::SplitMix;
use crate::{
    domain::limits::LABEL_CHARACTERS,
    taxonomy::{ConceptKind, ConceptNumber, LabelLanguage, LabelRole, Need, Taxonomy},
    wire::v1,
};

/// Profiles that name many frequent skills, skills of each, and from how many they are drawn.
const STUFFED: (usize, usize, usize) = (20, 150, 300);
/// People who are translated, and the fewest skills of each.
const TRANSLATED: (usize, usize) = (100, 6);
/// Languages of a translated profile: Dutch, English, German.
pub(super) const TRANSLATIONS: usize = 3;

/// People who name 150 of the 300 skills that most occupations of the taxonomy need: a long list must not pay.
pub fn stuffed_profiles(taxonomy: &Taxonomy) -> Vec<v1::Candidate> {
    let (people, named, frequent) = STUFFED;
    let mut skills: Vec<_> = taxonomy.of_kind(ConceptKind::Skill).collect();
    skills.sort_by_key(|skill| (std::cmp::Reverse(taxonomy.occupations_needing(*skill).len()), *skill));
    skills.truncate(frequent);
    let mut random = SplitMix(1);
    let one = |person: usize| {
        // The first places of a partial shuffle.
        let mut drawn = skills.clone();
        for place in 0..named.min(drawn.len()) {
            let other = place + random.below(drawn.len() - place);
            drawn.swap(place, other);
        }
        let skill = |skill| v1::Skill {
            text: taxonomy.label(skill, LabelLanguage::DUTCH).chars().take(LABEL_CHARACTERS).collect(),
            ..v1::Skill::default()
        };
        v1::Candidate {
            id: format!("stuffed-{person}"),
            skills: drawn.into_iter().take(named).map(skill).collect(),
            ..v1::Candidate::default()
        }
    };
    (0..people).map(one).collect()
}

/// People with one occupation and the skills that it needs, each three times: in Dutch, in English and in German, in the
/// preferred labels. Only occupations that have six such skills with a label in all three.
pub fn translated_profiles(taxonomy: &Taxonomy) -> Vec<v1::Candidate> {
    let (people, fewest) = TRANSLATED;
    let languages: [Option<LabelLanguage>; TRANSLATIONS] =
        [Some(LabelLanguage::DUTCH), Some(LabelLanguage::ENGLISH), LabelLanguage::parse("de")];
    let label = |concept: ConceptNumber, language: Option<LabelLanguage>| {
        let mut labels = taxonomy.labels(concept);
        labels
            .find(|label| Some(label.language) == language && label.role == LabelRole::Preferred)
            .map(|label| label.text.chars().take(LABEL_CHARACTERS).collect::<String>())
    };
    let in_all =
        |concept: ConceptNumber| languages.iter().all(|language| label(concept, *language).is_some());
    let essential = |occupation: ConceptNumber| -> Vec<ConceptNumber> {
        let needed = taxonomy.skills_of(occupation).iter();
        let needed = needed.filter(|(skill, need)| *need == Need::Essential && in_all(*skill));
        needed.map(|(skill, _)| *skill).collect()
    };
    let occupations = taxonomy.of_kind(ConceptKind::Occupation);
    let mut occupations: Vec<ConceptNumber> = occupations
        .filter(|occupation| in_all(*occupation) && essential(*occupation).len() >= fewest)
        .collect();
    let mut random = SplitMix(2);
    let mut profiles = Vec::new();
    for person in 0..people.min(occupations.len()) {
        let occupation = occupations.swap_remove(random.below(occupations.len()));
        for language in languages {
            let text = |concept| label(concept, language).unwrap_or_default();
            let work = v1::Occupation { text: text(occupation), ..v1::Occupation::default() };
            let skill = |skill| v1::Skill { text: text(skill), ..v1::Skill::default() };
            profiles.push(v1::Candidate {
                id: format!(
                    "translated-{person}-{}",
                    language.map(|code| code.to_string()).unwrap_or_default()
                ),
                skills: essential(occupation).into_iter().map(skill).collect(),
                experience: vec![v1::WorkExperience {
                    occupation: Some(work),
                    months: Some(60),
                    ..v1::WorkExperience::default()
                }],
                ..v1::Candidate::default()
            });
        }
    }
    profiles
}
