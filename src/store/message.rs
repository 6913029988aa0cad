//! Candidates and vacancies as messages, with their contact data apart from the rest.

use super::{
    Items, Snapshot, StoreSecret,
    batch::{ContactChange, Expected, Operation},
    error::{ReadError, RecordPart},
    record::{ChangeNumber, Contact, ContactKey, Record, RecordId, RecordKind},
};
use crate::{
    domain::{
        InvalidValue,
        text::{CandidateId, VacancyId},
    },
    wire::{
        storage::{StoredCandidate, StoredContact, StoredVacancy},
        v1::{Candidate, ContactData, Vacancy},
    },
};
use prost::Message;

/// A record whole, with its contact data: what is written, and what is read to be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole<M> {
    /// As it is now.
    pub current: M,
    /// As VUM delivered it last: what a new delivery is compared with.
    pub delivered: Option<M>,
}

/// A record without its contact data: what is matched.
#[derive(Clone, Debug, PartialEq)]
pub struct Matched<M> {
    /// As it is now.
    pub current: M,
    /// Its version.
    pub version: ChangeNumber,
}

impl<M: StoredMessage> Whole<M> {
    /// The operation that writes this record. The etag is not stored: the version is what it stands for.
    ///
    /// # Errors
    /// When the id of the message is none.
    pub fn into_operation(
        mut self,
        expected: Expected,
        secret: &StoreSecret,
    ) -> Result<Operation, InvalidValue> {
        let id = self.current.record_id()?;
        let contact = StoredContact {
            current: self.current.take_contact(),
            delivered: self.delivered.as_mut().and_then(M::take_contact),
        };
        self.current.clear_etag();
        if let Some(delivered) = &mut self.delivered {
            delivered.clear_etag();
        }
        let contact = if contact == StoredContact::default() {
            ContactChange::Clear
        } else {
            let keys =
                contact.current.as_ref().map_or_else(Vec::new, |contact| M::contact_keys(contact, secret));
            ContactChange::Replace(Contact { keys, body: contact.encode_to_vec() })
        };
        Ok(Operation::Put { id, expected, body: M::encode_stored(self), contact })
    }

    /// Reads a record whole, with its version.
    ///
    /// # Errors
    /// As [`Snapshot::get`] and [`Snapshot::contact`].
    pub fn read(snapshot: &dyn Snapshot, id: &M::Id) -> Result<Option<(Self, ChangeNumber)>, ReadError> {
        let id = id.clone().into();
        let Some(record) = snapshot.get(&id)? else { return Ok(None) };
        let mut whole = decode::<M>(&record)?;
        if let Some(contact) = snapshot.contact(&id)? {
            let contact = StoredContact::decode(&contact.body[..])
                .map_err(|_| ReadError::Damaged { id, part: RecordPart::Contact })?;
            whole.current.put_contact(contact.current);
            if let Some(delivered) = &mut whole.delivered {
                delivered.put_contact(contact.delivered);
            }
        }
        Ok(Some((whole, record.version)))
    }
}

impl<M: StoredMessage> Matched<M> {
    /// Reads a record without its contact data.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn read(snapshot: &dyn Snapshot, id: &M::Id) -> Result<Option<Self>, ReadError> {
        snapshot.get(&id.clone().into())?.map(|record| Self::of(&record)).transpose()
    }

    /// Reads the records of this kind as [`Snapshot::records`] does.
    ///
    /// # Errors
    /// As [`Snapshot::records`].
    pub fn read_all<'a>(snapshot: &'a dyn Snapshot, after: Option<&str>) -> Result<Items<'a, Self>, ReadError>
    where
        M: 'a,
    {
        let records = snapshot.records(M::KIND, after)?;
        Ok(Box::new(records.map(|record| Self::of(&record?))))
    }

    /// The record that stands in the bytes of one.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] when they are no record of this kind, or that of another id.
    pub fn of(record: &Record) -> Result<Self, ReadError> {
        let current = M::decode_current(&record.body).filter(|current| is_of(current, record));
        let current = current.ok_or_else(|| damaged(record))?;
        Ok(Self { current, version: record.version })
    }
}

fn decode<M: StoredMessage>(record: &Record) -> Result<Whole<M>, ReadError> {
    let whole = M::decode_stored(&record.body).filter(|whole| is_of(&whole.current, record));
    whole.ok_or_else(|| damaged(record))
}

fn is_of<M: StoredMessage>(message: &M, record: &Record) -> bool {
    message.record_id().is_ok_and(|id| id == record.id)
}

fn damaged(record: &Record) -> ReadError {
    ReadError::Damaged { id: record.id.clone(), part: RecordPart::Record }
}

/// [`StoredCandidate`] as it is matched: its delivered form is passed over.
#[derive(Clone, PartialEq, prost::Message)]
struct CurrentCandidate {
    #[prost(message, optional, tag = "1")]
    candidate: Option<Candidate>,
}

/// [`StoredVacancy`] as it is matched: its delivered form is passed over.
#[derive(Clone, PartialEq, prost::Message)]
struct CurrentVacancy {
    #[prost(message, optional, tag = "1")]
    vacancy: Option<Vacancy>,
}

/// A message of the interface that the store keeps.
pub trait StoredMessage: Sized + Clone {
    /// Its kind.
    const KIND: RecordKind;
    /// Its id.
    type Id: Clone + Into<RecordId>;

    /// The record that the message names.
    ///
    /// # Errors
    /// When its id is none.
    fn record_id(&self) -> Result<RecordId, InvalidValue>;

    /// Takes the contact data out; `None` when there are none.
    fn take_contact(&mut self) -> Option<ContactData>;

    /// Puts contact data back in their place.
    fn put_contact(&mut self, contact: Option<ContactData>);

    /// Under which keys a record with these contact data is found again: those of the person, not those
    /// of people to ask for, whom many records share.
    fn contact_keys(contact: &ContactData, secret: &StoreSecret) -> Vec<ContactKey>;

    /// Takes the etag out.
    fn clear_etag(&mut self);

    /// The bytes of a record, whose contact data were taken out.
    fn encode_stored(whole: Whole<Self>) -> Vec<u8>;

    /// The record of these bytes, or `None` when they are none.
    fn decode_stored(body: &[u8]) -> Option<Whole<Self>>;

    /// The record of these bytes as it is now, or `None` when they are none.
    fn decode_current(body: &[u8]) -> Option<Self>;
}

impl StoredMessage for Candidate {
    const KIND: RecordKind = RecordKind::Candidate;
    type Id = CandidateId;

    fn record_id(&self) -> Result<RecordId, InvalidValue> {
        CandidateId::new(&self.id).map(RecordId::from)
    }

    fn take_contact(&mut self) -> Option<ContactData> {
        self.restricted.as_mut()?.contact.take()
    }

    fn put_contact(&mut self, contact: Option<ContactData>) {
        if contact.is_some() {
            self.restricted.get_or_insert_default().contact = contact;
        }
    }

    fn contact_keys(contact: &ContactData, secret: &StoreSecret) -> Vec<ContactKey> {
        let emails = contact.emails.iter().filter_map(|email| secret.email_key(email));
        let phones = contact.phones.iter().filter_map(|phone| secret.phone_key(phone));
        emails.chain(phones).collect()
    }

    fn clear_etag(&mut self) {
        self.etag.clear();
    }

    fn encode_stored(whole: Whole<Self>) -> Vec<u8> {
        StoredCandidate { candidate: Some(whole.current), delivered: whole.delivered }.encode_to_vec()
    }

    fn decode_stored(body: &[u8]) -> Option<Whole<Self>> {
        let stored = StoredCandidate::decode(body).ok()?;
        Some(Whole { current: stored.candidate?, delivered: stored.delivered })
    }

    fn decode_current(body: &[u8]) -> Option<Self> {
        CurrentCandidate::decode(body).ok()?.candidate
    }
}

impl StoredMessage for Vacancy {
    const KIND: RecordKind = RecordKind::Vacancy;
    type Id = VacancyId;

    fn record_id(&self) -> Result<RecordId, InvalidValue> {
        VacancyId::new(&self.id).map(RecordId::from)
    }

    fn take_contact(&mut self) -> Option<ContactData> {
        self.employer.as_mut()?.contact.take()
    }

    fn put_contact(&mut self, contact: Option<ContactData>) {
        if contact.is_some() {
            self.employer.get_or_insert_default().contact = contact;
        }
    }

    /// None: the vacancies of one employer share a contact, and are no doubles for it.
    fn contact_keys(_: &ContactData, _: &StoreSecret) -> Vec<ContactKey> {
        Vec::new()
    }

    fn clear_etag(&mut self) {
        self.etag.clear();
    }

    fn encode_stored(whole: Whole<Self>) -> Vec<u8> {
        StoredVacancy { vacancy: Some(whole.current), delivered: whole.delivered }.encode_to_vec()
    }

    fn decode_stored(body: &[u8]) -> Option<Whole<Self>> {
        let stored = StoredVacancy::decode(body).ok()?;
        Some(Whole { current: stored.vacancy?, delivered: stored.delivered })
    }

    fn decode_current(body: &[u8]) -> Option<Self> {
        CurrentVacancy::decode(body).ok()?.vacancy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        store::{RedbStore, Store, StoreOptions, WriteBatch},
        wire::v1::{Employer, RestrictedData},
    };

    fn contact(email: &str) -> ContactData {
        ContactData { emails: vec![email.to_owned()], ..ContactData::default() }
    }

    fn candidate(presentation: &str, email: &str) -> Candidate {
        Candidate {
            id: "ada".to_owned(),
            presentation: presentation.to_owned(),
            restricted: Some(RestrictedData { contact: Some(contact(email)), ..RestrictedData::default() }),
            ..Candidate::default()
        }
    }

    fn vacancy(email: &str) -> Vacancy {
        let employer = Employer { contact: Some(contact(email)), ..Employer::default() };
        Vacancy { id: "job".to_owned(), employer: Some(employer), ..Vacancy::default() }
    }

    fn write<M: StoredMessage>(store: &dyn Store, whole: &Whole<M>) -> ChangeNumber {
        let operation = whole.clone().into_operation(Expected::Anything, store.secret()).unwrap();
        store.write(WriteBatch::of(operation)).unwrap().changes[0]
    }

    #[test]
    fn a_record_comes_back_whole_and_its_contact_data_stand_apart() {
        let folder = tempfile::tempdir().unwrap();
        let store = RedbStore::open(folder.path(), &StoreOptions::default()).unwrap();
        let (ada, job) = (CandidateId::new("ada").unwrap(), VacancyId::new("job").unwrap());
        let person = Whole {
            current: candidate("now", "now@voorbeeld.nl"),
            delivered: Some(candidate("then", "then@voorbeeld.nl")),
        };
        let opening = Whole { current: vacancy("baas@voorbeeld.nl"), delivered: None };
        let version = write(&store, &person);
        write(&store, &opening);
        let snapshot = store.snapshot().unwrap();
        assert_eq!(Whole::<Candidate>::read(&*snapshot, &ada).unwrap(), Some((person, version)));
        assert_eq!(Whole::<Vacancy>::read(&*snapshot, &job).unwrap().unwrap().0, opening);

        for id in [RecordId::from(ada.clone()), job.into()] {
            let body = snapshot.get(&id).unwrap().unwrap().body;
            assert!(!body.windows(9).any(|window| window == b"voorbeeld"), "{id}");
        }
        let matched = Matched::<Candidate>::read(&*snapshot, &ada).unwrap().unwrap();
        assert_eq!((&matched.current.presentation[..], matched.version), ("now", version));
        assert_eq!(matched.current.restricted.as_ref().unwrap().contact, None);
        let all: Vec<_> =
            Matched::<Candidate>::read_all(&*snapshot, None).unwrap().map(Result::unwrap).collect();
        assert_eq!(all, [matched]);

        let found = |email| snapshot.with_contact_key(&store.secret().email_key(email).unwrap()).unwrap();
        assert_eq!(found("now@voorbeeld.nl"), [RecordId::from(ada)]);
        assert_eq!(found("then@voorbeeld.nl"), []);
        assert_eq!(found("baas@voorbeeld.nl"), [], "an employer's vacancies are no doubles");
    }

    #[test]
    fn a_record_without_contact_data_loses_those_it_had_and_no_etag_is_stored() {
        let folder = tempfile::tempdir().unwrap();
        let store = RedbStore::open(folder.path(), &StoreOptions::default()).unwrap();
        let ada = CandidateId::new("ada").unwrap();
        write(&store, &Whole { current: candidate("1", "now@voorbeeld.nl"), delivered: None });
        let current = Candidate { id: "ada".to_owned(), etag: "7".to_owned(), ..Candidate::default() };
        write(&store, &Whole { current: current.clone(), delivered: None });
        let snapshot = store.snapshot().unwrap();
        let (whole, _) = Whole::<Candidate>::read(&*snapshot, &ada).unwrap().unwrap();
        assert_eq!(whole.current, Candidate { etag: String::new(), ..current });
        assert_eq!(snapshot.contact(&ada.into()).unwrap(), None);
    }

    #[test]
    fn a_message_without_an_id_is_refused_and_a_body_that_is_no_message_is_damage() {
        let folder = tempfile::tempdir().unwrap();
        let store = RedbStore::open(folder.path(), &StoreOptions::default()).unwrap();
        let nameless = Whole { current: Candidate::default(), delivered: None };
        assert!(nameless.into_operation(Expected::Anything, store.secret()).is_err());
        let ada = CandidateId::new("ada").unwrap();
        let other = StoredCandidate { candidate: Some(Candidate::default()), delivered: None };
        for body in [b"\xff\xff".to_vec(), other.encode_to_vec()] {
            let (id, contact) = (RecordId::from(ada.clone()), ContactChange::Keep);
            let operation = Operation::Put { id, expected: Expected::Anything, body, contact };
            store.write(WriteBatch::of(operation)).unwrap();
            let read = Matched::<Candidate>::read(&*store.snapshot().unwrap(), &ada);
            assert!(matches!(read, Err(ReadError::Damaged { .. })), "{read:?}");
        }
    }
}
