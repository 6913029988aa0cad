//! Criterion *hours*.

macro_rules! hours {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// The hours fit.
            HoursFit = "HOURS_FIT",
                "De uren van de persoon en van de vacature passen bij elkaar.",
                "The hours of the person and of the vacancy fit together.";
            /// The person can work less than the employer's minimum.
            HoursBelowMinimum = "HOURS_BELOW_MINIMUM",
                "Kan {workable} per week werken. Nodig is {minimum}.",
                "Can work {workable} a week. Needed are {minimum}.";
            /// The vacancy has fewer hours than the person wants.
            HoursBelowWish = "HOURS_BELOW_WISH",
                "Wil minstens {minimum} per week. De vacature heeft hoogstens {maximum}.",
                "Wants at least {minimum} a week. The vacancy has at most {maximum}.";
            /// A limit on the hours of work holds.
            HoursCap = "HOURS_CAP",
                "Er geldt nu een grens van {cap} per week.",
                "A limit of {cap} a week holds now.";
            /// The person's hours are not known.
            HoursOfPersonUnknown = "HOURS_OF_PERSON_UNKNOWN",
                "Niet bekend hoeveel uur de persoon wil werken. Vraag ernaar.",
                "Not known how many hours the person wants to work. Ask about it.";
            /// The vacancy's hours are not known.
            HoursOfVacancyUnknown = "HOURS_OF_VACANCY_UNKNOWN",
                "Niet bekend hoeveel uur het werk is. Vraag het de werkgever.",
                "Not known how many hours the work is. Ask the employer.";
            /// All jobs together have fewer hours than the person wants.
            HoursTogetherBelowWish = "HOURS_TOGETHER_BELOW_WISH",
                "Wil minstens {minimum} per week. Samen met het werk van nu is het hoogstens {maximum}.",
                "Wants at least {minimum} a week. Together with the present work it is at most {maximum}.";
            /// A held job stays, and the vacancy comes beside it.
            HoursAdded = "HOURS_ADDED",
                "Past naast het werk van nu: {held} plus {extra} is {total} per week. De tijden botsen niet.",
                "Fits beside the present work: {held} plus {extra} is {total} a week. The times do not clash.";
            /// More hours at the own employer.
            HoursAddedOwn = "HOURS_ADDED_OWN",
                "Meer uren bij de eigen werkgever: {held} plus {extra} is {total} per week.",
                "More hours with the own employer: {held} plus {extra} is {total} a week.";
            /// A held job is kept, and its hours count.
            HoursKept = "HOURS_KEPT",
                "De persoon houdt het werk van nu: {held} per week.",
                "The person keeps the present work: {held} a week.";
            /// A held job would be left.
            HoursReplaced = "HOURS_REPLACED",
                "Past in plaats van het werk van nu van {held} per week.",
                "Fits in place of the present work of {held} a week.";
            /// Whether a held job can go on beside the vacancy is not known.
            HoursBesideUnknown = "HOURS_BESIDE_UNKNOWN",
                "Niet bekend of het werk van nu ernaast kan. Vraag naar de tijden.",
                "Not known whether the present work can go on beside it. Ask about the times.";
            /// Too few hours, but the job may be split.
            HoursSplit = "HOURS_SPLIT",
                "{workable} van de {minimum} past. De baan mag worden gesplitst.",
                "{workable} of the {minimum} fit. The job may be split.";
        }
    };
}
