//! The cheapest chain of exchanges (Dijkstra on reduced costs), searched only as far as it is needed.

use super::flow::{Flow, Node};
use std::{cmp::Reverse, collections::BinaryHeap};

/// Which way a place goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// From a person who is on too many lists.
    AwayFrom,
    /// To a person who is on too few.
    Towards,
}

/// The cheapest chain.
#[derive(Debug)]
pub(super) struct Found {
    /// The places that change hands.
    pub(super) chain: Vec<u32>,
    /// Who is left with a place missing to the floor.
    pub(super) goes_without: Option<usize>,
}

/// Where a chain may end.
#[derive(Clone, Copy, Debug)]
struct End {
    distance: i64,
    /// The last node; `None`: the person goes without, and nothing changes hands.
    at: Option<Node>,
    goes_without: Option<usize>,
}

/// What a search notes of a node; kept from search to search, and void when its number is another one.
#[derive(Clone, Copy, Debug, Default)]
struct Note {
    search: u32,
    settled: bool,
    distance: i64,
    /// The place by which the node was reached.
    by: u32,
}

/// The room of searches.
#[derive(Debug)]
pub(super) struct Search {
    number: u32,
    notes: Vec<Note>,
    waiting: BinaryHeap<Reverse<(i64, Node)>>,
    settled: Vec<Node>,
}

impl Search {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            number: 0,
            notes: vec![Note::default(); nodes],
            waiting: BinaryHeap::new(),
            settled: Vec::new(),
        }
    }

    /// The cheapest chain for one place of a person. Afterwards the prices are such that it costs nothing, and that
    /// still no reduced cost is negative.
    pub(super) fn cheapest(&mut self, flow: &mut Flow, person: usize, way: Way) -> Found {
        self.begin();
        let mut end = End { distance: i64::MAX, at: None, goes_without: None };
        if way == Way::Towards {
            end.distance = flow.missing_cost - flow.price[person];
            end.goes_without = Some(person);
        }
        self.reach(person, 0, u32::MAX);
        while let Some(Reverse((distance, node))) = self.waiting.pop() {
            if distance >= end.distance {
                break;
            }
            if std::mem::replace(&mut self.notes[node].settled, true) {
                continue;
            }
            self.settled.push(node);
            if let Some(better) = may_end(flow, node, person, way, distance)
                && better.distance < end.distance
            {
                end = better;
            }
            self.go_on(flow, node, way, end.distance);
        }
        self.settle_prices(flow, way, end.distance);
        Found { chain: self.chain_to(flow, person, end.at), goes_without: end.goes_without }
    }

    fn begin(&mut self) {
        self.number += 1;
        self.waiting.clear();
        self.settled.clear();
    }

    /// Notes that a node can be reached, unless a way at most as long is known.
    fn reach(&mut self, node: Node, distance: i64, by: u32) {
        let note = &mut self.notes[node];
        if note.search == self.number && note.distance <= distance {
            return;
        }
        *note = Note { search: self.number, settled: false, distance, by };
        self.waiting.push(Reverse((distance, node)));
    }

    fn go_on(&mut self, flow: &Flow, node: Node, way: Way, short_of: i64) {
        let from = self.notes[node].distance;
        let sign = if way == Way::AwayFrom { 1 } else { -1 };
        let mut reach = |next: Node, cost: i64, by: u32| {
            if from + cost < short_of {
                self.reach(next, from + cost, by);
            }
        };
        if node < flow.people {
            // Away from a person goes a place that is given; towards one comes one that is not.
            for by in flow.places_of_person(node) {
                let place = flow.places[*by as usize];
                if place.given == (way == Way::AwayFrom) {
                    let vacancy = flow.people + place.vacancy as usize;
                    let cost = i64::from(place.score) + flow.price[node] - flow.price[vacancy];
                    reach(vacancy, sign * cost, *by);
                }
            }
            return;
        }
        for by in flow.places_of_vacancy(node - flow.people) {
            let place = flow.places[by];
            if place.given == (way == Way::Towards) {
                let person = place.person as usize;
                let cost = i64::from(place.score) + flow.price[person] - flow.price[node];
                reach(person, -sign * cost, u32::try_from(by).unwrap_or(u32::MAX));
            }
        }
    }

    /// Puts the distances into the prices, as far as the search went.
    fn settle_prices(&self, flow: &mut Flow, way: Way, end: i64) {
        for node in &self.settled {
            let short = end - self.notes[*node].distance;
            flow.price[*node] += if way == Way::AwayFrom { -short } else { short };
        }
    }

    fn chain_to(&self, flow: &Flow, person: usize, end: Option<Node>) -> Vec<u32> {
        let mut chain = Vec::new();
        let mut at = end;
        while let Some(node) = at.filter(|node| *node != person) {
            let by = self.notes[node].by;
            chain.push(by);
            let place = flow.places[by as usize];
            at = Some(if node < flow.people {
                flow.people + place.vacancy as usize
            } else {
                place.person as usize
            });
        }
        chain
    }
}

/// The end of a chain at a node, where it may end there.
fn may_end(flow: &Flow, node: Node, person: usize, way: Way, distance: i64) -> Option<End> {
    let price = flow.price[node];
    let (cost, goes_without) = match way {
        _ if node == person => return None,
        Way::AwayFrom if node < flow.people => (flow.may_take(node).then_some(price)?, None),
        // The place stays empty.
        Way::AwayFrom => (price, None),
        Way::Towards if node < flow.people => {
            let cost = flow.cost_of_giving(node)?;
            (cost - price, (cost > 0).then_some(node))
        }
        Way::Towards => (flow.has_an_empty_place(node - flow.people).then_some(-price)?, None),
    };
    Some(End { distance: distance + cost, at: Some(node), goes_without })
}
