//! What is found of a pair, each thing once: whatever judges or explains the pair asks here.
//!
//! Nothing is worked out before it is asked for, so that a question of one criterion costs no more than that.

use super::{
    conflict::{self, RefusalOf},
    criteria::{
        self, Opinion, competencies,
        hours::{self, Hours},
        licences::{self, Outlook},
        motivation::{self, Likeness, Motivation},
        potential::{self, Potential},
        skills::{self, Both, Evidence},
        travel,
        week_pattern::{self, WeekPattern},
    },
    criterion::Criterion,
    rules::{Pair, Rules},
    score::Opinions,
};
use std::cell::OnceCell;

/// A pair with what is known of it so far.
pub(super) struct Found<'a> {
    pub(super) pair: Pair<'a>,
    pub(super) rules: Rules<'a>,
    is_own_employer: OnceCell<bool>,
    evidence: OnceCell<Box<[Evidence<'a>]>>,
    both: OnceCell<Both>,
    qualities: OnceCell<Box<[Opinion]>>,
    papers: OnceCell<Box<[Outlook]>>,
    likenesses: OnceCell<Box<[Likeness]>>,
    leads: OnceCell<Box<[u32]>>,
    motivation: OnceCell<Motivation>,
    potential: OnceCell<Potential>,
    hours: OnceCell<Hours>,
    times: OnceCell<WeekPattern>,
    days: OnceCell<[Option<Opinion>; 2]>,
    distance: OnceCell<Option<u64>>,
    refusal: OnceCell<Option<RefusalOf<'a>>>,
    opinions: OnceCell<Opinions>,
}

impl<'a> Found<'a> {
    pub(super) fn new(pair: Pair<'a>, rules: Rules<'a>) -> Self {
        Self {
            pair,
            rules,
            is_own_employer: OnceCell::new(),
            evidence: OnceCell::new(),
            both: OnceCell::new(),
            qualities: OnceCell::new(),
            papers: OnceCell::new(),
            likenesses: OnceCell::new(),
            leads: OnceCell::new(),
            motivation: OnceCell::new(),
            potential: OnceCell::new(),
            hours: OnceCell::new(),
            times: OnceCell::new(),
            days: OnceCell::new(),
            distance: OnceCell::new(),
            refusal: OnceCell::new(),
            opinions: OnceCell::new(),
        }
    }

    /// The opinions on all criteria.
    pub(super) fn opinions(&self) -> &Opinions {
        self.opinions.get_or_init(|| Criterion::ALL.map(|criterion| criteria::of(criterion, self)))
    }

    /// The opinion on one criterion.
    pub(super) fn opinion(&self, criterion: Criterion) -> Option<Opinion> {
        match self.opinions.get() {
            Some(opinions) => opinions[criterion.index()],
            None => criteria::of(criterion, self),
        }
    }

    /// Whether the person has a job at the vacancy's employer.
    pub(super) fn is_own_employer(&self) -> bool {
        *self.is_own_employer.get_or_init(|| self.pair.is_own_employer())
    }

    /// What speaks for each asked skill.
    pub(super) fn evidence(&self) -> &[Evidence<'a>] {
        self.evidence.get_or_init(|| skills::all_evidence(self.pair, self.rules))
    }

    /// Skills, and how near the person's skills are.
    pub(super) fn skills(&self) -> Both {
        *self.both.get_or_init(|| skills::both(&self.pair.vacancy.skills, self.evidence(), self.rules))
    }

    /// The opinion on each asked quality.
    pub(super) fn qualities(&self) -> &[Opinion] {
        self.qualities.get_or_init(|| {
            let asked = self.pair.vacancy.qualities.iter();
            asked.map(|asked| competencies::item(asked, self.pair.candidate, self.rules)).collect()
        })
    }

    /// How each asked paper stands.
    pub(super) fn papers(&self) -> &[Outlook] {
        self.papers.get_or_init(|| {
            let asked = self.pair.vacancy.papers.iter();
            asked.map(|asked| licences::outlook(asked, self.pair, self.rules)).collect()
        })
    }

    /// How the work is like each wished occupation.
    pub(super) fn likenesses(&self) -> &[Likeness] {
        self.likenesses.get_or_init(|| {
            let wished = self.pair.candidate.wished.iter();
            wished.map(|wish| motivation::likeness(wish, self.pair.vacancy)).collect()
        })
    }

    /// How far the work leads to each wished occupation, in 1/10,000.
    pub(super) fn leads(&self) -> &[u32] {
        self.leads.get_or_init(|| {
            let wished = self.pair.candidate.wished.iter().zip(self.likenesses());
            wished.map(|(wish, likeness)| potential::lead_of(*likeness, wish, self.pair.vacancy)).collect()
        })
    }

    /// How far the work leads to what the person wishes; `None` where either is not known.
    pub(super) fn lead(&self) -> Option<u32> {
        if self.pair.vacancy.keys.is_empty() { None } else { self.leads().iter().copied().max() }
    }

    pub(super) fn motivation(&self) -> Motivation {
        *self.motivation.get_or_init(|| motivation::parts_by(self.likenesses(), self.pair, self.rules))
    }

    pub(super) fn potential(&self) -> Potential {
        *self.potential.get_or_init(|| Potential::new(self.skills().near, self.lead(), self.pair, self.rules))
    }

    pub(super) fn hours(&self) -> Hours {
        *self.hours.get_or_init(|| hours::judge(self.pair, self.rules))
    }

    /// Slots and kinds of shift alone.
    pub(super) fn times(&self) -> WeekPattern {
        *self.times.get_or_init(|| week_pattern::of_times(self.pair, self.rules))
    }

    /// How well the person's first and last day fit.
    pub(super) fn days(&self) -> [Option<Opinion>; 2] {
        *self.days.get_or_init(|| {
            [week_pattern::start(self.pair, self.rules), week_pattern::end(self.pair, self.rules)]
        })
    }

    /// Metres over the road.
    pub(super) fn distance(&self) -> Option<u64> {
        *self.distance.get_or_init(|| travel::road_metres(self.pair))
    }

    /// The first thing of the vacancy that the person explicitly refuses.
    pub(super) fn refusal(&self) -> Option<RefusalOf<'a>> {
        *self.refusal.get_or_init(|| conflict::refusal(self.pair))
    }
}
