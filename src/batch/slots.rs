//! Which pairs stand in a list at the end, and where.

use super::{
    field::Field,
    lists::{Entry, Ordered},
    shard::SweptVacancy,
};

/// A pair that stands in a list of either side, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// The person.
    pub(super) person: u32,
    /// The place in the vacancy's list, from 1; 0: not on it.
    pub(super) rank: u16,
    /// Whether another one of the vacancy's whole list has the same score.
    pub(super) tied: bool,
    /// The place in the person's list, from 1; 0: not on it.
    pub(super) own_rank: u16,
    /// Whether another one of the person's whole list has the same score.
    pub(super) own_tied: bool,
}

/// The pairs of one vacancy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct VacancySlots {
    /// The vacancy's own list by its places, then the others by their people.
    pub(super) slots: Vec<Slot>,
    /// How many after the last one of the vacancy's list have the same score.
    pub(super) tied_beyond: u32,
}

/// The pairs of every vacancy, from the lists of both sides, cut to `size`.
pub(super) fn slots(
    field: &Field,
    vacancies: &[SweptVacancy],
    people: &[Ordered],
    size: u16,
) -> Vec<VacancySlots> {
    // Counted first: room that grows is taken, and written to, twice over.
    let mut room: Vec<usize> = vec![usize::from(size); field.vacancies.len()];
    for entry in people.iter().flat_map(|list| list.top(size.into()).0) {
        room[entry.other as usize] += 1;
    }
    let with_room = |room| VacancySlots { slots: Vec::with_capacity(room), tied_beyond: 0 };
    let mut all: Vec<VacancySlots> = room.into_iter().map(with_room).collect();
    for (person, list) in (0..).zip(people) {
        let (top, beyond) = list.top(size.into());
        for (own_rank, entry, own_tied) in places(top, beyond) {
            let slot = Slot { person, rank: 0, tied: false, own_rank, own_tied };
            all[entry.other as usize].slots.push(slot);
        }
    }
    for (own, swept) in all.iter_mut().zip(vacancies) {
        let (top, beyond) = swept.list.top(size.into());
        own.tied_beyond = beyond;
        // People came in their order, so the slots are sorted.
        let of_people = own.slots.len();
        for (rank, entry, tied) in places(top, beyond) {
            match own.slots[..of_people].binary_search_by_key(&entry.other, |slot| slot.person) {
                Ok(at) => (own.slots[at].rank, own.slots[at].tied) = (rank, tied),
                Err(_) => {
                    own.slots.push(Slot { person: entry.other, rank, tied, own_rank: 0, own_tied: false })
                }
            }
        }
        own.slots.sort_unstable_by_key(|slot| (slot.rank == 0, slot.rank, slot.person));
    }
    all
}

/// Each entry with its place, and whether it has an equal.
fn places(top: &[Entry], beyond: u32) -> impl Iterator<Item = (u16, Entry, bool)> + '_ {
    (1_u16..).zip(top).map(move |(rank, entry)| {
        let at = usize::from(rank) - 1;
        let is_equal = |other: Option<&Entry>| other.is_some_and(|other| other.score == entry.score);
        let before = at.checked_sub(1).and_then(|before| top.get(before));
        let is_last = at + 1 == top.len();
        (rank, *entry, is_equal(before) || is_equal(top.get(at + 1)) || is_last && beyond > 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_are_told_also_beyond_the_end() {
        let entry = |score, other| Entry { score, other };
        let top = [entry(9, 1), entry(8, 2), entry(8, 3), entry(7, 4)];
        let tied = |beyond| places(&top, beyond).map(|(_, _, tied)| tied).collect::<Vec<_>>();
        assert_eq!(tied(0), [false, true, true, false]);
        assert_eq!(tied(2), [false, true, true, true]);
    }
}
