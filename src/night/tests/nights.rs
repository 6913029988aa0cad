//! Which night is meant, and how nights come and go.

use super::*;

#[test]
fn the_last_night_is_meant_unless_a_day_is_named_and_one_that_is_gone_names_those_there_are() {
    let (folder, nights) = folder();
    assert!(matches!(nights.night(None, None), Err(NightError::NoNights)));
    let world = World::of(3, 2, 1);
    for of in [20, 22, 21] {
        world.night(day(of), 2).write(&nights);
    }
    let mut region = world.night(day(22), 2);
    region.head.scope = NightScope { region: 5, sbi_code: 86 };
    region.write(&nights);
    assert_eq!(
        names(&folder),
        [
            "2026-11-20.all.night",
            "2026-11-21.all.night",
            "2026-11-22.all.night",
            "2026-11-22.region-5-sbi-86.night"
        ]
    );
    let head = |day, scope| nights.night(day, scope).unwrap().head().clone();
    assert_eq!((head(None, None).as_of, head(None, None).scope), (day(22), NightScope::default()));
    assert_eq!(head(Some(day(20)), None).as_of, day(20));
    assert_eq!(head(None, Some(region.head.scope)).scope, region.head.scope);
    assert_eq!(nights.before(day(22), NightScope::default()).unwrap().head().as_of, day(21));
    assert!(matches!(nights.before(day(22), region.head.scope), Err(NightError::NoEarlierNight { .. })));
    let gone = nights.night(Some(day(3)), None).unwrap_err().to_string();
    assert_eq!(
        gone,
        "there is no night of 2026-11-03; there are nights of: 2026-11-22, 2026-11-21, 2026-11-20"
    );
}

#[test]
fn a_night_that_does_not_end_leaves_the_one_before_and_an_interrupted_one_is_swept_away() {
    let (folder, nights) = folder();
    let made = World::of(3, 2, 1).night(day(22), 2);
    let first = bytes(&made.write(&nights));
    let mut writer = NightWriter::create(&nights, made.head.clone(), made.people.clone()).unwrap();
    writer.append(made.vacancies[0].record().unwrap()).unwrap();
    assert_eq!(names(&folder).len(), 2);
    drop(writer);
    assert_eq!(names(&folder), ["2026-11-22.all.night"]);
    let left = folder.path().join("nights/2026-11-22.all.partial");
    fs::write(&left, "left by a killed process").unwrap();
    let again = Nights::open(folder.path());
    assert!(!left.exists());
    assert_eq!(bytes(&again.list().unwrap()[0]), first);
}

#[test]
fn what_is_not_kept_any_longer_is_removed() {
    let (folder, nights) = folder();
    let world = World::of(2, 1, 1);
    for of in 18..=22 {
        world.night(day(of), 2).write(&nights);
    }
    let removed = nights.retain(Retention { nights: 2, month_ends: 12 }).unwrap();
    assert_eq!(removed.len(), 3);
    assert_eq!(names(&folder), ["2026-11-21.all.night", "2026-11-22.all.night"]);
    assert!(matches!(nights.night(Some(day(18)), None), Err(NightError::Gone { .. })));
}
