//! Tracks: what a vacancy is on the way of a person (R13).

macro_rules! paths {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// Nothing that is known stands in the way.
            PathNow = "PATH_NOW",
                "Dit werk past nu.",
                "This work fits now.";
            /// Fits after one or more steps.
            PathStep = "PATH_STEP",
                "Dit werk past na een stap.",
                "This work fits after a step.";
            /// The vacancy is the person's dream.
            PathDream = "PATH_DREAM",
                "Dit is het werk waar de persoon van droomt: {occupation}.",
                "This is the work that the person dreams of: {occupation}.";
            /// The vacancy is on the way to the dream.
            PathToDream = "PATH_TO_DREAM",
                "Dit werk helpt op weg naar: {occupation}.",
                "This work helps on the way to: {occupation}.";
            /// The vacancy is wished work that does not fit yet.
            PathWished = "PATH_WISHED",
                "De persoon wil dit werk: {occupation}. Het past nu nog niet.",
                "The person wants this work: {occupation}. It does not fit yet.";
            /// A paper on the way that can be had.
            PathPaper = "PATH_PAPER",
                "Nodig: {paper}. Te halen in ongeveer {weeks}.",
                "Needed: {paper}. Can be had in about {weeks}.";
            /// A paper on the way that needs a diploma.
            PathDiploma = "PATH_DIPLOMA",
                "Nodig op weg ernaartoe: {paper}.",
                "Needed on the way there: {paper}.";
            /// A language that must grow first.
            PathLanguage = "PATH_LANGUAGE",
                "Eerst groeien: {language}, {skill}, van {level} naar {needed}. Dat duurt ongeveer {weeks}.",
                "First to grow: {language}, {skill}, from {level} to {needed}. That takes about {weeks}.";
            /// A limit on hours that ends.
            PathCap = "PATH_CAP",
                "De grens aan de uren geldt tot en met {day}.",
                "The limit on the hours holds up to and including {day}.";
            /// The person can start after the first day.
            PathStart = "PATH_START",
                "Beschikbaar vanaf {day}.",
                "Available from {day}.";
            /// The person cannot start yet, and the day is still to be known.
            PathNotYetAvailable = "PATH_NOT_YET_AVAILABLE",
                "Nog niet beschikbaar.",
                "Not yet available.";
            /// Hours or times that do not meet.
            PathHours = "PATH_HOURS",
                "De uren of tijden passen nu nog niet.",
                "The hours or times do not fit yet.";
            /// Needed behaviour that was seen little.
            PathBehaviour = "PATH_BEHAVIOUR",
                "Gedrag dat nodig is, kan nog groeien.",
                "Behaviour that is needed can still grow.";
            /// Beyond the person's reach.
            PathReach = "PATH_REACH",
                "Het werk is verder weg dan de persoon wil reizen.",
                "The work is further away than the person wants to travel.";
            /// The person's own "no".
            PathRefused = "PATH_REFUSED",
                "Iets aan dit werk wil de persoon niet.",
                "Something about this work the person does not want.";
            /// Far below the person's level.
            UnderUse = "UNDER_USE",
                "Dit werk vraagt minder dan de persoon kan. Niveau van de persoon: {level}. Niveau van het werk: {asked}.",
                "This work asks less than the person can do. Level of the person: {level}. Level of the work: {asked}.";
        }
    };
}
