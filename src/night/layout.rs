//! How the parts lie in a file: header, records of vacancies, blocks of people, index, end. Nothing lies between them, and
//! every byte is under a checksum: parts under those in the index, header and index under the one at the end.

use super::{NightError, refused::Refused};
use crate::wire::storage as stored;
use prost::Message;
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

/// Begins every file. The digit is the layout's version: what cannot be added to the messages raises it.
pub(super) const HEADER: &[u8; 16] = b"passend night 1\n";
/// Length of the index and checksum of header, index and that length.
const END: usize = 8 + 32;
/// People in a block.
pub(super) const PEOPLE_A_BLOCK: usize = 256;

pub(super) type Checksum = [u8; 32];

/// A part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) checksum: Checksum,
}

pub(super) fn checksum(bytes: &[u8]) -> Checksum {
    *blake3::hash(bytes).as_bytes()
}

/// The index and the end of a file.
pub(super) fn ending(index: &stored::NightIndex) -> Vec<u8> {
    let mut bytes = index.encode_to_vec();
    let length = (bytes.len() as u64).to_le_bytes();
    let root = root(&bytes, &length);
    bytes.extend_from_slice(&length);
    bytes.extend_from_slice(&root);
    bytes
}

fn root(index: &[u8], length: &[u8]) -> Checksum {
    let mut hasher = blake3::Hasher::new();
    hasher.update(HEADER).update(index).update(length);
    *hasher.finalize().as_bytes()
}

/// Reads the index of a file and where its parts lie: of vacancies and of blocks of people.
pub(super) fn index(
    file: &mut File,
    path: &Path,
) -> Result<(stored::NightIndex, Vec<Part>, Vec<Part>), NightError> {
    let io = |source| NightError::Io { path: path.to_owned(), source };
    let damaged = |part| Refused::Damaged(part).of(path);
    let size = file.metadata().map_err(io)?.len();
    let room = size.checked_sub((HEADER.len() + END) as u64).ok_or_else(|| damaged("its length"))?;
    let header: [u8; 16] = read(file, 0, 16).map_err(io)?.try_into().unwrap_or_default();
    if header != *HEADER {
        return Err(damaged("its header"));
    }
    let end = read(file, size - END as u64, END as u64).map_err(io)?;
    let (length, sum) = end.split_at(8);
    let index_length = length.try_into().map_or(u64::MAX, u64::from_le_bytes);
    if index_length > room {
        return Err(damaged("its end"));
    }
    let index_at = size - END as u64 - index_length;
    let bytes = read(file, index_at, index_length).map_err(io)?;
    if root(&bytes, length)[..] != *sum {
        return Err(damaged("its index"));
    }
    let index = stored::NightIndex::decode(&bytes[..]).map_err(|_| damaged("its index"))?;
    let mut offset = HEADER.len() as u64;
    let mut part = |length: u64, checksum: &[u8]| {
        let part = Part { offset, length, checksum: checksum.try_into().ok()? };
        offset = offset.checked_add(length).filter(|end| *end <= index_at)?;
        Some(part)
    };
    let vacancies: Option<Vec<Part>> =
        index.vacancies.iter().map(|entry| part(entry.length, &entry.checksum)).collect();
    let blocks: Option<Vec<Part>> =
        index.blocks.iter().map(|entry| part(entry.length, &entry.checksum)).collect();
    match (vacancies, blocks) {
        (Some(vacancies), Some(blocks)) if offset == index_at => Ok((index, vacancies, blocks)),
        _ => Err(damaged("where its parts lie")),
    }
}

/// Reads a part, and checks it.
pub(super) fn part(
    file: &mut File,
    part: Part,
    path: &Path,
    what: &'static str,
) -> Result<Vec<u8>, NightError> {
    checked(raw(file, part, path)?, part, path, what)
}

/// A part that was read, when it is as it was written.
pub(super) fn checked(
    bytes: Vec<u8>,
    part: Part,
    path: &Path,
    what: &'static str,
) -> Result<Vec<u8>, NightError> {
    if checksum(&bytes) == part.checksum { Ok(bytes) } else { Err(Refused::Damaged(what).of(path)) }
}

/// Reads a part as it is.
pub(super) fn raw(file: &mut File, part: Part, path: &Path) -> Result<Vec<u8>, NightError> {
    read(file, part.offset, part.length).map_err(|source| NightError::Io { path: path.to_owned(), source })
}

/// The length was held against the size of the file before.
fn read(file: &mut File, offset: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).map_err(io::Error::other)?);
    file.seek(SeekFrom::Start(offset))?;
    file.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
