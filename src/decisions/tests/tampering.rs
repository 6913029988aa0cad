//! Random tamperings with a log, counted: everything that was signed is held, whoever changed it without the key.
//!
//! `PASSEND_TAMPERINGS=2000 cargo test --lib tampering -- --nocapture` is the long form.

use super::*;
use crate::decisions::{
    frame::{self, Body, Frame, Prepared},
    segment::Header,
};

/// How many there are when nothing says otherwise.
const USUAL: u32 = 200;

pub(super) struct Chance(blake3::OutputReader);

impl Chance {
    pub(super) fn of(seed: u32) -> Self {
        Self(blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof())
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        (u64::from_le_bytes(bytes) % limit.max(1) as u64) as usize
    }
}

/// The files of a log in memory, the segments in their order.
type Files = BTreeMap<String, Vec<u8>>;

const KINDS: [&str; 13] = [
    "flip",
    "cut",
    "insert",
    "swap entries",
    "remove an entry",
    "repeat an entry",
    "truncate",
    "remove a file",
    "swap files",
    "rewrite without the key",
    "rewrite with another key",
    "blank a part",
    "forge the start",
];

fn names(files: &Files) -> Vec<String> {
    files.keys().filter(|name| name.ends_with(".log")).cloned().collect()
}

fn parsed(bytes: &[u8]) -> (Header, Vec<Frame>, Vec<u8>) {
    let (header, mut frames) = Frames::of(bytes).unwrap();
    let own: Vec<Frame> = frames.by_ref().collect();
    (header, own, bytes[bytes.len() - frames.left()..].to_vec())
}

fn written(header: &Header, frames: &[Frame], rest: &[u8]) -> Vec<u8> {
    let mut bytes = header.bytes();
    frames.iter().for_each(|frame| frame.append(&mut bytes));
    [bytes, rest.to_vec()].concat()
}

/// Changes one head and makes every hash after it right again; with a key, headers and checkpoints are signed with it.
fn rewrite(files: &mut Files, chance: &mut Chance, key: Option<&LogKey>) {
    let names = names(files);
    let target = chance.below(names.len());
    let mut link: Option<[u8; 32]> = None;
    let mut is_changed = false;
    for (at, name) in names.iter().enumerate().skip(if key.is_some() { 0 } else { target }) {
        let (mut header, frames, rest) = parsed(&files[name]);
        if let Some(previous) = link {
            header.previous = previous;
        }
        if let Some(key) = key {
            header = Header::sign(key, header.first, header.previous, header.at_ms, &header.preface);
        }
        let mut hash = header.link();
        let mut bytes = header.bytes();
        let wanted = chance.below(frames.len());
        for (place, frame) in frames.into_iter().enumerate() {
            let Frame { number, at_ms, body, .. } = frame;
            match body {
                Body::Entry { mut head, parts } => {
                    if !is_changed && at >= target && place >= wanted {
                        head.push(b'!');
                        is_changed = true;
                    }
                    hash =
                        Prepared::of(&Body::Entry { head, parts }).append(number, &hash, at_ms, &mut bytes);
                }
                Body::Checkpoint(signature) => {
                    let own = Checkpoint { size: number - 1, hash, at_ms, signature };
                    let own = key.map_or(own, |key| Checkpoint::sign(key, own.size, own.hash, at_ms));
                    hash = frame::append_checkpoint(&own, &mut bytes);
                }
            }
        }
        bytes.extend_from_slice(&rest);
        files.insert(name.clone(), bytes);
        link = Some(hash);
    }
}

fn tamper(files: &mut Files, kind: usize, chance: &mut Chance) {
    let all: Vec<String> = files.keys().cloned().collect();
    let logs = names(files);
    let any = all[chance.below(all.len())].clone();
    let log = logs[chance.below(logs.len())].clone();
    match kind {
        0..=2 => {
            let bytes = files.get_mut(&any).unwrap();
            let at = chance.below(bytes.len());
            let count = 1 + chance.below(40);
            match kind {
                0 => bytes[at] ^= 1 << chance.below(8),
                1 => drop(bytes.drain(at..(at + count).min(bytes.len()))),
                _ => drop(bytes.splice(at..at, (0..count).map(|_| 0xa5))),
            }
        }
        3..=5 => {
            let (header, mut frames, rest) = parsed(&files[&log]);
            if frames.is_empty() {
                return;
            }
            let (one, other) = (chance.below(frames.len()), chance.below(frames.len()));
            match kind {
                3 => frames.swap(one, other),
                4 => drop(frames.remove(one)),
                _ => frames.insert(other, frames[one].clone()),
            }
            files.insert(log, written(&header, &frames, &rest));
        }
        6 => {
            let (header, mut frames, _) = parsed(&files[&log]);
            frames.truncate(chance.below(frames.len() + 1));
            for later in logs.iter().filter(|name| **name > log) {
                files.remove(later);
            }
            files.insert(log, written(&header, &frames, &[]));
        }
        7 => drop(files.remove(&log)),
        8 => {
            let other = logs[chance.below(logs.len())].clone();
            let (a, b) = (files[&log].clone(), files[&other].clone());
            files.extend([(log, b), (other, a)]);
        }
        9 => rewrite(files, chance, None),
        10 => rewrite(files, chance, Some(&LogKey::from_seed(&[9; 32]).unwrap())),
        11 => {
            let (header, mut frames, rest) = parsed(&files[&log]);
            let stranger = LogKey::from_seed(&[9; 32]).unwrap();
            let has_parts =
                |frame: &Frame| matches!(&frame.body, Body::Entry { parts, .. } if !parts.is_empty());
            let places: Vec<usize> = (0..frames.len()).filter(|at| has_parts(&frames[*at])).collect();
            if !places.is_empty() {
                let frame = &mut frames[places[chance.below(places.len())]];
                let number = frame.number;
                let Body::Entry { parts, .. } = &mut frame.body else { return };
                let place = chance.below(parts.len());
                parts[place] = parts[place].erased(number, place, &stranger);
            }
            files.insert(log, written(&header, &frames, &rest));
        }
        _ => {
            // The oldest file goes, and the log says that it begins behind it.
            let stranger = LogKey::from_seed(&[9; 32]).unwrap();
            let folder = TempDir::new().unwrap();
            let (next, ..) = parsed(&files[&logs[1]]);
            super::super::segment::Start::write(folder.path(), &stranger, next.first, next.previous).unwrap();
            files.remove(&logs[0]);
            files.insert("start".to_owned(), fs::read(folder.path().join("start")).unwrap());
        }
    }
}

/// Each file as far as it was signed.
fn signed(files: &Files, size: u64) -> Files {
    let of = |bytes: &[u8]| {
        let (header, frames, _) = parsed(bytes);
        let frames: Vec<Frame> = frames.into_iter().take_while(|frame| frame.number <= size).collect();
        (header.first <= size).then(|| written(&header, &frames, &[]))
    };
    let mut signed = Files::new();
    for (name, bytes) in files {
        if !name.ends_with(".log") {
            signed.insert(name.clone(), bytes.clone());
        } else if let Some(own) = of(bytes) {
            signed.insert(name.clone(), own);
        }
    }
    signed
}

#[test]
#[allow(clippy::print_stdout, reason = "the count is the report")]
fn every_tampering_with_what_was_signed_is_found() {
    let count: u32 = std::env::var("PASSEND_TAMPERINGS").ok().map_or(USUAL, |count| count.parse().unwrap());
    let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
    let log = DecisionLog::open(options(folder.path(), &kept)).unwrap();
    for at in 0..112 {
        log.append(draft(&format!("head {at}"), &["k1", "k2", "k3"][..at % 4])).unwrap();
        if at % 11 == 0 {
            log.sign().unwrap();
        }
        if at == 60 {
            log.erase(&BTreeSet::from(["k2".to_owned()])).unwrap();
            log.remove_older_than(0, now_ms() + 1_000).unwrap();
        }
    }
    // What a moment of the last seconds looks like: entries behind the last checkpoint.
    let original = files(folder.path());
    let known = log.checkpoint().unwrap();
    let (key, was_signed) = (key().public(), signed(&original, known.size));
    assert_eq!(verify(&folder.path().join(FOLDER), &key, &[known]).unwrap().findings, []);
    assert!(original.contains_key("start") && names(&original).len() > 3);

    let mut counted: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for seed in 0..count {
        let mut chance = Chance::of(seed);
        let kind = seed as usize % KINDS.len();
        let mut tampered = original.clone();
        while tampered == original {
            tamper(&mut tampered, kind, &mut chance);
        }
        let place = TempDir::new().unwrap();
        tampered.iter().for_each(|(name, bytes)| fs::write(place.path().join(name), bytes).unwrap());
        let found = verify(place.path(), &key, &[known]).unwrap();
        let (tried, detected) = counted.entry(KINDS[kind]).or_default();
        *tried += 1;
        *detected += u32::from(!found.findings.is_empty());
        if found.findings.is_empty() {
            let is_kept =
                |(name, own): (&String, &Vec<u8>)| tampered.get(name).is_some_and(|now| now.starts_with(own));
            assert!(
                was_signed.iter().all(is_kept),
                "seed {seed}, {}: what was signed changed unseen",
                KINDS[kind]
            );
        }
    }
    let (tried, detected) = counted.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("{tried} tamperings: {detected} found, {} only behind the last checkpoint", tried - detected);
    for (kind, (tried, detected)) in counted {
        println!("  {kind}: {detected} of {tried}");
    }
}
