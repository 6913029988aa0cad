//! Why a pair moved, where both nights keep its lines: what moved its score most, told by what is
//! said now and was not.

use super::{ListedPair, plain};
use crate::domain::language::{CefrLevel, LanguageCode, LanguageSkill};
use crate::rank::{
    Criterion, Explanation, Judgement, Numbers, Reason, ReasonCode,
    reason::Value,
    score::{ConflictCode, Law, StoredFit},
};

/// Most reasons of a line that are quoted: a text of a change is read in a list.
const QUOTED: usize = 2;

/// Why a pair rose or fell. `numbers`: the figures of each night.
pub(super) fn of(before: &ListedPair, after: &ListedPair, rose: bool, numbers: [&Numbers; 2]) -> Vec<Reason> {
    let (before, after) = (&before.explanation, &after.explanation);
    let gained = i32::from(after.judgement.score) - i32::from(before.judgement.score);
    if gained == 0 || (gained > 0) != rose {
        return plain(if rose { ReasonCode::OthersBelow } else { ReasonCode::OthersAbove });
    }
    let conflicts = of_conflicts(before, after, rose);
    if !conflicts.is_empty() {
        return conflicts;
    }
    // What each criterion alone, as it is now, would have done to the score of then.
    let (was, is) = (fits(before), fits(after));
    let then = score(&was, numbers[0]);
    let effect = |score: i32| if rose { score - then } else { then - score };
    let of_criterion = |criterion: Criterion| {
        let mut mixed = was;
        mixed[criterion.index()] = is[criterion.index()];
        (criterion, effect(score(&mixed, numbers[0])))
    };
    // The first of equals, in the order of the lines.
    let moved = Criterion::ALL
        .into_iter()
        .map(of_criterion)
        .max_by_key(|(criterion, effect)| (*effect, std::cmp::Reverse(*criterion)));
    let of_weights = effect(score(&was, numbers[1]));
    match moved {
        Some((criterion, effect)) if effect > 0 && effect >= of_weights => of_line(criterion, before, after),
        _ if of_weights > 0 => plain(ReasonCode::WeightsChanged),
        _ => plain(ReasonCode::BalanceMoved),
    }
}

fn fits(told: &Explanation) -> [StoredFit; Criterion::COUNT] {
    let mut fits = [StoredFit::NOT_ASKED; Criterion::COUNT];
    for line in &told.judgement.lines {
        fits[line.criterion.index()] = StoredFit::of(line);
    }
    fits
}

/// The score of fits before conflicts.
fn score(fits: &[StoredFit; Criterion::COUNT], numbers: &Numbers) -> i32 {
    Judgement::rebuilt(fits, Vec::new(), Law::Free, (0, 0), numbers).score.into()
}

fn reasons(criterion: Criterion, told: &Explanation) -> &[Reason] {
    let at = told.judgement.lines.iter().position(|line| line.criterion == criterion);
    at.and_then(|at| told.reasons.get(at)).map_or(&[], Vec::as_slice)
}

/// What came in the way of who fell, what no longer is of who rose.
fn of_conflicts(before: &Explanation, after: &Explanation, rose: bool) -> Vec<Reason> {
    if rose {
        let codes = |told: &Explanation| -> Vec<(ConflictCode, Reason)> {
            told.judgement
                .conflicts
                .iter()
                .map(|line| line.code)
                .zip(told.conflicts.iter().cloned())
                .collect()
        };
        let still = codes(after);
        let went = codes(before).into_iter().find(|one| !still.contains(one));
        return went
            .map(|(code, _)| vec![about(ReasonCode::ConflictWent, of_code(code))])
            .unwrap_or_default();
    }
    let came = after.conflicts.iter().find(|reason| !before.conflicts.contains(reason));
    let came = came.cloned().map(|reason| [plain(ReasonCode::ConflictCame), vec![reason]].concat());
    came.unwrap_or_default()
}

fn of_code(code: ConflictCode) -> Criterion {
    match code {
        ConflictCode::LanguageBelow => Criterion::Language,
        ConflictCode::PaperLacking => Criterion::Licences,
        ConflictCode::CompetencyBelow => Criterion::Competencies,
        ConflictCode::RefusedByPerson => Criterion::Motivation,
        ConflictCode::HoursBelow => Criterion::Hours,
        ConflictCode::TimesBelow => Criterion::WeekPattern,
    }
}

fn about(code: ReasonCode, criterion: Criterion) -> Reason {
    Reason { code, data: vec![("criterion", Value::Criterion(criterion))] }
}

/// What is said of a criterion now and was not said before.
fn of_line(criterion: Criterion, before: &Explanation, after: &Explanation) -> Vec<Reason> {
    let (was, is) = (reasons(criterion, before), reasons(criterion, after));
    if criterion == Criterion::Language
        && let Some(change) = of_language(was, is)
    {
        return vec![change];
    }
    if let Some(name) = named_by(criterion)
        && let Some(change) = of_requirements(name, was, is)
    {
        return vec![change];
    }
    let mut told = vec![about(ReasonCode::CriterionChanged, criterion)];
    told.extend(is.iter().filter(|reason| !was.contains(reason)).take(QUOTED).cloned());
    told
}

/// What the requirements of a criterion are told apart by.
fn named_by(criterion: Criterion) -> Option<&'static str> {
    match criterion {
        Criterion::Skills => Some("skill"),
        Criterion::Competencies => Some("quality"),
        Criterion::Licences => Some("paper"),
        _ => None,
    }
}

/// A requirement that came or went; `None` where the same are asked.
fn of_requirements(name: &str, was: &[Reason], is: &[Reason]) -> Option<Reason> {
    let asked =
        |reasons: &[Reason], value: &Value| reasons.iter().any(|reason| reason.get(name) == Some(value));
    let missing = |of: &[Reason], from: &[Reason]| {
        of.iter().filter_map(|reason| reason.get(name)).find(|value| !asked(from, value)).cloned()
    };
    let told = |code, value| Reason { code, data: vec![("requirement", value)] };
    missing(is, was)
        .map(|value| told(ReasonCode::VacancyAsksMore, value))
        .or_else(|| missing(was, is).map(|value| told(ReasonCode::VacancyAsksLess, value)))
}

/// Another level that is asked, or another one that is known.
fn of_language(was: &[Reason], is: &[Reason]) -> Option<Reason> {
    let before: Vec<Spoken> = was.iter().filter_map(Spoken::of).collect();
    for now in is.iter().filter_map(Spoken::of) {
        let same = before.iter().find(|one| one.language == now.language && one.skill == now.skill);
        let subject =
            [("language", Value::Language(now.language)), ("skill", Value::LanguageSkill(now.skill))];
        // Which of several levels a reason names depends on the person's own: only beside the same level another one is
        // another demand.
        let same_level = same.is_none_or(|one| one.level == now.level);
        let change = match (now.asked, now.level) {
            (Some(asked), _) if same_level && same.and_then(|one| one.asked) != Some(asked) => {
                Some((ReasonCode::VacancyAsksLanguage, ("asked", Value::Cefr(asked))))
            }
            (_, Some(level)) if !same_level => {
                Some((ReasonCode::LanguageOfPersonNow, ("level", Value::Cefr(level))))
            }
            _ => None,
        };
        if let Some((code, datum)) = change {
            return Some(Reason { code, data: [vec![datum], subject.into()].concat() });
        }
    }
    None
}

/// What a reason of a language line is about.
struct Spoken {
    language: LanguageCode,
    skill: LanguageSkill,
    asked: Option<CefrLevel>,
    level: Option<CefrLevel>,
}

impl Spoken {
    fn of(reason: &Reason) -> Option<Self> {
        let (Some(Value::Language(language)), Some(Value::LanguageSkill(skill))) =
            (reason.get("language"), reason.get("skill"))
        else {
            return None;
        };
        let cefr = |name: &str| match reason.get(name) {
            Some(Value::Cefr(level)) => Some(*level),
            _ => None,
        };
        Some(Self { language: *language, skill: *skill, asked: cefr("asked"), level: cefr("level") })
    }
}
