//! Hours, times and days, told to the person.

use super::{C, ReasonCode};

pub(super) const TEXTS: &[(ReasonCode, [&str; 2])] = &[
    (
        C::HoursTogetherBelowWish,
        [
            "U wilt minstens {minimum} per week. Samen met uw werk van nu is het hoogstens {maximum}.",
            "You want at least {minimum} a week. Together with your present work it is at most {maximum}.",
        ],
    ),
    (
        C::HoursKept,
        ["U houdt uw werk van nu: {held} per week.", "You keep your present work: {held} a week."],
    ),
    (
        C::HoursBesideUnknown,
        [
            "Nog niet bekend of uw werk van nu ernaast kan. Wanneer werkt u nu?",
            "Not known yet whether your present work can go on beside it. When do you work now?",
        ],
    ),
    (C::TimesFit, ["De werktijden passen bij uw tijden.", "The working times fit your times."]),
    (
        C::TimesBelow,
        [
            "Nodig is {needed} per week. Daarvan past {covered} in uw tijden.",
            "Needed are {needed} a week. Of these {covered} fit into your times.",
        ],
    ),
    (
        C::TimesFitSplit,
        [
            "De uren passen in uw tijden, want een ander tijdraam mag.",
            "The hours fit into your times, since another time frame is allowed.",
        ],
    ),
    (
        C::TimesNeededUnknown,
        [
            "Nog niet bekend hoeveel uur nodig is. Van {needed} past {covered} in uw tijden.",
            "Not known yet how many hours are needed. Of {needed}, {covered} fit into your times.",
        ],
    ),
    (C::TimesOfPersonUnknown, ["Op welke tijden kunt u werken?", "At what times can you work?"]),
    (
        C::TimesOfVacancyUnknown,
        ["Nog niet bekend op welke tijden het werk is.", "Not known yet at what times the work is."],
    ),
    (C::TimesOfHeldJobUnknown, ["Wanneer werkt u nu al?", "When do you work now?"]),
    (
        C::NotYetAvailableUnknown,
        ["U kunt nog niet beginnen. Vanaf wanneer wel?", "You cannot start yet. From when on can you?"],
    ),
    (
        C::EndUnknown,
        [
            "Nog niet bekend tot wanneer het werk duurt. U kunt tot en met {day}.",
            "Not known yet until when the work lasts. You can work up to {day}.",
        ],
    ),
    (
        C::TravelOwnEmployer,
        [
            "U werkt al bij deze werkgever. De reis is bekend.",
            "You already work for this employer. The way is known.",
        ],
    ),
    (
        C::WayBackUnknown,
        [
            "Vroeg of laat rijdt er weinig. Hoe kunt u dan reizen?",
            "Few buses and trains run early or late. How can you travel then?",
        ],
    ),
    (
        C::ConflictHoursPart,
        [
            "U kunt minder uren dan het kleinste deel van de baan.",
            "You can work fewer hours than the smallest part of the job.",
        ],
    ),
    (
        C::AskTimesOfPerson,
        ["Op welke dagen en tijden kunt u werken?", "On which days and at what times can you work?"],
    ),
    (C::AskHeldJob, ["Hoeveel uur en wanneer werkt u nu?", "How many hours and when do you work now?"]),
    (C::AskAvailableFrom, ["Vanaf welke dag kunt u werken?", "From which day on can you work?"]),
    (C::AskWayBack, ["Hoe kunt u vroeg of laat reizen?", "How can you travel early or late?"]),
];
