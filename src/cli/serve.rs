//! `passend serve`: the service for tools, on this machine.

use super::arguments::Serve;
use super::connection::open_engine;
use super::descriptors;
use super::server_file::ServerFile;
use super::settings::{Guard, Language, Settings};
use super::{Outcome, output, stop};
use crate::engine::Engine;
use crate::grpc::{self, Gate, Metrics, ServeOptions};
use anyhow::Context;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// The process ends this long after it was asked to stop, whatever is still going on in it.
const LONGEST_STOP: Duration = Duration::from_secs(28);

/// Serves until it is asked to stop.
pub(super) async fn run(arguments: Serve, settings: &Settings) -> anyhow::Result<Outcome> {
    if arguments.print_config {
        output::print_exactly(&settings.to_toml())?;
        return Ok(Outcome::Fine);
    }
    let (address, guard) = settings.door()?;
    let listener = listen(address).await?;
    let engine = open_engine(settings).await?;
    serve(engine, listener, guard, settings).await?;
    Ok(Outcome::Fine)
}

/// Takes the address, before anything else is done that would be in vain without it.
pub(super) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}; stop what listens there, or take a free port with --listen 127.0.0.1:0")
    })
}

/// Serves an engine until it is asked to stop, and lets other commands find it.
pub(super) async fn serve(
    engine: Arc<Engine>,
    listener: TcpListener,
    guard: Guard,
    settings: &Settings,
) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    let token = Engine::random_token()?;
    // Commands on this machine come in the clear: behind TLS they have a door of their own.
    let home = match guard.tls {
        Some(_) => Some(listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?),
        None => None,
    };
    let at_home = home.as_ref().map_or(Ok(address), TcpListener::local_addr)?;
    let server = ServerFile { address: at_home, token: token.clone(), pid: std::process::id() };
    // Who asks over gRPC needs no file: a full disk at a start must not keep the lists from them.
    let published = server.write(settings.data()).inspect_err(|error| {
        let folder = settings.data().display();
        tracing::error!(%error, %folder, "commands on this folder will not find the server; make room and start it again");
    });
    // The signals are caught before the address is printed: whoever reads it may stop the server at once.
    let stopped = tokio::spawn(stop::asked());
    let stopping = async move {
        if let Ok(Err(error)) = stopped.await {
            tracing::error!(%error, "cannot listen for a request to stop");
            std::future::pending::<()>().await;
        }
        tracing::info!("stopping: running calls may end");
        end_in_time();
    };
    let gate = match guard.authenticator {
        Some(authenticator) => Gate::guarded(token, authenticator),
        None => Gate::embedded(token),
    };
    tracing::info!(%address, "serving");
    output::print(&ready(address, settings.language()))?;
    let metrics = Metrics::default();
    let page = match settings.metrics() {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let measured = page.map(|page| {
        tracing::info!(address = ?page.local_addr().ok(), "metrics");
        tokio::spawn(grpc::serve_metrics(page, metrics.clone(), Arc::downgrade(&engine)))
    });
    let transport = settings.transport();
    // From outside as many as from this machine.
    descriptors::make_room(transport.connections.saturating_mul(2));
    let (runs, load) = (settings.runs_of_server(), settings.load());
    let options = ServeOptions { runs, gate, metrics, load, transport };
    let home = home.map(|home| (home, None));
    let incoming = grpc::connections([(listener, guard.tls)].into_iter().chain(home));
    grpc::serve_guarded(engine, options, incoming, stopping).await?;
    if let Some(measured) = measured {
        measured.abort();
    }
    drop(published);
    Ok(())
}

/// Ends the process when it takes too long to end by itself. Whatever was acknowledged is durable, and what is left half
/// done is made good at the next start, as after a power failure.
fn end_in_time() {
    let watching = std::thread::Builder::new().name("stop".to_owned()).spawn(|| {
        std::thread::sleep(LONGEST_STOP);
        tracing::warn!("the work that was left did not end in time; the next start makes it good");
        std::process::exit(0);
    });
    if let Err(error) = watching {
        tracing::warn!(%error, "nothing watches how long the stop takes");
    }
}

fn ready(address: SocketAddr, language: Language) -> String {
    match language {
        Language::Dutch => format!("Passend luistert op {address} (stoppen: Ctrl-C).\n"),
        Language::English => format!("Passend is listening on {address} (stop it with Ctrl-C).\n"),
    }
}
