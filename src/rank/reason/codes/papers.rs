//! Criterion *papers*: licences, certificates, registrations.

macro_rules! papers {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// A licence, certificate or registration is held.
            PaperHeld = "PAPER_HELD",
                "Aanwezig: {paper}.",
                "Held: {paper}.";
            /// It is known to be lacking, and cannot be had in time.
            PaperLacking = "PAPER_LACKING",
                "Nog niet aanwezig: {paper}.",
                "Not held yet: {paper}.";
            /// It is known to be lacking, and can be had after the day on which it is needed.
            PaperAvailableFrom = "PAPER_AVAILABLE_FROM",
                "Nog niet aanwezig: {paper}. Beschikbaar vanaf {day}.",
                "Not held yet: {paper}. Available from {day}.";
            /// It is known to be lacking, and can be had in time.
            PaperLackingInTime = "PAPER_LACKING_IN_TIME",
                "Nog niet aanwezig: {paper}. Kan op tijd, in ongeveer {weeks}.",
                "Not held yet: {paper}. Can be had in time, in about {weeks}.";
            /// It is known to be lacking, can be had, and the first day is not known.
            PaperLackingOpen = "PAPER_LACKING_OPEN",
                "Nog niet aanwezig: {paper}. Kan in ongeveer {weeks}. De eerste werkdag is niet bekend.",
                "Not held yet: {paper}. Can be had in about {weeks}. The first day of work is not known.";
            /// It is not known whether it is held.
            PaperUnknown = "PAPER_UNKNOWN",
                "Niet bekend: {paper}. Vraag ernaar.",
                "Not known: {paper}. Ask about it.";
            /// It is not known whether it is held; it can be had in time.
            PaperUnknownInTime = "PAPER_UNKNOWN_IN_TIME",
                "Niet bekend: {paper}. Kan op tijd, in ongeveer {weeks}. Vraag ernaar.",
                "Not known: {paper}. Can be had in time, in about {weeks}. Ask about it.";
        }
    };
}
