//! Which records can score otherwise on a later day, though nobody changed them: an observation grows a month older, a
//! lesson ends, a paper runs out.
//!
//! A record may be named without need, which costs time. One that is not named scores the same on both days with every
//! other record that is not named.

use super::{
    day::Day,
    facts::{CandidateFacts, Seen, Spell, Start, VacancyFacts},
};
use crate::domain::Date;

/// Two days, the earlier one first.
#[derive(Clone, Copy, Debug)]
pub struct Between {
    from: Day,
    to: Day,
}

impl Between {
    /// From one day to another, in either order.
    pub fn new(one: Date, other: Date) -> Self {
        Self { from: Day::new(one.min(other)), to: Day::new(one.max(other)) }
    }

    /// Whether something that holds from a day on begins.
    fn begins(self, day: Day) -> bool {
        self.from < day && day <= self.to
    }

    /// Whether something that holds up to and including a day ends.
    fn ends(self, day: Day) -> bool {
        self.from <= day && day < self.to
    }

    /// Whether something grows a whole month older.
    fn ages(self, since: Day) -> bool {
        self.from.months_since(since) != self.to.months_since(since)
    }

    fn has_seen_step(self, seen: &Seen) -> bool {
        seen.on.is_some_and(|on| self.begins(on) || self.ages(on))
    }

    fn has_spell_step(self, spell: Spell) -> bool {
        spell.from.is_some_and(|from| self.begins(from))
            || spell.months(self.from) != spell.months(self.to)
            || spell.until.is_some_and(|until| self.ages(until))
    }

    /// Whether a person has a dated step between the days.
    pub fn of_candidate(self, person: &CandidateFacts) -> bool {
        if self.from == self.to {
            return false;
        }
        let seen = person.qualities.iter().map(|one| &one.seen);
        let spells = person.jobs.iter().flat_map(|job| job.spells.iter().copied());
        seen.chain(person.motivation.iter().map(|(_, seen)| seen)).any(|seen| self.has_seen_step(seen))
            || spells.chain(person.experience.iter().map(|work| work.spell)).any(|s| self.has_spell_step(s))
            || person.cap.is_some_and(|(_, until)| until.is_some_and(|until| self.ends(until)))
            || person.papers.iter().any(|(_, held)| {
                held.from.is_some_and(|from| self.begins(from))
                    || held.until.is_some_and(|until| self.ends(until))
            })
            || person.time.taken.iter().any(|taken| taken.until.is_some_and(|until| self.ends(until)))
            // How late somebody can start, and how much of the work is left, is counted from the day itself.
            || matches!(person.time.start, Start::From(from) if from > self.from)
            || person.time.until.is_some()
    }

    /// Whether a vacancy has a dated step between the days. That it closes is not among them: it leaves the pool.
    pub fn of_vacancy(self, vacancy: &VacancyFacts) -> bool {
        let days_left = |day: Day| vacancy.starts_on.map_or(0, |start| start.days_since(day));
        vacancy.papers.iter().any(|asked| {
            let in_time = |day: Day| {
                let lead = asked.lead_weeks.map(u32::from);
                lead.is_some_and(|weeks| weeks * 7 <= days_left(day) + asked.grace_weeks * 7)
            };
            in_time(self.from) != in_time(self.to)
        })
    }
}
