//! What never counts, in words: outside the scoring room, which may not even name it (R15).

use crate::rank::TextLanguage;

/// What never counts: the input of the scoring has no field for it (R15), but for what is found after it (R16).
pub fn never_counts(language: TextLanguage) -> Vec<(&'static str, &'static str)> {
    [
        ("name", "De naam van de persoon.", "The person's name."),
        ("birth", "Geboortedatum en leeftijd.", "Date of birth and age."),
        ("gender", "Geslacht.", "Gender."),
        ("origin", "Nationaliteit en afkomst.", "Nationality and origin."),
        (
            "place",
            "De gemeente en de postcode zelf. Alleen de afstand telt.",
            "The municipality and the postcode themselves. Only the distance counts.",
        ),
        ("benefits", "Uitkering en toeslagen.", "Benefits and allowances."),
        (
            "target_group",
            "Of iemand in het doelgroepregister staat.",
            "Whether somebody is in the target-group register.",
        ),
        ("ladder", "De trede van de participatieladder.", "The step of the participation ladder."),
        ("integration_route", "De route van inburgering.", "The route of integration."),
        (
            "instruments",
            "Regelingen, subsidies en bedragen. Die worden pas na de score gezocht, voor de adviseur.",
            "Instruments, subsidies and amounts. They are looked for after the score, for the advisor.",
        ),
        ("salary", "Het salaris van de vacature.", "The salary of the vacancy."),
        ("contact", "Contactgegevens en notities van adviseurs.", "Contact data and notes of advisors."),
        (
            "others",
            "Wie er nog meer is. Een nieuwe kandidaat verandert geen andere score.",
            "Who else is there. A new candidate changes no other score.",
        ),
    ]
    .map(|(key, dutch, english)| match language {
        TextLanguage::Dutch => (key, dutch),
        TextLanguage::English => (key, english),
    })
    .into()
}
