//! Criterion *week pattern*: slots, kinds of shift, first and last day.

macro_rules! times {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// All times that are needed fall into the person's.
            TimesFit = "TIMES_FIT",
                "De werktijden passen bij de tijden van de persoon.",
                "The working times fit the person's times.";
            /// Some of the time that is needed falls into the person's.
            TimesBelow = "TIMES_BELOW",
                "Nodig is {needed} per week. Daarvan past {covered} in de tijden van de persoon.",
                "Needed are {needed} a week. Of these {covered} fit into the person's times.";
            /// The same, and the job may be split.
            TimesSplit = "TIMES_SPLIT",
                "Van de {needed} per week past {covered}. De baan mag worden gesplitst.",
                "Of the {needed} a week, {covered} fit. The job may be split.";
            /// All that is needed fits, since the job may be split.
            TimesFitSplit = "TIMES_FIT_SPLIT",
                "De uren passen in de tijden van de persoon, want een ander tijdraam mag.",
                "The hours fit into the person's times, since another time frame is allowed.";
            /// Some of the times fit, and how many hours are needed is not known.
            TimesNeededUnknown = "TIMES_NEEDED_UNKNOWN",
                "Niet bekend hoeveel uur nodig is. Van {needed} past {covered}. Vraag het de werkgever.",
                "Not known how many hours are needed. Of {needed}, {covered} fit. Ask the employer.";
            /// Only the kind of working time is known, on one side or both.
            TimesRoughly = "TIMES_ROUGHLY",
                "Precieze tijden zijn niet bekend. Ongeveer past {fit} van de tijd.",
                "Exact times are not known. Roughly {fit} of the time fits.";
            /// The person's times are not known.
            TimesOfPersonUnknown = "TIMES_OF_PERSON_UNKNOWN",
                "Niet bekend op welke tijden de persoon kan werken. Vraag ernaar.",
                "Not known at what times the person can work. Ask about it.";
            /// The vacancy's times are not known.
            TimesOfVacancyUnknown = "TIMES_OF_VACANCY_UNKNOWN",
                "Niet bekend op welke tijden het werk is. Vraag het de werkgever.",
                "Not known at what times the work is. Ask the employer.";
            /// The times of a kept job are not known.
            TimesOfHeldJobUnknown = "TIMES_OF_HELD_JOB_UNKNOWN",
                "Niet bekend wanneer de persoon nu al werkt. Vraag ernaar.",
                "Not known when the person works now. Ask about it.";
            /// Lessons take time.
            LessonsTakeTime = "LESSONS_TAKE_TIME",
                "Lessen nemen nu {lessons} per week.",
                "Lessons take {lessons} a week now.";
            /// The person can start in time.
            AvailableInTime = "AVAILABLE_IN_TIME",
                "Beschikbaar vanaf {day}. Dat is op tijd.",
                "Available from {day}. That is in time.";
            /// The person can start after the first day.
            AvailableLater = "AVAILABLE_LATER",
                "Beschikbaar vanaf {day}. Het werk begint op {start}.",
                "Available from {day}. The work begins on {start}.";
            /// The person can start later, and the first day is not known.
            AvailableFrom = "AVAILABLE_FROM",
                "Beschikbaar vanaf {day}. De eerste werkdag is niet bekend.",
                "Available from {day}. The first day of work is not known.";
            /// The person cannot start yet, and the day is not known.
            NotYetAvailableUnknown = "NOT_YET_AVAILABLE_UNKNOWN",
                "Nog niet beschikbaar. Niet bekend vanaf wanneer wel. Vraag ernaar.",
                "Not yet available. Not known from when on. Ask about it.";
            /// The person's last day covers the work.
            AvailableUntilEnd = "AVAILABLE_UNTIL_END",
                "Beschikbaar tot en met {day}. Dat is tot het einde van het werk.",
                "Available up to {day}. That is to the end of the work.";
            /// The person's last day comes before the end of the work.
            AvailableUntil = "AVAILABLE_UNTIL",
                "Beschikbaar tot en met {day}. Het werk duurt tot en met {end}.",
                "Available up to {day}. The work lasts up to {end}.";
            /// The person has a last day, and the end of the work is not known.
            EndUnknown = "END_UNKNOWN",
                "Niet bekend tot wanneer het werk duurt. Beschikbaar tot en met {day}. Vraag het de werkgever.",
                "Not known until when the work lasts. Available up to {day}. Ask the employer.";
            /// The person's last day comes before the first day of the work.
            AvailableTooShort = "AVAILABLE_TOO_SHORT",
                "Beschikbaar tot en met {day}. Het werk begint daarna.",
                "Available up to {day}. The work begins after that.";
        }
    };
}
