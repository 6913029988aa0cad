//! The record of what happened, over a real socket: an entry before every answer, given back as it was, forgotten where it must
//! be, and there after a kill.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

mod common;
#[path = "common/program.rs"]
mod program;

use common::{Server, candidates_for, care_vacancy, carer, day, upsert, upsert_vacancy, vacancies_for};
use passend::wire::v1::{
    self, ProposalOutcome, accountability_service_client::AccountabilityServiceClient,
    candidate_service_client::CandidateServiceClient,
    employer_matching_service_client::EmployerMatchingServiceClient,
    matching_service_client::MatchingServiceClient, privacy_service_client::PrivacyServiceClient,
    vacancy_service_client::VacancyServiceClient,
};
use passend::{
    domain::Caller,
    engine::decisions::{Decided, Decision},
};
use program::Program;
use prost::Message;
use std::{collections::BTreeSet, fs, path::Path, process::Command, sync::mpsc, time::Duration};
use tonic::{Code, transport::Channel};

/// Three people and two vacancies, over a connection of either kind.
macro_rules! fill {
    ($channel:expr) => {
        let mut candidates = CandidateServiceClient::new($channel.clone());
        for id in ["anna-1", "bert-2", "carla-3"] {
            candidates.upsert_candidate(upsert(carer(id))).await.unwrap();
        }
        let mut vacancies = VacancyServiceClient::new($channel.clone());
        for id in ["v1", "v2"] {
            vacancies.upsert_vacancy(upsert_vacancy(care_vacancy(id))).await.unwrap();
        }
    };
}

/// A decision by its id, over a connection of either kind.
macro_rules! decision {
    ($client:expr, $id:expr) => {{
        let asked = v1::GetDecisionRequest { id: String::from($id), ..Default::default() };
        $client.get_decision(asked).await.unwrap().into_inner().decision.unwrap()
    }};
}

async fn listed(
    client: &mut AccountabilityServiceClient<Channel>,
    asked: v1::ListDecisionsRequest,
) -> Vec<v1::Decision> {
    client.list_decisions(asked).await.unwrap().into_inner().decisions
}

/// What of a match is stored: not what is of the moment at which somebody asks.
fn stored(found: &v1::Match) -> v1::Match {
    v1::Match {
        questions: Vec::new(),
        instruments: Vec::new(),
        employer_pseudonym: String::new(),
        earlier: None,
        ..found.clone()
    }
}

fn verify(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.args(["audit", "verify", "--language", "en", "--log", "error", "--data"]).arg(folder);
    let output = command.args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ranking_is_given_back_as_it_was_told_whatever_the_records_have_become() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let channel = server.channel().await;
    fill!(channel);
    let mut matching = MatchingServiceClient::new(channel.clone());
    let mut records = AccountabilityServiceClient::new(channel.clone());
    let mut asked = candidates_for("v1");
    asked.options.as_mut().unwrap().purpose = v1::Purpose::Placement.into();
    let answer = matching.match_candidates(asked).await.unwrap().into_inner();
    let other_way = matching.match_vacancies(vacancies_for("anna-1")).await.unwrap().into_inner();
    assert_eq!((answer.matches.len(), other_way.matches.len()), (3, 2));

    let mut candidates = CandidateServiceClient::new(channel.clone());
    for id in ["anna-1", "bert-2"] {
        let emptied = v1::Candidate { id: id.to_owned(), ..Default::default() };
        candidates.upsert_candidate(upsert(emptied)).await.unwrap();
    }
    let again = matching.match_candidates(candidates_for("v1")).await.unwrap().into_inner();
    assert_ne!(again.matches, answer.matches, "the records changed what is answered now");

    let told = decision!(records, &answer.decision_id);
    assert_eq!(told.matches, answer.matches.iter().map(stored).collect::<Vec<_>>());
    assert_eq!(
        told.matches.encode_bytes(),
        answer.matches.iter().map(stored).collect::<Vec<_>>().encode_bytes()
    );
    assert_eq!(
        (told.profile, told.as_of, told.purpose),
        (answer.profile, answer.as_of, v1::Purpose::Placement.into())
    );
    assert_eq!(
        (told.method.as_str(), told.vacancy.as_str(), told.considered),
        ("MatchCandidates", "v1", answer.considered)
    );
    assert_eq!(told.data_change_number, answer.data_change_number);
    assert_eq!((told.caller.is_empty(), told.role.is_empty(), told.model_version.len()), (false, false, 32));
    assert!(told.people.iter().all(|person| person.contributions_hash.len() == 64));
    let told = decision!(records, &other_way.decision_id);
    assert_eq!(told.people[0].candidate, "anna-1");
    assert!(told.people[0].asked);
    assert_eq!(told.matches.len(), 2);
    server.stop().await;
    let (is_well, text) = verify(folder.path(), &[]);
    assert!(is_well, "{text}");
}

/// The bytes of messages, one after the other.
trait EncodeBytes {
    fn encode_bytes(&self) -> Vec<u8>;
}

impl<M: Message> EncodeBytes for Vec<M> {
    fn encode_bytes(&self) -> Vec<u8> {
        self.iter().flat_map(Message::encode_length_delimited_to_vec).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_that_reads_people_has_its_entry_and_each_is_found_by_whom_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let channel = server.channel().await;
    fill!(channel);
    let mut candidates = CandidateServiceClient::new(channel.clone());
    let mut matching = MatchingServiceClient::new(channel.clone());
    let mut employers = EmployerMatchingServiceClient::new(channel.clone());
    let mut records = AccountabilityServiceClient::new(channel.clone());
    candidates
        .get_candidate(v1::GetCandidateRequest { id: "anna-1".to_owned(), ..Default::default() })
        .await
        .unwrap();
    candidates.list_candidates(v1::ListCandidatesRequest::default()).await.unwrap();
    matching.match_candidates(candidates_for("v1")).await.unwrap();
    matching.match_vacancies(vacancies_for("anna-1")).await.unwrap();
    let explain = v1::ExplainMatchRequest {
        candidate_subject: Some(v1::explain_match_request::CandidateSubject::CandidateId(
            "anna-1".to_owned(),
        )),
        vacancy_subject: Some(v1::explain_match_request::VacancySubject::VacancyId("v2".to_owned())),
        ..Default::default()
    };
    assert!(!matching.explain_match(explain).await.unwrap().into_inner().decision_id.is_empty());
    let search = v1::SearchCandidatesRequest { query: "ouderen".to_owned(), ..Default::default() };
    matching.search_candidates(search).await.unwrap();
    let questions = v1::ListProfileQuestionsRequest {
        subject: Some(v1::list_profile_questions_request::Subject::CandidateId("anna-1".to_owned())),
        ..Default::default()
    };
    matching.list_profile_questions(questions).await.unwrap();
    let propose = v1::ProposeCandidatesRequest {
        vacancy_id: "v1".to_owned(),
        as_of: Some(day(2026, 11, 22)),
        ..Default::default()
    };
    let proposed = employers.propose_candidates(propose).await.unwrap().into_inner();
    let outcome = v1::RecordOutcomeRequest {
        candidate: "bert-2".to_owned(),
        vacancy: "v1".to_owned(),
        outcome: ProposalOutcome::Overridden.into(),
        on: Some(day(2026, 11, 20)),
        reason: "kent de ploeg al".to_owned(),
        ..Default::default()
    };
    records.record_outcome(outcome).await.unwrap();
    records.list_outcomes(v1::ListOutcomesRequest::default()).await.unwrap();
    candidates
        .delete_candidate(v1::DeleteCandidateRequest { id: "carla-3".to_owned(), ..Default::default() })
        .await
        .unwrap();

    let all = listed(&mut records, v1::ListDecisionsRequest::default()).await;
    let methods: Vec<&str> = all.iter().rev().map(|one| one.method.as_str()).collect();
    // A search may be asked before the index has the people: it is recorded all the same.
    assert_eq!(
        methods,
        [
            "GetCandidate",
            "ListCandidates",
            "MatchCandidates",
            "MatchVacancies",
            "ExplainMatch",
            "SearchCandidates",
            "ListProfileQuestions",
            "ProposeCandidates",
            "RecordOutcome",
            "ListOutcomes",
            "DeleteCandidate",
        ]
    );
    let of = |method: &str| all.iter().find(|one| one.method == method).unwrap();
    assert_eq!(of("ListCandidates").people.len(), 3);
    // Who was deleted reads "erased" from that moment, whatever the file still holds.
    let people = &of("ProposeCandidates").people;
    assert_eq!((people.len(), people.iter().filter(|one| one.erased).count()), (3, 1));
    let told: BTreeSet<_> = proposed.candidates.iter().map(|one| &one.pseudonym).collect();
    assert!(people.iter().filter(|one| !one.erased).all(|one| told.contains(&one.pseudonym)));
    let overridden = of("RecordOutcome");
    assert!(overridden.overridden && all.iter().filter(|one| one.overridden).count() == 1);
    assert_eq!(
        (overridden.people[0].reason.as_str(), overridden.people[0].outcome()),
        ("kent de ploeg al", ProposalOutcome::Overridden)
    );

    let of_bert = v1::ListDecisionsRequest {
        candidate: "bert-2".to_owned(),
        method: "RecordOutcome".to_owned(),
        ..Default::default()
    };
    assert_eq!(listed(&mut records, of_bert).await.len(), 1);
    let of_v2 = v1::ListDecisionsRequest { vacancy: "v2".to_owned(), ..Default::default() };
    let methods: BTreeSet<String> =
        listed(&mut records, of_v2).await.into_iter().map(|one| one.method).collect();
    assert!(methods.contains("ExplainMatch") && methods.contains("MatchVacancies"), "{methods:?}");
    let before = v1::ListDecisionsRequest {
        before_time: all[0].time.map(|time| prost_types::Timestamp { seconds: 1, ..time }),
        ..Default::default()
    };
    assert_eq!(listed(&mut records, before).await, []);
    let (mut token, mut paged) = (String::new(), 0);
    loop {
        let asked = v1::ListDecisionsRequest {
            page_size: 4,
            page_token: token,
            method: "ListDecisions".to_owned(),
            ..Default::default()
        };
        let page = records.list_decisions(asked).await.unwrap().into_inner();
        paged += page.decisions.len();
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    assert!(paged >= 4, "reading the record is recorded too");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_persons_entries_read_erased_and_those_of_the_others_keep_their_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let channel = server.channel().await;
    fill!(channel);
    let mut matching = MatchingServiceClient::new(channel.clone());
    let mut records = AccountabilityServiceClient::new(channel.clone());
    let answer = matching.match_candidates(candidates_for("v1")).await.unwrap().into_inner();
    let before = decision!(records, &answer.decision_id);
    let mut candidates = CandidateServiceClient::new(channel.clone());
    candidates
        .delete_candidate(v1::DeleteCandidateRequest { id: "anna-1".to_owned(), ..Default::default() })
        .await
        .unwrap();
    let engine = server.engine.clone();
    let erased =
        tokio::task::spawn_blocking(move || engine.erase_person("anna-1", true).unwrap()).await.unwrap();
    let left = erased.proof.unwrap().left;
    assert!(left.is_empty(), "{left:?}");
    let after = decision!(records, &answer.decision_id);
    let others = |told: &v1::Decision| -> Vec<u8> {
        told.matches
            .iter()
            .filter(|one| one.candidate != "anna-1")
            .cloned()
            .collect::<Vec<_>>()
            .encode_bytes()
    };
    assert_eq!(others(&after), others(&before));
    for (old, new) in before.people.iter().zip(&after.people) {
        if old.candidate == "anna-1" {
            assert_eq!(
                *new,
                v1::DecidedPerson { erased: true, text: "Gewist".to_owned(), ..Default::default() }
            );
        } else {
            assert_eq!(old, new);
        }
    }
    assert_eq!(after.matches.len(), 2);
    server.stop().await;
    for file in fs::read_dir(folder.path().join("decisions")).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|six| six == b"anna-1"));
    }
    let (is_well, text) = verify(folder.path(), &[]);
    // The ranking, the decision that was read back, the deletion.
    assert!(is_well && text.contains("3 parts are of people who were erased"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_under_way_while_somebody_is_purged_does_not_bring_them_back_into_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let channel = server.channel().await;
    fill!(channel);
    let (begun, begins) = mpsc::channel();
    let (purged, purges) = mpsc::channel();
    let answering = server.engine.clone();
    let answer = tokio::task::spawn_blocking(move || {
        let held = answering.answering();
        begun.send(()).unwrap();
        let ended = purges.recv_timeout(Duration::from_millis(600));
        assert_eq!(ended, Err(mpsc::RecvTimeoutError::Timeout), "the purge waits for the answer");
        let people = vec![Decided::Shown("anna-1", 1)];
        let caller = Caller::local();
        answering.record(&Decision { people, ..Decision::of(&caller, "MatchCandidates") }).unwrap();
        drop(held);
        purges
    });
    let engine = server.engine.clone();
    let erased = tokio::task::spawn_blocking(move || {
        begins.recv().unwrap();
        let erased = engine.erase_person("anna-1", true).unwrap();
        // Nobody hears it where the answer failed.
        let _ = purged.send(());
        erased
    });
    drop(answer.await.unwrap());
    let proof = erased.await.unwrap().proof.unwrap();
    assert!(proof.left.is_empty() && proof.sought > 0, "{proof:?}");
    server.stop().await;
    for file in fs::read_dir(folder.path().join("decisions")).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|six| six == b"anna-1"));
    }
    let (is_well, text) = verify(folder.path(), &[]);
    assert!(is_well && text.contains("1 parts are of people who were erased"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_every_decision_about_the_person_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), 1).await;
    let channel = server.channel().await;
    fill!(channel);
    let mut matching = MatchingServiceClient::new(channel.clone());
    let mut records = AccountabilityServiceClient::new(channel.clone());
    let answer = matching.match_candidates(candidates_for("v1")).await.unwrap().into_inner();
    matching.match_vacancies(vacancies_for("bert-2")).await.unwrap();
    matching.match_vacancies(vacancies_for("anna-1")).await.unwrap();
    for (candidate, outcome) in [("bert-2", ProposalOutcome::Proposed), ("anna-1", ProposalOutcome::Rejected)]
    {
        let outcome = v1::RecordOutcomeRequest {
            candidate: candidate.to_owned(),
            vacancy: "v1".to_owned(),
            outcome: outcome.into(),
            on: Some(day(2026, 11, 20)),
            ..Default::default()
        };
        records.record_outcome(outcome).await.unwrap();
    }
    let of_bert = v1::ListDecisionsRequest { candidate: "bert-2".to_owned(), ..Default::default() };
    let expected: Vec<String> = listed(&mut records, of_bert).await.into_iter().map(|one| one.id).collect();
    assert_eq!(expected.len(), 3);

    let mut privacy = PrivacyServiceClient::new(channel.clone());
    let asked = v1::ExportPersonRequest { id: "bert-2".to_owned(), page_size: 2, ..Default::default() };
    let first = privacy.export_person(asked.clone()).await.unwrap().into_inner();
    assert_eq!((first.decisions.len(), first.outcomes.len()), (2, 1));
    let asked = v1::ExportPersonRequest { page_token: first.next_page_token.clone(), ..asked };
    let second = privacy.export_person(asked).await.unwrap().into_inner();
    assert!(second.candidate.is_none() && second.outcomes.is_empty() && second.next_page_token.is_empty());
    // Reading the record named them once more, before the export.
    let all: Vec<&v1::Decision> = first.decisions.iter().chain(&second.decisions).collect();
    let ids: Vec<&String> = all.iter().map(|one| &one.id).collect();
    assert_eq!(ids[0..1].len() + expected.len(), ids.len());
    assert_eq!(ids[1..], expected.iter().collect::<Vec<_>>()[..]);
    let told = format!("{first:?}{second:?}");
    assert!(!told.contains("anna-1") && !told.contains("carla-3"), "nobody else stands in it");
    let list = all.iter().find(|one| one.id == answer.decision_id).unwrap();
    let own: Vec<v1::Match> =
        answer.matches.iter().filter(|one| one.candidate == "bert-2").map(stored).collect();
    assert_eq!(list.matches, own, "with every reason that was told");
    server.stop().await;

    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.args(["privacy", "export", "bert-2", "--log", "error", "--data"]).arg(folder.path());
    let output = command.output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["decisions"].as_array().unwrap().len(), ids.len() + 2, "the two exports are in it too");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_entry_whose_answer_was_received_is_lost_by_a_kill_and_verifying_works_beside_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("elsewhere");
    let data = folder.path().join("data");
    let server = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
        command.env("PASSEND_CHECKPOINT_TO", &place);
        Program::start_by(command, &data)
    };
    let mut told: Vec<(String, usize)> = Vec::new();
    for round in 0..3 {
        let running = server();
        let channel = running.channel().await;
        if round == 0 {
            fill!(channel);
        }
        let mut asking = Vec::new();
        for _ in 0..4 {
            let mut matching = MatchingServiceClient::new(channel.clone());
            asking.push(tokio::spawn(async move {
                let mut received = Vec::new();
                while let Ok(answer) = matching.match_candidates(candidates_for("v1")).await {
                    let answer = answer.into_inner();
                    received.push((answer.decision_id, answer.matches.len()));
                }
                received
            }));
        }
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        running.kill();
        for one in asking {
            told.extend(one.await.unwrap());
        }
    }
    assert!(told.len() > 30, "{} answers", told.len());
    let running = server();
    let mut records = AccountabilityServiceClient::new(running.channel().await);
    for (id, matches) in &told {
        assert_eq!(decision!(records, id).matches.len(), *matches, "{id}");
    }
    let ids: BTreeSet<&String> = told.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), told.len(), "every answer has an entry of its own");
    let beside = data.clone();
    let second = place.clone();
    let (is_well, text) =
        tokio::task::spawn_blocking(move || verify(&beside, &["--checkpoints", second.to_str().unwrap()]))
            .await
            .unwrap();
    assert!(is_well, "{text}");
    running.kill();

    // Somebody takes the newest file away while nothing runs.
    let mut files: Vec<_> =
        fs::read_dir(data.join("decisions")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    fs::remove_file(files.pop().unwrap()).unwrap();
    let (is_well, text) = verify(&data, &["--checkpoints", place.to_str().unwrap()]);
    assert!(!is_well && text.contains("missing"), "{text}");
    let unknown = decision_status(&data, "999999-00000000").await;
    assert_eq!(unknown, Code::NotFound);
}

async fn decision_status(data: &Path, id: &str) -> Code {
    let running = Program::start(data);
    let mut records = AccountabilityServiceClient::new(running.channel().await);
    let asked = v1::GetDecisionRequest { id: id.to_owned(), ..Default::default() };
    let code = records.get_decision(asked).await.unwrap_err().code();
    running.kill();
    code
}
