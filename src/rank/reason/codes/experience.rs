//! Criterion *experience*: level, education, years of work.

macro_rules! experience {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// The level is as asked or higher.
            LevelMet = "LEVEL_MET",
                "Niveau: {level}. Gevraagd is {asked}.",
                "Level: {level}. Asked is {asked}.";
            /// The known level is lower than asked.
            LevelBelow = "LEVEL_BELOW",
                "Niveau op papier: {level}. Gevraagd is {asked}.",
                "Level on paper: {level}. Asked is {asked}.";
            /// No level is known.
            LevelUnknown = "LEVEL_UNKNOWN",
                "Niet bekend: het niveau. Gevraagd is {asked}. Vraag ernaar.",
                "Not known: the level. Asked is {asked}. Ask about it.";
            /// The person names the asked education.
            EducationNamed = "EDUCATION_NAMED",
                "Gevraagde opleiding is genoemd: {education}.",
                "The asked education is named: {education}.";
            /// An asked education without a level is not named.
            EducationNotNamed = "EDUCATION_NOT_NAMED",
                "Niet bekend: opleiding {education}. Vraag ernaar.",
                "Not known: education {education}. Ask about it.";
            /// An education is asked without name and level.
            EducationUnsaid = "EDUCATION_UNSAID",
                "De vacature vraagt een opleiding, maar zegt niet welke. Vraag het de werkgever.",
                "The vacancy asks an education but does not say which. Ask the employer.";
            /// There is as much experience as asked.
            ExperienceEnough = "EXPERIENCE_ENOUGH",
                "Ervaring die telt: {counted}. Gevraagd is {asked}.",
                "Experience that counts: {counted}. Asked is {asked}.";
            /// There is less experience than asked.
            ExperienceLess = "EXPERIENCE_LESS",
                "Ervaring die telt tot nu: {counted}. Gevraagd is {asked}.",
                "Experience that counts so far: {counted}. Asked is {asked}.";
            /// No experience has a length.
            ExperienceUnknown = "EXPERIENCE_UNKNOWN",
                "Niet bekend: ervaring. Gevraagd is {asked}. Vraag ernaar.",
                "Not known: experience. Asked is {asked}. Ask about it.";
        }
    };
}
