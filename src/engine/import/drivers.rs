//! Where driving is the job, the driving licence is required by law (R4): also where the occupation is recognised in
//! words that no list of ours holds.

use crate::domain::{Vacancy, requirement::Importance, work::OccupationRef};
use crate::rank::understanding::Understanding;

/// ISCO-08 groups of those who drive on the public road: motorcycles, cars and vans, buses, lorries.
const DRIVERS: [&str; 4] = ["8321", "8322", "8331", "8332"];

/// Occupations of these groups that need no driving licence: on rails (tram), on the airport's own ground (refuelling).
const NO_DRIVERS: [&str; 2] = [
    "http://data.europa.eu/esco/occupation/03e02554-15d1-4697-960c-8909e7d36f7e",
    "http://data.europa.eu/esco/occupation/1e9e18cb-80b6-4598-acdb-ae3b51047720",
];

/// How sure the occupation must be: whoever lacks a legal requirement is left out.
const SURE: u16 = 9_000;

/// Makes the driving licences of a driver's vacancy LEGAL that a message of VUM, which knows no importance, asks.
pub(in crate::engine) fn heed_the_law(vacancy: &mut Vacancy, words: &dyn Understanding) {
    if vacancy.requirements.licences.is_empty() || !is_a_drivers(vacancy, words) {
        return;
    }
    for asked in &mut vacancy.requirements.licences {
        asked.importance = Importance::Legal;
    }
}

/// The occupation decides; the title where there is none.
fn is_a_drivers(vacancy: &Vacancy, words: &dyn Understanding) -> bool {
    let of_title = |title| OccupationRef { text: title, concept: None, boc_code: None };
    let occupation = vacancy.occupation.clone().or_else(|| vacancy.title.clone().map(of_title));
    let surest = occupation.and_then(|occupation| words.occupation(&occupation).first());
    surest.is_some_and(|sense| {
        let taxonomy = words.taxonomy();
        sense.confidence >= SURE
            && DRIVERS.contains(&taxonomy.code(sense.concept))
            && !NO_DRIVERS.contains(&taxonomy.uri(sense.concept))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        education::DrivingLicence,
        requirement::Requirement,
        text::{Label, VacancyId},
    };
    use crate::engine::vocabulary::Vocabulary;
    use crate::taxonomy::{
        Codes, ConceptKind, LabelLanguage, LabelRole, Loaded, Origin, TaxonomyBuilder, recognize::Recognizer,
    };
    use std::sync::Arc;

    fn importance_for(occupation: Option<&str>, title: &str) -> Importance {
        let folder = tempfile::tempdir().unwrap();
        let mut builder = TaxonomyBuilder::new("drivers");
        for (uri, code, label) in [
            ("o:lorry", "8332", "kierowca ciężarówki"),
            ("o:cook", "5120", "kucharz"),
            (NO_DRIVERS[0], "8331", "motorniczy tramwaju"),
        ] {
            builder.concept(uri, ConceptKind::Occupation).unwrap();
            builder.code(uri, code).unwrap();
            let polish = LabelLanguage::parse("pl").unwrap();
            builder.label(uri, polish, LabelRole::Preferred, label).unwrap();
        }
        let recognizer = Recognizer::new(Arc::new(builder.build().unwrap()));
        let loaded = Loaded::new(Origin::Embedded, recognizer, Codes::default());
        let vocabulary = Vocabulary::open(loaded, folder.path());
        let mut vacancy = Vacancy::new(VacancyId::new("v").unwrap());
        vacancy.title = Label::new(title).ok();
        vacancy.occupation = occupation.map(|text| OccupationRef {
            text: Label::new(text).unwrap(),
            concept: None,
            boc_code: None,
        });
        vacancy.requirements.licences = vec![Requirement::should(DrivingLicence::C)];
        heed_the_law(&mut vacancy, &vocabulary);
        vacancy.requirements.licences[0].importance
    }

    #[test]
    fn r4_a_licence_is_legal_where_a_drivers_occupation_is_recognised() {
        assert_eq!(importance_for(Some("Kierowca ciężarówki"), "Medewerker"), Importance::Legal);
        assert_eq!(importance_for(None, "kierowca ciężarówki"), Importance::Legal);
        assert_eq!(importance_for(Some("kucharz"), "kierowca ciężarówki"), Importance::Should);
        assert_eq!(importance_for(Some("motorniczy tramwaju"), "x"), Importance::Should, "on rails");
        assert_eq!(importance_for(Some("iets"), "x"), Importance::Should);
    }
}
