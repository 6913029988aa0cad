//! The reading rules of a *werkzoekende*.

use crate::{
    domain::{
        Candidate, Date,
        candidate::CandidateProfile,
        education::{DrivingLicence, HeldLicences},
        language::CefrLevel,
        observation::{ObservationSource, ObservedValue},
        provenance::{Delivery, Door},
        support::SupportKind,
        time::{Answer, AvailableFrom},
        travel::MeansOfTransport,
    },
    exchange::vum::{Record, parse},
};
use serde_json::json;

fn delivery() -> Delivery {
    Delivery { door: Door::Vum, organisation: None, on: jiff::civil::date(2026, 11, 22) }
}

/// The candidate and its issues as `field CODE`.
fn read(mut fields: serde_json::Value) -> (Candidate, Vec<String>) {
    fields["idWerkzoekende"] = json!("k");
    let parsed = parse(fields.to_string().as_bytes(), &delivery()).unwrap();
    let Record::Candidate(candidate) = parsed.record else { panic!("a vacancy?") };
    let issues = parsed.issues.iter().map(|i| format!("{} {}", i.field, i.code.name())).collect();
    (*candidate, issues)
}

fn profile(fields: serde_json::Value) -> CandidateProfile {
    let (candidate, issues) = read(fields);
    assert_eq!(issues, Vec::<String>::new());
    candidate.profile
}

#[test]
fn language_codes_become_levels_and_spoken_is_not_written() {
    let languages = profile(json!({"arbeidsmarktkwalificatie": {"taalbeheersing": [
        {"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 1, "codeNiveauTaalbeheersingSchriftelijk": 2,
         "codeNiveauTaalbeheersingLezen": 3, "codeNiveauTaalbeheersingLuisteren": 4},
        {"codeTaal": "tir", "codeNiveauTaalbeheersingMondeling": 0, "codeNiveauTaalbeheersingSchriftelijk": 8},
    ]}}))
    .languages;
    let levels = languages[0].levels;
    assert_eq!(levels.speaking, Some(CefrLevel::A0));
    assert_eq!(levels.writing, Some(CefrLevel::A2));
    assert_eq!(levels.reading, Some(CefrLevel::B2));
    assert_eq!(levels.listening, Some(CefrLevel::C1));
    assert!(languages[1].levels.is_empty());
}

#[test]
fn the_radius_counts_only_where_the_distance_is_empty() {
    let km = |fields| profile(fields).travel.max_km.map(|km| km.get());
    assert_eq!(km(json!({"flexibiliteit": {"codeRegiostraal": 4}})), Some(25));
    assert_eq!(km(json!({"flexibiliteit": {"codeRegiostraal": 9}})), Some(150));
    let both = json!({"mobiliteit": {"maximaleReisafstand": 12}, "flexibiliteit": {"codeRegiostraal": 9}});
    assert_eq!(km(both), Some(12));
    let (candidate, issues) =
        read(json!({"mobiliteit": {"maximaleReisafstand": 0}, "flexibiliteit": {"codeRegiostraal": 1}}));
    assert_eq!(candidate.profile.travel.max_km.map(|km| km.get()), Some(5));
    assert_eq!(issues, ["mobiliteit.maximaleReisafstand PLACEHOLDER"]);
}

#[test]
fn an_indication_is_unknown_yes_or_an_explicit_no() {
    let read = |code| {
        let profile = profile(json!({
            "flexibiliteit": {"indicatieOnregelmatigWerkOfPloegendienst": code},
            "eisAanWerk": {"indicatieBegeleiding": code},
        }));
        (profile.availability.irregular_work, profile.support_needs.first().map(|n| (n.kind, n.needed)))
    };
    assert_eq!(read(0), (None, None));
    assert_eq!(read(1), (Some(Answer::Yes), Some((SupportKind::Guidance, Answer::Yes))));
    assert_eq!(read(2), (Some(Answer::No), Some((SupportKind::Guidance, Answer::No))));
}

#[test]
fn a_competency_is_what_the_person_says_and_5_and_9_say_nothing() {
    let entry =
        |command: i32| json!({"codeGedragscompetentie": 24104, "codeBeheersingGedragscompetentie": command});
    let entries: Vec<_> = [1, 2, 3, 4, 5, 9].map(entry).into();
    let (candidate, issues) = read(json!({"arbeidsmarktkwalificatie": {"gedragscompetentie": entries}}));
    let observed = &candidate.profile.observations;
    let values: Vec<_> = observed.iter().map(|o| o.value).collect();
    use ObservedValue::*;
    assert_eq!(values, [Strong, Sufficient, Insufficient, Absent]);
    assert!(observed.iter().all(|o| o.source == ObservationSource::SelfReport && o.observed_on.is_none()));
    assert_eq!(
        issues,
        [
            "arbeidsmarktkwalificatie.gedragscompetentie[4].codeBeheersingGedragscompetentie NOTHING_SAID",
            "arbeidsmarktkwalificatie.gedragscompetentie[5].codeBeheersingGedragscompetentie NOTHING_SAID",
        ]
    );
}

#[test]
fn special_data_and_contact_data_reach_the_restricted_part_only() {
    let (candidate, _) = read(json!({
        "indicatieLdrRegistratie": 1,
        "emailadres": ["a@example.org"],
        "telefoonnummer": ["0600000000"],
        "webadres": [{"codeWebadres": 2, "url": "example.org/cv"}],
        "contactpersoon": [{"naamContactpersoonAfdeling": "Loket"}],
    }));
    assert_eq!(candidate.profile, CandidateProfile::default());
    assert_eq!(candidate.restricted.target_group, Some(Answer::Yes));
    assert_eq!(candidate.restricted.contact.contacts.len(), 1);
    let parts: Vec<_> = candidate.provenance.iter().map(|p| p.part.as_str()).collect();
    assert_eq!(
        parts,
        [
            "restricted.contact.emails",
            "restricted.contact.phones",
            "restricted.contact.websites",
            "restricted.contact.contacts",
            "restricted.target_group"
        ]
    );
}

#[test]
fn a_means_that_is_listed_is_there_unless_it_is_explicitly_not() {
    let means = profile(json!({"vervoermiddel": [
        {"codeVervoermiddel": 3},
        {"codeVervoermiddel": 5, "indicatieBeschikbaarVoorWoonWerkverkeer": 1},
        {"codeVervoermiddel": 1, "indicatieBeschikbaarVoorWoonWerkverkeer": 2},
    ]}))
    .travel
    .means;
    assert_eq!(means, [MeansOfTransport::Bicycle, MeansOfTransport::PublicTransport]);
}

#[test]
fn an_end_before_its_start_is_left_out_and_the_start_is_taken() {
    let (candidate, issues) = read(json!({"flexibiliteit": {
        "datumAanvangBeschikbaarVoorWerk": "2026-12-01", "datumEindeBeschikbaarVoorWerk": "2026-11-01"
    }}));
    let start: Date = jiff::civil::date(2026, 12, 1);
    assert_eq!(candidate.profile.availability.from, Some(AvailableFrom::Date(start)));
    assert_eq!(candidate.profile.availability.until, None);
    assert_eq!(issues, ["flexibiliteit.datumEindeBeschikbaarVoorWerk CONTRADICTION"]);
}

#[test]
fn fewest_hours_above_the_most_are_both_left_unknown() {
    let hours = |min, max| json!({"werktijden": {"aantalWerkurenPerWeekMinimaal": min, "aantalWerkurenPerWeekMaximaal": max}});
    let range = profile(hours(0, 24)).availability.hours.unwrap();
    assert_eq!((range.min().map(|h| h.minutes()), range.max().map(|h| h.minutes())), (Some(0), Some(1_440)));
    let (candidate, issues) = read(hours(32, 24));
    assert_eq!(candidate.profile.availability.hours, None);
    assert_eq!(issues, ["werktijden.aantalWerkurenPerWeekMinimaal CONTRADICTION"]);
    let (candidate, issues) = read(hours(0, 0));
    assert_eq!(candidate.profile.availability.hours, None);
    assert_eq!(issues.len(), 2);
}

#[test]
fn an_unknown_licence_leaves_the_known_ones() {
    let (candidate, issues) = read(json!({"arbeidsmarktkwalificatie": {"rijbewijs": [
        {"codeSoortRijbewijs": "str"}, {"codeSoortRijbewijs": "B"}
    ]}}));
    assert_eq!(candidate.profile.licences, Some(HeldLicences::These(vec![DrivingLicence::B])));
    assert_eq!(issues, ["arbeidsmarktkwalificatie.rijbewijs[0].codeSoortRijbewijs UNKNOWN_CODE"]);
    let (candidate, _) =
        read(json!({"arbeidsmarktkwalificatie": {"rijbewijs": [{"codeSoortRijbewijs": "str"}]}}));
    assert_eq!(candidate.profile.licences, None, "unknown is not none at all");
}
