//! Power cuts: of what was written since the last sync any sectors reached the disk, in any mixture. What was acknowledged is there.
//!
//! `PASSEND_POWER_CUTS=3000 cargo test --lib decisions::tests::power -- --nocapture` is a longer form.

use super::{tampering::Chance, *};

const USUAL: u32 = 100;
const SECTOR: usize = 512;

/// What is on the disk: the whole file as far as it was synced, and behind that any sectors of what came next.
fn cut(synced: usize, whole: &[u8], chance: &mut Chance) -> Vec<u8> {
    let length = synced + chance.below(whole.len() - synced + 1);
    let mut image = whole[..length].to_vec();
    for sector in (synced / SECTOR * SECTOR..length).step_by(SECTOR) {
        if chance.below(2) == 0 {
            let from = sector.max(synced);
            image[from..(sector + SECTOR).min(length)].fill(0);
        }
    }
    image
}

/// Heads of the entries that are read back.
fn heads(folder: &Path) -> Vec<String> {
    all(folder).into_iter().map(|entry| String::from_utf8(entry.head).unwrap()).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "the count is the report")]
fn no_power_cut_loses_an_acknowledged_entry_and_a_disk_that_lies_is_caught() {
    let count: u32 = std::env::var("PASSEND_POWER_CUTS").ok().map_or(USUAL, |count| count.parse().unwrap());
    let (mut torn, mut caught, mut lied) = (0, 0, 0);
    for seed in 0..count {
        let mut chance = Chance::of(seed ^ 0x5eed);
        let (folder, kept) = (TempDir::new().unwrap(), Kept::default());
        let wide = || LogOptions { segment_bytes: None, ..options(folder.path(), &kept) };
        let log = DecisionLog::open(wide()).unwrap();
        let before: Vec<String> = (0..1 + chance.below(6)).map(|at| format!("acknowledged {at}")).collect();
        for head in &before {
            log.append(draft(head, &["k1", "k2", "k3"])).unwrap();
        }
        let entries_end = files(folder.path()).into_values().next_back().unwrap().len();
        let is_signed = chance.below(2) == 0;
        if is_signed {
            log.sign().unwrap();
        }
        let path = segments(&folder.path().join(FOLDER)).unwrap().pop().unwrap().path;
        let synced = fs::read(&path).unwrap().len();
        // The write that is going on when the power goes: several entries that nobody has an answer to.
        for at in 0..1 + chance.below(8) {
            log.append(draft(&format!("on its way {at}"), &["k1", "k2"])).unwrap();
        }
        // What the service itself knows: the copy elsewhere is made by a thread of its own.
        let known = log.checkpoint();
        let whole = fs::read(&path).unwrap();
        drop(log);
        *kept.lock().unwrap() = known;

        fs::write(&path, cut(synced, &whole, &mut chance)).unwrap();
        let log = DecisionLog::open(wide()).unwrap();
        log.append(draft("after", &["k1"])).unwrap();
        drop(log);
        let read = heads(folder.path());
        assert_eq!(read[..before.len()], before, "seed {seed}");
        assert_eq!(read.last().map(String::as_str), Some("after"), "seed {seed}");
        assert_eq!(verified(folder.path(), &kept).findings, [], "seed {seed}");
        torn += u32::from(read.len() > before.len() + 1);

        // The control: a disk that only said that it synced loses something that was acknowledged, and that shows.
        *kept.lock().unwrap() = known;
        let lost = 1 + chance.below(40);
        fs::write(&path, &whole[..entries_end - lost]).unwrap();
        drop(DecisionLog::open(wide()).unwrap());
        lied += 1;
        caught += u32::from(heads(folder.path()) != before);
        // Whoever has the last checkpoint elsewhere sees it too.
        let findings = verified(folder.path(), &kept).findings;
        assert!(!is_signed || !findings.is_empty(), "seed {seed}");
    }
    println!(
        "{count} power cuts: 0 acknowledged entries lost, {torn} kept entries that nobody had an answer to"
    );
    println!("{lied} lies of the disk: {caught} caught");
    assert_eq!(caught, lied);
}
