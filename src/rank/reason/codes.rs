//! All codes of reasons with their texts: each text is made of words and of the reason's own data.

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $dutch:literal, $english:literal;)+) => {
        /// What a reason says. The name is stable; texts may be bettered.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ReasonCode { $($(#[$doc])* $variant),+ }

        impl ReasonCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The Dutch text, with the names of data in braces.
            pub(in crate::rank) fn dutch(self) -> &'static str {
                match self { $(Self::$variant => $dutch),+ }
            }

            /// The English text, with the names of data in braces.
            pub(in crate::rank) fn english(self) -> &'static str {
                match self { $(Self::$variant => $english),+ }
            }
        }
    };
}

codes! {
    /// The person names an asked skill.
    SkillNamed = "SKILL_NAMED",
        "Gevraagd en genoemd: {skill}.",
        "Asked and named: {skill}.";
    /// The person names an asked skill in other words.
    SkillNamedAs = "SKILL_NAMED_AS",
        "Gevraagd is {skill}. De persoon noemt hetzelfde: {own}.",
        "Asked is {skill}. The person names the same: {own}.";
    /// The person names what is probably an asked skill.
    SkillProbablyNamed = "SKILL_PROBABLY_NAMED",
        "Gevraagd is {skill}. De persoon noemt {own}: waarschijnlijk hetzelfde.",
        "Asked is {skill}. The person names {own}: probably the same.";
    /// A course of the person teaches an asked skill.
    SkillLearned = "SKILL_LEARNED",
        "Gevraagd is {skill}. De persoon leerde dit in een cursus: {own}.",
        "Asked is {skill}. The person learned this in a course: {own}.";
    /// A text of the person tells of an asked skill.
    SkillTold = "SKILL_TOLD",
        "Gevraagd is {skill}. Het staat in een tekst van de persoon.",
        "Asked is {skill}. It stands in a text of the person.";
    /// An asked skill is not named, but a close one is.
    SkillNear = "SKILL_NEAR",
        "Niet genoemd: {skill}. Wel iets dat erbij hoort: {own}. Vraag ernaar.",
        "Not named: {skill}. But something that goes with it: {own}. Ask about it.";
    /// An asked skill is not named, but a text tells of a close one.
    SkillNearTold = "SKILL_NEAR_TOLD",
        "Niet genoemd: {skill}. In een tekst staat wel iets dat erbij hoort. Vraag ernaar.",
        "Not named: {skill}. But a text tells of something that goes with it. Ask about it.";
    /// An asked skill is not named, but often needed in work that the person did.
    SkillImplied = "SKILL_IMPLIED",
        "Niet genoemd: {skill}. Vaak nodig in het beroep {occupation}. Vraag ernaar.",
        "Not named: {skill}. Often needed in the occupation {occupation}. Ask about it.";
    /// An asked skill is not named, but the person did work like this work.
    SkillOfAlikeWork = "SKILL_OF_ALIKE_WORK",
        "Niet genoemd: {skill}. De persoon deed werk dat op dit werk lijkt: {occupation}. Vraag ernaar.",
        "Not named: {skill}. The person did work like this work: {occupation}. Ask about it.";
    /// An asked skill is not named, but some of its words are.
    SkillWords = "SKILL_WORDS",
        "Niet genoemd: {skill}. De persoon gebruikt wel woorden hieruit. Vraag ernaar.",
        "Not named: {skill}. The person does use words of it. Ask about it.";
    /// An asked skill is not named: unknown.
    SkillNotNamed = "SKILL_NOT_NAMED",
        "Niet bekend: {skill}. Vraag ernaar.",
        "Not known: {skill}. Ask about it.";
    /// A quality was observed.
    QualitySeen = "QUALITY_SEEN",
        "{quality}: {value}, {source}, {age}.",
        "{quality}: {value}, {source}, {age}.";
    /// A quality was observed, and the person disputes it.
    QualitySeenDisputed = "QUALITY_SEEN_DISPUTED",
        "{quality}: {value}, {source}, {age}. De persoon ziet dit anders.",
        "{quality}: {value}, {source}, {age}. The person sees this differently.";
    /// Nobody observed an asked quality yet.
    QualityNotSeen = "QUALITY_NOT_SEEN",
        "Niet bekend: {quality}. Vraag ernaar.",
        "Not known: {quality}. Ask about it.";
    /// The vacancy is a wished occupation.
    WishedOccupation = "WISHED_OCCUPATION",
        "Wil dit werk doen: {occupation}.",
        "Wants to do this work: {occupation}.";
    /// The words of a wished occupation occur in the vacancy.
    WishedOccupationWords = "WISHED_OCCUPATION_WORDS",
        "Wil werk doen dat hierop lijkt: {occupation}.",
        "Wants to do work like this: {occupation}.";
    /// A wished occupation is in the same group of occupations.
    WishedOccupationNear = "WISHED_OCCUPATION_NEAR",
        "Wil werk doen uit dezelfde groep van beroepen: {occupation}.",
        "Wants to do work of the same group of occupations: {occupation}.";
    /// The wished occupations are others.
    OtherOccupationWished = "OTHER_OCCUPATION_WISHED",
        "Noemt ander werk als wens: {occupation}.",
        "Names other work as a wish: {occupation}.";
    /// The person names no occupation.
    WishedOccupationUnknown = "WISHED_OCCUPATION_UNKNOWN",
        "Niet bekend welk werk de persoon wil doen. Vraag ernaar.",
        "Not known what work the person wants to do. Ask about it.";
    /// The vacancy names neither an occupation nor a title.
    WorkUnknown = "WORK_UNKNOWN",
        "Niet bekend welk werk dit is. Vraag het de werkgever.",
        "Not known what work this is. Ask the employer.";
    /// The vacancy is in a wished sector.
    WishedSector = "WISHED_SECTOR",
        "Wil in deze sector werken (SBI {division}).",
        "Wants to work in this sector (SBI {division}).";
    /// The vacancy is in the same shortage sector as a wished one.
    WishedSectorNear = "WISHED_SECTOR_NEAR",
        "Wil werken in {sector}, en dit werk hoort daarbij.",
        "Wants to work in {sector}, and this work is part of it.";
    /// The wished sectors are others.
    OtherSectorWished = "OTHER_SECTOR_WISHED",
        "Noemt andere sectoren als wens.",
        "Names other sectors as a wish.";
    /// The person names no sector.
    WishedSectorUnknown = "WISHED_SECTOR_UNKNOWN",
        "Niet bekend in welke sector de persoon wil werken. Vraag ernaar.",
        "Not known in which sector the person wants to work. Ask about it.";
    /// The vacancy has no sector.
    SectorUnknown = "SECTOR_UNKNOWN",
        "Niet bekend in welke sector dit werk is. Vraag het de werkgever.",
        "Not known in which sector this work is. Ask the employer.";
    /// An interest occurs in the vacancy.
    InterestFound = "INTEREST_FOUND",
        "Interesse die in de vacature staat: {interest}.",
        "An interest that the vacancy names: {interest}.";
    /// No interest occurs in the vacancy.
    InterestsNotFound = "INTERESTS_NOT_FOUND",
        "De genoemde interesses staan niet in de vacature.",
        "The vacancy does not name the person's interests.";
    /// The person names no interest.
    InterestsUnknown = "INTERESTS_UNKNOWN",
        "Niet bekend welke interesses de persoon heeft. Vraag ernaar.",
        "Not known what interests the person has. Ask about it.";
    /// Motivation was observed.
    MotivationSeen = "MOTIVATION_SEEN",
        "Motivatie voor dit werk: {value}, {source}, {age}.",
        "Motivation for this work: {value}, {source}, {age}.";
    /// Motivation was observed, and the person disputes it.
    MotivationSeenDisputed = "MOTIVATION_SEEN_DISPUTED",
        "Motivatie voor dit werk: {value}, {source}, {age}. De persoon ziet dit anders.",
        "Motivation for this work: {value}, {source}, {age}. The person sees this differently.";
    /// Nobody observed motivation yet.
    MotivationNotSeen = "MOTIVATION_NOT_SEEN",
        "Niet bekend: motivatie voor dit werk. Vraag ernaar.",
        "Not known: motivation for this work. Ask about it.";
    /// A language level is as asked or higher.
    LanguageMet = "LANGUAGE_MET",
        "{language}, {skill}: {level}. Gevraagd is {asked}.",
        "{language}, {skill}: {level}. Asked is {asked}.";
    /// A language level is lower than asked.
    LanguageBelow = "LANGUAGE_BELOW",
        "{language}, {skill}: nu {level}. Gevraagd is {asked}.",
        "{language}, {skill}: now {level}. Asked is {asked}.";
    /// A language level is not known.
    LanguageUnknown = "LANGUAGE_UNKNOWN",
        "Niet bekend: {language}, {skill}. Gevraagd is {asked}. Vraag ernaar.",
        "Not known: {language}, {skill}. Asked is {asked}. Ask about it.";
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
    /// The distance is within the person's reach.
    DistanceWithin = "DISTANCE_WITHIN",
        "De afstand is {distance}. De grens van de persoon is {limit}.",
        "The distance is {distance}. The person's limit is {limit}.";
    /// The distance is beyond the person's reach.
    DistanceBeyond = "DISTANCE_BEYOND",
        "De afstand is {distance}. Dat is meer dan de grens van {limit}.",
        "The distance is {distance}. That is more than the limit of {limit}.";
    /// The estimated time is within the person's reach.
    TimeWithin = "TIME_WITHIN",
        "De reistijd {means} is {time}. De grens van de persoon is {limit}.",
        "The travel time {means} is {time}. The person's limit is {limit}.";
    /// The estimated time is beyond the person's reach.
    TimeBeyond = "TIME_BEYOND",
        "De reistijd {means} is {time}. Dat is meer dan de grens van {limit}.",
        "The travel time {means} is {time}. That is more than the limit of {limit}.";
    /// A time that was given is within the person's reach.
    GivenTimeWithin = "GIVEN_TIME_WITHIN",
        "De reistijd is {time}. De grens van de persoon is {limit}.",
        "The travel time is {time}. The person's limit is {limit}.";
    /// A time that was given is beyond the person's reach.
    GivenTimeBeyond = "GIVEN_TIME_BEYOND",
        "De reistijd is {time}. Dat is meer dan de grens van {limit}.",
        "The travel time is {time}. That is more than the limit of {limit}.";
    /// The person names no limit.
    ReachUnknown = "REACH_UNKNOWN",
        "Niet bekend hoe ver de persoon wil reizen. Vraag ernaar.",
        "Not known how far the person wants to travel. Ask about it.";
    /// The position of the person's postcode is not known.
    HomeUnknown = "HOME_UNKNOWN",
        "Niet bekend vanwaar de persoon reist. Vraag ernaar.",
        "Not known from where the person travels. Ask about it.";
    /// The position of the work place is not known.
    WorkplaceUnknown = "WORKPLACE_UNKNOWN",
        "Niet bekend waar het werk is. Vraag het de werkgever.",
        "Not known where the work is. Ask the employer.";
    /// The person names no means of transport.
    MeansUnknown = "MEANS_UNKNOWN",
        "Niet bekend waarmee de persoon reist. Vraag ernaar.",
        "Not known how the person travels. Ask about it.";
    /// An offered form of contract is accepted.
    ContractFits = "CONTRACT_FITS",
        "De vorm van het contract past.",
        "The form of contract fits.";
    /// Only the duration differs.
    ContractOtherDuration = "CONTRACT_OTHER_DURATION",
        "De duur van het contract is anders dan gewenst.",
        "The duration of the contract is not the wished one.";
    /// The kind of agreement differs.
    ContractOtherKind = "CONTRACT_OTHER_KIND",
        "Het soort contract is anders dan gewenst.",
        "The kind of contract is not the wished one.";
    /// The person names no form of contract.
    ContractOfPersonUnknown = "CONTRACT_OF_PERSON_UNKNOWN",
        "Niet bekend welk contract de persoon wil. Vraag ernaar.",
        "Not known which contract the person wants. Ask about it.";
    /// The vacancy names no form of contract.
    ContractOfVacancyUnknown = "CONTRACT_OF_VACANCY_UNKNOWN",
        "Niet bekend welk contract de werkgever biedt. Vraag het de werkgever.",
        "Not known which contract the employer offers. Ask the employer.";
    /// The level is as asked or higher.
    LevelMet = "LEVEL_MET",
        "Niveau: {level}. Gevraagd is {asked}.",
        "Level: {level}. Asked is {asked}.";
    /// The known level is lower than asked.
    LevelBelow = "LEVEL_BELOW",
        "Niveau op papier: {level}. Gevraagd is {asked}.",
        "Level on paper: {level}. Asked is {asked}.";
    /// No level is known.
    LevelUnknown = "LEVEL_UNKNOWN",
        "Niet bekend: het niveau. Gevraagd is {asked}. Vraag ernaar.",
        "Not known: the level. Asked is {asked}. Ask about it.";
    /// The person names the asked education.
    EducationNamed = "EDUCATION_NAMED",
        "Gevraagde opleiding is genoemd: {education}.",
        "The asked education is named: {education}.";
    /// An asked education without a level is not named.
    EducationNotNamed = "EDUCATION_NOT_NAMED",
        "Niet bekend: opleiding {education}. Vraag ernaar.",
        "Not known: education {education}. Ask about it.";
    /// An education is asked without name and level.
    EducationUnsaid = "EDUCATION_UNSAID",
        "De vacature vraagt een opleiding, maar zegt niet welke. Vraag het de werkgever.",
        "The vacancy asks an education but does not say which. Ask the employer.";
    /// There is as much experience as asked.
    ExperienceEnough = "EXPERIENCE_ENOUGH",
        "Ervaring die telt: {counted}. Gevraagd is {asked}.",
        "Experience that counts: {counted}. Asked is {asked}.";
    /// There is less experience than asked.
    ExperienceLess = "EXPERIENCE_LESS",
        "Ervaring die telt tot nu: {counted}. Gevraagd is {asked}.",
        "Experience that counts so far: {counted}. Asked is {asked}.";
    /// No experience has a length.
    ExperienceUnknown = "EXPERIENCE_UNKNOWN",
        "Niet bekend: ervaring. Gevraagd is {asked}. Vraag ernaar.",
        "Not known: experience. Asked is {asked}. Ask about it.";
    /// A licence, certificate or registration is held.
    PaperHeld = "PAPER_HELD",
        "Aanwezig: {paper}.",
        "Held: {paper}.";
    /// It is known to be lacking, and cannot be had in time.
    PaperLacking = "PAPER_LACKING",
        "Nog niet aanwezig: {paper}.",
        "Not held yet: {paper}.";
    /// It is known to be lacking, and can be had in time.
    PaperLackingInTime = "PAPER_LACKING_IN_TIME",
        "Nog niet aanwezig: {paper}. Kan op tijd, in ongeveer {weeks}.",
        "Not held yet: {paper}. Can be had in time, in about {weeks}.";
    /// It is known to be lacking, can be had, and the first day is not known.
    PaperLackingOpen = "PAPER_LACKING_OPEN",
        "Nog niet aanwezig: {paper}. Kan in ongeveer {weeks}. De eerste werkdag is niet bekend.",
        "Not held yet: {paper}. Can be had in about {weeks}. The first day of work is not known.";
    /// It is not known whether it is held.
    PaperUnknown = "PAPER_UNKNOWN",
        "Niet bekend: {paper}. Vraag ernaar.",
        "Not known: {paper}. Ask about it.";
    /// It is not known whether it is held; it can be had in time.
    PaperUnknownInTime = "PAPER_UNKNOWN_IN_TIME",
        "Niet bekend: {paper}. Kan op tijd, in ongeveer {weeks}. Vraag ernaar.",
        "Not known: {paper}. Can be had in time, in about {weeks}. Ask about it.";
    /// Nobody asks this criterion.
    NotAsked = "NOT_ASKED",
        "Hier wordt niet naar gevraagd.",
        "This is not asked.";
    /// The distance between both sides.
    Balance = "BALANCE",
        "De vraag van de werkgever past voor {demand}, de wens van de persoon voor {wish}.",
        "What the employer asks fits for {demand}, what the person wants for {wish}.";
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
    /// A paper is missing.
    GapPaper = "GAP_PAPER",
        "Ontbreekt nog: {paper}.",
        "Still missing: {paper}.";
    /// A paper is missing that can be had.
    GapPaperSolvable = "GAP_PAPER_SOLVABLE",
        "Ontbreekt nog: {paper}. Te halen in ongeveer {weeks}.",
        "Still missing: {paper}. Can be had in about {weeks}.";
    /// A language level is lower than asked.
    GapLanguage = "GAP_LANGUAGE",
        "Kan nog groeien: {language}, {skill}, van {level} naar {asked}.",
        "Can still grow: {language}, {skill}, from {level} to {asked}.";
    /// A quality was seen as less than average.
    GapQuality = "GAP_QUALITY",
        "Kan nog groeien: {quality}.",
        "Can still grow: {quality}.";
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
    /// The sector's default competencies were assumed.
    SectorDefaultCompetencies = "SECTOR_DEFAULT_COMPETENCIES",
        "De vacature noemt geen gedrag. Daarom telt wat {sector} vaak vraagt.",
        "The vacancy names no behaviour. So what {sector} often asks counts.";
    /// Left out: filters.
    FilteredOut = "FILTERED_OUT",
        "Buiten de filters van de vraag.",
        "Outside the filters of the request.";
    /// Left out: placed.
    CandidatePlaced = "CANDIDATE_PLACED",
        "De persoon heeft werk gevonden.",
        "The person found work.";
    /// Left out: withdrawn.
    CandidateWithdrawn = "CANDIDATE_WITHDRAWN",
        "De persoon is teruggetrokken.",
        "The person withdrew.";
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
        "De vacature is vervuld.",
        "The vacancy is filled.";
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
