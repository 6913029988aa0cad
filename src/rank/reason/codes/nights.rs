//! What changed in a list between two nights, and why.

macro_rules! nights {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// New on a list.
            ListNew = "LIST_NEW",
                "Nieuw op de lijst, op plek {rank}.",
                "New on the list, at place {rank}.";
            /// Gone from a list.
            ListGone = "LIST_GONE",
                "Niet meer op de lijst. Eerst was het plek {before}.",
                "No longer on the list. It was place {before} before.";
            /// Higher on a list.
            ListUp = "LIST_UP",
                "Steeg van plek {before} naar plek {rank}.",
                "Rose from place {before} to place {rank}.";
            /// Lower on a list.
            ListDown = "LIST_DOWN",
                "Daalde van plek {before} naar plek {rank}.",
                "Fell from place {before} to place {rank}.";
            /// The vacancy asks a level of language that it did not ask.
            VacancyAsksLanguage = "VACANCY_ASKS_LANGUAGE",
                "De vacature vraagt nu {asked}: {language}, {skill}.",
                "The vacancy now asks {asked}: {language}, {skill}.";
            /// Another level of language is known of the person.
            LanguageOfPersonNow = "LANGUAGE_OF_PERSON_NOW",
                "Nieuw bekend niveau: {level}, {language}, {skill}.",
                "New known level: {level}, {language}, {skill}.";
            /// The vacancy asks something that it did not ask.
            VacancyAsksMore = "VACANCY_ASKS_MORE",
                "De vacature vraagt nu ook: {requirement}.",
                "The vacancy now also asks: {requirement}.";
            /// The vacancy no longer asks something.
            VacancyAsksLess = "VACANCY_ASKS_LESS",
                "De vacature vraagt niet meer: {requirement}.",
                "The vacancy no longer asks: {requirement}.";
            /// Something else is said of a criterion than before; what it is stands beside it.
            CriterionChanged = "CRITERION_CHANGED",
                "Er is iets veranderd bij: {criterion}.",
                "Something changed in: {criterion}.";
            /// What is in the way now and was not before; what it is stands beside it.
            ConflictCame = "CONFLICT_CAME",
                "Er staat nu iets in de weg.",
                "Something is in the way now.";
            /// What was in the way no longer is.
            ConflictWent = "CONFLICT_WENT",
                "Dit staat niet meer in de weg: {criterion}.",
                "This is no longer in the way: {criterion}.";
            /// Both sides are further apart, or closer.
            BalanceMoved = "BALANCE_MOVED",
                "De vraag van de werkgever en de wens van de persoon liggen nu anders.",
                "What the employer asks and what the person wants compare differently now.";
            /// The weights of the profile are others.
            WeightsChanged = "WEIGHTS_CHANGED",
                "De onderdelen van de score tellen nu anders mee.",
                "The parts of the score now count differently.";
            /// Others came higher.
            OthersAbove = "OTHERS_ABOVE",
                "Anderen kwamen hoger op de lijst.",
                "Others came higher on the list.";
            /// Others came lower or left.
            OthersBelow = "OTHERS_BELOW",
                "Anderen staan nu lager of niet meer op de lijst.",
                "Others are now lower or no longer on the list.";
            /// The pair has a lower score than the list takes, and what changed was not kept.
            FitsLess = "FITS_LESS",
                "Dit past nu minder goed, of een wettelijke eis staat in de weg.",
                "This fits less well now, or a legal requirement is in the way.";
            /// The pair has a higher score than it can have had, and what changed was not kept.
            FitsMore = "FITS_MORE",
                "Dit past nu in meer opzichten, of een wettelijke eis staat niet meer in de weg.",
                "This fits in more respects now, or a legal requirement is no longer in the way.";
            /// The person did not take part in the earlier night.
            PersonCame = "PERSON_CAME",
                "De persoon deed in de vorige nacht niet mee.",
                "The person took no part in the earlier night.";
            /// The person does not take part in the later night.
            PersonWent = "PERSON_WENT",
                "De persoon doet nu niet mee.",
                "The person takes no part now.";
            /// The vacancy did not take part in the earlier night.
            VacancyCame = "VACANCY_CAME",
                "De vacature deed in de vorige nacht niet mee.",
                "The vacancy took no part in the earlier night.";
            /// The vacancy does not take part in the later night.
            VacancyWent = "VACANCY_WENT",
                "De vacature doet nu niet mee.",
                "The vacancy takes no part now.";
        }
    };
}
