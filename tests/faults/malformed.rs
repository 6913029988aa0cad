//! Messages that no honest client sends, to every method of every service: the real program answers each of them as the
//! client's error, does not panic, and takes no memory along.

use crate::{
    common::{Raw, candidates_for, care_vacancy, carer, upsert, upsert_vacancy},
    harness::{Numbers, rounds, seed},
    program::{Program, Service},
};
use passend::{
    access::TABLE,
    wire::{
        self,
        v1::{
            candidate_service_client::CandidateServiceClient, matching_service_client::MatchingServiceClient,
            vacancy_service_client::VacancyServiceClient,
        },
    },
};
use prost_reflect::{DescriptorPool, FieldDescriptor, Kind, MessageDescriptor};
use std::{collections::BTreeMap, fs, path::Path, process::Command, sync::Arc, time::Duration};
use tonic::{Code, Request};

/// Messages that are sent at one time.
const SENDERS: usize = 6;
/// How deep a field that is tried by itself may lie.
const DEPTH: usize = 6;

/// Methods whose honest answer takes seconds or that never end: they get fewer messages.
const COSTLY: [&str; 8] = [
    "ReloadTaxonomy",
    "BackUp",
    "StartRerank",
    "ErasePerson",
    "ExportPerson",
    "WatchRerank",
    "Watch",
    "MakeSpreadPlan",
];

/// A call whose connection was closed under it.
const LOST: &str = "connection lost";

/// A method and what it takes.
struct Method {
    path: &'static str,
    input: MessageDescriptor,
    costly: bool,
}

fn methods() -> Vec<Method> {
    let mut methods = Vec::new();
    for set in [
        wire::DESCRIPTORS,
        tonic_health::pb::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET,
    ] {
        for service in DescriptorPool::decode(set).unwrap().services() {
            for method in service.methods() {
                let name = format!("{}/{}", service.full_name(), method.name());
                let row = TABLE.iter().find(|row| row.method == name).unwrap();
                let costly = COSTLY.contains(&method.name());
                methods.push(Method { path: row.method, input: method.input(), costly });
            }
        }
    }
    methods
}

fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn tag(number: u32, wire: u64, out: &mut Vec<u8>) {
    varint(u64::from(number) << 3 | wire, out);
}

fn bytes(number: u32, value: &[u8], out: &mut Vec<u8>) {
    tag(number, 2, out);
    varint(value.len() as u64, out);
    out.extend_from_slice(value);
}

/// What a number is tried with: nothing, the usual, the ends and beyond.
const WHOLE: [u64; 12] =
    [0, 1, 2, 7, 36, 1_000, 1_001, 87_101, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, u64::MAX];
const FLOATS: [f64; 10] =
    [0.0, -0.0, 16.0, -1.0, 99.0, 99.25, 1e308, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE];

/// What a text is tried with.
fn text(at: u64) -> Vec<u8> {
    match at % 18 {
        0 => Vec::new(),
        1 => b"k-1".to_vec(),
        2 => b"v-1".to_vec(),
        3 => b"nl".to_vec(),
        4 => vec![b'a'; 120],
        5 => vec![b'a'; 121],
        6 => vec![b'a'; 200],
        7 => vec![b'a'; 201],
        8 => vec![b'b'; 500],
        9 => vec![b'b'; 501],
        10 => vec![b'c'; 2_000],
        11 => vec![b'c'; 2_001],
        12 => vec![0xff, 0xfe, 0x80],
        13 => b"\0\x01\r\n\x1b[31m".to_vec(),
        14 => "(".repeat(3_000).into_bytes(),
        15 => "\u{202e}é\u{0301}\u{1f9d1}\u{200d}".repeat(50).into_bytes(),
        16 => vec![b'd'; 60_000],
        _ => b"verzorgende AND (ig OR \"\") *:* ~2 7511 AB".to_vec(),
    }
}

/// A field with one of the values it is tried with.
fn field(field: &FieldDescriptor, at: u64, out: &mut Vec<u8>) {
    let number = field.number();
    let whole = WHOLE[(at % WHOLE.len() as u64) as usize];
    let float = FLOATS[(at % FLOATS.len() as u64) as usize];
    match field.kind() {
        Kind::Double => {
            tag(number, 1, out);
            out.extend_from_slice(&float.to_le_bytes());
        }
        Kind::Float => {
            tag(number, 5, out);
            out.extend_from_slice(&(float as f32).to_le_bytes());
        }
        Kind::String | Kind::Bytes => bytes(number, &text(at), out),
        Kind::Message(_) => bytes(number, &[], out),
        Kind::Fixed64 | Kind::Sfixed64 => {
            tag(number, 1, out);
            out.extend_from_slice(&whole.to_le_bytes());
        }
        Kind::Fixed32 | Kind::Sfixed32 => {
            tag(number, 5, out);
            out.extend_from_slice(&(whole as u32).to_le_bytes());
        }
        _ => {
            tag(number, 0, out);
            varint(whole, out);
        }
    }
}

/// Every field of a message and of those in it, each as the way to it.
fn ways(message: &MessageDescriptor, way: &[FieldDescriptor], found: &mut Vec<Vec<FieldDescriptor>>) {
    for field in message.fields() {
        let mut to_it = way.to_vec();
        to_it.push(field.clone());
        if let Kind::Message(inner) = field.kind()
            && to_it.len() < DEPTH
        {
            ways(&inner, &to_it, found);
        }
        found.push(to_it);
    }
}

/// A message with one field in it, at one of the values it is tried with; the field may come hundreds of times.
fn one_field(way: &[FieldDescriptor], at: u64, numbers: &mut Numbers) -> Vec<u8> {
    let (last, outer) = way.split_last().unwrap();
    let mut message = Vec::new();
    let times = match numbers.below(40) {
        0 => 501,
        1 => 1_001,
        2 => 10_001,
        _ => 1,
    };
    for _ in 0..times {
        field(last, at, &mut message);
        if message.len() > 1_000_000 {
            break;
        }
    }
    for around in outer.iter().rev() {
        let mut whole = Vec::new();
        bytes(around.number(), &message, &mut whole);
        message = whole;
    }
    message
}

/// A message with many fields, most of them as their type says.
fn many_fields(described: &MessageDescriptor, depth: usize, numbers: &mut Numbers) -> Vec<u8> {
    let mut out = Vec::new();
    for one in described.fields() {
        if numbers.below(3) == 0 {
            continue;
        }
        match one.kind() {
            Kind::Message(inner) if depth < DEPTH => {
                let inner = many_fields(&inner, depth + 1, numbers);
                bytes(one.number(), &inner, &mut out);
            }
            _ => field(&one, numbers.next(), &mut out),
        }
        if out.len() > 200_000 {
            break;
        }
    }
    out
}

/// Damages a message.
fn damage(mut message: Vec<u8>, numbers: &mut Numbers) -> Vec<u8> {
    match numbers.below(8) {
        // Some bytes are others.
        0..=2 if !message.is_empty() => {
            for _ in 0..=numbers.below(6) {
                let at = numbers.below(message.len() as u64) as usize;
                message[at] = numbers.next() as u8;
            }
        }
        // It is cut off.
        3 if !message.is_empty() => message.truncate(numbers.below(message.len() as u64) as usize),
        // Groups in groups, of a kind that is long gone.
        4 => {
            for _ in 0..10_000 {
                tag(1, 3, &mut message);
            }
        }
        // Messages in messages, deeper than anybody reads.
        5 => {
            let mut inner = Vec::new();
            for _ in 0..400 {
                let mut outer = Vec::new();
                bytes(1 + numbers.below(3) as u32, &inner, &mut outer);
                inner = outer;
            }
            message.extend(inner);
        }
        // A length that is not there, and fields that are not there.
        6 => {
            tag(1, 2, &mut message);
            varint(u64::MAX >> numbers.below(40), &mut message);
        }
        // A field of the wrong type.
        _ => {
            tag(1 + numbers.below(30) as u32, numbers.below(8), &mut message);
            varint(numbers.next(), &mut message);
        }
    }
    message
}

/// What became of the messages.
type Counts = BTreeMap<String, usize>;

async fn send(service: Service, path: &'static str, message: Vec<u8>) -> Result<(), (Code, String)> {
    let mut client = tonic::client::Grpc::new(service);
    client.ready().await.map_err(|error| (Code::Unavailable, error.to_string()))?;
    let to = http::uri::PathAndQuery::try_from(format!("/{path}")).unwrap();
    let request = Request::new(tokio_stream::once(message));
    let answer = async {
        let mut answers = client.streaming(request, to, Raw).await?.into_inner();
        while answers.message().await?.is_some() {}
        Ok::<(), tonic::Status>(())
    };
    match tokio::time::timeout(Duration::from_secs(if path.ends_with("/Watch") { 1 } else { 120 }), answer)
        .await
    {
        Ok(answer) => answer.map_err(|status| (status.code(), status.message().to_owned())),
        Err(_) if path.ends_with("/Watch") || path.ends_with("/WatchRerank") => Ok(()),
        Err(_) => Err((Code::Unknown, "no answer within two minutes".to_owned())),
    }
}

/// Memory that the process holds, in MiB.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1_024
}

/// The messages for a method, in an order that each run repeats: half of them one field each, at and beyond its limits, the
/// others many fields at a time, damaged.
fn messages(method: &Method, count: usize, numbers: &mut Numbers) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    ways(&method.input, &[], &mut found);
    let whole = [
        upsert(carer("k-1")).encode_to_vec(),
        upsert_vacancy(care_vacancy("v-1")).encode_to_vec(),
        candidates_for("v-1").encode_to_vec(),
    ];
    let mut made = Vec::with_capacity(count);
    for at in 0..count as u64 {
        let message = match at % 4 {
            0 | 1 if !found.is_empty() => {
                let way = &found[numbers.below(found.len() as u64) as usize];
                let value = numbers.next();
                one_field(way, value, numbers)
            }
            2 => damage(whole[numbers.below(3) as usize].clone(), numbers),
            _ => {
                let message = many_fields(&method.input, 0, numbers);
                if numbers.below(2) == 0 { damage(message, numbers) } else { message }
            }
        };
        made.push(message);
    }
    made
}

use prost::Message as _;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn malformed_requests_are_the_clients_errors_and_leave_nothing_behind() {
    let total = rounds(2_500, 200_000);
    let seed = seed();
    let folder = tempfile::tempdir().unwrap();
    let errors = folder.path().join("stderr");
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    // What a message names as a folder is made here.
    command.current_dir(folder.path()).stderr(fs::File::create(&errors).unwrap());
    let program = Program::start_logging(command, &folder.path().join("data"), "error");
    let service = program.channel().await;
    let methods = Arc::new(methods());
    let costly = methods.iter().filter(|method| method.costly).count();
    let few = (total / 2_000).clamp(2, 40);
    let each = (total - costly * few) / (methods.len() - costly) + 1;

    let (mut counts, mut wrong, mut sent) = (Counts::new(), Vec::new(), 0);
    let mut warm = 0;
    for (at, method) in methods.iter().enumerate() {
        let count = if method.costly { few } else { each };
        let mut senders = tokio::task::JoinSet::new();
        for sender in 0..SENDERS {
            let (methods, service) = (Arc::clone(&methods), service.clone());
            let own = count / SENDERS + usize::from(sender < count % SENDERS);
            senders.spawn(async move {
                let method = &methods[at];
                let mut numbers = Numbers(seed ^ (at as u64) << 32 ^ (sender as u64) << 16);
                let mut told = Vec::new();
                for message in messages(method, own, &mut numbers) {
                    let short = message.iter().take(60).copied().collect::<Vec<u8>>();
                    told.push((send(service.clone(), method.path, message).await, short));
                }
                told
            });
        }
        while let Some(told) = senders.join_next().await {
            for (answer, message) in told.unwrap() {
                sent += 1;
                let code = match &answer {
                    Ok(()) => "Ok".to_owned(),
                    // What the client says where its connection was closed under it: no answer of the service.
                    Err((Code::Unknown, why)) if why == "transport error" => LOST.to_owned(),
                    Err((code, _)) => format!("{code:?}"),
                };
                if ["Internal", "Unknown", "DataLoss", "Unimplemented"].contains(&code.as_str()) {
                    wrong.push(format!("{}: {answer:?} for {message:?}", method.path));
                }
                *counts.entry(code).or_default() += 1;
            }
        }
        if warm == 0 && sent > total / 3 {
            warm = memory(program.id());
        }
    }
    let held = memory(program.id());
    let log = fs::read_to_string(&errors).unwrap();
    let panics = log.matches("panicked at").count();
    println!(
        "malformed: {sent} messages to {} methods, seed {seed}: {counts:?}; {} wrong, {panics} panics; memory {warm} MiB after a \
         third, {held} MiB at the end",
        methods.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{} wrong, such as:\n{}", wrong.len(), wrong[..wrong.len().min(10)].join("\n"));
    assert_eq!(panics, 0, "{log}");
    let lost = counts.get(LOST).copied().unwrap_or_default();
    assert!(lost <= sent / 1_000, "{lost} calls lost their connection");
    assert!(sent >= total, "{sent}");
    assert!(held < warm + warm / 2 + 64, "memory grew from {warm} to {held} MiB");
    assert!(counts["InvalidArgument"] > sent / 4, "hardly anything was refused, so little was tested");
    goes_on(&program).await;
}

/// Honest clients are answered as ever.
async fn goes_on(program: &Program) {
    let service = program.channel().await;
    CandidateServiceClient::new(service.clone()).upsert_candidate(upsert(carer("after"))).await.unwrap();
    VacancyServiceClient::new(service.clone())
        .upsert_vacancy(upsert_vacancy(care_vacancy("after")))
        .await
        .unwrap();
    let found = MatchingServiceClient::new(service).match_candidates(candidates_for("after")).await.unwrap();
    assert!(found.into_inner().matches.iter().any(|found| found.candidate == "after"));
    assert!(Path::new(&format!("/proc/{}", program.id())).exists());
}
