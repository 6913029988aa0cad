//! Writing a night: records as they come, then in which of them each person stands, then the index. Until the last byte is
//! durable nothing of it is seen.

use super::{
    NightError,
    folder::{NightInfo, Nights},
    head::{NightCounts, NightHead},
    interner::number,
    layout::{self, HEADER, PEOPLE_A_BLOCK},
    record::Record,
};
use crate::domain::text::CandidateId;
use crate::durable;
use crate::wire::storage as stored;
use prost::Message;
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// A night that is being written. Dropped before its end, nothing is left of it.
#[derive(Debug)]
pub struct NightWriter {
    nights: Nights,
    info: NightInfo,
    file: GrowingFile,
    index: stored::NightIndex,
    /// Of each person the vacancies in whose records the person stands, each as the difference to the one before, and the
    /// last of them.
    people: Vec<(stored::NightPerson, u32)>,
}

impl NightWriter {
    /// Begins a night. `people`: everybody who takes part, in the order of their ids.
    ///
    /// # Errors
    /// When the ids are not in their order, or no file can be made.
    pub fn create(nights: &Nights, head: NightHead, people: Vec<CandidateId>) -> Result<Self, NightError> {
        if !people.is_sorted_by(|a, b| a < b) {
            return Err(NightError::NoNight("its people are not in the order of their ids".to_owned()));
        }
        let info = nights.info(head.as_of, head.scope);
        let file = GrowingFile::create(&info.path)?;
        nights.begins(&info.path);
        let of_people = vec![Default::default(); people.len()];
        let index = stored::NightIndex {
            head: Some(head.to_stored()),
            people: people.iter().map(|id| id.as_str().to_owned()).collect(),
            people_a_block: number(PEOPLE_A_BLOCK),
            ..Default::default()
        };
        Ok(Self { nights: nights.clone(), info, file, index, people: of_people })
    }

    /// Appends the record of the next vacancy, by their ids.
    ///
    /// # Errors
    /// When it is not the next, names a person who is not there, or cannot be written.
    pub fn append(&mut self, record: Record) -> Result<(), NightError> {
        let wrong = |what: &str| NightError::NoNight(format!("vacancy {}: {what}", record.id));
        if self.index.vacancies.last().is_some_and(|last| last.id >= record.id) {
            return Err(wrong("it does not come after the one before"));
        }
        if record.people.last().is_some_and(|person| *person as usize >= self.index.people.len()) {
            return Err(wrong("it has a person who takes no part"));
        }
        let vacancy = number(self.index.vacancies.len());
        for person in &record.people {
            if let Some((own, last)) = self.people.get_mut(*person as usize) {
                own.vacancies.push(vacancy - *last);
                *last = vacancy;
            }
        }
        self.file.write(&record.bytes)?;
        self.index.vacancies.push(stored::NightVacancyEntry {
            id: record.id,
            length: record.bytes.len() as u64,
            checksum: record.checksum.to_vec(),
        });
        Ok(())
    }

    /// Ends the night and shows it, in place of an earlier one of the same day and scope. The hash of its file comes with it.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is left and an earlier one stays.
    pub fn finish(mut self, counts: &NightCounts) -> Result<(NightInfo, [u8; 32]), NightError> {
        self.index.counts = Some(counts.to_stored());
        let mut people = std::mem::take(&mut self.people).into_iter().map(|(person, _)| person);
        for _ in 0..self.index.people.len().div_ceil(PEOPLE_A_BLOCK) {
            let block = people.by_ref().take(PEOPLE_A_BLOCK).collect();
            let bytes = stored::NightPeople { people: block }.encode_to_vec();
            self.file.write(&bytes)?;
            self.index.blocks.push(block_entry(&bytes));
        }
        self.file.write(&layout::ending(&self.index))?;
        self.file.make_durable()?;
        let hash = *self.file.hasher.finalize().as_bytes();
        self.nights.shows(&self.info, self.file)?;
        Ok((self.info, hash))
    }
}

pub(super) fn entry(id: String, record: &[u8]) -> stored::NightVacancyEntry {
    let checksum = layout::checksum(record).to_vec();
    stored::NightVacancyEntry { id, length: record.len() as u64, checksum }
}

pub(super) fn block_entry(block: &[u8]) -> stored::NightBlockEntry {
    stored::NightBlockEntry { length: block.len() as u64, checksum: layout::checksum(block).to_vec() }
}

/// A file that grows beside the one whose place it will take.
#[derive(Debug)]
pub(super) struct GrowingFile {
    target: PathBuf,
    unfinished: PathBuf,
    file: BufWriter<File>,
    /// Of everything that was written.
    hasher: blake3::Hasher,
}

/// Ends the name of a file that is being written.
pub(super) const UNFINISHED: &str = "partial";

impl GrowingFile {
    /// Begins with the header.
    pub(super) fn create(target: &Path) -> Result<Self, NightError> {
        let unfinished = target.with_extension(UNFINISHED);
        let io = |source| NightError::Io { path: unfinished.clone(), source };
        if let Some(folder) = target.parent() {
            durable::make_folder(folder).map_err(io)?;
        }
        let file = BufWriter::with_capacity(1 << 13, File::create(&unfinished).map_err(io)?);
        let hasher = blake3::Hasher::new();
        let mut growing = Self { target: target.to_owned(), unfinished, file, hasher };
        growing.write(HEADER)?;
        Ok(growing)
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), NightError> {
        self.hasher.update(bytes);
        self.file.write_all(bytes).map_err(|source| self.problem(source))
    }

    pub(super) fn make_durable(&mut self) -> Result<(), NightError> {
        let durable = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        durable.map_err(|source| self.problem(source))
    }

    /// Takes its place; what was written must be durable.
    pub(super) fn take_place(self) -> Result<(), NightError> {
        let renamed = fs::rename(&self.unfinished, &self.target)
            .and_then(|()| self.target.parent().map_or(Ok(()), durable::sync_folder));
        renamed.map_err(|source| self.problem(source))
    }

    fn problem(&self, source: io::Error) -> NightError {
        NightError::Io { path: self.unfinished.clone(), source }
    }
}

impl Drop for GrowingFile {
    fn drop(&mut self) {
        // Where it has taken its place there is nothing to remove; where removing fails, the next start does it.
        let _ = fs::remove_file(&self.unfinished);
    }
}
