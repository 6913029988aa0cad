use super::file::{Origin, Unusable};
use super::*;
use crate::{
    demo::{self, Settings},
    domain::{Candidate, Vacancy},
    engine::population::{Entry, Facts, Matchable},
    geo::Places,
    rank::{
        facts::{CandidateFacts, VacancyFacts},
        generate,
        tables::Tables,
    },
    store::ChangeNumber,
    taxonomy,
};
use jiff::civil::date;
use proptest::prelude::*;
use std::{sync::LazyLock, time::SystemTime};
use tempfile::TempDir;

static LOOKUPS: LazyLock<Lookups> =
    LazyLock::new(|| Lookups { places: Places::embedded(), tables: Tables::embedded().unwrap() });

/// The words of the embedded taxonomy.
static WORDS: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    Arc::new(Vocabulary::open(taxonomy::Loaded::embedded().unwrap(), folder.path()))
});

fn store(id: u8) -> StoreIdentity {
    StoreIdentity { id: [id; 16], created: SystemTime::UNIX_EPOCH }
}

fn origin() -> Origin {
    Origin::of(&store(1), &LOOKUPS, &WORDS)
}

fn entry<T: Matchable>(record: &T, version: u64) -> Arc<Entry<T::Facts>> {
    Arc::new(record.entry(ChangeNumber(version), &LOOKUPS, &WORDS))
}

fn snapshot(people: &[Candidate], vacancies: &[Vacancy]) -> Snapshot {
    let people = people.iter().zip(1..).map(|(person, version)| entry(person, version)).collect();
    let vacancies = vacancies.iter().zip(500..).map(|(vacancy, version)| entry(vacancy, version)).collect();
    Snapshot::new(900, people, vacancies, Arc::clone(&WORDS))
}

fn region(candidates: usize, vacancies: usize) -> Snapshot {
    let settings = Settings { seed: 7, as_of: date(2026, 11, 22), candidates, vacancies };
    let region = demo::region(settings).unwrap();
    let people: Vec<_> = region.candidates().map(Result::unwrap).collect();
    let vacancies: Vec<_> = region.vacancies().map(Result::unwrap).collect();
    snapshot(&people, &vacancies)
}

fn written(snapshot: &Snapshot, folder: &TempDir) -> PathBuf {
    let path = path_in(folder.path());
    file::write(snapshot, origin(), &path).unwrap().finish().unwrap();
    path
}

fn read(path: &Path) -> Result<Snapshot, Unusable> {
    file::read(path, origin(), &LOOKUPS, &WORDS)
}

fn kept<F: Facts + Clone + serde::Serialize + serde::de::DeserializeOwned>(entry: &Entry<F>) -> Entry<F> {
    let bytes = postcard::to_allocvec(entry).unwrap();
    let mut back: Entry<F> = postcard::from_bytes(&bytes).unwrap();
    back.facts.share(&LOOKUPS, &WORDS);
    back
}

proptest! {
    #[test]
    fn r18_facts_that_were_kept_are_the_facts_made_anew(
        candidate in generate::candidate_of_any_status("k"),
        vacancy in generate::vacancy_of_any_status("v"),
    ) {
        let person: Arc<Entry<CandidateFacts>> = entry(&candidate, 7);
        prop_assert_eq!(&kept(&person), &*person);
        let vacancy: Arc<Entry<VacancyFacts>> = entry(&vacancy, 8);
        prop_assert_eq!(&kept(&vacancy), &*vacancy);
    }
}

#[test]
fn r18_a_region_is_read_back_as_it_was_written_in_its_order() {
    let folder = TempDir::new().unwrap();
    // More people than stand in one chunk.
    let region = region(1_100, 60);
    assert!(region.vacancies().iter().any(|vacancy| !vacancy.labels().sectors.is_empty()));
    let back = read(&written(&region, &folder)).unwrap();
    assert_eq!(back.people(), region.people());
    assert_eq!(back.vacancies(), region.vacancies());
    assert_eq!(back.change(), 900);
}

#[test]
fn a_file_that_is_damaged_in_any_byte_or_cut_off_anywhere_is_not_used() {
    let folder = TempDir::new().unwrap();
    let path = written(&region(1, 1), &folder);
    let whole = fs::read(&path).unwrap();
    for place in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 1 << (place % 8);
        fs::write(&path, &damaged).unwrap();
        assert!(read(&path).is_err(), "byte {place}");
    }
    for length in (0..whole.len()).step_by(7).chain([whole.len() - 1]) {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(read(&path).is_err(), "cut at {length}");
    }
    fs::write(&path, [&whole[..], b"x"].concat()).unwrap();
    assert!(matches!(read(&path), Err(Unusable::Damaged)));
    fs::write(&path, &whole).unwrap();
    assert!(read(&path).is_ok());
}

#[test]
fn a_chunk_in_the_place_of_another_one_or_from_another_file_is_not_used() {
    let folder = TempDir::new().unwrap();
    let one = region(2_048, 0);
    let path = written(&one, &folder);
    let whole = fs::read(&path).unwrap();
    let head = whole.len() - two_chunks(&whole);
    let first = 20 + u32::from_le_bytes(whole[head..head + 4].try_into().unwrap()) as usize;
    let (chunks, rest) = whole[head..].split_at(first);
    fs::write(&path, [&whole[..head], rest, chunks].concat()).unwrap();
    assert!(matches!(read(&path), Err(Unusable::Damaged)), "swapped");
    let later = Snapshot::new(901, one.people().to_vec(), Vec::new(), Arc::clone(&WORDS));
    let other = fs::read(written(&later, &folder)).unwrap();
    fs::write(&path, [&other[..head], &whole[head..]].concat()).unwrap();
    assert!(matches!(read(&path), Err(Unusable::Damaged)), "of another file");
}

/// How many bytes the chunks of a file with two of them take: what is behind a head of fixed length.
fn two_chunks(whole: &[u8]) -> usize {
    whole.len() - (16 + 32 + 24 + 16)
}

#[test]
fn a_file_of_another_store_taxonomy_or_table_of_places_is_not_used() {
    let folder = TempDir::new().unwrap();
    let path = written(&region(3, 3), &folder);
    let of = |store: &StoreIdentity, words: &Arc<Vocabulary>| {
        file::read(&path, Origin::of(store, &LOOKUPS, words), &LOOKUPS, words)
    };
    assert!(of(&store(1), &WORDS).is_ok());
    assert!(matches!(of(&store(2), &WORDS), Err(Unusable::Other)));
    let embedded = taxonomy::Loaded::embedded().unwrap();
    let other = taxonomy::Loaded { identity: taxonomy::Fingerprint([9; 16]), ..embedded };
    let other = Arc::new(Vocabulary::open(other, folder.path()));
    assert!(matches!(of(&store(1), &other), Err(Unusable::Other)));
}
