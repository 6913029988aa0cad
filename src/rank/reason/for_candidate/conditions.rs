//! Travel, contract, level and papers, conflicts, gaps and the path to a job, as the person reads them.

use crate::rank::reason::ReasonCode::{self, self as C};

pub(super) const TEXTS: &[(ReasonCode, [&str; 2])] = &[
    (
        C::ReachUnknown,
        [
            "Nog niet bekend hoe ver u wilt reizen. Wilt u dit vertellen?",
            "Not known yet how far you want to travel. Will you tell us?",
        ],
    ),
    (
        C::HomeUnknown,
        [
            "Nog niet bekend vanwaar u reist. Wilt u uw postcode geven?",
            "Not known yet from where you travel. Will you give your postcode?",
        ],
    ),
    (C::WorkplaceUnknown, ["Nog niet bekend waar het werk is.", "Not known yet where the work is."]),
    (
        C::MeansUnknown,
        [
            "Nog niet bekend waarmee u reist. Wilt u dit vertellen?",
            "Not known yet how you travel. Will you tell us?",
        ],
    ),
    (
        C::ContractOtherDuration,
        [
            "De duur van het contract is anders dan u wenst.",
            "The duration of the contract is not the one you wish.",
        ],
    ),
    (
        C::ContractOtherKind,
        ["Het soort contract is anders dan u wenst.", "The kind of contract is not the one you wish."],
    ),
    (
        C::ContractOfPersonUnknown,
        [
            "Nog niet bekend welk contract u wilt. Wilt u dit vertellen?",
            "Not known yet which contract you want. Will you tell us?",
        ],
    ),
    (
        C::ContractOfVacancyUnknown,
        [
            "Nog niet bekend welk contract de werkgever biedt.",
            "Not known yet which contract the employer offers.",
        ],
    ),
    (
        C::LevelUnknown,
        [
            "Nog niet bekend: uw niveau. Gevraagd is {asked}. Wilt u dit vertellen?",
            "Not known yet: your level. Asked is {asked}. Will you tell us?",
        ],
    ),
    (
        C::EducationNamed,
        ["U noemt de gevraagde opleiding: {education}.", "You name the asked education: {education}."],
    ),
    (
        C::EducationNotNamed,
        [
            "Nog niet bekend: opleiding {education}. Heeft u die?",
            "Not known yet: education {education}. Do you have it?",
        ],
    ),
    (
        C::EducationUnsaid,
        [
            "De vacature vraagt een opleiding, maar zegt niet welke.",
            "The vacancy asks an education but does not say which.",
        ],
    ),
    (
        C::ExperienceUnknown,
        [
            "Nog niet bekend: uw ervaring. Gevraagd is {asked}. Wilt u dit vertellen?",
            "Not known yet: your experience. Asked is {asked}. Will you tell us?",
        ],
    ),
    (C::PaperHeld, ["U heeft: {paper}.", "You have: {paper}."]),
    (
        C::PaperLackingInTime,
        [
            "Nog niet aanwezig: {paper}. U kunt dit op tijd halen, in ongeveer {weeks}.",
            "Not held yet: {paper}. You can get it in time, in about {weeks}.",
        ],
    ),
    (
        C::PaperLackingOpen,
        [
            "Nog niet aanwezig: {paper}. U kunt dit halen in ongeveer {weeks}.",
            "Not held yet: {paper}. You can get it in about {weeks}.",
        ],
    ),
    (
        C::PaperUnknown,
        ["Nog niet bekend: {paper}. Heeft u dit?", "Not known yet: {paper}. Do you have this?"],
    ),
    (
        C::PaperUnknownInTime,
        [
            "Nog niet bekend: {paper}. Heeft u dit? Het kan op tijd, in ongeveer {weeks}.",
            "Not known yet: {paper}. Do you have this? It can be had in time, in about {weeks}.",
        ],
    ),
    (
        C::Balance,
        [
            "Wat de werkgever vraagt past voor {demand}, wat u wilt voor {wish}.",
            "What the employer asks fits for {demand}, what you want for {wish}.",
        ],
    ),
    (
        C::ConflictQuality,
        [
            "Voor dit werk nodig: {quality}. Daar kunt u nog in groeien.",
            "Needed for this work: {quality}. You can still grow in it.",
        ],
    ),
    (
        C::ConflictRefusedOccupation,
        ["U wilt dit werk niet doen: {occupation}.", "You do not want to do this work: {occupation}."],
    ),
    (
        C::ConflictRefusedSector,
        ["U wilt niet in deze sector werken.", "You do not want to work in this sector."],
    ),
    (
        C::ConflictRefusedShift,
        ["U wilt niet werken op dit moment: {shift}.", "You do not want to work at this time: {shift}."],
    ),
    (
        C::ConflictHours,
        [
            "U kunt minder uren dan nodig. De baan kan niet worden gesplitst.",
            "You can work fewer hours than needed. The job cannot be split.",
        ],
    ),
    (
        C::ConflictHoursAsk,
        [
            "U kunt minder uren dan nodig. Misschien is de baan te splitsen.",
            "You can work fewer hours than needed. Perhaps the job can be split.",
        ],
    ),
    (
        C::GapPaperSolvable,
        [
            "Ontbreekt nog: {paper}. U kunt dit halen in ongeveer {weeks}.",
            "Still missing: {paper}. You can get it in about {weeks}.",
        ],
    ),
    (
        C::GapLanguage,
        [
            "Hier kunt u in groeien: {language}, {skill}, van {level} naar {asked}.",
            "You can grow in this: {language}, {skill}, from {level} to {asked}.",
        ],
    ),
    (C::GapQuality, ["Hier kunt u in groeien: {quality}.", "You can grow in this: {quality}."]),
    (
        C::GapLanguageLater,
        [
            "Hier kunt u in groeien: {language}, {skill}, van {level} naar {asked}. Nodig na: {months}.",
            "You can grow in this: {language}, {skill}, from {level} to {asked}. Needed after: {months}.",
        ],
    ),
    (
        C::PathDream,
        [
            "Dit is het werk waar u van droomt: {occupation}.",
            "This is the work that you dream of: {occupation}.",
        ],
    ),
    (
        C::PathWished,
        [
            "U wilt dit werk: {occupation}. Het past nu nog niet.",
            "You want this work: {occupation}. It does not fit yet.",
        ],
    ),
    (
        C::PathReach,
        ["Het werk is verder weg dan u wilt reizen.", "The work is further away than you want to travel."],
    ),
    (C::PathRefused, ["Iets aan dit werk wilt u niet.", "Something about this work you do not want."]),
    (
        C::UnderUse,
        [
            "Dit werk vraagt minder dan u kunt. Uw niveau: {level}. Niveau van het werk: {asked}.",
            "This work asks less than you can do. Your level: {level}. Level of the work: {asked}.",
        ],
    ),
];
