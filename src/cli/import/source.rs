//! Files as events: cut into records on a thread of their own, because reading blocks.

use super::ledger::{Event, Payload, Place, Record};
use crate::exchange::framing::{Frame, Frames};
use crate::exchange::{RecordKind, Refusal, RefusalReason};
use crate::wire::{from_json, v1};
use anyhow::Context;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc;
use v1::{import_candidates_request, import_vacancies_request};

/// Records that wait between the reader and the streams.
const WAITING: usize = 256;

/// A file that was named and can be opened.
#[derive(Debug)]
pub(super) struct Input {
    name: Arc<str>,
    source: Source,
    bytes: u64,
}

#[derive(Debug)]
enum Source {
    Standard,
    File(PathBuf),
}

/// Opens every file before anything is sent: a mistyped name is told at once, and nothing was imported then.
pub(super) fn open_all(files: &[PathBuf]) -> anyhow::Result<Vec<Input>> {
    files.iter().map(|file| open(file)).collect()
}

fn open(file: &Path) -> anyhow::Result<Input> {
    if file.as_os_str() == "-" {
        return Ok(Input { name: "-".into(), source: Source::Standard, bytes: 0 });
    }
    let name = file.display().to_string();
    let metadata = File::open(file).and_then(|file| file.metadata()).with_context(|| name.clone())?;
    anyhow::ensure!(!metadata.is_dir(), "{name} is a folder; name the files in it");
    Ok(Input { name: name.into(), source: Source::File(file.to_owned()), bytes: metadata.len() })
}

/// Bytes of all files, where all are files.
pub(super) fn total_bytes(files: &[Input]) -> Option<u64> {
    files.iter().map(|input| (input.bytes > 0).then_some(input.bytes)).sum()
}

/// Reads the files in their order; `read` counts their bytes.
pub(super) fn read(files: Vec<Input>, read: Arc<AtomicU64>) -> mpsc::Receiver<Event> {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        for input in files {
            // Whoever no longer listens has seen a stream break off.
            if each_event(&input, &read, |event| sender.blocking_send(event).is_ok()).is_none() {
                return;
            }
        }
    });
    receiver
}

/// Hands over the events of one file; `None` when nobody wants them any more.
fn each_event(input: &Input, read: &Arc<AtomicU64>, mut send: impl FnMut(Event) -> bool) -> Option<()> {
    let file = Arc::clone(&input.name);
    let mut wanted = |event| send(event).then_some(());
    wanted(Event::File(Arc::clone(&file)))?;
    let unreadable = |error: io::Error| Event::Problem {
        file: Arc::clone(&file),
        problem: crate::exchange::framing::FileProblem::Unreadable { records: 0, message: error.to_string() },
    };
    let (superseded, frames) =
        match input.superseded().and_then(|superseded| Ok((superseded, input.frames(read)?))) {
            Ok(both) => both,
            Err(error) => return wanted(unreadable(error)),
        };
    for frame in frames {
        wanted(match frame {
            Ok(frame) => event(&file, frame, &superseded),
            Err(problem) => Event::Problem { file: Arc::clone(&file), problem },
        })?;
    }
    Some(())
}

impl Input {
    /// Earlier records with the id of a later one. Standard input can be read once only: there a later record is
    /// applied over an earlier one.
    fn superseded(&self) -> io::Result<HashMap<u64, u64>> {
        match &self.source {
            Source::Standard => Ok(HashMap::new()),
            Source::File(path) => Ok(Frames::new(File::open(path)?)?.superseded()),
        }
    }

    fn frames(&self, read: &Arc<AtomicU64>) -> io::Result<Frames<'static>> {
        match &self.source {
            Source::Standard => Frames::new(io::stdin().lock()),
            Source::File(path) => Frames::new(Counted { source: File::open(path)?, read: Arc::clone(read) }),
        }
    }
}

/// A source that counts what is read from it.
struct Counted<R> {
    source: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.source.read(buffer)?;
        self.read.fetch_add(u64::try_from(bytes).unwrap_or(0), Ordering::Relaxed);
        Ok(bytes)
    }
}

fn event(file: &Arc<str>, frame: Frame, superseded: &HashMap<u64, u64>) -> Event {
    let place = Place { file: Arc::clone(file), record: frame.number, line: frame.line };
    if let Some(by) = superseded.get(&frame.number) {
        return Event::Superseded { place, by: *by };
    }
    let raw = match frame.content {
        Ok(raw) => raw,
        Err(refusal) => return Event::Refused { place, refusal },
    };
    let bytes = raw.bytes.len();
    match payload(raw.kind, raw.bytes) {
        Ok(payload) => Event::Record { place, record: Box::new(Record { kind: raw.kind, bytes, payload }) },
        Err(refusal) => Event::Refused { place, refusal },
    }
}

/// What is sent for a record: VUM as it is, because the service reads it; the service's own form as a message.
fn payload(kind: RecordKind, bytes: Vec<u8>) -> Result<Payload, Refusal> {
    match kind {
        RecordKind::VumCandidate => {
            Ok(Payload::Candidate(import_candidates_request::Payload::VumJson(bytes)))
        }
        RecordKind::VumVacancy => Ok(Payload::Vacancy(import_vacancies_request::Payload::VumJson(bytes))),
        RecordKind::OwnCandidate => match message::<v1::ImportCandidatesRequest>(&bytes)?.payload {
            Some(payload @ import_candidates_request::Payload::Candidate(_)) => {
                Ok(Payload::Candidate(payload))
            }
            _ => Err(Refusal::new(RefusalReason::KindUnclear)),
        },
        RecordKind::OwnVacancy => match message::<v1::ImportVacanciesRequest>(&bytes)?.payload {
            Some(payload @ import_vacancies_request::Payload::Vacancy(_)) => Ok(Payload::Vacancy(payload)),
            _ => Err(Refusal::new(RefusalReason::KindUnclear)),
        },
        RecordKind::Unknown => Err(Refusal::new(RefusalReason::KindUnclear)),
    }
}

fn message<M: prost::Name + Default>(bytes: &[u8]) -> Result<M, Refusal> {
    from_json(bytes).map_err(|error| {
        let problem = error.to_string();
        Refusal::new(RefusalReason::InvalidFields).because(&problem, &problem)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write;

    /// What is read from a file with this content, in one line an event.
    fn events(content: &[u8]) -> Vec<String> {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("delivery.json");
        fs::write(&path, content).unwrap();
        let inputs = open_all(&[path]).unwrap();
        let mut seen = Vec::new();
        each_event(&inputs[0], &Arc::default(), |event| {
            seen.push(match event {
                Event::File(_) => "file".to_owned(),
                Event::Record { place, record } => {
                    format!("{} line {} {:?}", place.record, place.line, record.kind)
                }
                Event::Refused { place, refusal } => {
                    format!("{} refused {}", place.record, refusal.reason.name())
                }
                Event::Superseded { place, by } => format!("{} superseded by {by}", place.record),
                Event::Problem { problem, .. } => format!("problem: {problem}"),
            });
            true
        });
        seen
    }

    const MIXED: &str = r#"{"idWerkzoekende": "k1"}
{"idVacature": "v1"}
{"idWerkzoekende": "k1", "persoonlijkePresentatie": "x"}
{"candidate": {"id": "k2", "skills": [{"text": "lassen"}]}}
{"vacancy": {"id": "v2", "titel": "x"}}
{"sector": []}
"#;

    #[test]
    fn a_file_of_all_kinds_becomes_events_in_its_order() {
        let seen = events(MIXED.as_bytes());
        assert_eq!(
            seen,
            [
                "file",
                "1 superseded by 3",
                "2 line 2 VumVacancy",
                "3 line 3 VumCandidate",
                "4 line 4 OwnCandidate",
                "5 refused INVALID_FIELDS",
                "6 refused KIND_UNCLEAR"
            ]
        );
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(MIXED.as_bytes()).unwrap();
        assert_eq!(events(&gzip.finish().unwrap()), seen);
    }

    #[test]
    fn a_file_that_is_cut_off_gives_what_is_whole_and_says_so() {
        let seen = events(b"[{\"idVacature\": \"v1\"}, {\"idVaca");
        assert_eq!(seen[..2], ["file", "1 line 1 VumVacancy"]);
        assert!(seen.last().unwrap().starts_with("problem: the file ends"), "{seen:?}");
    }

    #[test]
    fn a_file_that_is_not_there_is_told_before_anything_is_read() {
        let folder = tempfile::TempDir::new().unwrap();
        let good = folder.path().join("good.json");
        fs::write(&good, "[]").unwrap();
        let error = open_all(&[good, folder.path().join("bad.json")]).unwrap_err();
        assert!(format!("{error:#}").contains("bad.json"));
        assert!(open_all(&[folder.path().to_owned()]).is_err(), "a folder");
    }
}
