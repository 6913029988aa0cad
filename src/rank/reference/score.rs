//! From fits and conflicts to a score with its lines, and from scores to an order.

use super::{
    Fit, Setting, criteria, half_up, language,
    licences::{self, items},
    motivation::motivation,
    penalties::{ConflictKind, Share, conflicts},
    reach, skills, soft, times, week,
};
use crate::domain::{
    Candidate, Vacancy, candidate::CandidateStatus, provenance::DeliveryState, requirement::Importance,
    text::CandidateId,
};
use crate::rank::criterion::Criterion;
use std::cmp::Reverse;

/// One criterion that at least one side asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReferenceLine {
    pub(crate) criterion: Criterion,
    /// Demand weight that counts; 0 when the demand side does not ask.
    pub(crate) demand_weight: i128,
    /// Wish weight that counts; 0 when the wish side does not ask.
    pub(crate) wish_weight: i128,
    pub(crate) fit: Fit,
    /// In hundredths of a point.
    pub(crate) contribution: i128,
}

/// One pair, scored. Scores and contributions are hundredths of a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReferenceScore {
    pub(crate) lines: Vec<ReferenceLine>,
    pub(crate) balance: i128,
    pub(crate) conflicts: Vec<(ConflictKind, i128)>,
    pub(crate) score: i128,
    pub(crate) low: i128,
    pub(crate) high: i128,
    pub(crate) demand_fit: i128,
    pub(crate) wish_fit: i128,
    /// The first legal requirement that excludes the person.
    pub(crate) excluded_by: Option<String>,
}

/// Scores one pair.
pub(crate) fn score(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> ReferenceScore {
    let mut lines = asked_lines(vacancy, candidate, setting);
    let base =
        Base::of(lines.iter().map(|line| (line.demand_weight, line.wish_weight, line.fit.fit)), setting);
    let balance = share_out(&mut lines, &base, setting);
    let conflicts = conflicts(vacancy, candidate, setting);
    let (score, taken) = lower(base.hundredths(), &conflicts.known);

    let end = |of: fn(&Fit) -> i128, shares: &[Share]| {
        let base =
            Base::of(lines.iter().map(|line| (line.demand_weight, line.wish_weight, of(&line.fit))), setting);
        lower(base.hundredths(), shares).0
    };
    let low = end(|fit| fit.low, &conflicts.worst);
    let high = end(|fit| fit.high, &conflicts.best);
    let legal: Vec<_> = items(vacancy, candidate, setting)
        .into_iter()
        .filter(|item| item.importance == Importance::Legal && item.is_unmet_at_worst())
        .collect();
    ReferenceScore {
        balance,
        conflicts: taken,
        score,
        low: if legal.is_empty() { low } else { 0 },
        high,
        demand_fit: half_up(base.demand, base.demand_weights),
        wish_fit: half_up(base.wish, base.wish_weights),
        excluded_by: legal.into_iter().find(|item| item.is_unmet()).map(|item| item.name),
        lines,
    }
}

fn asked_lines(vacancy: &Vacancy, candidate: &Candidate, setting: &Setting<'_>) -> Vec<ReferenceLine> {
    let (v, c, s) = (vacancy, candidate, setting);
    let always = |fit: Fit| Some((true, true, fit));
    let demand_only = |fit: Option<Fit>| fit.map(|fit| (true, false, fit));
    let mut lines = Vec::new();
    for (criterion, weight) in Criterion::ALL.into_iter().zip(setting.numbers.weights) {
        let judged = match criterion {
            Criterion::Skills => demand_only(skills::skills(v, c, s)),
            Criterion::Competencies => demand_only(criteria::competencies(v, c, s)),
            Criterion::Motivation => always(motivation(v, c, s)),
            Criterion::Language => demand_only(language::language(v, c, s)),
            Criterion::Hours => always(times::hours(v, c, s)),
            Criterion::WeekPattern => always(week::week_pattern(v, c, s)),
            Criterion::Travel => always(reach::travel(v, c, s)),
            Criterion::Contract => criteria::contract(v, c, s).map(|fit| (true, true, fit)),
            Criterion::Level => demand_only(criteria::level(v, c, s)),
            Criterion::Experience => demand_only(criteria::experience(v, c, s)),
            Criterion::Licences => demand_only(licences::licences(v, c, s)),
            Criterion::Potential => always(soft::potential(v, c, s)),
            Criterion::Culture => soft::culture(v, c, s).map(|fit| (true, true, fit)),
            Criterion::Support => soft::support(v, c, s).map(|fit| (true, true, fit)),
        };
        if let Some((demand_asked, wish_asked, fit)) = judged {
            lines.push(ReferenceLine {
                criterion,
                demand_weight: if demand_asked { i128::from(weight.demand) } else { 0 },
                wish_weight: if wish_asked { i128::from(weight.wish) } else { 0 },
                fit,
                contribution: 0,
            });
        }
    }
    lines
}

/// The sums that a score is made of.
struct Base {
    demand: i128,
    wish: i128,
    demand_weights: i128,
    wish_weights: i128,
    lambda: i128,
    beta: i128,
}

impl Base {
    fn of(lines: impl Iterator<Item = (i128, i128, i128)>, setting: &Setting<'_>) -> Self {
        let (lambda, beta) = (i128::from(setting.numbers.lambda), i128::from(setting.numbers.beta));
        let mut base = Self { demand: 0, wish: 0, demand_weights: 0, wish_weights: 0, lambda, beta };
        for (demand, wish, fit) in lines {
            base.demand += demand * fit;
            base.wish += wish * fit;
            base.demand_weights += demand;
            base.wish_weights += wish;
        }
        base
    }

    fn denominator(&self) -> i128 {
        100 * self.demand_weights * self.wish_weights
    }

    fn balance(&self) -> i128 {
        -self.beta * (self.demand * self.wish_weights - self.wish * self.demand_weights).abs()
    }

    fn hundredths(&self) -> i128 {
        let sides = self.lambda * self.demand * self.wish_weights
            + (100 - self.lambda) * self.wish * self.demand_weights;
        half_up(sides + self.balance(), self.denominator())
    }
}

/// Gives every line its hundredths by the largest remainder; returns those of the balance.
fn share_out(lines: &mut [ReferenceLine], base: &Base, setting: &Setting<'_>) -> i128 {
    let lambda = i128::from(setting.numbers.lambda);
    let denominator = base.denominator();
    let mut numerators: Vec<i128> = lines
        .iter()
        .map(|line| {
            let share = lambda * line.demand_weight * base.wish_weights
                + (100 - lambda) * line.wish_weight * base.demand_weights;
            share * line.fit.fit
        })
        .collect();
    numerators.push(base.balance());
    let mut parts: Vec<i128> = numerators.iter().map(|n| n.div_euclid(denominator)).collect();
    let missing = base.hundredths() - parts.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..numerators.len()).collect();
    order.sort_by_key(|at| (Reverse(numerators[*at].rem_euclid(denominator)), *at));
    for at in order.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        parts[at] += 1;
    }
    for (line, part) in lines.iter_mut().zip(&parts) {
        line.contribution = *part;
    }
    parts.last().copied().unwrap_or(0)
}

/// What is left after every conflict, and what each took.
fn lower(base: i128, shares: &[Share]) -> (i128, Vec<(ConflictKind, i128)>) {
    let mut standing = base;
    let mut taken = Vec::new();
    for (kind, share) in shares {
        let part = half_up(standing * share, 10_000);
        standing -= part;
        taken.push((*kind, -part));
    }
    (standing, taken)
}

/// One place in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReferencePlace {
    pub(crate) candidate: CandidateId,
    pub(crate) score: i128,
    pub(crate) tied: bool,
}

/// The order of all candidates of the pool that the law does not exclude, from best to worst.
pub(crate) fn rank(
    vacancy: &Vacancy,
    candidates: &[Candidate],
    setting: &Setting<'_>,
    secret: &[u8; 32],
) -> Vec<ReferencePlace> {
    let in_pool = |candidate: &&Candidate| {
        candidate.status == CandidateStatus::Active && candidate.delivery_state == DeliveryState::Current
    };
    let mut scored: Vec<(i128, u128, CandidateId)> = candidates
        .iter()
        .filter(in_pool)
        .map(|candidate| (score(vacancy, candidate, setting), &candidate.id))
        .filter(|(scored, _)| scored.excluded_by.is_none())
        .map(|(scored, id)| (scored.score, tie_order(vacancy, id, secret), id.clone()))
        .collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let scores: Vec<i128> = scored.iter().map(|(score, _, _)| *score).collect();
    scored
        .into_iter()
        .map(|(score, _, candidate)| ReferencePlace {
            tied: scores.iter().filter(|other| **other == score).count() > 1,
            candidate,
            score,
        })
        .collect()
}

fn tie_order(vacancy: &Vacancy, candidate: &CandidateId, secret: &[u8; 32]) -> u128 {
    let vacancy = vacancy.id.as_str().as_bytes();
    let mut told = (vacancy.len() as u64).to_le_bytes().to_vec();
    told.extend_from_slice(vacancy);
    told.extend_from_slice(candidate.as_str().as_bytes());
    let hash = blake3::keyed_hash(secret, &told);
    let mut first = [0; 16];
    first.copy_from_slice(&hash.as_bytes()[..16]);
    u128::from_be_bytes(first)
}
