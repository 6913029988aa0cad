//! What candidates and vacancies have in common in VUM.

use super::{
    codes,
    reader::{Fields, Known},
};
use crate::{
    domain::{
        contract::ContractForm,
        education::DrivingLicence,
        language::{LanguageCode, LevelPerSkill},
        restricted::ContactPerson,
        sector::SbiCode,
        text::{Label, Name},
        time::{Answer, HoursPerWeek, HoursRange},
        travel::MeansOfTransport,
        work::{OccupationRef, SkillRef},
    },
    exchange::{Issue, IssueCode},
};

const OCCUPATION: Known =
    Known { read: &["codeBeroepsnaam", "omschrijvingBeroepsnaam", "naamBeroepOngecodeerd"], ignored: &[] };

/// Beroepsnaam, coded or not. A code without a name is its own name: the words are all that is matched.
fn occupation_of(fields: &Fields<'_>) -> Option<OccupationRef> {
    let boc_code = fields.text::<10>("codeBeroepsnaam").and_then(|code| Label::new(code.as_str()).ok());
    let text = fields
        .text("omschrijvingBeroepsnaam")
        .or_else(|| fields.text("naamBeroepOngecodeerd"))
        .or_else(|| boc_code.clone());
    if text.is_none() {
        fields.tell(IssueCode::IncompleteEntry);
    }
    Some(OccupationRef { text: text?, concept: None, boc_code })
}

pub(super) fn occupation(fields: &Fields<'_>, name: &str) -> Option<OccupationRef> {
    fields.object(name, &OCCUPATION, |fields| occupation_of(&fields)).flatten()
}

pub(super) fn occupations(fields: &Fields<'_>, name: &str) -> Vec<OccupationRef> {
    fields.objects(name, &OCCUPATION, |fields| occupation_of(&fields))
}

pub(super) fn sectors(fields: &Fields<'_>, name: &str) -> Vec<SbiCode> {
    fields.objects(name, &SECTOR, |fields| sector_of(&fields))
}

pub(super) fn sector(fields: &Fields<'_>, name: &str) -> Option<SbiCode> {
    fields.object(name, &SECTOR, |fields| sector_of(&fields)).flatten()
}

const SECTOR: Known = Known { read: &["codeSbi"], ignored: &[] };

fn sector_of(fields: &Fields<'_>) -> Option<SbiCode> {
    let code = fields.number("codeSbi", 1..=99_999)?;
    u32::try_from(code).ok().and_then(|code| SbiCode::new(code).ok())
}

pub(super) fn contract_forms(fields: &Fields<'_>) -> Vec<ContractForm> {
    let known = Known { read: &["codeTypeArbeidscontract", "codeTypeOvereenkomst"], ignored: &[] };
    fields.objects("contractvorm", &known, |fields| {
        let duration = fields.text_code("codeTypeArbeidscontract", codes::contract_duration);
        let kind = fields.text_code("codeTypeOvereenkomst", codes::agreement_kind);
        (duration.is_some() || kind.is_some()).then_some(ContractForm { duration, kind })
    })
}

pub(super) fn licences(fields: &Fields<'_>) -> Vec<DrivingLicence> {
    let known = Known { read: &["codeSoortRijbewijs"], ignored: &[] };
    fields
        .objects("rijbewijs", &known, |fields| fields.text_code("codeSoortRijbewijs", codes::driving_licence))
}

pub(super) fn skills(fields: &Fields<'_>) -> Vec<SkillRef> {
    let known = Known { read: &["omschrijving"], ignored: &[] };
    fields.objects("vakvaardigheid", &known, |fields| {
        Some(SkillRef { text: fields.text("omschrijving")?, concept: None })
    })
}

/// For what a means of transport is listed.
#[derive(Clone, Copy)]
pub(super) enum TransportUse {
    /// Between home and work.
    Commuting,
    /// For the work itself.
    Work,
}

/// Vervoermiddel. Who lists a means without saying what it is for has it: only an explicit no takes it out.
pub(super) fn means_of_transport(fields: &Fields<'_>, for_use: TransportUse) -> Vec<MeansOfTransport> {
    const COMMUTING: &str = "indicatieBeschikbaarVoorWoonWerkverkeer";
    const WORK: &str = "indicatieBeschikbaarVoorUitvoeringWerk";
    let known = Known { read: &[COMMUTING, WORK, "codeVervoermiddel"], ignored: &[] };
    fields.objects("vervoermiddel", &known, |fields| {
        let commuting = fields.indication(COMMUTING);
        let work = fields.indication(WORK);
        let means = fields.code("codeVervoermiddel", codes::means_of_transport)?;
        let available = match for_use {
            TransportUse::Commuting => commuting,
            TransportUse::Work => work,
        };
        (available != Some(Answer::No)).then_some(means)
    })
}

/// A language with what is said of it; the language is told as text where the code is none.
#[derive(PartialEq)]
pub(super) struct LanguageEntry {
    pub(super) language: LanguageCode,
    pub(super) levels: LevelPerSkill,
}

pub(super) fn languages(fields: &Fields<'_>) -> Vec<LanguageEntry> {
    let known = Known {
        read: &[
            "codeTaal",
            "codeNiveauTaalbeheersingMondeling",
            "codeNiveauTaalbeheersingSchriftelijk",
            "codeNiveauTaalbeheersingLezen",
            "codeNiveauTaalbeheersingLuisteren",
        ],
        ignored: &[],
    };
    fields.objects("taalbeheersing", &known, |fields| {
        let level = |name| fields.code(name, codes::language_level);
        let language =
            fields.text_code("codeTaal", |code| LanguageCode::parse(&code.to_lowercase()).ok().map(Some));
        if language.is_none() && !fields.has("codeTaal") {
            fields.tell(IssueCode::IncompleteEntry);
        }
        Some(LanguageEntry {
            language: language?,
            levels: LevelPerSkill {
                listening: level("codeNiveauTaalbeheersingLuisteren"),
                reading: level("codeNiveauTaalbeheersingLezen"),
                speaking: level("codeNiveauTaalbeheersingMondeling"),
                writing: level("codeNiveauTaalbeheersingSchriftelijk"),
            },
        })
    })
}

/// Werktijden. A most of 0 hours says nothing: nobody looks for no work.
pub(super) fn working_hours(fields: &Fields<'_>) -> (Option<HoursRange>, Option<Answer>) {
    const MIN: &str = "aantalWerkurenPerWeekMinimaal";
    const MAX: &str = "aantalWerkurenPerWeekMaximaal";
    let known = Known { read: &[MIN, MAX, "indicatieKantoortijden"], ignored: &[] };
    fields
        .object("werktijden", &known, |fields| {
            // Up to 99, so the conversion is exact.
            let hours = |h: i64| HoursPerWeek::new(h as f64).ok();
            let max = fields.number(MAX, 1..=99);
            // Beside a known most, a fewest of 0 means "from nothing on"; alone it says nothing.
            let lowest = if max.is_some() { 0 } else { 1 };
            let min = fields.number(MIN, lowest..=99);
            let range = HoursRange::new(min.and_then(hours), max.and_then(hours));
            if range.is_err() {
                fields.tell_field(MIN, |path| {
                    Issue::new(path, IssueCode::Contradiction).saying(
                        "het minimum aantal uren is hoger dan het maximum",
                        "the fewest hours are more than the most hours",
                    )
                });
            }
            (range.ok().flatten(), fields.indication("indicatieKantoortijden"))
        })
        .unwrap_or_default()
}

pub(super) fn websites(fields: &Fields<'_>) -> Vec<Name> {
    fields.objects("webadres", &WEB_ADDRESS, |fields| fields.text("url"))
}

pub(super) const WEB_ADDRESS: Known = Known { read: &["url"], ignored: &["codeWebadres"] };

/// Contactpersoon: version 0.8.7 has one number and one address a person, a vacancy has lists; files mix them.
pub(super) fn contacts(fields: &Fields<'_>) -> Vec<ContactPerson> {
    let known = Known { read: &["naamContactpersoonAfdeling", "telefoonnummer", "emailadres"], ignored: &[] };
    fields.objects("contactpersoon", &known, |fields| {
        let person = ContactPerson {
            name: fields.text("naamContactpersoonAfdeling"),
            phones: fields.one_or_more("telefoonnummer"),
            emails: fields.one_or_more("emailadres"),
        };
        (person != ContactPerson::default()).then_some(person)
    })
}

/// Opleidingsnaam and the codes that a person's education and an asked one share.
pub(super) struct EducationName {
    pub(super) name: Option<Label>,
    pub(super) code: Option<u64>,
    pub(super) description: Option<crate::domain::text::FreeText>,
}

pub(super) fn education_name(fields: &Fields<'_>) -> EducationName {
    let known = Known {
        read: &[
            "codeOpleidingsnaam",
            "omschrijvingOpleidingsnaam",
            "naamOpleidingOngecodeerd",
            "omschrijvingOpleiding",
        ],
        ignored: &[],
    };
    fields
        .object("opleidingsnaam", &known, |fields| EducationName {
            name: fields
                .text("omschrijvingOpleidingsnaam")
                .or_else(|| fields.text("naamOpleidingOngecodeerd")),
            code: fields
                .number("codeOpleidingsnaam", 1..=9_999_999_999)
                .and_then(|code| u64::try_from(code).ok()),
            description: fields.text("omschrijvingOpleiding"),
        })
        .unwrap_or(EducationName { name: None, code: None, description: None })
}

/// A text for the codes of levels, for a requirement that is kept as text.
pub(super) fn levels_in_words(levels: &LevelPerSkill) -> String {
    let parts = [
        ("spreken", levels.speaking),
        ("schrijven", levels.writing),
        ("lezen", levels.reading),
        ("luisteren", levels.listening),
    ];
    let known: Vec<String> =
        parts.iter().filter_map(|(skill, level)| level.map(|level| format!("{skill} {level:?}"))).collect();
    if known.is_empty() { "niveau niet genoemd".to_owned() } else { known.join(", ") }
}
