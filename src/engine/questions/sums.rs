//! The same question of many pairs, added up.

use super::{MatchMove, ProfileQuestion};
use crate::rank::{Pair, ReasonCode, explain::Question};
use std::{cmp::Reverse, collections::BTreeMap};

/// Questions by what they ask: the code, and the data in words.
pub(super) struct Sums {
    by_question: BTreeMap<(ReasonCode, String), Sum>,
    looked_at: usize,
}

struct Sum {
    question: Question,
    total: u32,
    moved: usize,
    furthest: MatchMove,
}

impl Sums {
    /// Nothing asked yet, over so many matches.
    pub(super) fn new(looked_at: usize) -> Self {
        Self { by_question: BTreeMap::new(), looked_at }
    }

    /// Adds the question of one pair that has this score.
    pub(super) fn add(&mut self, question: Question, score: u16, pair: Pair<'_>) {
        let data: Vec<String> =
            question.reason.data.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let gain = question.gain;
        let to = || MatchMove {
            candidate: pair.candidate.id().clone(),
            vacancy: pair.vacancy.id().as_str().to_owned(),
            score,
            after: score.saturating_add(gain),
            places: None,
        };
        let key = (question.reason.code, data.join("\n"));
        let sum = self.by_question.entry(key).or_insert_with(|| Sum {
            question: Question { gain: 0, legal: false, ..question.clone() },
            total: 0,
            moved: 0,
            furthest: to(),
        });
        sum.total += u32::from(gain);
        sum.moved += usize::from(gain > 0);
        sum.question.legal |= question.legal;
        // Of equal gains the match that comes first.
        if gain > sum.question.gain {
            sum.question.gain = gain;
            sum.furthest = to();
        }
    }

    /// What would move something, or what the law asks.
    pub(super) fn into_questions(
        self,
        candidate: Option<&str>,
        vacancy: Option<&str>,
    ) -> Vec<ProfileQuestion> {
        let looked_at = self.looked_at;
        let counts = |sum: &Sum| sum.total > 0 || sum.question.legal;
        let questions = self.by_question.into_values().filter(counts).map(|sum| ProfileQuestion {
            question: sum.question,
            candidate: candidate.map(str::to_owned),
            vacancy: vacancy.map(str::to_owned),
            total: sum.total,
            moved: sum.moved,
            looked_at,
            furthest: sum.furthest,
        });
        questions.collect()
    }
}

/// What the law asks first, then what gives most; of equals in a fixed order.
pub(super) fn order(a: &ProfileQuestion, b: &ProfileQuestion) -> std::cmp::Ordering {
    fn key(q: &ProfileQuestion) -> impl Ord + '_ {
        (!q.question.legal, Reverse(q.total), Reverse(q.question.gain), &q.candidate, q.question.reason.code)
    }
    key(a).cmp(&key(b))
}
