//! What each kind of hostile client does.

use super::{KINDS, Kind, LONGEST, Stayed};
use crate::{harness::rounds, raw};
use bytes::Bytes;
use passend::wire::v1::ListCandidatesRequest;
use prost::Message;
use std::{
    io::Read,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tonic::Code;

const LIST: &str = "/passend.v1.CandidateService/ListCandidates";
const GET: &str = "/passend.v1.CandidateService/GetCandidate";

/// From an address of its own per kind, and, for crowds, per hundred.
fn address(kind: Kind, number: usize) -> Ipv4Addr {
    let kind = u8::try_from(KINDS.iter().position(|other| *other == kind).unwrap()).unwrap();
    Ipv4Addr::new(127, 0, 2 + kind, u8::try_from(1 + number / 100).unwrap())
}

/// What is attacked, and what a call needs to be let in.
#[derive(Clone, Copy)]
struct Aim<'a> {
    to: SocketAddr,
    token: &'a str,
}

/// Comes again and again until the time is over, and stays each time for as long as it is let.
pub(super) async fn attack(
    kind: Kind,
    number: usize,
    (to, token): (SocketAddr, String),
    until: Instant,
    stayed: Arc<Stayed>,
) {
    let target = Aim { to, token: &token };
    loop {
        let Ok(stream) = raw::connect(address(kind, number), to).await else { return };
        let mut came = Instant::now();
        // Where the system's own queue overflows a client believes to be connected, and no server knows of it.
        let greeted = tokio::time::timeout(Duration::from_secs(5), stream.peek(&mut [0])).await;
        if !matches!(greeted, Ok(Ok(1))) {
            if Instant::now() > until + LONGEST {
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
            continue;
        }
        stayed.here.fetch_add(1, Relaxed);
        // However it ends: the connection is over then.
        let _ = match kind {
            Kind::Silent => be_silent(stream, number).await,
            Kind::SlowReader => read_slowly(stream, target).await,
            Kind::DeafReader => be_deaf(stream, &token).await,
            Kind::SlowSender => send_slowly(stream, to).await,
            Kind::RapidReset => reset(stream, to, number).await,
            Kind::Bombs => send_bombs(stream, to, number, (&stayed.bombed, &mut came)).await,
        };
        stayed.left(came);
        if Instant::now() > until {
            return;
        }
        // Not to be a flood of handshakes: that is another attack.
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

async fn be_silent(mut stream: tokio::net::TcpStream, number: usize) -> Result<(), h2::Error> {
    match number % 3 {
        0 => {}
        1 => {
            for byte in b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" {
                if stream.write_all(&[*byte]).await.is_err() {
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        // The whole greeting, and then nothing.
        _ => {
            let greeting = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
            let _ = stream.write_all(greeting).await;
        }
    }
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    Ok(())
}

fn list() -> Bytes {
    let request = ListCandidatesRequest { page_size: 150, ..Default::default() }.encode_to_vec();
    raw::framed(0, u32::try_from(request.len()).unwrap(), &request)
}

/// The call of a command on the machine, which may list.
fn listing(target: Aim<'_>) -> http::Request<()> {
    let mut call = raw::call(target.to, LIST);
    call.headers_mut().insert(passend::grpc::LOCAL_TOKEN, target.token.parse().unwrap());
    call
}

/// Whether a call was refused for want of room, which every client may be.
fn is_busy(headers: &http::HeaderMap) -> bool {
    headers.get("grpc-status").is_some_and(|code| code == "8")
}

async fn read_slowly(stream: tokio::net::TcpStream, target: Aim<'_>) -> Result<(), h2::Error> {
    let calls: Vec<_> = (0..4).map(|_| listing(target)).collect();
    let (sender, connection) = raw::http2(stream, 100).await?;
    let asking = tokio::spawn(async move {
        let mut sender = sender;
        let mut open = Vec::new();
        for call in calls {
            sender = sender.ready().await?;
            let (answer, mut body) = sender.send_request(call, false)?;
            body.send_data(list(), true)?;
            let answer = answer.await?;
            if is_busy(answer.headers()) {
                return Ok(());
            }
            open.push(answer);
        }
        // The answers are held, and nothing of them is read.
        std::future::pending::<Result<(), h2::Error>>().await
    });
    // Refused for want of room it has nothing to take.
    tokio::select! {
        closed = connection => closed.unwrap(),
        asked = asking => asked.unwrap()?,
    }
    Ok(())
}

/// What a client says that lets everything be sent to it, and its calls, written by hand: who reads nothing needs no parser.
async fn be_deaf(mut stream: tokio::net::TcpStream, token: &str) -> Result<(), h2::Error> {
    let frame = |kind: u8, flags: u8, id: u32, payload: &[u8]| {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&length[1..], &[kind, flags], &id.to_be_bytes(), payload].concat()
    };
    let text = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend(frame(4, 0, 0, &[&[0, 4][..], &0x7FFF_FFFF_u32.to_be_bytes()].concat()));
    bytes.extend(frame(8, 0, 0, &0x7FFF_0000_u32.to_be_bytes()));
    for id in (1..40).step_by(2) {
        let headers = [
            vec![0x83, 0x86, 0x01],
            text("here"),
            vec![0x04],
            text(LIST),
            vec![0x0F, 0x10],
            text("application/grpc"),
            vec![0x00],
            text("te"),
            text("trailers"),
            vec![0x00],
            text(passend::grpc::LOCAL_TOKEN),
            text(token),
        ];
        bytes.extend(frame(1, 4, id, &headers.concat()));
        bytes.extend(frame(0, 1, id, &list()));
    }
    let _ = stream.write_all(&bytes).await;
    // Without reading anything its end is seen by writing.
    loop {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let window = frame(8, 0, 0, &1_u32.to_be_bytes());
        if stream.write_all(&window).await.is_err() {
            return Ok(());
        }
    }
}

async fn send_slowly(stream: tokio::net::TcpStream, to: SocketAddr) -> Result<(), h2::Error> {
    let (sender, connection) = raw::http2(stream, 65_535).await?;
    let sending = tokio::spawn(async move {
        let mut sender = sender.ready().await?;
        let (answer, mut body) = sender.send_request(raw::call(to, GET), false)?;
        body.send_data(raw::framed(0, 4_000, b""), false)?;
        let dripping = tokio::spawn(async move {
            while body.send_data(Bytes::from_static(b"x"), false).is_ok() {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        });
        let answer = answer.await?;
        if is_busy(answer.headers()) {
            dripping.abort();
            return Ok(true);
        }
        assert_eq!(answer.headers().get("grpc-status").unwrap(), "4", "a deadline is over: {answer:?}");
        dripping.abort();
        Ok::<_, h2::Error>(false)
    });
    // The connection may end before the answer is read.
    if !matches!(sending.await.unwrap(), Ok(true)) {
        connection.await.unwrap();
    }
    Ok(())
}

async fn reset(stream: tokio::net::TcpStream, to: SocketAddr, number: usize) -> Result<(), h2::Error> {
    let (mut sender, connection) = raw::http2(stream, 65_535).await?;
    // Bounded: the frames wait in this process until they are sent.
    for _ in 0..200 {
        let mut open = Vec::new();
        for _ in 0..20 {
            sender = sender.ready().await?;
            open.push(sender.send_request(raw::call(to, GET), false)?);
        }
        // Some leave the calls time to begin, others only the connection.
        tokio::time::sleep(Duration::from_millis(if number.is_multiple_of(2) { 10 } else { 1 })).await;
        for (_answer, body) in &mut open {
            body.send_reset(h2::Reason::CANCEL);
        }
        if connection.is_finished() {
            return Ok(());
        }
    }
    // Calls that are refused before they begin are no harm.
    Ok(())
}

/// The status of a call with this body; `None` where the connection ended instead.
async fn status(
    sender: &mut h2::client::SendRequest<Bytes>,
    call: http::Request<()>,
    body: Vec<Bytes>,
) -> Option<Code> {
    let mut sender = sender.clone().ready().await.ok()?;
    let (answer, mut sending) = sender.send_request(call, false).ok()?;
    let last = body.len().saturating_sub(1);
    for (number, part) in body.into_iter().enumerate() {
        // The rest is not wanted where the call has ended already.
        if sending.send_data(part, number == last).is_err() {
            break;
        }
    }
    let answer = answer.await.ok()?;
    assert_eq!(answer.status(), 200, "{answer:?}");
    let in_headers = answer.headers().get("grpc-status").cloned();
    let code = match in_headers {
        Some(code) => code,
        None => answer.into_body().trailers().await.ok()??.get("grpc-status")?.clone(),
    };
    Some(Code::from_bytes(code.as_bytes()))
}

async fn send_bombs(
    stream: tokio::net::TcpStream,
    to: SocketAddr,
    number: usize,
    (bombed, came): (&AtomicU64, &mut Instant),
) -> Result<(), h2::Error> {
    let (mut sender, _connection) = raw::http2(stream, 1 << 20).await?;
    let grpc = |name: &'static str, value: &str| {
        let mut call = raw::call(to, GET);
        call.headers_mut().insert(name, value.parse().unwrap());
        call
    };
    // A length of 4 GB, and one just over the limit that really comes.
    for (length, bytes) in [(u32::MAX, 10), (4_200_000, 4_200_000)] {
        let body = vec![raw::framed(0, length, &vec![0; bytes])];
        let told = status(&mut sender, raw::call(to, GET), body).await;
        if told.is_none() && length == u32::MAX {
            // There was no place among so many; it comes again.
            return Ok(());
        }
        assert_eq!(told, Some(Code::ResourceExhausted), "{length} bytes");
    }
    // A flag that says compressed, with and without saying how: 4 kB that would unfold to 4 MB.
    let zeros = vec![0; 4 << 20];
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(&zeros[..], flate2::Compression::best()).read_to_end(&mut packed).unwrap();
    let bomb = raw::framed(1, u32::try_from(packed.len()).unwrap(), &packed);
    let told = status(&mut sender, grpc("grpc-encoding", "gzip"), vec![bomb.clone()]).await;
    assert!([Code::Unimplemented, Code::ResourceExhausted].contains(&told.unwrap()), "{told:?}");
    let told = status(&mut sender, raw::call(to, GET), vec![bomb]).await;
    assert!([Code::InvalidArgument, Code::ResourceExhausted].contains(&told.unwrap()), "{told:?}");
    // Headers over what a call may carry.
    let told = status(&mut sender, grpc("x-long", &"x".repeat(100_000)), vec![list()]).await;
    assert_eq!(told, Some(Code::ResourceExhausted));
    bombed.fetch_add(1, Relaxed);
    // Until here each call had its answer; what follows is never ended by this side.
    *came = Instant::now();
    // A megabyte in each of a hundred calls that never come to their end.
    let mut open = Vec::new();
    for _ in 0..rounds(30, 90) {
        let Ok(ready) = sender.clone().ready().await else { break };
        sender = ready;
        let Ok((answer, mut body)) = sender.send_request(raw::call(to, GET), false) else { break };
        let _ = body.send_data(raw::framed(0, 4_000_000, &vec![0; 1 << 20]), false);
        open.push((answer, body));
    }
    // The last word of some: headers without end.
    if number.is_multiple_of(2) {
        let huge = "x".repeat(8 << 20);
        let told = status(&mut sender, grpc("x-endless", &huge), vec![list()]).await;
        assert_eq!(told, None, "the connection ends");
    }
    // Held until the server has enough of each: it is answered, or the connection ends.
    for (answer, _body) in open {
        let _ = answer.await;
    }
    Ok(())
}
