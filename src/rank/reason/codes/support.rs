//! Criterion *support*: what a person needs and what work asks.

macro_rules! support {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// Needed support is offered.
            SupportOffered = "SUPPORT_OFFERED",
                "Nodig, en de werkgever biedt dit: {support}.",
                "Needed, and the employer offers this: {support}.";
            /// Needed support is not offered.
            SupportNotOffered = "SUPPORT_NOT_OFFERED",
                "Nodig, en de werkgever biedt dit nu niet: {support}.",
                "Needed, and the employer does not offer this now: {support}.";
            /// It is not known whether needed support is offered.
            SupportUnknown = "SUPPORT_UNKNOWN",
                "Nodig: {support}. Niet bekend of de werkgever dit biedt. Vraag het de werkgever.",
                "Needed: {support}. Not known whether the employer offers this. Ask the employer.";
            /// An asked capacity is there.
            CapacityFits = "CAPACITY_FITS",
                "Het werk vraagt dit, en het past: {ability}.",
                "The work asks this, and it fits: {ability}.";
            /// An asked capacity is there for a part of the day.
            CapacityTimeInPart = "CAPACITY_TIME_IN_PART",
                "{ability}: kan {own} per dag. Het werk vraagt {asked}. Dat past voor {part}.",
                "{ability}: can do {own} a day. The work asks {asked}. That fits for {part}.";
            /// An asked capacity is there in part.
            CapacityInPart = "CAPACITY_IN_PART",
                "Het werk vraagt {ability}. Dat past voor {part}.",
                "The work asks {ability}. That fits for {part}.";
            /// It is not known whether an asked capacity is there.
            CapacityUnknown = "CAPACITY_UNKNOWN",
                "Het werk vraagt {ability}. Niet bekend of dit past. Vraag ernaar.",
                "The work asks {ability}. Not known whether this fits. Ask about it.";
        }
    };
}
