//! Potential, culture and support, told to the person.

use crate::rank::reason::ReasonCode::{self, self as C};

pub(super) const TEXTS: &[(ReasonCode, [&str; 2])] = &[
    (
        C::WishedOccupationProbably,
        [
            "U wilt waarschijnlijk dit werk doen: {occupation}. Klopt dat?",
            "You probably want to do this work: {occupation}. Is that right?",
        ],
    ),
    (C::SkillsAllNamed, ["U noemt alles wat het werk vraagt.", "You name all that the work asks."]),
    (
        C::SkillsNear,
        [
            "Gevraagd en nog niet door u genoemd: {unnamed}. Daarvan lijkt op wat u al kunt: {near}.",
            "Asked and not named by you yet: {unnamed}. Of these like what you can do already: {near}.",
        ],
    ),
    (
        C::SkillsNoneNear,
        [
            "Vertel wat u nog wilt leren van wat het werk vraagt.",
            "Tell what you want to learn of what the work asks.",
        ],
    ),
    (
        C::WorkIsWished,
        [
            "Dit is het werk waar u naartoe wilt: {occupation}.",
            "This is the work that you want to get to: {occupation}.",
        ],
    ),
    (
        C::ConditionUnknown,
        [
            "U wilt graag: {condition}. Dat weten wij nog niet van dit werk.",
            "You would like: {condition}. We do not know that of this work yet.",
        ],
    ),
    (
        C::RefusedConditionThere,
        [
            "U wilt dit niet, en het werk heeft dit: {condition}.",
            "You do not want this, and the work has it: {condition}.",
        ],
    ),
    (
        C::RefusedConditionNotThere,
        [
            "U wilt dit niet, en het werk heeft dit niet: {condition}.",
            "You do not want this, and the work does not have it: {condition}.",
        ],
    ),
    (
        C::RefusedConditionUnknown,
        [
            "U wilt dit niet: {condition}. Wij weten nog niet of het werk dit heeft.",
            "You do not want this: {condition}. We do not know yet whether the work has it.",
        ],
    ),
    (C::ConditionsOfPersonUnknown, ["Vertel hoe u graag werkt.", "Tell how you like to work."]),
    (C::OwnEmployer, ["U werkt al bij deze werkgever.", "You work for this employer already."]),
    (
        C::SupportUnknown,
        [
            "Dit hebt u nodig: {support}. Wij weten nog niet of de werkgever dit biedt.",
            "You need this: {support}. We do not know yet whether the employer offers it.",
        ],
    ),
    (
        C::CapacityUnknown,
        ["Het werk vraagt {ability}. Past dat bij u?", "The work asks {ability}. Does that suit you?"],
    ),
    (C::AskConditionsOfPerson, ["Hoe werkt u graag?", "How do you like to work?"]),
    (
        C::AskCapacity,
        ["Hoe lang of hoeveel kunt u dit: {ability}?", "How long or how much can you do this: {ability}?"],
    ),
];
