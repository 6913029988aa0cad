//! What was told is given back, whole and in its place.

use super::*;

#[test]
fn every_list_of_both_sides_is_given_back_as_it_was_made() {
    for seed in 0..4 {
        let (_folder, nights) = folder();
        let made = World::of(14, 9, seed).night(day(22), 5);
        made.write(&nights);
        let night = nights.night(None, None).unwrap();
        night.verify().unwrap();
        assert_eq!((night.head(), night.counts()), (&made.head, &made.counts));
        for vacancy in &made.vacancies {
            let list = night.of_vacancy(vacancy.id()).unwrap().unwrap();
            assert_eq!(
                (list.considered, list.tied_beyond),
                (vacancy.night.considered, vacancy.night.tied_beyond)
            );
            let mut expected: Vec<&PairNight> = vacancy.pairs.iter().filter(|pair| pair.rank > 0).collect();
            expected.sort_by_key(|pair| pair.rank);
            assert_eq!(list.pairs.len(), expected.len());
            for (read, made_pair) in list.pairs.iter().zip(expected) {
                let Told::New(told) = &made_pair.told else { unreachable!() };
                assert_eq!((read.rank, read.tied), (made_pair.rank, made_pair.tied));
                assert_eq!(read.candidate, made.people[made_pair.person as usize].as_str());
                assert_eq!(read.unscored_requirements, vacancy.night.unscored_requirements);
                assert_eq!(read.explanation, **told);
            }
        }
        for (person, id) in made.people.iter().enumerate() {
            let list = night.of_candidate(id.as_str()).unwrap().unwrap();
            let mut expected: Vec<(&MadeVacancy, &PairNight)> = Vec::new();
            for vacancy in &made.vacancies {
                let own =
                    vacancy.pairs.iter().filter(|pair| pair.person as usize == person && pair.own_rank > 0);
                expected.extend(own.map(|pair| (vacancy, pair)));
            }
            expected.sort_by_key(|(_, pair)| pair.own_rank);
            assert_eq!(list.len(), expected.len());
            for (read, (vacancy, pair)) in list.iter().zip(expected) {
                let Told::New(told) = &pair.told else { unreachable!() };
                assert_eq!((read.rank, read.tied), (pair.own_rank, pair.own_tied));
                assert_eq!((read.vacancy.as_str(), &read.explanation), (vacancy.id(), &**told));
            }
        }
        assert!(night.of_vacancy("nobody").unwrap().is_none());
        assert!(night.of_candidate("nobody").unwrap().is_none());
    }
}

#[test]
fn the_same_lists_give_the_same_bytes_whether_told_anew_or_taken_over() {
    let (_folder, nights) = folder();
    let world = World::of(12, 8, 3);
    let mut made = world.night(day(22), 4);
    let first = bytes(&made.write(&nights));
    assert_eq!(bytes(&made.write(&nights)), first);
    let night = nights.night(None, None).unwrap();
    for (vacancy, at) in made.vacancies.iter_mut().zip(0_usize..) {
        // Some are told anew, some are taken over.
        for part in 0..4 {
            let record = night.kept(vacancy.id()).unwrap().unwrap();
            let people = record.people().to_vec();
            let mut pairs = vacancy.pairs.clone();
            for pair in pairs.iter_mut().filter(|pair| (pair.person as usize + at) % 4 > part) {
                let place = people.iter().position(|person| *person == pair.person).unwrap();
                pair.told = Told::Kept(place as u32);
            }
            assert_eq!(record.record(&vacancy.night, pairs).unwrap(), vacancy.record().unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 24 } else { 200 }))]

    #[test]
    fn a_record_that_goes_on_from_another_is_the_record_that_is_told_anew(
        seed in any::<u64>(),
        turns in prop::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 16),
        places in prop::collection::vec(any::<u16>(), 16),
    ) {
        let (_folder, nights) = folder();
        let made = World::of(16, 5, seed).night(day(22), 16);
        let made = made.with_excluded(|person| places[person as usize].is_multiple_of(3));
        // The night before knew some of the pairs only, at other places and with other numbers of people.
        let known = |pair: &PairNight| turns[pair.person as usize].0;
        let of_before = |person: u32| 2 * person + 3;
        let mut before = made.clone();
        before.people = (0..40).map(|number| CandidateId::new(format!("k{number:03}")).unwrap()).collect();
        for vacancy in &mut before.vacancies {
            vacancy.pairs.retain(known);
            for pair in &mut vacancy.pairs {
                pair.rank = places[pair.person as usize] % 50 + 1;
                pair.tied = pair.rank % 3 == 0;
                pair.person = of_before(pair.person);
            }
            vacancy.pairs.sort_by_key(|pair| (pair.rank, pair.person));
        }
        before.write(&nights);
        let night = nights.night(None, None).unwrap();
        for vacancy in &made.vacancies {
            let kept = night.kept(vacancy.id()).unwrap().unwrap();
            let mut own = vacancy.clone();
            own.pairs.retain(|pair| turns[pair.person as usize].1);
            let anew = own.record().unwrap();
            for pair in own.pairs.iter_mut().filter(|pair| known(pair) && turns[pair.person as usize].2) {
                let place = kept.people().iter().position(|person| *person == of_before(pair.person)).unwrap();
                pair.told = Told::Kept(place as u32);
            }
            prop_assert_eq!(kept.record(&own.night, own.pairs).unwrap(), anew);
        }
    }
}

#[test]
fn records_that_wait_beside_the_file_are_the_same_when_they_are_read_back() {
    let made = World::of(6, 3, 5).night(day(22), 3);
    for vacancy in &made.vacancies {
        let record = vacancy.record().unwrap();
        assert_eq!(Record::read(record.bytes().to_vec()).unwrap(), record);
    }
    assert!(Record::read(vec![0xff; 9]).is_err());
}

#[test]
fn lists_that_are_no_night_are_refused_and_nothing_is_left() {
    let (folder, nights) = folder();
    let made = World::of(4, 2, 1).night(day(22), 3);
    let of = |change: fn(&mut Vec<PairNight>)| {
        let mut changed = made.vacancies[0].clone();
        change(&mut changed.pairs);
        changed.record()
    };
    assert!(of(|_| ()).is_ok());
    assert!(of(|pairs| pairs.reverse()).is_err(), "not in their order");
    assert!(of(|pairs| pairs[1].person = pairs[0].person).is_err(), "a person twice");
    let last = |pairs: &mut Vec<PairNight>| {
        let last = pairs.last_mut().unwrap();
        (last.rank, last.own_rank) = (0, 0);
    };
    assert!(of(last).is_err(), "without a place");
    let backwards: Vec<CandidateId> = made.people.iter().rev().cloned().collect();
    assert!(NightWriter::create(&nights, made.head.clone(), backwards).is_err());
    let records: Vec<Record> = made.vacancies.iter().map(|v| v.record().unwrap()).collect();
    let mut writer = NightWriter::create(&nights, made.head.clone(), made.people.clone()).unwrap();
    writer.append(records[1].clone()).unwrap();
    assert!(writer.append(records[0].clone()).is_err());
    drop(writer);
    let few = made.people[..1].to_vec();
    let mut writer = NightWriter::create(&nights, made.head.clone(), few).unwrap();
    assert!(writer.append(records[0].clone()).is_err());
    drop(writer);
    assert!(names(&folder).is_empty());
    assert!(matches!(nights.night(None, None), Err(NightError::NoNights)));
}
