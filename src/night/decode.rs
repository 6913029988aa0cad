//! A record read back: its reasons, lines and gaps as the ranking has them, and the pairs that point at them.

use super::{
    head::{Names, NightHead},
    list::PlacedPair,
    parts::{conflict_of, cost_of, day_of_number, gap_kind_of, known_of, optional, small, track_of, whom_of},
    refused::Refused,
    value,
};
use crate::rank::{
    Criterion, Explanation, Judgement, Reason, ReasonCode,
    explain::Gap,
    reason::Value,
    score::{ConflictLine, Law, StoredFit},
};
use crate::wire::{enums::Choice, storage as stored};
use prost::Message;

const RECORD: Refused = Refused::Damaged("the record of a vacancy");

/// A record, read back.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) id: String,
    pub(super) profile: usize,
    pub(super) unscored_requirements: u32,
    pub(super) considered: u64,
    pub(super) tied_beyond: u64,
    pub(super) reasons: Vec<Reason>,
    pub(super) lines: Vec<(StoredFit, Vec<u32>)>,
    pub(super) gaps: Vec<Gap>,
    pub(super) pairs: Vec<stored::NightPair>,
    /// The place of each criterion of this release among a pair's lines.
    pub(super) line_of: [Option<usize>; Criterion::COUNT],
}

impl Decoded {
    pub(super) fn read(bytes: &[u8], head: &NightHead, names: &Names) -> Result<Self, Refused> {
        Self::of(stored::NightVacancy::decode(bytes).map_err(|_| RECORD)?, head, names)
    }

    /// The record of a message.
    pub(super) fn of(
        message: stored::NightVacancy,
        head: &NightHead,
        names: &Names,
    ) -> Result<Self, Refused> {
        let words = &message.words;
        let reasons: Vec<Reason> = message
            .reasons
            .iter()
            .map(|reason| read_reason(reason, words, names))
            .collect::<Result<_, _>>()?;
        let lines: Vec<_> =
            message.lines.into_iter().map(|line| read_line(line, reasons.len())).collect::<Result<_, _>>()?;
        let gaps: Vec<Gap> =
            message.gaps.iter().map(|gap| read_gap(gap, &reasons)).collect::<Result<_, _>>()?;
        let profile = message.profile as usize;
        let has = |places: &[u32], count: usize| places.iter().all(|place| (*place as usize) < count);
        let whole = |pair: &stored::NightPair| {
            pair.lines.len() == names.lines
                && has(&pair.lines, lines.len())
                && has(&pair.gaps, gaps.len())
                && has(&pair.path, reasons.len())
                && has(&pair.assumed, reasons.len())
                && pair.conflicts.iter().all(|conflict| (conflict.reason as usize) < reasons.len())
                && [pair.rank, pair.own_rank, pair.score, pair.low, pair.high]
                    .iter()
                    .all(|number| u16::try_from(*number).is_ok())
        };
        if profile >= head.profiles.len() || !message.pairs.iter().all(whole) {
            return Err(RECORD);
        }
        Ok(Self {
            id: message.id,
            profile,
            unscored_requirements: message.unscored_requirements,
            considered: message.considered,
            tied_beyond: message.tied_beyond,
            line_of: names.line_of,
            pairs: message.pairs,
            reasons,
            lines,
            gaps,
        })
    }

    /// The pairs of a record, without anything that they point at.
    pub(super) fn placed(bytes: &[u8]) -> Result<Vec<PlacedPair>, Refused> {
        let message = stored::NightPlaces::decode(bytes).map_err(|_| RECORD)?;
        message.pairs.iter().map(placed).collect()
    }

    /// The explanation of a pair, without questions.
    pub(super) fn explanation(&self, place: usize, head: &NightHead) -> Result<Explanation, Refused> {
        let (pair, profile) =
            (self.pairs.get(place).ok_or(RECORD)?, head.profiles.get(self.profile).ok_or(RECORD)?);
        let mut fits = [StoredFit::NOT_ASKED; Criterion::COUNT];
        for (fit, line) in fits.iter_mut().zip(self.line_of) {
            if let Some(line) = line {
                *fit = self.line(pair, line)?.0;
            }
        }
        let conflicts = pair.conflicts.iter().map(read_conflict).collect::<Result<_, _>>()?;
        let law = match (pair.law_excluded.checked_sub(1), pair.law_open) {
            (Some(requirement), _) => Law::Excluded { requirement: requirement as usize },
            (None, true) => Law::Open,
            (None, false) => Law::Free,
        };
        let interval = (small(pair.low, "a score")?, small(pair.high, "a score")?);
        let judgement = Judgement::rebuilt(&fits, conflicts, law, interval, &profile.numbers);
        if u32::from(judgement.score) != pair.score {
            return Err(Refused::Newer("lines that add up by other rules".to_owned()));
        }
        let reasons = judgement.lines.iter().map(|line| match self.line_of[line.criterion.index()] {
            Some(at) => Ok(self.told(&self.line(pair, at)?.1)),
            None => Ok(vec![Reason { code: ReasonCode::NotAsked, data: Vec::new() }]),
        });
        let fits =
            vec![("demand", Value::Fit(judgement.demand_fit)), ("wish", Value::Fit(judgement.wish_fit))];
        Ok(Explanation {
            reasons: reasons.collect::<Result<_, Refused>>()?,
            balance: Reason { code: ReasonCode::Balance, data: fits },
            conflicts: pair.conflicts.iter().filter_map(|one| self.reason(one.reason)).collect(),
            gaps: pair.gaps.iter().filter_map(|gap| self.gaps.get(*gap as usize).cloned()).collect(),
            questions: Vec::new(),
            track: optional(pair.track, track_of, "a track")?,
            path: self.told(&pair.path),
            assumed: self.told(&pair.assumed),
            exclusion: self.told(&pair.exclusion).into_iter().next(),
            not_scored: Criterion::NOT_SCORED.to_vec(),
            judgement,
        })
    }

    fn line(&self, pair: &stored::NightPair, at: usize) -> Result<&(StoredFit, Vec<u32>), Refused> {
        pair.lines.get(at).and_then(|line| self.lines.get(*line as usize)).ok_or(RECORD)
    }

    fn reason(&self, number: u32) -> Option<Reason> {
        self.reasons.get(number as usize).cloned()
    }

    /// Reading has made sure that every number points at a reason.
    fn told(&self, numbers: &[u32]) -> Vec<Reason> {
        numbers.iter().filter_map(|number| self.reason(*number)).collect()
    }
}

fn placed(pair: &stored::NightPlace) -> Result<PlacedPair, Refused> {
    Ok(PlacedPair {
        person: pair.person,
        rank: small(pair.rank, "a place")?,
        own_rank: small(pair.own_rank, "a place")?,
        score: small(pair.score, "a score")?,
        low: small(pair.low, "a score")?,
        high: small(pair.high, "a score")?,
    })
}

fn read_reason(reason: &stored::NightReason, words: &[String], names: &Names) -> Result<Reason, Refused> {
    let code = names.codes.get(reason.code as usize).ok_or(Refused::Damaged("a reason"))?;
    let code = code.ok_or_else(|| Refused::Newer(format!("reason {}", reason.code)))?;
    let datum = |datum: &stored::NightDatum| {
        let name = names.data.get(datum.name as usize).ok_or(Refused::Damaged("a name of data"))?;
        let name = name.ok_or_else(|| Refused::Newer(format!("name of data {}", datum.name)))?;
        let word = match datum.word.checked_sub(1) {
            None => None,
            Some(place) => Some(words.get(place as usize).ok_or(Refused::Damaged("words"))?.as_str()),
        };
        Ok((name, value::read(datum.kind, datum.number, word)?))
    };
    Ok(Reason { code, data: reason.data.iter().map(datum).collect::<Result<_, Refused>>()? })
}

fn read_line(line: stored::NightLine, reasons: usize) -> Result<(StoredFit, Vec<u32>), Refused> {
    let fit = StoredFit {
        fit: small(line.fit, "a fit")?,
        low: small(line.low, "a fit")?,
        high: small(line.high, "a fit")?,
        knowledge: optional(line.knowledge, known_of, "a line")?,
    };
    if line.reasons.iter().any(|reason| *reason as usize >= reasons) {
        return Err(Refused::Damaged("a line"));
    }
    Ok((fit, line.reasons))
}

fn read_gap(gap: &stored::NightGap, reasons: &[Reason]) -> Result<Gap, Refused> {
    const GAP: Refused = Refused::Damaged("a gap");
    Ok(Gap {
        reason: reasons.get(gap.reason as usize).cloned().ok_or(GAP)?,
        kind: gap_kind_of(gap.kind).ok_or(GAP)?,
        importance: Choice::from_needed_code(gap.importance).map_err(|_| GAP)?,
        lead_weeks: gap.lead_weeks.map(|weeks| small(weeks, "a gap")).transpose()?,
        cost_class: optional(gap.cost_class, cost_of, "a gap")?,
        in_time: gap.in_time,
        whom_to_ask: whom_of(gap.whom_to_ask).ok_or(GAP)?,
        available_from: optional(gap.available_from, day_of_number, "a gap")?,
    })
}

fn read_conflict(conflict: &stored::NightConflict) -> Result<ConflictLine, Refused> {
    Ok(ConflictLine {
        code: conflict_of(conflict.code).ok_or(Refused::Damaged("a conflict"))?,
        requirement: conflict.requirement.checked_sub(1).map(|place| place as usize),
        contribution: -i32::from(small(conflict.taken, "a conflict")?),
    })
}
