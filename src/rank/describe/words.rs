//! How a score is made and what is known to be lacking, in words. What never counts is told by whoever may name it.

use crate::rank::{criterion::Criterion, wording::TextLanguage};

/// How a score is made, one step an entry.
pub fn steps(language: TextLanguage) -> &'static [&'static str] {
    language.of(
        &[
            "Elk onderdeel krijgt een cijfer van 0 tot 1. Het zegt hoe goed persoon en werk daarop passen.",
            "De werkgever weegt de onderdelen die het werk vraagt. De persoon weegt de onderdelen die de persoon wil.",
            "Samen geven beide kanten een score van 0 tot 100. Past het maar voor één kant, dan gaat er iets af.",
            "Een harde eis die niet klopt, een duidelijk nee of te weinig uren verlaagt de score. Dat staat erbij.",
            "Wat niet bekend is, is geen nee. Bij elke score staat hoe laag of hoog die nog kan worden.",
            "Alleen de wet sluit iemand uit. Dat gebeurt alleen als zeker is dat een bewijs ontbreekt en niet op tijd komt.",
            "Mensen met dezelfde score zijn gelijk. Hun volgorde komt van een geheim getal en zegt niets.",
            "Een werkgever ziet geen score. Die ziet drie groepen, en binnen een groep zegt de volgorde niets.",
            "Een mens beslist. Deze lijst is een voorstel.",
        ],
        &[
            "Each criterion gets a figure from 0 to 1. It says how well person and work fit on it.",
            "The employer weighs the criteria that the work asks. The person weighs the criteria that the person wants.",
            "Together both sides give a score from 0 to 100. A fit for one side only costs something.",
            "An unmet hard requirement, a clear no or too few hours lowers the score. It is told.",
            "What is not known is no no. Each score tells how low or high it can still become.",
            "Only the law leaves somebody out. That happens only where a paper is surely lacking and cannot come in time.",
            "People with the same score are equal. Their order comes from a secret number and says nothing.",
            "An employer sees no score. They see three groups, and inside a group the order says nothing.",
            "A person decides. This list is a proposal.",
        ],
    )
}

/// What the model is known not to do well; what this release does not score comes first.
pub fn known_limits(language: TextLanguage) -> Vec<String> {
    let not_scored = Criterion::NOT_SCORED.iter().map(|criterion| {
        language.of(
            format!("Dit onderdeel telt in deze versie nog niet mee: {}.", criterion.dutch()),
            format!("This criterion is not scored in this release: {}.", criterion.english()),
        )
    });
    let others = [
        (
            "Beroepen en vaardigheden worden in woorden herkend. Dat gaat soms mis. Bij elke uitleg staat wat is herkend.",
            "Occupations and skills are recognised in words. Sometimes that goes wrong. Each explanation tells what was recognised.",
        ),
        (
            "Wie weinig invult, krijgt een score rond het midden. De vragen zeggen wat invullen oplevert.",
            "Who fills in little gets a score around the middle. The questions tell what filling in gives.",
        ),
        (
            "De reistijd is een schatting uit de afstand. Files en dienstregeling tellen niet mee.",
            "Travel time is an estimate from the distance. Traffic and timetables do not count.",
        ),
        ("Een postcode is ongeveer een kilometer nauwkeurig.", "A postcode is about one kilometre precise."),
        (
            "Wat mensen zagen, blijft een mening. Daarom telt wie het zag en hoe lang geleden.",
            "What people saw stays an opinion. So it counts who saw it and how long ago.",
        ),
        (
            "Leeftijdsgrenzen uit de wet worden genoemd voor de adviseur. Ze worden niet berekend.",
            "Age limits of the law are named for the advisor. They are not computed.",
        ),
        (
            "De gewichten zijn gekozen door mensen. Ze zijn niet geleerd uit oude plaatsingen.",
            "The weights were chosen by people. They were not learned from former placements.",
        ),
        (
            "Dezelfde persoon uit twee leveringen staat er soms dubbel in. Dat wordt gemeld.",
            "The same person of two deliveries may be there twice. It is reported.",
        ),
    ];
    not_scored
        .chain(others.into_iter().map(|(dutch, english)| language.of(dutch, english).to_owned()))
        .collect()
}
