//! Criterion *languages*.

macro_rules! languages {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// A language level is as asked or higher.
            LanguageMet = "LANGUAGE_MET",
                "{language}, {skill}: {level}. Gevraagd is {asked}.",
                "{language}, {skill}: {level}. Asked is {asked}.";
            /// A language level is lower than asked.
            LanguageBelow = "LANGUAGE_BELOW",
                "{language}, {skill}: nu {level}. Gevraagd is {asked}.",
                "{language}, {skill}: now {level}. Asked is {asked}.";
            /// A language level is lower than asked, even with help at work.
            LanguageBelowWithHelp = "LANGUAGE_BELOW_WITH_HELP",
                "{language}, {skill}: nu {level}. Met taalhulp op het werk is {needed} genoeg om te starten.",
                "{language}, {skill}: now {level}. With language help at work {needed} is enough to start.";
            /// A language level is lower than asked, and enough to start with help at work.
            LanguageMetWithHelp = "LANGUAGE_MET_WITH_HELP",
                "{language}, {skill}: {level}. Gevraagd is {asked}. Met taalhulp op het werk is dit genoeg om te starten.",
                "{language}, {skill}: {level}. Asked is {asked}. With language help at work this is enough to start.";
            /// A language level is enough to start, and the later one can be reached in time.
            LanguageGrows = "LANGUAGE_GROWS",
                "{language}, {skill}: nu {level}, genoeg om te starten. Nodig na {months}: {asked}. Dat is haalbaar.",
                "{language}, {skill}: now {level}, enough to start. Needed after {months}: {asked}. That can be reached.";
            /// A language level is enough to start, and the later one takes more time.
            LanguageGrowsLate = "LANGUAGE_GROWS_LATE",
                "{language}, {skill}: nu {level}, genoeg om te starten. Nodig na {months}: {asked}. Dat vraagt meer tijd.",
                "{language}, {skill}: now {level}, enough to start. Needed after {months}: {asked}. That takes more time.";
            /// A language level is not known.
            LanguageUnknown = "LANGUAGE_UNKNOWN",
                "Niet bekend: {language}, {skill}. Gevraagd is {asked}. Vraag ernaar.",
                "Not known: {language}, {skill}. Asked is {asked}. Ask about it.";
        }
    };
}
