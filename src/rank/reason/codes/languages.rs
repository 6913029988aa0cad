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
            /// A language level is not known.
            LanguageUnknown = "LANGUAGE_UNKNOWN",
                "Niet bekend: {language}, {skill}. Gevraagd is {asked}. Vraag ernaar.",
                "Not known: {language}, {skill}. Asked is {asked}. Ask about it.";
        }
    };
}
