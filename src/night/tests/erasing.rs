//! Who is taken out is in no file any more, and nothing else changes.

use super::*;
use crate::domain::{text::Label, work::SkillRef};
use std::collections::BTreeSet;

/// Words that nobody else has.
const OWN_WORDS: &str = "zilversmeden zeldzaam";

fn world() -> World {
    let mut world = World::of(8, 6, 4);
    for person in &mut world.people {
        person.profile.skills.push(SkillRef { text: Label::new("koken").unwrap(), concept: None });
    }
    // The person wants what the vacancies offer, so that the own words stand in the reasons of every pair.
    world.people[3].profile.refusals.occupations.clear();
    world.people[3].profile.wishes.conditions = vec![Label::new(OWN_WORDS).unwrap()];
    world
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn only(id: &str) -> BTreeSet<String> {
    BTreeSet::from([id.to_owned()])
}

#[test]
fn no_byte_of_the_id_or_of_the_words_is_left_and_the_others_keep_their_places() {
    let (_folder, nights) = folder();
    let world = world();
    let infos: Vec<NightInfo> = (20..=22)
        .map(|of| world.night(day(of), 5).with_excluded(|person| person % 2 == 0).write(&nights))
        .collect();
    for info in &infos {
        assert!(holds(&bytes(info), "k03") && holds(&bytes(info), OWN_WORDS));
    }
    let before = Night::open(&infos[0].path).unwrap();
    let lists: Vec<VacancyList> =
        before.vacancies().map(|id| before.of_vacancy(id).unwrap().unwrap()).collect();
    let erased = nights.erase(&only("k03")).unwrap();
    assert_eq!((erased.rewritten.len(), erased.removed.len()), (3, 0));
    for info in &infos {
        assert!(!holds(&bytes(info), "k03"), "the id is left in {}", info.path.display());
        assert!(!holds(&bytes(info), OWN_WORDS), "words are left in {}", info.path.display());
        Night::open(&info.path).unwrap().verify().unwrap();
    }
    let after = nights.night(Some(day(20)), None).unwrap();
    assert!(!after.has_person("k03") && after.of_candidate("k03").unwrap().is_none());
    let mut missing = 0;
    for mut list in lists {
        let now = after.of_vacancy(&list.pairs[0].vacancy).unwrap().unwrap();
        let count = list.pairs.len();
        list.pairs.retain(|pair| pair.candidate != "k03");
        missing += count - list.pairs.len();
        assert_eq!(now.pairs.len(), list.pairs.len());
        for (now, then) in now.pairs.iter().zip(&list.pairs) {
            assert_eq!((&now.candidate, now.rank, now.tied), (&then.candidate, then.rank, then.tied));
            assert_eq!(now.explanation, then.explanation);
        }
    }
    assert!(missing > 0, "the person stood on no list: the test proves nothing");
    let again = nights.erase(&only("k03")).unwrap();
    assert_eq!(again, Erased::default());
}

#[test]
fn who_is_taken_out_while_a_night_is_written_does_not_come_with_it() {
    let (_folder, nights) = folder();
    let made = world().night(day(22), 5);
    let mut writer = NightWriter::create(&nights, made.head.clone(), made.people.clone()).unwrap();
    for vacancy in &made.vacancies {
        writer.append(vacancy.record().unwrap()).unwrap();
    }
    nights.erase(&only("k03")).unwrap();
    let (info, _) = writer.finish(&made.counts).unwrap();
    assert!(!holds(&bytes(&info), "k03") && !holds(&bytes(&info), OWN_WORDS));
    let night = nights.night(None, None).unwrap();
    night.verify().unwrap();
    assert!(night.has_person("k02") && !night.has_person("k03"));
}

#[test]
fn a_night_that_is_damaged_where_a_person_stands_goes_as_a_whole() {
    let (folder, nights) = folder();
    let world = world();
    let [first, second] = [21, 22].map(|of| world.night(day(of), 5).write(&nights));
    let mut damaged = bytes(&second);
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    fs::write(&second.path, damaged).unwrap();
    let erased = nights.erase(&only("k03")).unwrap();
    assert_eq!(erased, Erased { rewritten: vec![first.clone()], removed: vec![second] });
    assert_eq!(names(&folder), ["2026-11-21.all.night"]);
    assert!(!holds(&bytes(&first), OWN_WORDS));
}
