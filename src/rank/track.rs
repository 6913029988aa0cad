//! Now, step or dream: which way a vacancy leads for a person, and the path there in words (R13).
//!
//! A track is no judgement and changes no score. `docs/scoring.md` says when a vacancy is in which.

use super::{
    conflict::{self, Conflict, View},
    criteria::{
        Knowledge, Opinion, language,
        licences::Standing,
        motivation::{self, Likeness},
    },
    criterion::Criterion,
    facts::{AskedLanguage, AskedLevel, AskedPaper, Help, Start, VacancyFacts, Wish},
    found::Found,
    growth::Pace,
    reason::{Reason, ReasonCode, Value},
    rules::{Pair, Rules},
};
use crate::domain::{Date, education::WorkLevel, language::CefrLevel, requirement::Importance};

/// Below this score before conflicts, in hundredths, a vacancy does not fit: a pair of which nothing is known
/// stands above it.
const FITS: i64 = 3_500;
/// A language that grows to the level at the start within this many weeks is a step.
const LANGUAGE_WEEKS: u32 = 52;
/// From here on work leads to a wished occupation, in 1/10,000: half of what that always needs, or the same group.
const LEADS: u32 = 5_000;
/// From this many steps below the person's level on work is under-use.
const FAR_BELOW: usize = 2;

/// Which way a vacancy leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Track {
    /// Fits now.
    Now,
    /// Fits after something dated or solvable.
    Step,
    /// Is the wished work, or leads to it, with something on the way that takes longer.
    Dream,
}

/// The path of a pair, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) track: Option<Track>,
    pub(super) reasons: Vec<Reason>,
}

/// Something known that stands between a person and a vacancy.
#[derive(Clone, Copy, Debug)]
pub(super) enum Obstacle<'a> {
    Paper(&'a AskedPaper),
    Language {
        asked: &'a AskedLanguage,
        level: &'a AskedLevel,
        known: CefrLevel,
        weeks: u32,
    },
    /// A limit on the hours that ends.
    Cap(Date),
    /// The person can start after the first day.
    Start(Date),
    /// The person cannot start yet, and the day is still to be known.
    NotYet,
    /// Hours or times that do not meet.
    Hours,
    /// Behaviour that is needed and was seen little.
    Behaviour,
    Reach,
    /// The person's own "no".
    Refused,
}

impl Obstacle<'_> {
    /// Whether it ends on a day, or can be solved in some weeks.
    fn is_solvable(self) -> bool {
        match self {
            Self::Paper(asked) => asked.lead_weeks.is_some(),
            Self::Language { weeks, .. } => weeks <= LANGUAGE_WEEKS,
            Self::Cap(_) | Self::Start(_) | Self::NotYet => true,
            Self::Hours | Self::Behaviour | Self::Reach | Self::Refused => false,
        }
    }
}

/// The track of a pair whose score before conflicts is `base`, in hundredths; `None`: neither of the three.
pub(super) fn of(pair: Pair<'_>, rules: Rules<'_>, base: i64) -> Option<Track> {
    of_found(&Found::new(pair, rules), base)
}

fn of_found(of: &Found<'_>, base: i64) -> Option<Track> {
    let mut way = Way::FREE;
    each_obstacle(of, |obstacle| way = way.past(obstacle));
    way.track(base, || longing(of))
}

/// Whether there is a way from a person to a vacancy, whatever stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    is_free: bool,
    is_solvable: bool,
    is_refused: bool,
}

impl Way {
    /// Nothing is in the way.
    pub(super) const FREE: Self = Self { is_free: true, is_solvable: true, is_refused: false };

    /// With one more obstacle.
    pub(super) fn past(self, obstacle: Obstacle<'_>) -> Self {
        Self {
            is_free: false,
            is_solvable: self.is_solvable && obstacle.is_solvable(),
            is_refused: self.is_refused || matches!(obstacle, Obstacle::Refused),
        }
    }

    /// With everything that is in another way.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            is_free: self.is_free & other.is_free,
            is_solvable: self.is_solvable & other.is_solvable,
            is_refused: self.is_refused | other.is_refused,
        }
    }

    /// The track of a pair whose score before conflicts is `base`, in hundredths; `None`: neither of the three.
    pub(super) fn track(self, base: i64, longing: impl FnOnce() -> Longing) -> Option<Track> {
        let fits = base >= FITS;
        if self.is_free && fits {
            return Some(Track::Now);
        }
        match longing() {
            Longing::Dream => Some(Track::Dream),
            _ if self.is_solvable && fits => Some(Track::Step),
            Longing::OnTheWay if !self.is_refused => Some(Track::Dream),
            Longing::OnTheWay | Longing::Elsewhere => None,
        }
    }
}

/// What the work is for a person's longing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Longing {
    /// It is the dream itself.
    Dream,
    /// It is wished work, or leads to the dream.
    OnTheWay,
    /// Neither.
    Elsewhere,
}

/// What the work of a pair is for the person's longing.
pub(super) fn longing(of: &Found<'_>) -> Longing {
    if dreamt(of).is_some() {
        Longing::Dream
    } else if on_the_way(of).is_some() || wished(of).is_some() {
        Longing::OnTheWay
    } else {
        Longing::Elsewhere
    }
}

/// Whether the vacancy is the person's dream itself: then it is never left out.
pub(super) fn is_dream(pair: Pair<'_>) -> bool {
    pair.candidate.dream().is_some_and(|dream| is_the_work(dream, pair.vacancy))
}

fn is_the_work(wish: &Wish, vacancy: &VacancyFacts) -> bool {
    is_like_itself(motivation::likeness(wish, vacancy))
}

fn is_like_itself(likeness: Likeness) -> bool {
    matches!(likeness, Likeness::Same | Likeness::Words)
}

/// The wished occupation that the vacancy is.
fn wished<'a>(of: &Found<'a>) -> Option<&'a Wish> {
    let mut wished = of.pair.candidate.wished.iter().zip(of.likenesses());
    wished.find(|(_, likeness)| is_like_itself(**likeness)).map(|(wish, _)| wish)
}

/// The dream that the vacancy is.
fn dreamt<'a>(of: &Found<'a>) -> Option<&'a Wish> {
    // The dream is the last wish.
    let dream = of.pair.candidate.dream()?;
    of.likenesses().last().is_some_and(|likeness| is_like_itself(*likeness)).then_some(dream)
}

/// The dream that the vacancy leads to without being it.
fn on_the_way<'a>(of: &Found<'a>) -> Option<&'a Wish> {
    let dream = of.pair.candidate.dream().filter(|_| dreamt(of).is_none())?;
    of.leads().last().is_some_and(|lead| *lead >= LEADS).then_some(dream)
}

fn each_obstacle<'a>(of: &Found<'a>, mut found: impl FnMut(Obstacle<'a>)) {
    let (pair, rules) = (of.pair, of.rules);
    for (asked, outlook) in pair.vacancy.papers.iter().zip(of.papers()) {
        paper_in_the_way(asked, outlook.standing).into_iter().for_each(&mut found);
    }
    languages_in_the_way(pair).for_each(&mut found);
    conflict::each(of, View::AsKnown, |conflict, _| match conflict {
        // Told above, each by itself.
        Conflict::Language(_) | Conflict::Paper(_) | Conflict::Skill(_) => {}
        Conflict::Competency(_) => found(Obstacle::Behaviour),
        Conflict::Refusal => found(Obstacle::Refused),
        Conflict::Hours => found(hours_in_the_way(pair, rules)),
        Conflict::Times => found(Obstacle::Hours),
    });
    start_in_the_way(pair, rules).into_iter().for_each(&mut found);
    of.opinion(Criterion::Travel).and_then(reach_in_the_way).into_iter().for_each(&mut found);
}

/// An asked paper that is lacking.
pub(super) fn paper_in_the_way(asked: &AskedPaper, standing: Standing) -> Option<Obstacle<'_>> {
    let is_lacking = asked.importance >= Importance::Should && standing == Standing::Lacks;
    is_lacking.then_some(Obstacle::Paper(asked))
}

/// Levels of asked languages that are known to be below what is needed at the start.
pub(super) fn languages_in_the_way(pair: Pair<'_>) -> impl Iterator<Item = Obstacle<'_>> {
    let asked = pair.vacancy.languages.iter().filter(|asked| asked.importance >= Importance::Should);
    asked.flat_map(move |asked| {
        language::levels(asked, pair.candidate).filter_map(move |(level, known)| {
            let known = known.filter(|known| *known < level.needed)?;
            let pace = if asked.help == Help::Offered { Pace::Helped } else { Pace::Alone };
            let weeks = pair.vacancy.growth.language.weeks(known, level.needed, pace);
            Some(Obstacle::Language { asked, level, known, weeks })
        })
    })
}

/// Too few hours: a limit that ends, or what does not.
pub(super) fn hours_in_the_way<'a>(pair: Pair<'a>, rules: Rules<'_>) -> Obstacle<'a> {
    cap_in_the_way(pair, rules).map_or(Obstacle::Hours, Obstacle::Cap)
}

/// A first day of the person after the work's, or none yet.
pub(super) fn start_in_the_way<'a>(pair: Pair<'a>, rules: Rules<'_>) -> Option<Obstacle<'a>> {
    match pair.candidate.time.start {
        Start::From(from) if pair.vacancy.starts_on.is_some_and(|first| from > first.max(rules.as_of)) => {
            Some(Obstacle::Start(from.date()))
        }
        Start::NotYetKnown => Some(Obstacle::NotYet),
        Start::Open | Start::From(_) => None,
    }
}

/// Work that is known to be out of reach.
pub(super) fn reach_in_the_way<'a>(reach: Opinion) -> Option<Obstacle<'a>> {
    (reach.fit == 0 && reach.knowledge == Knowledge::Known).then_some(Obstacle::Reach)
}

/// The last day of the limit on hours, where nothing else keeps the person from the hours that are needed.
fn cap_in_the_way(pair: Pair<'_>, rules: Rules<'_>) -> Option<Date> {
    let (_, until) = pair.candidate.cap?;
    let until = until.filter(|until| rules.as_of <= *until)?;
    let wished = pair.candidate.hours.and_then(|hours| hours.max);
    let needed = pair.vacancy.hours.and_then(|hours| hours.min);
    (wished >= needed).then(|| until.date())
}

/// The track of a pair and the path in words.
pub(super) fn path(of: &Found<'_>, base: i64) -> Path {
    let track = of_found(of, base);
    let mut reasons = Vec::new();
    let occupation = |wish: &Wish| [("occupation", Value::Words(wish.text.as_str().to_owned()))];
    match track {
        Some(Track::Now) => reasons.push(Reason::plain(ReasonCode::PathNow)),
        Some(Track::Step) => reasons.push(Reason::plain(ReasonCode::PathStep)),
        Some(Track::Dream) | None => {}
    }
    if let Some(dream) = dreamt(of) {
        reasons.push(Reason::new(ReasonCode::PathDream, occupation(dream)));
    } else if let Some(dream) = on_the_way(of).filter(|_| track.is_some()) {
        reasons.push(Reason::new(ReasonCode::PathToDream, occupation(dream)));
    } else if let Some(wish) = wished(of).filter(|_| track == Some(Track::Dream)) {
        reasons.push(Reason::new(ReasonCode::PathWished, occupation(wish)));
    }
    if matches!(track, Some(Track::Step | Track::Dream)) {
        each_obstacle(of, |obstacle| reasons.push(step(obstacle)));
    }
    reasons.extend(under_use(of.pair));
    Path { track, reasons }
}

fn step(obstacle: Obstacle<'_>) -> Reason {
    match obstacle {
        Obstacle::Paper(asked) => {
            let paper = ("paper", Value::Paper(asked.paper.name()));
            match asked.lead_weeks {
                Some(weeks) => {
                    let weeks = ("weeks", Value::Weeks(u32::from(weeks)));
                    Reason::new(ReasonCode::PathPaper, [paper, weeks])
                }
                None => Reason::new(ReasonCode::PathDiploma, [paper]),
            }
        }
        Obstacle::Language { asked, level, known, weeks } => {
            let data = [
                ("language", Value::Language(asked.language)),
                ("skill", Value::LanguageSkill(level.skill)),
                ("level", Value::Cefr(known)),
                ("needed", Value::Cefr(level.needed)),
                ("weeks", Value::Weeks(weeks)),
            ];
            Reason::new(ReasonCode::PathLanguage, data)
        }
        Obstacle::Cap(until) => Reason::new(ReasonCode::PathCap, [("day", Value::Day(until))]),
        Obstacle::Start(from) => Reason::new(ReasonCode::PathStart, [("day", Value::Day(from))]),
        Obstacle::NotYet => Reason::plain(ReasonCode::PathNotYetAvailable),
        Obstacle::Hours => Reason::plain(ReasonCode::PathHours),
        Obstacle::Behaviour => Reason::plain(ReasonCode::PathBehaviour),
        Obstacle::Reach => Reason::plain(ReasonCode::PathReach),
        Obstacle::Refused => Reason::plain(ReasonCode::PathRefused),
    }
}

/// Work far below the person's level: it is labelled, never left out and never scored.
fn under_use(pair: Pair<'_>) -> Option<Reason> {
    let own: WorkLevel = pair.candidate.level.known?;
    let work = pair.vacancy.work_level?;
    let data = [("level", Value::Level(own)), ("asked", Value::Level(work))];
    let steps = (own as usize).saturating_sub(work as usize);
    (steps >= FAR_BELOW).then(|| Reason::new(ReasonCode::UnderUse, data))
}
