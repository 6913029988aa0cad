//! What a record says in words, and where: what is recognised of it.

use super::Words;
use crate::domain::{
    Candidate, Vacancy,
    observation::Observed,
    text::Label,
    work::{OccupationRef, SkillRef},
};
use crate::taxonomy::recognize::WordingKind;
use std::fmt;

/// Words in one field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// Where they stand.
    pub(in crate::engine) field: Field,
    /// What they are.
    pub(in crate::engine) what: What<'a>,
}

/// What words of a record are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum What<'a> {
    /// An occupation.
    Occupation(&'a OccupationRef),
    /// The title of a vacancy: an occupation too.
    Title(&'a Label),
    /// A skill.
    Skill(&'a SkillRef),
    /// A task of a vacancy: a skill too.
    Task(&'a Label),
    /// A course or certificate.
    Course(&'a Label),
    /// A text in which skills are looked for.
    Text(&'a str),
}

/// The path of a field in the words of the interface, such as `experience[2].occupation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Field {
    name: &'static str,
    entry: Option<usize>,
    part: &'static str,
}

impl Field {
    pub(super) const fn one(name: &'static str) -> Self {
        Self { name, entry: None, part: "" }
    }

    const fn entry(name: &'static str, entry: usize, part: &'static str) -> Self {
        Self { name, entry: Some(entry), part }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)?;
        if let Some(entry) = self.entry {
            write!(f, "[{entry}]")?;
        }
        let dot = if self.part.is_empty() { "" } else { "." };
        write!(f, "{dot}{}", self.part)
    }
}

impl<'a> What<'a> {
    /// The words themselves.
    pub(in crate::engine) fn text(self) -> &'a str {
        match self {
            Self::Occupation(occupation) => occupation.text.as_str(),
            Self::Skill(skill) => skill.text.as_str(),
            Self::Title(label) | Self::Task(label) | Self::Course(label) => label.as_str(),
            Self::Text(text) => text,
        }
    }

    /// The same for the same words of the same kind, and hardly ever for others.
    pub(in crate::engine) fn number(self) -> u64 {
        self.words().key().number()
    }

    /// The words as they are recognised.
    pub(super) fn words(self) -> Words<'a> {
        match self {
            Self::Occupation(_) | Self::Title(_) => Words::One(WordingKind::Occupation, self.text()),
            Self::Skill(_) | Self::Task(_) | Self::Course(_) => Words::One(WordingKind::Skill, self.text()),
            Self::Text(text) => Words::Text(WordingKind::Skill, text),
        }
    }
}

/// Everything that a candidate says in words.
pub(in crate::engine) fn by_candidate(candidate: &Candidate) -> impl Iterator<Item = Said<'_>> {
    let profile = &candidate.profile;
    let wishes = &profile.wishes;
    let wished = occupations("wishes.occupations", &wishes.occupations);
    let dream = wishes.dream_occupation.iter().map(|occupation| Said {
        field: Field::one("wishes.dream_occupation"),
        what: What::Occupation(occupation),
    });
    let refused = occupations("refusals.occupations", &profile.refusals.occupations);
    let seen = profile.observations.iter().enumerate().filter_map(|(at, seen)| match &seen.observed {
        Observed::MotivationForOccupation(occupation) => Some(Said {
            field: Field::entry("observations", at, "motivation_for_occupation"),
            what: What::Occupation(occupation),
        }),
        Observed::Quality(_) | Observed::MotivationForSector(_) => None,
    });
    let skills = profile
        .skills
        .iter()
        .enumerate()
        .map(|(at, skill)| Said { field: Field::entry("skills", at, ""), what: What::Skill(skill) });
    let courses = profile.courses.iter().enumerate().map(|(at, course)| Said {
        field: Field::entry("courses", at, "name"),
        what: What::Course(&course.name),
    });
    let worked = profile.experience.iter().enumerate().flat_map(|(at, work)| {
        let occupation = work.occupation.iter().map(move |occupation| Said {
            field: Field::entry("experience", at, "occupation"),
            what: What::Occupation(occupation),
        });
        let told = work.description.iter().map(move |text| Said {
            field: Field::entry("experience", at, "description"),
            what: What::Text(text.as_str()),
        });
        occupation.chain(told)
    });
    let presented = profile
        .presentation
        .iter()
        .map(|text| Said { field: Field::one("presentation"), what: What::Text(text.as_str()) });
    presented.chain(wished).chain(dream).chain(refused).chain(skills).chain(courses).chain(worked).chain(seen)
}

/// Everything that a vacancy says in words.
pub(in crate::engine) fn by_vacancy(vacancy: &Vacancy) -> impl Iterator<Item = Said<'_>> {
    let asked = &vacancy.requirements;
    let title =
        vacancy.title.iter().map(|title| Said { field: Field::one("title"), what: What::Title(title) });
    let told = vacancy
        .description
        .iter()
        .map(|text| Said { field: Field::one("description"), what: What::Text(text.as_str()) });
    let tasks = vacancy
        .tasks
        .iter()
        .enumerate()
        .map(|(at, task)| Said { field: Field::entry("tasks", at, ""), what: What::Task(task) });
    let occupation = vacancy
        .occupation
        .iter()
        .map(|occupation| Said { field: Field::one("occupation"), what: What::Occupation(occupation) });
    let skills = asked.skills.iter().enumerate().map(|(at, skill)| Said {
        field: Field::entry("requirements.skills", at, "skill"),
        what: What::Skill(&skill.what),
    });
    let certificates = asked.certificates.iter().enumerate().map(|(at, certificate)| Said {
        field: Field::entry("requirements.certificates", at, "name"),
        what: What::Course(&certificate.what),
    });
    let experience = asked.experience.iter().enumerate().filter_map(|(at, asked)| {
        let occupation = asked.what.occupation.as_ref()?;
        Some(Said {
            field: Field::entry("requirements.experience", at, "occupation"),
            what: What::Occupation(occupation),
        })
    });
    title.chain(told).chain(tasks).chain(occupation).chain(skills).chain(certificates).chain(experience)
}

fn occupations<'a>(name: &'static str, occupations: &'a [OccupationRef]) -> impl Iterator<Item = Said<'a>> {
    occupations.iter().enumerate().map(move |(at, occupation)| Said {
        field: Field::entry(name, at, ""),
        what: What::Occupation(occupation),
    })
}
