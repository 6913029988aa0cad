//! A file that is not as it was written is named, and never served as if it were.

use super::*;

#[test]
fn damage_at_any_byte_and_a_cut_at_any_length_is_noticed() {
    let (folder, nights) = folder();
    let whole = bytes(&World::of(5, 3, 2).night(day(22), 3).write(&nights));
    let check = |bytes: &[u8]| {
        let path = with_bytes(&folder, bytes);
        Night::open(&path).and_then(|night| night.verify())
    };
    check(&whole).unwrap();
    let mut changed = whole.clone();
    for at in 0..whole.len() {
        changed[at] ^= 1 << (at % 8);
        let found = check(&changed);
        assert!(matches!(found, Err(NightError::Damaged { .. })), "byte {at}: {found:?}");
        changed[at] = whole[at];
    }
    for length in (0..whole.len()).step_by(7) {
        let found = check(&whole[..length]);
        assert!(matches!(found, Err(NightError::Damaged { .. })), "length {length}: {found:?}");
    }
    let longer = [&whole[..], b"\0"].concat();
    assert!(matches!(check(&longer), Err(NightError::Damaged { .. })));
}

#[test]
fn damage_in_one_record_leaves_the_other_lists_and_the_other_nights() {
    let (_folder, nights) = folder();
    let world = World::of(6, 4, 2);
    let made = world.night(day(21), 3);
    made.write(&nights);
    let later = world.night(day(22), 3).write(&nights);
    // The first byte after the header is of the first vacancy's record.
    let mut damaged = bytes(&later);
    damaged[16] ^= 0x10;
    fs::write(&later.path, &damaged).unwrap();
    let night = nights.night(Some(day(22)), None).unwrap();
    let found = night.of_vacancy("v00").unwrap_err().to_string();
    assert!(found.contains("2026-11-22.all.night") && found.contains("damaged"), "{found}");
    assert!(night.of_vacancy("v01").unwrap().is_some());
    nights.night(Some(day(21)), None).unwrap().verify().unwrap();
}

proptest! {
    #[test]
    fn bytes_that_are_no_night_are_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = TempDir::new().unwrap();
        let headed = [&b"passend night 1\n"[..], &bytes].concat();
        for bytes in [&bytes[..], &headed] {
            prop_assert!(Night::open(&with_bytes(&folder, bytes)).is_err());
        }
    }
}
