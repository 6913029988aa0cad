//! Criterion *culture*: working conditions.

macro_rules! culture {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// The work has a wished condition.
            ConditionMet = "CONDITION_MET",
                "Gewenst, en het werk heeft dit: {condition}.",
                "Wished, and the work has this: {condition}.";
            /// The work has the opposite of a wished condition.
            ConditionOpposite = "CONDITION_OPPOSITE",
                "Gewenst: {condition}. Dit werk is anders.",
                "Wished: {condition}. This work is different.";
            /// It is not known whether the work has a wished condition.
            ConditionUnknown = "CONDITION_UNKNOWN",
                "Gewenst: {condition}. Niet bekend of het werk dit heeft. Vraag het de werkgever.",
                "Wished: {condition}. Not known whether the work has this. Ask the employer.";
            /// The work has a refused condition.
            RefusedConditionThere = "REFUSED_CONDITION_THERE",
                "De persoon wil dit niet, en het werk heeft dit: {condition}.",
                "The person does not want this, and the work has it: {condition}.";
            /// The work has the opposite of a refused condition.
            RefusedConditionNotThere = "REFUSED_CONDITION_NOT_THERE",
                "De persoon wil dit niet, en het werk heeft dit niet: {condition}.",
                "The person does not want this, and the work does not have it: {condition}.";
            /// It is not known whether the work has a refused condition.
            RefusedConditionUnknown = "REFUSED_CONDITION_UNKNOWN",
                "De persoon wil dit niet: {condition}. Niet bekend of het werk dit heeft. Vraag het de werkgever.",
                "The person does not want this: {condition}. Not known whether the work has it. Ask the employer.";
            /// The vacancy names conditions and the person none.
            ConditionsOfPersonUnknown = "CONDITIONS_OF_PERSON_UNKNOWN",
                "Niet bekend hoe de persoon graag werkt. Vraag ernaar.",
                "Not known how the person likes to work. Ask about it.";
            /// The person works for this employer already.
            OwnEmployer = "OWN_EMPLOYER",
                "De persoon werkt al bij deze werkgever.",
                "The person works for this employer already.";
        }
    };
}
