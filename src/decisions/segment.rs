//! Segments: files of the log, each with a signed header that says where it stands in the chain.
//!
//! `"passend decision log 1\n" · length u32 · key 32 · first u64 · previous 32 · time u64 · preface (length u32, bytes) ·
//! signature 64`, the length that of everything behind it. The first frame's previous hash is the hash of the header's
//! previous hash and the header: a header is a link of the chain.

use super::{
    Hash, LogError, LogKey, PublicKey,
    frame::{self, get, put, take},
    hex,
    key::Signature,
};
use crate::durable;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

const MAGIC: &[u8; 23] = b"passend decision log 1\n";
const ENDING: &str = ".log";

/// What a segment begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) key: PublicKey,
    /// The number of its first frame.
    pub(super) first: u64,
    /// The hash of the frame before it, of whatever file.
    pub(super) previous: Hash,
    pub(super) at_ms: u64,
    /// What its owner needs to read heads and parts.
    pub(super) preface: Vec<u8>,
    signature: Signature,
}

impl Header {
    pub(super) fn sign(key: &LogKey, first: u64, previous: Hash, at_ms: u64, preface: &[u8]) -> Self {
        let header =
            Self { key: key.public(), first, previous, at_ms, preface: preface.to_vec(), signature: [0; 64] };
        let signature = key.sign(&header.message());
        Self { signature, ..header }
    }

    fn message(&self) -> Vec<u8> {
        let mut message = b"passend decision log, header 1\n".to_vec();
        self.unsigned(&mut message);
        message
    }

    fn unsigned(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.key.0);
        bytes.extend_from_slice(&self.first.to_le_bytes());
        bytes.extend_from_slice(&self.previous);
        bytes.extend_from_slice(&self.at_ms.to_le_bytes());
        put(bytes, &self.preface);
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut own = Vec::new();
        self.unsigned(&mut own);
        own.extend_from_slice(&self.signature);
        let mut bytes = MAGIC.to_vec();
        put(&mut bytes, &own);
        bytes
    }

    /// Reads the header at the beginning of bytes, which go on behind it.
    pub(super) fn read(bytes: &mut &[u8]) -> Option<Self> {
        let mut rest = *bytes;
        if take::<23>(&mut rest)? != *MAGIC {
            return None;
        }
        let mut own = get(&mut rest)?;
        let header = Self {
            key: PublicKey(take(&mut own)?),
            first: u64::from_le_bytes(take(&mut own)?),
            previous: take(&mut own)?,
            at_ms: u64::from_le_bytes(take(&mut own)?),
            preface: get(&mut own)?.to_vec(),
            signature: take(&mut own)?,
        };
        if !own.is_empty() {
            return None;
        }
        *bytes = rest;
        Some(header)
    }

    pub(super) fn is_signed_by(&self, key: &PublicKey) -> bool {
        self.key == *key && key.signed(&self.message(), &self.signature)
    }

    /// The hash that the first frame names as the one before it.
    pub(super) fn link(&self) -> Hash {
        let mut hasher = blake3::Hasher::new_derive_key("passend 2026 header of the decision log");
        *hasher.update(&self.previous).update(&self.bytes()).finalize().as_bytes()
    }
}

/// A file of the log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pub(super) first: u64,
    pub(super) path: PathBuf,
}

impl Segment {
    fn of(path: PathBuf) -> Option<Self> {
        let digits = path.file_name()?.to_str()?.strip_suffix(ENDING)?;
        let is_number =
            digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let first = u64::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
        Some(Self { first, path })
    }

    /// Makes a segment with nothing but its header, durable.
    pub(super) fn create(folder: &Path, header: &Header) -> io::Result<(Self, u64)> {
        let path = folder.join(format!("{:016x}{ENDING}", header.first));
        let bytes = header.bytes();
        durable::replace(&path, &bytes)?;
        Ok((Self { first: header.first, path }, bytes.len() as u64))
    }

    /// All of it, read.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(&self.path)
    }

    /// The file, to be appended to.
    pub(super) fn open(&self) -> io::Result<File> {
        File::options().append(true).read(true).open(&self.path)
    }

    pub(super) fn damaged(&self, what: &str) -> LogError {
        LogError::Damaged { path: self.path.clone(), what: what.to_owned() }
    }
}

/// The segments of a folder by their numbers; none where the folder is not there.
pub(super) fn segments(folder: &Path) -> io::Result<Vec<Segment>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut segments = Vec::new();
    for entry in entries {
        segments.extend(Segment::of(entry?.path()));
    }
    segments.sort();
    Ok(segments)
}

/// A segment in memory, read frame by frame.
pub(super) struct Frames<'a> {
    rest: &'a [u8],
}

impl<'a> Frames<'a> {
    /// The header of a segment's bytes, and what stands behind it.
    pub(super) fn of(bytes: &'a [u8]) -> Option<(Header, Self)> {
        let mut rest = bytes;
        let header = Header::read(&mut rest)?;
        Some((header, Self { rest }))
    }

    /// How many bytes are not read yet: after the last frame those that are none.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }
}

impl Iterator for Frames<'_> {
    type Item = frame::Frame;

    fn next(&mut self) -> Option<frame::Frame> {
        frame::Frame::read(&mut self.rest)
    }
}

/// Says where the chain begins since the oldest segments are gone: signed, beside the segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// The number of the first frame that is kept.
    pub(super) first: u64,
    /// The hash of the frame before it.
    pub(super) previous: Hash,
    signature: Signature,
}

/// Where it stands.
const START: &str = "start";
const START_LINE: &str = "passend-start-1";

impl Start {
    /// The chain from its very beginning.
    pub(super) const BEGINNING: Self = Self { first: 1, previous: [0; 32], signature: [0; 64] };

    fn message(first: u64, previous: &Hash) -> Vec<u8> {
        format!("passend decision log, start 1\n{first}\n{}\n", hex(previous)).into_bytes()
    }

    /// The folder's; `None`: it is not as the key's owner wrote it.
    pub(super) fn read(folder: &Path, key: &PublicKey) -> io::Result<Option<Self>> {
        let text = match fs::read(folder.join(START)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Some(Self::BEGINNING)),
            text => text?,
        };
        let parse = || {
            let line = std::str::from_utf8(&text).ok()?.strip_suffix('\n')?;
            let mut words = line.split(' ');
            let is_start = words.next()? == START_LINE;
            let start = Self {
                first: words.next()?.parse().ok()?,
                previous: super::unhex(words.next()?)?,
                signature: super::unhex(words.next()?)?,
            };
            let is_signed = key.signed(&Self::message(start.first, &start.previous), &start.signature);
            (is_start && start.line() == format!("{line}\n") && is_signed).then_some(start)
        };
        Ok(parse())
    }

    pub(super) fn write(folder: &Path, key: &LogKey, first: u64, previous: Hash) -> io::Result<()> {
        let start = Self { first, previous, signature: key.sign(&Self::message(first, &previous)) };
        durable::replace(&folder.join(START), start.line().as_bytes())
    }

    fn line(&self) -> String {
        format!("{START_LINE} {} {} {}\n", self.first, hex(&self.previous), hex(&self.signature))
    }
}
