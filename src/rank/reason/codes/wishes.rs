//! What the person wants: occupations, sectors, interests, motivation.

macro_rules! wishes {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// The vacancy is a wished occupation.
            WishedOccupation = "WISHED_OCCUPATION",
                "Wil dit werk doen: {occupation}.",
                "Wants to do this work: {occupation}.";
            /// The words of a wished occupation occur in the vacancy.
            WishedOccupationWords = "WISHED_OCCUPATION_WORDS",
                "Wil werk doen dat hierop lijkt: {occupation}.",
                "Wants to do work like this: {occupation}.";
            /// The vacancy is probably a wished occupation.
            WishedOccupationProbably = "WISHED_OCCUPATION_PROBABLY",
                "Wil waarschijnlijk dit werk doen: {occupation}. Vraag ernaar.",
                "Probably wants to do this work: {occupation}. Ask about it.";
            /// A wished occupation is in the same group of occupations.
            WishedOccupationNear = "WISHED_OCCUPATION_NEAR",
                "Wil werk doen uit dezelfde groep van beroepen: {occupation}.",
                "Wants to do work of the same group of occupations: {occupation}.";
            /// The wished occupations are others.
            OtherOccupationWished = "OTHER_OCCUPATION_WISHED",
                "Noemt ander werk als wens: {occupation}.",
                "Names other work as a wish: {occupation}.";
            /// The person names no occupation.
            WishedOccupationUnknown = "WISHED_OCCUPATION_UNKNOWN",
                "Niet bekend welk werk de persoon wil doen. Vraag ernaar.",
                "Not known what work the person wants to do. Ask about it.";
            /// The vacancy names neither an occupation nor a title.
            WorkUnknown = "WORK_UNKNOWN",
                "Niet bekend welk werk dit is. Vraag het de werkgever.",
                "Not known what work this is. Ask the employer.";
            /// The vacancy is in a wished sector.
            WishedSector = "WISHED_SECTOR",
                "Wil in deze sector werken.",
                "Wants to work in this sector.";
            /// The vacancy is in the same shortage sector as a wished one.
            WishedSectorNear = "WISHED_SECTOR_NEAR",
                "Wil werken in {sector}, en dit werk hoort daarbij.",
                "Wants to work in {sector}, and this work is part of it.";
            /// The wished sectors are others.
            OtherSectorWished = "OTHER_SECTOR_WISHED",
                "Noemt andere sectoren als wens.",
                "Names other sectors as a wish.";
            /// The person names no sector.
            WishedSectorUnknown = "WISHED_SECTOR_UNKNOWN",
                "Niet bekend in welke sector de persoon wil werken. Vraag ernaar.",
                "Not known in which sector the person wants to work. Ask about it.";
            /// The vacancy has no sector.
            SectorUnknown = "SECTOR_UNKNOWN",
                "Niet bekend in welke sector dit werk is. Vraag het de werkgever.",
                "Not known in which sector this work is. Ask the employer.";
            /// An interest occurs in the vacancy.
            InterestFound = "INTEREST_FOUND",
                "Interesse die in de vacature staat: {interest}.",
                "An interest that the vacancy names: {interest}.";
            /// No interest occurs in the vacancy.
            InterestsNotFound = "INTERESTS_NOT_FOUND",
                "De genoemde interesses staan niet in de vacature.",
                "The vacancy does not name the person's interests.";
            /// The person names no interest.
            InterestsUnknown = "INTERESTS_UNKNOWN",
                "Niet bekend welke interesses de persoon heeft. Vraag ernaar.",
                "Not known what interests the person has. Ask about it.";
            /// Motivation was observed.
            MotivationSeen = "MOTIVATION_SEEN",
                "Motivatie voor {subject}: {value}, {source}, {age}.",
                "Motivation for {subject}: {value}, {source}, {age}.";
            /// Motivation was observed, and the person disputes it.
            MotivationSeenDisputed = "MOTIVATION_SEEN_DISPUTED",
                "Motivatie voor {subject}: {value}, {source}, {age}. De persoon ziet dit anders. Dit telt nog niet mee.",
                "Motivation for {subject}: {value}, {source}, {age}. The person sees this differently. It does not count yet.";
            /// Nobody observed motivation yet.
            MotivationNotSeen = "MOTIVATION_NOT_SEEN",
                "Niet bekend: motivatie voor dit werk. Vraag ernaar.",
                "Not known: motivation for this work. Ask about it.";
        }
    };
}
