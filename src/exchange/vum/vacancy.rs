//! A *vacature* (schema 0.8.2).

use super::{
    codes::{self, Command},
    common::{self, LanguageEntry, TransportUse},
    drivers,
    issues::{Issues, Path},
    reader::{Fields, Known},
};
use crate::{
    domain::{
        Vacancy,
        competency::Quality,
        observation::ObservedValue,
        requirement::{
            EducationDemand, ExperienceDemand, Importance, LanguageDemand, Requirement, UnscoredRequirement,
        },
        text::{FreeText, Label, VacancyId},
    },
    exchange::{Issue, IssueCode},
};
use serde_json::{Map, Value};

const VACATURE: Known = Known {
    read: &[
        "idVacature",
        "naamVacature",
        "nummerVacature",
        "omschrijvingVacature",
        "codeWerkEnDenkniveauMinimaal",
        "indicatieLdrRegistratie",
        "sluitingsDatumVacature",
        "sollicitatiewijze",
        "werkgever",
        "sector",
        "arbeidsVoorwaarden",
        "contractvorm",
        "beroep",
        "werkervaring",
        "rijbewijs",
        "vervoermiddel",
        "flexibiliteit",
        "werktijden",
        "cursus",
        "opleiding",
        "gedragscompetentie",
        "vakvaardigheid",
        "taalbeheersing",
    ],
    ignored: &[],
};

/// Reads every field of a *vacature* whose id is known.
pub(super) fn vacancy(id: VacancyId, object: &Map<String, Value>, issues: &Issues) -> Vacancy {
    let fields = Fields::open(object, Path::Root, issues, &VACATURE);
    let mut vacancy = Vacancy::new(id);
    vacancy.title = fields.text("naamVacature");
    vacancy.number = fields.text("nummerVacature");
    vacancy.description = fields.text("omschrijvingVacature");
    vacancy.occupation = common::occupation(&fields, "beroep");
    vacancy.sector = common::sector(&fields, "sector");
    vacancy.contract_forms = common::contract_forms(&fields);
    vacancy.closes_on = fields.date("sluitingsDatumVacature");
    vacancy.offer.target_group = fields.code("indicatieLdrRegistratie", codes::yes_or_no);
    vacancy.offer.transport_for_work = common::means_of_transport(&fields, TransportUse::Work);
    super::employer::read_employer(&fields, &mut vacancy);
    read_conditions(&fields, &mut vacancy);
    read_times(&fields, &mut vacancy);
    read_requirements(&fields, &mut vacancy);
    vacancy
}

fn read_conditions(fields: &Fields<'_>, vacancy: &mut Vacancy) {
    let known = Known {
        read: &[
            "datumAanvangWerkzaamheden",
            "datumEindeWerkzaamheden",
            "omschrijvingArbeidsvoorwaarden",
            "salarisIndicatie",
        ],
        ignored: &[],
    };
    fields.object("arbeidsVoorwaarden", &known, |fields| {
        vacancy.starts_on = fields.date("datumAanvangWerkzaamheden");
        vacancy.ends_on = fields.date("datumEindeWerkzaamheden");
        vacancy.offer.conditions_text = fields.text("omschrijvingArbeidsvoorwaarden");
        vacancy.offer.salary_text = fields.text("salarisIndicatie");
    });
}

/// Werktijden and flexibiliteit. The first and last working day of flexibiliteit count where arbeidsVoorwaarden is
/// silent.
fn read_times(fields: &Fields<'_>, vacancy: &mut Vacancy) {
    (vacancy.schedule.hours, vacancy.schedule.office_hours) = common::working_hours(fields);
    const FIRST: &str = "datumAanvangBeschikbaarVoorWerk";
    const LAST: &str = "datumEindeBeschikbaarVoorWerk";
    const IRREGULAR: &str = "indicatieOnregelmatigWerkOfPloegendienst";
    let known = Known { read: &[IRREGULAR, FIRST, LAST], ignored: &["codeRegiostraal"] };
    fields.object("flexibiliteit", &known, |fields| {
        vacancy.schedule.irregular_work = fields.indication(IRREGULAR);
        let (first, last) = (fields.date(FIRST), fields.date(LAST));
        vacancy.starts_on = vacancy.starts_on.or(first);
        vacancy.ends_on = vacancy.ends_on.or(last);
    });
    if let (Some(first), Some(last)) = (vacancy.starts_on, vacancy.ends_on)
        && last < first
    {
        vacancy.ends_on = None;
        fields.tell_field("arbeidsVoorwaarden.datumEindeWerkzaamheden", |path| {
            Issue::new(path, IssueCode::Contradiction)
                .saying("het einde ligt voor het begin", "the end is before the start")
        });
    }
}

fn read_requirements(fields: &Fields<'_>, vacancy: &mut Vacancy) {
    let mut unscored = Vec::new();
    let asked = &mut vacancy.requirements;
    asked.skills = should(common::skills(fields));
    asked.level = fields
        .text_code("codeWerkEnDenkniveauMinimaal", |code| code.parse().ok().and_then(codes::work_level))
        .map(Requirement::should);
    asked.competencies = should(competencies(fields, &mut unscored));
    asked.languages = languages(fields, &mut unscored);
    asked.educations = should(educations(fields));
    let years = Known { read: &["aantalJarenWerkzaamInBeroep"], ignored: &[] };
    asked.experience = should(fields.objects("werkervaring", &years, |fields| {
        let years = fields.number("aantalJarenWerkzaamInBeroep", 1..=99)?;
        Some(ExperienceDemand { years: u8::try_from(years).ok()?, occupation: None })
    }));
    let course = Known { read: &["naamCursus"], ignored: &[] };
    asked.certificates = should(fields.objects("cursus", &course, |fields| fields.text("naamCursus")));

    let occupation = vacancy.occupation.as_ref().map(|o| &o.text).or(vacancy.title.as_ref());
    let importance = if occupation.is_some_and(|o| drivers::is_driving_occupation(o.as_str())) {
        // Driving is the job: the licence is required by law, whatever the importance in the message (R4).
        Importance::Legal
    } else {
        Importance::Should
    };
    let asked = &mut vacancy.requirements;
    asked.licences = common::licences(fields)
        .into_iter()
        .map(|licence| Requirement { importance, ..Requirement::should(licence) })
        .collect();
    asked.unscored = unscored;
}

fn should<T>(asked: Vec<T>) -> Vec<Requirement<T>> {
    asked.into_iter().map(Requirement::should).collect()
}

/// Gedragscompetentie. Asked are good and sufficient command, and a competency that is named without one. What
/// "insufficient", "not" and "to be examined" ask of a person cannot be told: kept as text. "Does not apply" asks nothing.
fn competencies(fields: &Fields<'_>, unscored: &mut Vec<UnscoredRequirement>) -> Vec<Quality> {
    const COMMAND: &str = "codeBeheersingGedragscompetentie";
    let known =
        Known { read: &["codeGedragscompetentie", COMMAND], ignored: &["omschrijvingGedragscompetentie"] };
    let kept = std::cell::RefCell::new(Vec::new());
    let asked = fields.objects("gedragscompetentie", &known, |fields| {
        let competency = fields.code("codeGedragscompetentie", codes::competency)?;
        let keep = |command: &str| {
            fields.tell_field(COMMAND, |path| Issue::new(path, IssueCode::KeptAsText));
            let text = format!("gedragscompetentie {}: {command}", competency.code());
            kept.borrow_mut().extend(unscored_requirement("gedragscompetentie", &text));
            None
        };
        match fields.code(COMMAND, codes::command) {
            None | Some(Command::Seen(ObservedValue::Strong | ObservedValue::Sufficient)) => {
                Some(Quality { competency, facet: None })
            }
            Some(Command::Seen(ObservedValue::Absent)) => keep("niet"),
            Some(Command::Seen(_)) => keep("onvoldoende"),
            Some(Command::ToBeExamined) => keep("onderzoek noodzakelijk"),
            Some(Command::NotApplicable) => {
                fields.tell_field(COMMAND, |path| Issue::new(path, IssueCode::NothingSaid));
                None
            }
        }
    });
    unscored.extend(kept.into_inner());
    asked
}

/// Taalbeheersing. VUM has no reason for a language, so one other than Dutch or English is kept as text (R9).
fn languages(
    fields: &Fields<'_>,
    unscored: &mut Vec<UnscoredRequirement>,
) -> Vec<Requirement<LanguageDemand>> {
    let mut asked: Vec<Requirement<LanguageDemand>> = Vec::new();
    for entry in common::languages(fields) {
        let LanguageEntry { language, levels } = entry;
        match LanguageDemand::new(language, levels, None, None) {
            Ok(demand) => asked.push(Requirement::should(demand)),
            Err(_) => {
                fields.tell_field("taalbeheersing", |path| {
                    let (nl, en) = if language.needs_no_reason() {
                        (
                            format!("voor de taal {language} is geen niveau genoemd"),
                            format!("no level is named for the language {language}"),
                        )
                    } else {
                        (
                            format!("de taal {language} wordt gevraagd zonder reden en telt niet mee"),
                            format!("the language {language} is asked without a reason and is not scored"),
                        )
                    };
                    Issue::new(path, IssueCode::KeptAsText).saying(nl, en)
                });
                let text = format!("taal {language}: {}", common::levels_in_words(&levels));
                unscored.extend(unscored_requirement("taalbeheersing", &text));
            }
        }
    }
    asked
}

/// The field goes without the number of the entry, so that another order in the next delivery is no change.
fn unscored_requirement(field: &str, text: &str) -> Option<UnscoredRequirement> {
    Some(UnscoredRequirement { field: field.to_owned(), text: FreeText::new(text).ok()? })
}

fn educations(fields: &Fields<'_>) -> Vec<EducationDemand> {
    let known = Known { read: &["codeNiveauOpleiding", "indicatieDiploma", "opleidingsnaam"], ignored: &[] };
    fields.objects("opleiding", &known, |fields| {
        let name = common::education_name(&fields);
        let demand = EducationDemand {
            // What has no name may have a description that serves as one.
            name: name.name.or_else(|| Label::new(name.description?.as_str()).ok()),
            code: name.code,
            level: fields.code("codeNiveauOpleiding", codes::education_level),
            diploma: fields.code("indicatieDiploma", codes::diploma),
        };
        let says_something = demand.name.is_some() || demand.code.is_some() || demand.level.is_some();
        if !says_something {
            fields.tell(IssueCode::IncompleteEntry);
        }
        says_something.then_some(demand)
    })
}

#[cfg(test)]
mod tests;
