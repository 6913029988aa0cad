//! The lists of the nights over the interface: as they were told, what changed, and nobody who was erased.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;

use common::{Server, care_vacancy, carer, day, skill};
use passend::{
    domain::Date,
    night::{
        NightCounts, NightHead, NightInfo, NightProfile, NightScope, NightWriter, Nights, PairNight, Record,
        Told, VacancyNight,
    },
    rank::{CandidateFacts, Explanation, Pair, Profiles, Rules, VacancyFacts, explain},
    wire::v1::{self, get_shortlist_request::Subject, rerank_service_client::RerankServiceClient},
};
use std::{fs, time::Duration};
use tempfile::TempDir;
use tonic::{Code, transport::Channel};
use tonic_types::StatusExt;

/// Whose bytes are looked for: long enough not to come by chance.
const PERSON: &str = "kandidaat-twee";
/// Words that only this person has.
const OWN_WORDS: &str = "zilversmeden zeldzaam";

async fn reranks(server: &Server) -> RerankServiceClient<Channel> {
    RerankServiceClient::new(server.channel().await)
}

async fn put(server: &Server, candidate: v1::Candidate) {
    server.candidates().await.upsert_candidate(common::upsert(candidate)).await.unwrap();
}

/// The person wishes a condition of their own, so that the words stand in the reasons of its pairs.
fn with_own_words(mut candidate: v1::Candidate) -> v1::Candidate {
    candidate.wishes.as_mut().unwrap().conditions = vec![OWN_WORDS.to_owned()];
    candidate
}

async fn filled(server: &Server) {
    for id in ["k1", "k3", "k4"] {
        put(server, carer(id)).await;
    }
    put(server, with_own_words(carer(PERSON))).await;
    for id in ["v1", "v2"] {
        server.vacancies().await.upsert_vacancy(common::upsert_vacancy(care_vacancy(id))).await.unwrap();
    }
}

/// The night of the data as they are, by the real explanations; whole lists, ties in the order of the service.
async fn write_night(server: &Server, as_of: Date, vacancies: &[&str]) -> NightInfo {
    let snapshot = server.engine.snapshot();
    let profiles = Profiles::embedded().unwrap();
    let profile = profiles.by_name("zorg").unwrap();
    let mut people: Vec<&CandidateFacts> = snapshot.people().iter().map(|one| one.facts()).collect();
    people.sort_by_key(|person| person.id().clone());
    let mut all: Vec<&VacancyFacts> = snapshot.vacancies().iter().map(|one| one.facts()).collect();
    all.retain(|vacancy| vacancies.contains(&vacancy.id().as_str()));
    all.sort_by_key(|vacancy| vacancy.id().clone());
    let head = NightHead {
        as_of,
        run: "run-1".to_owned(),
        scope: NightScope::default(),
        list_size: 50,
        change: snapshot.change(),
        model: "model-1".to_owned(),
        profiles: vec![NightProfile::of(profile)],
        second_plan: false,
    };
    let ids = people.iter().map(|person| person.id().clone()).collect();
    let mut writer = NightWriter::create(server.engine.nights(), head, ids).unwrap();
    for vacancy in &all {
        let told = |candidate: &&CandidateFacts| {
            explain::reasons(Pair { vacancy, candidate, travel_minutes: None }, Rules::new(profile, as_of))
        };
        let told: Vec<Explanation> = people.iter().map(told).collect();
        let order = shown_order(server, vacancy.id().as_str(), as_of).await;
        let pairs = people.iter().zip(told).enumerate().map(|(person, (facts, told))| {
            let rank = order.iter().position(|(id, _)| id == facts.id().as_str()).unwrap();
            let own = all.iter().position(|one| one.id() == vacancy.id()).unwrap();
            PairNight {
                person: person as u32,
                rank: rank as u16 + 1,
                tied: order[rank].1,
                own_rank: own as u16 + 1,
                own_tied: true,
                told: Told::New(Box::new(told)),
            }
        });
        let night = VacancyNight {
            id: vacancy.id().clone(),
            profile: 0,
            unscored_requirements: 0,
            considered: people.len() as u64,
            tied_beyond: 0,
        };
        let mut pairs: Vec<PairNight> = pairs.collect();
        pairs.sort_by_key(|pair| pair.rank);
        writer.append(Record::encode(&night, pairs).unwrap()).unwrap();
    }
    let counts = NightCounts {
        vacancies: all.len() as u64,
        people: people.len() as u64,
        pairs_judged: (all.len() * people.len()) as u64,
        excluded: vec![("CANDIDATE_PLACED".to_owned(), 2)],
    };
    writer.finish(&counts).unwrap().0
}

/// Ids and ties of a vacancy's list as it is ranked now.
async fn shown_order(server: &Server, vacancy: &str, as_of: Date) -> Vec<(String, bool)> {
    let found = ranked(server, vacancy, as_of).await;
    found.into_iter().map(|found| (found.candidate, found.tied)).collect()
}

async fn ranked(server: &Server, vacancy: &str, as_of: Date) -> Vec<v1::Match> {
    let mut request = common::candidates_for(vacancy);
    request.options.as_mut().unwrap().as_of = Some(sent(as_of));
    server.matching().await.match_candidates(request).await.unwrap().into_inner().matches
}

fn sent(day: Date) -> v1::Date {
    common::day(day.year().into(), day.month().into(), day.day().into())
}

fn of(day: i8) -> Date {
    Date::constant(2026, 11, day)
}

fn asked(subject: Subject, night: Option<Date>) -> v1::GetShortlistRequest {
    v1::GetShortlistRequest {
        subject: Some(subject),
        night: night.map(sent),
        ..v1::GetShortlistRequest::default()
    }
}

fn of_vacancy(id: &str) -> Subject {
    Subject::VacancyId(id.to_owned())
}

fn of_candidate(id: &str) -> Subject {
    Subject::CandidateId(id.to_owned())
}

async fn shortlist(server: &Server, request: v1::GetShortlistRequest) -> v1::GetShortlistResponse {
    reranks(server).await.get_shortlist(request).await.unwrap().into_inner()
}

async fn refused(server: &Server, request: v1::GetShortlistRequest) -> (Code, String, String) {
    let status = reranks(server).await.get_shortlist(request).await.unwrap_err();
    let reason = status.get_details_error_info().map(|info| info.reason).unwrap_or_default();
    (status.code(), reason, status.message().to_owned())
}

/// What a list of today has and one of a night has not, or the other way round.
fn comparable(mut found: v1::Match) -> v1::Match {
    found.questions.clear();
    // Instruments are found through questions too.
    found.instruments.clear();
    found.profile = None;
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_a_night_is_told_as_it_was_whatever_the_records_have_become() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path(), 2).await;
    filled(&server).await;
    write_night(&server, of(21), &["v1", "v2"]).await;
    let then: Vec<v1::Match> = ranked(&server, "v1", of(21)).await.into_iter().map(comparable).collect();
    // The person now wants and can do other things.
    let mut other = carer("k1");
    other.skills = vec![skill("lassen")];
    other.wishes = None;
    put(&server, other).await;
    let answer = shortlist(&server, asked(of_vacancy("v1"), None)).await;
    assert!(answer.matches.iter().all(|found| found.profile.as_ref().unwrap().name == "zorg"));
    let told: Vec<v1::Match> = answer.matches.into_iter().map(comparable).collect();
    assert_eq!(told, then);
    told.iter().for_each(common::assert_adds_up);
    assert_eq!((answer.night, answer.considered), (Some(day(2026, 11, 21)), 4));
    let night = answer.made_with.unwrap();
    assert_eq!((night.run_id.as_str(), night.model_version.as_str()), ("run-1", "model-1"));
    assert_eq!((night.vacancies, night.candidates, night.pairs_judged, night.list_size), (2, 4, 8, 50));
    assert_eq!(night.excluded[0].reason, "CANDIDATE_PLACED");
    let own = shortlist(&server, asked(of_candidate("k1"), Some(of(21)))).await;
    let places: Vec<_> = own.matches.iter().map(|found| (found.vacancy.as_str(), found.rank)).collect();
    assert_eq!(places, [("v1", 1), ("v2", 2)]);
    let english = v1::GetShortlistRequest { text_language: "en".into(), ..asked(of_vacancy("v1"), None) };
    let english = shortlist(&server, english).await.matches;
    assert_ne!(english[0].criteria[0].reasons[0].text, then[0].criteria[0].reasons[0].text);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_that_is_gone_damaged_or_not_there_is_said_so() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path(), 2).await;
    filled(&server).await;
    let none = refused(&server, asked(of_vacancy("v1"), None)).await;
    assert_eq!((none.0, none.1.as_str()), (Code::NotFound, "NIGHT_GONE"));
    write_night(&server, of(20), &["v1", "v2"]).await;
    let damaged = write_night(&server, of(21), &["v1"]).await;
    let gone = refused(&server, asked(of_vacancy("v1"), Some(of(3)))).await;
    assert_eq!((gone.0, gone.1.as_str()), (Code::NotFound, "NIGHT_GONE"));
    assert!(gone.2.contains("2026-11-21, 2026-11-20"), "{}", gone.2);
    let apart = refused(&server, asked(of_vacancy("v2"), None)).await;
    assert_eq!((apart.0, apart.1.as_str()), (Code::NotFound, "NOT_IN_NIGHT"));
    let nobody = refused(&server, asked(of_candidate("k9"), None)).await;
    assert_eq!((nobody.0, nobody.1.as_str()), (Code::NotFound, "NOT_FOUND"));
    let nothing = refused(&server, v1::GetShortlistRequest::default()).await;
    assert_eq!((nothing.0, nothing.1.as_str()), (Code::InvalidArgument, "INVALID_FIELDS"));
    let no_day = v1::GetShortlistRequest { night: Some(day(2026, 2, 30)), ..asked(of_vacancy("v1"), None) };
    assert_eq!(refused(&server, no_day).await.0, Code::InvalidArgument);
    let mut bytes = fs::read(&damaged.path).unwrap();
    bytes[20] ^= 4;
    fs::write(&damaged.path, bytes).unwrap();
    let found = refused(&server, asked(of_vacancy("v1"), None)).await;
    assert_eq!((found.0, found.1.as_str()), (Code::DataLoss, "NIGHT_DAMAGED"));
    assert!(found.2.contains("2026-11-21.all.night") && !found.2.contains('/'), "{}", found.2);
    assert_eq!(shortlist(&server, asked(of_vacancy("v1"), Some(of(20)))).await.matches.len(), 4);
    server.stop().await;
}

fn holds_words(info: &NightInfo) -> bool {
    let bytes = fs::read(&info.path).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    holds(PERSON) || holds(OWN_WORDS)
}

async fn until_no_word_is_left(info: &NightInfo) {
    for _ in 0..600 {
        if !holds_words(info) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} still holds words of a person who was erased", info.path.display());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_deleted_or_restricted_is_in_no_answer_at_once_and_in_no_file_soon() {
    for restrict in [false, true] {
        let folder = TempDir::new().unwrap();
        let server = Server::start(folder.path(), 2).await;
        filled(&server).await;
        let infos =
            [write_night(&server, of(20), &["v1"]).await, write_night(&server, of(21), &["v1"]).await];
        assert!(infos.iter().all(holds_words));
        if restrict {
            let status = v1::CandidateStatus::Restricted.into();
            put(&server, v1::Candidate { status, ..with_own_words(carer(PERSON)) }).await;
        } else {
            let request = v1::DeleteCandidateRequest { id: PERSON.into(), ..Default::default() };
            server.candidates().await.delete_candidate(request).await.unwrap();
        }
        let list = shortlist(&server, asked(of_vacancy("v1"), None)).await.matches;
        assert!(list.len() == 3 && list.iter().all(|found| found.candidate != PERSON));
        assert_eq!(refused(&server, asked(of_candidate(PERSON), None)).await.0, Code::NotFound);
        for info in &infos {
            until_no_word_is_left(info).await;
        }
        let again = shortlist(&server, asked(of_vacancy("v1"), None)).await.matches;
        assert_eq!(again, list);
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_takes_out_who_is_left_behind_by_a_stop() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path(), 2).await;
    filled(&server).await;
    let info = write_night(&server, of(21), &["v1"]).await;
    let before = fs::read(&info.path).unwrap();
    let request = v1::DeleteCandidateRequest { id: PERSON.into(), ..Default::default() };
    server.candidates().await.delete_candidate(request).await.unwrap();
    server.stop().await;
    // As if the service had been killed before it came to the file.
    fs::write(&info.path, before).unwrap();
    let server = Server::start(folder.path(), 2).await;
    let list = shortlist(&server, asked(of_vacancy("v1"), None)).await.matches;
    assert!(list.iter().all(|found| found.candidate != PERSON));
    until_no_word_is_left(&info).await;
    assert_eq!(Nights::open(folder.path()).list().unwrap(), [info]);
    server.stop().await;
}

async fn changes(
    server: &Server,
    request: v1::ListShortlistChangesRequest,
) -> Result<v1::ListShortlistChangesResponse, tonic::Status> {
    reranks(server).await.list_shortlist_changes(request).await.map(tonic::Response::into_inner)
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_between_two_nights_come_in_pages_with_their_reasons_in_words() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path(), 2).await;
    filled(&server).await;
    write_night(&server, of(20), &["v1", "v2"]).await;
    let alone = changes(&server, v1::ListShortlistChangesRequest::default()).await.unwrap_err();
    assert_eq!(alone.code(), Code::NotFound);
    // One names the skill that both vacancies ask, one comes, and one vacancy closes.
    let mut better = carer("k3");
    better.skills.push(skill("wondzorg"));
    put(&server, better).await;
    put(&server, carer("k5")).await;
    write_night(&server, of(21), &["v1"]).await;
    let whole = changes(&server, v1::ListShortlistChangesRequest::default()).await.unwrap();
    assert_eq!((whole.from_night, whole.to_night), (Some(day(2026, 11, 20)), Some(day(2026, 11, 21))));
    let of_v2: Vec<_> = whole.changes.iter().filter(|change| change.vacancy == "v2").collect();
    assert_eq!(of_v2.len(), 4);
    for change in of_v2 {
        assert_eq!(change.kind(), v1::ShortlistChangeKind::Gone);
        assert!(change.reason.ends_with("De vacature doet nu niet mee."), "{}", change.reason);
    }
    let newcomer = whole.changes.iter().find(|change| change.candidate == "k5").unwrap();
    assert_eq!(newcomer.kind(), v1::ShortlistChangeKind::New);
    assert!(newcomer.reason.ends_with("De persoon deed in de vorige nacht niet mee."), "{}", newcomer.reason);
    if let Some(rose) = whole.changes.iter().find(|change| change.candidate == "k3" && change.vacancy == "v1")
    {
        assert_eq!((rose.kind(), rose.rank_after), (v1::ShortlistChangeKind::Up, 1));
        assert!(rose.reason.contains("Er is iets veranderd bij: vakvaardigheden."), "{}", rose.reason);
        assert_eq!(rose.reasons[0].code, "LIST_UP");
    }
    let mut pages = Vec::new();
    let mut token = String::new();
    loop {
        let request =
            v1::ListShortlistChangesRequest { page_size: 3, page_token: token, ..Default::default() };
        let page = changes(&server, request).await.unwrap();
        assert!(page.changes.len() <= 3);
        pages.extend(page.changes);
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(pages, whole.changes);
    let of_one = v1::ListShortlistChangesRequest { vacancy_id: "v2".into(), ..Default::default() };
    assert_eq!(changes(&server, of_one).await.unwrap().changes.len(), 4);
    let english = v1::ListShortlistChangesRequest { text_language: "en".into(), ..Default::default() };
    let english = changes(&server, english).await.unwrap().changes;
    assert!(english.iter().any(|change| change.reason.ends_with("The vacancy takes no part now.")));
    let backwards = v1::ListShortlistChangesRequest {
        from_night: Some(day(2026, 11, 21)),
        to_night: Some(day(2026, 11, 20)),
        ..Default::default()
    };
    assert_eq!(changes(&server, backwards).await.unwrap_err().code(), Code::InvalidArgument);
    let foreign = v1::ListShortlistChangesRequest { page_token: "AAAA".into(), ..Default::default() };
    assert_eq!(changes(&server, foreign).await.unwrap_err().code(), Code::InvalidArgument);
    server.stop().await;
}
