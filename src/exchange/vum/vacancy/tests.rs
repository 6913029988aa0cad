//! The reading rules of a *vacature*.

use crate::{
    domain::{
        Vacancy,
        provenance::{Delivery, Door},
        requirement::Importance,
        travel::MeansOfTransport,
    },
    exchange::vum::{Record, parse},
};
use serde_json::{Value, json};

/// The vacancy and its issues as `field CODE`.
fn read(mut fields: Value) -> (Vacancy, Vec<String>) {
    fields["idVacature"] = json!("v");
    let delivery = Delivery { door: Door::Vum, organisation: None, on: jiff::civil::date(2026, 11, 22) };
    let parsed = parse(fields.to_string().as_bytes(), &delivery).unwrap();
    let Record::Vacancy(vacancy) = parsed.record else { panic!("a candidate?") };
    (*vacancy, parsed.issues.iter().map(|i| format!("{} {}", i.field, i.code.name())).collect())
}

fn importances(vacancy: &Vacancy) -> Vec<Importance> {
    vacancy.requirements.licences.iter().map(|l| l.importance).collect()
}

#[test]
fn a_driving_licence_is_legal_where_driving_is_the_job_and_else_wished() {
    let vacancy = |occupation: &str| {
        read(json!({
            "beroep": {"naamBeroepOngecodeerd": occupation},
            "rijbewijs": [{"codeSoortRijbewijs": "CE"}, {"codeSoortRijbewijs": "B"}],
        }))
        .0
    };
    assert_eq!(importances(&vacancy("Vrachtwagenschaufeur")), [Importance::Legal; 2]);
    assert_eq!(importances(&vacancy("Timmerman")), [Importance::Should; 2]);
    let by_title = read(json!({"naamVacature": "Taxichauffeur", "rijbewijs": {"codeSoortRijbewijs": "B"}})).0;
    assert_eq!(importances(&by_title), [Importance::Legal]);
}

#[test]
fn the_place_of_work_is_the_work_address_else_the_establishment_and_never_a_letter_box() {
    let address = |function: &str, postcode: &str| json!({"codeFunctieAdres": function, "adres": {"adresNederland": {"postcode": postcode}}});
    let place = |addresses: Value| {
        let (vacancy, issues) = read(json!({"werkgever": {"adresHouding": addresses}}));
        (vacancy.place.postcode.map(|p| p.to_string()), issues)
    };
    let (b, v, e) = (address("B", "1000AA"), address("V", "7511AB"), address("E", "7521CD"));
    assert_eq!(place(json!([v, e])).0.as_deref(), Some("7521CD"));
    assert_eq!(place(json!([b, v])).0.as_deref(), Some("7511AB"));
    let c = address("C", "7511AB");
    let (none, issues) = place(json!([b, c]));
    assert_eq!(none, None);
    assert_eq!(
        issues,
        ["werkgever.adresHouding[0] NOT_A_WORKPLACE", "werkgever.adresHouding[1] NOT_A_WORKPLACE"]
    );
    // An empty work address does not hide the establishment.
    assert_eq!(place(json!([{"codeFunctieAdres": "E"}, v])).0.as_deref(), Some("7511AB"));
}

#[test]
fn an_address_abroad_is_taken_with_its_country() {
    let (vacancy, issues) = read(json!({"werkgever": {"adresHouding": [{"codeFunctieAdres": "E", "adres": {
        "adresBuitenland": {"landencodeIso": "DE", "woonplaatsnaamBuitenland": "Gronau", "postcodeBuitenland": "48599"}
    }}]}}));
    assert_eq!(vacancy.place.country.map(|c| c.to_string()).as_deref(), Some("DE"));
    assert_eq!(vacancy.place.name.as_ref().map(|n| n.as_str()), Some("Gronau"));
    assert_eq!(issues, ["werkgever.adresHouding[0].adres.adresBuitenland.postcodeBuitenland NOT_KEPT"]);
}

#[test]
fn r9_a_language_without_a_reason_is_kept_as_text_and_not_scored() {
    let (vacancy, issues) = read(json!({"taalbeheersing": [
        {"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 2},
        {"codeTaal": "eng", "codeNiveauTaalbeheersingLezen": 3},
        {"codeTaal": "afr", "codeNiveauTaalbeheersingMondeling": 3, "codeNiveauTaalbeheersingLezen": 4},
    ]}));
    let asked: Vec<_> =
        vacancy.requirements.languages.iter().map(|l| l.what.language().to_string()).collect();
    assert_eq!(asked, ["nld", "eng"]);
    let kept: Vec<_> = vacancy.requirements.unscored.iter().map(|u| u.text.as_str()).collect();
    assert_eq!(kept, ["taal afr: spreken B2, lezen C1"]);
    assert_eq!(issues, ["taalbeheersing KEPT_AS_TEXT"]);
}

#[test]
fn competencies_are_wished_and_what_cannot_be_understood_is_kept_as_text() {
    let entry = |code: u32, command: u32| json!({"codeGedragscompetentie": code, "codeBeheersingGedragscompetentie": command});
    let (vacancy, issues) = read(json!({"gedragscompetentie": [
        entry(24100, 1), entry(24101, 2), entry(24102, 3), entry(24104, 4), entry(24105, 5), entry(24106, 9),
        {"codeGedragscompetentie": 24107},
    ]}));
    let asked: Vec<_> =
        vacancy.requirements.competencies.iter().map(|c| (c.what.competency.code(), c.importance)).collect();
    assert_eq!(asked, [24100, 24101, 24107].map(|code| (code, Importance::Should)));
    let kept: Vec<_> = vacancy.requirements.unscored.iter().map(|u| u.text.as_str()).collect();
    assert_eq!(
        kept,
        [
            "gedragscompetentie 24102: onvoldoende",
            "gedragscompetentie 24104: niet",
            "gedragscompetentie 24105: onderzoek noodzakelijk"
        ]
    );
    assert_eq!(issues.iter().filter(|i| i.ends_with("KEPT_AS_TEXT")).count(), 3);
    assert_eq!(issues.iter().filter(|i| i.ends_with("NOTHING_SAID")).count(), 1);
}

#[test]
fn levels_0_and_7_ask_nothing_and_salary_is_words() {
    for unknown in ["0", "7"] {
        let (vacancy, issues) = read(json!({"codeWerkEnDenkniveauMinimaal": unknown}));
        assert_eq!((vacancy.requirements.level, issues.len()), (None, 0));
    }
    let (vacancy, issues) = read(
        json!({"codeWerkEnDenkniveauMinimaal": "s", "arbeidsVoorwaarden": {"salarisIndicatie": "2500"}}),
    );
    assert_eq!(vacancy.requirements.level, None);
    assert_eq!(vacancy.offer.salary_text.as_ref().map(|s| s.as_str()), Some("2500"));
    assert_eq!(issues, ["codeWerkEnDenkniveauMinimaal UNKNOWN_CODE"]);
}

#[test]
fn courses_are_certificates_and_transport_for_the_work_is_offered() {
    let (vacancy, issues) = read(json!({
        "cursus": [{"naamCursus": "VCA"}],
        "werkervaring": [{"aantalJarenWerkzaamInBeroep": 2}, {"aantalJarenWerkzaamInBeroep": 0}],
        "vervoermiddel": [
            {"codeVervoermiddel": 1, "indicatieBeschikbaarVoorUitvoeringWerk": 1},
            {"codeVervoermiddel": 3, "indicatieBeschikbaarVoorUitvoeringWerk": 2}
        ],
        "sollicitatiewijze": [{"codeSollicitatiewijze": "4", "webadres": {"url": "example.org/werk"}}],
    }));
    assert_eq!(vacancy.requirements.certificates[0].what.as_str(), "VCA");
    assert_eq!(vacancy.requirements.experience[0].what.years, 2);
    assert_eq!(vacancy.offer.transport_for_work, [MeansOfTransport::Car]);
    assert_eq!(vacancy.employer.application_ways[0].as_str(), "via een online formulier: example.org/werk");
    assert_eq!(issues, ["werkervaring[1].aantalJarenWerkzaamInBeroep PLACEHOLDER"]);
}
