//! Leniency: whatever a field holds, the rest of the record is taken and the field is told.

use super::*;
use crate::{
    domain::{Candidate, Vacancy, provenance::Door},
    exchange::{IssueCode, RECORD_DEPTH},
};
use proptest::prelude::*;
use serde_json::json;

fn delivery() -> Delivery {
    Delivery { door: Door::Vum, organisation: None, on: jiff::civil::date(2026, 11, 22) }
}

fn read(value: &Value) -> (Record, Vec<String>) {
    let parsed = parse(value.to_string().as_bytes(), &delivery()).unwrap();
    let issues = parsed.issues.iter().map(|i| format!("{} {}", i.field, i.code.name())).collect();
    (parsed.record, issues)
}

fn refusal(bytes: &[u8]) -> RefusalReason {
    parse(bytes, &delivery()).unwrap_err().reason
}

#[test]
fn a_record_that_is_no_object_or_has_no_id_or_no_kind_is_refused() {
    assert_eq!(refusal(b"{"), RefusalReason::NotJson);
    assert_eq!(refusal(b"[]"), RefusalReason::NotAnObject);
    assert_eq!(refusal(b"{\"idVacature\": \"\xff\"}"), RefusalReason::InvalidUtf8);
    assert_eq!(refusal(br#"{"mobiliteit": {}}"#), RefusalReason::NoId);
    assert_eq!(refusal(br#"{"idVacature": null}"#), RefusalReason::NoId);
    assert_eq!(refusal(br#"{"idVacature": " "}"#), RefusalReason::NoId);
    assert_eq!(refusal(br#"{"idVacature": []}"#), RefusalReason::InvalidId);
    assert_eq!(refusal(br#"{"idVacature": "a\u0000"}"#), RefusalReason::InvalidId);
    assert_eq!(refusal(br#"{"idVacature": "a", "idWerkzoekende": "b"}"#), RefusalReason::KindUnclear);
    assert_eq!(refusal(b"{}"), RefusalReason::KindUnclear);
    let large = format!("{{\"idVacature\": \"a\", \"x\": \"{}\"}}", "x".repeat(RECORD_BYTES));
    assert_eq!(refusal(large.as_bytes()), RefusalReason::TooLarge);
    let deep = format!("{{\"idVacature\": \"a\", \"x\": {}}}", "[".repeat(200_000));
    assert_eq!(refusal(deep.as_bytes()), RefusalReason::NotJson);
    let text = parse(b"{\"a\": 1,\n}", &delivery()).unwrap_err().text;
    assert_eq!(text.en, "this is no valid JSON: wrong on line 2 of the record, column 1");
}

#[test]
fn a_number_as_id_is_taken_as_text() {
    assert_eq!(read(&json!({"idVacature": 12})).0.id(), "12");
}

#[test]
fn every_field_of_the_wrong_type_is_told_and_the_rest_is_taken() {
    let (record, issues) = read(&json!({
        "idWerkzoekende": "k",
        "persoonlijkePresentatie": ["lijst"],
        "voorkeursland": "NL",
        "vervoermiddel": {"codeVervoermiddel": "3"},
        "mobiliteit": "7511AB",
        "flexibiliteit": [{"codeRegiostraal": 2.0}],
        "werktijden": {"aantalWerkurenPerWeekMaximaal": {}, "indicatieKantoortijden": true},
        "arbeidsmarktkwalificatie": {
            "codeWerkEnDenkniveauWerkzoekende": 4,
            "vakvaardigheid": [{"omschrijving": 5}, null, "los", {}],
            "taalbeheersing": [{"codeTaal": "nld"}, {"codeTaal": 7}, {"codeNiveauTaalbeheersingLezen": 3}],
            "cursus": [{"datumCertificaat": "2026-01-01"}],
            "opleiding": null,
        },
        "emailadres": "a@example.org",
        "sector": [{"codeSbi": "87301"}, {"codeSbi": -3}, {"codeSbi": 1e300}],
        "kleur": "groen",
    }));
    assert_eq!(
        issues,
        [
            "kleur UNKNOWN_FIELD",
            "emailadres SINGLE_AS_LIST",
            "persoonlijkePresentatie WRONG_TYPE",
            "voorkeursland SINGLE_AS_LIST",
            "voorkeursland[0] WRONG_TYPE",
            "sector[0].codeSbi CONVERTED",
            "sector[1].codeSbi OUT_OF_RANGE",
            "sector[2].codeSbi WRONG_TYPE",
            "vervoermiddel SINGLE_AS_LIST",
            "vervoermiddel[0].codeVervoermiddel CONVERTED",
            "mobiliteit WRONG_TYPE",
            "werktijden.aantalWerkurenPerWeekMaximaal EMPTY_VALUE",
            "werktijden.indicatieKantoortijden WRONG_TYPE",
            "flexibiliteit CONVERTED",
            "arbeidsmarktkwalificatie.vakvaardigheid[0].omschrijving CONVERTED",
            "arbeidsmarktkwalificatie.vakvaardigheid[1] EMPTY_VALUE",
            "arbeidsmarktkwalificatie.vakvaardigheid[2] WRONG_TYPE",
            "arbeidsmarktkwalificatie.vakvaardigheid[3] EMPTY_VALUE",
            "arbeidsmarktkwalificatie.taalbeheersing[1].codeTaal CONVERTED",
            "arbeidsmarktkwalificatie.taalbeheersing[1].codeTaal UNKNOWN_CODE",
            "arbeidsmarktkwalificatie.taalbeheersing[2] INCOMPLETE_ENTRY",
            "arbeidsmarktkwalificatie.cursus[0] INCOMPLETE_ENTRY",
        ]
    );
    let Record::Candidate(candidate) = record else { panic!("a vacancy?") };
    assert_eq!(
        crate::domain::merge::candidate_parts(&candidate),
        [
            "wishes.sbi_codes",
            "travel.max_km",
            "travel.means",
            "level",
            "skills",
            "languages",
            "restricted.contact.emails"
        ]
    );
}

#[test]
fn a_text_over_its_limit_is_not_cut_and_control_characters_are_not_taken() {
    let (record, issues) = read(&json!({
        "idVacature": "v", "naamVacature": "x".repeat(121), "omschrijvingVacature": "a\u{7}b",
        "nummerVacature": 7,
    }));
    assert_eq!(
        issues,
        ["naamVacature TOO_LONG", "nummerVacature CONVERTED", "omschrijvingVacature CONTROL_CHARACTER"]
    );
    let Record::Vacancy(vacancy) = record else { panic!("a candidate?") };
    assert_eq!((vacancy.title, vacancy.description), (None, None));
}

#[test]
fn an_unknown_field_is_told_once_however_often_it_stands_there() {
    let (_, issues) = read(&json!({
        "idVacature": "v", "vakvaardigheid": [{"omschrijving": "a", "x": 1}, {"omschrijving": "b", "x": 2}]
    }));
    assert_eq!(issues, ["vakvaardigheid[0].x UNKNOWN_FIELD"]);
}

#[test]
fn a_record_full_of_errors_is_told_in_bounded_space() {
    let many: Vec<_> = (0..450).map(|n| json!({"omschrijving": n, "y": {}, "x": []})).collect();
    let bad: Vec<_> = (0..400).map(|n| json!({"codeSoortRijbewijs": format!("r{n}")})).collect();
    let parsed = parse(
        json!({"idVacature": "v", "vakvaardigheid": many, "rijbewijs": bad}).to_string().as_bytes(),
        &delivery(),
    )
    .unwrap();
    assert_eq!(parsed.issues.len(), 501);
    let last = parsed.issues.last().unwrap();
    assert_eq!(
        (last.code, &*last.problem.en),
        (IssueCode::TooManyIssues, "there are 352 more issues in this record")
    );
}

#[test]
fn a_list_takes_500_entries_and_says_so() {
    let many: Vec<_> = (0..600).map(|n| json!({"omschrijving": format!("vak {n}")})).collect();
    let (record, issues) = read(&json!({"idVacature": "v", "vakvaardigheid": many}));
    let Record::Vacancy(vacancy) = record else { panic!("a candidate?") };
    assert_eq!(vacancy.requirements.skills.len(), 500);
    assert_eq!(issues, ["vakvaardigheid[500] TOO_MANY_ENTRIES"]);
}

/// Everything that VUM can say about a person, well-formed.
fn full_candidate() -> Value {
    json!({
        "idWerkzoekende": "k", "indicatieLdrRegistratie": 2, "indicatieBeschikbaarheidContactgegevens": 1,
        "persoonlijkePresentatie": "tekst", "voorkeursland": [{"landencodeIso": "NL"}],
        "eisAanWerk": {"indicatieAanpassingWerkomgeving": 1, "indicatieBegeleiding": 2, "indicatieWerkvariatie": 1},
        "vervoermiddel": [{"indicatieBeschikbaarVoorUitvoeringWerk": 0, "indicatieBeschikbaarVoorWoonWerkverkeer": 1, "codeVervoermiddel": 3}],
        "mobiliteit": {"bemiddelingspostcode": "7511AB", "maximaleReisafstand": 20, "maximaleReistijd": 45},
        "flexibiliteit": {"codeRegiostraal": 4, "indicatieOnregelmatigWerkOfPloegendienst": 2,
            "datumAanvangBeschikbaarVoorWerk": "2026-12-01", "datumEindeBeschikbaarVoorWerk": "2027-12-01"},
        "werktijden": {"aantalWerkurenPerWeekMinimaal": 16, "aantalWerkurenPerWeekMaximaal": 24, "indicatieKantoortijden": 1},
        "contractvorm": [{"codeTypeArbeidscontract": "O", "codeTypeOvereenkomst": "01"}],
        "arbeidsmarktkwalificatie": {
            "codeWerkEnDenkniveauWerkzoekende": 4,
            "vakvaardigheid": [{"omschrijving": "ouderen verzorgen"}],
            "taalbeheersing": [{"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 2, "codeNiveauTaalbeheersingSchriftelijk": 1,
                "codeNiveauTaalbeheersingLezen": 3, "codeNiveauTaalbeheersingLuisteren": 4}],
            "gedragscompetentie": [{"codeGedragscompetentie": 24104, "omschrijvingGedragscompetentie": "geduldig", "codeBeheersingGedragscompetentie": 1}],
            "interesse": [{"naamInteresse": "koken"}], "rijbewijs": [{"codeSoortRijbewijs": "B"}],
            "cursus": [{"naamCursus": "BHV", "datumCertificaat": "2025-02-03", "datumAanvangVolgenCursus": "2025-01-01",
                "datumEindeVolgenCursus": "2025-02-01", "naamOpleidingsinstituut": "School"}],
            "opleiding": [{"codeNiveauOpleiding": 4, "indicatieDiploma": 1, "datumDiploma": "2020-07-01",
                "opleidingsnaam": {"codeOpleidingsnaam": 20036, "omschrijvingOpleidingsnaam": "Verzorging"},
                "datumAanvangVolgenOpleiding": "2017-09-01", "datumEindeVolgenOpleiding": "2020-07-01",
                "codeStatusOpleiding": 1, "naamOpleidingsinstituut": "School"}],
            "werkervaring": [{"datumAanvangWerkzaamheden": "2020-08-01", "datumEindeWerkzaamheden": "2024-01-01",
                "naamOrganisatie": "Thuiszorg", "beroep": {"codeBeroepsnaam": "123", "omschrijvingBeroepsnaam": "verzorgende"},
                "toelichtingWerkervaring": "nachtdienst"}],
        },
        "emailadres": ["a@example.org"], "webadres": [{"url": "example.org"}], "telefoonnummer": ["0600000000"],
        "contactpersoon": [{"naamContactpersoonAfdeling": "Loket", "telefoonnummer": "0600000001", "emailadres": "b@example.org"}],
        "sector": [{"codeSbi": 87301}], "bemiddelingsberoep": [{"naamBeroepOngecodeerd": "verzorgende"}],
    })
}

/// Everything that VUM can say about a vacancy, well-formed.
fn full_vacancy() -> Value {
    json!({
        "idVacature": "v", "naamVacature": "Verzorgende", "nummerVacature": "12", "omschrijvingVacature": "tekst",
        "codeWerkEnDenkniveauMinimaal": "4", "indicatieLdrRegistratie": 1, "sluitingsDatumVacature": "2027-01-01",
        "sollicitatiewijze": [{"codeSollicitatiewijze": "3"}],
        "werkgever": {"handelsnaamOrganisatie": "Thuiszorg", "webadres": [{"url": "example.org"}],
            "adresHouding": [{"codeFunctieAdres": "E", "adres": {"adresNederland": {"postcode": "7511AB", "woonplaatsnaam": "Enschede"}}}],
            "contactpersoon": [{"naamContactpersoonAfdeling": "P&O", "telefoonnummer": ["0600000000"], "emailadres": ["c@example.org"]}],
            "sector": [{"codeSbi": 88}]},
        "sector": {"codeSbi": 87301},
        "arbeidsVoorwaarden": {"datumAanvangWerkzaamheden": "2026-12-01", "datumEindeWerkzaamheden": "2027-12-01",
            "omschrijvingArbeidsvoorwaarden": "tekst", "salarisIndicatie": "2500"},
        "contractvorm": [{"codeTypeArbeidscontract": "B", "codeTypeOvereenkomst": "02"}],
        "beroep": {"codeBeroepsnaam": "123", "omschrijvingBeroepsnaam": "verzorgende"},
        "werkervaring": [{"aantalJarenWerkzaamInBeroep": 2}], "rijbewijs": [{"codeSoortRijbewijs": "B"}],
        "vervoermiddel": [{"indicatieBeschikbaarVoorUitvoeringWerk": 1, "codeVervoermiddel": 1}],
        "flexibiliteit": {"indicatieOnregelmatigWerkOfPloegendienst": 1},
        "werktijden": {"aantalWerkurenPerWeekMinimaal": 16, "aantalWerkurenPerWeekMaximaal": 24, "indicatieKantoortijden": 2},
        "cursus": [{"naamCursus": "BHV"}],
        "opleiding": [{"codeNiveauOpleiding": 4, "indicatieDiploma": 1, "opleidingsnaam": {"omschrijvingOpleidingsnaam": "Verzorging"}}],
        "gedragscompetentie": [{"codeGedragscompetentie": 24104, "codeBeheersingGedragscompetentie": 1}],
        "vakvaardigheid": [{"omschrijving": "ouderen verzorgen"}],
        "taalbeheersing": [{"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 2},
            {"codeTaal": "deu", "codeNiveauTaalbeheersingMondeling": 2}],
    })
}

/// The table of parts and the reader agree: a full record fills every part, and a record without those parts is empty.
#[test]
fn what_vum_can_carry_is_exactly_the_table_of_the_merge() {
    let (record, issues) = read(&full_candidate());
    assert_eq!(issues, Vec::<String>::new());
    let Record::Candidate(full) = record else { panic!("a vacancy?") };
    assert_eq!(candidate_parts(&full).len(), 30);
    let nothing = Candidate::new(full.id.clone());
    let emptied = crate::domain::merge::merge_candidate(Some(&full), Some(&full), &nothing);
    assert_eq!(emptied.record, nothing);
    assert_eq!(emptied.changed, candidate_parts(&full));

    let (record, issues) = read(&full_vacancy());
    assert_eq!(issues, ["taalbeheersing KEPT_AS_TEXT"]);
    let Record::Vacancy(full) = record else { panic!("a candidate?") };
    assert_eq!(vacancy_parts(&full).len(), 31);
    let nothing = Vacancy::new(full.id.clone());
    let emptied = crate::domain::merge::merge_vacancy(Some(&full), Some(&full), &nothing);
    assert_eq!(emptied.record, nothing);
}

/// What real and hostile files hold instead of what the standard asks.
fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!(0)),
        Just(json!(99)),
        Just(json!(-1)),
        Just(json!(1.5)),
        Just(json!(1e300)),
        Just(json!(u64::MAX)),
        Just(json!(true)),
        Just(json!("")),
        Just(json!("s")),
        Just(json!("string")),
        Just(json!("12")),
        Just(json!("2026-02-30")),
        Just(json!("a\u{0}b")),
        Just(json!("é".repeat(3_000))),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, [], {}, 7, "x"])),
        Just(json!({"x": {"y": 1}})),
        any::<String>().prop_map(Value::from),
    ]
}

/// All places in a value, as JSON pointers.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(name, inner)| pointers(inner, &format!("{at}/{name}"), found));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, inner)| pointers(inner, &format!("{at}/{n}"), found));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_field_with_anything_in_it_never_costs_more_than_itself(
        candidate in any::<bool>(), which in any::<prop::sample::Index>(), odd in odd_value()
    ) {
        let (whole, id) =
            if candidate { (full_candidate(), "/idWerkzoekende") } else { (full_vacancy(), "/idVacature") };
        let mut places = Vec::new();
        pointers(&whole, "", &mut places);
        let place = which.get(&places);
        prop_assume!(!place.is_empty() && place != id);
        let mut changed = whole.clone();
        *changed.pointer_mut(place).unwrap() = odd;
        let parts = |record: &Record| match record {
            Record::Candidate(candidate) => candidate_parts(candidate),
            Record::Vacancy(vacancy) => vacancy_parts(vacancy),
        };
        let (record, _) = read(&changed);
        let top = place.split('/').nth(1).unwrap_or_default();
        let mut without = whole.clone();
        without.as_object_mut().unwrap().remove(top);
        // Whatever stands in a field, all other fields of the record give what they give without it.
        for part in parts(&read(&without).0) {
            prop_assert!(parts(&record).contains(&part) || top == "arbeidsVoorwaarden", "{part} lost by {place}");
        }
    }

    #[test]
    fn bytes_that_were_changed_anywhere_never_panic(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()
    ) {
        let mut bytes = full_candidate().to_string().into_bytes();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let _ = parse(&bytes, &delivery());
        bytes.truncate(cut.index(bytes.len()));
        prop_assert!(parse(&bytes, &delivery()).is_err());
    }

    #[test]
    fn any_bytes_are_refused_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(parse(&bytes, &delivery()).is_err());
    }
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    let deep = format!(
        "{{\"idVacature\": \"a\", \"x\": {}1{}}}",
        "[".repeat(RECORD_DEPTH),
        "]".repeat(RECORD_DEPTH)
    );
    assert!(parse(deep.as_bytes(), &delivery()).is_ok());
}
