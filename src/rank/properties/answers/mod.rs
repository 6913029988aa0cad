//! The answering fields of R5, one by one, each with the answers that its empty state leaves open.

mod seen;
mod soft;
mod times;

use super::Pair;
use crate::{
    domain::{
        Date,
        competency::{Competency, Quality},
        contract::{AgreementKind, ContractDuration, ContractForm},
        education::{
            Course, DrivingLicence, Education, EducationLevel, EducationStatus, HeldLicences, Registration,
            WorkLevel,
        },
        language::{CefrLevel, LanguageProficiency, LanguageSkill, LevelPerSkill},
        observation::{Dispute, Observation, ObservationSource, Observed, ObservedValue},
        sector::Sector,
        support::{SupportKind, SupportOffer},
        text::{FreeText, Label},
        time::Answer,
        travel::ReachLimit,
        work::{OccupationRef, SkillRef, WorkExperience},
    },
    rank::generate::{MEANS, POSTCODES, days_after, postcode, text},
};

/// One empty field of a pair, and the pair with each of the answers.
pub(super) struct Answers {
    /// The field.
    pub(super) field: &'static str,
    /// The pair with an answer; the best and the worst are among them.
    pub(super) filled: Vec<Pair>,
}

/// Every empty answering field of a pair.
pub(super) fn empty_fields(pair: &Pair, assumed: &dyn Fn(Sector) -> Vec<Quality>) -> Vec<Answers> {
    let mut all = Vec::new();
    wishes(pair, &mut all);
    times::times(pair, &mut all);
    travel(pair, &mut all);
    abilities(pair, &mut all);
    papers(pair, &mut all);
    help_at_work(pair, &mut all);
    history(pair, &mut all);
    seen::observations(pair, assumed, &mut all);
    seen::work(pair, &mut all);
    soft::conditions(pair, &mut all);
    soft::support(pair, &mut all);
    soft::capacities(pair, &mut all);
    all
}

/// Adds a field with its answers, each set by `set`.
fn add<T>(
    all: &mut Vec<Answers>,
    pair: &Pair,
    field: &'static str,
    answers: impl IntoIterator<Item = T>,
    set: impl Fn(&mut Pair, T),
) {
    let fill = |answer| {
        let mut filled = pair.clone();
        set(&mut filled, answer);
        filled
    };
    let filled: Vec<Pair> = answers.into_iter().map(fill).collect();
    if !filled.is_empty() {
        all.push(Answers { field, filled });
    }
}

fn plain(text_of: &str) -> OccupationRef {
    OccupationRef { text: text(text_of), concept: None, boc_code: None }
}

/// A label made longer by words that nothing else has.
fn longer(label: &Label) -> Label {
    text(&format!("{label} zzz"))
}

fn wishes(pair: &Pair, all: &mut Vec<Answers>) {
    let profile = &pair.candidate.profile;
    let wishes = &profile.wishes;
    if wishes.occupations.is_empty() && wishes.dream_occupation.is_none() {
        let mut answers = vec![plain("zzz")];
        answers.extend(pair.vacancy.occupation.clone());
        answers.extend(pair.vacancy.title.iter().map(|title| plain(title.as_str())));
        add(all, pair, "wishes.occupations", answers, |p, a| {
            p.candidate.profile.wishes.occupations = vec![a]
        });
    }
    if wishes.sectors.is_empty() {
        let mut answers = vec![crate::domain::sector::SbiCode::new(99).expect("two digits")];
        answers.extend(pair.vacancy.sector);
        answers.extend(&pair.vacancy.employer.sectors);
        add(all, pair, "wishes.sectors", answers, |p, a| p.candidate.profile.wishes.sectors = vec![a]);
    }
    if wishes.interests.is_empty() {
        let mut answers: Vec<Label> = vec![text("zzz")];
        answers.extend(pair.vacancy.title.clone());
        answers.extend(pair.vacancy.occupation.as_ref().map(|o| o.text.clone()));
        answers.extend(pair.vacancy.description.as_ref().map(|d| text(d.as_str())));
        answers.extend(pair.vacancy.tasks.clone());
        answers.extend(pair.vacancy.requirements.skills.iter().map(|s| s.what.text.clone()));
        add(all, pair, "wishes.interests", answers, |p, a| p.candidate.profile.wishes.interests = vec![a]);
    }
    // Where neither side names a form, naming one is a new wish or requirement.
    if profile.contract_forms.is_empty() && !pair.vacancy.contract_forms.is_empty() {
        add(all, pair, "contract_forms", forms(), |p, a| p.candidate.profile.contract_forms = vec![a]);
    }
    if pair.vacancy.contract_forms.is_empty() && !profile.contract_forms.is_empty() {
        add(all, pair, "vacancy.contract_forms", forms(), |p, a| p.vacancy.contract_forms = vec![a]);
    }
}

fn forms() -> Vec<ContractForm> {
    use {AgreementKind::*, ContractDuration::*};
    let mut forms = vec![ContractForm { duration: None, kind: None }];
    for duration in [FixedTerm, OpenEnded] {
        for kind in [Regular, LearningJob, Voluntary, WorkExperience] {
            forms.push(ContractForm { duration: Some(duration), kind: Some(kind) });
        }
    }
    forms
}

fn travel(pair: &Pair, all: &mut Vec<Answers>) {
    let travel = &pair.candidate.profile.travel;
    let codes = POSTCODES.map(postcode);
    if travel.from.is_none() {
        add(all, pair, "travel.from", codes, |p, a| p.candidate.profile.travel.from = Some(a));
    }
    if pair.vacancy.place.postcode.is_none() {
        add(all, pair, "vacancy.place.postcode", codes, |p, a| p.vacancy.place.postcode = Some(a));
    }
    if travel.max_km.is_none() && travel.max_minutes.is_none() {
        let limits = [0, 1, 30, 999].map(|limit| ReachLimit::new(limit).ok());
        let reaches = limits.into_iter().flat_map(|limit| [(limit, None), (None, limit)]);
        add(all, pair, "travel.max_km or max_minutes", reaches, |p, (km, minutes)| {
            p.candidate.profile.travel.max_km = km;
            p.candidate.profile.travel.max_minutes = minutes;
        });
    }
    if travel.means.is_empty() {
        add(all, pair, "travel.means", MEANS, |p, a| p.candidate.profile.travel.means = vec![a]);
    }
}

fn abilities(pair: &Pair, all: &mut Vec<Answers>) {
    let profile = &pair.candidate.profile;
    if profile.level.is_none() {
        add(all, pair, "level", WorkLevel::ALL, |p, a| p.candidate.profile.level = Some(a));
    }
    let mut skills = vec![SkillRef { text: text("zzz"), concept: None }];
    skills.extend(pair.vacancy.requirements.skills.iter().map(|asked| asked.what.clone()));
    add(all, pair, "skills", skills, |p, a| p.candidate.profile.skills.push(a));
    let telling = |texts: &mut Vec<FreeText>| {
        texts.extend(pair.vacancy.requirements.skills.iter().map(|asked| text(asked.what.text.as_str())));
    };
    if profile.presentation.is_none() {
        let mut texts = vec![text("zzz")];
        telling(&mut texts);
        add(all, pair, "presentation", texts, |p, a| p.candidate.profile.presentation = Some(a));
    }
    for (at, _) in profile.experience.iter().enumerate().filter(|(_, one)| one.description.is_none()) {
        let mut texts = vec![text("zzz")];
        telling(&mut texts);
        add(all, pair, "experience.description", texts, move |p, a| {
            p.candidate.profile.experience[at].description = Some(a);
        });
    }
    if profile.licences.is_none() {
        let mut answers = vec![HeldLicences::NoneAtAll, HeldLicences::These(DrivingLicence::ALL.to_vec())];
        answers.extend(DrivingLicence::ALL.map(|one| HeldLicences::These(vec![one])));
        add(all, pair, "licences", answers, |p, a| p.candidate.profile.licences = Some(a));
    }
    let levels = [CefrLevel::A0, CefrLevel::A1, CefrLevel::A2, CefrLevel::B1, CefrLevel::B2, CefrLevel::C2];
    for demand in &pair.vacancy.requirements.languages {
        let language = demand.what.language();
        for skill in LanguageSkill::ALL {
            let known =
                |own: &&LanguageProficiency| own.language == language && own.levels.get(skill).is_some();
            if profile.languages.iter().any(|own| known(&own)) {
                continue;
            }
            add(all, pair, "languages", levels, |p, level| {
                let levels = at(skill, level);
                let added = LanguageProficiency { language, levels, assessed_on: None };
                p.candidate.profile.languages.push(added);
            });
        }
    }
}

fn at(skill: LanguageSkill, level: CefrLevel) -> LevelPerSkill {
    let mut levels = LevelPerSkill::default();
    let field = match skill {
        LanguageSkill::Listening => &mut levels.listening,
        LanguageSkill::Reading => &mut levels.reading,
        LanguageSkill::Speaking => &mut levels.speaking,
        LanguageSkill::Writing => &mut levels.writing,
    };
    *field = Some(level);
    levels
}

fn course(name: &Label, valid_until: Option<Date>) -> Course {
    Course { name: name.clone(), certificate_on: None, valid_until, from: None, until: None, school: None }
}

/// Certificates and registrations, where nothing at all is said about any: an answer about one that covers another,
/// of which something is known, would be a second answer.
fn papers(pair: &Pair, all: &mut Vec<Answers>) {
    let profile = &pair.candidate.profile;
    if !(profile.courses.is_empty() && profile.registrations.is_empty() && profile.lacking.is_empty()) {
        return;
    }
    let asked = &pair.vacancy.requirements;
    let names: Vec<Label> =
        asked.certificates.iter().chain(&asked.registrations).map(|asked| asked.what.clone()).collect();
    if names.is_empty() {
        return;
    }
    let run_out = days_after(pair.as_of, -1);
    add(all, pair, "courses", [None, Some(pair.as_of), Some(run_out)], |p, last_day| {
        p.candidate.profile.courses = names.iter().map(|name| course(name, last_day)).collect();
    });
    add(all, pair, "registrations", [None, Some(run_out)], |p, valid_until| {
        let registration = |name: &Label| Registration { name: name.clone(), valid_until };
        p.candidate.profile.registrations = names.iter().map(registration).collect();
    });
    let mut lacking: Vec<Vec<Label>> = names.iter().map(|name| vec![name.clone()]).collect();
    lacking.push(names.clone());
    lacking.push(vec![text("zzz")]);
    add(all, pair, "lacking", lacking, |p, a| p.candidate.profile.lacking = a);
}

/// Lessons and a language buddy at work, where nothing is said of the kind.
fn help_at_work(pair: &Pair, all: &mut Vec<Answers>) {
    for kind in [SupportKind::LanguageLessons, SupportKind::LanguageBuddy] {
        if pair.vacancy.offer.support.iter().any(|offer| offer.kind == kind) {
            continue;
        }
        add(all, pair, "vacancy.offer.support", [Answer::Yes, Answer::No], |p, offered| {
            p.vacancy.offer.support.push(SupportOffer { kind, offered, note: None });
        });
    }
}

fn history(pair: &Pair, all: &mut Vec<Answers>) {
    let profile = &pair.candidate.profile;
    if profile.educations.is_empty() {
        let named = |name, level, status| Education { name, level, status, ..Education::default() };
        let mut answers = vec![
            named(Some(text("zzz")), Some(EducationLevel::Wo), Some(EducationStatus::Completed)),
            named(Some(text("zzz")), Some(EducationLevel::Primary), Some(EducationStatus::Completed)),
            named(None, Some(EducationLevel::Wo), Some(EducationStatus::BrokenOff)),
            named(Some(text("zzz")), Some(EducationLevel::Other), Some(EducationStatus::Completed)),
        ];
        let asked = pair.vacancy.requirements.educations.iter().filter_map(|asked| asked.what.name.clone());
        answers.extend(
            asked.map(|name| named(Some(name), Some(EducationLevel::Wo), Some(EducationStatus::Completed))),
        );
        add(all, pair, "educations", answers, |p, a| p.candidate.profile.educations = vec![a]);
    }
    let months = |occupation: Option<OccupationRef>, months| WorkExperience {
        occupation,
        months: Some(months),
        ..WorkExperience::default()
    };
    let mut occupations = vec![None, Some(plain("zzz")), pair.vacancy.occupation.clone()];
    occupations.extend(pair.vacancy.title.iter().map(|title| Some(plain(title.as_str()))));
    let asked = pair.vacancy.requirements.experience.iter();
    occupations.extend(asked.map(|asked| asked.what.occupation.clone()));
    if profile.experience.is_empty() {
        let answers = occupations.iter().flat_map(|o| [0, 13, u16::MAX].map(|m| months(o.clone(), m)));
        add(all, pair, "experience", answers, |p, a| p.candidate.profile.experience = vec![a]);
    }
    for (at, one) in profile.experience.iter().enumerate() {
        if one.months.is_none() && one.from.is_none() {
            add(all, pair, "experience.months", [0, 13, u16::MAX], move |p, a| {
                p.candidate.profile.experience[at].months = Some(a);
            });
        }
        if one.occupation.is_none() {
            add(all, pair, "experience.occupation", occupations.clone(), move |p, a| {
                p.candidate.profile.experience[at].occupation = a;
            });
        }
    }
}

/// Whether the person wishes an occupation that they also refuse, or for which little motivation was seen: then no
/// answer about the work is a good one.
pub(super) fn contradicts_itself(pair: &Pair) -> bool {
    let profile = &pair.candidate.profile;
    let has_wish = !profile.wishes.occupations.is_empty() || profile.wishes.dream_occupation.is_some();
    let has_seen =
        profile.observations.iter().any(|s| matches!(s.observed, Observed::MotivationForOccupation(_)));
    has_wish && (!profile.refusals.occupations.is_empty() || has_seen)
}

/// Whether one answer about the vacancy's times or days speaks for and against the person at once.
pub(super) fn is_torn(pair: &Pair, field: &str) -> bool {
    use crate::domain::travel::MeansOfTransport::{Bicycle, OnFoot, PublicTransport};
    let profile = &pair.candidate.profile;
    let means = &profile.travel.means;
    let by_bus = means.contains(&PublicTransport)
        && means.iter().all(|own| [PublicTransport, Bicycle, OnFoot].contains(own));
    let is_of_times = field.starts_with("vacancy.schedule.") && field != "vacancy.schedule.hours";
    (is_of_times && by_bus) || (field == "vacancy.starts_on" && profile.availability.until.is_some())
}

/// Whether a field tells what the work is.
pub(super) fn tells_the_work(field: &str) -> bool {
    matches!(field, "vacancy.occupation" | "vacancy.title")
}
