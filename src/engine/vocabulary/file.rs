//! The memo's file: a start need not recognise again what was recognised before.
//!
//! Derived and disposable. It holds hashes and numbers of concepts, no text; every block bears its checksum; what does
//! not is cut off at the next start, and recognised again. Nothing waits for the disk: losing the end costs time only.

use super::{key::WordingKey, memo::Recognized};
use crate::taxonomy::{
    ConceptNumber, LabelLanguage, Senses,
    recognize::{CERTAIN, Sense},
};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// The file's name begins so; what it belongs to follows in hexadecimal digits.
const NAME: &str = "wordings-";
/// What every file begins with; what it belongs to comes next.
const MAGIC: &[u8; 16] = b"passend-words-1\n";
/// Entries of this many bytes are written together.
const WRITTEN_TOGETHER: usize = 64 * 1024;
/// Most bytes of a block: beyond [`WRITTEN_TOGETHER`] by one entry at most.
const MOST_OF_A_BLOCK: usize = 1024 * 1024;
/// A file that grew longer is begun anew at the next start, and grows no further until then.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// Stands for a free text where a wording has the number of its senses.
const TEXT: u8 = 0xff;

/// What a file belongs to: the taxonomy, and the way it is recognised.
pub(in crate::engine) type Owner = [u8; 16];

/// What the file remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Words that name one thing.
    Wording(WordingKey, Recognized),
    /// A free text.
    Text(WordingKey, Box<[Sense]>),
}

/// The open file, and what is not in it yet.
#[derive(Debug)]
pub(super) struct WordingsFile {
    path: PathBuf,
    /// `None` when it cannot be written: then nothing is remembered beyond this process.
    file: Option<File>,
    length: u64,
    waiting: Vec<u8>,
}

impl WordingsFile {
    /// Opens the file that belongs to `owner` and gives every whole entry of it to `take`. A file that cannot be read
    /// or written is done without.
    ///
    /// An entry that names a concept beyond `concepts` is damaged.
    pub(super) fn open(folder: &Path, owner: Owner, concepts: usize, take: impl FnMut(Entry)) -> Self {
        let digits: String = owner.iter().map(|byte| format!("{byte:02x}")).collect();
        let path = folder.join(format!("{NAME}{digits}"));
        match open(&path, owner, concepts, take) {
            Ok((file, length)) => Self { path, file: Some(file), length, waiting: Vec::new() },
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "recognised wordings are not kept for the next start");
                Self { path, file: None, length: 0, waiting: Vec::new() }
            }
        }
    }

    /// Adds entries; they are written when enough of them wait.
    pub(super) fn add(&mut self, entries: impl IntoIterator<Item = Entry>) {
        for entry in entries {
            entry.encode(&mut self.waiting);
            if self.waiting.len() >= WRITTEN_TOGETHER {
                self.write();
            }
        }
    }

    /// Removes the files of other taxonomies, and of other ways of recognising: they are of no use any more.
    pub(super) fn remove_others(&self) {
        let Some(Ok(entries)) = self.path.parent().map(fs::read_dir) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            let is_one = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(NAME));
            if is_one && path != self.path {
                // What stays takes room and does no harm.
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Writes what waits.
    pub(super) fn write(&mut self) {
        let content = std::mem::take(&mut self.waiting);
        let Some(file) = &mut self.file else { return };
        if content.is_empty() || self.length >= MOST_BYTES {
            return;
        }
        let block = block_of(&content);
        match file.write_all(&block) {
            Ok(()) => self.length += block.len() as u64,
            Err(error) => {
                tracing::warn!(path = %self.path.display(), %error, "recognised wordings are not kept any more");
                self.file = None;
            }
        }
    }
}

impl Drop for WordingsFile {
    fn drop(&mut self) {
        self.write();
    }
}

/// The file, cut off behind its last whole block, and its length.
fn open(path: &Path, owner: Owner, concepts: usize, take: impl FnMut(Entry)) -> io::Result<(File, u64)> {
    let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)?;
    let mut bytes = Vec::new();
    if file.metadata()?.len() < MOST_BYTES {
        file.read_to_end(&mut bytes)?;
    }
    let head = [&MAGIC[..], &owner[..]].concat();
    let length = match bytes.strip_prefix(&head[..]) {
        Some(blocks) => head.len() + read_blocks(blocks, concepts, take),
        None => {
            file.set_len(0)?;
            file.rewind()?;
            file.write_all(&head)?;
            head.len()
        }
    } as u64;
    if length < bytes.len() as u64 {
        tracing::info!(path = %path.display(), "the end of the recognised wordings is damaged and was cut off");
        file.set_len(length)?;
    }
    file.seek(SeekFrom::Start(length))?;
    Ok((file, length))
}

/// Gives the entries of whole blocks away; how many bytes those take.
fn read_blocks(bytes: &[u8], concepts: usize, mut take: impl FnMut(Entry)) -> usize {
    let mut rest = bytes;
    while let Some((content, behind)) = split_block(rest) {
        let Some(entries) = Entry::decode_all(content, concepts) else { break };
        entries.into_iter().for_each(&mut take);
        rest = behind;
    }
    bytes.len() - rest.len()
}

/// Length and checksum of the content, and the content.
fn block_of(content: &[u8]) -> Vec<u8> {
    // Far below four thousand million bytes.
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    [&length.to_le_bytes()[..], &blake3::hash(content).as_bytes()[..16], content].concat()
}

/// The content of the first block, and what is behind it; `None` where no whole block is left.
fn split_block(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (checksum, rest) = rest.split_first_chunk::<16>()?;
    let length =
        usize::try_from(u32::from_le_bytes(*length)).ok().filter(|length| *length <= MOST_OF_A_BLOCK)?;
    let (content, behind) = rest.split_at_checked(length)?;
    (blake3::hash(content).as_bytes()[..16] == *checksum).then_some((content, behind))
}

impl Entry {
    fn encode(&self, out: &mut Vec<u8>) {
        let (key, tag, two, senses): (_, _, _, Vec<Sense>) = match self {
            Self::Wording(key, recognized) => {
                let senses: Vec<Sense> = recognized.senses.iter().collect();
                let language = recognized.language.map(|language| language.to_string()).unwrap_or_default();
                // Never more than three.
                let count = u8::try_from(senses.len()).unwrap_or_default();
                (key, count, <[u8; 2]>::try_from(language.as_bytes()).unwrap_or_default(), senses)
            }
            Self::Text(key, senses) => {
                let count = u16::try_from(senses.len()).unwrap_or(u16::MAX);
                let senses = senses.iter().take(usize::from(count)).copied().collect();
                (key, TEXT, count.to_le_bytes(), senses)
            }
        };
        out.extend_from_slice(&key.0);
        out.push(tag);
        out.extend_from_slice(&two);
        for sense in senses {
            out.extend_from_slice(&sense.concept.0.to_le_bytes());
            out.extend_from_slice(&sense.confidence.to_le_bytes());
        }
    }

    /// Every entry of a block; `None` when one of them cannot be.
    fn decode_all(mut content: &[u8], concepts: usize) -> Option<Vec<Self>> {
        let mut entries = Vec::new();
        while !content.is_empty() {
            let (entry, rest) = Self::decode(content, concepts)?;
            entries.push(entry);
            content = rest;
        }
        Some(entries)
    }

    fn decode(bytes: &[u8], concepts: usize) -> Option<(Self, &[u8])> {
        let (key, rest) = bytes.split_first_chunk::<16>()?;
        let key = WordingKey(*key);
        let (tag, rest) = rest.split_first()?;
        let (two, rest) = rest.split_first_chunk::<2>()?;
        if *tag == TEXT {
            let (senses, rest) = senses(rest, usize::from(u16::from_le_bytes(*two)), concepts)?;
            return Some((Self::Text(key, senses.into()), rest));
        }
        let count = usize::from(*tag);
        if count > Senses::MOST {
            return None;
        }
        let language = match two {
            [0, 0] => None,
            letters => Some(LabelLanguage::parse(std::str::from_utf8(letters).ok()?)?),
        };
        let (senses, rest) = senses(rest, count, concepts)?;
        Some((Self::Wording(key, Recognized { senses: Senses::new(senses), language }), rest))
    }
}

fn senses(mut bytes: &[u8], count: usize, concepts: usize) -> Option<(Vec<Sense>, &[u8])> {
    let mut senses = Vec::with_capacity(count);
    for _ in 0..count {
        let (concept, rest) = bytes.split_first_chunk::<4>()?;
        let (confidence, rest) = rest.split_first_chunk::<2>()?;
        let sense = Sense {
            concept: ConceptNumber(u32::from_le_bytes(*concept)),
            confidence: u16::from_le_bytes(*confidence),
        };
        if sense.concept.index() >= concepts || sense.confidence > CERTAIN {
            return None;
        }
        senses.push(sense);
        bytes = rest;
    }
    Some((senses, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::recognize::WordingKind;

    const OWNER: Owner = [7; 16];
    const CONCEPTS: usize = 100;

    fn sense(concept: u32) -> Sense {
        Sense { concept: ConceptNumber(concept), confidence: 9_000 - u16::try_from(concept).unwrap() }
    }

    fn entry(n: u32) -> Entry {
        let words = n.to_string();
        if n.is_multiple_of(5) {
            let senses = (0..n % 40).map(sense).collect();
            return Entry::Text(WordingKey::of_text(WordingKind::Skill, &words), senses);
        }
        let senses = Senses::new((0..n % 4).map(sense));
        let language = (!senses.is_empty()).then_some(LabelLanguage::DUTCH);
        Entry::Wording(WordingKey::of_wording(WordingKind::Skill, &words), Recognized { senses, language })
    }

    fn read(folder: &Path, owner: Owner, concepts: usize) -> (WordingsFile, Vec<Entry>) {
        let mut entries = Vec::new();
        let file = WordingsFile::open(folder, owner, concepts, |entry| entries.push(entry));
        (file, entries)
    }

    fn written(folder: &Path, blocks: u32) -> PathBuf {
        let (mut file, _) = read(folder, OWNER, CONCEPTS);
        for block in 0..blocks {
            file.add((block * 10..block * 10 + 10).map(entry));
            file.write();
        }
        file.path.clone()
    }

    #[test]
    fn what_was_written_is_read_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        written(folder.path(), 3);
        let (mut file, entries) = read(folder.path(), OWNER, CONCEPTS);
        assert_eq!(entries, (0..30).map(entry).collect::<Vec<_>>());
        file.add([entry(30)]);
        drop(file);
        assert_eq!(read(folder.path(), OWNER, CONCEPTS).1.len(), 31, "the rest is written at the end");
    }

    #[test]
    fn a_damaged_end_is_cut_off_and_the_file_goes_on_from_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), 3);
        let whole = fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            let (mut file, entries) = read(folder.path(), OWNER, CONCEPTS);
            assert_eq!(entries, (0..30).map(entry).take(entries.len()).collect::<Vec<_>>());
            assert!(entries.len().is_multiple_of(10), "a block counts whole or not at all");
            file.add([entry(77)]);
            drop(file);
            assert_eq!(read(folder.path(), OWNER, CONCEPTS).1.last(), Some(&entry(77)), "cut at {cut}");
        }
    }

    #[test]
    fn a_changed_byte_is_never_taken_for_a_meaning() {
        let folder = tempfile::tempdir().unwrap();
        let path = written(folder.path(), 2);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            fs::write(&path, &changed).unwrap();
            let entries = read(folder.path(), OWNER, CONCEPTS).1;
            assert!(entries.len() < 20, "byte {at}");
            assert_eq!(entries, (0..20).map(entry).take(entries.len()).collect::<Vec<_>>(), "byte {at}");
        }
    }

    #[test]
    fn another_taxonomy_begins_a_file_of_its_own_and_removes_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let old = written(folder.path(), 1);
        let (file, entries) = read(folder.path(), [8; 16], CONCEPTS);
        file.remove_others();
        assert!(entries.is_empty() && !old.exists() && file.path.exists());
        // The owner stands inside too: a file under another name is not believed.
        drop(file);
        let old = written(folder.path(), 1);
        let bytes = fs::read(&old).unwrap();
        fs::write(old.with_file_name(format!("{NAME}{}", "08".repeat(16))), bytes).unwrap();
        assert!(read(folder.path(), [8; 16], CONCEPTS).1.is_empty());
    }

    #[test]
    fn an_entry_beyond_the_taxonomy_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        written(folder.path(), 2);
        assert_eq!(read(folder.path(), OWNER, 2).1, []);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_done_without() {
        let folder = tempfile::tempdir().unwrap();
        let (mut file, entries) = read(&folder.path().join("not there"), OWNER, CONCEPTS);
        file.add([entry(1)]);
        file.write();
        assert!(entries.is_empty());
    }
}
