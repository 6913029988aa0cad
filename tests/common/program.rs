//! The real program, serving a folder as a process of its own.

#![allow(dead_code, reason = "every test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

use rustix::process::{Pid, Signal, kill_process};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};
use tonic::{
    Request, Status,
    metadata::{Ascii, MetadataValue},
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};

/// Sends the token of the data folder along, as commands on the machine do.
#[derive(Clone, Debug)]
pub(crate) struct LocalToken(Option<MetadataValue<Ascii>>);

impl Interceptor for LocalToken {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(token) = &self.0 {
            request.metadata_mut().insert(passend::grpc::LOCAL_TOKEN, token.clone());
        }
        Ok(request)
    }
}

/// What clients of the program call through.
pub(crate) type Service = InterceptedService<Channel, LocalToken>;

/// A server that is killed, at the latest when the test is over.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
    address: String,
    /// None where a full disk kept the file from being written.
    token: Option<MetadataValue<Ascii>>,
}

impl Program {
    /// Starts it and waits until it can be asked.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_by(Command::new(env!("CARGO_BIN_EXE_passend")), folder)
    }

    /// The same by a command that becomes the program.
    pub(crate) fn start_by(command: Command, folder: &Path) -> Self {
        Self::start_logging(command, folder, "error")
    }

    /// The same with another filter of what is logged.
    pub(crate) fn start_logging(mut command: Command, folder: &Path, log: &str) -> Self {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--language", "en", "--log", log, "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let ready = BufReader::new(child.stdout.take().unwrap()).lines().next();
        let ready = ready.unwrap_or_else(|| panic!("the server ended at once")).unwrap();
        let address = ready
            .split_whitespace()
            .find(|word| word.starts_with("127.0.0.1:"))
            .unwrap_or_else(|| panic!("no address in: {ready}"));
        // Seen as the program sees it: its disk may be in a namespace of its own.
        let inside = Path::new("/proc").join(child.id().to_string()).join("root");
        let seen = inside.join(folder.strip_prefix("/").unwrap_or(folder)).join("server.json");
        let published = std::fs::read(seen).or_else(|_| std::fs::read(folder.join("server.json")));
        let published: serde_json::Value =
            serde_json::from_slice(&published.unwrap_or_default()).unwrap_or_default();
        // On a full disk the file of the program before stays.
        let its_own = published["pid"].as_u64() == Some(child.id().into());
        let token = published["token"].as_str().filter(|_| its_own).map(|token| token.parse().unwrap());
        Self { address: format!("http://{address}"), child, token }
    }

    /// A connection of a command on the machine.
    pub(crate) async fn channel(&self) -> Service {
        let channel = Channel::from_shared(self.address.clone()).unwrap().connect().await.unwrap();
        InterceptedService::new(channel, LocalToken(self.token.clone()))
    }

    /// Where it listens, as `http://HOST:PORT`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The token of the data folder.
    pub(crate) fn token(&self) -> String {
        self.token.as_ref().unwrap().to_str().unwrap().to_owned()
    }

    /// Its number among the processes.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGTERM, and waits until it has ended: how, and after which time.
    pub(crate) fn terminate(mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        let process = Pid::from_child(&self.child);
        kill_process(process, Signal::TERM).unwrap();
        (self.child.wait().unwrap(), asked.elapsed())
    }

    /// Whether it ended by itself; waits a moment for it.
    pub(crate) fn has_ended(&mut self) -> bool {
        (0..20).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            self.child.try_wait().unwrap().is_some()
        })
    }

    /// SIGKILL, where it is still there.
    pub(crate) fn kill_now(&mut self) {
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }

    /// SIGKILL: no chance to tidy up.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It is gone already where the test came to its end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
