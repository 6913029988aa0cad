//! What the person reads where the advisor's words would not do (R20): spoken to with "u", what they can do or answer, and
//! no judgement. A code that is not here is told to the person as to the advisor.

mod asked;
mod conditions;
mod soft;
mod times;

use super::ReasonCode;

/// The words for the person, Dutch and English, with the names of data in braces.
pub(in crate::rank) fn for_candidate(code: ReasonCode) -> Option<[&'static str; 2]> {
    TEXTS
        .iter()
        .chain(conditions::TEXTS)
        .chain(asked::TEXTS)
        .chain(soft::TEXTS)
        .chain(times::TEXTS)
        .find(|(own, _)| *own == code)
        .map(|(_, texts)| *texts)
}

use ReasonCode as C;

const TEXTS: &[(ReasonCode, [&str; 2])] = &[
    (
        C::BalanceMoved,
        [
            "Wat de werkgever vraagt en wat u wilt, liggen nu anders.",
            "What the employer asks and what you want compare differently now.",
        ],
    ),
    (C::PersonCame, ["U deed in de vorige nacht niet mee.", "You took no part in the earlier night."]),
    (C::PersonWent, ["U doet nu niet mee.", "You take no part now."]),
    (C::SkillNamed, ["Gevraagd, en u noemt het: {skill}.", "Asked, and you name it: {skill}."]),
    (
        C::SkillNamedAs,
        ["Gevraagd is {skill}. U noemt hetzelfde: {own}.", "Asked is {skill}. You name the same: {own}."],
    ),
    (
        C::SkillProbablyNamed,
        [
            "Gevraagd is {skill}. U noemt {own}: waarschijnlijk hetzelfde.",
            "Asked is {skill}. You name {own}: probably the same.",
        ],
    ),
    (
        C::SkillLearned,
        [
            "Gevraagd is {skill}. U leerde dit in een cursus: {own}.",
            "Asked is {skill}. You learned this in a course: {own}.",
        ],
    ),
    (
        C::SkillTold,
        [
            "Gevraagd is {skill}. Het staat in uw eigen tekst.",
            "Asked is {skill}. It stands in your own text.",
        ],
    ),
    (
        C::SkillNear,
        [
            "Gevraagd is {skill}. U noemt iets dat erbij hoort: {own}. Kunt u ook {skill}?",
            "Asked is {skill}. You name something that goes with it: {own}. Can you also do {skill}?",
        ],
    ),
    (
        C::SkillNearTold,
        [
            "Gevraagd is {skill}. In uw tekst staat iets dat erbij hoort. Kunt u dit ook?",
            "Asked is {skill}. Your text tells of something that goes with it. Can you do this too?",
        ],
    ),
    (
        C::SkillImplied,
        [
            "Gevraagd is {skill}. Vaak nodig in het beroep {occupation}. Kunt u dit ook?",
            "Asked is {skill}. Often needed in the occupation {occupation}. Can you do this too?",
        ],
    ),
    (
        C::SkillOfAlikeWork,
        [
            "Gevraagd is {skill}. U deed werk dat hierop lijkt: {occupation}. Kunt u dit ook?",
            "Asked is {skill}. You did work like this: {occupation}. Can you do this too?",
        ],
    ),
    (
        C::SkillWords,
        [
            "Gevraagd is {skill}. U gebruikt woorden hieruit. Kunt u dit ook?",
            "Asked is {skill}. You use words of it. Can you do this too?",
        ],
    ),
    (C::SkillNotNamed, ["Nog niet bekend: {skill}. Kunt u dit?", "Not known yet: {skill}. Can you do this?"]),
    (
        C::QualitySeenDisputed,
        [
            "{quality}: {value}, {source}, {age}. U ziet dit anders. Dit telt nog niet mee.",
            "{quality}: {value}, {source}, {age}. You see this differently. It does not count yet.",
        ],
    ),
    (
        C::QualityNotSeen,
        [
            "Nog niet bekend: {quality}. Vertel hoe u dit laat zien.",
            "Not known yet: {quality}. Tell how you show this.",
        ],
    ),
    (C::WishedOccupation, ["U wilt dit werk doen: {occupation}.", "You want to do this work: {occupation}."]),
    (
        C::WishedOccupationWords,
        ["U wilt werk doen dat hierop lijkt: {occupation}.", "You want to do work like this: {occupation}."],
    ),
    (
        C::WishedOccupationNear,
        [
            "U wilt werk doen uit dezelfde groep van beroepen: {occupation}.",
            "You want to do work of the same group of occupations: {occupation}.",
        ],
    ),
    (
        C::OtherOccupationWished,
        ["U noemt ander werk als wens: {occupation}.", "You name other work as a wish: {occupation}."],
    ),
    (
        C::WishedOccupationUnknown,
        [
            "Nog niet bekend welk werk u wilt doen. Wilt u dit vertellen?",
            "Not known yet what work you want to do. Will you tell us?",
        ],
    ),
    (C::WorkUnknown, ["Nog niet bekend welk werk dit is.", "Not known yet what work this is."]),
    (C::WishedSector, ["U wilt in deze sector werken.", "You want to work in this sector."]),
    (
        C::WishedSectorNear,
        [
            "U wilt werken in {sector}, en dit werk hoort daarbij.",
            "You want to work in {sector}, and this work is part of it.",
        ],
    ),
    (C::OtherSectorWished, ["U noemt andere sectoren als wens.", "You name other sectors as a wish."]),
    (
        C::WishedSectorUnknown,
        [
            "Nog niet bekend in welke sector u wilt werken. Wilt u dit vertellen?",
            "Not known yet in which sector you want to work. Will you tell us?",
        ],
    ),
    (
        C::SectorUnknown,
        ["Nog niet bekend in welke sector dit werk is.", "Not known yet in which sector this work is."],
    ),
    (
        C::InterestFound,
        ["Uw interesse staat in de vacature: {interest}.", "The vacancy names your interest: {interest}."],
    ),
    (
        C::InterestsNotFound,
        ["Uw interesses staan niet in de vacature.", "The vacancy does not name your interests."],
    ),
    (
        C::InterestsUnknown,
        [
            "Nog niet bekend welke interesses u heeft. Wilt u dit vertellen?",
            "Not known yet what interests you have. Will you tell us?",
        ],
    ),
    (
        C::MotivationSeenDisputed,
        [
            "Motivatie voor {subject}: {value}, {source}, {age}. U ziet dit anders. Dit telt nog niet mee.",
            "Motivation for {subject}: {value}, {source}, {age}. You see this differently. It does not count yet.",
        ],
    ),
    (
        C::MotivationNotSeen,
        [
            "Nog niet bekend hoe graag u dit werk wilt. Wilt u dit vertellen?",
            "Not known yet how much you want this work. Will you tell us?",
        ],
    ),
    (
        C::LanguageUnknown,
        [
            "Nog niet bekend: {language}, {skill}. Gevraagd is {asked}. Welk niveau heeft u?",
            "Not known yet: {language}, {skill}. Asked is {asked}. Which level do you have?",
        ],
    ),
    (
        C::HoursFit,
        [
            "Uw uren en de uren van het werk passen bij elkaar.",
            "Your hours and the hours of the work fit together.",
        ],
    ),
    (
        C::HoursBelowMinimum,
        [
            "U kunt {workable} per week werken. Nodig is {minimum}.",
            "You can work {workable} a week. Needed are {minimum}.",
        ],
    ),
    (
        C::HoursBelowWish,
        [
            "U wilt minstens {minimum} per week. Dit werk heeft hoogstens {maximum}.",
            "You want at least {minimum} a week. This work has at most {maximum}.",
        ],
    ),
    (
        C::HoursCap,
        ["Voor u geldt nu een grens van {cap} per week.", "A limit of {cap} a week holds for you now."],
    ),
    (
        C::HoursOfPersonUnknown,
        [
            "Nog niet bekend hoeveel uur u wilt werken. Wilt u dit vertellen?",
            "Not known yet how many hours you want to work. Will you tell us?",
        ],
    ),
    (
        C::HoursOfVacancyUnknown,
        ["Nog niet bekend hoeveel uur het werk is.", "Not known yet how many hours the work is."],
    ),
    (
        C::DistanceWithin,
        [
            "De afstand is {distance}. Uw grens is {limit}.",
            "The distance is {distance}. Your limit is {limit}.",
        ],
    ),
    (
        C::DistanceBeyond,
        [
            "De afstand is {distance}. Dat is meer dan uw grens van {limit}.",
            "The distance is {distance}. That is more than your limit of {limit}.",
        ],
    ),
    (
        C::TimeWithin,
        [
            "De reistijd {means} is {time}. Uw grens is {limit}.",
            "The travel time {means} is {time}. Your limit is {limit}.",
        ],
    ),
    (
        C::TimeBeyond,
        [
            "De reistijd {means} is {time}. Dat is meer dan uw grens van {limit}.",
            "The travel time {means} is {time}. That is more than your limit of {limit}.",
        ],
    ),
    (
        C::GivenTimeWithin,
        ["De reistijd is {time}. Uw grens is {limit}.", "The travel time is {time}. Your limit is {limit}."],
    ),
    (
        C::GivenTimeBeyond,
        [
            "De reistijd is {time}. Dat is meer dan uw grens van {limit}.",
            "The travel time is {time}. That is more than your limit of {limit}.",
        ],
    ),
];
