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
            /// A language level is lower than asked.
            GapLanguage = "GAP_LANGUAGE",
                "Kan nog groeien: {language}, {skill}, van {level} naar {asked}.",
                "Can still grow: {language}, {skill}, from {level} to {asked}.";
            /// A quality was seen as less than average.
            GapQuality = "GAP_QUALITY",
                "Kan nog groeien: {quality}.",
                "Can still grow: {quality}.";
        }
    };
}
