//! A record of an earlier night that a new one goes on from: the pairs of which nothing changed are taken over as bytes.

mod message;
mod renumbering;
mod tables;

use super::{
    NightError,
    list::{PairNight, Told, VacancyNight},
    record::{Order, Record, new, wrong},
};
use crate::wire::storage as stored;
use message::Content;
use prost::Message;
use renumbering::{Renumbering, Room};
use std::cell::RefCell;
use tables::{Tables, Widening};

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// The record of a vacancy in an earlier night, as it stands there.
#[derive(Debug)]
pub struct KeptRecord {
    tables: Tables,
    people: Vec<u32>,
}

impl KeptRecord {
    /// Of the bytes of a record that was checked; `None` where they are none.
    pub(super) fn read(bytes: Vec<u8>) -> Option<Self> {
        let tables = Tables::read(bytes)?;
        let person = |mut pair: &[u8]| {
            let field = if pair.is_empty() { None } else { Some(message::field(&mut pair)?) };
            match field.map(|field| (field.tag, field.content)) {
                Some((1, Content::Number(person))) => u32::try_from(person).ok(),
                _ => Some(0),
            }
        };
        let people = tables.pairs().map(person).collect::<Option<_>>()?;
        Some(Self { tables, people })
    }

    /// The person of each pair, by the place among the people of that night, in the order of the pairs.
    pub fn people(&self) -> &[u32] {
        &self.people
    }

    /// The record of the vacancy now, with the same bytes as [`Record::encode`] gives where everything is told anew.
    ///
    /// # Errors
    /// As those of [`Record::encode`], and when this record is damaged.
    pub fn record(
        self,
        night: &VacancyNight,
        pairs: impl IntoIterator<Item = PairNight>,
    ) -> Result<Record, NightError> {
        let damaged = || wrong(night, "what it is taken over from is damaged");
        let Self { mut tables, .. } = self;
        let (mut order, mut widening, mut now) = (Order::default(), Widening::default(), Vec::new());
        for pair in pairs {
            order.takes(night, &pair)?;
            let number = match &pair.told {
                Told::Kept(number) => Some(*number),
                Told::New(explanation) => widening.pair(&mut tables, |interner| new(interner, explanation)),
            };
            now.push((number.ok_or_else(damaged)?, PairNight { told: Told::Kept(0), ..pair }));
        }
        let mut renumbering = Renumbering::new(&tables, ROOM.take());
        for (number, pair) in &now {
            renumbering.pair(*number, pair).ok_or_else(damaged)?;
        }
        let head = stored::NightVacancy {
            profile: super::interner::number(night.profile),
            unscored_requirements: night.unscored_requirements,
            considered: night.considered,
            tied_beyond: night.tied_beyond,
            ..Default::default()
        };
        let mut bytes = head.encode_to_vec();
        bytes.reserve(tables.size() + 64);
        renumbering.write(&mut bytes);
        ROOM.set(renumbering.into_room());
        message::put_bytes(&mut bytes, 10, night.id.as_str().as_bytes());
        order.record(night, bytes)
    }
}
