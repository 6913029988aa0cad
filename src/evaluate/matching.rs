//! How well people and vacancies are ranked, from the rankings that the service gives.

use super::{
    baselines::Baseline,
    figures::{Figure, Metric},
    metrics::{ndcg, recall},
    profiles::TRANSLATIONS,
    runs::{Ranked, Run},
    sets::{MatchingSet, Opening, Person},
};
use crate::{
    domain::{limits::LABEL_CHARACTERS, limits::TEXT_CHARACTERS},
    taxonomy::recognize::{Recognizer, Wording, WordingKind},
    wire::v1,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The caseload of the people of a set whose words are mostly not Dutch.
pub const OTHER_LANGUAGES: &str = "other-languages";

/// Places of nDCG.
const FIRST: usize = 10;
/// Places in which career changers are looked for.
const CHANGERS: usize = 50;
/// A grade from which on a person is good for a vacancy.
const GOOD: u8 = 2;
/// ISCO-08 groups of care and welfare: health professionals and associates, personal care, child care and health
/// managers, social work.
const CARE: &[&str] = &["22", "32", "53", "134", "2635", "3412"];
/// ISCO-08 groups of engineering: engineers, ICT, technicians, building, metal, electrical, process and assembly.
const ENGINEERING: &[&str] =
    &["214", "215", "216", "25", "31", "35", "71", "72", "74", "81", "82", "931", "932"];

/// From which side is ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Candidates for a vacancy.
    VacancyToCandidates,
    /// Vacancies for a candidate.
    CandidateToVacancies,
}

impl Direction {
    fn name(self) -> &'static str {
        match self {
            Self::VacancyToCandidates => "vacancy to candidates",
            Self::CandidateToVacancies => "candidate to vacancies",
        }
    }
}

impl MatchingSet {
    /// Everybody as the interface takes them, and how many names of skills or jobs were longer than it takes and cut.
    pub fn candidates(&self) -> (Vec<v1::Candidate>, usize) {
        let mut cut = 0;
        (self.people.iter().map(|person| candidate(person, &mut cut)).collect(), cut)
    }

    /// Every vacancy as the interface takes it, and how many texts were cut. A required skill is a SHOULD, as from VUM, a
    /// preferred one a COULD.
    pub fn vacancies(&self) -> (Vec<v1::Vacancy>, usize) {
        let mut cut = 0;
        (self.vacancies.iter().map(|opening| vacancy(opening, &mut cut)).collect(), cut)
    }

    /// The people who are good for some vacancy: the questions of the other direction.
    pub fn people_with_a_good_vacancy(&self) -> BTreeSet<&str> {
        let good = self.grades.values().flatten().filter(|(_, grade)| **grade >= GOOD);
        good.map(|(person, _)| person.as_str()).collect()
    }
}

fn candidate(person: &Person, cut: &mut usize) -> v1::Candidate {
    let mut experience = Vec::new();
    for job in &person.jobs {
        let text = shortened(&job.title, LABEL_CHARACTERS, cut);
        experience.push(v1::WorkExperience {
            occupation: Some(v1::Occupation { text, ..v1::Occupation::default() }),
            months: Some((job.years * 12.0).round().clamp(0.0, 1_200.0) as u32),
            ..v1::WorkExperience::default()
        });
    }
    let mut skills = Vec::new();
    for text in &person.skills {
        skills.push(v1::Skill { text: shortened(text, LABEL_CHARACTERS, cut), ..v1::Skill::default() });
    }
    let team = if person.lang == "nl" { String::new() } else { OTHER_LANGUAGES.to_owned() };
    v1::Candidate {
        id: person.id.clone(),
        skills,
        experience,
        ownership: Some(v1::Ownership { team, ..v1::Ownership::default() }),
        ..v1::Candidate::default()
    }
}

fn vacancy(opening: &Opening, cut: &mut usize) -> v1::Vacancy {
    let title = shortened(&opening.title, LABEL_CHARACTERS, cut);
    let description = shortened(&opening.text, TEXT_CHARACTERS, cut);
    let mut skills = Vec::new();
    for (texts, importance) in
        [(&opening.required, v1::Importance::Should), (&opening.preferred, v1::Importance::Could)]
    {
        for text in texts {
            let text = shortened(text, LABEL_CHARACTERS, cut);
            skills.push(v1::SkillRequirement {
                skill: Some(v1::Skill { text, ..v1::Skill::default() }),
                importance: importance.into(),
                grace_weeks: 0,
            });
        }
    }
    v1::Vacancy {
        id: opening.id.clone(),
        title,
        description,
        requirements: Some(v1::Requirements { skills, ..v1::Requirements::default() }),
        ..v1::Vacancy::default()
    }
}

fn shortened(text: &str, most: usize, cut: &mut usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => {
            *cut += 1;
            text[..at].to_owned()
        }
        None => text.to_owned(),
    }
}

/// What is measured of one set under one taxonomy.
#[derive(Debug)]
pub struct MatchingFigures<'a> {
    set: &'a MatchingSet,
    /// Behind the set's name: "" or " (embedded taxonomy)".
    suffix: &'static str,
    /// The ISCO-08 code of each vacancy's recognised title.
    codes: HashMap<&'a str, String>,
}

impl<'a> MatchingFigures<'a> {
    /// Figures of a set; care and engineering are told by what the recogniser makes of the titles.
    pub fn new(set: &'a MatchingSet, suffix: &'static str, recognizer: &Recognizer) -> Self {
        let code = |opening: &'a Opening| {
            let title = Wording { text: &opening.title, kind: WordingKind::Occupation };
            let meaning = recognizer.recognize(title);
            let code =
                meaning.senses.first().map(|sense| recognizer.taxonomy().code(sense.concept).to_owned());
            (opening.id.as_str(), code.unwrap_or_default())
        };
        Self { set, suffix, codes: set.vacancies.iter().map(code).collect() }
    }

    /// Figures of the rankings of everybody for each vacancy: all, care, engineering, career changers.
    pub fn for_vacancies(&self, rankings: &[(String, Vec<Ranked>)]) -> Vec<Figure> {
        let by_words = self.vacancies_by_words();
        let measured = |rankings: &dyn Fn(&str) -> Vec<&'a str>, is_in: &dyn Fn(&str) -> bool| -> Vec<f64> {
            let graded = self.set.grades.iter().filter(|(vacancy, _)| is_in(vacancy));
            graded
                .filter_map(|(vacancy, grades)| {
                    let grades = grades.iter().map(|(person, grade)| (person.as_str(), *grade)).collect();
                    ndcg(rankings(vacancy), &grades, FIRST)
                })
                .collect()
        };
        let place: HashMap<&str, &[Ranked]> =
            rankings.iter().map(|(vacancy, ranking)| (vacancy.as_str(), ranking.as_slice())).collect();
        let people = self.people();
        let ours = |vacancy: &str| ids(place.get(vacancy).copied().unwrap_or_default(), &people);
        let words = |vacancy: &str| by_words.get(vacancy).cloned().unwrap_or_default();
        let mut figures = Vec::new();
        for (slice, groups) in [("", None), (", care", Some(CARE)), (", engineering", Some(ENGINEERING))] {
            let is_in = |vacancy: &str| groups.is_none_or(|groups| self.is_in(vacancy, groups));
            let name = self.name(Direction::VacancyToCandidates, slice);
            let figure = Figure::new(name, Metric::NdcgAt10, &measured(&ours, &is_in));
            figures.extend(figure.map(|figure| figure.beside("BM25", &measured(&words, &is_in))));
        }
        let name = self.name(Direction::VacancyToCandidates, ", career changers");
        let figure = Figure::new(name, Metric::RecallAt50, &self.changers(&ours));
        figures.extend(figure.map(|figure| figure.beside("BM25", &self.changers(&words))));
        figures
    }

    /// The figure of the rankings of the people of other languages alone.
    pub fn for_other_languages(&self, rankings: &[(String, Vec<Ranked>)]) -> Option<Figure> {
        let others: BTreeSet<&str> = self
            .set
            .people
            .iter()
            .filter(|person| person.lang != "nl")
            .map(|person| person.id.as_str())
            .collect();
        let people = self.people();
        let value = |vacancy: &str, ranking: Vec<&str>| {
            let grades = self.set.grades.get(vacancy)?.iter();
            let grades: BTreeMap<&str, u8> = grades
                .filter(|(person, _)| others.contains(person.as_str()))
                .map(|(person, grade)| (person.as_str(), *grade))
                .collect();
            ndcg(ranking.into_iter().filter(|person| others.contains(person)), &grades, FIRST)
        };
        let ours: Vec<f64> =
            rankings.iter().filter_map(|(vacancy, ranking)| value(vacancy, ids(ranking, &people))).collect();
        let words: Vec<f64> = self
            .vacancies_by_words()
            .into_iter()
            .filter_map(|(vacancy, ranking)| value(vacancy, ranking))
            .collect();
        let name = self.name(Direction::VacancyToCandidates, ", other languages");
        Some(Figure::new(name, Metric::NdcgAt10, &ours)?.beside("BM25", &words))
    }

    /// The figure of the rankings of every vacancy for each person who is good for one.
    pub fn for_candidates(&self, rankings: &[(String, Vec<Ranked>)]) -> Option<Figure> {
        let mut grades: HashMap<&str, BTreeMap<&str, u8>> = HashMap::new();
        for (vacancy, people) in &self.set.grades {
            for (person, grade) in people {
                grades.entry(person).or_default().insert(vacancy, *grade);
            }
        }
        let vacancies: BTreeMap<&str, &str> =
            self.set.vacancies.iter().map(|vacancy| (vacancy.id.as_str(), vacancy.id.as_str())).collect();
        let value = |person: &str, ranking: Vec<&str>| ndcg(ranking, grades.get(person)?, FIRST);
        let ours: Vec<f64> =
            rankings.iter().filter_map(|(person, ranking)| value(person, ids(ranking, &vacancies))).collect();
        let texts: Vec<String> = self.set.vacancies.iter().map(words_of_vacancy).collect();
        let baseline = Baseline::bm25(texts.iter().map(String::as_str));
        let asked = self.set.people_with_a_good_vacancy();
        let words: Vec<f64> = self
            .set
            .people
            .iter()
            .filter(|person| asked.contains(person.id.as_str()))
            .filter_map(|person| {
                let ranking = baseline.rank(&words_of_person(person), FIRST);
                value(&person.id, ranking.into_iter().map(|at| self.set.vacancies[at].id.as_str()).collect())
            })
            .collect();
        let name = self.name(Direction::CandidateToVacancies, "");
        Some(Figure::new(name, Metric::NdcgAt10, &ours)?.beside("BM25", &words))
    }

    /// The share of the first ten places that stuffed profiles hold.
    pub fn for_stuffed(&self, rankings: &[(String, Vec<Ranked>)]) -> Option<Figure> {
        let share = |ranking: &Vec<Ranked>| {
            let first = ranking.iter().take(FIRST);
            first.filter(|ranked| ranked.document.starts_with("stuffed-")).count() as f64 / FIRST as f64
        };
        let values: Vec<f64> = rankings.iter().map(|(_, ranking)| share(ranking)).collect();
        Figure::new(
            self.name(Direction::VacancyToCandidates, ", stuffed profiles"),
            Metric::ShareOfTop10,
            &values,
        )
    }

    /// How much of the first ten of a profile in Dutch stays when it is translated. Rankings: Dutch, English, German of each
    /// profile behind each other.
    pub fn for_translated(&self, rankings: &[(String, Vec<Ranked>)]) -> Option<Figure> {
        let first = |ranking: &[Ranked]| -> BTreeSet<String> {
            ranking.iter().take(FIRST).map(|ranked| ranked.document.clone()).collect()
        };
        let kept = |profile: &[(String, Vec<Ranked>)]| -> Vec<f64> {
            let mut languages = profile.iter().map(|(_, ranking)| first(ranking));
            let dutch = languages.next().unwrap_or_default();
            let share = |other: BTreeSet<String>| {
                dutch.intersection(&other).count() as f64 / dutch.len().max(1) as f64
            };
            languages.map(share).collect()
        };
        let values: Vec<f64> = rankings.chunks(TRANSLATIONS).flat_map(kept).collect();
        Figure::new(self.name(Direction::CandidateToVacancies, ", translated"), Metric::KeptOfTop10, &values)
    }

    /// The rankings as a file.
    pub fn run(&self, direction: Direction, slice: &str, rankings: Vec<(String, Vec<Ranked>)>) -> Run {
        let name = self.name(direction, slice).replace([',', '(', ')'], "").replace(' ', "-");
        Run { name, rankings }
    }

    fn name(&self, direction: Direction, slice: &str) -> String {
        format!("{}{}, {}{slice}", self.set.name, self.suffix, direction.name())
    }

    fn is_in(&self, vacancy: &str, groups: &[&str]) -> bool {
        let code = self.codes.get(vacancy).map(String::as_str).unwrap_or_default();
        groups.iter().any(|group| code.starts_with(group))
    }

    fn people(&self) -> BTreeMap<&'a str, &'a str> {
        self.set.people.iter().map(|person| (person.id.as_str(), person.id.as_str())).collect()
    }

    /// The share of the good whose career is elsewhere that stands among the first fifty.
    fn changers(&self, ranking: &dyn Fn(&str) -> Vec<&'a str>) -> Vec<f64> {
        let nothing = BTreeMap::new();
        let graded = self.set.grades.iter();
        graded
            .filter_map(|(vacancy, grades)| {
                let career = self.set.careers.get(vacancy).unwrap_or(&nothing);
                let wanted = |person: &str| {
                    grades.get(person).is_some_and(|grade| *grade >= GOOD) && !career.contains_key(person)
                };
                let count = grades.keys().filter(|person| wanted(person)).count();
                recall(ranking(vacancy), wanted, count, CHANGERS)
            })
            .collect()
    }

    /// What a search over words gives for each vacancy.
    fn vacancies_by_words(&self) -> BTreeMap<&'a str, Vec<&'a str>> {
        let texts: Vec<String> = self.set.people.iter().map(words_of_person).collect();
        let baseline = Baseline::bm25(texts.iter().map(String::as_str));
        let ranking = |opening: &Opening| -> Vec<&'a str> {
            let found = baseline.rank(&words_of_vacancy(opening), self.set.people.len());
            found.into_iter().map(|at| self.set.people[at].id.as_str()).collect()
        };
        self.set.vacancies.iter().map(|opening| (opening.id.as_str(), ranking(opening))).collect()
    }
}

/// The ids of a ranking, as the set holds them.
fn ids<'a>(ranking: &[Ranked], known: &BTreeMap<&'a str, &'a str>) -> Vec<&'a str> {
    ranking.iter().filter_map(|ranked| known.get(ranked.document.as_str()).copied()).collect()
}

fn words_of_person(person: &Person) -> String {
    let jobs = person.jobs.iter().map(|job| job.title.as_str());
    jobs.chain(person.skills.iter().map(String::as_str)).collect::<Vec<_>>().join("\n")
}

fn words_of_vacancy(opening: &Opening) -> String {
    let skills = opening.required.iter().chain(&opening.preferred).map(String::as_str);
    [opening.title.as_str(), opening.text.as_str()].into_iter().chain(skills).collect::<Vec<_>>().join("\n")
}
