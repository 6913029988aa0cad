//! Criterion *competencies*: what was seen of a person.

macro_rules! qualities {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// A quality was observed.
            QualitySeen = "QUALITY_SEEN",
                "{quality}: {value}, {source}, {age}.",
                "{quality}: {value}, {source}, {age}.";
            /// A quality was observed, and the person disputes it.
            QualitySeenDisputed = "QUALITY_SEEN_DISPUTED",
                "{quality}: {value}, {source}, {age}. De persoon ziet dit anders. Dit telt nog niet mee.",
                "{quality}: {value}, {source}, {age}. The person sees this differently. It does not count yet.";
            /// Nobody observed an asked quality yet.
            QualityNotSeen = "QUALITY_NOT_SEEN",
                "Niet bekend: {quality}. Vraag ernaar.",
                "Not known: {quality}. Ask about it.";
        }
    };
}
