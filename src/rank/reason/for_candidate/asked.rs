//! Questions to the person, and why the person is on no list.

use crate::rank::reason::ReasonCode::{self, self as C};

pub(super) const TEXTS: &[(ReasonCode, [&str; 2])] = &[
    (C::AskSkill, ["Kunt u dit: {skill}?", "Can you do this: {skill}?"]),
    (
        C::AskQuality,
        [
            "Hoe laat u dit zien: {quality}? Noem een voorbeeld.",
            "How do you show this: {quality}? Give an example.",
        ],
    ),
    (C::AskWishedOccupation, ["Welk werk wilt u doen?", "What work do you want to do?"]),
    (C::AskWishedSector, ["In welke sector wilt u werken?", "In which sector do you want to work?"]),
    (C::AskInterests, ["Welke interesses heeft u?", "What interests do you have?"]),
    (C::AskMotivation, ["Hoe graag wilt u dit werk doen?", "How much do you want to do this work?"]),
    (
        C::AskLanguage,
        ["Welk niveau heeft u: {language}, {skill}?", "What level do you have: {language}, {skill}?"],
    ),
    (
        C::AskHoursOfPerson,
        ["Hoeveel uur per week wilt u werken?", "How many hours a week do you want to work?"],
    ),
    (C::AskHome, ["Vanaf welke postcode reist u?", "From which postcode do you travel?"]),
    (C::AskReach, ["Hoe ver of hoe lang wilt u reizen?", "How far or how long do you want to travel?"]),
    (C::AskMeans, ["Waarmee kunt u naar het werk reizen?", "How can you travel to work?"]),
    (C::AskContractOfPerson, ["Welk contract wilt u?", "Which contract do you want?"]),
    (C::AskLevel, ["Op welk niveau kunt u werken?", "At which level can you work?"]),
    (C::AskEducation, ["Heeft u deze opleiding: {education}?", "Do you have this education: {education}?"]),
    (C::AskExperience, ["Hoeveel ervaring heeft u?", "How much experience do you have?"]),
    (C::AskPaper, ["Heeft u dit: {paper}?", "Do you have this: {paper}?"]),
    (C::AskIrregularWork, ["Kunt u op onregelmatige tijden werken?", "Can you work irregular hours?"]),
    (C::CandidatePlaced, ["U heeft werk gevonden.", "You found work."]),
    (C::CandidateWithdrawn, ["U doet niet meer mee.", "You no longer take part."]),
    (
        C::CandidateRestricted,
        ["Uw gegevens mogen nu niet worden gebruikt.", "Your data may not be used now."],
    ),
    (C::CandidateErased, ["Uw gegevens zijn gewist.", "Your data were erased."]),
    (
        C::CandidateNotDelivered,
        [
            "U stond niet in de laatste volledige levering van gegevens.",
            "You were not in the last complete delivery of data.",
        ],
    ),
];
