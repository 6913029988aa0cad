//! Verifying that the store is sound and agrees with itself.

use super::{
    Snapshot,
    error::{ReadError, StorageFault},
    record::{Change, ChangeKind, ChangeNumber, NumberedOutcome, RecordId, RecordKind},
    snapshot::RedbSnapshot,
    tables,
    watched_file::behind_a_wall,
};
use redb::{ReadableTable, ReadableTableMetadata};

/// What a check found.
#[derive(Clone, Debug)]
pub struct CheckReport {
    /// The structure of the file.
    pub integrity: Integrity,
    /// Candidates that are stored.
    pub candidates: u64,
    /// Vacancies that are stored.
    pub vacancies: u64,
    /// Records that have contact data.
    pub contacts: u64,
    /// Records that were deleted and not made again.
    pub deletions: u64,
    /// Changes in the log: the latest of each record, and every outcome.
    pub changes: u64,
    /// Requests that are remembered.
    pub requests: u64,
    /// Outcomes of proposals that are recorded.
    pub outcomes: u64,
    /// The number of the last change.
    pub last_change: ChangeNumber,
    /// What is wrong, in the order of the tables. Empty when nothing is.
    pub findings: Vec<Finding>,
}

impl CheckReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.integrity == Integrity::Sound && self.findings.is_empty()
    }
}

/// The structure of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Integrity {
    /// Every page is as it was written.
    Sound,
    /// It was not, and could be mended without loss of a committed change.
    Mended,
    /// It is not, and the rest of the store was not looked at.
    Damaged(String),
}

/// One thing that is wrong.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Finding {
    /// Something does not bear its checksum.
    #[error(transparent)]
    Damaged(#[from] ReadError),
    /// The log of changes does not hold the change that a record or deletion names.
    #[error("{id} has no entry {number} in the log of changes")]
    WithoutChange {
        /// The record.
        id: RecordId,
        /// The change that it names.
        number: ChangeNumber,
    },
    /// A change says something else than what is stored.
    #[error("change {} of {} is not what is stored", .0.number, .0.id)]
    ChangeWithoutEffect(Change),
    /// An outcome without its candidate or its vacancy.
    #[error("outcome {number} has no {id}")]
    OutcomeWithoutRecord {
        /// The outcome.
        number: ChangeNumber,
        /// What is not there.
        id: RecordId,
    },
    /// The keys of the outcomes do not agree with the outcomes.
    #[error("the keys by which outcomes are found do not agree with them")]
    OutcomeKeysDiffer,
    /// Contact data without a record.
    #[error("contact data of {0} have no record")]
    ContactWithoutRecord(RecordId),
    /// The keys of contact data do not agree with the contact data.
    #[error("the keys of the contact data of {0} do not agree with them")]
    ContactKeysDiffer(RecordId),
    /// The remembered requests and their order do not agree.
    #[error("of {requests} requests {ordered} have a place in the order of arrival")]
    RequestOrderDiffers {
        /// Requests.
        requests: u64,
        /// Entries in the order of arrival.
        ordered: u64,
    },
}

/// The report, given what the check of the file's structure said.
pub(super) fn report(
    sound: Result<bool, StorageFault>,
    read: impl FnOnce() -> Result<RedbSnapshot, ReadError>,
) -> Result<CheckReport, StorageFault> {
    let mut report = CheckReport {
        integrity: Integrity::Sound,
        candidates: 0,
        vacancies: 0,
        contacts: 0,
        deletions: 0,
        changes: 0,
        requests: 0,
        outcomes: 0,
        last_change: ChangeNumber::ZERO,
        findings: Vec::new(),
    };
    match sound {
        Ok(true) => {}
        Ok(false) => report.integrity = Integrity::Mended,
        Err(StorageFault::Damaged(detail) | StorageFault::ChangedInUse(detail)) => {
            report.integrity = Integrity::Damaged(detail);
            return Ok(report);
        }
        Err(fault) => return Err(fault),
    }
    match read().and_then(|snapshot| behind_a_wall(|| fill(&mut report, &snapshot))) {
        Ok(()) => Ok(report),
        Err(ReadError::Storage(fault)) => Err(fault),
        Err(damage) => {
            report.findings.push(damage.into());
            Ok(report)
        }
    }
}

fn fill(report: &mut CheckReport, snapshot: &RedbSnapshot) -> Result<(), ReadError> {
    report.candidates = snapshot.count(RecordKind::Candidate)?;
    report.vacancies = snapshot.count(RecordKind::Vacancy)?;
    report.contacts = snapshot.contacts.len()?;
    report.deletions = snapshot.tombstones.len()?;
    report.changes = snapshot.changes.len()?;
    report.requests = snapshot.requests.len()?;
    report.outcomes = snapshot.outcomes.len()?;
    report.last_change = snapshot.last_change()?;
    for kind in RecordKind::ALL {
        check_records(report, snapshot, kind)?;
    }
    check_contacts(report, snapshot)?;
    check_deletions(report, snapshot)?;
    check_changes(report, snapshot)?;
    check_outcomes(report, snapshot)?;
    check_requests(report, snapshot)
}

fn check_records(
    report: &mut CheckReport,
    snapshot: &RedbSnapshot,
    kind: RecordKind,
) -> Result<(), ReadError> {
    for record in snapshot.records(kind, None)? {
        match record {
            Ok(record) => {
                expect_change(report, snapshot, record.id, record.version, ChangeKind::Upsert)?;
            }
            Err(ReadError::Storage(fault)) => return Err(fault.into()),
            Err(damage) => report.findings.push(damage.into()),
        }
    }
    Ok(())
}

fn check_deletions(report: &mut CheckReport, snapshot: &RedbSnapshot) -> Result<(), ReadError> {
    for entry in snapshot.tombstones.iter()? {
        let (key, framed) = entry?;
        let Some(id) = tables::parse_full_key(key.value()) else {
            report.findings.push(tables::damaged_entry("deletions", "(unreadable)").into());
            continue;
        };
        match tables::open_tombstone(&id, framed.value()) {
            Ok(number) => expect_change(report, snapshot, id, number, ChangeKind::Delete)?,
            Err(damage) => report.findings.push(damage.into()),
        }
    }
    Ok(())
}

fn expect_change(
    report: &mut CheckReport,
    snapshot: &RedbSnapshot,
    id: RecordId,
    number: ChangeNumber,
    kind: ChangeKind,
) -> Result<(), ReadError> {
    let framed = snapshot.changes.get(number.0)?;
    let found = framed.and_then(|framed| tables::open_change(number, framed.value()).ok().flatten());
    if found != Some(Change { number, id: id.clone(), kind }) {
        report.findings.push(Finding::WithoutChange { id, number });
    }
    Ok(())
}

fn check_changes(report: &mut CheckReport, snapshot: &RedbSnapshot) -> Result<(), ReadError> {
    for change in snapshot.changes_after(ChangeNumber::ZERO)? {
        match change {
            Ok(change) => {
                if !has_effect(snapshot, &change)? {
                    report.findings.push(Finding::ChangeWithoutEffect(change));
                }
            }
            Err(ReadError::Storage(fault)) => return Err(fault.into()),
            Err(damage) => report.findings.push(damage.into()),
        }
    }
    Ok(())
}

/// Whether what is stored is what this change left. A damaged record is reported as such elsewhere.
fn has_effect(snapshot: &RedbSnapshot, change: &Change) -> Result<bool, ReadError> {
    let version = match snapshot.get(&change.id) {
        Ok(record) => record.map(|record| record.version),
        Err(ReadError::Storage(fault)) => return Err(fault.into()),
        Err(_) => return Ok(true),
    };
    match change.kind {
        ChangeKind::Upsert => Ok(version == Some(change.number)),
        ChangeKind::Outcome => Ok(snapshot.outcomes.get(change.number.0)?.is_some()),
        ChangeKind::Delete => {
            let framed = snapshot.tombstones.get(&tables::full_key(&change.id)[..])?;
            let deleted = framed.and_then(|framed| tables::open_tombstone(&change.id, framed.value()).ok());
            Ok(version.is_none() && deleted == Some(change.number))
        }
    }
}

fn check_outcomes(report: &mut CheckReport, snapshot: &RedbSnapshot) -> Result<(), ReadError> {
    let mut with_keys = 0;
    for outcome in snapshot.outcomes()? {
        let NumberedOutcome { number, outcome } = match outcome {
            Ok(outcome) => outcome,
            Err(ReadError::Storage(fault)) => return Err(fault.into()),
            Err(damage) => {
                report.findings.push(damage.into());
                // Its keys cannot be told: they are taken to be there.
                with_keys += 1;
                continue;
            }
        };
        let keys = tables::outcome_keys(number, &outcome);
        let candidate = RecordId::from(outcome.candidate);
        for id in [candidate.clone(), outcome.vacancy.into()] {
            if !snapshot.holds(&id)? {
                report.findings.push(Finding::OutcomeWithoutRecord { number, id });
            }
        }
        expect_change(report, snapshot, candidate, number, ChangeKind::Outcome)?;
        let mut found = 0;
        for key in keys {
            found += u64::from(snapshot.outcome_keys.get(&key[..])?.is_some());
        }
        with_keys += found / 2;
    }
    if with_keys != report.outcomes || snapshot.outcome_keys.len()? != 2 * report.outcomes {
        report.findings.push(Finding::OutcomeKeysDiffer);
    }
    Ok(())
}

fn check_contacts(report: &mut CheckReport, snapshot: &RedbSnapshot) -> Result<(), ReadError> {
    for entry in snapshot.contacts.iter()? {
        let (key, framed) = entry?;
        let Some(id) = tables::parse_full_key(key.value()) else {
            report.findings.push(tables::damaged_entry("contact data", "(unreadable)").into());
            continue;
        };
        if !snapshot.holds(&id)? {
            report.findings.push(Finding::ContactWithoutRecord(id.clone()));
        }
        let contact = match tables::open_contact(&id, framed.value()) {
            Ok(contact) => contact,
            Err(damage) => {
                report.findings.push(damage.into());
                continue;
            }
        };
        for key in &contact.keys {
            if snapshot.contact_keys.get(&tables::contact_index_key(key, &id)[..])?.is_none() {
                report.findings.push(Finding::ContactKeysDiffer(id.clone()));
                break;
            }
        }
    }
    for entry in snapshot.contact_keys.iter()? {
        let Some((key, id)) = tables::parse_contact_index_key(entry?.0.value()) else {
            report.findings.push(tables::damaged_entry("contact keys", "(unreadable)").into());
            continue;
        };
        match snapshot.contact(&id) {
            Ok(Some(contact)) if contact.keys.contains(&key) => {}
            Ok(_) => report.findings.push(Finding::ContactKeysDiffer(id)),
            Err(ReadError::Storage(fault)) => return Err(fault.into()),
            // Reported with the contact data.
            Err(_) => {}
        }
    }
    Ok(())
}

fn check_requests(report: &mut CheckReport, snapshot: &RedbSnapshot) -> Result<(), ReadError> {
    let mut ordered = 0;
    for entry in snapshot.request_order.iter()? {
        let (number, framed) = entry?;
        match tables::open_request_order(number.value(), framed.value()) {
            Some(id) if snapshot.requests.get(id.as_bytes())?.is_some() => ordered += 1,
            Some(_) => {}
            None => report.findings.push(tables::damaged_entry("request order", number.value()).into()),
        }
    }
    for entry in snapshot.requests.iter()? {
        let (key, framed) = entry?;
        let id = String::from_utf8_lossy(key.value());
        if let Err(damage) = tables::open_request(&id, framed.value()) {
            report.findings.push(damage.into());
        }
    }
    if ordered != report.requests {
        report.findings.push(Finding::RequestOrderDiffers { requests: report.requests, ordered });
    }
    Ok(())
}
