//! What was assumed for a vacancy, and why somebody or something is left out.

macro_rules! left_out {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// The sector's default competencies were assumed.
            SectorDefaultCompetencies = "SECTOR_DEFAULT_COMPETENCIES",
                "De vacature noemt geen gedrag. Daarom telt wat {sector} vaak vraagt.",
                "The vacancy names no behaviour. So what {sector} often asks counts.";
            /// Left out: filters.
            FilteredOut = "FILTERED_OUT",
                "Buiten de filters van de vraag.",
                "Outside the filters of the request.";
            /// Left out: another track.
            OtherTrack = "OTHER_TRACK",
                "Hoort bij een ander spoor dan gevraagd.",
                "On another track than the one asked for.";
            /// Left out: placed.
            CandidatePlaced = "CANDIDATE_PLACED",
                "De persoon heeft werk gevonden.",
                "The person found work.";
            /// Left out: withdrawn.
            CandidateWithdrawn = "CANDIDATE_WITHDRAWN",
                "De persoon doet niet meer mee.",
                "The person no longer takes part.";
            /// Left out: restricted.
            CandidateRestricted = "CANDIDATE_RESTRICTED",
                "De gegevens van de persoon mogen nu niet worden gebruikt.",
                "The person's data may not be used now.";
            /// Left out: erased.
            CandidateErased = "CANDIDATE_ERASED",
                "De gegevens van de persoon zijn gewist.",
                "The person's data were erased.";
            /// Left out: not delivered.
            CandidateNotDelivered = "CANDIDATE_NOT_DELIVERED",
                "De persoon stond niet in de laatste volledige levering.",
                "The person was not in the last complete delivery.";
            /// Left out: filled.
            VacancyFilled = "VACANCY_FILLED",
                "Voor deze vacature is al iemand gevonden.",
                "Somebody has been found for this vacancy.";
            /// Left out: withdrawn.
            VacancyWithdrawn = "VACANCY_WITHDRAWN",
                "De vacature is ingetrokken.",
                "The vacancy was withdrawn.";
            /// Left out: closed.
            VacancyClosed = "VACANCY_CLOSED",
                "De sluitingsdatum is voorbij.",
                "The closing date is past.";
            /// Left out: not delivered.
            VacancyNotDelivered = "VACANCY_NOT_DELIVERED",
                "De vacature stond niet in de laatste volledige levering.",
                "The vacancy was not in the last complete delivery.";
            /// Left out: the stored record is damaged.
            RecordDamaged = "RECORD_DAMAGED",
                "De gegevens zijn beschadigd opgeslagen. Lever ze opnieuw aan.",
                "The stored data are damaged. Deliver them again.";
            /// Left out: a legal requirement.
            LegalRequirement = "LEGAL_REQUIREMENT",
                "Wettelijk nodig en niet op tijd te halen: {paper}.",
                "Required by law and not to be had in time: {paper}.";
        }
    };
}
