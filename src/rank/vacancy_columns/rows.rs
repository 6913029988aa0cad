//! One vacancy for the person: what was judged of its classes, added up.

use super::{
    index::{AskedPaperOf, Index},
    tables::Tables,
    work::{OwnWork, UNKNOWN},
};
use crate::domain::requirement::Importance;
use crate::rank::{
    conflict::{self, Conflict, UNMET_COMPETENCY, View},
    criteria::{
        licences::{self, Outlook},
        mean::Fits,
        motivation, potential,
    },
    criterion::Criterion,
    legal::{self, Legal},
    rules::Rules,
    score::{self, Sums},
    track::{Longing, Obstacle, Way},
};

/// A score whatever the law says, with what it is before conflicts, in hundredths, and what is in the way.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowScore {
    pub(super) score: u16,
    pub(super) base: i64,
    pub(super) way: Way,
}

/// The tables of a person with the classes of the vacancies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    pub(super) index: &'a Index,
    pub(super) tables: &'a Tables,
    pub(super) row: usize,
}

impl Row<'_> {
    /// Where the law stands in the way.
    pub(super) fn law(self) -> Legal {
        let asked = self.index.papers.asked.of(self.row);
        legal::of(asked.iter().map(|paper| paper.importance), |place| self.outlook(asked[place]))
    }

    fn outlook(self, asked: AskedPaperOf) -> Outlook {
        Outlook {
            standing: self.tables.papers[asked.number as usize].standing,
            obtainable: self.tables.obtainable[asked.term as usize],
        }
    }

    /// What the work is for the person's longing.
    pub(super) fn longing(self) -> Longing {
        self.work().longing
    }

    fn work(self) -> OwnWork {
        at(&self.tables.works, &self.index.works.classes.of, self.row)
    }

    pub(super) fn score(self, rules: Rules<'_>) -> RowScore {
        let Self { index, tables, row } = self;
        let (classes, numbers) = (&index.classes, rules.numbers);
        let mut fits = [None; Criterion::COUNT];
        let mut set = |criterion: Criterion, fit: Option<u32>| fits[criterion.index()] = fit;
        let [skills, near] = index.skills.fits(row, &tables.skills, rules);
        set(Criterion::Skills, skills);
        let (papers, unmet_papers, papers_way) = self.papers(rules);
        set(Criterion::Licences, papers);
        let (qualities, unmet_qualities) = self.qualities();
        set(Criterion::Competencies, qualities);
        let (languages, unmet_languages, languages_way) = at(&tables.languages, &classes.languages.of, row);
        set(Criterion::Language, languages);
        let work = self.work();
        set(Criterion::Motivation, self.motivation(work.like, numbers.neutral));
        set(Criterion::Potential, self.potential(near, work.growth(numbers.neutral)));
        let hours = if tables.hours_at_times { &classes.hours_at_times } else { &classes.hours };
        let (hours, hours_way) = at(&tables.hours, &hours.of, row);
        let times = at(&tables.times, &classes.times.of, row);
        let days = at(&tables.days, &classes.days.of, row);
        let travel = at(&tables.travel, &classes.travel.of, row);
        set(Criterion::Hours, Some(hours.fit));
        set(Criterion::WeekPattern, Some(times.fit.min(days.fit)));
        set(Criterion::Travel, Some(travel.fit));
        set(Criterion::Culture, at(&tables.conditions, &classes.conditions.fine.of, row));
        set(Criterion::Support, at(&tables.support, &classes.support.fine.of, row));
        set(Criterion::Contract, at(&tables.contract, &classes.contract.of, row));
        set(Criterion::Level, at(&tables.level, &classes.level.fine.of, row));
        set(Criterion::Experience, at(&tables.experience, &classes.experience.fine.of, row));

        let base = Sums::of_fits(fits, numbers).base(numbers);
        let mut score = base;
        let mut take = |share: u32| score -= conflict::taken(score, share);
        let mut way = papers_way.and(languages_way).and(days.way).and(travel.way);
        // Each takes the same share.
        (0..unmet_languages + unmet_papers + unmet_qualities).for_each(|_| take(numbers.unmet_share));
        if unmet_qualities > 0 {
            way = way.past(Obstacle::Behaviour);
        }
        if work.is_refused || at(&tables.refused, &classes.refusable.of, row) {
            take(numbers.refusal_share);
            way = way.past(Obstacle::Refused);
        }
        if let Some((conflict, share)) = conflict::of_time(hours.part, times.part, numbers.hours_share) {
            take(share);
            way = if conflict == Conflict::Hours { way.and(hours_way) } else { way.past(Obstacle::Hours) };
        }
        RowScore { score: score::hundredths(score), base, way }
    }

    /// The fit, how many are unmet, and what is in the way.
    fn papers(self, rules: Rules<'_>) -> (Option<u32>, u32, Way) {
        let (mut fits, mut unmet, mut way) = (Fits::default(), 0, Way::FREE);
        for asked in self.index.papers.asked.of(self.row) {
            let outlook = self.outlook(*asked);
            fits.add(asked.weight, licences::opinion(outlook.standing, outlook.obtainable, rules).fit);
            let is_must = asked.importance == Importance::Must;
            unmet += u32::from(is_must && conflict::paper_unmet(outlook, View::AsKnown));
            way = way.and(self.tables.papers[asked.number as usize].way);
        }
        (fits.mean(), unmet, way)
    }

    /// The fit, and how many are unmet.
    fn qualities(self) -> (Option<u32>, u32) {
        let (mut fits, mut unmet) = (Fits::default(), 0);
        for asked in self.index.qualities.of(self.row) {
            let fit = self.tables.qualities[asked.number as usize];
            fits.add(asked.weight, fit);
            unmet += u32::from(asked.is_must && fit < UNMET_COMPETENCY);
        }
        (fits.mean(), unmet)
    }

    fn motivation(self, like: Option<u32>, neutral: u32) -> Option<u32> {
        let Self { index, tables, row } = self;
        let of_row = |fits: &Option<Vec<u16>>| fits.as_ref().map(|fits| fits[row]);
        let interests = of_row(&tables.interests).filter(|fit| *fit != UNKNOWN);
        let mut fits = Fits::default();
        fits.add(motivation::OCCUPATION_WEIGHT, like.unwrap_or(neutral));
        let sector = at(&tables.sectors, &index.classes.sectors.of, row);
        fits.add(motivation::SECTOR_WEIGHT, sector.unwrap_or(neutral));
        fits.add(motivation::INTERESTS_WEIGHT, interests.map_or(neutral, u32::from));
        fits.add(motivation::OBSERVED_WEIGHT, of_row(&tables.observed).map_or(tables.unobserved, u32::from));
        fits.mean()
    }

    fn potential(self, near: Option<u32>, growth: u32) -> Option<u32> {
        let mut fits = Fits::default();
        fits.add(potential::LEARNING_WEIGHT, self.tables.learning);
        fits.add(potential::GROWTH_WEIGHT, growth);
        if let Some(near) = near {
            fits.add(potential::NEAR_WEIGHT, near);
        }
        fits.mean()
    }
}

/// What is judged of a row's class.
fn at<T: Copy>(table: &[T], class_of: &[u32], row: usize) -> T {
    table[class_of[row] as usize]
}
