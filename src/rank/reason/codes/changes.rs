//! Single changes that can be tried, and what they came to.

macro_rules! changes {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// A change that the request gave, of the candidate.
            WithGivenCandidate = "WITH_GIVEN_CANDIDATE",
                "Met deze wijziging van het profiel",
                "With this change of the profile";
            /// A change that the request gave, of the vacancy.
            WithGivenVacancy = "WITH_GIVEN_VACANCY",
                "Met deze wijziging van de vacature",
                "With this change of the vacancy";
            /// A skill is named.
            WithSkill = "WITH_SKILL",
                "Met {skill} in het profiel",
                "With {skill} in the profile";
            /// A quality is seen.
            WithQualitySeen = "WITH_QUALITY_SEEN",
                "Als dit sterk wordt gezien in een praktijkproef: {quality}",
                "If this is seen as strong in a practical test: {quality}";
            /// The work has a condition that the person wishes.
            WithCondition = "WITH_CONDITION",
                "Als het werk dit heeft: {condition}",
                "If the work has this: {condition}";
            /// The person wishes the conditions that the work has.
            WithConditionsWished = "WITH_CONDITIONS_WISHED",
                "Als zulk werk ook de wens is",
                "If such work is also the wish";
            /// The work has the support that the person needs.
            WithSupport = "WITH_SUPPORT",
                "Als dit er op het werk is: {support}",
                "If this is there at work: {support}";
            /// The person can do what the work asks of body or mind.
            WithCapacity = "WITH_CAPACITY",
                "Als dit kan zoals gevraagd: {ability}",
                "If this is possible as asked: {ability}";
            /// Motivation is seen.
            WithMotivationSeen = "WITH_MOTIVATION_SEEN",
                "Als er in een gesprek veel motivatie voor dit werk blijkt",
                "If a conversation shows much motivation for this work";
            /// The work of the vacancy is wished.
            WithWishedOccupation = "WITH_WISHED_OCCUPATION",
                "Als dit werk ook de wens is: {occupation}",
                "If this work is also the wish: {occupation}";
            /// The sector of the vacancy is wished.
            WithWishedSector = "WITH_WISHED_SECTOR",
                "Als werken in deze sector ook de wens is",
                "If working in this sector is also the wish";
            /// A language is one step higher.
            WithLanguageStep = "WITH_LANGUAGE_STEP",
                "Met een stap meer in de taal {language}",
                "With one step more in the language {language}";
            /// A language turns out as asked.
            WithLanguageAsAsked = "WITH_LANGUAGE_AS_ASKED",
                "Als het niveau van de taal {language} is zoals gevraagd",
                "If the level of the language {language} is as asked";
            /// The vacancy asks a language one step lower at the start.
            WithLanguageAskedLower = "WITH_LANGUAGE_ASKED_LOWER",
                "Als een stap minder in de taal {language} genoeg is bij de start",
                "If one step less in the language {language} is enough at the start";
            /// The employer offers help with the language at work.
            WithLanguageHelp = "WITH_LANGUAGE_HELP",
                "Als er taalhulp op het werk is",
                "If there is help with the language at work";
            /// A licence, certificate or registration is there.
            WithPaper = "WITH_PAPER",
                "Met {paper}",
                "With {paper}";
            /// A licence, certificate or registration may come later.
            WithPaperLater = "WITH_PAPER_LATER",
                "Als {paper} mag komen tot {weeks} na de start",
                "If {paper} may come up to {weeks} after the start";
            /// The first day of work is known and leaves time.
            WithFirstDay = "WITH_FIRST_DAY",
                "Als de eerste werkdag over {weeks} is",
                "If the first day of work is in {weeks}";
            /// The person works other hours.
            WithHours = "WITH_HOURS",
                "Met {hours} werk per week",
                "With {hours} of work a week";
            /// The vacancy has other hours.
            WithHoursOfVacancy = "WITH_HOURS_OF_VACANCY",
                "Als het werk {hours} per week is",
                "If the work is {hours} a week";
            /// The person can work at the times of the work.
            WithTimes = "WITH_TIMES",
                "Als deze werktijden passen",
                "If these working times suit";
            /// The work is done at the times of the person.
            WithTimesOfVacancy = "WITH_TIMES_OF_VACANCY",
                "Als het werk in de tijden van het profiel kan",
                "If the work can be done at the times of the profile";
            /// The person can start on a day.
            WithAvailableFrom = "WITH_AVAILABLE_FROM",
                "Als starten kan op {day}",
                "If starting is possible on {day}";
            /// The work begins on a later day.
            WithStartOn = "WITH_START_ON",
                "Als het werk begint op {day}",
                "If the work begins on {day}";
            /// The job may be split.
            WithCarving = "WITH_CARVING",
                "Als de baan gesplitst mag worden",
                "If the job may be split";
            /// The person travels farther.
            WithReach = "WITH_REACH",
                "Met een reis tot {limit}",
                "With a way of up to {limit}";
            /// The person travels by another means.
            WithMeans = "WITH_MEANS",
                "Als de reis {means} kan",
                "If the way can be made {means}";
            /// The person accepts the form of contract.
            WithContract = "WITH_CONTRACT",
                "Als dit contract ook goed is",
                "If this contract is fine too";
            /// The vacancy offers the form of contract that the person wants.
            WithContractOffered = "WITH_CONTRACT_OFFERED",
                "Als het contract kan zoals gewenst",
                "If the contract can be as wished";
            /// The level is as asked.
            WithLevel = "WITH_LEVEL",
                "Als het niveau dit is: {level}",
                "If the level is this: {level}";
            /// The education is named.
            WithEducation = "WITH_EDUCATION",
                "Met de opleiding {education}",
                "With the education {education}";
            /// There is experience.
            WithExperience = "WITH_EXPERIENCE",
                "Met {counted} ervaring in dit werk",
                "With {counted} of experience in this work";
            /// A change gives another place.
            OutcomePlace = "OUTCOME_PLACE",
                "Plek {rank} in plaats van {before}.",
                "Place {rank} instead of {before}.";
            /// A change gives the same place with more points.
            OutcomeMorePoints = "OUTCOME_MORE_POINTS",
                "Dezelfde plek ({rank}), met {points} erbij.",
                "The same place ({rank}), with {points} more.";
            /// A change gives the same place with fewer points.
            OutcomeFewerPoints = "OUTCOME_FEWER_POINTS",
                "Dezelfde plek ({rank}), met {points} minder.",
                "The same place ({rank}), with {points} less.";
            /// A change gives the same score and place.
            OutcomeSame = "OUTCOME_SAME",
                "Dat verandert niets aan de plek ({rank}).",
                "That changes nothing about the place ({rank}).";
            /// A change takes away what the law had in the way.
            OutcomeEnters = "OUTCOME_ENTERS",
                "Dan wel in de lijst, op plek {rank}.",
                "Then in the list, at place {rank}.";
            /// A change puts a legal requirement in the way.
            OutcomeLeaves = "OUTCOME_LEAVES",
                "Dan zonder plek, door een wettelijke eis.",
                "Then without a place, because of a legal requirement.";
        }
    };
}
