//! The table, cell by cell.

use crate::{
    common::{Raw, Server, care_vacancy, carer, upsert, upsert_vacancy},
    credentials::{Bearer, OTHER, OWN, authenticator, claims, ed25519, write_jwks},
};
use passend::{
    access::{Reach, TABLE},
    domain::Role,
    engine::EngineOptions,
    grpc::{Gate, LOCAL_TOKEN},
    wire::{self, v1},
};
use prost::Message;
use prost_reflect::{DescriptorPool, MethodDescriptor};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tonic::{Code, Request, Status, service::interceptor::InterceptedService, transport::Channel};
use tonic_types::StatusExt;

/// Every method of every service that is declared or served, with its descriptor.
fn methods() -> Vec<(String, MethodDescriptor)> {
    let mut methods = Vec::new();
    for set in [
        wire::DESCRIPTORS,
        tonic_health::pb::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET,
    ] {
        for service in DescriptorPool::decode(set).unwrap().services() {
            for method in service.methods() {
                methods.push((format!("{}/{}", service.full_name(), method.name()), method));
            }
        }
    }
    methods
}

#[test]
fn every_method_has_a_row_and_every_row_a_method() {
    let methods: BTreeSet<String> = methods().into_iter().map(|(name, _)| name).collect();
    let rows: BTreeSet<String> = TABLE.iter().map(|row| row.method.to_owned()).collect();
    assert_eq!(methods, rows);
}

/// The id of what methods make.
const NEW: &str = "x-nieuw";

/// Whose record a call names.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Relation {
    Own,
    Other,
    /// None that there is.
    Absent,
}

impl Relation {
    const ALL: [Self; 3] = [Self::Own, Self::Other, Self::Absent];

    fn id(self) -> &'static str {
        match self {
            Self::Own => "x-eigen",
            Self::Other => "x-ander",
            // As long as the others: an answer that repeats it has the same length.
            Self::Absent => "x-nooit",
        }
    }
}

fn owned_candidate(id: &str, organisation: &str) -> v1::Candidate {
    let ownership = Some(v1::Ownership { organisation: organisation.to_owned(), ..v1::Ownership::default() });
    v1::Candidate { ownership, ..carer(id) }
}

fn owned_vacancy(id: &str, organisation: &str) -> v1::Vacancy {
    let ownership = Some(v1::Ownership { organisation: organisation.to_owned(), ..v1::Ownership::default() });
    v1::Vacancy { ownership, ..care_vacancy(id) }
}

/// A request of a method about the record with an id; one that names none is empty, or wrong where it would start work.
fn request(method: &str, id: &str) -> Vec<u8> {
    let id_text = id.to_owned();
    match method.rsplit_once('.').unwrap().1 {
        "CandidateService/UpsertCandidate" => {
            upsert(v1::Candidate { presentation: "nieuw".to_owned(), ..carer(id) }).encode_to_vec()
        }
        "VacancyService/UpsertVacancy" => {
            upsert_vacancy(v1::Vacancy { description: "nieuw".to_owned(), ..care_vacancy(id) })
                .encode_to_vec()
        }
        "CandidateService/ImportCandidates" => {
            let payload = Some(v1::import_candidates_request::Payload::Candidate(carer(id)));
            v1::ImportCandidatesRequest { payload }.encode_to_vec()
        }
        "VacancyService/ImportVacancies" => {
            let payload = Some(v1::import_vacancies_request::Payload::Vacancy(care_vacancy(id)));
            v1::ImportVacanciesRequest { payload }.encode_to_vec()
        }
        "CandidateService/GetCandidate" => {
            v1::GetCandidateRequest { id: id_text, ..v1::GetCandidateRequest::default() }.encode_to_vec()
        }
        "VacancyService/GetVacancy" => v1::GetVacancyRequest { id: id_text }.encode_to_vec(),
        "CandidateService/DeleteCandidate" => {
            v1::DeleteCandidateRequest { id: id_text, ..v1::DeleteCandidateRequest::default() }
                .encode_to_vec()
        }
        "VacancyService/DeleteVacancy" => {
            v1::DeleteVacancyRequest { id: id_text, ..v1::DeleteVacancyRequest::default() }.encode_to_vec()
        }
        "EmployerMatchingService/ProposeCandidates" => {
            v1::ProposeCandidatesRequest { vacancy_id: id_text, ..v1::ProposeCandidatesRequest::default() }
                .encode_to_vec()
        }
        "PrivacyService/ExportPerson" => {
            v1::ExportPersonRequest { id: id_text, ..v1::ExportPersonRequest::default() }.encode_to_vec()
        }
        "PrivacyService/ErasePerson" => v1::ErasePersonRequest { id: id_text, wait: false }.encode_to_vec(),
        "RerankService/StartRerank" => {
            let scope = Some(v1::RerankScope { labour_market_region: 99, ..v1::RerankScope::default() });
            v1::StartRerankRequest { scope, ..v1::StartRerankRequest::default() }.encode_to_vec()
        }
        _ => Vec::new(),
    }
}

type Client = tonic::client::Grpc<InterceptedService<Channel, Bearer>>;

/// Calls a method and takes the first answer.
async fn call(
    client: &mut Client,
    method: &'static str,
    bytes: Vec<u8>,
    local: bool,
) -> Result<Vec<u8>, Status> {
    client.ready().await.unwrap();
    let path = http::uri::PathAndQuery::try_from(format!("/{method}")).unwrap();
    let mut request = Request::new(bytes);
    if local {
        request.metadata_mut().insert(LOCAL_TOKEN, "beside-the-lock".parse().unwrap());
    }
    let mut answers = client.server_streaming(request, path, Bytes).await?.into_inner();
    match tokio::time::timeout(Duration::from_secs(5), answers.message()).await {
        Ok(answer) => Ok(answer?.unwrap_or_default()),
        // A stream that is open and silent has let the caller in.
        Err(_) => Ok(Vec::new()),
    }
}

/// Sends and takes bytes as they are.
#[derive(Clone, Copy, Debug, Default)]
struct Bytes;

impl tonic::codec::Codec for Bytes {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Raw;
    type Decoder = Self;

    fn encoder(&mut self) -> Raw {
        Raw
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl tonic::codec::Decoder for Bytes {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, bytes: &mut tonic::codec::DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        use bytes::Buf;
        let mut taken = vec![0; bytes.remaining()];
        bytes.copy_to_slice(&mut taken);
        Ok(Some(taken))
    }
}

/// What a call came to, as far as the table says something of it.
#[derive(Debug, PartialEq)]
enum Told {
    Refused,
    /// As if the record did not exist: the whole status but for the id.
    NotThere(String),
    LetIn,
}

fn told(method: &str, id: &str, answer: &Result<Vec<u8>, Status>) -> Told {
    match answer {
        Err(status) if status.code() == Code::PermissionDenied => {
            let details = status.get_error_details();
            assert_eq!(details.error_info().unwrap().reason, "NOT_FOR_THIS_ROLE");
            Told::Refused
        }
        Err(status) if status.code() == Code::Unauthenticated => panic!("{method}: {status}"),
        Err(status) if status.code() == Code::NotFound && status.message().contains(id) => {
            let details = String::from_utf8_lossy(status.details()).into_owned();
            Told::NotThere(format!("{} {}", status.message(), details).replace(id, "ID"))
        }
        Ok(bytes) if method.ends_with("ImportCandidates") || method.ends_with("ImportVacancies") => {
            // The two answers have the same form.
            let results = v1::ImportCandidatesResponse::decode(&bytes[..]).unwrap().results;
            match results[0].outcome() {
                v1::ImportOutcome::Refused => {
                    assert_eq!(results[0].issues[0].code, "NOT_FOUND");
                    Told::NotThere(format!("{:?}", results[0]).replace(id, "ID"))
                }
                _ => Told::LetIn,
            }
        }
        _ => Told::LetIn,
    }
}

/// Methods that make what is not there.
fn makes(method: &str) -> bool {
    ["UpsertCandidate", "UpsertVacancy", "ImportCandidates", "ImportVacancies"]
        .iter()
        .any(|name| method.ends_with(name))
}

/// Methods that name one record.
fn names_a_record(method: &str) -> bool {
    makes(method) || !request(method, "x").is_empty() && !method.ends_with("StartRerank")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_cell_of_the_table_holds_over_a_real_socket() {
    let folder = tempfile::tempdir().unwrap();
    let jwks = folder.path().join("jwks.json");
    let key = ed25519();
    write_jwks(&jwks, &[("k1", &key)]);
    let options =
        EngineOptions { folder: folder.path().join("data"), threads: 1, ..EngineOptions::default() };
    let gate = Gate::guarded("beside-the-lock".to_owned(), Arc::new(authenticator(&jwks)));
    let server = Server::start_as(options, gate).await;
    let channel = server.channel().await;
    let client = |token: Option<String>| -> Client {
        tonic::client::Grpc::new(InterceptedService::new(channel.clone(), Bearer(token)))
    };
    let mut local = client(None);
    let (mut cells, mut wrong) = (0, Vec::new());
    for row in TABLE {
        let method = row.method;
        for role in Role::ALL {
            let token = key.token("k1", &claims(role.name(), Some(OWN)));
            let mut caller = client((role != Role::Local).then_some(token));
            let mut absent = None;
            for relation in [Relation::Absent, Relation::Own, Relation::Other] {
                prepare(&mut local).await;
                // Whoever was there for a moment can still be erased for good: what others name was never there.
                let id = if relation == Relation::Absent && makes(method) { NEW } else { relation.id() };
                let answer = call(&mut caller, method, request(method, id), role == Role::Local).await;
                let told = told(method, id, &answer);
                let right = match (row.reach(role), relation) {
                    (Reach::No, _) => told == Told::Refused,
                    _ if !names_a_record(method) => told == Told::LetIn,
                    // What makes a record lets a new id in; everything else says that there is none.
                    (_, Relation::Absent) => makes(method) == (told == Told::LetIn) && told != Told::Refused,
                    (Reach::Own, Relation::Other) if makes(method) => matches!(told, Told::NotThere(_)),
                    (Reach::Own, Relation::Other) => Some(&told) == absent.as_ref(),
                    (Reach::Own | Reach::All, _) => told == Told::LetIn,
                };
                if relation == Relation::Absent {
                    absent = Some(told_again(&told));
                }
                cells += 1;
                if !right {
                    wrong.push(format!("{method} as {role}, {relation:?}: {told:?} ({answer:?})"));
                }
            }
        }
    }
    println!("{cells} cells asked, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(cells, TABLE.len() * Role::ALL.len() * Relation::ALL.len());
    server.stop().await;
}

fn told_again(told: &Told) -> Told {
    match told {
        Told::Refused => Told::Refused,
        Told::NotThere(words) => Told::NotThere(words.clone()),
        Told::LetIn => Told::LetIn,
    }
}

/// Puts one record of each kind of the own and of the other organisation in, and takes the absent one out.
async fn prepare(local: &mut Client) {
    for (relation, organisation) in [(Relation::Own, OWN), (Relation::Other, OTHER)] {
        let candidate = upsert(owned_candidate(relation.id(), organisation)).encode_to_vec();
        call(local, "passend.v1.CandidateService/UpsertCandidate", candidate, true).await.unwrap();
        let vacancy = upsert_vacancy(owned_vacancy(relation.id(), organisation)).encode_to_vec();
        call(local, "passend.v1.VacancyService/UpsertVacancy", vacancy, true).await.unwrap();
    }
    for method in ["passend.v1.CandidateService/DeleteCandidate", "passend.v1.VacancyService/DeleteVacancy"] {
        // It is not there unless a method made it.
        let _ = call(local, method, request(method, NEW), true).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_writes_reads_and_lists_its_own_and_never_in_the_name_of_another() {
    use v1::{
        candidate_service_client::CandidateServiceClient, vacancy_service_client::VacancyServiceClient,
    };
    let folder = tempfile::tempdir().unwrap();
    let jwks = folder.path().join("jwks.json");
    let key = ed25519();
    write_jwks(&jwks, &[("k1", &key)]);
    let options =
        EngineOptions { folder: folder.path().join("data"), threads: 1, ..EngineOptions::default() };
    let gate = Gate::guarded("beside-the-lock".to_owned(), Arc::new(authenticator(&jwks)));
    let server = Server::start_as(options, gate).await;
    let channel = server.channel().await;
    let service = |role: &str, organisation: &str| {
        let token = key.token("k1", &claims(role, Some(organisation)));
        InterceptedService::new(channel.clone(), Bearer(Some(token)))
    };
    let mut own = VacancyServiceClient::new(service("employer_tool", OWN));
    let mut other = VacancyServiceClient::new(service("employer_tool", OTHER));
    let made = own.upsert_vacancy(upsert_vacancy(care_vacancy("v1"))).await.unwrap().into_inner();
    assert_eq!(made.vacancy.unwrap().ownership.unwrap().organisation, OWN);
    other.upsert_vacancy(upsert_vacancy(care_vacancy("v2"))).await.unwrap();
    let listed = own.list_vacancies(v1::ListVacanciesRequest::default()).await.unwrap().into_inner();
    let ids: Vec<_> = listed.vacancies.iter().map(|vacancy| vacancy.id.as_str()).collect();
    assert_eq!((ids, listed.next_page_token.as_str()), (vec!["v1"], ""));
    // Neither the request nor the record names another organisation.
    for request in [
        v1::UpsertVacancyRequest { organisation: OTHER.to_owned(), ..upsert_vacancy(care_vacancy("v1")) },
        upsert_vacancy(owned_vacancy("v1", OTHER)),
    ] {
        assert_eq!(own.upsert_vacancy(request).await.unwrap_err().code(), Code::InvalidArgument);
    }

    let person = v1::Candidate {
        restricted: Some(v1::RestrictedData {
            contact: Some(v1::ContactData { name: "Naam".to_owned(), ..v1::ContactData::default() }),
            benefits: vec![v1::Benefit { name: "WW".to_owned(), until: None }],
            ..v1::RestrictedData::default()
        }),
        ..carer("k1")
    };
    let mut tool = CandidateServiceClient::new(service("employer_tool", OWN));
    let written = tool.upsert_candidate(upsert(person)).await.unwrap().into_inner().candidate.unwrap();
    let bare = v1::Candidate { id: "k1".to_owned(), etag: written.etag.clone(), ..v1::Candidate::default() };
    assert_eq!(written, bare, "who only writes gets nothing of the person back");
    let get = || v1::GetCandidateRequest { id: "k1".to_owned(), ..v1::GetCandidateRequest::default() };
    for (role, organisation, shown) in
        [("advisor", OWN, true), ("advisor", OTHER, false), ("privacy_officer", OWN, true)]
    {
        let mut reader = CandidateServiceClient::new(service(role, organisation));
        let read = reader.get_candidate(get()).await.unwrap().into_inner().candidate.unwrap();
        assert_eq!(read.restricted.is_some(), shown, "{role} of {organisation}");
        assert_eq!(read.skills.len(), 2, "{role} of {organisation}");
    }
    server.stop().await;
}
