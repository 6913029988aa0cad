use super::*;

fn now(entry: Entry) -> Place {
    match entry {
        Entry::Now(place) => place,
        other => panic!("no place: {other:?}"),
    }
}

#[tokio::test]
async fn what_costs_least_to_lose_is_refused_first_and_what_costs_most_is_called_first() {
    let places = Arc::new(Places::new(1));
    let first = now(places.enter(Class::Ranking, None));
    let mut waits = Vec::new();
    let mut fill = |class: Class| {
        let mut count = 0;
        while let Entry::Waiting(wait) = places.enter(class, None) {
            waits.push(wait);
            count += 1;
        }
        assert!(places.would_refuse(class), "{class:?}");
        count
    };
    let (lookups, rankings, writes) = (fill(Class::Lookup), fill(Class::Ranking), fill(Class::Write));
    assert_eq!((lookups, rankings, writes), (8, 16, 8));
    assert!(matches!(places.enter(Class::Survey, None), Entry::Refused));
    drop((now(places.enter(Class::Duty, None)), now(places.enter(Class::Health, None))));
    drop(first);
    assert_eq!(places.figures(), (1, lookups + rankings + writes - 1));
    let first_write = waits.remove(lookups + rankings);
    let place = first_write.place().await.expect("the first of the writes is called first");
    // When all the writes are gone, the first ranking is called, and only then a lookup.
    waits.truncate(lookups + rankings);
    drop(place);
    let first_ranking = waits.remove(lookups);
    assert!(first_ranking.place().await.is_some());
}

#[tokio::test]
async fn who_goes_away_while_waiting_takes_no_place_along() {
    let places = Arc::new(Places::new(1));
    let first = now(places.enter(Class::Write, None));
    let Entry::Waiting(gone) = places.enter(Class::Write, None) else { panic!("no wait") };
    let Entry::Waiting(stays) = places.enter(Class::Write, None) else { panic!("no wait") };
    drop(gone);
    drop(first);
    drop(stays.place().await.unwrap());
    drop(now(places.enter(Class::Lookup, None)));
}

#[tokio::test]
async fn lookups_leave_places_to_others_and_others_leave_them_theirs() {
    let places = Arc::new(Places::new(256));
    let mut lookups: Vec<_> =
        (0..places.most_lookups).map(|_| now(places.enter(Class::Lookup, None))).collect();
    let Entry::Waiting(next) = places.enter(Class::Lookup, None) else {
        panic!("more than half of the cores")
    };
    let mut waits = Vec::new();
    while let Entry::Waiting(wait) = places.enter(Class::Lookup, None) {
        waits.push(wait);
    }
    assert!(places.would_refuse(Class::Lookup), "they do not wait without end");
    assert!(!places.would_refuse(Class::Ranking));
    drop(now(places.enter(Class::Ranking, None)));
    assert!(waits.len() > 8, "a tool that asks for some lists at once gets them: {}", waits.len());
    lookups.pop();
    lookups.push(next.place().await.unwrap());
    assert!(matches!(places.enter(Class::Lookup, None), Entry::Waiting(_)), "one went on, one may wait");
    drop((waits, lookups));
    drop(now(places.enter(Class::Lookup, None)));
}

#[test]
fn slow_calls_take_places_away_and_quick_ones_bring_them_back() {
    let places = Places::new(256);
    let mut state = places.lock();
    let begin = state.places;
    let mut now = Instant::now();
    let mut look = |state: &mut State, slow| {
        now += LOOK;
        state.seen = Seen { since: now - LOOK, ended: 100, slow, ran_out: true };
        state.look(now, 4, 256);
    };
    look(&mut state, 11);
    assert!(state.places < begin);
    for _ in 0..100 {
        look(&mut state, 100);
    }
    assert_eq!(state.places, 4);
    for _ in 0..100 {
        look(&mut state, 0);
    }
    assert_eq!(state.places, 256);
    assert!((state.pace - 1_000.0).abs() < 1.0, "100 in a tenth of a second: {}", state.pace);
    assert_eq!(state.room(2), 150, "as many as end in the longest wait");
}
