//! What an employer reads: Dutch at level B1, or English; never why somebody can or cannot, never a judgement.

use super::{Basis, Remark};
use crate::domain::{competency::Competency, sector::Sector};
use crate::rank::{
    competencies::CompetencyTable,
    facts::VacancyFacts,
    profile::Band,
    reason::Value,
    wording::{TextLanguage, capitalised, spoken},
};

impl Remark<'_> {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PaperToAsk(_) => "PAPER_TO_ASK",
            Self::StartToAsk => "START_TO_ASK",
            Self::WantsThisWork => "WANTS_THIS_WORK",
            Self::WantsWorkLikeThis => "WANTS_WORK_LIKE_THIS",
            Self::WantsThisSector => "WANTS_THIS_SECTOR",
            Self::Motivated => "MOTIVATED",
            Self::LanguageForStart(_) => "LANGUAGE_FOR_START",
            Self::HoursFit => "HOURS_FIT",
            Self::TimesFit => "TIMES_FIT",
            Self::ContractFits => "CONTRACT_FITS",
            Self::ExperienceAsAsked => "EXPERIENCE_AS_ASKED",
            Self::LevelAsAsked => "LEVEL_AS_ASKED",
            Self::EducationThere(_) => "EDUCATION_THERE",
            Self::PaperThere(_) => "PAPER_THERE",
            Self::PaperInTime(_) => "PAPER_IN_TIME",
        }
    }

    /// The remark in words.
    pub fn text(&self, language: TextLanguage, names: &CompetencyTable) -> String {
        let (dutch, english, what) = match self {
            Self::PaperToAsk(paper) => {
                ("Vraag eerst naar: {}.", "Ask first about: {}.", Some(Value::Paper(paper.clone())))
            }
            Self::StartToAsk => {
                ("Vraag eerst naar de eerste werkdag.", "Ask first about the first day of work.", None)
            }
            Self::WantsThisWork => ("Wil dit werk graag doen.", "Would like to do this work.", None),
            Self::WantsWorkLikeThis => {
                ("Wil werk doen dat hierop lijkt.", "Would like to do work like this.", None)
            }
            Self::WantsThisSector => {
                ("Wil graag in deze sector werken.", "Would like to work in this sector.", None)
            }
            Self::Motivated => ("Is gemotiveerd voor dit werk.", "Is motivated for this work.", None),
            Self::LanguageForStart(code) => {
                ("{}: genoeg om te beginnen.", "{}: enough to start.", Some(Value::Language(*code)))
            }
            Self::HoursFit => ("De uren passen.", "The hours fit.", None),
            Self::TimesFit => ("De werktijden passen.", "The working times fit.", None),
            Self::ContractFits => ("De vorm van het contract past.", "The form of contract fits.", None),
            Self::ExperienceAsAsked => {
                ("Heeft de ervaring die is gevraagd.", "Has the experience that is asked.", None)
            }
            Self::LevelAsAsked => ("Het niveau past bij de vraag.", "The level is as asked.", None),
            Self::EducationThere(name) => (
                "Heeft de opleiding die is gevraagd: {}.",
                "Has the education that is asked: {}.",
                Some(Value::Words(name.as_str().to_owned())),
            ),
            Self::PaperThere(paper) => ("Aanwezig: {}.", "Held: {}.", Some(Value::Paper(paper.clone()))),
            Self::PaperInTime(paper) => (
                "Er al, of op tijd te halen: {}.",
                "There already, or to be had in time: {}.",
                Some(Value::Paper(paper.clone())),
            ),
        };
        let what = what.map(|value| spoken(&value, language, names).into_owned()).unwrap_or_default();
        capitalised(&language.of(dutch, english).replace("{}", &what))
    }
}

/// A quality in words.
pub fn quality(
    competency: Competency,
    facet: Option<&str>,
    basis: Basis,
    language: TextLanguage,
    names: &CompetencyTable,
) -> String {
    let quality = Value::Quality(competency, facet.map(str::to_owned));
    let how = match basis {
        Basis::AtWork => language.of("gezien bij het werken", "seen at work"),
        Basis::InContact => language.of("gezien in het contact", "seen in contact"),
        Basis::Said => language.of("zegt de persoon zelf", "says the person"),
    };
    capitalised(&format!("{}: {how}.", spoken(&quality, language, names)))
}

/// A band in words.
pub fn band(band: Band, language: TextLanguage) -> &'static str {
    match band {
        Band::Strong => language.of("Past goed", "Fits well"),
        Band::Good => language.of("Past", "Fits"),
        Band::Partial => language.of("Past voor een deel", "Fits in part"),
    }
}

/// How many are not proposed; empty for nobody.
pub fn not_proposed(count: usize, language: TextLanguage) -> String {
    match (count, language) {
        (0, _) => String::new(),
        (1, TextLanguage::Dutch) => {
            "1 persoon is niet voorgesteld. Die is nu niet beschikbaar of past nu minder bij dit werk."
                .to_owned()
        }
        (1, TextLanguage::English) => {
            "1 person is not proposed. They are not available now or fit this work less now.".to_owned()
        }
        (_, TextLanguage::Dutch) => format!(
            "{count} mensen zijn niet voorgesteld. Zij zijn nu niet beschikbaar of passen nu minder bij dit werk."
        ),
        (_, TextLanguage::English) => {
            format!("{count} people are not proposed. They are not available now or fit this work less now.")
        }
    }
}

/// What was assumed about a vacancy.
pub fn assumed(vacancy: &VacancyFacts, language: TextLanguage) -> Option<&'static str> {
    vacancy.assumed_set.map(|sector| match sector {
        Sector::Care => language.of(
            "De vacature noemt geen gedrag. Daarom telt wat werk in de zorg vaak vraagt.",
            "The vacancy names no behaviour. So what work in care often asks counts.",
        ),
        Sector::Engineering => language.of(
            "De vacature noemt geen gedrag. Daarom telt wat werk in de techniek vaak vraagt.",
            "The vacancy names no behaviour. So what work in engineering often asks counts.",
        ),
        Sector::General => language.of(
            "De vacature noemt geen gedrag. Daarom telt wat werk vaak vraagt.",
            "The vacancy names no behaviour. So what work often asks counts.",
        ),
    })
}
