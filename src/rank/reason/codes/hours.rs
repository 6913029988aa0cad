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
        }
    };
}
