//! One step for each criterion: a pair made ready for it, and the same pair with a better answer.

use super::Pair;
use crate::{
    domain::{
        Weekday,
        competency::{Competency, Quality},
        contract::{AgreementKind, ContractDuration, ContractForm},
        education::{Course, WorkLevel},
        language::{CefrLevel, LanguageCode, LanguageProficiency, LevelPerSkill},
        observation::{Dispute, Observation, ObservationSource, Observed, ObservedValue},
        place::Postcode,
        requirement::{ExperienceDemand, GraceWeeks, Importance, LanguageDemand, Requirement},
        sector::SbiCode,
        support::{SupportKind, SupportNeed, SupportOffer},
        time::{Answer, HoursRange, WeekSlot},
        travel::ReachLimit,
        work::{OccupationRef, SkillRef, WorkExperience},
    },
    rank::{
        criterion::Criterion,
        generate::{days_after, hours, postcode, text},
    },
};

/// Choices from one number, the same for the same number.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 0 up to and without `below` (SplitMix64, Steele and others, 2014).
    pub(super) fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % below.max(1) as u64).unwrap_or(0)
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    fn chance(&mut self) -> bool {
        self.below(2) == 0
    }
}

/// How one criterion gets a better answer: makes the pair ready, and gives the better one.
pub(super) struct Step {
    pub(super) criterion: Criterion,
    pub(super) make: fn(&mut Pair, &mut Dice) -> Pair,
}

pub(super) const STEPS: [Step; Criterion::COUNT] = [
    Step { criterion: Criterion::Skills, make: skills },
    Step { criterion: Criterion::Competencies, make: competencies },
    Step { criterion: Criterion::Motivation, make: motivation },
    Step { criterion: Criterion::Potential, make: potential },
    Step { criterion: Criterion::Culture, make: culture },
    Step { criterion: Criterion::Language, make: language },
    Step { criterion: Criterion::Hours, make: hours_a_week },
    Step { criterion: Criterion::WeekPattern, make: week_pattern },
    Step { criterion: Criterion::Travel, make: travel },
    Step { criterion: Criterion::Support, make: support },
    Step { criterion: Criterion::Contract, make: contract },
    Step { criterion: Criterion::Level, make: level },
    Step { criterion: Criterion::Experience, make: experience },
    Step { criterion: Criterion::Licences, make: licences },
];

fn with(pair: &Pair, change: impl FnOnce(&mut Pair)) -> Pair {
    let mut better = pair.clone();
    change(&mut better);
    better
}

fn asked<T>(what: T, dice: &mut Dice) -> Requirement<T> {
    let importance = [Importance::Could, Importance::Should, Importance::Must][dice.below(3)];
    Requirement { what, importance, grace: GraceWeeks::default() }
}

fn work(name: &str) -> OccupationRef {
    OccupationRef { text: text(name), concept: None, boc_code: None }
}

/// One more asked skill is named.
fn skills(pair: &mut Pair, dice: &mut Dice) -> Pair {
    const ASKED: [&str; 4] = ["koken", "TIG-lassen", "wassen en kleden", "veilig werken met gas"];
    let asks = &mut pair.vacancy.requirements.skills;
    asks.retain(|skill| skill.what.text.as_str() != "+++");
    if asks.is_empty() {
        let name = ASKED[dice.below(ASKED.len())];
        asks.push(asked(SkillRef { text: text(name), concept: None }, dice));
    }
    let named = asks[dice.below(asks.len())].what.clone();
    let profile = &mut pair.candidate.profile;
    profile.skills.retain(|own| own.text != named.text && own.concept.is_none());
    with(pair, |pair| pair.candidate.profile.skills.push(named))
}

const VALUES: [ObservedValue; 5] = [
    ObservedValue::Absent,
    ObservedValue::Insufficient,
    ObservedValue::Average,
    ObservedValue::Sufficient,
    ObservedValue::Strong,
];

/// An observation of somebody who sees people work, in the last months, and a better one of the same.
fn seen(what: Observed, pair: &Pair, dice: &mut Dice) -> [Observation; 2] {
    let sources = &ObservationSource::ALL[2..];
    let worse = dice.below(VALUES.len() - 1);
    let better = worse + 1 + dice.below(VALUES.len() - 1 - worse);
    let made = Observation {
        observed: what,
        source: *dice.pick(sources).unwrap_or(&ObservationSource::Coach),
        value: VALUES[worse],
        observed_on: Some(days_after(pair.as_of, -i32::try_from(dice.below(200)).unwrap_or(0))),
        note: None,
        dispute: Dispute::Undisputed,
        delivery: None,
    };
    [made.clone(), Observation { value: VALUES[better], ..made }]
}

/// The same was seen as stronger, or was not seen before.
fn observed(pair: &mut Pair, what: Observed, dice: &mut Dice) -> Pair {
    let [worse, better] = seen(what, pair, dice);
    let list = &mut pair.candidate.profile.observations;
    if dice.below(3) > 0 {
        list.push(worse.clone());
    }
    let before = list.len();
    let is_new = list.last() != Some(&worse);
    with(pair, |pair| {
        let list = &mut pair.candidate.profile.observations;
        if is_new {
            list.push(Observation { value: ObservedValue::Strong, ..better });
        } else {
            list[before - 1] = better;
        }
    })
}

fn is_about(observation: &Observation, competency: Competency) -> bool {
    matches!(&observation.observed, Observed::Quality(quality) if quality.competency == competency)
}

fn competencies(pair: &mut Pair, dice: &mut Dice) -> Pair {
    let asks = &mut pair.vacancy.requirements.competencies;
    if asks.is_empty() {
        asks.push(asked(Quality { competency: Competency::ShowAttention, facet: None }, dice));
    }
    let quality = asks[dice.below(asks.len())].what.clone();
    pair.candidate.profile.observations.retain(|seen| !is_about(seen, quality.competency));
    observed(pair, Observed::Quality(quality), dice)
}

/// Learning was seen as stronger.
fn potential(pair: &mut Pair, dice: &mut Dice) -> Pair {
    pair.candidate.profile.observations.retain(|seen| !is_about(seen, Competency::Learn));
    observed(pair, Observed::Quality(Quality { competency: Competency::Learn, facet: None }), dice)
}

/// The work becomes a wished one, or motivation for it was seen as stronger.
fn motivation(pair: &mut Pair, dice: &mut Dice) -> Pair {
    pair.vacancy.occupation = Some(work("lasser"));
    let profile = &mut pair.candidate.profile;
    profile.refusals.occupations.clear();
    if dice.chance() {
        profile.observations.retain(|seen| matches!(seen.observed, Observed::Quality(_)));
        return observed(pair, Observed::MotivationForOccupation(work("lasser")), dice);
    }
    if dice.chance() {
        pair.vacancy.sector = Some(SbiCode::new(25).expect("two digits"));
        profile.wishes.sectors = vec![SbiCode::new(56).expect("two digits")];
        return with(pair, |pair| pair.candidate.profile.wishes.sectors.extend(pair.vacancy.sector));
    }
    profile.wishes.occupations = vec![work("zzz")];
    with(pair, |pair| pair.candidate.profile.wishes.occupations.push(work("lasser")))
}

/// A wished condition is offered.
fn culture(pair: &mut Pair, _dice: &mut Dice) -> Pair {
    // Who wishes what they refuse is helped by no answer.
    pair.candidate.profile.refusals.conditions.clear();
    pair.candidate.profile.wishes.conditions = vec![text("buiten werken"), text("rustig tempo")];
    pair.vacancy.offer.conditions = vec![text("klein team")];
    with(pair, |pair| pair.vacancy.offer.conditions.push(text("buiten werken")))
}

const LEVELS: [CefrLevel; 7] =
    [CefrLevel::A0, CefrLevel::A1, CefrLevel::A2, CefrLevel::B1, CefrLevel::B2, CefrLevel::C1, CefrLevel::C2];

fn all(level: CefrLevel) -> LevelPerSkill {
    LevelPerSkill {
        listening: Some(level),
        reading: Some(level),
        speaking: Some(level),
        writing: Some(level),
    }
}

/// Dutch is one or more levels higher.
fn language(pair: &mut Pair, dice: &mut Dice) -> Pair {
    let needed = 2 + dice.below(4);
    let low = needed.saturating_sub(1 + dice.below(2));
    let high = low + 1 + dice.below(LEVELS.len() - low - 1);
    let demand = LanguageDemand::new(LanguageCode::DUTCH, all(LEVELS[needed]), None, None);
    pair.vacancy.requirements.languages = demand.map(|demand| asked(demand, dice)).into_iter().collect();
    pair.vacancy.offer.support.clear();
    let own = |level| LanguageProficiency {
        language: LanguageCode::DUTCH,
        levels: all(LEVELS[level]),
        assessed_on: None,
    };
    pair.candidate.profile.languages = vec![own(low)];
    with(pair, |pair| pair.candidate.profile.languages = vec![own(high)])
}

fn range(min: f64, max: f64) -> Option<HoursRange> {
    HoursRange::new(Some(hours(min)), Some(hours(max))).ok().flatten()
}

/// The person can work more hours, or the vacancy has more of what the person wishes.
fn hours_a_week(pair: &mut Pair, dice: &mut Dice) -> Pair {
    let times = &mut pair.candidate.profile.availability;
    times.hours_cap = None;
    times.held_jobs.clear();
    times.lesson_slots.clear();
    times.week_pattern.clear();
    pair.vacancy.schedule.week_pattern.clear();
    let few = 4 * (1 + dice.below(5));
    let more = few + 4 * (1 + dice.below(3));
    let [few, more] = [few, more].map(|hours| f64::from(u8::try_from(hours).unwrap_or(0)));
    if dice.chance() {
        pair.vacancy.schedule.hours = range(32.0, 36.0);
        pair.candidate.profile.availability.hours = range(0.0, few);
        return with(pair, |pair| pair.candidate.profile.availability.hours = range(0.0, more));
    }
    pair.vacancy.schedule.hours = range(0.0, few);
    pair.candidate.profile.availability.hours = range(36.0, 40.0);
    with(pair, |pair| pair.vacancy.schedule.hours = range(0.0, more))
}

const DAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

fn slots(days: usize, from: u32, to: u32) -> Vec<WeekSlot> {
    DAYS.iter().take(days).filter_map(|day| WeekSlot::new(*day, from, to).ok()).collect()
}

/// The person has more of the week.
fn week_pattern(pair: &mut Pair, dice: &mut Dice) -> Pair {
    pair.vacancy.schedule.hours = range(32.0, 36.0);
    pair.vacancy.schedule.week_pattern = slots(5, 480, 990);
    let times = &mut pair.candidate.profile.availability;
    times.hours = range(32.0, 36.0);
    times.hours_cap = None;
    times.held_jobs.clear();
    times.lesson_slots.clear();
    let few = dice.below(3);
    let more = few + 1 + dice.below(4 - few);
    times.week_pattern = slots(few, 480, 1_020);
    if few == 0 {
        times.week_pattern = slots(5, 1_100, 1_300);
    }
    with(pair, |pair| {
        pair.candidate.profile.availability.week_pattern.extend(slots(more, 480, 1_020).drain(few..))
    })
}

/// A shorter way, or a wider reach of the person's own.
fn travel(pair: &mut Pair, dice: &mut Dice) -> Pair {
    let reach = &mut pair.candidate.profile.travel;
    (reach.max_km, reach.max_minutes) = (None, ReachLimit::new(30).ok());
    if dice.chance() {
        let long = 35 + dice.below(30);
        let short = long - 3 - dice.below(20);
        pair.travel_minutes = u32::try_from(long).ok();
        return with(pair, |pair| pair.travel_minutes = u32::try_from(short).ok());
    }
    let at = |written: &str| -> Option<Postcode> { Some(postcode(written)) };
    (pair.travel_minutes, reach.max_minutes) = (None, None);
    (reach.from, pair.vacancy.place.postcode) = (at("7511"), at("7601"));
    let few = 11 + dice.below(8);
    let more = few + 2 + dice.below(20);
    reach.max_km = ReachLimit::new(u32::try_from(few).unwrap_or(0)).ok();
    with(pair, |pair| {
        pair.candidate.profile.travel.max_km = ReachLimit::new(u32::try_from(more).unwrap_or(0)).ok();
    })
}

/// What the person needs is offered.
fn support(pair: &mut Pair, dice: &mut Dice) -> Pair {
    let kind =
        [SupportKind::JobCoach, SupportKind::WorkSupervisor, SupportKind::AdaptedWorkplace][dice.below(3)];
    let offer = |offered| vec![SupportOffer { kind, offered, note: None }];
    pair.candidate.profile.support_needs = vec![SupportNeed { kind, needed: Answer::Yes, note: None }];
    pair.vacancy.offer.support = if dice.chance() { Vec::new() } else { offer(Answer::No) };
    with(pair, |pair| pair.vacancy.offer.support = offer(Answer::Yes))
}

/// The person also accepts what is offered.
fn contract(pair: &mut Pair, dice: &mut Dice) -> Pair {
    let form = |duration, kind| ContractForm { duration: Some(duration), kind: Some(kind) };
    let offered = form(ContractDuration::FixedTerm, AgreementKind::LearningJob);
    let other = if dice.chance() { AgreementKind::Regular } else { AgreementKind::LearningJob };
    pair.vacancy.contract_forms = vec![offered];
    pair.candidate.profile.contract_forms = vec![form(ContractDuration::OpenEnded, other)];
    with(pair, |pair| pair.candidate.profile.contract_forms.push(offered))
}

/// The person's level is higher.
fn level(pair: &mut Pair, dice: &mut Dice) -> Pair {
    let needed = 2 + dice.below(WorkLevel::ALL.len() - 2);
    let low = needed - 1 - dice.below(2).min(needed - 1);
    let high = low + 1 + dice.below(WorkLevel::ALL.len() - low - 1);
    let asks = &mut pair.vacancy.requirements;
    asks.educations.clear();
    asks.level = Some(asked(WorkLevel::ALL[needed], dice));
    pair.candidate.profile.educations.clear();
    pair.candidate.profile.level = Some(WorkLevel::ALL[low]);
    with(pair, |pair| pair.candidate.profile.level = Some(WorkLevel::ALL[high]))
}

/// The person did the asked work for longer.
fn experience(pair: &mut Pair, dice: &mut Dice) -> Pair {
    pair.vacancy.occupation = Some(work("lasser"));
    let years = u8::try_from(3 + dice.below(8)).unwrap_or(3);
    pair.vacancy.requirements.experience = vec![asked(ExperienceDemand { years, occupation: None }, dice)];
    let few = dice.below(20);
    let more = few + 6 + dice.below(60);
    let job = |months: usize| WorkExperience {
        occupation: Some(work("lasser")),
        months: u16::try_from(months).ok(),
        ..WorkExperience::default()
    };
    pair.candidate.profile.experience = vec![job(few)];
    with(pair, |pair| pair.candidate.profile.experience = vec![job(more)])
}

/// An asked certificate is obtained.
fn licences(pair: &mut Pair, dice: &mut Dice) -> Pair {
    let asks = &mut pair.vacancy.requirements;
    asks.licences.clear();
    asks.registrations.clear();
    asks.certificates = vec![asked(text("VCA"), dice)];
    pair.vacancy.starts_on = Some(pair.as_of);
    let profile = &mut pair.candidate.profile;
    (profile.courses, profile.registrations) = (Vec::new(), Vec::new());
    profile.lacking = if dice.chance() { Vec::new() } else { vec![text("VCA")] };
    with(pair, |pair| {
        pair.candidate.profile.lacking.clear();
        pair.candidate.profile.courses = vec![Course {
            name: text("VCA-basis"),
            certificate_on: None,
            valid_until: None,
            from: None,
            until: None,
            school: None,
        }];
    })
}
