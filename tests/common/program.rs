//! The real program, serving a folder as a process of its own.

#![allow(dead_code, reason = "every test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the report")]

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use tonic::transport::Channel;

/// A server that is killed, at the latest when the test is over.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
    address: String,
}

impl Program {
    /// Starts it and waits until it can be asked.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_by(Command::new(env!("CARGO_BIN_EXE_passend")), folder)
    }

    /// The same by a command that becomes the program.
    pub(crate) fn start_by(mut command: Command, folder: &Path) -> Self {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--language", "en", "--log", "error", "--data"])
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
        Self { address: format!("http://{address}"), child }
    }

    pub(crate) async fn channel(&self) -> Channel {
        Channel::from_shared(self.address.clone()).unwrap().connect().await.unwrap()
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
