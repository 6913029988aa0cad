//! The figures of the lists of one night.

use super::Concentration;

/// The list of one vacancy.
#[derive(Clone, Debug, Default)]
pub struct ListedVacancy {
    /// Its number among the vacancies of the night.
    pub vacancy: u32,
    /// From which score on, in hundredths, a person fits well: the cut point `bands.good` of the vacancy's profile.
    pub cut: u16,
    /// The places, in any order.
    pub places: Vec<ListedPlace>,
}

/// One place on a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListedPlace {
    /// The person's number among the people of the night.
    pub person: u32,
    /// Place on the list, from 1.
    pub rank: u16,
    /// Score in hundredths.
    pub score: u16,
}

/// A vacancy whose list holds nobody who fits well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfilled {
    /// The vacancy's number.
    pub vacancy: u32,
    /// The cut point that nobody reaches, in hundredths.
    pub cut: u16,
    /// The best score of the list; `None`: the list is empty.
    pub best: Option<u16>,
}

/// What the lists of a night come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFigures {
    /// Vacancies with nobody who fits well, those with the lowest best score first; of equals by number.
    pub unfilled: Vec<Unfilled>,
    /// The numbers of the people of the pool who are on no vacancy's list, rising.
    pub on_no_list: Vec<u32>,
    /// How often the same people are named.
    pub concentration: Concentration,
}

/// The figures of the lists; `people` is how many are in the pool. A place of a number beyond them counts for nobody.
pub fn figures(people: usize, lists: &[ListedVacancy]) -> ListFigures {
    let mut lists_of = vec![0_u64; people];
    let mut unfilled = Vec::new();
    for list in lists {
        for place in &list.places {
            if let Some(count) = lists_of.get_mut(place.person as usize) {
                *count += 1;
            }
        }
        let best = list.places.iter().map(|place| place.score).max();
        if best.is_none_or(|best| best < list.cut) {
            unfilled.push(Unfilled { vacancy: list.vacancy, cut: list.cut, best });
        }
    }
    unfilled.sort_unstable_by_key(|one| (one.best, one.vacancy));
    let on_no_list =
        (0..).zip(&lists_of).filter(|(_, lists)| **lists == 0).map(|(person, _)| person).collect();
    ListFigures { unfilled, on_no_list, concentration: Concentration::of(lists_of) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(vacancy: u32, scores: &[(u32, u16)]) -> ListedVacancy {
        let place = |(rank, (person, score)): (u16, &(u32, u16))| ListedPlace {
            person: *person,
            rank,
            score: *score,
        };
        ListedVacancy { vacancy, cut: 6_000, places: (1..).zip(scores).map(place).collect() }
    }

    #[test]
    fn a_vacancy_is_unfilled_while_nobody_reaches_the_cut_point_and_the_emptiest_come_first() {
        let lists = [
            list(0, &[(2, 6_000), (0, 100)]),
            list(1, &[(2, 5_999), (4, 5_999)]),
            list(2, &[]),
            list(3, &[(2, 70)]),
        ];
        let found = figures(5, &lists);
        let unfilled = |vacancy, best| Unfilled { vacancy, cut: 6_000, best };
        assert_eq!(found.unfilled, [unfilled(2, None), unfilled(3, Some(70)), unfilled(1, Some(5_999))]);
        assert_eq!(found.on_no_list, [1, 3]);
        assert_eq!((found.concentration.places, found.concentration.most), (5, 3));
        assert_eq!(figures(0, &lists).on_no_list, [0; 0]);
    }
}
