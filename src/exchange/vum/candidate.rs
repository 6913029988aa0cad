//! A *werkzoekende*. Reads both versions of the schema (0.8.2 and 0.8.7): they differ in the required id, in limits
//! of contact data and in how alternatives are written, not in names.

use super::{
    codes::{self, Command},
    common::{self, TransportUse},
    issues::{Issues, Path},
    reader::{Fields, Known},
};
use crate::{
    domain::{
        Candidate,
        competency::Quality,
        education::{Course, Education, HeldLicences},
        language::LanguageProficiency,
        observation::{Dispute, Observation, ObservationSource, Observed},
        place::CountryCode,
        provenance::Delivery,
        support::{SupportKind, SupportNeed},
        text::{CandidateId, Label},
        time::AvailableFrom,
        travel::ReachLimit,
        work::WorkExperience,
    },
    exchange::{Issue, IssueCode},
};
use serde_json::{Map, Value};

const WERKZOEKENDE: Known = Known {
    read: &[
        "idWerkzoekende",
        "indicatieLdrRegistratie",
        "indicatieBeschikbaarheidContactgegevens",
        "persoonlijkePresentatie",
        "voorkeursland",
        "eisAanWerk",
        "vervoermiddel",
        "mobiliteit",
        "flexibiliteit",
        "werktijden",
        "contractvorm",
        "arbeidsmarktkwalificatie",
        "emailadres",
        "webadres",
        "telefoonnummer",
        "contactpersoon",
        "sector",
        "bemiddelingsberoep",
    ],
    ignored: &[],
};

/// Reads every field of a *werkzoekende* whose id is known.
pub(super) fn candidate(
    id: CandidateId,
    object: &Map<String, Value>,
    issues: &Issues,
    delivery: &Delivery,
) -> Candidate {
    let fields = Fields::open(object, Path::Root, issues, &WERKZOEKENDE);
    let mut candidate = Candidate::new(id);

    let restricted = &mut candidate.restricted;
    restricted.target_group = fields.code("indicatieLdrRegistratie", codes::yes_or_no);
    restricted.contact.may_be_shared =
        fields.code("indicatieBeschikbaarheidContactgegevens", codes::yes_or_no);
    restricted.contact.emails = fields.texts("emailadres");
    restricted.contact.phones = fields.texts("telefoonnummer");
    restricted.contact.websites = common::websites(&fields);
    restricted.contact.contacts = common::contacts(&fields);

    let profile = &mut candidate.profile;
    profile.presentation = fields.text("persoonlijkePresentatie");
    profile.countries = countries(&fields);
    profile.support_needs = support_needs(&fields);
    profile.contract_forms = common::contract_forms(&fields);
    profile.wishes.sectors = common::sectors(&fields, "sector");
    profile.wishes.occupations = common::occupations(&fields, "bemiddelingsberoep");
    read_travel(&fields, &mut candidate);
    read_times(&fields, &mut candidate);
    read_qualification(&fields, &mut candidate, delivery);
    candidate
}

fn countries(fields: &Fields<'_>) -> Vec<CountryCode> {
    let known = Known { read: &["landencodeIso"], ignored: &[] };
    fields.objects("voorkeursland", &known, |fields| {
        fields.text_code("landencodeIso", |code| CountryCode::parse(code).ok().map(Some))
    })
}

/// EisAanWerk: 1 is a need, 2 an explicit "no need".
fn support_needs(fields: &Fields<'_>) -> Vec<SupportNeed> {
    const NEEDS: [(&str, SupportKind); 3] = [
        ("indicatieAanpassingWerkomgeving", SupportKind::AdaptedWorkplace),
        ("indicatieBegeleiding", SupportKind::Guidance),
        ("indicatieWerkvariatie", SupportKind::VariedWork),
    ];
    let known = Known { read: &[NEEDS[0].0, NEEDS[1].0, NEEDS[2].0], ignored: &[] };
    fields
        .object("eisAanWerk", &known, |fields| {
            NEEDS
                .into_iter()
                .filter_map(|(name, kind)| {
                    Some(SupportNeed { kind, needed: fields.indication(name)?, note: None })
                })
                .collect()
        })
        .unwrap_or_default()
}

fn read_travel(fields: &Fields<'_>, candidate: &mut Candidate) {
    let travel = &mut candidate.profile.travel;
    travel.means = common::means_of_transport(fields, TransportUse::Commuting);
    let known =
        Known { read: &["bemiddelingspostcode", "maximaleReisafstand", "maximaleReistijd"], ignored: &[] };
    fields.object("mobiliteit", &known, |fields| {
        // 0 km or minutes is what an empty field looks like in many files, and would keep the person at home.
        let reach = |name| {
            let limit = fields.number(name, 1..=999)?;
            u32::try_from(limit).ok().and_then(|limit| ReachLimit::new(limit).ok())
        };
        travel.from = fields.postcode("bemiddelingspostcode");
        travel.max_km = reach("maximaleReisafstand");
        travel.max_minutes = reach("maximaleReistijd");
    });
}

fn read_times(fields: &Fields<'_>, candidate: &mut Candidate) {
    let profile = &mut candidate.profile;
    let times = &mut profile.availability;
    (times.hours, times.office_hours) = common::working_hours(fields);
    let known = Known {
        read: &[
            "codeRegiostraal",
            "indicatieOnregelmatigWerkOfPloegendienst",
            "datumAanvangBeschikbaarVoorWerk",
            "datumEindeBeschikbaarVoorWerk",
        ],
        ignored: &[],
    };
    fields.object("flexibiliteit", &known, |fields| {
        times.irregular_work = fields.indication("indicatieOnregelmatigWerkOfPloegendienst");
        let from = fields.date("datumAanvangBeschikbaarVoorWerk");
        times.from = from.map(AvailableFrom::Date);
        times.until = fields.date("datumEindeBeschikbaarVoorWerk").filter(|until| {
            let possible = from.is_none_or(|from| from <= *until);
            if !possible {
                fields.tell_field("datumEindeBeschikbaarVoorWerk", end_before_start);
            }
            possible
        });
        let radius = fields.code("codeRegiostraal", codes::radius_km);
        if profile.travel.max_km.is_none() {
            profile.travel.max_km = radius.and_then(|km| ReachLimit::new(km).ok());
        }
    });
}

fn end_before_start(path: String) -> Issue {
    Issue::new(path, IssueCode::Contradiction)
        .saying("het einde ligt voor het begin", "the end is before the start")
}

const QUALIFICATION: Known = Known {
    read: &[
        "codeWerkEnDenkniveauWerkzoekende",
        "vakvaardigheid",
        "taalbeheersing",
        "gedragscompetentie",
        "interesse",
        "rijbewijs",
        "cursus",
        "opleiding",
        "werkervaring",
    ],
    ignored: &[],
};

fn read_qualification(fields: &Fields<'_>, candidate: &mut Candidate, delivery: &Delivery) {
    let profile = &mut candidate.profile;
    fields.object("arbeidsmarktkwalificatie", &QUALIFICATION, |fields| {
        profile.level = fields.code("codeWerkEnDenkniveauWerkzoekende", codes::work_level);
        profile.skills = common::skills(&fields);
        profile.languages = common::languages(&fields)
            .into_iter()
            .map(|entry| LanguageProficiency {
                language: entry.language,
                levels: entry.levels,
                assessed_on: None,
            })
            .collect();
        profile.observations = observations(&fields, delivery);
        let interest = Known { read: &["naamInteresse"], ignored: &[] };
        profile.wishes.interests = fields.objects("interesse", &interest, |f| f.text("naamInteresse"));
        let licences = common::licences(&fields);
        profile.licences = (!licences.is_empty()).then_some(HeldLicences::These(licences));
        profile.courses = courses(&fields);
        profile.educations = educations(&fields);
        profile.experience = experience(&fields);
    });
}

/// Gedragscompetentie: what the person says of themselves, without a date (R6).
fn observations(fields: &Fields<'_>, delivery: &Delivery) -> Vec<Observation> {
    const COMMAND: &str = "codeBeheersingGedragscompetentie";
    let known =
        Known { read: &["codeGedragscompetentie", "omschrijvingGedragscompetentie", COMMAND], ignored: &[] };
    fields.objects("gedragscompetentie", &known, |fields| {
        let competency = fields.code("codeGedragscompetentie", codes::competency);
        let command = fields.code(COMMAND, codes::command);
        let note = fields.text("omschrijvingGedragscompetentie");
        match command {
            Some(Command::Seen(value)) => Some(Observation {
                observed: Observed::Quality(Quality { competency: competency?, facet: None }),
                source: ObservationSource::SelfReport,
                value,
                observed_on: None,
                note,
                dispute: Dispute::Undisputed,
                delivery: Some(delivery.clone()),
            }),
            Some(Command::ToBeExamined | Command::NotApplicable) => {
                fields.tell_field(COMMAND, |path| Issue::new(path, IssueCode::NothingSaid));
                None
            }
            None => {
                if !fields.has(COMMAND) {
                    fields.tell(IssueCode::IncompleteEntry);
                }
                None
            }
        }
    })
}

fn courses(fields: &Fields<'_>) -> Vec<Course> {
    let known = Known {
        read: &[
            "naamCursus",
            "datumCertificaat",
            "datumAanvangVolgenCursus",
            "datumEindeVolgenCursus",
            "naamOpleidingsinstituut",
        ],
        ignored: &[],
    };
    fields.objects("cursus", &known, |fields| {
        let name: Option<Label> = fields.text("naamCursus");
        if name.is_none() && !fields.has("naamCursus") {
            fields.tell(IssueCode::IncompleteEntry);
        }
        Some(Course {
            name: name?,
            certificate_on: fields.date("datumCertificaat"),
            valid_until: None,
            from: fields.date("datumAanvangVolgenCursus"),
            until: fields.date("datumEindeVolgenCursus"),
            school: fields.text("naamOpleidingsinstituut"),
        })
    })
}

fn educations(fields: &Fields<'_>) -> Vec<Education> {
    let known = Known {
        read: &[
            "codeNiveauOpleiding",
            "indicatieDiploma",
            "datumDiploma",
            "opleidingsnaam",
            "datumAanvangVolgenOpleiding",
            "datumEindeVolgenOpleiding",
            "codeStatusOpleiding",
            "naamOpleidingsinstituut",
        ],
        ignored: &[],
    };
    fields.objects("opleiding", &known, |fields| {
        let name = common::education_name(&fields);
        let education = Education {
            name: name.name,
            code: name.code,
            level: fields.code("codeNiveauOpleiding", codes::education_level),
            status: fields.code("codeStatusOpleiding", codes::education_status),
            diploma: fields.code("indicatieDiploma", codes::diploma),
            diploma_on: fields.date("datumDiploma"),
            from: fields.date("datumAanvangVolgenOpleiding"),
            until: fields.date("datumEindeVolgenOpleiding"),
            school: fields.text("naamOpleidingsinstituut"),
            description: name.description,
        };
        (education != Education::default()).then_some(education)
    })
}

fn experience(fields: &Fields<'_>) -> Vec<WorkExperience> {
    let known = Known {
        read: &[
            "datumAanvangWerkzaamheden",
            "datumEindeWerkzaamheden",
            "naamOrganisatie",
            "beroep",
            "toelichtingWerkervaring",
        ],
        ignored: &[],
    };
    fields.objects("werkervaring", &known, |fields| {
        let work = WorkExperience {
            occupation: common::occupation(&fields, "beroep"),
            from: fields.date("datumAanvangWerkzaamheden"),
            until: fields.date("datumEindeWerkzaamheden"),
            months: None,
            organisation: fields.text("naamOrganisatie"),
            description: fields.text("toelichtingWerkervaring"),
        };
        (work != WorkExperience::default()).then_some(work)
    })
}

#[cfg(test)]
mod tests;
