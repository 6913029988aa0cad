//! Gaps: what is missing and may be had.

macro_rules! gaps {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// A paper is missing.
            GapPaper = "GAP_PAPER",
                "Ontbreekt nog: {paper}.",
                "Still missing: {paper}.";
            /// A paper is missing that can be had.
            GapPaperSolvable = "GAP_PAPER_SOLVABLE",
                "Ontbreekt nog: {paper}. Te halen in ongeveer {weeks}.",
                "Still missing: {paper}. Can be had in about {weeks}.";
            /// A paper is missing that can be had, but not in time.
            GapPaperAvailableFrom = "GAP_PAPER_AVAILABLE_FROM",
                "Ontbreekt nog: {paper}. Te halen in ongeveer {weeks}. Beschikbaar vanaf {day}.",
                "Still missing: {paper}. Can be had in about {weeks}. Available from {day}.";
            /// A registration is missing that rests on a diploma.
            GapPaperByDiploma = "GAP_PAPER_BY_DIPLOMA",
                "Ontbreekt nog: {paper}. Daarvoor is een diploma nodig. Inschrijven duurt daarna ongeveer {weeks}.",
                "Still missing: {paper}. It needs a diploma. Registering takes about {weeks} after that.";
            /// A language level is lower than asked.
            GapLanguage = "GAP_LANGUAGE",
                "Kan nog groeien: {language}, {skill}, van {level} naar {asked}. Dat duurt ongeveer {weeks}.",
                "Can still grow: {language}, {skill}, from {level} to {asked}. That takes about {weeks}.";
            /// A language level is lower than what is asked some time after the start.
            GapLanguageLater = "GAP_LANGUAGE_LATER",
                "Kan nog groeien: {language}, {skill}, van {level} naar {asked}. Nodig na: {months}. Dat duurt ongeveer {weeks}.",
                "Can still grow: {language}, {skill}, from {level} to {asked}. Needed after: {months}. That takes about {weeks}.";
            /// Nothing speaks for an asked skill.
            GapSkill = "GAP_SKILL",
                "Niet genoemd: {skill}. Als dit nog mist: te leren op het werk in ongeveer {weeks}.",
                "Not named: {skill}. If it is missing: it can be learned at work in about {weeks}.";
            /// A quality was seen as less than average.
            GapQuality = "GAP_QUALITY",
                "Kan nog groeien: {quality}. Reken op ongeveer {weeks}.",
                "Can still grow: {quality}. Allow about {weeks}.";
            /// The person can start later than the work.
            GapAvailableLater = "GAP_AVAILABLE_LATER",
                "Beschikbaar vanaf {day}, {weeks} na het begin van het werk.",
                "Available from {day}, {weeks} after the work begins.";
        }
    };
}
