//! What each criterion looks at.

use crate::rank::{criterion::Criterion, wording::TextLanguage};

/// What a criterion looks at, in short sentences.
pub fn looks_at(criterion: Criterion, language: TextLanguage) -> &'static str {
    let (dutch, english) = match criterion {
        Criterion::Skills => (
            "Welke gevraagde vaardigheden iemand noemt, of heeft geleerd in werk of een cursus. Zeldzame vaardigheden tellen zwaarder.",
            "Which of the asked skills somebody names, or learned in work or a course. Rare skills count more.",
        ),
        Criterion::Competencies => (
            "Gedrag dat de werkgever vraagt: wat is gezien, door wie en hoe lang geleden.",
            "Behaviour that the employer asks: what was seen, by whom and how long ago.",
        ),
        Criterion::Motivation => (
            "Of dit het werk, de sector en de interesse is die iemand wil. En of motivatie is gezien.",
            "Whether this is the work, the sector and the interest that somebody wants. And whether motivation was seen.",
        ),
        Criterion::Potential => (
            "Hoe iemand leert, welke vaardigheden dichtbij liggen, en of het werk naar de wens leidt.",
            "How somebody learns, which skills are close, and whether the work leads to the wish.",
        ),
        Criterion::Culture => (
            "Of de werkplek past bij hoe iemand wil werken.",
            "Whether the work place fits how somebody wants to work.",
        ),
        Criterion::Language => (
            "Het niveau van een taal die het werk vraagt: luisteren, lezen, spreken en schrijven.",
            "The level of a language that the work asks: listening, reading, speaking and writing.",
        ),
        Criterion::Hours => (
            "Hoeveel uren iemand kan en wil werken, en hoeveel uren het werk heeft.",
            "How many hours somebody can and wants to work, and how many hours the work has.",
        ),
        Criterion::WeekPattern => (
            "Op welke dagen en tijden iemand kan werken, en wanneer het werk is.",
            "On which days and at which times somebody can work, and when the work is.",
        ),
        Criterion::Travel => (
            "Of de reis binnen de grens ligt die iemand zelf noemt. De woonplaats zelf telt niet.",
            "Whether the way lies within the limit that somebody names. The place of living itself does not count.",
        ),
        Criterion::Support => (
            "Of de begeleiding die iemand nodig heeft er is, en of de taken te doen zijn.",
            "Whether the support that somebody needs is there, and whether the tasks can be done.",
        ),
        Criterion::Contract => (
            "Of de vorm van het contract past bij wat iemand wil.",
            "Whether the form of contract is what somebody wants.",
        ),
        Criterion::Level => (
            "Of het niveau en de opleiding zijn zoals de werkgever vraagt.",
            "Whether level and education are as the employer asks.",
        ),
        Criterion::Experience => (
            "Of er zoveel ervaring is als de werkgever vraagt. Ander werk telt voor de helft.",
            "Whether there is as much experience as the employer asks. Other work counts for half.",
        ),
        Criterion::Licences => (
            "Of rijbewijs en bewijzen er zijn, of op tijd te halen zijn.",
            "Whether licences and certificates are there, or can be had in time.",
        ),
    };
    language.of(dutch, english)
}
