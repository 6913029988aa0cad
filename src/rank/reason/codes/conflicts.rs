//! Conflicts with what must be, and with what the person refuses.

macro_rules! conflicts {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// A language that is a MUST is lower than asked.
            ConflictLanguage = "CONFLICT_LANGUAGE",
                "{language} is nodig en is nu lager dan gevraagd.",
                "{language} is needed and is now lower than asked.";
            /// A paper that is a MUST is lacking.
            ConflictPaper = "CONFLICT_PAPER",
                "{paper} is nodig en nog niet aanwezig.",
                "{paper} is needed and not held yet.";
            /// A competency that is a MUST was seen as insufficient.
            ConflictQuality = "CONFLICT_QUALITY",
                "{quality} is nodig en werd tot nu toe weinig gezien.",
                "{quality} is needed and was seen little so far.";
            /// The person refuses the occupation.
            ConflictRefusedOccupation = "CONFLICT_REFUSED_OCCUPATION",
                "De persoon wil dit werk niet doen: {occupation}.",
                "The person does not want to do this work: {occupation}.";
            /// The person refuses the sector.
            ConflictRefusedSector = "CONFLICT_REFUSED_SECTOR",
                "De persoon wil niet in deze sector werken.",
                "The person does not want to work in this sector.";
            /// The person refuses a kind of shift.
            ConflictRefusedShift = "CONFLICT_REFUSED_SHIFT",
                "De persoon wil niet werken op dit moment: {shift}.",
                "The person does not want to work at this time: {shift}.";
            /// Too few hours, and no carving.
            ConflictHours = "CONFLICT_HOURS",
                "De persoon kan minder uren dan nodig. De baan kan niet worden gesplitst.",
                "The person can work fewer hours than needed. The job cannot be split.";
            /// Too few hours, and carving is not known.
            ConflictHoursAsk = "CONFLICT_HOURS_ASK",
                "De persoon kan minder uren dan nodig. Niet bekend of de baan te splitsen is.",
                "The person can work fewer hours than needed. Not known whether the job can be split.";
            /// Fewer hours than the smallest part of a job that may be split.
            ConflictHoursPart = "CONFLICT_HOURS_PART",
                "De persoon kan minder uren dan het kleinste deel van de baan.",
                "The person can work fewer hours than the smallest part of the job.";
            /// Other times, and no carving.
            ConflictTimes = "CONFLICT_TIMES",
                "Niet alle werktijden passen. De baan kan niet worden gesplitst.",
                "Not all working times fit. The job cannot be split.";
            /// Other times, and carving is not known.
            ConflictTimesAsk = "CONFLICT_TIMES_ASK",
                "Niet alle werktijden passen. Een ander tijdraam kan helpen. Niet bekend of dat mag.",
                "Not all working times fit. Another time frame can help. Not known whether that is allowed.";
        }
    };
}
