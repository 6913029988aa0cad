//! The employer of a *vacature*: name, contact, and the address where the work is done.

use super::{
    common,
    reader::{Fields, Known},
};
use crate::{
    domain::{
        Vacancy,
        place::{CountryCode, Place},
        text::Label,
    },
    exchange::{Issue, IssueCode},
};

const WERKGEVER: Known = Known {
    read: &["handelsnaamOrganisatie", "webadres", "adresHouding", "contactpersoon", "sector"],
    ignored: &[],
};

pub(super) fn read_employer(fields: &Fields<'_>, vacancy: &mut Vacancy) {
    vacancy.employer.application_ways = application_ways(fields);
    fields.object("werkgever", &WERKGEVER, |fields| {
        let employer = &mut vacancy.employer;
        employer.name = fields.text("handelsnaamOrganisatie");
        employer.sectors = common::sectors(&fields, "sector");
        employer.contact.websites = common::websites(&fields);
        employer.contact.contacts = common::contacts(&fields);
        vacancy.place = place(&fields);
    });
}

/// Sollicitatiewijze, in words that an advisor can pass on, with the web address where one is given.
fn application_ways(fields: &Fields<'_>) -> Vec<Label> {
    const CODE: &str = "codeSollicitatiewijze";
    let known = Known { read: &[CODE, "webadres"], ignored: &[] };
    fields.objects("sollicitatiewijze", &known, |fields| {
        let way = fields.text_code(CODE, |code| {
            let way = match code {
                "1" => "per post",
                "2" => "per telefoon",
                "3" => "per e-mail",
                "4" => "via een online formulier",
                _ => return None,
            };
            Some(Some(way))
        });
        let url: Option<Label> =
            fields.object("webadres", &common::WEB_ADDRESS, |fields| fields.text("url")).flatten();
        match (way, url) {
            (Some(way), Some(url)) => Label::new(format!("{way}: {url}")).or_else(|_| Label::new(way)).ok(),
            (Some(way), None) => Label::new(way).ok(),
            (None, url) => url,
        }
    })
}

/// What an address is for (codeFunctieAdres).
#[derive(Clone, Copy, PartialEq, Eq)]
enum AddressFunction {
    /// E: where the work is done.
    Workplace,
    /// V: where the organisation is established.
    Establishment,
    /// B, C, W, L, A: letters, homes, pay-slips.
    Other,
}

#[derive(PartialEq)]
struct Address {
    function: AddressFunction,
    place: Place,
}

/// The place of work: the address with function E, else V; never another one, for letters go elsewhere.
fn place(fields: &Fields<'_>) -> Place {
    let known =
        Known { read: &["codeFunctieAdres", "adres"], ignored: &["datumAanvangAdres", "datumEindeAdres"] };
    let addresses = fields.objects("adresHouding", &known, |fields| {
        let function = fields.text_code("codeFunctieAdres", address_function);
        if function == Some(AddressFunction::Other) {
            fields.tell(IssueCode::NotAWorkplace);
        }
        if !matches!(function, Some(AddressFunction::Workplace | AddressFunction::Establishment)) {
            return None;
        }
        let place = fields.object("adres", &ADDRESS, |fields| address(&fields))?;
        Some(Address { function: function?, place })
    });
    let with = |function| addresses.iter().find(|a| a.function == function && a.place != Place::default());
    with(AddressFunction::Workplace)
        .or_else(|| with(AddressFunction::Establishment))
        .map(|address| address.place.clone())
        .unwrap_or_default()
}

fn address_function(code: &str) -> Option<Option<AddressFunction>> {
    let function = match code {
        "E" | "e" => AddressFunction::Workplace,
        "V" | "v" => AddressFunction::Establishment,
        "B" | "C" | "W" | "L" | "A" => AddressFunction::Other,
        _ => return None,
    };
    Some(Some(function))
}

const ADDRESS: Known = Known { read: &["adresNederland", "adresBuitenland"], ignored: &[] };

fn address(fields: &Fields<'_>) -> Place {
    let dutch = Known {
        read: &["postcode", "woonplaatsnaam", "gemeentenaam"],
        ignored: &[
            "codeGemeente",
            "district",
            "gemeentedeel",
            "identificatiecodeNummeraanduiding",
            "identificatiecodeVerblijfplaats",
            "locatieomschrijving",
            "adresDetails",
        ],
    };
    let abroad = Known {
        read: &["landencodeIso", "landsnaam", "woonplaatsnaamBuitenland", "regionaamBuitenland"],
        ignored: &["locatieomschrijvingBuitenland", "postcodeBuitenland", "adresDetailsBuitenland"],
    };
    let at_home = fields.object("adresNederland", &dutch, |fields| Place {
        postcode: fields.postcode("postcode"),
        name: fields.text("woonplaatsnaam").or_else(|| fields.text("gemeentenaam")),
        country: None,
    });
    let elsewhere = fields.object("adresBuitenland", &abroad, |fields| Place {
        postcode: None,
        name: fields
            .text("woonplaatsnaamBuitenland")
            .or_else(|| fields.text("regionaamBuitenland"))
            .or_else(|| fields.text("landsnaam")),
        country: fields.text_code("landencodeIso", |code| CountryCode::parse(code).ok().map(Some)),
    });
    if at_home.is_some() && elsewhere.is_some() {
        fields.tell_field("adresBuitenland", |path| {
            Issue::new(path, IssueCode::Contradiction)
                .saying("er staat ook een adres in Nederland", "there is an address in the Netherlands too")
        });
    }
    at_home.or(elsewhere).unwrap_or_default()
}
