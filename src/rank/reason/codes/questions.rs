//! Questions that would make a match surer.

macro_rules! questions {
    ($next:ident $($later:ident)*; $($earlier:tt)*) => {
        $next! { $($later)*; $($earlier)*
            /// Ask about a skill.
            AskSkill = "ASK_SKILL",
                "Kan de persoon dit: {skill}?",
                "Can the person do this: {skill}?";
            /// Ask about a quality.
            AskQuality = "ASK_QUALITY",
                "Wat is er gezien van: {quality}?",
                "What has been seen of: {quality}?";
            /// Ask for wished occupations.
            AskWishedOccupation = "ASK_WISHED_OCCUPATION",
                "Welk werk wil de persoon doen?",
                "What work does the person want to do?";
            /// Ask for wished sectors.
            AskWishedSector = "ASK_WISHED_SECTOR",
                "In welke sector wil de persoon werken?",
                "In which sector does the person want to work?";
            /// Ask for interests.
            AskInterests = "ASK_INTERESTS",
                "Welke interesses heeft de persoon?",
                "What interests does the person have?";
            /// Ask for an observation of motivation.
            AskMotivation = "ASK_MOTIVATION",
                "Hoe gemotiveerd is de persoon voor dit werk?",
                "How motivated is the person for this work?";
            /// Ask whether the work has a condition.
            AskCondition = "ASK_CONDITION",
                "Heeft het werk dit: {condition}?",
                "Does the work have this: {condition}?";
            /// Ask for wished conditions.
            AskConditionsOfPerson = "ASK_CONDITIONS_OF_PERSON",
                "Hoe werkt de persoon graag?",
                "How does the person like to work?";
            /// Ask whether support is offered.
            AskSupport = "ASK_SUPPORT",
                "Is dit er op het werk: {support}?",
                "Is this there at work: {support}?";
            /// Ask about an ability.
            AskCapacity = "ASK_CAPACITY",
                "Hoe lang of hoeveel kan de persoon dit: {ability}?",
                "How long or how much can the person do this: {ability}?";
            /// Ask for the vacancy's occupation.
            AskWork = "ASK_WORK",
                "Welk werk is dit precies?",
                "What work is this exactly?";
            /// Ask for the vacancy's sector.
            AskSector = "ASK_SECTOR",
                "In welke sector is dit werk?",
                "In which sector is this work?";
            /// Ask for a language level.
            AskLanguage = "ASK_LANGUAGE",
                "Welk niveau heeft de persoon: {language}, {skill}?",
                "What level does the person have: {language}, {skill}?";
            /// Ask for lessons or a language buddy at work.
            AskLanguageSupport = "ASK_LANGUAGE_SUPPORT",
                "Is er taalles of een taalmaatje op het werk?",
                "Are there language lessons or a language buddy at work?";
            /// Ask for the person's hours.
            AskHoursOfPerson = "ASK_HOURS_OF_PERSON",
                "Hoeveel uur per week wil de persoon werken?",
                "How many hours a week does the person want to work?";
            /// Ask for the vacancy's hours.
            AskHoursOfVacancy = "ASK_HOURS_OF_VACANCY",
                "Hoeveel uur per week is het werk?",
                "How many hours a week is the work?";
            /// Ask whether the job may be carved.
            AskCarving = "ASK_CARVING",
                "Mag de baan worden gesplitst?",
                "May the job be split?";
            /// Talk about carving where it is not allowed.
            AskCarvingAgain = "ASK_CARVING_AGAIN",
                "Splitsen mag nu niet. Kan een deel van de baan of een ander tijdraam toch?",
                "Splitting is not allowed now. Is a part of the job or another time frame possible all the same?";
            /// Ask for the person's times.
            AskTimesOfPerson = "ASK_TIMES_OF_PERSON",
                "Op welke dagen en tijden kan de persoon werken?",
                "On which days and at what times can the person work?";
            /// Ask for the vacancy's times.
            AskTimesOfVacancy = "ASK_TIMES_OF_VACANCY",
                "Op welke dagen en tijden is het werk?",
                "On which days and at what times is the work?";
            /// Ask for hours and times of a held job.
            AskHeldJob = "ASK_HELD_JOB",
                "Hoeveel uur en wanneer werkt de persoon nu?",
                "How many hours and when does the person work now?";
            /// Ask from when on the person can work.
            AskAvailableFrom = "ASK_AVAILABLE_FROM",
                "Vanaf welke dag kan de persoon werken?",
                "From which day on can the person work?";
            /// Ask for the last day of the work.
            AskLastDay = "ASK_LAST_DAY",
                "Tot wanneer duurt het werk?",
                "Until when does the work last?";
            /// Ask how the person comes home early or late.
            AskWayBack = "ASK_WAY_BACK",
                "Hoe kan de persoon vroeg of laat reizen?",
                "How can the person travel early or late?";
            /// Ask for the person's postcode.
            AskHome = "ASK_HOME",
                "Vanaf welke postcode reist de persoon?",
                "From which postcode does the person travel?";
            /// Ask for the postcode of the work.
            AskWorkplace = "ASK_WORKPLACE",
                "Op welke postcode is het werk?",
                "At which postcode is the work?";
            /// Ask for the person's reach.
            AskReach = "ASK_REACH",
                "Hoe ver of hoe lang wil de persoon reizen?",
                "How far or how long does the person want to travel?";
            /// Ask for means of transport.
            AskMeans = "ASK_MEANS",
                "Waarmee kan de persoon naar het werk reizen?",
                "How can the person travel to work?";
            /// Ask for accepted forms of contract.
            AskContractOfPerson = "ASK_CONTRACT_OF_PERSON",
                "Welk contract wil de persoon?",
                "Which contract does the person want?";
            /// Ask for offered forms of contract.
            AskContractOfVacancy = "ASK_CONTRACT_OF_VACANCY",
                "Welk contract biedt de werkgever?",
                "Which contract does the employer offer?";
            /// Ask for the level.
            AskLevel = "ASK_LEVEL",
                "Op welk niveau kan de persoon werken?",
                "At which level can the person work?";
            /// Ask for an education.
            AskEducation = "ASK_EDUCATION",
                "Heeft de persoon deze opleiding: {education}?",
                "Does the person have this education: {education}?";
            /// Ask for the length of experience.
            AskExperience = "ASK_EXPERIENCE",
                "Hoeveel ervaring heeft de persoon?",
                "How much experience does the person have?";
            /// Ask for a licence, certificate or registration.
            AskPaper = "ASK_PAPER",
                "Heeft de persoon dit: {paper}?",
                "Does the person have this: {paper}?";
            /// Ask for the first day.
            AskFirstDay = "ASK_FIRST_DAY",
                "Wat is de eerste werkdag?",
                "What is the first day of work?";
            /// Ask for the vacancy's shifts.
            AskShifts = "ASK_SHIFTS",
                "Welke diensten horen bij het werk?",
                "Which shifts are part of the work?";
            /// Ask whether irregular work is possible.
            AskIrregularWork = "ASK_IRREGULAR_WORK",
                "Kan de persoon op onregelmatige tijden werken?",
                "Can the person work irregular hours?";
            /// Ask whether the work is irregular.
            AskIrregularWorkOfVacancy = "ASK_IRREGULAR_WORK_OF_VACANCY",
                "Zijn de werktijden onregelmatig?",
                "Are the working times irregular?";
        }
    };
}
